"""See how a transcript was read, and correct who is who: the corrections file is written for you.

A program that reads labels guesses roles, and sometimes names. This view lists all of it, with
the reason and how sure the reading is, beside the lines of the source. What you correct goes
to the corrections file, so that every later reading, by anybody, keeps to it.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from briefing.corrections import corrections_path
from briefing.display import Shown, show
from briefing.doubt import percent
from briefing.explore.markup import counted, list_html, source_html, status
from briefing.explore.people import Person, people
from briefing.explore.rows import Rows
from briefing.explore.timeline_view import opening
from briefing.explore.view import View, labelled, near
from briefing.explore.written import files_of, save
from briefing.report import applied_words
from briefing.tables import ROLES, BriefingError
from briefing.transcript import Transcript, read

if TYPE_CHECKING:
    Path_ = str | os.PathLike[str]

PEOPLE = {
    "speaker": "name", "role": "word", "printed as": "text",
    "turns": "number", "words": "number", "": "word",
}  # fmt: skip
INFERRED = {"line": "number", "inferred": "text", "why": "text", "sure": "number"}
NO_PATH = "To write corrections, say where the transcript is: check(talk, path)."


class CheckView(View):
    """Everybody in a list with a form; `talk` is the transcript as read now."""

    def __init__(self, talk: Transcript, paths: list[Path]) -> None:
        """Make the controls, and show how `talk` was read."""
        self._paths, self.talk, self._filling = paths, talk, False
        self.people = _rows("Speakers; choose one to correct", PEOPLE)
        self.inferred = _rows("Inferred; choose a line to see it", INFERRED)
        text, choice = ipywidgets.Text, ipywidgets.Dropdown
        self.form = {
            "name": labelled(text(description="Name", continuous_update=False), width="24em"),
            "role": labelled(choice(options=[""], description="Role"), width="13em"),
            "organisation": labelled(
                text(description="Organisation", continuous_update=False), width="26em"
            ),
        }
        self.write = ipywidgets.Button(description="Write corrections")
        self.replace = ipywidgets.Checkbox(False, indent=False, layout={"width": "auto"})
        self.about, self.changes, self.status, self.place, self.counts = (
            ipywidgets.HTML() for _ in range(5)
        )
        wrap = {"flex_flow": "row wrap"}
        super().__init__(
            self.counts, self.people, ipywidgets.HBox([*self.form.values()], layout=wrap),
            self.about, self.changes, ipywidgets.HBox([self.write, self.replace], layout=wrap),
            self.status, self.inferred, self.place,
        )  # fmt: skip
        self._open(talk)
        self.people.observe(self._choose, "chosen")
        self.inferred.observe(self._look, "chosen")
        for key, control in self.form.items():
            control.observe(lambda change, key=key: self._correct(key, change["new"]), "value")
        self.write.on_click(self._write)

    def _open(self, talk: Transcript) -> None:
        """Show how `talk` was read, nothing corrected yet."""
        self.talk, self._people = talk, people(talk)
        self.replace.value = False
        self.people.fill(self._rows())
        self._choose()
        self.inferred.fill(
            [
                {"cells": [str(i.line), i.what, i.why, f"{i.confidence:.2f}"], "role": "unknown"}
                for i in talk.report.inferences
            ]
        )
        self._look()
        self.counts.value = status(self._summary())
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
        return [
            {
                "cells": [
                    p.voice, p.value("role") or "by turn", p.printed,
                    str(p.n_turns), f"{p.n_words:,}", "corrected" if p.changed else "",
                ],
                "role": p.value("role") or "unknown",
            }
            for p in self._people
        ]  # fmt: skip

    @property
    def chosen(self) -> Person | None:
        """Whoever is in the form."""
        at = self.people.chosen
        return self._people[at] if 0 <= at < len(self._people) else None

    def _choose(self, _: Any = None) -> None:
        """Put the person chosen into the form."""
        person = self.chosen
        self._filling = True
        mixed = person is None or person.row.get("role") is None
        self.form["role"].options = [("by turn", "")] * mixed + [(role, role) for role in ROLES]
        for key, control in self.form.items():
            control.disabled = person is None
            control.value = (person.value(key) if person else None) or ""
        self._filling = False
        if person:
            turns, begins = counted(person.n_turns, "turn"), opening(person.begins)
            self.about.value = status(f"{person.printed} · {turns} · begins: {begins}")
        else:
            self.about.value = status("Choose somebody in the list to correct name or role.")

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
        self.changes.value = list_html("To be written:", changed) if changed else ""
        self.write.disabled = not self._paths
        target = corrections_path(self._paths[0]) if self._paths else None
        there = target is not None and os.path.lexists(target)
        self.replace.layout.display = None if there else "none"
        if target is not None:
            self.replace.description = f"change {target.name}, which is there; keep a copy"
        else:
            self.status.value = status(NO_PATH)

    def _write(self, _: Any = None) -> None:
        """Write the corrections and read the transcript again, or say why not."""
        changes = [p.change for p in self._people if p.changed]
        if not changes:
            self.status.value = status("Nothing is corrected yet, so nothing was written.")
            return
        there = corrections_path(self._paths[0])
        if os.path.lexists(there) and not self.replace.value:
            self._show_changes()
            asked = f"{there.name} is there already. Tick the box to change it; a copy is kept."
            self.status.value = status(asked, wrong=True)
            return
        try:
            saved = save(self.talk, self._paths[0], changes, replace=self.replace.value)
        except BriefingError as error:
            self.status.value = status(str(error), wrong=True)
            return
        self._open(saved.talk)
        kept = f" The file as it was is now {near(saved.kept)}." if saved.kept else ""
        said = (
            f"Wrote {near(saved.path)} and read the transcript again.{kept} Run the cell that "
            "reads it once more, so that the notebook knows."
        )
        holds = [*map(applied_words, saved.talk.applied)]
        self.status.value = status(said) + list_html("What holds now:", holds)

    def _look(self, _: Any = None) -> None:
        """Show the source around the line of the inference chosen."""
        at, found = self.inferred.chosen, self.talk.report.inferences
        if not 0 <= at < len(found):
            self.place.value = ""
            return
        self.place.value = source_html(self.talk.source_lines, found[at].line)

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


def _rows(label: str, columns: dict[str, str]) -> Rows:
    return Rows(label=label, heads=[*columns], kinds=[*columns.values()], height=12.0)


def check(source: Transcript | Path_, path: Path_ | Iterable[Path_] | None = None) -> CheckView:
    """Open the check view: who was read as whom, what was inferred; correct it and write it down.

    Parameters
    ----------
    source : Transcript or path
        A transcript, or the file to read.
    path : path, or several, optional
        The file that `source` was read from, or its pages; needed to write corrections.

    Returns
    -------
    CheckView
        Shown by Jupyter when it ends a cell; with no widgets about two tables: speakers, and
        what was inferred. `view.talk` is the transcript as it reads with what was written.

    Raises
    ------
    BriefingError
        The transcript cannot be read, or `path` is another file's.

    Notes
    -----
    Written is `talk.txt.corrections.toml` beside `talk.txt` (see `briefing.read`). A file that
    is there already is changed only where you say so, only in the entries you corrected, and a
    copy of it is kept. Lines and links are corrected in that file, in any editor.

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
            raise BriefingError(
                f"got {type(source).__name__}; give a transcript, such as briefing.read(path), "
                "or the path of one."
            )
        return CheckView(read(source), [Path(source)])
    paths = files_of(source, path)
    return CheckView(read(paths, labels=source.labels) if paths else source, paths)
