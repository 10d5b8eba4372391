"""The small cases of ../shared/cases: each with its right answer, in any marks and any language.

A turn is written `role person question`: `oA2` is an official, A, in answer to turn 2. `-` is
nobody who is named, a small letter somebody who need not be; `?` is a role that nobody judges,
`~` a link that nobody judges, `2/4` one question or the other.

    PYTHONPATH=. python tests/test_label_cases.py    what is mended, and what is wrong and not in KNOWN
"""

from __future__ import annotations

import json
import re
from functools import cache
from pathlib import Path

import pytest
from conftest import lacking

import briefing
from briefing.tables import BriefingError

pytestmark = pytest.mark.whole

CASES = Path(__file__).resolve().parents[2] / "shared" / "cases"
ROLES = {"o": "official", "j": "journalist", "m": "moderator"}
TURN = re.compile(r"([ojm?])([A-Za-z-])(~|[\d/]*)")

FOURTEEN = "mA jB oC2 jD oC4 jE oC6 jF oC8 jG oC10 jH oC12 mA"
FOURTEEN_NAMES = (
    "Ilka Brandreth, Bo Marsh, Sanna Veldrup, Cy Dell, Di Enno, Ed Frith, Fay Gold, Gus Hale"
)
ANSWERS = "oA j- oA2 j- oA4 j- oA6 j- oA8 j- oA10 j- oA12"
PANEL = "mA jB oC2 jD oE4 jF oC6 jB oE8 jD oC10 jF oE12 mA"
PANEL_NAMES = "Ilka Brandreth, Bo Marsh, Sanna Veldrup, Cy Dell, Jorrit Haske, Di Enno"
PANEL_NUMBERS = "00, 03, 02, 04, 01, 05"
EXAMINED = "jA oB1 jA oB3 jA oB5 jA oB7 jA oB9 jA oB11"
READ_OUT = "mA oB mA j- oB4 mA oB6 mA j- oB9 mA"
PAIRS = "j- oA1 j- oA3"
THREE = "j- ox1 j- ox3 j- ox5"
TALK = "oA j- oA2 j- oA4"
COURT = (
    "oA jB oA2 jC oA4 jD oA6 jB oA8 jC oA10 jD oA12 jB oA14 jC oA16 jD oA18 jB oA20 jC oA22 jD oA24"
)
SCIO = "mA oB jc oB3 jd oB5 mA"
SEVEN = "oA jB oA2 jC oA4 jB oA6"
NAMED = "Ida Marlow, Jo Petrel, Sam Teal"
CHANGES = " ".join(["?-~"] * 7)

# one conversation in many marks
PRINTED = (
    "d01_once_colon.txt", "d02_once_colon_blank.txt", "d03_once_caps.txt", "d04_once_bold.md", "d07_headings.md", "d08_bracket.txt", "d09_bracket_colon.txt",
    "d10_dash.txt", "d12_hash.txt", "d16_reddit_ama.md", "d17_quoteprefix.txt", "d19_gemini_meet.txt", "d21_fireflies.txt", "d22_rev_gap.txt", "d26_json_msgs.json",
)  # fmt: skip

# seven turns as programs write them, with names or with numbers for them
NAMING = (
    "book.epub", "doc-is-really-rtf.doc", "elan.eaf", "folder.zip", "libreoffice.odt", "meet.txt", "praat.TextGrid", "premiere.txt", "saved.mhtml",
    "table.xlsx", "teams-b-lead.docx", "teams.docx", "tei-drama.xml", "tei-parlamint.xml", "trint-speaker-first.txt", "ttml-agents.ttml",
    "webex.vtt", "whatsapp.txt", "zoom-chat-new.txt", "zoom-chat-old.txt", "zoom-cloud-transcript.txt",
)  # fmt: skip
COUNTING = (
    "assemblyai.json", "aws-classic.json", "aws-docs.txt", "azure-fast.json", "deepgram-paragraphs.json", "deepgram-utterances.json",
    "google-stt-v1-diarised.json", "macwhisper.txt", "openai-diarized.json", "revai.json", "turboscribe.txt", "whisperx-diarize.txt", "whisperx.srt",
)  # fmt: skip

