"""Keyness: what the table says of two sides, and what it must never hide."""

import runpy
import sys

import numpy as np
import pandas as pd
import pytest
from scipy.sparse import csr_array
from scipy.stats import chi2_contingency

import briefing
from briefing.measures.keywords import FLAGS, keyness, unlike_general_english
from briefing.measures.lexis import Units
from briefing.measures.sides import speaker_interval
from briefing.tables import BriefingError
from briefing.words.rates import log_ratio, log_ratio_interval
from build import turns_of


def talk(*said, **columns):
    """Turns from (speaker, text) pairs; `briefing.tokenize` makes the words."""
    return turns_of("speaker text", *said, **{"role": "official", **columns})


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
    got = keyness(*counted(120, 60, 50_000, 75_000))
    low, _ = log_ratio_interval(120, 60, 50_000, 75_000, m=2)
    assert got.attrs["n_tested"] == len(got) == 2
    assert row(got, "x")["lrc"] == pytest.approx(low)
    assert row(got, "x")["log_ratio_low"] == pytest.approx(low)


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
    with pytest.raises(BriefingError, match=r"1 words are on both sides .*'a', turn 1, position 4"):
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
    assert table["may_be_one_persons"].all()


# Unlike general English


@pytest.fixture
def wordfreq():
    return pytest.importorskip("wordfreq", reason="the extra `reference` is not installed")


def test_rare_words_come_first_and_words_that_are_not_listed_last(wordfreq):
    tokens = briefing.tokenize(talk(("Ida Marlow", "the ferry at Xyzzqport " * 5)))
    got = unlike_general_english(tokens)
    assert got["token"].tolist() == ["ferry", "at", "the", "xyzzqport"]
    assert np.isnan(got["log_ratio"].iloc[-1]) and np.isnan(got["per_1000_english"].iloc[-1])
    assert got.attrs["n_not_listed"] == 1
    assert got.attrs["called"] == "unlike general English"
    ferry = got.iloc[0]
    assert (ferry["n"], ferry["per_1000"]) == (5, 250)
    assert ferry["per_1000_english"] == pytest.approx(
        1000 * wordfreq.word_frequency("ferry", "en"), rel=0.01
    )  # they round
    assert ferry["log_ratio"] == pytest.approx(np.log2(250 / ferry["per_1000_english"]))


def test_there_is_no_test_and_no_interval(wordfreq):
    got = unlike_general_english(briefing.tokenize(TURNS))
    assert list(got) == ["token", "function_word", "n", "per_1000", "per_1000_english", "log_ratio"]


def test_every_count_of_the_real_briefing_is_found_again(wordfreq, shared):
    talk = briefing.read(next((shared / "scio_seed").glob("*.txt")))
    got = unlike_general_english(talk.tokens)
    words = talk.tokens["token"].astype(str).tolist()
    assert {token: words.count(token) for token in got["token"][:10]} == dict(
        zip(got["token"][:10], got["n"][:10], strict=True)
    )


def test_another_language_gives_no_rows():
    tokens = briefing.tokenize(TURNS)
    tokens.attrs["language"] = "fr"
    found = unlike_general_english(tokens)
    assert found.empty and "English" in found.attrs["why"]


def test_an_empty_table_and_a_missing_list_are_refused(monkeypatch):
    tokens = briefing.tokenize(TURNS)
    with pytest.raises(BriefingError, match="0 rows"):
        unlike_general_english(tokens.iloc[:0])
    monkeypatch.setitem(sys.modules, "wordfreq", None)
    with pytest.raises(BriefingError, match=r"pip install 'briefing-analysis\[reference\]'"):
        unlike_general_english(tokens)


# What one speaker, one turn or one question can do to a keyword, and how the table says it


def units(counts, size):
    """One side from a matrix: a row a word, a column a speaker; the words of each speaker."""
    return Units.of(csr_array(np.asarray(counts)), np.asarray(size))


def lognormal(rng, n_words, n_speakers, rate, deviation):
    rates = rate * np.exp(deviation * rng.standard_normal((n_words, n_speakers)))
    return units(rng.poisson(500 * rates), [500] * n_speakers)


# The interval with speakers as units


