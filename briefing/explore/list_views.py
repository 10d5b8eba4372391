"""Two lists to go through: the turns of a briefing, and the items of a sheet to code.

A strip as long as the briefing shows every turn by its share of the words, in the colour of
its role; the list below says the same in words. Links between question and answer are those
of the transcript: that a turn comes in answer does not say that it answers the question.

Items are coded one by one, by key or by button, before anything else is shown. What was decided
by a dictionary or by another coder stays hidden until every item has a code: whoever sees a
verdict first finds reasons for it.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import ipywidgets
import pandas as pd

from briefing.display import Shown, show
from briefing.explore.view import (
    Rows,
    ShownTurn,
    View,
    exchange_html,
    in_a_row,
    near,
    opening,
    paragraph,
    status,
    turn_list,
)
from briefing.prose import counted
from briefing.safe import as_csv, make_folder, save
from briefing.tables import BriefingError

if TYPE_CHECKING:
    from briefing.transcript import Transcript

Path_ = str | os.PathLike[str]
KINDS = ["number", "name", "word", "bar", "number", "text"]
WAYS = {
    "back": "Turn before", "on": "Next turn",
    "question": "To its question", "answer": "To its answer",
}  # fmt: skip
HEADS = ["turn", "speaker", "role", "length", "words", "begins"]


class TimelineView(View):
    """The turns in a strip and a list; `chosen` is the turn that is shown."""

    def __init__(self, source: Transcript | pd.DataFrame) -> None:
        """Make the list and its buttons, and open the first turn."""
        self._turns = turn_list(source)
        self.list = Rows(
            label="Turns; choose one to read it", kinds=KINDS, heads=HEADS, height=14.0
        )
        self.buttons = {name: ipywidgets.Button(description=says) for name, says in WAYS.items()}
        self.status, self.turn = ipywidgets.HTML(), ipywidgets.HTML()
        super().__init__(self.list, in_a_row(*self.buttons.values()), self.status, self.turn)
        self.list.fill(self._rows())
        self.list.observe(self._read, "chosen")
        for name, button in self.buttons.items():
            button.on_click(lambda _, name=name: self._go(name))
        self.list.chosen = 0 if len(self._turns) else -1

    @property
    def chosen(self) -> ShownTurn | None:
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

    def _beside(self, turn: ShownTurn) -> dict[str, list[ShownTurn]]:
        """Where each button leads, if it leads anywhere."""
        turns, at = self._turns.turns, turn.place
        return {
            "back": turns[max(at - 1, 0) : at],
            "on": turns[at + 1 : at + 2],
            "question": self._turns.questions(turn),
            "answer": self._turns.answers(turn),
        }

    def _go(self, where: str) -> None:
        if (turn := self.chosen) and (there := self._beside(turn)[where]):
            self.list.chosen = there[0].place

    def _read(self, _: Any = None) -> None:
        """Show the turn chosen, and what it is linked with."""
        turn = self.chosen
        if turn is None:
            return
        beside = self._beside(turn)
        questions, answers = beside["question"], beside["answer"]
        self.list.linked = [t.place for t in (*questions, *answers)]
        for name, button in self.buttons.items():
            button.disabled = not beside[name]
        self.status.value = status(_links(turn, questions, answers))
        self.turn.value = exchange_html(turn, questions)

    def tables(self) -> list[str | Shown]:
        """Every turn in a row, up to 60 of them."""
        rows = [
            (t.turn_id, t.voice, t.role, t.n_words, _ids(self._turns.questions(t)) or None,
             opening(t.text))
            for t in self._turns.turns
        ]  # fmt: skip
        columns = ["turn_id", "speaker", "role", "n_words", "in answer to", "begins"]
        table = pd.DataFrame(rows, columns=columns).astype({"n_words": "Int64"})
        n, linked = len(table), table["in answer to"].notna().sum()
        said = f"{counted(n, 'turn')}, {linked:,} of them in answer to a question."
        return [said, show(table, 60)]


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


def _size(turn: ShownTurn) -> int:
    """Words; characters where the language needs a tokenizer."""
    return len(turn.text) if turn.n_words is None else turn.n_words


def _links(turn: ShownTurn, questions: list[ShownTurn], answers: list[ShownTurn]) -> str:
    parts = [f"Turn {turn.turn_id}"]
    if questions:
        parts.append(f"comes in answer to turn {_ids(questions)}")
    if answers:
        parts.append(f"is followed in answer by turn {_ids(answers)}")
    if len(parts) == 1:
        parts.append("is linked with no question and no answer")
    return " ".join([parts[0], " and ".join(parts[1:])]) + "."


def _ids(turns: list[ShownTurn]) -> str:
    return ", ".join(str(turn.turn_id) for turn in turns)


# Coding

BEGINS = 90  # characters of an item in the list


class CodeView(View):
    """The items of a sheet in a list, and a button for each code; `codes` is the table so far."""

    def __init__(
        self, sheet: pd.DataFrame, codes: Mapping[str, str], coder: str, path: Path_ | None
    ) -> None:
        """Make the list and the buttons, and open the first item."""
        self.sheet, self.meanings, self.coder, self._path = sheet, dict(codes), coder, path
        self._given: dict[Any, str] = {}
        self.list = Rows(
            label="Items; press the key of a code", kinds=["number", "word", "text"],
            heads=["item", "code", "begins"], height=14.0, codes=[*self.meanings],
        )  # fmt: skip
        self.buttons = {
            code: ipywidgets.Button(description=f"{code}: {means}", tooltip=f"key {code}")
            for code, means in self.meanings.items()
        }
        self.save = ipywidgets.Button(description="Save the sheet", disabled=path is None)
        self.status, self.item = ipywidgets.HTML(), ipywidgets.HTML()
        row = in_a_row(*self.buttons.values(), self.save)
        super().__init__(self.list, row, self.status, self.item)
        for code, button in self.buttons.items():
            button.on_click(lambda _, code=code: self._code(code))
        self.save.on_click(self._write)
        self.list.observe(self._read, "chosen")
        self.list.observe(lambda change: self._code(change["new"][0]), "pressed")
        self.list.fill(self._rows(), chosen=0 if len(sheet) else -1)

    @property
    def codes(self) -> pd.DataFrame:
        """One row an item that has a code: `item_id, coder, code`."""
        items = [item for item in self.sheet["item_id"] if item in self._given]
        given = pd.array([self._given[item] for item in items], dtype="str")
        return pd.DataFrame({"item_id": items, "coder": self.coder, "code": given})

    @property
    def left(self) -> int:
        """How many items have no code yet."""
        return len(self.sheet) - len(self._given)

    def fill(self, codes: Iterable[str]) -> CodeView:
        """Give all items their codes at once, in the order of the sheet; return the view."""
        given = [str(code) for code in codes]
        unknown = sorted({code for code in given if code not in self.meanings})
        if unknown or len(given) != len(self.sheet):
            what = f"{unknown[0]!r} is none of them" if unknown else f"these are {len(given)}"
            raise BriefingError(
                f"give {len(self.sheet)} codes, each one of {', '.join(self.meanings)}: {what}."
            )
        self._given = dict(zip(self.sheet["item_id"], given, strict=True))
        self.list.fill(self._rows(), chosen=self.list.chosen)
        self._read()
        return self

    def _rows(self) -> list[dict[str, Any]]:
        items = zip(self.sheet["item_id"], self.sheet["text"], strict=True)
        return [
            {"cells": [str(n), self._given.get(item, ""), opening(text, BEGINS)], "role": "unknown"}
            for n, (item, text) in enumerate(items, 1)
        ]

    def _code(self, code: str) -> None:
        """Give the chosen item a code, and go on to the next one without."""
        at = self.list.chosen
        if not 0 <= at < len(self.sheet):
            return
        items = self.sheet["item_id"].tolist()
        self._given[items[at]] = code
        later = [i for i in range(len(items)) if items[i] not in self._given]
        onward = next((i for i in later if i > at), next(iter(later), at))
        self.list.fill(self._rows(), chosen=onward)
        self._read()

    def _read(self, _: Any = None) -> None:
        left = f"{counted(self.left, 'item')} to code." if self.left else "All items have a code."
        self.status.value = status(left)
        at = self.list.chosen
        text = self.sheet["text"].iloc[at] if 0 <= at < len(self.sheet) else ""
        self.item.value = paragraph(str(text))

    def _write(self, _: Any = None) -> None:
        """Write the sheet with its codes, as `briefing.sheets.read` reads it."""
        if self._path is None:
            return
        table = self.sheet.assign(code=self.sheet["item_id"].map(self._given).fillna(""))
        text = "\ufeff" + as_csv(table)
        try:
            make_folder(Path(self._path).parent)
            self.status.value = status(f"Written to {near(save(Path(self._path), text))}.")
        except BriefingError as error:
            self.status.value = status(str(error), wrong=True)

    def tables(self) -> list[str | Shown]:
        """What the codes mean, and the items with the codes they have."""
        means = "; ".join(f"{code}: {said}" for code, said in self.meanings.items())
        table = self.sheet[["item_id", "text"]].assign(code=self.sheet["item_id"].map(self._given))
        return [f"Codes: {means}. {counted(self.left, 'item')} to code.", show(table, 40)]


def code(
    sheet: pd.DataFrame,
    codes: Mapping[str, str],
    *,
    coder: str = "me",
    path: Path_ | None = None,
) -> CodeView:
    """Open a sheet to code, item by item, by the keys of the codes.

    Parameters
    ----------
    sheet : DataFrame
        `item_id, text`, such as the sheet of `briefing.coding.sample`.
    codes : mapping
        Each code, one character, and what it means: `{"1": "yes", "0": "no"}`.
    coder : str
        Who codes.
    path : path, optional
        Where *Save the sheet* writes it, for `briefing.sheets.read`.

    Returns
    -------
    CodeView
        Shown by Jupyter when it ends a cell; without a program running, a table of the items.

    Raises
    ------
    BriefingError
        The sheet lacks a column, or an item stands in it twice.

    Examples
    --------
    >>> sheet = pd.DataFrame({"item_id": ["a", "b"], "text": ["It opens.", "Who pays?"]})
    >>> view = code(sheet, {"q": "a question", "s": "a statement"})
    >>> view.fill("sq").codes["code"].tolist()
    ['s', 'q']
    """
    lacking = [name for name in ("item_id", "text") if name not in sheet]
    if lacking or sheet["item_id"].duplicated().any():
        what = f"it lacks {' and '.join(lacking)}" if lacking else "an item_id stands there twice"
        raise BriefingError(f"not a sheet to code: {what}. Take one from briefing.coding.sample.")
    return CodeView(sheet.reset_index(drop=True), codes, coder, path)


def reveal(
    measure: Callable[..., pd.DataFrame],
    *given: CodeView | pd.DataFrame,
    columns: Sequence[str] = (),
) -> Shown:
    """Show what a measure says of codes, once every item of every view has one.

    Parameters
    ----------
    measure : callable
        Such as `briefing.coding.agreement`, `briefing.coding.accuracy` or `apart`.
    *given
        Views and tables of codes first, which become one table; then what the measure needs.
    columns : list of str
        Those to show; all without it.
    """
    views = [one for one in given if isinstance(one, CodeView)]
    left = sum(view.left for view in views)
    if left:
        table = pd.DataFrame()
        table.attrs["why"] = (
            f"{counted(left, 'item')} still to be coded. Run this cell again when they are."
        )
        return show(table)
    codes = [one.codes if isinstance(one, CodeView) else one for one in given]
    n = sum("coder" in table for table in codes)
    result = measure(pd.concat(codes[:n], ignore_index=True), *codes[n:])
    return show(result[[*columns]] if columns else result, 40)


def apart(codes: pd.DataFrame, sheet: pd.DataFrame) -> pd.DataFrame:
    """The items of a sheet on which coders differ, with a column for each coder."""
    wide = codes.pivot_table("code", "item_id", "coder", aggfunc="first")
    differ = wide[wide.ne(wide.iloc[:, 0], axis="index").any(axis="columns")]
    return sheet[["item_id", "text"]].merge(differ.reset_index(), on="item_id")
