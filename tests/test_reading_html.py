"""A saved page becomes the text a person sees, with its furniture set apart."""

import json
from collections import Counter

import pytest

import briefing
from briefing.reading import parse_source
from briefing.reading.html import read_html, ready_to_parse
from made.shells import page as made_page

TURNS = "".join(
    f"<p>MS. OKORO:  This is sentence number {n} of a long and patient answer.</p>"
    for n in range(12)
)


def lines_of(page):
    return read_html(page)[0]


def texts(page):
    return [line.text for line in lines_of(page)]


def speech(page):
    return [line.text for line in lines_of(page) if not line.outside]


def furniture(page):
    return [line.text for line in lines_of(page) if line.outside]


def gaps(page):
    return [(line.gap, line.text) for line in lines_of(page)]


def bold(page):
    return [[line.text[a:b] for a, b in line.bold] for line in lines_of(page)]


@pytest.mark.parametrize(
    "page, shown",
    [
        ("<p><strong>ADA:</strong>Yes.</p>", ["ADA:Yes."]),
        ("<p><strong>ADA:</strong> Yes.</p>", ["ADA: Yes."]),
        ("<p><strong>ADA: </strong>Yes.</p>", ["ADA: Yes."]),
        ("<p><strong>ADA: </strong> Yes.</p>", ["ADA: Yes."]),
        ("<p>un<i>believ</i>able</p>", ["unbelievable"]),
        ("<p>one\n   two\t three</p>", ["one two three"]),
        ("<p>Q&nbsp;&nbsp; And?&nbsp;</p>", ["Q\xa0\xa0 And?\xa0"]),
        ("<p>&ldquo;Yes&rdquo; &amp; &#8217; &#146; &eacute;</p>", ["“Yes” & ’ ’ é"]),
        ("<p>Bundes&shy;rat</p>", ["Bundesrat"]),
        ("<div>one<p>two</p>three</div>", ["one", "two", "three"]),
        ("one<br>two<br/>three", ["one", "two", "three"]),
        ("<ul><li>one<li>two</ul>", ["one", "two"]),
        ("<p>one<p>two", ["one", "two"]),
        ("<table><tr><td>ADA:</td><td>Yes.</td></tr></table>", ["ADA:", "Yes."]),
        ("<p>a<!-- no -->b<script>no()</script>c<style>no</style></p>", ["abc"]),
        ("<noscript>no</noscript><template>no</template><svg><title>no</title></svg>x", ["x"]),
        ("<pre>  one\n\n\ttwo</pre>", ["  one", "\ttwo"]),
        ("<p style='white-space: pre-wrap'>one\ntwo</p>", ["one", "two"]),
        ("<i style='display:block'>one</i><i style='display:block'>two</i>", ["one", "two"]),
        ("<p>one <x-y>two</x-y> three</p>", ["one two three"]),
        ("<p>Bad <b>nesting</p><p>here</b> too</p>", ["Bad nesting", "here too"]),
    ],
)  # fmt: skip
def test_text_comes_out_as_it_is_shown(page, shown):
    assert texts(page) == shown


@pytest.mark.parametrize(
    "page, expected",
    [
        ("<p>a</p><p>b</p>", [(1, "a"), (1, "b")]),
        ("<p>a<br>b</p>", [(1, "a"), (0, "b")]),
        ("<p>a<br><br>b</p>", [(1, "a"), (1, "b")]),
        ("<p>a<br><br><br>b</p>", [(1, "a"), (2, "b")]),
        ("<p>a</p><p></p><p>b</p>", [(1, "a"), (1, "b")]),
        ("<p>a</p><p>&nbsp;</p><p>b</p>", [(1, "a"), (2, "b")]),
        ("<p>a</p><p><br></p><p>b</p>", [(1, "a"), (2, "b")]),
        ("<p>a<br></p><p>b</p>", [(1, "a"), (1, "b")]),
        ("<div>a</div>\n\n<div><div>b</div></div>", [(1, "a"), (1, "b")]),
        ("<p>a</p><hr><p>b</p>", [(1, "a"), (2, "b")]),
        ("<pre>a\nb\n\nc</pre>", [(1, "a"), (0, "b"), (1, "c")]),
        (
            "<table><tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td></tr></table>",
            [(1, "a"), (0, "b"), (1, "c"), (0, "d")],
        ),
    ],
)
def test_gaps_tell_paragraphs_from_line_breaks(page, expected):
    assert gaps(page) == expected


