"""The data set that Spark makes is that of one machine, row for row."""

import os
import shutil
import subprocess
import sys
import warnings
from importlib.util import find_spec

import pandas as pd
import pytest
from conftest import lacking

import briefing
from briefing.tables import BriefingError
from made import LAYOUTS, make

pytestmark = [
    pytest.mark.slow,
    pytest.mark.filterwarnings("ignore::DeprecationWarning", "ignore::FutureWarning"),
]
FIX = 'text_status = "edited"\n'
OFFLINE = {
    "spark.ui.enabled": "false",
    "spark.driver.host": "127.0.0.1",
    "spark.driver.bindAddress": "127.0.0.1",
    "spark.sql.shuffle.partitions": "1",
    "spark.sql.adaptive.enabled": "false",
    "spark.ui.showConsoleProgress": "false",
    "spark.log.level": "ERROR",
}


@pytest.fixture(scope="module")
def spark(root, tmp_path_factory):
    if find_spec("pyspark") is None:
        lacking("pyspark is not installed: pip install 'briefing-analysis[spark]'")
    if shutil.which("java") is None:
        lacking("Java is not installed: make system")
    from pyspark.sql import SparkSession

    place = tmp_path_factory.mktemp("spark")
    kept = {name: os.environ.get(name) for name in ("PYTHONPATH", "PYSPARK_PYTHON")}
    os.environ |= {"PYTHONPATH": str(root), "PYSPARK_PYTHON": sys.executable}
    builder = SparkSession.builder.master("local[2]").config("spark.local.dir", str(place))
    for name, value in OFFLINE.items():
        builder = builder.config(name, value)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        session = builder.getOrCreate()
    yield session
    session.stop()
    for name, value in kept.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    place = tmp_path_factory.mktemp("files here") / "in"
    for i, layout in enumerate([*LAYOUTS][::3]):
        page = make(layout, 3)
        path = place / f"series {i % 3}" / f"{i:02} of 20{page.suffix}"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(page.data)
    (place / "series 0" / "00 of 20.txt.corrections.toml").write_text(FIX)
    (place / "gone.txt.corrections.toml").write_text(FIX)
    (place / "notes.txt").write_text("bread\nmilk\n")
    (place / "empty.txt").write_text("")
    return place


@pytest.fixture(scope="module")
def both(spark, folder, tmp_path_factory):
    from briefing.corpus.spark import build_corpus_on_spark

    place = tmp_path_factory.mktemp("out of both")
    counted = build_corpus_on_spark(spark, str(folder), str(place / "spark"))
    assert (
        counted
        == briefing.corpus.build(folder, place / "one", processes=1, progress=False).by_status
    )
    return place / "spark", place / "one"


@pytest.mark.parametrize("name", ["turns", "counts", "report"])
def test_spark_gives_the_rows_of_one_machine(both, name):
    read = getattr(briefing, f"read_{name}")
    keys = {"turns": ["briefing_id", "turn_id"], "report": ["path"]}.get(
        name, ["briefing_id", "speaker", "role", "token"]
    )
    spark, one = (read(path).sort_values(keys, ignore_index=True) for path in both)

    assert len(one) > 9
    pd.testing.assert_frame_equal(spark, one)
    assert spark.attrs == one.attrs


def test_counts_by_words_are_the_same_from_either(both):
    spark, one = (briefing.corpus.words(path, by="role", top=20) for path in both)
    pd.testing.assert_frame_equal(spark, one)


def test_one_machine_takes_over_what_spark_made(both, folder, tmp_path):
    shutil.copytree(both[0], tmp_path / "out")
    briefing.corpus.build(folder, tmp_path / "out", processes=1, progress=False)
    pd.testing.assert_frame_equal(
        briefing.corpus.load(tmp_path / "out", table="counts"),
        briefing.corpus.load(both[1], table="counts"),
    )


def test_spark_refuses_what_one_machine_refuses(spark, folder, tmp_path):
    from briefing.corpus.spark import build_corpus_on_spark

    (tmp_path / "others").mkdir()
    with pytest.raises(BriefingError, match="in one another"):
        build_corpus_on_spark(spark, str(folder), str(folder / "out"))
    with pytest.raises(BriefingError, match="no such folder"):
        build_corpus_on_spark(spark, str(tmp_path / "nowhere"), str(tmp_path / "out"))
    with pytest.raises(BriefingError, match="is not a corpus"):
        build_corpus_on_spark(spark, str(folder), str(tmp_path / "others"))


def test_nothing_but_the_spark_module_needs_spark(root):
    program = "import sys, briefing.corpus.store; print('pyspark' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], cwd=root, capture_output=True, text=True)
    assert done.stdout == "False\n"
