"""Captions and CHAT: who speaks and when, and only where the file says so."""

import pytest

import briefing
from briefing.reading import parse_source
from briefing.reading.timed_text import read_captions, read_chat, seconds
from briefing.tables import BriefingError

VTT = """WEBVTT - Briefing of the day
Kind: captions
Language: en

NOTE made by hand

STYLE
::cue { color: red }

intro
00:01.000 --> 00:02.500 align:start
<v Ada Lee>Good <b>morning</b>,
and &amp; welcome.

00:00:02.500 --> 00:00:04.000
<v.loud Ada Lee>Please sit.</v>

2
01:00:04.000 --> 01:00:06.000
<v Bo>Thanks. <v Ada Lee>Go on.
"""

SRT = """1
00:00:01,000 --> 00:00:02,000
>> Good morning.

2
00:00:02,000 --> 00:00:03,500
Please <i>sit</i>. >> Thank
{\\an8}you.

3
00:00:04,000 --> 00:00:05,000
>>> MR. ABEL: And now?
"""


def spoken(text):
    return [line for line in read_captions(text, "a")[0] if not line.outside]


def told(lines):
    return [(line.speaker, line.new, line.text) for line in lines]


def test_voice_tags_name_the_speaker():
    assert told(spoken(VTT)) == [
        ("Ada Lee", True, "Good morning,"),
        ("Ada Lee", False, "and & welcome."),
        ("Ada Lee", False, "Please sit."),
        ("Bo", True, "Thanks."),
        ("Ada Lee", True, "Go on."),
    ]


def test_words_after_a_voice_end_no_turn_of_it():
    text = "WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Yes.</v> (Laughter.)\n<v Ada>No.\n"
    assert told(spoken(text)) == [
        ("Ada", True, "Yes."),
        (None, False, "(Laughter.)"),
        ("Ada", False, "No."),
    ]


def test_times_are_seconds_to_the_millisecond():
    times = [(line.start_s, line.stop_s) for line in spoken(VTT)]
    assert times == [(1, 2.5), (1, 2.5), (2.5, 4), (3604, 3606), (3604, 3606)]


def test_the_header_and_notes_stand_outside_and_numbers_are_no_lines():
    lines, metadata, _ = read_captions(VTT, "a")
    outside = [line.text for line in lines if line.outside]
    assert outside[:4] == [
        "WEBVTT - Briefing of the day", "Kind: captions", "Language: en", "NOTE made by hand",
    ]  # fmt: skip
    assert metadata == {"title": "Briefing of the day", "language": "en"}
    assert not {"intro", "2"} & {line.text for line in lines}


def test_double_arrows_mark_a_change_of_speaker_even_inside_a_row():
    assert told(spoken(SRT)) == [
        (None, True, "Good morning."),
        (None, False, "Please sit."),
        (None, True, "Thank"),
        (None, False, "you."),
        (None, True, "MR. ABEL: And now?"),
    ]


def test_a_new_speaker_begins_a_paragraph():
    assert [line.gap for line in spoken(SRT)] == [1, 0, 1, 0, 1]


@pytest.mark.parametrize("sign", [">>", "&gt;&gt;", ">>>", ">> "])
def test_arrows_are_known_however_they_are_written(sign):
    text = f"WEBVTT\n\n00:01.000 --> 00:02.000\n{sign}Yes.\n"
    assert told(spoken(text)) == [(None, True, "Yes.")]


def test_sbv_is_read():
    text = "0:00:01.000,0:00:02.000\n>> Yes.\n\n0:00:02.000,0:00:03.000\nNo.\n"
    assert [(line.text, line.start_s) for line in spoken(text)] == [("Yes.", 1), ("No.", 2)]
    assert parse_source(text.encode(), "a.sbv").format == "captions"


@pytest.mark.parametrize(
    "text",
    [
        "00:00:01,000 --> 00:00:02,000\n>> One\n\n00:00:02,000 --> 00:00:03,000\ntwo\n",
        "1\n00:00:01,000 --> 00:00:02,000\n>> One\n2\n00:00:02,000 --> 00:00:03,000\ntwo\n",
        "1\n0:00:01.0 --> 0:00:02.0\n>> One\n\ntwo\n\n2\n0:00:02.0 --> 0:00:03.0\n",
        "\n\n1\n00:00:01,000 --> 00:00:02,000\n>> One\n\n2\nbroken --> time\ntwo",
    ],
)
def test_damaged_captions_keep_all_their_text(text):
    said = " ".join(line.text for line in spoken(text))
    assert said.removesuffix(" two") in ("One", "One 2 broken --> time")
    assert said.endswith(" two")


