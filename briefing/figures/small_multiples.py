"""A rate over briefings: a panel a category, a point a briefing, in the order of time.

A few briefings are a few events, and each had its own reason to be held. With fewer than ten of
them nothing here is a trend: the line only leads the eye from one to the next, and none is fitted
or tested. One briefing may be marked: it has its colour in every panel.
"""

from __future__ import annotations

from math import ceil

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.ticker import MaxNLocator

from briefing.figures import dress, phrasing, rate_bars, row_labels
from briefing.figures.lettering import fonts_for, wrap
from briefing.tables import BriefingError, Table

CHANGE = Table(
    name="rates by briefing",
    row="one category in one briefing",
    made_by='briefing.wording.stance(tokens, by="briefing_id") or another measure by briefing_id',
    columns={"briefing_id": "the briefing"} | rate_bars.NUMBERS,
)
SIDE_BY_SIDE = 3
PANEL = 1.35  # inches: the height of a panel
AROUND = 1.6  # inches around them
FEW = 10  # briefings; fewer are single events
COUNTED = 6  # briefings up to which the counts stand above the points
LONGEST = 24  # letters of a briefing's name
HEADROOM = 1.35  # of the highest: for its count
EVERY = 0.5  # of the hits of a category that are in one briefing, from which it is a headline


