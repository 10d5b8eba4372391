"""The company a word keeps, ranked: how typical each collocate is, how often, and on which side.

The dot is logDice, how exclusively node and collocate keep to each other, 14 at most. It is no
evidence: three hits may score as high as thirty, so that the counts stand beside it. Hollow dots
are words that stand near the node no more often than chance would have them.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from briefing.figures import captions, labels, style
from briefing.tables import Table

COLLOCATES = Table(
    name="collocates",
    row="one word near the node",
    made_by="briefing.collocates(tokens, node)",
    columns={
        "token": "the word",
        "n": "how often it is near the node",
        "n_left": "of these, before it",
        "n_right": "of these, behind it",
        "expected": "how often it would be by chance",
        "log_dice": "how exclusively the two keep to each other, 14 at most",
    },
)
CLEARLY = 2  # times as often on one side as on the other: then the marker points there
SIDES = {"<": "mostly before the node", ">": "mostly behind it", "o": "on both sides"}
GREY = "#999999"  # of function words
FIRST = 5  # collocates that the sentence names


def plot_collocates(near: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a dot for each row of `briefing.collocates(tokens, node)`, in its order.

    Parameters
    ----------
    near : DataFrame
        That table, or its first rows: `near.head(20)`. Function words are grey where it has a
        column `function_word`.

    Returns
    -------
    Axes
        A row for each word. The marker points to the side of the node on which the word stands
        at least twice as often; beside it are the counts.

    Raises
    ------
    BriefingError
        Columns missing, or no row.

    Not for comparing nodes or texts by their first collocates; read the lines (`concordance`).
    """
    COLLOCATES.check(near)
    own, names = ax is None, near["token"].astype("str").tolist()
    ax = labels.rows(names, ax)
    least, most = float(near["log_dice"].min()), float(near["log_dice"].max())
    room = max((most - least) * 0.08, 0.25)
    ax.set_xlim(least - room, most + room)
    words = zip(near.to_dict("records"), _grey(near), strict=True)
    for row, (word, grey) in enumerate(words):
        ax.plot(word["log_dice"], row, **_marker(word, GREY if grey else style.INK))
        labels.write_value(ax, most + room, row, _value(word))
    for label, grey in zip(ax.get_yticklabels(), _grey(near), strict=True):
        label.set_color(style.FAINT if grey else style.INK)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 2.5, 5, 10]))
    style.legend(ax, _side_keys(near), _other_keys(near))
    style.name_axis(ax, f"logDice with {_node(near)}", _note(near))
    labels.fit_rows(ax, names, own=own)
    return ax


def _node(near: pd.DataFrame) -> str:
    node = near.attrs.get("node")
    return f"“{node}”" if node else "the node"


def _grey(near: pd.DataFrame) -> list[bool]:
    """Whether each row is a function word; not known is no."""
    if "function_word" not in near:
        return [False] * len(near)
    return near["function_word"].astype("boolean").fillna(False).tolist()


def _side(word: dict[Any, Any]) -> str:
    if word["n_left"] >= CLEARLY * word["n_right"]:
        return "<"
    return ">" if word["n_right"] >= CLEARLY * word["n_left"] else "o"


def _by_chance(near: pd.DataFrame) -> pd.Series:
    return near["n"] <= near["expected"]


def _marker(word: dict[Any, Any], colour: str) -> dict[str, Any]:
    return {
        "marker": _side(word), "markersize": 6.5, "linestyle": "none", "color": colour,
        "markerfacecolor": "white" if word["n"] <= word["expected"] else colour,
        "markeredgewidth": 1.3,
    }  # fmt: skip


def _value(word: dict[Any, Any]) -> str:
    return f"{word['n']:,}: {word['n_left']:,} before, {word['n_right']:,} behind"


def _side_keys(near: pd.DataFrame) -> list[Line2D]:
    drawn = {_side(word) for word in near.to_dict("records")}
    return [_key(label, marker=sign) for sign, label in SIDES.items() if sign in drawn]


def _other_keys(near: pd.DataFrame) -> list[Line2D]:
    keys = []
    if _by_chance(near).any():
        hollow = "not more often than by chance"
        keys.append(_key(hollow, markerfacecolor="white", markeredgewidth=1.3))
    if any(_grey(near)):
        keys.append(_key("function word", color=GREY))
    return keys


def _key(label: str, **look: Any) -> Line2D:
    plain: dict[str, Any] = {
        "color": style.INK,
        "marker": "o",
        "linestyle": "none",
        "markersize": 6,
    }
    return Line2D([], [], label=label, **plain | look)


def _note(near: pd.DataFrame) -> str:
    """What was counted and how, then what kind of text it was counted in."""
    attrs = near.attrs
    window = f"within {attrs['window']} words on each side" if "window" in attrs else "near it"
    hits = f", {captions.counted(attrs['n_node'], 'hit')} of it" if "n_node" in attrs else ""
    least = ""
    if {"min_count", "min_turns"} <= attrs.keys():
        least = f"Listed from {attrs['min_count']} times in {attrs['min_turns']} turns on"
    lines = [
        captions.sentences(f"Numbers: how often {window}{hits}"),
        captions.sentences(least, "A score, not evidence"),
        captions.text_note(attrs),
    ]
    return "\n".join(filter(None, lines))


def describe_collocates(near: pd.DataFrame) -> str:
    """Say in words what `plot_collocates` shows."""
    COLLOCATES.check(near)
    first = [
        f"{word['token']} ({word['log_dice']:.1f}; {_value(word)})"
        for word in near.head(FIRST).to_dict("records")
    ]
    n_chance, n_grey = int(_by_chance(near).sum()), sum(_grey(near))
    return captions.sentences(
        f"{captions.counted(len(near), 'word')} near {_node(near)}, ranked by logDice",
        f"First: {captions.listed(first)}" if first else "",
        f"{captions.counted(n_chance, 'word stands', 'words stand')} there not more often than "
        "by chance"
        if n_chance
        else "",
        f"{captions.counted(n_grey, 'is a function word', 'are function words')}" if n_grey else "",
        *_note(near).split("\n"),
    )
