"""The transcripts of a folder: found, named and read in separate processes.

Every file gets a row in the report, except hidden files and folders (whose names begin with a dot)
and lock files of office programs (`~$talk.docx`). Corrections (`talk.txt.corrections.toml`) belong
to the transcript beside them. Links to folders are not followed, since they may lead back. Ids
depend only on the path within the folder, so the same folder gives the same ids on every machine.

Nothing in one file stops the others. `status` is *read*; *doubtful*, if it was read but should be
checked; *refused*, if `why` says what to do; *skipped*, if it was not opened; *failed* or
*crashed*, if the reader broke, which is our fault. A crashed file is tried again next time, since
the machine may have run out of memory.

We have our own process pool. When a worker is killed, the pools of the standard library and loky
give up every job without saying which one killed it; pebble does say. But when the parent is
killed, all three leave workers behind that run until their job ends. Here each worker is a plain
interpreter at the end of a pipe, so the caller's script does not run again in it; when the pipe
closes, the worker ends at once.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import subprocess
import sys
import threading
from collections import Counter, deque
from collections.abc import Callable, Hashable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from queue import SimpleQueue
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

from briefing.corpus.people import FILE, People, by_one_name, identify, read_people
from briefing.corrections import SUFFIX, loads
from briefing.display import forms, warning
from briefing.lexicons import find_date, iso_date
from briefing.reading import Source, by_day, parse_source
from briefing.safe import slug
from briefing.tables import TURNS, BriefingError, data
from briefing.transcript import Transcript, as_turns

if TYPE_CHECKING:
    import pandas as pd

    from briefing.corrections import Written
    from briefing.words.tokens import Codes


LARGEST = 64_000_000  # bytes; the words of a long day fill about one million


@dataclass(frozen=True)
class Member:
    """A file of the folder: its place, and the id of its briefing.

    `skipped` says why it is not opened, `crashed` how its reader ended.
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
        """The subfolder that it is in, if any."""
        first, _, rest = self.path.partition("/")
        return first if rest else None


def members(folder: str | os.PathLike[str]) -> list[Member]:
    """The files of `folder` and its subfolders, in order of path.

    Raises BriefingError if there is no such folder or no file in it.
    """
    root = Path(folder)
    if not root.is_dir():
        raise BriefingError.of("no such folder", folder=root)
    files = dict(sorted((shown(path), path) for path in _walk(root) if path != FILE))
    corrections = {path for path in files if path.endswith(SUFFIX)}
    ids = briefing_ids([path for path in files if path not in corrections])
    found = [
        _member(root, place, path, ids.get(path, path), corrected=f"{path}{SUFFIX}" in files)
        for path, place in files.items()
        if path not in corrections or path.removesuffix(SUFFIX) not in files
    ]
    if not found:
        raise BriefingError.of("no file in folder", folder=root)
    return found


def shown(path: str) -> str:
    """A path as text, with / on every system; bytes that are not text are spelt out."""
    return path.replace(os.sep, "/").encode("utf-8", "backslashreplace").decode()


def briefing_ids(paths: list[str]) -> dict[str, str]:
    """An id for each path: `pressroom/2024/My Talk.txt` -> `pressroom/2024/my-talk`.

    If several would have the same id (`talk.txt`, `talk.html`), each gets its path.

    >>> briefing_ids(["a/Talk 1.txt", "b/talk.txt", "b/talk.html"])
    {'a/Talk 1.txt': 'a/talk-1', 'b/talk.txt': 'b/talk.txt', 'b/talk.html': 'b/talk.html'}
    """
    parts = {path: [*PurePosixPath(path).parts[:-1], PurePosixPath(path).stem] for path in paths}
    short = {path: "/".join(map(slug, names)) for path, names in parts.items()}
    times = Counter(short.values())
    return {path: name if times[name] == 1 else path for path, name in short.items()}


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
        else:
            why = why_skipped(path, size) if stat.S_ISREG(found.st_mode) else "no ordinary file"
    except OSError as error:
        why = f"cannot be read ({error.strerror})"
    return Member(path, place, briefing_id, size, why, corrected)


def why_skipped(path: str, size: int) -> str:
    """Why a file without its own transcript, or of that size, is not opened."""
    if path.endswith(SUFFIX):
        return f"corrections without their transcript, {path.removesuffix(SUFFIX)}"
    large = f"larger than {LARGEST // 1_000_000} MB; split it if it is a transcript"
    return large if size > LARGEST else ""


