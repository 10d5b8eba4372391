"""PDF: the lines on its pages, from top to bottom, with their paragraphs.

A PDF has no lines or paragraphs, only text at positions. Lines come from pypdf, and their positions
show the rest: their order on the page, extra space or an indent where a paragraph begins. Headings
have larger type. What is repeated at the edges of the pages is outside the talk, and so are
footnotes. Words hyphenated at the end of a line stay as printed.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, dropwhile, groupby, pairwise, takewhile
from typing import TYPE_CHECKING, Any

from briefing.reading.lines import (
    Line,
    Source,
    Writing,
    mark_running_heads,
    set_outside,
    tidy_spans,
)
from briefing.tables import BriefingError, data

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

LIGATURES = re.compile("[\ufb00-\ufb06\u2e80-\u2fdf]")  # and radicals used in place of characters
RADICALS = str.maketrans(*data("briefing.reading", "vocabularies.toml")["pdf"].values())
HAN = "\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff\u2e80-\u2fdf"
BETWEEN_HAN = re.compile(rf"[{HAN}] [{HAN}]")
BOLD = re.compile("bold|black|heavy|demi", re.IGNORECASE)
UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
ENDS_SENTENCE = re.compile(r"[.!?:;…。！？：；][\"'”’)\]»]*$")
SIMPLIFIED = re.compile("[们这为说发]")
LOOSE = re.compile(r"(?<=[^\W\d_]) (?=[.,](?:$|\s(?! ?\.)))")
WIDE_BLANK = "\u3000"  # two of them begin a paragraph of Chinese
INCH = 72.0  # points; stretches further apart are separate
HEAD = 40.0  # points between the head of a page and its text
HEAD_ROWS = 4
COLUMN = 150.0  # points from the left edge of a column to the next, at least
NEAR = 6.0  # points by which lines at the same margin may differ
MORE_ROOM = 1.3  # times the usual distance between lines
LARGER = 1.15  # times the usual size of type
SMALLER = 0.87
SAME_LINE = 2.0  # points by which parts of one printed line may differ in height
LEAST_NUMBERS = 8  # line numbers on a page
LONGEST_LABEL = 40  # characters in a separate column to the left of a line
NUMBER = re.compile(r"\d{1,2}$")
NOTE = re.compile(r"\s*(?:\d{1,3}|[*†‡§]{1,3})[.)]?\s*[^\W\d]")  # how a footnote begins
CAPITAL = re.compile(r"(?:.*\s)?[^\W\d_a-z]")  # one letter, or one after a space
CELL = 1.5  # type sizes between the text of one cell and the next
_Chunk = tuple[str, float, float, float, bool, bool]  # text, x, y, size, bold, in a next cell
LEAST_SIGNS = 40  # characters on a page of a text without spaces


@dataclass(slots=True)
class _Row:
    """A printed line: its text, where it begins, how large it is."""

    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    stop: float = 0.0  # roughly where it ends, if it is made up of parts

    @property
    def text(self) -> str:
        """The line as printed."""
        return "".join(text for text, _ in self.pieces)


def read_pdf(data: bytes, name: str) -> Source:
    """The printed lines of a PDF that holds text; scans and locked files are refused."""
    import logging

    import pypdf

    logging.getLogger("pypdf").addHandler(logging.NullHandler())
    reader = pypdf.PdfReader(io.BytesIO(data))
    _unlock(reader, name)
    pages, warnings = _pages(reader)
    lines, small = _lines(pages)
    _refuse_scans(lines, len(pages), name)
    mark_running_heads(lines)
    _mark_small(lines, small)
    return Source(name, "pdf", None, lines, _stated(reader), warnings)


def _unlock(reader: PdfReader, name: str) -> None:
    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except Exception:  # encryption beyond the standard library
        opened = False
    if not opened:
        raise BriefingError.of("encrypted PDF", name=name)


def _refuse_scans(lines: list[Line], n_pages: int, name: str) -> None:
    text = "".join(line.text for line in lines)
    if len(text.split()) < 3 * n_pages and len(text) < LEAST_SIGNS * n_pages:
        raise BriefingError.of("scanned PDF", name=name, pages=n_pages)
    if len(UNREADABLE.findall(text)) > 0.1 * len(text):
        raise BriefingError.of("unreadable PDF", name=name)


def _pages(reader: PdfReader) -> tuple[list[list[_Row]], list[str]]:
    pages, warnings = [], []
    for number, page in enumerate(reader.pages, 1):
        try:
            pages.append(_from_top(_side_by_side(_rows(page))))
        except Exception as error:  # pypdf cannot read the page; keep the others
            pages.append([])
            warnings.append(f"page {number} cannot be read ({type(error).__name__}).")
    return pages, warnings


def _rows(page: PageObject) -> list[_Row]:
    """The lines of a page in the order of the file."""
    chunks: list[_Chunk] = []
    edge = (0.0, 0.0)  # where the previous text ended

    def see(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        nonlocal edge
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if not text:
            edge = (x, y) if chunks and x > chunks[-1][1] else (x, -1.0)  # pypdf may not move on
        else:
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
            bold = bool(font and BOLD.search(str(font.get("/BaseFont", ""))))
            room = (x - edge[0]) / (size * scale) if edge[1] == y and size else 0.0
            edge = 0.0, -1.0
            chunks.append((text, x, y, size * scale, bold, room > CELL))

    whole = page.extract_text(visitor_text=see)
    if "".join(chunk[0] for chunk in chunks) != whole:  # right-to-left text comes in pieces
        return [_Row(0, -n, 0, [(row, False)]) for n, row in enumerate(whole.split("\n"))]
    return list(_gathered(chunks))


def _gathered(chunks: list[_Chunk]) -> Iterator[_Row]:
    row, largest = _Row(), 0.0
    for text, x, y, size, bold, apart in chunks:
        if text[0] == " " and row.pieces and apart:
            text = "   " + text
        elif text[0] == " " and row.pieces:
            smaller = size < SMALLER * largest
            text = text.lstrip() if _is_parted(row.pieces[-1][0], text, smaller=smaller) else text
        largest = size if size >= SMALLER * largest or "\n" in text else largest
        for at, part in enumerate(text.split("\n")):
            if at:
                yield row
                row = _Row()
            if part.strip() and not row.text.strip():
                row.x, row.y, row.size = x, y, size
            if part:
                row.pieces.append((part, bold))
    yield row


def _is_parted(before: str, text: str, *, smaller: bool) -> bool:
    """Whether pypdf put a space where only the type changes: in small capitals or Chinese."""
    small_caps = smaller and text.isupper() and CAPITAL.fullmatch(before) is not None
    return small_caps or BETWEEN_HAN.match(before[-1:] + text[:2]) is not None


def _side_by_side(rows: list[_Row]) -> list[_Row]:
    """Rows joined with what is to their left on the same line: line numbers, short labels."""
    rows = [row for row in rows if row.text.strip()]
    numbers = [row for row in rows if NUMBER.match(row.text.strip())]
    counted = Counter(round(row.x / (2 * NEAR)) for row in numbers).most_common(1)
    if counted and counted[0][1] >= LEAST_NUMBERS:
        column = [row for row in numbers if round(row.x / (2 * NEAR)) == counted[0][0]]
        rows = _with_numbers(rows, column)
    joined: list[_Row] = []
    for row in rows:
        if joined and _is_label(joined[-1], row):
            _join(joined[-1], row)
        else:
            joined.append(row)
    return joined


def _is_label(left: _Row, row: _Row) -> bool:
    """Whether `left` is something short to the left of a row, on the same printed line."""
    on_line = abs(left.y - row.y) < SAME_LINE and left.x < row.x and left.size == row.size
    return on_line and len(left.text.strip()) <= LONGEST_LABEL


def _with_numbers(rows: list[_Row], numbers: list[_Row]) -> list[_Row]:
    """Rows with their line numbers in front, wherever these are in the file."""
    by_height = {round(row.y / SAME_LINE): row for row in numbers}
    taken: set[int] = set()
    kept = []
    for row in rows:
        at = round(row.y / SAME_LINE)
        near = (by_height.get(at + step) for step in (0, 1, -1))
        number = next((one for one in near if one is not None and one.x < row.x), None)
        if number is not None and number is not row and id(number) not in taken:
            taken.add(id(number))
            first = _Row(number.x, row.y, row.size, list(number.pieces))
            _join(first, row)
            kept.append(first)
        else:
            kept.append(row)
    return [row for row in kept if id(row) not in taken]


def _join(row: _Row, right: _Row) -> None:
    """Add the row to the right on the same printed line."""
    letter = 0.5 * (row.size or 10)
    stop = row.stop or row.x + len(row.text.strip()) * letter
    room = max(1, min(12, round((right.x - stop) / letter)))
    blanks = 0 if row.text[-1:].isspace() or right.text[:1].isspace() else 1
    row.pieces += [(" " * max(room, blanks), False), *right.pieces]
    row.stop = right.x + len(right.text.strip()) * letter


def _from_top(rows: list[_Row]) -> list[_Row]:
    """Rows from top to bottom, unless stretches are side by side (columns).

    Files often begin with head and foot. Stretches that run down the page are sorted by height;
    those that overlap in height keep the order of the file.
    """
    runs = _runs([row for row in rows if row.text.strip()])
    order = sorted(range(len(runs)), key=lambda n: -runs[n][0].y)
    groups: list[tuple[float, list[int]]] = []
    for n in order:
        bottom = min(row.y for row in runs[n])
        if groups and runs[n][0].y >= groups[-1][0]:
            groups[-1] = (min(bottom, groups[-1][0]), [*groups[-1][1], n])
        else:
            groups.append((bottom, [n]))
    return [row for _, members in groups for run in _in_order(runs, members) for row in run]


def _runs(rows: list[_Row]) -> list[list[_Row]]:
    """Stretches of rows that run down the page in the order of the file."""
    runs: list[list[_Row]] = []
    top = max((row.y for row in rows), default=0.0)
    for row in rows:
        run = runs[-1] if runs else []
        is_head = len(run) <= HEAD_ROWS and any(one.y == top for one in run)
        if run and -2 <= run[-1].y - row.y <= (HEAD if is_head else INCH):
            run.append(row)
        else:
            runs.append([row])
    return runs


def _in_order(runs: list[list[_Row]], members: list[int]) -> list[list[_Row]]:
    """Runs in the order of the file, except that within a column the higher comes first."""
    ordered: list[list[_Row]] = []
    for n in sorted(members):
        run = runs[n]
        below = [
            at for at, other in enumerate(ordered)
            if abs(other[0].x - run[0].x) < 3 * NEAR and run[-1].y > other[0].y
        ]  # fmt: skip
        ordered.insert(below[0] if below else len(ordered), run)
    return ordered


def _mark_small(lines: list[Line], small: list[bool]) -> None:
    """Set `outside` on small type beside a running head, and on notes at the foot of a page."""
    for _, group in groupby(zip(lines, small, strict=True), key=lambda one: one[0].page):
        page = [*group]
        top = takewhile(_is_aside, page)
        set_outside(line for line, _ in dropwhile(lambda one: not one[0].outside, top))
        foot = [*takewhile(_is_aside, page[::-1])]
        notes = [n for n, (line, is_small) in enumerate(foot, 1)
                 if is_small and NOTE.match(line.text)]  # fmt: skip
        set_outside(line for line, _ in foot[: max(notes, default=0)])


def _is_aside(one: tuple[Line, bool]) -> bool:
    return one[0].outside or one[1]


def _lines(pages: list[list[_Row]]) -> tuple[list[Line], list[bool]]:
    """The lines of all pages, and which of them are in smaller type than most."""
    rows = [*chain(*pages)]
    steps = [a.y - b.y for page in pages for a, b in pairwise(page)]
    usual = _commonest([step for step in steps if step > 1])
    size = _commonest([row.size for row in rows for _ in range(1 + len(row.text) // 20)])
    lines = []
    mainland = any(SIMPLIFIED.search(row.text) for row in rows)
    for number, page in enumerate(pages, 1):
        margins = _margins(page)
        for before, row in zip([None, *page], page, strict=False):
            line = _line(row, number, heading=bool(size) and row.size > LARGER * size)
            margin = max((one for one in margins if one <= row.x + NEAR), default=0.0)
            line.gap = _gap(before, row, margin, usual)
            line.text = line.text.replace("戶", "户") if mainland else line.text  # one radical
            lines.append(line)
    return lines, [0 < row.size < SMALLER * size for row in rows]


def _commonest(values: list[float]) -> float:
    return Counter(round(value * 2) / 2 for value in values).most_common(1)[0][0] if values else 0.0


def _margins(page: list[_Row]) -> list[float]:
    """For each column of the page, the leftmost place where at least one line in ten begins."""
    places = Counter(round(row.x / NEAR) for row in page)
    common = sorted(place * NEAR for place, n in places.items() if n >= 0.1 * len(page))
    return [b for a, b in pairwise([-COLUMN, *common]) if b - a >= COLUMN]


def _gap(before: _Row | None, row: _Row, margin: float, usual: float) -> int:
    """The gap after the line before: 0 continues a paragraph, 1 begins one."""
    indented = row.x > margin + 1.5 * NEAR or row.text.startswith(WIDE_BLANK)
    if before is None:
        return int(indented)
    step = before.y - row.y
    if usual and step > MORE_ROOM * usual:
        return min(3, max(1, round(step / usual) - 1))
    if not indented:
        return 0
    same = abs(before.x - row.x) < NEAR
    return int(not same or bool(ENDS_SENTENCE.search(before.text.rstrip())))


def _line(row: _Row, page: int, *, heading: bool) -> Line:
    writing = Writing()
    for text, bold in _closed_up(row.pieces):
        part = LIGATURES.sub(_letters, text).replace("\xad", "-")
        writing.put(part, bold=bold and not heading, italic=False)
    line = writing.line()
    spans = tidy_spans(line.text, line.bold, " .,")  # across full stops and commas in plain type
    return replace(line, page=page, heading=heading, bold=spans)


def _closed_up(pieces: list[tuple[str, bool]]) -> list[tuple[str, bool]]:
    """Pieces without spaces before full stops and commas."""
    whole = "".join(text for text, _ in pieces)
    loose = {match.start() for match in LOOSE.finditer(whole)}
    if not loose:
        return pieces
    closed, at = [], 0
    for text, bold in pieces:
        kept = "".join(c for n, c in enumerate(text, at) if n not in loose)
        closed.append((kept, bold))
        at += len(text)
    return closed


def _letters(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0]).translate(RADICALS)


def _stated(reader: PdfReader) -> dict[str, str]:
    """Title and language; the dates of a PDF are those of the file, not of the event."""
    title = " ".join(str(reader.metadata.title if reader.metadata else "" or "").split())
    language = str(reader.root_object.get("/Lang") or "").strip()
    if re.match(r"microsoft (?:word|powerpoint) - |untitled|.*\.docx?$", title, re.IGNORECASE):
        title = ""
    return {"title": title, "language": language}
