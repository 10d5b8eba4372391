"""Names for the points of a crowded plot, where there is room for them.

Points may lie on one another: words with the same counts have the same place, and share a label.
Each label is tried on every side of its point, near and then a little farther off, and takes the
first place that touches no point and no label; a label farther off is tied to its point by a line.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.text import Annotation
from matplotlib.transforms import Bbox

from briefing.figures import labels, style

TOGETHER = 3  # words that a label names
REACH = 2.8  # points from the middle of a dot to its edge
SETTLES = 3  # draws after which the layout stands still
WIDER = 1.08  # a text may be so much wider in a file, where letters are set more finely
CLEAR = 1.5  # pixels around a label
FAR = (1.0, 2.6, 4.4)  # times the distance of labels.SIDES


def name_words(ax: Axes, table: pd.DataFrame, first: pd.DataFrame, colours: tuple[str, str]) -> int:
    """Write the words of `first` beside their points; return how many were left out.

    `table` has all words that are drawn, `colours` those of words without a flag and with one.
    Settle the limits and everything around the axes before: room is measured as drawn. Labels
    of an earlier call are taken away.
    """
    for old in [text for text in ax.texts if text.get_gid() in ("word", "tie")]:
        old.remove()
    for _ in range(SETTLES):
        style.settle(ax)
    dots = _dots(ax, table)
    frame, taken, left_out = ax.get_window_extent(), dots, 0
    for x, y, words, flagged in _together(first):
        named = words[:TOGETHER]
        text = ", ".join(named) + (f" +{len(words) - len(named)}" if len(words) > TOGETHER else "")
        label = ax.annotate(
            text, (x, y), (0, 0), textcoords="offset points", fontsize=style.NOTE,
            color=colours[flagged], gid="word", zorder=4, parse_math=False,
            fontfamily=labels.fonts_for([text]), in_layout=False,
        )  # fmt: skip
        box = _settle(ax, label, frame, taken, dots)
        if box is None:
            label.remove()
            left_out += len(words)
        else:
            taken = np.vstack([taken, box.extents])
    return left_out


def _together(first: pd.DataFrame) -> Iterator[tuple[float, float, list[str], bool]]:
    """The words at one place, in the order of the table."""
    keyed = first.assign(flagged=first["flag"] != "")
    for _, part in keyed.groupby(["log_ratio", "g2", "flagged"], sort=False):
        x, y, flagged = part[["log_ratio", "g2", "flagged"]].iloc[0]
        yield float(x), float(y), part["token"].astype("str").tolist(), bool(flagged)


def _dots(ax: Axes, table: pd.DataFrame) -> np.ndarray:
    """The box of each dot in pixels: left, bottom, right, top."""
    middle = ax.transData.transform(table[["log_ratio", "g2"]].to_numpy(float))
    reach = REACH * style.whole(ax).dpi / 72
    return np.hstack([middle - reach, middle + reach])


def _settle(
    ax: Axes, label: Annotation, frame: Bbox, taken: np.ndarray, dots: np.ndarray
) -> Bbox | None:
    """Move the label to the first free place; None where there is none."""
    own = ax.transData.transform(label.xy)
    for far in FAR:
        for across, up, ha, va in labels.SIDES:
            label.set(position=(across * far, up * far), ha=ha, va=va)
            box = _widened(label.get_window_extent(), ha)
            tied = far > FAR[0]
            if not _inside(box, frame) or _touches(box.padded(CLEAR), taken):
                continue
            if tied or _nearest(box, own, dots):
                if tied:
                    _tie(ax, label)
                return box
    return None


def _widened(box: Bbox, ha: str) -> Bbox:
    """The room that the text may take in a file: more on the sides that are free to grow."""
    more = box.width * (WIDER - 1)
    left, right = {"left": (0.0, 1.0), "right": (1.0, 0.0)}.get(ha, (0.5, 0.5))
    return Bbox.from_extents(box.x0 - left * more, box.y0, box.x1 + right * more, box.y1)


def _inside(box: Bbox, frame: Bbox) -> bool:
    return box.x0 >= frame.x0 and box.x1 <= frame.x1 and box.y0 >= frame.y0 and box.y1 <= frame.y1


def _touches(box: Bbox, taken: np.ndarray) -> bool:
    left, bottom, right, top = taken.T
    clear = (right < box.x0) | (left > box.x1) | (top < box.y0) | (bottom > box.y1)
    return not bool(clear.all())


def _nearest(box: Bbox, own: np.ndarray, dots: np.ndarray) -> bool:
    """Whether no other dot is nearer to the label than its own."""
    middle = (dots[:, :2] + dots[:, 2:]) / 2
    return _distance(box, own[None])[0] <= _distance(box, middle).min() + 0.5


def _distance(box: Bbox, points: np.ndarray) -> np.ndarray:
    """How far each point is from the box, in pixels."""
    nearest = np.clip(points, [box.x0, box.y0], [box.x1, box.y1])
    return np.hypot(*(points - nearest).T)


def _tie(ax: Axes, label: Annotation) -> None:
    """Draw the line from a label that stands off to its point."""
    (x, y), (across, up) = label.xy, label.get_position()
    ax.annotate(
        "", (x, y), (across, up), textcoords="offset points", gid="tie", zorder=2.5,
        arrowprops={"arrowstyle": "-", "color": style.RULE, "linewidth": 0.7,
                    "shrinkA": 0, "shrinkB": 2},
        in_layout=False,
    )  # fmt: skip
