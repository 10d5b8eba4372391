"""Tables of speech: which columns hold the text, the speakers and the times.

Column names decide first: the words for *speaker* and *text* in the languages of briefings. Then
the content: the text is the longest prose, and speakers are short and repeated. If two columns fit,
a warning names both.

Tables inside documents (pages, Word files) are talk if one column names speakers and another holds
prose; the prose then gets its speaker and times, and the other cells are outside the text.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from itertools import groupby, pairwise
from math import log
from typing import NamedTuple

from briefing.lexicons import iso_date
from briefing.reading.lines import POINTS_IN_TIME, Line, Spoken, set_outside, vocabulary
from briefing.reading.timed_text import seconds
from briefing.tables import BriefingError

WORDS, KEYS = vocabulary("columns"), vocabulary("json")
ROLES = ("start", "stop", "length")  # of columns with times
RANGE = re.compile(r"(?:(?<!\s)\s+)?-->\s*|(?<!\s)\s+[-–—]\s+|(?<=[\d.:]\d)[-–](?=[\d.:]+$)")
EAST_ASIAN = re.compile("[\u2e80-\uffff]")
NO_NAME = re.compile(r".*[.!?。！？…]\s*$|[\d\s.,:-]*$")
HEADER_ROWS = 6  # of a table in which to look for column names, below a title
SHORT = 60  # characters a speaker's name may have on average
LOOKED_AT = 2000  # rows examined to judge a column
PROSE = 3  # mean words of a column that holds more than marks


@dataclass
class Grid:
    """The names of the columns, and the rows as strings."""

    columns: list[str]
    rows: list[list[str]]
    warnings: list[str] = field(default_factory=list)
    above: list[str] = field(default_factory=list)  # what is above the names, such as a title

    @cached_property
    def plain(self) -> list[str]:
        """The names in plain form."""
        return [plain_name(column) for column in self.columns]

    @cached_property
    def cells(self) -> list[list[str]]:
        """The first cells of each column."""
        return [[row[n] for row in self.rows[:LOOKED_AT]] for n in range(len(self.columns))]

    @cached_property
    def days(self) -> list[str]:
        """The date of each row, if the table covers several; otherwise empty."""
        named = [n for n, plain in enumerate(self.plain) if plain in WORDS["days"]]
        cells = [" ".join(row[named[0]].split()) for row in self.rows] if named else []
        days = [iso_date(cell) or "-".join(re.findall(r"\w+", cell[:40])) for cell in cells]
        return days if len({*days} - {""}) > 1 else [""] * len(self.rows)

    def listed(self, places: Iterable[int]) -> str:
        """The names of these columns, for people to read."""
        names = [" ".join(self.columns[n].split())[:40] for n in places]
        return ", ".join(names[:12]) + (", ..." if len(names) > 12 else "")


class Columns(NamedTuple):
    """The place of each column, None if the table lacks it. `why` gives the reason in words."""

    text: int
    speaker: int | None
    start: int | None
    stop: int | None
    length: int | None
    why: str


@lru_cache(maxsize=10_000)
def plain_name(name: str) -> str:
    """A column's name in plain form: `Speaker Name` and `speakerName` are speaker_name."""
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", "_", name.strip()[:80].strip("\ufeff'\""))
    return re.sub(r"[\W_]+", "_", parted.casefold()).strip("_")


def full_name(row: Mapping[str, object]) -> str:
    """Given and family name, if they are under separate keys."""
    parts = (next((row[key] for key in WORDS[part] if row.get(key)), "")
             for part in ("given", "family"))  # fmt: skip
    name = [part.strip() for part in parts if isinstance(part, str) and part.strip()]
    return " ".join(name) if len(name) == 2 else ""


def question_and_answer(plain: list[str]) -> tuple[str, ...]:
    """The names among these that hold a question and its answer; empty if there are none.

    >>> question_and_answer(["date", "interview_question", "interview_answer", "question"])
    ('interview_question', 'interview_answer')
    """
    pairs = []
    for asked, answered in (pair.split("/") for pair in WORDS["pairs"]):
        for name in plain:
            parts = name.split("_")
            other = "_".join(answered if part == asked else part for part in parts)
            if asked in parts and other in plain:
                pairs.append((name, other))
    return max(pairs, key=lambda pair: len(pair[0]), default=())


