"""What a report says about its briefing: questions with their answers, and sentences by rule.

An exchange is a question turn with the turns that answer it. Its marks are words that a reader can
point to: those that both share, the yes or no that opens the answer, words that decline or refer,
and whether the same person also asks the next question. None of them says whether a question was
answered. Names that an answer does not repeat are not marks, since they are too seldom right; one
sentence, about the shortest answer, mentions them. How reliable the marks are:
docs/methods/exchange-marks.md.

A sentence has a condition, a wording, an example and what it must not say (`pages/words.toml`). If
the condition fails, it is left out. All counts are of this text, with their denominators and the
turns they are based on; nothing is said about causes or motives.
"""

from __future__ import annotations

import re
import tomllib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache
from itertools import pairwise
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Any

from briefing.display import percent
from briefing.lexicons import MONTH, is_english, lexicon, pattern
from briefing.lexicons.stage import without_stages
from briefing.measures.asking import find_parts, non_reply_hits, plain
from briefing.prose import listed
from briefing.words.boundaries import (
    APOSTROPHES,
    Span,
    cut_as,
    find_sentences,
    find_words,
    fold,
    segment,
    words_of_forms,
)

if TYPE_CHECKING:
    from briefing.transcript import Transcript


Row = dict[str, Any]
Fields = dict[str, Any]
PAGES = Path(__file__).with_name("pages")
WORDS: Fields = tomllib.loads((PAGES / "words.toml").read_text("utf-8"))
ASKS = re.compile(r"[?？؟]")
YES_NO = {"polar", "declarative", "alternative"}
EMPTY = ("function-words", "question-formula-words", "light-words")
REFUSALS = {"declining": "declines", "referral": "refers to others"}
_FILLER = re.compile(WORDS["filler"], re.IGNORECASE | re.VERBOSE)
_FLOOR = re.compile(WORDS["wants_the_floor"], re.IGNORECASE | re.VERBOSE)
_NAME = re.compile(r"[A-Z][\w&'-]*(?:[ ](?:of |the |for |de |al )?[A-Z][\w&'-]*)*")
_LEADING = re.compile(r"(?:If|When|But|And|So|Is|Will|The|A|In|On|To|What|Why|How|That|This) +")
_SENTENCE_END = re.compile(r"[.?!:…]\W*$")
_LEAST_NAME = 2
_OFTEN = 3  # turns with a name that make it the subject of the event
_NO_NAMES = frozenset(WORDS["no_names"].split())
_ONE_NAME = {name: re.compile(forms) for name, forms in WORDS["one_name"].items()}
_ALIKE = 4  # initial letters that make *China* and *Chinese* the same


@dataclass(frozen=True)
class AskedPart:
    """One thing asked, as printed: the question turn from start to stop, in characters."""

    number: int
    text: str
    start: int
    stop: int
    type: str = ""


Parts = tuple[AskedPart, ...]
Rows = tuple[Row, ...]


@dataclass(frozen=True)
class ShownExchange:
    """A question turn, what it asks, the turns that answer it, and the marks of both."""

    number: int
    question: Row
    parts: Parts
    answers: Rows
    shared: frozenset[str] = frozenset()
    opening: str = ""
    refusals: tuple[tuple[str, str, int], ...] = ()
    names_not_repeated: tuple[str, ...] = ()
    asks_again: int | None = None  # the next question turn, if it is the same person's

    @property
    def turn_id(self) -> int:
        """The number of the question turn."""
        return int(self.question["turn_id"])

    @property
    def n_asked(self) -> int:
        """How many things are asked, if questions were taken apart."""
        return sum(bool(part.type) for part in self.parts)

    @property
    def asks(self) -> bool:
        """Whether there is a question mark."""
        return bool(ASKS.search(self.question["text"]))

    @property
    def n_answer(self) -> int:
        """The length of the answer, in words or characters."""
        return sum(answer["n"] for answer in self.answers)


