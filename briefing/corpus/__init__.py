"""Many briefings: a folder as one table, as a Parquet data set, or the same on Spark.

`read` reads a folder into memory; `build` writes turns and counts as Parquet, resumes where it was
stopped and picks up changes; `load`, `words` and `shares` read what it wrote.
`briefing.corpus.spark` does the same on a cluster.
"""

from __future__ import annotations

from typing import Any

import briefing

_HOMES = briefing.homes(__file__)
__all__ = [*_HOMES]


def __getattr__(name: str) -> Any:
    return briefing.find(__name__, name, _HOMES)


def __dir__() -> list[str]:
    return __all__
