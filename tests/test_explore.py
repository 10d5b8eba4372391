"""The views for JupyterLab, driven without a browser; and what is left of them without widgets."""

import base64
import io
import re
import tomllib

import nbformat
import pandas as pd
import pytest
from nbclient import NotebookClient
from nbconvert import HTMLExporter

import briefing
from briefing import explore
from briefing.corrections import corrections_path, save_corrections
from briefing.course.run import settle
from briefing.explore import check, search, timeline
from briefing.explore.search_view import SHOWN
from briefing.explore.view import WIDGET, Rows, opening
from briefing.tables import BriefingError

pytestmark = pytest.mark.whole

TALK = """\
MS. MARLOW: Good morning. The new lock is ready. I will take your questions.

Q: When does the lock <b>open</b>?

MS. MARLOW: It opens in May, once the river has gone down far enough.

Q: And who pays for the gates?

MR. TENBRINK: The province pays for all of them, and for the old lock.
"""


@pytest.fixture
def talk():
    return briefing.parse(TALK, name="harbour.txt")


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "harbour.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def sample(root):
    return briefing.read(root / "data" / "lanmere-ring-2024.txt")


def nodes(view):
    return [row["cells"][3] for row in view.lines.rows]


# search


def test_the_box_finds_what_the_concordance_finds(sample):
    view = search(sample, "network*")
    expected = briefing.context.concordance(sample.turns, "network*")

    pd.testing.assert_frame_equal(view.hits, expected)
    assert nodes(view) == expected["node"].tolist()
    assert len(expected)


@pytest.mark.parametrize(
    ("query", "regex", "found"),
    [
        ("lock", False, ["lock", "lock", "lock"]),
        ("the lock", False, ["the lock"]),
        ("pa*", False, ["pays", "pays"]),
        (r"\?", True, ["?", "?"]),
        ("ferry", False, []),
    ],
)
def test_words_wildcards_phrases_and_patterns_are_looked_up(talk, query, regex, found):
    view = search(talk)
    view.regex.value = regex
    view.query.value = query
    assert nodes(view) == found
    assert f"“{query}”" in view.said


def test_role_and_speaker_narrow_the_words_that_are_searched(talk):
    view = search(talk, "lock")
    view.role.value = "journalist"
    assert [row["role"] for row in view.lines.rows] == ["journalist"]
    assert view.hits.attrs["n_words"] == (talk.tokens["role"] == "journalist").sum()

    view.role.value = ""
    view.speaker.value = "Mr. Tenbrink"
    assert [row["cells"][1] for row in view.lines.rows] == ["Mr. Tenbrink"]
    view.speaker.value = "unnamed journalist"
    assert [row["cells"][0] for row in view.lines.rows] == ["2"]
    view.speaker.value = ""
    assert len(view.lines.rows) == 3


def test_lines_are_sorted_by_the_words_beside_them(talk):
    view = search(talk, "lock")
    view.sort.value = ("left", 1)
    assert [row["cells"][2].split()[-1] for row in view.lines.rows] == ["new", "old", "the"]
    assert view.lines.sorted_by == ["left", 1]
    view.sort.value = ("left", 2)
    assert [row["cells"][2].split()[-2:] for row in view.lines.rows][0] == ["The", "new"]
    view.sort.value = ("right", 1)
    assert [row["cells"][4].strip()[:2] for row in view.lines.rows] == [".", "<b", "is"]


def test_several_things_are_looked_for_at_once_and_each_place_is_listed_once(talk):
    view = search(talk, '"old lock" | pays OR pay*')
    assert nodes(view) == ["pays", "pays", "old lock"]
    assert (view.hits.attrs["n_hits"], view.hits.attrs["n_turns_hit"]) == (3, 2)


def test_capitals_count_where_they_are_asked_for(talk):
    view = search(talk, "the")
    assert {*nodes(view)} == {"The", "the"}
    view.case.value = True
    assert {*nodes(view)} == {"the"}
    assert view.hits.attrs["n_hits"] == len(view.hits)


def test_a_sample_is_drawn_at_random_the_same_each_time_and_counts_stay_those_of_all(sample):
    view = search(sample, "the")
    every = len(view.hits)
    view.sample.value = 20
    first = view.hits["start"].tolist()
    assert (len(view.hits), view.hits.attrs["n_hits"]) == (20, every)
    assert "20 of them, drawn at random" in view.said
    assert search(sample, "the").hits.head(20)["start"].tolist() != first
    view.sample.value = 0
    view.sample.value = 20
    assert view.hits["start"].tolist() == first


