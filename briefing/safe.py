"""Text from a source, made safe for where it goes: a spreadsheet, a terminal, a notebook.

A spreadsheet runs a cell that begins like a formula, so such a text gets an apostrophe in front
(`guarded`), which `unguarded` takes off again. A terminal obeys control characters; `printable`
spells them out. A notebook takes what stands between two dollars for mathematics, but not in an
element that is `AS_PRINTED`.
"""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence

TYPE_CHECKING = False  # typing costs more than all that `briefing turns` needs
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    import pandas as pd

FORMULA = re.compile(r"'*+[=+\-@\t\r]")  # texts with apostrophes of their own get one more
AS_PRINTED = 'class="mathjax_ignore tex2jax_ignore"'  # for a notebook: dollars stay dollars
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


def guarded(text: str) -> str:
    """The text as a cell that no spreadsheet runs: `=1+1` becomes `'=1+1`."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """What `guarded` was given."""
    return text[1:] if text[:1] == "'" and FORMULA.match(text) else text


def printable(text: str) -> str:
    r"""The text with its control characters spelt out (`\x1b`), but for tabs and line breaks."""
    return CONTROL.sub(lambda sign: f"\\x{ord(sign[0]):02x}", text.replace("\r\n", "\n"))


def guarded_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with the texts in it guarded; numbers, which may begin with `-`, are not."""
    return {key: guarded(cell) if isinstance(cell, str) else cell for key, cell in row.items()}


def guarded_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with the texts in it guarded, as in `guarded_row`."""
    return _in_texts(table, guarded)


def unguarded_table(table: pd.DataFrame) -> pd.DataFrame:
    """What `guarded_table` was given."""
    return _in_texts(table, unguarded)


def as_csv(table: pd.DataFrame | Sequence[Mapping[str, Any]], *, raw: bool = False) -> str:
    """A table, or rows with the same keys, as CSV; its texts guarded unless it is to be `raw`."""
    if not isinstance(table, Sequence):
        shown = table if raw else guarded_table(table)
        return str(shown.to_csv(index=False, lineterminator="\n"))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*table[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(table if raw else map(guarded_row, table))
    return out.getvalue()


def _in_texts(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    def changed(value: object) -> object:
        return change(value) if isinstance(value, str) else value

    texts = [name for name, dtype in table.dtypes.items() if dtype.kind not in "biufcmM"]
    return table.assign(**{str(name): table[name].map(changed) for name in texts})
