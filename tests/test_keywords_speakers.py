"""What one speaker, one turn or one question can do to a keyword, and how the table says it."""

import runpy

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from test_keywords import crowd, row, sides, talk

import briefing
from briefing.measures.keywords import FLAGS, keyness
from briefing.measures.lexis import Units
from briefing.measures.sides import speaker_interval
from briefing.tables import BriefingError
from briefing.words.rates import log_ratio, log_ratio_interval


def units(counts, size):
    """One side from a matrix: a row a word, a column a speaker; the words of each speaker."""
    return Units.of(csr_array(np.asarray(counts)), np.asarray(size))


def lognormal(rng, n_words, n_speakers, rate, deviation):
    rates = rate * np.exp(deviation * rng.standard_normal((n_words, n_speakers)))
    return units(rng.poisson(500 * rates), [500] * n_speakers)


# The interval with speakers as units


@pytest.mark.parametrize("deviation", [0.5, 1.0])
@pytest.mark.parametrize("n_speakers", [5, 20, 40])
def test_the_speakers_interval_holds_a_planted_doubling(n_speakers, deviation):
    rng = np.random.default_rng(7)
    target = lognormal(rng, 2000, n_speakers, 0.008, deviation)
    reference = lognormal(rng, 2000, n_speakers, 0.004, deviation)
    low, high = speaker_interval(target, reference, level=0.95)
    assert 0.92 < np.mean((low <= 1) & (high >= 1)) < 0.98
    low, high = log_ratio_interval(target.hits, reference.hits, 500 * n_speakers, 500 * n_speakers)
    assert np.mean((low <= 1) & (high >= 1)) < 0.92  # words as units: too narrow


def test_the_simulation_that_the_docstring_quotes_runs(root):
    simulation = runpy.run_path(str(root / "tests" / "benchmarks" / "keyness_simulation.py"))
    hits, cases = simulation["run"](np.random.default_rng(1), 5, 0.005, 1.0)
    assert (hits <= cases).all() and cases.tolist() == [10, 10, 10]
    first, second = (simulation["run"](np.random.default_rng(2), 2, 0.005, 0.5) for _ in "ab")
    assert np.array_equal(first, second) and first[1].tolist() == [0, 10, 10]


def test_it_is_the_jackknife_over_speakers():
    from scipy.stats import t

    c = np.array([[9, 0, 2, 4, 14, 1], [40, 1, 0, 0, 1, 2]])
    w = np.array([[300, 120, 200, 90, 400, 150], [500, 80, 100, 60, 300, 200]])
    rate = [np.log2((c[i].sum() + 0.5) / (w[i].sum() + 0.5)) for i in (0, 1)]
    v = []
    for i in (0, 1):
        without = [
            np.log2((c[i].sum() - c[i, j] + 0.5) / (w[i].sum() - w[i, j] + 0.5)) for j in range(6)
        ]
        v.append(5 / 6 * sum((x - rate[i]) ** 2 for x in without))
    half = t.ppf(0.975, sum(v) ** 2 / (v[0] ** 2 / 5 + v[1] ** 2 / 5)) * np.sqrt(sum(v))
    low, high = speaker_interval(units(c[:1], w[0]), units(c[1:], w[1]), level=0.95)
    assert (low[0], high[0]) == pytest.approx((rate[0] - rate[1] - half, rate[0] - rate[1] + half))


def test_it_is_never_narrower_than_for_independent_words():
    alike = units([[1] * 6], [100] * 6), units([[3] * 6], [100] * 6)
    low, high = speaker_interval(*alike, level=0.95)
    exact = log_ratio_interval(6, 18, 600, 600)
    assert low[0] <= exact[0] and high[0] >= exact[1]


