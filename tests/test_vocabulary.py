import math

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError, tokenize
from briefing.measures.lexis import hdd, mattr, mtld, mtld_factors, ttr
from build import turns_of

trials = settings(max_examples=40, deadline=None, derandomize=True)
some_words = st.lists(st.integers(0, 30), min_size=1, max_size=120)
RNG = np.random.default_rng(5)
LONG = " ".join(f"w{n}" for n in RNG.zipf(1.6, 400).clip(max=150))


def turns(*rows):
    """Turns of one briefing from (speaker, role, text)."""
    return turns_of("speaker role text", *rows)


def by_hand(words, window):
    windows = [words[i : i + window] for i in range(len(words) - window + 1)]
    return np.mean([len(set(w)) / window for w in windows])


@trials
@given(some_words, st.integers(2, 40))
def test_mattr_is_the_mean_over_all_windows(words, window):
    expected = by_hand(words, window) if len(words) >= window else len(set(words)) / len(words)
    assert mattr(words, window) == pytest.approx(expected)


@trials
@given(some_words)
def test_the_measures_see_which_words_are_equal_and_not_what_they_are(words):
    named = [f"word-{n}" for n in words]
    for measure in (ttr, mattr, hdd, mtld):
        assert measure(named) == pytest.approx(measure(words), nan_ok=True)
        assert measure(pd.Series(named, dtype="category")) == pytest.approx(
            measure(words), nan_ok=True
        )


def test_a_factor_closes_where_the_ratio_falls_below_72_and_not_at_it():
    at_72 = [*range(18), *range(7)]  # 18 types in 25 words
    assert mtld_factors(at_72) == pytest.approx((1 - 18 / 25) / 0.28)
    assert mtld_factors([*at_72, 0]) == 1
    assert mtld_factors([*at_72, 0, 0]) == 1  # closed a word earlier, the last two would close one


def test_a_factor_may_be_shorter_than_ten_words():
    """The example of McCarthy and Jarvis closes at the sixth word: four types in six, .667."""
    assert mtld_factors("of the people by the people".split()) == 1
    assert mtld_factors("of the people by the".split()) < 1


def test_mtld_reads_the_words_both_ways():
    words = [1, 1, 1, *range(2, 30)]
    assert mtld(words) == pytest.approx(mtld(words[::-1]))
    assert mtld_factors(words) != mtld_factors(words[::-1])


def test_hdd_is_the_number_of_types_in_42_words_drawn():
    words = [int(n) for n in RNG.zipf(1.5, 300).clip(max=80)]
    drawn = [len(set(RNG.choice(words, 42, replace=False))) for _ in range(4000)]
    assert hdd(words) == pytest.approx(np.mean(drawn), abs=0.2)
    assert hdd(range(42)) == 42
    assert hdd([1] * 60) == pytest.approx(1)


def test_where_a_measure_is_undefined_it_is_missing():
    assert math.isnan(ttr([])) and math.isnan(mattr([])) and math.isnan(mtld([]))
    assert math.isnan(hdd(range(41)))
    assert math.isnan(mtld(range(300)))  # no word twice: no factor closes


def test_speakers_of_fewer_than_200_words_have_counts_and_no_score():
    table = briefing.lexis.richness(
        tokenize(turns(("Ida Marlow", "official", LONG), ("Jo Petrel", "journalist", "We met.")))
    )
    ida, jo = table.to_dict("records")

    words = LONG.split()
    assert (ida["n_words"], ida["n_types"], ida["why"]) == (400, len(set(words)), "")
    assert ida["mattr"] == pytest.approx(by_hand(words, 100))
    assert (jo["n_words"], jo["n_types"], jo["ttr"]) == (2, 2, 1)
    assert np.isnan([jo["mattr"], jo["mtld"], jo["hdd"]]).all()
    assert jo["why"] == "fewer than 200 words"


def test_a_speaker_is_scored_from_200_words_on():
    words = LONG.split()
    for n, scored in ((199, False), (200, True)):
        table = briefing.lexis.richness(
            tokenize(turns(("Ida Marlow", "official", " ".join(words[:n]))))
        )
        assert table["mattr"].notna().tolist() == [scored]


def test_unnamed_journalists_are_several_people_and_have_no_score():
    table = briefing.lexis.richness(
        tokenize(turns((None, "journalist", LONG), (" ", "unknown", LONG)))
    )
    assert table["speaker"].tolist() == ["unnamed journalists", "unnamed speakers"]
    assert table["n_words"].tolist() == [400, 400]
    assert not table["named"].any()
    assert table[["mattr", "mtld", "hdd"]].isna().all(axis=None)
    assert table["why"].str.contains("several people").all()


