"""The pictures are read back: what stands where, beside which label, in which colour."""

import warnings
from html import escape
from itertools import combinations, pairwise

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from matplotlib.text import Text

import briefing
from briefing import figures
from briefing.figures import dress, speaking_figures, topic_figures
from briefing.tables import ROLE_COLOURS, ROLES, BriefingError
from build import BRIEFING, LONG, make_pairs, make_turns
from made.pictures import assert_readable, bars_of, headline, rows_of, saved_twice, texts, values_of

pytestmark = pytest.mark.whole


def crowd(n, name="Speaker {}"):
    return make_turns(
        [
            (
                name.format(i),
                "official" if i % 2 else "journalist",
                20 + i,
                i % 7 == 0,
                None,
            )
            for i in range(n)
        ]
    )


def rapid(n=40):
    """Short questions by unnamed journalists, each answered by the same official."""
    rows = []
    for i in range(n):
        rows.append((None, "journalist", 5 + i * 7 % 60, False, None))
        rows.append(("Ms. Adair", "official", 12 + i * 37 % 400, False, 2 * i + 1))
    return make_turns(rows)


BRIEFINGS = {
    "an ordinary briefing": make_turns(),
    "one speaker": make_turns([("Mayor Holt", "official", 812, False, None)]),
    "40 speakers": crowd(40),
    "40 outlets of 40 characters": crowd(40, LONG[:37] + " {:02}"),
    "40 questions": rapid(),
    "all roles": make_turns(
        [(role.title(), role, 30, i == 1, None) for i, role in enumerate(ROLES)]
    ),
    "times": make_turns(timed=True),
}


@pytest.fixture(params=BRIEFINGS, ids=str)
def any_turns(request):
    return BRIEFINGS[request.param]


# -- shares


def test_each_share_stands_beside_its_own_speaker_most_words_first():
    ax = figures.plot_speaking_share(briefing.speaking.share(make_turns()))
    assert rows_of(ax) == [
        "Wei Guangming", "Ren Xiaofeng", "Zhao Lihua", "Bai Yunfei", "Lin Zhaoxu",
        "5 with under 100 words each",
    ]  # fmt: skip
    widths = [width for _, width in bars_of(ax, "share")]
    assert widths == pytest.approx([n / 4040 for n in (2254, 654, 346, 297, 136, 353)])
    assert values_of(ax)[0] == "55.8% · 2,254 words"


def test_the_headline_of_shares_counts_and_is_a_title_where_nobody_has_most():
    shares = briefing.speaking.share(make_turns())
    assert headline(figures.plot_speaking_share(shares)) == (
        "2,254 of 4,040 words are Wei Guangming's"
    )
    assert "are Wei" in figures.caption(figures.plot_speaking_share(shares))
    even = briefing.speaking.share(
        make_turns([(name, "official", 120, False, None) for name in "ABC"])
    )
    unnamed = briefing.speaking.share(
        make_turns([(None, "journalist", 400, False, None), BRIEFING[3]])
    )
    for table in (even, unnamed):
        assert headline(figures.plot_speaking_share(table)) == "Words by speaker"
        assert " are " not in figures.caption(figures.plot_speaking_share(table))


def test_shares_have_the_colour_of_their_role():
    shares = briefing.speaking.share(make_turns(), by="role")
    ax = figures.plot_speaking_share(shares)
    assert rows_of(ax) == ["officials", "journalists", "moderators"]
    colours = [to_hex(bar.get_facecolor()).upper() for bar in ax.patches[:3]]
    assert colours == [ROLE_COLOURS[role] for role in ("official", "journalist", "moderator")]


def test_those_of_several_roles_share_a_grey_row_with_a_key_of_its_own():
    rows = [("A", "official", 300, False, None), ("B", "official", 20, False, None),
            ("C", "journalist", 30, False, None)]  # fmt: skip
    ax = figures.plot_speaking_share(briefing.speaking.share(make_turns(rows)))
    assert rows_of(ax) == ["A", "2 with under 100 words each"]
    assert to_hex(ax.patches[1].get_facecolor()).upper() == dress.PLAIN
    assert [text.get_text() for text in ax.get_legend().get_texts()] == [
        "official", "several roles",
    ]  # fmt: skip


