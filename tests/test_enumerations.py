"""Enumerations: chains of signposts, nested ones, and what was announced."""

import pandas as pd
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

import briefing
from briefing import BriefingError
from briefing.measures.quantities import enumerations
from briefing.words.tokens import tokenize
from build import sentences_of as table

PLAIN = ["First,", "Second,", "Third,", "Fourth,"]
FORMS = {
    "plain": PLAIN,
    "ly": ["Firstly,", "Secondly,", "Thirdly,", "Fourthly,"],
    "the": ["The first is", "The second is", "The third is", "The fourth is"],
    "number": ["Number one,", "Number two,", "Number three,", "Number four,"],
    "digit": ["(1)", "(2)", "(3)", "(4)"],
}


def outline(*texts):
    """Path and marker of every item, as one string each."""
    found = enumerations(table(*texts))
    return [f"{row.path} {row.marker}" for row in found.itertuples()]


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_signpost_makes_a_chain(form):
    text = "We begin. " + " ".join(f"{mark} a quay of stone." for mark in FORMS[form])
    assert [path.split()[0] for path in outline(text)] == ["1", "2", "3", "4"]


def test_the_counted_noun_is_the_head_and_may_be_left_out_later():
    found = enumerations(
        table("The first change is slow. The second is fast. The third one is dear.")
    )
    assert found["head"].tolist() == ["change"] * 3
    assert found["marker"].tolist() == ["The first change", "The second", "The third one"]


def test_chains_may_be_mixed_in_form():
    assert outline("Two parts. One is the quay. And secondly, will the ferry run?") == [
        "1 One",
        "2 secondly",
    ]
    assert outline("First of all, the quay. Second, the ferry. And finally, one word on Jo.") == [
        "1 First of all",
        "2 Second",
        "3 finally",
    ]


def test_items_in_one_sentence_are_found_after_colon_and_semicolon():
    assert outline("We had two reasons: first, the ice; and second, the dark.") == [
        "1 first",
        "2 second",
    ]
    assert outline("We saw to (1) the quay, (2) the lamps and (3) the crew.") == [
        "1 (1)",
        "2 (2)",
        "3 (3)",
    ]
    assert outline("It did two things: (1) the quay; (2) the lamps.") == ["1 (1)", "2 (2)"]


def test_items_of_one_sentence_are_found_after_commas_where_they_have_a_verb():
    text = "The first task is to dig, the second is to build, and the third is to pay."
    assert outline(text) == ["1 The first task", "2 the second", "3 the third"]
    assert outline("The first boat is old, the second lamp dim.") == []


def test_the_last_item_may_say_that_it_is_the_last():
    text = (
        "My first point is the quay. My second point is the ferry. My third and final point is Jo."
    )
    assert outline(text)[-1] == "3 My third and final point"
    assert outline("First, the quay. Second and last, the ferry.")[-1] == "2 Second and last"


def test_items_may_run_over_sentences_and_paragraphs():
    text = "First, the quay. It is long.\n\nIt is old too.\n\nSecond, the boats. They float.\n\nThat is all."
    first, second = enumerations(table(text)).itertuples()
    assert text[first.item_start : first.item_stop].endswith("It is old too.")
    assert text[second.item_start : second.item_stop] == "Second, the boats. They float."
    assert (first.n_words, second.n_words) == (10, 5)


def test_an_item_begins_at_the_and_before_its_marker():
    text = "First, the quay. And second, the boats."
    first, second = enumerations(table(text)).itertuples()
    assert text[second.item_start :].startswith("And second") and text[second.start :].startswith(
        "second"
    )
    assert text[first.item_start : first.item_stop] == "First, the quay."


