"""Make the calibration of briefing.speaking.time again, from timed events that are not shipped.

Each event is left out in turn; rate and factor are chosen on the others by the criterion in
the docstring of `speaking.time`; the measured minutes of its speakers are looked up in the
intervals they are given. One command: `python -m pytest tests/test_speaking_calibration.py`.
"""

import re
from math import ceil, sqrt

import numpy as np
import pandas as pd
import pytest

import briefing
from briefing.measures import speaking
from briefing.measures import speaking as pace

pytestmark = pytest.mark.whole

GENRES = {"oyez": "court hearings", "earnings": "earnings calls", "wh": "White House event"}
SLOWEST, FASTEST = 134, 174  # medians of the slowest and fastest groups of events on record
LEAST = 0.93


@pytest.fixture(scope="module")
def events(shared):
    """Turns of each timed event, by its name."""
    paths = sorted((shared / "timed").glob("*.turns.tsv"))
    return {path.name.partition(".")[0]: pd.read_csv(path, sep="\t") for path in paths}


@pytest.fixture(scope="module")
def speakers(events):
    """Speakers of 100 words or more, with the minutes that their timed turns took."""
    rows = []
    for event, turns in events.items():
        timed = turns.dropna(subset=["speaker", "start_s", "stop_s"])
        time = briefing.speaking.time(timed).query("n_words >= 100")
        rows.append(time[["speaker", "n_words", "minutes"]].assign(event=event))
    table = pd.concat(rows, ignore_index=True)
    genre = table["event"].str.partition("_")[0].map(GENRES)
    return table.assign(genre=genre, rate=table["n_words"] / table["minutes"])


@pytest.fixture(scope="module")
def long(speakers):
    return speakers.query("n_words >= 500")


def up(value):
    """Round up to .05."""
    return ceil(value * 20 - 1e-9) / 20


def choose(known):
    """The criterion of the docstring: a rate and a factor from speakers whose rate is known."""
    slowest, fastest = known["rate"].min(), known["rate"].max()
    rate = round(sqrt(slowest * fastest), -1)
    apart = known["rate"] / known.groupby("genre")["rate"].transform("median")
    return rate, up(max(rate / (SLOWEST * apart.min()), FASTEST * apart.max() / rate))


def inside(tried, **options):
    """Whether each speaker's measured minutes lie in the interval made from the words alone."""
    time = briefing.speaking.time(tried[["speaker", "n_words"]], **options).set_index("speaker")
    time = time.loc[tried["speaker"]]
    minutes = tried["minutes"].to_numpy()
    return pd.Series((time["low"] <= minutes) & (minutes <= time["high"])).set_axis(tried.index)


def left_out(known):
    """Each event's speakers looked up with the rate and factor chosen on the other events."""
    found = []
    for event, tried in known.groupby("event"):
        rate, factor = choose(known[known["event"] != event])
        found.append(inside(tried, rate=rate, factor=factor))
    return pd.concat(found).loc[known.index]


def length_of(turns):
    """Minutes from the first word to the last."""
    return (turns["stop_s"].max() - turns["start_s"].min()) / 60


def over_length(known, events):
    """Words a minute of each speaker's event: all its words over its length."""
    whole = {e: turns["n_words"].sum() / length_of(turns) for e, turns in events.items()}
    return known["event"].map(whole)


def factor_of_length(known, rates):
    """The least that holds every speaker of the events that run at the usual pace."""
    apart = np.log(known["rate"] / rates)[rates.between(*pace.USUAL)].abs()
    return up(np.exp(apart.max()))


def left_out_with_length(known, events):
    """The same where the length is known: the factor is chosen on the other events."""
    rates, found = over_length(known, events), []
    for event, tried in known.groupby("event"):
        others, rate = known["event"] != event, rates[tried.index[0]]
        usual = pace.USUAL[0] <= rate <= pace.USUAL[1]
        chosen = {"factor": factor_of_length(known[others], rates[others])} if usual else {}
        found.append(inside(tried, minutes=tried["n_words"].sum() / rate, **chosen))
    return pd.concat(found).loc[known.index]


