"""How questions are built: what goes before them, how often they ask, in which frames.

Clayman & Heritage (2002) and Clayman et al. (2006) code ten features of the questions put to
presidents. Here are those that a closed list of wordings can find: prefaces, several questions
in one turn, follow-ups, frames that refer to who answers or who asks, negative interrogatives
(an index of their own in Heritage & Clayman 2013), demands to account for a decision. Tilt and
hostility are not: they take a reader.

References
----------
Clayman, S., & Heritage, J. (2002). Questioning presidents. J. Communication 52. Clayman, S.,
Elliott, M., Heritage, J., & McDonald, L. (2006). Historical trends in questioning presidents,
1953-2000. Presidential Studies Quarterly 36. Heritage, J., & Clayman, S. (2013). The changing
tenor of questioning over time. Journalism Practice 7.
"""

from __future__ import annotations

import re
from itertools import pairwise
from typing import Any

import numpy as np
import pandas as pd

from briefing.languages import language_in
from briefing.lexicons import lexicon, need_english
from briefing.questions.asked import Question, find_questions, why_none
from briefing.questions.asking import Part, lead, pieces
from briefing.questions.content import Content
from briefing.questions.wordings import wording
from briefing.tables import TURNS
from briefing.words.boundaries import count_words, find_words, fold
from briefing.words.groups import kind_of_text

WHO = ["briefing_id", "turn_id", "speaker", "role", "organisation"]
COLUMNS = {
    "answered": "bool", "n_parts": "int64", "n_preface_sentences": "int64",
    "preface": "bool", "subordinate_preface": "bool", "cascade": "bool",
    "negative_interrogative": "bool", "other_reference": "bool", "self_reference": "bool",
    "accountability": "bool",
}  # fmt: skip
ORDER = ["n_words", *list(COLUMNS)[:6], "follow_up", "returns", *list(COLUMNS)[6:]]
AT_START = {
    "negative_interrogative": "question-negative",
    "other_reference": "question-other-reference",
    "accountability": "question-accountability",
}
_STATEMENT = 4  # words from which a sentence before the question is a preface
_LONG = 9  # words from which what follows an announcement in its sentence is a statement
_LONGEST_NAME = 12  # words of a name and a house that are no sentence
_SHARED = 0.5  # share of the shorter question's content words that makes two one question
_LINKS = "from with of at for the and on behalf"  # which may stand between names in small letters
_NAMES = re.compile(rf"(?:(?:[A-Z][\w.'-]*+|(?:{_LINKS.replace(' ', '|')})\b)[\s,—–-]*+)+\.?")
_SAID = frozenset(  # in no name or house
    "i you he she we they he's she's it's i'm we're they're you're there this that not is are am "
    "was were be been has have had do does did would should could must didn't don't isn't "
    "our my your their his her its".split()
)


