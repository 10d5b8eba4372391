"""Corrections: a small file beside a transcript in which the user overrules the reading.

`talk.txt.corrections.toml` for `talk.txt` says how the labels, the doubtful lines and the answers
were read, one entry a line. Entries left as they were written have no effect; what is changed,
added or marked as `checked` counts: each step of the parser looks it up.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.parse import Decisions
from briefing.parse.candidates import find_candidates
from briefing.parse.layout import Layout
from briefing.parse.page import Page
from briefing.parse.turns import is_marked
from briefing.parse.values import Candidate, Reading, Remark, Row, Turn, Why
from briefing.reading import Line, Source
from briefing.safe import save
from briefing.tables import ROLES, TEXT_STATUS, BriefingError, data

SUFFIX = ".corrections.toml"
BEGINS_TURN = ("label", "turn", "split")
IS = (*BEGINS_TURN, "speech", "note", "metadata", "boilerplate")
SAID = ("is", "label", "name", "role", "organisation", "questions")  # keys with content
CHOICES = {"role": ROLES, "text_status": TEXT_STATUS, "is": IS}
CODE = 6  # hexadecimal digits of the code of one value
INNER = re.compile(r"^(?P<before>\W*)(?P<words>\w(?:.*\w)?)(?P<after>\W*)$")
MARKS = re.compile(r"[\s\])*]*[:：.\-–—]*[\s*]*")
OF_NAMES = ("joined", "organisation")  # remarks about names
CORRECTED = Why("corrected")

Row_ = dict[str, Any]
Judged = tuple[Candidate, float]
AtLine = dict[int, list[tuple[int, Turn]]]


if TYPE_CHECKING:
    from typing import Protocol

    class AsRead(Protocol):
        """What a transcript says about its reading; `transcript` imports this module."""

        briefing_id: str
        metadata: dict[str, str]
        sources: list[Source]
        source_lines: list[Line]
        decisions: Corrected
        reading: Reading
        applied: tuple[Remark, ...]

        @property
        def text_status(self) -> str: ...
        @property
        def confidence(self) -> float: ...
        @property
        def status(self) -> str: ...
        @property
        def status_why(self) -> str: ...
        @property
        def labels(self) -> tuple[str, ...]: ...
        @property
        def part(self) -> list[str]: ...
        @property
        def warnings(self) -> list[str]: ...
        def doubts(self) -> list[int]: ...
        def rows(self) -> list[dict[str, Any]]: ...
        def stretches(self) -> list[tuple[int, int, int, str, int | None, str]]: ...


TEXTS = data("briefing", "corrections.toml")
KEYS: dict[str, dict[str, str]] = TEXTS["keys"]  # of each section, with their types
WHOLE: dict[str, str] = TEXTS["whole"]  # keys of the whole file


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction, its line in the file, and which of its keys count."""

    at: int
    values: Row_
    held: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Any:
        """The value of `key`, or None."""
        return self.values.get(key)


@dataclass(frozen=True, slots=True)
class Written:
    """A corrections file as the user left it, with its form checked."""

    name: str = ""
    text_status: str | None = None
    labels: tuple[str, ...] = ()
    checked: bool = False  # the user confirms the whole reading
    sections: Mapping[str, tuple[Entry, ...]] = field(
        default_factory=lambda: dict.fromkeys(KEYS, ())
    )

    def error(self, at: int, why: str, /, **about: object) -> BriefingError:
        """The error `what` from errors.toml, for line `at` of this file."""
        return BriefingError.of(why, file=self.name, at=at, **about)

    def holding(self, section: str, *keys: str) -> Iterator[Entry]:
        """The entries of `section` in which one of `keys`, or any key, counts."""
        return (e for e in self.sections[section] if e.held & {*keys} or e.held and not keys)


# Where it belongs


def opening(text: str) -> str:
    """The first words of `text`, enough to recognise it."""
    return " ".join(text.split()[:6])[:40].rstrip()


def begins(text: str, words: str) -> bool:
    """Whether `text` begins with `words`, whatever the spaces between them."""
    return bool(words.strip()) and " ".join(text.split()).startswith(" ".join(words.split()))


def words_of(turn: Turn) -> str:
    """What identifies a turn: its text, or its label if nothing follows."""
    return turn.text or turn.label or ""


def by_line(turns: Sequence[Turn]) -> AtLine:
    """The turns with their positions, by the number of the line where they begin."""
    found: AtLine = {}
    for i, turn in enumerate(turns):
        found.setdefault(turn.first_line + 1, []).append((i, turn))
    return found


