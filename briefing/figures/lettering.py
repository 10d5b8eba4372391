"""Letters of any script: which installed fonts have them, and what to do where none has.

Matplotlib draws in the reader's font and falls back on others, if somebody names them: here they
are found by the letters that a text holds. It remembers the fonts of its first day, so that one
installed since is looked for again before it is called missing. A letter that no font has is
drawn as a box, and never in silence: one warning names it and the cure.
"""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import matplotlib
from matplotlib import font_manager

from briefing.tables import data

COLUMNS, LINES = 30, 3  # of a label


def wording() -> dict[str, Any]:
    """What figures say, and what they are drawn from: the tables of `figures.toml`."""
    return data("briefing.figures", "figures.toml")


class OneFont(NamedTuple):
    """A font for words that must all be in one: its name, its file, and the words it lacks."""

    family: str
    file: str
    lacks: tuple[str, ...]


def fonts_for(texts: Iterable[str]) -> list[str]:
    """The reader's fonts, followed by installed ones for the letters that the first one lacks.

    Warns, naming the letters and the cure, where no installed font has them.
    """
    fonts = list(matplotlib.rcParams["font.family"])
    missing = _signs(texts) - _letters(_file(fonts))
    more, missing = _fonts_with(missing)
    if missing and _look_again():
        more, missing = _fonts_with(_signs(texts) - _letters(_file(fonts)))
    if missing:
        named = " ".join(sorted(missing)[:5])
        warnings.warn(
            f"no installed font has {named}: drawn as boxes. {wording()['fonts']['cure']}",
            stacklevel=2,
        )
    return fonts + more


def font_for(words: Sequence[str]) -> OneFont:
    """The one font that has the letters of all `words`, or of as many of them as any.

    The reader's own is preferred, then well-known ones, then the others by name.
    """
    best = _best(words)
    return _best(words) if best.lacks and _look_again() else best


def _best(words: Sequence[str]) -> OneFont:
    own = _file(matplotlib.rcParams["font.family"])
    files = {font_manager.get_font(own).family_name: own} | _installed()
    lacks = {name: _lacking(words, file) for name, file in _until_all(words, files)}
    best = min(lacks, key=lambda name: len(lacks[name]))  # the first of those that lack least
    return OneFont(best, _file([best]), lacks[best])


def _until_all(words: Sequence[str], files: dict[str, str]) -> Iterator[tuple[str, str]]:
    """The fonts one by one, and no more after one that has all letters."""
    for name, file in files.items():
        yield name, file
        if not _lacking(words, file):
            return


def _lacking(words: Sequence[str], file: str) -> tuple[str, ...]:
    return tuple(word for word in words if _signs([word]) - _letters(file))


def _signs(texts: Iterable[str]) -> set[str]:
    return {sign for text in texts for sign in text if not sign.isspace()}


def _file(families: Sequence[str]) -> str:
    return font_manager.findfont(font_manager.FontProperties(family=list(families)))


def _installed() -> dict[str, str]:
    """Name to file of each font that matplotlib knows, well-known ones first."""
    listed = reversed(font_manager.fontManager.ttflist)
    files = {font.name: font.fname for font in listed if not font.name.startswith("Last Resort")}
    first = [name for name in wording()["fonts"]["first"] if name in files]
    return {name: files[name] for name in [*first, *sorted(files.keys() - set(first))]}


def _fonts_with(missing: set[str]) -> tuple[list[str], set[str]]:
    """Installed fonts for the letters, and the letters that none has."""
    chosen: list[str] = []
    for name, file in _installed().items() if missing else ():
        if has := missing & _letters(file):
            chosen, missing = [*chosen, name], missing - has
        if not missing:
            break
    return chosen, missing


def _look_again() -> bool:
    """Add the fonts that were installed after matplotlib made its list; whether there are any."""
    known = {font.fname for font in font_manager.fontManager.ttflist}
    new = sorted(set(font_manager.findSystemFonts()) - known)
    for file in new:
        try:
            font_manager.fontManager.addfont(file)
        except (OSError, RuntimeError):  # a font that FreeType cannot open
            continue
    return bool({font.fname for font in font_manager.fontManager.ttflist} - known)


@lru_cache(maxsize=2048)
def _letters(path: str) -> frozenset[str]:
    try:
        return frozenset(map(chr, font_manager.get_font(path).get_charmap()))
    except (OSError, RuntimeError):  # a font that FreeType cannot open
        return frozenset()


def wrap(name: str, columns: int = COLUMNS, lines: int = LINES) -> str:
    """Break a name into lines of at most so many columns; what does not fit ends in `…`."""
    rest = " ".join(name.split())
    broken: list[str] = []
    while rest and len(broken) < lines:
        head, sign = _head(rest, columns)
        rest = rest[len(head) :].lstrip()
        broken.append(head.rstrip() + sign)
    if rest:
        broken[-1] = broken[-1][: _fitting(broken[-1], columns - 1)] + "…"
    return "\n".join(broken)


def _head(text: str, columns: int) -> tuple[str, str]:
    """What goes into one line, and a hyphen where a word of letters must be broken."""
    head = text[: _fitting(text, columns)]
    after = text[len(head) : len(head) + 1]
    if after in ("", " "):
        return head, ""
    if " " in head.strip():
        return head[: head.rindex(" ")], ""
    if "-" in head:
        return head[: head.rindex("-") + 1], ""
    narrow = _fitting(head, len(head)) == len(head)
    return (head[:-1], "-") if narrow and (head + after).isalpha() else (head, "")


def _fitting(text: str, columns: int) -> int:
    """How many of its characters go into so many columns."""
    width = 0
    for place, character in enumerate(text):
        width += 2 if unicodedata.east_asian_width(character) in "WF" else 1
        if width > columns:
            return place
    return len(text)
