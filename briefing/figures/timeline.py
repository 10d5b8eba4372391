"""The briefing from beginning to end: turns as blocks in lanes, and questions beside answers.

Lanes stand in the order in which people first speak. Nobody named is nobody in particular,
so all turns of unnamed journalists share one lane. Where every turn has its times, blocks
are as long as they took; otherwise they are running words, and long is not slow.

Of questions and answers a row is one adjacency pair: to the left the question, to the right the
turn that comes in answer. Length is not quality: a long answer may say little, and a short one
all that was asked.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MultipleLocator, StrMethodFormatter

from briefing.figures import dress
from briefing.figures.dress import wrap
from briefing.prose import clock, counted
from briefing.tables import PAIRS, ROLE_COLOURS, TURNS, BriefingError

NUMBER = 6.5  # points
UNLABELLED = "/////"
STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)  # seconds
KEYS = ["briefing_id", "turn_id"]
LETTERS = 24  # of the name after an answer
NUMBERS = 0.08  # of the width: room for the numbers before the questions
ASIDE = 0.34  # of the longest answer: room for the numbers and names after the bars


def timeline_table(turns: pd.DataFrame) -> pd.DataFrame:
    """Where each turn begins and ends, and in which lane, as `plot_timeline` draws it.

    Parameters
    ----------
    turns : DataFrame
        The turns of one briefing.

    Returns
    -------
    DataFrame
        One row per turn: `turn_id, lane, named, role, inferred, n_words`, then `start_s,
        stop_s` in seconds where every turn has its times, otherwise `start_word,
        stop_word`, the words before the turn and up to its end.

    Raises
    ------
    BriefingError
        Turns of several briefings, no turn at all, or a turn whose words were not counted.
    """
    TURNS.check(turns, *KEYS, "speaker", "role", "inferred", "n_words")
    briefings = turns["briefing_id"].unique()
    if len(briefings) != 1:
        raise BriefingError(
            f"a timeline shows one briefing, and these are the turns of {len(briefings)}. "
            "Choose one: turns[turns['briefing_id'] == '...']."
        )
    _check_counted(turns)
    table = turns[["turn_id", "role", "inferred", "n_words"]].reset_index(drop=True)
    table.insert(1, "lane", dress.who(turns["speaker"], turns["role"]))
    table.insert(2, "named", turns["speaker"].notna().to_numpy())
    times = turns.reindex(columns=["start_s", "stop_s"]).reset_index(drop=True)
    if times.notna().all(axis=None):
        table = table.assign(**times)
    else:
        so_far = table["n_words"].cumsum()
        table = table.assign(start_word=so_far - table["n_words"], stop_word=so_far)
    table.attrs = dict(turns.attrs)
    return table


def _check_counted(turns: pd.DataFrame) -> None:
    if turns["n_words"].isna().any():
        raise BriefingError(
            "the words of some turns were not counted. Count them with a tokenizer for "
            "their language: briefing.tokenize(turns, tokenizer=...)."
        )


def plot_timeline(turns: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the turns of one briefing as blocks, one lane a speaker, coloured by role.

    Hatched blocks are turns for which the source printed no label. Wide blocks bear the
    number of their turn. Not a record of speaking time unless the source has times.
    """
    table = timeline_table(turns)
    lanes = list(dict.fromkeys(table["lane"]))
    start, stop = (table[column].astype(float) for column in table.columns[-2:])
    rows = table["lane"].map(lanes.index)
    with dress.framed(lanes, _words(table), ax, grid=True) as ax:
        blocks = ax.barh(
            rows, stop - start, dress.THICK, start,
            color=_fills(table), edgecolor=dress.colours(table["role"]), linewidth=0.6,
            hatch=[UNLABELLED if inferred else "" for inferred in table["inferred"]],
        )  # fmt: skip
        _part_neighbours(ax, rows, start, stop)
        ax.set_xlim(min(0.0, start.min()), max(stop.max(), 1))
        _name_axes(ax, table)
        dress.legend(ax, [*dress.role_keys(table["role"]), *_unlabelled_key(table)])
    _number_blocks(ax, blocks, table)
    return ax


def _fills(table: pd.DataFrame) -> list[str]:
    colours = dress.colours(table["role"])
    return ["white" if i else c for c, i in zip(colours, table["inferred"], strict=True)]


