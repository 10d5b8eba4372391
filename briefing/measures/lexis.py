"""Which words are said, how often, and how rich the vocabulary is.

Words are counted by unit, a turn or a speaker. Most words are in few turns, so the counts are kept
in a sparse matrix (scipy): one row per word, one column per unit, zeros left out. It is filled by
counting sort, in linear time.

Comparisons by briefing, role or speaker can be made from these counts, without the text or the
running words. Anything that needs the turn of a word, or the words beside it, cannot.

Function words (*the, of, we*) come first in every list and say nothing about a particular text; nor
do forms of address and thanks (*mr, thank, question*) about a briefing. A list of content words
leaves them out, and also numbers, in figures or words. Which words these are is a choice: here our
own lists (`LISTS`), named in the result. Frequent is not typical: a word that everybody says often
is in everybody's list. For what one side says more, use `briefing.keywords.keyness`.

The share of different words (TTR, types over tokens) falls as a text grows, because words are
repeated: it can never compare two speakers who say different amounts. Three measures are designed
to cope with that, and none of them is enough alone (McCarthy & Jarvis 2010):

* *MATTR*: the mean TTR of every stretch of `window` words (Covington & McFall 2010). The headline:
  "of 100 words in a row, 68 are different".
* *MTLD*: how many words in a row keep their TTR at .72 or above (McCarthy & Jarvis 2010). A
  *factor* closes when the TTR falls below .72, with no minimum length, and the remainder counts as
  part of a factor; the mean of reading forward and backward. Programs that close at exactly .72, or
  require ten words in a factor, give different numbers.
* *HD-D*: how many different words there would be among 42 drawn at random (McCarthy & Jarvis 2007);
  divided by 42 it is on the scale of TTR.

MATTR and MTLD depend on word order, so turns must be in order.

References
----------
Covington, M. and McFall, J. (2010). Cutting the Gordian knot: the moving-average type-token ratio.
McCarthy, P. and Jarvis, S. (2007). vocd: a theoretical and empirical evaluation.
McCarthy, P. and Jarvis, S. (2010). MTLD, vocd-D, and HD-D. Behavior Research Methods 42, 381-392.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import pack_of, packs, worths
from briefing.lexicons.languages import language_in
from briefing.tables import TOKENS, BriefingError, check_least
from briefing.words.boundaries import fold
from briefing.words.groups import (
    PLACE,
    By,
    Ints,
    check_ids,
    columns_of,
    finish,
    grouped,
    groups_of,
    number_groups,
    number_words,
    ranked,
)
from briefing.words.rates import rates
from briefing.words.search import content_words, has_letter, spread, turn_numbers

__all__ = ["common", "counts", "richness"]

Cells = Any  # scipy.sparse.csr_array, loaded where used


def cells(word: Ints, unit: Ints, n: Ints, shape: tuple[int, int]) -> Cells:
    """Add up `n` by word and unit; word number `shape[0]` is left out."""
    from scipy.sparse import coo_array, csr_array

    every = coo_array((n, (word, unit)), shape=(shape[0] + 1, shape[1])).tocsr()
    kept = every.indptr[-2]
    parts = every.data[:kept], every.indices[:kept], every.indptr[:-1]
    return csr_array(parts, shape=shape)


def regrouped(by_piece: Cells, group: Ints, n_groups: int) -> Cells:
    """The columns added up by group; a column whose group is below 0 is left out."""
    from scipy.sparse import csr_array

    if len(group) == n_groups and (group == np.arange(n_groups)).all():
        return by_piece
    piece = np.flatnonzero(group >= 0)
    one = np.ones(len(piece), np.promote_types(by_piece.dtype, np.int32))
    by_group = by_piece @ csr_array((one, (piece, group[piece])), shape=(len(group), n_groups))
    by_group.sort_indices()
    return by_group


def by_group(word: Ints, piece: Ints, group: Ints, n_words: int) -> tuple[Ints, Ints, Ints, Ints]:
    """Group, word, its count in the group and its number of pieces; `group` is that of each piece.

    One row for each word of each group, group by group.
    """
    n_groups = int(group.max(initial=-1)) + 1
    counts = cells(word, piece, np.ones(len(word), np.int32), (n_words, len(group)))
    n = regrouped(counts, group, n_groups).tocsc()
    counts.data[:] = 1
    n_pieces = regrouped(counts, group, n_groups).tocsc()
    of = np.repeat(np.arange(n_groups), np.diff(n.indptr))
    return of, n.indices, n.data.astype(np.int64), n_pieces.data.astype(np.int64)


@dataclass(frozen=True)
class Units:
    """One side by turn or speaker: the size of each unit, and the counts of each word in them."""

    size: Ints  # all words of each unit, tested or not; 0 if not on this side
    hits: Ints  # over all units
    range: Ints  # the number of units with the word
    largest: Ints  # the unit with most hits (the first of several), or -1
    n_largest: Ints  # its number of hits
    cells: Cells = None  # the counts, while still needed

    @classmethod
    def of(cls, counts: Cells, size: Ints) -> Units:
        """Sum up the counts of each word; their columns are sorted and unique."""
        said = np.diff(counts.indptr)
        word, first = np.flatnonzero(said), counts.indptr[:-1][said > 0]
        hits, most, largest = (np.full(len(said), x, np.int64) for x in (0, 0, -1))
        if len(word):
            hits[word] = np.add.reduceat(counts.data, first, dtype=np.int64)
            most[word] = np.maximum.reduceat(counts.data, first)
            highest = most[word].astype(counts.dtype)
            top = np.flatnonzero(counts.data == np.repeat(highest, said[word]))
            largest[word] = counts.indices[top[np.searchsorted(top, first)]]
        return cls(size, hits, said.astype(np.int64), largest, most, counts)

    @property
    def present(self) -> int:
        """How many units have words on this side."""
        return int((self.size > 0).sum())

    @property
    def word(self) -> Ints:
        """For each non-zero count, the number of its word."""
        return np.repeat(np.arange(len(self.hits), dtype=np.int32), np.diff(self.cells.indptr))


VOICE = ("briefing_id", "speaker", "role")


def counts(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count the words of each speaker in each role of each briefing.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.

    Returns
    -------
    DataFrame
        One row per `briefing_id, speaker, role` and `token` that occurs (all categorical), in this
        order, missing values last; `n`: how often; `n_turns`: in how many turns of that speaker in
        that role and briefing. Turns of unnamed speakers are one row per word and role, with a
        missing speaker. `.attrs`: `text_status, part, language`.

    Raises
    ------
    BriefingError
        If it is not a tokens table.

    Notes
    -----
    `n` can be summed over any rows. So can `n_turns` for one word, but not for several, since one
    turn has many words. `keyness` takes two selections of such a table instead of words: select by
    briefing, speaker and role, never by `token` or `n`, or the sizes are wrong. Combine the counts
    of several briefings with `pd.concat`.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: The quay, the old quay.\\nQ: The quay?")
    >>> briefing.lexis.counts(talk.tokens)[["role", "token", "n", "n_turns"]]
             role token  n  n_turns
    0    official   old  1        1
    1    official  quay  2        1
    2    official   the  2        1
    3  journalist  quay  1        1
    4  journalist   the  1        1
    """
    TOKENS.check(tokens, *VOICE, "turn_id", "token")
    check_ids(tokens)
    [piece], pieces = number_groups([tokens], "turn_id", *VOICE)
    [voice], voices = number_groups([pieces], *VOICE)
    words = number_words([tokens["token"]], min_count=1)
    number = words.numbers[0][words.codes[0]]
    row, word, n, n_turns = by_group(number, piece.rows(), voice.rows(), len(words.words))
    columns = {name: pd.Categorical(voices[name].astype("object")).take(row) for name in VOICE}
    columns["token"] = pd.Categorical.from_codes(word, words.words.astype("str"))
    return finish(pd.DataFrame(columns | {"n": n, "n_turns": n_turns}), tokens)


