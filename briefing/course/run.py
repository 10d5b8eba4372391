"""Run the notebooks: in place on the sample, as copies in build/ID/ on your transcript.

The cell tagged `parameters` chooses what a notebook reads and where its figures go:

    transcript = os.environ.get("BRIEFING_TRANSCRIPT", "../data/...")
    figures = os.environ.get("BRIEFING_FIGURES", "../figures/...")

so nbconvert reruns it through the environment, papermill through parameters, and this
module by a cell put in after it, as papermill does: the copy stays on your transcript when
you open it and run it by hand. Cells tagged `sample` are true of the sample only: left out.

Run one notebook so that the same input gives the same bytes.

The kernel is that of the interpreter which runs this, whatever kernels are registered on
the machine; hash seed, locale, time zone and IPython settings are fixed; what differs from
run to run (times, the interpreter's version, widget ids, object addresses) is taken out.
"""

from __future__ import annotations

import asyncio
import os
import re
import sys
import sysconfig
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from tqdm import tqdm

from briefing.corrections import SUFFIX, corrections_path, toml
from briefing.course.homes import OWNER, course_home, home_of, notebooks_of, shown
from briefing.safe import KIT, PACKAGE, alone_in, make_folder, save, save_all, scratch
from briefing.tables import BriefingError
from briefing.transcript import Transcript, read

AT_ONCE = max(2, os.cpu_count() or 2)  # each notebook has an interpreter of its own
BAR = "running {percentage:3.0f}% |{bar:24}| {n_fmt}/{total_fmt} cells, {elapsed}"


class NotebookError(BriefingError):
    """A notebook did not run to its end."""


@dataclass(frozen=True)
class Made:
    """What a run made; as text, where to look."""

    subject: str
    notebooks: list[Path]
    figures: Path
    doubtful: tuple[Transcript, ...] = ()

    def __str__(self) -> str:
        """What was run, and where notebooks and figures are."""
        folder = shown(self.notebooks[0].parent)
        jupyter = shown(Path(sysconfig.get_path("scripts"), "jupyter"))
        return (
            f"The notebooks have run on {self.subject}.\n"
            f"  notebooks  {folder}{os.sep}\n"
            f"  figures    {shown(self.figures)}{os.sep}\n"
            f"Read them with: {_word(jupyter)} lab {_word(folder)}"
        )


@dataclass(frozen=True)
class _Job:
    source: Path
    target: Path
    unfinished: Path
    parameters: dict[str, str] = field(default_factory=dict)


def run_notebooks(
    transcript: str | os.PathLike[str] | None = None,
    *,
    briefing_id: str | None = None,
    labels: Sequence[str] = (),
    root: str | os.PathLike[str] | None = None,
) -> Made:
    """Run every notebook on the sample, or on `transcript`; progress on standard error.

    Parameters
    ----------
    transcript : path, optional
        Any file that `briefing.read` takes. Without it the notebooks run on the sample, in
        place: they keep their outputs, and their figures go to `figures/`.
    briefing_id : str, optional
        The folder in `build/` for a run on `transcript`; by default from the file's name.
        What an earlier run made there is replaced.
    labels : sequence of str, optional
        Examples of labels, as for `briefing.read`.
    root : path, optional
        The course, a folder with `notebooks/`; by default the one that one is in.

    Raises
    ------
    NotebookError
        A cell failed: names notebook, cell and line, and the copy that shows the rest.
    BriefingError
        The transcript cannot be read, there are no notebooks, a folder cannot be written.
    """
    home = Path(root) if root else course_home()
    if transcript is not None:
        own, build = Path(transcript).expanduser(), (home or Path.cwd()) / "build"
        return _run_own(own, briefing_id, notebooks_of(home or KIT), build, labels)
    if briefing_id is not None:
        raise BriefingError(
            f"--id {briefing_id} names the folder for a transcript of your own, but none "
            "is given. Say: briefing run TRANSCRIPT --id NAME"
        )
    sources = notebooks_of(home)
    folder = sources[0].parents[1]
    with alone_in(folder / "notebooks"):
        _run([_Job(path, path, folder / "build" / "unfinished" / path.name) for path in sources])
    return Made("the sample", sources, folder / "figures")


def _run_own(
    path: Path, briefing_id: str | None, sources: list[Path], build: Path, labels: Sequence[str]
) -> Made:
    talk = read(path, labels=labels)  # complains once, before any notebook does
    home = home_of(path, briefing_id, build)
    copies = [home / "notebooks" / source.name for source in sources]
    make_folder(home / "notebooks")
    with alone_in(home):
        save(home / OWNER, str(path.resolve()))
        given = with_labels(path, home, labels) if labels else path
        parameters = {"transcript": str(given.resolve()), "figures": "../figures"}
        _run([_Job(s, c, c, parameters) for s, c in zip(sources, copies, strict=True)])
    doubtful = (talk,) if talk.status == "doubtful" else ()
    return Made(shown(path), copies, home / "figures", doubtful)


