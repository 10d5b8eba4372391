"""Ranked words: keywords of two sides, and which words each group says most.

Keywords are content words, unless function words are asked for; each has both rates, joined by a
line, and both counts. Words whose interval excludes 0 are in full colour, the others pale: there
may be no difference. Words are in the order of the table, by the cautious estimate of the
difference (lrc). They do not show what a text is about, or what a person thinks: asking needs
different words from answering, and one answer may have all hits of a word.

A cloud is drawn from our counts and is true to them: letters twice as high mean a rate four times
as high, so area is proportional to rate, on one scale in all clouds of a figure; all words are
horizontal, and none is made smaller for lack of room. It is still a poor graph: a long word looks
bigger than a short one, place and neighbours mean nothing, and nobody can read numbers from it
(Hearst et al. 2020). So it never appears alone: beside it are the same words as ranked dots with
intervals.

Hearst, M., Pedersen, E., Patil, L., Lee, E., Laskowski, P. and Franconeri, S. (2020). An
evaluation of semantically grouped word cloud designs.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from math import ceil, sqrt
from typing import Any, NamedTuple

import matplotlib.pyplot as plt
import numpy as np
import numpy.typing as npt
import pandas as pd
from matplotlib.axes import Axes
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.textpath import TextPath
from matplotlib.ticker import MaxNLocator
from matplotlib.transforms import Bbox

from briefing.figures import dress
from briefing.figures.dress import OneFont, font_for, fonts_for, wrap, written
from briefing.prose import counted, listed
from briefing.tables import ROLE_COLOURS, BriefingError
from briefing.words.tokens import themes

SIDES = ("target", "reference")
Called = Mapping[str, str]  # the names of the sides in the figure
COUNTED = 10  # fewest uses for a headline
EXPECTED = 5  # fewest uses expected on the other side for its zero to be worth mentioning
FIRST = 3  # words of a side or a group named in the caption
OTHER = "#8A8A8A"  # a reference that is not a role
APART = 0.16  # of the axes: room for the words of the second column


def plot_keyness(
    table: pd.DataFrame,
    *,
    n: int = 8,
    sides: tuple[str, str] = SIDES,
    function_words: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw the first words of each side, with their two rates as dumbbells.

    Parameters
    ----------
    table : DataFrame
        The result of `briefing.keywords.keyness(target, reference)`, or one group of
        `keywords.of_each`.
    n : int
        Words of each side.
    sides : tuple of str
        The names of target and reference in the figure.
    function_words : bool
        Also draw function words and words common in any talk; otherwise only if there are no
        others.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Raises
    ------
    BriefingError
        If columns are missing, there is no row, there are keywords of several groups, or `n` is
        below 1.
    """
    drawn = _drawn(table, n, function_words=function_words)
    names = [written(token, table.attrs) for token in drawn["token"]]
    most = float(drawn[["per_1000_target", "per_1000_reference"]].max().max())
    with dress.framed(names, _words(table, drawn, sides), ax, grid=True) as ax:
        ax.set_xlim(-0.03 * most, most * 1.04)
        ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
        for place, row in enumerate(drawn.to_dict("records")):
            _dumbbell(ax, place, row, _colours(sides))
            dress.write_value(ax, ax.get_xlim()[1], place, _counts(row))
        n_target = int((drawn["side"] == "target").sum())
        if 0 < n_target < len(drawn):
            ax.axhline(n_target - 0.5, color=dress.RULE, linewidth=0.9, zorder=1)
        dress.legend(ax, _keys(sides))
        dress.name_axis(ax, "per 1,000 words of each side")
    return ax


def _check(table: pd.DataFrame) -> None:
    """Raise BriefingError unless the table has words of one target and one reference."""
    why = ": no word is said often enough. Try a smaller min_count, or more words on both sides"
    dress.check("keyness", table, why=why)
    group = str(table.columns[0])
    values = table[group].drop_duplicates()
    if group != "token" and len(values) > 1:
        raise BriefingError.of(
            "keywords of several groups", n=len(values), group=group, first=values.iloc[0]
        )


