"""What a source hides in its text does nothing in a spreadsheet, a terminal or a notebook."""

from __future__ import annotations

import csv
import io
import subprocess
import sys

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

import briefing
from briefing.safe import guarded, guarded_table, printable, unguarded, unguarded_table
from briefing.tables import BriefingError
from briefing.words.search import find

pytestmark = pytest.mark.whole

TALK = "Ann Lee: =1+1 is what we pay.\nBo Teal: -2 or +2?\nAnn Lee: @home \x1b[31mred\x1b[0m \x9b2J \x07.\n"
STARTS = ["=a", "+a", "-a", "@a", "\ta", "\ra", "'=a", "''=a", "'a", "a=", "", "'"]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(TALK.replace("\x07", ""), encoding="utf-8")
    return path


def run(*args):
    command = [sys.executable, "-m", "briefing", *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, encoding="utf-8")


@given(st.text(alphabet="'=+-@\t\ra1", max_size=6))
def test_a_guarded_text_begins_no_formula_and_comes_back(text):
    assert guarded(text)[:1] not in {"=", "+", "-", "@", "\t", "\r"}
    assert unguarded(guarded(text)) == text


def test_texts_in_csv_are_guarded_and_numbers_are_not(path):
    rows = [*csv.DictReader(io.StringIO(run("turns", path).stdout))]
    assert [row["text"][:3] for row in rows[1:]] == ["'-2", "'@h"]
    raw = [*csv.DictReader(io.StringIO(run("turns", "--raw", path).stdout))]
    assert [row["text"][:2] for row in raw[1:]] == ["-2", "@h"]


def test_a_guarded_table_has_its_columns_and_types():
    nothing = pd.Series([None, None])
    table = pd.DataFrame(
        {"all missing": nothing.astype("str"), "of any kind": nothing.astype("object"),
         "speaker": pd.Series(["=a", None], dtype="category"), 5: ["-a", "b"], "n": [-1, 1]}
    )  # fmt: skip
    made = guarded_table(table)
    assert made.dtypes.drop("speaker").equals(table.dtypes.drop("speaker"))
    assert made["speaker"].cat.categories.tolist() == ["'=a"]
    assert made[5].tolist() == ["'-a", "b"]
    pd.testing.assert_frame_equal(unguarded_table(made), table)


@pytest.mark.parametrize("ending", ["csv", "parquet"])
def test_a_saved_table_comes_back_as_it_was(tmp_path, ending):
    table = pd.DataFrame(
        {"text": STARTS, "speaker": pd.Series(STARTS, dtype="category"), "log_ratio": -1.5}
    )
    saved = briefing.convert.save_table(table, tmp_path / f"t.{ending}")
    pd.testing.assert_frame_equal(briefing.convert.read_table(saved), table)
    if ending == "csv":
        cells = list(csv.reader(io.StringIO(saved.read_bytes().decode(), newline="")))
        assert {row[2] for row in cells[1:]} == {"-1.5"}
        assert not [row for row in cells[1:] if row[0][:1] in {"=", "+", "-", "@", "\t", "\r"}]


def test_no_control_character_reaches_a_terminal(path):
    for command in ("turns", "check"):
        done = run(command, path)
        said = done.stdout + done.stderr
        assert not [sign for sign in said if not sign.isprintable() and sign not in "\n\t"]
    assert r"\x1b[31mred" in run("turns", path).stdout
    assert printable("a\x1b]0;x\x07\r\nb") == "a\\x1b]0;x\\x07\nb"


def test_a_full_output_is_one_line(path):
    with open("/dev/full", "wb") as full:
        command = [sys.executable, "-m", "briefing", "turns", str(path)]
        done = subprocess.run(command, stdout=full, stderr=subprocess.PIPE, text=True)
    assert done.returncode == 2
    assert done.stderr.startswith("briefing: cannot write the output: No space left")
    assert done.stderr.count("\n") == 1


def test_wildcards_do_not_go_back_over_a_word():
    words = ["a" * 40_000, "axbxc", "abc", "acb", "ab"]
    tokens = pd.DataFrame({"briefing_id": "b", "turn_id": 1, "sentence_id": 1, "token": words})
    tokens["position"] = range(len(words))

    def found(pattern):
        return [words[row][:5] for row in find(tokens, [pattern]).first]

    assert found("*a" * 30 + "*b") == []
    assert found("a*b*c") == ["axbxc", "abc"]
    assert found("a?b*") == ["axbxc", "acb"]
    assert found("*b") == ["acb", "ab"]
    assert found("ab*") == ["abc", "ab"]
    assert found("a**b") == ["acb", "ab"]


def test_an_expression_that_goes_back_for_ever_is_given_up(monkeypatch):
    monkeypatch.setattr("briefing.measures.concordance.SECONDS", 0.2)
    talk = briefing.parse(f"Ann Lee: {'a' * 40}!\nQ: Why?\nAnn Lee: Ice.")
    with pytest.raises(BriefingError, match=r"was given up after 0.2 seconds"):
        briefing.context.concordance(talk.turns, r"(?:a|aa|b)+(?:a|aa|c)+$", regex=True)


def test_dollars_are_no_mathematics_in_a_notebook():
    talk = briefing.parse("Ann Lee: It was $5 and is $6.\nQ: Why?\nAnn Lee: Ice is $7, or $8.")
    shown = [talk, talk.report, briefing.show(talk.turns[["text"]])]
    for html in (view._repr_html_() for view in shown):
        assert "mathjax_ignore" in html
        outside = html.split("<table", 1)[0]
        assert "$" not in outside or "mathjax_ignore" in outside
