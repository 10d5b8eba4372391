"""Tables to files and back, and to and from other programs: CSV, Parquet, nltk, ConvoKit.

Our tables are pandas DataFrames with a few important types (speakers are categories, a missing word
count is missing and not 0) and with `.attrs` that give the kind of text. A Parquet file holds all
of that. A CSV file holds only text, so types and attributes are kept beside it in
`<name>.csv-metadata.json` (the name used by CSV on the Web, W3C 2015, with our own content);
without that file the types come from the names of the columns.

Most corpora are tables with a speaker and a text in each row: `turns_from` accepts any program's
columns. Missing information is filled in without saying anything untrue: the role is unknown, no
answer is linked to a question, the label is the name given.

A ConvoKit corpus (Chang et al. 2020) is a folder: `utterances.jsonl` has one JSON object a line
(`id, speaker, conversation_id, reply_to, timestamp, text, meta`), `speakers.json` and
`conversations.json` metadata for each, `corpus.json` metadata for all, `index.json` the types of
the metadata. `convokit.Corpus(filename=folder)` reads it; nothing here needs ConvoKit. Our turns
become utterances, briefings conversations, and a turn replies to the question it answers. What
`save_convokit` writes is read back unchanged. Other corpora keep their words, speakers, order and
replies; other metadata of an utterance has no place in a turns table.

Reference
---------
Chang, J. et al. (2020). ConvoKit: a toolkit for the analysis of conversations. SIGDIAL 2020.
"""

from __future__ import annotations

import csv
import io
import json
import os
from collections.abc import Hashable, Iterable, Iterator, Mapping
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pandas as pd

from briefing.lexicons.languages import guess_language
from briefing.safe import guarded_table, make_folder, save, save_all, unguarded_table
from briefing.tables import ROLES, TEXT_STATUS, TOKENS, TURNS, TYPES, BriefingError
from briefing.words.boundaries import counter_for
from briefing.words.groups import EVENT

if TYPE_CHECKING:
    import nltk

__all__ = ["nltk_text", "read_convokit", "read_table", "save_convokit", "save_table"]

Path_ = str | os.PathLike[str]
Meta = dict[str, Any]
KINDS: Meta = TYPES | {"role": pd.CategoricalDtype([*ROLES])}
NUMBERS = frozenset({"int64", "float64"})
LINES = ("first_line", "last_line")
NUMBERED = ("turn_id", "answers", "start_s", "stop_s", *LINES)
MOST_EXACT = 2**53  # beyond this, floats cannot hold every whole number
NEVER_MISSING = ("text", "token", "briefing_id")


def save_table(frame: pd.DataFrame, path: Path_) -> Path:
    """Write any of our tables to `path`, a .csv or .parquet file, with its types and attributes.

    Parameters
    ----------
    frame : DataFrame
        A table; its index is not kept.
    path : path
        Where to write; its extension gives the format. An existing file is overwritten.

    Returns
    -------
    Path
        The file. A .csv file is accompanied by `<name>.csv-metadata.json`.

    Raises
    ------
    BriefingError
        If the extension is different, pyarrow is not installed for Parquet, values do not fit into
        Parquet, or the place cannot be written to; the earlier file is then unchanged.

    Notes
    -----
    In a CSV file a missing text and an empty one look the same: a column with both is read back
    with missing ones only. A text that a spreadsheet would run as a formula (it begins with `=`,
    `+`, `-` or `@`) gets an apostrophe in front, which `read_table` removes. Not for coding sheets:
    use `sheets.save`.
    """
    path = Path(path)
    if _format(path) == "parquet":
        return save(path, _as_parquet(frame))
    table = guarded_table(frame).to_csv(index=False, lineterminator="\r\n")  # as in RFC 4180
    beside = {"attrs": frame.attrs, "columns": {c: _describe(frame[c]) for c in frame}}
    told = json.dumps(beside, ensure_ascii=False, indent=1, default=_plain)
    save_all({_beside(path): told, path: table})
    return path


