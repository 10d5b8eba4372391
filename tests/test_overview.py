"""The briefing report: what its sentences may say, what stands in the page, how it behaves."""

import csv
import re
import subprocess
import sys
from functools import cache

import pandas as pd
import pytest
from browser import AXE, BEYOND, HEADLESS, LEVELS, RUN_AXE, UNREACHED
from conftest import ROOT, lacking

import briefing
from briefing.cli import main
from briefing.course.findings import (
    MOST,
    TEMPLATES,
    AskedPart,
    in_running_text,
    is_repeated,
    names_in,
    number,
    opening_word,
)
from briefing.course.overview import around, marked, of_what
from briefing.prose import clock, counted, listed

pytestmark = pytest.mark.whole

SAMPLES = sorted(
    p for p in (ROOT / "data").glob("lanmere-*.*") if p.suffix in {".txt", ".html", ".vtt"}
)
LONG = "The quay was built of stone from the northern hills and has stood there since the war. " * 3
SHORT = "The harbour board will look into that with the town and the owners in spring, as it has in each year so far."


@cache
def page(text):
    return briefing.parse(text).overview()


def talk_of(*turns):
    """A transcript of a journalist's and an official's turns in turn."""
    names = ("HARBOUR TIMES", "MS. MARLOW")
    said = (f"{names[i % 2]}: {text}" for i, text in enumerate(turns))
    return "MS. MARLOW: Good morning. We begin.\n\n" + "\n\n".join(said) + "\n"


FOUR = ("Who built the old quay?", LONG, "When was the pier closed?", LONG + "Yes.",
        "Where do ferries land now?", LONG + LONG, "Will the town pay for Lowick Bridge this year?")  # fmt: skip
TWO_ASK = (
    "MS. MARLOW: Good morning.\n\nHARBOUR TIMES: Who pays?\n\nMS. MARLOW: The town pays.\n\n"
    "HARBOUR TIMES: How much is it?\n\nMS. MARLOW: I have no comment on that.\n\n"
    "HARBOUR TIMES: When is it due?\n\nMS. MARLOW: In May, as we said.\n\n"
    "ISLAND NEWS: Who signs it?\n\nMS. MARLOW: The board signs it.\n"
)
FIGURES = "It has 12 ships, 340 berths, 18 cranes, 55 percent of the trade and 7,000 visitors. "
# Of each template: a text in which its sentence stands, and one in which it must not.
CASES = {
    "questions": (TWO_ASK, "MS. MARLOW: The quay is open.\n\nMR. LUND: So is the pier.\n"),
    "turns asking": (
        "PORTAVOZ: Buenos días a todos, vamos a empezar con esta rueda de prensa.\n\n"
        "PREGUNTA: ¿Cuándo se abre el puerto para los barcos de la isla?\n\n"
        "PORTAVOZ: El puerto se abre en mayo, y los barcos de la isla lo saben desde hace un año.\n",
        TWO_ASK,
    ),
    "no question": ("MS. MARLOW: The quay is open.\n\nMR. LUND: So is the pier.\n", TWO_ASK),
    "words": (
        TWO_ASK,
        TWO_ASK.replace("Who pays", "Who of all those on the board of the port " * 6),
    ),
    "refusals": (TWO_ASK, talk_of("Who pays?", "The town pays for it.")),
    "shortest answer": (talk_of(*FOUR, SHORT), talk_of(*FOUR, "In spring.")),
    "longest answer": (talk_of(*FOUR[:5], LONG * 9, "Who pays?", LONG), talk_of(*FOUR[:2])),
    "asks again": (
        TWO_ASK,
        TWO_ASK.replace("HARBOUR TIMES: How", "ISLAND NEWS: How"),
    ),
    "figures": (
        talk_of("How large is it?", FIGURES * 2, "And the pier?", "It has 3 ships and 4 cranes."),
        talk_of("How large is it?", "It has 12 ships.", "And the pier?", "It has 3 ships."),
    ),
}


JUDGING = (
    "dodge evade avoid refuse ignore fail dominate only even important merely clearly admit claim"
).split()


def rules(text):
    return [finding.template for finding in page(text).findings]


@pytest.mark.parametrize("name", [template.name for template in TEMPLATES])
def test_a_sentence_stands_where_its_condition_holds_and_nowhere_else(name):
    stands, must_not = CASES[name]
    assert name in rules(stands)
    assert name not in rules(must_not)


def test_there_are_five_sentences_at_most_and_each_rests_on_turns():
    for sample in SAMPLES:
        made = briefing.read(sample).overview()
        assert 0 < len(made.findings) <= MOST
        turns = {row["turn_id"] for row in made.rows}
        assert all(turns >= {*finding.turns} for finding in made.findings)


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda template: template.name)
def test_no_wording_judges(template):
    said = f"{template.wording} {template.example}".casefold()
    assert not [word for word in JUDGING if re.search(rf"\b{word}(?:s|d|ed|es|ing)?\b", said)]
    assert template.condition and template.must_not


