"""Views in JupyterLab: their common parts, the turns of a briefing, the items of a coding sheet.

A list to read line by line, with mouse or keyboard. In a notebook JupyterLab takes arrow keys as
*next cell* and letters as commands, even if a list or menu of ipywidgets has the focus. This list
keeps such keys within its whole view (class `briefing-view`), including menus and buttons.
Everything from a transcript is escaped.

A view is displayed twice, as widgets and as plain HTML. If the widgets work, they bring the style
rule that hides the plain copy; on a page without a kernel nothing hides it.

A strip for the whole briefing shows every turn by its share of the words, in the colour of its
role; the list below gives the same in words. Links between questions and answers are those of the
transcript: a link does not say that the question was really answered.

Items are coded one by one, by key or button, before anything else is shown. The decisions of a
dictionary or another coder stay hidden until every item has a code: people who see a verdict first
find reasons for it.
"""

from __future__ import annotations

import os
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
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

from briefing.display import MISSING, Shown, as_html, filled, show
from briefing.prose import counted, unnamed
from briefing.reading import Line
from briefing.safe import AS_PRINTED, as_csv, make_folder, save
from briefing.tables import ROLE_COLOURS, TOKENS, TURNS, BriefingError
from briefing.words.groups import Ints

if TYPE_CHECKING:
    from briefing.transcript import Transcript


_HERE = Path(__file__).parent


