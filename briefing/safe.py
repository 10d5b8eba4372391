"""Safe output: files are complete or absent, and texts cannot do harm where they end up.

Each file is written under a hidden name in its folder (`.talk.csv.part`), flushed to disk and
renamed. Whatever happens meanwhile (a full disk, a kill, a second process), the name holds the
earlier file or the new one, never part of either. Errors of the system become a BriefingError. Only
one process at a time writes to a folder (`alone_in`).

A spreadsheet runs a cell that begins like a formula, so such a text gets an apostrophe in front
(`guarded`), which `unguarded` removes. A terminal obeys control characters; `printable` spells them
out. A notebook reads text between two dollar signs as mathematics, except in an element marked
`AS_PRINTED`.
"""

from __future__ import annotations

import csv
import hashlib
import io
import os
import re
import shutil
import stat
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import IO

from briefing.tables import BriefingError

TYPE_CHECKING = False  # importing typing takes longer than everything `briefing turns` needs
if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

PACKAGE = Path(__file__).parent
KIT = PACKAGE / "kit" if (PACKAGE / "kit").is_dir() else PACKAGE.parent  # has data/ and notebooks/
Content = bytes | str | Callable[[IO[bytes]], object]
WINDOWS = os.name == "nt"
SCRATCH = "briefing-"
JUST_MADE = 60.0  # seconds in which a new folder may not be locked yet
LONGEST = 255 - len("..part")  # bytes of a name, which is hidden by adding a prefix and suffix
FORMULA = re.compile(r"'*+[=+\-@\t\r]")  # texts that begin with apostrophes get one more
AS_PRINTED = 'class="mathjax_ignore tex2jax_ignore"'  # notebooks show dollar signs as they are
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f]")


# Files


def save(path: Path, content: Content, *, replace: bool = True) -> Path:
    """Write one file: bytes, text (as UTF-8), or what a function writes into it; return its path.

    Raises BriefingError if it cannot be written, or exists and `replace` is false.
    """
    save_all({path: content}, replace=replace)
    return path


def save_all(contents: Mapping[Path, Content], *, replace: bool = True) -> list[Path]:
    """Write files that belong together: none gets its name before all are on the disk."""
    with ExitStack() as stack:
        finish = [
            stack.enter_context(_written(path, content, replace))
            for path, content in contents.items()
        ]
        for rename in finish:
            rename()
    return [*contents]


def make_folder(folder: Path) -> None:
    """Make a folder and its parents."""
    with refusals(folder):
        folder.mkdir(parents=True, exist_ok=True)


@contextmanager
def new_folder(home: Path, *, replace: bool = False) -> Iterator[Path]:
    """A hidden folder to fill; at the end it is renamed `home`, or removed if anything fails."""
    if home.exists() and not replace:
        raise BriefingError.of("folder there", home=home)
    unfinished = home.with_name(f".{home.name}.part")
    with refusals(home):
        shutil.rmtree(unfinished, ignore_errors=True)
        unfinished.mkdir(parents=True)
        try:
            yield unfinished
            shutil.rmtree(home, ignore_errors=True)
            unfinished.rename(home)
        finally:
            shutil.rmtree(unfinished, ignore_errors=True)


def slug(name: str) -> str:
    """`My Briefing (2)` -> `my-briefing-2`."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_") or "briefing"


def encoded(text: str) -> bytes:
    """The text as UTF-8; half a character, as in a damaged source, is spelt out."""
    return text.encode("utf-8", "backslashreplace")


@contextmanager
def refusals(path: Path) -> Iterator[None]:
    """Turn any system error while writing `path` into a BriefingError."""
    try:
        yield
    except OSError as error:
        first = error.args[0][0][-1] if isinstance(error, shutil.Error) else error  # of many files
        raise BriefingError.of("cannot write", path=path, said=error.strerror or first) from error


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Lock `folder` until the block or the process ends; BriefingError if it is locked."""
    if WINDOWS:
        yield
        return
    import fcntl

    handle = os.open(folder, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise BriefingError.of("held", folder=folder) from error
    finally:
        os.close(handle)


@contextmanager
def scratch() -> Iterator[str]:
    """A temporary folder; those left behind by killed processes are removed."""
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
    """Write beside `path`; the function yielded renames the file. Devices are written directly."""
    target = Path(os.path.realpath(path))  # a link stays; its target is replaced
    with refusals(path):
        if target.exists() and not target.is_file():
            with target.open("wb") as device:
                _fill(device, content)
            yield lambda: None
            return
        with _hidden(target) as file:
            if target.exists() and not replace:
                raise BriefingError.of("file there", path=path)
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
    """An empty file to write into, locked for us; deleted afterwards unless it was renamed."""
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
    """Open `path` for writing, once nobody else is writing it."""
    while True:
        with path.open("ab") as file:
            _wait_for(file)
            if _is_at(file, path):  # otherwise it was renamed in the meantime
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
    if WINDOWS:  # an open file cannot be renamed there, and a rename is durable
        file.close()
        os.replace(file.name, target)
        return
    os.replace(file.name, target)
    folder = os.open(target.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


# Texts


def guarded(text: str) -> str:
    """The text as a cell that a spreadsheet will not run: `=1+1` becomes `'=1+1`."""
    return f"'{text}" if FORMULA.match(text) else text


def unguarded(text: str) -> str:
    """Undo `guarded`."""
    return text[1:] if text[:1] == "'" and FORMULA.match(text) else text


def printable(text: str) -> str:
    r"""The text with control characters spelt out (`\x1b`), except tabs and line breaks."""
    return CONTROL.sub(lambda sign: f"\\x{ord(sign[0]):02x}", text.replace("\r\n", "\n"))


def guarded_row(row: Mapping[str, Any]) -> dict[str, Any]:
    """A row with its texts guarded; numbers, which may begin with `-`, are left alone."""
    return {key: guarded(cell) if isinstance(cell, str) else cell for key, cell in row.items()}


def guarded_table(table: pd.DataFrame) -> pd.DataFrame:
    """The table with its texts guarded, as in `guarded_row`."""
    return _in_texts(table, guarded)


def unguarded_table(table: pd.DataFrame) -> pd.DataFrame:
    """Undo `guarded_table`."""
    return _in_texts(table, unguarded)


def as_csv(table: pd.DataFrame | Sequence[Mapping[str, Any]], *, raw: bool = False) -> str:
    """A table, or rows with the same keys, as CSV; texts are guarded unless `raw`."""
    if not isinstance(table, Sequence):
        shown = table if raw else guarded_table(table)
        return str(shown.to_csv(index=False, lineterminator="\n"))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*table[0]], lineterminator="\n")
    writer.writeheader()
    writer.writerows(table if raw else map(guarded_row, table))
    return out.getvalue()


def _in_texts(table: pd.DataFrame, change: Callable[[str], str]) -> pd.DataFrame:
    def changed(value: object) -> object:
        return change(value) if isinstance(value, str) else value

    made = table.copy()
    for name, dtype in table.dtypes.items():
        if dtype.kind not in "biufcmM":
            texts = table[name].map(changed)  # floats, if all are missing
            made[name] = texts if dtype == "category" else texts.astype(dtype)
    return made
