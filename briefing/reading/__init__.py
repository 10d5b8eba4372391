"""Any file to numbered lines, and what its format says about them.

`read_source` takes a path, `parse_source` bytes; both tell the format by the content. A
format's own library is loaded only when such a file is read. Whatever is wrong with a file
comes as one BriefingError that says what, where and what to do next.

Another package can add a format: an entry point in the group `briefing.readers` names a
function that takes the bytes and the name of a file and gives its Source, or None where it is
not for it. It is asked about files that no format here can read, and
about text whose name says that it is something else.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path

from briefing.reading.encoding import decode
from briefing.reading.lines import Line, Source
from briefing.reading.packed import are_pages
from briefing.reading.recognise import binary_format, text_format
from briefing.reading.stamps import without_tails
from briefing.tables import BriefingError

CONTROL = re.compile("[\x03-\x08\x0e-\x14\x16-\x1a\x1c-\x1f\x7f]")  # \x15 marks CHAT times
BREAKS = "\n\r\f"
READERS = "briefing.readers"  # entry points: `read(data, name)` gives a Source, or None
MOST_FILES = 100  # of a packed folder that are looked at
PLAIN = (".txt", ".text", ".log", ".asc")  # names of text that is nothing else
PRINTED = frozenset("text markdown docx rtf document".split())  # what people type or print
BREAKS_TO_SPACES = str.maketrans(BREAKS, "   ")
__all__ = ["Line", "Source", "parse_source", "read_source"]


def read_source(path: str | os.PathLike[str]) -> Source:
    """Read a transcript in any format that is known here: its lines and what it states.

    Raises BriefingError, and nothing else, where there is no such file, no text in it, or
    no telling what it is.
    """
    place = Path(path)
    try:
        data = place.read_bytes()
    except FileNotFoundError as error:
        raise BriefingError(f"{place}: no such file; check the name and the folder.") from error
    except IsADirectoryError as error:
        raise BriefingError(f"{place}: this is a folder; give one of the files in it.") from error
    except (OSError, ValueError) as error:
        raise BriefingError(f"{place}: cannot be read ({error}); check its permissions.") from error
    return parse_source(data, place.name)


def parse_source(data: bytes, name: str) -> Source:
    """Read the bytes of a file called `name`; as `read_source`."""
    if not data.strip(b" \t\r\n\f\v\0\xef\xbb\xbf\xfe\xff"):
        raise BriefingError(f"{name}: the file is empty; download or save it again.")
    try:
        source = _parsed(data, name)
    except BriefingError:
        raise
    except Exception as error:  # a format's library met something it was not made for
        said = f"{type(error).__name__}: {' '.join(str(error).split())[:200]}"
        why = (
            f"a fault in this program at {place}, not in the file: save it as plain text to go on, "
            "and report it"
            if (place := _own_fault(error))
            else "the file may be damaged: download it again, or save it as plain text"
        )
        raise BriefingError(f"{name}: cannot be read ({said}); {why}.") from error
    if source.format in PRINTED:
        without_tails(source.lines)
    whole = "".join(line.text for line in source.lines)
    if any(sign in whole for sign in BREAKS):  # entities and escapes can bring them in
        for line in source.lines:
            line.text = line.text.translate(BREAKS_TO_SPACES)
    if not whole.strip():
        raise BriefingError(f"{name}: there is no text in it; check that the whole was saved.")
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
    binary = binary_format(data, name)
    if binary is not None:
        return _read_binary(binary, data, name)
    text, encoding, warnings = decode(data, name)
    _refuse_control_characters(text, name)
    kind = text_format(text, name)
    if kind == "text" and not name.lower().endswith(PLAIN) and "." in name:
        source = _plugged_in(data, name)
        if source is not None:
            return source
    lines, metadata, said = _read_text(kind, text, name)
    return Source(name, kind, encoding, lines, metadata, warnings + said)


def _read_binary(kind: str, data: bytes, name: str) -> Source:
    """A file that is not text, read as what it is or holds."""
    if kind == "pdf":
        from briefing.reading.pdf import read_pdf

        return read_pdf(data, name)
    if kind == "docx":
        from briefing.reading.word_files import read_docx

        return read_docx(data, name)
    if kind == "rtf":
        from briefing.reading.word_files import read_rtf

        return Source(name, "rtf", None, read_rtf(data))
    return _read_packed(kind, data, name)


def _read_packed(kind: str, data: bytes, name: str) -> Source:
    """What a file holds that is made of other files."""
    from briefing.reading import packed

    if kind == "mail":
        parts = packed.parts_of_mail(data)
        if not parts:
            raise BriefingError(f"{name}: no page and no text is in it; save the page as HTML.")
        return _read_folder(parts, name)
    inside = packed.opened(data, name)
    if kind == "folder":
        return _read_folder(list(packed.files_inside(inside)), name)
    if kind == "workbook":
        from briefing.reading.delimited import grid_lines

        lines, warnings = grid_lines(packed.grid_of_workbook(inside, name), name)
        return Source(name, "table", None, lines, {}, warnings)
    from briefing.reading.html import read_html

    page = packed.page_of_book if kind == "book" else packed.page_of_document
    lines, metadata = read_html(page(inside))
    return Source(name, kind, None, lines, metadata)


def _read_folder(files: list[tuple[str, bytes]], name: str) -> Source:
    """The file with most text in a packed folder, or all of them if they are numbered pages."""
    if not files:
        raise BriefingError(f"{name}: there is nothing in it; pack it again.")
    found: list[tuple[str, Source]] = []
    problems: list[str] = []
    for inner, data in files[:MOST_FILES]:
        try:
            if binary_format(data, inner) == "folder":
                raise BriefingError(f"{inner}: a packed file in a packed file; unpack it.")
            found.append((inner, _parsed(data, inner.rpartition("/")[2])))
        except BriefingError as error:
            problems.append(str(error))
    if not found:
        raise BriefingError(f"{name}: nothing in it can be read: {problems[0]}")
    sources = [source for _, source in found]
    if len(found) > 1 and are_pages([inner for inner, _ in found]):
        lines = [line for source in sources for line in source.lines]
        said = f"the {len(found)} pages in it are read one after the other."
        return replace(sources[0], name=name, lines=lines, warnings=[*sources[0].warnings, said])
    best = max(sources, key=lambda one: sum(len(line.text) for line in one.lines))
    others = [inner for inner, source in found if source is not best]
    said = f"one of {len(files)} files in it is read; unpack it to read {', '.join(others[:5])}."
    return replace(best, name=name, warnings=[*best.warnings, *([said] if others else [])])


def _read_text(kind: str, text: str, name: str) -> tuple[list[Line], dict[str, str], list[str]]:
    """Lines, metadata and warnings of a text in the format `kind`."""
    if kind == "html":
        from briefing.reading.html import read_html

        return *read_html(text), []
    if kind == "xml":
        from briefing.reading.xml_files import read_xml

        return *read_xml(text, name), []
    if kind == "tiers":
        from briefing.reading.timed_text import read_textgrid

        return read_textgrid(text), {}, []
    if kind == "captions":
        from briefing.reading.timed_text import read_captions

        return read_captions(text, name)
    if kind == "table":
        from briefing.reading.delimited import read_table

        return read_table(text, name)
    if kind == "chat":
        from briefing.reading.timed_text import read_chat

        return *read_chat(text), []
    if kind == "markdown":
        from briefing.reading.markdown import read_markdown

        return *read_markdown(text), []
    if kind == "log":
        from briefing.reading.stamps import read_log

        return read_log(text), {}, []
    from briefing.reading.plain_text import split_lines

    return split_lines(text), {}, []


def _refuse_control_characters(text: str, name: str) -> None:
    """Text has no null characters and next to no control characters."""
    sample = text[:100_000]
    if "\0" in sample or len(CONTROL.findall(sample)) * 100 > len(sample):
        raise BriefingError(
            f"{name}: this is a binary file, not text; give a transcript as text, HTML, PDF, "
            f".docx, captions or a table."
        )
