import json
import os
import sys
from importlib.util import find_spec

import nltk
import numpy as np
import pandas as pd
import pytest
from conftest import lacking
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError, tokenize
from briefing.interchange.convert import (
    nltk_text,
    read_convokit,
    read_table,
    save_convokit,
    save_table,
    turns_from,
)
from briefing.tables import TURNS

TABLES = ("turns", "tokens", "sentences", "pairs", "lines")


@pytest.fixture(scope="module")
def talk(root):
    return briefing.read(root / "data" / "lanmere-ring-2024.txt")


def assert_same(back, table):
    assert_frame_equal(back, table)
    assert back.attrs == table.attrs


def heard(**columns):
    """A table from elsewhere: who, said, and what is given."""
    table = pd.DataFrame(
        {"who": ["Jo Petrel", "Ida Marlow", ""], "said": ["When?", "In May.", "And then?"]}
    )
    return table.assign(**columns)


def taken(table=None, **how):
    return turns_from(
        heard() if table is None else table, **({"text": "said", "speaker": "who"} | how)
    )


@pytest.mark.parametrize("name", TABLES)
def test_a_table_goes_through_csv_with_its_types_and_attributes(talk, tmp_path, name):
    table = getattr(talk, name)
    assert_same(read_table(save_table(table, tmp_path / "table.csv")), table)


@pytest.mark.parametrize("name", TABLES)
def test_a_table_goes_through_parquet_with_its_types_and_attributes(talk, tmp_path, name):
    if find_spec("pyarrow") is None:
        lacking("pyarrow (the extra parquet) is not installed")
    table = getattr(talk, name)
    assert_same(read_table(save_table(table, tmp_path / "table.parquet")), table)


def test_a_measures_result_goes_through_csv(talk, tmp_path):
    table = briefing.speaking.share(talk.turns)
    assert_same(read_table(save_table(table, tmp_path / "shares.csv")), table)


def test_words_that_look_like_missing_values_or_numbers_stay_words(tmp_path):
    odd = 'NA null NaN None nan 007 1e5 True - , ; "so" \'tis é 中文'.split()
    table = pd.DataFrame({"token": odd, "n_words": range(len(odd))})
    for frame in (table, table.astype({"token": "category"})):
        assert_same(read_table(save_table(frame, tmp_path / "odd.csv")), frame)


def test_line_ends_and_empty_texts_survive(tmp_path):
    texts = ["one\ntwo", "one\r\ntwo", "a\rb", "", " ", 'say "so", she said', "\ttab"]
    table = pd.DataFrame({"text": texts, "label": ["x", None] * 3 + ["y"]}).astype("str")
    assert_same(read_table(save_table(table, tmp_path / "ends.csv")), table)


def test_every_digit_of_a_number_survives(tmp_path):
    values = np.random.default_rng(3).normal(size=50) * 10.0 ** np.arange(-25, 25)
    table = pd.DataFrame({"g2": [*values, np.nan, np.inf, 0.1 + 0.2]})
    assert_same(read_table(save_table(table, tmp_path / "digits.csv")), table)


def test_categories_keep_their_order_and_those_unused(tmp_path):
    roles = pd.Categorical(["official", None], ["official", "journalist", "moderator", "unknown"])
    table = pd.DataFrame({"role": roles, "size": pd.Categorical([3, 1], [3, 2, 1])})
    back = read_table(save_table(table, tmp_path / "roles.csv"))
    assert back["role"].cat.categories.tolist() == table["role"].cat.categories.tolist()
    assert_same(back, table)


def test_a_csv_without_its_metadata_has_the_types_of_our_columns(talk, tmp_path):
    path = save_table(talk.turns, tmp_path / "turns.csv")
    (tmp_path / "turns.csv-metadata.json").unlink()
    back = read_table(path)
    assert_frame_equal(back, talk.turns)
    assert back.attrs == {}


