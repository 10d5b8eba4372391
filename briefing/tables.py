"""What one row means in each table, its columns, and the check for them.

Every measure takes one of these tables and returns a new one; `tables.toml` says what each column
holds. `turn_id` counts from 1, as when citing "turn 7"; `start` and `stop` are character offsets,
so that `text[start:stop]` is the passage itself.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Mapping, Sequence
    from typing import Self

    import pandas as pd

ROLES = ("official", "journalist", "moderator", "unknown")
KINDS = ("speech", "label", "stage", "metadata", "note", "boilerplate", "blank", "unplaced")
ROLE_COLOURS = {  # distinguishable for colour-blind readers, and in grey by their lightness
    "official": "#00548A",
    "journalist": "#E0781E",
    "moderator": "#00846A",
    "unknown": "#2B2B2B",
}
TEXT_STATUS = ("verbatim", "edited", "interpreted", "translated", "unknown")


class RenamedWarning(FutureWarning):
    """A public name has moved; the old one will be removed in the next version."""


class BriefingError(ValueError):
    """An error the user can fix: it says what is wrong, where, and what to do next."""

    @classmethod
    def of(cls, what: str, /, **about: object) -> Self:
        """The error `what` from errors.toml, its placeholders filled in from `about`."""
        return cls(data("briefing", "errors.toml")[what].format(**about))


@cache
def data(package: str, file: str) -> dict[str, Any]:
    """The content of a TOML file in one of our packages; it is read once."""
    return tomllib.loads(resources.files(package).joinpath(file).read_text(encoding="utf-8"))


@dataclass(frozen=True)
class Table:
    """A kind of table: what one row means, its columns, and the function that makes it."""

    name: str
    row: str
    made_by: str
    columns: dict[str, str]
    optional: dict[str, str] = field(default_factory=dict)  # that few tables need
    key: Sequence[str] = ()  # what identifies a row

    def check(self, frame: Container[str] | pd.DataFrame, *needed: str) -> None:
        """Raise BriefingError, saying what to do, unless `frame` has the columns `needed`.

        Without `needed`, all columns of the table are required.
        """
        missing = [c for c in needed or self.columns if c not in frame]
        if missing:
            raise BriefingError.of(
                "another table", table=self.name, missing=", ".join(missing), made_by=self.made_by
            )
        if self.key and all(name in frame for name in self.key):
            self._check_key(frame)

    def _check_key(self, frame: Any) -> None:
        """Raise BriefingError if two rows have the same key, as when two briefings share an id."""
        if not hasattr(frame, "duplicated"):
            return
        known = frame[[*self.key]].notna().all(axis=1).to_numpy()
        twice = frame.duplicated([*self.key]).to_numpy() & known
        if twice.any():
            raise same_id(frame.iloc[int(twice.argmax())])


def check_least(least: int, **given: int) -> None:
    """Raise BriefingError if a number is below the least that makes sense."""
    for name, number in given.items():
        if number < least:
            raise BriefingError.of("too low", name=name, number=number, least=least)


def same_id(row: Mapping[Hashable, Any]) -> BriefingError:
    """The error for a table in which two briefings share an id."""
    return BriefingError.of(
        "turn of two briefings", turn=row["turn_id"], briefing=row["briefing_id"]
    )


def known(name: str) -> Table:
    """The table of this name, as `tables.toml` describes it."""
    return Table(name, **data("briefing", "tables.toml")[name])


TYPES: dict[str, str] = {
    column: kind
    for kind, columns in data("briefing", "tables.toml")["types"].items()
    for column in columns.split()
}
LINES, TURNS, PAIRS = known("lines"), known("turns"), known("pairs")
SENTENCES, TOKENS, COUNTS = known("sentences"), known("tokens"), known("counts")
