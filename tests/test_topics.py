"""Topics: what is a hit, how hits are counted, and how they lead back to the words."""

import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

import briefing
from briefing import tokenize
from briefing.tables import BriefingError
from build import words_of

SEA = {"sea": ["ship*", "port", "port security"], "safety": ["security", "port security"]}
SMALL = {
    "security": {"patterns": ["security", "cyber*", "secur*"], "exclude": ["social security"]},
    "economy": ["digital econom*", "econom*", "trade"],
    "nothing": ["zebra*"],
}


def words(texts, speakers=None, role="official", briefing_id="a"):
    return words_of(*texts, speaker=speakers, role=role, briefing_id=briefing_id)


def matched(tokens, topics):
    hits = briefing.topics.frequency(tokens, topics, hits=True)
    word = tokens["token"].to_numpy(object)
    at = [
        np.flatnonzero((tokens["turn_id"] == turn) & (tokens["position"] == position))[0]
        for turn, position in zip(hits["turn_id"], hits["position"], strict=True)
    ]
    return [" ".join(word[i : i + n]) for i, n in zip(at, hits["n_words"], strict=True)]


# What is a hit


def test_within_a_topic_the_longest_match_counts_and_no_word_twice():
    tokens = words(["Port security: the port and its shipping."])
    assert matched(tokens, {"sea": SEA["sea"]}) == ["port security", "port", "shipping"]


def test_topics_may_share_words_and_each_counts_them():
    hits = briefing.topics.frequency(words(["Port security."]), SEA, hits=True)
    assert hits["topic"].tolist() == ["sea", "safety"]
    assert hits["start"].tolist() == [0, 0]


def test_of_two_matches_as_long_at_one_place_the_first_written_is_named():
    tokens = words(["Ships."])
    assert briefing.topics.frequency(tokens, {"a": ["ship*", "ships"]}, hits=True)[
        "pattern"
    ].tolist() == ["ship*"]
    assert briefing.topics.frequency(tokens, {"a": ["ships", "ship*"]}, hits=True)[
        "pattern"
    ].tolist() == ["ships"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Security and social security.", ["security"]),
        ("Social security council.", []),
        ("Council security. Social, security.", ["security"]),
        ("The security council of the social security.", ["security council"]),
        ("social. Security council", ["security council"]),
    ],
)
def test_what_shares_a_word_with_an_exclusion_is_no_hit(text, found):
    topic = {"patterns": ["security", "security council"], "exclude": ["social security"]}
    assert matched(words([text]), {"a": topic}) == found


def test_an_excluded_match_does_not_hide_a_shorter_one_beside_it():
    topic = {"patterns": ["a b c", "a"], "exclude": ["c d"]}
    assert matched(words(["a b c d"]), {"x": topic}) == ["a"]


def test_an_exclusion_belongs_to_its_topic_only():
    topics = {"a": {"patterns": ["security"], "exclude": ["social security"]}, "b": ["security"]}
    assert briefing.topics.frequency(words(["Social security."]), topics, hits=True)[
        "topic"
    ].tolist() == ["b"]


def plainly(text, patterns, exclude):
    """Hits by trying every stretch of words, the longest first."""
    tokens = text.split()

    def spans(written):
        wanted = [re.compile(p.replace("*", "[a-z]*")) for p in written]
        every = [(i, j) for i in range(len(tokens)) for j in range(i + 1, len(tokens) + 1)]
        return [(i, j) for i, j in every if any(w.fullmatch(" ".join(tokens[i:j])) for w in wanted)]

    out = {k for i, j in spans(exclude) for k in range(i, j)}
    left = [span for span in spans(patterns) if not out & set(range(*span))]
    kept = []
    for i, j in sorted(left, key=lambda span: (span[0] - span[1], span[0])):
        if all(j <= a or b <= i for a, b in kept):
            kept.append((i, j))
    return sorted(kept)


