"""Files made of other files, rich text, and tables inside of documents."""

import io
import zipfile

import docx
import pytest

from briefing.reading import parse_source
from briefing.tables import BriefingError

TALK = [
    ("Ana Ferro", "The lock opens at noon."),
    ("Ben Oduya", "Who pays for the new gate?"),
    ("Ana Ferro", "The province pays, as agreed."),
    ("Ben Oduya", "Is there a plan for the winter?"),
]


def packed(**files):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name, text in files.items():
            file.writestr(name.replace("__", "/").replace("_DOT_", "."), text)
    return data.getvalue()


def told(source):
    return [(line.speaker, line.text) for line in source.lines if not line.outside]


def test_the_first_readable_file_of_a_packed_folder():
    text = "Ana Ferro: The lock opens.\n\nBen Oduya: Who pays?\n"
    source = parse_source(
        packed(a__talk_DOT_txt=text, a__readme_DOT_md="No.", b_DOT_txt="Ana: So.\n"), "x.zip"
    )
    assert source.name == "x.zip" and source.lines[0].text == "Ana Ferro: The lock opens."
    assert "b.txt" in source.warnings[-1]


def test_a_book_is_read_in_the_order_of_its_spine():
    package = (
        '<package><manifest><item id="two" href="b.xhtml"/><item id="one" href="a.xhtml"/></manifest>'
        '<spine><itemref idref="one"/><itemref idref="two"/></spine></package>'
    )
    source = parse_source(
        packed(
            **{
                "META-INF__container.xml": "<container/>", "OPS__c.opf": package,
                "OPS__a.xhtml": "<html><body><h1>Talk</h1><p><b>Ana:</b> The lock opens.</p></body></html>",
                "OPS__b.xhtml": "<html><body><p><b>Ben:</b> Who pays?</p></body></html>",
            }
        ),
        "x.epub",
    )  # fmt: skip
    assert [line.text for line in source.lines] == [
        "Talk",
        "Ana: The lock opens.",
        "Ben: Who pays?",
    ]
    assert source.lines[0].heading and source.lines[1].bold == ((0, 4),)


OFFICE = 'xmlns:office="o" xmlns:text="t" xmlns:style="s" xmlns:fo="f" xmlns:table="b"'


def test_an_open_document_keeps_bold_type_headings_and_breaks():
    content = (
        f'<office:document-content {OFFICE}><office:automatic-styles><style:style style:name="T1">'
        '<style:text-properties fo:font-weight="bold"/></style:style></office:automatic-styles>'
        "<office:body><office:text><text:h>Talk &amp; more</text:h><text:p><text:span text:style-name='T1'>Ana:"
        "</text:span> The lock<text:line-break/>opens.</text:p></office:text></office:body></office:document-content>"
    )
    source = parse_source(packed(**{"content.xml": content}), "x.odt")
    assert [line.text for line in source.lines] == ["Talk & more", "Ana: The lock", "opens."]
    assert source.lines[0].heading and source.lines[1].bold == ((0, 4),)


def sheet(rows):
    cells = "".join(
        "<row>" + "".join(f'<c t="s"><v>{n}</v></c>' for n in row) + "</row>" for row in rows
    )
    return f"<worksheet><sheetData>{cells}</sheetData></worksheet>"


def test_a_workbook_is_a_table():
    texts = ["Speaker", "Text", *(cell for row in TALK[:2] for cell in row)]
    source = parse_source(
        packed(
            **{
                "xl__workbook.xml": "<workbook/>",
                "xl__sharedStrings.xml": f"<sst>{''.join(f'<si><t>{t}</t></si>' for t in texts)}</sst>",
                "xl__worksheets__sheet1.xml": sheet([(0, 1), (2, 3), (4, 5), (2, 5)]),
            }
        ),
        "x.xlsx",
    )
    assert told(source) == [TALK[0], TALK[1], ("Ana Ferro", TALK[1][1])]


