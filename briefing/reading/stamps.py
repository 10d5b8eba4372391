"""Speakers that a program writes at the head of every stretch: `Ann Lee: `, `[SPEAKER_00]: `.

Programs for captions and recognisers stamp each cue or row with its speaker, whether somebody
else speaks or the same person goes on. Only where nearly every stretch has such a stamp is it
one; a label that stands where somebody begins to speak is left to the parser.
"""

from __future__ import annotations

import re
from collections import Counter

from briefing.reading.lines import Said

STAMP = re.compile(
    r"\s*(?:[-–—]\s+)?(?:\[([^\[\]\n]{1,60})\]\s*[:：]?|\(([^()\n]{1,60})\)\s*[:：]?|"
    r"<(?:v\s+)?([^<>\n]{1,60})>\s*[:：]?|([^\W\d_][^:：<>\[\]\n]{0,60}?)\s*[:：](?!\d|//))\s*"
)
MOST = 0.7  # share of stretches with a stamp that makes it one
ALL = 0.95
LONGEST = 8  # words of a name


def stamped(texts: list[str]) -> list[tuple[str | None, str]] | None:
    """Each text's stamp, if it has one, and the rest of it; None where texts have no stamps.

    >>> stamped(["[S1]: Good day.", "[S1]: We begin.", "[S2]: Why?"])
    [('S1', 'Good day.'), ('S1', 'We begin.'), ('S2', 'Why?')]
    """
    found = [stamp(text) for text in texts]
    often = Counter(name for name, _ in found if name)
    n = often.total()
    if n < 3 or n < MOST * len(texts) or len(often) > 0.75 * n:
        return None
    everywhere = n >= ALL * len(texts)
    kept: list[tuple[str | None, str]] = []
    for text, (name, rest) in zip(texts, found, strict=True):
        known = name is not None and (everywhere or often[name] > 1 or name[0].isupper())
        kept.append((name, rest) if known else (None, text.strip()))
    return kept if sum(name is not None for name, _ in kept) >= MOST * len(texts) else None


def stamp(text: str) -> tuple[str | None, str]:
    """The name at the head of a text, if there is one, and the rest."""
    match = STAMP.match(text)
    name = " ".join(next((part for part in match.groups() if part), "").split()) if match else ""
    if not match or not name or len(name.split()) > LONGEST or not match.end():
        return None, text
    return name, text[match.end() :].strip().removesuffix("</v>")


def unstamped(said: list[Said]) -> list[Said]:
    """Rows without speakers whose texts all begin with a name, which is taken out of them."""
    if any(one.speaker is not None for one in said):
        return said
    found = stamped([one.text for one in said])
    if not found or not any(one.start_s is not None for one in said):
        return said
    named, speaker = [], None
    for one, (name, rest) in zip(said, found, strict=True):
        speaker = name or speaker
        named.append(one._replace(speaker=speaker, text=rest, new=name is not None))
    return [one for one in named if one.text]
