"""`briefing run`, `report`, `student` and `solutions`: the notebooks from the command line."""

from __future__ import annotations

import argparse
import os
import signal
import sys

from briefing.doubt import add_label, warning
from briefing.safe import printable
from briefing.tables import BriefingError

TYPE_CHECKING = False  # typing costs more than all that `briefing turns` needs
if TYPE_CHECKING:
    from typing import Any


def add_commands(commands: Any) -> None:
    """Add the commands to those of `briefing`."""
    run = commands.add_parser("run", help="run the notebooks on the sample, or on TRANSCRIPT")
    run.add_argument(
        "transcript",
        nargs="?",
        metavar="TRANSCRIPT",
        help="default: the sample in data/, then every file in data/private/",
    )
    run.add_argument(
        "--id",
        dest="briefing_id",
        help="name of the folder in build/ (default: from the file's name)",
    )
    add_label(run)
    run.set_defaults(run=_run)
    report = commands.add_parser(
        "report", help="write the briefing report: one HTML page, with the lessons if they ran"
    )
    report.add_argument(
        "files",
        nargs="*",
        metavar="FILE",
        help="a transcript, or the pages of one (default: the sample, with the course)",
    )
    report.add_argument("-o", "--output", metavar="FOLDER", help="default: build/ID/report")
    report.add_argument("--format", choices=("html", "md"), default="html", help="default: html")
    report.add_argument("--id", dest="briefing_id", help="name of the folder in build/, as for run")
    add_label(report)
    report.set_defaults(run=_report)
    student = commands.add_parser("student", help="copy the notebooks without their solutions")
    student.set_defaults(run=_student)
    solutions = commands.add_parser("solutions", help="check that every solution still holds")
    solutions.set_defaults(run=_solutions)


def _run(args: argparse.Namespace) -> int:
    from briefing.course.run import NotebookError, private, run_notebooks

    # told to end, it ends as with Ctrl-C: no interpreter or temporary folder outlives it
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    own = [] if args.transcript else private()
    code = 0
    for path in (args.transcript, *own):
        try:
            made = run_notebooks(path, briefing_id=args.briefing_id, labels=args.label)
            print(made)
            for talk in made.doubtful:
                print(f"briefing: {printable(warning(talk))}", file=sys.stderr)
                code = 1
        except BriefingError as error:
            if path is args.transcript and not isinstance(error, NotebookError):
                raise
            print(f"briefing: {printable(' '.join(str(error).split()))}", file=sys.stderr)
            code = 1
    return code


def _report(args: argparse.Namespace) -> int:
    from briefing.publishing.site import report

    made = report(
        args.files,
        folder=args.output,
        markdown=args.format == "md",
        briefing_id=args.briefing_id,
        labels=args.label,
    )
    print(made)
    if made.left_out:
        print(f"briefing: the lessons are left out: {made.left_out}", file=sys.stderr)
    for talk in made.doubtful:
        print(f"briefing: {printable(warning(talk))}", file=sys.stderr)
    return int(bool(made.doubtful))


def _student(args: argparse.Namespace) -> int:
    from briefing.course.copies import write_student
    from briefing.course.run import shown

    print(f"Copies without solutions: {shown(write_student())}{os.sep}")
    return 0


def _solutions(args: argparse.Namespace) -> int:
    from briefing.course.copies import check_solutions

    print(check_solutions())
    return 0
