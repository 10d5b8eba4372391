"""How often a topic comes up, corrected by what its dictionary is known to get wrong.

A share s of the sentences has a hit. Some hits are wrong, some sentences are missed. With the
recall and specificity that a coded sample gave (`briefing.accuracy`), the topic is in

    (s + specificity - 1) / (recall + specificity - 1)

of them (Rogan & Gladen 1978), kept within 0 and 1: it is identified only where a hit makes the
topic likelier. The interval carries what is uncertain about the coded sample, and nothing else:
it describes these sentences.

Reference
---------
Rogan, W. and Gladen, B. (1978). Estimating prevalence from the results of a screening test.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.coding.samples import HITS, SENTENCE
from briefing.coding.validation import ACCURACY, ALL, draw_shares, ends, share
from briefing.tables import SENTENCES, BriefingError
from briefing.words.groups import kind_of_text
from briefing.words.rates import RESAMPLES

Floats = npt.NDArray[np.float64]
Ints = npt.NDArray[np.integer[Any]]


def corrected_frequency(
    hits: pd.DataFrame, sentences: pd.DataFrame, *, accuracy: pd.DataFrame, seed: int = 1
) -> pd.DataFrame:
    """Return the share of sentences in which each topic is, as counted and as corrected.

    Parameters
    ----------
    hits : DataFrame
        What the dictionary found: `briefing_id, turn_id, sentence_id, topic`, a row a hit.
    sentences : DataFrame
        The sentences that it searched, those of the coded sample or others like them.
    accuracy : DataFrame
        What `briefing.accuracy` gives: the topics in it are the rows of the result.
    seed : int
        For the interval: 2,000 draws of the shares that are right and missed.

    Returns
    -------
    DataFrame
        One row per topic: `topic, n_sentences, n_hit` (with a hit), `share_hit` (uncorrected),
        `recall, specificity, est_share` (corrected), `low, high` (95 %), and `why`: empty, or why
        there is no estimate. `.attrs`: `seed, draws, unit`, and the kind of text.

    Raises
    ------
    BriefingError
        A missing column, or no sentences.

    Notes
    -----
    (s + specificity - 1) / (recall + specificity - 1), of the share s with a hit (Rogan & Gladen
    1978), kept within 0 and 1.

    Not for talk unlike the coded sample's: a dictionary's errors are other in another domain. An
    estimate that is cut at 0 or 1 says that recall and specificity do not fit this text.

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
        raise BriefingError("no sentences to correct for: the table has 0 rows. Select others.")
    known = accuracy[accuracy["topic"] != ALL].reset_index(drop=True)
    n_hit = _sentences_hit(hits, sentences, known["topic"])
    result = pd.DataFrame({"topic": known["topic"], "n_sentences": len(sentences)})
    result = result.assign(n_hit=n_hit, share_hit=n_hit / len(sentences), recall=known["recall"])
    result = pd.concat([result, _estimates(known, n_hit / len(sentences), seed)], axis="columns")
    result.attrs = kind_of_text(sentences) | {"seed": seed, "draws": RESAMPLES, "unit": "sentence"}
    return result


def _sentences_hit(hits: pd.DataFrame, sentences: pd.DataFrame, topics: pd.Series) -> Ints:
    """How many of the sentences have a hit of each topic, however many hits there are in one."""
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
    return table.assign(
        why=[_why(*row) for row in zip(unknown, estimate, table["low"], strict=True)]
    )


def _corrected(shares: Floats, strata: Floats, p: Floats, q: Floats) -> tuple[Floats, Floats]:
    """Rogan and Gladen's share, NaN where it is not identified, and the specificity."""
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
