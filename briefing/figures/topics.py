"""Topics by speaker or role, and where in the briefing each topic falls.

The first is a figure of rates like that of stance (`briefing.figures.rates`). The second cuts the
briefing into stretches of equally many words, so that bars can be compared: a bar is as high as
its hits, and every bar bears its number. Words are not minutes, and a topic that comes up late
may have been arranged to come up late.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator, PercentFormatter

from briefing.figures import captions, counted, labels, panels, style
from briefing.figures.rates import describe_rates, dictionary, plot_rates
from briefing.tables import TURNS, BriefingError, Table

COURSE = Table(
    name="topic course",
    row="one topic in one stretch of a briefing",
    made_by="briefing.topic_course(tokens, topics)",
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
TOPICS = Table(
    name="topic frequency",
    row="one topic of one group of words",
    made_by="briefing.topic_frequency(tokens, topics, by=...)",
    columns={"topic": "the topic"} | counted.NUMBERS,
)
ROW = 0.42  # inches: a row with bars in it
TALL = 0.64  # of a row: the highest bar
NUMBER = 6.5  # points
MANY = 20  # stretches; so many are told apart by their bars alone
SPEAKS = "who speaks"
BAR = "#7A7A7A"


def plot_topics(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw `briefing.topic_frequency(tokens, topics, by=...)`: a column a topic, a row a group.

    A full point with a line has an interval; a hollow one has none; a square on a dashed line is
    a topic that was not found. See `briefing.figures.plot_rates`, which draws it.
    """
    TOPICS.check(table)
    return plot_rates(table, ax=ax)


def describe_topics(table: pd.DataFrame) -> str:
    """Say in words what `plot_topics` shows."""
    TOPICS.check(table)
    return describe_rates(table)


