"""Where in the briefing a word is said: a strip for each word, a tick for each occurrence.

A strip runs from the first word of the text to the last. Ticks that stand all along it are a word
of the whole event; a block of ticks is a word of one answer, however frequent. The band below the
ticks is the floor: who speaks there, turn by turn. The number beside it, dp, says in one figure
how even the ticks are (0 even, towards 1 in one place) and says nothing where there are few.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from briefing.figures import dress, phrasing, row_labels
from briefing.tables import TOKENS, BriefingError, Table
from briefing.words.groups import in_order
from briefing.words.search import find, turn_numbers

SPREAD = Table(
    name="dispersion",
    row="one word or pattern",
    made_by="briefing.context.dispersion(tokens, words)",
    columns={
        "token": "the word or pattern",
        "n": "how often it is said",
        "dp": "how evenly, 0 even, towards 1 in one place; missing where that says nothing",
        "why": "why it is missing, otherwise empty",
    },
)
TICKS, BAND = (-0.34, 0.16), (0.22, 0.36)  # of a row, from its middle down
NARROW = 0.004  # of a strip: turns shorter than this have no border of their own
FIRST = 3  # words that a caption names
FEW = 3  # uses of a word whose spread is worth a word
TITLE = "Where each word is said"
COUNTED = 10  # hits that a headline counts, at least


def plot_dispersion(spread: pd.DataFrame, tokens: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a strip for each word of a dispersion table, and in it where the word is said.

    Parameters
    ----------
    spread, tokens : DataFrame
        What `strips_table` takes. In tokens of several briefings each word has a strip for
        each of them, all equally long, whatever the length of the briefing.

    Returns
    -------
    Axes
        Strips in the order of `spread`, the first on top. Ticks have the colour of who speaks;
        the band below them shows the turns. Beside each strip are its count and dp.

    Not for words of unlike frequency: many ticks fill a strip, however they are spread.
    """
    hits = strips_table(spread, tokens)
    own, strips = ax is None, _strips(spread, tokens)
    names = [phrasing.written(strip["name"]) for strip in strips]
    ax = row_labels.rows(names, ax, grid=False)
    floor = floor_table(tokens)
    for row, strip in enumerate(strips):
        here = hits["briefing_id"] == strip["briefing_id"]
        mine = hits[here & (hits["token"] == strip["token"])]
        _draw_floor(ax, row, floor[floor["briefing_id"] == strip["briefing_id"]])
        _draw_ticks(ax, row, mine)
        if row and len(strips) > len(spread) and strip["token"] != strips[row - 1]["token"]:
            ax.axhline(row - 0.5, color=dress.RULE, linewidth=0.6)
        row_labels.write_value(ax, 1, row, _value(strip, len(mine)))
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g}%"))
    dress.legend(ax, dress.role_keys(floor["role"]))
    dress.write(ax, _words(spread, tokens), tokens.attrs, own=own)
    row_labels.fit_rows(ax, names, own=own)
    return ax


def _strips(spread: pd.DataFrame, tokens: pd.DataFrame) -> list[dict[str, Any]]:
    """What each strip is: its word, briefing and name, and dp where the row is its own."""
    briefings = briefings_of(tokens)
    strips = []
    for row in spread.to_dict("records"):
        apart = [row["briefing_id"]] if "briefing_id" in spread else briefings
        for briefing in apart:
            name = f"{row['token']} · {briefing}" if len(briefings) > 1 else str(row["token"])
            own = {key: row[key] for key in ("dp", "why")} if len(apart) == 1 else {}
            strips.append({"token": row["token"], "briefing_id": briefing, "name": name} | own)
    return strips


def _value(strip: dict[str, Any], n: int) -> str:
    """`12 · DP 0.31`, `3 · no DP`, or the count alone where dp is of all briefings."""
    if "dp" not in strip:
        return f"{n:,}"
    return f"{n:,} · {_dp(strip)}"


def _dp(row: dict[Any, Any]) -> str:
    return "no DP" if pd.isna(row["dp"]) else f"DP {row['dp']:.2f}"


