"""Content words under their stems, so that *ships* in an answer takes up *ship* in its question.

A content word is a word that is no function word (*the, of, we, it's*) and no word of a formula
(*thank you, my question*); a figure is one. Inflection is folded by the Snowball stemmer for
English (Porter 2001), which also joins some words that are only related (*operate, operations*)
and misses irregular forms (*child, children*).
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import lexicon
from briefing.words.search import content_words
from briefing.words.tokens import tokenize

Ints = npt.NDArray[np.int64]
NONE: Ints = np.empty(0, np.int64)


class Content:
    """The content words of turns; a turn is known by its row."""

    def __init__(self, turns: pd.DataFrame) -> None:
        """Tokenise the turns, once."""
        tokens = tokenize(turns.assign(turn_id=range(len(turns))))
        stems = _stems(tokens["token"])
        kept = stems >= 0
        self._words = tokens["token"][kept].astype("object").tolist()
        self._start, self._stop = (tokens[c].to_numpy()[kept] for c in ("start", "stop"))
        self._stems: Ints = stems[kept]
        turn = tokens["turn_id"].to_numpy()[kept]
        self._first = np.searchsorted(turn, np.arange(len(turns) + 1))

    def of(self, row: int, start: int = 0, stop: float = np.inf) -> Ints:
        """The numbers of the content words of a turn, between two characters of its text."""
        at = np.arange(self._first[row], self._first[row + 1])
        return at[(self._start[at] >= start) & (self._stop[at] <= stop)]

    def stems(self, rows: Iterable[int]) -> Ints:
        """The stems in turns, each once."""
        at = np.concatenate([NONE, *(self.of(row) for row in rows)])
        return np.unique(self._stems[at])

    def among(self, at: Ints, stems: Ints) -> npt.NDArray[np.bool_]:
        """Of each of these words, whether its stem is among `stems`."""
        return np.isin(self._stems[at], stems)

    def distinct(self, at: Ints) -> Ints:
        """Of these words the first of each stem."""
        return at[np.sort(np.unique(self._stems[at], return_index=True)[1])]

    def n_distinct(self, at: Ints) -> int:
        """How many stems these words have."""
        return len(np.unique(self._stems[at]))

    def n_shared(self, one: Ints, other: Ints) -> int:
        """How many stems both have."""
        return len(np.intersect1d(self._stems[one], self._stems[other]))

    def listed(self, at: Ints) -> str:
        """These words, each stem once, in the form and order of first use."""
        return " ".join(self._words[i] for i in self.distinct(at))


def _stems(words: pd.Series) -> Ints:
    """Of each word the number of its stem; -1 where it is no content word."""
    column = words.astype("category").cat
    known = column.categories.astype("str").to_numpy(object)
    formula = lexicon("question-formula-words")
    wanted = content_words(known) & np.array([word not in formula for word in known], bool)
    stems = np.full(len(known) + 1, -1, np.int64)  # the last is for a missing word
    forms = np.array([_stem(word) for word in known[wanted]], object)
    stems[:-1][wanted] = pd.factorize(forms)[0]
    return stems[column.codes.to_numpy()]


@cache
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


@cache
def _stem(word: str) -> str:
    return str(_stemmer().stem(word))
