"""Word documents (.docx) and Rich Text (.rtf, and many files called .doc).

The text of a .docx is read from the document's own XML, so that content controls, links, text
boxes and tracked insertions are not missed; what was deleted or hidden is not shown, and so not
read. Rows of tables become lines cell by cell. Page headers and footers stand outside.
"""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import accumulate
from typing import TYPE_CHECKING, Any

from briefing.reading.columns import Place, speakers_from_tables
from briefing.reading.lines import Line, Source, tidy_spans

if TYPE_CHECKING:
    from docx.document import Document

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
P, R, T, TC, VAL = W + "p", W + "r", W + "t", W + "tc", W + "val"
SIGNS = {W + "tab": "\t", W + "noBreakHyphen": "\u2011", W + "br": "\n", W + "cr": "\n"}
UNSEEN = frozenset((W + "moveFrom", W + "del", FALLBACK))
OFF = frozenset(("0", "false", "off"))
FOOTNOTE = W + "footnoteReference"


def read_docx(data: bytes, name: str) -> Source:
    """The paragraphs of a Word document as lines."""
    from docx import Document

    document = Document(io.BytesIO(data))
    styles = _Styles(document)
    lines = list(_around(document, "header"))
    lines += _body(document.element.body, styles)
    lines += _around(document, "footer")
    notes = sum(1 for _ in document.element.body.iter(FOOTNOTE))
    warnings = [f"{notes} footnotes are not read."] if notes else []
    return Source(name, "docx", None, lines, _stated(document), warnings)


@dataclass(slots=True)
class _Styles:
    """Which styles are bold and which are headings, base styles included."""

    document: Document
    known: dict[str, tuple[bool | None, bool]] = field(default_factory=dict)
    elements: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for style in self.document.styles.element.iter(W + "style"):
            self.elements[style.get(W + "styleId", "")] = style

    def look_up(self, style_id: str) -> tuple[bool | None, bool]:
        """Whether the style sets bold (None: it does not say), and whether it is a heading."""
        if style_id not in self.known:
            bold, heading = None, False
            for element in self._chain(style_id):
                named = element.find(W + "name")
                called = named.get(VAL, "").lower() if named is not None else ""
                heading = heading or called.startswith(("heading", "title", "subtitle"))
                properties = element.find(W + "rPr")
                bold = _switch(properties, "b") if bold is None else bold
            self.known[style_id] = bold, heading
        return self.known[style_id]

    def _chain(self, style_id: str) -> Iterator[Any]:
        for _ in range(20):
            element = self.elements.get(style_id)
            if element is None:
                return
            yield element
            base = element.find(W + "basedOn")
            style_id = base.get(VAL, "") if base is not None else ""


def _switch(properties: Any, name: str) -> bool | None:
    """A property that is on, off, or not mentioned."""
    found = properties.find(W + name) if properties is not None else None
    return None if found is None else found.get(VAL, "1") not in OFF


def _style_of(properties: Any, name: str) -> str:
    found = properties.find(W + name) if properties is not None else None
    return found.get(VAL, "") if found is not None else ""


def _body(body: Any, styles: _Styles) -> list[Line]:
    """The lines of a document's body, with the speakers that its tables name."""
    found = list(_lines(body, styles))
    lines = [line for line, _ in found]
    if any(place for _, place in found):
        speakers_from_tables(lines, [place for _, place in found])
    return lines


def _place(paragraph: Any, tables: dict[Any, dict[Any, int]]) -> Place | None:
    """Table, row and cell of a paragraph that stands in one."""
    cell = next((above for above in paragraph.iterancestors(TC)), None)
    row = next((above for above in paragraph.iterancestors(W + "tr")), None)
    table = next((above for above in paragraph.iterancestors(W + "tbl")), None)
    if cell is None or row is None or table is None:
        return None
    if table not in tables:
        tables[table] = {one: n for n, one in enumerate(table.iter(W + "tr"))}
    before = sum(1 for one in cell.itersiblings(TC, preceding=True))
    return list(tables).index(table), tables[table].get(row, 0), before


def _lines(body: Any, styles: _Styles) -> Iterator[tuple[Line, Place | None]]:
    room = 0
    tables: dict[Any, dict[Any, int]] = {}
    for paragraph in body.iter(P):
        if _is_unseen(paragraph):
            continue
        heading, pieces = _pieces(paragraph, styles)
        first = int(not _goes_on_a_row(paragraph))
        for line in _broken(pieces, heading):
            if line.text.strip():
                line.gap, room, first = room + first, 0, 0
                yield line, _place(paragraph, tables)
            else:
                room += paragraph.getparent().tag != TC


