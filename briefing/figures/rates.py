"""Stance, pronouns, topics by group: rates with the interval that each can bear.

A category has a column, a group a row; the scale is the same in all columns, from 0. Points are
drawn by what is known of them (`briefing.figures.counted`), and beside each stands how often the
category was found and in how many turns, since one turn may have it all.

Not for saying that two groups differ: intervals of one briefing describe that briefing, whoever
speaks there was asked different things, and with many points some lie far out by chance.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes

from briefing.figures import captions, counted, labels, panels, style

FEW = 4  # groups that a sentence names


def plot_rates(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw each row of `briefing.stance`, `pronouns` or `topic_frequency` as a point.

    Parameters
    ----------
    table : DataFrame
        One row for each group and category, in the order in which both are drawn. Rows counted
        by role have the colour of their role, and so have others if there is a column `role`.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Returns
    -------
    Axes
        One for all columns: the scale of each begins again at 0.

    Raises
    ------
    BriefingError
        Columns missing, no row, two rows for one group and category, axes too low.
    """
    cells = counted.cells(table)
    own = ax is None
    groups, names = _unique(cells["group"]), _unique(cells["category"])
    alone = len(groups) == 1
    values = [_value(row, alone=alone) for row in cells.to_dict("records")]
    if alone:
        layout = panels.arrange(names, [""], values, ax)
    else:
        layout = panels.arrange(_sized(cells), names, values, ax)
    most = counted.scale(cells) * 1.04
    ax = panels.draw(layout, most, ax)
    for row, value in zip(cells.to_dict("records"), values, strict=True):
        column, line = names.index(row["category"]), groups.index(row["group"])
        x, slot = layout.at(0, column) if alone else layout.at(column, line)
        _draw(ax, x, slot, row, most)
        labels.write_value(ax, x + 1, slot, value)
    style.legend(ax, counted.role_rows(cells), counted.keys(cells))
    style.name_axis(ax, _axis(cells, table), _note(cells, table, most))
    labels.fit_rows(ax, layout.names, own=own)
    panels.shrink(ax)
    return ax


def _unique(values: pd.Series) -> list[str]:
    return list(dict.fromkeys(values))


def _sized(cells: pd.DataFrame) -> list[str]:
    """The name of each group with its words."""
    groups = cells.drop_duplicates("group")
    pairs = zip(groups["group"], groups["n_words"], strict=True)
    return [f"{group} ({n:,})" for group, n in pairs]


def _value(row: Mapping[Hashable, Any], *, alone: bool) -> str:
    if row["n_hits"] == 0:
        return f"0 in {_turns(row['n_turns'])}" if alone else "0"
    hits = f"{row['n_hits']:,} in {row['n_turns_hit']:,}"
    return f"{hits} of {_turns(row['n_turns'])}" if alone else hits


def _turns(n: int) -> str:
    return captions.counted(n, "turn")


def _draw(ax: Axes, x: float, slot: int, row: Mapping[Hashable, Any], most: float) -> None:
    """A point with its line; an arrow where either goes on beyond the scale."""
    at, colour = row["per_1000"] / most, row["colour"]
    if pd.notna(row["low"]):
        ends = [x + min(row[end] / most, 1) for end in ("low", "high")]
        ax.plot(ends, [slot, slot], color=colour, clip_on=False, **counted.line(row))
        if row["n_hits"] == 0 and row["high"] <= most:
            ax.plot(ends[1], slot, "|", color=colour, markersize=5, clip_on=False)
    if at > 1 or (pd.notna(row["high"]) and row["high"] > most):
        ax.plot(x + 1, slot, ">", color=colour, markersize=4, clip_on=False)
    if at <= 1:
        ax.plot(
            x + at, slot, color=colour, gid="rate", clip_on=False, zorder=3,
            **counted.marker(row),
        )  # fmt: skip


def _axis(cells: pd.DataFrame, table: pd.DataFrame) -> str:
    groups = _unique(cells["group"])
    if len(groups) > 1:
        return "hits per 1,000 words of each group"
    whose = "" if counted.by(table) is None else f" of {groups[0]}"
    return f"hits per 1,000 words{whose} ({captions.counted(counted.size(cells), 'word')})"


