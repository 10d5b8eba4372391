"""Corrections: a small file beside a transcript in which a person overrules the reading.

`talk.txt.corrections.toml` for `talk.txt` holds what was made of the labels, of the lines in
doubt and of the answers, one entry a line. What stays as it was written says nothing; what is
changed, added or marked as `checked` holds: each step of the parser looks it up.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from briefing.parse import Decisions
from briefing.parse.candidates import find_candidates
from briefing.parse.layout import Layout
from briefing.parse.page import Page
from briefing.parse.turns import is_marked
from briefing.parse.values import Candidate, Reading, Remark, Row, Turn, Why
from briefing.reading import Line
from briefing.safe import save
from briefing.tables import ROLES, TEXT_STATUS, BriefingError

if TYPE_CHECKING:
    from briefing.reading import Source


class AsCorrected(Protocol):
    """What a transcript tells of how it was read."""

    sources: list[Source]
    source_lines: list[Line]
    reading: Reading

    @property
    def text_status(self) -> str:
        """What kind of text it is."""

    @property
    def labels(self) -> tuple[str, ...]:
        """Examples of labels that a person gave."""


BEGINS_TURN = ("label", "turn", "split")
SPOKEN = (*BEGINS_TURN, "speech")
IS = (*SPOKEN, "note", "metadata", "boilerplate")
WHO = {"name": str, "role": str, "organisation": str, "checked": bool}
PLACE = {"line": int, "begins": str}
KEYS: dict[str, dict[str, type]] = {
    "speakers": {"labels": list, **WHO},
    "lines": {**PLACE, "is": str, "label": str, **WHO},
    "answers": {**PLACE, "questions": list, "checked": bool},
}
INNER = re.compile(r"^(?P<before>\W*)(?P<words>\w(?:.*\w)?)(?P<after>\W*)$")
MARKS = re.compile(r"[\s\])*]*[:：.\-–—]*[\s*]*")

Row_ = dict[str, Any]
Judged = tuple[Candidate, float]
AtLine = dict[int, list[tuple[int, Turn]]]


@dataclass(frozen=True, slots=True)
class Entry:
    """One correction, the line of the file that it stands on, and which of its keys hold."""

    at: int
    values: Row_
    held: frozenset[str] = frozenset()

    def __getitem__(self, key: str) -> Any:
        """The value of `key`, or None."""
        return self.values.get(key)


@dataclass(frozen=True, slots=True)
class Written:
    """A corrections file as a person left it, its form checked."""

    name: str = ""
    text_status: str | None = None
    labels: tuple[str, ...] = ()
    checked: bool = False  # a person stands by the whole reading
    sections: Mapping[str, tuple[Entry, ...]] = field(
        default_factory=lambda: dict.fromkeys(KEYS, ())
    )

    def error(self, at: int, what: str) -> BriefingError:
        """The error that names line `at` of this file."""
        return BriefingError(f"{self.name}, line {at}: {what}")

    def holding(self, section: str, *keys: str) -> Iterator[Entry]:
        """The entries of `section` in which one of `keys`, or any key, holds."""
        return (e for e in self.sections[section] if e.held & {*keys} or e.held and not keys)


# Where it belongs


def opening(text: str) -> str:
    """The first words of `text`: enough to know it by."""
    return " ".join(text.split()[:6])[:40].rstrip()


def begins(text: str, words: str) -> bool:
    """Whether `text` begins with `words`, whatever the spaces between them."""
    return bool(words.strip()) and " ".join(text.split()).startswith(" ".join(words.split()))


def words_of(turn: Turn) -> str:
    """What a turn is known by: its text, or the label where nothing follows."""
    return turn.text or turn.label or ""


def by_line(turns: Sequence[Turn]) -> AtLine:
    """The turns with their positions, by the number of the line they begin on."""
    found: AtLine = {}
    for i, turn in enumerate(turns):
        found.setdefault(turn.first_line + 1, []).append((i, turn))
    return found


def find_question(
    turns: Sequence[Turn], at_line: AtLine, what: int | str, answer: int
) -> int | None:
    """The turn before `answer` that begins on line `what`, or with these words; None if none."""
    if isinstance(what, str):
        before = range(answer - 1, -1, -1)
        return next((i for i in before if begins(words_of(turns[i]), what)), None)
    here = [i for i, _ in at_line.get(what, []) if i < answer]
    return max(here, key=lambda i: (turns[i].role == "journalist", i), default=None)


class Places:
    """What each line of a source is read as, and the first turn that begins on it."""

    def __init__(self, reading: Reading, lines: Sequence[Line]) -> None:
        """Look up `reading` by line."""
        self._lines = lines
        self._kinds: dict[int, list[tuple[int, str]]] = {}
        for line, start, _, kind in reading.kinds:
            self._kinds.setdefault(line, []).append((start, kind))
        self.opens = {turn.first_line: turn for turn in reversed(reading.turns)}
        self._spoken = {p.line for turn in reading.turns for p in turn.pieces}

    def kind(self, line: int) -> str:
        """What the line at index `line` is: one of `IS`, or unplaced."""
        here = sorted(self._kinds.get(line, []))
        labels = [start for start, kind in here if kind == "label"]
        if labels:
            before = self._lines[line].text[: labels[-1]]
            return "split" if _has_letters(before) else "label"
        if line in self._spoken:
            turn = self.opens.get(line)
            return "speech" if turn is None else "turn" if turn.label is None else "label"
        return here[0][1] if here else "boilerplate" if self._lines[line].outside else "unplaced"


# What holds


@dataclass(frozen=True, slots=True)
class Corrected(Decisions):
    """What a person decided of one source, by a corrections file and examples of labels."""

    written: Written
    source: str
    given: tuple[str, ...]

    @property
    def examples(self) -> tuple[str, ...]:
        """The labels that a person gave, as they are printed."""
        return self.given

    @property
    def kinds(self) -> dict[int, str]:
        """What lines are, by their index: one of `IS`."""
        return {entry["line"] - 1: entry["is"] for entry in self.written.holding("lines")}

    def _error(self, entry: Entry, what: str) -> BriefingError:
        return self.written.error(entry.at, what)

    def _fit(self, entry: Entry, texts: Sequence[str]) -> None:
        """Refuse a correction whose line begins with none of `texts`, or is not there."""
        if any(begins(text, entry["begins"]) for text in texts):
            return
        found = " or ".join(repr(opening(text)) for text in texts)
        stands = f"begins {found}" if texts else "is not there, or no turn begins there"
        raise self._error(
            entry,
            f"line {entry['line']} of {self.source} should begin {entry['begins']!r}, but "
            f"{stands}; write the line's new number and words here, or take this entry out.",
        )

    def _in_force(self, section: str) -> Iterator[Entry]:
        """The entries that must fit: all of them, but for those that other corrections overtake."""
        overtaken = bool(self.kinds or self.examples)
        return self.written.holding(section) if overtaken else iter(self.written.sections[section])

    def page(self, page: Page) -> Page:
        """Take as text what a person says is more than furniture of the page."""
        there = {row.number for row in page.rows}
        kinds = self.kinds
        more = [n for n, kind in kinds.items() if n not in there and kind != "boilerplate"]
        if not more:
            return page
        new = [Row(n, page.lines[n], 0, max(1, page.lines[n].gap), True) for n in more]
        rows = sorted([*page.rows, *new], key=lambda row: row.number)
        return replace(
            page, rows=tuple(rows), furniture=tuple(f for f in page.furniture if f[0] not in more)
        )

    def candidates(self, page: Page, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """Those found, and others by the marks of examples that are not among them."""
        if not self.examples:
            return found
        printed = {_squeezed(page.lines[c.line].text[c.start : c.stop]) for c in found}
        known = printed | {c.label for c in found}
        new = (e for e in self.examples if _squeezed(e) not in known)
        more = (c for example in new for c in _like(example, page))
        return tuple(sorted([*found, *more], key=lambda c: (c.row, c.start)))

    def labels(self, layout: Layout, page: Page) -> Layout:
        """Put in the labels that a person saw on lines, and take out those that are not labels."""
        own = {e["line"] - 1: e for e in self.written.holding("lines") if e["is"] != "split"}
        if not own or is_marked(page.lines, layout):
            return layout
        put = [self._label(e, layout, page) for e in own.values() if e["is"] == "label"]
        kept = _elsewhere(layout.labels, own)
        labels = tuple(sorted([*kept, *put], key=lambda item: (item[0].row, item[0].start)))
        changed = frozenset(c.line for c, _ in {*labels} ^ {*layout.labels})
        doubtful = _elsewhere(layout.doubtful, self.kinds)
        return replace(layout, labels=labels, doubtful=doubtful, corrected=changed)

    def _label(self, entry: Entry, layout: Layout, page: Page) -> Judged:
        """The label at the beginning of a line: as printed, or else the likeliest."""
        line, printed = entry["line"] - 1, entry["label"]
        at = next(i for i, row in enumerate(page.rows) if row.number == line)
        judged = [item for item in (*layout.labels, *layout.doubtful) if item[0].line == line]
        found = find_candidates(replace(page, rows=(page.rows[at],)))
        seen = [*judged, *((c._replace(row=at), 1.0) for c in found)]
        seen += ((c, 1.0) for c in _as_printed(page.rows[at], at, printed or ""))
        for c, p in seen:
            if printed in (None, c.label) and not _has_letters(page.lines[line].text[: c.start]):
                return c, p
        what = f"no label can be made out at the beginning of line {line + 1}"
        raise self._error(entry, f'{what}; add label = "..." as it is printed there.')

    def names(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """Give speakers the names that a person gave them."""
        there = {turn.label for turn in turns}
        for entry in self._in_force("speakers"):
            gone = next((label for label in entry["labels"] if label not in there), None)
            if gone is not None:
                what = f"{self.source} has no label {gone!r}"
                raise self._error(entry, f"{what}; write it as it is printed, or take it out.")
        named = self._whose(turns, "name")
        return _ruled(turns, "speaker", {i: (e, e["name"] or None) for i, e in named.items()})

    def roles(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """Give people the roles that a person gave them: one role a person."""
        ruled: dict[int, Entry] = {}
        for entry in self.written.holding("speakers", "role"):
            names = {t.speaker for t in turns if t.speaker and t.label in entry["labels"]}
            for i, turn in enumerate(turns):
                if turn.label in entry["labels"] or turn.speaker in names:
                    other = ruled.setdefault(i, entry)
                    if other["role"] != entry["role"]:
                        what = f"{turn.speaker!r} is {entry['role']} here and {other['role']}"
                        raise self._error(
                            entry, f"{what} on line {other.at}; give one person one role."
                        )
        ruled |= self._on_lines(turns, "role")
        return _ruled(turns, "role", {i: (e, e["role"]) for i, e in ruled.items()})

    def answers(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """Link answers to the questions that a person chose; give the organisations, too."""
        of = self._whose(turns, "organisation")
        housed = {i: (e, e["organisation"] or None) for i, e in of.items()}
        turns = _ruled(turns, "organisation", housed)
        at_line, linked = by_line(turns), dict[int, tuple[Entry, tuple[int, ...]]]()
        for entry in self._in_force("answers"):
            here = at_line.get(entry["line"], [])
            self._fit(entry, [words_of(turn) for _, turn in here])
            at = next(i for i, turn in here if begins(words_of(turn), entry["begins"]))
            asked = self._asked(entry, turns, at_line, at)
            if at in linked:
                raise self._error(entry, f"line {entry['line']} stands here twice; leave one.")
            linked[at] = entry, asked
        return _ruled(turns, "answers", {i: item for i, item in linked.items() if item[0].held})

    def _asked(
        self, entry: Entry, turns: tuple[Turn, ...], at_line: AtLine, at: int
    ) -> tuple[int, ...]:
        """Positions of the questions that an entry names."""
        asked = set()
        for what in entry["questions"]:
            question = find_question(turns, at_line, what, at)
            if question is None:
                place = f"on line {what}" if isinstance(what, int) else f"with {what!r}"
                says = f"no turn before the answer begins {place} in {self.source}"
                raise self._error(entry, f"{says}; give the line where the question begins.")
            asked.add(question)
        return tuple(sorted(asked))

    def _whose(self, turns: tuple[Turn, ...], key: str) -> dict[int, Entry]:
        """The entry that says `key` of each turn: that of its line, or that of its label."""
        found = {
            i: entry
            for entry in self.written.holding("speakers", key)
            for i, turn in enumerate(turns)
            if turn.label in entry["labels"]
        }
        return found | self._on_lines(turns, key)

    def _on_lines(self, turns: tuple[Turn, ...], key: str) -> dict[int, Entry]:
        """The entries of lines that say `key` of the turn that begins there."""
        opens = {turn.first_line: i for i, turn in reversed([*enumerate(turns)])}
        found = {}
        for entry in self.written.holding("lines", key):
            if entry["is"] in BEGINS_TURN and entry["line"] - 1 in opens:
                found[opens[entry["line"] - 1]] = entry
            elif entry["is"] in BEGINS_TURN and entry[key]:
                what = f"no turn begins on line {entry['line']} of {self.source}"
                raise self._error(entry, f"{what}; name the speaker where the turn begins.")
        return found

    def settle(self, reading: Reading, changed: frozenset[int], lines: Sequence[Line]) -> Reading:
        """Say what was corrected, and drop the remarks that a person settled.

        `changed` are the lines that were cut otherwise than they would have been.
        """
        places, kinds = Places(reading, lines), self.kinds
        for entry in self.written.holding("lines"):
            kind = places.kind(entry["line"] - 1)
            if kind != entry["is"]:
                what = f"line {entry['line']} cannot be {entry['is']!r} here, it would be {kind!r}"
                raise self._error(entry, f"{what}; write another kind.")
        turns = tuple(replace(t, found=None) if t.first_line in kinds else t for t in reading.turns)
        named = {
            turn.first_line for turn in turns if {"speaker", "organisation"} & {*turn.corrected}
        }
        left = (
            r
            for r in reading.remarks
            if r.line not in kinds and not (r.line in named and r.kind in OF_NAMES)
        )
        return replace(
            reading, turns=turns, remarks=tuple(left), applied=tuple(self._applied(turns, changed))
        )

    def _applied(self, turns: tuple[Turn, ...], changed: frozenset[int]) -> Iterator[Remark]:
        """What reads otherwise than it would have, and what a person confirmed."""
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
        yield from _relinked(turns)


def _relinked(turns: tuple[Turn, ...]) -> Iterator[Remark]:
    for turn in turns:
        if "answers" in turn.corrected:
            asked = ", ".join(f"line {turns[q].first_line + 1}" for q in turn.answers)
            yield Remark("corrected answer", turn.first_line, asked)


OF_NAMES = ("joined", "organisation")  # remarks on what somebody is called
CORRECTED = Why("corrected")


def decide(
    written: Written | None, lines: Sequence[Line], source: str, labels: Sequence[str] = ()
) -> Corrected:
    """What a corrections file and examples of labels say of the source called `source`.

    Raises
    ------
    BriefingError
        Where an entry does not fit the source: names the file and the line.
    """
    written = written or Written()
    made = Corrected(written, source, tuple(dict.fromkeys((*labels, *written.labels))))
    seen: dict[str | int, int] = {}
    for entry in written.sections["speakers"]:
        for label in entry["labels"]:
            _once(written, seen, label, entry, f"the label {label!r}", "leave it with one speaker")
    for entry in written.sections["lines"]:
        number = entry["line"]
        _once(written, seen, number, entry, f"line {number} of {source}", "leave one of the two")
        made._fit(entry, [lines[number - 1].text] if 0 < number <= len(lines) else [])
    for example in made.examples:
        if not any(_squeezed(example) in _squeezed(line.text) for line in lines):
            where = f"{written.name}, labels" if example in written.labels else source
            raise BriefingError(
                f"{where}: no line of {source} holds the label {example!r}; give one as it is "
                "printed, with its marks."
            )
    return made


def _once(
    written: Written, seen: dict[str | int, int], key: str | int, entry: Entry, what: str, todo: str
) -> None:
    if key in seen:
        raise written.error(entry.at, f"{what} stands on line {seen[key]} too; {todo}.")
    seen[key] = entry.at


def _squeezed(text: str) -> str:
    return " ".join(text.split())


def _elsewhere(items: Iterable[Judged], lines: Container[int]) -> tuple[Judged, ...]:
    return tuple(item for item in items if item[0].line not in lines)


def _has_letters(text: str) -> bool:
    return any(map(str.isalpha, text))


def _like(example: str, page: Page) -> Iterator[Candidate]:
    """Labels set off by the marks of an example; by its very words where it has no marks."""
    inner = INNER.search(example.strip())
    if inner is None:
        return
    before, words, after = map(re.escape, (inner["before"], inner["words"], inner["after"]))
    label = rf"[^\W_](?:(?!{after}).){{0,60}}?" if after else words
    framed = re.compile(rf"\s*{before}\s*(?P<label>{label})\s*{after}(?:\s+|$)")
    for at, row in enumerate(page.rows):
        if match := framed.match(row.text, row.start):
            alone = match.end() == len(row.text)
            yield Candidate(
                at, row.number, row.start, match.end(), match["label"], "sign", f"given{after}",
                alone,
            )  # fmt: skip


def _as_printed(row: Row, at: int, printed: str) -> Iterator[Candidate]:
    """The label that a line begins with in the words of a person, if it does."""
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
    """The turns as a person has it, each marked where that is news or was checked."""
    done = [*turns]
    for i, (entry, value) in ruled.items():
        news: Row_ = {} if getattr(turns[i], what) == value else {what: value}
        if news and what in ("role", "answers"):
            news |= {f"{what}_sure": 1.0, f"{what}_why": (CORRECTED,)}
        if news or entry["checked"]:
            done[i] = replace(turns[i], **news, corrected=(*turns[i].corrected, what))
    return tuple(done)


def _who(entry: Entry) -> str:
    said = [entry[key] for key in ("name", "role", "organisation") if entry[key]]
    return f": {', '.join(said)}" if said else ""


# The file

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
# label stands inside the line: write speech if it is not one). To label and turn you may add
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


def save_corrections(transcript: AsCorrected, path: str | os.PathLike[str]) -> Path:
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


def as_toml(transcript: AsCorrected) -> str:
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
