"""Where words stand: in the order of the text, and on which line of the source.

Counting starts from a table, checking ends in the document. A hit has its place in a turn's
text (`start`); `with_lines` finds the source line that this place was printed on, so that any
table of hits leads back to the file. Turns were put together from whole stretches of lines, so
that the stretches, laid one after the other along the text, say where each line begins.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import LINES, TOKENS, TURNS, BriefingError

Ints = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]
_SPACE = re.compile(r"\s*")


def categorical(column: pd.Series) -> pd.Categorical:
    """The values as categories and codes: the column's own, and no copy, where it has them."""
    values = column.array
    return values if isinstance(values, pd.Categorical) else pd.Categorical(column)


def changes(table: pd.DataFrame, *columns: str) -> Flags:
    """Of each row, whether it differs from the row before in one of `columns`; the first does."""
    differs = np.zeros(len(table), bool)
    for name in columns:
        value = _comparable(table[name])
        differs[1:] |= value[1:] != value[:-1]
    differs[:1] = True
    return differs


def numbers(table: pd.DataFrame, *columns: str) -> Ints:
    """Of each row the number of its group by `columns`, from 0 in order of appearance.

    Rows of a group that stand together are looked at once. The numbers are of 32 bits: make
    them longer before you multiply them.
    """
    first = np.flatnonzero(changes(table, *columns))
    rows = table[list(columns)].iloc[first]
    groups = rows.groupby(list(columns), sort=False, dropna=False, observed=True)
    return np.repeat(groups.ngroup().to_numpy(np.int32), np.diff(first, append=len(table)))


def in_order(tokens: pd.DataFrame) -> pd.DataFrame:
    """The rows by briefing (as they appear), turn and position; the same table if they are so."""
    TOKENS.check(tokens, "briefing_id", "turn_id", "position")
    begins = changes(tokens, "briefing_id", "turn_id")
    first = np.flatnonzero(begins)  # rows that stand together are compared once
    turns = tokens[["briefing_id", "turn_id"]].iloc[first]
    briefing = pd.factorize(turns["briefing_id"], use_na_sentinel=False)[0]
    turn, position = turns["turn_id"].to_numpy(), tokens["position"].to_numpy()
    later = (turn[1:] > turn[:-1]) & (briefing[1:] == briefing[:-1]) | (
        briefing[1:] > briefing[:-1]
    )
    if later.all() and ((position[1:] > position[:-1]) | begins[1:]).all():
        return tokens
    length = np.diff(first, append=len(tokens))
    keys = position, np.repeat(turn, length), np.repeat(briefing, length)
    return tokens.iloc[np.lexsort(keys)]


def with_lines(hits: pd.DataFrame, turns: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Give every hit in one briefing the source line that it begins on.

    Parameters
    ----------
    hits : DataFrame
        Any table with `briefing_id`, `turn_id` and `start`, a place in the turn's text: a
        concordance, hits of a topic, tokens, sentences.
    turns, lines : DataFrame
        `talk.turns` and `talk.lines` of the Transcript that the hits are from.

    Returns
    -------
    DataFrame
        `hits` with the column `line` (Int64), from 1; missing where the lines of the turn are
        not there or hold another text.

    Raises
    ------
    BriefingError
        Columns missing, hits in several briefings (lines are one document's), or a turn that
        is not in `turns`.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: Good morning.\\n\\nThe quay opens in May.\\nQ: Why?")
    >>> with_lines(talk.sentences, talk.turns, talk.lines)[["turn_id", "text", "line"]]
       turn_id                    text  line
    0        1           Good morning.     1
    1        1  The quay opens in May.     3
    2        2                    Why?     4
    """
    TURNS.check(turns, "briefing_id", "turn_id", "text")
    LINES.check(lines, "line", "kind", "turn_id", "text")
    TOKENS.check(hits, "briefing_id", "turn_id", "start")
    texts = _texts(hits, turns)
    said = lines["kind"].isin(["speech", "stage"])
    spoken = lines[said & lines["turn_id"].isin(list(texts))]
    begins = {
        turn: line_starts(text, spoken.loc[spoken["turn_id"] == turn, ["line", "text"]].to_numpy())
        for turn, text in texts.items()
    }
    places = zip(hits["turn_id"], hits["start"], strict=True)
    found = [_line(begins.get(turn, []), start) for turn, start in places]
    return hits.assign(line=pd.array(found, dtype="Int64"))


def line_starts(text: str, stretches: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """(place in `text`, line) of the beginning of each stretch (line, text) of a turn.

    Empty where the stretches, one after the other, are not the text.
    """
    found, at = [], 0
    for line, stretch in stretches:
        words = stretch.strip()
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if not text.startswith(words, at):
            words = words.removesuffix("-")  # a hyphen that only broke a word
        if not text.startswith(words, at):
            return []
        if words:
            found.append((at, line))
        at += len(words)
    return found


def _texts(hits: pd.DataFrame, turns: pd.DataFrame) -> dict[int, str]:
    """The text of each turn that is hit, where all are of one briefing."""
    briefings = hits["briefing_id"].unique()
    if len(briefings) > 1:
        raise BriefingError(
            f"these hits are in {len(briefings)} briefings, and lines are one document's: "
            "select the hits of one briefing."
        )
    here = turns[turns["briefing_id"].isin(briefings)]
    texts = dict(zip(here["turn_id"], here["text"], strict=True))
    missing = set(hits["turn_id"]) - set(texts)
    if missing:
        raise BriefingError(
            f"turn {min(missing)} is not in turns: pass the turns that the hits were found in."
        )
    return {turn: texts[turn] for turn in hits["turn_id"].unique()}


def _line(begins: list[tuple[int, int]], start: int) -> int | None:
    at = bisect_right(begins, (start, np.inf))
    return begins[max(at - 1, 0)][1] if begins else None


def _comparable(column: pd.Series) -> npt.NDArray[np.generic]:
    """The values, or numbers in their place, so that a missing one is equal to another."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return categorical(column).codes
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "bui":
        return column.to_numpy()
    return pd.factorize(column, use_na_sentinel=False)[0]
