"""Real transcripts in other shapes: short stretches, and turns that the format itself marks.

What somebody saves of a page is often its beginning, and a reading of three turns that is right
looks unlike one of three hundred. Each transcript of some length gives a few excerpts, of the same
house: its head with the first turns, the last one often cut off, or some turns from its middle.
It is also given as captions and tables are read, with the speaker of each row or only a mark
where somebody else begins; without some of its labels; with some of them run on to the turn before,
as where a line end was lost; in capitals, and in small letters; with all that one side says, or one
person, and nothing else; as a list; and within a page that was saved whole, with its menus, notes and
notices (`furniture.toml`, all of them invented).
"""

from __future__ import annotations

import tomllib
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
from gold import Gold, GoldTurn, between

from briefing.parse.values import mean
from briefing.reading import Line

HEADS, MIDDLES = 2, 2  # excerpts of each kind
LEAST = 8  # turns of a transcript that is long enough
SHORTEST, LONGEST = 2, 9  # turns of an excerpt
GLUED = 6  # turns for each one that is run on to the turn before
CASED = 0.5  # share of lines that change with their letters' case; else a script has none
CUT = 0.5  # share of excerpts that end in mid-sentence
PIECES = 5  # of furniture above a transcript, and below it, at most
LEFT = 30  # characters that are left of a turn that is cut off, at least


def excerpts(gold: Gold, seed: int) -> Iterator[Gold]:
    """The excerpts of a transcript, the same in every run."""
    placed = [t for t in gold.turns if t.begin is not None]
    if len(placed) < LEAST or len(placed) < len(gold.turns):
        return
    random = np.random.default_rng(seed)
    for k in range(HEADS + MIDDLES):
        n = int(random.integers(SHORTEST, LONGEST + 1))
        first = 0 if k < HEADS else int(random.integers(1, len(placed)))
        turns = placed[first : first + n]
        made = _excerpt(
            gold, turns, head=k < HEADS, keep=random.random() if random.random() < CUT else 1.0
        )
        if made and len(turns) >= SHORTEST:
            yield replace(made, name=f"{gold.name}@e{k}", path=gold.path)


def marked(gold: Gold) -> Iterator[Gold]:
    """The turns as rows of a format that names who speaks, and of one that marks only a change."""
    placed = [t for t in gold.turns if t.begin is not None]
    if len(placed) < LEAST:
        return
    for named in (True, False):
        lines = [
            Line(row, speaker=t.speaker if named else None, new=k == 0)
            for t in placed
            for k, row in enumerate(t.text.split("\n"))
            if row.strip()
        ]
        source = replace(gold.source, lines=lines)
        yield replace(
            gold, source=source, turns=placed, first=False, name=f"{gold.name}@m{int(named)}"
        )


def one_sided(gold: Gold) -> Iterator[Gold]:
    """Only the questions, and only what one person says, each under a label."""
    people = Counter(t.speaker for t in gold.turns if t.speaker)
    busiest = people.most_common(1)[0][0] if people else None
    sides = (
        [("Q", t) for t in gold.turns if t.role == "journalist" and t.text],
        [(busiest, t) for t in gold.turns if t.speaker == busiest and t.text],
    )
    for k, side in enumerate(sides):
        if len(side) < LEAST // 2:
            continue
        lines = [Line(f"{label}: {' '.join(t.text.split())}", gap=1) for label, t in side[:40]]
        source = replace(gold.source, lines=lines)
        yield replace(gold, source=source, turns=[], first=False, name=f"{gold.name}@o{k}")


