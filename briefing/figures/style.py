"""How every figure looks: one colour a role, quiet axes, room for every label.

The colours are Okabe and Ito's, chosen so that people with any kind of colour blindness
can tell them apart; a role has the same one in every figure. Nothing is set for the whole
program: each figure is given its sizes and colours, so a reader's own settings stay.

References
----------
Okabe, M. and Ito, K. (2008). Color universal design: how to make figures and presentations
that are friendly to colorblind people.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from textwrap import fill
from typing import Literal

import matplotlib.pyplot as plt
from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.patches import Patch
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox, ScaledTranslation

from briefing.figures.fonts import fonts_for
from briefing.tables import ROLES

ROLE_COLOURS = {
    "official": "#0072B2",
    "journalist": "#D55E00",
    "moderator": "#009E73",
    "unknown": "#404040",
}
INK, FAINT, RULE = "#222222", "#595959", "#D9D9D9"
LABEL, NOTE = 8.5, 7.5  # points
WIDTH = 7.0  # inches: the text of an A4 page, and then some
LABEL_COLUMNS, NOTE_COLUMNS = 66, 74  # what fits beside row labels of 30 columns
LEGEND_ROW = 14  # points
MARGIN = 0.08  # inches


def new_axes(height: float) -> Axes:
    """Axes on a white figure `height` inches high, which makes room for its labels."""
    figure, ax = plt.subplots(figsize=(WIDTH, height), layout="constrained", facecolor="white")
    ax.set_facecolor("white")
    return ax


def whole(ax: Axes) -> Figure:
    """The figure that the axes stand in, also where they stand in a part of it."""
    return ax.figure.canvas.figure


def settle(ax: Axes) -> None:
    """Put everything in its place, so that room can be measured and used."""
    with quiet():
        whole(ax).draw_without_rendering()


@contextmanager
def placed(ax: Axes, *, dpi: int) -> Iterator[Bbox]:
    """The figure laid out once, for as many pictures as are wanted; gives its frame in inches."""
    figure, engine, own_dpi = whole(ax), whole(ax).get_layout_engine(), whole(ax).dpi
    figure.dpi = dpi  # letters differ a little in width from one resolution to another
    settle(ax)
    with plt.rc_context({"figure.autolayout": False, "figure.constrained_layout.use": False}):
        figure.set_layout_engine(None)  # "none" leaves one that costs every picture a dry run
    try:
        yield figure.get_tightbbox().padded(MARGIN)
    finally:
        figure.set_layout_engine(engine)
        figure.dpi = own_dpi


@contextmanager
def quiet() -> Iterator[None]:
    """Let pass what `fonts.fonts_for` has said once already, not once for every letter."""
    with warnings.catch_warnings():
        warnings.filterwarnings("ignore", "Glyph .* missing from", UserWarning)
        yield


def dress(ax: Axes, *, grid: Literal["x", "y", "both"] | None = "x") -> None:
    """Take away what carries no number, and draw a light grid along the axis that does."""
    for side in ("top", "right", "left"):
        ax.spines[side].set_visible(False)
    ax.spines["bottom"].set_color(RULE)
    ax.tick_params(labelsize=LABEL, labelcolor=INK, color=RULE, length=0)
    ax.grid(visible=False)
    if grid:
        ax.grid(visible=True, axis=grid, color=RULE, linewidth=0.6)
    ax.set_axisbelow(True)


def name_axis(ax: Axes, text: str, note: str = "") -> Annotation:
    """Write what the x axis counts and, below it in small, what a reader must know."""
    ax.set_xlabel(fill(text, LABEL_COLUMNS), fontsize=LABEL, color=INK, loc="left")
    ax.xaxis.label.set(ha="left", ma="left", fontfamily=fonts_for([text]), parse_math=False)
    return ax.annotate(
        note_text(note), (0, 0), (0, -5), xycoords=("axes fraction", ax.xaxis.label),
        textcoords="offset points", va="top", fontsize=NOTE, color=FAINT, gid="note",
        fontfamily=fonts_for([note]), parse_math=False,
    )  # fmt: skip


def note_text(note: str, *, columns: int = NOTE_COLUMNS) -> str:
    """A note broken into lines that stay within the figure."""
    return "\n".join(fill(line, columns) for line in note.splitlines())


def colours(roles: Iterable[object]) -> list[str]:
    """The colour of each role; a role that is missing counts as unknown."""
    return [ROLE_COLOURS.get(str(role), ROLE_COLOURS["unknown"]) for role in roles]


def role_keys(roles: Iterable[object]) -> list[Patch]:
    """A legend entry for each role there is, in one fixed order."""
    present = {str(role) for role in roles}
    return [Patch(facecolor=ROLE_COLOURS[role], label=role) for role in ROLES if role in present]


def legend(ax: Axes, *rows: Sequence[Artist]) -> None:
    """Put the legend above the axes, where no data can be, one row above the other."""
    rows = tuple(row for row in rows if row)
    for place, keys in enumerate(reversed(rows)):
        lift = ScaledTranslation(0, place * LEGEND_ROW / 72, whole(ax).dpi_scale_trans)
        row = ax.legend(
            handles=keys, loc="lower left", bbox_to_anchor=(0, 1), ncols=len(keys),
            frameon=False, fontsize=LABEL, labelcolor=INK, borderaxespad=0.1, borderpad=0.2,
            handlelength=1.6, handleheight=0.9, handletextpad=0.5, columnspacing=1.4,
            bbox_transform=ax.transAxes + lift,
        )  # fmt: skip
        if place < len(rows) - 1:
            ax.add_artist(row)