def test_a_csv_that_a_spreadsheet_saved_with_a_mark_is_read(tmp_path):
    (tmp_path / "marked.csv").write_bytes("\ufeffspeaker,text\nÉva,Naïve.\n".encode())
    back = read_table(tmp_path / "marked.csv")
    assert [*back] == ["speaker", "text"] and back["speaker"].tolist() == ["Éva"]


def test_an_empty_selection_goes_through_csv(talk, tmp_path):
    none = talk.tokens.query("role == 'unknown'")
    back = read_table(save_table(none, tmp_path / "none.csv"))
    assert_frame_equal(back, none.reset_index(drop=True), check_categorical=False)


@pytest.mark.parametrize(
    "call, complaint",
    [
        (lambda path: save_table(heard(), path / "turns.xlsx"), r"ends in '\.xlsx'; use \.csv"),
        (lambda path: read_table(path / "turns.csv"), r"turns\.csv is not a file"),
        (lambda path: read_convokit(path), "no utterances.jsonl there"),
    ],
)
def test_what_cannot_be_read_or_written_is_an_error(tmp_path, call, complaint):
    with pytest.raises(BriefingError, match=complaint):
        call(tmp_path)


def test_without_pyarrow_parquet_is_an_error_that_names_the_extra(monkeypatch, tmp_path):
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(BriefingError, match=r"pip install 'briefing-analysis\[parquet\]'"):
        save_table(heard(), tmp_path / "turns.parquet")


def test_an_nltk_text_has_the_words_in_their_order(talk):
    text = nltk_text(talk.tokens.sample(frac=1, random_state=1))
    assert isinstance(text, nltk.Text)
    assert list(text) == talk.tokens["token"].tolist()
    assert text.name == "lanmere-ring-2024"
    assert text.count("ring") == (talk.tokens["token"] == "ring").sum() > 0
    lines = text.concordance_list("ring", lines=500)
    assert len(lines) == text.count("ring")


def test_an_nltk_text_of_nothing_is_empty(talk):
    assert list(nltk_text(talk.tokens.iloc[:0])) == []


def test_a_table_from_elsewhere_becomes_a_full_turns_table():
    turns = taken()
    assert [*turns] == [*TURNS.columns]
    assert turns["turn_id"].tolist() == [1, 2, 3]
    assert turns["n_words"].tolist() == [1, 2, 2]
    assert turns["speaker"].isna().tolist() == [False, False, True]
    assert turns["label"].tolist()[:2] == ["Jo Petrel", "Ida Marlow"]
    assert turns["inferred"].tolist() == [False, False, True]
    assert set(turns["role"]) == {"unknown"} and set(turns["briefing_id"]) == {"briefing"}
    assert turns["answers"].isna().all() and turns["first_line"].tolist() == [1, 2, 3]
    assert turns.attrs == {"text_status": "unknown", "part": False, "language": None}


def test_what_comes_in_has_the_types_of_what_is_read(talk):
    assert taken().dtypes.map(str).to_dict() == talk.turns.dtypes.map(str).to_dict()
    nobody = taken(heard().assign(who=None))
    assert nobody["speaker"].cat.categories.dtype == talk.turns["speaker"].cat.categories.dtype


def test_our_own_turns_come_in_as_they_are(talk):
    assert_same(turns_from(talk.turns), talk.turns)
    plain = talk.turns.astype("object")
    plain.attrs = talk.turns.attrs
    assert_same(turns_from(plain), talk.turns)


def test_other_columns_are_named_with_ours():
    table = heard(
        Day=["a", "a", "b"], Nr=[4, 9, 4], Job=["journalist", "official", None], To=[None, 4, None],
        From=["0.5", "2", None],
    )  # fmt: skip
    names = {
        "briefing_id": "Day",
        "turn_id": "Nr",
        "role": "Job",
        "answers": "To",
        "start_s": "From",
    }
    turns = taken(table, columns=names, text_status="verbatim")
    assert turns["turn_id"].tolist() == [4, 9, 4]
    assert turns["role"].tolist() == ["journalist", "official", "unknown"]
    assert turns["answers"].fillna(0).tolist() == [0, 4, 0]
    assert turns["start_s"].tolist()[:2] == [0.5, 2]
    assert turns.attrs["text_status"] == "verbatim"