def find_exchanges(talk: Transcript, rows: list[Row]) -> list[ShownExchange]:
    """The exchanges of a transcript in order; `rows` are its turns, `n` their length."""
    by_id = {row["turn_id"]: row for row in rows}
    answers = _answers(talk, by_id)
    parts = _parts(talk, rows) if is_english(talk.language) else {}
    marks = _Marks(talk, rows) if parts else None
    shown = [by_id[q] for q in sorted(answers.keys() | parts.keys() | _asking(rows, parts))]
    said = [r for r in shown if r["turn_id"] in parts or _says_something(talk, r, marks)]
    questions = [r["turn_id"] for r in said]
    again = _again(said)
    found = []
    for number, question in enumerate(questions, 1):
        row, given = by_id[question], answers.get(question, ())
        asked = parts.get(question) or (AskedPart(1, row["text"], 0, len(row["text"])),)
        own = marks.of(row, asked, given) if marks and given else {}
        own["asks_again"] = again.get(question)
        found.append(ShownExchange(number, row, asked, given, **own))
    return found


def _asking(rows: Sequence[Row], parts: dict[int, Parts]) -> set[int]:
    """Journalists' turns with a question mark, for languages in which questions are not parsed."""
    asking = (r for r in rows if r["role"] == "journalist" and ASKS.search(r["text"]))
    return set() if parts else {r["turn_id"] for r in asking}


@cache
def _formulas(language: str) -> frozenset[str]:
    """Words of greetings, thanks and assent."""
    lists = "question-formula-words", "function-words", "small-talk"
    return frozenset[str]().union(*(lexicon(name, language) for name in lists))


def _says_something(talk: Transcript, row: Row, marks: _Marks | None) -> bool:
    """Whether a turn asks something, or is more than a greeting, thanks or assent."""
    words = {fold(word) for word in re.findall(r"\w+", row["text"])}
    full = bool(ASKS.search(row["text"])) or not words <= _formulas(talk.language)
    return full and (marks is None or marks.says(row))


def _answers(talk: Transcript, by_id: dict[int, Row]) -> dict[int, Rows]:
    """The turns in answer to each question: officials' if there are any, never the asker's."""
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


def _parts(talk: Transcript, rows: list[Row]) -> dict[int, Parts]:
    """What is asked in each turn by a journalist, or answered turn by anybody but officials."""
    answered = {question + 1 for turn in talk.reading.turns for question in turn.answers}
    found: dict[int, Parts] = {}
    for row in rows:
        asks = row["role"] == "journalist" or row["turn_id"] in answered
        if asks and row["role"] != "official":
            text = row["text"]
            parts = enumerate(find_parts(plain(text)), 1)
            asked = [
                AskedPart(i, text[p.start : p.stop], p.start, p.stop, p.type) for i, p in parts
            ]
            found |= {row["turn_id"]: tuple(asked)} if asked else {}
    return found


def _again(questions: list[Row]) -> dict[int, int]:
    """The questions that are followed by one of the same named person, with that one."""
    same = (
        p for p in pairwise(questions) if p[0]["speaker"] and p[0]["speaker"] == p[1]["speaker"]
    )
    return {one["turn_id"]: other["turn_id"] for one, other in same}