LISTS = (
    "function-words", "question-words", "question-formula-words", "number-words", "ordinals"
)  # fmt: skip
LEVEL = 0.95
OURS = "function words, words of address and thanks, and numbers, by our {}lists"


def common(
    tokens: pd.DataFrame,
    *,
    by: By = "role",
    n_first: int = 15,
    min_count: int = 3,
    leave_out: Collection[str] = (),
    only: Collection[str] | None = None,
) -> pd.DataFrame:
    """List the most frequent content words of each role, speaker or briefing, with their rates.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.
    by : str or list of str
        The columns whose values each get a list: role, speaker, briefing_id or any other.
    n_first : int
        The maximum number of words in a list.
    min_count : int
        Words that a group says less often than this are not in its list.
    leave_out : collection of str
        More words to leave out, in addition to our lists for the language (`LISTS`, in the folders
        of `briefing/lexicons`).
    only : collection of str, optional
        The words to leave out instead of our lists; `[]` to keep all. Words without a letter
        (figures) are always left out.

    Returns
    -------
    DataFrame
        One row per group and word, the group with most words first, then the most frequent word
        first, ties alphabetically: `by` (by speaker also `named`: false for *unnamed journalists*
        and the like, who are several people), `token` (folded), `n`; `n_words`: all running words
        of the group, function words too; `per_1000`: n / n_words * 1000, with the interval
        `low, high` of `briefing.words.rates`, and `interval, why`: which it is, or why it is
        missing; `n_turns`: turns of the group that have the word. `.attrs`:
        `by, n_first, min_count, level`; `without`: the words left out, described; `left_out`: each
        group without a row, and why; `why`, if there is no list for the language and nothing is
        counted; `text_status, part, language`.

    Raises
    ------
    BriefingError
        If it is not a tokens table or is empty, there is no column `by`, `n_first` or `min_count`
        is below 1, or a text is given instead of a list of words.

    Notes
    -----
    Words are listed because they are frequent here, and the interval does not allow for that
    choice: on another day, expect somewhat lower rates for those at the top. Not for comparing
    groups word by word (use `keyness`) or for topics (one topic has many words, and *bank* is in
    several), and a word with many hits in one turn is typical of that turn only: check `n_turns`.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse(
    ...     "MS. MARLOW: The quay is old. The quay is closed. A new quay opens in May 2031.\\n"
    ...     "Q: Which quay? The old one?")
    >>> words = briefing.lexis.common(talk.tokens, min_count=1, n_first=2)
    >>> words[["role", "token", "n", "n_words", "per_1000", "n_turns"]].round(1)
             role   token  n  n_words  per_1000  n_turns
    0    official    quay  3       15     200.0        1
    1    official  closed  1       15      66.7        1
    2  journalist     old  1        5     200.0        1
    3  journalist    quay  1        5     200.0        1
    """
    TOKENS.check(tokens, "briefing_id", "turn_id", "token", *columns_of(by))
    check_least(1, n_first=n_first, min_count=min_count)
    why = "" if only is not None else _no_pack(tokens)
    without, said = _without(language_in(tokens), leave_out, only)
    row, word, words = _content(tokens, without, min_count)
    row, word, words = _foremost(tokens, row, word, words, by, n_first)
    table = rates(tokens, row, word, words, by=by, level=LEVEL)
    table = table.rename(columns={"category": "token", "n_hits": "n"})
    table["n_turns"] = table["n_turns_hit"]
    group = grouped(table, columns_of(by)).ngroup()
    kept = table.assign(group=group)[table["n"] >= min_count]
    kept = ranked(kept, n_words=False, group=True, n=False, token=True)
    result = kept.groupby("group", sort=False).head(n_first).reset_index(drop=True)
    named = ["named"] if "named" in table else []
    columns = "token n n_words per_1000 low high interval why n_turns".split()
    result = result[[*columns_of(by), *named, *columns]].iloc[: 0 if why else None]
    return finish(
        result,
        tokens,
        made_by="common_words",
        by=by,
        n_first=n_first,
        min_count=min_count,
        level=LEVEL,
        without=said,
        left_out=_left_out(tokens, table, by, min_count),
        **({"why": why} if why else {}),
    )


