"""The pictures in the README, taken anew: `python -m pytest tests/pictures.py` writes figures/*.png.

They show what anybody gets from the sample: the page, a lesson, and the search in JupyterLab.
"""

import nbformat
import pytest
import test_lab
from PIL import Image

import briefing
from briefing.course.site import publish

address, copy, page = test_lab.address, test_lab.copy, test_lab.page  # its fixtures
COLOURS = 128  # of a picture, which is a third as large as with all
KERNEL = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
SEARCH = 'import briefing\nbriefing.explore.search(briefing.sample(), "cable")'


@pytest.fixture
def save(root):
    """A function: a picture that a browser took becomes one of the README."""

    def saved(what, name):
        file = root / "figures" / f"{name}.png"
        what.screenshot(path=file)
        Image.open(file).convert("RGB").quantize(COLOURS).save(file, optimize=True)

    return saved


@pytest.fixture
def take(browser, save):
    """A function: an HTML file, from its beginning or a heading on, becomes a picture."""

    def taken(file, name, at=""):
        opened = browser.new_page(viewport={"width": 1000, "height": 1010})
        opened.goto(f"{file.as_uri()}#{at}")
        save(opened, name)
        opened.close()

    return taken


def test_take_the_report(take, tmp_path):
    (tmp_path / "index.html").write_text(briefing.sample().overview().html, encoding="utf-8")
    take(tmp_path / "index.html", "briefing-report")


def test_take_a_lesson(take, tmp_path):
    publish(folder=tmp_path)
    take(next(tmp_path.glob("01-*.html")), "lesson", at="a-finding-that-stands-shares-are-counted")


def test_take_the_explorer(page, copy, save):
    cells = [nbformat.v4.new_code_cell(SEARCH)]
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": KERNEL})
    nbformat.write(made, copy / "notebooks" / "search.ipynb")
    page.set_viewport_size({"width": 1400, "height": 1000})
    with test_lab.opened(page, "notebooks/search.ipynb"):
        page.locator(".briefing-view .briefing-rows").first.wait_for()
        page.wait_for_timeout(1000)
        save(page.locator(".briefing-view").first, "explorer")
