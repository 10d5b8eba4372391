"""Copies to hand out: the notebooks without solutions, and a check that every solution holds.

An exercise cell holds `...` and stays; a cell tagged `solution` goes, in code and in words, and
so do all results, which would give answers away. The teacher's folder stays at home. The copies
stand beside the data, so that they run as they are.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import nbformat
from nbformat import NotebookNode

from briefing.course.homes import shown
from briefing.course.run import ROOT, run_notebooks
from briefing.disk import refusals, save
from briefing.tables import BriefingError

AT_HOME = re.compile(r"\b(?:make|teacher|setup)\b")  # paragraphs of the syllabus that stay there
LOOK_BELOW = ", and then open the hidden cell below it (click on its three dots) to compare."


def write_student(root: Path = ROOT) -> Path:
    """Write the notebooks without solutions, with the data, into build/student/; return it."""
    home = root / "build" / "student"
    unfinished = home.with_name(".student.part")
    sources = _notebooks(root)
    with refusals(home):
        shutil.rmtree(unfinished, ignore_errors=True)
        _write(root, sources, unfinished)
        shutil.rmtree(home, ignore_errors=True)
        unfinished.rename(home)
    return home


def _write(root: Path, sources: list[Path], home: Path) -> None:
    (home / "notebooks").mkdir(parents=True)
    shutil.copytree(root / "data", home / "data", ignore=shutil.ignore_patterns("private"))
    for path in sources:
        notebook = nbformat.read(path, as_version=4)
        notebook.cells = [_open(cell) for cell in notebook.cells if "solution" not in _tags(cell)]
        save(home / "notebooks" / path.name, f"{nbformat.writes(notebook).rstrip()}\n")
    syllabus = (root / "notebooks" / "README.md").read_text(encoding="utf-8")
    kept = [part for part in syllabus.rstrip().split("\n\n") if not AT_HOME.search(part)]
    save(home / "notebooks" / "README.md", "\n\n".join(kept) + "\n")


def _open(cell: NotebookNode) -> NotebookNode:
    """The cell as students get it: not run, since results below an exercise give it away."""
    if cell.cell_type == "code":
        cell.outputs, cell.execution_count = [], None
    cell.source = cell.source.replace(LOOK_BELOW, ", and compare with a neighbour.")
    return cell


def check_solutions(root: Path = ROOT) -> str:
    """Run every notebook on the sample and say how many solutions hold.

    Raises NotebookError, which names the cell, where a solution or anything else fails.
    """
    run_notebooks(root=root)
    counts = {}
    for path in _notebooks(root):
        cells = nbformat.read(path, as_version=4).cells
        solved = [c for c in cells if c.cell_type == "code" and "solution" in _tags(c)]
        counts[path.stem] = len(solved)
    none = [name for name, n in counts.items() if not n]
    if none:
        raise BriefingError(f"{none[0]} has no solution cell. Tag its solutions `solution`.")
    lines = [f"  {name}  {n} pass" for name, n in counts.items()]
    return "\n".join([f"{sum(counts.values())} solution cells pass.", *lines])


def _notebooks(root: Path) -> list[Path]:
    found = sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb"))
    if not found:
        raise BriefingError(
            f"no notebooks in {shown(root / 'notebooks')}. Take a copy of the whole project and "
            "install that: pip install -e ."
        )
    return found


def _tags(cell: NotebookNode) -> list[str]:
    return list(cell.metadata.get("tags", []))
