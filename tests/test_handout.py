"""Copies for students: no solution in them, and everything they need beside them."""

import nbformat
import pytest

from briefing.course.run import FOLDED, check_solutions, write_student
from briefing.tables import BriefingError

pytestmark = pytest.mark.whole


def cell(source, tag):
    new = nbformat.v4.new_code_cell if tag == "exercise" else nbformat.v4.new_markdown_cell
    made = new(source)
    made.metadata.tags = [tag]
    return made


def lay_out(home, *cells):
    """A project with one notebook of these (source, tag) cells."""
    made = [cell(source, tag) for source, tag in cells]
    for folder in ("notebooks/teacher", "data/private", "figures"):
        (home / folder).mkdir(parents=True)
    nbformat.write(nbformat.v4.new_notebook(cells=made), home / "notebooks" / "00-first.ipynb")
    (home / "notebooks" / "README.md").write_text(
        "# Syllabus\n\nAll nine.\n\n**For teachers**: see [teacher/](teacher/README.md).\n", "utf-8"
    )
    (home / "notebooks" / "teacher" / "key.md").write_text("It is 4.\n", "utf-8")
    (home / "data" / "sample.txt").write_text("Ida Marlow: Hello.\n", "utf-8")
    (home / "data" / "private" / "mine.txt").write_text("Mine.\n", "utf-8")
    return home


def folded(code):
    text = f"<details><summary><b>Solution</b></summary>\n\n```python\n{code}\n```\n\n</details>"
    return text, "solution"


EXERCISE, SOLUTION = ("answer = ...", "exercise"), folded("answer = 2 + 2\nassert answer == 4")


def test_students_get_exercises_and_data_but_no_solution_and_nothing_for_teachers(tmp_path):
    copies = write_student(lay_out(tmp_path, EXERCISE, SOLUTION))

    cells = nbformat.read(copies / "notebooks" / "00-first.ipynb", as_version=4).cells
    assert [cell.source for cell in cells] == ["answer = ..."]
    names = {path.relative_to(copies).as_posix() for path in copies.rglob("*") if path.is_file()}
    assert names == {"notebooks/00-first.ipynb", "notebooks/README.md", "data/sample.txt"}
    assert (copies / "notebooks" / "README.md").read_text("utf-8") == "# Syllabus\n\nAll nine.\n"


def test_no_result_and_no_word_of_a_hidden_cell_is_left_in_a_copy(tmp_path):
    home = lay_out(tmp_path, EXERCISE, SOLUTION)
    path = home / "notebooks" / "00-first.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells[0].outputs = [nbformat.v4.new_output("stream", text="4")]
    look = f"Replace each `...`.{FOLDED}"
    notebook.cells.insert(0, nbformat.v4.new_markdown_cell(look))
    nbformat.write(notebook, path)

    words, exercise = nbformat.read(write_student(home) / "notebooks" / path.name, 4).cells
    assert words.source == "Replace each `...`."
    assert exercise.outputs == []


def test_no_copy_of_the_shipped_notebooks_gives_a_solution_away(root, tmp_path):
    for path in sorted((root / "notebooks").glob("[0-9][0-9]-*.ipynb")):
        notebook = nbformat.read(path, as_version=4)
        kept = [c for c in notebook.cells if "solution" not in c.metadata.get("tags", [])]
        assert len(kept) < len(notebook.cells), path.name
        assert not [c for c in kept if c.source.startswith(("# Solution", "<details"))]


def test_solutions_that_hold_are_counted_and_leave_no_trace(tmp_path):
    home = lay_out(tmp_path, EXERCISE, SOLUTION)
    before = (home / "notebooks" / "00-first.ipynb").read_bytes()
    assert "1 solution is right" in check_solutions(home)
    assert (home / "notebooks" / "00-first.ipynb").read_bytes() == before


def test_a_solution_that_does_not_hold_is_named(tmp_path):
    with pytest.raises(BriefingError, match="00-first.ipynb stopped in cell .*assert"):
        check_solutions(lay_out(tmp_path, EXERCISE, folded("answer = 5\nassert answer == 4")))


def test_a_solution_that_its_exercise_takes_for_wrong_is_named(tmp_path):
    wrong = "from briefing.course import check\ncheck('0.1', 'surely not')"
    with pytest.raises(BriefingError, match="the solutions of 00-first do not hold"):
        check_solutions(lay_out(tmp_path, EXERCISE, folded(wrong)))


def test_a_notebook_without_a_solution_is_no_lesson(tmp_path):
    with pytest.raises(BriefingError, match="it has no cell tagged `solution`"):
        check_solutions(lay_out(tmp_path, EXERCISE))
