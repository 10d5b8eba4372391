"""A briefing and its translation: turns paired, numbers compared, nothing called left out."""

import pytest

import briefing
from briefing.measures.bilingual import (
    NONE_FOUND,
    NOT_HERE,
    _by_pinyin,
    _turns,
    align,
    align_sentences,
    values,
)
from build import turns_of
from made.pairs import EN, ES, FR, ZH, pair

pytestmark = pytest.mark.whole


def ids(text):
    return [int(i) for i in text.split(", ")] if text else []


def links(aligned):
    rows = aligned[["original_ids", "translation_ids"]].itertuples(index=False)
    return {(x, y) for one, other in rows for x in ids(one) for y in ids(other)}


@pytest.mark.parametrize("languages", [(ZH, EN), (FR, EN), (ES, EN)], ids=["zh", "fr", "es"])
def test_turns_and_numbers_of_pairs_that_were_damaged(languages):
    right = found = there = flagged = rightly = n = 0
    for seed in range(6):
        a, b, truth, differ = pair(seed, *languages)
        aligned = align(a, b)
        got = links(aligned)
        right, found, there = right + len(got & truth), found + len(got), there + len(truth)
        shown = aligned[(aligned["only_original"].str.len() > 0)]
        rows = {i for text in shown["original_ids"] for i in ids(text)}
        flagged, rightly = flagged + len(rows), rightly + len(rows & differ)
        n += aligned.attrs["n_numbers"]
    assert 2 * right / (found + there) >= 0.95
    assert n >= 100
    assert rightly / flagged >= 0.95


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("共有25万人", "250,000 people in all"),
        ("增长三成", "a rise of 30 percent"),
        ("1.2亿元", "120 million yuan"),
        ("二〇二四年", "in 2024"),
        ("一万多人", "more than 10,000 people"),
        ("百分之四十五", "45 per cent"),
        ("2,5 milliards d'euros", "2.5 billion euros"),
        ("3,5 millones", "3.5 million"),
    ],
)
def test_numbers_are_one_in_two_languages(one, other):
    assert values(one)[0] <= values(other)[1]
    assert values(other)[0] <= values(one)[1]


def test_an_answer_that_is_moved_is_paired_with_its_translation_and_said_to_be_moved():
    a, b, truth, _ = pair(1, FR, EN)
    aligned = align(a, b)
    moved = links(aligned[aligned["status"] == "moved"])
    assert moved
    assert moved <= truth


def test_an_answer_that_is_two_turns_in_the_translation_is_paired_with_both():
    a, b, truth, _ = pair(1, FR, EN)
    (split,) = {x for x, y in truth if (x, y + 1) in truth}
    row = align(a, b).set_index("original_ids").loc[str(split)]
    assert ids(row["translation_ids"]) == sorted(y for x, y in truth if x == split)


def test_what_lies_outside_the_page_is_told_from_what_has_no_counterpart():
    a, b, _, _ = pair(1, ZH, EN)
    aligned = align(a, b.iloc[:20])
    assert aligned["status"].iloc[-1] == NOT_HERE
    inside = aligned[aligned["status"] == NONE_FOUND].index
    assert len(inside)
    assert max(inside) < aligned[aligned["status"] == "turn"].index.max()


@pytest.mark.parametrize("name", ["bi.txt", "zh-en-bilingual-paragraphs.txt"])
def test_the_bilingual_cases(shared, name):
    turns = briefing.read(shared.parent / "cases" / "languages" / name).turns
    chinese = turns["text"].str.contains(r"[\u4e00-\u9fff]")
    aligned = align(turns[chinese], turns[~chinese])
    assert links(aligned) == {(i, i + 1) for i in turns.loc[chinese, "turn_id"]}


def test_names_that_are_told_pair_turns_that_nothing_else_does():
    told = "briefing_id speaker role text"
    one = turns_of(told, *(("a", who, "official", "好。") for who in ("林乔", "周远")))
    other = turns_of(told, *(("b", who, "official", "Good.") for who in ("Zhou Yuan", "Ida Lin")))
    assert links(align(one, other)) == {(1, 1), (2, 2)}
    known = {"周远": "Zhou Yuan", "林乔": "Ida Lin"}
    assert (1, 1) not in links(align(one, other, names=known))


def test_sentences_within_a_turn():
    a, b, _, _ = pair(2, FR, EN)
    found = align_sentences(align(a, b))
    answer = found[found["original_ids"] == "2"]
    numbers = answer[["sentence_original", "sentence_translation"]]
    assert numbers.to_numpy().tolist() == [[1, 1], [2, 2], [3, 3]]
    assert answer["text_original"].iloc[0] == "Merci de votre question."
    assert answer["text_translation"].iloc[0] == "Thank you for your question."
    assert len(found) > 30


def test_chinese_speakers_are_known_by_pinyin():
    pytest.importorskip("pypinyin")
    one = briefing.parse(
        "局长李小明：渡轮周一停航。\n记者王芳：渡轮周二停航吗？\n局长李小明：是的。"
    ).turns
    said = "Xiaoming Li: The ferry stops.\nWang Fang: Does the ferry stop?\nXiaoming Li: It does."
    other = briefing.parse(said).turns
    assert _by_pinyin(_turns(one, ""), _turns(other, "")) == {
        one["speaker"][0]: "Xiaoming Li",
        one["speaker"][1]: "Wang Fang",
    }
    turned = other.assign(speaker=["Li Wei", "Fang Li", "Li Wei"])
    assert _by_pinyin(_turns(one, ""), _turns(turned, "")) == {}