def test_the_sentences_on_the_seed_are_those_of_the_yardstick(shared):
    (path,) = (shared / "scio_seed").glob("*.txt")
    said = [finding.text for finding in briefing.read(path).overview().findings]

    assert said[0] == (
        "Eight turns of journalists put 16 questions; each was followed by an official's turn: "
        "five by Liu Liehong, two by Ge Huijun, one by Sheng Yongjun."
    )
    assert said[1] == (
        "Officials have 2,535 of the 2,998 words (85 %); Sheng Yongjun's 779 are one answer (turn 4)."
    )
    assert said[2].startswith("The shortest answer (91 words, turn 8) follows the question “")
    assert said[2].endswith("; it does not repeat “Google” and has neither “yes” nor “no”.")


HEARING = (
    "SENATOR LOWE: Did you sign the contract for the new quay?\n\nMR. LUND: I signed it in May of last year.\n\n"
    "SENATOR LOWE: And who paid for the stone?\n\nMR. LUND: The harbour board paid for all of it.\n"
)


def test_nobody_is_called_a_journalist_unless_the_text_says_that_the_press_is_there():
    said = page(HEARING).html + page(HEARING).markdown
    assert not re.search(
        r"(?i)journalists?\b(?!\")|official'?s?\b(?!\")",
        re.sub(r"<style.*?</style>|class=\"[^\"]*\"", "", said, flags=re.S),
    )
    assert (
        page(HEARING).findings[0].text.startswith("In two turns Senator Lowe put two questions; ")
    )
    press = page(f"Press conference on the new quay\n\n{HEARING}")
    assert press.called["many"]["journalist"] == "journalists"


def test_a_question_mark_that_nobody_was_seen_to_put_is_no_lack_of_questions():
    statement = CASES["no question"][0]
    assert "no question" not in rules(statement.replace("open.", "open. Who knew?"))


def test_what_asks_nothing_has_no_box_and_a_greeting_or_a_stage_direction_is_no_exchange():
    said = ("Good afternoon!", "(Cross-talk by reporters.)", "Sure.", "The bridge is a ruin.")
    text = talk_of("Who pays?", "The town.", *(part for q in said for part in (q, "We know.")))
    made = page(text)
    assert [x.question["text"] for x in made.exchanges] == ["Who pays?", "The bridge is a ruin."]
    assert (made.html.count('class="part"'), made.html.count('class="unasked"')) == (1, 1)


def test_an_office_that_stands_for_a_name_is_written_as_an_office():
    for label in ("SPOKESPERSON", "THE PRIME MINISTER", "SENIOR ADMINISTRATION OFFICIAL"):
        (first, *_) = page(talk_of(*FOUR).replace("MS. MARLOW", label)).findings
        assert first.text.endswith(f"a turn of the {label.casefold().removeprefix('the ')}.")
    assert in_running_text("Ambassador Tai") == "Ambassador Tai"


def test_words_by_which_people_decline_are_quoted_once_each_and_no_turn_is_named_twice():
    no = "I will not comment on that. I will not comment."
    made = page(talk_of(*["Who pays?", no] * 4))
    (said,) = (f for f in made.findings if f.template == "refusals")
    assert said.text.startswith("All four answers have words that decline")
    assert said.text.endswith(" others: “will not comment”.")
    rests = re.search(r'data-rule="refusals">.*?class="rests">(.*?)</span>', made.html)
    assert re.sub("<[^>]+>", "", rests[1]) == "(turns 3, 5, 7, 9)"


def test_one_who_asks_is_named_and_does_not_ask_after_himself():
    alone = page(TWO_ASK.replace("ISLAND NEWS", "HARBOUR TIMES")).findings
    assert alone[0].text.startswith("In four turns Harbour Times put four questions; each was")
    assert "asks again" not in [said.template for said in alone]


def test_nobody_is_said_to_be_a_speaker_where_all_are():
    said = page(
        "IDA MARLOW: The quay is open to all of you.\n\nOLE LUND: So is the pier.\n"
    ).findings
    assert [own.text for own in said] == [
        "No question was found in the text; Ida Marlow has the most words, 8 of the 12 words (67 %)."
    ]


def test_a_label_of_another_language_stands_as_it_is_printed_and_remarks_ask_nothing():
    made = page(
        "JEAN PETIT : Qui a choisi les ministres de ce gouvernement, dans la réalité ?\n\n"
        "LE PRESIDENT : Comme dans la Constitution, et après des échanges nombreux.\n\n"
        "JEAN PETIT : Vous manquez un peu de voix, oui.\n\n"
        "LE PRESIDENT : J'en suis désolé, mais je vais aller jusqu'au bout de la réponse.\n"
    )
    (first, *_) = (own.text for own in made.findings if own.template == "turns asking")
    assert (
        first == "One questioner's turn has a question; it was followed by a turn of Le President."
    )
    assert made.facts["Language"].startswith("French") and '<blockquote lang="fr">' in made.html


def test_many_who_ask_or_speak_are_one_row_that_opens(tmp_path):
    asked = [
        f"ANNE {chr(65 + i)}LUND, Radio Sound: Who pays?\n\nMS. MARLOW: The town."
        for i in range(26)
    ]
    made = page("MS. MARLOW: Good morning.\n\n" + "\n\n".join(asked) + "\n")
    rows = cells(made.html, "Who asked")
    assert len(made.askers) == 26 and len(rows) == 13
    assert rows[-1] == ["14 others", "14", "14", "14", "28"]
    assert "<summary>The 14 others</summary>" in made.html
    few = page(TWO_ASK).html
    assert "others</summary>" not in few


