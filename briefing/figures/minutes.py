"""Minutes of speaking: measured where the source has times, otherwise estimated.

A measured time is a full point. An estimate is a hollow point on a line: words divided by a
rate that nobody measured, so that the line, not the point, is what is known. Speakers with
too few words for an estimate keep their row, which says so.
"""

from __future__ import annotations

from typing import Any

import pandas as pd
from matplotlib.axes import Axes
from matplotlib.lines import Line2D
from matplotlib.ticker import MaxNLocator

from briefing.figures import captions, labels, style
from briefing.tables import Table

TIMES = Table(
    name="speaking time",
    row="one speaker",
    made_by="briefing.speaking_time(turns)",
    columns={
        "speaker": "who speaks",
        "role": "in which role",
        "n_words": "running words",
        "basis": "timed, mixed or estimated",
        "minutes": "measured minutes, where the basis is timed",
        "est_minutes": "estimated minutes, where it is not",
        "low": "the low end of the interval",
        "high": "the high end of the interval",
    },
)
KINDS = {
    "timed": "from the times in the source",
    "mixed": "partly timed, with its interval",
    "estimated": "estimated, with its interval",
}
FIRST = 3  # speakers that the sentence names


def plot_speaking_time(times: pd.DataFrame, *, ax: Axes | None = None) -> Axes:
    """Draw the minutes of each row of `briefing.speaking_time(turns)`, in its order.

    Full points are measured; hollow ones on a line are estimates with their interval, half
    full ones are timed in part. Not for ranking speakers: shares of words do that.
    """
    TIMES.check(times)
    own, names = ax is None, times["speaker"].astype("str").tolist()
    ax = labels.rows(names, ax)
    for row, (speaker, colour) in enumerate(
        zip(times.to_dict("records"), style.colours(times["role"]), strict=True)
    ):
        _draw_row(ax, row, speaker, colour)
    most = float(times[["minutes", "high"]].max().max())
    ax.set_xlim(0, most * 1.02 if most > 0 else 1)
    ax.xaxis.set_major_locator(MaxNLocator(6, steps=[1, 2, 5, 10]))
    style.legend(ax, style.role_keys(times["role"]), _kind_keys(times))
    style.name_axis(ax, f"minutes: {times.attrs.get('called', 'estimated')}", _note(times))
    labels.fit_rows(ax, names, own=own)
    return ax


def _draw_row(ax: Axes, row: int, speaker: dict[Any, Any], colour: str) -> None:
    kind = str(speaker["basis"])
    at, end = speaker["est_minutes"], speaker["high"]
    if kind == "timed":
        at = end = speaker["minutes"]
    if pd.isna(at):
        words = captions.counted(speaker["n_words"], "word")
        labels.write_value(ax, 0, row, f"{words}: too few for an estimate")
        return
    if kind != "timed":
        ax.plot([speaker["low"], end], [row, row], color=colour, **_line(kind))
    ax.plot([at], [row], color=colour, **_marker(kind))
    labels.write_value(ax, end, row, _value(speaker))


def _marker(kind: str) -> dict[str, Any]:
    fill = {
        "fillstyle": "left" if kind == "mixed" else "full",
        "markerfacecoloralt": "white",
    }
    if kind == "estimated":
        fill["markerfacecolor"] = "white"
    return fill | {
        "marker": "o", "markersize": 6, "markeredgewidth": 1.4, "linestyle": "none"
    }  # fmt: skip


def _line(kind: str) -> dict[str, Any]:
    """The interval of an estimate; a measured time has none."""
    return {"linestyle": "none" if kind == "timed" else "-", "linewidth": 1.4}


def _value(speaker: dict[Any, Any]) -> str:
    if speaker["basis"] == "timed":
        return f"{speaker['minutes']:.1f}"
    return f"{speaker['est_minutes']:.1f} ({speaker['low']:.1f} to {speaker['high']:.1f})"


def _kind_keys(times: pd.DataFrame) -> list[Line2D]:
    drawn = _drawn(times)
    return [
        Line2D([], [], color=style.FAINT, label=label, **_marker(kind) | _line(kind))
        for kind, label in KINDS.items()
        if (drawn["basis"] == kind).any()
    ]


def _drawn(times: pd.DataFrame) -> pd.DataFrame:
    """The rows that have minutes, measured or estimated."""
    return times[times["minutes"].notna() | times["est_minutes"].notna()]


def _said(speaker: dict[Any, Any]) -> str:
    role = f" ({speaker['role']})" if speaker.get("named", True) else ""
    return f"{speaker['speaker']}{role} {_value(speaker)}"


def _note(times: pd.DataFrame) -> str:
    """How the intervals were made and how they did, then what kind of text was counted."""
    rate, factor = times.attrs.get("rate"), times.attrs.get("factor")
    interval = ""
    if rate and factor and times["est_minutes"].notna().any():
        interval = (
            f"Intervals: from {rate / factor:.0f} to {rate * factor:.0f} words a minute; "
            f"calibration: {times.attrs.get('coverage', 'none')}."
        )
    timed = bool((times["basis"] == "timed").all())
    return "\n".join(filter(None, [interval, captions.text_note(times.attrs, timed=timed)]))


def describe_speaking_time(times: pd.DataFrame) -> str:
    """Say in words what `plot_speaking_time` shows."""
    TIMES.check(times)
    drawn = _drawn(times)
    one = drawn.get("named", pd.Series(True, drawn.index))
    several = captions.listed([_said(s) for s in drawn[~one].to_dict("records")])
    first = captions.listed([_said(s) for s in drawn[one].head(FIRST).to_dict("records")])
    n_left = len(times) - len(drawn)
    return captions.sentences(
        f"Minutes by speaker, {captions.counted(len(times), 'row')}: "
        f"{times.attrs.get('called', 'estimated')}",
        f"Minutes of those with most words: {first}" if first else "",
        f"Not named and counted together: {several}" if several else "",
        f"{captions.counted(n_left, 'row has', 'rows have')} too few words for an estimate"
        if n_left
        else "",
        *_note(times).split("\n"),
    )
