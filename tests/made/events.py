"""Invented briefings: who says what, in which order, and what answers what.

`panel` has a moderator, officials who make statements and journalists with outlets;
`podium` has officials who open, call and answer by themselves. Nobody speaks twice in a
row, so that a layout may stamp every paragraph with its label.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field

from .words import ENGLISH, Words


@dataclass(frozen=True)
class Person:
    """Somebody in the room."""

    given: str
    family: str
    honorific: str
    role: str
    office: str = ""
    organisation: str = ""
    space: str = " "

    @property
    def full(self) -> str:
        """Given and family name, in the order of the language."""
        names = (self.given, self.family) if self.space else (self.family, self.given)
        return self.space.join(names)

    @property
    def called(self) -> str:
        """How a person is called in talk: `Ms. Ortolan`."""
        if self.space:
            return f"{self.honorific} {self.family}".strip()
        return f"{self.family}{self.honorific}"


@dataclass(frozen=True)
class Said:
    """One turn: `answers` holds the places (from 0) of the questions it may answer."""

    person: Person
    kind: str
    paragraphs: tuple[str, ...]
    answers: frozenset[int] = frozenset()


@dataclass
class Event:
    """A briefing in the making; `said` is the result."""

    rng: random.Random
    words: Words
    officials: list[Person]
    journalists: list[Person]
    moderator: Person | None
    subject: str
    said: list[Said] = field(default_factory=list)

    def fill(self, template: str, **known: str) -> str:
        """A sentence from a template."""
        draw, words = self.rng.choice, self.words
        drawn = {
            "thing": draw(words.things),
            "place": draw(words.places),
            "season": draw(words.seasons),
            "n": self.rng.randint(12, 480),
            "m": self.rng.randint(3, 11),
        }
        text = template.format(**(drawn | known))
        return text[0].upper() + text[1:]

    def pick(self, stock: str, **known: str) -> str:
        """A sentence of the stock `stock`."""
        return self.fill(self.rng.choice(getattr(self.words, stock)), **known)

    def paragraph(self, low: int = 2, high: int = 4) -> str:
        """Some statements in a row."""
        chosen = self.rng.sample(self.words.statements, self.rng.randint(low, high))
        return self.words.space.join(map(self.fill, chosen))

    def body(self) -> list[str]:
        """Paragraphs of a statement or an answer, often with a trap among them."""
        paragraphs = [self.paragraph() for _ in range(self.rng.randint(1, 3))]
        if self.rng.random() < 0.5:
            place = self.rng.randint(1, len(paragraphs))
            trap = map(self.fill, self.rng.choice(self.words.traps))
            paragraphs[place:place] = [*trap]
        return paragraphs

    def say(self, person: Person, kind: str, *paragraphs: str, to: tuple[int, ...] = ()) -> int:
        """Add a turn and return its place."""
        self.said.append(Said(person, kind, paragraphs, frozenset(to)))
        return len(self.said) - 1

    def asker(self) -> Person:
        """A journalist other than the last speaker."""
        last = self.said[-1].person if self.said else None
        return self.rng.choice([j for j in self.journalists if j != last])

    def ask(self, person: Person, to: Person) -> int:
        """A question: sometimes with the asker's name, sometimes with whom it is for."""
        question = self.pick("questions")
        form = self.rng.choice(["{question}", self.words.address, self.words.asks])
        if form == self.words.address:
            question = question[0].lower() + question[1:]
        text = form.format(
            question=question,
            official=to.called,
            person=person.full,
            outlet=person.organisation,
        )
        more = [self.pick("questions")] if self.rng.random() < 0.3 else []
        return self.say(person, "question", self.words.space.join([text, *more]))

    def answer(self, person: Person, *to: int, opening: str = "openings") -> int:
        """An answer of an opening and a body."""
        first, *rest = self.body()
        first = self.words.space.join((self.pick(opening), first))
        return self.say(person, "answer", first, *rest, to=to)


def panel(
    rng: random.Random, words: Words = ENGLISH, *, n: int = 5, namesakes: bool = False
) -> Event:
    """A press conference that a moderator runs."""
    event = _event(rng, words, officials=2, namesakes=namesakes)
    moderator, (first, second) = event.moderator, event.officials
    cast = words.and_.join(introduced(p, words) for p in event.officials)
    event.say(moderator, "open", event.pick("welcome", cast=cast, thing=event.subject))
    event.say(first, "statement", event.paragraph(), *event.body())
    event.say(moderator, "hand", event.pick("after_statement", official=second.called))
    event.say(second, "statement", *event.body())
    event.say(moderator, "hand", event.pick("floor"))
    for left in reversed(range(n)):
        exchange(
            event,
            rng.choice(["plain", "plain", "follow-up", "asked back", "added", "handed"]),
        )
        if left and rng.random() < 0.3:
            event.say(moderator, "hand", event.pick("next"))
    event.say(moderator, "close", event.pick("close"))
    return event


def podium(
    rng: random.Random, words: Words = ENGLISH, *, n: int = 6, officials: int = 1,
    questions_only: bool = False, batched: bool = True,
) -> Event:  # fmt: skip
    """A briefing that the officials run alone."""
    event = _event(rng, words, officials=officials)
    event.moderator, main = None, event.officials[0]
    if questions_only:
        for _ in range(n):
            exchange(event, rng.choice(["plain", "follow-up"]))
        return event
    opening = words.space.join((event.pick("greeting"), event.paragraph()))
    event.say(main, "open", opening, *event.body(), event.pick("ready"))
    kinds = ["plain", "plain", "follow-up", "asked back"] + ["added"] * (officials - 1)
    kinds += ["batched"] * batched
    for _ in range(n):
        exchange(event, rng.choice(kinds))
    event.say(event.asker(), "thanks", event.pick("thanks", official=main.called))
    event.say(main, "close", event.pick("goodbye"))
    return event


def exchange(event: Event, kind: str) -> None:
    """A question, what comes in answer, and perhaps more."""
    official, *others = event.rng.sample(event.officials, len(event.officials))
    journalist = event.asker()
    question = event.ask(journalist, official)
    if kind == "batched":
        question = (question, event.ask(event.asker(), official))
        event.answer(official, *question)
        return
    if kind == "handed":
        event.say(event.moderator, "hand", event.pick("hand", official=official.called))
    if kind == "asked back":
        event.say(official, "ask back", event.pick("ask_back"))
        again = event.say(journalist, "clarify", event.pick("clarify"))
        event.answer(official, question, again)
    else:
        event.answer(official, question)
    if kind == "added":
        event.answer(others[0], question, opening="add")
    if kind == "follow-up":
        again = event.say(journalist, "follow-up", event.pick("follow_ups"))
        event.say(official, "short", event.pick("short"), to=(again,))


def introduced(person: Person, words: Words) -> str:
    """A person with the office: `Lena Ortolan, Minister for Ports`."""
    return words.cast.format(name=person.full, office=person.office)


def _event(rng: random.Random, words: Words, *, officials: int, namesakes: bool = False) -> Event:
    people = rng.sample(words.people, 7)
    offices = rng.sample(words.offices, officials)
    outlets = rng.sample(words.outlets, 4)
    if namesakes:
        people[1] = (people[1][0], people[0][1], people[1][2])
    cast = [
        Person(*p, "official", *o, words.space)
        for p, o in zip(people[:officials], offices, strict=True)
    ]
    press = [
        Person(*p, "journalist", "", o, words.space)
        for p, o in zip(people[2:6], outlets, strict=True)
    ]
    moderator = Person(*people[6], "moderator", space=words.space)
    return Event(rng, words, cast, press, moderator, rng.choice(words.things))
