"""The tables that tests begin with: turns of invented people, their words, their sentences."""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.tables import ROLES
from briefing.words.boundaries import count_words
from briefing.words.tokens import sentences, tokenize

TYPES = {"speaker": "category", "answers": "Int64", "n_words": "Int64"}


def turns_of(columns, *rows, attrs=None, **more):
    """Turns of one briefing from rows of these columns; a row may leave its last ones out."""
    names = columns.split()
    filled = [(*row, *[None] * len(names))[: len(names)] for row in rows]
    table = pd.DataFrame(filled, columns=names)
    if "briefing_id" not in names:
        table.insert(0, "briefing_id", "a")
    table.insert(1, "turn_id", range(1, len(rows) + 1))
    if "text" in names:
        table["n_words"] = table["text"].fillna("").map(count_words)
    table = table.assign(**more)
    table = table.astype({name: kind for name, kind in TYPES.items() if name in table})
    table.attrs = dict(attrs or {})
    return table


def exchange(*rows, briefing_id="quay", **attrs):
    """Turns from (role, speaker, text) or (role, speaker, text, turn_id of its question)."""
    columns = "role speaker text answers"
    return turns_of(columns, *rows, briefing_id=briefing_id, organisation=None, attrs=attrs)


def _said(texts, columns, attrs):
    turns = {"briefing_id": "a", "speaker": "Ida Marlow", "role": "official", "text": [*texts]}
    table = pd.DataFrame(turns | columns)
    table.attrs = dict(attrs or {})
    return table


def words_of(*texts, attrs=None, **columns):
    """The words of turns with these texts, of one official where `columns` do not say otherwise."""
    return tokenize(_said(texts, columns, attrs))


def sentences_of(*texts, attrs=None, **columns):
    """The sentences of turns with these texts, as `words_of` has their words."""
    return sentences(_said(texts, columns, attrs))


# A briefing that figures draw

LONG = "The Harbour and Northern Islands Evening"  # 40 characters

#: speaker, role, words, no label printed, the question it answers
BRIEFING = [
    ("Lin Zhaoxu", "moderator", 96, False, None),
    ("Wei Guangming", "official", 1312, False, None),
    ("Lin Zhaoxu", "moderator", 18, False, None),
    ("Coastal Television", "journalist", 74, False, None),
    ("Ren Xiaofeng", "official", 388, False, 4),
    (LONG, "journalist", 88, False, None),
    ("Wei Guangming", "official", 512, False, 6),
    ("Zhao Lihua", "official", 141, False, 6),
    (None, "journalist", 41, True, None),
    ("Bai Yunfei", "official", 297, False, 9),
    ("Harbour Radio", "journalist", 52, False, None),
    ("Ren Xiaofeng", "official", 266, False, 11),
    ("Northern Financial Daily", "journalist", 63, False, None),
    ("Wei Guangming", "official", 430, False, 13),
    (None, "journalist", 35, True, None),
    ("Zhao Lihua", "official", 205, False, 15),
    ("Lin Zhaoxu", "moderator", 22, False, None),
]


def make_turns(rows=BRIEFING, *, timed=False, **attrs):
    """A turns table; timed ones speak two words a second, with a second between turns."""
    speaker, role, n_words, inferred, answers = zip(*rows, strict=True)
    turns = pd.DataFrame({"briefing_id": "made", "turn_id": range(1, len(rows) + 1)})
    turns["speaker"] = pd.Categorical(speaker)
    turns["role"] = pd.Categorical(role, ROLES)
    turns["inferred"] = inferred
    turns["n_words"] = pd.array(n_words, dtype="Int64")
    turns["answers"] = pd.array(answers, dtype="Int64")
    seconds = turns["n_words"].astype(float) / 2
    turns["stop_s"] = (seconds + 1).cumsum() if timed else np.nan
    turns["start_s"] = turns["stop_s"] - seconds
    turns.attrs = {"text_status": "unknown", "part": False, **attrs}
    return turns


def make_pairs(turns, *, inferred=True):
    answers = turns.dropna(subset="answers")
    return pd.DataFrame(
        {
            "briefing_id": answers["briefing_id"].to_numpy(),
            "question_id": answers["answers"].to_numpy(dtype=int),
            "answer_id": answers["turn_id"].to_numpy(),
            "inferred": inferred,
        }
    )
