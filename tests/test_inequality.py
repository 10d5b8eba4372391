import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError
from briefing.measures.speaking import entropy, evenness, gini
from build import turns_of

trials = settings(max_examples=40, deadline=None, derandomize=True)
words = st.lists(st.integers(1, 3000), min_size=2, max_size=12)
SCORES = ["effective_speakers", "gini", "gini_corrected", "evenness"]
ENDS = ["effective_low", "effective_high", "gini_corrected_low", "gini_corrected_high"]


def turns(*rows, **attrs):
    """Turns of one briefing from (speaker, role, n_words) or (..., answers)."""
    return turns_of("speaker role n_words answers", *rows, attrs=attrs)


def exchanges(n, askers=("Jo Petrel", "Sam Ousel"), first=()):
    """`n` questions, each by the next asker, each answered by the two officials in turn."""
    rows = [*first]
    for i in range(n):
        rows.append((askers[i % len(askers)], "journalist", 20 + 7 * i))
        rows.append((("Ida Marlow", "Ann Teal")[i % 2], "official", 200 + 31 * i, len(rows)))
    return turns(*rows)


def scope(table, name):
    return table.set_index("scope").loc[name]


@trials
@given(words)
def test_gini_is_half_the_mean_difference_over_the_mean(x):
    x = np.array(x)
    n = len(x)
    difference = np.abs(x[:, None] - x[None]).sum()
    assert gini(x) == pytest.approx(difference / (2 * n * n * x.mean()))
    assert gini(x, corrected=True) == pytest.approx(difference / (2 * n * (n - 1) * x.mean()))


@trials
@given(words, st.integers(2, 9))
def test_neither_order_nor_scale_matters(x, times):
    other = [times * k for k in x[::-1]]
    for measure in (gini, entropy, evenness):
        assert measure(other) == pytest.approx(measure(x))


def test_equal_shares_are_perfectly_even_and_one_speaker_cannot_be_uneven():
    assert (gini([5, 5, 5]), evenness([5, 5, 5])) == (pytest.approx(0), pytest.approx(1))
    assert np.exp(entropy([5, 5, 5])) == pytest.approx(3)
    assert entropy([1, 1], base=2) == pytest.approx(1)
    assert np.isnan([gini([5]), evenness([5])]).all()
    assert np.isnan([gini([0, 0]), entropy([0, 0]), evenness([0, 0]), entropy([]), gini([])]).all()
    assert entropy([5]) == 0


def test_numbers_below_0_are_refused():
    for measure in (gini, entropy, evenness):
        with pytest.raises(BriefingError, match="from 0 up"):
            measure([1, -1])


def test_each_scope_is_counted_by_itself():
    table = briefing.speaking.inequality(
        turns(
            ("Ida Marlow", "official", 300),
            ("Ann Teal", "official", 100),
            ("Jo Petrel", "journalist", 30),
            ("Sam Ousel", "journalist", 10),
            ("Jo Petrel", "journalist", 20),
            ("Lee Crake", "moderator", 40),
        )
    )
    journalists, officials, roles = (scope(table, s) for s in ("journalists", "officials", "roles"))
    assert (journalists["n_speakers"], journalists["n_turns"], journalists["n_words"]) == (2, 3, 60)
    assert journalists["gini"] == pytest.approx(gini([50, 10]))
    assert (journalists["top"], journalists["share_top"]) == ("Jo Petrel", pytest.approx(5 / 6))
    assert officials["gini_corrected"] == pytest.approx(0.5)
    assert officials["effective_speakers"] == pytest.approx(np.exp(entropy([3, 1])))
    assert (roles["n_speakers"], roles["n_words"], roles["top"]) == (3, 500, "official")
    assert roles["evenness"] == pytest.approx(evenness([400, 60, 40]))


def test_unnamed_journalists_are_left_out_and_counted():
    table = briefing.speaking.inequality(
        turns(
            ("Jo Petrel", "journalist", 30),
            (None, "journalist", 25),
            (" ", "journalist", 5),
            ("Sam Ousel", "journalist", 30),
            ("Ida Marlow", "unknown", 70),
        )
    )
    journalists, roles = scope(table, "journalists"), scope(table, "roles")
    assert (journalists["n_speakers"], journalists["n_words"]) == (2, 60)
    assert (journalists["n_turns_left_out"], journalists["n_words_left_out"]) == (2, 30)
    assert journalists["effective_speakers"] == pytest.approx(2)
    assert (roles["n_turns_left_out"], roles["n_words_left_out"]) == (1, 70)


def test_a_journalist_known_by_the_outlet_alone_counts_under_it():
    said = turns((None, "journalist", 30), (None, "journalist", 10), (None, "official", 99))
    table = briefing.speaking.inequality(
        said.assign(organisation=["Harbour Times", "Marsh Radio", "Board"])
    )
    assert scope(table, "journalists")["top"] == "Harbour Times"
    assert scope(table, "journalists")["n_speakers"] == 2
    assert scope(table, "officials")["n_speakers"] == 0


def test_who_does_not_speak_is_not_in_n():
    said = turns(("Jo Petrel", "journalist", 30), ("Sam Ousel", "journalist", 0))
    table = briefing.speaking.inequality(said)
    assert scope(table, "journalists")["n_speakers"] == 1
    assert table.attrs["silent_counted"] is False


