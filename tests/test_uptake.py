import numpy as np
import pandas as pd
import pytest

import briefing
from briefing import BriefingError
from briefing.measures.asking import NON_REPLIES
from briefing.measures.replies import non_replies, uptake
from briefing.words.boundaries import count_words
from build import exchange as talk

OPENING = "The harbour has a new crane. " * 10  # sixty words
COLUMNS = {
    uptake: [
        "briefing_id", "turn_id", "speaker", "role", "question_ids", "n_content",
        "n_from_question", "n_from_opening", "n_new", "share_from_question",
        "share_from_opening", "share_new", "from_question", "from_opening",
    ],
    briefing.replies.lengths: [
        "briefing_id", "turn_id", "speaker", "role", "n_words", "n_answers", "answer_ids",
        "n_words_answers", "ratio",
    ],
    non_replies: ["briefing_id", "turn_id", "speaker", "role", "kind", "text", "start", "stop"],
}  # fmt: skip
measures = pytest.mark.parametrize("measure", COLUMNS, ids=lambda m: m.__name__)


def asked(question, answer, *, opening=OPENING):
    """A briefing of an opening, one question and its answer."""
    return talk(
        ("official", "Ida Marlow", opening),
        ("journalist", None, question),
        ("official", "Ida Marlow", answer, 2),
    )


def one_hit(answer):
    return non_replies(asked("Why?", answer))["kind"].tolist()


# uptake


def test_each_content_word_is_the_questions_or_else_the_openings_or_else_new():
    turns = asked("Who paid for the crane and the pier?", "The crane, the harbour and the ferry.")
    (row,) = uptake(turns).to_dict("records")
    assert (row["n_content"], row["n_from_question"], row["n_from_opening"], row["n_new"]) == (
        3,
        1,
        1,
        1,
    )
    assert (row["from_question"], row["from_opening"]) == ("crane", "harbour")  # crane is in both
    assert row["share_from_question"] == pytest.approx(1 / 3)
    assert row["question_ids"] == "2"


def test_inflection_is_folded_and_every_occurrence_counts():
    (row,) = uptake(asked("Will the cranes be moved?", "A crane moves. We move cranes.")).to_dict(
        "records"
    )
    assert (row["n_content"], row["n_from_question"]) == (4, 4)
    assert row["from_question"] == "crane moves"


def test_function_words_and_formulas_take_up_nothing():
    turns = asked(
        "Thank you. My question is, what is it?", "Thank you. The question is what it is."
    )
    (row,) = uptake(turns).to_dict("records")
    assert row["n_content"] == 0
    assert np.isnan(row["share_from_question"])


def test_shares_add_up_to_one():
    turns = asked(
        "Who paid for the crane?", "The ferry paid for the crane in the harbour. Ships came."
    )
    shares = uptake(turns)[["share_from_question", "share_from_opening", "share_new"]]
    assert shares.sum(axis=1).tolist() == pytest.approx([1])


def test_without_an_opening_nothing_is_said_of_what_is_new():
    for opening in ["", "Good morning. First question, please."]:
        (row,) = uptake(
            asked("Who moved the crane?", "The ferry moved it.", opening=opening)
        ).to_dict("records")
        assert pd.isna([row["n_from_opening"], row["n_new"], row["from_opening"]]).all()
        assert np.isnan([row["share_from_opening"], row["share_new"]]).all()
        assert (row["n_content"], row["n_from_question"]) == (2, 1)


def test_the_opening_ends_at_the_first_question_and_leaves_out_the_journalist():
    turns = asked("Who paid for the pier?", "The ferry.")
    later = talk(*[("official", "Ida Marlow", "The ferry. " * 60)])
    turns = pd.concat([turns, later.assign(turn_id=4)], ignore_index=True)
    assert uptake(turns)["n_from_opening"].tolist() == [0]


def test_a_question_put_twice_is_one_source_of_words_where_pairs_are_given():
    turns = talk(
        ("journalist", "Jo Petrel", "Who paid for the crane?"),
        ("official", "Ida Marlow", "Which?"),
        ("journalist", "Jo Petrel", "The tall one at the pier."),
        ("official", "Ida Marlow", "The crane at the pier.", 1),
    )
    pairs = pd.DataFrame({"briefing_id": "quay", "question_id": [1, 3], "answer_id": [4, 4]})
    assert uptake(turns)["n_from_question"].tolist() == [1]
    both = uptake(turns, pairs=pairs)
    assert (both["n_from_question"].tolist(), both["question_ids"].tolist()) == ([2], ["1, 3"])


