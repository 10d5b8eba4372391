"""Topics, stance, keyness, change and outlines are read back: headline, order, bars, labels."""

import warnings

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
import pytest
from matplotlib.colors import to_hex

import briefing
from briefing import figures
from briefing.figures import dress, outline, rate_bars
from briefing.tables import ROLE_COLOURS, BriefingError
from build import LONG, make_turns, turns_of
from made.pictures import assert_readable, bars_of, headline, rows_of, saved_twice, texts, values_of

pytestmark = pytest.mark.whole

ROLES = ["moderator", "official", "journalist"]
TOPICS = ["the cable", "security", "money"]


def rate(group, category, n_hits, n_words, *, low=None, high=None, turns=(12, 5), why="", **more):
    """A row as the measures give it: with an interval, without one, or with nothing found."""
    n_turns, n_hit = turns
    kind = "none" if low is None else "by turn"
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


def speakers(*rows, category="hedges", **attrs):
    """A table of one category: speaker, hits, words."""
    key = {"category": category}
    made = [rate({"speaker": who, "named": who != "unnamed journalists"}, key, n, words)
            for who, n, words in rows]  # fmt: skip
    return table_of(made, **attrs)


ONE_HOLDER = speakers(("Ida Marlow", 4, 1000), ("Jo Kerr", 20, 400), ("Bo Lund", 2, 600))


def test_bars_are_sorted_and_each_stands_beside_its_own_name_and_numbers():
    ax = figures.plot_rates(ONE_HOLDER)
    assert rows_of(ax) == ["Jo Kerr", "Ida Marlow", "Bo Lund"]
    assert [length for _, length in bars_of(ax, "rate")] == pytest.approx([50, 4, 10 / 3])
    assert values_of(ax) == [
        "50.0 · 20 in 5 of 12 turns", "4.0 · 4 in 5 of 12 turns", "3.3 · 2 in 5 of 12 turns",
    ]  # fmt: skip


def test_one_who_has_most_is_the_headline_and_alone_in_colour():
    ax = figures.plot_rates(ONE_HOLDER)
    assert headline(ax) == "20 of 26 hedges are Jo Kerr's"
    assert [to_hex(bar.get_facecolor()).upper() for bar in ax.patches] == [
        dress.STRESS, dress.PLAIN, dress.PLAIN,
    ]  # fmt: skip
    assert figures.caption(figures.plot_rates(ONE_HOLDER)).startswith(
        "20 of 26 hedges are Jo Kerr's. "
    )


@pytest.mark.parametrize(
    "rows",
    [
        [("A", 13, 1000), ("B", 12, 900), ("C", 9, 900)],  # most, not more than half
        [("A", 20, 4000), ("B", 2, 300), ("C", 2, 300)],  # no more than the words would have it
        [("A", 6, 300), ("B", 1, 500), ("C", 1, 500)],  # too few hits
        [("A", 20, 400), ("B", 2, 900)],  # two: the one or the other
        [("unnamed journalists", 20, 400), ("B", 2, 900), ("C", 2, 900)],  # several people
    ],
)
def test_no_headline_counts_what_is_no_finding(rows):
    table = speakers(*rows)
    assert headline(figures.plot_rates(table)) == "Hedges by speaker"
    assert " of " not in figures.caption(figures.plot_rates(table)).split(". ")[0]


@pytest.mark.parametrize(
    ("without", "named", "is_said"),
    [(29, 1, True), (14, 6, False), (8, 0, False)],  # most; not so many more; too few
)
def test_passives_that_name_no_agent_are_a_headline_where_they_are_most(without, named, is_said):
    counts = {"passives without agent": without, "passives with agent": named}
    made = [rate({}, {"category": name}, n, 3000) for name, n in counts.items()]
    ax = figures.plot_rates(table_of(made, made_by="agency"))
    said = f"{without} of {without + named} passives leave out who does it"
    assert (headline(ax) == said) == is_said


