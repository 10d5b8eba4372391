"""Who is who across files, and who asks where a label names nobody."""

import csv
import itertools
from hashlib import sha256

import pandas as pd
import pytest

import briefing
from briefing.corpus.people import label_form, people_of, read_people, write_people
from briefing.measures.floor import called, introduced, named

pytestmark = pytest.mark.whole

DIRECT = ("call", "address", "self-introduction")


def talk_of(title, *said):
    return f"---\ntitle: {title}\ndate: 2031-0{len(title) % 9 + 1}-05\n---\n\n" + "\n\n".join(said)


@pytest.fixture
def folder(tmp_path):
    first = talk_of(
        "Briefing by Press Secretary Ida Marlow",
        "MS. MARLOW:  Good morning.  Let's go to Jo Lund at Harbour News.",
        "Q  Why is the quay closed?",
        "MS. MARLOW:  It is old.  Go ahead, Bo.",
        "Q  And the bridge?  Is it old?",
        "MR. TALLOW:  It is new.",
    )
    second = talk_of(
        "Briefing by the Press Secretary",
        "PRESS SECRETARY MARLOW:  Good morning, all.  Next is Jo Lund with Harbour.",
        "Q  Will the ferry run today?",
        "PRESS SECRETARY MARLOW:  It will.",
        "Q  And tomorrow?",
        "MS. TALLOW:  We do not know.",
    )
    (tmp_path / "a.md").write_text(first, encoding="utf-8")
    (tmp_path / "b.md").write_text(second, encoding="utf-8")
    return tmp_path


def test_labels_are_joined_by_title_and_surname_and_never_across_forms_of_address(folder):
    turns, report = briefing.corpus.read(folder, progress=False, processes=1)
    joined = {
        frozenset(label.text for label in person.labels) for person in people_of(turns, report)
    }
    assert {"MS. MARLOW", "PRESS SECRETARY MARLOW"} in joined
    assert {"MR. TALLOW"} in joined
    assert {"MS. TALLOW"} in joined


@pytest.mark.parametrize(("role", "n"), [("official", 1), ("journalist", 2)])
def test_a_journalist_and_an_official_of_one_surname_are_two_people(role, n):
    turns = pd.DataFrame(
        {
            "briefing_id": "a",
            "label": ["JO LUND", "MR. LUND"],
            "speaker": ["Jo Lund", "Mr. Lund"],
            "series": "s",
            "role": [role, "official"],
            "organisation": None,
            "date": "2031-01-05",
        }
    )
    report = pd.DataFrame({"briefing_id": ["a"], "title": [""]})
    assert len(people_of(turns, report)) == n


@pytest.mark.parametrize(
    "label",
    ["Harbour Council", "THE QUAY BOARD", "Union of Pilots", "Two questions", "14 Question", "62"],
)
def test_a_label_of_an_institution_or_a_heading_is_no_person(folder, label):
    said = ("MS. HOUSE:  So have we.", "Q  Why?", "MS. HOUSE:  We were asked to, in May.")
    text = talk_of("A briefing", f"{label}:  We have met.", *said)
    (folder / "c.md").write_text(text, encoding="utf-8")
    turns, report = briefing.corpus.read(folder, progress=False, processes=1)
    names = {each.name for person in people_of(turns, report) for each in person.labels}
    assert "House" in names  # a courtesy title makes a person of any word
    assert not [n for n in names if {*n.casefold().split()} & {*label.casefold().split()}]


def test_the_file_is_applied_and_a_persons_change_holds(folder):
    turns, report = briefing.corpus.read(folder, progress=False, processes=1)
    path = write_people(turns, report, folder)
    again = briefing.corpus.read(folder, progress=False, processes=1).turns
    assert "Ida Marlow" in set(again["person"])
    assert set(again["outlet"].dropna()) == {"Harbour News"}
    path.write_text(path.read_text().replace('"Ida Marlow"', '"Ida M. Marlow"'), encoding="utf-8")
    last = briefing.corpus.read(folder, progress=False, processes=1).turns
    assert "Ida M. Marlow" in set(last["person"])
    with pytest.raises(briefing.BriefingError, match="exists|there"):
        write_people(turns, report, folder)


