"""Result tables drawn: each figure with a headline, its table and a caption.

`plot(result)` draws any result table by what made it. `plot_*` takes a table and returns its
Axes, drawn on `ax=` or on a figure of its own; `caption(axes)` says in words what they show.
`save_figure` writes picture, table and words side by side; `keep` shows the picture besides, with
its words as alternative text, which is what a notebook wants:

    figures.keep(shares, "../figures", "speaking-share")

`dress` has the look and the wording of all figures, `saving` the files. Nothing here measures:
tables come in finished.
"""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from briefing.figures.clouds import plot_word_cloud
from briefing.figures.dress import caption, placed
from briefing.figures.dumbbells import plot_keyness, plot_keyness_ranked
from briefing.figures.outline import plot_outline
from briefing.figures.rate_bars import grouped_by, plot_change, plot_rates
from briefing.figures.saving import FILE_DPI, close, display_picture, save_figure, write_files
from briefing.figures.speaking_figures import (
    plot_calls,
    plot_follow_ups,
    plot_question_answer,
    plot_speaking_share,
    plot_speaking_time,
    plot_timeline,
    question_answer_table,
    timeline_table,
)
from briefing.figures.strips import plot_collocates, plot_dispersion, plot_key_phrases, strips_table
from briefing.figures.topic_figures import plot_topic_course, plot_topics
from briefing.tables import ROLE_COLOURS, BriefingError

__all__ = [
    "ROLE_COLOURS",
    "caption",
    "keep",
    "plot",
    "plot_calls",
    "plot_change",
    "plot_collocates",
    "plot_dispersion",
    "plot_follow_ups",
    "plot_key_phrases",
    "plot_keyness",
    "plot_keyness_ranked",
    "plot_outline",
    "plot_question_answer",
    "plot_rates",
    "plot_speaking_share",
    "plot_speaking_time",
    "plot_timeline",
    "plot_topic_course",
    "plot_topics",
    "plot_word_cloud",
    "question_answer_table",
    "save_figure",
    "strips_table",
    "timeline_table",
]


class Drawing(NamedTuple):
    """How the tables of one measure are drawn, and which table is saved beside the picture."""

    plot: Callable[..., Axes]
    table: Callable[..., pd.DataFrame] = lambda result, *_: result


DRAWINGS = {
    "agency": Drawing(plot_rates),
    "collocates": Drawing(plot_collocates),
    "common_words": Drawing(plot_word_cloud),
    "dispersion": Drawing(plot_dispersion),
    "enumerations": Drawing(plot_outline),
    "key_phrases": Drawing(plot_key_phrases),
    "keyness": Drawing(plot_keyness),
    "pairs": Drawing(plot_question_answer, question_answer_table),
    "pronouns": Drawing(plot_rates),
    "share": Drawing(plot_calls),
    "speaking_share": Drawing(plot_speaking_share),
    "speaking_time": Drawing(plot_speaking_time),
    "stance": Drawing(plot_rates),
    "theme_keywords": Drawing(plot_keyness),
    "topic_course": Drawing(plot_topic_course),
    "topic_frequency": Drawing(plot_topics),
    "turns": Drawing(plot_timeline, timeline_table),
}
OVER_BRIEFINGS = ("agency", "stance", "pronouns", "topic_frequency")  # drawn apart if by briefing
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
        `briefing.figures.caption(axes)` says in words what they show.

    Raises
    ------
    BriefingError
        Nothing in `.attrs` says what made the table, or it has no drawing.
    """
    return _drawing(result).plot(result, *others, **options)


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
    if made_by in OVER_BRIEFINGS and grouped_by(result) == "briefing_id":
        return Drawing(plot_change)
    if made_by == "share" and result.attrs["by"] == "answered_by":
        return Drawing(plot_follow_ups)
    return DRAWINGS[made_by]


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
    drawing = Drawing(plot_keyness_ranked) if ranked else _drawing(result)
    ax = drawing.plot(result, *others, **options)
    with placed(ax, dpi=FILE_DPI) as frame:
        write_files(ax, frame, Path(folder), name, drawing.table(result, *others), caption(ax))
        display_picture(ax, frame, caption(ax))
    close(ax)


def save(
    result: pd.DataFrame, folder: str | Path, name: str, *others: Any, **options: Any
) -> list[Path]:
    """Draw a result table and save it as `keep` does, not shown; nothing of one without rows."""
    if result.empty:
        return []
    ax = plot(result, *others, **options)
    paths = save_figure(ax, folder, name, table=_drawing(result).table(result, *others))
    close(ax)
    return paths
