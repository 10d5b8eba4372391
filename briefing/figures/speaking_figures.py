"""Who speaks: words, minutes and calls as bars, and the briefing from beginning to end.

Shares of words are exact counts. Minutes are measured if the source has times; then a slope leads
from each speaker's share of the words to the share of the time. Otherwise they are estimated, and
what is known is the interval, not the bar. Speakers with fewer than 100 words share one row.

In a briefing officials are there to answer at length and journalists to ask, so a large share for
an official reflects the genre and is not a finding: compare officials with officials.

In the timeline, lanes are in the order in which people first speak. All turns of unnamed
journalists share one lane, since they may be anybody's. If every turn has times, the length of a
block is its duration; otherwise it is the number of running words, and long does not mean slow.

In the figure of questions and answers, a row is one adjacency pair: the question on the left, the
turn that answers it on the right. Length is not quality: a long answer may say little, and a short
one everything that was asked.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from itertools import combinations
from typing import Any

import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.container import BarContainer
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter, MultipleLocator, StrMethodFormatter

from briefing.figures import dress
from briefing.figures.dress import wrap
from briefing.prose import clock, counted, listed, possessive
from briefing.tables import PAIRS, ROLE_COLOURS, TURNS, BriefingError
from briefing.words.groups import NOT_NAMED

FEWEST = 100  # fewest words of a separate row
FIRST = 3  # rows whose numbers are in the caption
SLOPE = 3.4  # inches
LETTERS = 27  # characters of a name beside a slope, on one line
RANKED = 15  # outlets with a bar
LANES = 24  # of a timeline; of more, those of most words have one
NUMBER = 6.5  # points
UNLABELLED = "/////"
STEPS = (1, 2, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200)  # seconds
KEYS = ["briefing_id", "turn_id"]
NUMBERS = 0.08  # of the width: room for the numbers before the questions
ASIDE = 0.34  # of the longest answer: room for the numbers and names after the bars
OF_ANSWERER = 24  # characters of the name after an answer
MANY, LOW = 30, 0.2  # rows that are lower if there are more, in inches
MIXED = "several roles"


def plot_speaking_share(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a bar for each row of `briefing.speaking.share(turns)`, in the colour of its role.

    Rows with fewer than 100 words are combined, if there are several. These are words, not minutes.
    """
    dress.known("speaking share").check(shares)
    rows = _short_together(_named(shares), "n_words", "share_words")
    is_mixed, colours = rows["role"] == MIXED, dress.colours(rows["role"])
    with dress.framed(rows["name"].tolist(), _share_words(shares, rows), ax) as ax:
        ax.barh(
            range(len(rows)), rows["share_words"], dress.THICK,
            color=[dress.PLAIN if mixed else c for mixed, c in zip(is_mixed, colours, strict=True)],
            gid="share",
        )  # fmt: skip
        for place, row in enumerate(rows.to_dict("records")):
            value = f"{dress.percent(row['share_words'])} · {row['n_words']:,} words"
            dress.write_value(ax, row["share_words"], place, value)
        ax.set_xlim(0, max(rows["share_words"].max() * 1.02, 0.01))
        ax.set_xticks([])
        mixed = [Patch(facecolor=dress.PLAIN, label=MIXED)] if is_mixed.any() else []
        dress.legend(ax, [*dress.role_keys(rows["role"].dropna()), *mixed])
    return ax


def _by(table: pd.DataFrame) -> str:
    """The column that the words were counted by: the first."""
    return str(table.columns[0])


def _named(table: pd.DataFrame) -> pd.DataFrame:
    """The rows, with the name of each and whether it is a single person or outlet."""
    by = _by(table)
    names = table[by].astype("str").where(table[by].notna(), f"no {by} given")
    names = names.map(dress.plural) if by == "role" else names
    roles = table["role"].astype("object") if "role" in table else None
    one = table["named"].astype(bool) if "named" in table else True
    return table.assign(name=names, role=roles, one=one).reset_index(drop=True)


def _short_together(rows: pd.DataFrame, *sums: str) -> pd.DataFrame:
    """Most words first; those with fewer than 100 words are combined in the last row."""
    rows = rows.sort_values("n_words", ascending=False, kind="stable", ignore_index=True)
    few = rows[rows["n_words"] < FEWEST]
    if len(few) < 2 or len(few) == len(rows):
        return rows
    role = few["role"].iloc[0] if len(few["role"].unique()) == 1 else MIXED
    name = f"{len(few)} with under {FEWEST} words each"
    together = {"name": name, "role": role, "one": False} | {c: few[c].sum() for c in sums}
    kept = rows[rows["n_words"] >= FEWEST]
    return pd.concat([kept, pd.DataFrame([together])], ignore_index=True)


