import re
from functools import partial
from importlib import resources

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import briefing
from briefing import BriefingError
from briefing.lexicons import lexicon
from briefing.measures.wording import CATEGORIES, FORMS, VERSION, agency, pronouns, stance
from briefing.words.search import check_pattern
from build import turns_of

SEED = "scio_seed/000_16d432a769277b33.txt"
LISTS = sorted(
    {name for pair in CATEGORIES.values() for name in pair} | set(FORMS) | {"pronouns-not"}
)

MEASURES = [stance, partial(stance, hits=True), pronouns, partial(pronouns, hits=True)]
MEASURES += [agency, partial(agency, hits=True)]


def tokens(*turns, language=None):
    """Words of one briefing from texts, or (speaker, text), or (speaker, role, text)."""
    rows = [turn if isinstance(turn, tuple) else ("Ida Marlow", turn) for turn in turns]
    rows = [(row[0], row[1] if len(row) > 2 else "official", row[-1]) for row in rows]
    return briefing.tokenize(turns_of("speaker role text", *rows, attrs={"language": language}))


def found(text, category):
    hits = briefing.wording.stance(tokens(text), hits=True).query("category == @category")
    return [text[row.start : row.stop] for row in hits.itertuples()]


def persons(text):
    """Of each pronoun the word, its person and its number."""
    hits = briefing.wording.pronouns(tokens(text), hits=True)
    return [(text[row.start : row.stop], row.person, row.number) for row in hits.itertuples()]


def rate(table, category, **group):
    rows = table[table["category"] == category]
    for column, value in group.items():
        rows = rows[rows[column] == value]
    return rows.iloc[0]


@pytest.mark.parametrize("name", LISTS)
def test_every_list_says_its_version_and_licence_and_holds_patterns_that_can_match(name):
    text = resources.files("briefing.lexicons").joinpath(f"{name}.txt").read_text(encoding="utf-8")
    assert re.search(r"Version 1\.[01], 2026-11-\d\d\. Written for this project, CC0\.", text)
    entries = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert len(entries) == len(set(entries)) == len(lexicon(name))
    for entry in entries:
        assert check_pattern(entry) == entry.split()


@pytest.mark.parametrize("pair", CATEGORIES.values(), ids=CATEGORIES)
def test_no_entry_is_its_own_exception(pair):
    assert not lexicon(pair[0]) & lexicon(pair[1])


@pytest.mark.parametrize(
    "text",
    [
        "The leg starts in May.",
        "It was signed on May 3 at noon.",
        "It was signed on 3 May at noon.",
        "By early May, or the end of May, the tide turns.",
        "From May 2024 to May of this year it rained.",
    ],
)
def test_may_the_month_is_neither_a_hedge_nor_a_modal(text):
    assert briefing.wording.stance(tokens(text), hits=True).empty


def test_may_the_verb_is_both_a_hedge_and_a_modal():
    assert found("It may rain. They may not.", "hedges") == ["may", "may"]
    assert found("It may rain. They may not.", "possibility") == ["may", "may"]


def test_leave_that_is_asked_for_is_no_hedge_but_still_a_modal():
    assert found("May I ask, if I may?", "hedges") == []
    assert found("May I ask, if I may?", "possibility") == ["May", "may"]


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        (
            "About 500 boats, about half, about two in ten.",
            ["About 500", "about half", "about two"],
        ),
        ("We talked about boats and about the harbour.", []),
        ("It is kind of late.", ["kind of"]),
        ("What kind of boat? This kind of boat.", []),
        ("A second of time, the second boat.", []),
        ("I think so, but they rather than we.", ["I think"]),
        ("As soon as possible, please. It is possible.", ["possible"]),
        (
            "Perhaps, in most cases, it seems likely.",
            ["Perhaps", "in most cases", "seems", "likely"],
        ),
    ],
)
def test_hedges_are_told_from_what_only_looks_like_them(text, hits):
    assert found(text, "hedges") == hits


@pytest.mark.parametrize(
    ("text", "hits"),
    [
        ("Of course we never left.", ["Of course", "never"]),
        ("It is not really so.", []),
        ("How exactly was it done? Exactly so.", ["Exactly"]),
        ("It’s clear, I’m sure.", ["It’s clear", "I’m sure"]),
    ],
)
def test_boosters_are_told_from_what_only_looks_like_them(text, hits):
    assert found(text, "boosters") == hits


