"""Words of a list, found in tokens, less what only looks like them.

A list of words (`hedges`) goes with a list of exceptions (`hedges-not`): *may* is an entry, *in
may* an exception. Both are searched for together, the longest match first, and where a match of
each is as long the exception wins; so no word of the text is counted twice in a list, and none
that stands in an exception.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import lexicon
from briefing.words.groups import kind_of_text
from briefing.words.search import Hits, find, without_overlap

Ints = npt.NDArray[np.integer[Any]]
VERSION = "1.0"  # of the lists, as their headers say
WHERE = ["briefing_id", "turn_id", "speaker", "role", "sentence_id", "position"]


class Found(NamedTuple):
    """Hits of several lists: row of the first word, of the last, which list, which entry."""

    first: Ints
    last: Ints
    category: Ints
    entry: npt.NDArray[np.object_]


def find_lists(tokens: pd.DataFrame, lists: Mapping[str, tuple[str, str]]) -> Found:
    """Find the entries of each list, less what its list of exceptions takes out, in text order."""
    both = [(lexicon(entries), lexicon(exceptions)) for entries, exceptions in lists.values()]
    patterns = np.array(sorted(frozenset().union(*(a | b for a, b in both))), object)
    hits = find(tokens, list(patterns))
    parts = [_of_list(hits, patterns, *names, number) for number, names in enumerate(both)]
    first, last, category, entry = map(np.concatenate, zip(*parts, strict=True))
    order = np.lexsort((category, first))
    return Found(first[order], last[order], category[order], entry[order])


def locate(tokens: pd.DataFrame, found: Found, categories: list[str]) -> pd.DataFrame:
    """One row a hit: where it begins, its list, its entry and its characters."""
    table = tokens.reindex(columns=WHERE).iloc[found.first].reset_index(drop=True)
    result = table.assign(
        n_words=found.last - found.first + 1,
        category=pd.Categorical.from_codes(found.category, pd.Index(categories)),
        entry=pd.Series(found.entry, dtype="str"),
        start=tokens["start"].to_numpy()[found.first],
        stop=tokens["stop"].to_numpy()[found.last],
    )
    result.attrs = kind_of_text(tokens) | {"lists": VERSION}
    return result


def _of_list(
    hits: Hits,
    patterns: npt.NDArray[np.object_],
    entries: frozenset[str],
    exceptions: frozenset[str],
    number: int,
) -> Found:
    """The hits of one list; of two matches as long at one place an exception stands first."""
    excepted = np.array([pattern in exceptions for pattern in patterns], bool)
    listed = np.array([pattern in entries for pattern in patterns], bool)
    mine = np.flatnonzero((excepted | listed)[hits.pattern])
    order = (~excepted[hits.pattern[mine]], -hits.n_words[mine], hits.first[mine])
    kept = without_overlap(hits.take(mine[np.lexsort(order)]))
    kept = kept.take(~excepted[kept.pattern])
    category = np.full(len(kept), number, np.int64)
    return Found(kept.first, kept.first + kept.n_words - 1, category, patterns[kept.pattern])
