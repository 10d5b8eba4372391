"""From two sides to the table of keyness: the numbers, their order, and what speaks against them.

`compare` puts the parts together for words that are already numbers, so that one speaker after
another can be held against the rest without reading the words again.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.keywords.asked import Questions
from briefing.keywords.sides import Coded, Flags, Part, Rows
from briefing.keywords.speakers import MIN_SPEAKERS, Floats, leave_out, speaker_interval
from briefing.keywords.units import Units
from briefing.lexicons import function_words
from briefing.tables import BriefingError
from briefing.words.rates import cautious_end, g2, g2_rayson, log_ratio, log_ratio_interval

Columns = dict[str, Any]
LEVEL = 0.95
MOSTLY = 0.5  # a turn with more than this share of a word decides about it
MIN_TURNS = 3  # a side with fewer has no choice
ONE_PERSON = "may be one person's"
FLAGS = {
    "interval includes 0": "even if words were independent, there may be no difference",
    "in one turn only": "one turn has all of it, on the side where it is more frequent",
    "mostly in one turn": "one turn of three or more has more than half of it, on that side",
    "one speaker only": "one person says it, on that side, where others speak too",
    "asked first": "no function word, and in the question that the turn with most of it answers",
    ONE_PERSON: f"a side has fewer than {MIN_SPEAKERS} named speakers, so that nothing tells",
    "speakers' interval includes 0": "speakers differ so much that sides may not",
}


@dataclass(frozen=True)
class Sides:
    """Target and reference, counted by turn and by named speaker."""

    coded: Coded
    turns: tuple[Units, Units]
    speakers: tuple[Units, Units]
    asked: tuple[Floats, Floats]  # of each word, the share that answers a question with it
    language: str | None

    @classmethod
    def of(
        cls, coded: Coded, questions: Questions, *sides: tuple[Part, Rows], language: str | None
    ) -> Sides:
        """Count both sides, given as a table and which of its rows."""
        (turns, speakers, asked), other = (_side(coded, questions, *side) for side in sides)
        both = (turns, other[0]), (speakers, other[1]), (asked, other[2])
        return cls(coded, *both, language)

    @property
    def counts(self) -> tuple[Any, ...]:
        """How often each word is said on either side, and how many words the sides have."""
        a, b = self.turns
        return a.hits, b.hits, int(a.size.sum()), int(b.size.sum())

    @property
    def more(self) -> Flags:
        """Of each word whether the target has more of it; so too where they are equal."""
        a, b, n1, n2 = self.counts
        return a * n2 >= b * n1

    def pick(self, here: npt.ArrayLike, there: npt.ArrayLike) -> npt.NDArray[Any]:
        """What is true of the side where each word is more frequent."""
        return np.where(self.more, here, there)

    @property
    def named(self) -> int:
        """How many named speakers the side with fewer of them has."""
        return min(side.present for side in self.speakers)


def _side(
    coded: Coded, questions: Questions, part: Part, rows: Rows
) -> tuple[Units, Units, Floats]:
    """One side by turn, by speaker, and what it was asked for; the turns' counts go at once."""
    counted = coded.count(part, rows)
    turns = Units.of(*coded.by_turn(*counted))
    asked = questions.share(turns)
    spread = coded.range(part, rows)
    turns = replace(turns, range=turns.range if spread is None else spread, cells=None)
    return turns, Units.of(*coded.by_speaker(*counted)), asked


def compare(
    sides: Sides, questions: Questions, *, level: float, person: bool = False
) -> pd.DataFrame:
    """Each tested word on both sides, ranked by lrc; see `briefing.keyness`.

    Where the target is one `person` by choice, no flag says that it may be one person's.
    """
    words = name_class(sides.coded.vocabulary, sides.language)
    columns = words | _counts(sides) | _differences(sides, level) | _spread(sides)
    columns |= _largest(sides, questions)
    low, high = speaker_interval(*sides.speakers, level=level)
    alone = np.full(len(low), sides.named < MIN_SPEAKERS)
    columns |= {"speaker_low": low, "speaker_high": high, "one_person": alone}
    columns["flag"] = pd.array(_flag(sides, columns, person), dtype="str")
    signed = np.where(sides.more, columns["g2"], -columns["g2"])
    order = np.lexsort((np.arange(len(low)), -signed, -columns["lrc"]))
    return pd.DataFrame({name: of.take(order) for name, of in columns.items()}, copy=False)


