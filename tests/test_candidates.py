"""Every way in which a line may begin with a label is a candidate, and what cannot be one is not."""

from __future__ import annotations

from time import process_time

import pytest

from briefing.parse.candidates import find_candidates
from briefing.parse.layout import GROUP_FEATURES, see_document
from briefing.parse.page import see_page
from briefing.reading.lines import Line

CPU_SECONDS = 3.0  # for 400,000 characters; the reader's goal is a tenth of that


def candidates(*lines: Line | str):
    """The candidates of some lines, and the lines."""
    page = see_page([Line(one) if isinstance(one, str) else one for one in lines])
    return find_candidates(page), page.lines


def found(*lines: Line | str) -> set[tuple[str, str]]:
    """(label, what is said after it on its line) of every candidate."""
    seen, source = candidates(*lines)
    return {(c.label, source[c.line].text[c.stop :]) for c in seen}


SAID = "It opens in May."

LABELS = {
    # a colon of any kind
    f"MS. MARLOW: {SAID}": "MS. MARLOW",
    f"Ms. Marlow : {SAID}": "Ms. Marlow",
    f"Ms. Marlow：{SAID}": "Ms. Marlow",
    f"Ms. Marlow\xa0:\xa0{SAID}": "Ms. Marlow",
    f"Marlow; {SAID}": "Marlow",
    f"Marlow¡G{SAID}": "Marlow",  # a full-width colon in Big5, read as Latin
    f"MARLOW, HARBOUR OFFICE: {SAID}": "MARLOW, HARBOUR OFFICE",
    f"Ida Marlow (Harbour Office: North): {SAID}": "Ida Marlow (Harbour Office: North)",
    f"Lt. Col. I. T. Marlow: {SAID}": "Lt. Col. I. T. Marlow",
    f"SPEAKER_00: {SAID}": "SPEAKER_00",
    f"Speaker 12: {SAID}": "Speaker 12",
    f"speaker: {SAID}": "speaker",
    f"Q: {SAID}": "Q",
    f"CC: {SAID}": "CC",
    # a word for a question with its number
    f"Frage 3. {SAID}": "Frage 3",
    f"Question No. 4 {SAID}": "Question No. 4",
    f"问题二、{SAID}": "问题二",
    # leader dots
    f"THE COURT . . {SAID}": "THE COURT",
    f"Ida Marlow … {SAID}": "Ida Marlow",
    # a full stop, alone or with a dash
    f"The Minister. {SAID}": "The Minister",
    f"The PRESIDING OFFICER. {SAID}": "The PRESIDING OFFICER",
    f"Mr. McTALLOW. {SAID}": "Mr. McTALLOW",
    f"Secretary Marlow. {SAID}": "Secretary Marlow",
    f"Presidente.- {SAID}": "Presidente",
    f"Presidente.– {SAID}": "Presidente",
    f"Mr. TALLOW.— {SAID}": "Mr. TALLOW",
    f"The Hon. I. MARLOW (Minister for Quays).- {SAID}": "The Hon. I. MARLOW (Minister for Quays)",
    f"HON. I.T. MARLOW.- (Minister for Quays).- {SAID}": "HON. I.T. MARLOW (Minister for Quays)",
    f"KIM. {SAID}": "KIM",  # as short as a title
    f"M. MARLOW. {SAID}": "M. MARLOW",
    f"M. le président. {SAID}": "M. le président",
    f"МАРЛО О. В. {SAID}": "МАРЛО О. В.",
    f"Marlow-Kern O.V. {SAID}": "Marlow-Kern O.V.",
    f"I. MARLOW― {SAID}": "I. MARLOW",
    f"[0.00s -> 9.42s] Marlow: {SAID}": "Marlow",
    f"Mme Marlow, ministre des ponts et de l’eau. {SAID}": "Mme Marlow, ministre des ponts et de l’eau",
    f"Карлов Г. А., министр дорог. {SAID}": "Карлов Г. А., министр дорог",
    f"श्री रमेश वर्मा.- {SAID}": "श्री रमेश वर्मा",  # ends in a vowel sign
    f"श्री रमेश वर्मा. {SAID}": "श्री रमेश वर्मा",
    # a dash, or another mark with room around it
    f"M. Marlow – {SAID}": "M. Marlow",
    f"Ida Marlow | {SAID}": "Ida Marlow",
    f"Ida Marlow > {SAID}": "Ida Marlow",
    f"Ida Marlow = {SAID}": "Ida Marlow",
    f"Ida Marlow // {SAID}": "Ida Marlow",
    f"Ida Marlow - {SAID}": "Ida Marlow",
    f"Ida Marlow – {SAID}": "Ida Marlow",
    f"Ida Marlow — {SAID}": "Ida Marlow",
    f"Ida Marlow -- {SAID}": "Ida Marlow",
    f"Ida Marlow—{SAID}": "Ida Marlow",
    f"JO PETREL (HARBOUR TIMES) - {SAID}": "JO PETREL (HARBOUR TIMES)",
    f"QUESTION- {SAID}": "QUESTION",
    f"M> {SAID}": "M",
    f"Ida Marlow» {SAID}": "Ida Marlow",
    f"AVV. MARLOW – {SAID}": "AVV. MARLOW",  # an abbreviation that no list has
    # a bracket is part of the label, whatever is in it
    f"O SR. MARLOW (Bloc - MG. Sem revisão.) - {SAID}": "O SR. MARLOW (Bloc - MG. Sem revisão.)",
    f"MARLOW (by interpreter (Dutch)) — {SAID}": "MARLOW (by interpreter (Dutch))",
    f"The hon. Member for Tallow (Mr Marlow). {SAID}": "The hon. Member for Tallow (Mr Marlow)",
    f"Q: (Ida Marlow – The Beacon) {SAID}": "Q (Ida Marlow – The Beacon)",
    # brackets of any kind
    f"[Ida Marlow] {SAID}": "Ida Marlow",
    f"[Ida Marlow]: {SAID}": "Ida Marlow",
    f"(Marlow) {SAID}": "Marlow",
    f"<Ida Marlow> {SAID}": "Ida Marlow",
    f"{{Marlow}} {SAID}": "Marlow",
    f"【馬洛】{SAID}": "馬洛",
    f"（馬洛部長）{SAID}": "馬洛部長",
    f"《記者》{SAID}": "記者",
    f"〈記者〉{SAID}": "記者",
    f"＜記者＞{SAID}": "記者",
    # the same sign twice
    f"//Ida Marlow// {SAID}": "Ida Marlow",
    f"|Ida Marlow| {SAID}": "Ida Marlow",
    f"=== Ida Marlow === {SAID}": "Ida Marlow",
    f"~Ida Marlow~ {SAID}": "Ida Marlow",
    # a letter
    f"Q. {SAID}": "Q",
    f"Q {SAID}": "Q",
    f"Q\xa0\xa0{SAID}": "Q",
    f"Q　{SAID}": "Q",
    f"Q) {SAID}": "Q",
    f"Q - {SAID}": "Q",
    f"Q.- {SAID}": "Q",
    f"R.– {SAID}": "R",
    f"P — {SAID}": "P",
    f"P1. {SAID}": "P1",
    f"В: {SAID}": "В",
    f"Q1、{SAID}": "Q1",
    f"س1/ {SAID}": "س1",
    f"ש. {SAID}": "ש",
    f"答　{SAID}": "答",
    # a sign
    f">> {SAID}": ">>",
    f"○馬洛部長　{SAID}": "馬洛部長",
    f"◯馬洛部長（馬洛愛）　{SAID}": "馬洛部長（馬洛愛）",
    f"▲ 記者：{SAID}": "記者",
    f"△記者: {SAID}": "記者",
    f"■ Marlow: {SAID}": "Marlow",
    f"• Ida Marlow: {SAID}": "Ida Marlow",
    f"- Ida Marlow: {SAID}": "Ida Marlow",
    f"> Ida Marlow: {SAID}": "Ida Marlow",
    f">> Ida Marlow: {SAID}": "Ida Marlow",
    # capitals, and a hyphen without a space
    f"MINISTER MARLOW-{SAID}": "MINISTER MARLOW",
    f"BAKAN ÇETİN-{SAID}": "BAKAN ÇETİN",
    f"МИНИСТР-{SAID}": "МИНИСТР",
    # a gap between columns
    f"Ida Marlow\t{SAID}": "Ida Marlow",
    f"Ida Marlow     {SAID}": "Ida Marlow",
    f"馬洛　{SAID}": "馬洛",
    # a number before it
    f"12. Q. {SAID}": "Q",
    f"3) Marlow: {SAID}": "Marlow",
    f"Q7. ○ Marlow: {SAID}": "Marlow",
    f"12  MR. MARLOW: {SAID}": "MR. MARLOW",
    f"4.1 Marlow — {SAID}": "Marlow",
    f"02 14 05 11 CC   {SAID}": "CC",
    f"156****3307: {SAID}": "156****3307",
    # scripts without capitals, and others
    f"马洛女士：{SAID}": "马洛女士",
    f"질문: {SAID}": "질문",
    f"سؤال: {SAID}": "سؤال",
    f"שאלה: {SAID}": "שאלה",
    f"प्रश्न: {SAID}": "प्रश्न",
    f"คำถาม: {SAID}": "คำถาม",
    f"Ερώτηση: {SAID}": "Ερώτηση",
    f"ВОПРОС.- {SAID}": "ВОПРОС",
    # several at once
    f"Q. MR. PETREL: {SAID}": "Q. MR. PETREL",
}


