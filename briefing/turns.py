"""From labels to turns: every stretch of the source is given its kind and its turn.

Between one label and the next lies a turn. Around that rule are the cases this module is
for: labels glued to the sentence before them, questions that no label announces, headings
between two exchanges, lines before the first label and after the last words. Nothing is
dropped: what is not speech becomes a label, metadata, a note or boilerplate.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from functools import lru_cache

from briefing.labels import Candidate
from briefing.layout import Layout
from briefing.names import label_key, role_word
from briefing.page import Row
from briefing.reading import Line

COLON = re.compile(r"[:：]")
LABEL_END = re.compile(r"[\w.)\]\xa0 ]")
SENTENCE_END = re.compile(r"[.?!…。？！—–)\]][\"'”’]?\s*|-\s+")
ABBREVIATED = re.compile(
    r"\b(?:(?i:m[rsx]s?|dr|sra?|gen|lt|col|sen|gov|st|sec|prof|hon)|[A-Z])\.\s*$"
)


@dataclass(slots=True)
class Piece:
    """A stretch of a source line: `lines[line].text[start:stop]`."""

    line: int
    start: int
    stop: int
    gap: int = 0
    paragraph: bool = True


@dataclass(slots=True)
class Turn:
    """One label with everything up to the next."""

    label: str | None
    pieces: list[Piece] = field(default_factory=list)
    first_line: int = 0
    why: str | None = None  # how it was inferred, where no label is printed
    confidence: float = 1.0
    start_s: float | None = None
    stop_s: float | None = None
    speaker: str | None = None
    organisation: str | None = None
    role: str = "unknown"
    role_why: str | None = None
    role_sure: float = 1.0
    answers: list[int] = field(default_factory=list)
    text: str = ""


@dataclass(slots=True)
class Parsed:
    """The turns and the kind of every stretch that is no speech."""

    turns: list[Turn]
    kinds: dict[tuple[int, int, int], str]  # (line, start, stop) -> kind
    remarks: list[tuple[int, str, float]] = field(default_factory=list)  # line, what, surety
    head: list[Row] = field(default_factory=list)  # lines before the first label


def build_turns(lines: list[Line], rows: list[Row], layout: Layout, junk: set[int]) -> Parsed:
    """Cut the source into turns at the labels of `layout`."""
    parsed = Parsed([], {})
    labels = {c.line: c for c in layout.labels}
    known = _known(rows, labels)
    turn: Turn | None = None
    for row in rows:
        if row.number in layout.clocks:
            parsed.kinds[row.number, 0, len(row.text)] = "label"
            continue
        if row.number in junk and row.number not in labels:
            parsed.kinds[row.number, 0, len(row.text)] = "boilerplate"
            continue
        candidate = labels.get(row.number)
        start = 0
        if candidate:
            turn = _open(parsed, candidate, row)
            start = candidate.stop
        for at, stop, text in known.find(row.text, start):
            if turn is None and at == 0:
                break
            if turn is None:
                turn = Turn(None, first_line=row.number, why="text before the first label")
                parsed.turns.append(turn)
            add_piece(turn, row, start, at)
            turn = Turn(text, first_line=row.number)
            parsed.turns.append(turn)
            parsed.kinds[row.number, at, stop] = "label"
            parsed.remarks.append((row.number, f"label {text!r} stands in mid-paragraph", 0.9))
            start = stop
        if turn is None:
            parsed.head.append(row)
        else:
            add_piece(
                turn,
                row,
                start,
                len(row.text),
                paragraph=row.paragraph or candidate is not None,
            )
    _times(parsed.turns, lines)
    return parsed


def _open(parsed: Parsed, candidate: Candidate, row: Row) -> Turn:
    turn = Turn(candidate.text, first_line=row.number, start_s=candidate.time)
    turn.confidence = round(min(1.0, candidate.points / 5), 2)
    parsed.turns.append(turn)
    parsed.kinds[row.number, 0, candidate.stop] = "label"
    return turn


def add_piece(
    turn: Turn, row: Row, start: int, stop: int, *, paragraph: bool | None = None
) -> None:
    """Give `row.text[start:stop]` to `turn`, unless it is blank."""
    if row.text[start:stop].strip():
        begins = row.paragraph if paragraph is None else paragraph
        turn.pieces.append(Piece(row.number, start, stop, row.gap, begins and start == 0))


@dataclass(slots=True)
class Known:
    """Labels to look for in mid-paragraph: by their keys, and those that end in a full stop."""

    keys: set[str]
    stops: re.Pattern[str] | None

    def find(self, text: str, begin: int) -> list[tuple[int, int, str]]:
        """(start, stop, label) of known labels after the end of a sentence."""
        found = [(a, b, t) for a, b, t in _colons(text, begin) if label_key(t) in self.keys]
        if self.stops:
            found += [(m.start(1), m.end(), m[1]) for m in self.stops.finditer(text, begin)]
        return [(a, _skip_space(text, b), t) for a, b, t in sorted(found)]


def _skip_space(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


def _known(rows: list[Row], labels: dict[int, Candidate]) -> Known:
    """The accepted labels, and those that only ever stand in mid-paragraph but come back."""
    begins = [labels[row.number].stop if row.number in labels else 0 for row in rows]
    found = map(_colons, (row.text for row in rows), begins)
    seen = Counter(label_key(text) for colons in found for _, _, text in colons)
    words = {"question", "answer", "moderator"}
    inside = {key for key, n in seen.items() if n > 1 and (role_word(key) in words)}
    inside -= {key for key in inside if len(key) == 1 and (key != "q" or seen["q"] < 2)}
    stops = {c.text for c in labels.values() if c.shape == "full stop" and len(c.text) > 4}
    ending = "|".join(re.escape(label) for label in sorted(stops, key=len, reverse=True))
    pattern = re.compile(rf"(?<=[.?!…—–)\]\"”’])\s+({ending})[.]\s") if stops else None
    return Known({c.key for c in labels.values()} | inside, pattern)


@lru_cache(maxsize=4_000)  # every line is asked twice
def _colons(text: str, begin: int) -> tuple[tuple[int, int, str], ...]:
    """(start, stop, label) of what stands between a sentence's end and a colon."""
    found = []
    for match in COLON.finditer(text, begin):
        colon = match.start()
        first = max(begin, colon - 90)
        if not LABEL_END.match(text, colon - 1) or _quoted(text[max(0, colon - 300) : colon]):
            continue
        cut = _sentence_end(text[first:colon])
        label = text[first + cut : colon].strip()
        if cut > 0 and 0 < len(label) <= 80:
            found.append((first + cut, colon + 1, label))
    return tuple(found)


