"""Which question each answer comes in answer to: adjacency pairs.

In conversation analysis a question makes an answer due next (Schegloff & Sacks 1973). In a
briefing other things come between: the moderator hands out the floor, an official asks
back, a second official adds, two people ask before anyone answers. The link records what
comes in answer to what by its place; it never says whether the answer is a good one.
"""

from __future__ import annotations

import re

from briefing.cues import (
    ADDS,
    ASKS_BACK,
    asks_question,
    gives_floor,
    has_question_mark,
    is_call,
    is_small,
    length,
)
from briefing.turns import Parsed, Turn

THANKS = re.compile(
    r"^\W*(?:thanks?|thank you|gracias|danke|merci|obrigad[oa]|спасибо|谢谢|ありがとう)\b",
    re.I,
)
CLOSES = re.compile(r"(?:thank(?:s| you)[^.?!]{0,25}|have to go|see you[^.?!]{0,20})[.!]\s*$", re.I)
CHECKS_LINE = re.compile(r"\W*(?:h[ieloy]+\W+)?(?:can|do) you hear me(?: now)?\W*", re.IGNORECASE)
CUT_OFF = re.compile(r"[…—–-][\"”’]?\s*$")
STATEMENT = 500  # words from which a turn after somebody else's answer is a statement of its own


def link_answers(parsed: Parsed) -> None:
    """Fill `answers` of each turn with the positions of the questions it answers."""
    turns = parsed.turns
    asked: list[int] = []  # the questions that are open
    last = "none"  # what was done with them last: none, back, floor, small, answer
    for i, turn in enumerate(turns):
        clear = last == "back" and not is_small(turn.text)  # says what was asked back for
        if turn.role == "journalist" and (is_question(turn) or clear):
            asked = [*asked, i] if last in {"none", "back"} else [i]
            last = "none"
        elif turn.role == "official" and asked:
            handed = last in {"none", "floor"} and i - 2 in asked and _hands_over(turns[i - 1])
            done = _reply(turns, i, asked, answered=last == "answer", handed=handed)
            if done == "answer":
                turn.answers = list(asked)
            if last != "answer" or done == "answer":
                last = done
        elif turn.role == "moderator" and asked and last == "none" and i - 1 not in asked:
            last = "floor"


def is_question(turn: Turn) -> bool:
    """A journalist's turn that makes an answer due; cut off before it asks, it is none."""
    text = turn.text
    asks = asks_question(text) and not CHECKS_LINE.fullmatch(text)
    if length(text) <= 4:
        return asks and not THANKS.match(text)
    checks = CHECKS_LINE.fullmatch(text)
    return asks or not (checks or CUT_OFF.search(text) or is_small(text))


def _hands_over(turn: Turn) -> bool:
    return turn.role == "moderator" or gives_floor(turn.text) or is_call(turn.text)


def _reply(turns: list[Turn], i: int, asked: list[int], *, answered: bool, handed: bool) -> str:
    """What an official's turn does with open questions: answer, back, floor or small (talk)."""
    text = turns[i].text.strip()
    words = length(text)
    if answered and ADDS.match(text) and words > 5:
        return "answer"
    direct = i - 1 in asked or handed
    again = i + 1 < len(turns) and turns[i + 1].role == "journalist"
    if gives_floor(text) or is_call(text) and not (direct and _short_answer(turns, i)):
        return "floor"
    if text.endswith(("?", "？")) and words <= 12 or again and words <= 40 and _asks_back(text):
        return "back"
    if THANKS.match(text) and words <= 8:
        return "small"
    if direct:
        enough = words >= 8 or asks_question(turns[i - 1 - handed].text)
        return (
            "answer"
            if enough and not re.fullmatch(r"\W*(?:okay|ok|hi|hello|sorry)\W*", text, re.I)
            else "small"
        )
    last = i >= len(turns) - 2 and turns[i - 1].role != "journalist"
    closing = CLOSES.search(text) or last and answered
    if closing and words < 25 or answered and words > STATEMENT:
        return "small"
    least = 20 if turns[i - 1].role == "journalist" else 12
    asks = has_question_mark(text[-3:]) and words < 25
    return "small" if words < least or asks or is_small(text) else "answer"


def _short_answer(turns: list[Turn], i: int) -> bool:
    """Whether a word or two in capitals answer (*In May.*) and do not call the next speaker."""
    after = turns[i + 1].speaker if i + 1 < len(turns) else None
    called = set(re.findall(r"\w+", turns[i].text))
    names_next = bool(after and called & set(re.findall(r"\w+", after)))
    return has_question_mark(turns[i - 1].text) and not names_next


def _asks_back(text: str) -> bool:
    """A short turn that wants the question made clear before it is answered."""
    return ASKS_BACK.search(text) and (has_question_mark(text) or length(text) <= 12)