@pytest.mark.parametrize(
    ("category", "text", "hits"),
    [
        (
            "prediction",
            "We’ll see, it won't, they'd go, I’m going to stay.",
            ["We’ll", "won't", "they'd", "going to"],
        ),
        ("prediction", "How'd it go? She'd been there. We're going to the quay.", []),
        ("prediction", "There is political will, and the will of the islands.", []),
        (
            "possibility",
            "I can't, you cannot, he couldn't, she might.",
            ["can't", "cannot", "couldn't", "might"],
        ),
        ("possibility", "Military might is not all.", []),
        (
            "necessity",
            "We have to go, he needs to rest, you'd better.",
            ["have to", "needs to", "you'd better"],
        ),
        ("necessity", "The need to know has to do with trust.", []),
        ("obligation", "It is mandatory. They must report.", ["mandatory", "must"]),
        ("obligation", "You don't have to come. It must have been late.", []),
    ],
)
def test_modals_are_found_with_their_contractions_and_without_their_doubles(category, text, hits):
    assert found(text, category) == hits


def test_either_apostrophe_and_any_case_will_do():
    plain, curly = "WE'LL GO AND I CAN'T", "we’ll go and I can’t"
    assert found(plain, "prediction") == ["WE'LL"]
    assert found(curly, "possibility") == ["can’t"]


def test_an_expression_never_crosses_a_sentence():
    assert found("We talked of. Course was set.", "boosters") == []


def test_no_word_is_counted_twice_in_a_category():
    hits = briefing.wording.stance(
        tokens("I would think so. In my view it may well be about 5 or so, I think."), hits=True
    )
    for _, of_category in hits.groupby("category", observed=True):
        spans = of_category[["start", "stop"]].to_numpy()
        assert (spans[1:, 0] >= spans[:-1, 1]).all()


def test_rates_are_per_thousand_words_and_shares_of_turns():
    words = tokens("Perhaps it rains today.", "Boats go out.", "Perhaps, perhaps not so.")
    row = rate(stance(words), "hedges", speaker="Ida Marlow")
    assert (row["n_hits"], row["n_words"], row["n_turns"], row["n_turns_hit"]) == (3, 11, 3, 2)
    assert row["per_1000"] == pytest.approx(3000 / 11)
    assert row["share_turns"] == pytest.approx(2 / 3)


def test_below_ten_turns_there_is_no_interval_and_the_table_says_why():
    row = rate(stance(tokens("Perhaps it rains.")), "hedges")
    assert row["interval"] == "none"
    assert "fewer than 10" in row["why"]
    assert np.isnan(row["low"])


def test_from_ten_turns_on_the_interval_holds_the_rate_and_is_the_same_each_time():
    words = tokens(*["Perhaps it rains.", "It rains on the quay."] * 6)
    first, second = stance(words), stance(words)
    assert_frame_equal(first, second)
    row = rate(first, "hedges")
    assert row["interval"] == "by turn"
    assert row["low"] < row["per_1000"] < row["high"]


def test_nothing_found_is_zero_with_its_upper_bound():
    row = rate(stance(tokens("Boats go out at noon.")), "boosters")
    assert (row["n_hits"], row["per_1000"], row["low"]) == (0, 0, 0)
    assert row["high"] == pytest.approx(1000 * 3.689 / 5, abs=0.1)


def test_the_order_of_rows_does_not_matter():
    words = tokens(
        ("Ida Marlow", "Perhaps we will go."), ("Jo Petrel", "Of course, in most cases.")
    )
    mixed = words.sample(frac=1, random_state=3)
    columns = ["speaker", "category", "n_hits", "n_words"]
    keys = ["speaker", "category"]
    for measure in (stance, pronouns):
        keys = ["speaker"] + (["category"] if measure is stance else ["person", "number"])
        one, two = (measure(table).astype({"speaker": "str"}) for table in (words, mixed))
        columns = [*keys, "n_hits", "n_words"]
        assert_frame_equal(
            one[columns].sort_values(keys, ignore_index=True),
            two[columns].sort_values(keys, ignore_index=True),
        )
    assert_frame_equal(
        briefing.wording.stance(words, hits=True), briefing.wording.stance(mixed, hits=True)
    )


def test_twice_the_same_text_has_twice_the_hits_at_the_same_rate():
    text = "Perhaps we must go. Of course they’ll say it may rain."
    once, twice = stance(tokens(text), by=None), stance(tokens(text, text), by=None)
    assert (2 * once["n_hits"]).tolist() == twice["n_hits"].tolist()
    assert once["per_1000"].tolist() == pytest.approx(twice["per_1000"].tolist())


def test_every_count_is_the_number_of_hits_that_lead_back_to_words():
    words = tokens("Perhaps we must go, I think.", ("Jo Petrel", "Certainly. You can’t."))
    counts = stance(words).set_index(["speaker", "category"])["n_hits"]
    hits = (
        briefing.wording.stance(words, hits=True)
        .groupby(["speaker", "category"], observed=True)
        .size()
    )
    assert counts[counts > 0].to_dict() == hits.to_dict()


