"""Keywords: which words one side uses more than the other, and how much more.

Content words, unless function words are asked for; each with both rates, joined, and both counts.
Words whose interval leaves out 0 are in full colour, the others pale: there may be no difference.
Words stand in the order of the table, by what is left of the difference on the safe side (lrc).

Not for saying what a text is about, nor what a person thinks: who asks needs other words than
who answers, and one answer may have all hits of a word.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from briefing.figures import dress, phrasing, row_labels
from briefing.figures.lettering import fonts_for, wrap
from briefing.tables import ROLE_COLOURS, BriefingError, Table

KEYWORDS = Table(
    name="keyness",
    row="one word, on both sides of a comparison",
    made_by="briefing.keywords.keyness(target, reference)",
    columns={
        "token": "the word",
        "n_target": "how often the target says it",
        "n_reference": "how often the reference does",
        "per_1000_target": "the same per 1,000 words of the target",
        "per_1000_reference": "and of the reference",
        "log_ratio_low": "the low end of the effect's interval, which may be infinite",
        "log_ratio_high": "the high end",
        "lrc": "the end nearer to 0, or 0",
        "side": "target or reference: where it is more frequent",
        "flag": "why the word needs caution, or nothing",
    },
)
SIDES = ("target", "reference")
Called = Mapping[str, str]  # what each side is called in the figure
COUNTED = 10  # uses that a headline counts, at least
EXPECTED = 5  # uses that the other side would have at the same rate, for its none to be worth it
FIRST = 3  # words of a side that a caption names
OTHER = "#8A8A8A"  # a reference that is no role
APART = 0.16  # of the axes: room for the words of the second column


def plot_keyness(
    table: pd.DataFrame,
    *,
    n: int = 8,
    sides: tuple[str, str] = SIDES,
    function_words: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw the first words of each side with their two rates as dumbbells.

    Parameters
    ----------
    table : DataFrame
        What `briefing.keywords.keyness(target, reference)` gives, or one group of
        `keywords.of_each`.
    n : int
        Words of each side.
    sides : tuple of str
        What the target and the reference are called in the figure.
    function_words : bool
        Draw function words too; otherwise content words only, where there are any.
    ax : Axes, optional
        Where to draw; a figure of its own without it.

    Raises
    ------
    BriefingError
        Columns missing, no row, keywords of several groups, `n` below 1.
    """
    drawn = _drawn(table, n, function_words=function_words)
    names = [phrasing.written(token) for token in drawn["token"]]
    own = ax is None
    ax = row_labels.rows(names, ax)
    most = float(drawn[["per_1000_target", "per_1000_reference"]].max().max())
    ax.set_xlim(-0.03 * most, most * 1.04)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    for place, row in enumerate(drawn.to_dict("records")):
        _dumbbell(ax, place, row, _colours(sides))
        row_labels.write_value(ax, ax.get_xlim()[1], place, _counts(row))
    _part(ax, drawn)
    dress.legend(ax, _keys(sides))
    dress.name_axis(ax, "per 1,000 words of each side")
    dress.write(ax, _words(table, drawn, sides), table.attrs, own=own)
    row_labels.fit_rows(ax, names, own=own)
    return ax


def _check(table: pd.DataFrame) -> None:
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
            f"these are the keywords of {len(values)} values of {group!r}, each compared with "
            f"another rest. Draw one: table[table[{group!r}] == {values.iloc[0]!r}]."
        )


def _drawn(table: pd.DataFrame, n: int, *, function_words: bool) -> pd.DataFrame:
    """The first words of the target, then those of the reference, the strongest first in each."""
    _check(table)
    if n < 1:
        raise BriefingError(f"n={n} words of each side leave nothing to draw: use 1 or more.")
    kept = table
    if not function_words and "function_word" in table:
        grammar = table["function_word"].astype("boolean").fillna(False).astype(bool)
        content = ~grammar & ~table["token"].isin(phrasing.not_a_theme(table.attrs))
        kept = table[content] if content.any() else table
    ours, theirs = (kept[kept["side"] == side] for side in SIDES)
    return pd.concat([ours.head(n), theirs.iloc[::-1].head(n)], ignore_index=True)


def _known(row: Mapping[Hashable, Any]) -> bool:
    """Whether the interval of the difference leaves out 0."""
    return bool(row["lrc"] != 0)


def _colours(sides: tuple[str, str]) -> tuple[str, str]:
    """A role has its own colour; any other comparison is a colour and grey."""
    roles = {phrasing.plural(role): colour for role, colour in ROLE_COLOURS.items()}
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


