"""Words counted over Parquet, more than fits in memory: turns to partial counts, and their sums.

Processes read the turns by row groups, tokenise them and leave counts of a few megabytes of text
each as Parquet; an embedded engine adds them up. A corpus has its counts already.
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from briefing.corpus.counts import count_cells
from briefing.corpus.workers import Crash, Workers
from briefing.tables import BriefingError

if TYPE_CHECKING:
    import pandas as pd

BATCH = 8_000_000  # bytes of row groups that one process counts in one go


@dataclass(frozen=True)
class Part:
    """Row groups of a file of turns, and where their counts go."""

    path: str
    row_groups: Sequence[int]
    by: Sequence[str]
    target: str


def parts_of(paths: Sequence[Path], by: Sequence[str], folder: str) -> Iterator[Part]:
    """The row groups of all files, some to a part."""
    for path in paths:
        about = pq.ParquetFile(path).metadata
        groups: list[int] = []
        size = 0
        for number in range(about.num_row_groups):
            groups.append(number)
            size += about.row_group(number).total_byte_size
            if size > BATCH or number == about.num_row_groups - 1:
                target = os.path.join(folder, f"{path.parent.name}-{path.stem}-{number}.parquet")
                yield Part(str(path), groups, by, target)
                groups, size = [], 0


def count_part(part: Part) -> None:
    """Count the words of some row groups, one row a group of `by` and word."""
    with pq.ParquetFile(part.path) as file:
        turns = file.read_row_groups(part.row_groups, columns=[*part.by, "text"])
    keys = turns.select(part.by).to_pandas()
    group = keys.groupby([*part.by], dropna=False, sort=False).ngroup().to_numpy(np.int64)
    cells = count_cells(turns["text"].to_pylist(), group)
    counted = turns.select(part.by).take(cells.first)
    token = pa.array(cells.vocabulary, pa.string()).take(cells.word)
    for name, column in (("token", token), ("n", cells.n), ("n_turns", cells.n_turns)):
        counted = counted.append_column(name, pa.chunked_array([column]))
    pq.write_table(counted, part.target, compression="zstd")
