"""A folder of transcripts, of any formats, as one table of turns with a report on each file."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple

from briefing.corpus.files import IN_TURNS, OF_TURNS, REPORT, Batch, Row, read_batch
from briefing.corpus.folder import Member, members
from briefing.corpus.workers import Crash, Workers
from briefing.transcript import as_turns

if TYPE_CHECKING:
    import pandas as pd

BATCH = 500_000  # bytes that one process reads in one go
BAR = "reading {percentage:3.0f}% |{bar:24}| {n_fmt}/{total_fmt} files, {elapsed}"


class Briefings(NamedTuple):
    """What `read_briefings` gives: the turns of all, and a report of one row a file."""

    turns: pd.DataFrame
    report: pd.DataFrame


def read_briefings(
    folder: str | os.PathLike[str], *, processes: int | None = None, progress: bool = True
) -> Briefings:
    """Read every transcript in a folder and in the folders in it.

    Parameters
    ----------
    folder : path
        Files of any formats that `briefing.read` takes, told apart by content, one briefing
        each; corrections beside them are applied. Hidden files are passed over.
    processes : int, optional
        How many read at the same time; one a core by default.
    progress : bool
        A bar on standard error.

    Returns
    -------
    Briefings
        `turns`: as `briefing.read(path).turns`, of all files in the order of their paths, and
        `date`, `series` (the folder in the folder) and `source`. The ids are unique: the file's
        name in small letters, behind the folders it lies in; its whole path where two would be
        called the same. `.attrs`: what all texts have in common; `text_status` is *unknown* and
        `language` None where they differ, `part` is true where any is only part of an event.

        `report`: one row a file, see `briefing.corpus.files.REPORT`. A file that cannot be read
        is a row that says why, and never an end.

    Raises
    ------
    BriefingError
        No such folder, or nothing in it.

    Not for pages of one event that lie in several files: each would be a briefing. Give those
    to `briefing.read` together. All turns are in memory; `build_corpus` is for more than that.
    """
    found = members(folder)
    batches = packed(os.fspath(folder), found)
    with Workers(processes) as workers, bar(len(found), shown=progress) as shown:
        rows: list[tuple[Row, list[Row]]] = []
        for part in each_batch(workers, read_batch, batches):
            rows += part
            shown.update(len(part))
    report = as_report([row for row, _ in rows])
    turns = as_turns([turn for _, turns in rows for turn in turns], [*OF_TURNS])
    turns.attrs = kind_of_all(report)
    return Briefings(turns, report)


def packed(folder: str, found: Iterable[Member]) -> Iterator[Batch]:
    """The files in their order, some to a batch."""
    batch: list[Member] = []
    for member in found:
        if batch and sum(m.size for m in batch) + member.size > BATCH:
            yield Batch(folder, batch)
            batch = []
        batch.append(member)
    if batch:
        yield Batch(folder, batch)


def each_batch(
    workers: Workers, function: Callable[[Batch], Any], batches: Iterable[Batch]
) -> Iterator[Any]:
    """`function` of each batch, in order; a file that ends its process is marked as crashed."""
    for batch, result in workers.map(function, batches):
        if not isinstance(result, Crash):
            yield result
            continue
        alone = [Batch(batch.folder, [member]) for member in batch.members]
        for one, result in workers.map(function, alone):
            if isinstance(result, Crash):
                marked = [replace(member, crashed=str(result)) for member in one.members]
                result = function(Batch(one.folder, marked))
            yield result


def bar(total: int, *, shown: bool) -> Any:
    """A bar that counts files, on standard error."""
    from tqdm import tqdm

    return tqdm(total=total, bar_format=BAR, file=sys.stderr, disable=not shown)


def as_report(rows: list[Row]) -> pd.DataFrame:
    """The rows of the report as a table."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=[*REPORT.columns])
    kinds = {name: "Int64" for name in REPORT.columns if name.startswith("n_")}
    return frame.astype(dict.fromkeys(frame, "str") | kinds | {"confidence": "float64"})


def kind_of_all(report: pd.DataFrame) -> dict[Hashable | None, Any]:
    """What the texts that were read have in common, for `.attrs`."""
    read = report[report["status"].isin(IN_TURNS)]
    status, language = (read[name].drop_duplicates() for name in ("text_status", "language"))
    return {
        "text_status": status.iloc[0] if len(status) == 1 else "unknown",
        "part": bool(read["part"].notna().any()),
        "language": language.iloc[0] if len(language) == 1 and language.notna().all() else None,
    }
