"""Turn any file into numbered lines, with what its format says about them.

`read_source` takes a path, `parse_source` bytes; both recognise the format by its content, and the
name only breaks a tie. A format's library is loaded only when such a file is read. Whatever is
wrong with a file is raised as one BriefingError that says what, where and what to do next.

Another package can add a format: an entry point in the group `briefing.readers` names a function
that takes the bytes and the name of a file and returns a Source, or None if the file is not in its
format. It is tried on files that no format here can read, and on text whose name says that it is
something else.

Bytes never turn into mojibake unnoticed. What the bytes prove comes first: a byte order mark, the
null bytes of UTF-16, valid UTF-8. Next comes what an HTML page declares. Otherwise the decoded text
decides between two encodings: Windows-1252 if accents and quotation marks are where a Western
European language has them, GB18030 if the characters are common ones in Chinese. If neither or both
fit, the file is refused: a guess would change words.
"""

from __future__ import annotations

import codecs
import os
import re
from bisect import bisect
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from briefing.reading.grids import NAMED, delimiter, grid_lines, read_delimited
from briefing.reading.html import read_html
from briefing.reading.json_files import in_scripts, is_json, read_json, read_talk, read_values
from briefing.reading.lines import FORMS, Line, Source, by_day, set_outside, split_lines, vocabulary
from briefing.reading.markdown import looks_like_markdown, read_markdown
from briefing.reading.timed_text import (
    looks_like_log,
    looks_like_panel,
    objects_in_cues,
    read_captions,
    read_chat,
    read_log,
    read_textgrid,
    without_tails,
)
from briefing.tables import BriefingError

CONTROL = re.compile("[\x03-\x08\x0e-\x14\x16-\x1a\x1c-\x1f\x7f]")  # \x15 marks CHAT times
NOTHING = b" \t\r\n\f\v\0\xef\xbb\xbf\xfe\xff"
BREAKS = "\n\r\f"
READERS = "briefing.readers"  # entry points: `read(data, name)` gives a Source, or None
MOST_FILES = 100  # looked at in a packed folder
MOSTLY_UNSEEN = 4  # characters in scripts for one that the page shows
PLAIN = (".txt", ".text", ".log", ".asc")  # extensions of plain text and nothing else
PRINTED = frozenset("text markdown html docx rtf document".split())  # what people type or print
ASIDES = vocabulary("packed")["asides"]
BREAKS_TO_SPACES = str.maketrans(BREAKS, "   ")
__all__ = ["Line", "Source", "by_day", "decode", "parse_source", "read_source"]
Read = tuple[list[Line], dict[str, str], list[str]]  # lines, metadata, warnings


def read_source(path: str | os.PathLike[str]) -> Source:
    """Read a transcript in any supported format: its lines and what it states.

    Raises BriefingError, and nothing else, if the file is missing, has no text or cannot be
    identified.
    """
    place = Path(path)
    try:
        if place.exists() and not (place.is_file() or place.is_dir()):  # pipes may never end
            raise BriefingError.of("no ordinary file", name=str(place))
        data = place.read_bytes()
    except BriefingError:
        raise
    except FileNotFoundError as error:
        raise BriefingError.of("no file", name=str(place)) from error
    except IsADirectoryError as error:
        raise BriefingError.of("a folder", name=str(place)) from error
    except (OSError, ValueError) as error:
        raise BriefingError.of("cannot be opened", name=str(place), error=error) from error
    return parse_source(data, place.name)


def parse_source(data: bytes, name: str) -> Source:
    """Read the bytes of a file called `name`; as `read_source`."""
    if not data.strip(NOTHING):
        raise BriefingError.of("empty file", name=name)
    try:
        source = _parsed(data, name)
    except BriefingError:
        raise
    except Exception as error:  # a library met something that it cannot handle
        said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        place = _own_fault(error)
        if place:
            raise BriefingError.of("our fault", name=name, said=said, place=place) from error
        raise BriefingError.of("damaged file", name=name, said=said) from error
    source.metadata = {name: value for name, value in source.metadata.items() if value}
    if source.format in PRINTED:
        without_tails(source.lines)
    whole = "".join(line.text for line in source.lines)
    if any(sign in whole for sign in BREAKS):  # entities and escapes can produce them
        for line in source.lines:
            line.text = line.text.translate(BREAKS_TO_SPACES)
    if not whole.strip():
        raise BriefingError.of("no text", name=name)
    return source


