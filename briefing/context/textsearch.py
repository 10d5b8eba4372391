"""Words or expressions found in the printed text, each hit with the token it belongs to.

Words, wildcards and phrases are looked up among the tokens; a regular expression is matched
against each turn's text. Both end as the same thing, `Spans`: characters of a turn, and a token
that says in which sentence they stand and whether they were among the tokens asked for.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.patterns import Ints, find, turn_numbers
from briefing.tables import BriefingError

_ONE_SIGN = str.maketrans("’‘´`‐‑", "''''--")  # one character for one, as briefing.words folds


@dataclass(frozen=True)
class Spans:
    """Stretches of text: number of the turn, characters from and to, row of the token."""

    turn: Ints
    start: Ints
    stop: Ints
    token: Ints

    def take(self, rows: npt.NDArray[np.generic]) -> Spans:
        """These spans only: a mask or row numbers."""
        return Spans(self.turn[rows], self.start[rows], self.stop[rows], self.token[rows])

    def __len__(self) -> int:
        """How many spans there are."""
        return len(self.turn)


class Text:
    """Tokens, in order, together with the printed text that they stand in."""

    def __init__(self, words: pd.DataFrame, turns: pd.DataFrame) -> None:
        """Find the turn of each token; BriefingError where it is not in `turns`."""
        self.words = words
        self.turn = turn_numbers(words)
        self.row = _rows_of(words.iloc[np.flatnonzero(np.diff(self.turn, prepend=-1))], turns)
        texts = turns["text"].astype("object").where(turns["text"].notna(), "")
        self.texts: list[str] = texts.iloc[self.row].tolist()
        self.start, self.stop = (words[c].to_numpy(np.int64) for c in ("start", "stop"))
        longest = max(map(len, self.texts), default=0)
        if len(words) and self.stop.max() > longest:
            raise BriefingError(
                f"tokens has a word at characters {self.stop.max()}, and the longest turn has "
                f"{longest}: pass the turns that the tokens were made from."
            )
        self._stride = longest + 1
        self._starts = self.turn * self._stride + self.start
        self._stops = self.turn * self._stride + self.stop

    def look_up(self, query: str) -> Spans:
        """Every hit of a word, with wildcards, or of a phrase."""
        found = find(self.words, [query])
        first, last = found.first, found.first + found.n_words - 1
        return Spans(self.turn[first], self.start[first], self.stop[last], first)

    def search(self, query: str) -> Spans:
        """Every match of a regular expression that belongs to one of the tokens."""
        wanted = _compile(query)
        spans = [
            (turn, *match.span())
            for turn, text in enumerate(self.texts)
            for match in wanted.finditer(text.translate(_ONE_SIGN))
            if match.end() > match.start()
        ]
        turn, start, stop = np.array(spans, np.int64).reshape(-1, 3).T
        found = Spans(turn, start, stop, self._token(turn, start, stop))
        return found.take(self._among(found))

    def before(self, spans: Spans) -> Ints:
        """Of each span the row of the first token that does not end before it."""
        at = spans.turn * self._stride + spans.start
        return np.searchsorted(self._stops, at, side="right").astype(np.int64)

    def after(self, spans: Spans) -> Ints:
        """Of each span the row of the first token that begins after it."""
        at = spans.turn * self._stride + spans.stop
        return np.searchsorted(self._starts, at).astype(np.int64)

    def _token(self, turn: Ints, start: Ints, stop: Ints) -> Ints:
        """The first token touched; else the one before; at the start of a turn the next."""
        spans = Spans(turn, start, stop, turn)
        token, after = self.before(spans), self.after(spans)
        back = token - ((token == after) & (token > 0))
        return np.where(self.turn[back] == turn, back, token)

    def _among(self, spans: Spans) -> npt.NDArray[np.bool_]:
        """Whether no word that is not among the tokens stands between a span and its token."""
        start, stop = self.start[spans.token], self.stop[spans.token]
        behind, ahead = stop <= spans.start, start >= spans.stop
        since = np.select([behind, ahead], [stop, 0], spans.start)
        until = np.where(behind, spans.stop, start)
        gaps = zip(spans.turn.tolist(), since.tolist(), until.tolist(), strict=True)
        free = [not any(map(str.isalnum, self.texts[turn][a:b])) for turn, a, b in gaps]
        return np.array(free, bool)


def _compile(query: str) -> re.Pattern[str]:
    try:
        return re.compile(query.translate(_ONE_SIGN), re.IGNORECASE)
    except re.error as error:
        raise BriefingError(
            f"the regular expression {query!r} does not compile: {error}. Put \\ before a sign "
            "that stands for itself, or search without regex=True."
        ) from error


def _rows_of(first: pd.DataFrame, turns: pd.DataFrame) -> npt.NDArray[np.intp]:
    """Of each turn of the tokens, given by its first row, the row in `turns`."""
    place = ["briefing_id", "turn_id"]
    keys, wanted = (pd.MultiIndex.from_frame(t[place].astype("object")) for t in (turns, first))
    if keys.has_duplicates:
        briefing, turn = keys[keys.duplicated()][0]
        raise BriefingError(
            f"turns has more than one turn {turn} of briefing {briefing!r}: give each briefing "
            "a briefing_id of its own."
        )
    rows = keys.get_indexer(wanted)
    if (rows < 0).any():
        briefing, turn = wanted[int(rows.argmin())]
        raise BriefingError(
            f"tokens has words of turn {turn} of briefing {briefing!r}, which is not in turns: "
            "pass the turns that the tokens were made from."
        )
    return rows