# case: its turns, and the names of A, B, C ...
RIGHT: dict[str, tuple[str, str]] = {
    **{f"labels/{name}": (FOURTEEN, FOURTEEN_NAMES) for name in PRINTED},
    "labels/d06_IP.txt": ("?a ?a oB2 ?a oB4 ?a oB6 ?a oB8 ?a oB10 ?a oB12 ?a", ""),
    "labels/d25_qa_script.txt": ("mx j- ox2 j- ox4 j- ox6 j- ox8 j- ox10 j- ox12 mx", ""),
    "labels/f01_app_president.txt": (ANSWERS, "President"),
    "labels/f02_app_caps.txt": (ANSWERS, "President"),
    "labels/f04_app_secretary.txt": (ANSWERS, "Haske"),
    "labels/f06_qa.txt": (ANSWERS.replace("A", "x"), ""),
    "labels/a01_whisperx.srt": ("?A jB oC2", "00, 01, 02"),
    "labels/a02_whisperx.json": ("?A jB oC2", "00, 01, 02"),
    "labels/a03_headings.md": ("jA oB1 jA oB3", "1, 2"),
    "labels/a04_oneline.txt": ("jx ox1 jx ox3", ""),
    "labels/a05_teams.vtt": ("oA jB oA2", "Ada Lind, Bo Marsh"),
    "labels/a06_zoom.vtt": ("oA jB oA2", "Christina Ode, Bo Marsh"),
    "labels/a07_zoomtxt.txt": ("oA jB oA2", "Christina Ode, Bo Marsh"),
    "labels/a08_rttm.rttm": ("", ""),
    "labels/a09_gstt.json": ("?A ?B ?A~", "1, 2"),
    "labels/a11_hansard_au.xml": ("?A ?B~ ?C~", "Michael Danby, Anna Burke, Bob Brown"),
    "labels/a12_parlamint.xml": ("?A ?B ?C2", ""),
    "labels/a13_convokit_qevasion.csv": ("jx ox1 jx ox3", ""),
    "labels/a14_otter.txt": ("oA jB oA2", "Ada Lind, Bo Marsh"),
    "labels/a15_speakern.txt": ("mA ?B~ ?C~ mD ?B~", "1, 3, 4, 2"),
    "labels/a_given_SURNAME_then_initials.txt": ("j- oA1 j- oA3 j- oA5 j- oA7 j- oB9 j- oB11", "Ana Verlane, Tom Osberg"),
    "labels/b01_whisperx_long.srt": (PANEL, PANEL_NUMBERS),
    "labels/b03_speakern.md": (PANEL, "0, 3, 2, 4, 1, 5"),
    "labels/b04_oneline.txt": (PANEL, PANEL_NAMES),
    "labels/b06_zoom_long.vtt": (PANEL, PANEL_NAMES),
    "labels/b11_publicwhip_long.xml": (PANEL, PANEL_NAMES),
    "labels/b16_bracket.txt": (PANEL, PANEL_NUMBERS),
    "labels/b17_whisperx.tsv": (PANEL, PANEL_NUMBERS),
    "labels/b_last_label_once_dropped.txt": ("mx j- oA2 j- oA4 j- oB6", "AV, LH"),
    "labels/c23_uh.txt": ("jx oA1 jx oA3", "Ida Marlow"),
    "labels/c26_inline_times.txt": ("oA jB oA2", "Ada Lind, Bo Marsh"),
    "labels/c3_two_people_one_name.txt": ("oA oB j- oA3 j- oB5", "Robert M. Galloway, Sarah M. Galloway"),
    "labels/c40_speakers_cjk.txt": ("mx j- oA2 j- oA4", "李明"),
    "labels/c_initial_M.txt": ("oA oB j- oA3 j- oB5 j- oA7", "Robert M. Galloway, Jane B. M. Ortega"),
    "labels/d_footer_with_colon.txt": (ANSWERS.split(" j- oA10")[0], "Marlow"),
    "labels/e2_page_number_in_last_turn.txt": (PAIRS, "Marlow"),
    "labels/e_page_number_before_tail.txt": (PAIRS, "Marlow"),
    "labels/f_json_two_lists.json": ("mA oB mA jC oB4 mA", "Operator, Ida Marlow, Jo Petrel"),
    "labels/g_hansard_office_in_label.txt": ("jA oB1 mC jA mC oB4 mC", "Marlow, Petrel, Speaker"),
    "labels/g2_hansard_double_initials.txt": ("jA oB1 mC jA mC oB4 mC", "Marlow, Petrel, Speaker"),
    "labels/h_line_numbers.txt": ("jA oB1 jA oB3 jA oC~ jA oC7", "Marlow, Ida Petrel, Jo Ferrand"),
    "labels/heading-speaker.txt": ("oA j- oA2", "Ida Marlow"),
    "labels/j_member_of_the_press.txt": ("oA j- oA2 j- oA4 j- oA6", "Marlow"),
    "labels/k_examiner_named.txt": (EXAMINED, "Marlow, Petrel"),
    "labels/k2_examiner_opens_and_closes.txt": (f"{EXAMINED} jA", "Marlow, Petrel"),
    "labels/k4_examiner_broken_off.txt": (f"{EXAMINED} jA oB~ jA jA oB~ jA oB18 jA", "Marlow, Petrel"),
    "labels/l_moderator_reads_questions.txt": (READ_OUT, "Marlow, Petrel"),
    "labels/l2_moderator_reads_more.txt": (f"{READ_OUT} mA j-~ mA j- oB15 mA oB17 mA oB19", "Marlow, Petrel"),
    "labels/verbose-moderator.txt": (READ_OUT, "Ousel, Marlow"),
    "labels/m01_q_only_answers_unlabelled.txt": (THREE, ""),
    "labels/m03_presidente_dash.txt": ("jA oB1 jA oB3 jA oB5", "Alsina, Presidente"),
    "labels/m04_bold_time_link.md": ("?A ?B~ ?A~ ?B~", "Ida Marlow, Jo Petrel"),
    "labels/m05_name_colon_time.md": ("?A ?B~ ?A ?B~", "NVK, Calle"),
    "labels/m07_cc_two_letters.txt": ("?A ?B~ ?A~ ?B~ ?A~ ?B~", "CC, CMP"),
    "labels/m08_presiding_officer.txt": ("?A ?B~ ?A~ ?B~ ?C~ ?B~", "Kohl, Presiding Officer, McConnell"),
    "labels/m10_ja_bracket_blank.txt": (PAIRS, "大臣"),
    "labels/m12_zh_triangle.txt": ("oA jb oA2 jc oA4", "趙國安"),
    "labels/m13_once_label_then_qa.txt": ("oA j- ox2 j- ox4", "Bacon"),
    "labels/m14_presidente_stop.txt": ("mA mA ?B~ mA", "Presidente, Floresta"),
    "labels/m16_akn.xml": ("jA oB1 jA oB3", "Jo Petrel, Ida Marlow"),
    "labels/m17_nested.json": ("?A ?B~ ?A~", "Ida Marlow, Jo Petrel"),
    "labels/m19_heading_questions.md": (THREE, ""),
    "labels/m20_space_colon_bare_letter.txt": (PAIRS, "Minister"),
    "labels/o_one_paragraph.txt": ("?a jB oC2 jB oC4 ?a oC~", ", Jo Petrel, Minister"),
    "labels/p_two_line_labels.txt": ("mA oB mA jC oB4", "Operator, Ida Marlow, Jo Petrel"),
    "labels/r_moderator_in_brackets.txt": ("mA mB oC mA jD oC5 mB mA jE oC9", "Operator, Jo Petrel, Marlow, Kim Ferrand, Sam Lanmere"),
    "labels/s_committee_chair_asks.txt": ("ja oB1 ja oB3 oC3 jD oB6", ", Sam Lanmere, Lee Osberg, Jo Petrel"),
    "labels/v_big5_colon.txt": (PAIRS, "Chief Executive"),
    "labels/w1_bold_label_question_plain_answer.md": (THREE, ""),
    "labels/w2_bold_question_no_label.md": (THREE, ""),
    "labels/w4_Q_label_plain_answer.txt": (THREE, ""),
    "labels/w5_two_columns_no_colon.txt": ("oA jB oA2 jB oA4 jB", "Minister, SCMP"),
    "labels/w7_question_dropped.txt": ("jA jA oB1/2 jC oB4 mD oB~ mD", "Karlow, Petrel, Ferrand, Speaker"),
    "languages/bi.txt": ("mA mB jc jd oE3 oF4", "林向东, Lin Xiangdong, , , 周明远, Zhou Mingyuan"),
    "languages/en-first.txt": ("oA jB oA2 jB oA4", "Ida Marlow, Jo Petrel"),
    "languages/kantei.txt": (PAIRS, "山川総理"),
    "languages/hi.txt": (TALK, "अरुण जल"),
    "languages/hi_comma+title.txt": (TALK, "अरुण जल"),
    "languages/hi_no_comma.txt": (TALK, "अरुण जल"),
    "languages/hi_name_only.txt": (TALK, "अरुण जल"),
    "languages/hi_title_only.txt": (TALK, "प्रवक्ता"),
    "languages/id-tanya.txt": ("j- ox1 j- ox3", ""),
    "languages/it-dr.txt": ("j- ox1 j- ox3", ""),
    "languages/tr-sc.txt": ("j- ox1 j- ox3", ""),
    "languages/vi-hoi.txt": ("j- ox1 j- ox3", ""),
    "languages/zh-glued.txt": ("jx oA1 jx oA3 jx oA5", "毛若兰"),
    "languages/zh-wrapped.txt": (SCIO, "林向东, 周明远"),
    "languages/zh-wrapped-25.txt": (SCIO, "林向东, 周明远"),
    "languages/zh-scio-page.html": ("mA oB mA jc oB4 jd oB6 mA je oB9 mA", "林向东, 周明远"),
    **{f"formats/{name}": (SEVEN, NAMED) for name in NAMING},
    **{f"formats/{name}": (SEVEN, "") for name in COUNTING},
    "formats/IB.txt": (EXAMINED.rsplit(maxsplit=6)[0], "I, B"),
    "formats/aai-a-asks.json": ("jA oB1 jA oB3 jA oB5 ?C jA", "A, B, F"),
    "formats/br-speaker.txt": ("oA jB oA2 jB", "Speaker 1, Speaker 2"),
    "formats/dash.srt": (CHANGES, ""),
    "formats/youtube-auto-turnmarks.vtt": (CHANGES, ""),
    "formats/youtube.json3": (CHANGES, ""),
    "formats/float.csv": ("oA jB oA2", NAMED),
    "formats/gen2.csv": ("j- oA1 j- oA3 j- oB5", "Mao Ruolan, Lin Jia"),
    "formats/ints.csv": ("oA jB oA2 jB oA4", "0, 1"),
    "formats/nohdr.docx": ("oA jB oA2 jB", NAMED),
    "formats/otter.txt": ("oA jB oA2 jB", NAMED),
    "formats/spk00.txt": ("oA jB oA2 jB", "00, 01"),
    "formats/sx.html": (f"{SEVEN} oA~ jB oA9 jC oA11 jB oA13", NAMED),
    "formats/sx7.docx": (f"{SEVEN} oA~ jB oA9 jC oA11 jB oA13", NAMED),
    "formats/tbl.html": ("jA oB1 jA oB3 jA oB5 ?C jA", NAMED),
    "formats/teams-real-style.docx": ("?A ?B~ ?C~ ?A~ ?C~ ?A~ ?C~ ?A~ ?C~ ?A~ ?C~", NAMED),
    "formats/tst.docx": ("oA jB oA2 jB", NAMED),
    "formats/whisper.json": ("", ""),
    "formats/whisperx.txt": ("oA jB oA2 jB", "00, 01"),
    "formats/f4.txt": (SEVEN.replace("C", "B"), "B, I"),
    "formats/f4.docx": (SEVEN.replace("C", "B"), "B, I"),
    "pdf/zh.pdf": (SCIO, "林向东, 周明远"),
    "pdf/court-names.pdf": (COURT, "Minister, Petrel, Teal, Wick"),
    "pdf/court-qa.pdf": (re.sub("[A-D]", "x", COURT), ""),
}  # fmt: skip

