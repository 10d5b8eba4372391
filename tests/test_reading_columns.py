"""Tables of speech: the right columns whatever they are called, or an error that names them."""

import json

import pytest

from briefing.reading import parse_source
from briefing.tables import BriefingError

ROWS = [
    ("Ada Lee", "Good morning to all of you here.", 0.0, 3.5),
    ("Bo Abel", "When will the bridge, at last, be finished?", 3.5, 6.0),
    ("Ada Lee", "It will be finished in the autumn.", 6.0, 8.25),
    ("Ada Lee", "Or so we all hope, at any rate.", 8.25, 10.0),
    ("Bo Abel", "Thank you very much for saying so.", 10.0, 12.0),
]


def csv(names, *, mark=",", rows=ROWS, width=4):
    quoted = [
        [f'"{cell}"' if isinstance(cell, str) else str(cell) for cell in row[:width]]
        for row in rows
    ]
    return "\n".join([mark.join(names), *(mark.join(row) for row in quoted), ""])


def read(text, name="a.csv"):
    source = parse_source(text.encode(), name)
    assert source.format == "table"
    return source


def told(source):
    return [(line.speaker, line.new, line.text) for line in source.lines]


def complaint(text, name="a.csv"):
    with pytest.raises(BriefingError) as raised:
        parse_source(text.encode(), name)
    return str(raised.value)


EXPECTED = [(speaker, new, text) for (speaker, text, *_), new in zip(ROWS, [True] * 5, strict=True)]


@pytest.mark.parametrize("mark", [",", "\t", ";", "|"])
@pytest.mark.parametrize("name", ["a.csv", "a.txt"])
def test_rows_become_lines_with_speakers_and_times(mark, name):
    source = read(csv(["speaker", "text", "start", "end"], mark=mark), name)
    assert told(source) == EXPECTED
    assert [(line.start_s, line.stop_s) for line in source.lines] == [row[2:] for row in ROWS]


@pytest.mark.parametrize(
    "names",
    [
        ["Speaker Name", "Transcript", "startTime", "endTime"],
        ["Sprecher", "Wortlaut", "Beginn", "Ende"],
        ["orador", "intervención", "inicio", "fin"],
        ["Locuteur", "Texte", "Début", "Fin"],
        ["发言人", "内容", "开始", "结束"],
        ["спикер", "текст", "начало", "конец"],
        ["話者", "発言", "開始", "終了"],
        ["name", "utterance", "start_s", "stop_s"],
    ],
)
def test_columns_are_known_by_name_in_many_languages(names):
    source = read(csv(names))
    assert told(source) == EXPECTED
    assert source.lines[2].start_s == 6.0
    assert all(f"'{name}'" in source.warnings[0] for name in names[:3])


def test_columns_with_unheard_of_names_are_known_by_their_content():
    source = read(csv(["qui", "quoi", "n1", "n2"]))
    assert told(source) == EXPECTED
    assert "longest prose" in source.warnings[0]
    assert "short values that come back" in source.warnings[0]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig", "cp1252"])
def test_tables_saved_by_excel_are_read(encoding):
    rows = [(a, b.replace("bridge", "café"), *rest) for a, b, *rest in ROWS]
    text = "sep=;\r\n" + csv(["speaker", "text"], mark=";", rows=rows, width=2).replace(
        "\n", "\r\n"
    )
    source = parse_source(text.encode(encoding), "a.csv")
    assert [line.text for line in source.lines] == [row[1] for row in rows]


def test_a_table_without_a_header_loses_no_row():
    source = read(csv(["x"], mark="\t", width=2).split("\n", 1)[1], "a.tsv")
    assert told(source) == EXPECTED


def test_of_two_columns_that_may_be_the_text_the_first_is_read_and_the_other_kept():
    rows = [(a, b, b[::-1]) for a, b, *_ in ROWS]
    source = read(csv(["speaker", "erstens", "zweitens"], rows=rows))
    assert told(source)[:5] == EXPECTED
    assert [line.text for line in source.lines if line.outside] == [b for *_, b in rows]
    assert "the first of erstens, zweitens" in source.warnings[0]


