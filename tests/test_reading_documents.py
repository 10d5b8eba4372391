"""Word documents and PDF: paragraphs, bold type, page heads, and what is refused."""

import io

import pytest

from briefing.reading import parse_source
from briefing.tables import BriefingError


def bold(line):
    return [line.text[start:stop] for start, stop in line.bold]


def spoken(source):
    return [line.text for line in source.lines if not line.outside]


@pytest.fixture
def document():
    """An empty Word document."""
    return pytest.importorskip("docx").Document()


def saved(document):
    out = io.BytesIO()
    document.save(out)
    return parse_source(out.getvalue(), "a.docx")


def test_paragraphs_of_a_document_are_lines(document):
    for text in ("MS. OKORO: Good morning.", "", "Q: And?", "A: Yes."):
        document.add_paragraph(text)
    source = saved(document)
    assert [(line.gap, line.text) for line in source.lines] == [
        (1, "MS. OKORO: Good morning."),
        (2, "Q: And?"),
        (1, "A: Yes."),
    ]
    assert (source.format, source.encoding) == ("docx", None)


def test_line_breaks_within_a_paragraph_go_straight_on(document):
    document.add_paragraph("ADA: One\ntwo").add_run().add_break()
    document.add_paragraph("BO: Three\n\nfour\tfive")
    assert [(line.gap, line.text) for line in saved(document).lines] == [
        (1, "ADA: One"), (0, "two"), (2, "BO: Three"), (1, "four\tfive"),
    ]  # fmt: skip


def test_bold_runs_are_spans(document):
    paragraph = document.add_paragraph()
    for text, weight in (("ADA", True), (" LEE:", True), (" yes ", None), ("no", False)):
        paragraph.add_run(text).bold = weight
    assert bold(saved(document).lines[0]) == ["ADA LEE:"]


def test_bold_may_come_from_a_style_and_be_switched_off_in_a_run(document):
    from docx.enum.style import WD_STYLE_TYPE

    base = document.styles.add_style("Speaker Base", WD_STYLE_TYPE.PARAGRAPH)
    base.font.bold = True
    style = document.styles.add_style("Speaker", WD_STYLE_TYPE.PARAGRAPH)
    style.base_style = base
    paragraph = document.add_paragraph("ADA:", style="Speaker")
    paragraph.add_run(" yes").bold = False
    document.add_paragraph("plain ").add_run("strong", style="Strong")
    first, second = saved(document).lines
    assert (bold(first), bold(second)) == (["ADA:"], ["strong"])


def test_headings_and_titles_are_marked_and_not_called_bold(document):
    document.add_heading("The title", 0)
    document.add_heading("A part", 2)
    document.add_paragraph("ADA: Yes.")
    lines = saved(document).lines
    assert [line.heading for line in lines] == [True, True, False]
    assert lines[0].bold == ()


def test_rows_of_tables_are_lines_in_their_place(document):
    document.add_paragraph("before")
    table = document.add_table(2, 2)
    for cell, text in zip(table._cells, ("ADA:", "Yes.\nAnd so.", "BO:", "No."), strict=True):
        cell.text = text
    document.add_paragraph("after")
    assert [(line.gap, line.text) for line in saved(document).lines] == [
        (1, "before"), (1, "ADA:"), (0, "Yes."), (0, "And so."), (1, "BO:"), (0, "No."), (1, "after"),
    ]  # fmt: skip


def test_empty_cells_leave_no_room(document):
    document.add_table(3, 1).cell(2, 0).text = "ADA: Yes."
    assert [line.gap for line in saved(document).lines] == [1]


def test_page_headers_and_footers_stand_outside(document):
    document.sections[0].header.paragraphs[0].text = "DRAFT"
    document.sections[0].footer.paragraphs[0].text = "Press Office"
    document.add_paragraph("ADA: Yes.")
    source = saved(document)
    assert spoken(source) == ["ADA: Yes."]
    assert [line.text for line in source.lines if line.outside] == ["DRAFT", "Press Office"]