def _quoted(before: str) -> bool:
    """Whether a quotation that began in `before` is still open at its end."""
    curly = before.rfind("“") > before.rfind("”") or before.rfind("«") > before.rfind("»")
    return curly or before.count('"') % 2 == 1


def _sentence_end(window: str) -> int:
    """Where the last sentence in `window` ends; 0 where none does. `Mr.` ends none."""
    for match in reversed(list(SENTENCE_END.finditer(window.rstrip(" )]\xa0")))[-4:]):
        if not ABBREVIATED.search(window[: match.end()]):
            return match.end()
    return 0


def _times(turns: list[Turn], lines: list[Line]) -> None:
    """Join the blocks that a clock stamps; end a turn where the next begins."""
    if sum(t.start_s is not None for t in turns) > 0.5 * len(turns):
        join_blocks(turns)
    for turn, after in zip(turns, turns[1:], strict=False):
        if turn.start_s is not None and after.start_s is not None:
            turn.stop_s = max(turn.start_s, after.start_s)


def join_blocks(turns: list[Turn]) -> None:
    """Make one turn of blocks in a row with one name: the format stamps each with a time."""
    joined: list[Turn] = []
    for turn in turns:
        before = joined[-1] if joined else None
        same = before and turn.label and label_key(before.label or "") == label_key(turn.label)
        if before and same and role_word(turn.label or "") is None:
            before.pieces += turn.pieces
            before.stop_s = turn.stop_s if turn.stop_s is not None else before.stop_s
        else:
            joined.append(turn)
    turns[:] = joined
