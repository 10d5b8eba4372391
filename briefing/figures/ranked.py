"""Keywords ranked: each with its interval, its counts, and what speaks against it.

The rank is by the end of the interval that is nearer to 0 (lrc): what is left of the difference on
the safe side. So a word with a huge ratio and five hits stands below one with a smaller ratio and
fifty. Marks to the right say what a number cannot: one turn has it, one person says it, it was in
the question.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import ScaledTranslation, blended_transform_factory

from briefing.figures import captions, labels, style
from briefing.figures.key_words import (
    about_sides,
    axis,
    free,
    of_side,
    one_comparison,
    said_words,
    shared_flags,
)
from briefing.figures.keyness import AGAINST, DOUBTED, TRUSTED
from briefing.figures.panels import width_of
from briefing.tables import BriefingError

MARKS = {
    "one turn": ("s", ("in one turn only", "mostly in one turn")),
    "one person": ("^", ("one speaker only", "may be one person's")),
    "asked first": ("D", ("asked first",)),
}
BEYOND = 1.5  # how far the scale goes on beyond the farthest point
STEP = 10  # points from one mark to the next


def plot_keyness_ranked(
    table: pd.DataFrame,
    *,
    n: int = 12,
    sides: tuple[str, str] = ("target", "reference"),
    ax: Axes | None = None,
) -> Axes:
    """Draw the first `n` words of each side by lrc, with interval, counts and flags.

    Parameters
    ----------
    table : DataFrame
        What `briefing.keyness(target, reference)` gives, in its order, or one group of
        `theme_keywords` (which has the target's words only).
    n : int
        Words of each side.
    sides : tuple of str
        What the target and the reference are called in the figure.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Raises
    ------
    BriefingError
        Columns missing, no row, keywords of several groups, `n` below 1, axes too low.
    """
    drawn = _drawn(table, n)
    own, names = ax is None, drawn["token"].astype("str").tolist()
    far = float(drawn["log_ratio"].abs().max()) + BEYOND
    ax = labels.rows(names, ax)
    ax.set_xlim(*_limits(drawn, far))
    ax.xaxis.set_major_locator(MaxNLocator(7, integer=True))
    ax.axvline(0, color=style.FAINT, linewidth=0.9, zorder=1)
    values = [f"{row['n_target']:,} : {row['n_reference']:,}" for row in drawn.to_dict("records")]
    wide = 72 * width_of(values, style.NOTE) + 6
    for place, row in enumerate(drawn.to_dict("records")):
        _draw(ax, place, row)
        labels.write_value(ax, ax.get_xlim()[1], place, values[place])
    marks = _mark(ax, drawn, wide)
    _part(ax, drawn)
    style.legend(ax, _keys(drawn), _mark_keys(marks))
    style.name_axis(ax, axis(drawn, sides), _note(drawn, sides))
    labels.fit_rows(ax, names, own=own)
    return ax


def _drawn(table: pd.DataFrame, n: int) -> pd.DataFrame:
    one_comparison(table)
    if n < 1:
        raise BriefingError(f"n={n} words of each side leave nothing to draw: use 1 or more.")
    drawn = pd.concat([of_side(table, side, n) for side in ("target", "reference")])
    drawn.attrs = dict(table.attrs)
    return drawn


def _limits(drawn: pd.DataFrame, far: float) -> tuple[float, float]:
    """As far as intervals go, but not for ever: some have no end."""
    low = max(min(drawn["log_ratio_low"].min(), -0.5), -far)
    high = min(max(drawn["log_ratio_high"].max(), 0.5), far)
    return float(low), float(high)


def _draw(ax: Axes, place: int, row: Mapping[Hashable, Any]) -> None:
    trusted = row["flag"] == ""
    colour = TRUSTED if trusted else DOUBTED
    if pd.notna(row["speaker_low"]):
        _line(ax, place, (row["speaker_low"], row["speaker_high"]), colour, 0.8)
    _line(ax, place, (row["log_ratio_low"], row["log_ratio_high"]), colour, 2.0)
    ax.plot(
        row["log_ratio"], place, "o", color=colour, markersize=5.5, gid="effect", zorder=3,
        markerfacecolor=colour if trusted else "white", markeredgewidth=1.1,
    )  # fmt: skip


def _line(ax: Axes, place: int, interval: tuple[float, float], colour: str, width: float) -> None:
    """An interval, with an arrow where it goes on beyond the scale."""
    ends = np.clip(interval, *ax.get_xlim())
    ax.plot(ends, [place, place], color=colour, linewidth=width, solid_capstyle="butt")
    for end, at, sign in zip(interval, ends, "<>", strict=True):
        if end != at:
            ax.plot(at, place, sign, color=colour, markersize=4, clip_on=False)


def _flags(row: Mapping[Hashable, Any]) -> set[str]:
    return set(str(row["flag"]).split("; "))


def _marks_of(row: Mapping[Hashable, Any], shared: set[str]) -> list[str]:
    """What marks a word: not what speaks against every word, which the note says once."""
    own = _flags(row) - shared
    return [name for name, (_, flags) in MARKS.items() if own & set(flags)]


def _mark(ax: Axes, drawn: pd.DataFrame, wide: float) -> list[str]:
    """Draw the marks behind the counts, each kind at a place of its own; return the kinds."""
    shared, figure = set(shared_flags(drawn)), style.whole(ax)
    marks = [_marks_of(row, shared) for row in drawn.to_dict("records")]
    kinds = [name for name in MARKS if any(name in own for own in marks)]
    for number, name in enumerate(kinds):
        shift = ScaledTranslation((wide + 10 + STEP * number) / 72, 0, figure.dpi_scale_trans)
        across = blended_transform_factory(ax.transAxes, ax.transData) + shift
        for place in [place for place, own in enumerate(marks) if name in own]:
            ax.plot(
                1, place, MARKS[name][0], color=style.INK, markersize=4.5, transform=across,
                clip_on=False, gid=name,
            )  # fmt: skip
    return kinds


def _part(ax: Axes, drawn: pd.DataFrame) -> None:
    """A line between the words of the target and those of the reference."""
    n = int((drawn["side"] == "target").sum())
    if 0 < n < len(drawn):
        ax.axhline(n - 0.5, color=style.RULE, linewidth=0.9, zorder=1)


def _keys(drawn: pd.DataFrame) -> list[Line2D]:
    flagged = (drawn["flag"] != "").to_numpy()
    kinds = [
        ("no flag", TRUSTED, TRUSTED, not flagged.all()),
        (AGAINST, DOUBTED, "white", bool(flagged.any())),
    ]
    return [
        Line2D([], [], color=c, marker="o", markersize=5.5, markerfacecolor=fill, lw=2, label=label)
        for label, c, fill, there in kinds
        if there
    ]


def _mark_keys(marks: list[str]) -> list[Line2D]:
    look: dict[str, Any] = {"color": style.INK, "linestyle": "none", "markersize": 4.5}
    return [Line2D([], [], marker=MARKS[name][0], label=name, **look) for name in marks]


def _note(drawn: pd.DataFrame, sides: tuple[str, str]) -> str:
    """What lines and numbers are, then what is known of the sides."""
    level = f"{drawn.attrs.get('level', 0.95):.0%}"
    tested = drawn.attrs.get("n_tested")
    for_all = f", corrected for {captions.counted(tested, 'word')}" if tested else ""
    lines = [
        f"Lines: {level} intervals{for_all}. Ranked by the end nearer to 0. "
        f"Numbers: hits of {sides[0]} : of {sides[1]}.",
        "Thin lines: intervals among speakers." if drawn["speaker_low"].notna().any() else "",
        *about_sides(drawn),
    ]
    return "\n".join(filter(None, lines))


def describe_keyness_ranked(
    table: pd.DataFrame, *, n: int = 12, sides: tuple[str, str] = ("target", "reference")
) -> str:
    """Say in words what `plot_keyness_ranked` shows."""
    drawn = _drawn(table, n)
    n_free, n_zero = len(free(drawn)), int((drawn["lrc"] == 0).sum())
    words = captions.counted(len(drawn), "word")
    return captions.sentences(
        f"Keywords of {sides[0]} against {sides[1]}, {words} of {len(table):,}, ranked by the "
        "cautious end of the log ratio's interval",
        *said_words(table, sides),
        f"Without a flag: {n_free} of {words}",
        f"The interval holds 0 for {n_zero} of {words}" if n_zero else "",
        *[_counted_mark(drawn, name) for name in MARKS],
        *about_sides(drawn),
        "No test: words are not said independently of one another",
    )


def _counted_mark(drawn: pd.DataFrame, name: str) -> str:
    shared = set(shared_flags(drawn))
    rows = drawn.to_dict("records")
    marked = [str(row["token"]) for row in rows if name in _marks_of(row, shared)]
    return f"Marked {name}: {captions.listed(marked)}" if marked else ""
