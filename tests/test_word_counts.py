"""Words counted once by speaker, role and briefing, and briefing.keywords.keyness from such counts."""

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError, tokenize
from build import turns_of

trials = settings(max_examples=15, deadline=None, derandomize=True)
NEED_TURNS = ["log_ratio_without_turn", "share_largest_turn", "largest_briefing_id"]
NEED_TURNS += ["largest_turn_id", "asked_first", "share_asked", "mostly_one_turn"]
NEED_TURNS += ["question_has_it", "flagged", "flag"]
SAID = st.tuples(
    st.sampled_from("ab"),
    st.sampled_from(["Ida Marlow", "Cy Dunlin", "Jo Petrel", None]),
    st.sampled_from(["official", "journalist"]),
    st.lists(st.sampled_from(["the", "quay", "ferry", "old", "is"]), max_size=9).map(" ".join),
)
talks = st.lists(SAID, min_size=1, max_size=12)


def words(said):
    """Tokens of turns given as (briefing_id, speaker, role, text)."""
    return tokenize(turns_of("briefing_id speaker role text", *said))


def crowd(n):
    """Two briefings in which n officials each say some words, and n others some others."""
    rng = np.random.default_rng(1)
    said = [
        (f"b{i % 2}", f"{role} {i % n}", role, " ".join(rng.choice(vocabulary, 30)))
        for role, vocabulary in (("official", list("aaabcde")), ("journalist", list("abbcdef")))
        for i in range(2 * n)
    ]
    return words(said)


@trials
@given(talks)
def test_each_voice_and_word_is_counted_as_pandas_counts_them(said):
    tokens = words(said)
    keys = ["briefing_id", "speaker", "role", "token"]
    rows = tokens.astype({"speaker": "object", "role": "object", "token": "object"})
    expected = rows.groupby(keys, dropna=False).agg(
        n=("turn_id", "size"), n_turns=("turn_id", "nunique")
    )
    got = briefing.lexis.counts(tokens)

    assert [*got] == [*keys, "n", "n_turns"]
    if len(tokens):
        assert got.astype(dict.fromkeys(keys, "object")).set_index(keys).equals(
            expected.set_axis(expected.index.set_levels(
                [level.astype("object") for level in expected.index.levels]
            ))
        )  # fmt: skip
    assert got["n"].sum() == len(tokens)


@trials
@given(talks, st.randoms(use_true_random=False))
def test_the_order_of_rows_and_how_they_are_stored_change_nothing(said, random):
    tokens = words(said)
    rows = [*range(len(tokens))]
    random.shuffle(rows)
    kinds = {"briefing_id": "category", "speaker": "object", "role": "object", "token": "object"}
    stored = tokens.iloc[rows].astype(kinds)
    assert_frame_equal(briefing.lexis.counts(stored), briefing.lexis.counts(tokens))


def test_words_that_were_not_selected_leave_no_trace():
    tokens = words([("a", "Ida Marlow", "official", "quay"), ("a", "Jo Petrel", "official", "sea")])
    counts = briefing.lexis.counts(tokens.query("speaker == 'Jo Petrel'"))
    assert counts["token"].cat.categories.tolist() == ["sea"]
    assert counts["speaker"].cat.categories.tolist() == ["Jo Petrel"]


def test_the_kind_of_text_is_handed_on():
    tokens = words([("a", "Ida Marlow", "official", "quay")])
    tokens.attrs |= {"text_status": "translated", "part": True, "language": "fr"}
    assert briefing.lexis.counts(tokens).attrs == {
        "text_status": "translated", "part": True, "language": "fr",
    }  # fmt: skip
    with pytest.raises(BriefingError, match="lacks turn_id"):
        briefing.lexis.counts(tokens.drop(columns="turn_id"))


# Keyness from counts


def both_ways(tokens, here, **options):
    """Keyness of the selection from words, and from their counts."""
    mine, other = tokens[here], tokens[~here]
    return (
        briefing.keywords.keyness(mine, other, **options),
        briefing.keywords.keyness(
            briefing.lexis.counts(mine), briefing.lexis.counts(other), **options
        ),
    )


