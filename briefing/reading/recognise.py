"""What kind of file this is, told by what is in it; its name breaks a tie at most."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from briefing.reading.delimited import NAMED, delimiter, is_json
from briefing.reading.markdown import looks_like_markdown
from briefing.reading.packed import is_mail, opened
from briefing.reading.stamps import looks_like_log
from briefing.tables import BriefingError

if TYPE_CHECKING:
    from zipfile import ZipFile

SAVE_AS_TEXT = "open it in its program and save it as .docx, .html or plain text"
TRANSCRIBE = "transcribe it first, with speakers, and give the transcript (.vtt, .srt, .txt)"
UNPACK = "unpack it and give the files inside"
READ_IT = "run it through OCR first and give the text"
BINARY = (  # first bytes, what that is, the next step
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls)", SAVE_AS_TEXT),
    (b"%!PS", "a PostScript file", "save it as PDF"),
    (b"bplist00", "a Safari web archive", "save the page as HTML source"),
    (b"\x89PNG", "an image", READ_IT), (b"\xff\xd8\xff", "an image", READ_IT),
    (b"GIF8", "an image", READ_IT), (b"II*\0", "an image", READ_IT),
    (b"MM\0*", "an image", READ_IT),
    (b"ID3", "a sound file", TRANSCRIBE), (b"\xff\xfb", "a sound file", TRANSCRIBE),
    (b"\xff\xf3", "a sound file", TRANSCRIBE), (b"\xff\xf1", "a sound file", TRANSCRIBE),
    (b"fLaC", "a sound file", TRANSCRIBE), (b"OggS", "a sound file", TRANSCRIBE),
    (b"\x1a\x45\xdf\xa3", "a video", TRANSCRIBE), (b"RIFF", "sound, video or image", TRANSCRIBE),
    (b"\x1f\x8b", "a packed file", UNPACK), (b"BZh", "a packed file", UNPACK),
    (b"\xfd7zXZ\0", "a packed file", UNPACK), (b"7z\xbc\xaf", "a packed file", UNPACK),
    (b"Rar!", "a packed file", UNPACK), (b"\x28\xb5\x2f\xfd", "a packed file", UNPACK),
    (b"PAR1", "a Parquet file", "read it with pandas and save the table as CSV"),
    (b"SQLite format 3", "a database", "save the table of turns as CSV"),
    (b"\x7fELF", "a program", "give a transcript"),
)  # fmt: skip
ZIPPED = (
    ("word/document.xml", "docx"),
    ("xl/workbook.xml", "workbook"),
    ("xl/worksheets/", "workbook"),
    ("META-INF/container.xml", "book"),
    ("content.xml", "document"),
    ("", "folder"),
)
PAGE_START = re.compile(
    r"(?:\s|<!--[^<>]{0,2000}-->|<\?xml[^<>]{0,200}>)*<(?:!doctype\s+html|html|head|body|title|"
    r"meta|div|p|span|table|tr|td|ul|ol|h[1-6]|br|b|strong|font|center|article|section|main|"
    r"style|script|a|blockquote|pre)\b[^<>]{0,5000}>",
    re.IGNORECASE,
)
XML_ROOT = re.compile(
    r"(?:\s|<\?[^<>]{0,300}\?>|<!--[^<>]{0,2000}-->|<!DOCTYPE[^<>\[]{0,300}(?:\[[^\]]{0,5000}\])?>)*"
    r"<([\w:.-]{1,60})[\s/>]"
)
DIARISATION = re.compile(r"(?:SPEAKER|SPKR-INFO) \S+ \d+ [\d.]+ [\d.]+ <NA> ")
TIERS = re.compile(r"File type = \"ooTextFile")
STRUCTURE = re.compile(
    r"</(?:p|div|td|tr|li|span|strong|b|h[1-6]|table|html|body)>|<br\s{0,9}/?>|<p>",
    re.IGNORECASE,
)
CLOCK = r"[ \t]{0,9}(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
TIMING = re.compile(rf"{CLOCK}[ \t]{{0,9}}-->{CLOCK}")
PAIR_OF_TIMES = re.compile(r"\d{1,2}:\d{2}:\d{2}\.\d{3},\d{1,2}:\d{2}:\d{2}\.\d{3}\s*$")
TIER = re.compile(r"\*[A-Z][A-Z0-9_+-]{0,9}:[ \t]", re.MULTILINE)
CHAT_HEAD = re.compile(r"@(?:UTF8|Begin|Font|Languages|Participants|PID|Window|Color)\b")


def binary_format(data: bytes, name: str) -> str | None:
    """What kind of file that is not text; BriefingError with advice for what cannot be read.

    pdf, docx, rtf, workbook, document, book, folder or mail; None for text.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    if data.lstrip()[:5] == b"{\\rtf":
        return "rtf"
    if is_mail(data, name):
        return "mail"
    for start, what, advice in BINARY:
        if data.startswith(start):
            raise BriefingError(f"{name}: this is {what}, not a transcript; {advice}.")
    if data[4:8] == b"ftyp":
        raise BriefingError(f"{name}: this is sound or video, not a transcript; {TRANSCRIBE}.")
    return None