def test_a_role_that_uses_more_is_a_headline_only_where_the_interval_leaves_out_0():
    def roles(low, high, **more):
        key = {"category": "hedges"}
        return table_of([
            rate({"role": "official"}, key, 40, 2000, low=17.0, high=23.0),
            rate({"role": "journalist"}, key, 8, 1000, low=low, high=high, **more),
        ])  # fmt: skip

    said = "Officials use more hedges than journalists here"
    assert headline(figures.plot_rates(roles(5.0, 11.0))) == said
    assert headline(figures.plot_rates(roles(0.0, 25.0))) == "Hedges by role"
    unknown = roles(5.0, 11.0).assign(interval=["by turn", "none"])
    assert headline(figures.plot_rates(unknown)) == "Hedges by role"


def test_an_interval_of_a_difference_is_that_of_two_rates():
    """Zou and Donner (2008): the lower limit of a difference of 20 and 8 by hand."""
    first = {"per_1000": 20.0, "low": 17.0, "high": 23.0, "interval": "by turn"}
    second = {"per_1000": 8.0, "low": 5.0, "high": 8 + (12**2 - 9) ** 0.5, "interval": "b"}
    assert not rate_bars.differs(first, second)  # the limit is 0
    assert rate_bars.differs(first, second | {"high": second["high"] - 0.01})


def test_categories_have_a_heading_and_those_that_nobody_has_are_named():
    table = by_role("category", ["hedges", "boosters", "obligation"])
    table.loc[table["category"] == "boosters", ["n_hits", "per_1000"]] = 0
    ax = figures.plot_rates(table)
    bold = [t.get_text() for t in ax.get_yticklabels() if t.get_fontweight() == "bold"]
    assert bold == ["hedges", "obligation"]
    assert "Nothing found of boosters" in texts(ax, "note")[0]


def test_those_of_few_words_have_no_bar_and_are_counted():
    table = speakers(("Ida Marlow", 4, 1000), ("Jo Kerr", 2, 400), ("LNW", 3, 60), ("B", 0, 90))
    ax = figures.plot_rates(table)
    assert rows_of(ax) == ["Jo Kerr", "Ida Marlow"]
    assert "Without a bar: 2 with fewer words, 3 hits" in texts(ax, "note")[0]
    assert "speakers with 200 words or more" in texts(ax, "drawn")[0]
    few = speakers(("Ida Marlow", 4, 100), ("Jo Kerr", 2, 40))
    assert rows_of(figures.plot_rates(few)) == ["Jo Kerr", "Ida Marlow"]


def test_a_line_is_an_interval_and_a_bound_is_none():
    ax = figures.plot_rates(by_role())
    lines = [line.get_xdata().tolist() for line in ax.lines if line.get_gid() == "interval"]
    ends = [[2.5, 10 / 1.5], [2.0, 21.0], [5.0, 20 / 1.5], [2.0, 22.0], [7.5, 20.0]]
    assert sorted(lines) == [pytest.approx(pair) for pair in sorted(ends)]


def test_a_translation_is_said_to_have_the_translators_hedges():
    table = by_role("category", ["hedges"])
    table.attrs["text_status"] = "translated"
    assert "the translator's" in texts(figures.plot_rates(table), "note")[0]
    assert "the translator's" in figures.caption(figures.plot_rates(table))
    assert "the translator's" not in figures.caption(figures.plot_rates(by_role()))


def test_pronouns_are_called_by_their_forms():
    rows = [
        rate({"role": "official"}, {"person": 1, "number": "plural"}, 30, 900, low=30, high=37),
        rate({"role": "journalist"}, {"person": 1, "number": "plural"}, 3, 800, low=1, high=5),
    ]
    ax = figures.plot_rates(table_of(rows))
    assert headline(ax) == "Officials use “we, us, our” more than journalists here"


