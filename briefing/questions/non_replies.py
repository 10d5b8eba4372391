"""Where an answer says in so many words that it does not give what was asked.

Three kinds, after the taxonomy of QEvasion (Thomas et al. 2024) and Bull & Mayer (1993):
*declining* (*no comment, I won't get into that*), *ignorance* (*I don't know, we have no
figures*), *referral* (*I would refer you to*). Only wordings are found, never a judgement.

References
----------
Bull, P., & Mayer, K. (1993). How not to answer questions in political interviews. Political
Psychology 14. Thomas, K., Filandrianos, G., Lymperaiou, M., Zerva, C., & Stamou, G. (2024). "I
never said that": A dataset, taxonomy and baselines on response clarity classification. EMNLP.
"""

from __future__ import annotations

from typing import Any

import pandas as pd

from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.lexicons.stage import without_stages
from briefing.questions.asked import links, why_none
from briefing.questions.wordings import wording
from briefing.tables import TURNS
from briefing.words.groups import kind_of_text

KINDS = {"declining": "cue-declines", "ignorance": "cue-does-not-know", "referral": "cue-refers"}
_ONE_SIGN = str.maketrans("’‘´`", "''''")
WHO = ["briefing_id", "turn_id", "speaker", "role"]


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
        One row per hit in a turn that answers, in the order of the text: `briefing_id,
        turn_id, speaker, role, kind` (declining, ignorance, referral), `text, start, stop`
        (characters of the turn's text). Where two hits overlap, the earlier, then the longer
        one stands.
        `.attrs`: `n_answers` (turns searched), `n_answers_hit`, `lists` (version), `why` (a
        sentence, where no turn has the role journalist and none is answered, so that nothing
        was searched; else None), `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        Columns missing, text known not to be English, or a pair with a turn that is not there.

    Notes
    -----
    The kinds are after Bull & Mayer (1993, Political Psychology 14) and the taxonomy of
    QEvasion (Thomas et al. 2024, EMNLP); the wordings are in `briefing/lexicons`
    (`cue-declines`, `cue-does-not-know`, `cue-refers`).

    Such cues can reach a tenth of answers at best: of the 3,448 answers in QEvasion, coders
    called 356 clear non-replies (145 declining, 119 ignorance, 92 asking back) and 2,040
    ambivalent. What is missed: changing the subject, answering another question, generalities,
    half an answer, attacking the question, asking back, and every refusal worded otherwise.
    What is wrongly found: *we don't know for sure* within an argument, a refusal that is
    followed by the answer, *not in a position to* about a judgement. Read the hits in their
    turns: of the 13 in the transcripts that the lists were tried on, 9 say that something asked is
    not given.

    No hit does not mean that a question was answered, and a hit is no reproach: there may be
    nothing to tell. Not to be used for a rate of evasion, nor to rank or score speakers, nor
    in place of coding by readers.

    Examples
    --------
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "quay", "turn_id": [1, 2], "role": ["journalist", "official"],
    ...     "speaker": [None, "Ida Marlow"], "answers": pd.array([None, 1], "Int64"),
    ...     "text": ["Who pays?", "I don’t know. I would refer you to the bank."]})
    >>> non_replies(turns)[["turn_id", "kind", "text", "start", "stop"]]
       turn_id       kind          text  start  stop
    0        2  ignorance  I don’t know      0    12
    1        2   referral  refer you to     22    34
    """
    need_english(language_in(turns), "non_replies")
    TURNS.check(turns, "speaker", "role", "text")
    answers = [*dict.fromkeys(answer for _, answer in links(turns, pairs))]
    texts = turns["text"].astype("object").where(turns["text"].notna(), "").tolist()
    found = [(row, *hit) for row in answers for hit in _hits(texts[row])]
    result = turns[WHO].iloc[[row for row, *_ in found]].reset_index(drop=True)
    printed = [texts[row][start:stop] for row, _, start, stop in found]
    result["kind"] = pd.Categorical([kind for _, kind, _, _ in found], list(KINDS))
    result["text"] = pd.Series(printed, dtype="str")
    result["start"] = pd.Series([start for _, _, start, _ in found], dtype="int64")
    result["stop"] = pd.Series([stop for *_, stop in found], dtype="int64")
    n_hit = len(result.drop_duplicates(["briefing_id", "turn_id"]))
    about: dict[Any, Any] = {"n_answers": len(answers), "n_answers_hit": n_hit, "lists": "1.1"}
    about["why"] = why_none(turns, answered=bool(answers))
    result.attrs = kind_of_text(turns) | about
    return result


def _hits(text: str) -> list[tuple[str, int, int]]:
    """The hits in one text, none overlapping: kind, start, stop."""
    plain = without_stages(text).translate(_ONE_SIGN)
    found = sorted(
        (match.start(), -match.end(), kind)
        for kind, name in KINDS.items()
        for match in wording(name).finditer(plain)
    )
    kept: list[tuple[str, int, int]] = []
    for start, stop, kind in found:
        if not kept or start >= kept[-1][2]:
            kept.append((kind, start, -stop))
    return kept
