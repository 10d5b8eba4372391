"""Tables that everybody can use, built again from the tables that notebooks hold.

A cell that names a row or a column says so (`scope`), no such cell is empty, and the two
rows that pandas writes above a grouped table are one. Numbers stand to the right. A table
stands in a box that scrolls where the table is wider, and that the keyboard then reaches.

References
----------
W3C Web Accessibility Initiative, Tables Tutorial: https://www.w3.org/WAI/tutorials/tables/
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import takewhile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

NUMBER = re.compile(r"[-+−]?\d[\d.,]*(e[-+]\d+)?%?")
NOTHING = {"", "–", "-", "NaN", "NaT", "<NA>", "None"}
KEPT = ("colspan", "rowspan", "style", "lang", "title")
NARROW = 32  # characters that fit beside each other on any screen


@dataclass(frozen=True)
class Cell:
    """A cell: what is in it, and whether it names something."""

    html: str
    names: bool = False
    attributes: str = ""

    @property
    def text(self) -> str:
        """What can be read in it."""
        return plain(self.html)

    def written(self, scope: str, *, number: bool) -> str:
        """As HTML; `scope` is what it names, if it names anything."""
        kind = ' class="n"' if number and "text-align" not in self.attributes else ""
        if not self.names or not self.text:
            return f"<td{self.attributes}{kind}>{self.html}</td>"
        many = "group" if re.search(r"(col|row)span=", self.attributes) else ""
        name = re.sub(r"_(?=\w)", "_<wbr>", self.html) if scope == "col" else self.html
        return f'<th scope="{scope}{many}"{self.attributes}{kind}>{name}</th>'


Row = list[Cell]


def plain(html: str) -> str:
    """The text of a piece of HTML, its white space single."""
    return " ".join(unescape(re.sub(r"<[^>]*>", " ", html)).split())


def table(html: str) -> str:
    """The table again, in its box."""
    rows = _rows(html)
    head = list(takewhile(lambda row: all(cell.names for cell in row), rows))
    body = rows[len(head) :]
    head = _joined(head, len(list(takewhile(lambda cell: cell.names, body[0]))) if body else 0)
    numbers = _numbers(body)
    written = "".join(
        f"<{part}>\n{''.join(_written(row, scope, numbers) for row in some)}</{part}>\n"
        for part, scope, some in (("thead", "col", head), ("tbody", "row", body))
        if some
    )
    reached = ' tabindex="0"' if _least_width(rows) > NARROW else ""
    label = ", ".join(cell.text for cell in (head or rows or [[]])[-1] if cell.text)
    return (
        f'<div class="box" role="group" aria-label="{escape(f"Table: {label}")}"{reached}>\n'
        f"<table>\n{written}</table>\n</div>"
    )


def _rows(html: str) -> list[Row]:
    from selectolax.lexbor import LexborHTMLParser

    rows = [[_cell(c) for c in row.css("th, td")] for row in LexborHTMLParser(html).css("tr")]
    return [row for row in rows if row]


def _cell(node: LexborNode) -> Cell:
    kept = {name: node.attributes[name] for name in KEPT if node.attributes.get(name)}
    written = "".join(f' {name}="{escape(str(value))}"' for name, value in kept.items())
    return Cell((node.inner_html or "").strip(), node.tag == "th", written)


def _joined(head: list[Row], stubs: int) -> list[Row]:
    """One row where the last names only the index, `stubs` columns on the left.

    pandas writes the name of the columns, if they have one, above that of the index.
    """
    if len(head) < 2 or not stubs or any(cell.text for cell in head[-1][stubs:]):
        return head
    above, names = head[-2], head[-1]
    if len(above) < stubs:
        return head
    of_columns = above[stubs - 1].text
    joined = [replace(cell, html=name.html) for cell, name in zip(above, names, strict=False)]
    if of_columns:
        last = names[stubs - 1].html
        joined[stubs - 1] = replace(above[0], html=f"{last} ↓ {escape(of_columns)} →".strip())
    return [*head[:-2], [*joined[:stubs], *above[stubs:]]]


def _numbers(body: list[Row]) -> set[int]:
    """The columns that hold numbers, counted from the right, where rows are the same length."""
    found: dict[int, list[str]] = {}
    for row in body:
        for place, cell in enumerate(reversed(row)):
            if not cell.names and cell.text not in NOTHING:
                found.setdefault(place, []).append(cell.text)
    return {place for place, texts in found.items() if all(map(NUMBER.fullmatch, texts))}


def _written(row: Row, scope: str, numbers: set[int]) -> str:
    cells = [
        cell.written(scope, number=place in numbers)
        for place, cell in zip(reversed(range(len(row))), row, strict=True)
    ]
    return f"<tr>{''.join(cells)}</tr>\n"


def _least_width(rows: list[Row]) -> int:
    """Characters beside each other, each column as wide as its longest word."""
    width: dict[int, int] = {}
    for row in rows:
        for place, cell in enumerate(reversed(row)):
            longest = max(map(len, cell.text.split()), default=0)
            width[place] = max(width.get(place, 0), longest + 2)
    return sum(width.values())