def test_a_count_of_0_makes_it_infinite_on_that_side():
    some, none = units([[2] * 6, [0] * 6], [100] * 6), units([[0] * 6, [0] * 6], [100] * 6)
    low, high = speaker_interval(some, none, level=0.95)
    assert 0 < low[0] < np.inf and high[0] == np.inf
    assert np.isnan(low[1]) and np.isnan(high[1])
    low, high = speaker_interval(none, some, level=0.95)
    assert low[0] == -np.inf and -np.inf < high[0] < 0


def test_a_side_in_which_all_words_are_one_word_has_an_interval():
    low, high = speaker_interval(units([[9] * 6], [9] * 6), units([[9] * 6], [9] * 6), level=0.95)
    assert low[0] < 0 < high[0]


def test_the_interval_widens_when_one_speaker_has_most():
    even, uneven = ([5] * 6, [25, 1, 1, 1, 1, 1])
    rest = units([[1] * 6], [100] * 6)
    narrow, wide = (
        speaker_interval(units([c], [100] * 6), rest, level=0.95) for c in (even, uneven)
    )
    assert wide[0][0] < 0 < narrow[0][0]


def test_five_named_speakers_a_side_have_an_interval_and_four_do_not():
    def compared(n):
        said = crowd(5, "bridge " * 9 + "road " * 9, "Official ")
        return keyness(
            *sides(talk(*said, *crowd(n, "ferry " * 9 + "road " * 9, "Guest ")), range(1, 6))
        )

    five, four = compared(5), compared(4)
    assert five["speaker_low"].notna().all() and not five["one_person"].any()
    assert "jackknife" in five.attrs["speaker_interval"]
    assert four["speaker_low"].isna().all() and four["one_person"].all()
    assert four["flag"].str.contains("may be one person's").all()


def test_the_unnamed_are_no_speakers_and_stay_out_of_the_interval():
    named = [*crowd(5, "bridge road road", "Official "), *crowd(5, "ferry road road", "Guest ")]
    unnamed = [(None, "bridge " * 50), (" ", "bridge " * 50)]
    got, without = (
        keyness(*sides(talk(*said), [*range(1, 6), 11, 12])) for said in (named + unnamed, named)
    )
    assert got.attrs["n_words_unnamed_target"] == 100
    assert got.attrs["n_speakers_target"] == 5
    assert row(got, "bridge")["n_target"] == 105 and row(got, "bridge")["n_speakers_target"] == 5
    for end in ("speaker_low", "speaker_high"):
        assert row(got, "bridge")[end] == row(without, "bridge")[end]


# What one speaker and one turn do


MARLOW = [("Ida Marlow", "bridge " * 8 + "road " * 4), ("Ida Marlow", "bridge road")]
OTHERS = [("Jo Petrel", "bridge road road"), ("Cy Dunlin", "road " * 5 + "bridge ferry")]


def test_the_largest_speaker_and_turn_are_taken_out_of_their_side():
    got = row(keyness(*sides(talk(*MARLOW, *OTHERS), [1, 2, 3])), "bridge")
    assert (got["n_target"], got["n_reference"], got["side"]) == (10, 1, "target")
    assert got["largest_speaker"] == "Ida Marlow"
    assert got["log_ratio_without_speaker"] == pytest.approx(log_ratio(1, 1, 3, 7))
    assert (got["largest_briefing_id"], got["largest_turn_id"]) == ("a", 1)
    assert got["log_ratio_without_turn"] == pytest.approx(log_ratio(2, 1, 5, 7))
    assert got["share_largest_turn"] == 0.8


def test_it_is_the_reference_that_is_cut_where_the_word_is_its_own():
    got = row(keyness(*sides(talk(*MARLOW, *OTHERS), [4])), "bridge")
    assert (got["side"], got["largest_turn_id"]) == ("reference", 1)
    assert got["log_ratio_without_speaker"] == pytest.approx(log_ratio(1, 1, 7, 3))


