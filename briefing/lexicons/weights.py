"""Learnt weights as data, and the plain code that reads them: shallow trees, and a calibration.

`make train` writes `NAME.weights.json`: the names of the features, the trees as nested lists
(`[feature, threshold, below, above]`, a number is a leaf), the score they start from, and the two
numbers that turn a score into a probability. The same file says what they were made from and how
well they do on outlets left out of training.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib import resources
from importlib.resources.abc import Traversable
from itertools import count
from math import exp
from typing import Any

PAYS = 800  # rows after which it pays to compile the trees
Node = Any  # a float, or (feature, threshold, below, above)


@dataclass(frozen=True)
class Weights:
    """A learnt judgement: features in, a probability out."""

    name: str
    features: tuple[str, ...]
    trees: tuple[Node, ...]
    start: float
    slope: float  # of the calibration: probability = 1 / (1 + exp(-(slope * score + shift)))
    shift: float
    asked: Iterator[int] = field(default_factory=count, compare=False, repr=False)

    def score(self, values: Sequence[float]) -> float:
        """The sum of the trees for one row of `values`, in the order of `features`."""
        if next(self.asked) >= PAYS:
            return self._compiled(*map(float, values))
        total = self.start
        for node in self.trees:
            while type(node) is tuple:
                node = node[2] if values[node[0]] <= node[1] else node[3]
            total += node
        return total

    @cached_property
    def _compiled(self) -> Callable[..., float]:
        """The same sum compiled as one expression: ten times as fast, for plain floats."""
        names = ",".join(f"v{i}" for i in range(len(self.features)))
        total = "+".join([repr(self.start), *map(_expression, self.trees)])
        return eval(f"lambda {names}: {total}")

    def probability(self, values: Sequence[float]) -> float:
        """The calibrated probability for one row of `values`."""
        return logistic(self.slope * self.score(values) + self.shift)


def logistic(score: float) -> float:
    """A probability from log odds, without overflow."""
    return 1 / (1 + exp(-score)) if score > -700 else 0.0


@cache
def weights(name: str) -> Weights:
    """The weights `name`, as shipped."""
    return read_weights(name, _folder[0].joinpath(f"{name}.weights.json").read_text("utf-8"))


def use(folder: Traversable) -> None:
    """From now on, read with the weights in another folder, made with one outlet left out."""
    _folder[0] = folder
    weights.cache_clear()


_folder: list[Traversable] = [resources.files(__package__)]


def read_weights(name: str, text: str) -> Weights:
    """Weights from the text of a file."""
    data = json.loads(text)
    trees = tuple(map(_frozen, data["trees"]))
    start, slope, shift = (float(data[key]) for key in ("start", "slope", "shift"))
    return Weights(name, tuple(data["features"]), trees, start, slope, shift)


def _expression(node: Node) -> str:
    """A tree as a Python expression of `v0`, `v1`, ...; its numbers are those of the file."""
    if not isinstance(node, tuple):
        return repr(float(node))
    feature, threshold, below, above = node
    test = f"v{int(feature)}<={float(threshold)!r}"
    return f"({_expression(below)} if {test} else {_expression(above)})"


def _frozen(node: Node) -> Node:
    if not isinstance(node, list):
        return float(node)
    feature, threshold, *sides = node
    return feature, threshold, *map(_frozen, sides)
