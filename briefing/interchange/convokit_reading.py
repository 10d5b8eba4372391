"""From ConvoKit: a corpus folder, ours or anybody's, becomes a turns table.

What `briefing.convokit` writes comes back as it was. A corpus of others keeps its words, speakers,
order and replies; whatever else it says of an utterance has no place in a turns table.
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from briefing.interchange.convokit import META, UTTERANCE
from briefing.interchange.elsewhere import turns_from
from briefing.interchange.files import TOKEN_TYPES
from briefing.tables import ROLES, TOKENS, BriefingError

Path_ = str | os.PathLike[str]
Meta = dict[str, Any]
OLDER = {"reply-to": "reply_to", "user": "speaker", "root": "conversation_id"}


def read_convokit(folder: Path_) -> pd.DataFrame:
    """Read the utterances of a ConvoKit corpus, ours or another, as a turns table.

    Returns
    -------
    DataFrame
        What `turns_from` makes of it. `answers` is what an utterance replies to, where that comes
        before it in the same conversation; in corpora of others this is often no question. In
        those `briefing_id` is the conversation and `turn_id` the order by timestamp.

    Raises
    ------
    BriefingError
        No corpus in the folder, or a line of it that is no utterance.
    """
    folder = Path(folder)
    known = _load(folder, "conversations.json")
    frame = pd.DataFrame(_utterances(folder)).reindex(columns=[*UTTERANCE, *META])
    briefing = {k: v.get("meta", v).get("briefing_id") for k, v in known.items()}
    frame["briefing_id"] = [briefing.get(c) or c for c in frame["conversation_id"]]
    if not any(briefing.values()):
        frame = _numbered(frame)
    frame["answers"] = _answers(frame)
    frame["role"] = frame["role"].where(frame["role"].isin(ROLES))
    speakers = _load(folder, "speakers.json")
    unnamed = [k for k, v in speakers.items() if v.get("meta", v).get("named") is False]
    frame["speaker"] = frame["speaker"].mask(frame["speaker"].isin(unnamed))
    frame.attrs.update(_load(folder, "corpus.json"))
    return turns_from(frame.drop(columns=["id", "conversation_id", "reply_to", "timestamp"]))


def read_convokit_tokens(folder: Path_) -> pd.DataFrame:
    """Read the words that `save_convokit(turns, folder, tokens=...)` put into a corpus.

    Returns
    -------
    DataFrame
        The tokens table. The words of a corpus of others have no places in the text: read its
        turns, and tokenize them.

    Raises
    ------
    BriefingError
        No corpus in the folder, or no words in it that have a place.
    """
    turns = read_convokit(folder)
    keys = turns[["briefing_id", "turn_id", "speaker", "role"]]
    rows = [
        (i, sentence["sentence_id"], tok["tok"], tok["start"], tok["stop"])
        for i, utterance in enumerate(_utterances(Path(folder)))
        for sentence in utterance.get("parsed") or ()
        for tok in sentence["toks"]
        if "start" in tok and "sentence_id" in sentence
    ]
    if not rows:
        raise BriefingError(
            f"{folder}: no words with their places in this corpus; tokenize(read_convokit(folder))."
        )
    words = pd.DataFrame(rows, columns=["row", "sentence_id", "token", "start", "stop"])
    frame = keys.take(words["row"].to_numpy()).reset_index(drop=True).join(words)
    frame["position"] = frame.groupby("row").cumcount()
    result = frame[[*TOKENS.columns]].astype({c: TOKEN_TYPES[c] for c in TOKENS.columns})
    result.attrs = turns.attrs | {"tokenizer": _load(Path(folder), "corpus.json").get("tokenizer")}
    return result


def _load(folder: Path, name: str) -> Meta:
    path = folder / name
    content: Meta = json.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}
    return content


def _utterances(folder: Path) -> Iterator[Meta]:
    """Each utterance with its meta beside its own fields, older names made today's."""
    path = folder / "utterances.jsonl"
    if not path.is_file():
        raise BriefingError(f"{folder}: no utterances.jsonl there; give a ConvoKit corpus folder.")
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            row = (row.get("meta") or {}) | {OLDER.get(k, k): v for k, v in row.items()}
            yield row | {"id": row["id"], "conversation_id": row["conversation_id"]}
        except (ValueError, AttributeError, KeyError, TypeError) as error:
            raise BriefingError(
                f"{path.name}, line {number}: no utterance of ConvoKit ({error!r})."
            ) from error


def _numbered(frame: pd.DataFrame) -> pd.DataFrame:
    """A corpus of others: turns in the order of their timestamps, and nothing else of its meta."""
    times = pd.to_numeric(frame["timestamp"], errors="coerce")
    frame = frame.assign(timestamp=times, at=range(len(frame)))
    frame = frame.sort_values(["conversation_id", "timestamp", "at"], ignore_index=True)
    number = frame.groupby("conversation_id", sort=False).cumcount() + 1
    kept = [*UTTERANCE, "briefing_id", "role"]
    return frame[kept].assign(turn_id=number)


def _answers(frame: pd.DataFrame) -> pd.Series:
    """The number of the turn replied to, where it comes before, in the same conversation."""
    asked = frame.set_index("id")[["conversation_id", "turn_id"]].reindex(frame["reply_to"])
    same = asked["conversation_id"].to_numpy() == frame["conversation_id"].to_numpy()
    number = asked["turn_id"].reset_index(drop=True)
    return number.where(same & (number < frame["turn_id"]))
