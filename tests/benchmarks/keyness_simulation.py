"""How far the intervals of keyness can be trusted: python tests/benchmarks/keyness_simulation.py

Speakers differ in how often they say a word: their log rates are normal. In each run two sides of
equally many speakers, 500 words and five turns each, say ten words at a median rate that is the
same on both sides, and ten words that every speaker of the target says twice as often: so both
medians and means differ by the factor 2. `keyness` is given the words and nothing else.

* covers: how often `speaker_low` to `speaker_high` holds the doubling, of the planted words
* exact: how often the plain exact interval (95 %, not corrected) leaves out 0, of the others
* here: how often one of the others stands in the table without a flag

Seeded, so that it prints the same table every time; --runs 50 is a quick look.
"""

from __future__ import annotations

import argparse
import itertools

import numpy as np
import pandas as pd

from briefing.measures.keywords import keyness
from briefing.words.rates import log_ratio_interval

DEVIATIONS, SPEAKERS, RATES = (0.5, 1.0), (2, 5, 10, 20), (0.002, 0.005)
WORDS, TURNS = 500, 5  # of each speaker
N_WORDS = 10  # of each kind
EFFECT = 2.0
VOCABULARY = pd.Index([f"{kind}{i:02}" for kind in ("p", "q") for i in range(N_WORDS)] + ["rest"])


def side(
    rng: np.random.Generator, name: str, n_speakers: int, rates: np.ndarray, deviation: float
) -> pd.DataFrame:
    """The tokens of one side; a speaker's rate is lognormal, its median is what is asked for."""
    logs = deviation * rng.standard_normal((n_speakers, len(rates)))
    said = rng.poisson(WORDS * rates * np.exp(logs))
    rest = np.maximum(WORDS - said.sum(axis=1), 0)
    counts = np.column_stack([said, rest])
    word = np.repeat(np.tile(np.arange(len(VOCABULARY)), n_speakers), counts.ravel())
    speaker = np.repeat(np.arange(n_speakers), counts.sum(axis=1))
    turn = speaker * TURNS + rng.integers(TURNS, size=len(word))
    return pd.DataFrame(
        {
            "briefing_id": pd.Categorical.from_codes(np.zeros(len(word), int), [name]),
            "turn_id": turn,
            "speaker": pd.Categorical.from_codes(
                speaker, [f"{name}{i}" for i in range(n_speakers)]
            ),
            "position": np.arange(len(word)),
            "token": pd.Categorical.from_codes(word, VOCABULARY),
        }
    )


def run(
    rng: np.random.Generator, n_speakers: int, rate: float, deviation: float
) -> tuple[np.ndarray, np.ndarray]:
    """Hits and cases of one run, for covers, exact and here."""
    rates = np.full(2 * N_WORDS, rate)
    reference = side(rng, "b", n_speakers, rates, deviation)
    rates[:N_WORDS] *= EFFECT
    target = side(rng, "a", n_speakers, rates, deviation)
    key = keyness(target, reference)
    planted, equal = (key[key["token"].str.startswith(kind)] for kind in "pq")
    effect = np.log2(EFFECT)
    held = (planted["speaker_low"] <= effect) & (planted["speaker_high"] >= effect)
    counts = equal["n_target"], equal["n_reference"], len(target), len(reference)
    low, high = log_ratio_interval(*counts)
    hits = held.sum(), ((low > 0) | (high < 0)).sum(), (equal["flag"] == "").sum()
    cases = planted["speaker_low"].notna().sum(), len(equal), len(equal)
    return np.array(hits), np.array(cases)


def main() -> None:
    """Print a row for each deviation and number of speakers."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=500)
    runs = parser.parse_args().runs
    print(f"{runs} runs, {WORDS} words a speaker; median rates {RATES}; %")
    print(
        f"{'sd':>4}{'speakers a side':>17}" + f"{'covers':>9}{'exact':>7}{'here':>6}" * len(RATES)
    )
    for deviation, n_speakers in itertools.product(DEVIATIONS, SPEAKERS):
        row = f"{deviation:>4}{n_speakers:>17}"
        for rate in RATES:
            rng = np.random.default_rng([1, int(10 * deviation), n_speakers, round(10000 * rate)])
            both = [run(rng, n_speakers, rate, deviation) for _ in range(runs)]
            hits, cases = np.sum(both, axis=0)
            shares = [f"{100 * h / n:.1f}" if n else "-" for h, n in zip(hits, cases, strict=True)]
            row += "{:>9}{:>7}{:>6}".format(*shares)
        print(row, flush=True)


if __name__ == "__main__":
    main()
