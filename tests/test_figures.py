"""The pictures are read back: what stands where, beside which label, in which colour."""

import hashlib
import os
import subprocess
import sys
import warnings
from itertools import combinations

import matplotlib
import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from matplotlib import font_manager
from matplotlib.colors import to_hex
from matplotlib.text import Text

from briefing import figures, speaking_share, speaking_time
from briefing.figures import captions, labels, saving, style
from briefing.figures import exchanges as exchanges_module
from briefing.tables import ROLES, BriefingError

LONG = "The Harbour and Northern Islands Evening"  # 40 characters

#: speaker, role, words, no label printed, the question it answers
BRIEFING = [
    ("Lin Zhaoxu", "moderator", 96, False, None),
    ("Wei Guangming", "official", 1312, False, None),
    ("Lin Zhaoxu", "moderator", 18, False, None),
    ("Coastal Television", "journalist", 74, False, None),
    ("Ren Xiaofeng", "official", 388, False, 4),
    (LONG, "journalist", 88, False, None),
    ("Wei Guangming", "official", 512, False, 6),
    ("Zhao Lihua", "official", 141, False, 6),
    (None, "journalist", 41, True, None),
    ("Bai Yunfei", "official", 297, False, 9),
    ("Harbour Radio", "journalist", 52, False, None),
    ("Ren Xiaofeng", "official", 266, False, 11),
    ("Northern Financial Daily", "journalist", 63, False, None),
    ("Wei Guangming", "official", 430, False, 13),
    (None, "journalist", 35, True, None),
    ("Zhao Lihua", "official", 205, False, 15),
    ("Lin Zhaoxu", "moderator", 22, False, None),
]


def make_turns(rows=BRIEFING, *, timed=False, **attrs):
    """A turns table; timed ones speak two words a second, with a second between turns."""
    speaker, role, n_words, inferred, answers = zip(*rows, strict=True)
    turns = pd.DataFrame({"briefing_id": "made", "turn_id": range(1, len(rows) + 1)})
    turns["speaker"] = pd.Categorical(speaker)
    turns["role"] = pd.Categorical(role, ROLES)
    turns["inferred"] = inferred
    turns["n_words"] = pd.array(n_words, dtype="Int64")
    turns["answers"] = pd.array(answers, dtype="Int64")
    seconds = turns["n_words"].astype(float) / 2
    turns["stop_s"] = (seconds + 1).cumsum() if timed else np.nan
    turns["start_s"] = turns["stop_s"] - seconds
    turns.attrs = {"text_status": "unknown", "part": False, **attrs}
    return turns


def make_pairs(turns, *, inferred=True):
    answers = turns.dropna(subset="answers")
    return pd.DataFrame(
        {
            "briefing_id": answers["briefing_id"].to_numpy(),
            "question_id": answers["answers"].to_numpy(dtype=int),
            "answer_id": answers["turn_id"].to_numpy(),
            "inferred": inferred,
        }
    )


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


def written(ax):
    """Every text that a reader sees, with its box in pixels."""
    figure = style.whole(ax)
    figure.draw_without_rendering()
    (left, right), (low, high) = sorted(ax.get_xlim()), sorted(ax.get_ylim())
    hidden = [
        *(t for t in ax.get_xticklabels() if not left <= t.get_position()[0] <= right),
        *(t for t in ax.get_yticklabels() if not low <= t.get_position()[1] <= high),
    ]
    texts = [t for t in figure.findobj(Text) if t.get_visible() and t.get_text().strip()]
    return [(t.get_text(), t.get_window_extent()) for t in texts if t not in hidden]


def assert_readable(ax):
    """All texts lie inside the figure, and no two lie on one another."""
    frame = style.whole(ax).bbox.padded(0.5)
    boxes = written(ax)
    for text, box in boxes:
        assert frame.contains(box.x0, box.y0), text
        assert frame.contains(box.x1, box.y1), text
    for (one, box), (other, that) in combinations(boxes, 2):
        assert not box.padded(-0.5).overlaps(that.padded(-0.5)), (one, other)


