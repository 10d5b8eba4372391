"""Labels that can be read: wrapped, in a font that has their letters, clear of one another.

Names come from the source and may be long, Chinese, or hold a `$`. A row label is wrapped
after 30 columns (a Chinese character takes two) and cut after three lines; the whole name
stands in the table that is saved beside the figure. Labels of points are tried on every
side of their point, and left out, and counted, where all sides are taken.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from matplotlib.axes import Axes
from matplotlib.textpath import TextPath

from briefing.figures.dress import FAINT, INK, LABEL, NOTE, bare, fit, new_axes, settle, whole
from briefing.figures.lettering import fonts_for, wrap
from briefing.tables import BriefingError

ROW, LINE, GAP = 0.25, 0.15, 0.05  # inches: the lowest row, a line of a label, between two
AROUND = 3.0  # inches around the rows to begin with: more than legend and notes need
THICK = 0.62  # of a row: how thick its bar is
CLEAR: dict[str, Any] = {"facecolor": "white", "edgecolor": "none", "pad": 0.6}
SMALLEST = 4.0  # points: below that nobody reads a label


def rows_height(names: Sequence[str], row: float = ROW) -> float:
    """Inches that so many rows need, each at least `row` high."""
    return len(names) * max(row, LINE * _most_lines(names) + GAP)


def _most_lines(names: Iterable[str]) -> int:
    return max((wrap(name).count("\n") + 1 for name in names), default=1)


def width_of(texts: Sequence[str], points: float) -> float:
    """Inches of the widest text."""
    drawn = [TextPath((0, 0), text, size=points).get_extents() for text in texts if text.strip()]
    return max((box.width for box in drawn), default=0.0) / 72


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
    bare(ax, grid="x" if grid else None)
    ax.set_yticks(range(len(names)), [wrap(name) for name in names])
    ax.set_ylim(len(names) - 0.4, -0.6)
    fonts = fonts_for(names)
    for label in ax.get_yticklabels():
        label.set(color=INK, linespacing=1.1, parse_math=False)
        label.set_fontfamily(fonts)
    return ax


def fit_rows(ax: Axes, names: Sequence[str], *, own: bool, row: float = ROW) -> None:
    """Give the rows their height, once everything above and below them is drawn.

    A figure of our `own` grows or shrinks; on the reader's axes the letters shrink instead.

    Raises
    ------
    BriefingError
        The reader's axes are so low that the labels could not be read.
    """
    settle(ax)
    inches = ax.get_window_extent().height / whole(ax).dpi
    needed = rows_height(names, row)
    if own:
        fit(ax, whole(ax).get_figheight() + needed - inches)
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
        fontsize=NOTE, color=FAINT, gid="value", bbox=CLEAR, fontfamily=fonts_for([value]),
    )  # fmt: skip


def shrink(ax: Axes) -> None:
    """On axes of the reader's, where the labels had to shrink, let what is in them too."""
    size = ax.get_yticklabels()[0].get_fontsize()
    for text in ax.texts:
        text.set_fontsize(min(text.get_fontsize(), size))
