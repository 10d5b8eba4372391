"""Every file has a layer, imports go down the layers, and no file name occurs twice."""

import ast
import re
from collections import Counter

import pytest

import briefing

LAYERS = (
    {"tables"},
    {"lexicons", "safe", "prose"},
    {"reading", "words"},
    {"parse"},
    {"measures", "corrections", "display"},
    {"transcript"},
    {"figures", "interchange", "explore"},
    {"corpus"},
    {"course"},
    {"cli", "__main__"},
)
LEVEL = {room: level for level, rooms in enumerate(LAYERS) for room in rooms}
ROOT = "briefing"  # the package itself names what is public, and loads it on first use


@pytest.fixture(scope="module")
def modules(root):
    """Each module of the package by its dotted name, parsed."""
    found = {}
    for path in (root / ROOT).rglob("*.py"):
        parts = path.relative_to(root).with_suffix("").parts
        name = ".".join(parts[:-1] if parts[-1] == "__init__" else parts)
        found[name] = ast.parse(path.read_text(encoding="utf-8"))
    return found


@pytest.fixture(scope="module")
def needs(modules):
    """Module -> the modules that it imports anywhere, for types alone as well."""
    return {
        name: {other for other in _imported(tree, modules) if other not in (name, ROOT)}
        for name, tree in modules.items()
        if name != ROOT
    }


def _imported(tree, modules):
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names if alias.name in modules)
        elif isinstance(node, ast.ImportFrom) and node.module in modules:
            whole = (f"{node.module}.{alias.name}" for alias in node.names)
            yield from (name if name in modules else node.module for name in whole)


def room(module):
    return module.split(".")[1]


def test_every_file_has_a_layer(needs):
    assert {name for name in needs if room(name) not in LEVEL} == set()


def test_imports_go_down(needs):
    wrong = {
        (name, other)
        for name, others in needs.items()
        for other in others
        if room(name) != room(other) and LEVEL[room(name)] < LEVEL[room(other)]
    }
    assert wrong == set()


def test_rooms_of_one_layer_do_not_import_each_other(needs):
    rooms = {
        name
        for name in map(room, needs)
        if any(room(n) == name and n.count(".") > 1 for n in needs)
    }
    seen = {
        (name, other)
        for name, others in needs.items()
        for other in others
        if room(name) != room(other) and LEVEL[room(name)] == LEVEL[room(other)]
    }
    assert {pair for pair in seen if rooms & set(map(room, pair))} == set()


def test_no_file_imports_itself_by_however_many_steps(needs):
    left = dict(needs)
    while free := {name for name, others in left.items() if not others & left.keys()}:
        left = {name: others for name, others in left.items() if name not in free}
    assert left.keys() == set()


def reach(start, needs):
    """The rooms that one room needs, by however many steps."""
    known, new = set(), {name for name in needs if room(name) == start}
    while new:
        known |= new
        new = set().union(*(needs[name] for name in new)) - known
    return set(map(room, known)) - {start}


def test_measures_take_tables_and_know_nothing_of_files(needs):
    assert reach("measures", needs) & {"reading", "parse"} == set()


def test_figures_draw_tables_and_know_no_measure(needs):
    assert reach("figures", needs) & {"measures", "reading", "parse", "transcript"} == set()


def test_nobody_uses_the_insides_of_another_room(modules):
    taken = {
        (name, node.module, alias.name)
        for name, tree in modules.items()
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
        if node.level or (node.module.startswith(ROOT) and alias.name.startswith("_"))
    }
    assert {name for *_, name in taken} <= {"__version__"}


def test_there_are_ten_layers_and_no_more(needs):
    assert len(LAYERS) <= 10
    assert {name for name in LEVEL if name not in set(map(room, needs))} == set()


def test_no_file_name_stands_for_two_files(root):
    names = Counter(path.name for path in (root / ROOT).rglob("*.py"))
    twice = {name for name, n in names.items() if n > 1 and name != "__init__.py"}
    assert twice <= {"keyness.py", "rates.py", "topics.py"}  # each a figure's file as well: owed


def test_text_names_no_module_that_is_not_there(root, modules):
    known = {*modules, "briefing.readers"}  # the last is the name of a group of entry points
    known |= {f"briefing.{name}" for name in briefing.__all__}
    for name in briefing.__all__:
        family = getattr(briefing, name)
        known |= {f"briefing.{name}.{each}" for each in getattr(family, "__all__", ())}
    for name, tree in modules.items():
        known |= {f"{name}.{node.name}" for node in tree.body if hasattr(node, "name")}
    named = re.compile(r"`(briefing(?:\.[a-z_]+)+)`")
    wrong = {
        (path.name, found)
        for path in (root / ROOT).rglob("*.py")
        for found in named.findall(path.read_text(encoding="utf-8"))
        if found not in known
    }
    assert wrong == set()