def _draw_floor(ax: Axes, row: int, turns: pd.DataFrame) -> None:
    spans = list(zip(turns["start"], turns["stop"] - turns["start"], strict=True))
    ax.broken_barh(
        spans, (row + BAND[0], BAND[1] - BAND[0]),
        facecolors=dress.colours(turns["role"]), alpha=0.45, linewidth=0, gid="floor",
    )  # fmt: skip
    wide = (turns["stop"] - turns["start"]) > NARROW
    ax.vlines(
        turns["start"][wide & wide.shift(fill_value=False)], row + BAND[0], row + BAND[1],
        color="white", linewidth=0.8,
    )  # fmt: skip
    ax.hlines(row + BAND[0], 0, 1, color=dress.RULE, linewidth=0.6)


def _draw_ticks(ax: Axes, row: int, hits: pd.DataFrame) -> None:
    ax.vlines(
        hits["at_share"], row + TICKS[0], row + TICKS[1], gid="ticks",
        colors=dress.colours(hits["role"]), linewidth=1.1,
    )  # fmt: skip


def _words(spread: pd.DataFrame, tokens: pd.DataFrame) -> dress.Words:
    several = len(briefings_of(tokens))
    where = f"each of {several} briefings" if several > 1 else "the text"
    parts = [f"DP, how unevenly a word is spread over {_parts(spread)}: 0 even, 1 in one place."]
    if several > 1 and "briefing_id" not in spread:
        each = [f"{row['token']} {_dp(row)}" for row in spread.to_dict("records")]
        parts.append(f"Over all briefings: {phrasing.listed(each)}.")
    absent = " or ".join(spread.loc[spread["dp"].isna(), "why"].unique())
    parts += [f"No DP: {absent}."] if absent else []
    what = f"A tick each time; the band below shows who speaks, from the first word of {where} on"
    return dress.Words(_headline(spread, tokens), what, " ".join(parts))


def _headline(spread: pd.DataFrame, tokens: pd.DataFrame) -> str:
    """A word of which more than half stands in one turn; the widest spread and the narrowest."""
    hits = strips_table(spread, tokens)
    for word, part in hits.groupby("token", sort=False):
        turns = part.value_counts(["briefing_id", "turn_id"])
        if len(part) >= COUNTED and 2 * turns.iloc[0] > len(part):
            briefing, turn = turns.index[0]
            of = f" of {briefing}" if len(briefings_of(tokens)) > 1 else ""
            said = f"{turns.iloc[0]:,} of {len(part):,} “{phrasing.written(word)}”"
            return f"{said} are in turn {turn}{of}"
    return _contrast(spread) if len(briefings_of(tokens)) == 1 else TITLE


def _contrast(spread: pd.DataFrame) -> str:
    """The word that is said in most parts, and of those said a few times that in fewest."""
    often = spread[spread["n"] >= FEW].sort_values(["range", "n"], ascending=[False, False])
    if len(often) < 2 or often["range"].iloc[0] < 2 * often["range"].iloc[-1]:
        return TITLE
    wide, narrow = often.iloc[0], often.iloc[-1]
    parts = "blocks" if spread.attrs.get("by") == "block" else "parts"
    said = f"“{phrasing.written(wide['token'])}” is said in {wide['range']} of {wide['n_parts']}"
    return f"{said} {parts}, “{phrasing.written(narrow['token'])}” in {narrow['range']}"


def _parts(spread: pd.DataFrame) -> str:
    """The parts that dp compares."""
    attrs, by = spread.attrs, spread.attrs.get("by")
    if by == "block" and attrs.get("block_words"):
        return f"blocks of about {attrs['block_words']:,} words"
    return {"turn": "turns", "briefing_id": "briefings"}.get(str(by), "equal parts")


def describe_dispersion(spread: pd.DataFrame, tokens: pd.DataFrame) -> str:
    """Say in words what `plot_dispersion` shows."""
    hits = strips_table(spread, tokens)
    said = [_said(strip, hits) for strip in _strips(spread, tokens)[:FIRST]]
    return _words(spread, tokens).said(tokens.attrs, "; ".join(said))


