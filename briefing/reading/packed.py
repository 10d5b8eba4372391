"""Files that hold other files: packed folders, e-books, OpenDocument, workbooks, saved pages.

Each is opened with the standard library alone, and what is inside is handed on as a page, a
table or the bytes of a file, which is then read as such. Sizes are looked at before anything
is unpacked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import escape
from typing import TYPE_CHECKING, Any

from briefing.reading.columns import header_at
from briefing.reading.delimited import Grid
from briefing.tables import BriefingError

if TYPE_CHECKING:
    import zipfile

LARGEST = 300_000_000  # bytes that a packed file may hold
SMALL = 30_000_000  # bytes that do no harm, however small they are packed
DENSEST = 200  # times that talk can be packed smaller than it is
BESIDE = tuple(".css .js .svg .ico .map .woff .woff2 .ttf .png .jpg .jpeg .gif .webp".split())
MAIL = re.compile(
    rb"(?:From|To|Date|Subject|MIME-Version|Received|Return-Path|Message-ID|Delivered-To|"
    rb"Snapshot-Content-Location|Content-Type|X-[\w-]{1,60}):\s", re.IGNORECASE
)  # fmt: skip
MULTIPART = re.compile(rb"^Content-Type:\s{0,9}multipart/", re.IGNORECASE | re.MULTILINE)
BODY = re.compile(r"<body\b[^<>]{0,5000}>|</body\s*>", re.IGNORECASE)
FIGURES = re.compile(r"(\d{1,9})")
PARAGRAPH = "p"
MOST_REPEATS = 50  # empty cells that a sheet may repeat before the rest is margin
CELL = re.compile(r"([A-Z]{1,3})\d+$")


def is_mail(data: bytes, name: str) -> bool:
    """Whether this is a message or a page saved as one (.eml, .mhtml)."""
    if not MAIL.match(data.lstrip()[:200]):
        return False
    named = name.lower().endswith((".eml", ".mht", ".mhtml"))
    return named or bool(MULTIPART.search(data[:5000]))


def parts_of_mail(data: bytes) -> list[tuple[str, bytes]]:
    """The page, or else the text, that a message holds, and what is attached to it."""
    import email
    from email.policy import default

    message = email.message_from_bytes(data.lstrip(), policy=default)
    parts = [part for part in message.walk() if not part.is_multipart()]
    loaded = [(part, part.get_payload(decode=True)) for part in parts]
    whole = [(part, one) for part, one in loaded if isinstance(one, bytes) and one.strip()]
    attached = [(part.get_filename() or "", one) for part, one in whole if part.is_attachment()]
    for kind, name in (("html", "part.html"), ("plain", "part.txt")):
        found = [
            one for part, one in whole
            if part.get_content_type() == f"text/{kind}" and not part.is_attachment()
        ]  # fmt: skip
        if found:
            return [(name, max(found, key=len)), *attached]
    return attached


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """The packed file; BriefingError where it is damaged, locked or far too large."""
    import io
    import zipfile

    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BriefingError(
            f"{name}: a damaged document or packed file ({error}); save or download it again."
        ) from error
    if any(one.flag_bits & 1 for one in packed.infolist()):
        raise BriefingError(f"{name}: this file is locked with a password; unpack it first.")
    size = sum(one.file_size for one in packed.infolist())
    if size > LARGEST or size > max(SMALL, DENSEST * len(data)):
        raise BriefingError(f"{name}: too large to unpack here; unpack it and give the files.")
    return packed


def files_inside(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The files of a packed folder that may be transcripts, in the order of their names."""
    seen: set[bytes] = set()
    for entry in sorted(packed.infolist(), key=lambda one: _in_order(one.filename)):
        base = entry.filename.rpartition("/")[2]
        hidden = base.startswith((".", "_")) or "__MACOSX" in entry.filename
        named = base.lower().startswith(("readme", "license")) or base.lower().endswith(BESIDE)
        if entry.is_dir() or hidden or named:
            continue
        data = packed.read(entry)
        if data.strip() and data not in seen:
            seen.add(data)
            yield entry.filename, data


