"""What every layout shares: the page, the turns to expect, and the furniture around."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from .events import Event, Person, Said, introduced
from .words import ENGLISH

NBSP = "\u00a0"
NOBODY = frozenset(
    "q question journalist reporter pregunta periodista frage média 记者 问 答 a r".split()
)


@dataclass(frozen=True)
class Expected:
    """One turn to be found: `names` must be in the speaker's name, `allowed` may be."""

    text: str
    label: str | None
    names: frozenset[str]
    allowed: frozenset[str]
    role: str
    organisation: str | None
    answers: frozenset[int]  # turn numbers from 1
    kind: str
    who: str  # the person behind the label
    start_s: float | None = None

    @property
    def inferred(self) -> bool:
        """Whether the page prints no label for it."""
        return self.label is None


@dataclass(frozen=True)
class Page:
    """A made transcript: the file's bytes, its suffix and the turns that stand in it."""

    data: bytes
    suffix: str
    turns: tuple[Expected, ...]


Labels = list[str | None]
Namer = Callable[[Person, int], str | None]


def words_of(text: str) -> list[str]:
    """Words of a name or label, case folded."""
    return re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", text.casefold())


def level(text: str) -> str:
    """Text with every run of white space made one space, and none between Chinese signs."""
    return re.sub(r"(?<=[\u3000-\uffef]) (?=[\u3000-\uffef])", "", " ".join(text.split()))


def label_all(event: Event, namer: Namer) -> Labels:
    """A label for each turn: `namer` gets the person and how often they spoke before."""
    seen: dict[str, int] = {}
    labels = []
    for said in event.said:
        n = seen.get(said.person.full, 0)
        seen[said.person.full] = n + 1
        labels.append(namer(said.person, n))
    return labels


def make_page(
    event: Event, labels: Labels, text: str, suffix: str = ".txt", *,
    encoding: str = "utf-8", times: list[int] | None = None,
) -> Page:  # fmt: skip
    """The page with what is to be found in it."""
    starts: list[int | None] = [*times] if times else [None] * len(labels)
    turns = tuple(
        _expected(event, said, label, start)
        for said, label, start in zip(event.said, labels, starts, strict=True)
    )
    return Page(text.encode(encoding), suffix, turns)


def _expected(event: Event, said: Said, label: str | None, start: int | None) -> Expected:
    person, printed = said.person, words_of(label or "")
    own = words_of(person.full) if person.space else [person.full]
    if person.organisation and label and person.organisation in label and person.full not in label:
        own = words_of(person.organisation) if person.role == "journalist" else own
    names = frozenset(own) & frozenset(printed)
    nameless = not names and (not printed or set(printed) <= NOBODY)
    titles = set(printed) - set(words_of(person.organisation))
    allowed = {
        *own,
        *words_of(person.full),
        *words_of(person.honorific),
        *words_of(person.office),
    }
    bare = (label or "").replace(person.office or "\0", "")
    shows_body = bool(person.organisation) and person.organisation in bare
    return Expected(
        text=level(event.words.space.join(said.paragraphs)),
        label=label,
        names=names,
        allowed=frozenset() if nameless else frozenset(allowed | titles),
        role=person.role,
        organisation=person.organisation if shows_body else None,
        answers=frozenset(i + 1 for i in said.answers),
        kind=said.kind,
        who=person.organisation if own == words_of(person.organisation) else person.full,
        start_s=start,
    )


def clock(seconds: int, *, hours: bool = True) -> str:
    """`00:02:18` or `02:18`."""
    minutes, s = divmod(seconds, 60)
    return f"{minutes // 60:02}:{minutes % 60:02}:{s:02}" if hours else f"{minutes:02}:{s:02}"


def head(rng: random.Random, event: Event) -> list[str]:
    """Lines above the talk."""
    subject, title = event.subject, event.words.title.format(thing=event.subject)
    if event.words is not ENGLISH:
        return [title, event.words.date]
    people = [introduced(p, event.words) for p in event.officials]
    maybe: list[list[str]] = [
        ["Home > Press room > Briefings"],
        [rng.choice([title, f"Briefing: {subject} and what comes next", title.upper()])],
        [rng.choice(["Date: 14 May 2031", event.words.date, "Updated: May 15, 2031 10:32"])],
        rng.choice([["Participants:", *people], people, ["Speakers: " + "; ".join(people)]]),
        ["Note: This transcript was edited for length."],
        [rng.choice(["3:01 P.M. EDT", "Place: Press Hall, Old Quay", "Topics: boats; money"])],
    ]
    return [line for group in maybe if rng.random() < 0.6 for line in group]


def foot(rng: random.Random, event: Event) -> list[str]:
    """Lines below the talk: an end mark, and after it anything a page may carry."""
    if event.words is not ENGLISH:
        return []
    end = rng.choice(["3:48 P.M. EDT", "END 3:48 P.M. EDT", "# # #", "[End of transcript]"])
    after = ["Share this page", "Note: All times are local.", "Copyright 2031 Press Hall"]
    pager = rng.choice([["< 1 2 3 >"], []])
    return rng.choice([[], [end], [end, *after], pager])
