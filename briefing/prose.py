"""Numbers, lists, dates and times as people write them."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence
from datetime import date as Date


def counted(n: float, one: str, many: str | None = None) -> str:
    """`1 turn`, `12 turns`, `1,204 words`, and for a median `57.5 words`."""
    return f"{n:,.10g} {one if n == 1 else many or _several(one)}"


def _several(one: str) -> str:
    """The plural of a noun: `turns`, `matches`, `priorities`."""
    return re.sub(r"(?<=[^aeiou])y$", "ie", re.sub(r"(s|x|[cs]h)$", r"\1e", one)) + "s"


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def possessive(name: str) -> str:
    """The possessive: `Sanna Veldrup's`, but `the officials'`."""
    return f"{name}'" if name.endswith("s") and name[:1].islower() else f"{name}'s"


def unnamed(role: object) -> str:
    """How an unnamed speaker is called: `unnamed journalist`, `unnamed speaker`."""
    return f"unnamed {role if isinstance(role, str) and role not in ('', 'unknown') else 'speaker'}"


def day(when: object) -> str:
    """`29 September 2018` for an ISO date; anything else unchanged."""
    try:
        read = Date.fromisoformat(str(when)[:10])
    except ValueError:
        return str(when or "")
    return f"{read.day} {calendar.month_name[read.month]} {read.year}"


def clock(seconds: float) -> str:
    """`4:05`, or `1:04:05` from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"
