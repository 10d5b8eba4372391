"""How building a corpus grows with its size: python tests/benchmarks/corpus_build.py [MB ...] [alone]

For each size (10, 100 and 1,000 MB without arguments) a folder of made briefings, then one build on this
machine and, where pyspark and Java are there, one on Spark local[2] (not with `alone`); a row each, with the slope: seconds
and disk per MB against the size before, which stay near 1 where growth is linear. Memory is what the
process and its children hold together at the worst moment (pages that they share counted for each);
the CPU time of Spark's Java is not known here.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import time
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

from folder_of_briefings import make_folder

ROOT = Path(__file__).parents[2]
OURS = "import sys; from briefing.corpus.store import build; build(*sys.argv[1:3], progress=False)"
SPARK = """
import sys
from pyspark.sql import SparkSession
from briefing.corpus.spark import build_corpus_on_spark
spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false").config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.memory", "2g").getOrCreate())
build_corpus_on_spark(spark, *sys.argv[1:3])
"""
HEAD = f"{'what':<14}{'MB':>7}{'files':>7}{'s':>9}{'CPU s':>9}{'MB/s':>7}{'MB/CPU s':>9}{'disk':>7}{'MB RSS':>8}{'s/MB':>7}{'growth':>8}"


def resident(pid: int) -> int:
    """Bytes that a process and its children hold."""
    pages = 0
    try:
        pages += int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
        for task in Path(f"/proc/{pid}/task").iterdir():  # workers are started by threads
            children += (task / "children").read_text().split()
    except (OSError, IndexError):
        return pages * os.sysconf("SC_PAGE_SIZE")
    return pages * os.sysconf("SC_PAGE_SIZE") + sum(resident(int(c)) for c in {*children})


def run(program: str, folder: Path, out: Path) -> tuple[float, float, float]:
    """Seconds, CPU seconds and the most MB held, of a whole process with its children."""
    begun, before = time.perf_counter(), os.times()
    environment = os.environ | {"PYTHONPATH": str(ROOT), "PYSPARK_PYTHON": sys.executable}
    process = subprocess.Popen(
        [sys.executable, "-c", program, folder, out], env=environment, stderr=subprocess.DEVNULL
    )
    most = 0
    while process.poll() is None:
        most = max(most, resident(process.pid))
        time.sleep(0.05)
    after = os.times()
    if process.returncode:
        raise SystemExit(f"failed: {program}")
    cpu = (
        after.children_user + after.children_system - before.children_user - before.children_system
    )
    return time.perf_counter() - begun, cpu, most / 1e6


def main() -> None:
    """Print a row for each size and way, and the same as JSON at the end."""
    sizes = [float(size) for size in sys.argv[1:] if size != "alone"] or [10.0, 100.0, 1_000.0]
    ways = {"this machine": OURS}
    if find_spec("pyspark") and shutil.which("java") and "alone" not in sys.argv:
        ways["Spark local[2]"] = SPARK
    first: dict[str, float] = {}
    rows = []
    print(HEAD, flush=True)
    for size in sizes:
        with TemporaryDirectory() as place:
            n = make_folder(Path(place, "in"), size)
            for way, program in ways.items():
                out = Path(place, way)
                seconds, cpu, most = run(program, Path(place, "in"), out)
                disk = sum(p.stat().st_size for p in out.rglob("*.parquet")) / 1e6
                growth = seconds / size / first.setdefault(way, seconds / size)
                print(
                    f"{way:<14}{size:>7.0f}{n:>7}{seconds:>9.1f}{cpu:>9.1f}{size / seconds:>7.2f}"
                    f"{size / cpu:>9.2f}{disk / size:>7.2f}{most:>8.0f}{seconds / size:>7.3f}{growth:>8.2f}",
                    flush=True,
                )
                rows.append(
                    {
                        "way": way,
                        "mb": size,
                        "seconds": seconds,
                        "cpu": cpu,
                        "disk": disk,
                        "rss": most,
                    }
                )
                shutil.rmtree(out)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
