"""Turns and concordance lines as HTML: everything that comes from a transcript is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape

import pandas as pd

from briefing.display import MISSING
from briefing.explore.turn_list import Turn
from briefing.reading import Line
from briefing.report import COLOURS
from briefing.safe import AS_PRINTED

TEXT = "white-space:pre-wrap;line-height:1.5;max-width:46em;margin:0.2em 0 0.8em;padding-left:8px"
CELL = "vertical-align:top;text-align:{}"


def paragraph(text: str) -> str:
    """A sentence of ours."""
    return f"<p>{escape(text)}</p>"


def counted(n: int, thing: str) -> str:
    """`1 turn`, `2 turns`."""
    return f"{n:,} {thing}{'' if n == 1 else 's'}"


def status(text: str, *, wrong: bool = False) -> str:
    """A sentence that is read out when it changes; `wrong` where something did not work."""
    word = "<b>Not done.</b> " if wrong else ""
    return f'<div role="status" style="margin:2px 0;line-height:1.5">{word}{escape(text)}</div>'


def turn_html(turn: Turn, lead: str = "", mark: tuple[int, int] | None = None) -> str:
    """A turn with who speaks, and the stretch `mark` of its text marked."""
    head = f"{lead}turn {turn.turn_id} · {turn.voice} · {turn.role}"
    if turn.line is not None:
        head += f" · line {turn.line}"
    text = escape(turn.text)
    if mark:
        start, stop = mark
        before, hit, after = turn.text[:start], turn.text[start:stop], turn.text[stop:]
        text = f"{escape(before)}<mark>{escape(hit)}</mark>{escape(after)}"
    style = f"border-left:4px solid {COLOURS[turn.role]};{TEXT}"
    return f'<div><b>{escape(head)}</b></div><div style="{style}">{text}</div>'


def exchange_html(turn: Turn, questions: list[Turn], mark: tuple[int, int] | None = None) -> str:
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
        columns = ("turn_id", "speaker", "role", "left", "node", "right")
        sides = ("right", "left", "left", "right", "center", "left")
        head = "".join(
            f'<th scope="col" style="{CELL.format(side)}">{name}</th>'
            for name, side in zip(columns, sides, strict=True)
        )
        rows = []
        for row in self._hits[list(columns)].itertuples(index=False):
            cells = [escape(MISSING if pd.isna(value) else str(value)) for value in row]
            cells[4] = f"<b>{cells[4]}</b>"
            made = zip(cells, sides, strict=True)
            rows.append("".join(f'<td style="{CELL.format(s)}">{c}</td>' for c, s in made))
        lines = "\n".join(f"<tr>{row}</tr>" for row in rows)
        note = f"<p><small>{self._note()}</small></p>" if self._note() else ""
        body = f"<tbody>\n{lines}</tbody>"
        return f"<table {AS_PRINTED}>\n<thead><tr>{head}</tr></thead>\n{body}</table>{note}"

    def __repr__(self) -> str:
        """One line a hit, for the terminal."""
        wide = int(self._hits["left"].str.len().max()) if len(self._hits) else 0
        rows = self._hits[["turn_id", "left", "node", "right"]].itertuples(index=False)
        lines = [f"{n:>5}  {left:>{wide}}[{node}]{right}" for n, left, node, right in rows]
        return "\n".join([*lines, self._note()]).rstrip()
