"""The enumerations of one turn as an outline: what was announced, and what was enumerated.

Each item has a line, indented by level, with its marker as printed and the noun counted, and a bar
for its number of words. Above each chain is what was announced for it and how many items followed.
An item that was announced but not found also has a line, with a dashed frame: not found means that
no marker was found, not that nothing was said.

Only markers and single nouns of the text are drawn.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter, MaxNLocator

from briefing.figures import dress
from briefing.figures.dress import wrap
from briefing.prose import counted
from briefing.tables import BriefingError

BESIDE = 0.42  # of the axes: the part for the outline
INDENT = 0.045  # of the axes: a level
COLUMNS = 38  # characters that fit there, minus the indentation
DEEPEST = 6  # deeper levels are indented no further
THICK = 0.5


@dataclass(frozen=True)
class OutlineLine:
    """One line of the outline; a heading and a missing item have no words."""

    text: str
    depth: int
    kind: str  # chain, item or missing
    n_words: int = 0
    differs: bool = False  # whether the announced and found numbers differ


def plot_outline(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the items of one turn of `briefing.quantities.enumerations(sentences)`, in its order.

    Raises
    ------
    BriefingError
        If columns are missing, there is no row, there are several turns, or the axes are too low.

    Does not show how well an answer is structured: it shows signposts.
    """
    lines = outline(table)
    most = max(line.n_words for line in lines) or 1
    width = 1.18 * most  # room for the numbers
    with dress.framed([""] * len(lines), _words(table), ax, grid=True) as ax:
        ax.set_xlim(-width * BESIDE / (1 - BESIDE), width)
        colour = dress.colours([table["role"].iloc[0]])[0]
        for row, line in enumerate(lines):
            _write(ax, row, line)
            _bar(ax, row, line, colour, most)
        steps = MaxNLocator(4, integer=True, steps=[1, 2, 5, 10]).tick_values(0, most)
        ax.set_xticks([step for step in steps if 0 <= step <= most])
        ax.xaxis.set_major_formatter(FuncFormatter(lambda n, _: f"{n:,.0f}"))
        dress.legend(ax, dress.role_keys([table["role"].iloc[0]]))
        dress.name_axis(ax, "words of each item")
    size = ax.get_yticklabels()[0].get_fontsize()
    for text in ax.texts:  # on the user's axes the labels had to shrink
        text.set_fontsize(min(text.get_fontsize(), size))
    return ax


def outline(table: pd.DataFrame) -> list[OutlineLine]:
    """The lines of the outline: chains where they begin, their items, and the missing ones."""
    _check(table)
    lines: list[OutlineLine] = []
    last = {row["chain"]: row for row in table.to_dict("records")}
    opened: list[int] = []  # chains that may continue, innermost last
    for row in table.to_dict("records"):
        chain = row["chain"]
        while opened and opened[-1] != chain and last[opened[-1]]["depth"] >= row["depth"]:
            lines += _missing(last[opened.pop()])
        if chain not in opened:
            opened.append(chain)
            lines.append(OutlineLine(_promise(row), row["depth"], "chain", 0, _differs(row)))
        lines.append(
            OutlineLine(f"{row['item']}  {row['marker']}", row["depth"], "item", row["n_words"])
        )
    for chain in reversed(opened):
        lines += _missing(last[chain])
    return lines


def _check(table: pd.DataFrame) -> None:
    dress.check("enumerations", table, why=": no enumeration was found")
    turns = table[["briefing_id", "turn_id"]].drop_duplicates()
    if len(turns) > 1:
        raise BriefingError.of(
            "outline of several turns", n=len(turns), turn=turns["turn_id"].iloc[0]
        )


def _missing(chain: Mapping[Hashable, Any]) -> list[OutlineLine]:
    """A line for each item that was announced and not found."""
    announced = chain["announced"]
    short = 0 if pd.isna(announced) else int(announced) - int(chain["delivered"])
    first = int(chain["item"]) + 1
    return [
        OutlineLine(f"{first + place}  announced, not found", chain["depth"], "missing")
        for place in range(max(short, 0))
    ]


def _promise(row: Mapping[Hashable, Any]) -> str:
    """What was announced and delivered: *3 announced (task), 3 delivered*."""
    head = "" if pd.isna(row["head"]) else f" ({row['head']})"
    delivered = f"{row['delivered']} delivered"
    left_out = "" if row["complete"] else ", a number left out"
    if pd.isna(row["announced"]):
        return f"not announced{head}, {delivered}{left_out}"
    return f"{row['announced']} announced{head}, {delivered}{left_out}"


def _write(ax: Axes, row: int, line: OutlineLine) -> None:
    level = min(line.depth, DEEPEST) - 1 + (line.kind != "chain") * 0.6
    room = int(COLUMNS * (1 - level * INDENT / BESIDE))
    dress.put(
        ax, wrap(line.text, max(room, 12), 1), (level * INDENT, row), (0, 0),
        xycoords=("axes fraction", "data"), ha="left", gid=line.kind,
        fontsize=dress.NOTE if line.kind == "chain" else dress.LABEL,
        color=dress.INK if line.kind == "item" or line.differs else dress.FAINT,
        fontweight="bold" if line.differs else "normal",
    )  # fmt: skip


def _bar(ax: Axes, row: int, line: OutlineLine, colour: str, most: int) -> None:
    if line.kind == "item":
        ax.barh(row, line.n_words, THICK, color=colour, gid="item")
        dress.write_value(ax, line.n_words, row, counted(line.n_words, "word"))
    elif line.kind == "missing":
        ax.barh(
            row, most * 0.12, THICK, color="white", edgecolor=dress.FAINT, linestyle="--",
            linewidth=0.9, gid="missing",
        )  # fmt: skip


def _words(table: pd.DataFrame) -> dress.Words:
    chains, row = table.drop_duplicates("chain"), table.iloc[0]
    differ = chains[chains.apply(_differs, axis=1)]
    told = differ if len(differ) else chains[chains["announced"].notna()]
    headline = f"How turn {row['turn_id']} is counted off"
    for chain in told.head(1).to_dict("records"):
        what = "item" if pd.isna(chain["head"]) else chain["head"]
        announced = counted(chain["announced"], what)
        headline = f"{announced} announced, {chain['delivered']} found"
    notes = [
        "Not found: no marker of it was found." if len(differ) else "",
        "Where a last item ends is not marked: its words may be too few.",
        "An item has the words of those inside it." if (table["depth"] > 1).any() else "",
    ]
    who = dress.who(table["speaker"].iloc[:1], table["role"].iloc[:1])[0]
    whose = f"turn {row['turn_id']}, {who}"
    n_inside = int((chains["depth"] > 1).sum())
    inside = f", {n_inside} of them inside an item" if n_inside else ""
    first = (
        f"{whose}: {counted(len(chains), 'enumeration')}{inside}, {counted(len(table), 'item')} "
        f"of {table['n_words'].min():,} to {counted(int(table['n_words'].max()), 'word')}"
    )
    return dress.Words(
        headline, f"Words of each item announced and marked, {whose}", table.attrs, first, notes
    )


def _differs(row: Mapping[Hashable, Any]) -> bool:
    """Whether a number was announced and a different one found."""
    return not pd.isna(row["announced"]) and bool(row["announced"] != row["delivered"])
