"""Coding by hand: samples, agreement, the accuracy of a dictionary, and corrected counts.

A dictionary carries over badly from one domain to the next: "validate, validate, validate" (Grimmer
& Stewart 2013). So people read a sample of sentences in which it found a topic and of sentences in
which it did not, without knowing which is which, and say whether the topic is present: at least a
hundred of each, two coders, alpha of .80 or more (`briefing.coding.agreement`). Then
`briefing.coding.accuracy` says how good the dictionary is and corrects what it counted.

A sample is two tables. The *sheet* goes to the coders: an item is one sentence and the topic asked
about, with an empty column `code`. The *key* is not shown to them: what the machine decided, and
how many sentences of its stratum an item represents.

*Precision*: of the sentences with a hit, the share in which the topic is present. *Recall*: of the
sentences in which the topic is present, the share with a hit. The sample draws hits and non-hits
separately, so each item represents its stratum. With p the share of coded hits that are right, q
the share of coded non-hits in which the topic was missed, and N1, N0 the sizes of the strata,

    precision = p
    recall = N1 p / (N1 p + N0 q)
    specificity = N0 (1 - q) / (N0 (1 - q) + N1 (1 - p))

The count is then corrected: if a share s of sentences has a hit, the topic is in (s + specificity -
1) / (recall + specificity - 1) of them (Rogan & Gladen 1978), kept within 0 and 1: it is identified
only if a hit makes the topic likelier. The interval covers the uncertainty of the coded sample and
nothing else: it describes these sentences. For the coded text itself the share is s p + (1 - s) q.

Precision has Wilson's interval; for several topics together it uses the effective number of items
given the weights (Kish 1965). The others come from 2,000 draws of p and q, each from Beta(k + .5, n
- k + .5) (Jeffreys), widened to include the estimate, so that no misses among 50 is not taken to
mean no misses. In simulations with 50 to 100 coded items a stratum and q from .002 to .1 they
included the true value in 90 to 99 % (recall) and 93 to 97 % (corrected share) of 600 runs.

Do people who code the same texts see the same things? *Percent agreement* flatters: two coders who
say "no" to nearly everything agree nearly always. Krippendorff's *alpha* sets the disagreement
observed against the one expected if the codes were dealt out at random: 1 is perfect, 0 is chance.
It takes any number of coders, missing codes and four levels of measurement. By convention .80 is
good and .667 the least that allows tentative conclusions (Krippendorff 2004). Cohen's *kappa*, for
two coders, allows for each coder's habits. Report alpha with its interval and the percentage
together (Hayes & Krippendorff 2007).

alpha = 1 - D_o / D_e. A *coincidence* o_ck counts how often the codes c and k meet on one item,
each item weighing as many codes as it has; n_c are its sums. D_o = sum o_ck d_ck / n and
D_e = sum n_c n_k d_ck / (n (n - 1)), with the squared distance d of two codes by level: nominal 0
or 1; interval (c - k)^2; ratio ((c - k) / (c + k))^2; ordinal as interval, on the middle ranks
that the codes have when all are pooled. Items with fewer than two codes are left out.

References
----------
Brown, L., Cai, T. and DasGupta, A. (2001). Interval estimation for a binomial proportion.
Cohen, J. (1960). A coefficient of agreement for nominal scales.
Grimmer, J. and Stewart, B. (2013). Text as data. Political Analysis 21, 267-297.
Hayes, A. and Krippendorff, K. (2007). Answering the call for a standard reliability measure.
Kish, L. (1965). Survey Sampling.
Krippendorff, K. (2004). Content Analysis, 2nd edition.
Krippendorff, K. (2011). Computing Krippendorff's alpha-reliability.
Rogan, W. and Gladen, B. (1978). Estimating prevalence from the results of a screening test.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, NamedTuple
from zlib import crc32

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import SENTENCES, BriefingError, known
from briefing.words.groups import Floats, Ints, finish
from briefing.words.rates import MIN_UNITS, RESAMPLES, wilson

__all__ = ["accuracy", "agreement", "corrected_frequency", "sample"]

LEVELS = ("nominal", "ordinal", "interval", "ratio")


def krippendorff_alpha(rows: Sequence[Sequence[Any]], level: str = "nominal") -> float:
    """Krippendorff's alpha for one row of codes per coder, None or NaN for missing codes.

    NaN if no item has two codes, or all codes are the same.

    >>> round(krippendorff_alpha([[0, 1, 0, 0, 1], [0, 1, 1, 0, None]]), 3)
    0.533
    """
    check_level(level)
    counts, values = as_counts(rows, level)
    return float(alpha_of(coincidences(counts).sum(0)[None], values, level)[0])


def cohen_kappa(table: npt.ArrayLike) -> float:
    """Cohen's kappa of a square table: rows are the codes of one coder, columns those of the other.

    (p_o - p_e) / (1 - p_e); NaN for an empty table, or if both used a single code.

    >>> round(cohen_kappa([[20, 5], [10, 15]]), 3)
    0.4
    """
    counts = np.asarray(table, np.float64)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1]:
        raise BriefingError.of("no square table", shape=counts.shape)
    n = counts.sum()
    expected = counts.sum(0) @ counts.sum(1)  # over n * n; exact if there is only one code
    if n == 0 or expected == n * n:
        return float("nan")
    chance = expected / n**2
    return float((np.trace(counts) / n - chance) / (1 - chance))


def check_level(level: str) -> None:
    """Raise BriefingError unless `level` is one of the four."""
    if level not in LEVELS:
        raise BriefingError.of("no level of measurement", level=level, known=", ".join(LEVELS))


def as_counts(rows: npt.ArrayLike, level: str) -> tuple[Floats, npt.NDArray[Any]]:
    """How many coders gave each item (row) each code (column), and the codes.

    Only items with two codes or more, and the codes that occur there.
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
        raise BriefingError.of("codes not numbers", level=level, error=error) from error
    if level == "ratio" and (numbers < 0).any():
        raise BriefingError.of("ratio below 0", least=numbers.min())
    return numbers


