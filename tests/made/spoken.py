"""Conversations as a test writes them: `Label: what is said`, one turn a line."""

from __future__ import annotations

import re

from briefing.lexicons.names import read_label, role_word
from briefing.parse.values import Turn

ROLES = {"o": "official", "j": "journalist", "m": "moderator", "u": "unknown"}


def spoken(text: str) -> tuple[Turn, ...]:
    """The turns of lines `Label: what is said`; `-: what is said` has no label."""
    return tuple(map(_turn, enumerate(line.strip() for line in text.strip().splitlines())))


def _turn(numbered: tuple[int, str]) -> Turn:
    number, line = numbered
    label, said = re.split(r"[:：]\s*", line, maxsplit=1)
    if label == "-":
        return Turn(label=None, pieces=(), first_line=number, text=said)
    name = read_label(label)
    office = None if role_word(label) in {"question", "answer"} else name.office
    return Turn(
        label=label,
        pieces=(),
        first_line=number,
        text=said,
        speaker=name.person or office,
        organisation=name.organisation,
    )


def expected(text: str) -> tuple[str, tuple[tuple[str, str, frozenset[int]], ...]]:
    """A conversation with `role>answers` before each label: the text, and what is right.

    `o>0|2` is an official's turn that may answer turn 0 or 2; `o>0?` may answer it or none.
    """
    lines = [re.split(r"\s+", line.strip(), maxsplit=1) for line in text.strip().splitlines()]
    right = []
    for mark, _ in lines:
        role, _, links = mark.partition(">")
        may = frozenset(int(n) for n in re.findall(r"\d+", links))
        right.append((ROLES[role], "none" if "?" in links or not may else "some", may))
    return "\n".join(rest for _, rest in lines), tuple(right)
