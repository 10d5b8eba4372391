"""No regular expression of the package takes steps that grow faster than the text."""

import json
import os
import subprocess
import sys
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from expressions import Uses, constant, grows

import briefing

pytestmark = pytest.mark.slow

ENOUGH = 3  # of the expressions that one place makes, of names and the like
MANY = 15  # of those that one place makes of word lists
PACKAGE = Path(briefing.__file__).parent
FILES = PACKAGE / "lexicons"
COLLECT = """
import importlib, inspect, json, pkgutil, re, sys, warnings
from pathlib import Path
sys.path[:0] = ["tests", "tests/benchmarks"]
from expressions import compiled
import made

def exercise():
    import briefing
    warnings.simplefilter("ignore")
    for module in pkgutil.walk_packages(briefing.__path__, "briefing."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    for layout in made.LAYOUTS:
        page = made.make(layout, 1)
        name = f"page{page.suffix}"
        try:
            briefing.parsed = briefing.reading.parse_source(page.data, name)
            from briefing.transcript import Transcript
            Transcript([briefing.parsed]).report
        except briefing.BriefingError:
            pass
    from measures import SAMPLE, measures
    for call in measures(briefing.read(SAMPLE)).values():
        call()
    for name, module in [*sys.modules.items()]:
        for made_here in vars(module).values() if name.startswith("briefing.") else ():
            if hasattr(made_here, "cache_info") and "re.compile" in inspect.getsource(made_here):
                if not inspect.signature(made_here).parameters:
                    made_here()

package = Path(importlib.util.find_spec("briefing").origin).parent
found = compiled(package, exercise)
from briefing.lexicons import Patterns
files = {made for name, module in sys.modules.items() if name.startswith("briefing.")
         for made in vars(module).values() if isinstance(made, Patterns)}
of_files = [[name, made.source(name), int(getattr(made, name).flags)]
            for made in files for name in made.written]
print(json.dumps([[[pattern, flags, sorted(places)] for (pattern, flags), places in found.items()
                   if isinstance(pattern, str)], of_files]))
"""


@pytest.fixture(scope="module")
def uses():
    return Uses(PACKAGE)


@pytest.fixture(scope="module")
def expressions(root, uses):
    """Every expression that the package compiles, its flags, and where it does so."""
    done = subprocess.run(
        [sys.executable, "-c", COLLECT], cwd=root, capture_output=True, text=True, check=True
    )
    written = [
        (*found, [(path, node.lineno, node.func.attr)])
        for path, node in uses.calls
        if (found := constant(node))
    ]
    made, seen = [], Counter()
    in_code, in_files = json.loads(done.stdout)
    written_down = {pattern for _, pattern, _ in in_files}
    for *found, places in (one for one in in_code if one[0] not in written_down):
        seen[tuple(places[0])] += 1
        enough = MANY if "lexicons" in places[0][0] else ENOUGH
        if seen[tuple(places[0])] <= enough:
            made.append((*found, places))
    return made + written + [(*found, name) for name, *found in in_files if name in uses.in_files]


@pytest.mark.parametrize(
    "pattern",
    [r"(a+)+$", r"(?:ms|m|s)+\d", r"\s*\)", r"\([^)]*\)", r"a*\s*\s*b", r"<b>.*?</b>", r"a+x|a+y"],
)
def test_what_grows_is_seen(pattern):
    assert grows(pattern)


@pytest.mark.parametrize(
    "pattern",
    [
        r"(?<!a)(?:a++)+$",
        r"(?:(?<!\s)\s+)?\)",
        r"\([^()]*\)",
        r"\ba++\s*+b",
        r"\s+",
        r"a{1,9}b",
        "cat|cow",
    ],
)
def test_what_does_not_grow_is_let_be(pattern):
    assert grows(pattern) is None


def test_no_expression_grows(expressions, uses):
    bad = []
    for pattern, flags, places in expressions:
        anchored = uses.only_matched(places)
        if attack := grows(pattern, flags, anchored=anchored):
            bad.append((places, attack))
    assert not bad, "\n".join(map(str, bad))


def test_every_place_that_compiles_an_expression_was_seen(expressions, uses):
    """But those made of a person's label, of a file's key and of single letters."""
    seen = {
        (path, line)
        for *_, places in expressions
        if isinstance(places, list)
        for path, line, _ in places
    }
    missed = {
        path.removeprefix(f"{PACKAGE}{os.sep}").replace(os.sep, "/")
        for path, node in uses.calls
        if not any((path, line) in seen for line in range(node.lineno, node.end_lineno + 1))
    }
    assert missed <= UNSEEN


@pytest.mark.parametrize("file", [*FILES.glob("*.patterns.toml")], ids=lambda file: file.name)
def test_every_expression_of_a_file_is_used(file, uses):
    """But those of dates, which are all tried in turn."""
    text = file.read_text(encoding="utf-8")
    names = {name for of in tomllib.loads(text).values() for name in of}
    idle = {name for name in names if f"{{{name}}}" not in text and name not in uses.in_files}
    assert idle == set() or file.name == "dates.patterns.toml"


UNSEEN = {
    "lexicons/__init__.py",  # of files, looked at by their names
    "measures/floor.py",
    "corrections.py",
    "words/boundaries.py",
    "words/tokens.py",
    "explore/check_view.py",
    "course/site.py",
    "course/overview.py",  # of words that a text prints
}
