"""Any file to numbered lines, and what its format says about them.

`read_source` takes a path, `parse_source` bytes; both tell the format by the content, and its name
breaks a tie at most. A format's own library is loaded only when such a file is read. Whatever is
wrong with a file comes as one BriefingError that says what, where and what to do next.

Another package can add a format: an entry point in the group `briefing.readers` names a
function that takes the bytes and the name of a file and gives its Source, or None where it is
not for it. It is asked about files that no format here can read, and
about text whose name says that it is something else.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from briefing.reading.encoding import decode
from briefing.reading.grids import NAMED, delimiter, grid_lines, read_delimited
from briefing.reading.json_files import is_json, read_json
from briefing.reading.lines import Line, Source, refusal, split_lines, vocabulary
from briefing.reading.markdown import looks_like_markdown, read_markdown
from briefing.reading.timed_text import looks_like_log, read_log, without_tails
from briefing.tables import BriefingError

CONTROL = re.compile("[\x03-\x08\x0e-\x14\x16-\x1a\x1c-\x1f\x7f]")  # \x15 marks CHAT times
NOTHING = b" \t\r\n\f\v\0\xef\xbb\xbf\xfe\xff"
BREAKS = "\n\r\f"
READERS = "briefing.readers"  # entry points: `read(data, name)` gives a Source, or None
MOST_FILES = 100  # of a packed folder that are looked at
PLAIN = (".txt", ".text", ".log", ".asc")  # names of text that is nothing else
PRINTED = frozenset("text markdown docx rtf document".split())  # what people type or print
BREAKS_TO_SPACES = str.maketrans(BREAKS, "   ")
__all__ = ["Line", "Source", "parse_source", "read_source"]
Read = tuple[list[Line], dict[str, str], list[str]]  # lines, metadata, warnings


def read_source(path: str | os.PathLike[str]) -> Source:
    """Read a transcript in any format that is known here: its lines and what it states.

    Raises BriefingError, and nothing else, where there is no such file, no text in it, or
    no telling what it is.
    """
    place = Path(path)
    try:
        if place.exists() and not (place.is_file() or place.is_dir()):  # some never end
            raise refusal("no ordinary file", str(place))
        data = place.read_bytes()
    except BriefingError:
        raise
    except FileNotFoundError as error:
        raise refusal("no file", str(place)) from error
    except IsADirectoryError as error:
        raise refusal("a folder", str(place)) from error
    except (OSError, ValueError) as error:
        raise refusal("cannot be opened", str(place), error=error) from error
    return parse_source(data, place.name)


def parse_source(data: bytes, name: str) -> Source:
    """Read the bytes of a file called `name`; as `read_source`."""
    if not data.strip(NOTHING):
        raise refusal("empty file", name)
    try:
        source = _parsed(data, name)
    except BriefingError:
        raise
    except Exception as error:  # a format's library met something it was not made for
        said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        place = _own_fault(error)
        why = "our fault" if place else "damaged file"
        raise refusal(why, name, said=said, place=place) from error
    source.metadata = {name: value for name, value in source.metadata.items() if value}
    if source.format in PRINTED:
        without_tails(source.lines)
    whole = "".join(line.text for line in source.lines)
    if any(sign in whole for sign in BREAKS):  # entities and escapes can bring them in
        for line in source.lines:
            line.text = line.text.translate(BREAKS_TO_SPACES)
    if not whole.strip():
        raise refusal("no text", name)
    return source


def _own_fault(error: Exception) -> str:
    """Where our own code went wrong, and no library that it gave the file to; or nothing."""
    from traceback import walk_tb

    frame, line = [*walk_tb(error.__traceback__)][-1]
    file = Path(frame.f_code.co_filename)
    told = isinstance(error, (OSError, UnicodeError)) or type(error).__module__ != "builtins"
    ours = file.is_relative_to(Path(__file__).parents[1])
    return f"{file.name}:{line}" if ours and not told else ""


def _parsed(data: bytes, name: str) -> Source:
    try:
        return _built_in(data, name)
    except BriefingError:
        source = _plugged_in(data, name)
        if source is None:
            raise
        return source


def _plugged_in(data: bytes, name: str) -> Source | None:
    """What a reader from another package makes of a file that none here can read."""
    from importlib.metadata import entry_points

    for point in entry_points(group=READERS):
        source: Source | None = point.load()(data, name)
        if source is not None:
            return source
    return None


def _built_in(data: bytes, name: str) -> Source:
    binary = _binary_format(data, name)
    if binary is not None:
        return _read_binary(binary, data, name)
    text, encoding, warnings = decode(data, name)
    sample = text[:100_000]
    if "\0" in sample or len(CONTROL.findall(sample)) * 100 > len(sample):
        raise refusal("control characters", name)
    kind = _text_format(text, name)
    if kind == "text" and not name.lower().endswith(PLAIN) and "." in name:
        source = _plugged_in(data, name)
        if source is not None:
            return source
    lines, metadata, said = _read_text(kind, text, name)
    form = "table" if kind == "json" else kind
    return Source(name, form, encoding, lines, metadata, warnings + said)


def _read_text(kind: str, text: str, name: str) -> Read:
    """Lines, metadata and warnings of a text in the format `kind`."""
    if kind in ("text", "log"):
        return (split_lines if kind == "text" else read_log)(text), {}, []
    if kind == "markdown":
        return *read_markdown(text), []
    if kind == "json":
        return read_json(text, name)
    if kind == "table":
        lines, warnings = read_delimited(text, name)
        return lines, {}, warnings
    if kind == "html":
        from briefing.reading.html import read_html

        return *read_html(text), []
    if kind == "xml":
        from briefing.reading.xml_files import read_xml

        return *read_xml(text, name), []
    from briefing.reading import timed_text

    if kind == "captions":
        return timed_text.read_captions(text, name)
    return (
        (*timed_text.read_chat(text), [])
        if kind == "chat"
        else (timed_text.read_textgrid(text), {}, [])
    )


def _read_binary(kind: str, data: bytes, name: str) -> Source:
    """A file that is not text, read as what it is or holds."""
    if kind == "pdf":
        from briefing.reading.pdf import read_pdf

        return read_pdf(data, name)
    from briefing.reading import documents
    from briefing.reading.html import read_html

    if kind == "docx":
        return documents.read_docx(data, name)
    if kind == "rtf":
        return Source(name, "rtf", None, documents.read_rtf(data))
    if kind == "mail":
        return _read_folder(documents.parts_of_mail(data), name, "no page in mail")
    inside = documents.opened(data, name)
    if kind == "folder":
        return _read_folder([*documents.files_inside(inside)], name, "empty folder")
    if kind == "workbook":
        lines, warnings = grid_lines(documents.grid_of_workbook(inside, name), name)
        return Source(name, "table", None, lines, {}, warnings)
    page = documents.page_of_book if kind == "book" else documents.page_of_document
    return Source(name, kind, None, *read_html(page(inside)))


def _read_folder(files: list[tuple[str, bytes]], name: str, empty: str) -> Source:
    """The file with most text in a packed folder, or all of them if they are numbered pages."""
    from briefing.reading.documents import are_pages

    if not files:
        raise refusal(empty, name)
    found: dict[str, Source] = {}
    problems: list[str] = []
    for inner, data in files[:MOST_FILES]:
        try:
            if _binary_format(data, inner) == "folder":
                raise refusal("packed twice", inner)
            found[inner] = _parsed(data, inner.rpartition("/")[2])
        except BriefingError as error:
            problems.append(str(error))
    if not found:
        raise refusal("nothing readable", name, problem=problems[0])
    sources = [*found.values()]
    if len(found) > 1 and are_pages([*found]):
        lines = [line for source in sources for line in source.lines]
        said = f"the {len(found)} pages in it are read one after the other."
        return replace(sources[0], name=name, lines=lines, warnings=[*sources[0].warnings, said])
    best = max(sources, key=lambda one: sum(len(line.text) for line in one.lines))
    others = [inner for inner, source in found.items() if source is not best]
    said = f"one of {len(files)} files in it is read; unpack it to read {', '.join(others[:5])}."
    return replace(best, name=name, warnings=[*best.warnings, *([said] if others else [])])


# What kind of file it is

MAIL = re.compile(
    rb"(?:From|To|Date|Subject|MIME-Version|Received|Return-Path|Message-ID|Delivered-To|"
    rb"Snapshot-Content-Location|Content-Type|X-[\w-]{1,60}):\s", re.IGNORECASE
)  # fmt: skip
MULTIPART = re.compile(rb"^Content-Type:\s{0,9}multipart/", re.IGNORECASE | re.MULTILINE)
PAGE_START = re.compile(
    r"(?:\s|<!--[^<>]{0,2000}-->|<\?xml[^<>]{0,200}>)*<(?:!doctype\s+html|html|head|body|title|"
    r"meta|div|p|span|table|tr|td|ul|ol|h[1-6]|br|b|strong|font|center|article|section|main|"
    r"style|script|a|blockquote|pre)\b[^<>]{0,5000}>",
    re.IGNORECASE,
)
WHOLE_PAGE = re.compile(r"(?i)<(?:!doctype|html|head|body|meta)")
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
TIMING = re.compile(
    rf"{CLOCK}[ \t]{{0,9}}-->{CLOCK}|(?:\d\d?:\d\d:\d\d\.\d{{3}}(?:,(?!\s*$)|\s*$)){{2}}"
)
TIER = re.compile(r"\*[A-Z][A-Z0-9_+-]{0,9}:[ \t]", re.MULTILINE)
CHAT_HEAD = re.compile(r"@(?:UTF8|Begin|Font|Languages|Participants|PID|Window|Color)\b")


def _binary_format(data: bytes, name: str) -> str | None:
    """What kind of file that is not text; BriefingError with advice for what cannot be read.

    pdf, docx, rtf, workbook, document, book, folder or mail; None for text.
    """
    if b"%PDF-" in data[:1024]:
        return "pdf"
    if data.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        from briefing.reading.documents import kind_of_zip

        return kind_of_zip(data, name)
    start = data.lstrip()[:200]
    if start.startswith(b"{\\rtf"):
        return "rtf"
    named = name.lower().endswith((".eml", ".mht", ".mhtml"))
    if MAIL.match(start) and (named or MULTIPART.search(data[:5000])):
        return "mail"
    head = (data[4:] if data[4:8] == b"ftyp" else data)[:20].decode("latin-1")
    for kind in vocabulary("binary")["kinds"]:
        if head.startswith((*kind["starts"],)):
            raise refusal("no transcript", name, **kind)
    return None


def _text_format(text: str, name: str) -> str:
    """Which of the text formats `text` is in."""
    head = text[:20_000].lstrip()
    if DIARISATION.match(head):
        raise refusal("no words", name)
    return next(kind for kind, is_it in _judged(text, head, name) if is_it)


def _judged(text: str, head: str, name: str) -> Iterator[tuple[str, bool]]:
    """Whether `text` is in each of the formats, in the order in which they are looked at."""
    yield "captions", _is_captions(head)
    yield "chat", bool(CHAT_HEAD.match(head) or ("\n@Begin" in head and TIER.search(head)))
    yield "tiers", bool(TIERS.match(head))
    yield "json", is_json(text, name)
    yield "table", name.lower().endswith(NAMED) and bool(delimiter(text, name))  # tags in its cells
    yield "xml", _is_xml(text, head)
    yield "html", _is_page(text, head)
    yield "table", bool(delimiter(text, name))
    yield "log", looks_like_log(text)
    yield "markdown", name.lower().endswith((".md", ".markdown")) or looks_like_markdown(text)
    yield "text", True


def _is_captions(head: str) -> bool:
    rows = [row for row in head.splitlines()[:200] if row.strip()]
    return head.startswith(("WEBVTT", "[Script Info]")) or any(map(TIMING.match, rows[:4]))


def _is_xml(text: str, head: str) -> bool:
    """Whether a text is one XML element that no web page begins with, whole to its end."""
    root = XML_ROOT.match(head)
    if not root or root[1].lower() in ("html", "head", "body") or PAGE_START.match(head):
        return False
    return head.startswith("<?xml") or text.rstrip()[-200:].endswith(f"</{root[1]}>")


def _is_page(text: str, head: str) -> bool:
    """A page, or a piece of one; a text that mentions a tag or two is not."""
    start = PAGE_START.match(head)
    sample = text[:200_000]
    tags = len(STRUCTURE.findall(sample))
    if start:
        return tags > 0 or bool(WHOLE_PAGE.match(head))
    return tags >= 4 and tags * 1500 >= len(sample)
