"""The figures of one sentence: where they are, what they are worth, which kind they are.

Digits with their sign and scale (*18.3 million*, *$5bn*), number words (*twenty-one*, *half a
million*), fractions in words (*two thirds*) and clock times. *One* is a figure only inside a
larger one, in *one in nine*, *one third*, or before a unit; elsewhere it is mostly a pronoun.
Figures that are part of a name (*5G, COVID-19, G20*) or of an address are none.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache

from briefing.answers.numerals import (
    DOZEN,
    HUNDRED,
    SCALES,
    THOUSAND,
    approximator,
    cardinals,
    either_of,
    is_negative,
    units,
    value_in_digits,
    value_of,
    worths,
)
from briefing.lexicons import lexicon

NEAR = 40  # characters looked at on each side
MONTHS = "january february march april may june july august september october november december"
MONTHS += " jan feb mar apr jun jul aug sep sept oct nov dec"


@dataclass(frozen=True)
class Figure:
    """One figure; places are characters of the sentence."""

    start: int
    stop: int
    value: float
    form: str  # digits or words
    kind: str
    unit: str = ""
    counted: str = ""
    approx: str = ""
    scale: float = 1

    @property
    def bare(self) -> bool:
        """Is it a number and nothing more is known of it?"""
        return self.kind == "cardinal" and not self.unit and not self.counted


def find_figures(text: str) -> list[Figure]:
    """The figures of one sentence, in order, without unit and what is counted."""
    if not _hint().search(text):
        return []
    return [figure for m in _figure().finditer(text) for figure in [_read(m)] if figure]


def _read(match: re.Match[str]) -> Figure | None:
    if match["address"]:
        return None
    if match["clock"]:
        return Figure(*match.span(), float("nan"), "digits", "time")
    if match["fraction"]:
        figure = _fraction(match)
    else:
        figure = _in_digits(match) if match["digits"] else _in_words(match)
    if not (figure and match["sign"]):
        return figure
    negative = is_negative(match["sign"].strip(), match.string[: match.start()])
    if negative and figure.kind in ("cardinal", "money"):
        return replace(figure, value=-figure.value)
    return replace(figure, start=match.end("sign"))


def _in_digits(match: re.Match[str]) -> Figure:
    digits, suffix = match["digits"], (match["suffix"] or "").casefold()
    value = value_in_digits(digits) + (0.5 if match["half_before"] else 0)
    word = (match["scale"] or suffix).casefold()
    scale = SCALES.get(word) or cardinals().get(word, 1)
    value += 0.5 if match["half_after"] else 0  # of the scale: *two million and a half*
    figure = Figure(*match.span(), round(value * scale, 6), "digits", "cardinal", scale=scale)
    if match["currency"]:
        unit = worths("currencies").get(match["currency"].casefold().strip(), "dollar")
        return replace(figure, kind="money", unit=unit)
    return replace(figure, kind=_kind(digits, suffix, match))


def _beside(match: re.Match[str]) -> tuple[str, str]:
    """What stands near it on either side."""
    start, stop = max(match.start(), match.end("sign")), match.end()
    return match.string[max(0, start - NEAR) : start], match.string[stop : stop + NEAR]


def _kind(digits: str, suffix: str, match: re.Match[str]) -> str:
    """What the digits and the words beside them say by themselves."""
    before, after = _beside(match)
    if "/" in digits:
        return "date" if digits.count("/") == 2 or _by_month(before, after) else "label"
    if suffix in ("st", "nd", "rd", "th"):
        return "date" if _by_month(before, after) or _ON_THE.search(before) else "ordinal"
    if _CLOCK.match(after):
        return "time"
    if suffix == "s" or (len(digits) == 2 and before.endswith(("'", "’", "‘"))):
        return "year" if len(digits) in (2, 4) else "label"
    if _label().search(before) or _LIST.match(f"{before}#{after}"):
        return "label"
    year = len(digits) == 4 and digits.isdigit() and 1600 <= int(digits) <= 2100
    if _by_month(before, after) and len(digits) < 3 and not match["scale"]:
        return "date"
    return "year" if not match["scale"] and year and _is_year(before, after) else "cardinal"


def _is_year(before: str, after: str) -> bool:
    """Is a number that could be a year one? Not before a unit, or a noun without *in, the*."""
    if re.match(rf"(?:\s*%|\s+(?:percent|per\s+cent|{units()})\b)", after, re.IGNORECASE):
        return False
    return bool(_YEAR_BEFORE.search(before)) or not re.match(r"\s+[a-z]+s\b", after)


def _by_month(before: str, after: str) -> bool:
    return bool(_month_before().search(before) or _month_after().match(after))


def _in_words(match: re.Match[str]) -> Figure | None:
    words = match["words"]
    value, last = float(value_of(words)), value_of(re.split(r"[\s-]+", words)[-1])
    scale = last if last >= HUNDRED and last <= value else 1
    if match["half"]:
        value *= 0.5
    if match["and_half"]:
        value += 0.5 * (last if last >= THOUSAND or last == DOZEN else 1)
    if match["point"]:
        digits = [str(value_of(word)) for word in match["point"].split()]
        value = float(f"{value:.0f}.{''.join(digits)}")
    if match["times"] and scale == 1:
        scale = value_of(match["times"])
        value = round(value * scale, 6)
    if value == 1 and not _after_one().match(match.string, match.end()):
        return None
    before, after = _beside(match)
    kind = "time" if _CLOCK.match(after) else "label" if _label().search(before) else "cardinal"
    return Figure(*match.span(), value, "words", kind, scale=scale)


def _fraction(match: re.Match[str]) -> Figure | None:
    """A third, two thirds, and half where it is a share: *half of, more than half*."""
    if match["parts"] is None:
        before, after = _beside(match)
        if _HALF_YEAR.search(before):
            return None
        share = _HALF_OF.match(after) or (approximator().search(before) and _STOPS.match(after))
        return Figure(*match.span(), 0.5, "words", "fraction") if share else None
    parts = match["parts"].casefold().removesuffix("s")
    below = {"half": 2, "halve": 2, "quarter": 4}.get(parts) or _PARTS[parts]
    above = value_of(match["above"]) if match["above"] else 1
    scale, kind = (value_of(match["of"]), "cardinal") if match["of"] else (1, "fraction")
    return Figure(*match.span(), max(above, 1) / below * scale, "words", kind, scale=scale)


_HALF_OF = re.compile(r"\s+(?:of|the|our|their|its|his|her|all|an?)\b", re.IGNORECASE)
_HALF_YEAR = re.compile(r"\b(?:first|second|other|latter|front|back|and\s+a)\s+\Z", re.IGNORECASE)
_STOPS = re.compile(r"\s*(?:[.,;:!?)—–]|\Z)")
_PARTS = {"third": 3, "fourth": 4, "fifth": 5, "sixth": 6, "seventh": 7, "eighth": 8}
_PARTS |= {"ninth": 9, "tenth": 10}
_CLOCK = re.compile(
    r"\s*(?:[ap]\.?m\b|o['’]clock\b|GMT\b|hours\s+GMT\b|"
    r"in\s+the\s+(?:morning|afternoon|evening)\b)",
    re.IGNORECASE,
)
_ON_THE = re.compile(r"\b(?:on|by|until|till|since)\s+the\s+\Z", re.IGNORECASE)
_LIST = re.compile(r"\s*\(?#[).]\s")
_YEAR_BEFORE = re.compile(
    r"\b(?:in|since|by|from|until|till|of|to|for|before|after|during|the|year|early|mid|late|"
    r"through|between|and|fiscal|fy)[\s-]+\Z|[-–/]\s*\Z",
    re.IGNORECASE,
)


@cache
def _hint() -> re.Pattern[str]:
    words = [*cardinals(), "half", "third", "thirds", "fifth", "quarter", "quarters", "fifths"]
    return re.compile(rf"\d|[½¼¾]|\b(?:{either_of(words)})\b", re.IGNORECASE)


@cache
def _label() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{either_of(lexicon('labelled-nouns'))})\s*\Z", re.IGNORECASE)


@cache
def _month_before() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{'|'.join(MONTHS.split())})\.?\s+(?:the\s+)?\Z", re.IGNORECASE)


@cache
def _month_after() -> re.Pattern[str]:
    return re.compile(rf"\s+(?:of\s+)?(?:{'|'.join(MONTHS.split())})\b", re.IGNORECASE)


@cache
def _after_one() -> re.Pattern[str]:
    """What makes *one* a figure: a unit but *one day*, or *one in nine*."""
    number = rf"(?:{either_of(cardinals())}|\d+)"
    unit = rf"(?!(?:days?|bits?)\b)(?:{units()}|percent|per\s+cent)"
    return re.compile(
        rf"[\s-]+(?:{unit}|(?:\w+\s+)?(?:in|out\s+of)\s+{number}|(?:or|to)\s+{number})\b",
        re.IGNORECASE,
    )


@cache
def _figure() -> re.Pattern[str]:
    """Digits with sign and scale, number words, fractions, clock times; addresses to skip."""
    worth = cardinals()
    ones = either_of(w for w in worth if worth[w] < 20 and w != "dozen")
    tens = either_of(w for w in worth if 20 <= worth[w] < HUNDRED)
    scales = either_of(w for w in worth if worth[w] >= THOUSAND)
    low = rf"(?:(?:{tens})(?:[-‐‑\s](?:{ones}))?|(?:{ones}))"
    hundreds = rf"(?:(?:{low}|a)[\s-]+(?:hundred|dozen)(?:\s+(?:and\s+)?{low})?|{low})"
    words = (
        rf"(?:{hundreds}|a)[\s-]+(?:{scales})(?:,?\s+(?:and\s+)?{hundreds}(?:\s+(?:{scales}))?)*"
    )
    marks = either_of(w for w in worths("currencies") if not w.isalpha() and " " not in w)
    money = rf"(?:{marks}|rmb|usd|eur|gbp|chf)\s?"
    minus = rf"(?<![^\s(\[“‘\"'])[-−](?=(?:{money})?\.?\d)|(?<![\w/-])minus\s+"
    half = r"\s+and\s+a\s+half\b"
    parts = rf"halves|half|quarters?(?=\s+of\b)|(?:{'|'.join(_PARTS)})s?"
    above = rf"(?P<above>{low}|an?(?=\s+\w+\s+of\b))"
    return re.compile(
        rf"(?P<address>(?:https?://|www\.)\S+|\S+@\S+)"
        rf"|(?P<clock>(?<![\w:.,])\d\d?(?::\d\d){{1,3}}(?![\w:]))(?:\s*[ap]\.?m\b\.?)?"
        rf"|(?P<sign>(?:{minus})(?!\d\d?:\d))?(?:(?<![\w.])(?P<currency>{money})?"
        rf"(?<![A-Za-z_]-)(?<![\w.,])(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|"
        rf"\d+(?:/\d+)+|(?:\d+\s?)?[½¼¾]|\d+(?:\.\d+)?|\.\d+)"
        rf"(?P<suffix>(?:st|nd|rd|th|s|bn|mn|m|k|tn))?(?![\w]|[.,]\d)"
        rf"(?P<half_before>{half})?(?:[\s-](?P<scale>hundred|{scales}|bn|tn)\b"
        rf"(?P<half_after>{half})?)?"
        rf"|\b(?P<fraction>{above}[\s-](?P<parts>{parts})(?:\s+of\s+an?\s+(?P<of>{scales}))?|half(?!\s+a\s+(?:{scales}|dozen)))\b"
        rf"|\b(?P<half>half\s+(?=a\s+))?(?P<words>{words}|{hundreds})\b"
        rf"(?:(?:(?P<and_half>{half})|\s+point(?P<point>(?:\s+(?:{ones}))+))"
        rf"(?:[\s-]+(?P<times>{scales}))?)?\b)",
        re.IGNORECASE,
    )
