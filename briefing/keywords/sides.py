"""Two sides of a comparison as numbers: which word, whose, in which turn.

Keyness asks the same few things of each side: how often a word is said there, in how many turns,
by how many people. Here words, turns and speakers become numbers once, so that each answer is a
count of integers. Words, turns and names are numbered in sorted order: the order of the rows
changes nothing.

A table is one of running words, or of counts of them (`briefing.word_counts`). Its rows are
counted by *piece*: what one speaker says in one turn; in a table of counts, in one role of one
briefing. Turns and speakers are sums of pieces.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.keywords.units import Cells, cells, regrouped
from briefing.tables import COUNTS, TOKENS, BriefingError
from briefing.words.groups import (
    Ints,
    Stretches,
    added,
    number_groups,
    number_names,
    number_words,
    tally,
    tally_codes,
)

Flags = npt.NDArray[np.bool_]
Rows = slice | Flags
ALL = slice(None)
TURN, VOICE = ("briefing_id", "turn_id"), ("briefing_id", "role", "speaker")


@dataclass(frozen=True)
class Part:
    """One table: of each row the code of its word, its piece, and how often."""

    code: Ints
    form: Ints  # of each code, the number among the words of all tables
    word: Ints  # of each code, the number in the vocabulary; the last is a word not tested
    pieces: Stretches
    n: Ints | None  # None: once each
    n_turns: Ints | None  # in how many turns; None: as the pieces say

    @cached_property
    def hits(self) -> Ints:
        """How often each word is said that is tested; last all others together."""
        said = tally_codes(self.code, self.n, len(self.form))
        return added(said, self.word, int(self.word[-1]) + 1)


@dataclass(frozen=True)
class Coded:
    """Tables end to end as numbers, and what the numbers stand for."""

    vocabulary: list[str]  # the words that are tested
    parts: list[Part]
    place: tuple[str, ...]  # the columns that say which turn
    turn: Ints  # of each piece
    turns: pd.DataFrame | None  # briefing_id, turn_id of each turn; None: they are not known
    speaker: Ints  # of each piece; -1 a person not named
    speakers: list[str]

    def count(self, part: Part, rows: Rows) -> tuple[Cells, Ints]:
        """How often each word is said in each piece, and how many words each piece has."""
        word, piece = part.word[part.code[rows]], part.pieces.rows()[rows]
        shape = len(self.vocabulary), len(self.turn)
        if part.n is None:
            size = tally(piece, shape[1])
            n = np.ones(len(word), np.min_scalar_type(size.max(initial=0)))
        else:
            n = part.n[rows]
            size = added(n, piece, shape[1])
        return cells(word, piece, n, shape), size

    def in_turn(self, part: Part) -> Flags:
        """Of each turn whether the table has words of it."""
        turns = np.zeros(int(self.turn.max()) + 1, bool)
        turns[self.turn[part.pieces.group]] = True
        return turns

    def by_turn(self, by_piece: Cells, size: Ints) -> tuple[Cells, Ints]:
        """The same for each turn."""
        n_turns = int(self.turn.max(initial=-1)) + 1
        return regrouped(by_piece, self.turn, n_turns), added(size, self.turn, n_turns)

    def by_speaker(self, by_piece: Cells, size: Ints) -> tuple[Cells, Ints]:
        """The same for each speaker who is named."""
        n, named = len(self.speakers), self.speaker >= 0
        return regrouped(by_piece, self.speaker, n), added(size[named], self.speaker[named], n)

    def range(self, part: Part, rows: Rows) -> Ints | None:
        """In how many turns each word is said, where the table says it."""
        if part.n_turns is None:
            return None
        word = part.word[part.code[rows]]
        return added(part.n_turns[rows], word, len(self.vocabulary) + 1)[:-1]


def code(tables: Sequence[pd.DataFrame], *, min_count: int) -> Coded:
    """Number the words of several tables; test those said often enough in all together."""
    counted = [is_counts(table) for table in tables]
    for table, kind in zip(tables, counted, strict=True):
        _check(table, kind)
    if any(counted) != all(counted):
        raise BriefingError(
            "one side is words and the other counts of words. Give two tables of one kind: "
            "briefing.word_counts(tokens) counts the words."
        )
    if min_count < 1:
        raise BriefingError(f"min_count={min_count} tests words that nobody says; use 1 or more.")
    place = VOICE if any(counted) else TURN
    piece, pieces = number_groups(tables, *dict.fromkeys([*place, "speaker"]))
    [turn], turns = number_groups([pieces], *place)
    n, n_turns = (_columns(tables, name, any(counted)) for name in ("n", "n_turns"))
    words = number_words([table["token"] for table in tables], min_count=min_count, n=n)
    numbers = words.codes, words.forms, words.numbers, piece, n, n_turns
    parts = [Part(*of) for of in zip(*numbers, strict=True)]
    known, who = None if any(counted) else turns, number_names(pieces["speaker"])
    return Coded(words.words.tolist(), parts, place, turn.rows(), known, *who)


def _columns(tables: Sequence[pd.DataFrame], name: str, counts: bool) -> list[Ints | None]:
    return [table[name].to_numpy() if counts else None for table in tables]


def is_counts(table: pd.DataFrame) -> bool:
    """Whether a table is one of counts, and not of running words."""
    return "n" in table and "position" not in table


def check_sides(target: pd.DataFrame, reference: pd.DataFrame, coded: Coded) -> None:
    """Raise BriefingError where sides are no sides: one is empty, or a row is on both."""
    for name, table in (("target", target), ("reference", reference)):
        if table.empty:
            raise BriefingError(
                f"the {name} has no words, so there is nothing to compare: it has 0 rows. Select "
                "less narrowly."
            )
    both = coded.in_turn(coded.parts[0]) & coded.in_turn(coded.parts[1])
    if not both.any():
        return
    name = "token" if is_counts(target) else "position"
    found = [part.pieces.within(both[coded.turn]) for part in coded.parts]
    rows, turns = [row for row, _ in found], [coded.turn[piece] for _, piece in found]
    sides = zip((target, reference), coded.parts, rows, strict=True)
    places = [_places(table, part)[row] for table, part, row in sides]
    stride = int(max(place.max() for place in places)) + 1
    numbers = zip(turns, places, strict=True)
    mine, other = (turn.astype(np.int64) * stride + place for turn, place in numbers)
    shared = rows[0][np.isin(mine, other)]
    if len(shared):
        first = target.iloc[int(shared[0])]
        where = ", ".join(f"{c.removesuffix('_id')} {first[c]}" for c in (*coded.place[1:], name))
        where = f"briefing {first['briefing_id']!r}, {where}"
        raise BriefingError(
            f"{len(shared)} words stand on both sides (first: {where}). Select two parts without "
            "a row in common; texts of different events need a briefing_id each."
        )


def _places(table: pd.DataFrame, part: Part) -> Ints:
    """What tells a row from the others of its turn."""
    return part.form[part.code] if is_counts(table) else table["position"].to_numpy()


def _check(table: pd.DataFrame, counts: bool) -> None:
    if counts:
        COUNTS.check(table)
    else:
        TOKENS.check(table, "briefing_id", "turn_id", "speaker", "position", "token")
