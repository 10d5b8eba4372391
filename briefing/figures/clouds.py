"""Which words are said most: word clouds by role, and beside each what a cloud cannot show.

A cloud is drawn from our counts and is true to them: letters twice as high are a rate four times
as high, so that the area goes with the rate, on one scale in all clouds of a figure; all words
are horizontal, and none is made smaller for want of room. It is a poor graph all the
same: a long word looks bigger than a short one, place and neighbours mean nothing, and nobody
reads a number off it (Hearst et al. 2020). So it never stands alone: beside it are the same
words as ranked dots with their intervals.

Hearst, M., Pedersen, E., Patil, L., Lee, E., Laskowski, P. and Franconeri, S. (2020). An
evaluation of semantically grouped word cloud designs.
"""

from __future__ import annotations

from typing import Any

import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.ticker import MaxNLocator

from briefing.figures import labels, style
from briefing.figures.cloud_layout import Cloud, Placed, lay_out
from briefing.figures.cloud_words import bands_of, count_of, in_cloud, note_of, words_of
from briefing.figures.fonts import OneFont

LEAST_ROWS = 7  # a band is at least so many rows high, for its cloud
BESIDE = 1.5  # of the highest rate: how far the axis goes
REACH = 1.47  # and how far the lines: what goes on ends in an arrow
NOTE_COLUMNS = 112  # what fits under the whole figure


def plot_word_cloud(words: pd.DataFrame, *, seed: int = 1) -> Axes:
    """Draw the words of each group as a cloud and, beside it, as ranked dots with intervals.

    Parameters
    ----------
    words : DataFrame
        What `briefing.common_words(tokens)` gives, or any table with a column of
        groups (`.attrs["by"]`, otherwise `role`), `token, n, per_1000, low, high`. One band of
        the figure for each group, in the order of the table.
    seed : int
        Of the places in the clouds, which mean nothing.

    Returns
    -------
    Axes
        Those of the lowest dots. There is no `ax=`: this is a figure of several axes.

    Raises
    ------
    BriefingError
        Columns missing, no row, a word twice in a group, or a rate that is not above 0.

    Not for comparing speakers or briefings, nor for finding topics: see `briefing.keyness`.
    """
    bands = bands_of(words)
    figure, clouds, dots = _canvas(bands)
    most = float(words["per_1000"].max())
    for (group, band), cloud, ax in zip(bands.items(), clouds, dots, strict=True):
        _draw_dots(ax, band, most)
        _title(cloud, str(group), band)
        ax.tick_params(axis="x", labelbottom=ax is dots[-1])
    style.name_axis(dots[-1], "per 1,000 words")
    _write_note(figure, note_of(words, bands))
    _fit(figure, dots, [words_of(band) for band in bands.values()])
    shown = [_cloud(words, band, ax) for band, ax in zip(bands.values(), clouds, strict=True)]
    placed = lay_out(shown, seed=seed)
    for ax, band, plan, at in zip(clouds, bands.values(), shown, placed, strict=True):
        _draw_cloud(ax, at, plan.font, _colour(band))
    return dots[-1]


def _cloud(words: pd.DataFrame, band: pd.DataFrame, ax: Axes) -> Cloud:
    seen, font = in_cloud(words, band)
    room = ax.get_window_extent()
    point = style.whole(ax).dpi / 72
    rates = [float(rate) for rate in seen["per_1000"]]
    pairs = list(zip(words_of(seen), rates, strict=True))
    return Cloud(pairs, font, room.width / point, room.height / point)


def _canvas(bands: dict[Any, pd.DataFrame]) -> tuple[Figure, list[Axes], list[Axes]]:
    """A figure with a band for each group: the cloud's axes to the left, the dots' to the right."""
    heights = [_height(words_of(band)) for band in bands.values()]
    figure, grid = plt.subplots(
        len(bands), 2, squeeze=False, layout="constrained", facecolor="white",
        figsize=(style.WIDTH, sum(heights) + labels.AROUND),
        gridspec_kw={"height_ratios": heights, "width_ratios": [1.35, 1]},
    )  # fmt: skip
    for cloud in grid[:, 0]:
        cloud.set(xticks=[], yticks=[])
        cloud.axis("off")
    return figure, grid[:, 0].tolist(), grid[:, 1].tolist()


def _height(names: list[str]) -> float:
    """Inches that a band needs."""
    return labels.rows_height(names) * max(len(names), LEAST_ROWS) / len(names)


def _draw_dots(ax: Axes, band: pd.DataFrame, most: float) -> None:
    labels.rows(words_of(band), ax)
    ax.set_facecolor("white")
    ax.set_ylim(max(len(band), LEAST_ROWS) - 0.4, -0.6)
    ax.set_xlim(0, most * BESIDE)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    colour = _colour(band)
    for row, word in enumerate(band.to_dict("records")):
        if pd.notna(word["low"]):
            end = min(word["high"], most * REACH)
            ax.plot([word["low"], end], [row, row], color=colour, linewidth=1.4)
        if word["high"] > most * REACH:  # an arrow: the line goes on
            ax.plot(most * REACH, row, ">", color=colour, markersize=4, clip_on=False)
        ax.plot(word["per_1000"], row, "o", color=colour, markersize=5.5, clip_on=False)
        labels.write_value(ax, most * BESIDE, row, count_of(word))


def _colour(band: pd.DataFrame) -> str:
    """The colour of the band's role, where it has one."""
    roles = band["role"].astype("object").unique() if "role" in band else [None]
    return style.colours(roles)[0] if len(roles) == 1 else style.colours([None])[0]


def _title(ax: Axes, group: str, band: pd.DataFrame) -> None:
    size = f"\n{band['n_words'].iloc[0]:,} words in all" if "n_words" in band else ""
    ax.set_title(
        labels.wrap(group, 40) + size, loc="left", fontsize=style.LABEL, color=_colour(band),
        fontfamily=labels.fonts_for([group]), parse_math=False, pad=4,
    )  # fmt: skip


def _fit(figure: Figure, dots: list[Axes], names: list[list[str]]) -> None:
    """Give each row its height, once everything around the rows is in its place."""
    for _ in range(2):  # the room around the rows depends a little on the height
        style.settle(dots[0])
        inches = sum(ax.get_window_extent().height for ax in dots) / figure.dpi
        figure.set_figheight(figure.get_figheight() + sum(map(_height, names)) - inches)
    style.settle(dots[0])
    figure.set_layout_engine("none")  # from here on the rooms of the clouds keep their size


def _write_note(figure: Figure, note: str) -> None:
    """The note under everything, as wide as the figure."""
    figure.supxlabel(
        style.note_text(note, columns=NOTE_COLUMNS), x=0.01, ha="left", ma="left", gid="note",
        fontsize=style.NOTE, color=style.FAINT, fontfamily=labels.fonts_for([note]),
        parse_math=False,
    )  # fmt: skip


def _draw_cloud(ax: Axes, placed: list[Placed], font: OneFont, colour: str) -> None:
    ax.set(xlim=(0, 1), ylim=(0, 1))
    for word, x, y, size in placed:
        ax.text(
            x, y, word, fontsize=size, color=colour, fontfamily=[font.family], gid="cloud",
            parse_math=False, va="baseline", ha="left", in_layout=False,
        )  # fmt: skip
    if not placed:
        ax.text(
            0, 1, "No cloud: no installed font has\nthe letters of these words.", gid="message",
            va="top", ha="left", fontsize=style.NOTE, color=style.FAINT, in_layout=False,
        )  # fmt: skip
