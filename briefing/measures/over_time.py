"""How often something is said, month by month: rates over time with gaps, before and after.

A rate is said to change if the months before and after some month differ by more than in 95 of 100
permutations of the same months (CUSUM, after Page 1954), so a single month is not a change; months
without briefings are left out. This never says why. If the speakers change, the overall rate
changes with them: see `around`, by speaker.

References
----------
Page, E. S. (1954). Continuous inspection schemes. Biometrika 41.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from briefing.measures.topics import find_topics, read
from briefing.prose import counted
from briefing.tables import COUNTS, BriefingError
from briefing.words.groups import columns_of, finish, groups_of, in_order
from briefing.words.rates import MIN_UNITS, poisson, rate_interval
from briefing.words.search import Lookup

PERIODS = {"year": 4, "month": 7, "date": 10}  # characters of a date
ORDERS, LEVEL, EDGE = 999, 0.95, 3  # permutations; months at each end not tested for a change
What = str | Sequence[str] | Mapping[str, Sequence[str]] | pd.DataFrame


def track(
    words: pd.DataFrame, what: What, *, by: str = "month", among: str | None = None
) -> pd.DataFrame:
    """Count something over time.

    Parameters
    ----------
    words : DataFrame
        Tokens of many briefings with their `date` (of `corpus.read(...).turns`), or counts
        (`corpus.load(table="counts")`), in which phrases cannot be found.
    what : str, list, dict or DataFrame
        A word or phrase; several, counted as one; a topic with its patterns; or, with tokens, any
        table of hits with `briefing_id` and `turn_id`, such as `stance.hits`.
    by : str
        year, month or date.
    among : str, optional
        Another column whose values are counted separately: role, speaker, person.

    Returns
    -------
    DataFrame
        One row per period and value of `among`: `by`, `among`, `n_briefings`, `n_hits`, `n_words`,
        `per_1000` with `low, high` by briefing, and `why` there is no interval. A period without
        briefings is a row without numbers, shown as a gap. `.attrs`: `what`, `by`, `among`,
        `n_undated`, and, without `among`, `change`: the result of `change`.

    Raises
    ------
    BriefingError
        If there are no dates, no such column or period, or a phrase is sought in counts.
    """
    cells = _cells(words, what, by, columns_of(among))
    keys = [by, *columns_of(among)]
    result = _with_gaps(_rates(cells, keys), keys)
    said = what if isinstance(what, str) else "hits" if isinstance(what, pd.DataFrame) else [*what]
    return finish(
        result,
        words,
        made_by="track",
        what=said,
        by=by,
        among=among,
        change=None if among else change(result),
        n_undated=int(words["date"].isna().sum()),
    )


def _cells(words: pd.DataFrame, what: What, by: str, among: list[str]) -> pd.DataFrame:
    """Hits and words of each briefing, in each period and group."""
    if by not in PERIODS:
        raise BriefingError.of("no period", by=by, known=", ".join(PERIODS))
    missing = [name for name in ("briefing_id", "date", *among) if name not in words]
    if missing:
        raise BriefingError.of("no column over time", column=missing[0])
    group, groups = groups_of(words, ["briefing_id", "date", *among])
    n = words["n"].to_numpy() if "position" not in words else np.ones(len(words))
    hits = _hits(words, what, n)
    size = len(groups)
    cells = groups[["briefing_id", "date", *among]].assign(
        n_hits=np.bincount(group, hits, size), n_words=np.bincount(group, n, size)
    )
    cells = cells[cells["date"].notna()]
    if cells.empty:
        raise BriefingError.of("no dates")
    return cells.assign(**{by: cells["date"].astype("str").str[: PERIODS[by]]})


def _hits(words: pd.DataFrame, what: What, n: np.ndarray) -> np.ndarray:
    """For each row, how many hits begin there."""
    found = np.zeros(len(words))
    if isinstance(what, pd.DataFrame):
        at = words.reset_index(drop=True).drop_duplicates(["briefing_id", "turn_id"])
        row = pd.Series(at.index, pd.MultiIndex.from_frame(at[["briefing_id", "turn_id"]]))
        places = row.reindex(pd.MultiIndex.from_frame(what[["briefing_id", "turn_id"]])).dropna()
        np.add.at(found, places.to_numpy(np.int64), 1)
        return found
    patterns = {"what": [what] if isinstance(what, str) else [*what]}
    topics = read(what if isinstance(what, Mapping) else patterns)
    if "position" in words:
        ordered = in_order(words)
        if ordered is not words:
            raise BriefingError.of("tokens out of order")
        found[find_topics(words, topics).first] = 1
        return found
    COUNTS.check(words, "token", "n")
    listed = [p for topic in topics.topics for p in topic.patterns]
    if any(" " in pattern for pattern in listed):
        raise BriefingError.of("phrase in counts", phrase=what)
    lookup = Lookup(words["token"])
    for pattern in listed:
        found[lookup.rows(pattern)] = n[lookup.rows(pattern)]
    return found


def _rates(cells: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """The rate of each group, in order of its keys."""
    groups = cells.groupby(keys, sort=True, dropna=False, observed=True)
    rows = [_rate(part) for _, part in groups]
    named = cells[keys].drop_duplicates().sort_values(keys, kind="stable", ignore_index=True)
    return named.join(pd.DataFrame(rows))


def _rate(part: pd.DataFrame) -> dict[str, Any]:
    """The rate of one row with its interval, briefings as units."""
    units = part.groupby("briefing_id", observed=True)[["n_hits", "n_words"]].sum()
    hits, size = units["n_hits"].to_numpy(), units["n_words"].to_numpy()
    n, total = hits.sum(), size.sum()
    row: dict[str, Any] = {"n_briefings": len(units), "n_hits": int(n), "n_words": int(total)}
    row |= {"per_1000": 1000 * n / total if total else np.nan, "low": np.nan, "high": np.nan}
    if len(units) < MIN_UNITS:
        return row | {"why": f"{counted(len(units), 'briefing')}: fewer than {MIN_UNITS}"}
    ends = rate_interval(hits, size) if n else (0.0, poisson(0)[1] / total)
    return row | {"low": 1000 * float(ends[0]), "high": 1000 * float(ends[1]), "why": ""}


def _with_gaps(table: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """A row for each month or year between the first and the last, in each group."""
    by, among = keys[0], keys[1:]
    if by == "date" or table.empty:
        return table
    periods = pd.period_range(table[by].min(), table[by].max(), freq=by[0].upper()).astype("str")
    whole = pd.DataFrame({by: periods})
    if among:
        whole = whole.merge(table[among].drop_duplicates(), how="cross")
    result = whole.merge(table, how="left", on=keys)
    counts = ["n_briefings", "n_hits", "n_words"]
    result[counts] = result[counts].fillna(0).astype("int64")
    return result.assign(why=result["why"].fillna("no briefing: a gap"))


def change(tracked: pd.DataFrame, *, seed: int = 1) -> dict[str, Any]:
    """Test whether a rate changes, and from which period on, by the months of one group.

    Parameters
    ----------
    tracked : DataFrame
        The result of `track` for one group.

    Returns
    -------
    dict
        `changed`, `period` (the first of the new rate; None without a change), `p` (by
        permutation of the periods), `per_1000_before, per_1000_after`, `n_periods`.

    Says nothing about the reason for a change, or about the first or last three periods.
    """
    there = tracked[tracked["n_words"] > 0]
    if there[str(tracked.columns[0])].duplicated().any():
        raise BriefingError.of("periods of groups")
    hits, size = there["n_hits"].to_numpy(float), there["n_words"].to_numpy(float)
    n = len(there)
    if n < 4 * EDGE or not hits.sum():
        return {"changed": False, "period": None, "p": np.nan, "n_periods": n}
    left = hits / size - hits.sum() / size.sum()
    orders = np.argsort(np.random.default_rng(seed).random((ORDERS, n)), axis=1)
    k = np.arange(1, n)
    scale = np.sqrt(k * (n - k))
    sums = np.abs(np.vstack([left, left[orders]]).cumsum(axis=1)[:, :-1]) / scale
    sums = sums[:, EDGE - 1 : n - EDGE]
    most = sums.max(axis=1)
    p = float((most >= most[0]).mean())
    at = EDGE + int(sums[0].argmax())
    changed = p <= 1 - LEVEL
    return {
        "changed": changed,
        "period": there.iloc[at, 0] if changed else None,
        "p": p,
        "per_1000_before": 1000 * hits[:at].sum() / size[:at].sum(),
        "per_1000_after": 1000 * hits[at:].sum() / size[at:].sum(),
        "n_periods": n,
    }


def around(words: pd.DataFrame, what: What, date: str, *, among: str = "speaker") -> pd.DataFrame:
    """Compare the time before a date with the time from then on, speaker by speaker.

    Returns
    -------
    DataFrame
        One row per value of `among` and side (`when`: before, after), with the columns of `track`;
        `both`: whether they speak on both sides. `.attrs`: `share_both`, the share of all words by
        those who do, and `changed_speakers`, true if it is below one half: the overall rate then
        shows who speaks, not how they speak. This never says that the date is the reason.
    """
    cells = _cells(words, what, "date", [among])
    cells["when"] = np.where(cells["date"].astype("str") < date, "before", "after")
    result = _rates(cells, [among, "when"])
    sides = result[result["n_words"] > 0].groupby(among, dropna=False)["when"].transform("nunique")
    result["both"] = sides.reindex(result.index).eq(2)
    share = float(result.loc[result["both"], "n_words"].sum() / max(result["n_words"].sum(), 1))
    return finish(
        result, words, made_by="around", date=date, share_both=share, changed_speakers=share < 0.5
    )