@pytest.mark.parametrize("line", LABELS)
def test_a_label_is_a_candidate_whatever_sets_it_off(line):
    assert (LABELS[line], SAID) in found(line)


def test_a_label_with_a_letter_before_it_is_found_either_way():
    assert {("Q", f"MR. PETREL: {SAID}"), ("Q. MR. PETREL", SAID)} <= found(
        f"Q. MR. PETREL: {SAID}"
    )


MIDST = {
    "[Ida Marlow]": "Ida Marlow",
    "【Ida Marlow】": "Ida Marlow",
    "Q.": "Q",
    "Marlow -": "Marlow",
    "Media Manager –": "Media Manager",
}


@pytest.mark.parametrize("label", MIDST)
def test_a_label_in_mid_paragraph_may_do_without_a_colon_where_it_comes_back(label):
    other = "It has rained all week and the river is high. "
    line = f"Harbour news. {label} {SAID} {other} {label} {other} {other}"
    assert [name for name, _ in found(line)].count(MIDST[label]) == 2
    once = MIDST[label] in {name for name, _ in found(line.replace(label, "", 1))}
    assert once == (label == "Q.")  # a word for a question says so even once


@pytest.mark.parametrize("label", ["Mr. Marlow.", "A.", "THE CHAIR --", "[Ida Marlow]"])
def test_a_label_that_begins_lines_is_looked_for_in_mid_paragraph_too(label):
    begins = f"{label} {SAID}"
    seen, source = candidates(
        begins, begins, f"And {SAID} {label} {SAID}", f"Did you ask {label} it?"
    )
    inside = [(c.line, source[c.line].text[c.stop :]) for c in seen if c.form == "inside"]
    assert inside == [(2, SAID)]
    seen, _ = candidates(begins, f"And {SAID} {label} {SAID}")
    assert label in ("A.", "[Ida Marlow]") or not [c for c in seen if c.form == "inside"]


