"""How far counts differ, and how strongly words go together: numbers in, numbers out.

Two questions, one kind of table. *Keyness* asks whether a word is more frequent in one text
than in another: `a` times among `n1` words, `b` times among `n2`. *Collocation* asks whether
two words meet more often than their frequencies let expect: `o` times together, `f1` and `f2`
times in all, among `n` words. Every function takes numbers or arrays of equal length.

g2 is Dunning's log-likelihood over all four cells; `g2_rayson` leaves out the cells of the
words that are not the word, as the calculator of Rayson and Garside does. The intervals of the
log ratio are exact, given both counts' sum, and corrected for `m` words tested (Evert 2022).

All of them take every word for an independent draw. Words of one speaker are not, so that g2
serves to rank and to filter, and is no probability.

References
----------
Church, K. and Hanks, P. (1990). Word association norms, mutual information, and lexicography.
Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
Evert, S. (2022). Measuring keyness. Digital Humanities 2022.
Gries, S. (2013). 50-something years of work on collocations.
Hardie, A. (2014). Log Ratio: an informal introduction.
Monroe, B., Colaresi, M. and Quinn, K. (2008). Fightin' words.
Rayson, P. and Garside, R. (2000). Comparing corpora using frequency profiling.
Rychly, P. (2008). A lexicographer-friendly association score.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from briefing.intervals import clopper_pearson
from briefing.tables import BriefingError

Numbers = npt.ArrayLike
Floats = npt.NDArray[np.float64]


def g2(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> Floats:
    """Dunning's log-likelihood, 2 sum O ln(O/E) over the four cells of a word in two texts.

    0 where the rates are equal, never negative; 10.83 is p = .001 for independent draws. NaN
    where both counts are 0: nothing was compared.
    """
    a, b, n1, n2 = _sizes(a, b, n1, n2)
    seen, total = a + b, n1 + n2
    terms = _term(a, n1 * seen / total) + _term(b, n2 * seen / total)
    rest = total - seen
    terms += _term(n1 - a, n1 * rest / total) + _term(n2 - b, n2 * rest / total)
    return np.where(seen > 0, np.maximum(2 * terms, 0.0), np.nan)


def g2_rayson(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> Floats:
    """The two-cell log-likelihood of Rayson and Garside: `g2` without the other words' cells."""
    a, b, n1, n2 = _sizes(a, b, n1, n2)
    seen, total = a + b, n1 + n2
    terms = _term(a, n1 * seen / total) + _term(b, n2 * seen / total)
    return np.where(seen > 0, np.maximum(2 * terms, 0.0), np.nan)


def log_ratio(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, zero: str = "walter") -> Floats:
    """How many doublings lie between two rates: log2 of (a/n1) over (b/n2).

    1 is twice as frequent, -1 half. A count of 0 would make it infinite: `zero="walter"` adds
    half a word to all four numbers, always (Walter 1975, as Evert does); `zero="hardie"` puts
    half a word for a count of 0 and leaves all others as they are. NaN where both are 0.
    """
    a, b, n1, n2 = _sizes(a, b, n1, n2)
    if zero not in ("walter", "hardie"):
        raise BriefingError(f"zero={zero!r} is no way to treat counts of 0: walter or hardie.")
    seen = a + b > 0
    if zero == "walter":
        a, b, n1, n2 = a + 0.5, b + 0.5, n1 + 0.5, n2 + 0.5
    else:
        a, b = np.where(a == 0, 0.5, a), np.where(b == 0, 0.5, b)
    return np.where(seen, np.log2(a / n1) - np.log2(b / n2), np.nan)


def log_ratio_interval(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, level: float = 0.95, m: int = 1
) -> tuple[Floats, Floats]:
    """Exact interval of the log ratio given a + b, corrected for `m` words tested (Bonferroni).

    Clopper and Pearson's interval of a out of a + b, turned into a ratio of rates. Infinite on
    the side where a count is 0; NaN where both are.
    """
    a, b, n1, n2 = _sizes(a, b, n1, n2)
    low, high = clopper_pearson(a, a + b, level=1 - (1 - level) / m)
    with np.errstate(divide="ignore"):
        ends = [np.log2(p) - np.log2(1 - p) + np.log2(n2 / n1) for p in (low, high)]
    return ends[0], ends[1]


