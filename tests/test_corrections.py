"""The corrections file: unedited it changes nothing, edited it holds, misfitting it is refused."""

import os
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

import briefing
from briefing.corrections import corrections_path, save_corrections
from briefing.tables import BriefingError
from made import LAYOUTS, make

TALK = """\
Harbour Office

MS. MARLOW: Good morning. The new lock is ready. I will take your questions.

Q: When does the lock open?

MS. MARLOW: It opens in May, once the river has gone down far enough.

Note: the harbour master nodded at this, and went on to the second point.

Q: And who pays for the gates?

DRAY, PRESS OFFICER: The province pays for all of them, as it always has.

MR. TENBRINK: I can add that the gates were ordered in the autumn of last year.

Q: Thank you.
"""


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def correct(path, *changes, add=""):
    """Write the corrections file of `path` with each (old, new) of `changes` made in it."""
    beside = save_corrections(briefing.read(path), path)
    text = beside.read_text(encoding="utf-8")
    for old, new in changes:
        assert old in text, text
        text = text.replace(old, new)
    for place in re.findall(r"\{ line = \d+,", add):  # a line in doubt has an entry already
        text = re.sub(rf"(?m)^    {place}.*, is = .*\n", "", text)
    beside.write_text(text.replace("lines = [", f"lines = [\n{add}", 1), encoding="utf-8")
    return beside


def corrected(path, *changes, add=""):
    """The transcript read again, after `correct`."""
    correct(path, *changes, add=add)
    return briefing.read(path)


def write(path, text):
    corrections_path(path).write_text(text, encoding="utf-8")


def refused(path, *parts):
    """Reading `path` ends in our own error, on one line that holds `parts`."""
    with pytest.raises(BriefingError, match="corrections.toml") as caught:
        briefing.read(path)
    assert "\n" not in str(caught.value)
    assert all(part in str(caught.value) for part in parts), str(caught.value)


def alike(one, other):
    """The same tables, but for who made the links."""
    assert_frame_equal(one.turns, other.turns)
    assert_frame_equal(one.lines, other.lines)
    assert_frame_equal(one.pairs.drop(columns="inferred"), other.pairs.drop(columns="inferred"))


def unedited(first, path):
    """The file written for `first` changes nothing; its path."""
    beside = save_corrections(first, path)
    again = briefing.read(path)
    alike(first, again)
    assert_frame_equal(first.pairs, again.pairs)
    assert str(first.report) == str(again.report)
    return beside


def changes_nothing(path):
    """Unedited, and with each entry marked as checked, the tables stay as they were."""
    try:
        first = briefing.read(path)
    except BriefingError:
        assume(False)  # a made page that is refused
    beside = unedited(first, path)
    text = beside.read_text(encoding="utf-8").replace("\n    { ", "\n    { checked = true, ")
    beside.write_text(text, encoding="utf-8")
    checked = briefing.read(path)
    alike(first, checked)
    assert not checked.pairs["inferred"].any()
    assert len(checked.applied) >= len(tomllib.loads(text)["answers"])


@pytest.mark.slow
@settings(max_examples=40, deadline=None, derandomize=True, database=None)
@given(st.sampled_from([*LAYOUTS]), st.integers(0, 10_000))
def test_a_file_that_nobody_edited_changes_nothing_in_any_layout(tmp_path_factory, layout, seed):
    page = make(layout, seed)
    path = tmp_path_factory.mktemp("made") / f"page{page.suffix}"
    path.write_bytes(page.data)

    changes_nothing(path)


def test_a_file_that_nobody_edited_changes_nothing_in_the_sample(tmp_path, root):
    changes_nothing(Path(shutil.copy(root / "data" / "lanmere-ring-2024.txt", tmp_path)))


@pytest.mark.parametrize(
    "name",
    [
        "scio_seed/000_16d432a769277b33.txt",
        "fomc_pdf/fomc_2024-01-31.pdf",
        "srt_asr/citizen_hearing_UFO-04.srt",
        "debate_csv/vp_debate_2020-10-07.csv",
        "annotation_formats/griffin.cha",
        "wh_html/wh_covid_2020-03-15.html",
        "wh_md/wh_gaggle_hampton_2021-05-28.md",
    ],
)
def test_a_file_that_nobody_edited_changes_nothing_in_real_transcripts(shared, tmp_path, name):
    changes_nothing(Path(shutil.copy(shared / name, tmp_path)))


