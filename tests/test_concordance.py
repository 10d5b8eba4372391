from importlib import import_module

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError, tokenize
from briefing.measures.concordance import concordance
from briefing.words.groups import in_order, line_starts, with_lines
from build import turns_of

module = import_module("briefing.measures.concordance")  # the package has the function's name too
trials = settings(max_examples=15, deadline=None, derandomize=True)
COLUMNS = (
    "briefing_id turn_id speaker role first_line left node right start stop sentence_id".split()
)
TALK = """MS. MARLOW: Good morning. The harbour opens today.

The old harbour closed in May; we won’t miss it.
JO PETREL, Harbour Times: Will the new harbour pay? And who pays?
MS. MARLOW: Éveline Ousel pays. You pay. The Harbour pays.
Q: Why?
"""


@pytest.fixture(scope="module")
def talk():
    return briefing.parse(TALK)


def table(*texts, **columns):
    """Turns of one briefing, all by Ida Marlow."""
    return turns_of("speaker text", *(("Ida Marlow", text) for text in texts), **columns)


def read_back(hits, turns):
    """The text at the offsets of each hit."""
    texts = turns.set_index(["briefing_id", "turn_id"])["text"]
    rows = zip(hits["briefing_id"], hits["turn_id"], hits["start"], hits["stop"], strict=True)
    return [texts[briefing_id, turn][start:stop] for briefing_id, turn, start, stop in rows]


def test_a_word_is_shown_with_who_said_it_and_where(talk):
    hits = concordance(talk.turns, "harbour")

    assert [*hits] == COLUMNS
    assert hits["turn_id"].tolist() == [1, 1, 2, 3]
    assert hits["node"].tolist() == ["harbour", "harbour", "harbour", "Harbour"]
    assert hits["left"].tolist()[:2] == ["Good morning. The ", "The harbour opens today. The old "]
    assert hits["right"].iloc[3] == " pays."
    assert hits["role"].tolist() == ["official", "official", "journalist", "official"]
    assert hits["sentence_id"].tolist() == [2, 3, 1, 3]


def test_the_counts_in_attrs_are_those_of_the_table(talk):
    about = concordance(talk.turns, "harbour").attrs
    n_words = len(talk.tokens)

    assert (about["query"], about["regex"], about["sort"]) == ("harbour", False, "place")
    assert (about["n_hits"], about["n_turns_hit"], about["n_words"]) == (4, 3, n_words)
    assert about["per_1000"] == 4000 / n_words
    assert (about["text_status"], about["language"]) == ("unknown", talk.turns.attrs["language"])


def test_a_line_break_is_shown_as_a_space_and_nothing_else_changes(talk):
    whole = concordance(talk.turns, "harbour", width=10_000)
    shown = whole["left"] + whole["node"] + whole["right"]
    texts = talk.turns.set_index("turn_id")["text"].loc[whole["turn_id"]]

    assert "\n" in texts.iloc[0]
    assert shown.tolist() == [" ".join(text.split()) for text in texts]


@pytest.mark.parametrize("width", [0, 1, 7, 12, 40])
def test_the_context_is_whole_words_of_the_width_asked_for_at_most(talk, width):
    hits = concordance(talk.turns, "pay*", width=width)
    whole = concordance(talk.turns, "pay*", width=10_000)

    assert hits[["left", "right"]].map(len).max(axis=None) <= width
    for short, long in zip(hits["left"].str.split(), whole["left"].str.split(), strict=True):
        assert short == long[len(long) - len(short) :]
    for short, long in zip(hits["right"].str.split(), whole["right"].str.split(), strict=True):
        assert short == long[: len(short)]


def test_context_without_spaces_is_cut_anywhere():
    hits = concordance(table("abc" * 30 + "," + "x," + "def" * 30), "x", width=9)
    assert hits[["left", "right"]].iloc[0].tolist() == ["bcabcabc,", ",defdefde"]


def test_context_never_leaves_the_turn(talk):
    hits = concordance(talk.turns, "why", width=500)
    assert hits[["left", "node", "right"]].iloc[0].tolist() == ["", "Why", "?"]


def test_phrases_and_wildcards_are_found_within_a_sentence(talk):
    assert concordance(talk.turns, "the * harbour")["node"].tolist() == [
        "The old harbour",
        "the new harbour",
    ]
    assert concordance(talk.turns, "pay?")["node"].tolist() == ["pays", "pays", "pays"]
    assert concordance(talk.turns, "today the").empty
    assert concordance(talk.turns, "won't")["node"].tolist() == ["won’t"]


