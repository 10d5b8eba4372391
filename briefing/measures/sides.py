"""Two selections of words, prepared for comparison: the cells, the speakers, the questions.

The two sides of a comparison as numbers: which word, by whom, in which turn.

Keyness asks the same few questions of each side: how often a word is said, in how many turns, by
how many people. Here words, turns and speakers are numbered once, so that each answer is a count of
integers. They are numbered in sorted order, so the order of the rows does not matter.

A table holds running words or counts of them (`briefing.lexis.counts`). Its rows are counted by
*piece*: what one speaker says in one turn or, in a table of counts, in one role in one briefing.
Turns and speakers are sums of pieces.

Whether a word was in the question: a word can be key because of what was asked.

An answer that takes up the question's words shows what the questioner chose to ask about. `answers`
holds the question that each turn answers (the first, if there are several); its text is searched
for the word itself, not for other forms.

What one speaker or one turn can do to a difference between two texts.

One person's words are not independent draws: whoever says *security* once will say it again. An
interval that counts words is therefore too narrow (Kilgarriff 2005; Lijffijt et al. 2016), the more
so the more a person talks. The remedy is to leave out one speaker at a time and see how far the
rate moves (the jackknife). With v = (k-1)/k * sum (x_without_i - x)^2 for each side, where x is the
log of the rate, the interval is

    log_ratio -/+ t * sqrt(v_target + v_reference)

with t for Welch's degrees of freedom. The jackknife has better coverage than the linearised
variance, which is too small if one speaker has most of the hits. The degrees of freedom of a side
count the speakers that its variance comes from, (sum e^2)^2 / sum e^4 with e = hits - words * rate,
at least 2 and at most one fewer than the speakers: if two of twenty say nearly all of it, twenty
are worth little more than two. Because a word that a few speakers all say equally often has no
variance at all, the interval is never narrower than the exact one for independent words.

If no speaker on a side says a word, or only one, nothing shows how much they differ. It is not
unusual that none of five people says what a third of people say, so in that case the number of
speakers itself must not be due to chance (Fisher's exact test), or there is no interval.

References
----------
Efron, B. and Stein, C. (1981). The jackknife estimate of variance.
Fisher, R. (1935). The logic of inductive inference.
Kilgarriff, A. (2005). Language is never, ever, ever, random.
Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora.
Welch, B. (1947). The generalization of Student's problem.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pandas as pd

from briefing.measures.lexis import Cells, Units, cells, regrouped
from briefing.tables import COUNTS, TOKENS, TURNS, BriefingError
from briefing.words.groups import (
    Flags,
    Floats,
    Ints,
    Stretches,
    added,
    check_ids,
    number_groups,
    number_words,
    tally,
    tally_codes,
)
from briefing.words.rates import log_ratio, log_ratio_interval
from briefing.words.search import number_names
from briefing.words.tokens import tokenize

Rows = slice | Flags
ALL = slice(None)
TURN, VOICE = ("briefing_id", "turn_id"), ("briefing_id", "role", "speaker")


@dataclass(frozen=True)
class CodedTable:
    """One table: for each row, the code of its word, its piece, and how often."""

    code: Ints
    form: Ints  # for each code, the number among the words of all tables
    word: Ints  # for each code, the number in the vocabulary; the last is a word not tested
    pieces: Stretches
    n: Ints | None  # None: once each
    n_turns: Ints | None  # in how many turns; None if the pieces say it

    @cached_property
    def hits(self) -> Ints:
        """How often each tested word is said; all others together come last."""
        said = tally_codes(self.code, self.n, len(self.form))
        return added(said, self.word, int(self.word[-1]) + 1)


@dataclass(frozen=True)
class Coded:
    """Tables joined as numbers, and what the numbers mean."""

    vocabulary: list[str]  # the words tested
    parts: list[CodedTable]
    place: tuple[str, ...]  # the columns that say which turn
    turn: Ints  # of each piece
    turns: pd.DataFrame | None  # briefing_id, turn_id of each turn; None: they are not known
    speaker: Ints  # of each piece; -1 if unnamed
    speakers: list[str]

    def count(self, part: CodedTable, rows: Rows) -> tuple[Cells, Ints]:
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

    def in_turn(self, part: CodedTable) -> Flags:
        """For each turn, whether the table has words of it."""
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

    def range(self, part: CodedTable, rows: Rows) -> Ints | None:
        """In how many turns each word is said, if the table gives that."""
        if part.n_turns is None:
            return None
        word = part.word[part.code[rows]]
        return added(part.n_turns[rows], word, len(self.vocabulary) + 1)[:-1]


def code(tables: Sequence[pd.DataFrame], *, min_count: int) -> Coded:
    """Number the words of several tables; those frequent enough in total are tested."""
    counted = [is_counts(table) for table in tables]
    for table, kind in zip(tables, counted, strict=True):
        _check(table, kind)
    if any(counted) != all(counted):
        raise BriefingError.of("words and counts")
    if min_count < 1:
        raise BriefingError.of("words nobody says", min_count=min_count)
    place = VOICE if any(counted) else TURN
    piece, pieces = number_groups(tables, *dict.fromkeys([*place, "speaker"]))
    [turn], turns = number_groups([pieces], *place)
    n, n_turns = (_columns(tables, name, any(counted)) for name in ("n", "n_turns"))
    words = number_words([table["token"] for table in tables], min_count=min_count, n=n)
    numbers = words.codes, words.forms, words.numbers, piece, n, n_turns
    parts = [CodedTable(*of) for of in zip(*numbers, strict=True)]
    known, who = None if any(counted) else turns, number_names(pieces["speaker"])
    return Coded(words.words.tolist(), parts, place, turn.rows(), known, *who)


def _columns(tables: Sequence[pd.DataFrame], name: str, counts: bool) -> list[Ints | None]:
    return [table[name].to_numpy() if counts else None for table in tables]


def is_counts(table: pd.DataFrame) -> bool:
    """Whether a table holds counts rather than running words."""
    return "n" in table and "position" not in table


def check_sides(target: pd.DataFrame, reference: pd.DataFrame, coded: Coded) -> None:
    """Raise BriefingError if sides cannot be compared: one is empty, or a row is on both."""
    for name, table in (("target", target), ("reference", reference)):
        if table.empty:
            raise BriefingError.of("side without words", name=name)
    both = coded.in_turn(coded.parts[0]) & coded.in_turn(coded.parts[1])
    if not both.any():
        return
    place = [*coded.place, "token" if is_counts(target) else "position"]
    sides = zip((target, reference), coded.parts, strict=True)
    mine, other = (t[place].iloc[part.pieces.within(both[coded.turn])] for t, part in sides)
    shared = mine.merge(other)
    if len(shared):
        first = shared.iloc[0]
        where = ", ".join(f"{c.removesuffix('_id')} {first[c]}" for c in place[1:])
        where = f"briefing {first['briefing_id']!r}, {where}"
        raise BriefingError.of("words on both sides", n=len(shared), where=where)


def _check(table: pd.DataFrame, counts: bool) -> None:
    if counts:
        COUNTS.check(table)
    else:
        TOKENS.check(table, "briefing_id", "turn_id", "speaker", "position", "token")
        check_ids(table)


@dataclass(frozen=True)
class Questions:
    """For each turn, its question (-1: none), and which words are in which question."""

    of_turn: Ints
    words: Ints  # question * number of words + word, sorted
    n_words: int

    @classmethod
    def read(cls, coded: Coded, turns: pd.DataFrame | None, *tables: pd.DataFrame) -> Questions:
        """Look up the questions of the coded `tables`; not possible without `turns`."""
        n_words = len(coded.vocabulary)
        if turns is None:
            return cls(np.full(len(coded.turn), -1), np.empty(0, np.int64), n_words)
        if coded.turns is None:
            raise BriefingError.of("counts have no turns")
        TURNS.check(turns, "briefing_id", "turn_id", "answers", "text")
        for table in tables:
            _check_tokenizer(table)
        of_turn = _questions(coded.turns, turns)
        asked = np.unique(of_turn[of_turn >= 0])
        question, word = _spoken(turns["text"].iloc[asked], asked, coded.vocabulary)
        return cls(of_turn, np.unique(question * n_words + word), n_words)

    def used(self, word: Ints, turn: Ints) -> Flags:
        """Whether the question of `turn` has `word`; False if there is no question."""
        question = self.of_turn[turn]
        return (question >= 0) & np.isin(question * self.n_words + word, self.words)

    def first(self, turn: Ints) -> pd.arrays.BooleanArray:
        """For each word, whether the question of that turn has it; NA without a question."""
        used = self.used(np.arange(len(turn)), turn)
        return pd.arrays.BooleanArray(used, self.of_turn[turn] < 0)

    def share(self, side: Units) -> Floats:
        """For each word, the share of the side's hits in answers to questions that have it."""
        if not (self.of_turn >= 0).any():
            return np.full(len(side.hits), np.nan)
        after = np.where(self.used(side.word, side.cells.indices), side.cells.data, 0)
        summed = np.bincount(side.word, weights=after, minlength=len(side.hits))
        with np.errstate(invalid="ignore"):
            return summed / side.hits


