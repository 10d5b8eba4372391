"""Office documents and e-books, and files that hold other files.

Word documents (.docx), Rich Text (.rtf, and many files called .doc), OpenDocument, workbooks,
e-books, packed folders and saved pages. Files that hold others are opened with the standard library
alone; what is inside is passed on as a page, a table or the bytes of a file and read as such. Sizes
are checked before anything is unpacked.

The text of a .docx is read from the document's own XML, so that content controls, links, text boxes
and tracked insertions are not missed; deleted or hidden text is not shown and so not read. Table
rows become lines cell by cell. Page headers and footers are outside the talk. Rich Text is read
here because the package for it loses bold type, which marks labels.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cache
from html import escape
from typing import TYPE_CHECKING, Any

from briefing.reading.columns import Grid, Place, cells_taken, speakers_from_tables
from briefing.reading.grids import grid_of
from briefing.reading.lines import FORMS, Line, Source, Writing, vocabulary
from briefing.reading.xml_files import given_by, named, parsed_xml, tag_of
from briefing.tables import BriefingError

if TYPE_CHECKING:
    import zipfile

    from docx.document import Document

# Files that hold other files

LARGEST = 300_000_000  # bytes that a packed file may hold
SMALL = 30_000_000  # bytes that are safe at any compression
DENSEST = 200  # the most that talk can be compressed
FIGURES = re.compile(r"(\d{1,9})")
BODY = re.compile(r"<body\b[^<>]{0,5000}>|</body\s*>", re.IGNORECASE)
WORDS = vocabulary("packed")


def parts_of_mail(data: bytes) -> list[tuple[str, bytes]]:
    """The page in a message, or else its text, and its attachments."""
    import email
    from email.policy import default

    message = email.message_from_bytes(data.lstrip(), policy=default)
    loaded = [(part, part.get_payload(decode=True)) for part in message.walk()]
    whole = [(part, one) for part, one in loaded if isinstance(one, bytes) and one.strip()]
    attached = [(part.get_filename() or "", one) for part, one in whole if part.is_attachment()]
    for kind, name in (("text/html", "part.html"), ("text/plain", "part.txt")):
        found = [one for part, one in whole
                 if part.get_content_type() == kind and not part.is_attachment()]  # fmt: skip
        if found:
            return [(name, max(found, key=len)), *attached]
    return attached


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """The opened archive; BriefingError if it is damaged, locked or far too large."""
    import zipfile

    try:
        packed = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise BriefingError.of("damaged archive", name=name, error=error) from error
    if any(one.flag_bits & 1 for one in packed.infolist()):
        raise BriefingError.of("locked archive", name=name)
    size = sum(one.file_size for one in packed.infolist())
    if size > LARGEST or size > max(SMALL, DENSEST * len(data)):
        raise BriefingError.of("archive too large", name=name)
    return packed


def kind_of_zip(data: bytes, name: str) -> str:
    """The kind of a packed file, judged by the files inside it."""
    packed = opened(data, name)
    inside = packed.namelist()
    kind = next(
        k for part, k in WORDS["kinds"] if any(one.startswith(part) for one in inside) or not part
    )
    if kind == "slides":
        raise BriefingError.of("slide show", name=name)
    told = packed.read("mimetype") if kind == "document" and "mimetype" in inside else b""
    return "workbook" if b"opendocument.spreadsheet" in told else kind


def files_inside(packed: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """The possible transcripts in a packed folder, in order of name."""
    seen: set[bytes] = set()
    for entry in sorted(packed.infolist(), key=lambda one: _in_order(one.filename)):
        base = entry.filename.rpartition("/")[2]
        hidden = base.startswith((".", "_")) or "__MACOSX" in entry.filename
        named = base.lower().startswith(("readme", "license"))
        if entry.is_dir() or hidden or named or base.lower().endswith((*WORDS["beside"],)):
            continue
        data = packed.read(entry)
        if data.strip() and data not in seen:
            seen.add(data)
            yield entry.filename, data


def _in_order(name: str) -> list[tuple[int, str]]:
    """A key for sorting by which page 10 comes after page 2."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in FIGURES.split(name)]


def are_pages(names: list[str]) -> bool:
    """Whether names differ only in their numbers, like the pages of one event."""
    return len({FIGURES.sub("#", name) for name in names}) == 1


# E-books and OpenDocument: each becomes a page


