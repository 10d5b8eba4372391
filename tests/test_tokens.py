"""Turns to tables of words and sentences, with our rule or anybody's tokenizer."""

import re

import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nltk.tokenize import (
    NLTKWordTokenizer,
    RegexpTokenizer,
    TreebankWordTokenizer,
    WhitespaceTokenizer,
    WordPunctTokenizer,
)
from pandas.testing import assert_frame_equal

from briefing.lexicons.stage import without_stages
from briefing.tables import ROLES, SENTENCES, TOKENS, BriefingError
from briefing.words.boundaries import find_words, fold
from briefing.words.tokens import sentences, tokenize

TEXTS = [
    "Good morning. We met Gen. Hale at 3 p.m. Monday.\n\nDon’t ask the U.S. about it!",
    "Is 3.5% right? “Yes,” she said.",
    "",
    "— …",
    "Don't. DON’T. (Laughter.) Never [crosstalk 00:12] mind. (Applause.)",
]


@pytest.fixture
def turns():
    frame = pd.DataFrame(
        {
            "briefing_id": ["a", "a", "a", "a", "b"],
            "turn_id": [3, 4, 5, 6, 1],
            "speaker": pd.Categorical(["Ada Lund", None, "Bo Pym", "Ada Lund", "Bo Pym"]),
            "role": pd.Categorical(
                ["official", "journalist", "moderator", "official", "moderator"], ROLES
            ),
            "text": TEXTS,
            "n_words": 0,
        },
        index=[7, 7, 2, 1, 0],
    )
    frame.attrs = {"text_status": "verbatim", "part": True}
    return frame


def printed(table, turns):
    """The words of `table` as they stand in the texts of `turns`."""
    text = {(b, t): x for b, t, x in zip(turns.briefing_id, turns.turn_id, turns.text, strict=True)}
    rows = zip(table.briefing_id, table.turn_id, table.start, table.stop, strict=True)
    return [text[b, t][start:stop] for b, t, start, stop in rows]


def spans_of(pattern):
    return lambda text: [match.span() for match in re.finditer(pattern, text)]


def test_the_tables_have_the_columns_they_promise_in_that_order(turns):
    assert list(tokenize(turns)) == list(TOKENS.columns)
    assert list(sentences(turns)) == list(SENTENCES.columns)


def test_every_token_is_the_folded_form_of_the_word_printed_there(turns):
    table = tokenize(turns)
    assert printed(table, turns) == [
        *"Good morning We met Gen Hale at 3 p.m. Monday Don’t ask the U.S. about it".split(),
        *"Is 3.5 right Yes she said".split(),
        *"Don't DON’T Never mind".split(),
    ]
    assert table["token"].tolist() == [fold(word) for word in printed(table, turns)]


def test_positions_count_from_0_and_sentences_from_1_in_each_turn(turns):
    table = tokenize(turns)
    turn = dict(iter(table.groupby(["briefing_id", "turn_id"])))
    assert sorted(turn) == [("a", 3), ("a", 4), ("b", 1)]
    for rows in turn.values():
        assert rows["position"].tolist() == list(range(len(rows)))
    assert turn["a", 3]["sentence_id"].tolist() == [1] * 2 + [2] * 8 + [3] * 6
    assert turn["a", 4]["sentence_id"].tolist() == [1] * 3 + [2] * 3
    assert turn["b", 1]["sentence_id"].tolist() == [1, 2, 3, 3]


def test_sentences_are_the_text_as_printed_with_their_words_counted(turns):
    table = sentences(turns)
    assert table["text"].tolist() == [
        "Good morning.",
        "We met Gen. Hale at 3 p.m. Monday.",
        "Don’t ask the U.S. about it!",
        "Is 3.5% right?",
        "“Yes,” she said.",
        "Don't.",
        "DON’T.",
        "Never [crosstalk 00:12] mind.",
    ]
    assert table["text"].tolist() == printed(table, turns)
    assert table["sentence_id"].tolist() == [1, 2, 3, 1, 2, 1, 2, 3]
    assert table["n_words"].tolist() == [2, 8, 6, 3, 3, 1, 1, 2]


def test_both_tables_count_the_same_words_in_the_same_sentences(turns):
    key = ["briefing_id", "turn_id", "sentence_id"]
    counted = tokenize(turns).groupby(key).size()
    assert counted.to_dict() == sentences(turns).set_index(key)["n_words"].to_dict()


def test_speaker_and_role_ride_along_as_categories(turns):
    for table in (tokenize(turns), sentences(turns)):
        assert table["speaker"].dtype == turns["speaker"].dtype
        assert table["role"].dtype == turns["role"].dtype
        said = table.groupby("turn_id")[["speaker", "role"]].first()
        assert said.loc[3].tolist() == ["Ada Lund", "official"]
        assert pd.isna(said.loc[4, "speaker"])
        assert said.loc[1].tolist() == ["Bo Pym", "moderator"]
        assert len(table.query("role == 'journalist'")) > 0