def test_unnamed_journalists_stand_together_and_are_called_no_person():
    words = tokens((None, "journalist", "May it not be so?"), (None, "journalist", "Perhaps?"))
    row = rate(stance(words), "hedges")
    assert (row["speaker"], bool(row["named"]), row["n_hits"]) == ("unnamed journalists", False, 2)


def test_several_briefings_with_the_same_turn_ids_are_kept_apart():
    one = tokens("It is in.", "May comes.")
    two = one.assign(briefing_id="second")
    row = rate(stance(pd.concat([one, two], ignore_index=True)), "hedges")
    assert (row["n_hits"], row["n_turns"]) == (2, 4)
    assert "2 briefings" in row["why"]


@pytest.mark.parametrize("measure", [stance, pronouns])
def test_no_words_are_an_error_that_says_what_to_do(measure):
    with pytest.raises(BriefingError, match="no words to count in"):
        measure(tokens("Perhaps.").iloc[:0])


def test_no_words_have_no_hits():
    empty = tokens("Perhaps we go.").iloc[:0]
    assert (
        len(briefing.wording.stance(empty, hits=True))
        == len(briefing.wording.pronouns(empty, hits=True))
        == 0
    )
    assert list(briefing.wording.stance(empty, hits=True)) == list(
        briefing.wording.stance(tokens("Perhaps."), hits=True)
    )


@pytest.mark.parametrize("measure", MEASURES)
def test_a_text_known_to_be_in_another_language_gives_no_rows(measure):
    found = measure(tokens("Vamos.", language="es"))
    assert found.empty and "'es'" in found.attrs["why"]
    assert len(measure(tokens("Perhaps we say it was closed.", language="en-US")))


@pytest.mark.parametrize("measure", MEASURES)
def test_the_table_given_is_not_changed_and_attrs_say_what_text_it_is(measure):
    words = tokens("Perhaps we go.")
    words.attrs = {"text_status": "translated", "part": True, "language": "en"}
    before = words.copy(deep=True)
    result = measure(words)
    assert_frame_equal(words, before)
    assert (
        result.attrs.items()
        >= {"text_status": "translated", "part": True, "lists": VERSION}.items()
    )


@pytest.mark.parametrize("by", [None, "role", "turn_id", "speaker"])
def test_words_can_be_grouped_by_any_column_categorical_or_not(by):
    words = tokens(("Ida Marlow", "We must."), ("Jo Petrel", "journalist", "You may."))
    plain = words.astype({"speaker": "object", "role": "object", "token": "object"})
    for measure in (stance, pronouns):
        assert measure(words, by=by)["n_hits"].tolist() == measure(plain, by=by)["n_hits"].tolist()
    with pytest.raises(BriefingError, match="ministry"):
        stance(words, by="ministry")


def test_contractions_count_for_their_person():
    assert persons("I’m sure I've seen it, and I'd say I’ll go.") == [
        ("I’m", 1, "singular"), ("I've", 1, "singular"), ("I'd", 1, "singular"), ("I’ll", 1, "singular"),
    ]  # fmt: skip
    assert persons("We've met, let's go, they'd asked, you're here, she's in.") == [
        ("We've", 1, "plural"), ("let's", 1, "plural"), ("they'd", 3, "plural"),
        ("you're", 2, "either"), ("she's", 3, "singular"),
    ]  # fmt: skip


