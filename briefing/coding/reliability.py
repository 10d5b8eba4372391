"""The arithmetic of agreement: Krippendorff's alpha and Cohen's kappa, as plain numbers.

alpha = 1 - D_o / D_e. A *coincidence* o_ck counts how often the codes c and k meet on one item,
each item weighing as many codes as it has; n_c are its sums. D_o = sum o_ck d_ck / n and
D_e = sum n_c n_k d_ck / (n (n - 1)), with the squared distance d of two codes by level: nominal 0
or 1; interval (c - k)^2; ratio ((c - k) / (c + k))^2; ordinal as interval, on the middle ranks
that the codes have when all are pooled. Items with fewer than two codes are left out.

References
----------
Cohen, J. (1960). A coefficient of agreement for nominal scales.
Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import BriefingError

Floats = npt.NDArray[np.float64]
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def krippendorff_alpha(rows: Sequence[Sequence[Any]], level: str = "nominal") -> float:
    """Krippendorff's alpha of one row of codes per coder, None or NaN where there is no code.

    NaN where no item has two codes, and where all codes are the same.

    >>> round(krippendorff_alpha([[0, 1, 0, 0, 1], [0, 1, 1, 0, None]]), 3)
    0.533
    """
    check_level(level)
    counts, values = as_counts(rows, level)
    return float(alpha_of(coincidences(counts).sum(0)[None], values, level)[0])


def cohen_kappa(table: npt.ArrayLike) -> float:
    """Cohen's kappa of a square table: a row for each code of one coder, a column of the other.

    (p_o - p_e) / (1 - p_e); NaN for an empty table, and where both used one code only.

    >>> round(cohen_kappa([[20, 5], [10, 15]]), 3)
    0.4
    """
    counts = np.asarray(table, np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise BriefingError(
            f"kappa needs a square table, a row and a column for each code; got {counts.shape}."
        )
    n = counts.sum()
    expected = counts.sum(0) @ counts.sum(1)  # over n * n; exact where one code is all there is
    if n == 0 or expected == n * n:
        return float("nan")
    chance = expected / n**2
    return float((np.trace(counts) / n - chance) / (1 - chance))


def check_level(level: str) -> None:
    """Raise BriefingError unless `level` is one of the four."""
    if level not in LEVELS:
        raise BriefingError(f"level={level!r} is no level; use {', '.join(LEVELS)}.")


def as_counts(rows: npt.ArrayLike, level: str) -> tuple[Floats, npt.NDArray[Any]]:
    """How many coders gave each item (row) each code (column), and the codes.

    Only items with two codes or more, and only codes that occur there.
    """
    codes = np.array(rows, dtype=object, ndmin=2)
    given = ~pd.isna(codes)
    numbers = _numbers(codes[given], level) if level != "nominal" else codes[given]
    number, values = pd.factorize(numbers, sort=level != "nominal")
    counts = np.zeros((codes.shape[1], len(values)))
    np.add.at(counts, (np.nonzero(given)[1], number), 1)
    counts = counts[counts.sum(1) > 1]
    used = counts.sum(0) > 0
    return counts[:, used], np.asarray(values)[used]


def _numbers(codes: npt.NDArray[Any], level: str) -> Floats:
    try:
        numbers = codes.astype(np.float64)
    except (TypeError, ValueError) as error:
        raise BriefingError(
            f"level={level!r} needs numbers as codes: {error}. Give each code a number, or use "
            "level='nominal'."
        ) from error
    if level == "ratio" and (numbers < 0).any():
        raise BriefingError(
            f"level='ratio' needs codes from 0 up; there is {numbers.min():g}. "
            "Use level='interval'."
        )
    return numbers


def coincidences(counts: Floats) -> Floats:
    """For each item how often each two codes meet on it, each code weighing one in all."""
    n_codes = counts.shape[1]
    pairs = counts[:, :, None] * counts[:, None, :]
    pairs[:, range(n_codes), range(n_codes)] -= counts
    return pairs / (counts.sum(1) - 1)[:, None, None]


def share_agreeing(counts: Floats) -> float:
    """The share of the pairs of codes on an item that are the same, mean over items."""
    if not len(counts):
        return float("nan")
    n = counts.sum(1)
    return float(np.mean((counts * (counts - 1)).sum(1) / (n * (n - 1))))


def alpha_of(pairs: Floats, values: npt.NDArray[Any], level: str) -> Floats:
    """Alpha of each matrix of coincidences in a stack; NaN where nothing could disagree."""
    n_c = pairs.sum(-1)
    n = n_c.sum(-1)
    apart = _distance(n_c, values, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = (pairs * apart).sum((-1, -2)) / n
        expected = (n_c[:, :, None] * n_c[:, None, :] * apart).sum((-1, -2)) / (n * (n - 1))
        return np.where(expected > 0, 1 - seen / expected, np.nan)


def _distance(n_c: Floats, values: npt.NDArray[Any], level: str) -> Floats:
    """The squared distance of each two codes, as a stack of matrices."""
    if level == "nominal":
        return 1 - np.eye(len(values))[None]
    scale = np.cumsum(n_c, -1) - n_c / 2 if level == "ordinal" else values[None].astype(np.float64)
    apart = scale[:, :, None] - scale[:, None, :]
    if level == "ratio":
        total = scale[:, :, None] + scale[:, None, :]
        apart = apart / np.where(total > 0, total, 1)
    return apart**2
