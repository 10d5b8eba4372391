"""The notebooks keep one form, say no number that they do not print, and run on any transcript."""

import re
import shutil
from pathlib import Path
from statistics import median

import nbformat
import pytest

from briefing.course import check
from briefing.course.lesson import seal
from briefing.course.run import _copied, _right, _with_code, run_notebooks
from briefing.course.site import notebooks_of
from briefing.tables import BriefingError

ROOT = Path(__file__).parents[1]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("[0-9][0-9]-*.ipynb"))
LONGEST_CELL = 4
MEDIAN_CELL = 2
EXERCISES = (5, 6)
MUST = 3
SPEAKERS = "Veldrup|Haske|Tolsby|Duurland|Brandreth|Averil|LNW|Switchroom|Gestrian"
MACHINE = re.compile(r"(?<![\w.])/(?:home|root|tmp|work|Users|usr|opt|var|mnt)/\w|\b[A-Z]:\\\\?\w")

REAL = [
    "scio_seed/000_16d432a769277b33.txt",  # part of an event
    "wh_md/wh_call_steel_2021-10-30.md",  # no question
    "debate_csv/vp_debate_2020-10-07.csv",  # no label, no journalist
]
SPANISH = """\
MINISTRA IDA MARLOW: La esclusa nueva del puerto está lista. La esclusa nueva se abre en mayo, y
los barcos que van a la esclusa llegan a la ciudad en junio. En el invierno no se pasa.

PERIODISTA: ¿Quién paga la esclusa nueva?

MINISTRA IDA MARLOW: La ciudad paga una parte, y otra la provincia, que llega a la esclusa por el
norte. Quien va a la esclusa paga como siempre, y el agua es de todos.

PERIODISTA: ¿Y cuándo se abre?

DIRECTOR JAN TENBRINK: Se abre en mayo, como ha dicho la ministra. El puerto no se cierra por las
obras, y quien va a la esclusa entra como siempre. Para los barcos del sur habrá una entrada más
en el muelle de la ciudad, que se abre en abril.
"""
MADE = {
    "one-speaker.txt": "MS. MARLOW: The quay is open.\n\nMS. MARLOW: That is all I have.\n",
    "timed.vtt": "WEBVTT\n\n00:01.000 --> 00:20.000\n<v Ida Marlow>The quay is open again.\n\n"
    "00:20.000 --> 00:24.000\n<v Jo Petrel>Who pays for it?\n\n"
    "00:24.000 --> 00:40.000\n<v Ida Marlow>The city pays.\n",
    "spanish.txt": SPANISH,
}


@pytest.fixture(params=NOTEBOOKS, ids=lambda path: path.stem)
def path(request):
    return request.param


@pytest.fixture
def cells(path):
    return nbformat.read(path, as_version=4).cells


@pytest.fixture
def code(cells):
    return [cell for cell in cells if cell.cell_type == "code"]


def tags(cell):
    return cell.metadata.get("tags", [])


def printed(cell):
    """What the outputs of a cell show: text, tables, alternative text; no code, no pictures."""
    shown = []
    for output in cell.get("outputs", []):
        data = output.get("data", {})
        html = re.sub(r'src="data:[^"]*"|style="[^"]*"', "", data.get("text/html", ""))
        words = re.sub(r'<img [^>]*alt="([^"]*)"[^>]*>', r" \1 ", html)
        words = re.sub(r"(?s)<style.*?</style>|<[^>]*>", " ", words)
        shown += [output.get("text", ""), words or data.get("text/plain", "")]
    return " ".join(shown)


def numbers(text):
    """`1,045 words, 33.0%` -> {"1045", "33.0"}."""
    found = re.findall(r"(?<![\w.,])\d[\d,]*(?:\.\d+)?(?![\w])", text)
    return {number.replace(",", "") for number in found}


