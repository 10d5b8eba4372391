"""What kind of file this is, told by what is in it; its name breaks a tie at most."""

from __future__ import annotations

import re

from briefing.reading.grids import delimiter, is_json
from briefing.reading.markdown import looks_like_markdown
from briefing.tables import BriefingError

SAVE_AS_TEXT = "open it in its program and save it as .docx, .html or plain text"
TRANSCRIBE = "transcribe it first, with speakers, and give the transcript (.vtt, .srt, .txt)"
UNPACK = "unpack it and give the files inside"
READ_IT = "run it through OCR first and give the text"
BINARY = (  # first bytes, what that is, the next step
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file (.doc, .xls)", SAVE_AS_TEXT),
    (b"{\\rtf", "a Rich Text file (.rtf)", SAVE_AS_TEXT),
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
    ("xl/", "a spreadsheet (.xlsx)", "save the sheet as CSV (UTF-8)"),
    ("ppt/", "a slide show (.pptx)", SAVE_AS_TEXT),
    ("content.xml", "an OpenDocument file (.odt, .ods)", SAVE_AS_TEXT),
    ("META-INF/container.xml", "an e-book (.epub)", "save it as HTML or plain text"),
    ("", "a packed file", UNPACK),
)
PAGE_START = re.compile(
    r"(?:\s|<!--[^<>]{0,2000}-->|<\?xml[^<>]{0,200}>)*<(?:!doctype\s+html|html|head|body|title|"
    r"meta|div|p|span|table|tr|td|ul|ol|h[1-6]|br|b|strong|font|center|article|section|main|"
    r"style|script|a|blockquote|pre)\b[^<>]{0,5000}>",
    re.IGNORECASE,
)
XML = re.compile(r"\s*<\?xml[^<>]{0,200}\?>|\s*<(?:tt|TEI|akomaNtoso)\b")
STRUCTURE = re.compile(
    r"</(?:p|div|td|tr|li|span|strong|b|h[1-6]|table|html|body)>|<br\s{0,9}/?>|<p>",
    re.IGNORECASE,
)
CLOCK = r"[ \t]{0,9}(?:\d{1,3}:)?\d{1,2}:\d{2}[.,]\d{1,3}"
TIMING = re.compile(rf"{CLOCK}[ \t]{{0,9}}-->{CLOCK}")
PAIR_OF_TIMES = re.compile(r"\d{1,2}:\d{2}:\d{2}\.\d{3},\d{1,2}:\d{2}:\d{2}\.\d{3}\s*$")
TIER = re.compile(r"\*[A-Z][A-Z0-9_+-]{0,9}:[ \t]", re.MULTILINE)
CHAT_HEAD = re.compile(r"@(?:UTF8|Begin|Font|Languages|Participants|PID|Window|Color)\b")
PACKED_PAGE = re.compile(r"(?:From:|MIME-Version:|Snapshot-Content-Location:)", re.IGNORECASE)


def binary_format(data: bytes, name: str) -> str | None:
    """`pdf` or `docx`, or None for text; BriefingError with advice for what cannot be read."""
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zipped(data, name)
    for start, what, advice in BINARY:
        if data.startswith(start):
            raise BriefingError(f"{name}: this is {what}, not a transcript; {advice}.")
    if data[4:8] == b"ftyp":
        raise BriefingError(f"{name}: this is sound or video, not a transcript; {TRANSCRIBE}.")
    return None


def _zipped(data: bytes, name: str) -> str:
    import io
    import zipfile

    try:
        inside = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BriefingError(
            f"{name}: a damaged document or packed file ({error}); save or download it again."
        ) from error
    if "word/document.xml" in inside:
        return "docx"
    what, advice = next(
        (what, advice)
        for part, what, advice in ZIPPED
        if any(entry.startswith(part) for entry in inside) or not part
    )
    raise BriefingError(f"{name}: this is {what}, not a transcript; {advice}.")


def text_format(text: str, name: str) -> str:
    """Which of the text formats `text` is in."""
    head = text[:20_000].lstrip()
    rows = [row for row in head.splitlines()[:200] if row.strip()]
    if head.startswith("WEBVTT") or any(_is_timing(row) for row in rows[:4]):
        return "captions"
    if CHAT_HEAD.match(head) or ("\n@Begin" in head and TIER.search(head)):
        return "chat"
    if _is_page(text, head):
        return "html"
    if XML.match(head):
        raise BriefingError(
            f"{name}: this is XML of a kind that is not read; save it as HTML, WebVTT or text."
        )
    if PACKED_PAGE.match(head) and "multipart/related" in head:
        raise BriefingError(
            f"{name}: this is a web archive (.mhtml); save the page as HTML only instead."
        )
    if is_json(text, name) or delimiter(text, name):
        return "table"
    is_named = name.lower().endswith((".md", ".markdown"))
    return "markdown" if is_named or looks_like_markdown(text) else "text"


def _is_timing(row: str) -> bool:
    return bool(TIMING.match(row) or PAIR_OF_TIMES.match(row))


def _is_page(text: str, head: str) -> bool:
    """A page, or a piece of one; a text that mentions a tag or two is not."""
    start = PAGE_START.match(head)
    sample = text[:200_000]
    tags = len(STRUCTURE.findall(sample))
    if start:
        whole = re.match(r"(?i)<(?:!doctype|html|head|body|meta)", head[start.start() :].lstrip())
        return bool(whole) or tags > 0
    return tags >= 4 and tags * 1500 >= len(sample)
