"""One group after another against the rest: who the groups are, and what is key for each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.counting import name_unnamed
from briefing.keywords.asked import Questions
from briefing.keywords.numbering import Ints
from briefing.keywords.table import Sides, compare
from briefing.places import numbers
from briefing.tables import TOKENS, BriefingError


def groups_of(tokens: pd.DataFrame, by: str) -> tuple[Ints, pd.DataFrame]:
    """Of each token the number of its group, and a table of the groups, in order of appearance."""
    TOKENS.check(tokens, by)
    columns = [by]
    if by == "speaker":
        TOKENS.check(tokens, "role")
        columns = ["speaker", "role"]
    number = numbers(tokens, *columns)
    groups = tokens[columns].iloc[np.unique(number, return_index=True)[1]].reset_index(drop=True)
    if by == "speaker":
        groups = name_unnamed(groups)[["speaker", "named"]]
        number, groups = numbers(groups, *groups)[number], groups.drop_duplicates(ignore_index=True)
    if len(groups) < 2:
        raise BriefingError(
            f"nothing to hold against a rest: {len(groups)} value of {by!r} in {len(tokens)} "
            "words. Use another column, or keyness(target, reference) with a reference of yours."
        )
    return number, groups


def keywords_of(
    sides: Sides, questions: Questions, group: pd.Series, *, min_count: int, level: float
) -> tuple[pd.DataFrame, str]:
    """The words that the target says more often than the rest, and why there are none."""
    a, _, n_words, _ = sides.counts
    if not (a >= min_count).any():
        return pd.DataFrame(), f"no word {min_count} times or more in its {n_words} words"
    person = bool(group.get("named", False))
    table = compare(sides, questions, level=level, person=person)
    more = table["per_1000_target"] > table["per_1000_reference"]
    part = of_group(table[more & (table["n_target"] >= min_count)], group)
    return part, "" if len(part) else f"no word more often than the rest, in its {n_words} words"


def of_group(table: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """The table with the group's name before its columns."""
    names = {str(name): [value] * len(table) for name, value in group.items()}
    return pd.concat([pd.DataFrame(names), table.reset_index(drop=True)], axis=1)
