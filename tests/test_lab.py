"""The notebooks in a real JupyterLab, in a real browser, as `make lab` opens them."""

import json
import os
import platform
import re
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import expect

import briefing
from briefing.course.run import FENCE, write_student

pytestmark = pytest.mark.slow

NOTEBOOKS = sorted(Path(__file__).parents[1].glob("notebooks/[0-9][0-9]-*.ipynb"))
PANEL = ".jp-NotebookPanel:not(.lm-mod-hidden)"  # that in front: JupyterLab opens one by itself
STARTUP_SECONDS = 180
RUN_MILLISECONDS = 180_000
CHECK = re.compile(r'check\("([\d.]+)", ')
expect.set_options(timeout=60_000)


OPEN = """async path => {
    await window.jupyterapp.restored;
    await window.jupyterapp.commands.execute("docmanager:open", {path});
}"""
LEAVE = """async () => {
    const panel = window.jupyterapp.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    await panel.sessionContext.session.kernel.info;
    await new Promise(done => setTimeout(done, 1000));
    const model = panel.context.model, changed = model.dirty;
    await panel.context.save();
    return [changed, model.getMetadata("language_info").version];
}"""
RUN_ALL = """async () => {
    const lab = window.jupyterapp, panel = lab.shell.currentWidget;
    await panel.context.ready;
    await panel.sessionContext.ready;
    const ran = await lab.commands.execute("notebook:run-all-cells");
    await panel.context.save();
    return ran;
}"""
RUN_SOME = """async cells => {
    const lab = window.jupyterapp, panel = lab.shell.currentWidget, all = panel.content;
    await panel.context.ready;
    await panel.sessionContext.ready;
    all.deselectAll();
    all.activeCellIndex = cells[0];
    for (const i of cells) all.select(all.widgets[i]);
    await lab.commands.execute("notebook:run-cell");
    all.deselectAll();
    return cells.filter(i => all.widgets[i].model.sharedModel.getOutputs().some(
        output => output.output_type == "error"));
}"""
BEGIN = f"""([path, cells]) => {{
    window.begun = ({OPEN})(path).then(() => ({RUN_SOME})(cells));
}}"""
SAYS = """([i, text]) => document.querySelector(".jp-NotebookPanel:not(.lm-mod-hidden)")
    .querySelectorAll(".jp-Cell")[i].querySelector(".jp-OutputArea")?.textContent.includes(text)"""
PICTURES = """() => [...document.querySelectorAll(".jp-OutputArea img")].map(
    picture => ({wide: picture.naturalWidth, alt: picture.alt}))"""


END = """() => {
    const lab = window.jupyterapp, panel = lab.shell.currentWidget;
    const {id} = panel.sessionContext.session;
    panel.dispose();
    lab.serviceManager.sessions.shutdown(id);
}"""
SETTINGS = {
    "notebook-extension/tracker": {"windowingMode": "none"},  # draw every cell, seen or not
    "apputils-extension/notification": {"fetchNews": "false", "checkForUpdates": False},
}


@pytest.fixture(scope="module")
def copy(root, tmp_path_factory):
    """A copy of what the notebooks need, so that nothing tracked is written."""
    home = tmp_path_factory.mktemp("lab")
    for folder in ("notebooks", "data"):
        shutil.copytree(root / folder, home / folder)
    for name, chosen in SETTINGS.items():
        path = home / "settings" / "@jupyterlab" / f"{name}.jupyterlab-settings"
        path.parent.mkdir(parents=True)
        path.write_text(json.dumps(chosen), encoding="utf-8")
    return home


@pytest.fixture(scope="module")
def address(root, copy):
    """The address of a JupyterLab that serves the copy, as `make lab` starts it."""
    with serving(root, copy, "briefing", "lab", copy) as address:
        yield address


@contextmanager
def serving(root, copy, *command):
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
    options = {
        "ServerApp": {"open_browser": False, "allow_root": True, "port": port, "port_retries": 0},
        "IdentityProvider": {"token": token},
        "LabApp": {"expose_app_in_browser": True},
    }
    (copy / "config").mkdir(exist_ok=True)
    (copy / "config" / "jupyter_server_config.json").write_text(json.dumps(options), "utf-8")
    with (copy / "log").open("wb") as log:
        server = subprocess.Popen(
            [sys.executable, "-m", *command], stdout=log, stderr=log, cwd=root,
            env=os.environ | places | {"PYTHONPATH": str(root)}, start_new_session=True,
        )  # fmt: skip
    try:
        wait_for(f"http://127.0.0.1:{port}/api?token={token}", server, copy / "log")
        yield f"http://127.0.0.1:{port}/lab?token={token}&reset"
    finally:
        os.killpg(server.pid, signal.SIGTERM)
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


