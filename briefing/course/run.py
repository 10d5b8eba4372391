"""The notebooks: run, copied, opened.

They run in place on the sample, and as copies in build/ID/ on your transcript.

The cell tagged `parameters` chooses what a notebook reads and where its figures go:

    transcript = os.environ.get("BRIEFING_TRANSCRIPT", "../data/...")
    figures = os.environ.get("BRIEFING_FIGURES", "../figures/...")

so nbconvert can rerun it through the environment, papermill through parameters, and this module by
a cell inserted after it, as papermill does: the copy stays on your transcript when you open it and
run it by hand. Cells tagged `sample` hold only for the sample and are left out, and so are those
tagged `needs-english`, `needs-pairs`, `needs-minutes` or `needs-times` where a transcript has
none of these.

The same input gives the same bytes: the kernel is the current interpreter, whatever kernels are
registered on the machine; hash seed, locale, time zone and IPython settings are fixed; whatever
differs from run to run (times, the interpreter's version, widget ids, object addresses) is removed.
"""

from __future__ import annotations

import asyncio
import os
import platform
import re
import shutil
import subprocess
import sys
import sysconfig
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import AsyncKernelManager
from jupyter_server.services.contents.manager import AsyncContentsManager
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError
from nbformat import NotebookNode
from tqdm import tqdm

from briefing import safe
from briefing.corrections import SUFFIX, corrections_path, toml
from briefing.course.site import OWNER, course_home, home_of, notebooks_of, refuse_id, shown, tags
from briefing.lexicons import is_english
from briefing.prose import counted
from briefing.tables import BriefingError
from briefing.transcript import Transcript, read

AT_ONCE = max(2, os.cpu_count() or 2)  # each notebook has its own interpreter
BAR = "running {percentage:3.0f}% |{bar:24}| {n_fmt}/{total_fmt} cells, {elapsed}"


class NotebookError(BriefingError):
    """A notebook did not finish."""


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
    without: frozenset[str] = frozenset()


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
        Any file that `briefing.read` accepts. By default the notebooks run on the sample, in place:
        they keep their outputs, and their figures go to `figures/`.
    briefing_id : str, optional
        The folder in `build/` for a run on `transcript`; by default from the file's name. The
        results of an earlier run are replaced.
    labels : sequence of str, optional
        Examples of labels, as for `briefing.read`.
    root : path, optional
        The course, a folder with `notebooks/`; by default the current one.

    Raises
    ------
    NotebookError
        If a cell fails; names notebook, cell and line, and the copy that shows the rest.
    BriefingError
        If the transcript cannot be read, there are no notebooks, or a folder cannot be written.
    """
    home = Path(root) if root else course_home()
    if transcript is not None:
        own, build = Path(transcript).expanduser(), (home or Path.cwd()) / "build"
        return _run_own(own, briefing_id, notebooks_of(home or safe.KIT), build, labels)
    refuse_id(briefing_id, "run")
    sources = notebooks_of(home)
    folder = sources[0].parents[1]
    with safe.alone_in(folder / "notebooks"):
        _run([_Job(path, path, folder / "build" / "unfinished" / path.name) for path in sources])
    return Made("the sample", sources, folder / "figures")


def _run_own(
    path: Path, briefing_id: str | None, sources: list[Path], build: Path, labels: Sequence[str]
) -> Made:
    talk = read(path, labels=labels)  # fails once, before any notebook does
    home = home_of(path, briefing_id, build)
    copies = [home / "notebooks" / source.name for source in sources]
    safe.make_folder(home / "notebooks")
    with safe.alone_in(home):
        safe.save(home / OWNER, str(path.resolve()))
        given = with_labels(path, home, labels) if labels else path
        parameters = {"transcript": str(given.resolve()), "figures": "../figures"}
        pairs = zip(sources, copies, strict=True)
        _run([_Job(s, c, c, parameters, _nothing_of(talk)) for s, c in pairs])
    doubtful = (talk,) if talk.status == "doubtful" else ()
    return Made(shown(path), copies, home / "figures", doubtful)


def _nothing_of(talk: Transcript) -> frozenset[str]:
    """The tags of cells that hold for the sample only, or have nothing to show of this text."""
    english = is_english(talk.language)
    has = {"english": english, "pairs": len(talk.pairs) > 0}
    has["times"] = bool(talk.turns["start_s"].notna().all())
    has["minutes"] = english or has["times"]
    return frozenset({"sample", *(f"needs-{what}" for what, there in has.items() if not there)})


def with_labels(path: Path, home: Path, labels: Sequence[str]) -> Path:
    """Copy a transcript into `home`, with examples of its labels in its corrections."""
    beside, copy = corrections_path(path), home / path.name
    known = beside.read_text(encoding="utf-8-sig") if beside.exists() else ""
    if re.search(r"(?m)^\s*labels\s*=", known):
        raise BriefingError.of("labels there", beside=beside, labels=toml([*labels]))
    text = f"labels = {toml([*labels])}\n{known}"
    safe.make_folder(home)
    safe.save_all({copy: path.read_bytes(), corrections_path(copy): text})
    return copy


def private(root: Path | None = None) -> list[Path]:
    """The user's transcripts in data/private/, which git ignores."""
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
    """The notebook; on your transcript with its parameters, without cells that do not apply."""
    try:
        notebook = nbformat.read(job.source, as_version=4)
    except (OSError, ValueError) as error:
        raise BriefingError.of(
            "no notebook", path=shown(job.source), kind=type(error).__name__
        ) from error
    if job.parameters:
        notebook.cells = [c for c in notebook.cells if not job.without & {*tags(c)}]
        _put_in(notebook, job)
    return notebook


