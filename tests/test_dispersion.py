import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError
from briefing.measures.context import arf_each, deviations, dispersion
from build import words_of as words

trials = settings(max_examples=25, deadline=None, derandomize=True)
COLUMNS = "token n range n_parts share_range dp dp_norm why arf".split()
GRIES = [1, 2, 3, 4, 5], [9, 10, 10, 10, 11]  # the worked example of Gries 2008


def spread(tokens, **options):
    """The dispersion of every word, by word."""
    return dispersion(tokens, **{"min_count": 1, **options}).set_index("token")


parts = st.lists(
    st.integers(1, 50).flatmap(lambda size: st.tuples(st.integers(0, size), st.just(size))),
    min_size=2,
    max_size=9,
).filter(lambda rows: sum(count for count, _ in rows) > 0)
talks = st.lists(st.sampled_from("aaabbc"), min_size=30, max_size=90).map(
    lambda said: words(*[" ".join(said[i : i + 11]) for i in range(0, len(said), 11)])
)


def dp(counts, sizes):
    """The textbook formula: half of what all parts are above or below their share."""
    counts, sizes = np.array(counts), np.array(sizes)
    return np.abs(counts / counts.sum() - sizes / sizes.sum()).sum() / 2


def found(counts, sizes):
    """Range and DP of one word that parts of these sizes hold so often."""
    part = np.repeat(np.arange(len(counts)), counts)
    (held,), (value,) = deviations(np.zeros(len(part), int), part, np.array(sizes), 1)
    return held, value


def arf(places, n):
    return arf_each(np.zeros(len(places), int), np.array(places, int), n, 1)[0]


def test_the_worked_example_of_gries_comes_out():
    assert found(*GRIES) == (5, pytest.approx(0.18))


def test_average_reduced_frequency_counts_a_cluster_as_little_more_than_one():
    assert np.isnan(arf([], 10))
    assert arf([3], 50) == 1
    assert arf([0, 10, 20, 30, 40], 50) == 5
    assert arf([10, 11, 12, 13, 14], 50) == pytest.approx((4 * 1 + 10) / 10)
    assert arf([0, 49], 50) == pytest.approx((1 + 25) / 25)  # a ring: the last meets the first


def test_the_reduced_frequency_in_the_example_of_gries_comes_out():
    places = [1, 11, 13, 22, 24, 29, 31, 34, 37, 38, 41, 43, 44, 47, 49]
    assert arf(places, 50) == pytest.approx(10.8)
    assert arf(places[::-1], 50) == arf(places, 50)


@trials
@given(parts)
def test_dp_is_what_the_formula_says_and_lies_between_even_and_its_maximum(rows):
    counts, sizes = map(list, zip(*rows, strict=True))
    held, value = found(counts, sizes)
    assert held == sum(count > 0 for count in counts)
    assert value == pytest.approx(dp(counts, sizes))
    assert -1e-12 <= value <= 1 - min(sizes) / sum(sizes) + 1e-12


@trials
@given(st.sets(st.integers(0, 59), min_size=1), st.integers(0, 59))
def test_turning_the_ring_changes_no_reduced_frequency(places, turn):
    turned = [(place + turn) % 60 for place in places]
    assert arf(turned, 60) == pytest.approx(arf([*places], 60))
    assert 1 - 1e-12 <= arf([*places], 60) <= len(places) + 1e-12


def test_the_table_has_the_columns_documented_and_the_most_frequent_first():
    table = dispersion(words("b a b a b a b a c b a b c"), block_words=4)
    assert [*table] == COLUMNS
    assert table[["token", "n"]].to_numpy().tolist() == [["b", 6], ["a", 5]]
    about = table.attrs
    assert (about["by"], about["block_words"], about["min_count"]) == ("block", 4, 5)
    assert about["direction"] == "0 = even"
    assert (about["n_parts"], about["n_words"]) == (3, 13)
    assert (about["min_part_words"], about["max_part_words"]) == (4, 5)


