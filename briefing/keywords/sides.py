"""Two sides of a comparison as numbers: which word, whose, in which turn.

Keyness asks the same few things of each side: how often a word is said there, in how many turns,
by how many people. Here words, turns and speakers become numbers once, so that each answer is a
count of integers. Words, turns and names are numbered in sorted order: the order of the rows
changes nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import TOKENS, BriefingError

Ints = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]
NEEDED = ("briefing_id", "turn_id", "speaker", "position", "token")


@dataclass(frozen=True)
class Coded:
    """Every running word, as numbers; -1 is a word that is not tested, a person not named."""

    vocabulary: list[str]  # the words that are tested
    word: Ints
    turn: Ints
    speaker: Ints
    turns: pd.DataFrame  # briefing_id, turn_id of each turn number
    speakers: list[str]

    def by_turn(self, rows: Flags) -> Units:
        """The words of `rows`, counted by turn."""
        return Units.of(self.word[rows], self.turn[rows], len(self.vocabulary), len(self.turns))

    def by_speaker(self, rows: Flags) -> Units:
        """The words of `rows` whose speaker is named, counted by speaker."""
        rows = rows & (self.speaker >= 0)
        n = len(self.vocabulary), len(self.speakers)
        return Units.of(self.word[rows], self.speaker[rows], *n)


@dataclass(frozen=True)
class Units:
    """One side by turn or by speaker: the cells that are not 0, and the size of each unit."""

    word: Ints
    unit: Ints
    n: Ints
    size: Ints  # words of each unit, of those that are not tested too; 0 where not on this side
    hits: Ints  # of each word, over all units

    @classmethod
    def of(cls, word: Ints, unit: Ints, n_words: int, n_units: int) -> Units:
        """Count running words, each with the numbers of its word and of its unit."""
        tested = word >= 0
        cell, n = np.unique(word[tested] * n_units + unit[tested], return_counts=True)
        number, place = np.divmod(cell, max(n_units, 1))
        size = np.bincount(unit, minlength=n_units)
        return cls(number, place, n, size, np.bincount(word[tested], minlength=n_words))

    @property
    def present(self) -> int:
        """How many units have any word on this side."""
        return int((self.size > 0).sum())

    def range(self) -> Ints:
        """In how many units each word is said."""
        return np.bincount(self.word, minlength=len(self.hits))

    def largest(self) -> tuple[Ints, Ints]:
        """Of each word the unit that says it most (ties: the first), -1 for none; how often."""
        unit, n = np.full(len(self.hits), -1), np.zeros(len(self.hits), np.int64)
        order = np.lexsort((self.unit, -self.n, self.word))
        first = order[np.diff(self.word[order], prepend=-1) > 0]
        unit[self.word[first]], n[self.word[first]] = self.unit[first], self.n[first]
        return unit, n


def code(tables: Sequence[pd.DataFrame], *, min_count: int) -> Coded:
    """Number the words of several tokens tables, end to end; test those said often enough."""
    for table in tables:
        TOKENS.check(table, *NEEDED)
    if min_count < 1:
        raise BriefingError(f"min_count={min_count} tests words that nobody says; use 1 or more.")
    word, words = _numbers([table["token"] for table in tables])
    kept = np.bincount(word[word >= 0], minlength=len(words)) >= min_count
    renumbered = np.append(np.where(kept, kept.cumsum() - 1, -1), -1)
    speaker, names = _numbers([table["speaker"] for table in tables])
    blank = np.array([not name.strip() for name in names] + [True])
    place = pd.concat([table[["briefing_id", "turn_id"]] for table in tables], ignore_index=True)
    turns = place.groupby(["briefing_id", "turn_id"], sort=True, dropna=False, observed=True)
    turn = turns.ngroup().to_numpy(np.int64)
    _, first = np.unique(turn, return_index=True)
    return Coded(
        vocabulary=[name for name, keep in zip(words, kept, strict=True) if keep],
        word=renumbered[word],
        turn=turn,
        speaker=np.where(blank[speaker], -1, speaker),
        turns=place.iloc[first].reset_index(drop=True),
        speakers=names,
    )


def two_sides(target: pd.DataFrame, reference: pd.DataFrame, coded: Coded) -> Flags:
    """Of each running word whether it is the target's; BriefingError where sides are no sides."""
    for name, table in (("target", target), ("reference", reference)):
        if table.empty:
            raise BriefingError(
                f"the {name} has no words, so there is nothing to compare: it has 0 rows. Select "
                "less narrowly."
            )
    position = pd.concat([target["position"], reference["position"]]).to_numpy(np.int64)
    key = coded.turn * (position.max() + 1) + position
    shared = np.flatnonzero(np.isin(key[: len(target)], key[len(target) :]))
    if len(shared):
        where = coded.turns.iloc[coded.turn[shared[0]]]
        raise BriefingError(
            f"{len(shared)} words stand on both sides (first: briefing {where['briefing_id']!r}, "
            f"turn {where['turn_id']}, position {position[shared[0]]}). Select two parts without "
            "a row in common; texts of different events need a briefing_id each."
        )
    return np.arange(len(key)) < len(target)


def _numbers(columns: Sequence[pd.Series]) -> tuple[Ints, list[str]]:
    """Columns end to end as numbers (-1: missing), and what the numbers stand for, sorted."""
    kinds = [column.astype("category") for column in columns]
    names = sorted({str(name) for kind in kinds for name in kind.cat.categories})
    index = pd.Index(names, dtype="object")
    codes = []
    for kind in kinds:
        known = index.get_indexer(
            pd.Index([str(name) for name in kind.cat.categories], dtype="object")
        )
        codes.append(np.append(known, -1)[kind.cat.codes.to_numpy()])
    return np.concatenate(codes).astype(np.int64), names
