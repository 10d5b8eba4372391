"""A corpus on disk as Parquet: its layout, and how it is built, read and counted.

    corpus.json                          what made it, and whether it is complete
    report.csv                           one row a file, for a person
    report/GROUP.parquet                 the same, for a program
    turns/year=2024/GROUP.parquet        one row a turn
    counts/year=2024/GROUP.parquet       one row a briefing, speaker, role and word

`year=unknown` holds the briefings without a date. Each file is written under a hidden name in its
folder and renamed when it is on the disk; the report of a group comes last, and its presence shows
that the group is complete.

Which files share a Parquet file depends on the files alone, not on history: they are sorted by
path, and a group ends after each file whose hashed path is a small number, which is more likely the
larger the file. So groups have about `TARGET` bytes, and adding or removing a file affects only its
group and at most the next: the same idea finds the unchanged parts of a large file when it is sent
again (Muthitacharoen, Chen and Mazieres 2001, A low-bandwidth network file system). A group is
named by a hash of everything that goes into it, including the version of the code, so an existing
group need not be made again, and a build that was stopped at any moment resumes where it was. In a
group that has changed only the new files are read; the rows of the others are copied.

Nothing is hidden in the files: `pandas.read_parquet(f"{corpus}/counts", filters=[...])`, polars,
duckdb and Spark can read them too. Here the columns get their types, `year` is a number, and an
unfinished build is an error.
"""

from __future__ import annotations

import csv
import hashlib
import io
import json
import os
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property, partial
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any, NamedTuple

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.dataset as ds
import pyarrow.parquet as pq

from briefing import __version__
from briefing.corpus.folder import (
    CRASHED,
    IN_TURNS,
    OF_TURNS,
    REPORT,
    Batch,
    Crash,
    Member,
    Row,
    Workers,
    as_report,
    bar,
    count_words,
    cut_by_size,
    digest,
    each_batch,
    file_bytes,
    kind_of_all,
    members,
    packed,
    read_members,
)
from briefing.corpus.people import FILE as PEOPLE
from briefing.measures.lexis import by_group
from briefing.prose import counted
from briefing.safe import PACKAGE, alone_in, guarded_row, make_folder, save, scratch
from briefing.tables import COUNTS, ROLES, TURNS, TYPES, BriefingError
from briefing.words.groups import By, columns_of
from briefing.words.tokens import Codes, words_of

if TYPE_CHECKING:
    import numpy.typing as npt
    import polars as pl

    Ints = npt.NDArray[np.integer]


WHO = ["briefing_id", "speaker", "role", "person", "outlet"]


class Cells(NamedTuple):
    """How often each word occurs in each group of texts; `first` is the first text of the group."""

    first: Ints
    token: pa.Array
    n: Ints
    n_turns: Ints


def count_cells(words: Codes, group: Ints) -> Cells:
    """Count the words of texts, group by group and alphabetically."""
    forms = pa.array(words.forms, pa.string())
    order = pc.array_sort_indices(forms)
    rank = np.argsort(order).astype(np.int32)
    text = np.arange(len(group), dtype=np.int32).repeat(words.n)
    of, word, n, n_turns = by_group(rank[words.code], text, group, len(forms))
    first = np.unique(group, return_index=True)[1][of]
    return Cells(first, forms.take(order).take(pa.array(word)), n, n_turns)


NOTE = "corpus.json"
UNKNOWN = "unknown"
ARROW = {"bool": pa.bool_(), "int64": pa.int64(), "float64": pa.float64()}
OTHERS = {"n": pa.int64(), "confidence": pa.float64()}


def _schema(*names: str) -> pa.Schema:
    def kind(name: str) -> pa.DataType:
        usual = pa.int64() if name.startswith("n_") else pa.string()
        return OTHERS.get(name) or ARROW.get(TYPES.get(name, "").lower(), usual)

    return pa.schema([(name, kind(name)) for name in names])


SCHEMAS = {
    "report": _schema(*REPORT, "key"),
    "turns": _schema(*OF_TURNS, *TURNS.optional),
    "counts": _schema(*COUNTS.columns, "date", "series", "person", "outlet"),
}


