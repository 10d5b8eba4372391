"""Any result table drawn, and described, by what made it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from briefing.figures import (
    clouds,
    collocate_bars,
    dumbbells,
    outline,
    question_bars,
    rate_bars,
    saving,
    small_multiples,
    speaking_bars,
    strips,
    timeline,
    topic_figures,
)
from briefing.tables import BriefingError


class Drawing(NamedTuple):
    """How the tables of one measure are drawn, and described."""

    plot: Callable[..., Axes]
    describe: Callable[..., str]
    table: Callable[..., pd.DataFrame] = lambda result, *_: result


def _course_words(course: pd.DataFrame, **_: Any) -> str:
    """The same words with and without the turns below the bars."""
    return topic_figures.describe_topic_course(course)


RATES = Drawing(rate_bars.plot_rates, rate_bars.describe_rates)
RANKED = Drawing(dumbbells.plot_keyness_ranked, dumbbells.describe_keyness_ranked)
KEYWORDS = Drawing(dumbbells.plot_keyness, dumbbells.describe_keyness)
CHANGE = Drawing(small_multiples.plot_change, small_multiples.describe_change)
DRAWINGS = {
    "collocates": Drawing(collocate_bars.plot_collocates, collocate_bars.describe_collocates),
    "common_words": Drawing(clouds.plot_word_cloud, clouds.describe_word_cloud),
    "dispersion": Drawing(strips.plot_dispersion, strips.describe_dispersion),
    "enumerations": Drawing(outline.plot_outline, outline.describe_outline),
    "keyness": KEYWORDS,
    "pairs": Drawing(
        question_bars.plot_question_answer,
        question_bars.describe_question_answer,
        question_bars.question_answer_table,
    ),
    "pronouns": RATES,
    "speaking_share": Drawing(
        speaking_bars.plot_speaking_share, speaking_bars.describe_speaking_share
    ),
    "speaking_time": Drawing(
        speaking_bars.plot_speaking_time, speaking_bars.describe_speaking_time
    ),
    "stance": RATES,
    "theme_keywords": KEYWORDS,
    "topic_course": Drawing(topic_figures.plot_topic_course, _course_words),
    "topic_frequency": Drawing(topic_figures.plot_topics, topic_figures.describe_topics),
    "turns": Drawing(timeline.plot_timeline, timeline.describe_timeline, timeline.timeline_table),
}
PRINTED = {"turns": {"answers", "n_words"}, "pairs": {"question_id"}}  # made by no measure


def plot(result: pd.DataFrame, *others: Any, **options: Any) -> Axes:
    """Draw a result table by the measure that made it, which stands in its `.attrs`.

    Parameters
    ----------
    result : DataFrame
        What a measure gave, turns (a timeline) or pairs (lengths of questions and answers).
        Rates by `briefing_id` are drawn over the briefings.
    *others
        Tables that this drawing needs besides: for `dispersion` the tokens, for pairs the turns.
    **options
        What the named function takes: `ax=`, `sides=`, and others.

    Returns
    -------
    Axes

    Raises
    ------
    BriefingError
        Nothing in `.attrs` says what made the table, or it has no drawing.
    """
    return _drawing(result).plot(result, *others, **options)


def describe(result: pd.DataFrame, *others: Any, **options: Any) -> str:
    """Say in words what `plot` shows of the same table."""
    return _drawing(result).describe(result, *others, **options)


def keep(
    result: pd.DataFrame,
    folder: str | Path,
    name: str,
    *others: Any,
    ranked: bool = False,
    **options: Any,
) -> None:
    """Draw a result table, save it as `save_figure` does, and show it in the notebook.

    Where there is nothing to draw, it says why, and nothing is saved. Takes what `plot` takes;
    `ranked` draws keywords as two ranked columns.
    """
    if result.empty:
        why = result.attrs.get("why") or "the table has no rows"
        sys.stdout.write(f"There is nothing to draw: {why}.\n")
        return
    drawing = RANKED if ranked else _drawing(result)
    ax = drawing.plot(result, *others, **options)
    sentence = drawing.describe(result, *others, **options)
    saving.keep(ax, folder, name, table=drawing.table(result, *others), sentence=sentence)


def _drawing(result: pd.DataFrame) -> Drawing:
    printed = next((name for name, has in PRINTED.items() if has <= set(result)), None)
    made_by = result.attrs.get("made_by", printed)
    if made_by not in DRAWINGS:
        drawn = ", ".join(DRAWINGS)
        said = "its .attrs do not say what made it" if made_by is None else f"{made_by} made it"
        raise BriefingError(
            f"this table has no drawing of its own: {said}. Drawn are the tables of {drawn}; "
            "for others use a plot_* function."
        )
    over_briefings = rate_bars.grouped_by(result) == "briefing_id"
    rates = made_by in ("stance", "pronouns", "topic_frequency")
    return CHANGE if rates and over_briefings else DRAWINGS[made_by]
