"""Which boxes of a web page are furniture, and which only look like it.

A box is an element that says what it is for: by its tag or role (`nav`, `footer`), or by a
plain word in its class or id (`share`, `breadcrumb`). It is believed unless it holds most
of the page's sentences, alone or together with the other boxes of its kind.

Then there is what stands around the element that holds nearly all sentences: a credit, a
biography, titles of other pages. Words that could as well mean part of the talk (`author`,
`caption`, `more`) are believed only there, and what comes last is no talk if the talk has
labels and it has none.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from briefing.reading.lines import Line

MOST = 0.5
DEEPEST = 60  # boxes inside boxes; deeper ones share the fate of the one around them
TAGS = frozenset("nav aside footer form button menu select textarea search dialog".split())
ROLES = frozenset(
    "navigation banner contentinfo search complementary menu menubar button dialog alert "
    "alertdialog toolbar tablist".split()
)
WORDS = frozenset(
    "nav navbar navigation menu submenu megamenu breadcrumb breadcrumbs footer sidebar share "
    "sharing sharebar addthis addtoany social cookie cookies consent gdpr related skip skiplink "
    "pagination pager paging subscribe newsletter signup search searchbox advert adverts "
    "advertisement ads sponsor sponsored promo popup popover modal toolbar masthead copyright "
    "comments disqus respond recommended readmore tags taglist tagcloud widget widgets toc "
    "backtotop userpic avatar initials login language languages langswitch".split()
)
EDGE_WORDS = frozenset(
    "bio biography author authors byline about aboutme profile side aside more meta metadata info "
    "credit credits caption fig figure figcaption photo image gallery teaser donate support tools "
    "print disclaimer contact contacts trending latest popular recent keywords categories topics "
    "correspondent comment policy terms signup colophon imprint".split()
)
NEARLY_ALL = 0.9  # of a page's sentences, in the element that is the talk
LEAST_LINES = 5
LEAST_LABELS = 4
MOSTLY = 0.75  # of the labels, in the block that is the talk
YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")  # in a line that may state the date
LONGEST_LABEL = 8  # words
CONTAINERS = frozenset("div section aside ul ol footer form table".split())
SIGNED = 0.4  # share of the talk's lines that begin with a label
LABEL = re.compile(r"[^\W\d_][^:：\n]{0,60}[:：]\s*\S")
PLAIN = frozenset(
    "html body main article p b i em strong h1 h2 h3 h4 h5 h6 td tr table tbody font".split()
)
PARTS = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
ENDS = re.compile(r"[.!?…。！？؟।][\"'”’»)\]]*(?:\s|$)")
ENOUGH = 40  # characters of a line that can be a sentence


def kind_of_box(
    tag: str, attributes: dict[str, str | None], in_article: Callable[[int], bool], box: int
) -> str | None:
    """Why this element, inside `box`, may be furniture: a word, or None."""
    if tag in TAGS:
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
    if role in ROLES:
        return role
    if tag in PLAIN:
        return None
    return _furniture_word(f"{attributes.get('class') or ''} {attributes.get('id') or ''}")


def _furniture_word(names: str) -> str | None:
    return _word(names, WORDS)


def is_edge(attributes: dict[str, str | None]) -> bool:
    """Whether an element's class or id says that it may be something beside the talk."""
    if not attributes or not ("class" in attributes or "id" in attributes):
        return False
    names = f"{attributes.get('class') or ''} {attributes.get('id') or ''}"
    return _word(names, EDGE_WORDS) is not None


def _word(names: str, words: frozenset[str]) -> str | None:
    for name in names[:500].split():
        for word in PARTS.findall(name):
            if word.lower() in words and not name.lower().startswith(("no-", "has-", "with-")):
                return str(word.lower())
    return None


