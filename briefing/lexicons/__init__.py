"""The word lists: one list per file, one entry per line, `#` for source, licence and version.

`NAME.patterns.toml` holds the regular expressions for a subject, each under a name.

Each folder, named by an ISO 639-1 code, holds the lists of one language; lists outside the folders
are for all languages, or for English alone.

Lists whose names begin with `cue-` hold regular expressions, the others plain words or word
patterns; a few give `word = worth`, and `# kind:` lines divide a list into kinds.

Dates are recognised by strict patterns alone: *September 29, 2018* is a date, *Friday* is not, and
nothing is ever counted from today. Numeric dates with slashes (3/2/2020) are left undecided: nobody
can tell the day from the month.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import cache, cached_property
from importlib import resources
from itertools import groupby

from briefing.tables import data

FILES = resources.files(__name__)


@cache
def lexicon(name: str, language: str = "en") -> frozenset[str]:
    """The entries of the list `name` in a language, case folded; empty if there is no such list."""
    return frozenset(entry.casefold() for entry in entries(name, language))


@cache
def worths(*names: str, language: str = "en") -> dict[str, str]:
    """The entries `word = worth` of these lists, the longest words first; bare words with none."""
    listed = (entry.partition(" = ") for name in names for entry in lexicon(name, language))
    return {word: worth for word, _, worth in sorted(listed, key=lambda e: (-len(e[0]), e[0]))}


@cache
def pattern(name: str) -> re.Pattern[str]:
    """The expressions of the list `name` combined, ignoring case."""
    return re.compile(any_of(entries(name)), re.IGNORECASE)


def any_of(expressions: Iterable[str]) -> str:
    """The expressions combined into one.

    Those that begin at a word boundary share a single test for it, which makes a search twice as
    fast.
    """
    parts: list[str] = []
    for shared, alike in groupby(expressions, begins_a_word):
        either = "|".join(entry[2 * shared :] for entry in alike)
        parts.append(rf"\b(?:{either})" if shared else either)
    return "|".join(parts)


def begins_a_word(entry: str) -> bool:
    """Whether one `\\b` opens the whole expression: no bar outside its brackets."""
    rest = re.sub(r"\\.|\[[^\]]{0,200}\]", "", entry)
    while (outside := re.sub(r"\([^()]*\)", "", rest)) != rest:
        rest = outside
    return entry.startswith(r"\b") and "|" not in rest


class Patterns:
    """The regular expressions of a file, each an attribute, compiled when first used.

    Line breaks in an expression are only for readability. `{name}` stands for another entry, for
    any of the words in `made` under that name, or for any entry of the list of that name.
    """

    def __init__(self, file: str, **made: Callable[[], Iterable[str]]) -> None:
        """Take the name of the file, and functions for words that are not in a list."""
        self._file, self._made = f"{file}.patterns.toml", made

    def __getattr__(self, name: str) -> re.Pattern[str]:
        """Compile the expression `name`; those under `[cased]` are case-sensitive."""
        if name.startswith("_") or name not in self.written:
            raise AttributeError(f"{self._file} has no expression {name!r}")
        flag = re.NOFLAG if name in self._sections.get("cased", ()) else re.IGNORECASE
        found = vars(self)[name] = re.compile(self.source(name), flag)
        return found

    def source(self, name: str) -> str:
        """The expression `name` in full."""
        if name not in self.written:
            return either_of(self._made[name]() if name in self._made else lexicon(name))
        whole = "".join(map(str.strip, self.written[name].splitlines()))
        return re.sub(r"\{([a-z][\w-]*)\}", lambda part: f"(?:{self.source(part[1])})", whole)

    @cached_property
    def written(self) -> dict[str, str]:
        """Every expression by its name, as it is written."""
        return {name: text for of in self._sections.values() for name, text in of.items()}

    @cached_property
    def _sections(self) -> dict[str, dict[str, str]]:
        return data(__name__, self._file)


def either_of(words: Iterable[str]) -> str:
    """A regular expression for any of these words, longest first, with spaces of any kind."""
    longest = sorted(words, key=lambda w: (-len(w), w))
    return "|".join(re.escape(w).replace(r"\ ", r"\s+").replace("'", "['’]") for w in longest)


def is_english(language: object) -> bool:
    """Whether a text is in English or in an unknown language."""
    return not language or str(language).casefold().startswith("en")


def pack_of(language: object, name: str = "function-words") -> str | None:
    """The folder with the list `name` in a language: English if the language is unknown."""
    main = str(language).casefold()[:2] if language else "en"
    return main if main in packs(name) else None


def function_words(words: Iterable[str], language: object) -> list[bool | None]:
    """For each folded word, whether it is a function word; None if no folder lists them."""
    pack = pack_of(language)
    listed = lexicon("function-words", pack) if pack else None
    return [None if listed is None else word in listed for word in words]


@cache
def packs(name: str) -> tuple[str, ...]:
    """The languages with a list `name`."""
    folders = (place for place in FILES.iterdir() if place.joinpath(f"{name}.txt").is_file())
    return tuple(sorted(folder.name for folder in folders))


def entries(name: str, language: str = "en") -> list[str]:
    """The entries of the list `name`, as written; for cues, those of all languages."""
    return [line for line in _lines(name, language) if line[0] != "#"]


@cache
def kinds(name: str) -> dict[str, tuple[str, ...]]:
    """The entries of each kind in the list `name`, as written and in order."""
    found: dict[str, list[str]] = {}
    kind = ""
    for line in _lines(name):
        if line.startswith("# kind: "):
            kind = line.removeprefix("# kind: ")
        elif line[0] != "#":
            found.setdefault(kind, []).append(line)
    return {kind: tuple(entries) for kind, entries in found.items()}


def _lines(name: str, language: str = "en") -> Iterator[str]:
    every = name.startswith("cue-")
    codes = packs(name)
    of_all = [] if codes and not (FILES / f"{name}.txt").is_file() else [FILES]
    for folder in [*of_all, *(FILES / code for code in codes if every or code == language)]:
        lines = (folder / f"{name}.txt").read_text(encoding="utf-8").splitlines()
        yield from filter(None, map(str.strip, lines))


def months(language: str) -> dict[str, int]:
    """The names of months in a language, with their numbers."""
    named = (entry.split(" = ") for entry in kinds("months")[language])
    return {name: int(number) for name, number in named}


ENGLISH_MONTHS = months("english")
MONTH = {**months("other"), **months("german"), **ENGLISH_MONTHS}
DATE = Patterns("dates", months=lambda: MONTH)


@cache
def _forms() -> list[re.Pattern[str]]:
    return [getattr(DATE, name) for name in DATE.written]


def find_date(text: str) -> str | None:
    """The first full date in `text`, as YYYY-MM-DD, or None."""
    hits = []
    for form in _forms():
        if match := form.search(text):
            month = match["m"].casefold()
            number = int(month) if month.isdigit() else MONTH[month]
            try:
                day = date(int(match["y"]), number, int(match["d"]))
            except ValueError:
                continue
            hits.append((match.start(), day.isoformat()))
    return min(hits)[1] if hits else None


def is_date(text: str) -> bool:
    """Whether `text` is a full date and nothing else.

    >>> is_date("12 May 2024"), is_date("On 12 May 2024 it opens")
    (True, False)
    """
    return any(form.fullmatch(text.strip(" .,")) for form in _forms())


def iso_date(stated: str) -> str:
    """The date at the beginning of a stated value, or "" if no date is certain.

    >>> iso_date("2020-04-24T17:39:00-04:00"), iso_date("24 April 2020"), iso_date("3/2/2020")
    ('2020-04-24', '2020-04-24', '')
    """
    compact = re.match(r"\s*(\d{4})(\d\d)(\d\d)(?!\d)", stated)
    return find_date("-".join(compact.groups()) if compact else stated.strip()[:60]) or ""
