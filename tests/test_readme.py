"""The code of README and docs runs as it stands, and what they name is there."""

import re
import shlex
import shutil
from pathlib import Path

import pytest

import briefing
from briefing.cli import main

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").rglob("*.md"))]
TEXTS = {path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8") for path in PAGES}
BLOCKS = [
    (page, *b) for page in TEXTS for b in re.findall(r"```(\w*)\n(.*?)```", TEXTS[page], re.S)
]
ON_A_CLUSTER = "# corpus_on_spark.py"  # needs one; tests/test_spark.py runs the same call
PYTHON = [
    (page, code) for page, kind, code in BLOCKS if kind == "python" and ON_A_CLUSTER not in code
]
SHELL = [
    (page, line.split("#")[0].strip())
    for page, kind, code in BLOCKS
    if kind == "sh"
    for line in code.splitlines()
]
BRIEFING = [line for _, line in SHELL if re.match(r"briefing (?!run)\w+ .*\bdata/lanmere", line)]


def test_there_is_code_to_run():
    assert [page for page, _ in PYTHON].count("README.md") == 1
    assert len(PYTHON) >= 7
    assert len(BRIEFING) == 7


def test_the_readme_is_short():
    assert TEXTS["README.md"].count("\n") <= 150
    assert PYTHON[0][1].count("\n") <= 10


@pytest.fixture
def run(capfd, monkeypatch):
    """A function: what code prints that is run in the checkout, by itself."""

    def printed(code):
        monkeypatch.chdir(ROOT)
        exec(compile(code, "page", "exec"), {"__name__": "__main__"})
        return capfd.readouterr()

    return printed


@pytest.mark.whole
@pytest.mark.parametrize(("page", "code"), PYTHON)
def test_the_code_runs_in_the_checkout_as_it_stands(run, page, code):
    (ROOT / "build").mkdir(exist_ok=True)
    done = run(code)

    bars = "% |" in done.err  # of what goes through a folder
    assert bars or not done.err
    assert done.out


@pytest.mark.whole
def test_the_first_lines_print_words_that_mean_something(run):
    from briefing.lexicons import lexicon

    printed = re.findall(r"(?m)^ *[a-z]+ +([a-z]+) +\d+ ", run(PYTHON[0][1]).out)
    assert len(printed) == 5
    assert not {*printed} & {*lexicon("function-words")}


def test_the_table_of_measures_names_all_that_is_public_and_nothing_else():
    section = TEXTS["docs/measures.md"].split("| --- | --- | --- |")[1].split("\n\n")[0]
    rows = [re.findall(r"`(\w+)`", row) for row in section.splitlines()[1:]]
    public = {name: getattr(briefing, name) for name in briefing.__all__}
    families = {name: {*what.__all__} for name, what in public.items() if not callable(what)}
    assert {row[0]: {*row[1:]} for row in rows} == {
        name: names for name, names in families.items() if name not in ("figures", "explore")
    }


@pytest.mark.whole
@pytest.mark.parametrize("line", BRIEFING)
def test_the_command_lines_run(line, capfd, monkeypatch):
    monkeypatch.chdir(ROOT)
    code = main(shlex.split(line.split(">")[0])[1:])
    done = capfd.readouterr()
    assert code == 0, done.err
    assert done.out


def test_every_command_that_a_page_names_is_known():
    from briefing.cli import RUNS

    known = {name.split()[0] for name in RUNS}
    named = {line.split()[1] for _, line in SHELL if line.startswith("briefing ")}
    named |= {word for text in TEXTS.values() for word in re.findall(r"`briefing ([a-z]+)", text)}
    assert named and named <= known


@pytest.mark.parametrize("page", TEXTS)
def test_every_file_that_a_page_links_to_is_there(page):
    links = re.findall(r"\]\(([^)#:]+)\)", TEXTS[page])
    beside = (ROOT / page).parent
    assert [link for link in links if not (beside / link).exists()] == []


def test_make_knows_every_target_that_is_named():
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    named = {line.split()[1] for _, line in SHELL if line.startswith("make ")}
    named |= {word for text in TEXTS.values() for word in re.findall(r"`make ([a-z-]+)", text)}
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    known = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    assert named <= known
    assert {"notebooks", "test", "test-quick"} <= named
