"""Intervals: against scipy, by property, and by how often they cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.tables import BriefingError
from briefing.words.rates import clopper_pearson, poisson, rate_interval, wilson

cases = st.integers(1, 200).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n)))


@given(cases)
def test_shares_agree_with_scipy(case):
    from scipy.stats import binomtest

    k, n = case
    for ours, method in ((wilson, "wilson"), (clopper_pearson, "exact")):
        theirs = binomtest(k, n).proportion_ci(method=method)
        np.testing.assert_allclose(ours(k, n), (theirs.low, theirs.high), atol=1e-9)


def test_a_share_of_nothing_is_unknown():
    assert np.isnan(wilson(0, 0)).all() and np.isnan(clopper_pearson(0, 0)).all()


def test_nothing_found_still_has_an_upper_bound():
    low, high = poisson(0)
    assert low == 0 and high == pytest.approx(3.6889, abs=1e-4)


@given(st.integers(0, 5000))
def test_counts_agree_with_scipy(k):
    from scipy.stats import chi2

    low, high = poisson(k)
    assert low == pytest.approx(chi2.ppf(0.025, 2 * k) / 2 if k else 0)
    assert high == pytest.approx(chi2.isf(0.025, 2 * k + 2) / 2)


def test_more_than_all_is_refused():
    with pytest.raises(BriefingError, match="0 <= k <= n"):
        wilson(3, 2)


def test_units_that_are_all_alike_leave_the_doubt_of_independent_hits():
    low, high = rate_interval([2, 2, 2, 2], [10, 10, 10, 10])
    np.testing.assert_allclose([low * 40, high * 40], poisson(8))


def test_the_interval_is_a_t_interval_on_the_log_rate():
    hits, size = np.array([4.0, 9, 1, 14, 7, 25]), np.array([100.0, 80, 120, 90, 110, 140])
    rate = hits.sum() / size.sum()
    logs = [np.log((60 - h) / (640 - s)) for h, s in zip(hits, size, strict=True)]
    low, high = rate_interval(hits, size)
    assert low * high == pytest.approx(rate**2)
    assert np.log(high / rate) > 2.57 * np.sqrt(5 / 6 * np.sum((logs - np.mean(logs)) ** 2)) * 0.9


@given(st.lists(st.tuples(st.integers(0, 9), st.integers(9, 300)), min_size=10, max_size=30))
def test_it_is_never_inside_garwoods_and_holds_the_rate(units):
    hits, size = np.array(units).T
    low, high = rate_interval(hits, size)
    least, most = poisson(hits.sum())
    assert low <= least / size.sum() <= hits.sum() / size.sum() <= most / size.sum() <= high


def test_one_hit_leaves_more_open_than_none():
    size = np.full(20, 55)
    none, once = (rate_interval(np.eye(20)[0] * n, size) for n in (0, 1))
    assert once[1] > none[1]
    assert once[0] > none[0] == 0


def test_columns_are_each_a_rate_of_their_own():
    hits = np.array([[0, 0], [3, 6], [1, 2], [0, 0], [4, 8]])
    size = [9, 30, 11, 20, 25]
    both = np.array(rate_interval(hits, size))
    for column in (0, 1):
        np.testing.assert_allclose(both[:, column], rate_interval(hits[:, column], size))


def test_it_covers_a_rate_that_differs_from_turn_to_turn_where_poisson_does_not():
    rng = np.random.default_rng(7)
    covered = {"turns": 0, "words": 0}
    for _ in range(200):
        size = rng.integers(50, 150, 30)
        hits = rng.poisson(size * rng.gamma(0.5, 0.02, 30))  # mean rate .01, uneven
        low, high = rate_interval(hits, size)
        covered["turns"] += low <= 0.01 <= high
        low, high = poisson(hits.sum())
        covered["words"] += low <= 0.01 * size.sum() <= high
    assert covered["turns"] >= 184 and covered["words"] <= 160


def test_sizes_that_do_not_match_are_refused():
    with pytest.raises(BriefingError, match="at least two units"):
        rate_interval([1, 2], [1])
    with pytest.raises(BriefingError, match="at least two units"):
        rate_interval([], [])
