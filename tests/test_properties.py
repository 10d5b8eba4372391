"""What holds for any file: our own errors only, every character placed, no speech lost."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing
from briefing.reading import parse_source
from briefing.tables import KINDS, BriefingError
from made import LAYOUTS, make

pytestmark = pytest.mark.slow

SUFFIXES = st.sampled_from(
    [
        "",
        ".txt",
        ".md",
        ".html",
        ".vtt",
        ".srt",
        ".csv",
        ".tsv",
        ".json",
        ".cha",
        ".pdf",
        ".docx",
    ]
)
PIECES = st.sampled_from(
    "Q|Q:|A.|R -|MS. ORTOLAN:|Ms. Ortolan|CHAIR VELDERMAN.|记者：|Lena Ortolan: (02:18)|"
    "[00:02:18]|00:00:01.000 --> 00:00:02.000|>>|<v Ann>|<p>|<b>Ann:</b>|<br>|</p>|"
    "**Ann:**|---|speaker,text|\t|\"|*ANN:|@Begin|WEBVTT|1|Thank you.|Why now?|a well-|"
    "known fact|:|\xa0|"
    "\ufeff|\x0c|\x85|\u2028|\u200b|é|谢谢。|{\"speaker\": \"Ann\"}|[|(laughter)|https://a.b:80/"
    .split("|")
)  # fmt: skip
BREAKS = st.sampled_from([" ", "\n", "\n\n", "\n\n\n", "\r\n", "", "  "])
PAGES = st.lists(st.tuples(PIECES | st.text(max_size=12), BREAKS), max_size=40).map(
    lambda parts: "".join(piece + end for piece, end in parts)
)
MADE = st.builds(make, st.sampled_from([*LAYOUTS]), st.integers(0, 10_000))

few = settings(max_examples=60, deadline=None, derandomize=True, database=None)


def read(data: bytes, suffix: str):
    """The transcript, or nothing where it is refused in our own words."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"page{suffix}"
        path.write_bytes(data)
        try:
            return briefing.read(path)
        except BriefingError as error:
            assert "\n" not in str(error)
            return None


def see_all(transcript) -> None:
    """Ask for everything that is made on demand."""
    for table in (transcript.turns, transcript.pairs, transcript.lines):
        assert table.columns.size
    assert str(transcript.report)
    assert transcript._repr_html_()


@few
@given(st.binary(max_size=400), SUFFIXES)
def test_any_bytes_are_read_or_refused(data, suffix):
    if transcript := read(data, suffix):
        see_all(transcript)


@few
@given(PAGES, SUFFIXES, st.sampled_from(["utf-8", "utf-16", "gb18030"]))
def test_any_text_is_read_or_refused(text, suffix, encoding):
    if transcript := read(text.encode(encoding), suffix):
        see_all(transcript)


@few
@given(PAGES, SUFFIXES)
def test_stretches_cover_each_source_line_exactly_once(text, suffix):
    data = text.encode()
    if transcript := read(data, suffix):
        check_cover(transcript, data, f"page{suffix}")


@few
@given(MADE)
def test_stretches_cover_made_pages_exactly_once(page):
    if transcript := read(page.data, page.suffix):
        check_cover(transcript, page.data, f"page{page.suffix}")


def check_cover(transcript, data: bytes, name: str) -> None:
    """Line for line: from 0 to the end, without a gap and without going twice."""
    source = [line.text for line in parse_source(data, name).lines]
    stretches = transcript.lines
    assert set(stretches["kind"]) <= set(KINDS)
    found = dict(list(stretches.groupby("line")))
    assert sorted(found) == list(range(1, len(source) + 1))
    for number, text in enumerate(source, 1):
        rows = found[number].sort_values("start")
        assert rows["start"].tolist() == [0, *rows["stop"].tolist()[:-1]]
        assert rows["stop"].iloc[-1] == len(text)
        assert "".join(rows["text"]) == text


@few
@given(PAGES, SUFFIXES)
def test_turns_hold_the_speech_of_the_source_in_its_order(text, suffix):
    if transcript := read(text.encode(), suffix):
        check_order(transcript)


@few
@given(MADE)
def test_turns_of_made_pages_hold_their_speech_in_order(page):
    if transcript := read(page.data, page.suffix):
        check_order(transcript)


def check_order(transcript) -> None:
    """Turn for turn the same signs; hyphens apart, which wrapped lines may lose."""
    speech = transcript.lines.query("kind in ['speech', 'stage']")  # directions stay in the text
    assert speech["turn_id"].notna().all()
    of_lines = {n: signs("".join(rows)) for n, rows in speech.groupby("turn_id")["text"]}
    of_turns = transcript.turns.set_index("turn_id")["text"].map(signs).to_dict()
    assert {n: s for n, s in of_turns.items() if s} == {n: s for n, s in of_lines.items() if s}


def signs(text: str) -> str:
    """What is neither space nor hyphen."""
    return re.sub(r"[\s\-\u00ad\u2010\u2011]+", "", text)


@pytest.mark.parametrize("data", [b"", b"\n\n", b"\x00" * 50, b"%PDF-1.4", b"PK\x03\x04"])
def test_a_file_without_words_is_refused_or_has_no_turns(data):
    transcript = read(data, ".txt")
    assert transcript is None or transcript.turns.empty