def lrc(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, level: float = 0.95, m: int = 1
) -> Floats:
    """The end of the log ratio's interval that is nearest to 0, and 0 where it holds 0.

    The difference that remains on the safe side (Evert 2022): frequent words with a clear
    difference first, rare words with a wild one not. NaN where both counts are 0.
    """
    return cautious_end(*log_ratio_interval(a, b, n1, n2, level=level, m=m))


def cautious_end(low: Floats, high: Floats) -> Floats:
    """The end of an interval that is nearest to 0, and 0 where it holds 0: `lrc` of a log ratio."""
    return np.where(np.isnan(low), np.nan, np.maximum(low, 0) + np.minimum(high, 0))


def log_odds(
    a: Numbers, b: Numbers, n1: Numbers, n2: Numbers, *, alpha: Numbers, alpha_0: float
) -> tuple[Floats, Floats]:
    """Log-odds ratio with a Dirichlet prior, in natural logs, and its z (Monroe et al. 2008).

    `alpha` is the prior count of each word and `alpha_0` their sum: the choice moves z more
    than most data do, so print it.
    """
    a, b, n1, n2 = _sizes(a, b, n1, n2)
    alpha = np.asarray(alpha, np.float64)
    if not (np.all(alpha > 0) and np.all(alpha_0 > alpha)):
        raise BriefingError(
            f"a prior needs alpha above 0 and alpha_0, their sum, above each; got {alpha_0=}."
        )
    delta = np.log((a + alpha) / (n1 + alpha_0 - a - alpha))
    delta = delta - np.log((b + alpha) / (n2 + alpha_0 - b - alpha))
    return delta, delta / np.sqrt(1 / (a + alpha) + 1 / (b + alpha))


def g2_together(o: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Floats:
    """Dunning's log-likelihood of two words: `o` times together, `f1` and `f2` in all, of `n`."""
    o, f1, f2, n = map(_floats, (o, f1, f2, n))
    return g2(o, f2 - o, f1, n - f1)


def mi(o: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Floats:
    """Mutual information log2(O/E), E = f1 f2 / n: high for rare pairs; -inf where o is 0."""
    o, f1, f2, n = map(_floats, (o, f1, f2, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.log2(o) - np.log2(f1) - np.log2(f2) + np.log2(n)


def t_score(o: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Floats:
    """(O - E) / sqrt(O): high for frequent pairs; NaN where o is 0."""
    o, f1, f2, n = map(_floats, (o, f1, f2, n))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(o > 0, (o - f1 * f2 / n) / np.sqrt(o), np.nan)


def log_dice(o: Numbers, f1: Numbers, f2: Numbers) -> Floats:
    """14 + log2(2o / (f1 + f2)): at most 14, one more is twice as typical, whatever the size."""
    o, f1, f2 = map(_floats, (o, f1, f2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return 14 + np.log2(2 * o / (f1 + f2))


def delta_p(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> tuple[Floats, Floats]:
    """How much one word raises the chance of the other: of the second by the first, and back.

    From -1 to 1. `a` both words, `b` the first without the second, `c` the second without the
    first, `d` neither (Ellis 2007; Gries 2013).
    """
    a, b, c, d = map(_floats, (a, b, c, d))
    with np.errstate(divide="ignore", invalid="ignore"):
        return a / (a + b) - c / (c + d), a / (a + c) - b / (b + d)


def _floats(x: Numbers) -> Floats:
    return np.asarray(x, np.float64)


def _sizes(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> tuple[Floats, ...]:
    """Counts and sizes as floats, where they can be such."""
    a, b, n1, n2 = map(_floats, (a, b, n1, n2))
    if not (np.all(n1 > 0) and np.all(n2 > 0)):
        raise BriefingError("both texts must have words: a size is 0. Select less narrowly.")
    if not (np.all((a >= 0) & (a <= n1)) and np.all((b >= 0) & (b <= n2))):
        raise BriefingError("a count is below 0 or above the size of its text; give counts.")
    return a, b, n1, n2


def _term(observed: Floats, expected: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0.0)
