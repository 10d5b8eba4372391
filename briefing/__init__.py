"""Read press briefings as discourse: who held the floor, about what, in which words."""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # typing itself would cost as much as all the rest of the import
if TYPE_CHECKING:
    from typing import Any

    from briefing.display import show as show
    from briefing.speaking import speaking_share as speaking_share
    from briefing.speaking import speaking_time as speaking_time
    from briefing.tables import BriefingError as BriefingError
    from briefing.tokens import sentences as sentences
    from briefing.tokens import tokenize as tokenize
    from briefing.transcript import Transcript as Transcript
    from briefing.transcript import parse as parse
    from briefing.transcript import read as read

_HOME = {
    "BriefingError": "tables",
    "Transcript": "transcript",
    "parse": "transcript",
    "read": "transcript",
    "sentences": "tokens",
    "show": "display",
    "speaking_share": "speaking",
    "speaking_time": "speaking",
    "tokenize": "tokens",
}
__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first used: importing stays cheap."""
    from importlib import import_module

    if name in _HOME:
        return getattr(import_module(f"briefing.{_HOME[name]}"), name)
    try:
        return import_module(f"briefing.{name}")
    except ModuleNotFoundError as error:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}") from error


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
