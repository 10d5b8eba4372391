"""Praat TextGrids: a tier for each speaker, put in the order of their times.

A tier of intervals holds what one person says, and is named after that person. Tiers of points,
and tiers whose intervals cut those of another (words, sounds), say nothing that is not said in
the longer ones, and are left out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.reading.lines import Line, Said, said_lines

TIER = re.compile(r'"(IntervalTier|TextTier)"')
INTERVAL = re.compile(r'(?:xmin\s*=\s*)?(-?[\d.]+)\s+(?:xmax\s*=\s*)?(-?[\d.]+)\s+'
                      r'(?:text\s*=\s*)?"((?:[^"]|"")*)"')  # fmt: skip
NAME = re.compile(r'\s*(?:name\s*=\s*)?"((?:[^"]|"")*)"')
SAME = 0.8  # share of words of a tier that another holds as well


def read_textgrid(text: str) -> list[Line]:
    """What the tiers of a TextGrid say, in the order in which it is said."""
    tiers = [tier for tier in _tiers(text) if tier]
    kept: list[list[Said]] = []
    for tier in sorted(tiers, key=lambda one: len(one)):
        if not any(_repeats(tier, other) for other in kept):
            kept.append(tier)
    said = sorted((one for tier in kept for one in tier), key=lambda one: one.start_s or 0)
    return said_lines(said)


def _tiers(text: str) -> Iterator[list[Said]]:
    starts = [*TIER.finditer(text)]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=True):
        named = NAME.match(text, match.end())
        if match[1] == "IntervalTier" and named:
            yield [
                Said(
                    found[3].replace('""', '"').strip(), named[1], float(found[1]), float(found[2])
                )
                for found in INTERVAL.finditer(text, named.end(), end)
                if found[3].strip()
            ]


def _repeats(tier: list[Said], longer: list[Said]) -> bool:
    """Whether a tier says in pieces what another says in longer stretches."""
    whole = " ".join(one.text for one in longer).split()
    words = " ".join(one.text for one in tier).split()
    known = set(whole)
    return len(tier) > len(longer) and sum(w in known for w in words) >= SAME * len(words)