def test_a_name_in_bold_with_an_office_behind_a_dash_is_a_label_as_a_whole():
    line = Line("Ida Marlow -- Harbour Minister", bold=((0, 10),), italic=((14, 30),))
    seen, _ = candidates(line, "", SAID)
    assert {(c.label, c.stop) for c in seen if c.line == 0} == {(line.text, len(line.text))}


@pytest.mark.parametrize(
    "ago", ["2 yr. ago", "3h ago", "vor 3 Tagen", "5小时前", "2 yr. ago  edited 1 yr. ago"]
)
def test_how_long_ago_belongs_to_the_name_above_it_as_a_time_does(ago):
    seen, _ = candidates("Ida Marlow", ago, SAID)
    assert ("Ida Marlow", None, (1,)) in {(c.label, c.time, c.covers) for c in seen}
    assert not {c.label for c in seen if c.line == 1}


@pytest.mark.parametrize("face", ["bold", "italic"])
def test_what_is_called_out_in_brackets_has_no_label(face):
    called = Line("(Ida Marlow: Shame!)", **{face: ((1, 11),)})
    assert "Ida Marlow" not in {label for label, _ in found(called)}
    told = Line(f"(Ida Marlow) {SAID} (Laughter)", **{face: ((1, 11),)})
    assert "Ida Marlow" in {label for label, _ in found(told)}