def as_tables(read: list[tuple[Row, list[Row]]]) -> dict[str, pa.Table]:
    """Rows of the report, each with its turns, as the three tables, with words counted."""
    words = count_words(read)
    turns = pa.Table.from_pylist([turn for _, rows in read for turn in rows], SCHEMAS["turns"])
    report = [row | {"key": None} for row, _ in read]
    counted = turns.filter(pc.is_valid(turns["n_words"]))
    return {
        "report": pa.Table.from_pylist(report, SCHEMAS["report"]),
        "turns": turns,
        "counts": count_turns(counted, words),
    }


def count_turns(turns: pa.Table, words: Codes) -> pa.Table:
    """Count the `words` of `turns` by briefing and speaker, with words in alphabetical order."""
    who = zip(*(turns[name].to_pylist() for name in WHO), strict=True)
    number: dict[tuple[str | None, ...], int] = {}
    group = np.array([number.setdefault(key, len(number)) for key in who], np.int64)
    cells = count_cells(words, group)
    found = {name: getattr(cells, name) for name in ("token", "n", "n_turns")}
    known = turns.select([*WHO, "date", "series"]).take(cells.first)
    columns = [found[name] if name in found else known[name] for name in SCHEMAS["counts"].names]
    return pa.table(columns, schema=SCHEMAS["counts"])


def years(dates: pa.ChunkedArray) -> pa.ChunkedArray:
    """The year of each date, or `unknown`."""
    return pc.fill_null(pc.utf8_slice_codeunits(dates, 0, 4), UNKNOWN)


class Store:
    """The data set in the folder `root`."""

    def __init__(self, root: Path) -> None:
        """Take the folder; nothing is read yet."""
        self.root = root

    def note(self) -> dict[str, Any]:
        """Read `corpus.json`; an empty dictionary if the file is missing."""
        try:
            told: dict[str, Any] = json.loads((self.root / NOTE).read_bytes())
        except (FileNotFoundError, ValueError):
            return {}
        return told

    def write_note(self, **told: Any) -> None:
        """Say what the data set is."""
        text = json.dumps({"made by": "briefing corpus build", **told}, indent=1)
        self.write(NOTE, lambda file: file.write(f"{text}\n".encode()))

    def write(self, name: str, fill: Callable[[IO[bytes]], Any]) -> None:
        """Write the file `name` to disk, completely or not at all."""
        path = self.root / name
        make_folder(path.parent)
        save(path, fill)

    def write_group(self, group: str, tables: dict[str, pa.Table]) -> None:
        """Write the rows of a group, with its report last."""
        for name in ("turns", "counts"):
            year = years(tables[name]["date"])
            for value in self.years_of(tables["report"]):
                part = tables[name].filter(pc.equal(year, value))
                self._write_table(f"{name}/year={value}/{group}.parquet", part)
        self._write_table(f"report/{group}.parquet", tables["report"])

    def _write_table(self, name: str, table: pa.Table) -> None:
        fill = partial(pq.write_table, table, compression="zstd", row_group_size=50_000)
        self.write(name, fill)

    @staticmethod
    def years_of(report: pa.Table) -> list[str]:
        """The years that have files of a group."""
        read = report.filter(pc.is_in(report["status"], pa.array(IN_TURNS)))
        return sorted(years(read["date"]).unique().to_pylist())

    def reports(self) -> dict[str, pa.Table]:
        """The reports of all complete groups."""
        found = {}
        for path in sorted((self.root / "report").glob("*.parquet")):
            try:
                report = self.report(path.stem)
            except (pa.ArrowException, OSError):
                continue  # damaged: made again
            if report.schema.equals(SCHEMAS["report"]) and self._is_whole(path.stem, report):
                found[path.stem] = report
        return found

    def report(self, group: str) -> pa.Table:
        """The report of a group."""
        return pq.read_table(self.root / "report" / f"{group}.parquet", partitioning=None)

    def _is_whole(self, group: str, report: pa.Table) -> bool:
        years = self.years_of(report)
        parts = (self.part(name, year, group) for name in ("turns", "counts") for year in years)
        return all(path.is_file() for path in parts)

    def part(self, name: str, year: str, group: str) -> Path:
        """The file of one table, year and group."""
        return self.root / name / f"year={year}" / f"{group}.parquet"

    def read_group(self, group: str, report: pa.Table, of: list[str]) -> dict[str, pa.Table]:
        """The rows of some files of a group."""
        tables = {"report": report.filter(pc.is_in(report["path"], pa.array(of)))}
        ids = tables["report"]["briefing_id"].to_pylist()
        for name in ("turns", "counts"):
            paths = [self.part(name, year, group) for year in self.years_of(report)]
            kept = [("briefing_id", "in", ids)]
            read = [pq.read_table(path, partitioning=None, filters=kept) for path in paths]
            tables[name] = pa.concat_tables([SCHEMAS[name].empty_table(), *read])
        return tables

    def keep_only(self, groups: Iterable[str]) -> int:
        """Remove whatever belongs to none of these groups, reports first, and unfinished files."""
        kept = {f"{group}.parquet" for group in groups}
        stale = [
            path
            for pattern in ("report/", "turns/year=*/", "counts/year=*/")
            for path in sorted(self.root.glob(f"{pattern}*.parquet"))
            if path.name not in kept
        ]
        for path in [*stale, *self.root.rglob(".*.part")]:
            path.unlink()
        for folder in self.root.glob("*/year=*"):
            if not any(folder.iterdir()):
                folder.rmdir()
        return len(stale)