def note_of(ax):
    return next(t.get_text() for t in ax.findobj(Text) if t.get_gid() == "note")


# -- shares


def rows_of(ax):
    """The labels from the top down, each on one line."""
    top_down = sorted(ax.get_yticklabels(), key=lambda label: label.get_position()[1])
    return [label.get_text().replace("\n", " ") for label in top_down]


def values_of(ax):
    """What is written beside each row, from the top down."""
    values = [t for t in ax.texts if t.get_gid() == "value"]
    return [t.get_text() for t in sorted(values, key=lambda t: t.xy[1])]


def test_each_bar_stands_beside_its_own_speaker():
    shares = speaking_share(make_turns())
    ax = figures.plot_speaking_share(shares)
    widths = {
        rows_of(ax)[round(bar.get_y() + bar.get_height() / 2)]: bar.get_width()
        for bar in ax.patches
    }
    assert widths == pytest.approx(shares.set_index("speaker")["share_words"].to_dict())


def test_the_first_row_of_the_table_is_the_topmost_bar():
    ax = figures.plot_speaking_share(speaking_share(make_turns()))
    top = max(ax.patches, key=lambda bar: bar.get_window_extent().y0)
    assert top.get_width() == max(bar.get_width() for bar in ax.patches)
    assert rows_of(ax)[0] == "Wei Guangming"


def test_beside_each_bar_stand_its_share_and_its_words():
    assert values_of(figures.plot_speaking_share(speaking_share(make_turns())))[:2] == [
        "55.8% · 2,254 words",
        "16.2% · 654 words",
    ]


def test_ticks_of_small_shares_are_short():
    ax = figures.plot_speaking_share(speaking_share(BRIEFINGS["40 speakers"]))
    style.whole(ax).canvas.draw()
    ticks = [label.get_text() for label in ax.get_xticklabels()]
    assert {"0%", "1%", "2%"} <= set(ticks)
    assert max(map(len, ticks)) == 4  # 0.5%


def test_bars_have_the_colour_of_the_role_and_are_hollow_where_nobody_is_named():
    shares = speaking_share(make_turns())
    bars = figures.plot_speaking_share(shares).patches
    for bar, role, named in zip(bars, shares["role"], shares["named"], strict=True):
        assert to_hex(bar.get_edgecolor()).upper() == figures.ROLE_COLOURS[role]
        assert (to_hex(bar.get_facecolor()) != "#ffffff") == named


def test_shares_by_role_are_coloured_by_role():
    bars = figures.plot_speaking_share(speaking_share(make_turns(), by="role")).patches
    assert [to_hex(bar.get_facecolor()).upper() for bar in bars] == [
        figures.ROLE_COLOURS[role] for role in ("official", "journalist", "moderator")
    ]


def test_shares_by_another_column_name_its_gaps_and_have_no_legend():
    turns = make_turns().assign(organisation=["Ministry", np.nan] + ["Harbour Radio"] * 15)
    ax = figures.plot_speaking_share(speaking_share(turns, by="organisation"))
    assert rows_of(ax) == ["Harbour Radio", "no organisation given", "Ministry"]
    assert ax.get_legend() is None


def test_a_share_of_one_page_is_called_that():
    shares = speaking_share(make_turns(part=True))
    assert figures.plot_speaking_share(shares).get_xlabel() == "share of the words of this page"
    assert "of the words of this page" in figures.describe_speaking_share(shares)


def test_the_sentence_of_shares_ranks_people_and_not_the_unnamed():
    rows = [(None, "journalist", 900, False, None), *BRIEFING]
    said = figures.describe_speaking_share(speaking_share(make_turns(rows)))
    assert "Most words: Wei Guangming (official) 45.6%, Ren Xiaofeng" in said
    assert "counted together: unnamed journalists 19.8%" in said
    assert "By role: official 71.9%, journalist 25.4% and moderator 2.8%" in said
    assert "10 rows with 4,940 words" in said


