"""A saved web page: the text a reader sees, in order, and which parts are furniture.

As in a browser, block elements begin a line and inline ones do not, runs of white space shrink to
one space, and no-break spaces stay.

A box is an element that says what it is for: by its tag or role (`nav`, `footer`), by a plain word
in its class or id (`share`, `breadcrumb`), or by being hidden. Its lines are marked `outside`,
unless it holds most of the page's sentences, alone or with other boxes of its kind: then the word
means something else on this page. The same goes for what surrounds the element with nearly all the
sentences: a credit, a biography, titles of other pages. Words that could also refer to part of the
talk (`author`, `caption`, `more`) count only there, and the last block is not talk if the talk has
labels and it has none.

Before a page is parsed, `noscript` is cut out (in the head it would end the head too early) and
deep nesting is flattened: some rules of the standard search all open elements, so thousands of
nested ones would take quadratic time. Tags beyond a certain depth are dropped, and their text
stays. Pages that people save never come near that depth.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from itertools import groupby, product, takewhile
from typing import TYPE_CHECKING

from briefing.lexicons import iso_date
from briefing.reading.columns import (
    NOBODY,
    Place,
    cells_taken,
    in_seconds,
    plain_name,
    speakers_from_tables,
    time_role,
    voice_rank,
)
from briefing.reading.lines import FORMS, Line, Spoken, Writing, set_outside, stated, vocabulary
from briefing.reading.timed_text import seconds

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

Given = dict[str, str | None]
TAGS = vocabulary("html")
BLOCKS, UNSEEN, HEADINGS = TAGS["blocks"], TAGS["unseen"], TAGS["headings"]
VOICES = vocabulary("json")["voice_parts"].keys()
SPACE = re.compile(r"[ \t\n\r\f]+")
FONT = re.compile(r"(?<![\w-])font\s*:[^;{}]{0,60}?\b(bold|bolder|[6-9]00)\b", re.I)
SLANT = re.compile(r"(?<![\w-])font-style\s*:\s*(?:(italic|oblique)|normal)", re.I)
AS_BLOCK = re.compile(r"(?<![\w-])display\s*:\s*(?:block|flex|grid|list-item|table)", re.I)
AS_TYPED = re.compile(r"white-space\s*:\s*(?:pre|break-spaces)", re.I)
BOLD_CLASS = re.compile(r"\.([\w-]+)\s*\{([^{}]*)\}")


def read_html(text: str) -> tuple[list[Line], dict[str, str]]:
    """The lines of a page or part of one, and what its head states."""
    from selectolax.lexbor import LexborHTMLParser

    tree = LexborHTMLParser(ready_to_parse(text))
    root = tree.root
    if root is None:
        return [], {}
    page = _Page(_bold_classes(root))
    _walk(root, page)
    return page.finished(), _page_metadata(root)


def _bold_classes(root: LexborNode) -> frozenset[str]:
    """Classes that the page's own style sheet makes bold (as in exported documents)."""
    sheets = (BOLD_CLASS.findall(sheet.text() or "") for sheet in root.css("style"))
    return frozenset(name for rules in sheets for name, rule in rules if _weight(rule))


def _weight(style: str) -> bool | None:
    """Whether a style is bold or not; None if it does not set the weight."""
    weight = FORMS.weight.search(style)
    if weight:
        return bool(weight[1])
    return True if FONT.search(style) else None


def _walk(root: LexborNode, page: _Page) -> None:
    """Visit every node in document order, and tell the page where each begins and ends."""
    waiting: list[LexborNode | None] = [root]  # None ends the element around
    while waiting:
        node = waiting.pop()
        if node is None:
            page.end()
            continue
        if (after := node.next) is not None:
            waiting.append(after)
        if page.begin(node):
            waiting += [None] if (child := node.child) is None else [None, child]


@dataclass(slots=True)
class _State:
    """What an element passes on to the text inside it, and what it is itself."""

    bold: bool = False
    heading: bool = False
    link: bool = False
    typed: bool = False  # white space is kept
    box: int = 0
    inside: int = 0  # the enclosing block element
    block: bool = False
    cell: bool = False
    italic: bool = False
    place: Place | None = None  # table, row and cell
    voice: Spoken | None = None  # who speaks by an attribute, and when


