"""A folder of transcripts to a corpus, a group of files at a time.

Which files go into one Parquet file together: a question of the files alone, not of time.

The files stand in the order of their paths, and behind some of them a group ends: those whose
path, hashed, is a small number, more likely so the larger the file. So groups have about `TARGET`
bytes, and a file that comes or goes touches the group that it lies in and, at most, the next:
the same idea that finds the unchanged parts of a large file when it is sent again (Muthitacharoen,
Chen and Mazieres 2001). A group is called by a hash of all that goes into it, the version of the
code too, so that a group that is there already need not be made.

Muthitacharoen, A., Chen, B. and Mazieres, D. (2001). A low-bandwidth network file system.

A folder of transcripts to a Parquet data set that can be built again, in bounded memory.

Processes read the files, this one writes. What has to be written is a question of the folder
and of what is there already, so a build that was stopped at any moment goes on where it was:
groups of files that are there are not made again (`briefing.corpus.dataset`), and of a group that
has changed only the new files are read, the rows of the others are taken over.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa

from briefing import __version__
from briefing.corpus.folder import (
    CRASHED,
    REPORT,
    Batch,
    Member,
    Workers,
    bar,
    digest,
    each_batch,
    load,
    members,
    packed,
    read_members,
)
from briefing.corpus.people import FILE as PEOPLE
from briefing.corpus.store import NOTE, SCHEMAS, Store, as_tables, in_order
from briefing.prose import counted
from briefing.safe import alone_in, guarded_row, make_folder
from briefing.tables import BriefingError

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable


TARGET = 4_000_000  # bytes of a group, on average
LARGEST_GROUP = 2 * TARGET
FORMAT = 1  # of the data set


@dataclass(frozen=True)
class Keyed:
    """A file with the key of its rows: the same key, the same rows."""

    member: Member
    sha256: str | None
    key: str


@dataclass(frozen=True)
class FileGroup:
    """Files whose rows lie together."""

    files: Sequence[Keyed]

    @cached_property
    def name(self) -> str:
        """A hash of all that goes into it."""
        return hashlib.sha256("\n".join(f.key for f in self.files).encode()).hexdigest()[:16]


def stamp() -> str:
    """The version of the format and of all of this package's own files.

    Any change of the code may change what is read, so all rows are made anew after one.
    """
    total = hashlib.sha256()
    for name, data in _package(files("briefing")):
        total.update(f"{name} {len(data)}\n".encode() + data)
    return f"{FORMAT} {__version__} {total.hexdigest()[:16]}"


def people_stamp(folder: str) -> str:
    """A hash of who is who in the folder: all rows are made anew where that has changed."""
    path = Path(folder) / PEOPLE
    return hashlib.sha256(path.read_bytes()).hexdigest()[:16] if path.is_file() else ""


def keyed(folder: str, found: Iterable[Member], made_by: str) -> Iterator[Keyed]:
    """Each file with the hash of what is in it, and with its key."""
    for member in found:
        content = None if member.skipped else digest(*load(folder, member))
        told = [made_by, member.path, member.briefing_id, content or member.skipped]
        yield Keyed(member, content, hashlib.sha256("\0".join(told).encode()).hexdigest())


def grouped(found: Iterable[Keyed]) -> Iterator[FileGroup]:
    """The files in their order, cut into groups."""
    group: list[Keyed] = []
    size = 0
    for file in found:
        if group and size + file.member.size > LARGEST_GROUP:
            yield FileGroup(group)
            group, size = [], 0
        group.append(file)
        size += file.member.size
        if _ends_group(file.member):
            yield FileGroup(group)
            group, size = [], 0
    if group:
        yield FileGroup(group)


def _ends_group(member: Member) -> bool:
    number = int.from_bytes(hashlib.sha256(member.path.encode()).digest()[:8])
    return number * TARGET < member.size * 2**64


def _package(place: Traversable, path: str = "") -> Iterator[tuple[str, bytes]]:
    """Every file of the package that is not made from another, by its name, in order."""
    for entry in sorted(place.iterdir(), key=lambda entry: entry.name):
        name = f"{path}/{entry.name}"
        if entry.is_dir() and entry.name != "__pycache__":
            yield from _package(entry, name)
        elif entry.is_file() and entry.name[0] != ".":
            yield name, entry.read_bytes()


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
        """In one line."""
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
        What `corpus.read` takes; a folder that is not there, is empty, or holds what an
        earlier build made: then only new and changed files are read, and the rows of those that
        are gone or changed are removed.
    processes : int, optional
        How many read at the same time; one a core by default.
    progress : bool
        A bar on standard error.

    Returns
    -------
    Built
        How many files there are, of which status, and how many of them were read now.

    Raises
    ------
    BriefingError
        No such folder or nothing in it; `out` lies in `folder`, holds something else, cannot be
        written or is being written by another build; a file has changed in the meantime.

    Notes
    -----
    `briefing.corpus.store` says what lies where. The result depends on the files, their paths
    and the version of this package alone: the same folder gives the same bytes, however often
    the build was stopped. Until a build has come to its end, `corpus.load` and the like refuse.
    Memory holds some groups of files (`briefing.corpus.dataset.TARGET` bytes each), never all.
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
    """Write what is not there yet; return how many files had to be read for it."""
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
                left -= len(parts[-1]["report"])
                shown.update(len(parts[-1]["report"]))
            store.write_group(group.name, _together(group, parts))
            parts.clear()
            pa.default_memory_pool().release_unused()
    return n


def _rows_there(before: dict[str, pa.Table]) -> dict[str, str]:
    """Key of each file whose rows are there already, and the group that they are in."""
    return {
        key: name
        for name, report in before.items()
        for key, status in zip(report["key"].to_pylist(), report["status"].to_pylist(), strict=True)
        if status != CRASHED
    }


def _rows_of_others(
    store: Store, group: FileGroup, where: dict[str, str], before: dict[str, pa.Table]
) -> Iterator[Tables]:
    """The rows of those files of a group that lie in other groups so far."""
    there: dict[str, list[str]] = {}
    for file in group.files:
        if file.key in where:
            there.setdefault(where[file.key], []).append(file.member.briefing_id)
    for name, ids in there.items():
        yield store.read_group(name, before[name], ids)


def _together(group: FileGroup, parts: list[Tables]) -> Tables:
    """The rows of a group in the order of its files, with their keys."""
    ids = [file.member.briefing_id for file in group.files]
    tables = {name: in_order([part[name] for part in parts], ids) for name in SCHEMAS}
    report = tables["report"]
    for file, found in zip(group.files, report["sha256"].to_pylist(), strict=True):
        if file.sha256 != found:
            raise BriefingError(
                f"{file.member.path}: has changed during the build; run it again, it goes on "
                "where it stopped."
            )
    keys = pa.array([file.key for file in group.files])
    tables["report"] = report.set_column(report.schema.get_field_index("key"), "key", keys)
    return tables


def _write_report(store: Store, groups: list[str]) -> dict[str, int]:
    """Write the report for a person, in the order of the files; how many are of which status."""
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, [*REPORT.columns], extrasaction="ignore", lineterminator="\r\n")
    table.writeheader()
    counted: Counter[str] = Counter()
    for name in groups:
        rows = store.report(name).to_pylist()
        table.writerows(map(guarded_row, rows))
        counted.update(row["status"] for row in rows)
    store.write("report.csv", lambda file: file.write(text.getvalue().encode()))
    return dict(sorted(counted.items()))


def _check_out(folder: Path, store: Store) -> None:
    """Refuse to write among the transcripts, or into a folder of something else."""
    out, inside = store.root.resolve(), folder.resolve()
    if out.is_relative_to(inside) or inside.is_relative_to(out):
        raise BriefingError(
            f"{store.root} and {folder} lie in one another: what is written would be read again "
            "next time. Give a folder beside it."
        )
    if store.root.exists() and not store.root.is_dir():
        raise BriefingError(f"{store.root}: is a file; give a folder to write to.")
    if store.root.is_dir() and not store.note():
        others = [p.name for p in store.root.iterdir() if p.name != f".{NOTE}.part"]
        if others:
            raise BriefingError(
                f"{store.root}: is not a corpus and not empty (it holds {others[0]!r}); give a "
                "folder that is not there yet."
            )