def test_where_nothing_is_left_there_is_no_number():
    got = row(keyness(*sides(talk(*MARLOW, *OTHERS), [1, 2])), "bridge")
    assert np.isnan(got["log_ratio_without_speaker"])  # nobody else is on that side
    unnamed = row(keyness(*sides(talk((None, "bridge " * 8), *OTHERS), [1])), "bridge")
    assert pd.isna(unnamed["largest_speaker"]) and np.isnan(unnamed["log_ratio_without_speaker"])
    assert np.isnan(unnamed["log_ratio_without_turn"])


def test_one_speaker_in_several_briefings_is_one():
    turns = talk(*MARLOW, *OTHERS).assign(briefing_id=["a", "b", "a", "b"], turn_id=[1, 1, 2, 2])
    tokens = briefing.tokenize(turns)
    here = tokens["turn_id"] == 1
    got = keyness(tokens[here], tokens[~here])
    assert (got.attrs["n_speakers_target"], got.attrs["n_turns_target"]) == (1, 2)


def test_who_speaks_on_both_sides_is_counted():
    got = keyness(*sides(talk(*MARLOW, *OTHERS), [1, 4]))
    assert got.attrs["n_speakers_both"] == 1


# What was asked


def asked(table, token):
    return bool(row(table, token)["asked_first"])  # a missing one would be an error


ASKED = talk(
    ("Harbour Times", "Will the bridge be repaired?"),
    ("Ida Marlow", "bridge " * 6 + "road " * 5),
    (None, "Is the Bridge safe?"),
    ("Ida Marlow", "bridge bridge road"),
    ("Jo Petrel", "bridge road road"),
    ("Jo Petrel", "ferry " * 9),
    answers=pd.array([None, 1, None, 3, None, 3], dtype="Int64"),
)  # fmt: skip


def test_the_question_that_has_the_word_is_found():
    got = keyness(*sides(ASKED, [2, 4, 5]), turns=ASKED, min_count=1)
    assert asked(got, "bridge")
    assert row(got, "bridge")["share_asked"] == pytest.approx(8 / 9)
    assert not asked(got, "road") and row(got, "road")["share_asked"] == 0
    assert not asked(got, "ferry")
    assert pd.isna(row(got, "will")["asked_first"])  # said in a question, which answers nothing


def test_questions_are_read_whether_or_not_they_are_among_the_words():
    tokens = briefing.tokenize(ASKED)
    target, reference = tokens[tokens["turn_id"].isin([2, 4])], tokens[tokens["turn_id"] == 6]
    assert asked(keyness(target, reference, turns=ASKED), "bridge")
    later = ASKED.assign(text=ASKED["text"].str.replace("bridge be", "bridges be"))
    got = keyness(target, reference, turns=later)
    assert not asked(got, "bridge")  # another form is another word
    assert row(got, "bridge")["share_asked"] == 2 / 8


def test_without_turns_or_without_links_nobody_knows_what_was_asked():
    unlinked = ASKED.assign(answers=pd.array([None] * 6, dtype="Int64"))
    for turns in (None, unlinked, ASKED.iloc[:0], ASKED.assign(briefing_id="b")):
        got = keyness(*sides(ASKED, [2, 4, 5]), turns=turns)
        assert got["asked_first"].isna().all() and got["share_asked"].isna().all()


def test_the_same_turn_numbers_in_another_briefing_are_other_turns():
    other = ASKED.assign(briefing_id="b", text=["Will it rain?", *["bridge " * 9] * 5])
    both = pd.concat([ASKED, other], ignore_index=True)
    tokens = briefing.tokenize(both)
    here = tokens["turn_id"] == 2
    got = keyness(tokens[here], tokens[~here], turns=both)
    assert row(got, "bridge")["largest_briefing_id"] == "b" and not asked(got, "bridge")
    assert row(got, "bridge")["share_asked"] == pytest.approx(6 / 15)


def test_words_by_another_tokenizer_cannot_be_looked_up_in_questions():
    tokens = briefing.tokenize(ASKED, tokenizer=lambda text: [(0, 3), (4, 7)])
    here = tokens["turn_id"] == 2
    assert len(keyness(tokens[here], tokens[~here], min_count=1))
    with pytest.raises(BriefingError, match="Leave turns= out"):
        keyness(tokens[here], tokens[~here], turns=ASKED)


