"""How sure a reading is: what is no transcript is refused, what is odd is doubtful, the rest is sure."""

from __future__ import annotations

import csv
import io
from importlib.metadata import files
from pathlib import Path

import pytest

import briefing
from briefing.parse.confidence import REFUSED, SURE
from briefing.tables import BriefingError
from briefing.transcript import parse

ROOT = Path(__file__).parents[1]

TURNS = [
    (
        "Ida Marlow",
        "Good morning. The new lock is ready, and I will take your questions on it now.",
    ),
    ("Jo Petrel", "When does the lock open, and who will be the first to use it?"),
    (
        "Ida Marlow",
        "It opens in May, once the river has gone down far enough. The ferries will go first.",
    ),
    ("Sam Teal", "Who pays for the gates? We heard that there is no money left."),
    (
        "Ida Marlow",
        "The province pays for all of them, as it always has. The money has been set aside.",
    ),
    ("Jo Petrel", "Will the old quay stay open until then?"),
    ("Ida Marlow", "It will, from six in the morning until ten at night, and on Sundays too."),
    ("Sam Teal", "And what will become of the two old cranes?"),
    ("Ida Marlow", "One of them goes to the museum. We have not decided on the other yet."),
    ("Jo Petrel", "Do you regret anything in how this was done?"),
    (
        "Ida Marlow",
        "I would have begun a year earlier. Apart from that I would do it all again. Thank you.",
    ),
]


def printed(
    form: str = "{}: {}", turns: list[tuple[str, str]] = TURNS, between: str = "\n\n"
) -> str:
    return between.join(form.format(who, text) for who, text in turns)


def confidence(text: str, name: str = "text") -> float:
    """From 0 to 1; 0 where it is refused."""
    try:
        return parse(text, name=name).confidence
    except BriefingError:
        return 0.0


def status(text: str, name: str = "text") -> str:
    try:
        return parse(text, name=name).status
    except BriefingError:
        return "refused"


UNANNOUNCED = "\n\n".join([*(text for _, text in TURNS[:4] * 2), printed(turns=TURNS[:6])])


def asked(label: str = "Q") -> list[tuple[str, str]]:
    return [(label if who != "Ida Marlow" else who.upper(), text) for who, text in TURNS]


# Sure


@pytest.mark.parametrize("form", ["{}: {}", "[{}] {}", "{}\n{}", "{} – {}", "{}:\n{}", "{}. {}"])
def test_a_plain_conversation_is_stood_by(form):
    assert status(printed(form)) == "sure"


@pytest.mark.parametrize("label", ["Q", "QUESTION", "Reporter", "Journalist"])
def test_so_is_a_press_conference_whose_journalists_have_no_names(label):
    assert status(printed(turns=asked(label))) == "sure"


@pytest.mark.parametrize("form", ["**{}:** {}", "### {}\n\n{}", "**{}**\n\n{}"])
def test_so_is_one_in_markdown(form):
    assert status(printed(form), "talk.md") == "sure"


def test_the_two_borders_are_a_half_and_most():
    assert REFUSED == 0.5 < SURE < 1


# Refused

PROSE = {
    "a report": " ".join(text for _, text in TURNS if "?" not in text) + "\n\n" + "The lock was built in 1961. It has leaked ever since.\n\n" * 5,
    "one line": "The lock opens in May.",
    "a list": "\n".join(f"- {text}" for _, text in TURNS[::2]),
    "a recipe": "Ingredients:\n\n200 g flour\n2 eggs\n\nMethod:\n\nMix the flour with the eggs. Bake for an hour.\n\nServes: four\n",
    "settings": "name: lock\nopen: May\nwidth: 12\nowner: harbour office\ngates: 2\ncolour: grey\n",
    "a letter": "Dear Ms. Marlow,\n\nThank you for your letter of 3 May. I have read it with care, and I cannot agree.\n\nYours, Jo Petrel\n",
    "headings": "\n\n".join(f"Chapter {n}\n\n{text}" for n, (_, text) in enumerate(TURNS[::2], 1)),
    "a table of contents": "\n".join(f"{text[:20]} ........ {n * 7}" for n, (_, text) in enumerate(TURNS)),
    "a log": "\n".join(f"2026-03-02 10:0{n % 10}:00 INFO lock: gate {n} closed" for n in range(30)),
    "a programme": "\n".join(f"{9 + n}:00 {text[:30]}" for n, (_, text) in enumerate(TURNS)),
    "code": "\n".join(f"def gate_{n}(x):\n    if x: return {n}\n    else: raise ValueError(x)\n" for n in range(10)),
    "an address book": "\n\n".join(f"Name: {who} {n}\nPhone: 555-01{n:02}\nOffice: Old Quay" for n, (who, _) in enumerate(TURNS)),
}  # fmt: skip


@pytest.mark.parametrize("what", PROSE)
def test_a_text_without_turns_is_refused(what):
    assert status(PROSE[what]) == "refused"


def test_a_refusal_says_what_was_seen_and_what_to_do():
    with pytest.raises(BriefingError) as caught:
        parse(PROSE["a report"], name="report.txt")
    assert "report.txt" in str(caught.value) and "--label" in str(caught.value)


PACKAGES = (
    "numpy",
    "pandas",
    "matplotlib",
    "nltk",
    "lxml",
    "pypdf",
    "scipy",
    "jupyterlab",
    "ipython",
    "pytest",
)
LARGEST = 200_000  # bytes of a file that is tried
EACH = 8  # files of a package
MOST_READ = 0.08  # of them, doubtful: six of 92, half of which the weights had seen


