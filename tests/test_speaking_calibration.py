"""Make the calibration of briefing.speaking.time again, from timed events that are not shipped.

Each event is left out in turn; rate and factor are chosen on the others by the criterion in
the docstring of `speaking.time`; the measured minutes of its speakers are looked up in the
intervals they are given. One command: `python -m pytest tests/test_speaking_calibration.py`.
"""

import re
from math import ceil

import numpy as np
import pandas as pd
import pytest

import briefing
from briefing.measures import speaking

pytestmark = pytest.mark.whole

GENRES = {"oyez": "court hearings", "earnings": "earnings calls", "wh": "White House event"}
MEDIANS = 134, 174  # of the slowest and the fastest groups of events on record
HELD, HELD_IN_GENRE = (0.93, 0.98), 0.88


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


@pytest.fixture(scope="module")
def short(speakers):
    return speakers.query("n_words < 500")


def factor_around(rates, middle):
    """The t interval for one more speaker, of the log of rates around a middle that is given."""
    from scipy.stats import t

    apart, n = np.log(rates / middle), len(rates)
    half = t.ppf(0.975, n - 1) * np.sqrt((apart**2).sum() / (n - 1) * (1 + 1 / n))
    return round(float(np.exp(half)), 2)


def rate_of(known):
    return round(np.exp(np.log(known["rate"]).mean()), -1)


def inside(tried, **options):
    """Whether each speaker's measured minutes lie in the interval made from the words alone."""
    time = briefing.speaking.time(tried[["speaker", "n_words"]], **options).set_index("speaker")
    time = time.loc[tried["speaker"]]
    minutes = tried["minutes"].to_numpy()
    return pd.Series((time["low"] <= minutes) & (minutes <= time["high"])).set_axis(tried.index)


def left_out(tried, known):
    """Each event's speakers looked up with what the others give: the rate of `known` ones."""
    found = []
    for event, here in tried.groupby("event"):
        rate = rate_of(known[known["event"] != event])
        factor = factor_around(tried.loc[tried["event"] != event, "rate"], rate)
        found.append(inside(here, rate=rate, factor=factor))
    return pd.concat(found).loc[tried.index]


def length_of(turns):
    """Minutes from the first word to the last."""
    return (turns["stop_s"].max() - turns["start_s"].min()) / 60


def over_length(known, events):
    """Words a minute of each speaker's event: all its words over its length."""
    whole = {e: turns["n_words"].sum() / length_of(turns) for e, turns in events.items()}
    return known["event"].map(whole)


def factor_of_length(known, rates):
    """The same around the rates of their events, of those that run at the usual pace."""
    return factor_around(*(of[rates.between(*speaking.USUAL)] for of in (known["rate"], rates)))


def left_out_with_length(known, events):
    """The same where the length is known: the factor is chosen on the other events."""
    rates, found = over_length(known, events), []
    for event, tried in known.groupby("event"):
        others, rate = known["event"] != event, rates[tried.index[0]]
        usual = speaking.USUAL[0] <= rate <= speaking.USUAL[1]
        chosen = {"factor": factor_of_length(known[others], rates[others])} if usual else {}
        found.append(inside(tried, minutes=tried["n_words"].sum() / rate, **chosen))
    return pd.concat(found).loc[known.index]


def by_genre(known, found):
    """Coverage over all and in each genre."""
    return found.groupby(known["genre"]).mean().to_dict() | {"all": found.mean()}


def quoted(pattern):
    return tuple(int(n) for n in re.search(pattern, docstring()).groups())


def test_the_default_rate_and_factors_are_what_timed_speakers_give(long, short):
    assert rate_of(long) == speaking.RATE
    assert speaking.FACTORS == tuple(
        factor_around(known["rate"], speaking.RATE) for known in (long, short)
    )


def test_no_more_speakers_of_events_left_out_are_inside_than_promised(long):
    coverage = by_genre(long, left_out(long, long))
    assert HELD[0] <= coverage["all"] <= HELD[1], coverage
    assert min(coverage.values()) >= HELD_IN_GENRE, coverage


def test_the_default_holds_as_it_is_too(long):
    coverage = by_genre(long, inside(long.assign(speaker=long.index.astype("str"))))
    assert HELD[0] <= coverage["all"] <= HELD[1], coverage
    assert min(coverage.values()) >= HELD_IN_GENRE, coverage


