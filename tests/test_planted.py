"""What was planted in the invented series is found; nulls and decoys are not taken for effects.

`notebooks/teacher/answer-key.md` says the same with the figures, and is run here.
"""

import doctest
from itertools import combinations

import pandas as pd
import pytest

import briefing

pytestmark = pytest.mark.whole

FILES = {
    "lanmere-ring-2024": "lanmere-ring-2024.txt",
    "lanmere-ring-2025": "lanmere-ring-2025.html",
    "lanmere-attack-2025": "lanmere-attack-2025.vtt",
    "lanmere-ring-2026": "lanmere-ring-2026.txt",
}
FIRST, SECOND, ATTACK, LAST = FILES
CHAIR, ENGINEER = "Sanna Veldrup", "Jorrit Haske"
REGISTRAR, ADMINISTRATOR = "Anselm Duurland", "Wenda Tolsby"


@pytest.fixture(scope="module")
def series(root):
    return {name: briefing.read(root / "data" / file) for name, file in FILES.items()}


@pytest.fixture(scope="module")
def tokens(series):
    return pd.concat([talk.tokens for talk in series.values()], ignore_index=True)


@pytest.fixture(scope="module")
def officials(tokens):
    return tokens[tokens["role"] == "official"]


@pytest.fixture(scope="module")
def sentences(series):
    return pd.concat([talk.sentences for talk in series.values()], ignore_index=True)


@pytest.fixture
def dictionary(root):
    return root / "data" / "lanmere-topics.toml"


def of_topic(tokens, topics, topic="security"):
    """The rows of one topic, a briefing each, in the order of the series."""
    table = briefing.topics.frequency(tokens, topics, by="briefing_id")
    return table[table["topic"] == topic].set_index("briefing_id").loc[list(FILES)]


def each(series, measure):
    """A measure of questions and answers, of every briefing."""
    parts = [measure(talk.turns, pairs=talk.pairs) for talk in series.values()]
    return pd.concat(parts, ignore_index=True)


def places(table):
    return set(zip(table["briefing_id"], table["turn_id"], strict=True))


def test_the_answer_key_holds_line_by_line(root, monkeypatch):
    monkeypatch.chdir(root)
    path = root / "notebooks" / "teacher" / "answer-key.md"
    found = doctest.testfile(str(path), module_relative=False, encoding="utf-8")
    assert found.attempted > 40 and found.failed == 0


# Effects


def test_security_is_a_step_two_low_before_the_attack_two_high_after(tokens, dictionary):
    found = of_topic(tokens, dictionary)
    assert found["n_hits"].tolist() == [18, 18, 31, 37]
    assert found["per_1000"].iloc[2:].min() > 1.5 * found["per_1000"].iloc[:2].max()


def test_the_last_briefing_has_most_words_of_security_however_they_are_counted(
    tokens, officials, dictionary
):
    plain = briefing.wording.mark_formulas(tokens).query("~in_formula")
    ways = [(tokens, dictionary), (officials, dictionary), (plain, dictionary)]
    ways += [(tokens, "digital-policy"), (tokens, {"security": ["security"]})]
    ways += [(tokens, {"security": ["secur*", "safe*"]})]
    assert {of_topic(*way)["per_1000"].idxmax() for way in ways} == {LAST}
    assert of_topic(tokens, dictionary)["share_turns"].idxmax() == LAST


def test_where_the_briefing_on_the_attack_stands_depends_on_the_dictionary(tokens, dictionary):
    stems = of_topic(tokens, {"security": ["secur*", "safe*"]})["per_1000"]
    ours = of_topic(tokens, dictionary)["per_1000"]
    assert stems.idxmin() == ATTACK and ours.rank(ascending=False)[ATTACK] == 2


@pytest.mark.parametrize("name", FILES)
def test_the_registrar_hedges_many_times_as_much_as_any_other_official(officials, name):
    said = officials[officials["briefing_id"] == name]
    hedges = (
        briefing.wording.stance(said).query("category == 'hedges'").set_index("speaker")["per_1000"]
    )
    assert hedges.pop(REGISTRAR) > 5 * hedges.max()
    assert len(hedges) == 3


