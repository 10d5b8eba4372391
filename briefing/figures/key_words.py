"""What the pictures of keyness share: their table, what speaks against a word, and the wording."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd

from briefing.figures import captions
from briefing.tables import BriefingError, Table

KEYWORDS = Table(
    name="keyness",
    row="one word, on both sides of a comparison",
    made_by="briefing.keyness(target, reference)",
    columns={
        "token": "the word",
        "n_target": "how often the target says it",
        "n_reference": "how often the reference does",
        "g2": "the evidence, without sign",
        "log_ratio": "the effect; above 0 for the target",
        "log_ratio_low": "the low end of its interval, which may be infinite",
        "log_ratio_high": "the high end",
        "lrc": "the end nearer to 0, or 0",
        "side": "target or reference: where it is more frequent",
        "speaker_low": "the low end of the interval among speakers, if there is one",
        "speaker_high": "the high end",
        "flag": "what speaks against the word, or nothing",
    },
)
FIRST = 4  # words of each side that a sentence names


def one_comparison(table: pd.DataFrame) -> None:
    """Raise BriefingError unless the table has words of one target and one reference."""
    KEYWORDS.check(table)
    if table.empty:
        raise BriefingError(
            "the table has no rows, so there is nothing to draw: no word is said often enough. "
            "Try a smaller min_count, or more words on both sides."
        )
    group = str(table.columns[0])
    values = table[group].drop_duplicates()
    if group != "token" and len(values) > 1:
        raise BriefingError(
            f"these are the keywords of {len(values)} values of {group!r}, each against another "
            f"rest. Draw one: table[table[{group!r}] == {values.iloc[0]!r}]."
        )


def of_side(table: pd.DataFrame, side: str, n: int) -> pd.DataFrame:
    """The first words of a side by lrc: the target's stand first in the table, the others last."""
    part = table[table["side"] == side]
    return (part if side == "target" else part.iloc[::-1]).head(n)


def free(table: pd.DataFrame) -> pd.DataFrame:
    """The words that nothing speaks against."""
    return table[table["flag"] == ""]


def axis(table: pd.DataFrame, sides: tuple[str, str]) -> str:
    """What the log ratio says, and of whom."""
    said = "log ratio (1: twice as often, 2: four times)"
    if (table["side"] == "target").all():
        return f"{said}: more in {sides[0]} than in {sides[1]}"
    return f"{said}; left: more in {sides[1]}; right: more in {sides[0]}"


def said_words(table: pd.DataFrame, sides: tuple[str, str]) -> list[str]:
    """The first words of each side: those without a flag, or else the others, called that."""
    said, shared = [], shared_flags(table)
    for side, name in zip(("target", "reference"), sides, strict=True):
        part = of_side(free(table), side, FIRST)
        which = ", of those without a flag"
        if part.empty:
            part, which = of_side(table, side, FIRST), ", all of them flagged"
        words = captions.listed([_word(row, shared) for row in part.to_dict("records")])
        if words:
            said.append(f"First for {name}{which}: {words}")
    return said


def _word(row: Mapping[Hashable, Any], shared: list[str]) -> str:
    counts = f"{row['n_target']:,} against {row['n_reference']:,}"
    flags = [flag for flag in str(row["flag"]).split("; ") if flag and flag not in shared]
    said = "; ".join([f"{counts}, log ratio {row['log_ratio']:+.1f}", *flags])
    return f"{row['token']} ({said})"


def shared_flags(table: pd.DataFrame) -> list[str]:
    """What speaks against every word."""
    each = [set(filter(None, str(flag).split("; "))) for flag in table["flag"]]
    common = set.intersection(*each)
    return [flag for flag in str(table["flag"].iloc[0]).split("; ") if flag in common]


def about_sides(table: pd.DataFrame) -> list[str]:
    """How large the sides are, what speaks against every word, and what kind of text it is."""
    sizes = [table.attrs.get(f"n_words_{side}") for side in ("target", "reference")]
    counts = f"{sizes[0]:,} against {sizes[1]:,} words." if all(sizes) else ""
    shared = shared_flags(table)
    against = f"Against every word: {captions.listed(shared)}." if shared else ""
    lines = " ".join(filter(None, [counts, against]))
    return list(filter(None, [lines, captions.text_note(table.attrs)]))