def test_what_is_no_table_of_shares_is_refused():
    with pytest.raises(BriefingError, match="lacks share_words.*briefing.speaking_share"):
        figures.plot_speaking_share(make_turns())
    with pytest.raises(BriefingError, match="no rows"):
        figures.plot_speaking_share(speaking_share(make_turns()).iloc[:0])


# -- minutes


def half_timed():
    """Wei Guangming is timed in part, Lin Zhaoxu not at all, the others wholly."""
    turns = make_turns(timed=True)
    turns.loc[[0, 1, 2, 16], ["start_s", "stop_s"]] = np.nan
    return turns


def points_of(ax):
    """Row to the place of its point."""
    points = [line for line in ax.lines if line.get_marker() == "o"]
    return {rows_of(ax)[line.get_ydata()[0]]: line for line in points}


def intervals_of(ax):
    lines = [line for line in ax.lines if line.get_marker() != "o"]
    return {rows_of(ax)[line.get_ydata()[0]]: list(line.get_xdata()) for line in lines}


def test_each_estimate_stands_in_its_own_row_with_its_interval():
    times = speaking_time(make_turns()).set_index("speaker")
    ax = figures.plot_speaking_time(times.reset_index())
    estimated = times.dropna(subset="est_minutes")
    assert len(estimated) == 5
    assert {name: p.get_xdata()[0] for name, p in points_of(ax).items()} == pytest.approx(
        estimated["est_minutes"].to_dict()
    )
    assert intervals_of(ax) == estimated[["low", "high"]].T.to_dict("list")


def test_measured_minutes_are_full_points_without_a_line_and_estimates_hollow_ones():
    times = speaking_time(half_timed()).set_index("speaker")
    ax = figures.plot_speaking_time(times.reset_index())
    fills = {
        name: (p.get_fillstyle(), p.get_markerfacecolor() == "white")
        for name, p in points_of(ax).items()
    }
    assert fills["Ren Xiaofeng"] == ("full", False)
    assert fills["Lin Zhaoxu"] == ("full", True)
    assert fills["Wei Guangming"][0] == "left"
    assert set(intervals_of(ax)) == {"Lin Zhaoxu", "Wei Guangming"}
    timed = points_of(ax)["Ren Xiaofeng"].get_xdata()[0]
    assert timed == times.loc["Ren Xiaofeng", "minutes"] == pytest.approx((388 + 266) / 120)


def test_rows_without_an_estimate_stay_and_say_so():
    ax = figures.plot_speaking_time(speaking_time(make_turns()))
    written = dict(zip(rows_of(ax), values_of(ax), strict=True))
    assert written["Harbour Radio"] == "52 words: too few for an estimate"
    assert written["Zhao Lihua"] == "2.3 (1.4 to 3.7)"
    assert "Harbour Radio" not in points_of(ax)


def test_the_axis_calls_minutes_what_the_table_calls_them():
    for turns in [make_turns(), half_timed(), make_turns(timed=True)]:
        times = speaking_time(turns)
        label = figures.plot_speaking_time(times).get_xlabel().replace("\n", " ")
        assert label == f"minutes: {times.attrs['called']}"
        assert times.attrs["called"] in figures.describe_speaking_time(times)


def test_the_note_gives_the_rates_of_the_interval_only_where_there_is_one():
    times = speaking_time(make_turns(), rate=160, factor=1.25)
    assert "from 128 to 200 words a minute" in note_of(figures.plot_speaking_time(times))
    timed = speaking_time(make_turns(timed=True))
    assert note_of(figures.plot_speaking_time(timed)) == ""


def test_the_sentence_of_minutes_has_estimates_intervals_and_what_is_missing():
    said = figures.describe_speaking_time(speaking_time(make_turns()))
    assert "Wei Guangming (official) 15.0 (9.4 to 24.0)" in said
    assert "5 rows have too few words for an estimate" in said


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
    said = figures.describe_timeline(make_turns(timed=True))
    assert "in 10 lanes, over 33:57 minutes" in said


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


