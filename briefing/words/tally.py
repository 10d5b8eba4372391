"""Turns and words of each speaker, role or outlet, counted in plain Python.

`briefing.speaking.share` makes a table of this; the command line prints it, without needing pandas
for one briefing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

from briefing.prose import unnamed


def call(speaker: str | None, role: str | None) -> tuple[str, bool]:
    """What to call the speaker, and whether that is a person: *unnamed speakers* are not.

    >>> call("Ida Marlow", "official"), call(None, "journalist")
    (('Ida Marlow', True), ('unnamed journalists', False))
    """
    if speaker is not None and str(speaker).strip():
        return speaker, True
    return f"{unnamed(role)}s", False


def tally(turns: Mapping[Any, list[Any]], by: list[str]) -> list[dict[str, Any]]:
    """One row for each combination of values in `by`, most words first, ties by first appearance.

    `turns` are columns in the order of the briefing, with None for missing values and, by speaker,
    the names and `named` of `call`; a row has the columns of `briefing.speaking.share`.
    """
    words: list[int] = turns["n_words"]
    named = ["named"] if "speaker" in by else []
    columns = [turns[name] for name in [*by, *named]]
    places, total = _places(zip(*columns, strict=True)), sum(words)
    rows = []
    for key, at in places.items():
        n, longest = [words[i] for i in at], max(at, key=words.__getitem__)
        counts: dict[str, Any] = {"n_turns": len(n), "n_words": sum(n)}
        counts["share_words"] = sum(n) / total if total else float("nan")
        counts |= {"mean_words": sum(n) / len(n), "median_words": float(median(n))}
        counts |= {"longest_words": max(n), "longest_briefing_id": turns["briefing_id"][longest]}
        counts["longest_turn_id"] = turns["turn_id"][longest]
        who = dict(zip([*by, *named], key, strict=True))
        rows.append(_who(who, at, turns) | counts)
    return sorted(rows, key=lambda row: -row["n_words"])


def _who(who: dict[str, Any], at: list[int], turns: Mapping[Any, list[Any]]) -> dict[str, Any]:
    """By speaker, add the role with most words before `named`."""
    named = who.pop("named", None)
    if named is None:
        return who
    words: dict[Any, int] = {}
    for i in at:
        role = turns["role"][i] or "unknown"
        words[role] = words.get(role, 0) + turns["n_words"][i]
    return {**who, "role": who.get("role", max(words, key=words.__getitem__)), "named": named}


def _places(keys: Iterable[tuple[Any, ...]]) -> dict[tuple[Any, ...], list[int]]:
    """Where each key stands, in order of appearance."""
    places: dict[tuple[Any, ...], list[int]] = {}
    for i, key in enumerate(keys):
        places.setdefault(key, []).append(i)
    return places