def test_the_sign_of_captions_tells_one_style_from_another():
    seen, _ = candidates(f">> MARLOW: {SAID}", f"MARLOW: {SAID}", f">> {SAID}")
    styles = {(c.line, c.label): c.style for c in seen}
    assert styles[0, "MARLOW"] != styles[1, "MARLOW"]
    assert styles[0, "MARLOW"][-1] == styles[2, ">>"][-1]


@pytest.mark.parametrize("line", ["Q : When", "A ：Soon"])
def test_a_letter_with_a_colon_behind_a_space_is_no_label_without_it(line):
    assert {label for label, said in found(line) if said and said[0] in " :："} == set()


@pytest.mark.parametrize("line", ["e a day", "و قال", "于 是", "a. It opens"])
def test_a_small_letter_or_one_of_a_script_without_capitals_needs_a_mark(line):
    assert line[0] not in {label for label, _ in found(f"{line} in May, they say.")}


ALONE = {
    "IDA MARLOW": "IDA MARLOW",
    "Ida Marlow:": "Ida Marlow",
    "Ida Marlow, Harbour Office": "Ida Marlow, Harbour Office",
    "Ida Marlow -": "Ida Marlow",
    "[Ida Marlow]": "Ida Marlow",
    "记者：": "记者",
    "○馬洛部長": "馬洛部長",
    "## Ida Marlow": "Ida Marlow",
}


@pytest.mark.parametrize("line", ALONE)
def test_a_label_may_have_a_line_of_its_own(line):
    seen, _ = candidates(line, SAID)
    assert (ALONE[line], True) in {(c.label, c.alone) for c in seen if c.line == 0}


TIMES = {
    f"[00:12] Ida Marlow: {SAID}": 12,
    f"(1:02:03) Ida Marlow: {SAID}": 3723,
    f"00:00:12 Ida Marlow: {SAID}": 12,
    f"[00:00:12.400] Ida Marlow: {SAID}": 12.4,
    f"00:12 - Ida Marlow: {SAID}": 12,
    f"Ida Marlow (00:12): {SAID}": 12,
    f"[Ida Marlow] (0:12 - 0:15) {SAID}": 12,
    f"Ida Marlow: (00:12) {SAID}": 12,
    f"Ida Marlow：00:12 {SAID}": 12,
    "Ida Marlow [0:12]": 12,
    "Ida Marlow 00:12": 12,
    "Ida Marlow | 00:12": 12,
    "Ida Marlow, 00:12:": 12,
    "00:12 | Ida Marlow": 12,
    "Ida Marlow (00:12 - 00:15):": 12,
}


@pytest.mark.parametrize("line", TIMES)
def test_a_time_beside_a_label_is_its_time_and_no_part_of_it(line):
    seen, source = candidates(line)
    said = SAID if SAID in line else ""
    assert ("Ida Marlow", said, TIMES[line]) in {
        (c.label, source[c.line].text[c.stop :], c.time) for c in seen
    }


@pytest.mark.parametrize(
    "ago",
    [
        "• 2h ago",
        "3 days ago",
        "· vor 2 Stunden",
        "hace 3 horas",
        "5小时前",
        "3시간 전",
        "2 ore fa",
    ],
)
def test_how_long_ago_somebody_wrote_is_no_part_of_the_name(ago):
    seen, _ = candidates(f"Ida Marlow {ago}", SAID)
    assert {c.label for c in seen if c.line == 0 and c.alone} == {"Ida Marlow"}


