"""Cue expressions, and what a turn does by its words: ask, open, close, give the floor, thank.

Ignoring case at every character takes time, so the text is lower-cased once, and expressions that
begin with a non-ASCII letter are only sought if the text has one.

These tests serve to find roles and links; they do not measure anything and say nothing about how
good a question or an answer is.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from briefing.lexicons import Patterns, any_of, begins_a_word, entries, kinds, lexicon, pattern

CUE = Patterns("cues")
PARTS = re.compile(r"\\.|\[[^\]]{0,200}\]|.", re.DOTALL)  # whole bracketed sets of an expression


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, or breaks off with a dash or dots."""
    return not text[-1:].isalnum() and _ends_sentence(text[-40:])


@lru_cache(maxsize=20_000)
def _ends_sentence(tail: str) -> bool:
    return bool(CUE.ends_sentence.search(tail))


class Cues:
    """The expressions of some lists; `search` says whether any occurs in a text."""

    def __init__(self, *names: str) -> None:
        """Compile the entries, keeping apart those that no ASCII text can match."""
        written = [_small(entry) for name in names for entry in entries(name)]
        every = sorted(written, key=begins_a_word)
        beyond = [*filter(_beyond, every)]
        self._plain = re.compile(any_of(entry for entry in every if not _beyond(entry)))
        self._beyond = re.compile(any_of(beyond)) if beyond else None

    def search(self, text: str) -> bool:
        """Whether any of the expressions occurs in `text`."""
        small = _levelled(text)
        if self._plain.search(small):
            return True
        return bool(self._beyond and not small.isascii() and self._beyond.search(small))


def _beyond(entry: str) -> bool:
    """Whether an expression begins with a letter, or one of several, that is not ASCII."""
    first = PARTS.search(entry.removeprefix(r"\b"))
    return bool(first and not any(c.isascii() for c in first[0].strip("[]")))


