"""Tables of speech: rows and columns out of CSV and TSV, and who says what in each row.

CSV has no mark of its own, and prose has commas too: text counts as a table only if its rows
agree on the number of cells and something else speaks for it, such as a header with a name that
tables of speech use. The columns may have any name and order. An empty cell goes on with the
speaker above, as in a sheet where the name is written once. A row with a question and its answer
is two utterances. Prose in other columns stands outside the text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from briefing.reading.columns import (
    SPEAKER,
    Columns,
    choose_columns,
    first_time,
    header_at,
    known_names,
    plain_name,
    question_and_answer,
    reads_as_speech,
    words_in,
)
from briefing.reading.json_files import TAGGED, json_values, read_json, unit_of, untagged
from briefing.reading.lines import Line, Said, said_lines
from briefing.reading.stamps import unstamped
from briefing.tables import BriefingError

DELIMITERS = "\t,;|"
NAMED = (".csv", ".tsv", ".tab", ".psv")
SAMPLE = 65_536
EXCEL = re.compile(r"\A\"?sep=.\"?\r?\n")  # what Excel writes for itself
JSON_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\[\"\]])")


@dataclass(slots=True)
class Grid:
    """Columns and rows as strings; `where` says how a row's number is to be read."""

    columns: list[str]
    rows: list[list[str]]
    warnings: list[str] = field(default_factory=list)
    headed: bool = True  # the columns have names of their own


def is_json(text: str, name: str) -> bool:
    """Whether `text` is JSON or JSON Lines, or is called so."""
    if not JSON_START.match(text):
        return False
    return name.lower().endswith((".json", ".jsonl", ".ndjson")) or bool(json_values(text))


def delimiter(text: str, name: str) -> str | None:
    """What parts the cells, or None where the text is no table."""
    named = name.lower().endswith(NAMED)
    sample = EXCEL.sub("", text[:SAMPLE])
    first = sample.lstrip().partition("\n")[0]
    marks = [mark for mark in DELIMITERS if mark in first]
    return next((m for m in marks if _is_grid(sample, m, len(text) > SAMPLE, named)), None)


def _is_grid(sample: str, mark: str, cut: bool, named: bool) -> bool:
    rows = _records(sample, mark)[: -1 if cut else None]
    if len(rows) < 2 or len(rows[0]) < 2 or len(rows[0]) > 200:
        return False
    width = len(rows[0])
    known = known_names(rows[0])
    if known > 1 and all(len(row) >= width for row in rows):
        return True
    if sum(len(row) == width for row in rows) < 0.9 * len(rows):
        return False
    quoted = mark + '"' in sample or mark in "\t|"
    return known > 0 or named or (quoted and reads_as_speech(rows))


def _records(text: str, mark: str) -> list[list[str]]:
    limit = csv.field_size_limit(len(text) + 1)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        return [row for row in read if any(cell.strip() for cell in row)]
    except csv.Error:
        return []
    finally:
        csv.field_size_limit(limit)


def read_delimited(text: str, mark: str, name: str) -> Grid:
    """The table in `text`; cells beyond the last column belong to it (unquoted commas)."""
    records = _records(EXCEL.sub("", text), mark)
    if not records:
        raise BriefingError(f"{name}: this table cannot be read; save it again as CSV (UTF-8).")
    top = 0 if known_names(records[0]) > 0 else header_at(records)
    headed = top is not None
    columns = [f"column {n + 1}" for n in range(len(records[0]))] if top is None else records[top]
    width = len(columns)
    rows = [_fitted(row, width, mark) for row in records[0 if top is None else top + 1 :]]
    grid = Grid([c.strip() or f"column {n + 1}" for n, c in enumerate(columns)], rows)
    grid.headed = headed
    wrong = sum(len(row) != width for row in records)
    if wrong:
        grid.warnings.append(f"{wrong} rows with more or fewer cells than the {width} columns.")
    return grid


def _fitted(row: list[str], width: int, mark: str) -> list[str]:
    if len(row) > width:
        return [*row[: width - 1], mark.join(row[width - 1 :])]
    return row + [""] * (width - len(row))


LEAST_TAGGED = 0.3  # share of cells with tags that makes them pieces of web pages
PROSE = 3  # mean words of a column that may hold more than a mark


def read_table(text: str, name: str) -> tuple[list[Line], dict[str, str], list[str]]:
    """Lines with speakers and times, what the file states, and which columns were taken."""
    mark = delimiter(text, name)
    if not mark:
        return read_json(text, name)
    lines, warnings = grid_lines(read_delimited(text, mark, name), name)
    return lines, {}, warnings


