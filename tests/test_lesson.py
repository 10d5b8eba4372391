"""What the lessons call, on texts that are not the sample."""

import tomllib
from importlib.resources import files

import pandas as pd
import pytest

import briefing
from briefing.course.lesson import as_drawn, to_compare, topics_for, tried

SPANISH = """\
MINISTRO: Buenos días. Creo que el puente es seguro, y quizá lo abramos en mayo. Nosotros lo hicimos.

PERIODISTA: ¿Quién dijo que fue cerrado por el viento?

MINISTRO: Fue cerrado por la lluvia. Sin duda tenemos que repararlo, y nunca lo negamos.
"""
HEALTH = """\
MS. MARLOW: Good morning. The hospital has a new ward, and nurses for it. Doctors and patients asked for it.

Q: Will the hospital take patients with the virus?

MS. MARLOW: It will. Doctors, nurses and patients will all get the vaccine, and the hospital more beds for patients.
"""
LANGUAGES = tomllib.loads(
    files("briefing.course").joinpath("wording.toml").read_text(encoding="utf-8")
)


@pytest.fixture
def read(tmp_path):
    def of(text):
        path = tmp_path / "talk.txt"
        path.write_text(text, encoding="utf-8")
        return briefing.read(path)

    return of


def test_in_a_language_without_lists_a_few_words_stand_in_and_say_that_nobody_measured(read):
    tokens = read(SPANISH).tokens
    found = tried(briefing.wording.stance, tokens, by=None).set_index("category")["n_hits"]
    assert found[["hedges", "boosters", "necessity"]].tolist() == [2, 2, 1]
    assert tried(briefing.wording.stance, tokens).attrs["accuracy"] == "not measured"

    ours = tried(briefing.wording.pronouns, tokens, hits=True).query("person == 1")
    assert [*zip(ours["entry"], ours["number"], strict=True)] == [("nosotros", "plural")]
    forms = tried(briefing.wording.agency, tokens, hits=True)
    assert forms["category"].tolist() == ["reports", "passives", "passives"]


def test_an_english_text_goes_by_the_measured_lists(read):
    tokens = read(HEALTH).tokens
    expected = briefing.wording.stance(tokens)
    pd.testing.assert_frame_equal(tried(briefing.wording.stance, tokens), expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_few_words_of_each_language_can_be_counted(language):
    for measure, words in LANGUAGES[language].items():
        assert hasattr(briefing.wording, measure)
        assert briefing.topics.codebook(words)["topic"].tolist() == [*words]


def test_where_the_dictionary_finds_next_to_nothing_the_general_one_is_taken(read):
    talk = read(HEALTH)
    assert topics_for(talk, "digital-policy") == "general"
    assert topics_for(talk, {"beds": ["bed*"]}) == {"beds": ["bed*"]}


def test_a_single_briefing_is_compared_in_two_halves_that_share_no_turn(read):
    talk = read(HEALTH)
    halves = to_compare([talk])
    assert sum(len(half.turns) for half in halves) == len(talk.turns)
    assert [half.tokens["turn_id"].max() for half in halves] == [2, 3]
    assert to_compare([talk, talk]) == [talk, talk]

    tokens = pd.concat([half.tokens for half in halves])
    rates = briefing.topics.frequency(tokens, "general", by="briefing_id")
    assert as_drawn(rates, halves)["half"].unique().tolist() == ["first half", "second half"]
    assert as_drawn(rates, [talk]) is rates