def in_order(tables: list[pa.Table], ids: list[str]) -> pa.Table:
    """The rows of all tables, those of each briefing together, in the order of `ids`."""
    table = pa.concat_tables(tables)
    place = pc.index_in(table["briefing_id"], pa.array(ids)).to_numpy()
    if (place[1:] < place[:-1]).any():
        table = table.take(np.argsort(place, kind="stable"))
    table = table.combine_chunks()
    return table.replace_schema_metadata(None)  # what pandas adds differs from run to run


def opened(path: str | os.PathLike[str]) -> Store:
    """The data set at `path`, complete; BriefingError if it is not one, or not finished."""
    store = Store(Path(path))
    told = store.note()
    if not told:
        raise BriefingError.of("no corpus", path=path)
    if not told.get("complete"):
        raise BriefingError.of("unfinished corpus", path=path)
    return store


Path_ = str | os.PathLike[str]
REPEATED = {
    "turns": ["speaker", "role"],
    "counts": ["briefing_id", "speaker", "role", "token", "date", "series", "person", "outlet"],
}


def load(corpus: Path_, *, table: str = "turns", **where: Any) -> pd.DataFrame:
    """Read a table of a corpus that `corpus.build` made, or part of it.

    Parameters
    ----------
    corpus : path
        Its folder.
    table : str
        *turns*; *counts*, one row per briefing, speaker, role, person, outlet and word; or
        *report*, one row per file: see `briefing.corpus.folder.REPORT`.
    **where
        A column and the value, or the list of values, that it must have: `year=2024`,
        `role="official"`, `series=["press-hall", "water-board"]`; None is a missing value. Only the
        parts needed are read: years by folder, the rest by row group. The report is always read in
        full.

    Returns
    -------
    DataFrame
        Turns: the columns of `corpus.read(...).turns` and `year`, in order of date and path;
        `.attrs` as there, for the briefings included. Counts:
        `briefing_id, speaker, role, token, n, n_turns, date, series, person, outlet, year`, without
        briefings whose language puts no spaces between words. Two selections with no rows in
        common, such as two years, can be compared with `keywords.keyness`.

    Raises
    ------
    BriefingError
        If the corpus is missing or unfinished, or has no such table or column.
    """
    if table == "report" and not where:
        return _report(corpus)
    if table in REPEATED:
        return _read(corpus, table, where)
    raise BriefingError.of("no such table", table=table, corpus=corpus)