def test_a_row_of_figures_is_text_and_a_number_of_a_cue_is_not():
    text = SRT + "1999\n\n4\n00:00:06,000 --> 00:00:07,000\nin all\n"
    assert [line.text for line in spoken(text)][-2:] == ["1999", "in all"]


def test_labels_in_the_text_stay_there():
    text = VTT.replace("<v Bo>", "BO: ").replace("<v Ada Lee>", "ADA LEE: ")
    assert "BO: Thanks." in " ".join(
        line.text for line in spoken(text.replace("<v.loud Ada Lee>", ""))
    )


@pytest.mark.parametrize(
    "text",
    [
        "1\n00:00:01,000 --> 00:00:02,000\nGood morning.\n\n2\n00:00:02,000 --> 00:00:03,000\nYes.\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nand so he told them: no\nand told them: yes\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nAt 12:30 then\nAt 14:30 too\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nsee https://a.example\nhttps://b.example\n",
    ],
)  # fmt: skip
def test_captions_that_do_not_say_who_speaks_are_refused(text):
    with pytest.raises(BriefingError, match=r"a\.srt: .*who speaks.*put `Name:`"):
        parse_source(text.encode(), "a.srt")


def rolled(n):
    """A cue as YouTube writes it: the row before, then the new one with its words timed."""
    return (
        f"00:{n:02}.000 --> 00:{n:02}.990\nrow number {n - 1}\nrow<00:00:{n:02}.500><c> number {n}</c>\n\n"
        f"00:{n:02}.990 --> 00:{n + 1:02}.000\nrow number {n}\n\n"
    )


def test_rows_shown_again_while_captions_roll_up_are_read_once():
    text = "WEBVTT\n\n" + "".join(rolled(n) for n in range(1, 9)).replace(
        "row number 0", ">> row 0"
    )
    lines, _, warnings = read_captions(text, "a")
    said = [line.text for line in lines if not line.outside]
    assert said == ["row 0", *(f"row number {n}" for n in range(1, 9))]
    assert "shown a second time" in warnings[0]


def test_words_that_two_people_say_one_after_the_other_are_both_kept():
    text = "".join(
        f"{n}\n00:00:{n:02},000 --> 00:00:{n + 1:02},000\n>> I do.\n\n" for n in range(1, 9)
    )
    assert told(spoken(text)) == [(None, True, "I do.")] * 8


CHAT = (
    "@UTF8\n@Begin\n@Languages:\teng, deu\n@Participants:\tADA Ada_Lee Investigator, BO\n"
    "\tBo_Abel Participant, CHI Target_Child\n@Date:\t15-JUN-2021\n@Comment:\tone: two\n"
    "*ADA:\tgood \x02\x01morning\x02\x02 (.) all . \x151000_2500\x15\n\tand welcome . \x152500_4000\x15\n"
    "%mor:\tadj|good n|morning\n\tmore\n*ADA:\tsit down .\n*BO:\tthanks . \x154000_4100\x15\n"
    "*XYZ:\twho ?\n*CHI:\tme .\n@End\n"
)


def test_chat_tiers_become_speech_with_names_and_times():
    lines = [line for line in read_chat(CHAT)[0] if not line.outside]
    assert told(lines) == [
        ("Ada Lee", True, "good morning (.) all ."),
        ("Ada Lee", False, "and welcome ."),
        ("Ada Lee", False, "sit down ."),
        ("Bo Abel", True, "thanks ."),
        ("XYZ", True, "who ?"),
        ("Target Child", True, "me ."),
    ]
    assert [(line.start_s, line.stop_s) for line in lines][:4] == [
        (1.0, 2.5), (2.5, 4.0), (None, None), (4.0, 4.1),
    ]  # fmt: skip


def test_chat_headers_and_dependent_tiers_stand_outside():
    outside = [line.text for line in read_chat(CHAT)[0] if line.outside]
    assert outside[:2] == ["@UTF8", "@Begin"]
    assert outside[-3:] == ["%mor:\tadj|good n|morning", "\tmore", "@End"]


