"""The judgement of labels, learnt: which candidates of a document are labels."""

from __future__ import annotations

import difflib
import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from coverage import said_at
from gold import Gold, letters
from models import calibration, fit, left_out

from briefing.parse.candidates import find_candidates
from briefing.parse.layout import (
    GROUP_FEATURES,
    PLACE_EXTRA,
    SECOND_EXTRA,
    Document,
    PlaceLooks,
    open_candidates,
    open_groups,
    place_features,
    second_features,
    see_document,
    threshold,
    with_second,
)
from briefing.parse.page import see_page
from briefing.parse.values import Candidate

SIZES = {
    "labels-1": {"trees": 240, "leaves": 16, "rate": 0.07, "share": 0.3},
    "labels-2": {"trees": 240, "leaves": 16, "rate": 0.07, "share": 0.3},
    "labels-3": {"trees": 200, "leaves": 12, "rate": 0.07, "share": 0.5},
}
NAMES = {
    "labels-1": GROUP_FEATURES,
    "labels-2": (*GROUP_FEATURES, *SECOND_EXTRA),
    "labels-3": (*PlaceLooks._fields, *PLACE_EXTRA),
}
FOLDS = 3  # within what is learnt from
ALIKE = 0.4  # likeness of a candidate's label to the printed one, from which it can be that label


@dataclass
class Example:
    """A document with the truth about its candidates."""

    name: str
    house: str
    weight: float  # of the document among all
    doc: Document
    said: list[tuple[int, int] | None]
    truth: np.ndarray  # of each candidate
    starts: set[tuple[int, int]]  # places of labelled starts
    n_labelled: int


def example(gold: Gold, weight: float) -> Example | None:
    """What can be learnt from a document; None where the format names the speakers."""
    if any(line.speaker for line in gold.source.lines):
        return None
    page = see_page(gold.source.lines)
    candidates = find_candidates(page)
    if not candidates:
        return None
    said = [said_at(page, c) for c in candidates]
    labelled = [t for t in gold.turns if t.label]
    starts = {t.begin: t.label for t in labelled if t.begin is not None}
    truth = _truth(candidates, said, starts)
    _stamped(candidates, gold, truth)
    return Example(
        gold.name,
        gold.house,
        weight,
        see_document(page, candidates),
        said,
        truth,
        set(starts),
        len(labelled),
    )


def _truth(candidates: Sequence[Candidate], said: list[Any], starts: dict[Any, str]) -> np.ndarray:
    """1 for the candidates that are labels: at the place of a start, those most like what is printed."""
    truth = np.zeros(len(candidates))
    at: dict[Any, list[int]] = defaultdict(list)
    for i, place in enumerate(said):
        if place in starts:
            at[place].append(i)
    for place, here in at.items():
        printed = letters(re.sub(r"\(\.\.\)|\]\(http\S*|<speech by=|[\d:\[\]]", " ", starts[place]))
        likeness = {i: _alike(letters(candidates[i].label), printed) for i in here}
        if not printed:  # a mere sign
            likeness = {i: float(candidates[i].label == starts[place].strip()) for i in here}
        best = max(likeness.values())
        for i in here:
            truth[i] = likeness[i] >= max(best - 0.05, ALIKE)
    return truth


def _alike(one: str, other: str) -> float:
    """How alike a candidate's label is to what is printed; one that only goes on is alike."""
    if not one or not other:
        return 0.0
    ratio = difflib.SequenceMatcher(None, one, other, autojunk=False).ratio()
    return max(ratio, ALIKE * one.startswith(other))


