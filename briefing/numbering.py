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

from briefing.places import categorical, changes

STRETCH = 1 << 18
Ints = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Stretches:
    """Rows that stand together and are of one group: its number, and how many rows they are."""

    group: Ints
    length: Ints

    def rows(self) -> Ints:
        """Of each row the number of its group."""
        return np.repeat(self.group, self.length)

    def within(self, groups: npt.NDArray[np.bool_]) -> tuple[Ints, Ints]:
        """The rows of the groups that are marked, and of each of them its group."""
        kept = groups[self.group]
        rows = np.flatnonzero(np.repeat(kept, self.length))
        return rows, np.repeat(self.group[kept], self.length[kept])


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


@dataclass(frozen=True)
class Words:
    """The words of several columns: of each column its codes, -1 for a missing word.

    What stands for each code has one more entry, the last: for the missing word.
    """

    codes: Sequence[Ints]
    forms: Sequence[Ints]  # of each code its number among all words
    numbers: Sequence[Ints]  # of each code its number among `words`; as many as there are for none
    words: pd.Index  # those that are there often enough, by the alphabet
    n: Ints  # of each of them, how often it is there


def number_words(
    columns: Sequence[pd.Series], *, min_count: int, n: Sequence[Ints | None] | None = None
) -> Words:
    """Number the words that are there `min_count` times or more; `n` says how often each row is."""
    kinds = [categorical(column) for column in columns]
    forms, words = _forms([kind.categories for kind in kinds])
    total = np.zeros(len(words) + 1, np.int64)
    for kind, form, each in zip(kinds, forms, n or [None] * len(kinds), strict=True):
        total += added(tally_codes(kind.codes, each, len(form)), form, len(total))
    kept = np.flatnonzero(total[:-1] >= min_count)
    kept = kept[words[kept].argsort()]
    number = np.full(len(total), len(kept), np.int32)
    number[kept] = np.arange(len(kept))
    codes, numbers = [kind.codes for kind in kinds], [number[form] for form in forms]
    return Words(codes, forms, numbers, words[kept], total[kept])


def tally_codes(code: Ints, n: Ints | None, size: int) -> Ints:
    """How often each code is there; a missing word, code -1, is the last."""
    if n is not None:
        return added(n, np.where(code < 0, size - 1, code), size)
    said = tally(code, size)
    said[-1] = len(code) - said.sum()
    return said


def tally(number: Ints, size: int) -> Ints:
    """How often each number below `size` is there; one below 0 is none.

    As `np.bincount`, a stretch at a time, so that no long copy of many millions is made.
    """
    count = np.zeros(size + 1, np.int64)
    for at in range(0, len(number), STRETCH):
        count += np.bincount(number[at : at + STRETCH] + 1, minlength=size + 1)
    return count[1:]


def added(n: Ints, number: Ints, size: int) -> Ints:
    """The sum of `n` for each number; counts are whole, and exact up to 2 ** 53."""
    return np.bincount(number, weights=n, minlength=size).astype(np.int64)


def _forms(vocabularies: Sequence[pd.Index]) -> tuple[list[Ints], pd.Index]:
    """Of each vocabulary the numbers of its words and of the missing one, and all words."""
    first, copies = vocabularies[0], 1
    if all(other is first or other.equals(first) for other in vocabularies):
        vocabularies, copies = [first], len(vocabularies)
    number, words = np.arange(len(first)), first
    if len(vocabularies) > 1 or not isinstance(first.dtype, pd.StringDtype):
        names = [vocabulary.astype("str") for vocabulary in vocabularies]
        number, words = pd.factorize(names[0].append(names[1:]))
    parts = np.split(number, np.cumsum([len(v) for v in vocabularies])[:-1])
    return [np.append(part, len(words)) for part in parts] * copies, words


def number_names(column: pd.Series) -> tuple[Ints, list[str]]:
    """Of each row the number of its name, -1 where it is missing or blank, and the names."""
    kind = categorical(column)
    names = kind.categories.astype("str").to_numpy(object)
    number, ordered = pd.factorize(names, sort=True)
    blank = np.array([not name.strip() for name in names], bool)
    return np.append(np.where(blank, -1, number), -1)[kind.codes], ordered.tolist()


def _ranks(column: pd.Series) -> Ints:
    """Numbers that are ordered as the values are; a missing one is the last."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        kind = categorical(column)
        ranks = pd.factorize(kind.categories, sort=True)[0]
        return np.append(ranks, len(ranks))[kind.codes]
    ranks, values = pd.factorize(column, sort=True)
    return np.where(ranks < 0, len(values), ranks)