@pytest.mark.parametrize(
    ("lines", "at", "clock"),
    [
        (("Ida Marlow", "00:12", SAID), 0, 1),
        (("00:12", f"Ida Marlow: {SAID}"), 1, 0),
        (("00:00:12 --> 00:00:15", "Ida Marlow", SAID), 1, 0),
        (("[00:12]", "Ida Marlow:", SAID), 1, 0),
        (("Ida Marlow", "0:12 (12 secs.)", SAID), 0, 1),
    ],
)
def test_a_time_on_a_line_of_its_own_belongs_to_the_label_beside_it(lines, at, clock):
    seen, _ = candidates(*lines)
    assert ("Ida Marlow", at, 12, (clock,)) in {(c.label, c.line, c.time, c.covers) for c in seen}
    assert clock not in {c.line for c in seen}


def test_a_line_without_an_end_does_not_run_on_into_a_time():
    seen, _ = candidates("we open in May", "0:12", "[Ida Marlow]", SAID)
    assert ("Ida Marlow", 2, (1,)) in {(c.label, c.line, c.covers) for c in seen}


def bold(text: str) -> Line:
    return Line(text, bold=((0, len(text)),))


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (("Secretary of State", "for Ports Ida Marlow:"), "Secretary of State for Ports Ida Marlow"),
        (("Ida Marlow,", f"Minister of Ports: {SAID}"), "Ida Marlow, Minister of Ports"),
        (("Sekretarz Stanu", "w Ministerstwie Portów", "Ida Marlow:"), "Sekretarz Stanu w Ministerstwie Portów Ida Marlow"),
        ((bold("The Minister of Ports"), bold("(Ida Marlow):")), "The Minister of Ports (Ida Marlow)"),
    ],
)  # fmt: skip
def test_a_label_runs_over_lines_up_to_its_colon(lines, label):
    seen, _ = candidates("What is said before it ends here.", "", *lines, SAID)
    above = tuple(range(2, 1 + len(lines)))
    assert (label, 1 + len(lines), above) in {(c.label, c.line, c.covers) for c in seen}


@pytest.mark.parametrize("above", ["It rained,", "It rained:", "It rained.", "It rained?"])
def test_a_line_that_ends_in_a_sign_or_stands_apart_begins_no_label(above):
    seen, _ = candidates("Before.", "", above, "", "Ida Marlow:", SAID)
    assert not any(c.covers for c in seen)


@pytest.mark.parametrize("word", [("speaker",) * 3, ("IM", "JP", "KF"), ("Listen",) * 3])
def test_a_word_above_every_name_or_its_initials_are_no_label_of_their_own(word):
    names = ("Ida Marlow", "Jo Petrel", "Kim Ferrand")
    lines = [line for w, name in zip(word, names, strict=True) for line in (w, name, SAID)]
    seen, _ = candidates(*lines)
    labels = [(c.label, c.covers) for c in seen if c.label not in SAID]
    assert labels == [(name, (3 * n,)) for n, name in enumerate(names)]


def test_a_word_of_a_role_above_names_is_a_label():
    names = ("Jo Petrel", "Kim Ferrand", "Bo Marsh")
    lines = [line for name in names for line in ("Question", name, "Why?")]
    assert "Question" in {c.label for c in candidates(*lines)[0]}


@pytest.mark.parametrize("face", ["bold", "italic"])
@pytest.mark.parametrize(
    ("text", "stop"),
    [
        (f"Ida Marlow {SAID}", 10), (f"Ida Marlow: {SAID}", 11), (f"Ida Marlow: {SAID}", 10),
        (f"Ida Marlow. {SAID}", 11), (f"Ida Marlow – {SAID}", 10), (f"Ida Marlow: {SAID}", 28),
    ],
)  # fmt: skip
def test_a_label_may_be_set_off_by_its_type(text, stop, face):
    assert ("Ida Marlow", SAID) in found(Line(text, **{face: ((0, stop),)}))