@pytest.mark.parametrize(
    "table, message",
    [
        (by_role().drop(columns="n_turns"), "lacks n_turns"),
        (by_role().rename(columns={"topic": "other"}), "topic, category or person"),
        (by_role().iloc[:0], "no rows"),
        (pd.concat([by_role(), by_role()]), "several rows for one category"),
    ],
)
def test_what_is_no_table_of_rates_is_refused(table, message):
    with pytest.raises(BriefingError, match=message):
        figures.plot_rates(table)


def test_rates_can_be_read(any_rates):
    assert_readable(figures.plot_rates(any_rates))


# -- topics by group


def cells_of(ax):
    """Row and column label to the number in the cell."""
    columns = [t.get_text().split("\n")[0] for t in ax.get_xticklabels()]
    counts = [t for t in ax.texts if t.get_gid() == "count"]
    rows = rows_of(ax)
    return {(rows[round(t.xy[1])], columns[round(t.xy[0])]): t.get_text() for t in counts}


def test_each_count_stands_in_the_cell_of_its_topic_and_group():
    table = by_role()
    expected = {
        (row["topic"], f"{row['role']}s"): str(row["n_hits"])
        for row in table.to_dict("records") if row["n_hits"]
    }  # fmt: skip
    ax = figures.plot_topics(table)
    assert cells_of(ax) == expected
    assert [t.get_text().split("\n")[1] for t in ax.get_xticklabels()] == [
        "2,500 words", "500 words", "150 words",
    ]  # fmt: skip
    assert rows_of(ax) == ["money", "security", "the cable"]


def test_cells_are_the_darker_the_higher_the_rate():
    ax = figures.plot_topics(by_role())
    light = {bar.get_gid(): sum(bar.get_facecolor()[:3]) for bar in ax.patches}
    per_1000 = {
        f"{row['topic']}/{row['role']}s": row["per_1000"] for row in by_role().to_dict("records")
    }
    order = sorted(per_1000, key=per_1000.get, reverse=True)
    assert sorted(light, key=light.get)[:5] == order[:5]


def test_a_topic_that_is_one_speakers_is_the_headline_of_the_table():
    told = speakers(("Ida Marlow", 4, 1000), ("Jo Kerr", 20, 400), ("LNW", 2, 60), category="x")
    told = told.rename(columns={"category": "topic"}).replace("x", "money")
    ax = figures.plot_topics(told)
    assert headline(ax) == "20 of 26 mentions of money are Jo Kerr's"
    assert "Left out: 1 with fewer than 100 words" in texts(ax, "note")[0]
    even = told.assign(n_hits=[9, 9, 8])
    assert headline(figures.plot_topics(even)) == "Topics by speaker"


def test_a_headline_is_about_something_that_is_drawn():
    few = speakers(("Ida Marlow", 20, 150), ("Jo Kerr", 4, 400), ("LNW", 2, 600), category="hedges")
    ax = figures.plot_rates(few)
    assert headline(ax) == "Hedges by speaker"
    assert rows_of(ax) == ["Jo Kerr", "LNW"]
    nobody_else = few.assign(n_words=[150, 400, 60])
    ax = figures.plot_rates(nobody_else)
    assert headline(ax) == "20 of 26 hedges are Ida Marlow's"
    assert {*rows_of(ax)} == {"Ida Marlow", "Jo Kerr", "LNW"}
    small = few.rename(columns={"category": "topic"}).assign(n_words=[90, 400, 600])
    assert headline(figures.plot_topics(small)) == "Topics by speaker"


def test_stance_is_no_table_of_topics():
    with pytest.raises(BriefingError, match="lacks topic"):
        figures.plot_topics(by_role("category"))


@pytest.mark.parametrize("name", [name for name in RATES if "topic" in RATES[name]])
def test_topics_can_be_read(name):
    assert_readable(figures.plot_topics(RATES[name]))


# -- the course of topics


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


HITS = [[4, 7, 11, 11, 5, 0, 7, 2, 0, 0], [0] * 10, [1, 0, 0, 0, 0, 12, 0, 3, 0, 1]]