def _drawn(table: pd.DataFrame, n: int, *, function_words: bool) -> pd.DataFrame:
    """The first words of the target, then those of the reference, strongest first."""
    _check(table)
    if n < 1:
        raise BriefingError.of("no words drawn", n=n)
    kept = table if function_words or "function_word" not in table else themes(table)
    ours, theirs = (kept[kept["side"] == side] for side in SIDES)
    return pd.concat([ours.head(n), theirs.iloc[::-1].head(n)], ignore_index=True)


def _known(row: Mapping[Hashable, Any]) -> bool:
    """Whether the interval of the difference excludes 0."""
    return bool(row["lrc"] != 0)


def _colours(sides: tuple[str, str]) -> tuple[str, str]:
    """Roles have their own colours; any other comparison uses one colour and grey."""
    roles = {dress.plural(role): colour for role, colour in ROLE_COLOURS.items()}
    if sides[0] in roles and sides[1] in roles:
        return roles[sides[0]], roles[sides[1]]
    return dress.STRESS, OTHER


def _dumbbell(ax: Axes, place: int, row: Mapping[Hashable, Any], pair: tuple[str, str]) -> None:
    rates = row["per_1000_target"], row["per_1000_reference"]
    known = _known(row)
    ax.plot(rates, [place] * 2, color=dress.RULE, linewidth=3, solid_capstyle="round", zorder=1)
    for rate, colour, side in zip(rates, pair, SIDES, strict=True):
        ax.plot(
            rate, place, "o", markersize=7, color=colour, gid=side, zorder=3, clip_on=False,
            markerfacecolor=colour if known else "white", markeredgewidth=1.4,
        )  # fmt: skip


def _counts(row: Mapping[Hashable, Any]) -> str:
    return f"{row['n_target']:,} : {row['n_reference']:,}"


def _keys(sides: tuple[str, str]) -> list[Line2D]:
    dot: dict[str, Any] = {"marker": "o", "linestyle": "none", "markersize": 7}
    pairs = zip(sides, _colours(sides), strict=True)
    return [Line2D([], [], color=colour, label=wrap(side, 32, 1), **dot) for side, colour in pairs]


def _words(table: pd.DataFrame, drawn: pd.DataFrame, sides: tuple[str, str]) -> dress.Words:
    named = [written(token, table.attrs) for token in drawn["token"]]
    rows = drawn.assign(token=named).to_dict("records")
    called = dict(zip(SIDES, sides, strict=True))
    counts = (_all_or_none(row, _sizes(table), called) for row in rows)
    more = (_more(row, sides) for row in rows if _known(row) and not row["flagged"])
    headline = next(filter(None, counts), None) or next(more, None) or _title(drawn, sides)
    content = "function_word" in drawn and drawn["function_word"].eq(False).fillna(False).all()
    unit = "Content words" if content else "Words"
    what = f"{unit} per 1,000 words of each side, and how often each says them"
    first, notes = _first(drawn, sides), _notes(table, drawn, "hollow")
    return dress.Words(headline, what, table.attrs, first, notes)


def _all_or_none(row: Mapping[Hashable, Any], size: dict[str, float], called: Called) -> str:
    """A word that only one side uses, often enough for the other's zero to mean something."""
    for mine, other in (SIDES, SIDES[::-1]):
        n, there = row[f"n_{mine}"], row[f"n_{other}"]
        if not there and n >= COUNTED and n / size[mine] * size[other] >= EXPECTED:
            return f"“{row['token']}”: {n:,} uses by {called[mine]}, none by {called[other]}"
    return ""


def _sizes(table: pd.DataFrame) -> dict[str, float]:
    """The number of words of each side, derived from a word that it uses, or 1."""
    sizes = dict.fromkeys(SIDES, 1.0)
    for side in SIDES:
        for row in table[table[f"n_{side}"] > 0].head(1).to_dict("records"):
            sizes[side] = 1000 * row[f"n_{side}"] / row[f"per_1000_{side}"]
    return sizes