def _xml(packed: zipfile.ZipFile, name: str) -> Any:
    """The root of an XML file in the archive; an empty element if it has no content."""
    root = parsed_xml(packed.read(name) if name else b"")
    return parsed_xml(b"<nothing/>") if root is None else root


def page_of_book(packed: zipfile.ZipFile) -> str:
    """The chapters of an e-book, in reading order, as one page."""
    pages = [packed.read(one).decode("utf-8", "replace") for one in _chapters(packed)]
    bodies = [parts[1] if len(parts := BODY.split(page, 2)) == 3 else page for page in pages]
    return f"<html><body>{'<hr/>'.join(bodies)}</body></html>"


def _chapters(packed: zipfile.ZipFile) -> list[str]:
    """The files of an e-book in the order of its spine, or else by name."""
    names = packed.namelist()
    listing = next((one for one in names if one.lower().endswith(".opf")), "")
    root, folder = _xml(packed, listing), listing.rpartition("/")[0]
    items = (given_by(item) for item in named(root, "item"))
    files = {given.get("id", ""): given.get("href", "") for given in items}
    spine = (files.get(given_by(one).get("idref", ""), "") for one in named(root, "itemref"))
    chapters = [path for one in spine if (path := f"{folder}/{one}".strip("/")) in names]
    ends = (".xhtml", ".html", ".htm")
    return chapters or [one for one in sorted(names) if one.lower().endswith(ends)]


def page_of_document(packed: zipfile.ZipFile) -> str:
    """The text of an OpenDocument as a page."""
    root = _xml(packed, "content.xml")
    styles = {}
    for style in named(root, "style"):
        values = {k: v for one in named(style, "text-properties") for k, v in given_by(one).items()}
        bold, italic = values.get("font_weight") == "bold", values.get("font_style") == "italic"
        styles[given_by(style).get("name", "")] = ["b"] * bold + ["i"] * italic
    pieces: list[str] = []
    for body in named(root, "body"):
        _as_page(body, styles, pieces)
    return f"<html><body>{''.join(pieces)}</body></html>"


def _as_page(element: Any, styles: dict[str, list[str]], pieces: list[str]) -> None:
    tag, given = tag_of(element), given_by(element)
    if tag not in WORDS["left_out"]:
        around = [WORDS["as_tags"][tag]] if tag in WORDS["as_tags"] else []
        around += styles.get(given.get("style_name", ""), [])
        blanks = "\xa0" * int(given.get("c") or 1) if tag == "s" else ""
        pieces.append({"line-break": "<br/>", "tab": "\t"}.get(tag, blanks))
        known = ((one, given.get(key, "")) for key, one in WORDS["spans"].items())
        spans = "".join(f' {one}="{n}"' for one, n in known if n.isdecimal())
        pieces += [f"<{one}{spans}>" for one in around]
        pieces.append(escape(element.text or ""))
        for inner in element:
            _as_page(inner, styles, pieces)
        pieces += [f"</{one}>" for one in reversed(around)]
    pieces.append(escape(element.tail or ""))


# Workbooks

MOST_REPEATS = 50  # repeated empty cells after which the rest of a sheet is margin
WIDEST = 1000
CELL = re.compile(r"([A-Z]{1,3})\d+$")
SHEET = re.compile(r"xl/worksheets/sheet\d+\.xml$")


def grid_of_workbook(packed: zipfile.ZipFile, name: str) -> Grid:
    """The sheet of a workbook (.xlsx, .ods) with the most text."""
    is_open = "content.xml" in packed.namelist()
    sheets = _open_sheets(packed) if is_open else _office_sheets(packed)
    filled = [[row for row in rows if any(cell.strip() for cell in row)] for rows in sheets]
    filled = [rows for rows in filled if len(rows) > 1]
    if not filled:
        raise BriefingError.of("empty workbook", name=name)
    rows = max(filled, key=lambda sheet: sum(len(cell) for row in sheet for cell in row))
    width = max(map(len, rows))
    grid = grid_of([row + [""] * (width - len(row)) for row in rows], "")
    if len(filled) > 1:
        grid.warnings.append(f"one of {len(filled)} sheets is read, the one with most text.")
    return grid


def _office_sheets(packed: zipfile.ZipFile) -> Iterator[list[list[str]]]:
    names = packed.namelist()
    listed = "xl/sharedStrings.xml" in names
    strings = _xml(packed, "xl/sharedStrings.xml") if listed else ()
    shared = [_texts(one) for one in strings if tag_of(one) == "si"]
    styles = _moments(packed) if "xl/styles.xml" in names else []
    for sheet in sorted(filter(SHEET.match, names)):
        yield [_office_row(row, shared, styles) for row in named(_xml(packed, sheet), "row")]


