"""Which markers of a turn make up an enumeration, and which enumeration stands inside which.

*Second,* may be the second item of the list that has just begun, or of the one around it. The
readings are tried together, from the first marker to the last, and the one with the least cost
is taken. A chain starts at first and goes up. A new *first* opens a chain inside the item where
it stands, or after a chain that could be over. What costs:

* another form than the item before, or another place in the paragraph;
* another number of items than was announced, or a number left out;
* a chain inside another of the same form, or after one of another form; but where a number is
  announced in the paragraph of the item, it is taken to be part of the item;
* a marker that is in no chain: little for a *first*, which often stands alone (*First of all,
  thank you*), much for a *third*.

A chain has at least two items and one printed number above one. Items that name what they
count all name the same thing.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from briefing.answers.announcements import Announcement
from briefing.answers.markers import Marker
from briefing.lexicons import lexicon

READINGS = 40  # kept at every marker
LEVELS = 6  # chains inside chains
LEFT_OUT = 1.5
NOT_MET = 2.0
ALONE = 2.0
FIRST_ALONE = 0.5  # also next, finally
INSIDE_SAME_FORM = 1.0
INSIDE_OVER = 1.0
AFTER = 0.5
OTHER_PLACE = 0.5
NEAR_FORMS = {frozenset(["plain", "ly"]): 0.25}
FAR_FORMS = 0.75


@dataclass(frozen=True)
class Chain:
    """One enumeration; its items are the numbers of their markers."""

    items: tuple[int, ...]
    numbers: tuple[int, ...]
    head: str
    announced: Announcement | None
    parent: int | None  # the item that it stands in
    owed: float  # what its markers cost, if it comes to nothing
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
    def valid(self) -> bool:
        """Has it two items, one with a printed number above one?"""
        return self.owed == 0


@dataclass(frozen=True)
class _Reading:
    cost: float = 0.0
    open: tuple[Chain, ...] = ()
    closed: tuple[Chain, ...] = ()

    def close(self, depth: int) -> _Reading:
        """End the chains from this depth on."""
        ending = self.open[depth:]
        cost = sum(NOT_MET for c in ending if c.valid and not _met(c))
        return _Reading(self.cost + cost, self.open[:depth], self.closed + ending)

    def replace_top(self, chain: Chain, cost: float) -> _Reading:
        """Put a chain in the place of the innermost one."""
        return replace(self, cost=self.cost + cost, open=(*self.open[:-1], chain))

    def with_chain(self, chain: Chain, cost: float) -> _Reading:
        """Put a chain on top."""
        return replace(self, cost=self.cost + cost, open=(*self.open, chain))


def best_outline(markers: list[Marker], announced: list[Announcement | None]) -> list[Chain]:
    """The chains of one turn by their first markers, each with the item that it stands in.

    `announced` has for each marker the announcement that it would make good as a first item.
    """
    readings = [_Reading()]
    for item in range(len(markers)):
        after = [new for old in readings for new in _ways(old, item, markers, announced[item])]
        readings = sorted(after, key=lambda reading: reading.cost)[:READINGS]
    best = min((reading.close(0) for reading in readings), key=lambda reading: reading.cost)
    return _valid(sorted(best.closed, key=lambda chain: chain.items[0]))


def _valid(chains: list[Chain]) -> list[Chain]:
    """Without the chains that came to nothing; what stood in them moves up."""
    nothing = {item: c.parent for c in chains if not c.valid for item in c.items}
    kept = []
    for chain in chains:
        parent = chain.parent
        while parent in nothing:
            parent = nothing[parent]
        if chain.valid:
            kept.append(replace(chain, parent=parent))
    return kept


def _ways(
    old: _Reading, item: int, markers: list[Marker], announced: Announcement | None
) -> Iterator[_Reading]:
    """What this marker may be: an item of an open chain, the first of a new one, nothing."""
    marker = markers[item]
    for depth in reversed(range(len(old.open))):
        chain = old.open[depth]
        if _fits(chain, marker):
            more, cost = _continued(chain, item, markers)
            yield old.close(depth + 1).replace_top(more, cost)
    if marker.number == 1 and marker.group != "other":
        for depth in reversed(range(min(len(old.open), LEVELS - 1) + 1)):
            yield _opened(old, depth, item, markers, announced)
    yield replace(old, cost=old.cost + _alone(marker))


def _fits(chain: Chain, marker: Marker) -> bool:
    if chain.over or (marker.number and marker.number <= chain.number):
        return False
    if marker.group == "other" and chain.number != 1:
        return False
    if marker.head and chain.head:
        return marker.head == chain.head
    return not marker.head or marker.head in lexicon("counted-nouns")


def _continued(chain: Chain, item: int, markers: list[Marker]) -> tuple[Chain, float]:
    """The chain with one more item, and what that costs."""
    marker, before = markers[item], markers[chain.items[-1]]
    number = marker.number or chain.number + 1
    cost = _form_cost(marker, before) + OTHER_PLACE * (marker.opens != before.opens)
    cost += LEFT_OUT * (number - chain.number - 1)
    owed = chain.owed + _alone(marker)
    more = replace(
        chain,
        items=(*chain.items, item),
        numbers=(*chain.numbers, number),
        head=chain.head or marker.head,
        owed=0 if marker.number or chain.valid else owed,
        over=marker.last or marker.group == "other",
    )
    return more, cost + more.owed - chain.owed


def _opened(
    old: _Reading, depth: int, item: int, markers: list[Marker], announced: Announcement | None
) -> _Reading:
    """The reading with a new chain inside the chain above this depth, the others ended."""
    marker = markers[item]
    above, ended = old.open[:depth], old.open[depth:]
    cost = _alone(marker)
    begins = announced.paragraph if announced else marker.paragraph
    if ended and ended[0].valid:
        other_form = markers[ended[0].items[0]].form != marker.form
        part_of_item = announced and begins == markers[ended[0].items[-1]].paragraph
        cost += AFTER if other_form or part_of_item else 0
    if above:
        inside = markers[above[-1].items[-1]]
        near = announced and begins == inside.paragraph
        over = above[-1].announced is not None and _met(above[-1])
        cost += INSIDE_SAME_FORM if inside.form == marker.form and not near else 0
        cost += INSIDE_OVER if over and begins > inside.paragraph else 0
    new = Chain(
        items=(item,),
        numbers=(1,),
        head=marker.head or (announced.head if announced else ""),
        announced=announced,
        parent=above[-1].items[-1] if above else None,
        owed=_alone(marker),
    )
    return old.close(depth).with_chain(new, cost)


def _met(chain: Chain) -> bool:
    return chain.announced is None or chain.announced.number == len(chain.items)


def _alone(marker: Marker) -> float:
    return FIRST_ALONE if marker.number in (None, 1) else ALONE


def _form_cost(one: Marker, other: Marker) -> float:
    if one.form == other.form:
        return 0.0
    return NEAR_FORMS.get(frozenset([one.form, other.form]), FAR_FORMS)
