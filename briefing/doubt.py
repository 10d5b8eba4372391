"""What is said of a reading that is doubtful, and how numbers are said."""

from __future__ import annotations

TYPE_CHECKING = False  # typing costs more than all that `briefing turns` needs
if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.corrections import AsRead


def warning(talk: AsRead) -> str:
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
    """`line 5`, `lines 5, 9`; or nothing."""
    numbers = ", ".join(map(str, lines))
    return f"line{'s' * (len(lines) > 1)} {numbers}" if lines else ""
