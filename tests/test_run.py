"""Small notebooks made here are run as a reader would run the real ones."""

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time

import nbformat
import pytest
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from briefing.course.run import NotebookError, private, run_notebooks, settle
from briefing.safe import alone_in
from briefing.tables import BriefingError

pytestmark = pytest.mark.whole

PARAMETERS = """\
import os

transcript = os.environ.get("BRIEFING_TRANSCRIPT", "../data/the sample.txt")
figures = os.environ.get("BRIEFING_FIGURES", "../figures/sample")"""

READS = """\
from pathlib import Path

print(Path(transcript).read_text(encoding="utf-8").splitlines()[0])"""

DRAWS = """\
Path(figures).mkdir(parents=True, exist_ok=True)
Path(figures, "drawn.txt").write_text("drawn", encoding="utf-8")"""

OWN = "MS. VARGA: Good morning.\n\nMR. LINDQVIST: What is new?\n\nMS. VARGA: This.\n"

# Each line prints something that would be another the next time, or on another machine.
FICKLE = """\
import os, sys, time

print({"tide", "ferry", "harbour", "quay"})
print(time.strftime("%Z"), os.environ.get("MPLBACKEND"), os.environ.get("BRIEFING_FIGURES"))
for word in ["one", "two", "three"] * 10:
    print(word, flush=True)
    time.sleep(0.02)
object()"""


NBCONVERT = [sys.executable, "-m", "nbconvert", "--execute", "--to=notebook", "--inplace"]


def notebook(*sources):
    """A notebook: text in words, code as it is, `(source, tag)` for a cell with a tag."""
    kernel = {"name": "python3", "display_name": "Mine", "language": "python"}
    made = new_notebook(metadata={"kernelspec": kernel})
    for number, source in enumerate(sources):
        text, tags = (source, []) if isinstance(source, str) else (source[0], [source[1]])
        new = new_markdown_cell if text.startswith("#") else new_code_cell
        made.cells.append(new(text, id=f"cell-{number}", metadata={"tags": tags}))
    return made


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    """A function that lays out a project with the notebooks it is given, and goes there."""

    def lay_out(*cells, second=None):
        home = tmp_path / "a project"
        for folder in ("notebooks", "data", "figures"):
            (home / folder).mkdir(parents=True)
        (home / "data" / "the sample.txt").write_text("The sample.\n", encoding="utf-8")
        (home / "my own (1).txt").write_text(OWN, encoding="utf-8")
        nbformat.write(notebook(*cells), home / "notebooks" / "00-first.ipynb")
        if second:
            nbformat.write(notebook(*second), home / "notebooks" / "01-second.ipynb")
        monkeypatch.chdir(home)
        return home

    return lay_out


def cells_of(path):
    return nbformat.read(path, as_version=4).cells


def printed(path):
    """What the cells of a notebook put out, as one text."""
    outputs = [output for cell in cells_of(path) for output in cell.get("outputs", [])]
    texts = [o.get("text", o.get("data", {}).get("text/plain", "")) for o in outputs]
    return "".join(texts)


