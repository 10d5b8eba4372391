"""One conversation as many programs write it: all speech, all speakers and all times are read."""

from __future__ import annotations

import pytest

from briefing.lexicons.stage import without_stages
from briefing.reading import parse_source
from briefing.transcript import Transcript
from made.exports import JSON, PEOPLE, TALK, dump
from made.kinds import FILES as MORE
from made.saved import FILES as SAVED

pytestmark = pytest.mark.whole

FILES = SAVED | MORE
EVERY = {name: lambda name=name: dump(name) for name in JSON} | FILES
NO_NAMES = (
    "youtube-turns.json3",
    "youtube-roll.vtt",
    "youtube-panel.txt",
    "youtube-panel-spelt.txt",
    "panel-one-row.txt",
)  # only mark where somebody else speaks
NO_TIMES = frozenset(  # the format has none, or only those of the day
    "chatml.json columns.json convokit.jsonl hansard-uk.json json-in-string.json mediasum.json name-as-key.json numbers-as-text.json pairs.json "
    "prepared-and-questions.json telegram.json triples.json twfy.json unknown-keys-deep.json unknown-keys.json utterance-list.json discord.json "
    "slack.json videoindexer.json yandex.json runs.json wordpress-api.json mood-beside.json f4.txt f4-B1.txt f4.docx whatsapp-us.txt whatsapp-de.txt whatsapp.txt whatsapp-nnbsp.txt whatsapp-ios.txt "
    "signal.txt slack-copy.txt discord-copy.txt telegram.html irc.txt zoom-saved.txt youtube-roll.vtt meet-gemini.txt two-speakers.srt".split()
)  # fmt: skip
TIMED = ("start", "panel", "name-above", "sami", "t-", "full", "tc-", "float", "nvivo", ".srt", ".vtt", ".ttml", ".ass", ".eaf", ".exb", ".trs", ".TextGrid", "zoom", "arrow")  # fmt: skip


def plain(text: str) -> str:
    return " ".join(text.split())


def timed() -> list[str]:
    """The files that have times: JSON but for some, and others by what they are called."""
    others = [name for name in FILES if any(sign in name for sign in TIMED)]
    return [name for name in (*JSON, *others) if name not in NO_TIMES]


@pytest.mark.parametrize("name", EVERY)
def test_it_is_read_word_for_word_with_who_speaks_and_when(name):
    turns = Transcript([parse_source(EVERY[name](), name)]).reading.turns
    talk = TALK[1:] if "qa-" in name else TALK  # tables of questions have no opening
    assert [plain(without_stages(turn.text)) for turn in turns] == [one[3] for one in talk]
    heard = [turn.speaker or turn.label for turn in turns]
    spoken = [one[0] for one in talk]
    if name not in NO_NAMES:
        assert len({*zip(heard, spoken, strict=True)}) == len({*heard}) == len(PEOPLE)
    if name in timed():
        starts = [turn.start_s for turn in turns]
        assert starts[0] <= 1 or name.startswith("zoom-c")
        steps = [start - starts[0] for start in starts]
        assert steps == pytest.approx([one[1] - TALK[0][1] for one in TALK], abs=1.01)


ENDINGS = {
    "json": "JSON: speech recognisers, meeting tools, archives", "jsonl": "JSON lines",
    "json3": "YouTube's JSON", "srt": "SubRip captions", "vtt": "WebVTT captions",
    "ttml": "TTML captions", "dfxp": "TTML captions", "sbv": "YouTube captions",
    "ass": "SubStation captions", "ssa": "SubStation captions", "sub": "MicroDVD captions",
    "lrc": "LRC captions", "smi": "SAMI captions", "otr": "oTranscribe", "flextext": "FLEx", "stl": "Spruce captions", "txt": "Plain text",
    "md": "Markdown", "csv": "Tables, comma-separated", "tsv": "Tables, tab-separated",
    "html": "Web pages", "docx": "Word", "xml": "XML of archives and captions", "rtf": "Rich text",
    "xlsx": "Excel", "odt": "LibreOffice text", "fodt": "LibreOffice text, flat",
    "ods": "LibreOffice tables", "eaf": "ELAN", "exb": "EXMARaLDA", "trs": "Transcriber",
    "TextGrid": "Praat", "fln": "FOLKER", "cha": "CHAT", "epub": "E-books",
    "fcpxml": "Final Cut", "mhtml": "Saved web pages", "mht": "Saved web pages", "eml": "E-mail", "zip": "Zipped folders",
}  # fmt: skip
PAGE = """# Formats

One conversation, written as each of these programs and formats writes it, is read by the tests word
for word, with its speakers told apart and with its times. What is in *italics* names nobody; where a
° stands, the tests look at no times (most of these have none). A file of another shape is read by
what it looks like, or refused with what to do. (`tests/test_formats.py` makes this page and checks that
the reader keeps to it.)

| file | what it is | as written in the tests |
| --- | --- | --- |
"""


def formats_page() -> str:
    """The page of formats: one row an ending of files, with the programs that write it."""
    rows: dict[str, list[str]] = {}
    for name in EVERY:
        stem, _, ending = name.rpartition(".")
        said = f"*{stem}*" if name in NO_NAMES else stem
        rows.setdefault(ending, []).append(said + "°" * (name not in timed()))
    lines = (
        f"| `.{ending}` | {ENDINGS[ending]} | {', '.join(sorted(rows[ending], key=str.casefold))} |\n"
        for ending in sorted(rows, key=str.casefold)
    )
    return PAGE + "".join(lines)


def test_the_page_of_formats_is_what_the_tests_read(root):
    assert (root / "docs" / "formats.md").read_text(encoding="utf-8") == formats_page()
