"""Differences of counts and association of words: by property, and against scipy and nltk."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.tables import BriefingError
from briefing.words import rates as a


def lrc(*counts, m=1):
    return a.cautious_end(*a.log_ratio_interval(*counts, m=m))


counts = st.tuples(st.integers(0, 60), st.integers(0, 60))


@given(counts)
def test_g2_is_the_log_likelihood_of_scipy(pair):
    from scipy.stats import chi2_contingency

    x, y = pair
    if x + y == 0:
        return
    table = [[x, y], [500 - x, 800 - y]]
    theirs = chi2_contingency(table, correction=False, lambda_="log-likelihood").statistic
    assert a.g2(x, y, 500, 800) == pytest.approx(theirs, abs=1e-8)


def test_g2_of_two_words_is_the_likelihood_ratio_of_nltk():
    from nltk.metrics import BigramAssocMeasures

    for o, f1, f2, n in [(8, 20, 30, 1000), (150, 12593, 932, 14307668), (1, 1, 1, 50)]:
        theirs = BigramAssocMeasures.likelihood_ratio(o, (f1, f2), n)
        assert a.g2_together(o, f1, f2, n) == pytest.approx(theirs, rel=1e-6)


@given(counts)
def test_swapping_the_sides_flips_the_signs(pair):
    x, y = pair
    one, other = a.log_ratio(x, y, 500, 800), a.log_ratio(y, x, 800, 500)
    np.testing.assert_allclose(one, -other)
    np.testing.assert_allclose(lrc(x, y, 500, 800, m=9), -lrc(y, x, 800, 500, m=9), atol=1e-9)
    if x + y:
        assert a.g2(x, y, 500, 800) == pytest.approx(a.g2(y, x, 800, 500), abs=1e-9)


@given(counts)
def test_the_interval_holds_the_plain_log_ratio_and_lrc_is_its_end_nearest_to_0(pair):
    x, y = pair
    low, high = a.log_ratio_interval(x, y, 500, 800, m=20)
    if x + y == 0:
        assert np.isnan(low) and np.isnan(lrc(x, y, 500, 800))
        return
    if x and y:
        assert low < a.log_ratio(x, y, 500, 800, zero="hardie") < high
    bound = lrc(x, y, 500, 800, m=20)
    assert bound == pytest.approx(0 if low <= 0 <= high else min(low, high, key=abs))


def test_the_corrected_interval_is_wider():
    one, many = (a.log_ratio_interval(30, 20, 900, 900, m=m) for m in (1, 100))
    assert many[0] < one[0] < one[1] < many[1]


def test_equal_rates_have_no_g2_and_no_log_ratio():
    assert a.g2(5, 10, 100, 200) == pytest.approx(0, abs=1e-9)
    assert a.g2_rayson(5, 10, 100, 200) == pytest.approx(0, abs=1e-9)
    assert a.log_ratio(5, 10, 100, 200, zero="hardie") == pytest.approx(0)


def test_a_word_seen_on_neither_side_has_no_log_ratio_and_no_g2():
    assert np.isnan(a.log_ratio(0, 0, 10, 10))
    assert np.isnan(a.g2(0, 0, 10, 10)) and np.isnan(a.g2_rayson(0, 0, 10, 10))
    assert a.g2(1, 1, 10, 10) == a.g2_rayson(1, 1, 10, 10) == 0


@pytest.mark.parametrize("bad", [(1, 1, 0, 5), (1, 1, 5, 0), (6, 1, 5, 5), (-1, 1, 5, 5)])
def test_impossible_counts_are_refused(bad):
    with pytest.raises(BriefingError, match="Select less|give counts"):
        a.g2(*bad)


def test_the_treatment_of_zeros_must_be_known():
    with pytest.raises(BriefingError, match="walter or hardie"):
        a.log_ratio(1, 2, 10, 10, zero="none")


def test_two_words_that_always_meet_have_log_dice_14_and_delta_p_1():
    assert a.log_dice(7, 7, 7) == 14
    np.testing.assert_allclose(a.delta_p(7, 0, 0, 93), (1, 1))
