"""The words of figures: the event, what kind of text was counted, groups as people call them.

Every sentence is written from the rows that are drawn and claims nothing else: counts of this
text, never a cause, a motive or blame. Unless a text is verbatim or timed, the source line says
so, because a published text was perhaps never spoken as it is printed.
"""

from __future__ import annotations

import calendar
from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from briefing.figures.lettering import wording
from briefing.lexicons import lexicon, pack_of
from briefing.lexicons.dates import find_date
from briefing.prose import day

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


def source(attrs: Attrs, *, timed: bool = False) -> str:
    """The source line: who published the text, and what kind of text was counted."""
    publisher, kind = attrs.get("source"), attrs.get("text_status") or "unknown"
    said = "" if timed else wording()["kinds_of_text"].get(kind)
    return joined(
        f"Source: {publisher}." if publisher else "",
        f"Words as printed; {said}." if said else "",
        "Part of the event only." if attrs.get("part") else "",
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


def plural(role: object) -> str:
    """A role as a group of people: *officials*, *journalists*."""
    return "others" if str(role) == "unknown" else f"{role}s"


def not_a_theme(attrs: Attrs) -> set[str]:
    """Words that make no theme: number words, forms of address, the people addressed."""
    pack = pack_of(attrs.get("language")) or ""
    listed = {entry.partition(" = ")[0] for name in NO_THEMES for entry in lexicon(name, pack)}
    return listed | set(attrs.get("people") or ())


def percent(share: float) -> str:
    """A share as a percentage with one decimal; 0% is none and 100% is all of it."""
    if share in (0, 1):
        return f"{share:.0%}"
    if share < 0.0005:
        return "under 0.1%"
    return "over 99.9%" if share >= 0.9995 else f"{share:.1%}"


def joined(*parts: str) -> str:
    """What there is to say of several things, in a row."""
    return " ".join(filter(None, parts))


def sentences(*parts: str) -> str:
    """Join what there is to say, each part ending in a full stop."""
    ended = (part if part.endswith((".", "?")) else f"{part}." for part in parts if part)
    return " ".join(part[:1].upper() + part[1:] for part in ended)


def who(speakers: pd.Series, roles: pd.Series) -> list[str]:
    """The name each row goes by; nobody named is one of the `unnamed journalists`."""
    roles = roles.astype("str").where(roles.notna(), "unknown")
    unnamed = "unnamed " + roles.where(roles != "unknown", "speaker") + "s"
    return speakers.astype("str").where(speakers.notna(), unnamed).tolist()
