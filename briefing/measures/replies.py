"""What answers do: lengths, words taken up, non-replies.

How long questions and their answers are.

The response ratio of an exchange is the words of its answers over the words of its question. One
long answer to a short question can dominate a mean, so two figures are given here: the median of
the ratios, and the ratio of the totals. Length is not quality.

Where the words of an answer come from: its question, the opening statement, or neither.

Uptake means that an answer reuses words of its question. Every content word of an answer is counted
once: as the question's, if the question has it; else as the opening's, if an official or the
moderator used it before the first question; else as new. It shows how an answer is tied to what was
said before, like format tying in conversation (Goodwin 1990).

Uptake is not responsiveness. *Three to five days* answers *for how long?* in full and takes up
nothing; an answer may repeat every word of a question and leave it open.

Goodwin, M. H. (1990). He-Said-She-Said: Talk as Social Organization among Black Children.

Where an answer says in so many words that it will not give what was asked.

Five kinds, after the taxonomy of QEvasion (Thomas et al. 2024) and Bull & Mayer (1993):
*declining* (*no comment, I won't get into that*), *ignorance* (*I don't know, we have no
figures*), *referral* (*I would refer you to*), *asking back* (*do you mean the crane?*) and
*attacking the question* (*I reject the premise*). Only wordings are found, never a judgement.

References
----------
Bull, P., & Mayer, K. (1993). How not to answer questions in political interviews. Political
Psychology 14. Thomas, K., Filandrianos, G., Lymperaiou, M., Zerva, C., & Stamou, G. (2024). "I
never said that": A dataset, taxonomy and baselines on response clarity classification. EMNLP.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
import pandas as pd

from briefing.lexicons.languages import made_for_english
from briefing.measures.asking import NON_REPLIES, non_reply_hits
from briefing.measures.questions import Content, as_list, find_questions, in_order, links, why_none
from briefing.tables import TURNS
from briefing.words.boundaries import count_words
from briefing.words.groups import TURN_KEYS, counted, finish, found_in
from briefing.words.tokens import texts_of

__all__ = ["lengths", "non_replies", "uptake"]


def lengths(turns: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the words of each question and of everything in answer to it.

    Parameters
    ----------
    turns : DataFrame
        All turns of one or more briefings, with their `n_words`.
    pairs : DataFrame, optional
        The pairs of question and answer; without them the links are those in `answers`, the
        first question of each answer.

    Returns
    -------
    DataFrame
        One row per question turn (a journalist's turn that asks, or any turn that is answered):
        `briefing_id, turn_id, speaker, role, n_words, n_answers, answer_ids` (*14, 15*),
        `n_words_answers` (of all turns in answer), `ratio` (of `n_words_answers` to `n_words`;
        missing if there is no answer). `.attrs`: `n_questions, n_unanswered` (no turn is linked as
        an answer, which does not mean that nobody answered), `median_ratio` (over the answered
        questions), `ratio_of_totals` (words of all answers over words of all answered questions,
        each turn once), `n_words_questions` and `n_words_answers` (of these), `why` (a sentence,
        where no turn has the role journalist and none is answered, so that the table is empty; else
        None), `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        If columns are missing, words are not counted, or a pair refers to a missing turn.

    Notes
    -----
    ratio = n_words_answers / n_words, our own definition. It is skewed, so two figures sum it up:
    the median, which no single long answer can shift, and the ratio of the totals.

    An answer to two questions is in both rows; for totals of `n_words_answers` use `.attrs`. Not a
    measure of how well a question was answered, or of fairness: officials are there to answer at
    length. Plot ratios on a logarithmic scale.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2, 3, 4], "speaker": [None, "Ida Marlow"] * 2,
    ...     "role": ["journalist", "official"] * 2, "n_words": [10, 20, 5, 50],
    ...     "answers": pd.array([None, 1, None, 3], "Int64"), "text": ["Why?", "Yes."] * 2})
    >>> exchanges = briefing.replies.lengths(turns)
    >>> exchanges[["turn_id", "n_words", "answer_ids", "n_words_answers", "ratio"]]
       turn_id  n_words answer_ids  n_words_answers  ratio
    0        1       10          2               20    2.0
    1        3        5          4               50   10.0
    >>> exchanges.attrs["median_ratio"], round(exchanges.attrs["ratio_of_totals"], 2)
    (6.0, 4.67)
    """
    TURNS.check(turns, "speaker", "n_words")
    n_words = counted(turns).to_numpy()
    questions = find_questions(turns, pairs)
    rows = [question.row for question in questions]
    result = turns[TURN_KEYS].iloc[rows].reset_index(drop=True).assign(n_words=n_words[rows])
    answers = [question.answers for question in questions]
    result["n_answers"] = np.array([len(rows) for rows in answers], np.int64)
    result["answer_ids"] = pd.Series([as_list(turns, rows) for rows in answers], dtype="str")
    result["n_words_answers"] = np.array([n_words[rows].sum() for rows in answers], np.int64)
    answered = (result["n_answers"] > 0) & (result["n_words"] > 0)
    result["ratio"] = result["n_words_answers"] / result["n_words"].where(answered)
    n_asked = int(result["n_words"].where(result["n_answers"] > 0, 0).sum())
    n_answered = int(n_words[sorted({row for rows in answers for row in rows})].sum())
    return finish(
        result,
        turns,
        n_questions=len(result),
        n_unanswered=int((result["n_answers"] == 0).sum()),
        median_ratio=float(result["ratio"].median()),
        ratio_of_totals=n_answered / n_asked if n_asked else float("nan"),
        n_words_questions=n_asked,
        n_words_answers=n_answered,
        why=why_none(turns, answered=any(answers)),
    )