def test_a_time_with_an_address_behind_a_bold_name_is_its_time():
    text = f"Ida Marlow [7:26]: {SAID}"
    seen, source = candidates(Line(text, bold=((0, 10),)))
    assert {(c.label, c.time) for c in seen if source[0].text[c.stop :] == SAID} == {
        ("Ida Marlow", 446)
    }


def test_a_heading_may_be_a_label_also_where_it_asks():
    assert ("Ida Marlow", "") in found(Line("Ida Marlow", heading=True))
    assert ("Who pays?", "") in found(Line("Who pays?", heading=True))
    assert found("Who pays?") == set()


def test_a_space_alone_sets_off_a_name_that_many_rows_begin_with():
    rows = [f"Marlow {SAID}", "Tallow It does not.", "Marlow It does so.", "Marlow Now it does."]
    assert ("Marlow", SAID) in found(*rows)
    assert "Tallow" not in {label for label, _ in found(*rows)}


INSIDE = {
    f"MS. MARLOW: In March. Q: {SAID}": "Q",
    f"MS. MARLOW: In March? Ben Tallow: {SAID}": "Ben Tallow",
    f"MS. MARLOW: In March … Mr. Tallow: {SAID}": "Mr. Tallow",
    f"MS. MARLOW: (Laughter.) Mr. B. Tallow: {SAID}": "Mr. B. Tallow",
    f"馬洛部長：三月開放的是東邊的船閘。記者：{SAID}": "記者",
    f"馬洛部長：你問三月還是五月？ 記者：{SAID}": "記者",
}


@pytest.mark.parametrize("line", INSIDE)
def test_a_label_within_a_paragraph_is_found_behind_the_end_of_a_sentence(line):
    assert (INSIDE[line], SAID) in found(line)


def test_every_label_of_a_text_on_one_line_is_found():
    turns = [
        f"{who}: We said that {n} times over." for n, who in enumerate(["Q", "Ms. Marlow"] * 20)
    ]
    labels = [label for label, _ in found(" ".join(turns))]
    assert len(labels) >= len(turns)
    assert set(labels) >= {"Q", "Ms. Marlow"}


NONE = (  # but for what comes after the end of a sentence
    "The train leaves at 6:45 and comes back at 10:00.",
    "Read it at https://harbour.example/plan and say what you think.",
    "12:30",
    "00:00:12 --> 00:00:15",
    "---",
    "* * *",
    "Page 3 of 27",
    "It opens in May (we said so: in May) and closes in June.",
    "Whose lock is it? Ours: we paid for it.",
)


@pytest.mark.parametrize("line", NONE)
def test_times_addresses_and_what_stands_behind_a_sentence_begin_no_label(line):
    seen, source = candidates(line)
    assert [c for c in seen if c.form not in ("inside", "stop")] == []
    assert [c for c in seen if c.form == "stop" and c.label.count(" ") < 3] == []


@pytest.mark.parametrize(
    ("line", "part"),
    [
        ("MS. MARLOW: We leave at 6:45: be there.", "6"),
        ("MS. MARLOW: See https://harbour.example: it is all there.", "https"),
        ("MS. MARLOW: It opens in May: nobody doubts it.", "It opens in May"),
        ("MS. MARLOW: We met Mr. Tallow: he was there.", "Tallow"),
        ("Ida T. Marlow: It opens.", "T"),
    ],
)
def test_no_label_is_cut_out_of_a_time_an_address_or_a_name(line, part):
    assert part not in {label for label, _ in found(line)}


@pytest.mark.parametrize(
    "item", ["(a) the lock is late", "(ii) the road is closed", "(12) the quay"]
)
def test_the_mark_of_an_item_is_no_label_in_brackets(item):
    assert {c.form for c in candidates(item)[0]} == {"alone"}


def test_what_the_format_sets_apart_and_furniture_have_no_candidates():
    assert found(Line("MS. MARLOW: In May.", outside=True), "- 3 -", "") == set()


def test_candidates_stand_in_the_order_of_the_text_and_within_their_lines():
    lines = [*LABELS, *ALONE, *TIMES, *INSIDE, *NONE]
    seen, source = candidates(*lines)
    assert [c.line for c in seen] == sorted(c.line for c in seen)
    for c in seen:
        assert 0 <= c.start <= c.stop <= len(source[c.line].text)
        assert c.alone == (not source[c.line].text[c.stop :].strip())


