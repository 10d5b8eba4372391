"""Dates by strict patterns alone.

*September 29, 2018* is a date, *Friday* is not, and nothing is ever reckoned from today. Day
and month in figures with a slash (3/2/2020) stay undecided: nobody can tell which is which.
"""

from __future__ import annotations

import re
from datetime import date
from functools import cache

from briefing.lexicons import Patterns, kinds


def months(language: str) -> dict[str, int]:
    """The names of months in a language, with their numbers."""
    named = (entry.split(" = ") for entry in kinds("months")[language])
    return {name: int(number) for name, number in named}


ENGLISH = months("english")
MONTH = {**months("other"), **months("german"), **ENGLISH}
DATE = Patterns("dates", months=lambda: MONTH)


@cache
def _forms() -> list[re.Pattern[str]]:
    return [getattr(DATE, name) for name in DATE.written]


def find_date(text: str) -> str | None:
    """The first full date that `text` states, as YYYY-MM-DD; None without one."""
    hits = []
    for pattern in _forms():
        if match := pattern.search(text):
            month = match["m"].casefold()
            number = int(month) if month.isdigit() else MONTH[month]
            try:
                day = date(int(match["y"]), number, int(match["d"]))
            except ValueError:
                continue
            hits.append((match.start(), day.isoformat()))
    return min(hits)[1] if hits else None


def is_date(text: str) -> bool:
    """Whether `text` is a full date and nothing else.

    >>> is_date("12 May 2024"), is_date("On 12 May 2024 it opens")
    (True, False)
    """
    return any(pattern.fullmatch(text.strip(" .,")) for pattern in _forms())


def iso_date(stated: str) -> str:
    """The date at the head of what a format states, or "" where no date is certain.

    >>> iso_date("2020-04-24T17:39:00-04:00"), iso_date("24 April 2020"), iso_date("3/2/2020")
    ('2020-04-24', '2020-04-24', '')
    """
    compact = re.match(r"\s*(\d{4})(\d\d)(\d\d)(?!\d)", stated)
    return find_date("-".join(compact.groups()) if compact else stated.strip()[:60]) or ""
