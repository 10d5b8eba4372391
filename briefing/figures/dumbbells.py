"""Keywords: which words one side uses more than the other, and how much more.

Content words, unless function words are asked for; each with both rates, joined, and both counts.
Words whose interval leaves out 0 are in full colour, the others pale: there may be no difference.
Words stand in the order of the table, by what is left of the difference on the safe side (lrc).

Not for saying what a text is about, nor what a person thinks: who asks needs other words than
who answers, and one answer may have all hits of a word.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import replace
from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from briefing.figures import dress
from briefing.figures.dress import wrap, written
from briefing.prose import listed
from briefing.tables import ROLE_COLOURS, BriefingError

SIDES = ("target", "reference")
Called = Mapping[str, str]  # what each side is called in the figure
COUNTED = 10  # uses that a headline counts, at least
EXPECTED = 5  # uses that the other side would have at the same rate, for its none to be worth it
FIRST = 3  # words of a side that a caption names
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
    names = [written(token) for token in drawn["token"]]
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
        content = ~grammar & ~table["token"].isin(dress.not_a_theme(table.attrs))
        kept = table[content] if content.any() else table
    ours, theirs = (kept[kept["side"] == side] for side in SIDES)
    return pd.concat([ours.head(n), theirs.iloc[::-1].head(n)], ignore_index=True)


def _known(row: Mapping[Hashable, Any]) -> bool:
    """Whether the interval of the difference leaves out 0."""
    return bool(row["lrc"] != 0)


def _colours(sides: tuple[str, str]) -> tuple[str, str]:
    """A role has its own colour; any other comparison is a colour and grey."""
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
    return [Line2D([], [], color=colour, label=wrap(side, 40, 1), **dot) for side, colour in pairs]


def _words(table: pd.DataFrame, drawn: pd.DataFrame, sides: tuple[str, str]) -> dress.Words:
    rows = drawn.to_dict("records")
    called = dict(zip(SIDES, sides, strict=True))
    counts = (_all_or_none(row, _sizes(table), called) for row in rows)
    more = (_more(row, sides) for row in rows if _known(row) and not row["flag"])
    headline = next(filter(None, counts), None) or next(more, None) or _title(drawn, sides)
    content = "function_word" in drawn and drawn["function_word"].eq(False).fillna(False).all()
    unit = "Content words" if content else "Words"
    what = f"{unit} per 1,000 words of each side, and how often each says them"
    first, notes = _first(drawn, sides), _notes(table, drawn, "hollow")
    return dress.Words(headline, what, table.attrs, first, notes)


def _all_or_none(row: Mapping[Hashable, Any], size: dict[str, float], called: Called) -> str:
    """A word that one side alone uses, often enough for the other's none to mean something."""
    for mine, other in (SIDES, SIDES[::-1]):
        n, there = row[f"n_{mine}"], row[f"n_{other}"]
        if not there and n >= COUNTED and n / size[mine] * size[other] >= EXPECTED:
            word = written(row["token"])
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
    return f"{first} {use} “{written(row['token'])}” more than {second} here"


def _title(drawn: pd.DataFrame, sides: tuple[str, str]) -> str:
    if drawn["side"].nunique() == 2:
        if _people(sides[0]) and _people(sides[1]):
            return f"What {sides[0]} say more, and what {sides[1]}"
        return f"Words used more by {sides[0]}, and by {sides[1]}"
    first, second = sides if drawn["side"].iloc[0] == "target" else sides[::-1]
    return f"Words used more by {first} than by {second}"


def _notes(table: pd.DataFrame, drawn: pd.DataFrame, unsure: str) -> list[str]:
    """How large the sides are, what is `unsure`, and what is said of every word."""
    sizes = [round(n) for n in _sizes(table).values()]
    n_zero = int((drawn["lrc"] == 0).sum())
    level = f"{table.attrs.get('level', 0.95):.0%}"
    which = "All" if n_zero == len(drawn) else f"{n_zero} of {len(drawn)}"
    one = "one_person" in drawn and drawn["one_person"].all()
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
        words = [f"{written(row['token'])} ({_counts(row)})" for row in part]
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
    """The words of one side, a bar for its rate and a point for the other's."""
    mine, other = SIDES if part["side"].iloc[0] == "target" else SIDES[::-1]
    side, colour = sides[SIDES.index(mine)], _colours(sides)[SIDES.index(mine)]
    dress.rows([written(token) for token in part["token"]], ax)
    ax.set_xlim(0, most * 1.02)
    ax.set_xticks([])
    heading = wrap(f"{side} say{'' if _people(side) else 's'} more", 34, 1)
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


def _people(side: str) -> bool:
    """Whether a side is called by a plural: *officials*, *the other officials*."""
    return side.endswith("s") and side.split()[-1][:-1] in ROLE_COLOURS


def _ranked_words(table: pd.DataFrame, drawn: pd.DataFrame, sides: tuple[str, str]) -> dress.Words:
    what = (
        f"Bars: uses per 1,000 words; points: of the other side; numbers: {sides[0]} : {sides[1]}"
    )
    words = _words(table, drawn, sides)
    return replace(words, drawn=what, notes=_notes(table, drawn, "pale"))
