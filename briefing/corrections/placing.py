"""What each line of a parsed source is, and how a person's word for it is put in its place.

A line that becomes a label or ceases to be one changes the layout, before turns are built;
all else is moved between turns that are built: a turn is parted at a line or goes on over
it, a line is taken out or comes back.
"""

from __future__ import annotations

import re

from briefing.labels import Candidate, candidates
from briefing.layout import Layout
from briefing.names import case_of
from briefing.reading import Line
from briefing.turns import Parsed, Piece, Turn

MARKS = re.compile(r"[\s\])*]*[:：.\-–—]*[\s*]*")
SPOKEN = ("label", "turn", "speech")


class Places:
    """What each line of a parsed source is read as."""

    def __init__(self, parsed: Parsed, lines: list[Line]) -> None:
        """Look up `parsed` by line."""
        self._lines = lines
        self._kinds: dict[int, list[tuple[int, str]]] = {}
        self.opens: dict[int, Turn] = {}
        for (line, start, _), kind in parsed.kinds.items():
            self._kinds.setdefault(line, []).append((start, kind))
        for turn in parsed.turns:
            self.opens.setdefault(turn.first_line, turn)
        self._spoken = {p.line for turn in parsed.turns for p in turn.pieces}

    def kind(self, line: int) -> str:
        """What the line at index `line` is: one of `corrections.file.IS`, or unplaced."""
        here = sorted(self._kinds.get(line, []))
        labels = [start for start, kind in here if kind == "label"]
        if labels:
            return "split" if labels[-1] else "label"
        if line in self._spoken:
            turn = self.opens.get(line)
            return "speech" if turn is None else "turn" if turn.label is None else "label"
        return here[0][1] if here else "boilerplate" if self._lines[line].outside else "unplaced"


def relabel(found: Layout, line: int, label: Candidate | None) -> None:
    """Make `label` the label of `line`, or see to it that the line has none."""
    found.doubtful = [c for c in found.doubtful if c.line != line]
    found.labels = [c for c in found.labels if c.line != line]
    if label:
        label.points = 5.0  # sure
        found.labels.append(label)


def label_at(number: int, line: Line, printed: str | None) -> Candidate | None:
    """The label that `line` begins with: the words `printed`, or what looks like one."""
    if printed is None:
        return candidates(number, line)
    begin = line.text.find(printed)
    if not printed.strip() or begin < 0 or any(map(str.isalpha, line.text[:begin])):
        return None
    marks = MARKS.match(line.text, begin + len(printed))
    stop = marks.end() if marks else begin + len(printed)
    alone = not line.text[stop:].strip()
    return Candidate(number, 0, stop, printed, "colon", alone, case_of(printed))


def place(parsed: Parsed, lines: list[Line], line: int, kind: str) -> None:
    """Read `line` as `kind`, as far as that can be; its label stands in the layout already."""
    begin = 0
    for turn in [t for t in parsed.turns if t.first_line == line][kind == "label" :]:
        _join(parsed, turn)
    for span in [s for s in parsed.kinds if s[0] == line]:
        if kind == "label" and span[1] == 0:
            begin = span[2]
        else:
            del parsed.kinds[span]
    piece = _lift(parsed, lines, line)
    if kind not in SPOKEN:
        parsed.kinds[line, 0, piece.stop] = kind
        return
    piece.start = begin
    at = sum(turn.first_line <= line for turn in parsed.turns)
    if at:
        home = parsed.turns[at - 1]
        home.pieces = sorted([*home.pieces, piece], key=lambda p: (p.line, p.start))
        if kind == "turn" and home.first_line < line:
            parsed.turns.insert(at, _part(home, piece, lines))
    else:
        parsed.turns.insert(0, Turn(None, [piece], line))


def _join(parsed: Parsed, turn: Turn) -> None:
    """Let `turn` go on from the one before it, where there is one."""
    at = next(i for i, other in enumerate(parsed.turns) if other is turn)
    if at:
        before = parsed.turns[at - 1]
        before.pieces += turn.pieces
        before.stop_s = turn.stop_s if turn.stop_s is not None else before.stop_s
        del parsed.turns[at]


def _lift(parsed: Parsed, lines: list[Line], line: int) -> Piece:
    """Take what is said on `line` out of the turns; returns the whole line as one piece."""
    gap = max(lines[line].gap, int(not line or not lines[line - 1].text.strip()))
    whole = Piece(line, 0, len(lines[line].text), gap, gap > 0)
    for turn in parsed.turns:
        here = [p for p in turn.pieces if p.line == line]
        if here:
            whole.gap, whole.paragraph = here[0].gap, here[0].paragraph
            turn.pieces = [p for p in turn.pieces if p.line != line]
    return whole


def _part(turn: Turn, piece: Piece, lines: list[Line]) -> Turn:
    """Part `turn` before `piece`; returns the second part, which no label announces."""
    at = next(i for i, other in enumerate(turn.pieces) if other is piece)
    new = Turn(None, turn.pieces[at:], piece.line)
    del turn.pieces[at:]
    new.start_s = lines[piece.line].start_s
    new.stop_s, turn.stop_s = turn.stop_s, new.start_s
    return new