def _more(row: Mapping[Hashable, Any], sides: tuple[str, str]) -> str:
    first, second = sides if row["side"] == "target" else sides[::-1]
    first = first[:1].upper() + first[1:]
    return f"{first} used “{row['token']}” more than {second} here"


def _title(drawn: pd.DataFrame, sides: tuple[str, str]) -> str:
    if drawn["side"].nunique() == 2:
        return f"Words used more by {sides[0]}, and by {sides[1]}"
    first, second = sides if drawn["side"].iloc[0] == "target" else sides[::-1]
    return f"Words used more by {first} than by {second}"


def _notes(table: pd.DataFrame, drawn: pd.DataFrame, unsure: str) -> list[str]:
    """How large the sides are, what is `unsure`, and what applies to every word."""
    sizes = [round(n) for n in _sizes(table).values()]
    n_zero = int((drawn["lrc"] == 0).sum())
    level = f"{table.attrs.get('level', 0.95):.0%}"
    which = "All" if n_zero == len(drawn) else f"{n_zero} of {len(drawn)}"
    one = "may_be_one_persons" in drawn and drawn["may_be_one_persons"].all()
    return [
        f"{sizes[0]:,} and {sizes[1]:,} words." if min(sizes) > 1 else "",
        f"{which} {unsure}: the {level} interval of the difference includes 0." if n_zero else "",
        "Any of it may be one person's." if one else "",
    ]


def _first(drawn: pd.DataFrame, sides: tuple[str, str]) -> str:
    """The first words of each side with both counts."""
    said = []
    for side, name in zip(SIDES, sides, strict=True):
        part = drawn[drawn["side"] == side].head(FIRST).to_dict("records")
        words = [f"{written(row['token'], drawn.attrs)} ({_counts(row)})" for row in part]
        said += [f"more by {name}: {listed(words)}"] if words else []
    return "; ".join(said)


