"""From labels to turns: blocks, texts, times, formats that name the speaker, and nothing lost."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing
from briefing.parse.blocks import BLOCK_FEATURES, block_features, see_blocks
from briefing.parse.candidates import find_candidates
from briefing.parse.layout import Layout
from briefing.parse.page import Page, see_page
from briefing.parse.turns import (
    Texts,
    _counts,
    complete,
    cut_marked,
    end_times,
    is_marked,
    join_stamped,
)
from briefing.parse.values import Piece, Turn
from briefing.reading.lines import Line, Spoken, said_lines
from briefing.transcript import parse_lines, stretches

OPENING = "MS. MARLOW: Good morning. I will take your questions."


def lines_of(text: str, **marks) -> list[Line]:
    return [Line(line, **marks) for line in text.split("\n")]


def labelled(text: str, *labels: str) -> tuple[Page, Layout]:
    """A page, and its candidates with one of `labels` taken for labels."""
    page = see_page(lines_of(text))
    kept = [
        c
        for c in find_candidates(page)
        if c.label in labels and c.form in ("colon", "alone", "inside")
    ]
    return page, Layout(tuple((c, 1.0) for c in kept), ())


def texts(text: str, **how) -> list[str]:
    return briefing.parse(text, **how).turns["text"].tolist()


# Blocks


def test_what_follows_a_label_and_each_paragraph_after_it_is_a_block():
    page, layout = labelled(
        "The quay\n\nMARLOW: It leaks.\n\nVery much.\n\nTALLOW:\n\nDoes it?", "MARLOW", "TALLOW"
    )
    blocks = [(b.label, b.index, b.text) for b in see_blocks(page, layout)]
    assert blocks == [
        (-1, 0, "The quay"),
        (0, 0, "It leaks."),
        (0, 1, "Very much."),
        (1, 0, "Does it?"),
    ]


def test_lines_broken_by_width_are_one_block():
    text = "MARLOW: It leaks\nand it has done so\nfor a year.\n\nTALLOW: Does it\nreally do that\nso much?"
    page, layout = labelled(text, "MARLOW", "TALLOW")
    assert [b.text for b in see_blocks(page, layout)] == [
        "It leaks and it has done so for a year.",
        "Does it really do that so much?",
    ]


def test_text_before_a_label_on_its_line_belongs_to_the_one_before():
    page, layout = labelled("MARLOW: It leaks. Ben Tallow: Does it?", "MARLOW", "Ben Tallow")
    assert [(b.label, b.text) for b in see_blocks(page, layout)] == [
        (0, "It leaks."),
        (1, "Does it?"),
    ]


def test_a_line_that_the_label_covers_is_in_no_block():
    page, layout = labelled(
        "Ida Marlow\n00:12\nIt leaks.\nBen Tallow\n00:15\nDoes it?", "Ida Marlow", "Ben Tallow"
    )
    assert [b.text for b in see_blocks(page, layout)] == ["It leaks.", "Does it?"]


def test_the_blocks_hold_every_character_that_no_label_and_no_furniture_holds():
    page, layout = labelled(
        "Head\n\nMARLOW: It leaks.\n\n- 3 -\n\n  Very much. \n\nTALLOW:  Does it?",
        "MARLOW",
        "TALLOW",
    )
    held = [
        page.rows[s.row].text[s.start : s.stop]
        for b in see_blocks(page, layout)
        for s in b.stretches
    ]
    assert held == ["Head", "It leaks.", "  Very much. ", "Does it?"]


NUMBERED = {
    "1. Why?": 1, "(2) Why?": 2, "Q3: Why?": 3, "Frage 4 Why?": 0, "Frage 4: Why?": 4, "五、Why?": 5,
    "第6问：Why?": 6, "问题七：Why?": 7, "十一、Why?": 11, "1.5 million": 0, "10-year plan": 0,
    "12:30 already": 0, "In 12 years": 0, "Why?": 0,
}  # fmt: skip


def of_blocks(name: str, *paragraphs: str) -> list[float]:
    page, layout = labelled("\n\n".join(paragraphs))
    rows = block_features(page, layout, see_blocks(page, layout))
    return [row[BLOCK_FEATURES.index(name)] for row in rows.values()]


@pytest.mark.parametrize("text", NUMBERED)
def test_a_number_before_a_paragraph_is_seen_however_it_is_written(text):
    assert of_blocks("numbered", text) == [NUMBERED[text] > 0]
    before = f"{NUMBERED[text] - 1}. So?"
    assert of_blocks("counts_on", before, text)[1] == (NUMBERED[text] > 0)


def test_numbers_count_on_from_any_that_stands_before():
    told = of_blocks("counts_on", "1. Why?", "So.", "3. Why?", "2. Why?", "3. So?")
    assert told == [True, False, False, True, True]


def test_a_change_of_type_that_comes_back_is_told_from_one_that_does_not():
    said = ("Head", "－Why", "“Sand.”", "－Who", "“We.”", "－When", "[A note]")
    told = of_blocks("n_such_pairs", *said)
    assert told[2] == told[4] > told[6]
    assert told[3] == told[5] > told[1]


# Texts


def assembled(
    *rows: str,
    wrapped: bool = True,
    paragraphs: tuple[int, ...] = (0,),
    gaps: tuple[int, ...] = (),
    also: str = "",
) -> str:
    lines = [Line(row) for row in (*rows, also)]
    pieces = [Piece(n, 0, len(row), int(n in gaps), n in paragraphs) for n, row in enumerate(rows)]
    return Texts(Page(lines, (), (), wrapped)).assemble(pieces)


def test_lines_broken_by_width_are_joined_by_a_space_and_paragraphs_parted_by_a_line():
    assert (
        assembled("  It leaks ", "and leaks.", "Very much", "so.", paragraphs=(0, 2))
        == "It leaks and leaks.\n\nVery much so."
    )


def test_lines_that_are_whole_stay_lines_and_gaps_make_paragraphs():
    assert (
        assembled("It leaks.", "It does.", "Yes.", wrapped=False, gaps=(2,))
        == "It leaks.\nIt does.\n\nYes."
    )


@pytest.mark.parametrize(
    ("rows", "also", "text"),
    [
        (
            ("the har-", "bour is closed"),
            "",
            "the har-bour is closed",
        ),  # nothing says that it is one word
        (("the har-", "bour is closed"), "A harbour.", "the harbour is closed"),
        (("the Har-", "bour is closed"), "HARBOUR", "the Harbour is closed"),
        (("the cross-", "border road"), "", "the cross-border road"),
        (("the har\xad", "bour is closed"), "", "the harbour is closed"),
        (("the Marlow-", "Sund road"), "", "the Marlow- Sund road"),
        (("we said -", "and we say"), "", "we said - and we say"),
        (("pages 3-", "5 of it"), "", "pages 3- 5 of it"),
    ],
)
def test_a_hyphen_at_the_end_of_a_line_goes_only_where_the_joined_word_is_known(rows, also, text):
    assert assembled(*rows, also=also) == text


def test_where_lines_are_broken_within_words_throughout_hyphens_go_but_those_of_compounds():
    rows = [
        "the har-",
        "bour is",
        "closed for re-",
        "pair until Octo-",
        "ber on the cross-",
        "border side",
    ]
    page = see_page([Line(row) for row in (*rows, "a cross-border road")])
    pieces = [Piece(n, 0, len(row), 0, n == 0) for n, row in enumerate(rows)]
    whole = "the harbour is closed for repair until October on the cross-border side"
    assert Texts(replace(page, wrapped=True)).assemble(pieces) == whole


@pytest.mark.parametrize(
    ("rows", "text"),
    [
        (("新船闸将在五", "月开放。"), "新船闸将在五月开放。"),
        (("新しい水門は五月に", "カイホウします。"), "新しい水門は五月にカイホウします。"),
        (("费用由省里承担，", "请大家放心。"), "费用由省里承担，请大家放心。"),
        (("我们与 Harbour", "Office 合作"), "我们与 Harbour Office 合作"),
        (("我们与", "Marlow 合作"), "我们与 Marlow 合作"),
        (("새 수문은 오월에", "열립니다"), "새 수문은 오월에 열립니다"),
    ],
)
def test_between_two_lines_of_chinese_or_japanese_stands_no_space(rows, text):
    assert assembled(*rows) == text


def test_the_text_of_a_turn_has_no_line_number_no_foot_and_no_page_number():
    said = "\n".join(
        f"{n % 25 + 1:>2}  {text}"
        for n, text in enumerate(
            [
                "     Q.  When did it",
                "begin to leak?",
                "     A.  It began in May of that",
                "year, when the tide",
                "had been high.",
            ]
            * 10
        )
    )
    found = texts(said)
    assert len(found) == 20
    assert set(found) == {
        "When did it begin to leak?",
        "It began in May of that year, when the tide had been high.",
    }


# Turns by labels


def test_a_repeated_label_is_a_new_turn_where_the_format_has_no_times():
    text = f"{OPENING}\n\nQ: Does it leak?\n\nMS. MARLOW: It does.\n\nMS. MARLOW: And it has leaked since May.\n\nQ: Thank you.\n"
    assert briefing.parse(text).turns["label"].tolist() == [
        "MS. MARLOW",
        "Q",
        "MS. MARLOW",
        "MS. MARLOW",
        "Q",
    ]


def test_paragraphs_of_a_turn_are_parted_by_an_empty_line():
    text = f"{OPENING}\n\nQ: Does it leak?\n\nMS. MARLOW: It does.\n\nI have seen it leak.\n\nQ: Who else has?\n\nMS. MARLOW: Nobody.\n"
    assert texts(text)[2] == "It does.\n\nI have seen it leak."


def test_the_lines_of_a_turn_are_those_on_which_it_stands():
    text = f"{OPENING}\n\nQ: Does it leak?\n\nMS. MARLOW: It does.\n\nI have seen it leak.\n\nQ: Who else has?\n\nMS. MARLOW: Nobody.\n"
    turns = briefing.parse(text).turns
    assert turns[["first_line", "last_line"]].to_numpy().tolist() == [
        [1, 1],
        [3, 3],
        [5, 7],
        [9, 9],
        [11, 11],
    ]


UNLABELLED = {
    "answers of labelled questions": (
        "\n\n".join(
            f"Q: {ask}\n\n{say}"
            for ask, say in (
                (
                    "When does the new lock open?",
                    "It opens in May, once the river has gone down far enough.",
                ),
                (
                    "Who pays for the gates?",
                    "The province pays for all of them. We have that in writing.",
                ),
                (
                    "Will the ferries go on?",
                    "They will go from the old quay until then, and as often as now.",
                ),
                (
                    "And what of the road?",
                    "I have nothing new on the road today. Ask me again in June.",
                ),
            )
        ),
        8,
    ),
    "questions in bold": (
        "\n\n".join(
            f"**{ask}**\n\n{say}"
            for ask, say in (
                (
                    "When does the new lock open?",
                    "It opens in May, once the river has gone down far enough.",
                ),
                (
                    "Who pays for the gates?",
                    "The province pays for all of them. We have that in writing.",
                ),
                (
                    "Will the ferries go on?",
                    "They will go from the old quay until then, and as often as now.",
                ),
                (
                    "And what of the road?",
                    "I have nothing new on the road today. Ask me again in June.",
                ),
            )
        ),
        8,
    ),
}


@pytest.mark.parametrize(
    "kind",
    [
        "answers of labelled questions",
        "questions in bold",
    ],
)
def test_turns_that_no_label_announces_are_found_and_marked(kind):
    text, n = UNLABELLED[kind]
    turns = briefing.parse(text, name="talk.md").turns
    assert turns["text"].str.strip("*").tolist() == [
        part.removeprefix("Q: ").strip("*") for part in text.split("\n\n")
    ]
    assert len(turns) == n and turns["inferred"].sum() >= n // 2
    assert turns["role"].tolist() == ["journalist", "official"] * (n // 2)


def test_the_number_that_a_page_gives_a_question_is_a_label_and_no_word_of_it():
    asked = ["When does the ferry sail?", "Who paid for it, then?", "Will the new engine last?"]
    said = [
        "In May, I am told. We shall see.",
        "The city did, and we thank it.",
        "I hope that it will.",
    ]
    pairs = enumerate(zip(asked, said, strict=True), 1)
    talk = briefing.parse(
        "Harbour office, 4 May 2031\n\n" + "\n\n".join(f"{n}. {q}\n\n{a}" for n, (q, a) in pairs)
    )
    assert talk.turns["text"].tolist() == [
        text for pair in zip(asked, said, strict=True) for text in pair
    ]
    labels = talk.lines.query("kind == 'label'")["text"].str.strip()
    assert labels.tolist() == ["1.", "2.", "3."]


@pytest.mark.parametrize("words", ["Article 3.", "Phase 2.", "Am 11."])
def test_a_number_that_belongs_to_the_question_stays_in_it(words):
    asked = [f"{words} does it apply to the ferry?", f"{words} who has signed it, then?"]
    said = ["It does, I am told. We shall see.", "I have, and I thank the city for it."]
    text = "\n\n".join(x for pair in zip(asked, said, strict=True) for x in pair)
    spoken = " ".join(
        briefing.parse(
            f"Harbour office, 4 May 2031\n\n{text}\n\nWill the new engine last, then?\n\n"
            "Yes, I hope so. It was tried for a year.\n\nAnd who pays for it?\n\nWe do, gladly."
        ).turns["text"]
    )
    assert spoken.count(words) == 2


@pytest.mark.parametrize("number", ["第3问", "問題三：", "第三、", "Frage 3.", "3."])
def test_a_number_of_the_page_is_told_from_one_that_is_said(number):
    assert _counts(number) and not _counts("Article 3.")


CAPTIONS = """0:01
>> we're live in ten seconds okay good
morning everybody this is about the ferry
0:09
>> thank you so last night at two the
ferry Nella lost an engine off the point
0:15
nobody was hurt I've spoken to the captain
0:19
>> how old was that engine
0:21
>> eleven years it was checked in March
0:24
>> and will there be a boat tomorrow
0:26
>> there will be one at noon I promise you
that
0:30
>> is it true that the mate had warned you
0:33
>> yes and we should have listened
0:36
>> thank you"""


def test_lines_broken_by_width_are_told_between_times_too():
    spoken = [turn.text for turn in parse_lines(lines_of(CAPTIONS)).turns]
    said = " ".join(line for line in CAPTIONS.split("\n") if ":" not in line)
    assert spoken == [turn.strip() for turn in said.split(">>")[1:]]


@pytest.mark.parametrize("times", [3, 2])
def test_lines_that_hold_only_a_time_are_no_words_where_they_come_back(times):
    rows = [
        "MARLOW: The ferry has a new",
        *(f"{n}:0{n}" for n in range(times)),
        "engine, and it is quiet.",
    ]
    whole = [w for n, row in enumerate(rows[1:-1]) for w in (row, f"word{n}")]
    text = "\n".join([rows[0], *whole, rows[-1], "TALLOW: Is it?", "MARLOW: It is."])
    spoken = briefing.parse(text).turns["text"].iloc[0].split()
    assert [w for w in spoken if ":" in w] == ([] if times == 3 else ["0:00", "1:01"])


# Formats that name the speaker


def said(*rows: tuple) -> list[Line]:
    return said_lines(Spoken(*row) for row in rows)


def marked(lines: list[Line]) -> list[tuple]:
    made = cut_marked(see_page(lines))
    return [(t.label, t.text, t.start_s, t.stop_s) for t in complete(made.turns, lines)]


ROWS = [
    ("Does it leak?", "Jo Petrel"),
    ("It does.", "Ida Marlow"),
    ("Since when?", "Jo Petrel"),
    ("Since May.", "Ida Marlow"),
]


def test_rows_of_a_table_with_speakers_are_turns():
    lines = said(*ROWS * 3, ("And it has for a year.", "Ida Marlow"))
    assert is_marked(lines, Layout((), ()))
    assert [t[:2] for t in marked(lines)][-2:] == [
        ("Ida Marlow", "Since May."),
        ("Ida Marlow", "And it has for a year."),
    ]


def test_where_the_format_stamps_each_paragraph_only_another_speaker_begins_a_turn():
    lines = said(*[row for row in ROWS for _ in range(3)])
    assert [t[:2] for t in marked(lines)] == [(who, "\n\n".join([text] * 3)) for text, who in ROWS]


def test_rows_with_times_and_one_speaker_are_one_turn():
    lines = said(
        ("Does it leak?", "Jo Petrel", 1, 2),
        ("It does.", "Ida Marlow", 3, 4),
        ("It has for a year.", "Ida Marlow", 4, 6),
    )
    assert [(who, text.split(), *times) for who, text, *times in marked(lines)] == [
        ("Jo Petrel", ["Does", "it", "leak?"], 1, 2), ("Ida Marlow", "It does. It has for a year.".split(), 3, 6),
    ]  # fmt: skip


def test_a_mark_of_change_without_a_name_begins_a_turn_of_nobody():
    lines = [
        Line("Does it leak?", new=True),
        Line("It", new=True),
        Line("does."),
        Line("Thank you.", new=True),
    ]
    assert is_marked(lines, Layout((), ()))
    assert [t[:2] for t in marked(lines)] == [
        (">>", "Does it leak?"),
        (">>", "It does."),
        (">>", "Thank you."),
    ]


def test_lines_of_a_row_are_lines_of_its_turn():
    lines = said(
        ("Does it leak?\nAnd since when?", "Jo Petrel"),
        ("It does.\n\nIt has for a year.", "Ida Marlow"),
    )
    assert [t[:1] for t in marked(lines)] == [("Jo Petrel",), ("Ida Marlow",)]
    assert marked(lines)[1][1].split("\n\n") == ["It does.", "It has for a year."]


@pytest.mark.parametrize(
    "lines",
    [
        [Line("MARLOW: Yes.")] * 4,
        [],
        [Line("", speaker="Ida")],
        [Line("A", speaker="Ida"), *[Line("B")] * 4],
    ],
)
def test_a_format_that_names_few_speakers_is_not_marked(lines):
    assert not is_marked(lines, Layout((), ()))


# Times


def turn(
    label: str | None,
    text: str,
    start: float | None = None,
    stop: float | None = None,
    line: int = 0,
) -> Turn:
    return Turn(label, (Piece(line, 0, len(text)),), line, text, start, stop)


def test_blocks_that_are_stamped_again_with_one_name_are_one_turn():
    turns = join_stamped(
        (
            turn("Ida Marlow", "Good morning.", 5),
            turn("IDA MARLOW", "We are ready.", 70),
            turn("Jo Petrel", "Why?", 90),
        )
    )
    assert [(t.label, t.text, t.start_s, len(t.pieces)) for t in turns] == [
        ("Ida Marlow", "Good morning.\n\nWe are ready.", 5, 2), ("Jo Petrel", "Why?", 90, 1),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "turns",
    [
        (
            turn("Ida Marlow", "Good morning."),
            turn("Ida Marlow", "We are ready."),
            turn("Jo Petrel", "Why?", 9),
        ),  # few times
        (
            turn("Q", "Why?", 5),
            turn("Q", "And when?", 7),
            turn("Ida Marlow", "Now.", 9),
        ),  # two may be called so
        (
            turn("Ida Marlow", "Why?", 5),
            turn("Jo Petrel", "When?", 7),
            turn("Ida Marlow", "Now.", 9),
        ),
        (turn(None, "Why?", 5), turn(None, "When?", 7)),
    ],
)
def test_others_stay_as_they_are(turns):
    assert join_stamped(turns) == turns


def test_a_turn_ends_where_the_next_begins_and_never_before_it_began():
    turns = end_times(
        (
            turn("A", "x", 5),
            turn("B", "x", 9),
            turn("C", "x", 7),
            turn("D", "x", 8, 8.5),
            turn("E", "x"),
        )
    )
    assert [t.stop_s for t in turns] == [9, 9, 8, 8.5, None]


def test_labels_in_captions_have_the_times_of_their_cues():
    lines = [Line("Ida Marlow: Good", start_s=1, stop_s=2), Line("morning.", start_s=2, stop_s=3.5)]
    made = Turn("Ida Marlow", (Piece(0, 12, 16), Piece(1, 0, 8)), 0, "Good morning.")
    told = complete((made, made._replace(label="Tom Vale", start_s=7.0)), lines)
    assert [(t.start_s, t.stop_s) for t in told] == [(1, 3.5), (7, None)]


@pytest.mark.parametrize(("letters", "unit"), [(300, 60), (100, 60), (50, 1)])
def test_clocks_are_hours_and_minutes_where_nobody_could_speak_so_fast(letters, unit):
    made = tuple(turn(name, "x" * letters, 603 + 3 * n) for n, name in enumerate("ABAB"))
    assert [t.start_s for t in complete(made, [Line("")])] == [
        (603 + 3 * n) * unit for n in range(4)
    ]


def test_clocks_with_hours_and_cues_with_ends_stay_as_they_are():
    late = tuple(turn(name, "x" * 300, 3600 + n) for n, name in enumerate("ABAB"))
    cues = tuple(turn(name, "x" * 300, n, n + 1) for n, name in enumerate("ABAB"))
    assert [t.start_s for t in complete(late, [Line("")])] == [3600, 3601, 3602, 3603]
    assert [t.start_s for t in complete(cues, [Line("")])] == [0, 1, 2, 3]
    mixed = (*(turn(name, "x" * 300, 603 + n) for n, name in enumerate("ABAB")), cues[0])
    assert [(t.start_s, t.stop_s) for t in complete(mixed, [Line("")])][-1] == (0, 1)


def test_a_turn_without_a_word_stays_where_its_label_stands():
    empty = Turn("Ida Marlow", (), 0)
    assert complete((empty, Turn(None, (), 1)), [Line("Ida Marlow:")]) == (empty,)


# Several pages of one event


PAGES = [
    f"The new lock\n\n{OPENING}\n\nQ: When does it open?\n\nMS. MARLOW: It opens in May,\n\n1/2\n",
    "The new lock\n\nonce the river has gone down.\n\nQ: And who pays for it?\n\nMS. MARLOW: The province does.\n\n2/2\n",
]


@pytest.fixture
def pages(tmp_path):
    def write(*of: str):
        paths = [tmp_path / f"page{n}.txt" for n in range(len(of))]
        for path, text in zip(paths, of, strict=True):
            path.write_text(text, encoding="utf-8")
        return paths

    return write


def test_the_pages_of_an_event_are_one_transcript(pages):
    turns = briefing.read(pages(*PAGES)).turns
    assert turns["label"].tolist() == ["MS. MARLOW", "Q", "MS. MARLOW", "Q", "MS. MARLOW"]
    assert turns["text"].tolist()[3:] == ["And who pays for it?", "The province does."]


def test_a_turn_goes_on_over_the_border_of_two_pages(pages):
    turns = briefing.read(pages(*PAGES)).turns
    assert (
        turns["text"].tolist()[2].split()
        == "It opens in May, once the river has gone down.".split()
    )


def test_a_page_that_goes_on_with_the_one_before_says_so(pages):
    transcript = briefing.read(pages(*PAGES))
    assert "goes on from the page before" in {remark.kind for remark in transcript.reading.remarks}


def test_a_page_that_begins_with_a_question_begins_a_turn(pages):
    second = PAGES[1].replace(
        "once the river has gone down.", "Has the river gone down yet, Ms. Marlow?"
    )
    turns = briefing.read(pages(PAGES[0], second)).turns
    assert turns.loc[turns["inferred"], "text"].tolist() == [
        "Has the river gone down yet, Ms. Marlow?"
    ]


def test_pages_in_their_own_layouts_are_read_by_their_own_labels(pages):
    second = (
        PAGES[1].split("\n\nQ")[0].split("\n\n")[0]
        + "\n\nQ And who pays for it?\n\nMS. MARLOW: The province does, as far as we know.\n"
    )
    turns = briefing.read(pages(PAGES[0], second)).turns
    assert turns["text"].tolist()[-2:] == [
        "And who pays for it?",
        "The province does, as far as we know.",
    ]


# Nothing is lost, nothing comes twice

KINDS = {"label", "note", "metadata", "boilerplate"}
LINES = [
    "MS. MARLOW: It opens in May.", "MS. MARLOW:", "Q: Who pays for it?", "Q And when?", "Q", "Ida Marlow", "Ben Tallow (Harbour Times): Why?",
    "It opens in May. Q: And the road?", "MR. TALLOW: I see. MS. MARLOW: Do you?", "We have closed the quay, and I am sorry for it.", "and so we will",
    "The new lock", "HARBOUR OFFICE", "29 September 2018", "- 3 -", "* * *", "Board 1", "Board 2", "Board 3", "(Laughter.)", "[00:12] Ida Marlow: Yes.",
    "00:12", "Ida Marlow (00:15)", " 1  Q.  When?", " 2  A.  In May.", "", "   ", "　", "主持人：请提问。", "记者：什么时候开放？", "五月开放。", "END", "https://harbour.example/plan",
    "(inaudible", "at 3:20) and so on", "**Ida Marlow:** Yes.", "\tIt does.", "Ida Marlow\tIt does.", "< 1 2", "?", ":", "-",
]  # fmt: skip


@st.composite
def sources(draw) -> list[Line]:
    found = []
    for text in draw(st.lists(st.sampled_from(LINES), max_size=30)):
        mark = draw(st.sampled_from(["", "", "", "", "bold", "part", "heading", "outside", "page"]))
        line = Line(text, gap=draw(st.integers(0, 2)))
        line.bold = (
            ((0, len(text)),)
            if mark == "bold"
            else ((0, min(5, len(text))),)
            if mark == "part"
            else ()
        )
        line.heading, line.outside, line.page = (
            mark == "heading",
            mark == "outside",
            1 if mark == "page" else None,
        )
        found.append(line)
    return found


@st.composite
def marked_sources(draw) -> list[Line]:
    names = st.sampled_from(["Ida Marlow", "Ben Tallow", None])
    rows = st.tuples(
        st.sampled_from(LINES), names, st.sampled_from([None, 1.0, 2.0]), st.none(), st.booleans()
    )
    return said_lines(Spoken(*row) for row in draw(st.lists(rows, max_size=20)))


def bare(text: str) -> str:
    """A text without white space and hyphens, which are what assembling may change."""
    return "".join(text.split()).replace("-", "")


def accounted(lines: list[Line], borders: list[int]) -> None:
    """Every character of every line has one place, and turns hold what they say."""
    reading = parse_lines(lines, borders)
    spans: dict[int, list[tuple[int, int]]] = {n: [] for n in range(len(lines))}
    for number, start, stop, kind in reading.kinds:
        assert kind in KINDS
        spans[number].append((start, stop))
    for one in reading.turns:
        for piece in one.pieces:
            spans[piece.line].append((piece.start, piece.stop))
    for number, here in spans.items():
        text, at = lines[number].text, sorted(here)
        assert all(0 <= a <= b <= len(text) for a, b in at)
        assert all(b <= c for (_, b), (c, _) in pairwise(at)), "a stretch has two places"
        left = "".join(
            text[a:b]
            for a, b in zip([0, *(b for _, b in at)], [*(a for a, _ in at), len(text)], strict=True)
        )
        assert lines[number].outside or not left.strip(), "a stretch has no place"
    for one in reading.turns:
        pieces = "".join(lines[p.line].text[p.start : p.stop] for p in one.pieces)
        assert bare(one.text) == bare(pieces), "a text is not that of its stretches"
        assert one.text or one.label
        assert all(0 <= q < len(reading.turns) for q in one.answers)
    assert 0 <= reading.confidence <= 1
    table = stretches(lines, reading)
    for number, line in enumerate(lines, 1):
        assert "".join(row[5] for row in table if row[0] == number) == line.text
    assert {row[4] for row in table if row[4]} <= set(range(1, len(reading.turns) + 1))


def test_a_time_between_two_labels_is_the_time_of_one_of_them():
    talk = "\n".join(
        f"Ida Marlow\n0:{n}1\nBen Tallow\nIt leaks, as you can see.\n" for n in range(6)
    )
    turns = parse_lines(lines_of(talk)).turns
    assert len([t.start_s for t in turns if t.start_s is not None]) <= 6
    accounted(lines_of(talk), [])


@settings(max_examples=100)
@given(sources(), st.data())
def test_every_character_of_every_line_has_one_place(lines, data):
    borders = sorted(data.draw(st.sets(st.integers(1, max(1, len(lines) - 1)), max_size=2)))
    accounted(lines, [b for b in borders if b < len(lines)])


@settings(max_examples=40)
@given(marked_sources())
def test_so_it_has_where_the_format_names_the_speakers(lines):
    accounted(lines, [])
