"""The benchmarks run on what is installed, say what they found, and compare like with like."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

import briefing

pytestmark = pytest.mark.slow

BENCHMARKS = Path(__file__).parent / "benchmarks"


@pytest.fixture
def module(monkeypatch):
    """A function: a module of the benchmarks by its name."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    return lambda name: __import__(name)


@pytest.fixture(scope="module")
def quick(tmp_path_factory):
    """What the quick run prints, and its figures."""
    out = tmp_path_factory.mktemp("bench")
    command = [sys.executable, str(BENCHMARKS / "bench.py"), "--quick", "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, encoding="utf-8")
    assert done.returncode == 0, done.stderr
    assert "failed" not in done.stderr
    (path,) = out.glob("bench-*.json")
    return done.stdout, path.read_text(encoding="utf-8")


def test_the_table_has_a_line_for_each_tool(quick):
    said, _ = quick
    lines = [line.split("  ")[0] for line in said.splitlines()]
    assert {"words-2", "ours", "re.findall", "re.finditer", "nltk", "analyses-2"} <= set(lines)
    assert "x_time" in said and "peak_mb" in said


def test_the_file_says_when_and_on_what_but_not_where(quick, root):
    figures = json.loads(quick[1])
    assert figures["date"] and figures["machine"]["cores"] and figures["versions"]["pandas"]
    assert str(root) not in quick[1] and str(Path.home()) not in quick[1]


def test_every_row_has_time_and_memory_and_its_ratio_to_ours(quick):
    for rows in json.loads(quick[1])["cases"].values():
        assert rows[0]["tool"] == "ours" and rows[0]["x_time"] == 1
        for row in rows:
            if "stated" not in row["tool"]:
                assert row["seconds"] > 0 and row["peak_mb"] >= row["text_mb"] > 0
                assert row["x_time"] > 0 and row["x_peak"] > 0


def test_tools_with_one_rule_of_words_find_the_same(quick):
    rows = {row["tool"]: row for row in json.loads(quick[1])["cases"]["analyses-2"]}
    base = rows["ours, peers' words"]
    assert base["n_hits"] > 10
    for tool in {"nltk, peers' words", "polars", "duckdb"} & rows.keys():
        row = rows[tool]
        assert (row["n"], row["n_hits"], row["off_frequencies"]) == (base["n"], base["n_hits"], 0)
        assert row["off_keyness"] < 1e-6
        assert row["off_collocations"] < 1e-6 or tool.startswith("nltk")  # other margins


def test_results_that_differ_show(module):
    found = {"keyness": {"quay": 50.0, "lock": 40.0}}
    agreement = module("report").agreement
    assert agreement({"keyness": {"quay": 50.0, "lock": 30.0}}, found)["off_keyness"] == 0.25
    assert agreement({"keyness": {"quay": 50.0, "gate": 40.0}}, found)["off_keyness"] == 1


def test_a_tool_that_fails_is_named_and_left_out(module, tmp_path, monkeypatch, capsys):
    (tmp_path / "broken.py").write_text(
        "from measure import Task\n"
        "WORDS = {'ours': Task(len, lambda n: {'n': n}), 'other': Task(lambda text: text.nothing)}\n"
    )
    bench = module("bench")
    monkeypatch.syspath_prepend(str(tmp_path))
    case = bench.Case("WORDS", 0.05, 2, ("broken",), {"PYTHONPATH": str(tmp_path)})
    rows = bench.measured(case, 2, tmp_path)

    assert [row["tool"] for row in rows] == ["ours"] and rows[0]["rounds"] == 2
    assert "other failed and is left out: AttributeError" in capsys.readouterr().err


def test_ratios_are_those_of_the_same_round(module):
    def one(seconds):
        return {"mb": 2, "seconds": seconds, "cpu": 1, "peak_mb": 9, "text_mb": 5, "result": {}}

    runs = {"ours": [one(1), one(10), one(2)], "nltk": [one(3), one(30), one(2)]}
    rows = module("report").sum_up(runs, {"ours": "", "nltk": ""})
    assert [(row["seconds"], row["x_time"]) for row in rows] == [(2, 1), (3, 3)]


def test_times_of_a_part_are_compared_by_the_megabyte_and_memory_not_at_all(module):
    figures = {"seconds": 4, "cpu": 4, "peak_mb": 9, "text_mb": 5, "result": {}}
    runs = {"ours": [{"mb": 100, **figures}], "spaCy": [{"mb": 10, **figures}]}
    rows = module("report").sum_up(runs, {"ours": "", "spaCy": ""})
    assert rows[1]["x_time"] == pytest.approx(10)
    assert rows[1]["x_peak"] is None


# What they run on


def test_one_seed_gives_the_same_text_and_another_one_other(module):
    generate = module("generate")
    first, again, other = (list(generate.batches(0.1, seed=seed)) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_the_size_is_about_what_was_asked_for(module):
    texts = [text for table in module("generate").batches(4) for text in table["text"].to_pylist()]
    assert sum(len(text.encode()) for text in texts) / 4e6 == pytest.approx(1, abs=0.05)
    assert all(texts)


def test_the_vocabulary_grows_as_that_of_briefings(module):
    import pandas as pd

    turns = pd.concat(table.to_pandas() for table in module("generate").batches(0.4))
    codes = briefing.tokenize(turns)["token"].cat.codes.to_numpy()
    assert 4000 < len(set(codes[:28_891])) < 5000
    assert 6000 < len(set(codes[:51_204])) < 7000


def test_every_rank_has_a_word_of_its_own(module):
    word = module("invented").word
    forms = {word(rank).casefold() for rank in range(450_000)}
    assert len(forms) == 450_000


def test_transcripts_are_read_as_they_were_made(module, tmp_path):
    generate = module("generate")
    generate.write_folder(0.07, tmp_path)
    (table,) = generate.batches(0.07)
    paths = sorted(tmp_path.rglob("*.txt"))
    assert [path.parent.name for path in paths] == ["2000", "2012"]

    read = briefing.read(paths[0]).turns
    assert read["text"].str.split().tolist() == [
        text.split() for text in table["text"].to_pylist()[: len(read)]
    ]
    assert set(read["speaker"]) == set(table["speaker"].to_pylist()[: len(read)])
