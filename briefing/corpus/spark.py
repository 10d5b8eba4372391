"""The same data set made by Spark, from a folder on any file system that Spark can read.

Each file goes through the same function as on one machine, within `mapInArrow`; Spark moves the
bytes, keeps what was read on disk until all three tables are written, and writes them. The rows are
those of `corpus.build`; the files are Spark's own, and every run makes all of them again. To Spark,
names that begin with an underscore are hidden, like those with a dot. Python on the machines of the
cluster needs this package (README, "On a cluster").
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from itertools import compress
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
from pyspark import StorageLevel
from pyspark.sql import functions as F
from pyspark.sql.pandas.types import from_arrow_schema

from briefing.corpus.folder import Member, briefing_ids, read_member, why_skipped
from briefing.corpus.store import NOTE, SCHEMAS, UNKNOWN, as_tables, stamp
from briefing.corrections import SUFFIX
from briefing.tables import BriefingError

if TYPE_CHECKING:
    from pyspark.sql import DataFrame, SparkSession

SPLITS = {  # how Spark divides the work: bytes of files per task, files held by Python
    "spark.sql.files.maxPartitionBytes": 32_000_000,
    "spark.sql.files.openCostInBytes": 10_000,
    "spark.sql.execution.arrow.maxRecordsPerBatch": 50,
}
READ = pa.schema(
    [("report", pa.struct([*SCHEMAS["report"]]))]
    + [(name, pa.list_(pa.struct([*SCHEMAS[name]]))) for name in ("turns", "counts")]
)
PLAN = pa.schema(
    [(name, pa.string()) for name in ("uri", "path", "briefing_id", "skipped")]
    + [("size", pa.int64()), ("corrections", pa.binary())]
)


def build_corpus_on_spark(spark: SparkSession, folder: str, out: str) -> dict[str, int]:
    """Read every transcript in `folder` into a Parquet data set in `out`, both places for Spark.

    Returns the number of files with each status. Sets the session options in `SPLITS`.

    Raises
    ------
    BriefingError
        If `folder` has no file, or `out` is in it or holds something that is not a corpus.
    """
    source, target = _Place(spark, folder), _Place(spark, out)
    _check_out(source, target)
    found = _listed(spark, source)
    if not found:
        raise BriefingError.of("no file in folder", folder=folder)
    target.write_note({"complete": False})
    for name, value in SPLITS.items():
        spark.conf.set(name, value)
    read = _files(spark, source, found).mapInArrow(read_files, from_arrow_schema(READ))
    read = read.persist(StorageLevel.DISK_ONLY)
    try:
        report = read.select("report.*")
        report.write.mode("overwrite").parquet(f"{out}/report", compression="zstd")
        for name in ("turns", "counts"):
            _write(read.select(F.explode(name)).select("col.*"), f"{out}/{name}")
        rows = report.groupBy("status").count().orderBy("status").collect()
    finally:
        read.unpersist()
    by_status = {row["status"]: row["count"] for row in rows}
    told = {"stamp": stamp(), "n_files": sum(by_status.values()), **by_status}
    target.write_note({**told, "complete": True})
    return by_status


def read_files(batches: Iterator[pa.RecordBatch]) -> Iterator[pa.RecordBatch]:
    """Turn Spark's files into one row each: their report, turns and counts."""
    for batch in batches:
        read = []
        for row in batch.to_pylist():
            data, corrections, place = row.pop("data"), row.pop("corrections"), row.pop("uri")
            read += read_member(Member(**row, place=place), data or b"", corrections)
        tables = as_tables(read)
        ids = tables["report"]["briefing_id"]
        report = pa.array(tables["report"].to_pylist(), READ.field("report").type)
        lists = (_lists(tables[name], ids) for name in ("turns", "counts"))
        yield pa.RecordBatch.from_arrays([report, *lists], schema=READ)


def _lists(table: pa.Table, ids: pa.ChunkedArray) -> pa.ListArray:
    """The rows of each briefing as a list, in the order of `ids`."""
    place = pc.index_in(table["briefing_id"], ids).to_numpy()
    ends = np.bincount(place, minlength=len(ids)).cumsum()
    rows = pa.StructArray.from_arrays(
        [column.combine_chunks() for column in table.columns], fields=[*table.schema]
    )
    return pa.ListArray.from_arrays(pa.array(np.append(0, ends), pa.int32()), rows)


