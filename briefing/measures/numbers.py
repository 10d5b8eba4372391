"""The figures in a text: value, unit, what they count, and how exact they are.

Answers with figures can be checked, so figures are worth listing before they are counted.

Digits with their sign and scale (*18.3 million*, *$5bn*), number words (*twenty-one*, *half a
million*), fractions in words (*two thirds*) and clock times. *One* is a figure only inside a larger
one, in *one in nine*, *one third*, or before a unit; otherwise it is mostly a pronoun. Figures that
are part of a name (*5G, COVID-19, G20*) or of an address do not count.

The unit of a figure is found by lists, and what it counts by a single rule without grammar: the
noun phrase right after the figure (or after its unit and *of*), up to its first plural, at most
four words and never past a function word or punctuation. *18.3 million registered users* counts
*registered users*, *268 kilometres of sea cable* *sea cable*; a verb that looks like a plural is
mistaken for one.

References
----------
Channell, J. (1994). Vague language. Oxford University Press. (approximators)
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from functools import cache
from itertools import filterfalse, pairwise
from typing import Any, NamedTuple

import pandas as pd

from briefing.lexicons import ENGLISH_MONTHS, Patterns, months, worths
from briefing.lexicons.languages import made_for_english
from briefing.lexicons.stage import without_stages
from briefing.tables import SENTENCES, data
from briefing.words.groups import TURN_KEYS, finish, found_in, typed

DOZEN, HUNDRED, THOUSAND = 12, 100, 1000
SCALES = {"bn": 10**9, "m": 10**6, "mn": 10**6, "k": THOUSAND, "tn": 10**12}


@cache
def ordinals() -> dict[str, int]:
    """The ordinal numbers in words."""
    return {word: int(worth) for word, worth in worths("ordinals").items()}


@cache
def cardinals() -> dict[str, int]:
    """The single-word cardinal numbers."""
    return {word: int(worth) for word, worth in worths("number-words").items()}


def _with_plurals(words: Iterable[str]) -> list[str]:
    return [f"{word}{s}" for word in words for s in ("", "s")]


def _in_letters(currency: str) -> bool:
    return re.sub(r"[ .]", "", currency).isalpha()


def _between(least: int, below: float) -> list[str]:
    """The number words with values from `least` up to `below`."""
    words = cardinals().items()
    return [word for word, worth in words if least <= worth < below and word != "dozen"]


FORMS = Patterns(
    "numbers",
    cardinals=cardinals,
    ones=lambda: _between(0, 20),
    tens=lambda: _between(20, HUNDRED),
    scales=lambda: _between(THOUSAND, math.inf),
    thirds=lambda: [word for word, worth in ordinals().items() if 3 <= worth <= 10],
    months=lambda: [*ENGLISH_MONTHS, *months("of other calendars")],
    units=lambda: _with_plurals(worths("units")),
    currency_marks=lambda: filterfalse(_in_letters, worths("currencies")),
    currency_names=lambda: _with_plurals(filter(_in_letters, worths("currencies"))),
)


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
    """The value of a number in digits; unknown for *3/4*, which may be a date.

    >>> value_in_digits("1,540.5"), value_in_digits("2 ½"), value_in_digits(".5")
    (1540.5, 2.5, 0.5)
    """
    if "/" in digits:
        return float("nan")
    digits = re.sub(r"\A(\d+),(\d\d?)\Z", r"\1.\2", digits)  # 5,5 percent
    parts = sum(_PARTS_OF_NUMBER[sign] for sign in digits if sign in _PARTS_OF_NUMBER)
    return float(re.sub(rf"[,\s{''.join(_PARTS_OF_NUMBER)}]", "", digits) or 0) + parts


def is_negative(sign: str, before: str) -> bool:
    """Does this sign make a number negative, or is it *10 minus 2, 2 -3, plus or minus 3*?

    >>> is_negative("-", "It fell by "), is_negative("-", "2 "), is_negative("minus", "plus or ")
    (True, False, False)
    """
    return bool(sign) and not (
        FORMS.plus.search(before) or (sign != "−" and FORMS.sum.search(before))
    )


def singular(noun: str) -> str:
    """The singular of a regular plural; other words as they are.

    >>> singular("tasks"), singular("policies"), singular("approaches"), singular("process")
    ('task', 'policy', 'approach', 'process')
    """
    noun = noun.casefold().replace("’", "'")
    for plural, one in data("briefing.lexicons", "word-forms.toml")["singulars"].items():
        if noun.endswith(plural):
            return noun.removesuffix(plural) + str(one)
    return noun if noun.endswith(("ss", "us", "is", "'s")) else noun.removesuffix("s")


_PARTS_OF_NUMBER = {"½": 0.5, "¼": 0.25, "¾": 0.75}


TIMES = ("day", "night", "week", "month", "quarter", "year", "decade", "century")
NEAR = 40  # characters examined on each side


@dataclass(frozen=True)
class Figure:
    """One figure; positions are characters of the sentence."""

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
        """Is it a number about which nothing more is known?"""
        return self.kind == "cardinal" and not self.unit and not self.counted


def find_figures(text: str) -> list[Figure]:
    """The figures of one sentence in order, without units and what they count."""
    if not FORMS.hint.search(text):
        return []
    return [figure for m in FORMS.figure.finditer(text) for figure in [_read(m)] if figure]


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
    point = FORMS.point.search(match.string, 0, match.start())
    if point and digits.isdigit():  # up by point 3
        return replace(figure, start=point.start(1), value=value / 10 ** len(digits))
    if match["currency"]:
        unit = worths("currencies").get(match["currency"].casefold().strip(), "dollar")
        return replace(figure, kind="money", unit=unit)
    figure = replace(figure, kind=_kind(digits, suffix, match))
    if figure.kind == "year" and suffix == "s" and 30 <= value <= 90:
        return replace(figure, value=1900 + value)  # the 70s
    return figure


def _beside(match: re.Match[str]) -> tuple[str, str]:
    """The context on both sides."""
    start, stop = max(match.start(), match.end("sign")), match.end()
    return match.string[max(0, start - NEAR) : start], match.string[stop : stop + NEAR]


class Printed(NamedTuple):
    """A number in digits, with the context on both sides."""

    digits: str
    suffix: str
    scaled: bool
    before: str
    after: str

    @property
    def by_month(self) -> bool:
        """Is it next to the name of a month?"""
        before, after = FORMS.month_before.search(self.before), FORMS.month_after.match(self.after)
        return bool(before or after)

    @property
    def ordinal(self) -> bool:
        """Is it *21st*?"""
        return self.suffix in ("st", "nd", "rd", "th")

    @property
    def decade(self) -> bool:
        """Is it *1990s*, or *'98*?"""
        return self.suffix == "s" or len(self.digits) == 2 and self.before.endswith(("'", "’", "‘"))

    @property
    def year(self) -> bool:
        """Is it a year? Not before a unit, or a noun without *in, the*."""
        plain = len(self.digits) == 4 and self.digits.isdigit() and not self.scaled
        if not (plain and 1600 <= int(self.digits) <= 2100) or FORMS.no_year.match(self.after):
            return False
        in_the = FORMS.year_before.search(self.before)
        return bool(in_the or not FORMS.plural.match(self.after))

    @property
    def named(self) -> bool:
        """Is it part of a name, or of a list: *No. 3*, *Article 5*?"""
        listed = FORMS.list.match(f"{self.before}#{self.after}")
        return bool(FORMS.label.search(self.before) or listed)