def files(folder):
    return {path: path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def test_the_sample_is_run_in_place_and_its_figures_stay_beside_it(checkout):
    home = checkout((PARAMETERS, "parameters"), READS, DRAWS, ("print('sure')", "sample"))

    made = run_notebooks(root=home)

    assert made.notebooks == [home / "notebooks" / "00-first.ipynb"]
    assert printed(made.notebooks[0]) == "The sample.\n5sure\n"
    assert [c.execution_count for c in cells_of(made.notebooks[0])] == [1, 2, 3, 4]
    assert (home / "figures" / "sample" / "drawn.txt").is_file()
    assert not (home / "build").exists()


def test_the_end_of_a_run_says_where_to_look(checkout):
    home = checkout((PARAMETERS, "parameters"), READS)

    first, notebooks, figures, last = str(run_notebooks(root=home)).splitlines()

    assert first == "The notebooks have run on the sample."
    assert notebooks.split() == ["notebooks", f"notebooks{os.sep}"]
    assert figures.split() == ["figures", f"figures{os.sep}"]
    jupyter = last.removeprefix("Read them with: ").removesuffix(" lab notebooks")
    assert shutil.which(jupyter.strip('"'))


def test_a_second_run_gives_the_same_bytes(checkout, monkeypatch):
    home = checkout((PARAMETERS, "parameters"), FICKLE, second=["# Words", FICKLE])
    monkeypatch.setenv("BRIEFING_FIGURES", "not for the sample")
    run_notebooks(root=home)
    first = files(home)

    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setenv("PYTHONHASHSEED", "7")
    monkeypatch.setenv("MPLBACKEND", "Agg")
    run_notebooks(root=home)

    assert files(home) == first
    outputs = cells_of(home / "notebooks" / "00-first.ipynb")[1].outputs
    assert [output.output_type for output in outputs] == ["stream", "execute_result"]
    assert "\nUTC module://matplotlib_inline.backend_inline None\n" in outputs[0].text
    assert outputs[1].data == {"text/plain": "<object>"}


def test_nothing_is_kept_that_the_next_run_would_change():
    cell = new_code_cell("f(1)", metadata={"execution": {"iopub.status.idle": "12:00"}})
    shown = {"text/plain": "<f at 0x7f21c0a2>", "text/html": "a &lt;f at 0x7f21c0a2&gt;"}
    widget = {"application/vnd.jupyter.widget-view+json": {"model_id": "8a1f"}}
    cell.outputs = [nbformat.v4.new_output("display_data", data=shown | widget)]
    made = new_notebook(cells=[cell], metadata={"widgets": {"state": {}}, "title": "kept"})
    made.metadata.language_info = {"name": "python", "version": "3.11.7"}

    settle(made)

    assert cell.outputs[0].data == {"text/plain": "<f>", "text/html": "a &lt;f&gt;"}
    assert cell.metadata == {}
    assert made.metadata.pop("kernelspec")["name"] == "python3"
    assert made.metadata == {"title": "kept", "language_info": {"name": "python"}}


def test_an_address_that_somebody_speaks_of_stays():
    cell = new_code_cell("text")
    spoken = {"text/plain": "'the fault at 0x7f21c0a2 was mended'"}
    cell.outputs = [nbformat.v4.new_output("display_data", data=dict(spoken))]

    settle(new_notebook(cells=[cell]))

    assert cell.outputs[0].data == spoken


def test_your_own_transcript_goes_to_build_and_nothing_else_is_touched(checkout):
    home = checkout(
        (PARAMETERS, "parameters"), READS, DRAWS,
        ("# In this sample, ...", "sample"), ("assert 'sample' in transcript", "sample"),
    )  # fmt: skip
    before = files(home)

    made = run_notebooks("my own (1).txt", root=home)

    build = home / "build" / "my-own-1"
    assert made.notebooks == [build / "notebooks" / "00-first.ipynb"]
    assert printed(made.notebooks[0]) == "MS. VARGA: Good morning.\n5"
    assert made.figures == build / "figures"
    assert (build / "figures" / "drawn.txt").is_file()
    assert files(home).items() >= before.items()
    assert {path.parent.parent for path in files(home).keys() - before.keys()} == {build}


EL_PUERTO = "El puerto se abre en mayo y todos los barcos que esperan en la bahía podrán entrar."


CUE = "\n\n00:01.000 --> 00:09.000\n"


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("MS. VARGA: It is May.\n\nQ: Why?\n\nMS. VARGA: The water.", "english pairs minutes"),
        (f"ANA VARGA: {EL_PUERTO}\n\nLUIS ROON: {EL_PUERTO}", ""),
        (f"WEBVTT{CUE}<v Ana Varga>{EL_PUERTO}\n{CUE}<v Luis Roon>{EL_PUERTO}", "minutes"),
    ],
)
def test_cells_that_have_nothing_to_show_of_your_transcript_are_left_out(checkout, said, left):
    kinds = ("english", "pairs", "minutes")
    cells = [(f"print('{kind}')", f"needs-{kind}") for kind in kinds]
    home = checkout((PARAMETERS, "parameters"), *cells)
    own = home / "own.txt"
    own.write_text(f"{said}\n", encoding="utf-8")

    made = run_notebooks(own, root=home)

    assert printed(made.notebooks[0]).split() == left.split()


def test_runs_on_files_of_one_name_go_to_folders_of_their_own(checkout):
    home = checkout((PARAMETERS, "parameters"), READS)
    paths = [home / "a" / "talk.txt", home / "talk.txt", home / "talk.md", home / "report.txt"]
    for number, path in enumerate(paths):
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"MS. VARGA: It is {number}.\n\nQ: Why?\n\nMS. VARGA: So.\n", "utf-8")
    made = [run_notebooks(path, root=home).notebooks[0] for path in paths]
    again = run_notebooks(paths[0], root=home).notebooks[0]

    assert again == made[0] == home / "build" / "talk" / "notebooks" / "00-first.ipynb"
    assert len(set(made)) == 4
    assert home / "build" / "report" not in {path.parents[1] for path in made}
    assert [printed(path)[:16] for path in made] == ["MS. VARGA: It is"] * 4
    assert [printed(path)[17] for path in made] == [*"0123"]


def test_a_folder_of_another_command_is_no_name_for_a_run(checkout):
    home = checkout((PARAMETERS, "parameters"), READS)
    with pytest.raises(BriefingError, match="--id Student: build/student is kept for another"):
        run_notebooks("my own (1).txt", briefing_id="Student", root=home)


