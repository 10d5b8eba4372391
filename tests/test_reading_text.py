"""Plain text line by line; Markdown as it would be shown; front matter as metadata."""

import pytest

from briefing.lexicons import iso_date
from briefing.reading import parse_source
from briefing.reading.lines import mark_running_heads, split_lines
from briefing.reading.markdown import read_markdown


def texts(lines):
    return [line.text for line in lines]


def shown(markdown):
    """What a reader sees of a piece of Markdown."""
    return texts(read_markdown(markdown)[0])


def bold(line):
    return [line.text[start:stop] for start, stop in line.bold]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines_end_at_line_feeds_and_carriage_returns(end):
    assert texts(split_lines(end.join(["ADA: One.", "", "BO: Two.", ""]))) == [
        "ADA: One.", "", "BO: Two.",
    ]  # fmt: skip


@pytest.mark.parametrize("sign", ["\x85", "\u2028", "\u2029", "\v", "\x1c", "\x1d", "\x1e"])
def test_no_other_sign_ends_a_line(sign):
    assert texts(split_lines(f"one{sign}two\nthree")) == [f"one{sign}two", "three"]


def test_line_numbers_are_those_of_an_editor():
    text = "one\n\ftwo\n\n\f\nfive"
    assert texts(split_lines(text)) == ["one", "two", "", "", "five"]


def test_a_form_feed_ends_a_page_and_loses_nothing():
    lines = split_lines("one\n\ftwo\nthree\fand four\n\f\nfive\n")
    found = [(line.page, line.text) for line in lines if line.text]
    assert found == [(1, "one"), (2, "two"), (2, "three"), (3, "and four"), (4, "five")]


def test_text_without_form_feeds_has_no_pages():
    assert {line.page for line in split_lines("one\ntwo")} == {None}


def page(number, *body):
    return ["Office of the Press    DRAFT", *body, f"Page {number} of 3"]


def test_running_heads_stand_outside_even_in_the_middle_of_a_turn():
    pages = [
        page(1, "ADA: We went on", "and on and"),
        page(2, "on until noon.", "BO: Why?"),
        page(3, "ADA: Because."),
    ]
    lines = split_lines("\n\f".join("\n".join(rows) for rows in pages))
    spoken = [line.text for line in lines if not line.outside]
    assert spoken == [
        "ADA: We went on", "and on and", "on until noon.", "BO: Why?", "ADA: Because.",
    ]  # fmt: skip


def test_a_line_said_on_every_page_but_not_at_its_edge_is_speech():
    pages = [["Head", f"ADA: {n} a", "Thank you.", "x", "y", f"{n} b c", "z"] for n in "pqr"]
    lines = [line for n, p in enumerate(pages) for line in split_lines("\n".join(p))]
    for n, line in enumerate(lines):
        line.page = n // 7
    mark_running_heads(lines)
    assert {line.text for line in lines if line.outside} == {"Head", "z"}


def test_one_page_has_no_running_heads():
    assert not any(line.outside for line in split_lines("Head\nADA: One.\nFoot\n\f"))


def test_marks_of_markdown_are_taken_away_and_nothing_else():
    assert shown("We met aboard \\[abroad\\], at the fair**,** with *great* `care`.\n") == [
        "We met aboard [abroad], at the fair, with great care."
    ]


@pytest.mark.parametrize(
    "marked, plain",
    [
        ("snake_case_name and __init__ here", "snake_case_name and init here"),
        ("5 * 3 * 2", "5 * 3 * 2"),
        ("file_name or name_ now", "file_name or name_ now"),
        ("a footnote* and *another", "a footnote* and *another"),
        ("**unpaired bold", "**unpaired bold"),
        ("f\\*\\*\\*", "f***"),
        ("[the report](https://a.example/b_c) says", "the report says"),
        ("![a seal](seal.png)Text", "Text"),
        ("see <https://a.example/x>", "see https://a.example/x"),
        ("AT&amp;T&nbsp;said &lt;no&gt;", "AT&T\xa0said <no>"),
        ("ends in a break\\", "ends in a break"),
        ("ends in a break  ", "ends in a break"),
        ("ends in a backslash\\\\", "ends in a backslash\\"),
        ("<span style='x'>in</span> a <b>tag</b>", "in a tag"),
        ("one<br/>two", "one two"),
        ("> quoted", "quoted"),
        (">> ADA: Yes", ">> ADA: Yes"),
        ("- an item\n- another", "- an item\n- another"),
        ("***both*** and **bold *and* so**", "both and bold and so"),
        ("if x < 3 and y > 2", "if x < 3 and y > 2"),
        ("________ (name)", "________ (name)"),
    ],
)
def test_markdown_reads_as_it_is_shown(marked, plain):
    assert "\n".join(shown(marked)) == plain


def test_bold_type_is_kept_as_spans_even_over_a_line_end():
    first, second = read_markdown("**MS. OKORO:** Good **morn\ning** all\n")[0]
    assert (bold(first), bold(second)) == (["MS. OKORO:", "morn"], ["ing"])


