"""Dates by strict patterns alone.

*September 29, 2018* is a date, *Friday* is not, and nothing is ever reckoned from today. Day
and month in figures with a slash (3/2/2020) stay undecided: nobody can tell which is which.
"""

from __future__ import annotations

import re
from datetime import date

MONTHS = (
    "january janvier januar enero janeiro gennaio января",
    "february février februar febrero fevereiro febbraio февраля",
    "march mars märz marzo março марта",
    "april avril abril aprile апреля",
    "may mai mayo maio maggio мая",
    "june juin juni junio junho giugno июня",
    "july juillet juli julio julho luglio июля",
    "august août agosto августа",
    "september septembre septiembre setiembre setembro settembre сентября",
    "october octobre oktober octubre outubro ottobre октября",
    "november novembre noviembre novembro ноября",
    "december décembre dezember diciembre dezembro dicembre декабря",
)
ENGLISH = {names.split()[0]: n for n, names in enumerate(MONTHS, 1)}
ENGLISH |= {name[:3]: n for name, n in ENGLISH.items()} | {"sept": 9}
MONTH = {name: n for n, names in enumerate(MONTHS, 1) for name in names.split()} | ENGLISH
WORD = "|".join(sorted(MONTH, key=len, reverse=True))
DATES = (
    re.compile(r"(?<!\d)(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?!\d)"),
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)\s*[年년]\s*(?P<m>\d{1,2})\s*[月월]\s*(?P<d>\d{1,2})\s*[日일]"
    ),
    re.compile(
        rf"\b(?P<m>{WORD})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>(?:19|20)\d\d)\b", re.I
    ),
    re.compile(
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|er|º)?\s+(?:de\s+|"
        rf"of\s+)?(?P<m>{WORD})\.?,?\s+(?:de[l]?\s+)?"
        r"(?P<y>(?:19|20)\d\d)\b",
        re.I,
    ),
    re.compile(r"(?<![\d.])(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)(?!\d)"),
    re.compile(r"(?<![\d/])(?P<y>(?:19|20)\d\d)/(?P<m>\d{1,2})/(?P<d>\d{1,2})(?![\d/])"),
)


def find_date(text: str) -> str | None:
    """The first full date that `text` states, as YYYY-MM-DD; None if there is none."""
    hits = []
    for pattern in DATES:
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
    return any(pattern.fullmatch(text.strip(" .,")) for pattern in DATES)


def iso_date(stated: str) -> str:
    """The date at the head of what a format states, or "" where there is none for certain.

    >>> iso_date("2020-04-24T17:39:00-04:00"), iso_date("24 April 2020"), iso_date("3/2/2020")
    ('2020-04-24', '2020-04-24', '')
    """
    compact = re.match(r"\s*(\d{4})(\d\d)(\d\d)(?!\d)", stated)
    return find_date("-".join(compact.groups()) if compact else stated.strip()[:60]) or ""
