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

from collections.abc import Iterator

import numpy as np
import pandas as pd

from briefing.association import g2_together, log_dice
from briefing.counting import kind_of_text
from briefing.numbering import Ints, number_words, tally
from briefing.patterns import following
from briefing.places import in_order
from briefing.tables import TOKENS, BriefingError

BLOCK = 1 << 22  # pairs that are sorted at a time


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
    number, size = words.numbers[0][words.codes[0]], len(words.words)
    pair = following(ordered)[1:]
    first, second = np.where(pair, number[:-1], -1), number[1:]
    starts, ends = tally(first, size + 1), tally(np.where(pair, second, -1), size + 1)
    found = _pairs(first, second, starts[:-1], min_count)
    begin, end, n = map(np.concatenate, zip(*found, strict=True))
    table = _scored(words.words.to_numpy(object), begin, end, n, starts, ends)
    about = {"min_count": min_count, "n_pairs": int(pair.sum()), "n_words": len(tokens)}
    table.attrs = kind_of_text(tokens) | about
    return table


def _pairs(
    first: Ints, second: Ints, starts: Ints, least: int
) -> Iterator[tuple[Ints, Ints, Ints]]:
    """Pairs of words and how often each is there, for a block of first words at a time.

    `starts` says how many pairs begin with each; a first number below 0 begins none, and a
    number beyond them is no word.
    """
    yield (np.zeros(0, np.int64),) * 3
    size = len(starts)
    block = np.cumsum(starts) // BLOCK, np.arange(size) * size >> 31  # keys fit into 32 bits
    edges = np.flatnonzero(sum(np.diff(of, prepend=-1, append=-1) != 0 for of in block))
    for low, high in zip(edges[:-1], edges[1:], strict=True):
        here = np.flatnonzero((first >= low) & (first < high) & (second < size))
        key = (first.take(here) - low).astype(np.uint32) * np.uint32(size)
        key += second.take(here).astype(np.uint32)
        key.sort()
        at = np.flatnonzero(np.append(True, key[1:] != key[:-1])[: len(key)])
        n = np.diff(at, append=len(key))
        often = n >= least
        begin, end = np.divmod(key[at[often]].astype(np.int64), size)
        yield begin + low, end, n[often]


def _scored(
    words: Ints, first: Ints, second: Ints, n: Ints, starts: Ints, ends: Ints
) -> pd.DataFrame:
    """The table; words are numbered by the alphabet, which decides between equals."""
    n_first, n_second, n_pairs = starts[first], ends[second], starts.sum()
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
    order = np.lexsort((second, first, -n, -signed))
    return table.take(order).reset_index(drop=True)
