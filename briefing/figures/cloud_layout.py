"""Where the words of a cloud stand, so that sizes are true and no two words touch.

The package wordcloud finds the places. Left alone it makes a word smaller when there is no room,
and from then on sizes mean nothing. Here the sizes come first, one scale for all clouds of a
figure, and a layout counts only if every word has its size; otherwise all are made smaller.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import lru_cache
from math import ceil, sqrt
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from matplotlib.font_manager import FontProperties
from matplotlib.textpath import TextPath
from matplotlib.transforms import Bbox

from briefing.figures.fonts import OneFont

LARGEST = 34.0  # points
STEP = 0.94  # from one try to the next
FINE = 2  # dots to a point
MARGIN = 5  # points between words
FULL = 0.8  # of the room: more than this is never tried
LOOSER = 1.12  # from one room to the next, until the words go in
FLAT = 1.5  # width of a cloud over its height, where there is room


class Cloud(NamedTuple):
    """What is to be placed: words with their rates, in one font, in so many points."""

    words: list[tuple[str, float]]
    font: OneFont
    width: float
    height: float


class Placed(NamedTuple):
    """A word with the left end of its baseline, from 0 to 1 across and up, and its points."""

    word: str
    x: float
    y: float
    size: float


def lay_out(clouds: Sequence[Cloud], *, seed: int) -> list[list[Placed]]:
    """Place the words of all clouds, letters as high as the root of the rate, on one scale.

    Each cloud is as dense as its words allow and stands in the middle of its room.
    """
    rates = [rate for cloud in clouds for _, rate in cloud.words]
    scale = LARGEST / sqrt(max(rates, default=1))
    while not all(_fits(cloud, scale, seed) for cloud in clouds):
        scale *= STEP
    return [_densest(cloud, scale, seed) for cloud in clouds]


def _fits(cloud: Cloud, scale: float, seed: int) -> bool:
    """Whether the words go into the room at this scale."""
    if not cloud.words:
        return True
    inks = _inks(cloud, scale).values()
    widest = max(ink.width + MARGIN for ink in inks)
    if _area(inks) > FULL * cloud.width * cloud.height or widest > cloud.width:
        return False
    return _corners(cloud, scale, (cloud.width, cloud.height), seed) is not None


def _densest(cloud: Cloud, scale: float, seed: int) -> list[Placed]:
    """The words in the smallest room that holds them, in the middle of the whole room."""
    if not cloud.words:
        return []
    inks, whole = _inks(cloud, scale), (cloud.width, cloud.height)
    widest = max(ink.width + MARGIN for ink in inks.values())
    area, corners = _area(inks.values()) / FULL, None
    while corners is None:
        width = min(cloud.width, max(widest, sqrt(area * FLAT), area / cloud.height))
        room = (width, area / width) if area < cloud.width * cloud.height else whole
        corners = _corners(cloud, scale, room, seed)
        area *= LOOSER
    aside, above = (cloud.width - room[0]) / 2, (cloud.height - room[1]) / 2
    return [
        Placed(
            word,
            (aside + corners[word][0] - inks[word].x0) / cloud.width,
            1 - (above + corners[word][1] + inks[word].y1) / cloud.height,
            scale * sqrt(rate),
        )
        for word, rate in cloud.words
    ]


def _inks(cloud: Cloud, scale: float) -> dict[str, Bbox]:
    """What the letters of each word cover, in points from the left end of its baseline."""
    family = cloud.font.family
    sizes = {word: scale * sqrt(rate) for word, rate in cloud.words}
    return {word: Bbox(_ink(word, family) * size) for word, size in sizes.items()}


@lru_cache(maxsize=4096)
def _ink(word: str, family: str) -> npt.NDArray[np.float64]:
    """What the letters cover at a size of one point, as two corners."""
    path = TextPath((0, 0), word, size=LARGEST, prop=FontProperties(family=family))
    return path.get_extents().get_points() / LARGEST


def _area(inks: Iterable[Bbox]) -> float:
    return sum((ink.width + MARGIN) * (ink.height + MARGIN) for ink in inks)


def _corners(
    cloud: Cloud, scale: float, room: tuple[float, float], seed: int
) -> dict[str, tuple[float, float]] | None:
    """The upper left corner of each word in points, or None where they do not all go in."""
    from wordcloud import WordCloud

    dots = {word: ceil(FINE * scale * sqrt(rate)) for word, rate in cloud.words}
    layout = WordCloud(
        font_path=cloud.font.file, width=int(FINE * room[0]), height=int(FINE * room[1]),
        margin=round(MARGIN * FINE), min_font_size=1, max_font_size=max(dots.values()),
        max_words=len(dots), prefer_horizontal=1, relative_scaling=1, random_state=seed,
    ).generate_from_frequencies(dots)  # fmt: skip
    found = {word: (size, at) for (word, _), size, at, _, _ in layout.layout_}
    if {word: size for word, (size, _) in found.items()} != dots:
        return None
    return {word: (column / FINE, row / FINE) for word, (_, (row, column)) in found.items()}
