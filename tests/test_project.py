"""The project holds what it promises of itself: lists agree, importing is cheap, nothing leaks."""

import ast
import re
import subprocess
import sys
import tomllib
from importlib.metadata import packages_distributions
from itertools import chain

import nbformat
import pytest
import yaml

import briefing

pytestmark = pytest.mark.whole

AT_THE_TOP = {
    "briefing", "notebooks", "data", "figures", "tests", "environment.yml", "README.md",
    "pyproject.toml", "requirements.lock", "requirements-dev.lock", "Makefile", "LICENSE",
    "CITATION.cff", "CHANGELOG.md", "CONTRIBUTING.md", ".gitignore",
    ".gitattributes", ".pre-commit-config.yaml", ".github", ".ci", "docs",
}  # fmt: skip
CONDA_NAMES = {"matplotlib": "matplotlib-base"}
MOST_CODE = 2800  # lines of the parser

PARSING = ["reading", "parse", "transcript", "words.boundaries", "cli"]
HEAVY = {
    "pandas",
    "matplotlib",
    "nltk",
    "scipy",
    "wordcloud",
    "IPython",
    "pyarrow",
    "polars",
    "pyspark",
}


@pytest.fixture(scope="session")
def project(root):
    return tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]


@pytest.fixture(scope="session")
def tracked(root):
    """Every file that git tracks or would track, by its path in the project."""
    command = ["git", "ls-files", "-coz", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=False)
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files are the project's")
    names = listed.stdout.decode().split("\0")
    return {name: root / name for name in names if name and (root / name).is_file()}


def plain(requirement):
    """`flit_core>=3.12,<5` -> (`flit-core`, `>=3.12,<5`)."""
    name, ranges = re.fullmatch(r"([\w.-]+)\s*(.*)", requirement.split("#")[0]).groups()
    return name.replace("_", "-").lower(), ranges.strip()


def needed(project, *extras):
    """What the package asks for, with some extras."""
    optional = project["optional-dependencies"]
    return [*project["dependencies"], *chain(*(optional[name] for name in extras))]


# Lists that must agree


def test_conda_users_get_what_pip_users_get(root, project):
    environment = yaml.safe_load((root / "environment.yml").read_text(encoding="utf-8"))
    listed = [item for item in environment["dependencies"] if isinstance(item, str)]
    asked = dict(map(plain, needed(project, "notebooks")))

    expected = {CONDA_NAMES.get(n, n): r for n, r in asked.items()}
    assert dict(map(plain, listed)) == {
        "python": project["requires-python"], "pip": "", **expected,
    }  # fmt: skip
    assert environment["dependencies"][-1] == {"pip": ["-e ."]}


def test_what_the_package_imports_is_asked_for(root, project):
    """Not brought along by chance, as a part of something else."""
    trees = [ast.parse(path.read_text("utf-8")) for path in (root / "briefing").rglob("*.py")]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    names = {a.name for node in nodes if isinstance(node, ast.Import) for a in node.names}
    names |= {node.module for node in nodes if isinstance(node, ast.ImportFrom)}
    foreign = {name.split(".")[0] for name in names} - sys.stdlib_module_names - {"briefing"}

    owners = packages_distributions()
    extras = ("notebooks", "corpus", "parquet", "reference", "spark", "zh", "ja")
    asked = {plain(item)[0] for item in needed(project, *extras)}
    brought = {plain(owner)[0] for name in foreign for owner in owners.get(name, [name])}
    assert brought <= asked


LOCKS = [
    ("requirements.lock", ("notebooks",)),
    ("requirements-dev.lock", ("notebooks", "dev", "docs")),
]


@pytest.mark.parametrize(("lock", "extras"), LOCKS)
def test_a_lock_has_everything_with_its_hash(root, project, lock, extras):
    text = (root / lock).read_text(encoding="utf-8")
    pins = dict(pin.split("==", 1) for pin in re.split(r"\n(?=\w)", text))
    backend = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    asked = [*needed(project, *extras), *backend["build-system"]["requires"]]

    assert {plain(item)[0] for item in asked} <= pins.keys()
    assert [name for name, rest in pins.items() if "--hash=sha256:" not in rest] == []
    assert "://" not in text  # no registry


@pytest.mark.parametrize(("lock", "extras"), LOCKS)
def test_a_lock_keeps_to_the_ranges(root, project, lock, extras):
    from packaging.requirements import Requirement

    pinned = pins(root / lock)
    ranges = {plain(item)[0]: Requirement(item).specifier for item in needed(project, *extras)}

    assert [(n, v) for n, v in pinned if n in ranges and v not in ranges[n]] == []


def test_users_and_developers_get_the_same_versions(root):
    users, developers = pins(root / "requirements.lock"), pins(root / "requirements-dev.lock")
    assert users <= developers


def test_developers_tools_are_not_in_the_users_lock(root, project):
    users = {name for name, _ in pins(root / "requirements.lock")}
    tools = {"pyspark", "mypy", "playwright", "hypothesis", "pytest", "sphinx"}
    assert users & tools == set()


def pins(lock):
    """The names and versions in a lock."""
    return set(re.findall(r"(?m)^([\w.-]+)==([\w.]+)", lock.read_text(encoding="utf-8")))


def test_the_version_is_the_same_wherever_it_stands(root, project):
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    installed = subprocess.run(
        [sys.executable, "-m", "briefing", "--version"], cwd=root,
        capture_output=True, text=True, check=True,
    )  # fmt: skip

    assert project["dynamic"] == ["version"]
    assert citation["version"] == briefing.__version__
    assert installed.stdout == f"briefing {briefing.__version__}\n"


