"""Rows and columns out of CSV and TSV, whatever they mean.

CSV has no mark of its own, and prose has commas too: text counts as a table only if its rows
agree on the number of cells and something else speaks for it, such as a header with a name
that tables of speech use.
"""

from __future__ import annotations

import csv
import io
import re
from dataclasses import dataclass, field

from briefing.reading.columns import is_header, known_names, reads_as_speech
from briefing.reading.json_files import json_values
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
    quoted = mark + '"' in sample or "\t" == mark
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
    headed = known_names(records[0]) > 0 or is_header(records)
    columns = records[0] if headed else [f"column {n + 1}" for n in range(len(records[0]))]
    width = len(columns)
    rows = [_fitted(row, width, mark) for row in records[headed:]]
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