texts = st.lists(st.sampled_from(["a", "b", "ab", "ba", "c"]), min_size=1, max_size=12)
lists = st.lists(
    st.sampled_from(["a", "b*", "a b", "a b c", "c a", "ab a*"]), max_size=3, unique=True
)


@given(texts.map(" ".join), lists.filter(len), lists)
def test_hits_are_those_of_a_plain_reading(text, patterns, exclude):
    exclude = [pattern for pattern in exclude if pattern not in patterns]
    try:
        briefing.topics.read({"x": {"patterns": patterns, "exclude": exclude}})
    except BriefingError:
        assume(False)  # a pattern that can never be a hit is refused
    hits = briefing.topics.frequency(
        words([text]), {"x": {"patterns": patterns, "exclude": exclude}}, hits=True
    )
    spans = zip(hits["position"], hits["position"] + hits["n_words"], strict=True)
    assert [*spans] == plainly(text, patterns, exclude)


# Where it is


def test_a_hit_leads_back_to_the_words_as_printed():
    texts = ["We met.", "In the PORT, “port security” comes first: ships."]
    hits = briefing.topics.frequency(words(texts, ["Ida Marlow", None]), SEA, hits=True)
    printed = [texts[t - 1][a:b] for t, a, b in hits[["turn_id", "start", "stop"]].to_numpy()]
    assert printed == ["PORT", "port security", "port security", "ships"]
    assert hits["pattern"].tolist() == ["port", "port security", "port security", "ship*"]
    assert hits["speaker"].isna().all() and (hits["sentence_id"] == 1).all()


def test_the_share_elapsed_is_that_of_the_briefing_which_the_hit_is_in():
    long, short = words(["one two", "ship four"]), words(["ship"], briefing_id="b")
    hits = briefing.topics.frequency(pd.concat([short, long]), SEA, hits=True)
    assert hits["briefing_id"].tolist() == ["b", "a"]
    assert hits["at_share"].tolist() == [0, 0.5]


def test_all_topics_are_categories_of_the_hits_also_those_never_found():
    hits = briefing.topics.frequency(words(["Ships."]), SEA, hits=True)
    assert hits["topic"].cat.categories.tolist() == ["sea", "safety"]


def test_the_order_of_the_rows_does_not_matter():
    tokens = words(["Port security.", "Ships and the port."], ["Ida", "Jo"])
    mixed = tokens.iloc[[5, 3, 0, 4, 1, 2]]
    pd.testing.assert_frame_equal(
        briefing.topics.frequency(mixed, SEA, hits=True),
        briefing.topics.frequency(tokens, SEA, hits=True),
    )
    pd.testing.assert_frame_equal(
        briefing.topics.frequency(mixed, SEA), briefing.topics.frequency(tokens, SEA)
    )


def test_hits_can_be_drawn_for_coding_as_they_are():

    turns = pd.DataFrame({"text": ["Ships came. Roads are long.", "The port. Roads."]})
    hits = briefing.topics.frequency(tokenize(turns), SEA, hits=True)
    key = briefing.coding.sample(hits, briefing.sentences(turns), n=1).key
    assert key.loc[key["hit"], "topic"].tolist() == ["sea"]
    assert set(key["topic"]) == {"sea", "safety"}


# How it is counted


def test_every_group_has_every_topic_and_0_is_printed():
    tokens = words(["Ships, ships.", "Land."], ["Ida", "Jo"])
    got = briefing.topics.frequency(tokens, SEA, by="speaker")
    assert got["speaker"].tolist() == ["Ida", "Ida", "Jo", "Jo"]
    assert got["topic"].tolist() == ["sea", "safety"] * 2
    assert got["n_hits"].tolist() == [2, 0, 0, 0]
    assert got["per_1000"].tolist() == [1000, 0, 0, 0]
    assert got["n_turns_hit"].tolist() == [1, 0, 0, 0]
    assert got["high"].tolist()[1:] == pytest.approx([3688.88 / 2, 3688.88, 3688.88], abs=0.01)
    assert got["interval"].tolist() == ["none"] + ["upper bound"] * 3


