"""Dates that a format states, as ISO dates. Dates in running text are another matter."""

from __future__ import annotations

import re
from datetime import date

ISO = re.compile(r"(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)")
SHORT = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?!\d)")
ENGLISH = re.compile(
    r"(?:[A-Za-z]{3,9},?\s+)?(?:(?P<d1>\d{1,2})\s+(?P<m1>[A-Za-z]{3,9})\.?|"
    r"(?P<m2>[A-Za-z]{3,9})\.?\s+(?P<d2>\d{1,2})),?\s+(?P<y>\d{4})(?!\d)"
)
MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
FULL = (
    "january february march april may june july august september october november december"
).split()


def iso_date(stated: str) -> str:
    """The date at the head of `stated` as YYYY-MM-DD, or "" where there is none for certain.

    Day and month in figures alone (`3/2/2020`) stay undecided: nobody can tell which is which.

    >>> iso_date("2020-04-24T17:39:00-04:00"), iso_date("24 April 2020"), iso_date("3/2/2020")
    ('2020-04-24', '2020-04-24', '')
    """
    stated = stated.strip()[:60]
    match = ISO.match(stated) or SHORT.match(stated)
    if match:
        return _date(int(match[1]), int(match[3]), int(match[4]))
    match = ENGLISH.match(stated)
    if not match:
        return ""
    day, month = match["d1"] or match["d2"], (match["m1"] or match["m2"]).lower()
    if not any(month in (full, full[:3], full[:4]) for full in FULL):
        return ""
    return _date(int(match["y"]), MONTHS.index(month[:3]) + 1, int(day))


def _date(year: int, month: int, day: int) -> str:
    try:
        return date(year, month, day).isoformat() if 1600 < year < 2200 else ""
    except ValueError:
        return ""