def test_the_sentence_of_a_timeline_has_the_numbers_of_its_table():
    said = figures.describe_timeline(make_turns())
    for fact in [
        "17 turns in 10 lanes, over 4,040 words",
        "First to speak: Lin Zhaoxu (moderator)",
        "turn 2, Wei Guangming (official), 1,312 words",
        "2 turns had no label",
    ]:
        assert fact in said


# -- questions and answers


def test_each_point_stands_at_the_words_of_its_question_and_its_answer():
    turns = make_turns()
    ax = figures.plot_question_answer(make_pairs(turns), turns)
    points = ax.collections[-1].get_offsets().tolist()
    assert points == [
        [74, 388],
        [88, 512],
        [88, 141],
        [41, 297],
        [52, 266],
        [63, 430],
        [35, 205],
    ]


def test_each_number_stands_at_its_own_point():
    turns = rapid(12)
    ax = figures.plot_question_answer(make_pairs(turns), turns)
    n_words = turns.set_index("turn_id")["n_words"]
    numbers = [t for t in ax.texts if t.get_gid() == "point"]
    assert len(numbers) == 12
    for number in numbers:
        question = int(number.get_text())
        assert number.xy == (n_words[question], n_words[question + 1])


def test_several_answers_to_one_question_are_joined_numbered_and_said():
    turns = make_turns()
    pairs = make_pairs(turns)
    ax = figures.plot_question_answer(pairs, turns)
    joined = [line.get_xydata().tolist() for line in ax.lines if len(line.get_xdata()) == 2]
    assert [[88, 512], [88, 141]] in joined
    assert {"6→7", "6→8"} <= {t.get_text() for t in ax.texts}
    assert "answers to one question" in note_of(ax)
    said = figures.describe_question_answer(pairs, turns)
    assert "6 questions against those of 7 answers" in said
    assert "1 question has more than one answer" in said


@pytest.mark.parametrize("longest, scale", [(60, "linear"), (900, "log")])
def test_scales_are_logarithmic_where_lengths_spread_widely(longest, scale):
    turns = make_turns(
        [
            ("A", "journalist", 10, False, None),
            ("B", "official", longest, False, 1),
            ("A", "journalist", 20, False, None),
            ("B", "official", 30, False, 3),
        ]
    )
    ax = figures.plot_question_answer(make_pairs(turns), turns)
    assert (ax.get_xscale(), ax.get_yscale()) == (scale, scale)


def test_an_answer_without_words_is_drawn_inside_the_axes():
    turns = make_turns(
        [("A", "journalist", 30, False, None), ("B", "official", 0, False, 1)]
        + [("A", "journalist", 5, False, None), ("B", "official", 400, False, 3)]
    )
    ax = figures.plot_question_answer(make_pairs(turns), turns)
    assert_inside(ax, ax.collections[-1].get_offsets())


def test_every_point_and_a_piece_of_the_diagonal_lie_inside_the_axes(any_turns):
    pairs = make_pairs(any_turns)
    if pairs.empty:
        pairs = pd.DataFrame(
            {
                "briefing_id": "made",
                "question_id": [1],
                "answer_id": [1],
                "inferred": [True],
            }
        )
    ax = figures.plot_question_answer(pairs, any_turns)
    assert_inside(ax, ax.collections[-1].get_offsets())
    middle = np.mean(ax.get_xlim())
    assert ax.get_ylim()[0] < middle < ax.get_ylim()[1]


def assert_inside(ax, points):
    for x, y in points:
        assert ax.get_xlim()[0] < x < ax.get_xlim()[1]
        assert ax.get_ylim()[0] < y < ax.get_ylim()[1]


def test_inferred_links_are_hollow_only_beside_printed_ones():
    turns = make_turns()
    pairs = make_pairs(turns)
    ax = figures.plot_question_answer(pairs, turns)
    assert {to_hex(c) for c in ax.collections[-1].get_facecolors()} == {"#0072b2"}
    assert "Links inferred" in note_of(ax)

    pairs["inferred"] = [True] + [False] * 6
    ax = figures.plot_question_answer(pairs, turns)
    fills = [to_hex(c) for c in ax.collections[-1].get_facecolors()]
    assert fills == ["#ffffff"] + ["#0072b2"] * 6
    assert "Links inferred" not in note_of(ax)