# what the digits and the words beside them show by themselves: the first that fits, or a cardinal
KINDS: tuple[tuple[str, Callable[[Printed], object]], ...] = (
    ("date", lambda n: n.digits.count("/") == 2 or "/" in n.digits and n.by_month),
    ("label", lambda n: "/" in n.digits),
    ("date", lambda n: n.ordinal and (n.by_month or FORMS.on_the.search(n.before))),
    ("ordinal", lambda n: n.ordinal),
    ("time", lambda n: FORMS.clock.match(n.after)),
    ("cardinal", lambda n: n.suffix == "s" and FORMS.age.search(n.before)),  # in her late 70s
    ("label", lambda n: FORMS.station.match(n.after)),
    ("year", lambda n: n.decade and len(n.digits) in (2, 4)),
    ("year", lambda n: FORMS.from_year.search(n.before) and len(n.digits) == 2),
    ("label", lambda n: n.decade or n.named),
    ("date", lambda n: n.by_month and len(n.digits) < 3 and not n.scaled),
    ("year", lambda n: n.year),
)


def _kind(digits: str, suffix: str, match: re.Match[str]) -> str:
    number = Printed(digits, suffix, bool(match["scale"]), *_beside(match))
    return next((kind for kind, fits in KINDS if fits(number)), "cardinal")


