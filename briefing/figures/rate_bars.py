"""Rates per 1,000 words: sorted bars for groups, a panel for each category across briefings.

Each category has bars for the groups with enough words, highest first, all on one scale. The bar
that the headline is about is coloured; a thin line is the interval, if there is one. Groups with
fewer than 200 words have no bar, since a single hit would change the rate completely, and are
counted in the note.

Does not show that two groups differ: intervals from one briefing describe that briefing, and its
speakers were asked different things.

Across briefings, each point is one of them, in order of time. A few briefings are a few events,
each held for its own reasons: with fewer than ten of them nothing is a trend. The line only guides
the eye from one to the next; nothing is fitted or tested.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from math import ceil, hypot
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.dates import AutoDateLocator, ConciseDateFormatter, date2num
from matplotlib.patches import Patch
from matplotlib.ticker import MaxNLocator

from briefing.figures import dress
from briefing.figures.dress import fonts_for, wording, wrap
from briefing.prose import counted, listed, possessive
from briefing.tables import BriefingError

NUMBERS = dress.known("rates").columns
WORDING = wording()["rates"]  # topic, category, person: the column that has the categories
PASSIVES = ("passives without agent", "passives with agent")
NOUNS = ("hedges", "boosters", "nominalisations", "reports", *PASSIVES)  # plurals of countables
MOST = 0.75  # share of passives without an agent that makes a headline
ENOUGH = 200  # fewest words of a group with a bar; with fewer, a rate is a hit or two
COUNTED = 10  # fewest hits for a headline
NONE = ("none", "upper bound")  # not an interval by turns or briefings
ABOVE = 0.25  # a group's share of the hits minus its share of the words that makes a headline
FIRST = 3  # bars whose numbers are in the caption
SIDE_BY_SIDE = 3
PANEL, AROUND = 1.35, 1.6  # inches: the height of a panel; around them
FEW = 10  # briefings; fewer are single events
MARKED = 6  # most briefings for which counts are shown above the points
LONGEST = 24  # characters of a briefing's name
HEADROOM = 1.35  # times the highest, to leave room for its count
EVERY = 0.5  # share of a category's hits in one briefing that makes a headline


class Finding(NamedTuple):
    """A possible headline, and the category and group that it is about."""

    said: str
    category: str
    group: str


def kind(table: pd.DataFrame) -> str:
    """What the categories are: the name of their column.

    Raises
    ------
    BriefingError
        There is no such column.
    """
    found = next((name for name in WORDING if name in table), None)
    if found is None:
        raise BriefingError.of("no rates table", made_by=dress.known("rates").made_by)
    return found


def grouped_by(table: pd.DataFrame) -> str | None:
    """The column that the words were counted by: the first, unless that is a category."""
    first = str(table.columns[0])
    return None if first in {*WORDING, "number", *NUMBERS} else first


def cells(table: pd.DataFrame) -> pd.DataFrame:
    """One row for each group and category: `group, category, role` and the numbers.

    Raises
    ------
    BriefingError
        If it is not a table of rates, has no row, or has two rows for one group and category.
    """
    dress.check("rates", table)
    column = grouped_by(table)
    values = table[column] if column else pd.Series("all words", table.index)
    found = table[[*NUMBERS]].assign(
        group=values.astype("object").where(values.notna(), f"no {column} given").astype("str"),
        category=_categories(table),
        named=table["named"].astype(bool) if "named" in table else True,
    )
    if found.duplicated(["group", "category"]).any():
        raise BriefingError.of("category twice", column=column or "category")
    if column == "role":
        found["group"] = found["group"].map(dress.plural)
    return found.reset_index(drop=True)


def _categories(table: pd.DataFrame) -> pd.Series:
    """The category of each row, as written in a figure."""
    if kind(table) != "person":
        return table[kind(table)].astype("str")
    forms = table["person"].astype("str") + " " + table["number"].astype("str")
    return forms.replace(wording()["pronouns"])


def is_alone(table: pd.DataFrame) -> bool:
    """Whether the table has one group only."""
    return not _several(cells(table)["group"])


def _several(values: pd.Series) -> bool:
    return len(values.unique()) > 1


def one_holder(table: pd.DataFrame) -> Finding | None:
    """The category of which one group has most hits, beyond its share of the words.

    Shares are of all groups, including those not drawn; None if the table is only part of the
    result.
    """
    found, what = cells(table), kind(table)
    if _size(found) != table.attrs.get("n_words", _size(found)):
        return None
    words = found.drop_duplicates("group").set_index("group")["n_words"]
    best, most = None, ABOVE
    for category, part in found.groupby("category", sort=False):
        n, total = int(part["n_hits"].max()), int(part["n_hits"].sum())
        row = part.nlargest(1, "n_hits").iloc[0]
        above = n / max(total, 1) - words[row["group"]] / words.sum()
        if len(part) > 2 and row["named"] and total >= COUNTED and 2 * n > total and above >= most:
            whose = possessive(str(row["group"]))
            said = f"{n:,} of {total:,} {called(str(category), what)} are {whose}"
            best, most = Finding(said, str(category), str(row["group"])), above
    return best


def called(category: str, kind: str) -> str:
    """What is counted: *hedges*, but *mentions of the cable*, *uses of you, your*."""
    return category if category in NOUNS else str(WORDING[kind]["hits"].format(category))


def differs(first: Mapping[Hashable, Any], second: Mapping[Hashable, Any]) -> bool:
    """Whether the interval for the difference of two rates excludes 0, with the first higher.

    It is made from the two intervals (MOVER: Zou and Donner 2008, Statistics in Medicine 27).
    """
    ends = [first["low"], first["high"], second["low"], second["high"]]
    if "none" in (first["interval"], second["interval"]) or pd.isna(ends).any():
        return False
    gap = first["per_1000"] - second["per_1000"]
    below = hypot(first["per_1000"] - first["low"], second["high"] - second["per_1000"])
    return bool(gap > below)


def _one_role_more(found: pd.DataFrame, what: str) -> Finding | None:
    """A category that one of two roles has more of, if an interval supports it."""
    for category, part in found.groupby("category", sort=False):
        rows = {row["group"]: row for row in part.to_dict("records")}
        for first, second in (("officials", "journalists"), ("journalists", "officials")):
            if {first, second} <= rows.keys() and differs(rows[first], rows[second]):
                said = WORDING[what]["more"].format(first, called(str(category), what), category)
                said = f"{said[:1].upper()}{said[1:]} than {second} here"
                return Finding(said, str(category), first)
    return None


def _unnamed(table: pd.DataFrame) -> Finding | None:
    """How many of all passives have no agent, if all words were counted together."""
    hits = cells(table).set_index("category")["n_hits"].reindex(PASSIVES, fill_value=0)
    without, total = int(hits.iloc[0]), int(hits.sum())
    if total < COUNTED or without < MOST * total:
        return None
    said = f"{dress.some_of(without, total, 'passive')} leave out who does it".capitalize()
    return Finding(said, PASSIVES[0], "all words")


def finding(table: pd.DataFrame) -> Finding | None:
    """A possible headline for the table, if any."""
    if is_alone(table):
        return _unnamed(table)
    return _one_role_more(cells(table), kind(table)) or one_holder(table)


def _enough(found: pd.DataFrame) -> pd.Series:
    """Which cells are of a group with enough words for a bar: all, if only one group had them."""
    enough = found["n_words"] >= ENOUGH
    return enough if _several(found["group"][enough]) else found["n_words"].notna()


def _drawn(found: pd.DataFrame) -> pd.DataFrame:
    """The cells with a bar, in order: highest first in each category."""
    part = found[_enough(found)]
    there = part.groupby("category")["n_hits"].transform("sum") > 0
    part = part[there] if there.any() else part
    place = part["category"].map({c: i for i, c in enumerate(found["category"].unique())})
    keys = part.assign(place=place * _several(found["group"]), minus=-part["per_1000"])
    order = keys.sort_values(["place", "minus"], kind="stable").index
    return part.loc[order].reset_index(drop=True)


def _words(table: pd.DataFrame, drawn: pd.DataFrame, told: Finding | None) -> dress.Words:
    found, by = cells(table), grouped_by(table)
    headline = told.said if told else _title(table, drawn)
    translated = "" if kind(table) == "topic" else dress.translators(table.attrs)
    drawn_as = f"Per 1,000 words, of {_size(found):,}"
    if by and not _enough(found).all():
        one = {"briefing_id": "briefing"}.get(by, by)
        drawn_as = f"Per 1,000 words; {one}s with {ENOUGH} words or more"
    part = drawn[drawn["category"] == told.category] if told else drawn
    said = [
        f"{_called(row, drawn, told)} {row['per_1000']:.1f} ({row['n_hits']:,} in all)"
        for row in part.head(FIRST).to_dict("records")
    ]
    first, notes = f"Per 1,000 words: {listed(said)}", _notes(table, found, drawn, translated)
    return dress.Words(headline, drawn_as, table.attrs, first, notes, [translated])


def _called(row: Mapping[Hashable, Any], drawn: pd.DataFrame, told: Finding | None) -> str:
    if not _several(drawn["group"]):
        return str(row["category"])
    return str(row["group"]) if told else f"{row['category']}, {row['group']}"


def _title(table: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """A plain title: what is compared."""
    names, groups = [*drawn["category"].unique()], cells(table)["group"].unique()
    agency = table.attrs.get("made_by") == "agency"
    what = "Agents and reports" if agency else WORDING[kind(table)]["title"]
    if not drawn["n_hits"].any():
        return f"Nothing found of {listed(names)}"
    if len(names) < 3 and kind(table) != "topic":
        what = listed(names).capitalize()
    by = grouped_by(table)
    if len(groups) > 1:
        return f"{what} by {by}"
    whole = f"{what} {dress.of_what(table.attrs)}" if table.attrs.get("event") else what
    return whole if by is None else f"{what} of {groups[0]}"


def _notes(
    table: pd.DataFrame, found: pd.DataFrame, drawn: pd.DataFrame, translated: str
) -> list[str]:
    """What the lines mean, who and what has no bar, and how reliable the list is."""
    few = found[~found["group"].isin(drawn["group"])]
    none = [name for name in found["category"].unique() if name not in set(drawn["category"])]
    n_few, hits = few["group"].nunique(), counted(int(few["n_hits"].sum()), "hit")
    level = f"{table.attrs.get('level', 0.95):.0%}"
    return [
        f"Lines: {level} intervals, of this text alone." if _has_interval(drawn).any() else "",
        f"Without a bar: {n_few} with fewer words, {hits}." if n_few else "",
        f"Nothing found of {listed(none)}." if none else "",
        "One word may count in several." if kind(table) != "person" else "",
        translated,
        dress.dictionary(table.attrs),
    ]


def _has_interval(part: pd.DataFrame) -> pd.Series:
    """The rows that have an interval by turns or briefings."""
    return ~part["interval"].isin(NONE) & part["low"].notna()


def _size(found: pd.DataFrame) -> int:
    """The words of all groups."""
    return int(found.drop_duplicates("group")["n_words"].sum())


def plot_rates(table: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the rates of `briefing.wording.stance`, `pronouns` or `topics.frequency` as sorted bars.

    Parameters
    ----------
    table : DataFrame
        One row for each group and category; categories keep the order of the table.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Raises
    ------
    BriefingError
        If columns are missing, there is no row, there are two rows for one group and category, or
        the axes are too low.
    """
    drawn, told = _drawn(cells(table)), finding(table)
    told = told if told and told.group in {*drawn["group"]} else None
    rows = _rows(drawn)
    with dress.framed([name for name, _ in rows], _words(table, drawn, told), ax) as ax:
        highest = drawn.loc[_has_interval(drawn), "high"].max()
        ax.set_xlim(0, float(np.nanmax([0.01, drawn["per_1000"].max(), highest])) * 1.02)
        ax.set_xticks([])
        for place, (_, row) in enumerate(rows):
            if row is None:
                ax.get_yticklabels()[place].set(fontweight="bold")
                continue
            plain = told and (row["category"], row["group"]) != told[1:]
            _bar(ax, place, row, dress.PLAIN if plain else dress.STRESS)
    return ax


