"""`briefing ...`: turns and measures as tables, a report for a person, the lessons.

`COMMANDS` lists them all: what each is called, what it says of itself, what it runs and takes.
"""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
from collections.abc import Callable, Sequence
from importlib.util import find_spec
from pathlib import Path

try:
    from briefing import __version__, find  # noqa: F401 (a name that only ours has)
except ImportError as error:
    raise SystemExit(
        "briefing: another package called `briefing` was installed after this one, and has "
        "overwritten its files. Say: pip uninstall briefing briefing-analysis, and then: "
        "pip install briefing-analysis"
    ) from error

from briefing.doubt import warning
from briefing.prose import counted
from briefing.safe import as_csv, encoded, printable, save, scratch
from briefing.tables import TURNS, BriefingError

TYPE_CHECKING = False  # typing costs more than all that `briefing turns` needs
if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from briefing.transcript import Transcript

    Args = argparse.Namespace
    Table = pd.DataFrame | list[dict[str, Any]]

EPILOG = """\
Start with `briefing check FILE`, then `briefing turns FILE > turns.csv`.
`briefing COMMAND --help` says what a command takes.

exit codes:
  0    done
  1    done, but a reading is doubtful (a warning says where to look), or a notebook failed
  2    the command or its input cannot be used: one line says what is wrong, where and what next
  130  stopped by Ctrl-C

completion in bash and zsh:
  eval "$(register-python-argcomplete briefing)"
"""
COLUMNS = "turn_id speaker role organisation answers inferred n_words start_s stop_s text".split()
FORMATS = ("csv", "json", "parquet", "table")
IN_A_TERMINAL = {  # the columns to read; files have them all
    "turns": "turn_id speaker role answers n_words text",
    "shares": "speaker role n_turns n_words share_words",
    "topics": "topic n_hits n_words per_1000 low high",
    "keywords": "token n_target n_reference log_ratio lrc flag",
    "find": "turn_id speaker left node right",
    "floor": "briefing_id call_id person outlet n_calls n_turns answered_by n_words_received "
    "follow_ups_per_call",
    "reuse": "status text n_words n n_briefings speakers",
    "align": "original_ids translation_ids status text_original text_translation",
}


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command and return its exit code."""
    parser = _parser()
    if "_ARGCOMPLETE" in os.environ:
        import argcomplete

        argcomplete.autocomplete(parser)
    args = parser.parse_args(argv)
    if getattr(args, "quiet", False):
        os.environ["TQDM_DISABLE"] = "1"
    try:
        return _run(args)
    except BriefingError as error:
        print(_line(str(error)), file=sys.stderr)
        return 2
    except BrokenPipeError:  # the reader of the pipe has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _run(args: Args) -> int:
    """Run the command, with standard input as a file where `-` stands for it."""
    code: int
    if "-" not in (getattr(args, "files", None) or ()):
        code = args.run(args)
        return code
    with scratch() as folder:
        held = Path(folder, "standard-input")
        held.write_bytes(sys.stdin.buffer.read())
        args.files = [str(held) if file == "-" else file for file in args.files]
        code = args.run(args)
    return code


# What every command shares


def _read(args: Args) -> Transcript:
    from briefing.transcript import read

    talk = read(args.files, labels=args.label)
    if args.verbose:
        print(printable(str(talk.report).partition("\n\n")[0]), file=sys.stderr)
    return talk


def _verdict(args: Args, *talks: Transcript) -> int:
    """The exit code for readings: 0 where they are sure, 1 with a warning where one is not."""
    doubtful = [talk for talk in talks if talk.status == "doubtful"]
    for talk in doubtful:
        _say(args, warning(talk))
    return int(bool(doubtful))


def _say(args: Args, text: str) -> None:
    """A remark on standard error, unless it is to be quiet."""
    if not args.quiet:
        print(_line(text), file=sys.stderr)


def _line(text: str) -> str:
    return f"briefing: {printable(' '.join(text.split()))}"


def _print(args: Args, table: Table) -> None:
    """Print a table, or write it to a file: by default as CSV, on a terminal made for reading."""
    usual = "table" if args.output is None and sys.stdout.isatty() else "csv"
    ending = Path(args.output or "").suffix[1:].casefold()
    kind = args.format or (ending if ending in FORMATS else usual)
    if kind == "csv":
        return _write(args, as_csv(table, raw=args.raw), raw=args.raw)
    import pandas as pd

    frame = pd.DataFrame(table)
    if kind == "table":
        from briefing.display import aligned

        read = IN_A_TERMINAL.get(args.command)
        shown = [c for c in frame if read is None or c in args.by or c in read.split()]
        width = shutil.get_terminal_size().columns
        return _write(args, aligned(frame[shown], width) + "\n")
    if kind == "json":
        text = frame.to_json(orient="records", force_ascii=False, indent=1)
        return _write(args, f"{text}\n")
    _need("pyarrow", "Parquet is written with pyarrow", "corpus")
    return _put(args, frame.to_parquet(index=False))


def _write(args: Args, text: str, *, raw: bool = False) -> None:
    """Print or write text; what a source hides in it reaches no terminal."""
    as_it_is = raw and (args.output is not None or not sys.stdout.isatty())
    _put(args, encoded(text if as_it_is else printable(text)))


def _put(args: Args, content: bytes) -> None:
    if args.output is not None:
        save(Path(args.output).expanduser(), content)
        return
    try:
        sys.stdout.flush()
        sys.stdout.buffer.write(content)
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        raise BriefingError(
            f"cannot write the output: {error.strerror or error}. Make room, or send it elsewhere."
        ) from error


def _need(module: str, why: str, extra: str) -> None:
    if find_spec(module) is None:
        raise BriefingError(
            f"{why}, which is not installed: pip install 'briefing-analysis[{extra}]'."
        )


def _on_one(command: Callable[[Args, Transcript], None]) -> Callable[[Args], int]:
    """A command on one transcript: it ends as the reading of that does."""

    def run(args: Args) -> int:
        talk = _read(args)
        command(args, talk)
        return _verdict(args, talk)

    return run


def _on_many(command: Callable[..., None]) -> Callable[[Args], int]:
    """A command on the turns of a folder, and on those of another where one is given."""

    def run(args: Args) -> int:
        places = filter(None, (args.path, getattr(args, "other", None)))
        turns, talks = zip(*map(_turns_in, places), strict=True)
        command(args, *turns)
        return _verdict(args, *filter(None, talks))

    return run


def _turns_in(path: str) -> tuple[pd.DataFrame, Transcript | None]:
    """The turns of a folder, a corpus or one file; of a file the transcript too."""
    if os.path.isfile(os.path.join(path, "corpus.json")):
        from briefing.corpus.store import load

        return load(path), None
    if os.path.isdir(path):
        from briefing.corpus.folder import read as read_folder

        return read_folder(path, progress=sys.stderr.isatty()).turns, None
    from briefing.transcript import read

    talk = read(path)
    return talk.turns, talk


# The commands on one transcript


@_on_one
def _turns(args: Args, talk: Transcript) -> None:
    linked = {i: turn.answers for i, turn in enumerate(talk.reading.turns, 1)}
    rows = talk.rows()
    for row in rows:
        row["answers"] = ",".join(str(q + 1) for q in linked[row["turn_id"]])
    columns = [*COLUMNS, *(name for name in TURNS.optional if name in rows[0])]
    _print(args, [{name: row[name] for name in columns} for row in rows])
    for why in talk.uncounted:
        _say(args, f"{why}.")


def _check(args: Args) -> int:
    from briefing.corrections import refuse_existing, save_corrections

    path = args.files[0]
    if args.write_corrections:
        if Path(path).name == "standard-input":
            raise BriefingError("corrections lie beside a file. Save the transcript first.")
        refuse_existing(path)
    talk = _read(args)
    if args.write_corrections:
        made = save_corrections(talk, path)
        _say(args, f"wrote {made}; change what is wrong and read again.")
    _write(args, f"{talk.report}\n")
    return max(_verdict(args, talk), int(bool(talk.report.unplaced)))


@_on_one
def _shares(args: Args, talk: Transcript) -> None:
    from briefing.words.tally import call, tally

    rows = talk.rows()
    TURNS.check(rows[0], *args.by)
    if talk.uncounted:
        raise BriefingError(f"{'; '.join(talk.uncounted)}.")
    columns = {name: [row[name] for row in rows] for name in rows[0]}
    called = [call(row["speaker"], row["role"]) for row in rows]
    columns["speaker"], columns["named"] = map(list, zip(*called, strict=True))
    _print(args, tally(columns, args.by))


@_on_one
def _topics(args: Args, talk: Transcript) -> None:
    from briefing.measures import topics

    _print(args, topics.frequency(talk.tokens, args.dictionary, by=args.by))


@_on_one
def _keywords(args: Args, talk: Transcript) -> None:
    from briefing.measures import keywords

    words = keywords.of_each(talk.tokens, by=args.by, turns=talk.turns)
    functional = words["function_word"].astype("bool")
    _print(args, words if args.function_words else words[~functional])
    if functional.any() and not args.function_words:
        said = counted(functional.sum(), "function word is", "function words are")
        _say(args, f"{said} left out; --function-words shows all.")


@_on_one
def _find(args: Args, talk: Transcript) -> None:
    from briefing.measures import context

    _print(args, context.concordance(talk.turns, args.query, lines=talk.lines))


@_on_one
def _figures(args: Args, talk: Transcript) -> None:
    from briefing.course.gallery import make_gallery
    from briefing.transcript import slug

    talk.briefing_id = slug(os.path.basename(os.path.abspath(args.folder)))
    made = make_gallery(talk, args.folder)
    _say(args, f"wrote {counted(len(made), 'file')} to {args.folder}")


# The commands on many


@_on_many
def _floor(args: Args, turns: pd.DataFrame) -> None:
    from briefing.measures.floor import calls, share

    listed = calls(turns)
    _print(args, listed if args.by == ["call"] else share(listed, by=args.by))


@_on_many
def _reuse(args: Args, turns: pd.DataFrame, earlier: pd.DataFrame | None = None) -> None:
    from briefing.measures.reuse import any_tokens, repeats, since

    if earlier is None:
        made = repeats(any_tokens(turns), min_words=args.words)
    else:
        earlier = earlier[~earlier["briefing_id"].isin(turns["briefing_id"])]
        made = since(any_tokens(turns), any_tokens(earlier), min_words=args.words)
    _print(args, made)


@_on_many
def _track(args: Args, turns: pd.DataFrame) -> None:
    from briefing.measures.over_time import around, change, track
    from briefing.measures.reuse import any_tokens

    words = any_tokens(turns)
    if args.around:
        made = around(words, args.word, args.around, among=args.among or "speaker")
        _print(args, made)
        if made.attrs["changed_speakers"]:
            _say(args, "fewer than half of the words are by people who speak before and after it.")
        return
    made = track(words, args.word, by=args.period, among=args.among)
    _print(args, made)
    if args.among is None and args.period == "month" and (found := change(made))["changed"]:
        _say(args, f"the rate changes about {found['period']} (p={found['p']:.3f}).")


@_on_many
def _align(args: Args, turns: pd.DataFrame, translation: pd.DataFrame) -> None:
    from briefing.measures.bilingual import align

    made = align(turns, translation)
    _print(args, made)
    if args.html:
        from briefing.course.site import page

        both = ("Side by side", f"{counted(len(made), 'row')}.", made.drop(columns="score"))
        save(Path(args.html), page(Path(args.path).name, [both]))


def _people(args: Args) -> int:
    from briefing.corpus.folder import read as read_folder
    from briefing.corpus.people import refuse_written, write_people

    refuse_written(args.folder)
    turns, report = read_folder(args.folder, progress=sys.stderr.isatty())
    print(write_people(turns, report, args.folder))
    return 0


def _build(args: Args) -> int:
    _need("pyarrow", "a corpus is written with pyarrow", "corpus")
    from briefing.corpus.dataset import build

    print(build(args.folder, args.out, processes=args.processes))
    return 0


def _report(args: Args) -> int:
    if len(args.files) == 1 and os.path.isdir(args.files[0]):
        from briefing.course.site import write_series

        name = os.path.basename(os.path.abspath(args.files[0]))
        print(write_series(args.files[0], args.output or os.path.join("build", name, "report")))
        return 0
    from briefing.course.site import report

    made = report(
        args.files,
        folder=args.output,
        markdown=args.format == "md",
        briefing_id=args.briefing_id,
        labels=args.label,
        **{name: given for name in ("topics", "media", "since") if (given := getattr(args, name))},
    )
    print(made)
    if made.left_out:
        _say(args, f"the lessons are left out: {made.left_out}")
    return _verdict(args, *made.doubtful)


def _course(args: Args) -> int:
    from briefing.course.homes import copy_course, shown

    home = shown(copy_course(args.folder))
    print(f"The lessons and their data are in {home}{os.sep}\nOpen them with: briefing lab {home}")
    return 0


def _lab(args: Args) -> int:
    _need("jupyterlab", "the lessons open in JupyterLab", "notebooks")
    from briefing.course.run import open_lab

    return open_lab(args.folder)


def _run_lessons(args: Args) -> int:
    _need("nbclient", "the lessons run in Jupyter", "notebooks")
    from briefing.course.run import NotebookError, private, run_notebooks

    # told to end, it ends as with Ctrl-C: no interpreter or temporary folder outlives it
    signal.signal(signal.SIGTERM, lambda *_: signal.raise_signal(signal.SIGINT))
    code = 0
    for path in (args.transcript, *([] if args.transcript else private())):
        try:
            made = run_notebooks(path, briefing_id=args.briefing_id, labels=args.label)
            print(made)
            code = max(code, _verdict(args, *made.doubtful))
        except BriefingError as error:
            if path is args.transcript and not isinstance(error, NotebookError):
                raise
            print(_line(str(error)), file=sys.stderr)
            code = 1
    return code


def _student(args: Args) -> int:
    _need("nbformat", "notebooks are copied by Jupyter", "notebooks")
    from briefing.course.homes import shown
    from briefing.course.run import write_student

    print(f"Copies without solutions: {shown(write_student())}{os.sep}")
    return 0


def _solutions(args: Args) -> int:
    _need("nbclient", "the lessons run in Jupyter", "notebooks")
    from briefing.course.run import check_solutions

    print(check_solutions())
    return 0


# What they take: names and options, as argparse has them


def _takes(*names: str, **options: Any) -> tuple[tuple[str, ...], dict[str, Any]]:
    return names, options


def _by(usual: str, others: str = "speaker, role, ...") -> tuple[tuple[str, ...], dict[str, Any]]:
    return _takes(
        "--by",
        default=[usual],
        type=lambda names: names.split(","),
        metavar="COLUMN[,COLUMN]",
        help=f"{others} (default: {usual})",
    )


QUIET = _takes("-q", "--quiet", action="store_true", help="no remarks, warnings or progress")
VERBOSE = _takes("-v", "--verbose", action="store_true", help="say first how the file was read")
FILES = _takes(
    "files", nargs="+", metavar="FILE",
    help="a transcript, or - for standard input; several are pages of one event",
)  # fmt: skip
LABEL = _takes(
    "--label", action="append", default=[], metavar="LABEL",
    help="a label as it is printed, with its marks ('The Minister.'), where the labels are not "
    "found; may be given several times",
)  # fmt: skip
FOLDER = _takes("path", metavar="FOLDER", help="transcripts, also in folders in it; or one file")
OUTPUT = _takes("-o", "--output", metavar="FILE", help="write to FILE, not to standard output")
ID = _takes(
    "--id", dest="briefing_id", help="name of the folder in build/ (default: from the file's name)"
)
READS = (FILES, LABEL, VERBOSE)
PRINTS = (
    OUTPUT,
    _takes(
        "--format", choices=FORMATS,
        help="default: by FILE's ending; otherwise table on a terminal, csv in a pipe",
    ),
    _takes(
        "--raw", action="store_true",
        help="leave texts as they are that a spreadsheet would run as formulas",
    ),
)  # fmt: skip
COMMANDS: tuple[tuple[str, str, Callable[[Args], int], tuple[Any, ...]], ...] = (
    ("check", "say how every line was read, for a person to check", _check, (
        *READS, OUTPUT, _takes(
            "--write-corrections", action="store_true",
            help="write how it was read to FILE.corrections.toml, for you to change",
        ),
    )),
    ("turns", "print the turns", _turns, (*READS, *PRINTS)),
    ("shares", "print who has how many of the words", _shares,
        (*READS, *PRINTS, _by("speaker"))),
    ("topics", "print how often each topic comes up", _topics, (
        *READS, *PRINTS, _by("role"), _takes(
            "--dictionary", default="digital-policy",
            help="a TOML file (default: digital-policy)",
        ),
    )),
    ("keywords", "print the words typical of each", _keywords, (
        *READS, *PRINTS, _by("speaker"), _takes(
            "--function-words", action="store_true", help="with the, of, you and their like",
        ),
    )),
    ("find", "print every place of a word or phrase", _find, (
        _takes("query", metavar="QUERY", help="a word, wildcard or phrase: 'digital econom*'"),
        *READS, *PRINTS,
    )),
    ("people", "write who is who in FOLDER to people.toml", _people, (
        _takes("folder", metavar="FOLDER", help="transcripts, also in folders in it"),
    )),
    ("floor", "print who is called on, and what they get", _floor, (
        FOLDER, *PRINTS,
        _by("outlet", "outlet, person, answered_by, briefing_id, ...; call: every call"),
    )),
    ("reuse", "print what is said again word for word", _reuse, (
        FOLDER, *PRINTS,
        _takes(
            "--since", dest="other", metavar="FOLDER",
            help="earlier briefings: what is new since, kept, gone",
        ),
        _takes("--words", type=int, default=8, metavar="N", help="at least (default: 8)"),
    )),
    ("track", "print how often WORD is said over time", _track, (
        FOLDER, _takes("word", metavar="WORD", help="a word, wildcard or phrase"), *PRINTS,
        _takes(
            "--by", dest="period", default="month", metavar="PERIOD",
            help="year, month or date (default: month)",
        ),
        _takes("--among", metavar="COLUMN", help="count by role, speaker, person, ... too"),
        _takes("--around", metavar="DATE", help="before and after it, by --among"),
    )),
    ("align", "pair a briefing with its translation", _align, (
        FOLDER, _takes("other", metavar="TRANSLATION", help="a file in another language"),
        *PRINTS, _takes("--html", metavar="FILE", help="write the two columns side by side, too"),
    )),
    ("report", "write the briefing report: one page, with the lessons if they ran", _report, (
        _takes(
            "files", nargs="*", metavar="FILE",
            help="a transcript, the pages of one, or a folder (default: the sample and its course)",
        ),
        _takes("-o", "--output", metavar="FOLDER", help="default: build/ID/report"),
        _takes("--format", choices=("html", "md"), default="html", help="default: html"),
        _takes("--topics", help="topics of the questions: a TOML file (default: general)"),
        _takes("--media", metavar="URL", help="the recording, for links at turns with times"),
        _takes("--since", metavar="FILE", help="one before, or a folder: what was said already"),
        ID, LABEL,
    )),
    ("figures", "draw the figures that hold facts only", _figures, (
        *READS, _takes("folder", metavar="FOLDER", help="where to; its name is the briefing's"),
    )),
    ("course", "copy the lessons, the teacher's pages and the data into FOLDER", _course, (
        _takes("folder", metavar="FOLDER", help="is made if it is not there"),
    )),
    ("lab", "open the lessons in JupyterLab", _lab, (
        _takes("folder", metavar="FOLDER", nargs="?", help="default: the course you are in"),
    )),
    ("run", "run the lessons on the sample, or on TRANSCRIPT", _run_lessons, (
        _takes(
            "transcript", nargs="?", metavar="TRANSCRIPT",
            help="default: the sample in data/, then every file in data/private/",
        ),
        ID, LABEL,
    )),
    ("student", "copy the lessons without their solutions", _student, ()),
    ("solutions", "check that every solution still holds", _solutions, ()),
    ("corpus build", "read what is new or changed in FOLDER into OUT, as Parquet", _build, (
        _takes("folder", metavar="FOLDER", help="transcripts, also in folders in it"),
        _takes("out", metavar="OUT", help="where to; stopped, run it again: it goes on"),
        _takes("--processes", type=int, metavar="N", help="default: one a core"),
    )),
)  # fmt: skip


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="briefing",
        description="Read press briefings as discourse: who held the floor, in which words.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    version = f"briefing {__version__}"
    parser.add_argument("-V", "--version", action="version", version=version)
    groups = {"": parser.add_subparsers(required=True, metavar="COMMAND")}
    for name, says, run, takes in COMMANDS:
        group, _, last = name.rpartition(" ")
        if group not in groups:
            made = groups[""].add_parser(group, help=f"{group} {last}: {says}")
            groups[group] = made.add_subparsers(required=True, metavar="COMMAND")
        command = groups[group].add_parser(
            last, help=says, description=f"{says[0].upper()}{says[1:]}."
        )
        command.set_defaults(run=run, command=name, by=())
        for names, options in (*takes, QUIET):
            command.add_argument(*names, **options)
    return parser


if __name__ == "__main__":
    sys.exit(main())
