import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError
from briefing.measures.speaking import FACTORS, LENGTH_FACTORS, RATE, USUAL
from build import turns_of

trials = settings(max_examples=10, deadline=None, derandomize=True)
NAMES = ["Ida Marlow", "Jo Petrel", "Sam Ousel", None]
ROLES = {"Ida Marlow": "official", "Jo Petrel": "moderator", "Sam Ousel": "journalist"}


def table(*rows, **attrs):
    """Turns of one briefing from (speaker, n_words) or (speaker, n_words, start, stop)."""
    roles = [ROLES.get(name, "journalist") for name, *_ in rows]
    table = turns_of("speaker n_words start_s stop_s", *rows, role=roles, attrs=attrs)
    return table.astype({"start_s": float, "stop_s": float})


many_turns = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(1, 3000)), min_size=1, max_size=12
).map(lambda rows: table(*rows))
some_timed = st.lists(
    st.tuples(st.sampled_from(NAMES), st.integers(1, 3000), st.booleans()),
    min_size=1,
    max_size=12,
).map(
    lambda rows: table(
        *[
            (who, n, 60.0 * i, 60.0 * i + 30) if t else (who, n)
            for i, (who, n, t) in enumerate(rows)
        ]
    )
)


def test_the_counts_of_a_small_briefing_are_those_made_by_hand():
    turns = table(
        ("Jo Petrel", 30), ("Ida Marlow", 200), (None, 40), ("Ida Marlow", 100), (None, 30)
    )
    ida, unnamed, jo = briefing.speaking.share(turns).to_dict("records")

    assert ida == {
        "speaker": "Ida Marlow", "role": "official", "named": True, "n_turns": 2,
        "n_words": 300, "share_words": 0.75, "mean_words": 150, "median_words": 150,
        "longest_words": 200, "longest_briefing_id": "a", "longest_turn_id": 2,
    }  # fmt: skip
    assert (unnamed["speaker"], unnamed["n_words"], unnamed["longest_turn_id"]) == (
        "unnamed journalists", 70, 3,
    )  # fmt: skip
    assert (jo["role"], jo["share_words"]) == ("moderator", 0.075)


def test_the_columns_stand_in_the_order_documented():
    turns = table(("Jo Petrel", 9), (None, 3))
    counts = "n_turns n_words share_words mean_words median_words longest_words"
    longest = "longest_briefing_id longest_turn_id"
    minutes = "n_words basis minutes est_minutes low high share_timed rate"
    shares, roles = briefing.speaking.share(turns), briefing.speaking.share(turns, by="role")
    assert [*shares] == f"speaker role named {counts} {longest}".split()
    assert [*roles] == f"role {counts} {longest}".split()
    assert [*briefing.speaking.time(turns)] == f"speaker role named {minutes}".split()


def test_the_median_turn_is_not_the_mean_turn():
    row = briefing.speaking.share(table(("Jo Petrel", 1), ("Jo Petrel", 2), ("Jo Petrel", 9))).iloc[
        0
    ]
    assert (row["mean_words"], row["median_words"], row["longest_words"]) == (4, 2, 9)


@trials
@given(many_turns, st.sampled_from(["speaker", "role", "turn_id"]))
def test_shares_sum_to_one_and_counts_to_the_whole(turns, by):
    shares = briefing.speaking.share(turns, by=by)
    assert shares["share_words"].sum() == pytest.approx(1)
    assert shares["n_words"].sum() == turns["n_words"].sum()
    assert shares["n_turns"].sum() == len(turns)
    assert shares["n_words"].is_monotonic_decreasing


@trials
@given(some_timed, st.randoms(use_true_random=False))
def test_the_order_of_the_rows_changes_nothing(turns, random):
    shuffled = turns.iloc[random.sample(range(len(turns)), len(turns))]
    assert_frame_equal(briefing.speaking.share(shuffled), briefing.speaking.share(turns))
    assert_frame_equal(briefing.speaking.time(shuffled), briefing.speaking.time(turns))


@trials
@given(many_turns, st.integers(1, 500))
def test_one_more_turn_adds_its_words_to_its_speaker_alone(turns, n):
    rows = [*zip(turns["speaker"], turns["n_words"], strict=True)]
    more = table(
        *[(who if isinstance(who, str) else None, w) for who, w in rows], ("Wim Dotterel", n)
    )
    before = briefing.speaking.share(turns).set_index("speaker")
    after = briefing.speaking.share(more).set_index("speaker")

    assert after.loc["Wim Dotterel", ["n_turns", "n_words"]].tolist() == [1, n]
    assert_frame_equal(
        after.loc[before.index, ["n_turns", "n_words", "longest_words"]],
        before[["n_turns", "n_words", "longest_words"]],
    )
    assert (after.loc[before.index, "share_words"] < before["share_words"]).all()