def _part_neighbours(ax: Axes, rows: pd.Series, start: pd.Series, stop: pd.Series) -> None:
    """Draw a white line between wide blocks of one lane that would run into one another."""
    span = stop.max() - start.min()
    wide = (stop - start) > 0.01 * span
    before = wide.groupby(rows).shift(fill_value=False)
    close = (start - stop.groupby(rows).shift()) < 0.002 * span
    at, rows = start[wide & before & close], rows[wide & before & close]
    reach = dress.THICK / 2
    ax.vlines(at, rows - reach, rows + reach, color="white", linewidth=1)


def _name_axes(ax: Axes, table: pd.DataFrame) -> None:
    if "start_s" in table:
        step = next((s for s in STEPS if ax.get_xlim()[1] / s <= 8), STEPS[-1])
        ax.xaxis.set_major_locator(MultipleLocator(step))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda seconds, _: clock(seconds)))
        dress.name_axis(ax, "time from the start")
    else:
        ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
        dress.name_axis(ax, "words from the start")


def _unlabelled_key(table: pd.DataFrame) -> list[Patch]:
    key = Patch(
        facecolor="white", edgecolor=dress.FAINT, hatch=UNLABELLED, label="no label printed"
    )
    return [key] if table["inferred"].any() else []


def _number_blocks(ax: Axes, blocks: BarContainer, table: pd.DataFrame) -> None:
    """Write the number of each turn into its block, where the block is wide enough."""
    dress.settle(ax)
    for block, turn, inferred in zip(blocks, table["turn_id"], table["inferred"], strict=True):
        room = block.get_window_extent()
        if room.width < NUMBER / 72 * dress.whole(ax).dpi:
            continue
        number = dress.put(
            ax, str(turn), (0.5, 0.5), (0, 0), xycoords=block, ha="center", fontsize=NUMBER,
            color=dress.INK if inferred else "white", gid="turn",
        )  # fmt: skip
        if inferred:
            number.set_bbox(dress.CLEAR)
        written = number.get_window_extent()
        if written.width + 2 > room.width or written.height > room.height:
            number.remove()


def _words(table: pd.DataFrame) -> dress.Words:
    longest = table.iloc[int(table["n_words"].to_numpy(dtype=int).argmax())]
    n, total, lane = int(longest["n_words"]), int(table["n_words"].sum()), longest["lane"]
    headline = "Who speaks when"
    if 2 * n > total and len(table) > 1:
        headline = f"{n:,} of {total:,} words are one turn ({longest['turn_id']}, {lane})"
    timed, span = "start_s" in table, counted(total, "word")
    if timed:
        seconds = table["stop_s"].max()
        span = f"{clock(seconds)} {'hours' if round(seconds) >= 3600 else 'minutes'}"
    turns = counted(len(table), "turn")
    first = (
        f"{turns} in {counted(table['lane'].nunique(), 'lane')} over {span}; "
        f"first to speak: {table['lane'].iloc[0]}; the longest is turn {longest['turn_id']} "
        f"({lane}, {counted(n, 'word')})"
    )
    drawn = f"{turns.capitalize()} over {span}; numbers in the blocks: turns"
    return dress.Words(headline, drawn, table.attrs, first, timed=timed)