@pytest.mark.parametrize(
    "page, expected",
    [
        ("<p><b>ADA:</b> yes</p>", [["ADA:"]]),
        ("<p><strong>ADA </strong><b>LEE:</b> yes</p>", [["ADA LEE:"]]),
        ("<p>  <b> ADA: </b> yes</p>", [["ADA:"]]),
        ("<p><span style='font-weight:bold'>ADA:</span> yes</p>", [["ADA:"]]),
        ("<p><span style='font-weight: 700'>ADA:</span> yes</p>", [["ADA:"]]),
        ("<b>ADA: <span style='font-weight:normal'>yes</span></b>", [["ADA:"]]),
        ("<b style='mso-bidi-font-weight:normal'>ADA:</b> yes", [["ADA:"]]),
        ("<p><b>ADA:<br>yes</b></p>", [["ADA:"], ["yes"]]),
        ("<h2><b>Title</b></h2>", [[]]),
        ("<style>.c3{color:red;font-weight:700}.c4{color:red}</style>"
         "<p><span class='c1 c3'>ADA:</span><span class=c4> yes</span></p>", [["ADA:"]]),
    ],
)  # fmt: skip
def test_bold_type_is_kept_as_spans(page, expected):
    assert bold(page) == expected


def test_headings_are_marked():
    assert [line.heading for line in lines_of("<h1>A</h1><h4>b</h4><p>c</p>")] == [
        True,
        True,
        False,
    ]


@pytest.mark.parametrize(
    "box",
    [
        "<nav>{}</nav>",
        "<header>{}</header>",
        "<footer>{}</footer>",
        "<aside>{}</aside>",
        "<form>{}</form>",
        "<button>{}</button>",
        "<select><option>{}</option></select>",
        "<div role='navigation'>{}</div>",
        "<div role=contentinfo><p>{}</p></div>",
        "<div class='site-footer'>{}</div>",
        "<ul class='mainMenu'><li>{}</li></ul>",
        "<div class='post__share'>{}</div>",
        "<div id=breadcrumbs>{}</div>",
        "<a class='skip-link'>{}</a>",
        "<div hidden>{}</div>",
        "<div style='display: none'>{}</div>",
        "<section class='related-posts'><h2>{}</h2></section>",
        "<div class=cookie-banner>{}</div>",
        "<div class='pager'>{}</div>",
    ],
)
def test_furniture_stands_outside(box):
    page = f"<body>{box.format('Press here')}<main>{TURNS}</main></body>"
    assert furniture(page) == ["Press here"]
    assert len(speech(page)) == 12


@pytest.mark.parametrize(
    "box",
    [
        "<form id=aspnetForm>{}</form>",
        "<div class='content has-sidebar'>{}</div>",
        "<div class='content-sidebar-wrap'>{}</div>",
        "<body class='search social'>{}</body>",
        "<article class='tag-social category-cookie'>{}</article>",
        "<div style='display:none'>{}</div>",
        "<div class='nav-content'><div class=share>{}</div></div>",
        "<table class=menu><tr><td>{}</td></tr></table>",
    ],
)
def test_a_box_that_holds_most_of_the_sentences_is_no_furniture(box):
    page = box.format(TURNS) + "<footer>Press here</footer>"
    assert furniture(page) == ["Press here"]
    assert len(speech(page)) == 12


def test_a_word_for_furniture_that_marks_every_turn_means_something_else():
    turns = TURNS.replace("<p>", "<div class='widget'><p>").replace("</p>", "</p></div>")
    page = f"<body>{turns}<div class=share>Share</div></body>"
    assert furniture(page) == ["Share"]


def test_a_small_form_is_furniture_although_the_whole_page_is_one():
    page = f"<form>{TURNS}</form><form>Search here</form>"
    assert furniture(page) == ["Search here"]


