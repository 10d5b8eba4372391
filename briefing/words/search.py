r"""Patterns found in tokens, and repeated strings of words.

Words, wildcards and phrases, found in a table of tokens.

A pattern is one or more words separated by spaces, as typed into a search box: *internet*,
*econom\**, *digital econom\**, *organi?ation*. `*` stands for any letters inside a word, or none,
`?` for exactly one; `*` alone is any one word. Case is ignored. A match never crosses a sentence or
turn, and its words are adjacent in the text: in a selection of tokens, words that were left out
still come between.

The search uses the vocabulary: each word of a pattern is looked up once among the distinct words,
then found by number.

Repeated strings of words: the basis of phrases, binomials and echoes.

A string of words is *unbroken* if its words follow one another in one sentence of one turn with
only a single character between them. The tokens hold no punctuation, only places in the text: a gap
of two characters or more is a comma with its space, a bracket, a quotation mark, or a double space,
and breaks a string; a dash or stroke without spaces (one character) does not.

`repeated` extends strings by one word at a time. A string can only recur where the string that is
one word shorter recurs, so each step examines only what the step before has kept, and works on
numbers (as Agrawal and Srikant 1994 do with item sets).

Agrawal, R. and Srikant, R. (1994). Fast algorithms for mining association rules.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cache, cached_property

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import lexicon
from briefing.tables import TOKENS, BriefingError
from briefing.words.boundaries import find_words, fold, needs_tokenizer, segment, segmented_by
from briefing.words.groups import WHERE, Flags, Ints, categorical, changes, check_ids, numbers

Words = npt.NDArray[np.object_]


@dataclass(frozen=True)
class Hits:
    """Where something was found: patterns, lists, topics, stretches of text, repeated strings.

    `first` is the row of the first word, and `n_words` the number of words. `pattern` is the number
    of the pattern found, `category` that of its list or topic. For a search in the text, `spans`
    has the row of the token that a hit belongs to, and its start and stop in characters.
    """

    first: Ints
    n_words: Ints
    pattern: Ints
    category: Ints
    patterns: Words  # as written; none for repeated strings
    spans: Ints = field(default_factory=lambda: np.empty((0, 3), np.int64))

    def take(self, rows: npt.NDArray[np.generic]) -> Hits:
        """These hits only: a mask or row numbers."""
        pattern, category = self.pattern[rows], self.category[rows]
        spans = self.spans[rows] if len(self.spans) else self.spans
        return Hits(self.first[rows], self.n_words[rows], pattern, category, self.patterns, spans)

    @property
    def last(self) -> Ints:
        """The row of the last word."""
        return self.first + self.n_words - 1

    @property
    def entry(self) -> Words:
        """The pattern, as it is written."""
        return self.patterns[self.pattern]

    @cached_property
    def count(self) -> Ints:
        """How often each pattern was found."""
        return np.bincount(self.pattern)

    @cached_property
    def firsts(self) -> Ints:
        """The row where each pattern was found first, provided that all were found."""
        return self.first[np.unique(self.pattern, return_index=True)[1]]

    def at(self, rows: Ints) -> Ints:
        """The number of the pattern that begins at each of `rows`, or -1."""
        near = np.searchsorted(self.first, rows)
        found = np.append(self.first, -2)[near] == rows
        return np.where(found, np.append(self.pattern, -1)[near], -1)

    def __len__(self) -> int:
        """How many hits there are."""
        return len(self.first)


def of_length(n_words: int, first: Ints, pattern: Ints) -> Hits:
    """Hits of one length and without lists; constant numbers take no memory."""
    length, category = (np.broadcast_to(np.int64(n), first.shape) for n in (n_words, 0))
    return Hits(first, length, pattern, category, np.empty(0, object))


NOTHING = of_length(0, *[np.empty(0, np.int64)] * 2)


def find(tokens: pd.DataFrame, patterns: Sequence[str], *, categories: Ints | None = None) -> Hits:
    """Every occurrence of every pattern, by place, longest first.

    A phrase must be within one turn and sentence; single words need no such column. `categories`
    gives the list of each pattern. Raises BriefingError if `tokens` is not a tokens table or a
    pattern cannot be read.
    """
    words = {pattern: check_pattern(pattern) for pattern in patterns}
    TOKENS.check(tokens, "briefing_id", "turn_id", "position", "token")
    lookup = Lookup(tokens["token"])
    words = {pattern: lookup.parted(wanted) for pattern, wanted in words.items()}
    n_words = np.array([len(words[pattern]) for pattern in patterns], np.int64)
    follows = same_sentence(tokens) if (n_words > 1).any() else np.zeros(0, bool)
    at = {pattern: _at(lookup, wanted, follows) for pattern, wanted in words.items()}
    pattern = np.repeat(np.arange(len(patterns)), [len(at[pattern]) for pattern in patterns])
    first = np.concatenate([np.empty(0, np.int64), *(at[pattern] for pattern in patterns)])
    order = np.lexsort((pattern, -n_words[pattern], first))
    of = np.zeros(len(patterns), np.int64) if categories is None else categories
    listed = np.array(patterns, object)
    return Hits(first, n_words[pattern], pattern, of[pattern], listed).take(order)


Listed = tuple[Sequence[str], Sequence[str]]  # patterns, and look-alikes to exclude


def find_lists(
    tokens: pd.DataFrame, lists: Sequence[Listed], kept: Callable[[Hits, Flags], Ints]
) -> Hits:
    """Find the patterns of several lists, minus the exceptions of each, by place and list.

    Given all matches of a list and which are exceptions, `kept` returns the rows to keep.
    """
    entries = [
        (pattern, number, out)
        for number, listed in enumerate(lists)
        for out, patterns in enumerate(listed)
        for pattern in patterns
    ]
    patterns, number, out = zip(*entries, strict=True)
    hits = find(tokens, patterns, categories=np.array(number))
    excepted = np.array(out, bool)[hits.pattern]
    of_list = [np.flatnonzero(hits.category == i) for i in range(len(lists))]
    found = hits.take(np.concatenate([at[kept(hits.take(at), excepted[at])] for at in of_list]))
    return found.take(np.lexsort((found.category, found.first)))


def apart(hits: Hits) -> Flags:
    """Which hits to keep so that no token is used twice: the longest, then the earliest."""
    taken = np.zeros(int(hits.last.max(initial=-1)) + 1, bool)
    kept = np.zeros(len(hits), bool)
    for i in np.lexsort((hits.first, -hits.n_words)):
        span = slice(hits.first[i], hits.first[i] + hits.n_words[i])
        if not taken[span].any():
            taken[span] = kept[i] = True
    return kept


def without_overlap(hits: Hits) -> Hits:
    """The hits that `apart` keeps."""
    return hits.take(apart(hits))


def turn_numbers(tokens: pd.DataFrame) -> Ints:
    """For each token, the number of its turn, from 0 in order of appearance, in 32 bits."""
    TOKENS.check(tokens, "briefing_id", "turn_id")
    check_ids(tokens)
    return numbers(tokens, "briefing_id", "turn_id")


def following(tokens: pd.DataFrame, *within: str) -> Flags:
    """For each token, whether the row before is the word before it, in its turn and `within`."""
    TOKENS.check(tokens, "briefing_id", "turn_id", "position", *within)
    follows = ~changes(tokens, "briefing_id", "turn_id", *within)
    position = tokens["position"].to_numpy()
    follows[1:] &= np.diff(position) == 1
    return follows


def check_pattern(pattern: str) -> list[str]:
    """The words of a pattern, folded; BriefingError if it cannot be read."""
    words = _checked(pattern) if isinstance(pattern, str) else ()
    if not words:
        raise BriefingError.of("no pattern", pattern=pattern)
    return list(words)


@cache
def _checked(pattern: str) -> tuple[str, ...]:
    """The words of a pattern; cached, since many measures read one dictionary."""
    words = fold(pattern).split()
    for word in words:
        plain = re.sub(r"[*?]+", "x", word)
        if find_words(plain) != [(0, len(plain))]:
            raise BriefingError.of("pattern cannot match", pattern=pattern, word=word)
    return tuple(words)


class Lookup:
    """Looks up which tokens match a word, testing each distinct word once."""

    def __init__(self, token: pd.Series) -> None:
        """Take the column `token` of a table, categorical or not."""
        column = categorical(token)
        self._codes = column.codes
        self._words = column.categories.astype("str")
        self._asked: dict[str, Ints] = {}

    def parted(self, words: list[str]) -> list[str]:
        """The words as the tokens are split: elided forms (*l'eau*), scripts without spaces."""
        return [part for word in words for part in self._parts(word)]

    def _parts(self, word: str) -> list[str]:
        head, mark, rest = word.partition("'")
        if rest and head + mark in self._words:
            return [head + mark, rest]
        writing = needs_tokenizer(word)
        if not segmented_by(writing) or word in self._words or re.search(r"[*?]", word):
            return [word]
        return [word[start:stop] for start, stop in segment(word, writing or "")]

    def rows(self, word: str) -> Ints:
        """The rows that hold `word` (with wildcards)."""
        known = self._known(word)
        if len(known) == 1:
            return np.flatnonzero(self._codes == known[0])
        return np.flatnonzero(self._flags(known)[self._codes]) if len(known) else known

    def among(self, word: str, rows: Ints) -> Flags:
        """Which of these rows hold `word` (with wildcards)."""
        return self._flags(self._known(word))[self._codes[rows]]

    def _flags(self, known: Ints) -> Flags:
        flags = np.zeros(len(self._words) + 1, bool)  # the last is a missing token, code -1
        flags[known] = True
        return flags

    def _known(self, word: str) -> Ints:
        """The numbers of the words in the vocabulary that match `word`."""
        if word not in self._asked:
            if word == "*":
                match = np.ones(len(self._words), bool)
            elif re.search(r"[*?]", word):
                matches = _with_wildcards(word).fullmatch
                match = np.array([matches(known) is not None for known in self._words.tolist()])
            else:
                match = np.asarray(self._words == word)
            self._asked[word] = np.flatnonzero(match)
        return self._asked[word]


def _with_wildcards(word: str) -> re.Pattern[str]:
    """The word as an expression without backtracking: each `*` ends at the first fit."""
    first, *parts = (re.escape(part).replace(r"\?", ".") for part in re.split(r"\*+", word))
    within = "".join(f"(?>.*?{part})" for part in parts[:-1])
    return re.compile(f"(?s){first}{within}" + "".join(f".*{part}" for part in parts[-1:]))


def _at(lookup: Lookup, words: list[str], follows: Flags) -> Ints:
    """The rows where the words begin in sequence."""
    at = lookup.rows(words[0])
    for i, word in enumerate(words[1:] if len(at) else (), 1):
        at = at[at + i < len(follows)]
        at = at[follows[at + i]]
        at = at[lookup.among(word, at + i)]
    return at


def repeated(
    words: Ints, follows: Flags, *, least: int = 2, longest: int | None = None, whole: bool = False
) -> Iterator[Hits]:
    """Yield the places of strings of 1, 2, 3, ... words that occur at least `least` times.

    `words` are numbers; `follows[i]` is true if word i follows word i - 1 in a string. With
    `whole`, a string that always follows the same word is yielded but not extended: it is only part
    of a longer string. A page that is printed twice then takes no time.
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
        yield of_length(n_words, at, string)
        if n_words == longest:
            return
        grows = follows[at + n_words]
        if whole:
            grows &= ~_inside_another(at, string, word, follows)
        at, string = at[grows], string[grows]
        string = pd.factorize(string * len(words) + word[at + n_words])[0]
        n_words += 1


def _inside_another(at: Ints, string: Ints, word: Ints, follows: Flags) -> Flags:
    """For each place, whether its string follows the same word everywhere."""
    before = np.where(follows[at], word[at - 1], -1)
    first = np.unique(string, return_index=True)[1]
    alike = np.bincount(string, weights=before != before[first][string]) == 0
    return (alike & (before[first] >= 0))[string]


def codes(tokens: pd.DataFrame) -> tuple[Ints, Words]:
    """The number of the word for each token, and the words; a missing word is -1, the last, ""."""
    TOKENS.check(tokens, "token")
    column = categorical(tokens["token"])
    return column.codes.astype(np.int64), np.append(column.categories.to_numpy(object), "")


def same_sentence(tokens: pd.DataFrame) -> Flags:
    """For each token, whether the row before is the word before it in its sentence."""
    return following(tokens, "sentence_id")


def unbroken(tokens: pd.DataFrame) -> Flags:
    """For each token, whether it follows the row before with one character between, at most."""
    TOKENS.check(tokens, "start", "stop")
    gap = tokens["start"].to_numpy()[1:] - tokens["stop"].to_numpy()[:-1]
    return same_sentence(tokens) & np.append(False, gap <= 1)[: len(tokens)]


def spread(group: Ints, unit: Ints, n_groups: int) -> Ints:
    """For each group, in how many units it has hits; negative units are not counted."""
    known = unit >= 0
    size = unit.max(initial=0) + 1
    pairs = pd.unique(group[known] * size + unit[known])
    return np.bincount(pairs // size, minlength=n_groups)


def number_names(column: pd.Series) -> tuple[Ints, list[str]]:
    """For each row, the number of its name, -1 if missing or blank; and the names."""
    kind = categorical(column)
    names = kind.categories.astype("str").to_numpy(object)
    number, ordered = pd.factorize(names, sort=True)
    blank = np.array([not name.strip() for name in names], bool)
    return np.append(np.where(blank, -1, number), -1)[kind.codes], ordered.tolist()


def speaker_numbers(frame: pd.DataFrame) -> Ints:
    """For each row, the number of its speaker; -1 if nobody is named."""
    return number_names(frame["speaker"])[0]


def spelt(words: Words, code: Ints, first: Ints, last: Ints) -> list[str]:
    """The strings of words from row `first` to row `last`, each."""
    ends = zip(first.tolist(), last.tolist(), strict=True)
    return [" ".join(words[code[start : stop + 1]]) for start, stop in ends]


def at_rows(tokens: pd.DataFrame, first: Ints, last: Ints) -> pd.DataFrame:
    """Where strings are: turn, speaker, sentence, and `start, stop` in the turn's text."""
    TOKENS.check(tokens, *WHERE, "start", "stop")
    places = tokens[[*WHERE, "start"]].iloc[first].reset_index(drop=True)
    return places.assign(stop=tokens["stop"].to_numpy()[last])


def content_words(words: Iterable[str], without: AbstractSet[str] | None = None) -> Flags:
    """Which words are neither listed nor contractions of listed ones: *it's, don't, one's*.

    The list is of English function words, unless another is given in `without`.
    """
    listed = lexicon("function-words") if without is None else without
    return np.array([listed.isdisjoint(_forms(word)) for word in words], bool)


def _forms(word: str) -> tuple[str, str, str]:
    """A word, and what it may be a contraction of."""
    return word, word.partition("'")[0], word.removesuffix("n't")


def has_letter(words: Iterable[str]) -> Flags:
    """For each word, whether it has a letter; figures have none."""
    return np.array([any(map(str.isalpha, word)) for word in words], bool)
