"""What one person does in a briefing: asks, answers, opens, gives the floor, and how often.

Deeds are counted from the words and the places of a person's turns; `briefing.roles` weighs
them. Nothing here knows a person or an outlet.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.cues import (
    GIVES,
    OPENS,
    TAKES,
    THANKS_FOR_QUESTION,
    asks_question,
    gives_floor,
    has_question_mark,
    is_call,
    length,
)
from briefing.names import COURTESY, label_key, role_word
from briefing.speakers import introduce
from briefing.turns import Turn

THANKS_ALL = re.compile(r"\bthank|\bgracias|\bdanke|\bmerci", re.IGNORECASE)
CONNECTIVE = re.compile(
    r"^\W*(?:okay|and|so|now|next|then|all right|thank you|thanks)\b[,.]?\s*", re.I
)


@dataclass(slots=True)
class Deeds:
    """What one person does in a briefing, as counts and shares of the person's turns."""

    n: int
    asks: float
    words: float
    runs: int
    longest_other: int  # words of the longest turn that does not run the event
    answered: int
    hosts: bool  # opens or closes, and speaks briefly, never right after a question
    introduces: bool
    thanks: bool
    courtesy: bool
    addressed: bool  # questions go to this person by name


def person_of(turn: Turn, i: int) -> str:
    """Who speaks: the name, the word that stands for one, or nobody but this turn."""
    if turn.speaker:
        return label_key(turn.speaker)
    word = role_word(turn.label or "")
    return f"*{word}" if word else f"*turn {i}"


def deeds_of(
    turns: list[Turn], at: list[int], roles: dict[str, str], called: dict[str, set[int]]
) -> Deeds:
    """Count what the person of the turns `at` does."""
    mine = [turns[i] for i in at]
    name = (mine[0].speaker or "").split()
    runs = {i for i in at if _runs_event(turns, i) and not _answers_alone(turns, i, roles)}
    return Deeds(
        n=len(at),
        asks=sum(_asking(turns, i) for i in at) / len(at),
        words=sum(length(t.text) for t in mine) / len(at),
        runs=len(runs),
        longest_other=max((length(turns[i].text) for i in at if i not in runs), default=0),
        answered=sum(_follows_question(turns, i, roles) for i in at if i not in runs),
        hosts=_hosts(turns, at, roles),
        introduces=any(introduce(t) for t in mine),
        thanks=any(THANKS_FOR_QUESTION.match(t.text) for t in mine),
        addressed=any(called.get(label_key(w), set()) - set(at) for w in (*name[:1], *name[-1:])),
        courtesy=any(COURTESY & set(map(label_key, (t.label or "").split())) for t in mine),
    )


def _asking(turns: list[Turn], i: int) -> float:
    """How much one turn is a question by its end, its wording and the length of what follows."""
    text = turns[i].text
    words = length(text)
    after = length(turns[i + 1].text) if i + 1 < len(turns) else 0
    asks = 1.0 if has_question_mark(text[-200:]) else 0.7 * (words < 200 and TAKES.search(text))
    return asks + 0.3 * (after > 1.5 * words) - 0.5 * (words > 250)


def _runs_event(turns: list[Turn], i: int) -> bool:
    """Opens, closes or gives the floor, and does no more than that."""
    text = turns[i].text
    words = length(text)
    first = i == next((k for k, t in enumerate(turns) if t.label), 0)
    last = i == len(turns) - 1
    if last and words <= 60 and THANKS_ALL.search(text if words <= 15 else text[-90:]):
        return True
    if not last and words <= 6 and is_call(CONNECTIVE.sub("", text)):
        return True
    if first and words <= 350 and OPENS.search(text[:300]):
        end = " ".join(re.split(r"(?<=[.?!])\s", text)[-4:])
        if GIVES.search(end):
            return True
    return words <= (120 if first or last else 40) and GIVES.search(text)


def _hosts(turns: list[Turn], at: list[int], roles: dict[str, str]) -> bool:
    """Three turns or more, the first or the last among them, all short, none after a question."""
    last = len(turns) - 1
    if len(at) < 3 or not {0, last} & set(at):
        return False
    short = all(length(turns[i].text) <= (40 if 0 < i < last else 200) for i in at)
    return short and not any(i and _questioned(turns, i, roles) for i in at)


def _questioned(turns: list[Turn], i: int, roles: dict[str, str]) -> bool:
    """Whether the turn before is a journalist's, or ends in a question."""
    before = turns[i - 1]
    asked = roles.get(person_of(before, i - 1), before.role).startswith("journalist")
    return asked or has_question_mark(before.text[-3:])


def _answers_alone(turns: list[Turn], i: int, roles: dict[str, str]) -> bool:
    """Speaks right after a question, and nobody of the institution speaks next."""
    after = turns[i + 1] if i + 1 < len(turns) else None
    alone = (
        after is None or role_word(after.label or "") == "question" or after.role == "journalist"
    )
    asked = _follows_question(turns, i, roles) and has_question_mark(turns[i - 1].text)
    return bool(asked) and alone and not gives_floor(turns[i].text)


def _follows_question(turns: list[Turn], i: int, roles: dict) -> bool:
    if not i or turns[i - 1].speaker == turns[i].speaker:
        return False
    before = roles.get(person_of(turns[i - 1], i - 1), turns[i - 1].role)
    return (
        before.startswith("journalist") or before == "unknown" and asks_question(turns[i - 1].text)
    )
