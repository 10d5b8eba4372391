"""The notebooks as pages: what is in them, and what a real browser makes of them."""

import json
import re
import shutil
from concurrent.futures import ThreadPoolExecutor
from html import unescape
from html.parser import HTMLParser

import nbformat
import pandas as pd
import pytest
from browser import AXE, BEYOND, HEADLESS, LEVELS, RUN_AXE, UNREACHED
from conftest import ROOT, lacking
from hypothesis import given
from hypothesis import strategies as st
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook, new_output

from briefing.course.run import run_notebooks
from briefing.course.site import Heading, publish, report, usable
from briefing.display import show
from briefing.tables import BriefingError

pytestmark = pytest.mark.whole

NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))
SAMPLE_TEXT = "MS. MARLOW: Good morning.\n\nQ: Is it open?\n\nMS. MARLOW: It is.\n"
OWN_TEXT = (
    "MS. VARGA: Good <morning> & welcome.\n\nMR. LINDQVIST: What is new?\n\nMS. VARGA: This.\n"
)
DOT = (  # one white pixel
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGP4DwABAQEAG7buVgAAAABJRU5ErkJggg=="
)

# Tables


def table(html):
    return usable(html, ROOT).html


def plain(html):
    return " ".join(unescape(re.sub(r"<[^<>]*>", " ", html)).split())


def cells(html):
    """`[[(tag, scope, text), ...], ...]` of the rows of a table."""

    class Reader(HTMLParser):
        rows = []

        def handle_starttag(self, tag, attrs):
            if tag == "tr":
                self.rows = [*self.rows, []]
            elif tag in {"th", "td"}:
                self.rows[-1].append([tag, dict(attrs).get("scope"), ""])

        def handle_data(self, data):
            if self.rows and self.rows[-1]:
                self.rows[-1][-1][2] += data.strip()

    reader = Reader()
    reader.feed(html)
    return [[tuple(cell) for cell in row] for row in reader.rows]


SHARES = pd.DataFrame({"speaker": ["Varga", "Lindqvist"], "n_words": [1204, 7]})


def test_pandas_tables_say_what_names_a_row_and_what_a_column():
    head, first, _ = cells(table(SHARES._repr_html_()))

    assert head == [("td", None, ""), ("th", "col", "speaker"), ("th", "col", "n_words")]
    assert first == [("th", "row", "0"), ("td", None, "Varga"), ("td", None, "1204")]


def test_our_tables_keep_their_names_and_sides():
    html = table(show(SHARES)._repr_html_())

    assert cells(html)[0] == [("th", "col", "speaker"), ("th", "col", "n_words")]
    assert cells(html)[1][1] == ("td", None, "1,204")
    assert "text-align: right" in html


def test_only_a_table_that_can_be_too_wide_is_a_stop_for_the_keyboard():
    wide = pd.DataFrame([[1] * 9], columns=[f"longest_words_{i}" for i in range(9)])

    assert 'tabindex="0"' in table(wide._repr_html_())
    assert "tabindex" not in table(SHARES._repr_html_())


WORDS = st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "S", "Zs"]), max_size=12)


@given(st.lists(st.tuples(WORDS, WORDS), max_size=5), WORDS.filter(str.strip))
def test_no_word_of_a_table_is_lost(rows, name):
    html = pd.DataFrame(rows, columns=[name, "b"]).to_html(index=False)
    assert plain(table(html)).replace(" ", "") == plain(html).replace(" ", "")


# Headings, links, pictures


def test_headings_get_names_of_their_own():
    html, headings, _ = usable("<h1>A &amp; b?</h1><h2>Shares</h2><h2><em>Shares</em></h2>", ROOT)

    assert headings == [Heading(1, "a-b", "A & b?"), Heading(2, "shares", "Shares"), Heading(2, "shares-2", "Shares")]  # fmt: skip
    assert re.findall(r'id="([^"]*)"', html) == ["a-b", "shares", "shares-2"]


