"""Corrections: a small file beside a transcript in which a person overrules the reading.

`talk.txt.corrections.toml` for `talk.txt` holds what was made of the labels, of the lines in
doubt and of the answers, one entry a line. What stays as it was written says nothing; what is
changed, added or marked as `checked` holds: `briefing.corrections.decisions` looks it up.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.corrections.decisions import (
    IS,
    KEYS,
    Entry,
    Places,
    Row_,
    Written,
    by_line,
    find_question,
    opening,
    words_of,
)
from briefing.disk import save
from briefing.parse.values import Reading, Turn
from briefing.reading import Line
from briefing.tables import ROLES, TEXT_STATUS, BriefingError

if TYPE_CHECKING:
    from briefing.doubt import AsRead

SUFFIX = ".corrections.toml"
CHOICES = {"role": ROLES, "text_status": TEXT_STATUS, "is": IS}
WHOLE: dict[str, type] = {"text_status": str, "labels": list, "checked": bool, "as_read": str}
NEEDED = {
    "speakers": ("labels",),
    "lines": ("line", "begins", "is"),
    "answers": ("line", "begins", "questions"),
}
SAID = ("is", "label", "name", "role", "organisation", "questions")  # keys that say something
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
SHOWN = ("text_status", "labels", "checked")
GONE = (
    "no key 'layout' any more: labels of a form are asked for by an example of them as it is "
    'printed, labels = ["The Minister."].'
)
CODE = 6  # hexadecimal digits of the code of one value
HEAD = """\
# Corrections to {name}.
# Change what is wrong and read the transcript again. A line that you leave as it is says
# nothing; with `checked = true` in it, it holds as it stands. Delete this file to go back.

# What kind of text it is: {status}.
text_status = {now}
"""
LABELS = (
    "# Labels as they are printed, as --label: others of their form are labels too.\nlabels = {}\n"
)
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
CODES = """\
# By these a line that you left alone is told from one that you changed.
as_read = \"\"\"
{}\"\"\"
"""


def corrections_path(path: str | os.PathLike[str]) -> Path:
    """Where the corrections to the transcript at `path` stand."""
    return Path(f"{os.fspath(path)}{SUFFIX}")


def toml(value: str | int | list[Any]) -> str:
    """A JSON string is a TOML string, but for one sign."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def code_of(section: str, row: Mapping[str, Any], key: str) -> str:
    """A few digits that stand for one value of an entry, to see whether it was changed."""
    whose = row.get("labels") or [row.get("line"), row.get("begins")]
    return sha256(json.dumps([section, whose, key, row[key]]).encode()).hexdigest()[:CODE]


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
    return _Form(Written(name), text.split("\n")).written(data)


class _Form:
    """Checks the form of a corrections file: its keys and what they hold."""

    def __init__(self, empty: Written, lines: list[str]) -> None:
        self.error, self.empty, self.lines = empty.error, empty, lines

    def written(self, data: dict[str, Any]) -> Written:
        """The file as values; raises BriefingError that names the line."""
        for key, value in data.items():
            at = self._line_of(key)
            if key not in KEYS and key not in WHOLE:
                raise self.error(at, GONE if key == "layout" else _unknown(key, [*SHOWN, *KEYS]))
            if key in WHOLE:
                self._check(at, key, value, WHOLE[key])
            elif not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
                raise self.error(at, f"{key} is no list of entries; write {key} = [ ... ].")
        codes = frozenset(data.get("as_read", "").split())
        made = {key: self._entries(key, data.get(key, []), codes) for key in KEYS}
        return replace(
            self.empty, text_status=data.get("text_status"), labels=tuple(data.get("labels", ())),
            checked=data.get("checked", False), sections=made,
        )  # fmt: skip

    def _entries(self, section: str, rows: list[Row_], codes: frozenset[str]) -> tuple[Entry, ...]:
        places = self._places(section, self._line_of(section))
        for i, row in enumerate(rows):
            self._check_entry(places(i), section, row)
        return tuple(
            Entry(places(i), row, _held(section, row, codes)) for i, row in enumerate(rows)
        )

    def _check_entry(self, at: int, section: str, row: Row_) -> None:
        for key, value in row.items():
            if key not in KEYS[section]:
                raise self.error(at, _unknown(key, KEYS[section]))
            self._check(at, key, value, KEYS[section][key])
        missing = [key for key in NEEDED[section] if key not in row]
        if missing:
            raise self.error(at, f"{missing[0]!r} is missing; add {missing[0]} = ...")

    def _check(self, at: int, key: str, value: object, kind: type) -> None:
        good = type(value) is kind
        if isinstance(value, list):
            good &= all(type(item) in ITEMS.get(key, ()) for item in value)
        if not good:
            raise self.error(at, f"{key} = {value!r} should be {SHAPES.get(key) or WORDS[kind]}.")
        if key in CHOICES and value not in CHOICES[key]:
            raise self.error(at, f"{key} = {value!r}: write one of {', '.join(CHOICES[key])}.")

    def _line_of(self, key: str) -> int:
        found = re.compile(rf"\s*(?:\[\[?\s*)?[\"']?{re.escape(key)}\b")
        return next((i for i, line in enumerate(self.lines, 1) if found.match(line)), 1)

    def _places(self, key: str, at: int) -> Callable[[int], int]:
        """From the number of an entry in its section to the line that it begins on."""
        entry = re.compile(rf"\s*(?:{key}\s*=\s*\[\s*)?\{{|\s*\[\[\s*{key}\s*\]\]")
        starts = [i for i, line in enumerate(self.lines[at - 1 :], at) if entry.match(line)]
        return lambda i: starts[i] if i < len(starts) else at


