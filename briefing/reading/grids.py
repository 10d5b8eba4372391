"""Tables in files of their own: CSV, TSV, and the sheets of workbooks.

Nothing marks a file as CSV, and prose has commas too: text counts as a table only if its rows agree
on the number of cells and something else confirms it, such as a column name usual in tables of
speech. An empty cell means the speaker above, as in a sheet where the name is written once. A row
with a question and its answer is two utterances. Prose in other columns is outside the text.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from itertools import chain

from briefing.reading.columns import (
    PROSE,
    SCALES,
    WORDS,
    Columns,
    Grid,
    choose_columns,
    clock_of,
    columns_of_voices,
    first_time,
    full_name,
    header_at,
    in_seconds,
    known_names,
    name_in,
    names_come_back,
    plain_name,
    question_and_answer,
    words_in,
)
from briefing.reading.html import without_tags
from briefing.reading.lines import Line, Spoken, are_words, joined, said_lines
from briefing.reading.timed_text import unstamped
from briefing.tables import BriefingError

DELIMITERS = "\t,;|"
NAMED = (".csv", ".tsv", ".tab", ".psv")
SAMPLE = 65_536
EXCEL = re.compile(r"\A\"?sep=.\"?\r?\n")  # a line that Excel writes for its own use


def delimiter(text: str, name: str) -> str | None:
    """What separates the cells, or None if the text is not a table."""
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
    return known > 0 or named or (quoted and _reads_as_speech(rows))


def _reads_as_speech(rows: list[list[str]]) -> bool:
    """Whether one column holds prose and another repeated values, whatever their names."""
    cells = Grid([""] * min(map(len, rows)), rows).cells
    labels = [n for n in range(len(cells)) if names_come_back(cells[n])]
    prose = [n for n in range(len(cells)) if words_in(cells[n]) >= 4 and n not in labels]
    return bool(labels and prose) and not any(c.strip().endswith(":") for c in cells[0])


def _records(text: str, mark: str) -> list[list[str]]:
    limit = csv.field_size_limit(len(text) + 1)
    try:
        read = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
        return [row for row in read if any(cell.strip() for cell in row)]
    except csv.Error:
        return []
    finally:
        csv.field_size_limit(limit)


def read_delimited(text: str, name: str) -> tuple[list[Line], dict[str, str], list[str]]:
    """The lines of the table in `text`; no metadata; a note on the columns used."""
    mark = delimiter(text, name)
    records = _records(EXCEL.sub("", text), mark) if mark else []
    if not mark or not records:
        raise BriefingError.of("broken table", name=name)
    lines, warnings = grid_lines(grid_of(records, mark), name)
    return lines, {}, warnings


def grid_of(rows: list[list[str]], mark: str) -> Grid:
    """The rows below the column names; cells beyond the last column are joined to it."""
    top = header_at(rows)
    if top is None and not known_names(rows[0]):
        rows = [[""] * len(rows[0]), *rows]
    header, below = rows[top or 0], rows[(top or 0) + 1 :]
    width = len(header)
    above = [cell for cell in chain(*rows[: top or 0]) if cell.strip()]
    filled = (row + [""] * (width - len(row)) for row in below)
    body = [[*row[: width - 1], mark.join(row[width - 1 :])] for row in filled]
    columns = [cell.strip() or f"column {n + 1}" for n, cell in enumerate(header)]
    wrong = sum(len(row) != width for row in rows)
    said = f"{wrong} rows with more or fewer cells than the {width} columns."
    return Grid(*_with_full_names(columns, body), [said] if wrong else [], above)


def _with_full_names(
    columns: list[str], rows: list[list[str]]
) -> tuple[list[str], list[list[str]]]:
    """Columns and rows, with given and family names merged into full names."""
    plain = [plain_name(column) for column in columns]
    names = [full_name(dict(zip(plain, row, strict=True))) for row in rows]
    if not all(names) or "speaker" in plain:
        return columns, rows
    return [*columns, "speaker"], [[*row, name] for row, name in zip(rows, names, strict=True)]


def grid_lines(grid: Grid, name: str) -> tuple[list[Line], list[str]]:
    """The lines of a table, with a note of the columns they come from."""
    pair = question_and_answer(grid.plain)
    if pair:
        asked, answered = map(grid.plain.index, pair)
        who = _beside(grid, "answers", "speaker")
        warnings = [f"questions from {pair[0]!r}, answers from {pair[1]!r}.", *grid.warnings]
        asker, outlet = _beside(grid, "asks"), _beside(grid, "for_whom")
        lines = said_lines(_exchanges(grid, (asked, asker, outlet), (answered, who)))
        taken = {asked, answered, who, asker, outlet}
    elif voices := columns_of_voices(grid):
        warnings = [f"each speaks in a column: {grid.listed(voices)}.", *grid.warnings]
        clock = clock_of(grid.rows, voices)
        said = (Spoken(row[n], grid.columns[n], first_time([*row, ""][clock]))
                for row in grid.rows for n in voices if row[n])  # fmt: skip
        lines, taken = said_lines(said), {*voices}
    else:
        columns = choose_columns(grid, name)
        warnings = [columns.why, *grid.warnings]
        lines, taken = _rows_said(grid, columns, warnings), {*columns[:-1]}
    by_column = enumerate(zip(*grid.rows, strict=True))
    filled = ([*filter(str.strip, cells)] for n, cells in by_column if n not in taken)
    prose = (cell for cells in filled if words_in(cells) >= PROSE for cell in cells)
    beside_talk = (Line(" ".join(cell.split()), 1, outside=True) for cell in (*grid.above, *prose))
    return [*lines, *beside_talk], warnings


def _beside(grid: Grid, *lists: str) -> int | None:
    """The column besides questions and answers whose name is in one of these lists."""
    named = {plain: n for n, plain in enumerate(grid.plain)}
    return next((named[name] for one in lists for name in WORDS[one] if name in named), None)


def _exchanges(
    grid: Grid, asked: tuple[int, int | None, int | None], answered: tuple[int, int | None]
) -> Iterator[Spoken]:
    """Two utterances a row; other columns may say who asks, for whom, and who answers."""
    for row, day in zip(grid.rows, grid.days, strict=True):
        cells = [*row, ""]  # the last stands in for missing columns
        name, outlet, who = (
            " ".join(cells[-1 if n is None else n].split()) for n in (*asked[1:], answered[1])
        )
        asks = f"{name} ({outlet})" if name and outlet else name or outlet or "Question"
        for text, speaker in ((row[asked[0]], asks), (row[answered[0]], who or "Answer")):
            if text.strip():
                yield Spoken(text, speaker, day=day)


def _rows_said(grid: Grid, columns: Columns, warnings: list[str]) -> list[Line]:
    """The lines of the rows; what was inferred about them is added to the warnings."""
    said = [*_said(grid, columns)]
    words = are_words(said)
    said = unstamped(without_tags(joined(said, words) if words else said))
    if not any(one.speaker for one in said):  # nothing marks a change of speaker
        said = [one._replace(new=False) for one in said]
    lines = said_lines(said)
    clock = columns.start is None or any(":" in row[columns.start] for row in grid.rows[:100])
    if in_seconds(lines, clock=clock) == SCALES[0]:
        warnings.append("times read as milliseconds.")
    if columns.speaker is not None:
        empty = sum(not row[columns.speaker].strip() for row in grid.rows)
        warnings += [f"{empty} rows without a speaker go on with the speaker above."] * bool(empty)
    return lines


def _said(grid: Grid, columns: Columns) -> Iterator[Spoken]:
    speaker: str | None = None
    for row, day in zip(grid.rows, grid.days, strict=True):
        named = name_in(row[columns.speaker]) if columns.speaker is not None else ""
        named = named.removesuffix(".0")  # a number, as pandas writes it
        speaker = named or speaker
        start, stop, length = (
            None if place is None else first_time(row[place]) for place in columns[2:5]
        )
        if columns.stop is None and start is not None and length is not None:
            stop = start + length
        if row[columns.text].strip():
            new = bool(named) or columns.speaker is None
            yield Spoken(row[columns.text], speaker, start, stop, new, day)