def plot_topic_course(
    course: pd.DataFrame, *, turns: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw where in one briefing the topics come up: a row each, a bar for each stretch.

    Parameters
    ----------
    course : DataFrame
        What `briefing.topic_course(tokens, topics)` gives, of one briefing.
    turns : DataFrame, optional
        The turns of that briefing: a strip below the topics shows who speaks, by role.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Raises
    ------
    BriefingError
        Columns missing, no row, several briefings, turns of another briefing, axes too low.
    """
    _check_course(course)
    topics = list(dict.fromkeys(course["topic"].astype("str")))
    rows = [*topics, SPEAKS] if turns is not None else topics
    own = ax is None
    ax = labels.rows(rows, ax, grid=False)
    _draw_bars(ax, course, topics)
    if turns is not None:
        _draw_roles(ax, len(topics), _of_briefing(turns, str(course["briefing_id"].iloc[0])))
        style.legend(ax, style.role_keys(turns["role"]))
    ax.set_xlim(0, 1)
    ends = course["to_share"].unique()[:-1]
    for share in ends if len(ends) < MANY else ():
        ax.axvline(share, color=style.RULE, linewidth=0.5, zorder=0)
    _name_stretches(ax, course)
    if own:
        style.settle(ax)
        high = ax.get_window_extent().height / style.whole(ax).dpi
        figure = style.whole(ax)
        needed = max(ROW * len(rows), labels.rows_height(rows))
        figure.set_figheight(figure.get_figheight() + needed - high)
    else:
        labels.fit_rows(ax, rows, own=False)
        panels.shrink(ax)
    return ax


def _check_course(course: pd.DataFrame) -> None:
    COURSE.check(course)
    briefings = course["briefing_id"].unique()
    if len(briefings) != 1:
        raise BriefingError(
            f"this figure shows the course of one briefing, and the table has {len(briefings)}. "
            "Choose one: course[course['briefing_id'] == '...']."
        )


def _of_briefing(turns: pd.DataFrame, briefing: str) -> pd.DataFrame:
    TURNS.check(turns, "briefing_id", "role", "n_words")
    own = turns[turns["briefing_id"].astype("str") == briefing]
    if own.empty or own["n_words"].isna().any():
        raise BriefingError(
            f"turns= has no turns of {briefing}, or their words were not counted. Pass the turns "
            "that the tokens come from, or leave turns= out."
        )
    return own


def _draw_bars(ax: Axes, course: pd.DataFrame, topics: list[str]) -> None:
    """Bars that stand on the foot of their row, each with its number where there is room."""
    most = max(int(course["n_hits"].max()), 1)
    numbered = panels.width_of(["88"], NUMBER) < 0.9 * _inches(ax) / course["bin"].nunique()
    for place, topic in enumerate(topics):
        foot = place + 0.45
        ax.axhline(foot, color=style.RULE, linewidth=0.6, zorder=0)
        for cell in course[course["topic"].astype("str") == topic].to_dict("records"):
            if not cell["n_hits"]:
                continue
            width = cell["to_share"] - cell["from_share"]
            height = TALL * cell["n_hits"] / most
            middle = cell["from_share"] + width / 2
            ax.bar(middle, -height, width * 0.86, foot, color=BAR, gid=f"{topic}/{cell['bin']}")
            if numbered:
                ax.annotate(
                    f"{cell['n_hits']:,}", (middle, foot - height), (0, 1), ha="center",
                    va="bottom", textcoords="offset points", fontsize=NUMBER, color=style.INK,
                    gid="count",
                )  # fmt: skip


def _inches(ax: Axes) -> float:
    style.settle(ax)
    return float(ax.get_window_extent().width / style.whole(ax).dpi)


def _draw_roles(ax: Axes, row: int, turns: pd.DataFrame) -> None:
    """Each turn as a block over its share of the words, in the colour of its role."""
    words = turns["n_words"].astype(float).to_numpy()
    ends = words.cumsum() / max(words.sum(), 1)
    starts = [0.0, *ends[:-1]]
    ax.barh(
        [row] * len(words), ends - starts, 0.5, starts, color=style.colours(turns["role"]),
        edgecolor="white", linewidth=0.3, gid="turns",
    )  # fmt: skip


def _name_stretches(ax: Axes, course: pd.DataFrame) -> None:
    """The turns of each stretch below it, or shares of the words where there is no room."""
    stretches = course.drop_duplicates("bin").sort_values("bin")
    turns = [_turns(row) for row in stretches.to_dict("records")]
    lines = [
        f"Bars: hits in each stretch; a turn may lie in several. {counted.OVERLAP['topic']}",
        dictionary(course.attrs),
        captions.text_note(course.attrs),
    ]
    if panels.width_of(turns, style.LABEL) < 0.86 * _inches(ax) / len(turns):
        middle = (stretches["from_share"] + stretches["to_share"]) / 2
        ax.set_xticks(middle, turns)
        axis = f"turns in each of {len(turns)} stretches of equally many words"
    else:
        ax.xaxis.set_major_locator(MultipleLocator(0.2))
        ax.xaxis.set_major_formatter(PercentFormatter(1))
        axis = f"share of the words so far, in {len(turns)} stretches of equally many words"
    style.name_axis(ax, axis, "\n".join(filter(None, lines)))


def _turns(stretch: Mapping[Hashable, Any]) -> str:
    first, last = stretch["first_turn"], stretch["last_turn"]
    if pd.isna(first):
        return "–"
    return f"{first}" if first == last else f"{first}–{last}"


def describe_topic_course(course: pd.DataFrame) -> str:
    """Say in words what `plot_topic_course` shows."""
    _check_course(course)
    n_bins = course["bin"].nunique()
    said: list[str] = []
    none: list[str] = []
    for topic, part in course.groupby(course["topic"].astype("str"), sort=False):
        (said if part["n_hits"].any() else none).append(_said(topic, part))
    words = int(course.drop_duplicates("bin")["n_words"].sum())
    return captions.sentences(
        f"Where {captions.counted(len(said) + len(none), 'topic')} come up in "
        f"{course['briefing_id'].iloc[0]}, in {captions.counted(n_bins, 'stretch', 'stretches')} "
        f"of equally many words, {captions.counted(words, 'word')} in all",
        "; ".join(said),
        f"Nothing found of: {captions.listed(none)}" if none else "",
        "A stretch is a few turns, so there is no interval; words are not minutes",
        counted.OVERLAP["topic"],
        dictionary(course.attrs),
        captions.text_note(course.attrs),
    )


def _said(topic: str, part: pd.DataFrame) -> str:
    """Where the topic comes up, and where most; its name alone where it does not."""
    if not part["n_hits"].any():
        return topic
    most = int(part["n_hits"].max())
    there = captions.counted(int((part["n_hits"] > 0).sum()), "stretch", "stretches")
    hits = f"{topic} {captions.counted(int(part['n_hits'].sum()), 'hit')} in {there}"
    top = part[part["n_hits"] == most]
    if len(top) > 1:
        return f"{hits}, never more than {most} in one"
    turns = _turns(top.iloc[0].to_dict())
    where = f"stretch {top['bin'].iloc[0]}, {'turns' if '–' in turns else 'turn'} {turns}"
    return f"{hits}, most in {where} ({most})"
