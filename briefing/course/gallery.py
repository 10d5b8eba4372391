"""The figures of one briefing that hold facts only, made in one go: `briefing figures FILE FOLDER`.

A transcript that is not ours to give away can still be shown: who spoke, how many words, how
often a word or a topic occurs are facts. So this is a fixed list of pictures with their tables,
chosen to hold names, counts, single words and short phrases, and never a sentence of the text,
an outline of an answer or a line of a concordance.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pandas as pd

from briefing import figures
from briefing.figures.saving import close
from briefing.lexicons import is_english
from briefing.measures import context, keywords, lexis, phrases, speaking, topics
from briefing.safe import as_csv, save
from briefing.transcript import Transcript

TOPICS = "digital-policy"
FITS = 0.2  # of the questions have a topic where the dictionary is of any use
FIRST = 12  # words of a strip or a list
CLOUD = 60  # words of a cloud, at most
Made = tuple[Any, pd.DataFrame]  # Axes, the table that was drawn


def make_gallery(talk: Transcript, folder: str | Path) -> list[Path]:
    """Draw the figures of `talk` that hold facts only, each with its table and its sentence.

    Parameters
    ----------
    talk : Transcript
        One briefing. In a language other than English, the figures that rest on English word
        lists are left out.
    folder : str or Path
        Where to write; it is made if need be, and files of the same names are replaced.

    Returns
    -------
    list of Path
        The files: .png, .svg, .csv and .txt of each figure, and `key-phrases.csv`.

    Raises
    ------
    BriefingError
        The folder cannot be written to, or the words of the transcript cannot be counted.
    """
    english = is_english(talk.language)
    parts = {**GALLERY, **(ENGLISH if english else {})}
    made = [path for name, draw in parts.items() for path in _save(draw, talk, folder, name)]
    if english:
        path = Path(folder) / "key-phrases.csv"
        found = phrases.key(talk.tokens).drop(columns="variants")
        made.append(save(path, as_csv(found)))
    return made


def _save(
    draw: Callable[[Transcript], Made | None], talk: Transcript, folder: str | Path, name: str
) -> list[Path]:
    made = draw(talk)
    if made is None:
        return []
    ax, table = made
    paths = figures.save_figure(ax, folder, name, table=table)
    close(ax)
    return paths


def _share(talk: Transcript) -> Made:
    shares = speaking.share(talk.turns)
    return figures.plot_speaking_share(shares), shares


def _time(talk: Transcript) -> Made | None:
    times = speaking.time(talk.turns)
    if times.attrs["rate_from"] == "none":
        return None
    return figures.plot_speaking_time(times), times


def _timeline(talk: Transcript) -> Made:
    turns = talk.turns
    table = figures.timeline_table(turns)
    return figures.plot_timeline(turns), table


def _lengths(talk: Transcript) -> Made | None:
    pairs, turns = talk.pairs, talk.turns
    if pairs.empty:
        return None
    table = figures.question_answer_table(pairs, turns)
    return figures.plot_question_answer(pairs, turns), table


def _fits(talk: Transcript) -> bool:
    """Whether the dictionary has words of a fifth of the questions: else it is for other events."""
    found = topics.of_questions(talk.tokens, TOPICS, pairs=talk.pairs)["topic"]
    return len(found) > 0 and (found != "none").mean() >= FITS


def _topics(talk: Transcript) -> Made | None:
    if not _fits(talk):
        return None
    table = topics.frequency(talk.tokens, TOPICS, by="speaker")
    return figures.plot_topics(table), table


def _course(talk: Transcript) -> Made | None:
    if not _fits(talk):
        return None
    table = topics.course(talk.tokens, TOPICS)
    ax = figures.plot_topic_course(table, turns=talk.turns)
    return ax, table


def _keywords(talk: Transcript) -> Made | None:
    """What the official who says most says more than the others, where there are others."""
    words = talk.tokens.query("role == 'official'")
    if words["speaker"].nunique() < 2:
        return None
    first = words["speaker"].astype(str).value_counts().index[0]
    themes = keywords.of_each(words, turns=talk.turns)
    theirs = (themes["speaker"].astype(str) == first) & ~themes["function_word"]
    table = themes[theirs].reset_index(drop=True)
    if table.empty:
        return None
    sides = (first, "the other officials")
    ax = figures.plot_keyness(table, n=FIRST, sides=sides)
    return ax, table


def _cloud(talk: Transcript) -> Made | None:
    table = lexis.common(talk.tokens, n_first=CLOUD)
    if table.empty:
        return None
    return figures.plot_word_cloud(table), table


def _common(talk: Transcript) -> list[str]:
    """The commonest content words of all, most said first."""
    table = lexis.common(talk.tokens.assign(everybody="all"), by="everybody", n_first=FIRST)
    return table["token"].tolist()


def _strips(talk: Transcript) -> Made | None:
    words = _common(talk)
    if not words:
        return None
    spread, tokens = context.dispersion(talk.tokens, words), talk.tokens
    return figures.plot_dispersion(spread, tokens), spread


def _company(talk: Transcript) -> Made | None:
    words = _common(talk)
    if not words:
        return None
    near = context.collocates(talk.tokens, words[0]).query("not function_word").head(FIRST)
    if near.empty:
        return None
    return figures.plot_collocates(near), near


GALLERY: dict[str, Callable[[Transcript], Made | None]] = {
    "speaking-share": _share,
    "speaking-time": _time,
    "timeline": _timeline,
    "questions-and-answers": _lengths,
    "theme-keywords": _keywords,
    "word-clouds": _cloud,
    "dispersion": _strips,
    "collocates": _company,
}
ENGLISH: dict[str, Callable[[Transcript], Made | None]] = {
    "topics": _topics,
    "topics-through-the-briefing": _course,
}
