"""The corrections file: what a transcript was read as, in TOML, for a person to overrule.

It stands beside the transcript, `talk.txt.corrections.toml` for `talk.txt`, and holds what
the parser made of the labels, of the lines in doubt and of the answers, one entry a line. An
entry that stays as it was written says nothing; one that is changed, added or marked as
`checked` holds. Lines are known by their number and by their opening words, so that a
correction never lands on another line once the transcript has changed.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.corrections.rows import as_read
from briefing.layout import LAYOUTS
from briefing.tables import ROLES, TEXT_STATUS, BriefingError

if TYPE_CHECKING:
    from briefing.transcript import Transcript

SUFFIX = ".corrections.toml"
IS = ("label", "turn", "speech", "split", "note", "metadata", "boilerplate")
CHOICES = {"role": ROLES, "text_status": TEXT_STATUS, "is": IS, "layout": LAYOUTS}
WHO = {"name": str, "role": str, "organisation": str, "checked": bool}
PLACE = {"line": int, "begins": str}
KEYS: dict[str, dict[str, type]] = {
    "speakers": {"labels": list, **WHO},
    "lines": {**PLACE, "is": str, "label": str, **WHO},
    "answers": {**PLACE, "questions": list, "checked": bool},
}
NEEDED = {
    "speakers": ("labels",),
    "lines": ("line", "begins", "is"),
    "answers": ("line", "begins", "questions"),
}
WORDS: dict[type, str] = {
    str: "words in quotation marks",
    int: "a whole number",
    bool: "true or false",
}
ITEMS = {"labels": (str,), "questions": (int, str)}
SHAPES = {
    "labels": "a list of labels as printed, each in quotation marks, in square brackets",
    "questions": "a list of line numbers, or of opening words, in square brackets",
}
HEAD = """\
# Corrections to {name}.
# Change what is wrong and read the transcript again. A line that you leave as it is says
# nothing; with `checked = true` in it, it holds as it stands. Delete this file to go back.

# What kind of text it is: {status}.
text_status = {now}
"""
ABOUT = {
    "speakers": """\
# Who speaks: one name for two labels makes them one person; "" is somebody not named.
# role: official, journalist, moderator or unknown.""",
    "lines": """\
# Lines in doubt; you may add any other. is: label (names who speaks next), turn (somebody
# else begins, no label is printed), speech (goes on), note, metadata, boilerplate; split (a
# label stands inside the line: write speech if it is none). To label and turn you may add
# name, role and organisation, for that turn alone; to label also label = "as printed".""",
    "answers": """\
# Who answers what: `line` and `begins` say where the answer begins and with which words,
# `questions` on which lines its questions begin; [] is an answer to nothing. Where several
# turns begin on one line, give the question's opening words in place of the number.""",
}


@dataclass(slots=True)
class Entry:
    """One correction, and the line of the corrections file that it stands on."""

    at: int
    values: dict[str, Any]

    def __getitem__(self, key: str) -> Any:
        """The value of `key`, or None."""
        return self.values.get(key)


@dataclass(slots=True)
class Written:
    """A corrections file as a person left it, its form checked."""

    name: str
    text_status: str | None = None
    layout: str | None = None
    sections: dict[str, list[Entry]] = field(default_factory=lambda: {key: [] for key in KEYS})

    def error(self, at: int, what: str) -> BriefingError:
        """The error that names line `at` of this file."""
        return BriefingError(f"{self.name}, line {at}: {what}")


def corrections_path(path: str | os.PathLike[str]) -> Path:
    """Where the corrections to the transcript at `path` stand."""
    return Path(f"{os.fspath(path)}{SUFFIX}")


def save_corrections(transcript: Transcript, path: str | os.PathLike[str]) -> Path:
    """Write how `transcript`, read from `path`, was read, for a person to correct.

    Returns the path of the file made. One that is there already is never written over.

    Raises
    ------
    BriefingError
        Where there is one already, or it cannot be written.
    """
    refuse_existing(path)
    target = corrections_path(path)
    try:
        with target.open("x", encoding="utf-8", newline="\n") as file:
            file.write(as_toml(transcript))
    except OSError as error:
        raise BriefingError(
            f"{target}: cannot be written ({error.strerror}); copy the transcript to a folder "
            "that you may write to and start again there."
        ) from error
    return target