def _no_pack(tokens: pd.DataFrame) -> str:
    """Why the content words of a language are unknown; empty if they are known."""
    language = language_in(tokens)
    if pack_of(language):
        return ""
    said, known = f"there is no list of function words for {language!r}", packs(LISTS[0])
    return f"{said} (there is one for {', '.join(known)}): give one with only=[...]"


def _without(
    language: str | None, leave_out: Collection[str], only: Collection[str] | None
) -> tuple[set[str], str]:
    """The words that are not content words, and what to call them."""
    for name, given in (("leave_out", leave_out), ("only", only)):
        if isinstance(given, str):
            raise BriefingError.of("one text for a list", name=name, given=given)
    more = {fold(word) for word in leave_out}
    if only is None:
        pack = pack_of(language) or "en"
        listed = {*worths(*LISTS, language=pack)}
        said = OURS.format("English " if pack == "en" else "")
        return listed | more, said + (f" and {len(more)} of the reader's own" if more else "")
    more |= {fold(word) for word in only}
    return more, f"{len(more)} words of a list of the reader's own" if more else "no word"


def _content(
    tokens: pd.DataFrame, without: set[str], min_count: int
) -> tuple[Ints, Ints, list[str]]:
    """The rows with a content word that is frequent enough overall, its number, and all words."""
    words = number_words([tokens["token"]], min_count=min_count)
    number, names = words.numbers[0][words.codes[0]], words.words.tolist()
    content = has_letter(names) & content_words(names, without)
    row = np.flatnonzero(np.append(content, False)[number])
    return row, number[row], names