def test_turns_are_numbered_in_each_briefing():
    turns = taken(heard(briefing_id=["a", "b", "a"]))
    assert turns["turn_id"].tolist() == [1, 1, 2]


def test_where_nobody_is_named_nobody_is():
    assert turns_from(heard(), text="said", speaker=None)["speaker"].isna().all()
    assert turns_from(heard(speaker="x"), text="said", speaker=None)["speaker"].isna().all()


def test_the_language_is_guessed_and_words_without_spaces_are_not_counted():
    table = pd.DataFrame({"speaker": ["a"], "text": ["เราคุยเรื่องค่าท่าเรือและน้ำขึ้นน้ำลง " * 5]})
    turns = turns_from(table)
    assert turns.attrs["language"] == "th" and turns["n_words"].isna().all()


def test_the_table_that_comes_in_is_left_as_it_was():
    table = heard()
    before = table.copy()
    taken(table)
    assert_frame_equal(table, before)


@pytest.mark.parametrize(
    "how, complaint",
    [
        ({"text": "words"}, "no column 'words'; the table has who, said"),
        ({"speaker": "speaker"}, "no column 'speaker'.*speaker=None"),
        ({"columns": {"party": "who"}}, "'party'.* is not a column of turns"),
        ({"text_status": "draft"}, "text_status='draft': use verbatim"),
        ({"table": heard().iloc[:0]}, "0 rows"),
        ({"table": heard(said=["a", 3, "c"])}, "row 2 of the table: text 3 is not text"),
        (
            {"table": heard(role=["host", "official", None])},
            "row 1 of the table: role 'host' is not",
        ),
        ({"table": heard(turn_id=[1, 2, 2])}, "row 3 of the table: turn_id 2 comes twice"),
        (
            {"table": heard(turn_id=[1, 0, 2])},
            "row 2 of the table: turn_id 0 is not a whole number from 1",
        ),
        (
            {"table": heard(turn_id=[1, 2.5, 3])},
            "row 2 of the table: turn_id 2.5 is not a whole number",
        ),
        (
            {"table": heard(turn_id=[1, None, 3])},
            "row 2 of the table: turn_id nan is not a whole number",
        ),
        (
            {"table": heard(answers=[None, 3, None])},
            "row 2 of the table: answers .*not an earlier turn",
        ),
        (
            {"table": heard(answers=[9, None, None])},
            "row 1 of the table: answers .*not an earlier turn",
        ),
        ({"table": heard(start_s=["0", "soon", "9"])}, "row 2 of the table: start_s 'soon' is not"),
        (
            {"table": heard(turn_id=[1, 2, 1e30])},
            r"row 3 of the table: turn_id 1e\+30 is not a whole",
        ),
        (
            {"table": heard(first_line=[1, "x", 3])},
            "row 2 of the table: first_line 'x' is not a num",
        ),
        (
            {"table": heard(last_line=[1, 2, 3.5])},
            "row 3 of the table: last_line 3.5 is not a whole",
        ),
    ],
)
def test_says_what_is_wrong_with_a_table_and_where(how, complaint):
    with pytest.raises(BriefingError, match=complaint):
        taken(**how)


TWO_LANGUAGES = (
    "Q: Why was the ferry cancelled last night?\nMs Quill: Two of the crew fell ill, and we had nobody else.\n记者：昨晚的渡轮为什么取消？\n关女士：两名船员病了，我们没有别的人。\n"
    * 4
)


def test_the_language_of_each_turn_goes_through_every_format_and_back(tmp_path):
    turns = briefing.parse(TWO_LANGUAGES).turns
    assert {*turns["language"]} == {"en", "zh"}
    assert_same(read_convokit(save_convokit(turns, tmp_path / "corpus")), turns)
    assert_same(read_table(save_table(turns, tmp_path / "turns.csv")), turns)
    assert_same(turns_from(turns), turns)


