"""JSON of many shapes: every text, with the speaker and the times that belong to it."""

import json

import pytest

from briefing.reading import parse_source

SAID = [
    ("Ana Ferro", "Good day. The lock opens at noon."),
    ("Ben Oduya", "Who pays for the new gate?"),
    ("Ana Ferro", "The province pays, as agreed last year."),
]


def read(value, name="talk.json"):
    return parse_source(json.dumps(value).encode(), name)


def told(source):
    return [(line.speaker, line.text) for line in source.lines]


def times(source):
    return [(line.start_s, line.stop_s) for line in source.lines]


def test_speakers_are_inherited_from_the_object_around():
    turns = [
        {"speaker": {"name": who, "id": n, "roles": []}, "start": n, "blocks": [{"text": text}]}
        for n, (who, text) in enumerate(SAID)
    ]
    source = read(
        {"title": "Lock", "data": {"sections": [{"turns": turns[:1]}, {"turns": turns[1:]}]}}
    )
    assert told(source) == SAID
    assert [line.start_s for line in source.lines] == [0, 1, 2]
    assert source.metadata == {"title": "Lock"}


def test_blocks_of_one_turn_are_rows_with_their_own_times():
    blocks = [
        {"text": "Good day.", "start": 0, "stop": 1.5},
        {"text": "The lock opens.", "start": 2, "stop": 3},
    ]
    source = read(
        {"turns": [{"speaker": "Ana", "blocks": blocks}, {"speaker": "Ben", "text": "Who pays?"}]}
    )
    assert ("Ana", "The lock opens.") in told(source)
    assert times(source)[:2] == [(0, 1.5), (2, 3)]


def test_lists_that_follow_one_another_are_one_transcript():
    opening = [{"who": who, "remark": text} for who, text in SAID[:1]]
    rest = [{"who": who, "remark": text} for who, text in SAID[1:]]
    source = read({"opening": opening, "questions_from_the_floor": rest, "people": ["Ana", "Ben"]})
    assert told(source) == SAID


def test_a_text_given_whole_and_in_turns_is_read_once():
    whole = " ".join(text for _, text in SAID)
    words = [{"word": word, "start": n, "end": n + 0.5} for n, word in enumerate(whole.split())]
    turns = [{"speaker": who, "text": text, "words": words[:4]} for who, text in SAID]
    assert told(read({"text": whole, "words": words, "utterances": turns})) == SAID


def words_of(said, **keys):
    at = 0
    for who, text in said:
        for word in text.split():
            yield {
                "word": word,
                "start": at,
                "end": at + 0.5,
                **{k: v[who] for k, v in keys.items()},
            }
            at += 1


def test_words_with_a_speaker_each_are_joined():
    tags = {"Ana Ferro": 1, "Ben Oduya": 2}
    source = read(
        {"results": [{"alternatives": [{"words": list(words_of(SAID, speakerTag=tags))}]}]}
    )
    assert told(source) == [(str(tags[who]), text) for who, text in SAID]
    assert times(source)[0] == (0, 6.5)


def test_words_without_speakers_get_them_from_stretches_of_time():
    words = list(words_of(SAID))
    lengths = [len(text.split()) for _, text in SAID]
    starts = [sum(lengths[:n]) for n in range(3)]
    spans = [
        {"speaker": who, "start": at, "end": at + n - 0.5}
        for (who, _), at, n in zip(SAID, starts, lengths, strict=True)
    ]
    assert told(read({"segments": spans, "words": words})) == SAID


def test_words_that_bring_their_own_spaces_and_marks():
    monologues = [
        {"speaker": n % 2, "elements": [{"type": "text", "value": "Well"}, {"type": "punct", "value": ", "},
         {"type": "text", "value": "yes"}, {"type": "punct", "value": "."}]}
        for n in range(3)
    ]  # fmt: skip
    assert told(read({"monologues": monologues})) == [
        ("0", "Well, yes."), ("1", "Well, yes."), ("0", "Well, yes.")
    ]  # fmt: skip


