"""Where sentences end, against ends marked by hand and by what holds for any text."""

import random
import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.lexicons.stage import is_stage, without_stages
from briefing.words import boundaries
from briefing.words.boundaries import find_sentences, find_words

MARKED = [
    line.replace("⏎", "\n")
    for line in Path(__file__).with_name("marked_sentences.txt").read_text("utf-8").splitlines()
    if line and not line.startswith("#")
]
RIGHT = [line for line in MARKED if not line.startswith("✗")]
KNOWN_ERRORS = [line[2:] for line in MARKED if line.startswith("✗")]


def split(text):
    return [text[start:stop] for start, stop in find_sentences(text)]


def by_hand(marked):
    """The sentences between the marks; stage directions are marked off, and are not sentences."""
    return [sentence.strip() for sentence in marked.split("|") if not is_stage(sentence)]


@pytest.mark.parametrize("marked", RIGHT)
def test_sentences_end_where_a_person_marked_them(marked):
    assert split(marked.replace("|", "")) == by_hand(marked)


def test_the_known_errors_are_few_and_still_errors():
    assert sum(line.count("|") for line in MARKED) >= 240
    assert len(KNOWN_ERRORS) == 10
    mended = [m for m in KNOWN_ERRORS if split(m.replace("|", "")) == by_hand(m)]
    assert mended == []


@pytest.mark.parametrize("end", ["no stop", "a stop.", "a colon:", "Q&A.", "U.S.", "Mr.", "so…"])
@pytest.mark.parametrize("gap", ["\n\n", "\n \t\n", "\n\n\n", "\r\n\r\n"])
@pytest.mark.parametrize("start", ["next", "Next", "3", "(next)", "“Next”"])
def test_a_paragraph_always_ends_a_sentence(end, gap, start):
    assert split(f"Here is {end}{gap}{start} one") == [f"Here is {end}", f"{start} one"]


def test_a_line_broken_by_width_does_not():
    assert split("He met Gen.\nHale at 3 p.m.\nMonday in\nMarlow. We\nsaw it.") == [
        "He met Gen.\nHale at 3 p.m.\nMonday in\nMarlow.",
        "We\nsaw it.",
    ]


@pytest.mark.parametrize("text", ["", " \n\n ", "…", "***", "— ?!", "👍"])
def test_a_text_without_letter_or_digit_has_no_sentence(text):
    assert find_sentences(text) == []


def test_offsets_leave_out_the_white_space_around():
    assert find_sentences("  We met.  They left.\n") == [(2, 9), (11, 21)]


def test_a_sentence_of_a_hundred_thousand_full_stops_is_no_trouble():
    text = "Mr. 5.a (x) " * 25_000
    assert len(find_sentences(text)) == 1


PIECES = [
    "We",
    "we",
    "Mr",
    "U.S.",
    "p.m.",
    "No",
    "3",
    "14",
    "März",
    "am",
    "I",
    "A",
    "Plan",
    "e.g",
    "x",
]
PIECES += [
    "中国",
    "。",
    "？",
    ".",
    ".",
    ". ",
    ". ",
    "?",
    "!",
    "…",
    "...",
    " ",
    " ",
    "\n",
    "\n\n",
    "\n- ",
    "\n1. ",
]
PIECES += [
    "(",
    ")",
    "[",
    "]",
    "“",
    "”",
    '"',
    "’",
    "«",
    " »",
    "¿",
    "—",
    "-",
    ":",
    "www.a.example/B.C?D",
    "a@b.example",
]
TEXTS = st.lists(st.sampled_from(PIECES), max_size=25).map("".join) | st.text(max_size=40)


@settings(max_examples=200)
@given(TEXTS)
def test_sentences_hold_every_letter_and_digit_once_and_no_space_at_their_ends(text):
    spans = find_sentences(text)
    ends = [0, *(end for span in spans for end in span)]
    assert ends == sorted(ends)
    covered = {i for start, stop in spans for i in range(start, stop)}
    assert {i for i, c in enumerate(without_stages(text)) if c.isalnum()} <= covered
    assert all(text[start:stop] == text[start:stop].strip() != "" for start, stop in spans)


@settings(max_examples=200)
@given(TEXTS)
def test_no_sentence_ends_inside_a_word_or_runs_on_into_another_paragraph(text):
    spans = find_sentences(text)
    for start, stop in find_words(text):
        assert sum(begin <= start and stop <= end for begin, end in spans) == 1
    assert not any(re.search(r"\n\s*\n", text[start:stop]) for start, stop in spans)


PARTS = (
    *"We it May Mr Gen Okay now etc approx No Prof U.S I p.m 3 2.5 MAY".split(), "x@y.Zed",
    *(". ", ".\N{NO-BREAK SPACE} ", "? ", "! ", ".", "…", "...", ".” ", ".) ", "。", "\n", "\n\n", " (", "[sic] "),
)  # fmt: skip


def test_what_is_told_at_a_glance_is_what_the_whole_rule_tells(monkeypatch):
    rng = random.Random(1)
    texts = ["".join(rng.choices(PARTS, k=12)) for _ in range(3_000)]
    at_a_glance = [find_sentences(text) for text in texts]
    monkeypatch.setattr(boundaries, "_is_plain", lambda end: False)
    assert [find_sentences(text) for text in texts] == at_a_glance
