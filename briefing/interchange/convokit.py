"""To ConvoKit, the toolkit for conversations (Chang et al. 2020), without installing it.

A ConvoKit corpus is a folder: `utterances.jsonl` has one JSON object a line (`id, speaker,
conversation_id, reply_to, timestamp, text, meta`), `speakers.json` and `conversations.json` what is
known of each, `corpus.json` what is known of all, `index.json` the types of what is known.
`convokit.Corpus(filename=folder)` reads it. A turn of ours is an utterance, a briefing a
conversation, and the question that a turn answers is what it replies to. The way back is
`briefing.convokit_reading`.

Reference
---------
Chang, J. et al. (2020). ConvoKit: a toolkit for the analysis of conversations. SIGDIAL 2020.
"""

from __future__ import annotations

import json
import os
from collections.abc import Hashable, Iterable
from pathlib import Path
from typing import Any

import pandas as pd

from briefing.disk import make_folder, save_all
from briefing.tables import TOKENS, TURNS

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
