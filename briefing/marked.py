"""Turns from formats that mark the speaker themselves: tables, captions, CHAT.

A row, a voice tag or a tier names who speaks. Rows that carry times are time marks of one
turn as long as the speaker stays the same; rows without times are turns as printed.
"""

from __future__ import annotations

from briefing.reading import Line
from briefing.turns import Parsed, Piece, Turn, join_blocks


def is_marked(lines: list[Line]) -> bool:
    """Whether the format itself says who speaks, or where the speaker changes."""
    spoken = [line for line in lines if line.text.strip() and not line.outside]
    named = sum(line.speaker is not None for line in spoken)
    return named > 0.5 * len(spoken) or sum(line.new for line in spoken) > 1


def marked_turns(lines: list[Line]) -> Parsed:
    """One turn for each run of lines with one speaker."""
    parsed = Parsed([], {})
    voice: str | None = None
    for number, line in enumerate(lines):
        if not line.text.strip() or line.outside:
            continue
        same = line.speaker == voice if line.speaker else not line.new
        stamped = line.start_s is not None
        if not parsed.turns or not same or (line.new and not (stamped and line.speaker)):
            label = line.speaker or (">>" if line.new else None)
            turn = Turn(label, first_line=number, start_s=line.start_s)
            turn.why = None if label else "no change of speaker is marked before it"
            parsed.turns.append(turn)
        voice = line.speaker or (None if line.new else voice)
        turn = parsed.turns[-1]
        turn.pieces.append(
            Piece(number, 0, len(line.text), line.gap, paragraph=_is_paragraph(line))
        )
        turn.stop_s = line.stop_s if line.stop_s is not None else turn.stop_s
    for turn, after in zip(parsed.turns, parsed.turns[1:], strict=False):
        if turn.stop_s is None and turn.start_s is not None:
            turn.stop_s = after.start_s
    return parsed


def time_labelled(parsed: Parsed, lines: list[Line]) -> None:
    """Captions whose cues print `NAME:` have their times from the cues."""
    for turn in parsed.turns:
        spans = [(lines[p.line].start_s, lines[p.line].stop_s) for p in turn.pieces]
        starts = [start for start, _ in spans if start is not None]
        stops = [stop for _, stop in spans if stop is not None]
        if starts and stops and turn.start_s is None:
            turn.start_s, turn.stop_s = min(starts), max(stops)
    if sum(t.start_s is not None for t in parsed.turns) > 0.5 * len(parsed.turns) and any(
        line.start_s is not None for line in lines
    ):
        join_blocks(parsed.turns)


def _is_paragraph(line: Line) -> bool:
    """A row or tier is one; a line of captions is not, since it ends where the screen does."""
    return line.speaker is not None and (line.gap > 0 or line.start_s is None)