class _Marks:
    """What the questions and answers of one transcript contain."""

    def __init__(self, talk: Transcript, rows: list[Row]) -> None:
        self.words = words_by_turn(rows)
        self.people = _people(rows)
        self.about = " ".join(map(str, talk.metadata.values()))
        self.often = _often(rows)

    def says(self, row: Row) -> bool:
        """Whether a turn has content: more than a greeting or stage direction."""
        return any(word and word not in self.people for word, *_ in self.words[row["turn_id"]])

    def of(self, question: Row, parts: Parts, answers: Rows) -> dict[str, Any]:
        """The marks of one exchange, by the names of `ShownExchange`."""
        said = " ".join(without_stages(answer["text"]) for answer in answers)
        asked = [word for part in parts for word in self._words(question, part)]
        given = {word for a in answers for word, *_ in self.words.get(a["turn_id"], ())}
        yes_no = {parts[0].type, parts[-1].type} & YES_NO
        return {
            "shared": frozenset(filter(None, asked)) & given,
            "opening": opening_word(answers[0]["text"]) if yes_no else "",
            "refusals": self._refused(answers),
            "names_not_repeated": tuple(self._names(question, parts, said)),
        }

    def _words(self, question: Row, part: AskedPart) -> list[str]:
        words = self.words.get(question["turn_id"], ())
        return [word for word, start, stop in words if start >= part.start and stop <= part.stop]

    def _refused(self, answers: Rows) -> tuple[tuple[str, str, int], ...]:
        """Words that decline or refer, each once: not to somebody who then answers."""
        found: dict[tuple[str, int], tuple[str, str, int]] = {}
        for i, answer in enumerate(answers):
            passed = any(later["speaker"] != answer["speaker"] for later in answers[i + 1 :])
            for hit in non_reply_hits(answer["text"]):
                if hit["kind"] in REFUSALS and not (passed and hit["kind"] == "referral"):
                    words, turn = hit["text"].strip(), answer["turn_id"]
                    found.setdefault((words.casefold(), turn), (REFUSALS[hit["kind"]], words, turn))
        return tuple(found.values())

    def _names(self, question: Row, parts: Iterable[AskedPart], said: str) -> Iterator[str]:
        typed = [part for part in parts if part.type]
        names = [name for part in typed for name in names_in(question["text"], part)]
        for name in dict.fromkeys(names):
            words = {word for word in _plain(name) if word not in lexicon("titles")}
            if not words & self.people and not self._known(name) and not is_repeated(name, said):
                yield name

    def _known(self, name: str) -> bool:
        """Whether the whole event is about it, or held there: in the title or source, or often."""
        at = " " in name and name.replace(" ", "").casefold() in self.about.casefold()
        return at or name in self.often or is_repeated(name, self.about)


def _often(rows: Iterable[Row]) -> set[str]:
    """The names in a twentieth of the turns, and at least three."""
    texts = [row["text"] for row in rows]
    named = [{*names_in(text, AskedPart(1, text, 0, len(text)))} for text in texts]
    counts = Counter(name for names in named for name in names)
    return {name for name, n in counts.items() if n >= max(_OFTEN, len(texts) / 20)}


def words_by_turn(rows: Iterable[Row]) -> dict[int, list[tuple[str, int, int]]]:
    """The words of each turn with their characters.

    A word is given by the form that represents it in this text (*company* for *companies*), empty
    for function words, formulas and general verbs.
    """
    places = {row["turn_id"]: (row["text"], spans) for row, spans in _spans([*rows])}
    said = {turn: [fold(text[a:b]) for a, b in spans] for turn, (text, spans) in places.items()}
    forms = sorted({form for words in said.values() for form in words})
    empty = frozenset().union(*map(lexicon, EMPTY))
    bases = zip(forms, (forms[i] for i in words_of_forms(forms)), strict=True)
    word = {form: "" if form in empty else base for form, base in bases}
    return {
        turn: [(word[form], *span) for form, span in zip(said[turn], spans, strict=True)]
        for turn, (_, spans) in places.items()
    }


def _spans(rows: list[Row]) -> Iterator[tuple[Row, list[Span]]]:
    """Where the words of each turn are, as `briefing.tokenize` finds them."""
    texts: dict[str | None, list[str]] = {}
    for row in rows:
        texts.setdefault(row.get("language"), []).append(row["text"])
    writing = {code: cut_as("\n".join(said), code) for code, said in texts.items()}
    for row in rows:
        by = writing[row.get("language")]
        yield row, segment(row["text"], by) if by else find_words(row["text"])


def _people(rows: Iterable[Row]) -> frozenset[str]:
    """The words in the names of all speakers and their outlets."""
    names = {name for row in rows for name in (row["speaker"], row["organisation"]) if name}
    return frozenset(word for name in names for word in _plain(name) if len(word) > 1)


