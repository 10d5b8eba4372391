"""Which boxes of a web page are furniture, and which only look like it.

A box is an element that says what it is for: by its tag or role (`nav`, `footer`), or by a
plain word in its class or id (`share`, `breadcrumb`). It is believed unless it holds most
of the page's sentences, alone or together with the other boxes of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

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
    "backtotop login language languages langswitch".split()
)
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
    for name in names[:500].split():
        for word in PARTS.findall(name):
            if word.lower() in WORDS and not name.lower().startswith(("no-", "has-", "with-")):
                return word.lower()
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
