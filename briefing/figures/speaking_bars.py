"""Who holds the floor: words as bars, estimated minutes as bars with intervals, and the clock.

Shares of words are counted and exact. Minutes are measured where the source has times; then a
slope leads from each speaker's share of the words to the share of the time. Otherwise they are
estimated, and the interval, not the bar, is what is known. Whoever has fewer than 100 words
stands with the others in one row.

In a briefing officials are there to answer at length and journalists to ask, so a large share
for an official is the genre and not a finding: compare officials with officials.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from briefing.figures import dress, phrasing, row_labels
from briefing.figures.lettering import fonts_for, wrap
from briefing.tables import BriefingError, Table

SHARES = Table(
    name="speaking share",
    row="one speaker, role or other value of the column that words were counted by",
    made_by="briefing.speaking.share(turns)",
    columns={
        "n_words": "running words",
        "share_words": "their share of all words, from 0 to 1",
    },
)
TIMES = Table(
    name="speaking time",
    row="one speaker",
    made_by="briefing.speaking.time(turns)",
    columns={
        "speaker": "who speaks",
        "role": "in which role",
        "n_words": "running words",
        "basis": "timed, mixed or estimated",
        "minutes": "measured minutes, where the basis is timed",
        "est_minutes": "estimated minutes, where it is not",
        "low": "the low end of the interval",
        "high": "the high end of the interval",
    },
)
FEWEST = 100  # words of a row of its own
FIRST = 3  # rows whose numbers a caption gives
SLOPE = 3.4  # inches
LETTERS = 36  # of a name beside a slope, on one line


def plot_speaking_share(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a bar for each row of `briefing.speaking.share(turns)`, in the colour of its role.

    Rows with fewer than 100 words are one row, where there are several. These are words, not
    minutes.
    """
    rows = _shares(shares)
    names = rows["name"].tolist()
    own = ax is None
    ax = row_labels.rows(names, ax, grid=False)
    ax.barh(
        range(len(names)), rows["share_words"], row_labels.THICK,
        color=dress.colours(rows["role"]), gid="share",
    )  # fmt: skip
    for place, row in enumerate(rows.to_dict("records")):
        value = f"{phrasing.percent(row['share_words'])} · {row['n_words']:,} words"
        row_labels.write_value(ax, row["share_words"], place, value)
    ax.set_xlim(0, max(rows["share_words"].max() * 1.02, 0.01))
    ax.set_xticks([])
    if "role" in shares:
        dress.legend(ax, dress.role_keys(rows["role"].dropna()))
    dress.write(ax, _share_words(shares), shares.attrs, own=own)
    row_labels.fit_rows(ax, names, own=own)
    return ax


def _by(table: pd.DataFrame) -> str:
    """What the words were counted by: the first column."""
    return str(table.columns[0])


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with the name that each goes by, and whether it is one person or outlet."""
    by = _by(table)
    values = table[by]
    names = values.astype("str").where(values.notna(), f"no {by} given")
    roles = table["role"].astype("object") if "role" in table else None
    one = table["named"].astype(bool) if "named" in table else True
    rows = table.assign(name=names, role=roles, one=one).reset_index(drop=True)
    return rows.assign(name=rows["name"].map(phrasing.plural)) if by == "role" else rows


def _shares(shares: pd.DataFrame) -> pd.DataFrame:
    """The rows that are drawn, most words first, and last the short ones together."""
    SHARES.check(shares)
    rows = _named(shares).sort_values("n_words", ascending=False, kind="stable")
    few = rows[rows["n_words"] < FEWEST]
    if len(few) < 2 or len(few) == len(rows):
        return rows.reset_index(drop=True)
    role = few["role"].iloc[0] if len(few["role"].unique()) == 1 else None
    together = {
        "name": f"{len(few)} others, under {FEWEST} words each", "role": role, "one": False,
        "n_words": few["n_words"].sum(), "share_words": few["share_words"].sum(),
    }  # fmt: skip
    kept = rows[rows["n_words"] >= FEWEST]
    return pd.concat([kept, pd.DataFrame([together])], ignore_index=True)[[*together]]


def _share_words(shares: pd.DataFrame) -> dress.Words:
    rows = _shares(shares)
    total, first = int(rows["n_words"].sum()), rows.iloc[0]
    whose = phrasing.possessive(str(first["name"]))
    headline = f"Words by {_by(shares)}"
    whole = shares.attrs.get("n_words", total) == total
    if (
        whole
        and first["one"]
        and len(rows) > 1
        and (rows["n_words"] == first["n_words"]).sum() == 1
    ):
        headline = f"{first['n_words']:,} of {total:,} words are {whose}"
    return dress.Words(headline, f"Share of the words {phrasing.of_what(shares.attrs)}")


def describe_speaking_share(shares: pd.DataFrame) -> str:
    """Say in words what `plot_speaking_share` shows."""
    rows = _shares(shares).head(FIRST)
    said = [
        f"{name} {phrasing.percent(share)}"
        for name, share in zip(rows["name"], rows["share_words"], strict=True)
    ]
    of = phrasing.of_what(shares.attrs)
    return _share_words(shares).said(shares.attrs, f"Of the words {of}: {phrasing.listed(said)}")


def plot_speaking_time(times: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw `briefing.speaking.time(turns)`: a slope where all is timed, otherwise bars.

    The slope leads from a speaker's share of the words to the share of the time. A bar is an
    estimate and its line the interval; speakers without an estimate are one row. Not for ranking
    speakers by estimates: shares of words do that.
    """
    TIMES.check(times)
    if times.empty:
        raise BriefingError("the table has no rows, so there is nothing to draw.")
    return _slope(times, ax) if _timed(times) else _bars(times, ax)