def columns_of_voices(grid: Grid) -> list[int]:
    """The columns, if any, of a table in which each speaker has a column."""
    held = [n for n, cells in enumerate(grid.cells) if words_in(list(filter(None, cells))) >= PROSE]
    filled = [sum(bool(row[n].strip()) for n in held) for row in grid.rows]
    named = all(len(grid.columns[n].split()) <= 6 and known_names([grid.columns[n]]) == 0
                and not NO_NAME.match(grid.columns[n]) for n in held)  # fmt: skip
    alone = sum(n == 1 for n in filled) >= 0.9 * len(filled) and max(filled, default=0) == 1
    return held if len(held) > 1 and named and alone else []


def clock_of(rows: list[list[str]], others: Collection[int]) -> int:
    """The column of a table that holds times beside these others; -1 where none does."""
    width = len(rows[0]) if rows else 0
    left = (n for n in range(width) if n not in others)
    return next((n for n in left if are_times([row[n] for row in rows], ":")), -1)


def known_names(header: list[str]) -> int:
    """How many of speaker, text and time the names in this row cover."""
    plain = {plain_name(name) for name in header}
    return sum(not plain.isdisjoint(WORDS[what]) for what in ("speaker", "text", "start"))


def header_at(rows: list[list[str]]) -> int | None:
    """Which of the first rows names the columns, or None.

    Its names are known, or it comes first and looks like a header.
    """
    for at, row in enumerate(rows[:HEADER_ROWS]):
        if known_names(row) > 1 or question_and_answer([plain_name(cell) for cell in row]):
            return at
    titles = next((n for n, row in enumerate(rows[:HEADER_ROWS]) if _is_row(row)), 0)
    below = rows[titles:]
    return titles if len(below) > 1 and _looks_like_header(below) else None


def _is_row(row: list[str]) -> bool:
    """Whether more than one cell is filled, or there is only one: it is not a title."""
    return sum(bool(cell.strip()) for cell in row) > min(1, len(row) - 1)


def _looks_like_header(rows: list[list[str]]) -> bool:
    """Whether the first row has distinct cells, far shorter than those below and not repeated."""
    first, body = rows[0], rows[1:200]
    if len(set(first)) < len(first) or any(NO_NAME.match(cell) for cell in first if cell):
        return False
    below = [[row[n] for row in body if n < len(row) and row[n]] for n in range(len(first))]
    back = any(cell in cells for cell, cells in zip(first, below, strict=True) if cell)
    return not back and max(map(len, first)) < 0.5 * max(map(_mean_length, below), default=0)


# What a column holds


def words_in(cells: list[str]) -> float:
    """Mean number of words in a cell; two Chinese or Japanese characters count as one word."""
    total = sum(len(cell.split()) + len(EAST_ASIAN.findall(cell)) / 2 for cell in cells)
    return total / max(1, len(cells))


def _mean_length(cells: list[str]) -> float:
    return sum(map(len, cells)) / max(1, len(cells))


def _is_figures(cells: list[str]) -> bool:
    return not any(re.search(r"[^\W\d_]", cell) for cell in cells)


