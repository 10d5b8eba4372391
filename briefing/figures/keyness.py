"""Keywords: how much more, and how sure, seen apart; then the same words ranked.

*Effect against evidence*: a word far to the right is much more frequent in the target, one far up
has many hits to show it. Most words that stand out are rare (far out, low down) or small words
(near the middle, high up); what reading should begin with is neither. Words that something speaks
against (`flag`: one turn has them all, one person says them, the question had them) are grey.

*Ranked* by the cautious end of the interval, lrc, with the whole interval and the counts. Keywords
are where reading begins; a picture of them is no result.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator, NullLocator

from briefing.figures import captions, style
from briefing.figures.key_labels import name_words
from briefing.figures.key_words import about_sides, axis, free, one_comparison, said_words

HEIGHT = 5.2  # inches
NAMED = 30  # words that are tried for a label, the flagged ones after the others
AGAINST = "something speaks against it"
TRUSTED, DOUBTED = style.INK, "#8C8C8C"


def plot_keyness(
    table: pd.DataFrame,
    *,
    sides: tuple[str, str] = ("target", "reference"),
    ax: Axes | None = None,
) -> Axes:
    """Draw each word of `briefing.keyness` by its effect (log ratio) and its evidence (g2).

    Parameters
    ----------
    table : DataFrame
        What `briefing.keyness(target, reference)` gives, or one group of `theme_keywords`.
    sides : tuple of str
        What the target and the reference are called in the figure.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Raises
    ------
    BriefingError
        Columns missing, no row, or keywords of several groups.

    Words with a full point have no flag. Labels are tried in the order of lrc, words without a
    flag first; the note counts those left out for want of room.
    """
    one_comparison(table)
    own = ax is None
    ax = ax or style.new_axes(HEIGHT)
    style.dress(ax, grid="both")
    _scales(ax, table)
    flagged = (table["flag"] != "").to_numpy()
    for part, look in ((table[flagged], _look(False)), (table[~flagged], _look(True))):
        if len(part):
            ax.plot(part["log_ratio"], part["g2"], gid="words", clip_on=False, **look)
    ax.axvline(0, color=style.FAINT, linewidth=0.9, zorder=1)
    style.legend(ax, _keys(flagged))
    ax.set_ylabel("evidence: g2 (log scale above 1)", fontsize=style.LABEL, color=style.INK)
    note = style.name_axis(ax, f"effect: {axis(table, sides)}", _note(table, 0))
    first = _order(table).head(NAMED)
    for _ in range(2):  # a note that says what is left out may take room itself
        left_out = name_words(ax, table, first, (TRUSTED, DOUBTED))
        note.set_text(style.note_text(_note(table, left_out)))
    if own:
        style.whole(ax).set_layout_engine("none")  # or the places of the labels would move
    return ax


def _look(trusted: bool) -> dict[str, Any]:
    look: dict[str, Any] = {"linestyle": "none", "marker": "o", "markersize": 4.2}
    if trusted:
        return look | {"color": TRUSTED, "zorder": 3}
    return look | {"color": DOUBTED, "markerfacecolor": "white", "markeredgewidth": 0.8}


def _scales(ax: Axes, table: pd.DataFrame) -> None:
    """Both sides, if there are two, as wide as the farther word; evidence on a log scale."""
    far = float(table["log_ratio"].abs().max()) * 1.12 + 0.2
    ax.set_xlim(-far if (table["log_ratio"] < 0).any() else -0.3, far)
    ax.xaxis.set_major_locator(MaxNLocator(8, integer=True))
    ax.set_yscale("symlog", linthresh=1, linscale=0.35)
    most = max(float(table["g2"].max()) * 1.6, 4)
    ax.set_ylim(-0.12, most)
    steps = [digit * 10**power for power in range(7) for digit in (1, 2, 5)]
    every = [0, *(step for step in steps if step <= most)]
    tens = [0, *(10**power for power in range(7) if 10**power <= most)]
    ticks = every if len(every) <= 8 else tens
    ax.set_yticks(ticks, [f"{tick:,}" for tick in ticks])
    ax.yaxis.set_minor_locator(NullLocator())


def _keys(flagged: Any) -> list[Line2D]:
    kinds = [(True, "no flag", (~flagged).any()), (False, AGAINST, flagged.any())]
    return [Line2D([], [], label=label, **_look(kind)) for kind, label, there in kinds if there]


def _order(table: pd.DataFrame) -> pd.DataFrame:
    """The words in the order in which labels are tried."""
    flagged = table["flag"] != ""
    ranks = pd.DataFrame({"flagged": flagged, "lrc": -table["lrc"].abs(), "g2": -table["g2"]})
    return table.loc[ranks.sort_values(["flagged", "lrc", "g2"], kind="stable").index]


def _note(table: pd.DataFrame, left_out: int) -> str:
    n_named = min(len(table), NAMED)
    shown = f"Labels: of {n_named} words with the largest lrc, those without a flag first"
    if left_out:
        shown += f" ({left_out} left out for want of room)"
    return "\n".join(filter(None, [f"{shown}.", *about_sides(table)]))


def describe_keyness(
    table: pd.DataFrame, *, sides: tuple[str, str] = ("target", "reference")
) -> str:
    """Say in words what `plot_keyness` shows."""
    one_comparison(table)
    n_free = len(free(table))
    words = captions.counted(len(table), "word")
    against = "something speaks against each of them"
    if n_free:
        against = f"nothing speaks against {n_free} of them"
    return captions.sentences(
        f"{words} by effect (log ratio) and evidence (g2), {sides[0]} against {sides[1]}",
        against[:1].upper() + against[1:],
        *said_words(table, sides),
        *about_sides(table),
        "No test: words are not said independently of one another",
    )
