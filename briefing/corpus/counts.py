"""Turns to counts: how often who says each word, and in how many turns, in each briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from briefing.codes import Codes

    Ints = npt.NDArray[np.integer]

WHO = ["briefing_id", "speaker", "role"]


class Cells(NamedTuple):
    """How often each group of texts has each word; `first` is the first text of the group."""

    first: Ints
    word: Ints
    n: Ints
    n_turns: Ints
    vocabulary: list[str]


def count_cells(words: Codes, group: Ints) -> Cells:
    """Count the words of texts by group, those of one group after the other, in their order."""
    import numpy as np

    size, turn = max(1, len(words.forms)), np.arange(len(words.n)).repeat(words.n)
    in_turn, n = np.unique(turn * size + words.code, return_counts=True)
    cell, place, n_turns = np.unique(
        group[in_turn // size] * size + in_turn % size, return_inverse=True, return_counts=True
    )
    first = np.unique(group, return_index=True)[1]
    n = np.bincount(place, weights=n, minlength=len(cell)).astype(np.int64)
    return Cells(first[cell // size], cell % size, n, n_turns, words.forms)
