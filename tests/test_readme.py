"""The README's code runs as it stands, and what it names is there."""

import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import briefing

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")
BLOCKS = re.findall(r"```(\w*)\n(.*?)```", README, re.DOTALL)
ON_A_CLUSTER = "# corpus_on_spark.py"  # needs one; tests/test_spark.py runs the same call
PYTHON = [code for kind, code in BLOCKS if kind == "python" and ON_A_CLUSTER not in code]
SHELL = [
    line.split("#")[0].strip()
    for kind, code in BLOCKS
    if kind == "sh"
    for line in code.splitlines()
]
BRIEFING = [line for line in SHELL if re.match(r"briefing (?!run)\w+ .*\bdata/lanmere", line)]


def test_there_is_code_to_run():
    assert len(PYTHON) == 3
    assert len(BRIEFING) == 7


@pytest.mark.parametrize("code", PYTHON)
def test_the_code_runs_in_the_checkout_as_it_stands(code):
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, timeout=60
    )

    bars = "% |" in done.stderr  # of what goes through a folder
    assert (done.returncode, "" if bars else done.stderr) == (0, "")
    assert "Traceback" not in done.stderr
    assert "Sanna Veldrup" in done.stdout


def test_the_first_lines_call_an_estimate_what_it_is():
    done = subprocess.run(
        [sys.executable, "-c", PYTHON[0]], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    assert "if this text were read aloud at 150 words a minute" in done.stdout


def test_the_table_of_measures_names_all_that_is_public_and_nothing_else():
    section = README.split("## The measures")[1].split("\n## ")[0].split("| --- | --- | --- |")[1]
    rows = [re.findall(r"`(\w+)`", row) for row in section.split("\n\n")[0].splitlines()[1:]]
    families = {name: getattr(briefing, name) for name in briefing.__all__}
    families = {name: f for name, f in families.items() if not callable(f)}
    public = {name: {*family.__all__} for name, family in families.items()}
    named = {row[0]: {*row[1:]} for row in rows}
    assert named == {n: names for n, names in public.items() if n not in ("figures", "explore")}


@pytest.mark.parametrize("line", BRIEFING)
def test_the_command_lines_run(line, tmp_path):
    words = shlex.split(line.split(">")[0])[1:]
    done = subprocess.run(
        [sys.executable, "-m", "briefing", *words], cwd=ROOT, capture_output=True, timeout=60
    )

    assert done.returncode == 0, done.stderr
    assert done.stdout


def test_every_file_it_links_to_is_there():
    links = re.findall(r"\]\(([^)#:]+)\)", README)
    assert links
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_make_knows_every_target_that_is_named():
    if shutil.which("make") is None:
        pytest.skip("make is not installed")
    named = {line.split()[1] for line in SHELL if line.startswith("make ")}
    known = set(
        re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE)
    )
    assert named <= known
    assert os.environ.get("CI") != "true" or {"notebooks", "test"} <= named
