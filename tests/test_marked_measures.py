"""How often the measures of wording are right, on text that was marked before it was measured.

The marks in tests/marked_hits are offsets and verdicts; a turn is known by its file and the first
ten digits of the SHA-256 of its text. Samples: `fresh`, drawn and marked after the rules were made;
`seen`, fresh when it was measured, then looked into; `mended`, from which the rules were mended.
docs/methods/lists.md prints the counts, which must be those of today: a test that fails gives the
row to print.
"""

from hashlib import sha256
from itertools import groupby

import numpy as np
import pandas as pd
import pytest

import briefing
from briefing.course.lesson import tried
from briefing.measures.asking import find_parts, plain
from briefing.measures.coding import cohen_kappa
from briefing.measures.numbers import numbers
from briefing.measures.phrases import binomials
from briefing.measures.quantities import enumerations
from briefing.measures.questions import INDICATORS, design
from briefing.measures.replies import non_replies
from briefing.measures.wording import agency, stance
from briefing.tables import data
from briefing.words.rates import wilson
from briefing.words.tokens import sentences, tokenize

pytestmark = pytest.mark.slow  # reads sixty real transcripts and a series

NAMES = [
    "question-parts", "non-replies", "wordings", "enumerations", "agency", "reports",
    "question-indicators", "negative-questions", "binomials", "agency-abroad",
]  # fmt: skip
AGENCY = {
    "passive": "passives without agent",
    "passive-by": "passives with agent",
    "nominalisation": "nominalisations",
    "report": "reports",
}
LANGUAGES = {"es": "Spanish", "fr": "French", "zh": "Chinese"}
NEAR = 25  # characters between where a part was marked and where it is found


def marks(root, name):
    return pd.read_csv(
        root / "tests" / "marked_hits" / f"{name}.tsv", sep="\t", dtype={"starts": str}
    )


@pytest.fixture(scope="session")
def talks(root, shared):
    """Every transcript that has a marked turn, by its file."""
    wanted = {file for name in NAMES for file in marks(root, name)["file"]}
    places = [shared, shared.parent / "series"]
    paths = {p.name: p for place in places for p in place.rglob("*") if p.name in wanted}
    assert set(paths) == wanted
    return {name: briefing.read(path) for name, path in sorted(paths.items())}


@pytest.fixture(scope="session")
def texts(talks):
    """The text of every marked turn, by file and hash."""
    return {(name, key_of(text)): text for name in talks for text in talks[name].turns["text"]}


def key_of(text):
    return sha256(text.encode()).hexdigest()[:10]


def turns_of(root, texts, name, sample):
    """The marks of each turn of a sample, beside its text; without those that are cut otherwise."""
    table = marks(root, name).query("sample == @sample")
    by_turn = table.groupby(["file", "hash"], sort=False)
    return [(texts[key], rows) for key, rows in by_turn if key in texts]


def line(found, right, n):
    low, high = wilson(right, n)
    return f"{found} {right} of {n}, {right / n:.2f} ({low:.2f} to {high:.2f})"


def both(right, n_marked, n_found):
    return f"{line('recall', right, n_marked)}; {line('precision', right, n_found)}"


def question_parts_found(root, texts, sample):
    right = typed = n_marked = n_found = 0
    for text, rows in turns_of(root, texts, "question-parts", sample):
        asked = rows[~rows["type"].isin(["none", "statement"])]
        left = find_parts(plain(text))
        n_marked, n_found = n_marked + len(asked), n_found + len(left)
        for row in asked.itertuples():
            near = [p for p in left if abs(p.start - row.start) <= NEAR]
            near += [p for p in left if p.start <= row.start < p.stop]
            if near:
                best = min(near, key=lambda part: abs(part.start - row.start))
                left.remove(best)
                right, typed = right + 1, typed + (best.type == row.type)
    return f"{both(right, n_marked, n_found)}; {line('types', typed, right)}"


def answering_frames_found(root, texts, sample):
    """By turn: has any of its questions a frame on the willingness to answer?"""
    said, rows = zip(*turns_of(root, texts, "question-parts", sample), strict=True)
    marked, found = {i for i, row in enumerate(rows) if row["answering"].any()}, designed(said)
    found = set(found.loc[found["other_reference"], "briefing_id"])
    return both(len(marked & found), len(marked), len(found))


