"""Whole processes: a briefing from file to shares, imports, a notebook, a corpus."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import startup

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
LESSON = "01-who-holds-the-floor.ipynb"
SCRIPTS = "corpus_build.py", "parquet_counts.py"


def startup_times(rounds: int | None, out: Path) -> list[dict[str, Any]]:
    """From file to shares against `import pandas`; `import briefing` against nothing."""
    return [
        {"process": name} | startup.compare(*both, rounds or startup.PAIRS)
        for name, both in startup.COMPARED.items()
    ]


def notebook(rounds: int | None, out: Path) -> list[dict[str, Any]]:
    """A lesson's run by the project's own runner, against an empty notebook's."""
    lesson, empty = out / "lesson", out / "empty"
    for home in (lesson, empty):
        (home / "notebooks").mkdir(parents=True, exist_ok=True)
    shutil.copytree(ROOT / "data", lesson / "data", dirs_exist_ok=True)
    shutil.copy(ROOT / "notebooks" / LESSON, lesson / "notebooks")
    blank = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell("None")])
    nbformat.write(blank, empty / "notebooks" / "00-empty.ipynb")
    runs = [
        ["-c", f"from briefing.course.run import run_notebooks as run; run(root={str(home)!r})"]
        for home in (lesson, empty)
    ]
    return [{"process": f"notebook {LESSON[:2]} / empty"} | startup.compare(*runs, rounds or 7)]


def corpus(rounds: int | None, out: Path) -> list[dict[str, Any]]:
    """The scripts that measure a folder of briefings and Parquet against Spark, if present."""
    rows: list[dict[str, Any]] = []
    for script in filter(Path.exists, (HERE / name for name in SCRIPTS)):
        done = subprocess.run([sys.executable, str(script)], stdout=subprocess.PIPE, text=True)
        print(done.stdout)
        last = done.stdout.strip().rpartition("\n")[2]
        rows += json.loads(last) if last.startswith("[{") else [{"script": script.name}]
    return rows
