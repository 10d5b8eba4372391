"""Which question each answer comes in answer to: adjacency pairs.

In conversation analysis a question makes an answer due next (Schegloff & Sacks 1973). In a
briefing other things come between: the moderator hands out the floor, an official asks
back, a second official adds, two people ask before anyone answers. Learnt weights
(`lexicons/answers.weights.json`) judge each turn beside the last questions before it. The link
records what comes in answer to what; it never says whether the answer is a good one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from math import log2

from briefing.lexicons.cues import Saying, saying
from briefing.lexicons.languages import languages_of
from briefing.lexicons.weights import weights
from briefing.parse.roles import called_by, person_of, strongest
from briefing.parse.values import Turn, Why

BACK = 16  # turns to look back for a question
QUESTIONS = 3  # the last so many are looked at
LEAST = 0.5  # probability of a link
DOUBTED = 0.5  # how sure a role is, under which somebody may answer who seems to ask
UNCERTAIN = 0.6  # ... under which an official may ask
SAID_TWICE = 0.8  # of the roles are the same in both languages: the page says all twice
SURE = 0.8  # ... from which no earlier question is looked at
SCRIPTS = re.compile(
    "(?P<cjk>[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af])|(?P<cyrillic>[\u0400-\u04ff])|"
    "(?P<arabic>[\u0590-\u06ff])|(?P<indic>[\u0900-\u0e7f])|(?P<greek>[\u0370-\u03ff])"
)
SIDES = ("question", "answer", "before", "after", "next")
BY_SIDE = (
    "official journalist moderator sure words asks ends requests gives only call small thanks adds "
    "back cut unheard assents"
)
PAIR = (
    "distance rank same_before same_after asker_again spoke_since longest_between "
    "officials_between journalists_between moderators_between same_script many_scripts "
    "next_is_answer last marks you we thanks_for takes text_journalists text_moderators "
    "called calls rival rival_asks rival_ends rival_words rival_distance rival_answered "
    "rival_script"
)
FEATURES = (*(f"{side}_{name}" for side in SIDES for name in BY_SIDE.split()), *PAIR.split())
NO_RIVAL = (0.0,) * 7
NOTHING = (0.0,) * len(BY_SIDE.split())


@dataclass(frozen=True)
class Exchange:
    """The turns with what is counted once: who speaks, the words, the sides as numbers."""

    turns: Sequence[Turn]
    who: list[str]
    said: list[Saying]
    sides: list[tuple[float, ...]]
    scripts: list[str]
    text: tuple[float, float, float]  # scripts, share of journalists, of moderators


def link_answers(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Fill `answers` of each turn with the positions of the questions it answers.

    Where a page says all in two languages, an answer is linked in its own.
    """
    made = list(turns)
    for places in _apart(turns):
        linked = _link([turns[i] for i in places])
        for i, turn in zip(places, linked, strict=True):
            made[i] = turn._replace(answers=tuple(places[j] for j in turn.answers))
    return tuple(made)


def _apart(turns: Sequence[Turn]) -> list[Sequence[int]]:
    """The positions of all turns; those of each language, where both say the same in turn."""
    codes = languages_of([turn.text for turn in turns])
    if codes:
        both = [[i for i, c in enumerate(codes) if c == code] for code in dict.fromkeys(codes)]
        roles = [[turns[i].role for i in places] for places in both]
        if len(both) == 2 and len(roles[0]) == len(roles[1]):
            if sum(a == b for a, b in zip(*roles, strict=True)) >= SAID_TWICE * len(roles[0]):
                return [*both]
    return [range(len(turns))]


def _link(turns: Sequence[Turn]) -> list[Turn]:
    now, learnt = exchange(turns), weights("answers")
    made = list(turns)
    for i in range(len(turns)):
        if not may_answer(turns[i]):
            continue
        found = []
        for j, row in pairs(now, i):
            floor = now.said[j].gives or now.said[j].opens  # then only its last words may ask
            if floor and turns[j].role != "journalist" and not now.said[j].ends:
                continue
            found.append((learnt.probability(row), j, row))
            if found[-1][0] >= SURE:
                break
        made[i] = _linked(turns, i, found)
    return made


def chosen(found: Sequence[tuple[float, int]]) -> tuple[int, ...]:
    """The question that a turn answers: the likeliest, where it is likely enough."""
    p, j = max(found, default=(0.0, -1))
    return (j,) if p >= LEAST else ()


def _linked(
    turns: Sequence[Turn], i: int, found: list[tuple[float, int, tuple[float, ...]]]
) -> Turn:
    answers = chosen([(p, j) for p, j, _ in found])
    best, at, row = max(found, default=(0.0, -1, ()))
    sure = best if answers else 1 - best
    why = _reasons(turns, at, row) if answers else ()
    return turns[i]._replace(answers=answers, answers_sure=sure, answers_why=why)


