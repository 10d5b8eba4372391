"""How evenly the floor is shared among those who share it: equal access, and its absence.

Shares p of the words of n speakers. The *effective number of speakers*, e^H with
H = -sum p ln p (Hill 1973), is the easiest to say: "as if 1.9 people had talked equally".
*Evenness* is H / ln n (Pielou 1966). *Gini* is (2 sum i x_i / sum x - (n + 1)) / n on sorted
words x: 0 where all say as much; at most (n - 1) / n, which for few speakers is far from 1, so
that it is also given times n / (n - 1).

In a briefing officials are there to answer at length, so an inequality over everybody is the
genre and no finding. It is therefore taken apart: among journalists, among officials, and
between roles. Only those who speak are seen: a journalist who never got a question is not in n.

Whoever speaks once or twice would often be missing when exchanges are drawn again, and the
interval would lie off: of simulated 95 % intervals (4 or 8 speakers, log words of a turn with
sd .6) 22 to 26 % held the truth with two exchanges a speaker, 61 to 71 % with three, 85 to 95 %
with five, 97 % or more with ten. So there is one only where each has five.

References
----------
Gini, C. (1912). Variabilita e mutabilita. Pielou, E. (1966). The measurement of diversity.
Hill, M. (1973). Diversity and evenness: a unifying notation and its consequences.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import TURNS, BriefingError
from briefing.words.groups import PLACE, count, kind_of_text
from briefing.words.rates import MIN_UNITS, RESAMPLES

Floats = npt.NDArray[np.float64]
SCOPES = ("journalists", "officials", "roles")
MIN_EXCHANGES_EACH = 5
INTERVALS = ["effective_low", "effective_high", "gini_corrected_low", "gini_corrected_high"]


def speaking_inequality(turns: pd.DataFrame, *, seed: int = 1) -> pd.DataFrame:
    """Return how unequal the words are among journalists, among officials and between roles.

    Parameters
    ----------
    turns : DataFrame
        A turns table; `speaker, role` and `n_words` are needed; `organisation` names a journalist
        who has no other name (an outlet counts as one); `answers` and `turn_id` give exchanges.
    seed : int
        For the intervals: exchanges are drawn again 2,000 times.

    Returns
    -------
    DataFrame
        Three rows. `scope`: *journalists, officials* or *roles*; `n_speakers` (in *roles*: how
        many roles), `n_turns` and `n_words` (of them), `n_turns_left_out`, `n_words_left_out`
        (nobody is named, or the role is unknown), `effective_speakers`, `gini`,
        `gini_corrected` (times n / (n - 1)), `evenness`, `top` and `share_top` (who said most, and
        that share of the words), `n_exchanges`, `effective_low, effective_high,
        gini_corrected_low, gini_corrected_high` (95 %), and `why`: empty, or why scores or
        intervals are missing.
        `.attrs`: `silent_counted` (False), `seed`, `resamples`, and the kind of text.

    Raises
    ------
    BriefingError
        A missing column, no turns, or turns whose words were not counted.

    Notes
    -----
    The values are counted and exact for this text. An interval says what they might be with other
    exchanges among the same people: from ten exchanges on, each speaker in five of them. An
    exchange runs from a question that was answered up to the next; what comes before the first
    stays as it is. One speaker, or no words: missing. Not dominance, and not minutes; not to be
    compared between briefings of which one leaves journalists unnamed.

    Examples
    --------
    >>> turns = pd.DataFrame({
    ...     "speaker": ["Jo Petrel", "Ida Marlow", "Sam Ousel"], "n_words": [30, 200, 10],
    ...     "role": ["journalist", "official", "journalist"]})
    >>> speaking_inequality(turns)[["scope", "n_speakers", "effective_speakers", "gini"]].round(2)
             scope  n_speakers  effective_speakers  gini
    0  journalists           2                1.75  0.25
    1    officials           1                 NaN   NaN
    2        roles           2                1.57  0.33
    """
    TURNS.check(turns, "speaker", "role", "n_words")
    table = _who(turns)
    rows = [{"scope": scope} | _measure(table, scope, seed) for scope in SCOPES]
    result = pd.DataFrame(rows)
    result.attrs = kind_of_text(turns) | {"silent_counted": False, "seed": seed}
    result.attrs["resamples"] = RESAMPLES
    return result


def _who(turns: pd.DataFrame) -> pd.DataFrame:
    """Turns in order, each with the name it counts under, if any, and the exchange it is in."""
    columns = [*dict.fromkeys([*turns, *PLACE, "organisation", "answers"])]
    turns = turns.reindex(columns=columns).sort_values(PLACE, kind="stable", ignore_index=True)
    names = turns["speaker"].astype("object")
    names = names.mask(names.astype("str").str.strip() == "")
    outlets = turns["organisation"].astype("object").where(turns["role"] == "journalist")
    table = count(turns.assign(speaker=names.fillna(outlets)), "speaker")
    return table.assign(exchange=_exchanges(turns))


def _exchanges(turns: pd.DataFrame) -> Floats:
    """The number of the exchange that each turn falls in; NaN before the first of a briefing."""
    briefing = turns.groupby("briefing_id", sort=False, dropna=False).ngroup()
    place = pd.MultiIndex.from_arrays([briefing, turns["turn_id"].astype("float64")])
    answered = turns["answers"].astype("float64").dropna()
    begins = pd.Series(place.isin(pd.MultiIndex.from_arrays([briefing[answered.index], answered])))
    under_way = begins.groupby(briefing).cummax()
    return begins.cumsum().where(under_way).to_numpy(np.float64)


def _measure(table: pd.DataFrame, scope: str, seed: int) -> dict[str, Any]:
    here = table if scope == "roles" else table[table["role"] == scope.removesuffix("s")]
    counted = here["role"] != "unknown" if scope == "roles" else here["named"]
    inside = here[counted & (here["n_words"] > 0)]
    who = "role" if scope == "roles" else "speaker"
    words = inside.groupby(who, sort=False, observed=True)["n_words"].sum()
    return {
        "n_speakers": len(words),
        "n_turns": len(inside),
        "n_words": int(words.sum()),
        "n_turns_left_out": int((~counted).sum()),
        "n_words_left_out": int(here["n_words"][~counted].sum()),
        **_scores(words.to_numpy(np.float64)),
        "top": words.idxmax() if len(words) else None,
        "share_top": words.max() / words.sum() if len(words) else np.nan,
        "n_exchanges": inside["exchange"].nunique(),
        **_interval(inside, who, seed),
    }


def _interval(inside: pd.DataFrame, who: str, seed: int) -> dict[str, Any]:
    """Ends of the scores when exchanges are drawn again, or why there are none."""
    each = inside.groupby(who, observed=True)["exchange"].nunique()
    why = _why_not(len(each), inside["exchange"].nunique(), each.min())
    if why:
        return dict.fromkeys(INTERVALS, np.nan) | {"why": why}
    words = inside.pivot_table(
        index=inside["exchange"].fillna(-1), columns=who, values="n_words", aggfunc="sum",
        observed=True, fill_value=0,
    )  # fmt: skip
    fixed = words.loc[words.index < 0].to_numpy(np.float64).sum(0)
    drawn_from = words.loc[words.index >= 0].to_numpy(np.float64)
    units = len(drawn_from)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(units, np.full(units, 1 / units), size=RESAMPLES)
    sums = fixed + drawn @ drawn_from
    scores = [np.exp(_entropy(sums)), _gini(sums) * len(fixed) / (len(fixed) - 1)]
    ends = np.quantile(scores, [0.025, 0.975], axis=1)
    return dict(zip(INTERVALS, ends.T.ravel().tolist(), strict=True)) | {"why": ""}


def _why_not(n_speakers: int, n_exchanges: int, fewest: float) -> str:
    if n_speakers == 0:
        return "nobody to count: no turn of theirs names its speaker"
    if n_speakers == 1:
        return "only one: nothing to compare"
    if n_exchanges < MIN_UNITS:
        return f"no interval: fewer than {MIN_UNITS} exchanges"
    if fewest < MIN_EXCHANGES_EACH:
        return f"no interval: somebody speaks in fewer than {MIN_EXCHANGES_EACH} exchanges"
    return ""


def gini(x: npt.ArrayLike, *, corrected: bool = False) -> float:
    """Gini of the numbers `x`, zeros among them; `corrected`: times n / (n - 1).

    NaN for fewer than two numbers, and where all are 0.

    >>> gini([0, 0, 0, 1]), gini([0, 0, 0, 1], corrected=True)
    (0.75, 1.0)
    """
    x = _numbers(x)
    if len(x) < 2:
        return float("nan")
    return float(_gini(x) * (len(x) / (len(x) - 1) if corrected else 1))


def entropy(x: npt.ArrayLike, base: float | None = None) -> float:
    """Shannon entropy of the shares of `x`, natural unless `base` is given; NaN if all are 0."""
    x = _numbers(x)
    return float(_entropy(x, base)) if len(x) else float("nan")


def evenness(x: npt.ArrayLike) -> float:
    """Pielou's evenness H / ln n, zeros counted in n; NaN for fewer than two, or all 0."""
    x = _numbers(x)
    return entropy(x) / float(np.log(len(x))) if len(x) > 1 else float("nan")


def _scores(words: Floats) -> dict[str, float]:
    several = len(words) > 1
    return {
        "effective_speakers": float(np.exp(entropy(words))) if several else float("nan"),
        "gini": gini(words),
        "gini_corrected": gini(words, corrected=True),
        "evenness": evenness(words),
    }


def _numbers(x: npt.ArrayLike) -> Floats:
    numbers = np.asarray(x, np.float64)
    if numbers.ndim != 1 or not (numbers >= 0).all():
        raise BriefingError(f"shares need a row of numbers from 0 up; got {x!r}.")
    return numbers


def _gini(words: Floats) -> Floats:
    """Gini along the last axis; NaN where all are 0."""
    n = words.shape[-1]
    ranked = np.sort(words, axis=-1) @ np.arange(1, n + 1)
    with np.errstate(invalid="ignore"):
        return (2 * ranked / words.sum(-1) - (n + 1)) / n


def _entropy(words: Floats, base: float | None = None) -> Floats:
    """Entropy along the last axis; NaN where all are 0."""
    from scipy.special import entr

    with np.errstate(invalid="ignore"):
        shares = words / words.sum(-1, keepdims=True)
    return entr(shares).sum(-1) / (np.log(base) if base else 1)