def test_each_bar_lies_in_the_row_of_its_topic_and_says_its_hits():
    ax = figures.plot_topic_course(course_of(HITS))
    bars = {bar.get_gid(): -bar.get_height() for bar in ax.patches}
    expected = {
        f"topic {row}/{place + 1}": n
        for row, counts in enumerate(HITS) for place, n in enumerate(counts) if n
    }  # fmt: skip
    assert bars.keys() == expected.keys()
    heights = [bars[key] / n for key, n in expected.items()]
    assert heights == pytest.approx([heights[0]] * len(heights))
    assert rows_of(ax) == ["topic 0", "topic 2"]
    assert "Nothing found of topic 1" in texts(ax, "note")[0]


def test_a_stretch_with_more_than_half_of_a_topic_is_the_headline_and_in_colour():
    ax = figures.plot_topic_course(course_of(HITS))
    assert headline(ax) == "12 of 17 mentions of topic 2 fall in one stretch, turns 6–7"
    colours = {bar.get_gid(): to_hex(bar.get_facecolor()).upper() for bar in ax.patches}
    assert [gid for gid, colour in colours.items() if colour == dress.STRESS] == ["topic 2/6"]
    for spread in ([[4, 7, 4, 0, 0, 0, 0, 0, 0, 0]], [[5, 2, 0, 0, 0, 0, 0, 0, 0, 0]]):
        table = course_of(spread)
        assert headline(figures.plot_topic_course(table)) == "Where the topics come up"
        assert "stretch, turns" not in figures.caption(figures.plot_topic_course(table))


def test_below_the_stretches_stand_their_turns_and_who_speaks():
    turns = make_turns()
    ax = figures.plot_topic_course(course_of(HITS), turns=turns)
    assert [t.get_text() for t in ax.get_xticklabels()][:2] == ["1–2", "2–3"]
    strip = [bar for bar in ax.patches if bar.get_gid() == "turns"]
    assert sum(bar.get_width() for bar in strip) == pytest.approx(1)
    assert to_hex(strip[1].get_facecolor()).upper() == ROLE_COLOURS["official"]
    assert rows_of(ax)[-1] == "who speaks"


def test_a_course_of_two_briefings_or_with_the_turns_of_another_is_refused():
    two = pd.concat([course_of(HITS), course_of(HITS, briefing_id="other")])
    with pytest.raises(BriefingError, match="one briefing, and the table has 2"):
        figures.plot_topic_course(two)
    with pytest.raises(BriefingError, match="no turns of other"):
        figures.plot_topic_course(course_of(HITS, briefing_id="other"), turns=make_turns())


@pytest.mark.parametrize("n", [1, 25])
def test_courses_can_be_read(n):
    hits = [[(row * 3 + place) % 13 for place in range(10)] for row in range(n)]
    topics = [f"topic {row} with a longer name than usual" for row in range(n)]
    assert_readable(figures.plot_topic_course(course_of(hits, topics=topics), turns=make_turns()))


# -- keyness


def words_of(rows, **attrs):
    """`(word, a, b, flag)`: hits in two sides of 2,000 words, ranked as keyness ranks."""
    rows = [(w, a, b, flag != "") for w, a, b, flag in rows]
    table = pd.DataFrame(rows, columns=["token", "n_target", "n_reference", "flagged"])
    a, b = table["n_target"], table["n_reference"]
    table["log_ratio"] = np.log2((a + 0.5) / (b + 0.5))
    table["g2"] = 2 * (a - b).abs().astype(float)
    half = 3 / np.sqrt(np.minimum(a, b) + 1)
    table["log_ratio_low"] = (table["log_ratio"] - half).where(a > 0, -np.inf)
    table["log_ratio_high"] = (table["log_ratio"] + half).where(b > 0, np.inf)
    low, high = table["log_ratio_low"], table["log_ratio_high"]
    table["lrc"] = np.where(low > 0, low, np.where(high < 0, high, 0.0))
    table["side"] = np.where(a >= b, "target", "reference")
    table["per_1000_target"], table["per_1000_reference"] = a / 2, b / 2
    table["function_word"] = table["token"].isin(["the", "is"])
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


