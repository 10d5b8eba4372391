"""One task in a process of its own: python measure.py MODULE GROUP TASK TURNS.parquet SHARE

Prints a line of JSON: the `seconds` of the task alone, after it ran on a few turns (so that all is
imported) and with the text in memory in the form that the tool takes; `cpu` seconds of all its threads; `peak_mb`, the most memory this
process ever held, and `text_mb`, what it had held before the task began; `mb` of text; and what
the task says of its `result`.
"""

from __future__ import annotations

import importlib
import json
import os
import resource
import sys
import time
from collections.abc import Callable
from typing import Any, NamedTuple

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq

THREADS = int(os.environ.get("BENCH_THREADS") or os.cpu_count() or 1)
WARMING = 200  # turns


class Task(NamedTuple):
    """What to time. `run` may return anything; `about` makes it fit for JSON, untimed."""

    run: Callable[[Any], Any]
    about: Callable[[Any], dict[str, Any]] = dict
    form: str = "list"  # of the text: list, pandas, polars, arrow
    needs: str = ""  # a module that must be installed
    gives: str = ""
    share: float = 1.0  # of 100 MB, for what would take minutes
    prepare: Callable[[Any], Any] = lambda text: text  # untimed


def load(path: str, form: str, share: float) -> tuple[Any, float]:
    """The first `share` of the text in memory, and its size in MB (UTF-8)."""
    columns = ["briefing_id", "turn_id", "speaker", "role", "text"]
    table = pq.read_table(path, columns=columns if form == "pandas" else ["text"])
    table = table.slice(0, round(len(table) * share))
    return formed(table, form), pc.sum(pc.binary_length(table["text"])).as_py() / 1e6


def formed(table: pa.Table, form: str) -> Any:
    """The table as the tool takes it; of `list`, the text alone."""
    if form == "list":
        return table["text"].to_pylist()
    if form == "pandas":
        return table.to_pandas()
    if form == "polars":
        import polars as pl

        return pl.from_arrow(table)
    return table


def warm(task: Task, path: str) -> None:
    """Run it on a few turns, so that what it needs is imported."""
    few = next(pq.ParquetFile(path).iter_batches(WARMING))
    task.run(task.prepare(formed(pa.Table.from_batches([few]), task.form)))


def memory() -> float:
    """The most memory this process has held so far, in MB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 1e6


def main(module: str, group: str, name: str, path: str, share: str) -> None:
    """Load, run, print."""
    task: Task = getattr(importlib.import_module(module), group)[name]
    warm(task, path)
    text, mb = load(path, task.form, float(share))
    text = task.prepare(text)
    before = memory()
    start, cpu = time.perf_counter(), time.process_time()
    result = task.run(text)
    seconds, cpu = time.perf_counter() - start, time.process_time() - cpu
    figures = {"seconds": seconds, "cpu": cpu, "peak_mb": memory(), "text_mb": before, "mb": mb}
    print(json.dumps(figures | {"result": task.about(result)}))


if __name__ == "__main__":
    main(*sys.argv[1:])
