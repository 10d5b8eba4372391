"""The briefing from beginning to end: every turn a block, every speaker a lane.

Lanes stand in the order in which people first speak. Nobody named is nobody in particular,
so all turns of unnamed journalists share one lane. Where every turn has its times, blocks
are as long as they took; otherwise they are running words, and long is not slow.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MultipleLocator, StrMethodFormatter

from briefing.figures import dress, phrasing, row_labels
from briefing.tables import TURNS, BriefingError

NUMBER = 6.5  # points
UNLABELLED = "/////"
STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)  # seconds


def timeline_table(turns: pd.DataFrame) -> pd.DataFrame:
    """Where each turn begins and ends, and in which lane, as `plot_timeline` draws it.

    Parameters
    ----------
    turns : DataFrame
        The turns of one briefing.

    Returns
    -------
    DataFrame
        One row per turn: `turn_id, lane, named, role, inferred, n_words`, then `start_s,
        stop_s` in seconds where every turn has its times, otherwise `start_word,
        stop_word`, the words before the turn and up to its end.

    Raises
    ------
    BriefingError
        Turns of several briefings, no turn at all, or a turn whose words were not counted.
    """
    TURNS.check(turns, "briefing_id", "turn_id", "speaker", "role", "inferred", "n_words")
    _check_one_briefing(turns)
    table = turns[["turn_id", "role", "inferred", "n_words"]].reset_index(drop=True)
    table.insert(1, "lane", phrasing.who(turns["speaker"], turns["role"]))
    table.insert(2, "named", turns["speaker"].notna().to_numpy())
    if is_timed(turns):
        times = turns[["start_s", "stop_s"]].reset_index(drop=True)
        table = table.assign(start_s=times["start_s"], stop_s=times["stop_s"])
    else:
        so_far = table["n_words"].cumsum()
        table = table.assign(start_word=so_far - table["n_words"], stop_word=so_far)
    table.attrs = dict(turns.attrs)
    return table


def is_timed(turns: pd.DataFrame) -> bool:
    """Whether every turn has the times at which it begins and ends."""
    return {"start_s", "stop_s"} <= set(turns) and bool(
        turns[["start_s", "stop_s"]].notna().all(axis=None)
    )


def _check_one_briefing(turns: pd.DataFrame) -> None:
    briefings = turns["briefing_id"].unique()
    if len(briefings) != 1:
        raise BriefingError(
            f"a timeline shows one briefing, and these are the turns of {len(briefings)}. "
            "Choose one: turns[turns['briefing_id'] == '...']."
        )
    if turns["n_words"].isna().any():
        raise BriefingError(
            "the words of some turns were not counted. Count them with a tokenizer for "
            "their language: briefing.tokenize(turns, tokenizer=...)."
        )


def plot_timeline(turns: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the turns of one briefing as blocks, one lane a speaker, coloured by role.

    Hatched blocks are turns for which the source printed no label. Wide blocks bear the
    number of their turn. Not a record of speaking time unless the source has times.
    """
    table = timeline_table(turns)
    lanes = list(dict.fromkeys(table["lane"]))
    own = ax is None
    ax = row_labels.rows(lanes, ax)
    start, stop = (table[column].astype(float) for column in table.columns[-2:])

    rows = table["lane"].map(lanes.index)
    blocks = ax.barh(
        rows, stop - start, row_labels.THICK, start,
        color=_fills(table), edgecolor=dress.colours(table["role"]), linewidth=0.6,
        hatch=[UNLABELLED if inferred else "" for inferred in table["inferred"]],
    )  # fmt: skip
    _part_neighbours(ax, rows, start, stop)
    ax.set_xlim(min(0.0, start.min()), max(stop.max(), 1))
    _name_axes(ax, table)
    dress.legend(ax, [*dress.role_keys(table["role"]), *_unlabelled_key(table)])
    dress.write(ax, _words(table), table.attrs, own=own)
    row_labels.fit_rows(ax, lanes, own=own)
    _number_blocks(ax, blocks, table)
    return ax


def _fills(table: pd.DataFrame) -> list[str]:
    colours = dress.colours(table["role"])
    return ["white" if i else c for c, i in zip(colours, table["inferred"], strict=True)]


