"""The notebooks in a real JupyterLab, in a real browser, as `make lab` opens them."""

import os
import secrets
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from pathlib import Path

import nbformat
import pytest

NOTEBOOKS = sorted(Path(__file__).parents[1].glob("notebooks/[0-9][0-9]-*.ipynb"))
STARTUP_SECONDS = 60
RUN_MILLISECONDS = 180_000

# A browser that asks nobody for anything but the page it is given.
QUIET = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip

RUN_ALL = """async () => {
    const lab = window.jupyterapp, panel = lab.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    const ran = await lab.commands.execute("notebook:run-all-cells");
    await panel.context.save();
    return ran;
}"""
PICTURES = """() => [...document.querySelectorAll(".jp-OutputArea img")].map(
    picture => ({wide: picture.naturalWidth, alt: picture.alt}))"""


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    """A copy of what the notebooks need, so that nothing tracked is written."""
    home = tmp_path_factory.mktemp("lab")
    for folder in ("notebooks", "data"):
        shutil.copytree(root / folder, home / folder)
    settings = home / "settings" / "@jupyterlab" / "notebook-extension"
    settings.mkdir(parents=True)
    whole = '{"windowingMode": "none"}'  # draw every cell, seen or not
    (settings / "tracker.jupyterlab-settings").write_text(whole, encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def address(root, copy):
    """The address of a JupyterLab that serves the copy, with `{}` for the notebook."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    token = secrets.token_hex(16)
    own = {
        "IPYTHONDIR": "ipython", "JUPYTER_CONFIG_DIR": "config",
        "JUPYTER_RUNTIME_DIR": "run", "JUPYTERLAB_SETTINGS_DIR": "settings",
        "JUPYTERLAB_WORKSPACES_DIR": "workspaces",
    }  # fmt: skip
    places = {name: str(copy / folder) for name, folder in own.items()}
    command = [
        sys.executable, "-m", "jupyterlab", "--no-browser", "--allow-root",
        "--ip=127.0.0.1", f"--port={port}", "--ServerApp.port_retries=0",
        f"--ServerApp.root_dir={copy}", f"--IdentityProvider.token={token}",
        "--LabApp.expose_app_in_browser=True",
    ]  # fmt: skip
    with (copy / "log").open("wb") as log:
        server = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=copy,
            env=os.environ | places | {"PYTHONPATH": str(root)},
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, copy / "log")
        yield f"http://127.0.0.1:{port}/lab/tree/notebooks/{{}}?token={token}&reset"
    finally:
        server.terminate()
        server.wait(STARTUP_SECONDS)


def wait_for(address, server, log):
    end = time.monotonic() + STARTUP_SECONDS
    while time.monotonic() < end and server.poll() is None:
        try:
            urllib.request.urlopen(address, timeout=2).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    pytest.fail(log.read_text(encoding="utf-8"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_a_notebook_runs_in_jupyterlab_and_its_figures_are_seen(path, need, copy, request):
    from playwright.sync_api import sync_playwright

    chromium = need("chromium")
    address = request.getfixturevalue("address")
    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium, args=QUIET)
        page = browser.new_page()
        page.set_default_timeout(RUN_MILLISECONDS)
        page.goto(address.format(path.name))
        page.locator(".jp-NotebookPanel .jp-CodeCell").first.wait_for()
        ran = page.evaluate(RUN_ALL)
        pictures = page.evaluate(PICTURES)
        browser.close()

    cells = nbformat.read(copy / "notebooks" / path.name, as_version=4).cells
    errors = [o for c in cells for o in c.get("outputs", []) if o.output_type == "error"]
    assert errors == []
    assert ran
    assert [picture for picture in pictures if not (picture["wide"] and picture["alt"])] == []
