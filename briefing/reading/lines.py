"""What every format is read into: numbered lines, with what the format says about them.

A reader of a format does one job: it gives the text a person would see, line by line, and keeps
what only the format knows (headings, bold type, pages, times, a speaker in a column or tag, and
which parts are not the document's own text). It never looks for labels.

Lines of plain text end at a line feed, a carriage return or both, and nowhere else: the other
characters that Unicode calls line ends occur inside sentences in real files. A form feed ends a
page. What is repeated at the top or bottom of the pages is not speech. A running head or foot is
the outermost line of a page, or the line next to one; it recurs on at least two pages and on two
pages in five (odd and even pages may have their own), word for word or with a page number.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from functools import cache
from itertools import groupby
from typing import Any, NamedTuple

from briefing.lexicons import Patterns, iso_date
from briefing.tables import data

FORMS = Patterns("formats")
POINTS_IN_TIME = 1e8  # seconds of a calendar date rather than of a recording
Spans = tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Line:
    """One line, paragraph, row or caption line, without its line end.

    `gap` is 0 for a line that continues a paragraph (`<br>`), 1 for a new paragraph, more where the
    page leaves more space; formats that have blank lines keep those instead, as lines without text.
    `bold` and `italic` hold (start, stop) offsets into `text`. `outside` marks what the format
    itself keeps apart from the document's text: menus, page headers, front matter, the cells of a
    table that name speakers. `speaker`, `start_s` and `stop_s` (seconds) are set only if the format
    has a field or mark for them. `new` marks the first line of each row, utterance element or JSON
    object, and, in captions and CHAT files, the first line of a new speaker. `day` is the date of a
    row in a table of several days. Many formats name the speaker of every stretch of a turn, so two
    rows of one speaker may be one turn.
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
    day: str = ""


class Spoken(NamedTuple):
    """What a row, an element or an object says, who says it, and when."""

    text: str
    speaker: str | None = None
    start_s: float | None = None
    stop_s: float | None = None
    new: bool = True
    day: str = ""


@dataclass(slots=True)
class Source:
    """A file as read: its lines, what its format states about it, and warnings.

    `format` is text, markdown, html, xml, docx, pdf, captions, table or chat; `encoding` is missing
    for formats with a fixed one. `metadata` may hold title, date (ISO), source and language.
    `warnings` say in words what was decided where the file is ambiguous.
    """

    name: str
    format: str
    encoding: str | None
    lines: list[Line]
    metadata: dict[str, str] = field(default_factory=dict)
    warnings: list[str] = field(default_factory=list)


def by_day(source: Source) -> list[Source]:
    """The briefings, each with its date, in a table with rows from several days."""
    days: dict[str, list[Line]] = {}
    for line in source.lines:
        days.setdefault(line.day, []).append(line)
    beside = days.pop("", [])
    if len(days) < 2:
        return [source]
    days[next(iter(days))] += beside
    stated = source.metadata
    return [
        replace(source, lines=lines, metadata=stated | {"date": day}) for day, lines in days.items()
    ]


@cache
def vocabulary(part: str) -> dict[str, Any]:
    """One section of vocabularies.toml, each list as a dict from word to place in the list."""
    return {
        key: {word: n for n, word in enumerate(value.split())} if isinstance(value, str) else value
        for key, value in data("briefing.reading", "vocabularies.toml")[part].items()
    }


def stated(given: Mapping[str, str], part: str = "stated") -> dict[str, str]:
    """Title, date (ISO), source and language from keys and values, by known names."""
    found: dict[str, str] = {}
    for name, keys in vocabulary(part).items():
        values = (" ".join(given.get(key, "").split())[:500] for key in keys)
        fit = (iso_date(value) if name == "date" else value for value in values)
        found[name] = next(filter(None, fit), "")
    return {name: value for name, value in found.items() if value}


def set_outside(lines: Iterable[Line]) -> None:
    """Mark lines as outside the document's text."""
    for line in lines:
        line.outside = True


class Writing:
    """A line being built: its text, and which stretches are bold or italic."""

    def __init__(self) -> None:
        """Begin a line."""
        self.pieces: list[str] = []
        self.length = 0
        self.bold: list[tuple[int, int]] = []
        self.italic: list[tuple[int, int]] = []

    def put(self, text: str, *, bold: bool, italic: bool) -> None:
        """Add to the line."""
        span = (self.length, self.length + len(text))
        if bold:
            self.bold.append(span)
        if italic:
            self.italic.append(span)
        self.pieces.append(text)
        self.length += len(text)

    def line(self, blanks: str | None = None) -> Line:
        """The finished line, without these characters at its end."""
        text = "".join(self.pieces).rstrip(blanks)
        return Line(text, bold=tidy_spans(text, self.bold), italic=tidy_spans(text, self.italic))


def said_lines(said: Iterable[Spoken]) -> list[Line]:
    """The lines of rows: each row begins a paragraph, each line break in it a line.

    >>> [(line.text, line.new) for line in said_lines([Spoken("Yes.\\nNo.", "Ann Lee")])]
    [('Yes.', True), ('No.', False)]
    """
    lines: list[Line] = []
    for text, who, start, stop, new, day in in_order([*said]):
        gap = 1
        for row in split_rows(text):
            if not row.strip():
                gap += 1
                continue
            line = Line(row.strip(), gap, speaker=who, new=new, start_s=start, stop_s=stop, day=day)
            lines.append(line)
            gap, new = 0, False
    return lines


