"""Labels that can be read: wrapped, in a font that has their letters, clear of one another.

Names come from the source and may be long, Chinese, or hold a `$`. A row label is wrapped
after 30 columns (a Chinese character takes two) and cut after three lines; the whole name
stands in the table that is saved beside the figure. Labels of points are tried on every
side of their point, and left out, and counted, where all sides are taken.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from briefing.figures.fonts import fonts_for
from briefing.figures.style import FAINT, INK, LABEL, NOTE, dress, new_axes, settle, whole
from briefing.tables import BriefingError

COLUMNS, LINES = 30, 3
ROW, LINE, GAP = 0.25, 0.15, 0.05  # inches: the lowest row, a line of a label, between two
AROUND = 3.0  # inches around the rows to begin with: more than legend and notes need
THICK = 0.62  # of a row: how thick its bar is
CLEAR: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
SMALLEST = 4.0  # points: below that nobody reads a label
SIDES = [
    (4, 0, "left", "center"), (4, 4, "left", "bottom"), (4, -4, "left", "top"),
    (0, 5, "center", "bottom"), (0, -5, "center", "top"), (-4, 0, "right", "center"),
    (-4, 4, "right", "bottom"), (-4, -4, "right", "top"),
]  # fmt: skip


def wrap(name: str, columns: int = COLUMNS, lines: int = LINES) -> str:
    """Break a name into lines of at most so many columns; what does not fit ends in `…`."""
    rest = " ".join(name.split())
    broken: list[str] = []
    while rest and len(broken) < lines:
        fits = _fitting(rest, columns)
        head = rest[:fits]
        if fits < len(rest) and " " in head.strip() and rest[fits] != " ":
            head = head[: head.rindex(" ")]
        rest = rest[len(head) :].lstrip()
        broken.append(head.rstrip())
    if rest:
        broken[-1] = broken[-1][: _fitting(broken[-1], columns - 1)] + "…"
    return "\n".join(broken)


def _fitting(text: str, columns: int) -> int:
    """How many of its characters go into so many columns."""
    width = 0
    for place, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > columns:
            return place
    return len(text)


def rows_height(names: Sequence[str]) -> float:
    """Inches that so many rows need."""
    return len(names) * max(ROW, LINE * _most_lines(names) + GAP)


def _most_lines(names: Iterable[str]) -> int:
    return max((wrap(name).count("\n") + 1 for name in names), default=1)


def rows(names: Sequence[str], ax: Axes | None, *, grid: bool = True) -> Axes:
    """Axes with one named row for each name, from the top down; `fit_rows` them at the end.

    Raises
    ------
    BriefingError
        There is no row.
    """
    if not names:
        raise BriefingError("the table has no rows, so there is nothing to draw.")
    ax = ax or new_axes(rows_height(names) + AROUND)
    dress(ax, grid="x" if grid else None)
    ax.set_yticks(range(len(names)), [wrap(name) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    fonts = fonts_for(names)
    for label in ax.get_yticklabels():
        label.set(color=INK, linespacing=1.1, parse_math=False)
        label.set_fontfamily(fonts)
    return ax


def fit_rows(ax: Axes, names: Sequence[str], *, own: bool) -> None:
    """Give the rows their height, once everything above and below them is drawn.

    A figure of our `own` grows or shrinks; on the reader's axes the letters shrink instead.

    Raises
    ------
    BriefingError
        The reader's axes are so low that the labels could not be read.
    """
    settle(ax)
    inches = ax.get_window_extent().height / whole(ax).dpi
    needed = rows_height(names)
    if own:
        whole(ax).set_figheight(whole(ax).get_figheight() + needed - inches)
        return
    size = min(LABEL, inches * 72 / len(names) / (1.25 * _most_lines(names)))
    if size < SMALLEST:
        raise BriefingError(
            f"{len(names)} rows of labels do not fit into axes {inches:.1f} inches high. "
            f"Leave out ax=, or make them {needed:.1f} inches high."
        )
    ax.tick_params(axis="y", labelsize=size)


def write_value(ax: Axes, x: float, row: int, value: str) -> None:
    """Write a row's number behind the end of its bar or line."""
    ax.annotate(
        value, (x, row), (6, 0), textcoords="offset points", va="center_baseline",
        fontsize=NOTE, color=FAINT, gid="value", bbox=CLEAR,
    )  # fmt: skip


def name_points(ax: Axes, points: Sequence[tuple[float, float, str]]) -> list[str]:
    """Write each point's text beside it where there is room; return the texts left out.

    Settle the limits and everything around the axes first: room is measured as drawn.
    """
    settle(ax)
    frame = ax.get_window_extent()
    taken = [_dot(ax, x, y) for x, y, _ in points]
    return [text for x, y, text in points if not _named(ax, x, y, text, frame, taken)]


def _dot(ax: Axes, x: float, y: float) -> Bbox:
    across, up = ax.transData.transform((x, y))
    reach = 3.2 * whole(ax).dpi / 72
    return Bbox.from_extents(across - reach, up - reach, across + reach, up + reach)


def _named(ax: Axes, x: float, y: float, text: str, frame: Bbox, taken: list[Bbox]) -> bool:
    label = ax.annotate(
        text, (x, y), (0, 0), textcoords="offset points", fontsize=NOTE, color=FAINT,
        bbox=CLEAR, gid="point", zorder=2.5,
    )  # fmt: skip
    for across, up, ha, va in SIDES:
        label.set(position=(across, up), ha=ha, va=va)
        box = label.get_window_extent()
        inside = frame.containsx(box.x0) and frame.containsx(box.x1)
        inside = inside and frame.containsy(box.y0) and frame.containsy(box.y1)
        if inside and not box.count_overlaps(taken):
            taken.append(box)
            return True
    label.remove()
    return False