def _stamped(candidates: Sequence[Candidate], gold: Gold, truth: np.ndarray) -> None:
    """A label that is printed again inside of its own turn is one, where the format stamps it so."""
    known = {(candidates[i].style, letters(candidates[i].label)) for i in np.flatnonzero(truth)}
    spans = [
        (t.begin, t.end, letters(t.label)) for t in gold.turns if t.label and t.begin and t.end
    ]
    at = 0
    for i, c in enumerate(candidates):
        here = (c.line, c.start)
        while at + 1 < len(spans) and spans[at + 1][0] <= here:
            at += 1
        inside = spans and spans[at][0] < here < spans[at][1]
        key = letters(c.label)
        if (
            inside
            and not truth[i]
            and key
            and spans[at][2].startswith(key)
            and (c.style, key) in known
        ):
            truth[i] = 1


def _weights(examples: Sequence[Example], rows: Sequence[np.ndarray]) -> np.ndarray:
    """Each document counts alike; within it, large groups more than small ones."""
    return (
        np.concatenate(
            [r / max(1e-9, r.sum()) * e.weight for e, r in zip(examples, rows, strict=True)]
        )
        * 100
    )


def matrices(
    examples: Sequence[Example], stage: str, p: Sequence[Any] | None
) -> tuple[Any, Any, Any, list[str]]:
    """Features, truth, weights and houses of one stage, `p` being the judgements before it."""
    X, y, weight = [], [], []
    for i, e in enumerate(examples):
        at = asked(e, stage, p[i] if p else None)
        if stage == "labels-3":
            X += place_features(e.doc, p[i])
            y.append(e.truth[at])
            weight.append(np.ones(len(at)))
            continue
        X += e.doc.features if stage == "labels-1" else second_features(e.doc, p[i])
        y.append(np.array([e.truth[e.doc.groups[g].members].mean() >= 0.5 for g in at]))
        weight.append(np.array([len(e.doc.groups[g].members) ** 0.5 for g in at]))
    houses = [e.house for e, w in zip(examples, weight, strict=True) for _ in w]
    return (
        np.array(X, dtype=float),
        np.concatenate(y).astype(float),
        _weights(examples, weight),
        houses,
    )


def asked(e: Example, stage: str, p: Any) -> list[int]:
    """The groups or candidates that a stage judges."""
    if stage == "labels-1":
        return [*range(len(e.doc.groups))]
    return open_groups(p) if stage == "labels-2" else open_candidates(e.doc, p)


def _parted(
    examples: Sequence[Example], values: Any, stage: str, p: Sequence[Any] | None
) -> list[list[float]]:
    """The judgements by document; what was not asked again keeps what it had, or is no label."""
    parts, start = [], 0
    for i, e in enumerate(examples):
        at = asked(e, stage, p[i] if p else None)
        before = (
            [0.0] * len(e.truth)
            if stage == "labels-3"
            else p[i]
            if p
            else [0.0] * len(e.doc.groups)
        )
        parts.append(
            with_second(before, zip(at, map(float, values[start : start + len(at)]), strict=True))
        )
        start += len(at)
    return parts


def learn(examples: Sequence[Example]) -> tuple[dict[str, dict[str, Any]], list[list[float]]]:
    """The weights of the three judgements, and of each candidate its probability, house left out."""
    made, p = {}, None
    for stage, size in SIZES.items():
        X, y, weight, houses = matrices(examples, stage, p)
        scores = left_out(X, y, weight, houses, folds=FOLDS, **size)
        made[stage] = fit(X, y, weight, NAMES[stage], scores, **size)
        slope, shift = calibration(scores, y, weight)
        p = _parted(examples, 1 / (1 + np.exp(-(slope * scores + shift))), stage, p)
    return made, p


def f1(e: Example, p: Sequence[float]) -> float:
    """Of labelled starts, from the probabilities of the candidates."""
    best: dict[Any, float] = {}
    for place, q in zip(e.said, p, strict=True):
        if place is not None:
            best[place] = max(best.get(place, 0.0), q)
    bar = threshold([*p])
    found = {place for place, q in best.items() if q > bar}
    right = found & (e.starts | {s for s, t in zip(e.said, e.truth, strict=True) if t})
    return (
        2 * len(right) / max(1, len(found) + e.n_labelled + len(right - e.starts))
        if found or e.n_labelled
        else 1.0
    )
