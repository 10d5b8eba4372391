"""Tables of speech and JSON: who says what in each row or object, with its times.

The columns may have any name and order; `columns` finds them and says in the warnings which
were taken and why. The speaker goes into `Line.speaker`, never into the text. An empty cell
goes on with the speaker above, as in a sheet where the name is written once. A row with a
question and its answer is two utterances.
"""

from __future__ import annotations

from collections.abc import Iterator

from briefing.dates import iso_date
from briefing.reading.columns import (
    SPEAKER,
    Columns,
    choose_columns,
    plain_name,
    question_and_answer,
)
from briefing.reading.frontmatter import NAMES
from briefing.reading.grids import Grid, delimiter, read_delimited, read_json
from briefing.reading.json_files import (
    TAGGED,
    in_thousandths,
    json_values,
    read_said,
    untagged,
)
from briefing.reading.lines import Line, Said, said_lines
from briefing.reading.stamps import stamped
from briefing.reading.times import seconds
from briefing.tables import BriefingError

LEAST_TAGGED = 0.3  # share of cells with tags that makes them pieces of web pages


def read_table(text: str, name: str) -> tuple[list[Line], dict[str, str], list[str]]:
    """Lines with speakers and times, what the file states, and which columns were taken."""
    mark = delimiter(text, name)
    if mark:
        said, warnings = grid_said(read_delimited(text, mark, name), name)
        return said_lines(_unstamped(said)), {}, warnings
    found, stated, warnings = read_said(text, name)
    if sum(one.speaker is not None for one in found) < 0.4 * len(found) or not found:
        try:
            found, warnings = grid_said(read_json(json_values(text), name), name)
        except BriefingError:
            if not found:
                raise
    return said_lines(_unstamped(found)), _stated(stated), warnings


def _unstamped(said: list[Said]) -> list[Said]:
    """Rows without speakers whose texts all begin with a name, which is taken out of them."""
    if any(one.speaker is not None for one in said):
        return said
    found = stamped([one.text for one in said])
    if not found or not any(one.start_s is not None for one in said):
        return said
    named, speaker = [], None
    for one, (name, rest) in zip(said, found, strict=True):
        speaker = name or speaker
        named.append(one._replace(speaker=speaker, text=rest, new=name is not None))
    return [one for one in named if one.text]


def grid_said(grid: Grid, name: str) -> tuple[list[Said], list[str]]:
    """What is said in the rows of a table, and which columns that was read from."""
    plain = [plain_name(column) for column in grid.columns]
    pair = question_and_answer(plain)
    if pair:
        asked, answered = plain.index(pair[0]), plain.index(pair[1])
        said = list(_exchanges(grid, asked, answered))
        return said, [f"questions from {pair[0]!r}, answers from {pair[1]!r}.", *grid.warnings]
    columns = choose_columns(grid.columns, grid.rows, name)
    times, remarks = _times(grid, columns)
    warnings = [columns.why, *grid.warnings, *remarks]
    if columns.speaker is not None:
        empty = sum(not row[columns.speaker].strip() for row in grid.rows)
        if empty:
            warnings.append(f"{empty} rows without a speaker go on with the speaker above.")
    return list(_said(grid, columns, times)), warnings


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
    small = _in_thousandths(grid, columns, [s - origin if s is not None else None for s in start])
    scale = 1e-3 if small else 1.0
    times = [
        (_scaled(a, origin, scale), _scaled(b, origin, scale))
        for a, b in zip(start, stop, strict=True)
    ]
    return times, ["times read as milliseconds."] if small else []


def _scaled(time: float | None, origin: float, scale: float) -> float | None:
    return None if time is None else round((time - origin) * scale, 6)


def _seconds(grid: Grid, column: int | None) -> list[float | None]:
    if column is None:
        return [None] * len(grid.rows)
    return [seconds(row[column]) for row in grid.rows]


def _in_thousandths(grid: Grid, columns: Columns, start: list[float | None]) -> bool:
    if columns.start is None or any(":" in row[columns.start] for row in grid.rows[:100]):
        return False
    words = sum(len(row[columns.text].split()) for row in grid.rows)
    return in_thousandths([s for s in start if s is not None], words)


def _stated(given: dict[str, str]) -> dict[str, str]:
    stated: dict[str, str] = {}
    for key, value in given.items():
        name = NAMES.get(key.lower())
        value = iso_date(value) if name == "date" else " ".join(value.split())[:500]
        if name and value:
            stated.setdefault(name, value)
    return stated
