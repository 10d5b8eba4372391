"""A corpus read back: its turns, its counts and its report, as much of them as is asked for.

Nothing is hidden in the files: `pandas.read_parquet(f"{corpus}/counts", filters=[...])`, polars,
duckdb and Spark read them too. Here the columns get their types, `year` is a number, and an
unfinished build is an error.
"""

from __future__ import annotations

import os
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds

from briefing.corpus.reading import as_report, kind_of_all
from briefing.corpus.store import SCHEMAS, UNKNOWN, opened
from briefing.interchange.files import TYPES
from briefing.tables import ROLES, BriefingError

Path_ = str | os.PathLike[str]
REPEATED = {
    "turns": ["speaker", "role"],
    "counts": ["briefing_id", "speaker", "role", "token", "date", "series"],
}


def read_turns(corpus: Path_, **where: Any) -> pd.DataFrame:
    """Read turns of a corpus that `build_corpus` made.

    Parameters
    ----------
    corpus : path
        Its folder.
    **where
        A column and the value, or the list of values, that it must have: `year=2024`,
        `role="official"`, `series=["press-hall", "water-board"]`; None is a missing value.
        Only what is asked for is read: years by their folders, the rest by row groups.

    Returns
    -------
    DataFrame
        The columns of `read_briefings(...).turns` and `year`, in the order of the briefings'
        dates and paths; `.attrs` as there, of the briefings that are in it.

    Raises
    ------
    BriefingError
        No corpus, an unfinished one, or no such column.
    """
    return _read(corpus, "turns", where)


def read_counts(corpus: Path_, **where: Any) -> pd.DataFrame:
    """Read counts of a corpus that `build_corpus` made; parameters and errors as `read_turns`.

    Returns
    -------
    DataFrame
        One row a briefing, speaker, role and word: `briefing_id, speaker, role, token, n`,
        `n_turns`, `date, series, year`. Briefings whose language puts no spaces between words
        are not in it. `.attrs` as of the turns.

    Two selections without a row in common, such as two years, are two sides for `keyness`.
    """
    return _read(corpus, "counts", where)


def read_report(corpus: Path_) -> pd.DataFrame:
    """Read the report of a corpus: one row a file, see `briefing.corpus.files.REPORT`."""
    schema = SCHEMAS["report"]
    data = ds.dataset(opened(corpus).root / "report", schema=schema, format="parquet")
    return as_report(data.to_table().sort_by("path").to_pylist())


def _read(corpus: Path_, name: str, where: dict[str, Any]) -> pd.DataFrame:
    root = opened(corpus).root
    schema = SCHEMAS[name].append(pa.field("year", pa.string()))
    unknown = [column for column in where if column not in schema.names]
    if unknown:
        raise BriefingError(
            f"no column {unknown[0]!r} in the {name} of {root}; use {', '.join(schema.names)}."
        )
    parts = ds.partitioning(pa.schema([("year", pa.string())]), flavor="hive")
    data = ds.dataset(root / name, schema=schema, partitioning=parts, format="parquet")
    table = data.to_table(filter=_selection(where, schema))
    for column in REPEATED[name]:
        table = table.set_column(
            table.schema.get_field_index(column), column, pc.dictionary_encode(table[column])
        )
    frame = _typed(table.to_pandas(split_blocks=True, self_destruct=True), REPEATED[name])
    report = read_report(corpus)
    frame.attrs = kind_of_all(report[report["briefing_id"].isin(frame["briefing_id"].unique())])
    return frame


def _selection(where: dict[str, Any], schema: pa.Schema) -> pc.Expression | None:
    chosen = None
    for column, value in where.items():
        values = list(value) if isinstance(value, (list, tuple, set, range)) else [value]
        if column == "year":
            values = [UNKNOWN if v is None else str(v) for v in values]
        known = pa.array([v for v in values if v is not None], schema.field(column).type)
        one = pc.field(column).isin(known)
        one = one | pc.field(column).is_null() if None in values else one
        chosen = one if chosen is None else chosen & one
    return chosen


def _typed(frame: pd.DataFrame, repeated: list[str]) -> pd.DataFrame:
    frame["year"] = pd.to_numeric(frame["year"].replace(UNKNOWN, None)).astype("Int64")
    for column in repeated:
        categories = sorted(frame[column].cat.categories)
        frame[column] = frame[column].cat.reorder_categories(categories)
    for column in [*frame.columns.drop([*repeated, "year"])]:
        frame[column] = frame[column].astype(TYPES.get(column, frame[column].dtype))
    frame["role"] = pd.Categorical(frame["role"], ROLES)  # astype would keep another order
    return frame