def prose(cell):
    """What a cell of text says, without code, links, and the numbers of lessons and exercises."""
    text = re.sub(r"`[^`]*`|\[[^\]]*\]\([^)]*\)|<[^>]*>", " ", cell.source)
    return re.sub(r"(?m)^# \d+ ·|^\*\*\d+\. ", " ", text)


def unprinted(cells):
    """Numbers said and printed nowhere up to the end of their section; 0 and 1 end scales."""
    readings = [c for c in cells if "**Read on**" in c.source]
    known = {"0", "1"} | {year for c in readings for year in re.findall(r"\((\d{4})\)", c.source)}
    waiting, missing = set(), set()
    for cell in cells:
        if cell.source.startswith("## "):
            missing |= waiting - known
            waiting = set()
        known |= numbers(printed(cell))
        if cell.cell_type == "markdown" and cell not in readings:
            waiting |= numbers(prose(cell))
    return (missing | waiting) - known


def test_the_first_two_lessons_are_there():
    assert [path.stem[:2] for path in NOTEBOOKS][:2] == ["00", "01"]


# The form


def test_the_title_is_a_question_and_the_opening_says_what_for(cells):
    opening = cells[0].source
    assert re.match(r"# \d+ · [^\n]+\?\n\n", opening)
    assert re.findall(r"\*\*(You will be able to|Needs|Makes)\*\*", opening) == [
        "You will be able to", "Needs", "Makes",
    ]  # fmt: skip


def test_it_was_run_once_from_top_to_bottom(code):
    assert [cell.execution_count for cell in code] == list(range(1, len(code) + 1))


def test_no_output_is_an_error_or_a_warning(code):
    outputs = [output for cell in code for output in cell.outputs]
    assert not [o for o in outputs if o.output_type == "error" or o.get("name") == "stderr"]


def n_lines(cell):
    return sum(bool(line.strip()) for line in cell.source.splitlines())


def test_cells_are_short_and_functions_and_guards_stay_in_the_package(code):
    assert [c.id for c in code if n_lines(c) > LONGEST_CELL] == []
    assert median(map(n_lines, code)) <= MEDIAN_CELL
    assert [c.id for c in code if re.search(r"\b(def|lambda|class)\b", c.source)] == []
    guard = r"(?m)^\s*(?:if|elif|else|try|except|assert)\b"
    assert [c.id for c in code if re.search(guard, c.source)] == []


def test_nothing_asks_the_network_or_the_clock(code):
    asks = r"(?m)^(?:import|from) (?:requests|urllib|http|socket|datetime|time)\b|\.(?:now|today)\("
    assert [c.id for c in code if re.search(asks, c.source)] == []


def test_no_cell_is_empty_and_every_cell_has_a_name(cells):
    assert all(cell.source.strip() for cell in cells)
    assert [c.id for c in cells if not re.fullmatch(r"[a-z]+[a-z0-9-]*", c.id)] == []


def test_one_cell_chooses_the_transcript(code):
    chosen = [cell for cell in code if "parameters" in tags(cell)]
    assert len(chosen) == 1
    assert 'environ.get("BRIEFING_TRANSCRIPT"' in chosen[0].source


def test_it_ends_with_what_it_does_not_show_and_exercises(cells):
    headings = [c.source.splitlines()[0] for c in cells if c.source.startswith("## ")]
    assert headings[-2:] == ["## What this does not show", "## Your turn"]


def test_every_exercise_is_followed_by_its_folded_solution_which_was_not_run(cells):
    asked = [i for i, cell in enumerate(cells) if re.match(r"\*\*\d\. ", cell.source)]
    assert EXERCISES[0] <= len(asked) <= EXERCISES[1]
    assert [int(cells[i].source[2]) for i in asked] == [*range(1, len(asked) + 1)]
    assert sum("*must*" in cells[i].source.split("\n")[0] for i in asked) == MUST
    for i in asked:
        assert "solution" in tags(next(c for c in cells[i + 1 :] if "exercise" not in tags(c)))
    solutions = [cell for cell in cells if "solution" in tags(cell)]
    assert {cell.cell_type for cell in solutions} == {"markdown"}
    assert [c.id for c in solutions if not c.source.startswith("<details><summary>")] == []