def _put_in(notebook: NotebookNode, job: _Job) -> None:
    places = [i for i, cell in enumerate(notebook.cells, 1) if "parameters" in tags(cell)]
    if not places:
        raise BriefingError.of("no parameters", path=shown(job.source))
    lines = [f"{name} = {value!r}" for name, value in job.parameters.items()]
    cell = nbformat.v4.new_code_cell("\n".join(lines), id="injected-parameters")
    cell.metadata.tags = ["injected-parameters"]
    notebook.cells.insert(places[0], cell)


async def _run_all(
    loaded: list[tuple[_Job, NotebookNode]], after_cell: Callable[..., object]
) -> None:
    places = asyncio.Semaphore(AT_ONCE)
    try:
        async with asyncio.TaskGroup() as tasks:
            for job, notebook in loaded:
                tasks.create_task(_run_one(job, notebook, after_cell, places))
    except BaseExceptionGroup as errors:  # the first stops the others
        raise errors.exceptions[0] from None


async def _run_one(
    job: _Job, notebook: NotebookNode, after_cell: Callable[..., object], place: asyncio.Semaphore
) -> None:
    try:
        async with place:
            safe.make_folder(job.target.parent)
            await execute(notebook, job.target.parent, after_cell)
    except (CellExecutionError, RuntimeError) as error:
        _write(notebook, job.unfinished)
        raise NotebookError.of(
            "stopped",
            path=shown(job.source),
            where=_what(notebook, error).rstrip("."),
            unfinished=shown(job.unfinished),
        ) from error
    except OSError as error:
        raise BriefingError.of(
            "cannot run", path=shown(job.source), said=error.strerror or error
        ) from error
    _write(notebook, job.target)


def _write(notebook: NotebookNode, path: Path) -> None:
    safe.make_folder(path.parent)
    safe.save(path, f"{nbformat.writes(notebook).rstrip()}\n")


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
    """The line of the cell where the traceback begins."""
    plain = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(output.traceback))
    found = re.search(r"Cell In\[\d+\], line (\d+)", plain)
    lines = cell.source.splitlines()
    if not found or int(found[1]) > len(lines):
        return ""
    return f", line {found[1]} ({lines[int(found[1]) - 1].strip()})"


