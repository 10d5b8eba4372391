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
from functools import cache

from briefing.lexicons import lexicon
from briefing.measures.numbers import cardinals, either_of, ordinals, singular

_WORD = r"[^\W_](?:[\w'’&-]*[^\W_])?"
_PAUSE = r"(?=\s*(?:[,:;—–]|--|\.?[\"”’)]*\Z)|\s+-\s)"
_PART = re.compile(
    r"(?:[:;—–]|--)\s*|(?:[,)]\s*|\s)(?=and\s)|,\s(?=the\s)|(?<!\d)[,.:]?\s(?=\(?(?:\d\d?|[a-h])\)\s)"
    r"|,\s(?=(?:first|second|third)(?:ly|\s+off|\s+of\s+all)?\s*[,:])",
    re.IGNORECASE,
)
_TOO = r"(?:\s+and\s+(?:last|final)(?:ly)?)?"  # third and last
_MOST = 12


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
    if not _hint().search(text):
        return []
    found: list[Marker] = []
    for expression, begin in _candidates(text):
        match = expression.match(text, _after_lead(text, begin))
        if match and (not found or match.start() + place.start >= found[-1].stop):
            found.append(_marker(match, begin, place))
    return [marker for marker in found if marker.head not in lexicon("uncounted-nouns")]


def _candidates(text: str) -> list[tuple[re.Pattern[str], int]]:
    """Where a marker may stand, and which are markers there."""
    return [(_initial(), 0), *((_part(), part.end()) for part in _PART.finditer(text))]


def _after_lead(text: str, at: int) -> int:
    match = _lead().match(text, at)
    return match.end() if match else at


def _marker(match: re.Match[str], begin: int, place: Place) -> Marker:
    group = next(name for name in _FORMS if match.groupdict().get(name) is not None)
    head = re.findall(_WORD, match.groupdict().get(f"{group}_head") or "")
    return Marker(
        form=_FORMS[group],
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
    if group in _GIVEN:
        return _GIVEN[group]
    if word.isdigit():
        return int(word)
    if group == "letter":
        return ord(word) - ord("a") + 1
    return ordinals().get(word.removesuffix("ly")) or cardinals().get(word)


# the number that some groups stand for; None: the next one
_GIVEN = {"open": 1, "hands": 1, "other": 2} | dict.fromkeys(
    ("last", "lastly", "final", "next", "then", "another", "hand")
)
# each group of the expressions below, and the form of the markers that it finds
_FORMS = {
    "ly": "ly",
    "place": "ly",
    "plain": "plain",
    "follows": "plain",
    "next": "plain",
    "then": "plain",
    "another": "plain",
    "hands": "plain",
    "hand": "plain",
    "open": "plain",
    "last": "ly",
    "lastly": "ly",
    "number": "number",
    "cardinal": "number",
    "one": "number",
    "digit": "digit",
    "listed": "digit",
    "letter": "digit",
    "counted": "the",
    "the": "the",
    "alone": "the",
    "other": "the",
    "final": "the",
}


@cache
def _hint() -> re.Pattern[str]:
    """What every marker holds: most sentences have none and are done with."""
    words = [*(f"{word}(?:ly)?" for word in ordinals()), "number", "point", "other", "final"]
    words += ["finally", "lastly", "last", "next", "start", "starters", "begin", "another"]
    words += ["also", "then", "hand", "one thing"]
    words += [word for word, worth in cardinals().items() if 0 < worth <= _MOST]
    return re.compile(rf"\b(?:{'|'.join(words)})\b|\d[).]|\b[a-h]\)", re.IGNORECASE)


@cache
def _lead() -> re.Pattern[str]:
    words = either_of(lexicon("item-leads"))
    return re.compile(
        rf"(?:(?:[\"“‘'\[*•—–-]|\((?!\d|[a-h]\)))\s*)*(?:(?:{words})\b[,:—–-]?\s+)*", re.IGNORECASE
    )


@cache
def _part() -> re.Pattern[str]:
    """Markers where a part of a sentence begins."""
    alone = rf"the\s+(?P<alone>{_ordinal()}){_TOO}(?:\s+one)?{_before_verb()}"
    return _any(*_clear_forms(), alone)


@cache
def _initial() -> re.Pattern[str]:
    """Markers where a sentence begins."""
    follows, ends = either_of(lexicon("item-follows")), either_of(_ends())
    whose = r"(?:the|my|our|your|his|her|its|their|a)\s+"
    noun = _noun_phrase()
    after = rf"(?:{_PAUSE}|(?=\s+(?:{ends})\b))"
    these = r"(?:\s+one)?(?:\s+of\s+(?:these|those|them|the\s+\w+))?"
    return _any(
        *_clear_forms(),
        rf"(?P<follows>{_ordinal()})(?:\s+(?:of\s+all|and\s+foremost)\b|(?=\s+(?:{follows})\b))",
        r"(?P<lastly>finally|lastly)\b",
        rf"(?P<another>another(?!\s+one\b)|(?:one|a)\s+(?:other|more|further)|another\s+one|there(?:['’]s|\s+is|\s+are)\s+also)"
        rf"(?P<another_head>(?:{noun})?){after}",
        r"(?P<then>then)(?=,|\s+(?:i|we|you|there|the)\b)",
        r"on\s+(?:the\s+)?one\s+(?P<hands>hand)\b",
        r"on\s+the\s+other\s+(?P<hand>hand)\b",
        rf"(?:the\s+)?(?P<counted>{_ordinal()}|next)(?P<counted_head>\s+(?:{either_of(lexicon('counted-nouns'))}))"
        rf"{after}",
        r"(?P<listed>\d\d?)\.(?=\s)",
        rf"{whose}(?P<alone>{_ordinal()}){_TOO}{these}(?:{_PAUSE}|{_before_verb()})",
        rf"{whose}(?P<the>{_ordinal()}){_TOO}(?P<the_head>{noun}){after}",
        rf"{whose}(?P<final>last|final)(?:\s+one)?(?!\s+thing\s+(?:i|we|you|any)\w*)(?P<final_head>(?:{noun})?){after}",
    )


def _clear_forms() -> list[str]:
    cardinal = either_of(word for word, worth in cardinals().items() if 0 < worth <= _MOST)
    after, noun = rf"(?:{_PAUSE}|{_before_verb()})", _noun_phrase()
    return [
        rf"(?P<ly>(?:{_ordinal()})ly)\b",
        rf"in\s+the\s+(?P<place>{_ordinal()})\s+place\b",
        rf"(?P<plain>{_ordinal()})(?:\s+(?:of\s+all|off|up))?{_TOO}{_PAUSE}",
        rf"(?:number|no\.|point)\s+(?P<number>{cardinal}|\d\d?){after}",
        rf"(?P<cardinal>{cardinal})(?=\s*(?:[,:—–]|--))",
        rf"(?:the|my|our)\s+(?P<other>other)(?:\s+one)?(?P<other_head>(?:{noun})?){_before_verb()}",
        # *Two is*, an item; *two are*, a count
        rf"(?P<one>one|two|three)(?P<one_head>(?:\s+(?:{either_of(lexicon('counted-nouns'))}))?)"
        rf"(?!\s+(?:are|were|have|do)\b){_before_verb()}",
        r"(?P<digit>\(\d\d?\)|\d\d?\)(?=\s))",
        r"(?P<letter>\([a-h]\)|(?<!\w)[a-h]\)(?=\s))",
        rf"(?P<last>finally|lastly|last\s+but\s+not\s+least|last\s+of\s+all){_PAUSE}",
        rf"(?P<next>next){_PAUSE}",
        rf"(?P<open>to\s+(?:begin|start)\s+with|for\s+(?:a\s+start|starters)){_PAUSE}",
    ]


def _noun_phrase() -> str:
    return rf"(?:\s+(?!(?:{either_of(_ends())}|ones?|two|three|four)\b){_WORD}){{1,3}}"


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms), re.IGNORECASE)