def find_question(
    turns: Sequence[Turn], at_line: AtLine, what: int | str, answer: int
) -> int | None:
    """The turn before `answer` that begins on line `what` or with those words, or None."""
    if isinstance(what, str):
        before = range(answer - 1, -1, -1)
        return next((i for i in before if begins(words_of(turns[i]), what)), None)
    here = [i for i, _ in at_line.get(what, []) if i < answer]
    return max(here, key=lambda i: (turns[i].role == "journalist", i), default=None)


class ReadAs:
    """How each line of a source is read, and the first turn that begins on it."""

    def __init__(self, reading: Reading, lines: Sequence[Line]) -> None:
        """Look up `reading` by line."""
        self._lines = lines
        self._kinds: dict[int, list[tuple[int, str]]] = {}
        for line, start, _, kind in reading.kinds:
            self._kinds.setdefault(line, []).append((start, kind))
        self.opens = {turn.first_line: turn for turn in reversed(reading.turns)}
        self._spoken = {p.line for turn in reading.turns for p in turn.pieces}

    def kind(self, line: int) -> str:
        """How the line at index `line` is read: one of `IS`, or unplaced."""
        here = sorted(self._kinds.get(line, []))
        labels = [start for start, kind in here if kind == "label"]
        if labels:
            before = self._lines[line].text[: labels[-1]]
            return "split" if _has_letters(before) else "label"
        if line in self._spoken:
            turn = self.opens.get(line)
            return "speech" if turn is None else "turn" if turn.label is None else "label"
        return here[0][1] if here else "boilerplate" if self._lines[line].outside else "unplaced"


# What counts


