"""How well transcripts are read, each house left out: the tables of the README. `make accuracy`

python tests/training/accuracy.py            each house left out (after `make train`)
python tests/training/accuracy.py --seen     by the shipped weights, which saw them
python tests/training/accuracy.py --written  texts written for training, each left out with its fold
python tests/training/accuracy.py --layouts  seven conversations in thirteen layouts of ../shared
"""

from __future__ import annotations

import argparse
import math
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

from gold import SHARED, TRANSCRIPTS, Gold, golds
from read_left_out import LEFT_OUT, fold_of
from scoring import gold_path, judged, scorer
from written import written

from briefing.lexicons import weights
from briefing.parse import parse
from briefing.parse.confidence import REFUSED, SURE
from briefing.parse.values import Reading

FIGURES = ("turns", "speaker", "role", "links", "words")
SEVEN = (
    "scio_seed",
    "wh_jointpc_macron",
    "wh_gaggle_hampton",
    "wh_call_tai",
    "wh_covid_2020-04-24",
    "rev_covid",
    "fomc_2024-01-31.layout",
)


class Row:
    """One transcript as it was read."""

    def __init__(self, gold: Gold, path: Path, reading: Reading) -> None:
        self.gold, self.reading = gold, reading
        self.figures, self.counts = judged(path, reading.turns)

    @property
    def status(self) -> str:
        """sure, doubtful or refused."""
        p = self.reading.confidence
        return "sure" if p >= SURE else "doubtful" if p >= REFUSED else "refused"


def mean(values: Iterable[float]) -> float:
    """Of those that are numbers."""
    known = [v for v in values if not math.isnan(v)]
    return sum(known) / len(known) if known else math.nan


