"""The command line as a new user meets it: what it prints, and what it says to bad input."""

import csv
import io
import json
import re
import subprocess
import sys
import zipfile
from dataclasses import replace

import pytest

import briefing
from briefing.cli import main
from briefing.course.run import Made
from briefing.course.site import Site
from briefing.display import warning
from briefing.parse.values import Other
from briefing.tables import BriefingError

pytestmark = pytest.mark.whole

TALK = "MS. MARLOW: Good morning. I will take your questions.\n\nQ: When?\n\nMS. MARLOW: In May.\n"
COLUMNS = "turn_id speaker role organisation answers inferred n_words start_s stop_s text".split()


def packed(name: str) -> bytes:
    """A zip archive with one file."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(name, "nothing")
    return data.getvalue()


BAD = {
    "empty.txt": (b"", "empty"),
    "blank.txt": (b" \n\t\n\xc2\xa0\n", "no text"),
    "prose.txt": (b"The harbour opened in May. Nobody spoke that day.\n", "no turn"),
    "list.txt": (b"bread\nmilk\nsalt\n", "no turn"),
    "noise.bin": (bytes(range(128, 256)) * 20, "bytes"),
    "nulls.txt": (b"MS. MARLOW: a\0b\0c\0\0\0\0\0\0\0\0", ""),
    "undecodable.txt": (b"MS. MARLOW: caf\xe9 \x81\x8d\x90 said.\n", "encoding"),
    "picture.png": (b"\x89PNG\r\n\x1a\n" + bytes(40), "image"),
    "photo.jpg": (b"\xff\xd8\xff\xe0" + bytes(40), "image"),
    "sound.mp3": (b"ID3\x03\x00\x00" + bytes(40), ""),
    "film.mp4": (b"\0\0\0\x18ftypmp42" + bytes(40), ""),
    "broken.docx": (b"PK\x03\x04", "save or download it again"),
    "other.zip": (packed("notes/readme.md"), ""),
    "book.xlsx": (packed("xl/workbook.xml"), "sheet"),
    "old.doc": (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(40), "docx"),
    "broken.pdf": (b"%PDF-1.4\n%%EOF", "again"),
    "numbers.csv": (b"a,b\n1,2\n3,4\n", "text"),
    "config.json": (json.dumps({"port": 80, "name": "x"}).encode(), ""),
    "voiceless.vtt": (b"WEBVTT\n\n00:00.000 --> 00:02.000\nhello there\n", "who speaks"),
    "voiceless.srt": (b"1\n00:00:00,000 --> 00:00:02,000\nhello there\n", "who speaks"),
    "menu.html": (b"<html><body><nav><a>Home</a></nav></body></html>", ""),
}


@pytest.fixture
def run(capfdbinary):
    """A function: `run("turns", path)` is what that command prints, and its exit code."""

    def done(*args: object) -> subprocess.CompletedProcess:
        code = main([*map(str, args)])
        return subprocess.CompletedProcess(args, code, *capfdbinary.readouterr())

    return done


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return path


def refused(done: subprocess.CompletedProcess, *parts: str) -> None:
    """Exit 2, nothing on standard output, one line that holds `parts`."""
    said = done.stderr.decode()
    assert done.returncode == 2, said
    assert done.stdout == b""
    assert said.count("\n") == 1
    assert said.startswith("briefing: ")
    assert "Traceback" not in said
    assert all(part in said for part in parts), said


@pytest.mark.parametrize("command", ["turns", "check"])
@pytest.mark.parametrize("name", BAD)
def test_bad_input_ends_in_one_line_that_names_the_file(tmp_path, run, name, command):
    data, says = BAD[name]
    path = tmp_path / name
    path.write_bytes(data)

    refused(run(command, path), name, says)


def test_a_file_that_is_not_there_is_said_to_be_missing(tmp_path, run):
    refused(run("turns", tmp_path / "gone.txt"), "gone.txt", "no such file")


def test_a_folder_is_refused_with_the_next_step(tmp_path, run):
    refused(run("turns", tmp_path), str(tmp_path), "folder", "give one of the files")


def test_a_label_that_is_not_there_is_said_to_be_missing(talk, run):
    refused(run("turns", talk, "--label", "Roon >"), "no line of talk.txt", "'Roon >'")


def test_turns_are_csv_with_the_columns_promised(talk, run):
    done = run("turns", talk)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"), newline="")))

    assert list(rows[0]) == COLUMNS
    assert [row["role"] for row in rows] == ["official", "journalist", "official"]
    assert [row["answers"] for row in rows] == ["", "", "2"]


def test_an_answer_after_two_questions_goes_to_one_of_them(tmp_path, run):
    path = tmp_path / "two.txt"
    path.write_text(
        "MS. MARLOW: Good morning. I will take your questions.\n\n"
        "Q: When does the lock open?\n\nQ: And who pays for it?\n\n"
        "MS. MARLOW: It opens in May, and the province pays for all of it.\n",
        encoding="utf-8",
    )
    rows = list(csv.DictReader(io.StringIO(run("turns", path).stdout.decode(), newline="")))

    assert rows[-1]["answers"] in {"2", "3", "2,3"}


def test_turns_are_utf_8_whatever_the_terminal_is(tmp_path):
    path = tmp_path / "names.txt"
    path.write_text(
        "Ámbar Ñandú: Buenos días.\n\nPregunta: ¿Y bien?\n\nÁmbar Ñandú: Bien.\n", encoding="utf-8"
    )
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "turns", path],
        capture_output=True,
        env={"PYTHONIOENCODING": "ascii", "PATH": ""},
        timeout=60,
    )
    assert "Ámbar Ñandú" in done.stdout.decode("utf-8")


def test_check_says_who_what_was_inferred_and_what_was_left_out(tmp_path, root, run):
    done = run("check", root / "data" / "lanmere-ring-2024.txt")
    text = done.stdout.decode("utf-8")

    assert done.returncode == 0
    assert "Sanna Veldrup" in text
    assert "line 93: turn 11 is an unnamed journalist's" in text
    assert "line 1: boilerplate: Home > Newsroom >" in text


def test_several_files_are_the_pages_of_one_event(tmp_path, run):
    first, second = tmp_path / "1.txt", tmp_path / "2.txt"
    first.write_text(TALK, encoding="utf-8")
    second.write_text("Q: And the lock?\n\nMS. MARLOW: In June.\n\nQ: Thanks.\n", encoding="utf-8")

    rows = list(csv.DictReader(io.StringIO(run("turns", first, second).stdout.decode())))

    assert [row["text"] for row in rows][2:4] == ["In May.", "And the lock?"]


def test_words_of_a_language_without_spaces_are_not_counted_in_silence(tmp_path, run):
    path = tmp_path / "th.txt"
    path.write_text(
        "Q: ประตูน้ำใหม่จะเปิดเมื่อไหร่\n\nA: เปิดในเดือนพฤษภาคม\n\nQ: ขอบคุณครับ\n", encoding="utf-8"
    )
    done = run("turns", path)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))

    assert [row["n_words"] for row in rows] == ["", "", ""]
    assert "tokenizer" in done.stderr.decode()


def test_help_names_the_commands_and_where_to_start():
    command = [sys.executable, "-m", "briefing", "--help"]
    said = subprocess.run(command, capture_output=True, timeout=60).stdout.decode()
    assert all(word in said for word in ("turns", "check", "run", "Start with"))


def test_a_reader_that_has_seen_enough_of_the_pipe_gets_no_traceback(tmp_path):
    path = tmp_path / "long.txt"
    path.write_text(TALK * 2000, encoding="utf-8")
    command = f'"{sys.executable}" -m briefing turns "{path}" | head -n 1'
    done = subprocess.run(command, shell=True, capture_output=True, timeout=60)

    assert b"Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments, columns",
    [
        (["shares", "--by", "role"], ["role", "n_turns", "n_words", "share_words"]),
        (["topics"], ["role", "topic", "n_hits", "n_words", "per_1000"]),
        (["keywords", "-q"], ["speaker", "named", "token", "function_word", "n_target"]),
        (["find", "cable*"], ["briefing_id", "turn_id", "speaker", "role", "first_line", "line"]),
    ],
)
def test_a_measure_prints_its_table(root, arguments, columns, run):
    name, *rest = arguments
    done = run(name, *rest, root / "data" / "lanmere-ring-2024.txt")
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))

    assert (done.returncode, done.stderr) == (0, b"")
    assert rows and list(rows[0])[: len(columns)] == columns


@pytest.fixture
def folder(tmp_path, talk):
    home = tmp_path / "series"
    for month in ("may", "june"):
        said = f"We open the new quay to all boats in {month} this year."
        text = f"Ann Lee: {said} Bo, go ahead.\nQ: =Why so late?\nAnn Lee: Ice. {said}\n"
        home.mkdir(exist_ok=True)
        (home / f"{month}.txt").write_text(text, encoding="utf-8")
    return home


@pytest.mark.parametrize(
    "arguments, columns",
    [
        (["floor"], ["outlet", "n_briefings", "n_turns"]),
        (["floor", "--by", "call"], ["briefing_id", "call_id"]),
        (["reuse"], ["text", "n_words", "n"]),
    ],
)
def test_what_is_asked_of_a_folder_is_printed_as_any_table(folder, capfd, arguments, columns):
    assert main([*arguments, str(folder), "--format", "json"]) == 0
    rows = json.loads(capfd.readouterr().out)
    assert list(rows[0])[: len(columns)] == columns


def test_what_is_asked_of_a_folder_goes_into_a_file_without_a_word(folder, capfd):
    target = folder.parent / "out.csv"
    assert main(["reuse", str(folder), "-q", "-o", str(target)]) == 0
    assert capfd.readouterr() == ("", "")
    assert target.read_text("utf-8").startswith("text,n_words,n")


def test_rates_over_time_are_drawn_where_a_name_is_given(folder, capfd):
    place = folder.parent / "ice"
    asked = ["track", str(folder), "ice", "--figure", str(place), "-q"]
    assert main(asked) == 2
    assert "no briefing here has a date" in capfd.readouterr().err
    for month, path in enumerate(sorted(folder.glob("*.txt")), 1):
        path.rename(path.with_name(f"2031-{month:02}-05.txt"))
    assert main(asked) == 0
    made = {path.suffix for path in folder.parent.glob("ice.*")}
    assert made == {".png", ".svg", ".csv", ".txt"}
    assert "“ice” by month" in place.with_suffix(".txt").read_text("utf-8")


def test_calls_are_counted_by_kinds_of_outlets_that_are_given(folder, capfd):
    kinds = folder.parent / "kinds.csv"
    kinds.write_text("outlet,kind\nHarbour News,daily\n", encoding="utf-8")
    asked = ["floor", str(folder), "--kinds", str(kinds), "--by", "kind"]
    assert main([*asked, "--format", "json"]) == 0
    assert [row["kind"] for row in json.loads(capfd.readouterr().out)] == ["not named"]
    kinds.write_text("paper,kind\nHarbour News,daily\n", encoding="utf-8")
    assert main(asked) == 2
    assert "no column 'outlet'" in capfd.readouterr().err


def test_a_translation_is_laid_beside_the_original(talk, capfd):
    page = talk.with_name("page.html")
    assert main(["align", str(talk), str(talk), "--html", str(page), "--format", "json"]) == 0
    assert json.loads(capfd.readouterr().out)[0]["status"] == "turn"
    assert page.read_text("utf-8").count("<tr") > 2


@pytest.mark.parametrize("asked, said", [("The", "1 word is"), ("Why the", "2 words are")])
def test_what_is_left_out_is_counted_in_the_singular_too(talk, capfd, asked, said):
    quay, boat = "Quay opens. " * 8, f"{asked} boat? " * 9
    talk.write_text(f"MS. MARLOW: {quay}\nQ: {boat}\nMS. MARLOW: Quay quay.\n", encoding="utf-8")
    assert main(["keywords", str(talk)]) == 0
    assert f"{said} left out" in capfd.readouterr().err


def test_a_report_needs_nothing_that_comes_with_jupyter(talk):
    lacking = ("bs4", "nbconvert", "nbformat", "nbclient", "jupyter_server", "ipywidgets")
    program = (
        "import sys; sys.modules |= dict.fromkeys(sys.argv[1].split(',')); "
        "from briefing.cli import main; sys.exit(main(sys.argv[2:]))"
    )
    command = [sys.executable, "-c", program, ",".join(lacking)]
    for asked in (
        ["report", talk, "-o", talk.parent / "one"],
        ["report", talk.parent, "-o", "all"],
    ):
        done = subprocess.run(
            [*command, *asked], cwd=talk.parent, capture_output=True, text=True, timeout=120
        )
        assert (done.returncode, done.stderr) == (0, "")


def test_what_is_found_stands_on_the_line_that_is_named(root, run):
    path = root / "data" / "lanmere-ring-2024.txt"
    lines = path.read_text(encoding="utf-8").splitlines()
    rows = list(csv.DictReader(io.StringIO(run("find", "cable*", path).stdout.decode("utf-8"))))

    assert len(rows) > 10
    assert all(row["node"] in lines[int(row["line"]) - 1] for row in rows)


@pytest.mark.parametrize(
    "arguments, says",
    [
        (["find", "(("], "cannot match"),
        (["topics", "--by", "outlet"], "lacks outlet"),
        (["topics", "--dictionary", "nope"], "no topic dictionary"),
        (["keywords", "--by", "outlet"], "lacks outlet"),
        (["shares", "--by", "outlet"], "lacks outlet"),
    ],
)
def test_what_a_measure_cannot_do_is_one_line_that_says_why(root, capfd, arguments, says):
    assert main([*arguments, str(root / "data" / "lanmere-ring-2024.txt")]) == 2
    said = capfd.readouterr().err
    assert says in said and said.count("\n") == 1


# A reading that is doubtful, or refused


@pytest.fixture
def doubtful(monkeypatch):
    """Every reading is doubtful."""
    monkeypatch.setattr("briefing.transcript.SURE", 1.1)


@pytest.mark.parametrize(
    "arguments",
    [["turns"], ["check"], ["shares"], ["topics"], ["keywords"], ["find", "May"], ["reuse"]],
)
def test_a_doubtful_reading_is_printed_with_a_warning_and_ends_with_1(
    talk, doubtful, capfd, arguments
):
    code = main([*arguments, str(talk)])
    printed, said = capfd.readouterr()

    assert code == 1
    assert "\n" in printed
    assert said.count("\n") == 1
    assert "talk.txt: doubtful: about " in said and "briefing check" in said


def test_figures_of_a_doubtful_reading_are_drawn_and_it_says_so(
    talk, doubtful, capfd, monkeypatch, tmp_path
):
    monkeypatch.setattr("briefing.course.lesson.make_gallery", lambda talk, folder: [])
    assert main(["figures", str(talk), str(tmp_path / "out")]) == 1
    assert "doubtful" in capfd.readouterr().err


def test_notebooks_on_a_doubtful_reading_run_on_and_it_says_so(talk, doubtful, capfd, monkeypatch):
    read = briefing.read(talk)
    made = Made("talk.txt", [talk], talk.parent, (read,))
    monkeypatch.setattr("briefing.course.run.run_notebooks", lambda path, **_: made)
    site = Site(talk, [talk], (read,))
    monkeypatch.setattr("briefing.course.site.report", lambda files, **_: site)

    for command in ("run", "report"):
        assert main([command, str(talk)]) == 1
        printed, said = capfd.readouterr()
        assert "talk.txt" in printed and "doubtful" in said


def test_a_warning_names_the_lines_to_look_at(talk, monkeypatch):
    read = briefing.read(talk)
    monkeypatch.setattr("briefing.transcript.Transcript.doubts", lambda self: [3, 5])
    assert "look at lines 3, 5." in warning(read)


def test_check_says_in_three_lines_what_it_believes_and_how_sure_it_is(talk, capfd):
    assert main(["check", str(talk)]) in (0, 1)
    lines = capfd.readouterr().out.split("\n")

    assert lines[0].startswith(
        "talk.txt (text, utf-8): 3 turns by 1 person and unnamed journalists"
    )
    assert lines[0].endswith("labels with a colon;")
    assert re.fullmatch(r"\d+ % of turns are expected to be right: (sure|doubtful)\.", lines[1])
    assert lines[2].startswith(("Look first at line", "Nothing in it stands out"))
    assert lines[3] == ""


def test_check_says_of_a_doubtful_reading_what_came_next(talk, doubtful, capfd, monkeypatch):
    read = briefing.read(talk)
    other = Other("stop", "The Minister.", 12, 3, 0.3)
    read.reading = replace(read.reading, others=(other,))
    monkeypatch.setattr("briefing.transcript.read", lambda *_, **__: read)
    main(["check", str(talk)])

    next_came = 'labels with a full stop, 12 turns by 3 labels: --label "The Minister."'
    assert next_came in capfd.readouterr().out


def test_a_reading_that_is_too_unsure_is_refused_with_the_way_out(talk, monkeypatch):
    monkeypatch.setattr("briefing.transcript.REFUSED", 1.1)
    with pytest.raises(BriefingError, match="too unsure to be used: 3 turns by") as caught:
        briefing.read(talk)
    assert "--label" in str(caught.value)
    assert len(briefing.read(talk, labels=["Q:"]).turns) == 3  # a person helped


def test_a_label_given_is_read_as_one(tmp_path, run):
    path = tmp_path / "talk.txt"
    path.write_text(
        "Marlow > Good morning to all of you, and welcome to the harbour.\n\n"
        "Roon > When does the lock open, and who pays for it?\n\n"
        "Marlow > It opens in May, once the river has gone down.\n",
        encoding="utf-8",
    )
    command = [str(path), "--label", "Marlow >", "--label", "Roon >"]
    done = run("turns", *command)
    rows = list(csv.DictReader(io.StringIO(done.stdout.decode("utf-8"))))

    assert [row["speaker"] for row in rows] == ["Marlow", "Roon", "Marlow"]
    assert rows[1]["text"].startswith("When does")
