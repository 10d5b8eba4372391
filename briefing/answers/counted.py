"""What stands around a figure: its unit, what it counts, how exact it is; ranges and ratios.

There is no grammar here, only lists and one rule: what is counted is the noun phrase right after
the figure (or after its unit and *of*), up to its first plural, at most four words and never past
a function word or a sign. *18.3 million registered users* counts *registered users*, *268
kilometres of sea cable* *sea cable*; a verb that looks like a plural is taken for one.
"""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from itertools import pairwise

from briefing.answers.amounts import NEAR, Figure
from briefing.answers.numerals import HUNDRED, approximator, either_of, singular, units, worths
from briefing.lexicons import lexicon

_WORD = r"[^\W\d_](?:[\w'’&-]*[^\W_])?"
_PERCENT = re.compile(
    r"\s*%|[\s-](?:percent|per\s+cent|pct)(?:age)?(?:\s+points?)?\b|[\s-]basis[\s-]points?\b",
    re.IGNORECASE,
)
_RATE = re.compile(
    r"\s+(?:per|an?|each|every)\s+(second|minute|hour|day|night|week|month|quarter|year|person|"
    r"capita|household|head|barrel|gallon|tonne|ton|kilometre|kilometer|mile)\b",
    re.IGNORECASE,
)
_AFTER_APPROX = re.compile(
    r"\s*(?:\+|(?:or\s+(?:so|more|less|fewer|over|older|under)|plus)\b)", re.I
)
_TIMES = ("day", "night", "week", "month", "quarter", "year", "decade", "century")
_OF = re.compile(r"\s+of\s+", re.IGNORECASE)
_MORE = re.compile(r"\s+(?:more|other|such|very)(?=\s)", re.IGNORECASE)
_OF_THE = re.compile(r"\s+of\s+(?:the|these|those|our|their|its|his|her|my|your|all)\s+", re.I)
_DETERMINER = re.compile(r"(?:the|these|those|our|their|its|his|her|my|your|all|an?)\s+", re.I)
_RANGE = re.compile(r"\s*(?:-|‐|‑|–|—)\s*|\s+(?:to|or)\s+", re.IGNORECASE)
_BETWEEN = re.compile(r"\b(?:between|from)\s+(?:\w+\s+)?\Z", re.IGNORECASE)
_NAME = re.compile(r"(?<=[\w,] )[A-Z][A-Za-z]+\s\Z")
_AND = re.compile(r"\s+(?:and|to)\s+", re.IGNORECASE)
_IN = re.compile(r"\s+(?:in|out\s+of)\s+(?:every\s+)?", re.IGNORECASE)


