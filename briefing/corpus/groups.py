"""Which files go into one Parquet file together: a question of the files alone, not of time.

The files stand in the order of their paths, and behind some of them a group ends: those whose
path, hashed, is a small number, more likely so the larger the file. So groups have about `TARGET`
bytes, and a file that comes or goes touches the group that it lies in and, at most, the next:
the same idea that finds the unchanged parts of a large file when it is sent again (Muthitacharoen,
Chen and Mazieres 2001). A group is called by a hash of all that goes into it, the version of the
code too, so that a group that is there already need not be made.

Muthitacharoen, A., Chen, B. and Mazieres, D. (2001). A low-bandwidth network file system.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files
from typing import TYPE_CHECKING

from briefing import __version__
from briefing.corpus.files import digest, load
from briefing.corpus.folder import Member

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
class Group:
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


def keyed(folder: str, found: Iterable[Member], made_by: str) -> Iterator[Keyed]:
    """Each file with the hash of what is in it, and with its key."""
    for member in found:
        content = None if member.skipped else digest(*load(folder, member))
        told = [made_by, member.path, member.briefing_id, content or member.skipped]
        yield Keyed(member, content, hashlib.sha256("\0".join(told).encode()).hexdigest())


def grouped(found: Iterable[Keyed]) -> Iterator[Group]:
    """The files in their order, cut into groups."""
    group: list[Keyed] = []
    size = 0
    for file in found:
        if group and size + file.member.size > LARGEST_GROUP:
            yield Group(group)
            group, size = [], 0
        group.append(file)
        size += file.member.size
        if _ends_group(file.member):
            yield Group(group)
            group, size = [], 0
    if group:
        yield Group(group)


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
