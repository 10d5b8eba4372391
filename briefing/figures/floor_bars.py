"""Who is called on, and with what: calls by outlet beside words received; follow-ups a call."""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes

from briefing.figures import dress, phrasing, row_labels
from briefing.tables import BriefingError, Table
from briefing.words.groups import NOT_NAMED

SHARES = Table(
    name="shares of the calls",
    row="one outlet, person or official",
    made_by="briefing.floor.share(briefing.floor.calls(turns))",
    columns={
        "n_calls": "calls",
        "n_words_received": "words in reply",
        "follow_ups_per_call": "later turns that ask, a call",
        "low_follow_ups": "the ends of its interval",
        "high_follow_ups": "the ends of its interval",
    },
)
FIRST = 15


def plot_calls(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the calls of each outlet, most first, and beside them the words received.

    Raises
    ------
    BriefingError
        No such table, no row, or under 60 % of the calls named: then nobody is ranked.
    """
    table = _ranked(shares)
    names = [str(name) for name in table.iloc[:, 0]]
    own = ax is None
    ax = row_labels.rows(names, ax, grid=False)
    most = max(int(table["n_calls"].max()), 1)
    for place, row in enumerate(table.to_dict("records")):
        plain = names[place] == NOT_NAMED
        colour = dress.PLAIN if plain else dress.STRESS
        ax.barh(place, row["n_calls"], row_labels.THICK, color=colour, gid="calls")
        n_words, n = int(row["n_words_received"]), int(row["n_calls"])
        _write(ax, n, place, f"{n:,}", "calls")
        _write(ax, 1.25 * most, place, f"{n_words:,} words received", "words")
    ax.set_xlim(0, 1.95 * most)
    ax.set_xticks([])
    dress.write(ax, _words(shares, table), shares.attrs, own=own)
    row_labels.fit_rows(ax, names, own=own)
    return ax


def plot_follow_ups(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the follow-ups a call under each official, with intervals by briefing.

    Takes `briefing.floor.share(calls, by="answered_by")`; rows without an interval are left out.
    """
    SHARES.check(shares, *SHARES.columns)
    table = shares[shares["low_follow_ups"].notna()].reset_index(drop=True)
    names = [str(name) for name in table.iloc[:, 0]]
    own = ax is None
    ax = row_labels.rows(names, ax)
    for place, row in enumerate(table.to_dict("records")):
        ends = [row["low_follow_ups"], row["high_follow_ups"]]
        ax.plot(ends, [place, place], color=dress.STRESS, linewidth=2, gid="interval")
        ax.plot(row["follow_ups_per_call"], place, "o", color=dress.STRESS, gid="rate")
        _write(
            ax, ends[1], place, f"{row['follow_ups_per_call']:.1f}, {row['n_calls']:,} calls", "n"
        )
    ax.set_xlim(0, 1.45 * float(table["high_follow_ups"].max()))
    dress.name_axis(ax, "follow-up questions a call")
    low, high = table["low_follow_ups"], table["high_follow_ups"]
    apart = len(table) > 1 and low.max() > high.min()
    best = table.sort_values("follow_ups_per_call").iloc[-1]
    headline = f"Most follow-ups a call under {best.iloc[0]}" if apart else "Follow-ups a call"
    left_out = len(shares) - len(table)
    note = f"{left_out} others have too few briefings." if left_out else ""
    words = dress.Words(headline, "Later questions in the same call, intervals by briefing", note)
    dress.write(ax, words, shares.attrs, own=own)
    row_labels.fit_rows(ax, names, own=own)
    return ax


def _ranked(shares: pd.DataFrame) -> pd.DataFrame:
    SHARES.check(shares, "n_calls", "n_words_received")
    if not shares.attrs.get("ranked", True):
        raise BriefingError(
            f"only {shares.attrs['share_named']:.0%} of the calls have a name, too few to rank "
            "anybody: write people.toml with `briefing people FOLDER`, and fill in whom you know."
        )
    named = shares[shares.iloc[:, 0] != NOT_NAMED].head(FIRST)
    return pd.concat([named, shares[shares.iloc[:, 0] == NOT_NAMED]], ignore_index=True)


def _write(ax: Axes, x: float, place: int, text: str, gid: str) -> None:
    ax.annotate(
        text, (x, place), (4, 0), textcoords="offset points", va="center_baseline",
        fontsize=dress.NOTE, color=dress.FAINT, gid=gid,
    )  # fmt: skip


def _words(shares: pd.DataFrame, table: pd.DataFrame) -> dress.Words:
    total = int(shares["n_calls"].sum())
    first = table.iloc[0]
    alone = table["n_calls"].head(2).nunique() == min(len(table), 2)
    headline = (
        f"{first['n_calls']:,} of {total:,} calls go to {first.iloc[0]}" if alone else "Calls"
    )
    of = shares.attrs.get("n_briefings", 1)
    drawn = f"Calls and words received in {phrasing.counted(of, 'briefing')}"
    more = len(shares) - len(table)
    return dress.Words(headline, drawn, f"{more} more are not drawn." if more > 0 else "")