def _rows(drawn: pd.DataFrame) -> list[tuple[str, dict[Any, Any] | None]]:
    """The rows from the top down: a heading for each of several categories, and its groups."""
    by_group = _several(drawn["group"])
    headed = by_group and _several(drawn["category"])
    rows: list[tuple[str, dict[Any, Any] | None]] = []
    for category, part in drawn.groupby("category", sort=False) if headed else [("", drawn)]:
        rows += [(str(category), None)] if headed else []
        for row in part.to_dict("records"):
            rows.append((row["group"] if by_group else row["category"], row))
    return rows


def _bar(ax: Axes, place: int, row: Mapping[Hashable, Any], colour: str) -> None:
    """A bar with its interval and its numbers: `12.6 · 31 in 12 of 15 turns`, `0` for none."""
    ax.barh(place, row["per_1000"], dress.THICK, color=colour, gid="rate")
    end = row["per_1000"]
    if row["interval"] not in NONE and pd.notna(row["low"]):
        ax.plot([row["low"], row["high"]], [place] * 2, color=dress.INK, lw=1.0, gid="interval")
        end = max(end, row["high"])
    found = f"{row['n_hits']:,} in {row['n_turns_hit']:,} of {counted(row['n_turns'], 'turn')}"
    value = f"{row['per_1000']:.1f} · {found}" if row["n_hits"] else "0"
    dress.write_value(ax, end, place, value)


