"""read(): from a file to turns, with a report that accounts for every line.

It also finds what a document states about itself: title, date, source, language, kind of text.

Whatever surrounds the talk is given as stretches: their kind (metadata, note, boilerplate, label),
line and text. Findings are returned as values, with the words they are based on.
"""

from __future__ import annotations

import os
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, cached_property
from hashlib import sha256
from itertools import accumulate, pairwise, product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.corrections import corrections_path, decide, load
from briefing.lexicons import Patterns, find_date, kinds, lexicon, pattern
from briefing.lexicons.cues import CUE, cues, ends_sentence
from briefing.lexicons.languages import language_of, languages_of
from briefing.lexicons.stage import stage_spans
from briefing.parse import parse as parse_lines
from briefing.parse.confidence import REFUSED, SURE
from briefing.parse.page import is_pager
from briefing.parse.values import Reading, Remark, Turn, Why
from briefing.prose import counted
from briefing.reading import Line, Source, parse_source, read_source
from briefing.safe import KIT, encoded, slug
from briefing.tables import ROLES, TURNS, TYPES, BriefingError, data
from briefing.words.boundaries import (
    counter_for,
    find_words,
    fold,
    how_to_count,
    needs_tokenizer,
    segmented_by,
)

if TYPE_CHECKING:
    import pandas as pd

    from briefing.corrections import Written
    from briefing.display import Report


Count = Callable[[str], int]
Path_ = str | os.PathLike[str]
Stretches = list[tuple[int, int, int, str, int | None, str]]
CUES = ("en", "es", "fr", "de", "pt", "it", "ru", "zh")  # languages of the cue words
_FILES: dict[str, Path] = {}  # the file behind each briefing id that `read` gave in this session
LOOK_AT = 8  # most lines that a warning names


