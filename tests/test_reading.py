"""Any file becomes lines or one plain error; the format is told by what is in the file."""

import io
import os
import subprocess
import sys
import zipfile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.reading import Line, Source, parse_source, read_source
from briefing.tables import BriefingError

TALK = "MS. OKORO:  Good morning.\n\nQ  Is it done?\n\nMS. OKORO:  It is.\n"


def complaint(data, name="a.txt"):
    with pytest.raises(BriefingError) as raised:
        parse_source(data, name)
    return str(raised.value)


def formats_of(data, *names):
    return {parse_source(data, name).format for name in names}


def test_a_file_on_disk_reads_like_its_bytes(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    assert read_source(path) == read_source(str(path)) == parse_source(TALK.encode(), "talk.txt")


def test_a_source_says_what_it_is():
    source = parse_source(TALK.encode(), "talk.txt")
    assert (source.name, source.format, source.encoding) == ("talk.txt", "text", "utf-8")
    assert source.lines[0] == Line("MS. OKORO:  Good morning.")
    assert (source.metadata, source.warnings) == ({}, [])


@pytest.mark.parametrize(
    "text, kind",
    [
        (TALK, "text"),
        ("# Briefing of the day\n\n**MS. OKORO:** Good morning.\n\n**Q** And?\n", "markdown"),
        ("<!DOCTYPE html><html><body><p>Good morning.</p></body></html>", "html"),
        ("<p><b>Q:</b> And?</p>\n<p><b>A:</b> Yes.</p>", "html"),
        ("WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ada>Good morning.\n", "captions"),
        ("1\n00:00:01,000 --> 00:00:02,000\n>> Good morning.\n", "captions"),
        ("speaker,text\nAda,Good morning to you all\n", "table"),
        ('[{"speaker": "Ada", "text": "Good morning."}]', "table"),
        ("@UTF8\n@Begin\n*ADA:\tgood morning .\n@End\n", "chat"),
    ],
)
def test_the_format_is_told_by_the_content_whatever_the_file_is_called(text, kind):
    names = ("a", "a.txt", "a.docx", "a.html", "a.json")
    assert formats_of(text.encode(), *names) == {kind}


@pytest.mark.parametrize(
    "text",
    [
        "MR. ABEL:  The tag <p> begins a paragraph.\n\nQ  And </p> ends it?\n",
        "ADA: Yes, I said so.\n\nBO: No, you did not.\n\nADA: Well, let us see, then.\n",
        "Good morning, all.\nGood evening, you.\nWell, yes.\nSo, then.\n",
        "<a name> ADA: The tag without an end.\n",
        "ADA: So </p> and </p> and </p> and </p> again.\n" + "BO: And so it went on.\n" * 300,
        "[Music]\n\nADA: Good morning.\n",
        "{applause}\n\nADA: Good morning.\n",
        "---\nADA: Good morning.\n---\nBO: Good morning to you.\n",
        "ADA: 5 * 3 * 2 is thirty.\n\nBO: It is *not* so.\n",
        "MR. ABEL:\tGood morning.\nQ:\tIs it done?\nMR. ABEL:\tIt is.\n",
        "10:00 --> 11:00 was the plan.\n\nADA: Good morning.\n",
    ],
)
def test_text_that_only_looks_like_another_format_stays_text(text):
    source = parse_source(text.encode(), "a.txt")
    assert source.format == "text"
    assert "\n".join(line.text for line in source.lines) == text.rstrip("\n")


def test_a_name_breaks_a_tie_and_no_more():
    rows = ["Ada,Good morning to you", "Bo,And to you too", "Ada,Thank you for that", "Bo,So be it"]
    text = "\n".join(rows).encode()
    assert parse_source(text, "a.txt").format == "text"
    assert parse_source(text, "a.csv").format == "table"
    assert formats_of(b"_Good_ morning.\n", "a.md") == {"markdown"}


@pytest.mark.parametrize("blank", [b"", b" \n\t\r\n", b"\xef\xbb\xbf", b"\xff\xfe", b"\0\0\0"])
def test_an_empty_file_is_said_to_be_empty(blank):
    assert "empty" in complaint(blank)


def test_a_page_without_text_is_refused():
    page = b"<html><head><title>x</title></head><body><script>a()</script></body></html>"
    assert "no text" in complaint(page)


def zipped(*names):
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as file:
        for name in names:
            file.writestr(name, "x")
    return packed.getvalue()


@pytest.mark.parametrize(
    "data, what, advice",
    [
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "old Office file", ".docx"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "image", "OCR"),
        (b"\xff\xd8\xff\xe0" + bytes(50), "image", "OCR"),
        (b"ID3\x04" + bytes(50), "sound", "transcribe"),
        (bytes(4) + b"ftypmp42" + bytes(50), "video", "transcribe"),
        (b"\x1f\x8b\x08" + bytes(50), "packed", "unpack"),
        (zipped("xl/workbook.xml"), "workbook", "table of turns"),
        (zipped("ppt/slides.xml"), ".pptx", ".docx"),
        (zipped("content.xml"), "no text", "all of it"),
        (zipped("readme.txt"), "nothing in it", "pack"),
        (zipped("talk.txt")[:-30], "damaged", "again"),
        (b"%PDF-1.7\n%%EOF", "cannot be read", "download it again"),
        (b"\x7fELF" + bytes(50), "program", "transcript"),
        (b"<?xml version='1.0'?><TEI><u who='a'>x</u></TEI>", "XML", "HTML"),
        (b"From: <Saved>\r\nContent-Type: multipart/related;\r\n\r\nx", "no page", "HTML"),
        (b"SPEAKER talk 1 0.5 6.5 <NA> <NA> S0 <NA> <NA>\n", "RTTM", "transcript"),
        (b"abc\0\1\2\3def\0\5\6\7xyz", "binary", "text"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_cannot_be_read_is_named_with_the_next_step(data, what, advice):
    said = complaint(data, "odd.bin")
    assert said.startswith("odd.bin: ")
    assert what in said
    assert advice in said
    assert "\n" not in said


def test_a_missing_file_a_folder_and_a_locked_file_are_plain_errors(tmp_path):
    with pytest.raises(BriefingError, match="no such file"):
        read_source(tmp_path / "none.txt")
    with pytest.raises(BriefingError, match="folder"):
        read_source(tmp_path)
    with pytest.raises(BriefingError, match="cannot be read"):
        read_source("a\0b.txt")


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_what_never_ends_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "talk.txt")
    for path in (tmp_path / "talk.txt", "/dev/zero"):
        with pytest.raises(BriefingError, match="a device or a pipe; save it as a file"):
            read_source(path)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_a_file_without_permission_is_a_plain_error(tmp_path):
    path = tmp_path / "locked.txt"
    path.write_text(TALK)
    path.chmod(0)
    with pytest.raises(BriefingError, match="permissions"):
        read_source(path)


def test_reading_text_loads_the_standard_library_only(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(TALK)
    heavy = "pandas numpy lxml selectolax docx pypdf webvtt matplotlib nltk".split()
    code = (
        "import sys; from briefing.reading import read_source; read_source(sys.argv[1]);"
        f"found = [m for m in {heavy} if m in sys.modules]; sys.exit(', '.join(found) or 0)"
    )
    ran = subprocess.run([sys.executable, "-c", code, path], capture_output=True, text=True)
    assert (ran.returncode, ran.stderr) == (0, "")


STARTS = (
    b"", b"", b"<html>", b"<p>", b"WEBVTT\n\n", b"1\n00:00:01,000 --> 00:00:02,000\n",
    b"%PDF-1.4\n", b"@Begin\n*ADA:\t", b"speaker,text\n", b'[{"text": "', b"{",
    b"# A title\n\n**", b"---\ntitle: ", b"\xff\xfe", b"\xfe\xff", b"PK\x03\x04",
    b"\xef\xbb\xbf", b"<meta charset=gbk>",
)  # fmt: skip
WORDS = st.sampled_from((
    b"Ada: yes", b"\n", b"\n\n", b"\r", b"\f", b"**", b"__", b"`", b"\\[", b"<b>", b"</b>", b"<br>",
    b"<div class=share>", b"</div>", b"<pre>", b"&#10;", b"&nbsp;", b'"', b",", b"\t", b"}", b"]",
    b">> ", b"<v Bo>", b"00:01.000 --> 00:02.000\n", b"\x15100_200\x15", b"%mor:\tx", b"\x85",
    b"\xe9", b"\xb5\xc4", b"\xc3\xa9", b"\0", b"# ", b"---", b"===",
))  # fmt: skip
SOUP = st.builds(
    lambda start, parts: start + b"".join(parts),
    st.sampled_from(STARTS),
    st.lists(st.one_of(WORDS, st.binary(max_size=12)), max_size=40),
)


@given(SOUP, st.sampled_from(["a", "a.txt", "a.md", "a.csv", "a.json", "a.vtt", "a.html"]))
@settings(max_examples=100, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_give_sound_lines_or_one_plain_error(data, name):
    try:
        source = parse_source(data, name)
    except BriefingError as error:
        assert "\n" not in str(error)
        assert str(error).startswith(f"{name}: ")
        return
    assert isinstance(source, Source)
    for line in source.lines:
        assert not set(line.text) & set("\n\r\f\0")
        assert line.gap >= 0
        ends = [0, *(end for span in line.bold for end in span), len(line.text)]
        assert ends == sorted(ends)


@pytest.mark.parametrize("text", ["a: b. " * 300_000, ":" * 2_000_000, "x" * 2_000_000])
def test_one_enormous_line_is_one_line(text):
    source = parse_source(text.encode(), "a.txt")
    assert [line.text for line in source.lines] == [text]


def test_every_shared_transcript_can_be_read(shared):
    for path in sorted(shared.glob("*/*")):
        if path.parent.name in ("gold", "timed"):
            continue
        source = read_source(path)
        assert sum(len(line.text) for line in source.lines if not line.outside) > 500, path


@pytest.fixture
def archive(root, tmp_path, monkeypatch):
    """The package of one file that the docs show, which adds a format."""
    page = (root / "docs" / "howto" / "own-format.md").read_text(encoding="utf-8")
    shown = page.partition("```python\n")[2].partition("```")[0]
    (tmp_path / "archive_reader.py").write_text(shown)
    about = tmp_path / "archive_reader-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: archive_reader\nVersion: 1\n")
    (about / "entry_points.txt").write_text("[briefing.readers]\narc = archive_reader:read\n")
    monkeypatch.syspath_prepend(tmp_path)


@pytest.mark.parametrize(
    "text", ["Ann Lee/We open in May.\nBo Ray/Why in May?", "\0Ann/\0Yes.\nBo/\0No."]
)
def test_another_package_can_add_a_format(archive, text):
    source = parse_source(text.encode(), "talk.arc")
    assert source.format == "archive"
    assert [line.speaker for line in source.lines] == [
        row.split("/")[0] for row in text.split("\n")
    ]


def test_what_no_package_reads_stays_what_it_is(archive):
    assert parse_source(b"Ann Lee/We open in May.", "talk.xyz").format == "text"
    assert parse_source(b"Ann Lee/We open in May.", "talk.txt").format == "text"


def test_a_fault_of_our_own_is_not_called_damage(monkeypatch):
    monkeypatch.setattr("briefing.reading.CONTROL", None)
    with pytest.raises(BriefingError, match="fault in this program") as raised:
        parse_source(b"Ann Lee: We open.\nQ: Why?\n", "talk.txt")
    assert "damaged" not in str(raised.value)