def test_a_speaker_with_two_roles_is_one_and_words_by_role_are_counted_together():
    told = tokenize(turns(("Ida Marlow", "official", LONG), ("Ida Marlow", "moderator", LONG)))
    ida = briefing.lexis.richness(told).iloc[0]
    assert (ida["speaker"], ida["n_turns"], ida["n_words"]) == ("Ida Marlow", 2, 800)
    assert briefing.lexis.richness(told, by="role")["n_words"].tolist() == [400, 400]


def test_the_order_of_rows_does_not_matter_and_that_of_turns_does():
    half = LONG.split()
    rows = [("Ida Marlow", "official", " ".join(half[i::4])) for i in range(4)]
    tokens = tokenize(turns(*rows))
    before = tokens.copy()
    assert_frame_equal(
        briefing.lexis.richness(tokens),
        briefing.lexis.richness(tokens.sample(frac=1, random_state=1)),
    )
    assert_frame_equal(tokens, before)
    other = briefing.lexis.richness(tokenize(turns(*rows[::-1])))
    assert other["hdd"][0] == pytest.approx(briefing.lexis.richness(tokens)["hdd"][0])
    assert other["mattr"][0] != briefing.lexis.richness(tokens)["mattr"][0]


def test_turns_of_the_same_number_in_two_briefings_are_two():
    one = turns(("Ida Marlow", "official", LONG))
    both = tokenize(pd.concat([one, one.assign(briefing_id="2021-06-02")], ignore_index=True))
    assert briefing.lexis.richness(both)["n_turns"].tolist() == [2]
    assert briefing.lexis.richness(both, by="briefing_id")["n_words"].tolist() == [400, 400]


def test_a_window_longer_than_the_text_gives_no_mattr_and_says_so():
    table = briefing.lexis.richness(tokenize(turns(("Ida Marlow", "official", LONG))), window=500)
    assert np.isnan(table["mattr"][0]) and table["mtld"][0] > 0
    assert "window of 500" in table["why"][0]


@pytest.mark.parametrize("window", [0, 1, -5, 10.5, True, "100"])
def test_a_window_that_is_none_is_refused(window):
    with pytest.raises(BriefingError, match="give 2 or more"):
        briefing.lexis.richness(
            tokenize(turns(("Ida Marlow", "official", "We met."))), window=window
        )


def test_no_words_make_an_empty_table_and_no_column_an_error():
    tokens = tokenize(turns(("Ida Marlow", "official", LONG)))
    empty = briefing.lexis.richness(tokens.query("role == 'journalist'"))
    assert len(empty) == 0 and [*empty] == [*briefing.lexis.richness(tokens)]
    with pytest.raises(BriefingError, match="lacks party"):
        briefing.lexis.richness(tokens, by="party")


def test_objects_and_unused_categories_change_nothing():
    tokens = tokenize(turns(("Ida Marlow", "official", LONG), (None, "journalist", "We met.")))
    plain = tokens.astype({"speaker": "object", "role": "object", "token": "object"})
    assert_frame_equal(
        briefing.lexis.richness(plain), briefing.lexis.richness(tokens), check_dtype=False
    )
    wider = tokens.assign(token=tokens["token"].cat.add_categories(["never"]))
    assert_frame_equal(briefing.lexis.richness(wider), briefing.lexis.richness(tokens))


def test_the_rules_and_the_kind_of_text_travel_along():
    told = turns(("Ida Marlow", "official", LONG))
    told.attrs = {"text_status": "translated", "part": True, "language": "en"}
    attrs = briefing.lexis.richness(tokenize(told), window=50).attrs
    assert (attrs["window"], attrs["min_words"], attrs["hdd_sample"]) == (50, 200, 42)
    assert "TTR < .72" in attrs["mtld_rule"]
    assert (attrs["text_status"], attrs["part"], attrs["language"]) == ("translated", True, "en")


def test_on_a_real_briefing_each_row_is_found_again_in_the_words(shared):
    talk = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    table = briefing.lexis.richness(talk.tokens)
    assert table["n_words"].sum() == len(talk.tokens)
    assert (table["n_words"] >= 200).sum() == 3
    named = table[table["named"]].head(10)
    for row in named.itertuples():
        said = talk.turns[talk.turns["speaker"] == row.speaker]
        words = [w for text in said["text"] for w in folded(text)]
        assert (row.n_turns, row.n_words, row.n_types) == (len(said), len(words), len(set(words)))
        if row.n_words >= 200:
            assert row.mattr == pytest.approx(by_hand(words, 100))


def folded(text):
    return [
        briefing.words.boundaries.fold(text[a:b])
        for a, b in briefing.words.boundaries.find_words(text)
    ]
