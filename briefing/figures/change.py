"""A rate over briefings: one panel a category, one point a briefing, in the order of time.

A few briefings are a few events, and each had its own reason to be held. With fewer than ten of
them nothing here is a trend: the line only leads the eye from one to the next. Ten or more bear an
interval of their mean, which is another table (`topic_frequency` over all of them). Intervals of
single points describe their own briefing and say nothing of the next.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.ticker import MaxNLocator

from briefing.figures import captions, counted, labels, style
from briefing.figures.panels import width_of
from briefing.tables import BriefingError, Table

CHANGE = Table(
    name="rates by briefing",
    row="one category in one briefing",
    made_by='briefing.stance(tokens, by="briefing_id") or another measure by briefing_id',
    columns={"briefing_id": "the briefing"} | counted.NUMBERS,
)
PANEL = 0.95  # inches: a panel
AROUND = 2.2  # and around them
FEW = 10  # briefings; fewer are single events
NAMED = 6  # categories of which a sentence says all
LONGEST = 24  # letters of a briefing's name
COUNTED = 14  # briefings up to which the counts stand above the points
HEADROOM = 1.3  # of the highest: for its count


def plot_change(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw each category over the briefings: points in the order of time, joined by a thin line.

    Parameters
    ----------
    table : DataFrame
        What `stance`, `pronouns` or `topic_frequency` give with `by="briefing_id"`. With a
        column `date` (any that pandas reads as dates) briefings stand as far apart as they were
        in time; without one they stand in the order of the table. With a column `role` that has
        one value, points have its colour.
    ax : Axes, optional
        Where to draw, for a table of one category; a figure of its own without it.

    Returns
    -------
    Axes
        Those of the lowest panel.

    Raises
    ------
    BriefingError
        Columns missing, no row, two rows for a briefing and category, a date that is none,
        `ax=` for several categories.

    No trend is fitted and none is tested.
    """
    cells = _cells(table)
    names = list(dict.fromkeys(cells["category"]))
    axes = _axes(names, ax)
    most = counted.scale(cells) * HEADROOM
    for name, panel in zip(names, axes, strict=True):
        _draw(panel, cells[cells["category"] == name], most)
        _title(panel, name)
    _name_briefings(axes[-1], cells)
    style.legend(axes[0], counted.role_rows(cells), counted.keys(cells))
    order = "by date of the briefing" if "date" in table else "briefings in the order of the table"
    style.name_axis(axes[-1], f"hits per 1,000 words; {order}", _note(cells, table))
    return axes[-1]


def _cells(table: pd.DataFrame) -> pd.DataFrame:
    """The rows with `briefing_id` and `x`, in the order of time."""
    CHANGE.check(table)
    first = ["briefing_id", *(c for c in table if c != "briefing_id")]
    cells = counted.cells(table[first]).rename(columns={"group": "briefing_id"})
    order = {name: place for place, name in enumerate(dict.fromkeys(cells["briefing_id"]))}
    cells["x"] = cells["briefing_id"].map(order).astype(float)
    cells["when"] = cells["briefing_id"]
    if "date" in table:
        dates = _dates(table["date"])
        cells["x"] = date2num(dates)
        cells["when"] = [f"{date.day} {date:%b %Y}" for date in dates]
    return cells.sort_values("x", kind="stable", ignore_index=True)


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


def _axes(names: list[str], ax: Axes | None) -> list[Axes]:
    if ax is not None:
        if len(names) > 1:
            raise BriefingError(
                f"{len(names)} categories need a panel each, and ax= is one. Leave out ax=, or "
                "choose a category."
            )
        return [ax]
    _, grid = plt.subplots(
        len(names), 1, sharex=True, sharey=True, squeeze=False, layout="constrained",
        figsize=(style.WIDTH, PANEL * len(names) + AROUND), facecolor="white",
    )  # fmt: skip
    return list(grid[:, 0])


def _draw(ax: Axes, part: pd.DataFrame, most: float) -> None:
    style.dress(ax, grid="y")
    ax.set_facecolor("white")
    ax.set_ylim(0, most)
    steps = MaxNLocator(3, steps=[1, 2, 5, 10]).tick_values(0, most)
    ax.set_yticks([step for step in steps if 0 <= step <= most])
    ax.plot(part["x"], part["per_1000"], color=style.FAINT, linewidth=0.8, gid="joined", zorder=2)
    for row in part.to_dict("records"):
        _draw_point(ax, row, most)
    if part["briefing_id"].nunique() <= COUNTED:
        for row in part.to_dict("records"):
            top = np.nanmax([row["per_1000"], row["high"]])
            ax.annotate(
                f"{row['n_hits']:,}", (row["x"], min(top, most)), (0, 5), ha="center",
                textcoords="offset points", va="bottom", fontsize=style.NOTE, color=style.FAINT,
                gid="count", bbox=labels.CLEAR, zorder=2.5,
            )  # fmt: skip


