"""Words as integer codes: token for token and offset for offset what the plain rule says."""

from unicodedata import category

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing
from briefing.words import tokens as codes
from briefing.words.boundaries import find_words, fold
from briefing.words.tokens import encode
from made.plain_words import ANYTHING, SIGNED, plain_words


def found(texts):
    """What `encode` finds: number of the text, start, stop and form of each word."""
    words = encode(texts)
    forms = [words.forms[code] for code in words.code]
    text = np.arange(len(texts)).repeat(words.n)
    return list(zip(text.tolist(), words.start.tolist(), words.stop.tolist(), forms, strict=True))


def plainly(texts, rule=plain_words):
    return [(i, a, b, fold(text[a:b])) for i, text in enumerate(texts) for a, b in rule(text)]


TEXTS = st.lists(st.one_of(SIGNED, ANYTHING), max_size=6)


@settings(max_examples=200)
@given(TEXTS)
def test_agrees_with_the_plain_reading(texts):
    assert found(texts) == plainly(texts)


@pytest.mark.parametrize("name, size", [("BLOCK", 1), ("BLOCK", 7), ("BLOCK", 64), ("BATCH", 2)])
def test_agrees_at_the_borders_of_blocks_and_batches(monkeypatch, name, size):
    monkeypatch.setattr(codes, name, size)

    @settings(max_examples=60)
    @given(TEXTS)
    def agrees(texts):
        assert found(texts) == plainly(texts)

    agrees()


@settings(max_examples=60)
@given(st.lists(st.text(st.characters(exclude_categories=[]), max_size=30), max_size=4))
def test_agrees_on_every_character_of_unicode_surrogates_too(texts):
    assert found(texts) == plainly(texts)


@pytest.mark.whole
def test_agrees_on_every_letter_mark_dash_quote_and_space():
    alike = "Cn", "Co", "Lo"  # a million of them, of which one in a hundred will do
    points = [c for c in range(0x110000) if c % 101 == 0 or category(chr(c)) not in alike]
    inside = [f"a{chr(c)}b {chr(c)}1{chr(c)}2. {chr(c)}" for c in points]
    texts = [" ".join(inside[i : i + 4096]) for i in range(0, len(inside), 4096)]
    assert found(texts) == plainly(texts, find_words)


def test_agrees_where_all_pieces_want_the_same_few_slots(monkeypatch, root):
    monkeypatch.setattr(codes, "SLOTS", 3)
    texts = briefing.read(root / "data/lanmere-ring-2024.txt").turns["text"].tolist()
    assert found(texts) == plainly(texts)


def test_pieces_that_begin_alike_are_kept_apart():
    stem = "abcdefghijklmnop"
    texts = [" ".join([stem[:7], stem[:8], stem[:9], stem[:15], stem, stem + "q", stem + "r"] * 2)]
    assert found(texts) == plainly(texts)
    assert len(encode(texts).forms) == 7


def test_a_form_met_inside_a_piece_and_one_met_alone_are_the_same(monkeypatch):
    monkeypatch.setattr(codes, "BLOCK", 1)  # what was learnt in one text is known in the next
    texts = ["'quay' 'cafés'", "quay cafés", "ﬃ.a", "ﬃ.a ffi.a", "ffi.a"]
    assert found(texts) == plainly(texts)
    assert len({*encode(texts).forms}) == len(encode(texts).forms)


def test_texts_may_come_one_by_one():
    assert encode(text for text in ("The quay.", "A quay.")).forms == ["the", "quay", "a"]


def test_agrees_on_the_samples(root):
    for path in sorted((root / "data").glob("lanmere-*")):
        if path.suffix in (".txt", ".html", ".vtt"):
            texts = briefing.read(path).turns["text"].tolist()
            assert found(texts) == plainly(texts)


def test_agrees_on_every_real_transcript(shared):
    files = [p for p in sorted(shared.glob("*/*")) if p.suffix in (".txt", ".md", ".html", ".srt")]
    assert len(files) > 15
    for path in files:
        texts = [path.read_text("utf-8", errors="replace")]
        assert found(texts) == plainly(texts), path.name


def test_the_forms_come_as_they_appear():
    words = encode(["The cable, the CABLE: cables?", "", "A cable."])
    assert words.forms == ["the", "cable", "cables", "a"]
    assert words.code.tolist() == [0, 1, 0, 1, 2, 3, 1]
    assert words.n.tolist() == [5, 0, 2]


@settings(max_examples=60)
@given(TEXTS)
def test_no_form_is_there_twice_or_for_nothing(texts):
    words = encode(texts)
    assert len({*words.forms}) == len(words.forms) == len({*words.code.tolist()})


@pytest.mark.parametrize("texts", [[], [""], ["", " \n"], ["...", "—"]])
def test_nothing_has_no_words(texts):
    words = encode(texts)
    assert len(words.code) == words.n.sum() == len(words.start) == len(words.forms) == 0
    assert words.code.dtype == np.int32
