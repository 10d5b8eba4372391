"""Stage directions and transcriber's notes are no words, and what is said in brackets is."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing
from briefing.lexicons.stage import is_stage, stage_spans, without_stages
from briefing.words.boundaries import count_words
from briefing.words.tokens import sentences, tokenize

ENGLISH = (
    "(Laughter.)|[laughs]|[ Applause ]|(Cheers and applause.)|(Indistinct chatter)|(hear, hear)|"
    "(Reporters laugh.)|(Ms. Haske nods.)|[Witness confers with his counsel.]|(off-mic)|(MUSIC)|"
    "(Off mike.)|[cross-talk]|(speaking simultaneously)|(no audible response)|(phone rings)|"
    "(Applause from the gallery.)|(long pause)|(Pause in proceedings)|(brief recess)|(phonetic)|"
    "(technical difficulties)|(A video is shown.)|[BEGIN VIDEO CLIP]|(Standing ovation)|[unclear]|"
    "[two words unclear]|(clears throat)|(Mr. Marlow in the Chair)|(Shouted question)"
).split("|")
TIMED = (
    "[1:00]|(00:01:21)|[00:01:21.500]|[00:08:13-00:28:41]|[inaudible 00:01:21]|"
    "[crosstalk 00:12:03]|(pause, 0:05)|[laughter\\]|[00:00:01 --> 00:00:04]"
).split("|")
INTERPRETED = (
    "(As interpreted.)|(Through interpreter.)|(speaks through an interpreter)|(via translator)|"
    "(Speaks French.)|(In Spanish.)|(continues in Arabic)|[Interpreted from Russian]|"
    "(speaking in a foreign language)|(interpretation)|[Translated from Polish.]"
).split("|")
OTHERS = (
    "（笑）|（热烈鼓掌）|（众人笑）|（听不清）|（翻译）|(拍手)|（聞き取り不能）|（発言する者あり）|"
    "（通訳を介して）|(웃음)|(일동 웃음)|(음성 불명)|(통역)|(หัวเราะ)|(ปรบมือ)|(cười)|(vỗ tay)|(tertawa)|"
    "(Gülüşmeler)|(Alkışlar)|(ضحك)|(تصفيق)|(צחוק)|(γέλια)|(हँसी)|(Смех.)|(Оживление в зале.)|"
    "(Говорит по-английски.)|(через переводчика)|(сміх)|(oklaski)|(śmiech na sali)|(potlesk)|"
    "(skratt)|(applåder)|(gelach)|(Beifall bei der Opposition)|(Zuruf von links: Quatsch!)|"
    "(auf Englisch)|(Lacht)|(Risas.)|(Aplausos)|(Habla en inglés)|(fuera de micrófono)|(risos)|"
    "(inaudível)|(Rires.)|(Applaudissements sur quelques bancs)|(traduit de l’anglais)|(risate)|"
    "(incomprensibile)|【笑】|〔拍手〕|{laughter}|<laughs>|（Laughter)"
).split("|")
SAID = (
    "(which I regret)|(NATO)|[the minister]|(2018)|(40)|[sic]|[here]|[We’re]|[in real terms]|"
    "(10 percent)|(10:30 a.m.)|(see below)|(in May)|(the music)|(music, film and video)|(Spanish)|"
    "(interpreted as a threat)|(the Spanish)|[the interpreter]|(a break with the past)|(members)|"
    "(laughter is what we need)|(or, as we say, applause)|(overlapping jurisdictions)|(no)|"
    "(not the government)|(in the hall)|(simultaneous with the vote)|(waves of them)|(film)|"
    "(silence is no answer)|(pause there)|(microphone costs)|(my pause)|（中国）|（北大西洋条約機構）|"
    "(der Minister)|(la ministra)|(министр)|（记者）|(Harbour Times)|(the break)|(short)"
).split("|")


@pytest.mark.parametrize("bracket", ENGLISH + TIMED + INTERPRETED + OTHERS)
def test_a_stage_direction_is_found_whole_and_is_no_word(bracket):
    text = f"Yes {bracket} no."
    assert stage_spans(text) == ((4, 4 + len(bracket)),)
    assert count_words(text) == 2
    assert is_stage(bracket) and count_words(bracket) == 0


@pytest.mark.parametrize("bracket", SAID)
def test_what_is_said_in_brackets_is_words(bracket):
    assert stage_spans(f"Yes {bracket} no.") == ()


def test_one_inside_of_words_in_brackets_is_found_and_one_in_an_address_is_left():
    text = (
        "We saw it (which I [inaudible] regret) at https://a.example/heat_(music) (Laughter [all])."
    )
    found = [text[start:stop] for start, stop in stage_spans(text)]
    assert found == ["[inaudible]", "(Laughter [all])"]


@pytest.mark.parametrize(
    "text", ["(" * 50_000, "(laughter " * 20_000, "((a)b" * 20_000, "（<[" * 20_000]
)
def test_brackets_that_never_close_take_no_time(text):
    assert stage_spans(text) == ()


@given(st.text(st.sampled_from("([（laughter笑) ]）.1:0\n"), max_size=40))
def test_the_text_without_them_is_as_long_and_has_none(text):
    said = without_stages(text)
    assert len(said) == len(text)
    assert all(
        a == b for i, (a, b) in enumerate(zip(text, said, strict=True)) if not within(text, i)
    )
    assert sorted(stage_spans(text)) == [*stage_spans(text)]


def within(text, i):
    return any(start <= i < stop for start, stop in stage_spans(text))


TALK = pd.DataFrame(
    {
        "text": [
            "We will build (inaudible) and (inaudible) this year. (Laughter.) It is [1:00] done.",
            "(Applause.)",
            "When（笑）does it open (which I asked)?",
        ]
    }
)


def test_tokens_and_sentences_have_none_and_the_text_keeps_them():
    tokens, found = tokenize(TALK), sentences(TALK)
    assert " ".join(tokens["token"]) == (
        "we will build and this year it is done when does it open which i asked"
    )
    assert found["text"].tolist() == [
        "We will build (inaudible) and (inaudible) this year.",
        "It is [1:00] done.",
        "When（笑）does it open (which I asked)?",
    ]
    assert found["n_words"].tolist() == [6, 3, 7]


def test_the_sentence_beside_it_is_counted_from_one_and_every_word_is_in_its_own():
    tokens, found = tokenize(TALK), sentences(TALK)
    assert found["sentence_id"].tolist() == [1, 2, 1]
    counted = tokens.groupby(["turn_id", "sentence_id"]).size().tolist()
    assert counted == found["n_words"].tolist()


def test_a_tokenizer_of_somebody_elses_has_none_either():
    def by_space(text):
        at = 0
        for word in text.split():
            at = text.index(word, at)
            yield at, at + len(word)
            at += len(word)

    words = tokenize(TALK.iloc[:2], tokenizer=by_space)["token"].tolist()
    assert words == "we will build and this year. it is done.".split()


def test_a_concordance_finds_them_neither_by_word_nor_by_expression():
    turns = TALK.assign(
        briefing_id="quay", turn_id=[1, 2, 3], speaker="Ida Marlow", role="official"
    )
    tokens = tokenize(turns)
    assert len(briefing.context.concordance(turns, "inaudible")) == 0
    assert len(briefing.context.concordance(turns, "inaud|laugh", regex=True)) == 0
    assert len(briefing.context.concordance(turns, "this year")) == 1
    assert "inaudible" not in set(briefing.lexis.common(tokens, min_count=1)["token"])


def test_the_time_in_one_is_no_figure():
    turns = TALK.assign(
        briefing_id="quay", turn_id=[1, 2, 3], speaker="Ida Marlow", role="official"
    )
    assert len(briefing.quantities.numbers(sentences(turns))) == 0