def test_of_two_columns_that_may_be_the_speaker_that_with_more_names_is_taken():
    rows = [("hall", b, a) for a, b, *_ in ROWS * 2]
    rows[0] = ("desk", *rows[0][1:])
    rows[-1] = ("desk", *rows[-1][1:])
    source = read(csv(["place", "text", "quel"], rows=[*rows, ("hall", "So be it.", "Cy Doe")] * 2))
    assert source.lines[0].speaker == "Ada Lee"
    assert "the most different of place, quel" in source.warnings[0]


def test_the_text_is_not_its_translation_where_only_one_is_called_text():
    rows = [(a, b, b[::-1]) for a, b, *_ in ROWS]
    assert told(read(csv(["speaker", "text", "text_zh"], rows=rows)))[:5] == EXPECTED


def test_a_table_without_text_is_refused_with_its_columns():
    said = complaint(
        "turn_id\tspeaker\trole\tn_words\n1\tAda Bea Lee\t\t39\n2\tBo C Abel\t\t2\n", "a.tsv"
    )
    assert "turn_id, speaker, role, n_words" in said
    assert "`text`" in said


def test_numbers_of_speakers_give_way_to_their_names():
    rows = [(len(a), a, b) for a, b, *_ in ROWS] + [(8, "Cy Doe", "And that is all.")]
    source = read(csv(["speaker", "name", "text"], rows=rows))
    assert source.lines[0].speaker == "Ada Lee"


def test_a_table_without_speakers_says_so():
    source = read(csv(["text", "start"], rows=[(b, c) for _, b, c, _ in ROWS]))
    assert {line.speaker for line in source.lines} == {None}
    assert "no column of speakers" in source.warnings[0]


def test_an_empty_cell_goes_on_with_the_speaker_above():
    rows = [(a if n != 3 else "", b) for n, (a, b, *_) in enumerate(ROWS)]
    source = read(csv(["speaker", "text"], rows=rows))
    assert told(source) == [(a, n != 3, b) for n, (a, _, b) in enumerate(EXPECTED)]
    assert "1 rows without a speaker" in source.warnings[-1]


def test_cells_of_several_lines_are_several_lines_of_one_turn():
    source = read('speaker,text\nAda,"One here.\nTwo here.\n\nThree here."\nBo,"Four, then."\n')
    assert [(line.gap, line.new, line.text) for line in source.lines] == [
        (1, True, "One here."),
        (0, False, "Two here."),
        (1, False, "Three here."),
        (1, True, "Four, then."),
    ]


def test_commas_that_nobody_quoted_stay_in_the_text():
    source = read("speaker,text\nAda,Well, yes, I think so\nBo,No\nAda,Oh, well\n")
    assert [line.text for line in source.lines] == ["Well, yes, I think so", "No", "Oh, well"]
    assert "2 rows" in source.warnings[1]


def test_quotation_marks_in_a_tab_separated_table_swallow_no_rows():
    text = 'speaker\ttext\nAda\tHe said "no" and left\nBo\t"Yes" is what I heard\nAda\tWell, then\n'
    assert [line.speaker for line in read(text).lines] == ["Ada", "Bo", "Ada"]


@pytest.mark.parametrize(
    "written, expected",
    [
        (["0S", "51S", "1M 21S", "2M 13S", "1H 2M 3S"], [0, 51, 81, 133, 3723]),
        (["00:00:00", "00:00:51", "00:01:21", "00:02:13", "01:02:03"], [0, 51, 81, 133, 3723]),
        (
            ["2021-06-15T10:00:00", "2021-06-15T10:00:51", "2021-06-15T10:01:21"]
            + ["2021-06-15T10:02:13", "2021-06-15T11:02:03"],
            [0, 51, 81, 133, 3723],
        ),
    ],
)
def test_times_of_any_kind_become_seconds(written, expected):
    rows = [(a, b, when) for (a, b, *_), when in zip(ROWS, written, strict=True)]
    source = read(csv(["speaker", "text", "time"], rows=rows))
    assert [line.start_s for line in source.lines] == expected