OPENING = 50  # fewest words before the first question that make an opening statement
COUNTS = ("n_content", "n_from_question", "n_from_opening", "n_new")
SHARES = ("share_from_question", "share_from_opening", "share_new")


@made_for_english
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
        One row per turn that answers: `briefing_id, turn_id, speaker, role, question_ids` (*16,
        18*), `n_content` (its content words, every occurrence), of these `n_from_question`,
        `n_from_opening`, `n_new`, and `share_from_question, share_from_opening, share_new` of
        `n_content` (which add up to 1; missing where it has no content word); `from_question` and
        `from_opening`: those words, each stem once. The columns for the opening and for new words
        are missing if the text has no opening statement: fewer than 50 words by officials and
        moderators before the first question. It is then unknown what is new. `.attrs`: `n_answers`,
        `stemmer`, `why` (a sentence, where no turn has the role journalist and none is answered, so
        that the table is empty; else None), `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        If columns are missing, or a pair refers to a missing turn.

    Notes
    -----
    share_from_question = n_from_question / n_content, and so on. After format tying (Goodwin
    1990): a turn is tied to the one before by its words.

    Question first: what question and opening share counts as the question's. Inflection is removed
    by the Snowball stemmer; synonyms, pronouns and irregular forms are missed. In a long answer the
    share taken up is smaller, since questions are short: compare `n_content` too, and answers of
    similar length.

    Not a measure of responsiveness, and never to be presented as one. Short answers in figures
    answer fully and take up little; a refusal may repeat the question.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2], "role": ["journalist", "official"],
    ...     "speaker": [None, "Ida Marlow"], "answers": pd.array([None, 1], "Int64"),
    ...     "text": ["When will the cranes on the quay be paid for?",
    ...              "The crane is paid for. The harbour pays in June."]})
    >>> found = briefing.replies.uptake(turns)
    >>> found[["turn_id", "n_content", "n_from_question", "share_new", "from_question"]]
       turn_id  n_content  n_from_question  share_new from_question
    0        2          5                2        NaN    crane paid
    """
    TURNS.check(turns, "speaker", "role", "text")
    questions: dict[int, list[int]] = {}
    for question, answer in links(turns, pairs):
        questions.setdefault(answer, []).append(question)
    openings = _openings(turns, {row for rows in questions.values() for row in rows})
    result = turns[TURN_KEYS].iloc[list(questions)]
    rows = list(_rows(turns, questions, openings))
    columns = ["question_ids", *COUNTS, "from_question", "from_opening"]
    found = pd.DataFrame(rows, columns=columns, index=result.index)
    found = found.astype(dict.fromkeys(COUNTS, "Int64"))
    shares = found[list(COUNTS[1:])].div(found["n_content"].replace(0, pd.NA), axis=0)
    found[list(SHARES)] = shares.astype("Float64").to_numpy("float64", na_value=np.nan)
    result = pd.concat([result, found], axis=1).reset_index(drop=True)
    order = ["question_ids", *COUNTS, *SHARES, "from_question", "from_opening"]
    return finish(
        result[[*TURN_KEYS, *order]],
        turns,
        n_answers=len(result),
        stemmer="Snowball, English",
        why=why_none(turns, answered=bool(questions)),
    )


def _rows(
    turns: pd.DataFrame, questions: dict[int, list[int]], openings: dict[Any, list[int]]
) -> Iterator[tuple[Any, ...]]:
    """For each answer: its questions, counts and words."""
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
    """For each briefing that has an opening statement, the rows of its turns."""
    openings: dict[Any, list[int]] = {}
    asked = set()
    roles, briefings = turns["role"].astype("object").tolist(), turns["briefing_id"].tolist()
    for row in in_order(turns, set(range(len(turns)))):
        if roles[row] == "journalist" or row in answered:
            asked.add(briefings[row])
        elif briefings[row] not in asked and roles[row] in {"official", "moderator"}:
            openings.setdefault(briefings[row], []).append(row)
    texts = [*texts_of(turns)]
    return {
        briefing: rows
        for briefing, rows in openings.items()
        if sum(count_words(texts[row]) for row in rows) >= OPENING
    }


COLUMNS = {"kind": "str", "text": "str", "start": "int64", "stop": "int64"}


@made_for_english
def non_replies(turns: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Find the wordings by which answers decline, plead ignorance or refer to others.

    Parameters
    ----------
    turns : DataFrame
        All turns of one or more English briefings (select from the result, not before).
    pairs : DataFrame, optional
        The pairs of question and answer; without them the links are those in `answers`.

    Returns
    -------
    DataFrame
        One row per hit in a turn that answers, in the order of the text:
        `briefing_id, turn_id, speaker, role, kind` (declining, ignorance, referral, asking back,
        attacking the question), `text, start, stop` (characters of the turn's text). If two hits
        overlap, the earlier, then the longer one is kept. `.attrs`: `n_answers` (turns searched),
        `n_answers_hit`, `lists` (version), `why` (a sentence, where no turn has the role journalist
        and none is answered, so that nothing was searched; else None), `text_status`, `part`,
        `language`.

    Raises
    ------
    BriefingError
        If columns are missing, or a pair refers to a missing turn.

    Notes
    -----
    The kinds are after Bull & Mayer (1993, Political Psychology 14) and the taxonomy of
    QEvasion (Thomas et al. 2024, EMNLP); the wordings are in `briefing/lexicons`
    (`cue-declines`, `cue-does-not-know`, `cue-refers`,
    `cue-asks-what-is-meant`, `cue-attacks-question`).

    Such cues can find a tenth of answers at best: of the 3,448 answers in QEvasion, coders called
    356 clear non-replies (145 declining, 119 ignorance, 92 asking back) and 2,040 ambivalent.
    Missed: changing the subject, answering a different question, generalities, half an answer, and
    every refusal in other words. Wrongly found: *we don't know for sure* within an argument, a
    refusal followed by the answer. Read the hits in their turns. How many are found, and how many
    hits are right: docs/methods/lists.md.

    The lack of a hit does not mean that a question was answered, and a hit is not a reproach: there
    may be nothing to say. Do not use it for a rate of evasion, to rank or score speakers, or
    instead of coding by readers.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2], "role": ["journalist", "official"],
    ...     "speaker": [None, "Ida Marlow"], "answers": pd.array([None, 1], "Int64"),
    ...     "text": ["Who pays?", "I don’t know. I would refer you to the bank."]})
    >>> briefing.replies.non_replies(turns)[["turn_id", "kind", "text", "start", "stop"]]
       turn_id       kind            text  start  stop
    0        2  ignorance    I don’t know      0    12
    1        2   referral  I would refer      14    28
    """
    TURNS.check(turns, "speaker", "role", "text")
    answers = [*dict.fromkeys(answer for _, answer in links(turns, pairs))]
    texts = [*texts_of(turns)]
    found = ((row, hit) for row in answers for hit in non_reply_hits(texts[row]))
    result = found_in(turns, found, COLUMNS)
    result["kind"] = pd.Categorical(result["kind"], list(NON_REPLIES))
    n_hit = len(result.drop_duplicates(["briefing_id", "turn_id"]))
    about = {"n_answers": len(answers), "n_answers_hit": n_hit, "lists": "1.2"}
    return finish(result, turns, **about, why=why_none(turns, answered=bool(answers)))