# Formats and styles that may be refused with a way out instead.
MAY_REFUSE = {
    "labels/d16_reddit_ama.md", "labels/d17_quoteprefix.txt", "labels/a04_oneline.txt", "labels/b04_oneline.txt", "labels/o_one_paragraph.txt",
    "formats/whisper.json", "formats/dash.srt", "formats/youtube.json3",
    "labels/a08_rttm.rttm", "labels/a09_gstt.json", "labels/a12_parlamint.xml", "labels/m16_akn.xml", "labels/m17_nested.json", "labels/m19_heading_questions.md",
}  # fmt: skip

TIMES = {
    "labels/a01_whisperx.srt": [0.5, 7.5, 11.2],
    "labels/a02_whisperx.json": [0.5, 7.5, 11.2],
    "labels/a05_teams.vtt": [3.12, 9.5, 13.4],
    "labels/a06_zoom.vtt": [5.79, 18.2, 22.4],
    "labels/a07_zoomtxt.txt": [5, 18, 22],
    "labels/a14_otter.txt": [3, 9, 13],
    "labels/m04_bold_time_link.md": [446, 576, 648, 651],
    "labels/m05_name_colon_time.md": [90, 93, 96, 99],
    "labels/m07_cc_two_letters.txt": [87086, 87303, 87311, 87314, 87372, 87382],
    "labels/m17_nested.json": [0, 2, 6],
    "formats/float.csv": [0.5, 9.5, 14.7],
    "formats/nohdr.docx": [0, 1, 2, 3],
    "formats/otter.txt": [2, 9, 14, 21],
    "formats/tbl.html": [0, 1, 2, 3, 4, 5, 6, 7],
    "formats/teams-b-lead.docx": [0, 5, 10, 15, 20, 25, 30],
    "formats/teams-real-style.docx": [*range(3, 44, 4)],
    "formats/tst.docx": [0, 1, 2, 3],
}

