import csv
import math

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError
from briefing.interchange.sheets import read_key
from briefing.measures.coding import accuracy, agreement, corrected_frequency
from briefing.words.rates import wilson


def said(n=60, briefing_id="harbour"):
    """`n` sentences, four a turn."""
    rows = [(briefing_id, i // 4 + 1, i % 4 + 1, f"Sentence {i}.") for i in range(n)]
    return pd.DataFrame(rows, columns=["briefing_id", "turn_id", "sentence_id", "text"])


def found(sentences, **topics):
    """Hits of each topic in the sentences with those row numbers."""
    parts = [sentences.iloc[[*rows]].assign(topic=topic) for topic, rows in topics.items()]
    return pd.concat(parts)[["briefing_id", "turn_id", "sentence_id", "topic"]]


def hand(key, is_there):
    """What one coder says who knows the truth: (topic, row number of the sentence) -> there?"""
    row = (key["turn_id"] - 1) * 4 + key["sentence_id"] - 1
    codes = ["1" if is_there(t, r) else "0" for t, r in zip(key["topic"], row, strict=True)]
    return key[["item_id", "topic"]].assign(coder="P", code=codes)


def keyed(n_hit, n_no_hit, hits_coded, right, others_coded, missed, topic="fees"):
    """A key and codes with these counts."""
    hit = [True] * hits_coded + [False] * others_coded
    key = pd.DataFrame({"hit": hit, "topic": topic}).assign(
        item_id=lambda t: [f"{topic}-{i}" for i in range(len(t))],
        n_stratum=lambda t: np.where(t["hit"], n_hit, n_no_hit),
    )
    yes = [i < right for i in range(hits_coded)] + [i < missed for i in range(others_coded)]
    codes = key[["item_id"]].assign(coder="P", code=["1" if y else "0" for y in yes])
    return codes, key


def test_a_sample_has_as_many_hits_as_non_hits_of_each_topic():
    sentences = said()
    sample = briefing.coding.sample(
        found(sentences, tides=range(20), fees=range(3)), sentences, n=10
    )
    counts = sample.key.groupby(["topic", "hit"]).size()
    assert counts["tides"].to_dict() == {True: 10, False: 10}
    assert counts["fees"].to_dict() == {True: 3, False: 10}  # all, where there are fewer
    assert not sample.key.duplicated(["topic", "turn_id", "sentence_id"]).any()
    assert sample.key["item_id"].is_unique


def test_a_sample_is_drawn_from_the_whole_and_not_from_its_beginning():
    sentences = said(400)
    key = briefing.coding.sample(found(sentences, tides=range(200)), sentences, n=20).key
    assert key.loc[key["hit"], "turn_id"].median() == pytest.approx(25, abs=10)
    assert key.loc[~key["hit"], "turn_id"].median() == pytest.approx(75, abs=10)


def test_hits_are_sampled_from_hits_and_their_weights_add_up_to_all_sentences():
    sentences = said()
    sample = briefing.coding.sample(found(sentences, tides=range(20)), sentences, n=10)
    row = (sample.key["turn_id"] - 1) * 4 + sample.key["sentence_id"] - 1
    assert ((row < 20) == sample.key["hit"]).all()
    assert sample.key.groupby("hit")["weight"].sum().to_dict() == {True: 20, False: 40}


def test_the_sheet_is_blind():
    sentences = said()
    sample = briefing.coding.sample(found(sentences, tides=range(30)), sentences, n=30)
    assert [*sample.sheet] == "item_id topic text code briefing_id turn_id sentence_id".split()
    assert (sample.sheet["code"] == "").all()
    hits = sample.key["hit"].to_numpy()
    assert 5 < (hits[1:] != hits[:-1]).sum()  # shuffled: no block of hits
    assert sample.sheet["item_id"].tolist() == sample.key["item_id"].tolist()


def test_each_item_shows_its_own_sentence():
    sentences = said()
    sheet = briefing.coding.sample(found(sentences, tides=[3]), sentences, n=10).sheet
    keys = ["briefing_id", "turn_id", "sentence_id"]
    together = sheet.merge(sentences, on=keys, validate="m:1")
    assert (together["text_x"] == together["text_y"]).all() and len(together) == 11


def test_a_sample_depends_on_the_seed_and_not_on_rows_or_other_topics():
    sentences = said()
    hits = found(sentences, tides=range(30))
    sample = briefing.coding.sample(hits, sentences, n=5)
    mixed = briefing.coding.sample(
        hits.sample(frac=1, random_state=1), sentences.sample(frac=1), n=5
    )
    assert_frame_equal(sample.key, mixed.key)
    more = briefing.coding.sample(found(sentences, fees=[1], tides=range(30)), sentences, n=5).key
    ours = ["topic", "turn_id", "sentence_id", "hit"]
    again = more.query("topic == 'tides'")[ours].reset_index(drop=True)
    assert_frame_equal(again, sample.key[ours])
    assert not briefing.coding.sample(hits, sentences, n=5, seed=2).key.equals(sample.key)


def test_several_hits_in_a_sentence_make_one_item():
    sentences = said(8)
    sample = briefing.coding.sample(found(sentences, tides=[2, 2, 2]), sentences, n=9)
    assert sample.key["hit"].sum() == 1 and len(sample.key) == 8


def test_a_topic_never_found_is_sampled_if_it_is_asked_for():
    sentences = said(8)
    hits = found(sentences, tides=[2])
    assert briefing.coding.sample(hits, sentences, topics=["fees"], n=4).key["hit"].sum() == 0
    whole = hits.assign(topic=pd.Categorical(hits["topic"], ["tides", "fees"]))
    assert set(briefing.coding.sample(whole, sentences, n=4).key["topic"]) == {"tides", "fees"}


def test_briefings_with_the_same_turn_numbers_are_told_apart():
    sentences = pd.concat([said(8), said(8, "quay")], ignore_index=True)
    key = briefing.coding.sample(found(said(8, "quay"), tides=[0, 1]), sentences, n=20).key
    assert key.loc[key["hit"], "briefing_id"].tolist() == ["quay", "quay"]
    assert key.loc[~key["hit"], "n_stratum"].unique().tolist() == [14]


@pytest.mark.parametrize(
    "hits, sentences, n, complaint",
    [
        (found(said(), tides=[1]), said(0), 5, "0 sentences, 1 topics"),
        (found(said(), tides=[]), said(), 5, "60 sentences, 0 topics"),
        (found(said(), tides=[1]), said(), 0, "n=0"),
        (
            found(said(), tides=[1]).drop(columns="topic"),
            said(),
            5,
            r"lacks topic.*topics\.frequency",
        ),
        (found(said(), tides=[1]), said().drop(columns="text"), 5, "lacks text"),
    ],
)
def test_nothing_to_sample_is_an_error(hits, sentences, n, complaint):
    with pytest.raises(BriefingError, match=complaint):
        briefing.coding.sample(hits, sentences, n=n)


@pytest.fixture
def sample():
    sentences = said()
    sentences.loc[[0, 1, 2], "text"] = ["=SUM(A1:A9)", '- Über uns;\n\nja, "so"', "@all"]
    return briefing.coding.sample(found(sentences, tides=range(10)), sentences, n=20)


def coded(sample, folder, name="petrel", codes="10", edit=None, **how):
    """A sheet that came back: rows as dictionaries, changed by `edit`, written as a program does."""
    briefing.sheets.save(sample, folder / f"{name}-blank.csv")
    text = (folder / f"{name}-blank.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.DictReader(text.splitlines(keepends=True)))
    for i, row in enumerate(rows):
        row["code"] = codes[i % len(codes)].strip()
    rows = edit(rows) if edit else rows
    path = folder / f"{name}.csv"
    with path.open("w", encoding=how.get("encoding", "utf-8-sig"), newline="") as file:
        writer = csv.DictWriter(file, [*rows[0]], delimiter=how.get("delimiter", ","))
        writer.writeheader()
        writer.writerows(rows)
    return path


def test_a_coded_sheet_comes_back_item_by_item(sample, tmp_path):
    table = briefing.sheets.read(coded(sample, tmp_path, codes="10 "), key=sample.key)
    assert table["item_id"].tolist() == sample.key["item_id"].tolist()
    assert table["code"].fillna(".").tolist()[:4] == ["1", "0", ".", "1"]
    assert set(table["coder"]) == {"petrel"}
    assert table.attrs["n_blank"] == len(table) // 3


def test_the_key_comes_back_as_it_was(sample, tmp_path):
    sheet, key = briefing.sheets.save(sample, tmp_path / "tides.csv")
    assert (sheet.name, key.name) == ("tides.csv", "tides.key.csv")
    assert_frame_equal(read_key(key), sample.key, check_dtype=False)
    assert "hit" not in sheet.read_text(encoding="utf-8-sig").splitlines()[0]


def test_a_spreadsheet_opens_the_sheet_and_runs_nothing_in_it(sample, tmp_path):
    sheet, _ = briefing.sheets.save(sample, tmp_path / "tides.csv")
    assert sheet.read_bytes().startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(sheet.read_text(encoding="utf-8-sig").splitlines(keepends=True)))
    texts = [row["text"] for row in rows]
    assert {"'=SUM(A1:A9)", '\'- Über uns; ja, "so"', "'@all"} <= set(texts)
    assert not any(text.startswith(tuple("=+-@")) or "\n" in text for text in texts)


@pytest.mark.parametrize(
    "how", [{"delimiter": ";"}, {"delimiter": "\t"}, {"encoding": "cp1252"}, {"encoding": "utf-16"}]
)
def test_what_spreadsheets_do_to_a_file_does_no_harm(sample, tmp_path, how):
    shuffled = lambda rows: rows[::-1] + [dict.fromkeys(rows[0], "")]  # noqa: E731
    plain = briefing.sheets.read(coded(sample, tmp_path, "a"), key=sample.key)
    other = briefing.sheets.read(coded(sample, tmp_path, "b", edit=shuffled, **how), key=sample.key)
    assert other["code"].tolist() == plain["code"].tolist()


def test_spaces_and_capitals_around_a_code_do_not_matter(sample, tmp_path):
    def capitals(rows):
        return [row | {"code": " Reply " if row["code"] == "1" else "NON-reply"} for row in rows]

    path = coded(sample, tmp_path, edit=capitals)
    table = briefing.sheets.read(path, key=sample.key, codes=["reply", "non-reply"])
    assert table["code"].tolist()[:2] == ["reply", "non-reply"]


def change(i, **cells):
    return lambda rows: rows[:i] + [rows[i] | cells] + rows[i + 1 :]


@pytest.mark.parametrize(
    "edit, complaint",
    [
        (change(2, code="x"), r"petrel\.csv, line 4: code 'x' is not one of 1, 0"),
        (change(1, item_id="item-9999"), r"petrel\.csv, line 3: item_id 'item-9999' is not in"),
        (
            change(1, item_id="item-0001"),
            r"petrel\.csv, line 3: item_id 'item-0001' comes twice",
        ),
        (change(0, turn_id="99"), r"petrel\.csv, line 2: turn_id is '99' and was"),
        (change(0, topic="fees"), r"petrel\.csv, line 2: topic is 'fees' and was 'tides'"),
        (lambda rows: rows[:-2], r"petrel\.csv lacks 2 of 30 items \(first: item-0029\)"),
        (
            lambda rows: [{("kode" if k == "code" else k): v for k, v in r.items()} for r in rows],
            r"petrel\.csv, line 1: no column code",
        ),
    ],
)
def test_a_sheet_that_was_edited_is_refused_with_its_line(sample, tmp_path, edit, complaint):
    with pytest.raises(BriefingError, match=complaint):
        briefing.sheets.read(coded(sample, tmp_path, edit=edit), key=sample.key)


def test_a_column_sorted_alone_is_noticed(sample, tmp_path):
    def sort_texts(rows):
        ids = sorted((row["turn_id"], row["sentence_id"]) for row in rows)
        return [r | {"turn_id": t, "sentence_id": s} for r, (t, s) in zip(rows, ids, strict=True)]

    with pytest.raises(BriefingError, match="sorted alone"):
        briefing.sheets.read(coded(sample, tmp_path, edit=sort_texts), key=sample.key)


def test_files_must_be_there_and_have_names_of_their_own(sample, tmp_path):
    with pytest.raises(BriefingError, match=r"gone\.csv cannot be read"):
        briefing.sheets.read(tmp_path / "gone.csv", key=sample.key)
    for paths in ([], [tmp_path / "a" / "p.csv", tmp_path / "b" / "p.csv"]):
        with pytest.raises(BriefingError, match="its own name"):
            briefing.sheets.read(paths, key=sample.key)


def test_a_sheet_is_never_written_over(sample, tmp_path):
    briefing.sheets.save(sample, tmp_path / "tides.csv")
    with pytest.raises(BriefingError, match=r"tides\.csv exists"):
        briefing.sheets.save(sample, tmp_path / "tides.csv")


def test_two_coders_come_back_as_one_table_that_agreement_takes(sample, tmp_path):
    paths = [coded(sample, tmp_path, "petrel"), coded(sample, tmp_path, "ousel", codes="1001")]
    row = agreement(briefing.sheets.read(paths, key=sample.key), by="topic").iloc[0]
    assert (row["topic"], row["n_coders"], row["n_items"]) == ("tides", 2, 30)
    assert row["share_agree"] == pytest.approx(16 / 30)


def test_precision_and_weighted_recall_are_those_made_by_hand():
    row = accuracy(*keyed(100, 900, 50, 40, 90, 2)).iloc[0]
    assert row["precision"] == 0.8
    assert [row["precision_low"], row["precision_high"]] == pytest.approx(
        [0.6696, 0.8876], abs=1e-4
    )
    assert row["recall"] == pytest.approx(80 / (80 + 20))
    assert row["recall_low"] < row["recall"] < row["recall_high"] < 1
    assert (row["n_right"], row["n_missed"], row["why"]) == (40, 2, "")


def test_no_miss_among_few_is_not_taken_for_no_miss():
    row = accuracy(*keyed(100, 900, 50, 50, 50, 0)).iloc[0]
    assert row["recall"] == row["recall_high"] == 1
    assert row["recall_low"] < 0.95
    more = accuracy(*keyed(100, 900, 50, 50, 900, 0)).iloc[0]
    assert row["recall_low"] < more["recall_low"] < 1


def test_all_topics_together_weigh_as_many_sentences_as_they_have():
    parts = [keyed(100, 900, 50, 50, 50, 0, "tides"), keyed(300, 700, 10, 5, 70, 7, "fees")]
    codes, key = (pd.concat(tables, ignore_index=True) for tables in zip(*parts, strict=True))
    table = accuracy(codes, key).set_index("topic")
    together = table.loc["all topics"]
    assert table.index.tolist() == ["tides", "fees", "all topics"]
    assert together["precision"] == pytest.approx((100 + 150) / 400)
    assert together["recall"] == pytest.approx(250 / (250 + 70))
    assert together["precision_low"] < together["precision"] < together["precision_high"]
    # 400 sentences for which 60 codes tell as much as 400**2 / (100**2 / 50 + 300**2 / 10) = 17.4
    in_effect = wilson(17.391304 * 0.625, 17.391304)
    ends = [together["precision_low"], together["precision_high"]]
    assert ends == pytest.approx([float(end) for end in in_effect], abs=1e-6)


def test_the_majority_decides_and_a_split_is_left_out_and_counted():
    codes, key = keyed(2, 4, 2, 2, 4, 0)
    others = [codes.assign(coder=name) for name in "QR"]
    others[0].loc[0, "code"] = others[1].loc[0, "code"] = "0"
    row = accuracy(pd.concat([codes, *others]), key).iloc[0]
    assert (row["n_hit_coded"], row["n_right"], row["n_undecided"]) == (2, 1, 0)
    row = accuracy(pd.concat([codes, others[0]]), key).iloc[0]
    assert (row["n_hit_coded"], row["n_right"], row["n_undecided"]) == (1, 1, 1)


@pytest.mark.parametrize(
    "counts, precision, recall, why",
    [
        ((0, 9, 0, 0, 9, 3), math.nan, 0, "found nothing"),
        ((0, 9, 0, 0, 9, 0), math.nan, math.nan, "no sentence coded has the topic"),
        ((9, 0, 9, 6, 0, 0), 6 / 9, 1, ""),
        ((9, 9, 9, 6, 0, 0), 6 / 9, math.nan, "without a hit was coded"),
        ((5, 9, 5, 0, 9, 0), 0, math.nan, "no sentence coded has the topic"),
    ],
)
def test_what_a_sample_cannot_say_is_missing(counts, precision, recall, why):
    codes, key = keyed(*counts)
    if why == "without a hit was coded":
        extra = pd.DataFrame([{"item_id": "x", "topic": "fees", "hit": False, "n_stratum": 9}])
        key = pd.concat([key, extra], ignore_index=True)
    row = accuracy(codes, key).iloc[0]
    assert [row["precision"], row["recall"]] == pytest.approx([precision, recall], nan_ok=True)
    assert why in row["why"] and bool(row["why"]) == bool(why)


def test_without_any_code_nothing_is_known():
    codes, key = keyed(9, 9, 5, 3, 5, 1)
    table = accuracy(codes.assign(code=None), key)
    assert table[["precision", "recall", "recall_low"]].isna().all(axis=None)
    assert table["n_undecided"].tolist() == [10, 0]
    assert table["topic"].tolist() == ["fees", "all topics"]


def test_codes_of_another_sample_are_refused():
    codes, key = keyed(9, 9, 5, 3, 5, 1)
    with pytest.raises(BriefingError, match="2 codes are of items that are not in the key"):
        accuracy(codes, key.iloc[2:])


def corrected(n_with_hit, n, scores):
    sentences = said(n)
    return corrected_frequency(found(sentences, fees=range(n_with_hit)), sentences, accuracy=scores)


def test_on_the_coded_text_the_corrected_share_is_the_one_weighted_back():
    scores = accuracy(*keyed(100, 900, 50, 40, 90, 9))
    row = corrected(100, 1000, scores).iloc[0]
    assert (row["n_hit"], row["share_hit"]) == (100, 0.1)
    assert row["est_share"] == pytest.approx((100 * 0.8 + 900 * 0.1) / 1000)
    assert row["low"] < row["est_share"] < row["high"]
    assert row["specificity"] == pytest.approx(810 / 830)


def test_a_sentence_with_several_hits_counts_once():
    sentences, scores = said(60), accuracy(*keyed(20, 40, 20, 20, 40, 0))
    row = corrected_frequency(found(sentences, fees=[1, 1, 2]), sentences, accuracy=scores).iloc[0]
    assert (row["n_hit"], row["n_sentences"]) == (2, 60)


def test_a_census_without_errors_corrects_nothing():
    row = corrected(20, 60, accuracy(*keyed(20, 40, 20, 20, 40, 0))).iloc[0]
    assert row["est_share"] == pytest.approx(row["share_hit"]) == pytest.approx(1 / 3)


@pytest.mark.slow
def test_the_correction_finds_the_truth_again_in_a_simulation():
    """60 texts of 1,000 sentences, 12 % about fees; recall .8, specificity .97; 100 and 100 coded."""
    rng = np.random.default_rng(4)
    truth = rng.random((60, 1000)) < 0.12
    hit = np.where(truth, rng.random(truth.shape) < 0.8, rng.random(truth.shape) < 0.03)
    estimates, held = [], 0
    for there, machine in zip(truth, hit, strict=True):
        sentences = said(1000)
        hits = found(sentences, fees=np.flatnonzero(machine))
        sample = briefing.coding.sample(hits, sentences, n=100)
        codes = hand(sample.key, lambda _, row, there=there: there[row])
        row = corrected_frequency(hits, sentences, accuracy=accuracy(codes, sample.key)).iloc[0]
        estimates.append(row["est_share"] - there.mean())
        held += row["low"] <= there.mean() <= row["high"]
    assert abs(np.mean(estimates)) < 0.01
    assert held >= 53


def test_a_dictionary_no_better_than_chance_identifies_nothing():
    row = corrected(10, 60, accuracy(*keyed(20, 40, 20, 4, 40, 20))).iloc[0]
    assert np.isnan([row["est_share"], row["low"], row["high"]]).all()
    assert row["why"].startswith("not identified") and row["share_hit"] == pytest.approx(1 / 6)


def test_an_estimate_stays_within_0_and_1():
    scores = accuracy(*keyed(100, 900, 50, 25, 90, 0))  # many false hits
    none = corrected(0, 60, scores).iloc[0]
    assert (none["est_share"], none["low"], none["n_hit"]) == (0, 0, 0)
    assert corrected(60, 60, scores)["est_share"][0] == 1


def test_a_topic_of_unknown_recall_is_not_corrected():
    row = corrected(6, 60, accuracy(*keyed(0, 9, 0, 0, 9, 0))).iloc[0]
    assert math.isnan(row["est_share"]) and row["why"] == "recall or precision is not known"


def test_no_sentences_to_correct_are_an_error():
    scores = accuracy(*keyed(20, 40, 20, 18, 40, 1))
    with pytest.raises(BriefingError, match="0 rows"):
        corrected_frequency(found(said(), fees=[1]), said(0), accuracy=scores)


def test_on_a_real_briefing_items_and_corrected_shares_lead_back_to_the_text(shared):
    talk = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    has_word = talk.sentences["text"].str.contains(r"\bnetwork", case=False)
    hits = talk.sentences[has_word].assign(topic="networks")
    sample = briefing.coding.sample(hits, talk.sentences, n=10)
    texts = talk.turns.set_index("turn_id")["text"]
    for item in sample.sheet.sample(10, random_state=1).itertuples():
        assert item.text in texts[item.turn_id]
        drawn = sample.key.set_index("item_id").loc[item.item_id]
        assert drawn["hit"] == ("network" in item.text.casefold())
    codes = sample.key[["item_id"]].assign(coder="P", code=np.where(sample.key["hit"], "1", "0"))
    row = corrected_frequency(hits, talk.sentences, accuracy=accuracy(codes, sample.key)).iloc[0]
    assert row["n_hit"] == has_word.sum() and row["est_share"] == pytest.approx(row["share_hit"])


def test_a_class_codes_some_items_together_and_each_other_item_once(sample, tmp_path):
    sheet = sample.sheet
    files = briefing.sheets.deal(sheet.assign(code="1"), tmp_path / "parts", coders=4, overlap=6)
    codes = briefing.sheets.merge(files, key=sheet)
    n = codes["item_id"].value_counts()
    assert sorted(n) == [1] * (len(sheet) - 6) + [4] * 6
    assert {*codes["coder"]} == {f"coder-0{i}" for i in range(1, 5)}
    assert agreement(codes)["n_items"].tolist() == [6]
    with pytest.raises(BriefingError, match=r"coder-01\.csv exists"):
        briefing.sheets.deal(sheet, tmp_path / "parts", coders=4)
    with pytest.raises(BriefingError, match="overlap from 0 to"):
        briefing.sheets.deal(sheet, tmp_path, overlap=len(sheet) + 1)


def test_a_class_is_shown_where_it_is_divided_and_how_much(sample, tmp_path):
    sheet = sample.sheet
    files = briefing.sheets.deal(sheet.assign(code="1"), tmp_path, coders=7, overlap=3)
    codes = briefing.sheets.merge(files, key=sheet)
    common = codes["item_id"].value_counts().index[:3]
    codes.loc[(codes["item_id"] == common[0]) & (codes["coder"] == "coder-02"), "code"] = "0"
    shown = briefing.explore.apart(codes, sheet)
    assert shown[["item_id", "0", "1"]].to_numpy().tolist() == [[common[0], 1, 6]]
