"""`briefing ...`: turns as CSV, a report for a person, the notebooks.

Exit codes: 0 done; 1 `check` found text it could not place, or a notebook failed; 2 the
input cannot be used, with one line on standard error that says what, where and what next.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections.abc import Sequence

from briefing import __version__
from briefing.tables import BriefingError

COLUMNS = "turn_id speaker role organisation answers inferred n_words start_s stop_s text".split()


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    args = _parser().parse_args(argv)
    try:
        return args.run(args)
    except BriefingError as error:
        print(f"briefing: {' '.join(str(error).split())}", file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of the pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefing",
        description="Read press briefings as discourse: who held the floor, in which words.",
        epilog="Start with `briefing check FILE`, then `briefing turns FILE > turns.csv`.",
    )
    parser.add_argument("--version", action="version", version=f"briefing {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    turns = commands.add_parser("turns", help="print the turns as CSV (UTF-8)")
    turns.set_defaults(run=_turns)
    check = commands.add_parser("check", help="say how every line was read, for a person to check")
    check.set_defaults(run=_check)
    check.add_argument(
        "--write-corrections",
        action="store_true",
        help="write how it was read to FILE.corrections.toml, for you to change and read again",
    )
    for command in (turns, check):
        command.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="a transcript; several are pages of one event",
        )
        command.add_argument(
            "--layout", help="label shape, where the document's own evidence misleads"
        )
    run = commands.add_parser("run", help="run the notebooks on the sample, or on TRANSCRIPT")
    run.add_argument(
        "transcript", nargs="?", metavar="TRANSCRIPT", help="default: the sample in data/"
    )
    run.add_argument(
        "--id",
        dest="briefing_id",
        help="name of the folder in build/ (default: from the file's name)",
    )
    run.set_defaults(run=_run)
    return parser


def _turns(args: argparse.Namespace) -> int:
    from briefing.transcript import read

    transcript = read(args.files, layout=args.layout)
    rows = transcript.rows()
    linked = {i: turn.answers for i, turn in enumerate(transcript.parsed.turns, 1)}
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, COLUMNS, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    for row in rows:
        table.writerow({**row, "answers": ",".join(str(q + 1) for q in linked[row["turn_id"]])})
    _write(out.getvalue())
    if rows[0]["n_words"] is None:
        print(
            "briefing: words not counted: this language does not put spaces between them; "
            "in Python, pass a tokenizer to briefing.tokenize.",
            file=sys.stderr,
        )
    return 0


def _check(args: argparse.Namespace) -> int:
    from briefing.corrections import refuse_existing, save_corrections
    from briefing.transcript import read

    if args.write_corrections:
        refuse_existing(args.files[0])
    transcript = read(args.files, layout=args.layout)
    if args.write_corrections:
        made = save_corrections(transcript, args.files[0])
        print(f"briefing: wrote {made}; change what is wrong and read again.", file=sys.stderr)
    report = transcript.report
    _write(f"{report}\n")
    return 1 if report.unplaced else 0


def _run(args: argparse.Namespace) -> int:
    from briefing.run import NotebookError, run_notebooks

    try:
        made = run_notebooks(args.transcript, briefing_id=args.briefing_id)
    except NotebookError as error:
        print(f"briefing: {' '.join(str(error).split())}", file=sys.stderr)
        return 1
    print(made)
    return 0


def _write(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