def _in_words(match: re.Match[str]) -> Figure | None:
    value, scale = _worth(match)
    if value == 1 and not FORMS.after_one.match(match.string, match.end()):
        return None
    before, after = _beside(match)
    if FORMS.idiom.search(before) or _tells_off(match, value, after):
        if not FORMS.hint.match(after.lstrip(" ,")):
            return None  # *Two, the port stays open*
    label = FORMS.station.match(after) or FORMS.label.search(before)
    kind = "label" if label else "time" if FORMS.clock.match(after) else "cardinal"
    return Figure(*match.span(), value, "words", kind, scale=scale)


def _worth(match: re.Match[str]) -> tuple[float, float]:
    """The value of a number in words with its *half*, *point five*, *hundred*; and its scale."""
    words = match["words"]
    value, last = float(value_of(words)), value_of(re.split(r"[\s-]+", words)[-1])
    scale = last if HUNDRED <= last <= value else 1
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
    return value, scale


def _tells_off(match: re.Match[str], value: float, after: str) -> bool:
    """Does a small number open an item of an enumeration: *Two, the port stays open*?"""
    opens = value <= DOZEN and FORMS.tells_off.match(match.string[: match.start()])
    return bool(opens and re.match(r"\s*[,:]\s+[^\W\d]", after))


def _fraction(match: re.Match[str]) -> Figure | None:
    """A third, two thirds, and half as a share: *half of, more than half*."""
    if match["parts"] is None:
        before, after = _beside(match)
        if FORMS.half_year.search(before):
            return None
        share = FORMS.half_of.match(after) or (
            FORMS.approximator.search(before) and FORMS.stops.match(after)
        )
        return Figure(*match.span(), 0.5, "words", "fraction") if share else None
    parts = match["parts"].casefold().removesuffix("s")
    below = {"half": 2, "halve": 2, "quarter": 4}.get(parts) or ordinals()[parts]
    above = value_of(match["above"]) if match["above"] else 1
    scale, kind = (value_of(match["of"]), "cardinal") if match["of"] else (1, "fraction")
    return Figure(*match.span(), max(above, 1) / below * scale, "words", kind, scale=scale)


def with_context(text: str, figures: list[Figure]) -> list[Figure]:
    """The figures with everything known about them; two that form a ratio become one."""
    read = [_with_noun(_with_unit(text, figure), text) for figure in figures]
    read = [replace(f, kind="label") if _is_name(text, f) else f for f in read]
    read = [  # *three quarters of one percent* is one figure
        replace(figure, approx=_approx(text, figure))
        for before, figure in zip([None, *read], read, strict=False)
        if before is None or before.stop <= figure.start
    ]
    return _ranges(text, _ratios(text, read))


def _is_name(text: str, figure: Figure) -> bool:
    """*Area 51, World War Two*: a bare number after a capitalised word within the sentence."""
    before = FORMS.name.search(text, max(0, figure.start - NEAR), figure.start)
    if not (before and figure.bare and before.start() and figure.scale <= HUNDRED):
        return False
    return figure.scale == 1 if figure.form == "digits" else text[figure.start].isupper()


def _with_unit(text: str, figure: Figure) -> tuple[Figure, int]:
    """The figure with its unit, and where the noun may begin."""
    if figure.kind not in ("cardinal", "money", "fraction"):
        return figure, -1
    of_a = FORMS.of_a.match(text, figure.stop) if figure.kind == "fraction" else None
    figure = replace(figure, stop=of_a.end()) if of_a else figure
    percent = FORMS.percent.match(text, figure.stop)
    if percent:
        words = percent[0].casefold()
        unit = "percentage point" if "point" in words else "percent"
        unit = "basis point" if "basis" in words else unit
        return replace(figure, kind="percent", unit=unit), percent.end()
    if figure.kind == "money":
        word = FORMS.money.match(text, figure.stop)
        return figure, word.end() if word else figure.stop
    for expression, kind, names in (
        (FORMS.money, "money", "currencies"),
        (FORMS.unit, "", "units"),
    ):
        match = expression.match(text, figure.stop)
        if match and (figure.kind == "fraction") == bool(match["article"]):
            unit = _name(match["unit"], names)
            return replace(figure, kind=kind or figure.kind, unit=unit), match.end()
    return figure, figure.stop