def test_numbers_without_room_are_left_out_and_counted():
    rows = []
    for i in range(30):
        rows += [
            ("A", "journalist", 20, False, None),
            ("B", "official", 90, False, 2 * i + 1),
        ]
    turns = make_turns(rows)
    ax = figures.plot_question_answer(make_pairs(turns), turns)
    shown = [t for t in ax.texts if t.get_gid() == "point"]
    assert 0 < len(shown) < 30
    assert f"{30 - len(shown)} left out for want of room" in note_of(ax)
    assert_readable(ax)


def test_points_of_several_briefings_bear_no_turn_numbers():
    one = make_turns()
    other = make_turns().assign(briefing_id="other")
    turns, pairs = pd.concat([one, other]), pd.concat([make_pairs(one), make_pairs(other)])
    ax = figures.plot_question_answer(pairs, turns)
    assert len(ax.collections[-1].get_offsets()) == 14
    assert not [t for t in ax.texts if t.get_gid() == "point"]


def test_a_pair_whose_turn_is_missing_is_named():
    turns = make_turns()
    with pytest.raises(BriefingError, match="turn 16 of made, which is not among"):
        figures.plot_question_answer(make_pairs(turns), turns.query("turn_id < 16"))


def test_a_briefing_without_pairs_says_where_to_look():
    turns = make_turns()
    with pytest.raises(BriefingError, match="no pair.*Look at the roles"):
        figures.plot_question_answer(make_pairs(turns).iloc[:0], turns)


@pytest.mark.parametrize(
    "low, high", [(4, 900), (20, 130), (300, 420), (0, 2000), (15, 15), (25, 45), (1, 1)]
)
def test_a_logarithmic_axis_has_enough_round_numbers(low, high):
    low, high = exchanges_module._with_room(low, high)
    ticks = exchanges_module._round_numbers(low, high)
    assert 1 <= len(ticks) <= 12
    assert all(low <= tick <= high for tick in ticks)


# -- labels


def test_timelines_can_be_read(any_turns):
    assert_readable(figures.plot_timeline(any_turns))


def test_figures_of_shares_can_be_read(any_turns):
    assert_readable(figures.plot_speaking_share(speaking_share(any_turns)))


def test_figures_of_minutes_can_be_read(any_turns):
    assert_readable(figures.plot_speaking_time(speaking_time(any_turns)))


def test_question_and_answer_figures_can_be_read(any_turns):
    pairs = make_pairs(any_turns)
    if not pairs.empty:
        assert_readable(figures.plot_question_answer(pairs, any_turns))


def test_every_row_of_a_figure_of_our_own_is_as_high_as_its_label_needs(any_turns):
    shares = speaking_share(any_turns)
    ax = figures.plot_speaking_share(shares)
    style.whole(ax).draw_without_rendering()
    inches = ax.get_window_extent().height / style.whole(ax).dpi
    assert inches == pytest.approx(labels.rows_height(shares["speaker"].tolist()), abs=0.02)


@pytest.mark.parametrize("name", ["40 outlets of 40 characters", "all roles", "40 questions"])
def test_long_notes_stay_in_the_figure_too(name):
    turns = BRIEFINGS[name].copy()
    turns.attrs["part"] = True
    turns.loc[::2, ["start_s", "stop_s"]] = [0.0, 9.0]
    assert_readable(figures.plot_timeline(turns))
    assert_readable(figures.plot_speaking_share(speaking_share(turns)))
    assert_readable(figures.plot_speaking_time(speaking_time(turns)))


def test_40_rows_fit_into_axes_that_the_reader_gives():
    _, (left, right) = plt.subplots(ncols=2, figsize=(12, 6), layout="constrained")
    assert figures.plot_timeline(BRIEFINGS["40 speakers"], ax=right) is right
    assert not left.patches
    assert_readable(right)


