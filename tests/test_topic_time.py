"""Topics over time: where in the briefing each topic falls."""

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing
from briefing.tables import BriefingError
from build import words_of as words

SEA = {"sea": ["ship*", "port security"], "land": ["road*"]}


def test_each_stretch_has_its_words_turns_and_hits():
    course = briefing.topics.course(
        words("Ships came in.", "Roads? Ships?", "Ships, yes, ships."), SEA, bins=2
    )
    assert course["topic"].tolist() == ["sea", "sea", "land", "land"]
    assert course["bin"].tolist() == [1, 2, 1, 2]
    assert course["from_share"].tolist() == [0, 0.5, 0, 0.5]
    assert course["to_share"].tolist() == [0.5, 1, 0.5, 1]
    assert course["first_turn"].tolist() == [1, 2, 1, 2]
    assert course["last_turn"].tolist() == [2, 3, 2, 3]
    assert course["n_hits"].tolist() == [1, 3, 1, 0]
    assert course["n_words"].tolist() == [4, 4, 4, 4]
    assert course["per_1000"].tolist() == [250, 750, 250, 0]


def test_a_hit_is_in_the_stretch_where_it_begins():
    course = briefing.topics.course(words("Now port security counts."), {"sea": SEA["sea"]}, bins=2)
    assert course["n_hits"].tolist() == [1, 0]


def test_briefings_of_different_length_are_cut_at_the_same_shares():
    short, long = words("ship road"), words("ship road " * 50, briefing_id="b")
    one, other = (briefing.topics.course(t, SEA, bins=2) for t in (short, long))
    assert one["from_share"].tolist() == other["from_share"].tolist()
    assert long.shape[0] == 50 * short.shape[0]
    both = briefing.topics.course(pd.concat([short, long]), SEA, bins=2)
    for name, alone in (("a", one), ("b", other)):
        part = both[both["briefing_id"] == name].reset_index(drop=True)
        pd.testing.assert_frame_equal(part.astype(alone.dtypes), alone)


def test_a_briefing_said_twice_over_has_its_topics_at_the_same_places():
    text = "ship road way " * 4
    once = briefing.topics.course(words(text), SEA, bins=4)
    slower = briefing.topics.course(words(text.replace("way", "way way way way")), SEA, bins=4)
    assert once["n_hits"].tolist() == slower["n_hits"].tolist()


@given(
    st.lists(st.sampled_from(["ship", "road", "port security", "way."]), min_size=1, max_size=40),
    st.integers(1, 12),
)
def test_nothing_is_lost_between_stretches_and_they_differ_by_one_word(said, bins):
    tokens = words(" ".join(said))
    course = briefing.topics.course(tokens, SEA, bins=bins)
    sums = course.groupby("topic", sort=False)[["n_hits", "n_words"]].sum()
    assert sums["n_hits"].tolist() == briefing.topics.frequency(tokens, SEA)["n_hits"].tolist()
    assert sums["n_words"].tolist() == [len(tokens)] * 2
    assert course["n_words"].max() - course["n_words"].min() <= 1
    assert len(course) == 2 * bins


@given(
    st.lists(st.sampled_from(["ship", "road", "way."]), min_size=1, max_size=40), st.integers(1, 12)
)
def test_the_stretch_of_a_hit_is_the_one_that_its_share_says(said, bins):
    tokens = words(" ".join(said))
    place = [i * bins // len(tokens) + 1 for i, word in enumerate(said) if word == "ship"]
    course = briefing.topics.course(tokens, {"sea": SEA["sea"]}, bins=bins)
    assert course["n_hits"].tolist() == [place.count(b) for b in range(1, bins + 1)]
    shares = briefing.topics.frequency(tokens, {"sea": SEA["sea"]}, hits=True)["at_share"]
    assert shares.tolist() == [i / len(tokens) for i, word in enumerate(said) if word == "ship"]


def test_a_stretch_without_words_has_no_rate_and_no_turn():
    course = briefing.topics.course(words("Ships came."), {"sea": SEA["sea"]}, bins=4)
    empty = course[course["n_words"] == 0]
    assert len(empty) == 2
    assert empty["per_1000"].isna().all() and (empty["n_hits"] == 0).all()
    assert empty["first_turn"].isna().all() and empty["last_turn"].isna().all()
    assert course["n_words"].sum() == 2


def test_the_order_of_the_rows_does_not_matter_and_the_table_stays_as_it_is():
    tokens = words("Ships came.", "Roads and port security.")
    mixed = tokens.iloc[::-1]
    before = mixed.copy(deep=True)
    pd.testing.assert_frame_equal(
        briefing.topics.course(mixed, SEA), briefing.topics.course(tokens, SEA)
    )
    pd.testing.assert_frame_equal(mixed, before)


def test_what_qualifies_the_result_goes_with_it():
    tokens = words("Ships.")
    tokens.attrs |= {"text_status": "interpreted", "part": True}
    about = briefing.topics.course(tokens, SEA, bins=3).attrs
    assert about["bins"] == 3 and about["text_status"] == "interpreted" and about["part"] is True
    assert about["dictionary"] == "the patterns given" and about["n_patterns"] == 3


@pytest.mark.parametrize("bins", [0, -1, 2.5, True, "10", None])
def test_stretches_are_a_number_from_1_on(bins):
    with pytest.raises(BriefingError, match="number of stretches"):
        briefing.topics.course(words("Ships."), SEA, bins=bins)


def test_no_words_and_no_tokens_table_are_refused():
    with pytest.raises(BriefingError, match="0 rows"):
        briefing.topics.course(words("Ships.").iloc[:0], SEA)
    with pytest.raises(BriefingError, match="not a tokens table"):
        briefing.topics.course(pd.DataFrame({"word": ["ship"]}), SEA)


def test_on_the_real_briefing_each_stretch_has_the_hits_of_its_turns(shared):
    (path,) = (shared / "scio_seed").glob("*.txt")
    talk = briefing.read(path)
    topics = {"security": ["secur*", "cyber*"], "economy": ["econom*"]}
    course = briefing.topics.course(talk.tokens, topics, bins=5)
    hits = briefing.topics.frequency(talk.tokens, topics, hits=True)
    assert len(course) == 10
    for row in course.itertuples():
        at = hits[
            (hits["topic"] == row.topic)
            & hits["at_share"].between(row.from_share, row.to_share, inclusive="left")
        ]
        assert len(at) == row.n_hits
        assert at["turn_id"].between(row.first_turn, row.last_turn).all()
    before = talk.turns["n_words"].cumsum() - talk.turns["n_words"]
    starts = dict(zip(talk.turns["turn_id"], before, strict=True))
    whole = talk.turns["n_words"].sum()
    for row in hits.sample(10, random_state=1).itertuples():
        assert row.at_share == pytest.approx((starts[row.turn_id] + row.position) / whole)