def test_a_word_that_is_not_there_is_answered_with_one_like_it(talk):
    assert "Did you mean “gates”?" in search(talk, "gaets").said
    assert "Did you mean" not in search(talk, "xylophone").said


def test_hits_are_marked_along_the_text_and_can_be_saved(talk):
    view = search(talk, "lock")
    assert view.strip.value.count("<path") == len(view.hits)
    assert view.strip.value.count("<rect") == len(talk.turns)
    data = re.search(r"base64,([^\"]+)", view.file.value)[1]
    saved = pd.read_csv(io.BytesIO(base64.b64decode(data)))
    assert saved["node"].tolist() == nodes(view)
    assert search(talk, "ferry").file.value == ""


def test_lines_are_as_wide_as_one_likes(sample):
    view = search(sample, "network*")
    narrow = view.hits["right"].str.len().max()
    view.width.value = 160
    assert view.hits["right"].str.len().max() > 2 * narrow


def test_a_line_opens_its_turn_with_the_question_that_it_answers(talk):
    view = search(talk, "may")
    assert view.turn.value == ""
    view.lines.chosen = 0
    assert "The question: turn 2" in view.turn.value
    assert "In answer: turn 3 · Ms. Marlow" in view.turn.value
    assert "<mark>May</mark>" in view.turn.value


def test_another_query_closes_the_turn(talk):
    view = search(talk, "may")
    view.lines.chosen = 0
    view.query.value = "gates"
    assert view.lines.chosen == -1
    assert view.turn.value == ""


def test_what_a_transcript_says_never_becomes_markup(talk):
    view = search(talk, "open")
    view.lines.chosen = 0
    assert "&lt;b&gt;<mark>open</mark>&lt;/b&gt;" in view.turn.value
    assert "<b>open</b>?" not in view.html()
    assert "innerHTML" not in Rows._esm


@pytest.mark.parametrize(("query", "regex"), [("lock(", True), ("[", True), ("?!", False)])
def test_a_query_that_does_not_work_is_answered_in_a_sentence(talk, query, regex):
    view = search(talk, "lock")
    view.lines.chosen = 1
    view.regex.value = regex
    view.query.value = query
    assert "Not done" in view.status.value
    assert view.said.endswith(".")
    assert "\n" not in view.said
    assert view.lines.rows == []
    assert view.turn.value == ""

    view.regex.value = False
    view.query.value = "lock"
    assert nodes(view) == ["lock"] * 3


def test_more_lines_than_anybody_reads_are_cut_and_it_says_so(sample):
    turns = pd.concat([sample.turns.assign(briefing_id=f"b{i}") for i in range(3)])
    view = search(turns.reset_index(drop=True), "the")
    assert len(view.lines.rows) == SHOWN < len(view.hits)
    assert f"the first {SHOWN} are listed" in view.said


def test_several_briefings_are_searched_and_each_turn_is_its_own(talk):
    other = briefing.parse("MS. ROON: The lock of Vliet.\n\nQ: Which lock?", name="vliet.txt")
    view = search(pd.concat([talk.turns, other.turns], ignore_index=True), "lock")
    view.lines.chosen = 3
    assert "of Vliet" in view.turn.value
    with pytest.raises(BriefingError, match="occurs twice"):
        search(pd.concat([talk.turns, talk.turns]), "lock")


def test_tokens_of_other_turns_are_refused(talk):
    with pytest.raises(BriefingError, match="other turns"):
        search(talk.turns[talk.turns["turn_id"] < 3], "lock", tokens=talk.tokens)


def test_what_is_no_transcript_is_refused():
    with pytest.raises(BriefingError, match="got str; give a transcript"):
        search("harbour.txt")


# timeline


def test_the_timeline_has_every_turn_and_opens_the_first(sample):
    view = timeline(sample)
    assert [row["size"] for row in view.list.rows] == sample.turns["n_words"].tolist()
    assert max(row["cells"][3] for row in view.list.rows) == 1
    assert view.chosen.turn_id == 1
    assert view.buttons["back"].disabled


def test_buttons_go_on_back_and_along_the_links(talk):
    view = timeline(talk)
    view.buttons["on"].click()
    assert view.chosen.turn_id == 2
    view.buttons["answer"].click()
    assert view.chosen.turn_id == 3
    assert view.list.linked == [1]
    assert "comes in answer to turn 2" in view.status.value
    assert view.buttons["answer"].disabled
    view.buttons["question"].click()
    view.buttons["back"].click()
    assert view.chosen.turn_id == 1