def test_ties_come_in_the_order_in_which_they_speak():
    turns = table(("Sam Ousel", 5), ("Ida Marlow", 5), ("Jo Petrel", 5))
    assert briefing.speaking.share(turns)["speaker"].tolist() == [
        "Sam Ousel",
        "Ida Marlow",
        "Jo Petrel",
    ]


def test_the_unnamed_are_a_row_a_role_that_says_it_is_not_one_person():
    turns = table((None, 20), ("Ida Marlow", 50), (None, 10), ("", 5), (None, 3))
    turns["role"] = ["journalist", "official", "official", "journalist", "unknown"]
    rows = briefing.speaking.share(turns).set_index("speaker")

    assert rows["n_words"].to_dict() == {
        "Ida Marlow": 50, "unnamed journalists": 25, "unnamed officials": 10,
        "unnamed speakers": 3,
    }  # fmt: skip
    assert rows.index[rows["named"]].tolist() == ["Ida Marlow"]
    assert briefing.speaking.time(turns)["speaker"].tolist() == rows.index.tolist()


def test_somebody_called_like_the_unnamed_row_is_not_mixed_up_with_it():
    rows = briefing.speaking.share(table((None, 20), ("unnamed journalists", 50)))
    assert rows["named"].tolist() == [True, False]


def test_roles_and_organisations_can_be_compared_and_a_missing_one_stays_missing():
    turns = table(("Ida Marlow", 50), ("Jo Petrel", 10), (None, 40))
    turns["organisation"] = ["Ministry", np.nan, np.nan]

    roles = briefing.speaking.share(turns, by="role")
    assert roles["role"].tolist() == ["official", "journalist", "moderator"]
    assert not {"speaker", "named"} & {*roles}
    outlets = briefing.speaking.share(turns, by="organisation")
    assert outlets["n_words"].tolist() == [50, 50]
    assert outlets["organisation"].isna().tolist() == [False, True]


def test_a_person_with_two_roles_is_one_row_with_the_role_in_which_most_was_said():
    turns = table(("Jo Petrel", 10), ("Jo Petrel", 90), ("Jo Petrel", 30))
    turns["role"] = ["moderator", "official", "moderator"]
    assert briefing.speaking.share(turns)[["speaker", "role"]].to_numpy().tolist() == [
        ["Jo Petrel", "official"]
    ]


def test_the_longest_turn_is_found_among_several_briefings():
    two = pd.concat([table(("Jo Petrel", 10)), table(("Jo Petrel", 9)), table(("Jo Petrel", 12))])
    two["briefing_id"] = ["a", "b", "c"]
    row = briefing.speaking.share(two).iloc[0]
    assert (row["longest_briefing_id"], row["longest_turn_id"]) == ("c", 1)


def test_one_speaker_with_one_turn_has_it_all():
    shares = briefing.speaking.share(table(("Jo Petrel", 7)))
    assert shares[["n_turns", "share_words"]].to_numpy().tolist() == [[1, 1]]


def test_no_words_at_all_give_no_share_and_no_minutes():
    turns = table(("Jo Petrel", 0))
    assert briefing.speaking.share(turns)["share_words"].isna().all()
    assert (
        briefing.speaking.time(turns)[["minutes", "est_minutes", "share_timed"]]
        .isna()
        .all(axis=None)
    )


def test_the_turns_given_are_left_as_they_were():
    turns = table(("Jo Petrel", 700, 3.0, 200.0), (None, 300), part=True)
    before = turns.copy()
    briefing.speaking.share(turns)
    briefing.speaking.time(turns)
    assert_frame_equal(turns, before)
    assert turns.attrs == {"part": True}


@pytest.mark.parametrize("measure", [briefing.speaking.share, briefing.speaking.time])
def test_results_say_what_kind_of_text_was_counted(measure):
    told = measure(table(("Jo Petrel", 700), text_status="translated", part=True)).attrs
    assert (told["text_status"], told["part"]) == ("translated", True)
    untold = measure(table(("Jo Petrel", 700))).attrs
    assert (untold["text_status"], untold["part"]) == ("unknown", False)