def test_possessives_and_reflexives_count_and_it_does_not():
    assert persons("My boat and its crew, ours, themselves, herself.") == [
        ("My", 1, "singular"), ("ours", 1, "plural"), ("themselves", 3, "plural"),
        ("herself", 3, "singular"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "text", ["World War I ended.", "The US government spoke.", "The mine shut."]
)
def test_what_only_looks_like_a_pronoun_is_none(text):
    assert persons(text) == []


def test_the_part_i_know_is_no_numeral():
    assert persons("That is the part I know.") == [("I", 1, "singular")]


def test_words_that_only_begin_like_a_pronoun_are_none():
    assert persons("Hertz, webs, Ian's, weir, mystery, U.S.") == []


def test_each_person_has_a_row_found_or_not():
    table = pronouns(tokens("We go."))
    assert list(zip(table["person"], table["number"], table["n_hits"], strict=True)) == [
        (1, "singular", 0), (1, "plural", 1), (2, "either", 0), (3, "singular", 0), (3, "plural", 0),
    ]  # fmt: skip
    assert not {"category"} & set(table.columns)


@pytest.fixture(scope="module")
def sample(root):
    return briefing.read(root / "data" / "lanmere-ring-2024.txt")


def test_in_the_sample_one_official_hedges_far_more_than_the_others(sample):
    hedges = stance(sample.tokens.query("role == 'official'")).query("category == 'hedges'")
    per_1000 = hedges.set_index("speaker")["per_1000"]
    assert per_1000.idxmax() == "Anselm Duurland"
    assert per_1000.max() > 60
    assert per_1000.drop("Anselm Duurland").max() < 12


def test_in_the_sample_it_is_the_chair_who_boosts(sample):
    boosters = stance(sample.tokens.query("role == 'official'")).query("category == 'boosters'")
    ranked = boosters.set_index("speaker")["n_hits"].sort_values(ascending=False)
    assert ranked.index[0] == "Sanna Veldrup"
    assert ranked.iloc[0] >= 2 * ranked.iloc[1]


def test_in_the_sample_may_the_month_is_never_a_hit(sample):
    texts = sample.turns.set_index("turn_id")["text"]
    months = {
        (turn, match.start())
        for turn, text in texts.items()
        for match in re.finditer(r"\bMay\b(?! I\b)", text)
    }
    hits = briefing.wording.stance(sample.tokens, hits=True)
    assert len(months) == 1
    assert not months & set(zip(hits["turn_id"], hits["start"], strict=True))


def test_in_the_sample_who_contracts_says_i_no_less_than_who_does_not(sample):
    table = pronouns(sample.tokens).query("person == 1 and number == 'singular'")
    n_hits = table.set_index("speaker")["n_hits"]
    words = sample.tokens.query("speaker == 'Wenda Tolsby'")["token"].astype("str")
    assert n_hits["Wenda Tolsby"] == words.str.fullmatch(r"i|i'\w+|me|my|mine|myself").sum()
    assert n_hits["Wenda Tolsby"] > words.isin(["i", "me", "my"]).sum() + 5


def test_in_the_real_briefing_hits_are_found_again_in_the_turns(shared):
    talk = briefing.read(shared / SEED)
    texts = talk.turns.set_index("turn_id")["text"]
    hits = briefing.wording.stance(talk.tokens, hits=True)
    for row in hits.sample(10, random_state=1).itertuples():
        printed = texts[row.turn_id][row.start : row.stop].casefold().replace("’", "'")
        words = zip(printed.split(), row.entry.split(), strict=True)
        assert all(re.fullmatch(entry.replace("*", ".*"), word) for word, entry in words)
    ours = talk.turns["text"].str.count(
        r"(?i)\b(?:we|us|our|ours|ourselves)\b|\bwe['’]\w+|\blet['’]s\b"
    )
    table = pronouns(talk.tokens, by=None).query("person == 1 and number == 'plural'")
    assert table["n_hits"].item() == ours.sum()
    assert table["n_words"].item() == talk.turns["n_words"].sum()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The pier was closed.", ["without"]),
        ("The pier was closed by the harbour master.", ["with"]),
        ("The pier was closed yesterday, very late, by the crew.", ["with"]),
        ("The pier was closed by Friday.", ["without"]),
        ("The fee was cut by 12 tallens.", ["without"]),
        ("It was mended by the end of May.", ["without"]),
        ("It was mended by lifting the keel.", ["without"]),
        ("It has not yet been properly mended.", ["without"]),
        ("Was it mended in June?", ["without"]),
        ("They got hurt, and are being treated.", ["without", "without"]),
        ("It was closed. By the pier there is a crane.", ["without"]),
        ("The crew is tired, worried and interested.", []),
        ("They have closed it, and the crew closed the gate.", []),
        ("It was a closed shop. It is indeed late.", []),
    ],
)
def test_a_passive_names_who_does_it_or_does_not(text, found):
    hits = agency(tokens(text), hits=True)["category"].astype(str)
    passives = hits[hits.str.startswith("passives")].str.split().str[1]
    assert passives.tolist() == [*found]


@pytest.mark.parametrize(
    ("text", "category", "hits"),
    [
        ("The closure of the pier needs a decision.", "nominalisations", ["closure", "decision"]),
        ("The government has a question of position.", "nominalisations", []),
        ("She said it; according to him it is late.", "reports", ["said", "according to"]),
        ("I would say it is late. Let me ask.", "reports", []),
        ("The pier opens.", "reports", []),
    ],
)
def test_nominalisations_and_reports_are_found_by_their_lists(text, category, hits):
    found = agency(tokens(text), hits=True).query("category == @category")
    said = [text[row.start : row.stop] for row in found.itertuples()]
    assert said == hits


def test_passives_are_counted_once_with_and_once_without_an_agent():
    words = tokens("It was closed by the crew.", "It was closed. It was closed again.")
    counts = agency(words, by=None).set_index("category")["n_hits"]
    assert counts[["passives without agent", "passives with agent"]].tolist() == [2, 1]