def test_all_the_questions_of_an_answer_are_linked(sample):
    several = sample.pairs.groupby("answer_id")["question_id"].agg(list)
    answer, asked = next((a, q) for a, q in several.items() if len(q) > 1)
    view = timeline(sample)
    view.list.chosen = answer - 1
    assert view.list.linked == [question - 1 for question in asked]


def test_a_turns_table_alone_is_enough(talk):
    view = timeline(talk.turns[["briefing_id", "turn_id", "speaker", "role", "text"]])
    view.list.chosen = 2
    assert "no question and no answer" in view.status.value


def test_one_turn_has_nowhere_to_go():
    view = timeline(briefing.parse("MS. MARLOW: The quay is open.", labels=["MS. MARLOW:"]))
    assert all(button.disabled for button in view.buttons.values())


def test_a_language_without_spaces_is_walked_through_by_characters(monkeypatch):
    monkeypatch.setattr("briefing.words.boundaries.find_spec", lambda name: None)
    view = timeline(briefing.parse("林海：码头今天开放。\n\n记者：谁来付钱？\n"))
    assert [row["size"] for row in view.list.rows] == [7, 5]
    assert [row["cells"][4] for row in view.list.rows] == ["", ""]


def test_openings_end_between_words():
    assert opening("one two three", 8) == "one two …"
    assert opening("one two", 8) == "one two"
    assert opening("a" * 20, 8) == "a" * 8 + " …"


# check


def speak_as(view, n, **values):
    view.people.chosen = n
    for key, value in values.items():
        view.form[key].value = value


def test_every_speaker_and_every_inference_is_listed(sample):
    view = check(sample)
    said = {row["cells"][0] for row in view.people.rows}
    assert {*sample.turns["speaker"].dropna()} <= said
    unlabelled = sample.turns["inferred"].sum()
    assert sum("no label" in row["cells"][2] for row in view.people.rows) == unlabelled > 0
    assert len(view.inferred.rows) == len(sample.report.inferences)


def test_an_inference_is_shown_beside_the_lines_it_was_read_from(sample):
    view = check(sample)
    view.inferred.chosen = 2
    line = sample.report.inferences[2].line
    assert f'<th scope="row">{line}</th>' in view.place.value
    assert sample.source_lines[line - 1].text.strip()[:20] in view.place.value


def test_corrections_are_written_and_the_transcript_is_read_again(path):
    view = check(briefing.read(path), path)
    speak_as(view, 0, name="Ida Marlow", role="moderator")
    speak_as(view, 2, organisation="The Province")
    assert "role: official → moderator" in view.changes.value
    assert not corrections_path(path).exists()
    view.write.click()

    assert "harbour.txt.corrections.toml" in view.status.value
    assert view.talk.turns["speaker"].iloc[0] == "Ida Marlow"
    again = briefing.read(path).turns
    assert again["role"].tolist()[::2] == ["moderator", "moderator", "official"]
    assert again["organisation"].iloc[-1] == "The Province"
    assert [p.name for p in sorted(path.parent.iterdir())] == [
        "harbour.txt", "harbour.txt.corrections.toml",
    ]  # fmt: skip
    assert not any(p.changed for p in view._people)


def test_what_is_put_back_is_no_correction(path):
    view = check(path)
    speak_as(view, 0, role="moderator")
    speak_as(view, 0, role="official")
    view.write.click()
    assert "Nothing is corrected yet" in view.status.value
    assert not corrections_path(path).exists()


BY_HAND = """\
# Mine.
text_status = "verbatim"

speakers = [
    # the chair
    { name = "Ida Marlow", role = "official", labels = ["MS. MARLOW"] },  # her {first} name
]
"""


def test_a_file_that_is_there_is_changed_only_where_the_box_is_ticked(path):
    beside = corrections_path(path)
    beside.write_text(BY_HAND, encoding="utf-8")
    view = check(path)
    speak_as(view, 0, role="moderator")
    view.write.click()
    assert "Not done" in view.status.value
    assert "Tick the box" in view.status.value
    assert beside.read_text(encoding="utf-8") == BY_HAND

    view.replace.value = True
    view.write.click()
    old, new = 'role = "official"', 'role = "moderator"'
    assert beside.read_text(encoding="utf-8") == BY_HAND.replace(old, new)
    kept = beside.with_name(f"{beside.name}.before-1")
    assert kept.read_text(encoding="utf-8") == BY_HAND
    assert kept.name in view.status.value
    assert not view.replace.value