@pytest.fixture(scope="module")
def page(browser, address):
    """JupyterLab without a notebook; in the end it has asked its own server alone."""
    yield from opened_lab(browser, address)


@pytest.fixture(scope="module")
def other_page(browser, address):
    """The same in a second window, whose kernels work while the first is typed into."""
    yield from opened_lab(browser, address.replace("/lab?", "/lab/workspaces/other?"))


def opened_lab(browser, address):
    asked = []
    page = browser.new_page(viewport={"width": 1280, "height": 1000})
    page.set_default_timeout(RUN_MILLISECONDS)
    page.on("request", lambda sent: asked.append(sent.url))
    page.goto(address)
    page.wait_for_function("() => window.jupyterapp?.commands.hasCommand('docmanager:open')")
    yield page
    page.close()
    here = address.partition("/lab")[0]
    assert [url for url in asked if not url.startswith((here, "data:", "blob:"))] == []


@contextmanager
def opened(page, name):
    """A notebook in that page, all its cells run, folded away or not; leaves no kernel."""
    page.evaluate(OPEN, str(name))
    page.locator(f"{PANEL} .jp-CodeCell").first.wait_for()
    yield page.evaluate(RUN_ALL)
    page.evaluate(END)


def errors_in(path):
    cells = nbformat.read(path, as_version=4).cells
    return [o for c in cells for o in c.get("outputs", []) if o.output_type == "error"]


def test_the_first_page_shows_a_lesson_beside_data_and_build(browser, address):
    page = browser.new_page()
    page.set_default_timeout(RUN_MILLISECONDS)
    page.goto(address.replace("/lab?", "/?").removesuffix("&reset"))
    page.locator(".jp-NotebookPanel .jp-Cell").first.wait_for()
    for name in ("build", "data", "notebooks"):
        page.locator(".jp-DirListing-itemText").get_by_text(name, exact=True).wait_for()
    page.close()


@pytest.mark.parametrize("path", NOTEBOOKS[::4], ids=lambda path: path.stem)  # one way for all
def test_a_notebook_runs_in_jupyterlab_and_its_figures_are_seen(path, page, copy):
    with opened(page, f"notebooks/{path.name}") as ran:
        pictures = page.evaluate(PICTURES)

    assert errors_in(copy / "notebooks" / path.name) == []
    assert ran
    kept = path.read_text(encoding="utf-8").count("<img ")
    assert len(pictures) == kept
    assert [picture for picture in pictures if not (picture["wide"] and picture["alt"])] == []


def leave(page, path, copy):
    """Open a lesson and close it again; whether it was taken for changed."""
    (copy / "notebooks" / path.name).write_bytes(path.read_bytes())
    page.evaluate(OPEN, f"notebooks/{path.name}")
    page.locator(f"{PANEL} .jp-CodeCell").first.wait_for()
    changed, version = page.evaluate(LEAVE)
    page.evaluate(END)
    assert version == platform.python_version(), "JupyterLab has not said what it would add"
    return changed


@pytest.mark.parametrize("path", NOTEBOOKS[:2], ids=lambda path: path.stem)
def test_a_lesson_that_is_only_opened_is_not_changed(path, page, copy):
    assert not leave(page, path, copy)
    assert (copy / "notebooks" / path.name).read_bytes() == path.read_bytes()


def test_nor_is_it_in_a_plain_jupyter_lab_that_finds_our_extension(browser, root, copy):
    found = copy / "config" / "jupyter_server_config.d"
    found.mkdir(parents=True)
    shutil.copy(root / "briefing" / "course" / "jupyter.json", found)
    with serving(root, copy, "jupyterlab", f"--ServerApp.root_dir={copy}") as address:
        page = browser.new_page()
        page.set_default_timeout(RUN_MILLISECONDS)
        page.goto(address)
        page.wait_for_function("() => window.jupyterapp?.commands.hasCommand('docmanager:open')")
        changed = leave(page, NOTEBOOKS[0], copy)
        page.close()
    assert not changed
    assert (copy / "notebooks" / NOTEBOOKS[0].name).read_bytes() == NOTEBOOKS[0].read_bytes()


@pytest.fixture(scope="module")
def students(copy):
    """The lessons as students get them, in the same JupyterLab."""
    return write_student(copy) / "notebooks"


