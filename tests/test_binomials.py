import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import briefing
from briefing.measures.phrases import binomials
from briefing.tables import BriefingError
from build import words_of as said

SEED = "scio_seed/000_16d432a769277b33.txt"
COLUMNS = (
    "first second conjunction n n_first_order n_reverse share_first n_bare n_turns n_speakers "
    "first_briefing_id first_turn_id"
).split()


def pairs(*texts):
    return [
        (row.first, row.second, row.conjunction, row.n_first_order, row.n_reverse)
        for row in binomials(said(*texts)).itertuples()
    ]


RIGHTS = said(
    "There are rights and duties.",
    "Duties and rights, duties and rights.",
    "Are duties or rights meant? Boats and masts are not.",
    speaker=["Ida Marlow", None, "Jo Petrel"],
)


def test_either_order_counts_as_one_and_the_order_used_is_shown():
    table = binomials(RIGHTS)
    assert [*table] == COLUMNS
    assert table.loc[0].to_dict() == {
        "first": "duties", "second": "rights", "conjunction": "and", "n": 3, "n_first_order": 2,
        "n_reverse": 1, "share_first": 2 / 3, "n_bare": 3, "n_turns": 2, "n_speakers": 1,
        "first_briefing_id": "a", "first_turn_id": 1,
    }  # fmt: skip


def test_and_is_counted_apart_from_or():
    assert binomials(RIGHTS)["conjunction"].tolist() == ["and", "and", "or"]
    assert binomials(RIGHTS)["first"].tolist() == ["duties", "boats", "duties"]


def test_number_words_and_courtesy_titles_are_no_half_of_a_pair():
    assert pairs("A month or two. Two or three boats. Ten and twenty masts.") == []
    assert pairs("Thanks to Dr. Tallow and Dr. Marlow, to Mr. Ousel and Ms. Petrel.") == []
    assert pairs("Tallow and Marlow.") == [("tallow", "marlow", "and", 1, 0)]


def test_where_both_orders_are_as_common_the_alphabet_decides():
    assert pairs("Tide and ebb. Ebb and tide.") == [("ebb", "tide", "and", 1, 1)]
    assert pairs("Ebb and tide. Tide and ebb.") == [("ebb", "tide", "and", 1, 1)]


def test_turning_every_pair_round_swaps_the_words_and_keeps_the_counts():
    table = binomials(said("Rights and duties. Rights and duties. Duties and rights."))
    turned = binomials(said("Duties and rights. Duties and rights. Rights and duties."))
    names = {"first": "second", "second": "first"}
    assert_frame_equal(table.rename(columns=names)[COLUMNS], turned)


def test_a_pair_needs_its_three_words_side_by_side():
    assert pairs("Rights, and duties. Rights. And duties. Rights and (duties)") == []
    assert pairs("Rights and", "duties and rights") == [("duties", "rights", "and", 1, 0)]


def test_neither_side_is_a_function_word_a_figure_or_the_other():
    assert pairs("You and duties, rights and they, 5 and 6, miles and miles.") == []


def test_both_and_either_go_before_a_pair():
    assert pairs("Both rights and duties. Either rights or duties.") == [
        ("rights", "duties", "and", 1, 0), ("rights", "duties", "or", 1, 0),
    ]  # fmt: skip


def test_a_pair_beside_other_words_is_not_bare():
    text = "Cyber rights and duties. Law or digital duties. The rights and duties of all."
    hits = briefing.phrases.binomials(said(text), hits=True)
    assert hits["bare"].tolist() == [False, True]
    assert binomials(said(text))["n_bare"].tolist() == [1]


@pytest.mark.parametrize(
    "text",
    [
        "We fund masts and harbour policy.",  # policy belongs to the harbour alone
        "They have boats and older masts.",
        "We met Ida Marlow and Jo Petrel.",
        "For masts, boats and cables we pay.",
        "There are masts and boats and cables.",
        "You can chair or table it.",
        "They left the harbour and ask him.",
        "We took the boat and undertook repairs.",
        "It was mended and painted.",
        "Go there with boats and stuff.",
    ],
)
def test_what_is_no_pair_of_single_words(text):
    tokens = said(text, attrs={"language": "en", "capitals": "Ida Marlow Jo Petrel"})
    assert binomials(tokens).empty


def test_two_that_describe_one_thing_are_a_pair():
    assert pairs("A safe and local harbour. The mast and harbour fund.") == [
        ("mast", "harbour", "and", 1, 0), ("safe", "local", "and", 1, 0),
    ]  # fmt: skip


def test_where_a_pair_stands_alone_once_it_counts_in_longer_ones_too():
    text = "Rights and duties. Rights and duties policy. Ferries and duties policy."
    assert pairs(text) == [("rights", "duties", "and", 2, 0)]