def plot_change(table: pd.DataFrame, *, mark: str | None = None, ax: Axes | None = None) -> Axes:
    """Draw each category across briefings: points in order of time, joined by a thin line.

    Parameters
    ----------
    table : DataFrame
        The result of `stance`, `pronouns` or `topics.frequency` with `by="briefing_id"`. With a
        column `date` (anything pandas reads as dates) briefings are spaced by time; without one
        they are in the order of the table.
    mark : str, optional
        The briefing to mark in all panels.
    ax : Axes, optional
        Where to draw, for a table of one category; by default a new figure.

    Returns
    -------
    Axes
        The axes of the first panel.

    Raises
    ------
    BriefingError
        If columns are missing, there is no row, there are two rows for a briefing and category, a
        date is invalid, the briefing to mark is missing, or `ax=` is given for several categories.
    """
    drawn = _over_time(table)
    if mark is not None and mark not in set(drawn["briefing_id"]):
        there = listed(list(dict.fromkeys(drawn["briefing_id"]))[:4])
        raise BriefingError.of("no such mark", mark=mark, there=there)
    names = list(dict.fromkeys(drawn["category"]))
    own, panels = ax is None, _panels(names, ax)
    highest = drawn.loc[_has_interval(drawn), "high"].max()
    most = float(np.nanmax([0.01, drawn["per_1000"].max(), highest])) * HEADROOM
    for place, (name, panel) in enumerate(zip(names, panels, strict=True)):
        _panel(panel, name, drawn[drawn["category"] == name], most, mark)
        _name_briefings(panel, drawn, shown=place >= len(panels) - SIDE_BY_SIDE)
    dress.write(panels[0], _change_words(table, drawn, mark), own=own)
    return panels[0]


