"""Real transcripts that are not shipped: how well the shipped weights read them.

The weights saw these transcripts, houses left out cannot be tried here: `make accuracy` does.
"""

from __future__ import annotations

import re

import pytest
from test_regression import POOLED, mean, measured

import briefing

pytestmark = pytest.mark.xdist_group("gold")  # the transcripts are read once

SEED = "scio_seed/000_16d432a769277b33.txt"


@pytest.fixture
def scores(shared):
    """The figures of each transcript, and of those that the reader was first made on."""
    rows = measured()
    houses = (
        line.split("\t")
        for line in (shared / "gold" / "houses.tsv").read_text(encoding="utf-8").splitlines()[1:]
    )
    first = {name: rows[name] for name, _, which in houses if which == "first" and name in rows}
    return rows, first


def test_the_seed_is_read_without_a_fault(scores):
    figures = scores[0][SEED]
    assert [figures[name] for name in ("turns", "speaker", "role", "links", "words")] == [
        1,
        1,
        1,
        1,
        0,
    ]


def test_every_transcript_with_gold_is_read(scores):
    rows, first = scores
    assert (len(rows) - 1, len(first)) == (67, 17)


@pytest.mark.parametrize(("figure", "least"), [("turns", 0.94), ("speaker", 0.96), ("role", 0.95)])
def test_all_files_together_reach_what_is_asked_of_the_reader(scores, figure, least):
    assert mean(scores[0], figure) >= least


@pytest.mark.xfail(reason="heads of pages in Japanese and German are read as speech", strict=True)
def test_few_words_are_lost_or_too_many(scores):
    assert mean(scores[0], "words") <= 0.03


def test_the_first_seventeen_and_all_words_hold_what_they_have(scores):
    assert mean(scores[1], "turns") >= 0.93
    assert scores[0][POOLED]["words"] <= 0.05


def test_the_links_of_all_files_together_are_right(scores):
    assert scores[0][POOLED]["links"] >= 0.9


@pytest.mark.xfail(reason="0.94 by learnt weights", strict=True)
def test_the_first_seventeen_are_read_almost_without_a_fault(scores):
    assert mean(scores[1], "turns") >= 0.99


@pytest.mark.xfail(reason="two excerpts of three turns are at 0.73 and 0.80", strict=True)
def test_none_of_them_is_read_badly(scores):
    assert {name: row["turns"] for name, row in scores[1].items() if row["turns"] < 0.85} == {}


def test_the_seed_has_just_two_questions_without_a_label(shared):
    turns = briefing.read(shared / SEED).turns

    assert len(turns) == 17
    assert turns.loc[turns["inferred"], "turn_id"].tolist() == [1, 7]


def test_no_furniture_of_the_seed_stands_in_a_turn(shared):
    transcript = briefing.read(shared / SEED)
    said = " ".join(transcript.turns["text"])

    assert not re.search(r"Home\s*>|Press Room|Updated:|<\s+1\s+2", said)
    assert transcript.metadata["date"] == "2018-09-29"
    assert transcript.part


def test_a_pdf_and_its_text_give_the_same_turns(shared):
    pdf, text = (
        briefing.read(shared / "fomc_pdf" / f"fomc_2024-01-31{end}").turns
        for end in (".pdf", ".layout.txt")
    )
    same = ["speaker", "role", "label", "answers"]

    assert pdf[same].astype("str").equals(text[same].astype("str"))
    assert [t.split() for t in pdf["text"]] == [t.split() for t in text["text"]]


@pytest.mark.parametrize(
    ("name", "turns", "timed"),
    [
        ("srt_asr/citizen_hearing_UFO-04.srt", 51, True),
        ("debate_csv/vp_debate_2020-10-07.csv", None, True),
        ("annotation_formats/griffin.cha", None, True),
        ("wh_html/wh_covid_2020-03-15.html", None, False),
    ],
)
def test_the_other_formats_are_read_too(shared, name, turns, timed):
    transcript = briefing.read(shared / name)

    assert len(transcript.turns) == (turns or len(transcript.turns)) > 10
    assert transcript.turns["start_s"].notna().any() == timed
    assert not transcript.report.unplaced
