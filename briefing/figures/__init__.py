"""Result tables drawn, each figure with its table and a sentence that says what it shows.

`plot_*` takes a table and returns its Axes, drawn on `ax=` or on a figure of its own.
`describe_*` says the same in words, from the same numbers. `save_figure` writes picture,
table and words side by side; `show_figure` shows the picture with its words as alternative
text; `keep` does both, which is what a notebook wants:

    ax = figures.plot_speaking_share(shares)
    words = figures.describe_speaking_share(shares)
    figures.keep(ax, "../figures", "speaking-share", table=shares, sentence=words)

A module a subject; `style` has the colours, `labels` the fitting of names, `captions` the
wording, `saving` the files. Nothing here measures: tables come in finished.
"""

from briefing.figures.exchanges import (
    describe_question_answer,
    plot_question_answer,
    question_answer_table,
)
from briefing.figures.minutes import describe_speaking_time, plot_speaking_time
from briefing.figures.saving import keep, save_figure, show_figure
from briefing.figures.share import describe_speaking_share, plot_speaking_share
from briefing.figures.style import ROLE_COLOURS
from briefing.figures.timeline import describe_timeline, plot_timeline, timeline_table

__all__ = [
    "ROLE_COLOURS",
    "describe_question_answer",
    "describe_speaking_share",
    "describe_speaking_time",
    "describe_timeline",
    "keep",
    "plot_question_answer",
    "plot_speaking_share",
    "plot_speaking_time",
    "plot_timeline",
    "question_answer_table",
    "save_figure",
    "show_figure",
    "timeline_table",
]
