"""All measures on the hardest tables: a result or a plain error, and the input left alone."""

import importlib.util
import random
import signal
import warnings
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

import briefing
from briefing.tables import ROLES
from briefing.words.tokens import sentences, tokenize

pytestmark = pytest.mark.whole

BENCH = Path(__file__).parent / "benchmarks" / "measures.py"
TALK = """Ida Marlow: Good morning. We have three tasks. First, we will open the lock in May. Second,
we may, perhaps, open another. Third, safety and openness go together: 40 ships a day.

Harbour Times: Thank you. When will the lock open, and what does it cost? Isn't it late?

Ida Marlow: It will open in May. I have nothing for you on the cost. Openness and safety matter.
"""


@cache
def benchmark():
    spec = importlib.util.spec_from_file_location("measures", BENCH)
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def calls(talk):
    return benchmark().measures(talk)


class Part:
    """A talk of which only some turns are left."""

    def __init__(self, talk, keep):
        self.turns = talk.turns[keep(talk.turns)]
        ids = set(self.turns["turn_id"])
        self.tokens = talk.tokens[talk.tokens["turn_id"].isin(ids)]
        self.sentences = talk.sentences[talk.sentences["turn_id"].isin(ids)]
        both = talk.pairs["question_id"].isin(ids) & talk.pairs["answer_id"].isin(ids)
        self.pairs = talk.pairs[both]


PARTS = {
    "everything": lambda turns: turns["turn_id"] > 0,
    "one turn": lambda turns: turns["turn_id"] == 1,
    "one speaker": lambda turns: turns["speaker"] == "Ida Marlow",
    "no official": lambda turns: turns["role"] != "official",
    "a question without its answer": lambda turns: turns["turn_id"] <= 2,
    "nothing": lambda turns: turns["turn_id"] < 0,
}


@cache
def calls_of(part):
    """The measures on a part; one talk does for all, as they leave their tables as they were."""
    return calls(Part(briefing.parse(TALK), PARTS[part]))


NAMES = sorted(calls_of("everything"))