def _with_noun(read: tuple[Figure, int], text: str) -> Figure:
    """The figure with what it counts, and *per month* and the like."""
    figure, at = read
    if at < 0:
        return figure
    rate = FORMS.rate.match(text, at)
    if rate and (figure.unit or figure.kind == "cardinal"):
        unit = f"{figure.unit} per {rate[1].casefold()}".strip()
        return replace(figure, unit=unit)
    counted, end = _counted(text, at, figure)
    rate = FORMS.rate.match(text, end)
    if counted and rate and not figure.unit:
        return replace(figure, counted=counted, unit=f"per {rate[1].casefold()}")
    return replace(figure, counted=counted)


def _counted(text: str, at: int, figure: Figure) -> tuple[str, int]:
    if figure.unit or figure.kind == "fraction":
        of = FORMS.of_word.match(text, at)
        if not of:
            return "", at
        determiner = FORMS.determiner.match(text, of.end())
        return _phrase(text, determiner.end() if determiner else of.end(), plural=False, most=3)
    if text[at : at + 1] in ("-", "‐", "‑"):
        return "", at
    of = FORMS.of_the.match(text, at)
    return _phrase(text, of.end() if of else at, plural=True, most=4)


def _phrase(text: str, at: int, *, plural: bool, most: int) -> tuple[str, int]:
    """The noun phrase that begins here, and its end."""
    words = []
    more = FORMS.more.match(text, at) if plural else None
    at = more.end() if more else at
    for _ in range(most):
        match = FORMS.noun.match(text, at)
        if not match:
            break
        words.append(match[1])
        at = match.end()
        if text[at : at + 2] in ("' ", "’ "):  # taxpayers' money
            words[-1], at = text[match.start(1) : at + 1], at + 1
        elif singular(match[1]) != match[1].casefold().replace("’", "'"):
            return " ".join(words), at
    return ("", at) if plural else (" ".join(words), at)


def _approx(text: str, figure: Figure) -> str:
    before = FORMS.approximator.search(text, max(0, figure.start - NEAR), figure.start)
    if before and not (before[1].casefold() == "over" and figure.unit in TIMES):
        return " ".join(before[1].casefold().split())
    after = FORMS.after_approx.match(text, figure.stop) or FORMS.or_so.match(text, figure.stop)
    return after[after.lastindex or 0].strip().casefold() if after else ""


def _ratios(text: str, figures: list[Figure]) -> list[Figure]:
    """*One in nine*: a single figure that replaces the two."""
    kept: list[Figure] = []
    for figure in figures:
        before = kept[-1] if kept else None
        if before and _could_be_ratio(before, figure):
            between = FORMS.out_of.fullmatch(text, _end_of_noun(text, before), figure.start)
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
    """Whether it may be a ratio: *one in nine adults* may, *two in 12 states* may not."""
    if first.kind != "cardinal" or first.unit or second.kind != "cardinal" or second.unit:
        return False
    return second.bare or (first.value == 1 and not first.counted)


def _end_of_noun(text: str, figure: Figure) -> int:
    """Where the counted noun phrase ends, if it follows directly; only one word after *one*."""
    noun = FORMS.noun.match(text, figure.stop) if figure.value == 1 else None
    if not noun and figure.counted:
        words = r"\s+".join(map(re.escape, figure.counted.split()))
        noun = re.compile(rf"(?<!\s)\s+{words}").match(text, figure.stop)
    return noun.end() if noun else figure.stop


def _ranges(text: str, figures: list[Figure]) -> list[Figure]:
    """*67 to 110 square kilometres*: the first gets the unit and noun of the second."""
    read = figures[-1:]
    for first, second in reversed(list(pairwise(figures))):
        second = read[0]
        first, in_money = _part(text, first, second), _in_money(first, second)
        if in_money or (first.bare and second.kind in ("cardinal", "money", "percent", "time")):
            joined = FORMS.to.fullmatch(text, first.stop, second.start)
            joined = joined or (
                FORMS.between.search(text, max(0, first.start - NEAR), first.start)
                and FORMS.joined.fullmatch(text, first.stop, second.start)
            )
            if joined:
                if in_money and second.bare:
                    second = read[0] = replace(second, kind="money", unit=first.unit)
                first = _like(first, second)
        elif first.kind in ("date", "label") and second.bare:
            joined = FORMS.joined.fullmatch(text, first.stop, second.start)
            if joined and (first.kind == "label" or second.value <= 31):
                read[0] = replace(second, kind=first.kind)
        read.insert(0, first)
    return read