def test_what_is_no_table_of_shares_is_refused():
    with pytest.raises(BriefingError, match=r"lacks share_words.*briefing.speaking.share\(turns\)"):
        figures.plot_speaking_share(make_turns())


# -- minutes


def test_an_estimate_has_its_interval_and_those_without_one_are_a_row():
    ax = figures.plot_speaking_time(briefing.speaking.time(make_turns()))
    assert rows_of(ax)[-1] == "5 others"
    assert values_of(ax)[0] == "15.0 (11.3 to 20.0)"
    assert "too few of each" in values_of(ax)[-1]
    lines = [line for line in ax.lines if line.get_gid() == "interval"]
    assert len(lines) == len(rows_of(ax)) - 1
    assert lines[0].get_xdata() == pytest.approx([11.298, 19.985], abs=0.01)


def test_estimated_minutes_claim_nothing_and_measured_ones_count():
    turns = make_turns()
    assert headline(figures.plot_speaking_time(briefing.speaking.time(turns))) == (
        "Minutes by speaker, estimated"
    )
    timed = briefing.speaking.time(make_turns(timed=True))
    assert headline(figures.plot_speaking_time(timed)) == (
        "Wei Guangming speaks for 18.8 of 33.7 minutes"
    )
    assert "as printed" not in figures.caption(figures.plot_speaking_time(timed))


def clock(rows):
    """A timed table: speaker, words, minutes."""
    speaker, n_words, minutes = zip(*rows, strict=True)
    table = pd.DataFrame({"speaker": speaker, "role": "official", "named": True})
    table = table.assign(n_words=n_words, basis="timed", minutes=minutes)
    return table.assign(est_minutes=np.nan, low=np.nan, high=np.nan)


def test_two_who_change_places_by_the_clock_are_the_headline_and_in_colour():
    swapped = clock([("Ida Marlow", 450, 2.3), ("Jo Kerr", 368, 3.2), ("Bo Lund", 120, 1.0)])
    ax = figures.plot_speaking_time(swapped)
    said = (
        "Ida Marlow has more words than Jo Kerr (450 and 368) and less time (2.3 and 3.2 minutes)"
    )
    assert headline(ax) == said
    slopes = {line.get_gid(): line for line in ax.lines}
    assert slopes["slope/Ida Marlow"].get_ydata() == pytest.approx([450 / 938, 2.3 / 6.5])
    assert slopes["slope/Bo Lund"].get_color() == dress.PLAIN
    kept = clock([("Ida Marlow", 450, 3.3), ("Jo Kerr", 368, 3.2)])
    assert "less time" not in headline(figures.plot_speaking_time(kept))


def test_names_beside_a_slope_keep_their_order_and_their_distance():
    values = [0.5, 0.11, 0.1, 0.105, 0.1]
    placed = speaking_figures.apart(values, 0.05)
    assert np.argsort(placed).tolist() == np.argsort(values, kind="stable").tolist()
    assert np.diff(sorted(placed)).min() == pytest.approx(0.05)


# -- questions and answers


def test_each_pair_is_a_row_with_the_words_of_question_and_answer():
    turns = make_turns()
    ax = figures.plot_question_answer(make_pairs(turns), turns)
    assert rows_of(ax)[:4] == ["4 Coastal Television", f"6 {LONG}", "", "9 unnamed journalist"]
    assert bars_of(ax, "answer")[:3] == [(0, 388), (1, 512), (2, 141)]
    assert bars_of(ax, "question")[:3] == [(0, -74), (1, -88), (3, -41)]
    assert values_of(ax)[:2] == ["388 · Ren Xiaofeng", "512 · Wei Guangming"]
    assert "one more answer to that above (1)" in texts(ax, "note")[0]


def test_the_headline_of_answers_counts_those_that_are_longer():
    turns = make_turns()
    ax = figures.plot_question_answer(make_pairs(turns), turns)
    assert headline(ax) == "All 7 answers are longer than the question"
    short = make_turns([("A", "journalist", 50, False, None), ("B", "official", 9, False, 1)])
    assert headline(figures.plot_question_answer(make_pairs(short), short)) == (
        "Questions and their answers"
    )
    assert "longer" not in figures.caption(figures.plot_question_answer(make_pairs(short), short))


