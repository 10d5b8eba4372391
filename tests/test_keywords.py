"""Keyness: what the table says of two sides, and what it must never hide."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import chi2_contingency

import briefing
from briefing.measures.keywords import keyness
from briefing.tables import BriefingError


def talk(*said, **columns):
    """Turns from (speaker, text) pairs; `briefing.tokenize` makes the words."""
    speakers, texts = zip(*said, strict=True)
    return pd.DataFrame({
        "briefing_id": "a", "turn_id": range(1, len(said) + 1), "speaker": list(speakers),
        "role": "official", "text": list(texts), **columns,
    })  # fmt: skip


def sides(turns, target):
    """The words of the turns numbered in `target`, and the others."""
    tokens = briefing.tokenize(turns)
    here = tokens["turn_id"].isin(target)
    return tokens[here], tokens[~here]


def row(table, token):
    return table[table["token"] == token].iloc[0]


def crowd(n, text, prefix):
    return [(f"{prefix}{i}", text) for i in range(n)]


# The numbers


def counted(a, b, n1, n2, by_speaker=1):
    """Two tokens tables in which *x* is said a times of n1, b times of n2."""
    both = []
    for name, hits, size in (("t", a, n1), ("r", b, n2)):
        codes = (np.arange(size) >= hits).astype(int)
        both.append(pd.DataFrame({
            "briefing_id": name, "turn_id": 1, "speaker": f"Speaker {name}",
            "position": np.arange(size), "token": pd.Categorical.from_codes(codes, ["x", "y"]),
        }))  # fmt: skip
    return both


def test_published_numbers_come_out_of_whole_tables():
    got = row(keyness(*counted(52, 57, 50_000, 75_000)), "x")
    assert (got["n_target"], got["n_reference"]) == (52, 57)
    assert got["g2"] == pytest.approx(2.6540642606011)
    assert got["g2_rayson"] == pytest.approx(2.6517101638888807)
    assert got["lrc"] == 0
    dunning = row(keyness(*counted(10, 0, 13, 31_764)), "x")
    assert dunning["g2"] == pytest.approx(167.23, abs=0.005)
    evert = row(keyness(*counted(944, 367, 1177, 341_805)), "x")
    assert evert["log_ratio"] == pytest.approx(9.54311128824)


def test_g2_is_that_of_nltk_and_of_scipy():
    from nltk.metrics import BigramAssocMeasures, ContingencyMeasures

    measure = ContingencyMeasures(BigramAssocMeasures).likelihood_ratio
    got = row(keyness(*counted(23, 7, 1000, 2000)), "x")["g2"]
    assert got == pytest.approx(measure(23, 7, 977, 1993))
    table = [[23, 7], [977, 1993]]
    assert got == pytest.approx(chi2_contingency(table, False, "log-likelihood").statistic)


def test_the_interval_is_corrected_for_the_words_tested():
    from briefing.words.rates import lrc

    got = keyness(*counted(120, 60, 50_000, 75_000))
    assert got.attrs["n_tested"] == len(got) == 2
    assert row(got, "x")["lrc"] == pytest.approx(lrc(120, 60, 50_000, 75_000, m=2))
    assert row(got, "x")["log_ratio_low"] == pytest.approx(row(got, "x")["lrc"])


TURNS = talk(
    ("Ida Marlow", "We repair the bridge. The bridge is old and the bridge is long. " * 3),
    ("Jo Petrel", "We run the ferry, and the ferry is late. " * 4),
    (None, "Is the bridge open, and is the ferry late? " * 2),
    ("Cy Dunlin", "The bridge, the ferry and the road. " * 3),
)


def test_swapping_the_sides_flips_the_signs():
    target, reference = sides(TURNS, [1, 3])
    here = keyness(target, reference).set_index("token").sort_index()
    there = keyness(reference, target).set_index("token").sort_index()
    for column in ("log_ratio", "lrc"):
        np.testing.assert_allclose(here[column], -there[column], atol=1e-12)
    np.testing.assert_allclose(here["log_ratio_low"], -there["log_ratio_high"])
    np.testing.assert_allclose(here["g2"], there["g2"])
    np.testing.assert_array_equal(here["n_target"], there["n_reference"])
    np.testing.assert_array_equal(here["n_turns_target"], there["n_turns_reference"])


def test_merging_identical_halves_changes_no_rate():
    once = keyness(*sides(TURNS, [1, 3]), min_count=1)
    again = TURNS.assign(briefing_id="b")
    tokens = briefing.tokenize(pd.concat([TURNS, again], ignore_index=True))
    here = tokens["turn_id"].isin([1, 3])
    twice = keyness(tokens[here], tokens[~here], min_count=1)
    once, twice = (table.set_index("token").sort_index() for table in (once, twice))
    for column in ("per_1000_target", "per_1000_reference", "share_largest_turn"):
        scale = 2 if column == "share_largest_turn" else 1
        np.testing.assert_allclose(once[column], twice[column] * scale)
    np.testing.assert_array_equal(2 * once["n_turns_target"], twice["n_turns_target"])
    np.testing.assert_array_equal(once["n_speakers_target"], twice["n_speakers_target"])


def test_the_order_of_rows_and_unused_categories_change_nothing():
    target, reference = sides(TURNS, [1, 3])
    expected = keyness(target, reference, turns=TURNS.assign(answers=pd.NA))
    shuffled = keyness(
        target.sample(frac=1, random_state=1),
        reference.sample(frac=1, random_state=2).astype({"token": "object", "speaker": "object"}),
        turns=TURNS.assign(answers=pd.NA).iloc[::-1],
    )
    pd.testing.assert_frame_equal(shuffled, expected)


def test_the_tables_that_are_given_stay_as_they_are():
    target, reference = sides(TURNS, [1, 3])
    before = target.copy(deep=True), reference.copy(deep=True)
    keyness(target, reference)
    pd.testing.assert_frame_equal(target, before[0])
    pd.testing.assert_frame_equal(reference, before[1])


def test_counts_are_those_of_the_texts():
    got = keyness(*sides(TURNS, [1, 3]), min_count=1)
    words = [text.lower().replace(",", "").replace(".", "").replace("?", "").split()
             for text in TURNS["text"]]  # fmt: skip
    for _, found in got.iterrows():
        n = [turn.count(found["token"]) for turn in words]
        assert (found["n_target"], found["n_reference"]) == (n[0] + n[2], n[1] + n[3])
        assert found["n_turns_target"] == (n[0] > 0) + (n[2] > 0)
        assert found["n_speakers_target"] == (n[0] > 0)  # nobody is named in turn 3
        assert found["per_1000_target"] == 1000 * (n[0] + n[2]) / (len(words[0]) + len(words[2]))


def test_words_of_the_target_come_first_and_those_of_the_reference_last():
    turns = talk(
        ("Ida Marlow", "bridge " * 60 + "of " * 9), ("Jo Petrel", "ferry " * 60 + "of " * 9)
    )
    got = keyness(*sides(turns, [1]))
    assert got["token"].tolist() == ["bridge", "of", "ferry"]
    assert got["lrc"].iloc[0] > 0 == got["lrc"].iloc[1] > got["lrc"].iloc[2]
    assert got["side"].tolist() == ["target", "target", "reference"]


def test_a_word_below_min_count_is_not_tested_and_no_word_is_an_empty_table():
    turns = talk(("Ida Marlow", "bridge " * 3), ("Jo Petrel", "bridge ferry"))
    assert keyness(*sides(turns, [1]), min_count=4)["token"].tolist() == ["bridge"]
    none = keyness(*sides(turns, [1]), min_count=5)
    assert none.empty and none.attrs["n_tested"] == 0
    assert list(none) == list(keyness(*sides(turns, [1]), min_count=4))


# What is told with it


def test_function_words_are_marked_and_kept():
    got = keyness(*sides(TURNS, [1, 3]))
    assert row(got, "the")["function_word"] and not row(got, "bridge")["function_word"]
    target, reference = sides(TURNS, [1, 3])
    target.attrs["language"] = reference.attrs["language"] = "fi"
    assert keyness(target, reference)["function_word"].isna().all()


def test_the_attributes_are_plain_and_carry_the_kind_of_text():
    target, reference = sides(TURNS, [1, 3])
    for table in (target, reference):
        table.attrs.update(text_status="translated", language="en", part=False)
    reference.attrs["part"] = True
    told = keyness(target, reference, min_count=2, level=0.9).attrs
    assert (told["text_status"], told["part"], told["language"]) == ("translated", True, "en")
    assert (told["min_count"], told["level"]) == (2, 0.9)
    assert told["n_words_target"] == len(target) and told["n_words_unnamed_target"] == 18
    assert "one person" in told["speaker_interval"]
    plain = (str, int, float, bool, dict, type(None))
    assert {type(value) for value in told.values()} <= set(plain)


def test_texts_of_different_kinds_are_of_unknown_kind():
    target, reference = sides(TURNS, [1, 3])
    target.attrs.update(text_status="verbatim", language="en")
    reference.attrs.update(text_status="edited", language="fr")
    told = keyness(target, reference).attrs
    assert (told["text_status"], told["language"]) == ("unknown", None)


# One after the other against the rest


def test_each_speaker_is_held_against_all_others():
    tokens = briefing.tokenize(TURNS)
    themes = briefing.keywords.of_each(tokens, min_count=3)
    for speaker in ("Ida Marlow", "Jo Petrel"):
        here = tokens["speaker"] == speaker
        alone = keyness(tokens[here], tokens[~here], min_count=3)
        alone = alone[(alone["n_target"] >= 3) & (alone["log_ratio"] > 0)]
        mine = themes[themes["speaker"] == speaker]
        assert mine["token"].tolist() == alone["token"].tolist() != []
        np.testing.assert_allclose(mine["lrc"], alone["lrc"])
        np.testing.assert_allclose(mine["log_ratio_without_turn"], alone["log_ratio_without_turn"])


def test_a_keyword_is_said_often_enough_by_its_own_group():
    turns = talk(
        ("Ida Marlow", "gull " * 5 + "bridge " * 4 + "road"), ("Jo Petrel", "bridge road road " * 5)
    )
    themes = briefing.keywords.of_each(briefing.tokenize(turns), min_count=5)
    assert themes.set_index("token")["speaker"].to_dict() == {
        "gull": "Ida Marlow", "road": "Jo Petrel",
    }  # fmt: skip
    assert themes.attrs["n_tested"] == 3


def test_the_unnamed_are_a_group_that_says_it_is_several_people():
    turns = talk(
        ("Ida Marlow", "bridge " * 9), (None, "ferry " * 9), role=["official", "journalist"]
    )
    themes = briefing.keywords.of_each(briefing.tokenize(turns))
    assert themes["speaker"].tolist() == ["Ida Marlow", "unnamed journalists"]
    assert themes["named"].tolist() == [True, False]
    assert themes["n_speakers_target"].tolist() == [1, 0]


def test_one_person_by_choice_is_no_warning_and_the_unnamed_keep_theirs():
    turns = talk(
        ("Ida Marlow", "bridge " * 99), (None, "ferry " * 99), role=["official", "journalist"]
    )
    themes = briefing.keywords.of_each(briefing.tokenize(turns))
    assert themes["one_person"].all()
    assert themes["flag"].tolist() == ["in one turn only", "in one turn only; may be one person's"]


def test_a_group_without_a_keyword_is_named_with_the_reason():
    turns = talk(("Ida Marlow", "bridge bridge ferry " * 9), ("Jo Petrel", "ferry"),
                 ("Cy Dunlin", "bridge bridge ferry " * 9))  # fmt: skip
    themes = briefing.keywords.of_each(briefing.tokenize(turns), min_count=5)
    assert themes.attrs["left_out"] == {"Jo Petrel": "no word 5 times or more in its 1 words"}
    same = talk(("Ida Marlow", "bridge " * 9), ("Jo Petrel", "bridge " * 9))
    assert briefing.keywords.of_each(briefing.tokenize(same)).attrs["left_out"] == dict.fromkeys(
        ("Ida Marlow", "Jo Petrel"), "no word more often than the rest, in its 9 words"
    )


@pytest.mark.parametrize("by", ["role", "briefing_id"])
def test_roles_and_briefings_are_groups_too(by):
    turns = talk(("Ida Marlow", "bridge " * 9), ("Jo Petrel", "ferry " * 9),
                 role=["official", "journalist"])  # fmt: skip
    turns = turns.assign(briefing_id=["a", "b"], turn_id=1)
    themes = briefing.keywords.of_each(briefing.tokenize(turns), by=by)
    assert list(themes)[:2] == [by, "token"]
    assert themes[by].tolist() == turns[by].tolist()
    assert themes["token"].tolist() == ["bridge", "ferry"]
    assert themes.attrs["by"] == by


def test_too_small_a_table_of_themes_still_has_its_groups_in_the_attributes():
    themes = briefing.keywords.of_each(
        briefing.tokenize(talk(("Ida Marlow", "bridge"), ("Jo Petrel", "ferry")))
    )
    assert themes.empty and len(themes.attrs["left_out"]) == 2
    full = briefing.keywords.of_each(briefing.tokenize(TURNS))
    assert list(themes) == list(full)
    assert list(themes.columns[:2]) == ["speaker", "named"]


# What cannot be compared


def test_an_empty_side_is_refused_by_name():
    target, reference = sides(TURNS, [1])
    with pytest.raises(BriefingError, match="the target has no words"):
        keyness(target.iloc[:0], reference)
    with pytest.raises(BriefingError, match="the reference has no words"):
        keyness(target, reference.iloc[:0])


def test_two_sides_may_have_words_of_the_same_turns():
    texts = ["one", "one two three four five", "one two three", "six"]
    tokens = briefing.tokenize(TURNS.iloc[[0] * 4].assign(turn_id=range(1, 5), text=texts))
    table = keyness(tokens.iloc[::2], tokens.iloc[1::2], min_count=1)
    assert table["n_target"].sum() == table["n_reference"].sum() == 5


def test_a_word_on_both_sides_is_refused_with_its_place():
    tokens = briefing.tokenize(TURNS)
    with pytest.raises(
        BriefingError, match=r"1 words stand on both sides .*'a', turn 1, position 4"
    ):
        keyness(tokens.iloc[:5], tokens.iloc[4:])


def test_two_texts_may_have_the_same_turns_and_positions():
    tokens = briefing.tokenize(TURNS)
    other = tokens.assign(briefing_id="b")
    assert (keyness(tokens, other)["lrc"] == 0).all()


def test_what_is_no_tokens_table_or_no_option_is_refused():
    target, reference = sides(TURNS, [1])
    with pytest.raises(BriefingError, match="not a tokens table: it lacks token"):
        keyness(target.drop(columns="token"), reference)
    with pytest.raises(BriefingError, match="min_count=0"):
        keyness(target, reference, min_count=0)
    with pytest.raises(BriefingError, match="level=95"):
        keyness(target, reference, level=95)
    with pytest.raises(BriefingError, match="lacks answers"):
        keyness(target, reference, turns=TURNS)
    with pytest.raises(BriefingError, match="lacks outlet"):
        briefing.keywords.of_each(target, by="outlet")
    with pytest.raises(BriefingError, match="1 value of 'role'"):
        briefing.keywords.of_each(target, by="role")
    with pytest.raises(BriefingError, match="0 value of 'speaker'"):
        briefing.keywords.of_each(target.iloc[:0])


def test_several_briefings_missing_numbers_and_object_columns_survive():
    turns = pd.concat([TURNS, TURNS.assign(briefing_id=None)], ignore_index=True)
    turns["turn_id"] = turns["turn_id"].astype("Int64")
    turns.loc[2, "turn_id"] = pd.NA
    turns["answers"] = pd.array([None, 3, None, 2] * 2, dtype="Int64")
    tokens = briefing.tokenize(turns).astype({"token": "object", "role": "object"})
    here = tokens["speaker"].isin(["Ida Marlow"])
    got = keyness(tokens[here], tokens[~here], turns=turns)
    assert got["n_target"].sum() + got["n_reference"].sum() > 0
    assert row(got, "bridge")["n_turns_target"] == 2


# The real briefing


@pytest.fixture(scope="module")
def real(shared):
    return briefing.read(next((shared / "scio_seed").glob("*.txt")))


def test_security_is_key_for_one_speaker_because_of_one_question(real):
    themes = briefing.keywords.of_each(real.tokens, turns=real.turns)
    top = themes[themes["speaker"] == "Liu Liehong"].iloc[0]
    assert (top["token"], top["n_target"], top["n_reference"]) == ("security", 23, 1)
    assert (top["largest_turn_id"], top["asked_first"]) == (12, True)
    assert top["share_largest_turn"] == pytest.approx(19 / 23)
    assert top["flag"] == "mostly in one turn; asked first"
    question = real.turns.set_index("turn_id").loc[11, "text"]
    assert "security" in question


def test_ten_rows_are_found_again_in_the_turns(real):
    tokens = real.tokens
    here = tokens["role"] == "official"
    table = keyness(tokens[here], tokens[~here], turns=real.turns)
    official = real.turns["role"] == "official"
    for _, found in table.iloc[:10].iterrows():
        words = [briefing.tokenize(real.turns[rows])["token"].astype(str).tolist()
                 for rows in (official, ~official)]  # fmt: skip
        assert found["n_target"] == words[0].count(found["token"])
        assert found["n_reference"] == words[1].count(found["token"])
        at = real.turns["turn_id"] == found["largest_turn_id"]
        in_turn = real.turns.loc[at, "text"].str.casefold().str.count(rf"\b{found['token']}\b")
        assert in_turn.item() >= found["share_largest_turn"] * found["n_target"] - 1e-9


def test_on_the_real_briefing_nothing_passes_unflagged_with_three_officials(real):
    here = real.tokens["role"] == "official"
    table = keyness(real.tokens[here], real.tokens[~here], turns=real.turns)
    assert table.attrs["n_speakers_target"] == 3
    assert table["flag"].str.contains("may be one person's").all()
