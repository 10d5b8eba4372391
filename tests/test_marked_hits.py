"""What the lists find in real transcripts, as one marker judged it: offsets and verdicts only.

Columns of the hits: file, hash (of the turn's text, the first ten digits of its SHA-256), start, stop, list or topic, entry, verdict (1 right, 0 wrong),
marker (who marked), sample. `final`: drawn after the list was last changed; `earlier`: before,
so that the list was changed in view of it; `making`: read while the list was made. Of the
sentences all topics that they speak of are marked, whether found or not.
"""

import re
from hashlib import sha256

import numpy as np
import pandas as pd
import pytest

import briefing
from briefing.words.rates import wilson

pytestmark = pytest.mark.whole

DIGITAL = "000_16d432a769277b33.txt"  # the one marked briefing that is on digital policy
LISTS = {
    "hedges": "hedges.txt",
    "boosters": "boosters.txt",
    "possibility": "modals-possibility.txt",
    "necessity": "modals-necessity.txt",
    "prediction": "modals-prediction.txt",
    "obligation": "obligation.txt",
}
DICTIONARY = "topics-digital-policy.toml"
FILES = ["stance", "digital-policy-hits", "digital-policy-sentences"]
CUT = 0.02  # of the marks, at most, may stand in turns that are cut otherwise today


def marked(root, name):
    return pd.read_csv(root / "tests" / "marked_hits" / f"{name}.tsv", sep="\t")


def header(root, name):
    """The remarks at the top of a list, on one line."""
    text = (root / "briefing" / "lexicons" / name).read_text(encoding="utf-8")
    lines = re.match(r"(?:#.*\n)+", text)[0].splitlines()
    return " ".join(line.lstrip("# ") for line in lines)


def precision(marks):
    right, n = int(marks["verdict"].sum()), len(marks)
    low, high = wilson(right, n)
    return f"{right} of {n} hits, {right / n:.2f} ({low:.2f} to {high:.2f})"


def recall(sentences, level=0.95, n=2000, seed=1):
    """Share of the topics spoken of that are found, each sentence standing for its stratum."""
    rng = np.random.default_rng(seed)
    sums = np.zeros((n + 1, 2))
    for _, stratum in sentences.groupby("stratum"):
        size = len(stratum)
        counts = rng.multinomial(size, np.full(size, 1 / size), size=n)
        counts = np.vstack([np.ones(size), counts])  # the first row is the sample itself
        weight = stratum["n_stratum"].iloc[0] / size
        sums += weight * counts @ stratum[["n_found", "n_topics"]].to_numpy(float)
    share = sums[:, 0] / sums[:, 1]
    low, high = np.quantile(share[1:], [(1 - level) / 2, (1 + level) / 2])
    return f"{share[0]:.2f} ({low:.2f} to {high:.2f})"


@pytest.fixture(scope="session")
def talks(shared, root):
    """The transcripts that were marked, by the name of their file."""
    names = set().union(*(marked(root, name)["file"] for name in FILES))
    paths = {path.name: path for path in shared.rglob("*") if path.name in names}
    assert set(paths) == names
    return {name: briefing.read(path) for name, path in sorted(paths.items())}


@pytest.fixture(scope="session")
def marks(root, talks):
    """What was marked, by name, with the turn of today; without turns that are cut otherwise."""
    turns = pd.concat([talk.turns.assign(file=name) for name, talk in talks.items()])
    hashes = [sha256(text.encode()).hexdigest()[:10] for text in turns["text"]]
    today = turns.assign(hash=hashes)[["file", "hash", "turn_id"]].drop_duplicates(["file", "hash"])
    return {name: marked(root, name).merge(today, on=["file", "hash"]) for name in FILES}


@pytest.fixture(scope="session")
def stance_found(talks):
    hits = [
        briefing.wording.stance(talk.tokens, hits=True).assign(file=name)
        for name, talk in talks.items()
    ]
    return pd.concat(hits, ignore_index=True).rename(columns={"category": "list"})


@pytest.fixture(scope="session")
def topics_found(talks):
    hits = [
        briefing.topics.frequency(talk.tokens, "digital-policy", hits=True).assign(file=name)
        for name, talk in talks.items()
    ]
    return pd.concat(hits, ignore_index=True)