def test_an_answer_to_two_questions_is_counted_once():
    asks, answers = ("Jo", "journalist", 20, False, None), ("Ida Marlow", "official", 50, False, 1)
    turns = make_turns([asks, ("Kim", "journalist", 60, False, None), answers, asks, answers])
    pairs = pd.DataFrame({"question_id": [1, 4, 4], "answer_id": [3, 3, 5], "inferred": False})
    ax = figures.plot_question_answer(pairs.assign(briefing_id="made"), turns)
    assert headline(ax) == "All 2 answers are longer than the question"
    assert "Answers drawn twice: 1." in texts(ax, "note")[0]
    pairs.loc[1, "question_id"] = 2
    ax = figures.plot_question_answer(pairs.assign(briefing_id="made"), turns)
    assert headline(ax) == "1 of 2 answers is longer than the question"


def test_one_name_is_said_once_not_in_every_row():
    rows = [(None, "journalist", 20, False, None), ("Ida Marlow", "official", 50, False, 1)] * 2
    turns = make_turns([*rows[:3], ("Ida Marlow", "official", 60, False, 3)])
    ax = figures.plot_question_answer(make_pairs(turns), turns)
    assert rows_of(ax) == ["1", "3"]
    assert values_of(ax) == ["50", "60"]
    assert "of Ida Marlow's turn in answer" in texts(ax, "drawn")[0].replace("\n", " ")


def test_pairs_of_several_briefings_say_which():
    one, two = make_turns(), make_turns().assign(briefing_id="other")
    turns = pd.concat([one, two], ignore_index=True)
    pairs = pd.concat([make_pairs(one), make_pairs(two)], ignore_index=True)
    rows = rows_of(figures.plot_question_answer(pairs, turns))
    assert (rows[0], rows[-1]) == ("made, 4", "other, 15")


def test_a_pair_whose_turn_is_missing_is_named():
    turns = make_turns()
    with pytest.raises(BriefingError, match="turn 4 of made, which is not among the turns"):
        figures.plot_question_answer(make_pairs(turns), turns[turns["turn_id"] != 4])


def test_a_briefing_without_pairs_says_where_to_look():
    with pytest.raises(BriefingError, match="no pair.*Check the roles"):
        figures.plot_question_answer(make_pairs(make_turns()).iloc[:0], make_turns())


# -- timeline


def drawn_lanes(ax):
    """(lane, from, to) of each block, read off the picture in the order of drawing."""
    names = [label.get_text().replace("\n", " ") for label in ax.get_yticklabels()]
    return [
        (names[round(b.get_y() + b.get_height() / 2)], b.get_x(), b.get_x() + b.get_width())
        for b in ax.patches
    ]


def test_each_turn_lies_in_the_lane_of_its_speaker_where_its_words_are():
    turns = make_turns()
    so_far = turns["n_words"].cumsum().tolist()
    lanes = turns["speaker"].astype("str").fillna("unnamed journalists")
    expected = list(zip(lanes, [0, *so_far], so_far, strict=False))
    assert drawn_lanes(figures.plot_timeline(turns)) == expected


def test_lanes_stand_in_the_order_of_first_appearance_from_the_top():
    ax = figures.plot_timeline(make_turns())
    top_down = sorted(ax.get_yticklabels(), key=lambda label: -label.get_window_extent().y0)
    assert [label.get_text() for label in top_down[:4]] == [
        "Lin Zhaoxu",
        "Wei Guangming",
        "Coastal Television",
        "Ren Xiaofeng",
    ]


def test_of_forty_who_ask_those_of_fewest_words_share_a_lane():
    rows = [
        ("Ruth Aldane", "official", 90),
        *((f"Ada {i}", "journalist", 9 + i) for i in range(40)),
    ]
    turns = make_turns().iloc[[0] * len(rows)].reset_index(drop=True)
    names, roles, words = zip(*rows, strict=True)
    turns = turns.assign(turn_id=range(1, 42), speaker=names, role=roles, n_words=words)
    lanes = [lane for lane, *_ in drawn_lanes(figures.plot_timeline(turns))]
    assert lanes.count("26 other journalists") == 26
    assert len(set(lanes)) == 16 and {"Ruth Aldane", "Ada 39"} < set(lanes)