def test_axes_too_low_for_their_labels_are_refused():
    _, ax = plt.subplots(figsize=(4, 1))
    with pytest.raises(BriefingError, match="40 rows of labels do not fit.*Leave out ax="):
        figures.plot_timeline(BRIEFINGS["40 speakers"], ax=ax)


def test_figures_stand_in_part_of_a_figure_too():
    whole = plt.figure(layout="constrained")
    left, _ = whole.subfigures(1, 2)
    turns = make_turns()
    ax = figures.plot_question_answer(make_pairs(turns), turns, ax=left.subplots())
    assert style.whole(ax) is whole


@pytest.mark.parametrize(
    "name, wrapped",
    [
        ("Harbour Radio", "Harbour Radio"),
        (LONG, "The Harbour and Northern\nIslands Evening"),
        ("X" * 40, "X" * 30 + "\n" + "X" * 10),
        ("国" * 20, "国" * 15 + "\n" + "国" * 5),
        ("a " * 60, "\n".join(["a " * 14 + "a"] * 2 + ["a " * 14 + "a…"])),
        (" Harbour\nRadio ", "Harbour Radio"),
        ("", ""),
    ],
)
def test_names_are_broken_between_words_and_cut_after_three_lines(name, wrapped):
    assert labels.wrap(name) == wrapped


def test_a_dollar_in_a_name_is_a_dollar():
    rows = [("Cash $ and $ Carry_Weekly", "journalist", 30, False, None)]
    ax = figures.plot_timeline(make_turns(rows))
    label = ax.get_yticklabels()[0]
    assert label.get_text() == "Cash $ and $ Carry_Weekly"
    assert not label.get_parse_math()


@pytest.fixture
def installed(monkeypatch):
    """The fonts that matplotlib knows, as a list that the test may change."""
    fonts = list(font_manager.fontManager.ttflist)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", fonts)
    return fonts


def make_font(path, name, letters):
    """A font in which each letter is a square."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in [(0, 700), (700, 700), (700, 0)]:
        pen.lineTo(corner)
    pen.closePath()
    glyphs = [".notdef", *(f"u{ord(c):04X}" for c in letters)]
    font = FontBuilder(1000)
    font.setupGlyphOrder(glyphs)
    font.setupCharacterMap({ord(c): f"u{ord(c):04X}" for c in letters})
    font.setupGlyf(dict.fromkeys(glyphs, pen.glyph()))
    font.setupHorizontalMetrics(dict.fromkeys(glyphs, (800, 0)))
    font.setupHorizontalHeader(ascent=800, descent=-200)
    font.setupNameTable({"familyName": name, "styleName": "Regular"})
    font.setupOS2()
    font.setupPost()
    font.save(path)


#: private use: no installed font can have them
LETTERS = "\U0010e001\U0010e002"


def test_letters_that_the_font_lacks_are_taken_from_installed_ones(tmp_path, installed):
    for name, letter in zip(["Left Half", "Right Half"], LETTERS, strict=True):
        make_font(tmp_path / f"{name}.ttf", name, letter)
        font_manager.fontManager.addfont(tmp_path / f"{name}.ttf")
    turns = make_turns([(LETTERS, "official", 30, False, None)])

    ax = figures.plot_timeline(turns)  # a warning would be an error
    style.whole(ax).canvas.draw()

    assert ax.get_yticklabels()[0].get_fontfamily()[-2:] == ["Left Half", "Right Half"]


def test_letters_that_no_font_has_are_named_once(tmp_path, installed):
    turns = make_turns([(LETTERS, "official", 30, False, None)] * 3)
    with pytest.warns(UserWarning) as said:
        ax = figures.plot_timeline(turns)
        figures.save_figure(ax, tmp_path, "f", table=turns, sentence="A turn.")
    assert len(said) == 1
    assert f"no installed font has {' '.join(LETTERS)}" in str(said[0].message)
    assert "Noto Sans CJK" in str(said[0].message)


# -- colours and words


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


def test_every_role_has_a_colour_and_no_role_is_unknown():
    assert set(figures.ROLE_COLOURS) == set(ROLES)
    assert style.colours([np.nan, "official"]) == ["#404040", "#0072B2"]


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
    drawn = note_of(figures.plot_timeline(turns))
    said = figures.describe_timeline(turns)
    assert note in drawn
    assert note in said
    assert ("Words as printed" in said) == bool(note)


def test_timed_words_were_spoken_so_nothing_is_said_of_the_text():
    assert "as printed" not in figures.describe_timeline(make_turns(timed=True))


def test_part_of_an_event_says_so():
    turns = make_turns(part=True)
    assert "only part of the event" in note_of(figures.plot_timeline(turns))
    assert "only part of the event" in figures.describe_timeline(turns)


def test_percentages_never_round_a_word_away():
    shares = [0, 0.0001, 0.0123, 0.5, 0.99996, 1]
    assert [captions.percent(s) for s in shares] == [
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


SAVE = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
import matplotlib
matplotlib.use("Agg")
from test_figures import *
turns = make_turns()
ax = figures.plot_timeline(turns)
figures.save_figure(ax, {folder!r}, "t", table=figures.timeline_table(turns), sentence="S.")
ax = figures.plot_question_answer(make_pairs(turns), turns)
table = figures.question_answer_table(make_pairs(turns), turns)
figures.save_figure(ax, {folder!r}, "q", table=table, sentence="S.")
shares, times = speaking_share(turns), speaking_time(turns)
ax = figures.plot_speaking_share(shares)
figures.save_figure(ax, {folder!r}, "s", table=shares, sentence="S.")
ax = figures.plot_speaking_time(times)
figures.save_figure(ax, {folder!r}, "m", table=times, sentence="S.")
"""


