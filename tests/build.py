"""The tables that tests begin with: turns of invented people, their words, their sentences."""

from __future__ import annotations

import pandas as pd

from briefing.words.tokens import count_words, sentences, tokenize

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