@pytest.mark.parametrize("deviation", [0.5, 1.0])
@pytest.mark.parametrize("n_speakers", [5, 20, 40])
def test_the_speakers_interval_holds_a_planted_doubling(n_speakers, deviation):
    rng = np.random.default_rng(7)
    target = lognormal(rng, 2000, n_speakers, 0.008, deviation)
    reference = lognormal(rng, 2000, n_speakers, 0.004, deviation)
    low, high = speaker_interval(target, reference, level=0.95)
    assert 0.92 < np.mean((low <= 1) & (high >= 1)) < 0.98
    low, high = log_ratio_interval(target.hits, reference.hits, 500 * n_speakers, 500 * n_speakers)
    assert np.mean((low <= 1) & (high >= 1)) < 0.92  # words as units: too narrow


def test_the_simulation_that_the_docs_quote_runs_and_has_a_row_there_for_each_case(root):
    simulation = runpy.run_path(str(root / "tests" / "benchmarks" / "keyness_simulation.py"))
    of = {"used": 1 / 3, "deviation": 1.0, "spread": 0.8}
    first, second = (simulation["run"](np.random.default_rng(2), (5, 20), **of) for _ in range(2))
    assert np.array_equal(first, second) and (first[0] <= first[1]).all()
    page = (root / "docs" / "methods" / "keyness.md").read_text(encoding="utf-8")
    for sides in simulation["SIDES"]:
        assert page.count(f"| {sides[0]}, {sides[1]} |") == 8 + 1


def test_it_is_the_jackknife_over_speakers():
    from scipy.stats import t

    c = np.array([[9, 0, 2, 4, 14, 1], [40, 1, 0, 0, 1, 2]])
    w = np.array([[300, 120, 200, 90, 400, 150], [500, 80, 100, 60, 300, 200]])
    rate = [np.log2((c[i].sum() + 0.5) / (w[i].sum() + 0.5)) for i in (0, 1)]
    v, worth = [], []
    for i in (0, 1):
        without = [
            np.log2((c[i].sum() - c[i, j] + 0.5) / (w[i].sum() - w[i, j] + 0.5)) for j in range(6)
        ]
        v.append(5 / 6 * sum((x - rate[i]) ** 2 for x in without))
        e = c[i] - w[i] * c[i].sum() / w[i].sum()
        worth.append(max((e**2).sum() ** 2 / (e**4).sum(), 2))
    welch = sum(v) ** 2 / sum(x**2 / n for x, n in zip(v, worth, strict=True))
    half = t.ppf(0.975, welch) * np.sqrt(sum(v))
    low, high = speaker_interval(units(c[:1], w[0]), units(c[1:], w[1]), level=0.95)
    assert (low[0], high[0]) == pytest.approx((rate[0] - rate[1] - half, rate[0] - rate[1] + half))


def test_a_word_that_too_few_say_has_an_interval_only_where_that_is_no_chance():
    none, one = [0] * 5, [9, 0, 0, 0, 0]
    for few in (none, one):
        for said, is_chance in ((4, True), (20, False)):
            many = [3] * said + [0] * (20 - said)
            sides = units([few], [500] * 5), units([many], [500] * 20)
            for low, high in (
                speaker_interval(*sides, level=0.95),
                speaker_interval(*sides[::-1], level=0.95),
            ):
                assert np.isnan(low[0]) == np.isnan(high[0]) == is_chance


@pytest.mark.parametrize("k1, k2", [(5, 5), (5, 20), (20, 5), (12, 30)])
def test_what_is_chance_is_fishers_exact_test(k1, k2):
    from scipy.stats import hypergeom

    said = np.array([(a, b) for a in range(k1 + 1) for b in range(k2 + 1) if a + b])
    sides = (
        units([[1] * n + [0] * (k - n) for n in said[:, i]], [99] * k)
        for i, k in enumerate((k1, k2))
    )
    low, _ = speaker_interval(*sides, level=0.95)
    chance = np.minimum(
        hypergeom.cdf(said[:, 0], k1 + k2, said.sum(axis=1), k1),
        hypergeom.cdf(said[:, 1], k1 + k2, said.sum(axis=1), k2),
    )
    expected = (said.min(axis=1) < 2) & (chance >= 0.025)
    alike = said[:, 0] == said[:, 1]  # then either may be called the fewer
    assert (np.isnan(low) == expected)[~alike].all() and expected[~alike].any()


