"""Rich Text (.rtf, and many files called .doc): its text with bold and italic type."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from briefing.reading.lines import Line, tidy_spans

TOKEN = re.compile(
    r"\\([a-zA-Z]{1,32})(-?\d{1,10})? ?|\\'([0-9a-fA-F]{2})|\\([^a-zA-Z])|([{}])|[\r\n]+|"
    r"([^\\{}\r\n]+)"
)
LEFT_OUT = frozenset(
    "fonttbl colortbl stylesheet info pict object header headerl headerr headerf footer footerl "
    "footerr footerf listtable listoverridetable rsidtbl generator themedata datastore fldinst "
    "xmlnstbl filetbl latentstyles bkmkstart bkmkend".split()
)
SIGNS = {
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
        elif word in SIGNS:
            text.put(SIGNS[word], state)
    return state


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding, "replace")
    except LookupError:
        return data.decode("cp1252", "replace")
