"""Functions for the lessons, and the gallery of their figures.

check() says whether an answer to an exercise is right, without giving the answer away.
`answers.toml` holds no answers, only their salted hashes, made by `seal`. A number is placed on a
grid as fine as the exercise requires, and is right if the answer can be rounded to it. A name is
compared by its last word, collections regardless of order; *turn 17* counts as 17. Common wrong
answers are sealed too, each with a hint. Other functions let the lessons run on any transcript
without special cases.

`briefing figures FILE FOLDER` makes the gallery. Facts about a transcript can be shown even if the
text cannot be shared: who spoke, how many words, how often a word or a topic occurs. So the gallery
is a fixed list of the lessons' figures with their tables, chosen to contain names, counts, single
words and short phrases, but never a sentence of the text, an outline of an answer or a concordance
line.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from hashlib import pbkdf2_hmac
from html import escape
from math import ceil, floor
from numbers import Real
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, TypeGuard

import pandas as pd

from briefing.lexicons import is_english
from briefing.lexicons.languages import language_in
from briefing.measures import context, keywords, lexis, phrases, speaking, topics
from briefing.measures.topics import frequency
from briefing.measures.topics import read as read_topics
from briefing.safe import as_csv, save
from briefing.tables import BriefingError, data
from briefing.words.tokens import themes

if TYPE_CHECKING:
    from briefing.transcript import Transcript

ROUNDS = 2000  # makes a guess take a millisecond
OPEN = "Not answered yet: put your answer in place of the three dots, and run the cell again."
WRONG = "Not yet. Your answer stays as it is: look again, change it, and run the cell."
COLOURS = {True: "#1a7f37", False: "#9a3412", None: "#57606a"}


@dataclass(frozen=True)
class Verdict:
    """The verdict on an answer; `right` is None until one is given."""

    right: bool | None
    says: str

    def __repr__(self) -> str:
        """The sentence."""
        return self.says

    def _repr_html_(self) -> str:
        style = f"border-left:4px solid {COLOURS[self.right]};padding:2px 8px"
        return f'<div role="status" style="{style}">{escape(self.says)}</div>'


def check(exercise: str, answer: object) -> Verdict:
    """Say whether an answer to an exercise of the lessons is right.

    Parameters
    ----------
    exercise : str
        The lesson and the number of the exercise: `"0.1"`.
    answer : number, str, set, list or tuple
        In the form that the exercise asks for; `...` means no answer yet.

    Returns
    -------
    Verdict
        Shown by Jupyter at the end of a cell. A wrong answer is not an error: the notebook
        continues.

    Raises
    ------
    BriefingError
        If there is no such exercise.

    Examples
    --------
    >>> check("0.1", ...)
    Not answered yet: put your answer in place of the three dots, and run the cell again.
    """
    known = data("briefing.course", "answers.toml")
    if exercise not in known:
        raise BriefingError.of("no such exercise", exercise=exercise, known=", ".join(known))
    asked = known[exercise]
    if _is_open(answer):
        return Verdict(None, OPEN)
    given = _meant(answer)
    said = _sealed_near(exercise, given, asked.get("step"))
    if said & set(asked["right"]):
        return Verdict(True, "Right.")
    hints = [hint for sealed, hint in asked.get("hints", {}).items() if sealed in said]
    if _is_number(given) and _sealed_near(exercise, given / 100, asked.get("step")) & set(
        asked["right"]
    ):
        hints = ["That is the percentage: give the share, from 0 to 1."]
    return Verdict(False, f"Not yet. {hints[0]}" if hints else WRONG)


def _sealed_near(exercise: str, answer: object, step: float | None) -> set[str]:
    return {seal(exercise, place) for place in _on_grid(answer, step)}


def seal(exercise: str, answer: object) -> str:
    """The salted hash of an answer, for `answers.toml`; with a step, that of a number's place."""
    told = _told(_meant(answer)).encode()
    return pbkdf2_hmac("sha256", told, f"briefing {exercise}".encode(), ROUNDS).hex()[:24]


