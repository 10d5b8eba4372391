"""Change the reader's code here and there, and see which tests notice: `make mutate`.

    python tests/training/mutate.py [--count 60] [--seed 1] [--only layout]

Each mutant is one change in `briefing/parse` or `briefing/reading`: a comparison, a number, a `not`,
an `and`. The tests run on it until one fails. What survives is printed: either the tests do not hold
that line, or the line is not needed. Everything happens in a copy, in `build/mutation`.
"""

from __future__ import annotations

import argparse
import ast
import os
import random
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
COPY = ROOT / "build" / "mutation" / "main"
PLACES = ("briefing/parse", "briefing/reading")
TESTS = (
    "tests/test_candidates.py tests/test_page.py tests/test_label_cases.py tests/test_layouts.py tests/test_turns.py tests/test_speakers.py tests/test_roles.py "
    "tests/test_answers.py tests/test_corrections.py tests/test_confidence.py tests/test_reading.py tests/test_reading_text.py tests/test_reading_html.py "
    "tests/test_reading_columns.py tests/test_reading_timed_text.py tests/test_reading_documents.py tests/test_reading_encoding.py tests/test_reading_json_files.py "
    "tests/test_reading_xml_files.py tests/test_reading_packed.py tests/test_regression.py"
).split()
SWAPS: dict[type, type] = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.In: ast.NotIn, ast.NotIn: ast.In, ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.And: ast.Or, ast.Or: ast.And,
    ast.Add: ast.Sub, ast.Sub: ast.Add,
}  # fmt: skip


def sites(tree: ast.AST) -> Iterator[tuple[ast.AST, str]]:
    """Every node that can be changed, and how."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Compare):
            yield node, "comparison"
        elif isinstance(node, ast.BoolOp | ast.BinOp) and type(node.op) in SWAPS:
            yield node, "operator"
        elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
            yield node, "not"
        elif isinstance(node, ast.Constant) and type(node.value) is int and node.value < 1000:
            yield node, "number"


def change(node: ast.AST, how: str) -> None:
    """Change one node in place."""
    if how == "comparison":
        node.ops[0] = SWAPS[type(node.ops[0])]()
    elif how == "operator":
        node.op = SWAPS[type(node.op)]()
    elif how == "number":
        node.value += 1
    else:
        node.op, node.operand = ast.Not(), ast.UnaryOp(ast.Not(), node.operand)


def mutants(seed: int, count: int, only: str) -> Iterator[tuple[Path, int, str, str]]:
    """(file, line, what, text) of `count` mutants, chosen by `seed`."""
    found = []
    for place in PLACES:
        for path in sorted((ROOT / place).glob("*.py")):
            if only in path.name:
                tree = ast.parse(path.read_text(encoding="utf-8"))
                found += [(path, i) for i, _ in enumerate(sites(tree))]
    for path, at in random.Random(seed).sample(found, min(count, len(found))):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        node, how = list(sites(tree))[at]
        before = ast.unparse(node)
        change(node, how)
        yield path, node.lineno, f"{before}  ->  {ast.unparse(node)}", ast.unparse(tree)


def survives(path: Path, text: str) -> bool:
    """Whether the tests pass on the mutant."""
    target = COPY / path.relative_to(ROOT)
    target.write_text(text, encoding="utf-8")
    tests = [test for test in TESTS if (COPY / test).exists()]
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-n",
        "2",
        "--no-header",
        "-p",
        "no:cacheprovider",
        *tests,
    ]
    try:
        done = subprocess.run(
            command,
            cwd=COPY,
            capture_output=True,
            timeout=600,
            env={**os.environ, "PYTHONPATH": str(COPY)},
        )
        return done.returncode == 0
    except subprocess.TimeoutExpired:
        return False
    finally:
        shutil.copy(path, target)


def main() -> None:
    """Run the mutants and print those that no test noticed."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--count", type=int, default=60)
    ask.add_argument("--seed", type=int, default=1)
    ask.add_argument("--only", default="")
    args = ask.parse_args()
    shutil.rmtree(COPY.parent, ignore_errors=True)
    skip = shutil.ignore_patterns(".venv", "build", ".git", "__pycache__", "figures")
    shutil.copytree(ROOT, COPY, ignore=skip)
    if (ROOT.parent / "shared").exists():
        (COPY.parent / "shared").symlink_to(ROOT.parent / "shared")
    alive = n = 0
    for path, line, what, text in mutants(args.seed, args.count, args.only):
        n += 1
        if survives(path, text):
            alive += 1
            print(f"survived: {path.relative_to(ROOT)}:{line}: {what}", flush=True)
    print(f"{alive} of {n} mutants survived ({alive / max(1, n):.0%})")


if __name__ == "__main__":
    main()
