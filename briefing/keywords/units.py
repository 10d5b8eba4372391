"""Words counted by unit, by turn or by speaker, and what one unit has of each word.

Most words are in few turns, so that the counts stand in a sparse matrix (scipy): a row a word, a
column a unit, and only what is not 0. It is filled by counting sort, in time with the rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np

from briefing.words.groups import Ints

Cells = Any  # scipy.sparse.csr_array, loaded where used


def cells(word: Ints, unit: Ints, n: Ints, shape: tuple[int, int]) -> Cells:
    """Add up `n` by word and unit; the word of number `shape[0]` is left out."""
    from scipy.sparse import coo_array, csr_array

    every = coo_array((n, (word, unit)), shape=(shape[0] + 1, shape[1])).tocsr()
    kept = every.indptr[-2]
    parts = every.data[:kept], every.indices[:kept], every.indptr[:-1]
    return csr_array(parts, shape=shape)


def regrouped(by_piece: Cells, group: Ints, n_groups: int) -> Cells:
    """The columns added up by group; a column whose group is below 0 is left out."""
    from scipy.sparse import csr_array

    if len(group) == n_groups and (group == np.arange(n_groups)).all():
        return by_piece
    piece = np.flatnonzero(group >= 0)
    one = np.ones(len(piece), np.promote_types(by_piece.dtype, np.int32))
    by_group = by_piece @ csr_array((one, (piece, group[piece])), shape=(len(group), n_groups))
    by_group.sort_indices()
    return by_group


@dataclass(frozen=True)
class Units:
    """One side by turn or by speaker: of each unit its size, of each word what units have."""

    size: Ints  # words of each unit, of those that are not tested too; 0 where not on this side
    hits: Ints  # over all units
    range: Ints  # in how many units the word is said
    largest: Ints  # the unit that says it most (ties: the first), -1 for none
    n_largest: Ints  # how often that one says it
    cells: Cells = None  # the counts, where they are still needed

    @classmethod
    def of(cls, counts: Cells, size: Ints) -> Units:
        """Sum up the counts of each word; their columns are sorted and not twice there."""
        said = np.diff(counts.indptr)
        word, first = np.flatnonzero(said), counts.indptr[:-1][said > 0]
        hits, most, largest = (np.full(len(said), x, np.int64) for x in (0, 0, -1))
        if len(word):
            hits[word] = np.add.reduceat(counts.data, first, dtype=np.int64)
            most[word] = np.maximum.reduceat(counts.data, first)
            highest = most[word].astype(counts.dtype)
            top = np.flatnonzero(counts.data == np.repeat(highest, said[word]))
            largest[word] = counts.indices[top[np.searchsorted(top, first)]]
        return cls(size, hits, said.astype(np.int64), largest, most, counts)

    @property
    def present(self) -> int:
        """How many units have any word on this side."""
        return int((self.size > 0).sum())

    @property
    def word(self) -> Ints:
        """Of each count that is not 0 the number of its word."""
        return np.repeat(np.arange(len(self.hits), dtype=np.int32), np.diff(self.cells.indptr))
