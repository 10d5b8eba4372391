import pandas as pd
import pytest

import briefing
from briefing import BriefingError
from briefing.measures.asking import TYPES, find_parts, pieces, plain
from briefing.measures.questions import CODES, Addressees
from build import exchange as talk

PEOPLE = ["Ida Marlow", "Sam Tallow", "Ben Tallow"]
COLUMNS = [
    "briefing_id", "turn_id", "part", "text", "start", "stop", "type", "addressee", "n_answers",
    "answer_ids", "n_content", "n_taken_up", "not_taken_up", "coding",
]  # fmt: skip


def asked(text):
    """The parts of a turn as (type, text)."""
    masked = plain(text)
    assert len(masked) == len(text)
    return [(part.type, text[part.start : part.stop]) for part in find_parts(masked)]


@pytest.mark.parametrize(
    ("text", "form"),
    [
        ("Has the quay been closed?", "polar"),
        ("Will Lanmere pay?", "polar"),
        ("Ms. Marlow, is there a plan?", "polar"),
        ("And now, isn't that too late?", "polar"),
        ("When will the quay open?", "wh-"),
        ("For how many days would it be shut?", "wh-"),
        ("So what’s the cost?", "wh-"),
        ("Given the storm, what happens to the boats?", "wh-"),
        ("Why the delay?", "wh-"),
        ("I wonder, what did it cost?", "wh-"),
        ("Is it the crane, or is it the crew?", "alternative"),
        ("Will you repair the pier or will you sell it?", "alternative"),
        ("Will you repair the pier or not?", "polar"),
        ("Are boats and ships, or anything else, affected?", "polar"),
        ("The pier is closed?", "declarative"),
        ("The pier is closed, isn't it?", "declarative"),
        ("The pier, which was built of oak, is closed?", "declarative"),
        ("On Monday?", "declarative"),
        ("Could you tell us who paid?", "request"),
        ("Would you please explain the delay?", "request"),
        ("I wonder whether the quay will open.", "request"),
        ("I'd like to know who paid.", "request"),
        ("Please comment on the storm.", "request"),
        ("Are there any details of that cluster [inaudible].", "polar"),
        ("But on that, are you content with the crane.", "polar"),
        ("So is the pier open.", "polar"),
        ("So are you content with the crane.", "polar"),
        ("So did the mayor pay for the boats.", "polar"),
        ("So is the cost of repairs too high.", "polar"),
        ("So is the pier?", "polar"),
    ],
)
def test_the_form_of_a_question_is_told_by_its_words(text, form):
    assert [kind for kind, _ in asked(text)] == [form]


@pytest.mark.parametrize(
    "text",
    [
        "Thank you very much.",
        "The quay was closed in May, as you know.",
        "They ask “who pays?” every day.",
        'He asked me, "Is it safe?" I said that it was.',
        "What I saw was the crane.",
        "Should you need more, the list is on the door.",
        "Had I known, I would have come.",
        "My question is for Ms. Marlow.",
        "I have a question for you.",
        "I want to ask on behalf of the crew.",
        "Thank you for the question about the fees.",
        "Can you hear me?",
        "So is the pier.",
        "But so did the harbour master.",
        "And so have the crews of both boats.",
        "The crew is late, and so are you.",
        "So are we, as you know.",
        "The ferry runs on Sunday; so does the night boat.",
        "Neither did the mayor. Nor is the crane.",
        "",
    ],
)
def test_what_asks_nothing_has_no_part(text):
    assert asked(text) == []


def test_parts_are_cut_at_question_marks_and_where_another_interrogative_is_joined():
    text = "How long was it shut, what was the cause, and what has been done? Is it open now?"
    assert asked(text) == [
        ("wh-", "How long was it shut"),
        ("wh-", "what was the cause"),
        ("wh-", "what has been done?"),
        ("polar", "Is it open now?"),
    ]


def test_words_joined_within_one_question_do_not_cut_it():
    for text in [
        "Has the pier been closed and the crane sold?",
        "Do you know what it cost, and where it went?",
        "How much, would you say, has it cost?",
        "How are—how are you weighing the cost against the use?",
        "Could you tell us what was lost and how the crew felt?",
    ]:
        assert len(asked(text)) == 1, text


def test_statements_vocatives_and_subordinate_prefaces_are_no_part():
    text = "The quay is shut. As the storm has passed, Ms. Marlow, when will it open? Thank you."
    assert asked(text) == [("wh-", "when will it open?")]


def test_an_announced_question_counts_only_where_nothing_follows():
    assert asked("May I ask about the bills? What will they be?") == [("wh-", "What will they be?")]
    assert [text for _, text in asked("May I ask about the bills?")] == [
        "May I ask about the bills?"
    ]


