"""A table of turns from elsewhere: any program's columns become a turns table, and are checked.

Most corpora come as a table with a speaker and a text in each row. What they do not say is filled
in so that it says nothing untrue: the role is unknown, no answer is linked to a question, the
label is the name that stood there.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from briefing.interchange.files import TYPES
from briefing.languages import guess_language
from briefing.tables import ROLES, TEXT_STATUS, TURNS, BriefingError
from briefing.words.groups import EVENT
from briefing.words.tokens import count_words, needs_tokenizer


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
    table["n_words"] = None if needs_tokenizer(words) else [*map(count_words, table["text"])]
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
    numbers = {c: _number(table[c], c) for c in ("turn_id", "answers", "start_s", "stop_s")}
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


def _number(column: pd.Series, name: str) -> pd.Series:
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    _refuse(column.to_frame(name), name, numbers.isna() & column.notna(), "is no number")
    return numbers


def _refuse(table: pd.DataFrame, column: str, bad: Any, complaint: str) -> None:
    if bad.any():
        row = int(bad.to_numpy().argmax())
        value = table[column].astype("object").iloc[row]
        raise BriefingError(f"row {row + 1} of the table: {column} {value!r} {complaint}.")