def coincidences(counts: Floats) -> Floats:
    """For each item, how often any two codes meet, with a total weight of one per code."""
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
    """Alpha for each matrix of coincidences in a stack; NaN if no disagreement was possible."""
    n_c = pairs.sum(-1)
    n = n_c.sum(-1)
    apart = _distance(n_c, values, level)
    with np.errstate(divide="ignore", invalid="ignore"):
        seen = (pairs * apart).sum((-1, -2)) / n
        expected = (n_c[:, :, None] * n_c[:, None, :] * apart).sum((-1, -2)) / (n * (n - 1))
        return np.where(expected > 0, 1 - seen / expected, np.nan)


def _distance(n_c: Floats, values: npt.NDArray[Any], level: str) -> Floats:
    """The squared distance between any two codes, as a stack of matrices."""
    if level == "nominal":
        return 1 - np.eye(len(values))[None]
    scale = np.cumsum(n_c, -1) - n_c / 2 if level == "ordinal" else values[None].astype(np.float64)
    apart = scale[:, :, None] - scale[:, None, :]
    if level == "ratio":
        total = scale[:, :, None] + scale[:, None, :]
        apart = apart / np.where(total > 0, total, 1)
    return apart**2


CODES, HITS, KEY, ACCURACY = map(known, ("codes", "hits", "key", "accuracy"))
MEASURES = ["n_items", "n_coders", "n_codes", "n_categories", "share_agree"]
MEASURES += ["alpha", "low", "high", "kappa", "why"]
SHARE_UNDEFINED = 0.05  # of the resamples; if more are undefined there is no interval


