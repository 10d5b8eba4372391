"""Gold turns laid on the lines of their source: where each begins, where it ends, what it says.

A turn is known by its label, its first and last six words and its number of words. Both sides
are compared by letters and digits alone, so that line breaks, marks and hyphens do not matter.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from briefing.parse.page import line_numbers
from briefing.reading import Source, read_source
from briefing.tables import BriefingError

SHARED = Path(__file__).resolve().parents[3] / "shared"
TRANSCRIPTS = SHARED / "transcripts"
csv.field_size_limit(10**9)


@dataclass(frozen=True)
class GoldTurn:
    """One turn of the gold; `begin` and `end` are (line, offset), missing where not found."""

    speaker: str
    role: str
    label: str
    n_words: int
    first: str
    last: str
    answers: tuple[int, ...]  # positions, from 0, of the questions it may answer
    begin: tuple[int, int] | None = None
    end: tuple[int, int] | None = None
    text: str = ""


@dataclass(frozen=True)
class Gold:
    """A transcript with its right turns."""

    name: str
    house: str
    first: bool  # one of the first seventeen
    path: Path
    source: Source
    turns: list[GoldTurn]
    language: str
    roles: bool  # roles are judged
    links: bool  # links are judged
    found: float = field(default=1.0)  # share of turns that were laid on the source


def golds(gold: Path = TRANSCRIPTS / "gold", source: Path = TRANSCRIPTS) -> Iterator[Gold]:
    """Every transcript with gold that can be read; the others are named on standard output."""
    table = gold / "houses.tsv"
    houses = {}
    if table.exists():
        rows = [line.split("\t") for line in table.read_text(encoding="utf-8").splitlines()[1:]]
        houses = {row[0]: (row[1], row[2] == "first") for row in rows}
    for path in sorted(gold.glob("*.gold.tsv")):
        try:
            yield read_gold(path, source, houses)
        except BriefingError as error:
            print(f"not read: {path.name}: {error}")


def read_gold(path: Path, source: Path, houses: dict[str, tuple[str, bool]]) -> Gold:
    """One transcript with its gold turns."""
    said = path.read_text(encoding="utf-8").split("\n")
    notes = [line for line in said if line.startswith("#")]
    rows = list(
        csv.DictReader(
            [x for x in said if x and x[0] != "#"], delimiter="\t", quoting=csv.QUOTE_NONE
        )
    )
    name = _note(notes, "file")
    read = read_source(source / name)
    numbers = {row["turn_no"]: i for i, row in enumerate(rows)}
    turns = [
        GoldTurn(
            row["speaker"] or "",
            row["role"],
            row["raw_label"] or "",
            int(row["n_words"] or 0),
            row["first6"] or "",
            row["last6"] or "",
            tuple(
                numbers[n.strip()]
                for n in (row["reply_to"] or "").split(",")
                if n.strip() in numbers
            ),
        )
        for row in rows
    ]
    placed = lay(turns, read)
    layout = f"layout {name.split('@')[1].split('.')[0]}" if "@" in name else Path(name).parent.name
    house, first = houses.get(name, (layout, False))
    return Gold(
        name,
        house,
        first,
        source / name,
        read,
        placed,
        _note(notes, "lang"),
        roles="# roles: debatable" not in "\n".join(notes),
        links="# links: not annotated" not in "\n".join(notes),
        found=sum(t.begin is not None for t in placed) / max(1, len(placed)),
    )


def _note(notes: list[str], key: str) -> str:
    return next((n.split(":", 1)[1].strip() for n in notes if n.startswith(f"# {key}:")), "")


@lru_cache(maxsize=100_000)
def letters(text: str) -> str:
    """The letters and digits of `text`, folded, without accents."""
    plain = unicodedata.normalize("NFKD", text).casefold()
    return "".join(c for c in plain if c.isalnum())


class _Stream:
    """The letters of all lines in a row, and where each of them stands."""

    def __init__(self, source: Source) -> None:
        parts, self.line, self.offset = [], [], []
        numbered = line_numbers(source.lines)
        for number, line in enumerate(source.lines):
            if line.outside:
                continue
            for offset, char in enumerate(line.text):
                if offset < numbered.get(number, 0):
                    continue
                for one in letters(char):
                    parts.append(one)
                    self.line.append(number)
                    self.offset.append(offset)
        self.text = "".join(parts)
        self.words: list[int] = []  # positions of letters that begin a word between spaces
        before: tuple[int, int] = (-1, -1)
        for at, (number, offset) in enumerate(zip(self.line, self.offset, strict=True)):
            gap = source.lines[number].text[before[1] : offset] if number == before[0] else " "
            if re.search(r"\s", gap):
                self.words.append(at)
            before = number, offset


def lay(turns: list[GoldTurn], source: Source) -> list[GoldTurn]:
    """The turns with the places where they begin and end, and what they say."""
    stream, at, placed = _Stream(source), 0, []
    for turn in turns:
        begin = _begin(stream, turn, at)
        if begin is None:
            placed.append(turn)
            continue
        end = _end(stream, turn, begin)
        at = max(end, begin + 1)
        last = (stream.line[end - 1], stream.offset[end - 1] + 1)
        first = (stream.line[begin], stream.offset[begin])
        placed.append(
            GoldTurn(
                **{
                    **turn.__dict__,
                    "begin": first,
                    "end": last,
                    "text": between(source, first, last),
                }
            )
        )
    return placed


def _begin(stream: _Stream, turn: GoldTurn, at: int) -> int | None:
    first = letters(turn.first)
    label = letters(re.sub(r"\(\.\.\)|\]\(http\S*", " ", turn.label))
    if not first:
        return None
    found, place = [], stream.text.find(first, at)
    while place >= 0 and len(found) < 40:
        found.append(place)
        place = stream.text.find(first, place + 1)
    near = [p for p in found if label and label in stream.text[max(at, p - len(label) - 12) : p]]
    starts = set(found[:1]) | {
        p for p in found if p in set(stream.words[bisect_left(stream.words, p) :][:1])
    }
    first_label = near[0] if near else None
    if first_label is not None and first_label - at < 20_000:
        return first_label
    return min(starts) if starts else None


def _end(stream: _Stream, turn: GoldTurn, begin: int) -> int:
    last = letters(turn.last)
    word = bisect_left(stream.words, begin)
    if turn.n_words <= 6 or not last:
        last = letters(turn.first) if turn.n_words <= 6 else last
        return begin + len(last)
    best, place = None, stream.text.find(last, begin)
    while place >= 0:
        words = bisect_left(stream.words, place + len(last)) - word
        off = abs(words - turn.n_words)
        if best is None or off < best[0]:
            best = (off, place + len(last))
        if words > turn.n_words * 1.5 + 60:
            break
        place = stream.text.find(last, place + 1)
    if best is not None and best[0] <= 0.3 * turn.n_words + 30:
        return best[1]
    stop = min(word + turn.n_words, len(stream.words) - 1)
    return stream.words[stop] if turn.n_words else begin


def between(source: Source, first: tuple[int, int], last: tuple[int, int]) -> str:
    """What stands between two places, lines joined by line breaks."""
    rows = []
    numbered = line_numbers(source.lines)
    for number in range(first[0], last[0] + 1):
        line = source.lines[number]
        if line.outside:
            continue
        start = first[1] if number == first[0] else numbered.get(number, 0)
        stop = last[1] if number == last[0] else len(line.text)
        tail = re.match(r"[.?!…。？！\"'”’)\]»]*", line.text[stop:]) if number == last[0] else None
        rows.append(line.text[start : stop + (tail.end() if tail else 0)])
    return "\n".join(rows).strip()


if __name__ == "__main__":
    for one in golds():
        n = sum(t.begin is None for t in one.turns)
        words = sum(len(t.text.split()) for t in one.turns if t.begin) / max(
            1, sum(t.n_words for t in one.turns if t.begin)
        )
        if n or not 0.95 < words < 1.05:
            print(f"{one.name:50} {len(one.turns):4} turns, {n} not found, words {words:.3f}")
