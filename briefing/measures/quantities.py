"""What is enumerated as first, second, third, and what was announced.

*Second,* may be the second item of the list that has just begun, or of the one around it. It goes
to the chain that lacks it: first of all to one that has fewer items than were announced, then to
one whose next number it is, of the form of its last item, the innermost before those around it.
One number may be left out, or the form be another, not both. A *first* opens a chain inside the
item where it stands; but after a chain of its own form, or one that is complete, unless a number
is announced in the paragraph of the item, which is then taken to be part of it. A marker that goes
to no chain counts nothing: a *first* often stands alone (*First of all, thank you*).

A chain has at least two items and one printed number above one. Items that name what they
count all name the same thing.

A chain of signposts (*First, ... Second, ...*; *The first change is ... The second is ...*) shows
how a speaker orders an answer. It is the frame marker (Hyland 2005) that a program finds most
reliably, since a chain must start at first and count up within one turn: a single *first* or
*second* is not an enumeration.

Markers are sequencing signposts (the frame markers of Hyland 2005), told apart by form:

* *plain*: First, / Second, / First of all; First we / Second there is; Next, / To begin with; On
  the one hand; Another reason is / There is also / Then we, where an item came before;
* *ly*: Firstly, / Secondly / In the first place / Finally / Lastly;
* *the*: The first change is / The second is / My third question concerns / The last one is; the
  noun, where one is printed, is the head; The other is, where one item came before; Third issue:
* *number*: Number one, / Point two: / One, / Two, / One is;
* *digit*: (1) / 2) / 3. / (a) / b) as a list prints them.

They count if they open a sentence, even after words such as *and, so, well*, or part of one, after
a colon, semicolon or dash; after *and* or a comma only clear ones count: *and secondly*, *, the
second is*. So *a second way out*, *the second half*, *first responders* and *210 megabits a second*
do not count.

What announces how many items will come: *three reasons*, *four tasks*, *three-pronged*.

A number from two to twelve before a noun that is enumerated afterwards (*reason, task, point*: the
list counted-nouns), with up to three words between; or *three-pronged, three-part, is threefold*.
*More than two reasons* and *the last two points* announce nothing; *those two reasons* looks back.
*A few, several, a couple of* give no number to compare the items with.

References
----------
Hyland, K. (2005). Metadiscourse: Exploring interaction in writing. Continuum.
Tadros, A. (1985). Prediction in text. University of Birmingham.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import pandas as pd

from briefing.lexicons import Patterns, lexicon
from briefing.lexicons.languages import made_for_english
from briefing.lexicons.stage import without_stages
from briefing.measures.numbers import cardinals, numbers, ordinals, singular
from briefing.tables import SENTENCES
from briefing.words.boundaries import find_words
from briefing.words.groups import TURN_KEYS, finish, found_in, typed

__all__ = ["announced", "enumerations", "numbers"]

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
# the number that some groups imply; None for the next one
GIVEN = {"open": 1, "hands": 1, "other": 2} | dict.fromkeys(
    ("last", "lastly", "final", "next", "then", "another", "hand")
)


def _between(least: int, most: int) -> list[str]:
    return [word for word, worth in cardinals().items() if least <= worth <= most]


@dataclass(frozen=True)
class Place:
    """The place of a sentence: its number, its paragraph, its offset in the turn."""

    sentence: int
    paragraph: int
    start: int


@dataclass(frozen=True)
class Marker:
    """One marker; positions are characters of the turn's text."""

    form: str
    number: int | None  # None: the next one, whatever its number
    begin: int  # of the item, with And, So ... before the marker
    start: int
    stop: int
    head: str
    group: str  # which expression found it
    place: Place  # of its sentence

    @property
    def last(self) -> bool:
        """Does it say that it is the last?"""
        return self.group in ("last", "lastly", "final")

    @property
    def counts_on(self) -> bool:
        """Does it say that an item came before: a number above one, *another*, *finally*?"""
        return self.number is not None or self.last or self.group == "another"


def find_markers(text: str, place: Place) -> list[Marker]:
    """The markers of one sentence, in order."""
    if not SIGNPOSTS.hint.search(text):
        return []
    found: list[Marker] = []
    edges = ((SIGNPOSTS.part, part.end()) for part in SIGNPOSTS.edge.finditer(text))
    for expression, begin in [(SIGNPOSTS.initial, 0), *edges]:
        match = expression.match(text, _after_lead(text, begin))
        if match and (not found or match.start() + place.start >= found[-1].stop):
            found.append(_marker(match, begin, place))
    return [marker for marker in found if marker.head not in lexicon("uncounted-nouns")]


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
        place=place,
    )