def _plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.translate(APOSTROPHES).replace("'s", "").casefold())


def opening_word(answer: str) -> str:
    """Return the *yes*, *no* or the like that opens an answer, as printed, or an empty string.

    >>> [opening_word(said) for said in ("Well, thank you. Yes.", "No doubt.", "Surely not.")]
    ['Yes', '', 'Surely not']
    """
    said = " ".join(without_stages(answer).split())
    text = said.translate(APOSTROPHES)
    filler = _FILLER.match(text)
    at = filler.end() if filler else 0
    found = pattern("cue-yes-no").match(text, at)
    if not found:
        return ""
    return said[at : found.end()] + (" not" if text[found.end() :].startswith(" not") else "")


def names_in(text: str, part: AskedPart) -> Iterator[str]:
    """The capitalised words of a part, except at the beginning of a sentence."""
    said = without_stages(text)
    letters = [c for c in said if c.isalpha()]
    if sum(map(str.isupper, letters)) > len(letters) / 2:  # all is in capitals
        return
    for match in _NAME.finditer(said, part.start, part.stop):
        before = said[: match.start()].rstrip(" \n\"“'‘(")
        first = match.start() == part.start or not before or _SENTENCE_END.search(before)
        name = _LEADING.sub("", match[0].removesuffix("'s")).strip("'-&")
        if not first and len(name) >= _LEAST_NAME and not _is_common(name):
            yield name


def _is_common(name: str) -> bool:
    """Whether it is not a name: *I*, *I'm*, a title alone, the name of a day or month."""
    words = _plain(name)
    known = lexicon("titles") | lexicon("function-words") | lexicon("question-formula-words")
    plain = all(word in known or word in _NO_NAMES or word in MONTH for word in words)
    if len(words) == 1 and words[0] in lexicon("institution-words"):
        return True  # the *House*, the *Committee*: of this event
    return plain or words[-1] in lexicon("question-offices")


def is_repeated(name: str, said: str) -> bool:
    """Whether a text has a name, part of it, a related word (*Chinese*), or its initials."""
    name, said = _of_one_name(name), _of_one_name(said)
    spoken = _plain(said)
    begins = {word[:_ALIKE] for word in spoken if len(word) > _ALIKE} | set(spoken)
    words = [w for w in _plain(name) if w not in lexicon("function-words")]
    if any(word in begins or (len(word) > _ALIKE and word[:_ALIKE] in begins) for word in words):
        return True
    initials = "".join(word[0] for word in words)
    spelt = {_initials(other[0]) for other in _NAME.finditer(said)}
    return (len(words) > 1 and initials in spoken) or (name.isupper() and name.casefold() in spelt)


def _of_one_name(text: str) -> str:
    """The text, with a single name for countries and unions that have several."""
    for name, forms in _ONE_NAME.items():
        text = forms.sub(name, text)
    return text


def _initials(name: str) -> str:
    return "".join(word[0] for word in _plain(name) if word not in lexicon("function-words"))


MOST = 5  # sentences
_SPELT = "no one two three four five six seven eight nine".split()
_OFFICES = frozenset("spokesperson spokesman spokeswoman official officer witness".split())
_NAMED = 3  # people named in a sentence
_SHORT = 20  # fewest words of an answer that is more than assent
_LONG = 60  # fewest words of a long answer
_LEAST_QUOTED, _QUOTED = 5, 45  # words of a question to quote, at least and at most
_FEW = 4  # fewest answers of which one is called the shortest or longest
_MUCH = 0.15  # of the officials' words
_UNREAD = 0.2  # of the words, by people whose role is unknown
_FIGURES = 10