def test_it_is_never_narrower_than_for_independent_words():
    alike = units([[1] * 6], [100] * 6), units([[3] * 6], [100] * 6)
    low, high = speaker_interval(*alike, level=0.95)
    exact = log_ratio_interval(6, 18, 600, 600)
    assert low[0] <= exact[0] and high[0] >= exact[1]


def test_a_count_of_0_makes_it_infinite_on_that_side():
    some, none = units([[2] * 6, [0] * 6], [100] * 6), units([[0] * 6, [0] * 6], [100] * 6)
    low, high = speaker_interval(some, none, level=0.95)
    assert 0 < low[0] < np.inf and high[0] == np.inf
    assert np.isnan(low[1]) and np.isnan(high[1])
    low, high = speaker_interval(none, some, level=0.95)
    assert low[0] == -np.inf and -np.inf < high[0] < 0


def test_a_side_in_which_all_words_are_one_word_has_an_interval():
    low, high = speaker_interval(units([[9] * 6], [9] * 6), units([[9] * 6], [9] * 6), level=0.95)
    assert low[0] < 0 < high[0]


def test_the_interval_widens_when_one_speaker_has_most():
    even, uneven = ([5] * 6, [25, 1, 1, 1, 1, 1])
    rest = units([[1] * 6], [100] * 6)
    narrow, wide = (
        speaker_interval(units([c], [100] * 6), rest, level=0.95) for c in (even, uneven)
    )
    assert wide[0][0] < 0 < narrow[0][0]


def test_five_named_speakers_a_side_have_an_interval_and_four_do_not():
    def compared(n):
        said = crowd(5, "bridge " * 9 + "road " * 9, "Official ")
        return keyness(
            *sides(talk(*said, *crowd(n, "ferry " * 9 + "road " * 9, "Guest ")), range(1, 6))
        )

    five, four = compared(5), compared(4)
    assert five["speaker_low"].notna().all() and not five["one_person"].any()
    assert "jackknife" in five.attrs["speaker_interval"]
    assert four["speaker_low"].isna().all() and four["one_person"].all()
    assert four["may_be_one_persons"].all()


def test_the_unnamed_are_no_speakers_and_stay_out_of_the_interval():
    named = [*crowd(5, "bridge road road", "Official "), *crowd(5, "ferry road road", "Guest ")]
    unnamed = [(None, "bridge " * 50), (" ", "bridge " * 50)]
    got, without = (
        keyness(*sides(talk(*said), [*range(1, 6), 11, 12])) for said in (named + unnamed, named)
    )
    assert got.attrs["n_words_unnamed_target"] == 100
    assert got.attrs["n_speakers_target"] == 5
    assert row(got, "bridge")["n_target"] == 105 and row(got, "bridge")["n_speakers_target"] == 5
    for end in ("speaker_low", "speaker_high"):
        assert row(got, "bridge")[end] == row(without, "bridge")[end]


# What one speaker and one turn do


MARLOW = [("Ida Marlow", "bridge " * 8 + "road " * 4), ("Ida Marlow", "bridge road")]
OTHERS = [("Jo Petrel", "bridge road road"), ("Cy Dunlin", "road " * 5 + "bridge ferry")]


def test_the_largest_speaker_and_turn_are_taken_out_of_their_side():
    got = row(keyness(*sides(talk(*MARLOW, *OTHERS), [1, 2, 3])), "bridge")
    assert (got["n_target"], got["n_reference"], got["side"]) == (10, 1, "target")
    assert got["largest_speaker"] == "Ida Marlow"
    assert got["log_ratio_without_speaker"] == pytest.approx(log_ratio(1, 1, 3, 7))
    assert (got["largest_briefing_id"], got["largest_turn_id"]) == ("a", 1)
    assert got["log_ratio_without_turn"] == pytest.approx(log_ratio(2, 1, 5, 7))
    assert got["share_largest_turn"] == 0.8


def test_it_is_the_reference_that_is_cut_where_the_word_is_its_own():
    got = row(keyness(*sides(talk(*MARLOW, *OTHERS), [4])), "bridge")
    assert (got["side"], got["largest_turn_id"]) == ("reference", 1)
    assert got["log_ratio_without_speaker"] == pytest.approx(log_ratio(1, 1, 7, 3))


