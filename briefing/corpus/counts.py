"""Turns to counts: how often who says each word, and in how many turns, in each briefing."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import TYPE_CHECKING, NamedTuple

from briefing.tables import Table
from briefing.words import cut_words, fold

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Ints = npt.NDArray[np.integer]

WHO = ["briefing_id", "speaker", "role"]
COUNTS = Table(
    name="counts",
    row="one word as one speaker says it in one role in one briefing",
    made_by="briefing.read_counts(corpus)",
    columns={
        "briefing_id": "the press event",
        "speaker": "who says it; missing where the source names nobody",
        "role": "official, journalist, moderator or unknown",
        "token": "the word, case folded",
        "n": "how often",
        "n_turns": "in how many turns",
    },
)


class Cells(NamedTuple):
    """How often each group of texts has each word; `first` is the first text of the group."""

    first: Ints
    word: Ints
    n: Ints
    n_turns: Ints
    vocabulary: list[str]


def count_cells(texts: Sequence[str | None], group: Ints) -> Cells:
    """Count the words of texts by group, those of one group after the other, in their order."""
    import numpy as np

    word, turn, vocabulary = words_of(texts)
    size = max(1, len(vocabulary))
    in_turn, n = np.unique(turn * size + word, return_counts=True)
    cell, place, n_turns = np.unique(
        group[in_turn // size] * size + in_turn % size, return_inverse=True, return_counts=True
    )
    first = np.unique(group, return_index=True)[1]
    n = np.bincount(place, weights=n, minlength=len(cell)).astype(np.int64)
    return Cells(first[cell // size], cell % size, n, n_turns, vocabulary)


def words_of(texts: Sequence[str | None]) -> tuple[Ints, Ints, list[str]]:
    """Of each running word its number and that of its text; the words, folded, sorted."""
    import numpy as np

    words = [cut_words(text or "") for text in texts]
    number = {word: i for i, word in enumerate(dict.fromkeys(chain.from_iterable(words)))}
    printed = map(number.__getitem__, chain.from_iterable(words))
    length = np.fromiter(map(len, words), np.int64, len(words))
    forms = [fold(word) for word in number]
    vocabulary = sorted(set(forms))
    place = {form: i for i, form in enumerate(vocabulary)}
    code = np.array([place[form] for form in forms], np.int64)
    code = code[np.fromiter(printed, np.int64, length.sum())]
    return code, np.repeat(np.arange(len(texts)), length), vocabulary
