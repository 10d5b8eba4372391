"""Who is the same person, what they are called, and which organisation they speak for.

A label is an office, a name, an outlet, or several of them (`PRESS SECRETARY JAN F. MARLOW`,
`Name (Organisation)`, `Title, Name`). One person goes by several labels: in full first and
`MR. MARLOW` after, by initials, with and without a title, misspelt by a letter. They are joined
where just one full name fits; two people with one surname stay two.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache, partial
from typing import NamedTuple

from briefing.lexicons import Patterns
from briefing.lexicons.names import (
    ARTICLES,
    DENSE,
    FEMALE,
    MALE,
    PARTICLES,
    TITLES,
    Name,
    bare,
    display,
    has_office,
    is_outlet,
    is_voice,
    label_key,
    read_label,
    role_word,
)
from briefing.parse.values import Remark, Turn

PRONOUN = re.compile(r"(?:I|We|You|He|She|It|They)(?:['’]\w+)?\b")  # `Okay, I had ...`
SAID = Patterns("introductions")
MOST_NAMES = 3  # words of a name: one with more may be the names of two people
EXAMINES = re.compile(r"(?:by|par|por)\s+\S", re.IGNORECASE)
ENCLOSED = re.compile(r"^[\[(（【]([^\[\]()（）【】]+)[\])）】]$")
GREETS = frozenset("thank thanks good hi hello".split())
PET = re.compile(r"(\w{2,}?(\w))\2?(?:ie|y)")
ENDS = re.compile(r"[.?!…。？！:：;][\"'”’»)\]）」』*]*\s*$")
APART = re.compile(r"[(（\[,，]|\s[-–—]\s")  # an office set apart from a name


class Person(NamedTuple):
    """One name as it is printed: its words to compare, and what goes with it."""

    name: Name
    words: tuple[str, ...]  # folded, without titles, initials first
    titled: bool = False
    sex: str = ""  # of a courtesy title: f, m or empty
    times: int = 0
    first: int = 0  # positions of the first and the last turn that carry it
    last: int = 0

    @property
    def fullness(self) -> tuple[int, int, int]:
        """How much of the name is there: whole words, letters, how often it is printed."""
        return sum(len(w) > 1 for w in self.words), len("".join(self.words)), self.times

    @property
    def joinable(self) -> bool:
        """Whether it is a person's name: no outlet, no `Speaker 1`."""
        said = self.name.person or ""
        return not is_voice(said) and not is_outlet(said, acronyms=False)


def name_speakers(
    turns: tuple[Turn, ...], roster: Mapping[str, str]
) -> tuple[tuple[Turn, ...], tuple[Remark, ...]]:
    """Give each turn its speaker and organisation; and say which labels were joined.

    Parameters
    ----------
    turns
        Turns with the labels as they are printed; turns without one stay as they are.
    roster
        People whom the document lists, with their organisations.

    Returns
    -------
    tuple
        The turns, and a remark for each label that was taken for a person of another label.
    """
    labels = [t.label for t in turns if t.label]
    read = read_labels(labels)
    people = _people(turns, read)
    listed = [_person(read_label(name)) for name in roster]
    whole = _joined(people, listed)
    offices = _offices_of(read, whole, Counter(labels))
    called = {label: _called(name, whole.get(label), offices) for label, name in read.items()}
    stated = {p.words: roster[name] for p, name in zip(listed, roster, strict=True)}
    named = {
        label: (speaker, _organisation(read[label], whole.get(label), stated))
        for label, speaker in called.items()
    }
    done = tuple(
        t._replace(speaker=named[t.label][0], organisation=named[t.label][1]) if t.label else t
        for t in turns
    )
    return tuple(_examined(done)), _remarks(turns, read, whole, called)


def _examined(turns: Iterable[Turn]) -> Iterator[Turn]:
    """The turns without lines that only say who asks from there on: `BY MS. MARLOW:`, then `Q.`"""
    asker = None
    for turn in turns:
        asks = role_word(turn.label or "") == "question"
        if turn.label and not turn.text and EXAMINES.match(turn.label):
            asker = turn.speaker
        else:
            yield turn._replace(speaker=asker) if asks and not turn.speaker else turn


