"""Nothing is lost: every sentence that a file shows is in its lines, and its gold in the turns.

What a file shows is found here by other means than the readers use: the text nodes of pages
and XML, the strings of JSON under keys of texts, the cells of tables, the rows of cues,
the paragraphs and cells of Office files, the pages of PDF as pypdf reads them in its plain mode.
"""

from __future__ import annotations

import csv
import email.policy
import html
import io
import json
import re
import zipfile
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree

import pytest
from conftest import lacking

from briefing.reading import parse_source
from briefing.tables import BriefingError
from made.exports import JSON, dump
from made.saved import FILES

pytestmark = pytest.mark.whole

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
ROOMS = ("formats", "labels", "languages", "pages", "pdf", "hostile")
SKIPPED = frozenset("script style nav noscript template head title".split())
ABOUT = (
    "teiHeader",
    "spanGrp",
    "meta",
    "head",
    "metadata",
    "HEADER",
    "speakertable",
    "speakers",
    "Speakers",
)
TEXTS = frozenset("text transcript content display utterance body remark speech caption".split())
PARTS = re.compile(r"word/document\.xml|content\.xml|sheet\d+\.xml|sharedStrings\.xml|\.x?html")
LEAVES = ("p", "t", "h", "h1", "h2", "li")  # of the elements that hold text
SENTENCES = re.compile(r"[.!?:。！？：\n|]+\s*")
STAMPS = re.compile(
    r"[#\[({]?\d[\d:.,/-]*[ \u202f]?(?:[AP]M\b)?[\])}#]?|-->|From\s.*?(?:to Everyone)?:|\[SPEAKER_\d+\]"
)
CUE = re.compile(r'.*-->|\d+$|\d+ "|\S+/\d+-\d+$|WEBVTT|Kind|Language')
LEAST = 12  # letters of a sentence that would be missed
RUN = 3  # words by which a sentence that speakers share is known


def plain(text: str) -> str:
    return re.sub(r"[\W\d_]+", "", text).casefold()


def is_held(sentence: str, held: str) -> bool:
    """Whether a sentence stands in what was read, in one go or parted between speakers."""
    if plain(sentence) in held:
        return True
    words = sentence.split()
    runs = [plain("".join(words[n : n + RUN])) for n in range(len(words) - RUN + 1)]
    return sum(run in held for run in runs) > 0.5 * len(runs)


class Page(HTMLParser):
    """The text nodes of a page that a person sees."""

    def __init__(self) -> None:
        super().__init__()
        self.hidden: list[str] = []
        self.nodes: list[str] = []

    def handle_starttag(self, tag, attrs):
        if tag in SKIPPED:
            self.hidden.append(tag)

    def handle_endtag(self, tag):
        if tag in self.hidden:
            self.hidden.remove(tag)

    def handle_data(self, data):
        if not self.hidden:
            self.nodes.append(data)


def of_page(text: str) -> list[str]:
    page = Page()
    page.feed(text)
    return page.nodes


def of_json(text: str) -> list[str]:
    try:
        waiting = [("", json.loads(text))]
    except ValueError:
        waiting = [("", json.loads(row)) for row in text.splitlines() if row.strip()]
    found = []
    while waiting:
        key, value = waiting.pop()
        if isinstance(value, dict):
            final = value.get("is_final", True)
            waiting += [(k, v) for k, v in value.items() if final and k != "nBest"]
            waiting += [("nBest", v) for v in value.get("nBest", [])[:1]]
        elif isinstance(value, list):
            value = value[:1] if key == "alternatives" else value
            waiting += [(key, v) for v in value]
        elif isinstance(value, str) and key in TEXTS and len(value.split()) > 2:
            found.extend(of_page(value))
    return found


def of_table(text: str) -> list[str]:
    mark = "\t" if text.partition("\n")[0].count("\t") else ","
    rows = csv.reader(io.StringIO(text), delimiter=mark)
    return [
        node
        for row in [*rows][1:]
        for cell in row
        if len(cell.split()) > 2
        for node in of_page(cell)
    ]


def of_xml(text: str) -> list[str]:
    root = ElementTree.fromstring(text)
    about = {e for e in root.iter() if e.tag.rpartition("}")[2] in ABOUT for e in e.iter()}
    shown = (t for e in root.iter() if e not in about for t in (e.text, e.tail) if t)
    return [node for text in shown for node in of_page(text)]


def of_captions(text: str) -> list[str]:
    return [
        html.unescape(re.sub(r"<[^<>]*>", "", row))
        for row in text.splitlines()
        if not CUE.match(row)
    ]


def of_markdown(text: str) -> list[str]:
    return re.sub(r"!\[[^\]]*\]\([^)]*\)|<[^<>]*>|\]\([^)]*\)", "", text).splitlines()


def of_text(text: str) -> list[str]:
    return [STAMPS.sub("", row) for row in text.splitlines()]