def test_a_tag_in_a_sentence_of_its_own_belongs_to_the_statement_before():
    assert asked("The pier is closed. Right?") == [("declarative", "The pier is closed. Right?")]
    assert len(asked("Is the pier closed? Yes?")) == 1


def test_a_sentence_cut_by_the_end_of_a_page_is_one():
    assert len(asked("Can you\n\ntell us more about the crane?")) == 1


def test_a_quoted_question_within_a_question_does_not_cut_it():
    assert len(asked("Why did you say “who pays? who cares?” in the house?")) == 1


def addressee(text):
    masked = plain(text)
    called = Addressees(PEOPLE)
    return [called.resolve(masked[slice(*span)]) for span in called.find(masked, pieces(masked))]


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("My question is for Ms. Marlow. Why?", ["Ida Marlow"]),
        ("A question on the cranes for Ms. Marlow.", ["Ida Marlow"]),
        ("For Ms. Marlow. Why?", ["Ida Marlow"]),
        ("Ms. Marlow, why?", ["Ida Marlow"]),
        ("Ida, why?", ["Ida Marlow"]),
        ("To come back to it, Ms. Marlow. Why?", ["Ida Marlow"]),
        ("Why is that, Ms. Marlow?", ["Ida Marlow"]),
        ("Mr. Tallow, why?", ["Mr. Tallow"]),  # two people have the name
        ("Mr. Sam Tallow, why?", ["Sam Tallow"]),
        ("Dr. Ousel, why?", ["Dr. Ousel"]),  # speaks nowhere
        ("Prime Minister, why?", ["Prime Minister"]),
        ("First for Ms. Marlow. Why? And Sam, when?", ["Ida Marlow", "Sam Tallow"]),
        ("Ms. Marlow says that it is shut. Why?", []),
        ("Ms. Marlow, who runs the quay, is away. Why?", []),
        ("Why, sir?", []),
        ("Right. Why?", []),
    ],
)
def test_who_is_asked_is_found_by_a_cue_or_a_name_called(text, names):
    assert addressee(text) == names


def test_an_addressee_holds_until_the_next_and_is_missing_before_the_first():
    turns = talk(
        ("journalist", None, "Is it shut? Ms. Marlow, why? And when? Mr. Tallow, who pays?"),
        ("official", "Ida Marlow", "It is."),
        ("official", "Sam Tallow", "We do."),
    )
    parts = briefing.questions.parts(turns)
    assert parts["addressee"].isna().tolist() == [True, False, False, False]
    assert parts["addressee"].tolist()[1:] == ["Ida Marlow", "Ida Marlow", "Sam Tallow"]


def test_the_columns_are_those_documented_and_the_coding_is_empty():
    turns = talk(("journalist", "Jo Petrel", "Is it shut?"), ("official", None, "It is.", 1))
    parts = briefing.questions.parts(turns)
    assert [*parts] == COLUMNS
    assert parts["coding"].isna().all()
    assert parts.attrs["why"] is None
    assert tuple(parts["coding"].cat.categories) == CODES
    assert tuple(parts["type"].cat.categories) == TYPES


def test_words_not_taken_up_are_those_that_no_answer_has_under_their_stem():
    turns = talk(
        ("journalist", "Jo Petrel", "Who pays for the cranes and the new lamps on the pier?"),
        ("official", "Ida Marlow", "The crane is paid for.", 1),
        ("official", "Sam Tallow", "A lamp costs little.", 1),
    )
    (row,) = briefing.questions.parts(turns).to_dict("records")
    assert (row["n_answers"], row["answer_ids"]) == (2, "2, 3")
    assert row["not_taken_up"] in {"pays pier", "pays new pier"}  # new may be a function word
    assert row["n_content"] == row["n_taken_up"] + len(row["not_taken_up"].split())


def test_without_an_answer_nothing_is_said_of_what_it_takes_up():
    parts = briefing.questions.parts(talk(("journalist", "Jo Petrel", "Who pays for the crane?")))
    assert parts["n_taken_up"].isna().all()
    assert parts[["answer_ids", "not_taken_up"]].isna().all(axis=None)
    assert parts["n_answers"].tolist() == [0]


def test_a_moderator_who_is_answered_asks_and_thanks_are_no_question():
    turns = talk(
        ("moderator", "Jo Petrel", "Why is the quay shut?"),
        ("official", "Ida Marlow", "The storm.", 1),
        ("moderator", "Jo Petrel", "Any more questions?"),
        ("journalist", None, "Thank you."),
    )
    parts = briefing.questions.parts(turns)
    assert parts["turn_id"].tolist() == [1]
    assert parts.attrs["n_questions"] == 1


