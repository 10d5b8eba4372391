"""The report makes its sentences of data: every kind of remark and reason has one."""

import ast

import pytest

from briefing.display import (
    forms,
    link_reasons,
    other_words,
    refusal,
    remark_words,
    role_reasons,
    wording,
)
from briefing.parse import answers, roles
from briefing.parse.values import Other, Reading, Remark, Turn, Why
from briefing.transcript import parse

TALK = "MS. MARLOW: Good morning. I will take your questions.\n\nQ: When?\n\nMS. MARLOW: In May.\n"


def made(root, name):
    """The kinds of the values that the parser makes by the function `name`."""
    trees = [ast.parse(p.read_text("utf-8")) for p in (root / "briefing/parse").glob("*.py")]
    calls = [n for tree in trees for n in ast.walk(tree) if isinstance(n, ast.Call)]
    named = [c for c in calls if isinstance(c.func, ast.Name) and c.func.id == name and c.args]
    return {c.args[0].value for c in named if isinstance(c.args[0], ast.Constant)}


def test_every_kind_of_remark_has_a_sentence(root):
    kinds = made(root, "Remark")
    assert len(kinds) > 4
    assert kinds <= wording()["remarks"].keys()


def test_every_way_to_find_a_turn_without_a_label_has_a_sentence(root):
    tree = ast.parse((root / "briefing/parse/turns.py").read_text("utf-8"))
    found = next(n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "_found")
    given = [part for n in ast.walk(found) if isinstance(n, ast.Return) for part in ast.walk(n)]
    ways = {part.value for part in given if isinstance(part, ast.Constant)}
    assert {"asks", "no change of speaker is marked"} < ways | made(root, "Why")
    assert ways <= wording()["found"].keys()


@pytest.mark.parametrize("not_", ["", "not "])
def test_every_reason_for_a_role_or_a_link_has_words(not_):
    talk = parse(TALK)
    features = {*roles.features(roles.scene(talk.reading.turns))[0], *roles.NEIGHBOURS}
    for name in features:
        said = role_reasons(Turn("Q", (), 0, role_why=(Why(f"{not_}{name}", 0),)))
        assert said and "_" not in said and "{" not in said
    for name in answers.FEATURES:
        said = link_reasons(Turn("Q", (), 0, answers_why=(Why(f"{not_}{name}", 0),)))
        assert said and "_" not in said


def test_a_reason_that_is_lacking_is_said_as_such():
    turn = Turn("ROON", (), 0, role_why=(Why("not label_office", 0, "ROON"), Why("asks", 0)))
    assert role_reasons(turn) == "the label has no office in it: 'ROON'; asks in most turns"


def test_a_remark_of_an_unknown_kind_is_shown_as_it_is():
    assert remark_words(Remark("two pages", 3, "1 and 2")) == "two pages: 1 and 2"


def test_labels_on_lines_of_their_own_are_said_to_be():
    talk = parse(TALK.replace(": ", ":\n"))
    assert forms(talk.reading).startswith("labels")
    assert forms(talk.reading).endswith("on a line of their own")
    assert forms(parse(TALK).reading) == "labels with a colon"


def test_another_reading_comes_with_what_to_type():
    said = other_words(Other("bracket", '["Ida"]', 1, 2, 0.2))
    assert said == "labels in brackets, 1 turn by 2 labels: --label '[\"Ida\"]'"


def test_a_refusal_says_what_was_seen_and_what_came_next():
    nothing = refusal(Reading((), (), others=(Other("stop", "Roon.", 4, 2, 0.2),)), "talk.txt")
    assert nothing.startswith("talk.txt: no turn found")
    assert '--label "Roon."' in nothing and "4 turns by 2 labels" in nothing


def test_links_are_listed_with_their_reasons_and_lines():
    links = parse(TALK).report.links
    assert [link.line for link in links] == [5]
    assert links[0].what == "turn 3 comes in answer to turn 2 (line 3)"
    assert links[0].why
