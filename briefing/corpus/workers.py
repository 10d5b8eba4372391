"""Processes that do jobs for this one: one that dies takes nothing along but its job.

The standard library's pools do not say which job a process died of, leave processes behind when
this one is killed, and run the caller's script again in every process. Here each worker is a
plain interpreter at the end of a pipe. When the pipe ends, so does the worker, at once.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from queue import SimpleQueue
from types import TracebackType
from typing import Any

from briefing.tables import BriefingError

SERVE = "import sys; sys.path[:] = {path!r}; from briefing.corpus.workers import serve; serve()"


class Crash(Exception):
    """The process ended in the middle of a job; the text says how."""


class Workers:
    """So many processes; `with Workers(2) as workers: workers.map(function, jobs)`."""

    def __init__(self, n: int | None = None) -> None:
        """Make room for `n` processes (default: one a core); each starts with its first job."""
        if n is not None and n < 1:
            raise BriefingError(f"{n} processes read nothing; use 1 or more.")
        self.n = n or cores()
        self._threads = ThreadPoolExecutor(self.n)
        self._idle: SimpleQueue[subprocess.Popen[bytes] | None] = SimpleQueue()
        for _ in range(self.n):
            self._idle.put(None)

    def __enter__(self) -> Workers:
        """Nothing starts yet."""
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        """End the processes, whatever they do."""
        self._threads.shutdown(cancel_futures=True)
        for _ in range(self.n):
            if process := self._idle.get():
                _end(process)

    def map(self, function: Callable[[Any], Any], jobs: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
        """Each job, in order, with `function` of it, or with the `Crash` that it ended in.

        `function` is one of a module, as its name goes to the process. No more jobs are taken
        from `jobs` than keep the processes busy. What `function` raises is raised here.
        """
        waiting: deque[tuple[Any, Future[Any]]] = deque()
        try:
            for job in jobs:
                waiting.append((job, self._threads.submit(self._do, function, job)))
                if len(waiting) > 2 * self.n:
                    yield _result(*waiting.popleft())
            while waiting:
                yield _result(*waiting.popleft())
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
            return Crash(_how(process.wait()))
        finally:
            if not alive:
                _end(process)
            self._idle.put(process if alive else None)
        if done:
            return result
        raise result


def _result(job: Any, future: Future[Any]) -> tuple[Any, Any]:
    return job, future.result()


def cores() -> int:
    """How many cores this process may use."""
    usable = getattr(os, "sched_getaffinity", None)  # not on macOS and Windows
    return len(usable(0)) if usable else os.cpu_count() or 1


def serve() -> None:
    """Be a worker: do the jobs that come in by standard input, until it ends."""
    answers = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints is no answer
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
        os._exit(0)  # whoever asked is gone


def _start() -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", SERVE.format(path=sys.path)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        start_new_session=True,  # Ctrl-C is for the one who asked
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
            try:
                pipe.close()
            except OSError:  # what was not yet sent has nowhere to go
                pass
    process.wait()


def _how(code: int) -> str:
    return f"ended by signal {-code}" if code < 0 else f"ended with code {code}"
