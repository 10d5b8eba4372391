"""HTML that everybody can use, out of the HTML that notebooks hold.

Headings get names to link to, links to other notebooks lead to their pages, and what lies
outside of the site is named, not linked. Every picture is in the page itself and has words.
Scripts and style sheets that outputs bring along are left out: a page has one style of its own,
and needs no script.

In a table a cell that names a row or a column says so (`scope`), no such cell is empty, and the
two rows that pandas writes above a grouped table are one. Numbers stand to the right. A table
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
from itertools import count, takewhile
from pathlib import Path
from typing import NamedTuple

from bs4 import BeautifulSoup, Tag

from briefing.course.homes import shown
from briefing.tables import BriefingError
from briefing.transcript import slug

NO_WORDS = "A picture without a description: see the code above it"
NUMBER = re.compile(r"[-+−]?\d[\d.,]*(e[-+]\d+)?%?")
NOTHING = {"", "–", "-", "NaN", "NaT", "<NA>", "None"}
KEPT = ("colspan", "rowspan", "style", "lang", "title")
NARROW = 32  # characters that fit beside each other on any screen
Row = list[Tag]


class Heading(NamedTuple):
    """A heading of a page: its level, its name in links, its text."""

    level: int
    name: str
    text: str


class Body(NamedTuple):
    """What a page shows: its HTML, its headings in order, its first picture or nothing."""

    html: str
    headings: list[Heading]
    cover: str


def usable(html: str, folder: Path, pages: Collection[str] = ()) -> Body:
    """`html` as everybody can use it; its links lead to `pages`, within the page or to the web.

    Raises BriefingError where a picture is neither in it nor in a file beside `folder`.
    """
    soup = BeautifulSoup(html, "html.parser")
    for tag in soup(["style", "script"]):
        tag.decompose()
    for table in soup("table"):
        _mend_table(table)
    for picture in soup("img"):
        source = str(picture.get("src", ""))
        held = source if source.startswith("data:") else _held(folder / source)
        picture.attrs = {"alt": str(picture.get("alt", "")).strip() or NO_WORDS, "src": held}
    for link in soup("a", href=True):
        _lead(link, pages)
    headings = _name_headings(soup)
    return Body(str(soup), headings, str(soup.img or ""))


def plain(tag: Tag) -> str:
    """The text of a piece of HTML, its white space single."""
    return " ".join(tag.get_text(" ").split())


def _name_headings(soup: BeautifulSoup) -> list[Heading]:
    """Give every heading a name of its own."""
    headings: list[Heading] = []
    for tag in soup(re.compile("^h[1-6]$")):
        stem, taken = slug(plain(tag)), {heading.name for heading in headings}
        names = (stem if i == 1 else f"{stem}-{i}" for i in count(1))
        tag.attrs = {"id": next(name for name in names if name not in taken)}
        headings.append(Heading(int(tag.name[1]), str(tag["id"]), plain(tag)))
    return headings


def _lead(link: Tag, pages: Collection[str]) -> None:
    """Let a link lead to its page; without one, to nowhere, and its place stands behind it."""
    target = str(link["href"])
    file, _, part = target.partition("#")
    page = re.sub(r"\.ipynb$", ".html", file)
    if re.match(r"https?:", target):
        link.attrs = {"href": target}
    elif not file or page in pages:
        link.attrs = {"href": f"{page}#{slug(part)}" if part else page}
    else:
        where = re.sub(r"^(\.\./)+", "", file)
        if where not in plain(link):
            code = Tag(name="code")
            code.string = where
            link.extend([" (", code, ")"])
        link.unwrap()


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


# Tables


def _mend_table(table: Tag) -> None:
    rows = [row for tr in table("tr") if (row := [*tr(["th", "td"])])]
    head = [*takewhile(lambda row: all(map(_names, row)), rows)]
    body = rows[len(head) :]
    stubs = len([*takewhile(_names, body[0])]) if body else 0
    if len(head) > 1 and stubs and _names_index(head[-1], stubs) and len(head[-2]) >= stubs:
        _join(head[-2], head.pop(), stubs)
    label = ", ".join(filter(None, map(plain, (head or body or [[]])[-1])))
    box = Tag(name="div", attrs={"class": "box", "role": "group", "aria-label": f"Table: {label}"})
    if _least_width(head + body) > NARROW:
        box["tabindex"] = "0"
    numbers = _numbers(body)
    for part, scope in ((head, "col"), (body, "row")):
        for row in part:
            for place, cell in zip(reversed(range(len(row))), row, strict=True):
                _mend_cell(cell, scope, number=place in numbers)
    table.attrs = {}
    table.wrap(box)


def _names(cell: Tag) -> bool:
    return cell.name == "th"


def _names_index(last: Row, stubs: int) -> bool:
    """Whether the last row of a head names only the index, `stubs` columns on the left.

    pandas writes the name of the columns, if they have one, above that of the index.
    """
    return not any(map(plain, last[stubs:]))


def _join(above: Row, names: Row, stubs: int) -> None:
    """Put the names of the index into the row above, beside the name of the columns."""
    of_columns = plain(above[stubs - 1])
    for cell, name in zip(above[:stubs], names, strict=False):
        cell.clear()
        cell.extend([*name.contents])
    if of_columns:
        above[stubs - 1].append(f" ↓ {of_columns} →")
    names[0].find_parent("tr").decompose()  # type: ignore[union-attr]


def _mend_cell(cell: Tag, scope: str, *, number: bool) -> None:
    """Let a cell say what it names, if it names anything."""
    cell.attrs = {name: cell[name] for name in KEPT if cell.get(name)}
    if not _names(cell) or not plain(cell):
        cell.name = "td"
    else:
        many = "group" if {"colspan", "rowspan"} & cell.attrs.keys() else ""
        cell.attrs = {"scope": f"{scope}{many}", **cell.attrs}
    if number and "text-align" not in str(cell.get("style", "")):
        cell["class"] = "n"
    if _names(cell) and scope == "col":
        broken = re.sub(r"_(?=\w)", "_<wbr>", cell.decode_contents())
        cell.clear()
        cell.extend([*BeautifulSoup(broken, "html.parser").contents])


def _numbers(body: list[Row]) -> set[int]:
    """The columns that hold numbers, counted from the right, where rows are the same length."""
    found: dict[int, list[str]] = {}
    for row in body:
        for place, cell in enumerate(reversed(row)):
            if not _names(cell) and plain(cell) not in NOTHING:
                found.setdefault(place, []).append(plain(cell))
    return {place for place, texts in found.items() if all(map(NUMBER.fullmatch, texts))}


def _least_width(rows: list[Row]) -> int:
    """Characters beside each other, each column as wide as its longest word."""
    width: dict[int, int] = {}
    for row in rows:
        for place, cell in enumerate(reversed(row)):
            longest = max(map(len, plain(cell).split()), default=0)
            width[place] = max(width.get(place, 0), longest + 2)
    return sum(width.values())
