"""The lists of cues: a quick search finds what the plain expressions find."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from briefing.lexicons import pattern
from briefing.lexicons.cues import CUE, Cues, has_question_mark

pytestmark = pytest.mark.whole

ROOT = Path(__file__).parents[1]
LISTS = sorted(  # those that ask for capitals are not searched in small letters
    path.stem
    for path in (ROOT / "briefing" / "lexicons").glob("cue-*.txt")
    if "(?-i:" not in path.read_text(encoding="utf-8")
)
ODD = (
    "SIRADAKİ SORU", "sıradaki soru", "son ſoru", "Next: thank you for taKing this",
    "Next question", "his context question", "(Next up is Ms. Marlow", "Well. Next up is Ms. Marlow",
    "we go now to", "ago to Lanmere", "Go to Lanmere", "ПОЖАЛУЙСТА!", "пожалуйста нет",
    "DERNIÈRE QUESTION", "下一个", "请大家回答", "Do you", "overdo you", "I am glad to moderate", "x\nIs there", "", " ",
)  # fmt: skip


@cache
def texts():
    """Lines of samples and lists, also with capitals and bare, and what lists look for."""
    return [*_made(), *ODD]


def _made():
    for path in [*(ROOT / "data").glob("lanmere-*"), *(ROOT / "briefing/lexicons").glob("cue-*")]:
        for line in path.read_text(encoding="utf-8").splitlines():
            yield from (line, line.title(), re.sub(r"\W+", " ", line).upper())
            yield re.sub(r"\(\?:(.*?)[|)].*?\)|\\b|[?)(]", r"\1", line)  # the cue of an expression


@pytest.mark.parametrize("name", LISTS)
def test_cues_are_found_where_the_plain_expressions_find_them(name):
    cues, plain = Cues(name), pattern(name)
    found = [text for text in texts() if plain.search(text)]
    assert found, "nothing to find"
    assert [text for text in texts() if cues.search(text)] == found


@pytest.mark.parametrize(
    "text", ["¿Y", " ¿Y", "x ¿y", "A? ¿", "A; b", "Πώς; ", "x?y", "x?", "何？", ""]
)
def test_a_question_mark_is_found_where_the_whole_expression_finds_it(text):
    assert has_question_mark(text) == bool(CUE.asks.search(text))
