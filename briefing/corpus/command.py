"""`briefing corpus ...`: its part of the command line."""

from __future__ import annotations

import argparse

from briefing.tables import BriefingError

TYPE_CHECKING = False  # typing costs more than all that `briefing turns` needs
if TYPE_CHECKING:
    from typing import Any


def add_commands(commands: Any) -> None:
    """Add `corpus build` to the commands of `briefing`."""
    corpus = commands.add_parser("corpus", help="a whole folder as a Parquet data set")
    build = corpus.add_subparsers(required=True, metavar="COMMAND").add_parser(
        "build", help="read what is new or changed in FOLDER into OUT"
    )
    build.add_argument("folder", metavar="FOLDER", help="transcripts, also in folders in it")
    build.add_argument("out", metavar="OUT", help="where to; stopped, run it again: it goes on")
    build.add_argument("--processes", type=int, metavar="N", help="default: one a core")
    build.set_defaults(run=_build)


def _build(args: argparse.Namespace) -> int:
    from importlib.util import find_spec

    if find_spec("pyarrow") is None:
        raise BriefingError(
            "a corpus is written with pyarrow, which is not installed: pip install "
            "'briefing-analysis[corpus]'."
        )
    from briefing.corpus.build import build_corpus

    print(build_corpus(args.folder, args.out, processes=args.processes))
    return 0