class _Page:
    """Builds the lines."""

    def __init__(self, bold_classes: frozenset[str]) -> None:
        self.lines: list[Line] = []
        self.boxes = _Boxes()
        self.blocks = _Blocks()
        self.bold_classes = bold_classes
        self.states = [_State()]
        self.gap = 1
        self.places: list[Place | None] = []
        self.voices: list[Spoken | None] = []
        self.tables: list[list[int]] = []  # rows and cells so far
        self.covered: set[Place] = set()  # places taken by cells that span rows and columns
        self.clear()

    def clear(self) -> None:
        """Begin a line."""
        self.writing = Writing()
        self.place: Place | None = None
        self.voice: Spoken | None = None
        self.box = -1
        self.inside = 0
        self.heading = False
        self.linked = 0

    def begin(self, node: LexborNode) -> bool:
        """Enter a node; return whether to visit its children."""
        tag = node.tag
        if tag == "-text":
            self.add(node.text_content or "")
        elif tag == "br":
            self.line_break()
        if tag in UNSEEN or tag is None or tag in ("-text", "br") or _is_note_mark(node):
            return False
        state = self.state(tag, node.attributes)
        self.states.append(state)
        if state.block:
            state.inside = self.blocks.add(state.inside, node.attributes, tag)
            self.paragraph(1 if not state.cell else 0)
            self.gap += tag == "hr"
        return True

    def state(self, tag: str, attributes: Given) -> _State:
        """The state inside this element."""
        above = self.states[-1]
        style = attributes.get("style") or "" if attributes else ""
        state = _State(
            bold=self.is_bold(tag, attributes, style, above.bold),
            heading=above.heading or tag in HEADINGS,
            link=above.link or tag == "a",
            typed=above.typed
            or tag in TAGS["kept_space"]
            or bool(style and AS_TYPED.search(style)),
            box=above.box,
            block=tag in BLOCKS or bool(style and AS_BLOCK.search(style)),
            cell=tag in ("td", "th"),
            italic=_is_italic(tag, style, above.italic),
            place=above.place,
            inside=above.inside,
            voice=_voice(attributes, above.voice) if attributes else above.voice,
        )
        if tag in ("table", "tr", "td", "th"):
            state.place = self.step(tag, above.place, attributes)
        kind = _kind_of_box(tag, attributes, self.boxes.in_article, state.box)
        if kind and not (tag == "button" and state.heading):  # of an accordion
            state.box = self.boxes.add(kind, state.box)
        return state

    def step(self, tag: str, place: Place | None, attributes: Given) -> Place | None:
        """The place of a table, row or cell that begins inside `place`."""
        if tag == "table":
            self.tables.append([-1, -1])
            return len(self.tables) - 1, -1, -1
        if place is None:
            return None
        count = self.tables[place[0]]
        if tag == "tr":
            count[:] = count[0] + 1, -1
            return place[0], count[0], -1
        count[1] += 1
        while (place[0], count[0], count[1]) in self.covered:
            count[1] += 1
        deep, wide = (cells_taken(attributes.get(key)) for key in ("rowspan", "colspan"))
        for row, cell in product(range(deep), range(wide)) if deep * wide > 1 else ():
            self.covered.add((place[0], count[0] + row, count[1] + cell))
        return place[0], count[0], count[1]

    def is_bold(self, tag: str, attributes: Given, style: str, above: bool) -> bool:
        """Whether the text inside is bold."""
        weight = _weight(style) if style else None
        if weight is not None:
            return weight
        classes = attributes.get("class") if attributes and self.bold_classes else None
        if classes and not self.bold_classes.isdisjoint(classes.split()):
            return True
        return above or tag in ("b", "strong", "th", "dt", "summary")

    def end(self) -> None:
        """Leave an element."""
        state = self.states.pop()
        if state.block:
            self.paragraph(0 if state.cell else 1)

    def add(self, text: str) -> None:
        """Add text of the current element; soft hyphens are dropped."""
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
        if text[:1] == " " and (not self.writing.length or self.writing.pieces[-1][-1] == " "):
            text = text[1:]
        self.put(text, state)

    def put(self, text: str, state: _State) -> None:
        """Add to the line unchanged, or to a new one if somebody else speaks."""
        now = state.voice if text.strip() else None
        if now and self.voice and now.speaker != self.voice.speaker:
            self.paragraph(1)
        if text:
            self.writing.put(text, bold=state.bold and not state.heading, italic=state.italic)
        if text and not text.isspace():
            self.inside = self.inside or state.inside
            self.voice = state.voice if self.box < 0 else self.voice
            self.box = state.box if self.box < 0 else self.boxes.common(self.box, state.box)
            self.heading = self.heading or state.heading
            self.place = self.place or state.place
            self.linked += len(text) if state.link else 0

    def line_break(self) -> None:
        """End the line; if it is empty, leave space."""
        if not self.flush():
            self.gap += 1

    def paragraph(self, gap: int) -> None:
        """End the line and begin a paragraph; a blank paragraph leaves space."""
        blank = bool(self.writing.length)
        if not self.flush() and blank:
            self.gap += 1
        self.gap = max(self.gap, gap)

    def flush(self) -> bool:
        """Write the line, unless it is empty."""
        line = self.writing.line(" ")
        written = bool(line.text.strip())
        if written:
            line.gap, line.heading, self.gap = self.gap, self.heading, 0
            self.lines.append(line)
            self.places.append(self.place)
            self.voices.append(self.voice)
            self.blocks.lines.append((self.inside, self.linked))
            self.boxes.hold(max(self.box, 0), line.text, self.linked)
        self.clear()
        return written

    def finished(self) -> list[Line]:
        """All lines, with furniture marked."""
        self.paragraph(1)
        for line, outside in zip(self.lines, self.boxes.outside(), strict=True):
            line.outside = outside
        self.blocks.mark(self.lines)
        if self.tables:
            speakers_from_tables(self.lines, self.places)
        if any(self.voices):
            _mark_voices(self.lines, self.voices)
        return self.lines