@pytest.mark.slow
def test_a_file_that_nobody_edited_changes_nothing_in_whatever_is_read(shared, root, tmp_path):
    places = (shared, shared.parent / "cases", root / "data")
    paths = [path for place in places for path in sorted(place.rglob("*")) if path.is_file()]
    n_read = 0
    for i, path in enumerate(path for path in paths if path.suffix not in (".py", ".toml")):
        (tmp_path / str(i)).mkdir()
        copy = Path(shutil.copy(path, tmp_path / str(i)))
        try:
            first = briefing.read(copy)
        except BriefingError:
            continue
        unedited(first, copy)
        n_read += 1
    assert n_read > 250


def test_a_name_role_and_organisation_are_those_of_the_file(talk):
    old = 'name = "Mr. Tenbrink", role = "official", organisation = ""'
    new = 'name = "Jan Tenbrink", role = "moderator", organisation = "Port"'
    row = corrected(talk, (old, new)).turns.query("label == 'MR. TENBRINK'").iloc[0]

    assert row[["speaker", "role", "organisation"]].tolist() == [
        "Jan Tenbrink",
        "moderator",
        "Port",
    ]


def test_two_labels_with_one_name_are_one_person_with_one_role(talk):
    before = briefing.read(talk).turns
    turns = corrected(talk, ('"Mr. Tenbrink"', '"Ms. Marlow"')).turns

    assert {"Ms. Marlow", "Mr. Tenbrink"} <= set(before["speaker"])
    mine = turns.query("label == 'MR. TENBRINK' or label == 'MS. MARLOW'")
    assert set(mine["speaker"]) == {"Ms. Marlow"}
    assert set(mine["role"]) == {"official"}


def test_one_person_with_two_corrected_roles_is_refused_by_both_lines(talk):
    correct(
        talk,
        ('"Mr. Tenbrink", role = "official"', '"Ms. Marlow", role = "journalist"'),
        ('"Ms. Marlow", role = "official"', '"Ms. Marlow", role = "moderator"'),
    )
    refused(talk, "journalist here and moderator on line", "one role")


DRAY = 'name = "Dray", role = "official"'
ASKING = DRAY.replace("official", "journalist")


def test_links_follow_a_corrected_role(talk):
    before = briefing.read(talk).turns["answers"].fillna(0).tolist()
    after = corrected(talk, (DRAY, ASKING)).turns["answers"].fillna(0).tolist()

    assert before[:5] == [0, 0, 2, 0, 4]
    assert after[:5] == [0, 0, 2, 0, 0]


def test_a_line_that_was_no_label_goes_on_with_the_turn_before(talk):
    first = briefing.read(talk).turns
    asis = first["label"].tolist()
    add = '{ line = 9, begins = "Note: the harbour", is = "label" },\n'
    as_label = corrected(talk, add=add)
    corrections_path(talk).unlink()
    add = '{ line = 5, begins = "Q: When", is = "speech" },\n'
    as_speech = corrected(talk, add=add)

    assert "Note" not in asis
    assert as_label.turns["label"].tolist() == [*asis[:3], "Note", *asis[3:]]
    assert as_speech.turns["label"].tolist() == [asis[0], *asis[2:]]
    assert as_speech.turns["text"][0].endswith("Q: When does the lock open?")


def test_a_label_that_cannot_be_made_out_is_taken_as_the_person_gives_it(talk):
    talk.write_text(TALK.replace("Note: the", "marlow + the"), encoding="utf-8")
    plain = '{ line = 9, begins = "marlow +", is = "label" },\n'
    beside = correct(talk, add=plain)
    refused(talk, "line 9", "label =")
    text = beside.read_text(encoding="utf-8").replace('"label" }', '"label", label = "marlow" }')
    beside.write_text(text, encoding="utf-8")

    row = briefing.read(talk).turns.query("first_line == 9").iloc[0]

    assert row["label"] == "marlow"
    assert row["text"].startswith("+ the harbour master")