def _is_unseen(element: Any) -> bool:
    return any(above.tag in UNSEEN for above in element.iterancestors())


def _goes_on_a_row(paragraph: Any) -> bool:
    """The first paragraph of a cell that is not the first of its row."""
    cell = paragraph.getparent()
    if cell.tag != TC or cell.find(P) is not paragraph:
        return False
    before = cell.getprevious()
    return before is not None and before.tag == TC


Piece = tuple[str, bool, bool]  # text, bold, italic


def _pieces(paragraph: Any, styles: _Styles) -> tuple[bool, list[Piece]]:
    """Whether it is a heading, and its stretches of text with their type."""
    properties = paragraph.find(W + "pPr")
    style_bold, heading = styles.look_up(_style_of(properties, "pStyle") or "Normal")
    level = properties.find(W + "outlineLvl") if properties is not None else None
    heading = heading or (level is not None and level.get(VAL, "9") < "9")
    pieces = []
    for node, run in _shown(paragraph):
        text = SIGNS.get(node.tag) or node.text or ""
        weight = run.find(W + "rPr")
        if text and not _switch(weight, "vanish"):
            bold = not heading and _is_bold(weight, styles, bool(style_bold))
            pieces.append((text, bold, bool(_switch(weight, "i"))))
    return heading, pieces


def _shown(paragraph: Any) -> Iterator[tuple[Any, Any]]:
    """The texts and signs of a paragraph, each with its run."""
    for node in paragraph.iter(T, *SIGNS):
        run = node.getparent()
        if run.tag == R and _belongs(run, paragraph):
            yield node, run


def _belongs(run: Any, paragraph: Any) -> bool:
    """Not in a text box of its own, and not moved or deleted."""
    for above in run.iterancestors():
        if above is paragraph:
            return True
        if above.tag == P or above.tag in UNSEEN:
            return False
    return False


def _is_bold(properties: Any, styles: _Styles, otherwise: bool) -> bool:
    own = _switch(properties, "b")
    if own is not None:
        return own
    named = styles.look_up(_style_of(properties, "rStyle"))[0]
    return otherwise if named is None else named


def _broken(pieces: list[Piece], heading: bool) -> Iterator[Line]:
    """The lines of a paragraph, parted at its line breaks."""
    rows: list[list[Piece]] = [[]]
    for text, bold, italic in pieces:
        first, *rest = text.split("\n")
        rows[-1].append((first, bold, italic))
        rows.extend([(part, bold, italic)] for part in rest)
    for row in rows:
        text = "".join(part for part, _, _ in row)
        starts = list(accumulate((len(part) for part, _, _ in row), initial=0))
        placed = list(zip(row, starts, strict=False))
        bold_spans = [(at, at + len(part)) for (part, bold, _), at in placed if bold]
        leaning = [(at, at + len(part)) for (part, _, italic), at in placed if italic]
        yield Line(
            text, heading=heading,
            bold=tidy_spans(text, bold_spans), italic=tidy_spans(text, leaning),
        )  # fmt: skip


def _around(document: Document, kind: str) -> Iterator[Line]:
    """Page headers or footers: shown on every page, said by nobody."""
    for section in document.sections:
        part = getattr(section, kind)
        if not part.is_linked_to_previous:
            for paragraph in part.paragraphs:
                if paragraph.text.strip():
                    yield Line(paragraph.text.replace("\n", " "), gap=1, outside=True)


def _stated(document: Document) -> dict[str, str]:
    """Title and language of the document's properties; its dates are those of the file."""
    properties = document.core_properties
    stated = {"title": properties.title, "language": properties.language}
    return {name: " ".join(value.split()) for name, value in stated.items() if value}


TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|"
    r"([^\\{}\r\n]+)"
)
LEFT_OUT = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl "
    "footerr footerf listtable listoverridetable rsidtbl generator themedata datastore fldinst "
    "xmlnstbl filetbl latentstyles bkmkstart bkmkend".split()
)
RTF_SIGNS = {
    "tab": "\t", "cell": "\t", "emdash": "—", "endash": "–", "lquote": "‘", "rquote": "’",
    "ldblquote": "“", "rdblquote": "”", "bullet": "•", "emspace": " ", "enspace": " ",
}  # fmt: skip
BREAKS = frozenset("par line row sect page nestrow".split())
ESCAPED = {"~": "\xa0", "_": "\u2011", "-": "", "\\": "\\", "{": "{", "}": "}"}
PAGES = {437: "cp437", 850: "cp850", 932: "cp932", 936: "gb18030", 949: "cp949", 950: "cp950"}