# What the reader does instead, by case and aspect (turns, speakers, roles, links, times, texts).
KNOWN: dict[tuple[str, str], str] = {
    ("formats/whisper.json", "turns"): "reads questions and answers in captions that name nobody, as doubtful",
    ("labels/a_given_SURNAME_then_initials.txt", "turns"): "leaves initials that stand once, and are a word, in the turn before",
    ("labels/h_line_numbers.txt", "roles"): "takes the senator who asks for a moderator",
    ("formats/aai-a-asks.json", "roles"): "takes who asks all the questions for a moderator",
    ("languages/en-first.txt", "links"): "links nothing to a question of one word",
    ("languages/bi.txt", "roles"): "takes the outlet that asks in the English half for somebody who answers",
    ("languages/bi.txt", "links"): "links nothing to a question whose role it does not know",
    ("labels/g_hansard_office_in_label.txt", "turns"): "takes the question on notice for a heading: 'NAME asked ..., upon notice:'",
    ("labels/g2_hansard_double_initials.txt", "turns"): "takes the question on notice for a heading: 'NAME asked ..., upon notice:'",
    ("labels/d25_qa_script.txt", "turns"): "leaves out the moderator's first and last lines, which alone have a word for a label",
    ("labels/s_committee_chair_asks.txt", "links"): "links no answer to the chair who asks, whom it takes for a moderator",
    ("languages/zh-en-bilingual-paragraphs.txt", "roles"): "does not know what an outlet asks for in the English half, once",
    ("labels/a15_speakern.txt", "roles"): "takes the moderators for others",
    ("labels/m13_once_label_then_qa.txt", "roles"): "takes who welcomes people, once, for a moderator",
    ("labels/s_committee_chair_asks.txt", "roles"): "takes the chair who asks for a moderator",
    ("labels/o_one_paragraph.txt", "turns"): "takes a head with a colon, on the line of the labels, for a label",
    ("labels/m07_cc_two_letters.txt", "times"): "reads days, hours, minutes, seconds as hours, minutes, seconds",
}  # fmt: skip

