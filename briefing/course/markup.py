"""HTML that everybody can use, out of the HTML that notebooks hold.

Tables are built again (see `grids`), headings get names to link to, links to other notebooks
lead to their pages, and what lies outside of the site is named, not linked. Every picture is
in the page itself and has words. Scripts and style sheets that outputs bring along are left
out: a page has one style of its own, and needs no script.

Tables that everybody can use, built again from the tables that notebooks hold.

A cell that names a row or a column says so (`scope`), no such cell is empty, and the two
rows that pandas writes above a grouped table are one. Numbers stand to the right. A table
stands in a box that scrolls where the table is wider, and that the keyboard then reaches.

References
----------
W3C Web Accessibility Initiative, Tables Tutorial: https://www.w3.org/WAI/tutorials/tables/
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Collection
from dataclasses import dataclass, replace
from html import escape, unescape
from itertools import takewhile
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from briefing.course.homes import shown
from briefing.tables import BriefingError
from briefing.transcript import slug

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode


TABLE = re.compile(r"(?s)<table\b(?:(?!<table\b).)*?</table>")
DROPPED = re.compile(r"(?s)<(style|script)\b(?:(?!<\1\b).)*?</\1>")
HEADING = re.compile(r"(?s)<h([1-6])\b[^<>]*>((?:(?!<h\1\b).)*?)</h\1>")
PICTURE = re.compile(r"(?s)<img\b(?:[^<>\"']|\"[^\"]*\"|'[^']*')*>")
LINK = re.compile(r'(?s)<a\b[^<>]{0,300}?href="([^"]*)"[^<>]*>((?:(?!<a\b).)*?)</a>')
ATTRIBUTE = r"""(?s)\b{}=(?:"([^"]*)"|'([^']*)')"""
NO_WORDS = "A picture without a description: see the code above it"


class Heading(NamedTuple):
    """A heading of a page: its level, its name in links, its text."""

    level: int
    name: str
    text: str


def usable(html: str, folder: Path) -> str:
    """`html` with tables and pictures that everybody can use, without scripts of its own.

    Raises BriefingError where a picture is neither in it nor in a file beside `folder`.
    """
    kept = TABLE.sub(lambda found: table(found[0]), DROPPED.sub("", html))
    return PICTURE.sub(lambda found: _picture(found[0], folder), kept)


def named(html: str) -> tuple[str, list[Heading]]:
    """`html` with a name on every heading, and the headings in order."""
    headings: list[Heading] = []

    def name(found: re.Match[str]) -> str:
        text = plain(found[2])
        stem = slug(text)
        taken = {heading.name for heading in headings}
        free = next(n for i in range(1, len(taken) + 2) if (n := _nth(stem, i)) not in taken)
        headings.append(Heading(int(found[1]), free, text))
        return f'<h{found[1]} id="{free}">{found[2]}</h{found[1]}>'

    return HEADING.sub(name, html), headings


def linked(html: str, pages: Collection[str]) -> str:
    """`html` whose links lead to `pages`, within the page or to the web, and nowhere else."""

    def link(found: re.Match[str]) -> str:
        target, text = unescape(found[1]), found[2]
        if re.match(r"https?:", target):
            return f'<a href="{escape(target)}">{text}</a>'
        file, _, part = target.partition("#")
        page, place = re.sub(r"\.ipynb$", ".html", file), f"#{slug(part)}" if part else ""
        if not file or page in pages:
            return f'<a href="{page}{place}">{text}</a>'
        where = re.sub(r"^(\.\./)+", "", file)
        return text if where in plain(text) else f"{text} (<code>{escape(where)}</code>)"

    return LINK.sub(link, html)


def first_picture(html: str) -> str:
    """The first `<img ...>`, or nothing."""
    found = PICTURE.search(html)
    return found[0] if found else ""


def _nth(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def _picture(tag: str, folder: Path) -> str:
    words, source = _value("alt", tag) or NO_WORDS, _value("src", tag)
    if not source.startswith("data:"):
        source = _held(folder / source)
    return f'<img alt="{escape(words)}" src="{source}">'


def _value(name: str, tag: str) -> str:
    found = re.search(ATTRIBUTE.format(name), tag)
    return unescape(found[1] or found[2] or "").strip() if found else ""


def _held(path: Path) -> str:
    """The picture of a file, as an address that holds it."""
    try:
        data = base64.b64encode(path.read_bytes()).decode("ascii")
    except OSError as error:
        raise BriefingError(
            f"{shown(path)} is no picture on this machine. A lesson shows pictures that its code "
            "draws, or files of the project; put the file there, or take the picture out."
        ) from error
    return f"data:{mimetypes.guess_type(path.name)[0] or 'image/png'};base64,{data}"


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
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split())


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
