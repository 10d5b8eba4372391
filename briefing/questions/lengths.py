"""How long questions are and how long the answers to them.

The response ratio of an exchange is the words of its answers over the words of its question. One
long answer to a short question can carry a mean, so that both are given here: the median of the
ratios, and the ratio of all words to all words. Length is not quality.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.questions.asked import as_list, find_questions, why_none
from briefing.tables import TURNS, BriefingError
from briefing.words.groups import kind_of_text


def exchange_lengths(turns: pd.DataFrame, *, pairs: pd.DataFrame | None = None) -> pd.DataFrame:
    """Count the words of each question and of all that comes in answer to it.

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
        One row per question turn (a journalist's turn that asks, or any turn that is
        answered): `briefing_id, turn_id, speaker, role, n_words, n_answers, answer_ids` (*14,
        15*), `n_words_answers` (of all turns in answer), `ratio` (of `n_words_answers` to
        `n_words`; missing where there is no answer).
        `.attrs`: `n_questions, n_unanswered` (no turn is linked as an answer, which does not
        say that nobody answered), `median_ratio` (over the answered questions),
        `ratio_of_totals` (words of all answers over words of all answered questions, each turn
        once), `n_words_questions` and `n_words_answers` (of these), `why` (a sentence, where no
        turn has the role journalist and none is answered, so that the table is empty; else
        None), `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        Columns missing, words not counted, or a pair with a turn that is not there.

    Notes
    -----
    ratio = n_words_answers / n_words, a definition of ours. It is skewed, so two figures
    sum it up: the median, which no single long answer moves, and the ratio of the totals.

    An answer to two questions stands in both rows; add up `n_words_answers` only through
    `.attrs`. Not a measure of how well a question was answered, nor of evenness: officials
    are there to answer at length. Draw ratios on a logarithmic scale.

    Examples
    --------
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2, 3, 4], "speaker": [None, "Ida Marlow"] * 2,
    ...     "role": ["journalist", "official"] * 2, "n_words": [10, 20, 5, 50],
    ...     "answers": pd.array([None, 1, None, 3], "Int64"), "text": ["Why?", "Yes."] * 2})
    >>> lengths = exchange_lengths(turns)
    >>> lengths[["turn_id", "n_words", "answer_ids", "n_words_answers", "ratio"]]
       turn_id  n_words answer_ids  n_words_answers  ratio
    0        1       10          2               20    2.0
    1        3        5          4               50   10.0
    >>> lengths.attrs["median_ratio"], round(lengths.attrs["ratio_of_totals"], 2)
    (6.0, 4.67)
    """
    TURNS.check(turns, "speaker", "n_words")
    if turns["n_words"].isna().any():
        raise BriefingError(
            f"n_words is missing in {turns['n_words'].isna().sum()} of {len(turns)} turns. Count "
            "the words with a tokenizer for their language, briefing.tokenize(turns, tokenizer=...)"
            ", and put the number of tokens of each turn into n_words."
        )
    questions = find_questions(turns, pairs)
    n_words = turns["n_words"].astype("int64").to_numpy()
    columns = ["briefing_id", "turn_id", "speaker", "role", "n_words"]
    result = turns[columns].iloc[[question.row for question in questions]].reset_index(drop=True)
    answers = [question.answers for question in questions]
    result["n_words"] = result["n_words"].astype("int64")
    result["n_answers"] = np.array([len(rows) for rows in answers], np.int64)
    result["answer_ids"] = pd.Series([as_list(turns, rows) for rows in answers], dtype="str")
    result["n_words_answers"] = np.array([n_words[rows].sum() for rows in answers], np.int64)
    answered = (result["n_answers"] > 0) & (result["n_words"] > 0)
    result["ratio"] = result["n_words_answers"] / result["n_words"].where(answered)
    n_asked = int(result["n_words"].where(result["n_answers"] > 0, 0).sum())
    n_answered = int(n_words[sorted({row for rows in answers for row in rows})].sum())
    result.attrs = kind_of_text(turns) | {
        "n_questions": len(result),
        "n_unanswered": int((result["n_answers"] == 0).sum()),
        "median_ratio": float(result["ratio"].median()),
        "ratio_of_totals": n_answered / n_asked if n_asked else float("nan"),
        "n_words_questions": n_asked,
        "n_words_answers": n_answered,
        "why": why_none(turns, answered=any(answers)),
    }
    return result
