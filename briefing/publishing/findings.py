"""The sentences that the briefing report may say, each by rule.

A template has a condition, a wording, an example and what it must not say. Where the condition
fails, the sentence is not there. All counts are of this text, with their denominators and the
turns that they rest on; nothing is said of causes or motives.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from statistics import median
from typing import Any

from briefing.publishing.exchange_marks import Exchange, Row

MOST = 5  # sentences
NEVER = (
    "dodge evade avoid refuse ignore fail dominate only even important merely clearly admit claim"
).split()
_SPELT = "no one two three four five six seven eight nine ten eleven twelve".split()
_NAMED = 3  # people whom a sentence names
_SHORT = 20  # words from which an answer is more than a word of assent
_LEAST_QUOTED, _QUOTED = 5, 45  # words of a question that a sentence quotes
_FEW = 4  # answers from which one is called the shortest or the longest
_MUCH = 0.15  # of the officials' words
_FIGURES = 10


@dataclass(frozen=True)
class Facts:
    """What the sentences are made from: turns, exchanges, figures, and the unit of length."""

    rows: Sequence[Row]
    exchanges: Sequence[Exchange]
    figures: Sequence[Row] = ()
    unit: str = "words"
    english: bool = True

    @property
    def asked(self) -> list[Exchange]:
        """The turns in which journalists ask something."""
        asking = [e for e in self.exchanges if e.question["role"] == "journalist"]
        return [e for e in asking if e.n_asked or not self.english]

    @property
    def answered(self) -> list[Exchange]:
        """Those that an official's turn follows."""
        return [e for e in self.asked if any(a["role"] == "official" for a in e.answers)]

    def length(self, role: str | None = None) -> int:
        """The words of a role, or of all."""
        return sum(row["n"] for row in self.rows if role in (None, row["role"]))

    @property
    def officials(self) -> Counter[str]:
        """The words of each named official."""
        words: Counter[str] = Counter()
        for row in self.rows:
            if row["role"] == "official" and row["speaker"]:
                words[row["speaker"]] += row["n"]
        return words


Fields = dict[str, Any]


@dataclass(frozen=True)
class Finding:
    """A sentence, by which template, and the turns that it rests on."""

    template: str
    text: str
    turns: tuple[int, ...]


@dataclass(frozen=True)
class Template:
    """One sentence: when it may stand, how it is worded, and what it must not say.

    `fields` gives what the wording leaves open and `turns`; None where the condition fails.
    """

    name: str
    condition: str
    wording: str
    example: str
    must_not: str
    fields: Callable[[Facts], Fields | None]

    def of(self, facts: Facts) -> Finding | None:
        """The sentence on these facts, if its condition holds."""
        fields = self.fields(facts)
        if fields is None:
            return None
        turns = tuple(fields.pop("turns"))
        text = self.wording.format(**fields).replace("?”.", "?”")
        return Finding(self.name, text[:1].upper() + text[1:], turns)


def find(facts: Facts) -> list[Finding]:
    """At most five sentences, in the order of the templates."""
    found = [sentence for template in TEMPLATES if (sentence := template.of(facts))]
    return found[:MOST]


def number(n: int) -> str:
    """A number as a newspaper prints it.

    >>> number(8), number(2535)
    ('eight', '2,535')
    """
    return _SPELT[n] if n < len(_SPELT) else f"{n:,}"


def counted(n: int, one: str, many: str = "") -> str:
    """A number with what it counts."""
    return f"{number(n)} {one if n == 1 else many or one + 's'}"


def listed(items: Sequence[str]) -> str:
    """Items as a sentence lists them."""
    return " and ".join([*([", ".join(items[:-1])] if items[:-1] else []), *items[-1:]])


def in_turns(turns: Sequence[int]) -> str:
    """`turn 4`, `turns 4, 6 and 9`."""
    return f"turn{'s' * (len(turns) > 1)} {listed([*map(str, turns)])}"


def _questions(facts: Facts) -> Fields | None:
    asked = facts.asked
    if not asked or not facts.english:
        return None
    n_turns, parts = len(asked), counted(sum(e.n_asked for e in asked), "question")
    put = f"{counted(n_turns, 'turn')} of journalists put {parts}"
    if n_turns >= len(_SPELT):
        put = f"in {n_turns} turns journalists put {parts}"
    return {"put": put, "followed": _followed(facts), "turns": [e.turn_id for e in asked]}


def _turns_asking(facts: Facts) -> Fields | None:
    asked = facts.asked
    if not asked or facts.english:
        return None
    put = f"{counted(len(asked), 'turn')} of journalists {'has' if len(asked) == 1 else 'have'}"
    return {"put": put, "followed": _followed(facts), "turns": [e.turn_id for e in asked]}