def grid_lines(grid: Grid, name: str) -> tuple[list[Line], list[str]]:
    """The lines of a table, and which columns they were read from."""
    said, taken, warnings = _grid_said(grid, name)
    said = unstamped(said)
    if not any(one.speaker for one in said):  # nothing says where somebody else speaks
        said = [one._replace(new=False) for one in said]
    return said_lines(said) + list(_beside(grid, taken)), warnings


def _beside(grid: Grid, taken: set[int | None]) -> Iterator[Line]:
    """Prose in columns that are not read: it stands outside."""
    for n in range(len(grid.columns)):
        cells = [row[n] for row in grid.rows]
        if n not in taken and words_in(cells) >= PROSE:
            yield from (Line(" ".join(cell.split()), 1, outside=True) for cell in cells if cell)


def _grid_said(grid: Grid, name: str) -> tuple[list[Said], set[int | None], list[str]]:
    """What is said in the rows of a table, and which columns that was read from."""
    plain = [plain_name(column) for column in grid.columns]
    pair = question_and_answer(plain)
    if pair:
        asked, answered = plain.index(pair[0]), plain.index(pair[1])
        said = list(_exchanges(grid, asked, answered))
        warnings = [f"questions from {pair[0]!r}, answers from {pair[1]!r}.", *grid.warnings]
        return said, {asked, answered, _answerer(grid, asked, answered)}, warnings
    columns = choose_columns(grid.columns, grid.rows, name)
    times, remarks = _times(grid, columns)
    warnings = [columns.why, *grid.warnings, *remarks]
    if columns.speaker is not None:
        empty = sum(not row[columns.speaker].strip() for row in grid.rows)
        if empty:
            warnings.append(f"{empty} rows without a speaker go on with the speaker above.")
    taken = {columns.text, columns.speaker, columns.start, columns.stop, columns.length}
    return list(_said(grid, columns, times)), taken, warnings


def _exchanges(grid: Grid, asked: int, answered: int) -> Iterator[Said]:
    """Two utterances a row; a column of names says who answers."""
    place = _answerer(grid, asked, answered)
    for row in grid.rows:
        name = " ".join(row[place].split()) if place is not None else ""
        for text, speaker in ((row[asked], "Question"), (row[answered], name or "Answer")):
            if text.strip():
                yield Said(text, speaker)


def _answerer(grid: Grid, asked: int, answered: int) -> int | None:
    """The column that names who answers, if its own name says so."""
    rest = [n for n in range(len(grid.columns)) if n not in (asked, answered)]
    named = {plain_name(grid.columns[n]): n for n in rest}
    return next((named[name] for name in SPEAKER if name in named), None)


Times = list[tuple[float | None, float | None]]


def _said(grid: Grid, columns: Columns, times: Times) -> Iterator[Said]:
    tagged = sum(bool(TAGGED.search(row[columns.text])) for row in grid.rows)
    as_page = tagged >= max(2, LEAST_TAGGED * len(grid.rows))
    speaker: str | None = None
    for row, (start, stop) in zip(grid.rows, times, strict=True):
        named = " ".join(row[columns.speaker].split()) if columns.speaker is not None else ""
        text = untagged(row[columns.text]) if as_page else row[columns.text]
        new = bool(named) or columns.speaker is None
        speaker = named or speaker
        if text.strip():
            yield Said(text, speaker, start, stop, new)


def _times(grid: Grid, columns: Columns) -> tuple[Times, list[str]]:
    """Start and stop of each row in seconds, and what was worked out about them."""
    start = _seconds(grid, columns.start)
    stop = _seconds(grid, columns.stop)
    if columns.stop is None and columns.length is not None:
        pairs = zip(start, _seconds(grid, columns.length), strict=True)
        stop = [a + b if a is not None and b is not None else None for a, b in pairs]
    first = min((s for s in start if s is not None), default=0.0)
    origin = first if first > 1e8 else 0.0  # points in time
    scale = _unit(grid, columns, [s - origin for s in start if s is not None])
    times = [
        (_scaled(a, origin, scale), _scaled(b, origin, scale))
        for a, b in zip(start, stop, strict=True)
    ]
    return times, ["times read as milliseconds."] if scale == 1e-3 else []


def _scaled(time: float | None, origin: float, scale: float) -> float | None:
    return None if time is None else round((time - origin) * scale, 6)


def _seconds(grid: Grid, column: int | None) -> list[float | None]:
    if column is None:
        return [None] * len(grid.rows)
    return [first_time(row[column]) for row in grid.rows]


def _unit(grid: Grid, columns: Columns, start: list[float]) -> float:
    if columns.start is None or any(":" in row[columns.start] for row in grid.rows[:100]):
        return 1.0
    return unit_of(start, sum(len(row[columns.text].split()) for row in grid.rows))