def are_names(cells: list[str]) -> bool:
    """Whether values are short, differ from the one before, and at least one occurs twice."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    short = all(len(cell) <= SHORT and len(cell.split()) <= 6 for cell in filled)
    changes = sum(a != b for a, b in pairwise(filled))
    return (
        len(filled) > 2 and short and len(set(filled)) < len(filled) and not _is_figures(filled)
        and changes >= 0.8 * (len(filled) - 1)
        and not any(cell.endswith((".", "!", "?", "。", "？")) for cell in filled)
    )  # fmt: skip


def names_come_back(cells: list[str]) -> bool:
    """Whether values are short, have letters and occur twice on average; times do not count."""
    filled = [" ".join(cell.split()) for cell in cells if cell.strip()]
    different = len(set(filled))
    if len(filled) < 0.5 * len(cells) or not 1 < different <= 0.5 * len(filled):
        return False
    times = sum(seconds(cell) is not None for cell in filled)
    return _mean_length(filled) <= 40 and not _is_figures(filled) and times < 0.5 * len(filled)


def are_times(cells: list[str], sign: str = "") -> bool:
    """Whether nearly all filled cells hold a time with this sign in it."""
    filled = [cell for cell in cells if cell.strip()]
    timed = sum(sign in cell and first_time(cell) is not None for cell in filled)
    return bool(filled) and timed >= 0.8 * len(filled)


NOBODY = (9, 0)


@lru_cache(maxsize=10_000)
def voice_rank(name: str) -> tuple[int, int]:
    """How surely a key names the speaker, from a speaker's name to an id."""
    parts, known = {*name.split("_")}, name in WORDS["speaker"]
    exact = WORDS["speaker"].get(name, len(WORDS["speaker"]))
    if not known and (
        parts.isdisjoint(KEYS["voice_parts"]) or not parts.isdisjoint(KEYS["no_voice"])
    ):
        return NOBODY
    if parts & KEYS["id_parts"].keys() and len(parts) > 1 and not parts & {"name", "label"}:
        return (1 if known or "speaker" in parts else 4), exact
    return (3 if name in WORDS["names_only"] else 0), exact


@lru_cache(maxsize=10_000)
def time_role(name: str) -> tuple[int, str, float]:
    """What a key says about a time: its rank, its role or "", and the factor to seconds."""
    parts, units = name.split("_"), WORDS["units"]
    unit = next((units[part] for part in parts[1:] if part in units), 1.0)
    for bare in (name, "_".join(part for part in parts if part not in units)):
        if role := next((role for role in ROLES if bare in WORDS[role]), ""):
            return WORDS[role][bare], role, unit
    rest = {*parts} - units.keys() - WORDS["beside"].keys()
    lists = {role: WORDS[f"parts_of_{role}"].keys() for role in ROLES[::-1]}
    role = next((role for role, words in lists.items() if rest & words), "")
    return 100, role if rest <= set().union(*lists.values()) else "", unit


def first_time(cell: str) -> float | None:
    """The time in a cell, or the first of two, as in `0:05 - 0:09`."""
    return seconds(RANGE.split(cell.strip(), maxsplit=1)[0])


# Which column is which


def choose_columns(grid: Grid, name: str) -> Columns:
    """The columns to read; BriefingError, naming them, if that is uncertain."""
    text, text_why = _text_column(grid, name)
    rest = [n for n in range(len(grid.columns)) if n != text]
    start, stop, length = (_time_column(grid, rest, role) for role in ROLES)
    timed = (start, stop, length)
    clocks = [n for n in rest if n not in timed
              and any(are_times(grid.cells[n], sign) for sign in ":-")]  # fmt: skip
    if start is None and clocks:
        start, stop = (*clocks, stop)[:2]
    rest = [n for n in rest if n not in (start, stop, length, *clocks)]
    speaker, speaker_why = _speaker_column(grid, rest)
    why = f"text taken from column {grid.columns[text]!r} ({text_why}), {speaker_why}"
    if start is not None:
        why += f", times from {grid.columns[start]!r}"
    return Columns(text, speaker, start, stop, length, why + ".")


def _text_column(grid: Grid, name: str) -> tuple[int, str]:
    """The text column, and the reason: its name, or else the longest prose."""
    lengths = [words_in(cells) for cells in grid.cells]
    known = [n for n, plain in enumerate(grid.plain) if plain in WORDS["text"]]
    named = [n for n in known if lengths[n] > 0 and not _is_figures(grid.cells[n])]
    chosen = named or _prose(grid, lengths)
    if not chosen:
        every = grid.listed(range(len(grid.columns)))
        raise BriefingError.of("no text column", name=name, columns=every)
    chosen.sort(key=lambda n: lengths[n], reverse=True)
    near = sorted(n for n in chosen if lengths[n] > 0.5 * lengths[chosen[0]])
    if len(near) > 1:
        return near[0], f"the first of {grid.listed(near)}, which may all be it"
    return chosen[0], "by its name" if named else "the longest prose"


def _prose(grid: Grid, lengths: list[float]) -> list[int]:
    """The columns of prose whose names do not mean something else."""
    others = {word for what in ("speaker", *ROLES) for word in WORDS[what]}
    long = (n for n, words in enumerate(lengths) if words >= PROSE)
    own = (n for n in long if grid.plain[n] not in others)
    return [n for n in own if not names_come_back(grid.cells[n])]


