"""`briefing turns FILE` with weights that saw nothing of the file's house, for score_turns.py.

../shared/tools/score_turns.py -- .venv/bin/python tests/training/read_left_out.py
"""

import sys
from pathlib import Path

from briefing.cli import main
from briefing.lexicons import weights

LEFT_OUT = Path(__file__).resolve().parents[2] / "build" / "left-out"


def fold_of(name: str) -> str:
    """The fold that the house of the file `name` was left out with."""
    table = LEFT_OUT / "folds.tsv"
    rows = (line.split("\t") for line in table.read_text(encoding="utf-8").splitlines())
    return next(fold for file, fold in rows if Path(file).name == Path(name).name)


if __name__ == "__main__":
    weights.use(LEFT_OUT / fold_of(sys.argv[-1]))
    sys.exit(main(["turns", *sys.argv[1:]]))