PEOPLE = ("officials", "journalists")


def points_of(ax, side):
    """Word to rate of one side, and whether its point is full."""
    rows = rows_of(ax)
    points = [line for line in ax.lines if line.get_gid() == side]
    return {
        rows[line.get_ydata()[0]]: (line.get_xdata()[0], line.get_markerfacecolor() != "white")
        for line in points
    }


def test_each_word_has_its_two_rates_its_counts_and_no_function_word_is_drawn():
    ax = figures.plot_keyness(words_of(WORDS), sides=PEOPLE)
    assert rows_of(ax) == ["bridge", "goat", "safe", "ferry", "late", "port"]
    assert {w: at for w, (at, _) in points_of(ax, "target").items()} == {
        "bridge": 30, "safe": 20, "goat": 6, "ferry": 4, "port": 4.5, "late": 0,
    }  # fmt: skip
    assert points_of(ax, "reference")["ferry"][0] == 25
    assert values_of(ax)[:3] == ["60 : 9", "12 : 0", "40 : 8"]
    assert "the" in rows_of(figures.plot_keyness(words_of(WORDS), function_words=True))


def test_words_whose_interval_includes_0_are_hollow_and_counted():
    table = words_of([("bridge", 60, 9, ""), ("port", 9, 8, ""), ("quay", 5, 9, "")])
    ax = figures.plot_keyness(table, sides=PEOPLE)
    full = {word: known for word, (_, known) in points_of(ax, "target").items()}
    assert full == {"bridge": True, "port": False, "quay": False}
    assert "2 of 3 hollow" in texts(ax, "note")[0]


def test_numbers_and_the_people_addressed_are_no_keywords():
    rows = [("bridge", 60, 9, ""), ("third", 30, 2, ""), ("marlow", 0, 20, ""), ("mr", 0, 9, "")]
    ax = figures.plot_keyness(words_of(rows, people=["marlow"], language="en"))
    assert rows_of(ax) == ["bridge"]


def test_the_headline_of_keyness_needs_a_none_that_is_worth_it_or_an_interval_without_0():
    alone = words_of([("goat", 12, 0, "in one turn only"), ("bridge", 60, 9, "")])
    assert headline(figures.plot_keyness(alone, sides=PEOPLE)) == (
        "“goat”: 12 uses by officials, none by journalists"
    )
    more = words_of([("bridge", 60, 9, ""), ("port", 9, 8, "")])
    assert headline(figures.plot_keyness(more, sides=PEOPLE)) == (
        "Officials used “bridge” more than journalists here"
    )
    title = "Words used more by officials, and by journalists"
    for rows in (
        [("bridge", 60, 9, "may be one person's"), ("port", 8, 9, "")],  # a flag
        [("port", 9, 8, ""), ("quay", 8, 9, "")],  # intervals with 0
        [("goat", 7, 0, "one speaker only"), ("quay", 8, 9, "")],  # a none of few
    ):
        assert headline(figures.plot_keyness(words_of(rows), sides=PEOPLE)) == title
        assert title in figures.caption(figures.plot_keyness(words_of(rows), sides=PEOPLE))
    small = words_of([("goat", 12, 0, "one speaker only"), ("port", 8, 9, "")])
    small["per_1000_reference"] *= 20  # 100 words: none of them is no wonder
    assert headline(figures.plot_keyness(small, sides=PEOPLE)) == title


def test_each_side_has_a_column_of_its_words():
    ax = figures.plot_keyness_ranked(words_of(WORDS), sides=PEOPLE)
    left, right = ax.child_axes
    assert rows_of(left) == ["bridge", "goat", "safe"]
    assert rows_of(right) == ["ferry", "late", "port"]
    assert [n for _, n in bars_of(right, "reference")] == [25, 4.5, 15]
    assert texts(ax, "heading") == ["used more by officials", "used more by journalists"]
    one = words_of(WORDS)
    assert len(figures.plot_keyness_ranked(one[one["side"] == "target"]).child_axes) == 1


