"""How often the interval of a rate holds on real turns: tests/benchmarks/interval_simulation.py

From each transcript in ../shared/transcripts, 10 to 30 of its turns are drawn (with replacement:
the talk stands for all that could have been said in it), and the interval of what is found in
them is compared with the rate of the whole. Drawn are single turns, or whole exchanges: a turn of
those who ask and what follows up to the next. Found are topics, hedges and boosters, pronouns, and
the thirty commonest content words.

* covers: how often the interval holds the rate of the whole
* below, above: how often the rate of the whole lies below or above the interval

The transcripts themselves are not part of the project. Seeded: the same table every time.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pandas as pd

import briefing
from briefing.tables import BriefingError
from briefing.words.rates import rate_interval

SHARED = Path(__file__).parents[3] / "shared" / "transcripts"
ENDINGS = {".txt", ".md", ".html", ".json", ".vtt"}
LEAST = 40  # turns of a transcript, so that 30 drawn are not the whole
TURNS = (10, 15, 20, 30)
EXPECTED = (0, 1, 3, 7, 15, np.inf)  # hits expected in a draw: the classes of the table
Counts = npt.NDArray[np.float64]


def transcripts(folder: Path) -> Iterator[briefing.Transcript]:
    """The English transcripts of `folder` that have turns enough."""
    for path in sorted(p for p in folder.rglob("*") if p.suffix in ENDINGS):
        if path.parent.name in ("gold", "annotation_formats"):
            continue
        try:
            talk = briefing.read(path)
        except BriefingError:
            continue
        if (talk.language or "").startswith("en") and len(talk.reading.turns) >= LEAST:
            yield talk


def counts(talk: briefing.Transcript) -> tuple[Counts, Counts, npt.NDArray[np.int64]]:
    """Of each turn its hits (a column a category), its words, and the number of its exchange."""
    tokens, turns = talk.tokens, talk.turns
    words = briefing.lexis.common(tokens.assign(all="all"), by="all", n_first=30)["token"]
    hits = [
        briefing.topics.frequency(tokens, "digital-policy", hits=True).set_index("turn_id")[
            "topic"
        ],
        briefing.wording.stance(tokens, hits=True).set_index("turn_id")["category"],
        briefing.wording.pronouns(tokens, hits=True).set_index("turn_id")["person"],
        tokens[tokens["token"].isin(words)].set_index("turn_id")["token"],
    ]
    found = pd.concat([pd.crosstab(h.index, h.astype(str)) for h in hits], axis="columns")
    sizes = tokens.groupby("turn_id").size()
    per_turn = found.reindex(sizes.index).fillna(0).to_numpy(np.float64)
    asks = (turns.set_index("turn_id")["role"] == "journalist").reindex(sizes.index)
    return per_turn, sizes.to_numpy(np.float64), asks.cumsum().to_numpy(np.int64)


def together(hits: Counts, size: Counts, unit: npt.NDArray[np.int64]) -> tuple[Counts, Counts]:
    """The same for units of several turns."""
    number = np.unique(unit, return_inverse=True)[1]
    summed = np.zeros((number.max() + 1, hits.shape[1]))
    np.add.at(summed, number, hits)
    return summed, np.bincount(number, weights=size)


def draws(hits: Counts, size: Counts, n: int, runs: int, rng: np.random.Generator) -> pd.DataFrame:
    """One row a draw of `n` units and a category that the whole has."""
    rows = []
    whole = hits.sum(axis=0) / size.sum()
    for _ in range(runs):
        at = rng.integers(0, len(size), n)
        low, high = rate_interval(hits[at], size[at])
        expected = whole * size.mean() * n
        rows.append(
            pd.DataFrame({"expected": expected, "below": whole < low, "above": whole > high})
        )
    return pd.concat(rows)[lambda d: d["expected"] > 0].assign(n=n)


def simulate(folder: Path, runs: int) -> pd.DataFrame:
    """All draws of all transcripts, by turn and by exchange."""
    rng, rows = np.random.default_rng(1), []
    for talk in transcripts(folder):
        hits, size, exchange = counts(talk)
        for unit, drawn in (("turn", (hits, size)), ("exchange", together(hits, size, exchange))):
            for n in (n for n in TURNS if len(drawn[1]) >= n):
                rows.append(draws(*drawn, n, runs, rng).assign(unit=unit, talk=talk.briefing_id))
    return pd.concat(rows, ignore_index=True)


def main() -> None:
    """Print the share of intervals that hold, by units drawn and by hits expected."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--runs", type=int, default=40, help="draws of each kind a transcript")
    parser.add_argument("--folder", type=Path, default=SHARED)
    args = parser.parse_args()
    all_draws = simulate(args.folder, args.runs)
    all_draws["expected"] = pd.cut(all_draws["expected"], EXPECTED)
    all_draws["covers"] = ~(all_draws["below"] | all_draws["above"])
    for by in (["unit", "n"], ["unit", "expected"]):
        table = all_draws.groupby(by, observed=True)[["covers", "below", "above"]].mean()
        print((100 * table).round(1).to_string(), "\n")
    print(f"{all_draws['talk'].nunique()} transcripts, {len(all_draws):,} intervals")


if __name__ == "__main__":
    main()
