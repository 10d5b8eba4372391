"""Where the words of an answer come from: its question, the opening statement, or neither.

Uptake is a question's words used again in its answer. Every content word of an answer is counted
once: as the question's, if the question has it; else as the opening's, if an official or the
moderator used it before the first question; else as new. It shows how an answer is tied to what
was said before, as format tying does in conversation (Goodwin 1990).

Uptake is not responsiveness. *Three to five days* answers *for how long?* in full and takes up
nothing; an answer may repeat every word of a question and leave it open.

Goodwin, M. H. (1990). He-Said-She-Said: Talk as Social Organization among Black Children.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.questions.asked import as_list, in_order, links, why_none
from briefing.questions.content import Content
from briefing.tables import TURNS
from briefing.words.boundaries import count_words
from briefing.words.groups import kind_of_text

OPENING = 50  # words before the first question from which they are an opening statement
COUNTS = ("n_content", "n_from_question", "n_from_opening", "n_new")
SHARES = ("share_from_question", "share_from_opening", "share_new")


def uptake(turns: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count where the content words of each answer come from, each word once.

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
        One row per turn that answers: `briefing_id, turn_id, speaker, role, question_ids`
        (*16, 18*), `n_content` (its content words, every occurrence), of these
        `n_from_question`, `n_from_opening`, `n_new`, and `share_from_question,
        share_from_opening, share_new` of `n_content` (which add up to 1; missing where it has no
        content word); `from_question` and `from_opening`: those words, each stem once.
        The two about the opening and those about new words are missing where the text has no
        opening statement: fewer than 50 words by officials and moderators before the first
        question. What would be new is not known then.
        `.attrs`: `n_answers`, `stemmer`, `why` (a sentence, where no turn has the role
        journalist and none is answered, so that the table is empty; else None),
        `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        Columns missing, text known not to be English, or a pair with a turn that is not there.

    Notes
    -----
    share_from_question = n_from_question / n_content, and so on. After format tying (Goodwin
    1990): a turn is tied to the one before by its words.

    Question first: what question and opening share counts as the question's. Inflection is
    folded by Snowball's stemmer; synonyms, pronouns and irregular forms are not seen. A long
    answer takes up a smaller share of itself, since questions are short: compare `n_content`
    too, and answers of like length.

    Not a measure of responsiveness, and never to be called or drawn as one. Short answers in
    figures answer fully and take up little; a refusal may repeat the question.

    Examples
    --------
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2], "role": ["journalist", "official"],
    ...     "speaker": [None, "Ida Marlow"], "answers": pd.array([None, 1], "Int64"),
    ...     "text": ["When will the cranes on the quay be paid for?",
    ...              "The crane is paid for. The harbour pays in June."]})
    >>> uptake(turns)[["turn_id", "n_content", "n_from_question", "share_new", "from_question"]]
       turn_id  n_content  n_from_question  share_new from_question
    0        2          5                2        NaN    crane paid
    """
    need_english(language_in(turns), "uptake")
    TURNS.check(turns, "speaker", "role", "text")
    questions: dict[int, list[int]] = {}
    for question, answer in links(turns, pairs):
        questions.setdefault(answer, []).append(question)
    openings = _openings(turns, {row for rows in questions.values() for row in rows})
    result = turns[["briefing_id", "turn_id", "speaker", "role"]].iloc[list(questions)]
    rows = list(_rows(turns, questions, openings))
    columns = ["question_ids", *COUNTS, "from_question", "from_opening"]
    found = pd.DataFrame(rows, columns=columns, index=result.index)
    found = found.astype(dict.fromkeys(COUNTS, "Int64"))
    shares = found[list(COUNTS[1:])].div(found["n_content"].replace(0, pd.NA), axis=0)
    found[list(SHARES)] = shares.astype("Float64").to_numpy("float64", na_value=np.nan)
    result = pd.concat([result, found], axis=1).reset_index(drop=True)
    order = ["question_ids", *COUNTS, *SHARES, "from_question", "from_opening"]
    result.attrs = kind_of_text(turns) | {
        "n_answers": len(result),
        "stemmer": "Snowball, English",
        "why": why_none(turns, answered=bool(questions)),
    }
    return result[["briefing_id", "turn_id", "speaker", "role", *order]]


def _rows(
    turns: pd.DataFrame, questions: dict[int, list[int]], openings: dict[Any, list[int]]
) -> Iterator[tuple[Any, ...]]:
    """Of each answer its questions, its counts and its words."""
    content = Content(turns)
    briefings = turns["briefing_id"].tolist()
    known = {key: content.stems(rows) for key, rows in openings.items()}
    for answer, asked in questions.items():
        words = content.of(answer)
        by_question = content.among(words, content.stems(asked))
        counts: list[Any] = [len(words), int(by_question.sum()), pd.NA, pd.NA]
        listed: list[str | None] = [content.listed(words[by_question]), None]
        opening = known.get(briefings[answer])
        if opening is not None:
            by_opening = content.among(words, opening) & ~by_question
            n_opening = int(by_opening.sum())
            counts[2:] = n_opening, counts[0] - counts[1] - n_opening
            listed[1] = content.listed(words[by_opening])
        yield as_list(turns, asked), *counts, *listed


def _openings(turns: pd.DataFrame, answered: set[int]) -> dict[Any, list[int]]:
    """Of each briefing that has an opening statement, the rows of its turns."""
    openings: dict[Any, list[int]] = {}
    asked = set()
    roles, briefings = turns["role"].astype("object").tolist(), turns["briefing_id"].tolist()
    for row in in_order(turns, set(range(len(turns)))):
        if roles[row] == "journalist" or row in answered:
            asked.add(briefings[row])
        elif briefings[row] not in asked and roles[row] in {"official", "moderator"}:
            openings.setdefault(briefings[row], []).append(row)
    texts = turns["text"].astype("object").where(turns["text"].notna(), "").tolist()
    return {
        briefing: rows
        for briefing, rows in openings.items()
        if sum(count_words(texts[row]) for row in rows) >= OPENING
    }