def test_no_hit_gives_the_same_columns_and_types(talk):
    some = concordance(talk.turns, "harbour")
    for none in (concordance(talk.turns, "zebra"), concordance(talk.turns, "z{9}", regex=True)):
        assert none.empty
        assert none.dtypes.equals(some.dtypes)
        assert (none.attrs["n_hits"], none.attrs["per_1000"]) == (0, 0)


def test_sorted_by_the_left_it_runs_by_the_nearest_word_then_the_next(talk):
    left = concordance(talk.turns, "harbour", sort="left")["left"].str.split().str[-2:]
    assert left.str.join(" ").tolist() == ["the new", "The old", "morning. The", "pay. The"]


def test_sorted_by_the_right_the_second_and_third_word_decide_ties():
    turns = table("say b c d. say b c a. say b a z. say a z z")
    right = concordance(turns, "say", sort="right", width=9)["right"]
    assert right.str.split().str[:3].str.join("").tolist() == ["azz", "baz.", "bca.", "bcd."]


def test_the_hit_itself_is_no_neighbour():
    hits = concordance(table("b x1", "a x2"), "x?", sort="left")
    assert hits["node"].tolist() == ["x2", "x1"]
    assert concordance(table("b a?", "a b?"), r"\?", sort="left", regex=True)[
        "turn_id"
    ].tolist() == [1, 2]


def test_accents_and_case_do_not_matter_for_the_order_and_ties_keep_their_place():
    turns = table("see étoile", "see Zoo", "see estate.", "see ETOILE", "see fig", "see")
    right = concordance(turns, "see", sort="right")["right"].str.split().str[0].fillna("")
    assert right.tolist() == ["", "estate.", "étoile", "ETOILE", "fig", "Zoo"]


def test_a_word_in_the_next_turn_is_no_neighbour():
    hits = concordance(table("we pay", "aaa we", "zzz we pay"), "we", sort="left")
    assert hits["turn_id"].tolist() == [1, 2, 3]
    assert concordance(table("we", "aaa", "we pay"), "we", sort="right")["turn_id"].tolist() == [
        1,
        3,
    ]


def test_a_regular_expression_finds_what_is_no_token(talk):
    hits = concordance(talk.turns, r"\?", regex=True)

    assert hits["node"].tolist() == ["?", "?", "?"]
    assert hits[["turn_id", "sentence_id"]].to_numpy().tolist() == [[2, 1], [2, 2], [4, 1]]
    assert hits["left"].iloc[1].endswith("And who pays")


def test_a_regular_expression_ignores_case_and_the_shape_of_apostrophes(talk):
    assert concordance(talk.turns, "WON'T", regex=True)["node"].tolist() == ["won’t"]
    assert concordance(talk.turns, "won’t", regex=True)["node"].tolist() == ["won’t"]
    assert concordance(talk.turns, r"harb\w+ (opens|pays)", regex=True)["node"].tolist() == [
        "harbour opens",
        "Harbour pays",
    ]


def test_a_match_may_begin_inside_a_word_and_cross_a_sentence(talk):
    hits = concordance(talk.turns, r"rning\. The", regex=True, sort="left")
    assert hits[["left", "node", "sentence_id"]].iloc[0].tolist() == ["Good mo", "rning. The", 1]


def test_matches_of_nothing_are_no_hits(talk):
    assert concordance(talk.turns, "z*", regex=True).empty


def test_signs_before_the_first_word_belong_to_it():
    hits = concordance(table("Yes.", "… well, … no …"), "…", regex=True)
    assert hits["turn_id"].tolist() == [2, 2, 2]
    assert hits["sentence_id"].notna().all()


def test_an_expression_that_does_not_compile_says_so(talk):
    with pytest.raises(BriefingError, match=r"'\(' does not compile: .*without regex=True"):
        concordance(talk.turns, "(", regex=True)


@pytest.mark.parametrize(
    ("options", "complaint"),
    [
        ({"query": "  "}, r"query='  ': give a word"),
        ({"query": None}, r"query=None"),
        ({"query": "!!"}, r"'!!' cannot match"),
        ({"query": "pay", "width": -1}, r"width=-1: give 0 or more"),
        ({"query": "pay", "sort": "up"}, r"sort='up': choose one of place, left, right"),
    ],
)
def test_what_cannot_be_asked_is_refused_in_one_line(talk, options, complaint):
    with pytest.raises(BriefingError, match=complaint) as error:
        concordance(talk.turns, **options)
    assert "\n" not in str(error.value)