def read_table(path: Path_) -> pd.DataFrame:
    """Read a table that `save_table` wrote, or any .csv or .parquet file with our columns.

    Returns
    -------
    DataFrame
        The table with its types and `.attrs`. For a CSV file without its metadata, only our own
        columns get their types, and `.attrs` is empty.

    Raises
    ------
    BriefingError
        If there is no such file, its extension is different, it is damaged (with the line), or it
        is Parquet and pyarrow is not installed.
    """
    path = Path(path)
    form = _format(path)
    if not path.is_file():
        raise BriefingError.of("no table file", path=path)
    if form == "parquet":
        return _from_parquet(path)
    text = text_of(path)
    try:
        known = _known(path, [*pd.read_csv(io.StringIO(text), nrows=0)])
        return _typed(text, known)
    except BriefingError:
        raise
    except (ValueError, KeyError, TypeError, AttributeError, OverflowError) as error:
        raise _damage(path, text, error) from error


def text_of(path: Path) -> str:
    """The text of a file in UTF-8; BriefingError with the line if it is not UTF-8."""
    raw = path.read_bytes()
    try:
        return raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        raise BriefingError.of("not UTF-8", path=path, line=line, byte=raw[error.start]) from error


def json_of(path: Path) -> dict[str, Any]:
    """The content of a JSON file; BriefingError with the line if it is not an object."""
    try:
        content = json.loads(text_of(path))
    except (json.JSONDecodeError, RecursionError) as error:
        line = getattr(error, "lineno", 1)
        raise BriefingError.of("line not JSON", path=path, line=line, error=error) from error
    if not isinstance(content, dict):
        raise BriefingError.of("no JSON object", path=path)
    return content


def _damage(path: Path, text: str, error: Exception) -> BriefingError:
    """What is wrong with a CSV file that pandas cannot read, and on which line."""
    rows = csv.reader(io.StringIO(text, newline=""))
    head = next(rows, [])
    try:
        for row in rows:
            at = {"path": path, "line": rows.line_num}
            if len(row) != len(head):
                return BriefingError.of("cells and names", **at, n=len(row), names=len(head))
            for name, cell in zip(head, row, strict=True):
                if str(KINDS.get(name)).lower() in NUMBERS and cell and not _is_number(cell):
                    return BriefingError.of("no number", **at, name=name, cell=cell)
    except csv.Error as fault:
        return BriefingError.of("no CSV", path=path, line=rows.line_num, fault=fault)
    said = " ".join(str(error).split())[:200]
    return BriefingError.of("columns do not fit", path=path, beside=_beside(path).name, said=said)


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
        raise BriefingError.of("Parquet damaged", path=path, said=said) from error