def test_two_runs_do_not_write_to_one_folder(checkout):
    home = checkout((PARAMETERS, "parameters"), READS)
    (home / "build" / "mine").mkdir(parents=True)
    with alone_in(home / "build" / "mine"), pytest.raises(BriefingError, match="another command"):
        run_notebooks("my own (1).txt", briefing_id="mine", root=home)
    with alone_in(home / "notebooks"), pytest.raises(BriefingError, match="another command"):
        run_notebooks(root=home)


@pytest.mark.slow
def test_the_copy_stays_on_your_transcript_when_it_is_run_by_hand(checkout, monkeypatch):
    home = checkout("# A title", (PARAMETERS, "parameters"), READS)
    copy = run_notebooks("my own (1).txt", briefing_id="Spring 1", root=home).notebooks[0]
    monkeypatch.chdir(copy.parent)

    run([*NBCONVERT, copy])

    assert copy.parent.parent.name == "spring-1"
    assert "Good morning" in printed(copy)
    tags = [cell.metadata.tags for cell in cells_of(copy)]
    assert tags == [[], ["parameters"], ["injected-parameters"], []]


def run(command, **environment):
    done = subprocess.run(
        [str(part) for part in command], env=os.environ | environment, check=False,
        capture_output=True, text=True, encoding="utf-8",
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return done


@pytest.mark.slow
def test_nbconvert_reruns_a_notebook_on_another_transcript_by_the_environment(checkout):
    home = checkout((PARAMETERS, "parameters"), READS)
    path, own = home / "notebooks" / "00-first.ipynb", home / "my own (1).txt"

    run([*NBCONVERT, path], BRIEFING_TRANSCRIPT=str(own))

    assert "Good morning" in printed(path)


@pytest.mark.slow
def test_papermill_reruns_a_notebook_on_another_transcript_by_parameters(checkout):
    home = checkout((PARAMETERS, "parameters"), READS)
    path, own = home / "notebooks" / "00-first.ipynb", home / "my own (1).txt"

    run(
        [sys.executable, "-m", "papermill", path, home / "out.ipynb", "--cwd", path.parent,
         "-p", "transcript", own],
    )  # fmt: skip

    assert "Good morning" in printed(home / "out.ipynb")


def test_the_kernel_is_the_interpreter_that_runs_it_whatever_is_registered(
    checkout, tmp_path, monkeypatch
):
    home = checkout((PARAMETERS, "parameters"), "import sys\nprint(sys.executable)")
    foreign = tmp_path / "kernels" / "python3"
    foreign.mkdir(parents=True)
    spec = {"argv": ["no-such-python"], "display_name": "Foreign", "language": "python"}
    (foreign / "kernel.json").write_text(json.dumps(spec), encoding="utf-8")
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path))

    made = run_notebooks(root=home)

    assert printed(made.notebooks[0]) == f"{sys.executable}\n"


def test_progress_and_nothing_else_goes_to_standard_error(checkout, capfd):
    home = checkout((PARAMETERS, "parameters"), READS)

    run_notebooks(root=home)

    out, err = capfd.readouterr()
    assert out == ""
    bars = re.split("[\r\n]+", err.strip())
    assert all(re.fullmatch(r"running +\d+% \|[^|]*\| \d/2 cells, \d\d:\d\d", b) for b in bars)
    assert "2/2" in bars[-1]


def test_a_cell_that_fails_is_named_with_its_line(checkout):
    home = checkout(
        (PARAMETERS, "parameters"), "# Then", "print('so far')\ntotal = 1\ntotal / 0", READS
    )
    before = (home / "notebooks" / "00-first.ipynb").read_bytes()

    with pytest.raises(NotebookError) as caught:
        run_notebooks(root=home)

    unfinished = os.path.join("build", "unfinished", "00-first.ipynb")
    assert str(caught.value) == (
        f"{os.path.join('notebooks', '00-first.ipynb')} stopped in cell [2], line 3 "
        "(total / 0): ZeroDivisionError: division by zero. "
        f"Open {unfinished} to see how far it came."
    )
    assert printed(home / unfinished) == "so far\n"
    assert (home / "notebooks" / "00-first.ipynb").read_bytes() == before


def test_a_cell_that_is_no_python_is_named_too(checkout):
    home = checkout((PARAMETERS, "parameters"), "total = = 1")

    with pytest.raises(NotebookError, match=r"cell \[3\], line 1 \(total = = 1\): Syntax"):
        run_notebooks("my own (1).txt", root=home)

    assert (home / "build" / "my-own-1" / "notebooks" / "00-first.ipynb").is_file()


