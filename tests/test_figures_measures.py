"""Topics, stance, keyness, change and outlines are read back: each point beside its own label."""

import hashlib
import os
import re
import subprocess
import sys
import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex
from test_figures import LONG, assert_readable, make_turns, note_of

import briefing
from briefing import figures
from briefing.figures import key_labels, outline, style
from briefing.tables import BriefingError

ROLES = ["moderator", "official", "journalist"]
TOPICS = ["the cable", "security", "money"]


def rate(group, category, n_hits, n_words, *, low=None, high=None, turns=(12, 5), why="", **more):
    """A row as the measures give it: with an interval, without one, or with nothing found."""
    n_turns, n_hit = turns
    kind = "none" if low is None else "bootstrap by turn"
    if n_hits == 0:
        kind, low, high, why, n_hit = "upper bound", 0.0, 3689 / n_words, "", 0
    return {
        **group, **category, "n_hits": n_hits, "n_words": n_words,
        "per_1000": 1000 * n_hits / n_words, "low": low, "high": high, "interval": kind,
        "why": why, "n_turns": n_turns, "n_turns_hit": n_hit,
        "share_turns": n_hit / n_turns, "low_share": 0.0, "high_share": 1.0, **more,
    }  # fmt: skip


def table_of(rows, **attrs):
    table = pd.DataFrame(rows).astype({"low": float, "high": float})
    table.attrs = {"text_status": "verbatim", "part": False, "level": 0.95, **attrs}
    return table


def by_role(name="topic", categories=TOPICS):
    """Three roles: the moderator has three turns, the journalists never speak of the last."""
    rows = []
    for number, category in enumerate(categories):
        few = {"turns": (3, 1), "why": "3 turns: fewer than 10"}
        rows.append(rate({"role": "moderator"}, {name: category}, 1 + number, 150, **few))
        hits = 10 * (number + 1)
        ends = {"low": hits / 4, "high": hits / 1.5}
        rows.append(rate({"role": "official"}, {name: category}, hits, 2500, **ends))
        asked = 0 if category == categories[-1] else 6 + number
        rows.append(
            rate({"role": "journalist"}, {name: category}, asked, 500, low=2.0, high=21.0 + number)
        )
    table = table_of(rows, dictionary="The Ring", version="1.0", accuracy=None)
    return table.sort_values("role", key=lambda r: r.map(ROLES.index), kind="stable")


def crowd(n_groups, n_topics, name="Speaker {:02}"):
    """Speakers of very different size; a ninth of the cells has hits."""
    rows = []
    for group in range(n_groups):
        for topic in range(n_topics):
            hits = (group * 7 + topic * 3) % 9 * (group % 3)
            key = {"speaker": name.format(group), "named": True}
            why = {"why": f"{1 + group % 9} turns: fewer than 10", "turns": (1 + group % 9, 1)}
            label = f"topic number {topic} of many"
            rows.append(rate(key, {"topic": label}, hits, 40 + 60 * group, **why))
    return table_of(rows, text_status="unknown", dictionary="D", version="1", accuracy="None.")


def one_row():
    few = {"turns": (1, 1), "why": "1 turn: fewer than 10"}
    return table_of([rate({"speaker": LONG, "named": True}, {"category": "hedges"}, 2, 60, **few)])


RATES = {
    "three roles": by_role(),
    "stance": by_role("category", ["hedges", "boosters", "possibility", "obligation"]),
    "40 speakers and 10 topics": crowd(40, 10),
    "outlets of 40 characters": crowd(12, 6, LONG[:37] + " {:02}"),
    "one speaker": crowd(1, 10),
    "one row": one_row(),
    "nothing found": crowd(3, 2).assign(n_hits=0, per_1000=0.0, low=0.0, high=9.0),
}


@pytest.fixture(params=RATES, ids=str)
def any_rates(request):
    return RATES[request.param]


# -- rates by group


def read_scale(ax):
    """Where each column begins, and how much of the axis is one hit in 1,000 words."""
    ax.figure.canvas.draw()
    ticks = [(t.get_position()[0], t.get_text()) for t in ax.get_xticklabels()]
    starts = [x for x, text in ticks if text == "0"]
    x, text = next((x, text) for x, text in ticks if text != "0")
    return starts, (x - starts[0]) / float(text)


def read_rates(ax):
    """(group, category) to rate, marker and fill: read off the picture alone."""
    starts, unit = read_scale(ax)
    labels = {t.get_position()[1]: t.get_text().replace("\n", " ") for t in ax.get_yticklabels()}
    headings = [t for t in ax.texts if t.get_gid() == "heading"]
    found = {}
    for line in ax.lines:
        if line.get_gid() != "rate":
            continue
        x, row = line.get_xdata()[0], line.get_ydata()[0]
        start = max(s for s in starts if s <= x + 1e-9)
        above = [h for h in headings if abs(h.xy[0] - start) < 1e-9 and h.xy[1] <= row]
        heading = max(above, key=lambda h: h.xy[1]).get_text() if above else ""
        group = re.sub(r" \([\d,]+\)$", "", labels[row])
        found[group, heading.replace("\n", " ")] = (x - start) / unit, line
    return found


