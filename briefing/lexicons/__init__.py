"""The word lists: one list a file, one entry a line, `#` for source, licence and version.

Lists whose names begin with `cue-` hold regular expressions, the others plain words.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources


@cache
def lexicon(name: str) -> frozenset[str]:
    """The entries of the list `name`, case folded."""
    return frozenset(entry.casefold() for entry in _entries(name))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The expressions of the list `name` as one, case ignored."""
    return re.compile("|".join(_entries(name)), re.IGNORECASE)


def _entries(name: str) -> list[str]:
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip() and line[0] != "#"]
