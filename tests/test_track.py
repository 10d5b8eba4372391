"""Rates over time: counts, gaps, changes found and none invented."""

import numpy as np
import pandas as pd
import pytest

import briefing
from briefing import figures
from briefing.measures.over_time import around, change, track

MONTHS = [f"{2030 + m // 12}-{m % 12 + 1:02}" for m in range(36)]


def said(months, text="the quay is old " * 5, speaker="Ida Marlow"):
    rows = [
        {
            "briefing_id": f"{m}-{i}",
            "turn_id": 1,
            "speaker": speaker,
            "role": "official",
            "date": f"{m}-{i + 1:02}",
            "text": text,
        }
        for m in months
        for i in range(12)
    ]
    return pd.DataFrame(rows)


def test_counts_are_those_of_the_words_and_a_month_without_briefings_is_a_gap():
    tokens = briefing.tokenize(said(["2031-01", "2031-03"]))
    found = track(tokens, "quay")
    assert found["month"].tolist() == ["2031-01", "2031-02", "2031-03"]
    assert found["n_hits"].tolist() == [60, 0, 60]
    assert found["per_1000"].isna().tolist() == [False, True, False]
    assert found["why"][1] == "no briefing: a gap"
    assert (found["low"][0] <= 250 <= found["high"][0]) and found["per_1000"][0] == 250


def test_counts_of_a_corpus_and_tokens_give_the_same():
    tokens = briefing.tokenize(said(["2031-01", "2031-02"]))
    keys = ["briefing_id", "speaker", "role", "date", "token"]
    counts = tokens.groupby(keys, observed=True).size().rename("n").reset_index()
    one, other = track(tokens, "qua*"), track(counts, "qua*")
    pd.testing.assert_frame_equal(one, other)
    with pytest.raises(briefing.BriefingError, match="phrase"):
        track(counts, "the quay")


def test_a_table_of_hits_and_groups_are_counted():
    turns = pd.concat(
        [said(["2031-01"]), said(["2031-01"], "no word of it ", "Cy Dunlin").assign(turn_id=2)]
    ).sort_values(["briefing_id", "turn_id"], ignore_index=True)
    tokens = briefing.tokenize(turns)
    hits = tokens[tokens["token"] == "quay"]
    found = track(tokens, hits, among="speaker").set_index("speaker")
    assert found.loc["Ida Marlow", "n_hits"] == 60
    assert found.loc["Cy Dunlin", "n_hits"] == 0


def test_before_and_after_say_where_the_speakers_change():
    turns = pd.concat([said(["2031-01"]), said(["2031-02"], speaker="Cy Dunlin")])
    found = around(briefing.tokenize(turns), "quay", "2031-02-01")
    assert found.attrs["changed_speakers"]
    assert not found["both"].any()
    same = around(briefing.tokenize(said(["2031-01", "2031-02"])), "quay", "2031-02-01")
    assert same["both"].all()
    assert not same.attrs["changed_speakers"]


def test_no_date_and_no_period_are_refused():
    tokens = briefing.tokenize(said(["2031-01"]).drop(columns="date"))
    with pytest.raises(briefing.BriefingError, match="date"):
        track(tokens, "quay")
    with pytest.raises(briefing.BriefingError, match="week"):
        track(briefing.tokenize(said(["2031-01"])), "quay", by="week")


def series(seed, factor, step=17):
    """36 months of 28 briefings: a word of 1 in 1,000, as bunched as words are (shape .5)."""
    draw = np.random.default_rng(seed)
    size = draw.integers(2_000, 9_000, (36, 28))
    rate = np.where(np.arange(36) < step, 1, factor)[:, None] / 1000
    hits = draw.poisson(draw.gamma(0.5, size * rate / 0.5))
    table = {"month": MONTHS, "n_hits": hits.sum(axis=1), "n_words": size.sum(axis=1)}
    return pd.DataFrame(table)


def test_a_rate_that_doubles_is_found_and_none_is_invented():
    doubled = [change(series(seed, 2)) for seed in range(100)]
    same = [change(series(seed, 1)) for seed in range(100, 200)]
    assert sum(found["changed"] for found in doubled) >= 95
    assert sum(found["changed"] for found in same) <= 9
    near = [found["period"] in MONTHS[14:20] for found in doubled if found["changed"]]
    assert np.mean(near) > 0.9


def test_an_early_change_is_not_drawn_towards_the_middle():
    found = [change(series(seed, 2, step=5)) for seed in range(100)]
    near = [one["period"] in MONTHS[3:8] for one in found if one["changed"]]
    assert len(near) >= 80
    assert np.mean(near) > 0.8


def test_the_figure_breaks_where_there_is_a_gap_and_says_a_change():
    tokens = briefing.tokenize(said(["2031-01", "2031-02", "2031-04"]))
    ax = figures.plot(track(tokens, "quay"))
    (line,) = ax.lines
    assert np.isnan(line.get_ydata().astype(float)).tolist() == [False, False, True, False]
    assert "“quay” by month" in figures.caption(ax)
    months = said(MONTHS[:10]), said(MONTHS[10:20], "the quay and the quay " * 5)
    ax = figures.plot(track(briefing.tokenize(pd.concat(months)), "quay"))
    assert f"before {MONTHS[10]}" in figures.caption(ax)


def test_groups_are_drawn_apart_and_named():
    turns = pd.concat([said(["2031-01"]), said(["2031-01"], speaker="Cy Dunlin").assign(turn_id=2)])
    turns = turns.sort_values(["briefing_id", "turn_id"], ignore_index=True)
    ax = figures.plot(track(briefing.tokenize(turns), "quay", among="speaker"))
    names = [text.get_text() for text in ax.get_legend().get_texts()]
    assert sorted(names) == ["Cy Dunlin", "Ida Marlow"]