def test_blocks_have_the_colour_of_the_role_and_unlabelled_ones_are_hatched():
    turns = make_turns()
    blocks = figures.plot_timeline(turns).patches
    for block, role, inferred in zip(blocks, turns["role"], turns["inferred"], strict=True):
        colour = block.get_edgecolor() if inferred else block.get_facecolor()
        assert to_hex(colour).upper() == figures.ROLE_COLOURS[role]
        assert bool(block.get_hatch()) == inferred


def test_times_take_the_place_of_words_where_every_turn_has_them():
    turns = make_turns(timed=True)
    drawn = drawn_lanes(figures.plot_timeline(turns))
    assert [d[1] for d in drawn] == pytest.approx(turns["start_s"].tolist())
    assert [d[2] for d in drawn] == pytest.approx(turns["stop_s"].tolist())

    turns.loc[3, "stop_s"] = np.nan
    assert figures.plot_timeline(turns).get_xlabel() == "words from the start"


def test_wide_blocks_bear_the_number_of_their_turn():
    ax = figures.plot_timeline(make_turns())
    numbers = {t.get_text(): t for t in ax.findobj(Text) if t.get_gid() == "turn"}
    assert "2" in numbers  # 1,312 words
    assert "3" not in numbers  # 18 words
    for number, text in numbers.items():
        block = ax.patches[int(number) - 1].get_window_extent()
        middle = text.get_window_extent()
        assert block.contains(middle.x0, middle.y0)
        assert block.contains(middle.x1, middle.y1)


def test_turns_that_touch_in_one_lane_are_parted_where_they_are():
    rows = [("A", "official", 90, False, None), ("A", "official", 60, False, None)]
    rows += [("B", "official", 70, False, None), ("A", "official", 50, False, None)]
    (line,) = figures.plot_timeline(make_turns(rows)).collections[0].get_segments()
    assert line[:, 0].tolist() == [90, 90]
    assert line.mean(axis=0)[1] == pytest.approx(0)


def test_the_span_of_a_timeline_is_said_in_its_unit():
    said = figures.caption(figures.plot_timeline(make_turns(timed=True)))
    assert "in 10 lanes over 33:57 minutes" in said


def test_unnamed_speakers_of_different_roles_are_not_put_together():
    rows = [(None, role, 9, False, None) for role in ("journalist", "unknown", "journalist")]
    table = figures.timeline_table(make_turns(rows))
    assert table["lane"].tolist() == [
        "unnamed journalists",
        "unnamed speakers",
        "unnamed journalists",
    ]


def test_a_timeline_of_two_briefings_is_refused():
    two = pd.concat([make_turns(), make_turns().assign(briefing_id="other")])
    with pytest.raises(BriefingError, match="one briefing.*turns of 2.*Choose one"):
        figures.plot_timeline(two)


def test_a_timeline_without_counts_says_how_to_count():
    turns = make_turns()
    turns["n_words"] = pd.NA
    with pytest.raises(BriefingError, match="not counted.*tokenizer"):
        figures.plot_timeline(turns)


def test_the_caption_of_a_timeline_has_the_numbers_of_its_table():
    said = figures.caption(figures.plot_timeline(make_turns()))
    assert "17 turns in 10 lanes over 4,040 words; first to speak: Lin Zhaoxu" in said
    assert "the longest is turn 2 (Wei Guangming, 1,312 words)" in said


def test_a_turn_with_more_than_half_of_the_words_is_the_headline():
    turns = make_turns()
    assert headline(figures.plot_timeline(turns)) == "Who speaks when"
    long = turns.assign(n_words=turns["n_words"].where(turns["turn_id"] != 2, 9000))
    said = "9,000 of 11,728 words are one turn (2, Wei Guangming)"
    assert headline(figures.plot_timeline(long)) == said
    assert said in figures.caption(figures.plot_timeline(long))


# -- labels


def test_timelines_can_be_read(any_turns):
    assert_readable(figures.plot_timeline(any_turns))


def test_figures_of_shares_can_be_read(any_turns):
    assert_readable(figures.plot_speaking_share(briefing.speaking.share(any_turns)))


def test_figures_of_minutes_can_be_read(any_turns):
    assert_readable(figures.plot_speaking_time(briefing.speaking.time(any_turns)))


