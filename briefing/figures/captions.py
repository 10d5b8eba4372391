"""The words around a figure: what kind of text was counted, numbers as people read them.

Every sentence is written from the table it describes and claims nothing else. Unless a text
is verbatim or timed, it says so, because a published text was perhaps never spoken as it is
printed; a text that is only part of an event says that too.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from typing import Any

import pandas as pd

KINDS_OF_TEXT = {
    "edited": "the text was edited",
    "interpreted": "the text is an interpretation",
    "translated": "the text is a translation",
    "unknown": "whether verbatim, edited or translated is not known",
}


def text_note(attrs: Mapping[Hashable | None, Any], *, timed: bool = False) -> str:
    """What kind of text was counted: nothing to say where it is verbatim or timed.

    `attrs` are a table's: `text_status` (unknown where missing) and `part`.
    """
    kind = KINDS_OF_TEXT.get(str(attrs.get("text_status") or "unknown"), "")
    notes = [f"Words as printed; {kind}."] if kind and not timed else []
    if attrs.get("part"):
        notes.append("This page is only part of the event.")
    return " ".join(notes)


def of_what(attrs: Mapping[Hashable | None, Any]) -> str:
    """What a share is a share of."""
    return "of this page" if attrs.get("part") else "of the briefing"


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
    return " ".join(part if part.endswith(".") else f"{part}." for part in parts if part)


def who(speakers: pd.Series, roles: pd.Series) -> list[str]:
    """The name each row goes by; nobody named is one of the `unnamed journalists`."""
    roles = roles.astype("str").where(roles.notna(), "unknown")
    unnamed = "unnamed " + roles.where(roles != "unknown", "speaker") + "s"
    return speakers.astype("str").where(speakers.notna(), unnamed).tolist()
