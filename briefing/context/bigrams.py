"""Pairs of words that follow one another, ranked by how far that is from chance.

Each two adjacent words of a turn are a pair. Taken together, the pairs make a table of four
cells for each two words: the first begins the pair or not, the second ends it or not (Evert
2008). `g2` is Dunning's log-likelihood over these cells.

References
----------
Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
Evert, S. (2008). Corpora and collocations.
Rychly, P. (2008). A lexicographer-friendly association score.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import numpy as np
import pandas as pd

from briefing.tables import TOKENS, BriefingError
from briefing.words.groups import Ints, in_order, kind_of_text, number_words
from briefing.words.rates import g2_together, log_dice
from briefing.words.search import Flags, following

BLOCK, STRETCH = 1 << 22, 1 << 20  # pairs that are sorted, and words looked at, at a time


def bigrams(tokens: pd.DataFrame, *, min_count: int = 5) -> pd.DataFrame:
    """Rank the pairs of adjacent words by log-likelihood.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.
    min_count : int
        Leave out pairs that are there less often.

    Returns
    -------
    DataFrame
        One row per pair, highest `g2` first, pairs rarer than by chance last: `first, second`,
        the words; `n`: how often the second follows the first; `n_first, n_second`: pairs that
        begin with the one, and that end with the other; `expected`: n_first * n_second /
        n_pairs, what `n` would be by chance; `log_dice`: 14 + log2(2n / (n_first + n_second));
        `g2`: log-likelihood of the four cells, not signed.
        `.attrs`: `min_count`; `n_pairs`, all of them; `n_words`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        Not a tokens table, `min_count` below 1.

    Notes
    -----
    g2 = 2 sum O ln(O/E) over the table [[n, n_first - n], [n_second - n, rest]]; NaN where all
    pairs begin with one word. A pair never crosses a turn, and may cross a sentence. In a
    selection, words with others left out between them are no pair. nltk's
    BigramCollocationFinder takes the counts of words for n_first and n_second, and of all words
    for n_pairs: the same but for the words at the ends of turns.

    Not expressions (`key_phrases` finds those): *of the* is on top because grammar is no
    chance. No test: words are not independent, and a pair said twenty times in one answer
    counts twenty times, so read it in its places (`concordance`). Not for comparing texts by
    g2, which grows with their size.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: The old quay. A new quay.\\nQ: The old quay?")
    >>> bigrams(talk.tokens, min_count=2).round(2)
      first second  n  n_first  n_second  expected  log_dice    g2
    0   the    old  2        2         2      0.57     14.00  8.38
    1   old   quay  2        2         3      0.86     13.68  4.56
    """
    TOKENS.check(tokens, "briefing_id", "turn_id", "position", "token")
    if min_count < 1:
        raise BriefingError(f"min_count={min_count}: give 1 or more.")
    ordered = in_order(tokens)
    words = number_words([ordered["token"]], min_count=min_count)
    code, number, pair = words.codes[0], words.numbers[0], following(ordered)
    begins = np.flatnonzero(~pair)
    starts, ends = (
        words.n - np.bincount(number[code[rows]], minlength=len(words.n) + 1)[:-1]
        for rows in (np.append(begins, len(tokens))[1:] - 1, begins)
    )
    found = _pairs(code, number, pair, starts, min_count)
    table = _scored(words.words.to_numpy(object), *found, starts, ends, len(tokens) - len(begins))
    about = {"min_count": min_count, "n_pairs": len(tokens) - len(begins), "n_words": len(tokens)}
    table.attrs = kind_of_text(tokens) | about
    return table


def _pairs(
    code: Ints, number: Ints, pair: Flags, starts: Ints, least: int
) -> tuple[Ints, Ints, Ints]:
    """First and second words, and how often each pair is there, where it is there often enough.

    `number` is that of the word of each code, `pair` says which rows end a pair, and `starts`
    how many pairs begin with each word; a number beyond them is no word. Pairs are counted in
    threads, since most of it is numpy's sorting; for a range of first words at a time, so that
    a pair is a key of 32 bits.
    """
    size = len(starts)

    def count(low: int, high: int) -> tuple[Ints, Ints, Ints]:
        key, end = np.empty(starts[low:high].sum(), np.uint32), 0
        for at in range(0, len(code) - 1, STRETCH):
            word = number.take(code[at : at + STRETCH + 1])
            within, second = (word[:-1] - low).view(np.uint32), word[1:]
            mine = (within < high - low) & (second < size) & pair[at + 1 : at + STRETCH + 1]
            rows, begun = np.flatnonzero(mine), end
            end += len(rows)
            key[begun:end] = within.take(rows) * np.uint32(size) + second.take(rows).view(np.uint32)
        key = key[:end]
        key.sort()
        new = np.flatnonzero(np.append(True, key[1:] != key[:-1])[:end])
        n = np.diff(new, append=end)
        begin, then = np.divmod(key[new[n >= least]].astype(np.int64), size)
        return begin + low, then, n[n >= least]

    block = np.cumsum(starts) // BLOCK, np.arange(size) * size >> 31
    edges = np.flatnonzero(sum(np.diff(of, prepend=-1, append=-1) != 0 for of in block)).tolist()
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        found = [(np.zeros(0, np.int64),) * 3, *pool.map(count, edges[:-1], edges[1:])]
    first, second, n = map(np.concatenate, zip(*found, strict=True))
    return first, second, n


def _scored(
    words: Any, first: Ints, second: Ints, n: Ints, starts: Ints, ends: Ints, n_pairs: int
) -> pd.DataFrame:
    """The table; pairs come by the alphabet, which decides between equals."""
    n_first, n_second = starts[first], ends[second]
    expected = n_first * n_second / max(n_pairs, 1)
    g2 = g2_together(n, n_first, n_second, n_pairs) if (n_first < n_pairs).all() else np.nan
    table = pd.DataFrame(
        {
            "first": pd.array(words[first], dtype="str"),
            "second": pd.array(words[second], dtype="str"),
            "n": n,
            "n_first": n_first,
            "n_second": n_second,
            "expected": expected,
            "log_dice": log_dice(n, n_first, n_second),
            "g2": g2,
        }
    )
    signed = np.where(n < expected, -table["g2"], table["g2"])
    order = np.lexsort((-n, -signed))  # in order of the words as they came
    return table.take(order).reset_index(drop=True)