def question_answer_table(pairs: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """The words of each question and of its answer, as `plot_question_answer` draws them.

    Parameters
    ----------
    pairs, turns : DataFrame
        The pairs of one or more briefings, and the turns they speak of.

    Returns
    -------
    DataFrame
        One row per pair: `briefing_id, question_id, answer_id, question_words,
        answer_words, asker, answerer, role` (of who answers), `inferred` (the link is read
        from the order of turns and their words, not printed).

    Raises
    ------
    BriefingError
        No pair at all, a pair whose turn is not among `turns`, or a turn without a count.
    """
    PAIRS.check(pairs)
    TURNS.check(turns, *KEYS, "speaker", "role", "n_words")
    known = turns.assign(who=dress.who(turns["speaker"], turns["role"])).set_index(KEYS)
    asked = pd.MultiIndex.from_frame(pairs[["briefing_id", "question_id"]], names=KEYS)
    answered = pd.MultiIndex.from_frame(pairs[["briefing_id", "answer_id"]], names=KEYS)
    _check_turns_are_there(asked.append(answered), known)
    table = pairs[["briefing_id", "question_id", "answer_id"]].assign(
        question_words=known.loc[asked, "n_words"].to_numpy(dtype=int),
        answer_words=known.loc[answered, "n_words"].to_numpy(dtype=int),
        asker=known.loc[asked, "who"].to_numpy(),
        answerer=known.loc[answered, "who"].to_numpy(),
        role=known.loc[answered, "role"].to_numpy(),
        inferred=pairs["inferred"],
    )
    table.attrs = dict(turns.attrs)
    return table.reset_index(drop=True)


def _check_turns_are_there(asked: pd.Index, known: pd.DataFrame) -> None:
    if not len(asked):
        raise BriefingError(
            "there is no pair of question and answer to draw. Look at the roles in turns: "
            "without a journalist and an official nothing comes in answer to anything."
        )
    absent = asked[~asked.isin(known.index)]
    if len(absent):
        briefing, turn = absent[0]
        raise BriefingError(
            f"the pairs speak of turn {turn} of {briefing}, which is not among the turns. "
            "Pass the turns and pairs of the same reading, and all of its turns."
        )
    _check_counted(known.loc[asked])


def plot_question_answer(
    pairs: pd.DataFrame, turns: pd.DataFrame, *, ax: Axes | None = None
) -> Axes:
    """Draw the words of each question to the left and of its answer to the right, in order.

    A second answer to one question has a row without a question. Not a measure of how well a
    question was answered.
    """
    table = question_answer_table(pairs, turns)
    again = _repeated(table)
    with dress.framed(_names(table), _pair_words(table), ax) as ax:
        for place, row in enumerate(table.to_dict("records")):
            _row(ax, place, row, again=bool(again.iloc[place]))
        most = max(int(table["answer_words"].max()), 1)
        least = max(int(table["question_words"].max()), 1)
        width = (1 + ASIDE) * most + least
        ax.set_xlim(-(least + NUMBERS * width), (1 + ASIDE) * most)
        ax.set_xticks([])
        ax.axvline(0, color="white", linewidth=1.2)
        answers = dress.role_keys(table["role"])
        for key in answers:
            key.set_label(f"answer, {key.get_label()}")
        question = Patch(facecolor=ROLE_COLOURS["journalist"], label="question")
        dress.legend(ax, [question, *answers])
    return ax


def _repeated(table: pd.DataFrame) -> pd.Series:
    """Rows whose question stands in a row above."""
    return table.duplicated(["briefing_id", "question_id"])


def _names(table: pd.DataFrame) -> list[str]:
    """Turn and asker of each question; the briefing too, where there are several."""
    several = len(table["briefing_id"].unique()) > 1
    return [
        ""
        if again
        else f"{row['briefing_id']}, {row['question_id']}" * several
        or f"{row['question_id']}  {row['asker']}"
        for row, again in zip(table.to_dict("records"), _repeated(table), strict=True)
    ]


def _row(ax: Axes, place: int, row: Mapping[Hashable, Any], *, again: bool) -> None:
    n, colour = row["question_words"], dress.colours([row["role"]])[0]
    if not again:
        ax.barh(place, -n, dress.THICK, color=ROLE_COLOURS["journalist"], gid="question")
        dress.put(ax, f"{n:,}", (-n, place), (-4, 0), ha="right", gid="asked")
    ax.barh(place, row["answer_words"], dress.THICK, color=colour, gid="answer")
    value = f"{row['answer_words']:,} · {wrap(str(row['answerer']), LETTERS, 1)}"
    dress.write_value(ax, row["answer_words"], place, value)


def _pair_words(table: pd.DataFrame) -> dress.Words:
    n_longer = int((table["answer_words"] > table["question_words"]).sum())
    pairs = "The one answer is" if len(table) == 1 else f"{n_longer} of {len(table)} answers are"
    headline = f"{pairs} longer than the question" if n_longer else "Questions and their answers"
    several = int(_repeated(table).sum())
    notes = [
        "Numbers at the left: turns." if len(table["briefing_id"].unique()) == 1 else "",
        f"A row without a question: one more answer to that above ({several})." if several else "",
        "Links are read from the order of turns." if table["inferred"].all() else "",
        "Length says nothing of how well a question was answered.",
    ]
    asked = table.loc[~_repeated(table), "question_words"].median()
    answered = table.drop_duplicates(["briefing_id", "answer_id"])["answer_words"].median()
    first = (
        f"The median question has {counted(asked, 'word')}, "
        f"the median answer {counted(answered, 'word')}"
    )
    drawn = "Words of each question and of the turn that comes in answer, in order"
    return dress.Words(headline, drawn, table.attrs, first, notes)
