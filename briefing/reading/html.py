"""A saved web page: the text a person sees, in order, and which of it is furniture.

Block elements begin a line, inline ones do not, white space runs shrink to one blank and
no-break spaces stay, as in a browser. Menus, forms, asides, hidden parts and boxes whose
class or id is a plain word for furniture are marked `outside`; but where such a box, or all
boxes marked by one word, hold most of the page's sentences, the word means something else
on this page and is not believed.

Before a page is parsed, `noscript` is cut out (in the head it would end the head too early) and
deep nesting is made flat: some rules of the standard look up through all open elements, so that
thousands of them inside one another would take quadratic time. Tags beyond a depth are dropped,
their text stays. Pages that people save never come near.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from briefing.lexicons.dates import iso_date
from briefing.reading.columns import Place, speakers_from_tables
from briefing.reading.furniture import Blocks, Boxes, kind_of_box
from briefing.reading.lines import Line, tidy_spans

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

BLOCKS = frozenset(
    "address article aside blockquote body button caption center dd details dialog dir div dl "
    "dt fieldset figcaption figure footer form frameset h1 h2 h3 h4 h5 h6 header hgroup hr html "
    "legend li listing main menu nav ol optgroup option p plaintext pre search section select "
    "summary table tbody td tfoot th thead tr ul xmp".split()
)
UNSEEN = frozenset(
    "script style noscript template svg head iframe object canvas audio video noembed noframes "
    "datalist rp -comment !doctype".split()
)
HEADINGS = frozenset("h1 h2 h3 h4 h5 h6".split())
KEPT_SPACE = frozenset("pre listing xmp plaintext textarea".split())
SPACE = re.compile(r"[ \t\n\r\f]+")
WEIGHT = re.compile(
    r"(?<![\w-])font-weight\s*:\s*(?:(bold|bolder|[6-9]00)|normal|lighter|[1-5]00)", re.I
)
FONT = re.compile(r"(?<![\w-])font\s*:[^;{}]{0,60}?\b(bold|bolder|[6-9]00)\b", re.I)
SLANT = re.compile(r"(?<![\w-])font-style\s*:\s*(?:(italic|oblique)|normal)", re.I)
AS_BLOCK = re.compile(r"(?<![\w-])display\s*:\s*(?:block|flex|grid|list-item|table)", re.I)
AS_TYPED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
BOLD_CLASS = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")


def read_html(text: str) -> tuple[list[Line], dict[str, str]]:
    """The lines of a page or of a piece of one, and what its head states."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(ready_to_parse(text))
    root = tree.root
    if root is None:
        return [], {}
    page = _Page(_bold_classes(root))
    _walk(root, page)
    return page.finished(), page_metadata(root)


def _bold_classes(root: LexborNode) -> frozenset[str]:
    """Classes that the page's own style sheet sets in bold (as exported documents do)."""
    found = set()
    for sheet in root.css("style"):
        for name, rules in BOLD_CLASS.findall(sheet.text() or ""):
            if _weight(rules):
                found.add(name)
    return frozenset(found)


def _weight(style: str) -> bool | None:
    """Whether a style sets bold type, or another; None where it says nothing of weight."""
    weight = WEIGHT.search(style)
    if weight:
        return bool(weight[1])
    return True if FONT.search(style) else None


def _walk(root: LexborNode, page: _Page) -> None:
    """Visit every node in document order, telling the page of each beginning and end."""
    node: LexborNode | None = root
    inside: list[LexborNode] = []
    while node is not None:
        below = page.begin(node)
        child = node.child if below else None
        if child is not None:
            inside.append(node)
            node = child
            continue
        if below:
            page.end()
        while node.next is None:
            if not inside:
                return
            node = inside.pop()
            page.end()
        node = node.next


@dataclass(slots=True)
class _State:
    """What an element hands down to the text inside it, and what it is itself."""

    bold: bool = False
    heading: bool = False
    link: bool = False
    typed: bool = False  # white space stays as it is
    box: int = 0
    inside: int = 0  # the block element around
    block: bool = False
    cell: bool = False
    italic: bool = False
    place: Place | None = None  # table, row and cell