def _report(corpus: Path_) -> pd.DataFrame:
    schema = SCHEMAS["report"]
    data = ds.dataset(opened(corpus).root / "report", schema=schema, format="parquet")
    return as_report(data.to_table().sort_by("path").to_pylist())


def _read(corpus: Path_, name: str, where: dict[str, Any]) -> pd.DataFrame:
    root = opened(corpus).root
    schema = SCHEMAS[name].append(pa.field("year", pa.string()))
    unknown = [column for column in where if column not in schema.names]
    if unknown:
        told = {"column": unknown[0], "names": ", ".join(schema.names)}
        raise BriefingError.of("no such column", name=name, root=root, **told)
    parts = ds.partitioning(pa.schema([("year", pa.string())]), flavor="hive")
    data = ds.dataset(root / name, schema=schema, partitioning=parts, format="parquet")
    table = data.to_table(filter=_selection(where, schema))
    optional = (column for column in TURNS.optional if column in table.column_names)
    table = table.drop_columns([c for c in optional if table[c].null_count == len(table)])
    for column in REPEATED[name]:
        at = table.schema.get_field_index(column)
        table = table.set_column(at, column, pc.dictionary_encode(table[column]))
    frame = _typed(table.to_pandas(split_blocks=True, self_destruct=True), REPEATED[name])
    report = _report(corpus)
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


# Counted: more than fits in memory A corpus already has its counts. For any other table of turns,
# processes tokenise the row groups and write the counts of a few megabytes of text each as Parquet.
# In both cases polars adds them up by streaming. (On 95 such files of 1 GB of text, 3 million rows
# of sums, it took 6.5 s and 500 MB; duckdb took 9.4 s and 370 MB; medians of three alternating runs
# on two busy cores, November 2026.)

COUNTED_AT_ONCE = 12_000_000  # bytes of row groups that a process counts in one job


def words(
    path: str | os.PathLike[str], *, by: By = "role", top: int | None = 1_000
) -> pd.DataFrame:
    """Count the most frequent words of each speaker, role or other group, in bounded memory.

    Parameters
    ----------
    path : path
        A corpus that `corpus.build` made, or turns as Parquet: a file, or a folder of files, with
        `text` and the column `by`.
    by : str or list of str
        The columns whose values are the groups; for a corpus `speaker, role, briefing_id, series`,
        `date` or `year` (as text).
    top : int, optional
        How many words for each group; by default all.

    Returns
    -------
    DataFrame
        One row per group and word, most frequent first, ties alphabetically: `by`, `token`, `n`,
        `n_turns`, `n_words` (of the group, all its words), `per_1000`.

    Raises
    ------
    BriefingError
        If there is no such file or no column `by` or `text`, or the corpus is unfinished.

    Common words are not keywords: compare two selections of `corpus.load(table="counts")` with
    `keyness`.
    """
    import polars as pl

    with scratch() as folder:
        by = columns_of(by)
        counts = _counts(Path(path), by, folder)
        sums = counts.group_by([*by, "token"]).agg(pl.col("n", "n_turns").sum())
        order = sums.sort(
            [*by, "n", "token"], descending=[False] * len(by) + [True, False], nulls_last=True
        )
        kept = order if top is None else order.group_by(by, maintain_order=True).head(top)
        sizes = counts.group_by(by).agg(n_words=pl.col("n").sum())
        words, groups = pl.collect_all([kept, sizes], engine="streaming")
    words = words.join(groups, on=by, nulls_equal=True, maintain_order="left")
    return words.with_columns(per_1000=1_000 * pl.col("n") / pl.col("n_words")).to_pandas()


def shares(path: str | os.PathLike[str], *, by: By = "speaker") -> pd.DataFrame:
    """Count the words of each speaker, role or other group; parameters and errors as above.

    Returns
    -------
    DataFrame
        One row per group, the one with most words first: `by`, `n_words`, `share_words`. Missing
        names form one row, for several unnamed people.
    """
    import polars as pl

    with scratch() as folder:
        by = columns_of(by)
        counts = _counts(Path(path), by, folder)
        sizes = counts.group_by(by).agg(n_words=pl.col("n").sum()).collect(engine="streaming")
    sizes = sizes.sort(["n_words", *by], descending=[True] + [False] * len(by), nulls_last=True)
    share = pl.col("n_words") / pl.col("n_words").sum()
    return sizes.with_columns(share_words=share).to_pandas()