def test_there_are_as_many_hits_listed_as_counted():
    tokens = words(["Port security, ships."] * 3 + ["Land."], ["Ida", "Jo", None, "Jo"])
    listed = briefing.topics.frequency(tokens, SEA, hits=True).groupby(
        ["speaker", "topic"], dropna=False, observed=True
    )
    counted = briefing.topics.frequency(tokens, SEA, by="speaker").query("n_hits > 0")
    assert sorted(listed.size()) == sorted(counted["n_hits"])


def test_ten_turns_of_a_briefing_bear_an_interval_and_it_says_of_what():
    texts = ["The ship of the port.", "Land and land again."] * 5
    nine, ten = (
        briefing.topics.frequency(words(texts[:9]), SEA),
        briefing.topics.frequency(words(texts), SEA),
    )
    assert nine["interval"].tolist() == ["none", "upper bound"]
    assert nine["why"][0] == "9 turns: fewer than 10"
    assert np.isnan(nine["low"][0]) and "by turn" not in nine.attrs["describes"]
    assert ten["interval"].tolist() == ["by turn", "upper bound"]
    assert ten["low"][0] < ten["per_1000"][0] < ten["high"][0]
    assert "this talk" in ten.attrs["describes"]["by turn"]


def test_a_few_briefings_bear_none_and_ten_bear_one_by_briefing():
    def event(i):
        return words(["ship " * (i % 3) + "land and sand"] * 12, briefing_id=f"b{i}")

    few = briefing.topics.frequency(pd.concat([event(i) for i in range(4)]), SEA)
    many = briefing.topics.frequency(pd.concat([event(i) for i in range(10)]), SEA)
    alone = briefing.topics.frequency(
        pd.concat([event(i) for i in range(4)]), SEA, by="briefing_id"
    )
    assert few["interval"][0] == "none" and few["why"][0].startswith("4 briefings")
    assert many["interval"][0] == "by briefing"
    assert many.attrs["n_briefings"] == 10
    assert alone.query("topic == 'sea' and n_hits > 0")["interval"].eq("by turn").all()


def test_a_wider_level_gives_a_wider_interval():
    tokens = words([f"{'ship ' * (i % 3)} {'land ' * (i % 7)} sand" for i in range(15)])
    one, narrow = (
        briefing.topics.frequency(tokens, SEA),
        briefing.topics.frequency(tokens, SEA, level=0.5),
    )
    assert one["low"][0] < narrow["low"][0] < narrow["high"][0] < one["high"][0]


def test_a_briefing_said_twice_has_the_same_rates():
    tokens = words(["Ships and land.", "Port security."], ["Ida", "Jo"])
    twice = pd.concat([tokens, tokens.assign(briefing_id="b")])
    once, double = (briefing.topics.frequency(t, SEA, by="speaker") for t in (tokens, twice))
    assert double["per_1000"].tolist() == once["per_1000"].tolist()
    assert double["share_turns"].tolist() == once["share_turns"].tolist()
    assert double["n_hits"].tolist() == (2 * once["n_hits"]).tolist()


def test_those_whom_nobody_names_are_together_and_no_person():
    tokens = words(
        ["Ships?", "Ships.", "Port?"], [None, "Ida", None], ["journalist", "official", "journalist"]
    )
    got = briefing.topics.frequency(tokens, {"sea": SEA["sea"]}, by="speaker")
    assert got["speaker"].tolist() == ["unnamed journalists", "Ida"]
    assert got["named"].tolist() == [False, True]
    assert got["n_hits"].tolist() == [2, 1]


def test_what_qualifies_the_result_goes_with_it():
    turns = pd.DataFrame({"text": ["Ships."]})
    turns.attrs = {"text_status": "translated", "part": True, "language": "en"}
    tokens = tokenize(turns)
    about = briefing.topics.frequency(tokens, SEA, level=0.9).attrs
    assert about.items() >= {
        "text_status": "translated", "part": True, "language": "en", "by": None, "level": 0.9,
        "n_briefings": 1, "dictionary": "the patterns given",
        "version": None, "n_topics": 2, "n_patterns": 5,
    }.items()  # fmt: skip
    assert briefing.topics.frequency(tokens, SEA, hits=True).attrs["n_patterns"] == 5


