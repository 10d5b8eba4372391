"""Questions and answers in their order: the words of each, side by side.

A row is one adjacency pair: to the left the question, to the right the turn that comes in answer.
Length is not quality: a long answer may say little, and a short one all that was asked.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch

from briefing.figures import dress, phrasing, row_labels
from briefing.figures.lettering import wrap
from briefing.tables import PAIRS, ROLE_COLOURS, TURNS, BriefingError

KEYS = ["briefing_id", "turn_id"]
LETTERS = 24  # of the name behind an answer
NUMBERS = 0.08  # of the width: room for the numbers before the questions
ASIDE = 0.34  # of the longest answer: room for the numbers and names behind the bars


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
    known = turns.assign(who=phrasing.who(turns["speaker"], turns["role"])).set_index(KEYS)
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
    if known.loc[asked, "n_words"].isna().any():
        raise BriefingError(
            "the words of some turns were not counted. Count them with a tokenizer for "
            "their language: briefing.tokenize(turns, tokenizer=...)."
        )


def plot_question_answer(
    pairs: pd.DataFrame, turns: pd.DataFrame, *, ax: Axes | None = None
) -> Axes:
    """Draw the words of each question to the left and of its answer to the right, in order.

    A second answer to one question has a row without a question. Not a measure of how well a
    question was answered.
    """
    table = question_answer_table(pairs, turns)
    names = _names(table)
    own = ax is None
    ax = row_labels.rows(names, ax, grid=False)
    repeated = _repeated(table)
    for place, row in enumerate(table.to_dict("records")):
        _row(ax, place, row, again=bool(repeated.iloc[place]))
    most, least = int(table["answer_words"].max()), int(table["question_words"].max())
    width = (1 + ASIDE) * max(most, 1) + max(least, 1)
    ax.set_xlim(-(max(least, 1) + NUMBERS * width), (1 + ASIDE) * max(most, 1))
    ax.set_xticks([])
    ax.axvline(0, color="white", linewidth=1.2)
    answers = dress.role_keys(table["role"])
    for key in answers:
        key.set_label(f"answer, {key.get_label()}")
    question = Patch(facecolor=ROLE_COLOURS["journalist"], label="question")
    dress.legend(ax, [question, *answers])
    dress.write(ax, _words(table), table.attrs, own=own)
    row_labels.fit_rows(ax, names, own=own)
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
        ax.barh(place, -n, row_labels.THICK, color=ROLE_COLOURS["journalist"], gid="question")
        ax.annotate(
            f"{n:,}", (-n, place), (-4, 0), textcoords="offset points", ha="right",
            va="center_baseline", fontsize=dress.NOTE, color=dress.FAINT, gid="asked",
        )  # fmt: skip
    ax.barh(place, row["answer_words"], row_labels.THICK, color=colour, gid="answer")
    value = f"{row['answer_words']:,} · {wrap(str(row['answerer']), LETTERS, 1)}"
    row_labels.write_value(ax, row["answer_words"], place, value)


def _words(table: pd.DataFrame) -> dress.Words:
    n_longer = int((table["answer_words"] > table["question_words"]).sum())
    pairs = "The one answer is" if len(table) == 1 else f"{n_longer} of {len(table)} answers are"
    headline = f"{pairs} longer than the question" if n_longer else "Questions and their answers"
    drawn = "Words of each question and of the turn that comes in answer, in order"
    several = int(_repeated(table).sum())
    parts = [
        "Numbers at the left: turns." if len(table["briefing_id"].unique()) == 1 else "",
        f"A row without a question: one more answer to that above ({several})." if several else "",
        "Links are read from the order of turns." if table["inferred"].all() else "",
        "Length says nothing of how well a question was answered.",
    ]
    return dress.Words(headline, drawn, " ".join(filter(None, parts)))


def describe_question_answer(pairs: pd.DataFrame, turns: pd.DataFrame) -> str:
    """Say in words what `plot_question_answer` shows."""
    table = question_answer_table(pairs, turns)
    asked = table.loc[~_repeated(table), "question_words"].median()
    answered = table.drop_duplicates(["briefing_id", "answer_id"])["answer_words"].median()
    return _words(table).said(
        table.attrs,
        f"The median question has {phrasing.counted(asked, 'word')}, "
        f"the median answer {phrasing.counted(answered, 'word')}",
    )