W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


@pytest.mark.parametrize(
    "xml, shown",
    [
        ("<w:ins><w:r><w:t>new</w:t></w:r></w:ins>", "a new"),
        ("<w:del><w:r><w:delText>old</w:delText></w:r></w:del>", "a"),
        ("<w:moveFrom><w:r><w:t>old</w:t></w:r></w:moveFrom>", "a"),
        ("<w:hyperlink><w:r><w:t>link</w:t></w:r></w:hyperlink>", "a link"),
        ("<w:sdt><w:sdtContent><w:r><w:t>box</w:t></w:r></w:sdtContent></w:sdt>", "a box"),
        ("<w:r><w:rPr><w:vanish/></w:rPr><w:t>hidden</w:t></w:r>", "a"),
        ("<w:r><w:t>on</w:t><w:noBreakHyphen/><w:t>air</w:t></w:r>", "a on\u2011air"),
        ("<w:r><w:instrText>PAGE</w:instrText></w:r>", "a"),
    ],
)
def test_what_word_shows_is_read_and_nothing_else(document, xml, shown):
    from docx.oxml import parse_xml

    paragraph = document.add_paragraph("a ")
    start, _, rest = xml.partition(">") if not xml.startswith("<w:r>") else ("<w:r", "", xml[5:])
    paragraph._p.append(parse_xml(f"{start} {W}>{rest}"))
    assert [line.text.strip() for line in saved(document).lines] == [shown]


def test_footnotes_stand_outside_the_text(document):
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document.add_paragraph("MS. OKORO: Good morning.")
    note = b"<w:footnote><w:p><w:r><w:t>Put right </w:t></w:r><w:r><w:t>later.</w:t></w:r></w:p></w:footnote>"
    xml = b'<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">%s</w:footnotes>'
    kind = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
    part = Part(PackURI("/word/footnotes.xml"), kind, xml % note, document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
    lines = saved(document).lines
    assert [(line.text, line.outside) for line in lines] == [
        ("MS. OKORO: Good morning.", False), ("Put right later.", True),
    ]  # fmt: skip


def test_a_part_of_notes_without_anything_in_it_is_no_fault(document):
    from docx.opc.constants import RELATIONSHIP_TYPE
    from docx.opc.packuri import PackURI
    from docx.opc.part import Part

    document.add_paragraph("MS. OKORO: Good morning.")
    part = Part(PackURI("/word/comments9.xml"), "application/xml", b"", document.part.package)
    document.part.relate_to(part, RELATIONSHIP_TYPE.COMMENTS)
    assert [line.text for line in saved(document).lines] == ["MS. OKORO: Good morning."]


def test_properties_state_title_and_language_but_no_date(document):
    document.core_properties.title = "Briefing"
    document.core_properties.language = "en-GB"
    document.add_paragraph("ADA: Yes.")
    assert saved(document).metadata == {"title": "Briefing", "language": "en-GB"}


def test_a_page_called_docx_is_read_as_the_page_it_is():
    page = b"<html><body><p><b>ADA:</b> Yes.</p></body></html>"
    assert parse_source(page, "a.docx").format == "html"


def pdf(pages, *, info="", catalog=""):
    """A small PDF: pages of (x, y, size, font, text) with Helvetica (F1) and its bold (F2)."""
    fonts = "<< /Font << /F1 3 0 R /F2 4 0 R >> >>"
    kids = " ".join(f"{5 + 2 * n} 0 R" for n in range(len(pages)))
    objects = [
        f"<< /Type /Catalog /Pages 2 0 R {catalog} >>",
        f"<< /Type /Pages /Kids [{kids}] /Count {len(pages)} >>",
        *(
            f"<< /Type /Font /Subtype /Type1 /BaseFont /{name} /Encoding /WinAnsiEncoding >>"
            for name in ("Helvetica", "Helvetica-Bold")
        ),
    ]
    for n, page in enumerate(pages):
        drawn = "\n".join(
            f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({text}) Tj ET"
            for x, y, size, font, text in page
        )
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Resources {fonts} "
            f"/Contents {6 + 2 * n} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn.encode('cp1252'))} >>\nstream\n{drawn}\nendstream")
    objects.append(f"<< {info} >>")
    out, places = b"%PDF-1.4\n", []
    for number, body in enumerate(objects, 1):
        places.append(len(out))
        out += f"{number} 0 obj\n{body}\nendobj\n".encode("cp1252")
    table = "".join(f"{place:010} 00000 n \n" for place in places)
    return (
        out
        + (
            f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}"
            f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>\n"
            f"startxref\n{len(out)}\n%%EOF\n"
        ).encode()
    )


