"""What one row means in each table, its columns, and the check that says so.

Every measure takes one of these tables and returns a new one. `turn_id` counts from 1,
as a person cites "turn 7"; `start` and `stop` are character offsets, so that
`text[start:stop]` is the thing itself.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Container, Hashable, Mapping

    import pandas as pd

ROLES = ("official", "journalist", "moderator", "unknown")
KINDS = ("speech", "label", "stage", "metadata", "note", "boilerplate", "blank", "unplaced")
ROLE_COLOURS = {  # Okabe and Ito's (2008), which the colour-blind can tell apart
    "official": "#0072B2",
    "journalist": "#D55E00",
    "moderator": "#009E73",
    "unknown": "#404040",
}
TEXT_STATUS = ("verbatim", "edited", "interpreted", "translated", "unknown")


class RenamedWarning(FutureWarning):
    """A public name has moved; the old one goes in the next version."""


class BriefingError(ValueError):
    """Something a reader can mend: it says what is wrong, where, and what to do next."""


@dataclass(frozen=True)
class Table:
    """What one row means, which columns it has, and which function makes it."""

    name: str
    row: str
    made_by: str
    columns: dict[str, str]
    optional: dict[str, str] = field(default_factory=dict)  # which few tables need
    key: tuple[str, ...] = ()  # what tells one row from another

    def check(self, frame: Container[str] | pd.DataFrame, *needed: str) -> None:
        """Raise BriefingError, saying what to do, unless `frame` has the columns `needed`.

        Without `needed`, all columns of the table are asked for.
        """
        missing = [c for c in needed or self.columns if c not in frame]
        if missing:
            raise BriefingError(
                f"not a {self.name} table: it lacks {', '.join(missing)}. "
                f"Make one with {self.made_by}."
            )
        if self.key and all(name in frame for name in self.key):
            self._check_key(frame)

    def _check_key(self, frame: Any) -> None:
        """Raise BriefingError where two rows have the same key: two briefings of one id."""
        if not hasattr(frame, "duplicated"):
            return
        known = frame[[*self.key]].notna().all(axis=1).to_numpy()
        twice = frame.duplicated([*self.key]).to_numpy() & known
        if twice.any():
            raise same_id(frame.iloc[int(twice.argmax())])


def same_id(row: Mapping[Hashable, Any]) -> BriefingError:
    """What is wrong with a table in which two briefings have one id."""
    return BriefingError(
        f"turn {row['turn_id']} of briefing {row['briefing_id']!r} comes twice: these are two "
        "briefings of one id, or one briefing twice. Give each an id of its own before you put "
        "tables together: briefing.parse(text, id='a'), or turns.assign(briefing_id='a')."
    )


LINES = Table(
    name="lines",
    row="one stretch of one source line (most lines are one stretch, `NAME: text` is two)",
    made_by="briefing.read(path).lines",
    columns={
        "line": "line of the source, from 1; a paragraph or row where there are no lines",
        "start": "where the stretch begins in that line",
        "stop": "where it ends",
        "kind": "speech, label, stage, metadata, note, boilerplate, blank or unplaced",
        "turn_id": "the turn it belongs to, missing where it belongs to none",
        "text": "the stretch as it stands in the source",
    },
)

TURNS = Table(
    name="turns",
    row="one label with everything up to the next",
    made_by="briefing.read(path).turns",
    key=("briefing_id", "turn_id"),
    columns={
        "briefing_id": "the press event it belongs to",
        "turn_id": "its place in that briefing, counted from 1",
        "speaker": "who speaks; missing where the source names nobody",
        "role": "official, journalist, moderator or unknown",
        "organisation": "the outlet or institution, where the source gives it",
        "label": "the label as printed",
        "inferred": "true where the source printed no label",
        "text": "the words as printed, unchanged",
        "first_line": "the source line it begins on",
        "last_line": "the source line it ends on",
        "n_words": "running words; missing where the language needs a tokenizer",
        "answers": "turn_id of the (first) question it comes in answer to",
        "start_s": "seconds from the start, where the source has times",
        "stop_s": "seconds from the start, where the source has times",
    },
    optional={
        "language": "in which language, where a page is in two",
        "written": "true where the page says that it was asked and answered in writing",
    },
)

PAIRS = Table(
    name="pairs",
    row="one question turn with one turn that comes in answer to it (adjacency pair)",
    made_by="briefing.read(path).pairs",
    columns={
        "briefing_id": "the press event",
        "question_id": "turn_id of the question",
        "answer_id": "turn_id of the turn that comes in answer",
        "inferred": "true where the link is read from the order of turns and their words",
    },
)

SENTENCES = Table(
    name="sentences",
    row="one sentence of one turn",
    made_by="briefing.read(path).sentences",
    columns={
        "briefing_id": "the press event",
        "turn_id": "the turn it was said in",
        "speaker": "who said it",
        "role": "in which role",
        "sentence_id": "its place in the turn, counted from 1",
        "text": "the sentence as printed",
        "start": "where it begins in the turn's text",
        "stop": "where it ends",
        "n_words": "running words",
    },
)

TOKENS = Table(
    name="tokens",
    row="one running word of one turn",
    made_by="briefing.read(path).tokens",
    columns={
        "briefing_id": "the press event",
        "turn_id": "the turn it was said in",
        "speaker": "who said it",
        "role": "in which role",
        "sentence_id": "the sentence of the turn it stands in",
        "position": "its place in the turn, counted from 0",
        "token": "the word, case folded",
        "start": "where it begins in the turn's text",
        "stop": "where it ends",
    },
)

COUNTS = Table(
    name="counts",
    row="one word of one speaker in one role of one briefing",
    made_by='briefing.lexis.counts(tokens) or briefing.corpus.load(corpus, table="counts")',
    columns={
        "briefing_id": "the press event",
        "speaker": "who said it; missing where the source names nobody",
        "role": "in which role",
        "token": "the word, case folded",
        "n": "how often",
        "n_turns": "in how many turns of that speaker, role and briefing",
    },
)