def _counts(path: Path, by: list[str], folder: str) -> pl.LazyFrame:
    """Counts with the columns `by`: those of a corpus, or partial ones made in `folder`."""
    import polars as pl

    if (path / NOTE).is_file():
        found = str(opened(path).root / "counts" / "*" / "*.parquet")
        schema = {"year": pl.String}
        counts = pl.scan_parquet(found, hive_partitioning=True, hive_schema=schema)
        _check(path, by, counts.collect_schema().names())
        return counts
    files = sorted(path.rglob("*.parquet")) if path.is_dir() else [path]
    if not files or not all(file.is_file() for file in files):
        raise BriefingError.of("no Parquet", path=path)
    for file in files:
        names = pq.read_schema(file).names
        _check(file, ["text", *by], names)
    with Workers() as workers:
        for part, result in workers.map(count_part, parts_of(files, by, folder)):
            if isinstance(result, Crash):
                raise BriefingError.of("counting stopped", path=part.path, result=result)
    counts = pl.scan_parquet(os.path.join(folder, "*.parquet"))
    return counts.with_columns(pl.col(by).cast(pl.String))  # categories sort by number


def _check(path: Path, by: list[str], names: list[str]) -> None:
    for name in by:
        if name not in names:
            known = ", ".join(names)
            raise BriefingError.of("no column in corpus", path=path, name=name, names=known)


@dataclass(frozen=True)
class RowGroups:
    """Row groups of a file of turns, and the file for their counts."""

    path: str
    row_groups: Sequence[int]
    by: Sequence[str]
    target: str


def parts_of(paths: Sequence[Path], by: Sequence[str], folder: str) -> Iterator[RowGroups]:
    """The row groups of all files, a few to each part."""
    for path in paths:
        about = pq.ParquetFile(path).metadata
        sizes = [about.row_group(number).total_byte_size for number in range(about.num_row_groups)]
        for groups in cut_by_size(range(len(sizes)), sizes.__getitem__, COUNTED_AT_ONCE):
            target = os.path.join(folder, f"{path.parent.name}-{path.stem}-{groups[0]}.parquet")
            yield RowGroups(str(path), groups, by, target)


def count_part(part: RowGroups) -> None:
    """Count the words of some row groups, one row per group of `by` and word."""
    with pq.ParquetFile(part.path) as file:
        known = {"briefing_id", "language"}.intersection(file.schema_arrow.names)
        columns = [*{*part.by, "text", *known}]
        turns = file.read_row_groups(part.row_groups, columns=columns)
    texts = [text or "" for text in turns["text"].to_pylist()]
    of = turns["briefing_id"].to_pylist() if "briefing_id" in known else range(len(texts))
    language = turns["language"].to_pylist() if "language" in known else [None] * len(texts)
    words = words_of(lambda: texts, zip(of, language, strict=True))  # split as in its briefing
    turns = turns.select(part.by)
    keys = turns.to_pandas().groupby([*part.by], dropna=False, sort=False)
    cells = count_cells(words, keys.ngroup().to_numpy(np.int64))
    counted = turns.take(cells.first)
    for name in ("token", "n", "n_turns"):
        counted = counted.append_column(name, pa.chunked_array([getattr(cells, name)]))
    pq.write_table(counted, part.target, compression="zstd")


# Building from a folder, one group of files at a time


TARGET = 4_000_000  # bytes of a group, on average
LARGEST_GROUP = 2 * TARGET
FORMAT = 1  # of the data set


@dataclass(frozen=True)
class Keyed:
    """A file with the key of its rows: the same key means the same rows."""

    member: Member
    sha256: str | None
    key: str


@dataclass(frozen=True)
class FileGroup:
    """Files whose rows are stored together."""

    files: Sequence[Keyed]

    @cached_property
    def name(self) -> str:
        """A hash of everything that goes into it."""
        return hashlib.sha256("\n".join(f.key for f in self.files).encode()).hexdigest()[:16]


