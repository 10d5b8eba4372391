"""The lists of cue expressions, as a question to a text: is any of them in it?

One expression of all entries, case ignored, tries nearly every entry at every character. Here
the text is put in small letters once, and the entries are sorted by how they begin: those that
stand only at the head of a text, those that begin a word, by its first letter, and the others.
A search then skips from one possible beginning to the next.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.lexicons import entries

PARTS = re.compile(r"\\.|\[[^\]]*\]|.", re.DOTALL)  # of an expression: none is cut by a bracket
QUANTIFIERS = ("?", "*", "+", "{")


class Cues:
    """The expressions of the list `name`; `search` says whether any of them is in a text."""

    def __init__(self, name: str) -> None:
        """Sort the entries by how they begin, and compile what begins alike."""
        by_letter: dict[str, list[str]] = {}
        heads, plain, others = [], [], []
        for branch in (b for entry in entries(name) for b in _branches(_small(entry))):
            first, second = branch[2:3], branch[3:4]
            if branch.startswith("^"):
                heads.append(branch)
            elif branch.startswith(r"\b") and first.isalpha() and second not in QUANTIFIERS:
                by_letter.setdefault(first, []).append(branch[3:])
            elif branch[:1].isalpha() and branch[1:2] not in QUANTIFIERS:
                plain.append(branch)
            else:
                others.append(branch)
        words = [rf"{letter}(?:{'|'.join(rest)})" for letter, rest in by_letter.items()]
        inside = [rf"\b(?:{'|'.join(words)})"] if words else []
        self._heads = re.compile("|".join(heads)) if heads else None
        self._inside = [*map(re.compile, [*inside, *(["|".join(plain)] if plain else []), *others])]

    def search(self, text: str) -> bool:
        """Whether any of the expressions is in `text`."""
        small = _levelled(text)
        if self._heads and self._heads.match(small):
            return True
        return any(pattern.search(small) for pattern in self._inside)


@lru_cache(maxsize=100)
def _levelled(text: str) -> str:
    """`text` in small letters, and those that `re.IGNORECASE` takes for one made one."""
    if text.isascii():
        return text.lower()
    return text.replace("İ", "i").lower().replace("ı", "i").replace("ſ", "s")


def _small(entry: str) -> str:
    return "".join(p if p[0] == "\\" else _levelled(p) for p in PARTS.findall(entry))


def _branches(entry: str) -> list[str]:
    """What an expression may begin with, each with all that follows: no bar and no group first."""
    parts = _alternatives(entry)
    if len(parts) > 1:
        return [branch for part in parts for branch in _branches(part)]
    edge = r"\b" if entry.startswith(r"\b") else ""
    end = _group_end(entry, len(edge))
    if not end or entry.startswith(QUANTIFIERS, end):
        return [entry]
    inside = _alternatives(entry[len(edge) + 3 : end - 1])
    return [branch for part in inside for branch in _branches(edge + part + entry[end:])]


def _alternatives(entry: str) -> list[str]:
    """The parts between the bars outside of brackets."""
    found, depth = [""], 0
    for part in PARTS.findall(entry):
        depth += (part == "(") - (part == ")")
        if part == "|" and not depth:
            found.append("")
        else:
            found[-1] += part
    return found


def _group_end(entry: str, begin: int) -> int:
    """Where the group `(?:...)` at `begin` ends; 0 where there is none."""
    depth = 0
    for match in PARTS.finditer(entry, begin) if entry.startswith("(?:", begin) else ():
        depth += (match[0] == "(") - (match[0] == ")")
        if not depth:
            return match.end()
    return 0