@pytest.mark.parametrize(
    "text",
    [
        "First of all, thank you. We met on Monday.",
        "The line carries 210 megabits a second. The first length is laid.",
        "The first half was slow. The second half was fast.",
        "In the first week we met. In the second week we parted.",
        "The first week was wet. The second week was dry.",
        "The First Minister is here. The Second Gentleman is not.",
        "First responders came. Second homes burnt.",
        "There is a first way out and a second way out.",
        "The first notice can be short. The second supplier could not deliver.",
        "We met on the 21st. He came second, and I came third.",
        "Second, the quay. Third, the boats.",
        "First, the quay. Fifth, the boats.",
        "One of us left. Two of us stayed. Three boats sank.",
        "See section 2 (1) of the act and section 2 (2) of the order.",
        "It was first and foremost a promise. A second promise is one too many.",
    ],
)
def test_what_only_looks_like_a_chain_is_none(text):
    assert outline(text) == []


def test_a_chain_ends_with_its_turn():
    assert outline("First, the quay.", "Second, the boats.") == []
    found = enumerations(table("First, a quay. Second, a boat.", "First, a lamp. Second, a bell."))
    assert found["turn_id"].tolist() == [1, 1, 2, 2] and found["chain"].tolist() == [1] * 4


def test_a_number_left_out_makes_a_chain_incomplete():
    found = enumerations(table("First, the quay. Second, the boats. Fourth, the lamps."))
    assert found["item"].tolist() == [1, 2, 4]
    assert not found["complete"].any() and (found["delivered"] == 3).all()


def test_the_other_is_the_second_of_two():
    text = "It counts in either of two cases. The first case is easy. The other is hard."
    found = enumerations(table(text))
    assert found["item"].tolist() == [1, 2] and found["met"].all()
    assert outline("The other is hard. The first case is easy.") == []


@pytest.mark.parametrize(
    "text",
    [
        "First, the quay. Next, the boats. Finally, the lamps.",
        "First off, the quay. Another worry is the boats. Finally, the lamps may go.",
        "There are three aims: (a) the quay, (b) the boats, (c) the lamps.",
        "One is the quay. There is also the boat. The third factor is the lamp.",
        "On the one hand, the quay. On the other hand, the boats. Third, the lamps.",
        "One reason is the quay. Another reason is the boats. The last reason is the lamps.",
        "Let's take the first concept. Next concept: the boats. Third concept: the lamps.",
    ],
)
def test_items_are_told_off_in_the_words_of_talk_too(text):
    assert [row.split()[0] for row in outline(text)] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "text",
    [
        "Another day, another boat. Finally, it rained.",
        "Then we met. Then we left. Another crew was lost.",
        "On the other hand, it rained.",
        "Article 5(a) and rule 6(b) hold.",
        "First, thank you. Then we can begin.",
    ],
)
def test_another_and_then_alone_count_nothing_off(text):
    assert outline(text) == []


def test_next_and_finally_stand_in_a_chain_that_has_a_second():
    text = "To begin with, the quay. Second, the boats. Next, the lamps. Finally, the bells."
    assert [row.split()[0] for row in outline(text)] == ["1", "2", "3", "4"]


def test_a_new_first_opens_a_level_below_and_the_next_ordinal_closes_it():
    text = (
        "There are two tasks. First, the ring. Second, the rooms. They have two sides. "
        "The first is the key. The second is the desk. Third, the lamps."
    )
    assert [row.split()[0] for row in outline(text)] == ["1", "2", "2.1", "2.2", "3"]


def test_three_levels_where_the_innermost_borrows_the_form_around_it():
    text = (
        "The first gain is in stone. The second is in trade. The third is in people. So we keep "
        "to a three-pronged plan:\n\nFirst, we dredge the quay.\n\nAnd we light it.\n\nSecond, we "
        "mend the town. We want three effects. The first one is a trade effect. We dig. Second, a "
        "lamp effect. We light. Third, a bell effect. We ring.\n\nThird, we house the people. "
        "They gain.\n\nAll in all, a good year."
    )
    found = enumerations(table(text))
    assert found["path"].tolist() == "1 2 3 3.1 3.2 3.2.1 3.2.2 3.2.3 3.3".split()
    assert found["depth"].tolist() == [1, 1, 1, 2, 2, 3, 3, 3, 2]
    told = found.drop_duplicates("chain").set_index("chain")
    assert told["announced"].fillna(0).tolist() == [0, 3, 3] and told["met"].iloc[1:].all()
    last = found[found["path"] == "3.2.3"].iloc[0]
    assert text[last.item_start : last.item_stop] == "Third, a bell effect. We ring."
    outer = found[found["path"] == "3"].iloc[0]
    assert text[outer.item_start : outer.item_stop].endswith("They gain.")