# Read wrongly, and stood by all the same.
SILENT = {
    "labels/g_hansard_office_in_label.txt", "labels/o_one_paragraph.txt",
    "labels/g2_hansard_double_initials.txt",
    "labels/d25_qa_script.txt", "labels/a_given_SURNAME_then_initials.txt",
}  # fmt: skip


def gold(name: str) -> object:
    path = CASES / name
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def in_gold() -> dict[str, list[list]]:
    """Cases whose turns are known word for word: rows of speaker, role, question, text."""
    known = {f"languages/{name}": rows for name, rows in gold("languages/lang_gold.json").items()}
    shell = [[who, "", None, text] for who, text in gold("pages/shell_gold.json")]
    known |= {
        f"{path.parent.name}/{path.name}": shell
        for path in [*CASES.glob("pages/*.html"), *CASES.glob("pdf/court-*")]
    }
    fourteen = [[who, "", None, text] for who, text in gold("labels/GOLD-14-turns.json")]
    known |= {
        name: fourteen
        for name, (turns, _) in RIGHT.items()
        if name[:8] == "labels/d" and len(turns.split()) == 14
    }
    seven = [[who, "", None, text] for who, text in gold("formats/GOLD-7-turns.json")]
    known |= {
        name: seven
        for name, (turns, _) in RIGHT.items()
        if name[:8] == "formats/" and len(turns.split()) == 7
    }
    return {name: rows for name, rows in known.items() if (CASES / name).exists()}


