"""Tables to files and back, and tables that other programs made.

Tables to and from other programs: CSV, Parquet and nltk.

A table of ours is a pandas DataFrame with a few types that matter (speakers are categories, a
missing number of words is missing and not 0) and with `.attrs` that say what kind of text it is.
A Parquet file holds all of that. A CSV file holds text alone, so types and attributes lie beside
it in `<name>.csv-metadata.json` (the name that CSV on the Web uses, W3C 2015, with our own
content); without that file the types come from the columns' names.

A table of turns from elsewhere comes in with `briefing.turns_from`; ConvoKit's corpora are read
and written by `briefing.interchange.convert`.

A table of turns from elsewhere: any program's columns become a turns table, and are checked.

Most corpora come as a table with a speaker and a text in each row. What they do not say is filled
in so that it says nothing untrue: the role is unknown, no answer is linked to a question, the
label is the name that stood there.
"""

from __future__ import annotations

import csv
import io
import json
import os
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing.lexicons.languages import guess_language
from briefing.safe import guarded_table, save, save_all, unguarded_table
from briefing.tables import ROLES, TEXT_STATUS, TOKENS, TURNS, BriefingError
from briefing.words.groups import EVENT
from briefing.words.segmenters import counter_for

if TYPE_CHECKING:
    import nltk


Path_ = str | os.PathLike[str]
TYPES: dict[str, Any] = {
    **dict.fromkeys(["briefing_id", "organisation", "label", "text"], "str"),
    **dict.fromkeys(["speaker", "token"], "category"),
    "role": pd.CategoricalDtype([*ROLES]),
    "inferred": "bool",
    **dict.fromkeys(["turn_id", "sentence_id", "position", "start", "stop"], "int64"),
    **dict.fromkeys(["n_words", "answers", "call_id"], "Int64"),
    **dict.fromkeys(["first_line", "last_line"], "int64"),
    **dict.fromkeys(["start_s", "stop_s"], "float64"),
}
TOKEN_TYPES = (
    TYPES
    | {"briefing_id": "category"}
    | dict.fromkeys(["turn_id", "sentence_id", "position", "start", "stop"], "int32")
)
NUMBERS = frozenset({"int64", "float64"})
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
    to be coded by hand: use `sheets.save`.
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
        No such file, another ending, damage (with its line), or Parquet where pyarrow is not
        installed.
    """
    path = Path(path)
    form = _format(path)
    if not path.is_file():
        raise BriefingError(f"{path} is no file; give the path of a .csv or .parquet file.")
    if form == "parquet":
        return _from_parquet(path)
    text = text_of(path)
    try:
        known = _known(path, [*pd.read_csv(io.StringIO(text), nrows=0)])
        return _typed(text, known)
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        if isinstance(error, BriefingError):
            raise
        raise BriefingError(_damage(path, text, error)) from error


def text_of(path: Path) -> str:
    """The text of a file in UTF-8; BriefingError with the line where it is in something else."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BriefingError(
            f"{path}, line {line}: byte {raw[error.start]:#04x} is not UTF-8; save it as UTF-8."
        ) from error


def json_of(path: Path) -> dict[str, Any]:
    """What a JSON file holds; BriefingError with the line where that is not an object."""
    try:
        content = json.loads(text_of(path))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise BriefingError(f"{path}, line {line}: not JSON ({error}); save it again.") from error
    if not isinstance(content, dict):
        raise BriefingError(f"{path}, line 1: not a JSON object; save it again.")
    return content


def _damage(path: Path, text: str, error: Exception) -> str:
    """What is wrong with a CSV file that pandas cannot read, and on which line."""
    rows = csv.reader(io.StringIO(text, newline=""))
    head = next(rows, [])
    try:
        for row in rows:
            if len(row) != len(head):
                return f"{path}, line {rows.line_num}: {len(row)} cells under {len(head)} names."
            for name, cell in zip(head, row, strict=True):
                if str(TYPES.get(name)).lower() in NUMBERS and cell and not _is_number(cell):
                    return f"{path}, line {rows.line_num}: {name} {cell!r} is no number."
    except csv.Error as fault:
        return f"{path}, line {rows.line_num}: {fault}."
    said = " ".join(str(error).split())[:200]
    return f"{path} does not fit its columns or {_beside(path).name} ({said}); save it again."


