"""Who holds the floor: shares of the words, counted; minutes, timed or estimated.

The *share of the words* is what a transcript shows by itself. It is counted and exact, so
it needs no speaking rate and has no interval, and it is the headline. Shares of the time
are close to it: in 16 timed events the two differ by 1.4 points for half of the speakers of
500 words or more, and by less than 8 for all of them.

*Minutes* are another matter. They are a measurement only where the source has times.
Everywhere else they are words divided by a rate, and a speaker's rate is not known: one
talks at 112 words a minute, the next at 196. So an estimate comes with an interval, in
columns of its own (`minutes` is only ever a measurement), and for a text that is not known
to be verbatim it is called what it is: *if this text were read aloud at R words a minute*.
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from briefing.pace import (
    MIN_WORDS,
    NOTHING_ESTIMATED,
    Pace,
    call_minutes,
    choose_pace,
    warn_of_language,
)
from briefing.words.floor import tally
from briefing.words.groups import WHO, count, grouped, kind_of_text, rank


def speaking_share(turns: pd.DataFrame, by: str = "speaker") -> pd.DataFrame:
    """Count turns and words, and each speaker's share of the words: exact, no interval.

    Parameters
    ----------
    turns : DataFrame
        A turns table; `by` and `n_words` are needed, `briefing_id`, `turn_id` and `role`
        are used where they are there.
    by : str
        The column whose values are compared: speaker, role, organisation or any other.

    Returns
    -------
    DataFrame
        One row per value of `by`, most words first, ties in order of appearance: `by`,
        `n_turns`, `n_words`, `share_words` (from 0 to 1, of all words in `turns`),
        `mean_words`, `median_words` and `longest_words` (words a turn), and where the
        longest turn is (the first, where several are): `longest_briefing_id`,
        `longest_turn_id`.
        By speaker, also `role` (the one in which most was said) and `named`: false in the
        rows of those whom the source does not name, such as *unnamed journalists*. Such a
        row is several people: never rank it as one.
        `.attrs`: `by`, `n_turns`, `n_words`; `text_status` and `part`, as in the turns.

    Raises
    ------
    BriefingError
        No such column, no turns, or turns whose words were not counted.

    Notes
    -----
    *Floor* means words printed: an edited transcript has lost overlaps and pauses, and
    where `part` is true a share is a share of this page. Not to be read as minutes, nor as
    dominance: officials are there to answer at length, so compare officials with officials.

    Examples
    --------
    >>> turns = pd.DataFrame({
    ...     "turn_id": [1, 2, 3, 4], "speaker": ["Ida Marlow", None, "Ida Marlow", None],
    ...     "role": ["official", "journalist"] * 2, "n_words": [120, 20, 50, 10]})
    >>> shares = speaking_share(turns)
    >>> shares[["speaker", "named", "n_turns", "n_words", "share_words", "longest_turn_id"]]
                   speaker  named  n_turns  n_words  share_words  longest_turn_id
    0           Ida Marlow   True        2      170         0.85                1
    1  unnamed journalists  False        2       30         0.15                2
    """
    table = count(turns, by)
    columns = table.drop(columns=["start_s", "stop_s"]).astype("object")
    plain = {
        str(name): column.tolist() for name, column in columns.where(columns.notna(), None).items()
    }
    rows = tally(plain, by)
    result = pd.DataFrame(rows).astype({"longest_turn_id": "Int64"})
    result[by] = table[by].iloc[[plain[by].index(row[by]) for row in rows]].array
    result.attrs = kind_of_text(turns) | {
        "made_by": "speaking_share",
        "by": by,
        "n_turns": len(table),
        "n_words": int(table["n_words"].sum()),
    }
    return result


def speaking_time(
    turns: pd.DataFrame,
    *,
    rate: float | None = None,
    factor: float | None = None,
    minutes: float | None = None,
) -> pd.DataFrame:
    """Give each speaker's minutes: from timestamps, or else estimated, and then named so.

    Parameters
    ----------
    turns : DataFrame
        A turns table, of which `speaker` and `n_words` are needed. A turn is timed where it
        has `start_s` and a later `stop_s`. `role` is shown where it is there.
    rate : float, optional
        Words a minute, where you know better than the default, 150.
    factor : float, optional
        The interval is from `n_words / (rate * factor)` to `n_words * factor / rate`. The
        default is 1.6; with `minutes` it is 1.4.
    minutes : float, optional
        Instead of `rate`, the known length of the one briefing in `turns`: the rate is all
        words over the length, so that pauses, music and what was not transcribed count as
        talk; leave long ones out. Where this makes fewer than 120 or more than 200 words a
        minute, as timed events seldom do, the interval is widened until it holds the
        default one.

    Returns
    -------
    DataFrame
        One row per speaker, most words first: `speaker, role, named, n_words, basis`, then
        `minutes`: measured, where `basis` is *timed* (every turn has times);
        `est_minutes, low, high`: estimate and interval, where `basis` is *estimated*, or
        *mixed* (timed turns as measured, the others estimated); missing under 100 words;
        `share_timed`: the share of the speaker's words that is timed;
        `rate`: the words a minute assumed, missing where nothing was estimated.
        A row with `named` false, such as *unnamed journalists*, is several people.
        `.attrs`: `called`, what to call the minutes in a caption; `rate, factor` and
        `rate_from` (*default, given, length*), None where all is timed; `coverage`, how the
        interval did when calibrated; `n_speakers` (named); `share_timed`, `n_timed_turns`;
        `n_ignored_times`: turns that stop no later than they start, taken as not timed;
        `n_overlaps`: timed turns that begin before an earlier one ends, each counted in
        full; `text_status` and `part`, as in the turns.

    Raises
    ------
    BriefingError
        Columns missing, no turns, words not counted; `rate` and `minutes` together, either
        not above 0, a factor under 1, or `minutes` for turns of several briefings.

    Notes
    -----
    Calibrated on the timed turns of speakers of 500 words or more. Each event was left out
    in turn, rate and factor were chosen on the others, and the measured minutes of its
    speakers were looked up in their intervals:

    ==================  ======  ========  ======  ==========  ======
    genre               events  speakers  median  range       inside
    ==================  ======  ========  ======  ==========  ======
    court hearings           7        33     154  112 to 196      33
    earnings calls           8        17     156  112 to 184      17
    White House event        1         2     156  144 to 168       2
    ==================  ======  ========  ======  ==========  ======

    The rate is halfway in logs between the slowest and the fastest of them, to the nearest
    10. The factor is made for other events: their median may be that of the slowest group on
    record (calls, 134 words a minute) or the fastest (White House, 174), and their speakers
    as far from it as any here from the median of the genre; rounded up to .05. Wide on
    purpose: 94 to 240 words a minute. Speakers of 100 to 499 words: 69 of 71 inside.
    With `minutes` from the first word to the last, and the factor chosen on the other
    events, 51 of 52 are inside. One event in 16 is outside 120 to 200 words a minute.

    Not covered: languages other than English (where the turns say that they are in one, the
    default rate warns); interpreted talk; speeches with applause;
    text that was edited or translated; single turns, which are never to be converted. In the
    hearings a turn ends where the next begins, so it holds the pause between. An interval is
    one speaker's: a sum of rows is no narrower, as their errors have causes in common. Not
    for ranking: `speaking_share` ranks without a rate.

    Examples
    --------
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "n_words": [1500, 60]})
    >>> time = speaking_time(turns)
    >>> time[["speaker", "n_words", "basis", "est_minutes", "low", "high"]]
          speaker  n_words      basis  est_minutes   low  high
    0  Ida Marlow     1500  estimated         10.0  6.25  16.0
    1   Jo Petrel       60  estimated          NaN   NaN   NaN
    >>> time.attrs["called"]
    'if this text were read aloud at 150 words a minute'
    """
    table = _timed(count(turns, "speaker"))
    pace = choose_pace(table, rate, factor, minutes)
    sums = grouped(table, WHO).agg(
        n_words=("n_words", "sum"),
        untimed=("untimed", "sum"),
        seconds=("seconds", "sum"),
        all_timed=("timed", "all"),
        any_timed=("timed", "any"),
    )
    result = rank(_in_minutes(sums, pace), table)
    result.attrs = kind_of_text(turns) | _about_times(table)
    result.attrs.update(NOTHING_ESTIMATED if table["timed"].all() else pace.about())
    if result.attrs.get("rate_from") == "default":
        warn_of_language(turns)
    result.attrs["made_by"] = "speaking_time"
    result.attrs["called"] = call_minutes(result.attrs)
    result.attrs["n_speakers"] = int(result["named"].sum())
    return result


def _timed(table: pd.DataFrame) -> pd.DataFrame:
    """Add what the times say: `seconds` of a turn, and its words where they say nothing."""
    seconds = table["stop_s"].astype("float64") - table["start_s"].astype("float64")
    timed = seconds > 0
    return table.assign(
        timed=timed,
        seconds=seconds.where(timed, 0.0),
        untimed=table["n_words"].where(~timed, 0),
    )


def _in_minutes(sums: pd.DataFrame, pace: Pace) -> pd.DataFrame:
    measured, timed = sums["seconds"] / 60, sums["all_timed"]
    estimated = ~timed & (sums["n_words"] >= MIN_WORDS)
    estimates = {
        column: (measured + sums["untimed"] / rate).where(estimated)
        for column, rate in pace.rates.items()
    }
    return sums[["n_words"]].assign(
        basis=np.select([timed, sums["any_timed"]], ["timed", "mixed"], "estimated"),
        minutes=measured.where(timed),
        **estimates,
        share_timed=1 - sums["untimed"] / sums["n_words"].where(sums["n_words"] > 0),
        rate=pd.Series(pace.rate, sums.index).where(estimated),
    )


def _about_times(table: pd.DataFrame) -> dict[str, Any]:
    """What a reader of timed minutes must know: how much is timed, which times were no use."""
    given = table["start_s"].notna() & table["stop_s"].notna()
    timed = table[table["timed"]].sort_values(["start_s", "stop_s"])
    briefing = timed["briefing_id"].astype("object").fillna("")
    latest = timed["stop_s"].groupby(briefing).cummax().groupby(briefing).shift()
    n_words = int(table["n_words"].sum())
    n_timed = n_words - int(table["untimed"].sum())
    return {
        "share_timed": n_timed / n_words if n_words else float("nan"),
        "n_timed_turns": len(timed),
        "n_ignored_times": int((given & ~table["timed"]).sum()),
        "n_overlaps": int((timed["start_s"] < latest).sum()),
    }
