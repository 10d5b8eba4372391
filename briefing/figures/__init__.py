"""Result tables drawn: each figure with a headline, its table and a caption.

`plot(result)` draws any result table by what made it. `plot_*` takes a table and returns its
Axes, drawn on `ax=` or on a figure of its own; `describe_*` says the same in words, from the same
rows. `save_figure` writes picture, table and words side by side; `show_figure` shows the picture
with its words as alternative text; `keep` does all of it, which is what a notebook wants:

    figures.keep(shares, "../figures", "speaking-share")

`dress` has the look of all figures, `phrasing` their wording, `row_labels` and `lettering` the
fitting of names, `saving` the files. Nothing here measures: tables come in finished.
"""

from briefing.figures.any_result import describe, keep, plot
from briefing.figures.clouds import describe_word_cloud, plot_word_cloud
from briefing.figures.collocate_bars import describe_collocates, plot_collocates
from briefing.figures.dumbbells import (
    describe_keyness,
    describe_keyness_ranked,
    plot_keyness,
    plot_keyness_ranked,
)
from briefing.figures.floor_bars import plot_calls, plot_follow_ups
from briefing.figures.outline import describe_outline, plot_outline
from briefing.figures.question_bars import (
    describe_question_answer,
    plot_question_answer,
    question_answer_table,
)
from briefing.figures.rate_bars import describe_rates, plot_rates
from briefing.figures.saving import save_figure, show_figure
from briefing.figures.small_multiples import describe_change, plot_change
from briefing.figures.speaking_bars import (
    describe_speaking_share,
    describe_speaking_time,
    plot_speaking_share,
    plot_speaking_time,
)
from briefing.figures.strips import describe_dispersion, plot_dispersion, strips_table
from briefing.figures.timeline import describe_timeline, plot_timeline, timeline_table
from briefing.figures.topic_figures import (
    describe_topic_course,
    describe_topics,
    plot_topic_course,
    plot_topics,
)
from briefing.tables import ROLE_COLOURS

__all__ = [
    "ROLE_COLOURS",
    "describe",
    "describe_change",
    "describe_collocates",
    "describe_dispersion",
    "describe_keyness",
    "describe_keyness_ranked",
    "describe_outline",
    "describe_question_answer",
    "describe_rates",
    "describe_speaking_share",
    "describe_speaking_time",
    "describe_timeline",
    "describe_topic_course",
    "describe_topics",
    "describe_word_cloud",
    "keep",
    "plot",
    "plot_calls",
    "plot_change",
    "plot_collocates",
    "plot_dispersion",
    "plot_follow_ups",
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
    "show_figure",
    "strips_table",
    "timeline_table",
]