CHOICES = ("BRIEFING_TRANSCRIPT", "BRIEFING_FIGURES", "BRIEFING_TOPICS")
WIDGET = "application/vnd.jupyter.widget-view+json"
WARNED = re.compile(r"^\S*?:\d+: (?=\w*Warning: )", re.MULTILINE)  # places on this machine
ADDRESS = re.compile(r" at 0x[0-9A-Fa-f]{6,}(?=>|&gt;)")


class Loop(asyncio.SelectorEventLoop):
    """Leaves Ctrl-C to asyncio.Runner, which cancels the run, so that no kernel is left behind."""

    def add_signal_handler(self, *_: Any) -> None:  # type: ignore[override]
        """Refuse, like a loop outside the main thread."""
        raise RuntimeError("signals belong to the runner")


class Kernel(AsyncKernelManager):
    """A kernel of the current interpreter."""

    @classmethod
    def in_folder(cls, folder: str) -> Kernel:
        """Connects through files in `folder` if the system allows it, otherwise by TCP."""
        file, sockets = os.path.join(folder, "kernel.json"), os.path.join(folder, "kernel")
        if os.name == "posix" and len(sockets) < 90:  # a socket's path may have 103 bytes
            return cls(connection_file=file, transport="ipc", ip=sockets)
        return cls(connection_file=file)

    @property
    def kernel_spec(self) -> KernelSpec:
        """The command that starts it."""
        command = [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"]
        return KernelSpec(argv=command, display_name="Python 3", language="python")


async def execute(notebook: NotebookNode, folder: Path, after_cell: Callable[..., object]) -> None:
    """Run every cell of `notebook`, which keeps the outputs, in `folder`.

    Raises what nbclient raises: CellExecutionError for a failed cell, RuntimeError for a
    kernel that died. The outputs up to there are kept.
    """
    with safe.scratch() as private:
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
    """Our environment, with everything fixed that the outputs may depend on."""
    paths = [str(safe.PACKAGE.parent), os.environ.get("PYTHONPATH", "")]
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
    """Remove whatever differs from one run to the next."""
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


# Copies: without solutions, to hand out, and with them, to check that they are right.
#
# An exercise cell holds `...` and stays; a cell tagged `solution` is prose, folded, with the code
# that solves the exercise in a fence. Students' copies lack those cells and all results, which
# would give answers away, and the teacher's folder. The copies are beside the data, so that they
# can be run.

AT_HOME = re.compile(r"\b(?:make|teacher|setup)\b")  # paragraphs of the syllabus that stay there
FOLDED = " The solutions are folded below: click a triangle once you have tried."
FENCE = re.compile(r"(?ms)^```python\n(.*?)^```$")


def write_student(root: Path | None = None) -> Path:
    """Write the notebooks without solutions, and the data, into build/student/; return it."""
    sources = notebooks_of(root or course_home())
    home = sources[0].parents[1] / "build" / "student"
    return _copied(sources, home, _for_students)


def _copied(
    sources: list[Path], home: Path, change: Callable[[NotebookNode], Iterator[NotebookNode]]
) -> Path:
    """Write every notebook with its cells changed, and the data, into `home`: all or nothing."""
    root = sources[0].parents[1]
    with safe.new_folder(home, replace=True) as unfinished:
        (unfinished / "notebooks").mkdir()
        private = shutil.ignore_patterns("private")
        shutil.copytree(root / "data", unfinished / "data", ignore=private)
        for path in sources:
            notebook = nbformat.read(path, as_version=4)
            notebook.cells = [changed for cell in notebook.cells for changed in change(cell)]
            _write(notebook, unfinished / "notebooks" / path.name)
        for page in sorted((root / "notebooks").glob("*.md")):
            parts = page.read_text(encoding="utf-8").rstrip().split("\n\n")
            kept = [part for part in parts if not AT_HOME.search(part)]
            safe.save(unfinished / "notebooks" / page.name, "\n\n".join(kept) + "\n")
    return home


def _for_students(cell: NotebookNode) -> Iterator[NotebookNode]:
    """The cell without results, which would give exercises away; drop solutions."""
    if "solution" in tags(cell):
        return
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    cell.source = cell.source.replace(FOLDED, "")
    yield cell


def _with_code(cell: NotebookNode) -> Iterator[NotebookNode]:
    """The cell and, below a solution, its code as cells to run."""
    yield cell
    if "solution" in tags(cell):
        for i, code in enumerate(FENCE.findall(cell.source), 1):
            solved = nbformat.v4.new_code_cell(code.rstrip(), id=f"{cell.id}-{i}")
            solved.metadata.tags = ["solved"]
            yield solved


def check_solutions(root: Path | None = None) -> str:
    """Run every notebook with its solutions on the sample, and return how many are right.

    Raises NotebookError, which names the cell, if a solution or anything else fails, and
    BriefingError if a solution is not accepted by its exercise.
    """
    sources = notebooks_of(root or course_home())
    home = _copied(sources, sources[0].parents[1] / "build" / "solutions", _with_code)
    run_notebooks(root=home)
    counts = {path.stem: _right(path) for path in notebooks_of(home)}
    lines = [f"  {name}  {n} right" for name, n in counts.items()]
    right = counted(sum(counts.values()), "solution is", "solutions are")
    return "\n".join([f"{right} right.", *lines])


def _right(path: Path) -> int:
    """How many solutions of an executed notebook are right; BriefingError if one is not."""
    cells = nbformat.read(path, as_version=4).cells
    solved = [cell for cell in cells if "solved" in tags(cell)]
    wrong = [cell.id for cell in solved if "check(" in cell.source and not _says_right(cell)]
    if wrong or not solved:
        what = f"{wrong[0]} is not right" if wrong else "it has no cell tagged `solution`"
        raise BriefingError.of("solutions do not hold", lesson=path.stem, what=what)
    return len(solved)


def _says_right(cell: NotebookNode) -> bool:
    said = [output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return said[-1:] == ["Right."]


# Opened in JupyterLab


def _jupyter_server_extension_points() -> list[dict[str, str]]:
    return [{"module": __name__}]


def _load_jupyter_server_extension(server: Any) -> None:
    """Open notebooks that lack the Python version with it, and save them without it.

    The lessons lack it, since it differs from machine to machine. JupyterLab would add it, and mark
    each lesson as changed before anybody has touched it. `jupyter.json`, which is installed where
    Jupyter looks for extensions, turns this on for a plain `jupyter lab`.
    """
    if not isinstance(server.contents_manager, AsyncContentsManager):
        return
    contents: Any = server.contents_manager
    lacking: set[str] = set()
    get, save = contents.get, contents.save

    async def opened(path: str, *given: Any, **options: Any) -> Any:
        model = await get(path, *given, **options)
        if (language := _python(model)) and "version" not in language:
            language["version"] = platform.python_version()
            lacking.add(path)
        return model

    async def saved(model: Any, path: str, *given: Any) -> Any:
        if path in lacking:
            _python(model).pop("version", None)
        return await save(model, path, *given)

    contents.get, contents.save = opened, saved


def _python(model: Any) -> dict[str, Any]:
    """A notebook's language metadata, if that is Python and the content is present."""
    if model.get("type") != "notebook" or not model.get("content"):
        return {}
    language: dict[str, Any] = model["content"]["metadata"].get("language_info", {})
    return language if language.get("name") == "python" else {}


def open_lab(folder: str | None) -> int:
    """Open JupyterLab at the first lesson, with the course as its root; return its exit code."""
    root = Path(folder).expanduser() if folder else course_home()
    first = notebooks_of(root)[0]
    safe.make_folder(first.parents[1] / "build")  # for runs, visible from the beginning
    place = f"/lab/tree/notebooks/{first.name}?file-browser-path=/"
    extension = f"--ServerApp.jpserver_extensions={__name__}=True"
    options = [f"--LabApp.default_url={place}", extension]
    return subprocess.call([sys.executable, "-m", "jupyterlab", *options], cwd=root)
