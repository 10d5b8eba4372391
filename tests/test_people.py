"""Who is who across files, and who asks where a label names nobody."""

import csv
import itertools
import re
import shutil
from hashlib import sha256
from pathlib import Path

import pandas as pd
import pytest

import briefing
from briefing.corpus.people import _key, identify, people_of, read_people, write_people
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


def test_a_first_name_alone_is_the_one_who_is_called_in_full_in_the_same_briefing(folder):
    text = talk_of(
        "A briefing",
        "MS. MARLOW:  Next is Jo Lund with Harbour News.",
        "Q  Why is the quay closed?",
        "MS. MARLOW:  It is old.  Go ahead, Bo.",
        "Q  Is the bridge old?",
        "MS. MARLOW:  No.  Go ahead, Jo.",
        "Q  Is it safe?",
    )
    (folder / "c.md").write_text(text, encoding="utf-8")
    found = named(briefing.read(folder / "c.md").turns)
    assert found["person"].tolist()[1::2] == ["Jo Lund", "Bo", "Jo Lund"]


@pytest.mark.parametrize(
    ("labels", "n"),
    [
        (["BOB TALLOW", "Robert Tallow"], 1),
        (["MARLOW Ida", "Minister Marlow"], 1),
        (["BOB TALLOW", "Bill Tallow"], 2),
    ],
)
def test_short_names_and_surnames_in_capitals(labels, n):
    turns = pd.DataFrame(
        {
            "briefing_id": "a",
            "label": labels,
            "speaker": labels,
            "series": "s",
            "role": "official",
            "organisation": None,
            "date": "2031-01-05",
        }
    )
    report = pd.DataFrame({"briefing_id": ["a"], "title": [""]})
    assert len(people_of(turns, report)) == n


def test_a_broken_file_says_what_and_where(folder):
    (folder / "people.toml").write_text('[[person]]\nname = "Ida"\n')
    with pytest.raises(briefing.BriefingError, match=r"people\.toml.*labels"):
        read_people(folder)


