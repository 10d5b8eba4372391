"""Turns to counts: how often who says each word, and in how many turns, in each briefing."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, NamedTuple

from briefing.tables import TURNS, Table
from briefing.words import find_words, fold

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

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


def count_turns(turns: pd.DataFrame) -> pd.DataFrame:
    """Count the words of a table of turns, one row a briefing, speaker, role and word.

    Needs `briefing_id`, `speaker`, `role` and `text`. Briefings and speakers stay in their
    order; the words of each are in the order of the alphabet (of code points).
    """
    import numpy as np
    import pandas as pd

    TURNS.check(turns, *WHO, "text")
    keys = turns[WHO].astype({"speaker": "object", "role": "object"})
    group = keys.groupby(WHO, sort=False, dropna=False).ngroup().to_numpy(np.int64)
    cells = count_cells(turns["text"].tolist(), group)
    counts = keys.iloc[cells.first].reset_index(drop=True)
    counts["token"] = pd.Series(cells.vocabulary, dtype="str").take(cells.word).to_numpy()
    return counts.assign(n=cells.n, n_turns=cells.n_turns)


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

    number: dict[str, int] = {}
    printed, length = [], []
    for text in (text or "" for text in texts):
        spans = find_words(text)
        printed += [number.setdefault(text[a:b], len(number)) for a, b in spans]
        length.append(len(spans))
    forms = [fold(word) for word in number]
    vocabulary = sorted(set(forms))
    place = {form: i for i, form in enumerate(vocabulary)}
    code = np.array([place[form] for form in forms], np.int64)[np.array(printed, np.int64)]
    return code, np.repeat(np.arange(len(texts)), length), vocabulary