def test_keywords_of_several_speakers_are_drawn_one_at_a_time():
    two = pd.concat([words_of(WORDS).assign(speaker=name) for name in "AB"])
    two = two[["speaker", *two.columns.drop("speaker")]]
    with pytest.raises(BriefingError, match="keywords of 2 values of 'speaker'"):
        figures.plot_keyness(two)


@pytest.mark.parametrize("plot", [figures.plot_keyness, figures.plot_keyness_ranked])
def test_keyness_without_words_says_what_to_do(plot):
    with pytest.raises(BriefingError, match="smaller min_count"):
        plot(words_of(WORDS).iloc[:0])
    with pytest.raises(BriefingError, match="n=0 words"):
        plot(words_of(WORDS), n=0)


@pytest.mark.parametrize("n", [1, 400])
def test_keyness_can_be_read(n):
    sides = (LONG, f"{LONG} 2")
    assert_readable(figures.plot_keyness(many_words(n), sides=sides, n=12))
    assert_readable(figures.plot_keyness_ranked(many_words(n), sides=sides))


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
    """Heading of each panel to its axes."""
    return {panel.get_title(loc="left"): panel for panel in dress.whole(ax).axes}


def test_briefings_with_dates_stand_in_the_order_of_time_with_their_hits():
    ax = figures.plot_change(series(4))
    panels = panels_of(ax)
    assert panels.keys() == {"hedges", "boosters"}
    (joined,) = [line for line in panels["hedges"].lines if line.get_gid() == "joined"]
    assert np.diff(joined.get_xdata()).min() > 0
    assert joined.get_ydata().tolist() == [8, 3, 11, 6]  # hits of 1,000 words, the last one first
    counts = [t.get_text() for t in panels["hedges"].texts if t.get_gid() == "count"]
    assert counts == ["8", "3", "11", "6"]
    assert len({panel.get_ylim() for panel in panels.values()}) == 1


def test_the_briefing_that_is_marked_is_in_colour_in_every_panel():
    ax = figures.plot_change(series(4), mark="briefing-01")
    for panel in panels_of(ax).values():
        points = [line for line in panel.lines if line.get_gid() == "rate"]
        assert [line.get_color() == dress.STRESS for line in points] == [False, False, True, False]
    assert "marked: 2 Mar 2025" in texts(ax, "drawn")[0]
    with pytest.raises(BriefingError, match="'no' is not a briefing of the table"):
        figures.plot_change(series(4), mark="no")


def test_a_category_mostly_of_one_briefing_is_a_headline_and_two_briefings_have_none():
    table = series(3, ("money",)).rename(columns={"category": "topic"}).assign(n_hits=[2, 20, 3])
    assert headline(figures.plot_change(table)) == "20 of 25 mentions of money are of 2 Mar 2025"
    even = table.assign(n_hits=[9, 11, 10])
    assert headline(figures.plot_change(even)) == "Topics in 3 briefings"
    assert headline(figures.plot_change(table.iloc[:2])) == "Topics in 2 briefings"
    assert "mentions" not in figures.caption(figures.plot_change(even))


def test_few_briefings_are_events_and_many_have_no_trend_fitted():
    assert "one event, and no trend" in texts(figures.plot_change(series(4)), "note")[0]
    assert "No trend is fitted" in texts(figures.plot_change(series(12)), "note")[0]
    assert "one event" in figures.caption(figures.plot_change(series(4)))


def test_change_of_one_category_stands_in_axes_of_the_readers():
    _, ax = plt.subplots()
    assert figures.plot_change(series(3, ("hedges",)), ax=ax) is ax
    with pytest.raises(BriefingError, match="2 categories need a panel each"):
        figures.plot_change(series(3), ax=ax)


