"""Tables of speech: who says what in each row, with its times.

The columns may have any name and order; `columns` finds them and says in the warnings which
were taken and why. The speaker goes into `Line.speaker`, never into the text. An empty cell
goes on with the speaker above, as in a sheet where the name is written once. A row with a
question and its answer is two utterances. Prose in other columns stands outside the text.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.reading.columns import (
    SPEAKER,
    Columns,
    choose_columns,
    first_time,
    plain_name,
    question_and_answer,
    words_in,
)
from briefing.reading.grids import Grid, delimiter, read_delimited
from briefing.reading.json_files import TAGGED, read_json, unit_of, untagged
from briefing.reading.lines import Line, Said, said_lines
from briefing.reading.stamps import unstamped

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