def test_shorter_speakers_are_inside_as_often_as_is_said(long, short):
    found = left_out(short, long)
    assert min(by_genre(short, found).values()) >= HELD_IN_GENRE
    assert quoted(r"factor of their own: (\d+) of (\d+) inside") == (found.sum(), len(found))


def test_the_factors_for_a_known_length_are_made_in_the_same_way(long, short, events):
    factors = tuple(factor_of_length(k, over_length(k, events)) for k in (long, short))
    assert factors == speaking.LENGTH_FACTORS < speaking.FACTORS


def test_enough_speakers_are_inside_where_the_length_is_known(long, short, events):
    found, few = (left_out_with_length(known, events) for known in (long, short))
    assert min(by_genre(long, found).values()) >= HELD_IN_GENRE, by_genre(long, found)
    assert speaking.COVERAGE["length"].startswith(f"{found.sum()} of {len(found)}")
    said = quoted(r"last, (\d+) of (\d+) are inside, and (\d+) of (\d+)")
    assert said == (found.sum(), len(found), few.sum(), len(few))


def test_where_a_group_is_slower_or_faster_as_many_are_inside_as_is_said(long):
    from scipy.stats import norm

    apart = np.log(long["rate"] / long.groupby("genre")["rate"].transform("median")).std()
    ends = np.log([speaking.RATE / speaking.FACTORS[0], speaking.RATE * speaking.FACTORS[0]])
    held = [100 * np.diff(norm.cdf(ends, np.log(middle), apart))[0] for middle in MEDIANS]
    said = quoted(r"median of (\d+), .* of (\d+)\. .* hold (\d+) % and (\d+) %")
    assert said == (*MEDIANS, *(round(h) for h in held))


def test_events_run_at_the_usual_pace_but_for_the_number_quoted(events):
    rates = [turns["n_words"].sum() / length_of(turns) for turns in events.values()]
    unusual = sum(not speaking.USUAL[0] <= rate <= speaking.USUAL[1] for rate in rates)
    assert unusual == 1
    assert f"One event in {len(rates)} is outside 120 to 200" in docstring()


def docstring():
    return " ".join(briefing.speaking.time.__doc__.split())


def test_the_table_in_the_docstring_is_what_is_computed(long):
    found = left_out(long, long)
    for genre, rows in long.groupby("genre"):
        computed = [
            rows["event"].nunique(), len(rows), round(rows["rate"].median()),
            round(rows["rate"].min()), round(rows["rate"].max()), found[rows.index].sum(),
        ]  # fmt: skip
        line = re.search(rf"^ *{genre} +(.*)$", briefing.speaking.time.__doc__, re.MULTILINE)
        assert [int(n) for n in re.findall(r"\d+", line[1])] == computed, genre


def test_the_coverage_in_the_results_is_what_is_computed(long):
    events = long["event"].nunique()
    quoted = f"{left_out(long, long).sum()} of {len(long)} speakers inside their interval in {events} other timed "
    assert speaking.COVERAGE["default"].startswith(quoted)


def test_the_rates_and_factors_quoted_are_the_ones_used():
    text = docstring()
    assert f"default, {speaking.RATE:g}." in text
    long, short = speaking.FACTORS
    assert f"default is {long:g}, and {short:g} for speakers of fewer" in text
    known, few = speaking.LENGTH_FACTORS
    assert f"with `minutes` it is {known:g} and {few:g}." in text
    assert f"{speaking.RATE / long:.0f} to {speaking.RATE * long:.0f} words" in text


def test_shares_of_words_are_as_near_to_shares_of_time_as_is_said(speakers):
    whole = speakers.groupby("event")[["n_words", "minutes"]].transform("sum")
    apart = (speakers["n_words"] / whole["n_words"] - speakers["minutes"] / whole["minutes"]).abs()
    points = 100 * apart[speakers["n_words"] >= 500]
    quoted = re.search(
        r"differ by ([\d.]+) points .* less than (\d+)", " ".join(speaking.__doc__.split())
    )
    assert round(points.median(), 1) == float(quoted[1])
    assert ceil(points.max()) == int(quoted[2])