@pytest.mark.parametrize(
    ("target", "made"),
    [
        ("01-floor.ipynb", '<a href="01-floor.html">text</a>'),
        ("01-floor.ipynb#Whose-words?", '<a href="01-floor.html#whose-words">text</a>'),
        ("#Read-on", '<a href="#read-on">text</a>'),
        ("https://example.org/a?b=1&amp;c", '<a href="https://example.org/a?b=1&amp;c">text</a>'),
        ("../data/README.md", "text (<code>data/README.md</code>)"),
        ("javascript:alert(1)", "text (<code>javascript:alert(1)</code>)"),
    ],
)
def test_links_lead_to_pages_or_say_what_lies_outside(target, made):
    assert usable(f'<a href="{target}">text</a>', ROOT, {"01-floor.html"}).html == made


def test_a_picture_of_a_file_is_in_the_page(tmp_path):
    (tmp_path / "a dot.png").write_bytes(b"dot")
    made = usable("<img src='a dot.png' alt='A \"dot\"'>", tmp_path)

    assert made.html == made.cover == """<img alt='A "dot"' src="data:image/png;base64,ZG90"/>"""


@pytest.mark.parametrize("source", ["none.png", "https://example.org/dot.png"])
def test_a_picture_that_is_not_here_is_an_error_that_names_it(tmp_path, source):
    with pytest.raises(BriefingError, match=r"(none|dot)\.png is not a picture on this machine"):
        usable(f'<img src="{source}">', tmp_path)


def test_scripts_of_outputs_are_left_out(tmp_path):
    assert usable("a<script src='x'>1</script><style>p {}</style>b", tmp_path).html == "ab"


# The site, of small notebooks made here


PARAMETERS = """\
import os

transcript = os.environ.get("BRIEFING_TRANSCRIPT", "../data/sample.txt")"""
SHOWS = """\
import briefing

talk = briefing.read(transcript)
talk"""
WIDE = """\
import pandas as pd

pd.DataFrame([["x" * 60, 1.5] * 12], columns=[f"a_long_name_of_column_{i}" for i in range(24)])"""
BARE = f"""\
import base64
from IPython.display import Image

Image(base64.b64decode("{DOT}"))"""
PRINTS = 'print("\\x1b[31mred\\x1b[0m", "one-long-word" * 30)'
FIRST = (
    ("# 0 · What is <i>this</i> & that?\n\nBecause <b>words</b> matter.\n\n**Needs** nothing.", ""),
    (PARAMETERS, "parameters"),
    ("Only of the sample: *Marlow* speaks.", "sample"),
    ("## What is there\n\nSee [the next](01-next.ipynb#More) and [the data](../data/README.md).", ""),
    (SHOWS, ""), (WIDE, ""), (BARE, ""), (PRINTS, ""),
    ("## Your turn", "sample"),
    ("**1. Count.** How many?", "sample"),
    ("many = ...", "sample exercise"),
    ("many = 3\nassert many == 3\nmany", "sample solution"),
    ("<details><summary>What to see</summary>\n\nThree, *not four*.\n\n</details>", "sample solution"),
    ("**2. Argue.** Why?", "sample"),
    ("Because.", "sample solution"),
    ("**Next** [1 · And then?](01-next.ipynb)", ""),
)  # fmt: skip
SECOND = (
    ("# 1 · And then?\n\nMore of it.\n\n**Needs** lesson 0.", ""),
    (PARAMETERS, "parameters"),
    ("## More\n\nNothing.", ""),
)


def notebook(rows):
    made = new_notebook()
    for number, (text, tags) in enumerate(rows):
        is_code = re.search(r"(?m)^(import|many|print)", text) and not text.startswith(("#", "*"))
        new = new_code_cell if is_code else new_markdown_cell
        made.cells.append(new(text, id=f"cell-{number}", metadata={"tags": tags.split()}))
    return made