def _spoken(texts: pd.Series, numbers: Ints, vocabulary: list[str]) -> tuple[Ints, Ints]:
    """For each tested word in the texts, the number of its text and of the word."""
    tokens = tokenize(pd.DataFrame({"turn_id": numbers, "text": texts.to_numpy()}))
    said = tokens["token"].cat
    index = pd.Index(vocabulary, dtype="object")
    known = index.get_indexer(pd.Index(said.categories, dtype="object"))
    word = np.append(known, -1)[said.codes.to_numpy()]
    return tokens["turn_id"].to_numpy(np.int64)[word >= 0], word[word >= 0]


def _check_tokenizer(tokens: pd.DataFrame) -> None:
    """Raise BriefingError if the words are from a different tokenizer than for the questions."""
    name = tokens.attrs.get("tokenizer", "briefing.words")
    if name != "briefing.words":
        raise BriefingError.of("another tokenizer", name=name)


def _questions(coded: pd.DataFrame, turns: pd.DataFrame) -> Ints:
    """For each coded turn, the row number of its question in `turns`, -1 for none."""
    place = _places_asked(turns["briefing_id"], turns["turn_id"])
    first = ~place.duplicated()
    known, row = place[first], np.append(np.flatnonzero(first), -1)
    answering = row[known.get_indexer(_places_asked(coded["briefing_id"], coded["turn_id"]))]
    answers = pd.to_numeric(turns["answers"], errors="coerce").astype("Float64").fillna(-1)
    question = row[known.get_indexer(_places_asked(turns["briefing_id"], answers))]
    return np.append(question, -1)[answering]


