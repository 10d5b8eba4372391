"""Tables of rates, read for drawing: whose, of what, how often, and with which interval.

`stance`, `pronouns` and `topic_frequency` give one table in three dresses: a row for each group
with each category. Here the dress comes off. What kind of interval a rate has decides how it is
drawn, in every figure alike: a full point on a line; a hollow point where there are too few turns
or briefings to know how much it would vary; a hollow square where nothing was found, on a dashed
line up to the rate that 0 hits leave open.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.lines import Line2D

from briefing.figures import captions, style
from briefing.tables import ROLES, BriefingError, Table

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
    made_by="briefing.stance(tokens), briefing.pronouns(tokens) or "
    "briefing.topic_frequency(tokens, topics)",
    columns=NUMBERS,
)
FORMS = {
    (1, "singular"): "I, me, my",
    (1, "plural"): "we, us, our",
    (2, "either"): "you, your",
    (3, "singular"): "he, she",
    (3, "plural"): "they, them",
}
CALLED = {
    "topic": ("topic", "topics"),
    "category": ("category", "categories"),
    "person": ("form", "forms"),
}
KINDS = {
    "with": "with its interval",
    "without": "no interval",
    "nothing": "nothing found",
}
SHOWN_ANYWAY = 200  # words: a rate per 1,000 from fewer is a hit or two, and sets no scale
FEW_TURNS = re.compile(r"^[\d,]+ turns?: (fewer than \d+)$")
OVERLAP = {
    "topic": "Topics may share words: never add them up.",
    "category": "Categories share words (may is a hedge and a modal): never add them up.",
    "person": "",
}


def kind(table: pd.DataFrame) -> str:
    """What the categories are: the name of their column.

    Raises
    ------
    BriefingError
        There is no such column.
    """
    found = next((name for name in CALLED if name in table), None)
    if found is None:
        raise BriefingError(
            f"not a {RATES.name} table: it lacks a column topic, category or person. "
            f"Make one with {RATES.made_by}."
        )
    return found


def categories(table: pd.DataFrame) -> pd.Series:
    """The category of each row, as it is written in a figure."""
    if kind(table) != "person":
        return table[kind(table)].astype("str")
    forms = zip(table["person"], table["number"], strict=True)
    return pd.Series([FORMS.get(form, " ".join(map(str, form))) for form in forms], table.index)


def by(table: pd.DataFrame) -> str | None:
    """What the words were counted by: the first column, unless that is a category."""
    first = str(table.columns[0])
    return None if first in {*CALLED, "number", *NUMBERS} else first


def cells(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each group and category: `group, category, role, colour` and the numbers.

    Raises
    ------
    BriefingError
        No table of rates, no row, or two rows for one group and category.
    """
    RATES.check(table)
    if table.empty:
        raise BriefingError("the table has no rows, so there is nothing to draw.")
    column = by(table)
    values = table[column] if column else pd.Series("all words", table.index)
    found = table[[*NUMBERS]].assign(
        group=values.astype("object").where(values.notna(), f"no {column} given").astype("str"),
        category=categories(table),
        role=table["role"].astype("object") if "role" in table else None,
    )
    if found.duplicated(["group", "category"]).any():
        raise BriefingError(
            f"one {column or 'category'} has several rows of one category, so that one would hide "
            "the other. Draw a table of one call, counted by one column."
        )
    return found.assign(colour=style.colours(found["role"])).reset_index(drop=True)


def size(part: pd.DataFrame) -> int:
    """The words of all groups."""
    return int(part.drop_duplicates("group")["n_words"].sum())


def has_interval(part: pd.DataFrame) -> pd.Series:
    """The rows whose interval was drawn again from turns or briefings."""
    return ~part["interval"].isin(["none", "upper bound"]) & part["low"].notna()


def scale(part: pd.DataFrame) -> float:
    """Where the axis ends: beyond what is known, not beyond what a handful of words allows."""
    many = part[part["n_words"] >= SHOWN_ANYWAY]
    ends = [part.loc[has_interval(part), "high"], many["per_1000"], part["per_1000"], part["high"]]
    most = max(float(ends[0].max()) if len(ends[0]) else 0.0, float(many["per_1000"].max() or 0))
    rest = (float(end.max()) for end in ends[2:] if end.notna().any())
    return most if most > 0 else next((end for end in rest if end > 0), 1.0)


def marker(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """How the point of one row looks: by what is known of its rate."""
    look: dict[str, Any] = {"marker": "o", "markersize": 5.5, "markeredgewidth": 1.2}
    if row["n_hits"] == 0:
        return look | {"marker": "s", "markersize": 4.5, "markerfacecolor": "white"}
    return look if pd.notna(row["low"]) else look | {"markerfacecolor": "white"}


def line(row: Mapping[Hashable, Any]) -> dict[str, Any]:
    """How the line of its interval or bound looks."""
    if row["n_hits"] == 0:
        return {"linewidth": 0.8, "dashes": (2, 2), "alpha": 0.6}
    return {"linewidth": 1.4}


def keys(part: pd.DataFrame) -> list[Line2D]:
    """A legend entry for each kind of point that there is."""
    samples: dict[str, Mapping[Hashable, Any]] = {
        "with": {"n_hits": 1, "low": 0.0},
        "without": {"n_hits": 1, "low": None},
        "nothing": {"n_hits": 0, "low": 0.0},
    }
    kinds = dict.fromkeys(_kind_of(row) for row in part.to_dict("records"))
    return [
        Line2D(
            [], [], color=style.FAINT, label=label,
            **marker(samples[name]),
            **(line(samples[name]) if name != "without" else {"linestyle": "none"}),
        )
        for name, label in KINDS.items()
        if name in kinds
    ]  # fmt: skip


def _kind_of(row: Mapping[Hashable, Any]) -> str:
    if row["n_hits"] == 0:
        return "nothing"
    return "with" if pd.notna(row["low"]) else "without"


def role_rows(part: pd.DataFrame) -> list[Any]:
    """Legend entries for the roles, where rows have one."""
    return style.role_keys(role for role in part["role"] if role in ROLES)


def explained(
    part: pd.DataFrame, attrs: Mapping[Hashable | None, Any], *, of: str = "this briefing"
) -> list[str]:
    """What each kind of line says and does not say, a sentence each."""
    level = f"{attrs.get('level', 0.95):.0%}"
    drawn = set(part.loc[has_interval(part), "interval"])
    said = {
        f"Lines: {level} intervals of {of} alone, its turns drawn again.":
            "bootstrap by turn" in drawn,
        f"Lines: {level} intervals, whole briefings drawn again.":
            "bootstrap by briefing" in drawn,
        "Nothing found: the dashed line ends at the rate that 0 hits leave open.":
            bool((part["n_hits"] == 0).any()),
    }  # fmt: skip
    return [sentence for sentence, there in said.items() if there]


def hollow(part: pd.DataFrame) -> pd.DataFrame:
    """The rows with hits whose rate has no interval."""
    return part[(part["n_hits"] > 0) & part["low"].isna()]


def why_hollow(part: pd.DataFrame) -> str:
    """Why some rates have none, each reason once: *3 turns: ...* and *5 turns: ...* are one."""
    whys = [FEW_TURNS.sub(r"\1 turns", why) for why in hollow(part)["why"].astype("str")]
    return captions.listed(list(filter(None, dict.fromkeys(whys))))


def translated(table: pd.DataFrame) -> str:
    """Whose words these are, where somebody else put them."""
    if table.attrs.get("text_status") not in ("translated", "interpreted") or "topic" in table:
        return ""
    return "In a translation these words are the translator's as much as the speaker's."
