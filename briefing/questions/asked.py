"""The question turns of a table of turns, with their parts and with the turns that answer them.

A question turn is a journalist's turn that asks, by a question mark or a wording, or anybody's
turn that is answered. A journalist's thanks or *that's okay* is none. Links come from `pairs`
where they are given; else from the column `answers`, which knows only the first question that
a turn answers.
"""

from __future__ import annotations

import re
from typing import Any, NamedTuple

import pandas as pd

from briefing.lexicons.stage import without_stages
from briefing.questions.asking import Part, find_parts, plain
from briefing.questions.wordings import wording
from briefing.tables import PAIRS, TURNS, BriefingError

KEYS = ["briefing_id", "turn_id"]
_MARK = re.compile(r"[?？؟]")
Key = tuple[Any, int]
_NOBODY_ASKS = (
    "no turn has the role journalist, and none is answered: set `role` and `answers` first"
)


class Question(NamedTuple):
    """A question turn: its row in the turns, the rows that answer it, and what it asks."""

    row: int
    answers: list[int]
    masked: str  # the text as `briefing.questions.asking.plain` gives it
    parts: list[Part]


def find_questions(turns: pd.DataFrame, pairs: pd.DataFrame | None) -> list[Question]:
    """The question turns, by briefing and turn, each with its answers.

    Raises BriefingError where a link leads to a turn that is not among `turns`.
    """
    TURNS.check(turns, *KEYS, "role", "text")
    answers: dict[int, list[int]] = {}
    for question, answer in links(turns, pairs):
        answers.setdefault(question, []).append(answer)
    journalist = (turns["role"].astype("object") == "journalist").to_numpy()
    texts = [text if isinstance(text, str) else "" for text in turns["text"].tolist()]
    rows = in_order(turns, {row for row in range(len(turns)) if journalist[row]} | answers.keys())
    found = []
    for row in rows:
        masked = plain(texts[row])
        parts = find_parts(masked)
        if row in answers or parts or _asks(without_stages(texts[row])):
            found.append(Question(row, answers.get(row, []), masked, parts))
    return found


def why_none(turns: pd.DataFrame, *, answered: bool) -> str | None:
    """Why there can be no question in a table: nobody is marked as asking or as answering."""
    nobody = not (turns["role"].astype("object") == "journalist").any()
    return _NOBODY_ASKS if nobody and not answered else None


def _asks(text: str) -> bool:
    """Whether a turn has a question mark or says, in whatever language, that it will ask."""
    return bool(_MARK.search(text) or wording("cue-takes-floor").search(text[:600]))


def links(turns: pd.DataFrame, pairs: pd.DataFrame | None) -> list[tuple[int, int]]:
    """Rows of each question and of a turn that answers it, by answer."""
    TURNS.check(turns, *KEYS)
    rows: dict[Key, int] = {key: row for row, key in enumerate(_keys(turns, "turn_id"))}
    if pairs is None:
        TURNS.check(turns, "answers")
        answering = turns[turns["answers"].notna().to_numpy()]
        linked = zip(_keys(answering, "answers"), _keys(answering, "turn_id"), strict=True)
    else:
        PAIRS.check(pairs, "briefing_id", "question_id", "answer_id")
        linked = zip(_keys(pairs, "question_id"), _keys(pairs, "answer_id"), strict=True)
    try:
        found = {(rows[question], rows[answer]) for question, answer in linked}
    except KeyError as error:
        briefing, turn = error.args[0]
        raise BriefingError(
            f"turn {turn} of briefing {briefing!r} is part of a pair of question and answer and "
            "is not among the turns. Pass all turns of the reading and select afterwards."
        ) from error
    place = {row: i for i, row in enumerate(in_order(turns, set(rows.values())))}
    return sorted(found, key=lambda pair: (place[pair[1]], place[pair[0]]))


def in_order(turns: pd.DataFrame, rows: set[int]) -> list[int]:
    """Row numbers by briefing, as they appear, and by turn."""
    briefing = pd.factorize(turns["briefing_id"], use_na_sentinel=False)[0]
    turn = turns["turn_id"].tolist()
    return sorted(rows, key=lambda row: (briefing[row], turn[row]))


def as_list(turns: pd.DataFrame, rows: list[int]) -> str | None:
    """The turn_ids of rows as a person writes them: *14, 15*; missing where there is none."""
    ids = turns["turn_id"].iloc[rows].tolist()
    return ", ".join(map(str, ids)) if rows else None


def _keys(table: pd.DataFrame, column: str) -> list[Key]:
    briefing = table["briefing_id"].astype("object")
    ids = table[column].astype("int64").tolist()
    return list(zip(briefing.where(briefing.notna(), None).tolist(), ids, strict=True))
