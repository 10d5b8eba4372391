"""The notebooks keep one shape, say nothing they do not print, and run on other people's files."""

import os
import re
from pathlib import Path

import nbformat
import pytest

from briefing.run import run_notebooks

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))
LONGEST_CELL = 12
OTHERS = [
    "scio_seed/000_16d432a769277b33.txt",
    "revcom/rev_covid_3_2.txt",
    "wh_md/wh_call_steel_2021-10-30.md",
]


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def notebook(request):
    return nbformat.read(request.param, as_version=4)


@pytest.fixture
def cells(notebook):
    return notebook.cells


@pytest.fixture
def code(cells):
    return [cell for cell in cells if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])


def printed(cells) -> str:
    """All that the outputs show, as text."""
    parts = []
    for cell in cells:
        for output in cell.get("outputs", []):
            data = output.get("data", {})
            parts += [output.get("text", ""), *map(str, data.values())]
    return " ".join(parts)


def test_there_are_notebooks():
    assert len(NOTEBOOKS) >= 2


def test_the_title_is_a_question(cells):
    assert re.match(r"# \d · .+\?\n", cells[0].source)
    for word in ("**You will be able to**", "**Needs**", "**Makes**"):
        assert word in cells[0].source


def test_it_was_run_once_from_top_to_bottom(code):
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


def test_no_output_is_an_error_or_a_warning(code):
    outputs = [output for cell in code for output in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]


def test_long_code_and_functions_stay_in_the_package(code):
    for cell in code:
        assert len(cell.source.splitlines()) <= LONGEST_CELL
        assert not re.search(r"\bdef |\blambda |import datetime|requests|urllib", cell.source)


def test_no_cell_is_empty(cells):
    assert all(cell.source.strip() for cell in cells)


def test_one_cell_chooses_the_transcript(code):
    assert sum("parameters" in tags(cell) for cell in code) == 1


def test_what_it_does_not_show_and_your_turn_come_last(cells):
    headings = [line for c in cells for line in c.source.splitlines() if line.startswith("## ")]
    assert headings[-2:] == ["## What this does not show", "## Your turn"]


def test_there_are_exercises_whose_solutions_check_themselves(cells):
    exercises = [c for c in cells if re.match(r"\*\*\d\.\*\*", c.source)]
    solutions = [c for c in cells if "solution" in tags(c) and c.cell_type == "code"]

    assert len(exercises) >= 3
    assert len(solutions) >= 3
    assert all("assert" in c.source and c.metadata.jupyter.source_hidden for c in solutions)
    assert all("sample" in tags(c) for c in exercises + solutions)


def test_every_number_in_a_reading_is_printed_by_a_cell(cells):
    said = [c.source for c in cells if c.cell_type == "markdown" and "sample" in tags(c)]
    numbers = {
        n for text in said for n in re.findall(r"(?<![\d.*(])\d+(?:\.\d+)?(?![\d.)*])", text)
    }
    shown = printed(cells) + " ".join(c.source for c in cells if c.cell_type == "code")
    assert {n for n in numbers if n not in shown} <= {"1974", "1973", "2002", "1979"}


def test_links_lead_somewhere(cells):
    links = [x for c in cells for x in re.findall(r"\]\(([^)#:]+)\)", c.source)]
    assert links
    assert [x for x in links if not (ROOT / "notebooks" / x).exists()] == []


def test_every_picture_has_a_text_in_its_place(code):
    html = [str(o.get("data", {}).get("text/html", "")) for c in code for o in c.outputs]
    pictures = [x for text in html for x in re.findall(r"<img [^>]*>", text)]
    bare = [o for c in code for o in c.outputs if "image/png" in o.get("data", {})]

    assert not bare
    assert all(re.search(r'alt="[^"]{40,}"', picture) for picture in pictures)


def test_outputs_name_no_place_of_the_machine_they_were_made_on(code):
    assert str(ROOT) not in printed(code)
    assert "/tmp/" not in printed(code)


@pytest.mark.parametrize("name", OTHERS)
def test_they_run_on_a_readers_own_file_and_leave_the_tracked_ones(shared, tmp_path, name):
    for folder in ("notebooks", "data"):
        (tmp_path / folder).mkdir()
        for path in (ROOT / folder).glob("*.*"):
            (tmp_path / folder / path.name).write_bytes(path.read_bytes())
    before = {p: p.read_bytes() for p in (tmp_path / "notebooks").iterdir()}

    made = run_notebooks(shared / name, briefing_id="own", root=tmp_path)

    assert {p: p.read_bytes() for p in before} == before
    assert sorted(os.listdir(made.figures))
    for path in made.notebooks:
        copy = nbformat.read(path, as_version=4)
        assert not [c for c in copy.cells if "sample" in tags(c)]
        assert "Sanna Veldrup" not in printed(copy.cells)
