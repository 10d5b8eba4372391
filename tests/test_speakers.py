"""Labels taken apart, and the labels of one person joined. All names are invented."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from briefing.lexicons.names import (
    case_of,
    display,
    has_office,
    is_outlet,
    office_phrase,
    read_label,
    role_word,
)
from briefing.parse.speakers import add_organisations, introduce, name_speakers, roster
from briefing.parse.values import Remark, Turn


def turn(
    label: str | None, text: str = "", role: str = "unknown", speaker: str | None = None
) -> Turn:
    return Turn(label, (), 0, text, role=role, speaker=speaker)


def called(*labels: str | None, people: Mapping[str, str] | None = None) -> list[str | None]:
    """The speaker of each label, in the light of all."""
    turns = tuple(turn(label) for label in labels)
    return [t.speaker for t in name_speakers(turns, people or {})[0]]


def person(label: str) -> str | None:
    return read_label(label, office_first=False).person


@pytest.mark.parametrize(
    ("label", "name"),
    [
        ("ROBERT M. GALLOWAY", "Robert M. Galloway"),  # no Monsieur
        ("JANE B. M. ORTEGA", "Jane B. M. Ortega"),
        ("MR. DE HARO", "Mr. de Haro"),
        ("MS. LEBLANC-PETIT", "Ms. Leblanc-Petit"),
        ("Mr. McCARREL", "Mr. McCarrel"),
        ("MICHAEL MCKELL", "Michael McKell"),
        ("SINÉAD O'BRANNAGH", "Sinéad O'Brannagh"),
        ("Billie Anne King", "Billie Anne King"),
        ("Mr. King", "Mr. King"),
        ("LI Weiming", "Li Weiming"),
        ("Ana VERLANE", "Ana Verlane"),
        ("JOHN VAN DER HALLE", "John van der Halle"),
        ("GABRIELA DE LA CRUZ PÉREZ", "Gabriela de la Cruz Pérez"),
        ("Ahmed al-Harun", "Ahmed al-Harun"),
        ("Nguyễn Văn Hải", "Nguyễn Văn Hải"),
        ("Sutrisno", "Sutrisno"),
        ("Д.Морозов", "Д.Морозов"),
        ("Lord Marlow of Lympstead (Con)", "Lord Marlow of Lympstead"),
        ("Mr David Petrel (Delmere) (Lab)", "David Petrel"),
        ("The Hon. Ann Lund MP", "Ann Lund"),
        ("JOHN PETREL, JR.", "John Petrel, Jr"),
        ("Ms. LUND of Ohio", "Ms. Lund of Ohio"),
        ("O SR. JOÃO DA SERRA (PN)", "João da Serra"),
        ("HON. RO T.V. MARLOW asked the Government, upon notice", "Ro T.V. Marlow"),
        ("Hon . (Ms.) S.W. Petrel", "S.W. Petrel"),
        ("Adv T M HALLE", "T M Halle"),
        ("中村さん", "中村"),
        ("MariusVanDerHalle", "MariusVanDerHalle"),
    ],
)
def test_a_name_is_kept_whole_and_in_display_case(label, name):
    assert person(label) == name


@pytest.mark.parametrize(
    "label",
    [
        "The Minister", "PM", "Presidente", "LE PRESIDENT", "M. le Président", "Director of Ports",
        "Director of National Ferries", "MINISTRO DE ASUNTOS EXTERIORES", "Ministra portavoz",
        "Deputy Prime Minister", "The PRESIDING OFFICER", "Madam Chair", "Secretary-General",
        "Staatssekretärin", "Marszałek", "Председательствующий", "Министр обороны", "Mluvčí vlády",
        "Πρωθυπουργός", "DIŞİŞLERİ BAKANI", "المتحدث الرسمي", "ראש הממשלה", "विदेश सचिव",
        "Pravakta", "Juru Bicara", "Thủ tướng", "○広報課長", "○知事", "(大 臣)", "内閣広報官",
        "外務報道官", "外交部发言人", "行政長官", "대변인", "외교부 장관", "Statsministern",
    ],
)  # fmt: skip
def test_an_office_is_never_a_name(label):
    name = read_label(label)
    assert name.person is None
    assert name.office


@pytest.mark.parametrize(
    ("label", "name", "office"),
    [
        ("FOREIGN MINISTER DOWLAND", "Minister Dowland", "Foreign Minister"),
        ("NZ FOREIGN MINISTER PHIL GOWER", "Phil Gower", "NZ Foreign Minister"),
        ("PRESS SECRETARY JOHN F. KIRBEE", "John F. Kirbee", "Press Secretary"),
        ("Official Spokesperson, Shri Arun Jal", "Arun Jal", "Official Spokesperson"),
        ("ANN LUND, LEADER OF THE OPPOSITION", "Ann Lund", "Leader of the Opposition"),
        ("PRESIDENTA DE LANMERE, ANA MARLOW PARDO", "Ana Marlow Pardo", "Presidenta de Lanmere"),
        ("Ministro de Sanidad Juan Pérez López", "Juan Pérez López", "Ministro de Sanidad"),
        ("Minister for Ports and Ferries Ann Lund", "Ann Lund", "Minister for Ports and Ferries"),
        ("HON. I. PETREL.- (Minister for Ports).-", "I. Petrel", "Minister for Ports"),
        ("MR SPEAKER (T. TOREA)", "T. Torea", "Mr Speaker"),
        ("The Secretary of State for Ferries (Mr William Hale)", "William Hale", "The Secretary of State for Ferries"),
        ("Mr. MATAGI Toshiaki, Minister for Foreign Affairs", "Matagi Toshiaki", "Minister for Foreign Affairs"),
        ("Sekretarz Stanu w Ministerstwie Rolnictwa Jan Nowacki", "Jan Nowacki", "Sekretarz Stanu w Ministerstwie Rolnictwa"),
        ("Министр обороны А.Б.Орлов", "А.Б.Орлов", "Министр обороны"),
        ("Menteri Perhubungan (Budi Laut)", "Budi Laut", "Menteri Perhubungan"),
        ("Người phát ngôn Bộ Ngoại giao Lê Thị Hoa", "Lê Thị Hoa", "Người phát ngôn Bộ Ngoại giao"),
        ("دوست", "دوست", None),
        ("وزير الخارجية أحمد العلي", "أحمد العلي", "وزير الخارجية"),
        ("דובר המשרד דן ארבל", "דן ארבל", "דובר המשרד"),
        ("आधिकारिक प्रवक्ता श्री अरुण जल", "अरुण जल", "आधिकारिक प्रवक्ता"),
        ("（山川総理）", "山川", "総理"),
        ("山川外務大臣", "山川", "外務大臣"),
        ("海港管理局局长周明远", "周明远", "海港管理局局长"),
        ("周明远局长", "周明远", "局长"),
        ("외교부 대변인 김바다", "김바다", "외교부 대변인"),
        ("김바다 해양부 장관", "김바다", "해양부 장관"),
        ("Vors. Welter", "Vors. Welter", "Vors."),
        ("MODERATOR (Jo Lund)", "Jo Lund", "Moderator"),
        ("Klimaministeren (Mogens Lund)", "Mogens Lund", "Klimaministeren"),
        ("Kommunikasjonsdirektør Tuva Lund", "Tuva Lund", "Kommunikasjonsdirektør"),
        ("Ministryně zemědělství Zdena Marlová", "Zdena Marlová", "Ministryně zemědělství"),
        ("DR. MARLÓ ZSÓFIA belügyminiszter", "Marló Zsófia", "belügyminiszter"),
        ("Sozial- und Gesundheitsministerin Anna Kern", "Anna Kern", "Sozial- und Gesundheitsministerin"),
        ("Marlová, Zdena (SDN)", "Zdena Marlová", None),
        ("Marlová, Zdena, členka vlády", "Zdena Marlová", None),
        ("Anna Hofmeister", "Anna Hofmeister", None),
        ("Dray, Press Officer", "Dray", "Press Officer"),
    ],
)  # fmt: skip
def test_office_and_name_come_apart(label, name, office):
    read = read_label(label)
    assert (read.person, read.office) == (name, office)


@pytest.mark.parametrize(
    ("label", "name", "organisation"),
    [
        ("Jo Lund, Newswire", "Jo Lund", "Newswire"),
        ("Jo Lund - The Beacon", "Jo Lund", "The Beacon"),
        ("The Beacon - Jo Lund", "Jo Lund", "The Beacon"),
        ("The Beacon (Jo Lund)", "Jo Lund", "The Beacon"),
        ("Jo Lund (The Beacon)", "Jo Lund", "The Beacon"),
        ("Jo Lund from The Beacon", "Jo Lund", "The Beacon"),
        ("HNN (Jo Lund)", "Jo Lund", "HNN"),
        ("Juan Pérez, de El Diario", "Juan Pérez", "El Diario"),
        ("Pregunta (Ana Gómez, Radio Norte)", "Ana Gómez", "Radio Norte"),
        ("Wartawan (Rina, Harian Pelabuhan)", "Rina", "Harian Pelabuhan"),
        ("Q: [The Beacon]", None, "The Beacon"),
        ("Reporter, The Beacon", None, "The Beacon"),
        ("Reporter Jo Lund", "Jo Lund", None),
        ("海港日报记者", None, "海港日报"),
        ("（朝海新聞・田中記者）", "田中", "朝海新聞"),
        ("이하늘 기자", "이하늘", None),
    ],
)
def test_people_and_their_outlets(label, name, organisation):
    read = read_label(label, office_first=False)
    assert (read.person, read.organisation) == (name, organisation)


@pytest.mark.parametrize(
    "label",
    [
        "Q1 Hilda Benning", "Q 12 Hilda Benning", "Hilda Benning (cont'd)", "Hilda Benning 00:01:30",
        "[00:12] Hilda Benning", "**Hilda Benning** [7:26](https://x.example/w?t=4s)",
        "HILDA BENNING (via interpreter)", "Hilda Benning, via interpreter", "1. Hilda Benning",
        "â¢ Hilda Benning", "- Hilda Benning", "Hilda Benning  12:03 PM", "HILDA BENNING.-",
    ],
)  # fmt: skip
def test_marks_numbers_and_times_are_no_part_of_a_name(label):
    assert person(label) == "Hilda Benning"


@pytest.mark.parametrize(
    "label",
    [
        "MEMBER OF THE PRESS", "Questioner 2", "JOURNALIST", "Q", "Q2", "Journalist 3", "记者", "（記者）",
        "(記 者)", "기자", "<질문>", "Вопрос", "Pregunta", "Pertanyaan", "Soru", "PERIODISTA 1", "S",
        "ΔΗΜΟΣΙΟΓΡΑΦΟΣ", "Dziennikarz", "Fråga", "Phóng viên", "媒體", "سؤال", "שאלה", "पत्रकार", "D",
    ],
)  # fmt: skip
def test_a_questioner_without_a_name_is_nobody(label):
    assert called(label, "Ann Lund") == [None, "Ann Lund"]
    if label not in {"S", "D"}:
        assert role_word(label) == "question"


@pytest.mark.parametrize("label", ["UNIDENTIFIED SPEAKER", "Audience member", "Unknown", "不明"])
def test_a_voice_that_nobody_knows_is_nobody(label):
    assert called(label) == [None]
    assert role_word(label) == "aside"


@pytest.mark.parametrize(
    "labels",
    [
        ("Speaker 1", "Speaker 2"), ("SPEAKER_00", "SPEAKER_01"), ("S1", "S2"), ("Mr 1", "Mr 2"),
        ("A", "B"), ("A", "B", "C"), ("A", "B", "F"), (*"ABCDEFGHIJKLMNOPQRS",), ("I", "B"), ("Unidentified Speaker 1", "Unidentified Speaker 2"),
    ],
)  # fmt: skip
def test_voices_told_apart_by_number_or_letter_stay_as_they_are(labels):
    assert called(*labels) == list(labels)


def test_letters_of_questions_and_answers_name_nobody():
    assert called("Q", "A", "Q", "A") == [None] * 4
    assert called("P", "R", "P", "R") == [None] * 4


@pytest.mark.parametrize(
    ("full", "short"),
    [
        ("Scott Marlow", "MARLOW"), ("JOHN F. KIRBEE", "MR. KIRBEE"), ("Carlos Alcina", "C. Alcina"),
        ("Jean-Pierre Halle", "J.-P. HALLE"), ("Ana VERLANE", "AV"), ("Ana VERLANE (AV)", "AV"),
        ("Grant (G)", "G"), ("Claudia Marlow Pardo", "Presidenta Marlow"), ("Дмитрий Орлов", "Орлов"),
        ("Daniel Petrel", "Dan Petrel"), ("Deborah Lund", "Debbie Lund"), ("Т.Орлов", "Орлов Т."),
        ("Mr. MATAGI Toshiaki, Minister for Foreign Affairs", "Minister Matagi"), ("周明远局长", "周局长"),
        ("The Secretary of State for Ferries (Mr William Hale)", "Mr Hale"), ("김바다 대변인", "김 대변인"),
        ("Lord Marlow of Lympstead (Con)", "Lord Marlow of Lympstead"), ("Robert M. Petrel", "Robert Petrel"),
        ("Mr David Petrel (Delmere) (Lab)", "Mr Petrel"), ("Hon . Petrel", "Hon. Petrel"),
    ],
)  # fmt: skip
def test_short_forms_join_the_full_name(full, short):
    assert len(set(called(full, short, full, short))) == 1


@pytest.mark.parametrize(
    "labels",
    [
        ("ROBERT M. GALLOWAY", "SARAH M. GALLOWAY"), ("Robert Petrel", "Roberta Petrel"),
        ("Mr A. Lund", "Mr B. Lund", "Mr Lund"), ("Mr Lund", "Ms Lund"), ("Daniel Ruizo", "Daniela Ruizo"),
        ("PRESIDENT MARLOW", "PRESIDENT HALLE", "THE PRESIDENT"), ("Danno", "Danny"), ("周明远", "周明亮"),
        ("Ann Lund", "Bea Lund"), ("THE PRESIDENT", "THE VICE PRESIDENT"), ("Mr. Lund of Ohio", "Mr. Lund of Texas"),
        ("Harbour Daily", "Anna Daily"), ("Ann Petrel", "Ann Marlow"),
    ],
)  # fmt: skip
def test_two_people_stay_two(labels):
    assert len(set(called(*labels, *labels, *labels))) == len(labels)


def test_a_surname_that_is_a_title_stays_a_surname():
    assert called("Billie Anne King", "Mr. King") == ["Billie Anne King"] * 2
    assert called("Billie Anne King", "Billie Anne Marlow") == [
        "Billie Anne King",
        "Billie Anne Marlow",
    ]
    assert called("JANE LEE", "LEE") == ["Jane Lee", "Jane Lee"]


def test_a_first_name_is_joined_where_the_full_name_only_opens():
    assert called("Adam Storm", "Jo Lund", "Adam", "Jo Lund") == [
        "Adam Storm",
        "Jo Lund",
        "Adam Storm",
        "Jo Lund",
    ]
    assert called("Ben Storm", "Ben", "Ben Storm") == ["Ben Storm", "Ben", "Ben Storm"]


def test_an_office_that_one_label_explains_is_that_person():
    assert set(called("MR SPEAKER (T. TOREA)", "MR SPEAKER", "MR SPEAKER")) == {
        "Mr Speaker (T. Torea)"
    }
    assert called("The Minister (Ann Lund)", "The Minister") == ["Ann Lund"] * 2
    assert called("MR SPEAKER (T. TOREA)", "MR SPEAKER (V. HALLE)", "MR SPEAKER")[2] == "Mr Speaker"


def test_initials_are_explained_by_the_list_above():
    listed = roster(
        ["Till Sander (TSR), Ana Verlane (AV)", "1 – Tom OSBERG (Team South)"], "", ["TO"]
    )
    assert called("TO", "TSR", "AV", "TO", people=listed) == [
        "Tom Osberg",
        "Till Sander",
        "Ana Verlane",
        "Tom Osberg",
    ]


def test_initials_are_explained_beside_a_name_with_its_office_too():
    listed = roster(["Mayor Hedda Lund (L), Fährmeister Arne Quist (AQ)"], "", [])
    assert called("L", "AQ", people=listed) == ["Hedda Lund", "Arne Quist"]
    assert roster(["Mayor Hedda Lund (Port Lorne)"], "", []) == {}


def test_initials_are_explained_by_the_only_name_above_that_has_them():
    head = ["Kit Donnelly of the Rail Review talks to Hsiao-Ting Barlow, chair of the board."]
    listed = roster(head, "", ["KD", "HTB"])
    assert called("KD", "HTB", people=listed) == ["Kit Donnelly", "Hsiao-Ting Barlow"]
    assert roster([*head, "Kim Dale was away."], "", ["KD"]) == {}
    assert roster(["Ida Marlow (chair)"], "", ["KD"]).keys() == {"Ida Marlow"}


def test_a_slip_of_one_letter_is_the_same_person():
    assert set(called(*["Ann Marlow"] * 4, "Ann Marlwo")) == {"Ann Marlow"}


def test_joined_labels_are_said_as_data():
    turns = (turn("Ann Lund"), turn("MS. LUND"))
    assert name_speakers(turns, {})[1] == (Remark("joined", 0, "MS. LUND = Ann Lund", 0.9),)
    assert turns[1].speaker is None  # nothing is written in place


def test_a_turn_without_label_stays_without_speaker():
    assert called(None, "Ann Lund") == [None, "Ann Lund"]


def test_the_order_of_office_and_name_is_read_from_the_document():
    labels = [
        "PORT WINNER, IDA MARLOW",
        "PRESIDENTA DE LANMERE, ANA HALLE",
        "ÁRBITRA DE LA COPA, EVA PETREL",
    ]
    assert called(*labels) == ["Ida Marlow", "Ana Halle", "Eva Petrel"]
    turned = [", ".join(reversed(label.split(", "))) for label in labels]
    assert called(*turned) == ["Ida Marlow", "Ana Halle", "Eva Petrel"]


def test_who_has_no_label_of_their_own_name_is_listed():
    people = roster(["Ida Marlow, director of the Harbour Office"], "", [])
    assert people == {"Ida Marlow": "Harbour Office"}
    turns, _ = name_speakers((turn("IDA MARLOW"),), people)
    assert turns[0].organisation == "Harbour Office"


def test_the_opener_presents_people():
    said = "We have with us Mr. Jan Halle, deputy director of the Ferry Board; welcome."
    assert roster([], said, ["Jan Halle"]) == {"Jan Halle": "Ferry Board"}
    assert roster([], said, ["Jo Lund"]) == {}


@pytest.mark.parametrize(
    ("said", "organisation"),
    [
        ("Hi, Jo Lund with Harbour Radio. When does it open?", "Harbour Radio"),
        ("Jo Lund, Newswire. Who pays?", "Newswire"),
        ("Buenos días, soy Ana Gómez, de Radio Norte. ¿Cuándo?", "Radio Norte"),
        ("谢谢主持人，我是海港日报记者。请问什么时候？", "海港日报"),
        ("朝海新聞の田中です。いつですか。", "朝海新聞"),
        ("안녕하세요. 한강일보 이하늘 기자입니다.", "한강일보"),
        ("Thank you, Mr. Lund. When does it open?", None),
        ("Okay, I had a question.", None),
        ("Jo from Harbour Radio. Who pays?", "Harbour Radio"),
        ("Soy Ana Gómez, de Noticias del Norte. ¿Cuándo?", "Noticias del Norte"),
        ("Anna, the Senate rejected it. Why?", None),
        ("Anna, with Congress away, who pays?", None),
        ("Anna, Lund Brothers, the bank, says no.", None),
        ("Зима була м’яка, це правда.", None),
    ],
)
def test_questioners_say_whom_they_work_for(said, organisation):
    assert introduce(turn("Q", said)) == organisation


def test_organisations_of_questioners():
    turns = (
        turn("Jo Lund", "Jo Lund with Harbour Radio. When?", "journalist", "Jo Lund"),
        turn("Beacon TV", "And who pays?", "journalist", "Beacon TV"),
        turn("Jo Lund", "A second one.", "journalist", "Jo Lund"),
        turn("Ann Lund", "In May.", "official", "Ann Lund"),
    )
    done, remarks = add_organisations(turns)
    assert [t.organisation for t in done] == ["Harbour Radio", "Beacon TV", "Harbour Radio", None]
    assert remarks == (Remark("organisation", 0, "Harbour Radio", 0.8),)


def test_small_functions():
    assert case_of("MR. PETREL") == "upper"
    assert case_of("记者") == "none"
    assert display("MINISTER OF PORTS") == "Minister of Ports"
    assert office_phrase("người phát ngôn Lê") == "người phát ngôn"
    assert has_office("Minister Lund")
    assert not has_office("Mr Lund")
    assert not has_office("Speaker 1")
    assert is_outlet("Harbour Daily")
    assert is_outlet("HNN")
    assert not is_outlet("Sun Lihua")


@pytest.mark.parametrize("by", ["BY MS. MARLOW", "By Mr Tallow", "POR LA SRA. MARLOW"])
def test_a_line_that_says_who_examines_is_no_turn_and_names_the_questions_below_it(by):
    rows = [
        ("Q", "Who?"),
        (by, ""),
        ("Q", "Why?"),
        ("A", "It was."),
        ("THE COURT", "Go on."),
        ("Q", "When?"),
    ]
    turns = [turn(label)._replace(text=text) for label, text in rows]
    named, _ = name_speakers(tuple(turns), {})
    assert [t.text for t in named] == ["Who?", "Why?", "It was.", "Go on.", "When?"]
    name = named[1].speaker
    assert name.split()[-1] in ("Marlow", "Tallow")
    assert [t.speaker for t in named] == [None, name, None, "The Court", name]


def test_a_turn_by_somebody_whose_name_begins_so_stays_when_something_is_said():
    named, _ = name_speakers((turn("By Marlow")._replace(text="We open in May."),), {})
    assert len(named) == 1


@pytest.mark.parametrize(
    "both", ["Ann Lund and Jo Petrel", "Ann Lund & Jo Petrel", "Jo Petrel e Ann Lund"]
)
def test_a_label_that_names_two_people_is_neither_of_them(both):
    names = called("Ann Lund", "Jo Petrel", both, "Ann Lund", "Jo Petrel")
    assert names[:2] == names[3:] == ["Ann Lund", "Jo Petrel"]
    assert names[2] not in names[:2]