def phrases_of(said):
    made = page(talk_of(*["Who?", said] * 4))
    return [own["phrase"] for _, some in made.phrases for own in some]


def test_lists_ends_and_dates_are_no_phrases():
    said = "The harbour board checks the old pumps every night, by tens of thousands, et cetera, by May 6th."
    (found,) = phrases_of(said)
    assert "board" in found


def test_of_phrases_that_overlap_one_is_listed():
    said = "Old boards check rusty copper pumps, iron pipes and brass valves, glass gauges."
    long = said.replace(",", "").replace(" and", "")
    words = [word for phrase in phrases_of(long) for word in phrase.split()]
    assert len(words) == len({*words}) > 4


def test_the_title_is_without_the_name_of_the_site_however_long_that_is():
    site = "Ministry of Waters and Harbours of the Republic of Lanmere"
    talk = "".join(f"<p>{row}</p>" for row in talk_of("Who pays?", "The town.").split("\n") if row)
    html = f"<html><head><title>Press briefing | {site}</title></head><body>{talk}</body></html>"
    assert briefing.parse(html, name="page.html").overview().title == "Press briefing"


def test_an_age_is_no_figure_and_a_unit_is_spelt_as_the_text_spells_it():
    said = "When I was 17 it had 3 ships. It has 12 ships and is 40 meters long."
    found = page(talk_of("How large is it?", said, "And who pays?", "The town.")).figures
    assert [f"{f['figure']} {f['of']}" for f in found] == ["3 ships", "12 ships", "40 meters"]


def test_a_number_that_is_part_of_a_word_is_no_figure():
    said = (
        "It is a 10-point plan with a 12-step programme for 14 of 20 islands and a 40-metre quay."
    )
    found = page(talk_of("How large is it?", said, "And who pays?", "The town.")).figures
    assert [f"{f['figure']} {f['of']}" for f in found] == ["14 islands", "20 islands", "40 metres"]


def test_a_date_in_the_title_is_not_cited_twice():
    talk = "".join(f"<p>{row}</p>" for row in talk_of("Who pays?", "The town.").split("\n") if row)
    for title, n in (("Briefing, 12 May 2031", 1), ("Briefing", 1)):
        head = f'<title>{title}</title><meta name="date" content="2031-05-12">'
        made = briefing.parse(f"<html><head>{head}</head><body>{talk}</body></html>", name="p.html")
        assert made.overview().cite(made.rows()[0] | {"who": "A"}).count("12 May 2031") == n


def test_a_few_words_that_are_one_answer_are_not_worth_saying():
    asked = talk_of("Who pays?", "The town pays for it all. " * 9, "And when?", "In May.")
    made = page(asked + "\nQ: And what of it?\n\nMR. GREY: " + "A few words of mine. " * 3)
    assert not any("are one answer" in said.text for said in made.findings)


def test_a_share_of_words_that_were_said_is_never_nothing():
    made = page(talk_of("Who?", "The town pays for it. " * 99))
    assert [made.share(n) for n in (0, 1, made.total)] == ["0 %", "under 1 %", "100 %"]


def test_phrases_are_written_as_they_are_printed_and_no_outlet_is_one():
    asked = "I am with the Lowick Free Press. What of Lowick Bridge?"
    text = talk_of(asked, "It is closed.", asked, "We built Lowick Bridge.", asked, "In May.")
    found = dict(page(text).phrases)
    assert [p["phrase"] for p in found["both"]] == ["Lowick Bridge"]
    assert "journalists" not in found


def test_a_time_in_a_stage_direction_is_no_figure():
    text = talk_of("How many ships?", "We have 40 ships [unintelligible 00:10:22] and 12 cranes.")
    assert [own["figure"] for own in page(text).figures] == ["40", "12"]


@pytest.mark.parametrize(
    ("said", "figures"),
    [
        ("It grew from 67 to 110 square kilometers.", ["67 to 110 | square kilometres"]),
        ("It costs between 4,000 and  7,000 euros.", ["between 4,000 and 7,000 euros | "]),
        ("It rose by 0.4 percentage points to 12 percent.", ["0.4 percentage points | ", "12 percent | "]),
        ("Trade is worth 100 million yuan.", ["100 million yuan | "]),
        ("The rent is $90 million.", ["$90 million | "]),
        ("The line does 210 megabits a second.", ["210 | megabits per second"]),
        ("We make 165,000 jobs a month.", ["165,000 | jobs per month"]),
        ("We met 12 months ago at 20 minutes past two.", []),
        ("Over the past 15 years the port has had 30 ships.", ["30 | ships"]),
        ("It takes 15 years.", ["15 | years"]),
        ("We spend 2.3 million a year on it.", ["2.3 million | per year"]),
        ("Of the public, 60 percent of the voters believe that.", ["60 percent | voters"]),
        ("See exhibit 327, pages 477 through 85 of the treaty of 1782-83.", []),
        ("It is about the 232 tariffs. We suspend the 232 actions.", []),
        ("We have the 232 tariffs.", ["232 | tariffs"]),
    ],
)  # fmt: skip
def test_figures_are_ranges_sums_and_measures_and_not_times_or_names(said, figures):
    talk = page(talk_of("How much is that, and why?", said))
    assert [f"{own['figure']} | {own['of']}" for own in talk.figures] == figures