class Transcript:
    """One press event as tables: `turns`, `pairs`, `lines`, `sentences` and `tokens`.

    `metadata` holds what the document states about itself, `text_status` the kind of text, `part`
    why it is only part of an event (empty if it seems complete), `report` how every line of the
    source was classified and what was inferred. `confidence` is the share of turns expected to be
    right; `status` is *sure* or, if that is low, *doubtful*.
    """

    def __init__(
        self,
        sources: list[Source],
        *,
        id: str | None = None,
        labels: Sequence[str] = (),
        written: Written | None = None,
    ) -> None:
        """Parse `sources`, the pages of one event in order, with the user's corrections."""
        self.sources = sources
        self.source_lines: list[Line] = [line for source in sources for line in source.lines]
        self.briefing_id = id or slug(Path(sources[0].name).stem)
        names = ", ".join(source.name for source in sources)
        self.decisions = decide(written, self.source_lines, names, labels)
        borders = [*accumulate(len(source.lines) for source in sources[:-1])]
        self.reading: Reading = parse_lines(self.source_lines, borders, self.decisions)
        self._refuse(names)
        self.metadata = metadata(sources[0].metadata, self._around(), self._headings())
        self.kind_of_text = status(self._around(), [turn.text for turn in self.reading.turns])
        self.applied = self.reading.applied
        said = self.decisions.written.text_status
        if said not in (None, self.kind_of_text.kind):
            self.kind_of_text = Why(said)
            self.applied = (Remark("corrected kind of text", -1, said), *self.applied)

    def _refuse(self, names: str) -> None:
        """Raise BriefingError if turns cannot be told apart, or most would be wrong.

        Captions that name their voices are never refused: there is nothing to tell apart.
        """
        reading, helped = self.reading, bool(self.decisions.examples or self.reading.applied)
        if "marked" in dict(reading.styles):
            helped |= any(turn.start_s is not None for turn in reading.turns)
        told = any(turn.label or turn.role == "journalist" for turn in reading.turns)
        spoken = any(turn.text for turn in reading.turns)
        if not spoken or not helped and (not told or reading.confidence < REFUSED):
            from briefing.display import refusal

            raise BriefingError(refusal(reading, names))

    def _around(self) -> Iterator[Aside]:
        """What surrounds the talk, without lines that the format keeps apart."""
        for line, start, stop, kind in sorted(self.reading.kinds):
            yield Aside(kind, line, self.source_lines[line].text[start:stop].strip())

    def _headings(self) -> Iterator[str]:
        return (line.text for line in self.source_lines if line.heading and not line.outside)

    @property
    def text_status(self) -> str:
        """The kind of text: one of `briefing.tables.TEXT_STATUS`."""
        return self.kind_of_text.kind

    @cached_property
    def status_why(self) -> str:
        """How that is known."""
        from briefing.display import status_words

        if any(remark.kind == "corrected kind of text" for remark in self.applied):
            return f"{self.decisions.written.name} says so"
        return status_words(self.kind_of_text)

    @cached_property
    def part(self) -> list[str]:
        """Why the text is only part of an event; empty if it seems complete."""
        from briefing.display import part_words

        first, last = self.reading.turns[0], self.reading.turns[-1]
        asking = first.label is None and first.role == "journalist"
        why = part(self._around(), opens_asking=asking, last=last.text)
        return [*map(part_words, why)]

    @property
    def confidence(self) -> float:
        """The share of turns expected to be right, from 0 to 1."""
        return self.reading.confidence

    @property
    def status(self) -> str:
        """`sure`, or `doubtful` if the user should check it first."""
        stands = self.decisions.written.checked or self.confidence >= SURE
        return "sure" if stands else "doubtful"

    @property
    def labels(self) -> tuple[str, ...]:
        """Examples of labels that the user gave."""
        return self.decisions.examples

    def doubts(self) -> list[int]:
        """The lines, if any, that the user should check first."""
        found = [(r.sure, r.line + 1) for r in self.reading.remarks if r.line >= 0]
        for turn in self.reading.turns:
            found.append((min(turn.sure, turn.role_sure), turn.first_line + 1))
        worst = sorted((sure, line) for sure, line in found if sure < SURE)
        return sorted(dict.fromkeys(line for _, line in worst))[:LOOK_AT]

    @cached_property
    def turns(self) -> pd.DataFrame:
        """One row for each turn: see `briefing.tables.TURNS`.

        `.attrs`: `text_status, part, language`; `event` (the title that the document states, or the
        briefing's name), `date` and `source` as stated; `people`, the words in the names of
        officials and moderators, which serve as forms of address; `capitals`, words that have a
        capital even in mid-sentence and hardly ever lack it, as figures print them.
        """
        frame = as_turns(self.rows())
        frame.attrs = {"text_status": self.text_status, "part": bool(self.part)}
        frame.attrs["language"] = self.language
        frame.attrs |= {"event": self.metadata.get("title") or self.briefing_id}
        stated: dict[str, object] = {name: self.metadata.get(name) for name in ("date", "source")}
        stated |= {"people": self._people(), "capitals": self._capitals()}
        frame.attrs |= {name: value for name, value in stated.items() if value}
        return frame

    def _people(self) -> list[str]:
        """The words in the names of those who answer or preside, but not of institutions."""
        turns = [turn for turn in self.reading.turns if turn.role in ("official", "moderator")]
        names = {turn.speaker.casefold() for turn in turns if turn.speaker}
        institutions = lexicon("institution-words") | lexicon("function-words")
        people = [words for name in names if not institutions & set(words := name.split())]
        return sorted({word for words in people for word in words})

    def _capitals(self) -> str:
        """The words with a capital in mid-sentence, separated by spaces: *Kirran U.S.*"""
        text = self._text()
        within: dict[str, Counter[str]] = {}
        for start, stop in find_words(text):
            word = text[start:stop]
            if word[0].islower() or MID_SENTENCE.search(text, max(0, start - 3), start):
                within.setdefault(fold(word), Counter())[word] += 1
        often = ((said.most_common(1)[0], said.total()) for said in within.values())
        found = [word for (word, n), n_all in often if word[0].isupper() and n >= 0.9 * n_all]
        return " ".join(sorted(found)) if len(found) < len(within) / 2 else ""  # not all capitals

    @cached_property
    def language(self) -> str | None:
        """The language that the document states, or that its words suggest: `en`, `en-gb`."""
        return language_of(self.metadata.get("language"), self._text())

    def _text(self) -> str:
        return "\n".join(turn.text for turn in self.reading.turns)

    @cached_property
    def languages(self) -> list[str] | None:
        """The language of each turn, if the page is in two languages; otherwise None."""
        return languages_of([turn.text for turn in self.reading.turns])

    @cached_property
    def uncounted(self) -> list[str]:
        """Why the words of some turns are not counted, and what to install; empty if all are."""
        writings = dict.fromkeys(map(needs_tokenizer, self._by_language().values()))
        return [how_to_count(name) for name in writings if name and not segmented_by(name)]

    def _by_language(self) -> dict[str | None, str]:
        """Everything said in each language."""
        if not self.languages:
            return {None: self._text()}
        said: dict[str | None, str] = {}
        for code, turn in zip(self.languages, self.reading.turns, strict=True):
            said[code] = f"{said.get(code, '')}\n{turn.text}"
        return said

    def rows(self, *, count: Count | None = None) -> list[dict[str, Any]]:
        """The turns as plain dictionaries, without pandas; word counts are left to `count`."""
        counters, turns = self._counters(count), self.reading.turns
        return [
            {
                "briefing_id": self.briefing_id,
                "turn_id": i,
                "speaker": turn.speaker,
                "role": turn.role,
                "organisation": turn.organisation,
                "label": turn.label,
                "inferred": turn.label is None,
                "text": turn.text,
                "first_line": turn.first_line + 1,
                "last_line": max([turn.first_line, *(p.line for p in turn.pieces)]) + 1,
                "n_words": counter(turn.text) if counter else None,
                "answers": turn.answers[0] + 1 if turn.answers else None,
                "start_s": turn.start_s,
                "stop_s": turn.stop_s,
                **more,
            }
            for i, (turn, counter, more) in enumerate(
                zip(turns, counters, self._beyond(), strict=True), 1
            )
        ]

    def _counters(self, count: Count | None) -> list[Count | None]:
        """For each turn, the function that counts its words, by language; `count` by default."""
        said = self._by_language().items()
        own = {code: counter_for(text, code or self.language) for code, text in said}
        codes: Sequence[str | None] = self.languages or [None] * len(self.reading.turns)
        return [own[code] and (count or own[code]) for code in codes]

    def _beyond(self) -> list[dict[str, Any]]:
        """The optional columns of each turn that the page needs."""
        rows: list[dict[str, Any]] = [{} for _ in self.reading.turns]
        written = written_turns(self.source_lines, self.reading)
        for i, row in enumerate(rows):
            row |= {"language": self.languages[i]} if self.languages else {}
            row |= {"written": i in written} if written else {}
        return rows

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """One row for each question and turn that answers it: see `briefing.tables.PAIRS`."""
        import pandas as pd

        pairs = [
            (self.briefing_id, question + 1, i, "answers" not in turn.corrected)
            for i, turn in enumerate(self.reading.turns, 1)
            for question in turn.answers
        ]
        return pd.DataFrame(pairs, columns=["briefing_id", "question_id", "answer_id", "inferred"])

    @cached_property
    def lines(self) -> pd.DataFrame:
        """One row for each stretch of a source line: see `briefing.tables.LINES`."""
        import pandas as pd

        columns = ["line", "start", "stop", "kind", "turn_id", "text"]
        frame = pd.DataFrame(self.stretches(), columns=columns)
        frame["turn_id"] = frame["turn_id"].astype("Int64")
        return frame

    def stretches(self) -> Stretches:
        """(line, start, stop, kind, turn_id, text), every character of every line once."""
        return stretches(self.source_lines, self.reading)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row for each sentence: see `briefing.tables.SENTENCES`."""
        from briefing.words.tokens import sentences

        return sentences(self.turns)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """One row for each running word: see `briefing.tables.TOKENS`."""
        from briefing.words.tokens import tokenize

        return tokenize(self.turns)

    @cached_property
    def warnings(self) -> list[str]:
        """What to check before trusting it: problems with the source, a language without cues."""
        said = data("briefing", "report.toml")["warnings"]
        found = [w for source in self.sources for w in source.warnings]
        if self.language and self.language[:2].casefold() not in CUES:
            found.append(said["no cues"].format(language=self.language, known=", ".join(CUES)))
        days = sorted({line.day for line in self.source_lines} - {""})
        if len(days) > 1:
            found.append(said["several days"].format(n=len(days), first=days[0], last=days[-1]))
        if self.languages:
            names = " and ".join(sorted(set(self.languages)))
            found.append(said["two languages"].format(names=names, one=self.languages[0]))
        return found

    @cached_property
    def report(self) -> Report:
        """How every line was classified, what was inferred, and why."""
        from briefing.display import Report

        return Report(self)

    def overview(self, **page: str) -> Any:
        """Return the briefing report: a page in Jupyter, and as `.html` and `.markdown` elsewhere.

        `topics`, `media` and `since` are those of `briefing.course.overview.overview`.
        """
        from importlib import import_module

        return import_module("briefing.course.overview").overview(self, **page)

    def __repr__(self) -> str:
        """One line: what it is and how long."""
        speakers = counted(len({t.speaker for t in self.reading.turns if t.speaker}), "speaker")
        turns = counted(len(self.reading.turns), "turn")
        return f"<Transcript {self.briefing_id}: {turns}, {speakers}>"

    def _repr_html_(self) -> str:
        return self.report.summary_html()


def stretches(lines: Sequence[Line], reading: Reading) -> Stretches:
    """(line, start, stop, kind, turn_id, text): every character of every line once."""
    owners: dict[int, list[tuple[int, str, int | None]]] = {}
    spoken = _beginnings(lines, reading)
    for number, start, stop, kind in reading.kinds:
        at = bisect_left(spoken, (number, stop, 0)) if kind == "label" else len(spoken)
        turn_id = spoken[at][2] if at < len(spoken) else None
        owners.setdefault(number, []).append((start, kind, turn_id))
    for i, turn in enumerate(reading.turns, 1):
        for number, start, kind in _said(lines, turn):
            owners.setdefault(number, []).append((start, kind, i))
    table: Stretches = []
    for number, line in enumerate(lines):
        text = line.text
        rest = "blank" if not text.strip() else "boilerplate" if line.outside else "unplaced"
        spans = sorted(owners.get(number) or [(0, rest, None)], key=lambda span: span[0])
        starts = [0, *(s[0] for s in spans[1:]), len(text)]
        for (_, kind, turn_id), (a, b) in zip(spans, pairwise(starts), strict=True):
            table.append((number + 1, a, b, kind, turn_id, text[a:b]))
    return table


def _said(lines: Sequence[Line], turn: Turn) -> Iterator[tuple[int, int, str]]:
    """(line, start, kind) of the contents of a turn: speech or stage directions."""
    texts = [lines[p.line].text[p.start : p.stop] for p in turn.pieces]
    spans = stage_spans("\n".join(texts))
    at = 0
    for piece, text in zip(turn.pieces, texts, strict=True):
        begin = 0
        for start, stop in ((a - at, b - at) for a, b in spans):
            if stop <= 0 or start >= len(text):
                continue
            if text[begin : max(0, start)].strip():
                yield piece.line, piece.start + begin, "speech"
                begin = max(0, start)
            yield piece.line, piece.start + begin, "stage"
            begin = stop
        if text[begin:].strip() or not begin:
            yield piece.line, piece.start + begin, "speech"
        at += len(text) + 1


def _beginnings(lines: Sequence[Line], reading: Reading) -> list[tuple[int, int, int]]:
    """(line, start, turn_id) of all speech in order; a label belongs to what follows it."""
    found = []
    for i, turn in enumerate(reading.turns, 1):
        found += [(p.line, p.start, i) for p in turn.pieces]
        if not turn.pieces:  # a label with nothing after it
            found.append((turn.first_line, len(lines[turn.first_line].text), i))
    return sorted(found)


def written_turns(lines: Sequence[Line], reading: Reading) -> set[int]:
    """The positions of the turns marked as asked or answered in writing.

    A label, or a note at the head of a turn, marks it and its answers; a note by itself, or at the
    end of a turn, marks everything after it.
    """
    marks = pattern("cue-written")
    around = (Aside(k, n, lines[n].text[a:b].strip()) for n, a, b, k in reading.kinds)
    notes = [s.line for s in around if _is_note(s) and marks.search(s.text)]
    after, own = min(notes, default=len(lines)), False
    found = set()
    for i, turn in enumerate(reading.turns):
        begins, ends = _marked(turn, marks)
        own = begins or own and turn.role != "journalist"
        if own or turn.first_line > after:
            found.add(i)
        if ends and not begins:
            after = min(after, turn.first_line)
    return found


def _marked(turn: Turn, marks: re.Pattern[str]) -> tuple[bool, bool]:
    """Whether a turn's label or opening note marks it as written, and whether its end does."""
    said = [note for note in CUE.bracketed.findall(turn.text) if marks.search(note)]
    begins = bool(marks.search(turn.label or "")) or any(map(turn.text.startswith, said))
    return begins, any(map(turn.text.endswith, said))