def test_each_rate_stands_beside_its_own_group_under_its_own_topic():
    table = by_role()
    found = read_rates(figures.plot_topics(table))
    assert {key: value for key, (value, _) in found.items()} == pytest.approx(
        {(row["role"], row["topic"]): row["per_1000"] for _, row in table.iterrows()}
    )


def test_groups_keep_their_place_where_columns_go_on_below():
    table = crowd(12, 6).assign(n_words=1000)
    table["per_1000"] = table["n_hits"] * 1.0
    found = read_rates(figures.plot_rates(table))
    assert len(found) == 72
    assert {key: value for key, (value, _) in found.items()} == pytest.approx(
        {(r["speaker"], r["topic"]): r["per_1000"] for _, r in table.iterrows()}
    )


def test_points_are_drawn_by_what_is_known_of_them():
    found = read_rates(figures.plot_topics(by_role()))
    full, hollow = found["official", "money"][1], found["moderator", "money"][1]
    nothing = found["journalist", "money"][1]
    assert to_hex(full.get_markerfacecolor()).upper() == figures.ROLE_COLOURS["official"]
    assert (hollow.get_marker(), to_hex(hollow.get_markerfacecolor(), False)) == ("o", "#ffffff")
    assert (nothing.get_marker(), to_hex(nothing.get_markerfacecolor())) == ("s", "#ffffff")
    assert to_hex(hollow.get_color()).upper() == figures.ROLE_COLOURS["moderator"]


def test_a_line_is_the_interval_and_a_dashed_one_the_bound():
    table = by_role()
    ax = figures.plot_topics(table)
    starts, unit = read_scale(ax)
    _, line = read_rates(ax)["official", "security"]
    row = line.get_ydata()[0]
    lines = [x for x in ax.lines if len(x.get_xdata()) == 2 and x.get_ydata()[0] == row]
    (here,) = [x for x in lines if starts[1] <= x.get_xdata()[0] < starts[2]]
    assert (here.get_xdata() - starts[1]) / unit == pytest.approx([5.0, 20 / 1.5])
    dashed = [x for x in ax.lines if x.is_dashed()]
    assert len(dashed) == 1
    assert np.ptp(dashed[0].get_xdata()) / unit == pytest.approx(3689 / 500)


def test_beside_each_point_stand_its_hits_and_their_turns():
    ax = figures.plot_topics(by_role())
    values = {
        (t.xy[1], round(t.xy[0], 3)): t.get_text() for t in ax.texts if t.get_gid() == "value"
    }
    _, line = read_rates(ax)["official", "the cable"]
    beside = [text for (row, _), text in values.items() if row == line.get_ydata()[0]]
    assert "10 in 5" in beside
    assert list(values.values()).count("0") == 1


def test_a_rate_beyond_the_scale_is_an_arrow_and_no_point():
    table = by_role()
    few = {"turns": (1, 1), "why": "1 turn: fewer than 10"}
    rows = [rate({"role": "unknown"}, {"topic": t}, 1, 9, **few) for t in TOPICS]
    ax = figures.plot_rates(pd.concat([table, table_of(rows)]))
    assert not [key for key in read_rates(ax) if key[0] == "unknown"]
    assert len([line for line in ax.lines if line.get_marker() == ">"]) == 3
    assert "goes on beyond the scale" in note_of(ax).replace("\n", " ")


def test_one_group_has_a_row_for_each_category():
    table = crowd(2, 4).query("speaker == 'Speaker 01'")
    ax = figures.plot_rates(table)
    found = read_rates(ax)
    assert [category for category, _ in found] == table["topic"].tolist()
    assert "words of Speaker 01 (100 words)" in ax.get_xlabel()


def test_rows_without_a_role_are_grey_and_those_with_one_have_its_colour():
    plain = read_rates(figures.plot_rates(crowd(2, 1)))
    table = crowd(2, 1).assign(role=["official", None])
    told = read_rates(figures.plot_rates(table))
    colours = [to_hex(line.get_color()).upper() for _, line in [*plain.values(), *told.values()]]
    grey = figures.ROLE_COLOURS["unknown"]
    assert colours == [grey, grey, figures.ROLE_COLOURS["official"], grey]


def test_pronouns_are_called_by_their_forms():
    forms = [(1, "singular"), (1, "plural"), (2, "either"), (3, "singular"), (3, "plural")]
    rows = [
        rate({"role": role}, {"person": p, "number": n}, 5 + p, 900, low=1.0, high=9.0)
        for role in ROLES
        for p, n in forms
    ]
    found = read_rates(figures.plot_rates(table_of(rows)))
    assert {c for _, c in found} == {
        "I, me, my", "we, us, our", "you, your", "he, she", "they, them"
    }  # fmt: skip


