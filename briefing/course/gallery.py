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

from briefing.figures import save as save_drawn
from briefing.lexicons import is_english
from briefing.measures import context, keywords, lexis, phrases, speaking, topics
from briefing.safe import as_csv, save
from briefing.transcript import Transcript

TOPICS = "digital-policy"
FITS = 0.2  # of the questions have a topic where the dictionary is of any use
FIRST = 12  # words of a strip or a list
CLOUD = 60  # words of a cloud, at most
Made = tuple[pd.DataFrame, tuple[Any, ...], dict[str, Any]]  # what `figures.plot` takes


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
    made: list[Path] = []
    for name, part in {**GALLERY, **(ENGLISH if english else {})}.items():
        result, others, options = part(talk)
        made += save_drawn(result, folder, name, *others, **options)
    if english:
        path = Path(folder) / "key-phrases.csv"
        found = phrases.key(talk.tokens).drop(columns="variants")
        made.append(save(path, as_csv(found)))
    return made


def _made(result: pd.DataFrame, *others: Any, **options: Any) -> Made:
    return result, others, options


def _time(talk: Transcript) -> Made:
    times = speaking.time(talk.turns)
    return _made(times.head(0) if times.attrs["rate_from"] == "none" else times)


def _if_it_fits(talk: Transcript, table: pd.DataFrame) -> pd.DataFrame:
    """The table, without rows where the dictionary has words of too few of the questions."""
    found = topics.of_questions(talk.tokens, TOPICS, pairs=talk.pairs)["topic"]
    return table if len(found) and (found != "none").mean() >= FITS else table.head(0)


def _keywords(talk: Transcript) -> Made:
    """What the official who says most says more than the others, where there are others."""
    words = talk.tokens.query("role == 'official'")
    if words["speaker"].nunique() < 2:
        return _made(pd.DataFrame())
    first = words["speaker"].astype(str).value_counts().index[0]
    themes = keywords.of_each(words, turns=talk.turns)
    theirs = (themes["speaker"].astype(str) == first) & ~themes["function_word"]
    table = themes[theirs].reset_index(drop=True)
    return _made(table, n=FIRST, sides=(first, "the other officials"))


def _common(talk: Transcript) -> list[str]:
    """The commonest content words of all, most said first."""
    table = lexis.common(talk.tokens.assign(everybody="all"), by="everybody", n_first=FIRST)
    return table["token"].tolist()


def _strips(talk: Transcript) -> Made:
    words = _common(talk)
    return _made(context.dispersion(talk.tokens, words) if words else pd.DataFrame(), talk.tokens)


def _company(talk: Transcript) -> Made:
    words = _common(talk)
    if not words:
        return _made(pd.DataFrame())
    near = context.collocates(talk.tokens, words[0])
    return _made(near.query("not function_word").head(FIRST))


GALLERY: dict[str, Callable[[Transcript], Made]] = {
    "speaking-share": lambda talk: _made(speaking.share(talk.turns)),
    "speaking-time": _time,
    "timeline": lambda talk: _made(talk.turns),
    "questions-and-answers": lambda talk: _made(talk.pairs, talk.turns),
    "theme-keywords": _keywords,
    "word-clouds": lambda talk: _made(lexis.common(talk.tokens, n_first=CLOUD)),
    "dispersion": _strips,
    "collocates": _company,
}
ENGLISH: dict[str, Callable[[Transcript], Made]] = {
    "topics": lambda talk: _made(
        _if_it_fits(talk, topics.frequency(talk.tokens, TOPICS, by="speaker"))
    ),
    "topics-through-the-briefing": lambda talk: _made(
        _if_it_fits(talk, topics.course(talk.tokens, TOPICS)), turns=talk.turns
    ),
}