class Rows(anywidget.AnyWidget):
    """Rows of cells, one of which may be chosen, with a strip above them if rows have a size.

    A row is `{"cells": [...], "role": ...}`; `size` gives it a segment of the strip in proportion
    to its share, with `title` as its tooltip. `kinds` says how each column is shown: number, word,
    name, left, node, right, text or bar (a length from 0 to 1); `heads` gives its name.
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
    codes = traitlets.List(traitlets.Unicode()).tag(sync=True)  # keys that are reported
    pressed: traitlets.List[Any] = traitlets.List().tag(sync=True)  # the key, and its number

    def fill(self, rows: list[dict[str, Any]], chosen: int = -1) -> None:
        """Show other rows, with `chosen` selected and none linked to it."""
        with self.hold_sync():
            self.rows, self.linked = rows, []
            self.chosen = chosen


Key = tuple[object, int]
KEYS = ["briefing_id", "turn_id"]


@dataclass(frozen=True)
class ShownTurn:
    """One turn as displayed; `place` is its row in the table."""

    place: int
    briefing_id: object
    turn_id: int
    voice: str
    role: str
    text: str
    line: int | None
    n_words: int | None


class TurnList:
    """Turns in the order of their table, with the questions that each answers."""

    def __init__(self, turns: pd.DataFrame, pairs: pd.DataFrame | None = None) -> None:
        """Take a turns table, and the pairs of all its briefings if available."""
        TURNS.check(turns, "briefing_id", "turn_id", "speaker", "role", "text")
        self.table = turns
        self.turns = [_turn(i, row) for i, row in enumerate(turns.to_dict("records"))]
        self._at = {(turn.briefing_id, turn.turn_id): turn.place for turn in self.turns}
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
        """The place of the turn of each token."""
        TOKENS.check(tokens, *KEYS)
        mine = pd.MultiIndex.from_frame(self.table[KEYS])
        places = mine.get_indexer(pd.MultiIndex.from_frame(tokens[KEYS]))
        if (places < 0).any():
            raise BriefingError.of("tokens of other turns")
        return places.astype(np.int64)

    def questions(self, turn: ShownTurn) -> list[ShownTurn]:
        """The turns that `turn` answers."""
        return [self.turns[i] for i in self._asked.get(turn.place, [])]

    def answers(self, turn: ShownTurn) -> list[ShownTurn]:
        """The turns that answer `turn`."""
        return [self.turns[i] for i in self._answered.get(turn.place, [])]


def turn_list(source: Transcript | pd.DataFrame) -> TurnList:
    """The turns of a transcript, or of a turns table."""
    if isinstance(source, pd.DataFrame):
        return TurnList(source)
    if not hasattr(source, "turns"):
        raise BriefingError.of("no transcript or turns", kind=type(source).__name__)
    return TurnList(source.turns, source.pairs)


def _turn(place: int, row: dict) -> ShownTurn:
    role = "unknown" if pd.isna(row["role"]) else str(row["role"])
    nobody = pd.isna(row["speaker"]) or not str(row["speaker"]).strip()
    return ShownTurn(
        place=place,
        briefing_id=row["briefing_id"],
        turn_id=int(row["turn_id"]),
        voice=unnamed(role) if nobody else str(row["speaker"]),
        role=role,
        text="" if pd.isna(row["text"]) else str(row["text"]),
        line=_number(row.get("first_line")),
        n_words=_number(row.get("n_words")),
    )


def _number(value: object) -> int | None:
    return None if value is None or pd.isna(value) else int(value)  # type: ignore[call-overload]


def _linked(table: pd.DataFrame, question: str, answer: str) -> list[tuple[Key, Key]]:
    """The question and answer in these columns of each row of a table."""
    if question not in table:
        return []
    rows = table.loc[table[question].notna(), ["briefing_id", question, answer]]
    return [((briefing, int(q)), (briefing, int(a))) for briefing, q, a in rows.to_numpy()]


AROUND = 2  # lines of a source shown above and below one


def paragraph(text: str) -> str:
    """A sentence from the program."""
    return f"<p>{escape(text)}</p>"


def status(text: str, *, wrong: bool = False) -> str:
    """A sentence that screen readers announce when it changes; `wrong` if something failed."""
    word = "<b>Not done.</b> " if wrong else ""
    return f'<div role="status" style="margin:2px 0;line-height:1.5">{word}{escape(text)}</div>'


def exchange_html(
    turn: ShownTurn, questions: list[ShownTurn], mark: tuple[int, int] = (0, 0)
) -> str:
    """The questions that a turn answers, and the turn with `mark` highlighted."""
    told = {"turn": turn, "questions": questions, "mark": mark, "colours": ROLE_COLOURS}
    return filled("explore/exchange.html.j2", **told)


def list_html(head: str, items: list[str]) -> str:
    """A list of sentences under a heading."""
    rows = "".join(f"<li>{escape(item)}</li>" for item in items)
    return f'<div>{escape(head)}</div><ul style="margin:0 0 4px">{rows}</ul>'


def source_html(lines: Sequence[Line], number: int) -> str:
    """Line `number` of a source, from 1, among the lines around it."""
    first = max(number - AROUND, 1)
    rows = [*enumerate((line.text.strip() for line in lines[first - 1 : number + AROUND]), first)]
    return filled("explore/source.html.j2", rows=rows, number=number) if rows else ""


class Lines:
    """A concordance as printed: the search words aligned below one another."""

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
        """One line per hit, for the terminal."""
        wide = int(self._hits["left"].str.len().max()) if len(self._hits) else 0
        rows = self._hits[["turn_id", "left", "node", "right"]].itertuples(index=False)
        lines = [f"{n:>5}  {left:>{wide}}[{node}]{right}" for n, left, node, right in rows]
        return "\n".join([*lines, self._note()]).rstrip()


OPENING = 60  # characters of a text in a list
WIDGET = "application/vnd.jupyter.widget-view+json"
_numbers = count(1)  # no random ids: the same notebook gives the same bytes


class View:
    """Widgets in a box, and a plain page with the same content if widgets do not work."""

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
        """Sentences and tables that describe what the view shows now."""
        raise NotImplementedError

    def html(self) -> str:
        """The view as a plain page."""
        parts = (paragraph(p) if isinstance(p, str) else p._repr_html_() for p in self.tables())
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
    """A control with a label as wide as its text."""
    widget.style.description_width, widget.layout.width = "initial", width
    return widget


def choice(label: str, options: Sequence[Any], width: str) -> Any:
    """A list to choose from."""
    return labelled(ipywidgets.Dropdown(options=options, description=label), width)


def in_a_row(*widgets: Any) -> Any:
    """Controls side by side, on several lines if the window is narrow."""
    return ipywidgets.HBox(widgets, layout={"flex_flow": "row wrap"})


def opening(text: str, characters: int = OPENING) -> str:
    """The first words of a text, followed by … if there are more."""
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


# The turns of a briefing


Path_ = str | os.PathLike[str]
KINDS = ["number", "name", "word", "bar", "number", "text"]
WAYS = {
    "back": "Turn before", "on": "Next turn",
    "question": "To its question", "answer": "To its answer",
}  # fmt: skip
HEADS = ["turn", "speaker", "role", "length", "words", "begins"]


class TimelineView(View):
    """The turns in a strip and a list; `chosen` is the turn shown."""

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
        turns = self._turns.turns  # in characters where the language needs a tokenizer
        sizes = [len(turn.text) if turn.n_words is None else turn.n_words for turn in turns]
        longest = max(sizes, default=0) or 1
        rows = []
        for turn, size in zip(turns, sizes, strict=True):
            words = "" if turn.n_words is None else f"{turn.n_words:,}"
            begins = opening(turn.text)
            cells = [str(turn.turn_id), turn.voice, turn.role, size / longest, words, begins]
            title = f"turn {turn.turn_id} · {turn.voice} · {turn.role}"
            rows.append({"cells": cells, "role": turn.role, "size": size, "title": title})
        return rows

    def _beside(self, turn: ShownTurn) -> dict[str, list[ShownTurn]]:
        """The target of each button, if any."""
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
        """Show the chosen turn, and what it is linked to."""
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
    """Open a briefing to walk through turn by turn, following its questions and answers.

    Parameters
    ----------
    source : Transcript or DataFrame
        A transcript, or a turns table, which holds only the first question of each answer.

    Returns
    -------
    TimelineView
        Shown by Jupyter at the end of a cell; without widgets, a table of the turns.

    Raises
    ------
    BriefingError
        `source` is neither a transcript nor a turns table.

    Notes
    -----
    Click a turn in the strip or the list, or move through the list with the arrow keys, Page Up and
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
FEW_CODERS = 5  # whose codes are shown side by side


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
            known = ", ".join(self.meanings)
            raise BriefingError.of("wrong codes", n=len(self.sheet), codes=known, what=what)
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
    sheet: pd.DataFrame, codes: Mapping[str, str], *, coder: str = "me", path: Path_ | None = None
) -> CodeView:
    """Open a sheet to code item by item, with a key for each code.

    Parameters
    ----------
    sheet : DataFrame
        `item_id, text`, such as the sheet of `briefing.coding.sample`.
    codes : mapping
        Each code, a single character, with its meaning: `{"1": "yes", "0": "no"}`.
    coder : str
        The name of the coder.
    path : path, optional
        Where *Save the sheet* writes it, for `briefing.sheets.read`.

    Returns
    -------
    CodeView
        Shown by Jupyter at the end of a cell; without a kernel, a table of the items.

    Raises
    ------
    BriefingError
        If the sheet lacks a column, or has an item twice.

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
        raise BriefingError.of("no sheet to code", what=what)
    return CodeView(sheet.reset_index(drop=True), codes, coder, path)


def reveal(
    measure: Callable[..., pd.DataFrame],
    *given: CodeView | pd.DataFrame,
    columns: Sequence[str] = (),
) -> Shown:
    """Show the result of a measure for codes, once every item in every view has one.

    Parameters
    ----------
    measure : callable
        Such as `briefing.coding.agreement`, `briefing.coding.accuracy` or `apart`.
    *given
        First views and tables of codes, which become one table; then other arguments of the
        measure.
    columns : list of str
        Those to show; by default all.
    """
    views = [one for one in given if isinstance(one, CodeView)]
    left = sum(view.left for view in views)
    if left:
        table = pd.DataFrame()
        to_do = f"{counted(left, 'item')} still to be coded"
        table.attrs["why"] = f"{to_do}. Run this cell again when they are."
        return show(table)
    codes = [one.codes if isinstance(one, CodeView) else one for one in given]
    n = sum("coder" in table for table in codes)
    result = measure(pd.concat(codes[:n], ignore_index=True), *codes[n:])
    return show(result[[*columns]] if columns else result, 40)


def apart(codes: pd.DataFrame, sheet: pd.DataFrame) -> pd.DataFrame:
    """The items on which coders differ: what each says or, for a class, how many."""
    wide = codes.pivot_table("code", "item_id", "coder", aggfunc="first")
    n_different = wide.nunique(axis="columns")
    differ = wide[n_different > 1]
    if len(wide.columns) > FEW_CODERS:
        differ = differ.apply(pd.Series.value_counts, axis="columns").fillna(0).astype(int)
    return sheet[["item_id", "text"]].merge(differ.reset_index(), on="item_id")
