import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from briefing.words.boundaries import words_of_forms
from briefing.words.search import has_letter, repeated, same_sentence, spread, unbroken
from build import words_of as tokens

trials = settings(max_examples=30, deadline=None, derandomize=True)


@trials
@given(st.lists(st.tuples(st.integers(0, 2), st.booleans()), max_size=30), st.integers(2, 3))
def test_the_strings_that_come_back_are_those_a_slow_count_finds(rows, least):
    words = np.array([word for word, _ in rows], np.int64)
    follows = np.array([follow for _, follow in rows], bool)
    slow = {}
    for start in range(len(rows)):
        for stop in range(start + 1, len(rows) + 1):
            if follows[start + 1 : stop].all():
                slow.setdefault(tuple(words[start:stop]), []).append(start)
    slow = {string: places for string, places in slow.items() if len(places) >= least}
    found = {}
    for level in repeated(words, follows, least=least):
        keys = [tuple(words[a : a + n]) for a, n in zip(level.first, level.n_words, strict=True)]
        assert len({*zip(keys, level.pattern, strict=True)}) == len({*keys})
        for place, key in zip(level.first, keys, strict=True):
            found.setdefault(key, []).append(place)
    assert found == slow


def test_a_comma_a_bracket_and_a_second_space_break_a_string_and_a_stroke_does_not():
    words = tokens("One two, three (four) five  six/seven. Eight nine")
    assert unbroken(words).tolist() == [False, True, False, False, False, False, True, False, True]
    assert same_sentence(words).tolist() == [False] + [True] * 6 + [False, True]


def test_words_left_out_of_a_selection_still_stand_between():
    words = tokens("One two three four.").iloc[[0, 2, 3]]
    assert unbroken(words).tolist() == [False, False, True]
    assert same_sentence(words).tolist() == [False, False, True]


def test_nothing_is_unbroken_in_an_empty_selection():
    assert unbroken(tokens("One two.").iloc[:0]).tolist() == []


def test_hits_of_nobody_spread_over_no_speaker():
    group, unit = np.array([0, 0, 0, 1, 2]), np.array([4, 4, 7, -1, 7])
    assert spread(group, unit, 4).tolist() == [2, 0, 1, 0]


def test_figures_have_no_letter():
    assert has_letter(np.array(["2024", "5g", "1,000.5", "tide"], object)).tolist() == [
        False, True, False, True,
    ]  # fmt: skip


def test_forms_of_one_word_are_found_and_derived_words_kept_apart():
    families = [
        ["barrier", "barriers"], ["share", "shared", "sharing", "shares"],
        ["country", "countries", "country's"], ["process", "processes"],
        ["plan", "planned", "planning"], ["security"], ["secure"], ["develop", "developing"],
        ["development"], ["need", "needs", "needed"],
    ]  # fmt: skip
    forms = [form for family in families for form in family]
    of = words_of_forms(forms)
    assert [forms[i] for i in of] == [family[0] for family in families for _ in family]


def test_a_form_whose_word_is_not_there_is_its_own():
    assert words_of_forms(["species", "bring", "ceased", "ceasing"]) == [0, 1, 2, 3]