Row = dict[str, Any]
CRASHED = "crashed"
IN_TURNS = ("read", "doubtful")  # files whose turns are in the tables
LEFT_OUT = "left out, reads like speech"

REPORT: dict[str, str] = data("briefing.corpus", "columns.toml")["report"]
OF_TURNS: dict[str, str] = TURNS.columns | data("briefing.corpus", "columns.toml")["turns"]


@dataclass(frozen=True)
class Batch:
    """Files that a process reads in one job, and who is who in them."""

    folder: str
    members: Sequence[Member]
    people: People = field(default_factory=People)


def read_batch(batch: Batch) -> list[tuple[Row, list[Row]]]:
    """For each briefing, its row of the report and its turns; the row says what is wrong."""
    read = read_members(batch)
    count_words(read)
    return read


def read_members(batch: Batch) -> list[tuple[Row, list[Row]]]:
    """The same, before `count_words`."""
    return [
        briefing
        for member in batch.members
        for briefing in read_member(member, *file_bytes(batch.folder, member), people=batch.people)
    ]


def count_words(read: list[tuple[Row, list[Row]]]) -> Codes:
    """Fill in the numbers of words, found for all at once, and return the words of those turns."""
    from briefing.words.tokens import words_of

    told = [(row, turn) for row, rows in read for turn in rows if turn["n_words"] is not None]
    turns = [turn for _, turn in told]
    texts = [turn["text"] for turn in turns]
    known = ((t["briefing_id"], t.get("language") or row["language"]) for row, t in told)
    words = words_of(lambda: texts, known)
    for turn, n in zip(turns, words.n.tolist(), strict=True):
        turn["n_words"] = n
    for row, rows in read:
        if row["n_words"] is not None:
            row["n_words"] = sum(turn["n_words"] for turn in rows)
    return words


def file_bytes(folder: str, member: Member) -> tuple[bytes, bytes | None]:
    """The bytes of a file and its corrections; empty for a file that is skipped or gone."""
    place = Path(folder, member.place)
    if member.skipped:
        return b"", None
    try:
        data = place.read_bytes()
        return data, Path(f"{place}{SUFFIX}").read_bytes() if member.corrected else None
    except OSError:
        return b"", None


def digest(data: bytes, corrections: bytes | None) -> str:
    """The SHA-256 of a file with its corrections."""
    total = hashlib.sha256(data)
    if corrections is not None:
        total.update(b"\0corrections\0" + hashlib.sha256(corrections).digest())
    return total.hexdigest()


def read_member(
    member: Member, data: bytes, corrections: bytes | None = None, *, people: People | None = None
) -> list[tuple[Row, list[Row]]]:
    """The row of the report and the turns of each briefing in a file whose bytes are `data`.

    There are several if its rows are from several days and it has no corrections. `n_words` is 0 if
    `count_words` has to fill it in.
    """
    known = {"path": member.path, "briefing_id": member.briefing_id, "series": member.series}
    row = dict.fromkeys(REPORT) | known | {"n_bytes": member.size}
    if member.skipped:
        return [(row | {"status": "skipped", "why": member.skipped}, [])]
    row["sha256"] = digest(data, corrections)
    if member.crashed:
        why = f"the reader crashed ({member.crashed}); please report it with the file"
        return [(row | {"status": CRASHED, "why": why}, [])]
    name = os.path.basename(member.path)
    try:
        written = None if corrections is None else loads(corrections, f"{name}{SUFFIX}")
        whole = parse_source(data, name)
        sources = [whole] if written else by_day(whole)
    except BriefingError as error:
        return [(row | {"status": "refused", "why": " ".join(str(error).split())}, [])]
    days = [f"/{slug(one.metadata['date'])}" for one in sources] if len(sources) > 1 else [""]
    ids = [f"{member.briefing_id}{day}" for day in days]
    return [
        _read_source(source, row | {"briefing_id": id_}, written, people or People())
        for source, id_ in zip(sources, ids, strict=True)
    ]


def _read_source(
    source: Source, row: Row, written: Written | None, people: People
) -> tuple[Row, list[Row]]:
    try:
        talk = Transcript([source], written=written)
        talk.briefing_id = row["briefing_id"]
        turns = talk.rows(count=lambda text: 0)
        row |= _told(talk, row["path"], turns)
        kept = {name: row[name] for name in ("date", "series", "source")}
        turns = identify([turn | kept for turn in turns], people)
    except BriefingError as error:
        return row | {"status": "refused", "why": " ".join(str(error).split())}, []
    except Exception as error:  # our fault in one file must not stop the others
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return row | {"status": "failed", "why": f"{said}; please report it with the file"}, []
    return row, turns