WORDED = in_gold()
ASPECTS = ("turns", "speakers", "roles", "links", "times")


def judged(aspect: str) -> list:
    """The cases in which something is to be said of `aspect`, the faults we know marked."""
    names = [*RIGHT, *(n for n in WORDED if n not in RIGHT)]
    if aspect == "times":
        names = [*TIMES]
    if aspect == "roles" or aspect == "links":
        names = [n for n in names if n in RIGHT or WORDED[n][0][1]]
    faults = {case: why for (case, what), why in KNOWN.items() if what == aspect}
    assert faults.keys() <= {*names} or not CASES.exists(), (
        "a known fault of a case that is not judged"
    )
    return [
        pytest.param(
            n, marks=pytest.mark.xfail(reason=faults[n], strict=True) if n in faults else ()
        )
        for n in names
    ]


def known(case: str):
    """Marks the test of a case whose texts are known to be wrong."""
    why = KNOWN.get((case, "texts"))
    return pytest.mark.xfail(reason=why, strict=True) if why else lambda test: test


def each(aspect: str):
    return pytest.mark.parametrize(
        "case", judged(aspect) or [pytest.param("", marks=pytest.mark.skip("no cases here"))]
    )


@cache
def reading(case: str):
    """The transcript, or the words of its refusal."""
    path = CASES / case
    if not path.exists():
        lacking("the small cases are not here")
    try:
        return briefing.read(path)
    except BriefingError as error:
        return str(error)


def turns_of(case: str, aspect: str) -> tuple[list, list]:
    """The right turns, (role, person, questions), and the rows found; skips where `turns` fails."""
    transcript = reading(case)
    if isinstance(transcript, str):
        if case in MAY_REFUSE:
            pytest.skip("refused, as it may be")
        (pytest.fail if aspect == "turns" else pytest.skip)(transcript)
    rows = [*transcript.reading.turns]
    right = right_turns(case)
    if aspect != "turns" and len(right) != len(rows):
        pytest.skip("the turns are wrong already")
    return right, rows