ENDLESS = {
    "words": "the lock is open and the road is closed " * 10_000,
    "colons": "a:" * 200_000,
    "colons and spaces": ": " * 200_000,
    "names": "Ida Marlow " * 36_000,
    "initials": "I. " * 130_000,
    "labels": "It opens. Ida Marlow: It does. " * 13_000,
    "stops": "." * 400_000,
    "open brackets": "[" * 400_000,
    "brackets": "(a" * 200_000,
    "dashes": "Ida - " * 66_000,
    "gaps": "Ida    " * 57_000,
    "blanks": " " * 399_999 + "a",
    "clocks": "1:00 " * 80_000,
    "digits": "1" * 400_000,
    "signs": "○" * 400_000,
    "stars": "*" * 400_000,
    "no space": "閘" * 400_000,
    "quoted": "> " * 200_000,
}


@pytest.mark.parametrize("what", ENDLESS)
def test_one_endless_line_takes_no_longer_than_many(what):
    begin = process_time()
    candidates(ENDLESS[what], *LABELS)
    assert process_time() - begin < CPU_SECONDS


@pytest.mark.whole
@pytest.mark.parametrize("line", ["Ida Marlow", "MS. MARLOW: In May.", "Q", "00:12", "", "a" * 150])
def test_many_lines_take_no_longer_than_they_should(line):
    rows = [line] * (400_000 // max(20, len(line)))
    begin = process_time()
    candidates(*rows)
    assert process_time() - begin < CPU_SECONDS


# Labels that a mark of their own, a bracket, an abbreviation or a sentence before them hides.
HIDDEN = {
    f"Q12. {SAID}": "Q12",
    f"F3) {SAID}": "F3",
    f"???: {SAID}": "???",
    f"The PRESIDING OFFICER (Ms. Marlow). {SAID}": "The PRESIDING OFFICER (Ms. Marlow)",
    f"Mr. Petrel (Harbour). {SAID}": "Mr. Petrel (Harbour)",
    f"Dr. I. Marlow. {SAID}": "Dr. I. Marlow",
    f"Q: In March. MS. MARLOW: {SAID}": "MS. MARLOW",
    f"Q: In March. DR. PETREL: {SAID}": "DR. PETREL",
    f"In March of last year. Q: {SAID}": "Q",
    f"In May. Q: {SAID}": "Q",
}


@pytest.mark.parametrize("line", HIDDEN)
def test_labels_that_other_marks_hide(line):
    assert (HIDDEN[line], SAID) in found(line)


@pytest.mark.parametrize("line", ["3:01 P.M. EDT", "(10:30 a.m.)", "14.30 Uhr"])
def test_an_hour_of_the_day_is_nobody(line):
    assert not found(line)


def test_a_date_is_nobody():
    assert not {label for label, said in found("12 May 2024: Column 77") if said}


def test_an_initial_ends_no_label():
    labels = {label for label, _ in found("Press Secretary Ida F. Marlow Speaks")}
    assert "Press Secretary Ida F" not in labels


def test_a_time_that_is_said_is_not_taken_for_the_stamp():
    seen, _ = candidates("[3:01] Marlow: 4:15 was the time.")
    assert {c.time for c in seen if c.label == "Marlow"} == {181}


@pytest.mark.parametrize("line", ["Q – It opens in May.", "Petrel - It opens in May."])
def test_the_dash_after_a_label_that_comes_back_is_never_said(line):
    assert not [said for _, said in found(line, line, line) if said.startswith(("-", "–"))]


def test_the_first_of_the_labels_run_together_on_a_line_is_one_of_their_kind():
    seen, _ = candidates(
        "Jo Petrel: When? Ida Marlow: In May. Jo Petrel: Why? Ida Marlow: It is dry."
    )
    assert [c.label for c in seen if c.form == "inside"] == ["Jo Petrel", "Ida Marlow"] * 2


def test_a_line_with_one_label_has_none_of_that_kind():
    seen, _ = candidates("Ida Marlow: It opens in May, or so we hope. That is all for now.")
    assert not [c for c in seen if c.form == "inside"]


@pytest.mark.parametrize("title", ["Prof", "CAPT", "Sgt", "REV", "Mme", "Insp"])
def test_a_title_cut_short_ends_no_label_in_mid_paragraph(title):
    line = f"Ida Marlow: It rang. {title}. Petrel: It did. Q: Who heard it?"
    assert {f"{title}. Petrel", "Q"} <= {c.label for c in candidates(line)[0] if c.form == "inside"}
    assert "Petrel" not in {c.label for c in candidates(line)[0] if c.form == "inside"}


def test_a_letter_that_is_a_word_too_labels_answers_where_a_letter_labels_questions():
    asked = "Q When does it open?", "A In May.", "Q And who pays?", "A Half of it the port."
    both = {label for label, _ in found(*asked, "Q Is that fair?", "A I think so.")}
    assert {"Q", "A"} <= both
    asked = [f"Q When does it open?{n}" for n in range(4)]
    assert ("A", "dealer left.") not in found(*asked, "We open in May.", "A dealer left.")
    told = found("A man came in.", "A day later he left.", "A year on, all was quiet.")
    assert "A" not in {label for label, _ in told}


def test_a_word_parted_at_the_end_of_a_row_begins_no_label():
    rows = found(Line("They spoke of the agenda of the har-"), Line("bour board: nobody came."))
    assert "bour board" not in {label for label, _ in rows}


@pytest.mark.parametrize("dash", ["—", "–", "-"])
def test_a_dash_before_a_question_makes_no_label_of_its_first_word(dash):
    assert "Why" not in {label for label, _ in found(f"{dash} Why close the quay?", "It is old.")}


def test_a_label_may_follow_a_number_that_stands_alone():
    assert ("The Chair", SAID) in found("Q61", f"The Chair: {SAID}")


@pytest.mark.parametrize("n", range(70, 90))
def test_a_sentence_after_a_dash_is_no_office_whatever_its_length(n):
    said = f"{'It opens in May and then '.ljust(n, 'o')} x. It does."
    assert ("Ida Marlow", said) in found(
        f"Ida Marlow -- {said}",
        Line(
            "",
        ),
        "Jo Petrel -- Why?",
    )


def test_an_answer_behind_its_question_on_one_line_is_a_candidate():
    asked = "MR. TALLOW: You signed the lock over in May?"
    assert ("---", "I did.") in found(f"{asked}---I did.")
    assert not any(label == "---" for label, _ in found(f"{asked} --- or so it says"))


@pytest.mark.parametrize("hour", ["Kl. 14.31", "(Kl. 14:31)", "klo 9.05", "at 14:31"])
def test_an_hour_alone_is_nobody(hour):
    with_hour = found(hour, "", "Ms. Marlow:", SAID)
    assert with_hour == found("", "Ms. Marlow:", SAID) and len(with_hour) > 1


def of_groups(name: str, text: str) -> dict[str, float]:
    """A feature of the labels of a text, by label."""
    page = see_page([Line(row) for row in text.split("\n")])
    doc = see_document(page, find_candidates(page))
    at = GROUP_FEATURES.index(name)
    return {g.label: row[at] for g, row in zip(doc.groups, doc.features, strict=True)}


def test_an_office_that_always_follows_a_name_is_told_from_what_is_said():
    told = of_groups(
        "tails", "Ann Lund - Harbour Office\nIt leaks.\n" * 3 + "Jo Teal - Yes.\nJo Teal - No."
    )
    assert told["Ann Lund"] == pytest.approx(1 / 3)
    assert told["Jo Teal"] == 1


def test_a_name_is_mentioned_where_it_labels_nothing():
    said = "so we will see what becomes of it in the spring, and who pays for the rest of it"
    text = f"With Lund and Teal {said}.\n\nLund: I thank Teal {said}.\n\nTeal: Now {said}.\n\nRisks: {said}."
    told = of_groups("mentions", text)
    assert told["Teal"] > told["Lund"] > told["Risks"] == 0