def as_turns(
    rows: list[dict[str, Any]], columns: Sequence[str] = tuple(TURNS.columns)
) -> pd.DataFrame:
    """A table of turns from the `Transcript.rows` of one or more briefings."""
    import pandas as pd

    needed = [name for name in TURNS.optional if any(name in row for row in rows)]
    frame = pd.DataFrame(rows, columns=[*columns, *needed])
    frame["speaker"] = frame["speaker"].astype("str")
    frame["role"] = pd.Categorical(frame["role"], ROLES)
    if "written" in needed:
        frame["written"] = frame["written"].eq(True)
    more = {name: "str" for name in columns if frame[name].dtype == object}
    return frame.astype(more | {name: TYPES[name] for name in frame if name in TYPES})


def read(path: Path_ | Iterable[Path_], *, labels: Sequence[str] = ()) -> Transcript:
    """Read a transcript, or the pages of one in order, into a Transcript.

    Corrections beside it (`talk.txt.corrections.toml` for `talk.txt`, or for the first page)
    are applied: `briefing check talk.txt --write-corrections` writes a file to start from.

    The text of a turn is that of the source except for white space: lines broken to fit a width are
    joined by a space, paragraphs by an empty line, and space at the ends of lines is dropped; a
    hyphen at the end of a broken line stays unless the joined word occurs elsewhere in the
    document.

    Parameters
    ----------
    path : path, or several
        Plain text, Markdown, HTML, .docx, PDF, captions, a table or CHAT, recognised by content.
        Several paths are the pages of one event.
    labels : sequence of str, optional
        Examples of labels as printed, marks included (`["The Minister."]`), if the evidence
        misleads: these are labels, and others of the same form become likelier.

    Raises
    ------
    BriefingError
        If the file cannot be read, its turns cannot be told apart, most of them would be wrong, or
        a correction does not fit.
    """
    paths = [path] if isinstance(path, str | os.PathLike) else list(path)
    if not paths:
        raise BriefingError.of("no file given")
    sources = [read_source(p) for p in paths]
    beside = corrections_path(paths[0])
    written = load(beside) if os.path.exists(beside) else None
    return Transcript(sources, id=_own_id(Path(paths[0])), labels=labels, written=written)


