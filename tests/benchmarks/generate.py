"""Invented briefings of any size, the same each time: what the benchmarks run on.

    python tests/benchmarks/generate.py 100 build/bench/turns-100.parquet
    python tests/benchmarks/generate.py 10 build/bench/folder

Takes the size in MB of text (UTF-8, a million bytes each) and writes a table of turns as Parquet,
or, where the name has no ending, a folder of transcripts as text files, a briefing each
(`NAME: what was said`, by year). `invented.py` says what the words imitate. Turns are skewed (half
of them under 30 words, 60 on average, more in an answer), asked and answered in turn; a briefing
has 100 of them, 400 people speak in all, and the second half of the briefings has other topics
than the first. 100 MB are made in some 10 s, one batch of briefings at a time.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
from invented import Words, word

TURNS, BATCH = 100, 100  # turns in a briefing, briefings in a batch
MB_OF_BRIEFING = 0.0351  # on average
SPEAKERS, YEARS, FIRST_YEAR = 400, 25, 2000
ROLES = ("moderator", "journalist", "official")
MEDIAN_WORDS = np.array([25, 20, 42])  # of a turn, by role
SPREAD = 1.15  # standard deviation of the logarithm


def batches(mb: float, *, seed: int = 1) -> Iterator[pa.Table]:
    """Tables of turns that together have some `mb` of text."""
    words = Words(seed)
    n_briefings = max(2, round(mb / MB_OF_BRIEFING))
    for first in range(0, n_briefings, BATCH):
        rng = np.random.default_rng([seed, first])
        yield _batch(words, rng, np.arange(first, min(first + BATCH, n_briefings)), n_briefings)


def _batch(words: Words, rng: np.random.Generator, briefing: np.ndarray, of: int) -> pa.Table:
    turn = np.tile(np.arange(TURNS), len(briefing))
    briefing = np.repeat(briefing, TURNS)
    role = np.where(turn == 0, 0, 1 + (turn % 2 == 0))
    sizes = np.exp(rng.normal(np.log(MEDIAN_WORDS[role]), SPREAD)).astype(int) + 1
    ends = np.zeros(sizes.sum(), bool)
    ends[sizes.cumsum() - 1] = True
    pieces = words.text(rng, ends, np.repeat(briefing * 2 >= of, sizes))
    return pa.table(
        {
            "briefing_id": [f"briefing-{i:06}" for i in briefing.tolist()],
            "year": pa.array(FIRST_YEAR + briefing * YEARS // of, pa.int16()),
            "turn_id": turn + 1,
            "speaker": _names(rng, briefing, role),
            "role": [ROLES[i] for i in role.tolist()],
            "text": _turns(pieces.ravel().tolist(), 3 * sizes.cumsum()),
        }
    )


def _names(rng: np.random.Generator, briefing: np.ndarray, role: np.ndarray) -> list[str]:
    """One moderator and one official a briefing, journalists as they come."""
    one = briefing * 31 % (SPEAKERS // 4) + np.where(role == 2, SPEAKERS // 4, 0)
    who = np.where(role == 1, rng.integers(SPEAKERS // 2, SPEAKERS, len(role)), one)
    return [f"{word(i + 60)} {word(9000 + i)}".title() for i in who.tolist()]


def _turns(pieces: list[str], stops: np.ndarray) -> list[str]:
    starts = np.append(0, stops[:-1]).tolist()
    spans = zip(starts, stops.tolist(), strict=True)
    return ["".join(pieces[start:stop]).rstrip() for start, stop in spans]


def write_table(mb: float, path: Path, *, seed: int = 1) -> None:
    """Write turns as one Parquet file: whole or not at all."""
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_suffix(".part")
    writer = None
    for table in batches(mb, seed=seed):
        writer = writer or pq.ParquetWriter(part, table.schema, compression="zstd")
        writer.write_table(table)
    writer.close()
    part.rename(path)


def write_folder(mb: float, folder: Path, *, seed: int = 1) -> None:
    """Write a transcript a briefing, in a folder a year."""
    for table in batches(mb, seed=seed):
        for start in range(0, len(table), TURNS):
            rows = table.slice(start, TURNS).to_pylist()
            year = folder / str(rows[0]["year"])
            year.mkdir(parents=True, exist_ok=True)
            turns = [f"{row['speaker'].upper()}: {row['text']}\n\n" for row in rows]
            (year / f"{rows[0]['briefing_id']}.txt").write_text("".join(turns), encoding="utf-8")


def main() -> None:
    """Write what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("mb", type=float, help="megabytes of text")
    parser.add_argument("out", type=Path, help="a .parquet file, or a folder")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    write = write_table if args.out.suffix == ".parquet" else write_folder
    write(args.mb, args.out, seed=args.seed)


if __name__ == "__main__":
    main()
