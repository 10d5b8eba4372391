"""What the tests share: no window opens, no figure stays, and what a test needs is said."""

import os
import shutil
import sys
from pathlib import Path

import matplotlib
import pytest
from hypothesis import settings

matplotlib.use("Agg")
settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

ROOT = Path(__file__).parents[1]
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip


def lacking(reason):
    """Skip on a reader's machine; fail in CI, where nobody would see that it never runs."""
    if os.environ.get("CI") == "true":
        pytest.fail(f"CI must not skip this: {reason}", pytrace=False)
    pytest.skip(reason)


@pytest.fixture(autouse=True)
def close_figures():
    """Leave no figure to the next test."""
    yield
    if "matplotlib.pyplot" in sys.modules:
        matplotlib.pyplot.close("all")


@pytest.fixture
def installed(monkeypatch):
    """The fonts that matplotlib knows, as a list that the test may change."""
    from matplotlib import font_manager

    fonts = list(font_manager.fontManager.ttflist)
    monkeypatch.setattr(font_manager.fontManager, "ttflist", fonts)
    return fonts


@pytest.fixture
def need():
    """A function: `need("chromium")` is the path of that program, or ends the test."""

    def path_of(program):
        return shutil.which(program) or lacking(f"{program} is not installed")

    return path_of


@pytest.fixture(scope="module")
def browser():
    """A browser that asks nobody for anything but the page it is given."""
    chromium = shutil.which("chromium") or lacking("chromium is not installed")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        started = tools.chromium.launch(executable_path=chromium, args=QUIET)
        yield started
        started.close()


@pytest.fixture(scope="session")
def root():
    """The checkout."""
    return ROOT


@pytest.fixture(scope="session")
def shared():
    """The folder of real transcripts: BRIEFING_SHARED, or shared/ beside the checkout."""
    beside = ROOT.parent / "shared" / "transcripts"
    folder = Path(os.environ.get("BRIEFING_SHARED") or beside)
    if not folder.is_dir():
        lacking("the real transcripts are not here: set BRIEFING_SHARED to their folder")
    return folder


# What the learnt reader does not do yet, or what waits for being laid on its turns: each a debt.
DEBTS = {
    "test_figures.py::test_40_rows_fit_into_axes_that_the_reader_gives": "the texts beside narrow axes run past their edge",
}


ASKED = {"browser": pytest.mark.slow, "shared": pytest.mark.whole}


def pytest_collection_modifyitems(items):
    """Expect the debts to fail (one that is paid must be struck off); mark by what is asked for."""
    for item in items:
        for fixture, mark in ASKED.items():
            if fixture in item.fixturenames:
                item.add_marker(mark)
        for place, reason in DEBTS.items():
            if place in item.nodeid:
                item.add_marker(pytest.mark.xfail(reason=reason, strict=True))