def _part(ax: Axes, drawn: pd.DataFrame) -> None:
    """A line between the words of the target and those of the reference."""
    n = int((drawn["side"] == "target").sum())
    if 0 < n < len(drawn):
        ax.axhline(n - 0.5, color=dress.RULE, linewidth=0.9, zorder=1)


def _keys(sides: tuple[str, str]) -> list[Line2D]:
    dot: dict[str, Any] = {"marker": "o", "linestyle": "none", "markersize": 7}
    pairs = zip(sides, _colours(sides), strict=True)
    return [Line2D([], [], color=colour, label=wrap(side, 40, 1), **dot) for side, colour in pairs]


def _words(table: pd.DataFrame, drawn: pd.DataFrame, sides: tuple[str, str]) -> dress.Words:
    rows = drawn.to_dict("records")
    called = dict(zip(SIDES, sides, strict=True))
    counts = (_all_or_none(row, _sizes(table), called) for row in rows)
    more = (_more(row, sides) for row in rows if _known(row) and not row["flag"])
    headline = next(filter(None, counts), None) or next(more, None) or _title(drawn, sides)
    content = "Content words" if not _any_function_word(drawn) else "Words"
    what = f"{content} per 1,000 words of each side, and how often each says them"
    return dress.Words(headline, what, _note(table, drawn))


def _any_function_word(drawn: pd.DataFrame) -> bool:
    if "function_word" not in drawn:
        return True
    return not drawn["function_word"].eq(False).fillna(False).all()


def _all_or_none(row: Mapping[Hashable, Any], size: dict[str, float], called: Called) -> str:
    """A word that one side alone uses, often enough for the other's none to mean something."""
    for mine, other in (SIDES, SIDES[::-1]):
        n, there = row[f"n_{mine}"], row[f"n_{other}"]
        if not there and n >= COUNTED and n / size[mine] * size[other] >= EXPECTED:
            word = phrasing.written(row["token"])
            return f"“{word}”: {n:,} uses by {called[mine]}, none by {called[other]}"
    return ""


def _sizes(table: pd.DataFrame) -> dict[str, float]:
    """The words of each side, told from a word that it uses; 1 where it uses none."""
    sizes = dict.fromkeys(SIDES, 1.0)
    for side in SIDES:
        for row in table[table[f"n_{side}"] > 0].head(1).to_dict("records"):
            sizes[side] = 1000 * row[f"n_{side}"] / row[f"per_1000_{side}"]
    return sizes


def _more(row: Mapping[Hashable, Any], sides: tuple[str, str]) -> str:
    first, second = sides if row["side"] == "target" else sides[::-1]
    first = first[:1].upper() + first[1:]
    use = "use" if first.endswith("s") and first[:-1].lower() in ROLE_COLOURS else "uses"
    return f"{first} {use} “{phrasing.written(row['token'])}” more than {second} here"


def _title(drawn: pd.DataFrame, sides: tuple[str, str]) -> str:
    if drawn["side"].nunique() == 2:
        if _people(sides[0]) and _people(sides[1]):
            return f"What {sides[0]} say more, and what {sides[1]}"
        return f"Words used more by {sides[0]}, and by {sides[1]}"
    first, second = sides if drawn["side"].iloc[0] == "target" else sides[::-1]
    return f"Words used more by {first} than by {second}"


def _note(table: pd.DataFrame, drawn: pd.DataFrame) -> str:
    """How large the sides are, what a hollow point is, and what is said of every word."""
    sizes = [round(n) for n in _sizes(table).values()]
    n_zero = int((drawn["lrc"] == 0).sum())
    level = f"{table.attrs.get('level', 0.95):.0%}"
    which = "All" if n_zero == len(drawn) else f"{n_zero} of {len(drawn)}"
    one = "one_person" in drawn and drawn["one_person"].all()
    parts = [
        f"{sizes[0]:,} and {sizes[1]:,} words." if min(sizes) > 1 else "",
        f"{which} hollow: the {level} interval of the difference includes 0." if n_zero else "",
        "Any of it may be one person's." if one else "",
    ]
    return " ".join(filter(None, parts))


def describe_keyness(
    table: pd.DataFrame,
    *,
    n: int = 8,
    sides: tuple[str, str] = SIDES,
    function_words: bool = False,
) -> str:
    """Say in words what `plot_keyness` shows."""
    drawn = _drawn(table, n, function_words=function_words)
    return _words(table, drawn, sides).said(table.attrs, *_first(drawn, sides))