def test_a_pair_after_another_pair_is_no_list():
    assert pairs("Free and open, safe and sound; on this coast, and rights and duties.") == [
        ("free", "open", "and", 1, 0), ("rights", "duties", "and", 1, 0),
        ("safe", "sound", "and", 1, 0),
    ]  # fmt: skip


def test_min_count_leaves_out_the_rare_ones():
    assert binomials(RIGHTS, min_count=3)["n"].tolist() == [3]
    with pytest.raises(BriefingError, match="min_count=0"):
        binomials(RIGHTS, min_count=0)


def test_hits_count_what_the_table_counts():
    hits = briefing.phrases.binomials(RIGHTS, hits=True)
    key = ["first", "second", "conjunction"]
    table = binomials(RIGHTS).set_index(key).sort_index()
    assert table["n"].to_dict() == hits.groupby(key).size().to_dict()
    assert table["n_reverse"].to_dict() == hits.groupby(key)["reverse"].sum().to_dict()


def test_briefings_with_the_same_turn_numbers_are_told_apart():
    both = pd.concat([RIGHTS.assign(briefing_id=name) for name in ("one", "two")])
    table = binomials(both.reset_index(drop=True))
    assert table["n_turns"].tolist() == [4, 2, 2]
    assert table["first_briefing_id"].tolist() == ["one"] * 3


def test_nothing_found_is_an_empty_table_with_its_columns():
    for tokens in (said("Nothing here."), RIGHTS.iloc[:0], said(""), said("And", "or", "and so")):
        assert ([*binomials(tokens)], len(binomials(tokens))) == (COLUMNS, 0)
        assert len(briefing.phrases.binomials(tokens, hits=True)) == 0


def test_plain_columns_and_unused_categories_make_no_difference():
    plain = RIGHTS.astype({"token": "object", "speaker": "object"})
    wide = RIGHTS.assign(token=RIGHTS["token"].cat.add_categories(["zinc"]))
    missing = RIGHTS.assign(briefing_id=None)
    assert_frame_equal(binomials(plain), binomials(RIGHTS))
    assert_frame_equal(binomials(wide), binomials(RIGHTS))
    assert binomials(missing)["n_turns"].tolist() == [2, 1, 1]


def test_the_tokens_are_left_as_they_are_and_the_result_says_how_it_was_made():
    before = RIGHTS.copy(deep=True)
    attrs = binomials(RIGHTS).attrs
    assert_frame_equal(RIGHTS, before)
    assert attrs == {
        "text_status": "unknown", "part": False, "language": None, "n_words": len(RIGHTS), "min_count": 1,
    }  # fmt: skip


def test_another_language_gives_no_rows_and_another_table_is_refused():
    found = binomials(said("Guten Tag.", attrs={"language": "de"}))
    assert found.empty and "English" in found.attrs["why"]
    with pytest.raises(BriefingError, match="not a tokens table"):
        binomials(pd.DataFrame({"text": ["Tide."]}))


def assert_found_again(talk):
    """Ten pairs, and all their hits, lie where they are said to in the turns."""
    text = talk.turns.set_index("turn_id")["text"]
    hits = briefing.phrases.binomials(talk.tokens, hits=True)
    for row in binomials(talk.tokens).head(10).itertuples():
        mine = hits.query("first == @row.first and second == @row.second")
        mine = mine[mine["conjunction"] == row.conjunction]
        forward, back = (
            (row.first, row.conjunction, row.second),
            (row.second, row.conjunction, row.first),
        )
        printed = [
            tuple(text[hit.turn_id][hit.start : hit.stop].casefold().split())
            for hit in mine.itertuples()
        ]
        assert (printed.count(forward), printed.count(back)) == (row.n_first_order, row.n_reverse)
        assert (row.n, row.n_turns) == (len(mine), mine["turn_id"].nunique())
        assert row.first_turn_id == mine["turn_id"].min()


def test_the_pair_of_the_sample_is_there_in_both_orders(root):
    talk = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    assert_found_again(talk)
    row = binomials(talk.tokens).loc[0]
    assert row[["first", "second", "n", "n_reverse", "n_bare"]].tolist() == [
        "openness", "safety", 5, 2, 5,
    ]  # fmt: skip
    hits = briefing.phrases.binomials(talk.tokens, hits=True).query("first == 'openness'")
    assert hits["turn_id"].tolist() == [2, 2, 6, 22, 23]
    assert hits.loc[hits["reverse"], "turn_id"].tolist() == [6, 23]


def test_a_real_briefing_has_security_and_development_in_both_orders(shared):
    talk = briefing.read(shared / SEED)
    assert_found_again(talk)
    row = binomials(talk.tokens).set_index(["first", "second"]).loc[("development", "security")]
    assert row[["n_first_order", "n_reverse", "n_turns"]].tolist() == [1, 1, 2]