def by_genre(known, found):
    """Coverage over all and in each genre."""
    return found.groupby(known["genre"]).mean().to_dict() | {"all": found.mean()}


def test_the_default_rate_and_factor_are_what_the_criterion_chooses(long):
    assert choose(long) == (pace.RATE, pace.FACTOR)


def test_enough_speakers_of_events_left_out_are_inside_their_interval(long):
    coverage = by_genre(long, left_out(long))
    assert min(coverage.values()) >= LEAST, coverage


def test_the_default_covers_each_genre_and_shorter_speakers_too(speakers):
    found = inside(speakers.assign(speaker=speakers.index.astype("str")))
    short = speakers["n_words"] < 500
    assert min(by_genre(speakers, found).values()) >= LEAST
    quoted = re.search(r"100 to 499 words: (\d+) of (\d+) inside", docstring())
    assert [int(n) for n in quoted.groups()] == [found[short].sum(), short.sum()]


def test_the_factor_for_a_known_length_is_the_least_that_holds_every_speaker(long, events):
    factor = factor_of_length(long, over_length(long, events))
    assert factor == pace.LENGTH_FACTOR < pace.FACTOR


def test_enough_speakers_are_inside_where_the_length_is_known(long, events):
    found = left_out_with_length(long, events)
    assert min(by_genre(long, found).values()) >= LEAST, by_genre(long, found)
    quoted = f"{found.sum()} of {len(found)}"
    assert pace.COVERAGE["length"].startswith(quoted)
    assert f"{quoted} are inside" in docstring()


def test_events_run_at_the_usual_pace_but_for_the_number_quoted(events):
    rates = [turns["n_words"].sum() / length_of(turns) for turns in events.values()]
    unusual = sum(not pace.USUAL[0] <= rate <= pace.USUAL[1] for rate in rates)
    assert unusual == 1
    assert f"One event in {len(rates)} is outside 120 to 200" in docstring()


def docstring():
    return " ".join(briefing.speaking.time.__doc__.split())


def test_the_table_in_the_docstring_is_what_is_computed(long):
    found = left_out(long)
    for genre, rows in long.groupby("genre"):
        computed = [
            rows["event"].nunique(), len(rows), round(rows["rate"].median()),
            round(rows["rate"].min()), round(rows["rate"].max()), found[rows.index].sum(),
        ]  # fmt: skip
        line = re.search(rf"^ *{genre} +(.*)$", briefing.speaking.time.__doc__, re.MULTILINE)
        assert [int(n) for n in re.findall(r"\d+", line[1])] == computed, genre


def test_the_coverage_in_the_results_is_what_is_computed(long):
    events = long["event"].nunique()
    quoted = (
        f"{left_out(long).sum()} of {len(long)} speakers inside their interval, {events} timed "
    )
    assert pace.COVERAGE["default"].startswith(quoted)


def test_the_rates_and_factors_quoted_are_the_ones_used():
    text = docstring()
    assert f"default, {pace.RATE:g}." in text
    assert f"default is {pace.FACTOR:g}; with `minutes` it is {pace.LENGTH_FACTOR:g}." in text
    assert f"{pace.RATE / pace.FACTOR:.0f} to {pace.RATE * pace.FACTOR:.0f} words" in text
    assert f"(calls, {SLOWEST} words a minute)" in text
    assert f"(White House, {FASTEST})" in text


def test_shares_of_words_are_as_near_to_shares_of_time_as_is_said(speakers):
    whole = speakers.groupby("event")[["n_words", "minutes"]].transform("sum")
    apart = (speakers["n_words"] / whole["n_words"] - speakers["minutes"] / whole["minutes"]).abs()
    points = 100 * apart[speakers["n_words"] >= 500]
    quoted = re.search(
        r"differ by ([\d.]+) points .* less than (\d+)", " ".join(speaking.__doc__.split())
    )
    assert round(points.median(), 1) == float(quoted[1])
    assert ceil(points.max()) == int(quoted[2])
