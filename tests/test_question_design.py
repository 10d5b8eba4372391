import pandas as pd
import pytest

import briefing
from build import exchange as talk

COLUMNS = [
    "briefing_id", "turn_id", "speaker", "role", "organisation", "n_words", "answered", "n_parts",
    "n_preface_sentences", "subordinate_preface", "returns", "complexity", "cascade", "follow_up",
    "other_reference", "self_reference", "preface_tilt", "negative_question", "preface_hostility",
    "global_hostility", "accountability",
]  # fmt: skip


def design(text):
    """The one row for a journalist's turn."""
    (row,) = briefing.questions.design(talk(("journalist", "Jo Petrel", text))).to_dict("records")
    return row


@pytest.mark.parametrize(
    ("text", "n"),
    [
        ("Why is the quay shut?", 0),
        ("The quay is shut again. Why?", 1),
        ("The quay is shut again. Nobody was told of it. Why?", 2),
        ("Thank you, Ms. Marlow. Good morning. Why is it shut?", 0),
        ("Jo Petrel from the Harbour Times. Why is it shut?", 0),
        ("I have two questions for Ms. Marlow. Why is it shut?", 0),
        ("A question about the long closure of the quay. Why is it shut?", 0),
        ("A quick follow-up—the harbour master said that the crane fell into the sea. Why?", 1),
        ("Why is it shut? The harbour master told us nothing at all.", 0),
        ("(Laughter.) The quay (inaudible) is shut again. [Crosstalk 00:12:03] Why?", 1),
        ("JO PETREL FROM THE HARBOUR TIMES. THE QUAY IS SHUT AGAIN. WHY?", 1),
        ("MS. MARLOW, NOBODY WAS TOLD. OUR READERS OWN SHIPS AND SHEDS. WHY?", 2),
        ("The Quay Is Shut Again. Nobody Was Told Of It. Why?", 2),
    ],
)
def test_the_preface_is_counted_in_statements_before_the_first_question(text, n):
    row = design(text)
    assert row["n_preface_sentences"] == n
    assert row["complexity"] == (n > 0)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Given that the quay is shut, would you move the ferry?", True),
        ("Ms. Marlow, as the storm has passed by now, when will it open?", True),
        ("Now that the crane has gone, who lifts the boats?", True),
        ("With the quay being shut for months, who pays?", True),
        ("You have shut the quay for good, how long will it last?", True),
        ("If the quay is shut for good, who pays?", False),  # states nothing
        ("As usual, who pays?", False),
        ("Who pays, given that the quay is shut?", False),
        ("Ms. Marlow, who pays?", False),
    ],
)
def test_a_subordinate_preface_opens_the_sentence_of_the_first_question(text, found):
    row = design(text)
    assert row["subordinate_preface"] == found
    assert row["complexity"] == found


@pytest.mark.parametrize(
    ("flag", "yes", "no"),
    [
        ("negative_question", "Isn’t it too late?", "It is too late, isn't it?"),
        ("negative_question", "So, don't you see that?", "Why don't you see that?"),
        ("negative_question", "Would it not be wiser to wait?", "Is it wiser not to wait?"),
        ("other_reference", "Could you tell us why?", "How could you wait?"),
        ("other_reference", "And would you say whether it pays?", "And would you wait?"),
        ("other_reference", "Are you able to tell us who paid?", "Will you resign?"),
        ("other_reference", "Can the minister inform the House?", "Can the minister swim?"),
        ("self_reference", "May I ask why it is shut?", "Did you ask why it is shut?"),
        ("self_reference", "I wonder if it is shut.", "No wonder it is shut, is it?"),
        ("self_reference", "I’d like to ask who pays.", "Would you like to pay?"),
        ("accountability", "Why did you wait?", "Why did it rain?"),
        ("accountability", "And why hasn't the government paid?", "Has the government paid?"),
        ("self_reference", "Just curious whether it is shut.", "A curious shut quay, is it?"),
        ("accountability", "How could you wait so long?", "How long could you wait?"),
        ("accountability", "How can you insist that it pays?", "Why do you think it pays?"),
        ("complexity", "She says you were there. Were you?", "You were there. Were you?"),
    ],
)
def test_a_frame_is_found_by_its_list_and_not_in_other_words(flag, yes, no):
    assert design(yes)[flag] is True
    assert design(no)[flag] is False


