"""Tables inside of documents (web pages, Word): rows that name a speaker beside what is said.

A page may hold any number of tables, most of them for something else. A table is talk if one
of its columns names speakers and another holds prose; then the prose gets its speaker and its
times, and the other cells stand outside the text.
"""

from __future__ import annotations

from itertools import groupby

from briefing.reading.columns import (
    Columns,
    choose_columns,
    first_time,
    is_header,
    plain_name,
    question_and_answer,
)
from briefing.reading.lines import Line, Said
from briefing.reading.times import seconds
from briefing.tables import BriefingError

Place = tuple[int, int, int]  # table, row, cell
Row = dict[int, list[Line]]  # the lines of each cell
LEAST_ROWS = 3
WIDEST = 8


def speakers_from_tables(lines: list[Line], places: list[Place | None]) -> None:
    """Give the lines that stand in tables of talk the speakers and times of their rows."""
    placed = [(place, line) for place, line in zip(places, lines, strict=True) if place]
    placed.sort(key=lambda one: one[0])
    for _, group in groupby(placed, key=lambda one: one[0][0]):
        rows: dict[int, Row] = {}
        for (_, row, cell), line in group:
            rows.setdefault(row, {}).setdefault(cell, []).append(line)
        if len(rows) >= LEAST_ROWS:
            _mark_talk(list(rows.values()))


def _mark_talk(rows: list[Row]) -> None:
    width = 1 + max(max(row) for row in rows)
    grid = [[" ".join(line.text for line in row.get(n, [])) for n in range(width)] for row in rows]
    if not 2 <= width <= WIDEST:
        return
    names = [plain_name(cell) for cell in grid[0]]
    pair = question_and_answer(names)
    if pair:
        _set_outside(rows[0])
        _mark_exchanges(rows[1:], names, pair)
        return
    headed = is_header(grid)
    columns = _columns(grid, headed)
    if columns is None or columns.speaker is None:
        return
    if headed:
        _set_outside(rows[0])
    speaker: str | None = None
    for row, cells in zip(rows[headed:], grid[headed:], strict=True):
        named = " ".join(cells[columns.speaker].split()).rstrip(":： ")
        speaker = named or speaker
        _mark_row(row, columns, Said("", speaker, *_times(cells, columns), bool(named)))


def _times(cells: list[str], columns: Columns) -> tuple[float | None, float | None]:
    start = first_time(cells[columns.start]) if columns.start is not None else None
    stop = seconds(cells[columns.stop]) if columns.stop is not None else None
    return start, stop


def _mark_row(row: Row, columns: Columns, said: Said) -> None:
    """Give the text of a row its speaker and times; the other cells stand outside."""
    _set_outside({n: found for n, found in row.items() if n != columns.text})
    for at, line in enumerate(row.get(columns.text, [])):
        line.speaker, line.start_s, line.stop_s = said.speaker, said.start_s, said.stop_s
        line.new, line.gap = said.new and at == 0, max(line.gap, int(at == 0))


def _mark_exchanges(rows: list[Row], names: list[str], pair: tuple[str, str]) -> None:
    for row in rows:
        for name, speaker in zip(pair, ("Question", "Answer"), strict=True):
            for at, line in enumerate(row.get(names.index(name), [])):
                line.speaker, line.new = speaker, at == 0


def _set_outside(cells: Row) -> None:
    for found in cells.values():
        for line in found:
            line.outside = True


def _columns(grid: list[list[str]], headed: bool) -> Columns | None:
    """The columns of a table of talk; None where it is none, or not for certain."""
    body = grid[headed:]
    names = grid[0] if headed else [""] * len(grid[0])
    names = [name or f"column {n + 1}" for n, name in enumerate(names)]
    try:
        columns = choose_columns(names, body, "the table")
    except BriefingError:
        return None
    words = sum(len(row[columns.text].split()) + len(row[columns.text]) // 20 for row in body)
    return columns if words >= 3 * len(body) else None