def test_each_copy_that_is_kept_has_a_name_of_its_own(path):
    view = check(path)
    for role in ("moderator", "journalist", "official"):
        speak_as(view, 0, role=role)
        view.replace.value = True
        view.write.click()
    found = sorted(p.name.rpartition(".")[2] for p in path.parent.iterdir())
    assert found == ["before-1", "before-2", "toml", "txt"]
    assert briefing.read(path).turns["role"].iloc[0] == "official"


def test_a_file_that_has_come_about_in_the_meantime_is_not_written_over(path):
    view = check(path)
    speak_as(view, 0, role="moderator")
    save_corrections(briefing.read(path), path)
    before = corrections_path(path).read_bytes()
    view.write.click()
    assert "there already" in view.status.value
    assert corrections_path(path).read_bytes() == before


def test_speakers_that_a_file_does_not_know_yet_are_added_to_it(path):
    beside = corrections_path(path)
    for text in (
        BY_HAND,
        'text_status = "verbatim"\n',
        '[[answers]]\nline = 5\nbegins = "MS"\nquestions = [3]\n',
    ):
        beside.write_text(text.replace('begins = "MS"', 'begins = "It opens"'), encoding="utf-8")
        view = check(path)
        speak_as(view, 2, name="Jan Tenbrink")
        view.replace.value = True
        view.write.click()
        assert "Wrote" in view.status.value
        assert briefing.read(path).turns["speaker"].iloc[-1] == "Jan Tenbrink"


def test_an_entry_in_another_form_is_left_to_the_hand(path):
    text = '[[speakers]]\nname = "Ida Marlow"\nlabels = ["MS. MARLOW"]\n'
    corrections_path(path).write_text(text, encoding="utf-8")
    view = check(path)
    speak_as(view, 0, role="moderator")
    view.replace.value = True
    view.write.click()
    assert "by hand" in view.status.value
    assert corrections_path(path).read_text(encoding="utf-8") == text
    assert len([*path.parent.iterdir()]) == 2


def test_corrections_that_contradict_one_another_are_refused_and_nothing_is_written(path):
    view = check(path)
    speak_as(view, 0, role="moderator")
    speak_as(view, 2, name="Ms. Marlow", role="journalist")
    view.write.click()
    assert "give one person one role" in view.status.value
    assert ".part" not in view.status.value
    assert [p.name for p in path.parent.iterdir()] == ["harbour.txt"]


def test_a_turn_without_a_label_is_given_its_speaker(tmp_path, root):
    path = tmp_path / "lanmere-ring-2024.txt"
    path.write_bytes((root / "data" / path.name).read_bytes())
    view = check(path)
    at = next(i for i, row in enumerate(view.people.rows) if "no label" in row["cells"][2])
    line = view._people[at].row["line"]
    speak_as(view, at, name="Radio Vliet")
    view.write.click()
    turns = briefing.read(path).turns
    assert turns.loc[turns["first_line"] == line, "speaker"].tolist() == ["Radio Vliet"]
    entries = tomllib.loads(corrections_path(path).read_text(encoding="utf-8"))["lines"]
    assert [e["name"] for e in entries if e["line"] == line] == ["Radio Vliet"]


def test_without_a_path_it_shows_all_and_says_that_it_cannot_write(talk):
    view = check(talk)
    assert view.write.disabled
    assert "check(talk, path)" in view.status.value


def test_a_path_of_another_file_is_refused(talk, tmp_path):
    with pytest.raises(BriefingError, match="read from harbour.txt"):
        check(talk, tmp_path / "other.txt")


def test_a_file_here_is_taken_for_the_source_only_if_it_holds_the_same(talk, path, monkeypatch):
    monkeypatch.chdir(path.parent)
    assert not check(talk).write.disabled
    path.write_text(TALK.replace("May", "June"), encoding="utf-8")
    assert check(talk).write.disabled


# Without widgets, and by keyboard


def views(talk):
    return {"search": search(talk, "lock"), "timeline": timeline(talk), "check": check(talk)}


@pytest.mark.parametrize("name", ["search", "timeline", "check"])
def test_a_view_is_a_table_with_headers_in_html_and_in_plain_text(talk, name):
    view = views(talk)[name]
    assert '<th scope="col"' in view.html()
    assert "Tenbrink" in view.html()
    assert "<script" not in view.html()
    assert ("old [lock]" if name == "search" else "Tenbrink") in repr(view)


def test_a_box_without_a_query_says_who_can_be_searched(talk):
    view = search(talk)
    assert "give a word" in view.said
    assert "Ms. Marlow" in view.html()


