"""Intervals: against scipy, by property, and by how often they cover."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefing.tables import BriefingError
from briefing.words.rates import adjust, bootstrap_ratio, clopper_pearson, poisson, wilson

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


@given(st.lists(st.floats(0, 1), min_size=1, max_size=30))
def test_corrected_p_values_are_no_smaller_and_keep_their_order(p):
    for method in ("bh", "by", "holm", "bonferroni"):
        corrected = adjust(p, method)
        assert (corrected >= np.asarray(p) - 1e-12).all() and (corrected <= 1).all()
        assert (np.diff(corrected[np.argsort(p, kind="stable")]) >= -1e-12).all()


def test_an_unknown_correction_is_refused():
    with pytest.raises(BriefingError, match="bh, by, holm or bonferroni"):
        adjust([0.1], "sidak")


def test_units_that_are_all_alike_leave_no_doubt():
    low, high = bootstrap_ratio([2, 2, 2, 2], [10, 10, 10, 10])
    assert low == high == 0.2


def test_the_bootstrap_is_the_same_each_time_and_another_with_another_seed():
    hits, size = [0, 3, 1, 0, 4], [9, 30, 11, 20, 25]
    assert bootstrap_ratio(hits, size) == bootstrap_ratio(hits, size)
    assert bootstrap_ratio(hits, size) != bootstrap_ratio(hits, size, seed=2)


def test_columns_are_drawn_together():
    hits = np.array([[0, 0], [3, 6], [1, 2], [0, 0], [4, 8]])
    low, high = bootstrap_ratio(hits, [9, 30, 11, 20, 25])
    np.testing.assert_allclose(2 * low[0], low[1])
    np.testing.assert_allclose(2 * high[0], high[1])


def test_the_bootstrap_covers_a_rate_that_differs_from_turn_to_turn_where_poisson_does_not():
    rng = np.random.default_rng(7)
    covered = {"turns": 0, "words": 0}
    for _ in range(200):
        size = rng.integers(50, 150, 30)
        hits = rng.poisson(size * rng.gamma(0.5, 0.02, 30))  # mean rate .01, uneven
        low, high = bootstrap_ratio(hits, size, n=500)
        covered["turns"] += low <= 0.01 <= high
        low, high = poisson(hits.sum())
        covered["words"] += low <= 0.01 * size.sum() <= high
    assert covered["turns"] >= 170 and covered["words"] <= 160


def test_sizes_that_do_not_match_are_refused():
    with pytest.raises(BriefingError, match="draws units again"):
        bootstrap_ratio([1, 2], [1])
    with pytest.raises(BriefingError, match="draws units again"):
        bootstrap_ratio([], [])
