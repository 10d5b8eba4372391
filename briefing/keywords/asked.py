"""Whether a word was in the question: a word can be key because of what was asked.

An answer that takes up the question's words shows what the questioner chose to ask about. Each
turn has, in `answers`, the question that it comes in answer to (the first, where there are
several); the question's text is searched for the word as it is, not for its other forms.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.keywords.sides import Coded, Flags
from briefing.keywords.units import Units
from briefing.tables import TURNS, BriefingError
from briefing.words.groups import Ints
from briefing.words.tokens import tokenize

Floats = npt.NDArray[np.float64]


@dataclass(frozen=True)
class Questions:
    """Of each turn its question (-1: none), and which words are in which question."""

    of_turn: Ints
    words: Ints  # question * number of words + word, sorted
    n_words: int

    @classmethod
    def read(cls, coded: Coded, turns: pd.DataFrame | None, *tables: pd.DataFrame) -> Questions:
        """Look up the questions of the coded `tables`; without `turns` there are none."""
        n_words = len(coded.vocabulary)
        if turns is None:
            return cls(np.full(len(coded.turn), -1), np.empty(0, np.int64), n_words)
        if coded.turns is None:
            raise BriefingError(
                "turns= tells which words a question had, and counts do not say in which turn a "
                "word was said. Leave turns= out, or give tokens."
            )
        TURNS.check(turns, "briefing_id", "turn_id", "answers", "text")
        for table in tables:
            _check_tokenizer(table)
        of_turn = _questions(coded.turns, turns)
        asked = np.unique(of_turn[of_turn >= 0])
        question, word = _spoken(turns["text"].iloc[asked], asked, coded.vocabulary)
        return cls(of_turn, np.unique(question * n_words + word), n_words)

    def used(self, word: Ints, turn: Ints) -> Flags:
        """Whether the question of `turn` has `word`; False where there is no question."""
        question = self.of_turn[turn]
        return (question >= 0) & np.isin(question * self.n_words + word, self.words)

    def first(self, turn: Ints) -> pd.arrays.BooleanArray:
        """Of each word, whether the question of that turn has it; NA where there is none."""
        used = self.used(np.arange(len(turn)), turn)
        return pd.arrays.BooleanArray(used, self.of_turn[turn] < 0)

    def share(self, side: Units) -> Floats:
        """Of each word, the share of the side's hits that answer a question which has it."""
        if not (self.of_turn >= 0).any():
            return np.full(len(side.hits), np.nan)
        after = np.where(self.used(side.word, side.cells.indices), side.cells.data, 0)
        summed = np.bincount(side.word, weights=after, minlength=len(side.hits))
        with np.errstate(invalid="ignore"):
            return summed / side.hits


def _spoken(texts: pd.Series, numbers: Ints, vocabulary: list[str]) -> tuple[Ints, Ints]:
    """Of each tested word in the texts, the number of its text and of the word."""
    tokens = tokenize(pd.DataFrame({"turn_id": numbers, "text": texts.to_numpy()}))
    said = tokens["token"].cat
    index = pd.Index(vocabulary, dtype="object")
    known = index.get_indexer(pd.Index(said.categories, dtype="object"))
    word = np.append(known, -1)[said.codes.to_numpy()]
    return tokens["turn_id"].to_numpy(np.int64)[word >= 0], word[word >= 0]


def _check_tokenizer(tokens: pd.DataFrame) -> None:
    """Raise BriefingError where the words are another tokenizer's than the questions' will be."""
    name = tokens.attrs.get("tokenizer", "briefing.words")
    if name != "briefing.words":
        raise BriefingError(
            f"turns= reads the questions word by word with briefing.words, but these words were "
            f"found by {name}, so that they would not match. Leave turns= out."
        )


def _questions(coded: pd.DataFrame, turns: pd.DataFrame) -> Ints:
    """Of each coded turn the row number of its question in `turns`, -1 for none."""
    place = _places(turns["briefing_id"], turns["turn_id"])
    first = ~place.duplicated()
    known, row = place[first], np.append(np.flatnonzero(first), -1)
    answering = row[known.get_indexer(_places(coded["briefing_id"], coded["turn_id"]))]
    answers = pd.to_numeric(turns["answers"], errors="coerce").astype("Float64").fillna(-1)
    question = row[known.get_indexer(_places(turns["briefing_id"], answers))]
    return np.append(question, -1)[answering]


def _places(briefing: pd.Series, turn: pd.Series) -> pd.MultiIndex:
    number = pd.to_numeric(turn, errors="coerce").astype("Float64").fillna(-2).to_numpy(float)
    return pd.MultiIndex.from_arrays([briefing.astype("object").fillna("").to_numpy(), number])
