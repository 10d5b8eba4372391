"""PDF: the lines that stand on its pages, from top to bottom, with their paragraphs.

A PDF has no lines and no paragraphs, only text at places. Lines come from pypdf, and their
places tell the rest: their order on the page, more room or an indent where a paragraph
begins, larger type for headings. What comes back at the edge of page after page stands
outside. Words hyphenated at a line's end are left as they are: the line is what is printed.
"""

from __future__ import annotations

import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from briefing.reading.lines import Line, Source, tidy_spans
from briefing.reading.pages import mark_running_heads
from briefing.tables import BriefingError

if TYPE_CHECKING:
    from pypdf import PageObject, PdfReader

LIGATURES = re.compile("[\ufb00-\ufb06]")
BOLD = re.compile("bold|black|heavy|demi", re.IGNORECASE)
UNREADABLE = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
ENDS_SENTENCE = re.compile(r"[.!?:;…。！？：；][\"'”’)\]»]*$")
INCH = 72.0  # points; stretches further apart are not one
NEAR = 6.0  # points by which lines of one margin may differ
MORE_ROOM = 1.3  # times the usual distance of lines
LARGER = 1.15  # times the usual size of type


@dataclass(slots=True)
class _Row:
    """A printed line: its text, where it begins, how large it is."""

    x: float = 0.0
    y: float = 0.0
    size: float = 0.0
    pieces: list[tuple[str, bool]] = field(default_factory=list)

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
    lines = _lines(pages)
    _refuse_scans(lines, len(pages), name)
    mark_running_heads(lines)
    return Source(name, "pdf", None, lines, _stated(reader), warnings)


def _unlock(reader: PdfReader, name: str) -> None:
    if not reader.is_encrypted:
        return
    try:
        opened = bool(reader.decrypt(""))
    except Exception:  # an encryption that needs more than the standard library
        opened = False
    if not opened:
        raise BriefingError(
            f"{name}: this PDF is encrypted; open it with its password and save it without one."
        )


def _refuse_scans(lines: list[Line], n_pages: int, name: str) -> None:
    text = "".join(line.text for line in lines)
    if len(text.split()) < 3 * n_pages:
        raise BriefingError(
            f"{name}: this PDF has next to no text on its {n_pages} pages, so it is a scan; "
            f"run it through OCR first (for example ocrmypdf) and read the result."
        )
    if len(UNREADABLE.findall(text)) > 0.1 * len(text):
        raise BriefingError(
            f"{name}: the fonts of this PDF do not say which letters they show; "
            f"run it through OCR first (for example ocrmypdf --force-ocr)."
        )


def _pages(reader: PdfReader) -> tuple[list[list[_Row]], list[str]]:
    pages, warnings = [], []
    for number, page in enumerate(reader.pages, 1):
        try:
            pages.append(_from_top(_rows(page)))
        except Exception as error:  # a page that pypdf cannot make out; the others stand
            pages.append([])
            warnings.append(f"page {number} cannot be read ({type(error).__name__}).")
    return pages, warnings


def _rows(page: PageObject) -> list[_Row]:
    """The lines of a page in the order of the file."""
    chunks: list[tuple[str, float, float, float, bool]] = []

    def see(text: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        if text:
            x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
            y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
            scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[2]) or 1.0
            bold = bool(font and BOLD.search(str(font.get("/BaseFont", ""))))
            chunks.append((text, x, y, size * scale, bold))

    whole = page.extract_text(visitor_text=see)
    if "".join(chunk[0] for chunk in chunks) != whole:  # right-to-left text comes in pieces
        return [_Row(0, -n, 0, [(row, False)]) for n, row in enumerate(whole.split("\n"))]
    return list(_gathered(chunks))


def _gathered(chunks: list[tuple[str, float, float, float, bool]]) -> Iterator[_Row]:
    row = _Row()
    for text, x, y, size, bold in chunks:
        for at, part in enumerate(text.split("\n")):
            if at:
                yield row
                row = _Row()
            if part.strip() and not row.text.strip():
                row.x, row.y, row.size = x, y, size
            if part:
                row.pieces.append((part, bold))
    yield row


def _from_top(rows: list[_Row]) -> list[_Row]:
    """Rows from top to bottom, unless stretches stand side by side (columns).

    Files often write head and foot first. Stretches that run down the page are put in
    order of height; those that overlap in height stay as the file has them.
    """
    rows = [row for row in rows if row.text.strip()]
    runs: list[list[_Row]] = []
    for row in rows:
        if runs and -2 <= runs[-1][-1].y - row.y <= INCH:
            runs[-1].append(row)
        else:
            runs.append([row])
    order = sorted(range(len(runs)), key=lambda n: -runs[n][0].y)
    groups: list[tuple[float, list[int]]] = []
    for n in order:
        bottom = min(row.y for row in runs[n])
        if groups and runs[n][0].y >= groups[-1][0]:
            groups[-1] = (min(bottom, groups[-1][0]), [*groups[-1][1], n])
        else:
            groups.append((bottom, [n]))
    return [row for _, members in groups for n in sorted(members) for row in runs[n]]


def _lines(pages: list[list[_Row]]) -> list[Line]:
    rows = [row for page in pages for row in page]
    steps = [a.y - b.y for page in pages for a, b in zip(page, page[1:], strict=False)]
    usual = _commonest([step for step in steps if step > 1])
    size = _commonest([row.size for row in rows for _ in range(1 + len(row.text) // 20)])
    lines = []
    for number, page in enumerate(pages, 1):
        margin = _margin(page)
        before = None
        for row in page:
            line = _line(row, number, heading=bool(size) and row.size > LARGER * size)
            line.gap = _gap(before, row, margin, usual)
            lines.append(line)
            before = row
    return lines


def _commonest(values: list[float]) -> float:
    return Counter(round(value * 2) / 2 for value in values).most_common(1)[0][0] if values else 0.0


def _margin(page: list[_Row]) -> float:
    """The leftmost place where one line in ten begins."""
    places = Counter(round(row.x / NEAR) for row in page)
    common = [place for place, n in places.items() if n >= 0.1 * len(page)]
    return min(common, default=0) * NEAR


def _gap(before: _Row | None, row: _Row, margin: float, usual: float) -> int:
    """How far apart from the line before: 0 goes straight on, 1 begins a paragraph."""
    indented = row.x > margin + 1.5 * NEAR
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
    parts, spans, at = [], [], 0
    for text, bold in row.pieces:
        part = LIGATURES.sub(_letters, text).replace("\xad", "-")
        if bold and not heading:
            spans.append((at, at + len(part)))
        parts.append(part)
        at += len(part)
    text = "".join(parts).rstrip()
    return Line(text, page=page, heading=heading, bold=tidy_spans(text, spans))


def _letters(match: re.Match[str]) -> str:
    return unicodedata.normalize("NFKC", match[0])


def _stated(reader: PdfReader) -> dict[str, str]:
    """Title and language; the dates of a PDF are those of the file, not of the event."""
    title = " ".join(str(reader.metadata.title if reader.metadata else "" or "").split())
    language = str(reader.root_object.get("/Lang") or "").strip()
    if re.match(r"microsoft (?:word|powerpoint) - |untitled|.*\.docx?$", title, re.IGNORECASE):
        title = ""
    return {key: value for key, value in (("title", title), ("language", language)) if value}
