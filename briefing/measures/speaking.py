"""Who holds the floor: shares of the words, and minutes.

The *share of the words* is what a transcript shows directly. It is an exact count, so it needs no
speaking rate and has no interval, and it is the main figure. Shares of the time are close to it: in
16 timed events the two differ by 1.4 points for half of the speakers of 500 words or more, and by
less than 8 for all of them.

*Minutes* are another matter. They are a measurement only if the source has times. Otherwise they
are words divided by a rate, and a speaker's rate is unknown: one talks at 112 words a minute,
another at 196. So an estimate has an interval and separate columns (`minutes` is always a
measurement), and for a text that may not be verbatim it is described as: *if this text were read
aloud at R words a minute*.

Words a minute: the rate used to estimate minutes, and its uncertainty.

A speaker's rate is not in the text. The default is for talk of which nothing is known except that
it is English; if the length of the briefing is known, all words over the length are a better guess.
`tests/test_speaking_calibration.py` recomputes the constants here from timed events, and
`briefing.speaking.time` says what they cover and what they do not.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import asdict, dataclass
from math import inf, isnan, nan
from typing import Any

import numpy as np
import pandas as pd

from briefing.lexicons import is_english
from briefing.lexicons.languages import language_in
from briefing.tables import BriefingError
from briefing.words.groups import WHO, By, columns_of, count, finish, grouped, kind_of_text
from briefing.words.tally import tally

__all__ = ["share", "time"]


def share(turns: pd.DataFrame, by: By = "speaker") -> pd.DataFrame:
    """Count turns and words, and each speaker's share of the words: exact, no interval.

    Parameters
    ----------
    turns : DataFrame
        A turns table; `by` and `n_words` are required, `briefing_id`, `turn_id` and `role` are used
        if present.
    by : str or list of str
        The columns whose values are compared: speaker, role, organisation or any other.

    Returns
    -------
    DataFrame
        One row per value of `by`, most words first, ties in order of appearance: `by`, `n_turns`,
        `n_words`, `share_words` (from 0 to 1, of all words in `turns`), `mean_words`,
        `median_words` and `longest_words` (words a turn), and where the longest turn is (the first
        of several): `longest_briefing_id`, `longest_turn_id`. By speaker, also `role` (the one with
        most words) and `named`: false for speakers whom the source does not name, such as *unnamed
        journalists*. Such a row is several people: never rank it as one. `written` turns did not
        take the floor and are left out. `.attrs`: `by`, `n_turns`, `n_words`; `text_status` and
        `part`, as in the turns; `n_written_turns`, if the turns have the column.

    Raises
    ------
    BriefingError
        If there is no such column, there are no turns, or their words were not counted.

    Notes
    -----
    *Floor* means words printed: an edited transcript has lost overlaps and pauses, and if `part` is
    true a share is a share of this page. Do not read it as minutes or as dominance: officials are
    there to answer at length, so compare officials with officials.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "turn_id": [1, 2, 3, 4], "speaker": ["Ida Marlow", None, "Ida Marlow", None],
    ...     "role": ["official", "journalist"] * 2, "n_words": [120, 20, 50, 10]})
    >>> shares = briefing.speaking.share(turns)
    >>> shares[["speaker", "named", "n_turns", "n_words", "share_words", "longest_turn_id"]]
                   speaker  named  n_turns  n_words  share_words  longest_turn_id
    0           Ida Marlow   True        2      170         0.85                1
    1  unnamed journalists  False        2       30         0.15                2
    """
    table = count(turns, by)
    columns = table.drop(columns=["start_s", "stop_s"]).astype("object")
    plain = columns.where(columns.notna(), None).to_dict("list")
    names = columns_of(by)
    rows = tally(plain, names)
    result = pd.DataFrame(rows).astype({"longest_turn_id": "Int64"})
    for name in names:
        result[name] = table[name].iloc[[plain[name].index(row[name]) for row in rows]].array
    return finish(
        result,
        turns,
        made_by="speaking_share",
        by=by,
        n_turns=len(table),
        n_words=int(table["n_words"].sum()),
    )


def time(
    turns: pd.DataFrame,
    *,
    rate: float | None = None,
    factor: float | None = None,
    minutes: float | None = None,
) -> pd.DataFrame:
    """Return each speaker's minutes: from timestamps, or else estimated and labelled as such.

    Parameters
    ----------
    turns : DataFrame
        A turns table; `speaker` and `n_words` are required. A turn is timed if it has `start_s` and
        a later `stop_s`. `role` is shown if present.
    rate : float, optional
        Words a minute, if you have a better figure than the default, 150.
    factor : float, optional
        The interval is from `n_words / (rate * factor)` to `n_words * factor / rate`. The
        default is 1.33, and 1.77 for speakers of fewer than 500 words; with `minutes` it is
        1.26 and 1.5.
    minutes : float, optional
        Instead of `rate`, the known length of the only briefing in `turns`: the rate is all words
        over the length, so pauses, music and anything not transcribed count as talk; leave out long
        ones. If this gives fewer than 120 or more than 200 words a minute, which is rare for timed
        events, the interval is widened to include the default one.

    Returns
    -------
    DataFrame
        One row per speaker, most words first: `speaker, role, named, n_words, basis`, then
        `minutes`: measured, if `basis` is *timed* (every turn has times); `est_minutes, low, high`:
        estimate and interval, if `basis` is *estimated*, or *mixed* (timed turns as measured, the
        others estimated); missing below 100 words; `share_timed`: the share of the speaker's words
        that is timed; `rate`: the words a minute assumed, missing if nothing was estimated. A row
        with `named` false, such as *unnamed journalists*, is several people. `.attrs`: `called`,
        what to call the minutes in a caption; `rate, factor, short_factor` (of speakers of fewer
        than 500 words) and `rate_from` (*default, given, length*, or *none*, see Notes), None if
        everything is timed; `coverage`, how the interval did when calibrated; `n_speakers` (named);
        `share_timed`, `n_timed_turns`; `n_ignored_times`: turns that do not stop later than they
        start, treated as untimed; `n_overlaps`: timed turns that begin before an earlier one ends,
        each counted in full; `text_status` and `part`, as in the turns.

    Raises
    ------
    BriefingError
        If columns are missing, there are no turns, words were not counted; `rate` and `minutes` are
        given together, or not above 0, a factor is below 1, or `minutes` is given for several
        briefings.

    Notes
    -----
    The rate is the geometric mean of timed speakers of 500 words or more, to the nearest 10;
    the interval is the usual one for one more speaker (t, 95 %) of log rates around it, the
    factor to the nearest hundredth: 113 to 200 words a minute. Each event was left out in turn,
    rate and factor were made from the others, and the measured minutes of its speakers were
    looked up in their intervals:

    ==================  ======  ========  ======  ==========  ======
    genre               events  speakers  median  range       inside
    ==================  ======  ========  ======  ==========  ======
    court hearings           7        33     154  112 to 196      32
    earnings calls           8        17     156  112 to 184      16
    White House event        1         2     156  144 to 168       2
    ==================  ======  ========  ======  ==========  ======

    Genre, role and length of talk (from 500 words on) were tried and told nothing: medians and
    spread are alike. Speakers of 100 to 499 words differ more and have a factor of their own:
    69 of 71 inside. With `minutes` from the first word to the last, 49 of 52 are inside, and 66
    of 71. One event in 16 is outside 120 to 200 words a minute.

    Other calls on record have a median of 134, other White House events one of 174. Of speakers
    who differ as these do around such a median, the interval would hold 89 % and 83 %.

    Not covered: languages other than English (if the turns state one, nothing is estimated without
    `rate` or `minutes`, and `called` says so); interpreted talk; speeches with applause; edited or
    translated text; single turns, which must never be converted. In the hearings a turn ends where
    the next begins, so it includes the pause between them. An interval is for one speaker: that of
    a sum of rows is not narrower, since their errors have common causes. Not for ranking:
    `speaking.share` ranks without a rate.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "n_words": [1500, 60]})
    >>> times = briefing.speaking.time(turns)
    >>> times[["speaker", "n_words", "basis", "est_minutes", "low", "high"]].round(1)
          speaker  n_words      basis  est_minutes  low  high
    0  Ida Marlow     1500  estimated         10.0  7.5  13.3
    1   Jo Petrel       60  estimated          NaN  NaN   NaN
    >>> times.attrs["called"]
    'if this text were read aloud at 150 words a minute'
    """
    table = _timed(count(turns, "speaker"))
    pace = choose_pace(table, rate, factor, minutes, language_in(turns))
    sums = grouped(table, WHO).agg(
        untimed=("untimed", "sum"),
        seconds=("seconds", "sum"),
        all_timed=("timed", "all"),
        any_timed=("timed", "any"),
    )
    speakers = share(turns)[["speaker", "role", "named", "n_words"]].join(sums, on=WHO)
    result = _in_minutes(speakers, pace)
    told = asdict(pace)
    if table["timed"].all():
        told = dict.fromkeys(told) | {"coverage": "nothing was estimated"}
    result.attrs = kind_of_text(turns) | _about_times(table) | told
    result.attrs["made_by"] = "speaking_time"
    result.attrs["called"] = call_minutes(result.attrs)
    result.attrs["n_speakers"] = int(result["named"].sum())
    return result


def _timed(table: pd.DataFrame) -> pd.DataFrame:
    """Add `seconds` for turns with times, and the words of turns without them."""
    seconds = table["stop_s"].astype("float64") - table["start_s"].astype("float64")
    timed = seconds > 0
    return table.assign(
        timed=timed, seconds=seconds.where(timed, 0.0), untimed=table["n_words"].where(~timed, 0)
    )


def _in_minutes(speakers: pd.DataFrame, pace: Pace) -> pd.DataFrame:
    columns = ["untimed", "seconds", "all_timed", "any_timed"]
    untimed, seconds, timed, any_timed = (speakers[column] for column in columns)
    n_words, measured = speakers["n_words"], seconds / 60
    estimated = ~timed & (n_words >= MIN_WORDS)
    factor = np.where(n_words < ENOUGH, pace.short_factor, pace.factor)
    return speakers.drop(columns=columns).assign(
        basis=np.select([timed, any_timed], ["timed", "mixed"], "estimated"),
        minutes=measured.where(timed),
        est_minutes=(measured + untimed / pace.rate).where(estimated),
        low=(measured + untimed / (pace.rate * factor)).where(estimated),
        high=(measured + untimed / (pace.rate / factor)).where(estimated),
        share_timed=1 - untimed / n_words.where(n_words > 0),
        rate=pd.Series(pace.rate, speakers.index).where(estimated),
    )


def _about_times(table: pd.DataFrame) -> dict[str, Any]:
    """What a reader of timed minutes must know: how much is timed, and which times were useless."""
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


RATE = 150.0  # words a minute, for a speaker about whom nothing else is known
# A speaker's rate is assumed to be between rate / factor and rate * factor. The second factor is
# for speakers with fewer than ENOUGH words.
FACTORS = 1.33, 1.77
LENGTH_FACTORS = 1.26, 1.5  # around words / length, if the length is known
ENOUGH = 500
USUAL = (120.0, 200.0)  # words / length of timed events, from the first word to the last
MIN_WORDS = 100  # no estimate below; turns of 10 to 24 words range from 108 to 306 a minute
COVERAGE = {
    "default": "50 of 52 speakers inside their interval in 16 other timed English events",
    "length": "49 of 52 speakers inside their interval in 16 other timed English events",
    "given": "not measured: rate or factor is the caller's",
}
NO_RATE = (
    "no minutes are estimated: the rate of {rate:g} words a minute was calibrated on English, and "
    "this text is in {language!r}. Give rate= for that language, or minutes= if you know the length"
)


@dataclass(frozen=True)
class Pace:
    """Words a minute, how much slower or faster a speaker may be, and where both come from."""

    rate: float
    factor: float
    short_factor: float  # of speakers of fewer than ENOUGH words
    rate_from: str  # default, given or length
    coverage: str


def choose_pace(
    turns: pd.DataFrame,
    rate: float | None,
    factor: float | None,
    minutes: float | None,
    language: str | None = None,
) -> Pace:
    """Use the caller's rate, the one from a known length, or else the default.

    `turns` needs `briefing_id` and `n_words`; `minutes` is the length of one briefing. The default
    was calibrated on English: other languages have no default.
    """
    _check(rate, factor, minutes)
    source = "given" if rate is not None else "default" if minutes is None else "length"
    if source == "default" and not is_english(language):
        return Pace(nan, nan, nan, "none", NO_RATE.format(rate=RATE, language=language))
    known = rate or (RATE if minutes is None else _rate_of_length(turns, minutes))
    factors = (factor, factor) if factor else _factors_of_length(known) if minutes else FACTORS
    coverage = COVERAGE["given" if factor else source]
    return Pace(float(known), float(factors[0]), float(factors[1]), source, coverage)


def _check(rate: float | None, factor: float | None, minutes: float | None) -> None:
    if rate is not None and minutes is not None:
        raise BriefingError.of("rate and minutes", rate=rate, minutes=minutes)
    for name, value, least, meaning in (
        ("rate", rate, 0, "words a minute above 0, such as 150"),
        ("minutes", minutes, 0, "a length in minutes above 0, such as 45"),
        ("factor", factor, 1, "1 or more times slower or faster, such as 1.6"),
    ):
        if value is not None and not (least <= value < inf and value > 0):
            raise BriefingError.of("no amount", name=name, value=value, meaning=meaning)


def _rate_of_length(turns: pd.DataFrame, minutes: float) -> float:
    briefings, words = turns["briefing_id"].nunique(), int(turns["n_words"].sum())
    if briefings > 1:
        raise BriefingError.of("minutes of several briefings", minutes=minutes, briefings=briefings)
    if words == 0:
        raise BriefingError.of("minutes without words", minutes=minutes)
    return words / minutes


def _factors_of_length(rate: float) -> tuple[float, float]:
    """Outside the usual rates of events, extend as far as the default on both sides."""
    if USUAL[0] <= rate <= USUAL[1]:
        return LENGTH_FACTORS
    off = max(rate / RATE, RATE / rate)
    return FACTORS[0] * off, FACTORS[1] * off


def call_minutes(about: Mapping[Hashable | None, Any]) -> str:
    """Describe the minutes, in words for a caption.

    `about` are a result's attrs: `rate` (None if everything is timed), `n_timed_turns` and
    `text_status`.
    """
    if about["rate"] is None:
        return "speaking time, from the times in the source"
    if isnan(about["rate"]):
        return about["coverage"]
    verbatim = about["text_status"] == "verbatim"
    what = "speaking time, estimated" if verbatim else "if this text were read aloud"
    called = f"{what} at {round(about['rate'], 1):g} words a minute"
    if about["n_timed_turns"]:
        return f"from the times in the source where it has them, otherwise {called}"
    return called