def column(rows, *, x=72, top=700, step=14, size=11, font="F1"):
    """Rows one below the other; a row may bring its own x, or None leaves room."""
    placed = []
    for n, row in enumerate(rows):
        at, text = row if isinstance(row, tuple) else (x, row)
        if text is not None:
            placed.append((at, top - n * step, size, font, text))
    return placed


BODY = [
    (108, "MS. OKORO: Good morning to all of you who"),
    "came here today. We have much to say about",
    "the bridge and the road that leads to it.",
    (108, "QUESTION: When will the bridge be open to"),
    "those who have waited for it all these years?",
    (108, "MS. OKORO: In the autumn, we hope."),
    (108, "QUESTION: Of this year?"),
    (108, "MS. OKORO: Yes."),
]


def read(pages, **stated):
    return parse_source(pdf(pages, **stated), "a.pdf")


def test_lines_of_a_pdf_keep_their_order_and_their_pages():
    source = read([column(BODY), column(["MS. OKORO: That is all for today."])])
    assert spoken(source) == [row[1] if isinstance(row, tuple) else row for row in BODY] + [
        "MS. OKORO: That is all for today."
    ]
    assert [line.page for line in source.lines] == [1] * 8 + [2]


def test_an_indent_begins_a_paragraph():
    assert [line.gap for line in read([column(BODY)]).lines] == [1, 0, 0, 1, 0, 1, 1, 1]


def test_more_room_begins_a_paragraph():
    rows = [
        "one of the lines",
        "two of the lines",
        (0, None),
        "three of them",
        "four",
        (0, None),
        "five",
    ]
    assert [line.gap for line in read([column(rows)]).lines] == [0, 0, 1, 0, 1]


def test_double_spacing_is_no_paragraph():
    rows = ["one of the lines", "two of the lines", "three of them all", "four of them", "five"]
    assert [line.gap for line in read([column(rows, step=28)]).lines] == [0] * 5


def test_heads_and_feet_stand_outside_although_the_file_has_them_first():
    pages = []
    for n in (1, 2, 3):
        head = [(72, 750, 9, "F1", "June 15, 2021   DRAFT"), (280, 40, 9, "F1", f"Page {n} of 3")]
        pages.append(
            head + column([f"ADA: {'so ' * n}it was", f"we {'m' * n} went", f"at {n * n} sharp"])
        )
    source = read(pages)
    outside = [line.text for line in source.lines if line.outside]
    assert outside == [t for n in (1, 2, 3) for t in ("June 15, 2021   DRAFT", f"Page {n} of 3")]
    assert source.lines[4].text == "Page 1 of 3"
    assert len(spoken(source)) == 9


def test_columns_side_by_side_are_read_one_after_the_other():
    left, right = (
        [f"left line {n} of the page" for n in range(5)],
        [f"right line {n}" for n in range(5)],
    )
    assert spoken(read([column(left) + column(right, x=320)])) == left + right


def test_paragraphs_begin_at_the_indent_of_their_own_column():
    def rows(x):
        part = ["one line of the column", "two lines of it.", (x + 12, "three begins"), "four more"]
        return column(part * 2, x=x)

    gaps = [line.gap for line in read([rows(72) + rows(320)]).lines]
    assert gaps == [0, 0, 1, 0, 0, 0, 1, 0] * 2