def _moments(packed: zipfile.ZipFile) -> list[str]:
    """What numbers in cells of each style mean: a `date`, a `time`, or just a number."""
    root = _xml(packed, "xl/styles.xml")
    formats = (given_by(one) for one in named(root, "numfmt"))
    usual = dict.fromkeys(WORDS["dates"], "date") | dict.fromkeys(WORDS["times"], "time")
    own = {one.get("num_fmt_id", ""): _kind(one.get("format_code", "")) for one in formats}
    known = usual | own
    cells = next(named(root, "cellxfs"), ())
    return [known.get(given_by(one).get("num_fmt_id", ""), "") for one in cells]


def _kind(code: str) -> str:
    """What a number format shows: `yyyy-mm-dd` a date, `[h]:mm:ss` a time."""
    signs = re.sub(r'"[^"]{0,99}"|\\.|\[(?!h|m|s)[^\]]{0,99}\]', "", code.lower())
    return "date" if re.search("[yd]", signs) else "time" if re.search("[hs]", signs) else ""


def _moment(value: str, kind: str) -> str:
    """A number of days since the end of 1899, as Excel counts, as a date or a time."""
    try:
        at = timedelta(days=float(value))
        since = datetime(1899, 12, 30) + at
    except (ValueError, OverflowError):
        return value
    if kind == "date":
        return str(since.date() if float(value).is_integer() else since.replace(microsecond=0))
    minutes, rest = divmod(round(at.total_seconds(), 3), 60)
    return f"{int(minutes) // 60}:{int(minutes) % 60:02}:{rest:06.3f}"


def _texts(element: Any) -> str:
    return "".join(one.text or "" for one in named(element, "t"))


def _office_row(row: Any, shared: list[str], styles: list[str]) -> list[str]:
    cells: list[str] = []
    for cell in row:
        given = given_by(cell)
        if place := CELL.match(given.get("r", "")):
            column = 0
            for letter in place[1]:
                column = 26 * column + ord(letter) - 64
            cells += [""] * (min(column, WIDEST) - 1 - len(cells))
        value = next((one.text or "" for one in cell if tag_of(one) == "v"), "")
        if given.get("t") == "s" and value.isdigit() and int(value) < len(shared):
            value = shared[int(value)]
        style = given.get("s", "")
        kind = styles[int(style)] if style.isdecimal() and int(style) < len(styles) else ""
        if kind and given.get("t", "n") == "n":
            value = _moment(value, kind)
        cells.append(_texts(cell) if given.get("t") == "inlineStr" else value)
    return cells


def _open_sheets(packed: zipfile.ZipFile) -> Iterator[list[list[str]]]:
    for table in named(_xml(packed, "content.xml"), "table"):
        yield [_open_row(row) for row in named(table, "table-row")]


def _open_row(row: Any) -> list[str]:
    cells: list[str] = []
    for cell in row:
        text = "\n".join("".join(one.itertext()) for one in cell if tag_of(one) == "p")
        repeats = int(given_by(cell).get("number_columns_repeated") or 1)
        cells += [text] * (repeats if repeats <= MOST_REPEATS else 1)
    return cells


# Word

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
P, TC, VAL = W + "p", W + "tc", W + "val"
SIGNS = {W + "tab": "\t", W + "noBreakHyphen": "\u2011", W + "br": "\n", W + "cr": "\n"}
NOTES = ("/footnotes", "/endnotes", "/comments")  # how relationship types of parts with notes end
UNSEEN = frozenset((W + "moveFrom", W + "del", FALLBACK))
OFF = frozenset(("0", "false", "off"))
MOST_STYLES = 20  # based on one another
Styles = Callable[[str], tuple[bool | None, bool]]


def read_docx(data: bytes, name: str) -> Source:
    """The paragraphs of a Word document as lines."""
    from docx import Document

    document = Document(io.BytesIO(data))
    body = document.element.body
    lines = [*_around(document, "header"), *_body(body, _styles(document))]
    lines += [*_around(document, "footer"), *_notes(document)]
    about = document.core_properties
    stated = {"title": about.title, "language": about.language}  # the dates are those of the file
    metadata = {key: " ".join(value.split()) for key, value in stated.items() if value}
    return Source(name, "docx", None, lines, metadata)