@pytest.fixture(scope="module")
def ran(tmp_path_factory):
    """A project whose two notebooks have run, on their sample and on somebody's own file."""
    home = tmp_path_factory.mktemp("project")
    for name, rows in (("00-what", FIRST), ("01-next", SECOND)):
        (home / "notebooks").mkdir(exist_ok=True)
        nbformat.write(notebook(rows), home / "notebooks" / f"{name}.ipynb")
    (home / "data").mkdir()
    (home / "data" / "sample.txt").write_text(SAMPLE_TEXT, "utf-8")
    (home / "my own (1).txt").write_text(OWN_TEXT, "utf-8")
    run_apart(home)
    run_apart(home, home / "my own (1).txt")
    return home


def run_apart(home, text=None):
    """Run the notebooks in a thread: the one that drives a browser has a loop running."""
    with ThreadPoolExecutor(1) as apart:
        apart.submit(run_notebooks, text, root=home).result()


@pytest.fixture
def project(ran, tmp_path):
    """A copy of it, to break."""
    return shutil.copytree(ran, tmp_path / "project", ignore=shutil.ignore_patterns("report"))


@pytest.fixture(scope="module")
def sample(ran):
    return {path.name: path.read_text("utf-8") for path in site_of(publish(root=ran))}


@pytest.fixture(scope="module")
def own(ran):
    made = publish(ran / "my own (1).txt", root=ran)
    return {path.name: path.read_text("utf-8") for path in site_of(made)}


def site_of(made):
    return [made.index, made.index.with_name("lessons.html"), *made.pages]


def test_there_is_a_report_a_list_and_a_page_a_lesson(project):
    made = publish(root=project)

    assert made.index == project / "build" / "report" / "index.html"
    assert [path.name for path in made.pages] == ["00-what.html", "01-next.html"]
    assert {path.name for path in made.index.parent.iterdir()} == {p.name for p in site_of(made)}
    assert "with 2 lessons linked from it" in str(made)


def test_the_same_notebooks_give_the_same_bytes(project):
    first = {path: path.read_bytes() for path in site_of(publish(root=project))}
    shutil.rmtree(project / "build" / "report")
    assert {path: path.read_bytes() for path in site_of(publish(root=project))} == first


def test_publishing_changes_no_notebook(project):
    before = {path: path.read_bytes() for path in project.rglob("*.ipynb")}
    publish(root=project)
    assert {path: path.read_bytes() for path in project.rglob("*.ipynb")} == before


def test_a_page_of_a_lesson_that_is_no_more_goes(project):
    publish(root=project)
    (project / "notebooks" / "01-next.ipynb").unlink()

    names = [path.name for path in site_of(publish(root=project))]
    assert names == ["index.html", "lessons.html", "00-what.html"]
    assert not (project / "build" / "report" / "01-next.html").exists()


def test_the_list_has_the_questions_what_for_and_where_the_text_comes_from(sample):
    said = plain(sample["lessons.html"].partition("<body>")[2])

    assert "0 What is <i>this</i> & that?" in said
    assert "Because words matter." in said
    assert "Kind of text not known" in said
    assert "File sample.txt" in said
    assert "made up for this course" in said


def test_the_first_picture_of_a_lesson_is_its_cover(sample):
    covers = re.findall(r"<img [^>]*>", sample["lessons.html"])
    assert covers == re.findall(r"<img [^>]*>", sample["00-what.html"])[:1]


def test_lessons_lead_to_each_other(sample):
    first, second = sample["00-what.html"], sample["01-next.html"]

    assert '<a rel="next" href="01-next.html"><span>Next</span> 1 · And then?</a>' in first
    assert 'rel="prev"' not in first
    assert 'rel="prev" href="00-what.html"' in second
    assert '<a href="01-next.html#more">the next</a>' in first
    assert "the data (<code>data/README.md</code>)" in first
    assert '<a href="#what-is-there">What is there</a>' in first