def test_an_outlet_has_one_name_in_a_folder_unless_a_person_gave_another(folder):
    for name, outlet in (("x", "Harbour"), ("y", "Harbour News")):
        said = ["MS. MARLOW:  Next is Jo Lund with Harbour News.", "Q  Why is the quay closed?"]
        text = talk_of("A briefing", *said, "MS. MARLOW:  It is old.")
        (folder / f"{name}.md").write_text(text.replace("Harbour News", outlet), encoding="utf-8")

    def outlets():
        turns = briefing.corpus.read(folder, progress=False, processes=1).turns
        return {*turns.loc[turns["outlet"].notna(), "outlet"]} & {"Harbour", "Harbour News", "HN"}

    assert outlets() == {"Harbour News"}
    (folder / "people.toml").write_text('[[outlet]]\nname = "HN"\nlabels = ["Harbour"]\n')
    assert outlets() == {"HN"}


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
        ("How about Harbour Radio, Jo Lund.", ("Jo Lund", "Harbour Radio")),
        ("Go ahead. Bo, right?", ("Bo", None)),
        ("Of course, Bo.", ("Bo", None)),
        ("Oh, you, Bo. Go ahead.", ("Bo", None)),
        ("With that, Mai Lin, you want to begin?", ("Mai Lin", None)),
        ("Let's go to Jo Lund at 60 Minutes.", ("Jo Lund", "60 Minutes")),
        ("Can we go to Sweden?", (None, None)),
        ("Do you mean in Oslo, Norway?", (None, None)),
        ("We meet soon. Next Wednesday.", (None, None)),
        ("Let's go to Texas.", (None, None)),
        ("We move on. Go ahead, JJ.", ("JJ", None)),
        ("That is the answer. Will, you want to begin?", ("Will", None)),
        ("Sue, nice to see you. Go ahead.", ("Sue", None)),
        ("That is what we do. Now, you know the rest.", (None, None)),
        ("Go ahead, AP.", (None, None)),
        ("The first question is from AP, Ms. Lund.", ("Lund", "AP")),
        ("Yes, Mr. Lund.", ("Lund", None)),
        ("Next. Jo Lund at Harbour Radio. Jo, you are unmuted.", ("Jo Lund", "Harbour Radio")),
        ("We go to Jo from the newspaper Marea.", ("Jo", "Marea")),
        ("Marguerite, can you hear us?", ("Marguerite", None)),
        ("Jo, then Bo, then we are done.", ("Jo", None)),
        ("Boats, then refunds, then cabins.", (None, None)),
        ("Questions, please.", (None, None)),
        ("That was decided in the U.S.", (None, None)),
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
        ("Ana Petrel (phonetic), Marrow, Norway. Why?", ("Ana Petrel", "Marrow")),
        ('Jo Lund, de "El Faro". ¿Por qué?', ("Jo Lund", "El Faro")),
        ("왜 그렇습니까? (바다일보 박지민 기자)", ("박지민", "바다일보")),
        ("Norway, Sweden, Finland. All of them said no.", (None, None)),
        ("Thank you. Ida Lund, Jr. wrote that.", (None, None)),
        ("I'm from Lanmere and I wonder.", (None, None)),
        ("Is this from the Ministry of Quays?", (None, None)),
        ("Jo Lund (phonetic) from the financial newspaper Marea. Why?", ("Jo Lund", "Marea")),
        (
            "Señor portavoz, Ana I. Lund, del diario «El Faro». ¿Por qué?",
            ("Ana I. Lund", "El Faro"),
        ),
        ("Presidents — Jan Lund, on behalf of Marea. Why?", ("Jan Lund", "Marea")),
        ("Yes, Jo Lund, Radio Quay. Why?", ("Jo Lund", "Radio Quay")),
        ("Hola, buenos días. Ana Lund, de El Noticiero. ¿Por qué?", ("Ana Lund", "El Noticiero")),
        ("Rui Lund, do Jornal da Costa. Porquê?", ("Rui Lund", "Jornal da Costa")),
        ("Good morning. I'm Jo Lund, a pilot from Norway. Why?", ("Jo Lund", None)),
        ("I am a reporter with Harbour Radio. Why?", (None, "Harbour Radio")),
        ("북해방송 박지민입니다. 왜 그렇습니까?", ("박지민", "북해방송")),
        ("北海新聞の林です。なぜですか。", ("林", "北海新聞")),
        ("Jo, with Congress away, why?", (None, None)),
        ("Anna, the Senate rejected it. Why?", (None, None)),
        ("Jo Lund from Norway. Why?", (None, None)),
    ],
)
def test_a_self_introduction(said, who):
    found = introduced(said)
    assert (found.person, found.outlet) == who


def table(root, name):
    lines = (root / "tests" / "gold" / name).read_text("utf-8").splitlines()
    rows = csv.DictReader((x for x in lines if not x.startswith("# ")), delimiter="\t")
    return pd.DataFrame(rows).fillna("")