def plot_keyness_ranked(
    table: pd.DataFrame,
    *,
    n: int = 12,
    sides: tuple[str, str] = SIDES,
    function_words: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw the first words of each side in a separate column, with rate and counts.

    Parameters
    ----------
    table, n, sides, function_words, ax
        As for `plot_keyness`. A table with words of the target only has one column.

    Returns
    -------
    Axes
        The axes that contain the columns, as its `child_axes`.

    Raises
    ------
    BriefingError
        As `plot_keyness`.
    """
    drawn = _drawn(table, n, function_words=function_words)
    columns = [part for side in SIDES if len(part := drawn[drawn["side"] == side])]
    longest = max(columns, key=len)["token"].astype("str").tolist()
    most = float(drawn[["per_1000_target", "per_1000_reference"]].max().max())
    own, ax = ax is None, dress.rows(longest, ax)
    ax.set_yticks([])
    ax.axis("off")
    for place, part in enumerate(columns):
        inset = ax.inset_axes((place / len(columns) + APART, 0, 1 / len(columns) - APART - 0.08, 1))
        _column(inset, part, sides, most)
        inset.set_ylim(len(longest) - 0.4, -1.2)
    dress.write(ax, _ranked_words(table, drawn, sides), own=own)
    dress.fit_rows(ax, [*longest, ""], own=own)
    return ax


def _column(ax: Axes, part: pd.DataFrame, sides: tuple[str, str], most: float) -> None:
    """The words of one side, with a bar for its rate and a point for the other's."""
    mine, other = SIDES if part["side"].iloc[0] == "target" else SIDES[::-1]
    side, colour = sides[SIDES.index(mine)], _colours(sides)[SIDES.index(mine)]
    dress.rows([written(token, part.attrs) for token in part["token"]], ax)
    ax.set_xlim(-0.03 * most, most * 1.02)
    ax.set_xticks([])
    heading = wrap(f"used more by {side}", 34, 1)
    dress.put(
        ax, heading, (0, -0.95), (0, 0), ha="left", va="center", fontsize=dress.LABEL,
        fontweight="bold", color=colour, gid="heading",
    )  # fmt: skip
    for row, word in enumerate(part.to_dict("records")):
        alpha, rate = 1.0 if _known(word) else 0.45, word[f"per_1000_{mine}"]
        ax.barh(row, rate, dress.THICK, color=colour, alpha=alpha, gid=mine)
        ax.plot(
            word[f"per_1000_{other}"], row, "o", color="white", markeredgecolor=dress.INK,
            markersize=4.5, gid=other, clip_on=False, zorder=3,
        )  # fmt: skip
        dress.write_value(ax, rate, row, _counts(word))


def _ranked_words(table: pd.DataFrame, drawn: pd.DataFrame, sides: tuple[str, str]) -> dress.Words:
    what = (
        f"Bars: uses per 1,000 words; points: of the other side; numbers: {sides[0]} : {sides[1]}"
    )
    words = _words(table, drawn, sides)
    return replace(words, drawn=what, notes=_notes(table, drawn, "pale"))


Bands = dict[Any, pd.DataFrame]
FAINTEST = 16  # a cloud shows words down to this fraction of the highest rate
LONGEST = 20  # columns; a longer word would make all others too small to read
DOTS = 12  # words ranked beside a cloud
CLOUD, LEAST = 60, 4  # most words in a cloud; fewest, if another group has as many
LEAST_ROWS = 7  # fewest rows of a band, to leave room for its cloud
BESIDE = 1.5  # times the highest rate: the end of the axis
REACH = 1.47  # and of the lines; longer ones end in an arrow
LARGEST = 34.0  # points
STEP = 0.94  # factor from one try to the next
FINE = 2  # dots to a point
MARGIN = 5  # points between words
FULL = 0.8  # of the room; more is never tried
LOOSER = 1.12  # factor from one room to the next, until the words fit
FLAT = 1.5  # width of a cloud over its height, if there is room


class Cloud(NamedTuple):
    """What has to be placed: words with their rates, in one font, in an area of so many points."""

    words: list[tuple[str, float]]
    font: OneFont
    width: float
    height: float


class Placed(NamedTuple):
    """A word with the left end of its baseline, from 0 to 1 across and up, and its size."""

    word: str
    x: float
    y: float
    size: float


def plot_word_cloud(words: pd.DataFrame, *, seed: int = 1) -> Axes:
    """Draw the words of each group as a cloud and, beside it, as ranked dots with intervals.

    Parameters
    ----------
    words : DataFrame
        The result of `briefing.lexis.common(tokens)`, or any table with a column of groups
        (`.attrs["by"]`, otherwise `role`), `token, n, per_1000, low, high`. One band of the figure
        for each group, in the order of the table.
    seed : int
        For the places in the clouds, which mean nothing.

    Returns
    -------
    Axes
        The axes of the lowest dots. There is no `ax=`, since the figure has several axes.

    Raises
    ------
    BriefingError
        If columns are missing, there is no row, a word is repeated in a group, or a rate is not
        above 0.

    Not for comparing speakers or briefings, or for finding topics: see `briefing.keywords.keyness`.
    """
    bands = _bands(words)
    figure, clouds, dots = _canvas(bands)
    most = float(words["per_1000"].max())
    for (group, band), cloud, ax in zip(bands.items(), clouds, dots, strict=True):
        _draw_dots(ax, band.head(DOTS), most)
        _cloud_title(cloud, str(group), band)
        ax.tick_params(axis="x", labelbottom=ax is dots[-1])
    dress.name_axis(dots[-1], "per 1,000 words")
    dress.write(dots[-1], _cloud_words(words, bands), own=True)
    _fit(figure, dots, [_texts(band.head(DOTS)) for band in bands.values()])
    shown = [_cloud(words, band, ax) for band, ax in zip(bands.values(), clouds, strict=True)]
    placed = lay_out(shown, seed=seed)
    for ax, band, plan, at in zip(clouds, bands.values(), shown, placed, strict=True):
        _draw_cloud(ax, at, plan.font, _colour(band))
    return dots[-1]


def _cloud(words: pd.DataFrame, band: pd.DataFrame, ax: Axes) -> Cloud:
    seen, font = _in_cloud(words, band)
    room = ax.get_window_extent()
    point = dress.whole(ax).dpi / 72
    rates = [float(rate) for rate in seen["per_1000"]]
    pairs = list(zip(_texts(seen), rates, strict=True))
    return Cloud(pairs, font, room.width / point, room.height / point)


def _canvas(bands: dict[Any, pd.DataFrame]) -> tuple[Figure, list[Axes], list[Axes]]:
    """A figure with a band for each group: the cloud's axes on the left, the dots' on the right."""
    heights = [_height(_texts(band.head(DOTS))) for band in bands.values()]
    figure, grid = plt.subplots(
        len(bands), 2, squeeze=False, layout="constrained", facecolor="white",
        figsize=(dress.WIDTH, sum(heights) + dress.AROUND),
        gridspec_kw={"height_ratios": heights, "width_ratios": [1.35, 1]},
    )  # fmt: skip
    for cloud in grid[:, 0]:
        cloud.set(xticks=[], yticks=[])
        cloud.axis("off")
    return figure, grid[:, 0].tolist(), grid[:, 1].tolist()


def _height(names: list[str]) -> float:
    """The height of a band, in inches."""
    return dress.rows_height(names) * max(len(names), LEAST_ROWS) / len(names)


def _draw_dots(ax: Axes, band: pd.DataFrame, most: float) -> None:
    dress.rows(_texts(band), ax, grid=True)
    ax.set_facecolor("white")
    ax.set_ylim(max(len(band), LEAST_ROWS) - 0.4, -0.6)
    ax.set_xlim(0, most * BESIDE)
    ax.xaxis.set_major_locator(MaxNLocator(5, steps=[1, 2, 5, 10]))
    colour = _colour(band)
    for row, word in enumerate(band.to_dict("records")):
        if pd.notna(word["low"]):
            end = min(word["high"], most * REACH)
            ax.plot([word["low"], end], [row, row], color=colour, linewidth=1.4)
        if word["high"] > most * REACH:  # an arrow shows that the line continues
            ax.plot(most * REACH, row, ">", color=colour, markersize=4, clip_on=False)
        ax.plot(word["per_1000"], row, "o", color=colour, markersize=5.5, clip_on=False)
        dress.write_value(ax, most * BESIDE, row, _count(word))


def _colour(band: pd.DataFrame) -> str:
    """The colour of the band's role, if it has one."""
    roles = band["role"].astype("object").unique() if "role" in band else [None]
    return dress.colours(roles)[0] if len(roles) == 1 else dress.colours([None])[0]


def _cloud_title(ax: Axes, group: str, band: pd.DataFrame) -> None:
    size = f"\n{band['n_words'].iloc[0]:,} words in all" if "n_words" in band else ""
    ax.set_title(
        wrap(group, 40) + size, loc="left", fontsize=dress.LABEL, color=_colour(band),
        fontfamily=fonts_for([group]), parse_math=False, pad=4,
    )  # fmt: skip


def _fit(figure: Figure, dots: list[Axes], names: list[list[str]]) -> None:
    """Set the height of each row, once everything around the rows is in place."""
    for _ in range(2):  # the room around the rows depends slightly on the height
        dress.settle(dots[0])
        inches = sum(ax.get_window_extent().height for ax in dots) / figure.dpi
        dress.fit(dots[0], figure.get_figheight() + sum(map(_height, names)) - inches)
    dress.settle(dots[0])
    figure.set_layout_engine("none")  # from here on the areas of the clouds keep their size


def _draw_cloud(ax: Axes, placed: list[Placed], font: OneFont, colour: str) -> None:
    ax.set(xlim=(0, 1), ylim=(0, 1))
    for word, x, y, size in placed:
        ax.text(
            x, y, word, fontsize=size, color=colour, fontfamily=[font.family], gid="cloud",
            parse_math=False, va="baseline", ha="left", in_layout=False,
        )  # fmt: skip
    if not placed:
        ax.text(
            0, 1, "No cloud: no installed font has\nthe letters of these words.", gid="message",
            va="top", ha="left", fontsize=dress.NOTE, color=dress.FAINT, in_layout=False,
        )  # fmt: skip


def _bands(words: pd.DataFrame) -> Bands:
    """The rows of each group, in the order of the table, checked."""
    by = _group(words)
    why = ". A short text says few words often: try lexis.common(tokens, min_count=2)"
    dress.check("common words", words, why=why)
    dress.known("common words").check(words, by)
    if words.duplicated([by, "token"]).any() or not (words["per_1000"] > 0).all():
        raise BriefingError.of("word twice", by=by)
    groups = words[by].astype("object").where(words[by].notna(), f"no {by} given")
    shown = themes(words)
    bands = {group: shown[groups[shown.index] == group] for group in dict.fromkeys(groups)}
    large = {group: band for group, band in bands.items() if len(band) >= LEAST}
    return large or {group: band for group, band in bands.items() if len(band)}


def _group(words: pd.DataFrame) -> str:
    """The column whose values each have a band."""
    return str(words.attrs.get("by") or "role")


def _texts(band: pd.DataFrame) -> list[str]:
    """The words as written beside the dots."""
    return [dress.written(token, band.attrs) for token in band["token"]]


def _in_cloud(words: pd.DataFrame, band: pd.DataFrame) -> tuple[pd.DataFrame, OneFont]:
    """The rows that a cloud can show, and its font."""
    often = band.head(CLOUD)
    often = often[often["per_1000"] >= words["per_1000"].max() / FAINTEST]
    seen = often[[wrap(word, LONGEST) == word for word in _texts(often)]]
    font = font_for(_texts(seen))
    lacking = [text in font.lacks for text in _texts(seen)]
    return seen[[not one for one in lacking]], font


def _count(word: dict[Any, Any]) -> str:
    """The text beside a dot: how often, and in how many turns if known."""
    turns = f" in {counted(word['n_turns'], 'turn')}" if "n_turns" in word else ""
    return f"{word['n']:,}{turns}"


def _without_band(words: pd.DataFrame, bands: Bands) -> list[str]:
    """The groups that have too few words."""
    groups = [*words[_group(words)].dropna().unique(), *words.attrs.get("left_out", ())]
    return [str(group) for group in groups if group not in bands]


def _cloud_words(words: pd.DataFrame, bands: Bands) -> dress.Words:
    seen = [_in_cloud(words, band) for band in bands.values()]
    n = len({text for shown, _ in seen for text in _texts(shown)})
    lacked = [text for _, font in seen for text in font.lacks]
    without, groups = words.attrs.get("without"), _without_band(words, bands)
    any_talk = "words of any talk (know, way), " * (len(themes(words)) < len(words))
    level = words.attrs.get("level")
    addressed = ", names of those addressed." if words.attrs.get("people") else "."
    notes = [
        "Letters twice as high: a rate four times as high; places mean nothing.",
        f"Lines: {level:.0%} intervals." if level and words["low"].notna().any() else "",
        f"No installed font has the letters of {listed(lacked)}." if lacked else "",
        f"Too few words for a cloud: {listed(groups)}." if groups else "",
        f"Without {any_talk}{without}{addressed}" if without else "",
    ]
    said = "; ".join(f"{group}: {listed(_first_dots(band))}" for group, band in bands.items())
    what = f"{n} words, larger if said more per 1,000 words; beside each cloud its most frequent"
    title = f"{'Content words' if without else 'Words'} most often said, by {_group(words)}"
    return dress.Words(title, what, words.attrs, f"Most often {said}", notes)


def _first_dots(band: pd.DataFrame) -> list[str]:
    """The first words of a group, and how often each is said."""
    rows = band.head(FIRST)
    return [f"{text} ({n:,})" for text, n in zip(_texts(rows), rows["n"], strict=True)]


def lay_out(clouds: Sequence[Cloud], *, seed: int) -> list[list[Placed]]:
    """Place the words of all clouds on one scale, with height proportional to the root of the rate.

    Each cloud is as dense as its words allow, and centred in its area.
    """
    rates = [rate for cloud in clouds for _, rate in cloud.words]
    scale = LARGEST / sqrt(max(rates, default=1))
    while not all(_fits(cloud, scale, seed) for cloud in clouds):
        scale *= STEP
    return [_densest(cloud, scale, seed) for cloud in clouds]


def _fits(cloud: Cloud, scale: float, seed: int) -> bool:
    """Whether the words fit into the area at this scale."""
    if not cloud.words:
        return True
    inks = _inks(cloud, scale).values()
    widest = max(ink.width + MARGIN for ink in inks)
    if _area(inks) > FULL * cloud.width * cloud.height or widest > cloud.width:
        return False
    return _corners(cloud, scale, (cloud.width, cloud.height), seed) is not None


def _densest(cloud: Cloud, scale: float, seed: int) -> list[Placed]:
    """The words in the smallest area that holds them, centred in the whole area."""
    if not cloud.words:
        return []
    inks, whole = _inks(cloud, scale), (cloud.width, cloud.height)
    widest = max(ink.width + MARGIN for ink in inks.values())
    area, corners = _area(inks.values()) / FULL, None
    while corners is None:
        width = min(cloud.width, max(widest, sqrt(area * FLAT), area / cloud.height))
        room = (width, area / width) if area < cloud.width * cloud.height else whole
        corners = _corners(cloud, scale, room, seed)
        area *= LOOSER
    aside, above = (cloud.width - room[0]) / 2, (cloud.height - room[1]) / 2
    return [
        Placed(
            word,
            (aside + corners[word][0] - inks[word].x0) / cloud.width,
            1 - (above + corners[word][1] + inks[word].y1) / cloud.height,
            scale * sqrt(rate),
        )
        for word, rate in cloud.words
    ]


def _inks(cloud: Cloud, scale: float) -> dict[str, Bbox]:
    """The area that the letters of each word cover, in points from the left end of its baseline."""
    family = cloud.font.family
    sizes = {word: scale * sqrt(rate) for word, rate in cloud.words}
    return {word: Bbox(_ink(word, family) * size) for word, size in sizes.items()}


@lru_cache(maxsize=4096)
def _ink(word: str, family: str) -> npt.NDArray[np.float64]:
    """The area that the letters cover at a size of one point, as two corners."""
    path = TextPath((0, 0), word, size=LARGEST, prop=FontProperties(family=family))
    return path.get_extents().get_points() / LARGEST


def _area(inks: Iterable[Bbox]) -> float:
    return sum((ink.width + MARGIN) * (ink.height + MARGIN) for ink in inks)


def _corners(
    cloud: Cloud, scale: float, room: tuple[float, float], seed: int
) -> dict[str, tuple[float, float]] | None:
    """The upper left corner of each word in points, or None if they do not all fit."""
    from wordcloud import WordCloud

    dots = {word: ceil(FINE * scale * sqrt(rate)) for word, rate in cloud.words}
    layout = WordCloud(
        font_path=cloud.font.file, width=int(FINE * room[0]), height=int(FINE * room[1]),
        margin=round(MARGIN * FINE), min_font_size=1, max_font_size=max(dots.values()),
        max_words=len(dots), prefer_horizontal=1, relative_scaling=1, random_state=seed,
    ).generate_from_frequencies(dots)  # fmt: skip
    found = {word: (size, at) for (word, _), size, at, _, _ in layout.layout_}
    if {word: size for word, (size, _) in found.items()} != dots:
        return None
    return {word: (column / FINE, row / FINE) for word, (_, (row, column)) in found.items()}
