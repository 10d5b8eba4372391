"""What the steps from lines to turns hand on: values, never changed once they are made.

A step takes values and returns new ones; nothing here has a method that writes. Reasons and
remarks say what was seen as data (a kind, a line, the words); `briefing.show` makes sentences
of them for people, and nothing ever reads those sentences again.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from briefing.reading.lines import Line


def mean(of: Iterable[float]) -> float:
    """The mean, or the share of what is true; 0 of nothing."""
    known = [*of]
    return sum(known) / max(1, len(known))


class Row(NamedTuple):
    """A line that holds something: where its text begins, and what stands around it."""

    number: int  # index of the line
    line: Line
    start: int  # where the text begins, behind a printed line number
    gap: int  # blank lines before it
    paragraph: bool  # begins a paragraph
    text: str  # the whole line


class Candidate(NamedTuple):
    """A place where a label may stand: `line[start:stop]` holds the label and its marks."""

    row: int  # index of the row
    line: int  # index of the line
    start: int
    stop: int  # where what is said begins
    label: str  # the label as printed, without its marks
    form: str  # the means by which it is set off: colon, stop, dash, alone, ...
    style: str  # form and marks, to tell one convention from another
    alone: bool  # nothing follows on the line
    time: float | None = None
    covers: tuple[int, ...] = ()  # other lines that belong to the label: its time, what is above

    @property
    def top(self) -> int:
        """Index of the row in which the label begins."""
        return self.row - sum(line < self.line for line in self.covers)


class Piece(NamedTuple):
    """A stretch of a source line that somebody says: `lines[line].text[start:stop]`."""

    line: int
    start: int
    stop: int
    gap: int = 0
    paragraph: bool = True


class Why(NamedTuple):
    """One reason: what kind, the index of the line it was read from (-1: none), the words."""

    kind: str
    line: int = -1
    words: str = ""


class Remark(NamedTuple):
    """Something a person should know of the reading: what kind, where, what, how sure (0 to 1)."""

    kind: str
    line: int
    words: str = ""
    sure: float = 1.0


class Turn(NamedTuple):
    """One label with everything up to the next, or a stretch that no label announces.

    `sure`, `role_sure` and `answers_sure` are probabilities, calibrated on houses left out.
    `found` says by what a turn without a label was found; `role_why` and `answers_why` hold
    the two strongest reasons.
    """

    label: str | None
    pieces: tuple[Piece, ...]
    first_line: int  # index of the line with the label, or of the first words
    text: str = ""
    start_s: float | None = None
    stop_s: float | None = None
    sure: float = 1.0
    found: Why | None = None
    speaker: str | None = None
    organisation: str | None = None
    role: str = "unknown"
    role_sure: float = 1.0
    role_why: tuple[Why, ...] = ()
    answers: tuple[int, ...] = ()  # positions of the questions
    answers_sure: float = 1.0
    answers_why: tuple[Why, ...] = ()
    corrected: tuple[str, ...] = ()  # what a person said or confirmed: speaker, role, ...


class Other(NamedTuple):
    """A reading that was not taken: labels of another form, and how many turns they would give."""

    form: str
    example: str  # a label as printed: with `--label` it is taken
    n_turns: int
    n_labels: int  # how many different ones
    chance: float


@dataclass(frozen=True, slots=True)
class Reading:
    """A source as read: its turns, the kind of every other stretch, and how sure that is."""

    turns: tuple[Turn, ...]
    kinds: tuple[tuple[int, int, int, str], ...]  # (line, start, stop, kind) of what is no speech
    remarks: tuple[Remark, ...] = ()
    others: tuple[Other, ...] = ()
    styles: tuple[tuple[str, int], ...] = ()  # (form, number of labels), commonest first
    applied: tuple[Remark, ...] = ()  # what a person corrected
    confidence: float = 1.0  # expected share of turns that are right
    left_over: float = 0.0  # words that read like speech and are in no turn
