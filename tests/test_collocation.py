import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError, tokenize
from briefing.measures.context import collocates
from build import words_of as words

trials = settings(max_examples=12, deadline=None, derandomize=True)
COLUMNS = (
    "token n n_left n_right n_token n_node expected log_dice g2 "
    "delta_p_token_given_node delta_p_node_given_token n_turns n_speakers function_word"
).split()
ALL = {"min_count": 1, "min_turns": 1}


def near(tokens, node, **options):
    """The collocates by their word."""
    return collocates(tokens, node, **{**ALL, **options}).set_index("token")


talks = st.lists(st.text("abc. ", max_size=25), min_size=1, max_size=4).map(lambda t: words(*t))


def test_the_counts_and_sizes_are_those_made_by_hand():
    tokens = words("the old quay and the new quay closed", "a quay, the end", "the fish")
    table = collocates(tokens, "quay", window=2, **ALL)
    the = table.set_index("token").loc["the"]

    assert [*table] == COLUMNS
    # near: the old, and the new, closed; a, the end; not: the fish
    assert (table.attrs["n_node"], table.attrs["n_window"], table.attrs["n_words"]) == (3, 9, 11)
    assert (the["n"], the["n_left"], the["n_right"], the["n_token"]) == (3, 1, 2, 4)
    assert the["expected"] == pytest.approx(9 * 4 / 11)
    assert the["log_dice"] == pytest.approx(14 + np.log2(2 * 3 / (3 + 4)))
    assert the["delta_p_token_given_node"] == pytest.approx(3 / 9 - 1 / 2)
    assert the["delta_p_node_given_token"] == pytest.approx(3 / 4 - 6 / 7)
    assert (the["n_turns"], the["n_speakers"]) == (2, 1)


def test_a_window_never_crosses_a_turn_but_does_cross_a_sentence():
    tokens = words("fish. Quay. Boats", "sails")
    assert set(near(tokens, "quay").index) == {"fish", "boats"}
    assert near(words("a", "quay", "b"), "quay").empty


def test_an_occurrence_between_two_nodes_counts_once_for_the_nearest():
    table = near(words("quay x fish quay", "quay y quay"), "quay")
    assert table.loc[["x", "fish"], ["n", "n_left", "n_right"]].to_numpy().tolist() == [
        [1, 0, 1],
        [1, 1, 0],
    ]
    assert table.loc["y", ["n", "n_left", "n_right"]].tolist() == [1, 0, 1]


def test_log_dice_is_fourteen_at_most_although_a_word_stands_twice_in_one_window():
    row = near(words("ha ha quay ha", "no"), "quay").loc["ha"]
    assert (row["n"], row["n_node"], row["n_token"]) == (3, 1, 3)
    assert row["log_dice"] == pytest.approx(14 + np.log2(2 / 4))
    assert near(words("ha quay", "no"), "quay").loc["ha", "log_dice"] == 14


def test_the_nodes_own_words_are_no_collocates():
    table = near(words("digital digital economy grows", "very very good"), "digital economy")
    assert table.loc["digital", ["n", "n_token"]].tolist() == [1, 1]
    assert "economy" not in table.index
    assert near(words("very very good"), "very").index.tolist() == ["good"]
    assert near(words("secure and security"), "secur*").index.tolist() == ["and"]


def test_a_phrase_has_its_window_on_both_sides():
    table = near(words("we say digital economy works well today"), "digital economy", window=2)
    assert table.index.sort_values().tolist() == ["say", "we", "well", "works"]


def test_what_was_left_out_of_a_selection_still_counts_as_distance():
    tokens = words("quay one two three fish")
    kept = tokens[tokens["token"].isin(["quay", "fish"])]
    assert near(kept, "quay", window=3).empty
    assert near(kept, "quay", window=4).index.tolist() == ["fish"]


def test_rare_words_and_words_of_one_turn_are_left_out_unless_asked_for():
    tokens = words(*["salt quay"] * 2, "salt quay wet wet wet")
    assert collocates(tokens, "quay")["token"].tolist() == ["salt"]
    assert collocates(tokens, "quay", min_turns=1)["token"].tolist() == ["salt", "wet"]
    assert collocates(tokens, "quay", min_count=4, min_turns=1).empty
    about = collocates(tokens, "quay").attrs
    assert (about["node"], about["window"], about["min_count"], about["min_turns"]) == (
        "quay", 5, 3, 2,
    )  # fmt: skip


