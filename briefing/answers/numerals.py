"""What number words are worth: *three* is 3, *thirty-five thousand* 35,000, *third* 3."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from briefing.lexicons import lexicon

HUNDRED = 100
THOUSAND = 1000


@cache
def worths(name: str) -> dict[str, str]:
    """The entries `word = worth` of the list `name`, the longest words first."""
    pairs = [entry.split(" = ") for entry in lexicon(name)]
    return dict(sorted(((word, worth) for word, worth in pairs), key=lambda p: (-len(p[0]), p[0])))


@cache
def ordinals() -> dict[str, int]:
    """The ordinal numbers in words."""
    return {word: int(worth) for word, worth in worths("ordinals").items()}


@cache
def cardinals() -> dict[str, int]:
    """The cardinal numbers in words, in one word each."""
    return {word: int(worth) for word, worth in worths("number-words").items()}


def either_of(words: Iterable[str]) -> str:
    """A regular expression for any of these words, the longest first, spaces of any kind."""
    longest = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in longest)


def value_of(words: str) -> int:
    """The value of a cardinal number written in words.

    >>> value_of("thirty-five thousand"), value_of("two hundred and six"), value_of("two dozen")
    (35000, 206, 24)
    """
    total = part = 0
    for word in re.findall(r"[a-z]+", words.casefold()):
        worth = 1 if word == "a" else cardinals().get(word, 0)
        if worth < HUNDRED and word != "dozen":
            part += worth
        elif worth <= HUNDRED:
            part = max(part, 1) * worth
        else:
            total, part = total + max(part, 1) * worth, 0
    return total + part


def singular(noun: str) -> str:
    """The singular of a regular plural; other words as they are.

    >>> singular("tasks"), singular("policies"), singular("approaches"), singular("process")
    ('task', 'policy', 'approach', 'process')
    """
    noun = noun.casefold().replace("’", "'")
    for plural, one in _IRREGULAR.items():
        if noun.endswith(plural):
            return noun.removesuffix(plural) + one
    for plural, ending in (("ies", "y"), ("sses", "ss"), ("ches", "ch"), ("shes", "sh")):
        if noun.endswith(plural):
            return noun.removesuffix(plural) + ending
    if noun.endswith(("ss", "us", "is", "'s")):
        return noun
    return noun.removesuffix("s")


_IRREGULAR = {"criteria": "criterion", "people": "person", "children": "child", "women": "woman"}
_IRREGULAR |= {"men": "man", "feet": "foot", "focuses": "focus", "boxes": "box", "lives": "life"}
