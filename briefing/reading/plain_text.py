"""Plain text: one line of the file is one line here, blank ones too.

Lines end at a line feed, a carriage return or both, and nowhere else: the other characters
that Unicode calls line ends stand inside sentences in real files. A form feed ends a page.

What stands at the top or bottom of page after page is no speech. A running head or foot is the
outermost line of a page, or the line next to one that is; it comes back on at least two pages
and on two pages in five (odd and even pages may have heads of their own), word for word or with
a number that counts the pages.
"""

from __future__ import annotations

import re
from collections import Counter

from briefing.reading.lines import Line


def split_rows(text: str) -> list[str]:
    """The rows of `text` without their line ends, of whatever kind those are."""
    return text.replace("\r\n", "\n").replace("\r", "\n").split("\n")


def split_lines(text: str) -> list[Line]:
    """The lines of `text`, numbered by their place in the list, with pages if it has any."""
    rows = split_rows(text)
    if len(rows) > 1 and not rows[-1]:
        rows.pop()
    if "\f" not in text:
        return [Line(row) for row in rows]
    lines: list[Line] = []
    page = 1
    for row in rows:
        page = _add(lines, row, page)
    mark_running_heads(lines)
    return lines


def _add(lines: list[Line], row: str, page: int) -> int:
    """Add a row that form feeds may part, and say which page comes after it."""
    parts = row.split("\f")
    kept = [(part, page + at) for at, part in enumerate(parts) if part]
    for part, number in kept or [("", page)]:
        lines.append(Line(part, page=number))
    return page + len(parts) - 1


DEPTH = 4  # lines looked at from each edge
SHARE = 0.4
FIGURES = re.compile(r"\d{1,9}")
COUNTED = re.compile(r"\s*\d{1,2}\s+\S")
MANY = 8  # lines of a page that begin with a number
ROMAN = re.compile(r"[ivxl]{1,7}$")
Sign = tuple[str, int, int]


def mark_running_heads(lines: list[Line]) -> None:
    """Set `outside` on the running heads and feet of lines that have pages."""
    pages: dict[int | None, list[Line]] = {}
    for line in lines:
        if line.text.strip():
            pages.setdefault(line.page, []).append(line)
    if len(pages) < 2:
        return
    pages = {number: _without_counted(page) for number, page in pages.items()}
    for edge in (_top, _bottom):
        _mark([edge(page) for page in pages.values()])


def _without_counted(page: list[Line]) -> list[Line]:
    """Lines without those that the margin counts, where a page has line numbers: the talk."""
    counted = [line for line in page if COUNTED.match(line.text)]
    if len(counted) < MANY:
        return page
    return [line for line in page if not COUNTED.match(line.text)]


def _top(page: list[Line]) -> list[Line]:
    return page[: min(DEPTH, (len(page) + 1) // 2)]


def _bottom(page: list[Line]) -> list[Line]:
    return page[::-1][: min(DEPTH, len(page) // 2)]


def _mark(edges: list[list[Line]]) -> None:
    signs = [[_signs(line) for line in edge] for edge in edges]
    often = Counter(sign for edge in signs for sign in set().union(*edge))
    enough = max(2, SHARE * len(edges))
    for edge, known in zip(edges, signs, strict=True):
        for line, own in zip(edge, known, strict=True):
            if max(often[sign] for sign in own) < enough:
                break
            line.outside = True


def _signs(line: Line) -> set[Sign]:
    """What a line would share with the same head on another page.

    >>> sorted(_signs(Line("Page 3 of 27", page=3)))
    [('page # of #', 0, 0), ('page # of #', 1, 24), ('page 3 of 27', -1, 0)]
    """
    plain = " ".join(line.text[:200].casefold().split())
    if ROMAN.match(plain):
        return {("#", -1, 0)}
    shape, page = FIGURES.sub("#", plain), line.page or 0
    numbered = enumerate(FIGURES.findall(plain))
    return {(plain, -1, 0), *((shape, at, int(number) - page) for at, number in numbered)}