def test_question_and_answer_figures_can_be_read(any_turns):
    pairs = make_pairs(any_turns)
    if not pairs.empty:
        assert_readable(figures.plot_question_answer(pairs, any_turns))


def test_every_row_of_a_figure_of_our_own_is_as_high_as_its_label_needs(any_turns):
    ax = figures.plot_timeline(any_turns)
    dress.whole(ax).draw_without_rendering()
    inches = ax.get_window_extent().height / dress.whole(ax).dpi
    assert inches == pytest.approx(dress.rows_height(rows_of(ax)), abs=0.02)


@pytest.mark.parametrize("name", ["40 outlets of 40 characters", "all roles", "40 questions"])
def test_long_notes_stay_in_the_figure_too(name):
    turns = BRIEFINGS[name].copy()
    turns.attrs["part"] = True
    turns.loc[::2, ["start_s", "stop_s"]] = [0.0, 9.0]
    assert_readable(figures.plot_timeline(turns))
    assert_readable(figures.plot_speaking_share(briefing.speaking.share(turns)))
    assert_readable(figures.plot_speaking_time(briefing.speaking.time(turns)))


def test_40_rows_fit_into_axes_that_the_reader_gives():
    _, (left, right) = plt.subplots(ncols=2, figsize=(12, 6), layout="constrained")
    assert figures.plot_timeline(BRIEFINGS["40 speakers"], ax=right) is right
    assert not left.patches
    assert_readable(right)


def test_axes_too_low_for_their_labels_are_refused():
    _, ax = plt.subplots(figsize=(4, 1))
    with pytest.raises(BriefingError, match="17 rows of labels do not fit.*Leave out ax="):
        figures.plot_timeline(BRIEFINGS["40 speakers"], ax=ax)


def test_figures_stand_in_part_of_a_figure_too():
    whole = plt.figure(figsize=(14, 6), layout="constrained")
    left, _ = whole.subfigures(1, 2)
    turns = make_turns()
    ax = figures.plot_question_answer(make_pairs(turns), turns, ax=left.subplots())
    assert dress.whole(ax) is whole


@pytest.mark.parametrize(
    "name, wrapped",
    [
        ("Harbour Radio", "Harbour Radio"),
        (LONG, "The Harbour and Northern\nIslands Evening"),
        ("X" * 40, "X" * 25 + "-\n" + "X" * 15),
        ("Oyelaran-" + "W" * 25, "Oyelaran-\n" + "W" * 25),
        ("国" * 20, "国" * 13 + "\n" + "国" * 7),
        ("a " * 60, "\n".join(["a " * 12 + "a"] * 2 + ["a " * 12 + "a…"])),
        (" Harbour\nRadio ", "Harbour Radio"),
        ("", ""),
    ],
)
def test_names_are_broken_between_words_and_cut_after_three_lines(name, wrapped):
    assert dress.wrap(name) == wrapped


def test_a_dollar_in_a_name_is_a_dollar():
    rows = [("Cash $ and $ Carry_Weekly", "journalist", 30, False, None)]
    ax = figures.plot_timeline(make_turns(rows))
    label = ax.get_yticklabels()[0]
    assert label.get_text() == "Cash $ and $ Carry_Weekly"
    assert not label.get_parse_math()


# -- colours and words


def test_a_figure_says_what_it_draws_of_which_event_when_and_by_whom():
    turns = make_turns(event="Harbour talk", date="2031-05-09", source="Bay Record")
    ax = figures.plot_timeline(turns)
    assert texts(ax, "drawn")[0].endswith("· Harbour talk, 9 May 2031")
    assert texts(ax, "source")[0].startswith("Source: Bay Record. Words as printed")


def test_on_axes_of_the_readers_the_words_stand_around_these():
    _, (left, right) = plt.subplots(ncols=2, figsize=(12, 6))
    ax = figures.plot_timeline(make_turns(event="Harbour talk"), ax=right)
    assert headline(ax) == "Who speaks when"
    top = next(t for t in ax.texts if t.get_gid() == "headline").get_window_extent()
    assert top.x0 >= right.get_window_extent().x0 and top.y0 > right.get_window_extent().y1
    assert not left.texts


