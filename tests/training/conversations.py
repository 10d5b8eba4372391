"""What is said: stretches of real transcripts, as their gold has them, and conversations made up.

The words of real conversations are read from ../shared when they are needed and kept nowhere.
Languages with few transcripts have sentences of our own in layouts.toml.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from random import Random
from typing import Any

from gold import Gold, golds

GROUPS = {"journalist": "ask", "official": "answer", "moderator": "chair", "unknown": "other"}
WORDS = Path(__file__).with_name("layouts.toml")
SENTENCE = re.compile(r"(?<=[.!?…।])\s+|(?<=[。！？])")
ENDS = '.!?…。！？:"”»)।'
MOST_WORDS = 6000
MADE = 0.1  # share of conversations that are made up


@dataclass
class Turn:
    """What one person says; `ids` are the positions of the gold's turns in it."""

    ids: list[int]
    who: str
    role: str
    paragraphs: list[str]
    answers: set[int]

    @property
    def group(self) -> str:
        return GROUPS.get(self.role, "other")


@dataclass
class Conversation:
    """Turns that belong together, and what is known of their gold."""

    name: str
    house: str
    language: str
    turns: list[Turn]
    roles: bool = True
    links: bool = True


@lru_cache
def _toml() -> dict[str, dict[str, Any]]:
    return tomllib.loads(WORDS.read_text(encoding="utf-8"))


@lru_cache
def vocabulary(language: str) -> dict[str, Any]:
    """The words of a language; what it lacks, in English."""
    said = {**_toml()["en"], **_toml().get(language, {})}
    return {
        key: value.split("|") if isinstance(value, str) else value for key, value in said.items()
    }


def dense(text: str) -> bool:
    """Chinese or Japanese: no spaces between words."""
    return len(re.findall(r"[\u3040-\u30ff\u4e00-\u9fff]", text)) > 0.3 * len(text)


def sentences_of(paragraph: str) -> list[str]:
    """Roughly its sentences."""
    return [s for s in SENTENCE.split(paragraph) if s]


# ---- from gold


def houses() -> dict[str, list[Conversation]]:
    """The conversations of every house."""
    found: dict[str, list[Conversation]] = {}
    for one in filter(None, map(of_gold, golds())):
        found.setdefault(one.house, []).append(one)
    return found


def of_gold(gold: Gold) -> Conversation | None:
    """What the gold of a transcript holds that was found whole on its source, as paragraphs."""
    language = re.split(r"[-+,; ]", gold.language)[0] or "en"
    split = _splitter(gold)
    turns = []
    for at, turn in enumerate(gold.turns):
        paragraphs = split(turn.text)
        off = abs(len(turn.text.split()) - turn.n_words)
        if turn.begin is not None and paragraphs and off <= 0.15 * turn.n_words + 3:
            who = turn.speaker if turn.speaker.casefold() not in ("q", "journalist", "") else ""
            turns.append(Turn([at], who, turn.role, paragraphs, set(turn.answers)))
    name = Path(gold.name).name.split(".")[0]
    return (
        Conversation(name, gold.house, language, turns, gold.roles, gold.links)
        if len(turns) > 3
        else None
    )


def _splitter(gold: Gold) -> Callable[[str], list[str]]:
    """How the text of this file's turns falls into paragraphs."""
    texts = [turn.text for turn in gold.turns if turn.text]
    rows = [row for text in texts for row in text.split("\n") if row.strip()]
    ended = sum(row.rstrip()[-1] in ENDS for row in rows) / max(1, len(rows))
    blank = any("\n\n" in text for text in texts)
    mark = (
        r"\n\s*\n"
        if blank
        else r"\n"
        if ended > 0.6 and gold.source.format != "captions"
        else r"\0"
    )
    glue = "" if dense("".join(texts)) else " "

    def split(text: str) -> list[str]:
        plain = re.sub(r"</?[a-z]{1,6}>", "", text)  # tags that a text file was left with
        parts = (re.sub(r"\s*\n\s*", glue, p) for p in re.split(mark, plain))
        return _whole((" ".join(p.split()) for p in parts if p.strip()), glue)

    return split