@pytest.mark.parametrize("kind", ["note", "metadata", "boilerplate"])
def test_a_line_that_is_no_speech_leaves_its_turn_and_is_accounted_for(talk, kind):
    add = f'{{ line = 9, begins = "Note: the harbour", is = "{kind}" }},\n'
    transcript = corrected(talk, add=add)

    assert transcript.lines.query("line == 9")["kind"].tolist() == [kind]
    assert not transcript.turns["text"].str.contains("harbour master").any()


def test_a_line_that_was_left_out_comes_back_where_it_stands(talk):
    talk.write_text(TALK.replace("Note: the harbour", "-----\n\nThe harbour"), encoding="utf-8")
    left = briefing.read(talk).lines.query("line == 1")["kind"].tolist()
    turns = corrected(
        talk, add='{ line = 1, begins = "Harbour Office", is = "turn", name = "Host" },\n'
    ).turns

    assert left == ["metadata"]
    assert turns.loc[0, ["speaker", "text", "inferred"]].tolist() == [
        "Host",
        "Harbour Office",
        True,
    ]


def test_a_turn_without_a_label_is_parted_off_and_may_be_named_for_itself(talk):
    who = 'name = "Ada Roon", role = "journalist", organisation = "Radio Vliet"'
    add = f'{{ line = 9, begins = "Note: the", is = "turn", {who} }},\n'
    transcript = corrected(talk, add=add)
    row = transcript.turns.query("first_line == 9").iloc[0]

    assert row[["speaker", "role", "organisation"]].tolist() == [
        "Ada Roon",
        "journalist",
        "Radio Vliet",
    ]
    assert row["inferred"]
    assert row["text"].startswith("Note: the harbour master")
    assert "line 9: turn" not in str(transcript.report)


def test_one_question_of_many_under_q_is_given_its_speaker(talk):
    add = '{ line = 5, begins = "Q: When", is = "label", name = "Ada Roon" },\n'
    turns = corrected(talk, add=add).turns.query("label == 'Q'")
    assert turns["speaker"].astype("str").fillna("").tolist() == ["Ada Roon", "", ""]


def test_a_label_inside_a_line_is_undone_by_calling_the_line_speech(talk):
    more = TALK.replace("once the river", "or soon. MR. TENBRINK: No, once the river")
    talk.write_text(more.replace("MR. TENBRINK: I", "MR. TENBRINK: Yes. I"), encoding="utf-8")
    found = len(briefing.read(talk).turns)
    text = correct(talk).read_text(encoding="utf-8")
    corrections_path(talk).unlink()
    turns = corrected(talk, ('is = "split"', 'is = "label"')).turns

    assert 'line = 7, begins = "MS. MARLOW: It opens in May,", is = "split"' in text
    assert len(turns) == found - 1
    assert "soon. MR. TENBRINK: No, once" in turns["text"][2]


def test_an_answer_is_linked_to_the_question_of_the_file_and_is_not_inferred(talk):
    transcript = corrected(talk, ("questions = [11] },  # to", "questions = [5] },  # to"))
    pairs = transcript.pairs.query("answer_id == 5")

    assert pairs["question_id"].tolist() == [2]
    assert pairs["inferred"].tolist() == [False]
    assert transcript.pairs.query("answer_id == 3")["inferred"].tolist() == [True]


def test_an_answer_to_nothing_and_one_to_two_questions(talk):
    first = '{ line = 7, begins = "It opens in May, once the", questions = [5] }'
    assert first in correct(talk).read_text(encoding="utf-8")
    corrections_path(talk).unlink()
    turns = corrected(
        talk, (first, first.replace("[5]", "[]")), ("questions = [11]", "questions = [11, 5]")
    )

    assert turns.turns["answers"].isna()[2]
    assert turns.pairs.query("answer_id == 5")["question_id"].tolist() == [2, 4]


def test_a_question_is_found_by_its_words_where_turns_share_a_line(talk):
    write(
        talk,
        'answers = [{ line = 13, begins = "The province", questions = ["When does the"] }]',
    )
    assert briefing.read(talk).turns["answers"][4] == 2


def test_the_kind_of_text_goes_with_the_table(talk):
    transcript = corrected(talk, ('text_status = "unknown"', 'text_status = "edited"'))

    assert transcript.turns.attrs["text_status"] == "edited"
    assert "kind of text: edited (talk.txt.corrections.toml says so)" in str(transcript.report)