def test_speakers_without_a_name_are_not_counted():
    speakers = ["Ida Marlow", None, "Jo Petrel", "Ida Marlow", " "]
    row = near(words(*["salt quay"] * 5, speaker=speakers), "quay").loc["salt"]
    assert (row["n_turns"], row["n_speakers"]) == (5, 2)
    assert near(words("salt quay tar", speaker=None), "quay")["n_speakers"].tolist() == [0, 0]


def test_the_most_exclusive_company_comes_first_and_ties_go_by_alphabet():
    table = near(
        words("the salt quay", "the salt quay", "the end", "the end", "the b quay a"), "quay"
    )
    assert table.index.tolist() == ["salt", "the", "a", "b"]


def test_g2_is_that_of_nltk_for_the_same_four_cells(root):
    from nltk.metrics import BigramAssocMeasures

    table = collocates(briefing.read(root / "data" / "lanmere-ring-2024.txt").tokens, "we", **ALL)
    about = table.attrs

    assert len(table) > 100
    for row in table.itertuples():
        marginals = (row.n, (about["n_window"], row.n_token), about["n_words"])
        # nltk adds a tiny number to every cell, so that no logarithm is of 0
        assert row.g2 == pytest.approx(BigramAssocMeasures.likelihood_ratio(*marginals), abs=1e-6)
        dice = BigramAssocMeasures.dice(min(row.n, row.n_node), (row.n_node, row.n_token), 1)
        assert row.log_dice == pytest.approx(14 + np.log2(dice))


@trials
@given(talks, st.sampled_from(["a", "a*", "b a", "?", "ab"]), st.integers(1, 4))
def test_counting_pair_by_pair_gives_the_same(tokens, node, window):
    from briefing.words.search import find

    hits = find(tokens, [node])
    rows = [tokens.iloc[i : i + n] for i, n in zip(hits.first, hits.n_words, strict=True)]
    inside = {i for hit in rows for i in hit.index}
    reach = {
        i
        for i, word in tokens.iterrows()
        for hit in rows
        if word["turn_id"] == hit["turn_id"].iloc[0] and i not in inside
        if hit["position"].min() - window <= word["position"] <= hit["position"].max() + window
    }
    expected = tokens.loc[sorted(reach), "token"].astype("str").value_counts().to_dict()
    assert near(tokens, node, window=window)["n"].to_dict() == expected


@trials
@given(talks, st.sampled_from(["a", "a*", "b a"]), st.integers(1, 4))
def test_the_numbers_hang_together(tokens, node, window):
    table = near(tokens, node, window=window)

    assert (table["n_left"] + table["n_right"] == table["n"]).all()
    assert (table["n"] <= table["n_token"]).all()
    assert table["n"].sum() == collocates(tokens, node, window=window).attrs["n_window"]
    assert (table["log_dice"] <= 14).all()
    one_text = table["g2"].isna().all()
    more = table["n"] > table["expected"] * (1 + 1e-12)
    assert one_text or (table.loc[more, "delta_p_token_given_node"] > 0).all()
    assert one_text or (table.loc[more, "delta_p_node_given_token"] > 0).all()


@trials
@given(talks, st.integers(1, 4))
def test_read_backwards_left_is_right_and_nothing_else_changes(tokens, window):
    last = tokens.groupby("turn_id")["position"].transform("max")
    backwards = tokens.assign(position=last - tokens["position"])
    there, back = near(tokens, "a", window=window), near(backwards, "a", window=window)

    same = [c for c in COLUMNS[1:] if c not in ("n_left", "n_right")]
    assert_frame_equal(there[same], back[same])
    uneven = (there["n_left"] != back["n_right"]).any()  # a word midway belongs to the earlier node
    assert not uneven or (tokens["token"] == "a").sum() > 1


@trials
@given(talks, st.randoms(use_true_random=False))
def test_the_order_of_rows_does_not_matter(tokens, random):
    rows = [*range(len(tokens))]
    random.shuffle(rows)
    assert_frame_equal(collocates(tokens.iloc[rows], "a", **ALL), collocates(tokens, "a", **ALL))