def _speaker_column(grid: Grid, rest: list[int]) -> tuple[int | None, str]:
    """The speaker column, and the reason: its name, or else short repeated values."""
    named = _named_speaker(grid, rest)
    if named is not None:
        return named, f"speakers from {grid.columns[named]!r} (by its name)"
    found = [n for n in rest if names_come_back(grid.cells[n])]
    if len(found) > 1:
        most = max(found, key=lambda n: len({*grid.cells[n]}))
        why = f"the most different of {grid.listed(found)}"
        return most, f"speakers from {grid.columns[most]!r} ({why})"
    if not found and len(rest) == 1 and are_names(grid.cells[rest[0]]):
        found = rest
    if found:
        return found[0], f"speakers from {grid.columns[found[0]]!r} (short values that come back)"
    return None, "no column of speakers found"


def _named_speaker(grid: Grid, rest: list[int]) -> int | None:
    """The speaker column by its name; words are preferred to numbers."""
    last = {n: grid.plain[n].rpartition(".")[2] for n in rest}
    known = sorted((n for n in rest if last[n] in WORDS["speaker"]),
                   key=lambda n: WORDS["speaker"][last[n]])  # fmt: skip
    known += [n for n in rest if n not in known and grid.plain[n].startswith("speaker_")]
    short = [n for n in known if _mean_length(grid.cells[n]) <= SHORT]
    return next((n for n in short if not _is_figures(grid.cells[n])), next(iter(short), None))


def _time_column(grid: Grid, rest: list[int], wanted: str) -> int | None:
    """The column of times in this role, by the best-known name."""
    ranked = sorted((time_role(grid.plain[n])[0], n) for n in rest
                    if time_role(grid.plain[n])[1] == wanted)  # fmt: skip
    return next((n for _, n in ranked if are_times(grid.cells[n])), None)


# Times

SCALES = (1e-3, 1e-6, 1e-7, 1e-9, 1 / 16_000)  # the last for samples at 16 kHz
MILLISECONDS = 1e11  # dates above this are counted in milliseconds
SLOWEST = 0.1  # words a second; with fewer, times are in another unit
USUAL = 2.5


def in_seconds(lines: list[Line], *, clock: bool = False) -> float:
    """Convert times to seconds, from the first if they are dates; return the factor.

    Figures without a unit (`clock` is false) get the unit that makes for a human pace of speech.
    """
    known = [line.start_s for line in lines if line.start_s is not None]
    first = min(known, default=0.0)
    origin = first if first > POINTS_IN_TIME else 0.0
    words = sum(len(line.text.split()) for line in lines)
    scale = 1.0 if clock else SCALES[0] if first > MILLISECONDS else _unit_of(known, words)
    for line in lines if known else ():
        for key in ("start_s", "stop_s"):
            time = getattr(line, key)
            setattr(line, key, None if time is None else round((time - origin) * scale, 6))
    return scale


def _unit_of(starts: list[float], words: int) -> float:
    """The factor from figures without a unit to seconds, judged by the pace of speech."""
    elapsed = sum(b - a for a, b in pairwise(starts) if b > a)
    whole = all(float(start).is_integer() for start in starts)
    if not words or not whole or elapsed <= 5000 or words >= SLOWEST * elapsed:
        return 1.0
    return min(SCALES, key=lambda scale: abs(log(words / (elapsed * scale * USUAL))))


# Tables inside documents

Place = tuple[int, int, int]  # table, row, cell
Row = dict[int, list[Line]]  # the lines of each cell
LEAST_ROWS = 3
WIDEST = 8
MOST_SPANNED = 100  # rows and columns that a cell may span