def sample() -> Transcript:
    """Read the sample: an invented briefing, free for anyone to copy, print and cut up.

    >>> len(sample().turns)
    30
    """
    return read(KIT / "data" / "lanmere-ring-2024.txt")


def _own_id(path: Path) -> str:
    """The id of a file's briefing, unique within the session.

    It is the name alone if no file read before has it, otherwise the name with the folder, and if
    another file has both, with a few digits from a checksum as well.
    """
    place, name = path.resolve(), slug(path.stem)
    inside = f"{slug(place.parent.name)}/{name}"
    code = sha256(place.read_bytes()).hexdigest()[:6]
    names = (name, inside, f"{inside}-{code}")
    return next((n for n in names if _FILES.setdefault(n, place) == place), names[-1])


def parse(
    text: str, *, name: str = "text", id: str | None = None, labels: Sequence[str] = ()
) -> Transcript:
    """Read a transcript from a string; otherwise like `read`.

    `id` is what the briefing is called in all tables; give each text a different one if you combine
    the tables of several. Without it, `name` is used.

    >>> talk = parse("MS. MARLOW: Welcome.\\nQ: When does it open?\\nMS. MARLOW: In May.")
    >>> talk.turns["role"].tolist()
    ['official', 'journalist', 'official']
    """
    return Transcript([parse_source(encoded(text), name)], id=id, labels=labels)


