"""Where the topics of a dictionary stand: the hits, and how far into the briefing each one is."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.languages import language_in
from briefing.tables import BriefingError
from briefing.topics.dictionary import Topics
from briefing.words.search import Hits, Ints, find, without_overlap


class Found(NamedTuple):
    """Hits in text order; of each the number of its topic, and its pattern as written."""

    hits: Hits
    topic: Ints
    pattern: npt.NDArray[np.object_]


class Elapsed(NamedTuple):
    """Of each token its briefing and its place there, from 0; of each briefing words and id."""

    briefing: Ints
    place: Ints
    n_words: Ints
    briefings: pd.Index


def find_topics(tokens: pd.DataFrame, topics: Topics) -> Found:
    """Find every topic: the longest match first, no word twice in a topic, none excluded.

    Raises BriefingError where the text is known to be in another language than the dictionary.
    """
    _check_language(tokens, topics)
    entries = [
        (pattern, number, excluded)
        for number, topic in enumerate(topics.topics)
        for patterns, excluded in ((topic.patterns, False), (topic.exclude, True))
        for pattern in patterns
    ]
    patterns, number, excluded = (np.array(column) for column in zip(*entries, strict=True))
    hits = find(tokens, patterns.tolist())
    parts = [
        _of_topic(hits.take(number[hits.pattern] == i), excluded) for i in range(len(topics.topics))
    ]
    every = Hits(
        np.concatenate([part.first for part in parts]),
        np.concatenate([part.n_words for part in parts]),
        np.concatenate([part.pattern for part in parts]),
    )
    every = every.take(np.lexsort((number[every.pattern], every.first)))
    return Found(every, number[every.pattern], patterns.astype(object)[every.pattern])


def elapsed(words: pd.DataFrame) -> Elapsed:
    """How far into its briefing each word is; `words` are in order."""
    briefing, briefings = pd.factorize(words["briefing_id"], use_na_sentinel=False)
    n_words = np.bincount(briefing)
    begins = np.cumsum(n_words) - n_words
    return Elapsed(briefing, np.arange(len(words)) - begins[briefing], n_words, briefings)


def _of_topic(hits: Hits, excluded: npt.NDArray[np.bool_]) -> Hits:
    """The hits of one topic, from the matches of its patterns and of its exclusions."""
    out = excluded[hits.pattern]
    matches = hits.take(~out)
    return without_overlap(matches.take(~_touched(matches, hits.take(out))))


def _touched(hits: Hits, others: Hits) -> npt.NDArray[np.bool_]:
    """Whether each hit shares a word with any of `others`.

    Those that begin before its end, less those that end before it begins.
    """
    begins, ends = np.sort(others.first), np.sort(others.first + others.n_words)
    before_its_end = np.searchsorted(begins, hits.first + hits.n_words, side="left")
    return before_its_end > np.searchsorted(ends, hits.first, side="right")


def _check_language(tokens: pd.DataFrame, topics: Topics) -> None:
    text, dictionary = language_in(tokens), topics.about.get("language")
    if text and dictionary and _main(text) != _main(dictionary):
        raise BriefingError(
            f"the dictionary {topics.source!r} is for language {dictionary!r}, and this text is "
            f"in {text!r}: nothing found would mean nothing. Give a dictionary in that language."
        )


def _main(language: object) -> str:
    """The language of a tag: `en` of `en-GB`."""
    return str(language).casefold().replace("_", "-").split("-")[0]
