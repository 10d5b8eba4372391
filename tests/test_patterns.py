"""Words, wildcards and phrases among tokens."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.tables import BriefingError
from briefing.words.search import check_pattern, find, turn_numbers, without_overlap
from build import words_of as words


def found(tokens, *patterns, overlap=True):
    hits = find(tokens, patterns)
    hits = hits if overlap else without_overlap(hits)
    word = tokens["token"].to_numpy(object)
    return [
        " ".join(word[first : first + n]) for first, n in zip(hits.first, hits.n_words, strict=True)
    ]


def test_a_word_is_found_in_any_case():
    assert found(words("Ships ship SHIPS"), "ships") == ["ships", "ships"]


@pytest.mark.parametrize(
    "pattern, hits",
    [
        ("ship*", ["ship", "ships", "shipping"]),
        ("ship?", ["ships"]),
        ("*ing", ["shipping", "ring"]),
        ("s?ip*", ["ship", "ships", "shipping"]),
    ],
)
def test_wildcards_stand_for_letters(pattern, hits):
    assert found(words("ship ships shipping a ring"), pattern) == hits


def test_a_lone_star_is_any_one_word():
    assert found(words("rule of law, rule of the sea"), "rule of *") == [
        "rule of law",
        "rule of the",
    ]


def test_a_phrase_crosses_no_sentence_and_no_turn():
    assert found(words("We digital. Economy grows.", "digital", "economy"), "digital economy") == []


def test_a_phrase_does_not_close_over_words_that_were_left_out():
    tokens = words("digital and open economy")
    assert found(tokens.query("token not in ['and', 'open']"), "digital economy") == []


def test_the_same_turn_number_in_two_briefings_is_two_turns():
    tokens = pd.concat([words("digital"), words("economy", briefing_id="b")], ignore_index=True)
    assert found(tokens, "digital economy") == []
    assert turn_numbers(tokens).tolist() == [0, 1]


def test_apostrophes_and_hyphens_are_found_as_they_are_counted():
    tokens = words("We didn’t close the five-year gap in the U.S. then")
    assert found(tokens, "didn't", "five-year", "u.s.") == ["didn't", "five-year", "u.s."]


def test_the_longest_match_comes_first_and_no_word_is_used_twice():
    tokens = words("open digital economy and digital economy")
    patterns = ["digital", "digital economy", "open digital economy", "economy"]
    assert found(tokens, *patterns, overlap=False) == ["open digital economy", "digital economy"]


@pytest.mark.parametrize("pattern", ["", "  ", "a, b", "§", "cyber/space", 3])
def test_a_pattern_that_cannot_match_is_refused(pattern):
    with pytest.raises(BriefingError, match="cannot match|no words"):
        check_pattern(pattern)


def test_no_tokens_hold_no_hits():
    assert len(find(words("a b").iloc[:0], ["a", "a b"])) == 0
    assert len(find(words("a b"), [])) == 0


def test_a_table_that_is_not_tokens_is_refused():
    with pytest.raises(BriefingError, match="not a tokens table"):
        find(pd.DataFrame({"word": ["a"]}), ["a"])


texts = st.lists(st.sampled_from("ab ba aa b. a, aab abb".split()), max_size=25).map(" ".join)
queries = st.lists(st.sampled_from("a b a* ?b *a * aab".split()), min_size=1, max_size=3)


@given(texts, queries)
def test_what_is_found_is_what_a_plain_reading_finds(text, query):
    tokens = words(text)
    wanted = [re.compile(q.replace("?", ".").replace("*", ".*") + r"\Z") for q in query]
    rows = tokens[["sentence_id", "token"]].astype(str).to_numpy().tolist()
    plain = [
        i
        for i in range(len(rows) - len(query) + 1)
        if len({sentence for sentence, _ in rows[i : i + len(query)]}) == 1
        and all(w.match(rows[i + k][1]) for k, w in enumerate(wanted))
    ]
    np.testing.assert_array_equal(find(tokens, [" ".join(query)]).first, plain)
