"""Which files of a folder are taken for transcripts, and what each briefing is called.

Every file gets a row in the report but those that nobody means: hidden ones (a name that
begins with a dot), office programs' locks (`~$talk.docx`) and hidden folders. Corrections
(`talk.txt.corrections.toml`) belong to the transcript beside them. Links to folders are not
followed, as they may lead back. All files are told apart by their path in the folder, and an id
depends on nothing else, so that the same folder gives the same ids on every machine.
"""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from briefing.corrections import SUFFIX
from briefing.tables import BriefingError
from briefing.transcript import slug

LARGEST = 64_000_000  # bytes; the words of a long day fill one


@dataclass(frozen=True)
class Member:
    """A file of the folder: where it lies, and what its briefing is called.

    `skipped` says why nobody looks into it, `crashed` how its reader ended.
    """

    path: str  # in the folder, with / on every system
    place: str  # the same as this system has it
    briefing_id: str
    size: int
    skipped: str = ""
    corrected: bool = False
    crashed: str = ""

    @property
    def series(self) -> str | None:
        """The folder in the folder that it lies in, if any."""
        first, _, rest = self.path.partition("/")
        return first if rest else None


def members(folder: str | os.PathLike[str]) -> list[Member]:
    """The files of `folder` and of the folders in it, in the order of their paths.

    Raises BriefingError where there is no such folder or no file in it.
    """
    root = Path(folder)
    if not root.is_dir():
        raise BriefingError(f"{root}: no such folder; give one that holds transcripts.")
    files = dict(sorted((shown(path), path) for path in _walk(root)))
    corrections = {path for path in files if path.endswith(SUFFIX)}
    ids = briefing_ids([path for path in files if path not in corrections])
    found = [
        _member(root, place, path, ids.get(path, path), corrected=f"{path}{SUFFIX}" in files)
        for path, place in files.items()
        if path not in corrections or path.removesuffix(SUFFIX) not in files
    ]
    if not found:
        raise BriefingError(f"{root}: there is no file in this folder; put transcripts into it.")
    return found


def shown(path: str) -> str:
    """A path as text, with / on every system; bytes that are no text are spelt out."""
    return path.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()


def briefing_ids(paths: list[str]) -> dict[str, str]:
    """An id for each path: `pressroom/2024/My Talk.txt` -> `pressroom/2024/my-talk`.

    Where several would be called the same (`talk.txt`, `talk.html`), each is called by its path.

    >>> briefing_ids(["a/Talk 1.txt", "b/talk.txt", "b/talk.html"])
    {'a/Talk 1.txt': 'a/talk-1', 'b/talk.txt': 'b/talk.txt', 'b/talk.html': 'b/talk.html'}
    """
    short = {path: _short(PurePosixPath(path)) for path in paths}
    times = Counter(short.values())
    return {path: name if times[name] == 1 else path for path, name in short.items()}


def _short(path: PurePosixPath) -> str:
    return "/".join(map(slug, [*path.parts[:-1], path.stem]))


def _walk(root: Path) -> Iterator[str]:
    for base, folders, files in os.walk(root):
        linked = [name for name in folders if os.path.islink(os.path.join(base, name))]
        folders[:] = [name for name in folders if name[0] != "." and name not in linked]
        for name in [*files, *linked]:
            if not name.startswith((".", "~$")):
                yield os.path.relpath(os.path.join(base, name), root)


def _member(root: Path, place: str, path: str, briefing_id: str, *, corrected: bool) -> Member:
    size, why = 0, ""
    try:
        found = (root / place).stat()
        size = found.st_size
        if stat.S_ISDIR(found.st_mode):
            why = "a link to a folder is not followed; give that folder itself"
        elif not stat.S_ISREG(found.st_mode):
            why = "no ordinary file"
        elif path.endswith(SUFFIX):
            why = f"corrections without their transcript, {path.removesuffix(SUFFIX)}"
        elif size > LARGEST:
            why = f"larger than {LARGEST // 1_000_000} MB; split it if it is a transcript"
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
    return Member(path, place, briefing_id, size, why, corrected)
