"""Corrections of names and roles, put into the corrections file without touching the rest of it.

Where there is no file yet, it is the one that `briefing check --write-corrections` writes, with
the changes in it. Where there is one, only the entries that change are written anew: what a
person wrote beside them, comments too, stays; and the file as it was is kept under another name.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from briefing.corrections import as_toml, corrections_path, entry_toml, load, loads, refuse_existing
from briefing.disk import save as save_file
from briefing.parse.decisions import Entry, Written
from briefing.reading import Source, read_source
from briefing.tables import BriefingError
from briefing.transcript import Transcript

Paths = str | os.PathLike[str] | Iterable[str | os.PathLike[str]]


@dataclass(frozen=True)
class Change:
    """New values for one entry of the section `speakers` or `lines`, which was read as `row`."""

    section: str
    row: dict[str, Any]
    values: dict[str, str]


@dataclass(frozen=True)
class Saved:
    """The file that was written, the copy of what stood there before, the new reading."""

    path: Path
    kept: Path | None
    talk: Transcript


def save(talk: Transcript, path: Path, changes: list[Change], *, replace: bool) -> Saved:
    """Write `changes` to the corrections of the transcript at `path`, if they can be read back.

    Raises BriefingError, and leaves everything as it is, where there are corrections already
    and `replace` is false, where a change does not fit, or where nothing can be written.
    """
    if not replace:
        refuse_existing(path)
    target = corrections_path(path)
    kept = None
    if os.path.lexists(target):
        text, kept = _text_of(target), _free_name(target)
    else:
        text = as_toml(talk)
    text = with_changes(text, loads(text.encode(), target.name), changes)
    written = loads(text.encode(), target.name)
    again = Transcript(talk.sources, labels=talk.labels, written=written)
    if kept:
        save_file(kept, target.read_bytes(), replace=False)
    save_file(target, text)
    return Saved(target, kept, again)


def _text_of(target: Path) -> str:
    try:
        return target.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError):
        load(target)  # says what is wrong with it
        raise


def _free_name(target: Path) -> Path:
    """Where the file as it was goes to."""
    names = (f"{target.name}.before-{i}" for i in range(1, 10_000))
    return next(p for p in map(target.with_name, names) if not os.path.lexists(p))


def with_changes(text: str, written: Written, changes: Iterable[Change]) -> str:
    """The text of a corrections file, `written`, with `changes` made in it."""
    lines = text.split("\n")
    new: dict[str, list[str]] = {}
    for change in changes:
        found = [e for e in written.sections[change.section] if _is_meant(e, change)]
        for entry in found:
            lines[entry.at - 1] = _rewritten(lines[entry.at - 1], entry, change, written)
        known = {label for entry in found for label in entry["labels"] or ()}
        row = change.row | change.values
        if change.section == "speakers":
            row["labels"] = [label for label in row["labels"] if label not in known]
        if not found or row.get("labels"):
            new.setdefault(change.section, []).append(f"    {entry_toml(row)},")
    for section, entries in new.items():
        _insert(lines, section, entries)
    return "\n".join(lines)


def _is_meant(entry: Entry, change: Change) -> bool:
    if change.section == "lines":
        return bool(entry["line"] == change.row["line"])
    return bool({*entry["labels"]} & {*change.row["labels"]})


def _rewritten(line: str, entry: Entry, change: Change, written: Written) -> str:
    """The line of an entry with its new values; indentation and comment stay."""
    others = {*(entry["labels"] or ())} - {*change.row.get("labels", ())}
    if others:
        raise written.error(
            entry.at, f"this entry is also for {min(others)!r}: part it into two by hand first."
        )
    begin = line.find("{")
    ends = [m.end() for m in re.finditer("}", line)]
    stop = next((end for end in ends if _is_whole(line[begin:end])), None)
    if begin < 0 or stop is None or line[:begin].strip():
        raise written.error(
            entry.at, "this entry is not on a line of its own: make this change by hand."
        )
    return f"{line[:begin]}{entry_toml(entry.values | change.values)}{line[stop:]}"


def _is_whole(value: str) -> bool:
    try:
        return bool(tomllib.loads(f"x = {value}"))
    except tomllib.TOMLDecodeError:
        return False


def _insert(lines: list[str], section: str, entries: list[str]) -> None:
    """Put new entries at the head of their section; a section that is not there comes first."""
    opens = re.compile(rf"\s*{section}\s*=\s*\[\s*(?:#.*)?$")
    at = next((i for i, line in enumerate(lines) if opens.match(line)), None)
    if at is None:
        lines[:0] = [f"{section} = [", *entries, "]", ""]
    else:
        lines[at + 1 : at + 1] = entries


def files_of(talk: Transcript, path: Paths | None) -> list[Path]:
    """The files of `talk`: those given, or those here that have its names and its lines."""
    names = [source.name for source in talk.sources]
    if path is None:
        return [*map(Path, names)] if all(map(_is_here, talk.sources)) else []
    given = [Path(path)] if isinstance(path, str | os.PathLike) else [Path(p) for p in path]
    if len(given) == 1:
        given += [given[0].with_name(name) for name in names[1:]]
    if [p.name for p in given] != names:
        raise BriefingError(
            f"path names {', '.join(p.name for p in given)}, but the transcript was read from "
            f"{', '.join(names)}: give the path of that."
        )
    return given


def _is_here(source: Source) -> bool:
    place = Path(source.name)
    if not place.is_file():
        return False
    try:
        return [line.text for line in read_source(place).lines] == [x.text for x in source.lines]
    except BriefingError:
        return False
