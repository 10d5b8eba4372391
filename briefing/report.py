"""The report: how every line of a source was placed, what was inferred, and why.

It is meant for a person who checks a briefing in a minute: as text on the command line, as
the source itself in colours in a notebook.
"""

from __future__ import annotations

import re
from collections import Counter
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing.turns import Turn

if TYPE_CHECKING:
    from briefing.transcript import Transcript

COLOURS = {
    "official": "#0072b2",
    "journalist": "#b34700",
    "moderator": "#00704f",
    "unknown": "#595959",
}
LATIN = re.compile(r"[A-Za-z]{4}")
LEFT_OUT = ("metadata", "note", "boilerplate")


class Inference(NamedTuple):
    """Something the source does not print: where, what, why, and how sure it is (0 to 1)."""

    line: int
    what: str
    why: str
    confidence: float

    def __str__(self) -> str:
        """One line for a person."""
        why = f" ({self.why})" if self.why else ""
        return f"line {self.line}: {self.what}{why} [{self.confidence:.2f}]"


def voice(turn: Turn) -> str:
    """How a turn's speaker is shown: a name, or that nobody is named."""
    role = "speaker" if turn.role == "unknown" else turn.role
    return turn.speaker or f"unnamed {role}"


class Report:
    """What `read` did with one source. `str(report)` is the text, Jupyter shows the source."""

    def __init__(self, transcript: Transcript) -> None:
        """Gather what `transcript` knows of its own making."""
        self._of = transcript
        self._turns = transcript.parsed.turns
        self.stretches = transcript.stretches()
        self.unplaced = [(s[0], s[5]) for s in self.stretches if s[3] == "unplaced"]
        self.left_out = [
            (s[0], s[3], " ".join(s[5].split()))
            for s in self.stretches
            if s[3] in LEFT_OUT and s[5].strip()
        ]
        self.warnings = transcript.warnings
        self.inferences = sorted(
            self._remarks()
            + self._unlabelled()
            + self._roles()
            + self._twice()
            + self._translated()
        )

    def _remarks(self) -> list[Inference]:
        remarks = [Inference(n + 1, what, "", sure) for n, what, sure in self._of.parsed.remarks]
        for c in self._of.layout.doubtful:
            what = f"{c.text!r} could be a label and was read as text"
            remarks.append(Inference(c.line + 1, what, "not in this document's style", 0.6))
        return remarks

    def _unlabelled(self) -> list[Inference]:
        return [
            Inference(t.first_line + 1, f"turn {i} is an {voice(t)}'s", t.why or "", t.confidence)
            for i, t in enumerate(self._turns, 1)
            if t.label is None and t.why
        ]

    def _roles(self) -> list[Inference]:
        first: dict[str, Turn] = {}
        for turn in self._turns:
            first.setdefault(voice(turn), turn)
        return [
            Inference(t.first_line + 1, f"{name} is {t.role}", t.role_why, t.role_sure)
            for name, t in first.items()
            if t.role_why and t.role_sure < 1 and t.speaker
        ]

    def _twice(self) -> list[Inference]:
        rows: list[Inference] = []
        seen: dict[str, int] = {}
        for i, turn in enumerate(self._turns, 1):
            words = " ".join(turn.text.casefold().split())
            if words.count(" ") >= 7 and seen.setdefault(words, i) != i:
                what = f"turn {i} repeats turn {seen[words]}"
                rows.append(Inference(turn.first_line + 1, what, "printed twice; both kept", 1.0))
        return rows

    def _translated(self) -> list[Inference]:
        """Turns that say a thing twice: in another script, or again in brackets."""
        twice = [i for i, t in enumerate(self._turns) if _says_again(t.text)]
        what = f"{len(twice)} turns print paragraphs again in another language; both are counted"
        line = self._turns[twice[0]].first_line + 1 if twice else 0
        return [Inference(line, what, "another script, or brackets", 0.7)] if len(twice) > 1 else []

    def speakers(self) -> list[tuple[str, str, int, int]]:
        """(speaker, role, turns, words) in order of first appearance."""
        turns: Counter[tuple[str, str]] = Counter()
        words: Counter[tuple[str, str]] = Counter()
        for turn, row in zip(self._turns, self._of.rows(), strict=True):
            turns[voice(turn), turn.role] += 1
            words[voice(turn), turn.role] += row["n_words"] or 0
        return [(name, role, n, words[name, role]) for (name, role), n in turns.items()]

    def __str__(self) -> str:
        """The report as text."""
        return "\n".join(
            [
                *self._about(),
                "",
                *self._who(),
                "",
                *self._corrected(),
                *self._inferred(),
                "",
                *self._not_speech(),
            ]
        )

    def _about(self) -> list[str]:
        of = self._of
        names = (f"{s.name} ({s.format}, {s.encoding or 'no encoding'})" for s in of.sources)
        return [
            f"{', '.join(names)}: {len(self._turns)} turns",
            *(f"{key}: {value}" for key, value in of.metadata.items()),
            f"kind of text: {of.text_status} ({of.status_why})",
            *(f"only part of an event: {why}" for why in of.part),
            f"layout: {of.layout.name}; confidence {of.layout.confidence:.2f}",
            *(f"warning: {w}" for w in self.warnings),
        ]

    def _who(self) -> list[str]:
        head = f"{'speaker':<44}{'role':<12}{'turns':>6}{'words':>8}"
        rows = [f"{name[:42]:<44}{role:<12}{n:>6}{w:>8}" for name, role, n, w in self.speakers()]
        return [head, *rows]

    def _corrected(self) -> list[str]:
        made = self._of.corrections
        rows = [f"  line {line}: {what}" if line else f"  {what}" for line, what in made.applied]
        return [f"corrected by {made.written.name} ({len(rows)})", *rows, ""] if rows else []

    def _inferred(self) -> list[str]:
        linked_by_hand = self._of.corrections.linked
        links = sum(bool(t.answers) and i not in linked_by_hand for i, t in enumerate(self._turns))
        linked = (
            f"  {links} turns linked to the questions they come in answer to, by order and wording"
        )
        return [
            f"inferred ({len(self.inferences) + links})",
            *(f"  {inference}" for inference in self.inferences),
            linked,
        ]

    def _not_speech(self) -> list[str]:
        out = [f"left out of the turns ({len(self.left_out)})"]
        out += [f"  line {line}: {kind}: {text[:100]}" for line, kind, text in self.left_out]
        if self.unplaced:
            out += [
                "",
                f"NOT PLACED ({len(self.unplaced)}): these lines may be speech; look at them",
            ]
            out += [
                f"  line {line}: {' '.join(text.split())[:100]}" for line, text in self.unplaced
            ]
        return out

    def summary_html(self) -> str:
        """Who spoke, in a small table, for a notebook."""
        of = self._of
        facts = [of.metadata.get("date"), of.metadata.get("source"), f"text: {of.text_status}"]
        facts += ["part of an event" if of.part else None, f"{len(self._turns)} turns"]
        facts += [f"{len(self.inferences)} things inferred"]
        title = escape(of.metadata.get("title", of.briefing_id))
        rows = [
            f"{_cell(name, 'th scope=row')}{_cell(role)}<td>{n}</td><td>{words:,}</td>"
            for name, role, n, words in self.speakers()
        ]
        head = f"<p><b>{title}</b><br>{escape(' · '.join(filter(None, facts)))}</p>"
        return head + _table(("speaker", "role", "turns", "words"), rows)

    def _repr_html_(self) -> str:
        layout = f"layout: {self._of.layout.name}; confidence {self._of.layout.confidence:.2f}"
        rows, shown = [], 0
        for line, _, _, kind, turn_id, text in self.stretches:
            if kind == "blank":
                continue
            turn = self._turns[turn_id - 1] if turn_id else None
            mark = str(turn_id) if turn_id and turn_id != shown else ""
            if mark and turn and turn.label is None:
                mark += " (inferred)"
            shown = turn_id or shown
            kept = _cell(text.strip(), "td", _style(kind, turn))
            rows.append(f"<td>{line}</td>{_cell(mark)}{_cell(turn.role if turn else kind)}{kept}")
        source = _table(("line", "turn", "role or kind", "text"), rows)
        scroll = "<div style='max-height:32em;overflow:auto' tabindex='0'>"
        return f"{self.summary_html()}<p>{escape(layout)}</p>{scroll}{source}</div>"


def _says_again(text: str) -> bool:
    """Whether a paragraph is followed by one about as long in another script or in brackets."""
    paragraphs = [p.strip() for p in text.split("\n") if len(p.strip()) > 20]
    for one, other in pairwise(paragraphs):
        bracketed = other[0] in "([（" and other[-1] in ")]）" and len(other) > 0.5 * len(one)
        if bracketed or bool(LATIN.search(one)) != bool(LATIN.search(other)):
            return True
    return False


def _style(kind: str, turn: Turn | None) -> str:
    if kind == "unplaced":
        return "background:#fff3cd"
    if turn is None:
        return "color:#595959;background:#f2f2f2"
    weight = ";font-weight:bold" if kind == "label" else ""
    return f"border-left:4px solid {COLOURS[turn.role]};padding-left:6px{weight}"


def _cell(text: str, tag: str = "td", style: str = "") -> str:
    align = f"text-align:left;white-space:pre-wrap;{style}"
    return f'<{tag} style="{align}">{escape(text)}</{tag.split()[0]}>'


def _table(columns: tuple[str, ...], rows: list[str]) -> str:
    head = "".join(f"<th scope='col'>{c}</th>" for c in columns)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