def test_views_and_reports_have_the_colours_of_the_figures(root):
    css = (root / "briefing" / "explore" / "rows.css").read_text(encoding="utf-8").upper()
    for role in ("official", "journalist", "moderator"):
        assert f"IS-{role.upper()} {{ BACKGROUND: {ROLE_COLOURS[role]}" in css


def seen_by(colour, blindness):
    """CIELAB of a colour as the colour-blind see it (Machado et al. 2009, severity 1)."""
    red_green_blue = np.array(matplotlib.colors.to_rgb(colour))
    linear = np.where(
        red_green_blue <= 0.04045,
        red_green_blue / 12.92,
        ((red_green_blue + 0.055) / 1.055) ** 2.4,
    )
    to_xyz = [[0.4124, 0.3576, 0.1805], [0.2126, 0.7152, 0.0722], [0.0193, 0.1192, 0.9505]]
    xyz = to_xyz @ np.clip(np.array(blindness) @ linear, 0, 1) / [0.9505, 1, 1.089]
    f = np.where(xyz > 0.008856, np.cbrt(xyz), 7.787 * xyz + 16 / 116)
    return np.array([116 * f[1] - 16, 500 * (f[0] - f[1]), 200 * (f[1] - f[2])])


BLINDNESS = {
    "none": np.eye(3),
    "protanopia": [
        [0.152286, 1.052583, -0.204868],
        [0.114503, 0.786281, 0.099216],
        [-0.003882, -0.048116, 1.051998],
    ],
    "deuteranopia": [
        [0.367322, 0.860646, -0.227968],
        [0.280085, 0.672501, 0.047413],
        [-0.011820, 0.042940, 0.968881],
    ],
    "tritanopia": [
        [1.255528, -0.076749, -0.178779],
        [-0.078411, 0.930809, 0.147602],
        [0.004733, 0.691367, 0.303900],
    ],
}


@pytest.mark.parametrize("blindness", BLINDNESS)
def test_the_colour_blind_can_tell_the_roles_apart(blindness):
    seen = [seen_by(c, BLINDNESS[blindness]) for c in figures.ROLE_COLOURS.values()]
    assert min(np.linalg.norm(a - b) for a, b in combinations(seen, 2)) > 15


def test_roles_can_be_told_apart_in_grey():
    lightness = sorted(seen_by(c, BLINDNESS["none"])[0] for c in figures.ROLE_COLOURS.values())
    assert min(b - a for a, b in pairwise(lightness)) > 10


def test_every_role_has_a_colour_and_no_role_is_unknown():
    assert set(figures.ROLE_COLOURS) == set(ROLES)
    assert dress.colours([np.nan, "official"]) == [
        ROLE_COLOURS["unknown"],
        ROLE_COLOURS["official"],
    ]


def test_nothing_is_set_for_the_whole_program():
    before = dict(matplotlib.rcParams)
    figures.plot_timeline(make_turns())
    assert dict(matplotlib.rcParams) == before


@pytest.mark.parametrize(
    "status, note",
    [
        ("verbatim", ""),
        ("edited", "Words as printed; the text was edited."),
        ("translated", "Words as printed; the text is a translation."),
        ("interpreted", "Words as printed; the text is an interpretation."),
        ("unknown", "whether verbatim, edited or translated is not known."),
        (None, "whether verbatim, edited or translated is not known."),
    ],
)
def test_figure_and_sentence_say_what_kind_of_text_was_counted(status, note):
    turns = make_turns(text_status=status)
    drawn = " ".join(texts(figures.plot_timeline(turns), "source"))
    said = figures.caption(figures.plot_timeline(turns))
    assert note in drawn
    assert note in said
    assert ("Words as printed" in said) == bool(note)


def test_timed_words_were_spoken_so_nothing_is_said_of_the_text():
    assert "as printed" not in figures.caption(figures.plot_timeline(make_turns(timed=True)))


def test_part_of_an_event_says_so():
    turns = make_turns(part=True)
    assert "Part of the event only" in texts(figures.plot_timeline(turns), "source")[0]
    assert "Part of the event only" in figures.caption(figures.plot_timeline(turns))


