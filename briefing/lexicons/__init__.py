"""The word lists: one list a file, one entry a line, `#` for source, licence and version.

Lists whose names begin with `cue-` hold regular expressions, the others plain words or word
patterns; a few give `word = worth`, and `# kind:` lines part a list into kinds.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from itertools import groupby


@cache
def lexicon(name: str) -> frozenset[str]:
    """The entries of the list `name`, case folded."""
    return frozenset(entry.casefold() for entry in entries(name))


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The expressions of the list `name` as one, case ignored.

    Those that begin at the edge of a word share the look for that edge: a search is twice as fast.
    """
    parts: list[str] = []
    for shared, alike in groupby(entries(name), _begins_a_word):
        either = "|".join(entry[2 * shared :] for entry in alike)
        parts.append(rf"\b(?:{either})" if shared else either)
    return re.compile("|".join(parts), re.IGNORECASE)


def _begins_a_word(entry: str) -> bool:
    """Whether the whole expression stands behind one `\\b`: no bar outside of its brackets."""
    rest = re.sub(r"\\.|\[[^\]]*\]", "", entry)
    while (outside := re.sub(r"\([^()]*\)", "", rest)) != rest:
        rest = outside
    return entry.startswith(r"\b") and "|" not in rest


def is_english(language: object) -> bool:
    """Whether a text is in English, or in a language that is not known."""
    return not language or str(language).casefold().startswith("en")


def function_words(words: Iterable[str], language: object) -> list[bool | None]:
    """Of each word, folded, whether it is a function word; None where not in English."""
    listed, english = lexicon("function-words"), is_english(language)
    return [word in listed if english else None for word in words]


def entries(name: str) -> list[str]:
    """The entries of the list `name`, as they are written."""
    return [line for line in _lines(name) if line[0] != "#"]


@cache
def kinds(name: str) -> dict[str, tuple[str, ...]]:
    """The entries of each kind in the list `name`, as they are written, in order."""
    found: dict[str, list[str]] = {}
    kind = ""
    for line in _lines(name):
        if line.startswith("# kind: "):
            kind = line.removeprefix("# kind: ")
        elif line[0] != "#":
            found.setdefault(kind, []).append(line)
    return {kind: tuple(entries) for kind, entries in found.items()}


def _lines(name: str) -> list[str]:
    text = resources.files(__name__).joinpath(f"{name}.txt").read_text(encoding="utf-8")
    return [line.strip() for line in text.splitlines() if line.strip()]
