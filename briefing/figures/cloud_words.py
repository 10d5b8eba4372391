"""What the words of a figure of clouds are, and what is said around them.

A table of words becomes one band of the figure for each group. A cloud cannot show every word
that the dots show: not one too rare or too long to be read at a true size, and not one whose
letters no installed font has. Which these are stands under the figure and in its sentence.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from briefing.figures import captions, labels
from briefing.figures.fonts import CURE, OneFont, font_for
from briefing.tables import BriefingError, Table

WORDS = Table(
    name="common words",
    row="one word of one role, speaker or briefing",
    made_by="briefing.common_words(tokens)",
    columns={
        "token": "the word",
        "n": "how often it is said",
        "per_1000": "its rate per 1,000 words",
        "low": "the low end of the rate's interval; missing where there is none",
        "high": "the high end",
    },
)
Bands = dict[Any, pd.DataFrame]
FAINTEST = 16  # a word is in a cloud down to this part of the highest rate
LONGEST = 20  # columns: a longer word would make all others too small to read
WHY = "No installed font has the letters of all words"
FIRST = 3  # words that the sentence names, of each group


def bands_of(words: pd.DataFrame) -> Bands:
    """The rows of each group, in the order of the table, checked."""
    by = group_column(words)
    WORDS.check(words, by, *WORDS.columns)
    if words.empty:
        raise BriefingError(
            "the table has no rows, so there is nothing to draw. A short text says few words "
            "often: try common_words(tokens, min_count=2)."
        )
    if words.duplicated([by, "token"]).any() or not (words["per_1000"] > 0).all():
        raise BriefingError(
            f"a word stands twice in one {by}, or its rate is not above 0: a cloud shows each "
            "word once, by its rate. Make the table with common_words(tokens)."
        )
    groups = words[by].astype("object").where(words[by].notna(), f"no {by} given")
    return {group: words[groups == group] for group in dict.fromkeys(groups)}


def group_column(words: pd.DataFrame) -> str:
    """The column whose values have a band each."""
    return str(words.attrs.get("by") or "role")


def words_of(band: pd.DataFrame) -> list[str]:
    """The words as they are written beside the dots."""
    return band["token"].astype("str").tolist()


def in_cloud(words: pd.DataFrame, band: pd.DataFrame) -> tuple[pd.DataFrame, OneFont]:
    """The rows that a cloud can show, and the font that it is drawn in."""
    often = band[band["per_1000"] >= words["per_1000"].max() / FAINTEST]
    seen = often[[labels.wrap(word, LONGEST) == word for word in words_of(often)]]
    font = font_for(words_of(seen))
    return seen[~seen["token"].isin(font.lacks)], font


def count_of(word: dict[Any, Any]) -> str:
    """What is written beside a dot: how often, and in how many turns where that is known."""
    if "n_turns" not in word:
        return f"{word['n']:,}"
    return f"{word['n']:,} in {captions.counted(word['n_turns'], 'turn')}"


def note_of(words: pd.DataFrame, bands: Bands) -> str:
    """How to read clouds and dots, what is not in them, and what kind of text was counted."""
    numbers = "how often, in how many turns" if "n_turns" in words else "how often"
    n_lacked = len(_lacked(words, bands))
    not_in = f"Not in the clouds: {captions.counted(n_lacked, 'word')}. {WHY}. {CURE}"
    lines = [
        "Letters twice as high: a rate four times as high. Places in a cloud mean nothing.",
        captions.sentences(*_intervals(words), f"Numbers: {numbers}"),
        captions.sentences(*_left_out(words)),
        captions.sentences(not_in if n_lacked else "", *_unreadable(words, bands)),
        captions.text_note(words.attrs),
    ]
    return "\n".join(filter(None, lines))


def describe_word_cloud(words: pd.DataFrame) -> str:
    """Say in words what `plot_word_cloud` shows."""
    bands = bands_of(words)
    lacked = captions.listed(_lacked(words, bands))
    return captions.sentences(
        f"The commonest words by {group_column(words)}, in {captions.counted(len(bands), 'group')} "
        f"{captions.counted(len(words), 'word')}: each group as a cloud and beside it as ranked "
        "dots",
        *[f"{group}: {captions.listed(_first(band))}" for group, band in bands.items()],
        "In the clouds letters twice as high stand for a rate four times as high; a long word "
        "looks bigger than it is, and places mean nothing",
        *_left_out(words),
        *_intervals(words),
        f"Not in the clouds: {lacked}. {WHY}. {CURE}" if lacked else "",
        *_unreadable(words, bands),
        captions.text_note(words.attrs),
    )


def _first(band: pd.DataFrame) -> list[str]:
    """The first words of a group, with their numbers."""
    said = []
    for word in band.head(FIRST).to_dict("records"):
        interval = f", {word['low']:.1f} to {word['high']:.1f}" if pd.notna(word["low"]) else ""
        times = captions.counted(word["n"], "time")
        said.append(f"{word['token']} {times} ({word['per_1000']:.1f} per 1,000{interval})")
    return said


def _intervals(words: pd.DataFrame) -> list[str]:
    """Which intervals the lines are, and why some have none."""
    drawn, absent = words[words["low"].notna()], words[words["low"].isna()]
    level = words.attrs.get("level")
    name = f"{level:.0%} intervals" if level else "intervals"
    kinds = drawn["interval"].unique().tolist() if "interval" in words else []
    said = [f"Lines: {name}" + f", {captions.listed(kinds)}" * bool(kinds)] if len(drawn) else []
    why = absent["why"].unique().tolist() if "why" in words else ["it is not in the table"]
    return said + [f"No interval: {reason}" for reason in why if len(absent)]


def _left_out(words: pd.DataFrame) -> list[str]:
    """Words that were not counted, and groups that have no band."""
    without, groups = words.attrs.get("without"), words.attrs.get("left_out") or {}
    said = [f"Left out: {without}"] if without else []
    return said + [f"No band: {group} ({why})" for group, why in groups.items()]


def _lacked(words: pd.DataFrame, bands: Bands) -> list[str]:
    return [word for band in bands.values() for word in in_cloud(words, band)[1].lacks]


def _unreadable(words: pd.DataFrame, bands: Bands) -> list[str]:
    n = sum(len(band) - len(in_cloud(words, band)[0]) for band in bands.values())
    n -= len(_lacked(words, bands))
    return [f"Too long or too rare for the clouds: {captions.counted(n, 'word')}"] if n else []
