"""What was asked: the parts of each question, whom they address, how they are built.

The question turns of a table of turns, with their parts and with the turns that answer them.

A question turn is a journalist's turn that asks, by a question mark or its wording, or anybody's
turn that is answered. A journalist's thanks or *that's okay* is not a question. Links come from
`pairs` if given, else from the column `answers`, which holds only the first question that a turn
answers.

Whom a question addresses, if it says so: by a cue (*my question is for ...*) or a vocative.

Only named addressees are found, not *you* or *sir*. A name is a vocative if a title and a name, an
office, or the name of somebody who speaks in the briefing is set off by punctuation, at the
beginning or end of a sentence. It holds from there on, until the next one. Of two names in one cue
the first counts.

Content words by their stems, so that *ships* in an answer takes up *ship* in its question.

A content word is neither a function word (*the, of, we, it's*) nor part of a formula (*thank you,
my question*); figures are included. Inflection is removed by the Snowball stemmer for English
(Porter 2001), which also merges some words that are only related (*operate, operations*) and misses
irregular forms (*child, children*).

What a question turn asks, part by part, and which of its words recur in the answer.

`briefing.measures.asking` says what a part is and which forms there are. Whether a part was
answered is for a person to say: the table has an empty column for it, after Bull & Mayer (1993):
reply, intermediate reply, non-reply.

How questions are built: what precedes them, how often they ask, in which frames.

Clayman & Heritage (2002) code ten indicators of four dimensions of adversarialness in questions put
to presidents. `design` lists them in the same order. Seven are defined by form, a position or a
closed list of wordings; tilt and hostility need a reader and are left empty for coders. See
lexicons/question-indicators.toml for what each is, and how often the forms are right.

References
----------
Bull, P., & Mayer, K. (1993). How not to answer questions in political interviews. Political
Psychology 14.
Clayman, S., & Heritage, J. (2002). Questioning presidents. J. Communication 52.
Clayman, S., Elliott, M., Heritage, J., & McDonald, L. (2006). Historical trends in questioning
presidents, 1953-2000. Presidential Studies Quarterly 36.
Heritage, J., & Clayman, S. (2013). The changing tenor of questioning over time. Journalism
Practice 7.
Porter, M. (2001). Snowball: A language for stemming algorithms.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import lexicon
from briefing.lexicons.languages import made_for_english
from briefing.lexicons.stage import without_stages
from briefing.measures.asking import (
    TYPES,
    Asked,
    find_parts,
    head,
    lead,
    pieces,
    plain,
    substance,
    wording,
)
from briefing.measures.coding import CodingSample, as_sample
from briefing.tables import PAIRS, TURNS, BriefingError, data
from briefing.words.boundaries import Span, count_words, find_words, fold
from briefing.words.groups import PLACE, finish, typed
from briefing.words.search import content_words
from briefing.words.tokens import texts_of, tokenize

__all__ = ["design", "indicators", "parts", "sheet"]

_MARK = re.compile(r"[?？؟]")
Key = tuple[Any, int]
_NOBODY_ASKS = (
    "no turn has the role journalist, and none is answered: set `role` and `answers` first"
)


class Question(NamedTuple):
    """A question turn: its row in the turns, the rows that answer it, and what it asks."""

    row: int
    answers: list[int]
    masked: str  # the text as `briefing.measures.asking.plain` gives it
    parts: list[Asked]


def find_questions(turns: pd.DataFrame, pairs: pd.DataFrame | None) -> list[Question]:
    """The question turns, by briefing and turn, each with its answers.

    Raises BriefingError if a link leads to a turn that is not in `turns`.
    """
    TURNS.check(turns, *PLACE, "role", "text")
    answers: dict[int, list[int]] = {}
    for question, answer in links(turns, pairs):
        answers.setdefault(question, []).append(answer)
    journalist = (turns["role"].astype("object") == "journalist").to_numpy()
    texts = [*texts_of(turns)]
    rows = in_order(turns, {row for row in range(len(turns)) if journalist[row]} | answers.keys())
    found = []
    for row in rows:
        masked = plain(texts[row])
        parts = find_parts(masked)
        if row in answers or parts or _asks(without_stages(texts[row])):
            found.append(Question(row, answers.get(row, []), masked, parts))
    return found


def why_none(turns: pd.DataFrame, *, answered: bool) -> str | None:
    """Why a table cannot have questions: nobody is marked as asking or answering."""
    nobody = not (turns["role"].astype("object") == "journalist").any()
    return _NOBODY_ASKS if nobody and not answered else None


def _asks(text: str) -> bool:
    """Whether a turn has a question mark or says, in any language, that it will ask."""
    return bool(_MARK.search(text) or wording("cue-takes-floor").search(text[:600]))


def links(turns: pd.DataFrame, pairs: pd.DataFrame | None) -> list[tuple[int, int]]:
    """The rows of each question and of each turn that answers it, by answer."""
    TURNS.check(turns, *PLACE)
    rows: dict[Key, int] = {key: row for row, key in enumerate(_keys(turns, "turn_id"))}
    if pairs is None:
        TURNS.check(turns, "answers")
        answering = turns[turns["answers"].notna().to_numpy()]
        linked = zip(_keys(answering, "answers"), _keys(answering, "turn_id"), strict=True)
    else:
        PAIRS.check(pairs, "briefing_id", "question_id", "answer_id")
        linked = zip(_keys(pairs, "question_id"), _keys(pairs, "answer_id"), strict=True)
    try:
        found = {(rows[question], rows[answer]) for question, answer in linked}
    except KeyError as error:
        briefing, turn = error.args[0]
        raise BriefingError.of("turn of pair missing", turn=turn, briefing=briefing) from error
    place = {row: i for i, row in enumerate(in_order(turns, set(rows.values())))}
    return sorted(found, key=lambda pair: (place[pair[1]], place[pair[0]]))


def in_order(turns: pd.DataFrame, rows: set[int]) -> list[int]:
    """Row numbers by briefing, as they appear, and by turn."""
    briefing = pd.factorize(turns["briefing_id"], use_na_sentinel=False)[0]
    turn = turns["turn_id"].tolist()
    return sorted(rows, key=lambda row: (briefing[row], turn[row]))


def as_list(turns: pd.DataFrame, rows: list[int]) -> str | None:
    """The turn_ids of rows in readable form: *14, 15*; missing if there are none."""
    ids = turns["turn_id"].iloc[rows].tolist()
    return ", ".join(map(str, ids)) if rows else None


def _keys(table: pd.DataFrame, column: str) -> list[Key]:
    briefing = table["briefing_id"].astype("object")
    ids = table[column].astype("int64").tolist()
    return list(zip(briefing.where(briefing.notna(), None).tolist(), ids, strict=True))


_NAME = r"[A-Z][\w'-]+(?:\s+(?:(?:al|bin|da|de|del|der|di|la|van|von)\s+)*[A-Z][\w'-]+){0,2}"
_NEAR = 60  # characters of a sentence within which a name between two commas is a vocative
_CALLS = re.compile(r"\s*(?:[,—–:-](?!\s*who\b[^?]*$)|\.?$)")
_COURTESY = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "madame", "the"])


class Addressees:
    """Finds addressees in turns of one briefing, given the names of those who may answer."""

    def __init__(self, speakers: Iterable[str]) -> None:
        """Take the names of the speakers who are not journalists."""
        self._words = {name: _words_of(name) for name in speakers}
        singles = [word for name in self._words for word in _name_words(name)]
        known = sorted([*self._words, *singles], key=len, reverse=True)
        names = "|".join([_titled(), *map(re.escape, known)])
        self._name = re.compile(rf"(?:{names})(?![\w-])")
        self._within = re.compile(
            rf"[,—–]\s+({names})(?=\s*(?:[.?!:]|[—–]|,(?!\s*(?:who|the|an?)\b)|$))"
        )

    def find(self, masked: str, sentences: Sequence[Span]) -> list[Span]:
        """Where a turn names the people it asks, in order."""
        cues = (cue.end() for cue in wording("cue-addresses").finditer(masked))
        found = [name.span() for at in cues if (name := self._name.match(masked, at))]
        for start, stop in sentences:
            found += self._in_sentence(masked, start, stop)
        return sorted(set(found))

    def resolve(self, printed: str) -> str:
        """The only speaker who can be meant; the name as printed if none or several can."""
        words = _words_of(printed) - _COURTESY
        names = words - lexicon("titles")
        exact = [name for name, has in self._words.items() if has - {"the"} == words]
        fits = [name for name, has in self._words.items() if (names or words) <= has]
        return exact[0] if len(exact) == 1 else fits[0] if len(fits) == 1 else printed

    def _in_sentence(self, masked: str, start: int, stop: int) -> list[Span]:
        found = []
        first = self._name.match(masked, head(masked, start, stop), stop)
        if first and _CALLS.match(masked, first.end(), stop):
            found.append(first.span())
        for name in self._within.finditer(masked, start, stop):
            if name.start() - start < _NEAR or masked[name.end() : name.end() + 1] in {"?", "."}:
                found.append(name.span(1))
        return found


@cache
def _titled() -> str:
    """One or more titles and a name, or an office alone (*Prime Minister*)."""
    words = {word[:1].upper() + word[1:] for word in lexicon("titles") if word.isascii()}
    title = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    office = "|".join(sorted(map(str.title, lexicon("question-offices")), key=len, reverse=True))
    return rf"(?:(?:{title})\.?\s+)+{_NAME}|(?:(?:Mr|Madam|Ms)\.?\s+)?(?:{office})"


def _words_of(name: str) -> frozenset[str]:
    return frozenset(fold(name[start:stop]) for start, stop in find_words(name))


def _name_words(name: str) -> list[str]:
    """The words of a name that can be used alone: no titles or initials."""
    words = [name[start:stop] for start, stop in find_words(name)]
    return [w for w in words if len(w) > 2 and w[:1].isupper() and fold(w) not in lexicon("titles")]


Ints = npt.NDArray[np.int64]
NONE: Ints = np.empty(0, np.int64)


class Content:
    """The content words of turns; a turn is identified by its row."""

    def __init__(self, turns: pd.DataFrame) -> None:
        """Tokenise the turns, once."""
        tokens = tokenize(turns.assign(turn_id=range(len(turns))))
        stems = _stems(tokens["token"])
        kept = stems >= 0
        self._words = tokens["token"][kept].astype("object").tolist()
        self._start, self._stop = (tokens[c].to_numpy()[kept] for c in ("start", "stop"))
        self._stems: Ints = stems[kept]
        turn = tokens["turn_id"].to_numpy()[kept]
        self._first = np.searchsorted(turn, np.arange(len(turns) + 1))

    def of(self, row: int, start: int = 0, stop: float = np.inf) -> Ints:
        """The numbers of the content words of a turn, between two characters of its text."""
        at = np.arange(self._first[row], self._first[row + 1])
        return at[(self._start[at] >= start) & (self._stop[at] <= stop)]

    def stems(self, rows: Iterable[int]) -> Ints:
        """The distinct stems in turns."""
        at = np.concatenate([NONE, *(self.of(row) for row in rows)])
        return np.unique(self._stems[at])

    def among(self, at: Ints, stems: Ints) -> npt.NDArray[np.bool_]:
        """For each of these words, whether its stem is among `stems`."""
        return np.isin(self._stems[at], stems)

    def distinct(self, at: Ints) -> Ints:
        """The first of these words with each stem."""
        return at[np.sort(np.unique(self._stems[at], return_index=True)[1])]

    def n_distinct(self, at: Ints) -> int:
        """How many stems these words have."""
        return len(np.unique(self._stems[at]))

    def n_shared(self, one: Ints, other: Ints) -> int:
        """How many stems both share."""
        return len(np.intersect1d(self._stems[one], self._stems[other]))

    def listed(self, at: Ints) -> str:
        """These words, one for each stem, in the form and order of first use."""
        return " ".join(self._words[i] for i in self.distinct(at))


def _stems(words: pd.Series) -> Ints:
    """For each word, the number of its stem; -1 if it is not a content word."""
    column = words.astype("category").cat
    known = column.categories.astype("str").to_numpy(object)
    formula = lexicon("question-formula-words")
    wanted = content_words(known) & np.array([word not in formula for word in known], bool)
    stems = np.full(len(known) + 1, -1, np.int64)  # the last is for a missing word
    forms = np.array([*map(_stemmer(), known[wanted])], object)
    stems[:-1][wanted] = pd.factorize(forms)[0]
    return stems[column.codes.to_numpy()]


@cache
def _stemmer() -> Callable[[str], str]:
    from nltk.stem.snowball import EnglishStemmer

    return cache(EnglishStemmer().stem)


CODES = ("reply", "intermediate", "non-reply")
PART_COLUMNS = typed(
    "briefing_id:object turn_id:int64 part:int64 text:str start:int64 stop:int64 type:object "
    "addressee:str n_answers:int64 answer_ids:str n_content:int64 n_taken_up:Int64 "
    "not_taken_up:str"
)


@made_for_english
def parts(turns: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Take questions apart: one row for each thing asked, with the words that do not recur.

    Parameters
    ----------
    turns : DataFrame
        All turns of one or more English briefings (select from the result, not before).
    pairs : DataFrame, optional
        The pairs of question and answer; without them the links are those in `answers`, the
        first question of each answer.

    Returns
    -------
    DataFrame
        One row per part of a question turn (a journalist's turn that asks, or any turn that is
        answered), in the order of the text: `briefing_id, turn_id, part` (from 1),
        `text, start, stop` (characters of the turn's text), `type` (polar, wh-, alternative,
        declarative, request), `addressee` (who is named as the one asked: the speaker, where just
        one can be meant, else as printed; missing if nobody is), `n_answers, answer_ids` (the turns
        that answer, *14, 15*), `n_content` (its content words, each stem once, without the frame of
        a request), `n_taken_up` and `not_taken_up` (those that no answer has, in order; missing if
        there is no answer), `coding`: empty, for a coder, with the categories reply, intermediate,
        non-reply. `.attrs`: `n_questions`, `n_without_part` (question turns in which none was
        found), `why` (a sentence, where no turn has the role journalist and none is answered, so
        that the table is empty; else None), `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        If columns are missing, or a pair refers to a missing turn.

    Notes
    -----
    Forms after Stivers & Enfield (2010), the codes after Bull & Mayer (1993). Rules on word order
    (`briefing.measures.asking`), made for edited English that keeps question marks; how often they
    are right: docs/methods/lists.md. A question in the form of a statement is missed if no mark or
    frame shows it; rhetorical questions count as questions. A part begins at its interrogative: a
    statement before it in the same sentence is left to `questions.design`.

    *Alternative* is defined by form, too: *Do you blame the crew or the weather?* may call for a
    yes.

    Words that an answer does not take up do not show that it fails to answer: *seven* may be
    answered by *a week*, and a name by *she*. They show where to read. Not for scoring people.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2], "role": ["journalist", "official"],
    ...     "speaker": ["Harbour Times", "Ida Marlow"], "answers": pd.array([None, 1], "Int64"),
    ...     "text": ["For Ms. Marlow. When will the quay open, and who pays for the cranes?",
    ...              "It opens in June, not in May."]})
    >>> asked = briefing.questions.parts(turns)
    >>> asked[["part", "text", "type", "addressee", "not_taken_up"]]
       part                      text type   addressee not_taken_up
    0     1   When will the quay open  wh-  Ida Marlow         quay
    1     2  who pays for the cranes?  wh-  Ida Marlow  pays cranes
    """
    questions = find_questions(turns, pairs)
    rows = list(_rows(turns, questions))
    result = pd.DataFrame(rows, columns=[*PART_COLUMNS]).astype(PART_COLUMNS)
    result["briefing_id"] = result["briefing_id"].astype(turns["briefing_id"].dtype)
    result["type"] = pd.Categorical(result["type"], TYPES)
    result["coding"] = pd.Categorical([None] * len(result), CODES)
    n_with = len(result.drop_duplicates(["briefing_id", "turn_id"]))
    return finish(
        result,
        turns,
        n_questions=len(questions),
        n_without_part=len(questions) - n_with,
        why=why_none(turns, answered=any(asked.answers for asked in questions)),
    )