def test_exercises_with_one_right_answer_are_checked_and_have_a_harder_form(cells):
    for i, cell in enumerate(cells):
        if "exercise" not in tags(cell) or "check(" not in cell.source:
            continue
        exercise = re.search(r'check\("([\d.]+)"', cell.source)[1]
        assert str(check(exercise, "surely not")).startswith("Not yet")
        before = [c for c in cells[:i] if c.cell_type == "markdown"]
        assert "*If you code:*" in before[-1].source
        assert "Right" not in printed(cell)


def test_one_exercise_is_to_argue_and_has_a_model_answer(cells):
    asked = [i for i, c in enumerate(cells) if re.match(r"\*\*\d\. Argue", c.source)]
    assert len(asked) == 1
    answer = cells[asked[0] + 1]
    assert "solution" in tags(answer)
    assert answer.source.startswith("<details><summary>")


# What it says


def test_every_number_in_the_prose_is_printed(cells):
    assert unprinted([cell for cell in cells if "solution" not in tags(cell)]) == set()


def test_a_number_that_is_not_printed_would_be_noticed(cells):
    cells = [cell for cell in cells if "solution" not in tags(cell)]
    reading = next(c for c in cells if "sample" in tags(c) and c.cell_type == "markdown")
    reading.source += "\nThat is 1,234,567 words."
    assert unprinted(cells) == {"1234567"}


def test_whoever_is_cited_is_in_the_reading_list(cells):
    readings = " ".join(c.source for c in cells if "**Read on**" in c.source)
    text = " ".join(c.source for c in cells if "**Read on**" not in c.source)
    cited = re.findall(r"([A-Z][\w-]+)(?: and [A-Z][\w-]+)? \(?((?:19|20)\d\d)\b", text)
    assert cited
    for name, year in cited:
        assert re.search(rf"{name},[^*\n]*\({year}\)", readings), (name, year)


def test_links_lead_somewhere(path, cells):
    links = [link for c in cells for link in re.findall(r"\]\(([^)#:]+)\)", c.source)]
    assert links
    assert [link for link in links if not (path.parent / link).exists()] == []


def test_every_picture_has_its_sentence_in_its_place(code):
    html = [o.get("data", {}).get("text/html", "") for c in code for o in c.outputs]
    pictures = [x for text in html for x in re.findall(r"<img [^>]*>", text)]
    assert [p[:60] for p in pictures if not re.search(r'alt="[^"]{40,}"', p)] == []
    assert not [o for c in code for o in c.outputs if "image/png" in o.get("data", {})]


def test_nothing_names_a_place_on_the_machine_it_was_made_on(cells):
    assert [c.id for c in cells if MACHINE.search(c.source + printed(c))] == []


# What it does


def in_a_copy(folder, transcript=None):
    """Run the notebooks in a copy of the project; the copy and what was made."""
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, folder / name)
    made = run_notebooks(transcript, briefing_id=transcript and "own", root=folder)
    return [(path.stem, nbformat.read(path, as_version=4).cells) for path in made.notebooks]