def test_numbers_and_lists_are_written_as_in_a_newspaper():
    assert [number(n) for n in (1, 9, 10, 2535)] == ["one", "nine", "10", "2,535"]
    assert listed(["a", "b", "c"]) == "a, b and c"
    assert clock(3725) == "1:02:05"


# Marks


@pytest.mark.parametrize(
    ("answer", "opens"),
    [
        ("Yes, it is.", "Yes"),
        ("Well, thank you for your question. No, not this year.", "No"),
        ("(Laughter.) Absolutely.", "Absolutely"),
        ("That’s right.", "That’s right"),
        ("That’s  right. It is.", "That’s right"),
        ("No doubt it rains.", ""),
        ("No one knows.", ""),
        ("Right now we wait.", ""),
        ("The yes vote won.", ""),
        ("Yesterday it rained.", ""),
    ],
)
def test_the_word_that_opens_an_answer(answer, opens):
    assert opening_word(answer) == opens


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Will companies like Google and Facebook be banned?", ["Google", "Facebook"]),
        ("Will I see the Bank of Lowick there?", ["Bank of Lowick"]),
        ("Is it open? When is the pier open?", []),
        ("DOES LOWICK PAY FOR IT?", []),
        ("Does Mr. Secretary know?", []),
        ("Has the Foreign Secretary met the House in March?", []),
        ("They say, “If Lowick pays”?", ["Lowick"]),
        ("There is more, so I'd ask?", []),
    ],
)
def test_names_in_a_question(question, names):
    assert [*names_in(question, AskedPart(1, question, 0, len(question)))] == names


@pytest.mark.parametrize(
    ("name", "said", "there"),
    [
        ("Google", "We spoke with Google's people.", True),
        ("Google", "We spoke with others.", False),
        ("Chinese", "That is for China to say.", True),
        ("World Health Organization", "The WHO has said so.", True),
        ("WHO", "The World Health Organization has said so.", True),
        ("Lowick Bridge", "The bridge is closed.", True),
        ("Rome", "The Romans did.", False),
        ("America", "That is for the U.S. to say.", True),
        ("EU", "Others in Europe have one.", True),
    ],
)
def test_whether_a_name_is_repeated(name, said, there):
    assert is_repeated(name, said) is there


MARKS = (
    "MS. MARLOW: Good morning.\n\nHARBOUR TIMES: Will Ms. Marlow let Lowick Steel pay 40 percent in 2027?\n\n"
    "MS. MARLOW: Yes. The town has decided that steel is to be paid for.\n\n"
    "ISLAND NEWS: Who signs?\n\nMS. MARLOW: I would refer you to the board.\n\n"
    "HARBOUR TIMES: And when?\n\nMS. MARLOW: In May.\n"
)


def test_marks_say_what_stands_there():
    first, second, third = page(MARKS).exchanges

    assert (first.opening, second.opening) == ("Yes", "")
    assert [(does, words) for does, words, _ in second.refusals] == [
        ("refers to others", "I would refer")
    ]
    assert (first.asks_again, second.asks_again, third.asks_again) == (None, None, None)
    assert first.shared == {"steel"}


def test_asking_again_is_putting_the_next_question_not_one_after_somebody_else():
    said = MARKS.replace("ISLAND NEWS", "HARBOUR TIMES", 1)
    made = page(said + "\nISLAND NEWS: Where?\n\nMS. MARLOW: There.\n\nHARBOUR TIMES: Why there?\n")
    assert [x.asks_again for x in made.exchanges] == [4, 6, None, None, None]
    assert "Harbour Times also asks the next question" in made.html


def test_words_that_decline_are_quoted_once_for_an_answer():
    again = "No comment on that. I said it: no comment."
    (exchange,) = page(talk_of("Who pays for the quay?", again)).exchanges
    assert [words for _, words, _ in exchange.refusals] == ["No comment"]


HANDED = "That is a question for Mr. Lund"


@pytest.mark.parametrize(
    ("asked", "passed", "answered"),
    [
        ("Who pays for the quay?", f"{HANDED}, who is here.", "The town pays for the quay, and has done so since the spring."),
        pytest.param(
            "Who pays?", f"{HANDED}.", "The town pays for the quay.",
            marks=pytest.mark.xfail(reason="only the first of two who answer is linked", strict=True),
        ),
    ],
)  # fmt: skip
def test_who_hands_the_question_to_somebody_who_answers_does_not_refer_to_others(
    asked, passed, answered
):
    alone = page(TWO_ASK.replace("The town pays.", f"{HANDED}.")).exchanges[0]
    assert [does for does, *_ in alone.refusals] == ["refers to others"]
    said = f"HARBOUR TIMES: {asked}\n\nMS. MARLOW: {passed}\n\nMR. LUND: {answered}\n"
    handed = page(TWO_ASK + said).exchanges[-1]
    assert [row["speaker"] for row in handed.answers] == ["Ms. Marlow", "Mr. Lund"]
    assert not handed.refusals