def designed(said):
    """The design of questions, each in a briefing of its own, by its number."""
    one = {"briefing_id": [*range(len(said))], "turn_id": 1, "speaker": None, "text": [*said]}
    answers = pd.array([None] * len(said), "Int64")
    return design(pd.DataFrame(one | {"role": "journalist"}).assign(answers=answers))


def non_replies_found(root, texts, sample):
    right = n_marked = n_found = 0
    said, marked = zip(*turns_of(root, texts, "non-replies", sample), strict=True)
    exchanges = {
        "briefing_id": [i for i in range(len(said)) for _ in (1, 2)],
        "turn_id": [1, 2] * len(said),
        "role": ["journalist", "official"] * len(said),
        "speaker": None,
        "answers": pd.array([None, 1] * len(said), "Int64"),
        "text": [text for answer in said for text in ("Why?", answer)],
    }
    told = non_replies(pd.DataFrame(exchanges)).groupby("briefing_id")["kind"].agg(set)
    for i, rows in enumerate(marked):
        left = {*told.get(i, ())}
        asked = [kinds.split("/") for kinds in rows["kind"] if kinds != "none"]
        n_marked, n_found = n_marked + len(asked), n_found + len(left)
        for kinds in asked:
            hit = next((kind for kind in kinds if kind in left), None)
            left.discard(hit)
            right += hit is not None
    return both(right, n_marked, n_found)


def wordings_found(root, texts, sample, name, file="wordings"):
    """Of the wordings marked for a list, or for several, those that the first one finds."""
    lists = name.split()
    rows = marks(root, file).query("sample == @sample")
    rows = rows[[key in texts for key in zip(rows["file"], rows["hash"], strict=True)]]
    places = rows[["file", "hash", "sentence_start", "sentence_stop"]].drop_duplicates()
    said = [
        texts.get((p.file, p.hash), "")[p.sentence_start : p.sentence_stop]
        for p in places.itertuples()
    ]
    turns = pd.DataFrame({"briefing_id": "b", "turn_id": range(len(said)), "text": said})
    if name == "numbers":
        one = {"speaker": None, "role": None, "start": 0}
        hits = numbers(turns.assign(**one))
    else:
        tokens = tokenize(turns)
        measure = {"agency": agency, "reports": agency}.get(file, stance)
        hits = measure(tokens, hits=True).query("category == @AGENCY.get(@lists[0], @lists[0])")
    number = {key: i for i, key in enumerate(places.itertuples(index=False, name=None))}
    right, left = 0, [(row.turn_id, row.start, row.stop) for row in hits.itertuples()]
    marked = rows[rows["list"].isin(lists)]
    for row in marked.itertuples():
        turn = number[row.file, row.hash, row.sentence_start, row.sentence_stop]
        start, stop = row.start - row.sentence_start, row.stop - row.sentence_start
        hit = next((h for h in left if h[0] == turn and h[1] < stop and h[2] > start), None)
        if hit:
            left.remove(hit)
            right += 1
    return both(right, len(marked), len(hits))


def binomials_found(root, talks, sample):
    """Of the *X and Y* and *X or Y* that were marked, which are inside a hit."""
    rows = marks(root, "binomials").query("sample == @sample")
    right = n_marked = n_found = 0
    for file, marked in rows.groupby("file"):
        turns = {turn.turn_id: key_of(turn.text) for turn in talks[file].turns.itertuples()}
        hits = binomials(talks[file].tokens, hits=True)
        places = [(turns[hit.turn_id], hit.start, hit.stop) for hit in hits.itertuples()]
        for row in marked[marked["hash"].isin(turns.values())].itertuples():
            found = any(h == row.hash and a <= row.start and row.stop <= b for h, a, b in places)
            is_pair = row.list == "pair"
            right, n_marked, n_found = (
                right + (found and is_pair),
                n_marked + is_pair,
                n_found + found,
            )
    return both(right, n_marked, n_found)


def reports_found(root, texts, sample):
    """What was fresh for the other lists of agency was looked into to mend this one."""
    file, was = ("agency", "fresh") if sample == "seen" else ("reports", sample)
    return wordings_found(root, texts, was, "report", file)