def table(rows: Sequence[Row]) -> None:
    """The figures as Markdown."""
    print(
        "| | files | turns (F1) | speaker | role | links | words |\n| --- | ---: | ---: | ---: | ---: | ---: | ---: |"
    )
    _line("mean of files", rows, lambda some: [mean(r.figures[f] for r in some) for f in FIGURES])
    _line("pooled", rows, _pooled)
    worst = sorted(rows, key=lambda r: r.figures["turns"])[: max(1, len(rows) // 10)]
    _line("worst tenth", worst, lambda some: [mean(r.figures[f] for r in some) for f in FIGURES])
    for what, key in (
        ("", lambda r: r.gold.source.format),
        ("", lambda r: _language(r.gold.language)),
    ):
        groups: dict[str, list[Row]] = defaultdict(list)
        for row in rows:
            groups[key(row)].append(row)
        for name, some in sorted(groups.items(), key=lambda item: -len(item[1])):
            _line(
                f"{what}{name}",
                some,
                lambda some: [mean(r.figures[f] for r in some) for f in FIGURES],
            )


def _language(tag: str) -> str:
    return "in English" if tag.startswith("en") else "in other languages"


def _line(
    name: str, rows: Sequence[Row], figures: Callable[[Sequence[Row]], Sequence[float]]
) -> None:
    cells = " | ".join("" if math.isnan(v) else f"{v:.3f}" for v in figures(rows))
    print(f"| {name} | {len(rows)} | {cells} |")


def _pooled(rows: Sequence[Row]) -> list[float]:
    total: dict[str, int] = defaultdict(int)
    for row in rows:
        for key, value in row.counts.items():
            judged_ = key not in ("role", "gold_roles") or row.gold.roles
            total[key] += value if judged_ else 0
    pooled = scorer().figures(total, [])
    return [pooled[f] for f in FIGURES]


def reliability(rows: Sequence[Row]) -> None:
    """The confidence beside the share of turns that were right, and what was stood by."""
    print("| confidence | files | mean confidence | turns right |\n| --- | ---: | ---: | ---: |")
    for low, high in ((0, REFUSED), (REFUSED, 0.7), (0.7, SURE), (SURE, 0.95), (0.95, 1.01)):
        some = [r for r in rows if low <= r.reading.confidence < high]
        if some:
            right = mean(r.figures["turns"] for r in some)
            print(
                f"| {low:.2f} to {min(high, 1):.2f} | {len(some)} | {mean(r.reading.confidence for r in some):.3f} | {right:.3f} |"
            )
    kept = [r.figures["turns"] * (r.status != "refused") for r in rows]
    print(
        f"refused {sum(r.status == 'refused' for r in rows)}; with those as 0 the mean of turns is {mean(kept):.3f}"
    )
    bad = [r for r in rows if r.figures["turns"] < 0.8]
    good = [r for r in rows if r.figures["turns"] >= 0.95]
    print(f"stood by {sum(r.status == 'sure' for r in bad)} of {len(bad)} readings with turns under 0.8; "
          f"called doubtful or refused {sum(r.status != 'sure' for r in good)} of {len(good)} with 0.95 and more")  # fmt: skip


def read_all(*, seen: bool) -> list[Row]:
    """Every transcript with gold, by weights that saw its house or not."""
    rows = []
    for gold in golds():
        if not seen:
            weights.use(LEFT_OUT / fold_of(gold.name))
        rows.append(Row(gold, gold_path(gold.name), parse(gold.source.lines)))
    return rows


def read_written() -> list[Row]:
    """Every transcript that was written for training, by weights that did not see it."""
    with tempfile.TemporaryDirectory() as folder:
        rows = []
        for gold in written(Path(folder)):
            weights.use(LEFT_OUT / fold_of(gold.name))
            table = gold_path(gold.name, Path(folder) / "gold")
            rows.append(Row(gold, table, parse(gold.source.lines)))
        return rows


def read_layouts() -> list[Row]:
    """Seven conversations printed in the layouts of ../shared, which no weights were learnt from."""
    with tempfile.TemporaryDirectory() as folder:
        place, tables = Path(folder), []
        for path in sorted(
            p
            for p in TRANSCRIPTS.rglob("*")
            if p.is_file()
            and p.suffix in (".txt", ".md", ".html")
            and any(n in str(p) for n in SEVEN)
        ):
            done = subprocess.run(
                [sys.executable, "-m", "briefing", "turns", str(path)], capture_output=True
            )
            name = (
                place
                / f"{path.parent.name if path.parent.name == 'scio_seed' else path.stem.split('.')[0]}.csv"
            )
            name.write_bytes(done.stdout)
            tables.append(str(name))
        subprocess.run(
            [
                sys.executable,
                SHARED / "tools" / "render_layouts.py",
                *tables,
                "--out",
                str(place),
                "--seed",
                "1",
            ],
            check=True,
        )
        return [
            Row(g, gold_path(g.name, place / "gold"), parse(g.source.lines))
            for g in golds(place / "gold", place / "src")
        ]


def main() -> None:
    """Print the tables."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--seen", action="store_true")
    ask.add_argument("--written", action="store_true")
    ask.add_argument("--layouts", action="store_true")
    ask.add_argument("--files", action="store_true", help="a line a file too")
    args: Any = ask.parse_args()
    rows = (
        read_layouts()
        if args.layouts
        else read_written()
        if args.written
        else read_all(seen=args.seen)
    )
    if args.files:
        for r in sorted(rows, key=lambda r: r.figures["turns"]):
            print(
                f"{r.gold.name:50} "
                + " ".join(f"{r.figures[f]:6.3f}" for f in FIGURES)
                + f"  {r.reading.confidence:.2f} {r.status}"
            )
    if args.layouts:
        groups: dict[str, list[float]] = defaultdict(list)
        for r in rows:
            groups[r.gold.name.split("@")[1]].append(r.figures["turns"])
        print(", ".join(f"{name} {mean(some):.3f}" for name, some in sorted(groups.items())))
    table(rows)
    reliability(rows)


if __name__ == "__main__":
    main()
