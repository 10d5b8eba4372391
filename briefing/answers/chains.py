"""One turn's sentences -> its chains of items, with their places in the outline and extents."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from briefing.answers.announcements import Announcement, find_announcements
from briefing.answers.markers import Marker, Place, find_markers
from briefing.answers.outlines import Chain, best_outline
from briefing.lexicons.stage import without_stages
from briefing.words.boundaries import find_words

NEAR = 3  # sentences between an announcement and the first item


@dataclass(frozen=True)
class TurnOutline:
    """What one turn counts off. `row` is one row of its sentences."""

    row: int
    texts: tuple[str, ...]
    places: tuple[Place, ...]
    stops: tuple[int, ...]

    @cached_property
    def said(self) -> tuple[str, ...]:
        """The sentences without stage directions, of equal length."""
        return tuple(map(without_stages, self.texts))

    @cached_property
    def markers(self) -> list[Marker]:
        """Everything that could mark an item."""
        read = zip(self.said, self.places, strict=True)
        return [marker for text, place in read for marker in find_markers(text, place)]

    @cached_property
    def announcements(self) -> list[Announcement]:
        """Every number of things announced; a noun that the markers name counts too."""
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
            and marker.sentence - found.sentence <= NEAR
            and (not marker.head or not found.head or marker.head == found.head)
        ]
        return near[-1] if near else None

    @cached_property
    def paths(self) -> dict[int, tuple[int, ...]]:
        """Of each item (the number of its marker) the way down to it, such as (3, 2, 1)."""
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
        for chain in reversed(self.chains):  # what stands inside before what it stands in
            for item, following in zip(chain.items, [*chain.items[1:], None], strict=True):
                if following is None:
                    ends[item] = min(self._end_of_last(chain, item, ends), self._limit(chain))
                else:
                    ends[item] = self._before(self.markers[following].begin)
        return ends

    def _end_of_last(self, chain: Chain, item: int, ends: dict[int, int]) -> int:
        paragraph = self.markers[item].paragraph
        own = max(
            stop
            for stop, place in zip(self.stops, self.places, strict=True)
            if place.paragraph == paragraph
        )
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
        """The end of what stands before this place, white space left out."""
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
        """What stands between two places of one sentence."""
        at = bisect_left(self.places, start + 1, key=lambda place: place.start) - 1
        return self.texts[at][start - self.places[at].start : stop - self.places[at].start]


def outlines(sentences: pd.DataFrame) -> Iterator[TurnOutline]:
    """Read the turns one after the other, in the order of the table; sentences by place."""
    columns = ["text", "start", "stop"]
    keys = sentences.groupby(["briefing_id", "turn_id"], sort=False, dropna=False).ngroup()
    table = sentences[columns].reset_index(drop=True).assign(turn=keys.to_numpy())
    table = table.sort_values(["turn", "start"], kind="stable")
    turn = table["turn"].to_numpy()
    begins = (turn[1:] != turn[:-1]).nonzero()[0] + 1
    rows, texts = table.index.tolist(), table["text"].astype("str").tolist()
    starts, stops = table["start"].tolist(), table["stop"].tolist()
    edges = [0, *begins.tolist(), len(table)]
    for first, end in zip(edges, edges[1:], strict=False):
        if first < end:
            places = _places(starts[first:end], stops[first:end])
            yield TurnOutline(rows[first], tuple(texts[first:end]), places, tuple(stops[first:end]))


def _places(starts: list[int], stops: list[int]) -> tuple[Place, ...]:
    """More than one character between two sentences is a new paragraph."""
    places = []
    paragraph = 0
    for number, start in enumerate(starts):
        opens = number == 0 or start - stops[number - 1] > 1
        paragraph += opens
        places.append(Place(number, paragraph, start, opens))
    return tuple(places)