def code_in(path):
    cells = nbformat.read(path, as_version=4).cells
    return [(i, cell.source) for i, cell in enumerate(cells) if cell.cell_type == "code"]


def solutions(path):
    """The code that solves each exercise of a lesson, by its name."""
    cells = nbformat.read(path, as_version=4).cells
    folded = [c.source for c in cells if "solution" in c.metadata.get("tags", [])]
    blocks = [code.strip() for source in folded for code in FENCE.findall(source)]
    return {asked[1]: code for code in blocks if (asked := CHECK.search(code))}


def answer(page, i, code, told):
    """Type the code into cell `i` and run it; the page must then say below it what is `told`."""
    page.locator(f"{PANEL} .jp-Cell").nth(i).locator(".cm-content").click()
    page.keyboard.press("ControlOrMeta+a")
    page.keyboard.insert_text(code)
    page.keyboard.press("ControlOrMeta+Enter")
    page.wait_for_function(SAYS, arg=[i, told])


def steps(path):
    """The cells of a student's copy up to each checked exercise, without pictures; and that cell."""
    passed = []
    for i, source in code_in(path):
        if CHECK.match(source):
            yield passed, i, source
            passed = []
        elif not source.startswith("draw.keep("):  # pictures are drawn by another test
            passed.append(i)


def begin(page, path, copy):
    """Open a lesson there and run it as far as its first exercise, without waiting for that."""
    page.evaluate(BEGIN, [str(path.relative_to(copy)), next(steps(path))[0]])


def test_students_are_told_a_wrong_answer_from_a_right_one_in_every_lesson(
    page, other_page, copy, students
):
    lessons = [(path, students / path.name) for path in NOTEBOOKS]
    begin(page, lessons[0][1], copy)
    for n, (path, own) in enumerate(lessons):
        here, other = (page, other_page) if n % 2 == 0 else (other_page, page)
        if n + 1 < len(lessons):
            begin(other, lessons[n + 1][1], copy)
        solved = solutions(path)
        assert solved
        assert here.evaluate("() => window.begun") == []
        for k, (passed, i, source) in enumerate(steps(own)):
            assert k == 0 or not passed or here.evaluate(RUN_SOME, passed) == []
            answer(here, i, source.replace("...", '"surely not"'), "Not yet.")
            answer(here, i, solved.pop(CHECK.match(source)[1]), "Right.")
        here.evaluate(END)
        assert not solved or [*solved] == ["0.5"]  # whose answer is looked up, not typed


def test_no_code_of_the_machine_is_seen_before_ones_own(page, copy, students):
    path = next(path for path in students.glob("03-*.ipynb"))
    revealing = [i for i, source in code_in(path) if "explore.reveal(" in source]
    assert revealing
    with opened(page, path.relative_to(copy)):
        for i in revealing:
            shown = page.locator(f"{PANEL} .jp-Cell").nth(i).locator(".jp-OutputArea")
            expect(shown).to_contain_text("still to be coded")
            expect(shown.locator("table")).to_have_count(0)


# The views of briefing.explore

HARBOUR = """\
MS. MARLOW: Good morning. The new lock is ready. I will take your questions.

Q: When does the lock open?

MS. MARLOW: It opens in May, once the river has gone down far enough.

Q: And who pays for the gates?

MR. TENBRINK: The province pays for all of them.
"""
VIEWS = {
    "search": """import briefing
talk = briefing.read("harbour.txt")
briefing.explore.search(talk, "gates")""",
    "timeline": "briefing.explore.timeline(talk)",
    "check": 'briefing.explore.check("harbour.txt")',
}


@pytest.fixture(scope="module")
def lab(page, copy):
    """JupyterLab with a notebook that shows the three views, and has run."""
    folder = copy / "notebooks"
    (folder / "harbour.txt").write_text(HARBOUR, encoding="utf-8")
    cells = [nbformat.v4.new_code_cell(code) for code in VIEWS.values()]
    kernel = {"name": "python3", "display_name": "Python 3 (ipykernel)", "language": "python"}
    made = nbformat.v4.new_notebook(cells=cells, metadata={"kernelspec": kernel})
    nbformat.write(made, folder / "views.ipynb")
    with opened(page, "notebooks/views.ipynb") as ran:
        assert ran
        assert errors_in(folder / "views.ipynb") == []
        page.set_default_timeout(20_000)
        page.locator(".briefing-view .briefing-rows").nth(3).wait_for()
        yield Lab(page, folder)


