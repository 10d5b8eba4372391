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

    reuse = _command(commands, "reuse", "print what is said again word for word as CSV", _reuse)
    reuse.add_argument(
        "--since", metavar="FOLDER", help="earlier briefings: what is new since, kept, gone"
    )
    reuse.add_argument("--words", type=int, default=8, metavar="N", help="at least (default: 8)")
    align = _command(commands, "align", "pair a briefing with its translation, as CSV", _align)
    align.add_argument("translation", metavar="TRANSLATION", help="a file in another language")
    align.add_argument("--html", metavar="FILE", help="write the two columns side by side, too")
    track = _command(commands, "track", "print how often WORD is said over time as CSV", _track)
    track.add_argument("word", metavar="WORD", help="a word, wildcard or phrase")
    track.add_argument("--by", default="month", help="year, month or date (default: month)")
    track.add_argument("--among", help="another column to count by: role, speaker, person")
    track.add_argument("--around", metavar="DATE", help="before and after it, by --among")


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
    from briefing.corpus.folder import read as read_folder
    from briefing.transcript import read

    if os.path.isfile(os.path.join(path, "corpus.json")):
        from briefing.corpus.store import load

        return load(path)
    if os.path.isdir(path):
        return read_folder(path, progress=sys.stderr.isatty()).turns
    return read(path).turns


def _people(args: argparse.Namespace) -> int:
    from briefing.corpus.folder import read as read_folder
    from briefing.corpus.people import refuse_written, write_people

    refuse_written(args.folder)
    turns, report = read_folder(args.folder, progress=sys.stderr.isatty())
    made = write_people(turns, report, args.folder)
    sys.stdout.buffer.write(encoded(f"{made}\n"))
    return 0


def _floor(turns: pd.DataFrame, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.measures.floor import calls, share

    listed = calls(turns)
    return listed if args.by == "call" else share(listed, by=args.by.split(","))


def _words(turns: pd.DataFrame) -> pd.DataFrame:
    """The tokens; characters where a language puts no spaces between words."""
    from briefing.measures.reuse import characters
    from briefing.words.tokens import needs_tokenizer, tokenize

    unspaced = needs_tokenizer("\n".join(turns["text"]))
    return tokenize(turns, tokenizer=characters if unspaced else None)


def _reuse(turns: pd.DataFrame, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.measures.reuse import repeats, since

    if args.since is None:
        return repeats(_words(turns), min_words=args.words)
    earlier = turns_of(args.since)
    earlier = earlier[~earlier["briefing_id"].isin(turns["briefing_id"])]
    return since(_words(turns), _words(earlier), min_words=args.words)


def _track(turns: pd.DataFrame, args: argparse.Namespace) -> pd.DataFrame:
    from briefing.measures.over_time import around, change, track

    words = _words(turns)
    if args.around:
        made = around(words, args.word, args.around, among=args.among or "speaker")
        if made.attrs["changed_speakers"]:
            told = "fewer than half of the words are by people who speak before and after it."
            sys.stderr.write(f"briefing: {told}\n")
        return made
    made = track(words, args.word, by=args.by, among=args.among)
    if args.among is None and args.by == "month":
        found = change(made)
        if found["changed"]:
            sys.stderr.write(
                f"briefing: the rate changes about {found['period']} (p={found['p']:.3f}).\n"
            )
    return made


def _align(turns: pd.DataFrame, args: argparse.Namespace) -> pd.DataFrame:
    from pathlib import Path

    from briefing.disk import save
    from briefing.measures.bilingual import align

    made = align(turns, turns_of(args.translation))
    if args.html:
        shown = made.drop(columns="score").to_html(index=False, border=0, justify="left")
        style = "<style>td{vertical-align:top;padding:.5em;max-width:40em}</style>"
        save(Path(args.html), f'<!doctype html><meta charset="utf-8">{style}{shown}')
    return made
