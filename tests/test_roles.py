"""Roles: who examines, interviews, presides, answers, by what they do and by their labels."""

from __future__ import annotations

import pytest

from briefing.parse.roles import assign_roles, features, scene
from made.spoken import expected, spoken

CASES = {
    "interview, names only": """
        j Orla Venning: How long has the mill been closed?
        o Bram Tasker: Since the flood of last spring, and it has cost us two harvests.
        j Orla Venning: And who is going to pay for the wheel?
        o Bram Tasker: The county pays for half of it, and the farmers raise the other half among themselves.
        j Orla Venning: Will it turn again this year?
        o Bram Tasker: It will, in October, if the oak arrives on time.
    """,
    "examination, courtesy titles": """
        j Mr. CORDWELL: Did you sign the order for the second barge?
        o Ms. HASPEL: I signed it, yes, on the ninth of June, and I sent a copy to the treasurer.
        j Mr. CORDWELL: On whose word?
        o Ms. HASPEL: On the word of the harbour master, who had seen the first one leak.
        j Mr. CORDWELL: Was anybody else in the room?
        o Ms. HASPEL: The clerk was there for a while.
    """,
    "podium, bare Q": """
        o MS. TREMAYNE: Good afternoon. The bridge will open on Friday, and I am glad to take your questions.
        j Q: Is the toll going up?
        o MS. TREMAYNE: It stays where it is until the end of next year.
        j Q: And for lorries?
        o MS. TREMAYNE: We have not decided on that. I expect a paper from the roads board in May.
        j Q: Thank you.
    """,
    "journalists named by outlets": """
        o Edda Rowantree: Thank you all for coming. The survey of the reef is finished, and it is better than we feared.
        j Coast Daily: What did the divers find on the north side?
        o Edda Rowantree: They found new coral on two thirds of the rock, and very few nets.
        j Radio Skerry: When can the fishermen go back?
        o Edda Rowantree: In the second week of August, with smaller nets than before.
        j The Island Herald: Will there be money for those who lost a season?
        o Edda Rowantree: There will. The fund holds three million, and the forms are out today.
    """,
    "moderator gives the floor": """
        m Joss Lindale: Good morning and welcome to this briefing on the lighthouse. I hand over to the director, Wilma Sark.
        o Wilma Sark: Thank you, Joss. The lamp was lit last night for the first time in eleven years, and it was seen from the mainland.
        m Joss Lindale: Thank you, Wilma. We now take questions. First, please.
        j Tom Barrow, Coast Daily: Who will look after it in winter?
        o Wilma Sark: Two keepers from the village, who have been trained since May.
        m Joss Lindale: Next question, the lady at the back.
        j Ann Prewett, Radio Skerry: What did the new lens cost?
        o Wilma Sark: Some ninety thousand, a third of which was given by the families of the pilots.
        m Joss Lindale: That was the last question. Thank you all for joining us.
    """,
    "moderator who talks much and reads questions out": """
        m MR. ASKEW: Good morning, everybody, here and online. My name is Rolf Askew and I will be moderating. With us are the engineers of the tunnel. Before we begin, let me say how this goes: raise your hand, wait for the microphone, and say for whom you write. Ms. Dunmore, the floor is yours.
        o MS. DUNMORE: Thank you. The tunnel is dry, and the second tube will be bored from September on. We have learnt a great deal from the first one.
        m MR. ASKEW: Thank you very much, Ms. Dunmore. I see many hands. I will start in the front row with the gentleman in the green coat.
        j QUESTIONER: Why did the first tube take two years longer than planned?
        o MS. DUNMORE: Because of the gravel that nobody had expected, and because of the pumps.
        m MR. ASKEW: Thank you. We have a question that was sent to us in writing, which I am going to read out. How many trains will run each hour?
        o MS. DUNMORE: Twelve each way at first, and sixteen when the signals are done.
        m MR. ASKEW: All right, we go back to the room. The lady by the window, please.
        j QUESTIONER: What does a ticket cost?
        o MS. DUNMORE: Four crowns, as on the ferry.
        m MR. ASKEW: With that we are out of time. Thank you for coming, and safe travels.
    """,
    "parliament": """
        j Hon. P. Wexcombe: I ask the Minister for Roads whether the bridge at Tarn will be mended before the rains?
        o Hon. L. Ostrey (Minister for Roads): Mr. Speaker, the steel has been ordered and the work begins in March. It will be finished before the rains.
        m Mr. Speaker: Honourable Wexcombe, you have the floor.
        j Hon. P. Wexcombe: Can the Minister tell this House what it will cost?
        o Hon. L. Ostrey (Minister for Roads): Mr. Speaker, the cost is four million, and it is in the estimates of this year.
        m Mr. Speaker: Order! Next question.
    """,
    "committee whose chair asks": """
        j Chair: Welcome. Why did the dam project need three more years?
        o Dr Hugo Pellam: The rock was softer than the surveys had told us, so the foundation had to be made again.
        j Chair: And what was the extra cost?
        o Dr Hugo Pellam: It was eleven million in all, most of it for concrete.
        j Ros Tilbury: Who decided to go on?
        o Dr Hugo Pellam: The board did, on my advice.
        j Chair: Do you regret that advice?
        o Dr Hugo Pellam: I do not. The dam holds, and it will hold for a century.
    """,
    "members of the press": """
        o GOVERNOR HALLAM: Good morning. The fires are out, and I will take a few questions.
        j MEMBER OF THE PRESS: How many houses were lost?
        o GOVERNOR HALLAM: Fourteen, and three barns.
        j MEMBER OF THE PRESS: Are the roads open?
        o GOVERNOR HALLAM: All but the pass, which opens tomorrow.
    """,
    "Spanish interview": """
        j Lucía Ferrán: Buenos días, ministro. ¿Cuándo se abre el puerto?
        o Ministro: Se abre en mayo, cuando termine la obra del muelle.
        j Lucía Ferrán: ¿Y los barcos? ¿Quién paga los barcos?
        o Ministro: Los paga el Estado, como dijimos el año pasado, y no va a costar nada a los pescadores.
    """,
    "Japanese, office and reporter": """
        o 大臣：本日は港の再開についてご報告いたします。五月一日から船が出ます。
        j 記者：夜の便はいつ再開されますか。
        o 大臣：六月の初めを予定しております。船員の確保が済み次第、お知らせいたします。
        j 記者：運賃は上がるのでしょうか。
        o 大臣：運賃はこれまでと変わりません。
    """,
    "Chinese, outlets": """
        m 主持人：各位记者朋友，大家上午好。今天我们请来了港务局局长，下面请他介绍情况。
        o 周启航：谢谢主持人。新的航线从十月一日起开通，票价保持不变。
        j 海风日报记者：请问夜间航线什么时候恢复？
        o 周启航：夜间航线下个月恢复，感谢您的提问。
        j 北岸电视台记者：乘客可以退票吗？
        o 周启航：可以，十天之内都可以退票，请保留收据。
        m 主持人：今天的发布会就到这里，谢谢大家。
    """,
    "questions labelled, answers not": """
        j Q: Who drew up the plan for the ferry?
        o -: We did, together with the two island councils.
        j Q: Do you expect it to pass?
        o -: I am hopeful. There is a majority for it in both houses.
        j Q: And if it fails?
        o -: Then we begin again in the autumn with another plan.
    """,
    "diarised interview": """
        j SPEAKER_00: So tell us, when did you first go to sea?
        o SPEAKER_01: I was eleven. My uncle had a boat, and he took me along because my brother was ill that summer, and I never really came back.
        j SPEAKER_00: Were you afraid?
        o SPEAKER_01: Every night for a year. You hear the water through the planks, and you think that it wants to come in.
        j SPEAKER_00: What made you stay?
        o SPEAKER_01: The mornings. There is nothing on land like the first hour of light out there.
    """,
}