def _typed(text: str, known: dict[str, Any]) -> pd.DataFrame:
    """The table of a CSV file, with the types and attributes known for it."""
    types = {column: told["dtype"] for column, told in known["columns"].items()}
    exact = {  # to the last digit, which pandas does not guarantee
        column: lambda cell: float(cell or "nan")
        for column, dtype in types.items()
        if dtype == "float64"
    }
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
    """Return the words in order as an `nltk.Text`: concordance, similar, collocations.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table; select before (`tokens.query("role == 'official'")`).
    name : str, optional
        The name of the text; by default the briefings in it.

    Raises
    ------
    BriefingError
        If a column is missing.

    Notes
    -----
    The words are folded and without punctuation, and an `nltk.Text` has no turns: nobody said what
    it finds across the boundary between two.

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
        raise BriefingError.of("other ending", name=path.name, ending=ending)
    if ending == ".parquet" and find_spec("pyarrow") is None:
        raise BriefingError.of("no pyarrow")
    return ending[1:]


def _as_parquet(frame: pd.DataFrame) -> bytes:
    """Write the table as Parquet, which does not accept every mixture of values."""
    from pyarrow import ArrowException

    out = io.BytesIO()
    try:
        frame.to_parquet(out, index=False, engine="pyarrow")
    except (ArrowException, TypeError, ValueError) as error:
        said = " ".join(str(error).split())[:200]
        raise BriefingError.of("no place in Parquet", said=said) from error
    return out.getvalue()


def _plain(value: Any) -> Any:
    """A value that JSON cannot hold: a numpy number as a number, anything else as text."""
    return value.item() if hasattr(value, "item") else str(value)


def _beside(path: Path) -> Path:
    return path.with_name(path.name + "-metadata.json")


def _describe(column: pd.Series) -> dict[str, Any]:
    told: dict[str, Any] = {"dtype": str(column.dtype), "missing": bool(column.isna().any())}
    if isinstance(column.dtype, pd.CategoricalDtype):
        told["categories"] = column.cat.categories.tolist()
    return told


def _known(path: Path, columns: list[str]) -> dict[str, Any]:
    """The attributes and types as saved, or the types of our columns."""
    if _beside(path).is_file():
        return json_of(_beside(path))
    told = {
        c: {"dtype": KINDS[c], "missing": c not in NEVER_MISSING} for c in KINDS if c in columns
    }
    return {"attrs": {}, "columns": told}


def _with_empty(column: pd.Series) -> pd.Series:
    """A column in which nothing was missing: apparently missing values were empty texts."""
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
    """Make a turns table from any table with a turn in each row, and check it.

    Parameters
    ----------
    frame : DataFrame
        One row per turn, in order, with columns of any name.
    text, speaker : str
        Its columns for the words and the speakers; `speaker=None` if nobody is named.
    columns : dict, optional
        Others to keep, from our name to theirs, as in `{"role": "Function"}`. Columns with our
        names are kept anyway.
    text_status : str, optional
        Verbatim, edited, interpreted, translated or unknown; by default as in `frame.attrs`, or
        else unknown.

    Returns
    -------
    DataFrame
        A full turns table. Filled in if missing from `frame`: `briefing_id` (*briefing*), `turn_id`
        (from 1 in each briefing), `role` (unknown), `organisation` (missing), `label` (the
        speaker), `inferred` (false; true if there is no label), `first_line, last_line` (the row,
        from 1), `answers, start_s, stop_s` (missing). `n_words` is counted again, and missing if
        the language needs a tokenizer; `language` and `written` are kept if `frame` has them.
        `.attrs`: `text_status`, `part`, `language` (as in `frame.attrs`; a missing language is
        guessed).

    Raises
    ------
    BriefingError
        If there is a missing column, no rows, a text that is not text, an unknown role or status, a
        turn_id that is not a whole number or is repeated, a line that is not a whole number, an
        answer without an earlier turn, or a time that is not a number; gives the row if possible.

    Notes
    -----
    Rows stay in order, and one row is one turn: first join rows that a program split (at pauses, at
    line ends), or there will be too many turns.

    Examples
    --------
    >>> heard = pd.DataFrame({"who": ["Jo Petrel", "Ida Marlow"], "said": ["When?", "In May."]})
    >>> turns = turns_from(heard, text="said", speaker="who")
    >>> turns[["turn_id", "speaker", "role", "text", "n_words"]]
       turn_id     speaker     role     text  n_words
    0        1   Jo Petrel  unknown    When?        1
    1        2  Ida Marlow  unknown  In May.        2
    """
    ours = [*TURNS.columns, *TURNS.optional]
    theirs = {c: c for c in ours if c in frame} | (columns or {}) | {"text": text}
    if speaker is None:
        theirs.pop("speaker", None)
    else:
        theirs["speaker"] = speaker
    status = text_status or frame.attrs.get("text_status", "unknown")
    _check_asked(frame, theirs, status)
    table = _filled(pd.DataFrame({our: frame[their].array for our, their in theirs.items()}))
    table = _checked(table)
    table["n_words"] = _counted(table, frame.attrs.get("language"))
    table["speaker"] = table["speaker"].astype("str")
    kept = [*TURNS.columns, *(column for column in TURNS.optional if column in theirs)]
    result = table[kept].astype({column: KINDS[column] for column in kept})
    result.attrs = {"text_status": status, "part": bool(frame.attrs.get("part", False))}
    result.attrs |= {name: frame.attrs[name] for name in EVENT if frame.attrs.get(name)}
    result.attrs["language"] = frame.attrs.get("language")
    result.attrs["language"] = result.attrs["language"] or guess_language("\n".join(table["text"]))
    return result


def _counted(table: pd.DataFrame, language: str | None) -> pd.Series:
    """The number of words of each turn, by its language; missing if that needs a tokenizer."""
    counts = pd.Series(None, table.index, dtype="object")
    languages = table["language"] if "language" in table else pd.Series("", table.index)
    for code, texts in table["text"].groupby(languages, dropna=False):
        known = code if isinstance(code, str) and code else language
        if count := counter_for("\n".join(texts), known):
            counts[texts.index] = [*map(count, texts)]
    return counts


def _check_asked(frame: pd.DataFrame, theirs: dict[str, str], status: str) -> None:
    missing = [their for their in theirs.values() if their not in frame]
    if missing:
        raise BriefingError.of(
            "turns lack a column", column=missing[0], columns=", ".join(map(str, frame))
        )
    strange = [our for our in theirs if our not in {*TURNS.columns, *TURNS.optional}]
    if strange:
        raise BriefingError.of(
            "no column of turns", column=strange[0], columns=", ".join(TURNS.columns)
        )
    if status not in TEXT_STATUS:
        raise BriefingError.of("no text status", status=status, known=", ".join(TEXT_STATUS))
    if frame.empty:
        raise BriefingError.of("table without turns")


def _filled(table: pd.DataFrame) -> pd.DataFrame:
    """The table with every column of turns except the number of words."""
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
    for column in LINES:
        table[column] = table[column].where(table[column].notna(), rows)
    return table


def _checked(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its numbers parsed; BriefingError for the first invalid row."""
    numbers = {c: _number_turns(table[c], c) for c in NUMBERED}
    turn, answers = numbers["turn_id"], numbers["answers"]
    places = pd.MultiIndex.from_arrays([table["briefing_id"], turn])
    asked = pd.MultiIndex.from_arrays([table["briefing_id"], answers])
    is_text = table["text"].map(lambda value: isinstance(value, str))
    lines = {c: (~_is_whole(numbers[c]), "is not a whole number") for c in LINES}
    wrong = lines | {
        "text": (~is_text, "is not text; make the column text, with .astype(str)"),
        "role": (~table["role"].isin(ROLES), f"is not a role; replace it with {', '.join(ROLES)}"),
        "turn_id": (~((turn >= 1) & _is_whole(turn)), "is not a whole number from 1 up"),
        "answers": (
            answers.notna() & ~(asked.isin(places) & (answers < turn)),
            "is not an earlier turn of that briefing",
        ),
    }
    for column, (bad, complaint) in wrong.items():
        _refuse(table, column, bad, complaint)
    twice = pd.Series(places.duplicated(), table.index)
    _refuse(table, "turn_id", twice, "comes twice in one briefing; number the turns")
    return table.assign(**numbers)