def test_the_sample_answers_in_figures_take_up_little_and_answer_all_the_same(root):
    sample = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    table = uptake(sample.turns, pairs=sample.pairs).set_index("turn_id")
    assert (
        table.loc[[10, 19], "n_from_question"].max() < table.loc[[6, 25], "n_from_question"].min()
    )
    assert {"cable", "last"} <= set(table.loc[6, "from_question"].split())
    assert {"paper", "logbook"} <= set(table.loc[25, "from_question"].split())
    assert table.loc[19, "question_ids"] == "16, 18"
    assert table["n_new"].notna().all()


def test_ten_answers_of_the_real_briefing_have_the_words_that_are_said_to_be_their_questions(
    shared,
):
    real = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    table = uptake(real.turns, pairs=real.pairs)
    texts = real.turns.set_index("turn_id")["text"].str.casefold()
    for row in table.head(10).itertuples():
        question = texts[int(row.question_ids)]
        for word in row.from_question.split():
            assert word in texts[row.turn_id].replace("’", "'")
            assert word[:3] in question  # the same stem, perhaps in another form
    assert table["share_new"].isna().all()  # this page begins with a question
    assert table.attrs["part"] is True


# lengths of exchanges


def test_lengths_count_all_answers_and_keep_questions_without_one():
    turns = talk(
        ("journalist", None, "Who pays?"),
        ("official", "Ida Marlow", "We do.", 1),
        ("official", "Sam Tallow", "And the ferry pays too.", 1),
        ("journalist", None, "Why is that?"),
    )
    table = briefing.replies.lengths(turns)
    assert table["n_words_answers"].tolist() == [7, 0]
    assert table["answer_ids"].tolist()[0] == "2, 3"
    assert table["ratio"].tolist()[0] == 3.5
    assert np.isnan(table["ratio"][1])
    assert (table.attrs["n_questions"], table.attrs["n_unanswered"]) == (2, 1)
    assert table.attrs["ratio_of_totals"] == 3.5


def test_the_ratio_of_totals_counts_an_answer_to_two_questions_once():
    turns = talk(
        ("journalist", "Jo Petrel", "Who pays for it?"),
        ("journalist", "Jo Petrel", "And why is that?"),
        ("official", "Ida Marlow", "The ferry pays for it all, as ever."),
    )
    pairs = pd.DataFrame({"briefing_id": "quay", "question_id": [1, 2], "answer_id": [3, 3]})
    table = briefing.replies.lengths(turns, pairs=pairs)
    assert table["ratio"].tolist() == [2, 2]
    assert table.attrs["median_ratio"] == 2
    assert table.attrs["ratio_of_totals"] == 1


def test_lengths_need_counted_words():
    turns = talk(("journalist", None, "Why?"))
    with pytest.raises(BriefingError, match="tokenize"):
        briefing.replies.lengths(turns.assign(n_words=pd.array([None], "Int64")))


def test_lengths_work_in_any_language():
    turns = talk(("journalist", None, "Wer zahlt?"), ("official", None, "Alle.", 1), language="de")
    assert briefing.replies.lengths(turns)["ratio"].tolist() == [0.5]


def test_the_real_exchanges_have_the_words_of_their_turns(shared):
    real = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    table = briefing.replies.lengths(real.turns, pairs=real.pairs)
    n_words = real.turns.set_index("turn_id")["text"].map(count_words)
    for row in table.head(10).itertuples():
        answers = [int(turn) for turn in row.answer_ids.split(", ")]
        assert row.n_words == n_words[row.turn_id]
        assert row.ratio == n_words[answers].sum() / n_words[row.turn_id]
    assert table.attrs["median_ratio"] == table["ratio"].median()