@dataclass(slots=True)
class Boxes:
    """All boxes of a page, each with its kind, the box around it, and what it holds."""

    kinds: list[str] = field(default_factory=lambda: ["page"])
    around: list[int] = field(default_factory=lambda: [0])
    depth: list[int] = field(default_factory=lambda: [0])
    lines: list[tuple[int, int]] = field(default_factory=list)  # box, characters of sentences

    def add(self, kind: str, around: int) -> int:
        """A new box inside `around`; its number."""
        if self.depth[around] >= DEEPEST:
            return around
        self.kinds.append(kind)
        self.around.append(around)
        self.depth.append(self.depth[around] + 1)
        return len(self.kinds) - 1

    def in_article(self, box: int) -> bool:
        """Whether the text's own element (`article`, `main`) is around."""
        while box:
            if self.kinds[box] == "article":
                return True
            box = self.around[box]
        return False

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
        """For each line, whether it stands in furniture."""
        furniture = self._believed()
        return [furniture[box] for box, _ in self.lines]

    def _believed(self) -> list[bool]:
        held = self._held()
        most = MOST * held[0]
        suspect = [
            kind not in ("page", "article") and not (held[n] > most)
            for n, kind in enumerate(self.kinds)
        ]
        of_kind: dict[str, int] = {}
        for n, kind in enumerate(self.kinds):
            if suspect[n] and not self._same_around(n):
                of_kind[kind] = of_kind.get(kind, 0) + held[n]
        furniture = [
            one and of_kind.get(kind, 0) <= most
            for one, kind in zip(suspect, self.kinds, strict=True)
        ]
        for n in range(1, len(furniture)):
            furniture[n] = furniture[n] or furniture[self.around[n]]
        return furniture

    def _same_around(self, box: int) -> bool:
        return self.kinds[self.around[box]] == self.kinds[box]

    def _held(self) -> list[int]:
        """Characters of sentences in each box, those of the boxes inside it included."""
        held = [0] * len(self.kinds)
        for box, n in self.lines:
            held[box] += n
        for box in range(len(held) - 1, 0, -1):
            held[self.around[box]] += held[box]
        return held


@dataclass(slots=True)
class Blocks:
    """The block elements of a page: which is inside which, and where each line stands."""

    around: list[int] = field(default_factory=lambda: [0])
    edge: list[bool] = field(default_factory=lambda: [False])
    same: list[str] = field(default_factory=lambda: [""])  # what marks elements of one kind
    lines: list[tuple[int, int]] = field(default_factory=list)  # block, linked characters

    def add(self, around: int, attributes: dict[str, str | None], tag: str) -> int:
        """A new block inside `around`; its number."""
        self.around.append(around)
        self.edge.append(self.edge[around] or is_edge(attributes))
        self.same.append(f"{tag} {attributes.get('class') or ''}" if attributes else tag)
        return len(self.around) - 1

    def mark(self, lines: list[Line]) -> None:
        """Set `outside` on what stands around the element that holds the talk, and after it."""
        spoken = self._of_talk(_labelled(lines, _label) or _labelled(lines, _alone))
        nearly_all = self._talk(self._held(lines))
        talk = self._holding(spoken) if spoken else nearly_all
        inside = self._inside(talk)
        within = [n for n, (block, _) in enumerate(self.lines) if inside[block]]
        if not within:
            return
        self._mark_after(lines, within, talk, spoken)
        signed = _signs([lines[n] for n in within])
        for group in self._groups(talk, inside) if talk else ():
            found = [lines[n] for n in group]
            unsigned = signed is not None and not any(signed(line) for line in found)
            unsigned = unsigned or bool(spoken)
            like = self.same[self._top(group[0], talk)] == self.same[talk]
            like = like and (not spoken or " " in self.same[talk].strip())  # all have a class
            if group[0] > within[0] and unsigned and not like:
                for line in found:
                    line.outside = True
            else:
                self._mark_edges(lines, group, talk, dated=nearly_all in self._chain(talk)[1:])
                for line in found if spoken and not like else ():  # above the talk
                    line.outside = line.outside or _is_prose(line)

    def _of_talk(self, labels: dict[int, str]) -> list[int]:
        """The lines whose label stands in the block that holds most of them, or comes back there.

        So a credit above and below the page is no label of the talk.
        """
        chains = {n: self._chain(self.lines[n][0]) for n in labels}
        held = Counter(block for chain in chains.values() for block in chain)
        core = max((b for b, n in held.items() if n >= MOSTLY * len(labels)), default=0)
        people = {name for n, name in labels.items() if core in chains[n]}
        return [n for n, name in labels.items() if name in people]

    def _holding(self, spoken: list[int]) -> int:
        """The innermost block that holds all lines with labels."""
        chains = [self._chain(self.lines[n][0]) for n in spoken]
        common = set(chains[0]).intersection(*chains[1:])
        return max(common)

    def _chain(self, block: int) -> list[int]:
        chain = [block]
        while block:
            block = self.around[block]
            chain.append(block)
        return chain

    def _mark_after(
        self, lines: list[Line], within: list[int], talk: int, spoken: list[int]
    ) -> None:
        """Set `outside` on boxes after the last label of a kind that the talk has none of."""
        if not spoken:
            return
        tops = {n: self.same[self._top(n, talk)] for n in within}
        known = {same for n, same in tops.items() if spoken[0] <= n <= spoken[-1]}
        for n in within:
            box = tops[n].partition(" ")[0] in CONTAINERS or self.edge[self.lines[n][0]]
            if n > spoken[-1] and box and tops[n] not in known:
                lines[n].outside = True

    def _mark_edges(self, lines: list[Line], group: list[int], talk: int, *, dated: bool) -> None:
        """Set `outside` on lines in blocks that say what they are, and on mere links.

        Where the page is more than the talk, a line with a year is left: it may be the date.
        """
        around = self.edge[self.around[self._top(group[0], talk)]]
        for n in group:
            block, linked = self.lines[n]
            edge = self.edge[block] and not around and not (dated and YEAR.search(lines[n].text))
            if edge or linked > 0.8 * len(lines[n].text):
                lines[n].outside = True

    def _held(self, lines: list[Line]) -> list[int]:
        """Characters of sentences in each block, those of the blocks inside it included."""
        held = [0] * len(self.around)
        for (block, _), line in zip(self.lines, lines, strict=True):
            if not line.outside and len(line.text) >= ENOUGH:
                held[block] += len(line.text)
        for block in range(len(held) - 1, 0, -1):
            held[self.around[block]] += held[block]
        return held

    def _talk(self, held: list[int]) -> int:
        """The innermost block that holds nearly all sentences, on several lines."""
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
        inside = [False] * len(self.around)
        for block in range(len(inside)):
            inside[block] = block == talk or (block > 0 and inside[self.around[block]])
        return inside

    def _top(self, line: int, talk: int) -> int:
        """The outermost block around a line that is not around the talk as well."""
        above = {0}
        while talk:
            above.add(talk)
            talk = self.around[talk]
        block = self.lines[line][0]
        while self.around[block] not in above:
            block = self.around[block]
        return block

    def _groups(self, talk: int, inside: list[bool]) -> list[list[int]]:
        """The lines outside of the talk, those of one block together."""
        groups: dict[int, list[int]] = {}
        for n, (block, _) in enumerate(self.lines):
            if not inside[block]:
                groups.setdefault(self._top(n, talk), []).append(n)
        return list(groups.values())