def test_a_saved_page_is_decoded():
    mail = (
        b'From: <Saved>\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="--b"\r\n\r\n'
        b"----b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n"
        b"<html><body><p>Ana: The lo=\r\nck opens.</p></body></html>\r\n----b--\r\n"
    )
    source = parse_source(mail, "x.mhtml")
    assert [line.text for line in source.lines] == ["Ana: The lock opens."]
    assert source.name == "x.mhtml" and source.format == "html"


def test_rich_text_keeps_type_accents_and_unicode():
    rtf = (
        rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}{\*\generator x;}{\b Ana:} The caf\'e9 opens.\par "
        rb"\b Ben:\b0  W\u233?o {\i pays}?\par}"
    )
    source = parse_source(rtf, "x.doc")
    assert [line.text for line in source.lines if line.text] == [
        "Ana: The café opens.",
        "Ben: Wéo pays?",
    ]
    assert source.lines[0].bold == ((0, 4),) and source.lines[1].italic == ((9, 13),)


def test_a_locked_folder_is_refused():
    data = bytearray(packed(talk_DOT_txt="Ana: So."))
    data[data.index(b"PK\x01\x02") + 8] |= 1
    with pytest.raises(BriefingError, match="password"):
        parse_source(bytes(data), "x.zip")


def page(rows, head=""):
    body = "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
    return parse_source(
        f"<html><body><h1>Talk</h1><table>{head}{body}</table></body></html>".encode(), "x.html"
    )


def test_a_table_in_a_page_names_the_speakers_of_its_rows():
    head = "<tr><th>Time</th><th>Text</th><th>Speaker</th></tr>"
    source = page([(f"0:0{n}", text, who) for n, (who, text) in enumerate(TALK)], head)
    assert told(source)[1:] == TALK
    assert [line.start_s for line in source.lines if line.speaker] == [0, 1, 2, 3]
    assert all(line.new for line in source.lines if line.speaker)


def test_a_table_without_names_for_its_columns():
    assert told(page(TALK))[1:] == TALK


def test_a_table_of_something_else_stays_as_it_is():
    source = page([("Monday", "12"), ("Tuesday", "14"), ("Friday", "9"), ("Sunday", "3")])
    assert all(line.speaker is None and not line.outside for line in source.lines)


def test_a_table_in_a_word_document():
    document = docx.Document()
    table = document.add_table(rows=0, cols=2)
    for who, text in [("Speaker", "Content"), *TALK]:
        row = table.add_row()
        row.cells[0].text, row.cells[1].text = who, text
    data = io.BytesIO()
    document.save(data)
    assert told(parse_source(data.getvalue(), "x.docx")) == TALK


def test_a_table_in_markdown():
    rows = "".join(f"| {who} | **{text}** |\n" for who, text in TALK)
    source = parse_source(
        f"# Talk\n\n| Speaker | Text |\n| --- | --- |\n{rows}\nEnd of it.\n".encode(), "x.md"
    )
    assert [one for one in told(source) if one[0]] == TALK


def test_what_unpacks_to_far_more_than_it_is_gets_refused_before_it_is_opened(monkeypatch):
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("talk.txt", b" " * 40_000_000)
    monkeypatch.setattr(zipfile.ZipFile, "read", lambda *_: pytest.fail("opened"))
    with pytest.raises(BriefingError, match=r"x\.zip: too large to unpack"):
        parse_source(data.getvalue(), "x.zip")


def test_entities_of_xml_are_not_made_out(tmp_path):
    secret = tmp_path / "secret.txt"
    secret.write_text("secret words of this machine")
    many = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = (
        f'<?xml version="1.0"?><!DOCTYPE talk [<!ENTITY e0 "lol">{many}<!ENTITY f SYSTEM "{secret.as_uri()}">]>'
        '<talk><u who="Ann Lee">We open in May. &e11; &f;</u><u who="Bo Ray">Why in May?</u></talk>'
    )
    said = " ".join(text for _, text in told(parse_source(xml.encode(), "talk.xml")))
    assert "We open in May." in said and "secret" not in said and "lol" not in said
