"""How far the intervals of keyness can be trusted: python tests/benchmarks/keyness_simulation.py

Speakers differ in how often they say a word: of those who use it (all, or a third) the log rates
are normal. The median rate is 3 in 1,000 words, on both sides for half of the words; the others
every speaker of the target says twice as often. Speakers have five turns each and 500 words in the
median, of log-normal length (sd 0.8) or all alike. `keyness` is given the words and nothing else.

* covers: how often `speaker_low` to `speaker_high` holds the doubling, where there is an interval
* known: for how many of these words there is an interval
* exact: how often the plain exact interval (95 %, not corrected) leaves out 0, of the others
* here: how often one of the others stands in the table without a flag

Then the same for real speakers, all who have 200 words or more in an English transcript in ../shared: as
many as a row says are drawn and dealt into two sides at random, so that there is no difference.

Seeded, so that it prints the same tables every time; --runs 50 is a quick look.
"""

from __future__ import annotations

import argparse
import itertools
from pathlib import Path

import numpy as np
import pandas as pd

import briefing
from briefing.lexicons import is_english
from briefing.measures.keywords import keyness
from briefing.words.rates import log_ratio_interval

SIDES = ((5, 5), (20, 20), (5, 20), (20, 5), (5, 80))
USED, DEVIATIONS, SPREADS = (1, 1 / 3), (0.5, 1.0), (0.0, 0.8)
WORDS, TURNS, RATE = 500, 5, 0.003  # of each speaker
N_WORDS = 20  # of each kind
EFFECT = 2.0
VOCABULARY = pd.Index([f"{kind}{i:02}" for kind in ("p", "q") for i in range(N_WORDS)] + ["rest"])
ENOUGH = 200  # words of a real speaker
SHARED = Path(__file__).parents[3] / "shared" / "transcripts"


def side(
    rng: np.random.Generator, name: str, n_speakers: int, rates: np.ndarray, of: dict[str, float]
) -> pd.DataFrame:
    """The tokens of one side; a speaker's rate is lognormal, its median is what is asked for."""
    words = np.rint(WORDS * np.exp(of["spread"] * rng.standard_normal(n_speakers))).astype(int)
    logs = of["deviation"] * rng.standard_normal((n_speakers, len(rates)))
    uses = rng.random(logs.shape) < of["used"]
    said = rng.poisson(words[:, None] * rates * np.exp(logs) * uses)
    rest = np.maximum(words - said.sum(axis=1), 0)
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
    rng: np.random.Generator, sides: tuple[int, int], **of: float
) -> tuple[np.ndarray, np.ndarray]:
    """Hits and cases of one run, for covers, known, exact and here."""
    rates = np.full(2 * N_WORDS, RATE)
    reference = side(rng, "b", sides[1], rates, of)
    rates[:N_WORDS] *= EFFECT
    target = side(rng, "a", sides[0], rates, of)
    key = keyness(target, reference)
    planted, equal = (key[key["token"].str.startswith(kind)] for kind in "pq")
    effect = np.log2(EFFECT)
    known = planted["speaker_low"].notna()
    held = (planted["speaker_low"] <= effect) & (planted["speaker_high"] >= effect)
    counts = equal["n_target"], equal["n_reference"], len(target), len(reference)
    low, high = log_ratio_interval(*counts)
    apart = ((low > 0) | (high < 0)).sum()
    hits = held.sum(), known.sum(), apart, (~equal["flagged"]).sum()
    return np.array(hits), np.array([known.sum(), len(planted), len(equal), len(equal)])


def made(runs: int) -> None:
    """Print a row for each two numbers of speakers, use, deviation and spread of lengths."""
    print(f"{runs} runs, {2 * N_WORDS} words each; %")
    print(
        "| speakers | who use it | sd of log rates | of log lengths | covers | known | exact | here |"
    )
    for case in itertools.product(SIDES, USED, DEVIATIONS, SPREADS):
        sides, used, deviation, spread = case
        rng = np.random.default_rng([1, *sides, *(round(100 * x) for x in case[1:])])
        of = {"used": used, "deviation": deviation, "spread": spread}
        hits, cases = np.sum([run(rng, sides, **of) for _ in range(runs)], axis=0)
        shares = " | ".join(
            f"{100 * h / n:.1f}" if n else "-" for h, n in zip(hits, cases, strict=True)
        )
        who = "all" if used == 1 else "a third"
        print(f"| {sides[0]}, {sides[1]} | {who} | {deviation} | {spread} | {shares} |", flush=True)


def real_speakers() -> pd.DataFrame:
    """The tokens of all real speakers of enough words; a name that comes again is left out."""
    known: set[str] = set()
    parts = []
    for path in sorted(SHARED.glob("*/*")):
        try:
            talk = briefing.read(path)
        except (briefing.BriefingError, OSError):
            continue
        if not is_english(talk.language):
            continue
        tokens = talk.tokens
        size = tokens.groupby("speaker", observed=True).size()
        names = set(size.index[size >= ENOUGH]) - known
        known |= names
        parts.append(tokens[tokens["speaker"].isin(names)])
    columns = ["briefing_id", "turn_id", "speaker", "position", "token"]
    texts = dict.fromkeys(("briefing_id", "speaker", "token"), "str")
    whole = pd.concat([part[columns].astype(texts) for part in parts], ignore_index=True)
    return whole.astype(dict.fromkeys(texts, "category"))


def dealt(rng: np.random.Generator, tokens: pd.DataFrame, sides: tuple[int, int]) -> np.ndarray:
    """Words tested between two sides of speakers drawn: all, apart exactly, not flagged."""
    names = rng.permutation(tokens["speaker"].cat.categories)
    ends = sides[0], sum(sides)
    mine, other = (tokens["speaker"].isin(n) for n in (names[: ends[0]], names[ends[0] : ends[1]]))
    key = keyness(tokens[mine], tokens[other])
    low, high = log_ratio_interval(
        key["n_target"], key["n_reference"], int(mine.sum()), int(other.sum())
    )
    return np.array([len(key), ((low > 0) | (high < 0)).sum(), (~key["flagged"]).sum()])


def real(runs: int) -> None:
    """Print a row for each two numbers of real speakers."""
    tokens, rng = real_speakers(), np.random.default_rng(1)
    n_speakers, n_briefings = (tokens[name].nunique() for name in ("speaker", "briefing_id"))
    print(f"{runs} runs, drawn from {n_speakers} speakers of {n_briefings} transcripts; %")
    print("| speakers | words tested in a run | exact | here |")
    for sides in SIDES:
        tested, apart, here = sum(dealt(rng, tokens, sides) for _ in range(runs))
        share = f"{100 * apart / tested:.1f} | {100 * here / tested:.2f}"
        print(f"| {sides[0]}, {sides[1]} | {tested / runs:.0f} | {share} |", flush=True)


def main() -> None:
    """Print both."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=100)
    runs = parser.parse_args().runs
    made(runs)
    if SHARED.exists():
        real(min(runs, 50))


if __name__ == "__main__":
    main()