def _rows(turns: pd.DataFrame, questions: list[Question]) -> Iterator[tuple[Any, ...]]:
    """The rows of the table, without the coding."""
    content = Content(turns)
    called = _called(turns)
    texts = turns["text"].tolist()
    keys = list(zip(turns["briefing_id"].tolist(), turns["turn_id"].tolist(), strict=True))
    for question in questions:
        briefing_id, turn_id = keys[question.row]
        whom = _addressees(question, called[briefing_id])
        answers = (len(question.answers), as_list(turns, question.answers))
        for i, part in enumerate(question.parts):
            text = texts[question.row][part.start : part.stop]
            place = (i + 1, text, part.start, part.stop, part.type, whom[i])
            yield briefing_id, turn_id, *place, *answers, *_taken(content, question, part)


def _called(turns: pd.DataFrame) -> dict[Any, Addressees]:
    """For each briefing, the names of the people who may be asked."""
    TURNS.check(turns, "speaker")
    known = turns["speaker"].notna() & (turns["role"].astype("object") != "journalist")
    speakers = turns["speaker"].astype("object").where(known)
    by_briefing = speakers.groupby(turns["briefing_id"], sort=False, dropna=False)
    return {key: Addressees(names.dropna().unique()) for key, names in by_briefing}


def _addressees(question: Question, called: Addressees) -> list[str | None]:
    """Whom each part addresses: the last vocative before it ends."""
    names = called.find(question.masked, pieces(question.masked))
    before = [[span for span in names if span[0] < part.stop] for part in question.parts]
    return [
        called.resolve(question.masked[slice(*spans[-1])]) if spans else None for spans in before
    ]


