"""People and outlets across the files of a folder: `people.toml`, written, edited by hand, applied.

One person has several labels in a series: *MS. PSAKI* here, *Press Secretary Psaki* there. Labels
are joined by first name and surname or, within one series and if nothing contradicts it, by surname
alone, but never if first names or forms of address differ. For each person the file gives the
reason for joining the labels and its probability, set by hand for each reason; if you know better,
change the file: what it says is final.
"""

from __future__ import annotations

import os
import re
import tomllib
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations, pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.corrections import toml
from briefing.lexicons import entries, lexicon
from briefing.lexicons.names import (
    COURTESY,
    FEMALE,
    MALE,
    PARTICLES,
    TITLES,
    display,
    is_outlet,
    is_voice,
    label_key,
    names_nobody,
    read_label,
    role_word,
)
from briefing.measures.floor import NAMED, Heard, named, names_of
from briefing.safe import save
from briefing.tables import BriefingError

if TYPE_CHECKING:
    import pandas as pd

FILE = "people.toml"
JOINS = 0.9  # the lowest probability at which labels are joined in the file
COUNTING = frozenset("one two three four five six several some many all both".split())
NO_NAME = frozenset("the a an".split())  # not *el* or *le*, which begin surnames
TAILS = frozenset("news tv television radio network online media channel com the".split())
SHORT = dict(pair.split() for pair in entries("short-names"))  # tony: anthony
HEAD = """# People and outlets of the briefings in this folder, as far as labels and titles tell.
# Change what is wrong: a name, labels that are another person's, an outlet. A label that is two
# people's, one after the other, stands with both, with `from` and `to` (dates of briefings).
# `briefing people` never writes over this file.
"""


class Label(NamedTuple):
    """A label in one series: what it says, and where it is."""

    text: str
    series: str
    role: str
    surname: str
    first: str
    gender: str
    title: str
    name: str
    dates: list[str]
    n_turns: int
    outlet: str


@dataclass(frozen=True)
class LabelledPerson:
    """The labels of one person, and why they were joined."""

    labels: tuple[Label, ...]
    probability: float = 1.0
    why: tuple[str, ...] = ()

    def told(self, column: str) -> set[str]:
        """The values in a column of the labels, without empty ones."""
        return {str(getattr(label, column)) for label in self.labels} - {""}