def test_a_kernel_that_dies_is_a_message_too(checkout):
    home = checkout((PARAMETERS, "parameters"), "os._exit(1)")

    with pytest.raises(NotebookError, match=r"00-first\.ipynb stopped: .*died.* Open "):
        run_notebooks(root=home)


def test_a_notebook_that_fails_stops_the_others(checkout):
    home = checkout((PARAMETERS, "parameters"), "1 / 0", second=["import time; time.sleep(600)"])
    with pytest.raises(NotebookError, match="ZeroDivisionError"):
        run_notebooks(root=home)


@pytest.mark.parametrize(
    ("given", "complaint"),
    [
        ({"transcript": "no such.txt"}, r"no such\.txt"),
        ({"transcript": "."}, "folder|directory"),
        ({"briefing_id": "mine"}, "--id mine .* briefing run TRANSCRIPT --id NAME"),
        ({"root": "data"}, r"no lessons in data.notebooks\. .*briefing course"),
    ],
)
def test_bad_input_is_told_before_anything_runs(checkout, given, complaint):
    home = checkout((PARAMETERS, "parameters"), "1 / 0")
    with pytest.raises(BriefingError, match=complaint):
        run_notebooks(**{"root": home} | given)


def test_a_notebook_that_a_merge_has_broken_says_how_to_get_it_back(checkout):
    home = checkout("1")
    (home / "notebooks" / "00-first.ipynb").write_text("<<<<<<< HEAD\n{", encoding="utf-8")
    with pytest.raises(BriefingError, match="cannot be read as a notebook .* git checkout"):
        run_notebooks(root=home)


def test_a_notebook_without_parameters_is_not_run_on_the_wrong_transcript(checkout):
    home = checkout("print('the sample, whatever you asked for')")
    with pytest.raises(BriefingError, match="no cell is tagged `parameters`"):
        run_notebooks("my own (1).txt", root=home)


def test_a_name_for_the_run_never_leads_out_of_build(checkout):
    home = checkout((PARAMETERS, "parameters"))
    made = run_notebooks("my own (1).txt", briefing_id="../../elsewhere", root=home)
    assert made.figures == home / "build" / "elsewhere" / "figures"


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGINT to send to a child")
@pytest.mark.slow
def test_an_interrupted_run_leaves_no_kernel_behind(checkout):
    slow = "import os, time\nopen(f'{os.getpid()}.pid', 'w').close()\ntime.sleep(600)"
    home = checkout(slow, second=[slow])
    program = "from briefing.course.run import run_notebooks; run_notebooks(root='.')"
    child = subprocess.Popen(
        [sys.executable, "-c", program], cwd=home, stderr=subprocess.PIPE,
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),  # a shell's & ignores it
    )  # fmt: skip
    wait_until(lambda: len(list(home.glob("notebooks/*.pid"))) == 2)
    kernels = [int(path.stem) for path in home.glob("notebooks/*.pid")]

    child.send_signal(signal.SIGINT)

    said = child.communicate(timeout=60)[1].decode()
    assert child.returncode == -signal.SIGINT  # and not "a kernel died"
    assert said.count("Traceback") <= 2  # ours, and nothing of the kernels'
    assert not (home / "build").exists()
    wait_until(lambda: not any(map(is_running, kernels)), seconds=5)


def wait_until(done, *, seconds=60):
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.1)


def is_running(pid):
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


@pytest.mark.parametrize("ci", ["true", ""])
def test_a_test_that_lacks_a_program_is_skipped_here_and_fails_in_ci(need, monkeypatch, ci):
    monkeypatch.setenv("CI", ci)
    outcome = pytest.fail.Exception if ci else pytest.skip.Exception
    with pytest.raises(outcome, match="no-such-program is not installed"):
        need("no-such-program")


def test_a_warning_is_kept_without_the_place_on_this_machine():
    stream = nbformat.v4.new_output(
        "stream", name="stderr", text="somewhere/2.py:3: UserWarning: odd\n"
    )
    cell = nbformat.v4.new_code_cell("1", outputs=[stream])
    notebook = nbformat.v4.new_notebook(cells=[cell])

    settle(notebook)

    assert notebook.cells[0].outputs[0]["text"] == "UserWarning: odd\n"


def test_what_a_reader_keeps_in_private_is_found_without_its_corrections(tmp_path):
    assert private(tmp_path) == []
    folder = tmp_path / "data" / "private"
    (folder / "pages").mkdir(parents=True)
    for name in ("b.html", "a.txt", "a.txt.corrections.toml", ".hidden"):
        (folder / name).write_text("Ida Marlow: Hello.\n", encoding="utf-8")
    assert [path.name for path in private(tmp_path)] == ["a.txt", "b.html"]