def with_labels(path: Path, home: Path, labels: Sequence[str]) -> Path:
    """A copy of a transcript in `home`, with examples of its labels in its corrections."""
    beside, copy = corrections_path(path), home / path.name
    known = beside.read_text(encoding="utf-8-sig") if beside.exists() else ""
    if re.search(r"(?m)^\s*labels\s*=", known):
        raise BriefingError(f"{beside} names labels already; add {toml([*labels])} to them there.")
    text = f"labels = {toml([*labels])}\n{known}"
    make_folder(home)
    save_all({copy: path.read_bytes(), corrections_path(copy): text})
    return copy


def private(root: Path | None = None) -> list[Path]:
    """The transcripts that a reader keeps in data/private/, which git ignores."""
    home = root or notebooks_of(course_home())[0].parents[1]
    files = sorted(path for path in (home / "data" / "private").glob("*") if path.is_file())
    return [p for p in files if p.name[0] != "." and not p.name.endswith(SUFFIX)]


def _word(path: str) -> str:
    return f'"{path}"' if " " in path else path


def _run(jobs: list[_Job]) -> None:
    longest_first = sorted(jobs, key=lambda job: -job.source.stat().st_size)  # more or less
    loaded = [(job, _load(job)) for job in longest_first]
    cells = sum(c.cell_type == "code" for _, notebook in loaded for c in notebook.cells)
    with (
        tqdm(total=cells, bar_format=BAR, file=sys.stderr) as bar,
        asyncio.Runner(loop_factory=Loop) as runner,
    ):
        runner.run(_run_all(loaded, lambda **_: bar.update()))


def _load(job: _Job) -> NotebookNode:
    """The notebook; on your transcript with its parameters, without the sample's cells."""
    try:
        notebook = nbformat.read(job.source, as_version=4)
    except (OSError, ValueError) as error:
        raise BriefingError(
            f"{shown(job.source)} cannot be read as a notebook ({type(error).__name__}). "
            "Get it back as it was: git checkout notebooks"
        ) from error
    if job.parameters:
        notebook.cells = [c for c in notebook.cells if "sample" not in _tags(c)]
        _put_in(notebook, job)
    return notebook


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))


def _put_in(notebook: NotebookNode, job: _Job) -> None:
    places = [i for i, cell in enumerate(notebook.cells, 1) if "parameters" in _tags(cell)]
    if not places:
        raise BriefingError(
            f"{shown(job.source)} cannot be run on another transcript: no cell is tagged "
            "`parameters`. Tag the one that sets `transcript` and `figures`."
        )
    lines = [f"{name} = {value!r}" for name, value in job.parameters.items()]
    cell = nbformat.v4.new_code_cell("\n".join(lines), id="injected-parameters")
    cell.metadata.tags = ["injected-parameters"]
    notebook.cells.insert(places[0], cell)


async def _run_all(
    loaded: list[tuple[_Job, NotebookNode]], after_cell: Callable[..., object]
) -> None:
    places = asyncio.Semaphore(AT_ONCE)

    async def run_one(job: _Job, notebook: NotebookNode) -> None:
        async with places:
            await _run_one(job, notebook, after_cell)

    try:
        async with asyncio.TaskGroup() as tasks:
            for job, notebook in loaded:
                tasks.create_task(run_one(job, notebook))
    except BaseExceptionGroup as errors:  # the first stops the others
        raise errors.exceptions[0] from None


async def _run_one(job: _Job, notebook: NotebookNode, after_cell: Callable[..., object]) -> None:
    try:
        make_folder(job.target.parent)
        await execute(notebook, job.target.parent, after_cell)
    except (CellExecutionError, RuntimeError) as error:
        _write(notebook, job.unfinished)
        raise NotebookError(
            f"{shown(job.source)} stopped{_what(notebook, error).rstrip('.')}. "
            f"Open {shown(job.unfinished)} to see how far it came."
        ) from error
    except OSError as error:
        raise BriefingError(
            f"cannot run {shown(job.source)}: {error.strerror or error}. Make room in the folder "
            "for temporary files and in the project's."
        ) from error
    _write(notebook, job.target)


def _write(notebook: NotebookNode, path: Path) -> None:
    make_folder(path.parent)
    save(path, f"{nbformat.writes(notebook).rstrip()}\n")