SAID = Patterns("document")
SAYS = ("metadata", "note", "boilerplate")  # where a document describes itself
MID_SENTENCE = re.compile(r"[^\W_][,;]? (?:[\"“(])?$")  # precedes a word in mid-sentence
DATE = 12  # characters in a Chinese date, which is not a title
NOTE_WORDS = 12  # in a line that makes one statement
LONGEST_NOTE = 1_500  # characters in a note in which a document describes itself


class Aside(NamedTuple):
    """Something around the talk: the kind of stretch, the index of its line, its text."""

    kind: str
    line: int
    text: str


def metadata(
    stated: Mapping[str, str], around: Iterable[Aside], headings: Iterable[str] = ()
) -> dict[str, str]:
    """Title, date, source and language, each only if the document states it.

    Parameters
    ----------
    stated
        What the format states.
    around
        What stands around the talk, in order.
    headings
        The lines that the format marks as headings.
    """
    said = [stretch for stretch in around if stretch.kind in SAYS]
    texts = [stretch.text for stretch in said]
    titles = [stretch.text for stretch in said if _is_title(stretch)]
    found = {
        "title": _best_title(headings) or _best_title(titles),
        "date": next(filter(None, map(find_date, texts)), None),
        "source": next(filter(None, map(find_source, texts)), None),
    }
    known = {k: v for k, v in stated.items() if k != "title" or not SAID.program.search(v)}
    return {name: value for name, value in found.items() if value} | known


