"""Coding by hand: a blind sample of hits and non-hits out to coders, and their codes back in.

A dictionary carries over badly from one domain to the next: "validate, validate, validate"
(Grimmer & Stewart 2013). So people read a sample of the sentences in which it found a topic and of
those in which it found none, without being told which is which, and say whether the topic is
there: at least a hundred of each, two coders, alpha of .80 or more (`briefing.agreement`). Then
`briefing.accuracy` says how good the dictionary is and corrects what it counted.

A sample is two tables. The *sheet* goes to the coders: an item is one sentence and the topic asked
about, with an empty column `code`. The *key* stays at home: what the machine decided, and how many
sentences of its stratum an item stands for.

References
----------
Grimmer, J. and Stewart, B. (2013). Text as data. Political Analysis 21, 267-297.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple
from zlib import crc32

import numpy as np
import pandas as pd

from briefing.tables import SENTENCES, BriefingError, Table
from briefing.words.groups import kind_of_text

SENTENCE = ["briefing_id", "turn_id", "sentence_id"]
HITS = Table(
    name="hits",
    row="one place where the dictionary found a topic",
    made_by="briefing.topic_hits(tokens, topics)",
    columns={
        "briefing_id": "the press event",
        "turn_id": "the turn",
        "sentence_id": "the sentence of the turn",
        "topic": "the topic found",
    },
)
KEY = Table(
    name="key",
    row="one item of a sample: a sentence, and the topic asked about",
    made_by="briefing.coding_sample(hits, sentences)",
    columns={
        "item_id": "the item",
        "topic": "the topic asked about",
        "briefing_id": "the press event",
        "turn_id": "the turn",
        "sentence_id": "the sentence of the turn",
        "hit": "whether the dictionary found the topic in it",
        "n_stratum": "sentences with that decision on that topic",
        "n_sampled": "of these, how many are in the sample",
        "weight": "n_stratum / n_sampled: the sentences that the item stands for",
    },
)
SHEET = ["item_id", "topic", "text", "code", *SENTENCE]


class CodingSample(NamedTuple):
    """What the coders see, and what they must not see."""

    sheet: pd.DataFrame
    key: pd.DataFrame


def coding_sample(
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
        What a dictionary found: `briefing_id, turn_id, sentence_id, topic`, a row a hit.
    sentences : DataFrame
        All sentences that were searched, with their text. Hits in others are left out.
    topics : list of str, optional
        The topics to code, also those that were never found; the topics in `hits` without it.
    n : int
        Sentences with a hit, and as many without, for each topic; all, where there are fewer.
    seed : int
        The same seed draws the same items of a topic, whatever else is coded.

    Returns
    -------
    CodingSample
        `sheet`: `item_id, topic, text, code` (empty), `briefing_id, turn_id, sentence_id`, the
        topics one after the other, their items shuffled. `key`: `item_id, topic, briefing_id,
        turn_id, sentence_id, hit, n_stratum, n_sampled, weight`.
        `.attrs` of both: `n`, `seed`, `unit` (sentence), and the kind of text.

    Raises
    ------
    BriefingError
        A missing column, no sentences, no topic, or `n` below 1.

    Notes
    -----
    After Grimmer & Stewart (2013); each stratum is drawn by itself, so that rare hits are seen.

    One sentence can be an item of several topics. Not for how often a topic comes up: half of the
    sample are hits by design; `corrected_frequency` weighs them back.

    Examples
    --------
    >>> from briefing import sentences
    >>> said = sentences(pd.DataFrame({"text": ["Tides rise. Fees fall. We met."]}))
    >>> hits = said[said["sentence_id"] == 2].assign(topic="money")
    >>> sample = coding_sample(hits, said, n=1)
    >>> sample.key[["item_id", "topic", "sentence_id", "hit", "weight"]]
         item_id  topic  sentence_id    hit  weight
    0  item-0001  money            2   True     1.0
    1  item-0002  money            1  False     2.0
    """
    HITS.check(hits, *HITS.columns)
    SENTENCES.check(sentences, *SENTENCE, "text")
    asked = _asked(hits, topics)
    if sentences.empty or not asked or n < 1:
        raise BriefingError(
            f"nothing to sample: {len(sentences)} sentences, {len(asked)} topics, n={n}. Give the "
            "sentences that were searched, at least one topic (topics=[...]) and n of 1 or more."
        )
    found = sentences[SENTENCE + ["text"]].sort_values(SENTENCE, ignore_index=True)
    drawn = [_draw(found, hits, topic, n, seed) for topic in asked]
    items = pd.concat(drawn, ignore_index=True)
    items.insert(0, "item_id", [f"item-{i:04d}" for i in range(1, len(items) + 1)])
    items.attrs = kind_of_text(sentences) | {"n": n, "seed": seed, "unit": "sentence"}
    return CodingSample(items.assign(code="")[SHEET], items[[*KEY.columns]])


def _asked(hits: pd.DataFrame, topics: Sequence[str] | None) -> list[str]:
    if topics is not None:
        return [*dict.fromkeys(topics)]
    found = hits["topic"]
    every = found.cat.categories if isinstance(found.dtype, pd.CategoricalDtype) else found.unique()
    return sorted(every)


def _draw(found: pd.DataFrame, hits: pd.DataFrame, topic: str, n: int, seed: int) -> pd.DataFrame:
    """Up to `n` sentences of either stratum, shuffled."""
    keys = pd.MultiIndex.from_frame(found[SENTENCE].astype("object"))
    of_topic = hits.loc[hits["topic"] == topic, SENTENCE].astype("object")
    hit = keys.isin(pd.MultiIndex.from_frame(of_topic))
    rng = np.random.default_rng([seed, crc32(str(topic).encode())])
    strata = [rng.permutation(np.flatnonzero(hit == decision)) for decision in (True, False)]
    parts = [
        found.iloc[rows[:n]].assign(
            topic=topic, hit=hit[rows[:n]], n_stratum=len(rows), n_sampled=len(rows[:n])
        )
        for rows in strata
    ]
    items = pd.concat(parts).assign(weight=lambda t: t["n_stratum"] / t["n_sampled"])
    return items.iloc[rng.permutation(len(items))]