def test_pairs_know_both_questions_of_an_answer_and_the_column_only_the_first():
    turns = talk(
        ("journalist", "Jo Petrel", "Who pays for the crane?"),
        ("official", "Ida Marlow", "Which?"),
        ("journalist", "Jo Petrel", "The tall one, at the pier, is it paid for?"),
        ("official", "Ida Marlow", "The pier has no crane.", 1),
    )
    pairs = pd.DataFrame({"briefing_id": "quay", "question_id": [1, 3], "answer_id": [4, 4]})
    assert briefing.questions.parts(turns)["n_answers"].tolist() == [1, 0]
    with_pairs = briefing.questions.parts(turns, pairs=pairs.assign(inferred=True))
    assert with_pairs["answer_ids"].tolist() == ["4", "4"]


def test_briefings_with_the_same_turn_numbers_are_kept_apart():
    one = talk(
        ("journalist", None, "Ms. Marlow, who pays?"), ("official", "Ida Marlow", "Pays.", 1)
    )
    two = talk(
        ("journalist", None, "Ms. Marlow, who pays?"),
        ("official", "Una Marlow", "Nobody.", 1),
        briefing_id="pier",
    )
    both = briefing.questions.parts(pd.concat([one, two], ignore_index=True))
    assert both["briefing_id"].tolist() == ["quay", "pier"]
    assert both["addressee"].tolist() == ["Ida Marlow", "Una Marlow"]
    assert both["n_taken_up"].tolist() == [1, 0]


def test_the_order_of_rows_and_the_kind_of_columns_do_not_matter():
    turns = talk(
        ("journalist", "Jo Petrel", "Who pays? And when?"),
        ("official", "Ida Marlow", "We pay.", 1),
        ("journalist", None, "Is it shut?"),
        ("official", "Ida Marlow", "It is shut.", 3),
    )
    expected = briefing.questions.parts(turns)
    for other in [turns.iloc[::-1], turns.astype({"speaker": "object", "role": "object"})]:
        pd.testing.assert_frame_equal(briefing.questions.parts(other), expected)


def test_the_table_given_is_left_as_it_was():
    turns = talk(("journalist", None, "Who pays?"), ("official", "Ida Marlow", "We do.", 1))
    before = turns.copy()
    briefing.questions.parts(turns)
    pd.testing.assert_frame_equal(turns, before)


def test_missing_texts_and_other_kinds_of_columns_are_borne():
    turns = talk(
        ("journalist", None, "Who pays for the crane?"),
        ("official", "Ida Marlow", None, 1),
        ("journalist", None, None),
    )
    usual = briefing.questions.parts(turns)
    assert usual["not_taken_up"].tolist() == ["pays crane"]
    other = turns.astype({"briefing_id": "category", "turn_id": "Int64", "speaker": "object"})
    assert briefing.questions.parts(other)["not_taken_up"].tolist() == ["pays crane"]


def test_no_turns_one_turn_and_no_journalist_give_an_empty_table():
    turns = talk(("official", "Ida Marlow", "Good morning."), ("official", None, ""))
    for some in [turns, turns.iloc[:1], turns.iloc[:0]]:
        parts = briefing.questions.parts(some)
        assert len(parts) == 0
        assert [*parts] == COLUMNS
        assert parts.attrs["n_questions"] == 0
        assert "journalist" in parts.attrs["why"]


def test_a_pair_with_a_turn_that_was_left_out_is_an_error_that_says_what_to_do():
    turns = talk(("journalist", None, "Who pays?"), ("official", "Ida Marlow", "We do.", 1))
    with pytest.raises(BriefingError, match="turn 1 .* Pass all turns"):
        briefing.questions.parts(turns[turns["role"] == "official"])


def test_text_that_is_not_english_gives_no_rows_and_tables_that_are_no_turns_are_errors():
    turns = talk(("journalist", None, "Wer zahlt?"), language="de")
    found = briefing.questions.parts(turns)
    assert found.empty and "English" in found.attrs["why"]
    with pytest.raises(BriefingError, match="lacks .*role"):
        briefing.questions.parts(talk(("journalist", None, "Why?")).drop(columns="role"))


def test_the_sample_has_the_parts_that_were_planted(root):
    sample = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    parts = briefing.questions.parts(sample.turns, pairs=sample.pairs)
    n_parts = parts.groupby("turn_id").size().to_dict()
    assert n_parts == {5: 2, 7: 3, 9: 1, 11: 2, 13: 2, 16: 2, 20: 2, 22: 2, 24: 2, 26: 2, 28: 1}
    assert parts.attrs["n_without_part"] == 1  # the clarification, turn 18

    price, levy = parts[parts["turn_id"] == 20].to_dict("records")  # the answer is on the price
    assert price["n_taken_up"] / price["n_content"] > 0.5 > levy["n_taken_up"] / levy["n_content"]
    assert {"levy", "mainland"} <= set(levy["not_taken_up"].split())
    assert set(price["addressee"].split()) == {"Sanna", "Veldrup"}
    assert parts.loc[parts["turn_id"] == 13, "answer_ids"].tolist() == ["14, 15"] * 2