def _what(notebook: NotebookNode, error: Exception) -> str:
    """` in cell [3], line 2 (total / 0): ZeroDivisionError: division by zero`."""
    for cell in notebook.cells:
        for output in cell.get("outputs", []):
            if output.output_type == "error" and isinstance(error, CellExecutionError):
                where = f" in cell [{cell.execution_count}]{_line(cell, output)}"
                return f"{where}: {_short(f'{output.ename}: {output.evalue}')}"
    return f": {_short(str(error))}"


def _short(said: str) -> str:
    return " ".join(said.split())[:400]


def _line(cell: NotebookNode, output: NotebookNode) -> str:
    """The line of the cell that the traceback begins with."""
    plain = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(output.traceback))
    found = re.search(r"Cell In\[\d+\], line (\d+)", plain)
    lines = cell.source.splitlines()
    if not found or int(found[1]) > len(lines):
        return ""
    return f", line {found[1]} ({lines[int(found[1]) - 1].strip()})"


CHOICES = ("BRIEFING_TRANSCRIPT", "BRIEFING_FIGURES", "BRIEFING_TOPICS")
WIDGET = "application/vnd.jupyter.widget-view+json"
WARNED = re.compile(r"^\S*?:\d+: (?=\w*Warning: )", re.MULTILINE)  # where on this machine
ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]{6,}(?=>|&gt;)")


class Loop(asyncio.SelectorEventLoop):
    """Leaves Ctrl-C to asyncio.Runner, which cancels the run: no kernel outlives it."""

    def add_signal_handler(self, *_: Any) -> None:  # type: ignore[override]
        """Refuse, as a loop does that is not in the main thread."""
        raise RuntimeError("signals belong to the runner")


class Kernel(AsyncKernelManager):
    """A kernel of the interpreter that runs this."""

    @classmethod
    def in_folder(cls, folder: str) -> Kernel:
        """Reached through files in `folder` where the system can, otherwise by TCP."""
        file, sockets = os.path.join(folder, "kernel.json"), os.path.join(folder, "kernel")
        if os.name == "posix" and len(sockets) < 90:  # a socket's path may have 103 bytes
            return cls(connection_file=file, transport="ipc", ip=sockets)
        return cls(connection_file=file)

    @property
    def kernel_spec(self) -> KernelSpec:
        """How to start it."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")


async def execute(notebook: NotebookNode, folder: Path, after_cell: Callable[..., object]) -> None:
    """Run every cell of `notebook`, which keeps the outputs, in `folder`.

    Raises what nbclient raises: CellExecutionError for a failed cell, RuntimeError for a
    kernel that died. The outputs up to there are kept.
    """
    with scratch() as private:
        client = NotebookClient(
            notebook, km=Kernel.in_folder(private), timeout=None, record_timing=False,
            coalesce_streams=True, shutdown_kernel="immediate", on_cell_executed=after_cell,
        )  # fmt: skip
        environment = fixed(private)
        try:
            await client.async_execute(cleanup_kc=True, cwd=str(folder), env=environment)
        except RuntimeError:
            if _is_cancelled():  # which nbclient takes for a kernel's death
                raise asyncio.CancelledError from None
            raise
        finally:
            settle(notebook)


def _is_cancelled() -> bool:
    task = asyncio.current_task()
    return task is not None and task.cancelling() > 0


def fixed(private: str) -> dict[str, str]:
    """Our environment, with everything set that the outputs may depend on."""
    paths = [str(PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
    return {k: v for k, v in os.environ.items() if k not in CHOICES} | {
        "IPYTHONDIR": private,
        "LC_ALL": "C.UTF-8",
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "PYTHONHASHSEED": "0",
        "PYTHONPATH": os.pathsep.join(filter(None, paths)),
        "PYTHONUTF8": "1",
        "TZ": "UTC",
    }


def settle(notebook: NotebookNode) -> None:
    """Take out what differs from one run to the next."""
    notebook.metadata.pop("widgets", None)
    notebook.metadata.get("language_info", {}).pop("version", None)
    notebook.metadata["kernelspec"] = {
        "display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3",
    }  # fmt: skip
    for cell in notebook.cells:
        cell.metadata.pop("execution", None)
        for output in cell.get("outputs", []):
            if output.get("name") == "stderr":
                output["text"] = WARNED.sub("", output["text"])
            data = output.get("data", {})
            data.pop(WIDGET, None)
            for kind in {"text/plain", "text/html"} & data.keys():
                data[kind] = ADDRESS.sub("", data[kind])
