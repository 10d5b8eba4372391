"""Who speaks as what: official, journalist, moderator, or unknown where neither can be told.

A person has one role in a briefing. It is judged by learnt weights (`lexicons/roles-*.weights`)
from what the label says, from what the person does (asks, is followed by longer turns, calls
names, opens and closes) and from what kind of text it is. The judgement is made twice: the
second time it also sees which roles the neighbours were given at first. Nobody and no outlet
is known by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from math import log2
from operator import attrgetter, eq
from typing import Any

from briefing.lexicons import lexicon
from briefing.lexicons.cues import Saying, saying, titled_names
from briefing.lexicons.names import (
    COURTESY,
    PARTICLES,
    ends_in_reporter,
    has_office,
    is_outlet,
    label_key,
    role_word,
)
from briefing.lexicons.weights import Weights, weights
from briefing.parse.values import Turn, Why

ROLES = ("official", "journalist", "moderator", "unknown")
LEAST = 0.4  # the probability under which nobody has a role
MOST = 40  # turns of one person that are looked at closely
MISSING = -1.0
TOLD = 25  # trees that reasons are read from: the first ones say most
DIARISED = re.compile(r"(?:speaker|sprecher|locutor|orador|интервьюер|spk|s)[ _-]*\d+", re.I)
NUMBERED = re.compile(r"[QqFfPp]\s?\d{1,3}\b")
WORD = re.compile(r"[^\W\d_]+")
MARKS = re.compile("[,(（，]")
NO_NAMES = COURTESY | PARTICLES | lexicon("titles")
Row = dict[str, float]


@dataclass(frozen=True)
class Scene:
    """The turns of a text with what is counted once: who speaks, what each turn does."""

    turns: Sequence[Turn]
    who: list[int]  # of each turn, the number of the person
    people: list[list[int]]  # of each person, the turns
    said: list[Saying]
    before: list[int]  # of each turn, the last turn of somebody else, or -1
    after: list[int]
    names: list[frozenset[str]]  # of each person, the words they may be called by


def assign_roles(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Give each turn its role, one a person, with how sure that is and the strongest reasons."""
    if not turns:
        return turns
    now = scene(turns)
    rows = features(now)
    first = [judge(row) for row in rows]
    rows = [row | more for row, more in zip(rows, neighbours(now, first), strict=True)]
    verdicts = [_verdict(now, i, row) for i, row in enumerate(rows)]
    return tuple(
        turn._replace(role=role, role_sure=sure, role_why=why)
        for turn, (role, sure, why) in zip(turns, (verdicts[p] for p in now.who), strict=True)
    )


def judge(row: Mapping[str, float]) -> dict[str, float]:
    """The probability of each role for one person."""
    values = [row[name] for name in weights(f"roles-{ROLES[0]}").features]  # are those of all
    found = {role: weights(f"roles-{role}").probability(values) for role in ROLES}
    total = sum(found.values()) or 1.0
    return {role: p / total for role, p in found.items()}


def _verdict(now: Scene, person: int, row: Row) -> tuple[str, float, tuple[Why, ...]]:
    found = judge(row)
    role = max(found, key=found.__getitem__)
    why = _reasons(now.turns[now.people[person][0]], row, weights(f"roles-{role}"))
    return (role, found[role], why) if found[role] >= LEAST else ("unknown", found[role], why)


def _reasons(turn: Turn, row: Row, learnt: Weights) -> tuple[Why, ...]:
    """The two features that speak most for a role, with the label or the figure itself."""
    return tuple(
        Why(
            name if row[name] >= 0.5 else f"not {name}",
            turn.first_line,
            (turn.label or "") if name.startswith("label_") else f"{row[name]:.2f}",
        )
        for name in strongest(learnt.name, tuple(row[name] for name in learnt.features))
    )


def strongest(name: str, values: Sequence[float]) -> list[str]:
    """The two features that move the score up most, from one node of a tree to the next."""
    learnt, moved = weights(name), dict[str, float]()
    for node in _with_means(name)[:TOLD]:
        while len(node) > 1:
            feature, least, below, above, mean = node
            node = below if values[feature] <= least else above
            key = learnt.features[feature]
            moved[key] = moved.get(key, 0.0) + node[-1] - mean
    best = sorted(((by, key) for key, by in moved.items() if by > 0), reverse=True)
    return [key for _, key in best[:2]]