def _number(group: str, word: str) -> int | None:
    if group in GIVEN:
        return GIVEN[group]
    if word.isdigit():
        return int(word)
    if group == "letter":
        return ord(word) - ord("a") + 1
    return ordinals().get(word.removesuffix("ly")) or cardinals().get(word)


NEAR = 40  # characters examined before it


@dataclass(frozen=True)
class Announcement:
    """A number of things announced; positions are characters of the turn's text."""

    number: int
    start: int
    stop: int
    head: str
    back: bool  # does it look back?
    place: Place  # of its sentence


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
            found.append(Announcement(number, start, end, word, back is not None, place))
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


NEAR_FORMS = frozenset(["plain", "ly"])  # that are often mixed


@dataclass(frozen=True)
class Chain:
    """One enumeration; its items are the numbers of their markers."""

    items: tuple[int, ...]
    numbers: tuple[int, ...]
    head: str
    announced: Announcement | None
    parent: int | None  # the item that contains it
    valid: bool = False  # it has two items, one of which counts up
    over: bool = False

    @property
    def number(self) -> int:
        """The number of its last item."""
        return self.numbers[-1]

    @property
    def complete(self) -> bool:
        """Is no number left out?"""
        return self.number == len(self.items)

    @property
    def met(self) -> bool | None:
        """Has it as many items as were announced? None where nothing was."""
        return self.announced.number == len(self.items) if self.announced else None


def best_outline(markers: list[Marker], announced: list[Announcement | None]) -> list[Chain]:
    """The chains of one turn by their first markers, each with the item that contains it.

    `announced` has, for each marker, the announcement that it would fulfil as a first item.
    """
    ended: list[Chain] = []
    under_way: list[Chain] = []  # the innermost last
    for item, marker in enumerate(markers):
        at = _goes_on(under_way, marker, markers)
        if at is not None:
            chain = _continued(under_way[at], item, marker)
            ended += under_way[at + 1 :]
        elif marker.number == 1 and marker.group != "other":
            at = _comes_after(under_way, marker, announced[item], markers)
            chain = _opened(under_way[:at], item, marker, announced[item])
            ended += under_way[at:]
        else:
            continue
        under_way = [*under_way[:at], chain]
    return _valid(sorted([*ended, *under_way], key=lambda chain: chain.items[0]))


def _goes_on(chains: list[Chain], marker: Marker, markers: list[Marker]) -> int | None:
    """Which chain has the marker as its next item: not complete, of its number and form, inmost."""
    found = []
    for at, chain in enumerate(chains):
        left_out = (marker.number or chain.number + 1) - chain.number - 1
        unlike = _unlike(marker, markers[chain.items[-1]])
        if _fits(chain, marker) and left_out + unlike < 2:
            found.append((chain.met is True, left_out, unlike, -at))
    return -min(found)[-1] if found else None


def _fits(chain: Chain, marker: Marker) -> bool:
    if chain.over or (marker.number and marker.number <= chain.number):
        return False
    if marker.group == "other" and chain.number != 1:
        return False
    same = marker.head == chain.head
    return same or not marker.head or marker.head in lexicon("counted-nouns")


def _unlike(one: Marker, other: Marker) -> float:
    """How far the forms of two markers differ; *finally, another* go with every form."""
    forms = {one.form, other.form}
    if None in (one.number, other.number) or len(forms) == 1:
        return 0
    return 0.5 if forms == NEAR_FORMS else 1


def _comes_after(
    chains: list[Chain], marker: Marker, announced: Announcement | None, markers: list[Marker]
) -> int:
    """The chain that a new one comes after: of its form, or complete; otherwise it is inmost."""
    begins = (announced or marker).place.paragraph
    last = [markers[chain.items[-1]] for chain in chains]
    if announced and last and begins == last[-1].place.paragraph:
        return len(chains)
    for at, chain in enumerate(chains):
        done = chain.over or (chain.met and begins > last[at].place.paragraph)
        if done or last[at].form == marker.form:
            return at
    return len(chains)