def _share_words(shares: pd.DataFrame, rows: pd.DataFrame) -> dress.Words:
    total, of = int(rows["n_words"].sum()), dress.of_what(shares.attrs)
    first, pairs = rows.iloc[0], rows.head(FIRST)[["name", "share_words"]].to_numpy()
    said = [f"{name} {dress.percent(share)}" for name, share in pairs]
    whole = shares.attrs.get("n_words", total) == total
    alone = len(rows) > 1 and (rows["n_words"] == first["n_words"]).sum() == 1
    headline = f"Words by {_by(shares)}"
    if whole and alone and first["one"]:
        headline = f"{first['n_words']:,} of {total:,} words are {possessive(str(first['name']))}"
    return dress.Words(
        headline, f"Share of the words {of}", shares.attrs, f"Of the words {of}: {listed(said)}"
    )


def plot_speaking_time(times: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw `briefing.speaking.time(turns)`: a slope if everything is timed, otherwise bars.

    The slope leads from a speaker's share of the words to the share of the time. A bar is an
    estimate and its line the interval; speakers without an estimate share one row. Not for ranking
    speakers by estimates: use shares of words for that.
    """
    dress.check("speaking time", times)
    timed = (times["basis"] == "timed").all() and times["minutes"].sum() > 0
    return _slope(times, ax) if timed else _bars(times, ax)


def _minutes(times: pd.DataFrame) -> pd.DataFrame:
    """The rows with their minutes, measured or estimated; those without come last."""
    rows = _named(times)
    rows["at"] = rows["minutes"].fillna(rows["est_minutes"]).astype(float)
    known, without = rows[rows["at"].notna()], rows[rows["at"].isna()]
    if without.empty:
        return known.reset_index(drop=True)
    name = str(without["name"].iloc[0]) if len(without) == 1 else f"{len(without)} others"
    words, most = without["n_words"].sum(), without["n_words"].max()
    together = {"name": name, "role": None, "n_words": words, "most": most, "at": np.nan}
    return pd.concat([known, pd.DataFrame([together])], ignore_index=True)


def _bars(times: pd.DataFrame, ax: Axes | None) -> Axes:
    rows = _minutes(times)
    with dress.framed(rows["name"].tolist(), _time_words(times, rows), ax) as ax:
        for place, row in enumerate(rows.to_dict("records")):
            _bar(ax, place, row)
        most = float(np.nanmax([rows["at"].max(), rows["high"].max(), 0.1]))
        ax.set_xlim(0, most * 1.02)
        ax.set_xticks([])
        dress.legend(ax, dress.role_keys(rows["role"].dropna()))
    return ax


def _bar(ax: Axes, place: int, row: dict[Any, Any]) -> None:
    if pd.isna(row["at"]):
        words = counted(int(row["n_words"]), "word")
        why = "too few of each for an estimate" if row["most"] < FEWEST else "no estimate"
        dress.write_value(ax, 0, place, f"{words}: {why}")
        return
    colour = dress.colours([row["role"]])[0]
    ax.barh(place, row["at"], dress.THICK, color=colour, alpha=0.85, gid="minutes")
    known = pd.notna(row["low"])
    if known:
        ax.plot([row["low"], row["high"]], [place] * 2, color=dress.INK, lw=1.1, gid="interval")
    dress.write_value(ax, row["high"] if known else row["at"], place, _estimate(row))


def _estimate(row: dict[Any, Any]) -> str:
    interval = f" ({row['low']:.1f} to {row['high']:.1f})" if pd.notna(row["low"]) else ""
    return f"{row['at']:.1f}{interval}"


def _time_words(times: pd.DataFrame, rows: pd.DataFrame) -> dress.Words:
    called = str(times.attrs.get("called") or "estimated")
    if times.attrs.get("rate_from") == "none":
        why = f"{called[0].upper()}{called[1:]}."
        return dress.Words("Minutes by speaker: none estimated", why, times.attrs, why)
    covered = times.attrs.get("coverage")
    notes = [
        "Bars: estimates; lines: their intervals." if times["low"].notna().any() else "",
        f"How sure: {covered}." if covered else "",
    ]
    known = rows.dropna(subset="at").head(FIRST).to_dict("records")
    said = listed([f"{row['name']} {_estimate(row)}" for row in known])
    first = f"Minutes {called}: {said}" if said else f"Minutes {called}"
    return dress.Words(
        "Minutes by speaker, estimated", f"Minutes {called}", times.attrs, first, notes
    )


def _clock(times: pd.DataFrame) -> pd.DataFrame:
    """Shares of words and of time by name, most words first, with short ones combined."""
    shown = _short_together(_named(times), "n_words", "minutes")
    shown = shown.sort_values("n_words", ascending=False, kind="stable", ignore_index=True)
    for column in ("n_words", "minutes"):
        shown[f"share_{column}"] = shown[column] / shown[column].sum()
    return shown


def _swapped(shown: pd.DataFrame) -> tuple[dict[Any, Any], dict[Any, Any]] | None:
    """The two speakers whose order by words and by time differs most clearly."""
    rows = [row for row in shown.to_dict("records") if row["one"]]
    pairs = [
        (one, other)
        for one, other in combinations(rows, 2)
        if one["n_words"] > other["n_words"] and one["minutes"] < other["minutes"]
    ]
    return max(pairs, key=lambda pair: pair[1]["minutes"] - pair[0]["minutes"], default=None)


def _slope(times: pd.DataFrame, ax: Axes | None) -> Axes:
    shown = _clock(times)
    pair = _swapped(shown)
    own, ax = ax is None, ax or dress.new_axes(SLOPE)
    dress.bare(ax, grid=None)
    stressed = {row["name"] for row in pair} if pair else {str(shown["name"].iloc[0])}
    for row in shown.to_dict("records"):
        on = row["name"] in stressed
        ax.plot(
            [0, 1], [row["share_n_words"], row["share_minutes"]], "o-", gid=f"slope/{row['name']}",
            color=dress.colours([row["role"]])[0] if on else dress.PLAIN, zorder=3 if on else 2,
            linewidth=2.2 if on else 1.2, markersize=5,
        )  # fmt: skip
    ax.set_xlim(-1.2, 2.2)
    ax.set_yticks([])
    ax.set_xticks([0, 1], ["share of the words", "share of the time"])
    ax.xaxis.tick_top()
    dress.write(ax, _clock_words(times, shown, pair), own=own)
    if own:
        dress.fit(ax, max(SLOPE, 0.19 * len(shown) * 1.6 + SLOPE * 0.55))
    _name_ends(ax, shown, stressed)
    return ax


def _name_ends(ax: Axes, shown: pd.DataFrame, stressed: set[str]) -> None:
    """Names and numbers beside both ends, moved apart if shares are close."""
    dress.settle(ax)
    step = 1.45 * dress.NOTE / 72 * dress.whole(ax).dpi
    per_pixel = abs(np.diff(ax.get_ylim())[0]) / ax.get_window_extent().height
    for end, column, ha in ((0, "share_n_words", "right"), (1, "share_minutes", "left")):
        places = apart(shown[column].tolist(), step * per_pixel)
        for row, y in zip(shown.to_dict("records"), places, strict=True):
            n = f"{row['n_words']:,}" if end == 0 else f"{row['minutes']:.1f} min"
            name = wrap(row["name"], LETTERS, 1)
            text = f"{name}  {n}" if end == 0 else f"{n}  {name}"
            colour = dress.INK if row["name"] in stressed else dress.FAINT
            at = end + (0.06 if end else -0.06), y
            dress.put(ax, text, at, (0, 0), ha=ha, va="center", color=colour, gid="name")


def apart(values: Sequence[float], gap: float) -> list[float]:
    """The values, moved as little as possible to be in order and `gap` apart."""
    order = np.argsort(values, kind="stable")[::-1]
    placed = np.array(values, float)
    for above, below in zip(order, order[1:], strict=False):
        placed[below] = min(placed[below], placed[above] - gap)
    return (placed + (np.mean(values) - placed.mean())).tolist()


def _clock_words(times: pd.DataFrame, shown: pd.DataFrame, pair: Any) -> dress.Words:
    n_named = int(_named(times)["one"].sum())
    minutes, first = shown["minutes"].sum(), shown.iloc[0]
    headline = f"{first['name']} speaks for {first['minutes']:.1f} of {minutes:.1f} minutes"
    if pair:
        one, other = pair
        headline = (
            f"{one['name']} has more words than {other['name']} ({one['n_words']:,} and "
            f"{other['n_words']:,}) and less time ({one['minutes']:.1f} and "
            f"{other['minutes']:.1f} minutes)"
        )
    elif times.attrs.get("n_speakers", n_named) != n_named:
        headline = "Minutes by the clock"
    rows = shown.head(FIRST).to_dict("records")
    said = listed([f"{row['name']} {row['minutes']:.1f} minutes" for row in rows])
    drawn = f"Of {shown['n_words'].sum():,} words and {minutes:.1f} minutes, by the times in the"
    return dress.Words(
        headline, f"{drawn} source", times.attrs, f"By the clock: {said}", timed=True
    )


def plot_calls(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the calls of each outlet, most first, and the words received beside them.

    Takes `briefing.floor.share(calls)`.

    Raises
    ------
    BriefingError
        If it is not such a table, has no row, or fewer than 60 % of the calls have names: then
        nobody is ranked.
    """
    table = _ranked(shares)
    names = [str(name) for name in table.iloc[:, 0]]
    with dress.framed(names, _calls_words(shares, table), ax) as ax:
        most = max(int(table["n_calls"].max()), 1)
        for place, row in enumerate(table.to_dict("records")):
            n, colour = row["n_calls"], dress.PLAIN if names[place] == NOT_NAMED else dress.STRESS
            ax.barh(place, n, dress.THICK, color=colour, gid="calls")
            dress.put(ax, f"{n:,}", (n, place), (4, 0), gid="calls")
            words = f"{row['n_words_received']:,.0f} words received"
            dress.put(ax, words, (1.25 * most, place), (4, 0), gid="words")
        ax.set_xlim(0, 1.95 * most)
        ax.set_xticks([])
    return ax


def _ranked(shares: pd.DataFrame) -> pd.DataFrame:
    dress.check("shares of the calls", shares)
    if not shares.attrs.get("ranked", True):
        raise BriefingError.of("few calls named", share=shares.attrs["share_named"])
    named = shares[shares.iloc[:, 0] != NOT_NAMED].head(RANKED)
    return pd.concat([named, shares[shares.iloc[:, 0] == NOT_NAMED]], ignore_index=True)


def _calls_words(shares: pd.DataFrame, table: pd.DataFrame) -> dress.Words:
    first, total = table.iloc[0], int(shares["n_calls"].sum())
    alone = table["n_calls"].head(2).nunique() == min(len(table), 2)
    headline = (
        f"{first['n_calls']:,} of {total:,} calls go to {first.iloc[0]}" if alone else "Calls"
    )
    of = counted(shares.attrs.get("n_briefings", 1), "briefing")
    more = len(shares) - len(table)
    notes = [f"{more} more are not drawn." if more > 0 else ""]
    return dress.Words(headline, f"Calls and words received in {of}", shares.attrs, notes=notes)


def plot_follow_ups(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the follow-ups per call for each official, with intervals by briefing.

    Takes `briefing.floor.share(calls, by="answered_by")`; rows without an interval are left out.
    """
    dress.check("shares of the calls", shares)
    table = shares[shares["low_follow_ups"].notna()].reset_index(drop=True)
    names = [str(name) for name in table.iloc[:, 0]]
    with dress.framed(names, _follow_up_words(shares, table), ax, grid=True) as ax:
        for place, row in enumerate(table.to_dict("records")):
            ends, rate = [row["low_follow_ups"], row["high_follow_ups"]], row["follow_ups_per_call"]
            ax.plot(ends, [place, place], color=dress.STRESS, linewidth=2, gid="interval")
            ax.plot(rate, place, "o", color=dress.STRESS, gid="rate")
            dress.put(
                ax, f"{rate:.1f}, {row['n_calls']:,} calls", (ends[1], place), (4, 0), gid="n"
            )
        ax.set_xlim(0, 1.45 * float(table["high_follow_ups"].max()))
        dress.name_axis(ax, "follow-up questions a call")
    return ax


def _follow_up_words(shares: pd.DataFrame, table: pd.DataFrame) -> dress.Words:
    headline, left_out = "Follow-ups a call", len(shares) - len(table)
    if len(table) > 1 and table["low_follow_ups"].max() > table["high_follow_ups"].min():
        best = table.sort_values("follow_ups_per_call").iloc[-1]
        headline = f"Most follow-ups a call under {best.iloc[0]}"
    drawn = "Later questions in the same call, intervals by briefing"
    notes = [f"{left_out} others have too few briefings." if left_out else ""]
    return dress.Words(headline, drawn, shares.attrs, notes=notes)


def timeline_table(turns: pd.DataFrame) -> pd.DataFrame:
    """Where each turn begins and ends, and in which lane, as `plot_timeline` draws it.

    Parameters
    ----------
    turns : DataFrame
        The turns of one briefing.

    Returns
    -------
    DataFrame
        One row per turn: `turn_id, lane, named, role, inferred, n_words`, then `start_s, stop_s` in
        seconds if every turn has times, otherwise `start_word, stop_word`, the words before the
        turn and up to its end.

    Raises
    ------
    BriefingError
        If there are several briefings, no turns, or a turn whose words were not counted.
    """
    TURNS.check(turns, *KEYS, "speaker", "role", "inferred", "n_words")
    briefings = turns["briefing_id"].unique()
    if len(briefings) != 1:
        raise BriefingError.of("timeline of several briefings", n=len(briefings))
    _check_counted(turns)
    table = turns[["turn_id", "role", "inferred", "n_words"]].reset_index(drop=True)
    lanes = dress.who(turns["speaker"], turns["role"])
    table.insert(
        1, "lane", _few_lanes(pd.Series(lanes).reset_index(drop=True).astype("str"), table)
    )
    table.insert(2, "named", turns["speaker"].notna().to_numpy())
    times = turns.reindex(columns=["start_s", "stop_s"]).reset_index(drop=True)
    if times.notna().all(axis=None):
        table = table.assign(**times)
    else:
        so_far = table["n_words"].cumsum()
        table = table.assign(start_word=so_far - table["n_words"], stop_word=so_far)
    table.attrs = dict(turns.attrs)
    return table


def _few_lanes(lanes: pd.Series, table: pd.DataFrame) -> pd.Series:
    """Give those with most words a lane each, and of too many the others of a role one together."""
    if lanes.nunique() <= LANES:
        return lanes
    first = table["n_words"].groupby(lanes).sum().nlargest(RANKED).index
    roles = table["role"].astype("str")
    n = lanes.mask(lanes.isin(first)).groupby(roles).transform("nunique")
    together = ("other " + roles.map(dress.plural)).str.replace("other others", "others")
    return lanes.mask(~lanes.isin(first) & (n > 1), n.astype("str") + " " + together)


def _check_counted(turns: pd.DataFrame) -> None:
    if turns["n_words"].isna().any():
        raise BriefingError.of("words not counted")


def plot_timeline(turns: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the turns of one briefing as blocks, one lane per speaker, coloured by role.

    Of more than 24 lanes the 15 with most words stay; the others of a role share one.

    Hatched blocks are turns for which the source printed no label. Wide blocks have the number of
    their turn. Not a record of speaking time unless the source has times.
    """
    table = timeline_table(turns)
    lanes = list(dict.fromkeys(table["lane"]))
    start, stop = (table[column].astype(float) for column in table.columns[-2:])
    rows = table["lane"].map(lanes.index)
    with dress.framed(lanes, _timeline_words(table), ax, grid=True) as ax:
        blocks = ax.barh(
            rows, stop - start, dress.THICK, start,
            color=_fills(table), edgecolor=dress.colours(table["role"]), linewidth=0.6,
            hatch=[UNLABELLED if inferred else "" for inferred in table["inferred"]],
        )  # fmt: skip
        _part_neighbours(ax, rows, start, stop)
        ax.set_xlim(min(0.0, start.min()), max(stop.max(), 1))
        _name_axes(ax, table)
        dress.legend(ax, [*dress.role_keys(table["role"]), *_unlabelled_key(table)])
    _number_blocks(ax, blocks, table)
    return ax


def _fills(table: pd.DataFrame) -> list[str]:
    colours = dress.colours(table["role"])
    return ["white" if i else c for c, i in zip(colours, table["inferred"], strict=True)]


def _part_neighbours(ax: Axes, rows: pd.Series, start: pd.Series, stop: pd.Series) -> None:
    """Draw a white line between wide blocks of one lane that would touch."""
    span = stop.max() - start.min()
    wide = (stop - start) > 0.01 * span
    before = wide.groupby(rows).shift(fill_value=False)
    close = (start - stop.groupby(rows).shift()) < 0.002 * span
    at, rows = start[wide & before & close], rows[wide & before & close]
    reach = dress.THICK / 2
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


def _unlabelled_key(table: pd.DataFrame) -> list[Patch]:
    key = Patch(
        facecolor="white", edgecolor=dress.FAINT, hatch=UNLABELLED, label="no label printed"
    )
    return [key] if table["inferred"].any() else []


def _number_blocks(ax: Axes, blocks: BarContainer, table: pd.DataFrame) -> None:
    """Write the number of each turn into its block, if the block is wide enough."""
    dress.settle(ax)
    turns = table[["turn_id", "inferred", "role"]].to_numpy()
    for block, (turn, inferred, role) in zip(blocks, turns, strict=True):
        room = block.get_window_extent()
        if room.width < NUMBER / 72 * dress.whole(ax).dpi:
            continue
        number = dress.put(
            ax, str(turn), (0.5, 0.5), (0, 0), xycoords=block, ha="center", fontsize=NUMBER,
            color=dress.INK if inferred or role == "journalist" else "white", gid="turn",
        )  # fmt: skip
        if inferred:
            number.set_bbox(dress.CLEAR)
        written = number.get_window_extent()
        if written.width + 2 > room.width or written.height > room.height:
            number.remove()


def _timeline_words(table: pd.DataFrame) -> dress.Words:
    longest = table.iloc[int(table["n_words"].to_numpy(dtype=int).argmax())]
    n, total, lane = int(longest["n_words"]), int(table["n_words"].sum()), longest["lane"]
    headline = "Who speaks when"
    if 2 * n > total and len(table) > 1:
        headline = f"{n:,} of {total:,} words are one turn ({longest['turn_id']}, {lane})"
    timed, span = "start_s" in table, counted(total, "word")
    if timed:
        seconds = table["stop_s"].max()
        span = f"{clock(seconds)} {'hours' if round(seconds) >= 3600 else 'minutes'}"
    turns = counted(len(table), "turn")
    first = (
        f"{turns} in {counted(table['lane'].nunique(), 'lane')} over {span}; "
        f"first to speak: {table['lane'].iloc[0]}; the longest is turn {longest['turn_id']} "
        f"({lane}, {counted(n, 'word')})"
    )
    drawn = f"{turns.capitalize()} over {span}; numbers in the blocks: turns"
    return dress.Words(headline, drawn, table.attrs, first, timed=timed)


def question_answer_table(pairs: pd.DataFrame, turns: pd.DataFrame) -> pd.DataFrame:
    """The words of each question and of its answer, as `plot_question_answer` draws them.

    Parameters
    ----------
    pairs, turns : DataFrame
        The pairs of one or more briefings, and the turns they refer to.

    Returns
    -------
    DataFrame
        One row per pair: `briefing_id, question_id, answer_id, question_words,
        answer_words, asker, answerer, role` (of who answers), `inferred` (the link is read
        from the order of turns and their words, not printed).

    Raises
    ------
    BriefingError
        If there are no pairs, a pair refers to a turn that is not in `turns`, or a turn has no word
        count.
    """
    PAIRS.check(pairs)
    TURNS.check(turns, *KEYS, "speaker", "role", "n_words")
    names = dress.who(turns["speaker"], turns["role"], each=True)
    known = turns.assign(who=names).set_index(KEYS)
    asked = pd.MultiIndex.from_frame(pairs[["briefing_id", "question_id"]], names=KEYS)
    answered = pd.MultiIndex.from_frame(pairs[["briefing_id", "answer_id"]], names=KEYS)
    _check_turns_are_there(asked.append(answered), known)
    table = pairs[["briefing_id", "question_id", "answer_id"]].assign(
        question_words=known.loc[asked, "n_words"].to_numpy(dtype=int),
        answer_words=known.loc[answered, "n_words"].to_numpy(dtype=int),
        asker=known.loc[asked, "who"].to_numpy(),
        answerer=known.loc[answered, "who"].to_numpy(),
        role=known.loc[answered, "role"].to_numpy(),
        inferred=pairs["inferred"],
    )
    table.attrs = dict(turns.attrs)
    return table.reset_index(drop=True)


def _check_turns_are_there(asked: pd.Index, known: pd.DataFrame) -> None:
    if not len(asked):
        raise BriefingError.of("no pair")
    absent = asked[~asked.isin(known.index)]
    if len(absent):
        briefing, turn = absent[0]
        raise BriefingError.of("pair without turn", turn=turn, briefing=briefing)
    _check_counted(known.loc[asked])


def plot_question_answer(
    pairs: pd.DataFrame, turns: pd.DataFrame, *, ax: Axes | None = None
) -> Axes:
    """Draw the words of each question on the left and of its answer on the right, in order.

    A second answer to one question has a row without a question. Not a measure of how well a
    question was answered.
    """
    table = question_answer_table(pairs, turns)
    again = _repeated(table)
    low = LOW if len(table) > MANY else dress.ROW
    several = len(table["answerer"].unique()) > 1
    with dress.framed(_asked(table), _pair_words(table), ax, row=low) as ax:
        for place, row in enumerate(table.to_dict("records")):
            by = f" · {wrap(str(row['answerer']), OF_ANSWERER, 1)}" if several else ""
            _pair(ax, place, row, by, again=bool(again.iloc[place]))
        most = max(int(table["answer_words"].max()), 1)
        least = max(int(table["question_words"].max()), 1)
        width = (1 + ASIDE) * most + least
        ax.set_xlim(-(least + NUMBERS * width), (1 + ASIDE) * most)
        ax.set_xticks([])
        ax.axvline(0, color="white", linewidth=1.2)
        answers = dress.role_keys(table["role"])
        for key in answers:
            key.set_label(f"answer, {key.get_label()}")
        question = Patch(facecolor=ROLE_COLOURS["journalist"], label="question")
        dress.legend(ax, [question, *answers])
    return ax


def _repeated(table: pd.DataFrame) -> pd.Series:
    """Rows whose question is in a row above."""
    return table.duplicated(["briefing_id", "question_id"])


def _asked(table: pd.DataFrame) -> list[str]:
    """The turn of each question, and the asker or briefing if there are several."""
    several = len(table["briefing_id"].unique()) > 1
    askers = len(table["asker"].unique()) > 1
    return [
        ""
        if again
        else f"{row['briefing_id']}, {row['question_id']}" * several
        or f"{row['question_id']}" + f"  {row['asker']}" * askers
        for row, again in zip(table.to_dict("records"), _repeated(table), strict=True)
    ]


def _pair(ax: Axes, place: int, row: Mapping[Hashable, Any], by: str, *, again: bool) -> None:
    n, colour = row["question_words"], dress.colours([row["role"]])[0]
    if not again:
        ax.barh(place, -n, dress.THICK, color=ROLE_COLOURS["journalist"], gid="question")
        dress.put(ax, f"{n:,}", (-n, place), (-4, 0), ha="right", gid="asked")
    ax.barh(place, row["answer_words"], dress.THICK, color=colour, gid="answer")
    dress.write_value(ax, row["answer_words"], place, f"{row['answer_words']:,}{by}")


def _pair_words(table: pd.DataFrame) -> dress.Words:
    longer = table["answer_words"] > table["question_words"]
    longer = longer.groupby([table["briefing_id"], table["answer_id"]]).all()
    n_longer, shared = int(longer.sum()), len(table) - len(longer)
    are = "is" if n_longer == 1 else "are"
    said = f"{dress.some_of(n_longer, len(longer), 'answer')} {are} longer than the question"
    headline = said[:1].upper() + said[1:] if n_longer else "Questions and their answers"
    several = int(_repeated(table).sum())
    notes = [
        "Numbers at the left: turns." if len(table["briefing_id"].unique()) == 1 else "",
        f"A row without a question: one more answer to that above ({several})." if several else "",
        "Links are read from the order of turns." if table["inferred"].all() else "",
        "Length says nothing of how well a question was answered.",
        f"Answers drawn twice: {shared}." if shared else "",
    ]
    asked = table.loc[~_repeated(table), "question_words"].median()
    answered = table.drop_duplicates(["briefing_id", "answer_id"])["answer_words"].median()
    first = (
        f"The median question has {counted(asked, 'word')}, "
        f"the median answer {counted(answered, 'word')}"
    )
    answer = "the turn that comes in answer"
    if len(table["answerer"].unique()) == 1:
        answer = f"{possessive(str(table['answerer'].iloc[0]))} turn in answer"
    drawn = f"Words of each question and of {answer}, in order"
    return dress.Words(headline, drawn, table.attrs, first, notes)