def _name_in(given: dict[str, str]) -> str:
    """The value of the attribute that most surely names a speaker, or an empty string."""
    names = [key for key in given if not VOICES.isdisjoint(key.split("_"))]
    best = min(names, key=voice_rank, default="")
    return given[best] if best and voice_rank(best) < NOBODY else ""


def _voice(attributes: Given, above: Spoken | None) -> Spoken | None:
    """Who speaks inside an element, and when, as far as it says so (`data-speaker`)."""
    given = {plain_name(key[5:]): value for key, value in attributes.items()
             if value and key.startswith("data-")}  # fmt: skip
    name, held = _name_in(given), above or Spoken("")
    times = {time_role(key)[1]: (seconds(one), time_role(key)[2]) for key, one in given.items()}
    start, stop = (None if time is None else time * unit for time, unit in
                   (times.get(role, (None, 1.0)) for role in ("start", "stop")))  # fmt: skip
    if not name and start is None:
        return above
    return Spoken("", " ".join(name.split()) or held.speaker, start, stop)


def _mark_voices(lines: list[Line], voices: list[Spoken | None]) -> None:
    """Give lines the speakers and times of the elements around them, if those are the talk.

    Where the page prints its labels, they are left to stand as they are.
    """
    said = [(line, one) for line, one in zip(lines, voices, strict=True) if one and one.speaker]
    seen = sum(len(line.text) for line in lines if not line.outside)
    people = {one.speaker for _, one in said}
    covered = sum(len(line.text) for line, _ in said) >= MOSTLY * seen
    if len(people) < 2 or not covered or _are_printed(said):
        return
    before = None
    for line, one in said:
        line.speaker, line.start_s, line.stop_s = one.speaker, one.start_s, one.stop_s
        line.new, before = one != before, one
    in_seconds(lines)