# What is at the edges


def test_nothing_found_in_one_turn_is_a_table_all_the_same():
    tokens = words(["Land."])
    assert briefing.topics.frequency(tokens, SEA, hits=True).empty
    assert (
        briefing.topics.frequency(tokens, SEA, hits=True).columns.tolist()
        == briefing.topics.frequency(words(["Ship."]), SEA, hits=True).columns.tolist()
    )
    assert briefing.topics.frequency(tokens, SEA)["n_hits"].tolist() == [0, 0]


def test_an_empty_selection_has_no_hits_and_no_rates():
    nothing = words(["Ships."]).iloc[:0]
    assert briefing.topics.frequency(nothing, SEA, hits=True).empty
    with pytest.raises(BriefingError, match="0 rows"):
        briefing.topics.frequency(nothing, SEA)


def test_a_role_that_nobody_has_is_no_row():
    tokens = words(["Ships."]).query("role == 'official'")
    assert briefing.topics.frequency(tokens, SEA, by="role")["role"].tolist() == ["official"] * 2


def test_columns_of_plain_objects_count_as_categories_do():
    tokens = words(["Port security.", "Ships."], ["Ida", None])
    plain = tokens.astype({"token": "object", "speaker": "object", "role": "object"})
    for by in (None, "role", "speaker"):
        one, other = (
            briefing.topics.frequency(tokens, SEA, by=by),
            briefing.topics.frequency(plain, SEA, by=by),
        )
        assert one["n_hits"].tolist() == other["n_hits"].tolist()
    assert len(briefing.topics.frequency(plain, SEA, hits=True)) == len(
        briefing.topics.frequency(tokens, SEA, hits=True)
    )


def test_the_table_given_is_not_changed():
    tokens = words(["Ships.", "Port."])
    before = tokens.copy(deep=True)
    briefing.topics.frequency(tokens, SEA, hits=True)
    briefing.topics.frequency(tokens, SEA, by="role")
    pd.testing.assert_frame_equal(tokens, before)


def test_a_dictionary_for_another_language_is_refused(tmp_path):
    path = tmp_path / "mer.toml"
    path.write_text(
        '[about]\ntitle = "Mer"\nversion = "1"\nscope = "ports"\nlanguage = "fr"\n'
        '[mer]\ndefinition = "La mer."\npatterns = ["port"]\n'
    )
    tokens = words(["Le port."])
    assert len(briefing.topics.frequency(tokens, path, hits=True)) == 1
    tokens.attrs["language"] = "fr-CA"
    assert len(briefing.topics.frequency(tokens, path, hits=True)) == 1
    tokens.attrs["language"] = "en"
    with pytest.raises(BriefingError, match="'fr', and this text is in 'en'"):
        briefing.topics.frequency(tokens, path)


@pytest.mark.parametrize("level", [0, 1, 95])
def test_a_level_that_is_no_share_is_refused(level):
    with pytest.raises(BriefingError, match="is not a share"):
        briefing.topics.frequency(words(["Ships."]), SEA, level=level)


def test_a_table_that_is_not_tokens_and_a_column_that_is_not_there_are_refused():
    with pytest.raises(BriefingError, match="not a tokens table"):
        briefing.topics.frequency(pd.DataFrame({"word": ["ship"]}), SEA, hits=True)
    with pytest.raises(BriefingError, match="lacks outlet"):
        briefing.topics.frequency(words(["Ships."]), SEA, by="outlet")


# On real briefings


