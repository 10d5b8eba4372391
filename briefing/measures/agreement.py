"""Do people who code the same texts see the same things? Agreement beyond chance.

The arithmetic of agreement: Krippendorff's alpha and Cohen's kappa, as plain numbers.

alpha = 1 - D_o / D_e. A *coincidence* o_ck counts how often the codes c and k meet on one item,
each item weighing as many codes as it has; n_c are its sums. D_o = sum o_ck d_ck / n and
D_e = sum n_c n_k d_ck / (n (n - 1)), with the squared distance d of two codes by level: nominal 0
or 1; interval (c - k)^2; ratio ((c - k) / (c + k))^2; ordinal as interval, on the middle ranks
that the codes have when all are pooled. Items with fewer than two codes are left out.

References
----------
Cohen, J. (1960). A coefficient of agreement for nominal scales.
Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.

Do people who code the same texts see the same things? Agreement beyond chance.

*Percent agreement* flatters: two coders who say "no" to nearly everything agree nearly always.
Krippendorff's *alpha* = 1 - D_o / D_e sets the disagreement observed against the one expected if
the codes were dealt out at random: 1 is perfect, 0 is chance. It takes any number of coders,
missing codes and four levels of measurement. By custom .80 is good and .667 the least that
tentative conclusions may stand on (Krippendorff 2004). Cohen's *kappa*, for two coders, leaves
each coder their own habits. Print alpha with its interval, the percentage and the confusion table
together (Hayes & Krippendorff 2007): one number hides which codes are mixed up.

References
----------
Cohen, J. (1960). A coefficient of agreement for nominal scales.
Hayes, A. and Krippendorff, K. (2007). Answering the call for a standard reliability measure.
Krippendorff, K. (2004). Content Analysis. Krippendorff, K. (2011). Computing alpha-reliability.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import BriefingError, Table
from briefing.words.rates import MIN_UNITS, RESAMPLES

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


CODES = Table(
    name="codes",
    row="one code that one coder gave to one item",
    made_by="briefing.sheets.read(paths, key=key)",
    columns={
        "item_id": "what was coded",
        "coder": "who coded it",
        "code": "the code given; missing where none was",
    },
)
MEASURES = ["n_items", "n_coders", "n_codes", "n_categories", "share_agree"]
MEASURES += ["alpha", "low", "high", "kappa", "why"]
SHARE_UNDEFINED = 0.05  # of the redraws; where more show one code only there is no interval


def agreement(
    codes: pd.DataFrame, *, level: str = "nominal", by: str | None = None, seed: int = 1
) -> pd.DataFrame:
    """Return how far coders agree: percent, alpha with its interval, kappa where there are two.

    Parameters
    ----------
    codes : DataFrame
        One row a code: `item_id, coder, code`. A missing code is no code.
    level : str
        How far apart two codes are: nominal (same or not), ordinal, interval or ratio (numbers).
    by : str, optional
        A column, such as topic: one row for each of its values.
    seed : int
        For the interval: items are drawn again 2,000 times, whole.

    Returns
    -------
    DataFrame
        `by` (where given), `n_items` (with two codes or more: the others are left out),
        `n_coders`, `n_codes`, `n_categories`, `share_agree` (of the pairs of codes on an item,
        mean over items), `alpha`, `low`, `high` (95 %), `kappa` (two coders, nominal level, the
        items that both coded) and `why`: empty, or why there is no alpha or no interval.
        `.attrs`: `level`, `by`, `seed`, `resamples`.

    Raises
    ------
    BriefingError
        A missing column, an unknown level, two codes by one coder for one item, or codes that are
        no numbers (for ratio: 0 or more) where the level needs them.

    Notes
    -----
    alpha = 1 - D_o / D_e (Krippendorff 2004), kappa = (p_o - p_e) / (1 - p_e) (Cohen 1960).

    With one category only, chance would agree too: alpha is missing beside an agreement of 1.
    Where all agree, or there are fewer than ten items, drawing again shows nothing new: no
    interval. Not for saying that the codes are right: two coders can share a mistake.

    Examples
    --------
    >>> codes = pd.DataFrame({"item_id": ["a", "b", "c", "d"] * 2, "coder": ["P"] * 4 + ["Q"] * 4,
    ...                       "code": ["1", "0", "1", "0", "1", "0", "0", "0"]})
    >>> agreement(codes)[["n_items", "share_agree", "alpha", "kappa"]].round(3)
       n_items  share_agree  alpha  kappa
    0        4         0.75  0.533    0.5
    """
    CODES.check(codes, *CODES.columns, *([by] if by else []))
    check_level(level)
    given = _given(codes)
    parts = list(given.groupby(by, sort=False, observed=True)) if by else [("", given)]
    rows = [_agree(part, level, seed) for _, part in parts]
    result = pd.DataFrame(rows, columns=MEASURES)
    if by:
        result.insert(0, by, [name for name, _ in parts])
    result.attrs = {"level": level, "by": by, "seed": seed, "resamples": RESAMPLES}
    return result


def confusion(codes: pd.DataFrame) -> pd.DataFrame:
    """Return which codes two coders gave to the same item, and how often.

    Parameters
    ----------
    codes : DataFrame
        One row a code: `item_id, coder, code`. A missing code is no code.

    Returns
    -------
    DataFrame
        For every two coders and every two codes used: `coder_a, coder_b, code_a, code_b,
        n_items`, 0 where it never happened. `.pivot(index="code_a", columns="code_b",
        values="n_items")` is the confusion table of one pair of coders.

    Raises
    ------
    BriefingError
        A missing column, or two codes by one coder for one item.

    Not a table of errors: neither coder is the right one.

    Examples
    --------
    >>> codes = pd.DataFrame({"item_id": ["a", "b"] * 2, "coder": ["P", "P", "Q", "Q"],
    ...                       "code": ["1", "0", "0", "0"]})
    >>> confusion(codes).query("n_items > 0")
      coder_a coder_b code_a code_b  n_items
    0       P       Q      0      0        1
    2       P       Q      1      0        1
    """
    CODES.check(codes)
    wide = _wide(_given(codes))
    pairs = [_crossed(wide[[a, b]]) for a, b in combinations(wide.columns, 2)]
    columns = ["coder_a", "coder_b", "code_a", "code_b", "n_items"]
    return pd.concat(pairs, ignore_index=True) if pairs else pd.DataFrame(columns=columns)


def _crossed(two: pd.DataFrame) -> pd.DataFrame:
    table = _square(two)
    names = [two.columns.to_list(), table.index.to_list(), table.columns.to_list()]
    index = pd.MultiIndex.from_product(names[1:], names=["code_a", "code_b"])
    counts = pd.DataFrame({"n_items": table.to_numpy().ravel()}, index).reset_index()
    counts.insert(0, "coder_a", names[0][0])
    counts.insert(1, "coder_b", names[0][1])
    return counts


def _given(codes: pd.DataFrame) -> pd.DataFrame:
    """The codes that are there, each coder at most once on an item."""
    given = codes[codes["code"].notna()]
    twice = given.duplicated(["item_id", "coder"])
    if twice.any():
        first = given[twice].iloc[0]
        raise BriefingError(
            f"{first['coder']!r} coded item {first['item_id']!r} twice; keep one code for each "
            "item and coder."
        )
    return given


def _wide(codes: pd.DataFrame) -> pd.DataFrame:
    """A row for each item, a column for each coder."""
    plain = codes.astype({"item_id": "object", "coder": "object", "code": "object"})
    return plain.pivot_table(index="item_id", columns="coder", values="code", aggfunc="first")


def _square(two: pd.DataFrame) -> pd.DataFrame:
    """How often the first coder's code (row) met the second's (column)."""
    used = sorted({code for code in two.to_numpy().ravel() if not pd.isna(code)}, key=str)
    both = two.dropna()
    table = pd.crosstab(both.iloc[:, 0], both.iloc[:, 1])
    return table.reindex(index=used, columns=used, fill_value=0)


def _agree(codes: pd.DataFrame, level: str, seed: int) -> dict[str, Any]:
    wide = _wide(codes)
    counts, values = as_counts(wide.to_numpy(object).T, level)
    paired = coincidences(counts)
    alpha = float(alpha_of(paired.sum(0)[None], values, level)[0])
    share = share_agreeing(counts)
    why = _why_not(len(counts), len(values), share)
    low, high = (np.nan, np.nan) if why else _interval(paired, values, level, seed)
    two = wide.shape[1] == 2 and level == "nominal"
    return {
        "n_items": len(counts),
        "n_coders": wide.shape[1],
        "n_codes": int(counts.sum()),
        "n_categories": len(values),
        "share_agree": share,
        "alpha": alpha,
        "low": low,
        "high": high,
        "kappa": cohen_kappa(_square(wide)) if two else np.nan,
        "why": why or ("" if low == low else "no interval: a code is too rare to draw again"),
    }


def _why_not(n_items: int, n_values: int, share: float) -> str:
    if not n_items:
        return "no item has two codes"
    if n_values == 1:
        return "one code only: alpha is undefined"
    if n_items < MIN_UNITS:
        return f"no interval: fewer than {MIN_UNITS} items"
    return "no interval: all agree" if share == 1 else ""


def _interval(paired: np.ndarray, values: np.ndarray, level: str, seed: int) -> tuple[float, float]:
    """The middle 95 % of alpha when whole items are drawn again."""
    units, n_values = len(paired), len(values)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(units, np.full(units, 1 / units), size=RESAMPLES).astype(np.float64)
    sums = (drawn @ paired.reshape(units, -1)).reshape(-1, n_values, n_values)
    alphas = alpha_of(sums, values, level)
    if np.isnan(alphas).mean() > SHARE_UNDEFINED:
        return np.nan, np.nan
    low, high = np.nanquantile(alphas, [0.025, 0.975])
    return float(low), float(high)