def test_bold_type_ends_with_its_paragraph():
    first, _, last = read_markdown("**Ada\n\nBo** says\n")[0]
    assert (first.text, last.text, first.bold, last.bold) == ("**Ada", "Bo** says", (), ())


def test_headings_are_marked():
    lines, _ = read_markdown("# One #\n\nTwo\n=====\n\n## Three: four\ntext # no\n#hash\n")
    headings = [line.text for line in lines if line.heading]
    assert headings == ["One", "Two", "Three: four"]
    assert texts(lines)[3:] == ["", "", "Three: four", "text # no", "#hash"]


def test_code_fences_show_their_content_as_it_is():
    assert shown("```\n**Q** \\[x\\]\n```\n**Q** y") == ["", "**Q** \\[x\\]", "", "Q y"]


def test_lines_of_markdown_keep_their_numbers():
    text = "---\ntitle: A\n---\n\n# T\n\n**Q** a\\\nb  \n\n```\nc\n```\n"
    assert len(read_markdown(text)[0]) == text.count("\n")


MATTER = """---
title: "Remarks by Minister\\_Okoro at \\
  \\ the Fair"
date: '2021-05-28'
published_time: 2021-05-29 16:16:59-04:00
source_url: https://press.example/2021/a:b
tags: press
lang: en
notes:
  - one: two
---

MS. OKORO:  Good morning.
"""


def test_front_matter_is_metadata_and_stands_outside():
    source = parse_source(MATTER.encode(), "a.txt")
    assert source.format == "markdown"
    assert source.metadata == {
        "title": "Remarks by Minister Okoro at the Fair",
        "date": "2021-05-28",
        "source": "https://press.example/2021/a:b",
        "language": "en",
    }
    assert [line.outside for line in source.lines] == [True] * 11 + [False] * 2


@pytest.mark.parametrize(
    "value, title",
    [
        ("It's so", "It's so"),
        ("'It''s so'", "It's so"),
        ('"A \\"B\\" \\u00e9 \\x41"', 'A "B" é A'),
        (">\n  A title\n  in two lines", "A title in two lines"),
        ("A title\n  in two lines", "A title in two lines"),
        ("A: B", "A: B"),
    ],
)
def test_front_matter_values_are_unquoted_and_folded(value, title):
    source = parse_source(f"---\ntitle: {value}\n---\nADA: Yes.\n".encode(), "a.md")
    assert source.metadata["title"] == title


@pytest.mark.parametrize(
    "text", ["---\nADA: Hello.\n---\nBO: Hello.\n", "---\ntitle: x\nnever closed\n", "---\n"]
)
def test_a_rule_of_hyphens_is_no_front_matter(text):
    source = parse_source((text + "\nADA: More.\n").encode(), "a.txt")
    assert not any(line.outside for line in source.lines)
    assert source.metadata == {}


@pytest.mark.parametrize(
    "stated, date",
    [
        ("2020-04-24", "2020-04-24"),
        ("2020-04-24T17:39:00-04:00", "2020-04-24"),
        ("20200424", "2020-04-24"),
        ("2020/4/24", "2020-04-24"),
        ("24 April 2020", "2020-04-24"),
        ("Fri, 24 Apr 2020 10:00:00 GMT", "2020-04-24"),
        ("April 24, 2020", "2020-04-24"),
        ("Sept. 4, 2020", "2020-09-04"),
        ("3/2/2020", ""),
        ("2020-13-01", ""),
        ("24 Foo 2020", ""),
        ("Mayor 24, 2020", ""),
        ("yesterday", ""),
        ("202004241", ""),
        ("", ""),
    ],
)
def test_dates_are_read_only_where_they_are_certain(stated, date):
    assert iso_date(stated) == date


@pytest.mark.parametrize(
    "markdown, lines",
    [
        ("**Ana:** See <br\n/> now.", ["Ana: See ", " now."]),
        ("**Ana:** See <!-- a\nb -->now.", ["Ana: See ", "now."]),
        ("![The gate\nat noon](a.jpg)", ["", ""]),
        ("[The gate\nat noon](a.html) opens.", ["The gate", "at noon opens."]),
        ("**Ana** [7:26](https://example.org/v?t=1): So.", ["Ana 7:26: So."]),
    ],
)
def test_marks_over_two_lines_leave_the_lines_of_the_file(markdown, lines):
    assert shown(markdown) == lines


def test_comments_on_lines_of_their_own_stand_outside():
    lines = read_markdown("**Ana:** So.\n<!--\n**Ben:** hidden\n-->\n**Ben:** Why?\n")[0]
    assert [line.text for line in lines if not line.outside] == ["Ana: So.", "Ben: Why?"]


def test_italics_of_markdown_are_spans():
    (line,) = read_markdown("*Why* is **it _so_** very <i>late</i>?")[0]
    assert [line.text[a:b] for a, b in line.italic] == ["Why", "so", "late"]
    assert bold(line) == ["it so"]