def _counts(sides: Sides) -> Columns:
    a, b, n1, n2 = sides.counts
    rates = {"per_1000_target": 1000 * a / n1, "per_1000_reference": 1000 * b / n2}
    return {"n_target": a, "n_reference": b, **rates}


def _differences(sides: Sides, level: float) -> Columns:
    counts, m = sides.counts, max(len(sides.coded.vocabulary), 1)
    low, high = log_ratio_interval(*counts, level=level, m=m)
    return {
        "g2": g2(*counts),
        "g2_rayson": g2_rayson(*counts),
        "log_ratio": log_ratio(*counts),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "lrc": cautious_end(low, high),
    }


def _spread(sides: Sides) -> Columns:
    return {
        "n_turns_target": sides.turns[0].range,
        "n_turns_reference": sides.turns[1].range,
        "n_speakers_target": sides.speakers[0].range,
        "n_speakers_reference": sides.speakers[1].range,
        "side": pd.array(sides.pick("target", "reference"), dtype="str"),
    }


def _largest(sides: Sides, questions: Questions) -> Columns:
    """What the speaker and the turn with most hits do, on the side with more."""
    speaker = leave_out(*sides.speakers, sides.counts, sides.more)
    turn = leave_out(*sides.turns, sides.counts, sides.more)
    names = np.array([*sides.coded.speakers, None], object)
    columns = {
        "log_ratio_without_speaker": speaker.log_ratio_without,
        "largest_speaker": pd.array(names[speaker.unit], dtype="str"),
        "log_ratio_without_turn": turn.log_ratio_without,
        "share_largest_turn": turn.share,
    }
    turns, unknown = sides.coded.turns, np.full(len(turn.unit), np.nan)
    if turns is None:
        place = pd.DataFrame(columns=["briefing_id", "turn_id"], index=range(len(unknown)))
        columns |= {"log_ratio_without_turn": unknown, "share_largest_turn": unknown}
    else:
        place = turns.take(turn.unit)
    return columns | {
        "largest_briefing_id": place["briefing_id"].array,
        "largest_turn_id": place["turn_id"].array,
        "asked_first": questions.first(turn.unit),
        "share_asked": sides.pick(*sides.asked),
    }


def _flag(sides: Sides, of: Columns, person: bool) -> npt.NDArray[np.object_]:
    """Why not to trust a word, in words: some of FLAGS, or nothing."""
    n_turns = sides.pick(*(side.present for side in sides.turns))
    single = sides.pick(of["n_turns_target"], of["n_turns_reference"]) == 1
    mostly = (of["share_largest_turn"] > MOSTLY) & (n_turns >= MIN_TURNS)
    found = [
        of["lrc"] == 0,
        single,
        ~single & mostly,
        sides.pick(*map(_one_of_several, sides.turns, sides.speakers)),
        _true(of["asked_first"]) & ~_true(of["function_word"]),
        of["one_person"] & (not person),
        (of["speaker_low"] <= 0) & (of["speaker_high"] >= 0),
    ]
    which, at = np.unique(
        np.column_stack(found) @ (1 << np.arange(len(FLAGS))), return_inverse=True
    )
    said = ["; ".join(flag for i, flag in enumerate(FLAGS) if bits >> i & 1) for bits in which]
    return np.array(said, object)[at]


def _true(known: pd.api.extensions.ExtensionArray) -> Flags:
    """Where it is known to be so."""
    return np.asarray(known.fillna(False), bool)


def _one_of_several(turns: Units, speakers: Units) -> Flags:
    """Of each word whether a single person says it on this side, and is not alone there."""
    several = speakers.present > 1 or speakers.size.sum() < turns.size.sum()
    return (speakers.range == 1) & (speakers.hits == turns.hits) & several


def name_class(words: list[str], language: str | None) -> Columns:
    """The words as `token`, and whether each is a function word; NA where not in English."""
    return {
        "token": pd.array(words, dtype="str"),
        "function_word": pd.array(function_words(words, language), dtype="boolean"),
    }


def check_level(level: float) -> None:
    """Raise BriefingError where no interval has such a level."""
    if not 0 < level < 1:
        raise BriefingError(f"level={level} is no level of an interval; use 0.95, or 0.99.")
