"""What one speaker or one turn can do to a difference between two texts.

Words of one person are no independent draws: who says *security* once will say it again. An
interval that counts words is therefore too narrow (Kilgarriff 2005; Lijffijt et al. 2016), and
the more a person talks the more so. The remedy is to leave out one speaker at a time and see how
far the rate moves (the jackknife). With v = (k-1)/k * sum (x_without_i - x)^2 for each side, where
x is the log of the rate, the interval is

    log_ratio -/+ t * sqrt(v_target + v_reference)

with t for Welch's degrees of freedom. Leaving out covers better than the linearised variance,
which is too small where one speaker has most of the hits. Because a word that all say equally
often has no variance at all between few speakers, the interval is never narrower than the exact
one for independent words.

References
----------
Efron, B. and Stein, C. (1981). The jackknife estimate of variance.
Kilgarriff, A. (2005). Language is never, ever, ever, random.
Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora.
Welch, B. (1947). The generalization of Student's problem.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from briefing.keywords.units import Units
from briefing.words.groups import Ints
from briefing.words.rates import log_ratio, log_ratio_interval

Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
MIN_SPEAKERS = 5  # a side; fewer say too little of how speakers differ
NO_VARIANCE = 1e-12  # stands for 0, which Welch's degrees of freedom cannot take


def speaker_interval(target: Units, reference: Units, *, level: float) -> tuple[Floats, Floats]:
    """Interval of each word's log ratio with speakers as units; NaN with fewer than five a side.

    Infinite on the side where a count is 0; NaN where both are.
    """
    from scipy.special import stdtrit

    k1, k2 = target.present, reference.present
    if min(k1, k2) < MIN_SPEAKERS:
        nothing = np.full(len(target.hits), np.nan)
        return nothing, nothing
    counts = target.hits, reference.hits, target.size.sum(), reference.size.sum()
    v1, v2 = _variance(target), _variance(reference)
    welch = (v1 + v2) ** 2 / (v1**2 / (k1 - 1) + v2**2 / (k2 - 1))
    half = stdtrit(welch, (1 + level) / 2) * np.sqrt(v1 + v2)
    low, high = log_ratio_interval(*counts, level=level)
    middle = log_ratio(*counts)
    return np.minimum(low, middle - half), np.maximum(high, middle + half)


def _variance(side: Units) -> Floats:
    """The jackknife variance of log2 of each word's rate, half a word added as in `log_ratio`."""
    total, size, hits = side.size.sum(), side.size[side.size > 0], side.hits + 0.5
    shrinks = np.log2((total + 0.5) / (total - side.size + 0.5))
    said, shrunk = hits[side.word], shrinks[side.cells.indices]
    moved = np.log2((said - side.cells.data) / said) + shrunk
    summed = np.bincount(side.word, weights=moved**2 - shrunk**2, minlength=len(hits))
    return np.maximum((summed + (shrinks**2).sum()) * (len(size) - 1) / len(size), NO_VARIANCE)


@dataclass(frozen=True)
class Largest:
    """Of each word, the unit with most hits on the side where the word is more frequent."""

    unit: Ints  # -1 for none
    share: Floats  # its share of that side's hits in units
    log_ratio_without: Floats  # NaN where nothing is left of the side, or of the word


def leave_out(target: Units, reference: Units, counts: tuple[Ints, ...], more: Flags) -> Largest:
    """Find the largest turn or speaker of each word, and take it out of its side.

    `counts` are `a, b, n1, n2` of the sides, `more` says of each word if the target has more.
    """
    unit = np.where(more, target.largest, reference.largest)
    gone = np.where(more, target.n_largest, reference.n_largest)
    size = np.where(more, *(np.append(side.size, 0)[unit] for side in (target, reference)))
    a, b, n1, n2 = np.broadcast_arrays(*counts)
    n1, n2 = n1 - np.where(more, size, 0), n2 - np.where(more, 0, size)
    left = (unit >= 0) & (n1 > 0) & (n2 > 0)
    without = np.full(len(unit), np.nan)
    rest = a - np.where(more, gone, 0), b - np.where(more, 0, gone), n1, n2
    without[left] = log_ratio(*(numbers[left] for numbers in rest))
    return Largest(unit, gone / np.where(more, a, b), without)