def test_ten_parts_of_the_real_briefing_are_found_again_in_its_turns(shared):
    real = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    parts = briefing.questions.parts(real.turns, pairs=real.pairs)
    texts = real.turns.set_index("turn_id")["text"]
    assert len(parts) >= 10
    for row in parts.head(10).itertuples():
        text = texts[row.turn_id]
        assert text[row.start : row.stop] == row.text
        answers = " ".join(texts[int(turn)] for turn in row.answer_ids.split(", ")).casefold()
        assert all(word in row.text.casefold() for word in row.not_taken_up.split())
        assert not {*row.not_taken_up.split()} & {
            *answers.replace(",", " ").replace(".", " ").split()
        }
    assert set(parts["addressee"].dropna()) == {"Liu Liehong", "Sheng Yongjun", "Ge Huijun"}


# Alternatives by their form, and announcements that ask where nothing follows


def form(text):
    return [kind for kind, _ in asked(text)]


@pytest.mark.parametrize(
    "text",
    [
        "Is it a loan or a grant?",
        "Would you call it a wreck or a write-off?",
        "Is the new levy a fee or a tax?",
        "Do you blame the crew or the weather?",
        "Was the fault in the crane or in the cable?",
        "Will the hearing be held in person or by phone?",
        "Will the boats go to Lanmere or Orsholm?",
        "Is that this week or next week?",
        "Is it a matter of weeks or months?",
        "Is the toll going up or down?",
        "Are you for or against the second pier?",
        "Is the closure temporary or permanent?",
        "Would you rather raise the fee or cut the ferry?",
        "Is this the end or just the beginning?",
        "Will the minister attend, or send a deputy?",
    ],
)
def test_two_phrases_of_like_form_offer_a_choice(text):
    assert form(text) == ["alternative"]


@pytest.mark.parametrize(
    "text",
    [
        "Do you have a date or a place for that?",
        "Is there a plan or a budget?",
        "Did you notice a smell or a noise?",
        "Is the council considering a ban or a limit?",
        "Were sailors hurt or killed?",
        "Has anyone asked the crew or the owner?",
        "Are you aware of the letter or the call?",
        "Have you seen the crane or the pier?",
        "Is the mayor or the harbour master coming to the pier?",
        "Will it open in a week or two?",
        "Is it more or less complete?",
        "Does it touch on boats or ships?",
        "Will you repair the pier or not?",
        "Can you confirm or deny it?",
        "Do you know whether it was a loan or a grant?",
    ],
)
def test_an_or_that_merely_widens_the_question_offers_none(text):
    assert "alternative" not in form(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Thank you. My question is about the fees.", "My question is about the fees."),
        ("I'd like to ask you about the crane. Thanks.", "I'd like to ask you about the crane."),
        ("My question concerns the ferry.", "My question concerns the ferry."),
        ("Good morning. A question on the pier from me.", "A question on the pier from me."),
        ("And, finally, if I could just ask on the crane.", "if I could just ask on the crane."),
        (
            "If you could walk us through the plan for it.",
            "If you could walk us through the plan for it.",
        ),
        ("I'd like to follow up on the ferry.", "I'd like to follow up on the ferry."),
        ("I have a question about the pier. You sold it.", "I have a question about the pier."),
    ],
)
def test_an_announcement_asks_where_nothing_follows(text, part):
    assert asked(text) == [("request", part)]


def test_a_second_announcement_asks_after_a_question_and_the_first_does_not():
    text = "My first question is about the pier. Is it shut? My second is one on fees, not this."
    assert asked(text) == [("polar", "Is it shut?")]
    text = "My first question is about the pier. Is it shut? My second question is about the fees."
    assert asked(text) == [
        ("polar", "Is it shut?"),
        ("request", "My second question is about the fees."),
    ]


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("A question about the ferry, would you buy a second one?", "would you buy a second one?"),
        ("I'd like to ask about the pier: who owns it?", "who owns it?"),
        ("Two questions: who owns the pier?", "who owns the pier?"),
        ("The second: who owns the crane?", "who owns the crane?"),
        ("So, Ida, a crane follow-up: Is there any news of it?", "Is there any news of it?"),
        ("Ida, on the pier, is what we see now a repair?", "is what we see now a repair?"),
    ],
)
def test_a_question_that_is_announced_in_its_own_sentence_is_the_part(text, part):
    assert [words for _, words in asked(text)] == [part]
