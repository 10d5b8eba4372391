"""Words, wildcards and phrases, found in a table of tokens.

A pattern is one word or several, separated by spaces, as a person types them into a search
box: *internet*, *econom\\**, *digital econom\\**, *organi?ation*. `*` stands for any letters
inside a word, also none, `?` for exactly one; a lone `*` is any one word. Case is ignored.
A match never crosses a sentence or a turn, and its words follow one another in the text: in a
selection of tokens, what was left out still stands between.

The search works on the vocabulary: each word of a pattern is looked up among the distinct words
once, and then found by number.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.places import categorical, changes, numbers
from briefing.tables import TOKENS, BriefingError
from briefing.words import find_words, fold

Ints = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Hits:
    """Where patterns were found: the row of the first word, how many words, which pattern."""

    first: Ints
    n_words: Ints
    pattern: Ints

    def take(self, rows: npt.NDArray[np.generic]) -> Hits:
        """These hits only: a mask or row numbers."""
        return Hits(self.first[rows], self.n_words[rows], self.pattern[rows])

    def __len__(self) -> int:
        """How many hits there are."""
        return len(self.first)


def find(
    tokens: pd.DataFrame, patterns: Sequence[str], *, within: Sequence[str] = ("sentence_id",)
) -> Hits:
    """Every occurrence of every pattern, by place, the longest first.

    A phrase is all `within` one turn and one sentence, or what else these columns say; one word
    needs no such column. Raises BriefingError where `tokens` is not a tokens table or a pattern
    cannot be read.
    """
    words = [check_pattern(pattern) for pattern in patterns]
    n_words = np.array([len(wanted) for wanted in words], np.int64)
    TOKENS.check(tokens, "briefing_id", "turn_id", "position", "token")
    lookup = Lookup(tokens["token"])
    follows = following(tokens, *within) if (n_words > 1).any() else np.zeros(0, bool)
    found = [_at(lookup, wanted, follows) for wanted in words]
    pattern = np.repeat(np.arange(len(words)), [len(at) for at in found])
    first = np.concatenate([np.empty(0, np.int64), *found])
    order = np.lexsort((pattern, -n_words[pattern], first))
    return Hits(first, n_words[pattern], pattern).take(order)


def without_overlap(hits: Hits) -> Hits:
    """The longest match first, then the earliest; no token is used twice."""
    if not len(hits):
        return hits
    taken = np.zeros(int((hits.first + hits.n_words).max()), bool)
    kept = np.zeros(len(hits), bool)
    for i in np.lexsort((hits.first, -hits.n_words)):
        span = slice(hits.first[i], hits.first[i] + hits.n_words[i])
        if not taken[span].any():
            taken[span] = kept[i] = True
    return hits.take(kept)


def turn_numbers(tokens: pd.DataFrame) -> Ints:
    """Of each token the number of its turn, from 0 in order of appearance, in 32 bits."""
    TOKENS.check(tokens, "briefing_id", "turn_id")
    return numbers(tokens, "briefing_id", "turn_id")


def following(tokens: pd.DataFrame, *within: str) -> Flags:
    """Of each token, whether the row before is the word before it, in its turn and `within`."""
    TOKENS.check(tokens, "briefing_id", "turn_id", "position", *within)
    follows = ~changes(tokens, "briefing_id", "turn_id", *within)
    position = tokens["position"].to_numpy()
    follows[1:] &= np.diff(position) == 1
    return follows


def check_pattern(pattern: str) -> list[str]:
    """The words of a pattern, folded; BriefingError where it cannot be read."""
    words = _checked(pattern) if isinstance(pattern, str) else ()
    if not words:
        raise BriefingError(
            f"the pattern {pattern!r} has no words. Write one word or several, such as "
            "'internet' or 'digital econom*'."
        )
    return list(words)


@cache
def _checked(pattern: str) -> tuple[str, ...]:
    """The words of a pattern; kept, since one dictionary is read for many measures."""
    words = fold(pattern).split()
    for word in words:
        plain = re.sub(r"[*?]+", "x", word)
        if find_words(plain) != [(0, len(plain))]:
            raise BriefingError(
                f"the pattern {pattern!r} cannot match: {word!r} is no single word here "
                "(punctuation and signs are not tokens). Write words separated by spaces, "
                "with * for any letters and ? for one."
            )
    return tuple(words)


class Lookup:
    """Which tokens are a word, by way of the vocabulary; each distinct word is asked once."""

    def __init__(self, token: pd.Series) -> None:
        """Take the column `token` of a table, categorical or not."""
        column = categorical(token)
        self._codes = column.codes
        self._words = column.categories.astype("str")
        self._asked: dict[str, Ints] = {}

    def rows(self, word: str) -> Ints:
        """The rows that hold `word` (with wildcards)."""
        known = self._known(word)
        if len(known) == 1:
            return np.flatnonzero(self._codes == known[0])
        return np.flatnonzero(self._flags(known)[self._codes]) if len(known) else known

    def among(self, word: str, rows: Ints) -> Flags:
        """Of these rows, which hold `word` (with wildcards)."""
        return self._flags(self._known(word))[self._codes[rows]]

    def _flags(self, known: Ints) -> Flags:
        flags = np.zeros(len(self._words) + 1, bool)  # the last is a missing token, code -1
        flags[known] = True
        return flags

    def _known(self, word: str) -> Ints:
        """The numbers of the words of the vocabulary that are `word`."""
        if word not in self._asked:
            if word == "*":
                match = np.ones(len(self._words), bool)
            elif re.search(r"[*?]", word):
                expression = re.escape(word).replace(r"\*", ".*").replace(r"\?", ".")
                matches = re.compile(expression).fullmatch
                match = np.array([matches(known) is not None for known in self._words.tolist()])
            else:
                match = np.asarray(self._words == word)
            self._asked[word] = np.flatnonzero(match)
        return self._asked[word]


def _at(lookup: Lookup, words: list[str], follows: Flags) -> Ints:
    """The rows at which the words begin, one after the other."""
    at = lookup.rows(words[0])
    for i, word in enumerate(words[1:] if len(at) else (), 1):
        at = at[at + i < len(follows)]
        at = at[follows[at + i]]
        at = at[lookup.among(word, at + i)]
    return at
