"""The figures of the real briefing: facts only, and the same wherever the transcript is at hand."""

import re
import subprocess
import sys
from importlib.metadata import version

import pandas as pd
import pytest

import briefing
from briefing.course.lesson import ENGLISH, GALLERY, make_gallery

NAMES = {*GALLERY, *ENGLISH}


@pytest.fixture(scope="module")
def made(shared, tmp_path_factory):
    """The gallery of the real briefing, made again by the command of the README."""
    folder = tmp_path_factory.mktemp("gallery") / "wic-2018"
    source = next((shared / "scio_seed").glob("*.txt"))
    command = [sys.executable, "-m", "briefing", "figures", source, folder]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    return folder


@pytest.fixture(scope="module")
def kept(root):
    return root / "figures" / "wic-2018"


@pytest.mark.slow
def test_the_tables_and_sentences_kept_are_those_of_the_transcript(made, kept):
    again = {path.name: path.read_bytes() for path in made.iterdir() if path.suffix in CHECKED}
    assert {p.name: p.read_bytes() for p in kept.iterdir() if p.suffix in CHECKED} == again


CHECKED = {".csv", ".txt"}


@pytest.mark.slow
def test_the_pictures_kept_are_those_of_the_transcript_under_the_lock(made, kept, root):
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    pinned = re.search(r"^matplotlib==(\S+)", lock, re.MULTILINE)[1]
    if version("matplotlib") != pinned:
        pytest.skip(f"pictures are compared under matplotlib {pinned}, as in the lock")
    again = {path.name: path.read_bytes() for path in made.iterdir()}
    assert {path.name for path in kept.iterdir()} == again.keys()
    assert [p.name for p in kept.iterdir() if p.read_bytes() != again[p.name]] == []


def test_no_table_kept_holds_a_sentence(kept):
    for path in kept.glob("*.csv"):
        table = pd.read_csv(path)
        for column in table.select_dtypes(exclude="number").columns.difference(["why", "flag"]):
            cells = table[column].dropna().astype(str)
            assert cells.str.split().str.len().max() <= 8, (path.name, column)


def test_the_gallery_is_the_list_that_was_agreed(kept):
    assert {path.stem for path in kept.glob("*.png")} == NAMES
    assert {path.stem for path in kept.glob("*.csv")} == {*NAMES, "key-phrases"}


@pytest.mark.whole
def test_another_language_has_the_figures_that_need_no_english_list(tmp_path):
    talk = briefing.parse("PREGUNTA: ¿Qué dice usted de esto?\n\nLIC. PÉREZ: Nada digo hoy aquí.\n")
    talk.metadata["language"] = "es"
    made = make_gallery(talk, tmp_path)
    assert {path.stem for path in made} <= set(GALLERY) - {"speaking-time"}


@pytest.mark.whole
def test_one_speaker_and_no_question_is_a_smaller_gallery(tmp_path):
    text = "Ida Marlow: The lock opens in May.\n\nIda Marlow: The lock is new.\n"
    talk = briefing.parse(text, labels=["Ida Marlow:"])
    stems = {path.stem for path in make_gallery(talk, tmp_path)}
    assert "speaking-share" in stems and "questions-and-answers" not in stems


@pytest.mark.whole
def test_a_dictionary_for_other_events_draws_no_topics(tmp_path):
    asked = (
        "Q: What is the security of the {}?\n\nMS. MARLOW: It is good, and was good {} times.\n\n"
    )
    press = "MS. MARLOW: Good morning to all of you.\n\n" + asked.format("quay", "two")
    stems = {path.stem for path in make_gallery(briefing.parse(press), tmp_path / "fits")}
    assert {"topics", "topics-through-the-briefing"} <= stems
    other = press.replace("security", "colour")
    stems = {path.stem for path in make_gallery(briefing.parse(other), tmp_path / "not")}
    assert not {stem for stem in stems if "topics" in stem}


def test_a_title_that_has_its_date_is_not_dated_twice():
    from briefing.figures.dress import event

    assert event({"event": "Press conference, January 31, 2024", "date": "2024-01-31"}) == (
        "Press conference, January 31, 2024"
    )
    assert event({"event": "Press conference", "date": "2024-01-31"}).endswith("31 January 2024")
