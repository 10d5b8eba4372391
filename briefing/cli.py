"""`briefing ...`: turns and measures as CSV, a report for a person, the notebooks.

Exit codes: 0 done; 1 done, but the reading is doubtful (a line on standard error says what to
look at), or a notebook failed; 2 the input cannot be used, with one line on standard error that
says what, where and what next.

`briefing corpus ...`: its part of the command line.

`briefing run`, `report`, `student` and `solutions`: the notebooks from the command line.
"""

from __future__ import annotations

import argparse
import csv
import io
import os
import signal
import sys
from collections.abc import Callable, Sequence

from briefing import __version__
from briefing.corpus.commands import add_commands
from briefing.disk import encoded
from briefing.doubt import add_label, verdict, warning
from briefing.safe import guarded, guarded_table, printable
from briefing.tables import TURNS, BriefingError

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
        print(f"briefing: {printable(' '.join(str(error).split()))}", file=sys.stderr)
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
    shares = commands.add_parser("shares", help="print who has how many of the words as CSV")
    shares.set_defaults(run=_shares)
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
        command.add_argument(
            "--by",
            default=[by],
            type=lambda names: names.split(","),
            metavar="COLUMN[,COLUMN]",
            help=f"speaker, role, ... (default: {by})",
        )
    for command in (turns, shares, topics, keywords, find):
        command.add_argument(
            "--raw",
            action="store_true",
            help="leave texts as they are that a spreadsheet would run as formulas",
        )
    for command in (turns, check, shares, topics, keywords, find):
        command.add_argument(
            "files",
            nargs="+",
            metavar="FILE",
            help="a transcript; several are pages of one event",
        )
    gallery = commands.add_parser("figures", help="draw the figures that hold facts only")
    gallery.add_argument("files", nargs="+", metavar="FILE", help="a transcript, or its pages")
    for command in (turns, check, shares, topics, keywords, find, gallery):
        add_label(command)
    gallery.add_argument("folder", metavar="FOLDER", help="where to; its name is the briefing's")
    gallery.set_defaults(run=_figures)
    _add_corpus(commands)
    add_commands(commands)
    _add_course(commands)
    return parser


def _measure(
    commands: Any, name: str, says: str, table: Callable[[Any, argparse.Namespace], Any]
) -> argparse.ArgumentParser:
    """A command that reads a transcript and prints the table that a measure makes of it."""

    def run(args: argparse.Namespace) -> int:
        from briefing.transcript import read

        talk = read(args.files, labels=args.label)
        made = table(talk, args)
        shown = made if args.raw else guarded_table(made)
        _write(shown.to_csv(index=False, lineterminator="\n"), raw=args.raw)
        return verdict(talk)

    command = commands.add_parser(name, help=says)
    command.set_defaults(run=run)
    return command


def _shares(args: argparse.Namespace) -> int:
    from briefing.transcript import read
    from briefing.words.tally import call, tally

    talk = read(args.files, labels=args.label)
    rows = talk.rows()
    TURNS.check(rows[0], *args.by)
    if talk.uncounted:
        raise BriefingError(f"{'; '.join(talk.uncounted)}.")
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    called = [call(row["speaker"], row["role"]) for row in rows]
    columns["speaker"], columns["named"] = map(list, zip(*called, strict=True))
    shares = tally(columns, args.by)
    _write_rows(shares, [*shares[0]], raw=args.raw)
    return verdict(talk)