@dataclass(frozen=True)
class People:
    """The content of `people.toml`: people by label, and the names of outlets."""

    persons: Mapping[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    outlets: Mapping[str, str] = field(default_factory=dict)


def refuse_written(folder: str | os.PathLike[str]) -> None:
    """Raise BriefingError if the folder already has a `people.toml`."""
    if (path := Path(folder) / FILE).exists():
        raise BriefingError.of("people there", path=path)


def read_people(folder: str | os.PathLike[str]) -> People:
    """Read the `people.toml` of a folder; an empty `People` if the folder has no such file.

    Raises BriefingError if it cannot be read, with the place and what to do.
    """
    path = Path(folder) / FILE
    if not path.is_file():
        return People()
    persons: dict[str, list[Mapping[str, Any]]] = {}
    try:
        told = tomllib.loads(path.read_text(encoding="utf-8"))
        for person in told.get("person", []):
            _ = person["name"]
            for label in [*person["labels"]]:
                persons.setdefault(label_form(label), []).append(person)
        outlets = {_key(x): each["name"] for each in told.get("outlet", []) for x in each["labels"]}
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BriefingError.of("people cannot be read", path=path, error=error) from error
    return People(persons, outlets)


def identify(turns: list[dict[str, Any]], people: People) -> list[dict[str, Any]]:
    """The turns of one briefing with the columns of `NAMED`; `people` takes precedence."""
    said = [Heard(t["speaker"], t["role"] or "", t["organisation"], t["text"]) for t in turns]
    found = [dict(zip(NAMED, values, strict=True)) for values in names_of(said)]
    for turn, told in zip(turns, found, strict=True):
        outlet = told["outlet"]
        told["outlet"] = outlet and people.outlets.get(_key(outlet), outlet)
        known = _known(people, turn["label"], told["person"], turn["series"], turn["date"])
        for column, key in (("person", "name"), ("outlet", "outlet")):
            if known.get(key):
                told |= {column: known[key], f"{column}_from": FILE}
                told[f"{column}_p"] = float(known.get("probability", 1))
    return [turn | told for turn, told in zip(turns, found, strict=True)]


def _known(
    people: People, label: str | None, called: str | None, series: str | None, date: str | None
) -> Mapping[str, Any]:
    """The person meant by a label, or a name in a call, on that date, if there is only one."""
    for text in filter(None, (label, called)):
        fits = [
            person
            for person in people.persons.get(label_form(text), [])
            if person.get("series") in (None, "", series)
            and str(person.get("from", "")) <= (date or "9")
            and (date or "") <= str(person.get("to", "9"))
        ]
        if len(fits) == 1:
            return fits[0]
    return {}


def label_form(label: str) -> str:
    """A label without what changes from page to page: spaces, case, marks."""
    return label_key(" ".join(label.split()))


def people_of(turns: pd.DataFrame, report: pd.DataFrame) -> list[LabelledPerson]:
    """The people behind the labels of a folder, most words first; labels are joined if safe."""
    persons: list[LabelledPerson] = []
    for label in sorted(_labels(turns, report), key=lambda label: -len(label.first)):
        new = _alone(label)
        fits = [(p, *joined) for p in persons if (joined := _join(p, new))]
        best = max(fits, key=lambda fit: fit[1], default=None)
        if best is None or best[1] < JOINS or len(fits) > 1 and not label.first:
            persons.append(new)
            continue
        whole, p, why = best
        reasons = tuple(dict.fromkeys([*whole.why, why]))
        both = LabelledPerson((*whole.labels, label), min(whole.probability, p), reasons)
        persons[persons.index(whole)] = both
    return sorted(persons, key=lambda person: -sum(label.n_turns for label in person.labels))


def _alone(label: Label) -> LabelledPerson:
    """A person with one label, which may be several people's if many files lack a first name."""
    if len(label.dates) < 2 or label.first:
        return LabelledPerson((label,))
    return LabelledPerson((label,), 0.97, (f"one label on {len(label.dates)} dates",))


def _join(a: LabelledPerson, b: LabelledPerson) -> tuple[float, str] | None:
    """The probability that two are the same person, and why; None if something contradicts it."""
    firsts, titles = a.told("first") | b.told("first"), a.told("title") | b.told("title")
    surnames, sides = a.told("surname") | b.told("surname"), a.told("role") | b.told("role")
    if len(surnames) > 1 or len(a.told("gender") | b.told("gender")) > 1:
        return None
    if sides == {"journalist", "official"}:
        return None
    if any(not _same_first(x, y) for x, y in combinations(firsts, 2)):
        return None
    if a.told("first") and b.told("first"):
        return 0.99, "the same first name and surname"
    if not {label.series for label in a.labels} & {label.series for label in b.labels}:
        return None
    if firsts:
        return 0.95, "one surname in the series, and one first name with it"
    if len(titles) > 1:
        return 0.92, f"one surname in the series, with several titles: {', '.join(sorted(titles))}"
    return 0.97, "one surname and title in the series"


def _same_first(a: str, b: str) -> bool:
    """*Jen* and *Jennifer*, *J.* and *Jo*, *Bob* and *Robert*: one may be short for the other."""
    names = [name.rstrip(".") for name in (a, b)]
    if len({SHORT.get(name, name) for name in names}) == 1:
        return True
    short, long = sorted(names, key=len)
    return long.startswith(short) and (len(short) != 2 or short == long)


def _labels(turns: pd.DataFrame, report: pd.DataFrame) -> Iterator[Label]:
    """The labels of each series that name a person, with first names from titles."""
    shown = turns[turns["label"].notna() & turns["speaker"].notna()]
    titles = dict(zip(report["briefing_id"], report["title"].fillna(""), strict=True))
    keys = [shown["series"].astype("object").fillna(""), shown["label"].map(label_form)]
    for (series, _), rows in shown.groupby(keys, sort=False):
        text = " ".join(str(rows["label"].iloc[0]).split())
        words = _name_in(text)
        if not words:
            continue
        last = _surname(words, text)
        surname = label_key(last)
        given = _first_names(surname, [titles[b] for b in rows["briefing_id"].unique()])
        first = next((word for word in words if word != last), given)
        title = " ".join(w for w in label_key(text).split() if w in TITLES)
        gender = "f" if title in FEMALE else "m" if title in MALE else ""
        role, outlet = str(rows["role"].mode().iloc[0]), rows["organisation"].dropna()
        yield Label(
            *(text, str(series), role, surname, label_key(first), gender, title),
            name=" ".join([*([first] if len(words) == 1 and first else []), *map(display, words)]),
            dates=sorted(rows["date"].dropna().unique()),
            n_turns=len(rows),
            outlet=str(outlet.iloc[0]) if role == "journalist" and len(outlet) else "",
        )


def _surname(words: list[str], label: str) -> str:
    """The last word of a name, or the word that the label prints in capitals.

    >>> _surname(["Ida", "Marlow"], "Ms. Ida Marlow"), _surname(["Marlow", "Ida"], "MARLOW Ida")
    ('Marlow', 'Marlow')
    """
    printed = re.findall(r"\w{2,}", label)
    capitals = [word for word in words if word.upper() in printed]
    return capitals[0] if len(capitals) == 1 else words[-1]


def _name_in(label: str) -> list[str]:
    """The words of the person's name in a label, without titles; empty if there is no name.

    >>> _name_in("12. MS. IDA MARLOW"), _name_in("Security Council"), _name_in("Two questions")
    (['Ida', 'Marlow'], [], [])
    """
    called = [w for w in (read_label(label).person or "").split() if not w[0].isdigit()]
    words = [w for w in called if label_key(w) not in TITLES]
    alone = len(called) == 1 and role_word(*called)
    if not words or alone or is_voice(label) or names_nobody(label) or is_outlet(" ".join(words)):
        return []
    addressed = COURTESY & {*map(label_key, called)}  # Mr. House is somebody
    return [] if _is_phrase(words) or (_is_body(words) and not addressed) else words


def _is_phrase(words: list[str]) -> bool:
    """*Two questions*, *Members of the public*: labels with a number or lower-case words."""
    small = (w for w in words[1:] if w[0].islower() and w not in PARTICLES)
    return label_key(words[0]) in COUNTING or any(small)


def _is_body(words: list[str]) -> bool:
    """*Security Council*, *The House*."""
    keys = [*map(label_key, words)]
    return keys[0] in NO_NAME or not lexicon("institution-words").isdisjoint(keys)


def _first_names(surname: str, titles: Iterable[str]) -> str:
    """The only first name that titles of briefings print before a surname, if any."""
    words = [title.replace("\xa0", " ").replace(",", " , ").split() for title in titles]
    pairs = [pair for title in words for pair in pairwise(title)]
    found = {a for a, b in pairs if label_key(b) == surname and label_key(a) not in TITLES}
    return found.pop() if len(found) == 1 else ""


def _key(outlet: str) -> str:
    """An outlet's name without words omitted in speech: *the*, *News*, *TV*."""
    words = label_key(outlet).split()
    return " ".join(w for w in words if w not in TAILS) or " ".join(words)


def _outlet_names(outlets: Iterable[str]) -> dict[str, str]:
    """The full name of each outlet by its key, with initials expanded."""
    forms: dict[str, Counter[str]] = {}
    for outlet in outlets:
        forms.setdefault(_key(outlet), Counter())[outlet] += 1
    names = {key: max(n, key=lambda form: (len(form), n[form])) for key, n in forms.items()}
    initials = {"".join(w[0] for w in key.split()): key for key in names if " " in key}
    return names | {key: names[initials[key]] for key in names if key in initials}


def by_one_name(outlets: pd.Series) -> pd.Series:
    """The outlets, each by one name: *CBS News* for *CBS*, too."""
    names = _outlet_names(outlets.dropna())
    return outlets.map({outlet: names[_key(outlet)] for outlet in outlets.dropna().unique()})


def write_people(turns: pd.DataFrame, report: pd.DataFrame, folder: str | os.PathLike[str]) -> Path:
    """Write `people.toml` into the folder of the transcripts, but never overwrite one.

    Raises BriefingError if there is one already, or it cannot be written.
    """
    parts = [HEAD, *map(_person_toml, people_of(turns, report))]
    called: dict[str, set[str]] = {}
    found = named(turns)["outlet"].dropna()
    names = _outlet_names(found)
    for outlet in found:
        called.setdefault(names[_key(outlet)], set()).add(outlet)
    parts += [_toml("outlet", name=n, labels=sorted(called[n])) for n in sorted(called)]
    return save(Path(folder) / FILE, "\n".join(parts), replace=False)


def _person_toml(person: LabelledPerson) -> str:
    """A person as an entry of the file."""
    labels = person.labels
    dates = sorted({date for label in labels for date in label.dates})
    told: dict[str, Any] = {
        "name": max((label.name for label in labels), key=lambda name: len(name.split())),
        "labels": sorted({label.text for label in labels}),
        "outlet": min(person.told("outlet"), default=""),
        "offices": sorted(person.told("title") - FEMALE - MALE),
        "seen": [*dict.fromkeys([*dates[:1], *dates[-1:]])],
        "n_turns": sum(label.n_turns for label in labels),
        "probability": person.probability,
        "why": "; ".join(person.why) or "one label",
    }
    series = {label.series for label in labels}
    return _toml("person", **told, **({"series": series.pop()} if len(series) == 1 else {}))


def _toml(kind: str, **told: Any) -> str:
    """An entry."""
    lines = [f"{key} = {toml(value)}" for key, value in told.items()]
    return "\n".join([f"[[{kind}]]", *lines, ""])
