"""Where words and turns lie in the strip of a briefing: from 0, its first word, to 1, its last."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd

from briefing.tables import TOKENS, BriefingError, Table
from briefing.words.groups import in_order
from briefing.words.search import find, turn_numbers

SPREAD = Table(
    name="dispersion",
    row="one word or pattern",
    made_by="briefing.dispersion(tokens, words)",
    columns={
        "token": "the word or pattern",
        "n": "how often it is said",
        "dp": "how evenly, 0 even, towards 1 in one place; missing where that says nothing",
        "why": "why it is missing, otherwise empty",
    },
)


def strips_table(spread: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Where each word of a dispersion table stands, as `plot_dispersion` draws it.

    Parameters
    ----------
    spread : DataFrame
        What `briefing.dispersion(tokens, words)` gives. Where it has a column
        `briefing_id` besides, each row is looked for in that briefing only.
    tokens : DataFrame
        The tokens table that it was made from.

    Returns
    -------
    DataFrame
        One row per occurrence, word by word: `token` (the word or pattern), `briefing_id,
        turn_id, role` (of who says it), `at_share`: the place of its (first) word in the words
        of its briefing, from 0, the beginning, to 1, the end.

    Raises
    ------
    BriefingError
        Columns missing, no row, or tokens that are not those which were counted.
    """
    SPREAD.check(spread)
    TOKENS.check(tokens)
    if spread.empty:
        raise BriefingError("the table has no rows, so there is nothing to draw.")
    words = in_order(tokens)
    place = _places(words)
    patterns = list(dict.fromkeys(spread["token"].astype("str")))
    hits = find(words, patterns)
    table = words[["briefing_id", "turn_id", "role"]].iloc[hits.first].reset_index(drop=True)
    table.insert(0, "token", pd.Series(patterns, dtype="str").iloc[hits.pattern].tolist())
    table["at_share"] = place["at_share"].to_numpy()[hits.first]
    keys = _keys(spread)
    wanted = [table[(table[keys] == list(row)).all(axis=1)] for row in _values(spread, keys)]
    _check_counts(spread, [len(rows) for rows in wanted])
    table = pd.concat(wanted, ignore_index=True)
    table.attrs = {key: tokens.attrs.get(key) for key in ("text_status", "part")}
    return table


def _keys(spread: pd.DataFrame) -> list[str]:
    return [*(["briefing_id"] if "briefing_id" in spread else []), "token"]


def _values(spread: pd.DataFrame, keys: list[str]) -> Iterator[tuple[Hashable, ...]]:
    return spread[keys].astype("str").itertuples(index=False, name=None)


def _places(words: pd.DataFrame) -> pd.DataFrame:
    """Of each token its briefing and its place in it, the middle of the word, from 0 to 1."""
    briefing = words.groupby("briefing_id", sort=False, dropna=False, observed=True)
    number, size = briefing.cumcount(), briefing["token"].transform("size")
    return words[["briefing_id"]].assign(at_share=(number + 0.5) / size)


def _check_counts(spread: pd.DataFrame, found: list[int]) -> None:
    """The two tables must speak of the same words, or dp would stand beside another strip."""
    for word, n, here in zip(spread["token"], spread["n"], found, strict=True):
        if n != here:
            raise BriefingError(
                f"the dispersion table counts {word!r} {n} times, and these tokens hold it "
                f"{here} times. Pass the tokens that the table was made from."
            )


def floor_table(tokens: pd.DataFrame) -> pd.DataFrame:
    """The turns: `briefing_id, role`, and `start, stop` in the strip, from 0 to 1."""
    words = in_order(tokens)
    first = np.flatnonzero(np.diff(turn_numbers(words), prepend=-1))
    turns = words[["briefing_id", "role"]].iloc[first].reset_index(drop=True)
    turns["n"] = np.diff(first, append=len(words))
    briefing = turns.groupby("briefing_id", sort=False, dropna=False, observed=True)["n"]
    size = briefing.transform("sum")
    turns["stop"] = briefing.cumsum() / size
    turns["start"] = turns["stop"] - turns["n"] / size
    return turns


def briefings_of(tokens: pd.DataFrame) -> list[Any]:
    """The briefings, in order of appearance."""
    return tokens["briefing_id"].drop_duplicates().tolist()