def test_the_vocabulary_is_folded_once_sorted_and_holds_no_form_unused(turns):
    token = tokenize(turns)["token"]
    assert isinstance(token.dtype, pd.CategoricalDtype)
    assert token.cat.categories.tolist() == sorted(set(token))
    assert "don't" in token.cat.categories
    assert "Don’t" not in token.cat.categories


def test_keys_and_offsets_are_integers(turns):
    table = tokenize(turns)
    for column in ("turn_id", "sentence_id", "position", "start", "stop"):
        assert pd.api.types.is_integer_dtype(table[column])
    assert table.index.equals(pd.RangeIndex(len(table)))


def test_what_the_turns_say_of_themselves_is_carried_on(turns):
    for table in (tokenize(turns), sentences(turns)):
        assert table.attrs == {
            "text_status": "verbatim",
            "part": True,
            "tokenizer": "briefing.words",
        }
    assert (
        tokenize(turns, tokenizer=WordPunctTokenizer()).attrs["tokenizer"] == "WordPunctTokenizer"
    )
    assert "tokenizer" not in turns.attrs


def test_the_turns_given_are_left_as_they_were(turns):
    before = turns.copy()
    tokenize(turns)
    sentences(turns)
    assert_frame_equal(turns, before)


def test_no_turns_make_empty_tables_with_the_same_types(turns):
    for make in (tokenize, sentences):
        assert make(turns.head(0)).empty
        empty, full = make(turns.head(0)), make(turns)
        kinds = full.select_dtypes("category").columns
        assert empty.drop(columns=kinds).dtypes.equals(full.drop(columns=kinds).dtypes)
        assert [*empty.select_dtypes("category").columns] == [*kinds]
    assert tokenize(turns.iloc[2:4]).empty


def test_a_table_from_elsewhere_needs_only_text():
    table = tokenize(pd.DataFrame({"text": ["We met.", "Why?"]}))
    assert table["briefing_id"].tolist() == ["", "", ""]
    assert table["turn_id"].tolist() == [1, 1, 2]
    assert table["speaker"].isna().all()
    assert table["role"].tolist() == ["unknown"] * 3
    assert table["role"].cat.categories.tolist() == list(ROLES)


def test_turns_without_a_number_are_counted_in_each_briefing():
    table = tokenize(pd.DataFrame({"briefing_id": ["a", "b", "a"], "text": ["x", "y", "z"]}))
    assert table["turn_id"].tolist() == [1, 1, 2]


def test_a_plain_column_of_names_becomes_a_category():
    table = tokenize(pd.DataFrame({"speaker": ["Lund", "Pym"], "text": ["x y", "z"]}))
    assert table["speaker"].tolist() == ["Lund", "Lund", "Pym"]
    assert isinstance(table["speaker"].dtype, pd.CategoricalDtype)


@pytest.mark.parametrize("missing", [None, float("nan"), pd.NA])
def test_a_turn_without_text_has_no_words(missing):
    table = tokenize(pd.DataFrame({"text": pd.Series(["x", missing, "y"], dtype=object)}))
    assert table["turn_id"].tolist() == [1, 3]


def test_a_table_without_text_is_refused():
    with pytest.raises(BriefingError, match=r"lacks text.*briefing\.read"):
        tokenize(pd.DataFrame({"speaker": ["Lund"]}))


def test_a_text_that_is_none_is_refused_by_row():
    with pytest.raises(BriefingError, match=r"row 1 .*12\.5.*astype\(str\)"):
        tokenize(pd.DataFrame({"text": ["x", 12.5]}))


NLTK = {
    "NLTKWordTokenizer": NLTKWordTokenizer(),
    "TreebankWordTokenizer": TreebankWordTokenizer(),
    "WordPunctTokenizer": WordPunctTokenizer(),
    "WhitespaceTokenizer": WhitespaceTokenizer(),
    "RegexpTokenizer": RegexpTokenizer(r"\w+"),
    "RegexpTokenizer of gaps": RegexpTokenizer(r"[\s.]+", gaps=True),
}


@pytest.mark.parametrize("name", NLTK)
def test_any_tokenizer_of_nltk_drops_in_and_leaves_only_words(turns, name):
    tokenizer = NLTK[name]
    table = tokenize(turns, tokenizer=tokenizer)
    expected = [
        text[start:stop]
        for text in TEXTS
        for start, stop in (tokenizer.span_tokenize(text) if text else [])
        if re.search(r"[^\W_]", without_stages(text)[start:stop])
    ]
    assert printed(table, turns) == expected
    assert table["token"].tolist() == [fold(word) for word in expected]
    assert sentences(turns, tokenizer=tokenizer)["n_words"].sum() == len(table)


def test_a_tokenizer_that_splits_contractions_is_taken_at_its_word():
    turns = pd.DataFrame({"text": ["Don't go, don’t!"]})
    table = tokenize(turns, tokenizer=NLTKWordTokenizer())
    assert table["token"].tolist() == ["do", "n't", "go", "don", "t"]


def test_a_function_that_returns_spans_will_do():
    turns = pd.DataFrame({"text": ["我们支持和平。谢谢大家！"]})
    table = tokenize(turns, tokenizer=spans_of("我们|支持|和平|谢谢|大家|。"))
    assert table["token"].tolist() == ["我们", "支持", "和平", "谢谢", "大家"]
    assert table["sentence_id"].tolist() == [1, 1, 1, 2, 2]


