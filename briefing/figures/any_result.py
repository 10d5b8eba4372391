"""Any result table drawn, and described, by what made it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import pandas as pd
from matplotlib.axes import Axes

from briefing.figures import (
    clouds,
    collocate_bars,
    dumbbells,
    outline,
    rate_bars,
    small_multiples,
    speaking_bars,
    strips,
    topic_figures,
)
from briefing.tables import BriefingError


class Drawing(NamedTuple):
    """How the tables of one measure are drawn, and described."""

    plot: Callable[..., Axes]
    describe: Callable[..., str]


RATES = Drawing(rate_bars.plot_rates, rate_bars.describe_rates)
KEYWORDS = Drawing(dumbbells.plot_keyness, dumbbells.describe_keyness)
CHANGE = Drawing(small_multiples.plot_change, small_multiples.describe_change)
DRAWINGS = {
    "collocates": Drawing(collocate_bars.plot_collocates, collocate_bars.describe_collocates),
    "common_words": Drawing(clouds.plot_word_cloud, clouds.describe_word_cloud),
    "dispersion": Drawing(strips.plot_dispersion, strips.describe_dispersion),
    "enumerations": Drawing(outline.plot_outline, outline.describe_outline),
    "keyness": KEYWORDS,
    "pronouns": RATES,
    "speaking_share": Drawing(
        speaking_bars.plot_speaking_share, speaking_bars.describe_speaking_share
    ),
    "speaking_time": Drawing(
        speaking_bars.plot_speaking_time, speaking_bars.describe_speaking_time
    ),
    "stance": RATES,
    "theme_keywords": KEYWORDS,
    "topic_course": Drawing(topic_figures.plot_topic_course, topic_figures.describe_topic_course),
    "topic_frequency": Drawing(topic_figures.plot_topics, topic_figures.describe_topics),
}


def plot(result: pd.DataFrame, *others: Any, **options: Any) -> Axes:
    """Draw a result table by the measure that made it, which stands in its `.attrs`.

    Parameters
    ----------
    result : DataFrame
        What a measure gave. Rates by `briefing_id` are drawn over the briefings.
    *others
        Tables that this drawing needs besides: for `dispersion` the tokens.
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


def _drawing(result: pd.DataFrame) -> Drawing:
    made_by = result.attrs.get("made_by")
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