def speakers_from_tables(lines: list[Line], places: list[Place | None]) -> None:
    """Give the lines in tables of talk the speakers and times of their rows.

    If one table is talk, so are others in which one of its speakers has a row.
    """
    placed = [(place, line) for place, line in zip(places, lines, strict=True) if place]
    placed.sort(key=lambda one: one[0])
    others: list[tuple[list[Row], int]] = []
    found: dict[int, Columns] = {}  # by the number of columns
    for _, group in groupby(placed, key=lambda one: one[0][0]):
        rows: dict[int, Row] = {}
        for (_, row, cell), line in group:
            rows.setdefault(row, {}).setdefault(cell, []).append(line)
        width = 1 + max(max(row) for row in rows.values())
        columns = _mark_talk([*rows.values()], width) if 2 <= width <= WIDEST else None
        if columns:
            found.setdefault(width, columns)
        else:
            others.append(([*rows.values()], width))
    names = {line.speaker for line in lines if line.speaker}
    for more, width in others:
        if columns := found.get(width):
            grid = _cells(more, width)
            if names & {name_in(row[columns.speaker or 0]) for row in grid}:
                _mark_rows(more, grid, columns)


def cells_taken(stated: str | None) -> int:
    """The number of rows or columns that a cell claims to span."""
    number = (stated or "").strip()[:3]
    return min(max(1, int(number)), MOST_SPANNED) if number.isdecimal() else 1


def _cells(rows: list[Row], width: int) -> list[list[str]]:
    return [[" ".join(line.text for line in row.get(n, [])) for n in range(width)] for row in rows]


def name_in(cell: str) -> str:
    """The name in a cell; none where it says that the one above goes on."""
    name = " ".join(cell.split()).rstrip(":： ")
    return "" if name.casefold() in WORDS["ditto"] else name


def _mark_talk(rows: list[Row], width: int) -> Columns | None:
    """Mark a table that is talk; return its columns if they were found by content."""
    grid = _cells(rows, width)
    if len(rows) < LEAST_ROWS:
        return None
    names = [plain_name(cell) for cell in grid[0]]
    voices: dict[int, str] = {}
    if pair := question_and_answer(names):
        voices = {names.index(pair[0]): "Question", names.index(pair[1]): "Answer"}
    elif found := columns_of_voices(Grid([one.strip() or "1" for one in grid[0]], grid[1:])):
        voices = {n: name_in(grid[0][n]) for n in found}
    if voices:
        set_outside(_lines(rows[:1]))
        clock = clock_of(grid[1:], voices)
        for row, cells in zip(rows[1:], grid[1:], strict=True):
            set_outside(row.get(clock, []))
            for n, who in voices.items():
                _say(row.get(n, []), Spoken("", who, first_time([*cells, ""][clock])))
        return None
    top = header_at(grid)
    headed = 0 if top is None else top + 1
    columns = _columns_of_talk(grid[headed:], [""] * width if top is None else grid[top])
    if columns is None or columns.speaker is None:
        return None
    set_outside(_lines(rows[:headed]))
    _mark_rows(rows[headed:], grid[headed:], columns)
    return columns


def _mark_rows(rows: list[Row], grid: list[list[str]], columns: Columns) -> None:
    """Give the text of each row its speaker and times."""
    last: str | None = None
    for row, cells in zip(rows, grid, strict=True):
        named = name_in(cells[columns.speaker or 0])
        last = named or last
        start = first_time(cells[columns.start]) if columns.start is not None else None
        stop = seconds(cells[columns.stop]) if columns.stop is not None else None
        set_outside(_lines([{n: found for n, found in row.items() if n != columns.text}]))
        text = row.get(columns.text, [])
        _say(text, Spoken("", last, start, stop, bool(named)))
        for line in text[:1]:
            line.gap = max(line.gap, 1)


def _lines(rows: list[Row]) -> Iterator[Line]:
    return (line for row in rows for found in row.values() for line in found)


def _say(lines: list[Line], said: Spoken) -> None:
    """Give the lines of a cell their speaker and times."""
    for at, line in enumerate(lines):
        line.speaker, line.start_s, line.stop_s = said.speaker, said.start_s, said.stop_s
        line.new = said.new and at == 0


def _columns_of_talk(body: list[list[str]], names: list[str]) -> Columns | None:
    """The columns of a table of talk; None if it is not one or that is uncertain."""
    named = [name or f"column {n + 1}" for n, name in enumerate(names)]
    try:
        columns = choose_columns(Grid(named, body), "the table")
    except BriefingError:
        return None
    words = sum(len(row[columns.text].split()) + len(row[columns.text]) // 20 for row in body)
    return columns if words >= PROSE * len(body) else None