def agreement(
    codes: pd.DataFrame, *, level: str = "nominal", by: str | None = None, seed: int = 1
) -> pd.DataFrame:
    """Return how far coders agree: percentage, alpha with its interval, kappa for two coders.

    Parameters
    ----------
    codes : DataFrame
        One row a code: `item_id, coder, code`. A missing code does not count.
    level : str
        How codes differ: nominal (same or not), ordinal, interval or ratio (numbers).
    by : str, optional
        A column, such as topic: one row for each of its values.
    seed : int
        For the interval: whole items are resampled 2,000 times.

    Returns
    -------
    DataFrame
        `by` (if given), `n_items` (with two codes or more: the others are left out), `n_coders`,
        `n_codes`, `n_categories`, `share_agree` (of the pairs of codes on an item, mean over
        items), `alpha`, `low`, `high` (95 %), `kappa` (two coders, nominal level, the items that
        both coded) and `why`: empty, or the reason why there is no alpha or no interval. `.attrs`:
        `level`, `by`, `seed`, `resamples`.

    Raises
    ------
    BriefingError
        If a column is missing, the level is unknown, a coder has two codes for one item, or the
        level needs numbers (for ratio: 0 or more) and the codes are not.

    Notes
    -----
    alpha = 1 - D_o / D_e (Krippendorff 2004), kappa = (p_o - p_e) / (1 - p_e) (Cohen 1960).

    With only one category, chance would agree too: alpha is missing although agreement is 1. If all
    agree, or there are fewer than ten items, resampling shows nothing new: no interval. Not proof
    that the codes are right: two coders can share a mistake.

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


def _given(codes: pd.DataFrame) -> pd.DataFrame:
    """The codes present, at most one per coder and item."""
    given = codes[codes["code"].notna()]
    twice = given.duplicated(["item_id", "coder"])
    if twice.any():
        first = given[twice].iloc[0]
        raise BriefingError.of("item coded twice", coder=first["coder"], item=first["item_id"])
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
    """The middle 95 % of alpha when whole items are resampled."""
    units, n_values = len(paired), len(values)
    rng = np.random.default_rng(seed)
    drawn = rng.multinomial(units, np.full(units, 1 / units), size=RESAMPLES).astype(np.float64)
    sums = (drawn @ paired.reshape(units, -1)).reshape(-1, n_values, n_values)
    alphas = alpha_of(sums, values, level)
    if np.isnan(alphas).mean() > SHARE_UNDEFINED:
        return np.nan, np.nan
    low, high = np.nanquantile(alphas, [0.025, 0.975])
    return float(low), float(high)


SENTENCE = ["briefing_id", "turn_id", "sentence_id"]
SHEET = ["item_id", "topic", "text", "code", *SENTENCE]


class CodingSample(NamedTuple):
    """What coders see, and what they must not see."""

    sheet: pd.DataFrame
    key: pd.DataFrame


def sample(
    hits: pd.DataFrame,
    sentences: pd.DataFrame,
    *,
    topics: Sequence[str] | None = None,
    n: int = 100,
    seed: int = 1,
) -> CodingSample:
    """Draw sentences with and without a hit, for coders who do not know which is which.

    Parameters
    ----------
    hits : DataFrame
        What a dictionary found: `briefing_id, turn_id, sentence_id, topic`, one row per hit.
    sentences : DataFrame
        All sentences that were searched, with their text. Hits elsewhere are left out.
    topics : list of str, optional
        The topics to code, including any that were never found; by default the topics in `hits`.
    n : int
        Sentences with a hit, and as many without, for each topic; all, if there are fewer.
    seed : int
        The same seed draws the same items for a topic, whatever else is coded.

    Returns
    -------
    CodingSample
        `sheet`: `item_id, topic, text, code` (empty), `briefing_id, turn_id, sentence_id`, topic by
        topic, with items shuffled. `key`:
        `item_id, topic, briefing_id, turn_id, sentence_id, hit, n_stratum, n_sampled, weight`.
        `.attrs` of both: `n`, `seed`, `unit` (sentence), and the kind of text.

    Raises
    ------
    BriefingError
        If a column is missing, there are no sentences or topics, or `n` is below 1.

    Notes
    -----
    After Grimmer & Stewart (2013); the strata are sampled separately, so that rare hits are seen.

    One sentence can be an item for several topics. Not for how often a topic comes up: half of the
    sample are hits by design; `corrected_frequency` restores the weights.

    Examples
    --------
    >>> import briefing
    >>> said = briefing.sentences(pd.DataFrame({"text": ["Tides rise. Fees fall. We met."]}))
    >>> hits = said[said["sentence_id"] == 2].assign(topic="money")
    >>> drawn = briefing.coding.sample(hits, said, n=1)
    >>> drawn.key[["item_id", "topic", "sentence_id", "hit", "weight"]]
         item_id  topic  sentence_id    hit  weight
    0  item-0001  money            2   True     1.0
    1  item-0002  money            1  False     2.0
    """
    HITS.check(hits, *HITS.columns)
    SENTENCES.check(sentences, *SENTENCE, "text")
    asked = _asked(hits, topics)
    if sentences.empty or not asked or n < 1:
        sizes = {"n_sentences": len(sentences), "n_topics": len(asked), "n": n}
        raise BriefingError.of("nothing to sample", **sizes)
    found = sentences[SENTENCE + ["text"]].sort_values(SENTENCE, ignore_index=True)
    drawn = [_draw(found, hits, topic, n, seed) for topic in asked]
    items = finish(pd.concat(drawn), sentences, n=n, seed=seed, unit="sentence")
    return as_sample(items)


def as_sample(items: pd.DataFrame) -> CodingSample:
    """The items, numbered, as a sheet and its key."""
    numbers = [f"item-{i:04d}" for i in range(1, len(items) + 1)]
    items = items.reset_index(drop=True).assign(item_id=numbers, code="")
    return CodingSample(items[SHEET], items[[*KEY.columns]])


def _asked(hits: pd.DataFrame, topics: Sequence[str] | None) -> list[str]:
    if topics is not None:
        return [*dict.fromkeys(topics)]
    found = hits["topic"]
    every = found.cat.categories if isinstance(found.dtype, pd.CategoricalDtype) else found.unique()
    return sorted(every)


def _draw(found: pd.DataFrame, hits: pd.DataFrame, topic: str, n: int, seed: int) -> pd.DataFrame:
    """Up to `n` sentences from each stratum, shuffled."""
    keys = pd.MultiIndex.from_frame(found[SENTENCE].astype("object"))
    of_topic = hits.loc[hits["topic"] == topic, SENTENCE].astype("object")
    hit = keys.isin(pd.MultiIndex.from_frame(of_topic))
    rng = np.random.default_rng([seed, crc32(str(topic).encode())])
    strata = [rng.permutation(np.flatnonzero(hit == decision)) for decision in (True, False)]
    sizes = [{"n_stratum": len(rows), "n_sampled": len(rows[:n])} for rows in strata]
    drawn = zip([rows[:n] for rows in strata], sizes, strict=True)
    items = pd.concat([found.iloc[rows].assign(hit=hit[rows], **size) for rows, size in drawn])
    items = items.assign(topic=topic, weight=items["n_stratum"] / items["n_sampled"])
    return items.iloc[rng.permutation(len(items))]


ALL = "all topics"
COUNTS = ["n_hit", "n_no_hit", "n_hit_coded", "n_right", "n_no_hit_coded", "n_missed"]


def accuracy(
    coded: pd.DataFrame, key: pd.DataFrame, *, yes: str = "1", seed: int = 1
) -> pd.DataFrame:
    """Return the precision and recall of a dictionary, judged by coders on a sample.

    Parameters
    ----------
    coded : DataFrame
        One row a code: `item_id, coder, code`. With several coders the majority decides.
    key : DataFrame
        The key of the sample.
    yes : str
        The code for *the topic is present*; every other code means that it is not.
    seed : int
        For the intervals of recall.

    Returns
    -------
    DataFrame
        One row per topic, and *all topics* last, for those that have a recall: the columns of
        `briefing.measures.coding.ACCURACY`. `.attrs`: `yes, seed, draws, unit, n_coders`.

    Raises
    ------
    BriefingError
        If a column is missing, or an item with a code is not in the key.

    Notes
    -----
    precision = p, recall = N1 p / (N1 p + N0 q), with p the share of coded hits that are right,
    q that of coded non-hits that were missed, N1 and N0 the sizes of the strata. Intervals:
    Wilson's, and draws from Beta(k + .5, n - k + .5) (Brown, Cai & DasGupta 2001).

    Items that nobody coded, or on which coders are split, are left out and counted. Precision and
    recall hold for sentences like those of the sample, not for another domain; check
    `briefing.coding.agreement(coded)` first, since a verdict that coders do not share is no
    standard.

    Examples
    --------
    >>> key = pd.DataFrame({"item_id": ["a", "b", "c", "d"], "topic": "money", "hit": [True, True,
    ...     False, False], "n_stratum": [2, 2, 20, 20]})
    >>> coded = pd.DataFrame({"item_id": ["a", "b", "c", "d"], "coder": "P", "code": list("1010")})
    >>> accuracy(coded, key)[["topic", "n_right", "precision", "n_missed", "recall"]].round(3)
            topic  n_right  precision  n_missed  recall
    0       money        1        0.5         1   0.091
    1  all topics        1        0.5         1   0.091
    """
    CODES.check(coded, *CODES.columns)
    KEY.check(key, "item_id", "topic", "hit", "n_stratum")
    counts = _counts(_verdicts(coded, key, yes))
    rows = [_score(counts.iloc[[i]], seed) for i in range(len(counts))]
    good = np.array([not np.isnan(row["recall"]) for row in rows], dtype=bool)
    rows.append(_score(counts[good], seed) | {"topic": ALL})
    result = pd.DataFrame(rows, columns=[*ACCURACY.columns])
    result.attrs = {"yes": yes, "seed": seed, "draws": RESAMPLES, "unit": "sentence"}
    result.attrs["n_coders"] = int(coded["coder"].nunique())
    return result


def draw_shares(yes: npt.ArrayLike, of: npt.ArrayLike, rng: np.random.Generator) -> Floats:
    """Draws of each share `yes` of `of`, a row for each."""
    k, n = (np.asarray(x, np.float64).reshape(-1, 1) for x in (yes, of))
    return rng.beta(k + 0.5, n - k + 0.5, (len(k), RESAMPLES))


def ends(draws: Floats, estimate: float) -> tuple[float, float]:
    """The middle 95 % of the draws, widened to include the estimate; NaN without draws."""
    if np.isnan(estimate) or np.isnan(draws).mean() > SHARE_UNDEFINED:
        return np.nan, np.nan
    low, high = np.nanquantile(draws, [0.025, 0.975])
    return min(float(low), estimate), max(float(high), estimate)


def share(k: pd.Series, n: pd.Series) -> Floats:
    """k / n, or 0 if n is 0."""
    return (k / n.where(n > 0)).fillna(0.0).to_numpy(np.float64)


def _verdicts(coded: pd.DataFrame, key: pd.DataFrame, yes: str) -> pd.DataFrame:
    """The key, with the majority's verdict: 1, 0, or missing."""
    given = coded[coded["code"].notna()]
    strange = given.loc[~given["item_id"].isin(key["item_id"]), "item_id"]
    if len(strange):
        raise BriefingError.of("items not in key", n=len(strange), first=strange.iloc[0])
    votes = (given["code"].astype("str") == yes).groupby(given["item_id"], observed=True).mean()
    for_it = key["item_id"].map(votes).astype("float64")
    decided = for_it.notna() & (for_it != 0.5)
    return key.assign(verdict=(for_it > 0.5).astype("float64").where(decided))


