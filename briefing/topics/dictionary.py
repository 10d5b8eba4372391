"""What a topic dictionary is made of, and what is wrong with one that is not in order.

A topic is a category of words: a name, a definition, the patterns that stand for it, those that
only look like it. `briefing.topics.files` reads such dictionaries from files; here each part is
checked, and an error names the dictionary, the topic and the pattern.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from typing import Any

from briefing.tables import BriefingError
from briefing.words.search import check_pattern

NEEDED_ABOUT = ("title", "version", "scope")
ABOUT = (*NEEDED_ABOUT, "licence", "author", "date", "source", "language", "accuracy", "notes")
LISTS = ("patterns", "exclude")
KEYS = ("definition", *LISTS, "counted", "not_counted", "notes")


@dataclass(frozen=True)
class Topic:
    """One category of a dictionary: its patterns, what they stand for, what they do not."""

    name: str
    patterns: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    definition: str = ""
    counted: str = ""
    not_counted: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Topics:
    """A dictionary: where it came from, what it says about itself, its topics in order."""

    source: str
    topics: tuple[Topic, ...]
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The topics' names, in order."""
        return [topic.name for topic in self.topics]

    def describe(self) -> dict[str, str | int | None]:
        """What a result says about the dictionary that it was counted with."""
        known = {key: self.about.get(key) for key in ("version", "scope", "accuracy")}
        n_patterns = sum(len(topic.patterns) for topic in self.topics)
        counts = {"n_topics": len(self.topics), "n_patterns": n_patterns}
        return {"dictionary": self.about.get("title", self.source), **known, **counts}


def check_about(where: str, about: Any) -> dict[str, str]:
    """The header, checked, as text."""
    if not isinstance(about, Mapping):
        raise wrong(where, f"has no table [about] with {', '.join(NEEDED_ABOUT)}. Begin with it")
    for key in (*NEEDED_ABOUT, *about):
        if key not in ABOUT:
            raise wrong(where, f"says {key!r} in [about]. Known are {', '.join(ABOUT)}")
        value = about.get(key, "")
        if not isinstance(value, str | date) or not str(value).strip():
            raise wrong(where, f"has {key} = {value!r} in [about]. Give a text, in quotes")
    return {key: str(value) for key, value in about.items()}


def check_topics(where: str, tables: Mapping[str, Any]) -> tuple[Topic, ...]:
    """The topics, checked, in their order."""
    if not tables:
        raise wrong(where, 'has no topics. Add one: a name, and patterns = ["internet"]')
    return tuple(_topic(where, name, table) for name, table in tables.items())


def _topic(where: str, name: Any, table: Any) -> Topic:
    """One topic, checked."""
    if not isinstance(name, str) or not name.strip():
        raise wrong(where, f"has a topic named {name!r}. Give it a name of letters")
    if not isinstance(table, Mapping):
        raise wrong(where, f"says {name} = {table!r} outside any table. Put it under [about]")
    for key, value in table.items():
        if key not in KEYS:
            known = f"Known are {', '.join(KEYS)}; a name with a dot needs quotes"
            raise wrong(where, f"has an unknown key {key!r}. {known}", name)
        if key not in LISTS and not isinstance(value, str):
            raise wrong(where, f"has {key} = {value!r}. Give a text, in quotes", name)
    if "\n" in table.get("definition", "").strip():
        raise wrong(where, "has a definition of several lines. Use notes for the rest", name)
    patterns = _patterns(where, name, "patterns", table.get("patterns", []))
    exclude = _patterns(where, name, "exclude", table.get("exclude", []))
    for twice in patterns.keys() & exclude.keys():
        raise wrong(where, "is excluded by its own topic. Take one of the two out", name, twice)
    for pattern in patterns:
        if any(_holds(pattern.split(), out.split()) for out in exclude):
            says = "can never be a hit: its own words are excluded by its topic"
            raise wrong(where, f"{says}. Take one of the two out", name, pattern)
    if not patterns:
        raise wrong(where, 'has no patterns. Add some: patterns = ["internet"]', name)
    prose = {key: value for key, value in table.items() if key not in LISTS}
    return Topic(name, tuple(patterns.values()), tuple(exclude.values()), **prose)


def _patterns(where: str, topic: str, key: str, given: Any) -> dict[str, str]:
    """The patterns of a list as they are compared, with how they were written."""
    if not isinstance(given, list | tuple):
        raise wrong(where, f'has {key} = {given!r}. Give a list: ["internet", "web"]', topic)
    found: dict[str, str] = {}
    for pattern in given:
        try:
            plain = " ".join(check_pattern(pattern))
        except BriefingError as error:
            raise BriefingError(f"{where}, topic {topic!r}: {error}") from error
        if not plain.strip("*? "):
            raise wrong(
                where,
                "has no letters, so it would match nearly every word. Add some",
                topic,
                pattern,
            )
        if plain in found:
            raise wrong(where, f"stands twice in {key}. Take one out", topic, pattern)
        found[plain] = pattern
    return found


def wrong(
    where: str, what: str, topic: str | None = None, pattern: str | None = None
) -> BriefingError:
    """An error that names the dictionary, the topic and the pattern."""
    place = where if topic is None else f"{where}, topic {topic!r}"
    place = place if pattern is None else f"{place}: the pattern {pattern!r}"
    return BriefingError(f"{place} {what}.")


def _holds(words: list[str], part: list[str]) -> bool:
    """Whether an excluded pattern matches within the words of a pattern, as they stand."""
    runs = (words[i : i + len(part)] for i in range(len(words) - len(part) + 1))
    return any(all(map(fnmatchcase, run, part)) for run in runs)
