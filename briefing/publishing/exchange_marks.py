"""Questions beside their answers, with what stands in the text of both and no judgement of it.

An exchange is a question turn with the turns that come in answer. Its marks are words that a
reader can point at: those that both share, the yes or no that opens the answer, words that
decline or refer, names and figures of the question that the answer does not repeat, and
whether the same person asks again. None says that a question was answered, or was not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

import briefing
from briefing.lexicons import is_english, lexicon, pattern
from briefing.lexicons.stage import without_stages

if TYPE_CHECKING:
    import pandas as pd

    from briefing.transcript import Transcript

Row = dict[str, Any]
ASKS = re.compile(r"[?？؟]")
YES_NO = {"polar", "declarative"}
COUNTED = {"percent", "money", "ratio", "fraction", "cardinal"}
EMPTY = ("function-words", "question-formula-words", "light-words")
REFUSALS = {"declining": "declines", "referral": "refers to others"}
_ONE_SIGN = str.maketrans("’‘´`", "''''")
_FILLER = re.compile(
    r"\W*(?:(?:well|so|um|uh|er|ah|oh|look|okay|ok|look here|you know|i mean|right|now|and|but"
    r"|thank you(?: (?:very|so) much)?(?: for (?:your|the|that|this) (?:\w+ )?questions?)?"
    r"|thanks(?: (?:very|so) much)?(?: for (?:your|the|that|this) (?:\w+ )?questions?)?"
    r"|(?:that's|it's|this is) an? (?:\w+ )?question)(?![\w'])\W*)*",
    re.IGNORECASE,
)
_NAME = re.compile(r"[A-Z][\w&'-]*(?:[ ](?:of |the |for |de |al )?[A-Z][\w&'-]*)*")
_SENTENCE_END = re.compile(r"[.?!:…]\W*$")
_LEAST_NAME = 2
_ALIKE = 4  # letters at a word's beginning that make *China* and *Chinese* one


@dataclass(frozen=True)
class Part:
    """One thing asked, as printed: the characters of the question turn from start to stop."""

    number: int
    text: str
    start: int
    stop: int
    type: str = ""


Parts = tuple[Part, ...]
Rows = tuple[Row, ...]


@dataclass(frozen=True)
class Exchange:
    """A question turn, what it asks, the turns that answer it, and the marks of both."""

    number: int
    question: Row
    parts: Parts
    answers: Rows
    shared: frozenset[str] = frozenset()
    opening: str = ""
    refusals: tuple[tuple[str, str, int], ...] = ()
    not_repeated: tuple[str, ...] = ()
    asks_again: int | None = None

    @property
    def turn_id(self) -> int:
        """The number of the question turn."""
        return int(self.question["turn_id"])

    @property
    def n_asked(self) -> int:
        """How many things are asked, where questions were taken apart."""
        return sum(bool(part.type) for part in self.parts)

    @property
    def n_answer(self) -> int:
        """The length of the answer, in words or characters."""
        return sum(answer["n"] for answer in self.answers)


def find_exchanges(talk: Transcript, rows: list[Row]) -> list[Exchange]:
    """The exchanges of a transcript in order; `rows` are its turns, `n` their length."""
    by_id = {row["turn_id"]: row for row in rows}
    answers = _answers(talk, by_id)
    parts = _parts(talk) if is_english(talk.language) else {}
    asking = {r["turn_id"] for r in rows if r["role"] == "journalist" and ASKS.search(r["text"])}
    questions = sorted(answers.keys() | parts.keys() | (set() if parts else asking))
    again = _again([by_id[question] for question in questions])
    marks = _Marks(talk, rows) if parts else None
    found = []
    for number, question in enumerate(questions, 1):
        row, given = by_id[question], answers.get(question, ())
        asked = parts.get(question) or (Part(1, row["text"], 0, len(row["text"])),)
        own = marks.of(row, asked, given) if marks and given else {}
        found.append(Exchange(number, row, asked, given, asks_again=again[question], **own))
    return found


def _answers(talk: Transcript, by_id: dict[int, Row]) -> dict[int, Rows]:
    """The turns in answer to each question: officials' where there are any, never askers'."""
    linked: dict[int, list[Row]] = {}
    for turn_id, row in by_id.items():
        for question in talk.reading.turns[turn_id - 1].answers:
            linked.setdefault(question + 1, []).append(row)
    found = {}
    for question, given in linked.items():
        said = [row for row in given if row["role"] != "journalist"]
        first = [row for row in said if row["role"] != "moderator"]
        if said and by_id[question]["role"] != "official":
            found[question] = tuple(first or said)
    return found


def _parts(talk: Transcript) -> dict[int, Parts]:
    found: dict[int, Parts] = {}
    table = briefing.question_parts(talk.turns, pairs=talk.pairs)
    columns = (table[c] for c in ("turn_id", "part", "text", "start", "stop", "type"))
    for turn_id, *part in zip(*columns, strict=True):
        found[turn_id] = (*found.get(turn_id, ()), Part(*part))
    official = {i for i, turn in enumerate(talk.reading.turns, 1) if turn.role == "official"}
    return {turn_id: parts for turn_id, parts in found.items() if turn_id not in official}


def _again(questions: list[Row]) -> dict[int, int | None]:
    """For each question the next one by the same named person."""
    after: dict[int, int | None] = {}
    later: dict[str, int] = {}
    for row in reversed(questions):
        after[row["turn_id"]] = later.get(row["speaker"]) if row["speaker"] else None
        if row["speaker"]:
            later[row["speaker"]] = row["turn_id"]
    return after


class _Marks:
    """What stands in questions and answers of one transcript."""

    def __init__(self, talk: Transcript, rows: list[Row]) -> None:
        self.words = words_by_turn(talk.tokens)
        self.people = _people(rows)
        self.figures = _by_turn(briefing.numbers(talk.sentences))
        hits = briefing.non_replies(talk.turns, pairs=talk.pairs)
        self.refusals = _by_turn(hits[hits["kind"].isin(list(REFUSALS))])

    def of(self, question: Row, parts: Parts, answers: Rows) -> dict[str, Any]:
        """The marks of one exchange, by the names of `Exchange`."""
        said = " ".join(without_stages(answer["text"]) for answer in answers)
        names, figures = self._names(question, parts, said), self._unsaid(question, parts, answers)
        asked = [word for part in parts for word in self._words(question, part)]
        given = {stem(w) for a in answers for w, *_ in self.words.get(a["turn_id"], ())}
        yes_no = {parts[0].type, parts[-1].type} & YES_NO
        return {
            "shared": frozenset(filter(None, map(stem, asked))) & given,
            "opening": opening_word(answers[0]["text"]) if yes_no else "",
            "refusals": tuple(self._refused(answers)),
            "not_repeated": (*names, *dict.fromkeys(figures)),
        }

    def _words(self, question: Row, part: Part) -> list[str]:
        words = self.words.get(question["turn_id"], ())
        return [word for word, start, stop in words if start >= part.start and stop <= part.stop]

    def _refused(self, answers: Iterable[Row]) -> Iterator[tuple[str, str, int]]:
        for answer in answers:
            for hit in self.refusals.get(answer["turn_id"], ()):
                yield REFUSALS[hit["kind"]], hit["text"], answer["turn_id"]

    def _names(self, question: Row, parts: Iterable[Part], said: str) -> Iterator[str]:
        typed = [part for part in parts if part.type]
        names = [name for part in typed for name in names_in(question["text"], part)]
        for name in dict.fromkeys(names):
            words = {word for word in _plain(name) if word not in lexicon("titles")}
            if not words & self.people and not is_repeated(name, said):
                yield name

    def _unsaid(self, question: Row, parts: Parts, answers: Rows) -> Iterator[str]:
        given = {hit["value"] for a in answers for hit in self.figures.get(a["turn_id"], ())}
        for hit in self.figures.get(question["turn_id"], ()):
            within = any(part.start <= hit["start"] < part.stop for part in parts if part.type)
            page = question["text"][: hit["start"]].endswith("/")
            digits = hit["form"] == "digits" and hit["kind"] in COUNTED and not page
            if within and digits and hit["value"] not in given:
                yield hit["figure"] + (" percent" if hit["unit"] == "percent" else "")


def words_by_turn(tokens: pd.DataFrame) -> dict[int, list[tuple[str, int, int]]]:
    """The words of each turn, folded, with the characters that they take."""
    found: dict[int, list[tuple[str, int, int]]] = {}
    columns = [tokens[c].tolist() for c in ("turn_id", "token", "start", "stop")]
    for turn_id, word, start, stop in zip(*columns, strict=True):
        found.setdefault(turn_id, []).append((word, start, stop))
    return found


def _by_turn(table: pd.DataFrame) -> dict[int, list[Row]]:
    found: dict[int, list[Row]] = {}
    for row in table.to_dict("records"):
        found.setdefault(row["turn_id"], []).append({str(k): v for k, v in row.items()})
    return found


def _people(rows: Iterable[Row]) -> frozenset[str]:
    """The words in the names of all who speak, and of their houses."""
    names = {name for row in rows for name in (row["speaker"], row["organisation"]) if name}
    return frozenset(word for name in names for word in _plain(name) if len(word) > 1)


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.translate(_ONE_SIGN).replace("'s", "").casefold())


@cache
def stem(word: str) -> str:
    """The stem of a content word; empty for function words, formulas and verbs of any talk."""
    if any(word in lexicon(name) for name in EMPTY):
        return ""
    return str(_stemmer().stem(word))


@cache
def _stemmer() -> Any:
    from nltk.stem.snowball import EnglishStemmer

    return EnglishStemmer()


def opening_word(answer: str) -> str:
    """The yes, no or the like that opens an answer, as printed; empty where there is none.

    >>> opening_word("Well, thank you. Yes, it is."), opening_word("No doubt it rains.")
    ('Yes', '')
    """
    text = without_stages(answer).translate(_ONE_SIGN)
    filler = _FILLER.match(text)
    at = filler.end() if filler else 0
    found = pattern("cue-yes-no").match(text, at)
    return answer[at : found.end()] if found else ""


def names_in(text: str, part: Part) -> Iterator[str]:
    """The capitalised words of a part that do not stand at the beginning of a sentence."""
    said = without_stages(text)
    letters = [c for c in said if c.isalpha()]
    if sum(map(str.isupper, letters)) > len(letters) / 2:  # all is in capitals
        return
    for match in _NAME.finditer(said, part.start, part.stop):
        before = said[: match.start()].rstrip(" \n\"“'‘(")
        first = match.start() == part.start or not before or _SENTENCE_END.search(before)
        name = match[0].removesuffix("'s").strip("'-&")
        if not first and len(name) >= _LEAST_NAME and not _is_common(name):
            yield name


def _is_common(name: str) -> bool:
    """Whether it is no name: *I*, *I'm*, a title alone, the name of a day or month."""
    words = _plain(name)
    known = lexicon("titles") | lexicon("function-words") | lexicon("question-formula-words")
    return all(word in known or word in {"i", "im", "ive"} for word in words)


def is_repeated(name: str, said: str) -> bool:
    """Whether a text has a name, a word of it, a word of its kind (*Chinese*), or its letters."""
    spoken = _plain(said)
    begins = {word[:_ALIKE] for word in spoken if len(word) > _ALIKE} | set(spoken)
    words = [w for w in _plain(name) if w not in lexicon("function-words")]
    if any(word in begins or (len(word) > _ALIKE and word[:_ALIKE] in begins) for word in words):
        return True
    initials = "".join(word[0] for word in words)
    spelt = {_initials(other[0]) for other in _NAME.finditer(said)}
    return (len(words) > 1 and initials in spoken) or (name.isupper() and name.casefold() in spelt)


def _initials(name: str) -> str:
    return "".join(word[0] for word in _plain(name) if word not in lexicon("function-words"))
