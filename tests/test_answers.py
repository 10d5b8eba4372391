"""Links: which question each answer comes in answer to, and what answers nothing."""

from __future__ import annotations

import pytest

from briefing.parse.answers import FEATURES, exchange, link_answers, pairs
from made.spoken import expected, spoken

CASES = {
    "one question, one answer": """
        j Q: When does the ferry run again?
        o>0 MR. SALLOW: It runs again on Monday, if the wind allows.
        j Q: Who decides on that?
        o>2 MR. SALLOW: The harbour master does, every morning at six.
        j Q: And the night boat?
        o>4 MR. SALLOW: The night boat stays in port until June.
    """,
    "a statement answers nothing": """
        o MS. QUENBY: Good morning. The library opens its new wing on Saturday, with forty thousand books that nobody has seen for a generation. I will be glad to take your questions.
        j Q: Is the entrance free?
        o>1 MS. QUENBY: It is free for everybody until the end of the year.
        j Q: Thank you.
        o MS. QUENBY: Thank you.
    """,
    "asking back": """
        o MR. SALLOW: I am ready for your questions.
        j Q: What about the levy?
        o MR. SALLOW: Which levy do you mean?
        j Q: The one on timber, from the spring.
        o>1|3 MR. SALLOW: It will be cut by half in the autumn, and it ends the year after. We have told the mills so.
    """,
    "a question that cannot be heard": """
        o MR. SALLOW: The fog is thick on the river, and no boat will leave before noon today.
        j QUESTION: Has anybody been hurt in the fog so far?
        o>1 MR. SALLOW: Nobody has been hurt, as far as we know, and two boats were towed in.
        j QUESTION: [Inaudible]
        o>3? MR. SALLOW: The crew had been paid in full the week before, and the union has said the same thing itself.
        j QUESTION: (Inaudible.)
        o>5? MR. SALLOW: Those dues are a matter for the town, and they have been for many years.
    """,
    "the moderator hands the question on": """
        m Joss Lindale: Good morning and welcome. We take your questions now. Please say for whom you write.
        j Tom Barrow, Coast Daily: Who will look after the lamp in winter?
        m Joss Lindale: Director Sark, please.
        o>1 Wilma Sark: Two keepers from the village will, who have been trained since May for just that.
        m Joss Lindale: Next question.
        j Ann Prewett, Radio Skerry: What did the new lens cost?
        m Joss Lindale: Director Sark.
        o>5 Wilma Sark: Some ninety thousand, and a third of it was given by the families of the pilots.
        m Joss Lindale: Thank you all for coming.
    """,
    "the moderator reads a question out": """
        m MR. ASKEW: Good morning and welcome. I am moderating today. Ms. Dunmore, the floor is yours.
        o MS. DUNMORE: Thank you. The tunnel is dry, and the second tube will be bored from September on.
        m MR. ASKEW: Thank you. I start with the gentleman in the front row.
        j QUESTIONER: Why did the first tube take two years longer than planned?
        o>3 MS. DUNMORE: Because of the gravel that nobody had expected, and because of the pumps we had to wait for.
        m MR. ASKEW: Thank you. We have a question that was sent in online. How many trains will run each hour on the new line?
        o>5 MS. DUNMORE: Twelve each way at first, and then sixteen when all of the signals are done.
        m MR. ASKEW: We go back to the room. The lady by the window, please.
        j QUESTIONER: What does a ticket cost?
        o>8 MS. DUNMORE: It will be four crowns, as it is on the ferry.
        m MR. ASKEW: We are out of time. Thank you for coming.
    """,
    "two officials answer": """
        j Q: What do the two of you make of the flood figures?
        o>0 MINISTER ORWAY: They are worse than we had feared, and we have sent help to the three valleys.
        o>0 DR. PELHAM: Let me add that the gauges in the upper valley failed on Sunday, so the true figure is higher still.
        j Q: When will they be repaired?
        o>3 DR. PELHAM: By the end of this week, if we can get to them at all.
    """,
    "an answer goes on after an interjection": """
        j Ms. Harrow: What are the police doing about the stolen barges?
        o>0 Mr. Winslow (Minister of State): Mr. Speaker, two men are known, and their boats have been searched by the river police.
        m Mr. Speaker: Order! Let the Minister be heard.
        o>0 Mr. Winslow (Minister of State): As I was saying, their boats have been searched, and one of the barges was found below the weir on Sunday.
        j Mr. Dray: Where is the other one?
        o>4 Mr. Winslow (Minister of State): We do not know that yet, and I will report to the House as soon as we do.
        m Mr. Speaker: Next question.
    """,
    "an examination": """
        j Mr. CORDWELL: Did you sign the order for the second barge?
        o>0 Ms. HASPEL: I signed it, yes, on the ninth of June, and I sent a copy to the treasurer.
        j Mr. CORDWELL: On whose word?
        o>2 Ms. HASPEL: On the word of the harbour master.
        j Mr. CORDWELL: Face to face?
        o>4 Ms. HASPEL: Face to face.
    """,
    "Chinese": """
        j 海风日报记者：请问夜间航线什么时候恢复？
        o>0 周启航：夜间航线下个月恢复，感谢您的提问。
        j 北岸电视台记者：乘客可以退票吗？
        o>2 周启航：可以，十天之内都可以退票，请保留收据。
    """,
}


def known(case):
    """The turns of a case with their right roles, and the links that are right."""
    text, right = expected(CASES[case])
    turns = tuple(t._replace(role=r[0]) for t, r in zip(spoken(text), right, strict=True))
    return turns, right


@pytest.mark.parametrize("name", CASES)
def test_links(name):
    turns, right = known(name)
    for i, (turn, (_, least, may)) in enumerate(zip(link_answers(turns), right, strict=True)):
        assert set(turn.answers) <= may, i
        assert turn.answers or least == "none", i


def test_an_answer_comes_after_its_question_and_from_somebody_else():
    for name in CASES:
        turns = link_answers(known(name)[0])
        for i, turn in enumerate(turns):
            assert all(j < i and turns[j].speaker != turn.speaker for j in turn.answers)


def test_a_link_comes_with_a_probability_and_reasons():
    linked = [t for name in CASES for t in link_answers(known(name)[0]) if t.answers]
    assert all(0.5 <= t.answers_sure <= 1 and 1 <= len(t.answers_why) <= 2 for t in linked)


def test_each_pair_has_every_feature():
    turns, _ = known("asking back")
    rows = [row for i in range(len(turns)) for _, row in pairs(exchange(turns), i)]
    assert rows
    assert {len(row) for row in rows} == {len(FEATURES)}


def test_the_answer_is_linked_in_its_own_language():
    turns = spoken("""
        海风日报记者：夜间航线为什么停运？
        Coast Daily: Why was the night line stopped?
        周启航：因为有两名船员生病了，下周一恢复。
        Zhou Qihang: Because two members of the crew fell ill. It runs again next Monday.
    """)
    roles = ("journalist", "journalist", "official", "official")
    linked = link_answers(tuple(t._replace(role=r) for t, r in zip(turns, roles, strict=True)))
    assert [t.answers for t in linked] == [(), (), (0,), (1,)]


def test_no_turns_are_no_links():
    assert link_answers(()) == ()