def of_packed(data: bytes) -> list[str]:
    """The paragraphs and cells of an Office file, the text nodes of the pages of a book."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        inside = {name: packed.read(name) for name in packed.namelist() if PARTS.search(name)}
    roots = [ElementTree.fromstring(one) for one in inside.values()]
    named = [(e.tag.rpartition("}")[2], e) for root in roots for e in root.iter()]
    rows = [e for name, e in named if name in ("row", "table-row")]
    heads = {*rows[0].iter()} if rows else set()  # the names of columns
    return ["".join(e.itertext()) for name, e in named if name in LEAVES and e not in heads]


def of_pdf(data: bytes) -> list[str]:
    from pypdf import PdfReader

    pages = (page.extract_text() for page in PdfReader(io.BytesIO(data)).pages)
    return [re.sub(r"^ *\d+ *", "", row) for page in pages for row in page.splitlines()]


def of_rtf(data: bytes) -> list[str]:
    """The paragraphs and cells of a Rich Text file, its tables of fonts and colours apart."""
    text = re.sub(r"\{\\(?:\*|fonttbl|colortbl)(?:[^{}]|\{[^{}]*\})*\}", "", data.decode("latin-1"))
    text = re.sub(r"\\(?:par|cell|row|tab)\b ?|\\\n", "\n", text)
    text = re.sub(r"\\u(\d+)\??", lambda match: chr(int(match[1])), text)
    return re.sub(r"\\[a-z]+-?\d* ?|[{}]", "", text).splitlines()


def of_mail(data: bytes) -> list[str]:
    """The pages of a message, or else its text, and the Office files attached to it."""
    parts = [*email.message_from_bytes(data, policy=email.policy.default).walk()]
    kinds = [part.get_content_type() for part in parts]
    best = "text/html" if "text/html" in kinds else "text/plain"
    shown = [part.get_content() for part, kind in zip(parts, kinds, strict=True) if kind == best]
    attached = [
        part.get_content() for part in parts if part.get_content_type().endswith("document")
    ]
    if attached:  # its covering note is no transcript
        return [node for one in attached for node in of_packed(one)]
    return [node for one in shown for node in of_page(one)]


def of_folder(data: bytes) -> list[str]:
    """What the pages, captions and Office files in a packed folder show."""
    with zipfile.ZipFile(io.BytesIO(data)) as packed:
        inside = [(name, packed.read(name)) for name in packed.namelist()]
    found = []
    for name, one in inside:
        kind = name.rpartition(".")[2]
        found += of_packed(one) if kind == "docx" else ()
        found += SHOWN[kind](one.decode()) if kind in ("html", "vtt") else ()
    return found


def of_substation(text: str) -> list[str]:
    rows = (row.split(",", 9)[-1] for row in text.splitlines() if row.startswith("Dialogue:"))
    return [part for row in rows for part in re.sub(r"\{[^}]*\}", "", row).split("\\N")]


def of_tiers(text: str) -> list[str]:
    return re.findall(r'^\s*text = "([^"]*)"', text, re.MULTILINE)


SHOWN = {
    "html": of_page, "json": of_json, "jsonl": of_json, "json3": of_json, "otr": of_json, "csv": of_table, "tsv": of_table, "vtt": of_captions, "srt": of_captions,
    "sbv": of_captions, "lrc": of_captions, "smi": of_page, "xml": of_xml, "eaf": of_xml, "exb": of_xml, "fln": of_xml, "flextext": of_xml, "fodt": of_xml,
    "trs": of_xml, "ass": of_substation, "ssa": of_substation, "TextGrid": of_tiers, "ttml": of_xml, "dfxp": of_xml, "txt": of_text, "md": of_markdown,
}  # fmt: skip
MAIL = dict.fromkeys(("eml", "mht", "mhtml"), of_mail)
BYTES = (
    {"pdf": of_pdf, "rtf": of_rtf, "doc": of_rtf, "zip": of_folder}
    | MAIL
    | dict.fromkeys(("docx", "xlsx", "odt", "ods", "epub"), of_packed)
)
KINDS = {*SHOWN, *BYTES}


def missing(name: str, data: bytes) -> list[str]:
    """The sentences that a file shows and that are not among its lines and speakers."""
    source = parse_source(data, name)
    held = plain(" ".join(f"{line.speaker or ''} {line.text}" for line in source.lines))
    kind = name.rpartition(".")[2]
    text = data.decode("utf-8-sig", "replace")
    shown = BYTES[kind](data) if kind in BYTES else SHOWN[kind](text)
    parts = [part for node in shown for part in SENTENCES.split(node)]
    return [part for part in parts if len(plain(part)) >= LEAST and not is_held(part, held)]


def cases() -> list[str]:
    found = [path for room in ROOMS for path in sorted(CASES.glob(f"{room}/*.*"))]
    return [
        f"{path.parent.name}/{path.name}"
        for path in found
        if path.suffix[1:] in KINDS and "gold" not in path.name.casefold()
    ]


@pytest.mark.parametrize("case", cases() or [""])
def test_every_sentence_of_a_case_is_in_its_lines(case):
    if not case:
        lacking("the small cases are not here")
    try:
        assert missing(case.rpartition("/")[2], (CASES / case).read_bytes()) == []
    except BriefingError:
        assert case == "labels/a08_rttm.rttm"


@pytest.mark.parametrize("name", JSON)
def test_every_text_of_json_is_in_its_lines(name):
    assert missing(name, dump(name)) == []


@pytest.mark.parametrize("name", [name for name in FILES if name.rpartition(".")[2] in KINDS])
def test_every_text_of_a_file_is_in_its_lines(name):
    assert missing(name, FILES[name]()) == []


@pytest.mark.parametrize("path", sorted(Path(__file__).parents[1].glob("data/**/*.*")), ids=str)
def test_every_sentence_of_a_sample_is_in_its_lines(path):
    if path.suffix[1:] not in KINDS or "corrections" in path.name:
        pytest.skip("no transcript")
    assert missing(path.name, path.read_bytes()) == []
