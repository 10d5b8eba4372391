"""How evenly counts are spread over parts, and places over a text: numbers in, numbers out.

A part has a size, its number of words, and a count, how often the word is in it. Direction: dp
and dp_norm are **0 where the word is even**; some programs print 1 minus these.

References
----------
Gries, S. (2008). Dispersions and adjusted frequencies in corpora.
Keniston, H. (1920). Common words in Spanish.
Lijffijt, J. and Gries, S. (2012). Correction to "Dispersions and adjusted frequencies".
Savicky, P. and Hlavacova, J. (2002). Measures of word commonness.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from briefing.tables import BriefingError
from briefing.words.search import Ints

Floats = npt.NDArray[np.float64]


def parts_with(counts: npt.ArrayLike, sizes: npt.ArrayLike) -> int:
    """Range: how many parts of `sizes` words hold a word that is in them `counts` times."""
    return int(np.count_nonzero(_checked(counts, sizes)[0]))


def dp(counts: npt.ArrayLike, sizes: npt.ArrayLike) -> float:
    """Deviation of proportions (Gries 2008), 0 even; NaN for no occurrence or one part.

    >>> round(dp([1, 2, 3, 4, 5], [9, 10, 10, 10, 11]), 2)
    0.18
    """
    v, s = _checked(counts, sizes)
    if v.sum() == 0 or len(s) < 2:
        return float("nan")
    return float(np.abs(v / v.sum() - s / s.sum()).sum() / 2)


def dp_norm(counts: npt.ArrayLike, sizes: npt.ArrayLike) -> float:
    """`dp` over its maximum, 1 less the share of the smallest part (Lijffijt and Gries 2012).

    The smallest of all parts, also of those without the word; parts without words are none.

    >>> round(dp_norm([2, 1, 0], [1, 1, 1]), 2)
    0.5
    """
    _, s = _checked(counts, sizes)
    return dp(counts, sizes) / float(1 - s.min() / s.sum()) if len(s) > 1 else float("nan")


def arf(positions: npt.ArrayLike, n: int) -> float:
    """Average reduced frequency of a word at `positions` (from 0) in a text of `n` words.

    sum min(d, v) / v, with `d` the distances from one occurrence to the next, from the last
    round to the first, and v = n / occurrences. From 1, all in one place, to the number of
    occurrences, all equally far apart; NaN for none (Savicky and Hlavacova 2002).

    >>> arf([0, 5], 10), arf([0, 1], 10)
    (2.0, 1.2)
    """
    at = np.sort(np.asarray(positions, np.int64))
    if len(at) and not (0 <= at[0] and at[-1] < n and (np.diff(at) > 0).all()):
        raise BriefingError(f"positions must differ and lie from 0 to n - 1; got {n=}.")
    return float(arf_each(np.zeros(len(at), np.int64), at, n, 1)[0])


def arf_each(word: Ints, row: Ints, n: int, n_words: int) -> Floats:
    """ARF of each of `n_words` words; `word` says which one stands in each `row` of `n`.

    As `arf`, for a whole vocabulary at once; the pairs may come in any order.
    """
    order = np.lexsort((row, word))
    word, row = word[order], row[order]
    f = np.bincount(word, minlength=n_words)
    last = np.cumsum(f) - 1
    first = last - f + 1
    following = np.append(row[1:], 0)
    following[last[f > 0]] = row[first[f > 0]] + n
    with np.errstate(divide="ignore", invalid="ignore"):
        v = n / f
        distance = np.minimum(following - row, v[word])
        return np.bincount(word, distance, minlength=n_words) / v * np.where(f > 0, 1, np.nan)


def _checked(counts: npt.ArrayLike, sizes: npt.ArrayLike) -> tuple[Floats, Floats]:
    """Counts and sizes of the parts that have words."""
    v, s = np.asarray(counts, np.float64), np.asarray(sizes, np.float64)
    if v.ndim != 1 or v.shape != s.shape:
        raise BriefingError(f"give one count for each size; got {v.size} and {s.size}.")
    if not ((v >= 0) & (s >= 0) & ((s > 0) | (v == 0))).all():
        raise BriefingError("a count or size is below 0, or counts a word where no words are.")
    return v[s > 0], s[s > 0]