def indicator_counts(root, texts, sample, name):
    """In how many turns it is right, was marked, was found."""
    file = "negative-questions" if name == "negative_question" else "question-indicators"
    rows = marks(root, file).query("sample == @sample")
    rows = rows[[key in texts for key in zip(rows["file"], rows["hash"], strict=True)]]
    marked = [name in listed.split(",") for listed in rows["indicators"]]
    said = [texts[key] for key in zip(rows["file"], rows["hash"], strict=True)]
    table = designed(said)
    found = set(table.loc[table[name], "briefing_id"])
    right = sum(is_there and i in found for i, is_there in enumerate(marked))
    return right, sum(marked), len(found)


def indicators_found(*args):
    return both(*indicator_counts(*args))


def enumerations_found(root, texts, sample):
    right = n_marked = n_found = 0
    said, marked = zip(*turns_of(root, texts, "enumerations", sample), strict=True)
    turns = pd.DataFrame({"briefing_id": range(len(said)), "turn_id": 1, "text": said})
    table = enumerations(sentences(turns)).sort_values(["briefing_id", "chain"], kind="stable")
    chains = {}
    for (i, _), chain in groupby(table.itertuples(), lambda r: (r.briefing_id, r.chain)):
        chains.setdefault(i, []).append(list(chain))
    for i, rows in enumerate(marked):
        left = chains.get(i, [])
        n_found += len(left)
        for row in rows[rows["chain"] > 0].itertuples():
            n_marked += 1
            starts = [int(start) for start in row.starts.split(",")]
            hits = [c for c in left if sum(_is_near(item.start, starts) for item in c) >= 2]
            if hits:
                left.remove(hits[0])
                right += 1
    return both(right, n_marked, n_found)


def _is_near(place, starts):
    return any(-NEAR <= start - place <= NEAR for start in starts)


def counts_abroad(root, talks, language, name):
    """How many of what was marked in another language are found, were marked, are found in all."""
    right = n_marked = n_found = 0
    for file, rows in marks(root, "agency-abroad").groupby("file"):
        talk = talks[file]
        if talk.language == language:
            turns = {turn.turn_id: key_of(turn.text) for turn in talk.turns.itertuples()}
            hits = tried(agency, talk.tokens, hits=True)
            hits = hits[hits["category"] == f"{name}s"]
            left = [(turns[hit.turn_id], hit.start, hit.stop) for hit in hits.itertuples()]
            n_found += len(left)
            for row in rows[rows["list"] == name].itertuples():
                at = (h for h in left if h[0] == row.hash and h[1] < row.stop and h[2] > row.start)
                n_marked, hit = n_marked + 1, next(at, None)
                if hit:
                    left.remove(hit)
                    right += 1
    return right, n_marked, n_found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_few_words_of_other_languages_say_how_often_they_are_right(root, talks, page, language):
    if language == "zh":
        pytest.importorskip("jieba", reason="the extra zh is not installed")
    said = data("briefing.course", "wording.toml")["accuracy"][language]
    for name in ("report", "nominalisation", "passive"):
        right, n_marked, n_found = counts_abroad(root, talks, language, name)
        if n_marked:
            told = f"{right} of {n_found} right, " if n_found else ""
            assert f"{name}s: {told}{right} of {n_marked} found" in said
            figures = both(right, n_marked, n_found) if n_found else line("recall", right, n_marked)
            assert f"| {name.capitalize()}s in {LANGUAGES[language]} | mended | {figures} |" in page
    assert language != "es" or f"of the {with_se(root)} with se;" in said


def with_se(root):
    return (marks(root, "agency-abroad")["list"] == "passive-se").sum()


