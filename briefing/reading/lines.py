"""What every format is read into: numbered lines, and what the format says about them.

A reader of a format does one job: it gives the text a person would see, line by line, and
keeps what only the format knows (headings, bold type, pages, times, a speaker in a column
or tag, and which parts are not the document's text at all). It never looks for labels.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

POINTS_IN_TIME = 1e8  # seconds of the calendar rather than of a talk
Spans = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Line:
    """One line, paragraph, row or caption line, without its line end.

    `gap` is 0 for a line that goes straight on (`<br>`), 1 for a new paragraph, more where
    the page leaves more room; formats with blank lines of their own keep those instead, as
    lines without text. `bold` and `italic` hold (start, stop) offsets into `text`. `outside`
    marks what the format itself sets apart from the document's text: menus, page headers,
    front matter, the cells of a table that name speakers. `speaker`, `start_s` and `stop_s`
    (seconds) stand only where the format has a field or mark for them. `new` marks the first
    line of each row, utterance element or JSON object, and, in captions and CHAT files, the
    lines from which somebody else speaks. Many formats stamp every stretch of a turn with its
    speaker: two rows of one speaker may be one turn.
    """

    text: str
    gap: int = 0
    page: int | None = None
    heading: bool = False
    bold: Spans = ()
    italic: Spans = ()
    outside: bool = False
    speaker: str | None = None
    new: bool = False
    start_s: float | None = None
    stop_s: float | None = None


class Said(NamedTuple):
    """What a row, an element or an object says, who says it, and when."""

    text: str
    speaker: str | None = None
    start_s: float | None = None
    stop_s: float | None = None
    new: bool = True


@dataclass(slots=True)
class Source:
    """A file as read: its lines, what its format states about it, and what to be wary of.

    `format` is text, markdown, html, xml, docx, pdf, captions, table or chat; `encoding` is
    missing for formats that have none to choose. `metadata` may hold title, date (ISO),
    source and language. `warnings` say in words what was decided where the file leaves
    room for doubt.
    """

    name: str
    format: str
    encoding: str | None
    lines: list[Line]
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def said_lines(said: Iterable[Said]) -> list[Line]:
    """The lines of what is said in rows: each row begins a paragraph, its line breaks lines.

    >>> [(line.text, line.new) for line in said_lines([Said("Yes.\\nNo.", "Ann Lee")])]
    [('Yes.', True), ('No.', False)]
    """
    lines: list[Line] = []
    for text, speaker, start, stop, new in said:
        gap = 1
        for row in text.replace("\r\n", "\n").replace("\r", "\n").split("\n"):
            if not row.strip():
                gap += 1
                continue
            lines.append(
                Line(row.strip(), gap, speaker=speaker, new=new, start_s=start, stop_s=stop)
            )
            gap, new = 0, False
    return lines


def count_from_first(lines: list[Line]) -> None:
    """Times that are points in time as seconds from the first one."""
    first = min((line.start_s for line in lines if line.start_s is not None), default=0.0)
    for line in lines if first > POINTS_IN_TIME else ():
        line.start_s = None if line.start_s is None else round(line.start_s - first, 6)
        line.stop_s = None if line.stop_s is None else round(line.stop_s - first, 6)


def tidy_spans(text: str, spans: Iterable[tuple[int, int]]) -> Spans:
    """Spans of `text` without outer white space, joined where only white space parts them.

    >>> tidy_spans("Ann Lee: yes", [(0, 3), (4, 9)])
    ((0, 8),)
    """
    tidy: list[tuple[int, int]] = []
    for start, stop in spans:
        inner = text[start:stop]
        start += len(inner) - len(inner.lstrip())
        stop = min(stop, len(text)) - (len(inner) - len(inner.rstrip()))
        if start >= stop:
            continue
        if tidy and not text[tidy[-1][1] : start].strip():
            tidy[-1] = (tidy[-1][0], stop)
        else:
            tidy.append((start, stop))
    return tuple(tidy)