def _places_asked(briefing: pd.Series, turn: pd.Series) -> pd.MultiIndex:
    number = pd.to_numeric(turn, errors="coerce").astype("Float64").fillna(-2).to_numpy(float)
    return pd.MultiIndex.from_arrays([briefing.astype("object").fillna("").to_numpy(), number])


MIN_SPEAKERS = 5  # per side; fewer say too little about differences between speakers
FEW = 2  # speakers of a word on one side; with fewer, their number must not be due to chance
LEAST_FREEDOM = 2.0
NO_VARIANCE = 1e-12  # used for 0, which Welch's degrees of freedom cannot handle


def speaker_interval(target: Units, reference: Units, *, level: float) -> tuple[Floats, Floats]:
    """Interval of each word's log ratio with speakers as units.

    NaN with fewer than five speakers per side, or if at most one on a side says the word and that
    may be chance. Infinite on the side where a count is 0.
    """
    from scipy.special import stdtrit

    if min(target.present, reference.present) < MIN_SPEAKERS:
        nothing = np.full(len(target.hits), np.nan)
        return nothing, nothing
    counts = target.hits, reference.hits, target.size.sum(), reference.size.sum()
    v1, v2 = _variance(target), _variance(reference)
    welch = (v1 + v2) ** 2 / (v1**2 / _freedom(target) + v2**2 / _freedom(reference))
    half = stdtrit(welch, (1 + level) / 2) * np.sqrt(v1 + v2)
    low, high = log_ratio_interval(*counts, level=level)
    middle, chance = log_ratio(*counts), _may_be_chance(target, reference, level=level)
    low, high = np.minimum(low, middle - half), np.maximum(high, middle + half)
    return np.where(chance, np.nan, low), np.where(chance, np.nan, high)