def test_an_exercise_stands_with_its_solutions_and_these_are_folded(sample):
    exercises = re.findall(r'(?s)<div [^>]*class="exercise".*?\n</div>\n', sample["00-what.html"])
    first, second = (re.split(r"<details>", exercise) for exercise in exercises)

    assert "many" in plain(first[0])
    assert [plain(part) for part in first[1:]] == [
        "A solution to exercise 1 many = 3 assert many == 3 many 3",
        "What to see Three, not four .",
    ]
    assert [plain(part) for part in second[1:]] == ["A solution to exercise 2 Because."]


def test_a_cell_s_own_text_is_shown_and_not_obeyed(sample):
    page = sample["00-what.html"]
    assert "BRIEFING_TRANSCRIPT" in page
    assert "<title>0 · What is &lt;i&gt;this&lt;/i&gt; &amp; that?" in page
    assert "\x1b" not in page
    assert "A picture without a description" in page


def test_on_one_s_own_file_nothing_is_said_of_the_sample(own, ran):
    assert own.keys() == {"index.html", "lessons.html", "00-what.html", "01-next.html"}
    for name, page in own.items():
        said = plain(page)
        assert not re.search(r"Marlow|sample\.txt|made up|Solutions|exercise \d", said), name
        assert "my own (1).txt" in said
        assert str(ran) not in page, "where the file lies is nobody's business"
        assert "BRIEFING_TRANSCRIPT" not in page


def test_own_words_that_look_like_html_are_words(project):
    text = project / "my own (1).txt"
    text.write_text("<b>Big</b> & small\n\n" + OWN_TEXT, "utf-8")
    run_apart(project, text)
    made = publish(text, root=project)

    assert not any("<b>Big</b>" in path.read_text("utf-8") for path in site_of(made))


# What can go wrong


def test_the_report_leads_to_the_lessons_that_were_run_and_they_to_it(own, project):
    assert '<a href="lessons.html">Method</a>' in own["index.html"]
    assert '<a href="index.html">The report</a>' in own["00-what.html"]
    (project / "other.txt").write_text(OWN_TEXT, "utf-8")
    alone = report([project / "other.txt"], root=project)

    assert alone.index == project / "build" / "other" / "report" / "index.html"
    assert [path.name for path in alone.index.parent.iterdir()] == ["index.html"]
    assert "lessons.html" not in alone.index.read_text("utf-8")
    assert alone.left_out == ""


def test_lessons_that_ran_on_another_file_or_not_to_their_end_are_left_out(project):
    (project / "other.txt").write_text(OWN_TEXT, "utf-8")
    made = report([project / "other.txt"], briefing_id="my-own-1", root=project)

    assert "a run on another file" in made.left_out
    assert made.pages == []
    assert "lessons.html" not in made.index.read_text("utf-8")


def test_lessons_go_where_the_report_goes_and_no_page_there_is_lost(ran, tmp_path):
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "mine.html").write_text("mine", "utf-8")
    made = report([ran / "my own (1).txt"], root=ran, folder=tmp_path / "out")

    assert [path.parent for path in site_of(made)] == [tmp_path / "out"] * 4
    assert (tmp_path / "out" / "mine.html").exists()


def test_notebooks_that_have_not_run_on_it_are_asked_for(project):
    (project / "other.txt").write_text(OWN_TEXT, "utf-8")
    with pytest.raises(BriefingError, match=r'is not there yet. First: briefing run ".*other.txt"'):
        publish(project / "other.txt", root=project)


def test_a_run_on_another_file_is_not_taken_for_it(project):
    (project / "other.txt").write_text(OWN_TEXT, "utf-8")
    with pytest.raises(BriefingError, match=r"holds a run on another file.*--id my-own-1"):
        publish(project / "other.txt", briefing_id="my-own-1", root=project)


def test_an_id_without_a_transcript_says_what_is_missing(project):
    with pytest.raises(BriefingError, match="--id x names .* Say: briefing report TRANSCRIPT"):
        publish(briefing_id="x", root=project)


