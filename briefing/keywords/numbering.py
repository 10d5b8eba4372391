"""Groups of rows, words and names as numbers, the same in several tables.

A table of many millions of words has few turns, and its words are categories already: what is
compared, sorted and named here is a row for each turn, or a word of the vocabulary, and never
one for each running word.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.places import changes

Ints = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Stretches:
    """Rows that stand together and are of one group: its number, and how many rows they are."""

    group: Ints
    length: Ints

    def rows(self) -> Ints:
        """Of each row the number of its group."""
        return np.repeat(self.group, self.length)


def number_groups(
    tables: Sequence[pd.DataFrame], *columns: str
) -> tuple[list[Stretches], pd.DataFrame]:
    """Number the groups of rows in all tables; and the groups, by their columns, in sorted order.

    A missing value is one like any other, and the last.
    """
    first = [np.flatnonzero(changes(table, *columns)) for table in tables]
    pieces = zip(tables, first, strict=True)
    rows = pd.concat([t[list(columns)].iloc[at] for t, at in pieces], ignore_index=True)
    key = np.zeros(len(rows), np.int64)
    for column in columns:
        rank = _ranks(rows[column])
        key = pd.factorize(key * (rank.max(initial=0) + 1) + rank, sort=True)[0]
    groups = rows.iloc[np.unique(key, return_index=True)[1]].reset_index(drop=True)
    numbers = np.split(key.astype(np.int32), np.cumsum([len(at) for at in first])[:-1])
    lengths = [np.diff(at, append=len(t)) for t, at in zip(tables, first, strict=True)]
    return [Stretches(*of) for of in zip(numbers, lengths, strict=True)], groups


def number_words(columns: Sequence[pd.Series]) -> tuple[list[Ints], list[Ints], pd.Index]:
    """Of each column the codes (-1: missing), of each code the number of its word, and the words.

    The words are in no order. The number of a missing word, and last in each list, is one more
    than there are words.
    """
    kinds = [column.astype("category").cat for column in columns]
    names = [kind.categories.astype("str") for kind in kinds]
    if all(name is names[0] or name.equals(names[0]) for name in names[1:]):
        names = names[:1]
    number, words = np.arange(len(names[0])), names[0]
    if len(names) > 1 or not isinstance(kinds[0].categories.dtype, pd.StringDtype):
        number, words = pd.factorize(words.append(names[1:]))
    parts = np.split(number, np.cumsum([len(name) for name in names])[:-1])
    forms = [np.append(part, len(words)) for part in parts]
    codes = [kind.codes.to_numpy() for kind in kinds]
    return codes, forms * (len(kinds) // len(names)), words


def number_names(column: pd.Series) -> tuple[Ints, list[str]]:
    """Of each row the number of its name, -1 where it is missing or blank, and the names."""
    kind = column.astype("category").cat
    names = kind.categories.astype("str").to_numpy(object)
    number, ordered = pd.factorize(names, sort=True)
    blank = np.array([not name.strip() for name in names], bool)
    return np.append(np.where(blank, -1, number), -1)[kind.codes.to_numpy()], ordered.tolist()


def _ranks(column: pd.Series) -> Ints:
    """Numbers that are ordered as the values are; a missing one is the last."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        ranks = pd.factorize(column.cat.categories, sort=True)[0]
        return np.append(ranks, len(ranks))[column.cat.codes.to_numpy()]
    ranks, values = pd.factorize(column, sort=True)
    return np.where(ranks < 0, len(values), ranks)