def _continued(chain: Chain, item: int, marker: Marker) -> Chain:
    return replace(
        chain,
        items=(*chain.items, item),
        numbers=(*chain.numbers, marker.number or chain.number + 1),
        head=chain.head or marker.head,
        valid=chain.valid or marker.counts_on,
        over=marker.last or marker.group == "other",
    )


def _opened(above: list[Chain], item: int, marker: Marker, announced: Announcement | None) -> Chain:
    head = marker.head or (announced.head if announced else "")
    return Chain((item,), (1,), head, announced, above[-1].items[-1] if above else None)


def _valid(chains: list[Chain]) -> list[Chain]:
    """Drop the unfinished chains; what was inside them moves up."""
    nothing = {item: c.parent for c in chains if not c.valid for item in c.items}
    kept = []
    for chain in chains:
        parent = chain.parent
        while parent in nothing:
            parent = nothing[parent]
        if chain.valid:
            kept.append(replace(chain, parent=parent))
    return kept


NOT_FAR = 3  # sentences between an announcement and the first item


@dataclass(frozen=True)
class TurnOutline:
    """What one turn enumerates. `row` is one row of its sentences."""

    row: int
    texts: tuple[str, ...]
    places: tuple[Place, ...]
    stops: tuple[int, ...]

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The sentences with stage directions blanked out at equal length."""
        return tuple(map(without_stages, self.texts))

    @cached_property
    def markers(self) -> list[Marker]:
        """Everything that could mark an item."""
        read = zip(self.said, self.places, strict=True)
        return [marker for text, place in read for marker in find_markers(text, place)]

    @cached_property
    def announcements(self) -> list[Announcement]:
        """Every number of things announced; nouns named by markers count too."""
        heads = frozenset(marker.head for marker in self.markers if marker.head)
        read = zip(self.said, self.places, strict=True)
        return [found for text, at in read for found in find_announcements(text, at, heads)]

    @cached_property
    def chains(self) -> list[Chain]:
        """The enumerations, by their first markers."""
        if len(self.markers) < 2:
            return []
        announced = [self._announced(item) for item in range(len(self.markers))]
        return best_outline(self.markers, announced)

    def _announced(self, item: int) -> Announcement | None:
        """The last announcement between the marker before and this one, if it is near."""
        marker = self.markers[item]
        after = self.markers[item - 1].start if item else -1
        near = [
            found
            for found in self.announcements
            if after < found.start < marker.start
            and marker.place.sentence - found.place.sentence <= NOT_FAR
            and (not marker.head or not found.head or marker.head == found.head)
        ]
        return near[-1] if near else None

    @cached_property
    def paths(self) -> dict[int, tuple[int, ...]]:
        """For each item (the number of its marker), the path to it, such as (3, 2, 1)."""
        paths: dict[int, tuple[int, ...]] = {}
        for chain in self.chains:
            above = () if chain.parent is None else paths[chain.parent]
            for item, number in zip(chain.items, chain.numbers, strict=True):
                paths[item] = (*above, number)
        return paths

    @cached_property
    def extents(self) -> dict[int, int]:
        """Where each item ends."""
        ends: dict[int, int] = {}
        for chain in reversed(self.chains):  # inner chains before outer ones
            for item, following in zip(chain.items, [*chain.items[1:], None], strict=True):
                if following is None:
                    ends[item] = min(self._end_of_last(chain, item, ends), self._limit(chain))
                else:
                    ends[item] = self._before(self.markers[following].begin)
        return ends

    def _end_of_last(self, chain: Chain, item: int, ends: dict[int, int]) -> int:
        paragraph = self.markers[item].place.paragraph
        ends_here = zip(self.stops, self.places, strict=True)
        own = max(stop for stop, place in ends_here if place.paragraph == paragraph)
        inside = [ends[c.items[-1]] for c in self.chains if c.parent == item]
        return max([own, *inside])

    def _limit(self, chain: Chain) -> int:
        """Where the last item of a chain must end: at the next item of one around or after it."""
        depth = len(self.paths[chain.items[0]])
        later = [
            self.markers[item].begin
            for item, path in self.paths.items()
            if item > chain.items[-1] and len(path) <= depth
        ]
        return self._before(min(later)) if later else self.stops[-1]

    def _before(self, begin: int) -> int:
        """The end of what precedes this place, without white space."""
        at = bisect_left(self.places, begin, key=lambda place: place.start)
        if at < len(self.places) and self.places[at].start == begin:
            return self.stops[at - 1]
        text = self.said[at - 1][: begin - self.places[at - 1].start]
        return self.places[at - 1].start + len(text.rstrip())

    @cached_property
    def words(self) -> list[int]:
        """Where the words of the turn begin."""
        read = zip(self.said, self.places, strict=True)
        return [place.start + start for text, place in read for start, _ in find_words(text)]

    def n_words(self, start: int, stop: int) -> int:
        """How many words begin between two places."""
        return bisect_left(self.words, stop) - bisect_left(self.words, start)

    def printed(self, start: int, stop: int) -> str:
        """The text between two places of one sentence."""
        at = bisect_left(self.places, start + 1, key=lambda place: place.start) - 1
        return self.texts[at][start - self.places[at].start : stop - self.places[at].start]


def outlines(sentences: pd.DataFrame) -> Iterator[TurnOutline]:
    """Read the turns in the order of the table, and sentences by place."""
    keys = sentences.groupby(["briefing_id", "turn_id"], sort=False, dropna=False).ngroup()
    table = sentences[["text", "start", "stop"]].reset_index(drop=True).assign(turn=keys.to_numpy())
    for _, turn in table.sort_values("start", kind="stable").groupby("turn"):
        texts, starts, stops = (turn[name].tolist() for name in ("text", "start", "stop"))
        places = _places(starts, stops)
        yield TurnOutline(turn.index[0], tuple(map(str, texts)), places, tuple(stops))


def _places(starts: list[int], stops: list[int]) -> tuple[Place, ...]:
    """More than one character between two sentences begins a new paragraph."""
    places = []
    paragraph = 0
    for number, start in enumerate(starts):
        paragraph += number == 0 or start - stops[number - 1] > 1
        places.append(Place(number, paragraph, start))
    return tuple(places)


Row = dict[str, Any]
ITEMS = typed(
    "chain:int64 depth:int64 path:str item:int64 marker:str start:int64 stop:int64 "
    "item_start:int64 item_stop:int64 n_words:int64 head:str announced:Int64 "
    "announced_start:Int64 announced_stop:Int64 delivered:int64 met:boolean complete:bool"
)
COUNTS = typed(
    "announced:int64 head:str start:int64 stop:int64 chain:Int64 delivered:Int64 met:boolean"
)


@made_for_english
def enumerations(sentences: pd.DataFrame) -> pd.DataFrame:
    """List the items that a turn enumerates, nested ones as an outline; one row per item.

    Parameters
    ----------
    sentences : DataFrame
        A sentences table, such as `briefing.read(path).sentences`; whole turns, since what is
        between two markers must be known.

    Returns
    -------
    DataFrame
        In the order of the text: `briefing_id, turn_id, speaker, role`; `chain`: which enumeration
        of the turn, from 1; `depth`: 1, or 2 for a chain inside an item, and so on; `path`: the
        item's place in the outline (*3.2.1*; if a turn has several chains at depth 1, each starts
        again); `item`: its number; `marker`: as printed, at `start` to `stop` (characters of the
        turn's text); `item_start, item_stop`: what belongs to the item, up to the next one, and its
        `n_words`. The end of a last item is not marked: it is taken to be that of its paragraph, or
        of the last chain inside it, so the count is too low if the item continues. In text with two
        spaces after each full stop paragraphs cannot be recognised, and a last item is one
        sentence. `head`: the noun counted, in the singular, if printed; else missing. For the whole
        chain, on each of its rows: `announced` (*three reasons* is 3, missing if nothing was
        announced in the three sentences before), at `announced_start` to `announced_stop`;
        `delivered`: the items found; `met`: whether the two agree, missing if nothing was
        announced; `complete`: whether no number is left out. `.attrs`:
        `n_chains, n_announced, n_met`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        If columns are missing.

    Notes
    -----
    Frame markers, after Hyland (2005).

    Most are found, and nearly all of those found are right (docs/methods/lists.md). Missed are
    those whose first item is unmarked, and those over several turns. *Next, then* and *there is
    also* count only in a chain with a number above one, *another* or *finally*.

    Not a measure of how good an answer is, or of how many things it says: it counts signposts, and
    in an edited or translated text they may come from the editor.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": [
    ...     "We have two tasks. First, the quay. It has two sides: firstly, the wet one; "
    ...     "secondly, the dry one. Second, the boats."]})
    >>> table = briefing.quantities.enumerations(briefing.sentences(turns))
    >>> table[["chain", "path", "marker", "start", "n_words", "head", "announced", "met"]]
       chain path    marker  start  n_words  head  announced   met
    0      1    1     First     19       15  task          2  True
    1      2  1.1   firstly     54        4  side          2  True
    2      2  1.2  secondly     76        4  side          2  True
    3      1    2    Second     99        3  task          2  True
    """
    SENTENCES.check(sentences, *TURN_KEYS, "text", "start", "stop")
    table = found_in(sentences, _read(sentences, _items), ITEMS)
    chains = table.drop_duplicates(["briefing_id", "turn_id", "chain"])
    return finish(
        table,
        sentences,
        made_by="enumerations",
        n_chains=len(chains),
        n_announced=int(chains["announced"].notna().sum()),
        n_met=int(chains["met"].sum()),
    )


@made_for_english
def announced(sentences: pd.DataFrame) -> pd.DataFrame:
    """Compare what was announced (*three reasons*) with the items that follow, one row for each.

    Parameters
    ----------
    sentences : DataFrame
        A sentences table, as for `enumerations`.

    Returns
    -------
    DataFrame
        In the order of the text: `briefing_id, turn_id, speaker, role`; `announced`: the number;
        `head`: the noun, in the singular (missing in *three-pronged*); `start, stop`: where it is
        printed; `chain`: the enumeration that follows in that turn (as in `enumerations`),
        `delivered`: its items, `met`: whether the two agree. These three are missing if no chain
        follows. `.attrs`: `n_followed, n_met`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        If columns are missing.

    Notes
    -----
    A number that promises a list is Tadros's (1985) enumeration, an act of prediction.

    Without a chain nothing is known: the items may have no ordinals (*Two things have been done.
    The berth has moved. And there is a radio.*), or the number was not an announcement at all. So a
    missing `met` never means a broken promise.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["Two things have been done.", "There are three points. "
    ...     "First, the price. Second, the quay."]})
    >>> found = briefing.quantities.announced(briefing.sentences(turns))
    >>> found[["turn_id", "announced", "head", "delivered", "met"]]
       turn_id  announced   head  delivered    met
    0        1          2  thing       <NA>   <NA>
    1        2          3  point          2  False
    """
    SENTENCES.check(sentences, *TURN_KEYS, "text", "start", "stop")
    table = found_in(sentences, _read(sentences, _counts), COUNTS)
    return finish(
        table,
        sentences,
        n_followed=int(table["chain"].notna().sum()),
        n_met=int(table["met"].sum()),
    )


def _read(
    sentences: pd.DataFrame, read: Callable[[TurnOutline], Iterator[Row]]
) -> Iterator[tuple[int, Row]]:
    """Everything that `read` finds in the turns, each with a row of its turn."""
    return ((turn.row, row) for turn in outlines(sentences) for row in read(turn))


def _items(turn: TurnOutline) -> Iterator[Row]:
    chains = {item: number for number, c in enumerate(turn.chains) for item in c.items}
    for item, path in sorted(turn.paths.items()):
        chain, marker = turn.chains[chains[item]], turn.markers[item]
        stop = turn.extents[item]
        yield _promise(chain) | {
            "chain": chains[item] + 1,
            "depth": len(path),
            "path": ".".join(map(str, path)),
            "item": path[-1],
            "marker": turn.printed(marker.start, marker.stop),
            "start": marker.start,
            "stop": marker.stop,
            "item_start": marker.begin,
            "item_stop": stop,
            "n_words": turn.n_words(marker.begin, stop),
            "head": chain.head or None,
            "delivered": len(chain.items),
            "met": chain.met,
            "complete": chain.complete,
        }


def _promise(chain: Chain) -> Row:
    """What was announced for a chain, and where."""
    announced = chain.announced
    return {
        "announced": announced.number if announced else None,
        "announced_start": announced.start if announced else None,
        "announced_stop": announced.stop if announced else None,
    }


def _counts(turn: TurnOutline) -> Iterator[Row]:
    chains = {c.announced: (n, c) for n, c in enumerate(turn.chains, 1) if c.announced}
    for announced in turn.announcements:
        number, chain = chains.get(announced, (None, None))
        if chain or not announced.back:
            yield {
                "announced": announced.number,
                "head": announced.head or None,
                "start": announced.start,
                "stop": announced.stop,
                "chain": number,
                "delivered": len(chain.items) if chain else None,
                "met": chain.met if chain else None,
            }
