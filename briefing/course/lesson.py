"""What the lessons need so that they run on any transcript without a guard."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import pandas as pd

from briefing.measures.lexis import common as common_words
from briefing.measures.topics import read as read_topics
from briefing.tables import BriefingError

if TYPE_CHECKING:
    from briefing.transcript import Transcript

N_WORDS, LONG = 6, 6  # so many words, of so many letters


def topics_for(talk: Transcript, topics: str | os.PathLike[str]) -> object:
    """Return the dictionary, or topics to try with where it is for another language.

    These are the commonest content words of the text, or longer ones where no list tells which
    words are content words, each a topic of its own.
    """
    made_for = read_topics(topics).about.get("language", "")[:2]
    language = (talk.language or made_for)[:2].casefold()
    if not made_for or language == made_for:
        return topics
    tokens = talk.tokens["token"].astype(str)
    letters = tokens.str.len()
    longer = tokens[letters >= min(LONG, letters.max())].value_counts().index[:N_WORDS]
    common = common_words(talk.tokens, by="briefing_id", n_first=N_WORDS, min_count=1)["token"]
    return {word: [word] for word in (longer if common.empty else common)}


def sides_of(tokens: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the words to compare, and by what: named officials, else all the roles."""
    officials = tokens[tokens["role"] == "official"]
    several = len(officials["speaker"].dropna().unique()) > 1
    return (officials, "speaker") if several else (tokens, "role")


def tried(
    measure: Callable[..., pd.DataFrame],
    *tables: pd.DataFrame,
    columns: Sequence[str],
    **options: object,
) -> pd.DataFrame:
    """Return what a measure gives, or `columns` without rows and why it cannot be used here."""
    try:
        return measure(*tables, **options)
    except BriefingError as error:
        nothing = pd.DataFrame(columns=[*columns])
        nothing.attrs["why"] = str(error).rstrip(".")
        return nothing


def in_context(
    hits: pd.DataFrame, turns: pd.DataFrame, *, before: int = 50, after: int = 35
) -> pd.DataFrame:
    """Return the hits with what is printed before and after each, in whole words."""
    text = turns.set_index("turn_id")["text"]
    spans = [*zip(hits["turn_id"], hits["start"], hits["stop"], strict=True)]
    left = [(" " * before + text[turn])[start : start + before] for turn, start, _ in spans]
    right = [(text[turn] + " ")[stop : stop + after] for turn, _, stop in spans]
    return hits.assign(
        before=pd.array([words.partition(" ")[2] for words in left], dtype="str"),
        hit=pd.array([text[turn][start:stop] for turn, start, stop in spans], dtype="str"),
        after=pd.array([words.rpartition(" ")[0] for words in right], dtype="str"),
    )