def test_bold_type_and_headings_are_known_by_their_fonts():
    page = [
        (72, 740, 20, "F1", "The title"),
        (72, 700, 11, "F2", "MS. OKORO:"),
        (150, 700, 11, "F1", "Good morning to all of you."),
        *column(["and welcome to this briefing of the day", "in this room"], top=686),
    ]
    title, first, *rest = read([page]).lines
    assert (title.heading, first.heading) == (True, False)
    assert (first.text, bold(first)) == ("MS. OKORO: Good morning to all of you.", ["MS. OKORO:"])
    assert all(line.bold == () for line in [title, *rest])


def test_a_word_parted_at_the_end_of_a_line_is_left_as_printed():
    assert spoken(read([column(["The long-", "term plan of the city is here"])]))[0] == "The long-"


def test_ligatures_are_letters(monkeypatch):
    from briefing.reading.pdf import _line, _Piece, _Row

    row = _Row(pieces=[_Piece("o\ufb03ce ", True), _Piece("\ufb01nd co\xad")])
    line = _line(row, 1, heading=False)
    assert (line.text, bold(line)) == ("office find co-", ["office"])


def test_a_pdf_states_title_and_language_but_no_date():
    stated = {"info": "/Title (Briefing) /CreationDate (D:20210615)", "catalog": "/Lang (en-GB)"}
    assert read([column(BODY)], **stated).metadata == {"title": "Briefing", "language": "en-GB"}


def test_a_title_that_is_a_file_name_is_no_title():
    assert read([column(BODY)], info="/Title (Microsoft Word - x.doc)").metadata == {}


def test_a_scan_is_sent_to_ocr():
    with pytest.raises(BriefingError, match=r"a\.pdf: .*scan.*OCR"):
        read([[], [(72, 40, 9, "F1", "2")]])


