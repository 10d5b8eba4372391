"""One damaged label: the turns further off are as they were, and the report says where."""

from __future__ import annotations

import random
from functools import cache
from itertools import product

import pandas as pd
import pytest

import briefing
from made import level, make
from made.damage import DAMAGES, find_labels

LAYOUTS = (
    "label alone",
    "inline upper",
    "question word",
    "name (organisation)",
    "html, strong",
    "markdown, bold",
)
SEEDS = range(100, 103)
NO_SENSE = {("html, strong", "glued"), ("markdown, bold", "glued")}  # bold type starts anew
CASES = [c for c in product(LAYOUTS, DAMAGES, SEEDS) if c[:2] not in NO_SENSE]

SEEN = [case for case in CASES if case[1] != "dropped"]  # no label can go without a trace

each_damage = pytest.mark.parametrize(("layout", "damage", "seed"), CASES)


@pytest.fixture(scope="session")
def damaged(tmp_path_factory):
    """From layout, damage and seed: the place of the harm (from 0), before and after."""
    folder = tmp_path_factory.mktemp("damage")

    def read(data, name):
        path = folder / name
        path.write_bytes(data)
        return briefing.read(path)

    @cache
    def harm(layout, damage, seed, only=None):
        page, rng = labelled(layout, seed), random.Random(f"{layout} {damage} {seed}")
        turns = range(3, len(page.turns) - 3)
        fit = [i for i in turns if page.turns[i].kind in {only or "answer", "question"}]
        if only:  # of two questions in a row without labels nobody could tell
            fit = [i for i in fit if page.turns[i - 1].kind != only]
        if damage == "misspelt":
            fit = [i for i in fit if len(page.turns[i].label) > 5]
        at = rng.choice(fit)
        text = page.data.decode()
        worse = DAMAGES[damage](text, find_labels(page)[at], rng).encode()
        name = f"{LAYOUTS.index(layout)}{page.suffix}"
        return at, read(page.data, name), read(worse, name)

    return harm


def labelled(layout, seed):
    """A page on which every turn has its label."""
    pages = (make(layout, n) for n in range(seed * 50, seed * 50 + 50))
    return next(p for p in pages if not any(turn.inferred for turn in p.turns))


def shown(transcript):
    """What is compared of each turn; an answer's question as how far back it stands."""
    turns = transcript.turns
    back = (turns["turn_id"] - turns["answers"]).astype("Int64")
    columns = ["speaker", "role", "organisation", "label", "inferred"]
    return [
        (level(text), *(None if pd.isna(v) else v for v in row), None if pd.isna(b) else b)
        for text, row, b in zip(
            turns["text"], turns[columns].itertuples(index=False), back, strict=True
        )
    ]


@each_damage
def test_turns_away_from_the_damage_are_unchanged(damaged, layout, damage, seed):
    at, before, after = damaged(layout, damage, seed)
    before, after = shown(before), shown(after)
    rest = len(before) - at - 2

    assert after[: at - 1] == before[: at - 1]
    assert [turn[:-1] for turn in after[-rest:]] == [turn[:-1] for turn in before[-rest:]]
    assert len(before) - 2 <= len(after) <= len(before) + 1


@each_damage
def test_links_further_on_are_unchanged(damaged, layout, damage, seed):
    at, before, after = damaged(layout, damage, seed)
    before, after = shown(before), shown(after)
    rest = range(1, len(before) - at - 1)
    beyond = [k for k in rest if before[-k][-1] is not None and before[-k][-1] + k < max(rest)]
    assert [after[-k][-1] for k in beyond] == [before[-k][-1] for k in beyond]


@each_damage
def test_no_word_of_the_damaged_turns_is_lost(damaged, layout, damage, seed):
    at, before, after = damaged(layout, damage, seed)
    near = " ".join(turn[0] for turn in shown(after)[at - 1 : at + 3])
    for turn in shown(before)[at - 1 : at + 1]:
        assert turn[0] in near


@pytest.mark.parametrize(("layout", "damage", "seed"), SEEN)
def test_the_turn_is_found_all_the_same_or_the_report_names_the_line(damaged, layout, damage, seed):
    at, before, after = damaged(layout, damage, seed)
    turn = shown(before)[at]
    assert turn[:3] in [found[:3] for found in shown(after)] or named(before, after, turn[0])


@pytest.mark.parametrize("seed", range(100, 106))
@pytest.mark.parametrize("layout", ["inline upper", "question word"])
def test_a_question_that_lost_its_label_is_marked_or_reported(damaged, layout, seed):
    """Where every question has a label, one without is a question all the same."""
    at, before, after = damaged(layout, "dropped", seed, only="question")
    turn = shown(before)[at]
    marked = [t for t in shown(after) if t[0] == turn[0] and t[5]]
    assert marked or named(before, after, turn[0])


def named(before, after, text: str) -> bool:
    """Whether the report says something new about the lines where `text` begins."""
    lines = after.lines
    holds = lines["text"].map(lambda t: level(t).find(text[:60]) >= 0)
    near = {n - back for n in lines.loc[holds, "line"] for back in range(5)}
    old = set(str(before.report).splitlines())
    new = [line.strip() for line in str(after.report).splitlines() if line not in old]
    return any(line.startswith(f"line {n}:") for line in new for n in near)
