"""What the shipped weights read of each real transcript, held to the figures written down before.

    python tests/test_regression.py --write    writes them anew, after a change that was meant

The weights saw these transcripts: the figures say whether a change of the code changes what is
read, not how well others are read. For that there is `make accuracy`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "tests" / "training")]  # run by hand, it is on no path

from gold import golds  # noqa: E402
from scoring import gold_path, judged, scorer  # noqa: E402

from briefing.parse import parse  # noqa: E402

KEPT = ROOT / "tests" / "gold" / "reading.tsv"
FIGURES = ("turns", "speaker", "role", "links")
POOLED = "POOLED"
SHOWN = 0.01  # a smaller difference is not worth a line
DROP = 0.01  # by which a mean, or the pooled links, may fall

pytestmark = pytest.mark.xdist_group("gold")  # the transcripts are read once

Row = dict[str, float]


@cache
def measured() -> dict[str, Row]:
    """The figures of each transcript by the shipped weights, and the links of all together."""
    rows: dict[str, Row] = {}
    total: dict[str, int] = {}
    for gold in golds():
        path = gold_path(gold.name)
        figures, counts = judged(path, parse(gold.source.lines).turns)
        rows[gold.name] = {key: round(figures[key], 4) for key in (*FIGURES, "words")}
        for key, n in counts.items():
            total[key] = total.get(key, 0) + n
    rows[POOLED] = {key: round(scorer().figures(total, [])[key], 4) for key in (*FIGURES, "words")}
    return rows


def kept() -> dict[str, Row]:
    """The figures that were written down."""
    lines = KEPT.read_text(encoding="utf-8").splitlines()[1:]
    return {
        name: dict(zip(FIGURES, map(float, figures), strict=True))
        for name, *figures in (line.split("\t") for line in lines)
    }


def write(rows: dict[str, Row]) -> None:
    lines = [
        "\t".join(["file", *FIGURES]),
        *("\t".join([name, *(f"{row[key]:.4f}" for key in FIGURES)]) for name, row in rows.items()),
    ]
    KEPT.write_text("\n".join(lines) + "\n", encoding="utf-8")


def mean(rows: dict[str, Row], key: str) -> float:
    known = [row[key] for name, row in rows.items() if name != POOLED and row[key] == row[key]]
    return sum(known) / len(known)


def differences(now: dict[str, Row], before: dict[str, Row]) -> Iterator[str]:
    """A line for every figure that is not what it was."""
    for name in [*before, *(new for new in now if new not in before)]:
        for key in FIGURES:
            a, b = (
                before.get(name, {}).get(key, float("nan")),
                now.get(name, {}).get(key, float("nan")),
            )
            if abs(a - b) > SHOWN or (a == a) != (b == b):
                yield f"{name:50} {key:8} {a:.3f} -> {b:.3f}"


@pytest.fixture
def tables(shared) -> tuple[dict[str, Row], dict[str, Row]]:
    now, before = measured(), kept()
    print("\n".join(differences(now, before)) or "no figure differs")
    return now, before


def test_the_same_transcripts_are_read(tables):
    now, before = tables
    assert now.keys() == before.keys()


@pytest.mark.parametrize("figure", ["turns", "speaker", "role"])
def test_the_mean_of_all_files_has_not_dropped(tables, figure):
    now, before = tables
    assert mean(now, figure) > mean(before, figure) - DROP, (
        f"mean of {figure}: was {mean(before, figure):.3f}, is {mean(now, figure):.3f}"
    )


def test_the_links_of_all_files_together_have_not_dropped(tables):
    now, before = tables
    assert now[POOLED]["links"] > before[POOLED]["links"] - DROP


if __name__ == "__main__":
    if "--write" in sys.argv:
        write(measured())
    print("\n".join(differences(measured(), kept())) or "no figure differs")