def test_names_and_figures_not_repeated_are_no_mark():
    asked = (
        "HARBOUR TIMES: So will Tallow House pay 40 percent?\n\nMS. MARLOW: Yes. We have decided.\n"
    )
    found = page(asked)
    assert found.exchanges[0].names_not_repeated == ("Tallow House",)
    for printed in (found.html, found.markdown):
        assert "not repeat" not in printed
        assert printed.count("40 percent") == printed.count("Tallow House pay")


def test_what_all_turns_are_about_is_not_said_to_be_missing():
    asked = (
        "So will Lowick pay?",
        "In May.",
        "And is Lowick poor?",
        "No.",
        "Who knows Lowick?",
        "I do.",
    )
    missing = [x.names_not_repeated for x in page(talk_of(*asked)).exchanges]
    assert missing == [(), (), ()]
    assert page(talk_of(*asked[:2])).exchanges[0].names_not_repeated == ("Lowick",)
    titled = page("Briefing on Lowick\n\n" + talk_of(*asked[:2]))
    assert titled.exchanges[0].names_not_repeated == ()


def test_a_journalist_is_no_answer():
    for exchange in page(MARKS).exchanges:
        assert all(answer["role"] != "journalist" for answer in exchange.answers)


def test_marks_never_stand_within_one_another():
    made = marked("a <b> c d", [(0, 1, "mark"), (2, 5, "i"), (3, 4, "mark"), (6, 9, "mark")], 0, 8)
    assert made == "<mark>a</mark> <i>&lt;b&gt;</i> c "


def test_a_line_is_cut_with_an_ellipsis():
    text = "One. " + "word " * 40 + "HERE" + " word" * 40 + "."
    line = around(text, text.index("HERE"), text.index("HERE") + 4)
    assert line.startswith("… word") and line.endswith("word …") and "<b>HERE</b>" in line
    assert around("It is HERE. Next.", 6, 10) == "It is <b>HERE</b>."


def test_a_line_is_a_sentence_even_after_an_abbreviation():
    text = "We met. The U.S. and Freland agreed on 12 ships on Monday. It rained."
    at = text.index("12")
    assert around(text, at, at + 2) == "The U.S. and Freland agreed on <b>12</b> ships on Monday."


def test_a_line_has_the_phrase_as_it_is_printed_and_goods_are_not_good():
    said = "Goods prices fell. A good price is rare. Goods prices rose. Goods prices are high."
    html = page(
        f"MS. MARLOW: {said}\n\nHARBOUR TIMES: Why is it so?\n\nMS. MARLOW: Fuel.\n"
    ).phrases
    assert [(own["phrase"], own["n"]) for _, found in html for own in found] == [
        ("Goods prices", 3)
    ]


def test_where_nobody_asks_nobody_answers():
    made = page("IDA MARLOW: The quay is open to all.\n\nOLE LUND: So is the pier, since May.\n")
    for said in ("Who answered", "Answers</th>", "question to its answer"):
        assert said in page(TWO_ASK).html and said not in made.html
    assert made.called["many"]["official"] == "speakers"


def test_nobody_asked_who_only_greets_and_who_has_no_role_keeps_a_name():
    talk = page("MARTA RUIZ: Buenos días a todas y a todos. La casa está abierta.\n\nPREGUNTA: Buenos días.\n\n"
                "MARTA RUIZ: Gracias. La casa es de la ciudad y está en el puerto.\n")  # fmt: skip
    assert not talk.askers
    talk = briefing.parse(TWO_ASK).overview()
    talk.rows[0]["role"] = talk.rows[2]["role"] = "unknown"
    assert ("Ms. Marlow", "unknown") in {(own["who"], own["role"]) for own in talk.speakers}


def test_what_a_figure_counts_has_its_plural_and_its_whole_name():
    text = "up 5 square kilometers, 80 percent of the Gross Domestic Product"
    area = {"unit": "square kilometre", "kind": "cardinal", "value": 5, "counted": "", "stop": 4}
    share = {
        "unit": "percent",
        "kind": "percent",
        "value": 80,
        "counted": "Gross Domestic",
        "stop": 33,
    }
    assert of_what(area, text) == "square kilometres"
    assert of_what(share, text) == "Gross Domestic Product"


# The page


def cells(html, caption):
    """The cells of a table, row by row."""
    table = re.search(rf"(?s)<caption>{caption}.*?</table>", html)[0]
    rows = re.findall(r"(?s)<tr>(.*?)</tr>", table.partition("<tbody>")[2])
    return [
        [re.sub(r"<[^>]+>", "", c) for c in re.findall(r"(?s)<t[hd].*?</t[hd]>", r)] for r in rows
    ]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_the_counts_in_the_page_are_those_of_the_tables(sample):
    talk = briefing.read(sample)
    html = talk.overview().html
    shares = briefing.speaking.share(talk.turns)
    official = shares[shares["role"] == "official"].set_index("speaker")["n_words"]
    rows = cells(html, "Who answered")

    assert sum(int(row[3].replace(",", "")) for row in rows) == talk.turns["n_words"].sum()
    assert {row[0]: int(row[3].replace(",", "")) for row in rows if row[0] in official} == dict(
        official
    )
    asked = cells(html, "Who asked")
    parts = briefing.questions.parts(talk.turns, pairs=talk.pairs)
    assert sum(int(row[3]) for row in asked) == len(parts)
    assert len(re.findall(r'<div class="part"', html)) == len(parts)
    assert re.findall(r'<article id="t(\d+)"', html) == [str(i) for i in talk.turns["turn_id"]]


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.name)
def test_it_is_one_small_file_with_every_word_and_the_same_bytes(sample):
    talk = briefing.read(sample)
    html = talk.overview().html

    assert len(html.encode()) < 400_000
    assert not re.search(r"(?:src|href)=[\"'](?!#)", html)
    assert briefing.read(sample).overview().html == html
    text = re.sub(r"<[^>]+>", "", html.partition('<section id="transcript">')[2])
    assert all(
        word in text for word in talk.turns["text"].iloc[3].replace("&", "&amp;").split()[:40]
    )


