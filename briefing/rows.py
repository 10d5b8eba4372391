"""From turns to rows of words or sentences: the texts, and what each row has from its turn."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.tables import ROLES, TURNS, BriefingError

Ints = npt.NDArray[np.integer[Any]]
TURNS_AT_A_TIME, ROWS_AT_A_TIME = 1 << 12, 1 << 18


def texts_of(turns: pd.DataFrame) -> Iterator[str]:
    """The texts as strings of Python, made from the table some at a time."""
    TURNS.check(turns, "text")
    for at in range(0, len(turns), TURNS_AT_A_TIME):
        column = turns["text"].iloc[at : at + TURNS_AT_A_TIME]
        known = zip(column.tolist(), column.notna().tolist(), strict=True)
        texts = [text if given else "" for text, given in known]
        for number, text in enumerate(texts, at):
            if not isinstance(text, str):
                raise BriefingError(
                    f"row {number} of the turns holds {text!r} where a text belongs; "
                    "make the column `text` text, for instance with .astype(str)."
                )
        yield from texts


def keys_of(turns: pd.DataFrame) -> pd.DataFrame:
    """The columns that words and sentences inherit, filled where they are missing."""
    table = turns.filter(["briefing_id", "turn_id", "speaker", "role"]).reset_index(drop=True)
    if "briefing_id" not in table:
        table["briefing_id"] = pd.Series("", table.index, dtype="str")
    if "turn_id" not in table:
        table["turn_id"] = table.groupby("briefing_id", sort=False, dropna=False).cumcount() + 1
    if "speaker" not in table:
        table["speaker"] = pd.Series(pd.NA, table.index, dtype="str")
    if "role" not in table:
        table["role"] = pd.Categorical(["unknown"] * len(table), ROLES)
    kinds = dict.fromkeys(("briefing_id", "speaker", "role"), "category")
    if pd.api.types.is_integer_dtype(table["turn_id"]) and table["turn_id"].notna().all():
        kinds["turn_id"] = "int32"
    return table.astype(kinds)[["briefing_id", "turn_id", "speaker", "role"]]


def repeated(column: pd.Series, n: Ints) -> Any:
    """The value of each turn once for each of its words, without a row number for each."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy().repeat(n)
        return pd.Categorical.from_codes(codes, dtype=column.dtype, validate=False)
    return column.to_numpy().repeat(n)


def counted(n: Ints) -> Ints:
    """From 0 to n - 1 for each n, one after the other."""
    step, n = np.ones(n.sum(), np.int32), n[n > 0]
    step[n.cumsum()[:-1]] -= n[:-1].astype(np.int32)
    step[:1] = 0
    return np.add.accumulate(step, dtype=np.int32, out=step)


def renumbered(code: Ints, order: Ints) -> Ints:
    """The codes, changed where they lie: what was `order[i]` becomes i."""
    rank = np.argsort(order).astype(code.dtype)
    for at in range(0, len(code), ROWS_AT_A_TIME):  # a stretch at a time needs no long copy
        code[at : at + ROWS_AT_A_TIME] = rank.take(code[at : at + ROWS_AT_A_TIME])
    return code
