"""drop.html in a real browser with the network off: what it reads, refuses and never asks for."""

import re
import subprocess
import sys

import pytest
from browser import AXE, BEYOND, LEVELS, RUN_AXE
from conftest import ROOT, lacking
from playwright.sync_api import expect

import briefing
from briefing.course.overview import Overview

pytestmark = pytest.mark.slow
PYODIDE = ROOT / "build" / "lite" / "node_modules" / "pyodide"
SOON = 300_000  # milliseconds, on a machine that is busy with other tests
PASTED = "MS. MARLOW: Welcome.\n\nQ: Is it open?\n\nMS. MARLOW: Yes, since May.\n\nQ: Who pays?\n"
DOUBTFUL = """MARLOW: Good morning. It opens in May.

It leaks, though.

Who said so?

The mayor did, and so do I.

TEAL: I did not.
"""
PROSE = b"It rained on the quay.\n\nThen it did not.\n"
# what a page might try in order to send something out, and what the browser says of it
BEACON = """async () => {
    const blocked = [];
    document.addEventListener("securitypolicyviolation", e => blocked.push(e.effectiveDirective));
    new Image().src = "http://127.0.0.1:9/";
    navigator.sendBeacon("http://127.0.0.1:9/", "text");
    await new Promise(done => setTimeout(done, 500));
    return blocked.sort();
}"""


@pytest.fixture(scope="module")
def page(browser, tmp_path_factory):
    """The page, built as `make lite` does, with Python started and no network."""
    if not PYODIDE.exists():
        lacking("pyodide is not in build/lite: make system")
    drop = tmp_path_factory.mktemp("lite") / "drop.html"
    command = [sys.executable, ROOT / "docs/lite/build.py", PYODIDE, drop]
    subprocess.run(command, check=True)
    context = browser.new_context(offline=True)
    context.set_default_timeout(SOON)
    tab = context.new_page()
    tab.asked = []
    tab.on("request", lambda request: tab.asked.append(request.url))
    tab.goto(drop.as_uri())
    expect(tab.locator("#status")).to_have_text("Ready.", timeout=SOON)
    yield tab
    context.close()


def read(page, file):
    """Give the page a file; the report as a frame, or what it says instead."""
    page.set_input_files("#file", file)
    name = file["name"] if isinstance(file, dict) else file.name
    said = page.locator("#status")
    expect(said).to_have_text(re.compile(rf"^{re.escape(name)}"), timeout=SOON)
    if page.locator("#report").is_hidden():
        return said.text_content()
    frame = page.frame_locator("#page")
    frame.locator("#transcript").wait_for()
    return frame


@pytest.mark.parametrize("kind", ["scio_seed/*.txt", "wh_html/*.html", "captions"])
def test_it_shows_the_report_of_the_package(page, shared, kind):
    path = ROOT / "data/lanmere-attack-2025.vtt"
    if kind != "captions":
        path = sorted(shared.glob(kind))[-1]
    whole, frame = Overview(briefing.read(path)), read(page, path)
    assert frame.locator("article").count() == len(whole.rows)
    assert frame.locator(".exchange").count() == len(whole.exchanges)
    said = {f.text.partition(" (turn")[0] for f in whole.findings if f.template != "figures"}
    shown = [li.replace("\xa0", " ") for li in frame.locator("#findings li").all_text_contents()]
    assert said <= {text.partition(" (turn")[0] for text in shown}
    assert frame.locator("#who tbody tr").count() == len(whole.askers) + len(whole.speakers)
    assert "Phrases and figures" in frame.locator("#notes").text_content()


def test_what_is_doubtful_or_refused_says_so(page):
    prose = {"name": "prose.txt", "mimeType": "text/plain", "buffer": PROSE}
    assert "no turn found" in read(page, prose)
    doubtful = prose | {"name": "doubt.txt", "buffer": DOUBTFUL.encode()}
    assert "This reading is doubtful" in read(page, doubtful).locator("#head").text_content()


def test_a_word_file_is_refused_with_what_the_page_reads(page, tmp_path):
    from docx import Document

    document = Document()
    document.add_paragraph("MS. MARLOW: Welcome.")
    document.save(tmp_path / "quay.docx")
    assert "save the file as one of these" in read(page, tmp_path / "quay.docx")


def test_the_report_leads_to_its_turns_and_can_be_saved(page, tmp_path):
    frame = read(page, ROOT / "data/lanmere-attack-2025.vtt")
    frame.locator('nav a[href="#transcript"]').click()
    expect(frame.locator("#transcript h2")).to_be_in_viewport()
    with page.expect_download() as saved:
        page.get_by_role("link", name="Save the report").click()
    assert saved.value.suggested_filename == "lanmere-attack-2025.vtt.report.html"
    assert "</html>" in saved.value.path().read_text("utf-8")


def test_text_is_read_as_pasted(page):
    page.fill("#pasted", PASTED)
    page.get_by_role("button", name="Read the text").press("Enter")
    expect(page.locator("#status")).to_have_text("pasted.txt was read.", timeout=SOON)
    assert page.frame_locator("#page").locator("article").count() == 4


def test_nothing_is_asked_of_any_host(page):
    assert {url.partition(":")[0] for url in page.asked} <= {"file", "blob"}
    assert page.evaluate(BEACON) == ["connect-src", "img-src"]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing(page, scheme):
    if not AXE.exists():
        lacking("axe-core is not in build/axe: make system")
    page.emulate_media(color_scheme=scheme)
    page.evaluate(AXE.read_text("utf-8"))
    found = page.evaluate(RUN_AXE)
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found["violations"]] == []
    assert page.evaluate(LEVELS)[0] == 1


@pytest.mark.parametrize("wide", [390, 800, 1280, 1600])
def test_nothing_is_wider_than_the_window(page, wide):
    page.set_viewport_size({"width": wide, "height": 900})
    assert page.evaluate(BEYOND) == []
