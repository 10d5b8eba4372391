"""Files are written whole or not at all, and by one process at a time.

Each file is written under a hidden name in its folder (`.talk.csv.part`), flushed to the disk and
renamed. Whatever happens on the way (a full disk, a kill, a second process), the name holds the
earlier file or the new one, never a part of either. What the system refuses is a BriefingError.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from briefing.tables import BriefingError

PACKAGE = Path(__file__).parent
KIT = PACKAGE / "kit" if (PACKAGE / "kit").is_dir() else PACKAGE.parent  # has data/ and notebooks/
Content = bytes | str | Callable[[IO[bytes]], object]
WINDOWS = os.name == "nt"
SCRATCH = "briefing-"
JUST_MADE = 60.0  # seconds in which a folder may not be held yet
LONGEST = 255 - len("..part")  # bytes of a name that is hidden by putting something around it


def save(path: Path, content: Content, *, replace: bool = True) -> Path:
    """Write one file: bytes, text (as UTF-8), or what a function writes into it; return its path.

    Raises BriefingError where it cannot be written, or is there already and `replace` is false.
    """
    save_all({path: content}, replace=replace)
    return path


def save_all(contents: Mapping[Path, Content], *, replace: bool = True) -> list[Path]:
    """Write files that belong together: none takes its name before all are on the disk."""
    with ExitStack() as stack:
        finish = [
            stack.enter_context(_written(path, content, replace))
            for path, content in contents.items()
        ]
        for rename in finish:
            rename()
    return [*contents]


def make_folder(folder: Path) -> None:
    """Make a folder, and those that it lies in."""
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)


def encoded(text: str) -> bytes:
    """The text in UTF-8; half of a character, as a damaged source may hold it, is spelt out."""
    return text.encode("utf-8", "backslashreplace")


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn what the system refuses while `path` is written into a BriefingError."""
    try:
        yield
    except OSError as error:
        raise BriefingError(
            f"cannot write {path}: {error.strerror or error}. Make room there, or give a place "
            "that is there and that you may write to."
        ) from error


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Hold `folder` until the end of the block or of the process; BriefingError where held."""
    if WINDOWS:
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BriefingError(
            f"{folder}: another command is writing to it; wait until it has come to its end."
        ) from error
    finally:
        os.close(handle)


@contextmanager
def scratch() -> Iterator[str]:
    """A temporary folder. Those that killed processes have left behind are removed."""
    with tempfile.TemporaryDirectory(prefix=SCRATCH, ignore_cleanup_errors=True) as folder:
        with alone_in(Path(folder)):
            for other in Path(folder).parent.glob(f"{SCRATCH}*"):
                _remove_if_left(other)
            yield folder


def _remove_if_left(folder: Path) -> None:
    with suppress(OSError, BriefingError):
        if not WINDOWS and time.time() - folder.stat().st_mtime > JUST_MADE:
            with alone_in(folder):
                shutil.rmtree(folder, ignore_errors=True)


@contextmanager
def _written(path: Path, content: Content, replace: bool) -> Iterator[Callable[[], None]]:
    """Write beside `path`; what is yielded gives it the name. A device is written to directly."""
    target = Path(os.path.realpath(path))  # a link stays, and what it leads to is replaced
    with refusals(path):
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                _fill(device, content)
            yield lambda: None
            return
        with _hidden(target) as file:
            if target.exists() and not replace:
                raise BriefingError(f"{path}: is there already; move it away first.")
            _fill(file, content)
            if target.exists():
                os.chmod(file.name, stat.S_IMODE(target.stat().st_mode))
            yield lambda: _rename(file, target)


def _fill(file: IO[bytes], content: Content) -> None:
    if callable(content):
        content(file)
    else:
        file.write(encoded(content) if isinstance(content, str) else content)
    file.flush()


@contextmanager
def _hidden(target: Path) -> Iterator[IO[bytes]]:
    """The file to write into, empty, and ours alone; gone afterwards unless it was renamed."""
    name = target.name
    if len(os.fsencode(name)) > LONGEST:
        name = hashlib.sha256(os.fsencode(name)).hexdigest()
    path = target.with_name(f".{name}.part")
    with _locked(path) as file:
        try:
            yield file
        finally:
            if WINDOWS:
                file.close()
                path.unlink(missing_ok=True)
            elif _is_at(file, path):
                path.unlink()


@contextmanager
def _locked(path: Path) -> Iterator[IO[bytes]]:
    """Open `path` to write, after whoever else is writing it."""
    while True:
        with path.open("ab") as file:
            _wait_for(file)
            if _is_at(file, path):  # otherwise the other has renamed it in the meantime
                file.truncate(0)
                yield file
                return


def _wait_for(file: IO[bytes]) -> None:
    if not WINDOWS:
        import fcntl

        fcntl.flock(file, fcntl.LOCK_EX)


def _is_at(file: IO[bytes], path: Path) -> bool:
    try:
        return os.path.samestat(os.fstat(file.fileno()), path.stat())
    except FileNotFoundError:
        return False


def _rename(file: IO[bytes], target: Path) -> None:
    os.fsync(file.fileno())
    if WINDOWS:  # an open file cannot be renamed there, and a renaming lasts
        file.close()
        os.replace(file.name, target)
        return
    os.replace(file.name, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)