def with_context(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures with all that is known of them; two that make a ratio are one."""
    read = [_with_noun(_with_unit(text, figure), text) for figure in figures]
    read = [replace(f, kind="label") if _is_name(text, f) else f for f in read]
    read = [replace(figure, approx=_approx(text, figure)) for figure in read]
    return _ranges(text, _ratios(text, read))


def _is_name(text: str, figure: Figure) -> bool:
    """*Area 51, World War Two*: a bare number after a capital letter, inside the sentence."""
    before = _NAME.search(text, max(0, figure.start - NEAR), figure.start)
    if not (before and figure.bare and before.start() and figure.scale <= HUNDRED):
        return False
    return figure.scale == 1 if figure.form == "digits" else text[figure.start].isupper()


def _with_unit(text: str, figure: Figure) -> tuple[Figure, int]:
    """The figure with its unit, and where the noun may begin."""
    if figure.kind not in ("cardinal", "money", "fraction"):
        return figure, -1
    percent = _PERCENT.match(text, figure.stop)
    if percent:
        words = percent[0].casefold()
        unit = "percentage point" if "point" in words else "percent"
        unit = "basis point" if "basis" in words else unit
        return replace(figure, kind="percent", unit=unit), percent.end()
    if figure.kind == "money":
        word = _money().match(text, figure.stop)
        return figure, word.end() if word else figure.stop
    for expression, kind, names in ((_money(), "money", "currencies"), (_unit(), "", "units")):
        match = expression.match(text, figure.stop)
        if match and (figure.kind == "cardinal" or match["article"]):
            unit = _name(match["unit"], names)
            return replace(figure, kind=kind or figure.kind, unit=unit), match.end()
    return figure, figure.stop


def _with_noun(read: tuple[Figure, int], text: str) -> Figure:
    """The figure with what it counts, and *per month* and the like."""
    figure, at = read
    if at < 0:
        return figure
    rate = _RATE.match(text, at)
    if rate and (figure.unit or figure.kind == "cardinal"):
        unit = f"{figure.unit} per {rate[1].casefold()}".strip()
        return replace(figure, unit=unit)
    counted, end = _counted(text, at, figure)
    rate = _RATE.match(text, end)
    if counted and rate and not figure.unit:
        return replace(figure, counted=counted, unit=f"per {rate[1].casefold()}")
    return replace(figure, counted=counted)


def _counted(text: str, at: int, figure: Figure) -> tuple[str, int]:
    if figure.unit or figure.kind == "fraction":
        of = _OF.match(text, at)
        if not of:
            return "", at
        determiner = _DETERMINER.match(text, of.end())
        return _phrase(text, determiner.end() if determiner else of.end(), plural=False, most=3)
    if text[at : at + 1] in ("-", "‐", "‑"):
        return "", at
    of = _OF_THE.match(text, at)
    return _phrase(text, of.end() if of else at, plural=True, most=4)


def _phrase(text: str, at: int, *, plural: bool, most: int) -> tuple[str, int]:
    """The noun phrase that begins here, and its end."""
    words = []
    more = _MORE.match(text, at) if plural else None
    at = more.end() if more else at
    for _ in range(most):
        match = _word().match(text, at)
        if not match:
            break
        words.append(match[1])
        at = match.end()
        if singular(match[1]) != match[1].casefold().replace("’", "'"):
            return " ".join(words), at
    return ("", at) if plural else (" ".join(words), at)


def _approx(text: str, figure: Figure) -> str:
    before = approximator().search(text, max(0, figure.start - NEAR), figure.start)
    if before and not (before[1].casefold() == "over" and figure.unit in _TIMES):
        return " ".join(before[1].casefold().split())
    after = _AFTER_APPROX.match(text, figure.stop)
    return after[0].strip().casefold() if after else ""


def _ratios(text: str, figures: list[Figure]) -> list[Figure]:
    """*One in nine*: a figure of its own in the place of the two."""
    kept: list[Figure] = []
    for figure in figures:
        before = kept[-1] if kept else None
        if before and _could_be_ratio(before, figure):
            between = _IN.fullmatch(text, _end_of_noun(text, before), figure.start)
            if between and before.value < figure.value <= 1000:
                kept.pop()
                value = before.value / figure.value
                counted = before.counted or figure.counted
                figure = replace(
                    before, stop=figure.stop, value=value, kind="ratio", counted=counted
                )
        kept.append(figure)
    return kept


def _could_be_ratio(first: Figure, second: Figure) -> bool:
    """*One in nine adults* may; *two in 12 states* may not."""
    if first.kind != "cardinal" or first.unit or second.kind != "cardinal" or second.unit:
        return False
    return second.bare or (first.value == 1 and not first.counted)


def _end_of_noun(text: str, figure: Figure) -> int:
    """Where what a figure counts ends, if that follows at once; one word after *one*."""
    noun = _word().match(text, figure.stop) if figure.value == 1 else None
    if not noun and figure.counted:
        words = r"\s+".join(map(re.escape, figure.counted.split()))
        noun = re.compile(rf"\s+{words}").match(text, figure.stop)
    return noun.end() if noun else figure.stop


def _ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """*67 to 110 square kilometres*: the first has the unit and the noun of the second."""
    read = figures[-1:]
    for first, second in reversed(list(pairwise(figures))):
        second = read[0]
        in_money = _in_money(first, second)
        if in_money or (first.bare and second.kind in ("cardinal", "money", "percent", "time")):
            joined = _RANGE.fullmatch(text, first.stop, second.start)
            joined = joined or (
                _BETWEEN.search(text, max(0, first.start - NEAR), first.start)
                and _AND.fullmatch(text, first.stop, second.start)
            )
            if joined:
                if in_money and second.bare:
                    second = read[0] = replace(second, kind="money", unit=first.unit)
                first = _like(first, second)
        elif first.kind == "date" and second.bare:
            if _AND.fullmatch(text, first.stop, second.start) and second.value <= 31:
                read[0] = replace(second, kind="date")
        read.insert(0, first)
    return read


def _in_money(first: Figure, second: Figure) -> bool:
    """May *$2* to *$3 billion* share the scale? Not *$500 to $2 million*."""
    if first.kind != "money" or first.scale != 1 or second.scale == 1:
        return False
    same = second.bare or (second.kind == "money" and second.unit.split(" per ")[0] == first.unit)
    return same and not first.counted and abs(first.value) < 10 * abs(second.value) / second.scale


def _like(first: Figure, second: Figure) -> Figure:
    scale = second.scale if first.scale == 1 and abs(first.value) < 1000 else 1
    if scale == HUNDRED and abs(first.value) * scale >= abs(second.value):
        scale = 1  # *fifty to two hundred*
    return replace(
        first,
        value=first.value * scale,
        kind=second.kind,
        unit=second.unit,
        counted=second.counted,
    )


def _name(word: str, names: str) -> str:
    word = " ".join(word.casefold().split())
    known = worths(names)
    return known.get(word) or known.get(word.removesuffix("s")) or known.get(singular(word), word)


@cache
def _unit() -> re.Pattern[str]:
    """A unit, after *an* of *half an hour*, or with one word before it (*working days*)."""
    word = rf"(?:(?:more\b|(?!(?:{_ends()})\b){_WORD})\s+)??"
    return re.compile(
        rf"(?:[\s-]+)(?P<article>an?\s+)?{word}(?P<unit>{units()})(?![\w'’])", re.IGNORECASE
    )


@cache
def _money() -> re.Pattern[str]:
    names = [
        name for name in worths("currencies") if name.replace(" ", "").replace(".", "").isalpha()
    ]
    either = either_of(f"{name}{s}" for name in names for s in ("", "s"))
    return re.compile(rf"[\s-]+(?P<article>an?\s+)?(?P<unit>{either})\b", re.IGNORECASE)


@cache
def _word() -> re.Pattern[str]:
    return re.compile(rf"\s*(?!(?:{_ends()})\b)({_WORD})", re.IGNORECASE)


def _ends() -> str:
    return either_of(lexicon("head-ends") | {"ago", "later", "earlier", "times"})
