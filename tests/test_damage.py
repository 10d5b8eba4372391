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

pytestmark = pytest.mark.slow  # made layouts, each damaged in every way

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


@pytest.fixture(scope="session")
def damaged(tmp_path_factory):
    """From layout, damage and seed: the place of the harm (from 0), before and after."""
    folder = tmp_path_factory.mktemp("damage")

    def read(data, name):
        path = folder / name
        path.write_bytes(data)
        return briefing.read(path)

    @cache
    def unharmed(layout, seed):
        page = labelled(layout, seed)
        return page, read(page.data, f"{LAYOUTS.index(layout)}{page.suffix}")

    @cache
    def harm(layout, damage, seed, only=None):
        (page, before), rng = unharmed(layout, seed), random.Random(f"{layout} {damage} {seed}")
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
        return at, before, read(worse, name)

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


def unchanged_elsewhere(at, before, after) -> bool:
    """The turns away from the damage are as they were."""
    before, after = shown(before), shown(after)
    rest = len(before) - at - 2
    same = after[: at - 1] == before[: at - 1]
    same &= [turn[:-1] for turn in after[-rest:]] == [turn[:-1] for turn in before[-rest:]]
    return same and len(before) - 2 <= len(after) <= len(before) + 1


def same_links(at, before, after) -> bool:
    before, after = shown(before), shown(after)
    rest = range(1, min(len(before) - at - 1, len(after)))
    beyond = [k for k in rest if before[-k][-1] is not None and before[-k][-1] + k < max(rest)]
    return [after[-k][-1] for k in beyond] == [before[-k][-1] for k in beyond]


def no_word_lost(at, before, after) -> bool:
    near = " ".join(turn[0] for turn in shown(after)[at - 1 : at + 3])
    return all(turn[0] in near for turn in shown(before)[at - 1 : at + 1])


def found_or_named(at, before, after) -> bool:
    """The turn is found all the same, or the report names its line, or the reading is doubted."""
    turn = shown(before)[at]
    found = turn[:3] in [found[:3] for found in shown(after)]
    return found or named(before, after, turn[0]) or after.status == "doubtful"


# What holds in how many of the cases at least. The reader judges a document as a whole, so that
# one label can change another; how often it may is what was reached when the weights were made.
HOLDS = {unchanged_elsewhere: 0.85, same_links: 0.97, no_word_lost: 0.95, found_or_named: 0.85}


@pytest.mark.parametrize("what", HOLDS, ids=lambda what: what.__name__)
def test_what_holds_after_one_label_is_damaged(damaged, what):
    cases = SEEN if what is found_or_named else CASES
    bad = [case for case in cases if not what(*damaged(*case))]
    assert len(bad) <= (1 - HOLDS[what]) * len(cases), bad


@pytest.mark.xfail(reason="four in ten are added to the turn before, and nobody told", strict=True)
def test_a_question_that_lost_its_label_is_marked_or_reported(damaged):
    """Where every question has a label, one without is a question all the same."""
    bad = []
    for layout, seed in product(("inline upper", "question word"), range(100, 106)):
        at, before, after = damaged(layout, "dropped", seed, only="question")
        text = shown(before)[at][0]
        marked = [t for t in shown(after) if t[0] == text and t[5]]
        if not marked and not named(before, after, text):
            bad.append((layout, seed))
    assert len(bad) <= 1, bad


def named(before, after, text: str) -> bool:
    """Whether the report says something new about the lines where `text` begins."""
    lines = after.lines
    holds = lines["text"].map(lambda t: level(t).find(text[:60]) >= 0)
    near = {n - back for n in lines.loc[holds, "line"] for back in range(5)}
    old = set(str(before.report).splitlines())
    new = [line.strip() for line in str(after.report).splitlines() if line not in old]
    return any(line.startswith(f"line {n}:") for line in new for n in near)
