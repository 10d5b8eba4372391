"""See how a transcript was read, and correct who is who: the corrections file is written for you.

A program that reads labels guesses roles, and sometimes names. This view lists everybody whom a
transcript names, and every turn without a label, with the reason and how sure the reading is,
beside the lines of the source. Your corrections go to the corrections file and apply to every later
reading by anyone.

If there is no file yet, it is written as by `briefing check --write-corrections`, with the changes.
If there is one, only the changed entries are rewritten: everything else, comments included, stays;
and the previous file is kept under another name.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from briefing import corrections
from briefing.display import Shown, applied_words, percent, show
from briefing.explore import view
from briefing.prose import counted
from briefing.reading import Source, read_source
from briefing.safe import save as save_file
from briefing.tables import ROLES, BriefingError
from briefing.transcript import Transcript, read

if TYPE_CHECKING:
    Path_ = str | os.PathLike[str]


Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


@dataclass(frozen=True)
class Saved:
    """The file written, the copy of the previous one, and the new reading."""

    path: Path
    kept: Path | None
    talk: Transcript


def save(talk: Transcript, path: Path, changes: list[Correctable], *, replace: bool) -> Saved:
    """Write `changes` to the corrections of the transcript at `path`, if they can be read back.

    Raises BriefingError, and changes nothing, if there are corrections already and `replace` is
    false, a change does not fit, or nothing can be written.
    """
    if not replace:
        corrections.refuse_existing(path)
    target = corrections.corrections_path(path)
    kept = None
    if os.path.lexists(target):
        text, kept = _text_of(target), _free_name(target)
    else:
        text = corrections.as_toml(talk)
    text = with_changes(text, corrections.loads(text.encode(), target.name), changes)
    written = corrections.loads(text.encode(), target.name)
    again = Transcript(talk.sources, labels=talk.labels, written=written)
    if kept:
        save_file(kept, target.read_bytes(), replace=False)
    save_file(target, text)
    return Saved(target, kept, again)


def _text_of(target: Path) -> str:
    try:
        return target.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        corrections.load(target)  # raises any error in it
        raise


def _free_name(target: Path) -> Path:
    """Where to keep the previous file."""
    names = (f"{target.name}.before-{i}" for i in range(1, 10_000))
    return next(p for p in map(target.with_name, names) if not os.path.lexists(p))


def with_changes(text: str, written: corrections.Written, changes: Iterable[Correctable]) -> str:
    """The text of a corrections file, `written`, with `changes` applied."""
    lines = text.split("\n")
    new: dict[str, list[str]] = {}
    for change in changes:
        found = [e for e in written.sections[change.section] if _is_meant(e, change)]
        for entry in found:
            lines[entry.at - 1] = _rewritten(lines[entry.at - 1], entry, change, written)
        known = {label for entry in found for label in entry["labels"] or ()}
        row = change.row | change.changed
        if change.section == "speakers":
            row["labels"] = [label for label in row["labels"] if label not in known]
        if not found or row.get("labels"):
            new.setdefault(change.section, []).append(f"    {corrections.entry_toml(row)},")
    for section, entries in new.items():
        _insert(lines, section, entries)
    return "\n".join(lines)


def _is_meant(entry: corrections.Entry, change: Correctable) -> bool:
    if change.section == "lines":
        return bool(entry["line"] == change.row["line"])
    return bool({*entry["labels"]} & {*change.row["labels"]})


def _rewritten(
    line: str, entry: corrections.Entry, change: Correctable, written: corrections.Written
) -> str:
    """The line of an entry with its new values; indentation and comment stay."""
    others = {*(entry["labels"] or ())} - {*change.row.get("labels", ())}
    if others:
        raise written.error(entry.at, "shared entry", other=min(others))
    begin = line.find("{")
    ends = [m.end() for m in re.finditer("}", line)]
    stop = next((end for end in ends if _is_whole(line[begin:end])), None)
    if begin < 0 or stop is None or line[:begin].strip():
        raise written.error(entry.at, "shared line")
    return f"{line[:begin]}{corrections.entry_toml(entry.values | change.changed)}{line[stop:]}"  # noqa: PD011 (dicts)


def _is_whole(value: str) -> bool:
    try:
        return bool(tomllib.loads(f"x = {value}"))
    except tomllib.TOMLDecodeError:
        return False


def _insert(lines: list[str], section: str, entries: list[str]) -> None:
    """Put new entries at the top of their section; a missing section is added at the beginning."""
    opens = re.compile(rf"\s*{section}\s*=\s*\[\s*(?:#.*)?$")
    at = next((i for i, line in enumerate(lines) if opens.match(line)), None)
    if at is None:
        lines[:0] = [f"{section} = [", *entries, "]", ""]
    else:
        lines[at + 1 : at + 1] = entries


def files_of(talk: Transcript, path: Paths | None) -> list[Path]:
    """The files of `talk`: those given, or those here with its names and lines."""
    names = [source.name for source in talk.sources]
    if path is None:
        return [*map(Path, names)] if all(map(_is_here, talk.sources)) else []
    given = [Path(path)] if isinstance(path, str | os.PathLike) else [Path(p) for p in path]
    if len(given) == 1:
        given += [given[0].with_name(name) for name in names[1:]]
    if [p.name for p in given] != names:
        other = ", ".join(p.name for p in given)
        raise BriefingError.of("other path", given=other, names=", ".join(names))
    return given


def _is_here(source: Source) -> bool:
    place = Path(source.name)
    if not place.is_file():
        return False
    try:
        return [line.text for line in read_source(place).lines] == [x.text for x in source.lines]
    except BriefingError:
        return False


@dataclass
class Correctable:
    """One entry of the corrections file: what was read, and what the user wants instead."""

    section: str
    row: dict[str, Any]
    n_turns: int
    n_words: int
    begins: str
    changed: dict[str, str] = field(default_factory=dict)

    def value(self, key: str) -> str | None:
        """The current name, role or organisation; None if it differs by turn."""
        return self.changed.get(key, self.row.get(key))

    def set(self, key: str, value: str | None) -> None:
        """Correct one of the three; entering what was read is not a correction."""
        self.changed.pop(key, None)
        if value is not None and value != self.row.get(key):
            self.changed[key] = value

    @property
    def printed(self) -> str:
        """How the source shows the person: labels, or the line if there is no label."""
        if self.section == "lines":
            return f"no label, line {self.row['line']}"
        return " / ".join(self.row["labels"])

    @property
    def voice(self) -> str:
        """The name, or a note that nobody is named."""
        return self.value("name") or "not named"

    def said(self) -> str:
        """The corrections in words."""
        parts = [
            f"{k}: {self.row.get(k) or 'none'} → {v or 'none'}" for k, v in self.changed.items()
        ]
        return f"{self.printed}: {', '.join(parts)}"


def people(talk: Transcript) -> list[Correctable]:
    """Everybody in order of first appearance: by labels, then turns without one."""
    rows = talk.rows()
    read = corrections.as_read(talk.reading, talk.source_lines)
    found = []
    for row, _ in read["speakers"]:
        labels, name = row["labels"], row.get("name")
        mine = [t for t in rows if t["label"] in labels and name in (None, t["speaker"] or "")]
        found.append(_person("speakers", row, mine))
    for row, _ in read["lines"]:
        if "name" in row and row["is"] in corrections.BEGINS_TURN:
            mine = [t for t in rows if t["first_line"] == row["line"] and t["inferred"]]
            found.append(_person("lines", row, mine))
    return found


def _person(section: str, row: dict[str, Any], turns: list[dict[str, Any]]) -> Correctable:
    words = sum(turn["n_words"] or 0 for turn in turns)
    begins = turns[0]["text"] if turns else row.get("begins", "")
    return Correctable(section, row, len(turns), words, begins)


PEOPLE = {
    "speaker": "name", "role": "word", "printed as": "text",
    "turns": "number", "words": "number", "": "word",
}  # fmt: skip
INFERRED = {"line": "number", "inferred": "text", "why": "text", "sure": "number"}
NO_PATH = "To write corrections, say where the transcript is: check(talk, path)."


class CheckView(view.View):
    """Everybody in a list with a form; `talk` is the transcript as read now."""

    def __init__(self, talk: Transcript, paths: list[Path]) -> None:
        """Make the controls, and show how `talk` was read."""
        self._paths, self.talk, self._filling = paths, talk, False
        self.people = _rows("Speakers; choose one to correct", PEOPLE)
        self.inferred = _rows("Inferred; choose a line to see it", INFERRED)
        name, organisation = (
            view.labelled(ipywidgets.Text(description=says, continuous_update=False), width)
            for says, width in (("Name", "24em"), ("Organisation", "26em"))
        )
        role = view.choice("Role", [""], "13em")
        self.form = {"name": name, "role": role, "organisation": organisation}
        self.write = ipywidgets.Button(description="Write corrections")
        self.replace = ipywidgets.Checkbox(False, indent=False, layout={"width": "auto"})
        self.about, self.changes, self.status, self.place, self.counts = (
            ipywidgets.HTML() for _ in range(5)
        )
        super().__init__(
            self.counts, self.people, view.in_a_row(*self.form.values()),
            self.about, self.changes, view.in_a_row(self.write, self.replace),
            self.status, self.inferred, self.place,
        )  # fmt: skip
        self._open(talk)
        self.people.observe(self._choose, "chosen")
        self.inferred.observe(self._look, "chosen")
        for key, control in self.form.items():
            control.observe(lambda change, key=key: self._correct(key, change["new"]), "value")
        self.write.on_click(self._write)

    def _open(self, talk: Transcript) -> None:
        """Show how `talk` was read, before any correction."""
        self.talk, self._people = talk, people(talk)
        self.replace.value = False
        self.people.fill(self._rows())
        self._choose()
        found = talk.report.inferences
        cells = ([str(i.line), i.what, i.why, f"{i.confidence:.2f}"] for i in found)
        self.inferred.fill([{"cells": each, "role": "unknown"} for each in cells])
        self._look()
        self.counts.value = view.status(self._summary())
        self._show_changes()

    def _summary(self) -> str:
        turns = counted(len(self.talk.reading.turns), "turn")
        things = counted(len(self.talk.report.inferences), "thing")
        links = counted(int(self.talk.pairs["inferred"].sum()), "link")
        share = percent(self.talk.confidence)
        return (
            f"{self.talk.briefing_id}: {turns}, {share} of which are expected to be right "
            f"({self.talk.status}); {things} inferred, and {links} from question to answer, by "
            f"order and wording; kind of text: {self.talk.text_status}."
        )

    def _rows(self) -> list[dict[str, Any]]:
        rows = []
        for p in self._people:
            role, done = p.value("role"), "corrected" if p.changed else ""
            cells = [p.voice, role or "by turn", p.printed, str(p.n_turns), f"{p.n_words:,}", done]
            rows.append({"cells": cells, "role": role or "unknown"})
        return rows

    @property
    def chosen(self) -> Correctable | None:
        """Whoever is in the form."""
        at = self.people.chosen
        return self._people[at] if 0 <= at < len(self._people) else None

    def _choose(self, _: Any = None) -> None:
        """Show the chosen person in the form."""
        person = self.chosen
        self._filling = True
        mixed = person is None or person.row.get("role") is None
        self.form["role"].options = [("by turn", "")] * mixed + [(role, role) for role in ROLES]
        for key, control in self.form.items():
            control.disabled = person is None
            control.value = (person.value(key) if person else None) or ""
        self._filling = False
        if person:
            turns, begins = counted(person.n_turns, "turn"), view.opening(person.begins)
            self.about.value = view.status(f"{person.printed} · {turns} · begins: {begins}")
        else:
            self.about.value = view.status("Choose somebody in the list to correct name or role.")

    def _correct(self, key: str, value: str) -> None:
        person = self.chosen
        if self._filling or person is None:
            return
        as_it_was = not value and person.row.get(key) is None
        person.set(key, None if as_it_was else value.strip())
        self.people.rows = self._rows()
        self._show_changes()

    def _show_changes(self) -> None:
        changed = [p.said() for p in self._people if p.changed]
        self.changes.value = view.list_html("To be written:", changed) if changed else ""
        self.write.disabled = not self._paths
        target = corrections.corrections_path(self._paths[0]) if self._paths else None
        there = target is not None and os.path.lexists(target)
        self.replace.layout.display = None if there else "none"
        if target is not None:
            self.replace.description = f"change {target.name}, which is there; keep a copy"
        else:
            self.status.value = view.status(NO_PATH)

    def _write(self, _: Any = None) -> None:
        """Write the corrections and read the transcript again, or say why not."""
        changes = [p for p in self._people if p.changed]
        if not changes:
            self.status.value = view.status("Nothing is corrected yet, so nothing was written.")
            return
        there = corrections.corrections_path(self._paths[0])
        if os.path.lexists(there) and not self.replace.value:
            self._show_changes()
            asked = f"{there.name} is there already. Tick the box to change it; a copy is kept."
            self.status.value = view.status(asked, wrong=True)
            return
        try:
            saved = save(self.talk, self._paths[0], changes, replace=self.replace.value)
        except BriefingError as error:
            self.status.value = view.status(str(error), wrong=True)
            return
        self._open(saved.talk)
        kept = f" The file as it was is now {view.near(saved.kept)}." if saved.kept else ""
        said = (
            f"Wrote {view.near(saved.path)} and read the transcript again.{kept} Run the cell that "
            "reads it once more, so that the notebook knows."
        )
        holds = [*map(applied_words, saved.talk.applied)]
        self.status.value = view.status(said) + view.list_html("What holds now:", holds)

    def _look(self, _: Any = None) -> None:
        """Show the source around the line of the inference chosen."""
        at, found = self.inferred.chosen, self.talk.report.inferences
        if not 0 <= at < len(found):
            self.place.value = ""
            return
        self.place.value = view.source_html(self.talk.source_lines, found[at].line)

    def tables(self) -> list[str | Shown]:
        """Everybody, and everything that was inferred."""
        rows = [
            (p.value("name") or None, p.value("role") or "by turn", p.printed, p.n_turns, p.n_words)
            for p in self._people
        ]
        names = ["speaker", "role", "printed as", "n_turns", "n_words"]
        found = pd.DataFrame(self.talk.report.inferences, columns=["line", "what", "why", "sure"])
        found["why"] = found["why"].where(found["why"] != "")
        who = pd.DataFrame(rows, columns=names)
        return [self._summary(), show(who, 60), "What was inferred:", show(found, 60)]


def _rows(label: str, columns: dict[str, str]) -> view.Rows:
    return view.Rows(label=label, heads=[*columns], kinds=[*columns.values()], height=12.0)


def check(source: Transcript | Path_, path: Path_ | Iterable[Path_] | None = None) -> CheckView:
    """Open the check view: who was read as whom, and what was inferred; correct it and save it.

    Parameters
    ----------
    source : Transcript or path
        A transcript, or the file to read.
    path : path, or several, optional
        The file that `source` was read from, or its pages; needed to write corrections.

    Returns
    -------
    CheckView
        Shown by Jupyter at the end of a cell; without widgets, two tables: speakers, and what was
        inferred. `view.talk` is the transcript as read with the saved corrections.

    Raises
    ------
    BriefingError
        If the transcript cannot be read, or `path` is a different file.

    Notes
    -----
    It writes `talk.txt.corrections.toml` beside `talk.txt` (see `briefing.read`). An existing file
    is changed only if you say so, only in the entries you corrected, and a copy of it is kept.
    Correct lines and links in that file, in any editor.

    Examples
    --------
    >>> import briefing
    >>> view = check(briefing.parse("MS. MARLOW: Welcome.\\nQ: When does it open?"))
    >>> view.people.chosen = 0
    >>> view.form["name"].value = "Ida Marlow"
    >>> view.chosen.said()
    'MS. MARLOW: name: Ms. Marlow → Ida Marlow'
    """
    if not isinstance(source, Transcript):
        if not isinstance(source, str | os.PathLike):
            raise BriefingError.of("no transcript or path", kind=type(source).__name__)
        return CheckView(read(source), [Path(source)])
    paths = files_of(source, path)
    return CheckView(read(paths, labels=source.labels) if paths else source, paths)