@pytest.mark.parametrize("sort", ["place", "left"])
def test_hits_cut_out_a_few_at_a_time_are_the_same(talk, monkeypatch, sort):
    whole = concordance(talk.turns, "*", sort=sort)
    monkeypatch.setattr(module, "STRETCH", 3)
    assert_frame_equal(concordance(talk.turns, "*", sort=sort), whole)


def test_tokens_that_are_at_hand_change_nothing(talk):
    for options in ({"sort": "right"}, {"regex": True}):
        given = concordance(talk.turns, "pay", tokens=talk.tokens, **options)
        assert_frame_equal(given, concordance(talk.turns, "pay", **options))


@pytest.mark.parametrize("regex", [False, True])
def test_selected_tokens_are_the_only_ones_searched(talk, regex):
    spoken = talk.tokens.query("role == 'official'")
    hits = concordance(talk.turns, "pay", tokens=spoken, regex=regex)

    assert set(hits["turn_id"]) == {3}
    assert hits.attrs["n_words"] == len(spoken)
    assert hits["left"].iloc[0] == ("Éveline Ousel " if regex else "Éveline Ousel pays. You ")


def test_a_match_in_words_that_were_not_selected_is_no_hit(talk):
    second = talk.tokens.query("turn_id == 2 and sentence_id == 2")

    for query, found in ((r"\?", 1), ("new harbour", 0), (r"pays\?", 1), ("pay", 1), ("pay.*", 0)):
        hits = concordance(talk.turns, query, tokens=second, regex=True)
        assert hits["sentence_id"].tolist() == [2] * found


@trials
@given(st.randoms(use_true_random=False), st.sampled_from(["place", "left", "right"]))
def test_the_order_of_rows_does_not_matter(random, sort):
    talk = briefing.parse(TALK)
    rows, words = [*range(len(talk.turns))], [*range(len(talk.tokens))]
    random.shuffle(rows)
    random.shuffle(words)
    mixed = concordance(talk.turns.iloc[rows], "the *", sort=sort, tokens=talk.tokens.iloc[words])
    assert_frame_equal(mixed, concordance(talk.turns, "the *", sort=sort))


@trials
@given(
    st.lists(st.text("ab. ’é?\n", max_size=30), min_size=1, max_size=4),
    st.sampled_from(["a", "a*", "ab", "b a", "?", "*"]),
)
def test_every_hit_stands_where_its_offsets_say(texts, query):
    turns = table(*texts)
    hits, words = concordance(turns, query, width=5), tokenize(turns)

    assert read_back(hits, turns) == hits["node"].map(str).tolist()
    if " " not in query:
        shape = query.replace("*", ".*").replace("?", ".")
        assert len(hits) == words["token"].astype("str").str.fullmatch(shape).sum()


@trials
@given(st.lists(st.text("ab. ’é?\n", max_size=30), min_size=1, max_size=4))
def test_an_expression_for_words_finds_what_the_word_search_finds(texts):
    turns = table(*texts)
    words = concordance(turns, "ab")
    matches = concordance(turns, r"(?<![\w])(?<!\w['’])ab(?![\w])(?!['’]\w)", regex=True)
    assert matches[["turn_id", "start", "sentence_id"]].equals(
        words[["turn_id", "start", "sentence_id"]]
    )


def test_several_briefings_may_have_the_same_turn_ids():
    turns = pd.concat([table("one fish", "no"), table("two", "no fish", briefing_id="b")])
    hits = concordance(turns, "fish")
    assert hits[["briefing_id", "turn_id"]].to_numpy().tolist() == [["a", 1], ["b", 2]]
    assert hits["left"].tolist() == ["one ", "no "]


def test_two_turns_with_one_key_are_refused():
    with pytest.raises(BriefingError, match=r"turn 1 of briefing 'a' occurs twice"):
        concordance(pd.concat([table("one fish"), table("two fish")]), "fish")


def test_tokens_of_other_turns_are_refused():
    with pytest.raises(BriefingError, match=r"turn 2 of briefing 'a', which is not in turns"):
        concordance(table("one fish"), "fish", tokens=tokenize(table("one fish", "two fish")))
    with pytest.raises(BriefingError, match=r"pass the turns that the tokens were made from"):
        concordance(table("a"), "fish", tokens=tokenize(table("one fish")))


def test_a_table_that_is_no_turns_table_is_refused():
    with pytest.raises(BriefingError, match="lacks text"):
        concordance(table("one").drop(columns="text"), "one")


