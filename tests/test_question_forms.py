"""Alternatives by their form, and announcements that ask where nothing follows."""

import pytest
from test_questions import asked


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


@pytest.mark.parametrize(
    "text",
    [
        "My question is for the harbour master.",
        "I have a question for you.",
        "I want to ask on behalf of the crew.",
        "Thank you for the question about the fees.",
        "Can you hear me?",
    ],
)
def test_an_announcement_without_a_topic_asks_nothing(text):
    assert asked(text) == []


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