BOTH = ("fresh", "mended")
FIGURES = {
    "Question parts": (question_parts_found, ("fresh", "seen", "mended")),
    "Frames on answering": (answering_frames_found, ("fresh", "seen", "mended")),
    "Non-replies": (non_replies_found, ("fresh", "mended")),
    "Enumerations": (enumerations_found, ("seen", "mended")),
    "Hedges": (lambda *a: wordings_found(*a, "hedges"), ("fresh", "mended")),
    "Boosters": (lambda *a: wordings_found(*a, "boosters"), ("fresh", "mended")),
    "Binomials": (binomials_found, BOTH),
    "Numbers": (lambda *a: wordings_found(*a, "numbers"), ("mended",)),
    "Passives without agent": (lambda *a: wordings_found(*a, "passive", "agency"), BOTH),
    "Passives with agent": (lambda *a: wordings_found(*a, "passive-by", "agency"), BOTH),
    "Nominalisations": (lambda *a: wordings_found(*a, "nominalisation", "agency"), BOTH),
    "Reports": (reports_found, ("fresh", "seen", "mended")),
    "Complexity": (lambda *a: indicators_found(*a, "complexity"), ("fresh",)),
    "Cascade": (lambda *a: indicators_found(*a, "cascade"), ("fresh",)),
    "Other-reference": (lambda *a: indicators_found(*a, "other_reference"), ("fresh",)),
    "Self-reference": (lambda *a: indicators_found(*a, "self_reference"), ("fresh",)),
    "Negative questions": (lambda *a: indicators_found(*a, "negative_question"), ("fresh",)),
    "Accountability": (lambda *a: indicators_found(*a, "accountability"), ("fresh",)),
}


@pytest.fixture(scope="session")
def page(root):
    return (root / "docs" / "methods" / "lists.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "sample"), [(name, sample) for name in FIGURES for sample in FIGURES[name][1]]
)
def test_the_docs_print_the_recall_and_precision_that_the_marks_give(
    root, talks, texts, page, name, sample
):
    figures, _ = FIGURES[name]
    read = talks if figures is binomials_found else texts
    (row,) = (r for r in page.splitlines() if r.startswith(f"| {name} | {sample} |"))
    assert row == f"| {name} | {sample} | {figures(root, read, sample)} |"


def test_the_docs_say_how_many_marked_turns_are_cut_otherwise_today(root, texts, page):
    turns = ["sample", "file", "hash"]
    tables = [marks(root, name)[turns].drop_duplicates() for name in NAMES]
    marked = [key for table in tables for key in zip(table["file"], table["hash"], strict=True)]
    lost = sum(key not in texts for key in marked)
    assert f"{lost} of the {len(marked):,} marked turns are cut differently" in page


@pytest.fixture(scope="session")
def exchanges(root, shared):
    """The coded exchanges, each beside what the report finds in it and its topic."""
    table = marks(root, "exchanges").fillna("")
    wanted, places = set(table["file"]), [shared, shared.parent / "series"]
    paths = {p.name: p for place in places for p in place.rglob("*") if p.name in wanted}
    found = []
    for file, rows in table.groupby("file"):
        page = briefing.read(paths[file]).overview()
        general = briefing.topics.read("general")
        topics = briefing.topics.of_questions(page.talk.tokens, general, pairs=page.talk.pairs)
        topic = dict(zip(topics["turn_id"], topics["topic"], strict=True))
        own = {sha256(x.question["text"].encode()).hexdigest()[:10]: x for x in page.exchanges}
        shown = [(row, own[row.hash]) for row in rows.itertuples() if row.hash in own]
        found += [(row, x, topic.get(x.turn_id, "none")) for row, x in shown]
    return found


def test_the_docs_print_how_often_the_marks_of_exchanges_are_right(root, exchanges):
    text = (root / "docs" / "methods" / "exchange-marks.md").read_text(encoding="utf-8")
    opens = [(row.opening, x.opening.lower()) for row, x, _ in exchanges]
    counts = sum(a == b != "" for a, b in opens), sum(a != "" for a, _ in opens)
    assert _row(text, "opens with yes, no or the like", *counts, sum(b != "" for _, b in opens))
    refused = [(row.declines == "clearly", bool(x.refusals)) for row, x, _ in exchanges]
    counts = sum(map(all, refused)), sum(a for a, _ in refused)
    assert _row(text, "declines or refers", *counts, sum(b for _, b in refused))
    parts = sum(row.n_parts for row, *_ in exchanges)
    assert f"{len(exchanges)} exchanges with {parts} question parts" in text


def _row(text, name, right, n_marked, n_found):
    precision, recall = line("precision", right, n_found), line("recall", right, n_marked)
    return f"| {name} | {precision} | {recall} |" in text


