"""Who is the same person, what they are called, and which organisation they speak for.

A label is an office, a name, an outlet, or several of them (`PRESS SECRETARY JOHN F. KIRBY`,
`Name (Organisation)`, `Title, Name`). One person goes by several labels: in full first and
`MR. KIRBY` after, with and without a title, misspelt by a letter. They are joined where just
one full name fits; two people with one surname stay two.
"""

from __future__ import annotations

import re
from collections import Counter

from briefing.lexicons import lexicon
from briefing.names import (
    Name,
    display,
    has_office,
    is_outlet,
    label_key,
    read_label,
    role_word,
)
from briefing.turns import Parsed, Turn

PRONOUN = re.compile(r"(?:I|We|You|He|She|It|They)(?:['’]\w+)?\b")  # `Okay, I had ...`
INTRODUCES = re.compile(
    r"^(?:[^.?!]{0,45}[.,!;—–-]\s+)?(?:(?:and\s+)?(?:I['’]?m|I am|this is|it['’]s|"
    r"my name is|here is)\s+)?"
    r"(?P<name>[^\W\d_a-z][\w’'\-]+(?:\s+[^\W\d_a-z][\w.’'\-]*){0,3})"
    r"(?:,?\s+(?:from|with|of|at|for|representing)\s+|,\s+)"
    r"(?P<org>(?:the\s+)?[^\W\d_a-z][\w&’'.\-]*(?:\s+(?:of|and|de|the|&|"
    r"[^\W\d_a-z][\w&’'\-]*)){0,5})"
    r"(?=[.,;:!?—–-]|\s+(?:and|here|[a-z]))"
)


def name_speakers(parsed: Parsed, roster: dict[str, str]) -> dict[int, Name]:
    """Give each turn its speaker and organisation; returns what each turn's label says."""
    labels = [t.label for t in parsed.turns if t.label]
    office_first = _orientation(labels)
    read = {label: read_label(label, office_first=office_first) for label in dict.fromkeys(labels)}
    counts = Counter(labels)
    same = _same_people(read, counts)
    for turn in parsed.turns:
        if turn.label is None:
            continue
        name = read[turn.label]
        whole = same.get(turn.label, turn.label)
        chosen = read[whole]
        turn.speaker = chosen.person or (
            chosen.office if role_word(turn.label) not in {"question", "answer"} else None
        )
        stated = name.organisation or chosen.organisation or roster.get(turn.speaker or "")
        turn.organisation = display(stated) if stated else None
    for label, whole in same.items():
        if label_key(label) != label_key(whole):
            line = next(t.first_line for t in parsed.turns if t.label == label)
            parsed.remarks.append(
                (
                    line,
                    f"{label!r} is taken to be {(read[whole].person or read[whole].office)!r}",
                    0.9,
                )
            )
    return {i: read[t.label] for i, t in enumerate(parsed.turns) if t.label}


def _orientation(labels: list[str]) -> bool:
    """Whether this document writes `Office, Name` rather than `Name, Office`."""
    votes: Counter[int] = Counter()
    for label in set(labels):
        parts = [p for p in re.split(r",\s*", re.sub(r"\([^)]*\)", "", label)) if p]
        if len(parts) > 1:
            votes[has_office(parts[0]) - has_office(parts[-1])] += 1
    return votes[1] > votes[-1]


def _same_people(read: dict[str, Name], counts: Counter) -> dict[str, str]:
    """Each label to the label that names its person most fully."""
    people = {label: name for label, name in read.items() if name.person}
    same: dict[str, str] = {}
    for label, name in read.items():
        fuller = [o for o, other in people.items() if o != label and _shorter(name, other)]
        distinct = {people[o].tokens[-1:] + people[o].tokens[:1] for o in fuller}
        if fuller and len(distinct) == 1:
            same[label] = max(fuller, key=lambda o: (len(people[o].tokens), counts[o]))
            continue
        near = [o for o in read if counts[o] > counts[label] and _misspelt(label, o)]
        if len(near) == 1:
            same[label] = near[0]
    return {label: same.get(whole, whole) for label, whole in same.items()}


def _shorter(name: Name, other: Name) -> bool:
    """True where `name` may be a short form of `other`: same surname, nothing that differs."""
    a, b = plain(name), plain(other)
    if not a or not b or is_outlet(name.person or ""):
        return False
    if len(a) == 1:
        titled = len(name.tokens) > 1 or name.office is not None
        return len(b) > 1 and (a[0] == b[-1] or (titled and a[0] == b[0]))
    if a == b:
        return len(other.person or "") > len(name.person or "")
    nickname = (
        len(a) == len(b) == 2 and a[1] == b[1] and a[0][:3] == b[0][:3] and len(b[0]) > len(a[0])
    )
    return nickname or len(a) < len(b) and a[0] == b[0] and a[-1] == b[-1]


def plain(name: Name) -> tuple[str, ...]:
    """The words of a name without titles."""
    return tuple(w for w in name.tokens if w not in lexicon("titles") or len(name.tokens) == 1)


def _misspelt(label: str, other: str) -> bool:
    """True where one word of five letters or more differs by one letter, or by two swapped."""
    ones, others = label_key(label).split(), label_key(other).split()
    differ = [(a, b) for a, b in zip(ones, others, strict=False) if a != b]
    if len(ones) != len(others) or len(differ) != 1:
        return False
    a, b = differ[0]
    if min(len(a), len(b)) < 5 or not (a + b).isalpha():
        return False
    i = next(
        (k for k, (x, y) in enumerate(zip(a, b, strict=False)) if x != y),
        min(len(a), len(b)),
    )
    swapped = a[i : i + 2] == b[i : i + 2][::-1] and a[i + 2 :] == b[i + 2 :]
    return swapped or a[i + 1 :] == b[i + 1 :] or a[i:] == b[i + 1 :] or a[i + 1 :] == b[i:]


def introduce(turn: Turn) -> str | None:
    """The organisation that a questioner names in the first words: `Rishabh from Times Now`."""
    match = INTRODUCES.match(turn.text[:200])
    if not match:
        return None
    words = match["name"].split()
    known = turn.speaker is None or set(map(label_key, words)) & set(
        label_key(turn.speaker).split()
    )
    before = turn.text[: match.start("name")].split()[-1:]  # `Mr.` ends no sentence
    courtesy = {label_key(w) for w in [*before, *words]} & (
        lexicon("titles") | {"thank", "good", "hi", "hello"}
    )
    organisation = re.sub(r"\s+(?:and|of|the)$", "", match["org"].strip())
    return organisation if known and not courtesy and not PRONOUN.match(organisation) else None


def add_organisations(parsed: Parsed) -> None:
    """Outlets as labels are their own organisation; questioners say theirs when they begin."""
    asking = [t for t in parsed.turns if t.role == "journalist"]
    labels = {t.speaker for t in asking if t.speaker}
    by_outlet = sum(is_outlet(label) for label in labels) > len(labels) / 2
    known: dict[str, str] = {}
    for turn in asking:
        outlet = turn.speaker and (is_outlet(turn.speaker) or by_outlet)
        if turn.organisation is None and outlet:
            turn.organisation = turn.speaker
        if turn.organisation is None and (found := introduce(turn)):
            turn.organisation = found
            what = f"organisation {found!r} from the speaker's own words"
            parsed.remarks.append((turn.first_line, what, 0.8))
        if turn.speaker and turn.organisation:
            known.setdefault(turn.speaker, turn.organisation)
    for turn in asking:
        turn.organisation = turn.organisation or known.get(turn.speaker or "")