@cache
def _with_means(name: str) -> tuple[Any, ...]:
    def meant(node: Any) -> Any:
        if not isinstance(node, tuple):
            return (node,)
        below, above = meant(node[2]), meant(node[3])
        return (node[0], node[1], below, above, (below[-1] + above[-1]) / 2)

    return tuple(map(meant, weights(name).trees))


def scene(turns: Sequence[Turn]) -> Scene:
    """Who speaks when, and what each turn does by its words."""
    numbers: dict[str, int] = {}
    who = [numbers.setdefault(person_of(t, i), len(numbers)) for i, t in enumerate(turns)]
    people: list[list[int]] = [[] for _ in numbers]
    for i, person in enumerate(who):
        people[person].append(i)
    before, after = [-1] * len(who), [-1] * len(who)
    for i in range(1, len(who)):
        before[i] = before[i - 1] if who[i] == who[i - 1] else i - 1
    for i in range(len(who) - 2, -1, -1):
        after[i] = after[i + 1] if who[i] == who[i + 1] else i + 1
    names = [called_by(turns[at[0]]) for at in people]
    return Scene(turns, who, people, [saying(t.text) for t in turns], before, after, names)


def person_of(turn: Turn, i: int) -> str:
    """Who speaks: the name, the label that stands for one or several, or nobody but this turn."""
    word = role_word(turn.label or "")
    if turn.speaker and not (word == "question" and role_word(turn.speaker) == "question"):
        return label_key(turn.speaker)
    if word:
        return f"*{word}"
    named = turn.label and any(map(str.isalnum, turn.label))  # `>>` is any other voice
    return label_key(turn.label or "") if named else f"*turn {i}"


def called_by(turn: Turn) -> frozenset[str]:
    """The words of a name that others may call a person by."""
    return _name_words(turn.speaker) if turn.speaker else frozenset()


@lru_cache(maxsize=10_000)
def _name_words(speaker: str) -> frozenset[str]:
    said = [] if role_word(speaker) else WORD.findall(speaker)
    words = [w for w in said if label_key(w) not in NO_NAMES]
    long = [w for w in words if len(w) > 2 or not w.isascii() and len(w) > 1]
    return frozenset(long[:1] + long[-1:])


def features(now: Scene) -> list[Row]:
    """What is known of each person at first; neighbours' roles are missing."""
    text = _of_text(now)
    rows = [
        _of_label([now.turns[i] for i in _some(at)])
        | _of_words(now, at)
        | _of_place(now, at)
        | _calls(now, p, at)
        for p, at in enumerate(now.people)
    ]
    for name, kind in (("offices", "label_office"), ("outlets", "label_outlet")):
        text[f"text_{name}"] = _share(row[kind] for row in rows)
    text["text_askers"] = _share(row["asks"] > 0.5 for row in rows)
    ranks = [_beside_others(now, rows, p) for p in range(len(rows))]
    missing = dict.fromkeys(NEIGHBOURS, MISSING)
    return [
        {**row, **rank, **text, **missing}
        | {f"other_{w}": text[f"text_{w}"] and not row[f"label_{w}"] for w in WORDS}
        for row, rank in zip(rows, ranks, strict=True)
    ]


def _beside_others(now: Scene, rows: Sequence[Row], person: int) -> Row:
    """What a person is among all, and what those are who speak before and after."""
    row = rows[person]
    near = [i for k in now.people[person] for i in (now.before[k], now.after[k]) if i >= 0]
    beside = [rows[now.who[i]] for i in near]
    return {
        "partner_office": _share(other["label_office"] for other in beside),
        "partner_question": _share(other["label_question"] for other in beside),
        "rank_asks": _share(other["asks"] > row["asks"] for other in rows),
        "rank_words": _share(other["words"] > row["words"] for other in rows),
    }