# Reasons to doubt a word


def flags_of(turns, target, token, **options):
    return row(keyness(*sides(turns, target), **options), token)["flag"].split("; ")


def test_each_flag_is_explained_in_the_attributes():
    got = keyness(*sides(ASKED, [2, 4, 5]), turns=ASKED)
    raised = {flag for cell in got["flag"] for flag in cell.split("; ") if flag}
    assert raised and raised <= got.attrs["flags"].keys() == FLAGS.keys()


def test_a_clear_difference_between_many_has_no_flag():
    said = [*crowd(9, "bridge road road", "Official "), *crowd(9, "ferry road road", "Guest ")]
    got = keyness(*sides(talk(*said), range(1, 10)))
    assert row(got, "bridge")["flag"] == row(got, "ferry")["flag"] == ""
    assert row(got, "road")["flag"] == "interval includes 0; speakers' interval includes 0"


def test_one_speaker_among_many_is_flagged_in_words():
    said = [("Ida Marlow", "bridge " * 30), *crowd(8, "road " * 9, "Official ")]
    others = crowd(9, "ferry road " * 9, "Guest ")
    assert flags_of(talk(*said, *others), range(1, 10), "bridge") == [
        "in one turn only", "one speaker only", "speakers' interval includes 0",
    ]  # fmt: skip


def test_a_word_mostly_in_one_turn_of_three_is_flagged():
    said = [
        ("Ida Marlow", "bridge " * 30),
        ("Ida Marlow", "bridge " * 9 + "road"),
        ("Ida Marlow", "road"),
    ]
    reference = ("Jo Petrel", "ferry " * 40)
    assert "mostly in one turn" in flags_of(talk(*said, reference), [1, 2, 3], "bridge")
    assert "mostly in one turn" not in flags_of(talk(*said[:2], reference), [1, 2], "bridge")
    assert "in one turn only" in flags_of(talk(said[0], said[2], reference), [1, 2], "bridge")


def test_the_only_speaker_of_a_side_is_not_one_of_several():
    said = [("Ida Marlow", "bridge " * 30), ("Jo Petrel", "ferry " * 30)]
    assert "one speaker only" not in flags_of(talk(*said), [1], "bridge")
    assert "one speaker only" not in flags_of(talk(*said, (None, "bridge ")), [1, 3], "bridge")
    assert "one speaker only" in flags_of(talk(*said, (None, "road ")), [1, 3], "bridge")


def test_a_function_word_in_the_question_explains_nothing():
    turns = ASKED.assign(text=ASKED["text"].str.replace("road", "the"))
    got = keyness(*sides(turns, [2, 4, 5]), turns=turns)
    assert asked(got, "the")
    assert "asked first" not in row(got, "the")["flag"]
    assert "asked first" in row(got, "bridge")["flag"]


def test_of_two_turns_with_as_many_hits_the_first_in_the_briefing_is_the_largest():
    turns = talk(
        ("Ida Marlow", "bridge " * 4), ("Ida Marlow", "bridge " * 4), ("Jo Petrel", "ferry")
    )
    target, reference = sides(turns.iloc[::-1], [1, 2])
    assert target["turn_id"].iloc[0] == 2
    assert row(keyness(target, reference), "bridge")["largest_turn_id"] == 1


def test_of_speakers_who_say_a_word_equally_often_the_first_by_name_is_shown():
    names = ["Cy Dunlin", "Ada Brent", "Bo Larch", "Ida Marlow"]
    said = [(name, "bridge " * 5) for name in names * 2]
    got = keyness(*sides(talk(*said, ("Jo Petrel", "ferry " * 9)), range(1, 9)), min_count=1)
    assert row(got, "bridge")["largest_speaker"] == "Ada Brent"