def in_order(said: list[Spoken]) -> list[Spoken]:
    """Rows in the order of time, if the latest stands first, as chats are often saved."""
    times = [one.start_s for one in said if one.start_s is not None]
    newest_first = len(times) == len(said) > 2 and times == sorted(times, reverse=True)
    return said[::-1] if newest_first and times[0] > times[-1] else said


MARK = re.compile(r"[.,;:?!…。？！，；：)\]}»”’'\"]+$")
ENDS = (".", "?", "!", ",", "…")


def are_words(said: list[Spoken]) -> bool:
    """Whether a list holds single words rather than whole utterances."""
    short = sum(len(one.text.lstrip("> ").split()) <= 1 for one in said)
    return len(said) >= 5 and short >= 0.8 * len(said) and max(len(o.text) for o in said) <= 60


def joined(said: list[Spoken], words: bool) -> list[Spoken]:
    """Single words joined speaker by speaker; longer texts as they are."""
    if not words:
        return [one._replace(text=one.text.strip()) for one in said if one.text.strip()]
    spaced = any(one.text != one.text.strip() for one in said)
    groups = (list(group) for _, group in groupby(said, key=lambda one: one.speaker))
    return [one for group in groups if (one := _utterance(group, spaced)).text]


def _utterance(words: list[Spoken], spaced: bool) -> Spoken:
    """The words of one speaker as one utterance; `spaced` ones have their own blanks."""
    text = ""
    for word in (one.text for one in words):
        if spaced:
            text += " " if text[-1:] in ENDS and word[:1].isalnum() else ""
        else:
            text += "" if MARK.match(word) else " "
        text += word
    starts = [word.start_s for word in words if word.start_s is not None]
    stops = [word.stop_s for word in words if word.stop_s is not None]
    times = starts[0] if starts else None, stops[-1] if stops else None
    return Spoken(" ".join(text.split()), words[0].speaker, *times)


def tidy_spans(text: str, spans: Iterable[tuple[int, int]], between: str | None = None) -> Spans:
    """Spans of `text` in order, without outer white space, joined across white space.

    Characters in `between` count as white space here.

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
        if tidy and not text[tidy[-1][1] : start].strip(between):
            tidy[-1] = (tidy[-1][0], max(tidy[-1][1], stop))
        else:
            tidy.append((start, stop))
    return tuple(tidy)


def split_rows(text: str) -> list[str]:
    """The rows of `text` without their line ends, whatever their kind."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def file_rows(text: str) -> list[str]:
    """The rows of a whole file; a line end at the end of the file begins no further row."""
    rows = split_rows(text)
    return rows[:-1] if len(rows) > 1 and not rows[-1] else rows


def split_lines(text: str) -> list[Line]:
    """The lines of `text`, numbered by their place in the list, with any page numbers."""
    rows = file_rows(text)
    if "\f" not in text:
        return [Line(row) for row in rows]
    lines: list[Line] = []
    page = 1
    for row in rows:
        parts = row.split("\f")
        kept = [Line(part, page=page + n) for n, part in enumerate(parts) if part]
        lines += kept or [Line("", page=page)]
        page += len(parts) - 1
    mark_running_heads(lines)
    return lines


DEPTH = 4  # lines examined at each edge
SHARE = 0.4
FIGURES = re.compile(r"\d{1,9}")
COUNTED = re.compile(r"\s*\d{1,2}\s+\S")
MANY = 8  # lines of a page that must begin with a number
ROMAN = re.compile(r"[ivxl]{1,7}$")


def mark_running_heads(lines: list[Line]) -> None:
    """Set `outside` on running heads and feet, if the lines have pages."""
    pages: dict[int | None, list[Line]] = {}
    for line in lines:
        if line.text.strip():
            pages.setdefault(line.page, []).append(line)
    if len(pages) < 2:
        return
    talk = [_without_counted(page) for page in pages.values()]
    inside = {_plain(line) for page in talk for line in page[DEPTH:-DEPTH]}
    _mark([page[: min(DEPTH, (len(page) + 1) // 2)] for page in talk], inside)
    _mark([page[::-1][: min(DEPTH, len(page) // 2)] for page in talk], inside)


def _without_counted(page: list[Line]) -> list[Line]:
    """On a page with line numbers, the numbered lines, since those are the talk."""
    uncounted = [line for line in page if not COUNTED.match(line.text)]
    return page if len(page) - len(uncounted) < MANY else uncounted


def _mark(edges: list[list[Line]], inside: set[str]) -> None:
    """Mark what recurs at the edges of pages, unless it also occurs `inside` them."""
    signs = [[_signs(line) for line in edge] for edge in edges]
    often = Counter(sign for edge in signs for sign in set().union(*edge))
    enough = max(2, SHARE * len(edges))
    for edge, known in zip(edges, signs, strict=True):
        for line, own in zip(edge, known, strict=True):
            if max(often[sign] for sign in own) < enough or _plain(line) in inside:
                break
            line.outside = True


def _plain(line: Line) -> str:
    return " ".join(line.text[:200].casefold().split())


def _signs(line: Line) -> set[tuple[str, int, int]]:
    """What a line would have in common with the same head on another page.

    >>> sorted(_signs(Line("Page 3 of 27", page=3)))
    [('page # of #', 0, 0), ('page # of #', 1, 24), ('page 3 of 27', -1, 0)]
    """
    plain = _plain(line)
    if ROMAN.match(plain):
        return {("#", -1, 0)}
    shape, page = FIGURES.sub("#", plain), line.page or 0
    numbered = enumerate(FIGURES.findall(plain))
    return {(plain, -1, 0), *((shape, at, int(number) - page) for at, number in numbered)}
