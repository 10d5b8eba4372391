"""`briefing ...`: turns and measures as tables, a report to read, the lessons.

`commands.toml` describes each command and its options; `RUNS` holds the functions.
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

from briefing.display import warning
from briefing.prose import counted
from briefing.safe import as_csv, encoded, printable, save, scratch, slug
from briefing.tables import TURNS, BriefingError, data

TYPE_CHECKING = False  # importing typing takes longer than everything `briefing turns` needs
if TYPE_CHECKING:
    from typing import Any

    import pandas as pd

    from briefing.transcript import Transcript

    Args = argparse.Namespace
    Table = pd.DataFrame | list[dict[str, Any]]

COLUMNS = "turn_id speaker role organisation answers inferred n_words start_s stop_s text".split()
FORMATS = ("csv", "json", "parquet", "table")


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
    except BrokenPipeError:  # whoever reads the pipe has stopped
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except KeyboardInterrupt:
        return 130


def _run(args: Args) -> int:
    """Run the command; `-` is standard input, saved to a file."""
    if args.needs:
        _need(*args.needs)
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


# Shared by all commands


def _read(args: Args) -> Transcript:
    from briefing.transcript import read

    talk = read(args.files, labels=args.label)
    if args.verbose:
        print(printable("\n".join(talk.report.believes())), file=sys.stderr)
    return talk


def _verdict(args: Args, *talks: Transcript) -> int:
    """The exit code for readings: 0 if all are sure, 1 with a warning if one is not."""
    doubtful = [talk for talk in talks if talk.status == "doubtful"]
    for talk in doubtful:
        _say(args, warning(talk))
    return int(bool(doubtful))


def _say(args: Args, text: str) -> None:
    """Print a remark on standard error, unless quiet."""
    if not args.quiet:
        print(_line(text), file=sys.stderr)


def _line(text: str) -> str:
    return f"briefing: {printable(' '.join(text.split()))}"


def _print(args: Args, table: Table) -> None:
    """Print a table or write it to a file: as CSV by default, in readable form on a terminal."""
    usual = "table" if args.output is None and sys.stdout.isatty() else "csv"
    ending = Path(args.output or "").suffix[1:].casefold()
    kind = args.format or (ending if ending in FORMATS else usual)
    if kind == "csv":
        return _write(args, as_csv(table, raw=args.raw), raw=args.raw)
    import pandas as pd

    frame = pd.DataFrame(table)
    if kind == "table":
        from briefing.display import aligned

        shown = [c for c in frame if not args.shows or c in args.by or c in args.shows]
        width = shutil.get_terminal_size().columns
        return _write(args, aligned(frame[shown], width) + "\n")
    if kind == "json":
        text = frame.to_json(orient="records", force_ascii=False, indent=1)
        return _write(args, f"{text}\n")
    _need("pyarrow", "Parquet is written with pyarrow", "corpus")
    return _put(args, frame.to_parquet(index=False))


def _write(args: Args, text: str, *, raw: bool = False) -> None:
    """Print or write text; control characters in a source never reach the terminal."""
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
        raise BriefingError.of("cannot print", said=error.strerror or error) from error


def _need(module: str, why: str, extra: str) -> None:
    if find_spec(module) is None:
        raise BriefingError.of("not installed", why=why, extra=extra)


def _on_one(command: Callable[[Args, Transcript], None]) -> Callable[[Args], int]:
    """A command on one transcript; its exit code says how sure the reading is."""

    def run(args: Args) -> int:
        talk = _read(args)
        command(args, talk)
        return _verdict(args, talk)

    return run


def _on_many(command: Callable[..., None]) -> Callable[[Args], int]:
    """A command on the turns of a folder, and of a second one if given."""

    def run(args: Args) -> int:
        places = filter(None, (args.path, getattr(args, "other", None)))
        turns, talks = zip(*map(_turns_in, places), strict=True)
        command(args, *turns)
        return _verdict(args, *filter(None, talks))

    return run


def _turns_in(path: str) -> tuple[pd.DataFrame, Transcript | None]:
    """The turns of a folder, a corpus or one file; for a file, the transcript too."""
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
            raise BriefingError.of("corrections need a file")
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
    from briefing.words.tokens import themes

    words = keywords.of_each(talk.tokens, by=args.by, turns=talk.turns)
    shown = words if args.function_words else themes(words)
    _print(args, shown)
    if n := len(words) - len(shown):
        said = counted(n, "word is", "words are")
        _say(args, f"{said} left out (the, know, thank, Ms.); --function-words shows all.")


@_on_one
def _find(args: Args, talk: Transcript) -> None:
    from briefing.measures import context

    _print(args, context.concordance(talk.turns, args.query, lines=talk.lines))


@_on_one
def _figures(args: Args, talk: Transcript) -> None:
    from briefing.course.lesson import make_gallery

    talk.briefing_id = slug(os.path.basename(os.path.abspath(args.folder)))
    made = make_gallery(talk, args.folder)
    _say(args, f"wrote {counted(len(made), 'file')} to {args.folder}")


# The commands on many


@_on_many
def _floor(args: Args, turns: pd.DataFrame) -> None:
    from briefing.measures.floor import calls, share
    from briefing.words.groups import NOT_NAMED

    listed = calls(turns)
    if args.kinds:
        kinds = _told(args.kinds, "outlet")
        listed = listed.merge(kinds, how="left", on="outlet")
        unknown = listed["outlet"].isna().map({True: NOT_NAMED, False: "not listed"})
        for column in kinds.columns.drop("outlet"):
            listed[column] = listed[column].fillna(unknown)
    made = listed if args.by == ["call"] else share(listed, by=args.by)
    _print(args, made)
    _draw(args, made)


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
    from briefing.measures.over_time import around, track
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
    _draw(args, made)
    if args.period == "month" and (found := made.attrs["change"]) and found["changed"]:
        _say(args, f"the rate changes about {found['period']} (p={found['p']:.3f}).")


@_on_many
def _align(args: Args, turns: pd.DataFrame, translation: pd.DataFrame) -> None:
    from briefing.measures.bilingual import align

    names = None
    if args.names:
        told = _told(args.names, "original", "translation")
        names = dict(zip(told["original"], told["translation"], strict=True))
    made = align(turns, translation, names=names)
    _print(args, made)
    if args.html:
        from briefing.course.site import Part, page

        both = Part("Side by side", f"{counted(len(made), 'row')}.", made.drop(columns="score"))
        save(Path(args.html), page(Path(args.path).name, [both]))


def _draw(args: Args, made: pd.DataFrame) -> None:
    """Draw a table if `--figure` asks for it: a picture, its table and its caption."""
    if args.figure is None:
        return
    from briefing.figures import save

    for path in save(made, args.figure.parent, args.figure.stem):
        _say(args, f"wrote {path}")


def _told(path: str, *needed: str) -> pd.DataFrame:
    """A table supplied by the user, with one row for each value of its first column."""
    from briefing.interchange.convert import read_table

    table = read_table(path)
    if missing := [name for name in needed if name not in table]:
        said = ", ".join(needed)
        raise BriefingError.of("no named column", path=path, column=missing[0], needed=said)
    return table.drop_duplicates(needed[0])


def _people(args: Args) -> int:
    from briefing.corpus.folder import read as read_folder
    from briefing.corpus.people import refuse_written, write_people

    refuse_written(args.folder)
    turns, report = read_folder(args.folder, progress=sys.stderr.isatty())
    print(write_people(turns, report, args.folder))
    return 0


def _build(args: Args) -> int:
    from briefing.corpus.store import build

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
    from briefing.course.site import copy_course, shown

    home = shown(copy_course(args.folder))
    print(f"The lessons and their data are in {home}{os.sep}\nOpen them with: briefing lab {home}")
    return 0


def _lab(args: Args) -> int:
    from briefing.course.run import open_lab

    return open_lab(args.folder)


def _run_lessons(args: Args) -> int:
    from briefing.course.run import NotebookError, private, run_notebooks

    # SIGTERM ends it like Ctrl-C: no interpreter or temporary folder is left behind
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
    from briefing.course.run import write_student
    from briefing.course.site import shown

    print(f"Copies without solutions: {shown(write_student())}{os.sep}")
    return 0


def _solutions(args: Args) -> int:
    from briefing.course.run import check_solutions

    print(check_solutions())
    return 0


RUNS: dict[str, Callable[[Args], int]] = {
    "check": _check, "turns": _turns, "shares": _shares, "topics": _topics, "keywords": _keywords,
    "find": _find, "people": _people, "floor": _floor, "reuse": _reuse, "track": _track,
    "align": _align, "report": _report, "figures": _figures, "course": _course, "lab": _lab,
    "run": _run_lessons, "student": _student, "solutions": _solutions, "corpus build": _build,
}  # fmt: skip
TYPES = {"int": int, "path": Path, "names": lambda given: given.split(",")}


def _parser() -> argparse.ArgumentParser:
    told = data("briefing", "commands.toml")
    parser = argparse.ArgumentParser(
        prog="briefing",
        description=told["says"],
        epilog=told["epilog"],
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    version = f"briefing {__version__}"
    parser.add_argument("-V", "--version", action="version", version=version)
    groups = {"": parser.add_subparsers(required=True, metavar="COMMAND")}
    for name, about in told["commands"].items():
        group, _, last = name.rpartition(" ")
        says = about["says"]
        if group not in groups:
            made = groups[""].add_parser(group, help=f"{group} {last}: {says}")
            groups[group] = made.add_subparsers(required=True, metavar="COMMAND")
        whole = f"{says[0].upper()}{says[1:]}."
        command = groups[group].add_parser(last, help=says, description=whole)
        shows, needs = about.get("shows", "").split(), about.get("needs")
        command.set_defaults(run=RUNS[name], shows=shows, needs=needs, by=())
        for option in (*about["takes"], "quiet"):
            takes: dict[str, Any] = dict(told["options"][option])
            flags = takes.pop("flags")
            if "type" in takes:
                takes["type"] = TYPES[takes["type"]]
            command.add_argument(*flags, **takes)
    return parser


if __name__ == "__main__":
    sys.exit(main())
