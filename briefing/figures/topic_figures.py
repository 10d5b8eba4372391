"""Topics: who speaks of what, where in the briefing, and in which briefing of several.

Counts stand in the cells of a table and are shaded by the rate, so that a speaker of few words is
not lost and not blown up. What was not found is an empty cell, or is named in the note.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator, PercentFormatter

from briefing.figures import dress, phrasing, rate_bars, row_labels
from briefing.figures.lettering import fonts_for, wrap
from briefing.tables import TURNS, BriefingError, Table

TOPICS = Table(
    name="topic frequency",
    row="one topic of one group of words",
    made_by="briefing.topics.frequency(tokens, topics, by=...)",
    columns={"topic": "the topic"} | rate_bars.NUMBERS,
)
COURSE = Table(
    name="topic course",
    row="one topic in one stretch of a briefing",
    made_by="briefing.topics.course(tokens, topics)",
    columns={
        "briefing_id": "the briefing",
        "topic": "the topic",
        "bin": "which stretch, from 1",
        "from_share": "the share of the words before it",
        "to_share": "and up to its end",
        "first_turn": "the turn of its first word",
        "last_turn": "the turn of its last word",
        "n_hits": "how often the topic comes up in it",
        "n_words": "the words of the stretch",
    },
)
FEWEST = 100  # words of a group that has a column
COLUMNS = 8  # groups side by side
DARK = 0.75  # of the scale: beyond that the number is white
MOST = 0.85  # of the colour scale, which ends in near black
CELL = 0.36  # inches
ROW = 0.42  # inches: a row with bars in it
TALL = 0.64  # of a row: the highest bar
NUMBER = 6.8  # points
LARGE = 0.3  # of the hits of a topic, where an even spread would put a tenth
MANY = 20  # stretches; so many are told apart by their bars alone
SPEAKS = "who speaks"


def plot_topics(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw `briefing.topics.frequency(tokens, topics, by=...)`: a row a topic, a column a group.

    Counts in the cells, shaded by the rate per 1,000 words of the group. A table of one group is
    drawn as bars with their intervals, see `briefing.figures.plot_rates`.

    Raises
    ------
    BriefingError
        Columns missing, no row, two rows for a group and topic, axes too low.
    """
    TOPICS.check(table)
    if rate_bars.is_alone(table):
        return rate_bars.plot_rates(table, ax=ax)
    hits, per_1000, words = _grid(table)
    own = ax is None
    ax = row_labels.rows([*hits.index], ax, grid=False)
    _shade(ax, hits, per_1000)
    _name_columns(ax, [*hits.columns], words)
    dress.write(ax, _words(table), table.attrs, own=own)
    row_labels.fit_rows(ax, [*hits.index], own=own, row=CELL)
    return ax


