"""Rates by group, with the interval that the turns can bear."""

import numpy as np
import pandas as pd
import pytest

from briefing.tables import BriefingError
from briefing.words.rates import rates
from briefing.words.search import find
from build import words_of


def table(texts, speakers=None, role="official", briefing="a"):
    return words_of(*texts, speaker=speakers, role=role, briefing_id=briefing)


def count(tokens, *patterns, **options):
    hits = find(tokens, patterns)
    return rates(tokens, hits.first, hits.pattern, patterns, **options)


def test_every_group_has_every_category_and_0_is_printed():
    got = count(table(["sea sea land", "land"], ["Ida", "Jo"]), "sea", "land", "sky", by="speaker")
    assert got["speaker"].tolist() == ["Ida"] * 3 + ["Jo"] * 3
    assert got["n_hits"].tolist() == [2, 1, 0, 0, 1, 0]
    assert got["n_words"].tolist() == [3, 3, 3, 1, 1, 1]
    assert got["per_1000"].tolist() == pytest.approx([2000 / 3, 1000 / 3, 0, 0, 1000, 0])


def test_the_counts_of_the_groups_add_up_to_those_of_all():
    tokens = table(["sea land", "sea", "sky sea"] * 5, ["Ida", "Jo", None] * 5)
    for by in ("speaker", "role", "briefing_id"):
        parts = count(tokens, "sea", by=by)
        whole = count(tokens, "sea")
        assert parts["n_hits"].sum() == whole["n_hits"].sum() == 15
        assert parts["n_words"].sum() == whole["n_words"].sum() == 25
        assert parts["n_turns"].sum() == whole["n_turns"].sum() == 15


def test_ten_turns_bear_an_interval_and_nine_do_not():
    texts = ["sea land", "land"] * 5
    nine, ten = (count(table(texts[:n]), "sea").iloc[0] for n in (9, 10))
    assert nine["interval"] == "none" and nine["why"] == "9 turns: fewer than 10"
    assert np.isnan(nine["low"]) and np.isnan(nine["high"])
    assert ten["interval"] == "by turn" and ten["why"] == ""
    assert ten["low"] < ten["per_1000"] < ten["high"]


def test_nothing_found_is_0_with_its_upper_bound():
    none = count(table(["land " * 100]), "sea").iloc[0]
    assert (none["n_hits"], none["per_1000"], none["low"]) == (0, 0, 0)
    assert none["high"] == pytest.approx(36.889, abs=1e-3)
    assert none["interval"] == "upper bound"


def test_a_handful_of_briefings_has_no_interval_and_ten_have_one():
    def briefings(n):
        return pd.concat([table(["sea land land", "land"], briefing=f"b{i}") for i in range(n)])

    few, many = (count(briefings(n), "sea").iloc[0] for n in (3, 10))
    assert few["interval"] == "none" and few["why"].startswith("3 briefings")
    assert many["interval"] == "by briefing"
    assert many["low"] < many["per_1000"] < many["high"]


def test_the_unnamed_of_a_role_are_one_row_that_says_it_is_several_people():
    tokens = table(["sea", "land", "sea"], [None, "Ida", None], ["journalist", "official", None])
    got = count(tokens, "sea", by="speaker")
    assert got["speaker"].tolist() == ["unnamed journalists", "Ida", "unnamed speakers"]
    assert got["named"].tolist() == [False, True, False]
    assert got["role"].tolist() == ["journalist", "official", "unknown"]


def test_a_turn_with_many_hits_counts_once_among_turns():
    got = count(table(["sea sea sea", "land"]), "sea").iloc[0]
    assert (got["n_turns_hit"], got["n_turns"], got["share_turns"]) == (1, 2, 0.5)
    assert got["low_share"] < 0.5 < got["high_share"]


def test_the_order_of_the_turns_does_not_matter():
    tokens = table([f"{'sea ' * (i % 3)} land" for i in range(12)])
    shuffled = tokens.sort_values(["turn_id", "position"], ascending=[False, True])
    one, other = count(tokens, "sea"), count(shuffled, "sea")
    assert one.drop(columns=["low", "high"]).equals(other.drop(columns=["low", "high"]))


def test_no_tokens_and_an_unknown_column_are_refused():
    tokens = table(["sea"])
    with pytest.raises(BriefingError, match="0 rows"):
        count(tokens.iloc[:0], "sea")
    with pytest.raises(BriefingError, match="lacks outlet"):
        count(tokens, "sea", by="outlet")


def test_turns_of_several_briefings_are_not_added_up_by_their_number():
    tokens = pd.concat([table(["sea"]), table(["sea"], briefing="b")])
    with pytest.raises(BriefingError, match="counts from 1 in each briefing"):
        count(tokens, "sea", by="turn_id")
    assert count(tokens.query("briefing_id == 'b'"), "sea", by="turn_id")["n_hits"].tolist() == [1]
