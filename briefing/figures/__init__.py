"""Result tables drawn: each figure with a headline, its table and a caption.

`plot(result)` draws any result table according to the measure that made it. `plot_*` takes a table
and returns its Axes, drawn on `ax=` or on a new figure; `caption(axes)` describes what they show.
`save_figure` writes picture, table and caption side by side; `keep` also shows the picture, with
its caption as alternative text, as a notebook needs:

    figures.keep(shares, "../figures", "speaking-share")

`NAME.png` and `NAME.svg` are the picture, `NAME.csv` is the table it was drawn from, and `NAME.txt`
describes what it shows, which is also its alternative text for readers who cannot see it. The same
figure gives the same bytes: no date, no program version, fixed ids.

`dress` has the look and the wording of all figures. Nothing is measured here: the tables are
complete.
"""

from __future__ import annotations

import base64
import html
import io
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

import matplotlib
import matplotlib.pyplot as plt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.transforms import Bbox

from briefing.figures.dress import caption, placed, quiet, whole
from briefing.figures.outline import plot_outline
from briefing.figures.rate_bars import grouped_by, plot_change, plot_rates, plot_track
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
from briefing.figures.word_figures import plot_keyness, plot_keyness_ranked, plot_word_cloud
from briefing.safe import AS_PRINTED, as_csv, make_folder, save_all, slug
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
    "plot_track",
    "plot_word_cloud",
    "question_answer_table",
    "save_figure",
    "strips_table",
    "timeline_table",
]


class Drawing(NamedTuple):
    """How the tables of a measure are drawn, and which table is saved beside the picture."""

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
    "track": Drawing(plot_track),
    "turns": Drawing(plot_timeline, timeline_table),
}
OVER_BRIEFINGS = ("agency", "stance", "pronouns", "topic_frequency")  # drawn apart if by briefing
PRINTED = {"turns": {"answers", "n_words"}, "pairs": {"question_id"}}  # made by no measure


def plot(result: pd.DataFrame, *others: Any, **options: Any) -> Axes:
    """Draw a result table according to the measure that made it, as given in its `.attrs`.

    Parameters
    ----------
    result : DataFrame
        The result of a measure, turns (a timeline) or pairs (lengths of questions and answers).
        Rates by `briefing_id` are drawn across briefings.
    *others
        Other tables that this drawing needs: the tokens for `dispersion`, the turns for pairs.
    **options
        Options of the function that draws it: `ax=`, `sides=`, and others.

    Returns
    -------
    Axes
        `briefing.figures.caption(axes)` describes what they show.

    Raises
    ------
    BriefingError
        If `.attrs` does not say what made the table, or it has no drawing.
    """
    return _drawing(result).plot(result, *others, **options)


def _drawing(result: pd.DataFrame) -> Drawing:
    printed = next((name for name, has in PRINTED.items() if has <= set(result)), None)
    made_by = result.attrs.get("made_by", printed)
    if made_by not in DRAWINGS:
        drawn = ", ".join(DRAWINGS)
        said = "its .attrs do not say what made it" if made_by is None else f"{made_by} made it"
        raise BriefingError.of("no drawing", said=said, drawn=drawn)
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

    If there is nothing to draw, it says why and saves nothing. Takes the same as `plot`; `ranked`
    draws keywords as two ranked columns.
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
    """Draw a result table and save it like `keep`, without showing it; skip empty ones."""
    if result.empty:
        return []
    ax = plot(result, *others, **options)
    paths = save_figure(ax, folder, name, table=_drawing(result).table(result, *others))
    close(ax)
    return paths


FILE_DPI, SCREEN_DPI = 200, 110
UNDATED: dict[str, dict[str, str | None]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
}


def save_figure(
    ax: Axes, folder: str | Path, name: str, *, table: pd.DataFrame, sentence: str = ""
) -> list[Path]:
    """Write the figure of `ax` as PNG and SVG, with its table and its sentence.

    Parameters
    ----------
    ax : Axes
        The result of a `plot_*` function.
    folder, name : str
        Where to write; a missing folder is created. "Speaking share" becomes `speaking-share`.
    table : DataFrame
        The table that the figure was drawn from.
    sentence : str
        What it shows; by default the caption of our figures.

    Returns
    -------
    list of Path
        The four files: .png, .svg, .csv, .txt.

    Raises
    ------
    BriefingError
        If there is no sentence, or the folder is not one.
    """
    said = " ".join((sentence or caption(ax)).split())
    if not said:
        raise BriefingError.of("no sentence")
    with placed(ax, dpi=FILE_DPI) as frame:
        return write_files(ax, frame, Path(folder), name, table, said)


def write_files(
    ax: Axes, frame: Bbox, folder: Path, name: str, table: pd.DataFrame, said: str
) -> list[Path]:
    """Write picture, table and caption side by side."""
    stem = slug(name)
    make_folder(folder)
    pictures = {
        folder / f"{stem}.{format}": _picture(ax, format, FILE_DPI, said, frame)
        for format in UNDATED
    }
    csv = as_csv(table)
    words = {folder / f"{stem}.csv": csv, folder / f"{stem}.txt": f"{said}\n"}
    return save_all({**pictures, **words})


def display_picture(ax: Axes, frame: Bbox, said: str) -> None:
    """Show the figure in a notebook, as an `<img alt=...>` of our own.

    Notebooks drop the alternative text of ordinary pictures; if HTML cannot be shown, the sentence
    replaces the picture.
    """
    try:
        from IPython.display import display
    except ImportError as error:
        raise BriefingError.of("no IPython") from error
    html = _figure_html(_picture(ax, "png", SCREEN_DPI, said, frame), said)
    display({"text/html": html, "text/plain": f"[figure: {said}]"}, raw=True)


def close(ax: Axes) -> None:
    """Close the figure of `ax`, which would otherwise stay in memory."""
    plt.close(whole(ax))


def _picture(ax: Axes, format: str, dpi: int, sentence: str, frame: Bbox) -> bytes:
    """Options to save the whole figure, without anything that changes from run to run."""
    drawn = io.BytesIO()
    settings: dict[Any, Any] = {"svg.hashsalt": "briefing", "svg.fonttype": "path"}
    with matplotlib.rc_context(settings), quiet():
        whole(ax).savefig(
            drawn, format=format, dpi=dpi, bbox_inches=frame,
            facecolor=whole(ax).get_facecolor(), transparent=False,
            metadata=UNDATED[format] | {"Description": sentence},
        )  # fmt: skip
    return drawn.getvalue()


def _figure_html(png: bytes, sentence: str) -> str:
    """Screen readers read the sentence once, as alternative text; it is also shown below."""
    source = base64.b64encode(png).decode("ascii")
    return (
        f'<figure {AS_PRINTED}><img alt="{html.escape(sentence)}" style="max-width: 100%" '
        f'src="data:image/png;base64,{source}">'
        f'<figcaption aria-hidden="true">{html.escape(sentence)}</figcaption></figure>'
    )
