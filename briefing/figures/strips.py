"""Where in the briefing a word is said, and in what company.

Each word has a strip with a tick for each occurrence, from the first word of the text to the last.
Ticks all along the strip show a word of the whole event; a block of ticks shows a word of one
answer, however frequent. The band below the ticks shows who has the floor, turn by turn. The number
beside it, dp, sums up how even the ticks are (0 is even, towards 1 in one place) and means nothing
if there are few.

The company of a word is shown by a bar for each content word near it, to the left for occurrences
before the node and to the right for those after it. They are ranked by logDice: how exclusively
node and collocate go together, at most 14.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.ticker import FuncFormatter

from briefing.figures import dress
from briefing.figures.dress import some_of, written
from briefing.prose import counted, listed
from briefing.tables import TOKENS, BriefingError
from briefing.words.groups import in_order
from briefing.words.search import find, turn_numbers

TICKS, BAND = (-0.34, 0.16), (0.22, 0.36)  # of a row, from its middle down
NARROW = 0.004  # of a strip; shorter turns have no border
FIRST = 3  # words named in the caption
FEW = 3  # fewest uses of a word whose spread is worth mentioning
TITLE = "Where each word is said"
COUNTED, MOSTLY = 10, 0.8  # fewest hits for a headline; their share on one side


def plot_dispersion(spread: pd.DataFrame, tokens: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a strip for each word of a dispersion table that shows where the word is said.

    Parameters
    ----------
    spread, tokens : DataFrame
        As for `strips_table`. With tokens of several briefings each word has a strip for each of
        them, all equally long, whatever the length of the briefing.

    Returns
    -------
    Axes
        Strips in the order of `spread`, the first at the top. Ticks have the colour of the
        speaker's role; the band below them shows the turns. Beside each strip are its count and dp.

    Not for words of different frequency: many ticks fill a strip, however they are spread.
    """
    hits = strips_table(spread, tokens)
    strips, floor = _strips(spread, tokens), floor_table(tokens)
    names = [written(strip["name"], tokens.attrs) for strip in strips]
    with dress.framed(names, _words(spread, tokens, hits), ax) as ax:
        for row, strip in enumerate(strips):
            mine = _of(strip, hits)
            _draw_floor(ax, row, floor[floor["briefing_id"] == strip["briefing_id"]])
            _draw_ticks(ax, row, mine)
            if row and len(strips) > len(spread) and strip["token"] != strips[row - 1]["token"]:
                ax.axhline(row - 0.5, color=dress.RULE, linewidth=0.6)
            dp = f" · {_dp(strip)}" if "dp" in strip else ""  # otherwise it refers to all briefings
            dress.write_value(ax, 1, row, f"{len(mine):,}{dp}")
        ax.set_xlim(0, 1)
        ax.xaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g}%"))
        dress.legend(ax, dress.role_keys(floor["role"]))
    return ax


def _of(strip: Mapping[str, Any], hits: pd.DataFrame) -> pd.DataFrame:
    """The hits of a strip."""
    keys = ["token", "briefing_id"]
    return hits[(hits[keys] == [strip[key] for key in keys]).all(axis=1)]


def _strips(spread: pd.DataFrame, tokens: pd.DataFrame) -> list[dict[str, Any]]:
    """The word, briefing and name of each strip, and dp if the row is for that strip alone."""
    briefings = briefings_of(tokens)
    strips = []
    for row in spread.to_dict("records"):
        apart = [row["briefing_id"]] if "briefing_id" in spread else briefings
        for briefing in apart:
            name = f"{row['token']} · {briefing}" if len(briefings) > 1 else str(row["token"])
            own = {key: row[key] for key in ("dp", "why")} if len(apart) == 1 else {}
            strips.append({"token": row["token"], "briefing_id": briefing, "name": name} | own)
    return strips


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


def _words(spread: pd.DataFrame, tokens: pd.DataFrame, hits: pd.DataFrame) -> dress.Words:
    several = len(briefings_of(tokens))
    where = f"each of {several} briefings" if several > 1 else "the text"
    absent = " or ".join(spread.loc[spread["dp"].isna(), "why"].unique())
    each = [f"{row['token']} {_dp(row)}" for row in spread.to_dict("records")]
    apart = several == 1 or "briefing_id" in spread
    notes = [
        f"DP, how unevenly a word is spread over {_parts(spread)}: 0 even, 1 in one place.",
        "" if apart else f"Over all briefings: {listed(each)}.",
        f"No DP: {absent}." if absent else "",
    ]
    what = f"A tick for each use, from the first word of {where} to the last; below it who speaks"
    first = "; ".join(_said(strip, hits) for strip in _strips(spread, tokens)[:FIRST])
    return dress.Words(_headline(spread, tokens, hits), what, tokens.attrs, first, notes)


