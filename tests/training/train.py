"""Make the weights of the reader from the gold in ../shared: `make train`.

    python tests/training/train.py            all weights, and the table of what they are worth
    python tests/training/train.py --quick    the folds as they lie in build/left-out

Every judgement is learnt in eight folds of houses, so that each transcript is also read by weights
that saw nothing of its house; from these readings come the confidence and every figure that is
quoted. The printed layouts (`layouts.py`) are made from the same conversations, and a fold leaves
them out with the house whose conversation they print.
"""

from __future__ import annotations

import argparse
import pickle
import re
import subprocess
import sys
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from importlib.metadata import distributions
from multiprocessing import get_context
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import roles
from blocks import BlockData
from excerpts import damaged, excerpts, framed, glued, listed, marked, one_sided, recased
from gold import TRANSCRIPTS, Gold, golds
from labels import Example, example, f1, learn
from models import LEXICONS, fit, left_out, save
from scoring import gold_path, judged, judged_turns
from written import no_talk, written

import briefing.parse
from briefing.lexicons import weights as reader
from briefing.parse.confidence import FEATURES, reading_features
from briefing.parse.layout import accept
from briefing.parse.values import Reading, Turn
from briefing.reading import read_source
from briefing.tables import BriefingError

PAPERS = re.compile(
    r"licen[sc]e|readme|authors|notice|copying|changes|\.rst$|\.md$|METADATA$", re.IGNORECASE
)
LARGEST = 200_000  # bytes of such a file
ROOT = Path(__file__).resolve().parents[2]
BUILD = ROOT / "build"
LEFT_OUT = BUILD / "left-out"
LAYOUTS = BUILD / "layouts"
WRITTEN = BUILD / "written"
FOLDS = 8
INNER = 4  # folds within what a fold learns from
READ = 0.6  # share of labels found from which the blocks between them are learnt from
COUNT = 1600  # printed layouts, and a fifth as many texts that are no transcript
ONE_SIDED = 0.4  # what is right where nobody answers anybody: that is no conversation
SAMPLE = 20  # times that a sample counts: hardly any other text sets questions off by room alone
SIZE = {"bags": 5, "trees": 120, "leaves": 4, "least": 25, "share": 0.3}  # of the confidence
SHARES = {
    "real": 1.0,
    "written": 0.5,
    "excerpt": 0.5,
    "glued": 0.3,
    "framed": 0.2,
    "recased": 0.15,
    "text": 0.5,
    "layout": 0.2,
    "none": 0.2,
}  # of a document, for labels
WEIGHTS = {
    "real": 40.0,
    "written": 10.0,
    "excerpt": 16.0,
    "marked": 4.0,
    "damaged": 4.0,
    "glued": 4.0,
    "framed": 4.0,
    "recased": 4.0,
    "one-sided": 6.0,
    "layout": 0.25,
    "none": 0.3,
    "text": 4.0,
    "paper": 2.0,
    "list": 2.0,
}  # of a document, for the confidence


@dataclass(frozen=True)
class Document:
    """A transcript with gold, and where the gold stands."""

    gold: Gold
    kind: str  # one of those in WEIGHTS

    @property
    def real(self) -> bool:
        return self.kind == "real"

    def right(self, turns: Sequence[Turn], features: Sequence[float]) -> float:
        """The share of turns that a reading has right; of no transcript, whether it has none."""
        if self.kind in ("paper", "list", "text"):
            return float(not features)
        if self.kind == "one-sided":
            return ONE_SIDED
        if self.kind in ("excerpt", "marked", "damaged", "glued", "framed", "recased"):
            return judged_turns(self.gold, turns)
        folder = {"real": TRANSCRIPTS, "written": WRITTEN}.get(self.kind, LAYOUTS) / "gold"
        return judged(gold_path(self.gold.name, folder), turns)[0]["turns"]