def test_words_are_counted_as_the_language_of_their_turn_is():
    said = {"en": "We open in May.", "th": "เราคุยเรื่องค่าท่าเรือและน้ำขึ้นน้ำลง"}
    table = pd.DataFrame({"speaker": "a", "text": [*said.values()], "language": [*said]})
    assert turns_from(table)["n_words"].fillna(-1).tolist() == [4, -1]


def test_words_are_cut_as_in_the_language_that_is_known():
    said = {"en": "The water will rise.", "fr": "L’eau monte."}
    table = pd.DataFrame({"speaker": "a", "text": [*said.values()], "language": [*said]})
    turns = turns_from(table)
    assert turns["n_words"].tolist() == [4, 3]
    assert tokenize(turns).groupby("turn_id").size().tolist() == [4, 3]
    table = table.iloc[1:].drop(columns="language")
    table.attrs["language"] = "fr"
    assert turns_from(table)["n_words"].tolist() == [3]


def test_turns_go_through_convokit_and_back(talk, tmp_path):
    folder = save_convokit(talk.turns, tmp_path / "corpus")
    assert_same(read_convokit(folder), talk.turns)


def test_parts_of_questions_go_to_convokit_with_their_replies(talk, tmp_path):
    parts = briefing.questions.parts(talk.turns)
    folder = save_convokit(talk.turns, tmp_path / "corpus", parts=parts)
    lines = (folder / "utterances.jsonl").read_text("utf-8").splitlines()
    said = {one["id"]: one for one in map(json.loads, lines)}
    told = [(i, p) for i, one in said.items() for p in one["meta"].get("question_parts", [])]
    assert [part["text"] for _, part in told] == parts["text"].tolist()
    replies = {(i, reply) for i, part in told for reply in part["reply_ids"]}
    assert replies
    assert all(said[reply]["reply_to"] == i for i, reply in replies)
    assert_same(read_convokit(folder), talk.turns)


def test_an_utterance_is_what_convokit_expects(talk, tmp_path):
    folder = save_convokit(talk.turns, tmp_path / "corpus")
    files = "conversations.json corpus.json index.json speakers.json utterances.jsonl".split()
    assert sorted(os.listdir(folder)) == files
    rows = [json.loads(line) for line in (folder / "utterances.jsonl").read_text().splitlines()]
    fields = "id speaker conversation_id reply_to timestamp text meta".split()
    ids = {row["id"] for row in rows}
    speakers = json.loads((folder / "speakers.json").read_text())
    for row, turn in zip(rows, talk.turns.itertuples(), strict=True):
        assert [*row] == fields
        assert row["text"] == turn.text and row["meta"]["role"] == turn.role
        assert row["speaker"] in speakers and row["conversation_id"] == rows[0]["id"]
        assert (row["reply_to"] in ids) == pd.notna(turn.answers)
        if row["reply_to"]:
            assert row["reply_to"] == f"lanmere-ring-2024.{turn.answers}"


def test_the_index_names_the_type_of_every_piece_of_meta(talk, tmp_path):
    folder = save_convokit(talk.turns, tmp_path / "corpus")
    index = json.loads((folder / "index.json").read_text())
    assert index["utterances-index"]["role"] == ["<class 'str'>"]
    assert index["utterances-index"]["n_words"] == ["<class 'int'>"]
    assert index["overall-index"]["part"] == ["<class 'bool'>"]
    assert (index["version"], index["vectors"]) == (1, [])
    for line in (folder / "utterances.jsonl").read_text().splitlines():
        meta = json.loads(line)["meta"]
        assert all(str(type(v)) in index["utterances-index"][k] for k, v in meta.items())