class Lab:
    """What a person does there, and sees."""

    def __init__(self, page, folder):
        self.page, self.folder, self.keys = page, folder, page.keyboard

    def view(self, n):
        return self.page.locator(".briefing-view").nth(n)

    def cells(self):
        return self.page.locator(".jp-Notebook .jp-Cell").count()

    def tab_to(self, name, back=False):
        """Press Tab until the control called `name` has the focus."""
        focus = "document.activeElement"
        for _ in range(20):
            told = self.page.evaluate(
                f"() => {focus}.ariaLabel || ({focus}.labels?.[0] ?? {focus}).textContent"
            )
            if name in told:
                return
            self.keys.press("Shift+Tab" if back else "Tab")
        pytest.fail(f"no Tab leads to {name}")

    def sees(self, n, text):
        self.view(n).get_by_text(text).first.wait_for()


def test_a_query_typed_into_the_box_is_answered_and_a_line_opens_its_turn(lab):
    box = lab.view(0).get_by_label("Find")
    box.fill("lock")
    lab.keys.press("Enter")
    lab.sees(0, "2 lines for “lock” in 2 turns")
    lab.tab_to("Lines found")
    lab.keys.press("ArrowDown")
    lab.keys.press("ArrowDown")

    lab.sees(0, "turn 2 · unnamed journalist")
    assert lab.view(0).locator("mark").inner_text() == "lock"
    assert lab.view(0).locator(".briefing-chosen").count() == 1

    box.fill("province")
    lab.keys.press("Enter")
    lab.sees(0, "1 line for “province”")
    lab.view(0).locator(".briefing-row").first.click()
    lab.sees(0, "The question: turn 4")


def test_keys_pressed_in_a_view_do_nothing_to_the_notebook(lab):
    n = lab.cells()
    lab.view(0).get_by_label("Find").fill("the")
    lab.keys.press("Enter")
    lab.sees(0, "for “the” in")
    lab.view(0).locator(".briefing-row").first.click()
    for key in ("d", "d", "a", "b", "ArrowDown", "ArrowDown", "ArrowDown"):
        lab.keys.press(key)
    lab.tab_to("Role", back=True)
    lab.keys.press("j")  # a role by its first letter, and no other cell
    lab.sees(0, "(journalist)")

    assert lab.cells() == n
    active = "() => document.activeElement.closest('.briefing-view') !== null"
    assert lab.page.evaluate(active)


def test_a_pattern_that_does_not_compile_is_answered_by_a_sentence(lab):
    lab.view(0).get_by_label("Find").fill("lock(")
    lab.tab_to("regular expression")
    lab.keys.press("Space")
    lab.sees(0, "does not compile")
    assert "Traceback" not in lab.page.locator(".jp-Notebook").inner_text()


def test_arrow_keys_go_along_the_timeline_and_links_are_followed(lab):
    view = lab.view(1)
    view.locator(".briefing-part").nth(2).click()
    lab.sees(1, "Turn 3 comes in answer to turn 2.")
    assert view.locator(".briefing-row.briefing-linked").count() == 1
    view.locator(".briefing-rows").focus()
    lab.keys.press("ArrowDown")
    lab.sees(1, "Turn 4 is followed in answer by turn 5.")
    lab.tab_to("To its answer")
    lab.keys.press("Enter")
    lab.sees(1, "Turn 5 comes in answer to turn 4.")


def test_the_check_view_writes_a_corrections_file_by_keyboard_alone(lab):
    lab.view(2).locator(".briefing-rows").first.focus()
    lab.keys.press("End")
    lab.sees(2, "MR. TENBRINK · 1 turn")
    lab.tab_to("Name")
    lab.keys.press("Control+a")
    lab.keys.type("Jan Tenbrink")
    lab.tab_to("Role")
    lab.keys.press("m")
    lab.sees(2, "role: official → moderator")
    lab.tab_to("Write corrections")
    lab.keys.press("Enter")
    lab.sees(2, "Wrote harbour.txt.corrections.toml")

    again = briefing.read(lab.folder / "harbour.txt").turns.iloc[-1]
    assert again[["speaker", "role"]].tolist() == ["Jan Tenbrink", "moderator"]


def test_where_the_widgets_live_the_plain_copy_is_hidden(lab):
    copies = lab.page.locator("[class^=briefing-static]")
    assert copies.count() == len(VIEWS)
    assert [copies.nth(i).is_visible() for i in range(len(VIEWS))] == [False] * len(VIEWS)
