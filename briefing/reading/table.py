"""Tables of speech: a row for each turn or part of one, with a speaker and a text.

The columns may have any name and order; `columns` finds them and says in the warnings which
were taken and why. The speaker goes into `Line.speaker`, never into the text. A row whose
speaker differs from the one before begins a turn; an empty cell goes on with the speaker
above, as in a sheet where the name is written once.
"""

from __future__ import annotations

from itertools import pairwise

from briefing.dates import iso_date
from briefing.reading.columns import Columns, choose_columns
from briefing.reading.frontmatter import NAMES
from briefing.reading.grids import Grid, delimiter, read_delimited, read_json
from briefing.reading.lines import Line
from briefing.reading.text import split_rows
from briefing.reading.times import seconds

TOO_SLOW = 0.1  # words a second under which times must be milliseconds


def read_table(text: str, name: str) -> tuple[list[Line], dict[str, str], list[str]]:
    """Lines with speakers and times, what the file states, and which columns were taken."""
    mark = delimiter(text, name)
    grid = read_delimited(text, mark, name) if mark else read_json(text, name)
    columns = choose_columns(grid.columns, grid.rows, name)
    times, said = _times(grid, columns)
    lines = _lines(grid, columns, times)
    warnings = [columns.why, *grid.warnings, *said]
    if columns.speaker is not None:
        empty = sum(not row[columns.speaker].strip() for row in grid.rows)
        if empty:
            warnings.append(f"{empty} rows without a speaker go on with the speaker above.")
    return lines, _stated(grid), warnings


Times = list[tuple[float | None, float | None]]


def _lines(grid: Grid, columns: Columns, times: Times) -> list[Line]:
    lines: list[Line] = []
    speaker: str | None = None
    for row, (start, stop) in zip(grid.rows, times, strict=True):
        said = row[columns.speaker] if columns.speaker is not None else ""
        now = " ".join(said.split()) or speaker
        new = now != speaker
        gap = 1
        for part in split_rows(row[columns.text]):
            if not part.strip():
                gap += 1
                continue
            lines.append(Line(part.strip(), gap, speaker=now, new=new, start_s=start, stop_s=stop))
            gap, new, speaker = 0, False, now
    return lines


def _times(grid: Grid, columns: Columns) -> tuple[Times, list[str]]:
    """Start and stop of each row in seconds, and what was worked out about them."""
    start = _seconds(grid, columns.start)
    stop = _seconds(grid, columns.stop)
    if columns.stop is None and columns.length is not None:
        length = _seconds(grid, columns.length)
        stop = [a + b if a is not None and b is not None else None
                for a, b in zip(start, length, strict=True)]  # fmt: skip
    first = min((s for s in start if s is not None), default=0.0)
    if first > 1e8:  # points in time
        start, stop = ([s - first if s is not None else None for s in t] for t in (start, stop))
    if not _in_thousandths(grid, columns, start):
        return list(zip(start, stop, strict=True)), []
    start, stop = ([s / 1000 if s is not None else None for s in t] for t in (start, stop))
    return list(zip(start, stop, strict=True)), ["times read as milliseconds."]


def _seconds(grid: Grid, column: int | None) -> list[float | None]:
    if column is None:
        return [None] * len(grid.rows)
    return [seconds(row[column]) for row in grid.rows]


def _in_thousandths(grid: Grid, columns: Columns, start: list[float | None]) -> bool:
    """Whether plain figures are milliseconds: nobody speaks so few words a second."""
    if columns.start is None or any(":" in row[columns.start] for row in grid.rows[:100]):
        return False
    known = [s for s in start if s is not None]
    elapsed = sum(b - a for a, b in pairwise(known) if b > a)
    words = sum(len(row[columns.text].split()) for row in grid.rows)
    whole = all(s == int(s) for s in known)
    return whole and elapsed > 5000 and words < TOO_SLOW * elapsed


def _stated(grid: Grid) -> dict[str, str]:
    stated: dict[str, str] = {}
    for key, value in grid.stated.items():
        name = NAMES.get(key.lower())
        value = iso_date(value) if name == "date" else " ".join(value.split())[:500]
        if name and value:
            stated.setdefault(name, value)
    return stated