def read_labels(labels: Iterable[str]) -> dict[str, Name]:
    """What each label of one document says, in the light of all of them."""
    distinct = list(dict.fromkeys(labels))
    first, letters = offices_first(distinct), lettered(distinct)
    return {
        label: Name(label.strip())
        if letters and _letter(label)
        else read_label(ENCLOSED.sub(r"\1", label), office_first=first)
        for label in distinct
    }


def offices_first(labels: Iterable[str]) -> bool:
    """Whether a document writes `Office, Name` rather than `Name, Office`."""
    distinct = set(labels)
    alone = {label_key(label) for label in distinct if "," not in label}
    votes: Counter[int] = Counter()
    for label in distinct:
        parts = [p for p in re.split(r"[,，]\s*", re.sub(r"\([^()]*\)", "", label)) if p.strip()]
        if len(parts) > 1:
            names = label_key(parts[-1]) in alone, label_key(parts[0]) in alone
            votes[has_office(parts[0]) + names[0] - has_office(parts[-1]) - names[1]] += 1
    return votes[1] + votes[2] > votes[-1] + votes[-2]


def lettered(labels: Iterable[str]) -> bool:
    """Whether single letters tell voices apart (`A`, `B`) rather than questions from answers."""
    letters = {label.strip().casefold() for label in labels if _letter(label)}
    pairs = ("qa", "qr", "pr", "fa", "dr", "sc", "qc", "pa", "вo", "во", "от")
    usual = any(set(pair) <= letters for pair in pairs) or letters <= set("qa")
    row = {"a", "b"} <= letters and ("q" not in letters or "c" in letters)  # of voices, in order
    return len(letters) > 1 and (row or not usual) or letters in ({"i", "b"}, {"i", "p"})


def _letter(label: str) -> bool:
    return len(label.strip()) == 1 and label.strip().isalpha() and not DENSE.match(label.strip())


def _people(turns: Sequence[Turn], read: Mapping[str, Name]) -> dict[str, Person]:
    """The person of each label that names one, with how often and where it stands."""
    at: dict[str, list[int]] = defaultdict(list)
    for i, turn in enumerate(turns):
        if turn.label and read[turn.label].person:
            at[turn.label].append(i)
    return {
        label: _person(read[label])._replace(times=len(i), first=i[0], last=i[-1])
        for label, i in at.items()
    }


@lru_cache(maxsize=20_000)
def _person(name: Name) -> Person:
    """The words of a name for comparing: without titles, initials that follow put first."""
    said = name.person or ""
    if DENSE.search(said) or is_voice(said):
        return Person(name, (said,), bool(name.office))
    keys = re.sub(r"\b(\w) -(?=\w\b)", r"\1-", bare(label_key(said))).split() or [""]
    words = [k for k in keys if k not in PARTICLES] or keys
    titles = next((i for i, k in enumerate(words[:-1]) if k not in TITLES), len(words) - 1)
    sex = "f" * (keys[0] in FEMALE) or "m" * (keys[0] in MALE)
    plain = _initials_first(words[titles:])
    return Person(name, tuple(plain), titles > 0 or bool(name.office), sex)


def _initials_first(words: list[str]) -> list[str]:
    """`orlov s v` -> `s v orlov`."""
    whole = [i for i, w in enumerate(words) if len(w) > 1]
    cut = whole[-1] + 1 if whole else 0
    return words[cut:] + words[:cut]


def _joined(people: Mapping[str, Person], listed: Sequence[Person]) -> dict[str, Person]:
    """Each label with the person it names, by the fullest name that alone fits."""
    order = sorted(people, key=lambda label: people[label].fullness, reverse=True)
    wholes: list[Person] = []
    index: dict[str, list[Person]] = defaultdict(list)
    joined: dict[str, Person] = {}
    sexes: dict[tuple[str, ...], str] = {}  # Ms Lund and Mr Lund are not both Ann Lund
    for label in order:
        person = people[label]
        fits = _fitting(person, index) or _by_initials(label, person, wholes, listed)
        fits = [f for f in fits if not {person.sex, sexes.get(f.words, "")} >= {"f", "m"}]
        if len(fits) != 1 and not _are_several(person, people.values()):
            wholes.append(person)
            for key in _keys(person) | ({"*"} if person.times > 2 else set()):
                index[key].append(person)
        joined[label] = fits[0] if len(fits) == 1 else person
        sexes[joined[label].words] = sexes.get(joined[label].words) or person.sex
    return joined


