"""One conversation as many programs write it: all speech, all speakers and all times are read."""

from __future__ import annotations

import pytest

from briefing.reading import parse_source
from briefing.transcript import Transcript
from made.exports import JSON, PEOPLE, TALK, dump

NO_NAMES = ("youtube-turns.json3",)  # only marks where somebody else speaks
NO_TIMES = (  # the format has none, or only those of the day
    "chatml.json", "columns.json", "convokit.jsonl", "hansard-uk.json", "json-in-string.json", "mediasum.json", "name-as-key.json", "numbers-as-text.json",
    "pairs.json", "prepared-and-questions.json", "telegram.json", "triples.json", "twfy.json", "unknown-keys-deep.json", "unknown-keys.json",
    "utterance-list.json", "discord.json", "slack.json", "videoindexer.json",
)  # fmt: skip


def plain(text: str) -> str:
    return " ".join(text.split())


def turns_of(name: str, data: bytes):
    return Transcript([parse_source(data, name)]).reading.turns


@pytest.mark.parametrize("name", JSON)
def test_all_turns_are_read_word_for_word(name):
    assert [plain(turn.text) for turn in turns_of(name, dump(name))] == [one[3] for one in TALK]


@pytest.mark.parametrize("name", [name for name in JSON if name not in NO_NAMES])
def test_speakers_are_told_apart(name):
    heard = [turn.label for turn in turns_of(name, dump(name))]
    spoken = [one[0] for one in TALK]
    assert len({*zip(heard, spoken, strict=True)}) == len({*heard}) == len(PEOPLE)


@pytest.mark.parametrize("name", [name for name in JSON if name not in NO_TIMES])
def test_turns_begin_when_the_format_says(name):
    starts = [turn.start_s for turn in turns_of(name, dump(name))]
    assert starts[0] <= TALK[0][1]
    steps = [start - starts[0] for start in starts]
    assert steps == pytest.approx([one[1] - TALK[0][1] for one in TALK], abs=0.91)