def test_the_sentence_of_rates_gives_counts_intervals_and_who_has_none():
    said = figures.describe_topics(by_role())
    for fact in [
        "by role: 3 topics, 3 groups, 3,150 words",
        "money, official 12.0 (7.5 to 20.0; 30 hits in 5 of 12 turns)",
        "without an interval (fewer than 10 turns): moderator",
        "Nothing found in 1 of 9 cells",
        "no test of a difference",
        "never add them up",
        "Dictionary: The Ring 1.0. Its accuracy: not stated",
    ]:
        assert fact in said


def test_the_sentence_ranks_nobody_on_a_handful_of_words():
    few = {"turns": (1, 1), "why": "1 turn: fewer than 10"}
    rows = [rate({"speaker": "Brief"}, {"topic": "money"}, 3, 30, **few)]
    rows.append(rate({"speaker": "Long"}, {"topic": "money"}, 3, 900, **few))
    assert "money, Long 3.3" in figures.describe_rates(table_of(rows))


def test_a_translation_is_said_to_have_the_translators_hedges():
    table = by_role("category", ["hedges"])
    table.attrs["text_status"] = "translated"
    assert "the translator's as much" in figures.describe_rates(table)
    assert "the translator's as much" in note_of(figures.plot_rates(table)).replace("\n", " ")
    topics = by_role()
    topics.attrs["text_status"] = "translated"
    assert "translator's" not in figures.describe_rates(topics)


@pytest.mark.parametrize(
    "table, message",
    [
        (by_role().drop(columns="topic"), "lacks a column topic, category or person"),
        (by_role().drop(columns=["why", "low"]), "lacks low, why"),
        (by_role().iloc[:0], "no rows"),
        (pd.concat([by_role()] * 2), "several rows of one category"),
    ],
)
def test_what_is_no_table_of_rates_is_refused(table, message):
    with pytest.raises(BriefingError, match=message):
        figures.plot_rates(table)


def test_stance_is_no_table_of_topics():
    with pytest.raises(BriefingError, match="lacks topic.*topic_frequency"):
        figures.plot_topics(by_role("category", ["hedges"]))


def test_rates_can_be_read(any_rates):
    assert_readable(figures.plot_rates(any_rates))


def test_rates_can_be_read_in_axes_of_the_readers():
    _, (_, right) = plt.subplots(ncols=2, figsize=(13, 8), layout="constrained")
    ax = figures.plot_rates(crowd(30, 2), ax=right)
    assert ax is right
    assert_readable(ax)


# -- topics through the briefing


def course_of(hits, *, bins=10, words=300, topics=None, briefing_id="made"):
    """`hits`: a topic's hits in each stretch."""
    topics = topics or [f"topic {number}" for number in range(len(hits))]
    rows = [
        {
            "briefing_id": briefing_id, "topic": topic, "bin": number + 1,
            "from_share": number / bins, "to_share": (number + 1) / bins,
            "first_turn": 1 + number, "last_turn": 2 + number, "n_hits": n, "n_words": words,
            "per_1000": 1000 * n / words,
        }
        for topic, counts in zip(topics, hits, strict=True)
        for number, n in enumerate(counts)
    ]  # fmt: skip
    table = pd.DataFrame(rows)
    table.attrs = {"text_status": "verbatim", "part": False, "dictionary": "D", "accuracy": ".8"}
    return table


HITS = [[4, 7, 11, 11, 5, 0, 7, 2, 0, 0], [0] * 10, [1, 0, 0, 0, 0, 12, 0, 3, 0, 1]]


def read_course(ax):
    """(topic, stretch) to the number on its bar; and to the bar's height."""
    names = [t.get_text().replace("\n", " ") for t in ax.get_yticklabels()]
    counts = {}
    for text in (t for t in ax.texts if t.get_gid() == "count"):
        x, top = text.xy
        bar = next(
            b for b in ax.patches if abs(b.get_x() + b.get_width() / 2 - x) < 1e-9
            and abs(b.get_y() + b.get_height() - top) < 1e-9
        )  # fmt: skip
        counts[names[round(bar.get_y())], int(x * 10) + 1] = int(text.get_text()), -bar.get_height()
    return counts


def test_each_bar_lies_in_the_row_of_its_topic_and_at_its_place():
    drawn = read_course(figures.plot_topic_course(course_of(HITS)))
    expected = {
        (f"topic {row}", place + 1): n
        for row, counts in enumerate(HITS)
        for place, n in enumerate(counts)
        if n
    }
    assert {key: n for key, (n, _) in drawn.items()} == expected


def test_bars_are_as_high_as_their_hits():
    drawn = read_course(figures.plot_topic_course(course_of(HITS)))
    per_hit = {round(height / n, 9) for n, height in drawn.values()}
    assert len(per_hit) == 1


def test_below_the_stretches_stand_their_turns_and_who_speaks():
    turns = make_turns()
    ax = figures.plot_topic_course(course_of(HITS), turns=turns)
    assert [t.get_text() for t in ax.get_xticklabels()][:3] == ["1–2", "2–3", "3–4"]
    blocks = [b for b in ax.patches if round(b.get_y() + b.get_height() / 2) == 3]
    ends = (turns["n_words"].cumsum() / turns["n_words"].sum()).tolist()
    assert [b.get_x() + b.get_width() for b in blocks][-17:] == pytest.approx(ends)
    assert to_hex(blocks[-17].get_facecolor()).upper() == figures.ROLE_COLOURS["moderator"]
    assert ax.get_yticklabels()[3].get_text() == "who speaks"


