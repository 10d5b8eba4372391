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
from statistics import median_low
from typing import TYPE_CHECKING, Any, NamedTuple

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
SPACED_OUT = re.compile(r"(?<!\S)(?:[^\W\d_] ){3,}[^\W\d_](?=\W{0,2}(?:\s|$))")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
HYPHENS = str.maketrans("\xad\u2010", "--")
WIDE_BLANK = "\u3000"  # two of them begin a paragraph of Chinese
INCH = 72.0  # points; stretches further apart are separate
HEAD = 40.0  # points between the head of a page and its text
HEAD_ROWS = 4
COLUMN = 150.0  # points from the left edge of a column to the next, at least
LEAST_WORDS = 5  # pieces without blanks that make up a line of words placed one by one
NEAR = 6.0  # points by which lines at the same margin may differ
MORE_ROOM = 1.3  # times the usual distance between lines
LARGER = 1.15  # times the usual size of type
SMALLER = 0.87
SAME_LINE = 2.0  # points by which parts of one printed line may differ in height
LEAST_NUMBERS = 8  # line numbers on a page
LONGEST_LABEL = 40  # characters in a separate column to the left of a line
FIRST_YEAR = 1900  # a number from here on is of a year sooner than of a line
MOST_LINES = 60  # higher numbers count the lines of the whole document
LABEL_ROWS = 4  # lines of a label that is wrapped in its column
DROPPED = 1.8  # times the type of a line that begins with a dropped capital
NUMBER = re.compile(r"\d{1,4}$")
FIGURE = re.compile(r"\d")
MARK = re.compile(r"\d{1,3}|[*†‡§]{1,3}")
NOTE = re.compile(rf"\s*({MARK.pattern})[.)]?\s*[^\W\d]")  # how a footnote begins
CAPITAL = re.compile(r"(?:.*\s)?[^\W\d_a-z]")  # one letter, or one after a space
CELL = 1.5  # type sizes between the text of one cell and the next
_Chunk = tuple[str, float, float, float, bool]  # text, x, y, size, bold
LEAST_SIGNS = 40  # characters on a page of a text without spaces


class _Piece(NamedTuple):
    """Some text of a line in one kind of type; `raised` may be the mark of a footnote."""

    text: str
    bold: bool = False
    x: float = 0.0
    raised: bool = False


@dataclass(slots=True)
class _Row:
    """A printed line: its text, where it begins, how large it is."""

    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    pieces: list[_Piece] = field(default_factory=list)
    stop: float = 0.0  # roughly where it ends, if it is made up of parts
    is_number: bool = False  # it only counts the line beside it

    @property
    def text(self) -> str:
        """The line as printed."""
        return "".join(piece.text for piece in self.pieces)


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
    _keep_last(lines)
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
            pages.append([row for row in _rows(page) if row.text.strip()])
        except Exception as error:  # pypdf cannot read the page; keep the others
            pages.append([])
            warnings.append(f"page {number} cannot be read ({type(error).__name__}).")
    numbers = [_line_numbers(page) for page in pages]
    counted = [int(row.text) for row in chain(*numbers)]
    steps = sum(b == a + 1 for a, b in pairwise(counted))
    counts_on = steps > len(counted) // 2 and counted[0] < FIRST_YEAR and counted[-1] > MOST_LINES
    for row in chain(*numbers):
        row.is_number = counts_on
    sides = (_side_by_side(page, column) for page, column in zip(pages, numbers, strict=True))
    return [_from_top(page) for page in sides], warnings


