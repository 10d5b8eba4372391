"""Where in the briefing a word is said: a strip for each word, a tick for each occurrence.

A strip runs from the first word of the text to the last. Ticks that stand all along it are a word
of the whole event; a block of ticks is a word of one answer, however frequent. The band below the
ticks is the floor: who speaks there, turn by turn. The number beside it, dp, says in one figure
how even the ticks are (0 even, towards 1 in one place) and says nothing where there are few.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from briefing.figures import captions, labels, style
from briefing.figures.strip_places import briefings_of, floor_table, strips_table

TICKS, BAND = (-0.34, 0.16), (0.22, 0.36)  # of a row, from its middle down
NARROW = 0.004  # of a strip: turns shorter than this have no border of their own
FIRST = 8  # words that the sentence names


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
    names = [strip["name"] for strip in strips]
    ax = labels.rows(names, ax, grid=False)
    floor = floor_table(tokens)
    for row, strip in enumerate(strips):
        here = hits["briefing_id"] == strip["briefing_id"]
        mine = hits[here & (hits["token"] == strip["token"])]
        _draw_floor(ax, row, floor[floor["briefing_id"] == strip["briefing_id"]])
        _draw_ticks(ax, row, mine)
        if row and len(strips) > len(spread) and strip["token"] != strips[row - 1]["token"]:
            ax.axhline(row - 0.5, color=style.RULE, linewidth=0.6)
        labels.write_value(ax, 1, row, _value(strip, len(mine)))
    ax.set_xlim(0, 1)
    ax.xaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g}%"))
    style.legend(ax, style.role_keys(floor["role"]))
    style.name_axis(ax, _axis(tokens), _note(spread, tokens))
    labels.fit_rows(ax, names, own=own)
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
        facecolors=style.colours(turns["role"]), alpha=0.45, linewidth=0, gid="floor",
    )  # fmt: skip
    wide = (turns["stop"] - turns["start"]) > NARROW
    ax.vlines(
        turns["start"][wide & wide.shift(fill_value=False)], row + BAND[0], row + BAND[1],
        color="white", linewidth=0.8,
    )  # fmt: skip
    ax.hlines(row + BAND[0], 0, 1, color=style.RULE, linewidth=0.6)


def _draw_ticks(ax: Axes, row: int, hits: pd.DataFrame) -> None:
    ax.vlines(
        hits["at_share"], row + TICKS[0], row + TICKS[1], gid="ticks",
        colors=style.colours(hits["role"]), linewidth=1.1,
    )  # fmt: skip


def _axis(tokens: pd.DataFrame) -> str:
    if len(briefings_of(tokens)) > 1:
        return "place in each briefing, from its first word to its last"
    return f"place in the words {captions.of_what(tokens.attrs)}, from the first to the last"


def _note(spread: pd.DataFrame, tokens: pd.DataFrame) -> str:
    """How to read strips and dp, and what kind of text was counted."""
    several = len(briefings_of(tokens))
    together = ""
    if several > 1 and "briefing_id" not in spread:
        each = [f"{row['token']} {_dp(row)}" for row in spread.to_dict("records")]
        together = f"Over all {several} briefings: {captions.listed(each)}"
    absent = " or ".join(spread.loc[spread["dp"].isna(), "why"].unique())
    lines = [
        "Ticks and numbers: occurrences. Band below: whose turn it is.",
        f"DP over {_parts(spread)}: 0 even, towards 1 in one place.",
        captions.sentences(f"No DP: {absent}" if absent else "", together),
        captions.text_note(tokens.attrs),
    ]
    return "\n".join(filter(None, lines))


def _parts(spread: pd.DataFrame) -> str:
    """The parts that dp compares."""
    attrs, by = spread.attrs, spread.attrs.get("by")
    if by == "block" and attrs.get("block_words"):
        return f"blocks of about {attrs['block_words']:,} words"
    return {"turn": "turns", "briefing_id": "briefings"}.get(str(by), "equal parts")


def describe_dispersion(spread: pd.DataFrame, tokens: pd.DataFrame) -> str:
    """Say in words what `plot_dispersion` shows."""
    hits, strips = strips_table(spread, tokens), _strips(spread, tokens)
    said = [_said(strip, hits) for strip in strips[:FIRST]]
    more = len(strips) - len(said)
    briefings = captions.counted(len(briefings_of(tokens)), "briefing")
    return captions.sentences(
        f"Where {captions.counted(len(spread), 'word')} stand in {briefings}, "
        f"{captions.counted(len(tokens), 'word')}: {captions.counted(len(strips), 'strip')}",
        *said,
        f"{captions.counted(more, 'strip')} more" if more else "",
        *_note(spread, tokens).split("\n")[1:],
    )


def _said(strip: dict[str, Any], hits: pd.DataFrame) -> str:
    """The count of a strip, where its ticks begin and end, the middle one, and dp."""
    here = hits[(hits["token"] == strip["token"]) & (hits["briefing_id"] == strip["briefing_id"])]
    at = here["at_share"]
    dp = f"; {_dp(strip)}" if "dp" in strip else ""
    if at.empty:
        return f"{strip['name']}: not said{dp}"
    places = f"at {at.iloc[0]:.0%}"
    if len(at) > 1:
        places = f"from {at.min():.0%} to {at.max():.0%}, half of them by {at.median():.0%}"
    return f"{strip['name']}: {captions.counted(len(at), 'time')}, {places}{dp}"
