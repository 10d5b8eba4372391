"""Stance: how firmly something is said, what is called possible or due, who is spoken of.

Hyland (2005) calls *hedges* the words that hold back full commitment (*perhaps, about half, I
think*) and *boosters* those that press it (*certainly, of course, never*). Beside them stand the
modal verbs, in the groups of Biber et al. (1999): *possibility* (can, may), *necessity* (must,
have to), *prediction* (will, would, going to), with their contractions (*we'll, won't, can't*),
and *obligation*, words that lay a duty on somebody, modal or not (Palmer 2001).

Each is a list of words in `briefing/lexicons`, with a second list (`...-not.txt`) of what looks
like an entry and is none: *May 2024*, *as soon as possible*, *what kind of*. A list does not
read: how often it is right was marked on hits in real transcripts, by one marker, and stands at
the top of each file.

In an interpreted or translated text these words are the translator's as much as the speaker's
(`text_status` in `.attrs`). And they are forms: no measure of how certain, how honest or how
evasive a person is.

References
----------
Hyland, K. (2005). Metadiscourse. Biber, D. et al. (1999). Longman Grammar of Spoken and Written
English. Palmer, F. (2001). Mood and Modality.
"""

from __future__ import annotations

import pandas as pd

from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.wording.listed import VERSION, find_lists, locate
from briefing.words.groups import in_order, kind_of_text
from briefing.words.rates import rates

CATEGORIES = {
    "hedges": ("hedges", "hedges-not"),
    "boosters": ("boosters", "boosters-not"),
    "possibility": ("modals-possibility", "modals-not"),
    "necessity": ("modals-necessity", "modals-not"),
    "prediction": ("modals-prediction", "modals-not"),
    "obligation": ("obligation", "obligation-not"),
}


def stance(
    tokens: pd.DataFrame, *, by: str | None = "speaker", level: float = 0.95, seed: int = 1
) -> pd.DataFrame:
    """Count hedges, boosters, modals and words of obligation, for each group of words.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table of an English text.
    by : str, optional
        The column whose values are compared: speaker, role or any other; None for all words
        together.
    level : float
        Of the intervals.
    seed : int
        The same seed draws the same turns or briefings again.

    Returns
    -------
    DataFrame
        One row per group and category (hedges, boosters, possibility, necessity, prediction,
        obligation), found or not: `by` (by speaker also `named`: false for *unnamed
        journalists* and the like, who are several people), `category`, `n_hits`, `n_words`,
        `per_1000` with `low` and `high`, `interval` and `why` there is none, `n_turns`,
        `n_turns_hit`, `share_turns` with `low_share` and `high_share` (Wilson).
        `.attrs`: `by`, `level`, `seed`, `lists` (version), `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        No tokens, no column `by`, or a text known not to be English.

    Notes
    -----
    Hedges and boosters after Hyland (2005), modals after Biber et al. (1999), obligation after
    Palmer (2001); the lists are ours.

    per_1000 = 1000 * n_hits / n_words. An expression of several words is one hit. The interval
    draws whole turns again, from ten turns on (whole briefings from ten briefings on), 2,000
    times, seeded; it describes this briefing only. Where nothing was found it is the bound up
    to which the rate might have been (Garwood).

    Within a category no word is counted twice, but the categories overlap: *may* is a hedge and
    a modal, *must* a necessity and an obligation. Never add them up.

    Not for saying that a person is honest, certain or evasive, and not for comparing a
    translated text with a spoken one.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow"] * 2, "text": [
    ...     "Perhaps we'll know in May.", "We must wait. It will certainly come."]})
    >>> found = stance(briefing.tokenize(turns))
    >>> found.loc[found["n_hits"] > 0, ["speaker", "category", "n_hits", "n_words", "n_turns_hit"]]
          speaker    category  n_hits  n_words  n_turns_hit
    0  Ida Marlow      hedges       1       12            1
    1  Ida Marlow    boosters       1       12            1
    3  Ida Marlow   necessity       1       12            1
    4  Ida Marlow  prediction       2       12            2
    5  Ida Marlow  obligation       1       12            1
    """
    need_english(language_in(tokens), "stance")
    words = in_order(tokens)
    found = find_lists(words, CATEGORIES)
    result = rates(
        words, found.first, found.category, list(CATEGORIES), by=by, level=level, seed=seed
    )
    result.attrs = kind_of_text(tokens) | {"by": by, "level": level, "seed": seed}
    result.attrs |= {"lists": VERSION, "made_by": "stance"}
    return result


def stance_hits(tokens: pd.DataFrame) -> pd.DataFrame:
    """Every word or expression that `stance` counts, with its place.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table of an English text.

    Returns
    -------
    DataFrame
        One row a hit, in the order of the text: `briefing_id, turn_id, speaker, role,
        sentence_id, position` of its first word, `n_words`, `category`, `entry` (the line of
        the list that matched), `start, stop` (characters in the turn's text). No rows where
        nothing is found. `.attrs`: `lists`, `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        Not a tokens table, or a text known not to be English.

    Notes
    -----
    Read them before you use the counts: `text[start:stop]` in the turn is the hit.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["On 3 May, or in May, we may know about half of it."]})
    >>> stance_hits(briefing.tokenize(turns))[["category", "entry", "n_words", "start", "stop"]]
          category       entry  n_words  start  stop
    0       hedges         may        1     24    27
    1  possibility         may        1     24    27
    2       hedges  about half        2     33    43
    """
    need_english(language_in(tokens), "stance_hits")
    words = in_order(tokens)
    return locate(words, find_lists(words, CATEGORIES), list(CATEGORIES))