def plot_change(table: pd.DataFrame, *, mark: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw each category over the briefings: points in the order of time, joined by a thin line.

    Parameters
    ----------
    table : DataFrame
        What `stance`, `pronouns` or `topics.frequency` give with `by="briefing_id"`. With a
        column `date` (any that pandas reads as dates) briefings stand as far apart as they were
        in time; without one they stand in the order of the table.
    mark : str, optional
        The briefing to mark in all panels.
    ax : Axes, optional
        Where to draw, for a table of one category; a figure of its own without it.

    Returns
    -------
    Axes
        Those of the first panel.

    Raises
    ------
    BriefingError
        Columns missing, no row, two rows for a briefing and category, something that is not a
        date, a briefing to mark that is not there, `ax=` for several categories.
    """
    drawn = _drawn(table)
    _check_mark(mark, drawn)
    names = list(dict.fromkeys(drawn["category"]))
    own = ax is None
    panels = _panels(names, ax)
    most = float(np.nanmax([0.01, drawn["per_1000"].max(), _known(drawn)["high"].max()])) * HEADROOM
    for name, panel in zip(names, panels, strict=True):
        _draw(panel, name, drawn[drawn["category"] == name], most, mark)
        lowest = panel in panels[-min(SIDE_BY_SIDE, len(panels)) :]
        _name_briefings(panel, drawn, shown=lowest)
    dress.write(panels[0], _words(table, mark), table.attrs, own=own)
    return panels[0]


def _drawn(table: pd.DataFrame) -> pd.DataFrame:
    """Categories that were found, most hits first, with `x` and `when`, in the order of time."""
    CHANGE.check(table)
    first = ["briefing_id", *(c for c in table if c != "briefing_id")]
    cells = rate_bars.cells(table[first]).rename(columns={"group": "briefing_id"})
    order = {name: place for place, name in enumerate(dict.fromkeys(cells["briefing_id"]))}
    cells["x"] = cells["briefing_id"].map(order).astype(float)
    cells["when"] = cells["briefing_id"].map(_short)
    if "date" in table:
        dates = _dates(table["date"])
        cells["x"] = date2num(dates)
        cells["when"] = [f"{date.day} {date:%b %Y}" for date in dates]
    totals = cells.groupby("category")["n_hits"].transform("sum")
    there = (totals > 0) | (not totals.any())
    kept = cells[there].assign(minus=-totals)
    ranks = kept["category"].map({c: i for i, c in enumerate(dict.fromkeys(kept["category"]))})
    return kept.assign(rank=ranks).sort_values(
        ["minus", "rank", "x"], kind="stable", ignore_index=True
    )


def _dates(column: pd.Series) -> list[pd.Timestamp]:
    try:
        dates = list(pd.to_datetime(column))
    except ValueError as error:
        raise BriefingError(f"column 'date' has what is no date: {error}.") from error
    if any(pd.isna(date) for date in dates):
        raise BriefingError(
            "column 'date' is missing in some rows, so that briefings have no order. Give every "
            "briefing its date, or drop the column: rows are then in the order of the table."
        )
    return dates


def _check_mark(mark: str | None, drawn: pd.DataFrame) -> None:
    if mark is not None and mark not in set(drawn["briefing_id"]):
        there = phrasing.listed(list(dict.fromkeys(drawn["briefing_id"]))[:4])
        raise BriefingError(f"mark={mark!r} is no briefing of the table, which has {there}.")


def _panels(names: list[str], ax: Axes | None) -> list[Axes]:
    if ax is not None:
        if len(names) > 1:
            raise BriefingError(
                f"{len(names)} categories need a panel each, and ax= is one. Leave out ax=, or "
                "choose a category."
            )
        return [ax]
    columns = min(SIDE_BY_SIDE, len(names))
    lines = ceil(len(names) / columns)
    _, grid = plt.subplots(
        lines, columns, sharey=True, squeeze=False, layout="constrained", facecolor="white",
        figsize=(dress.WIDTH, (PANEL + 0.45) * lines + AROUND),
    )  # fmt: skip
    panels = grid.ravel().tolist()
    for unused in panels[len(names) :]:
        unused.remove()
    return panels[: len(names)]


def _known(part: pd.DataFrame) -> pd.DataFrame:
    """The rows that have an interval by turns or briefings."""
    return part[~part["interval"].isin(["none", "upper bound"]) & part["low"].notna()]


def _draw(ax: Axes, name: str, part: pd.DataFrame, most: float, mark: str | None) -> None:
    dress.bare(ax, grid="y")
    ax.set_facecolor("white")
    ax.set_ylim(0, most)
    ax.yaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10], integer=True))
    ax.set_title(
        wrap(name, 34, 2), loc="left", fontsize=dress.LABEL, fontweight="bold", color=dress.INK,
        parse_math=False, fontfamily=fonts_for([name]),
    )  # fmt: skip
    ax.plot(part["x"], part["per_1000"], color=dress.PLAIN, linewidth=1.2, gid="joined", zorder=2)
    for row in _known(part).to_dict("records"):
        ax.plot(
            [row["x"]] * 2, [row["low"], row["high"]], color=dress.PLAIN, lw=1.4, gid="interval"
        )
    for row in part.to_dict("records"):
        on = mark is None or row["briefing_id"] == mark
        colour = dress.STRESS if on else "#7C8891"
        ax.plot(row["x"], row["per_1000"], "o", color=colour, markersize=5.5, zorder=3, gid="rate")
        if part["briefing_id"].nunique() <= COUNTED:
            ax.annotate(
                f"{row['n_hits']:,}", (row["x"], row["per_1000"]), (0, 5), ha="center",
                textcoords="offset points", va="bottom", fontsize=dress.NOTE, gid="count",
                color=colour if on else dress.FAINT, bbox=row_labels.CLEAR, zorder=2.5,
            )  # fmt: skip


def _name_briefings(ax: Axes, drawn: pd.DataFrame, *, shown: bool) -> None:
    """Dates or names below the points: on end, or a calendar where there are too many."""
    each = drawn.drop_duplicates("briefing_id").sort_values("x")
    room = (each["x"].max() - each["x"].min()) * 0.08 or 0.5
    ax.set_xlim(each["x"].min() - room, each["x"].max() + room)
    if not shown:
        ax.set_xticks(each["x"].tolist(), [""] * len(each))
        return
    gap = np.diff(each["x"]).min(initial=np.inf) / np.ptp(ax.get_xlim()) * 2.0  # inches
    letter = dress.NOTE / 72 + 0.03
    dated = (each["when"] != each["briefing_id"].map(_short)).any()
    if gap <= letter and dated:
        locator = AutoDateLocator(maxticks=4)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
        ax.tick_params(axis="x", labelsize=dress.NOTE)
        return
    step = max(1, ceil(letter / gap)) if np.isfinite(gap) and gap > 0 else 1
    names = each["when"].tolist()[::step]
    ax.set_xticks(each["x"].tolist()[::step], names)
    ax.tick_params(axis="x", labelsize=dress.NOTE, rotation=90 if len(each) > 1 else 0)
    for label in ax.get_xticklabels():
        label.set(parse_math=False, fontfamily=fonts_for(names))


def _short(name: str) -> str:
    """A long name without its middle: briefings of one series differ at the end."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST // 2]}…{name[-LONGEST // 2 + 1 :]}"


def _words(table: pd.DataFrame, mark: str | None) -> dress.Words:
    drawn = _drawn(table)
    n, what = drawn["briefing_id"].nunique(), rate_bars.TITLES[rate_bars.kind(table)]
    title = f"{what} in {phrasing.counted(n, 'briefing')}"
    marked = drawn.loc[drawn["briefing_id"] == mark, "when"]
    order = "by date" if "date" in table else "in the order of the table"
    each = "Each briefing is one event, and no trend" if n < FEW else "No trend is fitted or tested"
    level = f"{table.attrs.get('level', 0.95):.0%}"
    parts = [
        f"{each}.",
        f"Lines: {level} intervals of each briefing alone." if len(_known(drawn)) else "",
        "Numbers: hits." if n <= COUNTED else "",
        phrasing.dictionary(table.attrs) or phrasing.translators(table.attrs),
    ]
    drawn_as = f"Per 1,000 words, {order}" + (f"; marked: {marked.iloc[0]}" if len(marked) else "")
    return dress.Words(_most(drawn, table) or title, drawn_as, " ".join(filter(None, parts)))


def _most(drawn: pd.DataFrame, table: pd.DataFrame) -> str:
    """A category of which more than half is in one of three briefings or more."""
    words = int(drawn.drop_duplicates("briefing_id")["n_words"].sum())
    if drawn["briefing_id"].nunique() < 3 or words != table.attrs.get("n_words", words):
        return ""
    for name, part in drawn.groupby("category", sort=False):
        n, total = int(part["n_hits"].max()), int(part["n_hits"].sum())
        if total >= rate_bars.COUNTED and n > EVERY * total:
            when = part.nlargest(1, "n_hits")["when"].iloc[0]
            hits = rate_bars.called(str(name), rate_bars.kind(table))
            return f"{n:,} of {total:,} {hits} are of {when}"
    return ""


def describe_change(table: pd.DataFrame, *, mark: str | None = None) -> str:
    """Say in words what `plot_change` shows."""
    drawn = _drawn(table)
    name, part = drawn["category"].iloc[0], drawn[drawn["category"] == drawn["category"].iloc[0]]
    rates = [f"{row['per_1000']:.1f} ({row['when']})" for row in part.head(4).to_dict("records")]
    more = f" and {len(part) - 4} more" if len(part) > 4 else ""
    return _words(table, mark).said(
        table.attrs,
        f"Per 1,000 words, {name}: {phrasing.listed(rates)}{more}",
        "Each briefing is one event" if part["briefing_id"].nunique() < FEW else "",
    )
