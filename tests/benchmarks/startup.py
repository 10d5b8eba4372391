"""What starting costs, against what it cannot do without: python tests/benchmarks/startup.py

Each line is the median ratio of pairs of whole processes, run in turn: ours, theirs, ours, ...
"""

from __future__ import annotations

import statistics
import subprocess
import sys
import time
from pathlib import Path

SAMPLE = Path(__file__).parents[2] / "data" / "lanmere-ring-2024.txt"
PAIRS = 31
IMPORT = ["-c", "import briefing"]
TURNS = ["-m", "briefing", "turns", str(SAMPLE)]
SHARES = ["-m", "briefing", "shares", str(SAMPLE)]
COMPARED = {
    "import briefing / pass": (IMPORT, ["-c", "pass"]),
    "briefing turns / import pandas": (TURNS, ["-c", "import pandas"]),
    "file to speaking shares / import pandas": (SHARES, ["-c", "import pandas"]),
}


def seconds(args: list[str]) -> float:
    """Wall time of one process."""
    start = time.perf_counter()
    subprocess.run([sys.executable, *args], check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - start


def compare(ours: list[str], theirs: list[str], pairs: int = PAIRS) -> dict[str, float]:
    """Medians of both and of the ratio of pairs."""
    seconds(ours), seconds(theirs)  # warm: files in memory, byte code written
    measured = [(seconds(ours), seconds(theirs)) for _ in range(pairs)]
    a, b = (statistics.median(side) for side in zip(*measured, strict=True))
    ratio = statistics.median(one / other for one, other in measured)
    return {"seconds": a, "against": b, "ratio": ratio, "difference": a - b}


def main() -> None:
    """Print a line for each comparison."""
    for name, (ours, theirs) in COMPARED.items():
        line = compare(ours, theirs)
        print(
            f"{name:<42}{line['ratio']:>6.2f}   "
            f"({line['seconds'] * 1000:.0f} ms / {line['against'] * 1000:.0f} ms)",
            flush=True,
        )


if __name__ == "__main__":
    main()
