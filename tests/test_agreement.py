import math
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from briefing import BriefingError
from briefing.measures.coding import agreement, cohen_kappa, krippendorff_alpha

trials = settings(max_examples=30, deadline=None, derandomize=True)
a_code = st.sampled_from([1, 2, 3, None])
many_codes = st.lists(st.tuples(a_code, a_code, a_code), min_size=2, max_size=20).map(
    lambda items: [list(row) for row in zip(*items, strict=True)]
)
LEVELS = ("nominal", "ordinal", "interval", "ratio")


def codes(*rows, coders="PQRS"):
    """One row of codes a coder, `.` for none, as a table of codes."""
    return pd.DataFrame(
        [
            (f"item-{i:02d}", coder, None if code == "." else code)
            for coder, row in zip(coders, rows, strict=False)
            for i, code in enumerate(row)
        ],
        columns=["item_id", "coder", "code"],
    )


P = "110100101100110010111001"
Q = "110100111100010010101001"


def slow_alpha(rows, distance):
    """Alpha from its definition: pairs within items against pairs of all codes."""
    units = [[row[i] for row in rows if row[i] is not None] for i in range(len(rows[0]))]
    units = [u for u in units if len(u) > 1]
    pooled = [code for u in units for code in u]
    n = len(pooled)
    if not n:
        return math.nan
    seen = sum(sum(distance(a, b) for a, b in product(u, u)) / (len(u) - 1) for u in units) / n
    expected = sum(distance(a, b) for a, b in product(pooled, pooled)) / (n * (n - 1))
    return 1 - seen / expected if expected else math.nan


@trials
@given(many_codes)
def test_alpha_is_what_its_definition_says(rows):
    distances = {
        "nominal": lambda a, b: a != b,
        "interval": lambda a, b: (a - b) ** 2,
        "ratio": lambda a, b: ((a - b) / (a + b)) ** 2,
    }
    for level, distance in distances.items():
        assert krippendorff_alpha(rows, level) == pytest.approx(
            slow_alpha(rows, distance), nan_ok=True
        )


@trials
@given(many_codes)
def test_alpha_and_kappa_are_those_of_nltk(rows):
    from nltk.metrics.agreement import AnnotationTask

    kept = [i for i in range(len(rows[0])) if rows[0][i] and rows[1][i]]
    if len({row[i] for row in rows[:2] for i in kept}) < 2:
        return
    task = AnnotationTask(
        [(c, i, row[i]) for c, row in zip("PQ", rows[:2], strict=True) for i in kept]
    )
    two = [[row[i] for i in kept] for row in rows[:2]]
    assert krippendorff_alpha(two) == pytest.approx(task.alpha())
    table = pd.crosstab(*(pd.Categorical(row, [1, 2, 3]) for row in two), dropna=False)
    assert cohen_kappa(table) == pytest.approx(task.kappa())


@trials
@given(many_codes)
def test_neither_the_order_of_coders_nor_that_of_items_matters(rows):
    for level in LEVELS:
        alpha = krippendorff_alpha(rows, level)
        assert krippendorff_alpha(rows[::-1], level) == pytest.approx(alpha, nan_ok=True)
        other = [row[::-1] for row in rows]
        assert krippendorff_alpha(other, level) == pytest.approx(alpha, nan_ok=True)


def test_ordinal_codes_have_ranks_and_no_sizes():
    rows = [[1, 2, 3, 4, 4, 2], [1, 3, 3, 4, 2, 2]]
    stretched = [[{1: 1, 2: 5, 3: 6, 4: 100}[code] for code in row] for row in rows]
    assert krippendorff_alpha(stretched, "ordinal") == pytest.approx(
        krippendorff_alpha(rows, "ordinal")
    )
    assert krippendorff_alpha(stretched, "interval") != pytest.approx(
        krippendorff_alpha(rows, "interval")
    )


def test_agreement_by_chance_is_0_and_perfect_agreement_1():
    rng = np.random.default_rng(7)
    assert krippendorff_alpha(rng.integers(0, 3, (2, 20000))) == pytest.approx(0, abs=0.02)
    assert krippendorff_alpha([[1, 2, 3], [1, 2, 3]]) == 1
    assert krippendorff_alpha([[0, 1], [1, 0]]) < 0


def test_the_published_example_comes_out():
    """Krippendorff (2011): four observers with gaps, .743 nominal, .815 ordinal."""
    rows = [
        [1, 2, 3, 3, 2, 1, 4, 1, 2, None, None, None],
        [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, None, 3],
        [None, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, None],
        [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, None],
    ]
    assert krippendorff_alpha(rows) == pytest.approx(0.743, abs=5e-4)
    assert krippendorff_alpha(rows, "ordinal") == pytest.approx(0.815, abs=5e-4)
    table = agreement(codes(*("".join(str(c or ".") for c in row) for row in rows))).iloc[0]
    assert table["alpha"] == pytest.approx(0.743, abs=5e-4)
    assert (table["n_items"], table["n_coders"], table["n_categories"]) == (11, 4, 5)
    assert math.isnan(table["kappa"])  # more than two coders


