"""Turns to counts: how often who says each word, and in how many turns, in each briefing."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pyarrow as pa

    from briefing.words.codes import Codes

    Ints = npt.NDArray[np.integer]

WHO = ["briefing_id", "speaker", "role"]


class Cells(NamedTuple):
    """How often each group of texts has each word; `first` is the first text of the group."""

    first: Ints
    token: pa.Array
    n: Ints
    n_turns: Ints


def count_cells(words: Codes, group: Ints) -> Cells:
    """Count the words of texts by group, those of one group after the other, by the alphabet."""
    import numpy as np
    import pyarrow as pa
    import pyarrow.compute as pc

    from briefing.measures.vocabulary import cells

    sides = np.argsort(group, kind="stable")  # the texts of a group side by side
    place = np.argsort(sides).astype(np.int32).repeat(words.n)
    one, shape = np.ones(len(place), np.int32), (len(words.forms), len(group))
    by_text = cells(words.code, place, one, shape)
    word, of = np.arange(shape[0]).repeat(np.diff(by_text.indptr)), group[sides][by_text.indices]
    at = np.flatnonzero(np.diff(word, prepend=-1) | np.diff(of, prepend=-1))
    n_turns, n = np.diff(at, append=len(word)), by_text.data.astype(np.int64)
    forms = pa.array(words.forms, pa.string())
    rank = np.argsort(pc.array_sort_indices(forms))
    order = np.lexsort((rank[word[at]], of[at]))
    first = np.unique(group, return_index=True)[1][of[at][order]]
    n = np.add.reduceat(n, at) if len(at) else n
    return Cells(first, forms.take(pa.array(word[at][order])), n[order], n_turns[order])
