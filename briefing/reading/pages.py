"""Running heads: what stands at the top or bottom of page after page is not speech.

A head or foot is the outermost line of a page, or the line next to one that is; it comes
back, figures aside, on at least two pages and on two pages in five (odd and even pages may
have heads of their own).
"""

from __future__ import annotations

import re
from collections import Counter

from briefing.reading.lines import Line

DEPTH = 4  # lines looked at from each edge
SHARE = 0.4
FIGURES = re.compile(r"\d+")
ROMAN = re.compile(r"[ivxl]{1,7}$")


def mark_running_heads(lines: list[Line]) -> None:
    """Set `outside` on the running heads and feet of lines that have pages."""
    pages: dict[int | None, list[Line]] = {}
    for line in lines:
        if line.text.strip():
            pages.setdefault(line.page, []).append(line)
    if len(pages) < 2:
        return
    for edge in (_top, _bottom):
        _mark([edge(page) for page in pages.values()])


def _top(page: list[Line]) -> list[Line]:
    return page[: min(DEPTH, (len(page) + 1) // 2)]


def _bottom(page: list[Line]) -> list[Line]:
    return page[::-1][: min(DEPTH, len(page) // 2)]


def _mark(edges: list[list[Line]]) -> None:
    often = Counter(shape for edge in edges for shape in {_shape(line.text) for line in edge})
    enough = max(2, SHARE * len(edges))
    for edge in edges:
        for line in edge:
            if often[_shape(line.text)] < enough:
                break
            line.outside = True


def _shape(text: str) -> str:
    """The line without what changes from page to page.

    >>> _shape("Page 3 of 27"), _shape("xiv")
    ('page # of #', '#')
    """
    plain = " ".join(text[:200].casefold().split())
    return "#" if ROMAN.match(plain) else FIGURES.sub("#", plain)