def _best_title(lines: Iterable[str]) -> str | None:
    """The first heading that names an event, else the first of no website or menu."""
    titles = [line.strip(" \n\t•") for line in lines]
    own = [t for t in titles if t and not cues("website").search(t) and not t.endswith(".")]
    named = [title for title in own if cues("event").search(title)]
    return next(iter(named + sorted(own, key=lambda title: title.count("|") > 1)), None)


def _is_title(stretch: Aside) -> bool:
    text = stretch.text
    several = len(text.split()) > 2 or needs_tokenizer(text) and len(text) > DATE
    several = several or cues("event").search(text)
    return stretch.kind == "metadata" and bool(several) and not find_source(text)


def find_source(text: str) -> str | None:
    """`Source: X`, or `XUpdated: ...` as saved pages run them together."""
    match = SAID.names_source.search(text) or SAID.glued_to_date.search(text)
    return match["s"].strip(" \xa0") if match else None


def status(around: Iterable[Aside], turns: Sequence[str] = ()) -> Why:
    """The kind of text, one of TEXT_STATUS, with the line and words that show it.

    What the document says about itself counts first, then an interpreter's label, or a note within
    the talk: *(As interpreted.)*. Line -1 is a note in a turn.

    >>> status([Aside("note", 3, "An unofficial translation.")])
    Why(kind='translated', line=3, words='unofficial translation')
    >>> status([], ["Good morning. (Through interpreter.) It opens in May."])
    Why(kind='interpreted', line=-1, words='Through interpreter')
    """
    around = list(around)
    by_itself = [(s.line, s.text) for s in around if _is_note(s)]
    within = [(-1, text[start:stop]) for text in turns for start, stop in stage_spans(text)]
    return (
        _stated([stretch for stretch in around if stretch.kind in SAYS])
        or _noted(by_itself)
        or _labelled(around)
        or _noted(within)
        or Why("unknown")
    )