def question_design(turns: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Describe how each question turn is built, by closed lists of wordings.

    Parameters
    ----------
    turns : DataFrame
        All turns of one or more English briefings (select from the result, not before).
    pairs : DataFrame, optional
        The pairs of question and answer; without them the links are those in `answers`.

    Returns
    -------
    DataFrame
        One row per question turn: `briefing_id, turn_id, speaker, role, organisation`,
        `n_words` (of the turn), `answered`, `n_parts` (see `question_parts`),
        `n_preface_sentences` (statements of at least four words before the first part; no
        greeting, thanks, name or announcement), and yes or no:
        `preface` (such a sentence, or a subordinate preface), `subordinate_preface` (the
        sentence of the first part begins with *given that, as, now that ...*), `cascade`
        (a part and the next share half of the shorter one's content words, and at least two),
        `follow_up` (the same named speaker asked the question before, and it was answered),
        `returns` (the same speaker asked earlier, with others in between); both missing where
        the source does not name who asks this question, `follow_up` also where it does not
        for the one before; `negative_interrogative` (*isn't it* in front, no tag),
        `other_reference` (*can you, could you, will you, would you* in front),
        `self_reference` (*may I ask, I wonder, I'd like to ask*), `accountability` (*why did
        you, how could you*).
        `.attrs`: `lists` (version), `why` (a sentence, where no turn has the role journalist
        and none is answered, so that the table is empty; else None), `text_status`, `part`,
        `language`.

    Raises
    ------
    BriefingError
        Columns missing, text known not to be English, or a pair with a turn that is not there.

    Notes
    -----
    The features are those of Clayman & Heritage (2002, J. Communication 52) and Clayman,
    Elliott, Heritage & McDonald (2006, Presidential Studies Quarterly 36) that closed lists
    can find; negative interrogatives are counted as in Heritage & Clayman (2013, Journalism
    Practice 7). These authors coded by hand, and tilt and hostility too: figures from here are
    not to be set beside theirs.

    Each feature is a wording from a list in `briefing/lexicons/question-*.txt`; so is what it
    misses. A cascade in the literature is one question put again in other words; here it is
    seen where words return, so that *How bad is it? Is the pier closed?* is missed, and two
    different questions on one thing may be found. A follow-up is so by place: whether it
    pursues the answer takes a reader. *Can you see the pier from here?* counts as a reference
    to the other, though it is meant as asked.

    Not a measure of hostility, and not for ranking journalists: a turn says little, and an
    edited or translated text keeps what its editors kept. By outlet:
    `question_design(turns).groupby("organisation")["preface"].mean()`, with counts beside.

    Examples
    --------
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2], "role": ["journalist", "official"],
    ...     "speaker": ["Jo Petrel", "Ida Marlow"], "answers": pd.array([None, 1], "Int64"),
    ...     "organisation": ["Harbour Times", None],
    ...     "text": ["The quay is closed again. Why did you wait so long?", "For the tide."]})
    >>> question_design(turns)[["n_parts", "preface", "accountability", "other_reference"]]
       n_parts  preface  accountability  other_reference
    0        1     True            True            False
    """
    need_english(language_in(turns), "question_design")
    TURNS.check(turns, "speaker")
    questions = find_questions(turns, pairs)
    content = Content(turns)
    result = turns.reindex(columns=WHO).iloc[[question.row for question in questions]]
    result = result.reset_index(drop=True)
    design = [_design(asked) | {"cascade": _cascades(content, asked)} for asked in questions]
    texts = turns["text"].astype("object").where(turns["text"].notna(), "").tolist()
    result["n_words"] = np.array([count_words(texts[asked.row]) for asked in questions], np.int64)
    for column, dtype in COLUMNS.items():
        result[column] = pd.Series([found[column] for found in design], dtype=dtype)
    for column, values in _sequels(turns, questions).items():
        result[column] = pd.Series(values, dtype="boolean")
    result.attrs = kind_of_text(turns) | {
        "lists": "1.0",
        "why": why_none(turns, answered=any(asked.answers for asked in questions)),
    }
    return result[[*WHO, *ORDER]]


def _design(question: Question) -> dict[str, Any]:
    """What one turn shows by itself."""
    masked, parts = question.masked, question.parts
    n_before = _preface_sentences(masked, parts)
    subordinate = bool(parts) and _is_preface(lead(masked, parts[0]))
    at_start = {
        flag: any(wording(name).match(masked, part.start, part.stop) for part in parts)
        for flag, name in AT_START.items()
    }
    return at_start | {
        "answered": bool(question.answers),
        "n_parts": len(parts),
        "n_preface_sentences": n_before,
        "preface": n_before > 0 or subordinate,
        "subordinate_preface": subordinate,
        "self_reference": bool(wording("question-self-reference").search(masked)),
    }


def _preface_sentences(masked: str, parts: list[Part]) -> int:
    """The statements before the first part; none where nothing is asked."""
    before = [span for span in pieces(masked) if parts and span[1] <= parts[0].sentence]
    return sum(_states(masked[start:stop]) for start, stop in before)


def _states(sentence: str) -> bool:
    """Whether a sentence is a statement; what follows an announcement in it may be one."""
    words = [fold(sentence[start:stop]) for start, stop in find_words(sentence)]
    small = len(words) < _STATEMENT or set(words) <= lexicon("small-talk")
    if small or _names_only(sentence, words):
        return False
    announced = wording("question-announcements").search(sentence)
    rest = re.search(r"[,—–:;](.*)", sentence[announced.end() :], re.DOTALL) if announced else None
    return not announced or rest is not None and count_words(rest[1]) >= _LONG


def _names_only(sentence: str, words: list[str]) -> bool:
    """Whether a sentence is a name and a house; in capitals, nothing but its words tells."""
    short = len(words) <= _LONGEST_NAME and _SAID.isdisjoint(words)
    return short and _NAMES.fullmatch(sentence) is not None


def _is_preface(before: str) -> bool:
    """Whether what precedes an interrogative in its sentence states something."""
    clauses = [re.sub(r"^(?:\W|(?:and|but|so)\b)+", "", c) for c in re.split(r"[,;:—–]", before)]
    opening = wording("question-preface")
    return any(opening.match(c) and count_words(c) >= _STATEMENT for c in clauses)


def _cascades(content: Content, question: Question) -> bool:
    """Whether two parts that follow one another share half of the shorter one's content."""
    words = [content.of(question.row, part.start, part.stop) for part in question.parts]
    return any(
        content.n_shared(one, two) >= max(2, _SHARED * min(map(content.n_distinct, (one, two))))
        for one, two in pairwise(words)
    )


def _sequels(turns: pd.DataFrame, questions: list[Question]) -> dict[str, list[bool | None]]:
    """Whether each question follows up on the speaker's own, or comes back to the floor later."""
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