def test_a_query_without_a_hit_is_a_sentence(talk):
    assert "No line for “ferry”" in search(talk, "ferry").html()


def test_every_control_has_a_label(talk):
    for view in views(talk).values():
        boxes, found = [view.box], []
        while boxes:
            widget = boxes.pop()
            boxes += getattr(widget, "children", ())
            found += [w for w in [widget] if not hasattr(w, "children")]
        asked = [w for w in found if "description" in w.traits() and type(w).__name__ != "HTML"]
        lists = [w for w in found if isinstance(w, Rows)]
        assert asked
        assert lists
        assert all(w.description or w.layout.display == "none" for w in asked)
        assert all(w.label and len(w.heads) == len(w.kinds) for w in lists)
        assert all(len(row["cells"]) == len(w.kinds) for w in lists for row in w.rows)


NOTEBOOK = """\
import briefing
talk = briefing.parse(\"\"\"{talk}\"\"\", name="harbour.txt")
briefing.explore.search(talk, "lock")
---
briefing.explore.timeline(talk)
---
briefing.explore.check(talk)
"""


@pytest.fixture(scope="module")
def ran(root):
    """A notebook of the three views as nbconvert runs it, with all that widgets leave behind."""
    cells = NOTEBOOK.format(talk=TALK).split("---\n")
    made = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in cells])
    resources = {"metadata": {"path": str(root)}}
    NotebookClient(made, kernel_name="python3", resources=resources, timeout=120).execute()
    return made


def shown(html):
    """How many tables of the views stand there with nothing that hides them."""
    body = re.sub(r"(?s)<script.*?</script>", "", html)
    copies = re.findall(r'(?s)<div class="(briefing-static-\d+)">.*?<table[^>]*>.*?</table>', body)
    hidden = re.findall(r"\.(briefing-static-\d+) \{ display: none", body)
    return len({*copies} - {*hidden})


def test_the_tables_are_on_the_page_that_nbconvert_makes(ran):
    assert shown(HTMLExporter().from_notebook_node(ran)[0]) == 3


def test_the_tables_are_in_the_notebook_that_is_kept_and_no_widget(ran):
    kept = nbformat.from_dict(ran)
    settle(kept)
    text = nbformat.writes(kept)
    assert WIDGET not in text
    assert "widgets" not in kept.metadata
    assert shown(HTMLExporter().from_notebook_node(kept)[0]) == 3
    assert not re.search(r"model_id|0x[0-9a-f]{6}", text)


# Coding


def sheet():
    return pd.DataFrame({"item_id": ["a", "b", "c"], "text": ["It opens.", "Who pays?", "<b>"]})


CODES = {"q": "a question", "s": "a statement"}


def test_a_key_codes_the_item_and_goes_on_to_the_next_without_a_code():
    view = explore.code(sheet(), CODES)
    view.list.pressed = ["s", 1]
    assert view.list.chosen == 1
    view.list.chosen = 2
    view.list.pressed = ["s", 2]
    assert view.list.chosen == 1  # the only one left
    view.buttons["q"].click()
    assert view.left == 0
    assert view.codes["code"].tolist() == ["s", "q", "s"]
    assert view.codes["coder"].unique().tolist() == ["me"]


def test_nothing_is_revealed_before_everybody_has_coded_everything():
    mine, other = explore.code(sheet(), CODES), explore.code(sheet(), CODES, coder="other")
    mine.fill("sqs")
    hidden = explore.reveal(explore.apart, mine, other, sheet())
    assert hidden.table.empty
    assert "3 items still to be coded" in repr(hidden)
    other.fill("sqq")
    assert explore.reveal(explore.apart, mine, other, sheet()).table["item_id"].tolist() == ["c"]


def test_a_sheet_comes_back_with_its_codes(tmp_path):
    view = explore.code(sheet(), CODES, coder="ana", path=tmp_path / "new" / "ana.csv").fill("sqs")
    view.save.click()
    coded = briefing.sheets.read(tmp_path / "new" / "ana.csv", key=sheet(), codes=["q", "s"])
    assert coded["code"].tolist() == ["s", "q", "s"]
    assert coded["coder"].unique().tolist() == ["ana"]


def test_what_cannot_be_coded_says_what_it_lacks():
    with pytest.raises(BriefingError, match="it lacks text"):
        explore.code(pd.DataFrame({"item_id": ["a"]}), CODES)
    with pytest.raises(BriefingError, match="'x' is none of them"):
        explore.code(sheet(), CODES).fill("sqx")
