"""A result table as people read it: text to the left, numbers to the right and not too long.

The table itself is never touched: what comes back is a picture of it for a notebook, in HTML
and in plain text, with as many decimals as the kind of number bears. The kind is told by the
column's name, which is why names are a grammar here: `n_` a count, `share_` a proportion,
`per_1000` a rate.
"""

from __future__ import annotations

import html
from collections.abc import Iterable, Sequence
from typing import Any

import pandas as pd
from pandas.api.types import is_bool, is_bool_dtype, is_numeric_dtype

from briefing.safe import AS_PRINTED, printable
from briefing.tables import BriefingError

DECIMALS = (
    ("share", 3),
    ("per_1000", 2),
    ("minutes", 1),
    ("est_", 1),
    ("log_", 2),
    ("lrc", 2),
    ("g2", 1),
)
PLAIN = ("_id", "line", "year")  # numbers that are names: no thousands
MISSING = "–"
CELL = "text-align: {side}; vertical-align: top; max-width: 34em; white-space: normal"


class Shown:
    """A table as it is shown; `table` is the table itself."""

    def __init__(self, table: pd.DataFrame, rows: int) -> None:
        """Keep the table and how many of its rows are shown."""
        self.table, self._rows = table, rows

    def _cells(self) -> pd.DataFrame:
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
        rows = self._cells().map(html.escape).itertuples(index=False)
        return as_html(list(map(str, self.table)), rows, right) + note

    def __repr__(self) -> str:
        """The same in plain text, for the terminal."""
        if not len(self.table.columns):
            return self._note()
        cells = self._cells().set_axis(list(self.table.columns), axis="columns")
        text = cells.to_string(index=False) if len(cells) else ", ".join(map(str, cells.columns))
        return printable(f"{text}\n{self._note()}".rstrip())


def as_html(names: Sequence[str], rows: Iterable[Iterable[str]], right: Sequence[bool]) -> str:
    """A table in the one style of notebooks: cells of HTML, and which columns stand right."""
    sides = [CELL.format(side="right" if is_right else "left") for is_right in right]
    head = "".join(
        f'<th scope="col" style="{side}">{html.escape(name)}</th>'
        for name, side in zip(names, sides, strict=True)
    )
    cells = (
        "".join(f'<td style="{s}">{c}</td>' for c, s in zip(row, sides, strict=True))
        for row in rows
    )
    body = "".join(f"<tr>{row}</tr>\n" for row in cells)
    thead = f"<thead><tr>{head}</tr></thead>"
    return f"<table {AS_PRINTED}>\n{thead}\n<tbody>\n{body}</tbody></table>"


def show(table: pd.DataFrame, rows: int = 20) -> Shown:
    """Show a result table in a notebook: whole words, sensible decimals, no index.

    Parameters
    ----------
    table : DataFrame
        Any table of the package, or a selection of its columns and rows.
    rows : int
        How many rows are shown, from the first; a line below says how many there are.

    Raises
    ------
    BriefingError
        What is given is not a table.

    Examples
    --------
    >>> show(pd.DataFrame({"speaker": ["Ida Marlow"], "n_words": [1204], "share_words": [1 / 3]}))
       speaker n_words share_words
    Ida Marlow   1,204       0.333
    """
    if not isinstance(table, pd.DataFrame):
        raise BriefingError(
            f"show() takes a table and got {type(table).__name__}. Turn a column into a table "
            "with .to_frame(), and an index into columns with .reset_index()."
        )
    return Shown(table, rows)


def aligned(table: pd.DataFrame, width: int) -> str:
    """The table in plain text, numbers to the right, no line wider than `width`.

    The longest column gives way: the last one is cut off, *left* at its beginning.

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
    return is_numeric_dtype(column) and not is_bool_dtype(column)


def _column(column: pd.Series) -> list[str]:
    """The cells of a column as text, all its numbers with the same number of decimals."""
    if not _is_number(column):
        return [_text(value) for value in column]
    numbers = column.astype("float64")
    name = str(column.name)
    decimals = next((n for part, n in DECIMALS if part in name), 2)
    if (numbers.dropna() % 1 == 0).all():
        decimals = 0
    style = ".0f" if name.endswith(PLAIN) else f",.{decimals}f"
    return [MISSING if pd.isna(x) else format(x, style) for x in numbers]


def _text(value: Any) -> str:
    if isinstance(value, list | tuple | set):
        return ", ".join(map(str, value))
    if pd.isna(value):
        return MISSING
    return {True: "yes", False: "no"}[bool(value)] if is_bool(value) else str(value)