def _counts(items: pd.DataFrame) -> pd.DataFrame:
    """For each topic and stratum: its size, the items with a verdict, and those with the topic."""
    rows = []
    for topic, part in items.groupby("topic", sort=False, observed=True):
        hit = part["hit"].astype("bool")
        strata = [part[hit], part[~hit]]
        sizes = [int(s["n_stratum"].iloc[0]) if len(s) else 0 for s in strata]
        found = [(int(s["verdict"].count()), int(s["verdict"].sum())) for s in strata]
        rows.append((topic, *sizes, *found[0], *found[1], int(part["verdict"].isna().sum())))
    return pd.DataFrame(rows, columns=["topic", *COUNTS, "n_undecided"])


def _score(counts: pd.DataFrame, seed: int) -> dict[str, Any]:
    """One row for one topic, or for several weighted by their numbers of sentences."""
    sums = {column: int(counts[column].sum()) for column in [*COUNTS, "n_undecided"]}
    found, n_found = _pooled(counts, "n_hit", "n_right", "n_hit_coded")
    lost, n_lost = _pooled(counts, "n_no_hit", "n_missed", "n_no_hit_coded")
    precision = found / sums["n_hit"] if sums["n_hit_coded"] else np.nan
    why = _why_no_estimate(sums, found + lost)
    coded = all(sums[f"{stratum}_coded"] or not sums[stratum] for stratum in ("n_hit", "n_no_hit"))
    recall = found / (found + lost) if coded and found + lost else np.nan
    low, high = wilson(n_found * precision if n_found else 0, n_found)
    rng = np.random.default_rng(seed)
    right = sums["n_hit"] * draw_shares(n_found * np.nan_to_num(precision), n_found, rng)
    missed = sums["n_no_hit"] * draw_shares(n_lost * lost / max(sums["n_no_hit"], 1), n_lost, rng)
    with np.errstate(invalid="ignore"):
        recall_low, recall_high = ends(right / (right + missed), recall)
    return sums | {
        "topic": counts["topic"].iloc[0] if len(counts) else ALL,
        "precision": precision,
        "precision_low": float(low),
        "precision_high": float(high),
        "recall": recall,
        "recall_low": recall_low,
        "recall_high": recall_high,
        "why": why,
    }


