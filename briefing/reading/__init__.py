"""Any file to numbered lines, and what its format says about them.

`read_source` takes a path, `parse_source` bytes; both tell the format by the content. A
format's own library is loaded only when such a file is read. Whatever is wrong with a file
comes as one BriefingError that says what, where and what to do next.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

from briefing.reading.encoding import decode
from briefing.reading.lines import Line, Source
from briefing.reading.recognise import binary_format, text_format
from briefing.tables import BriefingError

CONTROL = re.compile("[\x03-\x08\x0e-\x14\x16-\x1a\x1c-\x1f\x7f]")  # \x15 marks CHAT times
BREAKS = "\n\r\f"
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
        said = " ".join(str(error).split())[:200]
        raise BriefingError(
            f"{name}: cannot be read ({type(error).__name__}: {said}); the file may be damaged: "
            f"download it again, or save it as plain text."
        ) from error
    whole = "".join(line.text for line in source.lines)
    if any(sign in whole for sign in BREAKS):  # entities and escapes can bring them in
        for line in source.lines:
            line.text = line.text.translate(BREAKS_TO_SPACES)
    if not whole.strip():
        raise BriefingError(f"{name}: there is no text in it; check that the whole was saved.")
    return source


def _parsed(data: bytes, name: str) -> Source:
    binary = binary_format(data, name)
    if binary == "pdf":
        from briefing.reading.pdf import read_pdf

        return read_pdf(data, name)
    if binary == "docx":
        from briefing.reading.docx import read_docx

        return read_docx(data, name)
    text, encoding, warnings = decode(data, name)
    _refuse_control_characters(text, name)
    kind = text_format(text, name)
    lines, metadata, said = _read_text(kind, text, name)
    return Source(name, kind, encoding, lines, metadata, warnings + said)


def _read_text(kind: str, text: str, name: str) -> tuple[list[Line], dict[str, str], list[str]]:
    """Lines, metadata and warnings of a text in the format `kind`."""
    if kind == "html":
        from briefing.reading.html import read_html

        return *read_html(text), []
    if kind == "captions":
        from briefing.reading.captions import read_captions

        return read_captions(text, name)
    if kind == "table":
        from briefing.reading.table import read_table

        return read_table(text, name)
    if kind == "chat":
        from briefing.reading.chat import read_chat

        return *read_chat(text), []
    if kind == "markdown":
        from briefing.reading.markdown import read_markdown

        return *read_markdown(text), []
    from briefing.reading.text import split_lines

    return split_lines(text), {}, []


def _refuse_control_characters(text: str, name: str) -> None:
    """Text has no null characters and next to no control characters."""
    sample = text[:100_000]
    if "\0" in sample or len(CONTROL.findall(sample)) * 100 > len(sample):
        raise BriefingError(
            f"{name}: this is a binary file, not text; give a transcript as text, HTML, PDF, "
            f".docx, captions or a table."
        )