def test_a_table_of_speakers_and_words_is_enough_for_an_estimate():
    bare = pd.DataFrame({"speaker": ["Jo Petrel", None, "Jo Petrel"], "n_words": [900, 300, 600]})
    time = briefing.speaking.time(bare)
    assert time["speaker"].tolist() == ["Jo Petrel", "unnamed speakers"]
    assert time["est_minutes"].tolist() == [10, 2]
    assert time["minutes"].isna().all()


def test_the_default_interval_is_1_33_times_either_way_around_150_words_a_minute():
    row = briefing.speaking.time(table(("Jo Petrel", 2400))).iloc[0]
    assert (row["low"], row["est_minutes"], row["high"]) == pytest.approx(
        (16 / 1.33, 16, 16 * 1.33)
    )
    assert (row["basis"], row["share_timed"], row["rate"]) == ("estimated", 0, 150)


def test_a_rate_and_a_factor_of_the_callers_own_are_used_and_said():
    time = briefing.speaking.time(table(("Jo Petrel", 2400)), rate=120, factor=2)
    assert time[["low", "est_minutes", "high"]].iloc[0].tolist() == [10, 20, 40]
    assert (time.attrs["rate_from"], time.attrs["factor"]) == ("given", 2)
    assert time.attrs["called"] == "if this text were read aloud at 120 words a minute"
    assert "not measured" in time.attrs["coverage"]


def test_a_factor_alone_leaves_the_default_rate_and_its_coverage_unmeasured():
    time = briefing.speaking.time(table(("Jo Petrel", 2400)), factor=1)
    assert time[["low", "est_minutes", "high"]].iloc[0].tolist() == [16, 16, 16]
    assert (time.attrs["rate_from"], time.attrs["rate"]) == ("default", 150)
    assert "not measured" in time.attrs["coverage"]


@trials
@given(st.integers(100, 10_000), st.floats(50, 300), st.floats(1, 3), st.floats(1, 3))
def test_a_wider_factor_holds_the_interval_of_a_narrower_one(n, rate, one, other):
    narrow, wide = sorted([one, other])
    inner = briefing.speaking.time(table(("Jo Petrel", n)), rate=rate, factor=narrow).iloc[0]
    outer = briefing.speaking.time(table(("Jo Petrel", n)), rate=rate, factor=wide).iloc[0]
    assert outer["low"] <= inner["low"] <= inner["est_minutes"]
    assert inner["est_minutes"] <= inner["high"] <= outer["high"]


def test_nothing_is_estimated_under_100_words():
    time = briefing.speaking.time(
        table(("Jo Petrel", 100), ("Ida Marlow", 99), (None, 60), (None, 50))
    )
    shown = time.set_index("speaker")[["est_minutes", "low", "high", "rate"]].notna()
    assert shown.all(axis="columns").to_dict() == {
        "unnamed journalists": True, "Jo Petrel": True, "Ida Marlow": False,
    }  # fmt: skip
    assert not shown.loc["Ida Marlow"].any()


def test_where_all_is_timed_minutes_are_measured_and_nothing_is_estimated():
    turns = table(
        ("Jo Petrel", 9, 0.0, 30.0), (None, 500, 30.0, 210.0), ("Jo Petrel", 90, 210, 300)
    )
    time = briefing.speaking.time(turns).set_index("speaker")
    assert time["minutes"].to_dict() == {"unnamed journalists": 3, "Jo Petrel": 2}
    assert time[["est_minutes", "low", "high", "rate"]].isna().all(axis=None)
    assert (time["basis"] == "timed").all()
    assert time.attrs["called"] == "speaking time, from the times in the source"
    assert time.attrs["rate"] is None


def test_a_speaker_who_is_timed_in_part_is_estimated_for_the_rest_alone():
    turns = table(("Jo Petrel", 300, 0.0, 180.0), ("Jo Petrel", 900), ("Ida Marlow", 50, 180, 240))
    jo, ida = briefing.speaking.time(turns, rate=150, factor=1.5).to_dict("records")
    assert (jo["basis"], jo["share_timed"]) == ("mixed", 0.25)
    assert (jo["low"], jo["est_minutes"], jo["high"]) == (3 + 4, 3 + 6, 3 + 9)
    assert np.isnan(jo["minutes"])
    assert (ida["basis"], ida["minutes"]) == ("timed", 1)


