"""What is said again word for word, new, kept and gone."""

import pytest

import briefing
from briefing.measures.reuse import characters, repeats, since
from build import turns_of

LINE = "we will open the quay as soon as it is safe"
OTHER = "the ferry runs every day from nine until the lamps are lit"


def turns(*said):
    return turns_of("briefing_id speaker role text", *said)


def tokens(*said, **options):
    return briefing.tokenize(turns(*said), **options)


def test_the_longest_run_is_listed_once_with_who_says_it():
    found = repeats(
        tokens(
            ("a", "Ida Marlow", "official", f"Well, {LINE}. Yes."),
            ("b", None, "journalist", f"You said: {LINE}?"),
            ("b", "Cy Dunlin", "official", f"Indeed {LINE}!"),
        )
    )
    assert found["text"].tolist() == [LINE]
    row = found.iloc[0]
    assert (row["n"], row["n_briefings"], row["n_speakers"], row["shared"]) == (3, 2, 3, True)


@pytest.mark.parametrize("role", ["journalist", "official"])
def test_what_one_side_alone_says_is_not_shared(role):
    found = repeats(tokens(("a", "Jo", role, LINE), ("b", "Bo", role, LINE)))
    assert found["shared"].tolist() == [False]


def test_a_part_that_is_said_more_often_has_a_row_of_its_own():
    more = f"and {LINE} to do so again"
    found = repeats(tokens(*[("a", "Ida Marlow", "official", text) for text in (more, more, LINE)]))
    assert dict(zip(found["text"], found["n"], strict=True)) == {LINE: 3, more: 2}


def test_what_is_shorter_or_said_once_is_no_run():
    assert repeats(
        tokens(
            ("a", "Jo", "official", "we will open it"), ("b", "Jo", "official", "we will open it")
        )
    ).empty


def test_new_kept_and_gone():
    earlier = tokens(
        ("a", "Jo", "official", LINE),
        ("b", "Jo", "official", f"{LINE}. {OTHER}."),
        ("b", "Jo", "official", OTHER),
    )
    again = "never has a lamp been lit so late in the year"
    today = tokens(("c", "Jo", "official", f"{LINE}. {again}."), ("c", "Jo", "official", again))
    found = since(today, earlier).set_index("text")["status"].to_dict()
    assert found == {LINE: "kept", again: "new"}
    one = since(today, earlier[earlier["briefing_id"] == "b"]).set_index("text")["status"]
    assert one[OTHER] == "gone"
    with pytest.raises(briefing.BriefingError, match="occurs twice"):
        since(today, today)


def test_chinese_by_characters():
    said = "夜间渡轮从十月一日起恢复"
    found = repeats(
        tokens(
            ("a", "林", "official", said),
            ("b", "周", "official", f"是的，{said}。"),
            tokenizer=characters,
        )
    )
    assert found["text"].tolist() == [said]


def test_dates_of_a_series_are_kept():
    rows = turns(("a", "Jo", "official", LINE), ("b", "Jo", "official", LINE))
    found = repeats(briefing.tokenize(rows.assign(date=["2031-02-01", "2031-01-01"])))
    assert found[["first_date", "last_date"]].iloc[0].tolist() == ["2031-01-01", "2031-02-01"]
