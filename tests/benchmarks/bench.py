"""How fast and how large, beside other tools: make bench, or python tests/benchmarks/bench.py

    --only CASE   one of words-2, words-100, analyses-2, analyses-100, process, notebook, corpus;
                  may be given several times
    --rounds N    so many rounds, instead of each case's own
    --quick       words-2 and analyses-2 on a tenth of a megabyte, one round: whether it works

In each round every tool runs once, in a process of its own (`measure.py`); the next round begins
with the next tool. Printed are medians, and the median over rounds of each tool's ratio to ours:
above 1, ours was that many times as fast, or took that much less memory. Wall time is what a
person waits; CPU time holds on a busy machine too. Words are found on one core, the analyses have
all. What would take minutes runs on the first part of the text, as the table says, and is scaled.
Tools that are not installed are left out: `make peers`. The figures go to build/bench/ as JSON.

Columns: seconds, cpu: of the task; peak_mb: the most memory of the process; text_mb: before the
task began; x_time, x_cpu, x_peak: the tool's over ours; n: words; n_hits: lines of the concordance;
off_...: the largest relative difference from our results (from those by the peers' rule of what a
word is, where they were run) among the 50 that rank highest. `nltk` and `conc` find words by rules
of their own, so their figures differ.
"""

from __future__ import annotations

import argparse
import importlib
import importlib.util
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import processes
import report
from generate import write_table
from measure import Task

HERE = Path(__file__).resolve().parent
OUT = HERE.parents[1] / "build" / "bench"
ONE_CORE = dict.fromkeys(("BENCH_THREADS", "POLARS_MAX_THREADS", "OMP_NUM_THREADS"), "1")
QUICK, QUICK_MB = ["words-2", "analyses-2"], 0.1
LARGE_MB = 100  # from here on, slow tools run on their `share`


class Case(NamedTuple):
    """What is done with a corpus by each tool; ours is the first."""

    group: str  # of tasks: WORDS, ANALYSES
    mb: float
    rounds: int
    modules: tuple[str, ...]
    environment: dict[str, str]
    without: tuple[str, ...] = ()


WORDS, ANALYSES = ("ours", "peers_words"), ("ours", "peers_analyses", "peers_engines")
CASES = {
    "words-2": Case("WORDS", 2, 9, WORDS, ONE_CORE),
    "words-100": Case("WORDS", 100, 5, WORDS, ONE_CORE),
    "analyses-2": Case("ANALYSES", 2, 5, ANALYSES, {}),
    "analyses-100": Case("ANALYSES", 100, 3, ANALYSES, {}, ("ours, peers' words",)),
}
OTHERS = {
    "process": processes.startup_times,
    "notebook": processes.notebook,
    "corpus": processes.corpus,
}


def tasks(case: Case) -> dict[str, tuple[str, Task]]:
    """Of each tool that is installed, its module and task."""
    found = {
        name: (module, task)
        for module in case.modules
        for name, task in getattr(importlib.import_module(module), case.group).items()
    }
    return {
        name: (module, task)
        for name, (module, task) in found.items()
        if name not in case.without and (not task.needs or importlib.util.find_spec(task.needs))
    }


def corpus(mb: float, out: Path) -> Path:
    """The file of turns of this size, made when it is first needed."""
    path = out / f"turns-{mb:g}.parquet"
    if not path.exists():
        write_table(mb, path)
    return path


def measured(case: Case, rounds: int, out: Path) -> list[dict[str, Any]]:
    """Measure all tools, so many rounds, and sum up: a row a tool."""
    path, able = corpus(case.mb, out), tasks(case)
    runs: dict[str, list[dict[str, Any]]] = {name: [] for name in able}
    for number in range(rounds):
        names = list(runs)
        for name in names[number % len(names) :] + names[: number % len(names)]:
            module, task = able[name]
            share = task.share if case.mb >= LARGE_MB else 1
            try:
                found = one(case, [module, case.group, name, str(path), str(share)])
                print(
                    f"  {name}: {found['mb']:.3g} MB in {found['seconds']:.3g} s", file=sys.stderr
                )
                runs[name].append(found)
            except RuntimeError as error:
                print(f"{name} failed and is left out: {error}", file=sys.stderr)
                del runs[name]
    return report.sum_up(runs, {name: task.gives for name, (_, task) in able.items()})


def one(case: Case, args: list[str]) -> dict[str, Any]:
    """The figures of one process."""
    command = [sys.executable, "-W", "ignore", str(HERE / "measure.py"), *args]
    env = os.environ | case.environment
    done = subprocess.run(command, env=env, capture_output=True, text=True, encoding="utf-8")
    if done.returncode:
        raise RuntimeError(done.stderr.strip().rpartition("\n")[2])
    return json.loads(done.stdout.splitlines()[-1])


def main() -> None:
    """Run what the command line asks for, print tables, write JSON."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", action="append", choices=[*CASES, *OTHERS], metavar="CASE")
    parser.add_argument("--rounds", type=int)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--out", type=Path, default=OUT, help="where corpora and figures go")
    args = parser.parse_args()
    figures = report.circumstances() | {"cases": {}}
    print(report.heading(figures))
    for name in args.only or (QUICK if args.quick else [*CASES, *OTHERS]):
        if name in OTHERS:
            rows = OTHERS[name](args.rounds, args.out)
        else:
            case = CASES[name]._replace(**({"mb": QUICK_MB, "rounds": 1} if args.quick else {}))
            rows = measured(case, args.rounds or case.rounds, args.out)
        figures["cases"][name] = rows
        written = report.write(figures, args.out)
        print(f"\n{name}\n{report.table(rows)}", flush=True)
    print(f"\n{written.name} has all figures")


if __name__ == "__main__":
    main()