def _may_be_chance(target: Units, reference: Units, *, level: float) -> Flags:
    """Where fewer than FEW on a side say a word, consistently with equal shares on both sides."""
    smaller = target.range <= reference.range
    few = np.where(smaller, target.range, reference.range)
    here = np.where(smaller, target.present, reference.present)
    saying, all_of_both = target.range + reference.range, target.present + reference.present
    chance = np.zeros(len(few))
    for k in range(FEW):
        ways = _log_ways(here, k) + _log_ways(all_of_both - here, saying - k)
        chance += np.where(k <= few, np.exp(ways - _log_ways(all_of_both, saying)), 0.0)
    return (few < FEW) & (chance >= (1 - level) / 2)


def _log_ways(n: Ints | int, k: Ints | int) -> Floats:
    """The number of ways to choose k of n, as a logarithm."""
    from scipy.special import betaln

    with np.errstate(invalid="ignore"):
        ways = -np.log(np.add(n, 1)) - betaln(np.subtract(n, k) + 1, np.add(k, 1))
    return np.where(np.less_equal(k, n), ways, -np.inf)


def _freedom(side: Units) -> Floats:
    """How many speakers the variance of each word's rate comes from."""
    size, word = side.size, side.word
    rate = side.hits / size.sum()
    said, words = side.cells.data.astype(np.float64), size[side.cells.indices]

    def of_all(power: int) -> Floats:
        expected = words * rate[word]
        more = (said - expected) ** power - expected**power
        without = rate**power * (size.astype(float) ** power).sum()
        return np.bincount(word, more, len(rate)) + without

    with np.errstate(invalid="ignore"):
        worth = of_all(2) ** 2 / of_all(4)
    return np.clip(np.nan_to_num(worth, nan=side.present), LEAST_FREEDOM, side.present - 1)


def _variance(side: Units) -> Floats:
    """The jackknife variance of log2 of each word's rate, half a word added as in `log_ratio`."""
    total, size, hits = side.size.sum(), side.size[side.size > 0], side.hits + 0.5
    shrinks = np.log2((total + 0.5) / (total - side.size + 0.5))
    said, shrunk = hits[side.word], shrinks[side.cells.indices]
    moved = np.log2((said - side.cells.data) / said) + shrunk
    summed = np.bincount(side.word, weights=moved**2 - shrunk**2, minlength=len(hits))
    return np.maximum((summed + (shrinks**2).sum()) * (len(size) - 1) / len(size), NO_VARIANCE)


@dataclass(frozen=True)
class Largest:
    """For each word, the unit with most hits on the side where the word is more frequent."""

    unit: Ints  # -1 for none
    share: Floats  # its share of that side's hits in units
    log_ratio_without: Floats  # NaN if nothing is left of the side, or of the word


def leave_out(target: Units, reference: Units, counts: tuple[Ints, ...], more: Flags) -> Largest:
    """Find the largest turn or speaker of each word, and remove it from its side.

    `counts` are `a, b, n1, n2` of the sides; `more` says for each word whether the target has more.
    """
    unit = np.where(more, target.largest, reference.largest)
    gone = np.where(more, target.n_largest, reference.n_largest)
    size = np.where(more, *(np.append(side.size, 0)[unit] for side in (target, reference)))
    a, b, n1, n2 = np.broadcast_arrays(*counts)
    n1, n2 = n1 - np.where(more, size, 0), n2 - np.where(more, 0, size)
    left = (unit >= 0) & (n1 > 0) & (n2 > 0)
    without = np.full(len(unit), np.nan)
    rest = a - np.where(more, gone, 0), b - np.where(more, 0, gone), n1, n2
    without[left] = log_ratio(*(numbers[left] for numbers in rest))
    return Largest(unit, gone / np.where(more, a, b), without)
