"""Turns as the speaking measures count them: words checked, nobody counted as a person.

A source that prints `Q` names nobody. All such turns of a role are one row, *unnamed
journalists*, that says of itself that it is several people (`named` is false).
"""

from __future__ import annotations

from collections.abc import Hashable
from typing import Any

import numpy as np
import pandas as pd

from briefing.floor import call
from briefing.languages import language_in
from briefing.tables import TURNS, BriefingError

PLACE = ["briefing_id", "turn_id"]
WHO = ["speaker", "named"]
EVENT = ("event", "date")  # attributes: the title that the document states, or its name; its date


def count(turns: pd.DataFrame, by: str) -> pd.DataFrame:
    """Return the columns that are used, in the order of the briefing, the unnamed together.

    `by` and `n_words` must be there; the others that a turns table has are missing values
    where `turns` lacks them, and a missing role is `unknown`.
    """
    TURNS.check(turns, by, "n_words")
    if turns.empty:
        raise BriefingError(
            "no turns to count: the table has 0 rows. Read a transcript that has turns, or "
            "select less narrowly."
        )
    columns = [*dict.fromkeys([*PLACE, "role", "start_s", "stop_s", by])]
    table = turns.reindex(columns=columns).assign(n_words=_words(turns))
    table = table.sort_values(PLACE, kind="stable", ignore_index=True)
    table["role"] = table["role"].astype("object").where(table["role"].notna(), "unknown")
    return name_unnamed(table) if by == "speaker" else table


def name_unnamed(table: pd.DataFrame) -> pd.DataFrame:
    """Put *unnamed journalists* where nobody is named, and say in `named` that it is no person.

    Needs `speaker` and `role`; the role of nobody known is `unknown`.
    """
    who = table[["speaker", "role"]].astype("object")
    who = who.where(who.notna(), None)
    called = [call(*pair) for pair in zip(who["speaker"], who["role"], strict=True)]
    speaker, named = zip(*called, strict=True) if called else ((), ())
    names = pd.Series(speaker, table.index, dtype="object")
    return table.assign(speaker=names, named=pd.Series(named, table.index, dtype="bool"))


def _words(turns: pd.DataFrame) -> pd.Series:
    words = pd.to_numeric(turns["n_words"], errors="coerce").astype("float64")
    good = words.between(0, np.inf, inclusive="left") & (words % 1 == 0)
    if not good.all():
        at = int(good.argmin())
        turn = turns["turn_id"].iloc[at] if "turn_id" in turns else at + 1
        raise BriefingError(
            f"n_words is missing or no count in {(~good).sum()} of {len(turns)} turns (first: "
            f"turn {turn}, n_words={turns['n_words'].iloc[at]}). Count the words with a "
            "tokenizer for their language, briefing.tokenize(turns, tokenizer=...), and put "
            "the number of tokens of each turn into n_words."
        )
    return words.astype("int64")


def grouped(table: pd.DataFrame, keys: list[str]) -> pd.api.typing.DataFrameGroupBy:
    """Group rows in order of appearance; a missing value is a group too."""
    return table.groupby(keys, sort=False, dropna=False, observed=True)


def rank(result: pd.DataFrame, table: pd.DataFrame) -> pd.DataFrame:
    """Order by words, ties by appearance, and put a speaker's main role beside the name."""
    result = result.reset_index().sort_values(
        "n_words", ascending=False, kind="stable", ignore_index=True
    )
    if "named" in result:
        words = grouped(table, [*WHO, "role"])["n_words"].sum().reset_index()
        words = words.sort_values("n_words", ascending=False, kind="stable")
        main = words.drop_duplicates(WHO)[[*WHO, "role"]]
        roles = result[WHO].merge(main, how="left", on=WHO, validate="1:1")["role"]
        result.insert(1, "role", roles)
    return result


def kind_of_text(turns: pd.DataFrame) -> dict[Hashable | None, Any]:
    """What the turns say of their text and event: every result carries it on to its caption."""
    kind: dict[Hashable | None, Any] = {
        "text_status": turns.attrs.get("text_status", "unknown"),
        "part": bool(turns.attrs.get("part", False)),
        "language": language_in(turns),
    }
    return kind | {name: turns.attrs[name] for name in EVENT if turns.attrs.get(name)}
