"""Tables to and from other programs: CSV, Parquet and nltk.

A table of ours is a pandas DataFrame with a few types that matter (speakers are categories, a
missing number of words is missing and not 0) and with `.attrs` that say what kind of text it is.
A Parquet file holds all of that. A CSV file holds text alone, so types and attributes lie beside
it in `<name>.csv-metadata.json` (the name that CSV on the Web uses, W3C 2015, with our own
content); without that file the types come from the columns' names.

A table of turns from elsewhere comes in with `briefing.turns_from`; ConvoKit's corpora are read
and written by `briefing.convokit`.
"""

from __future__ import annotations

import io
import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing.disk import save, save_all
from briefing.safe import guarded_table, unguarded_table
from briefing.tables import ROLES, TOKENS, BriefingError

if TYPE_CHECKING:
    import nltk

Path_ = str | os.PathLike[str]
TYPES: dict[str, Any] = {
    **dict.fromkeys(["briefing_id", "organisation", "label", "text"], "str"),
    **dict.fromkeys(["speaker", "token"], "category"),
    "role": pd.CategoricalDtype([*ROLES]),
    "inferred": "bool",
    **dict.fromkeys(["turn_id", "sentence_id", "position", "start", "stop"], "int64"),
    **dict.fromkeys(["n_words", "answers"], "Int64"),
    **dict.fromkeys(["first_line", "last_line"], "int64"),
    **dict.fromkeys(["start_s", "stop_s"], "float64"),
}
TOKEN_TYPES = (
    TYPES
    | {"briefing_id": "category"}
    | dict.fromkeys(["turn_id", "sentence_id", "position", "start", "stop"], "int32")
)
NEVER_MISSING = ("text", "token", "briefing_id")


def save_table(frame: pd.DataFrame, path: Path_) -> Path:
    """Write any of our tables to `path`, a .csv or .parquet file, with its types and attributes.

    Parameters
    ----------
    frame : DataFrame
        A table; its index is not kept.
    path : path
        Where to; its ending says in which format. A file that is there is written over.

    Returns
    -------
    Path
        The file. Beside a .csv file also `<name>.csv-metadata.json`.

    Raises
    ------
    BriefingError
        Another ending, Parquet where pyarrow is not installed, values that do not fit into
        Parquet, or a place that cannot be written to: then the earlier file is as it was.

    Notes
    -----
    In a CSV file a missing text and an empty one look the same: a column that has both comes back
    with missing ones only. A text that a spreadsheet would run as a formula (it begins with `=`,
    `+`, `-` or `@`) gets an apostrophe in front, which `read_table` takes off again. Not for sheets
    to be coded by hand: use `save_coding`.
    """
    path = Path(path)
    if _format(path) == "parquet":
        return save(path, _as_parquet(frame))
    table = guarded_table(frame).to_csv(index=False, lineterminator="\r\n")  # as RFC 4180 says
    beside = {"attrs": frame.attrs, "columns": {c: _describe(frame[c]) for c in frame}}
    told = json.dumps(beside, ensure_ascii=False, indent=1, default=_plain)
    save_all({_beside(path): told, path: table})
    return path


def read_table(path: Path_) -> pd.DataFrame:
    """Read a table that `save_table` wrote, or any .csv or .parquet file with our columns.

    Returns
    -------
    DataFrame
        The table with its types and `.attrs`. Of a CSV file without its metadata only columns of
        ours get their type, and `.attrs` are empty.

    Raises
    ------
    BriefingError
        No such file, another ending, or Parquet where pyarrow is not installed.
    """
    path = Path(path)
    form = _format(path)
    if not path.is_file():
        raise BriefingError(f"{path} is no file; give the path of a .csv or .parquet file.")
    if form == "parquet":
        return pd.read_parquet(path, engine="pyarrow")
    head = pd.read_csv(path, nrows=0, encoding="utf-8-sig")
    known = _known(path, [*head])
    types = {column: told["dtype"] for column, told in known["columns"].items()}
    exact = {column: _number for column, dtype in types.items() if dtype == "float64"}
    frame = pd.read_csv(
        path,
        encoding="utf-8-sig",
        dtype={column: dtype for column, dtype in types.items() if column not in exact},
        converters=exact,
        keep_default_na=False,
        na_values=[""],
    ).astype(dict.fromkeys(exact, "float64"))
    frame = unguarded_table(frame)
    for column, told in known["columns"].items():
        if not told["missing"]:
            frame[column] = _with_empty(frame[column])
        if "categories" in told:
            frame[column] = frame[column].cat.set_categories(told["categories"])
    frame.attrs = known["attrs"]
    return frame