def test_a_cascade_is_a_question_put_again_in_words_that_return():
    assert design("Will the ferry pay for the pier? Will it pay back the cost of the pier?")[
        "cascade"
    ]
    assert not design("Will the ferry pay for the pier? Who broke the crane?")["cascade"]
    assert not design("Who pays? And who pays?")["cascade"]  # one word in common is not enough
    assert not design("Will the ferry pay for the pier?")["cascade"]


def exchange(*speakers):
    """Turns in which each of these asks and is answered."""
    rows = []
    for who in speakers:
        rows.append(("journalist", who, "Who pays for it?"))
        rows.append(("official", "Ida Marlow", "Nobody has paid.", len(rows)))
    return talk(*rows)


def sequel(turns, column):
    return [None if pd.isna(value) else value for value in briefing.questions.design(turns)[column]]


def test_a_follow_up_comes_at_once_and_who_comes_back_later_returns():
    turns = exchange("Petrel", "Petrel", "Ousel", "Petrel")
    assert sequel(turns, "follow_up") == [False, True, False, False]
    assert sequel(turns, "returns") == [False, False, False, True]


def test_nobody_follows_up_where_the_source_names_nobody():
    turns = exchange("Petrel", None, "Petrel", None)
    assert sequel(turns, "follow_up") == [False, None, None, None]
    assert sequel(turns, "returns") == [False, None, True, None]


def test_a_question_put_again_before_it_is_answered_is_no_follow_up():
    turns = talk(
        ("journalist", "Jo Petrel", "Who pays?"),
        ("official", "Ida Marlow", "For what?"),
        ("journalist", "Jo Petrel", "For the crane, who pays?"),
    )
    assert sequel(turns, "follow_up") == [False, False]


def test_speakers_of_one_briefing_are_not_taken_for_those_of_another():
    turns = pd.concat([exchange("Petrel"), exchange("Petrel").assign(briefing_id="pier")])
    assert sequel(turns, "follow_up") == [False, False]
    assert sequel(turns, "returns") == [False, False]


def test_the_columns_are_those_documented_and_counts_are_of_the_turn():
    turns = exchange("Petrel").drop(columns="organisation")
    table = briefing.questions.design(turns)
    assert [*table] == COLUMNS
    assert (table["n_words"][0], table["n_parts"][0], table["answered"][0]) == (4, 1, True)


def test_rows_in_another_order_give_the_same_table():
    turns = exchange("Petrel", "Petrel", None)
    pd.testing.assert_frame_equal(
        briefing.questions.design(turns.iloc[::-1]), briefing.questions.design(turns)
    )


def test_no_question_gives_an_empty_table_and_other_languages_an_error():
    turns = talk(("official", "Ida Marlow", "Good morning."))
    for some in [turns, turns.iloc[:0]]:
        assert [*briefing.questions.design(some)] == COLUMNS
        assert len(briefing.questions.design(some)) == 0
        assert "journalist" in briefing.questions.design(some).attrs["why"]
    turns.attrs["language"] = "fr"
    found = briefing.questions.design(turns)
    assert found.empty and "English" in found.attrs["why"]


def test_an_answered_turn_that_asks_nothing_has_no_part_and_no_preface():
    row = briefing.questions.design(
        talk(("journalist", "Petrel", "The tall crane at the pier."), ("official", None, "Yes.", 1))
    ).iloc[0]
    assert (row["n_parts"], row["n_preface_sentences"], row["complexity"]) == (0, 0, False)