def _grid(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Hits and rates of topics by groups, most first, and the words of each group."""
    found = rate_bars.cells(table)
    words = found.drop_duplicates("group").set_index("group")["n_words"]
    words = words.sort_values(ascending=False, kind="stable")
    enough = words[words >= FEWEST] if (words >= FEWEST).any() else words
    shown = enough.index[:COLUMNS]
    hits = found.pivot_table("n_hits", "category", "group", observed=True)
    totals = hits.sum(axis=1).loc[list(dict.fromkeys(found["category"]))]
    there = totals[totals > 0] if (totals > 0).any() else totals
    topics = there.sort_values(ascending=False, kind="stable").index
    rates = found.pivot_table("per_1000", "category", "group", observed=True)
    cut = (topics, shown)
    return hits.loc[cut].fillna(0).astype(int), rates.loc[cut].fillna(0.0), words


def _shade(ax: Axes, hits: pd.DataFrame, per_1000: pd.DataFrame) -> None:
    most = float(per_1000.to_numpy().max()) or 1.0
    for row, topic in enumerate(hits.index):
        for column, group in enumerate(hits.columns):
            depth = float(per_1000.loc[topic, group]) / most
            ax.barh(
                row, 0.96, 0.92, column - 0.48, color=colormaps["Blues"](0.03 + MOST * depth),
                gid=f"{topic}/{group}",
            )  # fmt: skip
            if n := int(hits.loc[topic, group]):
                ax.annotate(
                    f"{n:,}", (column, row), ha="center", va="center_baseline", gid="count",
                    fontsize=dress.LABEL, color="white" if depth > DARK else dress.INK,
                )  # fmt: skip
    ax.set_xlim(-0.5, len(hits.columns) - 0.5)


def _name_columns(ax: Axes, groups: list[str], words: pd.Series) -> None:
    """The name of each group and its words above its column, smaller where a word is long."""
    room = max(9, int(66 / len(groups)))
    longest = max(
        (len(word) for group in groups for word in group.replace("-", " ").split()), default=0
    )
    letters = min(max(room, longest), round(1.4 * room))
    names = [f"{wrap(group, letters, 4)}\n{words[group]:,} words" for group in groups]
    ax.xaxis.tick_top()
    ax.set_xticks(range(len(groups)), names)
    ax.tick_params(axis="x", labelsize=dress.NOTE * room / letters)
    for label in ax.get_xticklabels():
        label.set(parse_math=False, fontfamily=fonts_for(names), linespacing=1.1)


def _words(table: pd.DataFrame) -> dress.Words:
    hits, _, words = _grid(table)
    told = rate_bars.one_holder(table)
    by = rate_bars.grouped_by(table)
    title = {"role": "Who speaks of what: topics by role"}.get(str(by), f"Topics by {by}")
    headline = told.said if told else title
    drawn = "Times a topic comes up; the darker, the more per 1,000 words"
    return dress.Words(headline, drawn, _note(table, hits, words))


def _note(table: pd.DataFrame, hits: pd.DataFrame, words: pd.Series) -> str:
    left = words[~words.index.isin(hits.columns)]
    few = int((left < FEWEST).sum())
    every = dict.fromkeys(rate_bars.cells(table)["category"])
    none = [topic for topic in every if topic not in hits.index]
    parts = [
        f"Left out: {few} with fewer than {FEWEST} words." if few else "",
        f"Not shown: {len(left) - few} more." if len(left) > few else "",
        f"Nothing found of {phrasing.listed(none)}." if none else "",
        "One word may count for several topics.",
        phrasing.dictionary(table.attrs),
    ]
    return " ".join(filter(None, parts))


def describe_topics(table: pd.DataFrame) -> str:
    """Say in words what `plot_topics` shows."""
    TOPICS.check(table)
    if rate_bars.is_alone(table):
        return rate_bars.describe_rates(table)
    hits, _, _ = _grid(table)
    said = [f"{group} most of {hits[group].idxmax()} ({hits[group].max():,})" for group in hits
            if hits[group].max()]  # fmt: skip
    return _words(table).said(table.attrs, f"Times a topic comes up: {phrasing.listed(said[:3])}")


def plot_topic_course(
    course: pd.DataFrame, *, turns: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw where in one briefing the topics come up: a row each, a bar for each stretch.

    Parameters
    ----------
    course : DataFrame
        What `briefing.topics.course(tokens, topics)` gives, of one briefing.
    turns : DataFrame, optional
        The turns of that briefing: a strip below the topics shows who speaks, by role.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Raises
    ------
    BriefingError
        Columns missing, no row, several briefings, turns of another briefing, axes too low.
    """
    drawn = _course(course)
    topics = list(dict.fromkeys(drawn["topic"]))
    rows = [*topics, SPEAKS] if turns is not None else topics
    own = ax is None
    ax = row_labels.rows(rows, ax, grid=False)
    _draw_bars(ax, drawn, topics, _peak(drawn))
    if turns is not None:
        _draw_roles(ax, len(topics), _of_briefing(turns, str(course["briefing_id"].iloc[0])))
        dress.legend(ax, dress.role_keys(turns["role"]))
    ax.set_xlim(0, 1)
    ends = drawn["to_share"].unique()[:-1]
    for share in ends if len(ends) < MANY else ():
        ax.axvline(share, color=dress.RULE, linewidth=0.5, zorder=0)
    _name_stretches(ax, drawn)
    dress.write(ax, _course_words(course), course.attrs, own=own)
    row_labels.fit_rows(ax, rows, own=own, row=ROW)
    return ax


def _course(course: pd.DataFrame) -> pd.DataFrame:
    """The rows that are drawn: topics that come up; all of them where none does."""
    COURSE.check(course)
    briefings = course["briefing_id"].unique()
    if len(briefings) != 1:
        raise BriefingError(
            f"this figure shows the course of one briefing, and the table has {len(briefings)}. "
            "Choose one: course[course['briefing_id'] == '...']."
        )
    named = course.assign(topic=course["topic"].astype("str"))
    there = named.groupby("topic")["n_hits"].transform("sum") > 0
    return named[there] if there.any() else named


def _of_briefing(turns: pd.DataFrame, briefing: str) -> pd.DataFrame:
    TURNS.check(turns, "briefing_id", "role", "n_words")
    own = turns[turns["briefing_id"].astype("str") == briefing]
    if own.empty or own["n_words"].isna().any():
        raise BriefingError(
            f"turns= has no turns of {briefing}, or their words were not counted. Pass the turns "
            "that the tokens come from, or leave turns= out."
        )
    return own


def _peak(drawn: pd.DataFrame) -> dict[Hashable, Any] | None:
    """The stretch with half of a topic's hits, or with many and a third: the fullest, if any."""
    totals, n_hits = drawn.groupby("topic")["n_hits"].transform("sum"), drawn["n_hits"]
    many = (n_hits >= rate_bars.COUNTED) & (n_hits > LARGE * totals)
    full = drawn[(2 * n_hits > totals) & (totals >= rate_bars.COUNTED) | many]
    if full.empty:
        return None
    row = full.assign(total=totals[full.index]).nlargest(1, "n_hits")
    return row.to_dict("records")[0]


def _draw_bars(
    ax: Axes, drawn: pd.DataFrame, topics: list[str], peak: Mapping[Hashable, Any] | None
) -> None:
    """Bars that stand on the foot of their row, each with its number where there is room."""
    most = max(int(drawn["n_hits"].max()), 1)
    numbered = row_labels.width_of(["88"], NUMBER) < 0.9 * _inches(ax) / drawn["bin"].nunique()
    for place in range(len(topics)):
        ax.axhline(place + 0.45, color=dress.RULE, linewidth=0.6, zorder=0)
    for cell in drawn[drawn["n_hits"] > 0].to_dict("records"):
        foot = topics.index(cell["topic"]) + 0.45
        on = peak is not None and (cell["topic"], cell["bin"]) == (peak["topic"], peak["bin"])
        width, height = cell["to_share"] - cell["from_share"], TALL * cell["n_hits"] / most
        middle = cell["from_share"] + width / 2
        ax.bar(
            middle, -height, width * 0.86, foot, gid=f"{cell['topic']}/{cell['bin']}",
            color=dress.STRESS if on else dress.PLAIN,
        )  # fmt: skip
        if numbered:
            ax.annotate(
                f"{cell['n_hits']:,}", (middle, foot - height), (0, 1), ha="center", va="bottom",
                textcoords="offset points", fontsize=NUMBER, color=dress.INK, gid="count",
            )  # fmt: skip


def _inches(ax: Axes) -> float:
    dress.settle(ax)
    return float(ax.get_window_extent().width / dress.whole(ax).dpi)


def _draw_roles(ax: Axes, row: int, turns: pd.DataFrame) -> None:
    """Each turn as a block over its share of the words, in the colour of its role."""
    words = turns["n_words"].astype(float).to_numpy()
    ends = words.cumsum() / max(words.sum(), 1)
    starts = [0.0, *ends[:-1]]
    ax.barh(
        [row] * len(words), ends - starts, 0.5, starts, color=dress.colours(turns["role"]),
        edgecolor="white", linewidth=0.3, gid="turns",
    )  # fmt: skip


def _name_stretches(ax: Axes, drawn: pd.DataFrame) -> None:
    """The turns of each stretch below it, or shares of the words where there is no room."""
    stretches = drawn.drop_duplicates("bin").sort_values("bin")
    turns = [_turns(row) for row in stretches.to_dict("records")]
    if row_labels.width_of(turns, dress.LABEL) < 0.86 * _inches(ax) / len(turns):
        ax.set_xticks((stretches["from_share"] + stretches["to_share"]) / 2, turns)
        dress.name_axis(ax, "turns in each stretch")
        return
    ax.xaxis.set_major_locator(MultipleLocator(0.2))
    ax.xaxis.set_major_formatter(PercentFormatter(1))
    dress.name_axis(ax, "share of the words so far")


def _turns(stretch: Mapping[Hashable, Any]) -> str:
    first, last = stretch["first_turn"], stretch["last_turn"]
    if pd.isna(first):
        return "–"
    return f"{first}" if first == last else f"{first}–{last}"


def _course_words(course: pd.DataFrame) -> dress.Words:
    drawn = _course(course)
    peak, n_bins = _peak(drawn), drawn["bin"].nunique()
    headline = "Where the topics come up"
    if peak:
        turns = _turns(peak)
        where = f"turns {turns}" if "–" in turns else f"turn {turns}"
        count = f"{peak['n_hits']:,} of {peak['total']:,}"
        headline = f"{count} mentions of {peak['topic']} stand in one stretch, {where}"
    none = sorted(set(course["topic"].astype("str")) - set(drawn["topic"]))
    parts = [
        f"Nothing found of {phrasing.listed(none)}." if none else "",
        "One word may count for several topics.",
        phrasing.dictionary(course.attrs),
    ]
    what = f"Mentions in {n_bins} stretches of equally many words, from first to last"
    return dress.Words(headline, what, " ".join(filter(None, parts)))


def describe_topic_course(course: pd.DataFrame) -> str:
    """Say in words what `plot_topic_course` shows."""
    drawn = _course(course)
    totals = drawn.groupby("topic", sort=False)["n_hits"].sum().nlargest(3)
    said = [f"{topic} {phrasing.counted(n, 'time')}" for topic, n in totals.items()]
    return _course_words(course).said(course.attrs, f"In all: {phrasing.listed(said)}")