def test_a_mixed_source_says_how_much_was_timed_and_what_the_rest_is():
    about = briefing.speaking.time(table(("Jo Petrel", 300, 0.0, 180.0), ("Ida Marlow", 900))).attrs
    assert (about["share_timed"], about["n_timed_turns"]) == (0.25, 1)
    assert about["called"] == (
        "from the times in the source where it has them, otherwise "
        "if this text were read aloud at 150 words a minute"
    )


@trials
@given(some_timed)
def test_no_row_has_both_a_measurement_and_an_estimate(turns):
    time = briefing.speaking.time(turns)
    measured = time["basis"] == "timed"
    assert (time["minutes"].notna() == measured).all()
    assert (time["est_minutes"].notna() == (~measured & (time["n_words"] >= 100))).all()
    assert time["n_words"].sum() == turns["n_words"].sum()


@pytest.mark.parametrize("stop", [10.0, 4.0, np.nan])
def test_a_turn_that_stops_no_later_than_it_starts_is_not_timed(stop):
    time = briefing.speaking.time(
        table(("Jo Petrel", 300, 10.0, stop), ("Ida Marlow", 9, 20.0, 30.0))
    )
    assert time["basis"].tolist() == ["estimated", "timed"]
    assert time["est_minutes"].iloc[0] == 2
    assert time.attrs["n_ignored_times"] == (0 if np.isnan(stop) else 1)


def test_overlapping_turns_count_in_full_and_are_reported():
    rows = ("Jo Petrel", 30, 0.0, 60.0), ("Ida Marlow", 9, 5.0, 35.0), (None, 9, 50.0, 70.0)
    time = briefing.speaking.time(table(*rows))
    assert time["minutes"].sum() == pytest.approx(110 / 60)
    assert time.attrs["n_overlaps"] == 2
    apart = table(*rows).assign(briefing_id=["a", "b", "c"])
    assert briefing.speaking.time(apart).attrs["n_overlaps"] == 0


def test_a_long_turn_overlaps_nothing_in_another_briefing():
    rows = ("Jo Petrel", 9, 0.0, 100.0), ("Jo Petrel", 9, 5.0, 10.0), (None, 9, 20.0, 30.0)
    turns = table(*rows).assign(briefing_id=["a", "b", "b"])
    assert briefing.speaking.time(turns).attrs["n_overlaps"] == 0


def test_turns_that_only_touch_do_not_overlap():
    turns = table(("Jo Petrel", 9, 0.0, 60.0), ("Ida Marlow", 9, 60.0, 61.0))
    assert briefing.speaking.time(turns).attrs["n_overlaps"] == 0


def test_a_verbatim_text_was_spoken_and_its_minutes_are_called_an_estimate():
    about = briefing.speaking.time(table(("Jo Petrel", 700), text_status="verbatim")).attrs
    assert about["called"] == "speaking time, estimated at 150 words a minute"


@pytest.mark.parametrize("status", ["edited", "interpreted", "translated", "unknown"])
def test_a_text_not_known_to_be_verbatim_is_only_read_aloud(status):
    about = briefing.speaking.time(table(("Jo Petrel", 700), text_status=status)).attrs
    assert about["called"] == "if this text were read aloud at 150 words a minute"


def test_a_known_length_is_shared_out_by_words_within_a_narrower_interval():
    time = briefing.speaking.time(table(("Jo Petrel", 4500), (None, 1500)), minutes=37.5)
    assert time["est_minutes"].tolist() == [28.125, 9.375]
    assert (time["high"] / time["est_minutes"]).tolist() == pytest.approx([LENGTH_FACTORS[0]] * 2)
    assert (time.attrs["rate_from"], time.attrs["rate"]) == ("length", 160)
    assert LENGTH_FACTORS < FACTORS


@trials
@given(st.integers(10, 2000))
def test_a_length_unlike_that_of_talk_is_trusted_no_more_than_the_default(rate):
    row = briefing.speaking.time(table(("Jo Petrel", 10_000)), minutes=10_000 / rate).iloc[0]
    default = briefing.speaking.time(table(("Jo Petrel", 10_000))).iloc[0]
    assert row["rate"] == pytest.approx(rate)
    if USUAL[0] < rate < USUAL[1]:
        assert row["high"] / row["est_minutes"] == pytest.approx(LENGTH_FACTORS[0])
    elif not USUAL[0] <= rate <= USUAL[1]:
        assert row["low"] <= default["low"] * (1 + 1e-9)
        assert row["high"] >= default["high"] * (1 - 1e-9)


