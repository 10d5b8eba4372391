"""What number words are worth: *three* is 3, *thirty-five thousand* 35,000, *third* 3.

Here too are the other words of figures: units, signs, and those that say how exact one is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache

from briefing.lexicons import lexicon

DOZEN, HUNDRED, THOUSAND = 12, 100, 1000
SCALES = {"bn": 10**9, "m": 10**6, "mn": 10**6, "k": THOUSAND, "tn": 10**12}


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


@cache
def units() -> str:
    """A regular expression for any unit, in the singular or plural."""
    return either_of(f"{unit}{s}" for unit in worths("units") for s in ("", "s"))


@cache
def approximator() -> re.Pattern[str]:
    """A word before a figure that says how exact it is."""
    words = either_of(lexicon("approximators"))
    return re.compile(rf"\b({words})(?:\s+(?:an?|the|of|some))?\s*\Z", re.IGNORECASE)


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


def value_in_digits(digits: str) -> float:
    """The value of a number in digits; that of *3/4*, which may be a date, is unknown.

    >>> value_in_digits("1,540.5"), value_in_digits("2 ½"), value_in_digits(".5")
    (1540.5, 2.5, 0.5)
    """
    if "/" in digits:
        return float("nan")
    parts = sum(_PARTS[sign] for sign in digits if sign in _PARTS)
    return float(re.sub(rf"[,\s{''.join(_PARTS)}]", "", digits) or 0) + parts


def is_negative(sign: str, before: str) -> bool:
    """Does this sign make a number negative, or is it *10 minus 2, 2 -3, plus or minus 3*?

    >>> is_negative("-", "It fell by "), is_negative("-", "2 "), is_negative("minus", "plus or ")
    (True, False, False)
    """
    return bool(sign) and not (_plus().search(before) or (sign != "−" and _sum().search(before)))


@cache
def _plus() -> re.Pattern[str]:
    return re.compile(r"\bplus(?:\s+(?:or|and))?[\s,/-]*\Z", re.IGNORECASE)


@cache
def _sum() -> re.Pattern[str]:
    return re.compile(rf"(?:[\d%½¼¾]|\b(?:{either_of(cardinals())}|percent))\s*\Z", re.IGNORECASE)


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


_PARTS = {"½": 0.5, "¼": 0.25, "¾": 0.75}
_IRREGULAR = {"criteria": "criterion", "people": "person", "children": "child", "women": "woman"}
_IRREGULAR |= {"men": "man", "feet": "foot", "focuses": "focus", "boxes": "box", "lives": "life"}