def _is_number(cell: str) -> bool:
    try:
        return bool(float(cell) == float(cell))
    except ValueError:
        return False


def _from_parquet(path: Path) -> pd.DataFrame:
    from pyarrow import ArrowException

    try:
        return pd.read_parquet(path, engine="pyarrow")
    except (OSError, ArrowException, ValueError) as error:
        said = " ".join(str(error).split())[:200]
        raise BriefingError(f"{path}: not a whole Parquet file ({said}); save it again.") from error


def _typed(text: str, known: dict[str, Any]) -> pd.DataFrame:
    """A CSV file's table with the types and attributes that are known of it."""
    types = {column: told["dtype"] for column, told in known["columns"].items()}
    exact = {column: _number for column, dtype in types.items() if dtype == "float64"}
    frame = pd.read_csv(
        io.StringIO(text),
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
        return json_of(_beside(path))
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


def turns_from(
    frame: pd.DataFrame,
    *,
    text: str = "text",
    speaker: str | None = "speaker",
    columns: dict[str, str] | None = None,
    text_status: str | None = None,
) -> pd.DataFrame:
    """Make a turns table of any table that has a turn in each row, and check it.

    Parameters
    ----------
    frame : DataFrame
        One row a turn, in order; columns of any name.
    text, speaker : str
        Its columns with the words and with who said them; `speaker=None` where nobody is named.
    columns : dict, optional
        Others to keep: our name to theirs, as in `{"role": "Function"}`. A column that bears one
        of our names is kept without.
    text_status : str, optional
        Verbatim, edited, interpreted, translated or unknown; what `frame.attrs` says, or else
        unknown, without it.

    Returns
    -------
    DataFrame
        A full turns table. Filled in where `frame` does not say: `briefing_id` (*briefing*),
        `turn_id` (from 1 in each briefing), `role` (unknown), `organisation` (missing), `label`
        (the speaker), `inferred` (false; true where there is no label), `first_line, last_line`
        (the row, from 1), `answers, start_s, stop_s` (missing). `n_words` is counted anew, and
        missing where the language needs a tokenizer. `.attrs`: `text_status`, `part`, `language`
        (as in `frame.attrs`; the language is guessed where it is not there).

    Raises
    ------
    BriefingError
        With the row where there is one: no such column, no rows, a text that is none, a role that
        is none, a turn_id that is none or there twice, an answer to no earlier turn, a time that
        is none, a status that is none.

    Notes
    -----
    Rows stay in their order, and one row is one turn: join rows that a program cut up (at pauses,
    at line ends) before, or turns are counted too high.

    Examples
    --------
    >>> heard = pd.DataFrame({"who": ["Jo Petrel", "Ida Marlow"], "said": ["When?", "In May."]})
    >>> turns = turns_from(heard, text="said", speaker="who")
    >>> turns[["turn_id", "speaker", "role", "text", "n_words"]]
       turn_id     speaker     role     text  n_words
    0        1   Jo Petrel  unknown    When?        1
    1        2  Ida Marlow  unknown  In May.        2
    """
    theirs = {c: c for c in TURNS.columns if c in frame} | (columns or {}) | {"text": text}
    if speaker is None:
        theirs.pop("speaker", None)
    else:
        theirs["speaker"] = speaker
    status = text_status or frame.attrs.get("text_status", "unknown")
    _check_asked(frame, theirs, status)
    table = _filled(pd.DataFrame({our: frame[their].array for our, their in theirs.items()}))
    _check_turns(table)
    words = "\n".join(table["text"])
    count = counter_for(words)
    table["n_words"] = [*map(count, table["text"])] if count else None
    table["speaker"] = table["speaker"].astype("str")
    result = table[[*TURNS.columns]].astype({column: TYPES[column] for column in TURNS.columns})
    result.attrs = {"text_status": status, "part": bool(frame.attrs.get("part", False))}
    result.attrs |= {name: frame.attrs[name] for name in EVENT if frame.attrs.get(name)}
    result.attrs["language"] = frame.attrs.get("language") or guess_language(words)
    return result


def _check_asked(frame: pd.DataFrame, theirs: dict[str, str], status: str) -> None:
    missing = [their for their in theirs.values() if their not in frame]
    if missing:
        raise BriefingError(
            f"no column {missing[0]!r}; the table has {', '.join(map(str, frame))}. Name its "
            "columns: turns_from(frame, speaker=..., text=...), speaker=None where nobody is named."
        )
    strange = [ours for ours in theirs if ours not in TURNS.columns]
    if strange:
        raise BriefingError(
            f"columns={{{strange[0]!r}: ...}} is no column of turns; there are "
            f"{', '.join(TURNS.columns)}."
        )
    if status not in TEXT_STATUS:
        raise BriefingError(f"text_status={status!r} is none; use {', '.join(TEXT_STATUS)}.")
    if frame.empty:
        raise BriefingError("no turns in the table: it has 0 rows.")


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every column of turns but the number of words."""
    rows = pd.Series(range(1, len(table) + 1), table.index)
    table = table.reindex(columns=[*dict.fromkeys([*TURNS.columns, *table])])
    for column in ("speaker", "organisation", "label"):
        values = table[column].astype("object")
        table[column] = values.mask(values.isna() | (values.astype("str").str.strip() == ""))
    table["text"] = table["text"].astype("object").where(table["text"].notna(), "")
    table["briefing_id"] = table["briefing_id"].astype("object").fillna("briefing").astype("str")
    if table["turn_id"].isna().all():
        table["turn_id"] = table.groupby("briefing_id", sort=False).cumcount() + 1
    table["role"] = table["role"].astype("object").fillna("unknown")
    table["label"] = table["label"].fillna(table["speaker"])
    inferred = table["inferred"].astype("object")
    table["inferred"] = inferred.where(inferred.notna(), table["label"].isna()).astype("bool")
    for column in ("first_line", "last_line"):
        table[column] = table[column].where(table[column].notna(), rows)
    return table


def _check_turns(table: pd.DataFrame) -> None:
    """Raise BriefingError for the first row in which something is not what it must be."""
    numbers = {c: _number_turns(table[c], c) for c in ("turn_id", "answers", "start_s", "stop_s")}
    turn, answers = numbers["turn_id"], numbers["answers"]
    places = pd.MultiIndex.from_arrays([table["briefing_id"], turn])
    asked = pd.MultiIndex.from_arrays([table["briefing_id"], answers])
    is_text = table["text"].map(lambda value: isinstance(value, str))
    wrong = {
        "text": (~is_text, "is no text; make the column text, with .astype(str)"),
        "role": (~table["role"].isin(ROLES), f"is no role; replace it by {', '.join(ROLES)}"),
        "turn_id": (~((turn >= 1) & (turn % 1 == 0)), "is no number from 1 up"),
        "answers": (
            answers.notna() & ~(asked.isin(places) & (answers < turn)),
            "is no earlier turn of that briefing",
        ),
    }
    for column, (bad, complaint) in wrong.items():
        _refuse(table, column, bad, complaint)
    twice = pd.Series(places.duplicated(), table.index)
    _refuse(table, "turn_id", twice, "is there twice in one briefing; number the turns")


def _number_turns(column: pd.Series, name: str) -> pd.Series:
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    _refuse(column.to_frame(name), name, numbers.isna() & column.notna(), "is no number")
    return numbers


def _refuse(table: pd.DataFrame, column: str, bad: Any, complaint: str) -> None:
    if bad.any():
        row = int(bad.to_numpy().argmax())
        value = table[column].astype("object").iloc[row]
        raise BriefingError(f"row {row + 1} of the table: {column} {value!r} {complaint}.")
