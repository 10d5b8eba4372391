"""What drop.html runs in the browser: a file's bytes in, the briefing report or a refusal out.

Pages are parsed by the browser itself, which stands in for the parser that is in no browser.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import js

from briefing.course.overview import Overview
from briefing.tables import BriefingError
from briefing.transcript import read

NOT_HERE = (
    "{name}: Word, OpenDocument, workbooks and XML are not read on this page. It reads plain text, "
    "Markdown, saved web pages, captions (.vtt, .srt), tables (.csv, .json), PDF and Rich Text: "
    "save the file as one of these, or install the package: pip install briefing-analysis"
)
TABLES = "They take tables of words, which this page does without: `briefing report` has them."


class Node:
    """A node of the browser's tree, with what `briefing.reading.html` asks of one."""

    def __init__(self, own: Any) -> None:
        """Take the browser's node."""
        self.own = own
        self.tag = own.localName if own.nodeType == 1 else own.nodeName.replace("#", "-")
        self.text_content = own.nodeValue
        pairs = own.attributes if own.nodeType == 1 else ()
        self.attributes = {pair.name: pair.value for pair in pairs}

    @property
    def child(self) -> Node | None:
        """The first node in it."""
        return Node(self.own.firstChild) if self.own.firstChild else None

    @property
    def next(self) -> Node | None:
        """The node after it."""
        return Node(self.own.nextSibling) if self.own.nextSibling else None

    def text(self) -> str:
        """All text in it."""
        return str(self.own.textContent)

    def css(self, selector: str) -> list[Node]:
        """The elements in it that a selector fits."""
        return [*map(Node, self.own.querySelectorAll(selector))]

    def css_first(self, selector: str) -> Node | None:
        """The first of them."""
        return next(iter(self.css(selector)), None)


class Parsed:
    """A page as the browser parses it."""

    def __init__(self, text: str) -> None:
        """Parse; nothing that the page names is run or asked for."""
        page = js.DOMParser.new().parseFromString(text, "text/html")
        self.root = Node(page.documentElement)


sys.modules["selectolax"] = ModuleType("selectolax")
sys.modules["selectolax.lexbor"] = lexbor = ModuleType("selectolax.lexbor")
lexbor.LexborHTMLParser = Parsed  # type: ignore[attr-defined]


class Dropped(Overview):
    """The briefing report without what is counted in tables."""

    phrases, figures, topics, _given = [], [], [], []
    _no_topics = TABLES

    @property
    def not_shown(self) -> Any:
        """What a reader might look for, and why it is not here."""
        yield from super().not_shown
        yield "Phrases and figures", TABLES


def answer(name: str, data: Any) -> str:
    """The report of a file as a page and what to look at, or why it was refused; as JSON."""
    path = Path(Path(name).name or "pasted.txt")
    path.write_bytes(data.to_bytes())
    try:
        talk = read(path)
        return json.dumps({"page": Dropped(talk).html, "warnings": talk.warnings})
    except BriefingError as error:
        lacking = isinstance(error.__cause__, ModuleNotFoundError)
        return json.dumps({"refused": NOT_HERE.format(name=name) if lacking else str(error)})
    finally:
        path.unlink()
