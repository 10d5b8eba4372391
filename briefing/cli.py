"""`briefing ...`: turns and measures as CSV, a report for a person, the notebooks.

Exit codes: 0 done; 1 `check` found text it could not place, or a notebook failed; 2 the
input cannot be used, with one line on standard error that says what, where and what next.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections.abc import Callable, Sequence

from briefing import __version__
from briefing.corpus.command import add_commands
from briefing.tables import BriefingError

TYPE_CHECKING = False  # typing costs more than all that `briefing turns` needs
if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from briefing.transcript import Transcript

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
    shares = _measure(commands, "shares", "print who has how many of the words as CSV", _shares)
    topics = _measure(commands, "topics", "print how often each topic comes up as CSV", _topics)
    keywords = _measure(commands, "keywords", "print the words typical of each as CSV", _keywords)
    find = _measure(commands, "find", "print every place of a word or phrase as CSV", _find)
    find.add_argument(
        "query", metavar="QUERY", help="a word, wildcard or phrase: 'digital econom*'"
    )
    topics.add_argument(
        "--dictionary", default="digital-policy", help="a TOML file (default: digital-policy)"
    )
    for command, by in ((shares, "speaker"), (topics, "role"), (keywords, "speaker")):
        command.add_argument("--by", default=by, help=f"speaker, role, ... (default: {by})")
    for command in (turns, check, shares, topics, keywords, find):
        command.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="a transcript; several are pages of one event",
        )
        command.add_argument(
            "--layout", help="label shape, where the document's own evidence misleads"
        )
    gallery = commands.add_parser("figures", help="draw the figures that hold facts only")
    gallery.add_argument("files", nargs="+", metavar="FILE", help="a transcript, or its pages")
    gallery.add_argument("folder", metavar="FOLDER", help="where to; its name is the briefing's")
    gallery.set_defaults(run=_figures)
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
    run.set_defaults(run=_run)
    report = commands.add_parser("report", help="write the notebooks, as they last ran, as HTML")
    report.add_argument(
        "transcript", nargs="?", metavar="TRANSCRIPT", help="that they ran on (default: the sample)"
    )
    report.add_argument("--id", dest="briefing_id", help="name of the folder in build/, as for run")
    report.set_defaults(run=_report)
    add_commands(commands)
    student = commands.add_parser("student", help="copy the notebooks without their solutions")
    student.set_defaults(run=_student)
    solutions = commands.add_parser("solutions", help="check that every solution still holds")
    solutions.set_defaults(run=_solutions)
    return parser


def _measure(
    commands: Any, name: str, says: str, table: Callable[[Any, argparse.Namespace], Any]
) -> argparse.ArgumentParser:
    """A command that reads a transcript and prints the table that a measure makes of it."""

    def run(args: argparse.Namespace) -> int:
        from briefing.transcript import read

        made = table(read(args.files, layout=args.layout), args)
        _write(made.to_csv(index=False, lineterminator="\n"))
        return 0

    command = commands.add_parser(name, help=says)
    command.set_defaults(run=run)
    return command


def _shares(talk: Transcript, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.speaking import speaking_share

    return speaking_share(talk.turns, by=args.by)


def _topics(talk: Transcript, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.topics.frequency import topic_frequency

    return topic_frequency(talk.tokens, args.dictionary, by=args.by)


def _keywords(talk: Transcript, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.keywords.keyness import theme_keywords

    return theme_keywords(talk.tokens, by=args.by, turns=talk.turns)


def _find(talk: Transcript, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.context.concordance import concordance

    return concordance(talk.turns, args.query, lines=talk.lines)


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


def _figures(args: argparse.Namespace) -> int:
    from briefing.gallery import make_gallery
    from briefing.transcript import read, slug

    talk = read(args.files)
    talk.briefing_id = slug(os.path.basename(os.path.abspath(args.folder)))
    made = make_gallery(talk, args.folder)
    print(f"briefing: wrote {len(made)} files to {args.folder}", file=sys.stderr)
    return 0


def _run(args: argparse.Namespace) -> int:
    from briefing.run import NotebookError, private, run_notebooks

    own = [] if args.transcript else private()
    code = 0
    for path in (args.transcript, *own):
        try:
            print(run_notebooks(path, briefing_id=args.briefing_id))
        except BriefingError as error:
            if path is args.transcript and not isinstance(error, NotebookError):
                raise
            print(f"briefing: {' '.join(str(error).split())}", file=sys.stderr)
            code = 1
    return code


def _report(args: argparse.Namespace) -> int:
    from briefing.publishing.site import publish

    print(publish(args.transcript, briefing_id=args.briefing_id))
    return 0


def _student(args: argparse.Namespace) -> int:
    from briefing.handout import write_student
    from briefing.run import shown

    print(f"Copies without solutions: {shown(write_student())}{os.sep}")
    return 0


def _solutions(args: argparse.Namespace) -> int:
    from briefing.handout import check_solutions

    print(check_solutions())
    return 0


def _write(text: str) -> None:
    sys.stdout.flush()
    sys.stdout.buffer.write(text.encode("utf-8"))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    sys.exit(main())
