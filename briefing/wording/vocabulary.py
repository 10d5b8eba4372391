"""How rich the vocabulary is, where there are words enough to say.

The share of different words (TTR, types over tokens) falls as a text grows, because words come
back: two speakers of unequal length can never be compared by it. Three measures are made to stand
that, and none of them alone is enough (McCarthy & Jarvis 2010):

* *MATTR*: the mean TTR of every stretch of `window` words (Covington & McFall 2010). The headline:
  "of 100 words in a row, 68 are different".
* *MTLD*: how many words in a row keep their TTR at .72 or above (McCarthy & Jarvis 2010). A
  *factor* closes where the TTR falls below .72, with no least length, and what is left over counts
  as part of a factor; the mean of reading forward and backward. Programs that close at .72 itself,
  or want ten words in a factor, give other numbers.
* *HD-D*: how many different words 42 words drawn at random would have (McCarthy & Jarvis 2007);
  divided by 42 it is on the scale of TTR.

MATTR and MTLD read the words in their order, so turns must stand in theirs.

References
----------
Covington, M. and McFall, J. (2010). Cutting the Gordian knot: the moving-average type-token ratio.
McCarthy, P. and Jarvis, S. (2007). vocd: a theoretical and empirical evaluation.
McCarthy, P. and Jarvis, S. (2010). MTLD, vocd-D, and HD-D. Behavior Research Methods 42, 381-392.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import TOKENS, BriefingError
from briefing.words.groups import PLACE, WHO, grouped, kind_of_text, name_unnamed

Ids = npt.NDArray[np.integer[Any]]
Words = Sequence[Any] | npt.NDArray[Any] | pd.Series

MIN_WORDS = 200  # fewer say too little of a vocabulary: a judgement, as methods go, not a test
WINDOW = 100
FACTOR = 0.72
SAMPLE = 42
RULE = "a factor closes where TTR < .72, no least length; mean of forward and backward"


def vocabulary(tokens: pd.DataFrame, *, by: str = "speaker", window: int = WINDOW) -> pd.DataFrame:
    """Return how rich each speaker's vocabulary is, by three measures and only from 200 words on.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table; `briefing_id, turn_id, position, token` and `by` are needed.
    by : str
        The column whose values are compared: speaker, role, briefing_id or any other.
    window : int
        The stretch, in words, that MATTR moves along.

    Returns
    -------
    DataFrame
        One row per value of `by`, most words first: `by`, `n_turns`, `n_words`, `n_types`, `ttr`
        (never to compare rows of unequal `n_words`), `mattr` (0 to 1), `mtld` (words), `hdd`
        (different words among 42 drawn; over 42 it is the ATTR scale) and `why`: empty, or why
        the three are missing. By speaker, also `named`: an unnamed row is several people, so it
        has counts and no score. Rows by role or briefing are several people too, and describe
        their words together.
        `.attrs`: `by`, `window`, `min_words`, `hdd_sample`, `mtld_rule`, and the kind of text.

    Raises
    ------
    BriefingError
        A missing column, or a window that is no whole number from 2 on.

    Notes
    -----
    MATTR: Covington & McFall (2010); MTLD and HD-D: McCarthy & Jarvis (2007, 2010), whose
    factor rule is in `.attrs`.

    No interval: drawing turns again draws some of them twice, and their repeated words push all
    three measures down, so that it would lie beside the value. Not a measure of skill or of
    quality: topic, prepared statements, translation and the transcriber's spelling all move it.
    Word forms are counted as folded: *policy* and *policies* are two.

    Examples
    --------
    >>> from briefing import tokenize
    >>> told = "one day we count every word that we say and then we count again " * 20
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "text": [told, "Thanks."]})
    >>> rich = vocabulary(tokenize(turns))
    >>> rich[["speaker", "n_words", "n_types", "mattr"]]
          speaker  n_words  n_types  mattr
    0  Ida Marlow      280       11   0.11
    1   Jo Petrel        1        1    NaN
    >>> rich["why"][1]
    'fewer than 200 words'
    """
    TOKENS.check(tokens, *PLACE, "position", "token", by)
    if isinstance(window, bool) or not isinstance(window, int | np.integer) or window < 2:
        raise BriefingError(f"window={window!r} is no stretch of words; give 2 or more, as in 100.")
    table = tokens.sort_values([*PLACE, "position"], kind="stable", ignore_index=True)
    groups, group = _groups(table, by)
    rows = [_score(words, int(window)) for words in _words_of(table["token"], group, len(groups))]
    scores = pd.DataFrame(rows, columns=[*COLUMNS, "why"])
    result = groups.assign(n_turns=_n_turns(table, group, len(groups)), **scores)
    if "named" in result:
        result.loc[~result["named"], SCORES] = np.nan
        result.loc[~result["named"], "why"] = "nobody named: the words of several people"
    result = result.sort_values("n_words", ascending=False, kind="stable", ignore_index=True)
    result.attrs = kind_of_text(tokens) | _rules(by, int(window))
    return result


SCORES = ["mattr", "mtld", "hdd"]
COLUMNS = ["n_words", "n_types", "ttr", *SCORES]


def _rules(by: str, window: int) -> dict[str, Any]:
    rules = {"by": by, "window": window, "min_words": MIN_WORDS}
    return rules | {"hdd_sample": SAMPLE, "mtld_rule": RULE}


def _groups(table: pd.DataFrame, by: str) -> tuple[pd.DataFrame, Ids]:
    """The values of `by`, in order of appearance, and of each token the number of its value."""
    keys = ["speaker", "role"] if by == "speaker" else [by]
    if by == "speaker" and "role" not in table:
        table = table.assign(role="unknown")
    number = grouped(table, keys).ngroup().to_numpy()
    kinds = table[keys].drop_duplicates(ignore_index=True)
    if by != "speaker":
        return kinds, number
    named = name_unnamed(kinds)
    groups = named[WHO].drop_duplicates(ignore_index=True)
    return groups, grouped(named, WHO).ngroup().to_numpy()[number]


def _words_of(tokens: pd.Series, group: Ids, n_groups: int) -> list[Ids]:
    """The words of each group in their order, as numbers."""
    order = np.argsort(group, kind="stable")
    ends = np.cumsum(np.bincount(group, minlength=n_groups))
    return np.split(_ids(tokens)[order], ends[:-1]) if n_groups else []


def _n_turns(table: pd.DataFrame, group: Ids, n_groups: int) -> Ids:
    turn = grouped(table, PLACE).ngroup().to_numpy()
    pairs = pd.DataFrame({"group": group, "turn": turn}).drop_duplicates()
    return np.bincount(pairs["group"], minlength=n_groups)


def _score(words: Ids, window: int) -> tuple[Any, ...]:
    counts = (len(words), len(np.unique(words)), ttr(words))
    if len(words) < MIN_WORDS:
        return *counts, np.nan, np.nan, np.nan, f"fewer than {MIN_WORDS} words"
    moving = mattr(words, window) if window <= len(words) else np.nan
    why = "" if window <= len(words) else f"no MATTR: fewer words than the window of {window}"
    return *counts, moving, mtld(words), hdd(words), why


def ttr(tokens: Words) -> float:
    """Types over tokens; NaN for no words. It falls with length: see the module."""
    ids = _ids(tokens)
    return len(np.unique(ids)) / len(ids) if len(ids) else float("nan")


def mattr(tokens: Words, window: int = WINDOW) -> float:
    """Mean TTR of all stretches of `window` words; the plain TTR where there are fewer words.

    A word is the first of its type in the stretches that begin after the one before it.
    """
    ids = _ids(tokens)
    if len(ids) <= window:
        return ttr(ids)
    here = np.arange(len(ids))
    last_start = np.minimum(here, len(ids) - window)
    first_start = np.maximum(_previous(ids) + 1, here - window + 1)
    n_first = np.maximum(last_start - first_start + 1, 0).sum()
    return float(n_first / (window * (len(ids) - window + 1)))


def hdd(tokens: Words) -> float:
    """How many types 42 words drawn at random would have; NaN for fewer than 42 words."""
    from scipy.stats import hypergeom

    ids = _ids(tokens)
    if len(ids) < SAMPLE:
        return float("nan")
    often, types = np.unique(np.unique(ids, return_counts=True)[1], return_counts=True)
    seen = 1 - hypergeom.pmf(0, len(ids), often, SAMPLE)
    return float((types * seen).sum())


def mtld(tokens: Words) -> float:
    """Mean length of the stretches that keep TTR at .72, forward and backward.

    NaN for no words, and where no word comes twice: no factor ever begins to close.
    """
    ids = _ids(tokens)
    if len(ids) == len(np.unique(ids)):
        return float("nan")
    return float(np.mean([len(ids) / mtld_factors(way) for way in (ids, ids[::-1])]))


def mtld_factors(tokens: Words) -> float:
    """How many factors close when the words are read once, the last one in part."""
    ids = _ids(tokens).tolist()
    factors, n_words, types = 0.0, 0, set[int]()
    for word in ids:
        n_words += 1
        types.add(word)
        if len(types) / n_words < FACTOR:
            factors, n_words, types = factors + 1, 0, set()
    left = (1 - len(types) / n_words) / (1 - FACTOR) if n_words else 0.0
    return factors + left


def _ids(tokens: Words) -> Ids:
    """Words as numbers, equal words equal numbers."""
    if isinstance(tokens, pd.Series) and isinstance(tokens.dtype, pd.CategoricalDtype):
        return tokens.cat.codes.to_numpy(np.int64)
    if isinstance(tokens, np.ndarray) and tokens.dtype == np.int64:
        return tokens
    return pd.factorize(np.asarray(tokens, dtype=object))[0].astype(np.int64)


def _previous(ids: Ids) -> Ids:
    """Where the same word stood last, -1 where it is new."""
    order = np.argsort(ids, kind="stable")
    before = np.full(len(ids), -1)
    same = ids[order[1:]] == ids[order[:-1]]
    before[order[1:][same]] = order[:-1][same]
    return before
