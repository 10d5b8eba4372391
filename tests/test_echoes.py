import re

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing.measures.phrases import echo
from briefing.tables import BriefingError
from briefing.words.boundaries import find_words, fold
from build import turns_of

SEED = "scio_seed/000_16d432a769277b33.txt"
trials = settings(max_examples=30, deadline=None, derandomize=True)
COLUMNS = (
    "string n_words n_content formula briefing_id first_turn_id first_speaker first_role "
    "first_start first_stop later_turn_id later_speaker later_role later_start later_stop "
    "answers n_before n_later"
).split()
ROLES = {"Ida": "official", "Jo": "official", "Times": "journalist", "Post": "journalist"}


def table(*rows, **attrs):
    """Turns of one briefing from (speaker, text) or (speaker, text, answers)."""
    roles = [ROLES.get(speaker, "journalist") for speaker, *_ in rows]
    return turns_of("speaker text answers", *rows, role=roles, attrs=attrs)


def passed(turns, **how):
    found = echo(turns, **how)
    return sorted(zip(found["string"], found["first_turn_id"], found["later_turn_id"], strict=True))


CABLE = table(
    ("Times", "Why a cable of last resort?"),
    ("Ida", "A cable of last resort it is. Yes, a cable of last resort.", 1),
    ("Jo", "This cable of last resort was dear.", 1),
    ("Times", "So the cable of last resort was dear?"),
)


def test_a_string_passes_from_the_one_who_said_it_first():
    found = echo(CABLE)
    assert [*found] == COLUMNS
    assert passed(CABLE) == [
        ("a cable of last resort", 1, 2), ("cable of last resort", 1, 3),
        ("cable of last resort was dear", 3, 4),
    ]  # fmt: skip
    row = found.set_index("string").loc["a cable of last resort"]
    assert row.drop("briefing_id").to_dict() == {
        "n_words": 5, "n_content": 3, "formula": False, "first_turn_id": 1,
        "first_speaker": "Times", "first_role": "journalist", "first_start": 4, "first_stop": 26,
        "later_turn_id": 2, "later_speaker": "Ida", "later_role": "official", "later_start": 0,
        "later_stop": 22, "answers": True, "n_before": 1, "n_later": 2,
    }  # fmt: skip


def test_times_before_are_those_of_others_only():
    turns = table(
        ("Ida", "Open sea lanes. Open sea lanes."), ("Jo", "Open sea lanes!"),
        ("Times", "Open sea lanes?"), ("Jo", "Open sea lanes."),
    )  # fmt: skip
    found = echo(turns).set_index("later_turn_id")
    assert found["n_before"].to_dict() == {2: 2, 3: 3, 4: 3}


def test_what_was_one_s_own_word_first_is_no_echo():
    turns = table(
        ("Ida", "Open sea lanes."), ("Times", "Open sea lanes?"), ("Ida", "Open sea lanes.")
    )
    assert passed(turns) == [("open sea lanes", 1, 2)]


def test_strings_are_as_long_as_the_two_turns_allow():
    turns = table(
        ("Ida", "We keep old sea lanes open here."), ("Jo", "They keep old sea lanes open!")
    )
    assert passed(turns) == [("keep old sea lanes open", 1, 2)]


def test_no_string_crosses_a_sentence_but_a_comma_does_not_stop_it():
    assert passed(table(("Ida", "Open sea. Lanes."), ("Jo", "Open sea. Lanes."))) == []
    assert passed(table(("Ida", "Open, sea lanes."), ("Jo", "Open sea lanes."))) == [
        ("open sea lanes", 1, 2)
    ]


def test_strings_of_function_words_are_left_out_and_pairs_need_two_content_words():
    turns = table(
        ("Ida", "It is what it is of the sea lanes."),
        ("Jo", "It is what it is. Of the sea, sea lanes."),
    )
    assert passed(turns) == [("of the sea", 1, 2)]
    assert passed(turns, min_words=2) == [("of the sea", 1, 2), ("sea lanes", 1, 2)]


def test_unnamed_turns_of_one_role_may_be_one_person_and_give_no_echo():
    assert passed(table((None, "Open sea lanes?"), (None, "Open sea lanes?"))) == []
    assert passed(table((None, "Open sea lanes?"), ("Times", "Open sea lanes?"))) == [
        ("open sea lanes", 1, 2)
    ]
    turns = table((None, "Open sea lanes?"), (None, "Open sea lanes?"))
    turns["role"] = ["journalist", "moderator"]
    assert passed(turns) == [("open sea lanes", 1, 2)]


def test_formulas_are_marked():
    turns = table(
        ("Ida", "Thank you very much for the old sea lanes."),
        ("Times", "Thank you very much. About the old sea lanes?"),
    )  # fmt: skip
    assert echo(turns).set_index("string")["formula"].to_dict() == {
        "thank you very much": True, "the old sea lanes": False,
    }  # fmt: skip


def test_echoes_stay_within_their_briefing():
    turns = table(("Ida", "Open sea lanes."), ("Jo", "Open sea lanes."))
    assert passed(turns.assign(briefing_id=["one", "two"], turn_id=1)) == []
    both = pd.concat([turns, turns.assign(briefing_id="2021-06-02")])
    assert echo(both)["briefing_id"].tolist() == ["2021-06-02", "a"]


def test_the_order_of_the_rows_does_not_matter():
    assert_frame_equal(echo(CABLE.iloc[::-1]), echo(CABLE))