def encrypted(password):
    pypdf = pytest.importorskip("pypdf")
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf([column(BODY)])))
    writer.encrypt(password, owner_password="other", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_pdf_that_needs_a_password_is_refused():
    with pytest.raises(BriefingError, match="encrypted.*password"):
        parse_source(encrypted("secret"), "a.pdf")


def test_a_pdf_that_only_forbids_printing_is_read():
    assert len(parse_source(encrypted(""), "a.pdf").lines) == len(BODY)


def test_a_page_that_cannot_be_read_is_named_and_the_others_stand(monkeypatch):
    from briefing.reading import pdf as module

    real, seen = module._rows, []

    def rows(page):
        seen.append(page)
        if len(seen) == 2:
            raise RuntimeError("no such font")
        return real(page)

    monkeypatch.setattr(module, "_rows", rows)
    source = read([column(BODY)] * 3)
    assert "page 2 cannot be read" in source.warnings[0]
    assert {line.page for line in source.lines} == {1, 3}


def test_the_shared_pdf_has_the_words_of_its_text(shared):
    folder = shared / "fomc_pdf"
    sources = [
        parse_source(path.read_bytes(), path.name)
        for path in (*folder.glob("*.pdf"), *folder.glob("*.layout.txt"))
    ]
    words = [" ".join(spoken(source)).split() for source in sources]
    assert len(words[0]) > 8000
    assert words[0] == words[1]
    assert [sum(line.outside for line in source.lines) for source in sources] == [54, 54]


def test_line_numbers_stand_before_their_lines():
    rows = [f"line {n} of what is said here" for n in range(1, 13)]
    numbers = column([str(n) for n in range(1, 13)], x=40)
    expected = [f"{n}    {row}" for n, row in enumerate(rows, 1)]
    for page in (
        numbers + column(rows),
        [one for pair in zip(numbers, column(rows), strict=True) for one in pair],
    ):
        source = read([page])
        assert [" ".join(line.text.split()) for line in source.lines] == [
            " ".join(row.split()) for row in expected
        ]


def test_a_label_in_a_column_of_its_own_stands_before_its_line():
    labels = column(["ANA:", None, "BEN:"])
    said = column(["The gate opens at noon, and", "that is all.", "Who pays for it?"], x=160)
    source = read([[labels[0], *said[:2], labels[1], said[2]]])
    assert [" ".join(line.text.split()) for line in source.lines] == [
        "ANA: The gate opens at noon, and", "that is all.", "BEN: Who pays for it?"
    ]  # fmt: skip


def test_a_full_stop_parted_from_its_word_is_closed_up():
    source = read([column(["Hon . Abel: The gate , he said ... is shut ."])])
    assert source.lines[0].text == "Hon. Abel: The gate, he said ... is shut."


def test_small_type_beside_a_running_head_is_one():
    pages = [
        [
            (72, 780, 11, "F1", "Session of the Gate Board"),
            (72, 766, 8, "F1", f"Item {word}"),
            *column(BODY),
        ]
        for word in ("one", "two", "three")
    ]
    assert [line.text for line in read(pages).lines if line.outside][:2] == [
        "Session of the Gate Board", "Item one"
    ]  # fmt: skip


COVER = [(200, "TARNVIK COUNTY"), (160, "Briefing on the reservoir"), (0, None), (200, "30 November 2026"), (150, "Venue: the county hall")]  # fmt: skip


def test_a_cover_page_is_no_briefing_and_none_of_it_is_said():
    from briefing.transcript import Transcript

    with pytest.raises(BriefingError, match="no turn found"):
        Transcript([read([column(COVER)])])
    turns = Transcript([read([column(COVER), column(BODY)])]).reading.turns
    assert [turn.label for turn in turns] == ["MS. OKORO", "QUESTION"] * 2 + ["MS. OKORO"]


def test_footnotes_stand_outside():
    notes = [
        (72, 90, 8, "F1", "1 See the report of the Gate Board,"),
        (72, 80, 8, "F1", "page 12."),
    ]
    source = read([[*column(BODY), *notes], column(["MS. OKORO: That is all for today."])])
    assert [line.text for line in source.lines if line.outside] == [note[4] for note in notes]
    small = [(72, 90, 8, "F1", "and no note")]
    assert not any(line.outside for line in read([[*column(BODY), *small]]).lines)


def test_the_mark_of_a_footnote_is_no_part_of_a_word_but_a_power_is():
    note = (72, 90, 8, "F1", "1 See the report of the Gate Board.")
    talk = [(72, 300, 11, "F1", "MS. OKORO: The pier"), (180, 304, 7, "F1", "%s"),
            (185, 300, 11, "F1", " is shut.")]  # fmt: skip
    for mark, shown in (("1", "The pier is shut."), ("2", "The pier2 is shut.")):
        drawn = " ".join(
            f"/F1 {size} Tf 1 0 0 1 {x} {y} Tm ({text.replace('%s', mark)}) Tj"
            for x, y, size, _, text in talk
        )
        made = pdf([[*column(BODY), (72, 300, 11, "F1", "NAME"), note]])
        source = parse_source(made.replace(b"(NAME) Tj", drawn.encode()), "a.pdf")
        assert spoken(source)[-1].split() == f"MS. OKORO: {shown}".split()


def test_a_label_wrapped_in_its_column_stands_whole_before_its_line():
    labels = [*column(["Ana Maria", "Sand-Lund"]), (72, 672, 11, "F1", "Ben Aker")]
    said = column(["The gate opens at noon, and", "that is all.", "Who pays for it?"], x=160)
    source = read([[*labels[:2], *said[:2], labels[2], said[2]]])
    assert [" ".join(line.text.split()) for line in source.lines] == [
        "Ana Maria Sand-Lund The gate opens at noon, and", "that is all.", "Ben Aker Who pays for it?"
    ]  # fmt: skip


def test_words_placed_one_by_one_are_parted():
    words = "MS. OKORO: The gate will open at noon.".split()
    drawn = " ".join(
        f"/F1 11 Tf 1 0 0 1 {72 + 15 * n} {700 + n % 2 / 10} Tm 60 Tz ({word}) Tj"
        for n, word in enumerate(words)
    )
    made = pdf([[(72, 700, 11, "F1", "NAME"), *column(BODY, top=660)]])
    source = parse_source(made.replace(b"(NAME) Tj", drawn.encode()), "a.pdf")
    assert source.lines[0].text.split() == words


def test_a_dropped_capital_belongs_to_its_line():
    cap = (72, 686, 40, "F1", "T")
    rows = [(100, "he gate opens at noon,"), (100, "and nobody pays"), "for it in the winter."]
    for page in ([cap, *column(rows)], [*column(rows), cap]):
        lines = read([[*page, *column(BODY, top=600)]]).lines
        assert [(line.gap, line.text) for line in lines[:3]] == [
            (0, "The gate opens at noon,"), (0, "and nobody pays"), (0, "for it in the winter.")
        ]  # fmt: skip


def test_numbers_that_count_the_lines_of_the_document_stand_outside():
    rows = [f"line {word} of what is said here" for word in "abcdefghij"]
    pages = [
        [*column(rows), *column([str(n) for n in range(first, first + 10)], x=40)]
        for first in (55, 1001)
    ]
    assert spoken(read(pages)) == rows * 2


def test_the_end_of_a_paragraph_that_comes_back_is_no_running_foot():
    feet = [(72, 40, 11, "F1", "Gate Board")]
    pages = [
        [*column([f"This is the {word} day", f"and the {word} night of", *BODY[1:3]]), *feet]
        for word in ("first", "second", "third")
    ]
    source = read(pages)
    assert [line.text for line in source.lines if line.outside] == ["Gate Board"] * 3


def test_letters_that_are_spaced_out_are_words():
    assert read([column(["W I N T E R  T A L K S", *BODY])]).lines[0].text == "WINTER  TALKS"
    assert read([column(["Tick 1 2 3 4 or more", *BODY])]).lines[0].text == "Tick 1 2 3 4 or more"


def test_years_beside_lines_are_no_line_numbers():
    years = column([str(n) for n in range(2010, 2022)], x=40)
    source = read([years + column([f"in that year {n} ships came" for n in range(12)])])
    assert not any(line.outside for line in source.lines)


def test_a_line_that_is_read_from_right_to_left_begins_on_the_right():
    from briefing.reading.pdf import _in_direction, _Piece, _Row

    row = _Row(pieces=[_Piece(" שלום לכם", x=100), _Piece("השר הראו:", x=400)])
    assert _in_direction(row).text == "השר הראו: שלום לכם"


def test_small_capitals_go_on_with_their_word():
    parts = ["(M) Tj", "/F1 8 Tf ( ARIT) Tj", "/F1 11 Tf ( O) Tj", "/F1 8 Tf ( LSUND:) Tj"]
    made = pdf([[(72, 700, 11, "F1", "NAME"), *column(BODY, top=660)]])
    drawn = " ".join(parts)
    made = made.replace(b"(NAME) Tj", drawn.encode())
    assert parse_source(made, "a.pdf").lines[0].text == "MARIT OLSUND:"


def test_radicals_are_the_characters_that_they_show():
    from briefing.reading import pdf as reader

    row = reader._Row(pieces=[reader._Piece("⼤家⽤⽔，⻅过农⺠。")])
    assert reader._line(row, 1, heading=False).text == "大家用水，见过农民。"
    assert reader._is_parted("已经", " ⻅过", smaller=False)
    assert not reader._is_parted("已经", " met", smaller=False)


def test_italics_of_a_word_document(tmp_path):
    import docx

    document = docx.Document()
    paragraph = document.add_paragraph()
    paragraph.add_run("Why so").italic = True
    paragraph.add_run(" late?")
    document.save(tmp_path / "a.docx")
    (line,) = parse_source((tmp_path / "a.docx").read_bytes(), "a.docx").lines
    assert [line.text[a:b] for a, b in line.italic] == ["Why so"]
