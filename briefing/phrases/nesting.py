"""Candidate phrases in a text, from the longest down, so that each word counts for one.

Each occurrence of *world internet conference* holds one of *internet conference*. A part is a
phrase where it stands often enough by itself, outside any longer phrase that is listed: the
nesting of Frantzi's C-value, without its score.

How firmly a phrase holds together is measured where it holds least. It is cut in two at each
place between its words, the halves are taken for two words that meet or do not, and the lowest
association counts; da Silva and Lopes (1999) cut in the same way and average.

Frantzi, K., Ananiadou, S. and Mima, H. (2000). Automatic recognition of multi-word terms: the
C-value/NC-value method.
da Silva, J. and Lopes, G. (1999). A local maxima method and a fair dispersion normalization for
extracting multi-word units from corpora.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.inflection import words_of_forms
from briefing.words.rates import g2_together, log_dice
from briefing.words.search import (
    NOTHING,
    Flags,
    Ints,
    Level,
    Words,
    codes,
    content_words,
    has_letter,
    repeated,
    unbroken,
)

Numbers = npt.NDArray[Any]
ARTICLES = ("a", "an", "the")


def find_phrases(
    tokens: pd.DataFrame, *, min_count: int, max_words: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """Every occurrence of every phrase that stands alone `min_count` times; and the phrases.

    Of an occurrence: the number of its `phrase`, the `first` and the `last` row in tokens, and
    whether it stands `alone`, in no longer phrase. Of a phrase: `n_words`, articles not
    counted, and the lowest `log_dice` and `g2` of its cuts.
    """
    code, words = codes(tokens)
    content = content_words(words)
    row = np.flatnonzero(~np.isin(words, ARTICLES)[code])
    code = code[row]
    breaks = (~unbroken(tokens)).cumsum()[row]
    follows = np.append(False, breaks[1:] == breaks[:-1])[: len(row)]
    stem = _stems(words, content)[code]
    levels = [*repeated(stem, follows, least=min_count, longest=max_words)]
    begins, ends = (content & has_letter(words))[code], content[code]
    hits, phrases, n_phrases = [], [], 0
    for level, alone in _listed(levels, begins, ends, min_count):
        first, last = row[level.places], row[level.places + level.n_words - 1]
        number = level.string + n_phrases
        hits.append({"phrase": number, "first": first, "last": last, "alone": alone})
        phrases.append(_weakest_cut(levels, level, len(row)))
        n_phrases += len(level.count)
    return _joined(hits), _joined(phrases)


def _stems(words: Words, content: Flags) -> Ints:
    """Of each word the number of the word whose form it is; a function word is its own."""
    of = words_of_forms(words.tolist())
    return np.where(content & content[of], of, np.arange(len(words)))


def _listed(
    levels: list[Level], begins: Flags, ends: Flags, min_count: int
) -> Iterator[tuple[Level, Flags]]:
    """The phrases of each length, the longest first, and which of their places stand alone."""
    yield NOTHING, np.empty(0, bool)
    reach = np.zeros(len(begins), np.int64)  # up to where a phrase goes that began here or before
    for level in reversed(levels[1:]):
        stop = level.places + level.n_words
        phrase_like = begins[level.places] & ends[stop - 1]
        alone = stop > reach[level.places]
        n_alone = np.bincount(level.string[phrase_like & alone], minlength=len(level.count))
        listed = phrase_like & (n_alone[level.string] >= min_count)
        yield level.take(listed), alone[listed]
        reach[level.places[listed]] = np.maximum(reach[level.places], stop)[listed]
        reach = np.maximum.accumulate(reach)


def _weakest_cut(levels: list[Level], phrases: Level, n: int) -> dict[str, Numbers]:
    """The lowest association of any two parts of each phrase; `n` words are in the text.

    g2 is missing where the parts are so frequent that the four cells do not hold them, as in
    a text that is little else than one phrase.
    """
    o, at = phrases.count, phrases.first
    dice, g2 = np.full(len(o), np.inf), np.full(len(o), np.inf)
    for n_left in range(1, phrases.n_words):
        left, right = levels[n_left - 1], levels[phrases.n_words - n_left - 1]
        f1 = left.count[left.strings_at(at)]
        f2 = right.count[right.strings_at(at + n_left)]
        dice = np.minimum(dice, log_dice(o, f1, f2))
        fits = (f1 < n) & (f1 + f2 - o <= n)
        g2[fits] = np.minimum(g2[fits], g2_together(o[fits], f1[fits], f2[fits], n))
        g2[~fits] = np.nan
    return {"n_words": np.full(len(o), phrases.n_words), "log_dice": dice, "g2": g2}


def _joined(parts: list[dict[str, Numbers]]) -> pd.DataFrame:
    return pd.DataFrame({c: np.concatenate([part[c] for part in parts]) for c in parts[0]})