def _listed(spark: SparkSession, source: _Place) -> list[tuple[Any, ...]]:
    """The rows of PLAN: the id of each file, and why it is not read."""
    files = _binary(spark, source)
    size = {_plain(uri): 0 for uri in files.inputFiles()}  # empty files have no rows
    size |= {row["path"]: row["length"] for row in files.select("path", "length").collect()}
    path = {uri: uri[len(source.uri) + 1 :] for uri in size}
    ids = briefing_ids(sorted(p for p in path.values() if not p.endswith(SUFFIX)))
    found = []
    for uri, name in path.items():
        if not (uri.endswith(SUFFIX) and uri.removesuffix(SUFFIX) in size):
            why = why_skipped(name, size[uri])
            found.append((uri, name, ids.get(name, name), why, size[uri]))
    return found


def _files(spark: SparkSession, source: _Place, found: list[tuple[Any, ...]]) -> DataFrame:
    """The plan, with the bytes of each file and its corrections, as the files are split."""
    fixes = _binary(spark, source, f"*{SUFFIX}").select("path", "content").collect()
    fix = {row["path"].removesuffix(SUFFIX): row["content"] for row in fixes}
    rows = [dict(zip(PLAN.names, (*row, fix.get(row[0])), strict=True)) for row in found]
    empty = [row["size"] == 0 or row["skipped"] != "" for row in rows]
    plan, others = (
        spark.createDataFrame(pa.Table.from_pylist([*compress(rows, which)], PLAN))
        for which in ([not one for one in empty], empty)
    )
    data = _binary(spark, source).selectExpr("path AS uri", "content AS data")
    read = data.join(F.broadcast(plan), "uri").sortWithinPartitions("path")
    others = others.coalesce(1).withColumn("data", F.lit(None).cast("binary"))
    return read.unionByName(others)


def _binary(spark: SparkSession, source: _Place, names: str = "*") -> DataFrame:
    options = {"recursiveFileLookup": "true", "pathGlobFilter": names}
    return spark.read.format("binaryFile").options(**options).load(source.given)


def _plain(uri: str) -> str:
    """A file's address as Spark's column `path` has it."""
    return re.sub("^file:/+", "file:/", unquote(uri))


def _write(rows: DataFrame, where: str) -> None:
    year = F.coalesce(F.substring("date", 1, 4), F.lit(UNKNOWN))
    dated = rows.withColumn("year", year)
    dated.write.mode("overwrite").partitionBy("year").parquet(where, compression="zstd")


class _Place:
    """A folder on a file system that Spark reads."""

    def __init__(self, spark: SparkSession, given: str) -> None:
        context: Any = spark.sparkContext
        self.given = given
        self._hadoop = context._jvm.org.apache.hadoop.fs
        path = self._hadoop.Path(given)
        self._system = path.getFileSystem(context._jsc.hadoopConfiguration())
        self.uri = str(self._system.makeQualified(path).toString())

    def exists(self, name: str = "") -> bool:
        """Whether the folder, or a file in it, exists."""
        place = f"{self.uri}/{name}" if name else self.uri
        return bool(self._system.exists(self._hadoop.Path(place)))

    def write_note(self, told: dict[str, Any]) -> None:
        """Write the description of the data set."""
        text = json.dumps({"made by": "briefing.corpus.spark", **told}, indent=1)
        stream = self._system.create(self._hadoop.Path(f"{self.uri}/{NOTE}"), True)
        stream.write(bytearray(text.encode()))
        stream.close()


def _check_out(source: _Place, target: _Place) -> None:
    if not source.exists():
        raise BriefingError.of("no such folder", folder=source.given)
    around, within = sorted((f"{source.uri}/", f"{target.uri}/"), key=len)
    if within.startswith(around):
        raise BriefingError.of("spark in one another", out=target.given, folder=source.given)
    if target.exists() and not target.exists(NOTE):
        raise BriefingError.of("spark not a corpus", out=target.given)