def test_an_unnamed_turn_has_a_speaker_of_its_own_and_comes_back_unnamed(tmp_path):
    turns = taken(
        heard(who=[None, "Ida Marlow", None], role=["journalist", "official", "journalist"])
    )
    folder = save_convokit(turns, tmp_path / "corpus")
    speakers = json.loads((folder / "speakers.json").read_text())
    assert len(speakers) == 3
    assert sum(s["meta"]["named"] for s in speakers.values()) == 1
    assert_same(read_convokit(folder), turns)


def test_timestamps_are_seconds_only_where_every_turn_has_one(tmp_path):
    both = pd.concat(
        [heard(briefing_id="a", start_s=[0.5, 2, 9]), heard(briefing_id="b", start_s=[1, None, 3])]
    )
    turns = taken(both.reset_index(drop=True))
    folder = save_convokit(turns, tmp_path / "corpus")
    rows = [json.loads(line) for line in (folder / "utterances.jsonl").read_text().splitlines()]
    assert [row["timestamp"] for row in rows] == [0.5, 2, 9, 1, 2, 3]
    told = json.loads((folder / "conversations.json").read_text())
    assert [c["meta"]["timestamp"] for c in told.values()] == ["seconds", "order of turns"]
    assert_same(read_convokit(folder), turns)


def foreign(folder, *rows):
    lines = [json.dumps(row) for row in rows]
    (folder / "utterances.jsonl").write_text("\n".join(lines), encoding="utf-8")
    return folder


def test_a_corpus_of_others_is_read_in_the_order_of_its_times(tmp_path):
    old = {"user": "Jo", "root": "x", "meta": {"role": "host", "turn_id": "T9"}}
    folder = foreign(
        tmp_path,
        old | {"id": "x2", "reply-to": "x", "timestamp": 7, "text": "In May."},
        old | {"id": "x", "reply-to": None, "timestamp": 3, "text": "When?"},
        old | {"id": "y", "root": "y", "reply-to": "x", "timestamp": 1, "text": "Hello."},
    )
    turns = read_convokit(folder)
    assert turns["briefing_id"].tolist() == ["x", "x", "y"]
    assert turns["text"].tolist() == ["When?", "In May.", "Hello."]
    assert turns["turn_id"].tolist() == [1, 2, 1]
    assert turns["answers"].fillna(0).tolist() == [0, 1, 0]
    assert set(turns["role"]) == {"unknown"}


@pytest.mark.parametrize("name", ["turn_id", "first_line", "last_line"])
@pytest.mark.parametrize("value", ["x", "", 1e30, 2.5, [1]])
def test_what_is_no_whole_number_in_a_corpus_is_named(talk, tmp_path, name, value):
    file = save_convokit(talk.turns, tmp_path / "corpus") / "utterances.jsonl"
    first, second, *others = file.read_text("utf-8").splitlines()
    told = json.loads(second)
    told["meta"][name] = value
    file.write_text("\n".join([first, json.dumps(told), *others]), "utf-8")
    with pytest.raises(BriefingError) as error:
        read_convokit(file.parent)
    assert f"row 2 of the table: {name} {value!r} is not a" in str(error.value)


@pytest.mark.parametrize("bad", ["{", "[1]", '{"id": "a"}', "3"])
def test_a_line_that_is_no_utterance_is_named(tmp_path, bad):
    good = json.dumps({"id": "a", "speaker": "Jo", "conversation_id": "a", "text": "Hi."})
    (tmp_path / "utterances.jsonl").write_text(f"{good}\n{bad}\n")
    with pytest.raises(BriefingError, match=r"utterances\.jsonl, line 2"):
        read_convokit(tmp_path)


def test_a_real_briefing_goes_out_and_comes_back_(shared, tmp_path):
    talk = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    folder = save_convokit(talk.turns, tmp_path / "corpus")
    assert_same(read_convokit(folder), talk.turns)
    assert_same(read_table(save_table(talk.tokens, tmp_path / "tokens.csv")), talk.tokens)
    assert_frame_equal(tokenize(read_convokit(folder)), talk.tokens)