def test_many_stretches_have_shares_of_the_words_below_them():
    hits = [[number % 4 for number in range(60)]]
    ax = figures.plot_topic_course(course_of(hits, bins=60))
    assert "share of the words so far" in ax.get_xlabel()
    assert_readable(ax)


def test_the_sentence_of_a_course_says_where_most_is_unless_several_are_alike():
    said = figures.describe_topic_course(course_of([*HITS, [1, 1] + [0] * 8]))
    assert "topic 0 47 hits in 7 stretches, never more than 11 in one" in said
    assert "topic 2 17 hits in 4 stretches, most in stretch 6, turns 6–7 (12)" in said
    assert "Nothing found of: topic 1" in said
    assert "words are not minutes" in said


def test_a_course_of_two_briefings_or_with_the_turns_of_another_is_refused():
    two = pd.concat([course_of(HITS), course_of(HITS, briefing_id="b")])
    with pytest.raises(BriefingError, match="one briefing, and the table has 2"):
        figures.plot_topic_course(two)
    with pytest.raises(BriefingError, match="no turns of other"):
        figures.plot_topic_course(course_of(HITS, briefing_id="other"), turns=make_turns())


@pytest.mark.parametrize("n", [1, 10, 25])
def test_courses_can_be_read(n):
    hits = [[(row * 3 + place) % 5 * 37 for place in range(10)] for row in range(n)]
    names = [f"{LONG} {row}" for row in range(n)]
    ax = figures.plot_topic_course(course_of(hits, topics=names), turns=make_turns())
    assert_readable(ax)


# -- keyness


def words_of(rows, **attrs):
    """`(word, a, b, flag)`: hits in two sides of 2,000 words, ranked as keyness ranks."""
    rows = [(w, a, b, f) for w, a, b, f in rows]
    table = pd.DataFrame(rows, columns=["token", "n_target", "n_reference", "flag"])
    a, b = table["n_target"], table["n_reference"]
    table["log_ratio"] = np.log2((a + 0.5) / (b + 0.5))
    table["g2"] = 2 * (a - b).abs().astype(float)
    half = 3 / np.sqrt(np.minimum(a, b) + 1)
    table["log_ratio_low"] = (table["log_ratio"] - half).where(a > 0, -np.inf)
    table["log_ratio_high"] = (table["log_ratio"] + half).where(b > 0, np.inf)
    low, high = table["log_ratio_low"], table["log_ratio_high"]
    table["lrc"] = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    table["side"] = np.where(a >= b, "target", "reference")
    table["speaker_low"], table["speaker_high"] = low - 0.5, high + 0.5
    table = table.sort_values("lrc", ascending=False, kind="stable", ignore_index=True)
    table.attrs = {
        "text_status": "verbatim", "part": False, "level": 0.95, "n_tested": len(table),
        "n_words_target": 2000, "n_words_reference": 2000, **attrs,
    }  # fmt: skip
    return table


WORDS = [
    ("bridge", 60, 9, ""), ("safe", 40, 8, "asked first"),
    ("goat", 12, 0, "in one turn only; one speaker only"),
    ("the", 100, 98, "interval includes 0"), ("is", 55, 60, "interval includes 0"),
    ("ferry", 8, 50, ""), ("late", 0, 9, "mostly in one turn"),
    ("port", 9, 30, "may be one person's"),
]  # fmt: skip


def many_words(n):
    """Words that crowd: most of them at a few places."""
    return words_of([
        (f"word{i}", 3 + i % 40, 3 + (i * 7) % 23, "" if i % 11 == 0 else "interval includes 0")
        for i in range(n)
    ])  # fmt: skip


def test_each_word_stands_at_its_effect_and_its_evidence_in_the_look_of_its_flag():
    table = words_of(WORDS)
    drawn = {
        line.get_markerfacecolor(): sorted(map(tuple, line.get_xydata()))
        for line in figures.plot_keyness(table).lines
        if line.get_gid() == "words"
    }
    for colour, part in [
        ("white", table[table["flag"] != ""]),
        (style.INK, table[table["flag"] == ""]),
    ]:
        assert drawn[colour] == sorted(zip(part["log_ratio"], part["g2"], strict=True))


def test_each_label_is_tied_to_the_point_of_its_word():
    table = many_words(300).set_index("token")
    ax = figures.plot_keyness(table.reset_index())
    labels = [t for t in ax.texts if t.get_gid() == "word"]
    assert len(labels) > 3
    for label in labels:
        for word in re.sub(r" \+\d+$", "", label.get_text()).split(", "):
            assert label.xy == (table["log_ratio"][word], table["g2"][word])


