"""What a question turn asks, part by part, and what of it the answer does not take up.

`briefing.questions.asking` says what a part is and which forms there are,
`briefing.questions.addressees` how the addressee is found. Whether a part was answered is for a
person to say: the table has an empty column for it, after Bull & Mayer (1993): reply,
intermediate reply, non-reply.

Bull, P., & Mayer, K. (1993). How not to answer questions in political interviews. Political
Psychology 14.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.questions.addressees import Called
from briefing.questions.asked import Question, as_list, find_questions, why_none
from briefing.questions.asking import TYPES, Part, pieces, substance
from briefing.questions.content import Content
from briefing.tables import TURNS
from briefing.words.groups import kind_of_text

CODES = ("reply", "intermediate", "non-reply")
COLUMNS = {
    "briefing_id": "object", "turn_id": "int64", "part": "int64", "text": "str",
    "start": "int64", "stop": "int64", "type": "object", "addressee": "str", "n_answers": "int64",
    "answer_ids": "str", "n_content": "int64", "n_taken_up": "Int64", "not_taken_up": "str",
}  # fmt: skip


def question_parts(turns: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Take questions apart: one row for each thing asked, beside what its answer leaves out.

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
        answered), in the order of the text: `briefing_id, turn_id, part` (from 1), `text,
        start, stop` (characters of the turn's text), `type` (polar, wh-, alternative,
        declarative, request), `addressee` (who is named as the one asked: the speaker, where
        just one can be meant, else as printed; missing where nobody is), `n_answers,
        answer_ids` (the turns that answer, *14, 15*), `n_content` (its content words, each
        stem once, without the frame of a request), `n_taken_up` and `not_taken_up` (those that
        no answer has, in order; missing where there is no answer), `coding`: empty, for a
        coder, with the categories reply, intermediate, non-reply.
        `.attrs`: `n_questions`, `n_without_part` (question turns in which none was found),
        `why` (a sentence, where no turn has the role journalist and none is answered, so that
        the table is empty; else None), `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        Columns missing, text known not to be English, or a pair with a turn that is not there.

    Notes
    -----
    Forms after Stivers & Enfield (2010), the codes after Bull & Mayer (1993). Rules on word
    order (`briefing.questions.asking`), made for edited English that keeps question marks.
    Of 74 parts of two events that were read only after the rules were written (a debate,
    captions) 70 had the right type (one coder; 95 % interval 87 to 98 %), before two of the
    four were mended. How many parts are missed was not measured. A question in the form of a
    statement is, where no mark or frame shows it; rhetorical questions are taken for
    questions. A part begins at its interrogative: a statement before it in the same sentence
    is left to `question_design`.

    *Alternative* goes by form as well: *Do you blame the crew or the weather?* may want a yes.

    Words that an answer does not take up are no sign that it fails to answer: *seven* may be
    answered by *a week*, and a name by *she*. They show where to read. Not for scoring people.

    Examples
    --------
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2], "role": ["journalist", "official"],
    ...     "speaker": ["Harbour Times", "Ida Marlow"], "answers": pd.array([None, 1], "Int64"),
    ...     "text": ["For Ms. Marlow. When will the quay open, and who pays for the cranes?",
    ...              "It opens in June, not in May."]})
    >>> parts = question_parts(turns)
    >>> parts[["part", "text", "type", "addressee", "not_taken_up"]]
       part                      text type   addressee not_taken_up
    0     1   When will the quay open  wh-  Ida Marlow         quay
    1     2  who pays for the cranes?  wh-  Ida Marlow  pays cranes
    """
    need_english(language_in(turns), "question_parts")
    questions = find_questions(turns, pairs)
    rows = list(_rows(turns, questions))
    result = pd.DataFrame(rows, columns=[*COLUMNS]).astype(COLUMNS)
    result["briefing_id"] = result["briefing_id"].astype(turns["briefing_id"].dtype)
    result["type"] = pd.Categorical(result["type"], TYPES)
    result["coding"] = pd.Categorical([None] * len(result), CODES)
    n_with = len(result.drop_duplicates(["briefing_id", "turn_id"]))
    result.attrs = kind_of_text(turns) | {
        "n_questions": len(questions),
        "n_without_part": len(questions) - n_with,
        "why": why_none(turns, answered=any(asked.answers for asked in questions)),
    }
    return result


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


def _called(turns: pd.DataFrame) -> dict[Any, Called]:
    """For each briefing, the names of those who may be asked."""
    TURNS.check(turns, "speaker")
    known = turns["speaker"].notna() & (turns["role"].astype("object") != "journalist")
    speakers = turns["speaker"].astype("object").where(known)
    by_briefing = speakers.groupby(turns["briefing_id"], sort=False, dropna=False)
    return {key: Called(names.dropna().unique()) for key, names in by_briefing}


def _addressees(question: Question, called: Called) -> list[str | None]:
    """Whom each part is put to: the last name called before it ends."""
    names = called.find(question.masked, pieces(question.masked))
    before = [[span for span in names if span[0] < part.stop] for part in question.parts]
    return [
        called.resolve(question.masked[slice(*spans[-1])]) if spans else None for spans in before
    ]


def _taken(content: Content, question: Question, part: Part) -> tuple[int, Any, str | None]:
    """How many content words a part has, how many of them an answer has too, and the others."""
    start = substance(question.masked, part)
    words = content.distinct(content.of(question.row, start, part.stop))
    if not question.answers:
        return len(words), pd.NA, None
    taken = content.among(words, content.stems(question.answers))
    return len(words), int(np.count_nonzero(taken)), content.listed(words[~taken])
