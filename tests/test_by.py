"""Whatever counts, counts by any column or several, and *not named* is a row."""

import pandas as pd
import pytest

import briefing
from briefing.words.boundaries import count_words
from briefing.words.groups import NOT_NAMED, groups_of

SAID = ["We may open the quay. " * 12, "Why the quay, and when?", "We must wait. " * 12] * 2


@pytest.fixture(scope="module")
def turns():
    table = pd.DataFrame(
        {
            "briefing_id": ["a"] * 3 + ["b"] * 3,
            "turn_id": [1, 2, 3] * 2,
            "speaker": ["Ida Marlow", None, "Cy Dunlin"] * 2,
            "role": ["official", "journalist", "official"] * 2,
            "date": ["2031-01-05"] * 3 + ["2031-02-05"] * 3,
            "outlet": [None, "Quay News", None, None, None, None],
            "text": SAID,
        }
    )
    return table.assign(n_words=table["text"].map(count_words))


@pytest.fixture(scope="module")
def tokens(turns):
    return briefing.tokenize(turns)


MEASURES = {
    "stance": briefing.wording.stance,
    "pronouns": briefing.wording.pronouns,
    "topics": lambda tokens, by: briefing.topics.frequency(tokens, {"quay": ["quay"]}, by=by),
    "common": lambda tokens, by: briefing.lexis.common(tokens, by=by, min_count=1),
    "themes": lambda tokens, by: briefing.keywords.of_each(tokens, by=by, min_count=1),
    "vocabulary": briefing.lexis.richness,
}


@pytest.mark.parametrize("measure", MEASURES)
def test_two_columns_count_each_pair_apart_and_lose_no_word(measure, tokens):
    made = MEASURES[measure](tokens, by=["date", "role"])
    assert [*made.columns[:2]] == ["date", "role"]
    assert made[["date", "role"]].drop_duplicates().shape[0] == 4
    if "n_words" in made:
        assert made.drop_duplicates(["date", "role"])["n_words"].sum() == len(tokens)


def test_speaking_share_by_two_columns_adds_up(turns):
    made = briefing.speaking.share(turns, by=["briefing_id", "speaker"])
    assert made["n_words"].sum() == turns["n_words"].sum()
    assert made["named"].tolist().count(False) == 2
    assert made["share_words"].sum() == pytest.approx(1)


def test_nobody_known_is_a_row_of_its_own(tokens):
    _, groups = groups_of(tokens, "outlet")
    assert {*groups["outlet"]} == {NOT_NAMED, "Quay News"}


def test_dispersion_over_speakers_is_that_of_their_words(tokens):
    spread = briefing.context.dispersion(tokens, ["may"], by="speaker")
    assert spread["n_parts"].item() == 3
    assert spread["range"].item() == 1


def test_turns_that_count_from_1_again_are_refused_unless_briefings_are_told_apart(tokens):
    with pytest.raises(briefing.BriefingError, match="counts from 1"):
        briefing.wording.stance(tokens, by="turn_id")
    assert len(groups_of(tokens, ["briefing_id", "turn_id"])[1]) == 6