def called(talk: Transcript, rows: list[Row]) -> Fields:
    """What to call people: members of the press only if the text says so."""
    beside = (text for *_, kind, _, text in talk.stretches() if kind in ("metadata", "note"))
    head = " ".join([talk.metadata.get("title", ""), *beside])
    asking = [row for row in rows if row["role"] == "journalist"]
    labels = {(row["label"] or "").casefold() for row in asking} & lexicon("label-question")
    outlets = any(row["speaker"] and row["organisation"] == row["speaker"] for row in asking)
    trade = labels - {"q", "question", "questions", "questioner"}
    press = trade or outlets or pattern("press-words").search(head)
    asks = any(ASKS.search(row["text"]) for row in asking)
    names: Fields = WORDS["press" if press else "anybody" if asks else "speakers"]
    return names


@dataclass(frozen=True)
class Facts:
    """The material for the sentences: turns, exchanges, figures, and the unit of length."""

    rows: Sequence[Row]
    exchanges: Sequence[ShownExchange]
    figures: Sequence[Row] = ()
    unit: str = "words"
    english: bool = True
    called: Fields = field(default_factory=lambda: WORDS["press"])

    @property
    def asked(self) -> list[ShownExchange]:
        """The turns in which journalists ask something."""
        asking = [e for e in self.exchanges if e.question["role"] == "journalist"]
        return [e for e in asking if e.n_asked or (not self.english and e.asks)]

    @property
    def answered(self) -> list[ShownExchange]:
        """Those that are followed by an official's turn."""
        return [e for e in self.asked if any(a["role"] == "official" for a in e.answers)]

    def length(self, role: str | None = None) -> int:
        """The number of words of a role, or in total."""
        return sum(row["n"] for row in self.rows if role in (None, row["role"]))

    def named(self, name: str) -> str:
        """A name as it stands in a sentence; one of another language as it is printed."""
        return in_running_text(name) if self.english else name

    @property
    def askers(self) -> set[str | None]:
        """Who asks; None for those who are not named."""
        return {e.question["speaker"] for e in self.asked}

    @property
    def officials(self) -> Counter[str]:
        """The words of each named official."""
        words: Counter[str] = Counter()
        for row in self.rows:
            if row["role"] == "official" and row["speaker"]:
                words[row["speaker"]] += row["n"]
        return words


@dataclass(frozen=True)
class Stated:
    """A sentence, its template, the turns it is based on, and those it names."""

    template: str
    text: str
    turns: tuple[int, ...]
    named: tuple[int, ...] = ()


@dataclass(frozen=True)
class Template:
    """One sentence: its condition, its wording, and what it must not say.

    `fields` fills in the wording, with `turns` and any of them that it `named`; None if the
    condition fails.
    """

    name: str
    condition: str
    wording: str
    example: str
    must_not: str
    fields: Callable[[Facts], Fields | None]

    def of(self, facts: Facts) -> Stated | None:
        """The sentence on these facts, if its condition holds."""
        fields = self.fields(facts)
        if fields is None:
            return None
        turns, named = tuple(fields.pop("turns")), tuple(fields.pop("named", ()))
        text = self.wording.format(**fields).replace("?”.", "?”")
        return Stated(self.name, text[:1].upper() + text[1:], turns, named)


def find(facts: Facts) -> list[Stated]:
    """At most five sentences, in the order of the templates."""
    found = [sentence for template in TEMPLATES if (sentence := template.of(facts))]
    return found[:MOST]


def number(n: int) -> str:
    """A number as a newspaper prints it.

    >>> number(8), number(2535)
    ('eight', '2,535')
    """
    return _SPELT[n] if n < len(_SPELT) else f"{n:,}"


