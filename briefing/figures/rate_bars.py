"""Rates per 1,000 words, sorted: hedges and boosters, stance, pronouns, topics of one group.

Each category has its bars, those of the groups with enough words, the highest first, all on one
scale. One bar is in colour where the headline speaks of it; a thin line is the interval, where
there is one. Whoever has fewer than 200 words has no bar, since a hit more or less would be the
whole rate, and is counted in the note.

Not for saying that two groups differ: intervals of one briefing describe that briefing, and
whoever speaks there was asked different things.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import hypot
from typing import Any, NamedTuple

import numpy as np
import pandas as pd
from matplotlib.axes import Axes

from briefing.figures import dress, phrasing, row_labels
from briefing.tables import BriefingError, Table

NUMBERS = {
    "n_hits": "how often it was found",
    "n_words": "the words of the group",
    "per_1000": "hits per 1,000 words",
    "low": "the low end of the rate's interval",
    "high": "the high end",
    "interval": "which interval it is, or none",
    "why": "why there is none",
    "n_turns": "the turns of the group",
    "n_turns_hit": "the turns that have a hit",
}
RATES = Table(
    name="rates",
    row="one group of words with one category",
    made_by="briefing.wording.stance(tokens), briefing.wording.pronouns(tokens) or "
    "briefing.topics.frequency(tokens, topics)",
    columns=NUMBERS,
)
FORMS = {
    (1, "singular"): "I, me, my",
    (1, "plural"): "we, us, our",
    (2, "either"): "you, your",
    (3, "singular"): "he, she",
    (3, "plural"): "they, them",
}
CATEGORIES = ("topic", "category", "person")
TITLES = {"topic": "Topics", "category": "Wording of certainty", "person": "Pronouns"}
HITS = {"topic": "mentions of {}", "category": "words of {}", "person": "uses of “{}”"}
MORE = {  # who, what is counted, the category: *officials use more hedges* ...
    "topic": "{0} speak of {2} more",
    "category": "{0} use more {1}",
    "person": "{0} use “{2}” more",
}
NOUNS = ("hedges", "boosters")  # categories that name what is counted
ENOUGH = 200  # words of a group that has a bar: a rate of fewer is a hit or two
COUNTED = 10  # hits that a headline counts, at least
ABOVE = 0.25  # a group's share of the hits over its share of the words, from which it is a headline
FIRST = 3  # bars whose numbers a caption gives


class Finding(NamedTuple):
    """What a headline may say, and the category and group that it speaks of."""

    said: str
    category: str
    group: str


def kind(table: pd.DataFrame) -> str:
    """What the categories are: the name of their column.

    Raises
    ------
    BriefingError
        There is no such column.
    """
    found = next((name for name in CATEGORIES if name in table), None)
    if found is None:
        raise BriefingError(
            f"not a {RATES.name} table: it lacks a column topic, category or person. "
            f"Make one with {RATES.made_by}."
        )
    return found


def grouped_by(table: pd.DataFrame) -> str | None:
    """What the words were counted by: the first column, unless that is a category."""
    first = str(table.columns[0])
    return None if first in {*CATEGORIES, "number", *NUMBERS} else first


def cells(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each group and category: `group, category, role` and the numbers.

    Raises
    ------
    BriefingError
        No table of rates, no row, or two rows for one group and category.
    """
    RATES.check(table)
    if table.empty:
        raise BriefingError("the table has no rows, so there is nothing to draw.")
    column = grouped_by(table)
    values = table[column] if column else pd.Series("all words", table.index)
    found = table[[*NUMBERS]].assign(
        group=values.astype("object").where(values.notna(), f"no {column} given").astype("str"),
        category=_categories(table),
        named=table["named"].astype(bool) if "named" in table else True,
    )
    if found.duplicated(["group", "category"]).any():
        raise BriefingError(
            f"one {column or 'category'} has several rows of one category, so that one would hide "
            "the other. Draw a table of one call, counted by one column."
        )
    if column == "role":
        found["group"] = found["group"].map(phrasing.plural)
    return found.reset_index(drop=True)


def _categories(table: pd.DataFrame) -> pd.Series:
    """The category of each row, as it is written in a figure."""
    if kind(table) != "person":
        return table[kind(table)].astype("str")
    forms = zip(table["person"], table["number"], strict=True)
    return pd.Series([FORMS.get(form, " ".join(map(str, form))) for form in forms], table.index)


def is_alone(table: pd.DataFrame) -> bool:
    """Whether the table has one group only."""
    return len(_unique(cells(table)["group"])) == 1