def test_turns_with_times_link_to_their_second_of_the_recording():
    talk = briefing.read(ROOT / "data" / "lanmere-attack-2025.vtt")
    turn = talk.turns.iloc[4]
    at = int(turn["start_s"])
    assert (
        f'<a href="https://a.example/1#t={at}">' in talk.overview(media="https://a.example/1").html
    )
    assert f"/w?v=1&amp;t={at}&amp;x" in talk.overview(media="https://a.example/w?v=1&t={}&x").html
    with pytest.raises(briefing.BriefingError, match="is not a web address"):
        talk.overview(media="javascript:alert(1)")
    assert "a.example" not in briefing.parse(MARKS).overview(media="https://a.example/1").html


ASKED = ("Is the school open?", "Yes.", "And the university?", "No.", "Who teaches?", "All do.",
         "Will teachers strike?", "No.", "Is the court fair?", "It is.")  # fmt: skip


def test_topics_of_questions_stand_there_if_half_of_them_have_one():
    made = page(talk_of(*ASKED))
    assert [(topic, len(found)) for topic, found in made.topics] == [
        ("education", 3), ("law and crime", 1), ("none", 1),
    ]  # fmt: skip
    assert "Topics of the questions" not in dict(made.not_shown)
    few = briefing.parse(talk_of(*ASKED)).overview(topics="digital-policy")
    assert few.topics == []
    assert "1 of the 5 questions" in dict(few.not_shown)["Topics of the questions"]


def test_words_that_look_like_html_are_words():
    html = page(MARKS.replace("The town", "The <b>town</b> & all")).html
    assert "The &lt;b&gt;town&lt;/b&gt; &amp; all" in html
    assert "<b>town</b>" not in html


def test_a_doubtful_reading_says_so_first(monkeypatch):
    with monkeypatch.context() as doubtful:
        doubtful.setattr("briefing.transcript.Transcript.status", "doubtful")
        html = briefing.parse(MARKS).overview().html
    assert html.index("This reading is doubtful") < html.index('id="findings"')
    assert "This reading is doubtful" not in briefing.parse(MARKS).overview().html