def _told(talk: Transcript, path: str, turns: list[Row]) -> Row:
    stated = iso_date(talk.metadata.get("date", ""))
    named = "" if stated else find_date(path) or ""
    counted = [turn["n_words"] for turn in turns]
    sure = talk.status == "sure"
    return {
        "status": "read" if sure else "doubtful",
        "why": None if sure else warning(talk),
        "confidence": talk.confidence,
        "date": stated or named or None,
        "date_from": "document" if stated else "path" if named else None,
        "title": talk.metadata.get("title"),
        "source": talk.metadata.get("source"),
        "n_turns": len(turns),
        "n_words": None if None in counted else sum(counted),
        "text_status": talk.text_status,
        "part": "; ".join(talk.part) or None,
        "language": talk.language,
        "format": talk.sources[0].format,
        "layout": forms(talk.reading),
        "n_unplaced": sum(r.kind == LEFT_OUT for r in talk.reading.remarks),
        "n_corrected": len(talk.applied),
        "warnings": "; ".join(talk.warnings) or None,
    }


Item = TypeVar("Item")
BATCH = 500_000  # bytes that a process reads in one job
BAR = "reading {percentage:3.0f}% |{bar:24}| {n_fmt}/{total_fmt} files, {elapsed}"


class Briefings(NamedTuple):
    """The result of `corpus.read`: the turns of all files, and a report with one row per file."""

    turns: pd.DataFrame
    report: pd.DataFrame


def read(
    folder: str | os.PathLike[str], *, processes: int | None = None, progress: bool = True
) -> Briefings:
    """Read every transcript in a folder and its subfolders.

    Parameters
    ----------
    folder : path
        Files in any format that `briefing.read` accepts, recognised by content, one briefing each;
        corrections beside them are applied. Hidden files are ignored.
    processes : int, optional
        How many read at the same time; by default one per core.
    progress : bool
        A bar on standard error.

    Returns
    -------
    Briefings
        `turns`: as in `briefing.read(path).turns`, of all files in order of path, plus `date`,
        `series` (the subfolder) and `source`; without a `people.toml` that names outlets, *CBS* and
        *CBS News* are one `outlet`. The ids are unique: the name of the file in lower
        case, after its folders, or the whole path if two would be the same. `.attrs`: what all
        texts have in common; `text_status` is *unknown* and `language` None if they differ, `part`
        is true if any is only part of an event.

        `report`: one row per file, see `briefing.corpus.folder.REPORT`. A file that cannot be read
        gets a row that says why, and never stops the rest.

    Raises
    ------
    BriefingError
        If there is no such folder, or nothing in it.

    Not for pages of one event in several files: each would be a briefing. Give those to
    `briefing.read` together. All turns are kept in memory; `corpus.build` handles more than fits
    there.
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
    if not read_people(folder).outlets:
        turns["outlet"] = by_one_name(turns["outlet"]).astype(turns["outlet"].dtype)
    turns.attrs = kind_of_all(report)
    return Briefings(turns, report)


def packed(folder: str, found: Iterable[Member]) -> Iterator[Batch]:
    """The files in order, in batches."""
    people = read_people(folder)
    for members in cut_by_size(found, lambda member: member.size, BATCH):
        yield Batch(folder, members, people)


def cut_by_size(
    items: Iterable[Item],
    size: Callable[[Item], int],
    largest: int,
    ends: Callable[[Item], bool] = lambda _: False,
) -> Iterator[list[Item]]:
    """The items in order, split where a list would be too large, and after one that `ends`."""
    part: list[Item] = []
    room, ended = largest, False
    for item in items:
        if part and (ended or size(item) > room):
            yield part
            part, room = [], largest
        part.append(item)
        room, ended = room - size(item), ends(item)
    if part:
        yield part


def each_batch(
    workers: Workers, function: Callable[[Batch], Any], batches: Iterable[Batch]
) -> Iterator[Any]:
    """The results of `function` by batch, in order; a file that kills its process has crashed."""
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
    """A progress bar on standard error that counts files."""
    from tqdm import tqdm

    return tqdm(total=total, bar_format=BAR, file=sys.stderr, disable=not shown)


def as_report(rows: list[Row]) -> pd.DataFrame:
    """The rows of the report as a table."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=[*REPORT])
    kinds = {name: "Int64" for name in REPORT if name.startswith("n_")}
    return frame.astype(dict.fromkeys(frame, "str") | kinds | {"confidence": "float64"})