def test_the_heading_of_an_article_is_no_site_header():
    page = f"<header>My site</header><article><header><h1>A title</h1></header>{TURNS}</article>"
    assert furniture(page) == ["My site"]
    assert speech(page)[0] == "A title"


def test_a_widget_inside_a_sentence_does_not_put_the_sentence_outside():
    page = TURNS + "<p>We said so<span class='social'> here</span> today.</p>"
    assert speech(page)[-1] == "We said so here today."


HEAD = """<html lang="en-GB"><head><title>Briefing of the day | Press Office</title>
<meta property="og:title" content="Briefing &amp; questions">
<meta property="og:site_name" content="Press Office">
<meta property="article:published_time" content="2021-06-15T10:00:00+02:00">
</head><body><time datetime="2021-07-01">1 July</time>{}</body></html>"""


def test_the_head_of_a_page_is_metadata_and_no_line():
    source = parse_source(HEAD.format(TURNS).encode(), "a.html")
    assert source.metadata == {
        "title": "Briefing & questions",
        "date": "2021-06-15",
        "source": "Press Office",
        "language": "en-GB",
    }
    assert source.lines[0].text == "1 July"


@pytest.mark.parametrize(
    "head, stated",
    [
        ("<title> A\n title </title>", {"title": "A title"}),
        ("<meta name='DC.date' content='2021-06-15'>", {"date": "2021-06-15"}),
        ("<meta itemprop=datePublished content='June 15, 2021'>", {"date": "2021-06-15"}),
        ("<meta name=date content='3/2/2021'>", {}),
        ("<link rel=canonical href='https://a.example/x'>", {"source": "https://a.example/x"}),
        ("<meta name=description content='March 3, 2021'>", {}),
        ("<meta content=x><meta name=date>", {}),
    ],
)
def test_metadata_is_only_what_the_page_states(head, stated):
    page = f"<html><head>{head}</head><body>x</body></html>"
    assert parse_source(page.encode(), "a.html").metadata == stated


@pytest.mark.parametrize(
    "days, date", [(["2021-06-15"] * 2, "2021-06-15"), (["2021-06-15", "2021-06-16"], None)]
)
def test_times_in_the_text_date_a_page_only_if_they_agree(days, date):
    page = "".join(f"<time datetime='{day}T10:00'>then</time>" for day in days)
    assert (read_html(page)[1]["date"] or None) == date


def test_a_page_saved_by_word_reads_as_text():
    page = (
        "<html xmlns:o='urn:schemas-microsoft-com:office:office'><head><!--[if gte mso 9]><xml>"
        "<o:x>no</o:x></xml><![endif]--><style>p.MsoNormal{margin:0}</style></head><body lang=DE>"
        "<p class=MsoNormal><b style='mso-bidi-font-weight:normal'>FRAU\nLANG:</b> Ja, f\xfcr\n"
        "alle.<o:p></o:p></p><p class=MsoNormal><o:p>&nbsp;</o:p></p>"
        "<p class=MsoNormal>FRAGE: Wann?</p></body></html>"
    )
    source = parse_source(page.encode("cp1252"), "a.htm")
    assert [(line.gap, line.text) for line in source.lines] == [
        (1, "FRAU LANG: Ja, für alle."),
        (2, "FRAGE: Wann?"),
    ]
    assert source.encoding == "cp1252"


def test_a_text_file_that_a_browser_saved_keeps_its_lines():
    page = "<html><body><pre style='white-space: pre-wrap;'>ADA: One\ntwo.\n\nBO: Three.\n</pre>"
    assert gaps(page) == [(1, "ADA: One"), (0, "two."), (1, "BO: Three.")]


@pytest.mark.whole
@pytest.mark.parametrize(
    "tag", ["div", "b", "font", "ul><li", "table><tr><td", "nav", "blockquote", "span"]
)
def test_huge_nesting_loses_no_text_and_ends_in_time(tag):
    page = "<html><body>" + "".join(f"<{tag}>word{n} " for n in range(20_000))
    assert sum(text.count("word") for text in texts(page)) == 20_000


def test_a_tag_with_a_hundred_thousand_attributes_is_one_tag():
    page = "<html><p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">ADA: Yes.</p>"
    assert texts(page) == ["ADA: Yes."]