def test_milliseconds_are_told_from_seconds_by_how_fast_one_can_speak():
    rows = [(a, b, int(c * 1000)) for a, b, c, _ in ROWS]
    source = read(csv(["speaker", "text", "start"], rows=rows))
    assert [line.start_s for line in source.lines] == [row[2] for row in ROWS]
    assert "milliseconds" in source.warnings[-1]


def test_a_start_and_a_duration_give_the_stop():
    rows = [(a, b, c, d - c) for a, b, c, d in ROWS]
    source = read(csv(["speaker", "text", "start", "duration"], rows=rows))
    assert [line.stop_s for line in source.lines] == [row[3] for row in ROWS]


RECORDS = [dict(zip(("speaker", "text", "start", "end"), row, strict=True)) for row in ROWS]


@pytest.mark.parametrize(
    "text",
    [
        json.dumps(RECORDS),
        json.dumps(RECORDS, indent=1),
        "\n".join(json.dumps(record) for record in RECORDS),
        json.dumps({"segments": RECORDS, "words": [{"word": "a", "start": 0}] * 50}),
        json.dumps({"result": {"items": [{"id": 1}], "turns": RECORDS}}),
        json.dumps({key: [record[key] for record in RECORDS] for key in RECORDS[0]}),
        json.dumps([{**r, "speaker": {"id": 4, "name": r["speaker"]}} for r in RECORDS]),
        json.dumps([{**r, "words": [{"w": "x"}], "tags": None} for r in RECORDS]),
    ],
)
def test_json_of_many_shapes_gives_the_same_lines(text):
    source = read(text, "a.json")
    assert told(source) == EXPECTED
    assert [line.start_s for line in source.lines] == [row[2] for row in ROWS]


def test_json_may_state_metadata():
    text = json.dumps({"title": "Briefing", "date": "2021-06-15", "turns": RECORDS, "x": "y"})
    assert read(text, "a.json").metadata == {"title": "Briefing", "date": "2021-06-15"}


@pytest.mark.parametrize(
    "text, said",
    [
        ('{"a": 1, "b": [1, 2]}', "its keys: a, b"),
        ('{"type": "Feature", "properties": {"name": "x"}}', "no list of turns"),
        ('[{"a": 1}, {"a": 2}]', "it is a list"),
        ('[{"speaker": "Ada", "text": "Hel', "line 1: broken JSON"),
        ('{"a":' * 200_000, "nested too deep"),
    ],
)
def test_json_that_is_no_transcript_is_refused(text, said):
    assert said in complaint(text, "a.json")


def test_prose_with_commas_is_no_table():
    text = "Well, yes, no.\nSo, then, it goes on, and on.\nADA: Yes, well.\n" * 5
    assert parse_source(text.encode(), "a.csv").format == "text"


def test_the_shared_debate_has_its_speakers_and_times(shared):
    path = shared / "debate_csv" / "vp_debate_2020-10-07.csv"
    source = parse_source(path.read_bytes(), path.name)
    assert {line.speaker for line in source.lines} == {"moderator", "KH", "MP"}
    assert source.lines[2].start_s == 133
    assert source.encoding == "cp1252"


def test_the_shared_tables_of_times_have_no_text(shared):
    for path in sorted((shared / "timed").glob("*.tsv")):
        with pytest.raises(BriefingError, match="no column of this table holds text"):
            parse_source(path.read_bytes(), path.name)


def test_ditto_marks_go_on_with_the_name_above():
    for mark in ('""""', "″", "do.", "idem"):
        text = f"Name,Text\nAna,It opens.\n{mark},At noon.\nBen,Who pays?\n"
        assert [who for who, *_ in told(read(text))] == ["Ana", "Ana", "Ben"]


def test_times_beside_columns_of_voices_are_theirs():
    rows = [("0:01", "It opens at noon, we hope.", ""), ("0:05", "", "Who pays for the gate?"),
            ("0:09", "The province pays for all.", "")]  # fmt: skip
    text = "Time,Ana Ferro,Ben Oduya\n" + "".join(
        ",".join(f'"{c}"' for c in row) + "\n" for row in rows
    )
    lines = read(text).lines
    assert [(line.speaker, line.start_s) for line in lines] == [
        ("Ana Ferro", 1), ("Ben Oduya", 5), ("Ana Ferro", 9)
    ]  # fmt: skip