def worded(n: int, one: str, many: str = "") -> str:
    """A number with what it counts."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def in_running_text(name: str) -> str:
    """A name as used in a sentence, even if the label is an office.

    >>> in_running_text("Spokesperson"), in_running_text("Chair Powell")
    ('the spokesperson', 'Chair Powell')
    """
    words = name.casefold().removeprefix("the ").split()
    office = " ".join(words).replace(" for ", " of ").partition(" of ")[0].split(" ")[-1]
    if office in lexicon("question-offices") or office in _OFFICES:
        return "the " + " ".join(words)
    return name


def _some_of(n: int, total: int, one: str) -> str:
    """`all three answers have`, `one of the 31 answers has`, `of the 44 answers, 22 have`."""
    many = f"{number(total)} {one}s"
    if n == total:
        return f"all {many} have" if n > 1 else f"the one {one} has"
    if n >= len(_SPELT):
        return f"of the {many}, {n} have"
    return f"{number(n)} of the {many} {'has' if n == 1 else 'have'}"


def in_turns(turns: Sequence[int]) -> str:
    """`turn 4`, `turns 4, 6 and 9`."""
    return f"turn{'s' * (len(turns) > 1)} {listed([*map(str, turns)])}"


def _questions(facts: Facts) -> Fields | None:
    asked = facts.asked
    if not asked or not facts.english:
        return None
    parts = worded(sum(e.n_asked for e in asked), "question")
    only = next(iter(facts.askers)) if len(facts.askers) == 1 else None
    who = facts.named(only) if only else facts.called["many"]["journalist"]
    put = f"in {worded(len(asked), 'turn')} {who} put {parts}"
    if not only and len(asked) < len(_SPELT):
        put = f"{_turns_of(facts)} put {parts}"
    return {"put": put, "followed": _followed(facts), "turns": [e.turn_id for e in asked]}


def _turns_asking(facts: Facts) -> Fields | None:
    asked = facts.asked
    if not asked or facts.english:
        return None
    put = f"{_turns_of(facts)} {'has' if len(asked) == 1 else 'have'}"
    return {"put": put, "followed": _followed(facts), "turns": [e.turn_id for e in asked]}


def _turns_of(facts: Facts) -> str:
    """`eight turns of journalists`, `one journalist's turn`."""
    n = len(facts.asked)
    if n == 1:
        return f"one {facts.called['one']['journalist']}'s turn"
    return f"{worded(n, 'turn')} of {facts.called['many']['journalist']}"


def _followed(facts: Facts) -> str:
    """How many of the question turns are followed by an official's turn, and whose."""
    n_asked, n_answered = len(facts.asked), len(facts.answered)
    if not n_answered:
        return ""
    how = f"{number(n_answered)} of the {number(n_asked)} {'was' if n_answered == 1 else 'were'}"
    if n_answered == n_asked:
        how = "each was"
    if n_asked == 1:
        how = "it was"
    who = Counter(name for e in facts.answered for name in _officials(e))
    if len(who) == 1 and (only := next(iter(who))):
        return f"; {how} followed by a turn of {facts.named(only)}"
    return f"; {how} followed by {facts.called['turn']}{_by_whom(who, n_answered, facts)}"


def _officials(exchange: ShownExchange) -> list[str | None]:
    """Each official once, in the order of the answers."""
    officials = (a["speaker"] for a in exchange.answers if a["role"] == "official")
    return [*dict.fromkeys(officials)]


def _by_whom(who: Counter[str | None], n_answered: int, facts: Facts) -> str:
    """Whose turns they were, if all are named and few."""
    if None in who or len(who) > _NAMED + 1:
        return ""
    named = [(facts.named(name or ""), number(n)) for name, n in who.most_common()]
    if sum(who.values()) == n_answered:
        return ": " + ", ".join(f"{n} by {name}" for name, n in named)
    return " (" + ", ".join(f"{name} after {n}" for name, n in named) + ")"


def _words(facts: Facts) -> Fields | None:
    official, total = facts.length("official"), facts.length()
    named = facts.officials
    unread = facts.length("unknown")
    if not total / 2 <= official < total or not named or unread > _UNREAD * total:
        return None
    who = f"{facts.called['many']['official']} have"
    alone = sum(named.values()) == official and len(named) == 1
    if facts.called is WORDS["speakers"] or (alone and not facts.exchanges):
        return None  # all who speak are speakers; or it is said above
    if alone:
        who = f"{facts.named(next(iter(named)))} has"
    return {"who": who, "share": _share(official, facts)} | _one_answer(facts, named, official)


