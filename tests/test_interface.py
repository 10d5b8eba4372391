"""What a user finds: names at the root, families with the Tab key, old names that warn."""

import ast
import subprocess
import sys
import tomllib
import warnings
from string import Formatter
from types import ModuleType

import pytest

import briefing
from briefing.tables import RenamedWarning, data

RENAMED = data("briefing", "renamed.toml")
FOUND = {name: getattr(briefing, name) for name in briefing.__all__}
FAMILIES = {n: f for n, f in FOUND.items() if isinstance(f, ModuleType) and not callable(f)}
MEASURING = {n: f for n, f in FAMILIES.items() if n not in ("figures", "explore")}


def test_some_eight_names_and_the_families_stand_at_the_root():
    assert len(set(briefing.__all__) - FAMILIES.keys()) <= 11
    assert dir(briefing) == sorted(briefing.__all__)


@pytest.mark.parametrize("name", MEASURING)
def test_a_family_has_six_names_at_most_and_the_tab_key_shows_no_other(name):
    family = MEASURING[name]
    assert 2 <= len(family.__all__) <= 6
    assert dir(family) == sorted(family.__all__)
    assert all(callable(getattr(family, each)) for each in family.__all__)
    assert family.__doc__


def test_the_root_says_what_each_family_answers():
    assert all(f"\n{name} " in briefing.__doc__ for name in FAMILIES)


@pytest.mark.parametrize("package", [briefing, briefing.corpus], ids=["briefing", "corpus"])
def test_type_checkers_see_what_is_loaded(package):
    with open(f"{package.__file__}i", encoding="utf-8") as file:
        tree = ast.parse(file.read())
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    ours = [node for node in imports if node.module.startswith("briefing")]
    assert [node.names[0].name for node in ours] == package.__all__
    for node in ours:
        [alias] = node.names
        assert alias.asname == alias.name
        found = {}
        exec(f"from {node.module} import {alias.name}", found)
        called = alias.name == "parse"  # a package that can be called
        assert called or getattr(package, alias.name) is found[alias.name]


@pytest.mark.parametrize("old", [name for name in RENAMED if name != "options"])
def test_an_old_name_warns_and_is_the_new_one(old):
    place, _, new = RENAMED[old].rpartition(".")
    vars(briefing).pop(old, None)
    with pytest.warns(RenamedWarning, match=f"briefing.{old} is now briefing.{place}.{new}"):
        found = getattr(briefing, old)
    if place in FAMILIES:
        assert found.func is getattr(FAMILIES[place], new)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert getattr(briefing, old) is found  # and says so once


def test_old_twins_ask_for_the_hits():
    vars(briefing).pop("topic_hits", None)
    tokens = briefing.tokenize(briefing.parse("MS. MARLOW: The road is long.").turns)
    with pytest.warns(RenamedWarning, match="with hits=True"):
        hits = briefing.topic_hits(tokens, {"land": ["road"]})
    assert hits["start"].tolist() == [4]


def test_a_user_sees_the_warning():
    code = "import briefing\nbriefing.speaking_share\nbriefing.speaking_share"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.stderr.count("RenamedWarning") == 1


def test_a_name_that_is_not_there_is_an_attribute_error():
    for place in (briefing, briefing.corpus):
        with pytest.raises(AttributeError, match="no attribute 'nothing'"):
            place.nothing  # noqa: B018


def test_every_sentence_of_an_error_is_used_and_is_given_what_it_says(root):
    sentences = tomllib.loads((root / "briefing/errors.toml").read_text(encoding="utf-8"))
    fields = {what: Formatter().parse(said) for what, said in sentences.items()}
    asked = {what: {name for _, name, *_ in parts if name} for what, parts in fields.items()}
    given = {}
    for path in (root / "briefing").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            func = getattr(node, "func", None)
            called = getattr(func, "attr", getattr(func, "id", ""))
            for what in getattr(node, "args", ()) if called in RAISING else ():
                if isinstance(what, ast.Constant) and isinstance(what.value, str):
                    names = {option.arg for option in node.keywords} | RAISING[called]
                    told = asked[what.value] | names - {None} if None in names else names
                    given.setdefault(what.value, []).append(told)  # `**` may hold the others
    assert given.keys() == asked.keys()
    wrong = {
        what: names
        for what, each in given.items()
        for names in each
        if not asked[what] - names == set() == names - asked[what] - WHERE
    }
    assert wrong == {}


def test_no_sentence_of_an_error_is_in_the_code(root):
    found = set()
    for path in (root / "briefing").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if getattr(getattr(node, "func", None), "id", "") == "BriefingError":
                texts = [n.value for n in ast.walk(node) if isinstance(n, ast.Constant)]
                found |= {(path.name, t) for t in texts if isinstance(t, str) and t.count(" ") > 2}
    assert found == set()


WHERE = {None, "file", "at", "source", "line"}  # known of every entry of a corrections file
RAISING = {"of": set(), "error": {"file", "at"}, "_error": WHERE, "once": {*WHERE, "key", "first"}}
RAISING |= {"wrong": {"where", "topic"}}