def _is_whole(numbers: pd.Series) -> pd.Series:
    return (numbers % 1 == 0) & (numbers.abs() < MOST_EXACT)


def _number_turns(column: pd.Series, name: str) -> pd.Series:
    numbers = pd.to_numeric(column, errors="coerce").astype("float64")
    _refuse(column.to_frame(name), name, numbers.isna() & column.notna(), "is not a number")
    return numbers


def _refuse(table: pd.DataFrame, column: str, bad: Any, complaint: str) -> None:
    if bad.any():
        row = int(bad.to_numpy().argmax())
        value = table[column].astype("object").iloc[row]
        raise BriefingError.of(
            "row wrong", row=row + 1, column=column, value=value, complaint=complaint
        )


# ConvoKit

META = (
    "turn_id role organisation label inferred n_words first_line last_line start_s stop_s".split()
)
UTTERANCE = ["id", "speaker", "conversation_id", "reply_to", "timestamp", "text"]
HASHED = (*UTTERANCE, "language")
FORM = 1  # of index.json


def save_convokit(turns: pd.DataFrame, folder: Path_, *, parts: pd.DataFrame | None = None) -> Path:
    """Write turns as a ConvoKit corpus; return the folder.

    Parameters
    ----------
    turns : DataFrame
        A turns table; `briefing_id, turn_id, speaker, text` are required, the rest goes into
        `meta`.
    folder : path
        Created if missing; a corpus in it is overwritten.
    parts : DataFrame, optional
        The result of `questions.parts(turns)`: the utterance of a question has them in
        `meta["question_parts"]`, each with its text, type and the ids of its replies.

    Raises
    ------
    BriefingError
        If a column is missing.

    Notes
    -----
    `id` is `<briefing_id>.<turn_id>`; `conversation_id` the id of the briefing's first turn.
    `reply_to` is the question answered, and null in other turns, so a conversation has several
    roots: ConvoKit's reply trees do not apply. `timestamp` is in seconds if every turn of the
    briefing has a time, or else the number of the turn, since ConvoKit sorts by it;
    `conversation.meta["timestamp"]` says which. Unnamed speakers are not one person: each such turn
    has a separate speaker, with `meta["named"]` false.
    """
    TURNS.check(turns, "briefing_id", "turn_id", "speaker", "text")
    folder = Path(folder)
    table = _prepared(turns)
    asked = {} if parts is None else _asked(parts)
    utterances = [_utterance(row, asked) for row in _records(table)]
    speakers = {u["speaker"]: {"meta": _speaker(u), "vectors": []} for u in reversed(utterances)}
    conversations = {
        row["conversation_id"]: {"meta": _conversation(row), "vectors": []}
        for row in _records(table.drop_duplicates("conversation_id"))
    }
    attrs = {str(k): v for k, v in turns.attrs.items() if v is not None}
    contents: dict[str, Any] = {
        "speakers.json": speakers,
        "conversations.json": conversations,
        "corpus.json": attrs,
        "index.json": _index(utterances, speakers, conversations, attrs),
    }
    texts = {name: json.dumps(content) for name, content in contents.items()}
    texts["utterances.jsonl"] = "".join(json.dumps(u) + "\n" for u in utterances)
    make_folder(folder)
    save_all({folder / name: text for name, text in texts.items()})
    return folder