def test_the_counts_of_two_coders_are_those_made_by_hand():
    row = agreement(codes(P, Q)).iloc[0]
    same = sum(a == b for a, b in zip(P, Q, strict=True))
    assert (row["n_items"], row["n_codes"], row["n_categories"]) == (24, 48, 2)
    assert row["share_agree"] == pytest.approx(same / 24)
    assert row["low"] < row["alpha"] < row["high"] <= 1
    assert row["why"] == ""


@pytest.mark.whole
def test_the_interval_holds_alpha_about_as_often_as_it_says():
    rng = np.random.default_rng(11)
    held = 0
    truth = krippendorff_alpha(simulated(rng, 40000))
    for _ in range(60):
        first, second = simulated(rng, 60)
        row = agreement(codes("".join(map(str, first)), "".join(map(str, second)))).iloc[0]
        held += row["low"] <= truth <= row["high"]
    assert held >= 52


def simulated(rng, n):
    """Two coders, each right in nine of ten."""
    truth = rng.integers(0, 2, n)
    return [np.where(rng.random(n) < 0.9, truth, 1 - truth) for _ in range(2)]


def test_items_with_one_code_are_left_out():
    with_gaps = agreement(codes(P + "1.0", Q + ".1."))
    assert_frame_equal(with_gaps, agreement(codes(P, Q)))


def test_one_category_only_is_full_agreement_and_no_alpha():
    row = agreement(codes("1" * 12, "1" * 12)).iloc[0]
    assert (row["share_agree"], row["n_categories"]) == (1, 1)
    assert np.isnan([row["alpha"], row["kappa"], row["low"]]).all()
    assert row["why"] == "one code only: alpha is undefined"


def test_where_all_agree_or_items_are_few_there_is_no_interval():
    full = agreement(codes(P, P)).iloc[0]
    assert (full["alpha"], full["kappa"], full["why"]) == (1, 1, "no interval: all agree")
    for n, why in ((9, "no interval: fewer than 10 items"), (10, "")):
        few = agreement(codes(P[-n:], Q[-n:])).iloc[0]
        assert few["why"] == why and math.isnan(few["low"]) == bool(why)


def test_a_code_too_rare_to_be_drawn_again_gives_no_interval():
    row = agreement(codes("1" + "0" * 19, "0" * 20)).iloc[0]
    assert math.isnan(row["low"]) and "too rare" in row["why"]
    assert row["alpha"] == pytest.approx(0, abs=0.05)
    assert row["share_agree"] == 0.95


def test_one_coder_and_no_codes_give_no_alpha():
    for table in (codes(P), codes(P, "." * 24), codes()):
        row = agreement(table).iloc[0]
        assert (row["n_items"], row["why"]) == (0, "no item has two codes")
        assert np.isnan([row["alpha"], row["share_agree"], row["kappa"]]).all()


def test_by_topic_each_topic_has_a_row_of_its_own():
    both = pd.concat(
        [
            codes(P, Q).assign(topic="tides"),
            codes(Q, Q).assign(topic="fees", item_id=lambda t: "f" + t["item_id"]),
        ]
    )
    table = agreement(both, by="topic")
    assert table["topic"].tolist() == ["tides", "fees"]
    assert table["alpha"].tolist() == [agreement(codes(P, Q))["alpha"][0], 1]


def test_the_same_seed_gives_the_same_interval():
    ends = ["low", "high"]
    assert agreement(codes(P, Q))[ends].equals(agreement(codes(P, Q), seed=1)[ends])
    assert not agreement(codes(P, Q))[ends].equals(agreement(codes(P, Q), seed=2)[ends])
    assert agreement(codes(P, Q), level="ordinal").attrs["level"] == "ordinal"


def test_kappa_of_nothing_and_of_one_code_is_missing():
    assert math.isnan(cohen_kappa([[0, 0], [0, 0]]))
    assert math.isnan(cohen_kappa([[9, 0], [0, 0]]))
    assert math.isnan(cohen_kappa([[9]]))
    with pytest.raises(BriefingError, match=r"square table.*\(1, 2\)"):
        cohen_kappa([[1, 2]])


def test_kappa_keeps_each_coders_habits_where_alpha_pools_them():
    table = [[40, 20], [0, 40]]
    rows = [[0] * 60 + [1] * 40, [0] * 40 + [1] * 60]
    assert cohen_kappa(table) > krippendorff_alpha(rows)


@pytest.mark.parametrize(
    "call, complaint",
    [
        (lambda: agreement(codes(P, Q), level="binary"), "'binary' is not a level"),
        (lambda: agreement(codes("ab", "ba"), level="ordinal"), "needs numbers.*'a'"),
        (lambda: krippendorff_alpha([[-1, 2], [1, 2]], "ratio"), "from 0 up; there is -1"),
        (lambda: agreement(codes(P, Q, coders="PP")), "'P' coded item 'item-00' twice"),
        (lambda: agreement(codes(P).drop(columns="coder")), r"lacks coder.*sheets\.read"),
        (lambda: agreement(codes(P, Q), by="topic"), "lacks topic"),
    ],
)
def test_says_what_is_wrong_and_what_to_do(call, complaint):
    with pytest.raises(BriefingError, match=complaint):
        call()


def test_categories_and_plain_objects_give_the_same():
    table = codes(P, Q).astype("category")
    assert_frame_equal(agreement(table), agreement(codes(P, Q)))