def test_the_report_lists_what_was_corrected_and_no_longer_as_inferred(talk):
    before = str(briefing.read(talk).report)
    old = 'name = "Mr. Tenbrink", role = "official"'
    report = str(corrected(talk, (old, old.replace("official", "moderator"))).report)

    assert "line 15: Mr. Tenbrink is official (" in before
    assert "line 15: Mr. Tenbrink is" not in report
    assert "corrected by talk.txt.corrections.toml (1)" in report
    assert "line 15: label 'MR. TENBRINK': Mr. Tenbrink, moderator" in report


def test_a_link_that_a_person_checked_holds_when_others_follow_a_new_role(talk):
    link = '{ line = 13, begins = "The province'
    checked = link.replace("{ line", "{ checked = true, line")
    turns = corrected(talk, (DRAY, ASKING), (link, checked)).turns

    assert turns["role"][4] == "journalist"
    assert turns["answers"][4] == 4


def test_what_a_person_confirmed_is_no_longer_listed_as_inferred(tmp_path, root):
    path = Path(shutil.copy(root / "data" / "lanmere-ring-2024.txt", tmp_path))
    before = {inference.line for inference in briefing.read(path).report.inferences}
    text = correct(path).read_text(encoding="utf-8").replace("    { ", "    { checked = true, ")
    write(path, text)
    after = briefing.read(path).report

    assert len(before) > 5
    assert after.inferences == []
    assert "0 turns linked" in str(after)


def test_names_and_organisations_that_a_person_gave_are_no_longer_listed(talk):
    full = TALK.replace("MS. MARLOW", "LENA MARLOW", 1).replace(
        "Q: When", "Q: Jo Roon of Radio Delta. When"
    )
    talk.write_text(full, encoding="utf-8")
    before = str(briefing.read(talk).report)
    write(
        talk,
        'speakers = [{ name = "Ida Marlow", labels = ["MS. MARLOW"] }]\n'
        'lines = [{ line = 5, begins = "Q: Jo Roon", is = "label", organisation = "RD" }]',
    )
    transcript = briefing.read(talk)

    for said in ("MS. MARLOW = Lena Marlow is taken", "line 5: organisation 'Radio Delta'"):
        assert said in before
        assert said not in str(transcript.report)
    assert transcript.turns["organisation"][1] == "RD"
    assert transcript.turns["speaker"].tolist()[2] == "Ida Marlow"


