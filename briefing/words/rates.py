"""Rates, intervals and scores of association.

How certain a number is: intervals for shares, counts and rates.

An interval depends on what would vary if the study were repeated. `wilson`, `clopper_pearson` and
`poisson` treat every case as an independent draw: right for turns with and without a hit, too
narrow for words, since one answer repeats its topic many times. `rate_interval` asks how far whole
turns or briefings differ, which keeps words in their context; it concerns the rate in the talk (or
briefings) of which those units are a sample, and needs at least ten of them. On real turns it holds
in 96 to 98 % of draws (`make simulation`). Quantiles come from scipy.special, which is imported in
a third of the time of scipy.stats.

How often, by whom: hits become a table of rates, each with an interval if the data allow one.

Whatever is found in words (a topic, a hedge, a pronoun) is counted in the same way: hits, words,
hits per 1,000 words, and the share of turns with a hit. The interval asks how far whole turns
differ, since one answer repeats its topic many times; with ten briefings or more, it compares whole
briefings. With fewer than ten turns, or only a few briefings, there is no interval, and the column
`why` says so. If nothing was found the rate is 0, with an upper bound.

How far counts differ, and how strongly words are associated: numbers in, numbers out.

Two questions, one kind of table. *Keyness* asks whether a word is more frequent in one text than in
another: `a` times among `n1` words, `b` times among `n2`. *Collocation* asks whether two words meet
more often than expected from their frequencies: `o` times together, `f1` and `f2` times in all,
among `n` words. Every function takes numbers or arrays of equal length.

g2 is Dunning's log-likelihood over all four cells; `g2_rayson` leaves out the cells of all other
words, like Rayson and Garside's calculator. The intervals of the log ratio are exact, given the sum
of both counts, and corrected for `m` words tested (Evert 2022).

All of these treat every word as an independent draw. The words of one speaker are not, so g2 serves
to rank and filter, and is not a probability.

References
----------
Brown, L., Cai, T. and DasGupta, A. (2001). Interval estimation for a binomial proportion.
Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
Efron, B. and Stein, C. (1981). The jackknife estimate of variance.
Evert, S. (2022). Measuring keyness. Digital Humanities 2022.
Garwood, F. (1936). Fiducial limits for the Poisson distribution.
Gries, S. (2013). 50-something years of work on collocations.
Hardie, A. (2014). Log Ratio: an informal introduction.
Rayson, P. and Garside, R. (2000). Comparing corpora using frequency profiling.
Rychly, P. (2008). A lexicographer-friendly association score.
Satterthwaite, F. (1946). An approximate distribution of estimates of variance components.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import BriefingError
from briefing.words.groups import By, Floats, Ints, groups_of
from briefing.words.search import turn_numbers

FREEDOM = 4  # fewest degrees of freedom of an interval, by simulation (`make simulation`)
RESAMPLES = 2000  # samples to draw
MIN_UNITS = 10  # fewer turns or briefings say too little about variation


def check_level(level: float) -> None:
    """Raise BriefingError if no interval can have such a level."""
    if not 0 < level < 1:
        raise BriefingError.of("no share", level=level)


def wilson(k: npt.ArrayLike, n: npt.ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Wilson's interval for a share, `k` of `n` independent cases; NaN if n is 0."""
    from scipy.special import ndtri

    k, n = _cases(k, n)
    z2 = float(ndtri((1 + level) / 2)) ** 2
    with np.errstate(divide="ignore", invalid="ignore"):
        middle = (k + z2 / 2) / (n + z2)
        half = np.sqrt(z2 * (k * (n - k) / n + z2 / 4)) / (n + z2)
    return np.clip(middle - half, 0, None), np.clip(middle + half, None, 1)


