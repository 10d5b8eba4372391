"""Turns that no label announces, and lines inside a turn that nobody said.

Pages lose labels. Three conventions betray the missing one: more blank lines than usual
before a paragraph that asks; an answerer whose label is printed twice in a row with a
question at the end of the first part; whole questions set in bold. Each such turn is marked
as inferred and says by which of these it was found.
"""

from __future__ import annotations

from collections import Counter
from itertools import zip_longest

from briefing.cues import STAGE, has_question_mark, is_talk
from briefing.labels import ends_sentence
from briefing.names import case_of, label_key, role_word
from briefing.page import is_end
from briefing.reading import Line
from briefing.turns import Parsed, Piece, Turn

SHORT_TITLE = 14  # words of a heading at most


def mend(parsed: Parsed, lines: list[Line]) -> None:
    """Split off unlabelled questions and take out headings, in place."""
    _headings(parsed, lines)
    _bold_questions(parsed, lines)
    _split_all(parsed, lines)


def _text(piece: Piece, lines: list[Line]) -> str:
    return lines[piece.line].text[piece.start : piece.stop]


def _headings(parsed: Parsed, lines: list[Line]) -> None:
    """Titles between two exchanges, and blocks that only describe what was shown."""
    ends = [t.pieces[-2:] for t in parsed.turns if t.pieces]
    closed = sum(any(ends_sentence(_text(p, lines)) for p in last) for last in ends)
    strict = closed > 0.7 * len(ends)
    for turn in parsed.turns[:-1]:
        while len(turn.pieces) > 1 and strict and _is_heading(turn.pieces[-1], lines):
            line = turn.pieces[-1].line
            what = f"{lines[line].text.strip()[:60]!r} is read as a heading, not as speech"
            parsed.remarks.append((line, what, 0.8))
            _take_out(parsed, turn, len(turn.pieces) - 1, "note")
        for i in range(len(turn.pieces) - 1, 0, -1):
            if lines[turn.pieces[i].line].heading:
                _take_out(parsed, turn, i, "note")
    for turn in parsed.turns:
        shown = next((i for i, p in enumerate(turn.pieces) if _is_shown(p, lines, parsed)), None)
        while shown is not None and len(turn.pieces) > shown:
            _take_out(parsed, turn, shown, "note")


def _is_heading(piece: Piece, lines: list[Line]) -> bool:
    text = _text(piece, lines).strip()
    if not piece.paragraph or piece.start or ends_sentence(text) or STAGE.match(text):
        return False
    return len(text.split()) <= SHORT_TITLE and not text[:1].islower() and not is_end(text)


def _is_shown(piece: Piece, lines: list[Line], parsed: Parsed) -> bool:
    """A block after a rule that opens with a note in capitals and brackets: a film, a song."""
    above = piece.line - 1
    if above < 0 or parsed.kinds.get((above, 0, len(lines[above].text))) != "boilerplate":
        return False
    text = _text(piece, lines).strip()
    return text[:1] in "([" and len(text.split()) > 3 and case_of(text.strip("()[]")) == "upper"


def _take_out(parsed: Parsed, turn: Turn, i: int, kind: str) -> None:
    piece = turn.pieces.pop(i)
    parsed.kinds[piece.line, piece.start, piece.stop] = kind


def _split_all(parsed: Parsed, lines: list[Line]) -> None:
    turns: list[Turn] = []
    usual = _usual_gap(parsed.turns)
    repeats = _repeats(parsed.turns)
    for turn, after in zip_longest(parsed.turns, parsed.turns[1:]):
        turns.append(turn)
        if after is None or after.label is None or role_word(turn.label or "") == "question":
            continue
        if len(turn.pieces) < 2:
            continue
        if role_word(after.label) == "question":
            if _last_asks(turn, lines) is not None:
                what = "the turn ends in a question of its own paragraph: is a label missing?"
                parsed.remarks.append((turn.pieces[-1].line, what, 0.4))
            continue
        cut, why = _wider_gap(turn, lines, usual), "more blank lines than usual before it"
        same = label_key(turn.label or "") == label_key(after.label)
        if cut is None and same and repeats <= 0.34:
            cut, why = (
                _last_asks(turn, lines),
                "a question before a label that is printed again",
            )
        if cut is not None:
            turns.append(_split(turn, cut, f"no label; {why}, and it asks"))
    parsed.turns[:] = turns


def _usual_gap(turns: list[Turn]) -> int | None:
    gaps = Counter(p.gap for t in turns for p in t.pieces[1:] if p.paragraph)
    usual, n = max(gaps.items(), key=lambda item: item[1], default=(0, 0))
    wider = sum(count for gap, count in gaps.items() if gap > usual)
    return usual if n >= 3 and wider <= 0.25 * sum(gaps.values()) else None


def _repeats(turns: list[Turn]) -> float:
    keys = [label_key(t.label or "") for t in turns]
    same = sum(a == b != "" for a, b in zip(keys, keys[1:], strict=False))
    return same / max(1, len(keys))


def _wider_gap(turn: Turn, lines: list[Line], usual: int | None) -> int | None:
    if usual is None:
        return None
    for i, piece in enumerate(turn.pieces):
        rest = [_text(p, lines) for p in turn.pieces[i:]]
        if (
            i
            and piece.gap > usual
            and any(map(has_question_mark, rest))
            and is_talk(" ".join(rest))
        ):
            return i
    return None


def _last_asks(turn: Turn, lines: list[Line]) -> int | None:
    last = _text(turn.pieces[-1], lines)
    asks = turn.pieces[-1].paragraph and has_question_mark(last) and not STAGE.match(last)
    return len(turn.pieces) - 1 if asks else None


def _split(turn: Turn, cut: int, why: str) -> Turn:
    new = Turn(None, turn.pieces[cut:], turn.pieces[cut].line, why, 0.8)
    new.role = "journalist"
    del turn.pieces[cut:]
    return new


def _bold_questions(parsed: Parsed, lines: list[Line]) -> None:
    """Whole paragraphs in bold that ask, each the question to what follows it in plain type."""
    bold = {p.line for t in parsed.turns for p in t.pieces if _all_bold(lines[p.line])}
    asking = sum(has_question_mark(lines[i].text) for i in bold)
    if asking < 2 or asking < 0.5 * len(bold):
        return
    turns: list[Turn] = []
    for turn in parsed.turns:
        part, was = Turn(turn.label, [], turn.first_line, turn.why, turn.confidence), None
        part.start_s, part.stop_s = turn.start_s, turn.stop_s
        for piece in turn.pieces:
            now = piece.line in bold and piece.start == 0
            if part.pieces and now != was:
                turns.append(part)
                why = (
                    "no label; a question in bold" if now else "no label; after a question in bold"
                )
                part = Turn(None, [], piece.line, why, 0.8)
                part.role = "journalist" if now else "official"
            part.pieces.append(piece)
            was = now
        turns.append(part)
    parsed.turns[:] = turns


def _all_bold(line: Line) -> bool:
    if not line.bold:
        return False
    covered = sum(stop - start for start, stop in line.bold)
    return covered >= 0.9 * len(line.text.strip()) > 0