def _is_open(answer: object) -> bool:
    return answer is ... or isinstance(answer, list | tuple | set) and ... in answer


def _on_grid(answer: object, step: float | None) -> Iterator[object]:
    """The answer; with a step, the places on the grid that a number may be rounded from."""
    if step is None:
        yield answer
    elif _is_number(answer):
        written = f"{float(answer):.6f}".rstrip("0")
        rounded = len(written.replace(".", "").strip("0-")) > 1  # *0.4* may be anything
        half = 0.5 * 10.0 ** -len(written.partition(".")[2]) * rounded
        low, high = (float(answer) - half) / step, (float(answer) + half) / step
        yield from range(floor(low + 1e-6), ceil(high - 1e-6) + 1)


PARTS = re.compile(r",\s|;|&|\band\b")
NUMBER = re.compile(r"(?<![\w-])-?\d*[.,]?\d+(?![\w-])")


def _meant(answer: object) -> object:
    """What an answer says, however it is written: *turn 17*, *42,3 %*, *Ms. Marlow*."""
    if hasattr(answer, "tolist"):
        answer = answer.tolist()
    if isinstance(answer, str):
        parts = [part for part in PARTS.split(answer) if part.strip()]
        if len(parts) > 1:
            return _meant(parts)
        if len(numbers := NUMBER.findall(answer)) == 1:
            return float(numbers[0].replace(",", "."))
        return ["", *re.findall(r"[\w'’-]+", answer.casefold())][-1]
    if isinstance(answer, set | list | tuple):
        told = [_meant(part) for part in answer]
        return told[0] if len(told) == 1 else told
    return answer


def _told(answer: object) -> str:
    """An answer in the form compared: `2` for 2.0, collections sorted."""
    if isinstance(answer, list):
        return " | ".join(sorted({_told(part) for part in answer}))
    return f"{answer:g}" if _is_number(answer) else str(answer)


def _is_number(answer: object) -> TypeGuard[float]:
    return isinstance(answer, Real) and not isinstance(answer, bool)


N_WORDS, LONG = 6, 6  # how many words, and of how many letters
OFFERED, GENERAL, FEW = "digital-policy", "general", 10  # hits of the largest topic


def topics_for(talk: Transcript, topics: str | os.PathLike[str]) -> object:
    """Return the dictionary, or other topics to experiment with if it does not fit the text.

    If the dictionary of digital policy finds very little, the general one is used. In another
    language the topics are the most frequent content words of the text, or longer words if there
    is no list of content words, each as a separate topic.
    """
    from briefing.figures.dress import written

    made_for = read_topics(topics).about.get("language", "")[:2]
    language = (talk.language or made_for)[:2].casefold()
    if not made_for or language == made_for:
        if topics == OFFERED and frequency(talk.tokens, topics)["n_hits"].max() < FEW:
            return GENERAL
        return topics
    tokens = talk.tokens["token"].astype(str)
    letters = tokens.str.len()
    longer = [*tokens[letters >= min(LONG, letters.max())].value_counts().index]
    return {written(w, talk.tokens.attrs): [w] for w in (_common(talk) or longer)[:N_WORDS]}


class Half(NamedTuple):
    """One half of a briefing, with the attributes of a transcript that lesson 8 uses."""

    briefing_id: str
    text_status: str
    language: str | None
    turns: pd.DataFrame
    tokens: pd.DataFrame
    sentences: pd.DataFrame

    def __str__(self) -> str:
        """The name of the half, and how many turns it has."""
        return f"{self.briefing_id}: {len(self.turns)} turns"


def to_compare(talks: Sequence[Transcript]) -> Sequence[Transcript | Half]:
    """Return the transcripts, or the two halves of a single one, with as many words each."""
    talk, turns = talks[0], talks[0].turns
    if len(talks) > 1 or len(turns) < 2:
        return talks
    first = turns["n_words"].cumsum().shift(fill_value=0) < turns["n_words"].sum() / 2
    if first.all() or not first.any():
        return talks
    parts = {"first half": turns.loc[first, "turn_id"], "second half": turns.loc[~first, "turn_id"]}
    return [_half(talk, name, set(kept)) for name, kept in parts.items()]