def _headline(spread: pd.DataFrame, tokens: pd.DataFrame, hits: pd.DataFrame) -> str:
    """A word with more than half of its uses in one turn; the widest and the narrowest spread."""
    alone = len(briefings_of(tokens)) == 1
    for word, part in hits.groupby("token", sort=False):
        turns = part.value_counts(["briefing_id", "turn_id"])
        if len(part) >= COUNTED and 2 * turns.iloc[0] > len(part):
            briefing, turn = turns.index[0]
            name = written(word, tokens.attrs)
            said = f"{turns.iloc[0]:,} of {len(part):,} uses of “{name}” are in turn {turn}"
            return said if alone else f"{said} of {briefing}"
    return _contrast(spread) if alone else TITLE


def _contrast(spread: pd.DataFrame) -> str:
    """The word said in most parts, and of those said a few times the one in fewest."""
    often = spread[spread["n"] >= FEW].sort_values(["range", "n"], ascending=[False, False])
    if len(often) < 2 or often["range"].iloc[0] < 2 * often["range"].iloc[-1]:
        return TITLE
    wide, narrow = often.iloc[0], often.iloc[-1]
    one, other = (written(row["token"], spread.attrs) for row in (wide, narrow))
    said = f"“{one}” is said in {some_of(int(wide['range']), int(wide['n_parts']), 'part')}"
    return f"{said} of the text, “{other}” in {narrow['range']}"


def _parts(spread: pd.DataFrame) -> str:
    """The parts that dp compares."""
    attrs, by = spread.attrs, spread.attrs.get("by")
    if by == "block" and attrs.get("block_words"):
        return f"parts of about {attrs['block_words']:,} words"
    return {"turn": "turns", "briefing_id": "briefings"}.get(str(by), "equal parts")


def _said(strip: Mapping[str, Any], hits: pd.DataFrame) -> str:
    """The count of a strip, and where its ticks begin and end."""
    at, name = _of(strip, hits)["at_share"], written(strip["name"], hits.attrs)
    if at.empty:
        return f"{name} is not said"
    if len(at) == 1:
        return f"{name} once, at {at.iloc[0]:.0%} of the text"
    times = counted(len(at), "time")
    return f"{name} {times}, from {at.min():.0%} to {at.max():.0%} of the text"


def strips_table(spread: pd.DataFrame, tokens: pd.DataFrame) -> pd.DataFrame:
    """Where each word of a dispersion table occurs, as `plot_dispersion` draws it.

    Parameters
    ----------
    spread : DataFrame
        The result of `briefing.context.dispersion(tokens, words)`. If it also has a column
        `briefing_id`, each row is looked up in that briefing only.
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
        If columns are missing, there is no row, or the tokens are not those that were counted.
    """
    dress.check("dispersion", spread)
    TOKENS.check(tokens)
    words = in_order(tokens)
    briefing = words.groupby("briefing_id", sort=False, dropna=False, observed=True)
    at = (briefing.cumcount() + 0.5) / briefing["token"].transform("size")
    patterns = list(dict.fromkeys(spread["token"].astype("str")))
    hits = find(words, patterns)
    table = words[["briefing_id", "turn_id", "role"]].iloc[hits.first].reset_index(drop=True)
    table.insert(0, "token", pd.Series(patterns, dtype="str").iloc[hits.pattern].tolist())
    table["at_share"] = at.to_numpy()[hits.first]
    keys = [*(["briefing_id"] if "briefing_id" in spread else []), "token"]
    values = spread[keys].astype("str").to_numpy().tolist()
    wanted = [table[(table[keys] == row).all(axis=1)] for row in values]
    _check_counts(spread, [len(rows) for rows in wanted])
    table = pd.concat(wanted, ignore_index=True)
    table.attrs = dict(tokens.attrs)
    return table


def _check_counts(spread: pd.DataFrame, found: list[int]) -> None:
    """Check that both tables are about the same words, or dp would be beside the wrong strip."""
    for word, n, here in zip(spread["token"], spread["n"], found, strict=True):
        if n != here:
            raise BriefingError.of("counts of other tokens", word=word, n=n, here=here)


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


def plot_collocates(
    near: pd.DataFrame, *, function_words: bool = False, ax: Axes | None = None
) -> Axes:
    """Draw how often each row of `context.collocates(tokens, node)` occurs before and after it.

    Parameters
    ----------
    near : DataFrame
        That table, or its first rows: `near.head(20)`. Rows are drawn in its order.
    function_words : bool
        Draw function words too; otherwise only content words, if there are any.

    Raises
    ------
    BriefingError
        If columns are missing, or there is no row.

    Not for comparing nodes or texts by their first collocates; read the lines (`concordance`).
    """
    drawn = _company(near, function_words=function_words)
    names = [written(token, near.attrs) for token in drawn["token"]]
    with dress.framed(names, _near_words(near, drawn), ax) as ax:
        for place, row in enumerate(drawn.to_dict("records")):
            _row(ax, place, row)
        left, right = int(drawn["n_left"].max()), int(drawn["n_right"].max())
        least = 0.16 * max(left + right, 1)
        ax.set_xlim(-1.1 * max(left, least), 1.1 * max(right, least))
        ax.axvline(0, color=dress.INK, linewidth=0.9)
        ax.set_xticks([])
        dress.name_axis(ax, f"to the left: before {_node(near)}; to the right: after it")
    return ax