def _followed(facts: Facts) -> str:
    """How many of the question turns an official's turn follows, and whose."""
    n_asked, n_answered = len(facts.asked), len(facts.answered)
    if not n_answered:
        return ""
    how = "each was" if n_answered == n_asked else f"{number(n_answered)} of the {n_asked} were"
    if n_asked == 1:
        how = "it was"
    who = Counter(name for e in facts.answered for name in _officials(e))
    if [*who] and len(who) == 1 and None not in who:
        return f"; {how} followed by a turn of {next(iter(who))}"
    return f"; {how} followed by an official's turn{_by_whom(who, n_answered)}"


def _officials(exchange: Exchange) -> set[str | None]:
    return {a["speaker"] for a in exchange.answers if a["role"] == "official"}


def _by_whom(who: Counter[str | None], n_answered: int) -> str:
    """Whose turns they were, where all are named and few."""
    if None in who or len(who) > _NAMED + 1:
        return ""
    if sum(who.values()) == n_answered:
        return ": " + ", ".join(f"{number(n)} by {name}" for name, n in who.most_common())
    return " (" + ", ".join(f"{name} after {number(n)}" for name, n in who.most_common()) + ")"


def _words(facts: Facts) -> Fields | None:
    official, total = facts.length("official"), facts.length()
    named = facts.officials
    if not 0 < official < total or len(named) == 0:
        return None
    alone = sum(named.values()) == official and len(named) == 1
    who = f"{next(iter(named))} has" if alone else "Officials have"
    share = f"{official:,} of the {total:,} {facts.unit}"
    share += f" ({round(100 * official / total)} %)"
    turns, more = _one_answer(facts, named, official)
    return {"who": who, "share": share, "more": more, "turns": turns}


def _one_answer(facts: Facts, named: Counter[str], official: int) -> tuple[list[int], str]:
    """What stands behind a large share: one answer, or the opening."""
    for name, n in named.most_common(2):
        own = [row for row in facts.rows if row["speaker"] == name]
        answers = {a["turn_id"] for e in facts.answered for a in e.answers}
        if len(own) == 1 < len(named) and own[0]["turn_id"] in answers and n >= _MUCH * official:
            turn = own[0]["turn_id"]
            return [turn], f"; {name}'s {n:,} are one answer (turn {turn})"
    opening = [row for row in _opening(facts) if row["role"] == "official"]
    n = sum(row["n"] for row in opening)
    if n >= _MUCH * official:
        turns = [row["turn_id"] for row in opening]
        before = f"; {n:,} of them come before the first question ({in_turns(turns[:3])}"
        return turns, before + (f" and {len(turns) - 3} more)" if turns[3:] else ")")
    return [], ""


def _opening(facts: Facts) -> list[Row]:
    """The turns before the first question."""
    first = facts.asked[0].turn_id if facts.asked else 0
    return [row for row in facts.rows if row["turn_id"] < first]


def _no_question(facts: Facts) -> Fields | None:
    """For a text in which nobody asks."""
    total = facts.length()
    if facts.exchanges or not total:
        return None
    words: Counter[str] = Counter()
    for row in facts.rows:
        words[row["speaker"] or ""] += row["n"]
    (name, n), *_ = words.most_common()
    if not name:
        return None
    share = f"{name} has {n:,} of the {total:,} {facts.unit} ({round(100 * n / total)} %)"
    return {
        "share": share,
        "turns": [row["turn_id"] for row in facts.rows if row["speaker"] == name],
    }


def _shortest(facts: Facts) -> Fields | None:
    """The shortest answer to a single question, if it is well apart from the others."""
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
    if not facts.english or len(lengths) < _FEW or lengths[-1] < 2 * median(lengths):
        return None
    found = next(e for e in facts.answered if e.n_answer == lengths[-1])
    return _quoted(found, facts) if _quotable(found) and lengths[-1] > lengths[-2] else None


def _quotable(exchange: Exchange) -> bool:
    words = exchange.parts[0].text.split()
    return exchange.n_asked == 1 and _LEAST_QUOTED <= len(words) <= _QUOTED


def _quoted(exchange: Exchange, facts: Facts) -> Fields:
    turns = [a["turn_id"] for a in exchange.answers]
    question = " ".join(exchange.parts[0].text.split())
    where = f"{exchange.n_answer:,} {facts.unit}, {in_turns(turns)}"
    return {"where": where, "question": question, "turns": [exchange.turn_id, *turns]}


def _has_not(exchange: Exchange) -> str:
    """Names and figures that the answer does not repeat, and that it has neither yes nor no."""
    said = []
    if exchange.not_repeated:
        said.append("does not repeat " + listed([f"“{x}”" for x in exchange.not_repeated]))
    words = {
        word.strip(".,;:!?").casefold() for a in exchange.answers for word in a["text"].split()
    }
    if exchange.parts[0].type == "polar" and not words & {"yes", "no"}:
        said.append("has neither “yes” nor “no”")
    return f"; it {listed(said)}" if said else ""


