"""Shallow trees by scikit-learn, taken apart into plain data; every fit is the same again.

`fit` returns the dictionary that `briefing.lexicons.weights` reads; `left_out` gives each row a
probability from a model that saw nothing of its house.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier
from sklearn.linear_model import LogisticRegression

LEXICONS = Path(__file__).parents[2] / "briefing" / "lexicons"
CORES = 2  # folds at once
DIGITS = 6  # of a threshold or leaf as shipped


def boosted(
    trees: int = 100,
    leaves: int = 12,
    rate: float = 0.1,
    least: int = 20,
    share: float = 1.0,
    seed: int = 0,
) -> Any:
    """The model that all judgements use; other sizes where there is little to learn from.

    `share` of the features, drawn anew, is looked at for each split.
    """
    return HistGradientBoostingClassifier(
        max_iter=trees,
        learning_rate=rate,
        max_leaf_nodes=leaves,
        min_samples_leaf=least,
        l2_regularization=1.0,
        max_features=share,
        early_stopping=False,
        random_state=seed,
        max_bins=63,
    )


def left_out(
    X: Any,
    y: Any,
    weight: Any,
    houses: Sequence[str],
    *,
    folds: int = 0,
    bags: int = 1,
    **size: Any,
) -> Any:
    """Of each row the score (log odds) from a model that did not see the row's house.

    `folds` puts the houses into so many groups (0: each house by itself); `bags` models with other
    features are one, by their mean.
    """
    names = sorted(set(houses))
    np.random.default_rng(0).shuffle(names)
    group = {house: i % folds if folds else i for i, house in enumerate(names)}
    of = np.array([group[house] for house in houses])
    scores = np.zeros(len(y))

    def score(fold: int) -> None:
        seen = of != fold
        for seed in range(bags):
            model = boosted(**size, seed=seed).fit(X[seen], y[seen], sample_weight=weight[seen])
            scores[~seen] += model.decision_function(X[~seen]) / bags

    with ThreadPoolExecutor(CORES) as pool:
        [*pool.map(score, sorted(set(of)))]
    return scores


def calibration(scores: Any, y: Any, weight: Any) -> tuple[float, float]:
    """Slope and shift (Platt 1999) from scores of rows whose house was left out."""
    line = LogisticRegression(C=1e6).fit(scores[:, None], y, sample_weight=weight)
    return float(line.coef_[0, 0]), float(line.intercept_[0])


def fit(
    X: Any, y: Any, weight: Any, features: Sequence[str], scores: Any, bags: int = 1, **size: Any
) -> dict[str, Any]:
    """Weights from all rows; `scores` are those of `left_out`, for the calibration."""
    models = [boosted(**size, seed=s).fit(X, y, sample_weight=weight) for s in range(bags)]
    slope, shift = calibration(scores, y, weight)
    trees = [_tree(stage[0].nodes, bags) for model in models for stage in model._predictors]
    start = float(np.mean([np.ravel(model._baseline_prediction)[0] for model in models]))
    return {
        "features": list(features),
        "start": round(start, DIGITS),
        "slope": round(slope, DIGITS),
        "shift": round(shift, DIGITS),
        "trees": trees,
    }


def _tree(nodes: Any, bags: int, at: int = 0) -> Any:
    node = nodes[at]
    if node["is_leaf"]:
        return round(float(node["value"]) / bags, DIGITS)
    below, above = (_tree(nodes, bags, int(node[side])) for side in ("left", "right"))
    return [int(node["feature_idx"]), round(float(node["num_threshold"]), DIGITS), below, above]


def save(
    name: str, weights: dict[str, Any], made: str, worth: dict[str, float], folder: Path = LEXICONS
) -> Path:
    """Write the weights where the package reads them, with what they were made from and are worth."""
    path = folder / f"{name}.weights.json"
    head = {"made": made, "worth": worth, **{k: v for k, v in weights.items() if k != "trees"}}
    body = ",\n".join(json.dumps(tree, separators=(",", ":")) for tree in weights["trees"])
    text = json.dumps(head, ensure_ascii=False, indent=1)[:-2] + f',\n "trees": [\n{body}\n]\n}}\n'
    path.write_text(text, encoding="utf-8", newline="\n")
    return path