def test_the_same_figure_gives_the_same_bytes_in_another_process(tmp_path, root):
    digests = []
    for seed in ["1", "2"]:
        folder = tmp_path / seed
        code = SAVE.format(root=str(root), tests=str(root / "tests"), folder=str(folder))
        subprocess.run(
            [sys.executable, "-c", code],
            check=True,
            env={**os.environ, "PYTHONHASHSEED": seed},
            timeout=300,
        )
        files = sorted(folder.iterdir())
        assert len(files) == 16
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])
    assert digests[0] == digests[1]


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
    assert labelled == {style.INK}
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

    figures.keep(ax, tmp_path, "t", table=turns, sentence="S.")
    assert (len(drawn), len(layouts)) == (3 + 4, 2)


@pytest.mark.parametrize(
    "name, stem",
    [
        ("Speaking share", "speaking-share"),
        ("../up/Été 2021", "up-ete-2021"),
        ("a.b_c", "a-b-c"),
    ],
)
def test_file_names_are_plain(name, stem):
    assert saving.slug(name) == stem


def test_what_cannot_be_saved_says_what_to_do(tmp_path):
    turns = make_turns()
    ax = figures.plot_timeline(turns)
    with pytest.raises(BriefingError, match="'发言' makes no file name"):
        figures.save_figure(ax, tmp_path, "发言", table=turns, sentence="S.")
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


def test_a_notebook_gets_the_sentence_as_alternative_text(shown):
    ax = figures.plot_timeline(make_turns())
    figures.show_figure(ax, 'He said "a < b".')
    (data,) = shown
    assert 'alt="He said &quot;a &lt; b&quot;."' in data["text/html"]
    assert 'src="data:image/png;base64,iVBOR' in data["text/html"]
    assert "<figcaption" in data["text/html"]
    assert data["text/plain"] == '[figure: He said "a < b".]'


def test_a_figure_that_was_shown_is_closed_and_shown_once(shown):
    figures.show_figure(figures.plot_timeline(make_turns()), "S.")
    assert not plt.get_fignums()


def test_keep_saves_and_shows(shown, tmp_path):
    turns = make_turns()
    ax = figures.plot_timeline(turns)
    kept = figures.keep(ax, tmp_path, "t", table=turns, sentence="S.")
    assert kept is None
    assert len(list(tmp_path.iterdir())) == 4
    assert len(shown) == 1


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
