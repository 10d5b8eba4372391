import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal
from scipy.stats import chi2_contingency

import briefing
from briefing.tables import BriefingError
from briefing.words.boundaries import fold
from build import words_of as said

SEED = "scio_seed/000_16d432a769277b33.txt"
COLUMNS = "phrase n n_all n_words per_1000 n_turns n_speakers log_dice g2 variants".split()


def counts(tokens, **how):
    table = briefing.phrases.key(tokens, **how)
    return dict(zip(table["phrase"], table["n"], strict=True))


HARBOUR = said(
    "The great tide mill stands. A great tide mill turns.",
    "Great tide mills! Our tide mill, your tide mill, my tide mill.",
    "Law of the sea. The law of sea; a law of a sea.",
    speaker=["Ida Marlow", None, "Jo Petrel"],
)


def test_phrases_are_counted_by_hand():
    table = briefing.phrases.key(HARBOUR)
    assert [*table] == COLUMNS
    assert table["phrase"].tolist() == ["law of a sea", "tide mill", "great tide mill"]
    assert table["n"].tolist() == [3, 3, 3]
    assert table["n_all"].tolist() == [3, 6, 3]
    assert table["n_words"].tolist() == [3, 2, 3]
    assert table["n_turns"].tolist() == [1, 1, 2]
    assert table["per_1000"].tolist() == [3000 / len(HARBOUR)] * 3


def test_articles_and_inflection_may_vary_and_the_variants_add_up():
    table = briefing.phrases.key(HARBOUR).set_index("phrase")
    assert table.loc["law of a sea", "variants"] == (
        "law of a sea (1); law of sea (1); law of the sea (1)"
    )
    assert table.loc["great tide mill", "variants"] == "great tide mill (2); great tide mills (1)"


def test_an_unnamed_speaker_is_not_counted_as_one():
    table = briefing.phrases.key(HARBOUR).set_index("phrase")
    assert table["n_speakers"].to_dict() == {
        "law of a sea": 1, "great tide mill": 1, "tide mill": 0,
    }  # fmt: skip


def test_a_part_is_listed_only_where_it_stands_alone_often_enough():
    mills = ["The great tide mill."] * 3
    assert counts(said(*mills, "A tide mill. A tide mill.")) == {"great tide mill": 3}
    assert counts(said(*mills, "A tide mill. A tide mill."), min_count=2) == {
        "great tide mill": 3, "tide mill": 2,
    }  # fmt: skip


def test_no_phrase_crosses_a_turn_a_sentence_or_a_comma():
    assert counts(said(*["Harbour.", "Dues."] * 3)) == {}
    assert counts(said("Harbour. Dues. " * 3)) == {}
    assert counts(said("Harbour, dues. " * 3)) == {}
    assert counts(said("Harbour dues. " * 3)) == {"harbour dues": 3}


def test_a_sentence_end_before_an_article_still_parts():
    assert counts(said("We see harbour. The dues rise. " * 3)) == {"dues rise": 3, "see harbour": 3}


def test_no_phrase_begins_or_ends_with_a_function_word_or_begins_with_a_figure():
    assert counts(said("It is of the rule of law that we, 12 boats. " * 3)) == {
        "rule of law": 3,
    }  # fmt: skip
    assert counts(said("See article 12. " * 3)) == {"see article 12": 3}


def test_a_contraction_is_a_function_word():
    assert counts(said("It's harbour; don't harbour. " * 3)) == {}


def test_a_phrase_longer_than_max_words_is_cut():
    text = "Great old tide mill. " * 3
    assert counts(said(text)) == {"great old tide mill": 3}
    assert counts(said(text), max_words=3) == {"great old tide": 3, "old tide mill": 3}