def stamp() -> str:
    """The version of the format and of all files of this package.

    Any change of the code may change the results, so all rows are then made again.
    """
    total = hashlib.sha256()
    for path in sorted(PACKAGE.rglob("*")):
        if path.is_file() and path.name[0] != "." and path.parent.name != "__pycache__":
            data = path.read_bytes()
            total.update(f"{path.relative_to(PACKAGE)} {len(data)}\n".encode() + data)
    return f"{FORMAT} {__version__} {total.hexdigest()[:16]}"


def people_stamp(folder: str) -> str:
    """A hash of who is who in the folder: if it changes, all rows are made again."""
    path = Path(folder) / PEOPLE
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def keyed(folder: str, found: Iterable[Member], made_by: str) -> Iterator[Keyed]:
    """Each file with the hash of its content, and its key."""
    for member in found:
        content = None if member.skipped else digest(*file_bytes(folder, member))
        told = [made_by, member.path, member.briefing_id, content or member.skipped]
        yield Keyed(member, content, hashlib.sha256("\0".join(told).encode()).hexdigest())


def grouped(found: Iterable[Keyed]) -> Iterator[FileGroup]:
    """The files in order, divided into groups."""
    return map(FileGroup, cut_by_size(found, lambda f: f.member.size, LARGEST_GROUP, _ends_group))


def _ends_group(file: Keyed) -> bool:
    number = int.from_bytes(hashlib.sha256(file.member.path.encode()).digest()[:8])
    return number * TARGET < file.member.size * 2**64


Tables = dict[str, pa.Table]


@dataclass(frozen=True)
class Built:
    """What a build did."""

    out: str
    n_files: int
    n_read_now: int
    n_removed: int
    by_status: dict[str, int]

    def __str__(self) -> str:
        """A one-line summary."""
        by_status = ", ".join(f"{n} {status}" for status, n in sorted(self.by_status.items()))
        files = counted(self.n_files, "file")
        return (
            f"{files} ({by_status}) in {self.out}; {self.n_read_now} of them new or "
            f"changed. Every file has a row in {os.path.join(self.out, 'report.csv')}"
        )


def build(
    folder: str | os.PathLike[str],
    out: str | os.PathLike[str],
    *,
    processes: int | None = None,
    progress: bool = True,
) -> Built:
    """Read every transcript in `folder` into a Parquet data set in the folder `out`.

    Parameters
    ----------
    folder, out : path
        A folder as for `corpus.read`; and a folder that does not exist, is empty, or holds an
        earlier build: then only new and changed files are read, and the rows of missing or changed
        ones are removed.
    processes, progress
        As in `corpus.read`.

    Returns
    -------
    Built
        How many files there are with each status, and how many were read this time.

    Raises
    ------
    BriefingError
        If there is no such folder or nothing in it; `out` is in `folder`, holds something else,
        cannot be written or is being written by another build; or a file has changed in the
        meantime.

    Notes
    -----
    `briefing.corpus.store` describes the layout. The result depends only on the files, their paths
    and the version of this package: the same folder gives the same bytes, however often the build
    was stopped. Until a build is complete, `corpus.load` and the like refuse it. Only some groups
    of files (`TARGET` bytes each) are in memory at a time.
    """
    source, store = os.fspath(folder), Store(Path(out))
    found = members(source)
    _check_out(Path(source), store)
    make_folder(store.root)
    with alone_in(store.root):
        made_by = f"{stamp()} {people_stamp(source)}"
        plan = [*grouped(keyed(source, found, made_by))]
        before = store.reports()
        done = {name for name, rows in before.items() if CRASHED not in rows["status"].to_pylist()}
        todo = [group for group in plan if group.name not in done]
        if todo or not store.note().get("complete"):
            store.write_note(complete=False)
        n_read = _write_groups(store, source, todo, before, processes, progress)
        names = [group.name for group in plan]
        n_removed = store.keep_only(names)
        by_status = _write_report(store, names)
        told = {"stamp": made_by, "n_files": len(found), **by_status, "complete": True}
        store.write_note(**told)
    return Built(str(out), len(found), n_read, n_removed, by_status)


