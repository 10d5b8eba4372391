"""How many words a minute: the rate that minutes are estimated with, and how sure it is.

A speaker's rate is not in the text. The default covers talk of which nothing is known but
that it is English; where the length of the briefing is known, all words over the length are
a better guess. `tests/test_speaking_calibration.py` makes the constants here again from
timed events, and `briefing.speaking_time` says what they cover and what they do not.
"""

from __future__ import annotations

import warnings
from collections.abc import Hashable, Mapping
from dataclasses import asdict, dataclass
from math import inf
from typing import Any

import pandas as pd

from briefing.languages import language_in
from briefing.tables import BriefingError

RATE = 150.0  # words a minute, for a speaker of whom nothing else is known
FACTOR = 1.6  # the speaker's own rate is taken to lie from RATE / FACTOR to RATE * FACTOR
LENGTH_FACTOR = 1.4  # the same around words / length, where the length is known
USUAL = (120.0, 200.0)  # words / length of timed events, from the first word to the last
MIN_WORDS = 100  # no estimate below: turns of 10 to 24 words run from 108 to 306 a minute
COVERAGE = {
    "default": "52 of 52 speakers inside their interval, 16 timed English events left out in turn",
    "length": "51 of 52 speakers inside their interval, 16 timed English events left out in turn",
    "given": "not measured: rate or factor is the caller's",
}
NOTHING_ESTIMATED: dict[str, Any] = {
    "rate": None,
    "factor": None,
    "rate_from": None,
    "coverage": "nothing was estimated",
}


@dataclass(frozen=True)
class Pace:
    """Words a minute, how many times slower or faster a speaker may be, and says who."""

    rate: float
    factor: float
    rate_from: str  # default, given or length
    coverage: str

    @property
    def rates(self) -> dict[str, float]:
        """The rate behind each column of an estimate."""
        return {
            "est_minutes": self.rate,
            "low": self.rate * self.factor,
            "high": self.rate / self.factor,
        }

    def about(self) -> dict[str, Any]:
        """What a result says of it."""
        return asdict(self)


def choose_pace(
    turns: pd.DataFrame, rate: float | None, factor: float | None, minutes: float | None
) -> Pace:
    """Take the caller's rate, the one that a known length gives, or else the default.

    `turns` needs `briefing_id` and `n_words`; `minutes` is the length of one briefing.
    """
    _check(rate, factor, minutes)
    coverage = COVERAGE["given"]
    if rate is not None:
        return Pace(float(rate), float(factor or FACTOR), "given", coverage)
    source = "default" if minutes is None else "length"
    if factor is None:
        coverage = COVERAGE[source]
    if minutes is None:
        return Pace(RATE, float(factor or FACTOR), source, coverage)
    known = _rate_of_length(turns, minutes)
    return Pace(known, float(factor or _factor_of_length(known)), source, coverage)


def warn_of_language(turns: pd.DataFrame) -> None:
    """Warn where the turns say that they are not in English, which the default is made for."""
    language = language_in(turns)
    if language and not str(language).casefold().startswith("en"):
        warnings.warn(
            f"the default of {RATE:g} words a minute was calibrated on English, and this text is "
            f"in {language!r}: pass rate= for that language, or minutes= if you know the length.",
            stacklevel=3,
        )


def _check(rate: float | None, factor: float | None, minutes: float | None) -> None:
    if rate is not None and minutes is not None:
        raise BriefingError(
            f"rate={rate} and minutes={minutes} both set the speaking rate: give one of them."
        )
    for name, value, least, meaning in (
        ("rate", rate, 0, "words a minute above 0, such as 150"),
        ("minutes", minutes, 0, "a length in minutes above 0, such as 45"),
        ("factor", factor, 1, "1 or more times slower or faster, such as 1.6"),
    ):
        if value is not None and not (least <= value < inf and value > 0):
            raise BriefingError(f"{name}={value}: give {meaning}, or leave {name} out.")


def _rate_of_length(turns: pd.DataFrame, minutes: float) -> float:
    briefings, words = turns["briefing_id"].nunique(), int(turns["n_words"].sum())
    if briefings > 1:
        raise BriefingError(
            f"minutes={minutes} is the length of one briefing, and these turns are of "
            f"{briefings}: select one, turns[turns['briefing_id'] == ...]."
        )
    if words == 0:
        raise BriefingError(
            f"minutes={minutes} gives no rate, as the turns hold 0 words: leave minutes out."
        )
    return words / minutes


def _factor_of_length(rate: float) -> float:
    """Outside what events are timed at, reach as far as the default does on either side."""
    if USUAL[0] <= rate <= USUAL[1]:
        return LENGTH_FACTOR
    return FACTOR * max(rate / RATE, RATE / rate)


def call_minutes(about: Mapping[Hashable | None, Any]) -> str:
    """Say what minutes are, in words for a caption.

    `about` are a result's attrs: `rate` (None where all is timed), `n_timed_turns` and
    `text_status`.
    """
    if about["rate"] is None:
        return "speaking time, from the times in the source"
    called = f"if this text were read aloud at {round(about['rate'], 1):g} words a minute"
    if about["text_status"] == "verbatim":
        called = called.replace("if this text were read aloud", "speaking time, estimated")
    if about["n_timed_turns"]:
        return f"from the times in the source where it has them, otherwise {called}"
    return called