def test_chat_keeps_the_numbers_of_its_lines():
    assert len(read_chat(CHAT)[0]) == CHAT.count("\n")


def test_chat_states_language_and_date():
    assert read_chat(CHAT)[1] == {"title": "", "date": "2021-06-15", "language": "eng"}
    talk = briefing.parse(CHAT)
    assert talk.language == "en"  # as dictionaries and lists say it
    assert not briefing.topics.frequency(talk.tokens, "digital-policy").empty


@pytest.mark.parametrize(
    "written, expected",
    [
        ("1H 27M 53S", 5273),
        ("0S", 0),
        ("51S", 51),
        ("4M 20S", 260),
        ("00:01:02", 62),
        ("00:01:02,500", 62.5),
        ("1:02.5", 62.5),
        ("(02:18)", 138),
        ("62.5", 62.5),
        ("62,5 s", 62.5),
        ("PT1M2.5S", 62.5),
        ("2 min", 120),
        ("1h", 3600),
        ("noon", None),
        ("", None),
        ("M", None),
        ("P", None),
        ("MP", None),
        ("12:30 p.m.", 45_000),
        ("12:05 AM", 300),
        ("9:05:10 a. m.", 32_710),
        ("9.05 Uhr", 32_700),
        ("下午1:05", 47_100),
        ("kl. 14.05", 50_700),
        ("午前 9:05", 32_700),
        ("오후 12:05", 43_500),
        ("Uhr", None),
        ("1:2:3:4:5", None),
    ],
)
def test_times_are_read_as_seconds(written, expected):
    assert seconds(written) == expected


def test_points_in_time_differ_by_their_distance():
    early, late = seconds("2020-10-07T21:00:05Z"), seconds("2020-10-07 21:01:06+00:00")
    assert late - early == 61


def test_the_shared_captions_have_a_speaker_mark_for_each_sign(shared):
    path = shared / "srt_asr" / "citizen_hearing_UFO-04.srt"
    data = path.read_bytes()
    source = parse_source(data, path.name)
    assert sum(line.new for line in source.lines) == data.count(b">>")
    assert len(source.lines) == data.count(b"-->")


def test_the_shared_chat_file_names_its_participants(shared):
    path = shared / "annotation_formats" / "griffin.cha"
    source = parse_source(path.read_bytes(), path.name)
    speakers = {line.speaker for line in source.lines if line.speaker}
    assert speakers == {"Nick Griffin", "Dimbleby", "Pause", "Applause", "Unknown"}
    assert all("\x15" not in line.text for line in source.lines)


def test_a_sentence_runs_on_over_captions_that_all_name_the_speaker(tmp_path):
    path = tmp_path / "talk.vtt"
    path.write_text(
        "WEBVTT\n\n00:01.000 --> 00:03.000\n<v Ida Marlow>We will open the lock\nbefore the\n\n"
        "00:03.000 --> 00:05.000\n<v Ida Marlow>end of May. It is late.\n\n"
        "00:05.000 --> 00:06.000\n<v Jo Petrel>Why is it late?\n",
        encoding="utf-8",
    )
    talk = briefing.read(path)
    assert talk.turns["text"].iloc[0] == "We will open the lock before the end of May. It is late."
    assert talk.sentences["n_words"].tolist()[:2] == [10, 3]


def cues(*rows):
    return "WEBVTT\n\n" + "\n\n".join(
        f"{n}\n00:00:{n:02}.000 --> 00:00:{n:02}.900\n{row}" for n, row in enumerate(rows)
    )


def read_cues(*rows):
    return [
        (line.speaker, line.new, line.text) for line in read_captions(cues(*rows), "a.vtt")[0][1:]
    ]


def test_names_at_the_head_of_every_cue_are_speakers():
    assert read_cues("Ana: The gate opens.", "Ana: At noon.", "Ben: Who pays?", "Ana: We do.") == [
        ("Ana", True, "The gate opens."),
        ("Ana", False, "At noon."),
        ("Ben", True, "Who pays?"),
        ("Ana", True, "We do."),
    ]