def test_words_without_a_flag_are_named_first_and_in_ink():
    table = words_of([(f"free{i}", 30 + i, 5, "") for i in range(3)] + WORDS)
    ax = figures.plot_keyness(table)
    inks = {t.get_text(): t.get_color() for t in ax.texts if t.get_gid() == "word"}
    assert inks["bridge"] == style.INK
    assert inks["goat"] != style.INK


def test_labels_touch_no_point_and_no_label_even_in_a_file_of_more_dots():
    ax = figures.plot_keyness(many_words(2000))
    figure = style.whole(ax)
    for dpi in (100, 200):
        figure.set_dpi(dpi)
        figure.draw_without_rendering()
        labels = [t for t in ax.texts if t.get_gid() == "word"]
        boxes = np.array([t.get_window_extent().extents for t in labels])
        dots = key_labels._dots(ax, many_words(2000))
        for number, box in enumerate(boxes):
            for other in (np.delete(boxes, number, axis=0), dots):
                left, bottom, right, top = other.T
                apart = (right < box[0]) | (left > box[2]) | (top < box[1]) | (bottom > box[3])
                assert apart.all(), labels[number].get_text()


def test_labels_left_out_are_counted():
    ax = figures.plot_keyness(many_words(2000))
    named = " ".join(t.get_text() for t in ax.texts if t.get_gid() == "word")
    shown = len(re.findall(r"word\d+", named)) + sum(map(int, re.findall(r"\+(\d+)", named)))
    left_out = re.search(r"\((\d+) left out", note_of(ax).replace("\n", " "))
    assert shown + (int(left_out[1]) if left_out else 0) == 30


def read_ranked(ax):
    """Word to the place of its point, its ends, its counts and its marks."""
    names = [t.get_text() for t in ax.get_yticklabels()]
    found = {name: {"marks": set()} for name in names}
    for line in ax.lines:
        row = line.get_ydata()[0]
        if line.get_gid() == "effect":
            found[names[row]]["at"] = line.get_xdata()[0]
        elif line.get_gid():
            found[names[row]]["marks"].add(line.get_gid())
        elif line.get_linewidth() == 2.0 and len(line.get_xdata()) == 2:
            found[names[row]]["ends"] = line.get_xdata().tolist()
    for text in (t for t in ax.texts if t.get_gid() == "value"):
        found[names[text.xy[1]]]["counts"] = text.get_text()
    return found


def test_each_ranked_word_has_its_own_point_interval_counts_and_marks():
    table = words_of(WORDS)
    found = read_ranked(figures.plot_keyness_ranked(table))
    for row in table.to_dict("records"):
        drawn = found[row["token"]]
        assert drawn["at"] == row["log_ratio"]
        assert drawn["counts"] == f"{row['n_target']} : {row['n_reference']}"
        for end, at in zip(
            (row["log_ratio_low"], row["log_ratio_high"]), drawn["ends"], strict=True
        ):
            assert at == end or not np.isfinite(end) or abs(at) < abs(end)
    marks = {name: drawn["marks"] for name, drawn in found.items() if drawn["marks"]}
    assert marks == {
        "safe": {"asked first"}, "goat": {"one turn", "one person"},
        "late": {"one turn"}, "port": {"one person"},
    }  # fmt: skip


def test_the_strongest_word_of_each_side_stands_first():
    ax = figures.plot_keyness_ranked(words_of(WORDS), n=2)
    assert [t.get_text() for t in ax.get_yticklabels()] == ["bridge", "goat", "ferry", "late"]


def test_an_interval_without_end_is_an_arrow():
    ax = figures.plot_keyness_ranked(words_of(WORDS))
    names = [t.get_text() for t in ax.get_yticklabels()]
    pointed = [line for line in ax.lines if line.get_marker() in ("<", ">")]
    arrows = {(names[line.get_ydata()[0]], line.get_marker()) for line in pointed}
    assert ("goat", ">") in arrows
    assert ("late", "<") in arrows


def test_what_speaks_against_every_word_is_said_once_and_marks_none():
    table = words_of([(w, a, b, "may be one person's") for w, a, b, _ in WORDS])
    ax = figures.plot_keyness_ranked(table)
    assert not any(drawn["marks"] for drawn in read_ranked(ax).values())
    assert "Against every word: may be one person's" in note_of(ax).replace("\n", " ")
    said = figures.describe_keyness_ranked(table)
    assert said.count("may be one person's") == 1
    assert "all of them flagged" in said


def test_a_mark_stands_for_what_is_not_said_of_every_word():
    everybody = "may be one person's"
    table = words_of([(w, a, b, f"{f}; {everybody}".strip("; ")) for w, a, b, f in WORDS[:6]])
    found = read_ranked(figures.plot_keyness_ranked(table))
    assert [name for name, drawn in found.items() if "one person" in drawn["marks"]] == ["goat"]
    assert "Marked one person: goat." in figures.describe_keyness_ranked(table)


def test_the_sentences_of_keyness_name_the_words_without_a_flag():
    table = words_of(WORDS)
    for describe in (figures.describe_keyness, figures.describe_keyness_ranked):
        said = describe(table, sides=("officials", "journalists"))
        assert "First for officials, of those without a flag: bridge (60 against 9" in said
        assert "First for journalists, of those without a flag: ferry (8 against 50" in said
        assert "No test" in said
    assert "Nothing speaks against 2 of them" in figures.describe_keyness(table)
    assert "Marked one turn: goat and late" in figures.describe_keyness_ranked(table)