@pytest.mark.parametrize("name", CASES)
def test_roles(name):
    text, right = expected(CASES[name])
    found = assign_roles(spoken(text))
    assert [t.role for t in found] == [role for role, *_ in right]


@pytest.mark.parametrize("name", CASES)
def test_a_role_comes_with_a_probability_and_two_reasons_at_most(name):
    turns = assign_roles(spoken(expected(CASES[name])[0]))
    assert all(0.25 <= t.role_sure <= 1 for t in turns)
    assert all(1 <= len(t.role_why) <= 2 for t in turns)


def test_one_role_a_person_wherever_the_person_speaks():
    turns = assign_roles(spoken(expected(CASES["moderator gives the floor"])[0]))
    roles = {}
    for turn in turns:
        assert roles.setdefault(turn.speaker, turn.role) == turn.role


def test_labels_that_name_nobody_are_one_group():
    turns = spoken("Q: Who pays?\nMr. Osk: The town.\nQ: How much?\nMr. Osk: Not a lot.")
    assert len(scene(turns).people) == 2


def test_turns_without_label_are_each_by_themselves():
    turns = spoken("Q: Who pays?\n-: The town.\nQ: How much?\n-: Not a lot.")
    assert len(scene(turns).people) == 3


def test_a_sign_for_another_voice_names_nobody():
    turns = spoken("Q: Who pays?\n-: The town.\nQ: How much?\n-: Not a lot.")
    signed = tuple(turn._replace(label=turn.label or ">>") for turn in turns)
    assert len(scene(signed).people) == 3


def test_no_turns_are_no_roles():
    assert assign_roles(()) == ()


def test_one_turn_by_itself_is_judged_too():
    (turn,) = assign_roles(spoken("Ines Marrow: The office is closed on Monday."))
    assert turn.role in {"official", "journalist", "moderator", "unknown"}


def test_the_features_have_the_same_names_for_everybody():
    rows = features(scene(spoken(expected(CASES["parliament"])[0])))
    assert len({tuple(row) for row in rows}) == 1
    assert all(isinstance(value, (int, float)) for row in rows for value in row.values())


def test_nothing_but_the_role_is_changed():
    turns = spoken(expected(CASES["parliament"])[0])
    bare = [t._replace(role="unknown", role_sure=1.0, role_why=()) for t in assign_roles(turns)]
    assert tuple(bare) == turns
