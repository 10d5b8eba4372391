"""How sure a number is: intervals for shares, counts and rates, and many tests at once.

An interval stands on what would vary if it were done again. `wilson`, `clopper_pearson` and
`poisson` take every case for an independent draw: right for turns with and without a hit, too
narrow for words, since one answer says its topic many times. `bootstrap_ratio` draws whole
turns, speakers or briefings again, so that words stay in their company; it describes the units
it was given, and wants ten of them at least. Quantiles come from scipy.special, which is
imported in a third of the time of scipy.stats.

References
----------
Brown, L., Cai, T. and DasGupta, A. (2001). Interval estimation for a binomial proportion.
Davison, A. and Hinkley, D. (1997). Bootstrap methods and their application.
Benjamini, Y. and Hochberg, Y. (1995). Controlling the false discovery rate.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from briefing.tables import BriefingError

Floats = npt.NDArray[np.float64]
MIN_UNITS = 10  # fewer turns or briefings than this say too little of what varies
RESAMPLES = 2000


def wilson(k: npt.ArrayLike, n: npt.ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Wilson's interval of a share, `k` of `n` independent cases; NaN where n is 0."""
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
    """The exact interval of a share, `k` of `n` independent cases; NaN where n is 0."""
    from scipy.special import betainccinv, betaincinv

    k, n = _cases(k, n)
    case, at = np.unique(k + 1j * n, return_inverse=True)  # many words have the same counts
    k, n = case.real, case.imag
    tail = (1 - level) / 2
    low = np.where(k > 0, betaincinv(np.maximum(k, 1), n - k + 1, tail), 0.0)
    high = np.where(k < n, betainccinv(k + 1, np.maximum(n - k, 1), tail), 1.0)
    return np.where(n > 0, low, np.nan)[at], np.where(n > 0, high, np.nan)[at]


def poisson(k: npt.ArrayLike, *, level: float = 0.95) -> tuple[Floats, Floats]:
    """Garwood's exact interval of a count; from 0 to 3.689 where nothing was found."""
    from scipy.special import gammainccinv, gammaincinv

    k = np.asarray(k, np.float64)
    tail = (1 - level) / 2
    low = np.where(k > 0, gammaincinv(np.maximum(k, 1), tail), 0.0)
    return low, gammainccinv(k + 1, tail)


def bootstrap_ratio(
    hits: npt.ArrayLike,
    size: npt.ArrayLike,
    *,
    level: float = 0.95,
    n: int = RESAMPLES,
    seed: int = 1,
) -> tuple[Floats, Floats]:
    """Percentile interval of sum(hits) / sum(size) when whole units are drawn again.

    `hits` has a row per unit (turn, speaker, briefing) and may have a column per word or
    topic; `size` has one number per unit. The same `seed` gives the same interval.
    """
    hits, size = np.asarray(hits, np.float64), np.asarray(size, np.float64)
    if len(hits) != len(size) or not len(size):
        raise BriefingError(
            f"a bootstrap draws units again: {len(hits)} rows of hits, {len(size)} sizes."
        )
    units = len(size)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(units, np.full(units, 1 / units), size=n).astype(np.float64)
    sums = drawn @ size
    sums = sums if hits.ndim == 1 else sums[:, None]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratios = np.where(sums > 0, (drawn @ hits) / sums, np.nan)
    low, high = np.nanquantile(ratios, [(1 - level) / 2, (1 + level) / 2], axis=0)
    return low, high


def adjust(p: npt.ArrayLike, method: str = "bh") -> Floats:
    """p-values of many tests, corrected: `bh`, `by` (false discoveries), `holm`, `bonferroni`."""
    from scipy.stats import false_discovery_control

    p = np.asarray(p, np.float64)
    if method in ("bh", "by"):
        return false_discovery_control(p, method=method)
    if method == "bonferroni":
        return np.minimum(p * p.size, 1)
    if method == "holm":
        order = np.argsort(p, kind="stable")
        stepped = np.maximum.accumulate(p[order] * np.arange(p.size, 0, -1))
        return np.minimum(stepped, 1)[np.argsort(order, kind="stable")]
    raise BriefingError(f"method={method!r} is no correction: use bh, by, holm or bonferroni.")


def _cases(k: npt.ArrayLike, n: npt.ArrayLike) -> tuple[Floats, Floats]:
    k, n = np.asarray(k, np.float64), np.asarray(n, np.float64)
    if not np.all((k >= 0) & (k <= n)):
        raise BriefingError(f"a share needs 0 <= k <= n; got k={k}, n={n}.")
    return k, n