def test_on_the_sample_every_count_is_that_of_the_words_in_the_text(root):
    talk = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    got = briefing.topics.frequency(talk.tokens, {"c": ["cable*"]}, by="role")
    said = talk.turns.groupby("role", observed=True)["text"].agg(" ".join)
    for row in got.itertuples():
        assert row.n_hits == len(re.findall(r"(?i)(?<![\w’'-])cable[\w’'-]*", said[row.role]))
    assert got["n_hits"].sum() > 5


def test_on_the_real_briefing_hits_are_found_again_in_the_turns(shared):
    (path,) = (shared / "scio_seed").glob("*.txt")
    talk = briefing.read(path)
    hits = briefing.topics.frequency(talk.tokens, SMALL, hits=True)
    ten = hits.sample(10, random_state=1).merge(talk.turns, on="turn_id", suffixes=("", "_turn"))
    expression = {
        p: re.compile(p.replace("*", r"[\w’'-]*").replace(" ", r"\s+"), re.IGNORECASE)
        for p in hits["pattern"].unique()
    }
    for row in ten.itertuples():
        assert expression[row.pattern].fullmatch(row.text[row.start : row.stop])
        assert row.speaker == row.speaker_turn or pd.isna(row.speaker_turn)

    whole = " ".join(talk.turns["text"])
    plain = len(re.findall(r"(?i)(?<![\w’'-])(?:secur|cyber)[\w’'-]*", whole))
    counted = briefing.topics.frequency(talk.tokens, SMALL)
    assert counted["n_hits"][0] == plain > 20
    assert counted["n_hits"][2] == 0 and counted["high"][2] == pytest.approx(
        3688.88 / len(talk.tokens), abs=1e-3
    )
    assert counted["interval"].tolist() == ["by turn"] * 2 + ["upper bound"]


def test_the_dictionary_of_the_package_finds_topics_in_the_real_briefing(shared):
    (path,) = (shared / "scio_seed").glob("*.txt")
    tokens = briefing.read(path).tokens
    counted = briefing.topics.frequency(tokens, "digital-policy", by="role")
    assert counted.attrs["dictionary"] == "Digital policy"
    assert (
        len(briefing.topics.frequency(tokens, "digital-policy", hits=True))
        == counted["n_hits"].sum()
        > 100
    )


def test_a_question_has_the_topic_it_has_most_of_and_of_two_the_last():
    talk = briefing.parse(
        "MS. MARLOW: Good morning.\n\nQ: Is the ship in port, or on the road?\n\n"
        "MS. MARLOW: The ship is in port.\n\nQ: On the road, or in a ship?\n\nMS. MARLOW: The road.\n\n"
        "Q: Pardon, what road?\n\nMS. MARLOW: This one.\n\nQ: Pardon?\n\nMS. MARLOW: This.\n\n"
        "Q: Who knows it?\n\nMS. MARLOW: The board knows it.\n"
    )
    topics = {"sea": ["ship", "port"], "land": ["road"], "procedural": ["pardon"]}
    found = briefing.topics.of_questions(talk.tokens, topics, pairs=talk.pairs)
    assert found["topic"].tolist() == ["sea", "sea", "land", "procedural", "none"]
    assert found["n_hits"].tolist() == [2, 1, 1, 1, 0]
    assert found["n_words_answer"].tolist() == [5, 2, 2, 1, 4]
    assert found["n_words"].sum() == talk.turns.query("role == 'journalist'")["n_words"].sum()


def test_the_general_scheme_has_the_21_headings_and_one_for_procedure():
    names = briefing.topics.read("general").names
    assert len(names) == 22
    assert names[-1] == "procedural"


@pytest.mark.parametrize(
    "asked",
    ["Why is the school merger off?", "Do you want a war of words?", "Will you train staff?"],
)
def test_a_word_that_counts_anything_gives_no_topic(asked):
    tokens = briefing.parse(f"MS. MARLOW: Good morning.\n\nQ: {asked}\n\nMS. MARLOW: No.\n").tokens
    found = briefing.topics.frequency(tokens, briefing.topics.read("general"), hits=True)
    assert not {"business", "defence", "transport"} & {*found["topic"]}
