"""How things are displayed: the report of a reading, and any result table.

The report says how every line of a source was classified, what was inferred, and why. It lets a
person check a briefing in a minute: as text on the command line, as the coloured source itself in a
notebook. A reading holds reasons and remarks as data; they become sentences here and only here.

Tables are shown with text on the left, numbers on the right, and not too many rows. The table
itself is never changed: the result is a view of it for a notebook, in HTML and plain text, with as
many decimals as make sense. Column names say what kind of number they hold, which is why they
follow a pattern: `n_` a count, `share_` a proportion, `per_1000` a rate.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, cached_property
from html import escape
from itertools import pairwise
from math import isnan
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing import __version__
from briefing.parse.values import Other, Reading, Remark, Turn, Why
from briefing.prose import clock, counted, unnamed
from briefing.safe import AS_PRINTED, PACKAGE, printable
from briefing.tables import ROLE_COLOURS, BriefingError, data

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    import pandas as pd

    from briefing.corrections import AsRead

# The report

LATIN = re.compile(r"[A-Za-z]{4}")
LEFT_OUT = ("metadata", "note", "boilerplate")


def wording() -> dict[str, dict[str, Any]]:
    """The wording, by kind of thing: the tables of `report.toml`."""
    return data("briefing", "report.toml")


@cache
def _templates() -> Any:
    from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

    made = Environment(
        loader=FileSystemLoader(PACKAGE), autoescape=select_autoescape(["html.j2"]),
        undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True,
        keep_trailing_newline=True,
    )  # fmt: skip
    made.filters |= {"clock": clock, "counted": counted}
    return made


def filled(template: str, **values: Any) -> str:
    """Fill in a template, named by its path in the package."""
    return str(_templates().get_template(template).render(version=__version__, **values))


class Inference(NamedTuple):
    """Something the source does not state: where, what, why, and how certain it is (0 to 1)."""

    line: int
    what: str
    why: str
    confidence: float

    def __str__(self) -> str:
        """One readable line."""
        why = f" ({self.why})" if self.why else ""
        return f"line {self.line}: {self.what}{why} [{self.confidence:.2f}]"


def voice(turn: Turn) -> str:
    """How a turn's speaker is shown: a name, or a note that nobody is named."""
    return turn.speaker or unnamed(turn.role)


def remark_words(remark: Remark) -> str:
    """A remark in words."""
    own = f"{remark.kind}: {{words}}" if remark.words else remark.kind
    said: str = wording()["remarks"].get(remark.kind, own)
    return said.format(words=remark.words or "nothing")


def applied_words(remark: Remark) -> str:
    """What a correction did, in words."""
    where = f"line {remark.line + 1}: " if remark.line >= 0 else ""
    return f"{where}{remark_words(remark)}"


def role_reasons(turn: Turn) -> str:
    """Why somebody has a role, in words."""
    return "; ".join(dict.fromkeys(map(_role_reason, turn.role_why)))


def link_reasons(turn: Turn) -> str:
    """Why a turn answers another, in words."""
    return "; ".join(dict.fromkeys(map(_link_reason, turn.answers_why)))


def _role_reason(why: Why) -> str:
    name, lacks = _feature(why)
    side, _, role = name.partition("_")
    if said := wording()["roles"].get(name):
        quoted = f": {why.words!r}" if name.startswith("label_") and why.words else ""
        return f"{said[lacks]}{quoted}"
    if role in ROLE_COLOURS and side in wording()["beside"]:
        return str(wording()["beside"][side].format(role))
    return next(said for start, said in wording()["measured"].items() if name.startswith(start))


def _link_reason(why: Why) -> str:
    name, lacks = _feature(why)
    side, _, does = name.partition("_")
    if said := wording()["links"].get(name):
        return str(said[lacks])
    if whose := wording()["sides"].get(side):
        did = wording()["does"].get(does)
        return f"{whose} {did[lacks]}" if did else f"by the length of {whose}"
    return "by the order and number of turns"


def _feature(why: Why) -> tuple[str, bool]:
    """The name of the feature, and whether its absence is the reason."""
    return why.kind.removeprefix("not "), why.kind.startswith("not ")