def _are_printed(said: list[tuple[Line, Spoken]]) -> bool:
    """Whether the names, or other labels, stand in the text too."""
    runs = [[line for line, _ in run] for _, run in groupby(said, key=lambda one: one[1].speaker)]
    first = Counter(run[0].text for run in runs if len(run) > 1)
    named = sum(line.text.startswith((one.speaker or "").split()[0]) for line, one in said)
    return max(named, sum(n for n in first.values() if n > 1)) > 0.5 * len(runs)


def _is_note_mark(node: LexborNode) -> bool:
    """Whether this is the number of a footnote, linked to it; a raised one may be a letter."""
    link = node.css_first("a[href]") if node.tag == "sup" else node if node.tag == "a" else None
    if link is None or "#" not in (link.attributes.get("href") or ""):
        return False
    mark = node.text().strip(" []()")
    return len(mark) <= LONGEST_MARK and (node.tag == "sup" or not mark.isalpha())


def _is_italic(tag: str, style: str, above: bool) -> bool:
    slant = SLANT.search(style) if style else None
    return bool(slant[1]) if slant else above or tag in ("i", "em", "cite")


LONGEST_MARK = 3  # characters of a footnote's number

# Parts of pages

TAGGED = re.compile(r"</?(?:p|br|b|i|em|strong|span|div|a|ul|li)\b[^<>]{0,300}>", re.IGNORECASE)
LEAST_TAGGED = 0.3  # share of texts that must have tags to count as parts of web pages


def without_tags(said: list[Spoken]) -> list[Spoken]:
    """Texts that are parts of web pages, as a browser shows them."""
    tagged = sum(bool(TAGGED.search(one.text)) for one in said)
    if tagged < max(2, LEAST_TAGGED * len(said)):
        return said
    return [one._replace(text=_untagged(one.text)) for one in said]


def _untagged(text: str) -> str:
    """Part of a web page as plain lines."""
    return "\n".join(line.text for line in read_html(text)[0]) if "<" in text else text


# What the head of a page states


def _page_metadata(root: LexborNode) -> dict[str, str]:
    """Title, date (ISO), source and language as the page states them; never guessed."""
    given = _given_by_meta(root)
    title = root.css_first("head > title, body > title")
    dates = {iso_date(n.attributes.get("datetime") or "") for n in root.css("time[datetime]")}
    found = {
        "title": " ".join((title.text() or "").split()) if title else "",
        "date": dates.pop() if len(dates) == 1 else "",  # of several, any could be the one
        "source": _attribute(root, "link[rel=canonical]", "href"),
    } | stated(given, "page")
    language = _attribute(root, "html", "lang")
    return found | {"language": language or " ".join(given.get("content-language", "").split())}


def _given_by_meta(root: LexborNode) -> dict[str, str]:
    """What each `meta` element says, by each of its names; the first of each name."""
    given: dict[str, str] = {}
    for attributes in (node.attributes for node in root.css("meta[content]")):
        content = attributes["content"] or ""
        names = (attributes.get(key) for key in ("property", "name", "itemprop", "http-equiv"))
        for name in filter(None, ((name or "").strip().lower() for name in names)):
            if content.strip():
                given.setdefault(name, content)
    return given


def _attribute(root: LexborNode, selector: str, name: str) -> str:
    node = root if root.tag == selector else root.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node else ""


