"""Topic dictionaries: what a teacher may write, and what an error says of a slip."""

from pathlib import Path

import pandas as pd
import pytest

import briefing
from briefing.measures.topics import codebook
from briefing.tables import BriefingError

HARBOUR = """
# measured: not yet
[about]
title = "Harbour affairs"
version = "1.0"
date = 2026-11-24
scope = "English press briefings of ports."

[security]
definition = "Keeping ships and goods from harm."
patterns = ["security", "Port  Security", "smuggl*"]
exclude = ["social security"]
counted = "Also the watch at the gates."

["ship building"]
definition = "Yards, and what is built there."
patterns = ["shipyard*"]
"""


@pytest.fixture
def harbour(tmp_path):
    def write(text=HARBOUR, old="", new=""):
        path = tmp_path / "harbour.toml"
        path.write_bytes(text.replace(old, new).encode())
        return path

    return write


def test_a_file_is_read_as_it_is_written(harbour):
    topics = briefing.topics.read(harbour())
    assert topics.names == ["security", "ship building"]
    security, _ = topics.topics
    assert security.patterns == ("security", "Port  Security", "smuggl*")
    assert security.exclude == ("social security",)
    assert security.counted == "Also the watch at the gates."
    assert topics.about["date"] == "2026-11-24"
    assert topics.describe() == {
        "dictionary": "Harbour affairs", "version": "1.0", "precision": None, "accuracy": None,
        "scope": "English press briefings of ports.", "n_topics": 2, "n_patterns": 4,
    }  # fmt: skip


def test_a_path_may_be_text_and_a_file_may_have_a_byte_order_mark(harbour):
    path = harbour()
    path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes())
    assert briefing.topics.read(str(path)).topics == briefing.topics.read(harbour()).topics


def test_what_was_read_is_not_read_again(harbour):
    topics = briefing.topics.read(harbour())
    assert briefing.topics.read(topics) is topics


def test_topics_may_be_given_as_a_dict_of_lists_or_of_tables():
    topics = briefing.topics.read(
        {"sea": ["ship*"], "land": {"patterns": ["road"], "exclude": ["railroad"]}}
    )
    assert topics.names == ["sea", "land"]
    assert topics.topics[1].exclude == ("railroad",)
    assert topics.describe()["version"] is None


def test_every_dictionary_of_the_package_can_be_read(root):
    files = sorted((root / "briefing" / "lexicons").glob("topics-*.toml"))
    names = [path.stem.removeprefix("topics-") for path in files]
    assert "digital-policy" in names
    for name, path in zip(names, files, strict=True):
        assert briefing.topics.read(name).topics == briefing.topics.read(path).topics


SLIPS = [
    # what is written for what, and what the error must say besides the file
    ('"smuggl*"', '"smuggl*", ""', ["'security'", "''", "no words"]),
    ('"smuggl*"', '"a, b"', ["'security'", "'a, b'", "cannot match"]),
    ('"smuggl*"', '"*"', ["'security'", "'*'", "nearly every word"]),
    ('"smuggl*"', '"?* *"', ["'security'", "'?* *'", "nearly every word"]),
    ('"smuggl*"', "7", ["'security'", "7"]),
    ('"smuggl*"', '"SECURITY"', ["'security'", "'SECURITY'", "is in patterns twice"]),
    ('["social security"]', '["a b", "A  B"]', ["'security'", "'A  B'", "in exclude twice"]),
    ('["social security"]', '["*"]', ["'security'", "'*'", "nearly every word"]),
    ('["social security"]', '["Security"]', ["'security'", "excluded by its own topic"]),
    ('["shipyard*"]', "[]", ["'ship building'", "no patterns"]),
    ('["shipyard*"]', '"shipyard*"', ["'ship building'", "Give a list"]),
    ('patterns = ["shipyard*"]', "", ["'ship building'", "no patterns"]),
    ("patterns = [", "pattern = [", ["'security'", "unknown key 'pattern'", "patterns"]),
    ("definition =", "notes =", ["'security'", "no definition"]),
    ('"Keeping ships and goods from harm."', '" "', ["'security'", "no definition"]),
    ('"Keeping ships', '"Keeping\\nships', ["'security'", "several lines"]),
    ('"Keeping ships and goods from harm."', "3", ["'security'", "definition = 3"]),
    ('["ship building"]', "[ship.building]", ["'ship'", "unknown key 'building'", "quotes"]),
    ('["ship building"]', '[""]', ["named ''"]),
    ('["ship building"]', "[ship building]", ["is not TOML", "line 15"]),
    ('["ship building"]', "[security]", ["is not TOML", "security", "line 15"]),
    ("[about]", "colour = 3\n[about]", ["colour = 3", "outside any table"]),
    ("[about]", "[header]", ["no table [about]"]),
    ('version = "1.0"', "version = 1.0", ["version = 1.0", "in quotes"]),
    ('version = "1.0"', "", ["version = ''", "[about]"]),
    ('scope = "English press briefings of ports."', "", ["scope = ''"]),
    ('version = "1.0"', 'version = "1.0"\nlicense = "CC0"', ["'license'", "licence"]),
]


