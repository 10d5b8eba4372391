"""`briefing people`, `floor`, ...: what is asked of a whole folder, from the command line."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from briefing.disk import encoded
from briefing.safe import guarded_table, printable

if TYPE_CHECKING:
    import pandas as pd


def add_commands(commands: Any) -> None:
    """Add the commands on folders to those of `briefing`."""
    people = commands.add_parser("people", help="write who is who in FOLDER to people.toml")
    people.add_argument("folder", metavar="FOLDER", help="transcripts, also in folders in it")
    people.set_defaults(run=_people)
    floor = _command(commands, "floor", "print who is called on, and what they get, as CSV", _floor)
    floor.add_argument(
        "--by",
        default="outlet",
        help="outlet, person, answered_by, briefing_id, ...; call: every call (default: outlet)",
    )


def _command(
    commands: Any, name: str, says: str, table: Callable[[pd.DataFrame, argparse.Namespace], Any]
) -> argparse.ArgumentParser:
    """A command that prints the table that a measure makes of the turns of a folder or file."""

    def run(args: argparse.Namespace) -> int:
        made = guarded_table(table(turns_of(args.path), args))
        text = made.to_csv(index=False, lineterminator="\n")
        sys.stdout.buffer.write(encoded(printable(text)))
        return 0

    command: argparse.ArgumentParser = commands.add_parser(name, help=says)
    command.add_argument("path", metavar="FOLDER", help="transcripts, or one file")
    command.set_defaults(run=run)
    return command


def turns_of(path: str) -> pd.DataFrame:
    """The turns of a folder, a corpus or one file."""
    from briefing.corpus.folder import read_briefings
    from briefing.transcript import read

    if os.path.isfile(os.path.join(path, "corpus.json")):
        from briefing.corpus.store import read_turns

        return read_turns(path)
    if os.path.isdir(path):
        return read_briefings(path, progress=sys.stderr.isatty()).turns
    return read(path).turns


def _people(args: argparse.Namespace) -> int:
    from briefing.corpus.folder import read_briefings
    from briefing.corpus.people import refuse_written, write_people

    refuse_written(args.folder)
    turns, report = read_briefings(args.folder, progress=sys.stderr.isatty())
    made = write_people(turns, report, args.folder)
    sys.stdout.buffer.write(encoded(f"{made}\n"))
    return 0


def _floor(turns: pd.DataFrame, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.measures.calls import calls, share

    listed = calls(turns)
    return listed if args.by == "call" else share(listed, by=args.by.split(","))
