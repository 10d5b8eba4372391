"""Corpora of ConvoKit: written and read.

To ConvoKit, the toolkit for conversations (Chang et al. 2020), without installing it.

A ConvoKit corpus is a folder: `utterances.jsonl` has one JSON object a line (`id, speaker,
conversation_id, reply_to, timestamp, text, meta`), `speakers.json` and `conversations.json` what is
known of each, `corpus.json` what is known of all, `index.json` the types of what is known.
`convokit.Corpus(filename=folder)` reads it. A turn of ours is an utterance, a briefing a
conversation, and the question that a turn answers is what it replies to.

Reference
---------
Chang, J. et al. (2020). ConvoKit: a toolkit for the analysis of conversations. SIGDIAL 2020.

From ConvoKit: a corpus folder, ours or anybody's, becomes a turns table.

What `save_convokit` writes comes back as it was. A corpus of others keeps its words, speakers,
order and replies; whatever else it says of an utterance has no place in a turns table.
"""

from __future__ import annotations

import json
import os
from collections.abc import Hashable, Iterable, Iterator
from pathlib import Path
from typing import Any

import pandas as pd

from briefing.interchange.files import (
    TOKEN_TYPES,
    json_of,
    nltk_text,
    read_table,
    save_table,
    text_of,
    turns_from,
)
from briefing.safe import make_folder, save_all
from briefing.tables import ROLES, TOKENS, TURNS, BriefingError

__all__ = [
    "nltk_text",
    "read_convokit",
    "read_convokit_tokens",
    "read_table",
    "save_convokit",
    "save_table",
]

Path_ = str | os.PathLike[str]
Meta = dict[str, Any]
META = ["turn_id", "role", "organisation", "label", "inferred", "n_words"]
META += ["first_line", "last_line", "start_s", "stop_s"]
UTTERANCE = ["id", "speaker", "conversation_id", "reply_to", "timestamp", "text"]
FORM = 1  # of index.json


def save_convokit(
    turns: pd.DataFrame, folder: Path_, *, tokens: pd.DataFrame | None = None
) -> Path:
    """Write turns, and their words if given, as a ConvoKit corpus; return the folder.

    Parameters
    ----------
    turns : DataFrame
        A turns table; `briefing_id, turn_id, speaker, text` are needed, the rest goes into `meta`.
    folder : path
        Made where it is not there; a corpus in it is written over.
    tokens : DataFrame, optional
        Their words: go into `meta["parsed"]`, sentence by sentence, in the form of ConvoKit's
        `TextParser(mode="tokenize")`, with `start` and `stop` beside each `tok`.

    Raises
    ------
    BriefingError
        A missing column.

    Notes
    -----
    `id` is `<briefing_id>.<turn_id>`; `conversation_id` the id of the briefing's first turn.
    `reply_to` is the question answered, and null in other turns, so a conversation has several
    roots: ConvoKit's reply trees do not apply. `timestamp` is in seconds where every turn of the
    briefing has a time, or else the number of the turn, since ConvoKit sorts by it;
    `conversation.meta["timestamp"]` says which. Nobody unnamed is one person: each such turn has
    a speaker of its own, whose `meta["named"]` is false.
    """
    TURNS.check(turns, "briefing_id", "turn_id", "speaker", "text")
    folder = Path(folder)
    table = _prepared(turns)
    parsed = _parsed(tokens) if tokens is not None else {}
    utterances = [_utterance(row, parsed) for row in _records(table)]
    speakers = {u["speaker"]: {"meta": _speaker(u), "vectors": []} for u in reversed(utterances)}
    conversations = {
        row["conversation_id"]: {"meta": _conversation(row), "vectors": []}
        for row in _records(table.drop_duplicates("conversation_id"))
    }
    known = turns.attrs | (tokens.attrs if tokens is not None else {})
    attrs = {str(k): v for k, v in known.items() if v is not None}
    contents: dict[str, Any] = {
        "speakers.json": speakers,
        "conversations.json": conversations,
        "corpus.json": attrs,
        "index.json": _index(utterances, speakers, conversations, attrs),
    }
    texts = {name: json.dumps(content) for name, content in contents.items()}
    texts["utterances.jsonl"] = "".join(json.dumps(u) + "\n" for u in utterances)
    make_folder(folder)
    save_all({folder / name: text for name, text in texts.items()})
    return folder


def _prepared(turns: pd.DataFrame) -> pd.DataFrame:
    """Turns in order, with the ids of ConvoKit."""
    table = turns.sort_values(["briefing_id", "turn_id"], kind="stable", ignore_index=True)
    table = table.reindex(columns=[*dict.fromkeys([*TURNS.columns, *turns])])
    of_briefing = table.groupby("briefing_id", sort=False)
    stem = table["briefing_id"].astype("str") + "."
    table["id"] = stem + table["turn_id"].astype("str")
    table["conversation_id"] = of_briefing["id"].transform("first") if len(table) else table["id"]
    known = table["answers"].notna()
    table["reply_to"] = (stem + table["answers"].astype("Int64").astype("str")).where(known)
    table["timed"] = table["start_s"].notna().groupby(table["briefing_id"]).transform("all")
    return table