def _said(strip: dict[str, Any], hits: pd.DataFrame) -> str:
    """The count of a strip, and where its ticks begin and end."""
    here = hits[(hits["token"] == strip["token"]) & (hits["briefing_id"] == strip["briefing_id"])]
    at, name = here["at_share"], phrasing.written(strip["name"])
    if at.empty:
        return f"{name} is not said"
    times = phrasing.counted(len(at), "time")
    if len(at) == 1:
        return f"{name} once, at {at.iloc[0]:.0%} of the text"
    return f"{name} {times}, from {at.min():.0%} to {at.max():.0%} of the text"


def strips_table(spread: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Where each word of a dispersion table stands, as `plot_dispersion` draws it.

    Parameters
    ----------
    spread : DataFrame
        What `briefing.context.dispersion(tokens, words)` gives. Where it has a column
        `briefing_id` besides, each row is looked for in that briefing only.
    tokens : DataFrame
        The tokens table that it was made from.

    Returns
    -------
    DataFrame
        One row per occurrence, word by word: `token` (the word or pattern), `briefing_id,
        turn_id, role` (of who says it), `at_share`: the place of its (first) word in the words
        of its briefing, from 0, the beginning, to 1, the end.

    Raises
    ------
    BriefingError
        Columns missing, no row, or tokens that are not those which were counted.
    """
    SPREAD.check(spread)
    TOKENS.check(tokens)
    if spread.empty:
        raise BriefingError("the table has no rows, so there is nothing to draw.")
    words = in_order(tokens)
    place = _places(words)
    patterns = list(dict.fromkeys(spread["token"].astype("str")))
    hits = find(words, patterns)
    table = words[["briefing_id", "turn_id", "role"]].iloc[hits.first].reset_index(drop=True)
    table.insert(0, "token", pd.Series(patterns, dtype="str").iloc[hits.pattern].tolist())
    table["at_share"] = place["at_share"].to_numpy()[hits.first]
    keys = _keys(spread)
    wanted = [table[(table[keys] == list(row)).all(axis=1)] for row in _values(spread, keys)]
    _check_counts(spread, [len(rows) for rows in wanted])
    table = pd.concat(wanted, ignore_index=True)
    table.attrs = dict(tokens.attrs)
    return table


def _keys(spread: pd.DataFrame) -> list[str]:
    return [*(["briefing_id"] if "briefing_id" in spread else []), "token"]


def _values(spread: pd.DataFrame, keys: list[str]) -> Iterator[tuple[Hashable, ...]]:
    return spread[keys].astype("str").itertuples(index=False, name=None)


def _places(words: pd.DataFrame) -> pd.DataFrame:
    """Of each token its briefing and its place in it, the middle of the word, from 0 to 1."""
    briefing = words.groupby("briefing_id", sort=False, dropna=False, observed=True)
    number, size = briefing.cumcount(), briefing["token"].transform("size")
    return words[["briefing_id"]].assign(at_share=(number + 0.5) / size)


def _check_counts(spread: pd.DataFrame, found: list[int]) -> None:
    """The two tables must speak of the same words, or dp would stand beside another strip."""
    for word, n, here in zip(spread["token"], spread["n"], found, strict=True):
        if n != here:
            raise BriefingError(
                f"the dispersion table counts {word!r} {n} times, and these tokens hold it "
                f"{here} times. Pass the tokens that the table was made from."
            )


def floor_table(tokens: pd.DataFrame) -> pd.DataFrame:
    """The turns: `briefing_id, role`, and `start, stop` in the strip, from 0 to 1."""
    words = in_order(tokens)
    first = np.flatnonzero(np.diff(turn_numbers(words), prepend=-1))
    turns = words[["briefing_id", "role"]].iloc[first].reset_index(drop=True)
    turns["n"] = np.diff(first, append=len(words))
    briefing = turns.groupby("briefing_id", sort=False, dropna=False, observed=True)["n"]
    size = briefing.transform("sum")
    turns["stop"] = briefing.cumsum() / size
    turns["start"] = turns["stop"] - turns["n"] / size
    return turns


def briefings_of(tokens: pd.DataFrame) -> list[Any]:
    """The briefings, in order of appearance."""
    return tokens["briefing_id"].drop_duplicates().tolist()