def _styles(document: Document) -> Styles:
    """Whether a style is bold (None if it does not say), and whether it is a heading."""
    styles = document.styles.element.iter(W + "style")
    elements = {style.get(W + "styleId", ""): style for style in styles}

    @cache
    def look_up(style: str) -> tuple[bool | None, bool]:
        bold, heading = None, False
        for _ in range(MOST_STYLES):
            if (element := elements.get(style)) is None:
                break
            called = _value(element, "name").lower()
            heading = heading or called.startswith(("heading", "title", "subtitle"))
            bold = _switch(element.find(W + "rPr"), "b") if bold is None else bold
            style = _value(element, "basedOn")
        return bold, heading

    return look_up


def _value(properties: Any, name: str) -> str:
    """The value of a property; "" if it is not mentioned."""
    found = properties.find(W + name) if properties is not None else None
    return str(found.get(VAL, "")) if found is not None else ""


def _switch(properties: Any, name: str) -> bool | None:
    """Whether a property is on or off; None if it is not mentioned."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(VAL, "1") not in OFF


def _body(body: Any, styles: Styles) -> list[Line]:
    """The lines of a document's body, with the speakers that its tables name."""
    lines: list[Line] = []
    places: list[Place | None] = []
    tables, rows = ({one: n for n, one in enumerate(body.iter(W + tag))} for tag in ("tbl", "tr"))
    room = 0
    for paragraph in body.iter(P):
        if any(above.tag in UNSEEN for above in paragraph.iterancestors()):
            continue
        first = int(not _goes_on_a_row(paragraph))
        for line in _paragraph(paragraph, styles):
            if line.text.strip():
                line.gap, room, first = room + first, 0, 0
                lines.append(line)
                places.append(_place(paragraph, tables, rows))
            else:
                room += paragraph.getparent().tag != TC
    if tables:
        speakers_from_tables(lines, places)
    return lines


def _place(paragraph: Any, tables: dict[Any, int], rows: dict[Any, int]) -> Place | None:
    """The table, row and cell that a paragraph is in, if any."""
    above = (paragraph.iterancestors(W + tag) for tag in ("tbl", "tr", "tc"))
    table, row, cell = (next(around, None) for around in above)
    if table is None or row is None or cell is None:
        return None
    before = (one.find(W + "tcPr") for one in cell.itersiblings(TC, preceding=True))
    return tables[table], rows[row], sum(cells_taken(_value(one, "gridSpan")) for one in before)


def _goes_on_a_row(paragraph: Any) -> bool:
    """Whether it is the first paragraph of a cell other than the first in its row."""
    cell = paragraph.getparent()
    if cell.tag != TC or cell.find(P) is not paragraph:
        return False
    before = cell.getprevious()
    return before is not None and before.tag == TC


def _paragraph(paragraph: Any, styles: Styles) -> Iterator[Line]:
    """The lines of a paragraph, split at its line breaks."""
    properties = paragraph.find(W + "pPr")
    style_bold, heading = styles(_value(properties, "pStyle") or "Normal")
    level = properties.find(W + "outlineLvl") if properties is not None else None
    heading = heading or (level is not None and level.get(VAL, "9") < "9")
    writing = Writing()
    for node, run in _shown(paragraph):
        own = run.find(W + "rPr")
        if _switch(own, "vanish"):
            continue
        weights = (_switch(own, "b"), styles(_value(own, "rStyle"))[0], style_bold)
        bold = not heading and bool(next((one for one in weights if one is not None), False))
        for n, part in enumerate((SIGNS.get(node.tag) or node.text or "").split("\n")):
            if n:
                yield replace(writing.line(""), heading=heading)
                writing = Writing()
            writing.put(part, bold=bold, italic=bool(_switch(own, "i")))
    yield replace(writing.line(""), heading=heading)


def _shown(paragraph: Any) -> Iterator[tuple[Any, Any]]:
    """The texts and signs of a paragraph with their runs, but none moved, deleted or in a box."""
    for node in paragraph.iter(W + "t", *SIGNS):
        run = node.getparent()
        stops = (one for one in run.iterancestors() if one.tag == P or one.tag in UNSEEN)
        if run.tag == W + "r" and next(stops, None) is paragraph:
            yield node, run


