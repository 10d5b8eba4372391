"""Pairs of adjacent words: counted in turns only, scored as nltk scores them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError
from build import words_of as words

trials = settings(max_examples=15, deadline=None, derandomize=True)
COLUMNS = "first second n n_first n_second expected log_dice g2".split()


def pairs(table):
    """How often each pair is there."""
    return {(row.first, row.second): row.n for row in table.itertuples()}


talks = st.lists(st.text("abc. ", max_size=25), min_size=1, max_size=4)


@trials
@given(talks)
def test_every_two_words_side_by_side_in_a_turn_are_a_pair_and_no_others(texts):
    tokens, expected = words(*texts), {}
    for _, turn in tokens.groupby("turn_id")["token"]:
        for pair in zip(turn[:-1], turn[1:], strict=True):
            expected[pair] = expected.get(pair, 0) + 1

    table = briefing.context.bigrams(tokens, min_count=1)
    assert pairs(table) == expected
    assert table.attrs["n_pairs"] == sum(expected.values())
    assert [*table] == COLUMNS


def test_a_pair_crosses_a_sentence_but_never_a_turn_nor_a_gap():
    tokens = words("fish. Quay boats", "sails")
    assert set(pairs(briefing.context.bigrams(tokens, min_count=1))) == {
        ("fish", "quay"),
        ("quay", "boats"),
    }
    assert briefing.context.bigrams(tokens.query("token != 'quay'"), min_count=1).empty


def test_scores_are_those_of_nltk_for_the_same_counts():
    from nltk.metrics import BigramAssocMeasures  # takes a second, which other tests need not wait

    table = briefing.context.bigrams(
        words("the old quay and the new quay of the old town", "an old quay"), min_count=1
    )
    n_pairs = table.attrs["n_pairs"]
    for row in table.itertuples():
        counts = row.n, (row.n_first, row.n_second), n_pairs
        assert row.g2 == pytest.approx(BigramAssocMeasures.likelihood_ratio(*counts), abs=1e-6)
        assert row.log_dice == pytest.approx(14 + np.log2(BigramAssocMeasures.dice(*counts)))
        assert row.expected == pytest.approx(row.n_first * row.n_second / n_pairs)


def test_in_a_ring_of_words_the_scores_are_those_of_nltks_finder():
    """Where every word begins a pair and ends one, pairs and words have the same counts."""
    from nltk.collocations import BigramCollocationFinder
    from nltk.metrics import BigramAssocMeasures

    said = "the old quay and the new quay of the old town and".split() * 3
    ring = [*said, said[0]]
    finder = BigramCollocationFinder.from_words(ring)
    finder.word_fd[said[0]] -= 1  # the word that closes the ring is there already
    finder.N -= 1
    scored = dict(finder.score_ngrams(BigramAssocMeasures.likelihood_ratio))

    table = briefing.context.bigrams(words(" ".join(ring)), min_count=1)
    assert {(row.first, row.second): row.g2 for row in table.itertuples()} == pytest.approx(
        scored, abs=1e-5
    )


def test_ranked_by_g2_and_what_is_rarer_than_chance_comes_last():
    table = briefing.context.bigrams(words("a a a a a b b b b b c d c d a b"), min_count=1)
    below = table["n"] < table["expected"]
    signed = table["g2"].where(~below, -table["g2"])
    assert below.any() and signed.is_monotonic_decreasing
    assert (table["g2"] >= 0).all()


@trials
@given(talks, st.integers(1, 3))
def test_rare_pairs_are_left_out_and_change_no_other(texts, least):
    every, some = (
        briefing.context.bigrams(words(*texts), min_count=1),
        briefing.context.bigrams(words(*texts), min_count=least),
    )
    assert_frame_equal(some, every[every["n"] >= least].reset_index(drop=True))


@trials
@given(talks, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_how_they_are_stored_change_nothing(texts, random):
    tokens = words(*texts)
    rows = [*range(len(tokens))]
    random.shuffle(rows)
    stored = tokens.iloc[rows].astype({"token": "object", "briefing_id": "category"})
    assert_frame_equal(
        briefing.context.bigrams(stored, min_count=1), briefing.context.bigrams(tokens, min_count=1)
    )


def test_a_lean_table_will_do_and_no_words_give_no_pairs():
    tokens = words("the old quay", "the old town")
    lean = tokens[["briefing_id", "turn_id", "position", "token"]]
    assert_frame_equal(
        briefing.context.bigrams(lean, min_count=1), briefing.context.bigrams(tokens, min_count=1)
    )
    assert [*briefing.context.bigrams(lean.iloc[:0])] == COLUMNS
    assert briefing.context.bigrams(lean.iloc[:1], min_count=1).empty


def test_all_pairs_alike_leave_nothing_to_compare():
    table = briefing.context.bigrams(words("no no no"), min_count=1)
    assert pairs(table) == {("no", "no"): 2}
    assert table["g2"].isna().all()


def test_what_cannot_be_counted_is_refused():
    with pytest.raises(BriefingError, match="min_count=0"):
        briefing.context.bigrams(words("a b"), min_count=0)
    with pytest.raises(BriefingError, match="lacks position"):
        briefing.context.bigrams(words("a b").drop(columns="position"))
