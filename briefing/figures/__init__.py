"""Result tables drawn: each figure with a headline, its table and a caption.

`plot(result)` draws any result table by what made it. `plot_*` takes a table and returns its
Axes, drawn on `ax=` or on a figure of its own; `caption(axes)` says in words what they show.
`save_figure` writes picture, table and words side by side; `keep` shows the picture besides, with
its words as alternative text, which is what a notebook wants:

    figures.keep(shares, "../figures", "speaking-share")

`dress` has the look and the wording of all figures, `saving` the files. Nothing here measures:
tables come in finished.
"""

from briefing.figures.clouds import plot_word_cloud
from briefing.figures.dress import caption
from briefing.figures.dumbbells import plot_keyness, plot_keyness_ranked
from briefing.figures.outline import plot_outline
from briefing.figures.rate_bars import plot_change, plot_rates
from briefing.figures.saving import keep, plot, save_figure
from briefing.figures.speaking_bars import (
    plot_calls,
    plot_follow_ups,
    plot_speaking_share,
    plot_speaking_time,
)
from briefing.figures.strips import (
    plot_collocates,
    plot_dispersion,
    plot_key_phrases,
    strips_table,
)
from briefing.figures.timeline import (
    plot_question_answer,
    plot_timeline,
    question_answer_table,
    timeline_table,
)
from briefing.figures.topic_figures import plot_topic_course, plot_topics
from briefing.tables import ROLE_COLOURS

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