def _half(talk: Transcript, name: str, kept: set[int]) -> Half:
    name = f"{talk.briefing_id}, {name}"
    tables = talk.turns, talk.tokens, talk.sentences
    turns, tokens, sentences = (
        table[table["turn_id"].isin(kept)].assign(briefing_id=name) for table in tables
    )
    return Half(name, talk.text_status, talk.language, turns, tokens, sentences)


def as_drawn(table: pd.DataFrame, talks: Sequence[Transcript | Half]) -> pd.DataFrame:
    """Return the rates by briefing, or by half if there is only one: halves are not two events."""
    if not isinstance(talks[0], Half):
        return table
    halves = table.rename(columns={"briefing_id": "half"})
    halves["half"] = [str(name).rpartition(", ")[2] for name in halves["half"]]
    halves.attrs["by"] = "half"
    return halves


def sides_of(tokens: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Return the words to compare, and the column: named officials, or else all roles."""
    officials = tokens[tokens["role"] == "official"]
    several = len(officials["speaker"].dropna().unique()) > 1
    return (officials, "speaker") if several else (tokens, "role")


def tried(
    measure: Callable[..., pd.DataFrame],
    *tables: pd.DataFrame,
    columns: Sequence[str] = (),
    **options: object,
) -> pd.DataFrame:
    """Return the result of a measure, or empty `columns` and why it cannot be used here.

    Measures of wording need lists of English words. In the languages of `wording.toml` the few
    words given there are counted instead; `.attrs["accuracy"]` says how often they are right.
    """
    known, language = data("briefing.course", "wording.toml"), (language_in(tables[0]) or "")[:2]
    words, name = known.get(language, {}), measure.__name__
    try:
        if name not in words:
            return measure(*tables, **options)
        found = _by_few_words(name, tables[0], words[name], options)
        measured = known["accuracy"].get(language) if name == "agency" else None
        found.attrs["accuracy"] = measured or "not measured"
        return found
    except BriefingError as error:
        nothing = pd.DataFrame(columns=[*columns])
        nothing.attrs["why"] = str(error).rstrip(".")
        return nothing


def _by_few_words(
    name: str, tokens: pd.DataFrame, words: dict[str, list[str]], options: dict[str, Any]
) -> pd.DataFrame:
    """The table of the measure, made from the words of each category."""
    found = frequency(tokens, words, **{"by": "speaker"} | options)
    found = found.rename(columns={"topic": "category", "pattern": "entry"})
    if name == "pronouns":
        told = [category.partition(" ") for category in found["category"].astype(str)]
        found = found.drop(columns="category")
        found["person"] = [int(person) for person, _, _ in told]
        found["number"] = [number for _, _, number in told]
    found.attrs["made_by"] = name
    return found


def in_context(
    hits: pd.DataFrame, turns: pd.DataFrame, *, before: int = 50, after: int = 35
) -> pd.DataFrame:
    """Return the hits with the text before and after each, in whole words."""
    text = turns.set_index("turn_id")["text"]
    spans = [*zip(hits["turn_id"], hits["start"], hits["stop"], strict=True)]
    left = [(" " * before + text[turn])[start : start + before] for turn, start, _ in spans]
    right = [(text[turn] + " ")[stop : stop + after] for turn, _, stop in spans]
    return hits.assign(
        before=pd.array([words.partition(" ")[2] for words in left], dtype="str"),
        hit=pd.array([text[turn][start:stop] for turn, start, stop in spans], dtype="str"),
        after=pd.array([words.rpartition(" ")[0] for words in right], dtype="str"),
    )


# The gallery

TOPICS = "digital-policy"
FITS = 0.2  # of the questions must have a topic for the dictionary to be of use
FIRST, FEWEST = 12, 3  # words in a strip or a list, at most and at least
CLOUD = 60  # most words in a cloud
Made = tuple[pd.DataFrame, tuple[Any, ...], dict[str, Any]]  # what `figures.plot` takes


def make_gallery(talk: Transcript, folder: str | Path) -> list[Path]:
    """Draw the figures of `talk` that contain only facts, each with its table and sentence.

    Parameters
    ----------
    talk : Transcript
        One briefing. In languages other than English, figures based on English word lists are left
        out.
    folder : str or Path
        Where to write; it is created if necessary, and files of the same names are replaced.

    Returns
    -------
    list of Path
        The files: .png, .svg, .csv and .txt of each figure, and `key-phrases.csv`.

    Raises
    ------
    BriefingError
        If the folder cannot be written to, or the words of the transcript cannot be counted.
    """
    from briefing.figures import save as save_drawn

    english = is_english(talk.language)
    made: list[Path] = []
    for name, part in {**GALLERY, **(ENGLISH if english else {})}.items():
        result, others, options = part(talk)
        made += save_drawn(result, folder, name, *others, **options)
    if english:
        path = Path(folder) / "key-phrases.csv"
        found = phrases.key(talk.tokens).drop(columns="variants")
        made.append(save(path, as_csv(found)))
    return made


def _made(result: pd.DataFrame, *others: Any, **options: Any) -> Made:
    return result, others, options


def _time(talk: Transcript) -> Made:
    times = speaking.time(talk.turns)
    return _made(times.head(0) if times.attrs["rate_from"] == "none" else times)


def _if_it_fits(talk: Transcript, table: pd.DataFrame) -> pd.DataFrame:
    """The table, empty if the dictionary matches too few of the questions."""
    found = topics.of_questions(talk.tokens, TOPICS, pairs=talk.pairs)["topic"]
    return table if len(found) and (found != "none").mean() >= FITS else table.head(0)


def _keywords(talk: Transcript) -> Made:
    """What the official with most words says more than the others, if there are others."""
    words = talk.tokens.query("role == 'official'")
    if words["speaker"].nunique() < 2:
        return _made(pd.DataFrame())
    first = words["speaker"].astype(str).value_counts().index[0]
    found = keywords.of_each(words, turns=talk.turns)
    theirs = (found["speaker"].astype(str) == first) & ~found["function_word"]
    table = themes(found[theirs]).reset_index(drop=True)
    table = table if len(table) >= FEWEST else table.head(0)
    return _made(table, n=FIRST, sides=(first, "the other officials"))


def _common(talk: Transcript) -> list[str]:
    """The most frequent content words overall, most frequent first."""
    table = lexis.common(talk.tokens.assign(everybody="all"), by="everybody", n_first=CLOUD)
    return themes(table)["token"].tolist()[:FIRST]


def _strips(talk: Transcript) -> Made:
    words = _common(talk)
    return _made(context.dispersion(talk.tokens, words) if words else pd.DataFrame(), talk.tokens)


def _company(talk: Transcript) -> Made:
    """The words near the first frequent word that has some content words near it."""
    for word in _common(talk):
        near = themes(context.collocates(talk.tokens, word))
        if len(near) >= FEWEST and not near["function_word"].any():
            return _made(near.head(FIRST))
    return _made(pd.DataFrame())


GALLERY: dict[str, Callable[[Transcript], Made]] = {
    "speaking-share": lambda talk: _made(speaking.share(talk.turns)),
    "speaking-time": _time,
    "timeline": lambda talk: _made(talk.turns),
    "questions-and-answers": lambda talk: _made(talk.pairs, talk.turns),
    "theme-keywords": _keywords,
    "word-clouds": lambda talk: _made(lexis.common(talk.tokens, n_first=CLOUD)),
    "dispersion": _strips,
    "collocates": _company,
}
ENGLISH: dict[str, Callable[[Transcript], Made]] = {
    "topics": lambda talk: _made(
        _if_it_fits(talk, topics.frequency(talk.tokens, TOPICS, by="speaker"))
    ),
    "topics-through-the-briefing": lambda talk: _made(
        _if_it_fits(talk, topics.course(talk.tokens, TOPICS)), turns=talk.turns
    ),
}