def test_a_long_table_is_read_in_parts_and_a_wrong_row_named_by_its_number(monkeypatch):
    monkeypatch.setattr("briefing.words.tokens.TURNS_AT_A_TIME", 3)
    monkeypatch.setattr("briefing.words.tokens.ROWS_AT_A_TIME", 2)
    texts = [f"Word {'b' if i % 2 else 'a'}." for i in range(10)]
    token = tokenize(pd.DataFrame({"text": [*texts, None, ""]}))["token"]
    assert token.tolist() == [word.lower().strip(".") for text in texts for word in text.split()]
    assert token.cat.categories.tolist() == ["a", "b", "word"]
    with pytest.raises(BriefingError, match="row 10 of the turns holds 7"):
        tokenize(pd.DataFrame({"text": [*texts, 7]}))


def test_a_word_that_runs_over_an_end_belongs_to_the_sentence_it_begins_in():
    turns = pd.DataFrame({"text": ["x", "  We met. They left."]})
    table = tokenize(turns, tokenizer=lambda text: [(0, len(text))])
    assert table["sentence_id"].tolist() == [1, 1]
    table = tokenize(turns, tokenizer=lambda text: [(5, len(text))] if len(text) > 1 else [])
    assert table["sentence_id"].tolist() == [1]
    assert sentences(turns, tokenizer=spans_of(r"met\. They|left"))["n_words"].tolist() == [0, 1, 1]


@pytest.mark.parametrize(
    "tokenizer, complaint",
    [
        (lambda text: [(0, 2), (1, 3)], r"span \(1, 3\) after 2"),
        (lambda text: [(3, 1)], r"span \(3, 1\)"),
        (lambda text: [(0, 99)], r"span \(0, 99\) .* in 8 characters"),
        (lambda text: [(-1, 2)], r"span \(-1, 2\)"),
        (lambda text: [(0.0, 2.0)], "interpreted as an integer"),
        (lambda text: ["met", "12"], "substring not found"),
        (lambda text: [("met", 0, 99)], r"span \(0, 99\)"),
        (lambda text: 5, "not iterable"),
        (object(), "the tokenizer object failed"),
    ],
)
def test_a_bad_tokenizer_is_named_with_the_turn_it_failed_on(tokenizer, complaint):
    turns = pd.DataFrame({"text": ["12 met x"]})
    with pytest.raises(BriefingError, match=complaint) as caught:
        tokenize(turns, tokenizer=tokenizer)
    assert re.search(r"'12 met x'.*as words, \(word, start, stop\) or", str(caught.value))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize(
    "tokenizer",
    [str.split, lambda text: [(m[0], *m.span()) for m in re.finditer(r"\S+", text)]],
    ids=["words", "words with their places"],
)
def test_a_function_that_gives_words_will_do(tokenizer):
    turns = pd.DataFrame({"text": ["to be or not to be – that", ""]})
    table = tokenize(turns, tokenizer=tokenizer)
    assert table["token"].tolist() == ["to", "be", "or", "not", "to", "be", "that"]
    assert table["start"].tolist() == [0, 3, 6, 9, 13, 16, 21]


def test_a_briefing_in_chinese_is_not_counted_in_silence(monkeypatch):
    monkeypatch.setattr("briefing.words.boundaries.find_spec", lambda name: None)
    turns = pd.DataFrame(
        {
            "briefing_id": ["a"] * 30 + ["b"],
            "text": ["Plain English words."] * 30 + ["我们支持和平"],
        }
    )
    for make in (tokenize, sentences):
        with pytest.raises(BriefingError, match=r"Chinese puts no spaces.*briefing-analysis\[zh\]"):
            make(turns)
    turns["briefing_id"] = "a"
    assert tokenize(turns)["token"].iloc[-1] == "我们支持和平"


def test_a_briefing_without_a_name_is_asked_all_the_same():
    with pytest.raises(BriefingError, match=r"Thai puts no spaces.*tokenizer="):
        tokenize(pd.DataFrame({"briefing_id": [None], "text": ["เราสนับสนุนสันติภาพ"]}))


SPOKEN = st.text(st.sampled_from("aB é.?!'’-–5,\n()“ "), max_size=30)


@settings(max_examples=50, deadline=None)
@given(st.lists(SPOKEN, max_size=6))
def test_every_word_found_is_a_row_and_stands_inside_its_sentence(texts):
    turns = pd.DataFrame({"text": pd.Series(texts, dtype="str")})
    table, found = tokenize(turns), sentences(turns)
    assert [*zip(table.turn_id, table.start, table.stop, strict=True)] == [
        (number, *span) for number, text in enumerate(texts, 1) for span in find_words(text)
    ]
    around = table.merge(found, on=["turn_id", "sentence_id"], suffixes=("", "_sentence"))
    assert len(around) == len(table)
    assert (around["start"] >= around["start_sentence"]).all()
    assert (around["stop"] <= around["stop_sentence"]).all()
