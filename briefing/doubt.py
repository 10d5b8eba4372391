"""What a command says of a reading that is doubtful, and with which code it ends."""

from __future__ import annotations

import sys

from briefing.safe import printable

TYPE_CHECKING = False  # typing costs more than all that `briefing turns` needs
if TYPE_CHECKING:
    import argparse
    from collections.abc import Sequence

    from briefing.transcript import Transcript


def add_label(command: argparse.ArgumentParser) -> None:
    """Let a command take examples of labels."""
    command.add_argument(
        "--label",
        action="append",
        default=[],
        metavar="LABEL",
        help="a label as it is printed, with its marks ('The Minister.'), where the labels are "
        "not found; may be given several times",
    )


def verdict(talk: Transcript) -> int:
    """The exit code for a reading: 0 where it is sure, 1 with a warning where it is doubtful."""
    if talk.status == "sure":
        return 0
    sys.stderr.write(f"briefing: {printable(warning(talk))}\n")
    return 1


def warning(talk: Transcript) -> str:
    """That a reading is doubtful, which lines to look at, and what to do."""
    names = ", ".join(source.name for source in talk.sources)
    at = in_lines(talk.doubts()) or "its labels"
    return (
        f"{names}: doubtful: about {percent(talk.confidence)} of its turns are expected to be "
        f"right; look at {at}. `briefing check` shows how it was read, what else it could be, and "
        "how to correct it."
    )


def percent(share: float) -> str:
    """`94 %`."""
    return f"{round(100 * share)} %"


def in_lines(lines: Sequence[int]) -> str:
    """`line 5`, `lines 5, 9`; empty where there are none."""
    numbers = ", ".join(map(str, lines))
    return f"line{'s' * (len(lines) > 1)} {numbers}" if lines else ""