def test_a_box_that_only_tells_of_furniture_is_none():
    assert furniture(f"{TURNS}<div class='has-sidebar'>Of today</div>") == []


def test_what_nests_too_deep_is_made_flat_before_it_is_parsed():
    assert ready_to_parse("<div>x" * 2000).count("<div>") < 500
    assert ready_to_parse("<b>x" * 2000 + "<div>y</div>").endswith("<div>y</div>")
    assert ready_to_parse("<div>x</div>" * 2000).count("<div>") == 2000
    assert "<option" not in ready_to_parse("<select>" + "<option>x" * 6000 + "</select>")


def test_a_long_list_of_choices_is_furniture():
    page = f"<p>{TURNS}</p><select>" + "<option>x" * 6000 + "</select>"
    assert set(furniture(page)) == {"x"}


def test_the_shared_pages_keep_their_turns_and_lose_their_menus(shared):
    for name in ("wh_covid_2020-03-15.html", "wh_covid_2020-04-24.html"):
        page = (shared / "wh_html" / name).read_bytes()
        source = parse_source(page, name)
        spoken = [line.text for line in source.lines if not line.outside]
        assert any(text.startswith("THE PRESIDENT:") for text in spoken)
        assert not any(text in ("Get Involved", "Share", "Privacy Policy") for text in spoken)
        assert source.metadata["source"] == "The White House"


def framed(before="", after="", talk=""):
    turns = talk or "".join(
        f"<p><b>Ana:</b> {n} reasons why the gate stays shut until May.</p>" for n in range(9)
    )
    return f"<body>{before}<div class='text'>{turns}</div>{after}</body>"


@pytest.mark.parametrize(
    "after",
    [
        "<div class='x1'><h4>Kim, 31, gate keeper</h4><p>Kim paints gates and writes about them.</p></div>",
        "<div class='bio'><p>Kim Wood writes about gates for the Beacon.</p></div>",
        "<div class='next'><p><a href='/1'>Bridges: what is built and what is not</a></p></div>",
    ],
)
def test_what_stands_behind_the_talk_without_a_label_is_furniture(after):
    assert len(furniture(framed(after=after))) > 0
    assert len(speech(framed(after=after))) == 9


@pytest.mark.parametrize("name", ["credit", "photo-caption", "meta"])
def test_what_stands_before_the_talk_is_furniture_if_it_says_so(name):
    box = f"<div class='{name}'><p>Picture: Kim Wood for the Beacon.</p></div>"
    assert furniture(framed(before=box)) == ["Picture: Kim Wood for the Beacon."]


@pytest.mark.parametrize(
    "around",
    [
        {
            "before": "<div class='opening'><p>We meet in the old customs house, as every year.</p></div>"
        },
        {"after": "<div class='x1'><p><b>Ben:</b> And who pays for the paint?</p></div>"},
        {"after": "<div class='text'><p>And that is all that I can say of the gate.</p></div>"},
    ],
)
def test_talk_around_the_talk_is_kept(around):
    assert furniture(framed(**around)) == []
    assert len(speech(framed(**around))) == 10


@pytest.mark.parametrize("name", ["author", "meta", "caption", "more"])
def test_names_and_times_in_boxes_of_the_talk_are_kept(name):
    talk = "".join(
        f"<div class='turn'><div class='{name}'>Ana</div><p>Reason {n} why the gate stays shut until May.</p></div>"
        for n in range(9)
    )
    assert furniture(framed(talk=talk)) == []


def test_bold_type_by_the_short_form_of_a_style():
    assert bold(
        "<style>.f1 {font: bold 12px Arial}</style><p><span class='f1'>Ana:</span> So.</p>"
    ) == [["Ana:"]]


def test_italics_are_kept_as_spans():
    page = "<p><em>Why is it</em> shut?</p><p style='font-style: italic'>Who <i style='font-style:normal'>pays</i>?</p>"
    lines = lines_of(page)
    assert [[line.text[a:b] for a, b in line.italic] for line in lines] == [
        ["Why is it"],
        ["Who", "?"],
    ]