def _over_time(table: pd.DataFrame) -> pd.DataFrame:
    """The categories found, most hits first, with `x` and `when`, in order of time."""
    dress.known("rates by briefing").check(table)
    first = ["briefing_id", *(c for c in table if c != "briefing_id")]
    found = cells(table[first]).rename(columns={"group": "briefing_id"})
    found["x"] = found["briefing_id"].factorize()[0].astype(float)
    found["when"] = found["briefing_id"].map(_short)
    if "date" in table:
        dates = _dates(table["date"])
        found["x"] = date2num(dates)
        found["when"] = [f"{date.day} {date:%b %Y}" for date in dates]
    totals = found.groupby("category")["n_hits"].transform("sum")
    kept = found[(totals > 0) | (not totals.any())].assign(minus=-totals)
    kept["rank"] = kept["category"].factorize()[0]
    return kept.sort_values(["minus", "rank", "x"], kind="stable", ignore_index=True)


def _dates(column: pd.Series) -> list[pd.Timestamp]:
    try:
        dates = list(pd.to_datetime(column))
    except ValueError as error:
        raise BriefingError.of("no date", error=error) from error
    if any(pd.isna(date) for date in dates):
        raise BriefingError.of("dates missing")
    return dates


def _panels(names: list[str], ax: Axes | None) -> list[Axes]:
    if ax is not None:
        if len(names) > 1:
            raise BriefingError.of("several panels", n=len(names))
        return [ax]
    columns = min(SIDE_BY_SIDE, len(names))
    lines = ceil(len(names) / columns)
    _, grid = plt.subplots(
        lines, columns, sharey=True, squeeze=False, layout="constrained", facecolor="white",
        figsize=(dress.WIDTH, (PANEL + 0.45) * lines + AROUND),
    )  # fmt: skip
    panels = grid.ravel().tolist()
    for unused in panels[len(names) :]:
        unused.remove()
    return panels[: len(names)]