def test_with_one_speaker_or_none_there_is_no_score():
    table = briefing.speaking.inequality(
        turns(("Ida Marlow", "official", 300), (None, "journalist", 9))
    )
    journalists, officials = scope(table, "journalists"), scope(table, "officials")
    assert officials[SCORES].isna().all() and officials["why"] == "only one: nothing to compare"
    assert officials["share_top"] == 1
    assert journalists[SCORES].isna().all() and pd.isna(journalists["top"])
    assert journalists["why"].startswith("nobody to count")
    silent = briefing.speaking.inequality(
        turns(("Ida Marlow", "official", 0), ("Ann Teal", "official", 0))
    )
    assert silent[SCORES].isna().all(axis=None)


def test_from_ten_exchanges_on_there_is_an_interval_and_it_holds_the_value():
    table = briefing.speaking.inequality(exchanges(24))
    assert (table["why"] == "").all()
    for row in table.itertuples():
        assert row.n_exchanges == 24
        assert row.effective_low <= row.effective_speakers <= row.effective_high
        assert row.gini_corrected_low <= row.gini_corrected <= row.gini_corrected_high
        assert row.gini_corrected_low < row.gini_corrected_high


def test_fewer_than_ten_exchanges_give_none_and_say_why():
    for n, ok in ((9, False), (10, True)):
        officials = scope(briefing.speaking.inequality(exchanges(n)), "roles")
        assert officials[ENDS].notna().all() == ok
        assert (officials["why"] == "no interval: fewer than 10 exchanges") != ok


def test_where_somebody_speaks_in_few_exchanges_there_is_no_interval():
    many = [f"Reporter {i}" for i in range(12)]
    journalists = scope(briefing.speaking.inequality(exchanges(12, askers=many)), "journalists")
    assert journalists[ENDS].isna().all() and journalists[SCORES].notna().all()
    assert journalists["why"] == "no interval: somebody speaks in fewer than 5 exchanges"


def test_what_comes_before_the_first_question_stays_in_every_draw():
    opened = briefing.speaking.inequality(exchanges(20, first=[("Ida Marlow", "official", 90000)]))
    plain = briefing.speaking.inequality(exchanges(20))
    assert scope(opened, "roles")["effective_high"] < scope(plain, "roles")["effective_low"]
    assert scope(opened, "officials")["gini_corrected_low"] > 0.8
    assert scope(opened, "officials")["n_exchanges"] == 20


def test_a_seed_gives_the_same_interval_and_another_one_another():
    said = exchanges(15)
    assert_frame_equal(briefing.speaking.inequality(said), briefing.speaking.inequality(said))
    assert not briefing.speaking.inequality(said)[ENDS].equals(
        briefing.speaking.inequality(said, seed=2)[ENDS]
    )


def test_the_order_of_rows_does_not_matter_and_the_turns_are_not_changed():
    said = exchanges(15)
    before = said.copy()
    mixed = briefing.speaking.inequality(said.sample(frac=1, random_state=3))
    assert_frame_equal(mixed, briefing.speaking.inequality(said))
    assert_frame_equal(said, before)


def test_exchanges_of_two_briefings_are_not_taken_for_one():
    one = exchanges(6)
    both = pd.concat([one, one.assign(briefing_id="2021-06-02")], ignore_index=True)
    assert briefing.speaking.inequality(both)["n_exchanges"].tolist() == [12, 12, 12]
    assert (briefing.speaking.inequality(both)["why"] == "").all()


def test_the_opening_of_a_second_briefing_belongs_to_no_exchange_of_the_first():
    opening = turns(("Ida Marlow", "official", 90000)).assign(briefing_id="2021-06-02")
    both = pd.concat([exchanges(20), opening], ignore_index=True)
    ends = scope(briefing.speaking.inequality(both), "roles")
    assert (
        ends["effective_high"]
        < scope(briefing.speaking.inequality(exchanges(20)), "roles")["effective_low"]
    )


def test_turns_without_answers_have_no_exchanges():
    said = exchanges(12).drop(columns="answers")
    assert briefing.speaking.inequality(said)["n_exchanges"].tolist() == [0, 0, 0]


def test_no_turns_and_no_column_are_errors():
    with pytest.raises(BriefingError, match="0 rows"):
        briefing.speaking.inequality(exchanges(3).query("role == 'moderator'"))
    with pytest.raises(BriefingError, match="lacks role"):
        briefing.speaking.inequality(exchanges(3).drop(columns="role"))


def test_the_kind_of_text_travels_along():
    attrs = briefing.speaking.inequality(
        turns(("Jo", "journalist", 3), text_status="edited", part=True)
    ).attrs
    assert (attrs["text_status"], attrs["part"], attrs["seed"]) == ("edited", True, 1)


def test_on_a_real_briefing_the_words_are_those_of_the_turns(shared):
    talk = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    table = briefing.speaking.inequality(talk.turns)
    for name in ("journalist", "official"):
        row = scope(table, name + "s")
        said = talk.turns[talk.turns["role"] == name]
        named = said[said["speaker"].notna() | said["organisation"].notna()]
        counts = [
            len(briefing.words.boundaries.find_words(" ".join(g)))
            for _, g in named.groupby("speaker", observed=True)["text"]
        ]
        assert (row["n_speakers"], row["n_words"]) == (len(counts), sum(counts))
        assert row["n_words_left_out"] == said["n_words"].sum() - sum(counts)
        assert row["gini"] == pytest.approx(gini(counts))
        assert row["share_top"] == pytest.approx(max(counts) / sum(counts))
