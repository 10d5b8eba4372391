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
ACCURACY = LANGUAGES.pop("accuracy")


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
    assert forms.attrs["accuracy"] == ACCURACY["es"]


def test_an_english_text_goes_by_the_measured_lists(read):
    tokens = read(HEALTH).tokens
    expected = briefing.wording.stance(tokens)
    pd.testing.assert_frame_equal(tried(briefing.wording.stance, tokens), expected)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_few_words_of_each_language_can_be_counted(language):
    for measure, words in LANGUAGES[language].items():
        assert hasattr(briefing.wording, measure)
        assert briefing.topics.codebook(words)["topic"].tolist() == [*words]


@pytest.mark.parametrize("characters", ["simplified", "traditional"])
def test_the_chinese_words_are_counted_in_either_kind_of_characters(read, characters):
    pytest.importorskip("jieba", reason="the extra zh is not installed")
    said = {
        "simplified": "林海：他们说，应该说我们当然必须等。\n\n记者：据报道，船被卖了。也就是说，没有船。\n",
        "traditional": "林海：他們說，應該說我們當然必須等。\n\n記者：據報道，船被賣了。也就是說，沒有船。\n",
    }
    tokens = read(said[characters]).tokens
    found = tried(briefing.wording.stance, tokens, by=None).set_index("category")["n_hits"]
    assert found[["hedges", "boosters", "necessity"]].tolist() == [1, 1, 1]
    forms = tried(briefing.wording.agency, tokens, by=None).set_index("category")["n_hits"]
    assert forms.to_dict() == {"reports": 2, "passives": 1}
    ours = tried(briefing.wording.pronouns, tokens, by=None)
    assert ours.set_index(["person", "number"])["n_hits"][1, "plural"] == 1


CARRIERS = ("他们{}这个问题。", "这个情况{}很清楚。", "{}，事情很多。")


def test_every_chinese_word_is_found_somewhere(read):
    pytest.importorskip("jieba", reason="the extra zh is not installed")
    for words in LANGUAGES["zh"].values():
        for listed in words.values():
            for word in listed["patterns"] if isinstance(listed, dict) else listed:
                text = "".join(carrier.format(word) for carrier in CARRIERS)
                tokens = read(f"林海：{text}\n\n记者：{text}\n").tokens
                assert briefing.topics.frequency(tokens, {"it": [word]})["n_hits"].item(), word


def test_an_ending_of_nominalisations_takes_no_adverb_and_no_institution(read):
    said = "M. ROY : Le gouvernement a clairement lancé le financement et le changement.\n\nQ : Et vous ?\n"
    tokens = read(said).tokens
    tokens.attrs["language"] = "fr"
    forms = tried(briefing.wording.agency, tokens, hits=True).query("category == 'nominalisations'")
    assert forms["entry"].tolist() == ["*ement", "*ement"]


def test_where_the_dictionary_finds_next_to_nothing_the_general_one_is_taken(read):
    talk = read(HEALTH)
    assert topics_for(talk, "digital-policy") == "general"
    assert topics_for(talk, {"beds": ["bed*"]}) == {"beds": ["bed*"]}


def test_in_another_language_topics_are_content_words_as_they_are_written_and_no_names(read):
    talk = read(
        "Frau Moor: Guten Tag. Die Brücke ist erst alt. Die Brücke bleibt.\n\n"
        "Frage: Frau Moor, wann? Und die Brücke, Frau Moor? Und die Busse?\n\n"
        "Frau Moor: Die Busse fahren erst heute, die Busse erst im Juli, die Brücke erst im Mai.\n"
    )
    assert topics_for(talk, "digital-policy") == {"Brücke": ["brücke"], "Busse": ["busse"]}


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