def test_the_callers_factor_stands_beside_a_known_length():
    time = briefing.speaking.time(table(("Jo Petrel", 1500)), minutes=30, factor=1.2)
    assert (time.attrs["rate"], time.attrs["factor"]) == (50, 1.2)


def test_speakers_of_few_words_have_a_wider_interval_unless_the_factor_is_given():
    turns = table(("Jo Petrel", 499), ("Ida Marlow", 500))
    time = briefing.speaking.time(turns).set_index("speaker")
    wide = (time["high"] / time["est_minutes"])[["Ida Marlow", "Jo Petrel"]]
    assert wide.tolist() == pytest.approx(list(FACTORS))
    assert time.attrs["short_factor"] == FACTORS[1] > FACTORS[0]
    given = briefing.speaking.time(turns, factor=1.5)
    assert (given["high"] / given["est_minutes"]).tolist() == pytest.approx([1.5, 1.5])


def test_the_default_lies_within_what_whole_events_are_timed_at():
    assert USUAL[0] < RATE < USUAL[1]


@pytest.mark.parametrize(
    "options, complaint",
    [
        ({"rate": 0}, r"rate=0: give words a minute above 0"),
        ({"rate": -150}, r"rate=-150: .*leave rate out"),
        ({"rate": float("nan")}, r"rate=nan"),
        ({"rate": float("inf")}, r"rate=inf"),
        ({"factor": 0.9}, r"factor=0\.9: give 1 or more"),
        ({"factor": float("inf")}, r"factor=inf"),
        ({"minutes": 0}, r"minutes=0: give a length in minutes above 0"),
        ({"minutes": -3}, r"minutes=-3"),
        ({"rate": 150, "minutes": 30}, r"rate=150 and minutes=30 .* give one"),
    ],
)
def test_a_rate_factor_or_length_that_cannot_be_is_refused(options, complaint):
    with pytest.raises(BriefingError, match=complaint):
        briefing.speaking.time(table(("Jo Petrel", 700)), **options)


def test_one_length_cannot_be_that_of_several_briefings():
    two = table(("Jo Petrel", 700), ("Jo Petrel", 700)).assign(briefing_id=["a", "b"])
    with pytest.raises(BriefingError, match="these turns are from 2: select one"):
        briefing.speaking.time(two, minutes=9)


def test_a_length_without_words_gives_no_rate():
    with pytest.raises(BriefingError, match="0 words: leave minutes out"):
        briefing.speaking.time(table(("Jo Petrel", 0)), minutes=9)


@pytest.mark.parametrize("measure", [briefing.speaking.share, briefing.speaking.time])
@pytest.mark.parametrize(
    "turns, complaint",
    [
        (pd.DataFrame({"n_words": [1]}), r"lacks speaker.*briefing\.read"),
        (pd.DataFrame({"speaker": ["Jo Petrel"]}), r"lacks n_words"),
        (table(("Jo Petrel", 9)).iloc[:0], r"0 rows.*select less narrowly"),
        (
            table(("Jo Petrel", 9), ("Jo Petrel", pd.NA)),
            r"1 of 2 turns \(first: turn 2,.*tokenizer=",
        ),
        (pd.DataFrame({"speaker": ["Jo Petrel"], "n_words": [-4]}), r"turn 1, n_words=-4"),
        (pd.DataFrame({"speaker": ["Jo Petrel"], "n_words": [1.5]}), r"n_words=1\.5"),
        (pd.DataFrame({"speaker": ["Jo Petrel"], "n_words": ["ten"]}), r"n_words=ten"),
    ],
)
def test_says_what_is_wrong_and_what_to_do(measure, turns, complaint):
    with pytest.raises(BriefingError, match=complaint) as error:
        measure(turns)
    assert "\n" not in str(error.value)


def test_a_column_that_is_not_there_is_named():
    with pytest.raises(BriefingError, match="lacks outlet"):
        briefing.speaking.share(table(("Jo Petrel", 9)), by="outlet")


def test_no_minutes_are_estimated_by_the_english_rate_in_another_language():
    turns = pd.DataFrame({"speaker": ["Ámbar Ñandú"], "n_words": [1500]})
    turns.attrs["language"] = "es"

    none = briefing.speaking.time(turns)
    assert none[["minutes", "est_minutes", "low", "high"]].isna().all(axis=None)
    assert "calibrated on English, and this text is in 'es'" in none.attrs["called"]
    assert briefing.speaking.time(turns, minutes=10)["est_minutes"].tolist() == [10]
    assert briefing.speaking.time(turns, rate=140).attrs["rate_from"] == "given"