def _are_several(person: Person, people: Iterable[Person]) -> bool:
    """Whether a name holds the names of two others: `Ann Lund and Jo Petrel`."""
    words = {*person.words}
    held = [{*p.words} for p in people if len(words) > MOST_NAMES and {*p.words} < words]
    return any(a.isdisjoint(b) for a in held for b in held)


def _keys(person: Person) -> set[str]:
    """Under what a name is looked up: its words, and the first character of an unspaced one."""
    dense = {person.words[0][:1]} if DENSE.search(person.words[0]) else set()
    return dense | {w for w in person.words if len(w) > 1}


def _fitting(person: Person, index: Mapping[str, list[Person]]) -> list[Person]:
    """The fuller names that this one may be short for; the same name, if there is one."""
    found = dict.fromkeys(p for key in _keys(person) for p in index.get(key, ()))
    near = [p for p in found if not _differ(p, person)]
    same = [p for p in near if p.words == person.words][:1]
    if same or not person.joinable:
        return same
    short = [*filter(partial(_short_for, person), near)]
    short = short or [*filter(partial(_by_given_name, person), near)]
    return short or [*filter(partial(_misspelt, person), index.get("*", ()))]


def _differ(one: Person, other: Person) -> bool:
    return bool(one.sex and other.sex and one.sex != other.sex)


def _short_for(person: Person, full: Person) -> bool:
    """Whether a name may be a short form of another: nothing in it differs."""
    a, b = person.words, full.words
    if not full.joinable or DENSE.search(a[0]):
        return 1 < len(a[0]) < len(b[0]) and b[0].startswith(a[0]) and full.joinable
    if len(a) == 1:
        return a[0] in b[1:]
    family = len(a) < len(b) and len(a[0]) > 1 and a == b[-len(a) :]
    return family or sorted(a) == sorted(b) or _agree(a, b)


def _by_given_name(person: Person, full: Person) -> bool:
    """`Adam` for `Adam Lund`, where the full name comes no more; `Ibu Sari`; `周局长`."""
    (a, *more), b = person.words, full.words
    if more or not (person.titled or full.last < person.first):
        return False
    return a == b[0] != b[-1] or bool(DENSE.search(a)) and a != b[0] and b[0].startswith(a)