def _own_fault(error: Exception) -> str:
    """Where our own code failed, rather than a library it called; empty otherwise."""
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
        if source := _plugged_in(data, name):
            return source
        raise


def _plugged_in(data: bytes, name: str) -> Source | None:
    """What a reader from another package makes of a file that no reader here can read."""
    from importlib.metadata import entry_points

    made = (point.load()(data, name) for point in entry_points(group=READERS))
    return next(filter(None, made), None)


def _built_in(data: bytes, name: str) -> Source:
    binary = _binary_format(data, name)
    if binary is not None:
        return _read_binary(binary, data, name)
    text, encoding, warnings = decode(data, name)
    sample = text[:100_000]
    if "\0" in sample or len(CONTROL.findall(sample)) * 100 > len(sample):
        raise BriefingError.of("control characters", name=name)
    kind = _text_format(text, name)
    if kind == "text" and not name.lower().endswith(PLAIN) and "." in name:
        if source := _plugged_in(data, name):
            return source
    lines, metadata, said = TEXT_READERS[kind](text, name)
    form = "table" if kind == "json" else kind
    return Source(name, form, encoding, lines, metadata, warnings + said)


def _read_xml(text: str, name: str) -> Read:
    from briefing.reading.xml_files import read_xml

    return *read_xml(text, name), []


def _read_page(text: str, name: str) -> Read:
    """A page as it stands, or what its scripts hold where it shows nothing yet."""
    lines, metadata = read_html(text)
    seen = _size(line for line in lines if not line.outside)
    said, warnings = read_talk([*in_scripts(text)], name)
    if _size(said) <= MOSTLY_UNSEEN * seen:
        return lines, metadata, []
    set_outside(lines)
    return said + lines, metadata, ["the page shows no talk; its script does.", *warnings]


def _read_captions(text: str, name: str) -> Read:
    """Captions, or objects of JSON that stand in their place."""
    objects = objects_in_cues(text)
    return read_values(objects, name) if objects else read_captions(text, name)


def _size(lines: Iterable[Line]) -> int:
    return sum(len(line.text) for line in lines)


TEXT_READERS: dict[str, Callable[[str, str], Read]] = {
    "text": lambda text, _: (split_lines(text), {}, []),
    "log": lambda text, _: (read_log(text), {}, []),
    "markdown": lambda text, _: (*read_markdown(text), []),
    "json": lambda text, name: read_json(text, name, _lines_inside),
    "table": read_delimited,
    "html": _read_page,
    "xml": _read_xml,
    "captions": _read_captions,
    "chat": lambda text, _: (*read_chat(text), []),
    "tiers": lambda text, _: (read_textgrid(text), {}, []),
}


def _lines_inside(text: str) -> list[Line]:
    """The lines of a file embedded in a JSON string; none if the string is plain text."""
    kind = _text_format(text, "")
    return [] if kind in ("text", "json") else TEXT_READERS[kind](text, "")[0]


def _read_binary(kind: str, data: bytes, name: str) -> Source:
    """Read a file that is not text, or what is packed inside it."""
    if kind == "pdf":
        from briefing.reading.pdf import read_pdf

        return read_pdf(data, name)
    from briefing.reading import documents

    if kind == "docx":
        return documents.read_docx(data, name)
    if kind == "rtf":
        return Source(name, "rtf", None, documents.read_rtf(data))
    if kind == "mail":
        nothing = BriefingError.of("no page in mail", name=name)
        return _read_folder(documents.parts_of_mail(data), name, nothing)
    inside = documents.opened(data, name)
    if kind == "folder":
        nothing = BriefingError.of("empty folder", name=name)
        return _read_folder([*documents.files_inside(inside)], name, nothing)
    if kind == "workbook":
        lines, warnings = grid_lines(documents.grid_of_workbook(inside, name), name)
        return Source(name, "table", None, lines, {}, warnings)
    page = documents.page_of_book if kind == "book" else documents.page_of_document
    return Source(name, kind, None, *read_html(page(inside)))


