"""A notebook as a lesson of the site: its question, its parts, the transcripts it reads."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from briefing.course.run import shown
from briefing.tables import BriefingError

if TYPE_CHECKING:
    from nbformat import NotebookNode


class NotRun(BriefingError):
    """The notebooks have not run, on this transcript, to their end."""


ASKED = re.compile(r"\*\*(\d+)\. ")
CHOOSING = {"parameters", "injected-parameters"}


@dataclass
class Part:
    """Cells that belong together: an exercise with its solution, otherwise a cell alone."""

    cells: list[NotebookNode] = field(default_factory=list)
    exercise: str = ""  # its number


@dataclass(frozen=True)
class Lesson:
    """A notebook that has run."""

    source: Path
    cells: list[NotebookNode]

    @property
    def page(self) -> str:
        """The file name of its page."""
        return f"{self.source.stem}.html"

    @property
    def title(self) -> str:
        """`1 · Who holds the floor?`."""
        first = self.cells[0].source.splitlines()[0] if self.cells else ""
        return first.removeprefix("# ").strip() or self.source.stem

    @property
    def number(self) -> str:
        """What stands before the question, or nothing."""
        return self.title.partition(" · ")[0] if " · " in self.title else ""

    @property
    def question(self) -> str:
        """The title without its number."""
        return self.title.rpartition(" · ")[2]

    @property
    def why(self) -> str:
        """The paragraph below the title, as Markdown."""
        paragraphs = self.cells[0].source.split("\n\n") if self.cells else []
        return next((p for p in paragraphs[1:] if not p.startswith("**")), "")

    def parts(self, *, own: bool) -> Iterator[Part]:
        """Its cells in order; on somebody's own file without those that choose the file."""
        part = Part()
        for cell in self.cells:
            if own and CHOOSING & tags(cell):
                continue
            asked = ASKED.match(cell.source) if cell.cell_type == "markdown" else None
            if asked and part.cells:
                yield part
            if asked:
                part = Part([cell], asked[1])
            elif part.exercise and {"exercise", "solution"} & tags(cell):
                part.cells.append(cell)
            else:
                if part.cells:
                    yield part
                part = Part([cell])
        if part.cells:
            yield part

    def reads(self) -> list[Path]:
        """The files that its parameters name and that are there, the last word first."""
        chosen = [c.source for c in self.cells if CHOOSING & tags(c)]
        nodes = [node for source in reversed(chosen) for node in ast.walk(_tree(source))]
        texts = [n.value for n in nodes if isinstance(n, ast.Constant) and isinstance(n.value, str)]
        return [path for text in texts if (path := self.source.parent / text).is_file()]


def tags(cell: NotebookNode) -> set[str]:
    """What a cell is marked as."""
    return set(cell.metadata.get("tags", []))


def _tree(source: str) -> ast.AST:
    try:
        return ast.parse(source)
    except SyntaxError:  # a line for IPython, which says nothing of files
        return ast.Module([], [])


def load(path: Path, again: str) -> Lesson:
    """The notebook at `path` after a whole run; `again` is what runs it.

    Raises
    ------
    NotRun
        It is not there, has not run, or stopped at an error.
    BriefingError
        It is no notebook.
    """
    import nbformat

    try:
        notebook = nbformat.read(path, as_version=4)
    except FileNotFoundError as error:
        raise NotRun(f"{shown(path)} is not there yet. First: {again}") from error
    except (OSError, ValueError) as error:
        raise BriefingError(f"{shown(path)} cannot be read as a notebook. Say: {again}") from error
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        if cell.execution_count is None:
            raise NotRun(f"{shown(path)} has not run to its end. First: {again}")
        if any(output.output_type == "error" for output in cell.outputs):
            raise NotRun(
                f"{shown(path)} stopped at an error, in cell [{cell.execution_count}]. "
                f"Put that right and say: {again}"
            )
    return Lesson(path, list(notebook.cells))