def test_confirmed_roles_are_not_called_unconfirmed(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(MARKS, "utf-8")
    assert "not confirmed by a person" in briefing.read(path).overview().html
    assert main(["check", "--write-corrections", str(path)]) in (0, 1)
    beside = tmp_path / "talk.txt.corrections.toml"
    beside.write_text("checked = true\n" + beside.read_text("utf-8"), "utf-8")
    assert "Checked by a person." in briefing.read(path).overview().html


def test_dates_of_the_event_and_of_publication_are_told_apart():
    text = f"Briefing on the quay, 3 May 2026\n\nPublished: 5 May 2026\n\n{MARKS}"
    assert page(text).dates == {"Date": "3 May 2026", "Published": "5 May 2026"}


CHINESE = (
    "发言人：大家上午好，欢迎参加今天的新闻发布会，下面请各位记者提问。\n\n"
    "海港日报记者：请问新码头什么时候开放？费用由谁承担？\n\n"
    "发言人：新码头将于五月开放，费用由港务局承担，渔民不用付钱。\n\n"
    "岛屿新闻记者：去年有多少游客来过这里？\n\n"
    "发言人：去年大约有七千名游客，比前年多了一成。\n"
)


def test_where_words_are_not_told_apart_lengths_are_in_characters(monkeypatch):
    monkeypatch.setattr("briefing.words.boundaries.find_spec", lambda name: None)
    made = briefing.parse(CHINESE).overview()
    assert made.unit == "characters"
    assert "words" not in " ".join(finding.text for finding in made.findings)
    assert "lengths are in characters" in made.html
    assert all(row["n"] for row in made.rows)


def test_minutes_stand_there_only_with_times():
    assert "Minutes" in dict(page(MARKS).not_shown)
    timed = briefing.read(ROOT / "data" / "lanmere-attack-2025.vtt").overview()
    assert "Minutes" not in dict(timed.not_shown)
    spoken = sum(row["seconds"] for row in timed.speakers)
    assert spoken == pytest.approx((timed.talk.turns["stop_s"] - timed.talk.turns["start_s"]).sum())


def test_in_jupyter_it_is_a_frame_with_the_same_page():
    import html

    made = page(MARKS)
    frame = made._repr_html_()
    assert html.unescape(re.search(r'srcdoc="([^"]*)"', frame)[1]) == made.html


def test_markdown_has_the_sentences_and_the_exchanges():
    made = page(MARKS)
    assert all(finding.text in made.markdown for finding in made.findings)
    assert "- Who signs?" in made.markdown
    assert not re.search(r"<(?!!--)[a-z]", made.markdown)


# From the command line


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "quay talk.txt"
    path.write_text(MARKS, "utf-8")
    return path


def test_the_command_writes_one_page_and_touches_no_other(talk, tmp_path, capfd):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.html").write_text("mine", "utf-8")

    assert main(["report", str(talk), "-o", str(tmp_path / "out")]) in (0, 1)
    assert "open" in capfd.readouterr().out
    assert {p.name for p in (tmp_path / "out").iterdir()} == {"index.html", "mine.html"}


def test_the_command_writes_markdown(talk, tmp_path):
    assert main(["report", str(talk), "-o", str(tmp_path), "--format", "md"]) in (0, 1)
    assert "# quay talk.txt" in (tmp_path / "report.md").read_text("utf-8")


def test_a_folder_that_cannot_be_written_is_named(talk, tmp_path, capfd):
    (tmp_path / "out").write_text("in the way", "utf-8")
    assert main(["report", str(talk), "-o", str(tmp_path / "out")]) == 2
    assert "cannot write" in capfd.readouterr().err


# In a real browser

ARABIC = """الوزيرة: نفتح الميناء في أيار كما وعدنا، ولن تتغير الرسوم هذا العام.

سؤال: هل الرسوم مرتفعة؟

الوزيرة: لا، ليست مرتفعة.

سؤال: ومتى تصل العبّارة؟

الوزيرة: تصل في حزيران.
"""
WAY = """selector => {
  const words = document.querySelector(selector).firstChild, range = document.createRange();
  const at = (a, b) => { range.setStart(words, a); range.setEnd(words, b);
                         return range.getBoundingClientRect().left; };
  return at(words.length - 1, words.length) - at(0, 1); }"""


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    """The reports of the samples and of odd texts, as files."""
    home = tmp_path_factory.mktemp("overview")
    texts = {"marks": MARKS, "chinese": CHINESE, "arabic": ARABIC}
    texts["statement"] = CASES["no question"][0]
    pages = {name: page(text).html for name, text in texts.items()}
    pages |= {path.stem: briefing.read(path).overview().html for path in SAMPLES}
    for name, html in pages.items():
        (home / f"{name}.html").write_text(html, "utf-8")
    return home


NAMES = ["marks", "chinese", "arabic", "statement", *(path.stem for path in SAMPLES)]


@pytest.fixture
def opened(browser, made):
    context = browser.new_context(accept_downloads=True)
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = context.new_page()
    tab.said = []
    tab.on(
        "request", lambda r: tab.said.append(r.url) if r.url[:5] not in ("file:", "blob:") else None
    )
    tab.on("console", lambda message: tab.said.append(message.text))
    tab.on("pageerror", lambda error: tab.said.append(str(error)))

    def open_page(name, wide=1280, **media):
        tab.set_viewport_size({"width": wide, "height": 900})
        tab.emulate_media(**media)
        tab.goto((made / f"{name}.html").as_uri(), timeout=120_000)
        return tab

    yield open_page
    context.close()


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(opened, name, scheme):
    if not AXE.exists():
        lacking("axe-core is not in build/axe: make system")
    page = opened(name, color_scheme=scheme)
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN_AXE)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("wide", [390, 800, 1280, 1600])
def test_nothing_is_wider_than_the_window_or_asked_of_a_host(opened, name, wide):
    page = opened(name, wide)
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
    assert page.evaluate(BEYOND) == []
    assert page.evaluate(UNREACHED) == []
    assert page.said == []


@pytest.mark.parametrize("words", ["blockquote", ".given p", ".turn p"])
def test_words_run_in_the_direction_of_their_script_to_the_last_sign(opened, words):
    assert opened("arabic").evaluate(WAY, words) < 0
    assert opened("marks").evaluate(WAY, ".given h4") > 0


@pytest.mark.parametrize("name", NAMES)
def test_headings_and_tables_are_in_order(opened, name):
    page = opened(name)
    levels = page.evaluate(LEVELS)
    assert page.evaluate(HEADLESS) == []
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [b for a, b in zip(levels, levels[1:], strict=False) if b > a + 1] == []


@pytest.mark.parametrize("name", NAMES)
def test_every_link_leads_to_a_place(opened, name):
    page = opened(name)
    places = page.evaluate("() => [...document.links].map(a => a.hash.slice(1))")
    there = page.evaluate("() => [...document.querySelectorAll('[id]')].map(e => e.id)")
    assert {*places} <= {*there}


def test_what_a_person_codes_is_kept_counted_and_saved(opened, tmp_path):
    page = opened("marks")
    page.fill("#initials", "ab")
    page.check("input[name='c2-1'][value=partly]")
    page.check("input[name='c4-1'][value='cannot tell']")
    page.reload()
    assert page.is_checked("input[name='c2-1'][value=partly]")
    assert page.input_value("#initials") == "ab"
    assert page.inner_text("#tally") == "2 of 3 coded: 1 partly, 1 cannot tell"

    page.focus("input[name='c2-1'][value=partly]")
    page.keyboard.press("ArrowRight")
    page.locator(".clear:visible").nth(1).click()
    with page.expect_download() as saved:
        page.click("#save")
    saved.value.save_as(tmp_path / "coding.csv")
    rows = list(csv.DictReader((tmp_path / "coding.csv").read_text("utf-8-sig").splitlines()))
    assert [(r["turn_id"], r["part"], r["answer_ids"], r["coding"], r["coder"]) for r in rows] == [
        ("2", "1", "3", "not", "ab")
    ]
    assert rows[0]["text"] == "Will Ms. Marlow let Lowick Steel pay 40 percent in 2027?"
    assert page.inner_text("#tally") == "1 of 3 coded: 1 not"