def _part(text: str, first: Figure, second: Figure) -> Figure:
    """*14 of 20 windows, twelve of the fourteen rooms*: the first counts what the second does."""
    same = first.kind == second.kind == "cardinal" and not first.unit
    if same and FORMS.part_of.fullmatch(text, first.stop, second.start):
        return replace(first, unit=second.unit, counted=second.counted)
    return first


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
        first, value=first.value * scale, kind=second.kind, unit=second.unit, counted=second.counted
    )


def _name(word: str, names: str) -> str:
    word = " ".join(word.casefold().split())
    known = worths(names)
    return known.get(word) or known.get(word.removesuffix("s")) or known.get(singular(word), word)


COLUMNS = typed(
    "start:int64 stop:int64 figure:str value:float64 form:str kind:str unit:str counted:str "
    "approx:str"
)


@made_for_english
def numbers(sentences: pd.DataFrame) -> pd.DataFrame:
    """List the figures, one row for each.

    Parameters
    ----------
    sentences : DataFrame
        A sentences table, such as `briefing.read(path).sentences`.

    Returns
    -------
    DataFrame
        In the order of the table: `briefing_id, turn_id, speaker, role`; `start, stop` (characters
        of the turn's text) and `figure`, as printed, with its sign and scale; `value`: *18.3
        million* is 18300000, *one in nine* 0.111, *minus 2* -2; missing for clock times and *24/7*;
        `form`: *digits* or *words*; `kind`: *cardinal, percent, money, fraction* (two thirds),
        *ratio* (one in nine; four islands out of fourteen), *ordinal* (21st), *date* (the day
        beside a month, 3/4/2024), *year* (also 1990s, '98), *time* (4:40 a.m., eleven o'clock), or
        *label*, part of a name (No. 3, Article 5, Area 51); `unit`: kilometre, percent, percentage
        point, dollar, *megabit per second*, *per month*; `counted`: the words that it counts:
        *registered users*; with a unit, what is measured (*268 kilometres of sea cable*). `approx`:
        a word that says how exact it is (*about, more than, exactly, or so*). These three are
        missing if none is found. `.attrs`: `n_figures`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        If columns are missing.

    Notes
    -----
    Approximators (*about, nearly*) after Channell (1994); everything else follows our own rules.

    How often figures are found: docs/methods/lists.md. Errors are numbers that name a law (*the 232
    tariffs*), powers (*10 to the 6th*) and editors' brackets; what is counted is missing for many,
    and not always complete.

    *One* is a figure only if it is part of a larger one or has a unit, otherwise it is mostly a
    pronoun; *hundreds of* has no value; *second* and *third* alone are left to `enumerations`. The
    two ends of a range are two rows, and the first gets the unit of the second. Figures are not
    added up: the same one may be said twice, or a part along with its whole. Not a measure of how
    precise or true an answer is.

    Examples
    --------
    >>> import briefing
    >>> from briefing.words.tokens import sentences
    >>> turns = pd.DataFrame({"text": [
    ...     "About 18.3 million registered users paid $5 a month in 2024, up 3 percent."]})
    >>> numbers(sentences(turns))[["value", "kind", "unit", "counted", "approx"]]
            value      kind              unit           counted approx
    0  18300000.0  cardinal               NaN  registered users  about
    1         5.0     money  dollar per month               NaN    NaN
    2      2024.0      year               NaN               NaN    NaN
    3         3.0   percent           percent               NaN    NaN
    """
    SENTENCES.check(sentences, *TURN_KEYS, "text", "start")
    texts = zip(sentences["text"].astype("str"), sentences["start"], strict=True)
    found = ((row, it) for row, (text, start) in enumerate(texts) for it in _rows(text, start))
    table = found_in(sentences, found, COLUMNS)
    return finish(table, sentences, n_figures=len(table))


def _rows(text: str, begin: int) -> Iterator[dict[str, Any]]:
    """The figures of a sentence that begins at this offset in its turn."""
    said = without_stages(text)
    for figure in with_context(said, find_figures(said)):
        yield {
            "start": begin + figure.start,
            "stop": begin + figure.stop,
            "figure": text[figure.start : figure.stop],
            "value": figure.value,
            "form": figure.form,
            "kind": figure.kind,
            "unit": figure.unit or None,
            "counted": figure.counted or None,
            "approx": figure.approx or None,
        }