def _topics(talk: Transcript, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.measures import topics

    return topics.frequency(talk.tokens, args.dictionary, by=args.by)


def _keywords(talk: Transcript, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.measures import keywords

    return keywords.of_each(talk.tokens, by=args.by, turns=talk.turns)


def _find(talk: Transcript, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.measures.concordance import concordance

    return concordance(talk.turns, args.query, lines=talk.lines)


def _turns(args: argparse.Namespace) -> int:
    from briefing.transcript import read

    transcript = read(args.files, labels=args.label)
    rows = transcript.rows()
    linked = {i: turn.answers for i, turn in enumerate(transcript.reading.turns, 1)}
    for row in rows:
        row["answers"] = ",".join(str(q + 1) for q in linked[row["turn_id"]])
    needed = [name for name in TURNS.optional if name in rows[0]]
    _write_rows(rows, [*COLUMNS, *needed], raw=args.raw)
    for why in transcript.uncounted:
        print(f"briefing: {why}.", file=sys.stderr)
    return verdict(transcript)


def _check(args: argparse.Namespace) -> int:
    from briefing.corrections import refuse_existing, save_corrections
    from briefing.transcript import read

    if args.write_corrections:
        refuse_existing(args.files[0])
    transcript = read(args.files, labels=args.label)
    if args.write_corrections:
        made = save_corrections(transcript, args.files[0])
        print(f"briefing: wrote {made}; change what is wrong and read again.", file=sys.stderr)
    report = transcript.report
    _write(f"{report}\n")
    return max(verdict(transcript), int(bool(report.unplaced)))


def _figures(args: argparse.Namespace) -> int:
    from briefing.course.gallery import make_gallery
    from briefing.transcript import read, slug

    talk = read(args.files, labels=args.label)
    talk.briefing_id = slug(os.path.basename(os.path.abspath(args.folder)))
    made = make_gallery(talk, args.folder)
    print(f"briefing: wrote {len(made)} files to {args.folder}", file=sys.stderr)
    return verdict(talk)


def _write_rows(rows: list[dict[str, Any]], columns: list[str], *, raw: bool) -> None:
    out = io.StringIO(newline="")
    table = csv.DictWriter(out, columns, extrasaction="ignore", lineterminator="\n")
    table.writeheader()
    table.writerows(rows if raw else map(_guarded, rows))
    _write(out.getvalue(), raw=raw)


def _guarded(row: dict[str, Any]) -> dict[str, Any]:
    return {key: guarded(cell) if isinstance(cell, str) else cell for key, cell in row.items()}


def _write(text: str, *, raw: bool = False) -> None:
    """Print a table or report; what a source hides in it reaches no terminal."""
    safe = text if raw and not sys.stdout.isatty() else printable(text)
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(encoded(safe))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BriefingError(
            f"cannot write the output: {error.strerror or error}. Make room, or send it elsewhere."
        ) from error


if __name__ == "__main__":
    sys.exit(main())


def _add_corpus(commands: Any) -> None:
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
    from briefing.corpus.dataset import build

    print(build(args.folder, args.out, processes=args.processes))
    return 0


def _add_course(commands: Any) -> None:
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
        help="a transcript, the pages of one, or a folder (default: the sample, with the course)",
    )
    report.add_argument("-o", "--output", metavar="FOLDER", help="default: build/ID/report")
    report.add_argument("--format", choices=("html", "md"), default="html", help="default: html")
    report.add_argument("--id", dest="briefing_id", help="name of the folder in build/, as for run")
    report.add_argument("--topics", help="topics of the questions: a TOML file (default: general)")
    report.add_argument(
        "--media", metavar="URL", help="the recording, for links at turns with times"
    )
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
    from briefing.course.site import report

    if len(args.files) == 1 and os.path.isdir(args.files[0]):
        from briefing.course.series import write_series

        name = os.path.basename(os.path.abspath(args.files[0]))
        print(write_series(args.files[0], args.output or os.path.join("build", name, "report")))
        return 0
    made = report(
        args.files,
        folder=args.output,
        markdown=args.format == "md",
        briefing_id=args.briefing_id,
        labels=args.label,
        **{name: given for name in ("topics", "media") if (given := getattr(args, name))},
    )
    print(made)
    if made.left_out:
        print(f"briefing: the lessons are left out: {made.left_out}", file=sys.stderr)
    for talk in made.doubtful:
        print(f"briefing: {printable(warning(talk))}", file=sys.stderr)
    return int(bool(made.doubtful))


def _student(args: argparse.Namespace) -> int:
    from briefing.course.copies import write_student
    from briefing.course.homes import shown

    print(f"Copies without solutions: {shown(write_student())}{os.sep}")
    return 0


def _solutions(args: argparse.Namespace) -> int:
    from briefing.course.copies import check_solutions

    print(check_solutions())
    return 0