def _ordinal() -> str:
    return either_of(ordinals())


def _before_verb() -> str:
    return rf"(?=\s+(?:{either_of(lexicon('item-verbs'))})\b)"


def _ends() -> frozenset[str]:
    return lexicon("item-verbs") | lexicon("head-ends")


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
    for match in _announcement().finditer(text):
        noun = _noun(match, heads)
        if noun and not _NOT_BEFORE.search(text, max(0, match.start() - NEAR), match.start()):
            word, stop = noun
            found.append(
                Announcement(
                    number=_worth(match["n"] or match["fold"]),
                    start=place.start + match.start(),
                    stop=place.start + stop,
                    head=word,
                    back=_BACK.search(text, max(0, match.start() - NEAR), match.start())
                    is not None,
                    sentence=place.sentence,
                    paragraph=place.paragraph,
                )
            )
    return found


def _noun(match: re.Match[str], heads: frozenset[str]) -> tuple[str, int] | None:
    """The noun that is counted, in the singular, and where it ends."""
    if match["words"] is None:
        return "", match.end()
    for word in re.finditer(_WORD, match["words"]):
        stem = singular(word[0])
        if stem != word[0].casefold() and (stem in lexicon("counted-nouns") or stem in heads):
            return stem, match.start("words") + word.end()
    return None


def _worth(word: str) -> int:
    word = word.casefold()
    return int(word) if word.isdigit() else cardinals()[word]


@cache
def _announcement() -> re.Pattern[str]:
    few = either_of(word for word, worth in cardinals().items() if 2 <= worth <= 12)
    ends = either_of(lexicon("head-ends") - {"very", "most", "more", "less"})
    return re.compile(
        rf"\b(?:(?P<n>{few}|[2-9]|1[0-2])"
        rf"(?:[- ](?:pronged|part|step)\b"
        rf"|(?P<words>(?:\s+(?!(?:{ends})\b){_WORD}){{1,4}}))"
        rf"|(?:(?<=is )|(?<=are )|(?<=was )|(?<=were ))(?P<fold>two|three|four|five)-?fold\b)",
        re.IGNORECASE,
    )


_NOT_BEFORE = re.compile(
    r"(?:\b(?:last|past|next|first|other|than|least|most|about|number|no\.|article)\s+|"
    r"(?:\d|one|two|three|four|five|six)\s+(?:or|to)\s+|"
    r"[\d$€£¥.,-])\Z",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:these|those|the|all|both|all\s+of)\s+\Z", re.IGNORECASE)