def part_words(why: Why) -> str:
    """Why a text is only part of an event, in words."""
    return str(wording()["part"][why.kind].format(line=why.line + 1, words=why.words))


def status_words(why: Why) -> str:
    """How the kind of text is known."""
    return f"the document says {why.words!r}" if why.words else "the document does not say"


def forms(reading: Reading) -> str:
    """What the labels look like: `labels with a colon on a line of their own`."""
    if not reading.styles:
        return "no labels"
    form = reading.styles[0][0]
    said = wording()["labels"].get(form, form)
    labelled = [t for t in reading.turns if t.label and t.pieces]
    alone = sum(t.pieces[0].line != t.first_line for t in labelled)
    own = form != "marked" and alone > len(labelled) / 2
    others = len(reading.styles) - 1
    more = f" and {others} other form{'s' * (others > 1)}" if others else ""
    return f"{said}{' on a line of their own' if own else ''}{more}"


def other_words(other: Other) -> str:
    """What an alternative reading would have been, and how to ask for it."""
    said = wording()["labels"].get(other.form, other.form)
    many = f"{counted(other.n_turns, 'turn')} by {counted(other.n_labels, 'label')}"
    return f"{said}, {many}: --label {_shell(other.example)}"


def _shell(text: str) -> str:
    plain = " ".join(text.split())
    return f'"{plain}"' if '"' not in plain else f"'{plain}'"


def people(turns: Sequence[Turn]) -> str:
    """How many people speak: `8 people`, `2 people and unnamed journalists`."""
    named = {turn.speaker for turn in turns if turn.speaker}
    others = Counter(unnamed(turn.role) for turn in turns if not turn.speaker)
    said = [counted(len(named), "person", "people")] if named else []
    said += [f"{others.most_common(1)[0][0]}s"] if others else []
    return " and ".join(said)