def test_association_is_that_of_the_weakest_cut():
    text = "Great tide mill. " * 3 + "Great sea. Great day. Tide mill, tide. Mill. Kelp, rope. "
    row = briefing.phrases.key(said(text)).set_index("phrase").loc["great tide mill"]
    n = 9 + 4 + 4 + 2  # running words, none of them an article
    cuts = [(5, 4), (3, 5)]  # great | tide mill, great tide | mill
    dice = [14 + np.log2(2 * 3 / (f1 + f2)) for f1, f2 in cuts]
    tables = [[[3, f1 - 3], [f2 - 3, n - f1 - f2 + 3]] for f1, f2 in cuts]
    g2 = [chi2_contingency(t, correction=False, lambda_="log-likelihood").statistic for t in tables]
    assert row["log_dice"] == pytest.approx(min(dice), abs=1e-12)
    assert row["g2"] == pytest.approx(min(g2), rel=1e-9)


def test_two_words_that_never_part_have_the_highest_dice():
    table = briefing.phrases.key(said("Kelp farm here. " * 3 + "Rope walks. Rope."), min_count=2)
    assert table.set_index("phrase")["log_dice"].to_dict() == {"kelp farm": 14}


def test_g2_is_missing_where_the_text_is_nothing_but_the_phrase():
    table = briefing.phrases.key(said("Kelp kelp kelp kelp kelp."), max_words=2)
    assert table["n"].tolist() == [4]
    assert table["g2"].isna().all()


def test_the_same_text_twice_has_the_same_phrases_twice_as_often():
    texts = [
        "Tide mill and law of the sea.",
        "Law of sea, tide mills.",
        "The tide mill, law of sea!",
    ]
    once = briefing.phrases.key(said(*texts), min_count=2)
    twice = briefing.phrases.key(said(*texts, *texts), min_count=4)
    assert len(once)
    same = ["phrase", "n_words", "per_1000", "log_dice", "n_speakers"]
    assert_frame_equal(once[same], twice[same])
    assert twice["n"].tolist() == (2 * once["n"]).tolist()


def test_hits_count_what_the_table_counts():
    table, hits = briefing.phrases.key(HARBOUR), briefing.phrases.key(HARBOUR, hits=True)
    alone = hits[hits["alone"]].groupby("phrase").size()
    assert alone.to_dict() == counts(HARBOUR)
    assert hits.groupby("phrase").size().to_dict() == dict(
        zip(table["phrase"], table["n_all"], strict=True)
    )
    assert not hits.duplicated(["turn_id", "start", "stop"]).any()
    assert hits.equals(hits.sort_values(["turn_id", "start"], kind="stable"))


def test_words_left_out_of_a_selection_are_not_skipped():
    tokens = said("Harbour of dues. " * 3)
    assert counts(tokens[tokens["token"] != "of"]) == {}


def test_briefings_with_the_same_turn_numbers_are_told_apart():
    one = said("Harbour dues. Harbour dues.").assign(briefing_id="one")
    two = said("Harbour dues. Tide.").assign(briefing_id="two")
    table = briefing.phrases.key(pd.concat([one, two], ignore_index=True))
    assert (table["n"].tolist(), table["n_turns"].tolist()) == ([3], [2])


def test_nothing_found_is_an_empty_table_with_its_columns():
    for tokens in (said("No phrase comes back here."), HARBOUR.iloc[:0], said("")):
        table, hits = briefing.phrases.key(tokens), briefing.phrases.key(tokens, hits=True)
        assert [*table] == COLUMNS
        assert (len(table), len(hits)) == (0, 0)
        assert {"phrase", "alone", "start", "stop"} < {*hits}


def test_plain_columns_and_unused_categories_make_no_difference():
    plain = HARBOUR.assign(
        token=HARBOUR["token"].astype("object"), speaker=HARBOUR["speaker"].astype("object")
    )
    assert_frame_equal(briefing.phrases.key(plain), briefing.phrases.key(HARBOUR))
    wide = HARBOUR.assign(
        token=HARBOUR["token"].cat.add_categories(["great tide", "zinc"]),
        speaker=HARBOUR["speaker"].cat.add_categories(["Nobody"]),
    )
    assert_frame_equal(briefing.phrases.key(wide), briefing.phrases.key(HARBOUR))


def test_the_tokens_are_left_as_they_are():
    before = HARBOUR.copy(deep=True)
    briefing.phrases.key(HARBOUR)
    assert_frame_equal(HARBOUR, before)