SAID = (
    ("Ann Lee", "We open the lock in May, as the council said we would."),
    ("Bo Ray", "Why in May, when the barges come in March?"),
) * 3  # fmt: skip
BIOGRAPHY = "<p>Kim Lee writes about canals for us. She came here from the Beacon, where she wrote on weirs.</p>"


@pytest.mark.parametrize(
    "label", ["<p><b>{}:</b> {}</p>", "<p>{}: {}</p>", "<p><b>{}</b></p><p>{}</p>", "<h4>{}</h4><p>{}</p>"]
)  # fmt: skip
@pytest.mark.parametrize(
    "box", ["<div class='x1'>{}</div>", "<section>{}</section>", "<div>{}</div>"]
)
@pytest.mark.parametrize(
    "page", ["<article>{talk}{box}</article>", "<div><div class='talk'>{talk}</div>{box}</div>"]
)
def test_a_box_after_the_last_label_that_the_talk_has_none_of_is_no_talk(label, box, page):
    talk = "".join(label.format(*one) for one in SAID)
    html = page.format(talk=talk, box=box.format(BIOGRAPHY))
    lines, _ = read_html(f"<html><body>{html}</body></html>")
    assert [line.text for line in lines if line.outside] == [BIOGRAPHY[3:-4]]


def test_an_answer_that_goes_on_in_a_box_like_others_is_talk():
    talk = "".join(f"<p><b>{who}:</b></p><div>{text}</div>" for who, text in SAID)
    lines, _ = read_html(f"<article>{talk}<div>And that is all there is.</div></article>")
    assert not any(line.outside for line in lines)


def test_the_date_beside_the_talk_is_left_to_the_parser():
    talk = "".join(f"<p><b>{who}:</b> {text}</p>" for who, text in SAID)
    head = "<div class='meta'><p>2 March 2026</p><p>Read in one minute</p></div>"
    page = f"{head}<article>{talk}</article><section>{BIOGRAPHY * 3}</section>"
    lines, _ = read_html(f"<html><body>{page}</body></html>")
    assert [line.text for line in lines if line.outside][:2] == [
        "Read in one minute",
        BIOGRAPHY[3:-4],
    ]
    assert not lines[0].outside


ALIKE = "<div><p>Picture credit: the Beacon, all rights reserved.</p></div>"


@pytest.mark.parametrize("before", ["", "<div><p>We use cookies. You can refuse them.</p></div>"])
def test_what_stands_outside_of_the_parent_of_all_labels_is_no_talk(before):
    talk = "".join(f"<p>{who}: {text}</p>" for who, text in SAID)
    page = f"<body><h1>The lock</h1>{before}{ALIKE}<div>{talk}</div>{ALIKE}</body>"
    lines, _ = read_html(page)
    said = [f"{who}: {text}" for who, text in SAID]
    assert [line.text for line in lines if not line.outside] == ["The lock", *said]


def test_an_opening_in_a_box_of_its_own_is_talk_where_its_label_comes_back():
    talk = "".join(f"<p>{who}: {text}</p>" for who, text in SAID)
    page = f"<div><p>Ann Lee: Good morning to all of you here.</p></div><div>{talk}</div>"
    lines, _ = read_html(f"<body>{page}</body>")
    assert not any(line.outside for line in lines)


@pytest.mark.whole
def test_a_transcript_in_a_made_shell_loses_no_word_and_gains_few(tmp_path):
    many, lost = [], 0
    for seed in range(100):
        html, turns, _ = made_page(seed)
        saved = tmp_path / f"{seed}.html"
        saved.write_text(html, encoding="utf-8")
        said = Counter(" ".join(text for _, text in turns).split())
        read = Counter(" ".join(briefing.read(saved).turns["text"]).split())
        many.append((read - said).total())
        lost += (said - read).total()
    assert lost == 0
    assert sum(many) <= 170  # of 22,607 words; 1,397 before the parent of the labels was used
    assert sum(n > 20 for n in many) <= 4