@dataclass(frozen=True, slots=True)
class Corrected(Decisions):
    """What the user decided for one source, in a corrections file and examples of labels."""

    written: Written
    source: str
    given: tuple[str, ...]

    @property
    def examples(self) -> tuple[str, ...]:
        """The labels that the user gave, as printed."""
        return self.given

    @property
    def kinds(self) -> dict[int, str]:
        """What lines are, by their index: one of `IS`."""
        return {entry["line"] - 1: entry["is"] for entry in self.written.holding("lines")}

    def _error(self, entry: Entry, why: str, **about: object) -> BriefingError:
        told = {"source": self.source, "line": entry["line"], **about}
        return self.written.error(entry.at, why, **told)

    def fit(self, entry: Entry, texts: Sequence[str]) -> None:
        """Refuse a correction whose line is missing or begins with none of `texts`."""
        if not any(begins(text, entry["begins"]) for text in texts):
            found = " or ".join(repr(opening(text)) for text in texts)
            stands = f"begins {found}" if texts else "is not there, or no turn begins there"
            raise self._error(entry, "does not fit", begins=entry["begins"], stands=stands)

    def once(self, seen: dict[str | int, int], key: str | int, entry: Entry, why: str) -> None:
        """Refuse an entry for something that an earlier entry is about."""
        if key in seen:
            raise self._error(entry, why, key=key, first=seen[key])
        seen[key] = entry.at

    def _in_force(self, section: str) -> Iterator[Entry]:
        """The entries that must fit: all except those that other corrections make obsolete."""
        overtaken = bool(self.kinds or self.examples)
        return self.written.holding(section) if overtaken else iter(self.written.sections[section])

    def page(self, page: Page) -> Page:
        """Take as text what the user says is not page furniture."""
        there = {row.number for row in page.rows}
        kinds = self.kinds
        more = [n for n, kind in kinds.items() if n not in there and kind != "boilerplate"]
        if not more:
            return page
        lines = [(n, page.lines[n]) for n in more]
        new = [Row(n, line, 0, max(1, line.gap), True, line.text) for n, line in lines]
        rows = sorted([*page.rows, *new], key=lambda row: row.number)
        left = tuple(found for found in page.furniture if found[0] not in more)
        return replace(page, rows=tuple(rows), furniture=left)

    def candidates(self, page: Page, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The labels found, with more by the marks of any examples not among them."""
        if not self.examples:
            return found
        printed = {_squeezed(page.lines[c.line].text[c.start : c.stop]) for c in found}
        known = printed | {c.label for c in found}
        new = (e for e in self.examples if _squeezed(e) not in known)
        more = (c for example in new for c in _like(example, page))
        return tuple(sorted([*found, *more], key=lambda c: (c.row, c.start)))

    def labels(self, layout: Layout, page: Page) -> Layout:
        """Add the labels that the user saw on lines, and remove those that are not labels."""
        own = {e["line"] - 1: e for e in self.written.holding("lines") if e["is"] != "split"}
        if not own or is_marked(page.lines, layout):
            return layout
        put = [self._label(e, layout, page) for e in own.values() if e["is"] == "label"]
        kept = [item for item in layout.labels if item[0].line not in own]
        labels = tuple(sorted([*kept, *put], key=lambda item: (item[0].row, item[0].start)))
        changed = frozenset(c.line for c, _ in {*labels} ^ {*layout.labels})
        doubtful = tuple(item for item in layout.doubtful if item[0].line not in self.kinds)
        return replace(layout, labels=labels, doubtful=doubtful, corrected=changed)

    def _label(self, entry: Entry, layout: Layout, page: Page) -> Judged:
        """The label at the beginning of a line: the one given, or else the likeliest."""
        line, printed = entry["line"] - 1, entry["label"]
        at = next(i for i, row in enumerate(page.rows) if row.number == line)
        judged = [item for item in (*layout.labels, *layout.doubtful) if item[0].line == line]
        found = find_candidates(replace(page, rows=(page.rows[at],)))
        seen = [*judged, *((c._replace(row=at), 1.0) for c in found)]
        seen += ((c, 1.0) for c in _as_printed(page.rows[at], at, printed or ""))
        for c, p in seen:
            if printed in (None, c.label) and not _has_letters(page.lines[line].text[: c.start]):
                return c, p
        raise self._error(entry, "no label there")

    def names(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """Give speakers the names that the user chose."""
        there = {turn.label for turn in turns}
        for entry in self._in_force("speakers"):
            gone = next((label for label in entry["labels"] if label not in there), None)
            if gone is not None:
                raise self._error(entry, "label gone", label=gone)
        named = self._whose(turns, "name")
        return _ruled(turns, "speaker", {i: (e, e["name"] or None) for i, e in named.items()})

    def roles(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """Give people the roles that the user chose, one role each."""
        ruled: dict[int, Entry] = {}
        for entry in self.written.holding("speakers", "role"):
            names = {t.speaker for t in turns if t.speaker and t.label in entry["labels"]}
            for i, turn in enumerate(turns):
                if turn.label in entry["labels"] or turn.speaker in names:
                    other = ruled.setdefault(i, entry)
                    if other["role"] != entry["role"]:
                        raise self._error(
                            entry, "two roles", name=turn.speaker, role=entry["role"],
                            other=other["role"], first=other.at,
                        )  # fmt: skip
        ruled |= self._on_lines(turns, "role")
        return _ruled(turns, "role", {i: (e, e["role"]) for i, e in ruled.items()})

    def answers(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """Link answers to the questions that the user chose; set the organisations, too."""
        of = self._whose(turns, "organisation")
        housed = {i: (e, e["organisation"] or None) for i, e in of.items()}
        turns = _ruled(turns, "organisation", housed)
        at_line, linked = by_line(turns), dict[int, tuple[Entry, tuple[int, ...]]]()
        for entry in self._in_force("answers"):
            here = at_line.get(entry["line"], [])
            self.fit(entry, [words_of(turn) for _, turn in here])
            at = next(i for i, turn in here if begins(words_of(turn), entry["begins"]))
            asked = self._asked(entry, turns, at_line, at)
            if at in linked:
                raise self._error(entry, "answer twice")
            linked[at] = entry, asked
        return _ruled(turns, "answers", {i: item for i, item in linked.items() if item[0].held})

    def _asked(
        self, entry: Entry, turns: tuple[Turn, ...], at_line: AtLine, at: int
    ) -> tuple[int, ...]:
        """The positions of the questions that an entry names."""
        asked = set()
        for what in entry["questions"]:
            question = find_question(turns, at_line, what, at)
            if question is None:
                place = f"on line {what}" if isinstance(what, int) else f"with {what!r}"
                raise self._error(entry, "no question", place=place)
            asked.add(question)
        return tuple(sorted(asked))

    def _whose(self, turns: tuple[Turn, ...], key: str) -> dict[int, Entry]:
        """The entry that sets `key` for each turn, by its line or else by its label."""
        found = {
            i: entry
            for entry in self.written.holding("speakers", key)
            for i, turn in enumerate(turns)
            if turn.label in entry["labels"]
        }
        return found | self._on_lines(turns, key)

    def _on_lines(self, turns: tuple[Turn, ...], key: str) -> dict[int, Entry]:
        """The entries by line that set `key` for the turn that begins there."""
        opens = {turn.first_line: i for i, turn in reversed([*enumerate(turns)])}
        found = {}
        for entry in self.written.holding("lines", key):
            at = opens.get(entry["line"] - 1)
            if entry["is"] in BEGINS_TURN and at is not None:
                found[at] = entry
            elif entry["is"] in BEGINS_TURN and entry[key]:
                raise self._error(entry, "no turn")
        return found

    def settle(self, reading: Reading, changed: frozenset[int], lines: Sequence[Line]) -> Reading:
        """Say what was corrected, and drop the remarks that the user settled.

        `changed` are the lines that were split differently from before.
        """
        places, kinds = ReadAs(reading, lines), self.kinds
        for entry in self.written.holding("lines"):
            kind = places.kind(entry["line"] - 1)
            if kind != entry["is"]:
                raise self._error(entry, "cannot be", kind=entry["is"], other=kind)
        turns = tuple(t._replace(found=None) if t.first_line in kinds else t for t in reading.turns)
        whose = (t for t in turns if {"speaker", "organisation"} & {*t.corrected})
        named = {turn.first_line for turn in whose}
        settled = {(line, kind) for line in named for kind in OF_NAMES}
        open_ = (r for r in reading.remarks if r.line not in kinds)
        left = tuple(r for r in open_ if (r.line, r.kind) not in settled)
        applied = tuple(self._applied(turns, changed))
        return replace(reading, turns=turns, remarks=left, applied=applied)

    def _applied(self, turns: tuple[Turn, ...], changed: frozenset[int]) -> Iterator[Remark]:
        """What now reads differently, and what the user confirmed."""
        ruled = [turn for turn in turns if {*turn.corrected} - {"answers"}]
        first = {turn.label: turn.first_line for turn in reversed(ruled)}
        said = [(e, x) for e in self.written.holding("speakers") for x in e["labels"]]
        for entry, label in said:
            if label in first:
                yield Remark("corrected label", first[label], f"{label!r}{_who(entry)}")
        changed |= {turn.first_line for turn in ruled}
        for entry in self.written.holding("lines"):
            if entry["checked"] or entry["line"] - 1 in changed:
                what = f"{entry['is']}{_who(entry)}"
                yield Remark("corrected line", entry["line"] - 1, what)
        for turn in turns:
            if "answers" in turn.corrected:
                asked = ", ".join(f"line {turns[q].first_line + 1}" for q in turn.answers)
                yield Remark("corrected answer", turn.first_line, asked)


def decide(
    written: Written | None, lines: Sequence[Line], source: str, labels: Sequence[str] = ()
) -> Corrected:
    """What a corrections file and examples of labels say about the source called `source`.

    Raises
    ------
    BriefingError
        If an entry does not fit the source; names the file and the line.
    """
    written = written or Written()
    made = Corrected(written, source, tuple(dict.fromkeys((*labels, *written.labels))))
    seen: dict[str | int, int] = {}
    for entry in written.sections["speakers"]:
        for label in entry["labels"]:
            made.once(seen, label, entry, "label twice")
    for entry in written.sections["lines"]:
        number = entry["line"]
        made.once(seen, number, entry, "line twice")
        made.fit(entry, [lines[number - 1].text] if 0 < number <= len(lines) else [])
    for example in made.examples:
        if not any(_squeezed(example) in _squeezed(line.text) for line in lines):
            where = f"{written.name}, labels" if example in written.labels else source
            raise BriefingError.of("no such label", where=where, source=source, example=example)
    return made


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _like(example: str, page: Page) -> Iterator[Candidate]:
    """Labels set off by the marks of an example, or with its exact words if it has no marks."""
    inner = INNER.search(example.strip())
    if inner is None:
        return
    before, words, after = map(re.escape, (inner["before"], inner["words"], inner["after"]))
    label = rf"[^\W_](?:(?!{after}).){{0,60}}?" if after else words
    framed = re.compile(rf"\s*{before}\s*(?P<label>{label})\s*{after}(?:\s+|$)")
    for at, row in enumerate(page.rows):
        if match := framed.match(row.text, row.start):
            found = at, row.number, row.start, match.end(), match["label"]
            yield Candidate(*found, "sign", f"given{after}", match.end() == len(row.text))


def _as_printed(row: Row, at: int, printed: str) -> Iterator[Candidate]:
    """The label, in the user's words, that a line begins with, if it does."""
    begin = row.text.find(printed)
    if not printed.strip() or begin < 0 or _has_letters(row.text[:begin]):
        return
    marks = MARKS.match(row.text, begin + len(printed))
    stop = marks.end() if marks else begin + len(printed)
    alone = not row.text[stop:].strip()
    yield Candidate(at, row.number, row.start, stop, printed, "sign", "given", alone)


def _ruled(
    turns: tuple[Turn, ...], what: str, ruled: Mapping[int, tuple[Entry, Any]]
) -> tuple[Turn, ...]:
    """The turns as the user has them, marked if changed or checked."""
    done = [*turns]
    for i, (entry, value) in ruled.items():
        news: Row_ = {} if getattr(turns[i], what) == value else {what: value}
        if news and what in ("role", "answers"):
            news |= {f"{what}_sure": 1.0, f"{what}_why": (CORRECTED,)}
        if news or entry["checked"]:
            done[i] = turns[i]._replace(**news, corrected=(*turns[i].corrected, what))
    return tuple(done)


def _who(entry: Entry) -> str:
    said = [entry[key] for key in ("name", "role", "organisation") if entry[key]]
    return f": {', '.join(said)}" if said else ""


# The file


def corrections_path(path: str | os.PathLike[str]) -> Path:
    """Where the corrections file of the transcript at `path` is."""
    return Path(f"{os.fspath(path)}{SUFFIX}")


def toml(value: str | int | list[Any]) -> str:
    """The text as a TOML string: a JSON string, except for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def code_of(section: str, row: Mapping[str, Any], key: str) -> str:
    """A short checksum of one value of an entry, to see whether it was changed."""
    whose = row.get("labels") or [row.get("line"), row.get("begins")]
    return sha256(json.dumps([section, whose, key, row[key]]).encode()).hexdigest()[:CODE]


def load(path: Path) -> Written:
    """Read the corrections file at `path` and check its form, but not whether it fits."""
    try:
        return loads(path.read_bytes(), path.name)
    except OSError as error:
        raise BriefingError.of("cannot be read", path=path, said=error.strerror) from error


def loads(raw: bytes, name: str) -> Written:
    """Read the bytes of a corrections file called `name`; as `load`."""
    try:
        text = raw.decode("utf-8-sig")
        data = tomllib.loads(text)
    except UnicodeDecodeError as error:
        raise BriefingError.of("not in UTF-8", name=name) from error
    except tomllib.TOMLDecodeError as error:
        raise BriefingError.of("corrections not TOML", name=name, error=error) from error
    return _Checker(Written(name), text.split("\n")).written(data)


class _Checker:
    """Checks the form of a corrections file: its keys and their values."""

    def __init__(self, empty: Written, lines: list[str]) -> None:
        self.error, self.empty, self.lines = empty.error, empty, lines

    def written(self, data: dict[str, Any]) -> Written:
        """The file as values; raises BriefingError that names the line."""
        for key, value in data.items():
            at = self._line_of(key)
            if key == "layout":
                raise self.error(at, "old key")
            if key not in KEYS and key not in WHOLE:
                known = ", ".join(k for k in (*WHOLE, *KEYS) if k != "as_read")
                raise self.error(at, "unknown key", key=key, known=known)
            if key in WHOLE:
                self._check(at, key, value, WHOLE[key])
            elif not isinstance(value, list) or not all(isinstance(row, dict) for row in value):
                raise self.error(at, "no list", key=key)
        codes = frozenset(data.get("as_read", "").split())
        made = {key: self._entries(key, data.get(key, []), codes) for key in KEYS}
        return replace(
            self.empty, text_status=data.get("text_status"), labels=tuple(data.get("labels", ())),
            checked=data.get("checked", False), sections=made,
        )  # fmt: skip

    def _entries(self, section: str, rows: list[Row_], codes: frozenset[str]) -> tuple[Entry, ...]:
        place = self._places(section, self._line_of(section))
        placed = [(place(i), row) for i, row in enumerate(rows)]
        for at, row in placed:
            self._check_entry(at, section, row)
        return tuple(Entry(at, row, _held(section, row, codes)) for at, row in placed)

    def _check_entry(self, at: int, section: str, row: Row_) -> None:
        for key, value in row.items():
            if key not in KEYS[section]:
                known = ", ".join(KEYS[section])
                raise self.error(at, "unknown key", key=key, known=known)
            self._check(at, key, value, KEYS[section][key])
        missing = [key for key in TEXTS["needed"][section] if key not in row]
        if missing:
            raise self.error(at, "key missing", key=missing[0])

    def _check(self, at: int, key: str, value: object, kind: str) -> None:
        good = type(value).__name__ == kind
        if isinstance(value, list):
            good &= all(type(item).__name__ in TEXTS["items"].get(key, ()) for item in value)
        if not good:
            form = TEXTS["forms"].get(key) or TEXTS["forms"][kind]
            raise self.error(at, "wrong form", key=key, value=value, form=form)
        if key in CHOICES and value not in CHOICES[key]:
            choices = ", ".join(CHOICES[key])
            raise self.error(at, "wrong choice", key=key, value=value, choices=choices)

    def _line_of(self, key: str) -> int:
        found = re.compile(rf"\s*(?:\[\[?\s*)?[\"']?{re.escape(key)}\b")
        return next((i for i, line in enumerate(self.lines, 1) if found.match(line)), 1)

    def _places(self, key: str, at: int) -> Callable[[int], int]:
        """The line where each entry begins, by its number in its section."""
        entry = re.compile(rf"\s*(?:{key}\s*=\s*\[\s*)?\{{|\s*\[\[\s*{key}\s*\]\]")
        starts = [i for i, line in enumerate(self.lines[at - 1 :], at) if entry.match(line)]
        return lambda i: starts[i] if i < len(starts) else at


def _held(section: str, row: Row_, codes: frozenset[str]) -> frozenset[str]:
    """The keys that the user changed or added; all keys of an entry marked as checked."""
    said = (key for key in row if key in SAID)
    return frozenset(k for k in said if row.get("checked") or code_of(section, row, k) not in codes)


def save_corrections(transcript: AsRead, path: str | os.PathLike[str]) -> Path:
    """Write how `transcript`, read from `path`, was read, for the user to correct.

    Returns the path of the new file. An existing one is never overwritten.

    Raises
    ------
    BriefingError
        If there is one already, or it cannot be written.
    """
    refuse_existing(path)
    return save(corrections_path(path), as_toml(transcript), replace=False)


def refuse_existing(path: str | os.PathLike[str]) -> None:
    """Raise BriefingError if the transcript at `path` already has a corrections file."""
    target = corrections_path(path)
    if os.path.lexists(target):
        raise BriefingError.of("corrections there", target=target)


def as_toml(transcript: AsRead) -> str:
    """How `transcript` was read, in the form of a corrections file."""
    status = ", ".join(TEXT_STATUS[:-1]) + f" or {TEXT_STATUS[-1]}"
    names = ", ".join(source.name for source in transcript.sources)
    now = toml(transcript.text_status)
    out = [TEXTS["head"].format(name=names, status=status, now=now)]
    if transcript.labels:
        out.append(TEXTS["labels"].format(labels=toml([*transcript.labels])))
    codes: list[str] = []
    for section, rows in as_read(transcript.reading, transcript.source_lines).items():
        lines = [f"    {entry_toml(row)},{hint}" for row, hint in rows]
        codes += (code_of(section, row, key) for row, _ in rows for key in row if key in SAID)
        out += ["\n".join([TEXTS["about"][section], f"{section} = [", *lines, "]"]), ""]
    rows_of_codes = (" ".join(codes[i : i + 12]) + "\n" for i in range(0, len(codes), 12))
    return "\n".join([*out, TEXTS["codes"].format(codes="".join(rows_of_codes))])


def entry_toml(row: Mapping[str, Any]) -> str:
    """One entry of a section."""
    return "{ " + ", ".join(f"{key} = {toml(value)}" for key, value in row.items()) + " }"


def as_read(reading: Reading, lines: Sequence[Line]) -> dict[str, list[tuple[Row_, str]]]:
    """The entries of a corrections file that changes nothing, each section with brief help."""
    return {
        "speakers": [(row, "") for row in speakers(reading.turns)],
        "lines": [(row, "") for row in _doubtful(reading, lines)],
        "answers": [*_answers(reading.turns)],
    }


def speakers(turns: Sequence[Turn]) -> list[Row_]:
    """One row for each speaker, or label that names nobody, without what varies by turn."""
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
    """The labelled turns by name, or by label if it names nobody or several people."""
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
    """One row for each line whose reading was inferred."""
    places = ReadAs(reading, lines)
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
    """One row for each answer; questions are given by line, or by words if several share a line."""
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