def test_percentages_never_round_a_word_away():
    shares = [0, 0.0001, 0.0123, 0.5, 0.99996, 1]
    assert [dress.percent(s) for s in shares] == [
        "0%",
        "under 0.1%",
        "1.2%",
        "50.0%",
        "over 99.9%",
        "100%",
    ]


# -- saving


@pytest.fixture
def saved(tmp_path):
    turns = make_turns()
    table = figures.timeline_table(turns)
    ax = figures.plot_timeline(turns)
    return figures.save_figure(ax, tmp_path, "Time line", table=table, sentence="Who & when.")


def test_a_figure_is_saved_with_its_table_and_its_sentence(saved):
    assert [path.name for path in saved] == [f"time-line.{e}" for e in ("png", "svg", "csv", "txt")]
    assert saved[3].read_bytes() == b"Who & when.\n"
    back = pd.read_csv(saved[2])
    assert back["lane"].tolist() == figures.timeline_table(make_turns())["lane"].tolist()
    assert b"\r" not in saved[2].read_bytes()
    assert "Who &amp; when." in saved[1].read_text(encoding="utf-8")


def drawn():
    turns = make_turns()
    pairs = make_pairs(turns)
    shares, times = briefing.speaking.share(turns), briefing.speaking.time(turns)
    return {
        "t": (figures.plot_timeline(turns), figures.timeline_table(turns)),
        "q": (
            figures.plot_question_answer(pairs, turns),
            figures.question_answer_table(pairs, turns),
        ),
        "s": (figures.plot_speaking_share(shares), shares),
        "m": (figures.plot_speaking_time(times), times),
    }


@pytest.mark.slow  # another process
def test_the_same_figure_gives_the_same_bytes_in_another_process(tmp_path):
    once, again = saved_twice(__name__, tmp_path)
    assert len(once) == 16
    assert once == again


def test_saved_pictures_name_no_program_and_no_date(saved):
    for path in saved[:2]:
        assert b"atplotlib v" not in path.read_bytes()
        assert b"Software" not in path.read_bytes()
    assert b"<dc:date>" not in saved[1].read_bytes()


def test_nothing_is_cut_off_when_axes_of_the_readers_own_are_too_narrow(tmp_path):
    plt.close("all")
    _, ax = plt.subplots(figsize=(3, 4))
    turns = make_turns()
    figures.plot_timeline(turns, ax=ax)
    png = figures.save_figure(ax, tmp_path, "t", table=turns, sentence="S.")[0]
    pixels = matplotlib.image.imread(png)[..., :3]
    frame = np.concatenate([pixels[0], pixels[-1], pixels[:, 0], pixels[:, -1]])
    assert (frame == 1).all()  # white all around: no letter is cut


@pytest.mark.parametrize("look", ["dark_background", "ggplot", "seaborn-v0_8-poster"])
def test_a_readers_own_style_leaves_the_figure_readable_and_saved_on_white(look, tmp_path):
    turns = make_turns()
    with plt.style.context(look):
        ax = figures.plot_timeline(turns)
        assert_readable(ax)
        png = figures.save_figure(ax, tmp_path, "t", table=turns, sentence="S.")[0]
        labelled = {to_hex(t.get_color()) for t in ax.get_xticklabels()}
    assert labelled == {dress.INK}
    pixels = matplotlib.image.imread(png)
    assert (pixels[:3, :, :3] == 1).all()
    assert (pixels[..., 3:] == 1).all()  # nothing shines through


def test_a_figure_is_laid_out_once_for_all_its_pictures(tmp_path, shown, monkeypatch):
    turns = make_turns()
    ax = figures.plot_timeline(turns)
    engine, dpi = ax.figure.get_layout_engine(), ax.figure.dpi
    drawn, layouts = [], []
    draw, lay_out = type(ax.figure).draw, type(engine).execute
    monkeypatch.setattr(type(ax.figure), "draw", lambda f, r: (drawn.append(r), draw(f, r)))
    monkeypatch.setattr(type(engine), "execute", lambda e, f: (layouts.append(f), lay_out(e, f)))
    figures.save_figure(ax, tmp_path, "t", table=turns, sentence="S.")
    assert (len(drawn), len(layouts)) == (3, 1)  # to see where all stands, PNG, SVG
    assert ax.figure.get_layout_engine() is engine
    assert ax.figure.dpi == dpi

    before = len(drawn), len(layouts)
    figures.keep(turns, tmp_path, "t")
    assert len(drawn) - before[0] - (len(layouts) - before[1] - 1) == 4  # the same, and on screen


