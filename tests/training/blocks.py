"""The judgement of blocks, learnt: is a paragraph speech, and does somebody begin in it unannounced?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from gold import Gold
from models import calibration, fit, left_out

from briefing.lexicons.stage import is_stage
from briefing.parse.blocks import BLOCK_FEATURES, Block, block_features, see_blocks
from briefing.parse.layout import Layout
from briefing.parse.page import MARK, Page, see_page

SIZES = {
    "speech": {"trees": 240, "leaves": 16, "rate": 0.07, "share": 0.3},
    "begins": {"trees": 240, "leaves": 16, "rate": 0.07, "share": 0.3},
}
FOLDS = 3  # within what is learnt from


def block_truth(gold: Gold, page: Page, blocks: Sequence[Block]) -> tuple[list[int], list[int]]:
    """Of each block, whether it is speech, and whether a turn without a label begins in it."""
    spans = [(t.begin, t.end) for t in gold.turns if t.begin is not None]
    unnamed = (t for t in gold.turns if not any(map(str.isalpha, t.label)))  # a sign, or nothing
    bare = {t.begin for t in unnamed if t.begin is not None}
    speech, begins = [], []
    for block in blocks:
        place = next(
            (
                (page.rows[s.row].number, k)
                for s in block.stretches
                for k in range(s.start, s.stop)
                if page.rows[s.row].text[k].isalnum()
            ),
            None,
        )
        inside = place is not None and any(a <= place < b for a, b in spans)
        head = block.stretches[0]
        number = MARK.numbered.match(page.rows[head.row].text, head.start)
        after = (
            {(page.rows[head.row].number, k) for k in range(number.end(), number.end() + 4)}
            if number
            else set()
        )
        speech.append(
            int(inside or bool(after & bare) or block.label >= 0 and is_stage(block.text))
        )
        begins.append(int(place in bare or bool(after & bare)))
    return speech, begins


class BlockData:
    """Features and truth of the blocks of documents whose labels were judged."""

    def __init__(self) -> None:
        """Begin with nothing."""
        self.X: list[list[float]] = []
        self.y: dict[str, list[int]] = {"speech": [], "begins": []}
        self.weight: list[float] = []
        self.houses: list[str] = []

    def add(self, gold: Gold, layout: Layout, weight: float) -> None:
        """Add a transcript; a text that is not one has no speech to tell from the rest."""
        if not gold.turns:
            return
        page = see_page(gold.source.lines)
        blocks = see_blocks(page, layout)
        rows = block_features(page, layout, blocks)
        self.X += rows.values()
        for name, values in zip(("speech", "begins"), block_truth(gold, page, blocks), strict=True):
            self.y[name] += [values[i] for i in rows]
        self.weight += [100 * weight / max(1, len(rows))] * len(rows)
        self.houses += [gold.house] * len(rows)

    def learn(self) -> dict[str, dict[str, Any]]:
        """The weights of both judgements, and how well they do on houses left out."""
        made = {}
        X, weight = np.array(self.X, dtype=float), np.array(self.weight)
        for name, size in SIZES.items():
            y = np.array(self.y[name], dtype=float)
            scores = left_out(X, y, weight, self.houses, folds=FOLDS, **size)
            made[name] = fit(X, y, weight, BLOCK_FEATURES, scores, **size)
            slope, shift = calibration(scores, y, weight)
            p = 1 / (1 + np.exp(-(slope * scores + shift)))
            hit = float((((p > 0.5) == y) * weight).sum() / weight.sum())
            made[name]["worth"] = {
                "right": round(hit, 4),
                "base": round(
                    float(max((y * weight).sum(), ((1 - y) * weight).sum()) / weight.sum()), 4
                ),
            }
            found, true = p > 0.5, y > 0
            print(
                f"{name}: right {hit:.4f}, found {int((found & true).sum())} of {int(true.sum())}, wrongly {int((found & ~true).sum())}"
            )
        return made