def test_a_quotation_is_copied_with_its_source(opened):
    page = opened("marks")
    page.click("#t5 .copy")
    page.wait_for_function("() => document.querySelector('#t5 .copy').textContent == 'Copied'")
    assert page.evaluate("() => navigator.clipboard.readText()") == (
        "“I would refer you to the board.” (Ms. Marlow, text, turn 5, line 9)"
    )
    page.evaluate(
        "() => { const text = document.querySelector('#t3 p').firstChild, range = new Range();"
        " range.setStart(text, 0); range.setEnd(text, 4); getSelection().addRange(range); }"
    )
    page.click("#t3 .copy")
    page.wait_for_function("() => document.querySelector('#t3 .copy').textContent == 'Copied'")
    assert page.evaluate("() => navigator.clipboard.readText()").startswith("“Yes.” (Ms. Marlow")


def test_a_bar_of_the_timeline_leads_to_its_turn(opened):
    page = opened("marks")
    page.click("rect[data-turn='3']")
    assert page.evaluate("() => location.hash") == "#t3"
    drawn = page.evaluate("() => [...document.querySelectorAll('rect')].map(r => r.dataset.turn)")
    assert sorted(map(int, drawn)) == [1, 2, 3, 4, 5, 6, 7]
    ends = page.locator("svg path").count()
    assert ends == sum(len(x.answers) for x in globals()["page"](MARKS).exchanges)


@pytest.mark.parametrize("name", [path.stem for path in SAMPLES])
def test_it_prints_on_four_sheets(opened, name):
    from io import BytesIO

    from pypdf import PdfReader

    page = opened(name)
    sheets = PdfReader(BytesIO(page.pdf(prefer_css_page_size=True))).pages
    assert len(sheets) <= 4
    first = sheets[0].extract_text()
    assert page.inner_text("h1")[:20] in first.replace("\n", " ")
    assert "Questions and answers" in first


def test_frames_of_pandas_are_left_as_they_were():
    talk = briefing.parse(MARKS)
    before = talk.turns.copy()
    talk.overview().html  # noqa: B018
    pd.testing.assert_frame_equal(talk.turns, before)


def test_the_page_says_what_was_said_before_where_and_by_whom_and_what_is_new(tmp_path):
    again = "We will open the northern quay as soon as it is safe to do so."
    old = f"Press briefing, 3 May 2023\n\nMS. MARLOW: {again} Grain dues. Grain dues. Grain dues.\n"
    old += "\nQ: When?\n\nMS. MARLOW: In June.\n\nQ: Who pays?\n\nMS. MARLOW: The owners.\n"
    new = "Press briefing, 4 May 2024\n\nMS. MARLOW: Tidal locks. Tidal locks. Tidal locks.\n"
    new += f"\nQ: When?\n\nMR. ROON: {again}\n\nQ: Who pays?\n\nMS. MARLOW: The owners.\n"
    for name, text in (("old.txt", old), ("new.txt", new)):
        (tmp_path / name).write_text(text)
    talk = briefing.read(tmp_path / "new.txt")
    for since in (tmp_path / "old.txt", tmp_path):
        page = talk.overview(since=str(since))
        (run,) = page.said_before
        told = {"first": "old, 3 May 2023, turn 1", "by": "Ms. Marlow", "here": 3}
        assert run == {"text": again.rstrip(".")} | told
        assert [found for _, found in page.phrases_since] == [["Tidal locks"], ["Grain dues"]]
        assert run["text"] in page.html and run["text"] in page.markdown
    assert 'id="since"' not in talk.overview().html
    with pytest.raises(briefing.BriefingError, match="no briefing before this one"):
        _ = briefing.read(tmp_path / "old.txt").overview(since=str(tmp_path)).html


def test_all_but_phrases_figures_and_topics_needs_neither_pandas_nor_numpy():
    """As drop.html shows it in a browser that has neither."""
    code = """import sys; sys.modules |= {"pandas": None, "numpy": None}
import briefing
from briefing.course.overview import Overview
tables = {"phrases": [], "figures": [], "topics": [], "_given": [], "_no_topics": ""}
print(type("Dropped", (Overview,), tables)(briefing.read(sys.argv[1])).html)"""
    command = [sys.executable, "-X", "utf8", "-c", code, SAMPLES[0]]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8", check=True)
    assert done.stdout.count("<article") == len(briefing.read(SAMPLES[0]).turns)


def test_what_is_counted_stands_in_the_plural_as_people_write_it():
    told = [counted(2, one) for one in ("day", "priority", "match", "loss", "word")]
    assert told == ["2 days", "2 priorities", "2 matches", "2 losses", "2 words"]