def one_holder(table: pd.DataFrame) -> Finding | None:
    """The category of which one group has most hits, more than its words would have it.

    The share is of all groups, also of those that are not drawn; there is none where the table
    is a selection of what the measure gave.
    """
    found, what = cells(table), kind(table)
    if _size(found) != table.attrs.get("n_words", _size(found)):
        return None
    words = found.drop_duplicates("group").set_index("group")["n_words"]
    best, most = None, ABOVE
    for category, part in found.groupby("category", sort=False):
        n, total = int(part["n_hits"].max()), int(part["n_hits"].sum())
        row = part.nlargest(1, "n_hits").iloc[0]
        above = n / max(total, 1) - words[row["group"]] / words.sum()
        if len(part) > 2 and row["named"] and total >= COUNTED and 2 * n > total and above >= most:
            whose = phrasing.possessive(str(row["group"]))
            said = f"{n:,} of {total:,} {called(str(category), what)} are {whose}"
            best, most = Finding(said, str(category), str(row["group"])), above
    return best


def called(category: str, kind: str) -> str:
    """What is counted: *hedges*, but *mentions of the cable*, *uses of you, your*."""
    return category if category in NOUNS else HITS[kind].format(category)


def differs(first: Mapping[Hashable, Any], second: Mapping[Hashable, Any]) -> bool:
    """Whether the interval of a difference of two rates leaves out 0, the first one higher.

    Made of the intervals of the two (MOVER: Zou and Donner 2008, Statistics in Medicine 27).
    """
    ends = [first["low"], first["high"], second["low"], second["high"]]
    if "none" in (first["interval"], second["interval"]) or pd.isna(ends).any():
        return False
    gap = first["per_1000"] - second["per_1000"]
    below = hypot(first["per_1000"] - first["low"], second["high"] - second["per_1000"])
    return bool(gap > below)


def _one_role_more(found: pd.DataFrame, what: str) -> Finding | None:
    """A category that one of two roles has more of, where an interval bears it out."""
    for category, part in found.groupby("category", sort=False):
        rows = {row["group"]: row for row in part.to_dict("records")}
        for first, second in (("officials", "journalists"), ("journalists", "officials")):
            if {first, second} <= rows.keys() and differs(rows[first], rows[second]):
                said = MORE[what].format(first, called(str(category), what), category)
                said = f"{said[:1].upper()}{said[1:]} than {second} here"
                return Finding(said, str(category), first)
    return None


def finding(table: pd.DataFrame) -> Finding | None:
    """What a headline may say of the table, if anything."""
    if is_alone(table):
        return None
    return _one_role_more(cells(table), kind(table)) or one_holder(table)


def _drawn(table: pd.DataFrame) -> pd.DataFrame:
    """The rows that have a bar, in their order: categories with hits, the highest first in each."""
    found = cells(table)
    enough = found[found["n_words"] >= ENOUGH]
    part = enough if len(enough) else found
    there = part.groupby("category")["n_hits"].transform("sum") > 0
    part = part[there] if there.any() else part
    order = {name: place for place, name in enumerate(_unique(found["category"]))}
    alone = len(_unique(found["group"])) == 1
    place = part["category"].map(order)
    keys = part.assign(place=0 if alone else place, minus=-part["per_1000"])
    return part.loc[keys.sort_values(["place", "minus"], kind="stable").index].reset_index(
        drop=True
    )


def _words(table: pd.DataFrame) -> dress.Words:
    found, drawn, told = cells(table), _drawn(table), finding(table)
    by = grouped_by(table)
    headline = told.said if told else _title(table, drawn)
    caution = "" if kind(table) == "topic" else phrasing.translators(table.attrs)
    return dress.Words(headline, _what(found, by), _note(table), caution)