def _timed(times: pd.DataFrame) -> bool:
    """Whether all minutes are by the clock."""
    return bool((times["basis"] == "timed").all() and times["minutes"].sum() > 0)


def _minutes(times: pd.DataFrame) -> pd.DataFrame:
    """The rows with their minutes, measured or estimated, and last those without."""
    rows = _named(times)
    rows["at"] = rows["minutes"].fillna(rows["est_minutes"]).astype(float)
    known = rows[rows["at"].notna()]
    without = rows[rows["at"].isna()]
    if without.empty:
        return known.reset_index(drop=True)
    name = str(without["name"].iloc[0]) if len(without) == 1 else f"{len(without)} others"
    words, most = without["n_words"].sum(), without["n_words"].max()
    together = {"name": name, "role": None, "n_words": words, "most": most, "at": np.nan}
    return pd.concat([known, pd.DataFrame([together])], ignore_index=True)


def _bars(times: pd.DataFrame, ax: Axes | None) -> Axes:
    rows = _minutes(times)
    names = rows["name"].tolist()
    own = ax is None
    ax = row_labels.rows(names, ax, grid=False)
    for place, (row, colour) in enumerate(
        zip(rows.to_dict("records"), dress.colours(rows["role"]), strict=True)
    ):
        _bar(ax, place, row, colour)
    most = float(np.nanmax([rows["at"].max(), rows["high"].max(), 0.1]))
    ax.set_xlim(0, most * 1.02)
    ax.set_xticks([])
    dress.legend(ax, dress.role_keys(rows["role"].dropna()))
    dress.write(ax, _time_words(times), times.attrs, own=own)
    row_labels.fit_rows(ax, names, own=own)
    return ax


def _bar(ax: Axes, place: int, row: dict[Any, Any], colour: str) -> None:
    if pd.isna(row["at"]):
        words = phrasing.counted(int(row["n_words"]), "word")
        why = "too few of each for an estimate" if row["most"] < FEWEST else "no estimate"
        row_labels.write_value(ax, 0, place, f"{words}: {why}")
        return
    ax.barh(place, row["at"], row_labels.THICK, color=colour, alpha=0.85, gid="minutes")
    end, value = row["at"], f"{row['at']:.1f}"
    if pd.notna(row["low"]):
        ax.plot([row["low"], row["high"]], [place] * 2, color=dress.INK, lw=1.1, gid="interval")
        end, value = row["high"], f"{value} ({row['low']:.1f} to {row['high']:.1f})"
    row_labels.write_value(ax, end, place, value)


def _time_words(times: pd.DataFrame) -> dress.Words:
    called = str(times.attrs.get("called") or "estimated")
    if times.attrs.get("rate_from") == "none":
        return dress.Words(
            "Minutes by speaker: none estimated", f"{called[0].upper()}{called[1:]}."
        )
    lines = "Bars: estimates; lines: their intervals" if times["low"].notna().any() else ""
    covered = times.attrs.get("coverage")
    note = ". ".join(filter(None, [lines, f"Tried on timed talk: {covered}" if covered else ""]))
    return dress.Words("Minutes by speaker, estimated", f"Minutes {called}", note and f"{note}.")


def _clock(times: pd.DataFrame) -> pd.DataFrame:
    """Shares of words and of time by name, most words first, the short ones together."""
    rows = _named(times)
    few = (rows["n_words"] < FEWEST) & (rows["n_words"].lt(FEWEST).sum() > 1)
    if few.all():
        few[:] = False
    rows["name"] = rows["name"].where(~few, f"{int(few.sum())} others, under {FEWEST} words each")
    rows["role"] = rows["role"].astype("object").where(~few)
    shown = rows.groupby("name", sort=False, as_index=False).agg(
        role=("role", "first"), n_words=("n_words", "sum"), minutes=("minutes", "sum")
    )
    for column in ("n_words", "minutes"):
        shown[f"share_{column}"] = shown[column] / shown[column].sum()
    return shown.sort_values("n_words", ascending=False, kind="stable", ignore_index=True)