def _pooled(counts: pd.DataFrame, size: str, yes: str, coded: str) -> tuple[float, float]:
    """Sentences with the topic in all strata, and the effective number coded.

    Strata of unequal weight are worth (sum N)^2 / sum(N^2 / n) items coded at random (Kish 1965).
    """
    table = counts[counts[coded] > 0]
    n, weight = table[coded].to_numpy(np.float64), table[size].to_numpy(np.float64)
    there = float(weight @ share(table[yes], table[coded]))
    return there, float(weight.sum() ** 2 / (weight**2 / n).sum()) if len(table) else 0.0


def _why_no_estimate(n: dict[str, int], present: float) -> str:
    if n["n_hit"] and not n["n_hit_coded"]:
        return "no sentence with a hit was coded: no precision, no recall"
    if n["n_no_hit"] and not n["n_no_hit_coded"]:
        return "no sentence without a hit was coded: no recall"
    if not present:
        return "no sentence coded has the topic: no recall"
    return "" if n["n_hit"] else "the dictionary found nothing: no precision"


def corrected_frequency(
    hits: pd.DataFrame, sentences: pd.DataFrame, *, accuracy: pd.DataFrame, seed: int = 1
) -> pd.DataFrame:
    """Return the share of sentences that have each topic, as counted and as corrected.

    Parameters
    ----------
    hits : DataFrame
        What the dictionary found: `briefing_id, turn_id, sentence_id, topic`, one row per hit.
    sentences : DataFrame
        The sentences it searched, those of the coded sample or others like them.
    accuracy : DataFrame
        The result of `briefing.coding.accuracy`; its topics are the rows of this result.
    seed : int
        For the interval: 2,000 draws of the shares of right and missed items.

    Returns
    -------
    DataFrame
        One row per topic: `topic, n_sentences, n_hit` (with a hit), `share_hit` (uncorrected),
        `recall, specificity, est_share` (corrected), `low, high` (95 %), and `why`: empty, or the
        reason why there is no estimate. `.attrs`: `seed, draws, unit`, and the kind of text.

    Raises
    ------
    BriefingError
        If a column is missing, or there are no sentences.

    Notes
    -----
    (s + specificity - 1) / (recall + specificity - 1), with s the share with a hit (Rogan & Gladen
    1978), kept within 0 and 1.

    Not for talk unlike the coded sample: a dictionary makes different errors in another domain. An
    estimate cut off at 0 or 1 shows that recall and specificity do not fit this text.

    Examples
    --------
    >>> accuracy = pd.DataFrame({"topic": ["money"], "n_hit": [10], "n_no_hit": [90],
    ...     "n_hit_coded": [10], "n_right": [8], "n_no_hit_coded": [45], "n_missed": [1],
    ...     "precision": [0.8], "recall": [0.8]})
    >>> said = pd.DataFrame({"briefing_id": "a", "turn_id": 1, "sentence_id": range(1, 101)})
    >>> hits = said.head(10).assign(topic="money")
    >>> share = corrected_frequency(hits, said, accuracy=accuracy)
    >>> share[["topic", "n_hit", "share_hit", "est_share"]].round(3)
       topic  n_hit  share_hit  est_share
    0  money     10        0.1        0.1
    """
    HITS.check(hits, *HITS.columns)
    SENTENCES.check(sentences, *SENTENCE)
    ACCURACY.check(accuracy, "topic", "n_hit", "n_no_hit", "n_right", "n_missed")
    ACCURACY.check(accuracy, "n_hit_coded", "n_no_hit_coded", "recall")
    if sentences.empty:
        raise BriefingError.of("nothing to correct")
    topics = accuracy[accuracy["topic"] != ALL].reset_index(drop=True)
    n_hit = _sentences_hit(hits, sentences, topics["topic"])
    result = pd.DataFrame({"topic": topics["topic"], "n_sentences": len(sentences)})
    result = result.assign(n_hit=n_hit, share_hit=n_hit / len(sentences), recall=topics["recall"])
    result = pd.concat([result, _estimates(topics, n_hit / len(sentences), seed)], axis="columns")
    return finish(result, sentences, seed=seed, draws=RESAMPLES, unit="sentence")