def _taken(content: Content, question: Question, part: Asked) -> tuple[int, Any, str | None]:
    """How many content words a part has, how many of them an answer has too, and the others."""
    start = substance(question.masked, part)
    words = content.distinct(content.of(question.row, start, part.stop))
    if not question.answers:
        return len(words), pd.NA, None
    taken = content.among(words, content.stems(question.answers))
    return len(words), int(np.count_nonzero(taken)), content.listed(words[~taken])


WHO = ["briefing_id", "turn_id", "speaker", "role", "organisation"]
INDICATORS: dict[str, dict[str, Any]] = data("briefing.lexicons", "question-indicators.toml")
DESIGN_COLUMNS = typed(
    "n_words:int64 answered:bool n_parts:int64 n_preface_sentences:int64 "
    "subordinate_preface:bool returns:boolean"
) | {
    name: "boolean" if told["kind"] == "judgement" or name == "follow_up" else "bool"
    for name, told in INDICATORS.items()
}
AT_START = {
    "negative_question": "question-negative",
    "other_reference": "question-other-reference",
    "accountability": "question-accountability",
}
_STATEMENT = 4  # fewest words of a sentence before the question that make it a preface
_LONG = 9  # fewest words after an announcement in its sentence that make a statement
_LONGEST_NAME = 12  # most words of a name with an outlet, which are not a sentence
_SHARED = 0.5  # share of the shorter question's content words that makes two questions one
_LINKS = "from with of at for the and on behalf"  # lower-case words that may link names
_NAMES = re.compile(rf"(?:(?:[A-Z][\w.'-]*+|(?:{_LINKS.replace(' ', '|')})\b)[\s,—–-]*+)+\.?")