def test_a_figure_may_be_called_by_a_name_in_any_script(tmp_path):
    turns = make_turns()
    paths = figures.save_figure(figures.plot_timeline(turns), tmp_path, "../发言 2", table=turns)
    assert {path.name for path in paths} == {
        f"发言-2.{end}" for end in ("png", "svg", "csv", "txt")
    }
    assert {path.parent for path in paths} == {tmp_path}


def test_what_cannot_be_saved_says_what_to_do(tmp_path):
    turns = make_turns()
    ax = figures.plot_timeline(turns)
    with pytest.raises(BriefingError, match="needs its sentence"):
        figures.save_figure(ax, tmp_path, "t", table=turns, sentence=" ")
    (tmp_path / "file").write_text("")
    with pytest.raises(BriefingError, match="cannot write .*file"):
        figures.save_figure(ax, tmp_path / "file", "t", table=turns, sentence="S.")
    assert [path.name for path in tmp_path.iterdir()] == ["file"]


# -- notebooks


@pytest.fixture
def shown(monkeypatch):
    """What the notebook was given to show."""
    given = []
    monkeypatch.setattr("IPython.display.display", lambda data, raw: given.append(data))
    return given


def test_a_notebook_gets_the_sentence_as_alternative_text_and_the_figure_is_closed(shown, tmp_path):
    figures.keep(make_turns(source='The "A < B" News'), tmp_path, "t")
    (data,) = shown
    said = (tmp_path / "t.txt").read_text().strip()
    assert f'alt="{escape(said)}"' in data["text/html"]
    assert "Source: The &quot;A &lt; B&quot; News." in data["text/html"]
    assert 'src="data:image/png;base64,iVBOR' in data["text/html"]
    assert "<figcaption" in data["text/html"]
    assert data["text/plain"] == f"[figure: {said}]"
    assert not plt.get_fignums()


def test_keep_saves_and_shows(shown, tmp_path):
    turns = make_turns()
    figures.keep(turns, tmp_path, "t")
    assert {path.name for path in tmp_path.iterdir()} == {"t.png", "t.svg", "t.csv", "t.txt"}
    assert (tmp_path / "t.txt").read_text() == f"{figures.caption(figures.plot_timeline(turns))}\n"
    assert list(pd.read_csv(tmp_path / "t.csv")) == list(figures.timeline_table(turns))
    assert len(shown) == 1


def test_keep_says_why_there_is_nothing_to_draw(capsys, tmp_path):
    nothing = make_turns().iloc[:0]
    nothing.attrs["why"] = "nobody speaks"
    figures.keep(nothing, tmp_path, "t")
    assert capsys.readouterr().out == "There is nothing to draw: nobody speaks.\n"
    assert not list(tmp_path.iterdir())


def test_tables_come_back_as_they_were():
    turns = make_turns()
    pairs = make_pairs(turns)
    before, pairs_before = turns.copy(), pairs.copy()
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        figures.plot_timeline(turns)
        figures.plot_question_answer(pairs, turns)
    pd.testing.assert_frame_equal(turns, before)
    pd.testing.assert_frame_equal(pairs, pairs_before)


def test_a_note_ends_with_a_sentence_and_a_column_with_a_whole_word():
    said = "Counted by hand. " * 6 + "And " + "so on and on " * 12 + "until the end."
    assert dress._sentences(said, 118, 2).replace("\n", " ") == ("Counted by hand. " * 6).strip()
    assert dress._sentences("so on and on " * 40, 20, 2).endswith("…")
    assert (
        dress._sentences("We met Gen. Hale. We met Mr. Lee at sea.", 20, 1) == "We met Gen. Hale."
    )
    figure, ax = plt.subplots()
    groups = [f"Christopher Konstantinou {n}" for n in range(7)]
    topic_figures._name_columns(ax, groups, pd.Series(500, index=groups))
    drawn = ax.get_xticklabels()[0]
    assert "Christopher\n" in drawn.get_text() and drawn.get_fontsize() < dress.NOTE
    plt.close(figure)
