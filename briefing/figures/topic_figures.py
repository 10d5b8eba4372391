"""Topics: who speaks about what, where in the briefing, and in which of several briefings.

Counts are in the cells of a table, shaded by rate, so that speakers with few words are neither lost
nor exaggerated. What was not found is an empty cell, or is named in the note.
"""

from __future__ import annotations

from collections.abc import Container, Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib import colormaps
from matplotlib.axes import Axes
from matplotlib.ticker import MultipleLocator, PercentFormatter

from briefing.figures import dress, rate_bars
from briefing.figures.dress import fonts_for, wrap
from briefing.prose import counted, listed
from briefing.tables import TURNS, BriefingError

FEWEST = 100  # fewest words of a group with a column
COLUMNS = 6  # groups side by side
DARK = 0.75  # of the scale; beyond this the number is white
MOST = 0.85  # of the colour scale, which ends in near black
CELL = 0.36  # inches
ROW = 0.42  # inches: a row with bars in it
TALL = 0.64  # of a row: the highest bar
NUMBER = 6.8  # points
LARGE = 0.3  # of the hits of a topic, where an even spread would put a tenth
MANY = 20  # stretches; with so many, only the bars show them
SPEAKS = "who speaks"


def plot_topics(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw `briefing.topics.frequency(tokens, topics, by=...)`: a row per topic, columns by group.

    Counts in the cells, shaded by the rate per 1,000 words of the group. A table of one group is
    drawn as bars with their intervals, see `briefing.figures.plot_rates`.

    Raises
    ------
    BriefingError
        If columns are missing, there is no row, there are two rows for a group and topic, or the
        axes are too low.
    """
    dress.known("topic frequency").check(table)
    if rate_bars.is_alone(table):
        return rate_bars.plot_rates(table, ax=ax)
    hits, per_1000, words = _grid(table)
    with dress.framed([*hits.index], _words(table, hits, words), ax, row=CELL) as ax:
        _shade(ax, hits, per_1000)
        _name_columns(ax, [*hits.columns], words)
    return ax


def _grid(table: pd.DataFrame) -> tuple[pd.DataFrame, pd.DataFrame, pd.Series]:
    """Hits and rates of topics by groups, most first, and the words of each group."""
    found = rate_bars.cells(table)
    words = found.drop_duplicates("group").set_index("group")["n_words"]
    words = words.sort_values(ascending=False, kind="stable")
    enough = words[words >= FEWEST] if (words >= FEWEST).any() else words
    hits, rates = (
        found.pivot_table(name, "category", "group", observed=True).reindex(
            found["category"].unique()
        )
        for name in ("n_hits", "per_1000")
    )
    totals = hits.sum(axis=1)
    there = totals[totals > 0] if (totals > 0).any() else totals
    cut = (there.sort_values(ascending=False, kind="stable").index, enough.index[:COLUMNS])
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
                dress.put(
                    ax, f"{n:,}", (column, row), (0, 0), ha="center", gid="count",
                    fontsize=dress.LABEL, color="white" if depth > DARK else dress.INK,
                )  # fmt: skip
    ax.set_xlim(-0.5, len(hits.columns) - 0.5)


def _name_columns(ax: Axes, groups: list[str], words: pd.Series) -> None:
    """The name of each group and its words above its column, smaller if a word is long."""
    room = max(8, int(54 / len(groups)))
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


def _words(table: pd.DataFrame, hits: pd.DataFrame, words: pd.Series) -> dress.Words:
    told, by = rate_bars.one_holder(table), rate_bars.grouped_by(table)
    told = told if told and told.group in hits else None
    title = "Who speaks of what: topics by role" if by == "role" else f"Topics by {by}"
    left = words[~words.index.isin(hits.columns)]
    few = int((left < FEWEST).sum())
    every = rate_bars.cells(table)["category"].unique()
    notes = [
        f"Left out: {few} with fewer than {FEWEST} words." if few else "",
        f"Not shown: {len(left) - few} more." if len(left) > few else "",
        *_found([*every], hits.index, table.attrs),
    ]
    said = [f"{hits[group].idxmax()} for {group} ({hits[group].max():,})" for group in hits
            if hits[group].max()]  # fmt: skip
    first = f"Most often: {listed(said[:3])}"
    drawn = "Times a topic comes up; the darker, the more per 1,000 words"
    return dress.Words(told.said if told else title, drawn, table.attrs, first, notes)


def _found(topics: list[str], drawn: Container[str], attrs: dress.Attrs) -> list[str]:
    """What was not found, and how reliable the dictionary is."""
    none = [topic for topic in topics if topic not in drawn]
    nothing = f"Nothing found of {listed(none)}." if none else ""
    return [nothing, "One word may count for several topics.", dress.dictionary(attrs)]


def plot_topic_course(
    course: pd.DataFrame, *, turns: pd.DataFrame | None = None, ax: Axes | None = None
) -> Axes:
    """Draw where in one briefing the topics come up: a row for each, with a bar for each stretch.

    Parameters
    ----------
    course : DataFrame
        The result of `briefing.topics.course(tokens, topics)` for one briefing.
    turns : DataFrame, optional
        The turns of that briefing: a strip below the topics shows who speaks, by role.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Raises
    ------
    BriefingError
        If columns are missing, there is no row, there are several briefings, the turns are of
        another briefing, or the axes are too low.
    """
    drawn, peak = _course(course), _peak(_course(course))
    topics = list(dict.fromkeys(drawn["topic"]))
    rows = [*topics, SPEAKS] if turns is not None else topics
    with dress.framed(rows, _course_words(course, drawn, peak), ax, row=ROW) as ax:
        _draw_bars(ax, drawn, topics, peak)
        if turns is not None:
            own = _of_briefing(turns, str(course["briefing_id"].iloc[0]))
            _draw_roles(ax, len(topics), own)
            dress.legend(ax, dress.role_keys(turns["role"]))
        ax.set_xlim(0, 1)
        ends = drawn["to_share"].unique()[:-1]
        for share in ends if len(ends) < MANY else ():
            ax.axvline(share, color=dress.RULE, linewidth=0.5, zorder=0)
        _name_stretches(ax, drawn)
    return ax


def _course(course: pd.DataFrame) -> pd.DataFrame:
    """The rows drawn: topics that come up, or all of them if none does."""
    dress.known("topic course").check(course)
    briefings = course["briefing_id"].unique()
    if len(briefings) != 1:
        raise BriefingError.of("course of several briefings", n=len(briefings))
    named = course.assign(topic=course["topic"].astype("str"))
    there = named.groupby("topic")["n_hits"].transform("sum") > 0
    return named[there] if there.any() else named


def _of_briefing(turns: pd.DataFrame, briefing: str) -> pd.DataFrame:
    TURNS.check(turns, "briefing_id", "role", "n_words")
    own = turns[turns["briefing_id"].astype("str") == briefing]
    if own.empty or own["n_words"].isna().any():
        raise BriefingError.of("no turns of briefing", briefing=briefing)
    return own


def _peak(drawn: pd.DataFrame) -> dict[Hashable, Any] | None:
    """The fullest stretch with half of a topic's hits, or a third of many, if any."""
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
    """Bars at the bottom of their row, each with its number if there is room."""
    most = max(int(drawn["n_hits"].max()), 1)
    numbered = dress.width_of(["88"], NUMBER) < 0.9 * _inches(ax) / drawn["bin"].nunique()
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
            dress.put(
                ax, f"{cell['n_hits']:,}", (middle, foot - height), (0, 1), ha="center",
                va="bottom", fontsize=NUMBER, color=dress.INK, gid="count",
            )  # fmt: skip


def _inches(ax: Axes) -> float:
    dress.settle(ax)
    return float(ax.get_window_extent().width / dress.whole(ax).dpi)


def _draw_roles(ax: Axes, row: int, turns: pd.DataFrame) -> None:
    """Each turn as a block with its share of the words, in the colour of its role."""
    words = turns["n_words"].astype(float).to_numpy()
    ends = words.cumsum() / max(words.sum(), 1)
    starts = [0.0, *ends[:-1]]
    ax.barh(
        [row] * len(words), ends - starts, 0.5, starts, color=dress.colours(turns["role"]),
        edgecolor="white", linewidth=0.3, gid="turns",
    )  # fmt: skip


def _name_stretches(ax: Axes, drawn: pd.DataFrame) -> None:
    """The turns of each stretch below it, or shares of the words if there is no room."""
    stretches = drawn.drop_duplicates("bin").sort_values("bin")
    turns = [_turns(row) for row in stretches.to_dict("records")]
    if dress.width_of(turns, dress.LABEL) < 0.86 * _inches(ax) / len(turns):
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


def _course_words(course: pd.DataFrame, drawn: pd.DataFrame, peak: Any) -> dress.Words:
    headline = "Where the topics come up"
    if peak:
        turns = _turns(peak)
        where = f"turn{'s' * ('–' in turns)} {turns}"
        count = f"{peak['n_hits']:,} of {peak['total']:,}"
        headline = f"{count} mentions of {peak['topic']} fall in one stretch, {where}"
    totals = drawn.groupby("topic", sort=False)["n_hits"].sum().nlargest(3)
    said = [f"{topic} {counted(n, 'time')}" for topic, n in totals.items()]
    notes = _found(sorted(set(course["topic"].astype("str"))), set(drawn["topic"]), course.attrs)
    n = drawn["bin"].nunique()
    what = f"Mentions in {n} stretches of equally many words, from first to last"
    return dress.Words(headline, what, course.attrs, f"In all: {listed(said)}", notes)