def _part_neighbours(ax: Axes, rows: pd.Series, start: pd.Series, stop: pd.Series) -> None:
    """Draw a white line between wide blocks of one lane that would run into one another."""
    span = stop.max() - start.min()
    wide = (stop - start) > 0.01 * span
    before = wide.groupby(rows).shift(fill_value=False)
    close = (start - stop.groupby(rows).shift()) < 0.002 * span
    at, rows = start[wide & before & close], rows[wide & before & close]
    reach = row_labels.THICK / 2
    ax.vlines(at, rows - reach, rows + reach, color="white", linewidth=1)


def _name_axes(ax: Axes, table: pd.DataFrame) -> None:
    if "start_s" in table:
        step = next((s for s in STEPS if ax.get_xlim()[1] / s <= 8), STEPS[-1])
        ax.xaxis.set_major_locator(MultipleLocator(step))
        ax.xaxis.set_major_formatter(FuncFormatter(lambda seconds, _: clock(seconds)))
        dress.name_axis(ax, "time from the start")
    else:
        ax.xaxis.set_major_formatter(StrMethodFormatter("{x:,.0f}"))
        dress.name_axis(ax, "words from the start")


def clock(seconds: float) -> str:
    """`4:05`, or `1:04:05` from an hour on."""
    minutes, rest = divmod(round(seconds), 60)
    hours, minutes = divmod(minutes, 60)
    return f"{hours}:{minutes:02}:{rest:02}" if hours else f"{minutes}:{rest:02}"


def _unlabelled_key(table: pd.DataFrame) -> list[Patch]:
    key = Patch(
        facecolor="white", edgecolor=dress.FAINT, hatch=UNLABELLED, label="no label printed"
    )
    return [key] if table["inferred"].any() else []


def _number_blocks(ax: Axes, blocks: BarContainer, table: pd.DataFrame) -> None:
    """Write the number of each turn into its block, where the block is wide enough."""
    dress.settle(ax)
    for block, turn, inferred in zip(blocks, table["turn_id"], table["inferred"], strict=True):
        room = block.get_window_extent()
        if room.width < NUMBER / 72 * dress.whole(ax).dpi:
            continue
        number = ax.annotate(
            str(turn), (0.5, 0.5), xycoords=block, ha="center", va="center_baseline",
            fontsize=NUMBER, color=dress.INK if inferred else "white", gid="turn",
        )  # fmt: skip
        if inferred:
            number.set_bbox(row_labels.CLEAR)
        written = number.get_window_extent()
        if written.width + 2 > room.width or written.height > room.height:
            number.remove()


def _words(table: pd.DataFrame) -> dress.Words:
    longest = table.iloc[int(table["n_words"].to_numpy(dtype=int).argmax())]
    n, total = int(longest["n_words"]), int(table["n_words"].sum())
    headline = "Who speaks when"
    if 2 * n > total and len(table) > 1:
        headline = (
            f"{n:,} of {total:,} words are one turn ({longest['turn_id']}, {longest['lane']})"
        )
    turns = phrasing.counted(len(table), "turn")
    what = f"{turns.capitalize()} over {_span(table)}; numbers in the blocks: turns"
    return dress.Words(headline, what, timed="start_s" in table)


def describe_timeline(turns: pd.DataFrame) -> str:
    """Say in words what `plot_timeline` shows."""
    table = timeline_table(turns)
    longest = table.iloc[int(table["n_words"].to_numpy(dtype=int).argmax())]
    return _words(table).said(
        table.attrs,
        f"{phrasing.counted(len(table), 'turn')} in "
        f"{phrasing.counted(table['lane'].nunique(), 'lane')} over {_span(table)}; "
        f"first to speak: {table['lane'].iloc[0]}; the longest is turn {longest['turn_id']} "
        f"({longest['lane']}, {phrasing.counted(longest['n_words'], 'word')})",
    )


def _span(table: pd.DataFrame) -> str:
    if "start_s" not in table:
        return phrasing.counted(int(table["n_words"].sum()), "word")
    seconds = table["stop_s"].max()
    return f"{clock(seconds)} {'hours' if round(seconds) >= 3600 else 'minutes'}"