def test_a_chain_like_the_one_before_follows_it():
    text = "First, a quay. Second, a boat.\n\nAs to trade. First, a lamp. Second, a bell."
    found = enumerations(table(text))
    assert found["path"].tolist() == ["1", "2", "1", "2"] and found["chain"].tolist() == [
        1,
        1,
        2,
        2,
    ]


def test_announced_counts_are_held_against_what_comes():
    three = enumerations(table("We have three reasons. First, a quay. Second, a boat."))
    assert three["announced"].tolist() == [3, 3] and not three["met"].any()
    none = enumerations(table("We have reasons. First, a quay. Second, a boat."))
    assert none["announced"].isna().all() and none["met"].isna().all()


@pytest.mark.parametrize(
    ("words", "number"),
    [
        ("three reasons", 3),
        ("four new tasks", 4),
        ("two very important groups", 2),
        ("a three-pronged plan", 3),
        ("2 questions", 2),
        ("the following five points", 5),
    ],
)
def test_announcements_are_read_in_words_and_digits(words, number):
    text = f"So we have {words}. First, a quay. Second, a boat."
    row = enumerations(table(text)).iloc[0]
    assert row["announced"] == number
    assert text[row["announced_start"] : row["announced_stop"]][0].casefold() in words


def test_an_announcement_without_a_chain_is_listed_and_not_called_broken():
    found = briefing.quantities.announced(
        table("Two things have been done. The ground moved. And there is a radio.")
    )
    assert found["announced"].tolist() == [2] and found["head"].tolist() == ["thing"]
    assert found["met"].isna().all() and found["delivered"].isna().all()


@pytest.mark.parametrize(
    "text",
    [
        "More than two reasons.",
        "The last two points were mine.",
        "Those two reasons stand.",
        "I will take a few questions, perhaps several topics.",
        "In three words: no. It cost 12 reasons of state and 1,003 issues.",
    ],
)
def test_other_numbers_announce_nothing(text):
    found = briefing.quantities.announced(table(text))
    assert found.empty or found["announced"].tolist() == [12]


@st.composite
def outlines(draw, announced):
    """An outline as nested lists with a form for each chain."""

    def chain(depth, used):
        left = sorted(FORMS) if announced else sorted(set(FORMS) - used)
        form = draw(st.sampled_from(left))
        n = draw(st.integers(2, 4))
        inside = [depth < 3 and draw(st.integers(0, 3)) == 0 for _ in range(n)]
        items = [chain(depth + 1, used | {form}) if deeper else None for deeper in inside]
        return form, items

    return chain(1, set())


def printed(chain, *, announced, path=()):
    """The outline as text, and the paths in order."""
    form, items = chain
    numbers = ["", "", "two", "three", "four"]
    text, paths = (f"Here are {numbers[len(items)]} points. " if announced else ""), []
    for number, (mark, inside) in enumerate(zip(FORMS[form], items, strict=False), 1):
        text += f"{mark} a quay of stone. It is long. "
        paths.append(".".join(map(str, (*path, number))))
        if inside:
            below, more = printed(inside, announced=announced, path=(*path, number))
            text, paths = text + below, paths + more
    return text, paths


@settings(max_examples=25, deadline=None)
@given(outlines(announced=True))
@example(("plain", [None, ("plain", [None, None]), None]))
def test_an_outline_of_announced_chains_comes_back_whatever_the_forms(chain):
    text, paths = printed(chain, announced=True)
    found = enumerations(table(text))
    assert found["path"].tolist() == paths
    assert found["met"].all() and found["complete"].all()


@settings(max_examples=25, deadline=None)
@given(outlines(announced=False))
def test_an_outline_without_announcements_comes_back_where_each_level_has_its_form(chain):
    text, paths = printed(chain, announced=False)
    found = enumerations(table(text))
    assert found["path"].tolist() == paths and found["announced"].isna().all()
    for row in found.itertuples():
        assert text[row.start : row.stop] == row.marker
        assert row.item_start <= row.start < row.stop <= row.item_stop


