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
    key = group[in_turn // size].astype(np.int64) * size + in_turn % size
    shift = int(n.max(initial=0)).bit_length()
    packed = np.sort(key << shift | n)  # one sort of numbers, with how often in their last bits
    key, n = packed >> shift, packed & ((1 << shift) - 1)
    at = np.flatnonzero(np.diff(key, prepend=-1))
    cell, n_turns = key[at], np.diff(at, append=len(key))
    n = np.add.reduceat(n, at) if len(at) else n
    first = np.unique(group, return_index=True)[1]
    return Cells(first[cell // size], cell % size, n, n_turns, words.forms)