def _refusals(facts: Facts) -> Fields | None:
    """Words that decline or refer, quoted, with the number of answers that have any."""
    having = [e for e in facts.answered if e.refusals]
    if not having or not facts.english:
        return None
    quoted = [f"“{text}” (turn {turn})" for e in having for _, text, turn in e.refusals[:1]]
    more = f" and {counted(len(having) - _NAMED, 'more')}" if len(having) > _NAMED else ""
    some = f"{number(len(having))} of the {counted(len(facts.answered), 'answer')}"
    has = "has" if len(having) == 1 else "have"
    said = listed(quoted[:_NAMED]) if not more else ", ".join(quoted[:_NAMED])
    turns = [turn for e in having for *_, turn in e.refusals]
    return {"some": some, "has": has, "said": said + more, "turns": turns}


def _again(facts: Facts) -> Fields | None:
    """How often the same named person puts the next question too."""
    named = [e for e in facts.asked if e.question["speaker"]]
    pairs = list(zip(facts.asked, facts.asked[1:], strict=False))
    again = [b for a, b in pairs if a.asks_again == b.turn_id]
    if len(again) < 2 or len(named) < len(facts.asked):
        return None
    some = f"{number(len(again))} of the {counted(len(facts.asked), 'question turn')}"
    return {"some": some, "turns": [e.turn_id for e in again]}


def _figures(facts: Facts) -> Fields | None:
    """How many figures officials give, where one turn has many of them."""
    counts = Counter(row["turn_id"] for row in facts.figures)
    total = sum(counts.values())
    if total < _FIGURES or len(counts) < 2 or not facts.officials:
        return None
    (turn, most), (_, second) = counts.most_common(2)
    if most < total / 4 or most == second:
        return None
    speaker = next(row["speaker"] for row in facts.rows if row["turn_id"] == turn)
    whose = f" by {speaker}" if speaker and len(facts.officials) > 1 else ""
    return {"total": total, "most": number(most), "where": f"turn {turn}{whose}", "turns": [turn]}


TEMPLATES = (
    Template(
        "questions",
        "English; a journalist's turn asks something",
        "{put}{followed}.",
        "Eight turns of journalists put 16 questions; each was followed by an official's turn: "
        "five by Liu Liehong, two by Ge Huijun, one by Sheng Yongjun.",
        "that the questions were answered",
        _questions,
    ),
    Template(
        "turns asking",
        "not English, so that questions are not taken apart; a journalist's turn asks",
        "{put} a question{followed}.",
        "Four turns of journalists have a question; each was followed by a turn of Ida Marlow.",
        "how many things are asked",
        _turns_asking,
    ),
    Template(
        "no question",
        "nobody asks or answers; somebody is named",
        "No question was found in the text; {share}.",
        "No question was found in the text; Ida Marlow has 812 of the 1,020 words (80 %).",
        "that no question was put at the event",
        _no_question,
    ),
    Template(
        "words",
        "somebody with the role official has words, and somebody else, too",
        "{who} {share}{more}.",
        "Officials have 2,535 of the 2,998 words (85 %); Sheng Yongjun's 779 are one answer "
        "(turn 4).",
        "that anybody spoke too much; minutes, where there are no times",
        _words,
    ),
    Template(
        "refusals",
        "English; an answer has words by which people decline or refer to others",
        "{some} {has} words that decline or refer to others: {said}.",
        "One of the 31 answers has words that decline or refer to others: “no comment” (turn 8).",
        "that nothing was answered, or why",
        _refusals,
    ),
    Template(
        "shortest answer",
        "English; at least four answers; the shortest has 20 words, at most half the median, is "
        "the only one of its length and follows a turn that asks one thing",
        "The shortest answer ({where}) follows the question “{question}”{has}.",
        "The shortest answer (91 words, turn 8) follows the question “Does it indicate that "
        "companies like Google will be restricted?”; it does not repeat “Google” and has neither "
        "“yes” nor “no”.",
        "that a short answer is none",
        _shortest,
    ),
    Template(
        "longest answer",
        "English; at least four answers; the longest has twice the median and follows a turn "
        "that asks one thing",
        "The longest answer ({where}) follows the question “{question}”.",
        "The longest answer (525 words, turn 12) follows the question “Who pays for the quay?”.",
        "that a long answer says more",
        _longest,
    ),
    Template(
        "asks again",
        "all who ask are named; two question turns or more are by whoever asked before",
        "{some} are by the journalist who had asked just before.",
        "14 of the 35 question turns are by the journalist who had asked just before.",
        "that the first answer left something open",
        _again,
    ),
    Template(
        "figures",
        "English; officials are named and give ten figures or more; one turn has a quarter of them",
        "Officials give {total} figures, years and dates apart; {most} are in {where}.",
        "Officials give 31 figures, years and dates apart; 13 are in turn 16 by Ge Huijun.",
        "that the figures are right, or that they answer what was asked",
        _figures,
    ),
)