def _agree(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """Whether the words of `a` stand in `b` in order, as words or initials, the first one first."""
    if not _alike(a[0], b[0]) or a[-1] not in b[1:]:
        return False
    rest = iter(b)
    return all(any(_alike(x, y) for y in rest) for x in a)


def _alike(a: str, b: str) -> bool:
    """The same given name, in full, as an initial, as a pet name: `Dan`, `Daniel`; `Debbie`."""
    short, long = sorted((a, b), key=len)
    begins = "".join(w[:1] for w in long.split("-"))
    if a == b or short in {long[0], begins, "-".join(begins)}:
        return True
    pet = PET.fullmatch(short)
    stem = pet[1] if pet else short
    return 2 < len(stem) < 6 and len(long) > len(short) + 2 * (not pet) and long.startswith(stem)


def _by_initials(
    label: str, person: Person, wholes: Sequence[Person], listed: Sequence[Person]
) -> list[Person]:
    """The people whose initials a label of one to four capitals gives."""
    plain = re.sub(r"[\s.:]", "", label)
    letters = plain.isalpha() and plain.isupper() and len(plain) < 5
    if not letters or len(person.words) > 1 and max(map(len, person.words)) > 1:
        return []
    known = [*wholes, *listed]
    stated = [p for p in known if p.name.initials == plain]
    if stated or len(plain) == 1:
        return stated[:1]
    found = {p.words: p for p in reversed(known) if _initials(p) == plain.casefold()}
    return list(found.values())


def _initials(person: Person) -> str:
    """The first letters of a name of several words."""
    words = re.split(r"[\s-]+", bare(label_key(person.name.person or "")))
    return "".join(w[0] for w in words if w not in TITLES) if len(words) > 1 else ""


def _misspelt(person: Person, other: Person) -> bool:
    """True where one long word of a rare name differs by one letter, or by two swapped."""
    rare = person.times <= 2 and other.times >= 3 * person.times
    if not rare or len(person.words) != len(other.words):
        return False
    differ = [(a, b) for a, b in zip(person.words, other.words, strict=True) if a != b]
    if len(differ) != 1 or _differ(person, other):
        return False
    a, b = differ[0]
    given = len(person.words) == 1 or a != person.words[-1]
    two = given and a[-1] != b[-1]  # Daniel, Daniela
    return min(len(a), len(b)) > 4 and not two and _one_letter(a, b)


def _one_letter(a: str, b: str) -> bool:
    i = next((k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    swapped = a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
    return swapped or a[i + 1 :] == b[i + 1 :] or a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:]


def _offices_of(
    read: Mapping[str, Name], whole: Mapping[str, Person], counts: Mapping[str, int]
) -> dict[str, str]:
    """Offices that stand alone and that one label explains: `Mr Speaker` -> who that is."""
    people: dict[str, set[str]] = defaultdict(set)
    alone: dict[str, list[str]] = defaultdict(list)
    named: Counter[str] = Counter()
    for label, name in read.items():
        key = _office_key(name.office or "")
        if label not in whole:
            alone[key].append(label)
            continue
        named[shown(whole[label].name)] += counts[label]
        if APART.search(label):
            people[key].add(shown(whole[label].name))
    known: dict[str, str] = {}
    for key in (k for k in alone if k and len(people[k]) == 1):
        (who,) = people[key]
        often = sum(counts[label] for label in alone[key]) > named[who]
        known[key] = f"{read[alone[key][0]].office} ({who})" if often else who
    return known


def _office_key(office: str) -> str:
    return " ".join(w for w in bare(label_key(office)).split() if w not in ARTICLES)


def shown(name: Name) -> str:
    """What a person is called: a family name alone goes with its office, `山川総理`."""
    said = name.person or name.office or ""
    alone = name.person and DENSE.match(said) and len(said) < 3
    return f"{said}{name.office}" if alone and name.office and DENSE.match(name.office) else said


def _called(name: Name, whole: Person | None, offices: Mapping[str, str]) -> str | None:
    """The speaker of a label; None where nobody is named."""
    if whole:
        said = shown(whole.name)
        return next((full for full in offices.values() if full.endswith(f" ({said})")), said)
    return offices.get(_office_key(name.office), name.office) if name.office else None


def _organisation(
    name: Name, whole: Person | None, stated: Mapping[tuple[str, ...], str]
) -> str | None:
    """What the label says, or the fuller label of the person, or the list of those present."""
    said = name.organisation
    if not said and whole:
        said = whole.name.organisation or stated.get(whole.words)
    if not said:
        return None
    return said if said.isupper() and len(said) < 7 else display(said)


def _remarks(
    turns: Sequence[Turn],
    read: Mapping[str, Name],
    whole: Mapping[str, Person],
    called: Mapping[str, str | None],
) -> tuple[Remark, ...]:
    """One remark for each label that stands for a person named by other words elsewhere."""
    first: dict[str, int] = {}
    for turn in turns:
        if turn.label:
            first.setdefault(turn.label, turn.first_line)
    return tuple(
        Remark("joined", first[label], f"{label} = {called[label]}", 0.9)
        for label in read
        if label in whole and _person(read[label]).words != whole[label].words
    )


def introduce(turn: Turn) -> str | None:
    """The organisation that a questioner names in the first words: `Jo Lund with Harbour Radio`."""
    if DENSE.search(turn.text[:40]):
        east = SAID.introduces_east.match(turn.text[:60])
        return next((found for found in east.groups() if found), None) if east else None
    match = SAID.introduces.match(turn.text[:200])
    if not match:
        return None
    words = match["name"].split()
    said = set(map(label_key, words))
    known = turn.speaker is None or said & set(label_key(turn.speaker).split())
    before = turn.text[: match.start("name")].split()[-1:]  # `Mr.` ends no sentence
    courtesy = (said | set(map(label_key, before))) & (TITLES | GREETS)
    organisation = re.sub(r"(?<!\s)\s+(?:and|of|the)$", "", match["org"].strip())
    return organisation if known and not courtesy and not PRONOUN.match(organisation) else None


def add_organisations(turns: tuple[Turn, ...]) -> tuple[tuple[Turn, ...], tuple[Remark, ...]]:
    """Outlets as labels are their own organisation; questioners say theirs when they begin.

    Parameters
    ----------
    turns
        Turns with speakers and roles.

    Returns
    -------
    tuple
        The turns, and a remark for each organisation that was read from somebody's own words.
    """
    asking = {i: t for i, t in enumerate(turns) if t.role == "journalist"}
    printed = _printed(asking)
    heard = {i: said for i in asking if not printed[i] and (said := introduce(asking[i]))}
    told = _told(asking, {i: printed[i] or heard.get(i) for i in asking})
    done = (t._replace(organisation=told[i]) if i in told else t for i, t in enumerate(turns))
    remarks = (Remark("organisation", turns[i].first_line, w, 0.8) for i, w in heard.items())
    return tuple(done), tuple(remarks)


def _told(asking: Mapping[int, Turn], stated: Mapping[int, str | None]) -> dict[int, str | None]:
    """The organisation of each turn, by what the same speaker said elsewhere too."""
    known = {asking[i].speaker: said for i, said in reversed(list(stated.items())) if said}
    return {
        i: said or (known.get(asking[i].speaker) if asking[i].speaker else None)
        for i, said in stated.items()
    }


def _printed(asking: Mapping[int, Turn]) -> dict[int, str | None]:
    """The organisation of each turn that its label gives, or that is its label."""
    speakers = {t.speaker for t in asking.values() if t.speaker}
    by_outlet = sum(map(is_outlet, speakers)) > len(speakers) / 2
    return {i: _labelled(t, by_outlet) for i, t in asking.items()}


def _labelled(turn: Turn, by_outlet: bool) -> str | None:
    """The organisation that a label gives, or that is the label."""
    outlet = turn.speaker and (by_outlet or is_outlet(turn.speaker))
    return turn.organisation or (turn.speaker if outlet else None)


def roster(texts: Sequence[str], opening: str, labels: Sequence[str]) -> dict[str, str]:
    """People introduced with their office, at the head or by the opener: name -> organisation.

    Parameters
    ----------
    texts
        Lines of metadata, such as a list of those present.
    opening
        What the first turn says.
    labels
        The labels of all turns: the opener presents those who speak.

    Returns
    -------
    dict
        Names as printed; also with initials (`Ana Verlane (AV)`) where the list gives them, and
        the only name of which a label is the initials.
    """
    listed: dict[str, str] = {}
    about = "\n".join([*texts, opening])
    for text in texts:
        plain = text.strip(" \xa0•*-")
        for match in SAID.listed.finditer(plain):
            listed.update(_listed(match["name"], match["in"].strip()))
        if (entry := SAID.entry.match(plain)) and not ENDS.search(plain):
            listed.setdefault(entry["name"], _institution(entry["office"]))
    for label in labels:
        spelt = r"[\s-]".join(rf"\b{letter}[\w’']{{1,30}}" for letter in label)
        found = re.findall(spelt, about) if SAID.initials.fullmatch(label) else []
        listed |= dict.fromkeys(found, "") if len({*found}) == 1 else {}
    names = {read_label(label).person for label in labels}
    for match in SAID.presented.finditer(opening):
        if match["name"] in names:
            listed.setdefault(match["name"], _institution(match["office"]))
    return listed


def _listed(name: str, inner: str) -> dict[str, str]:
    """An entry of a list of people: `Ana Verlane (AV)`, `Ana VERLANE (Team North)`."""
    read = read_label(f"{name} ({inner})")
    if read.person is None or len(name.split()) < 2 or has_office(name) and not read.initials:
        return {}
    shown = {read.person: read.organisation or _institution(inner)}
    return shown | ({f"{name} ({inner})": ""} if read.initials else {})


def _institution(office: str) -> str:
    """`minister of the Health Commission` -> `Health Commission`; empty where none is named."""
    return (SAID.institution.search(office) or {"name": ""})["name"]