def test_ids_are_replaced_by_the_names_declared_for_them():
    source = read(
        {
            "speakers": [{"id": "s1", "name": "Ana Ferro"}, {"id": "s2", "name": "Ben Oduya"}],
            "segments": [
                {"speaker": "s1", "text": "Good day to all."},
                {"speaker": "s2", "text": "Who pays for it?"},
            ],
        }
    )
    assert [who for who, _ in told(source)] == ["Ana Ferro", "Ben Oduya"]


@pytest.mark.parametrize("key", ["speaker", "spk", "Sprecher", "speaker_label"])
def test_speakers_may_be_numbers(key):
    rows = [{key: n % 2, "text": text} for n, (_, text) in enumerate(SAID)]
    assert [who for who, _ in told(read(rows))] == ["0", "1", "0"]


def test_the_name_of_the_event_is_nobody_who_speaks():
    turns = [{"text": text, "speaker": who} for who, text in SAID] + [
        {"text": "A voice from the hall."}
    ]
    source = read({"name": "The lock at Voss", "turns": turns})
    assert told(source)[-1] == (None, "A voice from the hall.")


def test_objects_whose_one_key_is_the_speaker():
    assert told(read([{who: text} for who, text in SAID])) == SAID


@pytest.mark.parametrize("separators", [(",", ":"), (", ", ": ")])
@pytest.mark.parametrize("name", ["talk.jsonl", "talk.txt"])
def test_json_lines_are_no_table_parted_by_commas(separators, name):
    said = [(who, text.replace(",", "")) for who, text in SAID * 2]  # as many commas in each
    rows = [json.dumps({"speaker": who, "text": text}, separators=separators) for who, text in said]
    assert told(parse_source("\n".join(rows).encode(), name)) == said


def test_rows_as_lists():
    assert told(read([list(pair) for pair in SAID])) == SAID


def test_questions_and_answers_are_two_utterances():
    source = read([{"question": "Who pays for it?", "answer": "The province does."}] * 2)
    assert told(source) == [("Question", "Who pays for it?"), ("Answer", "The province does.")] * 2


def test_texts_that_are_pieces_of_pages():
    source = read([{"speaker": who, "text": f"<p>{text}<br>So.</p>"} for who, text in SAID])
    assert source.format == "table"
    assert told(source)[:2] == [SAID[0], ("Ana Ferro", "So.")]


@pytest.mark.parametrize(
    "keys, first",
    [
        (("offsetMilliseconds", "durationMilliseconds", 500, 1500), (0.5, 2.0)),
        (("start", "end", 0.5, 2.0), (0.5, 2.0)),
        (("startTime", "endTime", "0.5s", "2.0s"), (0.5, 2.0)),
        (("start_time", "end_time", "00:00:00.500", "00:00:02.000"), (0.5, 2.0)),
    ],
)
def test_times_in_many_units(keys, first):
    start, stop, at, end = keys
    rows = [{"speaker": who, "text": text, start: at, stop: end} for who, text in SAID]
    assert times(read(rows))[0] == first


def test_what_nobody_is_named_for_is_said_to_be_left_out():
    turns = [{"speaker": who, "text": text} for who, text in SAID * 3]
    source = read(
        {"turns": turns, "note": {"body": "The recording began ten minutes after the talk did."}}
    )
    assert any("not read" in warning and "note" in warning for warning in source.warnings)


def test_signs_of_captions_mark_who_speaks_in_words_without_speakers():
    rows = [
        [">> The", " gate", " opens."],
        ["At", " noon."],
        [">> Who", " pays?"],
        [">> We", " do."],
    ]
    events = [
        {"tStartMs": 1000 * n, "segs": [{"utf8": w} for w in row]} for n, row in enumerate(rows)
    ]
    source = read({"events": events})
    assert [line.text for line in source.lines] == [
        "The gate opens. At noon.",
        "Who pays?",
        "We do.",
    ]
    assert [line.start_s for line in source.lines] == [0, 2, 3]
    assert all(line.new and line.speaker is None for line in source.lines)