def test_no_notebooks_at_all_is_said(tmp_path):
    with pytest.raises(BriefingError, match="no lessons in"):
        publish(root=tmp_path)


def change(path, how):
    made = nbformat.read(path, as_version=4)
    how([cell for cell in made.cells if cell.cell_type == "code"][0])
    nbformat.write(made, path)


def clear(cell):
    cell.execution_count = None


def fail(cell):
    cell.outputs = [new_output("error", ename="KeyError", evalue="x", traceback=[])]


@pytest.mark.parametrize(
    ("how", "said"),
    [(clear, "has not run to its end"), (fail, r"stopped at an error, in cell \[1\]")],
)
def test_a_lesson_that_did_not_come_to_its_end_is_not_published(project, how, said):
    change(project / "notebooks" / "01-next.ipynb", how)

    with pytest.raises(BriefingError, match=rf"01-next\.ipynb {said}.*briefing run"):
        publish(root=project)
    assert not (project / "build" / "report").exists()


def test_a_file_that_is_no_notebook_is_named(project):
    (project / "notebooks" / "01-next.ipynb").write_text("{", "utf-8")
    with pytest.raises(BriefingError, match=r"01-next\.ipynb cannot be read as a notebook"):
        publish(root=project)


def test_a_folder_that_cannot_be_written_is_named(project):
    (project / "build" / "report").write_text("in the way", "utf-8")
    with pytest.raises(BriefingError, match="cannot write .*report"):
        publish(root=project)


# In a real browser

LESSONS = [path.with_suffix(".html").name for path in NOTEBOOKS]
PAGES = [f"course/{name}" for name in ("index.html", "lessons.html", *LESSONS)]
PAGES += [f"{kind}/{name}" for kind in ("made", "own") for name in ("index.html", "lessons.html", "00-what.html")]  # fmt: skip

UNDESCRIBED = """() => [...document.images].filter(
    i => !(i.naturalWidth && i.alt.trim())).map(i => i.outerHTML.slice(0, 80))"""

LINKS = "() => [...document.links].map(link => link.getAttribute('href'))"
FOCUSED = "() => document.activeElement.outerHTML"


@pytest.fixture(scope="module")
def sites(ran, tmp_path_factory):
    """Folder by name: the real course, small notebooks on their sample and on another file."""
    home = tmp_path_factory.mktemp("course")
    for folder in ("notebooks", "data"):
        shutil.copytree(ROOT / folder, home / folder)
    made = {
        "course": publish(root=home),
        "made": publish(root=ran),
        "own": publish(ran / "my own (1).txt", root=ran),
    }
    return {name: site.index.parent for name, site in made.items()}


@pytest.fixture
def opened(browser, sites):
    """A function that opens a page; what it asks for and complains of is in `.said`."""
    tab = browser.new_page()
    tab.said = []
    tab.on(
        "request", lambda r: tab.said.append(r.url) if r.url[:5] not in ("file:", "data:") else None
    )
    tab.on("console", lambda message: tab.said.append(message.text))

    def open_page(name, wide=1280):
        folder, _, page = name.partition("/")
        tab.set_viewport_size({"width": wide, "height": 900})
        tab.goto((sites[folder] / page).as_uri(), wait_until="load", timeout=120_000)
        return tab

    yield open_page
    tab.close()


@pytest.mark.parametrize("name", PAGES)
def test_a_page_asks_for_nothing_and_complains_of_nothing(opened, name):
    page = opened(name)
    for folded in page.locator("summary").all():
        folded.click()
    assert page.said == []


def test_the_browser_refuses_what_a_page_might_ask_for(opened):
    page, refused = opened("made/00-what.html"), []
    page.on("requestfailed", lambda request: refused.append((request.url, request.failure)))
    page.evaluate("() => { document.images[0].src = 'http://127.0.0.1:9/dot.png'; }")
    page.wait_for_function("() => !document.images[0].naturalWidth")

    assert refused == [("http://127.0.0.1:9/dot.png", "csp")]