def _read_folder(files: list[tuple[str, bytes]], name: str, nothing: BriefingError) -> Source:
    """The transcript in a packed folder, or all its files if they are numbered pages."""
    from briefing.reading.documents import are_pages

    if not files:
        raise nothing
    found: dict[str, Source] = {}
    problems: list[str] = []
    for inner, data in files[:MOST_FILES]:
        try:
            if _binary_format(data, inner) == "folder":
                raise BriefingError.of("packed twice", name=inner)
            found[inner] = _parsed(data, inner.rpartition("/")[2])
        except BriefingError as error:
            problems.append(str(error))
    if not found:
        raise BriefingError.of("nothing readable", name=name, problem=problems[0])
    sources = [*found.values()]
    if len(found) > 1 and are_pages([*found]):
        lines = [line for source in sources for line in source.lines]
        said = f"the {len(found)} pages in it are read one after the other."
        return replace(sources[0], name=name, lines=lines, warnings=[*sources[0].warnings, said])
    best = found[max(found, key=lambda inner: _worth(inner, found[inner]))]
    others = [inner for inner, source in found.items() if source is not best]
    said = f"one of {len(files)} files in it is read; unpack it to read {', '.join(others[:5])}."
    return replace(best, name=name, warnings=[*best.warnings, *([said] if others else [])])


def _worth(inner: str, source: Source) -> tuple[bool, bool, int]:
    """How likely one of several files is the transcript: no summary, named speakers, most text."""
    aside = any(word in ASIDES for word in re.findall(r"[^\W\d_]+", inner.rpartition("/")[2]))
    named, most = _size(line for line in source.lines if line.speaker), _size(source.lines)
    return not aside, named > 0.5 * most, most


# What kind of file it is

MAIL = re.compile(
    rb"(?:From|To|Date|Subject|MIME-Version|Received|Return-Path|Message-ID|Delivered-To|"
    rb"Snapshot-Content-Location|Content-Type|X-[\w-]{1,60}):\s", re.IGNORECASE
)  # fmt: skip
MULTIPART = re.compile(rb"^Content-Type:\s{0,9}multipart/", re.IGNORECASE | re.MULTILINE)
WHOLE_PAGE = re.compile(r"(?i)<(?:!doctype|html|head|body|meta)")
DIARISATION = re.compile(r"(?:SPEAKER|SPKR-INFO) \S+ \d+ [\d.]+ [\d.]+ <NA> ")
TIERS = re.compile(r"File type = \"ooTextFile")
TIER = re.compile(r"\*[A-Z][A-Z0-9_+-]{0,9}:[ \t]", re.MULTILINE)
CHAT_HEAD = re.compile(r"@(?:UTF8|Begin|Font|Languages|Participants|PID|Window|Color)\b")


