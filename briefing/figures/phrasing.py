"""The words of figures: numbers as people read them, the event, what kind of text was counted.

Every sentence is written from the rows that are drawn and claims nothing else: counts of this
text, never a cause, a motive or blame. Unless a text is verbatim or timed, the source line says
so, because a published text was perhaps never spoken as it is printed.
"""

from __future__ import annotations

import calendar
from collections.abc import Hashable, Mapping, Sequence
from datetime import date as Date
from typing import Any

import pandas as pd

from briefing.lexicons import lexicon, pack_of
from briefing.lexicons.dates import find_date

KINDS_OF_TEXT = {
    "edited": "the text was edited",
    "interpreted": "the text is an interpretation",
    "translated": "the text is a translation",
    "unknown": "whether verbatim, edited or translated is not known",
}
CAPITALS = {
    name.casefold(): name
    for name in (*calendar.month_name, *calendar.day_name, "I", "I'm", "I've", "I'd", "I'll")
    if name and name not in ("March", "May")  # words as well
}
NO_THEMES = ("question-formula-words", "number-words", "ordinals", "courtesy-titles")
Attrs = Mapping[Hashable | None, Any]


def event(attrs: Attrs) -> str:
    """The event that was counted, and its date, as far as the table says."""
    event, date = str(attrs.get("event") or ""), attrs.get("date")
    dated = bool(date) and find_date(event) == date  # *Press conference, 31 January 2024*
    return ", ".join(filter(None, [event, "" if dated else day(date)]))


def day(when: object) -> str:
    """`29 September 2018` for an ISO date, anything else as it stands."""
    try:
        read = Date.fromisoformat(str(when))
    except ValueError:
        return str(when or "")
    return f"{read.day} {calendar.month_name[read.month]} {read.year}"


def source(attrs: Attrs, *, timed: bool = False) -> str:
    """The source line: who published the text, and what kind of text was counted."""
    publisher = attrs.get("source")
    kind = KINDS_OF_TEXT.get(str(attrs.get("text_status") or "unknown"), "")
    return " ".join(
        filter(
            None,
            [
                f"Source: {publisher}." if publisher else "",
                f"Words as printed; {kind}." if kind and not timed else "",
                "Part of the event only." if attrs.get("part") else "",
            ],
        )
    )


def translators(attrs: Attrs) -> str:
    """Whose words these are, where somebody else put them."""
    if attrs.get("text_status") not in ("translated", "interpreted"):
        return ""
    return "In a translation these words are the translator's as much as the speaker's."


def dictionary(attrs: Attrs) -> str:
    """Which dictionary counted, and how often it is right, as far as it says."""
    if not attrs.get("dictionary"):
        return ""
    name = " ".join(str(part) for part in (attrs["dictionary"], attrs.get("version")) if part)
    right = str(attrs.get("accuracy") or "not stated").split(";")[0].rstrip(".")
    name = name if name.startswith("the ") else f"the dictionary {name}"
    return f"Counted by {name}; accuracy: {right[:1].lower() + right[1:]}."


def of_what(attrs: Attrs) -> str:
    """What a share is a share of."""
    return "of this page" if attrs.get("part") else "of the briefing"


def written(word: object) -> str:
    """A folded word as people write it, where that needs no text: *I*, *January*."""
    return CAPITALS.get(str(word), str(word))


def possessive(name: str) -> str:
    """Whose something is: `Sanna Veldrup's`, but `the officials'`."""
    return f"{name}'" if name.endswith("s") and name[:1].islower() else f"{name}'s"


def plural(role: object) -> str:
    """A role as a group of people: *officials*, *journalists*."""
    return "others" if str(role) == "unknown" else f"{role}s"


def not_a_theme(attrs: Attrs) -> set[str]:
    """Words that make no theme: number words, forms of address, the people addressed."""
    pack = pack_of(attrs.get("language")) or ""
    listed = {entry.partition(" = ")[0] for name in NO_THEMES for entry in lexicon(name, pack)}
    return listed | set(attrs.get("people") or ())


def counted(n: float, one: str, many: str | None = None) -> str:
    """`1 turn`, `12 turns`, `1,204 words`, and for a median `57.5 words`."""
    return f"{n:,.10g} {one if n == 1 else many or one + 's'}"


def percent(share: float) -> str:
    """A share as a percentage with one decimal; 0% is none and 100% is all of it."""
    if share in (0, 1):
        return f"{share:.0%}"
    if share < 0.0005:
        return "under 0.1%"
    return "over 99.9%" if share >= 0.9995 else f"{share:.1%}"


def listed(items: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    return " and ".join(filter(None, [", ".join(items[:-1]), *items[-1:]]))


def sentences(*parts: str) -> str:
    """Join what there is to say, each part ending in a full stop."""
    ended = (part if part.endswith((".", "?")) else f"{part}." for part in parts if part)
    return " ".join(part[:1].upper() + part[1:] for part in ended)


def who(speakers: pd.Series, roles: pd.Series) -> list[str]:
    """The name each row goes by; nobody named is one of the `unnamed journalists`."""
    roles = roles.astype("str").where(roles.notna(), "unknown")
    unnamed = "unnamed " + roles.where(roles != "unknown", "speaker") + "s"
    return speakers.astype("str").where(speakers.notna(), unnamed).tolist()