@made_for_english
def design(turns: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Describe how each question turn is built, by the ten indicators of Clayman & Heritage.

    Parameters
    ----------
    turns : DataFrame
        All turns of one or more English briefings (select from the result, not before).
    pairs : DataFrame, optional
        The pairs of question and answer; without them the links are those in `answers`.

    Returns
    -------
    DataFrame
        One row per question turn: `briefing_id, turn_id, speaker, role, organisation`, `n_words`
        (of the turn), `answered`, `n_parts` (see `questions.parts`), `n_preface_sentences`
        (statements of at least four words before the first part; no greeting, thanks, name or
        announcement), `subordinate_preface` (the sentence of the first part begins with *given
        that, as, now that ...*), `returns` (the same speaker asked earlier, with others in
        between). Then yes or no, in the order of the literature: `complexity` (a preface of either
        kind), `cascade` (a part and the next share half of the shorter one's content words, and at
        least two), `follow_up` (the same named speaker asked the question before, and it was
        answered), `other_reference` (*can you, will you, are you able to* in front of a request to
        be told), `self_reference` (*may I ask, I wonder, I'd like to ask*), `preface_tilt`,
        `negative_question` (*isn't it* in front, no tag), `preface_hostility`, `global_hostility`,
        `accountability` (*why did you, how could you*). The three of tilt and hostility are
        missing: they are for coders (`questions.sheet`). `follow_up` and `returns` are missing if
        the source does not name who asks, and `follow_up` also if it does not for the question
        before. `.attrs`: `lists` (version), `why` (a sentence, where no turn has the role
        journalist and none is answered, so that the table is empty; else None), `text_status`,
        `part`, `language`.

    Raises
    ------
    BriefingError
        If columns are missing, or a pair refers to a missing turn.

    Notes
    -----
    Clayman & Heritage (2002, J. Communication 52); accountability became a dimension of its own in
    Clayman, Elliott, Heritage & McDonald (2006, Presidential Studies Quarterly 36); negative
    questions are counted as in Heritage & Clayman (2013, Journalism Practice 7). These authors
    coded by hand: do not compare figures for forms found by list with theirs.
    `questions.indicators()` says how often each form is right.

    Each feature is a wording from a list in `briefing/lexicons/question-*.txt`, and misses other
    wordings. In the literature a cascade is one question put again in other words; here it is only
    seen if words recur, so *How bad is it? Is the pier closed?* is missed, and two different
    questions about one thing may be found. A follow-up is defined by position: only a reader can
    say whether it pursues the answer. A reference to the other is a frame about willingness or
    ability to answer, so *Will you resign?* has none.

    Not a measure of hostility, and not for ranking journalists: one turn says little, and an edited
    or translated text shows only what its editors kept. By outlet:
    `questions.design(turns).groupby("organisation")["complexity"].mean()`, with counts beside.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2], "role": ["journalist", "official"],
    ...     "speaker": ["Jo Petrel", "Ida Marlow"], "answers": pd.array([None, 1], "Int64"),
    ...     "organisation": ["Harbour Times", None],
    ...     "text": ["The quay is closed again. Why did you wait so long?", "For the tide."]})
    >>> found = briefing.questions.design(turns)
    >>> found[["n_parts", "complexity", "accountability", "preface_tilt"]]
       n_parts  complexity  accountability  preface_tilt
    0        1        True            True          <NA>
    """
    TURNS.check(turns, "speaker")
    questions = find_questions(turns, pairs)
    content = Content(turns)
    result = turns.reindex(columns=WHO).iloc[[question.row for question in questions]]
    result = result.reset_index(drop=True)
    texts = [*texts_of(turns)]
    rows = [
        _design(asked)
        | {"cascade": _cascades(content, asked), "n_words": count_words(texts[asked.row])}
        for asked in questions
    ]
    found = pd.concat([pd.DataFrame(rows), pd.DataFrame(_sequels(turns, questions))], axis=1)
    found = found.reindex(columns=[*DESIGN_COLUMNS]).astype(DESIGN_COLUMNS)
    why = why_none(turns, answered=any(asked.answers for asked in questions))
    return finish(result.join(found), turns, lists="1.0", why=why)


def indicators() -> pd.DataFrame:
    """List the ten indicators of `questions.design`, and how often the forms are right.

    Returns
    -------
    DataFrame
        One row per indicator, in order: `indicator`, `dimension`, `kind` (form: found by a program;
        judgement: for coders), `asks` (what it looks for), `n_marked` (turns that one person marked
        as having it, before seeing the results), `n_found`, `n_right`, `recall`, `precision`; these
        are missing if nothing was marked. `.attrs`: `sample`.

    Examples
    --------
    >>> indicators().loc[[3, 5], ["indicator", "dimension", "kind", "n_marked", "n_right"]]
             indicator      dimension       kind  n_marked  n_right
    3  other_reference     directness       form         8        8
    5     preface_tilt  assertiveness  judgement      <NA>     <NA>
    """
    table = pd.DataFrame([{"indicator": name} | told for name, told in INDICATORS.items()])
    table = table.astype(dict.fromkeys(["n_marked", "n_found", "n_right"], "Int64"))
    right = table["n_right"].astype("float64")
    table["recall"] = right / table["n_marked"].astype("float64")
    table["precision"] = right / table["n_found"].astype("float64")
    table.attrs["sample"] = "60 question turns of six transcripts, three houses; one marker"
    return table


def sheet(design: pd.DataFrame, turns: pd.DataFrame, *, kind: str = "judgement") -> CodingSample:
    """Make a coding sheet of question turns: every turn, for one indicator after another.

    Parameters
    ----------
    design : DataFrame
        The result of `questions.design`, or some of its rows.
    turns : DataFrame
        The turns, for their text.
    kind : str
        *judgement*: what a program cannot decide. *form*: what it can, to see how often it is right
        here (`briefing.coding.accuracy` with the key).

    Returns
    -------
    CodingSample
        As from `briefing.coding.sample`, with the indicator as `topic`, the whole turn as `text`
        and 0 as `sentence_id`. `briefing.sheets.save` writes it; codes that come back go to
        `briefing.coding.agreement(codes, by="topic")`.

    Raises
    ------
    BriefingError
        If there is no such kind, or a table lacks a column.
    """
    names = [name for name, told in INDICATORS.items() if told["kind"] == kind]
    if not names:
        raise BriefingError.of("no kind of indicator", kind=kind)
    TURNS.check(turns, "briefing_id", "turn_id", "text")
    keys = ["briefing_id", "turn_id"]
    items = design.melt(keys, names, "topic", "hit").dropna(subset=["hit"] * (kind == "form"))
    items = items.merge(turns[[*keys, "text"]], on=keys)
    same = items.groupby(["topic", items["hit"].astype("boolean")], dropna=False)["topic"]
    n = same.transform("size")
    return as_sample(items.assign(sentence_id=0, n_stratum=n, n_sampled=n, weight=1.0))


def _design(question: Question) -> dict[str, Any]:
    """The indicators that one turn shows by itself."""
    masked, parts = question.masked, question.parts
    n_before = _preface_sentences(masked, parts)
    subordinate = bool(parts) and _is_preface(lead(masked, parts[0]))
    at_start = {
        flag: any(_begins(name, masked, part) for part in parts) for flag, name in AT_START.items()
    }
    return at_start | {
        "answered": bool(question.answers),
        "n_parts": len(parts),
        "n_preface_sentences": n_before,
        "complexity": n_before > 0 or subordinate,
        "subordinate_preface": subordinate,
        "self_reference": bool(wording("question-self-reference").search(masked)),
    }


def _begins(name: str, masked: str, part: Asked) -> bool:
    """Whether a part begins with a wording; references to the other must ask for something."""
    framed = part.type == "request" or name != AT_START["other_reference"]
    return framed and wording(name).match(masked, part.start, part.stop) is not None


def _preface_sentences(masked: str, parts: list[Asked]) -> int:
    """The statements before the first part; none if nothing is asked."""
    before = [span for span in pieces(masked) if parts and span[1] <= parts[0].sentence]
    return sum(_states(masked[start:stop]) for start, stop in before)


def _states(sentence: str) -> bool:
    """Whether a sentence is a statement, or has one after an announcement."""
    words = [fold(sentence[start:stop]) for start, stop in find_words(sentence)]
    small = len(words) < _STATEMENT or set(words) <= lexicon("small-talk")
    if small or _names_only(sentence, words):
        return False
    announced = wording("question-announcements").search(sentence)
    rest = re.search(r"[,—–:;](.*)", sentence[announced.end() :], re.DOTALL) if announced else None
    return not announced or rest is not None and count_words(rest[1]) >= _LONG


def _names_only(sentence: str, words: list[str]) -> bool:
    """Whether a sentence is a name and an outlet; in capitals, only its words can show that."""
    short = len(words) <= _LONGEST_NAME and lexicon("not-in-names").isdisjoint(words)
    return short and _NAMES.fullmatch(sentence) is not None


def _is_preface(before: str) -> bool:
    """Whether what precedes an interrogative in its sentence makes a statement."""
    clauses = [re.sub(r"^(?:\W|(?:and|but|so)\b)+", "", c) for c in re.split(r"[,;:—–]", before)]
    opening = wording("question-preface")
    return any(opening.match(c) and count_words(c) >= _STATEMENT for c in clauses)


def _cascades(content: Content, question: Question) -> bool:
    """Whether two consecutive parts share half of the shorter one's content words."""
    words = [content.of(question.row, part.start, part.stop) for part in question.parts]
    return any(
        content.n_shared(one, two) >= max(2, _SHARED * min(map(content.n_distinct, (one, two))))
        for one, two in pairwise(words)
    )


def _sequels(turns: pd.DataFrame, questions: list[Question]) -> dict[str, list[bool | None]]:
    """Whether each question follows up on the speaker's own, or returns to the floor later."""
    found: dict[str, list[bool | None]] = {"follow_up": [], "returns": []}
    speakers = turns["speaker"].astype("object").where(turns["speaker"].notna(), None).tolist()
    places = list(zip(turns["briefing_id"].tolist(), turns["turn_id"].tolist(), strict=True))
    for i, question in enumerate(questions):
        who, (briefing, at) = speakers[question.row], places[question.row]
        earlier = [q for q in questions[:i] if places[q.row][0] == briefing]
        last = speakers[earlier[-1].row] if earlier else ""
        answered = bool(earlier) and any(places[row][1] < at for row in earlier[-1].answers)
        again = any(speakers[q.row] == who for q in earlier)
        named = who is not None
        known = named and last is not None
        found["follow_up"].append(last == who and answered if known else None)
        found["returns"].append(again and last != who if named else None)
    return found
