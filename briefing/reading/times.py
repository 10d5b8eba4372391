"""Times as formats write them, in seconds: `00:01:02,5`, `62.5`, `1H 27M 53S`, `PT1M2S`."""

from __future__ import annotations

import re
from datetime import datetime

CLOCK = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)(?::(\d{1,3}))?$")
PLAIN = re.compile(r"(\d{1,16}(?:[.,]\d{1,20})?)\s*(?:s|sec|secs|seconds)?$", re.IGNORECASE)
UNITS = re.compile(
    r"(?:P?T)?\s*(?:(\d{1,5})\s*h(?:ours?|rs?)?)?\s*(?:(\d{1,6})\s*m(?:in(?:ute)?s?)?)?"
    r"\s*(?:(\d{1,8}(?:[.,]\d{1,9})?)\s*s(?:ec(?:ond)?s?)?)?$",
    re.IGNORECASE,
)
DATED = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")


def seconds(written: str) -> float | None:
    """Seconds from the start, or None where `written` is no time.

    >>> seconds("1H 27M 53S"), seconds("00:01:02,500"), seconds("2:18"), seconds("noon")
    (5273.0, 62.5, 138.0, None)
    """
    written = written.strip(" \t[]()")
    if len(written) > 40 or not written[:1].strip():
        return None
    if len(written) > 7 and written[2] == written[5] == ":" and written[:2].isdecimal():
        clock = CLOCK.match(written)
        if clock and not clock[4]:
            whole = int(clock[1]) * 3600 + int(clock[2]) * 60
            return round(whole + float(clock[3].replace(",", ".")), 6)
    for pattern, parts in ((PLAIN, (1,)), (CLOCK, (3600, 60, 1)), (UNITS, (3600, 60, 1))):
        match = pattern.match(written)
        if match and any(match.groups()):
            found = zip(match.groups(), parts, strict=False)
            total = sum(float((n or "0").replace(",", ".")) * size for n, size in found)
            return round(total, 6)
    return _dated(written)


def _dated(written: str) -> float | None:
    """A point in time, as seconds of the calendar; only differences mean anything."""
    if not DATED.match(written):
        return None
    try:
        return datetime.fromisoformat(written.replace("Z", "+00:00")).timestamp()
    except ValueError:
        return None