def test_keywords_of_several_speakers_are_drawn_one_at_a_time():
    table = words_of(WORDS)
    table.insert(0, "speaker", ["A", "B"] * 4)
    with pytest.raises(BriefingError, match="2 values of 'speaker'.*Draw one"):
        figures.plot_keyness(table)
    one = table.query("speaker == 'A' and side == 'target'")
    assert "left:" not in figures.plot_keyness_ranked(one).get_xlabel()


@pytest.mark.parametrize("plot", [figures.plot_keyness, figures.plot_keyness_ranked])
def test_keyness_without_words_says_what_to_do(plot):
    with pytest.raises(BriefingError, match="no rows.*smaller min_count"):
        plot(words_of(WORDS).iloc[:0])
    with pytest.raises(BriefingError, match="lacks lrc.*briefing.keyness"):
        plot(words_of(WORDS).drop(columns="lrc"))


def test_no_words_to_rank_are_refused():
    with pytest.raises(BriefingError, match="n=0"):
        figures.plot_keyness_ranked(words_of(WORDS), n=0)


@pytest.mark.parametrize("n", [1, 8, 400])
def test_keyness_can_be_read(n):
    sides = (LONG, LONG[::-1])
    ax = figures.plot_keyness_ranked(many_words(n), n=20, sides=sides)
    assert_readable(ax)
    plt.close("all")
    ax = figures.plot_keyness(many_words(n), sides=sides)
    assert_readable(ax)


# -- change over briefings


def series(n, categories=("hedges", "boosters"), name="briefing-{:02}", *, dated=True):
    rows = [
        rate(
            {"briefing_id": name.format(number)}, {"category": category},
            (number * 5 + len(category)) % 13, 1000, low=1.0, high=16.0,
            date=f"{2026 - number}-03-0{1 + number % 9}",
        )
        for number in range(n)
        for category in categories
    ]  # fmt: skip
    table = table_of(rows)
    return table if dated else table.drop(columns="date")


def panels_of(ax):
    return {panel.get_ylabel(): panel for panel in style.whole(ax).axes}


def points(panel):
    return [line.get_xydata()[0].tolist() for line in panel.lines if line.get_gid() == "rate"]


def test_briefings_with_dates_stand_in_the_order_of_time():
    table = series(4)
    ax = figures.plot_change(table)
    hedges = table.query("category == 'hedges'").iloc[::-1]
    days = pd.to_datetime(hedges["date"])
    drawn = points(panels_of(ax)["hedges"])
    assert [y for _, y in drawn] == hedges["per_1000"].tolist()
    assert np.diff([x for x, _ in drawn]).tolist() == days.diff().dt.days.tolist()[1:]
    assert [t.get_text() for t in ax.get_xticklabels()][0] == "4 Mar 2023"


def test_briefings_without_dates_stand_in_the_order_of_the_table_under_their_names():
    table = series(4, dated=False)
    ax = figures.plot_change(table)
    names = {t.get_position()[0]: t.get_text() for t in ax.get_xticklabels()}
    boosters = table.query("category == 'boosters'").set_index("briefing_id")["per_1000"]
    assert {names[x]: y for x, y in points(panels_of(ax)["boosters"])} == boosters.to_dict()
    assert "order of the table" in ax.get_xlabel()


def test_all_panels_have_one_scale_from_0():
    limits = {panel.get_ylim() for panel in style.whole(figures.plot_change(series(4))).axes}
    assert len(limits) == 1
    assert limits.pop()[0] == 0


def test_a_count_stands_over_each_point():
    table = series(4)
    panel = panels_of(figures.plot_change(table))["hedges"]
    drawn = {t.xy[0]: t.get_text() for t in panel.texts if t.get_gid() == "count"}
    hedges = table.query("category == 'hedges'").iloc[::-1]
    assert [drawn[x] for x in sorted(drawn)] == hedges["n_hits"].astype(str).tolist()


def test_few_briefings_are_events_and_many_have_no_trend_fitted():
    few, many = series(4), series(12)
    assert "4 briefings: each is one event, and no trend" in figures.describe_change(few)
    assert "each is one event" in note_of(figures.plot_change(few))
    assert "12 briefings; no trend is fitted" in figures.describe_change(many)
    panel = panels_of(figures.plot_change(many))["hedges"]
    joined = [line for line in panel.lines if line.get_gid() == "joined"]
    assert len(joined) == 1
    assert len(joined[0].get_xdata()) == 12


def test_the_sentence_of_change_has_each_briefing_of_a_few():
    said = figures.describe_change(series(2))
    assert "hedges: 11.0 (11 hits, 2 Mar 2025), 6.0 (6 hits, 1 Mar 2026)" in said
    assert "intervals of each briefing alone" in said