@dataclass(frozen=True, slots=True)
class _State:
    """What a group of the file hands down to those inside it."""

    bold: bool = False
    italic: bool = False
    unseen: bool = False
    skip: int = 1  # characters that stand in for one in Unicode


class _Text:
    """The lines as they grow."""

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.pieces: list[str] = []
        self.length = 0
        self.bold: list[tuple[int, int]] = []
        self.italic: list[tuple[int, int]] = []

    def put(self, text: str, state: _State) -> None:
        """Add to the line."""
        if state.bold:
            self.bold.append((self.length, self.length + len(text)))
        if state.italic:
            self.italic.append((self.length, self.length + len(text)))
        self.pieces.append(text)
        self.length += len(text)

    def line_break(self) -> None:
        """End the line; blank ones stay, as in a text."""
        text = "".join(self.pieces).rstrip()
        bold, italic = tidy_spans(text, self.bold), tidy_spans(text, self.italic)
        self.lines.append(Line(text, bold=bold, italic=italic))
        self.pieces, self.length, self.bold, self.italic = [], 0, [], []


def read_rtf(data: bytes) -> list[Line]:
    """The paragraphs of a Rich Text file as lines."""
    source = data.decode("latin-1")
    page = re.search(r"\\ansicpg(\d{3,5})", source[:2000])
    number = int(page[1]) if page else 1252
    reader = _Reader(PAGES.get(number, f"cp{number}"))
    for match in TOKEN.finditer(source):
        reader.take(*match.groups())
    reader.text.line_break()
    return reader.text.lines


class _Reader:
    """What the marks of the file do, one after the other."""

    def __init__(self, encoding: str) -> None:
        self.encoding = encoding
        self.text = _Text()
        self.state = _State()
        self.states: list[_State] = []
        self.pending = bytearray()  # bytes of characters in the file's encoding
        self.skip = 0  # characters that stand in for one in Unicode

    def take(
        self, word: str | None, value: str | None, code: str | None, sign: str | None,
        brace: str | None, plain: str | None,
    ) -> None:  # fmt: skip
        """One mark: a word, a byte, a sign, a brace or plain text."""
        if code is not None:
            self.byte(code)
            return
        self.flush()
        if brace:
            self.group(brace)
        elif word is not None:
            self.word(word, value)
        elif sign == "*":
            self.state = replace(self.state, unseen=True)
        elif not self.state.unseen:
            self.text.put(plain[self.skip :] if plain else ESCAPED.get(sign or "", ""), self.state)
            self.skip = 0

    def byte(self, code: str) -> None:
        """A byte, unless it stands in for a character that was read."""
        if self.skip:
            self.skip -= 1
        else:
            self.pending.append(int(code, 16))

    def flush(self) -> None:
        """Write the bytes that make characters together."""
        if self.pending and not self.state.unseen:
            self.text.put(_decoded(bytes(self.pending), self.encoding), self.state)
        self.pending.clear()

    def group(self, brace: str) -> None:
        """Enter or leave a group."""
        if brace == "{":
            self.states.append(self.state)
        else:
            self.state = self.states.pop() if self.states else _State()

    def word(self, word: str, value: str | None) -> None:
        """A control word; one that is a character in Unicode is followed by a stand-in."""
        if word == "u" and value is not None:
            if not self.state.unseen:
                self.text.put(chr(int(value) % 65536), self.state)
            self.skip = self.state.skip
        else:
            self.state = _word(word, value, self.state, self.text)


def _word(word: str, value: str | None, state: _State, text: _Text) -> _State:
    """What a control word does: to the text, or to the state of what follows."""
    if word in LEFT_OUT:
        return replace(state, unseen=True)
    if word in ("b", "i"):
        return replace(state, **{"bold" if word == "b" else "italic": value != "0"})
    if word in ("plain", "pard"):
        return replace(state, bold=False, italic=False) if word == "plain" else state
    if word == "uc":
        return replace(state, skip=int(value or 1))
    if not state.unseen:
        if word in BREAKS:
            text.line_break()
        elif word in RTF_SIGNS:
            text.put(RTF_SIGNS[word], state)
    return state


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