@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing_serious(opened, name):
    if not AXE.exists():
        lacking("axe-core is not in build/axe: make system")
    page = opened(name)
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN_AXE)

    package = json.loads((ROOT / "tests" / "axe" / "package.json").read_text("utf-8"))
    assert found["testEngine"]["version"] == package["devDependencies"]["axe-core"], "make system"
    assert len(found["passes"]) > 10
    unsure = [v for v in found["incomplete"] if v["id"] == "color-contrast"]
    reasons = {node["any"][0]["data"]["messageKey"] for v in unsure for node in v["nodes"]}
    assert reasons <= {"elmPartiallyObscured"}, "only cells scrolled out of sight may be unsure"
    serious = [v for v in found["violations"] if v["impact"] in {"serious", "critical"}]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in serious] == []


def test_axe_would_find_a_picture_without_words(opened):
    if not AXE.exists():
        lacking("axe-core is not in build/axe: make system")
    page = opened("made/00-what.html")
    page.evaluate("() => document.images[0].removeAttribute('alt')")
    page.evaluate(AXE.read_text("utf-8"))

    found = page.evaluate(RUN_AXE)["violations"]
    assert [v["id"] for v in found if v["impact"] == "critical"] == ["image-alt"]


@pytest.mark.parametrize("name", PAGES)
def test_every_picture_is_there_and_has_words(opened, name):
    assert opened(name).evaluate(UNDESCRIBED) == []


@pytest.mark.parametrize(
    ("name", "wide"),
    [(name, wide) for name in PAGES for wide in (1280, 800)]
    + [("made/00-what.html", 320), ("made/lessons.html", 320), ("made/index.html", 320)],
)
def test_nothing_is_wider_than_the_window(opened, name, wide):
    page = opened(name, wide)
    page.evaluate("() => document.querySelectorAll('details').forEach(d => { d.open = true; })")

    assert page.evaluate(BEYOND) == []
    assert page.evaluate(UNREACHED) == []


def test_what_is_too_wide_would_be_noticed(opened):
    page = opened("made/00-what.html", 800)
    page.evaluate("() => { document.querySelector('h1').style.width = '900px'; }")
    assert any(found.startswith("<h1") for found in page.evaluate(BEYOND))


@pytest.mark.parametrize("name", PAGES)
def test_tables_and_headings_are_in_order(opened, name):
    page = opened(name)
    levels = page.evaluate(LEVELS)

    assert page.evaluate(HEADLESS) == []
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert [b for a, b in zip(levels, levels[1:], strict=False) if b > a + 1] == []


@pytest.mark.parametrize("name", PAGES)
def test_every_link_within_the_site_leads_to_a_place(opened, sites, name):
    page, folder = opened(name), sites[name.partition("/")[0]]
    links = [link for link in page.evaluate(LINKS) if not re.match("https?:", link)]

    assert links
    for link in links:
        file, _, place = link.partition("#")
        target = folder / (file or name.partition("/")[2])
        assert target.is_file(), link
        assert not place or f'id="{place}"' in target.read_text("utf-8"), link


def test_the_keyboard_skips_to_the_text_and_reaches_a_wide_table(opened):
    page = opened("made/00-what.html", 800)
    page.keyboard.press("Tab")
    assert "Skip to the text" in page.evaluate(FOCUSED)
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    while "a_long_name_of_column" not in page.evaluate(FOCUSED):
        assert "</body>" not in page.evaluate(FOCUSED), "it is not on the way"
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowRight")
    page.wait_for_function("() => document.activeElement.scrollLeft > 0")


def test_on_paper_there_is_the_text_and_no_way_about(opened):
    page = opened("made/00-what.html", 700)
    page.emulate_media(media="print")

    hidden = [
        page.locator(part).is_visible() for part in ("header", "footer", ".contents", ".skip")
    ]
    assert hidden == [False] * 4
    assert page.locator("h1").is_visible()
