"""How evenly a word is spread over a text.

How evenly counts are spread over parts, and places over a text: numbers in, numbers out.

A part has a size, its number of words, and a count, how often the word is in it. Direction: dp
and dp_norm are **0 where the word is even**; some programs print 1 minus these.

References
----------
Gries, S. (2008). Dispersions and adjusted frequencies in corpora.
Keniston, H. (1920). Common words in Spanish.
Lijffijt, J. and Gries, S. (2012). Correction to "Dispersions and adjusted frequencies".
Savicky, P. and Hlavacova, J. (2002). Measures of word commonness.

How evenly a word is spread: all through the text, or in one place.

A word said twenty times in one answer and a word said once in each of twenty are equally
frequent and not alike. Cut the text into parts and compare: `range` is the number of parts that
hold the word; `dp` is half the sum of what its share in each part is more or less than that
part's share of all words. **0 is even**; `dp_norm` is `dp` over the highest value it can have
with these parts, so that 1 is all in the smallest. ARF needs no parts: it is the frequency, less
what comes in clusters, so that `arf` close to `n` is even.

All of them go with frequency: three occurrences cannot be even over sixteen parts. So compare
words of like frequency, and read `n` and `n_parts` beside each value. Under 5 occurrences or 3
parts `dp` says nothing, and none is given.

References
----------
Gries, S. (2008). Dispersions and adjusted frequencies in corpora.
Lijffijt, J. and Gries, S. (2012). Correction to "Dispersions and adjusted frequencies".
Savicky, P. and Hlavacova, J. (2002). Measures of word commonness.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import TOKENS, BriefingError
from briefing.words.groups import By, finish, groups_of, in_order, number_words
from briefing.words.search import Ints, find, turn_numbers

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


BLOCK_WORDS = 250
MIN_COUNT, MIN_PARTS = 5, 3  # below these dp and dp_norm are not given
FEW_WORDS = f"fewer than {MIN_COUNT} occurrences"
FEW_PARTS = f"fewer than {MIN_PARTS} parts"


def dispersion(
    tokens: pd.DataFrame,
    words: Sequence[str] | str | None = None,
    *,
    by: By = "block",
    block_words: int = BLOCK_WORDS,
    min_count: int = MIN_COUNT,
) -> pd.DataFrame:
    """Say how evenly words are spread over blocks of a briefing, or over briefings.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table; `sentence_id` is needed for phrases alone.
    words : list of str, optional
        Words or phrases, `*` for any letters and `?` for one. Without it, all words that
        occur `min_count` times or more.
    by : str or list of str
        *block*: parts of equal size, none of them in two briefings; *turn*, for turns that
        nobody assigned: who is asked about ships says *ship*, so that in a briefing a low value
        by turn tells of the question; or any columns: briefing_id, speaker, role, date.
    block_words : int
        About how many words a block has. A briefing of n words has n / block_words blocks,
        rounded and at least one, which differ by one word at most.
    min_count : int
        For `words` not given.

    Returns
    -------
    DataFrame
        One row per word, most frequent first, or in the order of `words`: `token`, the word
        or pattern; `n` occurrences; `range`: parts that hold it, and `n_parts` there are;
        `share_range`: range / n_parts; `dp`, `dp_norm`: 0 even, towards 1 in one place; `why`
        they are missing, otherwise empty; `arf`: average reduced frequency, from 1 to `n`,
        over all tokens in order as a ring, parts apart; NaN where `n` is 0.
        `.attrs`: `by, block_words` (None unless by block), `min_count` (None with `words`),
        `direction`, `n_parts, min_part_words, max_part_words, n_words`; `text_status, part,
        language`.

    Raises
    ------
    BriefingError
        Columns missing, a pattern that can match no word, a size below 1.

    Notes
    -----
    `dp = sum(|v / n - s|) / 2` over parts with `v` occurrences and the share `s` of all words;
    dp_norm = dp / (1 - smallest s). A phrase lies in the part of its first word. Not for
    words of unlike frequency, nor for texts cut into unlike numbers of parts; no test, and
    no claim about briefings other than these.

    Examples
    --------
    >>> import briefing
    >>> said = "We fish. We sail. We row. " * 5 + "Quay! " * 5
    >>> talk = briefing.parse(f"Q: What do you do?\\n\\nMS. MARLOW: {said}")
    >>> answer = talk.tokens.query("turn_id == 2")
    >>> spread = dispersion(answer, ["we", "quay", "row"], block_words=7)
    >>> spread[["token", "n", "range", "n_parts", "dp", "dp_norm", "arf"]].round(2)
      token   n  range  n_parts    dp  dp_norm    arf
    0    we  15      5        5  0.13     0.17  13.00
    1  quay   5      1        5  0.80     1.00   1.57
    2   row   5      5        5  0.00     0.00   4.43
    """
    TOKENS.check(tokens, "briefing_id", "turn_id", "position", "token")
    _check(block_words, min_count)
    ordered = in_order(tokens)
    part = _parts(ordered, by, block_words)
    sizes = np.bincount(part)
    if words is None:
        names, word, row = _frequent(ordered, min_count)
    else:
        names = [words] if isinstance(words, str) else list(words)
        hits = find(ordered, names)
        word, row = hits.pattern, hits.first
    result = _spread(names, word, row, part, sizes)
    if words is None:
        result = result.sort_values(["n", "token"], ascending=[False, True], ignore_index=True)
    return finish(
        result,
        tokens,
        made_by="dispersion",
        by=by,
        block_words=block_words if by == "block" else None,
        min_count=min_count if words is None else None,
        direction="0 = even",
        n_parts=len(sizes),
        min_part_words=int(sizes.min(initial=len(tokens))),
        max_part_words=int(sizes.max(initial=0)),
        n_words=len(tokens),
    )


def _spread(names: list[str], word: Ints, row: Ints, part: Ints, sizes: Ints) -> pd.DataFrame:
    """The table; only parts that hold a word are looked at, so that long texts are no burden."""
    k, total = len(sizes), len(part)
    n = np.bincount(word, minlength=len(names))
    cell, v = np.unique(word * k + part[row], return_counts=True)
    of, s = cell // max(k, 1), sizes[cell % max(k, 1)] / max(total, 1)
    over = np.maximum(v / n[of] - s, 0)  # as much as all parts together are under
    values = np.bincount(of, over, minlength=len(names))
    why = np.where(n < MIN_COUNT, FEW_WORDS, "" if k >= MIN_PARTS else FEW_PARTS)
    deviation = np.where(why == "", values, np.nan)
    held = np.bincount(of, minlength=len(names))
    return pd.DataFrame(
        {
            "token": pd.Series(names, dtype="str"),
            "n": n,
            "range": held,
            "n_parts": k,
            "share_range": held / k if k else np.nan,
            "dp": deviation,
            "dp_norm": deviation / (1 - sizes.min(initial=total) / total) if k > 1 else np.nan,
            "why": pd.Series(why, dtype="str"),
            "arf": arf_each(word, row, total, len(names)),
        }
    )


def _frequent(tokens: pd.DataFrame, min_count: int) -> tuple[list[str], Ints, Ints]:
    """The words with `min_count` occurrences or more; of each occurrence which one, and where."""
    words = number_words([tokens["token"]], min_count=min_count)
    number = words.numbers[0][words.codes[0]]
    row = np.flatnonzero(number < len(words.words))
    return words.words.tolist(), number[row], row


def _parts(tokens: pd.DataFrame, by: By, block_words: int) -> Ints:
    """Of each token the number of its part."""
    if by == "turn":
        return turn_numbers(tokens)
    if by != "block":
        return groups_of(tokens, by)[0]
    briefing = groups_of(tokens, "briefing_id")[0]
    n = np.bincount(briefing)
    blocks = np.maximum(np.rint(n / block_words).astype(np.int64), 1)
    within = np.arange(len(briefing)) - (n.cumsum() - n)[briefing]
    return (blocks.cumsum() - blocks)[briefing] + within * blocks[briefing] // n[briefing]


def _check(block_words: int, min_count: int) -> None:
    for name, least in (("block_words", block_words), ("min_count", min_count)):
        if least < 1:
            raise BriefingError(f"{name}={least}: give 1 or more.")