@pytest.mark.parametrize("regex", [False, True])
def test_an_empty_selection_has_no_hits(talk, regex):
    hits = concordance(talk.turns.iloc[:0], "pay", regex=regex)
    assert [*hits] == COLUMNS
    assert hits.empty
    assert np.isnan(hits.attrs["per_1000"])
    assert concordance(talk.turns, "pay", tokens=talk.tokens.iloc[:0], regex=regex).empty


def test_nobody_named_no_line_no_text_and_object_columns_pass():
    turns = table("we pay", None, "we").drop(columns="speaker").astype("object")
    tokens = tokenize(turns).astype({"token": "object", "role": "object"})
    hits = concordance(turns, "we", tokens=tokens, sort="right")

    assert hits["turn_id"].tolist() == [3, 1]
    assert hits["speaker"].isna().all()
    assert hits["first_line"].isna().all()
    assert hits["first_line"].dtype == "Int64"


def test_the_tables_given_are_not_changed(talk):
    turns, tokens = talk.turns.copy(), talk.tokens.copy()
    concordance(talk.turns, "pay", sort="left", tokens=talk.tokens)
    assert_frame_equal(talk.turns, turns)
    assert_frame_equal(talk.tokens, tokens)


def test_a_language_without_spaces_is_searched_with_its_own_tokenizer():
    turns = table("港口开放了。港口很大。" * 3)
    tokens = tokenize(turns, tokenizer=lambda text: [(i, i + 1) for i in range(len(text))])
    hits = concordance(turns, "港", width=2, tokens=tokens)
    assert hits[["left", "right"]].iloc[1].tolist() == ["了。", "口很"]


def test_the_line_is_where_the_turn_begins_and_with_lines_the_hits_own(talk):
    hits = concordance(talk.turns, "harbour")
    assert hits["first_line"].tolist() == [1, 1, 4, 5]
    assert "line" not in hits
    assert with_lines(hits, talk.turns, talk.lines)["line"].tolist() == [1, 3, 4, 5]


def test_lines_are_found_across_broken_words_and_left_out_hyphens():
    assert line_starts("a tele\nphone", [(4, "a tele-"), (5, " phone ")]) == [(0, 4), (7, 5)]
    assert line_starts("a telephone now", [(4, "a tele-"), (5, "phone now")]) == [(0, 4), (6, 5)]
    assert line_starts("a fish", [(4, "a"), (5, ""), (6, "dog")]) == []
    assert line_starts("a fish", [(4, "a"), (5, " "), (6, "fish")]) == [(0, 4), (2, 6)]
    assert line_starts("a well-known", [(4, "a well-"), (5, "known")]) == [(0, 4), (7, 5)]


def test_lines_of_one_document_are_not_looked_for_in_several(talk):
    hits = concordance(talk.turns, "harbour")
    both = pd.concat([hits, hits.assign(briefing_id="b")])
    with pytest.raises(BriefingError, match="these hits are in 2 briefings"):
        with_lines(both, talk.turns, talk.lines)
    with pytest.raises(BriefingError, match="turn 1 is not in turns"):
        with_lines(hits, talk.turns.iloc[1:], talk.lines)
    assert with_lines(hits.iloc[:0], talk.turns, talk.lines)["line"].dtype == "Int64"
    assert with_lines(hits, talk.turns, talk.lines.iloc[:0])["line"].isna().all()


def test_a_turn_whose_text_is_not_that_of_the_lines_has_no_line_to_show(talk):
    hits = concordance(talk.turns, "harbour")
    lines = talk.lines.assign(text=talk.lines["text"].str.replace("closed", "opened"))
    found = with_lines(hits, talk.turns, lines)["line"]
    assert found.isna().tolist() == [True, True, False, False]


def test_tokens_in_order_are_not_sorted_again(talk):
    assert in_order(talk.tokens) is talk.tokens
    mixed = talk.tokens.sample(frac=1, random_state=1)
    assert_frame_equal(in_order(mixed), talk.tokens)


def test_hits_on_the_real_briefing_are_found_again_in_its_turns_and_lines(shared):
    talk = briefing.read(shared / "scio_seed" / "000_16d432a769277b33.txt")
    hits = with_lines(concordance(talk.turns, "secur*"), talk.turns, talk.lines)
    printed = talk.lines.groupby("line")["text"].agg("".join)

    assert len(hits) == talk.turns["text"].str.count(r"(?i)\bsecur").sum() > 10
    for row in hits.head(10).itertuples():
        assert row.node in printed[row.line]
    assert read_back(hits, talk.turns) == hits["node"].tolist()