def test_the_sample_has_the_follow_ups_and_prefaces_that_were_planted(root):
    sample = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    table = briefing.questions.design(sample.turns, pairs=sample.pairs).set_index("turn_id")
    assert table.index[table["follow_up"].fillna(False)].tolist() == [9]
    assert table.index[table["returns"].fillna(False)].tolist() == [28]
    assert table.index[table["follow_up"].isna() & table["returns"].isna()].tolist() == [11, 20]
    assert table.index[table["accountability"]].tolist() == [5]
    assert table.index[table["other_reference"]].tolist() == [28]
    assert table.loc[[5, 7, 16, 20, 24], "n_preface_sentences"].tolist() == [2, 0, 1, 0, 3]


def test_ten_turns_of_the_real_briefing_bear_out_their_flags(shared):
    real = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    table = briefing.questions.design(real.turns, pairs=real.pairs)
    texts = real.turns.set_index("turn_id")["text"]
    for row in table.head(10).itertuples():
        text = texts[row.turn_id]
        asks = "ould you" in text  # Could you, would you
        assert row.other_reference == asks
        assert row.n_words == real.turns.set_index("turn_id")["n_words"][row.turn_id]
        assert row.n_preface_sentences < text.count(".") + 1
    assert table.loc[table["subordinate_preface"], "turn_id"].tolist() == [3]
    assert table["complexity"].all()


def test_seven_indicators_go_by_form_and_three_are_left_to_coders():
    table = briefing.questions.indicators()
    assert [*table["indicator"]] == COLUMNS[-10:]
    judged = table.loc[table["kind"] == "judgement", "indicator"].tolist()
    assert judged == ["preface_tilt", "preface_hostility", "global_hostility"]
    assert briefing.questions.design(exchange("Petrel"))[judged].isna().all(axis=None)
    assert table["dimension"].drop_duplicates().tolist() == [
        "initiative", "directness", "assertiveness", "hostility",
    ]  # fmt: skip


def test_coders_get_every_question_turn_under_each_judgement_and_agree_by_indicator(tmp_path):
    turns = exchange("Petrel", "Gull")
    design = briefing.questions.design(turns)
    drawn = briefing.questions.sheet(design, turns)
    assert drawn.sheet["topic"].value_counts().tolist() == [2, 2, 2]
    assert set(drawn.sheet["text"]) == set(turns["text"][turns["role"] == "journalist"])
    sheet, _ = briefing.sheets.save(drawn, tmp_path / "one.csv")
    for name, codes in {"one": "110100", "two": "110001"}.items():
        filled = pd.read_csv(sheet, encoding="utf-8-sig").assign(code=[*codes])
        filled.to_csv(tmp_path / f"{name}.csv", index=False)
    key = briefing.sheets.read_key(tmp_path / "one.key.csv")
    codes = briefing.sheets.read([tmp_path / "one.csv", tmp_path / "two.csv"], key=key)
    found = briefing.coding.agreement(codes, by="topic").set_index("topic")
    assert found["share_agree"].to_dict() == {
        "preface_tilt": 1, "preface_hostility": 0.5, "global_hostility": 0.5,
    }  # fmt: skip


def test_the_forms_can_be_judged_by_coders_who_do_not_see_them():
    turns = exchange("Petrel", None, "Gull")
    design = briefing.questions.design(turns)
    drawn = briefing.questions.sheet(design, turns, kind="form")
    assert "hit" not in drawn.sheet
    coded = drawn.key[["item_id"]].assign(
        coder="P", code=drawn.key["hit"].map({True: "1", False: "0"})
    )
    found = briefing.coding.accuracy(coded, drawn.key).set_index("topic")
    assert found.loc["accountability", "n_no_hit"] == 3
    with pytest.raises(briefing.BriefingError, match="form and judgement"):
        briefing.questions.sheet(design, turns, kind="both")