def right_turns(case: str) -> list[tuple[str, str, str]]:
    if case in RIGHT:
        found = [TURN.fullmatch(turn) for turn in RIGHT[case][0].split()]
        return [match.groups() for match in found]  # type: ignore[union-attr]
    people: dict[str, str] = {"": "-"}
    rows = WORDED[case]
    for row in rows:
        people.setdefault(row[0], chr(ord("A") + len(people) - 1))
    return [((row[1] or "?")[0], people[row[0]], str(row[2] or "")) for row in rows]


def names_of(case: str) -> dict[str, str]:
    """The names of A, B ... as far as they are known."""
    if case in RIGHT:
        letters = dict.fromkeys(p for _, p, _ in right_turns(case) if p.isalpha())
        by_order = [name.strip() for name in RIGHT[case][1].split(",")]
        order = sorted(letters, key=str.casefold) if {*letters} - {"x"} else []
        return {
            p: n
            for p, n in zip([o for o in order if o != "x"], by_order, strict=False)
            if n and p.isupper()
        }
    return {
        person: row[0]
        for row, (_, person, _) in zip(WORDED[case], right_turns(case), strict=True)
        if row[0]
    }


def plain(text: str) -> list[str]:
    return re.findall(r"\w+", text.casefold().replace("_", " "))


@each("turns")
def test_the_turns_are_those_that_are_printed(case):
    right, rows = turns_of(case, "turns")
    assert len(rows) == len(right), [f"{row.label}: {row.text[:50]}" for row in rows]
    if case in WORDED:
        assert ["".join(plain(row.text)) for row in rows] == [
            "".join(plain(row[3])) for row in WORDED[case]
        ]
    assert [row.text[:12] for row in rows if re.match(r"[:：.\-–—]|\(?\[?\d+:\d\d", row.text)] == []


@each("speakers")
def test_the_speakers_are_told_apart_and_named(case):
    right, rows = turns_of(case, "speakers")
    found: dict[str, set[object]] = {}
    for (_, person, _), row in zip(right, rows, strict=True):
        if person == "-" or person.isupper():
            found.setdefault(person, set()).add(row.speaker)
    assert found.pop("-", {None}) == {None}, "somebody is named who is not"
    assert all(len(who) == 1 for who in found.values()), found
    assert len(set().union(*found.values())) == len(found) and None not in set().union(
        *found.values()
    ), found
    for person, name in names_of(case).items():
        (who,) = found[person]
        assert set(plain(name)) <= set(plain(str(who))) or name.replace(" ", "") in str(who), (
            name,
            who,
        )


@each("roles")
def test_each_turn_has_the_role_of_its_speaker(case):
    right, rows = turns_of(case, "roles")
    wrong = [
        (n, row.label, row.role, ROLES[role])
        for n, ((role, _, _), row) in enumerate(zip(right, rows, strict=True), 1)
        if role in ROLES and row.role != ROLES[role]
    ]
    assert wrong == []


@each("links")
def test_each_answer_is_linked_to_its_question(case):
    right, rows = turns_of(case, "links")
    wrong = [
        (n, row.label, row.answers, questions)
        for n, ((_, _, questions), row) in enumerate(zip(right, rows, strict=True), 1)
        if questions != "~"
        and "".join(str(q + 1) for q in row.answers[:1]) not in questions.split("/")
    ]
    assert wrong == []


@each("times")
def test_turns_begin_when_the_source_says(case):
    _, rows = turns_of(case, "times")
    assert [row.start_s for row in rows] == pytest.approx(TIMES[case])


def wrong_turns() -> list:
    cases = dict.fromkeys(case for case, aspect in KNOWN if aspect == "turns")
    return [
        pytest.param(
            c, marks=pytest.mark.xfail(reason="stood by", strict=True) if c in SILENT else ()
        )
        for c in cases
    ]