@pytest.mark.slow
def test_a_fresh_run_with_the_solutions_says_what_was_kept_and_makes_the_figures_again(tmp_path):
    kept = {path.stem: nbformat.read(path, as_version=4).cells for path in NOTEBOOKS}
    for name in ("notebooks", "data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    home = _copied(notebooks_of(tmp_path), tmp_path / "build" / "solved", _with_code)
    run_notebooks(root=home)

    for path in sorted((home / "notebooks").glob("[0-9]*.ipynb")):
        cells = nbformat.read(path, as_version=4).cells
        fresh = [printed(c) for c in cells if "solved" not in tags(c)]
        assert fresh == [printed(c) for c in kept[path.stem]], path.stem
        assert unprinted(cells) == set(), path.stem
        assert _right(path) >= MUST
    for folder in ("lanmere-ring-2024", "lanmere-series"):
        made = {path.name for path in (home / "figures" / folder).iterdir()}
        assert made == {path.name for path in (ROOT / "figures" / folder).iterdir()}


def test_no_answer_stands_in_a_notebook_or_beside_the_checker():
    sealed = (ROOT / "briefing" / "course" / "answers.toml").read_text("utf-8")
    for exercise, answer in {"1.1": "Wenda Tolsby", "6.2": "we", "8.4": "LNW"}.items():
        assert check(exercise, answer).right
        assert seal(exercise, answer) in sealed
        assert f'"{answer}"' not in sealed


def test_what_stays_for_ones_own_file_speaks_of_no_exercise(cells):
    kept = [c for c in cells if c.cell_type == "markdown" and not tags(c)]
    assert [c.id for c in kept if "exercise" in c.source.casefold()] == []


def test_a_table_shows_no_list_of_words_in_full(cells):
    assert [c.id for c in cells if re.search(r"\n# \w", printed(c)) and "<td" in str(c)] == []


def check_own(folder, transcript):
    """Run on somebody's own file: nothing of the sample, no error, no unprinted number."""
    tracked = {path.name: path.read_bytes() for path in NOTEBOOKS}
    own = in_a_copy(folder, transcript)

    kept = sorted((folder / "notebooks").glob("*.ipynb"))
    assert {path.name: path.read_bytes() for path in kept} == tracked
    for name, cells in own:
        assert [c.id for c in cells if {"sample", "solution"} & set(tags(c))] == [], name
        assert [c.id for c in cells if re.search(SPEAKERS, c.source + printed(c))] == [], name
        assert unprinted(cells) == set(), name
    return " ".join(printed(c) for _, cells in own for c in cells)


@pytest.mark.slow
@pytest.mark.parametrize("name", REAL)
def test_they_run_on_real_transcripts(shared, tmp_path, name):
    said = check_own(tmp_path, shared / name)
    assert ("There is nothing to draw" in said) == name.startswith(("wh_md", "debate"))


def test_questions_that_nobody_answers_are_no_briefing(tmp_path):
    transcript = tmp_path / "only-questions.txt"
    transcript.write_text("Q: When does it open?\n\nQ: Who pays?\n\nQ: Is it safe?\n", "utf-8")
    with pytest.raises(BriefingError, match="too unsure to be used"):
        in_a_copy(tmp_path, transcript)


@pytest.mark.slow
@pytest.mark.parametrize("name", MADE)
def test_they_run_on_odd_transcripts(tmp_path, name):
    transcript = tmp_path / name
    transcript.write_text(MADE[name], encoding="utf-8")

    said = check_own(tmp_path, transcript)

    assert "There is nothing to draw" in said or name in ("timed.vtt", "spanish.txt")
    assert ("By the clock:" in said) == (name == "timed.vtt")
    assert ("est_words_a_minute" in said) == (name == "timed.vtt")
    assert "works by word lists for English" not in said
    assert " nan" not in said
    if name == "spanish.txt":
        assert "near “esclusa”" in said
        assert not re.search("is a function word|are function words", said)  # by a list for English


@pytest.mark.parametrize(
    "exercise, answers",
    [
        ("1.2", [0.423, 0.42, "0.423", "0,42"]),
        ("1.5", [52.7, 53]),
        ("1.1", ["Wenda Tolsby", "tolsby"]),
        ("7.2", [["Sanna Veldrup", "Wenda Tolsby"], {"Tolsby", "Veldrup"}]),
    ],
)
def test_a_right_answer_is_right_as_people_write_it(exercise, answers):
    assert [check(exercise, answer).right for answer in answers] == [True] * len(answers)
    assert not check("1.2", 0.4).right and not check("1.2", 0.43).right
    assert "percentage" in str(check("1.2", "42.3 %"))
