"""Copies of the notebooks: without solutions, to hand out, and with them, to see that they hold.

An exercise cell holds `...` and stays; a cell tagged `solution` is prose, folded, with the code
that solves the exercise in a fence. Students' copies lack those cells and all results, which
would give answers away. The teacher's folder stays at home. The copies stand beside the data, so
that they run as they are.
"""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from briefing.course.homes import course_home, notebooks_of
from briefing.course.run import run_notebooks
from briefing.safe import refusals, save
from briefing.tables import BriefingError

AT_HOME = re.compile(r"\b(?:make|teacher|setup)\b")  # paragraphs of the syllabus that stay there
FOLDED = " Its solution is folded below it: click on the triangle when you have tried."
FENCE = re.compile(r"(?ms)^```python\n(.*?)^```$")


def write_student(root: Path | None = None) -> Path:
    """Write the notebooks without solutions, with the data, into build/student/; return it."""
    sources = notebooks_of(root or course_home())
    home = sources[0].parents[1] / "build" / "student"
    return _write(sources, home, _for_students)


def _write(
    sources: list[Path], home: Path, change: Callable[[NotebookNode], Iterator[NotebookNode]]
) -> Path:
    """Write every notebook with its cells changed, and the data, into `home`, or nothing."""
    root, unfinished = sources[0].parents[1], home.with_name(f".{home.name}.part")
    with refusals(home):
        shutil.rmtree(unfinished, ignore_errors=True)
        (unfinished / "notebooks").mkdir(parents=True)
        private = shutil.ignore_patterns("private")
        shutil.copytree(root / "data", unfinished / "data", ignore=private)
        for path in sources:
            notebook = nbformat.read(path, as_version=4)
            notebook.cells = [changed for cell in notebook.cells for changed in change(cell)]
            text = f"{nbformat.writes(notebook).rstrip()}\n"
            save(unfinished / "notebooks" / path.name, text)
        for page in sorted((root / "notebooks").glob("*.md")):
            parts = page.read_text(encoding="utf-8").rstrip().split("\n\n")
            kept = [part for part in parts if not AT_HOME.search(part)]
            save(unfinished / "notebooks" / page.name, "\n\n".join(kept) + "\n")
        shutil.rmtree(home, ignore_errors=True)
        unfinished.rename(home)
    return home


def _for_students(cell: NotebookNode) -> Iterator[NotebookNode]:
    """The cell not run, since results below an exercise give it away; no solution."""
    if "solution" in _tags(cell):
        return
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    cell.source = cell.source.replace(FOLDED, "")
    yield cell


def _with_code(cell: NotebookNode) -> Iterator[NotebookNode]:
    """The cell, and below a solution its code as cells to run."""
    yield cell
    if "solution" in _tags(cell):
        for i, code in enumerate(FENCE.findall(cell.source), 1):
            solved = nbformat.v4.new_code_cell(code.rstrip(), id=f"{cell.id}-{i}")
            solved.metadata.tags = ["solved"]
            yield solved


def check_solutions(root: Path | None = None) -> str:
    """Run every notebook with its solutions on the sample, and say how many hold.

    Raises NotebookError, which names the cell, where a solution or anything else fails, and
    BriefingError where a solution is not what its exercise takes for right.
    """
    sources = notebooks_of(root or course_home())
    home = _write(sources, sources[0].parents[1] / "build" / "solutions", _with_code)
    run_notebooks(root=home)
    counts = {path.stem: _right(path) for path in notebooks_of(home)}
    lines = [f"  {name}  {n} right" for name, n in counts.items()]
    return "\n".join([f"{sum(counts.values())} solutions are right.", *lines])


def _right(path: Path) -> int:
    """How many solutions of a notebook that was run are right; BriefingError where one is not."""
    cells = nbformat.read(path, as_version=4).cells
    solved = [cell for cell in cells if "solved" in _tags(cell)]
    wrong = [cell.id for cell in solved if "check(" in cell.source and not _says_right(cell)]
    if wrong or not solved:
        what = f"{wrong[0]} is not right" if wrong else "it has no cell tagged `solution`"
        raise BriefingError(f"the solutions of {path.stem} do not hold: {what}.")
    return len(solved)


def _says_right(cell: NotebookNode) -> bool:
    said = [output.get("data", {}).get("text/plain", "") for output in cell.outputs]
    return said[-1:] == ["Right."]


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))
