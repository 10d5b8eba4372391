"""A person's corrections: what they changed in the corrections file, applied to a transcript.

The parser reads the source by itself first. Entries of the file that say the same are no
corrections; those that differ, or are marked as `checked`, hold in a second reading, each
where it belongs: labels before turns are built, the other lines before roles are judged,
names and roles before answers are linked, for the links follow them.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from briefing.corrections.file import WHO, Entry, Written
from briefing.corrections.placing import Places, label_at, place, relabel
from briefing.corrections.rows import begins, by_line, find_question, opening, speakers
from briefing.layout import Layout
from briefing.reading import Line
from briefing.tables import BriefingError
from briefing.turns import Parsed, Turn

if TYPE_CHECKING:
    from briefing.transcript import Transcript

BEGINS_TURN = ("label", "turn", "split")


class Corrections:
    """What a person overruled in one transcript; as made, nothing.

    `applied` lists what was done, as (line, what); `linked` the positions of the turns whose
    questions a person chose.
    """

    def __init__(self, written: Written | None = None, of: Transcript | None = None) -> None:
        """Keep of `written` what differs from `of`, the transcript as read without it."""
        self.written = written or Written("")
        self.applied: list[tuple[int, str]] = []
        self.linked: set[int] = set()
        self.text_status: str | None = None
        self._labels: dict[str, Entry] = {}
        self._roles: dict[str, Entry] = {}  # labels whose role was changed
        self._lines: list[Entry] = []
        self._answers: list[Entry] = []
        self._source = ""
        if of is not None:
            self._source = ", ".join(source.name for source in of.sources)
            if self.written.text_status not in (None, of.text_status):
                self.text_status = self.written.text_status
                self.applied.append((0, f"kind of text: {self.text_status}"))
            self._compare_labels(of.parsed)
            self._compare_lines(of.parsed, of.source_lines)
            self._compare_answers(of.parsed)

    def _compare_labels(self, parsed: Parsed) -> None:
        before = {label: row for row in speakers(parsed) for label in row["labels"]}
        seen: dict[str, int] = {}
        for entry in self.written.sections["speakers"]:
            for label in entry["labels"]:
                if label in seen:
                    what = f"the label {label!r} stands on line {seen[label]} too"
                    raise self._error(entry, f"{what}; leave it with one speaker.")
                seen[label] = entry.at
                edited = _edited(entry, before.get(label, {}))
                if edited:
                    self._labels[label] = entry
                if "role" in edited:
                    self._roles[label] = entry

    def _compare_lines(self, parsed: Parsed, lines: list[Line]) -> None:
        places = Places(parsed, lines)
        seen: dict[int, int] = {}
        for entry in self.written.sections["lines"]:
            number = entry["line"]
            if number in seen:
                what = f"line {number} of {self._source} stands on line {seen[number]} too"
                raise self._error(entry, f"{what}; leave one of the two.")
            seen[number] = entry.at
            text = lines[number - 1].text if 0 < number <= len(lines) else None
            self._fit(entry, [] if text is None else [text])
            row: dict[str, Any] = {"is": places.kind(number - 1)}
            turn = places.opens.get(number - 1)
            if turn:
                row |= {"label": turn.label, "name": turn.speaker or "", "role": turn.role}
                row["organisation"] = turn.organisation or ""
            if _edited(entry, row):
                self._lines.append(entry)
        self._lines.sort(key=lambda entry: entry["line"])

    def _compare_answers(self, parsed: Parsed) -> None:
        turns, at_line = parsed.turns, by_line(parsed)
        for entry in self.written.sections["answers"]:
            asked = entry["questions"]
            same = any(
                begins(turn.text, entry["begins"])
                and {find_question(turns, at_line, what, i) for what in asked} == {*turn.answers}
                for i, turn in at_line.get(entry["line"], [])
            )
            if entry["checked"] or not same:
                self._answers.append(entry)

    def _error(self, entry: Entry, what: str) -> BriefingError:
        return self.written.error(entry.at, what)

    def _fit(self, entry: Entry, texts: list[str]) -> None:
        """Refuse a correction whose line begins with none of `texts`, or is not there."""
        if any(begins(text, entry["begins"]) for text in texts):
            return
        found = " or ".join(repr(opening(text)) for text in texts)
        stands = f"begins {found}" if texts else "is not there, or no turn begins there"
        raise self._error(
            entry,
            f"line {entry['line']} of {self._source} should begin {entry['begins']!r}, but "
            f"{stands}; write the line's new number and words here, or take this entry out.",
        )

    def relabel(self, found: Layout, lines: list[Line]) -> None:
        """Put in the labels that a person saw, and take out those that are none."""
        for entry in self._lines:
            i = entry["line"] - 1
            if entry["is"] == "label":
                label = next((c for c in found.labels if c.line == i), None)
                if label is None or entry["label"] not in (None, label.text):
                    label = label_at(i, lines[i], entry["label"])
                if label is None:
                    what = f"no label can be made out at the beginning of line {i + 1}"
                    raise self._error(entry, f'{what}; add label = "..." as it is printed there.')
                relabel(found, i, label)
            elif entry["is"] != "split":
                relabel(found, i, None)

    def place(self, parsed: Parsed, lines: list[Line]) -> None:
        """Read the lines that a person spoke for as they say."""
        own = {entry["line"] - 1 for entry in self._lines}
        if not own:
            return
        parsed.remarks = [remark for remark in parsed.remarks if remark[0] not in own]
        for entry in self._lines:
            i, kind = entry["line"] - 1, entry["is"]
            if kind not in ("split", Places(parsed, lines).kind(i)):
                place(parsed, lines, i, kind)
        places = Places(parsed, lines)
        for entry in self._lines:
            i, kind = entry["line"] - 1, places.kind(entry["line"] - 1)
            if kind != entry["is"]:
                what = f"line {i + 1} cannot be {entry['is']!r} here, it would be {kind!r}"
                raise self._error(entry, f"{what}; write another kind.")
            turn = places.opens.get(i)
            if turn and kind == "turn":
                turn.why = None
            who = _who(entry) if kind in BEGINS_TURN else ""
            self.applied.append((i + 1, f"is read as {kind}{who}"))

    def name(self, parsed: Parsed) -> None:
        """Give speakers the names, roles and organisations that a person gave them."""
        for label, entry in self._labels.items():
            turns = [turn for turn in parsed.turns if turn.label == label]
            if not turns:
                what = f"{self._source} has no label {label!r}"
                raise self._error(entry, f"{what}; write it as it is printed, or take it out.")
            for turn in turns:
                _name(parsed, turn, entry)
            start = f"{label!r} is taken to be "
            parsed.remarks = [r for r in parsed.remarks if not r[1].startswith(start)]
            self.applied.append((turns[0].first_line + 1, f"label {label!r}{_who(entry)}"))
        own = [*self._turns_of_lines(parsed)]
        for entry, turn in own:
            _name(parsed, turn, entry)
        self._agree(parsed)
        for entry, turn in own:
            if entry["role"] is not None:
                turn.role, turn.role_why, turn.role_sure = entry["role"], self.why, 1.0

    def _turns_of_lines(self, parsed: Parsed) -> Iterator[tuple[Entry, Turn]]:
        """The entries of lines that say who speaks, each with the turn that begins there."""
        opens = {turn.first_line: turn for turn in reversed(parsed.turns)}
        for entry in self._lines:
            turn = opens.get(entry["line"] - 1)
            if turn and entry["is"] in BEGINS_TURN:
                yield entry, turn
            elif entry["is"] in BEGINS_TURN and _who(entry):
                what = f"no turn begins on line {entry['line']} of {self._source}"
                raise self._error(entry, f"{what}; name the speaker where the turn begins.")

    @property
    def why(self) -> str:
        """What is given as the reason for what was corrected."""
        return f"{self.written.name} says so"

    def _agree(self, parsed: Parsed) -> None:
        """One role a person: as corrected, or else the surest of those that were read."""
        given: dict[str | None, Entry] = {}
        for label, entry in self._roles.items():
            turns = [turn for turn in parsed.turns if turn.label == label]
            name = turns[0].speaker
            other = given.setdefault(name, entry)
            if name and other["role"] != entry["role"]:
                what = f"{name!r} is {entry['role']} here and {other['role']} on line {other.at}"
                raise self._error(entry, f"{what}; give one person one role.")
            for turn in [t for t in parsed.turns if name and t.speaker == name] or turns:
                turn.role, turn.role_why, turn.role_sure = entry["role"], self.why, 1.0
        changed = {e["name"] for e in [*self._labels.values(), *self._lines]} - {None, "", *given}
        for name in changed:
            mine = [turn for turn in parsed.turns if turn.speaker == name]
            read = [t for t in mine if t.label and t.role != "unknown"] or mine
            best = max(read, key=lambda t: t.role_sure)
            for turn in mine:
                turn.role, turn.role_why = best.role, best.role_why
                turn.role_sure = best.role_sure

    def link(self, parsed: Parsed) -> None:
        """Link answers to the questions that a person chose."""
        at_line = by_line(parsed)
        for entry in self._answers:
            here = at_line.get(entry["line"], [])
            self._fit(entry, [turn.text for _, turn in here])
            at, turn = next(p for p in here if begins(p[1].text, entry["begins"]))
            found = {q: find_question(parsed.turns, at_line, q, at) for q in entry["questions"]}
            for what, question in found.items():
                if question is None:
                    place = f"on line {what}" if isinstance(what, int) else f"with {what!r}"
                    says = f"no turn before the answer begins {place} in {self._source}"
                    raise self._error(entry, f"{says}; give the line where the question begins.")
            turn.answers = sorted({q for q in found.values() if q is not None})
            if at in self.linked:
                raise self._error(entry, f"line {entry['line']} stands here twice; leave one.")
            self.linked.add(at)
            asked = ", ".join(f"line {parsed.turns[q].first_line + 1}" for q in turn.answers)
            self.applied.append((entry["line"], f"comes in answer to {asked or 'nothing'}"))


def _edited(entry: Entry, row: dict[str, Any]) -> set[str]:
    """The keys of `entry` that say something else than `row`; all where it is checked."""
    known = {"is", "label", *WHO} - {"checked"}
    given = {key: value for key, value in entry.values.items() if key in known}
    return {key for key, value in given.items() if entry["checked"] or value != row.get(key)}


def _name(parsed: Parsed, turn: Turn, entry: Entry) -> None:
    if entry["name"] is not None:
        turn.speaker = entry["name"] or None
    if entry["organisation"] is not None:
        turn.organisation = entry["organisation"] or None
        said = (turn.first_line, "organisation ")
        parsed.remarks = [r for r in parsed.remarks if (r[0], r[1][:13]) != said]


def _who(entry: Entry) -> str:
    said = [entry[key] for key in ("name", "role", "organisation") if entry[key]]
    return f": {', '.join(said)}" if said else ""