def _stated(says: Sequence[Aside]) -> Why | None:
    """By what the document says about itself; the weightiest status first."""
    for kind in ("translated", "interpreted", "edited", "verbatim"):
        for stretch in says:
            match = _wording(kind).search(stretch.text[:LONGEST_NOTE])
            if match and not (kind == "verbatim" and _wording("edited").search(stretch.text)):
                return Why(kind, stretch.line, " ".join(match[0].split()))
    return None


def _noted(notes: Sequence[tuple[int, str]]) -> Why | None:
    """By short notes: the status that most of them name."""
    found: Counter[str] = Counter()
    first: dict[str, Why] = {}
    for line, note in notes:
        kind = status_of_note(note)
        if kind:
            found[kind] += 1
            first.setdefault(kind, Why(kind, line, _plain(note)))
    return first[max(found, key=lambda kind: found[kind])] if found else None


def status_of_note(note: str) -> str | None:
    """The status that a note in brackets, or alone on a line, gives the words beside it.

    >>> [*map(status_of_note, ("(As interpreted.)", "[Translated.]", "(Laughter)"))]
    ['interpreted', 'translated', None]
    """
    plain, forms = _plain(note), product(("in brackets ", ""), ("interpreted", "translated"))
    return next((kind for way, kind in forms if _wording(f"{way}{kind}").search(plain)), None)


@cache
def _wording(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(kinds("text-status")[kind]), re.IGNORECASE)


def _plain(note: str) -> str:
    return " ".join(note.strip(" \n\t\xa0*_()[]{}<>（）［］【】〔〕.:：。").split())


def _is_note(stretch: Aside) -> bool:
    return stretch.kind in ("metadata", "note") and len(stretch.text.split()) <= NOTE_WORDS


def _labelled(around: Iterable[Aside]) -> Why | None:
    """By a label that names an interpreter."""
    for kind, line, text in around:
        if kind == "label" and SAID.interpreter.match(text):
            return Why("interpreted", line, _plain(text))
    return None


def part(around: Iterable[Aside], *, opens_asking: bool = False, last: str = "") -> list[Why]:
    """Why the text is only part of an event; empty if nothing suggests it.

    Parameters
    ----------
    around
        What stands around the talk.
    opens_asking
        Whether the first turn is a journalist's and has no label.
    last
        The text of the last turn.

    Returns
    -------
    list of Why
        Each of kind *pager*, *opens asking* or *breaks off*.
    """
    reasons = []
    pagers = [s for s in around if s.kind == "boilerplate" and is_pager(s.text)]
    pages = [s for s in pagers if 1 < len(re.findall(r"\d+", s.text)) < 40]
    if len(pages) == 1:
        reasons.append(Why("pager", pages[0].line, " ".join(pages[0].text.split())))
    if opens_asking:
        reasons.append(Why("opens asking"))
    if last and not ends_sentence(last) and len(last.split()) > 5:
        reasons.append(Why("breaks off", -1, " ".join(last.split()[-5:])))
    return reasons
