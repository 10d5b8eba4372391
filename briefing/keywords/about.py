"""What a reader must know beside a table of keywords: sizes, intervals, the kind of text."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import pandas as pd

from briefing.keywords.sides import Coded
from briefing.keywords.speakers import MIN_SPEAKERS
from briefing.keywords.table import FLAGS, Sides
from briefing.words.groups import kind_of_text

About = dict[Hashable | None, Any]
NO_TURNS = (
    "not known from counts: nothing is said of the largest turn, nor of the question before it"
)
NEED_TURNS = ("mostly in one turn", "asked first")


def about(sides: Sides) -> About:
    """What a reader of the table must know of the two sides, for `.attrs`."""
    told: About = {"n_tested": len(sides.coded.vocabulary)}
    for name, turns, speakers in zip(
        ("target", "reference"), sides.turns, sides.speakers, strict=True
    ):
        told[f"n_words_{name}"] = int(turns.size.sum())
        told[f"n_turns_{name}"] = turns.present if sides.coded.turns is not None else None
        told[f"n_speakers_{name}"] = speakers.present
        told[f"n_words_unnamed_{name}"] = int(turns.size.sum() - speakers.size.sum())
    if sides.coded.turns is None:
        told["turns"] = NO_TURNS
    both = (sides.speakers[0].size > 0) & (sides.speakers[1].size > 0)
    return told | {"n_speakers_both": int(both.sum()), "speaker_interval": _why(sides)}


def flags_of(coded: Coded) -> dict[str, str]:
    """The flags that can be told, and what each says."""
    return {f: said for f, said in FLAGS.items() if coded.turns is not None or f not in NEED_TURNS}


def _why(sides: Sides) -> str:
    """How the speakers' interval was made, or why there is none."""
    if sides.named < MIN_SPEAKERS:
        return (
            f"none: the difference may be one person's, since a side has {sides.named} named "
            f"speakers, fewer than {MIN_SPEAKERS}"
        )
    return "named speakers left out one at a time (jackknife), Welch's t; not corrected"


def kind_of_both(target: pd.DataFrame, reference: pd.DataFrame) -> About:
    """What both sides say of their text, and *unknown* or None where they differ."""
    mine, other = kind_of_text(target), kind_of_text(reference)
    same = {key: mine[key] if mine[key] == other[key] else None for key in mine}
    status = same["text_status"] or "unknown"
    return same | {"text_status": status, "part": mine["part"] or other["part"]}