def test_answers_in_plain_columns_mean_the_same():
    plain = CABLE.astype({"answers": "float64", "role": "category", "speaker": "category"})
    assert echo(plain)["answers"].tolist() == echo(CABLE)["answers"].tolist()
    none = CABLE.assign(answers=None)
    assert not echo(none)["answers"].any()


def test_nothing_found_is_an_empty_table_with_its_columns():
    for turns in (CABLE.iloc[:1], CABLE.iloc[:0], table(("Ida", ""), ("Jo", None))):
        found = echo(turns)
        assert ([*found], len(found)) == (COLUMNS, 0)


def test_the_turns_are_left_as_they_are_and_the_result_says_how_it_was_made():
    turns = table(("Ida", "One."), ("Jo", "Two."), text_status="edited", language="en")
    before = turns.copy(deep=True)
    assert echo(turns).attrs == {
        "text_status": "edited", "part": False, "language": "en", "min_words": 3,
    }  # fmt: skip
    assert_frame_equal(turns, before)


def test_what_cannot_be_done_is_said():
    with pytest.raises(BriefingError, match="2 words or more"):
        echo(CABLE, min_words=1)
    with pytest.raises(BriefingError, match="not a turns table: it lacks answers"):
        echo(CABLE.drop(columns="answers"))
    found = echo(table(("Ida", "Guten Tag."), language="pl"))
    assert found.empty and "list of function words" in found.attrs["why"]


def slow(turns, min_words):
    """Every longest string that somebody else had said first, by trying all pairs of turns."""
    said = [[t.split() for t in text.split(". ")] for text in turns["text"]]
    parts = [
        {tuple(s[i:j]) for s in turn for i in range(len(s)) for j in range(i + 1, len(s) + 1)}
        for turn in said
    ]

    def ends(turn):
        """Each string of the turn with the word on its left and on its right."""
        return [
            (tuple(s[i:j]), s[i - 1] if i else None, s[j] if j < len(s) else None)
            for s in turn for i in range(len(s)) for j in range(i + min_words, len(s) + 1)
        ]  # fmt: skip

    found = set()
    for later, turn in enumerate(said):
        for string, left, right in ends(turn):
            first = next(i for i in range(later + 1) if string in parts[i])
            longer = {(left, *string), (*string, right)} & parts[first]
            content = sum(word != "of" for word in string)
            known = turns["speaker"].iloc[first] != turns["speaker"].iloc[later]
            if known and not longer and content > (len(string) == 2):
                found.add((" ".join(string), first + 1, later + 1))
    return sorted(found)


sentences = st.lists(st.sampled_from(["kelp", "rope", "of"]), min_size=1, max_size=7).map(" ".join)
texts = st.lists(sentences, min_size=1, max_size=2).map(". ".join)


@trials
@given(
    st.lists(st.tuples(st.sampled_from(["Ida", "Jo", "Times"]), texts), max_size=5),
    st.integers(2, 4),
)
def test_the_echoes_are_those_a_slow_search_finds(rows, min_words):
    turns = table(*((who, text.replace(". ", ".\n\n")) for who, text in rows))
    plain = turns.assign(text=[text for _, text in rows])
    assert passed(turns, min_words=min_words) == slow(plain, min_words)


def test_a_long_page_that_is_printed_twice_is_one_echo_and_takes_no_time():
    text = " ".join(f"w{i}" for i in range(20_000))
    (row,) = echo(table(("Ida", f"{text} kelp"), ("Times", f"and {text} rope"))).itertuples()
    assert (row.n_words, row.string, row.n_before) == (20_000, text, 1)


def words_of(text):
    return " ".join(fold(text[start:stop]) for start, stop in find_words(text))


def assert_found_again(turns, found):
    """Every row lies where it says, and nobody said it earlier."""
    text = turns.set_index("turn_id")["text"]
    folded = text.map(words_of)
    assert len(found)
    for row in found.itertuples():
        assert words_of(text[row.first_turn_id][row.first_start : row.first_stop]) == row.string
        assert words_of(text[row.later_turn_id][row.later_start : row.later_stop]) == row.string
        within = folded.str.contains(rf"(?<!\S){re.escape(row.string)}(?!\S)")
        assert within.idxmax() <= row.first_turn_id < row.later_turn_id
        assert len(row.string.split()) == row.n_words


def test_echoes_of_the_sample_are_found_again_in_its_turns(root):
    talk = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    found = echo(talk.turns)
    assert_found_again(talk.turns, found)
    rows = {*zip(found["string"], found["first_turn_id"], found["later_turn_id"], strict=True)}
    assert {
        ("a cable of last resort", 5, 6), ("keep the paper logbook", 24, 25),
        ("two lamps at", 2, 22), ("openness and safety", 2, 22),
    } <= rows  # fmt: skip
    answering = found[found["answers"]]
    assert {"a cable of last resort", "keep the paper logbook"} <= {*answering["string"]}


def test_a_real_answer_takes_up_the_sense_of_gain_of_its_question(shared):
    turns = briefing.read(shared / SEED).turns
    found = echo(turns)
    assert_found_again(turns, found)
    gain = found[found["string"].str.contains("sense of gain") & found["answers"]]
    assert gain[["first_role", "later_role"]].drop_duplicates().to_numpy().tolist() == [
        ["journalist", "official"]
    ]
    assert gain["string"].tolist() == sorted(gain["string"], key=len, reverse=True)
    assert np.all(gain["n_content"] >= 2)