def _prepared(turns: pd.DataFrame) -> pd.DataFrame:
    """Turns in order, with the ids of ConvoKit."""
    table = turns.sort_values(["briefing_id", "turn_id"], kind="stable", ignore_index=True)
    table = table.reindex(columns=[*dict.fromkeys([*TURNS.columns, *turns])])
    of_briefing = table.groupby("briefing_id", sort=False)
    stem = table["briefing_id"].astype("str") + "."
    table["id"] = stem + table["turn_id"].astype("str")
    table["conversation_id"] = of_briefing["id"].transform("first") if len(table) else table["id"]
    known = table["answers"].notna()
    table["reply_to"] = (stem + table["answers"].astype("Int64").astype("str")).where(known)
    table["timed"] = table["start_s"].notna().groupby(table["briefing_id"]).transform("all")
    return table


def _records(table: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Rows as plain values, with None for missing ones."""
    plain = table.astype("object")
    return plain.where(plain.notna(), None).to_dict("records")


def _asked(parts: pd.DataFrame) -> dict[str, list[Meta]]:
    """The parts of each question, by the id of its utterance."""
    found: dict[str, list[Meta]] = {}
    for row in _records(parts):
        replies = [f"{row['briefing_id']}.{n}" for n in str(row["answer_ids"] or "").split(", ")]
        part = {name: row[name] for name in ("part", "text", "type")}
        part["reply_ids"] = replies if row["answer_ids"] else []
        found.setdefault(f"{row['briefing_id']}.{row['turn_id']}", []).append(part)
    return found


def _utterance(row: dict[Hashable, Any], asked: Mapping[str, list[Meta]]) -> Meta:
    known = ((name, row.get(name)) for name in (*META, *TURNS.optional))
    meta = {name: value for name, value in known if value is not None}
    if row["id"] in asked:
        meta["question_parts"] = asked[row["id"]]
    named = row["speaker"] is not None and str(row["speaker"]).strip()
    speaker = row["speaker"] if named else f"unnamed {row['role'] or 'speaker'} ({row['id']})"
    meta["named"] = bool(named)
    own = {name: row.get(name) for name in UTTERANCE} | {"speaker": speaker, "meta": meta}
    return own | {"timestamp": row["start_s"] if row["timed"] else row["turn_id"]}


def _speaker(utterance: Meta) -> Meta:
    """The metadata of each speaker, from the first of several utterances."""
    meta = utterance["meta"]
    return {name: meta[name] for name in ("named", "role", "organisation") if name in meta}


def _conversation(row: dict[Hashable, Any]) -> Meta:
    times = "seconds" if row["timed"] else "order of turns"
    return {"briefing_id": row["briefing_id"], "timestamp": times}


def _index(utterances: list[Meta], speakers: Meta, conversations: Meta, attrs: Meta) -> Meta:
    """The types of each metadata field, as ConvoKit writes them."""
    return {
        "utterances-index": _types(u["meta"] for u in utterances),
        "speakers-index": _types(s["meta"] for s in speakers.values()),
        "conversations-index": _types(c["meta"] for c in conversations.values()),
        "overall-index": _types([attrs]),
        "version": FORM,
        "vectors": [],
    }


def _types(metas: Iterable[Meta]) -> dict[str, list[str]]:
    types: dict[str, dict[str, None]] = {}
    for meta in metas:
        for name, value in meta.items():
            types.setdefault(name, {})[str(type(value))] = None
    return {name: [*seen] for name, seen in types.items()}


OLDER = {"reply-to": "reply_to", "user": "speaker", "root": "conversation_id"}


def read_convokit(folder: Path_) -> pd.DataFrame:
    """Read the utterances of a ConvoKit corpus, ours or any other, as a turns table.

    Returns
    -------
    DataFrame
        As from `turns_from`. `answers` is what an utterance replies to, if that comes before it in
        the same conversation; in other corpora this is often not a question. There `briefing_id` is
        the conversation and `turn_id` the order by timestamp.

    Raises
    ------
    BriefingError
        If the folder does not contain a corpus, or a line is not an utterance.
    """
    folder = Path(folder)
    known = _metas(folder, "conversations.json")
    frame = pd.DataFrame(_utterances(folder))
    optional = [column for column in TURNS.optional if column in frame]
    always = [column for column in META if column not in TURNS.optional]
    frame = frame.reindex(columns=[*UTTERANCE, *always, *optional])
    briefing = {k: v.get("briefing_id") for k, v in known.items()}
    frame["briefing_id"] = [briefing.get(c) or c for c in frame["conversation_id"]]
    if not any(briefing.values()):
        frame = _numbered(frame)
    frame["answers"] = _answers(frame)
    frame["role"] = frame["role"].where(frame["role"].isin(ROLES))
    speakers = _metas(folder, "speakers.json")
    unnamed = [k for k, v in speakers.items() if v.get("named") is False]
    frame["speaker"] = frame["speaker"].mask(frame["speaker"].isin(unnamed))
    frame.attrs.update(_load(folder, "corpus.json"))
    return turns_from(frame.drop(columns=["id", "conversation_id", "reply_to", "timestamp"]))


def _load(folder: Path, name: str) -> Meta:
    path = folder / name
    content: Meta = json_of(path) if path.is_file() else {}
    return content


def _metas(folder: Path, name: str) -> dict[str, Meta]:
    """The content of `name` for each speaker or conversation."""
    told = _load(folder, name)
    metas = {k: v.get("meta", v) if isinstance(v, dict) else v for k, v in told.items()}
    wrong = [key for key, meta in metas.items() if not isinstance(meta, dict)]
    if wrong:
        raise BriefingError.of("not an object", path=folder / name, key=wrong[0])
    return metas


def _utterances(folder: Path) -> Iterator[Meta]:
    """Each utterance with its metadata among its fields, and older names updated."""
    path = folder / "utterances.jsonl"
    if not path.is_file():
        raise BriefingError.of("no ConvoKit folder", folder=folder)
    for number, line in enumerate(text_of(path).rstrip("\n").split("\n"), 1):
        try:
            row = json.loads(line)
            row = (row.get("meta") or {}) | {OLDER.get(k, k): v for k, v in row.items()}
            odd = [k for k in HASHED if isinstance(row.get(k), list | dict)]
            if odd:
                raise TypeError(f"{odd[0]} is no text or number")
            yield row | {"id": row["id"], "conversation_id": row["conversation_id"]}
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise BriefingError.of(
                "no utterance", file=path.name, number=number, error=error
            ) from error


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """Another corpus: turns in order of timestamp, without other metadata."""
    times = pd.to_numeric(frame["timestamp"], errors="coerce")
    frame = frame.assign(timestamp=times, at=range(len(frame)))
    frame = frame.sort_values(["conversation_id", "timestamp", "at"], ignore_index=True)
    number = frame.groupby("conversation_id", sort=False).cumcount() + 1
    kept = [*UTTERANCE, "briefing_id", "role"]
    return frame[kept].assign(turn_id=number)


def _answers(frame: pd.DataFrame) -> pd.Series:
    """The number of the turn replied to, if it comes earlier in the same conversation."""
    known = frame.drop_duplicates("id").set_index("id")
    asked = known[["conversation_id", "turn_id"]].reindex(frame["reply_to"])
    same = asked["conversation_id"].to_numpy() == frame["conversation_id"].to_numpy()
    number = pd.to_numeric(asked["turn_id"], errors="coerce").reset_index(drop=True)
    return number.where(same & (number < pd.to_numeric(frame["turn_id"], errors="coerce")))