def damaged(gold: Gold, seed: int) -> Iterator[Gold]:
    """Labels lost from the first third of the turns, or from half of them."""
    random, turns = np.random.default_rng(seed), [t for t in gold.turns if t.text and t.speaker]
    for k, lost in enumerate((range(len(turns) // 3), random.permutation(len(turns))[::2])):
        if len(turns) < LEAST:
            continue
        gone = {*map(int, lost)}
        said = [" ".join(t.text.split()) for t in turns]
        rows = [t if i in gone else f"{turns[i].speaker}: {t}" for i, t in enumerate(said)]
        source = replace(gold.source, lines=[Line(row, gap=1) for row in rows])
        kept = [replace(t, text=text) for t, text in zip(turns, said, strict=True)]
        yield replace(gold, source=source, turns=kept, first=False, name=f"{gold.name}@d{k}")


def glued(gold: Gold, seed: int) -> Iterator[Gold]:
    """Run some turns on to the line on which the turn before ends."""
    random, lines, moved = np.random.default_rng(seed), [*gold.source.lines], [*gold.turns]
    if len(moved) < LEAST or any(line.speaker for line in lines):
        return
    for k in sorted(map(int, random.permutation(len(moved) - 1)[: len(moved) // GLUED]))[::-1]:
        before, turn = moved[k], moved[k + 1]
        start = _label_line(gold, turn) if turn.begin and turn.label else None
        if start is None or before.end is None or before.end[0] >= start:
            continue
        last, own = before.end[0], lines[start].text
        shift = len(lines[last].text) + 1
        if any(_said(line.text) for line in lines[last + 1 : start]):
            continue
        lines[last] = replace(lines[last], text=f"{lines[last].text} {own}")
        lines[start] = Line("")
        moved = [_behind(t, start, last, shift) for t in moved]
    source = replace(gold.source, lines=lines)
    yield replace(gold, source=source, turns=moved, first=False, name=f"{gold.name}@g")


def _behind(turn: GoldTurn, line: int, last: int, shift: int) -> GoldTurn:
    """Move a turn with its `line`, which now follows the `shift` characters of the line `last`."""
    begin, end = (
        (last, at[1] + shift) if at and at[0] == line else at for at in (turn.begin, turn.end)
    )
    return replace(turn, begin=begin, end=end)


def recased(gold: Gold) -> Iterator[Gold]:
    """All in capitals, and all in small letters."""
    lines = gold.source.lines
    if len(gold.turns) < LEAST or any(line.speaker for line in lines):
        return
    said = [line.text for line in lines if any(map(str.isalpha, line.text))]
    for change in (str.upper, str.lower):
        if mean(change(t) != t for t in said) < CASED or any(
            len(change(t)) != len(t) for t in said
        ):
            continue
        source = replace(gold.source, lines=[replace(b, text=change(b.text)) for b in lines])
        turns = [replace(t, label=change(t.label), text=change(t.text)) for t in gold.turns]
        name = f"{gold.name}@{change.__name__}"
        yield replace(gold, source=source, turns=turns, first=False, name=name)


def framed(gold: Gold, seed: int) -> Iterator[Gold]:
    """The same as part of a saved page: other things stand above it and below."""
    random = np.random.default_rng(seed)
    if any(line.speaker or line.start_s is not None for line in gold.source.lines):
        return
    around = [_furniture(gold.language, where, random) for where in ("before", "after")]
    lines = [*around[0], *gold.source.lines, Line(""), *around[1]]
    turns = [
        replace(t, begin=_down(t.begin, around[0]), end=_down(t.end, around[0])) for t in gold.turns
    ]
    source = replace(gold.source, lines=lines)
    yield replace(gold, source=source, turns=turns, first=False, name=f"{gold.name}@f")


def _down(place: tuple[int, int] | None, above: Sequence[Line]) -> tuple[int, int] | None:
    return (place[0] + len(above), place[1]) if place else None


def _furniture(language: str, where: str, random: np.random.Generator) -> list[Line]:
    """Some pieces that may stand there, in the language or else in English."""
    own = [p for p in pieces() if p["lang"] == language[:2] and p["where"] in (where, "either")]
    some = own or [p for p in pieces() if p["lang"] == "en" and p["where"] in (where, "either")]
    chosen = random.permutation(len(some))[: random.integers(1, PIECES + 1)]
    return [Line(row) for k in map(int, chosen) for row in (*some[k]["text"].split("\n"), "")]


@cache
def pieces() -> list[dict[str, str]]:
    """What stands on pages around transcripts."""
    return tomllib.loads(Path(__file__).with_name("furniture.toml").read_text("utf-8"))["piece"]


def listed(gold: Gold, seed: int) -> Iterator[Gold]:
    """Sentences of a transcript as a list: no conversation, whatever sign stands before them."""
    random = np.random.default_rng(seed)
    said = [row for t in gold.turns for row in t.text.split("\n") if 4 < len(row.split()) < 40]
    if len(said) < 2 * LEAST:
        return
    for k, sign in enumerate(("- {}", "{n}. {}", "* {}", "({n}) {}")):
        rows = random.choice(said, size=int(random.integers(LEAST // 2, 2 * LEAST)), replace=False)
        lines = [Line(sign.format(row.strip(), n=n)) for n, row in enumerate(map(str, rows), 1)]
        source = replace(gold.source, lines=lines)
        yield replace(gold, source=source, turns=[], first=False, name=f"{gold.name}@l{k}")


def _excerpt(gold: Gold, turns: Sequence[GoldTurn], *, head: bool, keep: float) -> Gold | None:
    """The lines from the label of the first turn, or the top, to the end of the last turn or before."""
    start = 0 if head else _label_line(gold, turns[0])
    stop = _stop(gold, turns[-1], keep)
    if start is None or stop is None:
        return None
    lines = [*gold.source.lines[start : stop[0] + 1]]
    lines[-1] = _cut(lines[-1], stop[1])
    source = replace(gold.source, lines=lines)
    position = {id(t): i for i, t in enumerate(turns)}
    numbers = {i: position[id(t)] for i, t in enumerate(gold.turns) if id(t) in position}
    moved = []
    for t in turns:
        end = min(t.end, stop)
        moved.append(
            replace(
                t,
                answers=tuple(numbers[a] for a in t.answers if a in numbers),
                begin=(t.begin[0] - start, t.begin[1]),
                end=(end[0] - start, end[1]),
                text=between(gold.source, t.begin, end),
            )
        )
    return replace(gold, source=source, turns=moved, first=False)


def _label_line(gold: Gold, turn: GoldTurn) -> int | None:
    """The line that the label of a turn begins; None where it is not found near."""
    texts = [line.text for line in gold.source.lines]
    if not turn.label:
        return turn.begin[0] if not _said(texts[turn.begin[0]][: turn.begin[1]]) else None
    word = turn.label.split()[0]
    near = range(turn.begin[0], max(-1, turn.begin[0] - 4), -1)
    found = next((n for n in near if word in texts[n]), None)
    return found if found is not None and not _said(texts[found].partition(word)[0]) else None


def _said(text: str) -> bool:
    return sum(map(str.isalpha, text)) > 2


def _stop(gold: Gold, turn: GoldTurn, keep: float) -> tuple[int, int] | None:
    """Where the excerpt ends: with the turn, or after the share `keep` of its lines' characters."""
    (line, offset), (last, end) = turn.begin, turn.end
    sizes = [(n, len(gold.source.lines[n].text)) for n in range(line, last + 1)]
    room = sum(size for _, size in sizes[:-1]) - offset + end
    if keep == 1.0 or room < 2 * LEFT:
        return turn.end
    left = offset + LEFT + int((room - LEFT) * keep)
    for n, size in sizes:
        if left <= size:
            return (n, left) if n < last or left < end else turn.end
        left -= size
    return turn.end


def _cut(line: Line, stop: int) -> Line:
    """A line up to `stop`, or whole where only marks follow."""
    if not any(map(str.isalnum, line.text[stop:])):
        return line
    spans = {
        face: tuple((a, min(b, stop)) for a, b in getattr(line, face) if a < stop)
        for face in ("bold", "italic")
    }
    return replace(line, text=line.text[:stop], **spans)