@trials
@given(talks)
def test_the_same_briefing_twice_doubles_the_counts_and_keeps_the_measures(tokens):
    twice = pd.concat([tokens, tokens.assign(briefing_id="b")], ignore_index=True)
    one, two = near(tokens, "a"), near(twice, "a")

    for column in ("n", "n_left", "n_right", "n_token", "n_node", "expected", "g2", "n_turns"):
        assert two[column].to_numpy() == pytest.approx(2 * one[column], nan_ok=True)
    for column in ("log_dice", "delta_p_token_given_node", "delta_p_node_given_token"):
        assert two[column].to_numpy() == pytest.approx(one[column], nan_ok=True)
    assert (two["n_speakers"] == one["n_speakers"]).all()


def test_where_every_word_is_near_a_node_nothing_can_be_compared():
    row = near(words("salt quay"), "quay").loc["salt"]
    assert row[["g2", "delta_p_token_given_node", "delta_p_node_given_token"]].isna().all()
    assert row["expected"] == 1


@pytest.mark.parametrize("tokens", [words("no such thing"), words("quay"), words("a").iloc[:0]])
def test_without_company_the_table_is_empty_and_has_its_types(tokens):
    table = collocates(tokens, "quay")
    assert table.dtypes.equals(collocates(words("salt quay", "end"), "quay", **ALL).dtypes)
    assert table.empty
    assert table.attrs["n_window"] == 0


def test_object_columns_unused_categories_and_several_briefings_pass():
    tokens = pd.concat([words("salt quay"), words("salt quay", briefing_id="b")])
    objects = tokens.astype({"token": "object", "speaker": "object", "role": "object"})
    unused = tokens.assign(token=tokens["token"].astype("category").cat.add_categories(["zebra"]))

    for table in (near(objects, "quay"), near(unused, "quay")):
        assert table.index.tolist() == ["salt"]
        assert table.loc["salt", "n_turns"] == 2


def test_the_table_given_is_not_changed_and_its_kind_of_text_is_carried_on():
    tokens = words("salt quay")
    tokens.attrs = {"text_status": "edited", "part": True, "language": "en"}
    before = tokens.copy()
    about = collocates(tokens, "quay").attrs
    assert_frame_equal(tokens, before)
    assert (about["text_status"], about["part"], about["language"]) == ("edited", True, "en")


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"node": "?!"}, r"'\?!' cannot match"),
        ({"node": "quay", "window": 0}, r"window=0: give 1 or more"),
        ({"node": "quay", "min_count": 0}, r"min_count=0"),
        ({"node": "quay", "min_turns": -1}, r"min_turns=-1"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(options, complaint):
    with pytest.raises(BriefingError, match=complaint) as error:
        collocates(words("salt quay"), **options)
    assert "\n" not in str(error.value)


def test_a_table_that_is_no_tokens_table_is_refused():
    with pytest.raises(BriefingError, match="lacks position"):
        collocates(words("salt quay").drop(columns="position"), "quay")


def test_ten_collocates_in_the_real_briefing_are_counted_again_in_its_turns(shared):
    talk = briefing.read(shared / "scio_seed" / "000_16d432a769277b33.txt")
    table = collocates(talk.tokens, "internet", window=4)

    assert table["token"].iloc[0] == "world"
    for row in table.head(10).itertuples():
        counted = 0
        for text in talk.turns["text"]:
            said = [
                text[a:b].casefold().replace("’", "'")
                for a, b in briefing.words.boundaries.find_words(text)
            ]
            at = [i for i, word in enumerate(said) if word == "internet"]
            counted += sum(
                word == row.token and any(abs(i - node) <= 4 for node in at)
                for i, word in enumerate(said)
            )
        assert counted == row.n


def test_function_words_are_marked_in_english_and_nowhere_else():
    turns = pd.DataFrame({"text": ["the quay by the sea"] * 3})
    near = collocates(tokenize(turns), "quay", min_count=1).set_index("token")["function_word"]
    assert near[["the", "by", "sea"]].tolist() == [True, True, False]
    turns.attrs["language"] = "fi"
    assert collocates(tokenize(turns), "quay", min_count=1)["function_word"].isna().all()