@pytest.mark.parametrize("name", FILES)
def test_the_engineer_speaks_in_numbers_more_than_twice_as_much_as_any_other(series, name):
    turns = series[name].turns.query("role == 'official'")
    words = turns.groupby("speaker", observed=True)["n_words"].sum()
    figures = briefing.quantities.numbers(series[name].sentences)["speaker"].value_counts()
    rates = (figures / words).dropna()
    assert len(rates) == 4
    assert rates.pop(ENGINEER) > 2 * rates.max()


def test_one_outlet_follows_up_twice_as_often_as_the_next(series):
    design = each(series, briefing.questions.design)
    times = design.groupby("organisation")["follow_up"].sum().sort_values(ascending=False)
    assert times.index[0] == "LNW"
    assert times.tolist()[:3] == [4, 2, 1]


def test_half_answers_are_among_the_parts_whose_words_are_hardly_taken_up(series):
    parts = each(series, briefing.questions.parts)
    several = parts.groupby(["briefing_id", "turn_id"])["part"].transform("size") > 1
    little = parts[several & (parts["n_content"] > 2)]
    little = little[little["n_taken_up"] / little["n_content"] <= 1 / 3]
    planted = {(FIRST, 20), (SECOND, 9), (LAST, 15), (LAST, 31)}
    assert planted <= places(little[little["part"] == 2])
    answered = {(FIRST, 7), (ATTACK, 42)}  # in figures, and by "they are among them"
    assert answered <= places(little), "little uptake is no half-answer: read them"


def test_one_announced_number_is_not_met_and_all_others_that_are_counted_off_are(sentences):
    counts = briefing.quantities.announced(sentences)
    broken = counts[counts["met"].eq(False).fillna(False)]
    assert places(broken) == {(SECOND, 2)}
    assert broken[["announced", "head", "delivered"]].to_numpy().tolist() == [[4, "measure", 3]]
    assert counts["met"].sum() == 10


def test_things_told_without_ordinals_are_no_broken_promise(sentences):
    counts = briefing.quantities.announced(sentences)
    told = counts[(counts["briefing_id"] == FIRST) & (counts["turn_id"] == 8)]
    assert told["announced"].tolist() == [2] and told["met"].isna().all()


def test_open_refusals_and_not_knowing_are_found_where_they_are(series):
    said = places(each(series, briefing.replies.non_replies))
    assert said >= {(FIRST, 23), (SECOND, 18), (ATTACK, 35), (LAST, 22)}


def test_the_order_of_two_goods_is_even_at_first_and_turns_later(officials):
    pairs = briefing.phrases.binomials(officials, hits=True)
    goods = pairs[pairs["first"].isin(["safety", "openness"])]
    printed = goods["first"].where(~goods["reverse"], goods["second"])
    safety = (printed == "safety").groupby(goods["briefing_id"]).agg(["sum", "size"])
    assert safety.loc[list(FILES)].to_numpy().tolist() == [[2, 4], [2, 3], [1, 1], [2, 2]]


def test_a_name_goes_from_question_to_answer_in_the_three_regular_briefings(series):
    for name in (FIRST, SECOND, LAST):
        echoes = briefing.phrases.echo(series[name].turns)
        ours = echoes[echoes["string"].str.endswith("cable of last resort")]
        assert ours[["later_speaker", "answers"]].to_numpy().tolist() == [[CHAIR, True]]
    strings = briefing.phrases.echo(series[ATTACK].turns)["string"]
    assert not strings.str.contains("last resort").any()


def test_lists_are_found_with_those_inside_them_and_plain_ordinals_are_none(sentences):
    items = briefing.quantities.enumerations(sentences)
    first = items[items["briefing_id"] == FIRST]
    assert set(first["turn_id"]) == {2, 6, 14, 25, 27}  # not 4, 10, 19, 29: "a second bill"
    assert places(items[items["depth"] == 2]) == {(FIRST, 2), (LAST, 2)}


# The clock