# explicit non-replies


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("No comment.", "declining"),
        ("I won’t comment on that.", "declining"),
        ("I have nothing for you on that.", "declining"),
        ("We are not going to speculate.", "declining"),
        ("We are not in a position to tell.", "declining"),
        ("There is no date that I can give you.", "declining"),
        ("I don't know.", "ignorance"),
        ("We have no information on the crane.", "ignorance"),
        ("I’m not aware of that.", "ignorance"),
        ("I have not seen the report; I haven't seen it.", "ignorance"),
        ("I would refer you to the ferry.", "referral"),
        ("You should ask the harbour master.", "referral"),
    ],
)
def test_an_explicit_non_reply_is_found_with_its_kind(answer, kind):
    assert set(one_hit(answer)) == {kind}


def test_a_wording_that_is_in_two_lists_is_one_hit():
    assert one_hit("I can't tell you.") == ["ignorance"]


@pytest.mark.parametrize(
    "answer",
    [
        "The comment was fair.",
        "A firm often does not know what was taken.",
        "I don't know better harbours than this.",
        "We referred to the list.",
        "You asked the harbour master.",
    ],
)
def test_other_words_are_no_non_reply(answer):
    assert one_hit(answer) == []


def test_only_turns_that_answer_are_searched_and_hits_do_not_overlap():
    turns = talk(
        ("official", "Ida Marlow", "No comment."),
        ("journalist", None, "No comment?"),
        ("official", "Ida Marlow", "I don’t know. I’d refer you to the bank.", 2),
    )
    table = non_replies(turns)
    assert table["turn_id"].tolist() == [3, 3]
    assert (table["stop"].to_numpy()[:-1] <= table["start"].to_numpy()[1:]).all()
    assert (table.attrs["n_answers"], table.attrs["n_answers_hit"]) == (1, 1)
    text = turns["text"][2]
    assert [text[row.start : row.stop] for row in table.itertuples()] == table["text"].tolist()
    assert tuple(table["kind"].cat.categories) == tuple(NON_REPLIES)


@pytest.mark.parametrize(
    ("answer", "kind"),
    [
        ("We have nothing on that at the moment.", "declining"),
        ("I don't have anything beyond that.", "declining"),
        ("I can't confirm it.", "declining"),
        ("There is nothing I can share.", "declining"),
        ("We don't speculate.", "declining"),
        ("No information yet.", "ignorance"),
        ("I've no idea.", "ignorance"),
        ("I'm unaware of that.", "ignorance"),
        ("I'm not sure.", "ignorance"),
        ("Let me check and come back to you.", "ignorance"),
        ("That's a question for the harbour master.", "referral"),
        ("It is really a matter for the courts.", "referral"),
        ("I'd point you to the Harbour Board.", "referral"),
        ("Please refer to the competent authorities.", "referral"),
        ("I'd suggest you ask the bank.", "referral"),
        ("I would let them speak to that.", "referral"),
        ("I won't get drawn into that.", "declining"),
        ("I would not like to forecast that.", "declining"),
        ("We will publish the fares when the time is right.", "declining"),
        ("You'll have to wait and see.", "declining"),
        ("I don't have any — any calls to read out.", "declining"),
        ("I have not had a chance to read the letter.", "ignorance"),
        ("That's hard to tell.", "ignorance"),
        ("It's up to the crews to decide.", "referral"),
        ("That is a state matter.", "referral"),
        ("Are you asking about the crane?", "asking back"),
        ("The crane?", "asking back"),
        ("Sorry, could you repeat the question?", "asking back"),
        ("I reject the premise of the question.", "attacking the question"),
        ("That's a hypothetical.", "attacking the question"),
        ("You're putting words in my mouth.", "attacking the question"),
    ],
)
def test_more_wordings_of_a_non_reply_are_found_with_their_kind(answer, kind):
    assert one_hit(answer) == [kind]


@pytest.mark.parametrize(
    "answer",
    [
        "We have nothing to hide.",
        "We don't have anything on this scale.",
        "No information was lost in the storm.",
        "There is no information leaking from the bank.",
        "That is a question for the ages.",
        "It's a matter for celebration.",
        "It's a matter for the two ports to solve.",
        "It is an issue for many crews.",
        "I'd point you to the fact that it is paid.",
        "We have to look into the future.",
        "We need to get back to work.",
        "I can't tell you how grateful we are.",
        "Now I will let the harbour master speak to that.",
        "I don't know if you remember the storm.",
        "It rained and, I don't know - the fifth night - it stopped.",
        "I'm happy to see the ferry back.",
        "Can the ferry be saved? I am sure of it.",
        "If you have anything to add, do so.",
    ],
)
def test_like_words_that_refuse_nothing_are_not_found(answer):
    assert one_hit(answer) == []