def _reasons(turns: Sequence[Turn], at: int, row: tuple[float, ...]) -> tuple[Why, ...]:
    values = dict(zip(FEATURES, row, strict=True))
    line, seen = turns[at].first_line, [(name, values[name]) for name in strongest("answers", row)]
    return tuple(Why(n if v >= 0.5 else f"not {n}", line, f"{v:.2f}") for n, v in seen)


def may_answer(turn: Turn) -> bool:
    """Whether a turn is looked at: not where somebody surely only asks or gives the floor."""
    return turn.role in {"official", "unknown"} or turn.role_sure < DOUBTED


def may_ask(turn: Turn, said: Saying) -> bool:
    """Whether a turn may be a question that somebody answers."""
    other = turn.role != "official" or turn.role_sure < UNCERTAIN
    return turn.role == "journalist" or said.asks and other


def exchange(turns: Sequence[Turn]) -> Exchange:
    """The turns as numbers."""
    said = [saying(t.text) for t in turns]
    scripts = [_script(t.text) for t in turns]
    n = len(turns) or 1
    journalists, moderators = (
        sum(t.role == role for t in turns) / n for role in ("journalist", "moderator")
    )
    return Exchange(
        turns,
        [person_of(t, i) for i, t in enumerate(turns)],
        said,
        [_side(t, s) for t, s in zip(turns, said, strict=True)],
        scripts,
        (float(len(set(scripts))), journalists, moderators),
    )


def _script(text: str) -> str:
    match = None if text.isascii() else SCRIPTS.search(text[:60])
    return (match.lastgroup or "") if match else ""


@cache
def _words(n: int) -> float:
    return log2(1 + n)


def _side(turn: Turn, s: Saying) -> tuple[float, ...]:
    role = turn.role
    return (
        role == "official", role == "journalist", role == "moderator", turn.role_sure,
        _words(s.words), s.asks, s.ends, s.requests, s.gives, s.gives_only, s.call, s.small,
        s.thanks, s.adds, s.back, s.cut, s.unheard, s.assents,
    )  # fmt: skip


def pairs(now: Exchange, i: int) -> Iterator[tuple[int, tuple[float, ...]]]:
    """The last questions before the turn `i`, each with the features of the pair."""
    sides, found = now.sides, [*_open(now, i)]
    following = sides[i + 1] if i + 1 < len(sides) else NOTHING
    shared = _of_turn(now, i)
    for rank, (j, between) in enumerate(found):
        rival = _rival(now, i, j, found[1 if rank == 0 else 0]) if len(found) > 1 else NO_RIVAL
        pair = _pair(now, i, j, rank, between)
        both = (*sides[j], *sides[i], *sides[i - 1], *following, *sides[j + 1])
        yield j, (*both, *pair, *shared, *rival)


def _open(now: Exchange, i: int) -> Iterator[tuple[int, tuple[int, ...]]]:
    """The last questions before the turn `i`, and what stands between: turns of officials, of
    journalists, of moderators, of the same person; the longest that asks nothing."""
    officials = journalists = moderators = same = longest = rank = 0
    for j in range(i - 1, max(-1, i - 1 - BACK), -1):
        if now.who[j] != now.who[i] and may_ask(now.turns[j], now.said[j]):
            yield j, (officials, journalists, moderators, same, longest)
            rank += 1
            if rank == QUESTIONS:
                return
        role = now.turns[j].role
        officials += role == "official"
        journalists += role == "journalist"
        moderators += role == "moderator"
        same += now.who[j] == now.who[i]
        if role != "journalist":
            longest = max(longest, now.said[j].words)


def _rival(now: Exchange, i: int, j: int, other: tuple[int, tuple[int, ...]]) -> tuple[float, ...]:
    """The nearest of the other questions: what it is, and whether much was said after it."""
    at, between = other
    said = now.said[at]
    return (
        1, said.asks, said.ends, _words(said.words), j - at, _words(between[4]),
        now.scripts[at] == now.scripts[i],
    )  # fmt: skip


def _of_turn(now: Exchange, i: int) -> tuple[float, ...]:
    """What is the same beside every question: whether the turn is called, and calls the next."""
    turns, tail = now.turns, now.turns[i - 1].text[-200:]
    called = any(word in tail for word in called_by(turns[i]))
    calls = i + 1 < len(turns) and any(w in turns[i].text[-200:] for w in called_by(turns[i + 1]))
    return (called, calls)


def _pair(now: Exchange, i: int, j: int, rank: int, between: Sequence[int]) -> tuple[float, ...]:
    who, said, last = now.who, now.said, len(now.who) - 1
    mine = said[i]
    return (
        i - j, rank, who[i - 1] == who[j], i < last and who[i + 1] == who[j],
        sum(who[k] == who[j] for k in range(j + 1, i)), between[3], _words(between[4]),
        *between[:3], now.scripts[i] == now.scripts[j], now.text[0] > 1, i - j == 1, i == last,
        said[j].marks, mine.you, mine.we, mine.thanks_for_question, mine.takes_questions,
        now.text[1], now.text[2],
    )  # fmt: skip