@pytest.mark.parametrize("n_speakers", [3, 7])
def test_counts_give_what_words_give_in_all_that_needs_no_turns(n_speakers):
    tokens = crowd(n_speakers)
    of_words, of_counts = both_ways(tokens, tokens["role"] == "official")

    assert of_words["speaker_low"].notna().all() == (n_speakers > 5)
    assert [*of_counts] == [*of_words]
    assert_frame_equal(of_counts.drop(columns=NEED_TURNS), of_words.drop(columns=NEED_TURNS))
    assert of_counts[NEED_TURNS[:-2]].isna().all(axis=None)
    same = set(of_words.attrs) - {"flags", "n_turns_target", "n_turns_reference"}
    assert {k: of_counts.attrs[k] for k in same} == {k: of_words.attrs[k] for k in same}


@trials
@given(talks)
def test_any_talk_has_the_same_keyness_from_its_counts(said):
    tokens = words(said)
    here = tokens["role"] == "official"
    if here.any() and not here.all():
        of_words, of_counts = both_ways(tokens, here, min_count=1)
        assert_frame_equal(of_counts.drop(columns=NEED_TURNS), of_words.drop(columns=NEED_TURNS))


def test_flags_that_need_turns_are_not_given_and_the_table_says_why():
    text = "The quay is old. " * 9
    tokens = words(
        [("a", "Ida Marlow", "official", text)]
        + [("a", "Ida Marlow", "official", "The quay.")] * 2
        + [("a", "Jo Petrel", "journalist", "Why is the ferry late? " * 9)]
    )
    of_words, of_counts = both_ways(tokens, tokens["role"] == "official")

    lost = ["mostly_one_turn", "question_has_it"]
    kept = [*of_counts.attrs["flags"]]
    assert set(of_words.attrs["flags"]) == {*kept, *lost}
    assert of_words["mostly_one_turn"].any() and of_counts[lost].isna().all(axis=None)
    assert_frame_equal(of_counts[kept], of_words[kept])
    assert of_counts["flagged"].tolist() == of_counts[kept].any(axis=1).tolist()
    assert of_counts.attrs["n_turns_target"] is None
    assert of_counts.attrs["turns"].startswith("not known from counts")
    assert "turns" not in of_words.attrs


def test_counts_of_several_tables_go_together():
    tokens = crowd(6)
    parts = [
        briefing.lexis.counts(part) for _, part in tokens.groupby("briefing_id", observed=True)
    ]
    counts = pd.concat(parts, ignore_index=True)
    official = counts["role"] == "official"
    of_parts = briefing.keywords.keyness(
        counts[official], counts[~official].sample(frac=1, random_state=1)
    )
    of_words = briefing.keywords.keyness(
        *(tokens[tokens["role"] == r] for r in ("official", "journalist"))
    )
    assert_frame_equal(of_parts.drop(columns=NEED_TURNS), of_words.drop(columns=NEED_TURNS))


def test_themes_of_roles_are_found_in_counts_too():
    tokens = crowd(6)
    of_words, of_counts = (
        briefing.keywords.of_each(t, by="role") for t in (tokens, briefing.lexis.counts(tokens))
    )
    assert set(of_counts["role"]) == {"official", "journalist"}
    columns = ["role", "token", "n_target", "n_reference", "lrc", "speaker_low"]
    key = ["role", "token"]
    assert_frame_equal(
        of_counts[columns].astype({"role": "str"}).sort_values(key, ignore_index=True),
        of_words[columns].astype({"role": "str"}).sort_values(key, ignore_index=True),
    )


def test_a_count_on_both_sides_is_refused_with_its_place():
    counts = briefing.lexis.counts(crowd(3))
    with pytest.raises(BriefingError, match=r"1 words are on both sides .*'b0', role journal"):
        briefing.keywords.keyness(counts.iloc[:3], counts.iloc[2:])
    voice = counts.iloc[[0, 1]]
    assert len(briefing.keywords.keyness(voice.iloc[:1], voice.iloc[1:], min_count=1)) == 2


def test_words_and_counts_cannot_be_compared_nor_counts_with_questions():
    tokens = crowd(3)
    counts, here = briefing.lexis.counts(tokens), tokens["role"] == "official"
    with pytest.raises(BriefingError, match=r"one side has words.*briefing.lexis.counts\(tokens\)"):
        briefing.keywords.keyness(counts, tokens[here])
    turns = pd.DataFrame({"briefing_id": [], "turn_id": [], "answers": [], "text": []})
    official = counts["role"] == "official"
    with pytest.raises(BriefingError, match="turns= shows which words a question had"):
        briefing.keywords.keyness(counts[official], counts[~official], turns=turns)
    with pytest.raises(BriefingError, match="not a counts table: it lacks n_turns"):
        briefing.keywords.keyness(counts[official].drop(columns="n_turns"), counts[~official])