def test_the_sample_has_the_non_reply_that_was_planted(root):
    sample = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    table = non_replies(sample.turns, pairs=sample.pairs)
    assert {"declining", "referral"} == set(table.loc[table["turn_id"] == 23, "kind"])
    # 27 is a judgement that the speaker is "not in a position to" pass: a cue, and no refusal
    assert set(table["turn_id"]) == {23, 27}


def test_ten_non_replies_of_real_transcripts_are_found_again_in_turns_that_answer(shared):
    rows = []
    for name in ["fomc_pdf/fomc_2024-01-31.pdf", "wh_md/wh_gaggle_hampton_2021-05-28.md"]:
        talk = briefing.read(shared / name)
        texts, answers = talk.turns.set_index("turn_id")["text"], set(talk.pairs["answer_id"])
        for row in non_replies(talk.turns, pairs=talk.pairs).itertuples():
            assert row.turn_id in answers
            assert texts[row.turn_id][row.start : row.stop] == row.text
            rows.append(row.kind)
    assert len(rows) >= 10 and set(rows) >= {"declining", "ignorance", "referral"}


# what holds for all three


@measures
def test_the_columns_are_those_documented(measure):
    assert [*measure(asked("Why?", "I don't know."))] == COLUMNS[measure]


@measures
def test_an_empty_selection_and_a_briefing_without_questions_give_no_rows(measure):
    turns = talk(("official", "Ida Marlow", "Good morning."))
    for some in [turns, turns.iloc[:0]]:
        assert len(measure(some)) == 0
        assert [*measure(some)] == COLUMNS[measure]


@measures
def test_why_a_table_is_empty_is_said_only_where_nobody_asks_and_nobody_answers(measure):
    nobody = talk(("official", "Ida Marlow", "Good morning."))
    assert "journalist" in measure(nobody).attrs["why"]
    assert measure(asked("Why?", "Because.")).attrs["why"] is None
    quiet = talk(("journalist", None, "Thank you."), ("official", "Ida Marlow", "Good morning."))
    assert measure(quiet).attrs["why"] is None
    by_a_moderator = talk(("moderator", None, "Why?"), ("official", "Ida Marlow", "Because.", 1))
    assert measure(by_a_moderator).attrs["why"] is None


@measures
def test_answers_without_their_questions_are_an_error_that_says_what_to_do(measure):
    turns = asked("Why?", "I don't know.")
    with pytest.raises(BriefingError, match="turn 2 .* Pass all turns"):
        measure(turns[turns["role"] == "official"])


@measures
def test_the_order_of_rows_does_not_matter_and_the_table_is_left_as_it_was(measure):
    turns = asked("Who moved the crane?", "I don't know. The ferry moved it.")
    before = turns.copy()
    expected = measure(turns)
    pd.testing.assert_frame_equal(turns, before)
    pd.testing.assert_frame_equal(measure(turns.iloc[::-1]), expected)


@measures
def test_briefings_with_the_same_turn_numbers_are_kept_apart(measure):
    one = asked("Who moved the crane?", "I don't know. The ferry moved it.")
    two = asked("Who pays?", "I don't know. The ferry moved it.").assign(briefing_id="pier")
    both = measure(pd.concat([one, two], ignore_index=True))
    alone = pd.concat([measure(one), measure(two)], ignore_index=True)
    pd.testing.assert_frame_equal(both, alone, check_dtype=False, check_categorical=False)


@measures
def test_what_qualifies_the_text_is_carried_on(measure):
    turns = asked("Why?", "I don't know.")
    turns.attrs = {"text_status": "translated", "part": True, "language": "en-GB"}
    attrs = measure(turns).attrs
    assert (attrs["text_status"], attrs["part"], attrs["language"]) == ("translated", True, "en-GB")
    assert all(isinstance(v, str | int | float | bool | None) for v in attrs.values())


@pytest.mark.parametrize("measure", [uptake, non_replies], ids=lambda m: m.__name__)
def test_measures_by_english_lists_say_that_a_text_is_not_in_english(measure):
    turns = asked("Why?", "I don't know.")
    turns.attrs["language"] = "es"
    found = measure(turns)
    assert found.empty and "English" in found.attrs["why"]
