"""Tables as they are shown: whole words, sensible decimals, and the table left alone."""

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from briefing.display import show
from briefing.tables import BriefingError

TABLE = pd.DataFrame(
    {
        "speaker": ["The Marrek Islands Fishing and Farming Weekly", None],
        "turn_id": pd.array([1200, pd.NA], "Int64"),
        "n_words": [1204, 3],
        "share_words": [1 / 3, 2 / 3],
        "log_ratio": [1.23456, float("nan")],
        "named": [True, False],
        "questions": [[1, 2], []],
    }
)


def test_numbers_have_the_decimals_of_their_kind_and_text_is_whole():
    page = show(TABLE)._repr_html_()
    for cell in ("The Marrek Islands Fishing and Farming Weekly", "1,204", "0.333", "1.23"):
        assert f">{cell}</td>" in page
    assert ">1200</td>" in page and ">yes</td>" in page and ">1, 2</td>" in page


def test_what_is_missing_is_a_dash_in_both_forms():
    assert show(TABLE)._repr_html_().count(">–</td>") == 3
    assert repr(show(TABLE)).count("–") == 3


def test_text_stands_left_and_numbers_right():
    page = show(TABLE)._repr_html_()
    assert (
        '<th scope="col" style="text-align: left; vertical-align: top' in page.split(">speaker<")[0]
    )
    assert "text-align: right" in page.split(">n_words<")[0].rsplit("<th", 1)[1]


def test_long_tables_say_how_long_they_are():
    assert "20 of 30 rows" in repr(show(pd.DataFrame({"n": range(30)})))
    assert "20 of 30 rows" in show(pd.DataFrame({"n": range(30)}))._repr_html_()


def test_an_empty_table_says_so_with_its_columns():
    assert repr(show(TABLE.iloc[:0])).endswith("no rows")
    assert ">speaker</th>" in show(TABLE.iloc[:0])._repr_html_()


def test_markup_in_a_cell_stays_text():
    assert "&lt;b&gt;" in show(pd.DataFrame({"text": ["<b>"]}))._repr_html_()


def test_the_table_is_left_as_it_was():
    before = TABLE.copy(deep=True)
    repr(show(TABLE)), show(TABLE)._repr_html_()
    assert_frame_equal(TABLE, before)


def test_what_is_no_table_is_refused_with_the_next_step():
    with pytest.raises(BriefingError, match="to_frame"):
        show(TABLE["n_words"])


def test_what_stands_left_of_a_node_ends_at_the_node():
    lines = pd.DataFrame({"left": ["we laid the"], "node": ["cable"], "right": ["in May"]})
    before_left = show(lines)._repr_html_().split(">we laid the<")[0]
    assert "text-align: right" in before_left.rsplit("<td", 1)[1]