def _panel(ax: Axes, name: str, part: pd.DataFrame, most: float, mark: str | None) -> None:
    dress.bare(ax, grid="y")
    ax.set_facecolor("white")
    ax.set_ylim(0, most)
    ax.yaxis.set_major_locator(MaxNLocator(3, steps=[1, 2, 5, 10], integer=True))
    ax.set_title(
        wrap(name, 34, 2), loc="left", fontsize=dress.LABEL, fontweight="bold", color=dress.INK,
        parse_math=False, fontfamily=fonts_for([name]),
    )  # fmt: skip
    ax.plot(part["x"], part["per_1000"], color=dress.PLAIN, linewidth=1.2, gid="joined", zorder=2)
    for row in part[_has_interval(part)].to_dict("records"):
        ax.plot(
            [row["x"]] * 2, [row["low"], row["high"]], color=dress.PLAIN, lw=1.4, gid="interval"
        )
    for row in part.to_dict("records"):
        on = mark is None or row["briefing_id"] == mark
        colour = dress.STRESS if on else "#7C8891"
        ax.plot(row["x"], row["per_1000"], "o", color=colour, markersize=5.5, zorder=3, gid="rate")
        if part["briefing_id"].nunique() <= MARKED:
            dress.put(
                ax, f"{row['n_hits']:,}", (row["x"], row["per_1000"]), (0, 5), ha="center",
                va="bottom", gid="count", color=colour if on else dress.FAINT, bbox=dress.CLEAR,
                zorder=2.5,
            )  # fmt: skip


def _name_briefings(ax: Axes, drawn: pd.DataFrame, *, shown: bool) -> None:
    """Dates or names below the points: vertical, or a calendar axis if there are too many."""
    each = drawn.drop_duplicates("briefing_id").sort_values("x")
    room = (each["x"].max() - each["x"].min()) * 0.08 or 0.5
    ax.set_xlim(each["x"].min() - room, each["x"].max() + room)
    if not shown:
        ax.set_xticks(each["x"].tolist(), [""] * len(each))
        return
    gap = np.diff(each["x"]).min(initial=np.inf) / np.ptp(ax.get_xlim()) * 2.0  # inches
    letter = dress.NOTE / 72 + 0.03
    dated = (each["when"] != each["briefing_id"].map(_short)).any()
    if gap <= letter and dated:
        locator = AutoDateLocator(maxticks=4)
        ax.xaxis.set_major_locator(locator)
        ax.xaxis.set_major_formatter(ConciseDateFormatter(locator, show_offset=False))
        ax.tick_params(axis="x", labelsize=dress.NOTE)
        return
    step = max(1, ceil(letter / gap)) if np.isfinite(gap) and gap > 0 else 1
    names = each["when"].tolist()[::step]
    ax.set_xticks(each["x"].tolist()[::step], names)
    ax.tick_params(axis="x", labelsize=dress.NOTE, rotation=90 if len(each) > 1 else 0)
    for label in ax.get_xticklabels():
        label.set(parse_math=False, fontfamily=fonts_for(names))


def _short(name: str) -> str:
    """A long name with its middle left out, since briefings of one series differ at the end."""
    return name if len(name) <= LONGEST else f"{name[: LONGEST // 2]}…{name[-LONGEST // 2 + 1 :]}"


def _change_words(table: pd.DataFrame, drawn: pd.DataFrame, mark: str | None) -> dress.Words:
    n, what = drawn["briefing_id"].nunique(), WORDING[kind(table)]["title"]
    marked = drawn.loc[drawn["briefing_id"] == mark, "when"]
    order = "by date" if "date" in table else "in the order of the table"
    each = "Each briefing is one event, and no trend" if n < FEW else "No trend is fitted or tested"
    level = f"{table.attrs.get('level', 0.95):.0%}"
    notes = [
        f"{each}.",
        f"Lines: {level} intervals of each briefing alone." if _has_interval(drawn).any() else "",
        "Numbers: hits." if n <= MARKED else "",
        dress.dictionary(table.attrs) or dress.translators(table.attrs),
    ]
    name, part = drawn["category"].iloc[0], drawn[drawn["category"] == drawn["category"].iloc[0]]
    rates = [f"{row['per_1000']:.1f} ({row['when']})" for row in part.head(4).to_dict("records")]
    more = f" and {len(part) - 4} more" if len(part) > 4 else ""
    event = ". Each briefing is one event" if n < FEW else ""
    first = f"Per 1,000 words, {name}: {listed(rates)}{more}{event}"
    drawn_as = f"Per 1,000 words, {order}" + (f"; marked: {marked.iloc[0]}" if len(marked) else "")
    headline = _most(drawn, table) or f"{what} in {counted(n, 'briefing')}"
    return dress.Words(headline, drawn_as, table.attrs, first, notes)


