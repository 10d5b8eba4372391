"""The invented briefings that ship: read as a person marked them, in four layouts."""

import csv

import pandas as pd
import pytest

import briefing

SAMPLES = {
    "lanmere-ring-2024": "lanmere-ring-2024.txt",
    "lanmere-ring-2025": "lanmere-ring-2025.html",
    "lanmere-attack-2025": "lanmere-attack-2025.vtt",
    "lanmere-ring-2026": "lanmere-ring-2026.txt",
}


def gold(root, name):
    text = (root / "tests" / "gold" / f"{name}.gold.tsv").read_text(encoding="utf-8")
    rows = [line for line in text.splitlines() if not line.startswith("#")]
    return list(csv.DictReader(rows, delimiter="\t", quoting=csv.QUOTE_NONE))


@pytest.mark.parametrize("name", SAMPLES)
def test_every_turn_is_found_with_its_words_its_role_and_its_question(root, name):
    turns = briefing.read(root / "data" / SAMPLES[name]).turns
    marked = gold(root, name)
    assert len(turns) == len(marked)
    for turn, row in zip(turns.itertuples(), marked, strict=True):
        words = turn.text.split()
        assert (" ".join(words[:6]), " ".join(words[-6:])) == (row["first6"], row["last6"])
        assert (len(words), turn.role) == (int(row["n_words"]), row["role"])
        questions = [int(n) for n in row["reply_to"].split(",") if n]
        answers = [] if pd.isna(turn.answers) else [turn.answers]
        assert set(answers) <= set(questions) and bool(answers) == bool(questions)


@pytest.mark.parametrize("name", SAMPLES)
def test_every_speaker_has_the_surname_that_was_marked(root, name):
    turns = briefing.read(root / "data" / SAMPLES[name]).turns
    for speaker, row in zip(turns["speaker"].astype(object), gold(root, name), strict=True):
        marked = row["speaker"].split()
        assert marked[-1:] == ([] if pd.isna(speaker) else str(speaker).split()[-1:])


def test_nothing_in_a_sample_is_left_without_a_place(root):
    for file in SAMPLES.values():
        assert not briefing.read(root / "data" / file).report.unplaced


def test_the_captions_give_the_seconds_of_every_turn(root):
    turns = briefing.read(root / "data" / "lanmere-attack-2025.vtt").turns
    marked = gold(root, "lanmere-attack-2025")
    for seconds in ("start_s", "stop_s"):
        assert turns[seconds].tolist() == pytest.approx([float(r[seconds]) for r in marked])
