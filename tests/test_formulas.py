"""Formulas: thanks, greetings, closings, found and marked."""

import pandas as pd
import pytest

import briefing
from briefing import BriefingError
from briefing.lexicons import lexicon
from briefing.measures.wording import formulas, mark_formulas
from briefing.words.search import check_pattern
from build import words_of as tokens

KINDS = {"thanks", "greeting", "closing", "question", "praise", "floor"}


@pytest.mark.parametrize(
    ("text", "kind", "words"),
    [
        ("Thank you for your question. We met.", "thanks", "Thank you for your question"),
        ("Good morning, Jo Petrel here.", "greeting", "Good morning"),
        ("This concludes today’s briefing.", "closing", "This concludes today’s briefing"),
        ("My question is for Ms. Marlow.", "question", "My question is for Ms. Marlow"),
        ("That’s a good question. We met.", "praise", "That’s a good question"),
        ("Jo Petrel, the floor is yours.", "floor", "the floor is yours"),
    ],
)
def test_a_formula_is_found_whole_with_its_kind_and_place(text, kind, words):
    (row,) = formulas(tokens(text)).itertuples()
    assert (row.kind, text[row.start : row.stop]) == (kind, words)
    assert row.n_words == len(words.split())


@pytest.mark.parametrize(
    "text",
    ["This morning was good.", "Firms are welcome to build.", "We thank the crew.", "Ahead we go."],
)
def test_the_same_words_elsewhere_are_no_formula(text):
    assert formulas(tokens(text)).empty


def test_a_formula_never_crosses_a_sentence_or_a_turn():
    assert formulas(tokens("We thank. You left.", "Thank", "you all came")).empty


def test_counts_can_be_had_with_and_without_formulas():
    words = tokens("Thank you for your question. The quay is open. Thank you.")
    marked = mark_formulas(words)
    assert len(marked) == len(words) == 11
    assert marked.query("~in_formula")["token"].tolist() == ["the", "quay", "is", "open"]
    assert marked["in_formula"].sum() == formulas(words)["n_words"].sum()
    assert marked.query("~in_formula")["position"].tolist() == [5, 6, 7, 8]


def test_the_tokens_themselves_are_not_changed():
    words = tokens("Thank you.")
    before = words.copy()
    marked = mark_formulas(words)
    pd.testing.assert_frame_equal(words, before)
    pd.testing.assert_frame_equal(marked.drop(columns="in_formula"), before)
    assert marked.attrs == words.attrs


def test_a_selection_of_tokens_with_any_index_is_marked_row_by_row():
    words = tokens("We met. Thank you.", "Thank you. We met.")
    late = words[words["turn_id"] == 2]
    assert mark_formulas(late)["in_formula"].tolist() == [True, True, False, False]
    assert mark_formulas(late).index.tolist() == late.index.tolist()


def test_every_entry_of_the_list_has_a_kind_can_match_and_finds_itself():
    entries = lexicon("formulas")
    for entry in entries:
        check_pattern(entry)
    said = [entry.replace("*", "Marlow").capitalize() + "." for entry in sorted(entries)]
    found = formulas(tokens(*said))
    assert found["turn_id"].nunique() == len(entries) and set(found["kind"]) == KINDS


def test_nothing_found_and_no_rows_give_an_empty_table_with_the_same_columns():
    full = formulas(tokens("Thank you."))
    for words in (tokens("We met."), tokens("We met.").iloc[:0]):
        empty = formulas(words)
        assert empty.empty and empty.columns.tolist() == full.columns.tolist()
        assert not mark_formulas(words)["in_formula"].any()
        assert mark_formulas(words)["in_formula"].dtype == bool


def test_unnamed_speakers_stay_unnamed_and_briefings_apart():
    words = tokens("Thank", "you.", speaker=[None, None], briefing_id=["a", "b"], turn_id=[1, 1])
    assert formulas(words).empty
    assert formulas(tokens("Thank you.", speaker=[None]))["speaker"].isna().all()


@pytest.mark.parametrize("read", [formulas, mark_formulas])
def test_other_tables_are_refused_and_other_languages_give_no_rows(read):
    with pytest.raises(BriefingError, match="not a tokens table"):
        read(pd.DataFrame({"turn_id": [1]}))
    words = tokens("Vielen Dank.")
    words.attrs["language"] = "de"
    found = read(words)
    assert found.empty and "English" in found.attrs["why"]


def test_in_the_sample_each_one_thanks_as_the_record_has_it(root):
    talk = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    found = formulas(talk.tokens)
    thanks = found[found["kind"] == "thanks"]
    assert set(thanks["turn_id"]) >= {2, 3, 12, 14, 21, 25, 30}
    assert "Jorrit Haske" not in set(thanks["speaker"])


def test_on_the_real_briefing_formulas_are_found_again_in_the_turns(shared):
    (path,) = (shared / "scio_seed").iterdir()
    talk = briefing.read(path)
    found = formulas(talk.tokens)
    texts = talk.turns.set_index("turn_id")["text"]
    for row in found.sample(10, random_state=3).itertuples():
        printed = texts[row.turn_id][row.start : row.stop]
        assert len(printed.split()) == row.n_words
        assert printed.casefold().split()[0].startswith(row.pattern.split()[0])
    assert (
        texts.str.count(r"(?i)\bthank you")
        == found[found["pattern"].str.startswith("thank you")]
        .groupby("turn_id")
        .size()
        .reindex(texts.index, fill_value=0)
    ).all()
