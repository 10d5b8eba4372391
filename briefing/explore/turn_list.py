"""The turns of one or several briefings, to look up: who speaks, in answer to what."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from briefing.tables import TOKENS, TURNS, BriefingError
from briefing.words.search import Ints

if TYPE_CHECKING:
    from briefing.transcript import Transcript

Key = tuple[object, int]
KEYS = ["briefing_id", "turn_id"]


@dataclass(frozen=True)
class Turn:
    """One turn as it is shown; `place` is its row in the table."""

    place: int
    briefing_id: object
    turn_id: int
    voice: str
    role: str
    text: str
    line: int | None
    n_words: int | None


class TurnList:
    """Turns in the order of their table, with the questions that each comes in answer to."""

    def __init__(self, turns: pd.DataFrame, pairs: pd.DataFrame | None = None) -> None:
        """Take a turns table, and the pairs of all its briefings where they are at hand."""
        TURNS.check(turns, "briefing_id", "turn_id", "speaker", "role", "text")
        self.table = turns
        self.turns = [_turn(i, row) for i, row in enumerate(turns.to_dict("records"))]
        self._at = {(turn.briefing_id, turn.turn_id): turn.place for turn in self.turns}
        if len(self._at) < len(self.turns):
            raise BriefingError(
                "two turns have the same briefing_id and turn_id: give each briefing an id of "
                "its own before you put their turns into one table."
            )
        self._asked: dict[int, list[int]] = defaultdict(list)
        self._answered: dict[int, list[int]] = defaultdict(list)
        for question, answer in _pairs(turns) if pairs is None else _given(pairs):
            if question in self._at and answer in self._at:
                self._asked[self._at[answer]].append(self._at[question])
                self._answered[self._at[question]].append(self._at[answer])

    def __len__(self) -> int:
        """How many turns there are."""
        return len(self.turns)

    def at(self, briefing_id: object, turn_id: int) -> Turn:
        """The turn with these keys."""
        return self.turns[self._at[briefing_id, int(turn_id)]]

    def places(self, tokens: pd.DataFrame) -> Ints:
        """Of each token the place of its turn."""
        TOKENS.check(tokens, *KEYS)
        mine = pd.MultiIndex.from_frame(self.table[KEYS])
        places = mine.get_indexer(pd.MultiIndex.from_frame(tokens[KEYS]))
        if (places < 0).any():
            raise BriefingError("tokens has words of other turns: pass the turns they are from.")
        return places.astype(np.int64)

    def questions(self, turn: Turn) -> list[Turn]:
        """The turns that `turn` comes in answer to."""
        return [self.turns[i] for i in self._asked.get(turn.place, [])]

    def answers(self, turn: Turn) -> list[Turn]:
        """The turns that come in answer to `turn`."""
        return [self.turns[i] for i in self._answered.get(turn.place, [])]


def turn_list(source: Transcript | pd.DataFrame) -> TurnList:
    """The turns of a transcript, or of a turns table."""
    if isinstance(source, pd.DataFrame):
        return TurnList(source)
    if not hasattr(source, "turns"):
        raise BriefingError(
            f"got {type(source).__name__}; give a transcript, such as briefing.read(path), "
            "or a turns table."
        )
    return TurnList(source.turns, source.pairs)


def _turn(place: int, row: dict) -> Turn:
    role = "unknown" if pd.isna(row["role"]) else str(row["role"])
    nobody = pd.isna(row["speaker"]) or not str(row["speaker"]).strip()
    unnamed = f"unnamed {'speaker' if role == 'unknown' else role}"
    return Turn(
        place=place,
        briefing_id=row["briefing_id"],
        turn_id=int(row["turn_id"]),
        voice=unnamed if nobody else str(row["speaker"]),
        role=role,
        text="" if pd.isna(row["text"]) else str(row["text"]),
        line=_number(row.get("first_line")),
        n_words=_number(row.get("n_words")),
    )


def _number(value: object) -> int | None:
    return None if value is None or pd.isna(value) else int(value)  # type: ignore[call-overload]


def _given(pairs: pd.DataFrame) -> list[tuple[Key, Key]]:
    rows = zip(pairs["briefing_id"], pairs["question_id"], pairs["answer_id"], strict=True)
    return [((briefing, int(q)), (briefing, int(a))) for briefing, q, a in rows]


def _pairs(turns: pd.DataFrame) -> list[tuple[Key, Key]]:
    """The first question of each answer: all that a turns table knows."""
    if "answers" not in turns:
        return []
    linked = turns[turns["answers"].notna()]
    rows = zip(linked["briefing_id"], linked["answers"], linked["turn_id"], strict=True)
    return [((briefing, int(q)), (briefing, int(a))) for briefing, q, a in rows]