def _held(section: str, row: Row_, codes: frozenset[str]) -> frozenset[str]:
    """The keys that a person changed or added; all of an entry that is marked as checked."""
    said = (key for key in row if key in SAID)
    return frozenset(k for k in said if row.get("checked") or code_of(section, row, k) not in codes)


def _unknown(key: str, known: Iterable[str]) -> str:
    return f"no key {key!r} here; use {', '.join(known)}."


def save_corrections(transcript: AsRead, path: str | os.PathLike[str]) -> Path:
    """Write how `transcript`, read from `path`, was read, for a person to correct.

    Returns the path of the file made. One that is there already is never written over.

    Raises
    ------
    BriefingError
        Where there is one already, or it cannot be written.
    """
    refuse_existing(path)
    return save(corrections_path(path), as_toml(transcript), replace=False)


def refuse_existing(path: str | os.PathLike[str]) -> None:
    """Raise BriefingError where there are corrections to the transcript at `path` already."""
    target = corrections_path(path)
    if os.path.lexists(target):
        raise BriefingError(
            f"{target}: is there already and may hold corrections of yours; edit it, or move "
            "it away to start afresh."
        )


def as_toml(transcript: AsRead) -> str:
    """What `transcript` was read as, in the form of a corrections file."""
    status = ", ".join(TEXT_STATUS[:-1]) + f" or {TEXT_STATUS[-1]}"
    names = ", ".join(source.name for source in transcript.sources)
    out = [HEAD.format(name=names, status=status, now=toml(transcript.text_status))]
    if transcript.labels:
        out.append(LABELS.format(toml([*transcript.labels])))
    codes: list[str] = []
    for section, rows in as_read(transcript.reading, transcript.source_lines).items():
        lines = [f"    {entry_toml(row)},{hint}" for row, hint in rows]
        codes += (code_of(section, row, key) for row, _ in rows for key in row if key in SAID)
        out += ["\n".join([ABOUT[section], f"{section} = [", *lines, "]"]), ""]
    rows_of_codes = (" ".join(codes[i : i + 12]) + "\n" for i in range(0, len(codes), 12))
    return "\n".join([*out, CODES.format("".join(rows_of_codes))])


def entry_toml(row: Mapping[str, Any]) -> str:
    """One entry of a section."""
    return "{ " + ", ".join(f"{key} = {toml(value)}" for key, value in row.items()) + " }"


def as_read(reading: Reading, lines: Sequence[Line]) -> dict[str, list[tuple[Row_, str]]]:
    """The entries of a corrections file that changes nothing, each with a word of help."""
    return {
        "speakers": [(row, "") for row in speakers(reading.turns)],
        "lines": [(row, "") for row in _doubtful(reading, lines)],
        "answers": [*_answers(reading.turns)],
    }


def speakers(turns: Sequence[Turn]) -> list[Row_]:
    """A row a speaker, or a label that names nobody; what differs by turn is left out."""
    rows = []
    for mine in _people(turns):
        row: Row_ = {}
        for key, attribute in (("name", "speaker"), ("role", "role"), ("organisation",) * 2):
            values = {getattr(turn, attribute) or "" for turn in mine}
            if len(values) == 1:
                row[key] = values.pop()
        rows.append({**row, "labels": [*dict.fromkeys(turn.label for turn in mine)]})
    return rows


def _people(turns: Sequence[Turn]) -> Iterable[list[Turn]]:
    """The labelled turns by name; those of a label that is nobody's, or several people's, by it."""
    names: dict[str, set[str]] = {}
    labelled = [(turn.label, turn.speaker or "", turn) for turn in turns if turn.label is not None]
    for label, name, _ in labelled:
        names.setdefault(label, set()).add(name)
    groups: dict[tuple[str, str], list[Turn]] = {}
    for label, name, turn in labelled:
        key = (name, "") if name and len(names[label]) == 1 else ("", label)
        groups.setdefault(key, []).append(turn)
    return groups.values()


def _doubtful(reading: Reading, lines: Sequence[Line]) -> Iterator[Row_]:
    """A row for each line whose reading was inferred."""
    places = Places(reading, lines)
    remarked = {r.line for r in reading.remarks if r.line >= 0 and places.kind(r.line) != "label"}
    inferred = {turn.first_line for turn in reading.turns if turn.label is None}
    for line in sorted(remarked | inferred):
        row = {"line": line + 1, "begins": opening(lines[line].text), "is": places.kind(line)}
        turn = places.opens.get(line)
        if turn and turn.label is None:
            row |= {"name": turn.speaker or "", "role": turn.role}
            row["organisation"] = turn.organisation or ""
        if row["is"] in IS:
            yield row


def _answers(turns: Sequence[Turn]) -> Iterator[tuple[Row_, str]]:
    """A row an answer; questions by their lines, or by their words where several share one."""
    at_line = by_line(turns)
    for i, turn in enumerate(turns):
        if turn.answers:
            row: Row_ = {"line": turn.first_line + 1, "begins": opening(words_of(turn))}
            row["questions"] = [
                line if find_question(turns, at_line, line, i) == q else opening(words_of(turns[q]))
                for q in turn.answers
                for line in [turns[q].first_line + 1]
            ]
            yield row, f"  # to {opening(words_of(turns[turn.answers[0]]))!r}"