def _share(n: int, facts: Facts) -> str:
    """`2,535 of the 2,998 words (85 %)`."""
    total = facts.length()
    return f"{n:,} of the {total:,} {facts.unit} ({percent(n / total)})"


def _one_answer(facts: Facts, named: Counter[str], official: int) -> Fields:
    """Explain a large share: one answer, or the opening."""
    for name, n in named.most_common(2):
        own = [row for row in facts.rows if row["speaker"] == name]
        answers = {a["turn_id"] for e in facts.answered for a in e.answers}
        alone = len(own) == 1 < len(named) and own[0]["turn_id"] in answers
        if alone and n >= max(_LONG, _MUCH * official):
            turn = own[0]["turn_id"]
            more = f"; {facts.named(name)}'s {n:,} are one answer (turn {turn})"
            return {"more": more, "turns": [turn], "named": [turn]}
    return _before_questions(facts, _MUCH * official)


def _before_questions(facts: Facts, least: float) -> Fields:
    """Say how many of the words come before the first question, if they are many."""
    opening = [row for row in _opening(facts) if row["role"] == "official"]
    n, turns = sum(row["n"] for row in opening), [row["turn_id"] for row in opening]
    if n < least:
        return {"more": "", "turns": []}
    where = f" ({in_turns(turns)})" if len(turns) <= _NAMED else ""
    more = f"; {n:,} of them come before the first question{where}"
    return {"more": more, "turns": turns, "named": turns if where else ()}


def _opening(facts: Facts) -> list[Row]:
    """The turns before the first question."""
    first = facts.asked[0].turn_id if facts.asked else 0
    return [row for row in facts.rows if row["turn_id"] < first]


def _no_question(facts: Facts) -> Fields | None:
    """For a text without questions, or without answered ones."""
    total = facts.length()
    if facts.exchanges or not total:
        return None
    none = "no question was found in the text"
    if any(ASKS.search(row["text"]) for row in facts.rows):
        none = "no question was found to which an answer could be tied"
    words: Counter[str] = Counter()
    for row in facts.rows:
        words[row["speaker"] or ""] += row["n"]
    (name, n), *_ = words.most_common()
    if not name:
        return None
    share = f"{facts.named(name)} has {_share(n, facts)}"
    if len(words) > 1:
        share = f"{facts.named(name)} has the most words, {_share(n, facts)}"
    turns = [row["turn_id"] for row in facts.rows if row["speaker"] == name]
    return {"none": none, "share": share, "turns": turns}


def _shortest(facts: Facts) -> Fields | None:
    """The shortest answer to a single question, if it is clearly shorter than the others."""
    lengths = sorted(e.n_answer for e in facts.answered)
    if not facts.english or len(lengths) < _FEW or lengths[0] == lengths[1]:
        return None
    found = next(e for e in facts.answered if e.n_answer == lengths[0])
    if lengths[0] < _SHORT or lengths[0] > median(lengths) / 2 or not _quotable(found):
        return None
    return _quoted(found, facts) | {"has": _has_not(found)}


def _longest(facts: Facts) -> Fields | None:
    """The longest answer to a single question, if it is at least twice the median."""
    lengths = sorted(e.n_answer for e in facts.answered)
    if not facts.english or len(lengths) < _FEW or lengths[-1] < max(_LONG, 2 * median(lengths)):
        return None
    found = next(e for e in facts.answered if e.n_answer == lengths[-1])
    return _quoted(found, facts) if _quotable(found) and lengths[-1] > lengths[-2] else None


def _quotable(exchange: ShownExchange) -> bool:
    """Whether a turn asks one quotable question, and not merely to be given the floor."""
    said = exchange.parts[0].text
    short = _LEAST_QUOTED <= len(said.split()) <= _QUOTED
    return exchange.n_asked == 1 and short and not _FLOOR.search(said)