DEEPEST = 400  # browsers, too, stop nesting at about this depth
MANY = 5000  # options, which take the parser quadratic time
STYLED = 25  # open tags of type (b, font) carried over from one paragraph to the next
NESTED = re.compile(
    rf"<(/?)(?:({'|'.join(TAGS['type'])})|{'|'.join(TAGS['nested'])})(?=[\s/>])[^<>]*>",
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

    return NESTED.sub(kept, text)


def _without_noscript(text: str) -> str:
    *parts, rest = END_NOSCRIPT.split(text)
    starts = ([match.start() for match in NOSCRIPT.finditer(part)] or [len(part)] for part in parts)
    return "".join(part[: at[-1]] for part, at in zip(parts, starts, strict=True)) + rest


# Which boxes are furniture, and which only look like it

FURNITURE = vocabulary("furniture")
MOST = 0.5
DEEPEST_BOX = 60  # nested boxes; deeper ones are treated like the one around them
NEARLY_ALL = 0.9  # of a page's sentences, in the element that is the talk
LEAST_LINES = 5
LEAST_LABELS = 4
MOSTLY = 0.75  # of the labels, in the block that is the talk
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # in a possible date line
LONGEST_LABEL = 8  # words
SIGNED = 0.4  # share of the talk's lines that must begin with a label
LABEL = re.compile(r"[^\W\d_][^:：\n]{0,60}[:：]\s*\S")
NEGATED = ("no-", "has-", "with-")
PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ENDS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*(?:\s|$)")
ENOUGH = 40  # characters of the shortest line that can be a sentence


def _kind_of_box(
    tag: str, attributes: dict[str, str | None], in_article: Callable[[int], bool], box: int
) -> str | None:
    """The word that makes this element, inside `box`, possible furniture, or None."""
    if tag in FURNITURE["tags"]:
        return tag
    if tag == "header":
        return None if in_article(box) else tag
    if tag == "article" or tag == "main":
        return "article"
    if not attributes:
        return None
    if "hidden" in attributes or HIDDEN.search(attributes.get("style") or ""):
        return "hidden"
    role = (attributes.get("role") or "").lower()
    if role in FURNITURE["roles"]:
        return role
    return None if tag in FURNITURE["plain"] else _word(attributes, "words")


def _word(attributes: dict[str, str | None], known: str) -> str | None:
    """The word from a list in an element's class or id, if any."""
    if not attributes or not ("class" in attributes or "id" in attributes):
        return None
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    for name in names[:500].split():
        for word in PARTS.findall(name):
            if word.lower() in FURNITURE[known] and not name.lower().startswith(NEGATED):
                return str(word.lower())
    return None


@dataclass(slots=True)
class _Boxes:
    """All boxes of a page, each with its kind, its enclosing box, and its content."""

    kinds: list[str] = field(default_factory=lambda: ["page"])
    around: list[int] = field(default_factory=lambda: [0])
    depth: list[int] = field(default_factory=lambda: [0])
    lines: list[tuple[int, int]] = field(default_factory=list)  # box, characters of sentences

    def add(self, kind: str, around: int) -> int:
        """Open a box inside `around`; return its number."""
        if self.depth[around] >= DEEPEST_BOX:
            return around
        self.kinds.append(kind)
        self.around.append(around)
        self.depth.append(self.depth[around] + 1)
        return len(self.kinds) - 1

    def in_article(self, box: int) -> bool:
        """Whether it is inside the element for the main text (`article`, `main`)."""
        return any(self.kinds[one] == "article" for one in _chain(self.around, box))

    def common(self, one: int, other: int) -> int:
        """The innermost box that holds both."""
        while one != other:
            if self.depth[one] >= self.depth[other]:
                one = self.around[one]
            else:
                other = self.around[other]
        return one

    def hold(self, box: int, text: str, linked: int) -> None:
        """Put a line into its box."""
        is_sentence = len(text) >= ENOUGH and ENDS.search(text)
        self.lines.append((box, max(0, len(text) - linked) if is_sentence else 0))

    def outside(self) -> list[bool]:
        """For each line, whether it is in furniture."""
        held = _held(self.around, self.lines)
        most = MOST * held[0]
        suspect = [
            kind not in ("page", "article") and n <= most
            for kind, n in zip(self.kinds, held, strict=True)
        ]
        of_kind: Counter[str] = Counter()
        for n, kind in enumerate(self.kinds):
            if suspect[n] and self.kinds[self.around[n]] != kind:
                of_kind[kind] += held[n]
        furniture: list[bool] = []
        for n, kind in enumerate(self.kinds):
            believed = suspect[n] and of_kind[kind] <= most
            furniture.append(believed or n > 0 and furniture[self.around[n]])
        return [furniture[box] for box, _ in self.lines]


def _chain(around: list[int], place: int) -> list[int]:
    """A place and all those around it, ending with the page itself."""
    chain = [place]
    while place:
        place = around[place]
        chain.append(place)
    return chain


def _held(around: list[int], lines: Iterable[tuple[int, int]]) -> list[int]:
    """The total for the lines in each place, including places inside it."""
    held = [0] * len(around)
    for place, n in lines:
        held[place] += n
    for place in range(len(held) - 1, 0, -1):
        held[around[place]] += held[place]
    return held


@dataclass(slots=True)
class _Blocks:
    """The block elements of a page: how they are nested, and which one each line is in."""

    around: list[int] = field(default_factory=lambda: [0])
    edge: list[bool] = field(default_factory=lambda: [False])
    same: list[str] = field(default_factory=lambda: [""])  # what marks elements of one kind
    lines: list[tuple[int, int]] = field(default_factory=list)  # block, linked characters

    def add(self, around: int, attributes: dict[str, str | None], tag: str) -> int:
        """Open a block inside `around`; return its number."""
        self.around.append(around)
        self.edge.append(self.edge[around] or _word(attributes, "edge_words") is not None)
        self.same.append(f"{tag} {attributes.get('class') or ''}" if attributes else tag)
        return len(self.around) - 1

    def mark(self, lines: list[Line]) -> None:
        """Set `outside` on what is around the element that holds the talk, and after it."""
        spoken = self._of_talk(_labelled(lines, _label) or _labelled(lines, _alone))
        nearly_all = self._talk(lines)
        talk = self._holding(spoken) if spoken else nearly_all
        inside = self._inside(talk)
        within = [n for n, (block, _) in enumerate(self.lines) if inside[block]]
        if within:
            self._mark_around(lines, within, spoken, talk, nearly_all)

    def _mark_around(
        self, lines: list[Line], within: list[int], spoken: list[int], talk: int, nearly_all: int
    ) -> None:
        """Set `outside` on what is beside the talk, whose lines are `within`."""
        tops, inside = self._tops(talk), self._inside(talk)
        self._mark_after(lines, within, tops, spoken, talk)
        sign = _beginning([lines[n] for n in within])
        dated = nearly_all in _chain(self.around, talk)[1:]
        for top, group in self._beside(tops, inside).items() if talk else ():
            found = [lines[n] for n in group]
            unsigned = bool(spoken) or sign is not None and not any(map(sign, found))
            like = self._is_like(top, talk, with_class=bool(spoken))
            if group[0] > within[0] and unsigned and not like:
                set_outside(found)
            else:
                self._mark_edges(lines, group, top, dated=dated)
                set_outside(filter(_is_prose, found if spoken and not like else ()))  # above it

    def _beside(self, tops: list[int], inside: list[bool]) -> dict[int, list[int]]:
        """The lines not inside, by the outermost block around each."""
        groups: dict[int, list[int]] = {}
        for n, (block, _) in enumerate(self.lines):
            if not inside[block]:
                groups.setdefault(tops[n], []).append(n)
        return groups

    def _is_like(self, block: int, talk: int, *, with_class: bool) -> bool:
        """Whether a block is an element like the talk's; `with_class`, one with a class."""
        same = self.same[talk]
        return self.same[block] == same and (" " in same.strip() or not with_class)

    def _of_talk(self, labels: dict[int, str]) -> list[int]:
        """The lines whose label is in the block that holds most labels, or is repeated there.

        So a credit above or below the text is not a label of the talk.
        """
        chains = {n: _chain(self.around, self.lines[n][0]) for n in labels}
        held = Counter(block for chain in chains.values() for block in chain)
        core = max((b for b, n in held.items() if n >= MOSTLY * len(labels)), default=0)
        people = {name for n, name in labels.items() if core in chains[n]}
        return [n for n, name in labels.items() if name in people]

    def _holding(self, spoken: list[int]) -> int:
        """The innermost block that holds all lines with labels."""
        first, *others = ({*_chain(self.around, self.lines[n][0])} for n in spoken)
        return max(first.intersection(*others))

    def _mark_after(
        self, lines: list[Line], within: list[int], tops: list[int], spoken: list[int], talk: int
    ) -> None:
        """Set `outside` on furniture at the end and on kinds of boxes foreign to the talk."""
        known = {self.same[tops[n]] for n in within if spoken and spoken[0] <= n <= spoken[-1]}
        edge = [n for n in within if self.edge[self.lines[n][0]] > self.edge[talk]]
        tail = takewhile(lambda n: lines[n].outside or n in edge, within[::-1])
        set_outside(lines[n] for n in tail)
        for n in within if spoken else ():
            same = self.same[tops[n]]
            box = same.partition(" ")[0] in FURNITURE["containers"] or self.edge[self.lines[n][0]]
            if n > spoken[-1] and box and same not in known:
                lines[n].outside = True

    def _mark_edges(self, lines: list[Line], group: list[int], top: int, *, dated: bool) -> None:
        """Set `outside` on lines in blocks that say what they are, and on mere links.

        If the page has more than the talk, a line with a year is kept: it may be the date.
        """
        around = self.edge[self.around[top]]
        for n in group:
            block, linked = self.lines[n]
            edge = self.edge[block] and not around and not (dated and YEAR.search(lines[n].text))
            if edge or linked > 0.8 * len(lines[n].text):
                lines[n].outside = True

    def _talk(self, lines: list[Line]) -> int:
        """The innermost block that holds nearly all the sentences, on several lines."""
        sizes = (0 if line.outside or len(line.text) < ENOUGH else len(line.text) for line in lines)
        held = _held(self.around, zip((block for block, _ in self.lines), sizes, strict=True))
        best = 0
        for block in range(1, len(held)):
            if self.around[block] == best and held[block] >= NEARLY_ALL * max(1, held[0]):
                best = block
        while best:
            inside = self._inside(best)
            if sum(inside[block] for block, _ in self.lines) >= LEAST_LINES:
                break
            best = self.around[best]
        return best

    def _inside(self, talk: int) -> list[bool]:
        inside: list[bool] = []
        for block, around in enumerate(self.around):
            inside.append(block == talk or block > 0 and inside[around])
        return inside

    def _tops(self, talk: int) -> list[int]:
        """For each line, the outermost block around it that is not also around the talk."""
        above = {*_chain(self.around, talk)}
        tops = []
        for block, _ in self.lines:
            while self.around[block] not in above:
                block = self.around[block]
            tops.append(block)
        return tops


def _labelled(lines: list[Line], label: Callable[[Line], str]) -> dict[int, str]:
    """The labels that lines begin with, if those of several people are repeated."""
    found = {n: name for n, line in enumerate(lines) if (name := label(line))}
    often = Counter(found.values())
    spoken = {n: name for n, name in found.items() if often[name] > 1 and not lines[n].outside}
    people = set(spoken.values())
    return spoken if len(spoken) >= LEAST_LABELS and len(people) > 1 else {}


def _label(line: Line) -> str:
    """A possible label at the beginning of a line: bold type, a heading, words before a colon."""
    if line.heading:
        head = line.text
    elif line.bold and line.bold[0][0] <= 3:
        head = line.text[: line.bold[0][1]]
    else:
        head = re.split("[:：]", line.text, maxsplit=1)[0] if LABEL.match(line.text) else ""
    name = head.strip(" :：.,–—-").casefold()
    return name if len(name.split()) <= LONGEST_LABEL else ""


def _alone(line: Line) -> str:
    """A possible label on a separate line: a few words that are not a sentence."""
    name = line.text.strip().casefold()
    return name if len(name.split()) <= LONGEST_LABEL and not ENDS.search(name) else ""


def _is_prose(line: Line) -> bool:
    """Whether a line above the talk has a sentence and no year, so is not a title, date or list."""
    return not line.heading and bool(ENDS.search(line.text)) and not YEAR.search(line.text)


def _beginning(lines: list[Line]) -> Callable[[Line], bool] | None:
    """How the lines of the talk begin, if many have a label."""
    enough = SIGNED * len(lines)
    return next((s for s in (_in_bold, _with_colon) if sum(map(s, lines)) >= enough), None)


def _in_bold(line: Line) -> bool:
    return bool(line.bold) and line.bold[0][0] <= 3 and line.bold[0][1] < len(line.text)


def _with_colon(line: Line) -> bool:
    return bool(LABEL.match(line.text))