@trials
@given(talks, st.sampled_from(["block", "turn"]), st.integers(5, 20))
def test_the_table_says_what_the_textbook_formula_says_of_each_word(tokens, by, block_words):
    table = spread(tokens, by=by, block_words=block_words)
    said = tokens["token"].astype("str").tolist()
    k = table["n_parts"].iloc[0]
    cuts = [said[a:b] for a, b in zip(*edges(tokens, by, k), strict=True)]

    assert sum(map(len, cuts)) == len(said)
    for word, row in table.iterrows():
        counts, sizes = [cut.count(word) for cut in cuts], [len(cut) for cut in cuts]
        assert (row["n"], row["range"]) == (sum(counts), sum(n > 0 for n in counts))
        assert row["share_range"] == row["range"] / k
        assert row["arf"] == pytest.approx(
            arf([i for i, w in enumerate(said) if w == word], len(said))
        )
        if row["why"] == "":
            assert row["dp"] == pytest.approx(dp(counts, sizes))
            assert row["dp_norm"] == pytest.approx(
                dp(counts, sizes) / (1 - min(sizes) / sum(sizes))
            )
        else:
            assert np.isnan([row["dp"], row["dp_norm"]]).all()


def edges(tokens, by, k):
    """Where the parts begin and end, of turns or of k blocks."""
    n = len(tokens)
    if by == "turn":
        ends = np.cumsum(tokens.groupby("turn_id").size())
    else:
        ends = [-(-n * (i + 1) // k) for i in range(k)]
    return [0, *[*ends][:-1]], [*ends]


@pytest.mark.parametrize(
    ("n", "blocks"), [(1, 1), (124, 1), (374, 1), (376, 2), (1000, 4), (1130, 5)]
)
def test_a_briefing_is_cut_into_equal_blocks_of_about_the_size_asked_for(n, blocks):
    about = dispersion(words("a " * n)).attrs
    assert about["n_parts"] == blocks
    assert about["max_part_words"] - about["min_part_words"] <= 1


def test_no_block_lies_in_two_briefings():
    tokens = pd.concat([words("x " * 10), words("y " * 14, briefing_id="b")])
    table = spread(tokens, block_words=5)
    assert table["n_parts"].tolist() == [5, 5]
    assert table["range"].to_dict() == {"x": 2, "y": 3}


def test_a_word_said_once_by_everyone_is_evenly_spread():
    said = "we see the sea", "so we must go", "that is for we", "when we do it", "we all won it"
    row = spread(words(*said), by="turn").loc["we"]
    assert (row["n"], row["range"], row["n_parts"]) == (5, 5, 5)
    assert row[["dp", "dp_norm"]].tolist() == pytest.approx([0, 0])


def test_a_word_said_equally_in_every_part_is_evenly_spread_wherever_it_stands_there():
    early = spread(words("a x y", "a z x", "a y z", "a x x", "a z z"), by="turn").loc["a"]
    mixed = spread(words("x y a", "a z x", "y a z", "x x a", "z a z"), by="turn").loc["a"]
    for row in (early, mixed):
        assert row["dp"] == pytest.approx(0)
    assert early["arf"] == 5
    assert mixed["arf"] < 5


def test_all_in_the_smallest_part_is_as_uneven_as_can_be():
    tokens = words("a a a a a", "b c d b c d", "b c d b c d b")
    assert spread(tokens, by="turn").loc["a", "dp_norm"] == pytest.approx(1)


def test_too_few_occurrences_or_parts_give_no_dp_and_say_why():
    few = dispersion(words("a b", "a b", "a a", "b b", "b"), ["a", "b", "c"], by="turn")
    assert few["why"].tolist() == ["fewer than 5 occurrences", "", "fewer than 5 occurrences"]
    assert few["dp"].isna().tolist() == few["dp_norm"].isna().tolist() == [True, False, True]
    assert few["arf"].isna().tolist() == [False, False, True]
    assert few[["n", "range"]].to_numpy().tolist() == [[4, 3], [5, 4], [0, 0]]

    two = spread(words("a a a", "a a a"), by="turn").loc["a"]
    assert (two["why"], two["range"]) == ("fewer than 3 parts", 2)
    assert np.isnan(two["dp"])


def test_words_may_be_wildcards_and_phrases_in_the_order_asked_for():
    tokens = words("we open quays", "a quay opens", "no quay", "open quay")
    table = dispersion(tokens, ["quay*", "no quay", "open*"], by="turn")
    assert table["token"].tolist() == ["quay*", "no quay", "open*"]
    assert table[["n", "range"]].to_numpy().tolist() == [[4, 4], [1, 1], [3, 3]]
    assert table.attrs["min_count"] is None
    assert_frame_equal(dispersion(tokens, "quay*"), dispersion(tokens, ["quay*"]))


def test_by_briefing_the_briefings_are_the_parts():
    tokens = pd.concat([words(*["a b"] * i, briefing_id=f"day {i}") for i in range(1, 5)])
    table = spread(tokens, by="briefing_id")
    assert table[["n", "range", "n_parts"]].to_numpy().tolist() == [[10, 4, 4]] * 2
    assert table["dp"].to_numpy() == pytest.approx([0, 0])
    assert table.attrs["block_words"] is None


@trials
@given(talks, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(tokens, random):
    rows = [*range(len(tokens))]
    random.shuffle(rows)
    mixed = dispersion(tokens.iloc[rows], block_words=9)
    assert_frame_equal(mixed, dispersion(tokens, block_words=9))


@pytest.mark.parametrize("wanted", [None, ["quay"], []])
def test_an_empty_selection_has_a_table_with_its_types(wanted):
    none = dispersion(words("a").iloc[:0], wanted)
    some = dispersion(words("a quay a", "a a a", "a a"), by="turn")
    assert none.dtypes.equals(some.dtypes)
    assert none["n"].tolist() == [0] * len(wanted or [])
    assert none[["dp", "dp_norm", "arf", "share_range"]].isna().all(axis=None)
    assert (none.attrs["n_parts"], none.attrs["n_words"]) == (0, 0)


def test_object_columns_unused_categories_and_missing_speakers_pass():
    tokens = words("a b", "a b", "a b")
    tokens["speaker"] = tokens["speaker"].cat.add_categories(["Jo Petrel"])
    unused = tokens.assign(token=tokens["token"].cat.add_categories(["zebra"]), speaker=None)
    assert_frame_equal(spread(unused), spread(tokens.astype({"token": "object"})))


def test_the_table_given_is_not_changed_and_its_kind_of_text_is_carried_on():
    tokens = words("a b")
    tokens.attrs = {"text_status": "edited", "part": True, "language": "en"}
    before = tokens.copy()
    about = dispersion(tokens).attrs
    assert_frame_equal(tokens, before)
    assert (about["text_status"], about["part"], about["language"]) == ("edited", True, "en")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"by": "outlet"}, r"lacks outlet"),
        ({"block_words": 0}, r"block_words=0: give 1 or more"),
        ({"min_count": 0}, r"min_count=0: give 1 or more"),
        ({"words": ["quay", "?!"]}, r"'\?!' cannot match"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(options, complaint):
    with pytest.raises(BriefingError, match=complaint) as error:
        dispersion(words("a quay"), **options)
    assert "\n" not in str(error.value)


def test_a_table_that_is_no_tokens_table_is_refused():
    with pytest.raises(BriefingError, match="lacks token"):
        dispersion(words("a").drop(columns="token"))


def test_ten_words_of_the_real_briefing_are_counted_again_in_its_turns(shared):
    talk = briefing.read(shared / "scio_seed" / "000_16d432a769277b33.txt")
    table = dispersion(talk.tokens, by="turn")
    said = [
        [
            text[a:b].casefold().replace("’", "'")
            for a, b in briefing.words.boundaries.find_words(text)
        ]
        for text in talk.turns["text"]
    ]

    assert len(table) > 50
    for row in table.sample(10, random_state=1).itertuples():
        counts = [turn.count(row.token) for turn in said]
        assert (row.n, row.range) == (sum(counts), sum(map(bool, counts)))
        assert row.dp == pytest.approx(dp(counts, [len(turn) for turn in said]))


def test_sentences_matter_for_phrases_alone():
    tokens = briefing.parse("MS. MARLOW: " + "The old quay. " * 9, labels=["MS. MARLOW:"]).tokens
    lean = tokens.drop(columns="sentence_id")
    assert_frame_equal(dispersion(lean), dispersion(tokens))
    with pytest.raises(BriefingError, match="sentence_id"):
        dispersion(lean, ["old quay"])