def papers() -> list[Path]:
    """What no transcript is: READMEs, licences, lists and data of this project and of others."""
    ours = [
        *ROOT.glob("*.md"),
        ROOT / "LICENSE",
        ROOT / "CITATION.cff",
        ROOT / "environment.yml",
        ROOT / "Makefile",
    ]
    ours += [
        *(ROOT / "data").glob("*.toml"),
        *(ROOT / "data").glob("*.md"),
        ROOT / "tests" / "marked_sentences.txt",
    ]
    ours += sorted((ROOT / "briefing" / "lexicons").glob("*.txt"))[:20]
    kinds = (
        ".md",
        ".rst",
        ".txt",
        ".csv",
        ".json",
        ".toml",
        ".cfg",
        ".html",
        ".xml",
        ".tsv",
        "METADATA",
        "RECORD",
        "LICENSE",
    )
    found = [path for path in ours if path.exists()]
    for package in PACKAGES:
        listed = [
            Path(str(one.locate()))
            for one in files(package) or ()
            if one.name.endswith(kinds) and (one.size or 0) > 200
        ]
        listed = [path for path in listed if path.exists() and path.stat().st_size < LARGEST]
        first = {path.suffix or path.name: path for path in reversed(listed)}  # one of each kind
        found += [*dict.fromkeys([*first.values(), *listed])][:EACH]
    return found


@pytest.mark.whole
def test_readmes_licences_and_data_are_refused_and_never_stood_by():
    read: dict[str, str] = {}
    for path in papers():
        try:
            talk = briefing.read(path)
        except BriefingError:
            continue
        read[f"{path.parent.name}/{path.name}"] = f"{talk.status} {talk.confidence:.2f}"
    assert len(papers()) > 80
    assert [name for name, how in read.items() if how.startswith("sure")] == []
    assert len(read) <= MOST_READ * len(papers()), read


# Doubtful


def test_a_press_conference_in_which_nobody_answers_is_not_stood_by():
    assert status(printed(turns=[turn for turn in asked() if turn[0] == "Q"])) != "sure"


def test_nor_is_one_person_who_speaks_all_the_time():
    assert status(printed(turns=[turn for turn in TURNS if turn[0] == "Ida Marlow"])) != "sure"


def test_half_of_the_labels_lost_lower_it():
    half = [turn if n % 4 < 2 else ("", turn[1]) for n, turn in enumerate(TURNS)]
    text = "\n\n".join(f"{who}: {said}" if who else said for who, said in half)
    assert confidence(text) < confidence(printed())


def test_speech_in_front_that_no_label_announces_lowers_it():
    assert confidence(UNANNOUNCED) < confidence(printed())


def table(names: dict[str, str]) -> str:
    out = io.StringIO()
    csv.writer(out).writerows([("speaker", "text"), *((names[who], text) for who, text in TURNS)])
    return out.getvalue()


PEOPLE = [*dict.fromkeys(who for who, _ in TURNS)]


def test_a_table_with_names_is_stood_by():
    assert status(table({who: who for who in PEOPLE}), "talk.csv") == "sure"


def test_numbers_as_speakers_are_no_surer_than_names():
    numbers = table({who: str(n) for n, who in enumerate(PEOPLE)})
    assert confidence(numbers, "talk.csv") <= confidence(
        table({who: who for who in PEOPLE}), "talk.csv"
    )


def test_a_column_of_measurements_is_no_column_of_speakers():
    rows = [("speaker", "text"), *((f"{n * 3.7:.2f}", text) for n, (_, text) in enumerate(TURNS))]
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    read = briefing.parse(out.getvalue(), name="talk.csv")
    assert read.turns["label"].isna().all()


def test_what_a_person_checked_is_sure(tmp_path):
    path = tmp_path / "talk.txt"
    path.write_text(UNANNOUNCED, encoding="utf-8")
    (tmp_path / "talk.txt.corrections.toml").write_text("checked = true\n", encoding="utf-8")
    assert status(UNANNOUNCED) != "sure"
    assert briefing.read(path).status == "sure"


def test_a_label_that_a_person_gives_is_taken_where_all_would_be_refused():
    two = "Harbour ^ Good morning.\n\nQuay ^ Is it late, and why is it?\n\nHarbour ^ It is, as you see.\n"
    assert status(two) == "refused"
    assert len(parse(two, labels=["Harbour ^", "Quay ^"]).turns) == 3


def test_licences_are_refused_in_which_nobody_asks_and_no_label_is_likelier_than_not():
    """The licences that come with the packages here: definitions, and headings with a full stop."""
    names = ("overrides", "playwright", "prometheus_client", "tornado", "regex")
    known = [
        path.locate()
        for name in names
        for path in files(name) or ()
        if path.name.startswith("LICENSE") and "dist-info" in str(path)
    ]
    assert known
    assert {path: confidence(path.read_text("utf-8")) for path in known} == dict.fromkeys(known, 0)


@pytest.mark.parametrize(
    ("asker", "asks"),
    [("記者", "港はいつ開くのでしょうか。"), ("记者", "请问港口什么时候开放。"), ("Q", "Tell us when it opens.")],
)  # fmt: skip
def test_somebody_asks_without_a_question_mark_too(asker, asks):
    talk = f"{asker}: {asks}\n\nMARLOW: It opens in May, once the river has gone down.\n\n" * 8
    assert status(talk) == "sure"


def test_a_list_of_what_is_said_of_things_is_not_sure():
    talk = "".join(
        f"Pier {n}: It was built of stone, and it lies in the bay.\n\n" for n in range(3)
    )
    people = "".join(f"{who} MARLOW: The pier is of stone.\n\n" for who in ("ANN", "BEN", "CY"))
    for text in (talk, people * 4):
        try:
            assert status(text) != "sure"
        except BriefingError:
            pass