def clopper_pearson(
    k: npt.ArrayLike, n: npt.ArrayLike, *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """The exact interval for a share, `k` of `n` independent cases; NaN if n is 0."""
    from scipy.special import betainccinv, betaincinv

    k, n = _cases(k, n)
    case, at = np.unique(k + 1j * n, return_inverse=True)  # many words have the same counts
    k, n = case.real, case.imag
    tail = (1 - level) / 2
    low = np.where(k > 0, betaincinv(np.maximum(k, 1), n - k + 1, tail), 0.0)
    high = np.where(k < n, betainccinv(k + 1, np.maximum(n - k, 1), tail), 1.0)
    return np.where(n > 0, low, np.nan)[at], np.where(n > 0, high, np.nan)[at]


def poisson(k: npt.ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Garwood's exact interval for a count; from 0 to 3.689 if nothing was found."""
    from scipy.special import gammainccinv, gammaincinv

    k = np.asarray(k, np.float64)
    tail = (1 - level) / 2
    low = np.where(k > 0, gammaincinv(np.maximum(k, 1), tail), 0.0)
    return low, gammainccinv(k + 1, tail)


def rate_interval(
    hits: npt.ArrayLike, size: npt.ArrayLike, *, level: float = 0.95
) -> tuple[Floats, Floats]:
    """Interval for sum(hits) / sum(size), allowing for variation between units (turns, briefings).

    `hits` has a row per unit and a column per word or topic; `size` has one number per unit. It is
    a t interval on the log rate, with the variance from leaving out one unit at a time; the degrees
    of freedom reflect how many units contribute to it, since a few turns may hold most hits. It is
    never narrower than Garwood's interval for independent hits, which also replaces it if
    undefined.
    """
    from scipy.special import stdtrit

    hits, size = np.asarray(hits, np.float64), np.asarray(size, np.float64)
    if len(hits) != len(size) or len(size) < 2:
        raise BriefingError.of("one unit", n_hits=len(hits), n_sizes=len(size))
    units, words, n = len(size), size.sum(), hits.sum(axis=0)
    size = size if hits.ndim == 1 else size[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        rate = n / words
        without = (n - hits) / (words - size)
        spread = (units - 1) / units * ((without - without.mean(axis=0)) ** 2).sum(axis=0)
        parts = (hits - size * rate) ** 2
        freedom = np.clip(
            parts.sum(axis=0) ** 2 / (parts**2).sum(axis=0), min(FREEDOM, units - 1), units - 1
        )
        half = stdtrit(freedom, (1 + level) / 2) * np.sqrt(spread) / rate
        low, high = rate * np.exp(-half), rate * np.exp(half)
    least, most = poisson(n, level=level)
    return np.fmin(low, least / words), np.fmax(high, most / words)


def _cases(k: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    k, n = np.asarray(k, np.float64), np.asarray(n, np.float64)
    if not np.all((k >= 0) & (k <= n)):
        raise BriefingError.of("k above n", k=k, n=n)
    return k, n


INTERVALS = ("by turn", "by briefing", "upper bound", "none")


def rates(
    tokens: pd.DataFrame,
    rows: Ints,
    category: Ints,
    categories: Sequence[str],
    *,
    by: By = None,
    level: float = 0.95,
) -> pd.DataFrame:
    """Count hits among `tokens`: one row for each group and category, found or not.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.
    rows, category : array of int
        For each hit, the row number of its first word in `tokens` and which of `categories`.
    by : str or list of str, optional
        The columns whose values are compared; without it, all words together.

    Returns
    -------
    DataFrame
        `by` if given (by speaker also `role`, the one with most words, and `named`: false for
        *unnamed journalists* and the like, who are several people), `category`;
        `n_hits, n_words, per_1000, low, high`; `interval`, one of `INTERVALS`, and `why` it is
        missing; `n_turns, n_turns_hit, share_turns`, with Wilson's interval
        `low_share, high_share`.

    Raises
    ------
    BriefingError
        If there are no tokens, or no column `by`.
    """
    check_level(level)
    if tokens.empty:
        raise BriefingError.of("no words to count in")
    group, table = groups_of(tokens, by)
    units, unit = _units(tokens, group)
    shape = (len(units), len(categories))
    cells = np.bincount(unit[rows] * shape[1] + category, minlength=shape[0] * shape[1])
    hits = cells.reshape(shape).astype(np.float64)
    parts = []
    for number in range(len(table)):
        mine = (units["group"] == number).to_numpy()
        part = _rates(units[mine], hits[mine], level=level)
        part.insert(0, "category", list(categories))
        parts.append(table.iloc[[number] * len(part)].reset_index(drop=True).join(part))
    return pd.concat(parts, ignore_index=True)


def _units(tokens: pd.DataFrame, group: Ints) -> tuple[pd.DataFrame, Ints]:
    """One row per turn and group: group, briefing, size; and the row for each token."""
    turn = turn_numbers(tokens)
    briefing = tokens["briefing_id"].astype("object").fillna("").factorize()[0]
    _, first, unit, size = np.unique(
        turn * (group.max(initial=0) + 1) + group,
        return_index=True,
        return_inverse=True,
        return_counts=True,
    )
    units = pd.DataFrame({"group": group[first], "briefing": briefing[first], "size": size})
    return units, unit


def _rates(units: pd.DataFrame, hits: Floats, *, level: float) -> pd.DataFrame:
    """The rates of one group; `hits` has a row per turn and a column per category."""
    n_words, n_turns = int(units["size"].sum()), len(units)
    n_hits, n_turns_hit = hits.sum(axis=0), (hits > 0).sum(axis=0)
    kind, why, low, high = _interval(units, hits, level=level)
    bound = poisson(0, level=level)[1]
    none = n_hits == 0
    low_share, high_share = wilson(n_turns_hit, n_turns, level=level)
    per = 1000 / n_words if n_words else np.nan
    return pd.DataFrame(
        {
            "n_hits": n_hits.astype(np.int64),
            "n_words": n_words,
            "per_1000": n_hits * per,
            "low": np.where(none, 0.0, low * 1000),
            "high": np.where(none, bound * per, high * 1000),
            "interval": np.where(none, "upper bound", kind),
            "why": np.where(none, "", why),
            "n_turns": n_turns,
            "n_turns_hit": n_turns_hit,
            "share_turns": n_turns_hit / n_turns if n_turns else np.nan,
            "low_share": low_share,
            "high_share": high_share,
        }
    )


def _interval(
    units: pd.DataFrame, hits: Floats, *, level: float
) -> tuple[str, str, Floats, Floats]:
    """Which interval the units allow, or why none, and its bounds (hits per word)."""
    nothing = np.full(hits.shape[1], np.nan)
    n_briefings = units["briefing"].nunique()
    size = units["size"].to_numpy()
    if n_briefings >= MIN_UNITS:
        number, _ = pd.factorize(units["briefing"])
        hits, size = _added(hits, number), np.bincount(number, weights=size)
        return "by briefing", "", *rate_interval(hits, size, level=level)
    if n_briefings > 1:
        why = f"{n_briefings} briefings: fewer than {MIN_UNITS} say too little of others"
        return "none", why, nothing, nothing
    if len(units) < MIN_UNITS:
        turns = "1 turn" if len(units) == 1 else f"{len(units)} turns"
        return "none", f"{turns}: fewer than {MIN_UNITS}", nothing, nothing
    return "by turn", "", *rate_interval(hits, size, level=level)


def _added(hits: Floats, number: Ints) -> Floats:
    sums = np.zeros((int(number.max()) + 1, hits.shape[1]))
    np.add.at(sums, number, hits)
    return sums


Numbers = npt.ArrayLike


def g2(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> Floats:
    """Dunning's log-likelihood, 2 sum O ln(O/E) over the four cells of a word in two texts.

    0 if the rates are equal, never negative; 10.83 is p = .001 for independent draws. NaN if both
    counts are 0, since nothing was compared.
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
    """How many doublings separate two rates: log2 of (a/n1) over (b/n2).

    1 is twice as frequent, -1 half. A count of 0 would make it infinite: `zero="walter"` adds half
    a word to all four numbers in every case (Walter 1975, as Evert does); `zero="hardie"` replaces
    a count of 0 by half a word and leaves the others unchanged. NaN if both are 0.
    """
    a, b, n1, n2 = _sizes(a, b, n1, n2)
    if zero not in ("walter", "hardie"):
        raise BriefingError.of("no treatment of zeros", zero=zero)
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

    Clopper and Pearson's interval for a out of a + b, converted to a ratio of rates. Infinite on
    the side where a count is 0; NaN if both are.
    """
    a, b, n1, n2 = _sizes(a, b, n1, n2)
    low, high = clopper_pearson(a, a + b, level=1 - (1 - level) / m)
    with np.errstate(divide="ignore"):
        ends = [np.log2(p) - np.log2(1 - p) + np.log2(n2 / n1) for p in (low, high)]
    return ends[0], ends[1]


def cautious_end(low: Floats, high: Floats) -> Floats:
    """The bound of an interval nearest to 0, or 0 if it includes 0: `lrc` of a log ratio."""
    return np.where(np.isnan(low), np.nan, np.maximum(low, 0) + np.minimum(high, 0))


def g2_together(o: Numbers, f1: Numbers, f2: Numbers, n: Numbers) -> Floats:
    """Dunning's log-likelihood of two words: `o` times together, `f1` and `f2` in all, of `n`."""
    o, f1, f2, n = map(_floats, (o, f1, f2, n))
    return g2(o, f2 - o, f1, n - f1)


def log_dice(o: Numbers, f1: Numbers, f2: Numbers) -> Floats:
    """14 + log2(2o / (f1 + f2)): at most 14; each point is twice as typical, at any corpus size."""
    o, f1, f2 = map(_floats, (o, f1, f2))
    with np.errstate(divide="ignore", invalid="ignore"):
        return 14 + np.log2(2 * o / (f1 + f2))


def delta_p(a: Numbers, b: Numbers, c: Numbers, d: Numbers) -> tuple[Floats, Floats]:
    """How much one word raises the probability of the other, in each direction.

    From -1 to 1. `a` both words, `b` the first without the second, `c` the second without the
    first, `d` neither (Ellis 2007; Gries 2013).
    """
    a, b, c, d = map(_floats, (a, b, c, d))
    with np.errstate(divide="ignore", invalid="ignore"):
        return a / (a + b) - c / (c + d), a / (a + c) - b / (b + d)


def _floats(x: Numbers) -> Floats:
    return np.asarray(x, np.float64)


def _sizes(a: Numbers, b: Numbers, n1: Numbers, n2: Numbers) -> tuple[Floats, ...]:
    """Counts and sizes as floats, checked for sense."""
    a, b, n1, n2 = map(_floats, (a, b, n1, n2))
    if not (np.all(n1 > 0) and np.all(n2 > 0)):
        raise BriefingError.of("size of 0")
    if not (np.all((a >= 0) & (a <= n1)) and np.all((b >= 0) & (b <= n2))):
        raise BriefingError.of("count above size")
    return a, b, n1, n2


def _term(observed: Floats, expected: Floats) -> Floats:
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(observed > 0, observed * np.log(observed / expected), 0.0)
