"""The text of turns put together, and the source taken apart, without losing a character."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cached_property
from itertools import pairwise

from briefing.reading import Line
from briefing.turns import Parsed, Turn


class Words:
    """The words of a document, made when a hyphen first asks for them."""

    def __init__(self, lines: list[Line]) -> None:
        """Remember the lines."""
        self._lines = lines

    @cached_property
    def known(self) -> set[str]:
        """Every word of the document, case folded."""
        return {w for line in self._lines for w in re.findall(r"[^\W\d_]+", line.text.casefold())}


def assemble(turn: Turn, lines: list[Line], *, wrapped: bool, words: Words) -> str:
    """The text of a turn from its stretches."""
    parts: list[str] = []
    for piece in turn.pieces:
        text = lines[piece.line].text[piece.start : piece.stop].strip()
        if not text:
            continue
        if not parts:
            parts.append(text)
        elif piece.paragraph or not wrapped:
            parts += ["\n\n" if piece.gap or wrapped else "\n", text]
        else:
            parts.append(_joint(parts, text, words) + text)
    return "".join(parts)


def _joint(parts: list[str], text: str, words: Words) -> str:
    """What stands between two lines of one paragraph; drops a hyphen that only broke a word."""
    broken = re.search(r"([^\W\d_]+)-$", parts[-1])
    if not broken or not text[0].islower():
        return " "
    following = re.match(r"[^\W\d_]+", text)
    if following and (broken[1] + following[0]).casefold() in words.known:
        parts[-1] = parts[-1][:-1]
    return ""


def stretches(
    lines: list[Line], parsed: Parsed
) -> list[tuple[int, int, int, str, int | None, str]]:
    """(line, start, stop, kind, turn_id, text): every character of every line once."""
    owners: dict[int, list[tuple[int, int, str, int | None]]] = {}
    spoken = _beginnings(lines, parsed)
    for (number, start, stop), kind in parsed.kinds.items():
        at = bisect_left(spoken, (number, stop, 0)) if kind == "label" else len(spoken)
        turn_id = spoken[at][2] if at < len(spoken) else None
        owners.setdefault(number, []).append((start, stop, kind, turn_id))
    for i, turn in enumerate(parsed.turns, 1):
        for p in turn.pieces:
            owners.setdefault(p.line, []).append((p.start, p.stop, "speech", i))
    table = []
    for number, line in enumerate(lines):
        text = line.text
        rest = "blank" if not text.strip() else "boilerplate" if line.outside else "unplaced"
        spans = owners.get(number) or [(0, len(text), rest, None)]
        if len(spans) == 1:
            table.append((number + 1, 0, len(text), *spans[0][2:], text))
            continue
        spans.sort()
        starts = [0, *(s[0] for s in spans[1:]), len(text)]
        for (_, _, kind, turn_id), (a, b) in zip(spans, pairwise(starts), strict=True):
            table.append((number + 1, a, b, kind, turn_id, text[a:b]))
    return table


def unplaced(lines: list[Line], parsed: Parsed) -> list[int]:
    """Indices of the lines that may be speech and found no place."""
    placed = {number for number, _, _ in parsed.kinds}
    placed.update(p.line for turn in parsed.turns for p in turn.pieces)
    left = (n for n, line in enumerate(lines) if n not in placed and not line.outside)
    return [n for n in left if lines[n].text.strip()]


def _beginnings(lines: list[Line], parsed: Parsed) -> list[tuple[int, int, int]]:
    """(line, start, turn_id) of all speech in order: a label belongs to what comes next."""
    found = []
    for i, turn in enumerate(parsed.turns, 1):
        found += [(p.line, p.start, i) for p in turn.pieces]
        if not turn.pieces:  # a label and nothing behind it
            found.append((turn.first_line, len(lines[turn.first_line].text), i))
    return sorted(found)
