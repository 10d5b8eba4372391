"""A folder as one table and as a data set: nothing lost, nothing twice, however often stopped."""

import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pandas as pd
import pytest

import briefing
from briefing.cli import main
from briefing.corpus import store as groups
from briefing.corpus.folder import (
    Batch,
    Crash,
    Workers,
    as_report,
    each_batch,
    kind_of_all,
    members,
    packed,
    read_batch,
)
from briefing.corpus.store import Store
from briefing.safe import alone_in
from briefing.tables import TURNS, BriefingError
from made import LAYOUTS, make

pytestmark = pytest.mark.whole

TALK = "Date: 4 May {year}\n\nMS. MARLOW: Good morning. The ferry is late.\n\nQ: Why?\n\nMS. MARLOW: Fog.\n"
BOTH = (
    "MS. MARLOW: Good morning. The ferry is late because of the fog.\n\nQ: Why is that so?\n\n"
    "MS. MARLOW: Fog. (Answered in writing after the briefing.)\n\n"
    "马女士: 大家早上好。今天的渡轮因为雾而晚点。\n\n记者: 为什么?\n\n马女士: 因为雾。\n"
)
FIX = 'speakers = [{ labels = ["MS. MARLOW"], name = "Ida Marlow", role = "official" }]\n'
SMALL_GROUPS = (
    "import sys, briefing.corpus.store as groups; groups.TARGET = 4_000\n"
    "import briefing\n"
    "briefing.corpus.build(sys.argv[1], sys.argv[2], processes=1, progress=False)\n"
)


def write(path, text):
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def fill(folder, layouts=tuple(LAYOUTS), seeds=(1,)):
    """Made briefings in all layouts, by series and year."""
    for i, layout in enumerate(layouts):
        for seed in seeds:
            page = make(layout, seed)
            write(folder / f"series-{i % 3}/{2000 + seed}/{i:02}{page.suffix}", page.data)
    return folder