def documents() -> list[Document]:
    """All transcripts with gold, then the printed layouts and what is no transcript."""
    if not LAYOUTS.exists():
        script = str(Path(__file__).with_name("layouts.py"))
        size = ["--count", str(COUNT), "--negatives", str(COUNT // 5), "--seed", "1"]
        subprocess.run([sys.executable, script, "--out", str(LAYOUTS), *size], check=True)
    real = [*golds()]
    short = [Document(g, "excerpt") for n, gold in enumerate(real) for g in excerpts(gold, n)]
    short += [Document(g, "marked") for gold in real for g in marked(gold)]
    short += [Document(g, "one-sided") for gold in real for g in one_sided(gold)]
    short += [Document(g, "damaged") for n, gold in enumerate(real) for g in damaged(gold, n)]
    short += [Document(g, "glued") for n, gold in enumerate(real) for g in glued(gold, n)]
    short += [Document(g, "recased") for gold in real for g in recased(gold)]
    whole = [*real, *written(WRITTEN)] + [d.gold for d in short if "@e0" in d.gold.name]
    short += [Document(g, "framed") for n, gold in enumerate(whole) for g in framed(gold, n)]
    short += [Document(g, "list") for n, gold in enumerate(real) for g in listed(gold, n)]
    made = golds(LAYOUTS / "gold", LAYOUTS / "src")
    printed = [Document(g, "layout" if g.turns else "none") for g in made]
    invented = [Document(g, "written") for g in written(WRITTEN)]
    invented += [Document(g, "text") for g in no_talk(WRITTEN)]
    return [Document(g, "real") for g in real] + invented + short + printed


def no_transcripts() -> list[Document]:
    """Licences, READMEs and the like of every other installed package: what else lies in folders."""
    own = [
        *ROOT.glob("*.md"),
        *ROOT.glob("data/*.md"),
        *ROOT.glob("notebooks/**/*.md"),
        ROOT / "LICENSE",
    ]
    papers = [("package briefing", path) for path in sorted(own)]
    packages = sorted(distributions(), key=lambda d: d.metadata["Name"].casefold())
    for package in packages[::2]:
        files = sorted(map(str, filter(lambda f: PAPERS.search(str(f)), package.files or ())))
        house = f"package {package.metadata['Name']}"
        papers += [(house, Path(str(package.locate_file(file)))) for file in files]
    return [doc for house, path in papers if (doc := _paper(house, path))]


def _paper(house: str, path: Path) -> Document | None:
    if not path.exists() or path.stat().st_size > LARGEST:
        return None
    try:
        source = read_source(path)
    except BriefingError:
        return None
    name = f"{house}@n{path.parent.name}/{path.name}"
    gold = Gold(name, house, False, path, source, [], "en", roles=False, links=False)
    return Document(gold, "paper")


def examples_of(docs: Sequence[Document]) -> dict[str, Example]:
    """What can be learnt from each document; kept, as every fold asks for it."""
    kept = BUILD / "examples.pkl"
    if not kept.exists():
        some = [d for d in docs if d.kind in SHARES]
        found = {d.gold.name: e for d in some if (e := example(d.gold, SHARES[d.kind]))}
        kept.write_bytes(pickle.dumps((docs, found)))
    return pickle.loads(kept.read_bytes())[1]


def kept_documents() -> list[Document]:
    """The documents as `examples_of` kept them."""
    return pickle.loads((BUILD / "examples.pkl").read_bytes())[0]


def folds_of(docs: Sequence[Document]) -> dict[str, int]:
    """The fold of each house, the same in every run; real houses are spread evenly."""
    real = sorted({d.gold.house for d in docs if d.real})
    other = sorted({d.gold.house for d in docs} - set(real))
    np.random.default_rng(7).shuffle(real)
    return {house: i % FOLDS for i, house in enumerate([*real, *other])}


def weights_of(docs: Sequence[Document], examples: dict[str, Example]) -> dict[str, dict[str, Any]]:
    """The weights of all judgements but the confidence."""
    begin = time.time()
    mine = [d for d in docs if d.gold.name in examples]
    made, p = learn([examples[d.gold.name] for d in mine])
    print(f"labels {time.time() - begin:.0f} s", flush=True)
    blocks = BlockData()
    for d, seen in zip(mine, p, strict=True):
        if f1(examples[d.gold.name], seen) > READ:  # others teach what follows from wrong labels
            blocks.add(d.gold, accept(examples[d.gold.name].doc, seen), SHARES[d.kind])
    samples = [*golds(ROOT / "tests" / "gold", ROOT / "data")]  # which we wrote
    for gold in samples:
        sample = example(gold, SHARES["real"])
        for _ in range(SAMPLE if sample else 0):
            blocks.add(gold, accept(sample.doc, [*sample.truth]), SHARES["real"])
    learnt = blocks.learn()
    print(f"blocks {time.time() - begin:.0f} s", flush=True)
    roles.FOLDS = INNER
    judged_roles = roles.fit([d.gold for d in docs if d.kind in ("real", "written")] + samples)
    print(f"roles {time.time() - begin:.0f} s", flush=True)
    return made | learnt | judged_roles


def write(weights: dict[str, dict[str, Any]], made: str, folder: Path) -> None:
    """Write weights into `folder`."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, values in weights.items():
        save(name, values, made, values.pop("worth", {}), folder)


def read(doc: Document) -> tuple[list[float], Reading]:
    """One document read by the weights in use: the features of its reading, and the reading."""
    seen: list[list[float]] = []

    def keep(made: Any, layout: Any, turns: Any, remarks: Any) -> Reading:
        seen.append(reading_features(made, layout, turns) if turns else [])
        return Reading(turns, made.kinds, remarks)

    with patch("briefing.parse.rate", keep):
        reading = briefing.parse.parse(doc.gold.source.lines)
    return seen[0], reading


def do_fold(task: tuple[int, bool]) -> list[tuple[str, list[float], float]]:
    """Learn without a fold, and read the fold with that: (name, features, share of turns right)."""
    fold, again = task
    docs = kept_documents()
    folds = folds_of(docs)
    folder = LEFT_OUT / str(fold)
    if again:
        rest = [d for d in docs if folds[d.gold.house] != fold]
        write(weights_of(rest, examples_of(rest)), f"without the houses of fold {fold}", folder)
    reader.use(folder)
    rows = []
    for d in docs + (no_transcripts() if fold == 0 else []):
        if folds.get(d.gold.house, 0) == fold:
            features, reading = read(d)
            rows.append((d.gold.name, features, d.right(reading.turns, features)))
    return rows


def confidence(
    docs: Sequence[Document], rows: dict[str, tuple[list[float], float]]
) -> dict[str, Any]:
    """The weights of the confidence, from readings by weights that did not see the house."""
    known = [d for d in docs if rows[d.gold.name][0]]
    right = np.array([rows[d.gold.name][1] for d in known])
    one = np.array([rows[d.gold.name][0] for d in known])
    base = np.array([WEIGHTS[d.kind] for d in known])
    X, y = np.concatenate([one, one]), np.concatenate([np.ones(len(one)), np.zeros(len(one))])
    weight = np.concatenate([base * right, base * (1 - right)]) + 1e-9
    houses = [d.gold.house for d in known] * 2
    scores = left_out(X, y, weight, houses, folds=INNER, **SIZE)
    return fit(X, y, weight, FEATURES, scores, **SIZE)


def main() -> None:
    """Learn the folds, then all."""
    ask = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("--quick", action="store_true")
    again = not ask.parse_args().quick
    begin = time.time()
    if again:
        (BUILD / "examples.pkl").unlink(missing_ok=True)
        examples_of(documents())
    with ProcessPoolExecutor(2, get_context("spawn"), max_tasks_per_child=1) as pool:
        parts = [*pool.map(do_fold, [(fold, again) for fold in range(FOLDS)])]
    rows = {name: (features, right) for part in parts for name, features, right in part}
    print(f"folds read after {time.time() - begin:.0f} s")
    docs = kept_documents()
    folds = folds_of(docs)
    docs += no_transcripts()
    made = f"{sum(d.real for d in docs)} transcripts with gold and {sum(not d.real for d in docs)} other texts"
    for fold in range(FOLDS):
        rest = [d for d in docs if folds.get(d.gold.house, -1) != fold]
        write(
            {"reading": confidence(rest, rows)},
            f"without the houses of fold {fold}",
            LEFT_OUT / str(fold),
        )
    learnt = {"reading": confidence(docs, rows)}
    if again:
        learnt |= weights_of(docs, examples_of(docs))
    write(learnt, made, LEXICONS)
    lines = (f"{d.gold.name}\t{folds[d.gold.house]}\n" for d in docs if d.gold.house in folds)
    (LEFT_OUT / "folds.tsv").write_text("".join(lines), encoding="utf-8")
    real = [rows[d.gold.name][1] for d in docs if d.real]
    print(f"turns, houses left out: mean of {len(real)} transcripts {np.mean(real):.3f}")
    invented = [rows[d.gold.name][1] for d in docs if d.kind == "written"]
    print(f"written for training: {np.mean(invented):.3f} of {len(invented)}")
    for kind, sign in (("printed layouts", "@r"), ("no transcripts", "@n")):
        some = [r for n, (_, r) in rows.items() if sign in n]
        print(f"{kind}: {np.mean(some):.3f} of {len(some)}")
    print(f"done after {time.time() - begin:.0f} s; transcripts from {TRANSCRIPTS.name}")


if __name__ == "__main__":
    main()
