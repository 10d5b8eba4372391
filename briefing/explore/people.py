"""Who can be corrected: everybody a transcript names, and every turn without a label."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from briefing.corrections import as_read
from briefing.explore.written import Change
from briefing.parse.decisions import BEGINS_TURN
from briefing.transcript import Transcript


@dataclass
class Person:
    """One entry of the corrections file: what was read, and what a person wants instead."""

    section: str
    row: dict[str, Any]
    n_turns: int
    n_words: int
    begins: str
    changed: dict[str, str] = field(default_factory=dict)

    def value(self, key: str) -> str | None:
        """The name, role or organisation as it is now; None where it differs by turn."""
        return self.changed.get(key, self.row.get(key))

    def set(self, key: str, value: str | None) -> None:
        """Correct one of the three; what was read is no correction."""
        self.changed.pop(key, None)
        if value is not None and value != self.row.get(key):
            self.changed[key] = value

    @property
    def printed(self) -> str:
        """How the source shows the person: labels, or the line where no label stands."""
        if self.section == "lines":
            return f"no label, line {self.row['line']}"
        return " / ".join(self.row["labels"])

    @property
    def voice(self) -> str:
        """The name, or that nobody is named."""
        return self.value("name") or "not named"

    @property
    def change(self) -> Change:
        """What is to be written."""
        return Change(self.section, self.row, dict(self.changed))

    def said(self) -> str:
        """The corrections in words."""
        parts = [
            f"{k}: {self.row.get(k) or 'none'} → {v or 'none'}" for k, v in self.changed.items()
        ]
        return f"{self.printed}: {', '.join(parts)}"


def people(talk: Transcript) -> list[Person]:
    """Everybody, in order of first appearance: by labels, then the turns without one."""
    rows = talk.rows()
    read = as_read(talk.reading, talk.source_lines)
    found = []
    for row, _ in read["speakers"]:
        mine = [
            t
            for t in rows
            if t["label"] in row["labels"] and row.get("name") in (None, t["speaker"] or "")
        ]
        found.append(_person("speakers", row, mine))
    for row, _ in read["lines"]:
        if "name" in row and row["is"] in BEGINS_TURN:
            mine = [t for t in rows if t["first_line"] == row["line"] and t["inferred"]]
            found.append(_person("lines", row, mine))
    return found


def _person(section: str, row: dict[str, Any], turns: list[dict[str, Any]]) -> Person:
    words = sum(turn["n_words"] or 0 for turn in turns)
    begins = turns[0]["text"] if turns else row.get("begins", "")
    return Person(section, row, len(turns), words, begins)