def _most(drawn: pd.DataFrame, table: pd.DataFrame) -> str:
    """A category with more than half of its hits in one of at least three briefings."""
    words = int(drawn.drop_duplicates("briefing_id")["n_words"].sum())
    if drawn["briefing_id"].nunique() < 3 or words != table.attrs.get("n_words", words):
        return ""
    for name, part in drawn.groupby("category", sort=False):
        n, total = int(part["n_hits"].max()), int(part["n_hits"].sum())
        if total >= COUNTED and n > EVERY * total:
            when = part.nlargest(1, "n_hits")["when"].iloc[0]
            return f"{n:,} of {total:,} {called(str(name), kind(table))} are of {when}"
    return ""


TICKS = 8  # names of periods
SERIES = (dress.STRESS, "#D55E00", "#009E73", "#CC79A7", dress.FAINT)  # Okabe and Ito's


def plot_track(tracked: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw rates over time with intervals by briefing; a period without briefings is a gap.

    Takes the result of `briefing.track`; of many groups those with most words, and none without a
    hit.
    """
    dress.check("rates over time", tracked)
    by, among = tracked.attrs["by"], tracked.attrs.get("among")
    parts = [*tracked.groupby(among, sort=False)] if among else [("", tracked)]
    parts = [part for part in parts if part[1]["n_hits"].any()] or parts
    parts.sort(key=lambda part: -part[1]["n_words"].sum())
    shown, own = parts[: len(SERIES)], ax is None
    ax = dress.new_axes(AROUND + PANEL) if ax is None else ax
    dress.bare(ax, grid="y")
    names = [dress.written(name, tracked.attrs) for name, _ in shown if among]
    colours = dress.colours(name for name, _ in shown) if among == "role" else [*SERIES]
    for (_, part), colour in zip(shown, colours, strict=False):
        when = pd.to_datetime(part[by])
        ax.plot(when, part["per_1000"], "o-", color=colour, lw=1.4, markersize=3.5, gid="rate")
        low, high = part["low"].to_numpy(float), part["high"].to_numpy(float)
        ax.fill_between(when.to_numpy(), low, high, color=colour, alpha=0.16, lw=0, gid="interval")
    periods = sorted({*tracked[by]})
    named = periods[:: ceil(len(periods) / TICKS)]
    ax.set_xticks(pd.to_datetime(named), named)
    ax.set_ylim(bottom=0)
    dress.legend(ax, [Patch(facecolor=c, label=n) for n, c in zip(names, colours, strict=False)])
    dress.write(ax, _track_words(tracked, len(parts) - len(shown)), own=own)
    return ax


def _track_words(tracked: pd.DataFrame, more: int) -> dress.Words:
    attrs = tracked.attrs
    by, said = attrs["by"], attrs["what"]
    what = listed([f"“{one}”" for one in ([said] if isinstance(said, str) else said)])
    what = "Hits" if said == "hits" else what
    headline = f"{what} by {by}"
    if (found := attrs.get("change")) and found["changed"]:
        before, after = found["per_1000_before"], found["per_1000_after"]
        then = f"before {found['period']}, {after:.2f} from then on"
        headline = f"{what}: {before:.2f} per 1,000 words {then}"
    gaps = int((tracked.groupby(by)["n_briefings"].sum() == 0).sum())
    banded = tracked["low"].notna().any()
    notes = [
        "Bands: 95% intervals by briefing, where there are ten." if banded else "",
        f"Gaps: {counted(gaps, by)} without a briefing." if gaps else "",
        f"{counted(more, 'more group')} not drawn." if more else "",
    ]
    n, words = int(tracked["n_hits"].sum()), int(tracked["n_words"].sum())
    first = f"{n:,} hits in {words:,} words"
    return dress.Words(headline, "Per 1,000 words", attrs, first, notes)