def tree(folder):
    """Every file in a folder, hidden ones too, with its bytes."""
    return {str(p.relative_to(folder)): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


def times(folder):
    return {p: p.stat().st_mtime_ns for p in folder.rglob("*.parquet")}


def read_or_die(batch):
    """What reads a batch, but for a file that ends the process."""
    if any(member.path == "2.txt" and not member.crashed for member in batch.members):
        os.kill(os.getpid(), signal.SIGSEGV)
    return read_batch(batch)


@pytest.fixture(scope="module")
def mixed(tmp_path_factory):
    """All formats, and much that is no transcript."""
    folder = fill(tmp_path_factory.mktemp("mixed"))
    write(folder / "notes.txt", "bread\nmilk\n")
    write(folder / "empty.txt", "")
    write(folder / "photo.jpg", b"\xff\xd8\xff\xe0" + bytes(40))
    write(folder / "talk.txt", TALK.format(year=2020))
    write(folder / "talk.html", "<html><body><p>MS. MARLOW: Hello.</p><p>Q: Why?</p></body></html>")
    write(folder / "other/talk.txt", TALK.format(year=2021))
    write(folder / "other/talk.txt.corrections.toml", FIX)
    write(folder / "two/both.txt", BOTH)
    write(folder / "gone.txt.corrections.toml", FIX)
    write(folder / ".hidden.txt", TALK)
    write(folder / ".git/talk.txt", TALK)
    write(folder / "~$talk.docx", "lock")
    (folder / "linked.txt").symlink_to(folder / "talk.txt")
    (folder / "broken.txt").symlink_to(folder / "nowhere.txt")
    (folder / "loop").symlink_to(folder)
    os.mkfifo(folder / "pipe.txt")
    return folder


@pytest.fixture(scope="module")
def found(mixed):
    return briefing.corpus.read(mixed, processes=2, progress=False)


@pytest.fixture(scope="module")
def built(mixed, tmp_path_factory):
    out = tmp_path_factory.mktemp("corpus") / "out"
    briefing.corpus.build(mixed, out, processes=2, progress=False)
    return out


# A folder as one table


def test_each_file_has_one_row_in_the_report(mixed, found):
    seen = {str(p.relative_to(mixed)) for p in mixed.rglob("*") if p.is_symlink() or not p.is_dir()}
    passed_over = {".hidden.txt", ".git/talk.txt", "~$talk.docx", "other/talk.txt.corrections.toml"}

    assert sorted(found.report["path"]) == sorted(seen - passed_over)
    assert found.report["why"].isna().equals(found.report["status"] == "read")


def test_what_is_no_transcript_says_why_and_stops_nothing(found):
    status = found.report.set_index("path")["status"]
    why = found.report.set_index("path")["why"]

    assert (status[["notes.txt", "empty.txt", "photo.jpg"]] == "refused").all()
    skipped = ["broken.txt", "loop", "pipe.txt", "gone.txt.corrections.toml"]
    assert (status[skipped] == "skipped").all()
    assert "image" in why["photo.jpg"]
    assert "without their transcript" in why["gone.txt.corrections.toml"]
    assert status.isin(["read", "doubtful"]).sum() == len(LAYOUTS) + 5


def test_the_turns_are_those_that_read_gives_for_each_file(mixed, found):
    read = found.report.query("status == 'read'")
    assert not read["briefing_id"].duplicated().any()

    for row in read.itertuples():
        own = found.turns[found.turns["briefing_id"] == row.briefing_id].reset_index(drop=True)
        alone = briefing.read(mixed / row.path).turns
        for column in set(TURNS.columns) - {"briefing_id"}:
            left, right = own[column].astype("object"), alone[column].astype("object")
            assert (
                left.where(left.notna(), None).tolist() == right.where(right.notna(), None).tolist()
            )
        assert row.n_turns == len(alone)


def test_a_file_is_called_by_its_folders_and_by_its_whole_path_where_names_collide(found):
    ids = found.report.set_index("path")["briefing_id"]
    assert ids["other/talk.txt"] == "other/talk"
    assert ids[["talk.txt", "talk.html"]].tolist() == ["talk.txt", "talk.html"]
    assert ids["linked.txt"] == "linked"


def test_corrections_belong_to_their_transcript(found):
    speakers = found.turns.groupby("briefing_id")["speaker"].unique()
    assert "Ida Marlow" in list(speakers["other/talk"])
    assert "Ida Marlow" not in list(speakers["talk.txt"])
    assert found.report.set_index("path")["n_corrected"]["other/talk.txt"] > 0


def test_all_texts_together_claim_no_more_than_they_have_in_common(tmp_path):
    write(tmp_path / "a.txt", "Verbatim transcript\n\n" + TALK.format(year=2020))
    assert (
        briefing.corpus.read(tmp_path, processes=1, progress=False).turns.attrs["text_status"]
        == "verbatim"
    )
    write(tmp_path / "b.txt", "Unofficial translation\n\n" + TALK.format(year=2020))
    both = briefing.corpus.read(tmp_path, processes=1, progress=False)

    assert both.turns.attrs["text_status"] == "unknown"
    assert both.report["text_status"].tolist() == ["verbatim", "translated"]


def test_a_doubtful_reading_is_in_the_tables_and_says_so(tmp_path, monkeypatch):
    monkeypatch.setattr("briefing.transcript.SURE", 1.1)
    write(tmp_path / "a.txt", "Verbatim transcript\n\n" + TALK.format(year=2020))
    [(row, turns)] = read_batch(Batch(str(tmp_path), members(tmp_path)))

    assert row["status"] == "doubtful"
    assert row["why"].startswith("a.txt: doubtful: about")
    assert 0 < row["confidence"] < 1
    assert len(turns) == row["n_turns"] == 3
    assert kind_of_all(as_report([row]))["text_status"] == "verbatim"


def test_the_date_says_where_it_comes_from(found, tmp_path):
    assert found.report.set_index("path")["date_from"]["talk.txt"] == "document"
    write(tmp_path / "2019-03-02-talk.txt", TALK.partition("\n\n")[2])
    row = briefing.corpus.read(tmp_path, processes=1, progress=False).report.iloc[0]
    assert (row["date"], row["date_from"]) == ("2019-03-02", "path")


def test_an_empty_folder_is_an_error_and_one_without_transcripts_is_not(tmp_path):
    with pytest.raises(BriefingError, match="no file"):
        briefing.corpus.read(tmp_path, progress=False)
    with pytest.raises(BriefingError, match="no such folder"):
        briefing.corpus.read(tmp_path / "nowhere", progress=False)
    write(tmp_path / "list.txt", "bread\n")
    alone = briefing.corpus.read(tmp_path, processes=1, progress=False)
    assert len(alone.turns) == 0
    assert [*alone.turns.columns[:14]] == [*TURNS.columns]


def test_a_process_that_dies_costs_one_file(tmp_path):
    for i in range(4):
        write(tmp_path / f"{i}.txt", TALK.format(year=2020))
    with Workers(2) as workers:
        parts = each_batch(workers, read_or_die, packed(str(tmp_path), members(tmp_path)))
        status = {row["path"]: row["status"] for part in parts for row, _ in part}

    assert status == {"0.txt": "read", "1.txt": "read", "2.txt": "crashed", "3.txt": "read"}


def test_workers_give_results_in_order_and_say_how_they_died():
    with Workers(2) as workers:
        got = [result for _, result in workers.map(abs, [-3, 2, -1])]
        crash = next(workers.map(os._exit, [7]))[1]
        with pytest.raises(TypeError):
            list(workers.map(abs, ["a"]))
    assert got == [3, 2, 1]
    assert isinstance(crash, Crash)
    assert "code 7" in str(crash)


def test_a_script_needs_no_main_guard(tmp_path, root):
    write(tmp_path / "in/a.txt", TALK.format(year=2020))
    script = write(
        tmp_path / "script.py",
        "import briefing\nprint(len(briefing.corpus.read('in', progress=False).turns))\n",
    )
    done = subprocess.run(
        [sys.executable, script], cwd=tmp_path, env=os.environ | {"PYTHONPATH": str(root)},
        capture_output=True, text=True, timeout=60,
    )  # fmt: skip
    assert (done.stdout, done.stderr) == ("3\n", "")


# A folder as a data set


def test_a_corpus_holds_the_turns_of_the_folder_row_for_row(found, built):
    keys = ["briefing_id", "turn_id"]
    stored = briefing.corpus.load(built).sort_values(keys, ignore_index=True)
    expected = found.turns.sort_values(keys, ignore_index=True)

    assert len(stored) == len(expected) > 100
    assert {"language", "written"} <= {*stored} and stored["written"].any()
    pd.testing.assert_frame_equal(stored.drop(columns="year"), expected)
    assert stored.attrs == expected.attrs


def test_the_counts_are_those_of_the_tokens(found, built):
    spaced = found.turns[found.turns["n_words"].notna()]
    tokens = briefing.tokenize(spaced)
    by = ["briefing_id", "speaker", "role", "person", "outlet", "token"]
    expected = tokens.groupby(by, observed=True, dropna=False).agg(
        n=("token", "size"), n_turns=("turn_id", "nunique")
    )
    counts = briefing.corpus.load(built, table="counts")
    got = counts.set_index(by)[["n", "n_turns"]].sort_index()

    assert counts["n"].sum() == spaced["n_words"].sum() == len(tokens)
    key = [
        *zip(
            *[got.index.get_level_values(i).astype("object").fillna("-") for i in range(len(by))],
            strict=True,
        )
    ]
    exp = [
        *zip(
            *[
                expected.index.get_level_values(i).astype("object").fillna("-")
                for i in range(len(by))
            ],
            strict=True,
        )
    ]
    assert dict(zip(key, got.to_numpy().tolist(), strict=True)) == dict(
        zip(exp, expected.to_numpy().tolist(), strict=True)
    )


def test_selections_are_what_pandas_would_select(built):
    counts = briefing.corpus.load(built, table="counts")
    some = briefing.corpus.load(built, year=[2020, 2021], role="official", table="counts")
    undated = briefing.corpus.load(built, year=None, table="counts")

    assert (
        len(some) == (counts["year"].isin([2020, 2021]) & (counts["role"] == "official")).sum() > 0
    )
    assert undated["year"].isna().all()
    assert len(undated) == counts["year"].isna().sum() > 0
    assert briefing.corpus.load(built, series="other")["briefing_id"].unique().tolist() == [
        "other/talk"
    ]
    assert (
        len(briefing.corpus.load(built, speaker=None))
        == briefing.corpus.load(built)["speaker"].isna().sum()
    )
    with pytest.raises(BriefingError, match="no column 'rule'"):
        briefing.corpus.load(built, rule="official", table="counts")


def test_the_report_of_a_corpus_is_the_folder_s(found, built):
    pd.testing.assert_frame_equal(briefing.corpus.load(built, table="report"), found.report)
    assert pd.read_csv(built / "report.csv")["path"].tolist() == found.report["path"].tolist()


def test_turns_of_any_parquet_are_counted_as_those_of_a_corpus(found, built, tmp_path):
    spaced = found.turns[found.turns["n_words"].notna()]
    spaced[["speaker", "role", "text"]].to_parquet(tmp_path / "turns.parquet", row_group_size=50)
    for function, by in ((briefing.corpus.words, "role"), (briefing.corpus.shares, "speaker")):
        pd.testing.assert_frame_equal(
            function(tmp_path / "turns.parquet", by=by), function(built, by=by)
        )
    words = briefing.corpus.words(built, by="role", top=1).set_index("role")
    counted = briefing.tokenize(spaced).groupby("role", observed=True)["token"]
    assert words["n"].to_dict() == counted.agg(lambda t: t.value_counts().iloc[0]).to_dict()
    with pytest.raises(BriefingError, match="no column 'rule'"):
        briefing.corpus.words(built, by="rule")


def test_short_turns_of_any_parquet_are_cut_as_the_rest_of_their_briefing(tmp_path):
    said = [
        "Le conseil a décidé que l'usine ouvre en mai et qu'il n'y aura pas d'autre réunion. "
        "Nous avons écrit à tous les habitants, et ils nous ont répondu que cela leur convient, "
        "mais que la route est trop étroite pour les camions qui viennent de la gare.",
        "C'est qu'il l'a dit.",
    ]
    turns = pd.DataFrame({"briefing_id": "a", "turn_id": [1, 2], "speaker": ["Lou", "Max"]})
    turns["text"] = said
    turns.to_parquet(tmp_path / "turns.parquet")
    shares = briefing.corpus.shares(tmp_path / "turns.parquet", by="speaker").set_index("speaker")
    assert shares["n_words"].to_dict() == {"Lou": 51, "Max": 7}


def test_anybody_s_parquet_reader_reads_it(built):
    table = pd.read_parquet(built / "counts", filters=[("role", "==", "official")])
    assert len(table) == len(briefing.corpus.load(built, role="official", table="counts"))


# Built again


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """Some small files, in groups of one or two."""
    monkeypatch.setattr(groups, "TARGET", 4_000)
    return fill(tmp_path / "in", [name for name in LAYOUTS if name != "docx"][:14])


def build(folder, out):
    return briefing.corpus.build(folder, out, processes=1, progress=False)


def test_a_second_build_reads_nothing_and_writes_no_table(folder, tmp_path):
    first = build(folder, tmp_path / "out")
    before, bytes_before = times(tmp_path / "out"), tree(tmp_path / "out")
    second = build(folder, tmp_path / "out")

    assert first.n_read_now == first.n_files == 14
    assert second.n_read_now == second.n_removed == 0
    assert times(tmp_path / "out") == before
    assert tree(tmp_path / "out") == bytes_before


def test_only_what_is_new_or_changed_is_read_and_what_is_gone_goes(folder, tmp_path):
    out = tmp_path / "out"
    build(folder, out)
    before = times(out)
    write(folder / "series-0/2031/new.txt", TALK.format(year=2031))
    changed, *_, gone = sorted(folder.rglob("*.txt"))
    changed.write_text(
        changed.read_text(encoding="utf-8") + "\n\nMS. MARLOW: One more thing.\n", "utf-8"
    )
    gone.unlink()
    corrected = sorted(folder.rglob("*.txt"))[4]
    write(Path(f"{corrected}.corrections.toml"), 'text_status = "edited"\n')
    again = build(folder, out)

    assert again.n_read_now == 3
    kept = {path for path, at in times(out).items() if before.get(path) == at}
    assert kept, "groups without a change are not written again"
    build(folder, tmp_path / "fresh")
    assert tree(out) == tree(tmp_path / "fresh")


def test_what_is_damaged_or_missing_is_made_again(folder, tmp_path):
    out = tmp_path / "out"
    build(folder, out)
    whole = tree(out)
    first, second, *_ = sorted((out / "turns").rglob("*.parquet"))
    first.unlink()
    sorted((out / "report").glob("*.parquet"))[-1].write_bytes(b"no parquet")
    write(second.with_name(".x.parquet.part"), "unfinished")
    build(folder, out)

    assert tree(out) == whole


def test_another_version_of_the_code_reads_everything_again(folder, tmp_path, monkeypatch):
    build(folder, tmp_path / "out")
    monkeypatch.setattr(groups, "FORMAT", 0)
    assert build(folder, tmp_path / "out").n_read_now == 14
    counts = briefing.corpus.load(tmp_path / "out", table="counts")
    assert not counts.duplicated(
        ["briefing_id", "speaker", "role", "person", "outlet", "token"]
    ).any()


def test_a_file_more_leaves_the_other_groups_alone(folder):
    def names():
        found = groups.keyed(str(folder), members(folder), "made by")
        return {group.name for group in groups.grouped(found)}

    before = names()
    write(folder / "series-1/2001/07x.txt", TALK.format(year=2001))
    assert len(before) > 4
    assert len(before - names()) <= 1


@pytest.mark.slow
def test_killed_at_ten_random_moments_the_result_is_that_of_an_undisturbed_build(tmp_path, root):
    folder, rng = fill(tmp_path / "in"), random.Random(10)
    command = [sys.executable, "-c", SMALL_GROUPS, str(folder)]
    begun = time.monotonic()
    subprocess.run([*command, tmp_path / "whole"], cwd=root, check=True, timeout=100)
    lasts, whole = time.monotonic() - begun, tree(tmp_path / "whole")
    out, partly = tmp_path / "out", 0
    for moment in range(10):
        before = times(out)
        done = {p: at for p, at in before.items() if p.parent.name == "report"}
        build = subprocess.Popen([*command, out], cwd=root)
        if moment % 2:
            time.sleep(rng.uniform(0, lasts))
        else:  # in the midst of writing, however slow the machine
            while build.poll() is None and len(times(out)) <= len(before):
                time.sleep(0.002)
            time.sleep(rng.uniform(0, 0.05))
        build.kill()
        build.wait()
        assert {p: at for p, at in times(out).items() if p in done} == done, "done once"
        if Store(out).note().get("complete"):
            assert tree(out) == whole
            shutil.rmtree(out)
        partly += len(times(out)) > 0
    assert partly >= 3
    subprocess.run([*command, out], cwd=root, check=True, timeout=100)

    assert tree(out) == whole


def test_an_unfinished_corpus_is_not_read(built, tmp_path):
    shutil.copytree(built, tmp_path / "half")
    Store(tmp_path / "half").write_note(complete=False)
    with pytest.raises(BriefingError, match="run it again"):
        briefing.corpus.load(tmp_path / "half", table="counts")
    with pytest.raises(BriefingError, match="no corpus"):
        briefing.corpus.load(tmp_path, table="counts")


# What it refuses


@pytest.mark.parametrize(
    ("source", "out", "says"),
    [
        ("in", "in/out", "lie in one another"),
        ("in", ".", "lie in one another"),
        ("in", "others", "is not a corpus and not empty"),
        ("in", "in.txt", "is a file"),
        ("nothing", "out", "no file in this folder"),
        ("nowhere", "out", "no such folder"),
    ],
)  # fmt: skip
def test_a_wrong_folder_is_one_line(tmp_path, capfd, source, out, says):
    write(tmp_path / "in/a.txt", TALK.format(year=2020))
    write(tmp_path / "others/mine.txt", "mine")
    write(tmp_path / "in.txt", "mine")
    (tmp_path / "nothing").mkdir()
    assert main(["corpus", "build", str(tmp_path / source), str(tmp_path / out)]) == 2
    said = capfd.readouterr().err
    assert says in said
    assert said.count("\n") == 1
    assert not (tmp_path / "out").exists()


def test_a_full_disk_is_one_line_and_the_next_build_goes_on(tmp_path):
    folder = fill(tmp_path / "in", ["inline upper", "table"])

    def small():
        resource.setrlimit(resource.RLIMIT_FSIZE, (3_000, 3_000))

    command = [sys.executable, "-m", "briefing", "corpus", "build", folder, tmp_path / "out"]
    full = subprocess.run(command, capture_output=True, text=True, timeout=60, preexec_fn=small)
    said = full.stderr.splitlines()[-1]

    assert full.returncode == 2
    assert said.startswith("briefing: cannot write ")
    assert "Traceback" not in full.stderr
    build(folder, tmp_path / "out")
    assert len(briefing.corpus.load(tmp_path / "out")) > 0


def test_no_processes_are_one_line(tmp_path, capfd):
    write(tmp_path / "in/a.txt", TALK.format(year=2020))
    places = [str(tmp_path / "in"), str(tmp_path / "out")]
    assert main(["corpus", "build", *places, "--processes", "0"]) == 2
    assert capfd.readouterr().err == "briefing: 0 processes read nothing; use 1 or more.\n"


def test_two_builds_do_not_write_to_one_place(tmp_path):
    write(tmp_path / "in/a.txt", TALK.format(year=2020))
    (tmp_path / "out").mkdir()
    with alone_in(tmp_path / "out"), pytest.raises(BriefingError, match="another command"):
        build(tmp_path / "in", tmp_path / "out")


def test_a_file_that_changes_during_the_build_is_noticed(folder, tmp_path, monkeypatch):
    real = groups.digest
    monkeypatch.setattr(groups, "digest", lambda data, fix: real(data + b"before", fix))
    with pytest.raises(BriefingError, match="changed during"):
        build(folder, tmp_path / "out")


def test_batches_hold_all_files_in_their_order(folder):
    found = members(folder)
    batches = [*packed("in", found)]
    assert [m for batch in batches for m in batch.members] == found
    assert isinstance(batches[0], Batch)


def test_a_table_of_several_days_is_a_briefing_a_day(tmp_path):
    folder = tmp_path / "talks"
    folder.mkdir()
    head = "date,question,answer,speaker\n"
    rows = [
        f"2026-03-{day:02},Why was boat {day} late?,It was late because of the tide.,Ida Marlow\n"
        for day in (2, 2, 3, 5)
    ]
    (folder / "pairs.csv").write_text(head + "".join(rows), encoding="utf-8")
    one = briefing.read(folder / "pairs.csv")
    assert any("3 days, 2026-03-02 to 2026-03-05" in said for said in one.warnings)
    turns, report = briefing.corpus.read(folder, progress=False)
    ids = [f"pairs/2026-03-0{day}" for day in (2, 3, 5)]
    assert report["briefing_id"].tolist() == turns["briefing_id"].unique().tolist() == ids
    assert report["date"].tolist() == ["2026-03-02", "2026-03-03", "2026-03-05"]
    assert turns.groupby("briefing_id").size().tolist() == [4, 2, 2]
    briefing.corpus.build(folder, tmp_path / "out", progress=False)
    (folder / "more.txt").write_text("Q: Why?\n\nMS. MARLOW: Because of the tide.\n")
    built = briefing.corpus.build(folder, tmp_path / "out", progress=False)
    assert (built.n_files, built.n_read_now) == (2, 1)
    kept = briefing.corpus.load(tmp_path / "out")
    assert {*kept["briefing_id"]} == {"more", *ids}
    assert len(kept) == len(turns) + 2
