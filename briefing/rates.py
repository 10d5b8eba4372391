"""How often, by whom: hits become a table of rates, each with the interval that it can bear.

Whatever is found in words (a topic, a hedge, a pronoun) is counted in the same way: hits, words,
hits per 1,000 words, and the share of the turns that have one. The interval draws whole turns
again, since one answer says its topic many times; from ten briefings on it draws whole briefings.
With fewer than ten turns, or with a handful of briefings, there is none, and the column `why`
says so. Where nothing was found the rate is 0, with the bound up to which it might have been.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.counting import name_unnamed
from briefing.intervals import MIN_UNITS, bootstrap_ratio, poisson, wilson
from briefing.patterns import turn_numbers
from briefing.tables import TOKENS, BriefingError

Ints = npt.NDArray[np.integer[Any]]
Floats = npt.NDArray[np.float64]
INTERVALS = ("bootstrap by turn", "bootstrap by briefing", "upper bound", "none")


def rates(
    tokens: pd.DataFrame,
    rows: Ints,
    category: Ints,
    categories: Sequence[str],
    *,
    by: str | None = None,
    level: float = 0.95,
    seed: int = 1,
) -> pd.DataFrame:
    """Count hits among `tokens`: one row for each group with each category, found or not.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.
    rows, category : array of int
        Of each hit, the row number of its first word in `tokens` and which of `categories`.
    by : str, optional
        The column whose values are compared; all words together without it.

    Returns
    -------
    DataFrame
        `by` where given (by speaker also `role`, in which most was said, and `named`: false for
        *unnamed journalists* and the like, who are several people), `category`; `n_hits, n_words,
        per_1000, low, high`; `interval`, one of `INTERVALS`, and `why` it is none; `n_turns,
        n_turns_hit, share_turns`, with Wilson's interval `low_share, high_share`.

    Raises
    ------
    BriefingError
        No tokens, or no column `by`.
    """
    if tokens.empty:
        raise BriefingError(
            "no words to count in: the tokens table has 0 rows. Select less narrowly, or read a "
            "transcript that has turns."
        )
    group, table = groups_of(tokens, by)
    units, unit = _units(tokens, group)
    shape = (len(units), len(categories))
    cells = np.bincount(unit[rows] * shape[1] + category, minlength=shape[0] * shape[1])
    hits = cells.reshape(shape).astype(np.float64)
    parts = []
    for number in range(len(table)):
        mine = (units["group"] == number).to_numpy()
        part = _rates(units[mine], hits[mine], level=level, seed=seed)
        part.insert(0, "category", list(categories))
        parts.append(table.iloc[[number] * len(part)].reset_index(drop=True).join(part))
    return pd.concat(parts, ignore_index=True)


def groups_of(tokens: pd.DataFrame, by: str | None) -> tuple[Ints, pd.DataFrame]:
    """Of each token the number of its group, and a table of the groups."""
    if by is None:
        return np.zeros(len(tokens), np.int64), pd.DataFrame(index=[0])
    TOKENS.check(tokens, by)
    if by in ("turn_id", "sentence_id") and len(tokens["briefing_id"].unique()) > 1:
        raise BriefingError(
            f"by={by!r} counts from 1 in each briefing, and these tokens are of several: select "
            "one, tokens.query(\"briefing_id == '...'\")."
        )
    columns = [by]
    if by == "speaker":
        TOKENS.check(tokens, "role")
        named = name_unnamed(_distinct(tokens, ["speaker", "role"]))
        columns = ["speaker", "named"]
        at = tokens.groupby(["speaker", "role"], sort=False, dropna=False, observed=True).ngroup()
        tokens = named.iloc[at.to_numpy()]
    groups = tokens.groupby(columns, sort=False, dropna=False, observed=True)
    table = _distinct(tokens, columns)
    if by == "speaker":
        table.insert(1, "role", groups["role"].agg(_commonest).to_numpy())
    return groups.ngroup().to_numpy(np.int64), table


def _commonest(roles: pd.Series) -> str:
    """The role in which most of the words were said."""
    return str(roles.astype("object").fillna("unknown").value_counts().index[0])


def _distinct(tokens: pd.DataFrame, columns: list[str]) -> pd.DataFrame:
    return tokens[columns].drop_duplicates().reset_index(drop=True)


def _units(tokens: pd.DataFrame, group: Ints) -> tuple[pd.DataFrame, Ints]:
    """One row a turn (two, of two groups): group, briefing, size; and of each token its row."""
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


def _rates(units: pd.DataFrame, hits: Floats, *, level: float, seed: int) -> pd.DataFrame:
    """The rates of one group; `hits` has a row a turn and a column a category."""
    n_words, n_turns = int(units["size"].sum()), len(units)
    n_hits, n_turns_hit = hits.sum(axis=0), (hits > 0).sum(axis=0)
    kind, why, low, high = _interval(units, hits, level=level, seed=seed)
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
    units: pd.DataFrame, hits: Floats, *, level: float, seed: int
) -> tuple[str, str, Floats, Floats]:
    """Which interval the units can bear, why if none, and its ends (hits a word)."""
    nothing = np.full(hits.shape[1], np.nan)
    n_briefings = units["briefing"].nunique()
    size = units["size"].to_numpy()
    if n_briefings >= MIN_UNITS:
        number, _ = pd.factorize(units["briefing"])
        hits, size = _added(hits, number), np.bincount(number, weights=size)
        return "bootstrap by briefing", "", *bootstrap_ratio(hits, size, level=level, seed=seed)
    if n_briefings > 1:
        why = f"{n_briefings} briefings: fewer than {MIN_UNITS} say too little of others"
        return "none", why, nothing, nothing
    if len(units) < MIN_UNITS:
        turns = "1 turn" if len(units) == 1 else f"{len(units)} turns"
        return "none", f"{turns}: fewer than {MIN_UNITS}", nothing, nothing
    return "bootstrap by turn", "", *bootstrap_ratio(hits, size, level=level, seed=seed)


def _added(hits: Floats, number: Ints) -> Floats:
    sums = np.zeros((int(number.max()) + 1, hits.shape[1]))
    np.add.at(sums, number, hits)
    return sums