def test_the_citation_has_what_the_format_asks_for(root):
    citation = yaml.safe_load((root / "CITATION.cff").read_text(encoding="utf-8"))
    assert citation.keys() >= {"cff-version", "message", "title", "authors", "license"}
    assert citation["cff-version"] == "1.2.0"
    assert all(author.get("name") or author.get("family-names") for author in citation["authors"])


def test_the_changelog_speaks_of_this_version_or_of_what_comes(root):
    headings = re.findall(r"(?m)^## \[(.+?)\]", (root / "CHANGELOG.md").read_text("utf-8"))
    assert headings[0] in {"Unreleased", briefing.__version__}


# What the project is made of


def test_no_test_imports_another(root):
    tests = {path.name: path.read_text(encoding="utf-8") for path in root.glob("tests/test_*.py")}
    imports = re.compile(r"(?m)^\s*(?:from|import) test_")
    assert [name for name, text in tests.items() if imports.search(text)] == []


def test_the_top_level_holds_what_was_agreed(tracked):
    assert {name.split("/")[0] for name in tracked} <= AT_THE_TOP


def test_no_file_names_a_place_on_somebody_s_machine(tracked):
    """Paths like /root/x, and hosts that packages come from, work for one person only."""
    places = "|".join(("/work/", "/root/", "/tmp/", "/home/[a-z]+/", "C:.Users"))
    hosts = "|".join(("pypi" + r"\.org", "python" + "hosted", "anaconda" + r"\.org"))
    leak = re.compile(rf"(?<![\w./-])(?:{places})\w|{hosts}")

    found = {}
    for name, path in tracked.items():
        raw = path.read_bytes()
        hit = None if b"\0" in raw[:4096] else leak.search(raw.decode("utf-8", "replace"))
        if hit and name != "tests/test_project.py":
            found[name] = hit[0]
    assert found == {}


# What importing costs


def loaded_by(statement, root):
    """The top-level names of the modules that a fresh interpreter loads for `statement`."""
    program = (
        "import sys; before = set(sys.modules)\n"
        f"{statement}\n"
        "print(*{name.split('.')[0] for name in set(sys.modules) - before})"
    )
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return set(done.stdout.split())


def test_importing_the_package_loads_the_standard_library_only(root):
    loaded = loaded_by("import briefing", root)
    assert loaded - sys.stdlib_module_names == {"briefing"}


def test_the_way_to_turns_waits_for_nothing_heavy(root):
    statement = "; ".join(f"import briefing.{room}" for room in PARSING)
    assert loaded_by(statement, root) & HEAVY == set()


def test_the_parser_needs_neither_tables_nor_numbers_from_elsewhere(root):
    assert loaded_by("import briefing.parse", root) & (HEAVY | {"numpy"}) == set()


def test_the_parser_is_a_dozen_files_at_most(root):
    assert len([*(root / "briefing" / "parse").glob("*.py")]) <= 12


def code_lines(path):
    """Lines of code: without docstrings, comments and blank lines."""
    text = path.read_text(encoding="utf-8")
    documented = (ast.Module, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    docs = sum(
        node.body[0].end_lineno - node.body[0].lineno + 1
        for node in ast.walk(ast.parse(text))
        if isinstance(node, documented) and ast.get_docstring(node, clean=False) is not None
    )
    lines = [line.strip() for line in text.splitlines()]
    return len(lines) - docs - lines.count("") - sum(line.startswith("#") for line in lines)


def test_the_parser_stays_small(root):
    assert sum(map(code_lines, (root / "briefing" / "parse").glob("*.py"))) <= MOST_CODE


def branches(node):
    """How many more ways through a function a node opens, as radon counts them."""
    match node:
        case ast.If() | ast.IfExp():
            return 1
        case ast.For() | ast.AsyncFor() | ast.While():
            return 1 + bool(node.orelse)
        case ast.Try():
            return len(node.handlers) + bool(node.orelse)
        case ast.BoolOp():
            return len(node.values) - 1
        case ast.comprehension():
            return 1 + len(node.ifs)
        case ast.Match():
            return len(node.cases)
    return 0


@pytest.mark.parametrize(("room", "most"), [("briefing/parse", 12), ("briefing", 15)])
def test_no_function_is_tangled(root, room, most):
    """Ruff's C901 does not count conditions and comprehensions, which is where it hides here."""
    functions = [
        (path.name, node.name, 1 + sum(map(branches, ast.walk(node))))
        for path in (root / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    ]
    assert [found for found in functions if found[-1] > most] == []


NOT_ENGLISH = re.compile(
    r"(?i)\bheld against\b|\bfor want of\b|\bis none\b(?! of)|\bspeaks against (?:it|this|that)\b"
    r"|\b(?:before|front) and behind\b|\bof each (?:\w+ ){1,3}the \w+ (?:is|are)\b"
)


def prose(root):
    """What readers read: pages, lessons, errors, and what the report says."""
    for where in ("*.md", "docs/**/*.md", "data/*.md", "notebooks/**/*.md", "briefing/**/*.j2"):
        yield from root.glob(where)
    yield from (root / "briefing" / "errors.toml", root / "briefing/course/pages/words.toml")


def test_phrases_that_no_native_editor_prints_do_not_come_back(root):
    texts = {path.name: path.read_text("utf-8") for path in prose(root)}
    for path in root.glob("notebooks/[0-9]*.ipynb"):
        cells = nbformat.read(path, as_version=4).cells
        texts[path.name] = "\n\n".join(c.source for c in cells if c.cell_type == "markdown")
    found = {name: m[0] for name, text in texts.items() if (m := NOT_ENGLISH.search(text))}
    assert found == {}
