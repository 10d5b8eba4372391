"""The page around the talk: line numbers, running heads and feet, rules, and what makes a paragraph."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.lexicons.cues import ends_sentence
from briefing.parse.page import Page, is_pager, line_numbers, see_page, shape
from briefing.reading.lines import Line

TALK = [
    "We have looked at the lock for a long time and we have found that it leaks, and so it will",
    "have to be closed in March and for the whole of April, which nobody in this harbour likes.",
    "The ferries go from the old quay until then, and they go as often as they have gone so far.",
    "Whoever has a berth there keeps it, and whoever has none can have one for half of the price.",
]


WORDS = (
    "lock quay ferry berth bridge tide harbour pilot crane barge sluice mole buoy dock pier".split()
)


def talk(seed: int, *, lines: int = 5) -> list[str]:
    """Whole lines of talk, no two alike."""
    rows = range(seed * lines, (seed + 1) * lines)
    words = [[WORDS[(n * k + n // 15) % 15] for k in (1, 2, 4, 7)] for n in rows]
    return [f"The {a} and the {b} are as they were, but the {c} is no {d}." for a, b, c, d in words]


def page_of(*texts: str, **marks) -> Page:
    return see_page([Line(text, **marks) for text in texts])


def kept(page: Page) -> list[str]:
    """What each row holds after its number."""
    return [row.text[row.start :] for row in page.rows]


def paragraphs(page: Page) -> list[str]:
    """The rows put together as they make paragraphs, by their first words."""
    return [row.text[row.start :].split()[0] for row in page.rows if row.paragraph]


# Numbers in front of lines


def numbered(lines: list[str], *, form: str = "{:>2}  {}", page: int = 25) -> list[Line]:
    return [Line(form.format(i % page + 1, text)) for i, text in enumerate(lines)]


@pytest.mark.parametrize("form", ["{:>2}  {}", "{} {}", "{}. {}", "{}) {}", "   {}\t{}"])
def test_numbers_that_count_the_lines_are_no_text(form):
    page = see_page(numbered(TALK * 15, form=form))
    assert kept(page) == TALK * 15
    assert len(page.furniture) == 60
    assert all(not page.lines[n].text[a:b].strip(" .)\t").isalpha() for n, a, b in page.furniture)


def test_a_line_that_holds_its_number_alone_is_blank():
    texts = [text for n in range(6) for text in (*talk(n), "")]
    assert kept(see_page(numbered(texts))) == [text for text in texts if text]


def test_page_breaks_between_numbered_lines_do_not_stop_the_count():
    lines = numbered(TALK * 15)
    for at in (50, 25):
        lines[at:at] = [Line(""), Line(f"Hearing of the Harbour Board {at // 25}"), Line("")]
    texts = kept(see_page(lines))
    assert [t for t in texts if t in TALK] == TALK * 15


def test_a_line_of_a_numbered_page_may_begin_with_another_number():
    lines = [*numbered(TALK * 3), Line("1999 was the year in which the lock was built.")]
    assert kept(see_page(lines))[-1] == "1999 was the year in which the lock was built."


@pytest.mark.parametrize(
    "lines",
    [
        [f"{n}. {text}" for n, text in enumerate(talk(0), 1)],  # a short list
        [line for n in range(1, 10) for line in (f"{n}. {talk(n)[0]}", *talk(n)[1:])],
        ["1999 was dry.", "2003 was wet.", "1987 was cold.", "12 ships came.", "3 left."] * 2,
        [f"{n * 7 % 31} ships came on that day." for n in range(2, 14)],
    ],
)
def test_numbers_that_do_not_count_the_lines_are_text(lines):
    assert line_numbers([Line(text) for text in lines]) == {}
    assert kept(page_of(*lines)) == lines


# What comes back on every page


def with_feet(feet: list[str], *beside: str, label: str = "") -> list[str]:
    """A foot after every five lines of talk, and what stands right below it."""
    return [
        line for i, foot in enumerate(feet) for line in (label, *talk(i), foot, *beside) if line
    ]


@pytest.mark.parametrize(
    "foot",
    [
        "Harbour Board {}",
        "{} | Old Quay Press Office",
        "Page {} of 9: Harbour Board",
        "TR-77-{}",
        "Board, sheet {}.",
    ],
)
def test_a_line_that_comes_back_with_its_number_counting_on_is_a_foot(foot):
    texts = with_feet([foot.format(n) for n in range(3, 8)])
    page = page_of(*texts)
    assert kept(page) == [t for t in texts if t not in {foot.format(n) for n in range(3, 8)}]
    assert len(page.furniture) == 5


@pytest.mark.parametrize(
    "feet",
    [
        ["Harbour Board 3", "Harbour Board 4"],  # two are chance
        ["We saw 40 ships", "We saw 90 ships", "We saw 12 ships", "We saw 7 ships"],
        ["Ida Marlow 0:01", "Ida Marlow 0:02", "Ida Marlow 0:03", "Ida Marlow 0:04"],  # times
        ["Q3 is late", "Q3 is late", "Q3 is late"],
    ],
)
def test_lines_alike_but_for_a_number_that_does_not_count_pages_are_kept(feet):
    texts = with_feet(feet)
    assert kept(page_of(*texts)) == texts


def test_what_stands_beside_a_foot_on_every_page_is_furniture_too():
    texts = with_feet([f"Harbour Board {n}" for n in range(1, 5)], "Printed by the office", "")
    assert "Printed by the office" not in kept(page_of(*texts))


def test_what_also_stands_elsewhere_is_not():
    texts = with_feet(
        [f"Harbour Board {n}" for n in range(1, 5)], "MS. MARLOW:", label="MS. MARLOW:"
    )
    assert kept(page_of(*texts)).count("MS. MARLOW:") == 8


@pytest.mark.parametrize("line", ["MS. MARLOW:", "Thank you."])
def test_what_stands_beside_two_feet_of_ten_by_chance_is_kept(line):
    texts = with_feet([f"Harbour Board {n}" for n in range(1, 11)])
    texts[6:6] = [line]
    texts[25:25] = [line]
    assert kept(page_of(*texts)).count(line) == 2


def paged(heads: str, *, pages: int = 4) -> list[Line]:
    return [Line(text, page=n) for n in range(1, pages + 1) for text in (heads.format(n), *talk(n))]


@pytest.mark.parametrize(
    "head", ["Hearing of the Harbour Board", "HARBOUR BOARD, DAY TWO", "Board {}"]
)
def test_heads_of_pages_are_furniture_where_the_format_knows_its_pages(head):
    page = see_page(paged(head))
    assert len(page.furniture) == 4
    assert not any("oard" in text or "OARD" in text for text in kept(page))


@pytest.mark.parametrize(
    "line", ["That is what we said.", "and so we will go on with it", "Thank you."]
)
def test_a_line_of_talk_at_the_edge_of_pages_is_kept(line):
    assert kept(see_page(paged(line))).count(line) == 4


def test_one_page_has_no_edges():
    assert not see_page(
        [Line(t, page=1) for t in ["Harbour Board", *TALK, "Harbour Board"]]
    ).furniture


# Rules, numbers of pages, pagers


@pytest.mark.parametrize(
    "rule", ["---", "* * *", "=====", "# # #", "-000-", "###", "○ ○ ○", "…", "・・・"]
)
def test_a_line_of_signs_is_a_rule(rule):
    assert kept(page_of("Yes.", rule, "No.")) == ["Yes.", "No."]


@pytest.mark.parametrize("line", ["?", "???", "... ?", "A", "é", "閘", "-a-"])
def test_a_line_with_a_letter_or_a_question_mark_is_none(line):
    assert kept(page_of("Yes.", line, "No.")) == ["Yes.", line, "No."]


@pytest.mark.parametrize(
    "line",
    [
        "12",
        "- 12 -",
        "Page 3 of 27",
        "page 3/27",
        "p. 3",
        "Seite 3 von 9",
        "Página 4 de 8",
        "стр. 7",
        "< 1 2",
        "[4]",
    ],
)
def test_numbers_of_pages_and_pagers_are_furniture(line):
    assert is_pager(line)
    assert kept(page_of("Yes.", line, "No.")) == ["Yes.", "No."]


@pytest.mark.parametrize(
    "line", ["Page three of it", "12 ships", "In 3.", "1999.", "12?", "Next up is", "Berth 4"]
)
def test_an_answer_in_figures_is_no_number_of_a_page(line):
    assert kept(page_of("How many?", line, "Thanks.")) == ["How many?", line, "Thanks."]


def test_what_the_format_sets_apart_is_no_row():
    lines = [Line("Home > News", outside=True), *map(Line, TALK)]
    assert kept(see_page(lines)) == TALK


@pytest.mark.parametrize("line", ["_____", "_ _ _", "« Prev 1 2 3 Next »"])
def test_a_rule_of_underscores_and_a_pager_with_both_words_are_furniture(line):
    assert kept(page_of("Yes.", line, "No.")) == ["Yes.", "No."]


@pytest.mark.parametrize("label", ["Question {}", "Q{}:", "Speaker {}"])
def test_labels_that_are_numbered_are_no_feet(label):
    texts = with_feet([label.format(n) for n in range(1, 6)])
    assert kept(page_of(*texts)) == texts


# Paragraphs


def test_lines_broken_by_width_make_paragraphs_at_blank_lines():
    texts = [
        "MARLOW: It leaks and",
        "we have to close it for",
        "the whole of March.",
        "",
        "TALLOW: Nobody likes",
        "that and nobody has to",
        "like it at all.",
    ]
    page = page_of(*[*texts, ""] * 3)
    assert page.wrapped
    assert paragraphs(page) == ["MARLOW:", "TALLOW:"] * 3


def test_an_indent_begins_a_paragraph():
    texts = [
        "    It leaks and",
        "we have to close it for",
        "the whole of March.",
        "    Nobody likes",
        "that and nobody has to",
        "like it at all.",
    ]
    page = page_of(*texts * 3)
    assert page.wrapped and paragraphs(page) == ["It", "Nobody"] * 3


def test_lines_that_hang_under_their_first_are_one_paragraph():
    texts = [
        "MARLOW  It leaks and",
        "        we have to close it for",
        "        the whole of March.",
        "TALLOW  Nobody likes",
        "        that and nobody has to",
        "        like it at all.",
    ]
    page = page_of(*texts * 4)
    assert page.wrapped and paragraphs(page) == ["MARLOW", "TALLOW"] * 4


def test_lines_of_chinese_broken_by_width_make_paragraphs_too():
    texts = [
        "馬洛：新船閘五月開放，費用由省",
        "裡承擔，請大家放心，不會再多付",
        "一分錢。",
        "",
        "記者：那麼橋什麼時候開放？是不",
        "是也在五月開放？請部長介紹一下",
        "具體的情況。",
    ]
    page = page_of(*[*texts, ""] * 4)
    assert page.wrapped and len(paragraphs(page)) == 8


def test_lines_in_double_spacing_are_broken_by_width_too():
    lines = [
        "It leaks and",
        "we have to close it for",
        "the whole of March.",
        "nobody likes",
        "that and nobody has to",
        "like it at all and",
        "so it is.",
    ]
    page = page_of(*[text for line in lines for text in (line, "")])
    assert page.wrapped and paragraphs(page) == ["It"]


def test_in_double_spacing_a_wider_gap_begins_a_paragraph():
    lines = [
        "It leaks and",
        "we have to close it for",
        "the whole of March.",
        None,
        "Nobody likes",
        "that and nobody has to",
        "like it at all and",
        "so it is.",
    ]
    texts = [text for line in lines for text in ((line, "") if line else ("", ""))]
    assert paragraphs(page_of(*texts)) == ["It", "Nobody"]


def test_where_every_line_is_whole_every_line_is_a_paragraph():
    page = page_of("It leaks.", "We close it.", "Nobody likes that.", "It will be so.")
    assert not page.wrapped and len(paragraphs(page)) == 4


def test_a_heading_ends_a_paragraph_and_begins_one():
    lines = [Line(t) for t in TALK * 3]
    lines[5:5] = [Line("The old quay", heading=True)]
    assert [row.paragraph for row in see_page(lines).rows][4:7] == [False, True, True]


def test_blank_lines_before_a_row_are_counted():
    assert [row.gap for row in page_of("Yes.", "No.", "", "So.", "", "", "Then.").rows][1:] == [
        0,
        1,
        2,
    ]


# Small ones


@pytest.mark.parametrize(
    "text",
    [
        "It is.",
        "Is it?",
        "It is…",
        "是。",
        "是吗？",
        "It is.”",
        "It is.)",
        "It is —",
        "It is:",
        "«Да.»",
        "It is.**",
    ],
)
def test_a_sentence_has_ended(text):
    assert ends_sentence(text)


@pytest.mark.parametrize("text", ["It is", "It is,", "It is (", "是", "", "12"])
def test_a_sentence_has_not_ended(text):
    assert not ends_sentence(text)


def test_lines_alike_but_for_numbers_have_one_shape():
    assert shape("Page  3 of 27") == shape("page 14 of 27") != shape("page of")


def test_an_empty_source_has_no_rows():
    assert see_page([]).rows == () == page_of("", "  ", "\t").rows


@given(st.lists(st.text("aB. ?:1-#\t　閘\n", max_size=30), max_size=40), st.booleans())
def test_every_line_is_a_row_or_furniture_or_blank_and_never_two_of_them(texts, paged):
    lines = [Line(text, page=i // 5 if paged else None) for i, text in enumerate(texts)]
    page = see_page(lines)
    whole = {n for n, a, b in page.furniture if (a, b) == (0, len(lines[n].text))}
    rows = {row.number: row.start for row in page.rows}
    assert not whole & rows.keys()
    numbers = {n: b for n, _, b in page.furniture if n not in whole}
    for n, line in enumerate(lines):
        assert n in rows or n in whole or not line.text[numbers.get(n, 0) :].strip()
        assert rows.get(n, 0) == (numbers.get(n, 0) if n in rows else 0)
    assert [row.number for row in page.rows] == sorted(rows)


HEADS = {
    "twice, a number set apart": ("HARBOUR BOARD       12", "HARBOUR BOARD       13"),
    "twice, a number in front": ("12      Harbour Board", "13      Harbour Board"),
    "the word for a page at the end": ("Minutes of 26 May      Page 5",),
    "the word for a page in front": ("Seite 5 von 9 | Rathaus Oberau",),
    "a page in Chinese": ("会议记录    第 5 页",),
}


@pytest.mark.parametrize("heads", HEADS.values(), ids=HEADS)
def test_a_running_head_in_the_middle_of_a_turn_is_no_speech(heads):
    said = ["Ida Marlow: We open in", "May, and the", "ferry will run on", "Sundays as well."]
    lines = [
        line for pair in zip(said, [*heads, "", "", ""], strict=False) for line in pair if line
    ]
    page = see_page([Line(text) for text in lines])
    assert [row.text for row in page.rows] == said


@pytest.mark.parametrize("line", ["and we quote page 5", "Item 12", "See page 5 of the report"])
def test_a_page_that_is_spoken_of_stays(line):
    page = see_page([Line("Ida Marlow: We read it,"), Line(line), Line(line)])
    assert len(page.rows) == 3


@pytest.mark.parametrize("sign", [">>", ">> ", "- ", "– "])
def test_a_sign_of_another_voice_begins_a_paragraph_where_lines_are_broken_by_width(sign):
    said = ["we open in", "the month of", f"{sign}When does", "the ferry", f"{sign}In May as"]
    page = see_page([Line(text) for text in [*said, "i said it", f"{sign}So it will", "then run"]])
    assert [row.paragraph for row in page.rows] == [True, *[False, True] * 3, False]


def test_a_dash_that_a_line_is_broken_before_begins_none():
    page = see_page([Line(text) for text in ["we open", "– as said –", "– at last –", "– in May"]])
    wrapped = see_page([*page.lines, *map(Line, ["and run", "the ferry", "on Sundays", "as well"])])
    assert [row.paragraph for row in wrapped.rows][1:] == [False] * 7