def _title(table: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """A plain title: what is compared."""
    names, groups = _unique(drawn["category"]), _unique(cells(table)["group"])
    what = TITLES[kind(table)]
    if not drawn["n_hits"].any():
        return f"Nothing found of {phrasing.listed(names)}"
    if len(names) < 3 and kind(table) != "topic":
        what = phrasing.listed(names).capitalize()
    by = grouped_by(table)
    if len(groups) > 1:
        return f"{what} by {by}"
    whole = f"{what} {phrasing.of_what(table.attrs)}" if table.attrs.get("event") else what
    return whole if by is None else f"{what} of {groups[0]}"


def _what(found: pd.DataFrame, by: str | None) -> str:
    enough = found.drop_duplicates("group")["n_words"].ge(ENOUGH)
    if by and enough.any() and not enough.all():
        one = {"briefing_id": "briefing"}.get(by, by)
        return f"Per 1,000 words; {one}s with {ENOUGH} words or more"
    return f"Per 1,000 words, of {_size(found):,}"


def _note(table: pd.DataFrame) -> str:
    """What lines are, who and what has no bar, and how well the list counts."""
    found, drawn = cells(table), _drawn(table)
    few = found[~found["group"].isin(drawn["group"])]
    none = [name for name in _unique(found["category"]) if name not in set(drawn["category"])]
    n_few, hits = few["group"].nunique(), int(few["n_hits"].sum())
    level = f"{table.attrs.get('level', 0.95):.0%}"
    parts = [
        f"Lines: {level} intervals, of this text alone." if _has_interval(drawn).any() else "",
        f"Without a bar: {n_few} with fewer words, {phrasing.counted(hits, 'hit')}."
        if n_few
        else "",
        f"Nothing found of {phrasing.listed(none)}." if none else "",
        "One word may count in several." if kind(table) != "person" else "",
        phrasing.dictionary(table.attrs),
        "" if kind(table) == "topic" else phrasing.translators(table.attrs),
    ]
    return " ".join(filter(None, parts))


def _has_interval(part: pd.DataFrame) -> pd.Series:
    """The rows that have an interval by turns or briefings."""
    return ~part["interval"].isin(["none", "upper bound"]) & part["low"].notna()


def _size(found: pd.DataFrame) -> int:
    """The words of all groups."""
    return int(found.drop_duplicates("group")["n_words"].sum())


def _unique(values: pd.Series) -> list[str]:
    return list(dict.fromkeys(values))


def plot_rates(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the rates of `briefing.wording.stance`, `pronouns` or `topics.frequency` as sorted bars.

    Parameters
    ----------
    table : DataFrame
        One row for each group and category; categories stand in the order of the table.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Raises
    ------
    BriefingError
        Columns missing, no row, two rows for one group and category, axes too low.
    """
    drawn = _drawn(table)
    groups = drawn["group"].nunique()
    told = finding(table)
    rows = _rows(drawn, headed=groups > 1 and len(_unique(drawn["category"])) > 1)
    names = [name for name, _ in rows]
    own = ax is None
    ax = row_labels.rows(names, ax, grid=False)
    known = _has_interval(drawn)
    most = float(np.nanmax([0.01, drawn["per_1000"].max(), drawn.loc[known, "high"].max()]))
    ax.set_xlim(0, most * 1.02)
    ax.set_xticks([])
    for place, (_, row) in enumerate(rows):
        if row is None:
            ax.get_yticklabels()[place].set(fontweight="bold")
            continue
        stressed = told is not None and (row["category"], row["group"]) == told[1:]
        _bar(ax, place, row, stressed=stressed, one=told is None)
    dress.write(ax, _words(table), table.attrs, own=own)
    row_labels.fit_rows(ax, names, own=own)
    return ax


def _rows(drawn: pd.DataFrame, *, headed: bool) -> list[tuple[str, dict[Any, Any] | None]]:
    """The rows from the top down: a heading for each category, and its groups."""
    by_group = len(_unique(drawn["group"])) > 1
    rows: list[tuple[str, dict[Any, Any] | None]] = []
    for row in drawn.to_dict("records"):
        if headed and row["category"] not in {name for name, other in rows if other is None}:
            rows.append((row["category"], None))
        rows.append((row["group"] if by_group else row["category"], row))
    return rows


def _bar(ax: Axes, place: int, row: Mapping[Hashable, Any], *, stressed: bool, one: bool) -> None:
    colour = dress.STRESS if stressed or one else dress.PLAIN
    ax.barh(place, row["per_1000"], row_labels.THICK, color=colour, gid="rate")
    end = row["per_1000"]
    if row["interval"] not in ("none", "upper bound") and pd.notna(row["low"]):
        ax.plot([row["low"], row["high"]], [place] * 2, color=dress.INK, lw=1.0, gid="interval")
        end = max(end, row["high"])
    row_labels.write_value(ax, end, place, _value(row))


def _value(row: Mapping[Hashable, Any]) -> str:
    """`12.6 · 31 in 12 of 15 turns`, and `0` where nothing was found."""
    if not row["n_hits"]:
        return "0"
    turns = phrasing.counted(row["n_turns"], "turn")
    return f"{row['per_1000']:.1f} · {row['n_hits']:,} in {row['n_turns_hit']:,} of {turns}"


def describe_rates(table: pd.DataFrame) -> str:
    """Say in words what `plot_rates` shows."""
    drawn = _drawn(table)
    told = finding(table)
    part = drawn[drawn["category"] == told.category] if told else drawn
    said = [
        f"{_called(row, drawn, told)} {row['per_1000']:.1f} ({row['n_hits']:,} in all)"
        for row in part.head(FIRST).to_dict("records")
    ]
    return _words(table).said(table.attrs, f"Per 1,000 words: {phrasing.listed(said)}")


def _called(row: Mapping[Hashable, Any], drawn: pd.DataFrame, told: Finding | None) -> str:
    if len(_unique(drawn["group"])) == 1:
        return str(row["category"])
    return str(row["group"]) if told else f"{row['category']}, {row['group']}"