@lru_cache(maxsize=100)
def _levelled(text: str) -> str:
    """`text` in lower case, with letters that `re.IGNORECASE` equates made the same."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")


def _small(entry: str) -> str:
    return "".join(p if p[0] == "\\" else _levelled(p) for p in PARTS.findall(entry))


@cache
def cues(name: str) -> Cues:
    """The list `cue-NAME`, compiled on first use."""
    return Cues(f"cue-{name}")


@lru_cache(maxsize=1_000)
def length(text: str) -> int:
    """The approximate number of words: two characters of an unspaced script count as one."""
    words = len(text.split())
    return words if text.isascii() else words + len(CUE.unspaced.findall(text)) // 2


def has_question_mark(text: str) -> bool:
    """Whether a question ends, or begins with its mark, somewhere in `text`."""
    mark = CUE.question_mark.search(text)
    return bool(mark and CUE.asks.search(text, 0 if mark[0] == "¿" else mark.start()))


def ends_asking(text: str) -> bool:
    """Whether the last sentence is a question, by its mark or by a closing particle."""
    tail = text[-12:]
    if tail.isascii():
        return "?" in tail[-4:]
    return has_question_mark(tail[-4:]) or bool(CUE.particle.search(tail))


def asks_question(text: str) -> bool:
    """Whether there is a question mark or particle, or a request that needs none."""
    if has_question_mark(text):
        return True
    if not text.isascii() and (
        CUE.particle.search(text[-12:]) or CUE.sentence_particle.search(text)
    ):
        return True
    head = text[:600]
    worded = cues("takes-floor").search(head) or cues("inverted").search(head)
    return worded and not pattern("cue-thanks-for-question").match(text)


def is_call(text: str) -> bool:
    """Whether it is just a name: `Nick.`, `Mr. Tallow, please.`, but not `Yes.`."""
    return bool(CUE.call.fullmatch(text)) and not pattern("cue-assents").match(text)


def gives_floor(text: str) -> bool:
    """Whether a turn gives somebody the floor and says almost nothing else."""
    if length(text) > 40:
        return False
    gives = cues("gives-floor")
    parts = [p for p in CUE.sentences.split(text) if p]
    if not any(map(gives.search, parts)):
        return False
    rest = [p for p in parts if not gives.search(p) and not p.rstrip().endswith(("?", "—", "-"))]
    return sum(length(p) for p in rest if not is_small(p)) < 5


def is_small(text: str) -> bool:
    """Whether there is nothing but greetings, thanks and names."""
    small = lexicon("small-talk")
    words = re.findall(r"[\w’']+", text)
    return all(w.casefold() in small or w[0].isupper() and i for i, w in enumerate(words))


def titled_names(text: str) -> set[str]:
    """The names, folded, that a question uses with a title: `Mr. Tallow` gives `tallow`."""
    if not has_question_mark(text):
        return set()
    titles = lexicon("titles")
    found = CUE.titled.findall(text[:400])
    return {name.casefold() for title, name in found if title.casefold() in titles}


class Saying(NamedTuple):
    """What a turn does, judged by its words alone, as numbers."""

    words: int
    marks: int  # question marks
    asks: bool  # by a mark, a particle or a wording
    ends: bool  # in a question
    requests: bool  # is worded as a request or a question, even without a mark
    # what only a short turn does
    gives_only: bool  # hands over the floor and does nothing else
    call: bool  # a name and nothing else
    small: bool  # greetings and thanks and nothing else
    back: bool  # asks what was meant
    unheard: bool
    # how it begins
    thanks: bool
    thanks_for_question: bool
    adds: bool
    assents: bool
    to_chair: bool  # speaks to whoever presides
    introduces: bool  # gives a name and an outlet
    you: float  # per word
    we: float
    # what hosts do
    gives: bool  # hands over the floor
    opens: bool
    takes_questions: bool
    moderates: bool
    cut: bool  # breaks off


@lru_cache(maxsize=8_192)
def saying(text: str) -> Saying:
    """What the turn `text` does, judged by its beginning, its end and its marks."""
    words, head, tail = _size(text), text[:240], text[-240:]
    gives = words <= 350 and cues("gives-floor").search(tail[-160:])
    hosts = (
        gives,
        words > 3 and cues("opens").search(head[:100]),
        "question" in tail and cues("takes-questions").search(tail),
        "moderat" in text[:600] and cues("moderates").search(text[:600]),
        bool(CUE.cut_off.search(text[-8:])),
    )
    short = _short(text, words, gives) if words <= 40 else (False,) * 5
    return Saying(words, *_asking(text, words), *short, *_beginning(head), *_persons(head), *hosts)


def _asking(text: str, words: int) -> tuple[int, bool, bool, bool]:
    marks = text.count("?") + (0 if text.isascii() else text.count("？") + text.count("؟"))
    sample = text[:240] if words < 45 else text[:160] + text[-160:]
    requests = not marks and words < 200 and cues("requests").search(sample)
    ends = ends_asking(text)
    return marks, bool(marks or requests or ends), ends, requests


def _short(text: str, words: int, gives: bool) -> tuple[bool, bool, bool, bool, bool]:
    few = words <= 12
    heard = CUE.bracketed.sub("", text).strip(" .") if few and text[:1] in "[(（" else text
    return (
        gives and gives_floor(text),
        words <= 6 and is_call(text),
        few and is_small(text),
        cues("asks-back").search(text),
        few and (len(heard) < 3 or bool(CUE.unheard.search(text))),
    )


def _beginning(head: str) -> tuple[bool, bool, bool, bool, bool, bool]:
    first = head[:120] if len(head) > 50 else ""
    introduces = CUE.introduces.search(first) or not first.isascii() and CUE.reporter.search(first)
    return (
        bool(CUE.thanks.match(head)),
        bool(pattern("cue-thanks-for-question").match(head)),
        bool(pattern("cue-adds").match(head)),
        bool(pattern("cue-assents").match(head)),
        bool(CUE.to_chair.match(head)),
        bool(introduces),
    )


@cache
def _person_words() -> tuple[frozenset[str], frozenset[str]]:
    listed = kinds("persons")
    return frozenset(listed["you"]), frozenset(listed["we"])


def _persons(head: str) -> tuple[float, float]:
    words = head.lower().split() or [""]
    you, we = (sum(map(said.__contains__, words)) for said in _person_words())
    return you / len(words), we / len(words)


def _size(text: str) -> int:
    """The approximate number of words, by spaces or, in unspaced scripts, by characters."""
    spaces = text.count(" ") + text.count("\n") + 1
    return len(text) // 2 if len(text) > 14 * spaces and not text.isascii() else spaces