@pytest.fixture(scope="module")
def marked(root, shared, tmp_path_factory):
    """Turns of the files with marks, by people.toml as it is written for them."""
    home = tmp_path_factory.mktemp("marked")
    series = {p.name: p for p in (shared.parent / "series" / "whitehouse").glob("*.md")}
    others = {p.name: p for p in shared.rglob("*") if p.is_file()}
    labels = {*table(root, "people.tsv")["file"], *table(root, "named-turns.tsv")["file"]}
    labels = {file for file in labels if not file.startswith("written/")}
    for file in labels | {f"whitehouse/{name}" for name in series}:
        (home / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy((series | others)[Path(file).name], home / file)
    turns, report = briefing.corpus.read(home, progress=False, processes=2)
    write_people(turns, report, home)
    known = read_people(home)
    rows = [
        row
        for _, part in turns.astype("object").groupby("briefing_id", sort=False)
        for row in identify(part.where(part.notna(), None).to_dict("records"), known)
    ]
    path = report.set_index("briefing_id")["path"]
    hashes = ["#" + sha256(text.encode()).hexdigest()[:10] for text in turns["text"]]
    result = pd.DataFrame(rows).assign(hash=hashes)
    return result.assign(file=result["briefing_id"].map(path))


@pytest.mark.slow  # reads a series, as do the next
def test_labels_and_self_introductions_of_one_person_are_merged(root, marked):
    gold = table(root, "people.tsv")
    shown = marked["label"].map(lambda label: " ".join(str(label).split()).casefold())
    by = {
        (file, key): person
        for keys in (shown, marked["hash"])
        for file, key, person in zip(marked["file"], keys, marked["person"], strict=True)
    }
    got = [by.get((file, label.casefold())) for file, label in gold[["file", "label"]].to_numpy()]
    same, merged = (
        {
            (i, j)
            for i, j in itertools.combinations(range(len(who)), 2)
            if who[i] and who[i] == who[j]
        }
        for who in ([*gold["person"]], got)
    )
    assert len(gold) >= 150
    assert len(same & merged) / len(merged) >= 0.98
    assert len(same & merged) / len(same) >= 0.9


@pytest.mark.slow
@pytest.mark.parametrize(("column", "least"), [("person", 0.95), ("outlet", 0.95)])
def test_names_of_turns_marked_by_hand(root, marked, column, least):
    gold = table(root, "named-turns.tsv")
    gold = gold[gold["drawn_from"].str.startswith("unseen") & gold["file"].isin(marked["file"])]
    told = marked[column].where(marked[f"{column}_from"].isin(DIRECT)).fillna("")
    keys = zip(marked["file"], marked["hash"], strict=True)
    by = dict(zip(keys, told, strict=True))
    rows = gold[["file", "hash", column]].to_numpy()
    pairs = [(by[f, f"#{h}"], want) for f, h, want in rows if (f, f"#{h}") in by]
    right = sum(bool(a and b and alike(a, b)) for a, b in pairs)
    assert len(pairs) >= 150
    assert right / sum(bool(a) for a, _ in pairs) >= least
    assert right / sum(bool(b) for _, b in pairs) >= 0.9


@pytest.mark.slow
def test_names_of_turns_of_invented_texts(root, tmp_path):
    gold = table(root, "named-turns.tsv")
    gold = gold[gold["drawn_from"].eq("written unseen")]
    for file in gold["file"].unique():
        name = file.removeprefix("written/")
        marked = (root / "tests" / "training" / "written" / f"{name}.marked").read_text("utf-8")
        source = re.sub(r"(?m)^#:.*\n|⟦[^⟦⟧]*⟧|[⟨⟩]", "", marked)
        (tmp_path / name).write_text(source, encoding="utf-8")
    turns = named(briefing.corpus.read(tmp_path, progress=False, processes=2).turns)
    hashes = (sha256(text.encode()).hexdigest()[:10] for text in turns["text"])
    at = dict(zip(hashes, turns.itertuples(), strict=True))
    for column, least, most in (("person", 0.9, 0.6), ("outlet", 0.9, 0.65)):
        there = [(at[h], want) for h, want in gold[["hash", column]].to_numpy() if h in at]
        told = [
            (getattr(t, column) if getattr(t, f"{column}_from") in DIRECT else "", want)
            for t, want in there
        ]
        right = sum(bool(a and b and alike(a, b)) for a, b in told)
        assert len(told) >= 140
        assert right / sum(bool(a) for a, _ in told) >= least
        assert right / sum(bool(b) for _, b in told) >= most


def alike(a, b):
    """*Jo*, *Jo Lund*; *Harbour*, *Harbour News*."""
    return a.startswith(b) or b.startswith(a) or _key(a) == _key(b)