def _zipped(data: bytes, name: str) -> str:
    packed = opened(data, name)
    inside = packed.namelist()
    kind = next(k for part, k in ZIPPED if any(one.startswith(part) for one in inside) or not part)
    if kind == "document" and b"opendocument.spreadsheet" in _kind_of_document(packed, inside):
        return "workbook"
    if kind == "folder" and any(one.startswith("ppt/") for one in inside):
        raise BriefingError(
            f"{name}: this is a slide show (.pptx), not a transcript; {SAVE_AS_TEXT}."
        )
    return kind


def _kind_of_document(packed: ZipFile, inside: list[str]) -> bytes:
    return packed.read("mimetype") if "mimetype" in inside else b""


def text_format(text: str, name: str) -> str:
    """Which of the text formats `text` is in."""
    head = text[:20_000].lstrip()
    if DIARISATION.match(head):
        raise BriefingError(
            f"{name}: this says who speaks when (RTTM), but not what is said; give the transcript "
            f"that was made with it, for example as .srt, .vtt or .json with speakers."
        )
    for kind, is_it in (
        ("captions", _is_captions), ("chat", _is_chat), ("tiers", _is_tiers),
        ("table", _is_named_table), ("xml", _is_xml), ("html", _is_page), ("table", _is_table),
    ):  # fmt: skip
        if is_it(text, head, name):
            return kind
    if looks_like_log(text):
        return "log"
    is_named = name.lower().endswith((".md", ".markdown"))
    return "markdown" if is_named or looks_like_markdown(text) else "text"


def _is_captions(text: str, head: str, name: str) -> bool:
    rows = [row for row in head.splitlines()[:200] if row.strip()]
    return head.startswith(("WEBVTT", "[Script Info]")) or any(_is_timing(row) for row in rows[:4])


def _is_chat(text: str, head: str, name: str) -> bool:
    return bool(CHAT_HEAD.match(head) or ("\n@Begin" in head and TIER.search(head)))


def _is_tiers(text: str, head: str, name: str) -> bool:
    return bool(TIERS.match(head))


def _is_named_table(text: str, head: str, name: str) -> bool:
    """JSON, or a table that is called one: its cells may hold tags."""
    return is_json(text, name) or name.lower().endswith(NAMED) and bool(delimiter(text, name))


def _is_table(text: str, head: str, name: str) -> bool:
    return bool(delimiter(text, name))


def _is_timing(row: str) -> bool:
    return bool(TIMING.match(row) or PAIR_OF_TIMES.match(row))


def _is_xml(text: str, head: str, name: str) -> bool:
    """Whether a text is one XML element that no web page begins with, whole to its end."""
    root = XML_ROOT.match(head)
    if not root or root[1].lower() in ("html", "head", "body") or PAGE_START.match(head):
        return False
    return head.startswith("<?xml") or text.rstrip()[-200:].endswith(f"</{root[1]}>")


def _is_page(text: str, head: str, name: str) -> bool:
    """A page, or a piece of one; a text that mentions a tag or two is not."""
    start = PAGE_START.match(head)
    sample = text[:200_000]
    tags = len(STRUCTURE.findall(sample))
    if start:
        whole = re.match(r"(?i)<(?:!doctype|html|head|body|meta)", head[start.start() :].lstrip())
        return bool(whole) or tags > 0
    return tags >= 4 and tags * 1500 >= len(sample)