def _draw_point(ax: Axes, row: Mapping[Hashable, Any], most: float) -> None:
    x, colour = row["x"], row["colour"]
    if pd.notna(row["low"]):
        ends = [min(row[end], most) for end in ("low", "high")]
        ax.plot([x, x], ends, color=colour, **counted.line(row))
    if max(row["per_1000"], row["high"] if pd.notna(row["high"]) else 0) > most:
        ax.plot(x, most, "^", color=colour, markersize=4, clip_on=False)
    if row["per_1000"] <= most:
        ax.plot(
            x, row["per_1000"], color=colour, clip_on=False, zorder=3, gid="rate",
            **counted.marker(row),
        )  # fmt: skip


def _title(ax: Axes, name: str) -> None:
    ax.set_ylabel(
        labels.wrap(name, 18), rotation=0, ha="right", va="center", fontsize=style.LABEL,
        color=style.INK, parse_math=False, fontfamily=labels.fonts_for([name]),
    )  # fmt: skip


def _name_briefings(ax: Axes, cells: pd.DataFrame) -> None:
    """Dates or names below the points: side by side, on end, or a calendar where too many."""
    shown = cells.drop_duplicates("briefing_id")
    room = (shown["x"].max() - shown["x"].min()) * 0.06 or 0.5
    ax.set_xlim(shown["x"].min() - room, shown["x"].max() + room)
    style.settle(ax)
    inches = ax.get_window_extent().width / style.whole(ax).dpi
    gap = np.diff(shown["x"]).min(initial=np.inf) / np.ptp(ax.get_xlim()) * inches
    names = [_short(name) for name in shown["when"]]
    ax.set_xticks(shown["x"].tolist(), names)
    ax.tick_params(axis="x", pad=7)
    for label in ax.get_xticklabels():
        label.set(parse_math=False, fontfamily=labels.fonts_for(names))
    if width_of(names, style.LABEL) + 0.1 < gap:
        return
    on_end = style.LABEL / 72 + 0.02
    if gap <= on_end and (shown["when"] != shown["briefing_id"]).any():
        locator = AutoDateLocator(maxticks=7)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
        return
    step = int(np.ceil(on_end / gap))
    ax.set_xticks(shown["x"].tolist()[::step], names[::step])
    ax.tick_params(axis="x", rotation=90)


def _short(name: str) -> str:
    """A long name without its middle: briefings of one series differ at the end."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST // 2]}…{name[-LONGEST // 2 + 1 :]}"


def _note(cells: pd.DataFrame, table: pd.DataFrame) -> str:
    why = counted.why_hollow(cells)
    return "\n".join(
        filter(
            None,
            [
                _events(cells),
                " ".join(counted.explained(cells, table.attrs, of="each briefing")),
                f"Hollow, without an interval: {why}." if why else "",
                "Numbers: hits." if cells["briefing_id"].nunique() <= COUNTED else "",
                captions.text_note(table.attrs),
                counted.translated(table),
            ],
        )
    )


def _events(cells: pd.DataFrame) -> str:
    n = cells["briefing_id"].nunique()
    if n == 1:
        return "1 briefing is one event, and no trend."
    if n < FEW:
        return f"{captions.counted(n, 'briefing')}: each is one event, and no trend can be told."
    return f"{captions.counted(n, 'briefing')}; no trend is fitted or tested."


def describe_change(table: pd.DataFrame) -> str:
    """Say in words what `plot_change` shows."""
    cells = _cells(table)
    one, many = counted.CALLED[counted.kind(table)]
    names = list(dict.fromkeys(cells["category"]))
    left = len(names) - NAMED
    return captions.sentences(
        f"Hits per 1,000 words in {captions.counted(cells['briefing_id'].nunique(), 'briefing')}, "
        f"{captions.counted(len(names), one, many)}",
        *[_course(name, cells[cells["category"] == name]) for name in names[:NAMED]],
        f"The table has {left} more" if left > 0 else "",
        _events(cells),
        *counted.explained(cells, table.attrs, of="each briefing"),
        counted.OVERLAP[counted.kind(table)],
        captions.text_note(table.attrs),
        counted.translated(table),
    )


def _course(name: str, part: pd.DataFrame) -> str:
    rows = part.to_dict("records")
    if len(rows) <= 4:
        return f"{name}: {', '.join(map(_said, rows))}"
    ends = f"{_said(rows[0])} at first, {_said(rows[-1])} at last"
    low, high = part["per_1000"].min(), part["per_1000"].max()
    return f"{name}: {ends}, between {low:.1f} and {high:.1f}"


def _said(row: Mapping[Hashable, Any]) -> str:
    return f"{row['per_1000']:.1f} ({captions.counted(row['n_hits'], 'hit')}, {row['when']})"