def _some(at: list[int]) -> list[int]:
    """At most `MOST` of the turns, evenly from all."""
    return at if len(at) <= MOST else at[:: len(at) // MOST + 1]


def _of_label(turns: Sequence[Turn]) -> Row:
    """What the label says by itself."""
    labels = list({t.label: None for t in turns if t.label}) or [""]
    words = set(map(role_word, labels))
    parts = {label_key(w) for label in labels for w in WORD.findall(label)}
    presides, bare = bool(parts & lexicon("label-presides")), bool(parts) and parts <= _titles()
    return _of_houses(turns, labels) | {
        **{f"label_{word}": word in words for word in (*WORDS, "aside")},
        "label_none": turns[0].label is None,
        "label_office": any(map(has_office, labels)),
        "label_presides": presides,
        "label_bare": bare,
        "label_chair": presides and bare,
        "label_president": bool(parts & lexicon("label-president")),
        "label_member": bool(parts & lexicon("label-member")),
        "label_courtesy": bool(parts & COURTESY),
        "label_upper": labels[0].isupper(),
        "label_words": len(labels[0].split()),
        "label_long": max(len(x.split()) for x in labels),
        "label_marks": len(MARKS.findall(labels[0])),
        "label_diarised": any(map(DIARISED.fullmatch, labels)),
        "label_numbered": any(map(NUMBERED.match, labels)),
        "label_named": bool(turns[0].speaker),
    }


def _of_houses(turns: Sequence[Turn], labels: Sequence[str]) -> Row:
    """Whether a news outlet, or something like one, stands in or beside the label."""
    houses = {t.organisation for t in turns if t.organisation}
    names = [*labels, *houses]
    outlet = any(is_outlet(o, acronyms=False) for o in names) or any(map(ends_in_reporter, labels))
    return {
        "label_outlet": outlet,
        "label_acronym": any(o.isupper() and o.isalpha() and len(o) <= 5 for o in names),
        "label_house": bool(houses),
    }


@cache
def _titles() -> frozenset[str]:
    return lexicon("titles") | lexicon("label-presides") | PARTICLES


def _of_words(now: Scene, at: list[int]) -> Row:
    """What the person's turns do by their words: shares of turns, and lengths."""
    said = [now.said[i] for i in at]
    words = [s.words for s in said]
    columns = zip(Saying._fields, zip(*said, strict=True), strict=True)
    share = {name: sum(column) / len(said) for name, column in columns}
    return {name: share[name] for name in SHARES} | {
        **{f"any_{name}": share[name] > 0 for name in ONCE},
        "words": log2(1 + _share(words)),
        "longest": log2(1 + max(words)),
        "shortest": log2(1 + min(words)),
        "marks": sum(s.marks for s in said) / (1 + sum(words)) * 100,
        "asks_long": _share(s.asks and s.words > 80 for s in said),
        "short": _share(w <= 8 for w in words),
    }


def _mean(name: str, said: Iterable[Saying]) -> float:
    return _share(map(attrgetter(name), said))


def _of_place(now: Scene, at: list[int]) -> Row:
    """Where the person's turns stand: at the head or the end, between, after and before whom."""
    last, i = len(now.who) - 1, at[0]
    sides = [(now.before[k], now.after[k]) for k in at]
    before = [now.said[b] for b, _ in sides if b >= 0]
    after = [now.said[a] for _, a in sides if a >= 0]
    return _of_partner(now, [k for side in sides for k in side if k >= 0]) | {
        "n": log2(len(at)),
        "share_turns": len(at) / len(now.who),
        "first": i == 0,
        "last": at[-1] == last,
        "first_at": i / (last + 1),
        "begins_asking": i < 2 and now.said[i].asks,
        "after_question": _mean("ends", before),
        "after_asking": _mean("asks", before),
        "before_question": _mean("ends", after),
        "before_asking": _mean("asks", after),
        "after_giving": _mean("gives", before),
        "than_before": _ratio(now, at, now.before),
        "than_after": _ratio(now, at, now.after),
        "between": _share(now.who[b] == now.who[a] for b, a in sides if b >= 0 <= a),
    }


def _of_partner(now: Scene, turns: Sequence[int]) -> Row:
    """Who speaks most often before or after, and what that person does."""
    beside = Counter(now.who[i] for i in turns)
    partner, often = beside.most_common(1)[0] if beside else (-1, 0)
    theirs = [now.said[i] for i in now.people[partner]] if beside else []
    return {
        "partners": log2(1 + len(beside)),
        "partner_share": often / max(1, len(turns)),
        "partner_asks": _mean("asks", theirs),
        "partner_ends": _mean("ends", theirs),
        "partner_words": log2(1 + sum(s.words for s in theirs) / max(1, len(theirs))),
    }


def _share(of: Any) -> float:
    found = list(of)
    return sum(found) / len(found) if found else MISSING


def _ratio(now: Scene, at: list[int], other: list[int]) -> float:
    """How much longer these turns are than the others beside them: mean of log ratios."""
    pairs = [(now.said[i].words + 3, now.said[other[i]].words + 3) for i in at if other[i] >= 0]
    return sum(log2(a / b) for a, b in pairs) / len(pairs) if pairs else 0.0


def _calls(now: Scene, person: int, at: list[int]) -> Row:
    """Whether the person names who speaks next or last, and is named by those beside."""
    mine, some, turns = now.names[person], _some(at), now.turns
    found = dict.fromkeys(("calls_next", "names_last", "called", "thanked", "addressed"), 0)
    for i in some:
        text, b, a = turns[i].text, now.before[i], now.after[i]
        if a >= 0:
            found["calls_next"] += _names(text[-300:], now.names[now.who[a]])
            found["thanked"] += _names(turns[a].text[:150], mine)
        if b >= 0:
            found["names_last"] += _names(text[:150], now.names[now.who[b]])
            found["called"] += _names(turns[b].text[-300:], mine)
            asked = bool(mine) and now.said[b].asks
            found["addressed"] += asked and _titled(turns[b].text, mine)
    return {name: k / len(some) for name, k in found.items()}


def _names(text: str, words: frozenset[str]) -> bool:
    return any(word in text for word in words)


def _titled(text: str, words: frozenset[str]) -> bool:
    return not titled_names(text).isdisjoint(w.casefold() for w in words)


def _of_text(now: Scene) -> Row:
    """What kind of text it is."""
    n, people = len(now.who), len(now.people)
    words = {role_word(t.label) for t in now.turns if t.label}
    total = sum(s.words for s in now.said) or 1
    return {
        **{f"text_{word}": word in words for word in WORDS},
        "text_people": log2(people),
        "text_turns": log2(n),
        "text_two": people == 2,
        "text_unlabelled": _share(t.label is None for t in now.turns),
        "text_asks": _mean("asks", now.said),
        "text_ends": _mean("ends", now.said),
        "text_most": max(sum(now.said[i].words for i in at) for at in now.people) / total,
        "text_back": _share(map(eq, now.who, now.who[2:])),
        "text_words": log2(1 + total / n),
        "text_once": _share(len(at) == 1 for at in now.people),
        "text_chair": _mean("to_chair", now.said),
        "text_gives": _share(s.gives_only or s.call for s in now.said),
    }


def neighbours(now: Scene, first: Sequence[Mapping[str, float]]) -> list[Row]:
    """What the first judgement says of a person, of those beside and of all others."""
    size = [len(at) for at in now.people]
    sums = {role: sum(p[role] * k for p, k in zip(first, size, strict=True)) for role in ROLES}
    best = sorted(range(len(first)), key=lambda i: first[i]["moderator"])
    rows = []
    for person, mine in enumerate(first):
        rest = len(now.who) - size[person] or 1
        row = {f"own_{role}": mine[role] for role in ROLES}
        row |= {f"others_{role}": (sums[role] - mine[role] * size[person]) / rest for role in ROLES}
        other = best[-2:-1] if best[-1] == person else best[-1:]
        row["best_moderator"] = first[other[0]]["moderator"] if other else 0.0
        before = _of_side("before", now, first, [now.before[i] for i in now.people[person]])
        after = _of_side("after", now, first, [now.after[i] for i in now.people[person]])
        rows.append(row | before | after)
    return rows


def _of_side(side: str, now: Scene, first: Sequence[Mapping[str, float]], at: list[int]) -> Row:
    beside = [first[now.who[i]] for i in at if i >= 0]
    return {f"{side}_{role}": _share(p[role] for p in beside) for role in ROLES[:3]}


SHARES = tuple(
    "asks ends requests gives gives_only call small opens thanks thanks_for_question adds "
    "back cut unheard assents you we to_chair".split()
)
WORDS = ("question", "answer", "moderator")
ONCE = ("opens", "takes_questions", "moderates", "introduces", "thanks_for_question", "gives_only")
NEIGHBOURS = (
    *(f"own_{role}" for role in ROLES),
    *(f"before_{role}" for role in ROLES[:3]),
    *(f"after_{role}" for role in ROLES[:3]),
    *(f"others_{role}" for role in ROLES),
    "best_moderator",
)
