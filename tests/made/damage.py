"""Harm done to one label of a made page, as typists and converters do it."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass

from .pages import Page

CLOSE = r"(?:\*\*|</\w+>)?:(?:\*\*|</\w+>)?[ \u00a0]*"  # the colon, in or out of the bold type
OPEN = r"(?:\*\*|<p><\w+>)?"


@dataclass(frozen=True)
class Spot:
    """Where a label stands in a page's text: `[start:name:after:stop]`."""

    start: int  # of the label with the marks before it
    name: int
    after: int  # where the name ends
    stop: int  # where the turn's text begins


def find_labels(page: Page) -> list[Spot]:
    """Where each turn's label stands; turns without one are not asked for."""
    text, at, spots = page.data.decode(), 0, []
    for turn in page.turns:
        label = turn.label or ""
        match = re.compile(f"{OPEN}({re.escape(label)}){CLOSE}").search(text, at)
        if match is None:
            raise LookupError(label)
        spots.append(Spot(match.start(), match.start(1), match.end(1), match.end()))
        at = match.end()
    return spots


def drop(text: str, spot: Spot, rng: random.Random) -> str:
    """No label: its line goes where it stands alone, the text stays."""
    opening = "<p>" if text.startswith("<p>", spot.start) else ""
    rest = (
        text[spot.stop :].lstrip("\n") if text[: spot.start].endswith("\n\n") else text[spot.stop :]
    )
    return text[: spot.start] + opening + rest


def misspell(text: str, spot: Spot, rng: random.Random) -> str:
    """Another letter for one letter in the last word of the name."""
    word = re.split(r"[ ,(]+", text[spot.name : spot.after].split(" (")[0].split(",")[0])[-1]
    at = text.rindex(word, spot.name, spot.after) + rng.randrange(1, len(word) - 1)
    new = "x" if text[at].islower() else "X"
    return text[:at] + new + text[at + 1 :]


def lower(text: str, spot: Spot, rng: random.Random) -> str:
    """The label in small letters."""
    return text[: spot.name] + text[spot.name : spot.after].lower() + text[spot.after :]


def glue(text: str, spot: Spot, rng: random.Random) -> str:
    """No room at all between the sentence before and the label."""
    return text[: spot.start].rstrip() + text[spot.start :]


def lose_colon(text: str, spot: Spot, rng: random.Random) -> str:
    """The label without its colon."""
    marks = text[spot.after : spot.stop].replace(":", "", 1)
    return text[: spot.after] + (marks or " ") + text[spot.stop :]


DAMAGES: dict[str, Callable[[str, Spot, random.Random], str]] = {
    "dropped": drop,
    "misspelt": misspell,
    "lower-cased": lower,
    "glued": glue,
    "without colon": lose_colon,
}