def _sentences_hit(hits: pd.DataFrame, sentences: pd.DataFrame, topics: pd.Series) -> Ints:
    """How many of the sentences have at least one hit for each topic."""
    searched = pd.MultiIndex.from_frame(sentences[SENTENCE].astype("object"))
    inside = pd.MultiIndex.from_frame(hits[SENTENCE].astype("object")).isin(searched)
    once = hits.loc[inside, [*SENTENCE, "topic"]].drop_duplicates()
    counts = once["topic"].astype("object").value_counts()
    return topics.map(counts).fillna(0).to_numpy(np.int64)


def _estimates(known: pd.DataFrame, shares: Floats, seed: int) -> pd.DataFrame:
    strata = known[["n_hit", "n_no_hit"]].to_numpy(np.float64)
    p = share(known["n_right"], known["n_hit_coded"])[:, None]
    q = share(known["n_missed"], known["n_no_hit_coded"])[:, None]
    estimate, specificity = _corrected(shares, strata, p, q)
    rng = np.random.default_rng(seed)
    right = draw_shares(known["n_right"], known["n_hit_coded"], rng)
    missed = draw_shares(known["n_missed"], known["n_no_hit_coded"], rng)
    drawn, _ = _corrected(shares, strata, right, missed)
    unknown = known["recall"].isna().to_numpy() | (known["n_hit_coded"] == 0).to_numpy()
    estimate = np.where(unknown, np.nan, estimate[:, 0])
    interval = [ends(*pair) for pair in zip(drawn, estimate.tolist(), strict=True)]
    table = pd.DataFrame(interval, columns=["low", "high"], dtype="float64")
    table.insert(0, "specificity", np.where(unknown, np.nan, specificity[:, 0]))
    table.insert(1, "est_share", estimate)
    why = [_why(*row) for row in zip(unknown, estimate, table["low"], strict=True)]
    return table.assign(why=why)


def _corrected(shares: Floats, strata: Floats, p: Floats, q: Floats) -> tuple[Floats, Floats]:
    """Rogan and Gladen's share, NaN if it is not identified, and the specificity."""
    hit, no_hit = strata[:, :1], strata[:, 1:]
    with np.errstate(divide="ignore", invalid="ignore"):
        recall = hit * p / (hit * p + no_hit * q)
        specificity = no_hit * (1 - q) / (no_hit * (1 - q) + hit * (1 - p))
        better = recall + specificity - 1
        corrected = (shares[:, None] + specificity - 1) / better
    return np.where(better > 0, np.clip(corrected, 0, 1), np.nan), specificity


def _why(unknown: bool, estimate: float, low: float) -> str:
    if unknown:
        return "recall or precision is not known"
    if np.isnan(estimate):
        return "not identified: a hit makes the topic no likelier"
    return "" if low == low else "no interval: too few codes to identify the share"