def test_such_a_name_may_be_in_brackets_or_in_small_letters():
    said = read_cues("[S_0]: Good day.", "[S_0]: We begin.", "[S_1]: Why now?", "[S_0]: So.")
    assert [who for who, _, _ in said] == ["S_0", "S_0", "S_1", "S_0"]
    said = read_cues("pim: Good day.", "pim: We begin.", "pom: Why now?", "pim: So.")
    assert [who for who, _, _ in said] == ["pim", "pim", "pom", "pim"]


def test_two_people_in_one_cue():
    assert read_cues("Ana: Good day.\nBen: Hello.", "Ana: We begin.", "Ben: Why?", "Ana: So.")[
        :2
    ] == [
        ("Ana", True, "Good day."),
        ("Ben", True, "Hello."),
    ]


def test_a_cue_without_a_name_goes_on_with_the_speaker():
    said = read_cues(
        "Ana: The gate.", "9:30 is when it opens: at noon.", "Ana: So.", "Ben: Who pays?"
    )
    assert said[1] == ("Ana", False, "9:30 is when it opens: at noon.")


def test_names_beside_the_numbers_of_cues():
    text = cues("The gate opens.", "Who pays?").replace("\n0\n", '\n0 "Ana Ferro" (17)\n')
    lines = read_captions(text.replace("\n1\n", '\n1 "Ben Oduya" (18)\n'), "a.vtt")[0][1:]
    assert told(lines) == [("Ana Ferro", True, "The gate opens."), ("Ben Oduya", True, "Who pays?")]


def test_dashes_are_changes_of_speaker_where_nothing_else_is():
    lines, _, warnings = read_captions(
        cues("- The gate opens.", "At noon.", "- Who pays?", "- We do."), "a.vtt"
    )
    assert [line.new for line in lines[1:]] == [True, False, True, True]
    assert "dash" in warnings[0]


@pytest.mark.parametrize("sender", ["Eng. Rui Beck (CMVA)", "~ Jo Lund", "+36 00 000 0000", "Jo"])
@pytest.mark.parametrize(
    "head", ["19:02:11\t From  {}  to  Everyone:", "[2025. 05. 03. 18:01:10] {}:"]
)
def test_names_of_chats_are_read_with_what_people_put_in_them(head, sender):
    names = (sender, "Ada Lee", sender, "Ada Lee")
    chat = "\n".join(f"{head.format(name)} It opens in May." for name in names)
    lines = parse_source(chat.encode(), "chat.txt").lines
    assert [line.speaker for line in lines if line.text] == list(names)


TALK = ("We open in May, as I said.", "Will it be dear?", "It will not.", "Is that a promise?")
DAY = {
    "AM and PM": ("9:58 AM", "11:03 AM", "12:04 PM", "1:05 PM"),
    "small": ("9:58 a.m.", "11:03 a.m.", "12:04 p.m.", "1:05 p.m."),
    "Uhr": ("9.58 Uhr", "11.03 Uhr", "12.04 Uhr", "13.05 Uhr"),
    "Finnish": ("klo 9.58", "klo 11.03", "klo 12.04", "klo 13.05"),
    "Chinese": ("上午9:58", "上午11:03", "下午12:04", "下午1:05"),
    "Korean": ("오전 9:58", "오전 11:03", "오후 12:04", "오후 1:05"),
}


@pytest.mark.parametrize("clocks", DAY.values(), ids=DAY)
@pytest.mark.parametrize(
    "entry",
    ["{time} {name}: {said}", "{name} ({time}): {said}", "{name} [{time}]: {said}"]
    + [
        "**{name}** · {time}\n{said}\n",
        "{name}\n{time}\n{said}\n",
        "[{name}] [{time}] {said}",
        "**{name}** {time}\n{said}\n",
    ],
)
def test_a_time_of_day_beside_a_name_is_no_part_of_name_or_speech(entry, clocks):
    names = ("Rita Holm", "Tom B.", "Rita Holm", "Tom B.")
    told = zip(names, clocks, TALK, strict=True)
    page = "\n".join(entry.format(name=n, time=time, said=said) for n, time, said in told)
    turns = briefing.parse(page).turns
    assert turns.speaker.str.rstrip(".").tolist() == [n.rstrip(".") for n in names]
    assert turns.text.str.split("\n").str[-1].tolist() == list(TALK)
    assert turns.start_s.diff().tolist()[1:] == [3900, 3660, 3660]


