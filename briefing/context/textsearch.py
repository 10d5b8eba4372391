"""Words or expressions found in the printed text, each hit with the token it belongs to.

Words, wildcards and phrases are looked up among the tokens; a regular expression is matched
against each turn's text. Both end as the same thing, `Spans`: characters of a turn, and a token
that says in which sentence they stand and whether they were among the tokens asked for.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, fields

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons.stage import without_stages
from briefing.tables import BriefingError
from briefing.words.groups import changes
from briefing.words.search import Flags, Ints, find
from briefing.words.tokens import find_sentences

PLACE = ["briefing_id", "turn_id"]
_ONE_SIGN = str.maketrans("’‘´`‐‑", "''''--")  # one character for one, as briefing.words folds


@dataclass(frozen=True)
class Spans:
    """Stretches of text: number of the turn, characters from and to, and where the tokens are.

    `token` is the row of the token that a span belongs to; the tokens from row `first` to
    before row `after` stand in it.
    """

    turn: Ints
    start: Ints
    stop: Ints
    token: Ints
    first: Ints
    after: Ints

    def take(self, rows: npt.NDArray[np.generic]) -> Spans:
        """These spans only: a mask or row numbers."""
        return Spans(*(getattr(self, field.name)[rows] for field in fields(self)))

    def __len__(self) -> int:
        """How many spans there are."""
        return len(self.turn)


class Text:
    """Tokens, in order, together with the printed text that they stand in."""

    def __init__(self, words: pd.DataFrame, turns: pd.DataFrame) -> None:
        """Find the turn of each token; BriefingError where it is not in `turns`."""
        self.words = words
        self._begins = np.flatnonzero(changes(words, "briefing_id", "turn_id"))
        self.row = _rows_of(words[PLACE].iloc[self._begins], turns)
        self._texts = turns["text"]
        self.start, self.stop = words["start"].to_numpy(), words["stop"].to_numpy()
        self._check()

    def turn(self, rows: Ints) -> Ints:
        """Of each of these rows of the tokens the number of its turn."""
        return np.searchsorted(self._begins, rows, side="right") - 1

    def texts(self, turns: Ints) -> list[str]:
        """The texts of these turns, which are all that is read."""
        if not len(turns):
            return []
        rows = self.row[turns]
        first = rows.min()  # a stretch of a long table is at hand, a choice of its rows is a copy
        texts = self._texts.iloc[first : rows.max() + 1].iloc[rows - first].tolist()
        return [text if isinstance(text, str) else "" for text in texts]

    def look_up(self, query: str) -> Spans:
        """Every hit of a word, with wildcards, or of a phrase."""
        known = "sentence_id" in self.words
        found = find(self.words, [query], within=["sentence_id"] if known else [])
        first, after = found.first, found.first + found.n_words
        start, stop = (x.astype(np.int64) for x in (self.start[first], self.stop[after - 1]))
        hits = Spans(self.turn(first), start, stop, first, first, after)
        return hits if known else hits.take(self._in_one_sentence(hits))

    def search(self, query: str) -> Spans:
        """Every match of a regular expression that belongs to one of the tokens."""
        wanted = _compile(query)
        spans = [
            (turn, *match.span())
            for turn, text in enumerate(self.texts(np.arange(len(self.row))))
            for match in wanted.finditer(without_stages(text).translate(_ONE_SIGN))
            if match.end() > match.start()
        ]
        found = self._with_tokens(*np.array(spans, np.int64).reshape(-1, 3).T)
        return found.take(self._among(found))

    def _with_tokens(self, turn: Ints, start: Ints, stop: Ints) -> Spans:
        """The token of a span: the first touched; else the one before; at the start the next."""
        stride = int(max(self.stop.max(initial=0), stop.max(initial=0))) + 1
        number = self.turn(np.arange(len(self.words))) * stride
        first = np.searchsorted(number + self.stop, turn * stride + start, side="right")
        after = np.searchsorted(number + self.start, turn * stride + stop)
        back = first - ((first == after) & (first > 0))
        token = np.where(self.turn(back) == turn, back, first)
        return Spans(turn, start, stop, token, first, after)

    def _in_one_sentence(self, spans: Spans) -> Flags:
        """Whether the tokens of each span begin in one sentence, where the tokens do not say."""
        inside = np.ones(len(spans), bool)
        several = np.flatnonzero(spans.after - spans.first > 1)
        turns, at = np.unique(spans.turn[several], return_inverse=True)
        begins = [[begin for begin, _ in find_sentences(text)] for text in self.texts(turns)]
        starts = self.start[spans.first[several]], self.start[spans.after[several] - 1]
        for row, turn, *ends in zip(several, at, *starts, strict=True):
            inside[row] = len({bisect_right(begins[turn], end) for end in ends}) == 1
        return inside

    def _check(self) -> None:
        """Raise BriefingError where the last token of a turn stands beyond the turn's text."""
        length = self._texts.str.len().fillna(0).to_numpy(np.int64)[self.row]
        stop = self.stop[np.append(self._begins[1:], len(self.words))[: len(self._begins)] - 1]
        if (stop > length).any():
            at = int((stop > length).argmax())
            raise BriefingError(
                f"tokens has a word at characters {stop[at]} of a turn that has {length[at]}: "
                "pass the turns that the tokens were made from."
            )

    def _among(self, spans: Spans) -> Flags:
        """Whether no word that is not among the tokens stands between a span and its token."""
        start, stop = self.start[spans.token], self.stop[spans.token]
        behind, ahead = stop <= spans.start, start >= spans.stop
        since = np.select([behind, ahead], [stop, 0], spans.start)
        until = np.where(behind, spans.stop, start)
        turns, at = np.unique(spans.turn, return_inverse=True)
        texts = [*map(without_stages, self.texts(turns))]
        gaps = zip(at.tolist(), since.tolist(), until.tolist(), strict=True)
        return np.array([not any(map(str.isalnum, texts[i][a:b])) for i, a, b in gaps], bool)


def _compile(query: str) -> re.Pattern[str]:
    try:
        return re.compile(query.translate(_ONE_SIGN), re.IGNORECASE)
    except re.error as error:
        raise BriefingError(
            f"the regular expression {query!r} does not compile: {error}. Put \\ before a sign "
            "that stands for itself, or search without regex=True."
        ) from error


def _rows_of(first: pd.DataFrame, turns: pd.DataFrame) -> Ints:
    """Of each turn of the tokens, given by its first row, the row in `turns`."""
    both = pd.concat([turns[PLACE], first], ignore_index=True)
    groups = both.groupby(PLACE, sort=False, dropna=False, observed=True)
    number = groups.ngroup().to_numpy()
    known, wanted = number[: len(turns)], number[len(turns) :]
    again = pd.Series(known).duplicated().to_numpy()
    if again.any():
        briefing, turn = both.iloc[int(again.argmax())]
        raise BriefingError(
            f"turns has more than one turn {turn} of briefing {briefing!r}: give each briefing "
            "a briefing_id of its own."
        )
    rows = np.full(groups.ngroups, -1)
    rows[known] = np.arange(len(turns))
    missing = rows[wanted] < 0
    if missing.any():
        briefing, turn = both.iloc[len(turns) + int(missing.argmax())]
        raise BriefingError(
            f"tokens has words of turn {turn} of briefing {briefing!r}, which is not in turns: "
            "pass the turns that the tokens were made from."
        )
    return rows[wanted]