def _labelled(lines: list[Line], label: Callable[[Line], str]) -> dict[int, str]:
    """The labels that lines begin with, where those of several people come back."""
    found = {n: name for n, line in enumerate(lines) if (name := label(line))}
    often = Counter(found.values())
    spoken = {n: name for n, name in found.items() if often[name] > 1 and not lines[n].outside}
    people = set(spoken.values())
    return spoken if len(spoken) >= LEAST_LABELS and len(people) > 1 else {}


def _label(line: Line) -> str:
    """What may be a label at the head of a line: bold type, a heading, words before a colon."""
    if line.heading or line.bold and line.bold[0][0] <= 3:
        head = line.text if line.heading else line.text[: line.bold[0][1]]
    elif LABEL.match(line.text):
        head = re.split("[:：]", line.text, maxsplit=1)[0]
    else:
        return ""
    name = head.strip(" :：.,–—-").casefold()
    return name if len(name.split()) <= LONGEST_LABEL else ""


def _alone(line: Line) -> str:
    """What may be a label on a line of its own: a few words that are no sentence."""
    name = line.text.strip().casefold()
    return name if len(name.split()) <= LONGEST_LABEL and not ENDS.search(name) else ""


def _is_prose(line: Line) -> bool:
    """Whether a line above the talk has a sentence, and no year: no title, date or list."""
    return not line.heading and bool(ENDS.search(line.text)) and not YEAR.search(line.text)


def _signs(lines: list[Line]) -> Callable[[Line], bool] | None:
    """How the talk's lines begin where many begin with a label; None where few do."""
    for sign in (_in_bold, _with_colon):
        if sum(sign(line) for line in lines) >= SIGNED * len(lines):
            return sign
    return None


def _in_bold(line: Line) -> bool:
    return bool(line.bold) and line.bold[0][0] <= 3 and line.bold[0][1] < len(line.text)


def _with_colon(line: Line) -> bool:
    return bool(LABEL.match(line.text))