class _Page:
    """The lines as they grow."""

    def __init__(self, bold_classes: frozenset[str]) -> None:
        self.lines: list[Line] = []
        self.boxes = Boxes()
        self.blocks = Blocks()
        self.bold_classes = bold_classes
        self.states = [_State()]
        self.gap = 1
        self.places: list[Place | None] = []
        self.tables: list[list[int]] = []  # rows and cells so far
        self.clear()

    def clear(self) -> None:
        """Begin a line."""
        self.pieces: list[str] = []
        self.length = 0
        self.bold: list[tuple[int, int]] = []
        self.italic: list[tuple[int, int]] = []
        self.place: Place | None = None
        self.box = -1
        self.inside = 0
        self.heading = False
        self.linked = 0

    def begin(self, node: LexborNode) -> bool:
        """Take in a node; say whether to go into it."""
        tag = node.tag
        if tag == "-text":
            self.add(node.text_content or "")
            return False
        if tag in UNSEEN or tag is None:
            return False
        if tag == "br":
            self.line_break()
            return False
        self.states.append(self.state(tag, node.attributes))
        if self.states[-1].block:
            state = self.states[-1]
            state.inside = self.blocks.add(state.inside, node.attributes, tag)
            self.paragraph(1 if not self.states[-1].cell else 0)
            self.gap += tag == "hr"
        return True

    def state(self, tag: str, attributes: dict[str, str | None]) -> _State:
        """What holds inside this element."""
        above = self.states[-1]
        style = attributes.get("style") or "" if attributes else ""
        state = _State(
            bold=self.is_bold(tag, attributes, style, above.bold),
            heading=above.heading or tag in HEADINGS,
            link=above.link or tag == "a",
            typed=above.typed or tag in KEPT_SPACE or bool(style and AS_TYPED.search(style)),
            box=above.box,
            block=tag in BLOCKS or bool(style and AS_BLOCK.search(style)),
            cell=tag in ("td", "th"),
            italic=_is_italic(tag, style, above.italic),
            place=above.place,
            inside=above.inside,
        )
        if tag in ("table", "tr", "td", "th"):
            state.place = self.step(tag, above.place)
        kind = kind_of_box(tag, attributes, self.boxes.in_article, state.box)
        if kind:
            state.box = self.boxes.add(kind, state.box)
        return state

    def step(self, tag: str, place: Place | None) -> Place | None:
        """The place of a table, row or cell that begins inside of `place`."""
        if tag == "table":
            self.tables.append([-1, -1])
            return len(self.tables) - 1, -1, -1
        if place is None:
            return None
        count = self.tables[place[0]]
        if tag == "tr":
            count[:] = count[0] + 1, -1
        else:
            count[1] += 1
        return place[0], count[0], count[1]

    def is_bold(self, tag: str, attributes: dict[str, str | None], style: str, above: bool) -> bool:
        """Whether the text inside is set in bold."""
        weight = _weight(style) if style else None
        if weight is not None:
            return weight
        classes = attributes.get("class") if attributes and self.bold_classes else None
        if classes and not self.bold_classes.isdisjoint(classes.split()):
            return True
        return above or tag in ("b", "strong", "th", "dt")

    def end(self) -> None:
        """Leave an element."""
        state = self.states.pop()
        if state.block:
            self.paragraph(0 if state.cell else 1)

    def add(self, text: str) -> None:
        """Take in text of the element we are in; soft hyphens are not seen."""
        text = text.replace("\xad", "")
        state = self.states[-1]
        if state.typed:
            first, *rest = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
            self.put(first, state)
            for row in rest:
                self.line_break()
                self.put(row, state)
            return
        text = SPACE.sub(" ", text)
        if text[:1] == " " and (not self.length or self.pieces[-1][-1] == " "):
            text = text[1:]
        self.put(text, state)

    def put(self, text: str, state: _State) -> None:
        """Add to the line as it is."""
        if not text:
            return
        if state.bold and not state.heading:
            self.bold.append((self.length, self.length + len(text)))
        if state.italic:
            self.italic.append((self.length, self.length + len(text)))
        self.pieces.append(text)
        self.length += len(text)
        if not text.isspace():
            self.inside = self.inside or state.inside
            self.box = state.box if self.box < 0 else self.boxes.common(self.box, state.box)
            self.heading = self.heading or state.heading
            self.place = self.place or state.place
            self.linked += len(text) if state.link else 0

    def line_break(self) -> None:
        """End the line; on an empty line, leave room."""
        if not self.flush():
            self.gap += 1

    def paragraph(self, gap: int) -> None:
        """End the line and begin a paragraph; a paragraph of blanks leaves room."""
        blank = bool(self.length)
        if not self.flush() and blank:
            self.gap += 1
        self.gap = max(self.gap, gap)

    def flush(self) -> bool:
        """Write the line, if there is something on it."""
        text = "".join(self.pieces).rstrip(" ")
        written = bool(text.strip())
        if written:
            bold, italic = tidy_spans(text, self.bold), tidy_spans(text, self.italic)
            self.lines.append(Line(text, self.gap, heading=self.heading, bold=bold, italic=italic))
            self.places.append(self.place)
            self.blocks.lines.append((self.inside, self.linked))
            self.boxes.hold(max(self.box, 0), text, self.linked)
            self.gap = 0
        self.clear()
        return written

    def finished(self) -> list[Line]:
        """All lines, with what is furniture marked."""
        self.paragraph(1)
        for line, outside in zip(self.lines, self.boxes.outside(), strict=True):
            line.outside = outside
        self.blocks.mark(self.lines)
        if self.tables:
            speakers_from_tables(self.lines, self.places)
        return self.lines