KAKAO = """2025년 3월 5일 오후 2:58, 김하린 : 오월에 엽니다.
2025년 3월 5일 오후 3:03, 박도윤 : 비쌉니까?
2025년 3월 5일 오후 3:04, 김하린 : 아닙니다.
2025년 3월 5일 오후 3:05, 박도윤 : 약속입니까?"""


def test_a_messenger_may_write_the_date_in_words_and_the_half_of_the_day_before_the_time():
    lines = [line for line in parse_source(KAKAO.encode(), "chat.txt").lines if line.text]
    assert [line.speaker for line in lines] == ["김하린", "박도윤"] * 2
    assert [line.start_s for line in lines] == [0, 300, 360, 420]


def test_styles_of_substation_that_are_names_speak():
    head = "[Script Info]\n[Events]\nFormat: Start, End, Style, Text\n"

    def told_by(*styles):
        cues = (f"Dialogue: 0:00:0{n}.00,0:00:09.00,{style},It opens at {n}, they say.\n"
                for n, style in enumerate(styles))  # fmt: skip
        return [
            line.speaker for line in read_captions(head + "".join(cues), "a.ass")[0] if line.speaker
        ]

    assert told_by("Ferro", "Oduya", "Ferro") == ["Ferro", "Oduya", "Ferro"]
    with pytest.raises(BriefingError, match="do not say who speaks"):
        told_by("Default", "Italics - Top", "Default")


def test_objects_in_cues_are_read_as_json_is():
    cues = (f'00:0{n}.000 --> 00:0{n + 1}.000\n{{"speaker": "{who}", "lang": "en",\n"spokenText": "It opens."}}\n\n'
            for n, who in enumerate(("Ana", "Ben")))  # fmt: skip
    lines = parse_source(f"WEBVTT\n\n{''.join(cues)}".encode(), "a.vtt").lines
    assert [(one.speaker, one.text, one.start_s) for one in lines] == [
        ("Ana", "It opens.", 0), ("Ben", "It opens.", 1)
    ]  # fmt: skip


def test_the_place_of_a_caption_is_no_object():
    cue = "{}\n00:00:0{},000 --> 00:00:0{},500\n{{\\an8}}{}: It opens.\n\n"
    talk = "".join(cue.format(n, n, n, who) for n, who in enumerate(("ANN LUND", "BEN TEAL"), 1))
    lines = parse_source(talk.encode(), "a.srt").lines
    assert [line.text for line in lines] == ["ANN LUND: It opens.", "BEN TEAL: It opens."]


def test_a_cue_without_an_object_leaves_the_others_as_they_are():
    held = [
        '{"speaker": "Ana", "text": "It opens."}',
        "(music)",
        '{"speaker": "Ben", "text": "When?"}',
    ]
    cues = "".join(f"00:0{n}.000 --> 00:0{n + 1}.000\n{one}\n\n" for n, one in enumerate(held))
    lines = parse_source(f"WEBVTT\n\n{cues}".encode(), "a.vtt").lines
    assert [(one.speaker, one.text) for one in lines if one.speaker] == [
        ("Ana", "It opens."),
        ("Ben", "When?"),
    ]
    assert any("(music)" in one.text for one in lines)


def test_a_chat_with_names_beside_dates_ends_at_the_rule_of_the_program():
    said = [("ana_1", "The lock opens."), ("ben.o", "Who pays?"), ("ana_1", "We do.")]
    rows = "\n".join(f"[02/03/2026 14:0{n}] {who}\n{text}\n" for n, (who, text) in enumerate(said))
    lines = parse_source(f"{rows}\n{'=' * 20}\nExported 3 messages\n".encode(), "a.txt").lines
    kept = [line for line in lines if line.text and not line.outside]
    assert [(line.speaker, line.text) for line in kept] == said
    assert [line.start_s for line in kept] == [0, 60, 120]
    ruled = rows.replace("The lock opens.", "The plan:\n-----------\nThe lock opens.")
    lines = parse_source(f"{ruled}\n{'=' * 20}\nExported 3 messages\n".encode(), "a.txt").lines
    assert "The lock opens." in [line.text for line in lines if not line.outside]