def test_where_nothing_is_left_there_is_no_number():
    got = row(keyness(*sides(talk(*MARLOW, *OTHERS), [1, 2])), "bridge")
    assert np.isnan(got["log_ratio_without_speaker"])  # nobody else is on that side
    unnamed = row(keyness(*sides(talk((None, "bridge " * 8), *OTHERS), [1])), "bridge")
    assert pd.isna(unnamed["largest_speaker"]) and np.isnan(unnamed["log_ratio_without_speaker"])
    assert np.isnan(unnamed["log_ratio_without_turn"])


def test_one_speaker_in_several_briefings_is_one():
    turns = talk(*MARLOW, *OTHERS).assign(briefing_id=["a", "b", "a", "b"], turn_id=[1, 1, 2, 2])
    tokens = briefing.tokenize(turns)
    here = tokens["turn_id"] == 1
    got = keyness(tokens[here], tokens[~here])
    assert (got.attrs["n_speakers_target"], got.attrs["n_turns_target"]) == (1, 2)


def test_who_speaks_on_both_sides_is_counted():
    got = keyness(*sides(talk(*MARLOW, *OTHERS), [1, 4]))
    assert got.attrs["n_speakers_both"] == 1


# What was asked


def asked(table, token):
    return bool(row(table, token)["asked_first"])  # a missing one would be an error


ASKED = talk(
    ("Harbour Times", "Will the bridge be repaired?"),
    ("Ida Marlow", "bridge " * 6 + "road " * 5),
    (None, "Is the Bridge safe?"),
    ("Ida Marlow", "bridge bridge road"),
    ("Jo Petrel", "bridge road road"),
    ("Jo Petrel", "ferry " * 9),
    answers=pd.array([None, 1, None, 3, None, 3], dtype="Int64"),
)  # fmt: skip


def test_the_question_that_has_the_word_is_found():
    got = keyness(*sides(ASKED, [2, 4, 5]), turns=ASKED, min_count=1)
    assert asked(got, "bridge")
    assert row(got, "bridge")["share_asked"] == pytest.approx(8 / 9)
    assert not asked(got, "road") and row(got, "road")["share_asked"] == 0
    assert not asked(got, "ferry")
    assert pd.isna(row(got, "will")["asked_first"])  # said in a question, which answers nothing


def test_questions_are_read_whether_or_not_they_are_among_the_words():
    tokens = briefing.tokenize(ASKED)
    target, reference = tokens[tokens["turn_id"].isin([2, 4])], tokens[tokens["turn_id"] == 6]
    assert asked(keyness(target, reference, turns=ASKED), "bridge")
    later = ASKED.assign(text=ASKED["text"].str.replace("bridge be", "bridges be"))
    got = keyness(target, reference, turns=later)
    assert not asked(got, "bridge")  # another form is another word
    assert row(got, "bridge")["share_asked"] == 2 / 8


def test_without_turns_or_without_links_nobody_knows_what_was_asked():
    unlinked = ASKED.assign(answers=pd.array([None] * 6, dtype="Int64"))
    for turns in (None, unlinked, ASKED.iloc[:0], ASKED.assign(briefing_id="b")):
        got = keyness(*sides(ASKED, [2, 4, 5]), turns=turns)
        assert got["asked_first"].isna().all() and got["share_asked"].isna().all()


def test_the_same_turn_numbers_in_another_briefing_are_other_turns():
    other = ASKED.assign(briefing_id="b", text=["Will it rain?", *["bridge " * 9] * 5])
    both = pd.concat([ASKED, other], ignore_index=True)
    tokens = briefing.tokenize(both)
    here = tokens["turn_id"] == 2
    got = keyness(tokens[here], tokens[~here], turns=both)
    assert row(got, "bridge")["largest_briefing_id"] == "b" and not asked(got, "bridge")
    assert row(got, "bridge")["share_asked"] == pytest.approx(6 / 15)


