"""Who holds the floor: each speaker's share of the words, counted and exact.

A share of words needs no speaking rate and has no interval: it is what stands on the page.
In a briefing officials are there to answer at length and journalists to ask, so a large
share for an official is the genre and not a finding: compare officials with officials.
"""

from __future__ import annotations

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.patches import Patch
from matplotlib.ticker import FuncFormatter

from briefing.figures import captions, labels, style
from briefing.tables import ROLES, Table

SHARES = Table(
    name="speaking share",
    row="one speaker, role or other value of the column that words were counted by",
    made_by="briefing.speaking_share(turns)",
    columns={
        "n_words": "running words",
        "share_words": "their share of all words, from 0 to 1",
    },
)
FIRST = 3  # speakers that the sentence names


def plot_speaking_share(shares: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw a bar for each row of `briefing.speaking_share(turns)`, in its order.

    Bars are coloured by role, and hollow where the row is everybody whom the source does
    not name; beside each stand its share and its words. These are words, not minutes.
    """
    SHARES.check(shares)
    names, roles = _names(shares), _roles(shares)
    own = ax is None
    ax = labels.rows(names, ax, grid=False)
    colours = style.colours(roles)
    fills = [c if one else "white" for c, one in zip(colours, _is_one(shares), strict=True)]
    ax.barh(
        range(len(names)), shares["share_words"], labels.THICK,
        color=fills, edgecolor=colours, linewidth=0.8,
    )  # fmt: skip
    for row, (share, n) in enumerate(zip(shares["share_words"], shares["n_words"], strict=True)):
        value = f"{captions.percent(share)} · {captions.counted(n, 'word')}"
        labels.write_value(ax, share, row, value)
    ax.set_xlim(0, max(shares["share_words"].max() * 1.02, 0.01))
    ax.xaxis.set_major_formatter(FuncFormatter(lambda share, _: f"{100 * share:g}%"))
    style.legend(ax, [*style.role_keys(roles), *_several_key(shares)])
    note = captions.text_note(shares.attrs)
    style.name_axis(ax, f"share of the words {captions.of_what(shares.attrs)}", note)
    labels.fit_rows(ax, names, own=own)
    return ax


def _by(shares: pd.DataFrame) -> str:
    """What the words were counted by: the first column."""
    return str(shares.columns[0])


def _names(shares: pd.DataFrame) -> list[str]:
    values = shares[_by(shares)]
    return values.astype("str").where(values.notna(), f"no {_by(shares)} given").tolist()


def _roles(shares: pd.DataFrame) -> list[object]:
    """The role of each row, and nothing where the rows have none."""
    return shares["role"].tolist() if "role" in shares else [None] * len(shares)


def _is_one(shares: pd.DataFrame) -> list[bool]:
    return shares["named"].tolist() if "named" in shares else [True] * len(shares)


def _several_key(shares: pd.DataFrame) -> list[Patch]:
    if all(_is_one(shares)):
        return []
    return [Patch(facecolor="white", edgecolor=style.FAINT, label="not named, counted together")]


def describe_speaking_share(shares: pd.DataFrame) -> str:
    """Say in words what `plot_speaking_share` shows."""
    SHARES.check(shares)
    named = pd.Series(_is_one(shares), shares.index)
    words = captions.counted(int(shares["n_words"].sum()), "word")
    rows = captions.counted(len(shares), "row")
    first = shares[named].head(FIRST)
    return captions.sentences(
        f"Shares of the words {captions.of_what(shares.attrs)} by {_by(shares)}: "
        f"{rows} with {words}",
        f"Most words: {captions.listed(_each(first))}" if len(first) else "",
        f"Not named and counted together: {captions.listed(_each(shares[~named]))}"
        if not named.all()
        else "",
        _by_role(shares),
        captions.text_note(shares.attrs),
    )


def _each(rows: pd.DataFrame) -> list[str]:
    said = zip(_names(rows), _roles(rows), rows["share_words"], _is_one(rows), strict=True)
    return [
        f"{name} ({role}) {captions.percent(share)}"
        if one and role and role != name
        else f"{name} {captions.percent(share)}"
        for name, role, share, one in said
    ]


def _by_role(shares: pd.DataFrame) -> str:
    if _by(shares) == "role" or "role" not in shares:
        return ""
    sums = shares.groupby(shares["role"].astype("str"))["share_words"].sum()
    parts = [f"{role} {captions.percent(sums[role])}" for role in ROLES if role in sums]
    return f"By role: {captions.listed(parts)}"