def result(call):
    """What comes out; anything but a table, tables or our own error fails the test."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        warnings.filterwarnings("ignore", "the default of 150 words a minute was calibrated on")
        try:
            made = call()
        except briefing.BriefingError as error:
            assert str(error).strip() and "Traceback" not in str(error)
            return None
    return made


@pytest.mark.parametrize("part", [part for part in PARTS if part != "nothing"])
@pytest.mark.parametrize("name", NAMES)
def test_a_small_selection_gives_a_table_or_a_plain_error(name, part):
    made = result(calls_of(part)[name])
    tables = made if isinstance(made, tuple) else [made]
    assert all(table is None or isinstance(table, pd.DataFrame) for table in tables)


@pytest.mark.parametrize("name", NAMES)
def test_nothing_selected_gives_an_empty_table_or_a_plain_error(name):
    made = result(calls_of("nothing")[name])
    if isinstance(made, pd.DataFrame) and "scope" not in made:
        assert made.empty


def test_every_measure_leaves_its_tables_as_they_were():
    talk = briefing.parse(TALK)
    before = [t.copy(deep=True) for t in (talk.turns, talk.tokens, talk.sentences, talk.pairs)]
    for call in calls(talk).values():
        result(call)
    after = (talk.turns, talk.tokens, talk.sentences, talk.pairs)
    for old, new in zip(before, after, strict=True):
        assert_frame_equal(old, new)


def test_every_result_says_what_kind_of_text_it_counted():
    talk = briefing.parse(TALK)
    for name, call in calls(talk).items():
        made = result(call)
        for table in made if isinstance(made, tuple) else [made]:
            if table is not None:
                assert {"text_status", "part"} <= table.attrs.keys(), name


WORDS = (
    "harbour lock ferry quay tide island council paper winter bridge north the of and to in is we "
    "it that for with not have our been will may you what how why when could 40 1,200 percent"
).split()


def sentence(draw):
    words = draw.choices(WORDS, k=draw.randint(4, 25))
    return " ".join(words).capitalize() + draw.choice("..?")


def spoken(seed, n=150):
    draw = random.Random(seed)
    return " ".join(sentence(draw) for _ in range(n))


def bare(text):
    return text.replace(".", "").replace("?", "").casefold()


TEXTS = {
    "capitals": str.upper,
    "titles": str.title,
    "one endless line": bare,
    "capitals and no full stop": lambda text: bare(text).upper(),
    "titles and no full stop": lambda text: bare(text).title(),
    "a line a word": lambda text: text.replace(" ", "\n"),
    "nothing but commas": lambda text: bare(text).replace(" ", ", "),
    "nothing but questions": lambda text: bare(text).replace(" ", "? "),
    "dashes": lambda text: bare(text).replace(" ", " -- "),
    "brackets that stay open": lambda text: bare(text).replace(" ", " ("),
    "quotations that stay open": lambda text: bare(text).replace(" ", ' "'),
    "all joined by and": lambda text: bare(text).replace(" ", " AND "),
}


class Long:
    """Four turns of some 2,000 words each, the last two alike."""

    def __init__(self, form):
        texts = [form(spoken(seed)) for seed in (1, 2, 3, 3)]
        self.turns = pd.DataFrame(
            {
                "briefing_id": "quay", "turn_id": [1, 2, 3, 4],
                "speaker": ["Ida Marlow", "Jo Petrel"] * 2,
                "role": pd.Categorical(["official", "journalist"] * 2, ROLES),
                "organisation": "", "label": "", "inferred": False, "text": texts,
                "n_words": 2_000, "answers": pd.array([None, None, 2, None], "Int64"),
                "start_s": float("nan"), "stop_s": float("nan"),
            }
        )  # fmt: skip
        self.tokens, self.sentences = tokenize(self.turns), sentences(self.turns)
        self.pairs = pd.DataFrame(
            {"briefing_id": "quay", "question_id": [2], "answer_id": [3], "inferred": False}
        )


@contextmanager
def limited(seconds):
    """Fail instead of hanging, where the system can wake us up."""

    def late(*_):
        raise AssertionError(f"not done within {seconds} seconds")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


@pytest.mark.slow  # a family of made texts
@pytest.mark.parametrize("form", TEXTS)
def test_no_form_of_text_makes_a_measure_explode(form):
    with limited(120):  # together they take some two seconds
        talk = Long(TEXTS[form])
        for call in calls(talk).values():
            result(call)


def test_a_text_in_capitals_is_measured_as_the_same_text_in_small_letters(root):
    talk = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    turns = talk.turns.assign(text=talk.turns["text"].str.upper())
    part = Part(talk, PARTS["everything"])
    part.turns, part.tokens, part.sentences = turns, tokenize(turns), sentences(turns)
    one, other = calls(talk), calls(part)
    for name in ("enumerations", "question_parts", "question_design", "non_replies", "stance"):
        assert len(one[name]()) == len(other[name]()), name
    small, capitals = (made["question_design"]() for made in (one, other))
    assert abs(small["complexity"].sum() - capitals["complexity"].sum()) <= 1


@pytest.mark.parametrize("every", [8, pytest.param(1, marks=pytest.mark.slow)])
def test_the_shared_transcripts_give_tables_or_plain_errors(shared, every):
    """Every measure on every transcript but the timed ones, or on some of them."""
    n = 0
    there = sorted(p for p in shared.glob("*/*.*") if p.parent.name not in ("gold", "timed"))
    for path in there[::every]:
        try:
            made = calls(briefing.read(path))
        except briefing.BriefingError:
            continue
        n += 1
        for call in made.values():
            result(call)
    assert n >= 40 // every


@pytest.mark.parametrize(
    "name",
    "topic_frequency topic_hits topic_course key_phrases binomials collocates dispersion formulas "
    "stance pronouns vocabulary".split(),
)
def test_the_order_of_the_rows_does_not_matter(root, name):
    talk = briefing.read(root / "data" / "lanmere-ring-2024.txt")
    shuffled = Part(talk, PARTS["everything"])
    shuffled.tokens = talk.tokens.sample(frac=1, random_state=1)
    one, other = calls(talk)[name](), calls(shuffled)[name]()
    by = [c for c in one.columns if one[c].dtype.kind not in "f"]
    one, other = (t.sort_values(by, ignore_index=True) for t in (one, other))
    kept = [c for c in one.columns if c not in ("low", "high")]  # units are drawn in their order
    assert_frame_equal(one[kept], other[kept], check_categorical=False)


def test_formulas_are_marked_on_the_rows_they_stand_on():
    tokens = briefing.parse(TALK).tokens
    marked = briefing.wording.mark_formulas(tokens)
    shuffled = briefing.wording.mark_formulas(tokens.sample(frac=1, random_state=1)).sort_index()
    assert marked["in_formula"].any()
    assert_frame_equal(marked, shuffled)