def test_words_by_another_tokenizer_cannot_be_looked_up_in_questions():
    tokens = briefing.tokenize(ASKED, tokenizer=lambda text: [(0, 3), (4, 7)])
    here = tokens["turn_id"] == 2
    assert len(keyness(tokens[here], tokens[~here], min_count=1))
    with pytest.raises(BriefingError, match="Leave turns= out"):
        keyness(tokens[here], tokens[~here], turns=ASKED)


# Reasons to doubt a word


def flags_of(turns, target, token, **options):
    found = row(keyness(*sides(turns, target), **options), token)
    return [name for name in FLAGS if found[name]]


def test_each_flag_is_a_column_and_explained_in_the_attributes():
    got = keyness(*sides(ASKED, [2, 4, 5]), turns=ASKED)
    assert got.attrs["flags"].keys() == FLAGS.keys()
    assert got[[*FLAGS]].any().any()
    assert got["flagged"].tolist() == got[[*FLAGS]].any(axis=1).tolist()
    for _, found in got.iterrows():
        said = [label for name, (label, _) in FLAGS.items() if found[name]]
        assert found["flag"] == "; ".join(said)


def test_a_clear_difference_between_many_has_no_flag():
    said = [*crowd(9, "bridge road road", "Official "), *crowd(9, "ferry road road", "Guest ")]
    got = keyness(*sides(talk(*said), range(1, 10)))
    assert row(got, "bridge")["flag"] == row(got, "ferry")["flag"] == ""
    assert row(got, "road")["flag"] == "interval includes 0; speakers' interval includes 0"


def test_one_speaker_among_many_is_flagged_in_words():
    said = [("Ida Marlow", "bridge " * 30), *crowd(8, "road " * 9, "Official ")]
    others = crowd(9, "ferry road " * 9, "Guest ")
    assert flags_of(talk(*said, *others), range(1, 10), "bridge") == [
        "one_turn_only", "one_speaker_only", "too_few_speakers",
    ]  # fmt: skip


def test_a_word_mostly_in_one_turn_of_three_is_flagged():
    said = [
        ("Ida Marlow", "bridge " * 30),
        ("Ida Marlow", "bridge " * 9 + "road"),
        ("Ida Marlow", "road"),
    ]
    reference = ("Jo Petrel", "ferry " * 40)
    assert "mostly_one_turn" in flags_of(talk(*said, reference), [1, 2, 3], "bridge")
    assert "mostly_one_turn" not in flags_of(talk(*said[:2], reference), [1, 2], "bridge")
    assert "one_turn_only" in flags_of(talk(said[0], said[2], reference), [1, 2], "bridge")


def test_the_only_speaker_of_a_side_is_not_one_of_several():
    said = [("Ida Marlow", "bridge " * 30), ("Jo Petrel", "ferry " * 30)]
    assert "one_speaker_only" not in flags_of(talk(*said), [1], "bridge")
    assert "one_speaker_only" not in flags_of(talk(*said, (None, "bridge ")), [1, 3], "bridge")
    assert "one_speaker_only" in flags_of(talk(*said, (None, "road ")), [1, 3], "bridge")


def test_a_function_word_in_the_question_explains_nothing():
    turns = ASKED.assign(text=ASKED["text"].str.replace("road", "the"))
    got = keyness(*sides(turns, [2, 4, 5]), turns=turns)
    assert asked(got, "the")
    assert "asked first" not in row(got, "the")["flag"]
    assert "asked first" in row(got, "bridge")["flag"]


def test_of_two_turns_with_as_many_hits_the_first_in_the_briefing_is_the_largest():
    turns = talk(
        ("Ida Marlow", "bridge " * 4), ("Ida Marlow", "bridge " * 4), ("Jo Petrel", "ferry")
    )
    target, reference = sides(turns.iloc[::-1], [1, 2])
    assert target["turn_id"].iloc[0] == 2
    assert row(keyness(target, reference), "bridge")["largest_turn_id"] == 1


def test_of_speakers_who_say_a_word_equally_often_the_first_by_name_is_shown():
    names = ["Cy Dunlin", "Ada Brent", "Bo Larch", "Ida Marlow"]
    said = [(name, "bridge " * 5) for name in names * 2]
    got = keyness(*sides(talk(*said, ("Jo Petrel", "ferry " * 9)), range(1, 9)), min_count=1)
    assert row(got, "bridge")["largest_speaker"] == "Ada Brent"