@pytest.mark.parametrize(("old", "new", "said"), SLIPS)
def test_a_slip_is_an_error_that_names_file_topic_and_pattern(harbour, old, new, said):
    assert old in HARBOUR
    path = harbour(old=old, new=new)
    with pytest.raises(BriefingError) as error:
        briefing.topics.read(path)
    message = str(error.value)
    assert str(path) in message
    assert [part for part in said if part not in message] == []
    assert "\n" not in message and message.endswith(".")


def test_a_file_without_topics_is_refused(harbour):
    with pytest.raises(BriefingError, match="has no topics"):
        briefing.topics.read(harbour(HARBOUR[: HARBOUR.index("[security]")]))


@pytest.mark.parametrize("encoding", ["utf-16", "latin-1"])
def test_a_file_in_another_encoding_is_refused_with_what_to_do(tmp_path, encoding):
    path = tmp_path / "hafen.toml"
    path.write_bytes(HARBOUR.replace("Yards", "Wérften").encode(encoding))
    with pytest.raises(BriefingError, match=r"hafen.toml is not UTF-8 .*Save it as UTF-8"):
        briefing.topics.read(path)


@pytest.mark.parametrize("source", ["harbor.toml", "digital-politics", Path("."), ""])
def test_a_file_or_name_that_is_not_there_is_refused_with_the_names_there_are(source):
    with pytest.raises(BriefingError, match="no such file.*digital-policy"):
        briefing.topics.read(source)


@pytest.mark.parametrize("source", [None, 3, ["internet"]])
def test_what_is_no_dictionary_is_refused(source):
    with pytest.raises(BriefingError, match="no topics in"):
        briefing.topics.read(source)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({}, "has no topics"),
        ({"sea": "ship"}, "'sea' has patterns = 'ship'"),
        ({"sea": None}, "'sea' has patterns = None"),
        ({"sea": []}, "'sea' has no patterns"),
        ({3: ["ship"]}, "named 3"),
        ({"sea": ["ship", "*"]}, r"'sea': the pattern '\*'"),
    ],
)
def test_a_dict_is_checked_as_a_file_is(given, said):
    with pytest.raises(BriefingError, match=f"^the patterns given.*{said}"):
        briefing.topics.read(given)


def test_the_codebook_has_a_row_per_topic_with_all_that_is_written(harbour):
    book = codebook(harbour())
    assert book["topic"].tolist() == ["security", "ship building"]
    assert book["patterns"].tolist() == ["security, Port  Security, smuggl*", "shipyard*"]
    assert book["exclude"].tolist() == ["social security", ""]
    assert book["n_patterns"].tolist() == [3, 1]
    assert book["definition"].str.endswith(".").all()
    assert book.attrs["dictionary"] == "Harbour affairs"
    pd.testing.assert_frame_equal(codebook(briefing.topics.read(harbour())), book)


def test_a_pattern_that_its_topic_always_excludes_is_an_error():
    with pytest.raises(BriefingError, match="quay.*new quay.*can never be a hit"):
        briefing.topics.read({"quay": {"patterns": ["new quay", "harbour"], "exclude": ["qua*"]}})