def _records(table: pd.DataFrame) -> list[dict[Hashable, Any]]:
    """Rows as plain values, None where one is missing."""
    plain = table.astype("object")
    return plain.where(plain.notna(), None).to_dict("records")


def _utterance(row: dict[Hashable, Any], parsed: dict[Any, Any]) -> Meta:
    meta = {name: row[name] for name in META if row[name] is not None}
    place = row["briefing_id"], row["turn_id"]
    if parsed:
        meta["parsed"] = parsed.get(place, [])
    named = row["speaker"] is not None and str(row["speaker"]).strip()
    speaker = row["speaker"] if named else f"unnamed {row['role'] or 'speaker'} ({row['id']})"
    meta["named"] = bool(named)
    own = {name: row.get(name) for name in UTTERANCE} | {"speaker": speaker, "meta": meta}
    return own | {"timestamp": row["start_s"] if row["timed"] else row["turn_id"]}


def _speaker(utterance: Meta) -> Meta:
    """What is known of who says it: by the first utterance, where there are several."""
    meta = utterance["meta"]
    return {name: meta[name] for name in ("named", "role", "organisation") if name in meta}


def _conversation(row: dict[Hashable, Any]) -> Meta:
    times = "seconds" if row["timed"] else "order of turns"
    return {"briefing_id": row["briefing_id"], "timestamp": times}


def _parsed(tokens: pd.DataFrame) -> dict[Any, list[Meta]]:
    """The words of each turn, sentence by sentence."""
    TOKENS.check(tokens)
    parsed: dict[Any, list[Meta]] = {}
    order = ["briefing_id", "turn_id", "position"]
    for row in _records(tokens.sort_values(order, kind="stable")):
        sentences = parsed.setdefault((row["briefing_id"], row["turn_id"]), [])
        if not sentences or sentences[-1]["sentence_id"] != row["sentence_id"]:
            sentences.append({"sentence_id": row["sentence_id"], "toks": []})
        word = {"tok": row["token"], "start": row["start"], "stop": row["stop"]}
        sentences[-1]["toks"].append(word)
    return parsed


def _index(utterances: list[Meta], speakers: Meta, conversations: Meta, attrs: Meta) -> Meta:
    """Which types each piece of meta has, as ConvoKit writes them."""
    return {
        "utterances-index": _types(u["meta"] for u in utterances),
        "speakers-index": _types(s["meta"] for s in speakers.values()),
        "conversations-index": _types(c["meta"] for c in conversations.values()),
        "overall-index": _types([attrs]),
        "version": FORM,
        "vectors": [],
    }


def _types(metas: Iterable[Meta]) -> dict[str, list[str]]:
    types: dict[str, list[str]] = {}
    for meta in metas:
        for name, value in meta.items():
            seen = types.setdefault(name, [])
            if str(type(value)) not in seen:
                seen.append(str(type(value)))
    return types


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
    known = _metas(folder, "conversations.json")
    frame = pd.DataFrame(_utterances(folder)).reindex(columns=[*UTTERANCE, *META])
    briefing = {k: v.get("briefing_id") for k, v in known.items()}
    frame["briefing_id"] = [briefing.get(c) or c for c in frame["conversation_id"]]
    if not any(briefing.values()):
        frame = _numbered(frame)
    frame["answers"] = _answers(frame)
    frame["role"] = frame["role"].where(frame["role"].isin(ROLES))
    speakers = _metas(folder, "speakers.json")
    unnamed = [k for k, v in speakers.items() if v.get("named") is False]
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
    try:
        rows = [
            (i, int(sentence["sentence_id"]), str(tok["tok"]), int(tok["start"]), int(tok["stop"]))
            for i, utterance in enumerate(_utterances(Path(folder)))
            for sentence in utterance.get("parsed") or ()
            for tok in sentence["toks"]
            if "start" in tok and "sentence_id" in sentence
        ]
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        if isinstance(error, BriefingError):
            raise
        raise BriefingError(
            f"{folder}: words of utterances.jsonl are not as save_convokit writes them "
            f"({error!r}); tokenize(read_convokit(folder))."
        ) from error
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
    content: Meta = json_of(path) if path.is_file() else {}
    return content


def _metas(folder: Path, name: str) -> dict[str, Meta]:
    """What `name` tells of each speaker or conversation."""
    told = _load(folder, name)
    metas = {k: v.get("meta", v) if isinstance(v, dict) else v for k, v in told.items()}
    wrong = [key for key, meta in metas.items() if not isinstance(meta, dict)]
    if wrong:
        raise BriefingError(f"{folder / name}: {wrong[0]!r} is no object; save the corpus again.")
    return metas


def _utterances(folder: Path) -> Iterator[Meta]:
    """Each utterance with its meta beside its own fields, older names made today's."""
    path = folder / "utterances.jsonl"
    if not path.is_file():
        raise BriefingError(f"{folder}: no utterances.jsonl there; give a ConvoKit corpus folder.")
    for number, line in enumerate(text_of(path).rstrip("\n").split("\n"), 1):
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