def _company(near: pd.DataFrame, *, function_words: bool) -> pd.DataFrame:
    dress.known("collocates").check(near)
    if function_words or "function_word" not in near:
        return near.reset_index(drop=True)
    content = ~near["function_word"].astype("boolean").fillna(False).astype(bool)
    return (near[content] if content.any() else near).reset_index(drop=True)


def _row(ax: Axes, place: int, row: Mapping[Hashable, Any]) -> None:
    more = row["n"] > row["expected"]
    for n, sign in ((row["n_left"], -1), (row["n_right"], 1)):
        side, colour = "before" if sign < 0 else "after", dress.STRESS if more else dress.PLAIN
        ax.barh(place, sign * n, dress.THICK, color=colour, gid=side)
        if n:
            ha = "left" if sign > 0 else "right"
            dress.put(ax, f"{n:,}", (sign * n, place), (4 * sign, 0), ha=ha, gid="count")


def _node(near: pd.DataFrame) -> str:
    node = near.attrs.get("node")
    return f"“{written(node, near.attrs)}”" if node else "the node"


def _near_words(near: pd.DataFrame, drawn: pd.DataFrame) -> dress.Words:
    window, n_node = near.attrs.get("window"), near.attrs.get("n_node")
    within = f" within {window} words of it" if window else " near it"
    hits = f", {n_node:,} hits" if n_node else ""
    n_chance = int((drawn["n"] <= drawn["expected"]).sum())
    notes = [
        "Ranked by logDice: a score, not evidence.",
        f"Grey: {n_chance} not more often than by chance." if n_chance else "",
    ]
    said = [
        f"{written(row['token'], near.attrs)} ({row['n_left']:,} before, {row['n_right']:,} after)"
        for row in drawn.head(FIRST).to_dict("records")
    ]
    first = f"Most typical of {_node(near)}: {listed(said)}" if said else ""
    what = f"Times each stands{within}{hits}"
    return dress.Words(_near_headline(near, drawn), what, near.attrs, first, notes)


def _near_headline(near: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """The side on which the first collocate occurs, if that is clear; otherwise a title."""
    for row in drawn.head(1).to_dict("records"):
        for n, where in ((row["n_left"], "before"), (row["n_right"], "after")):
            if row["n"] >= COUNTED and n >= MOSTLY * row["n"]:
                word, times = written(row["token"], near.attrs), some_of(n, row["n"], "time")
                return f"“{word}” near {_node(near)} comes {where} it {times}"
    return f"Words near {_node(near)}"


def plot_key_phrases(phrases: pd.DataFrame, *, n: int = 15, ax: Axes | None = None) -> Axes:
    """Draw the first `n` phrases of `briefing.phrases.key(tokens)`, most frequent first.

    Does not show what a text is about: a phrase may be one person's, in one answer.
    """
    dress.check("key phrases", phrases, why=": no phrase comes back")
    drawn = phrases.head(n)
    with dress.framed(drawn["phrase"].tolist(), _phrase_words(phrases, drawn), ax) as ax:
        for place, row in enumerate(drawn.to_dict("records")):
            ax.barh(place, row["n"], dress.THICK, color=dress.STRESS, gid="phrase")
            turns, people = counted(row["n_turns"], "turn"), row["n_speakers"]
            who = f", {counted(people, 'person', 'people')} named" if people else ""
            dress.write_value(ax, row["n"], place, f"{row['n']:,} in {turns}{who}")
        ax.set_xlim(0, drawn["n"].max() * 1.02)
        ax.set_xticks([])
    return ax


def _phrase_words(phrases: pd.DataFrame, drawn: pd.DataFrame) -> dress.Words:
    least = phrases.attrs.get("min_count")
    said = [f"{row['phrase']} ({row['n']:,})" for row in drawn.head(FIRST).to_dict("records")]
    more = len(phrases) - len(drawn)
    notes = [
        f"Said {least} times or more outside longer phrases." if least else "",
        f"{more} more are not drawn." if more else "",
    ]
    what = "How often each is said, in how many turns, by how many people"
    first = f"Most often {listed(said)}"
    return dress.Words("Phrases that come back", what, phrases.attrs, first, notes)