def test_a_second_table_with_a_speaker_of_the_first_is_talk_too():
    def table(*rows):
        cells = (f"<tr><th>{who}</th><td>{said}</td></tr>" for who, said in rows)
        return f"<h2>A part</h2><table>{''.join(cells)}</table>"

    q, a = (
        ("Reporter", "When does the lock open, and who goes first?"),
        ("Mayor", "In May, we hope, and the ferry goes first."),
    )
    page = (
        table(q, a, q, a)
        + table(q, a)
        + table(("Width", "10 m and a half"), ("Depth", "4 m of water"))
    )
    spoken = [line.speaker for line in lines_of(page) if line.speaker]
    assert spoken == ["Reporter", "Mayor"] * 3


VOICED = [
    ("Ana Ferro", "Good day. The lock opens at noon."),
    ("Ben Oduya", "Who pays for the new gate?"),
    ("Ana Ferro", "The province pays, as agreed last year."),
]


def told(page):
    lines = parse_source(f"<!doctype html>{page}".encode(), "a.html").lines
    return [(line.speaker, line.text) for line in lines if not line.outside]


def test_attributes_name_who_speaks_where_the_page_does_not():
    parts = (f'<p data-speaker="{who}" data-start-ms="{n}500">{text}</p>'
             for n, (who, text) in enumerate(VOICED))  # fmt: skip
    page = f"<main>{''.join(parts)}</main>"
    assert told(page) == VOICED
    assert [line.start_s for line in lines_of(page)] == [0.5, 1.5, 2.5]


def test_voices_in_one_paragraph_are_parted():
    parts = (f'<span data-participant-name="{who}">{text}</span>' for who, text in VOICED)
    assert told(f"<p>{' '.join(parts)}</p>") == VOICED


def test_printed_labels_are_left_to_the_parser():
    parts = (
        f'<div data-speaker="{who}"><b>{who.split()[0]}</b><p>{text}</p></div>'
        for who, text in VOICED
    )
    assert {who for who, _ in told("".join(parts))} == {None}


def test_a_page_that_shows_nothing_is_read_from_its_script():
    state = {"user": None, "turns": [{"speaker": {"name": w}, "body": text} for w, text in VOICED]}
    for script in (
        f"window.__STATE__ = {json.dumps(state)};",
        f"var data = JSON.parse({json.dumps(json.dumps(state))})",
        json.dumps(state),
    ):
        page = f"<div>Loading…</div><script>{script}</script>"
        assert told(page) == VOICED
        shown = "".join(f"<p>{who}: {text}</p>" for who, text in VOICED)
        assert {who for who, _ in told(shown + page)} == {None}


def test_the_mark_of_a_footnote_is_no_word():
    page = '<p>Ana: It opens<sup><a href="#n1">1</a></sup> at noon, 10 m<sup>2</sup> wide.</p>'
    assert told(page) == [(None, "Ana: It opens at noon, 10 m2 wide.")]


def test_a_question_in_the_button_of_an_accordion_is_text():
    page = "<h3><button>Who pays?</button></h3><p>The province does.</p><button>More</button>"
    assert [text for _, text in told(page)] == ["Who pays?", "The province does."]


def test_a_mention_within_a_line_names_no_voice_and_cuts_nothing():
    talk = "".join(
        f"<p>{who}: I agree with <a data-user='tom'>Tom</a> and with <a data-user='liz'>Liz</a> on it.</p>"
        for who in ("Ana", "Ben", "Ana")
    )
    said = [f"{who}: I agree with Tom and with Liz on it." for who in ("Ana", "Ben", "Ana")]
    assert [text for _, text in told(talk)] == said


def test_the_name_of_a_speaker_is_taken_before_the_number():
    talk = "".join(
        f"<p data-speaker-id='{n}' data-speaker-name='{who}'>{text}</p>"
        for n, (who, text) in enumerate(VOICED)
    )
    assert told(talk) == VOICED


def test_talk_in_a_script_is_weighed_in_a_language_without_spaces_too():
    talk = [
        ("王安娜", "船闸在五月开放，我已经答应了大家。"),
        ("李本", "新的闸门由谁来付钱呢？"),
        ("王安娜", "城市来付，去年就决定了。"),
    ]
    state = json.dumps({"turns": [{"speaker": who, "text": text} for who, text in talk]})
    assert told(f"<div>正在加载</div><script>window.S = {state};</script>") == talk
