"""Short question, long answer? The words of each question against those of its answer.

One point is one adjacency pair: a question turn with one turn that comes in answer. On the
diagonal the answer is as long as its question. Length is not quality: a long answer may say
little, and a short one all that was asked.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import StrMethodFormatter

from briefing.figures import captions, labels, style
from briefing.tables import PAIRS, TURNS, BriefingError

HEIGHT = 4.6  # inches
WIDE = 10  # the longest turn over the shortest, from which on the scales are logarithmic
KEYS = ["briefing_id", "turn_id"]


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
        answer_words, role` (of who answers), `inferred` (the link is read from the order
        of turns and their words, not printed).

    Raises
    ------
    BriefingError
        No pair at all, a pair whose turn is not among `turns`, or a turn without a count.
    """
    PAIRS.check(pairs)
    TURNS.check(turns, *KEYS, "role", "n_words")
    known = turns.set_index(KEYS)
    asked = pd.MultiIndex.from_frame(pairs[["briefing_id", "question_id"]], names=KEYS)
    answered = pd.MultiIndex.from_frame(pairs[["briefing_id", "answer_id"]], names=KEYS)
    _check_turns_are_there(asked.append(answered), known)
    table = pairs[["briefing_id", "question_id", "answer_id"]].assign(
        question_words=known.loc[asked, "n_words"].to_numpy(dtype=int),
        answer_words=known.loc[answered, "n_words"].to_numpy(dtype=int),
        role=known.loc[answered, "role"].to_numpy(),
        inferred=pairs["inferred"],
    )
    table.attrs = {key: turns.attrs.get(key) for key in ("text_status", "part")}
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
    if known.loc[asked, "n_words"].isna().any():
        raise BriefingError(
            "the words of some turns were not counted. Count them with a tokenizer for "
            "their language: briefing.tokenize(turns, tokenizer=...)."
        )


def plot_question_answer(
    pairs: pd.DataFrame, turns: pd.DataFrame, *, ax: Axes | None = None
) -> Axes:
    """Draw the words of each question against the words of its answer, a point a pair.

    Several answers to one question are joined by a line. Points of one briefing bear the
    turn number of their question (`7→9` where it has several answers). Not a measure of how
    well a question was answered.
    """
    table = question_answer_table(pairs, turns)
    ax = ax or style.new_axes(HEIGHT)
    style.dress(ax, grid="both")
    _scale(ax, table)
    for _, answers in _several(table).groupby(["briefing_id", "question_id"]):
        ax.plot(answers["question_words"], answers["answer_words"], color=style.FAINT, lw=0.8)
    ax.axline((1, 1), (2, 2), color=style.FAINT, linewidth=0.9, dashes=(4, 3))
    ax.scatter(
        table["question_words"], table["answer_words"], s=46, zorder=3,
        color=_fills(table), edgecolors=_edges(table), linewidths=1,
    )  # fmt: skip
    style.legend(ax, _keys(table))
    ax.set_ylabel("words of the answer", fontsize=style.LABEL, color=style.INK)
    note = style.name_axis(ax, "words of the question", _note(table, 0))
    left_out = labels.name_points(ax, _numbers(table))
    note.set_text(style.note_text(_note(table, len(left_out))))
    return ax


def _several(table: pd.DataFrame) -> pd.DataFrame:
    """The pairs of questions that have more than one answer."""
    return table[table.duplicated(["briefing_id", "question_id"], keep=False)]


def _scale(ax: Axes, table: pd.DataFrame) -> None:
    """Limits that hold all points and a piece of the diagonal, on log scales where wide."""
    asked, answered = table["question_words"], table["answer_words"]
    least, most = min(asked.min(), answered.min()), max(asked.max(), answered.max())
    if most < WIDE * max(least, 1):
        ax.set(xlim=(0, asked.max() * 1.1 + 1), ylim=(0, most * 1.1 + 1))
    else:
        scale = "symlog" if least == 0 else "log"
        ax.set(xscale=scale, yscale=scale)
        ax.set_xlim(_with_room(asked.min(), asked.max()))
        ax.set_ylim(_with_room(least, most))
        ax.set_xticks(_round_numbers(*ax.get_xlim()))
        ax.set_yticks(_round_numbers(*ax.get_ylim()))
        ax.minorticks_off()
    ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
    ax.yaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))


