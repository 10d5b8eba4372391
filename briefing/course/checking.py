"""check(): whether a student's answer to an exercise is right, without giving the answer away.

`answers.toml` holds no answer, only what `seal` makes of one: a salted hash. A number is laid on
a grid as fine as the exercise asks for, and is right where a neighbour on the grid is the answer.
Words are compared without their case, collections without their order. Usual wrong answers are
sealed too, each with a hint.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from hashlib import pbkdf2_hmac
from html import escape
from importlib import resources
from math import ceil, floor
from numbers import Real
from typing import Any

from briefing.tables import BriefingError

ROUNDS = 2000  # a guess takes a millisecond
OPEN = "Not answered yet: put your answer in place of the three dots, and run the cell again."
WRONG = "Not yet. Your answer stays as it is: look again, change it, and run the cell."
COLOURS = {True: "#1a7f37", False: "#9a3412", None: "#57606a"}


@dataclass(frozen=True)
class Verdict:
    """What is said of an answer; `right` is None as long as there is none."""

    right: bool | None
    says: str

    def __repr__(self) -> str:
        """The sentence."""
        return self.says

    def _repr_html_(self) -> str:
        style = f"border-left:4px solid {COLOURS[self.right]};padding:2px 8px"
        return f'<div role="status" style="{style}">{escape(self.says)}</div>'


def check(exercise: str, answer: object) -> Verdict:
    """Say whether an answer to an exercise of the lessons is right.

    Parameters
    ----------
    exercise : str
        The lesson and the number of the exercise: `"0.1"`.
    answer : number, str, set, list or tuple
        As the exercise asks for it; `...` is no answer yet.

    Returns
    -------
    Verdict
        Shown by Jupyter when it ends a cell. A wrong answer is no error: the notebook goes on.

    Raises
    ------
    BriefingError
        There is no such exercise.

    Examples
    --------
    >>> check("0.1", ...)
    Not answered yet: put your answer in place of the three dots, and run the cell again.
    """
    known = _sealed()
    if exercise not in known:
        raise BriefingError(f"there is no exercise {exercise!r}. Checked are {', '.join(known)}.")
    given = answer.tolist() if hasattr(answer, "tolist") else answer
    if _is_open(given):
        return Verdict(None, OPEN)
    asked = known[exercise]
    said = _sealed_near(exercise, given, asked.get("step"))
    if said & set(asked["right"]):
        return Verdict(True, "Right.")
    hints = [hint for sealed, hint in asked.get("hints", {}).items() if sealed in said]
    if isinstance(given, Real) and _sealed_near(
        exercise, float(given) / 100, asked.get("step")
    ) & set(asked["right"]):
        hints = ["That is the percentage: give the share, from 0 to 1."]
    return Verdict(False, f"Not yet. {hints[0]}" if hints else WRONG)


def _sealed_near(exercise: str, answer: object, step: float | None) -> set[str]:
    return {seal(exercise, place) for place in _on_grid(answer, step)}


def seal(exercise: str, answer: object) -> str:
    """The salted hash of an answer, for `answers.toml`; of a number with a step, its place."""
    told = _told(answer).encode()
    return pbkdf2_hmac("sha256", told, f"briefing {exercise}".encode(), ROUNDS).hex()[:24]


@cache
def _sealed() -> dict[str, Any]:
    return tomllib.loads(resources.files(__package__).joinpath("answers.toml").read_text("utf-8"))


def _is_open(answer: object) -> bool:
    return answer is ... or isinstance(answer, list | tuple | set) and ... in answer


def _on_grid(answer: object, step: float | None) -> Iterator[object]:
    """The answer; with a step the places beside a number on the grid."""
    if step is None:
        yield answer
    elif isinstance(answer, Real):
        places = float(answer) / step
        yield from {floor(places + 1e-6), ceil(places - 1e-6)}


def _told(answer: object) -> str:
    """An answer as it is compared: `2` of 2.0, words folded, a collection in order."""
    if isinstance(answer, str):
        return " ".join(answer.casefold().split())
    if isinstance(answer, Real):
        return f"{float(answer):g}"
    if isinstance(answer, set | list | tuple):
        return " | ".join(sorted({_told(part) for part in answer}))
    return repr(answer)