def test_a_role_gives_its_colour():
    ax = figures.plot_change(series(3).assign(role="official"))
    colours = {to_hex(x.get_color()).upper() for x in ax.lines if x.get_gid() == "rate"}
    assert colours == {figures.ROLE_COLOURS["official"]}


def test_change_of_one_category_stands_in_axes_of_the_readers():
    _, ax = plt.subplots(figsize=(6, 3), layout="constrained")
    one = series(5).query("category == 'hedges'")
    assert figures.plot_change(one, ax=ax) is ax
    assert_readable(ax)
    with pytest.raises(BriefingError, match="2 categories need a panel each"):
        figures.plot_change(series(3), ax=ax)


@pytest.mark.parametrize("dates", [["soon"], [None]])
def test_what_is_no_date_is_named(dates):
    table = series(1, ["hedges"]).assign(date=dates)
    with pytest.raises(BriefingError, match="column 'date'"):
        figures.plot_change(table)


def test_rates_by_speaker_are_no_change():
    with pytest.raises(BriefingError, match='lacks briefing_id.*by="briefing_id"'):
        figures.plot_change(by_role())


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("n", [1, 2, 4, 12, 40])
def test_change_can_be_read(n, dated):
    names = [LONG, "b"]
    table = series(n, names, LONG[:36] + "-{:02}", dated=dated)
    assert_readable(figures.plot_change(table))


def test_names_of_briefings_keep_their_ends():
    table = series(3, name=LONG[:36] + "-{:02}", dated=False)
    names = [t.get_text() for t in figures.plot_change(table).get_xticklabels()]
    assert [name[-3:] for name in names] == ["-00", "-01", "-02"]
    assert max(map(len, names)) <= 24


# -- outlines


def items(rows, *, speaker="Ida Marlow", turn=2):
    """`(chain, depth, item, marker, n_words, head, announced, delivered)`."""
    columns = ["chain", "depth", "item", "marker", "n_words", "head", "announced", "delivered"]
    table = pd.DataFrame(rows, columns=columns).astype({"announced": "Int64"})
    table.insert(0, "role", "official")
    table.insert(0, "speaker", speaker)
    table.insert(0, "turn_id", turn)
    table.insert(0, "briefing_id", "made")
    table["complete"] = True
    table.attrs = {"text_status": "verbatim", "part": False}
    return table


NESTED = items([
    (1, 1, 1, "First", 80, "task", 4, 3),
    (1, 1, 2, "Second", 106, "task", 4, 3),
    (2, 2, 1, "The first", 36, "side", 2, 2),
    (2, 2, 2, "The second", 50, "side", 2, 2),
    (1, 1, 3, "Third", 112, "task", 4, 3),
    (3, 1, 1, "One", 9, None, None, 2),
    (3, 1, 2, "Two", 7, None, None, 2),
])  # fmt: skip


def test_an_outline_has_chains_items_and_what_is_missing_in_their_order():
    assert [(line.depth, line.kind, line.text) for line in outline.outline(NESTED)] == [
        (1, "chain", "4 announced (task), 3 delivered"),
        (1, "item", "1  First"),
        (1, "item", "2  Second"),
        (2, "chain", "2 announced (side), 2 delivered"),
        (2, "item", "1  The first"),
        (2, "item", "2  The second"),
        (1, "item", "3  Third"),
        (1, "missing", "4  announced, not found"),
        (1, "chain", "not announced, 2 delivered"),
        (1, "item", "1  One"),
        (1, "item", "2  Two"),
    ]


def test_each_bar_stands_in_the_row_of_its_marker():
    ax = figures.plot_outline(NESTED)
    rows = {t.xy[1]: t.get_text() for t in ax.texts if t.get_gid() == "item"}
    bars = {round(b.get_y() + b.get_height() / 2): b for b in ax.patches}
    drawn = {rows[row].split(" ", 1)[1]: bars[row].get_width() for row in rows}
    assert drawn == NESTED.set_index("marker")["n_words"].to_dict()
    values = {t.xy[1]: t.get_text() for t in ax.texts if t.get_gid() == "value"}
    assert {values[row] for row in rows} == {f"{n} words" for n in NESTED["n_words"]}


def test_what_is_inside_an_item_is_written_farther_in():
    ax = figures.plot_outline(NESTED)
    lefts = {t.get_text(): t.get_window_extent().x0 for t in ax.texts if t.get_gid() == "item"}
    assert lefts["1 The first"] > lefts["2 Second"] + 10
    assert lefts["1 First"] == pytest.approx(lefts["3 Third"], abs=1)


def test_an_item_that_was_announced_and_not_found_has_an_empty_frame():
    ax = figures.plot_outline(NESTED)
    (frame,) = [b for b in ax.patches if b.get_linestyle() in ("--", "dashed")]
    (text,) = [t for t in ax.texts if t.get_gid() == "missing"]
    assert text.xy[1] == round(frame.get_y() + frame.get_height() / 2) == 7
    bold = [t.get_text() for t in ax.texts if t.get_fontweight() == "bold"]
    assert bold == ["4 announced (task), 3 delivered"]


