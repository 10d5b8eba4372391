"""The company a word keeps: content words near it, before and after, ranked by logDice.

Bars are counts, to the left where the word stands before the node and to the right where it
stands after it. They are ranked by logDice, how exclusively node and collocate keep to each
other, 14 at most, which is a score and no evidence: three hits may score as high as thirty.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from briefing.figures import dress, phrasing, row_labels
from briefing.tables import Table

COLLOCATES = Table(
    name="collocates",
    row="one word near the node",
    made_by="briefing.context.collocates(tokens, node)",
    columns={
        "token": "the word",
        "n": "how often it is near the node",
        "n_left": "of these, before it",
        "n_right": "of these, after it",
        "expected": "how often it would be by chance",
        "log_dice": "how exclusively the two keep to each other, 14 at most",
    },
)
FIRST = 3  # collocates that a caption names
COUNTED, MOSTLY = 10, 0.8  # hits that a headline counts, and their share on one side


def plot_collocates(
    near: pd.DataFrame, *, function_words: bool = False, ax: Axes | None = None
) -> Axes:
    """Draw how often each row of `context.collocates(tokens, node)` stands before and after it.

    Parameters
    ----------
    near : DataFrame
        That table, or its first rows: `near.head(20)`. Rows are drawn in its order.
    function_words : bool
        Draw function words too; otherwise content words only, where there are any.

    Raises
    ------
    BriefingError
        Columns missing, or no row.

    Not for comparing nodes or texts by their first collocates; read the lines (`concordance`).
    """
    drawn = _drawn(near, function_words=function_words)
    names = [phrasing.written(token) for token in drawn["token"]]
    own = ax is None
    ax = row_labels.rows(names, ax, grid=False)
    for place, row in enumerate(drawn.to_dict("records")):
        _row(ax, place, row)
    left, right = int(drawn["n_left"].max()), int(drawn["n_right"].max())
    least = 0.12 * max(left + right, 1)
    ax.set_xlim(-1.1 * max(left, least), 1.1 * max(right, least))
    ax.axvline(0, color=dress.INK, linewidth=0.9)
    ax.set_xticks([])
    dress.name_axis(ax, f"to the left: before {_node(near)}; to the right: after it")
    dress.write(ax, _words(near, drawn), near.attrs, own=own)
    row_labels.fit_rows(ax, names, own=own)
    return ax


def _drawn(near: pd.DataFrame, *, function_words: bool) -> pd.DataFrame:
    COLLOCATES.check(near)
    if function_words or "function_word" not in near:
        return near.reset_index(drop=True)
    content = ~near["function_word"].astype("boolean").fillna(False).astype(bool)
    return (near[content] if content.any() else near).reset_index(drop=True)


def _row(ax: Axes, place: int, row: Mapping[Hashable, Any]) -> None:
    more = row["n"] > row["expected"]
    for n, sign in ((row["n_left"], -1), (row["n_right"], 1)):
        ax.barh(
            place, sign * n, row_labels.THICK, color=dress.STRESS if more else dress.PLAIN,
            gid="before" if sign < 0 else "after",
        )  # fmt: skip
        if n:
            ax.annotate(
                f"{n:,}", (sign * n, place), (4 * sign, 0), textcoords="offset points",
                ha="left" if sign > 0 else "right", va="center_baseline",
                fontsize=dress.NOTE, color=dress.FAINT, gid="count",
            )  # fmt: skip


def _node(near: pd.DataFrame) -> str:
    node = near.attrs.get("node")
    return f"“{node}”" if node else "the node"


def _words(near: pd.DataFrame, drawn: pd.DataFrame) -> dress.Words:
    window = near.attrs.get("window")
    within = f" within {window} words of it" if window else " near it"
    n_node = near.attrs.get("n_node")
    hits = f", {n_node:,} hits" if n_node else ""
    n_chance = int((drawn["n"] <= drawn["expected"]).sum())
    parts = [
        "Ranked by logDice, a score and no evidence.",
        f"Grey: {n_chance} not more often than by chance." if n_chance else "",
    ]
    what = f"Times each stands{within}{hits}"
    return dress.Words(_headline(near, drawn), what, " ".join(filter(None, parts)))


def _headline(near: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """On which side the first collocate stands, where that is plain; otherwise a title."""
    for row in drawn.head(1).to_dict("records"):
        for n, where in ((row["n_left"], "before"), (row["n_right"], "after")):
            if row["n"] >= COUNTED and n >= MOSTLY * row["n"]:
                word = phrasing.written(row["token"])
                return f"{n:,} of {row['n']:,} “{word}” near {_node(near)} stand {where} it"
    return f"Words near {_node(near)}"


def describe_collocates(near: pd.DataFrame, *, function_words: bool = False) -> str:
    """Say in words what `plot_collocates` shows."""
    drawn = _drawn(near, function_words=function_words)
    first = [
        f"{phrasing.written(row['token'])} ({row['n_left']:,} before, {row['n_right']:,} after)"
        for row in drawn.head(FIRST).to_dict("records")
    ]
    said = f"Most typical of {_node(near)}: {phrasing.listed(first)}" if first else ""
    return _words(near, drawn).said(near.attrs, said)
