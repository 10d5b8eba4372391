"""The commonest content words: counted by hand, with the words left out named."""

from collections import Counter

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import briefing
from briefing.measures import lexis as module
from briefing.measures.lexis import LISTS
from briefing.tables import BriefingError
from briefing.words.rates import rates
from build import turns_of

TURNS = [
    ("Ida Marlow", "official", "The quay is closed. The quay opens in May, and the quay is ours."),
    (None, "journalist", "Thank you, Ms. Marlow. Which quay? Is the ferry safe, the ferry?"),
    ("Ida Marlow", "official", "It's safe. Ferries aren't late. The first of two ferries is new."),
    ("Cy Dunlin", "moderator", "One question, please. 250 seats, 250 more."),
]


def make(rows=TURNS, **attrs):
    return briefing.tokenize(turns_of("speaker role text", *rows, attrs=attrs))


def listed(table, by="role"):
    return {
        group: dict(zip(rows["token"], rows["n"], strict=True))
        for group, rows in table.groupby(by, sort=False)
    }


@pytest.mark.parametrize("by, n_first", [("role", 1), ("speaker", 2), ("briefing_id", 50)])
def test_to_look_at_the_foremost_words_alone_changes_nothing(monkeypatch, root, by, n_first):
    tokens = briefing.read(root / "data/lanmere-ring-2024.txt").tokens
    ask = {"by": by, "n_first": n_first, "min_count": 1}
    few = briefing.lexis.common(tokens, **ask)
    monkeypatch.setattr(
        module, "_foremost", lambda tokens, row, word, words, *_: (row, word, words)
    )
    every = briefing.lexis.common(tokens, **ask)
    assert_frame_equal(few, every)
    assert few.attrs == every.attrs


def test_each_role_has_its_content_words_with_their_counts():
    words = briefing.lexis.common(make(), min_count=2)
    assert listed(words) == {"official": {"quay": 3, "ferries": 2}, "journalist": {"ferry": 2}}


def test_counts_rates_and_turns_are_those_of_the_text():
    row = briefing.lexis.common(make(), min_count=2).iloc[0]
    official = [text for _, role, text in TURNS if role == "official"]
    n_words = sum(len(text.split()) for text in official)
    assert (row["n"], row["n_words"], row["n_turns"]) == (3, n_words, 1)
    assert row["per_1000"] == pytest.approx(3000 / n_words)


def test_function_words_numbers_and_words_of_address_are_left_out_and_said():
    words = briefing.lexis.common(make(), min_count=1)
    assert {"the", "it's", "aren't", "two", "first", "250", "thank", "ms", "question"} <= {
        *make()["token"]
    }
    assert not {"the", "it's", "aren't", "two", "first", "250", "thank", "ms", "question"} & {
        *words["token"]
    }
    assert "function words" in words.attrs["without"]
    assert "numbers" in words.attrs["without"]


def test_a_list_of_the_readers_own_takes_the_place_of_ours():
    words = briefing.lexis.common(make(), min_count=1, n_first=3, only=["The", "quay"])
    official = listed(words)["official"]
    assert "is" in official
    assert not {"the", "quay"} & official.keys()
    assert words.attrs["without"] == "2 words of a list of the reader's own"


def test_more_words_of_the_readers_own_are_left_out_beside_ours():
    words = briefing.lexis.common(make(), min_count=1, leave_out=["Quay"])
    assert not {"the", "quay"} & {*words["token"]}
    assert words.attrs["without"].endswith("by our English lists and 1 of the reader's own")


def test_nothing_is_left_out_but_figures_where_the_list_is_empty():
    tokens = make()
    words = briefing.lexis.common(tokens, min_count=1, n_first=100, only=[])
    count = Counter(tokens.loc[tokens["role"] == "moderator", "token"].tolist())
    assert listed(words)["moderator"] == {w: n for w, n in count.items() if w != "250"}


def test_the_group_with_most_words_comes_first_and_words_are_ranked_ties_by_alphabet():
    words = briefing.lexis.common(make(), min_count=1)
    assert words["role"].unique().tolist()[0] == "official"
    for _, rows in words.groupby("role"):
        ranked = rows.sort_values(["n", "token"], ascending=[False, True])
        assert ranked.index.tolist() == rows.index.tolist()


def test_a_list_has_no_more_words_than_asked_for():
    words = briefing.lexis.common(make(), min_count=1, n_first=2)
    assert words.groupby("role").size().to_dict() == {
        "official": 2,
        "journalist": 2,
        "moderator": 1,  # seats: "more" is a function word
    }


def test_groups_without_a_word_are_named():
    words = briefing.lexis.common(make(), min_count=2)
    assert words.attrs["left_out"] == {"moderator": "no content word said 2 times or more"}
    none = briefing.lexis.common(make(), min_count=9)
    assert none.empty
    assert set(none.attrs["left_out"]) == {"official", "journalist", "moderator"}


def test_by_speaker_the_unnamed_are_one_row_and_no_person():
    words = briefing.lexis.common(make(), by="speaker", min_count=2)
    named = words.set_index("speaker")["named"]
    assert not named["unnamed journalists"]
    assert named["Ida Marlow"].all()


def test_intervals_are_those_of_rates():
    rows = [(f"P{i}", "official", "The quay is old. " * (1 + i % 3)) for i in range(12)]
    tokens = make(rows)
    word = briefing.lexis.common(tokens, n_first=1).iloc[0]
    at = (tokens["token"] == word["token"]).to_numpy().nonzero()[0]
    same = rates(tokens, at, at * 0, ["x"]).iloc[0]
    assert word["interval"] == "by turn"
    assert (word["low"], word["high"]) == (same["low"], same["high"])


def test_few_turns_have_no_interval_and_say_why():
    word = briefing.lexis.common(make(), min_count=2).iloc[0]
    assert pd.isna(word["low"])
    assert word["why"] == "2 turns: fewer than 10"


def test_a_language_with_a_pack_is_read_by_it_and_another_needs_a_list():
    tokens = make([("Ana", "official", "El muelle y la isla. El muelle.")], language="es")
    words = briefing.lexis.common(tokens, min_count=1)
    assert listed(words) == {"official": {"muelle": 2, "isla": 1}}
    tokens.attrs["language"] = "eu"
    none = briefing.lexis.common(tokens, min_count=1)
    assert none.empty and "'eu'" in none.attrs["why"] and "only=" in none.attrs["why"]
    words = briefing.lexis.common(tokens, only=["el", "y", "la"], min_count=1)
    assert listed(words) == {"official": {"muelle": 2, "isla": 1}}


@pytest.mark.parametrize("wrong", [{"n_first": 0}, {"min_count": 0}, {"leave_out": "the"}])
def test_what_cannot_be_counted_is_refused(wrong):
    with pytest.raises(BriefingError):
        briefing.lexis.common(make(), **wrong)


def test_the_table_says_what_kind_of_text_it_counted():
    words = briefing.lexis.common(make(text_status="edited", part=True), min_count=2)
    assert words.attrs["text_status"] == "edited"
    assert words.attrs["part"] is True
    assert words.attrs["by"] == "role"


def test_the_lists_have_no_word_with_its_value_still_on():
    """`two = 2` is an entry of the list of number words; the word is *two*."""
    assert "number-words" in LISTS
    assert "two" not in set(briefing.lexis.common(make(), min_count=1)["token"])


def test_a_word_that_is_common_in_no_group_alone_is_in_no_list():
    talk = briefing.parse("MS. MARLOW: The quay is old.\nQ: Which quay?\nMS. MARLOW: That one.")
    assert module.common(talk.tokens, min_count=2).empty