def _quoted(exchange: ShownExchange, facts: Facts) -> Fields:
    turns = [a["turn_id"] for a in exchange.answers]
    question = " ".join(exchange.parts[0].text.split())
    where = f"{exchange.n_answer:,} {facts.unit}, {in_turns(turns)}"
    asked = {"question": question, "turns": [exchange.turn_id, *turns]}
    return asked | {"where": where, "named": turns}


def _has_not(exchange: ShownExchange) -> str:
    """Names that the answer does not repeat, and the lack of a yes or no."""
    said = []
    if names := exchange.names_not_repeated:
        said.append("does not repeat " + listed([f"“{name}”" for name in names]))
    texts = [answer["text"] for answer in exchange.answers]
    words = {word.strip(".,;:!?").casefold() for text in texts for word in text.split()}
    opens = any(opening_word(text[a:b]) for text in texts for a, b in find_sentences(text))
    if exchange.parts[0].type == "polar" and not opens and not words & {"yes", "no"}:
        said.append("has neither “yes” nor “no”")
    return f"; it {listed(said)}" if said else ""


def _refusals(facts: Facts) -> Fields | None:
    """Words that decline or refer, quoted, with the number of answers that have any."""
    having = [e for e in facts.answered if e.refusals]
    if not having or not facts.english:
        return None
    first: dict[str, ShownExchange] = {}
    for exchange in having:
        first.setdefault(exchange.refusals[0][1].casefold(), exchange)
    shown = sorted([*first.values()][:_NAMED], key=lambda e: e.number)
    quoted = [f"“{e.refusals[0][1]}” (turn {e.refusals[0][2]})" for e in shown]
    rest = len(having) - len(shown)
    said = f"{', '.join(quoted)} and {number(rest)} more" if rest else listed(quoted)
    turns = [turn for e in having for *_, turn in e.refusals]
    named = [e.refusals[0][2] for e in shown]
    if rest and len(first) == 1:  # all say the same
        said, named = quoted[0].partition(" (")[0], []
    some = _some_of(len(having), len(facts.answered), "answer")
    return {"some": some, "said": said, "turns": turns, "named": named}


def _again_in(facts: Facts) -> Fields | None:
    """How often the same named person puts the next question too."""
    named = [e for e in facts.asked if e.question["speaker"]]
    again = [b for a, b in pairwise(facts.asked) if a.asks_again == b.turn_id]
    if len(again) < 2 or len(named) < len(facts.asked) or len(facts.askers) < 2:
        return None
    n, total = len(again), len(facts.asked)
    some = f"of the {number(total)} question turns, {number(n)} are by"
    turns = [e.turn_id for e in again]
    return {"some": some, "who": facts.called["one"]["journalist"], "turns": turns}


def _figures(facts: Facts) -> Fields | None:
    """How many figures officials give, if one turn has many of them."""
    counts = Counter(row["turn_id"] for row in facts.figures)
    total = sum(counts.values())
    if total < _FIGURES or len(counts) < 2 or not facts.officials:
        return None
    (turn, most), (_, second) = counts.most_common(2)
    if most < total / 4 or most == second:
        return None
    speaker = next(row["speaker"] for row in facts.rows if row["turn_id"] == turn)
    whose = f" by {facts.named(speaker)}" if speaker and len(facts.officials) > 1 else ""
    where = f"turn {turn}{whose}"
    who = facts.called["many"]["official"]
    told = {"who": who, "total": total, "most": number(most), "where": where}
    return told | {"turns": [turn], "named": [turn]}


RULES: dict[str, Callable[[Facts], Fields | None]] = {
    "questions": _questions,
    "turns asking": _turns_asking,
    "no question": _no_question,
    "words": _words,
    "refusals": _refusals,
    "shortest answer": _shortest,
    "longest answer": _longest,
    "asks again": _again_in,
    "figures": _figures,
}
TEMPLATES = [Template(**told, fields=RULES[told["name"]]) for told in WORDS["sentence"]]
