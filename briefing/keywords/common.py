"""What is said most, by whom: the commonest content words of each role, with their rates.

The words that a text is made of (*the, of, we*) come first in every list and tell of no text in
particular; nor do forms of address and thanks (*mr, thank, question*) of a briefing. A list of
content words leaves them out, and numbers, in figures or in words. Which words these are is a
choice: here lists of ours (`LISTS`), named in the result. Frequent is not typical: a word that
everybody says often is in everybody's list. What one side says more is `briefing.keyness`.
"""

from __future__ import annotations

from collections.abc import Collection
from itertools import compress, pairwise

import numpy as np
import pandas as pd

from briefing.keywords.units import cells
from briefing.languages import language_in
from briefing.lexicons import lexicon, need_english
from briefing.tables import TOKENS, BriefingError
from briefing.words.boundaries import fold
from briefing.words.groups import Ints, kind_of_text, number_words
from briefing.words.rates import groups_of, rates

LISTS = ("function-words", "question-formula-words", "number-words", "ordinals")
LEVEL = 0.95
OURS = "function words, words of address and thanks, and numbers, by our English lists"


def common_words(
    tokens: pd.DataFrame,
    *,
    by: str = "role",
    n_first: int = 15,
    min_count: int = 3,
    leave_out: Collection[str] | None = None,
) -> pd.DataFrame:
    """List the commonest content words of each role, speaker or briefing, with their rates.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.
    by : str
        The column whose values have a list each: role, speaker, briefing_id or any other.
    n_first : int
        How many words a list has at most.
    min_count : int
        Words that a group says less often than this are not in its list.
    leave_out : collection of str, optional
        The words that are no content words; `[]` to keep all. Without it our English lists
        `LISTS`. Words without a letter (figures) are left out in any case.

    Returns
    -------
    DataFrame
        One row per group and word, the group with most words first, then the commonest word
        first, ties by alphabet: `by` (by speaker also `named`: false for *unnamed journalists*
        and the like, who are several people), `token` (folded), `n`; `n_words`: all running
        words of the group, function words too; `per_1000`: n / n_words * 1000, with the
        interval `low, high` of `briefing.words.rates`, and `interval, why`: which it is, or why
        there is none; `n_turns`: turns of the group that have the word. `.attrs`: `by, n_first,
        min_count, level`; `without`: the words left out, described; `left_out`: each group without
        a row, and why; `text_status, part, language`.

    Raises
    ------
    BriefingError
        No tokens table or an empty one, no column `by`, `n_first` or `min_count` below 1, a text
        that is known not to be English and no `leave_out`.

    Notes
    -----
    Words are in a list because they are frequent here, and the interval knows nothing of that
    choice: of another day, expect somewhat lower rates for those at the top. Not for comparing
    groups word by word (`keyness`), not for topics (one topic has many words, and *bank* is in
    several), and a word with many hits in one turn is that turn's: read `n_turns`.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse(
    ...     "MS. MARLOW: The quay is old. The quay is closed. A new quay opens in May 2031.\\n"
    ...     "Q: Which quay? The old one?")
    >>> words = common_words(talk.tokens, min_count=1, n_first=2)
    >>> words[["role", "token", "n", "n_words", "per_1000", "n_turns"]].round(1)
             role   token  n  n_words  per_1000  n_turns
    0    official    quay  3       15     200.0        1
    1    official  closed  1       15      66.7        1
    2  journalist     old  1        5     200.0        1
    3  journalist    quay  1        5     200.0        1
    """
    TOKENS.check(tokens, "briefing_id", "turn_id", "token", by)
    for name, least in (("n_first", n_first), ("min_count", min_count)):
        if least < 1:
            raise BriefingError(f"{name}={least}: give 1 or more.")
    without, said = _without(tokens, leave_out)
    row, word, words = _content(tokens, without, min_count)
    row, word, words = _foremost(tokens, row, word, words, by, n_first)
    table = rates(tokens, row, word, words, by=by, level=LEVEL)
    table = table.rename(columns={"category": "token", "n_hits": "n"})
    table["n_turns"] = table["n_turns_hit"]
    kept = table[table["n"] >= min_count]
    order = ["n_words", "group", "n", "token"]
    group = table[by].astype("object").fillna("").factorize()[0]
    kept = kept.assign(group=group[kept.index]).sort_values(
        order, ascending=[False, True, False, True]
    )
    result = kept.groupby("group", sort=False).head(n_first).reset_index(drop=True)
    named = ["named"] if "named" in table else []
    columns = [by, *named, "token", "n", "n_words", "per_1000", "low", "high", "interval", "why"]
    result = result[[*columns, "n_turns"]]
    result.attrs = kind_of_text(tokens) | {
        "made_by": "common_words",
        "by": by,
        "n_first": n_first,
        "min_count": min_count,
        "level": LEVEL,
        "without": said,
        "left_out": _left_out(tokens, table, by, min_count),
    }
    return result


def _without(tokens: pd.DataFrame, leave_out: Collection[str] | None) -> tuple[set[str], str]:
    """The words that are no content words, and how to call them."""
    if leave_out is None:
        need_english(language_in(tokens), "common_words without leave_out=")
        listed = {entry.partition(" = ")[0] for name in LISTS for entry in lexicon(name)}
        return listed, OURS
    if isinstance(leave_out, str):
        raise BriefingError(f"leave_out={leave_out!r}: give a list of words, not one text.")
    listed = {fold(word) for word in leave_out}
    return listed, f"{len(listed)} words of a list of the reader's own" if listed else "no word"


def _content(
    tokens: pd.DataFrame, without: set[str], min_count: int
) -> tuple[Ints, Ints, list[str]]:
    """The rows that hold a content word said often enough by all, its number, and all words."""
    words = number_words([tokens["token"]], min_count=min_count)
    number, names = words.numbers[0][words.codes[0]], words.words.tolist()
    content = [any(map(str.isalpha, name)) and not _among(name, without) for name in names]
    row = np.flatnonzero(np.array([*content, False])[number])
    return row, number[row], names


def _foremost(
    tokens: pd.DataFrame, row: Ints, word: Ints, words: list[str], by: str, n_first: int
) -> tuple[Ints, Ints, list[str]]:
    """The rows of those words only that are among the `n_first` of a group, ties too.

    Rates look at every turn with every word, which is much for all words of many briefings.
    """
    if tokens.empty:
        return row, word, words
    group, groups = groups_of(tokens, by)
    one = np.ones(len(row), np.int32)
    counts = cells(word, group[row].astype(np.int32), one, (len(words), len(groups))).tocsc()
    foremost = np.zeros(len(words), bool)
    for begin, end in pairwise(counts.indptr):
        n = counts.data[begin:end]
        if len(n):
            least = np.sort(n)[-n_first:][0]
            foremost[counts.indices[begin:end][n >= least]] = True
    number, kept = np.cumsum(foremost) - 1, foremost[word]
    return row[kept], number[word[kept]], [*compress(words, foremost)]


def _among(word: str, listed: set[str]) -> bool:
    """Whether the list has the word, or what it is a short form of: *it's, don't*, *one's*."""
    return word in listed or word.partition("'")[0] in listed or word.removesuffix("n't") in listed


def _left_out(tokens: pd.DataFrame, table: pd.DataFrame, by: str, least: int) -> dict[str, str]:
    why = f"no content word said {least} times or more"
    if table.empty:
        return {str(group): why for group in tokens[by].drop_duplicates()}
    most = table.groupby(by, sort=False, dropna=False, observed=True)["n"].max()
    return {str(group): why for group, n in most.items() if n < least}