def _in_order(name: str) -> list[tuple[int, str]]:
    """A name by which page 10 comes after page 2."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in FIGURES.split(name)]


def are_pages(names: list[str]) -> bool:
    """Whether names differ in their numbers alone, as those of the pages of one event do."""
    return len({FIGURES.sub("#", name) for name in names}) == 1


def _xml(data: bytes) -> Any:
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, huge_tree=True)
    root = etree.fromstring(data, parser) if data.strip() else None
    return root if root is not None else etree.Element("nothing")


def _tag(element: Any) -> str:
    return str(element.tag).rpartition("}")[2]


def _attribute(element: Any, name: str) -> str:
    return next((v for k, v in element.items() if k.rpartition("}")[2] == name), "")


def page_of_book(packed: zipfile.ZipFile) -> str:
    """The chapters of an e-book, in reading order, as one page."""
    pages = [packed.read(one).decode("utf-8", "replace") for one in _chapters(packed)]
    bodies = [parts[1] if len(parts := BODY.split(page, 2)) == 3 else page for page in pages]
    return f"<html><body>{'<hr/>'.join(bodies)}</body></html>"


def _chapters(packed: zipfile.ZipFile) -> list[str]:
    """The files of an e-book in the order of its spine, or else of their names."""
    names = packed.namelist()
    listing = next((one for one in names if one.lower().endswith(".opf")), "")
    root = _xml(packed.read(listing) if listing else b"")
    folder = listing.rpartition("/")[0]
    files = {_attribute(e, "id"): _attribute(e, "href") for e in _named(root, "item")}
    spine = [files.get(_attribute(one, "idref"), "") for one in _named(root, "itemref")]
    chapters = [path for one in spine if (path := f"{folder}/{one}".strip("/")) in names]
    return chapters or [
        one for one in sorted(names) if one.lower().endswith((".xhtml", ".html", ".htm"))
    ]


def _named(root: Any, tag: str) -> Iterator[Any]:
    """All elements of one name, in order."""
    return (element for element in root.iter() if _tag(element) == tag)


def page_of_document(packed: zipfile.ZipFile) -> str:
    """The text of an OpenDocument as a page."""
    root = _xml(packed.read("content.xml"))
    styles = {}
    for style in _named(root, "style"):
        given = [dict(one.items()) for one in _named(style, "text-properties")]
        values = {key.rpartition("}")[2]: value for one in given for key, value in one.items()}
        bold, italic = values.get("font-weight") == "bold", values.get("font-style") == "italic"
        styles[_attribute(style, "name")] = ["b"] * bold + ["i"] * italic
    pieces: list[str] = []
    for body in _named(root, "body"):
        _as_page(body, styles, pieces)
    return f"<html><body>{''.join(pieces)}</body></html>"


AS_TAGS = {
    "h": "h2", "p": "p", "table": "table", "table-row": "tr", "table-cell": "td", "a": "a",
    "list": "ul", "list-item": "li",
}  # fmt: skip
LEFT_OUT = frozenset("annotation tracked-changes note-citation sequence-decls forms".split())


def _as_page(element: Any, styles: dict[str, list[str]], pieces: list[str]) -> None:
    tag = _tag(element)
    if isinstance(element.tag, str) and tag not in LEFT_OUT:
        around = [AS_TAGS[tag]] if tag in AS_TAGS else []
        around += styles.get(_attribute(element, "style-name"), [])
        pieces.append(_sign(element, tag))
        pieces += [f"<{one}>" for one in around]
        pieces.append(escape(element.text or ""))
        for inner in element:
            _as_page(inner, styles, pieces)
        pieces += [f"</{one}>" for one in reversed(around)]
    pieces.append(escape(element.tail or ""))


def _sign(element: Any, tag: str) -> str:
    """What an element without text stands for: a line break, a tab, blanks."""
    if tag == "s":
        return "\xa0" * int(_attribute(element, "c") or 1)
    return {"line-break": "<br/>", "tab": "\t"}.get(tag, "")


def grid_of_workbook(packed: zipfile.ZipFile, name: str) -> Grid:
    """The sheet of a workbook (.xlsx, .ods) that holds most text."""
    is_open = "content.xml" in packed.namelist()
    sheets = _open_sheets(packed) if is_open else _office_sheets(packed)
    filled = [[row for row in rows if any(cell.strip() for cell in row)] for rows in sheets]
    filled = [rows for rows in filled if len(rows) > 1]
    if not filled:
        raise BriefingError(f"{name}: no sheet of this workbook holds a table of turns.")
    grid = _grid(max(filled, key=lambda sheet: sum(len(cell) for row in sheet for cell in row)))
    if len(filled) > 1:
        grid.warnings.append(f"one of {len(filled)} sheets is read, the one with most text.")
    return grid


def _grid(rows: list[list[str]]) -> Grid:
    """Rows under the one that names their columns, if one of the first does."""
    width = max(map(len, rows))
    rows = [row + [""] * (width - len(row)) for row in rows]
    top = header_at(rows)
    names = [""] * width if top is None else rows[top]
    columns = [name.strip() or f"column {n + 1}" for n, name in enumerate(names)]
    return Grid(columns, rows if top is None else rows[top + 1 :])


def _office_sheets(packed: zipfile.ZipFile) -> list[list[list[str]]]:
    names = packed.namelist()
    shared: list[str] = []
    if "xl/sharedStrings.xml" in names:
        root = _xml(packed.read("xl/sharedStrings.xml"))
        shared = [_texts(one) for one in root if _tag(one) == "si"]
    sheets = sorted(one for one in names if re.match(r"xl/worksheets/sheet\d+\.xml$", one))
    return [
        [_office_row(row, shared) for row in _xml(packed.read(one)).iter() if _tag(row) == "row"]
        for one in sheets
    ]


def _texts(element: Any) -> str:
    return "".join(one.text or "" for one in element.iter() if _tag(one) == "t")


def _office_row(row: Any, shared: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        place = CELL.match(_attribute(cell, "r"))
        if place:
            column = 0
            for letter in place[1]:
                column = 26 * column + ord(letter) - 64
            cells += [""] * (min(column, 1000) - 1 - len(cells))
        kind = _attribute(cell, "t")
        value = next((one.text or "" for one in cell if _tag(one) == "v"), "")
        if kind == "s" and value.isdigit() and int(value) < len(shared):
            value = shared[int(value)]
        cells.append(_texts(cell) if kind == "inlineStr" else value)
    return cells


def _open_sheets(packed: zipfile.ZipFile) -> list[list[list[str]]]:
    root = _xml(packed.read("content.xml"))
    return [
        [_open_row(row) for row in table.iter() if _tag(row) == "table-row"]
        for table in root.iter()
        if _tag(table) == "table"
    ]


def _open_row(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row:
        text = "\n".join("".join(one.itertext()) for one in cell if _tag(one) == PARAGRAPH)
        repeats = int(_attribute(cell, "number-columns-repeated") or 1)
        cells += [text] * (repeats if repeats <= MOST_REPEATS else 1)
    return cells