def test_a_question_without_an_answer_in_one_object_is_no_error_in_another():
    asked = [
        {"question": "When does the lock open?", "answer": ""},
        {"question": "Will it open in May?", "who": "x"},
    ]
    assert told(read(asked))[0] == ("Question", asked[0]["question"])


def test_keys_that_are_names_stand_above_what_each_says():
    tracks = {}
    for n, (who, text) in enumerate(SAID):
        tracks.setdefault(who, []).append({"clock": f"00:00:0{n}", "said": text})
    source = read({"recording": "lock.wav", "tracks": tracks})
    assert told(source) == SAID
    assert [line.start_s for line in source.lines] == [0, 1, 2]


def test_keys_that_are_ids_do_not_speak():
    rows = {f"u-{n}-af": {"speaker": who, "text": text} for n, (who, text) in enumerate(SAID)}
    assert told(read({"utterances": rows})) == SAID
    unnamed = {key: {"text": row["text"]} for key, row in rows.items()}
    assert {line.speaker for line in read({"utterances": unnamed}).lines} == {None}


def test_the_same_words_under_two_keys_are_not_two_voices():
    whole = " ".join(text for _, text in SAID)
    parts = [{"text": text, "start": n} for n, (_, text) in enumerate(SAID)]
    source = read({"passages": [{"text": whole, "start": 0}], "pieces": parts})
    assert {line.speaker for line in source.lines} == {None}


def test_speakers_are_looked_up_in_any_list_that_knows_them_all():
    cast = [{"ref": "c1", "label": "Ana Ferro"}, {"ref": "c2", "label": "Ben Oduya"}]
    ids = {one["label"]: one["ref"] for one in cast}
    lines = [{"castRef": ids[who], "line": text} for who, text in SAID]
    assert told(read({"cast": cast, "lines": lines})) == SAID
    assert told(read({"cast": cast[:1], "lines": lines}))[0][0] == "c1"


def test_lists_side_by_side_may_be_named_in_the_plural():
    whos, texts = zip(*SAID, strict=True)
    assert told(read({"texts": texts, "speakers": whos, "starts": [0, 4, 7]})) == SAID


def test_two_times_may_stand_in_one_string():
    rows = [
        {"time": f"0:0{n} - 0:0{n + 1}", "who": who, "what": text}
        for n, (who, text) in enumerate(SAID)
    ]
    assert times(read(rows)) == [(0, 1), (1, 2), (2, 3)]
    zoned = [
        {"time": f"2026-03-02T14:00:0{n}-05:00", "who": w, "what": t}
        for n, (w, t) in enumerate(SAID)
    ]
    assert times(read(zoned)) == [(0, None), (1, None), (2, None)]


def test_a_key_for_words_and_for_times_is_what_stands_under_it():
    rows = [{"t": f"00:00:0{n}.500", "spk": who, "txt": text} for n, (who, text) in enumerate(SAID)]
    assert told(read(rows)) == SAID
    assert [line.start_s for line in read(rows).lines] == [0.5, 1.5, 2.5]


def test_a_value_given_to_a_name_of_a_script_is_json():
    rows = [{"speaker": who, "text": text} for who, text in SAID]
    for head in ("window.data = ", "var data = "):
        source = parse_source(f"{head}{json.dumps(rows)};".encode(), "a.js")
        assert [(line.speaker, line.text) for line in source.lines] == SAID


@pytest.mark.parametrize("beside", [{"label": "answer"}, {"party": {"name": "Red"}}])
def test_what_stands_beside_a_turn_is_no_name_of_its_speaker(beside):
    rows = [{"speaker": who, "text": text} | beside for who, text in SAID]
    source = parse_source(json.dumps(rows).encode(), "a.json")
    assert [(line.speaker, line.text) for line in source.lines] == SAID