class Report:
    """What `read` did with one source: `str(report)` is the text, Jupyter shows the source."""

    def __init__(self, transcript: AsRead) -> None:
        """Collect what `transcript` knows about how it was read."""
        self._of = transcript
        self._turns = transcript.reading.turns
        self.warnings = transcript.warnings

    @cached_property
    def stretches(self) -> list[tuple[int, int, int, str, int | None, str]]:
        """Every stretch of the source, as in `Transcript.stretches`."""
        return self._of.stretches()

    @property
    def unplaced(self) -> list[tuple[int, str]]:
        """Lines that may be speech but were not placed, with their text."""
        return [(s[0], s[5]) for s in self.stretches if s[3] == "unplaced"]

    @property
    def left_out(self) -> list[tuple[int, str, str]]:
        """Lines that are not speech: number, kind, text."""
        kept = (s for s in self.stretches if s[3] in LEFT_OUT and s[5].strip())
        return [(s[0], s[3], " ".join(s[5].split())) for s in kept]

    @cached_property
    def inferences(self) -> list[Inference]:
        """What the source does not state, by line; links are separate, in `links`."""
        found = [*self._remarks(), *self._unlabelled(), *self._roles()]
        return sorted([*found, *self._twice(), *self._translated()])

    @cached_property
    def links(self) -> list[Inference]:
        """Which turn answers which, except where the user decided."""
        first = [turn.first_line + 1 for turn in self._turns]
        found = []
        for i, turn in enumerate(self._turns, 1):
            asked = ", ".join(f"{q + 1} (line {first[q]})" for q in turn.answers)
            if asked and "answers" not in turn.corrected:
                what = f"turn {i} comes in answer to turn {asked}"
                found.append(Inference(first[i - 1], what, link_reasons(turn), turn.answers_sure))
        return found

    def _remarks(self) -> Iterator[Inference]:
        for remark in self._of.reading.remarks:
            yield Inference(remark.line + 1, remark_words(remark), "", remark.sure)

    def _unlabelled(self) -> Iterator[Inference]:
        for i, turn in enumerate(self._turns, 1):
            if turn.label is None and turn.found:
                what = f"turn {i} is {'' if turn.speaker else 'an '}{voice(turn)}'s"
                why = wording()["found"].get(turn.found.kind, turn.found.kind)
                yield Inference(turn.first_line + 1, what, why, turn.sure)

    def _roles(self) -> Iterator[Inference]:
        first = {voice(turn): turn for turn in reversed(self._turns)}
        for name, turn in first.items():
            if turn.speaker and turn.role_why and "role" not in turn.corrected:
                line, what = turn.first_line + 1, f"{name} is {turn.role}"
                yield Inference(line, what, role_reasons(turn), turn.role_sure)

    def _twice(self) -> Iterator[Inference]:
        seen: dict[str, int] = {}
        for i, turn in enumerate(self._turns, 1):
            words = " ".join(turn.text.casefold().split())
            if words.count(" ") >= 7 and seen.setdefault(words, i) != i:
                what = f"turn {i} repeats turn {seen[words]}"
                yield Inference(turn.first_line + 1, what, "printed twice; both kept", 1.0)

    def _translated(self) -> Iterator[Inference]:
        """Turns that say the same twice: in another script, or again in brackets."""
        twice = [turn for turn in self._turns if _says_again(turn.text)]
        if len(twice) > 1:
            said = "turns print paragraphs again in another language; both are counted"
            what = f"{len(twice)} {said}"
            line = twice[0].first_line + 1
            yield Inference(line, what, "another script, or brackets", 0.7)

    def speakers(self) -> list[tuple[str, str, int, int]]:
        """(speaker, role, turns, words), in order of first appearance."""
        turns: Counter[tuple[str, str]] = Counter()
        words: Counter[tuple[str, str]] = Counter()
        for turn, row in zip(self._turns, self._of.rows(), strict=True):
            turns[voice(turn), turn.role] += 1
            words[voice(turn), turn.role] += row["n_words"] or 0
        return [(name, role, n, words[name, role]) for (name, role), n in turns.items()]

    def believes(self) -> list[str]:
        """What the reader concluded, how sure it is, and what to check first."""
        of = self._of
        read = (f"{s.name} ({s.format}, {s.encoding or 'no encoding'})" for s in of.sources)
        names, look = ", ".join(read), in_lines(of.doubts())
        return [
            f"{names}: {_seen(of.reading)};",
            f"{percent(of.confidence)} of turns are expected to be right: {of.status}.",
            f"Look first at {look}." if look else "Nothing in it stands out as doubtful.",
        ]

    def __str__(self) -> str:
        """The report as text."""
        others = self._of.reading.others if self._of.status == "doubtful" else ()
        corrected = [*map(applied_words, self._of.applied)]
        told = {"of": self._of, "others": map(other_words, others), "corrected": corrected}
        return filled("report.txt.j2", report=self, **told).strip("\n")

    def summary_html(self) -> str:
        """A small table of who spoke, for a notebook."""
        of = self._of
        facts = [of.metadata.get("date"), of.metadata.get("source"), f"text: {of.text_status}"]
        facts += ["part of an event" if of.part else None, counted(len(self._turns), "turn")]
        facts += [f"{counted(len(self.inferences), 'thing')} inferred"]
        facts += [self.believes()[1].rstrip(".")] if of.status == "doubtful" else []
        title = escape(of.metadata.get("title", of.briefing_id))
        said = escape(" · ".join(filter(None, facts)))
        rows = [
            (escape(who), role, f"{n}", f"{words:,}") for who, role, n, words in self.speakers()
        ]
        people = as_html(("speaker", "role", "turns", "words"), rows, (False, False, True, True))
        return f"<p {AS_PRINTED}><b>{title}</b><br>{said}</p>{people}"

    def _repr_html_(self) -> str:
        believes = escape(" ".join(self.believes()))
        rows, shown = [], 0
        for line, _, _, kind, turn_id, text in self.stretches:
            if kind == "blank":
                continue
            turn = self._turns[turn_id - 1] if turn_id else None
            mark = str(turn_id) if turn_id and turn_id != shown else ""
            mark += " (inferred)" if mark and turn and turn.label is None else ""
            shown = turn_id or shown
            said = f'<div style="{_style(kind, turn)}">{escape(text.strip())}</div>'
            rows.append((f"{line}", mark, turn.role if turn else kind, said))
        names = ("line", "turn", "role or kind", "text")
        source = as_html(names, rows, (True, False, False, False))
        scroll = "<div style='max-height:32em;overflow:auto' tabindex='0'>"
        return f"{self.summary_html()}<p {AS_PRINTED}>{believes}</p>{scroll}{source}</div>"