def _swapped(shown: pd.DataFrame) -> tuple[dict[Any, Any], dict[Any, Any]] | None:
    """The two, one before the other by words and after by time, of which that is clearest."""
    rows = [row for row in shown.to_dict("records") if not pd.isna(row["role"])]
    pairs = [
        (one, other)
        for place, one in enumerate(rows)
        for other in rows[place + 1 :]
        if one["n_words"] > other["n_words"] and one["minutes"] < other["minutes"]
    ]
    gaps = [other["minutes"] - one["minutes"] for one, other in pairs]
    return pairs[gaps.index(max(gaps))] if pairs else None


def _slope(times: pd.DataFrame, ax: Axes | None) -> Axes:
    shown = _clock(times)
    own = ax is None
    ax = ax or dress.new_axes(SLOPE)
    dress.bare(ax, grid=None)
    pair = _swapped(shown)
    stressed = {row["name"] for row in pair} if pair else {str(shown["name"].iloc[0])}
    for row in shown.to_dict("records"):
        on = row["name"] in stressed
        ax.plot(
            [0, 1], [row["share_n_words"], row["share_minutes"]], "o-", gid=f"slope/{row['name']}",
            color=dress.colours([row["role"]])[0] if on else dress.PLAIN, zorder=3 if on else 2,
            linewidth=2.2 if on else 1.2, markersize=5,
        )  # fmt: skip
    ax.set_xlim(-1.05, 2.05)
    ax.set_yticks([])
    ax.set_xticks([0, 1], ["share of the words", "share of the time"])
    ax.xaxis.tick_top()
    dress.write(ax, _clock_words(times), times.attrs, own=own)
    if own:
        head_room = SLOPE * 0.55
        dress.fit(ax, max(SLOPE, 0.19 * len(shown) * 1.6 + head_room))
    _name_ends(ax, shown, stressed)
    return ax


def _name_ends(ax: Axes, shown: pd.DataFrame, stressed: set[str]) -> None:
    """Names and numbers beside both ends, moved apart where shares are close."""
    dress.settle(ax)
    step = 1.45 * dress.NOTE / 72 * dress.whole(ax).dpi
    per_pixel = abs(np.diff(ax.get_ylim())[0]) / ax.get_window_extent().height
    for end, column, ha in ((0, "share_n_words", "right"), (1, "share_minutes", "left")):
        places = apart(shown[column].tolist(), step * per_pixel)
        for row, y in zip(shown.to_dict("records"), places, strict=True):
            n = f"{row['n_words']:,}" if end == 0 else f"{row['minutes']:.1f} min"
            name = wrap(row["name"], LETTERS, 1)
            text = f"{name}  {n}" if end == 0 else f"{n}  {name}"
            ax.annotate(
                text, (end + (0.06 if end else -0.06), y), ha=ha, va="center",
                fontsize=dress.NOTE, fontfamily=fonts_for([text]), parse_math=False,
                color=dress.INK if row["name"] in stressed else dress.FAINT, gid="name",
            )  # fmt: skip


def apart(values: Sequence[float], gap: float) -> list[float]:
    """The values moved as little as keeps them in order and `gap` from one another."""
    order = np.argsort(values, kind="stable")[::-1]
    placed = np.array(values, float)
    for above, below in zip(order, order[1:], strict=False):
        placed[below] = min(placed[below], placed[above] - gap)
    return (placed + (np.mean(values) - placed.mean())).tolist()


def _clock_words(times: pd.DataFrame) -> dress.Words:
    shown, pair = _clock(times), _swapped(_clock(times))
    n_named = int(_named(times)["one"].sum())
    total = f"Of {shown['n_words'].sum():,} words and {shown['minutes'].sum():.1f} minutes"
    if pair:
        one, other = pair
        headline = (
            f"{one['name']} has more words than {other['name']} ({one['n_words']:,} and "
            f"{other['n_words']:,}) and less time ({one['minutes']:.1f} and "
            f"{other['minutes']:.1f} minutes)"
        )
    elif times.attrs.get("n_speakers", n_named) != n_named:
        headline = "Minutes by the clock"
    else:
        first = shown.iloc[0]
        headline = (
            f"{first['name']} speaks for {first['minutes']:.1f} of "
            f"{shown['minutes'].sum():.1f} minutes"
        )
    return dress.Words(headline, f"{total}, by the times in the source", timed=True)


def describe_speaking_time(times: pd.DataFrame) -> str:
    """Say in words what `plot_speaking_time` shows."""
    TIMES.check(times)
    if _timed(times):
        rows = _clock(times).head(FIRST).to_dict("records")
        said = [f"{row['name']} {row['minutes']:.1f} minutes" for row in rows]
        return _clock_words(times).said(times.attrs, f"By the clock: {phrasing.listed(said)}")
    rows = _minutes(times).dropna(subset="at").head(FIRST).to_dict("records")
    said = [f"{row['name']} {_estimate(row)}" for row in rows]
    words = _time_words(times)
    return words.said(
        times.attrs, f"{words.drawn}: {phrasing.listed(said)}" if said else words.drawn
    )


def _estimate(row: dict[Any, Any]) -> str:
    interval = f" ({row['low']:.1f} to {row['high']:.1f})" if pd.notna(row["low"]) else ""
    return f"{row['at']:.1f}{interval}"