def _binary_format(data: bytes, name: str) -> str | None:
    """The kind of a file that is not text; BriefingError with advice if it cannot be read.

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
            raise BriefingError.of(
                "no transcript", name=name, what=kind["what"], advice=kind["advice"]
            )
    return None


def _text_format(text: str, name: str) -> str:
    """Which of the text formats `text` is in."""
    head = text[:20_000].lstrip()
    if DIARISATION.match(head):
        raise BriefingError.of("no words", name=name)
    return next(kind for kind, is_it in _judged(text, head, name) if is_it)


def _judged(text: str, head: str, name: str) -> Iterator[tuple[str, bool]]:
    """Whether `text` is in each of the formats, in the order in which they are tried."""
    yield "captions", _is_captions(head)
    yield "chat", bool(CHAT_HEAD.match(head) or ("\n@Begin" in head and TIER.search(head)))
    yield "tiers", bool(TIERS.match(head))
    yield "json", is_json(text, name)
    yield "table", name.lower().endswith(NAMED) and bool(delimiter(text, name))  # tags in its cells
    yield "xml", _is_xml(text, head)
    yield "html", _is_page(text, head)
    yield "table", bool(delimiter(text, name))
    yield "captions", looks_like_panel(text)
    yield "log", looks_like_log(text)
    yield "markdown", name.lower().endswith((".md", ".markdown")) or looks_like_markdown(text)
    yield "text", True


def _is_captions(head: str) -> bool:
    rows = [row for row in head.splitlines()[:200] if row.strip()]
    started = head.startswith(("WEBVTT", "[Script Info]")) or head[:5].lower() == "<sami"
    return started or any(map(FORMS.cue_begins.match, rows[:4]))


def _is_xml(text: str, head: str) -> bool:
    """Whether a text is one complete XML element, and not one that begins a web page."""
    root = FORMS.xml_root.match(head)
    if not root or root[1].lower() in ("html", "head", "body"):
        return False
    if head.startswith("<?xml"):
        return True
    return not FORMS.page_start.match(head) and text.rstrip()[-200:].endswith(f"</{root[1]}>")


def _is_page(text: str, head: str) -> bool:
    """Whether it is a page or part of one; a text that mentions a tag or two is not."""
    sample = text[:200_000]
    tags = len(FORMS.structure.findall(sample))
    if FORMS.page_start.match(head):
        return tags > 0 or bool(WHOLE_PAGE.match(head))
    return tags >= 4 and tags * 1500 >= len(sample)


# Bytes to text

SIGNS = vocabulary("encoding")
LETTERS = tuple(map(frozenset, SIGNS["letters"]))
QUOTES, AFTER_FIGURES, COMMON_HAN, HAN_SIGNS = map(frozenset, SIGNS["signs"])
SCRIPTS = SIGNS["scripts"]
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
FIRST = [first for first, _ in SCRIPTS]


def _in_one_script(text: str) -> bool:
    """Whether nearly all letters but Latin ones are of one script, and no sign is out of place."""
    odd = sum(not (c.isprintable() or c.isspace()) for c in text)
    scripts = Counter(SCRIPTS[bisect(FIRST, ord(c)) - 1][1] for c in text if c.isalpha())
    others = [n for script, n in scripts.items() if script not in ("", "latin")]
    known = scripts["latin"] + max(others, default=0)
    if scripts["kana"] > 0.2 * scripts["han"]:
        known = scripts["latin"] + scripts["kana"] + scripts["han"]
    elif scripts["han"] and not _is_chinese(text):
        return False
    return odd * 50 <= len(text) and known >= 0.95 * sum(scripts.values())


def _is_western(text: str) -> bool:
    """Whether accents and signs are where a Western European language has them."""
    high = [match.start() for match in BEYOND_ASCII.finditer(text)]
    letters = Counter(text[at].lower() for at in high if text[at].isalpha())
    known = max(sum(letters[c] for c in language) for language in LETTERS)
    placed = sum(_in_place(text, at) for at in high)
    return placed >= 0.95 * len(high) and known >= 0.9 * sum(letters.values())


def _in_place(text: str, at: int) -> bool:
    """Whether the sign at this offset is in a usual place: those in `weÕre` and `mo¿e` are not."""
    sign, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if sign in QUOTES:
        return True
    if sign in "¿¡":
        return not before.isalpha() and not after.isspace()
    if sign in AFTER_FIGURES:
        return not (before.isalpha() and after.isalpha())
    return bool(sign.isalpha() and not (sign.isupper() and before.islower()))


def _is_chinese(text: str) -> bool:
    """Whether it is Chinese, or Western words with Chinese punctuation."""
    wide = BEYOND_ASCII.findall(text)
    han = sum("\u4e00" <= c <= "\u9fff" for c in wide)
    common = sum(c in COMMON_HAN for c in wide)
    signs = sum(c in HAN_SIGNS for c in wide)
    return bool(han + signs >= 0.9 * len(wide) and common >= 0.08 * han)


SAMPLE = 1 << 20  # bytes examined to judge an encoding; decoding always covers the whole file
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
WHOLE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xf4][\x80-\xbf]{2,3}")
DECLARED = re.compile(
    rb"<meta\b[^<>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})|"
    rb"<\?xml\b[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
WIDER = SIGNS["wider"]
LIKELY = {"cp1252": ("Windows-1252", _is_western), "gb18030": ("GB18030", _is_chinese)}
C1 = re.compile("[\x80-\x9f]")
TWICE = re.compile("â€[™œ\x9d“”˜¦]|Ã[©¨¤¶¼±³¡­§ª®´º]|ï»¿")


def decode(data: bytes, name: str) -> tuple[str, str, list[str]]:
    """The text of `data`, the encoding used, and warnings in words.

    Raises BriefingError if the bytes do not show their encoding.
    """
    for read in (_marked, _by_nulls, _utf8, _declared, _guessed):
        found = read(data)
        if found is not None:
            return _repaired(*found)
    raise BriefingError.of("no encoding", name=name)


Found = tuple[str, str, list[str]]


def _marked(data: bytes) -> Found | None:
    return next((_lenient(data, name) for mark, name in MARKS if data.startswith(mark)), None)


def _lenient(data: bytes, encoding: str) -> Found:
    """Decode despite broken bytes: each becomes U+FFFD, and a warning says so."""
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
    said = f"{broken} damaged characters, shown as \ufffd, in a file in {encoding}."
    return text, encoding, [said] if broken else []


def _by_nulls(data: bytes) -> Found | None:
    """UTF-16 and UTF-32 without a mark: only one of them gives text in a single script."""
    if 0 not in data[:SAMPLE]:
        return None
    found = [_strict(data, encoding) for encoding in WIDE]
    texts = [one for one in found if one and _in_one_script(one[0][:4096])]
    return texts[0] if len(texts) == 1 else None


def _utf8(data: bytes) -> Found | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _nearly_utf8(data, cut=error.start > len(data) - 4 and data[-1] > 0x7F)
    if "\x1b$" in text:
        return _strict(data, "iso2022_jp_ext") or (text, "utf-8", [])
    return text, "utf-8", []


def _nearly_utf8(data: bytes, cut: bool) -> Found | None:
    """UTF-8 in which few characters are damaged, or the last one is cut off."""
    whole = len(WHOLE.findall(data))
    found = _lenient(data, "utf-8")
    broken = found[0].count("\ufffd")
    return found if broken * 10 <= whole or (cut and whole and broken == 1) else None


def _declared(data: bytes) -> Found | None:
    match = DECLARED.search(data[:8192])
    if not match:
        return None
    try:
        codec = codecs.lookup((match[1] or match[2]).decode("ascii", "ignore")).name
    except LookupError:
        return None
    encoding = WIDER.get(codec, codec)
    if encoding.startswith("utf"):
        return None
    found = _strict(data, encoding) or _mostly(data, encoding)
    if found and encoding == "cp1252" and not _fits(data, "cp1252"):
        said = f"read as {encoding}, which the page declares but its letters do not bear out."
        return _guessed(data) or (found[0], encoding, [*found[2], said])
    return found


def _strict(data: bytes, encoding: str) -> Found | None:
    try:
        return data.decode(encoding), encoding, []
    except (UnicodeError, LookupError):
        return None


def _mostly(data: bytes, encoding: str) -> Found | None:
    """What the page declares, if no more than one character in 500 contradicts it."""
    try:
        found = _lenient(data, encoding)
    except LookupError:
        return None
    return found if found[0].count("\ufffd") * 500 <= len(found[0]) else None


def _guessed(data: bytes) -> Found | None:
    fits = [encoding for encoding in LIKELY if _fits(data, encoding)]
    if len(fits) != 1:
        return None
    named, _ = LIKELY[fits[0]]
    said = f"not UTF-8: read as {named}, which fits its bytes; check accents and quotation marks."
    return data.decode(fits[0]), fits[0], [said]


def _fits(data: bytes, encoding: str) -> bool:
    found = _strict(data, encoding)
    return found is not None and LIKELY[encoding][1](found[0][:SAMPLE])


def _repaired(text: str, encoding: str, warnings: list[str]) -> Found:
    """Replace C1 control characters, which were once Windows-1252 punctuation."""
    n = len(C1.findall(text))
    if n:
        text = C1.sub(lambda m: m[0].encode("latin-1").decode("cp1252", "ignore") or m[0], text)
        warnings = [*warnings, f"{n} control characters read as Windows-1252 punctuation."]
    twice = TWICE.findall(text) if any(sign in text for sign in "âÃï") else []
    if len(twice) > 2:
        warnings = [*warnings, f"{twice[0]!r} and the like: decoded wrongly before it was saved."]
    return text, encoding, warnings