def _rows(page: PageObject) -> list[_Row]:
    """The lines of a page in the order of the file."""
    chunks: list[_Chunk] = []

    def see(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        if text:
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
            bold = bool(font and BOLD.search(str(font.get("/BaseFont", ""))))
            chunks.append((text, x, y, size * scale, bold))

    whole = page.extract_text(visitor_text=see)
    if "".join(chunk[0] for chunk in chunks) != whole:  # right-to-left text comes in pieces
        return [_Row(0, -n, 0, [_Piece(row)]) for n, row in enumerate(whole.split("\n"))]
    return list(_gathered(chunks))


def _gathered(chunks: list[_Chunk]) -> Iterator[_Row]:
    row, largest = _Row(), 0.0
    for text, x, y, size, bold in chunks:
        smaller = size < SMALLER * largest
        if text[0] == " " and row.pieces:
            text = _spaced(row.pieces, text, x, size, smaller=smaller)
        raised = bool(row.text.strip()) and smaller and y > row.y + 0.1 * size
        largest = largest if smaller and "\n" not in text else size
        for at, part in enumerate(text.split("\n")):
            if at:
                yield _in_direction(row)
                row = _Row()
            if part.strip() and not row.text.strip():
                row.x, row.y, row.size = x, y, size
            if part:
                row.pieces.append(_Piece(part, bold, x, raised))
    yield _in_direction(row)


def _in_direction(row: _Row) -> _Row:
    """A line with its pieces from right to left if it is read so, and blanks between words."""
    if RIGHT_TO_LEFT.search(row.text):
        row.pieces.sort(key=lambda piece: -piece.x)
    n, text = len(row.pieces), row.text
    if n >= LEAST_WORDS and text.count(" ") < n / 2 and len(text) > 3 * n:
        row.pieces = [piece._replace(text=piece.text.strip() + " ") for piece in row.pieces]
    return row


def _spaced(left: list[_Piece], text: str, x: float, size: float, *, smaller: bool) -> str:
    """A text with more space before it in another column, and none where only the type changes."""
    if _apart(left, x, size):
        return "   " + text
    return text.lstrip() if _is_parted(left[-1].text, text, smaller=smaller) else text


def _is_parted(before: str, text: str, *, smaller: bool) -> bool:
    """Whether pypdf put a space where only the type changes: in small capitals or Chinese."""
    small_caps = smaller and text.isupper() and CAPITAL.fullmatch(before) is not None
    return small_caps or BETWEEN_HAN.match(before[-1:] + text[:2]) is not None


def _side_by_side(rows: list[_Row], numbers: list[_Row]) -> list[_Row]:
    """Rows joined with what is to their left on the same line: line numbers, short labels."""
    rows = _with_numbers(_with_capitals(rows), numbers)
    joined: list[_Row] = []
    for row in rows:
        back = (joined[-n:] for n in range(1, min(LABEL_ROWS, len(joined)) + 1))
        label = next((left for left in back if _is_label(left, row)), [])
        if label:
            for more in label[1:]:
                label[0].pieces += [_Piece(" "), *more.pieces]
            label[0].stop = max(map(_stop, label))
            del joined[len(joined) - len(label) + 1 :]
            _join(label[0], row, apart=len(label) > 1)
        else:
            joined.append(row)
    return joined


def _is_label(left: list[_Row], row: _Row) -> bool:
    """Whether `left` is short, to the left of a row and begins on its line, or goes on in it."""
    if any(one.x >= row.x or one.is_number for one in left):
        return False
    size = row.size or 10
    on_line = abs(left[0].y - row.y) < max(SAME_LINE, 0.2 * size)
    down = all(0 < a.y - b.y < 2 * size for a, b in pairwise(left))
    short = all(len(one.text.strip()) <= LONGEST_LABEL for one in left)
    near = len(left) == 1 and abs(row.x - _stop(left[0])) < CELL * size
    return on_line and down and (near or short) and SMALLER < (left[0].size or 10) / size < LARGER


def _stop(row: _Row) -> float:
    """Roughly where a row ends."""
    return row.stop or _end(_Piece(row.text, x=row.x), row.size or 10)


def _end(piece: _Piece, size: float) -> float:
    """Roughly where a piece ends."""
    text = piece.text.strip()
    capitals = sum(map(str.isupper, text))
    narrow = sum(map(text.count, "iljtfI.,:;'! "))
    return piece.x + size * (0.52 * len(text) + 0.17 * capitals - 0.22 * narrow)


def _with_capitals(rows: list[_Row]) -> list[_Row]:
    """Rows without dropped capitals, each of which is in front of its line."""
    kept = []
    for row in rows:
        beside = [
            one for one in rows
            if one.size * DROPPED < row.size and 0 < one.x - row.x < 1.3 * row.size
            and row.y - SAME_LINE < one.y < row.y + row.size
        ] if len(row.text.strip()) == 1 and row.text.strip().isalpha() else []  # fmt: skip
        if not beside:
            kept.append(row)
            continue
        first = max(beside, key=lambda one: one.y)
        first.pieces.insert(0, _Piece(row.text.strip()))
        for one in beside:
            one.x = row.x
    return kept


def _line_numbers(rows: list[_Row]) -> list[_Row]:
    """The rows that hold the line numbers of a page, in a column."""
    ends = [
        (row.x + len(row.text.strip()) * row.size / 2, row)
        for row in rows if NUMBER.match(row.text.strip())
    ]  # fmt: skip
    if len(ends) < LEAST_NUMBERS:
        return []
    middle = median_low(end for end, _ in ends)
    column = [row for end, row in ends if abs(end - middle) < NEAR]
    return column if len(column) >= LEAST_NUMBERS else []


def _with_numbers(rows: list[_Row], numbers: list[_Row]) -> list[_Row]:
    """Rows with their line numbers in front, wherever these are in the file."""
    by_height = {round(row.y / SAME_LINE): row for row in numbers}
    taken: set[int] = set()
    kept = []
    for row in rows:
        at = round(row.y / SAME_LINE)
        near = (by_height.get(at + step) for step in (0, 1, -1))
        number = next((one for one in near if one is not None and one.x < row.x), None)
        if number is None or number is row or id(number) in taken:
            kept.append(row)
            continue
        taken.add(id(number))
        first = replace(number, y=row.y, size=row.size, pieces=[*number.pieces])
        kept += [first, row] if number.is_number else [first]
        if not number.is_number:
            _join(first, row)
    return [row for row in kept if id(row) not in taken]


def _join(row: _Row, right: _Row, *, apart: bool = False) -> None:
    """Add the row to the right on the same printed line."""
    room = (right.x - _stop(row)) / (row.size or 10)
    blanks = 0 if row.text[-1:].isspace() or right.text[:1].isspace() else 1
    if apart or room > CELL:
        blanks = max(3, min(12, round(2 * room)))
    row.pieces += [_Piece(" " * blanks), *right.pieces]
    row.stop = _stop(right)


def _from_top(rows: list[_Row]) -> list[_Row]:
    """Rows from top to bottom, unless stretches are side by side (columns).

    Files often begin with head and foot. Stretches that run down the page are sorted by height;
    those that overlap in height keep the order of the file.
    """
    runs = _runs(rows)
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


def _keep_last(lines: list[Line]) -> None:
    """Take the last line of a paragraph for no running foot, even if it comes back."""
    for _, group in groupby(lines, key=lambda line: line.page):
        foot = [*takewhile(lambda line: line.outside, [*group][::-1])][::-1]
        for line in takewhile(lambda line: line.gap == 0 and line.text.strip(), foot):
            line.outside = bool(FIGURE.search(line.text))


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
    pairs = chain.from_iterable(map(pairwise, pages))
    usual = _commonest([step for a, b in pairs if (step := a.y - b.y) > 1])
    size = _commonest([row.size for row in rows for _ in range(1 + len(row.text) // 20)])
    _drop_marks(rows, SMALLER * size)
    lines = []
    mainland = any(SIMPLIFIED.search(row.text) for row in rows)
    for number, page in enumerate(pages, 1):
        margins = _margins(page)
        before = None
        for row in page:
            line = _line(row, number, heading=bool(size) and row.size > LARGER * size)
            margin = max((one for one in margins if one <= row.x + NEAR), default=0.0)
            line.gap = _gap(before, row, margin, usual)
            line.text = line.text.replace("戶", "户") if mainland else line.text  # one radical
            line.outside, before = row.is_number, before if row.is_number else row
            lines.append(line)
    return lines, [0 < row.size < SMALLER * size for row in rows]


def _drop_marks(rows: list[_Row], size: float) -> None:
    """Leave out the raised marks of footnotes, which are in type below a size."""
    noted = {note[1] for row in rows if row.size < size and (note := NOTE.match(row.text))}
    for row in rows:
        row.pieces = [p for p in row.pieces if not (p.raised and p.text.strip() in noted)]


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
    indented = indented and not RIGHT_TO_LEFT.search(row.text)  # whose margin is on the right
    if before is None:
        return int(indented)
    step = before.y - row.y
    if usual and step > MORE_ROOM * usual:
        return min(3, max(1, round(step / usual) - 1))
    if not indented:
        return 0
    parts = [one for one in before.pieces if one.text.strip()]
    beside = (one.x for n, one in enumerate(parts) if n and _apart(parts[:n], one.x, row.size))
    if any(abs(x - row.x) < NEAR for x in beside):  # the text beside a label goes on
        return 0
    same = abs(before.x - row.x) < NEAR
    return int(not same or bool(ENDS_SENTENCE.search(before.text.rstrip())))


def _apart(left: list[_Piece], x: float, size: float) -> bool:
    """Whether what begins at `x` is in another column than what is short and to its left."""
    short = 0 < len(left[-1].text.strip()) <= LONGEST_LABEL
    whole = left[0]._replace(text="".join(piece.text for piece in left))
    return short and x > max(_end(left[-1], size), _end(whole, size)) + CELL * size


def _line(row: _Row, page: int, *, heading: bool) -> Line:
    writing = Writing()
    for text, bold in _closed_up(row.pieces):
        part = LIGATURES.sub(_letters, text).translate(HYPHENS)
        writing.put(part, bold=bold and not heading, italic=False)
    line = writing.line()
    spans = tidy_spans(line.text, line.bold, " .,")  # across full stops and commas in plain type
    return replace(line, page=page, heading=heading, bold=spans)


def _closed_up(pieces: list[_Piece]) -> list[tuple[str, bool]]:
    """Pieces without spaces before full stops and commas, and in letters that are spaced out."""
    whole = "".join(piece.text for piece in pieces)
    loose = {match.start() for match in LOOSE.finditer(whole)}
    loose.update(*(range(one.start() + 1, one.end(), 2) for one in SPACED_OUT.finditer(whole)))
    closed, at = [], 0
    for text, bold, *_ in pieces:
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
