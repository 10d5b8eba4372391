"""What the views share: the rows of a list, turns as people read them, and the frame.

A list to read line by line in JupyterLab, by mouse and by keyboard.

JupyterLab reads arrow keys in a notebook as *next cell* and letters as commands, also when a
list or a menu of ipywidgets has the focus. This one keeps such keys within the whole view
(class `briefing-view`) that it stands in, menus and buttons included.

The turns of one or several briefings, to look up: who speaks, in answer to what.

Turns and concordance lines as HTML: everything that comes from a transcript is escaped.

What the views share: shown as widgets where they live, as a table where they do not.

A view is displayed twice, as widgets and as plain HTML. The widgets, where they come to life,
bring the style rule that hides the plain copy; on a page without a kernel nothing hides it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any, ClassVar

import anywidget
import ipywidgets
import numpy as np
import pandas as pd
import traitlets

from briefing.display import MISSING, as_html
from briefing.reading import Line
from briefing.safe import AS_PRINTED
from briefing.tables import ROLE_COLOURS, TOKENS, TURNS, BriefingError
from briefing.words.groups import Ints

if TYPE_CHECKING:
    from briefing.transcript import Transcript


_HERE = Path(__file__).parent


class Rows(anywidget.AnyWidget):
    """Rows of cells, one of which may be chosen; a strip above them where rows have a size.

    A row is `{"cells": [...], "role": ...}`; `size` gives it a part of the strip, as long as
    its share of all, and `title` says there what it is. `kinds` says of each column how it is
    shown: number, word, name, left, node, right, text or bar (a length from 0 to 1); `heads`
    what it is called.
    """

    _esm: ClassVar[str] = (_HERE / "rows.js").read_text(encoding="utf-8")
    _css: ClassVar[str] = (_HERE / "rows.css").read_text(encoding="utf-8")

    label = traitlets.Unicode("").tag(sync=True)
    kinds = traitlets.List(traitlets.Unicode()).tag(sync=True)
    heads = traitlets.List(traitlets.Unicode()).tag(sync=True)
    rows = traitlets.List(traitlets.Dict()).tag(sync=True)
    height = traitlets.Float(18).tag(sync=True)
    chosen = traitlets.Int(-1).tag(sync=True)
    linked = traitlets.List(traitlets.Int()).tag(sync=True)
    sorted_by = traitlets.List(default_value=["place", 0]).tag(sync=True)
    codes = traitlets.List(traitlets.Unicode()).tag(sync=True)  # keys that are told on
    pressed: traitlets.List[Any] = traitlets.List().tag(sync=True)  # the key, and its number

    def fill(self, rows: list[dict[str, Any]], chosen: int = -1) -> None:
        """Show other rows, `chosen` chosen, and none linked with it."""
        with self.hold_sync():
            self.rows, self.linked = rows, []
            self.chosen = chosen


Key = tuple[object, int]
KEYS = ["briefing_id", "turn_id"]


@dataclass(frozen=True)
class ShownTurn:
    """One turn as it is shown; `place` is its row in the table."""

    place: int
    briefing_id: object
    turn_id: int
    voice: str
    role: str
    text: str
    line: int | None
    n_words: int | None


class TurnList:
    """Turns in the order of their table, with the questions that each comes in answer to."""

    def __init__(self, turns: pd.DataFrame, pairs: pd.DataFrame | None = None) -> None:
        """Take a turns table, and the pairs of all its briefings where they are at hand."""
        TURNS.check(turns, "briefing_id", "turn_id", "speaker", "role", "text")
        self.table = turns
        self.turns = [_turn(i, row) for i, row in enumerate(turns.to_dict("records"))]
        self._at = {(turn.briefing_id, turn.turn_id): turn.place for turn in self.turns}
        if len(self._at) < len(self.turns):
            raise BriefingError(
                "two turns have the same briefing_id and turn_id: give each briefing an id of "
                "its own before you put their turns into one table."
            )
        self._asked: dict[int, list[int]] = defaultdict(list)
        self._answered: dict[int, list[int]] = defaultdict(list)
        links = _linked(turns, "answers", "turn_id")  # the first question of each answer
        if pairs is not None:
            links = _linked(pairs, "question_id", "answer_id")
        for question, answer in links:
            if question in self._at and answer in self._at:
                self._asked[self._at[answer]].append(self._at[question])
                self._answered[self._at[question]].append(self._at[answer])

    def __len__(self) -> int:
        """How many turns there are."""
        return len(self.turns)

    def at(self, briefing_id: object, turn_id: int) -> ShownTurn:
        """The turn with these keys."""
        return self.turns[self._at[briefing_id, int(turn_id)]]

    def places(self, tokens: pd.DataFrame) -> Ints:
        """Of each token the place of its turn."""
        TOKENS.check(tokens, *KEYS)
        mine = pd.MultiIndex.from_frame(self.table[KEYS])
        places = mine.get_indexer(pd.MultiIndex.from_frame(tokens[KEYS]))
        if (places < 0).any():
            raise BriefingError("tokens has words of other turns: pass the turns they are from.")
        return places.astype(np.int64)

    def questions(self, turn: ShownTurn) -> list[ShownTurn]:
        """The turns that `turn` comes in answer to."""
        return [self.turns[i] for i in self._asked.get(turn.place, [])]

    def answers(self, turn: ShownTurn) -> list[ShownTurn]:
        """The turns that come in answer to `turn`."""
        return [self.turns[i] for i in self._answered.get(turn.place, [])]


def turn_list(source: Transcript | pd.DataFrame) -> TurnList:
    """The turns of a transcript, or of a turns table."""
    if isinstance(source, pd.DataFrame):
        return TurnList(source)
    if not hasattr(source, "turns"):
        raise BriefingError(
            f"got {type(source).__name__}; give a transcript, such as briefing.read(path), "
            "or a turns table."
        )
    return TurnList(source.turns, source.pairs)


def _turn(place: int, row: dict) -> ShownTurn:
    role = "unknown" if pd.isna(row["role"]) else str(row["role"])
    nobody = pd.isna(row["speaker"]) or not str(row["speaker"]).strip()
    unnamed = f"unnamed {'speaker' if role == 'unknown' else role}"
    return ShownTurn(
        place=place,
        briefing_id=row["briefing_id"],
        turn_id=int(row["turn_id"]),
        voice=unnamed if nobody else str(row["speaker"]),
        role=role,
        text="" if pd.isna(row["text"]) else str(row["text"]),
        line=_number(row.get("first_line")),
        n_words=_number(row.get("n_words")),
    )


def _number(value: object) -> int | None:
    return None if value is None or pd.isna(value) else int(value)  # type: ignore[call-overload]


def _linked(table: pd.DataFrame, question: str, answer: str) -> list[tuple[Key, Key]]:
    """Question and answer of each row of a table that has them in these columns."""
    if question not in table:
        return []
    rows = table.loc[table[question].notna(), ["briefing_id", question, answer]]
    return [((briefing, int(q)), (briefing, int(a))) for briefing, q, a in rows.to_numpy()]


TEXT = "white-space:pre-wrap;line-height:1.5;max-width:46em;margin:0.2em 0 0.8em;padding-left:8px"


def paragraph(text: str) -> str:
    """A sentence of ours."""
    return f"<p>{escape(text)}</p>"


def status(text: str, *, wrong: bool = False) -> str:
    """A sentence that is read out when it changes; `wrong` where something did not work."""
    word = "<b>Not done.</b> " if wrong else ""
    return f'<div role="status" style="margin:2px 0;line-height:1.5">{word}{escape(text)}</div>'


def turn_html(turn: ShownTurn, lead: str = "", mark: tuple[int, int] | None = None) -> str:
    """A turn with who speaks, and the stretch `mark` of its text marked."""
    head = f"{lead}turn {turn.turn_id} · {turn.voice} · {turn.role}"
    if turn.line is not None:
        head += f" · line {turn.line}"
    text = escape(turn.text)
    if mark:
        start, stop = mark
        before, hit, after = turn.text[:start], turn.text[start:stop], turn.text[stop:]
        text = f"{escape(before)}<mark>{escape(hit)}</mark>{escape(after)}"
    style = f"border-left:4px solid {ROLE_COLOURS[turn.role]};{TEXT}"
    return f'<div><b>{escape(head)}</b></div><div style="{style}">{text}</div>'


def exchange_html(
    turn: ShownTurn, questions: list[ShownTurn], mark: tuple[int, int] | None = None
) -> str:
    """The questions that a turn comes in answer to, and the turn."""
    asked = "".join(turn_html(question, "The question: ") for question in questions)
    return asked + turn_html(turn, "In answer: " if questions else "", mark)


def list_html(head: str, items: list[str]) -> str:
    """A list of sentences under a head."""
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<div>{escape(head)}</div><ul style="margin:0 0 4px">{rows}</ul>'


def source_html(lines: Sequence[Line], number: int, around: int = 2) -> str:
    """Line `number` of a source, from 1, among the lines around it."""
    rows = []
    for i in range(max(number - around, 1), min(number + around, len(lines)) + 1):
        weight = "bold" if i == number else "normal"
        text = escape(lines[i - 1].text.strip())
        style = f"padding:0 6px;text-align:left;font-weight:{weight};white-space:pre-wrap"
        rows.append(f'<tr><th scope="row">{i}</th><td style="{style}">{text}</td></tr>')
    return f"<table>{''.join(rows)}</table>" if rows else ""


class Lines:
    """A concordance as it is printed: the words looked for below one another."""

    def __init__(self, hits: pd.DataFrame, rows: int = 20) -> None:
        """Keep the first `rows` of `hits`."""
        self._hits, self._all = hits.head(rows), len(hits)

    def _note(self) -> str:
        shown = len(self._hits)
        return f"{shown} of {self._all:,} lines" if shown < self._all else ""

    def _repr_html_(self) -> str:
        names = ["turn_id", "speaker", "role", "left", "node", "right"]
        rows = []
        for row in self._hits[names].itertuples(index=False):
            *before, node, after = (escape(MISSING if pd.isna(x) else str(x)) for x in row)
            rows.append([*before, f"<b>{node}</b>", after])
        note = f"<p><small>{self._note()}</small></p>" if self._note() else ""
        return as_html(names, rows, [name in ("turn_id", "left") for name in names]) + note

    def __repr__(self) -> str:
        """One line a hit, for the terminal."""
        wide = int(self._hits["left"].str.len().max()) if len(self._hits) else 0
        rows = self._hits[["turn_id", "left", "node", "right"]].itertuples(index=False)
        lines = [f"{n:>5}  {left:>{wide}}[{node}]{right}" for n, left, node, right in rows]
        return "\n".join([*lines, self._note()]).rstrip()


OPENING = 60  # characters of a text in a list
WIDGET = "application/vnd.jupyter.widget-view+json"
_numbers = count(1)  # not an id at random: the same notebook gives the same bytes


class View:
    """Widgets in a box, and the same as a plain page for where there are none."""

    def __init__(self, *children: ipywidgets.Widget) -> None:
        """Put `children` below one another."""
        self._copy = f"briefing-static-{next(_numbers)}"
        style = (
            f"<style>body:not(.jp-Notebook) .{self._copy} {{ display: none }}\n"
            "body.jp-Notebook .briefing-view { display: none }</style>"  # a page by nbconvert
        )
        hiding = ipywidgets.HTML(style, layout={"height": "0", "margin": "0"})
        self.box = ipywidgets.VBox([hiding, *children])
        self.box.add_class("briefing-view")

    def tables(self) -> list[Any]:
        """Sentences, and tables as they are shown, that say what the view shows now."""
        raise NotImplementedError

    def html(self) -> str:
        """The view as a plain page."""
        parts = (
            paragraph(part) if isinstance(part, str) else part._repr_html_()
            for part in self.tables()
        )
        return f'<div class="{self._copy}"><div {AS_PRINTED}>{"".join(parts)}</div></div>'

    def __repr__(self) -> str:
        """The view as plain text."""
        return "\n".join(part if isinstance(part, str) else repr(part) for part in self.tables())

    def _ipython_display_(self) -> None:
        from IPython.display import display

        live = {"model_id": self.box.model_id, "version_major": 2, "version_minor": 0}
        display({WIDGET: live, "text/plain": ""}, raw=True)
        display({"text/html": self.html(), "text/plain": repr(self)}, raw=True)


def labelled(widget: Any, width: str) -> Any:
    """A control whose label is as wide as its words."""
    widget.style.description_width, widget.layout.width = "initial", width
    return widget


def choice(label: str, options: Sequence[Any], width: str) -> Any:
    """A list to choose from."""
    return labelled(ipywidgets.Dropdown(options=options, description=label), width)


def in_a_row(*widgets: Any) -> Any:
    """Controls beside each other, in several lines where the window is narrow."""
    return ipywidgets.HBox(widgets, layout={"flex_flow": "row wrap"})


def opening(text: str, characters: int = OPENING) -> str:
    """The first words of a text, whole, and … where it goes on."""
    flat = " ".join(text.split())
    if len(flat) <= characters:
        return flat
    cut = flat[: characters + 1].rsplit(" ", 1)[0]
    return f"{cut[:characters]} …"


def near(path: str | os.PathLike[str]) -> str:
    """The path from here, as a person would type it."""
    try:
        return os.path.relpath(path)
    except ValueError:  # another drive
        return os.fspath(path)
