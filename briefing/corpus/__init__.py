"""Many briefings: a folder as one table, as a Parquet data set, or the same on Spark.

`read` reads a folder into memory; `build` writes turns and counts as Parquet, goes on where it
was stopped and takes up what has changed; `load`, `words` and `shares` read what it wrote.
`briefing.corpus.spark` makes the same on a cluster.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import briefing

if TYPE_CHECKING:
    from briefing.corpus.folder import read as read
    from briefing.corpus.store import build as build
    from briefing.corpus.store import load as load
    from briefing.corpus.store import shares as shares
    from briefing.corpus.store import words as words

_HOME = {
    "build": "store",
    "load": "store",
    "read": "folder",
    "shares": "store",
    "words": "store",
}
__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    return briefing.find(__name__, name, _HOME)


def __dir__() -> list[str]:
    return __all__