def _with_room(low: float, high: float) -> tuple[float, float]:
    """Limits a tenth of a logarithmic scale away from what lies between them."""
    if low == 0:
        return -0.5, high * 1.5 + 1
    room = max((high / low) ** 0.1, 1.5 if high < 2 * low else 1.2)
    return low / room, high * room


def _round_numbers(low: float, high: float) -> list[int]:
    """Four or more round numbers for a logarithmic scale, if there are so many."""
    numbers: list[int] = []
    for leading in [(1,), (1, 2, 5), (1, 2, 3, 5, 7), range(1, 10)]:
        every = [0] + [digit * 10**power for power in range(7) for digit in leading]
        numbers = [number for number in every if low <= number <= high]
        if len(numbers) >= 4:
            break
    return numbers


def _fills(table: pd.DataFrame) -> list[str]:
    colours = style.colours(table["role"])
    return ["white" if h else c for c, h in zip(colours, _hollow(table), strict=True)]


def _edges(table: pd.DataFrame) -> list[str]:
    """White around full points, so that two that touch stay two."""
    colours = style.colours(table["role"])
    return [c if h else "white" for c, h in zip(colours, _hollow(table), strict=True)]


def _hollow(table: pd.DataFrame) -> pd.Series:
    """The inferred links, where some are printed: a difference that all share is none."""
    return table["inferred"] & (not table["inferred"].all())


def _keys(table: pd.DataFrame) -> list[Line2D]:
    dot: dict[str, Any] = {"marker": "o", "linestyle": "none", "markersize": 5.5}
    keys = [
        Line2D([], [], color=key.get_facecolor(), label=f"answer by {key.get_label()}", **dot)
        for key in style.role_keys(table["role"])
    ]
    if _hollow(table).any():
        hollow = {"color": style.FAINT, "markerfacecolor": "white", **dot}
        keys.append(Line2D([], [], label="link inferred", **hollow))
    return keys


def _numbers(table: pd.DataFrame) -> list[tuple[float, float, str]]:
    """What each point is called: nothing where several briefings count turns from 1."""
    if len(table["briefing_id"].unique()) > 1:
        return []
    asked, answered = table["question_id"].astype("str"), table["answer_id"].astype("str")
    names = asked.where(~table.index.isin(_several(table).index), asked + "→" + answered)
    return list(zip(table["question_words"], table["answer_words"], names, strict=True))


def _note(table: pd.DataFrame, n_left_out: int) -> str:
    """How to read the points, lines and numbers, then what kind of text was counted."""
    several = "; joined: answers to one question" if len(_several(table)) else ""
    numbers = "Numbers: the turn of the question" if _numbers(table) else ""
    if n_left_out:
        numbers += f" ({n_left_out} left out for want of room)"
    inferred = "Links inferred from the order of turns" if table["inferred"].all() else ""
    lines = (
        captions.sentences(f"Dashed: answer as long as its question{several}"),
        (captions.sentences(numbers, inferred)),
    )
    return "\n".join(filter(None, [*lines, captions.text_note(table.attrs)]))


def describe_question_answer(pairs: pd.DataFrame, turns: pd.DataFrame) -> str:
    """Say in words what `plot_question_answer` shows."""
    table = question_answer_table(pairs, turns)
    asked = table.drop_duplicates(["briefing_id", "question_id"])["question_words"]
    answered = table.drop_duplicates(["briefing_id", "answer_id"])["answer_words"]
    n_longer = int((table["answer_words"] > table["question_words"]).sum())
    n_several = len(_several(table).drop_duplicates(["briefing_id", "question_id"]))
    several = captions.counted(n_several, "question has", "questions have")
    return captions.sentences(
        f"The words of {captions.counted(len(asked), 'question')} against those of "
        f"{captions.counted(len(answered), 'answer')}, "
        f"in {captions.counted(len(table), 'pair')} of a question and an answer",
        f"The median question has {captions.counted(asked.median(), 'word')}, "
        f"the median answer {captions.counted(answered.median(), 'word')}",
        f"In {n_longer} of {captions.counted(len(table), 'pair')} "
        "the answer is longer than the question",
        f"{several} more than one answer" if n_several else "",
        captions.text_note(table.attrs),
    )