@pytest.fixture(scope="session")
def sentences(marks, topics_found):
    """The marked sentences, with how many topics they speak of and how many of these are found."""
    table = marks["digital-policy-sentences"].fillna({"topics": ""})
    spoken = [set(topics.split(",")) - {""} for topics in table["topics"]]
    at = table.reset_index(names="row")
    hits = at.merge(topics_found, on=["file", "turn_id"], suffixes=("", "_hit"))
    hits = hits[(hits["start_hit"] >= hits["start"]) & (hits["stop_hit"] <= hits["stop"])]
    found = hits.groupby("row")["topic"].agg(lambda topics: set(topics.astype("str")))
    n_found = [len(of & found.get(row, set())) for row, of in enumerate(spoken)]
    return table.assign(n_topics=[len(of) for of in spoken], n_found=n_found)


def still_found(marks, hits, key):
    """The marked hits that the present list finds."""
    keys = ["file", "turn_id", "start", "stop", key]
    return marks.merge(hits[keys].astype({key: "str"}).drop_duplicates(), on=keys)


def topic_figures(marks, sentences):
    """What the dictionary's header says of it, one line each."""
    fresh, digital = marks[marks["sample"] == "final"], marks[marks["file"] == DIGITAL]
    here = sentences["file"] == DIGITAL
    yield f"Precision in a fresh sample: {precision(fresh)}"
    yield f"Precision in all marked hits: {precision(marks)}"
    yield f"of which in the briefing on digital policy: {precision(digital)}"
    yield f"in the others: {precision(marks[marks['file'] != DIGITAL])}"
    yield f"Weighted recall: {recall(sentences)}"
    yield f"in the briefing on digital policy: {recall(sentences[here])}"
    yield f"in the others: {recall(sentences[~here])}"
    for topic, of_topic in marks.groupby("topic"):
        yield f"{topic}: {precision(of_topic)}"


@pytest.mark.parametrize("name", LISTS)
def test_the_header_of_a_stance_list_prints_the_precision_that_its_marks_give(
    root, marks, stance_found, name
):
    of_list = marks["stance"].query("list == @name and sample == 'final'")
    present = still_found(of_list, stance_found, "list")
    assert len(present) >= 30
    assert f"Precision: {precision(present)}" in header(root, LISTS[name])


def test_no_stance_list_gives_up_what_was_marked_right_after_its_last_change(marks, stance_found):
    right = marks["stance"].query("sample == 'final' and verdict == 1")
    assert len(still_found(right, stance_found, "list")) == len(right)


def test_nearly_all_marked_turns_are_cut_as_they_were(root, marks):
    for name in FILES:
        assert len(marks[name]) >= (1 - CUT) * len(marked(root, name))


def test_the_header_of_the_dictionary_prints_the_figures_that_its_marks_give(
    root, marks, topics_found, sentences
):
    present = still_found(marks["digital-policy-hits"], topics_found, "topic")
    text = header(root, DICTIONARY)
    missing = [line for line in topic_figures(present, sentences) if line not in text]
    assert missing == []


def test_a_hundred_hits_of_each_family_and_a_hundred_sentences_without_a_hit_were_marked(
    root, marks, topics_found, sentences
):
    of_list = marked(root, "stance").groupby("list").size()
    assert of_list[["hedges", "boosters", "obligation"]].min() >= 100
    assert of_list[["possibility", "necessity", "prediction"]].sum() >= 100
    assert len(still_found(marks["digital-policy-hits"], topics_found, "topic")) >= 100
    assert (sentences["stratum"] == "other-none").sum() >= 100


def test_marks_are_offsets_into_turns_and_hold_no_text(root, marks, talks):
    names = set(briefing.topics.read("digital-policy").names)
    hits = marked(root, "digital-policy-hits")
    assert set(hits["topic"]) <= names
    assert (
        set(",".join(marked(root, "digital-policy-sentences")["topics"].dropna()).split(","))
        <= names
    )
    assert set(hits["verdict"]) == set(marked(root, "stance")["verdict"]) == {0, 1}
    for name in FILES:
        table = marked(root, name)
        assert not {"text", "left", "right"} & set(table.columns)
        keys = [c for c in ("file", "hash", "start", "list", "topic") if c in table]
        assert not table.duplicated(keys).any()
        for row in marks[name].itertuples():
            turns = talks[row.file].turns
            text = turns.loc[turns["turn_id"] == row.turn_id, "text"].item()
            assert 0 <= row.start < row.stop <= len(text)


def test_the_recall_of_a_sample_that_is_the_whole_is_its_plain_share():
    table = pd.DataFrame(
        {"stratum": "one", "n_stratum": 4, "n_topics": [1, 1, 2], "n_found": [1, 0, 2]}
    )
    assert recall(table).startswith("0.75 (")
    heavy = pd.concat([table, table.assign(stratum="two", n_stratum=396, n_found=0)])
    assert recall(heavy).startswith("0.01 (")