def test_the_result_says_how_it_was_made():
    table = briefing.phrases.key(
        said("A word.", attrs={"text_status": "translated", "language": "en"}), min_count=2
    )
    assert table.attrs == {
        "text_status": "translated", "part": False, "language": "en", "made_by": "key_phrases", "min_count": 2,
        "max_words": 8, "n_words": 2, "n_phrases": 0,
    }  # fmt: skip


@pytest.mark.parametrize("how", [{"min_count": 1}, {"max_words": 1}])
def test_a_phrase_of_one_word_or_said_once_is_refused(how):
    with pytest.raises(BriefingError, match="both must be 2 or more"):
        briefing.phrases.key(HARBOUR, **how)


def test_another_language_gives_no_rows_and_another_table_is_refused():
    found = briefing.phrases.key(said("Guten Tag.", attrs={"language": "de"}))
    assert found.empty and "English" in found.attrs["why"]
    with pytest.raises(BriefingError, match="not a tokens table"):
        briefing.phrases.key(pd.DataFrame({"text": ["Tide."]}))
    with pytest.raises(BriefingError, match="not a tokens table"):
        briefing.phrases.key(HARBOUR.drop(columns="stop"), hits=True)


def assert_found_again(talk, **how):
    """The first ten phrases and all their hits lie where they are said to in the turns."""
    table, hits = (
        briefing.phrases.key(talk.tokens, **how),
        briefing.phrases.key(talk.tokens, **how, hits=True),
    )
    text = talk.turns.set_index("turn_id")["text"]
    assert len(table)
    for row in table.head(10).itertuples():
        mine = hits[(hits["phrase"] == row.phrase) & hits["alone"]]
        places = zip(mine["turn_id"], mine["start"], mine["stop"], strict=True)
        printed = pd.Series([" ".join(fold(text[i][a:b]).split()) for i, a, b in places])
        said = printed.value_counts()
        assert row.variants.split("; ")[0] == f"{row.phrase} ({said[row.phrase]})"
        assert {*row.variants.split("; ")} == {f"{form} ({n})" for form, n in said.items()}
        assert (row.n, row.n_turns) == (len(mine), mine["turn_id"].nunique())


def test_phrases_of_the_sample_are_found_again_in_its_turns(root):
    talk = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    assert_found_again(talk)
    assert counts(talk.tokens)["cable of last resort"] == 3


def test_phrases_of_a_real_briefing_are_found_again_in_its_turns(shared):
    talk = briefing.read(shared / SEED)
    assert_found_again(talk)
    assert_found_again(talk, min_count=2)
    table = briefing.phrases.key(talk.tokens).set_index("phrase")
    assert table.loc["digital economy", ["n", "n_all"]].tolist() == [6, 9]
    assert table.loc["sense of gain", "n_turns"] == 2
    shared_future = table.loc["community of shared future in cyberspace"]
    assert (shared_future["n"], shared_future["variants"].count("(")) == (3, 2)


def test_a_phrase_is_one_word_where_it_stands_and_no_other_word_is_lost():
    said = "Harbour dues rise. No ship likes harbour dues. Harbour board pays harbour dues."
    tokens = briefing.tokenize(pd.DataFrame({"speaker": ["Ida Marlow"], "text": [said]}))
    words = briefing.phrases.as_words(tokens)
    assert words["token"].tolist() == (
        ["harbour dues", "rise", "no", "ship", "likes", "harbour dues"]
        + ["harbour", "board", "pays", "harbour dues"]
    )
    places = zip(words["start"], words["stop"], strict=True)
    assert [said[a:b].casefold() for a, b in places] == words["token"].tolist()
    assert len(tokens) == len(words) + 3
    alone = briefing.phrases.as_words(tokens, min_count=4)
    assert alone["token"].tolist() == tokens["token"].tolist()


def test_phrases_that_overlap_are_one_word_the_first_time():
    text = "red sea port red sea port red sea port sea port town sea port town sea port town "
    tokens = briefing.tokenize(pd.DataFrame({"speaker": ["A"], "text": [text]}))
    words = briefing.phrases.as_words(tokens)
    assert " ".join(words["token"]).split() == tokens["token"].tolist()
