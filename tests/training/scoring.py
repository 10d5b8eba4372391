"""Readings scored in this process, by the scorer of ../shared."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

from gold import SHARED, TRANSCRIPTS, Gold

from briefing.parse.values import Turn


@cache
def scorer() -> Any:
    """`score_turns.py` as a module."""
    spec = importlib.util.spec_from_file_location(
        "score_turns", SHARED / "tools" / "score_turns.py"
    )
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def gold_path(name: str, gold: Path = TRANSCRIPTS / "gold") -> Path:
    """Where the gold of the transcript `name` stands."""
    return gold / f"{Path(name).name}.gold.tsv"


def rows_of(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """The turns as the scorer takes them."""
    s = scorer()
    return [
        {
            "turn_id": str(i),
            "speaker": t.speaker or "",
            "role": t.role,
            "text": t.text,
            "n_words": len(s.words(t.text)),
            "open": s.opening(t.text),
            "end": s.ending(t.text, 8),
            "answers": ",".join(str(q + 1) for q in t.answers),
        }
        for i, t in enumerate(turns, 1)
    ]


def judged(path: Path, turns: Sequence[Turn]) -> tuple[dict[str, float], dict[str, int]]:
    """The figures of a reading against the gold at `path`, and the counts behind them."""
    s = scorer()
    text = path.read_text(encoding="utf-8")
    _, gold = s.read_gold(path)
    has_links = "# links: none" in text or any(g.get("reply_to") for g in gold)
    counts, roles = s.score(gold, rows_of(turns), has_links)
    figures = s.figures(counts, roles)
    if not gold:
        figures["turns"] = float(not turns)
    if "# roles: debatable" in text:
        figures["role"] = float("nan")
    return figures, counts


def judged_turns(gold: Gold, turns: Sequence[Turn]) -> float:
    """The share of turns that are right (F1), against turns that are laid on their source."""
    s = scorer()
    rows = [
        {
            "turn_no": str(i),
            "speaker": t.speaker,
            "role": t.role,
            "n_words": len(s.words(t.text)),
            "open": s.opening(t.text),
            "end": s.ending(t.text, 3),
        }
        for i, t in enumerate(gold.turns, 1)
    ]
    return s.figures(*s.score(rows, rows_of(turns), has_links=False))["turns"]
