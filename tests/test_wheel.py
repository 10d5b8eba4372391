"""The wheel works alone: built, installed outside the checkout, and tried as a user would."""

import os
import re
import shutil
import subprocess
import sys
import sysconfig
from zipfile import ZipFile

import pytest
from conftest import lacking

pytestmark = pytest.mark.slow

FROM = {
    "briefing/": "briefing/",
    "data/": "briefing/kit/data/",
    "notebooks/": "briefing/kit/notebooks/",
}


@pytest.fixture(scope="module")
def wheel(root, tmp_path_factory):
    """The wheel that a release would have."""
    try:
        from hatchling import builders  # noqa: F401
    except ModuleNotFoundError:
        lacking("hatchling is not installed: make setup")
    folder = tmp_path_factory.mktemp("dist")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", folder]
    subprocess.run(command, cwd=root, check=True, capture_output=True)
    return next(folder.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """A fresh environment with the wheel, which sees the other packages but not the checkout."""
    home = tmp_path_factory.mktemp("elsewhere")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", home / "env"], check=True)
    programs = home / "env" / ("Scripts" if os.name == "nt" else "bin")
    pip = [sys.executable, "-m", "pip", "--python", programs / "python", "--quiet", "install"]
    subprocess.run([*pip, "--no-index", "--no-deps", wheel], check=True)
    packages = next((home / "env").rglob("site-packages"))
    packages.joinpath("others.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")

    def run(*words, folder="."):
        environment = {k: v for k, v in os.environ.items() if k != "PYTHONPATH"}
        command = [programs / words[0], *words[1:]]
        return subprocess.run(
            command, cwd=home / folder, env=environment, capture_output=True, text=True, timeout=300
        )

    run.home = home
    return run


def test_it_holds_the_package_the_lessons_and_the_data(root, wheel):
    listed = subprocess.run(
        ["git", "ls-files", "-coz", "--exclude-standard", *FROM],
        cwd=root, capture_output=True, text=True,
    )  # fmt: skip
    if listed.returncode:
        pytest.skip("not a git checkout: nothing says which files are the project's")
    names = [name for name in listed.stdout.split("\0") if name and (root / name).exists()]
    expected = {FROM[f"{(parts := name.split('/', 1))[0]}/"] + parts[1] for name in names}
    with ZipFile(wheel) as archive:
        packed = {name for name in archive.namelist() if ".dist-info/" not in name}

    (for_jupyter,) = packed - expected
    assert for_jupyter.endswith(
        ".data/data/etc/jupyter/jupyter_server_config.d/briefing-analysis.json"
    )
    assert expected < packed
    assert {"briefing/py.typed", "briefing/kit/notebooks/teacher/rubric.md"} <= packed


def test_it_reads_the_sample_outside_the_checkout(installed):
    code = "import briefing; print(len(briefing.sample().turns), briefing.__file__)"
    done = installed("python", "-c", code)

    assert (done.returncode, done.stderr) == (0, "")
    turns, place = done.stdout.split(maxsplit=1)
    assert turns == "30" and place.startswith(str(installed.home / "env"))


def test_the_course_is_copied_out_and_runs_there(installed, root):
    assert "briefing lab lessons" in installed("briefing", "course", "lessons").stdout
    folder = installed.home / "lessons"
    for name in ("notebooks/00-whose-words.ipynb", "notebooks/teacher/rubric.md", "data/LICENSE"):
        assert (folder / name).read_bytes() == (root / name).read_bytes()

    for later in folder.glob("notebooks/0[1-9]-*.ipynb"):
        later.unlink()
    done = installed("briefing", "run", folder="lessons/data")  # found in the folder above
    assert done.returncode == 0, done.stderr
    assert "The notebooks have run on the sample." in done.stdout

    done = installed(
        "briefing", "run", "data/lanmere-ring-2026.txt", "--id", "own", folder="lessons"
    )
    assert done.returncode == 0, done.stderr
    assert (folder / "build/own/notebooks/00-whose-words.ipynb").exists()

    again = installed("briefing", "course", "lessons")
    assert again.returncode == 2 and "is there already" in again.stderr


def test_a_report_and_turns_need_no_course(installed, root):
    shutil.copy(root / "data" / "lanmere-ring-2026.txt", installed.home / "talk.txt")
    done = installed("briefing", "report", "talk.txt", "-o", "page")
    assert done.returncode == 0, done.stderr
    assert "<html" in (installed.home / "page" / "index.html").read_text(encoding="utf-8")

    assert installed("briefing", "turns", "talk.txt", "-o", "turns.json").returncode == 0
    assert (installed.home / "turns.json").read_text(encoding="utf-8").startswith("[")


@pytest.mark.parametrize("command", ["run", "lab", "student", "solutions"])
def test_without_a_course_it_says_how_to_get_one(installed, command):
    done = installed("briefing", command)
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1 and "briefing course FOLDER" in done.stderr


def test_another_package_of_that_name_is_one_sentence(installed):
    packages = next((installed.home / "env").rglob("site-packages"))
    other = packages / "briefing-0.1.0.dist-info"
    other.mkdir()
    try:
        command = installed("briefing", "--version")
        module = installed("python", "-m", "briefing", "--version")
        script = installed("python", "-c", "import briefing")
    finally:
        other.rmdir()
    for done in (command, module):
        assert done.returncode == 1
        assert re.fullmatch(r"briefing: another package called `briefing` .*\n", done.stderr)
    assert script.stderr.splitlines()[-1].startswith("ImportError: another package called")
    assert installed("briefing", "--version").returncode == 0


def test_another_package_installed_over_this_one_is_one_sentence_of_the_command(installed):
    package = next((installed.home / "env").rglob("site-packages/briefing"))
    ours = package.joinpath("__init__.py").read_text(encoding="utf-8")
    package.joinpath("__init__.py").write_text('"""Of somebody else."""\n', encoding="utf-8")
    try:
        done = installed("briefing", "--version")
    finally:
        package.joinpath("__init__.py").write_text(ours, encoding="utf-8")
    assert done.returncode == 1
    assert re.fullmatch(r"briefing: another package called `briefing` .*\n", done.stderr)