def test_the_sentence_of_an_outline_holds_announced_against_delivered():
    said = figures.describe_outline(NESTED)
    for fact in [
        "turn 2, Ida Marlow (official): 3 enumerations, 1 of them inside an item, 7 items",
        "Level 1: 4 announced (task), 3 delivered: the two differ",
        "Level 2: 2 announced (side), 2 delivered.",
        "not how much or how well",
    ]:
        assert fact in said


def test_an_outline_of_two_turns_or_of_none_is_refused():
    two = pd.concat([NESTED, items([(1, 1, 1, "First", 5, None, None, 2)], turn=9)])
    with pytest.raises(BriefingError, match="one turn, and these are 2"):
        figures.plot_outline(two)
    with pytest.raises(BriefingError, match="no enumeration was found"):
        figures.plot_outline(NESTED.iloc[:0])


@pytest.mark.parametrize("depth, n", [(1, 1), (1, 40), (9, 3)])
def test_outlines_can_be_read(depth, n):
    rows = [
        (d, d, i + 1, "In the first place" * (i == 0) or "Next", 1234, "consideration", n + 1, n)
        for d in range(1, depth + 1)
        for i in range(n)
    ]
    table = items(rows, speaker=LONG)
    assert_readable(figures.plot_outline(table))


# -- with the measures themselves, and in files

TALK = [
    "Good morning. Perhaps the bridge is safe. There are three tasks. First, the bridge must be "
    "safe. Second, the ferry may be late. Third, we pay for the bridge.",
    "Is the bridge safe? And is the ferry late?",
    "The bridge is certainly safe. We think the ferry will be late, and we will say so.",
]


@pytest.fixture
def talk():
    turns = {
        "briefing_id": "a",
        "turn_id": [1, 2, 3],
        "speaker": ["Ida Marlow", "Jo Petrel", "Ida Marlow"],
        "role": ["official", "journalist", "official"],
        "text": TALK,
        "answers": [None, None, 2],
        "n_words": [len(text.split()) for text in TALK],
    }
    return pd.DataFrame(turns)


def test_the_tables_of_the_measures_are_drawn_as_they_come(talk):
    tokens = briefing.tokenize(talk)
    topics = {"bridge": ["bridge"], "ferry": ["ferry", "late"], "goats": ["goat"]}
    for by in ("speaker", "role", "briefing_id", None):
        for table in [
            briefing.topic_frequency(tokens, topics, by=by),
            briefing.stance(tokens, by=by),
            briefing.pronouns(tokens, by=by),
        ]:
            n = len(read_rates(figures.plot_rates(table)))
            assert n == (table["n_words"] > 0).sum()
            assert figures.describe_rates(table)
            plt.close("all")
    course = briefing.topic_course(tokens, topics, bins=4)
    figures.plot_topic_course(course, turns=talk)
    figures.plot_change(briefing.stance(tokens, by="briefing_id"))
    official = tokens["role"] == "official"
    key = briefing.keyness(tokens[official], tokens[~official], min_count=2, turns=talk)
    assert set(read_ranked(figures.plot_keyness_ranked(key))) <= set(key["token"])
    figures.plot_keyness(key)
    found = briefing.enumerations(briefing.sentences(talk))
    assert [line.text for line in outline.outline(found)] == [
        "3 announced (task), 3 delivered", "1  First", "2  Second", "3  Third"
    ]  # fmt: skip


def test_tables_come_back_as_they_were_and_nothing_is_set_for_the_program():
    before = dict(plt.rcParams)
    tables = [by_role(), course_of(HITS), words_of(WORDS), series(3), NESTED.copy()]
    copies = [table.copy() for table in tables]
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        draw_all(*tables)
    for table, copy in zip(tables, copies, strict=True):
        pd.testing.assert_frame_equal(table, copy)
    assert dict(plt.rcParams) == before


def draw_all(rates, course, words, changes, outlined):
    """Every figure with its sentence and its table."""
    return {
        "topics": (figures.plot_topics(rates), rates, figures.describe_topics(rates)),
        "course": (
            figures.plot_topic_course(course, turns=make_turns()),
            course,
            figures.describe_topic_course(course),
        ),
        "keyness": (figures.plot_keyness(words), words, figures.describe_keyness(words)),
        "ranked": (
            figures.plot_keyness_ranked(words),
            words,
            figures.describe_keyness_ranked(words),
        ),
        "change": (figures.plot_change(changes), changes, figures.describe_change(changes)),
        "outline": (figures.plot_outline(outlined), outlined, figures.describe_outline(outlined)),
    }


SAVE = """
import sys
sys.path[:0] = [{root!r}, {tests!r}]
import matplotlib
matplotlib.use("Agg")
from test_figures_measures import *
drawn = draw_all(by_role(), course_of(HITS), many_words(200), series(4), NESTED)
for name, (ax, table, sentence) in drawn.items():
    figures.save_figure(ax, {folder!r}, name, table=table, sentence=sentence)
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
        assert len(files) == 24
        digests.append([hashlib.sha256(path.read_bytes()).hexdigest() for path in files])
    assert digests[0] == digests[1]