def _whole(parts: Iterable[str], glue: str) -> list[str]:
    """Paragraphs that a page broke in mid-sentence, put together again."""
    out: list[str] = []
    for part in parts:
        if out and out[-1][-1] not in ENDS and (part[0].islower() or part[0].isdigit()):
            out[-1] += glue + part
        else:
            out.append(part)
    return out


def stretch(rng: Random, whole: Conversation) -> Conversation:
    """Some consecutive turns, unnamed journalists told apart, cut where it grows too long."""
    n = min(len(whole.turns), rng.randint(8, 40))
    start = rng.randint(0, len(whole.turns) - n)
    turns: list[Turn] = []
    words = 0
    for turn in whole.turns[start : start + n]:
        words += sum(len(p) // 2 if dense(p) else len(p.split()) for p in turn.paragraphs)
        if words > MOST_WORDS and len(turns) > 3:
            break
        turns.append(replace(turn, who=turn.who or _unnamed(rng, turn, turns)))
    return replace(whole, turns=turns)


def _unnamed(rng: Random, turn: Turn, before: list[Turn]) -> str:
    """Somebody for a turn of nobody's: officials are one person, journalists mostly new ones."""
    if turn.role != "journalist":
        return f"?{turn.role}"
    known = [t.who for t in before if t.who.startswith("?journalist")]
    return rng.choice(known) if known and rng.random() < 0.35 else f"?journalist{turn.ids[0]}"


def shuffled(rng: Random, turns: list[Turn]) -> list[Turn]:
    """Blocks that begin with a question, in another order; an answer stays after its question."""
    place = {i: n for n, turn in enumerate(turns) for i in turn.ids}
    blocks: list[list[Turn]] = [[]]
    open_until = 0
    for n, turn in enumerate(turns):
        if n > open_until and turn.role == "journalist" and turns[n - 1].role != "journalist":
            blocks.append([])
        blocks[-1].append(turn)
        answered = [
            m for m, other in enumerate(turns) if any(place.get(a) == n for a in other.answers)
        ]
        open_until = max([open_until, *answered])
    first, *rest = blocks
    rng.shuffle(rest)
    return first + [turn for block in rest for turn in block]


# ---- made up


def made_up(rng: Random) -> Conversation:
    """A conversation of sentences that were written for it."""
    language = rng.choice([key for key, value in _toml().items() if "ask" in value])
    officials = [f"o{i}" for i in range(rng.choice((1, 1, 2)))]
    asking = [f"j{i}" for i in range(rng.randint(1, 6))]
    turns: list[Turn] = []
    if rng.random() < 0.6:
        turns.append(Turn([0], officials[0], "official", _said(rng, language, 3), set()))
    for _ in range(rng.randint(5, 14)):
        at = len(turns)
        question = _ask(rng, language)
        turns.append(Turn([at], rng.choice(asking), "journalist", [question], set()))
        turns.append(
            Turn([at + 1], rng.choice(officials), "official", _said(rng, language, 3), {at})
        )
    return Conversation(f"made_{language}", f"made-{language}", language, turns)


def _said(rng: Random, language: str, most: int) -> list[str]:
    """Some paragraphs of an answer."""
    words = vocabulary(language)
    glue = "" if words["script"] == ["dense"] else " "
    return [
        glue.join(rng.sample(words["say"], rng.randint(1, 5))) for _ in range(rng.randint(1, most))
    ]


def _ask(rng: Random, language: str) -> str:
    words = vocabulary(language)
    glue = "" if words["script"] == ["dense"] else " "
    return glue.join(
        rng.sample(words["say"], rng.choice((0, 0, 1)))
        + rng.sample(words["ask"], rng.randint(1, 2))
    )


def any_conversation(rng: Random, known: dict[str, list[Conversation]]) -> Conversation:
    """A stretch of a transcript, each house as often as any other, or one made up."""
    if rng.random() < MADE:
        return made_up(rng)
    return stretch(rng, rng.choice(known[rng.choice(sorted(known))]))