def _first(drawn: pd.DataFrame, sides: tuple[str, str]) -> list[str]:
    """The first words of each side with both counts."""
    said = []
    for side, name in zip(SIDES, sides, strict=True):
        part = drawn[drawn["side"] == side].head(FIRST).to_dict("records")
        words = [f"{phrasing.written(row['token'])} ({_counts(row)})" for row in part]
        said += [f"more by {name}: {phrasing.listed(words)}"] if words else []
    return ["; ".join(said)]


def plot_keyness_ranked(
    table: pd.DataFrame,
    *,
    n: int = 12,
    sides: tuple[str, str] = SIDES,
    function_words: bool = False,
    ax: Axes | None = None,
) -> Axes:
    """Draw the first words of each side in a column of its own, with rate and counts.

    Parameters
    ----------
    table, n, sides, function_words, ax
        As for `plot_keyness`. A table with words of the target alone has one column.

    Returns
    -------
    Axes
        Those that hold the columns, which are its `child_axes`.

    Raises
    ------
    BriefingError
        As `plot_keyness`.
    """
    drawn = _drawn(table, n, function_words=function_words)
    columns = [part for side in SIDES if len(part := drawn[drawn["side"] == side])]
    own = ax is None
    longest = max(columns, key=len)["token"].astype("str").tolist()
    ax = row_labels.rows(longest, ax, grid=False)
    ax.set_yticks([])
    ax.axis("off")
    most = float(drawn[["per_1000_target", "per_1000_reference"]].max().max())
    for place, part in enumerate(columns):
        _column(ax, part, sides, most, (place, len(columns)), len(longest))
    dress.write(ax, _ranked_words(table, drawn, sides), table.attrs, own=own)
    row_labels.fit_rows(ax, [*longest, ""], own=own)
    return ax


def _column(
    ax: Axes,
    part: pd.DataFrame,
    sides: tuple[str, str],
    most: float,
    place: tuple[int, int],
    n_rows: int,
) -> None:
    """The words of one side, a bar for its rate and a point for the other's."""
    mine, other = SIDES if part["side"].iloc[0] == "target" else SIDES[::-1]
    which = SIDES.index(mine)
    colour, width = _colours(sides)[which], 1 / place[1]
    inset = ax.inset_axes((place[0] * width + APART, 0, width - APART - 0.08, 1))
    row_labels.rows([phrasing.written(token) for token in part["token"]], inset, grid=False)
    inset.set_ylim(n_rows - 0.4, -1.2)
    inset.set_xlim(0, most * 1.02)
    inset.set_xticks([])
    inset.annotate(
        wrap(f"{sides[which]} say more" if _people(sides[which]) else f"{sides[which]} says more",
             34, 1),
        (0, -0.95), ha="left", va="center", fontsize=dress.LABEL, fontweight="bold", color=colour,
        gid="heading", parse_math=False, fontfamily=fonts_for([sides[which]]),
    )  # fmt: skip
    for row, word in enumerate(part.to_dict("records")):
        alpha = 1.0 if _known(word) else 0.45
        inset.barh(
            row, word[f"per_1000_{mine}"], row_labels.THICK, color=colour, alpha=alpha, gid=mine
        )
        inset.plot(
            word[f"per_1000_{other}"], row, "o", color="white", markeredgecolor=dress.INK,
            markersize=4.5, gid=other, clip_on=False, zorder=3,
        )  # fmt: skip
        row_labels.write_value(inset, word[f"per_1000_{mine}"], row, _counts(word))


def _people(side: str) -> bool:
    """Whether a side is called by a plural: *officials*, *the other officials*."""
    return side.endswith("s") and side.split()[-1][:-1] in ROLE_COLOURS


def _ranked_words(table: pd.DataFrame, drawn: pd.DataFrame, sides: tuple[str, str]) -> dress.Words:
    words = _words(table, drawn, sides)
    what = (
        f"Bars: uses per 1,000 words; points: of the other side; numbers: {sides[0]} : {sides[1]}"
    )
    return dress.Words(words.headline, what, words.note.replace(" hollow:", " pale:"))


def describe_keyness_ranked(
    table: pd.DataFrame,
    *,
    n: int = 12,
    sides: tuple[str, str] = SIDES,
    function_words: bool = False,
) -> str:
    """Say in words what `plot_keyness_ranked` shows."""
    drawn = _drawn(table, n, function_words=function_words)
    return _ranked_words(table, drawn, sides).said(table.attrs, *_first(drawn, sides))