def test_the_docs_print_how_far_two_readers_agree(root, exchanges):
    text = (root / "docs" / "methods" / "exchange-marks.md").read_text(encoding="utf-8")
    other = marks(root, "non-replies").groupby("hash")["kind"].agg("|".join)
    both = []
    for row, x, _ in exchanges:
        answers = [sha256(a["text"].encode()).hexdigest()[:10] for a in x.answers]
        if all(answer in other for answer in answers):
            kinds = "|".join(other[answer] for answer in answers)
            both.append((row.declines != "", "declin" in kinds or "referral" in kinds))
    same, kappa = agreed(*zip(*both, strict=True))
    assert f"{same} of\n{len(both)}: Cohen's kappa {kappa:.2f}" in text
    page = (root / "docs" / "methods" / "question-topics.md").read_text(encoding="utf-8")
    same, kappa = agreed(*zip(*((row.topic, row.second) for row, *_ in exchanges), strict=True))
    assert f"{same} of {len(exchanges)} alike, Cohen's kappa {kappa:.2f}" in page


def agreed(one, two):
    """How many codes are the same, and kappa."""
    names = sorted({*one, *two})
    table = pd.crosstab(np.array(one), np.array(two)).reindex(names, columns=names, fill_value=0)
    return np.trace(table), cohen_kappa(table)


def test_the_docs_print_how_often_topics_of_questions_are_right(root, exchanges):
    text = (root / "docs" / "methods" / "question-topics.md").read_text(encoding="utf-8")
    rows = [(row, topic, {row.topic, *row.also.split("|")} - {""}) for row, _, topic in exchanges]
    given = [(row, topic, fits) for row, topic, fits in rows if topic != "none"]
    certain = [(row, topic, fits) for row, topic, fits in rows if "none" not in fits]
    told = {
        "precision: questions given a heading": (sum(t in f for _, t, f in given), len(given)),
        "the first heading, and no other": (sum(t == r.topic for r, t, _ in given), len(given)),
        "recall: questions that have one for certain": (
            sum(t in f for _, t, f in certain),
            len(certain),
        ),
    }
    for name, (right, n) in told.items():
        low, high = wilson(right, n)
        assert f"| {name} | {right} | {n} | {right / n:.2f} | {low:.2f} to {high:.2f} |" in text


@pytest.mark.parametrize("name", [n for n, told in INDICATORS.items() if "n_marked" in told])
def test_the_table_of_indicators_has_the_counts_of_the_marks(root, texts, name):
    told = INDICATORS[name]
    counts = indicator_counts(root, texts, "fresh", name)
    assert (told["n_right"], told["n_marked"], told["n_found"]) == counts


@pytest.mark.parametrize(
    ("file", "names"),
    {
        "passives": ("passive", "passive-by"),
        "nominalisations": ("nominalisation",),
        "reporting": ("report",),
    }.items(),
)
def test_the_head_of_a_list_says_what_the_fresh_marks_give(root, texts, file, names):
    text = (root / "briefing" / "lexicons" / f"{file}.txt").read_text(encoding="utf-8")
    head = " ".join(line.lstrip("# ") for line in text.split("\n\n")[0].splitlines())
    for name in names:
        sample = "reports" if name == "report" else "agency"
        recall, precision = wordings_found(root, texts, "fresh", name, sample).split("; ")
        said = f"{precision}; {recall}".replace("ion ", "ion: ").replace("recall ", "recall: ")
        assert said.removeprefix("p") in head


def test_recall_with_nouns_that_look_like_their_verb_is_what_the_marks_give(root, texts, page):
    names = "nominalisation converted"
    recall, _ = wordings_found(root, texts, "fresh", names, "agency").split("; ")
    head = (root / "briefing" / "lexicons" / "nominalisations.txt").read_text(encoding="utf-8")
    assert f"their verb, {recall}" in head
    assert f"with them {recall}" in page


@pytest.mark.parametrize("name", [*NAMES, "exchanges"])
def test_the_marks_hold_no_text(root, name):
    table = marks(root, name)
    assert not {"text", "left", "right"} & set(table)
    assert max(len(str(value)) for value in table.to_numpy().ravel()) < 60
