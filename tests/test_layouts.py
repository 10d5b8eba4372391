"""Transcripts made in every usual layout: the turns are found exactly, and who speaks."""

from __future__ import annotations

import html
import io
import re
import zipfile
from functools import cache

import pandas as pd
import pytest

import briefing
from made import LAYOUTS, Expected, level, make, words_of

SEEDS = range(5)
CASES = [(layout, seed) for layout in LAYOUTS for seed in SEEDS]

each_page = pytest.mark.parametrize(("layout", "seed"), CASES)


@pytest.fixture(scope="session")
def read_made(tmp_path_factory):
    """A function from layout and seed to what was made and what was read."""
    folder = tmp_path_factory.mktemp("made")

    @cache
    def read(layout, seed):
        page = make(layout, seed)
        path = folder / f"{list(LAYOUTS).index(layout)}-{seed}{page.suffix}"
        path.write_bytes(page.data)
        return page, briefing.read(path)

    return read


def pairs_of(page, transcript):
    """Expected turns beside the rows found; says so where they are not as many."""
    rows = list(transcript.turns.itertuples())
    assert len(rows) == len(page.turns), "turns were lost or made up"
    return list(zip(page.turns, rows, strict=True))


@each_page
def test_each_turn_is_found_with_exactly_its_words(read_made, layout, seed):
    page, transcript = read_made(layout, seed)

    found = [level(text) for text in transcript.turns["text"]]
    expected = [turn.text for turn in page.turns]

    assert wrong_turns(expected, found) == []


def wrong_turns(expected: list[str], found: list[str]) -> list[str]:
    """The turns of one side that the other lacks, cut short."""
    lost = [f"lost {cut(i, t)}" for i, t in enumerate(expected, 1) if t not in found]
    new = [f"new {cut(i, t)}" for i, t in enumerate(found, 1) if t not in expected]
    if not lost and not new and expected != found:
        return ["the same turns in another order or number"]
    return lost + new


def cut(number: int, text: str) -> str:
    """A turn's number, beginning and end."""
    return f"{number}: {text}" if len(text) < 150 else f"{number}: {text[:90]} ... {text[-50:]}"


@each_page
def test_each_speaker_is_the_person_that_the_label_names(read_made, layout, seed):
    page, transcript = read_made(layout, seed)
    wrong = [
        (row.turn_id, turn.label, row.speaker)
        for turn, row in pairs_of(page, transcript)
        if not right_speaker(turn, row.speaker)
    ]
    assert wrong == []


def right_speaker(turn: Expected, speaker: object) -> bool:
    """The names printed, perhaps with more of the same person's names and titles."""
    if pd.isna(speaker):
        return not turn.allowed
    found = set(words_of(str(speaker)))
    return bool(found) and turn.names <= found <= turn.allowed


@each_page
def test_one_person_is_one_speaker_and_two_are_two(read_made, layout, seed):
    page, transcript = read_made(layout, seed)
    found: dict[str, set[str]] = {}
    for turn, row in pairs_of(page, transcript):
        if turn.names:
            found.setdefault(turn.who, set()).add(row.speaker)
    assert all(len(speakers) == 1 for speakers in found.values()), found
    assert len(set().union(*found.values())) == len(found)


@each_page
def test_each_turn_has_the_role_of_its_speaker(read_made, layout, seed):
    page, transcript = read_made(layout, seed)
    wrong = [
        (row.turn_id, turn.label, turn.role, row.role)
        for turn, row in pairs_of(page, transcript)
        if turn.role != row.role
    ]
    assert wrong == []


@each_page
def test_labels_are_kept_as_printed_and_their_lack_is_marked(read_made, layout, seed):
    page, transcript = read_made(layout, seed)
    wrong = [
        (row.turn_id, turn.label, row.label, row.inferred)
        for turn, row in pairs_of(page, transcript)
        if bool(row.inferred) != turn.inferred
        or not turn.inferred
        and words_of(turn.label) != words_of(str(row.label))
    ]
    assert wrong == []


@each_page
def test_each_answer_is_linked_to_its_question_and_nothing_else_is(read_made, layout, seed):
    page, transcript = read_made(layout, seed)
    wrong = [
        (row.turn_id, turn.kind, set(turn.answers), row.answers)
        for turn, row in pairs_of(page, transcript)
        if not right_link(turn, row.answers)
    ]
    assert wrong == []


def right_link(turn: Expected, answers: object) -> bool:
    """One of the questions where it answers any; where it answers none, nothing."""
    if pd.isna(answers):
        return not turn.answers
    return answers in turn.answers


@each_page
def test_the_organisation_in_a_label_is_kept_beside_the_name(read_made, layout, seed):
    page, transcript = read_made(layout, seed)
    wrong = [
        (row.turn_id, turn.label, row.organisation)
        for turn, row in pairs_of(page, transcript)
        if turn.organisation and turn.organisation != row.organisation
    ]
    assert wrong == []


@each_page
def test_turns_start_when_their_first_time_says(read_made, layout, seed):
    page, transcript = read_made(layout, seed)
    found = [None if pd.isna(s) else s for s in transcript.turns["start_s"]]
    assert found == [turn.start_s for turn in page.turns]


@pytest.mark.parametrize("seed", SEEDS)
def test_words_are_not_counted_where_none_are_set_apart(read_made, seed):
    _, transcript = read_made("full-width colon", seed)
    assert transcript.turns["n_words"].isna().all()


@each_page
def test_the_made_page_has_the_words_of_its_turns_in_order(layout, seed):
    """Holds the generators to account, whatever the parser does."""
    page = make(layout, seed)
    text, at = plain(page.data), 0
    for turn in page.turns:
        for word in turn.text.split():
            at = text.find(word, at)
            assert at >= 0, f"{word!r} of {turn.text[:60]!r}"
            at += len(word)


@each_page
def test_the_same_seed_makes_the_same_page(layout, seed):
    one, other = make(layout, seed), make(layout, seed)
    assert one.turns == other.turns
    assert plain(one.data) == plain(other.data)


def plain(data: bytes) -> str:
    """A made file as running text."""
    if data[:2] == b"PK":
        data = zipfile.ZipFile(io.BytesIO(data)).read("word/document.xml")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252")
    return level(html.unescape(re.sub(r"<[^>]*>", " ", text)).replace('""', '"'))