def _around(document: Document, kind: str) -> Iterator[Line]:
    """Page headers or footers: on every page, and said by nobody."""
    for section in document.sections:
        part = getattr(section, kind)
        if not part.is_linked_to_previous:
            for paragraph in part.paragraphs:
                if paragraph.text.strip():
                    yield Line(paragraph.text.replace("\n", " "), gap=1, outside=True)


def _notes(document: Document) -> Iterator[Line]:
    """Footnotes, endnotes and comments: they are about what is said."""
    parts = (one for one in document.part.rels.values() if one.reltype.endswith(NOTES))
    roots = (parsed_xml(part.target_part.blob) for part in parts)
    for note in (note for root in roots if root is not None for note in root):
        if text := " ".join("".join(one.text or "" for one in note.iter(W + "t")).split()):
            yield Line(text, gap=1, outside=True)


# Rich Text

RTF = vocabulary("rtf")


@dataclass(frozen=True, slots=True)
class _Group:
    """What a group passes on to the groups inside it."""

    bold: bool = False
    italic: bool = False
    unseen: bool = False
    note: bool = False
    skip: int = 1  # characters that stand in for one in Unicode


def read_rtf(data: bytes) -> list[Line]:
    """The paragraphs of a Rich Text file as lines; blank ones stay, as in a text."""
    source = data.decode("latin-1")
    page = re.search(r"\\ansicpg(\d{3,5})", source[:2000])
    number = page[1].lstrip("0") if page else "1252"
    reader = _Reader(RTF["code_pages"].get(number, f"cp{number}"))
    for match in FORMS.rtf_token.finditer(source):
        reader.take(*match.groups())
    return [*reader.lines, reader.writing.line(), *reader.notes]


class _Reader:
    """Follows the marks of the file one by one."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.lines: list[Line] = []
        self.notes: list[Line] = []
        self.writing = Writing()
        self.around = Writing()  # the line that a note interrupts
        self.state = _Group()
        self.states: list[_Group] = []
        self.pending = bytearray()  # bytes of characters in the file's encoding
        self.skip = 0  # characters that stand in for one in Unicode

    def take(
        self, word: str | None, value: str | None, code: str | None, sign: str | None,
        brace: str | None, plain: str | None,
    ) -> None:  # fmt: skip
        """One mark: a word, a byte, a sign, a brace or plain text."""
        if code is not None:
            if self.skip:
                self.skip -= 1
            else:
                self.pending.append(int(code, 16))
            return
        self.flush()
        if brace == "{":
            self.states.append(self.state)
        elif brace:
            self.end_group()
        elif word is not None:
            self.word(word, value)
        elif sign == "*":
            self.state = replace(self.state, unseen=True)
        elif not self.state.unseen:
            self.put(plain[self.skip :] if plain else RTF["escaped"].get(sign, ""))
            self.skip = 0

    def end_group(self) -> None:
        """Return to the state before the group; after a note, to its line."""
        in_note = self.state.note
        self.state = self.states.pop() if self.states else _Group()
        if in_note and not self.state.note:
            self.notes.append(replace(self.writing.line(), outside=True))
            self.writing = self.around

    def put(self, text: str) -> None:
        """Add to the line, unless it is hidden."""
        if not self.state.unseen:
            self.writing.put(text, bold=self.state.bold, italic=self.state.italic)

    def flush(self) -> None:
        """Write out the pending bytes, which may form characters together."""
        if self.pending:
            try:
                self.put(self.pending.decode(self.encoding, "replace"))
            except LookupError:
                self.put(self.pending.decode("cp1252", "replace"))
        self.pending.clear()

    def word(self, word: str, value: str | None) -> None:
        """Apply a control word to the text, or to the state of what follows."""
        if word == "u" and value is not None:
            self.put(chr(int(value) % 65536))
            self.skip = self.state.skip
        elif word in RTF["states"]:
            self.state = replace(self.state, **{RTF["states"][word]: value != "0"})
        elif word == "plain":
            self.state = replace(self.state, bold=False, italic=False)
        elif word == "uc":
            self.state = replace(self.state, skip=int(value or 1))
        elif word == "footnote" and not (self.state.note or self.state.unseen):
            self.state = replace(self.state, note=True)
            self.around, self.writing = self.writing, Writing()
        elif word in RTF["breaks"] and not (self.state.note or self.state.unseen):
            self.lines.append(self.writing.line())
            self.writing = Writing()
        else:
            self.state = replace(self.state, unseen=self.state.unseen or word in RTF["left_out"])
            self.put(RTF["signs"].get(word, ""))
