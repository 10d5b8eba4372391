"""What the parser made of a transcript, as the entries of a corrections file."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from briefing.corrections.placing import Places
from briefing.turns import Parsed, Turn

if TYPE_CHECKING:
    from briefing.transcript import Transcript

AtLine = dict[int, list[tuple[int, Turn]]]


def opening(text: str) -> str:
    """The first words of `text`: enough to know it by."""
    return " ".join(text.split()[:6])[:40].rstrip()


def begins(text: str, words: str) -> bool:
    """Whether `text` begins with `words`, whatever the spaces between them."""
    return bool(words.strip()) and " ".join(text.split()).startswith(" ".join(words.split()))


def as_read(transcript: Transcript) -> dict[str, list[tuple[dict[str, Any], str]]]:
    """The entries of a corrections file that changes nothing, each with a word of help."""
    return {
        "speakers": [(row, "") for row in speakers(transcript.parsed)],
        "lines": [(row, "") for row in _doubtful(transcript)],
        "answers": [*_answers(transcript.parsed)],
    }


def _answers(parsed: Parsed) -> Iterator[tuple[dict[str, Any], str]]:
    """A row an answer; questions by their lines, or by their words where several share one."""
    turns, at_line = parsed.turns, by_line(parsed)
    for i, turn in enumerate(turns):
        if turn.answers:
            row: dict[str, Any] = {"line": turn.first_line + 1, "begins": opening(turn.text)}
            row["questions"] = [
                line if find_question(turns, at_line, line, i) == q else opening(turns[q].text)
                for q in turn.answers
                for line in [turns[q].first_line + 1]
            ]
            yield row, f"  # to {opening(turns[turn.answers[0]].text)!r}"


def speakers(parsed: Parsed) -> list[dict[str, Any]]:
    """A row a speaker, or a label that names nobody; what differs by turn is left out."""
    groups: dict[tuple[str, str | None], list[Turn]] = {}
    for turn in parsed.turns:
        if turn.label is not None:
            who = (turn.speaker or "", None if turn.speaker else turn.label)
            groups.setdefault(who, []).append(turn)
    rows = []
    for (name, _), turns in groups.items():
        row: dict[str, Any] = {"name": name}
        for key in ("role", "organisation"):
            values = {getattr(turn, key) or "" for turn in turns}
            if len(values) == 1:
                row[key] = values.pop()
        rows.append({**row, "labels": [*dict.fromkeys(turn.label for turn in turns)]})
    return rows


def _doubtful(transcript: Transcript) -> Iterator[dict[str, Any]]:
    """A row for each line whose reading was inferred."""
    parsed, lines = transcript.parsed, transcript.source_lines
    places = Places(parsed, lines)
    remarked = {line for line, *_ in parsed.remarks if places.kind(line) != "label"}
    inferred = {turn.first_line for turn in parsed.turns if turn.label is None}
    doubted = {c.line for c in transcript.layout.doubtful}
    for line in sorted(remarked | inferred | doubted):
        row = {"line": line + 1, "begins": opening(lines[line].text), "is": places.kind(line)}
        turn = places.opens.get(line)
        if turn and turn.label is None:
            row |= {"name": turn.speaker or "", "role": turn.role}
            row["organisation"] = turn.organisation or ""
        yield row


def by_line(parsed: Parsed) -> AtLine:
    """The turns with their positions, by the number of the line they begin on."""
    found: AtLine = {}
    for i, turn in enumerate(parsed.turns):
        found.setdefault(turn.first_line + 1, []).append((i, turn))
    return found


def find_question(turns: list[Turn], at_line: AtLine, what: int | str, answer: int) -> int | None:
    """The turn before `answer` that begins on line `what`, or with these words; None if none."""
    if isinstance(what, str):
        return next((i for i in range(answer - 1, -1, -1) if begins(turns[i].text, what)), None)
    before = [i for i, _ in at_line.get(what, []) if i < answer]
    return max(before, key=lambda i: (turns[i].role == "journalist", i), default=None)