def kind_of_all(report: pd.DataFrame) -> dict[Hashable | None, Any]:
    """What all texts have in common, for `.attrs`."""
    read = report[report["status"].isin(IN_TURNS)]
    status, language = (read[name].drop_duplicates() for name in ("text_status", "language"))
    return {
        "text_status": status.iloc[0] if len(status) == 1 else "unknown",
        "part": bool(read["part"].notna().any()),
        "language": language.iloc[0] if len(language) == 1 and language.notna().all() else None,
    }


# Processes: if one dies, only its job is lost.

SERVE = "import sys; sys.path[:] = {path!r}; from briefing.corpus.folder import serve; serve()"


class Crash(Exception):
    """The process ended in the middle of a job; the text says how."""


class Workers:
    """A pool of processes: `with Workers(2) as workers: workers.map(function, jobs)`."""

    def __init__(self, n: int | None = None) -> None:
        """Make room for `n` processes (default: one a core); each starts with its first job."""
        if n is not None and n < 1:
            raise BriefingError.of("no process", n=n)
        self.n = n or cores()
        self._threads = ThreadPoolExecutor(self.n)
        self._idle: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        for _ in range(self.n):
            self._idle.put(None)

    def __enter__(self) -> Workers:
        """Return the pool; nothing starts yet."""
        return self

    def __exit__(self, *raised: object) -> None:
        """End the processes, whatever they are doing."""
        self._threads.shutdown(cancel_futures=True)
        for _ in range(self.n):
            if process := self._idle.get():
                _end(process)

    def map(self, function: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Each job, in order, with the result of `function`, or with the `Crash` that ended it.

        `function` must belong to a module, since its name is sent to the process. Only as many jobs
        are taken from `jobs` as keep the processes busy. Exceptions in `function` are raised here.
        """
        waiting: deque[tuple[Any, Future[Any]]] = deque()
        try:
            for job in jobs:
                waiting.append((job, self._threads.submit(self._do, function, job)))
                if len(waiting) > 2 * self.n:
                    job, future = waiting.popleft()
                    yield job, future.result()
            for job, future in waiting:
                yield job, future.result()
        finally:
            for _, future in waiting:
                future.cancel()

    def _do(self, function: Callable[[Any], Any], job: Any) -> Any:
        process = self._idle.get() or _start()
        alive = False
        try:
            done, result = _ask(process, (function, job))
            alive = True
        except (OSError, EOFError, pickle.UnpicklingError):
            code = process.wait()
            return Crash(f"ended by signal {-code}" if code < 0 else f"ended with code {code}")
        finally:
            if not alive:
                _end(process)
            self._idle.put(process if alive else None)
        if done:
            return result
        raise result


def cores() -> int:
    """How many cores this process may use."""
    usable = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(usable(0)) if usable else os.cpu_count() or 1


def serve() -> None:
    """Be a worker: do the jobs from standard input, until it closes."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # output of libraries is not an answer
    jobs: SimpleQueue[Any] = SimpleQueue()
    threading.Thread(target=_receive, args=(jobs,), daemon=True).start()
    while True:
        function, job = jobs.get()
        try:
            answer = (True, function(job))
        except Exception as error:
            answer = (False, error)
        pickle.dump(answer, answers, pickle.HIGHEST_PROTOCOL)
        answers.flush()


def _receive(jobs: SimpleQueue[Any]) -> None:
    try:
        while True:
            jobs.put(pickle.load(sys.stdin.buffer))
    except EOFError:
        os._exit(0)  # the caller is gone


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SERVE.format(path=sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the caller
    )


def _ask(process: subprocess.Popen[bytes], message: Any) -> tuple[bool, Any]:
    if process.stdin is None or process.stdout is None:
        raise EOFError
    pickle.dump(message, process.stdin, pickle.HIGHEST_PROTOCOL)
    process.stdin.flush()
    answer: tuple[bool, Any] = pickle.load(process.stdout)
    return answer


def _end(process: subprocess.Popen[bytes]) -> None:
    process.kill()
    for pipe in (process.stdin, process.stdout):
        if pipe:
            with suppress(OSError):  # unsent data has nowhere to go
                pipe.close()
    process.wait()
