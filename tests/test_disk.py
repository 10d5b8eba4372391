"""Files are written whole or not at all, by one helper, whatever ends the writing."""

from __future__ import annotations

import os
import re
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import briefing
from briefing import figures, safe
from briefing.corrections import save_corrections
from briefing.safe import alone_in, save, save_all, scratch
from briefing.tables import BriefingError

PACKAGE = Path(briefing.__file__).parent
TALK = "Ann Lee: We open in May.\nQ: Why so late?\nAnn Lee: Ice.\n"
posix = pytest.mark.skipif(os.name == "nt", reason="needs limits and signals of POSIX")


@pytest.fixture
def talk(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(TALK, encoding="utf-8")
    return briefing.read(path)


def save_some_figure(talk, path):
    ax = figures.plot_speaking_share(briefing.speaking.share(talk.turns))
    return figures.save_figure(ax, path.parent, "fig", table=talk.turns, sentence="A sentence.")


SAVERS = {
    "table.csv": lambda talk, path: briefing.convert.save_table(talk.tokens, path),
    "table.parquet": lambda talk, path: briefing.convert.save_table(talk.tokens, path),
    "fig.csv": save_some_figure,
    "utterances.jsonl": lambda talk, path: briefing.convert.save_convokit(talk.turns, path.parent),
    "talk.txt.corrections.toml": lambda talk, path: save_corrections(
        talk, path.with_name("talk.txt")
    ),
}


def test_a_file_is_replaced_and_nothing_else_is_left(tmp_path):
    path = tmp_path / "a.csv"
    save(path, "earlier")
    path.chmod(0o640)
    assert save(path, "later é").read_bytes() == "later é".encode()
    assert path.stat().st_mode & 0o777 == 0o640
    assert os.listdir(tmp_path) == ["a.csv"]


def test_a_link_stays_a_link(tmp_path):
    path, link = tmp_path / "a.csv", tmp_path / "b.csv"
    save(path, "earlier")
    link.symlink_to(path)
    save(link, "later")
    assert link.is_symlink()
    assert path.read_text() == "later"


def test_of_files_that_belong_together_none_is_replaced_where_one_fails(tmp_path):
    first, second = tmp_path / "a", tmp_path / "b"
    save_all({first: "earlier", second: "earlier"})

    def fails(file):
        file.write(b"later")
        raise OSError(28, "No space left on device")

    with pytest.raises(BriefingError, match=r"cannot write .*b: No space left"):
        save_all({first: "later", second: fails})
    assert [first.read_text(), second.read_text()] == ["earlier"] * 2
    assert sorted(os.listdir(tmp_path)) == ["a", "b"]


def test_what_is_there_can_be_left_alone(tmp_path):
    save(tmp_path / "a", "mine")
    with pytest.raises(BriefingError, match="is there already"):
        save(tmp_path / "a", "other", replace=False)
    assert (tmp_path / "a").read_text() == "mine"


def test_half_a_character_and_the_longest_name_can_be_written(tmp_path):
    assert save(tmp_path / ("x" * 255), "a\ud800b").read_bytes() == b"a\\ud800b"


@posix
@pytest.mark.parametrize("name", SAVERS)
def test_a_full_disk_is_our_error(name, talk, tmp_path):
    folder = tmp_path / "full"
    folder.mkdir()
    (folder / name).symlink_to("/dev/full")
    if name.endswith("toml"):  # never written over, whatever it is
        with pytest.raises(BriefingError, match="is there already"):
            SAVERS[name](talk, folder / name)
        return
    with pytest.raises(BriefingError, match="cannot write .*No space left on device"):
        SAVERS[name](talk, folder / name)
    assert os.listdir(folder) == [name]


@pytest.mark.parametrize("name", SAVERS)
def test_a_folder_that_is_none_is_our_error(name, talk, tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(BriefingError, match="cannot write .*file"):
        SAVERS[name](talk, tmp_path / "file" / name)


WRITER = """
import sys
from pathlib import Path
from briefing.safe import save
path, content = Path(sys.argv[1]), sys.argv[2] * 200_000
while True:
    save(path, content)
"""


@posix
def test_killed_at_any_moment_a_file_is_the_earlier_or_the_later(tmp_path):
    path = tmp_path / "a.csv"
    whole = {name * 200_000 for name in "ab"}
    for delay in range(8):
        writers = [
            subprocess.Popen([sys.executable, "-c", WRITER, str(path), name]) for name in "ab"
        ]
        while not path.exists():
            assert all(writer.poll() is None for writer in writers), "a writer has ended"
            time.sleep(0.01)
        time.sleep(0.05 + 0.013 * delay)
        for writer in writers:
            writer.send_signal(signal.SIGKILL)
            writer.wait()
        assert path.read_text() in whole
        assert len(os.listdir(tmp_path)) <= 2  # at most one unfinished file, used next time
    save(path, "end")
    assert os.listdir(tmp_path) == ["a.csv"]


@posix
@pytest.mark.slow
@pytest.mark.parametrize("command", ["save", "report", "corpus"])
def test_a_killed_command_leaves_whole_files_and_no_process(command, root):
    """As `make kills` does more often, with the other commands too."""
    script = root / "tests" / "benchmarks" / "kills.py"
    done = subprocess.run([sys.executable, script, "2", command], capture_output=True, text=True)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "0 faults"), done.stdout


@posix
def test_a_folder_is_held_by_one(tmp_path):
    with alone_in(tmp_path):
        with pytest.raises(BriefingError, match="another command is writing to it; wait"):
            with alone_in(tmp_path):
                raise AssertionError
    with alone_in(tmp_path):
        pass


@posix
def test_temporary_folders_of_killed_processes_go(tmp_path, monkeypatch):
    monkeypatch.setattr(safe.tempfile, "tempdir", str(tmp_path))
    left, held, new = (tmp_path / f"briefing-{name}" for name in ("left", "held", "new"))
    for folder in (left, held, new):
        folder.mkdir()
    for folder in (left, held):
        os.utime(folder, (1, 1))
    with alone_in(held), scratch() as own:
        assert sorted(os.listdir(tmp_path)) == sorted(
            ["briefing-held", "briefing-new", os.path.basename(own)]
        )
    assert sorted(os.listdir(tmp_path)) == ["briefing-held", "briefing-new"]


def test_a_course_that_does_not_fit_leaves_nothing(tmp_path):
    """The largest file that may be written is smaller than a lesson."""
    home = tmp_path / "course"
    home.mkdir()
    (home / "mine.txt").write_text("mine", encoding="utf-8")
    done = subprocess.run(
        [sys.executable, "-m", "briefing", "course", home], capture_output=True, text=True,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (50_000, 50_000)),
    )  # fmt: skip
    assert (done.returncode, done.stderr.count("\n")) == (2, 1)
    assert "cannot write" in done.stderr
    assert [path.name for path in home.iterdir()] == ["mine.txt"]


WRITES = re.compile(
    r"\.write_(?:text|bytes)\(|open\([^)]*[\"'][wxa]b?[\"']|to_(?:csv|parquet)\((?!index|out,)|"
    r"(?<!\.)\bcopy2?\(|shutil\.copy2?\(|nbformat\.write\(|savefig\((?!$|\n\s+drawn)"
)
ELSEWHERE = {  # the helper; what fills its folders
    "safe.py",
    "site.py",
    "run.py",
    "cli.py",
    "languages.py",
}


def test_everything_is_written_by_the_one_helper():
    found = [
        f"{path.relative_to(PACKAGE)}: {hit[0]}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if path.name not in ELSEWHERE
        for hit in WRITES.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