def test_a_broken_file_says_what_and_where(folder):
    (folder / "people.toml").write_text('[[person]]\nname = "Ida"\n')
    with pytest.raises(briefing.BriefingError, match=r"people\.toml.*labels"):
        read_people(folder)


def test_a_label_of_two_people_is_told_by_dates(tmp_path, folder):
    (folder / "people.toml").write_text(
        '[[person]]\nname = "Old Marlow"\nlabels = ["MS. MARLOW"]\nto = "1999-01-01"\n'
        '[[person]]\nname = "New Marlow"\nlabels = ["Ms. Marlow"]\nfrom = 1999-01-02\n'
    )
    turns = briefing.corpus.read(folder, progress=False, processes=1).turns
    assert set(turns.loc[turns["label"] == "MS. MARLOW", "person"]) == {"New Marlow"}


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("That is all. Go ahead, Bo.", ("Bo", None)),
        ("Bo, go ahead.", ("Bo", None)),
        ("Next question is from Jo Lund at Harbour Radio.", ("Jo Lund", "Harbour Radio")),
        ("Jo Lund, Quay Times.", ("Jo Lund", "Quay Times")),
        ("We work in Lanmere.", (None, None)),
        ("It is over. Thank you, Minister.", (None, None)),
        ("Sure.", (None, None)),
    ],
)
def test_the_call_before_a_question(said, who):
    found = called(said)
    assert (found.person, found.outlet) == who


@pytest.mark.parametrize(
    ("said", "who"),
    [
        ("Thank you. I'm Jo Lund from Harbour Radio. Why?", ("Jo Lund", "Harbour Radio")),
        ("Jo Lund with the Quay Times. Is it old?", ("Jo Lund", "Quay Times")),
        ("我是海风日报记者林乔。为什么？", ("林乔", "海风日报")),
        ("I'm from Lanmere and I wonder.", (None, None)),
        ("Is this from the Ministry of Quays?", (None, None)),
    ],
)
def test_a_self_introduction(said, who):
    found = introduced(said)
    assert (found.person, found.outlet) == who


def test_names_of_turns_marked_by_hand(root, shared):
    path = root / "tests" / "gold" / "named-turns.tsv"
    lines = [line for line in path.read_text().splitlines() if not line.startswith("#")]
    gold = pd.DataFrame(csv.DictReader(lines, delimiter="\t"))
    right = found = there = expected = cut = 0
    for file, rows in itertools.islice(gold.groupby("file"), 0, None, 3):
        folder = shared.parent / ("series" if file.startswith("whitehouse") else "transcripts")
        turns = named(briefing.read(folder / file).turns)
        hashes = [sha256(text.encode()).hexdigest()[:10] for text in turns["text"]]
        turns = turns.assign(hash=hashes).drop_duplicates("hash").set_index("hash")
        cut += int((~rows["hash"].isin(turns.index)).sum())  # turns that are cut otherwise today
        rows = rows[rows["hash"].isin(turns.index)]
        told = turns["person"].where(turns["person_from"].isin(DIRECT)).fillna("")
        expected += turns["person_p"].where(told != "").reindex(rows["hash"]).sum()
        got = told.reindex(rows["hash"]).fillna("").to_numpy()
        want = rows["person"].fillna("").to_numpy()
        right += int(((got == want) & (want != "")).sum())
        found, there = found + int((got != "").sum()), there + int((want != "").sum())
    assert cut <= 0.05 * len(gold) / 3
    assert right / found >= 0.9
    assert right / there >= 0.85
    assert abs(expected - right) / found < 0.1


def test_people_of_a_real_series(shared):
    turns, report = briefing.corpus.read(
        shared.parent / "series" / "whitehouse", progress=False, processes=2
    )
    persons = people_of(turns, report)
    labels = [label_form(label.text) for person in persons for label in person.labels]
    assert len(labels) == len(set(labels))
    together = {frozenset(label.surname for label in person.labels) for person in persons}
    assert all(len(names) == 1 for names in together)
