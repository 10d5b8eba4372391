"""What marks an item of an enumeration, and what announces how many will come.

What marks an item of an enumeration in a sentence.

Markers are sequencing signposts (the frame markers of Hyland 2005), told apart by form:

* *plain*: First, / Second, / First of all; First we / Second there is; Next, / To begin with; On
  the one hand; Another reason is / There is also / Then we, where an item came before;
* *ly*: Firstly, / Secondly / In the first place / Finally / Lastly;
* *the*: The first change is / The second is / My third question concerns / The last one is; the
  noun, where one is printed, is the head; The other is, where one item came before; Third issue:
* *number*: Number one, / Point two: / One, / Two, / One is;
* *digit*: (1) / 2) / 3. / (a) / b) as a list prints them.

They count where they open a sentence, also after words such as *and, so, well*, or a part of one,
after a colon, semicolon or dash; after *and* or a comma only the clear ones do: *and secondly*,
*, the second is*. So
*a second way out*, *the second half*, *first responders* and *210 megabits a second* are none.

What announces how many items will come: *three reasons*, *four tasks*, *three-pronged*.

A number from two to twelve before a noun that is told off afterwards (*reason, task, point*: the
list counted-nouns), with up to three words between; or *three-pronged, three-part, is threefold*.
*More than two reasons* and *the last two points* announce nothing; *those two reasons* looks back.
*A few, several, a couple of* give no number to hold anything against.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from briefing.lexicons import Patterns, lexicon
from briefing.measures.numbers import cardinals, ordinals, singular

SIGNPOSTS = Patterns(
    "markers",
    ordinals=ordinals,
    cardinals=lambda: _between(1, 12),
    from_two=lambda: _between(2, 12),
    ends=lambda: lexicon("item-verbs") | lexicon("head-ends"),
    no_noun=lambda: lexicon("head-ends") - {"very", "most", "more", "less"},
)
# of each form of a marker, the groups of the expressions that find it
GROUPS = {
    "ly": "ly place last lastly",
    "plain": "plain follows next then another hands hand open",
    "number": "number cardinal one",
    "digit": "digit listed letter",
    "the": "counted the alone other final",
}
FORMS = {group: form for form, groups in GROUPS.items() for group in groups.split()}
# the number that some groups stand for; None: the next one
GIVEN = {"open": 1, "hands": 1, "other": 2} | dict.fromkeys(
    ("last", "lastly", "final", "next", "then", "another", "hand")
)


def _between(least: int, most: int) -> list[str]:
    return [word for word, worth in cardinals().items() if least <= worth <= most]


@dataclass(frozen=True)
class Marker:
    """One marker; places are characters of the turn's text."""

    form: str
    number: int | None  # None: the next one, whatever its number
    begin: int  # of the item, with And, So ... before the marker
    start: int
    stop: int
    head: str
    group: str  # which expression found it
    sentence: int
    paragraph: int
    opens: bool  # does it open a paragraph?

    @property
    def last(self) -> bool:
        """Does it say that it is the last?"""
        return self.group in ("last", "lastly", "final")

    @property
    def counts_on(self) -> bool:
        """Does it say that an item came before: a number above one, *another*, *finally*?"""
        return self.number is not None or self.last or self.group == "another"


@dataclass(frozen=True)
class Place:
    """Where a sentence stands: its number, its paragraph, its beginning in the turn."""

    sentence: int
    paragraph: int
    start: int
    opens: bool


def find_markers(text: str, place: Place) -> list[Marker]:
    """The markers of one sentence, in order."""
    if not SIGNPOSTS.hint.search(text):
        return []
    found: list[Marker] = []
    for expression, begin in _candidates(text):
        match = expression.match(text, _after_lead(text, begin))
        if match and (not found or match.start() + place.start >= found[-1].stop):
            found.append(_marker(match, begin, place))
    return [marker for marker in found if marker.head not in lexicon("uncounted-nouns")]


def _candidates(text: str) -> list[tuple[re.Pattern[str], int]]:
    """Where a marker may stand, and which are markers there."""
    return [
        (SIGNPOSTS.initial, 0),
        *((SIGNPOSTS.part, part.end()) for part in SIGNPOSTS.edge.finditer(text)),
    ]


def _after_lead(text: str, at: int) -> int:
    match = SIGNPOSTS.lead.match(text, at)
    return match.end() if match else at


def _marker(match: re.Match[str], begin: int, place: Place) -> Marker:
    group = next(name for name in FORMS if match.groupdict().get(name) is not None)
    head = SIGNPOSTS.word.findall(match.groupdict().get(f"{group}_head") or "")
    return Marker(
        form=FORMS[group],
        number=_number(group, match[group].casefold().strip("().")),
        begin=place.start + begin,
        start=place.start + match.start(),
        stop=place.start + match.start() + len(match[0].rstrip()),
        head=singular(head[-1]) if head else "",
        group=group,
        sentence=place.sentence,
        paragraph=place.paragraph,
        opens=place.opens and begin == 0,
    )


def _number(group: str, word: str) -> int | None:
    if group in GIVEN:
        return GIVEN[group]
    if word.isdigit():
        return int(word)
    if group == "letter":
        return ord(word) - ord("a") + 1
    return ordinals().get(word.removesuffix("ly")) or cardinals().get(word)


NEAR = 40  # characters looked at before it


@dataclass(frozen=True)
class Announcement:
    """A number of things announced; places are characters of the turn's text."""

    number: int
    start: int
    stop: int
    head: str
    back: bool  # does it look back?
    sentence: int
    paragraph: int


def find_announcements(text: str, place: Place, heads: frozenset[str]) -> list[Announcement]:
    """The announcements in one sentence; `heads` are nouns that count besides the list."""
    found = []
    for match in SIGNPOSTS.announcement.finditer(text):
        noun = _noun(match, heads)
        before = text[max(0, match.start() - NEAR) : match.start()]
        if noun and not SIGNPOSTS.announces_nothing.search(before):
            word, stop = noun
            number, back = _worth(match["n"] or match["fold"]), SIGNPOSTS.looks_back.search(before)
            start, end = place.start + match.start(), place.start + stop
            at = place.sentence, place.paragraph
            found.append(Announcement(number, start, end, word, back is not None, *at))
    return found


def _noun(match: re.Match[str], heads: frozenset[str]) -> tuple[str, int] | None:
    """The noun that is counted, in the singular, and where it ends."""
    if match["words"] is None:
        return "", match.end()
    for word in SIGNPOSTS.word.finditer(match["words"]):
        stem = singular(word[0])
        if stem != word[0].casefold() and (stem in lexicon("counted-nouns") or stem in heads):
            return stem, match.start("words") + word.end()
    return None


def _worth(word: str) -> int:
    word = word.casefold()
    return int(word) if word.isdigit() else cardinals()[word]
