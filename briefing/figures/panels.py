"""Small multiples in one Axes: a column of rows for each category, all on one scale.

Rows are groups and keep their place in every column, so that the eye runs down a category and
across a group. Where the columns do not fit side by side, a second block of rows stands below the
first. All columns share one scale from 0, and the counts stand at the right of each.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil

from matplotlib.axes import Axes
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator

from briefing.figures import labels, style

NARROWEST = 0.55  # inches of scale that a column has at least
LETTER = 0.068  # inches: a letter of a label, on average
MOST = 5  # columns side by side


@dataclass(frozen=True)
class Panels:
    """Where each column and each row lies in the one Axes."""

    rows: Sequence[str]
    headings: Sequence[str]
    n_columns: int
    pitch: float  # from one column to the next; the scale takes the first 1 of it
    head: int  # slots that a heading takes

    @property
    def n_blocks(self) -> int:
        """How many blocks of rows stand one below the other."""
        return ceil(len(self.headings) / self.n_columns)

    @property
    def names(self) -> list[str]:
        """The label of each slot, from the top down: nothing beside a heading."""
        return [*[""] * self.head, *self.rows] * self.n_blocks

    def at(self, heading: int, row: int) -> tuple[float, int]:
        """Where the scale of a column begins, and the slot of a row in it."""
        block, column = divmod(heading, self.n_columns)
        return column * self.pitch, block * (self.head + len(self.rows)) + self.head + row


def width_of(texts: Sequence[str], points: float) -> float:
    """Inches of the widest text."""
    drawn = [TextPath((0, 0), text, size=points).get_extents() for text in texts if text.strip()]
    return max((box.width for box in drawn), default=0.0) / 72


def arrange(
    rows: Sequence[str], headings: Sequence[str], values: Sequence[str], ax: Axes | None
) -> Panels:
    """Choose how many columns stand side by side, with room for the `values` beside each."""
    inches = _inches(rows, ax)
    beside = width_of(values, style.NOTE) + 0.2
    words = [word for heading in headings for word in heading.split()]
    narrowest = max(NARROWEST + beside, width_of(words, style.LABEL) + 0.15)
    fit = max(1, min(MOST, len(headings), int(inches / narrowest)))
    n_columns = ceil(len(headings) / ceil(len(headings) / fit))
    each = inches / n_columns
    wrapped = [labels.wrap(heading, _letters(each)) for heading in headings]
    lines = max(text.count("\n") + 1 for text in wrapped)
    height = labels.rows_height(["", *rows]) / (len(rows) + 1)
    head = ceil((lines * labels.LINE + labels.GAP) / height) if len(headings) > 1 else 0
    return Panels(rows, wrapped, n_columns, each / max(each - beside, 0.2), head)


def _letters(inches: float) -> int:
    return max(6, int((inches - 0.1) / LETTER))


def _inches(rows: Sequence[str], ax: Axes | None) -> float:
    """About how wide the axes will be beside their labels."""
    lines = [line for row in rows for line in labels.wrap(row).split("\n")]
    beside = LETTER * max(map(_columns, lines), default=0) + 0.2
    if ax is None:
        return style.WIDTH - beside
    figure = style.whole(ax)
    inches = ax.get_window_extent().width / figure.dpi
    return max(inches - (beside if figure.get_layout_engine() else 0), 1.0)


def _columns(line: str) -> int:
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in line)


def draw(panels: Panels, most: float, ax: Axes | None) -> Axes:
    """Axes with named rows, a scale from 0 to `most` in each column, and a heading on each."""
    ax = labels.rows(panels.names, ax)
    ax.spines["bottom"].set_visible(False)
    steps = MaxNLocator(3 if panels.n_columns > 1 else 6, steps=[1, 2, 5, 10]).tick_values(0, most)
    ticks = [tick for tick in steps if 0 <= tick <= most]
    places = [column * panels.pitch for column in range(panels.n_columns)]
    ax.set_xticks(
        [place + tick / most for place in places for tick in ticks],
        [f"{tick:g}" for _ in places for tick in ticks],
    )
    ax.set_xlim(-0.05, panels.n_columns * panels.pitch)
    fonts = labels.fonts_for(panels.headings)
    for number, heading in enumerate(panels.headings if panels.head else []):
        x, row = panels.at(number, 0)
        ax.annotate(
            heading, (x, row), (-2, 0.62 * _row_points(panels)), textcoords="offset points",
            va="baseline", ha="left", fontsize=style.LABEL, color=style.INK, gid="heading",
            fontfamily=fonts, parse_math=False, bbox=labels.CLEAR, linespacing=1.1,
        )  # fmt: skip
    return ax


def _row_points(panels: Panels) -> float:
    return 72 * labels.rows_height(panels.names) / len(panels.names)


def shrink(ax: Axes) -> None:
    """On axes of the reader's, where the labels had to shrink, let what is in them too."""
    size = ax.get_yticklabels()[0].get_fontsize()
    for text in ax.texts:
        if text.get_gid() != "note":
            text.set_fontsize(min(text.get_fontsize(), size))
