"""Measures work on numbers: how a table is stored, and in which order, changes no result."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing import tokenize
from briefing.words.groups import in_order, number_groups, numbers, tally
from briefing.words.search import following, turn_numbers

pytestmark = pytest.mark.whole

trials = settings(max_examples=6, deadline=None, derandomize=True)
SAID = st.tuples(
    st.sampled_from(["b", "a", "10", "9"]),
    st.sampled_from(["Ida Marlow", "Cy Dunlin", "Jo Petrel", None]),
    st.sampled_from(["official", "journalist"]),
    st.lists(st.sampled_from(["the", "quay", "old.", "is", "ferry"]), max_size=9).map(" ".join),
)
talks = st.lists(SAID, min_size=2, max_size=12).map(
    lambda said: pd.DataFrame(said, columns=["briefing_id", "speaker", "role", "text"])
)
MEASURES = {
    "keyness": lambda turns, tokens: briefing.keywords.keyness(
        *(tokens[tokens["role"] == role] for role in ("official", "journalist")), min_count=1
    ),
    "themes": lambda turns, tokens: briefing.keywords.of_each(tokens, min_count=1),
    "concordance": lambda turns, tokens: briefing.context.concordance(turns, "quay", tokens=tokens),
    "phrase": lambda turns, tokens: briefing.context.concordance(turns, "the quay", tokens=tokens),
    "collocates": lambda turns, tokens: briefing.context.collocates(
        tokens, "quay", min_count=1, min_turns=1
    ),
    "bigrams": lambda turns, tokens: briefing.context.bigrams(tokens, min_count=1),
    "dispersion": lambda turns, tokens: briefing.context.dispersion(tokens, min_count=1),
    "common words": lambda turns, tokens: briefing.lexis.common(tokens, min_count=1),
    "word counts": lambda turns, tokens: briefing.lexis.counts(tokens),
}
COLUMNS = ["briefing_id", "speaker", "role", "token"]


def keyed(turns):
    """The turns in order, with their numbers."""
    turns = turns.sort_values("briefing_id", kind="stable", ignore_index=True)
    return turns.assign(turn_id=turns.groupby("briefing_id").cumcount() + 1)


def outcome(measure, turns, tokens):
    """The table, its categories as plain values, or the error."""
    try:
        table = MEASURES[measure](turns, tokens)
    except briefing.BriefingError as error:
        return str(error)
    for column in table.select_dtypes(["category", "object", "str"]):
        plain = table[column].astype("object")
        table[column] = plain.where(plain.notna(), None)
    return table


def assert_same(one, other):
    assert type(one) is type(other)
    if isinstance(one, str):
        assert one == other
    else:
        assert_frame_equal(one, other)
        assert repr(one.attrs) == repr(other.attrs)  # NaN is equal to NaN


@pytest.mark.parametrize("measure", MEASURES)
@trials
@given(talks)
def test_text_categories_and_numbers_of_32_bits_give_the_same(measure, turns):
    turns = keyed(turns)
    tokens = tokenize(turns)
    expected = outcome(measure, turns, tokens)
    for kind in ("category", "object"):
        stored = turns.astype({"briefing_id": kind, "speaker": kind, "role": kind})
        assert_same(outcome(measure, stored, tokens.astype(dict.fromkeys(COLUMNS, kind))), expected)
    short = tokens.astype(dict.fromkeys(["turn_id", "position", "start", "stop"], "int32"))
    got = outcome(measure, turns, short)
    if isinstance(got, pd.DataFrame):
        got = got.astype(expected.dtypes.to_dict())
    assert_same(got, expected)


@pytest.mark.parametrize("measure", ["keyness", "collocates", "bigrams", "word counts"])
@trials
@given(talks, st.randoms(use_true_random=False))
def test_the_order_of_rows_changes_nothing(measure, turns, random):
    turns = keyed(turns)
    tokens = tokenize(turns)
    rows = [*range(len(tokens))]
    random.shuffle(rows)
    expected = outcome(measure, turns, tokens)
    if measure == "keyness" and isinstance(expected, str):
        return
    assert_same(outcome(measure, turns, tokens.iloc[rows]), expected)


def test_collocates_need_no_sentences_but_for_a_phrase():
    tokens = tokenize(pd.DataFrame({"text": ["the old quay. the new quay"] * 3}))
    lean = tokens.drop(columns=["sentence_id", "role", "start", "stop"])
    assert_frame_equal(
        briefing.context.collocates(lean, "quay"), briefing.context.collocates(tokens, "quay")
    )
    with pytest.raises(briefing.BriefingError, match="lacks sentence_id"):
        briefing.context.collocates(lean, "old quay")


# What they stand on


@trials
@given(st.lists(st.tuples(st.sampled_from("ab"), st.sampled_from([1, 2, None])), max_size=12))
def test_groups_are_numbered_as_pandas_numbers_them(rows):
    table = pd.DataFrame(rows, columns=["briefing_id", "turn_id"]).astype({"turn_id": "Int64"})
    groups = table.groupby(["briefing_id", "turn_id"], sort=False, dropna=False)
    assert numbers(table, "briefing_id", "turn_id").tolist() == groups.ngroup().tolist()

    [stretches], named = number_groups([table], "briefing_id", "turn_id")
    ordered = table.groupby(["briefing_id", "turn_id"], sort=True, dropna=False)
    assert stretches.rows().tolist() == ordered.ngroup().tolist()
    assert_frame_equal(named.iloc[stretches.rows()].reset_index(drop=True), table)


def test_a_turn_that_comes_back_keeps_its_number():
    table = pd.DataFrame({"briefing_id": "a", "turn_id": [1, 1, 2, 1], "position": [0, 1, 0, 2]})
    assert turn_numbers(table).tolist() == [0, 0, 1, 0]
    assert following(table).tolist() == [False, True, False, False]
    assert following(in_order(table)).tolist() == [False, True, True, False]


def test_a_long_column_is_counted_in_stretches_as_at_once():
    codes = np.random.default_rng(1).integers(-1, 5, 700_000).astype(np.int8)
    assert tally(codes, 5).tolist() == np.bincount(codes[codes >= 0], minlength=5).tolist()
    assert tally(codes[:0], 3).tolist() == [0, 0, 0]
