"""What starting costs, against what it cannot do without: python tests/benchmarks/startup.py

Each line is the median ratio of pairs of whole processes, run in turn: ours, theirs, ours, ...
"""

from __future__ import annotations

import resource
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
TABLE = [
    "-c",
    f"import briefing; print(briefing.speaking.share(briefing.read({str(SAMPLE)!r}).turns))",
]
COMPARED = {
    "import briefing / pass": (IMPORT, ["-c", "pass"]),
    "briefing turns / import pandas": (TURNS, ["-c", "import pandas"]),
    "briefing shares / import pandas": (SHARES, ["-c", "import pandas"]),
    "shares as a table / import pandas": (TABLE, ["-c", "import pandas"]),
}


def run(args: list[str]) -> tuple[float, float]:
    """Wall and CPU seconds of one process."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    quiet = {"stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL}
    subprocess.run([sys.executable, *args], check=True, **quiet)
    wall, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def compare(ours: list[str], theirs: list[str], pairs: int = PAIRS) -> dict[str, float]:
    """Medians of both, and of the pairs' ratios and differences."""
    run(ours), run(theirs)  # warm: files in memory, byte code written
    found = [(run(ours), run(theirs)) for _ in range(pairs)]
    walls, cpus = zip(*(zip(*pair, strict=True) for pair in found), strict=True)
    return {
        "seconds": statistics.median(a for a, _ in walls),
        "against": statistics.median(b for _, b in walls),
        "ratio": statistics.median(a / b for a, b in walls),
        "difference": statistics.median(a - b for a, b in walls),
        "cpu": statistics.median(a for a, _ in cpus),
        "cpu_ratio": statistics.median(a / b for a, b in cpus),
        "cpu_difference": statistics.median(a - b for a, b in cpus),
    }


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
