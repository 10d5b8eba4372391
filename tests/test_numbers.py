"""Figures: what they are worth, their unit, what they count; dates told apart from counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import briefing
from briefing import BriefingError
from briefing.measures.numbers import numbers, value_of
from build import sentences_of as table


def only(text, *columns):
    """What the one figure of a text is."""
    found = numbers(table(text))
    assert len(found) == 1, found
    row = found.iloc[0].fillna("")
    return tuple(row[c] for c in columns) if len(columns) > 1 else row[columns[0]]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("It has 412 lamps.", 412),
        ("It has 1,540 lamps.", 1540),
        ("It has 18.3 million users.", 18_300_000),
        ("They paid $5bn.", 5e9),
        ("It has three lamps.", 3),
        ("It has twenty-one lamps.", 21),
        ("It has two hundred and six lamps.", 206),
        ("It has thirty-five thousand lamps.", 35_000),
        ("It has half a million lamps.", 500_000),
        ("The gap was four million a year ago.", 4_000_000),
        ("It has a dozen lamps.", 12),
        ("It has two and a half hours.", 2.5),
        ("It fell to seven point nine percent.", 7.9),
        ("A hundred lamps.", 100),
    ],
)
def test_a_figure_is_worth_what_it_says(text, value):
    assert only(text, "value") == pytest.approx(value)


@pytest.mark.parametrize(
    ("text", "value", "figure", "counted"),
    [
        ("It has two and a half million people.", 2.5e6, "two and a half million", "people"),
        ("It has one and a half million.", 1.5e6, "one and a half million", ""),
        ("It has two million and a half.", 2.5e6, "two million and a half", ""),
        ("It has a million and a half.", 1.5e6, "a million and a half", ""),
        ("It has seven point nine million lamps.", 7.9e6, "seven point nine million", "lamps"),
        ("It has 2 and a half million lamps.", 2.5e6, "2 and a half million", "lamps"),
        ("It has 2 million and a half.", 2.5e6, "2 million and a half", ""),
        ("It has 2 ½ million lamps.", 2.5e6, "2 ½ million", "lamps"),
        ("It has 2½ million lamps.", 2.5e6, "2½ million", "lamps"),
        ("It has a dozen and a half lamps.", 18, "a dozen and a half", "lamps"),
        ("It rose .5 points.", 0.5, ".5", "points"),
        ("A quarter of a million lamps.", 250_000, "A quarter of a million", "lamps"),
        ("Three quarters of a million lamps.", 750_000, "Three quarters of a million", "lamps"),
        ("A third of the lamps.", 1 / 3, "A third", "lamps"),
    ],
)
def test_halves_and_points_are_worth_their_part_of_the_scale(text, value, figure, counted):
    assert only(text, "value", "figure", "counted") == (pytest.approx(value), figure, counted)


@pytest.mark.parametrize(
    ("text", "value", "figure", "kind"),
    [
        ("It was -0.5 percent.", -0.5, "-0.5", "percent"),
        ("It was minus 0.5.", -0.5, "minus 0.5", "cardinal"),
        ("It was minus two percent.", -2, "minus two", "percent"),
        ("It was −2.5%.", -2.5, "−2.5", "percent"),
        ("It lost (-$4 million).", -4e6, "-$4 million", "money"),
        ("-.5 percent.", -0.5, "-.5", "percent"),
        ("It is plus or minus 3 percent.", 3, "3", "percent"),
        ("It was up -- 3 percent.", 3, "3", "percent"),
        ("It parted -10:30- at once.", None, "10:30", "time"),
        ("We met -2024- at sea.", 2024, "2024", "year"),
    ],
)
def test_a_sign_is_part_of_the_figure_where_it_makes_it_negative(text, value, figure, kind):
    found = numbers(table(text)).iloc[0]
    assert found["value"] == value or (value is None and np.isnan(found["value"]))
    assert (found["figure"], found["kind"]) == (figure, kind)
    assert text[found["start"] : found["stop"]] == figure


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("It costs $2 to $3 billion.", [2e9, 3e9]),
        ("It costs $1.5-$2 billion.", [1.5e9, 2e9]),
        ("It costs between $2 and $3 billion a year.", [2e9, 3e9]),
        ("It costs $2-3 billion.", [2e9, 3e9]),
        ("It costs $500 to $2 million.", [500, 2e6]),
        ("It has five to six hundred people.", [500, 600]),
        ("It has fifty to two hundred people.", [50, 200]),
        ("It rose 2-3 percent.", [2, 3]),
        ("It rose 2 -3 percent.", [2, 3]),
        ("It has 1.5-2 million lamps.", [1.5e6, 2e6]),
        ("It went from -2 to -3 percent.", [-2, -3]),
        ("It is 10 minus 2.", [10, 2]),
        ("They had COVID-19.", []),
    ],
)
def test_both_ends_of_a_range_have_its_scale_and_its_hyphen_is_no_sign(text, values):
    found = numbers(table(text))
    assert found["value"].tolist() == pytest.approx(values)
    assert len(set(found["unit"].fillna(""))) <= 1


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("On 19 January we met.", "date"),
        ("On January 19th we met.", "date"),
        ("We met on the 21st.", "date"),
        ("He came 21st.", "ordinal"),
        ("In 2024 we met.", "year"),
        ("The 2018 summit was short.", "year"),
        ("It was the 1990s.", "year"),
        ("It was back in ’86.", "year"),
        ("At 4:40 a.m. it parted.", "time"),
        ("It is eleven o’clock.", "time"),
        ("I rise at four in the morning.", "time"),
        ("Leg No. 3 is open.", "label"),
        ("See Article 5 on this.", "label"),
        ("He was in Area 51 then.", "label"),
        ("We paid 5 percent.", "percent"),
        ("We paid 5% of it.", "percent"),
        ("We paid $5 for it.", "money"),
        ("We paid five euros for it.", "money"),
        ("We lost a third of it.", "fraction"),
        ("We lost more than half.", "fraction"),
        ("It is one in nine.", "ratio"),
        ("It is 9 out of 10.", "ratio"),
        ("There were 2000 lamps.", "cardinal"),
        ("It is worth 2000 million in all.", "cardinal"),
        ("In 1700 homes there is light.", "year"),
    ],
)
def test_dates_years_and_times_are_told_apart_from_counts(text, kind):
    assert only(text, "kind") == kind


@pytest.mark.parametrize(
    ("text", "unit", "counted"),
    [
        ("It has 18.3 million registered users.", "", "registered users"),
        ("We laid 268 kilometres of sea cable.", "kilometre", "sea cable"),
        ("It grew to 110 square kilometers.", "square kilometre", ""),
        ("A 10-square-kilometer zone.", "square kilometre", ""),
        ("It runs at 210 megabits a second.", "megabit per second", ""),
        ("It took 5.5 working days.", "day", ""),
        ("It costs 19 tallens a month.", "per month", "tallens"),
        ("We hold 80 percent of the market.", "percent", "market"),
        ("It rose by 2 percentage points.", "percentage point", ""),
        ("Four of the old ships sank.", "", "old ships"),
        ("There are four more days.", "day", ""),
        ("Nine have signed.", "", ""),
        ("We spent 100 million yuan.", "yuan", ""),
        ("Half of all households wait.", "", "households"),
        ("The town has 11,300 people.", "", "people"),
        ("There were 14 emergency calls.", "", "emergency calls"),
        ("The gap was four million a year ago.", "", ""),
        ("Of them 60 percent of the public believe it.", "percent", "public"),
        ("It is 1.9 million goes up.", "", ""),
    ],
)
def test_unit_and_counted_words_are_found(text, unit, counted):
    assert only(text, "unit", "counted") == (unit, counted)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("More than 50 lamps.", "more than"),
        ("We have about 50 lamps.", "about"),
        ("We need at least 50 lamps.", "at least"),
        ("It was nearly half.", "nearly"),
        ("We have 50 or so.", "or so"),
        ("We have 50+ lamps.", "+"),
        ("We have 50 lamps.", ""),
        ("It came over 50 years.", ""),
    ],
)
def test_the_word_that_makes_a_figure_inexact_stands_beside_it(text, word):
    assert only(text, "approx") == word


def test_the_first_of_a_range_has_unit_and_noun_of_the_second():
    found = numbers(table("It grew from 67 to 110 square kilometers. It takes three to five days."))
    assert found["value"].tolist() == [67, 110, 3, 5]
    assert found["unit"].tolist() == ["square kilometre"] * 2 + ["day"] * 2
    money = numbers(table("It costs 3 to 5 million dollars."))
    assert money["value"].tolist() == [3e6, 5e6] and (money["kind"] == "money").all()


def test_a_ratio_is_one_figure_with_what_it_is_of():
    found = numbers(table("It serves four islands out of fourteen. One in five boats sank."))
    assert found["kind"].tolist() == ["ratio", "ratio"]
    assert found["value"].tolist() == pytest.approx([4 / 14, 1 / 5])
    assert found["counted"].tolist() == ["islands", "boats"]


@pytest.mark.parametrize(
    "text",
    [
        "One of us left, and no one came.",
        "A second way out, the third supplier and the first half.",
        "They use 5G, COVID-19 tests and a G20 desk.",
        "Write to quay55@example.org or www.quay55.example.",
        "Hundreds of lamps.",
        "",
    ],
)
def test_names_pronouns_and_ordinal_words_are_no_figures(text):
    assert numbers(table(text)).empty


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 999_999))
def test_digits_with_separators_are_worth_their_number_and_found_at_their_place(number):
    text = f"We have {number:,} lamps on the quay."
    row = numbers(table(text)).iloc[0]
    assert row["value"] == number and row["counted"] == "lamps"
    assert text[row["start"] : row["stop"]] == row["figure"] == f"{number:,}"


@settings(max_examples=30, deadline=None)
@given(st.integers(2, 999_999))
def test_number_words_are_worth_their_number(number):
    words = in_words(number)
    assert value_of(words) == number
    assert only(f"We have {words} lamps.", "value", "figure") == (number, words)


def in_words(n):
    ones = "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
    ones = (ones + "fifteen sixteen seventeen eighteen nineteen").split()
    tens = "twenty thirty forty fifty sixty seventy eighty ninety".split()
    if n < 20:
        return ones[n]
    if n < 100:
        return tens[n // 10 - 2] + (f"-{ones[n % 10]}" if n % 10 else "")
    if n < 1000:
        rest = f" and {in_words(n % 100)}" if n % 100 else ""
        return f"{ones[n // 100]} hundred{rest}"
    return f"{in_words(n // 1000)} thousand" + (f" {in_words(n % 1000)}" if n % 1000 else "")


def test_a_turn_said_twice_has_twice_the_figures_and_the_table_is_not_changed():
    rows = table("Three lamps and $5.", "Three lamps and $5.")
    before = rows.copy()
    found = numbers(rows)
    pd.testing.assert_frame_equal(rows, before)
    one, two = (found[found["turn_id"] == turn].drop(columns="turn_id") for turn in (1, 2))
    pd.testing.assert_frame_equal(one.reset_index(drop=True), two.reset_index(drop=True))


def test_no_figures_and_no_rows_give_an_empty_table_with_the_same_columns():
    full = numbers(table("Three lamps."))
    for rows in (table("We met."), table("We met.").iloc[:0]):
        empty = numbers(rows)
        assert empty.empty and empty.columns.tolist() == full.columns.tolist()
        assert (empty.dtypes.astype(str) == full.dtypes.astype(str))[4:].all()
        assert empty.attrs["n_figures"] == 0


def test_unnamed_speakers_stay_unnamed_and_briefings_apart():
    rows = table(
        "3 lamps.", "4 lamps.", speaker=[None, None], briefing_id=["a", "b"], turn_id=[1, 1]
    )
    found = numbers(rows)
    assert found["speaker"].isna().all() and found["briefing_id"].tolist() == ["a", "b"]


def test_other_tables_are_refused_and_other_languages_give_no_rows():
    with pytest.raises(BriefingError, match="not a sentences table"):
        numbers(pd.DataFrame({"turn_id": [1]}))
    rows = table("Drei Lampen.")
    rows.attrs["language"] = "de"
    found = numbers(rows)
    assert found.empty and "English" in found.attrs["why"]


def test_the_sums_of_the_sample_can_be_taken_from_its_figures(root):
    talk = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    found = numbers(talk.sentences)
    works = found[(found["turn_id"] == 4)]
    length = works.loc[works["value"].isin([412, 268, 144]), "value"].tolist()
    assert length[0] == sum(length[1:])
    parts = works.loc[works["figure"].str.endswith("million"), "value"].head(4).tolist()
    assert parts[0] == sum(parts[1:])
    assert set(found.loc[found["turn_id"] == 8, "kind"]) == {"time", "date", "cardinal", "percent"}


def test_on_the_real_briefing_figures_are_found_again_in_the_turns(shared):
    (path,) = (shared / "scio_seed").iterdir()
    talk = briefing.read(path)
    found = numbers(talk.sentences)
    texts = talk.turns.set_index("turn_id")["text"]
    for row in found.sample(10, random_state=2).itertuples():
        assert texts[row.turn_id][row.start : row.stop] == row.figure
    users = found[found["value"] == 18.3e6].iloc[0]
    assert users["kind"] == "cardinal" and users["approx"] == "exceeded"
    years = found.loc[found["kind"] == "year", "value"].tolist()
    assert years == [2016, 2018, 2018, 2003]
    assert np.isfinite(found.loc[found["kind"] != "time", "value"]).all()


def test_millions_after_a_month_are_a_number_and_no_name():
    text = "By the end of February 83 million had been spent."
    assert only(text, "value", "kind") == (83_000_000, "cardinal")


@pytest.mark.parametrize(
    ("text", "kind", "unit"),
    [
        ("Resolution 1701 is old.", "label", ""),
        ("It stands in room 1850.", "label", ""),
        ("The resolution of 1701 is old.", "year", ""),
        ("It blew at 60 mph.", "cardinal", "mile per hour"),
        ("It ran at 100 km/h.", "cardinal", "kilometre per hour"),
        ("It ran 100 km.", "cardinal", "kilometre"),
    ],
)
def test_a_name_is_no_year_and_a_speed_is_one_unit(text, kind, unit):
    assert only(text, "kind", "unit") == (kind, unit)


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("We had 2000-3000 ships.", "cardinal"),
        ("We have 1600-1800 tonnes.", "cardinal"),
        ("The treaty of 1782-83 holds.", "year"),
        ("The war of 1914-1918 was long.", "year"),
    ],
)
def test_the_second_of_two_figures_is_a_year_only_where_it_can_be_one(text, second):
    assert numbers(table(text))["kind"].iloc[-1] == second


@pytest.mark.parametrize(
    ("text", "counted"),
    [
        ("It has 14 of 20 windows.", ["windows", "windows"]),
        ("Twelve of the fourteen harbour rooms are open.", ["harbour rooms", "harbour rooms"]),
        ("It reaches 2,870 out of about 6,400 households.", ["households", "households"]),
        ("It has 3 lamps of 12 windows.", ["lamps", "windows"]),
    ],
)
def test_a_part_counts_what_the_whole_counts(text, counted):
    assert numbers(table(text))["counted"].tolist() == counted


def test_a_day_of_another_calendar_is_a_date():
    for day in ("28 Shawwal 1439", "the 9th of Muharram", "12 Dhul Hijjah", "3 Tishrei"):
        assert numbers(table(f"It was signed on {day}."))["kind"].iloc[0] == "date", day
