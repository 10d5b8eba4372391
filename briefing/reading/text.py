"""Plain text: one line of the file is one line here, blank ones too.

Lines end at a line feed, a carriage return or both, and nowhere else: the other characters
that Unicode calls line ends stand inside sentences in real files. A form feed ends a page.
"""

from __future__ import annotations

from briefing.reading.lines import Line
from briefing.reading.pages import mark_running_heads


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