@pytest.fixture(scope="module")
def held_against_the_clock(series):
    turns = series[ATTACK].turns
    untimed = turns.assign(start_s=float("nan"), stop_s=float("nan"))
    clock, guess = briefing.speaking.time(turns), briefing.speaking.time(untimed)
    return clock[["speaker", "n_words", "minutes"]].join(guess[["est_minutes", "low", "high"]])


def test_the_interval_of_the_estimate_holds_the_clock_of_everybody_who_gets_one(
    held_against_the_clock,
):
    tested = held_against_the_clock.dropna(subset="est_minutes")
    assert len(tested) == 6
    assert tested["minutes"].between(tested["low"], tested["high"]).all()


def test_by_words_the_administrator_is_before_the_engineer_by_time_behind_him(
    held_against_the_clock,
):
    who = held_against_the_clock.set_index("speaker")
    assert who.loc[ADMINISTRATOR, "n_words"] > who.loc[ENGINEER, "n_words"]
    assert who.loc[ADMINISTRATOR, "minutes"] < who.loc[ENGINEER, "minutes"]


# Nulls


def test_null_the_officials_share_of_the_words_hardly_changes(series):
    by_role = [briefing.speaking.share(talk.turns, by="role") for talk in series.values()]
    shares = [table.set_index("role").loc["official", "share_words"] for table in by_role]
    assert max(shares) - min(shares) < 0.04


def test_null_the_officials_words_of_prediction_stay_alike_and_every_interval_overlaps(officials):
    table = briefing.wording.stance(officials, by="briefing_id").query("category == 'prediction'")
    assert table["per_1000"].max() < 1.25 * table["per_1000"].min()
    assert set(table["interval"]) == {"by turn"}
    ends = list(zip(table["low"], table["high"], strict=True))
    assert all(max(a[0], b[0]) < min(a[1], b[1]) for a, b in combinations(ends, 2))


# Decoys


@pytest.mark.parametrize(
    ("name", "word", "least"),
    [(FIRST, "bakery", 3), (SECOND, "eel", 5), (ATTACK, "potatoes", 5), (LAST, "goat", 5)],
)
def test_decoy_a_keyword_that_lives_in_one_turn_says_so(officials, name, word, least):
    here = officials["briefing_id"] == name
    table = briefing.keywords.keyness(officials[here], officials[~here], min_count=least)
    key = table.set_index("token").loc[word]
    assert key["n_reference"] == 0 and key["share_largest_turn"] > 0.8
    assert "in one turn" in key["flag"] and "one speaker only" in key["flag"]


@pytest.mark.parametrize("name", [SECOND, LAST])
def test_decoy_it_is_the_first_keyword_of_its_briefing_all_the_same(officials, name):
    here = officials["briefing_id"] == name
    first = briefing.keywords.keyness(officials[here], officials[~here])["token"].iloc[0]
    assert first == {SECOND: "eel", LAST: "goat"}[name]


def test_no_keyword_between_briefings_gets_an_interval_among_four_speakers(officials):
    last = officials["briefing_id"] == LAST
    table = briefing.keywords.keyness(officials[last], officials[~last])
    assert table["speaker_low"].isna().all() and table["one_person"].all()
    assert table.attrs["speaker_interval"].startswith("none")


def test_decoy_who_says_i_most_turns_round_when_contractions_count(officials):
    bare = officials.query("token == 'i'")["speaker"].value_counts()
    bare = bare / officials["speaker"].value_counts()
    said = briefing.wording.pronouns(officials).query("person == 1 and number == 'singular'")
    full = said.set_index("speaker")["per_1000"]
    assert (bare.idxmax(), full.idxmax()) == (REGISTRAR, ADMINISTRATOR)


def test_decoy_the_social_security_office_is_no_security(series, dictionary):
    hits = briefing.topics.frequency(series[LAST].tokens, dictionary, hits=True).query(
        "topic == 'security'"
    )
    visit = briefing.context.concordance(series[LAST].turns, "social security office")
    assert len(visit) == 1
    assert not places(visit) & places(hits)