def _note(cells: pd.DataFrame, table: pd.DataFrame, most: float) -> str:
    """How to read points, lines and numbers, then what kind of text was counted."""
    alone = len(_unique(cells["group"])) == 1
    beyond = ((cells["high"] > most) | (cells["per_1000"] > most)).any()
    lines = [
        counted.explained(cells, table.attrs),
        [f"Hollow, without an interval: {why}." if (why := counted.why_hollow(cells)) else ""],
        [
            "" if alone else "In brackets: words.",
            "Beside each point: hits, in how many turns.",
            "Arrow: it goes on beyond the scale." if beyond else "",
        ],
        [counted.OVERLAP[counted.kind(table)], dictionary(table.attrs)],
        [captions.text_note(table.attrs), counted.translated(table)],
    ]
    return "\n".join(filter(None, [" ".join(filter(None, line)) for line in lines]))


def dictionary(attrs: Mapping[Hashable | None, Any]) -> str:
    """Which dictionary counted, and how often it is right, as far as it says."""
    if not attrs.get("dictionary"):
        return ""
    name = " ".join(str(part) for part in (attrs["dictionary"], attrs.get("version")) if part)
    right = str(attrs.get("accuracy") or "not stated").rstrip(".")
    return f"Dictionary: {name}. Its accuracy: {right[:1].lower() + right[1:]}."


def describe_rates(table: pd.DataFrame) -> str:
    """Say in words what `plot_rates` shows."""
    cells = counted.cells(table)
    one, many = counted.CALLED[counted.kind(table)]
    groups, column = _unique(cells["group"]), counted.by(table)
    whose = f" by {column}" if column and len(groups) > 1 else f" of {groups[0]}" if column else ""
    return captions.sentences(
        f"Hits per 1,000 words{whose}: "
        f"{captions.counted(cells['category'].nunique(), one, many)}"
        + (f", {captions.counted(len(groups), 'group')}" if len(groups) > 1 else "")
        + f", {captions.counted(counted.size(cells), 'word')}",
        _each(cells) if len(groups) == 1 else _highest(cells),
        _without(cells),
        _nothing(cells),
        *counted.explained(cells, table.attrs),
        "Overlapping or separate lines are no test of a difference"
        if counted.has_interval(cells).any() and len(groups) > 1
        else "",
        counted.OVERLAP[counted.kind(table)],
        dictionary(table.attrs),
        captions.text_note(table.attrs),
        counted.translated(table),
    )


def _each(cells: pd.DataFrame) -> str:
    said = [f"{row['category']} {_rate(row)}" for row in cells.to_dict("records") if row["n_hits"]]
    return f"Found: {captions.listed(said)}" if said else ""


def _highest(cells: pd.DataFrame) -> str:
    """Of each category the highest rate, of those that stand on more than a handful of words."""
    said = []
    for name in _unique(cells["category"]):
        part = cells[(cells["category"] == name) & (cells["n_hits"] > 0)]
        part = part[counted.has_interval(part) | (part["n_words"] >= counted.SHOWN_ANYWAY)]
        for row in part.nlargest(1, "per_1000").to_dict("records"):
            said.append(f"{name}, {row['group']} {_rate(row)}")
    among = f"Highest, of groups with an interval or {counted.SHOWN_ANYWAY} words"
    return f"{among}: {'; '.join(said)}" if said else ""


def _rate(row: Mapping[Hashable, Any]) -> str:
    interval = f"{row['low']:.1f} to {row['high']:.1f}" if pd.notna(row["low"]) else "no interval"
    hits = f"{captions.counted(row['n_hits'], 'hit')} in {row['n_turns_hit']:,} of "
    return f"{row['per_1000']:.1f} ({interval}; {hits}{_turns(row['n_turns'])})"


def _without(cells: pd.DataFrame) -> str:
    """Whose rates have no interval, and why."""
    few, why = _unique(counted.hollow(cells)["group"]), counted.why_hollow(cells)
    if not few:
        return ""
    named = [*few[:FEW], f"{len(few) - FEW} more"] if len(few) > FEW + 1 else few
    whose = f": {captions.listed(named)}" if len(_unique(cells["group"])) > 1 else ""
    return f"Hollow, without an interval ({why}){whose}"


def _nothing(cells: pd.DataFrame) -> str:
    none = cells[cells["n_hits"] == 0]
    if none.empty:
        return ""
    if len(_unique(cells["group"])) == 1:
        return f"Nothing found of: {captions.listed(_unique(none['category']))}"
    return f"Nothing found in {len(none)} of {captions.counted(len(cells), 'cell')}"