def _foremost(
    tokens: pd.DataFrame, row: Ints, word: Ints, words: list[str], by: By, n_first: int
) -> tuple[Ints, Ints, list[str]]:
    """Only the rows of words that are among the `n_first` of a group, ties included.

    Rates examine every turn for every word, which takes long for all words of many briefings.
    """
    if tokens.empty:
        return row, word, words
    group, _ = groups_of(tokens, by)
    pair, n = np.unique(group[row] * len(words) + word, return_counts=True)
    place = pd.Series(n).groupby(pair // len(words)).rank(method="min", ascending=False)
    foremost = np.unique(pair[(place <= n_first).to_numpy()] % len(words))
    kept = np.isin(word, foremost)
    return row[kept], np.searchsorted(foremost, word[kept]), [words[i] for i in foremost]


def _left_out(tokens: pd.DataFrame, table: pd.DataFrame, by: By, least: int) -> dict[str, str]:
    why = f"no content word said {least} times or more"
    names = columns_of(by)
    most = grouped(table, names)["n"].max() if len(table) else grouped(tokens, names).size() * 0
    groups = most[most < least].index.to_frame().astype("str")
    return {" \u00b7 ".join(group): why for group in groups.itertuples(index=False)}


Words = Sequence[Any] | npt.NDArray[Any] | pd.Series

MIN_WORDS = 200  # fewer say too little about a vocabulary; this is a judgement, not a test
WINDOW = 100
FACTOR = 0.72
SAMPLE = 42
RULE = "a factor closes where TTR < .72, no least length; mean of forward and backward"


def richness(tokens: pd.DataFrame, *, by: By = "speaker", window: int = WINDOW) -> pd.DataFrame:
    """Return how rich each speaker's vocabulary is, by three measures and from 200 words on only.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table; `briefing_id, turn_id, position, token` and `by` are needed.
    by : str or list of str
        The columns whose values are compared: speaker, role, briefing_id or any other.
    window : int
        The length in words of the stretch for MATTR.

    Returns
    -------
    DataFrame
        One row per value of `by`, most words first: `by`, `n_turns`, `n_words`, `n_types`, `ttr`
        (never compare rows with different `n_words` by it), `mattr` (0 to 1), `mtld` (words), `hdd`
        (different words among 42 drawn; divided by 42 it is on the ATTR scale) and `why`: empty, or
        why the three are missing. By speaker, also `named`: an unnamed row is several people, so it
        has counts but no scores. Rows by role or briefing are several people too, and describe
        their words together. `.attrs`: `by`, `window`, `min_words`, `hdd_sample`, `mtld_rule`, and
        the kind of text.

    Raises
    ------
    BriefingError
        If a column is missing, or the window is not a whole number of 2 or more.

    Notes
    -----
    MATTR: Covington & McFall (2010); MTLD and HD-D: McCarthy & Jarvis (2007, 2010), whose
    factor rule is in `.attrs`.

    No interval: resampling draws some turns twice, and their repeated words lower all three
    measures, so the interval would miss the value. Not a measure of skill or quality: topic,
    prepared statements, translation and the transcriber's spelling all affect it. Folded word forms
    are counted: *policy* and *policies* are two.

    Examples
    --------
    >>> import briefing
    >>> told = "one day we count every word that we say and then we count again " * 20
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "text": [told, "Thanks."]})
    >>> rich = briefing.lexis.richness(briefing.tokenize(turns))
    >>> rich[["speaker", "n_words", "n_types", "mattr"]]
          speaker  n_words  n_types  mattr
    0  Ida Marlow      280       11   0.11
    1   Jo Petrel        1        1    NaN
    >>> rich["why"][1]
    'fewer than 200 words'
    """
    TOKENS.check(tokens, *PLACE, "position", "token", *columns_of(by))
    check_ids(tokens)
    if isinstance(window, bool) or not isinstance(window, int | np.integer) or window < 2:
        raise BriefingError.of("no window", window=window)
    table = tokens.sort_values([*PLACE, "position"], kind="stable", ignore_index=True)
    group, groups = groups_of(table, by)
    groups = groups[[c for c in groups if c in (*columns_of(by), "named")]]
    rows = [_score(words, int(window)) for words in _words_of(table["token"], group, len(groups))]
    scores = pd.DataFrame(rows, columns=[*COLUMNS, "why"])
    result = groups.assign(n_turns=spread(group, turn_numbers(table), len(groups)), **scores)
    if "named" in result:
        result.loc[~result["named"], SCORES] = np.nan
        result.loc[~result["named"], "why"] = "nobody named: the words of several people"
    result = result.sort_values("n_words", ascending=False, kind="stable", ignore_index=True)
    rules = {"min_words": MIN_WORDS, "hdd_sample": SAMPLE, "mtld_rule": RULE}
    return finish(result, tokens, by=by, window=int(window), **rules)


SCORES = ["mattr", "mtld", "hdd"]
COLUMNS = ["n_words", "n_types", "ttr", *SCORES]


def _words_of(tokens: pd.Series, group: Ints, n_groups: int) -> list[Ints]:
    """The words of each group in order, as numbers."""
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(np.bincount(group, minlength=n_groups))
    return np.split(_ids(tokens)[order], ends[:-1]) if n_groups else []


def _score(words: Ints, window: int) -> tuple[Any, ...]:
    counts = (len(words), len(np.unique(words)), ttr(words))
    if len(words) < MIN_WORDS:
        return *counts, np.nan, np.nan, np.nan, f"fewer than {MIN_WORDS} words"
    moving = mattr(words, window) if window <= len(words) else np.nan
    why = "" if window <= len(words) else f"no MATTR: fewer words than the window of {window}"
    return *counts, moving, mtld(words), hdd(words), why


def ttr(tokens: Words) -> float:
    """Types over tokens; NaN for no words. It falls with length: see the module docstring."""
    ids = _ids(tokens)
    return len(np.unique(ids)) / len(ids) if len(ids) else float("nan")


def mattr(tokens: Words, window: int = WINDOW) -> float:
    """Mean TTR of all stretches of `window` words; the plain TTR if there are fewer words.

    A word is the first of its type in stretches that begin after its previous occurrence.
    """
    ids = _ids(tokens)
    if len(ids) <= window:
        return ttr(ids)
    here = np.arange(len(ids))
    last_start = np.minimum(here, len(ids) - window)
    before = pd.Series(here).groupby(ids).shift(fill_value=-1).to_numpy()  # the same word's place
    first_start = np.maximum(before + 1, here - window + 1)
    n_first = np.maximum(last_start - first_start + 1, 0).sum()
    return float(n_first / (window * (len(ids) - window + 1)))


def hdd(tokens: Words) -> float:
    """How many types there would be among 42 words drawn at random; NaN for fewer than 42 words."""
    from scipy.stats import hypergeom

    ids = _ids(tokens)
    if len(ids) < SAMPLE:
        return float("nan")
    often, types = np.unique(np.unique(ids, return_counts=True)[1], return_counts=True)
    seen = 1 - hypergeom.pmf(0, len(ids), often, SAMPLE)
    return float((types * seen).sum())


def mtld(tokens: Words) -> float:
    """Mean length of the stretches that keep TTR at .72, forward and backward.

    NaN for no words, or if no word is repeated: no factor ever begins to close.
    """
    ids = _ids(tokens)
    if len(ids) == len(np.unique(ids)):
        return float("nan")
    return float(np.mean([len(ids) / mtld_factors(way) for way in (ids, ids[::-1])]))


def mtld_factors(tokens: Words) -> float:
    """How many factors close in one reading of the words, counting a fraction for the last."""
    ids = _ids(tokens).tolist()
    factors, n_words, types = 0.0, 0, set[int]()
    for word in ids:
        n_words += 1
        types.add(word)
        if len(types) / n_words < FACTOR:
            factors, n_words, types = factors + 1, 0, set()
    left = (1 - len(types) / n_words) / (1 - FACTOR) if n_words else 0.0
    return factors + left


def _ids(tokens: Words) -> Ints:
    """Words as numbers; equal words get equal numbers."""
    return pd.factorize(pd.Series(tokens))[0]