@pytest.mark.parametrize("dates", [["soon"], [None]])
def test_what_is_no_date_is_named(dates):
    with pytest.raises(BriefingError, match="column 'date'"):
        figures.plot_change(series(1, ("hedges",)).assign(date=dates))


@pytest.mark.parametrize("dated", [True, False])
@pytest.mark.parametrize("n", [1, 4, 40])
def test_change_can_be_read(n, dated):
    many = ("hedges", "boosters", "possibility", "obligation")
    assert_readable(figures.plot_change(series(n, many, f"{LONG} {{:02}}", dated=dated)))


def test_names_of_briefings_keep_their_ends():
    drawn = rate_bars._over_time(series(3, name=f"{LONG} {{:02}}", dated=False))
    assert [name[-3:] for name in drawn["when"].unique()] == [" 00", " 01", " 02"]


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


def test_the_headline_of_an_outline_says_what_was_announced_and_what_was_found():
    assert headline(figures.plot_outline(NESTED)) == "4 tasks announced, 3 found"
    said = figures.caption(figures.plot_outline(NESTED))
    assert "3 enumerations, 1 of them inside an item, 7 items of 7 to 112 words" in said
    kept = items([(1, 1, 1, "First", 80, "task", 2, 2), (1, 1, 2, "Second", 90, "task", 2, 2)])
    assert headline(figures.plot_outline(kept)) == "2 tasks announced, 2 found"


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
    said = zip(
        ["Ida Marlow", "Jo Petrel", "Ida Marlow"],
        ["official", "journalist", "official"],
        TALK,
        strict=True,
    )
    return turns_of("speaker role text", *said, answers=[None, None, 2])


def test_the_tables_of_the_measures_are_drawn_as_they_come(talk):
    tokens = briefing.tokenize(talk)
    topics = {"bridge": ["bridge"], "ferry": ["ferry", "late"], "goats": ["goat"]}
    for by in ("speaker", "role", "briefing_id", None):
        for table in [
            briefing.topics.frequency(tokens, topics, by=by),
            briefing.wording.stance(tokens, by=by),
            briefing.wording.pronouns(tokens, by=by),
        ]:
            assert figures.caption(figures.plot(table))
            plt.close("all")
    course = briefing.topics.course(tokens, topics, bins=4)
    figures.plot(course, turns=talk)
    official = tokens["role"] == "official"
    key = briefing.keywords.keyness(tokens[official], tokens[~official], min_count=2, turns=talk)
    assert set(rows_of(figures.plot(key))) <= set(key["token"])
    found = briefing.quantities.enumerations(briefing.sentences(talk))
    assert [line.text for line in outline.outline(found)] == [
        "3 announced (task), 3 delivered", "1  First", "2  Second", "3  Third"
    ]  # fmt: skip


def test_a_table_that_nothing_is_known_of_has_no_drawing():
    with pytest.raises(BriefingError, match="do not say what made it"):
        figures.plot(pd.DataFrame({"n": [1]}))
    other = pd.DataFrame({"n": [1]})
    other.attrs["made_by"] = "echo"
    with pytest.raises(BriefingError, match="echo made it"):
        figures.plot(other)


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
    """Every figure with its table."""
    return {
        "topics": (figures.plot_topics(rates), rates),
        "course": (figures.plot_topic_course(course, turns=make_turns()), course),
        "keyness": (figures.plot_keyness(words), words),
        "ranked": (figures.plot_keyness_ranked(words), words),
        "change": (figures.plot_change(changes), changes),
        "outline": (figures.plot_outline(outlined), outlined),
    }


def drawn():
    return draw_all(by_role(), course_of(HITS), many_words(60), series(4), NESTED)


@pytest.mark.slow  # test_figures.py does it with others
@pytest.mark.slow  # another process
def test_the_same_figure_gives_the_same_bytes_in_another_process(tmp_path):
    once, again = saved_twice(__name__, tmp_path)
    assert len(once) == 24
    assert once == again