def refusal(reading: Reading, names: str) -> str:
    """Why a source cannot be used, what was seen in it, and what to do."""
    others = reading.others[:3]
    if any(turn.label and turn.text for turn in reading.turns):
        share = percent(reading.confidence)
        what = f"too unsure to be used: {_seen(reading)}; {share} of turns are expected to be right"
    else:
        what = "no turn found: no label is seen in it, and no question that its type sets apart"
    example = others[0].example if others else "The Minister."
    help_ = (
        f"If it is a transcript, give a label of it as printed, such as --label {_shell(example)}"
    )
    came = "; ".join(map(other_words, others))
    return f"{names}: {what}. {help_}{f' (next came {came})' if came else ''}."


def _seen(reading: Reading) -> str:
    turns = reading.turns
    return f"{counted(len(turns), 'turn')} by {people(turns)}, {forms(reading)}"


def _says_again(text: str) -> bool:
    """Whether a paragraph is followed by one of similar length in another script or in brackets."""
    paragraphs = [p.strip() for p in text.split("\n") if len(p.strip()) > 20]
    for one, other in pairwise(paragraphs):
        bracketed = other[0] in "([（" and other[-1] in ")]）" and len(other) > 0.5 * len(one)
        if bracketed or bool(LATIN.search(one)) != bool(LATIN.search(other)):
            return True
    return False


SAID = "white-space:pre-wrap;unicode-bidi:plaintext"  # in the direction of the script


def _style(kind: str, turn: Turn | None) -> str:
    if kind == "unplaced":
        return f"{SAID};background:#fff3cd"
    if turn is None:
        return f"{SAID};color:#595959;background:#f2f2f2"
    look = {"label": ";font-weight:bold", "stage": ";font-style:italic"}.get(kind, "")
    edge = f"border-left:4px solid {ROLE_COLOURS[turn.role]};padding-left:6px"
    return f"{SAID};{edge}{look}"


def warning(talk: AsRead) -> str:
    """A warning that a reading is doubtful, with the lines to check and what to do."""
    names = ", ".join(source.name for source in talk.sources)
    at = in_lines(talk.doubts()) or "its labels"
    return (
        f"{names}: doubtful: about {percent(talk.confidence)} of its turns are expected to be "
        f"right; look at {at}. `briefing check` shows how it was read, what else it could be, and "
        "how to correct it."
    )


def percent(share: float) -> str:
    """`94 %`."""
    return f"{round(100 * share)} %"


def in_lines(lines: Sequence[int]) -> str:
    """`line 5`, `lines 5, 9`; or nothing."""
    numbers = ", ".join(map(str, lines))
    return f"line{'s' * (len(lines) > 1)} {numbers}" if lines else ""


# Tables

PLAIN = ("_id", "line", "year")  # numbers used as names: no thousands separators
MISSING = "–"


class Shown:
    """A table as displayed; `table` is the table itself."""

    def __init__(self, table: pd.DataFrame, rows: int) -> None:
        """Keep the table, and how many of its rows to show."""
        self.table, self._rows = table, rows

    def _cells(self) -> pd.DataFrame:
        import pandas as pd

        head = self.table.head(self._rows)
        return pd.DataFrame({i: _column(head.iloc[:, i]) for i in range(head.shape[1])})

    def _note(self) -> str:
        hidden = len(self.table) - self._rows
        if not len(self.table.columns):
            return str(self.table.attrs.get("why", "There is nothing to show."))
        if self.table.empty:
            return ": ".join(["no rows", *filter(None, [self.table.attrs.get("why")])])
        return f"{self._rows} of {len(self.table)} rows" if hidden > 0 else ""

    def _repr_html_(self) -> str:
        note = f"<p><small>{self._note()}</small></p>" if self._note() else ""
        if not len(self.table.columns):
            return note
        columns = [self.table.iloc[:, i] for i in range(self.table.shape[1])]
        right = [_is_number(column) or column.name == "left" for column in columns]
        rows = self._cells().map(escape).itertuples(index=False)
        return as_html(list(map(str, self.table)), rows, right) + note

    def __repr__(self) -> str:
        """The same as plain text, for the terminal."""
        if not len(self.table.columns):
            return self._note()
        cells = self._cells().set_axis(list(self.table.columns), axis="columns")
        text = cells.to_string(index=False) if len(cells) else ", ".join(map(str, cells.columns))
        return printable(f"{text}\n{self._note()}".rstrip())


