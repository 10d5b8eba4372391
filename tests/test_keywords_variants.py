"""Log-odds with a prior, and what is unlike general English."""

import sys

import numpy as np
import pytest
from test_keywords import TURNS, row, sides, talk

import briefing
from briefing.measures.keywords import keyness, unlike_general_english
from briefing.tables import BriefingError
from briefing.words.rates import log_odds


def test_a_flat_prior_gives_the_published_number():
    turns = talk(("Ida Marlow", "a b c d e f g h i"), ("Jo Petrel", "a b c d e f g h j"))
    got = briefing.keywords.log_odds(*sides(turns, [1]), prior=0.05, min_count=1)
    assert got.attrs["n_types"] == 10 and got.attrs["alpha_0"] == 0.5
    assert row(got, "j")["z"] == pytest.approx(log_odds(0, 1, 9, 9, alpha=0.05, alpha_0=0.5)[1])
    assert row(got, "j")["z"] == pytest.approx(-0.689, abs=0.001)  # -0.6894 with 11 types


def test_a_background_is_scaled_and_said_in_the_attributes():
    target, reference = sides(TURNS, [1, 3])
    background = briefing.tokenize(talk(("Cy Dunlin", "bridge " * 30 + "gull " * 10)))
    got = briefing.keywords.log_odds(target, reference, prior=background, prior_words=80)
    types = {*target["token"], *reference["token"], "gull"}
    assert got.attrs["prior"] == "background" and got.attrs["alpha_0"] == 80
    assert (got.attrs["n_words_prior"], got.attrs["n_types"]) == (40, len(types))
    bridge = row(got, "bridge")
    assert bridge["n_prior"] == 30
    assert bridge["alpha"] == pytest.approx(80 * 30.01 / (40 + 0.01 * len(types)))
    expected = log_odds(bridge["n_target"], bridge["n_reference"], len(target), len(reference),
                        alpha=bridge["alpha"], alpha_0=80)  # fmt: skip
    assert (bridge["log_odds"], bridge["z"]) == pytest.approx(tuple(map(float, expected)))
    plain = briefing.keywords.log_odds(target, reference, prior=background)
    assert plain.attrs["alpha_0"] == min(len(target), len(reference))


def test_the_prior_of_all_words_sums_to_alpha_0():
    target, reference = sides(TURNS, [1, 3])
    tokens = briefing.tokenize(TURNS)
    got = briefing.keywords.log_odds(target, reference, prior=tokens, min_count=1)
    assert got["alpha"].sum() == pytest.approx(got.attrs["alpha_0"])


def test_a_heavier_prior_pulls_towards_0():
    target, reference = sides(TURNS, [1, 3])
    tokens = briefing.tokenize(TURNS)
    light, heavy = (
        row(briefing.keywords.log_odds(target, reference, prior=tokens, prior_words=n), "bridge")[
            "z"
        ]
        for n in (1, 1000)
    )
    assert light > heavy > 0


def test_swapping_the_sides_flips_log_odds():
    target, reference = sides(TURNS, [1, 3])
    here, there = (
        briefing.keywords.log_odds(*pair, prior=0.01).set_index("token").sort_index()
        for pair in ((target, reference), (reference, target))
    )
    np.testing.assert_allclose(here["z"], -there["z"], atol=1e-12)
    np.testing.assert_allclose(here["log_odds"], -there["log_odds"], atol=1e-12)
    assert here["n_target"].tolist() == there["n_reference"].tolist()


def test_both_ways_count_the_same_words():
    target, reference = sides(TURNS, [1, 3])
    columns = ["token", "n_target", "n_reference", "per_1000_target", "function_word"]
    one, other = (
        keyness(target, reference),
        briefing.keywords.log_odds(target, reference, prior=1.0),
    )
    one, other = (table[columns].sort_values("token", ignore_index=True) for table in (one, other))
    assert one.equals(other)


@pytest.mark.parametrize(
    "wrong", [{"prior": 0}, {"prior": -1}, {"prior_words": 0}, {"prior_words": -5}]
)
def test_a_prior_that_is_none_is_refused(wrong):
    target, reference = sides(TURNS, [1, 3])
    with pytest.raises(BriefingError, match="no prior"):
        briefing.keywords.log_odds(target, reference, **{"prior": target, **wrong})
    with pytest.raises(BriefingError, match="no prior"):
        briefing.keywords.log_odds(target, reference, prior=target.iloc[:0])


# Unlike general English


@pytest.fixture
def wordfreq():
    return pytest.importorskip("wordfreq", reason="the extra `reference` is not installed")


def test_rare_words_come_first_and_words_that_are_not_listed_last(wordfreq):
    tokens = briefing.tokenize(talk(("Ida Marlow", "the ferry at Xyzzqport " * 5)))
    got = unlike_general_english(tokens)
    assert got["token"].tolist() == ["ferry", "at", "the", "xyzzqport"]
    assert np.isnan(got["log_ratio"].iloc[-1]) and np.isnan(got["per_1000_english"].iloc[-1])
    assert got.attrs["n_not_listed"] == 1
    assert got.attrs["called"] == "unlike general English"
    ferry = got.iloc[0]
    assert (ferry["n"], ferry["per_1000"]) == (5, 250)
    assert ferry["per_1000_english"] == pytest.approx(
        1000 * wordfreq.word_frequency("ferry", "en"), rel=0.01
    )  # they round
    assert ferry["log_ratio"] == pytest.approx(np.log2(250 / ferry["per_1000_english"]))


def test_there_is_no_test_and_no_interval(wordfreq):
    got = unlike_general_english(briefing.tokenize(TURNS))
    assert list(got) == ["token", "function_word", "n", "per_1000", "per_1000_english", "log_ratio"]


def test_every_count_of_the_real_briefing_is_found_again(wordfreq, shared):
    talk = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    got = unlike_general_english(talk.tokens)
    words = talk.tokens["token"].astype(str).tolist()
    assert {token: words.count(token) for token in got["token"][:10]} == dict(
        zip(got["token"][:10], got["n"][:10], strict=True)
    )


def test_another_language_gives_no_rows():
    tokens = briefing.tokenize(TURNS)
    tokens.attrs["language"] = "fr"
    found = unlike_general_english(tokens)
    assert found.empty and "English" in found.attrs["why"]


def test_an_empty_table_and_a_missing_list_are_refused(monkeypatch):
    tokens = briefing.tokenize(TURNS)
    with pytest.raises(BriefingError, match="0 rows"):
        unlike_general_english(tokens.iloc[:0])
    monkeypatch.setitem(sys.modules, "wordfreq", None)
    with pytest.raises(BriefingError, match=r"pip install 'briefing-analysis\[reference\]'"):
        unlike_general_english(tokens)