def nltk_text(tokens: pd.DataFrame, *, name: str | None = None) -> nltk.Text:
    """Return the words, in their order, as an `nltk.Text`: concordance, similar, collocations.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table; select before (`tokens.query("role == 'official'")`).
    name : str, optional
        What the text is called; the briefings in it without that.

    Raises
    ------
    BriefingError
        A missing column.

    Notes
    -----
    The words are folded and without punctuation, and an `nltk.Text` knows no turns: what it finds
    across the end of one was said by nobody.

    Examples
    --------
    >>> from briefing import tokenize
    >>> words = tokenize(pd.DataFrame({"text": ["Tides rise.", "Fees fall."]}))
    >>> nltk_text(words, name="tides")[1:3]
    ['rise', 'fees']
    """
    from nltk import Text

    TOKENS.check(tokens, "briefing_id", "turn_id", "position", "token")
    table = tokens.sort_values(["briefing_id", "turn_id", "position"], kind="stable")
    briefings = [str(b) for b in table["briefing_id"].dropna().unique()]
    return Text(table["token"].astype("object").tolist(), name=name or ", ".join(briefings))


def _format(path: Path) -> str:
    ending = path.suffix.casefold()
    if ending not in {".csv", ".parquet"}:
        raise BriefingError(f"{path.name} ends in {ending!r}; use .csv or .parquet.")
    if ending == ".parquet" and find_spec("pyarrow") is None:
        raise BriefingError(
            "Parquet needs pyarrow, which is not installed: pip install "
            "'briefing-analysis[parquet]', or use .csv."
        )
    return ending[1:]


def _as_parquet(frame: pd.DataFrame) -> bytes:
    """The table as Parquet; not every mixture of values has a place in it."""
    from pyarrow import ArrowException

    out = io.BytesIO()
    try:
        frame.to_parquet(out, index=False, engine="pyarrow")
    except (ArrowException, TypeError, ValueError) as error:
        said = " ".join(str(error).split())[:200]
        raise BriefingError(
            f"this table does not fit into Parquet ({said}). Give each column values of one type, "
            "or use .csv."
        ) from error
    return out.getvalue()


def _plain(value: Any) -> Any:
    """A value that JSON does not know: a number of numpy as a number, anything else in words."""
    return value.item() if hasattr(value, "item") else str(value)


def _number(cell: str) -> float:
    """To the last digit, which pandas does not promise."""
    return float(cell) if cell else float("nan")


def _beside(path: Path) -> Path:
    return path.with_name(path.name + "-metadata.json")


def _describe(column: pd.Series) -> dict[str, Any]:
    told: dict[str, Any] = {"dtype": str(column.dtype), "missing": bool(column.isna().any())}
    if isinstance(column.dtype, pd.CategoricalDtype):
        told["categories"] = column.cat.categories.tolist()
    return told


def _known(path: Path, columns: list[str]) -> dict[str, Any]:
    """Attributes and types as they were saved, or the types that our columns have."""
    if _beside(path).is_file():
        known: dict[str, Any] = json.loads(_beside(path).read_text(encoding="utf-8"))
        return known
    told = {
        c: {"dtype": TYPES[c], "missing": c not in NEVER_MISSING} for c in TYPES if c in columns
    }
    return {"attrs": {}, "columns": told}


def _with_empty(column: pd.Series) -> pd.Series:
    """A column in which nothing was missing: what looks so was an empty text."""
    if not column.isna().any():
        return column
    if isinstance(column.dtype, pd.CategoricalDtype) and "" not in column.cat.categories:
        column = column.cat.add_categories("")
    return column.fillna("")