def as_html(names: Sequence[str], rows: Iterable[Iterable[str]], right: Sequence[bool]) -> str:
    """A table in the common notebook style: HTML cells, and which columns are right-aligned."""
    sides = ["right" if is_right else "left" for is_right in right]
    return filled("table.html.j2", names=names, rows=rows, sides=sides, as_printed=AS_PRINTED)


def show(table: pd.DataFrame, rows: int = 20) -> Shown:
    """Show a result table in a notebook: whole words, sensible decimals, no index.

    Parameters
    ----------
    table : DataFrame
        Any table of the package, or some of its columns and rows.
    rows : int
        How many rows to show, from the top; a line below gives the total.

    Raises
    ------
    BriefingError
        If it is not a table.

    Examples
    --------
    >>> import pandas as pd
    >>> show(pd.DataFrame({"speaker": ["Ida Marlow"], "n_words": [1204], "share_words": [1 / 3]}))
       speaker n_words share_words
    Ida Marlow   1,204       0.333
    """
    import pandas as pd

    if not isinstance(table, pd.DataFrame):
        raise BriefingError.of("show takes a table", got=type(table).__name__)
    return Shown(table, rows)


def aligned(table: pd.DataFrame, width: int) -> str:
    """The table as plain text, numbers right-aligned, no line wider than `width`.

    The longest column is shortened: the last at its end, *left* at its beginning.

    >>> import pandas as pd
    >>> print(aligned(pd.DataFrame({"speaker": ["Marlow", "Roon"], "n_words": [1204, 31]}), 80))
    speaker  n_words
    Marlow     1,204
    Roon          31
    """
    columns = {str(name): [str(name), *_column(table[name])] for name in table}
    widths = {name: max(map(len, cells)) for name, cells in columns.items()}
    while widths and sum(widths.values()) + 2 * (len(widths) - 1) > max(width, 20):
        widths[max(widths, key=lambda name: widths[name])] -= 1
    right = {str(name) for name in table if _is_number(table[name]) or name == "left"}
    for name, cells in columns.items():
        columns[name] = [
            _fitted(cell, widths[name], name in right, name == "left") for cell in cells
        ]
    return "\n".join("  ".join(row).rstrip() for row in zip(*columns.values(), strict=True))


def _fitted(cell: str, width: int, right: bool, from_end: bool) -> str:
    cell = " ".join(cell.split())
    if len(cell) > width:
        cell = f"…{cell[len(cell) - width + 1 :]}" if from_end else f"{cell[: width - 1]}…"
    return cell.rjust(width) if right else cell.ljust(width)


def _is_number(column: pd.Series) -> bool:
    return str(column.dtype.kind) in "iufc"


def _column(column: pd.Series) -> list[str]:
    """The cells of a column as text, all its numbers with the same number of decimals."""
    if not _is_number(column):
        return [_text(value) for value in column]
    numbers = column.astype("float64")
    name = str(column.name)
    decimals = next((n for part, n in wording()["decimals"].items() if part in name), 2)
    if (numbers.dropna() % 1 == 0).all():
        decimals = 0
    style = ".0f" if name.endswith(PLAIN) else f",.{decimals}f"
    return [MISSING if isnan(x) else format(x, style) for x in numbers]


def _text(value: Any) -> str:
    if isinstance(value, list | tuple | set):
        return ", ".join(map(str, value))
    import pandas as pd

    if pd.isna(value):
        return MISSING
    return {True: "yes", False: "no"}[bool(value)] if pd.api.types.is_bool(value) else str(value)
