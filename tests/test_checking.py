"""check(): right, wrong, a hint; answers that mean the same; nothing given away."""

import pytest

from briefing.course import check, lesson
from briefing.course.lesson import OPEN, WRONG, seal
from briefing.tables import BriefingError


@pytest.fixture(autouse=True)
def answers(monkeypatch):
    known = {
        "word": {"right": [seal("word", "Ida Marlow")], "hints": {seal("word", "Cy"): "Look up."}},
        "whole": {"right": [seal("whole", 12)]},
        "share": {"right": [seal("share", 331)], "step": 0.001},
        "several": {"right": [seal("several", [16, 18])]},
    }
    monkeypatch.setattr(lesson, "data", lambda package, file: known)


@pytest.mark.parametrize(
    "exercise, answer",
    [
        ("word", "Ida Marlow"), ("word", " ida  MARLOW "), ("whole", 12), ("whole", 12.0),
        ("whole", "12"), ("share", 0.331), ("share", 0.33112), ("share", 0.3305),
        ("several", {18, 16}), ("several", [16, 18, 18]), ("several", (18, 16)),
        ("word", "Ms. Marlow."), ("word", "“Marlow”"), ("whole", "turn 12"), ("whole", ["12.0"]),
        ("share", "0,331"), ("share", [0.331]), ("several", "16 and 18"), ("several", "18, 16"),
    ],
)  # fmt: skip
def test_what_means_the_same_is_right(exercise, answer):
    assert check(exercise, answer).right


@pytest.mark.parametrize(
    "exercise, answer",
    [
        ("word", "Ida"), ("word", 1), ("whole", 13), ("whole", 12.4), ("share", 0.3333),
        ("share", 0.329), ("share", "0.329"), ("several", [16]), ("several", 16),
        ("word", None), ("word", {"a": 1}), ("word", ""), ("word", "Ida Marlow, Cy"),
        ("whole", True), ("whole", "12 of 30"), ("share", 0.34), ("several", "16 and 19"),
    ],
)  # fmt: skip
def test_what_is_not_is_wrong_and_no_error(exercise, answer):
    verdict = check(exercise, answer)
    assert verdict.right is False
    assert str(verdict) == WRONG


def test_a_usual_wrong_answer_gets_its_hint_and_a_percentage_too():
    assert str(check("word", "cy")) == "Not yet. Look up."
    assert "percentage" in str(check("share", 33.1))
    assert "percentage" in str(check("share", "33,1 percent"))


@pytest.mark.parametrize("answer", [..., [..., 18]])
def test_no_answer_yet_is_said_to_be_none(answer):
    assert str(check("several", answer)) == OPEN


def test_an_exercise_that_is_not_there_is_named():
    with pytest.raises(BriefingError, match="no exercise '9.9'"):
        check("9.9", 1)


def test_a_verdict_is_read_out_and_has_no_markup_of_a_hint():
    html = lesson.Verdict(False, "a < b")._repr_html_()
    assert 'role="status"' in html
    assert "a &lt; b" in html
