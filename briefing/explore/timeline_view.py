"""Walk through a briefing turn by turn: how long each is, who speaks, what answers what.

A strip as long as the briefing shows every turn by its share of the words, in the colour of
its role; the list below says the same in words. Links between question and answer are those
of the transcript: that a turn comes in answer does not say that it answers the question.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from briefing.display import Shown, show
from briefing.doubt import counted
from briefing.explore.view import Rows, Turn, View, exchange_html, status, turn_list

if TYPE_CHECKING:
    from briefing.transcript import Transcript

KINDS = ["number", "name", "word", "bar", "number", "text"]
HEADS = ["turn", "speaker", "role", "length", "words", "begins"]
OPENING = 60  # characters of a turn in the list


class TimelineView(View):
    """The turns in a strip and a list; `chosen` is the turn that is shown."""

    def __init__(self, source: Transcript | pd.DataFrame) -> None:
        """Make the list and its buttons, and open the first turn."""
        self._turns = turn_list(source)
        self.list = Rows(
            label="Turns; choose one to read it", kinds=KINDS, heads=HEADS, height=14.0
        )
        self.buttons = {
            "back": ipywidgets.Button(description="Turn before"),
            "on": ipywidgets.Button(description="Next turn"),
            "question": ipywidgets.Button(description="To its question"),
            "answer": ipywidgets.Button(description="To its answer"),
        }
        self.status = ipywidgets.HTML()
        self.turn = ipywidgets.HTML()
        row = ipywidgets.HBox([*self.buttons.values()], layout={"flex_flow": "row wrap"})
        super().__init__(self.list, row, self.status, self.turn)
        self.list.fill(self._rows())
        self.list.observe(self._read, "chosen")
        for name, button in self.buttons.items():
            button.on_click(lambda _, name=name: self._go(name))
        self.list.chosen = 0 if len(self._turns) else -1

    @property
    def chosen(self) -> Turn | None:
        """The turn that is shown."""
        at = self.list.chosen
        return self._turns.turns[at] if 0 <= at < len(self._turns) else None

    def _rows(self) -> list[dict[str, Any]]:
        sizes = [_size(turn) for turn in self._turns.turns]
        longest = max(sizes, default=0) or 1
        rows = []
        for turn, size in zip(self._turns.turns, sizes, strict=True):
            words = "" if turn.n_words is None else f"{turn.n_words:,}"
            begins = opening(turn.text)
            cells = [str(turn.turn_id), turn.voice, turn.role, size / longest, words, begins]
            title = f"turn {turn.turn_id} · {turn.voice} · {turn.role}"
            rows.append({"cells": cells, "role": turn.role, "size": size, "title": title})
        return rows

    def _go(self, where: str) -> None:
        turn = self.chosen
        if turn is None:
            return
        to = {
            "back": self._turns.turns[max(turn.place - 1, 0)],
            "on": self._turns.turns[min(turn.place + 1, len(self._turns) - 1)],
            "question": next(iter(self._turns.questions(turn)), turn),
            "answer": next(iter(self._turns.answers(turn)), turn),
        }
        self.list.chosen = to[where].place

    def _read(self, _: Any = None) -> None:
        """Show the turn chosen, and what it is linked with."""
        turn = self.chosen
        if turn is None:
            return
        questions, answers = self._turns.questions(turn), self._turns.answers(turn)
        self.list.linked = [t.place for t in (*questions, *answers)]
        self.buttons["back"].disabled = turn.place == 0
        self.buttons["on"].disabled = turn.place == len(self._turns) - 1
        self.buttons["question"].disabled = not questions
        self.buttons["answer"].disabled = not answers
        self.status.value = status(_links(turn, questions, answers))
        self.turn.value = exchange_html(turn, questions)

    def tables(self) -> list[str | Shown]:
        """Every turn in a row, up to 60 of them."""
        table = pd.DataFrame(
            {
                "turn_id": [t.turn_id for t in self._turns.turns],
                "speaker": [t.voice for t in self._turns.turns],
                "role": [t.role for t in self._turns.turns],
                "n_words": pd.array([t.n_words for t in self._turns.turns], dtype="Int64"),
                "in answer to": [
                    ", ".join(str(q.turn_id) for q in self._turns.questions(t)) or pd.NA
                    for t in self._turns.turns
                ],
                "begins": [opening(t.text) for t in self._turns.turns],
            }
        )
        n = len(table)
        linked = int(table["in answer to"].notna().sum())
        return [
            f"{counted(n, 'turn')}, {linked:,} of them in answer to a question.",
            show(table, 60),
        ]


def timeline(source: Transcript | pd.DataFrame) -> TimelineView:
    """Open a briefing to walk through, turn by turn, along its questions and answers.

    Parameters
    ----------
    source : Transcript or DataFrame
        A transcript, or a turns table; this one knows only the first question of an answer.

    Returns
    -------
    TimelineView
        Shown by Jupyter when it ends a cell; with no widgets about a table of the turns.

    Raises
    ------
    BriefingError
        `source` is neither a transcript nor a turns table.

    Notes
    -----
    Click a turn in the strip or the list, or go through the list by arrow keys, Page Up and
    Down, Home and End. The turns that the chosen one answers, or that answer it, are marked.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: Welcome.\\nQ: When does it open?\\nMS. MARLOW: In May.")
    >>> view = timeline(talk)
    >>> view.list.chosen = 2
    >>> view.chosen.voice, view.list.linked
    ('Ms. Marlow', [1])
    """
    return TimelineView(source)


def opening(text: str, characters: int = OPENING) -> str:
    """The first words of a text, whole, and … where it goes on."""
    flat = " ".join(text.split())
    if len(flat) <= characters:
        return flat
    cut = flat[: characters + 1].rsplit(" ", 1)[0]
    return f"{cut[:characters]} …"


def _size(turn: Turn) -> int:
    """Words; characters where the language needs a tokenizer."""
    return len(turn.text) if turn.n_words is None else turn.n_words


def _links(turn: Turn, questions: list[Turn], answers: list[Turn]) -> str:
    parts = [f"Turn {turn.turn_id}"]
    if questions:
        parts.append(f"comes in answer to turn {_ids(questions)}")
    if answers:
        parts.append(f"is followed in answer by turn {_ids(answers)}")
    if len(parts) == 1:
        parts.append("is linked with no question and no answer")
    return " ".join([parts[0], " and ".join(parts[1:])]) + "."


def _ids(turns: list[Turn]) -> str:
    return ", ".join(str(turn.turn_id) for turn in turns)
