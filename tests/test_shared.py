"""Real transcripts that are not shipped: how well they are read, by hand-made gold turns."""

import csv
import io
import re
import subprocess
import sys

import pytest

import briefing

pytestmark = pytest.mark.xdist_group("gold")  # the transcripts are scored once

SEED = "scio_seed/000_16d432a769277b33.txt"


@pytest.fixture(scope="session")
def scores(shared):
    """A function from a file's name (or MEAN, POOLED) to its figures, all files scored once."""
    scorer = shared.parent / "tools" / "score_turns.py"
    command = [sys.executable, scorer, "--csv", "--", sys.executable, "-m", "briefing", "turns"]
    done = subprocess.run(command, capture_output=True, text=True, timeout=600)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    return {row["file"]: row for row in rows}


def test_the_seed_is_read_without_a_fault(scores):
    row = next(row for name, row in scores.items() if name.endswith(SEED.split("/")[1]))
    figures = [float(row[name]) for name in ("turns", "speaker", "role", "links", "words")]
    assert figures == [1, 1, 1, 1, 0]


def test_all_files_together_reach_what_is_asked_of_a_parser(scores):
    mean, pooled = scores["MEAN of files"], scores["POOLED"]

    assert float(mean["turns"]) >= 0.97
    assert float(mean["speaker"]) >= 0.98
    assert float(mean["role"]) >= 0.95
    assert float(mean["words"]) <= 0.015
    assert float(pooled["links"]) >= 0.93
    assert float(re.search(r"kappa of roles ([\d.]+)", pooled["note"])[1]) >= 0.93


def test_no_file_is_read_badly(scores):
    poor = {n: r["turns"] for n, r in scores.items() if float(r["turns"]) < 0.9}
    assert poor == {}


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