def _is_italic(tag: str, style: str, above: bool) -> bool:
    slant = SLANT.search(style) if style else None
    return bool(slant[1]) if slant else above or tag in ("i", "em", "cite")


TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
DATES = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "dcterms.date", "dc.date", "dcterms.issued", "dc.date.issued", "dcterms.created",
    "dc.date.created", "citation_publication_date", "publish_date", "publishdate",
    "publication_date", "published_date", "pubdate", "parsely-pub-date", "sailthru.date",
    "release_date", "date",
)  # fmt: skip
SOURCES = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name",
           "source", "og:url")  # fmt: skip


def page_metadata(root: LexborNode) -> dict[str, str]:
    """Title, date (ISO), source and language as the page states them; never guessed."""
    stated = _meta(root)
    found = {
        "title": _first(stated, TITLES) or _title(root),
        "date": next((d for n in DATES if (d := iso_date(stated.get(n, "")))), "") or _time(root),
        "source": _first(stated, SOURCES) or _attribute(root, "link[rel=canonical]", "href"),
        "language": _attribute(root, "html", "lang") or stated.get("content-language", ""),
    }
    return {name: value for name, value in found.items() if value}


def _meta(root: LexborNode) -> dict[str, str]:
    stated: dict[str, str] = {}
    for node in root.css("meta[content]"):
        given = node.attributes
        value = " ".join((given.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (given.get(key) or "").strip().lower()
            if value and name:
                stated.setdefault(name, value)
    return stated


def _first(stated: dict[str, str], names: tuple[str, ...]) -> str:
    return next((stated[name] for name in names if stated.get(name)), "")


def _time(root: LexborNode) -> str:
    """The date of the page's one `<time datetime>`; with several, nobody knows which."""
    dates = {iso_date(n.attributes.get("datetime") or "") for n in root.css("time[datetime]")}
    return dates.pop() if len(dates) == 1 else ""


def _title(root: LexborNode) -> str:
    node = root.css_first("head > title, body > title")
    return " ".join((node.text() or "").split()) if node else ""


def _attribute(root: LexborNode, selector: str, name: str) -> str:
    node = root if root.tag == selector else root.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node else ""


DEEPEST = 400  # browsers, too, stop nesting at about this depth
MANY = 5000  # options, over which the parser takes quadratic time
STYLED = 25  # open tags of type (b, font) that one paragraph hands on to the next
TAGS = re.compile(
    r"<(/?)(?:(a|b|big|code|em|font|i|nobr|s|small|strike|strong|tt|u)|abbr|address|article|"
    r"aside|blockquote|button|center|cite|del|details|dialog|div|dl|fieldset|figcaption|"
    r"figure|footer|form|g|header|hgroup|ins|label|main|mark|math|menu|nav|object|ol|optgroup|"
    r"q|rb|rt|rtc|ruby|search|section|select|span|sub|summary|sup|svg|table|tbody|template|"
    r"tfoot|thead|ul|h[1-6])(?=[\s/>])[^<>]*>",
    re.IGNORECASE,
)
NOSCRIPT = re.compile(r"<noscript\b", re.IGNORECASE)
END_NOSCRIPT = re.compile(r"</noscript\s{0,99}>", re.IGNORECASE)
CHOICES = re.compile(r"<(/?)(select|option)\b", re.IGNORECASE)
GIANT = re.compile(r"<([a-zA-Z][a-zA-Z0-9]*)\s[^<>]{20000,}>")


def ready_to_parse(text: str) -> str:
    """The page without the tags that nest deeper than any browser would follow."""
    text = GIANT.sub(r"<\1>", _without_noscript(text))
    if text.count("<") < 2 * DEEPEST:
        return text
    if text.count("<option") > MANY:
        text = CHOICES.sub(lambda m: f"<{m[1]}{'menu' if m[2] in 'SELECTselect' else 'li'}", text)
    depth = {True: 0, False: 0}

    def kept(match: re.Match[str]) -> str:
        style = bool(match[2])
        too_deep = depth[style] > (STYLED if style else DEEPEST)
        depth[style] = max(0, depth[style] - 1) if match[1] else depth[style] + 1
        return "" if too_deep else match[0]

    return TAGS.sub(kept, text)


def _without_noscript(text: str) -> str:
    *parts, rest = END_NOSCRIPT.split(text)
    starts = ([match.start() for match in NOSCRIPT.finditer(part)] or [len(part)] for part in parts)
    return "".join(part[: at[-1]] for part, at in zip(parts, starts, strict=True)) + rest