def test_a_label_that_could_be_told_nothing_of_takes_the_role_of_its_person(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(
        TALK.replace("Q: Thank you.", "UNIDENTIFIED: And what of the road?"), encoding="utf-8"
    )
    assert briefing.read(path).turns["role"][6] != "official"
    write(path, 'speakers = [{ name = "Ms. Marlow", labels = ["UNIDENTIFIED"] }]')

    assert briefing.read(path).turns["role"][6] == "official"


def test_lines_hold_in_the_order_of_the_source_whatever_their_order_in_the_file(talk):
    talk.write_text(f"Harbour first,\n\nand second\n\n{TALK}", encoding="utf-8")
    write(
        talk,
        'lines = [\n{ line = 3, begins = "and", is = "speech" },\n'
        '{ line = 1, begins = "Harbour", is = "turn" },\n]',
    )
    assert briefing.read(talk).turns["text"][0] == "Harbour first,\n\nand second"


def test_a_heading_that_was_said_comes_back_in_the_middle_of_its_turn(tmp_path):
    path = tmp_path / "talk.md"
    path.write_text(
        "**MS. MARLOW:** Good morning to you all.\n\n# In May\n\nThat is all I have.\n\n"
        "**Q:** Why?\n\n**MS. MARLOW:** It rained.\n\n**Q:** And now?\n",
        encoding="utf-8",
    )
    noted = briefing.read(path).lines.query("line == 3")["kind"].tolist()
    number = briefing.read(path).lines.query("text.str.contains('In May')")["line"].iloc[0]
    write(path, f'lines = [{{ line = {number}, begins = "In May", is = "speech" }}]')

    assert noted == ["note"]
    text = briefing.read(path).turns["text"][0]
    assert text.split("\n\n") == ["Good morning to you all.", "In May", "That is all I have."]


def test_times_go_with_the_turns_that_are_parted_and_joined(tmp_path):
    path = tmp_path / "talk.vtt"
    cues = [("Ann", "Good morning."), ("Ann", "Now you."), ("Ben", "Why?"), ("Ann", "It rained.")]
    path.write_text(
        "WEBVTT\n\n"
        + "".join(
            f"00:0{i}.000 --> 00:0{i}.900\n<v {who}>{said}\n\n"
            for i, (who, said) in enumerate(cues)
        ),
        encoding="utf-8",
    )
    lines = briefing.read(path).lines.query("kind == 'speech'")["line"].tolist()
    write(
        path,
        f'lines = [{{ line = {lines[1]}, begins = "Now", is = "turn" }},\n'
        f'{{ line = {lines[3]}, begins = "It", is = "speech" }}]',
    )
    turns = briefing.read(path).turns

    assert turns["text"].tolist() == ["Good morning.", "Now you.", "Why?\n\nIt rained."]
    assert turns["start_s"].tolist() == [0, 1, 2]
    assert turns["stop_s"].tolist() == [0.9, 1.9, 3.9]


def test_of_the_turns_on_a_line_its_number_means_the_question(talk):
    talk.write_text(
        "MS. MARLOW: Good morning to you. Q: When does the lock open? MS. MARLOW: It opens in "
        "May.\n\nMR. TENBRINK: Once the river has gone down.\n\nQ: And who pays for it?\n",
        encoding="utf-8",
    )
    write(talk, 'answers = [{ line = 3, begins = "Once", questions = [1] }]')
    turns = briefing.read(talk).turns

    assert turns["label"].tolist() == ["MS. MARLOW", "Q", "MS. MARLOW", "MR. TENBRINK", "Q"]
    assert turns["answers"][3] == 2


def test_a_paragraph_stays_one_when_the_label_in_it_is_undone(talk):
    lines = ["MS. MARLOW: Good morning to you", "all, and thank you for coming."]
    lines += ["    It opens soon. Q: In June, or", "in May, if the river lets us go"]
    lines += ["on. That is what I have for", "you today.", "", "Q: Who pays for", "it?"]
    lines += ["", "MS. MARLOW: The province and", "the town.", "", "Q: And why", "so late?"]
    talk.write_text("\n".join(lines), encoding="utf-8")
    first = briefing.read(talk)
    write(talk, 'lines = [{ line = 3, begins = "It opens", is = "speech" }]')
    again = briefing.read(talk)

    assert first.turns["text"][1].startswith("In June, or in May")
    assert "line 3: label 'Q' is in mid-paragraph" in str(first.report)
    assert "coming.\n\nIt opens soon. Q: In June, or in May" in again.turns["text"][0]
    assert "mid-paragraph" not in str(again.report)


def test_a_transcript_without_any_turn_is_mended_by_naming_its_labels(tmp_path):
    path = tmp_path / "bare.txt"
    path.write_text("marlow ^ We open in May.\n\nroon ^ Who pays?\n", encoding="utf-8")
    with pytest.raises(BriefingError, match="no turn"):
        briefing.read(path)
    write(
        path,
        'lines = [{ line = 1, begins = "marlow", is = "label", label = "marlow ^" },\n'
        '{ line = 3, begins = "roon", is = "label", label = "roon ^" }]',
    )

    assert briefing.read(path).turns["text"].tolist() == ["We open in May.", "Who pays?"]


def test_a_line_that_begins_otherwise_now_is_refused_with_what_stands_there(talk):
    correct(talk, add='{ line = 9, begins = "Note: the harbour", is = "note" },\n')
    talk.write_text(TALK.replace("Note: the harbour", "Now the harbour"), encoding="utf-8")
    at = (
        corrections_path(talk)
        .read_text(encoding="utf-8")
        .split("\n")
        .index('{ line = 9, begins = "Note: the harbour", is = "note" },')
    )

    refused(
        talk,
        f"talk.txt.corrections.toml, line {at + 1}: line 9 of talk.txt",
        "'Note: the harbour'",
        "'Now the harbour master nodded at'",
    )


def test_an_answer_that_no_longer_stands_there_is_refused(talk):
    correct(talk)
    talk.write_text(TALK.replace("It opens in May", "It opens in June"), encoding="utf-8")
    refused(talk, "line 7 of talk.txt", "It opens in May", "It opens in June, once")


def test_lines_that_moved_are_refused_and_not_corrected_elsewhere(talk):
    correct(talk)
    talk.write_text(f"Press desk\n\n{TALK}", encoding="utf-8")
    refused(talk, " of talk.txt should begin", "take this entry out")


BAD = {
    "text_status = 'unknown'\nrole = 'x'": ("line 2", "no key 'role'", "speakers"),
    "text_status = 'spoken'": ("line 1", "'spoken'", "verbatim"),
    "text_status = 'edited'\nlayout = 'colon'": ("line 2", "'layout'", "labels = ["),
    "labels = 'Q'": ("line 1", "in square brackets"),
    "labels = ['Q >']": ("labels: no line of talk.txt holds the label 'Q >'", "as it is printed"),
    "speakers = 3": ("line 1", "not a list of entries"),
    "\nspeakers = [\n { labels = ['Q'], role = 'boss' },\n]": ("line 3", "'boss'", "official"),
    "[[speakers]]\nlabels = ['Q']\n[[speakers]]\nlabels = 'Q'": ("line 3", "in square brackets"),
    "[[speakers]]\nname = 'Ada'": ("line 1", "'labels' is missing"),
    "[[speakers]]\nlabels = ['X']\nname = 'Ada'": ("line 1", "no label 'X'"),
    "[[speakers]]\nlabels = ['Q']\n[[speakers]]\nlabels = ['Q']": ("line 3", "on line 1 too"),
    "[[speakers]]\nlabels = ['Q']\ncolour = 'red'": ("line 1", "no key 'colour'", "name"),
    "lines = [\n{ line = '5', begins = 'Q', is = 'note' }]": ("line 2", "a whole number"),
    "lines = [{ line = 5, begins = 'Q', is = 'title' }]": ("line 1", "'title'", "note"),
    "lines = [{ line = 99, begins = 'Q', is = 'note' }]": ("line 1", "line 99", "is not there"),
    "lines = [{ line = 0, begins = 'Q', is = 'note' }]": ("line 1", "line 0", "is not there"),
    "lines = [{ line = 5, begins = '', is = 'note' }]": ("line 1", "should begin ''"),
    "lines = [{ line = 5, begins = 'Q', is = 'split' }]": ("cannot be 'split' here",),
    "[[lines]]\nline = 5\nbegins = 'Q'\nis = 'note'\n[[lines]]\nline = 5\nbegins = 'Q'\nis = 'note'": (
        "line 5",
        "on line 1 too",
    ),
    "answers = [{ line = 7, begins = 'It opens', questions = [13] }]": ("on line 13", "before"),
    "answers = [{ line = 7, begins = 'It opens', questions = [6] }]": ("no turn", "on line 6"),
    "answers = [{ line = 7, begins = 'It opens', questions = ['Why'] }]": ("with 'Why'",),
    "answers = [{ line = 7, begins = 'It', questions = [], checked = true },\n{ line = 7, begins = 'It opens', questions = [] }]": (
        "line 2",
        "twice",
    ),
    "answers = [{ line = 6, begins = 'It opens', questions = [] }]": ("no turn begins there",),
    "\nspeakers = [\n { name = 'x' labels = [] },\n]": ("not TOML", "line 3"),
}


@pytest.mark.parametrize("text", BAD)
def test_a_file_in_bad_form_is_refused_by_its_line(talk, text):
    write(talk, text)
    refused(talk, *BAD[text])


def test_a_file_in_another_encoding_is_refused(talk):
    corrections_path(talk).write_bytes("text_status = 'édité'".encode("latin-1"))
    refused(talk, "save it as UTF-8")


def test_a_byte_order_mark_and_windows_line_ends_do_no_harm(talk):
    corrections_path(talk).write_bytes(b"\xef\xbb\xbftext_status = 'edited'\r\n\r\n")
    assert briefing.read(talk).text_status == "edited"


def test_strange_signs_in_labels_come_through(tmp_path):
    path = tmp_path / "talk.csv"
    path.write_text(
        'speaker,text\n"A ""B"" \\ \x7f",Hello there.\nRoon,Who pays for it?\n'
        + "Roon,And when?\n" * 20,
        encoding="utf-8",
    )
    changes_nothing(path)


def test_several_pages_have_their_corrections_beside_the_first(talk, tmp_path):
    second = tmp_path / "second.txt"
    second.write_text("Q: And the lamps?\n\nMS. MARLOW: They come in June.\n", encoding="utf-8")
    whole = briefing.read([talk, second])
    save_corrections(whole, talk)
    alike(whole, briefing.read([talk, second]))
    text = corrections_path(talk).read_text(encoding="utf-8")
    answer = next(x for x in text.split("\n") if "They come in June" in x)
    corrections_path(talk).write_text(
        text.replace(answer, answer.replace("[18]", "[5]")), encoding="utf-8"
    )

    assert briefing.read([talk, second]).turns["answers"].tolist()[-1] == 2


def test_the_labels_given_are_kept_in_the_file(talk):
    asked = briefing.read(talk, labels=["Note:"])
    save_corrections(asked, talk)

    assert asked.turns["label"].tolist()[3] == "Note"
    alike(asked, briefing.read(talk))


def test_a_file_that_gives_labels_alone_is_as_good_as_an_option(talk):
    write(talk, 'labels = ["Note:"]')
    alike(briefing.read(talk, labels=["Note:"]), briefing.read(talk))


def test_an_entry_that_says_what_is_read_anyway_is_no_correction(talk):
    write(
        talk,
        'speakers = [{ name = "Mr. Tenbrink", labels = ["MR. TENBRINK"] }]\n'
        'lines = [{ line = 9, begins = "Note: the", is = "speech" }]\n'
        'answers = [{ line = 7, begins = "It opens", questions = [5] }]',
    )
    transcript = briefing.read(talk)

    assert transcript.applied == ()
    assert transcript.pairs["inferred"].all()


def test_without_its_codes_every_line_of_a_file_holds(talk):
    text = correct(talk).read_text(encoding="utf-8")
    write(talk, text[: text.index("as_read")].replace(DRAY, ASKING))
    turns = briefing.read(talk).turns

    assert turns["role"][4] == "journalist"
    assert turns["answers"][4] == 4


def test_a_person_can_stand_by_a_reading_that_is_doubtful(talk, monkeypatch):
    monkeypatch.setattr("briefing.transcript.SURE", 1.1)
    before = briefing.read(talk).status
    write(talk, "checked = true")

    assert (before, briefing.read(talk).status) == ("doubtful", "sure")


def run(*args):
    command = [sys.executable, "-m", "briefing", *map(str, args)]
    return subprocess.run(command, capture_output=True, timeout=60, encoding="utf-8")


def test_check_writes_the_file_says_where_and_still_reports(talk):
    done = run("check", talk, "--write-corrections")

    assert done.returncode == 0
    assert f"wrote {corrections_path(talk)}" in done.stderr
    assert done.stdout.startswith("talk.txt (text, utf-8): 7 turns")
    assert tomllib.loads(corrections_path(talk).read_text(encoding="utf-8"))["speakers"]


def test_check_never_writes_over_a_persons_corrections(talk):
    write(talk, "this is not even TOML")
    done = run("check", talk, "--write-corrections")

    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "move it away to start again" in done.stderr
    assert corrections_path(talk).read_text(encoding="utf-8") == "this is not even TOML"


@pytest.mark.skipif(os.name == "nt", reason="folders are guarded otherwise on Windows")
def test_a_folder_that_cannot_be_written_to_is_said(talk):
    target = talk.with_name("x" * 245 + ".txt")
    shutil.copy(talk, target)
    assert len(briefing.read(target).turns) == 7
    with pytest.raises(BriefingError, match="cannot write"):
        save_corrections(briefing.read(target), target)


def test_reading_loads_no_table_where_there_are_no_corrections(talk):
    code = "import sys, briefing; briefing.read(sys.argv[1]).rows(); print({'numpy', 'pandas'} & {*sys.modules})"
    done = subprocess.run([sys.executable, "-c", code, talk], capture_output=True, text=True)
    assert done.stdout == "set()\n"
