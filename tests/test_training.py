"""What the weights are learnt from is what the gold says: of signs, numbers and names alike."""

from __future__ import annotations

import importlib
from pathlib import Path

import pytest

TRAINING = Path(__file__).parent / "training"
SIGNS = """#: lang: en
Live captions

⟨>> MARLOW:⟩ ⟦Marlow|official|⟧The ferry sails again in May.⟦⟧
⟨>>⟩ ⟦|journalist|⟧And who paid for it?⟦⟧
⟨>> MARLOW:⟩ ⟦Marlow|official|2⟧We did. Did you ask?⟦⟧⟨---⟩⟦|journalist|⟧I did.⟦⟧
⟨>>⟩ ⟦|journalist|⟧Will it last?⟦⟧
"""
NUMBERS = """#: lang: en
Answers from the harbour office

1. ⟦|journalist|⟧When does the ferry sail?⟦⟧

⟦Marlow|official|1⟧In May, and in 2 weeks if the wind allows it.⟦⟧

(2) ⟦|journalist|⟧Who paid for it?⟦⟧

⟦Marlow|official|3⟧The city did.

3. That is all there was.⟦⟧
"""


@pytest.fixture
def framed(monkeypatch):
    monkeypatch.syspath_prepend(str(TRAINING))
    return importlib.import_module("excerpts").framed


@pytest.fixture
def gold(tmp_path, monkeypatch):
    """The gold of a marked text, with the modules that learn from it."""
    monkeypatch.syspath_prepend(str(TRAINING))
    modules = [importlib.import_module(name) for name in ("written", "labels", "blocks")]

    def make(text: str):
        (tmp_path / "talk.txt.marked").write_text(text, encoding="utf-8")
        monkeypatch.setattr(modules[0], "MARKED", tmp_path)
        return modules[0].written(tmp_path / "out")[0], *modules[1:]

    return make


def test_a_mere_sign_is_a_label_where_the_gold_says_so(gold):
    talk, labels, _ = gold(SIGNS)
    learnt = labels.example(talk, 1.0)
    true = [c.label for c, so in zip(learnt.doc.candidates, learnt.truth, strict=True) if so]
    assert true == ["MARLOW", ">>", "MARLOW", "---", ">>"]


def test_a_question_begins_behind_the_number_that_the_page_gives_it(gold):
    talk, labels, blocks = gold(NUMBERS)
    page = labels.see_page(talk.source.lines)
    seen = blocks.see_blocks(page, blocks.Layout((), ()))
    speech, begins = blocks.block_truth(talk, page, seen)
    assert [(b.text[:8], s, n) for b, s, n in zip(seen, speech, begins, strict=True)] == [
        ("Answers ", 0, 0),
        ("1. When ", 1, 1),
        ("In May, ", 1, 1),
        ("(2) Who ", 1, 1),
        ("The city", 1, 1),
        ("3. That ", 1, 0),
    ]


@pytest.mark.parametrize("seed", range(4))
def test_what_stands_around_a_transcript_is_no_part_of_a_turn(gold, framed, seed):
    talk, labels, _ = gold(SIGNS)
    (page,) = framed(talk, seed)
    assert len(page.source.lines) > len(talk.source.lines) + 2
    gold_of = importlib.import_module("gold")
    said = [gold_of.between(page.source, t.begin, t.end) for t in page.turns]
    assert said == [t.text for t in talk.turns]
    kept = labels.example(page, 1.0)
    assert kept.starts == {t.begin for t in page.turns if t.label}