def table_batch(batch: Batch) -> Tables:
    """The rows of some files in the three tables."""
    return as_tables(read_members(batch))


def _write_groups(
    store: Store,
    folder: str,
    todo: list[FileGroup],
    before: dict[str, pa.Table],
    processes: int | None,
    progress: bool,
) -> int:
    """Write what is missing; return how many files had to be read."""
    where = _rows_there(before)
    new = [[file for file in group.files if file.key not in where] for group in todo]
    batches = (b for files in new for b in packed(folder, [file.member for file in files]))
    n = sum(map(len, new))
    with Workers(processes) as workers, bar(n, shown=progress and n > 0) as shown:
        read = each_batch(workers, table_batch, batches)
        for group, files in zip(todo, new, strict=True):
            parts = [*_rows_of_others(store, group, where, before)]
            left = len(files)
            while left:
                parts.append(next(read))
                n_files = len(parts[-1]["report"]["path"].unique())
                left -= n_files
                shown.update(n_files)
            store.write_group(group.name, _together(group, parts))
            parts.clear()
            pa.default_memory_pool().release_unused()
    return n


def _rows_there(before: dict[str, pa.Table]) -> dict[str, str]:
    """The key of each file whose rows exist already, and their group."""
    return {
        key: name
        for name, report in before.items()
        for key, status in zip(report["key"].to_pylist(), report["status"].to_pylist(), strict=True)
        if status != CRASHED
    }


def _rows_of_others(
    store: Store, group: FileGroup, where: dict[str, str], before: dict[str, pa.Table]
) -> Iterator[Tables]:
    """The existing rows, from other groups, for files of this group."""
    there: dict[str, list[str]] = {}
    for file in group.files:
        if file.key in where:
            there.setdefault(where[file.key], []).append(file.member.path)
    for name, paths in there.items():
        yield store.read_group(name, before[name], paths)


def _together(group: FileGroup, parts: list[Tables]) -> Tables:
    """The rows of a group in the order of its files, with their keys."""
    files = {file.member.path: file for file in group.files}
    read = [row for part in parts for row in part["report"].to_pylist()]
    place = {path: n for n, path in enumerate(files)}
    rows = sorted(read, key=lambda row: place[row["path"]])
    for row in rows:
        if files[row["path"]].sha256 != row["sha256"]:
            raise BriefingError.of("changed meanwhile", path=row["path"])
    ids = [row["briefing_id"] for row in rows]
    tables = {name: in_order([part[name] for part in parts], ids) for name in SCHEMAS}
    report = tables["report"]
    keys = pa.array([files[row["path"]].key for row in rows])
    tables["report"] = report.set_column(report.schema.get_field_index("key"), "key", keys)
    return tables


def _write_report(store: Store, groups: list[str]) -> dict[str, int]:
    """Write the report for people, in the order of the files; return the counts by status."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, [*REPORT], extrasaction="ignore", lineterminator="\r\n")
    table.writeheader()
    counted: Counter[str] = Counter()
    for name in groups:
        rows = store.report(name).to_pylist()
        table.writerows(map(guarded_row, rows))
        counted.update(row["status"] for row in rows)
    store.write("report.csv", lambda file: file.write(text.getvalue().encode()))
    return dict(sorted(counted.items()))


def _check_out(folder: Path, store: Store) -> None:
    """Refuse to write among the transcripts, or into a folder that holds something else."""
    out, inside = store.root.resolve(), folder.resolve()
    if out.is_relative_to(inside) or inside.is_relative_to(out):
        raise BriefingError.of("in one another", out=store.root, folder=folder)
    if store.root.exists() and not store.root.is_dir():
        raise BriefingError.of("file for a folder", path=store.root)
    if store.root.is_dir() and not store.note():
        others = [p.name for p in store.root.iterdir() if p.name != f".{NOTE}.part"]
        if others:
            raise BriefingError.of("not a corpus", out=store.root, other=others[0])
