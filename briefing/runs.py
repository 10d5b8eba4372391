"""Strings of words that come back: the common ground of phrases, binomials and echoes.

A string of words is *unbroken* where its words follow one another in one sentence of one turn
with nothing but one character between. The tokens hold no punctuation, only places in the
text: a gap of two characters or more is a comma with its space, a bracket, a quotation mark,
or a double space, and breaks a string; a dash or stroke without spaces (one character) does not.

`repeated` grows strings by a word at a time. A string can come back only where the string that
is a word shorter comes back, so that each step looks only at what the step before has kept, and
works on numbers (Agrawal and Srikant 1994 grow item sets in the same way).

Agrawal, R. and Srikant, R. (1994). Fast algorithms for mining association rules.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import lexicon
from briefing.patterns import following
from briefing.places import categorical
from briefing.tables import TOKENS

Ints = npt.NDArray[np.integer[Any]]
Words = npt.NDArray[np.object_]
Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class Level:
    """Strings of `n_words` words that come back: `string[i]` begins at `places[i]`."""

    n_words: int
    places: Ints
    string: Ints
    count: Ints  # of each string
    first: Ints  # of each string, the place where it begins for the first time

    def take(self, rows: Flags) -> Level:
        """Some of the places, with the strings that stand there, numbered anew."""
        string, old = pd.factorize(self.string[rows])
        return Level(self.n_words, self.places[rows], string, self.count[old], self.first[old])

    def strings_at(self, places: Ints) -> Ints:
        """The number of the string that begins at each place; -1 where none that comes back."""
        near = np.searchsorted(self.places, places)
        found = np.append(self.places, -2)[near] == places
        return np.where(found, np.append(self.string, -1)[near], -1)


NOTHING = Level(0, *[np.empty(0, np.int64)] * 4)


def repeated(
    words: Ints, follows: Flags, *, least: int = 2, longest: int | None = None, whole: bool = False
) -> Iterator[Level]:
    """Yield the strings of 1, 2, 3, ... words that are there `least` times or more.

    `words` are numbers; `follows[i]` is true where word i follows word i - 1 in a string. With
    `whole`, what stands behind the same word wherever it stands is yielded and grows no more: it
    is only a part of a longer string. A page that is printed twice takes no time then.
    """
    word, _ = pd.factorize(words)
    follows, string = np.append(follows, False), word
    at = np.arange(len(words))
    n_words = 1
    while True:
        count = np.bincount(string)
        kept = count[string] >= least
        at, string = at[kept], pd.factorize(string[kept])[0]
        if not len(at):
            return
        first = at[np.unique(string, return_index=True)[1]]
        yield Level(n_words, at, string, np.bincount(string), first)
        if n_words == longest:
            return
        grows = follows[at + n_words]
        if whole:
            grows &= ~_inside_another(at, string, word, follows)
        at, string = at[grows], string[grows]
        string = pd.factorize(string * len(words) + word[at + n_words])[0]
        n_words += 1


def _inside_another(at: Ints, string: Ints, word: Ints, follows: Flags) -> Flags:
    """Of each place, whether its string stands behind one and the same word everywhere."""
    before = np.where(follows[at], word[at - 1], -1)
    first = np.unique(string, return_index=True)[1]
    alike = np.bincount(string, weights=before != before[first][string]) == 0
    return (alike & (before[first] >= 0))[string]


def codes(tokens: pd.DataFrame) -> tuple[Ints, Words]:
    """Of each token the number of its word, and the words; a missing word is -1, the last, ""."""
    TOKENS.check(tokens, "token")
    column = categorical(tokens["token"])
    return column.codes.astype(np.int64), np.append(column.categories.to_numpy(object), "")


def same_sentence(tokens: pd.DataFrame) -> Flags:
    """Of each token, whether the row before is the word before it in its sentence."""
    return following(tokens, "sentence_id")


def unbroken(tokens: pd.DataFrame) -> Flags:
    """Of each token, whether it follows the row before with one character between, at most."""
    TOKENS.check(tokens, "start", "stop")
    gap = tokens["start"].to_numpy()[1:] - tokens["stop"].to_numpy()[:-1]
    return same_sentence(tokens) & np.append(False, gap <= 1)[: len(tokens)]


def spread(group: Ints, unit: Ints, n_groups: int) -> Ints:
    """Of each group, among how many different units its hits lie; a unit below 0 is none."""
    known = unit >= 0
    size = unit.max(initial=0) + 1
    pairs = pd.unique(group[known] * size + unit[known])
    return np.bincount(pairs // size, minlength=n_groups)


def speaker_numbers(frame: pd.DataFrame) -> Ints:
    """Of each row the number of its speaker; -1 where nobody is named."""
    column = categorical(frame["speaker"])
    named = [str(name).strip() != "" for name in column.categories]
    number = np.where(named, np.arange(len(named)), -1)
    return np.append(number, -1)[column.codes]


def spelt(words: Words, code: Ints, first: Ints, last: Ints) -> list[str]:
    """The strings of words from row `first` to row `last`, each."""
    ends = zip(first.tolist(), last.tolist(), strict=True)
    return [" ".join(words[code[start : stop + 1]]) for start, stop in ends]


def at_rows(tokens: pd.DataFrame, first: Ints, last: Ints) -> pd.DataFrame:
    """Where strings stand: turn, speaker, sentence, and `start, stop` in the turn's text."""
    TOKENS.check(tokens, "briefing_id", "turn_id", "speaker", "role", "sentence_id")
    columns = ["briefing_id", "turn_id", "speaker", "role", "sentence_id", "position", "start"]
    places = tokens[columns].iloc[first].reset_index(drop=True)
    return places.assign(stop=tokens["stop"].to_numpy()[last])


def content_words(words: Words) -> Flags:
    """Of each word, whether it is no function word and no contraction of one (*it's, don't*)."""
    known = lexicon("function-words")
    return np.array(
        [
            word not in known and word.partition("'")[0] not in known and not word.endswith("n't")
            for word in words
        ],
        bool,
    )


def has_letter(words: Words) -> Flags:
    """Of each word, whether it has a letter: figures have none."""
    return np.array([any(map(str.isalpha, word)) for word in words], bool)