def test_the_order_of_rows_does_not_matter_and_the_table_is_not_changed():
    rows = table("Two points. First, a quay. Second, a boat.", "The first is. The second is.")
    before = rows.copy()
    shuffled = enumerations(rows.sample(frac=1, random_state=3))
    pd.testing.assert_frame_equal(rows, before)
    again = shuffled.sort_values(["turn_id", "start"], ignore_index=True)
    pd.testing.assert_frame_equal(again, enumerations(rows), check_index_type=False)


def test_several_briefings_with_the_same_turn_numbers_stay_apart():
    rows = table("First, a quay.", "Second, a boat.", briefing_id=["a", "b"], turn_id=[1, 1])
    assert enumerations(rows).empty
    rows = table(
        "First, a quay. Second, a boat.", "Nothing.", briefing_id=["a", "b"], turn_id=[1, 1]
    )
    assert enumerations(rows)["briefing_id"].tolist() == ["a", "a"]


@pytest.mark.parametrize("read", [enumerations, briefing.quantities.announced])
def test_nothing_found_and_no_rows_give_an_empty_table_with_the_same_columns(read):
    full = read(table("Two points. First, a quay. Second, a boat."))
    for rows in (table("We met."), table("We met.").iloc[:0]):
        empty = read(rows)
        assert empty.empty and empty.columns.tolist() == full.columns.tolist()
        assert (empty.dtypes.astype(str) == full.dtypes.astype(str))[4:].all()


def test_unnamed_speakers_stay_unnamed():
    rows = table("First, a quay. Second, a boat.", speaker=[None], role=["journalist"])
    assert enumerations(rows)["speaker"].isna().all()


@pytest.mark.parametrize("read", [enumerations, briefing.quantities.announced])
def test_other_tables_are_refused_and_other_languages_give_no_rows(read):
    with pytest.raises(BriefingError, match="not a sentences table"):
        read(pd.DataFrame({"turn_id": [1]}))
    rows = table("Erstens der Kai. Zweitens das Boot.")
    rows.attrs["language"] = "de"
    found = read(rows)
    assert found.empty and "English" in found.attrs["why"]


def test_the_sample_has_its_planted_chains_and_none_of_the_decoys(root):
    talk = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    found = enumerations(talk.sentences)
    paths = found.groupby("turn_id")["path"].agg(" ".join).to_dict()
    assert paths == {
        2: "1 2 2.1 2.2 3",
        6: "1 2 3",
        14: "1 2",
        25: "1 2 3",
        27: "1 2",
    }
    assert found["met"].dropna().all() and found.attrs["n_announced"] == 5
    held = briefing.quantities.announced(talk.sentences).set_index("turn_id")
    assert held.loc[8, "announced"] == 2 and pd.isna(held.loc[8, "delivered"])


def test_on_the_real_briefing_the_long_answer_has_three_levels_and_promises_are_kept(shared):
    (path,) = (shared / "scio_seed").iterdir()
    talk = briefing.read(path)
    found = enumerations(talk.sentences)
    long = found[found["turn_id"] == 4]
    assert long["path"].tolist() == "1 2 3 3.1 3.2 3.2.1 3.2.2 3.2.3 3.3".split()
    assert found.attrs["n_chains"] == 7 and found.attrs["n_announced"] == found.attrs["n_met"] == 5
    texts = talk.turns.set_index("turn_id")["text"]
    words = tokenize(talk.turns)
    for row in found.sample(10, random_state=1).itertuples():
        assert texts[row.turn_id][row.start : row.stop] == row.marker
        inside = words[(words["turn_id"] == row.turn_id) & words["start"].ge(row.item_start)]
        assert (inside["stop"] <= row.item_stop).sum() == row.n_words


def test_a_count_of_several_is_no_second_item():
    assert outline("We saw six faults. One was a storm. Two were power.") == []
    assert outline("One is the cost. Two is the time.") == ["1 One", "2 Two"]