def refuse_existing(path: str | os.PathLike[str]) -> None:
    """Raise BriefingError where there are corrections to the transcript at `path` already."""
    target = corrections_path(path)
    if os.path.lexists(target):
        raise BriefingError(
            f"{target}: is there already and may hold corrections of yours; edit it, or move "
            "it away to start afresh."
        )


def as_toml(transcript: Transcript) -> str:
    """What `transcript` was read as, in the form of a corrections file."""
    status = ", ".join(TEXT_STATUS[:-1]) + f" or {TEXT_STATUS[-1]}"
    names = ", ".join(source.name for source in transcript.sources)
    out = [HEAD.format(name=names, status=status, now=_value(transcript.text_status))]
    if transcript.asked_layout:
        out.append(f"# As --layout.\nlayout = {_value(transcript.asked_layout)}\n")
    for section, rows in as_read(transcript).items():
        lines = [f"    {{ {_pairs(row)} }},{hint}" for row, hint in rows]
        out += ["\n".join([ABOUT[section], f"{section} = [", *lines, "]"]), ""]
    return "\n".join(out)


def _pairs(row: dict[str, Any]) -> str:
    return ", ".join(f"{key} = {_value(value)}" for key, value in row.items())


def _value(value: str | int | list) -> str:
    """A JSON string is a TOML string, but for one sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def load(path: Path) -> Written:
    """Read the corrections file at `path` and check its form, not yet whether it fits."""
    try:
        return loads(path.read_bytes(), path.name)
    except OSError as error:
        raise BriefingError(f"{path}: cannot be read ({error.strerror}).") from error


def loads(raw: bytes, name: str) -> Written:
    """Read the bytes of a corrections file called `name`; as `load`."""
    import tomllib

    try:
        text = raw.decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise BriefingError(f"{name}: is not in UTF-8; save it as UTF-8.") from error
    except tomllib.TOMLDecodeError as error:
        raise BriefingError(
            f"{name}: is not TOML: {error}; look for a quotation mark, comma or bracket "
            "that is missing there or on the line before."
        ) from error
    written = Written(name)
    lines = text.split("\n")
    for key, value in data.items():
        at = _line_of(lines, key)
        if key in ("text_status", "layout"):
            _check(written, at, key, value, str)
            setattr(written, key, value)
        elif key not in KEYS:
            raise written.error(at, _unknown(key, ["text_status", "layout", *KEYS]))
        elif not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
            raise written.error(at, f"{key} is no list of entries; write {key} = [ ... ].")
        else:
            places = _places(lines, key, at)
            entries = [Entry(places(i), row) for i, row in enumerate(value)]
            for entry in entries:
                _check_entry(written, key, entry)
            written.sections[key] = entries
    return written


def _line_of(lines: list[str], key: str) -> int:
    found = re.compile(rf"\s*(?:\[\[?\s*)?[\"']?{re.escape(key)}\b")
    return next((i for i, line in enumerate(lines, 1) if found.match(line)), 1)


def _places(lines: list[str], key: str, at: int) -> Any:
    """From the number of an entry in its section to the line that it begins on."""
    entry = re.compile(rf"\s*(?:{key}\s*=\s*\[\s*)?\{{|\s*\[\[\s*{key}\s*\]\]")
    starts = [i for i, line in enumerate(lines[at - 1 :], at) if entry.match(line)]
    return lambda i: starts[i] if i < len(starts) else at


def _check_entry(written: Written, section: str, entry: Entry) -> None:
    for key, value in entry.values.items():
        if key not in KEYS[section]:
            raise written.error(entry.at, _unknown(key, KEYS[section]))
        _check(written, entry.at, key, value, KEYS[section][key])
    missing = [key for key in NEEDED[section] if key not in entry.values]
    if missing:
        raise written.error(entry.at, f"{missing[0]!r} is missing; add {missing[0]} = ...")


def _check(written: Written, at: int, key: str, value: object, kind: type) -> None:
    good = type(value) is kind
    if isinstance(value, list):
        good &= all(type(item) in ITEMS.get(key, ()) for item in value)
    if not good:
        raise written.error(at, f"{key} = {value!r} should be {SHAPES.get(key) or WORDS[kind]}.")
    if key in CHOICES and value not in CHOICES[key]:
        raise written.error(at, f"{key} = {value!r}: write one of {', '.join(CHOICES[key])}.")


def _unknown(key: str, known: Iterable[str]) -> str:
    return f"no key {key!r} here; use {', '.join(known)}."