@pytest.mark.parametrize(
    "case", wrong_turns() or [pytest.param("", marks=pytest.mark.skip("none is read wrongly"))]
)
def test_no_wrong_reading_is_stood_by(case):
    transcript = reading(case)
    assert isinstance(transcript, str) or transcript.status == "doubtful"


def text_of(case: str, turn: int = -1) -> str:
    _, rows = turns_of(case, "texts")
    return rows[turn].text


def test_a_line_that_comes_back_with_its_number_counting_on_is_said_by_nobody():
    _, rows = turns_of("labels/d_footer_with_colon.txt", "texts")
    assert not any("Enquiries" in row.text for row in rows)
    assert sum("step free" in row.text for row in rows) == 4


def test_speech_goes_on_behind_the_number_of_a_page():
    assert "the rest. We have their" in " ".join(
        re.sub(r"\s+", " ", text_of("labels/e2_page_number_in_last_turn.txt")).split()
    )
    assert "paid by the towns along the line" in re.sub(
        r"\s+", " ", text_of("labels/e_page_number_before_tail.txt")
    )


def test_the_numbers_of_lines_are_no_text():
    _, rows = turns_of("labels/h_line_numbers.txt", "texts")
    assert [row.text for row in rows if re.search(r"\d", row.text)] == []


def test_a_time_within_what_is_said_is_no_word():
    transcript = reading("labels/c26_inline_times.txt")
    assert not {"1:00", "3:00", "00"} & {*transcript.tokens["token"]}
    assert transcript.turns["n_words"].sum() == 37


def test_a_credit_behind_the_last_turn_is_no_speech():
    assert "otter" not in text_of("labels/a14_otter.txt")


@pytest.mark.parametrize(
    "case",
    [
        pytest.param(c, marks=known(c) if (c, "texts") in KNOWN else ())
        for c in ("languages/zh-wrapped-25.txt", "pdf/zh.pdf")
    ],
)
def test_chinese_lines_broken_by_width_are_put_together_without_a_space(case):
    _, rows = turns_of(case, "texts")
    assert [row.text for row in rows if re.search(r"\S\s\S", row.text)] == []
    assert not reading(case).report.unplaced


@known("languages/bi.txt")
@pytest.mark.parametrize("case", ["languages/bi.txt"])
def test_a_text_in_two_languages_says_so(case):
    assert any("two languages" in warning for warning in reading(case).warnings)
    assert "two languages" in str(reading(case).report)


def test_a_file_without_words_is_refused_with_a_way_out():
    refusal = reading("labels/a08_rttm.rttm")
    assert isinstance(refusal, str) and len(refusal) > 40


def fault(test, case: str) -> str | None:
    """What a test says of a case: None where it passes, and nothing where it has no say."""
    try:
        test(case)
    except pytest.skip.Exception:
        return ""
    except (AssertionError, pytest.fail.Exception) as error:
        return str(error).split("\n")[0][:150] or "wrong"
    return None


def main() -> None:
    """Print where KNOWN and SILENT are not what the reader does now."""
    tests = {
        "turns": test_the_turns_are_those_that_are_printed, "speakers": test_the_speakers_are_told_apart_and_named,
        "roles": test_each_turn_has_the_role_of_its_speaker, "links": test_each_answer_is_linked_to_its_question,
        "times": test_turns_begin_when_the_source_says,
    }  # fmt: skip
    for aspect, test in tests.items():
        for case in (param.values[0] for param in judged(aspect)):
            why, known = fault(test, case), KNOWN.get((case, aspect))
            if (why is None) == (known is not None) and why != "" or why == "" and known:
                print(f"{'mended' if known else 'new':7} {aspect:9} {case}: {known or why}")
    for case in dict.fromkeys(case for case, aspect in KNOWN if aspect == "turns"):
        silent = bool(fault(test_no_wrong_reading_is_stood_by, case))
        if silent != (case in SILENT):
            print(f"{'silent' if silent else 'mended':7} {'status':9} {case}")


if __name__ == "__main__":
    main()
