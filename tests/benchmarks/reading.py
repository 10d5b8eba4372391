"""How the time to read grows with the size of a transcript: python tests/benchmarks/reading.py

Each row is the median of three readings in one process. Growth is linear where the last
column, the time per megabyte against that of the smallest size of the same kind, stays near 1.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from pathlib import Path

from briefing.reading import parse_source
from briefing.tables import BriefingError
from briefing.transcript import Transcript

SAMPLE = next((Path(__file__).parents[2] / "data").glob("*.txt")).read_text(encoding="utf-8")
TALK = "MS. MARLOW: Good morning to all of you here. Q: When does it open? "
KINDS: dict[str, tuple[Callable[[int], str], tuple[int, ...]]] = {
    "copies of the sample": (lambda n: SAMPLE * n, (1, 10, 100)),
    "MB in one line": (lambda n: TALK * (n * 15_000), (1, 3, 10)),
    "MB of colons": (lambda n: ":" * (n * 1_000_000), (1, 3, 10)),
    "MB of colons, a line each": (lambda n: ":\n" * (n * 500_000), (1, 3, 10)),
}


def seconds(data: bytes) -> float:
    """The median of three readings; a text without turns is refused, which takes time too."""
    taken = []
    for _ in range(3):
        start = time.perf_counter()
        try:
            Transcript([parse_source(data, "made.txt")])
        except BriefingError:
            pass
        taken.append(time.perf_counter() - start)
    return statistics.median(taken)


def main() -> None:
    """Print a row for each kind and size."""
    seconds(SAMPLE.encode())  # warm: imports and word lists
    print(f"{'what':<34}{'MB':>8}{'seconds':>10}{'s/MB':>8}{'growth':>8}")
    for kind, (make, sizes) in KINDS.items():
        first = 0.0
        for size in sizes:
            data = make(size).encode()
            taken, mb = seconds(data), len(data) / 1e6
            first = first or taken / mb
            row = f"{f'{size} {kind}':<34}{mb:>8.2f}{taken:>10.3f}{taken / mb:>8.2f}"
            print(f"{row}{taken / mb / first:>8.2f}", flush=True)


if __name__ == "__main__":
    main()
