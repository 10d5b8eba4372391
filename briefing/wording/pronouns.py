"""Pronouns by person and number: who speaks as *I*, as *we*, to *you*, of *them*.

Possessives and reflexives count with their person (*my, ourselves*), and so do contractions, each
one token here: a speaker who says *I'm* and *I've* says *I* no less than one who says *I am*.
*Let's* is *let us*. *It* and *its* mostly stand for no person and are left out. *You* is singular
or plural, which English does not tell apart, and is counted in *thank you* and *you know* too.

Who *we* is, the hearers with the speaker (inclusive) or a government, an office or a country
without them (exclusive), is not in the form. It wanders within one answer (Petersoo 2007), and is
for a person to code: take `pronoun_hits`, read each in its turn, and have a second person do the
same. In a translated text pronouns are the translator's as much as the speaker's: Chinese and
Japanese leave most of them out.

References
----------
Petersoo, P. (2007). What does 'we' mean? Journal of Language and Politics 6(3).
"""

from __future__ import annotations

import pandas as pd

from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.wording.listed import VERSION, find_lists, locate
from briefing.words.groups import in_order, kind_of_text
from briefing.words.rates import rates

FORMS = {
    (1, "singular"): "pronouns-1-singular",
    (1, "plural"): "pronouns-1-plural",
    (2, "either"): "pronouns-2",
    (3, "singular"): "pronouns-3-singular",
    (3, "plural"): "pronouns-3-plural",
}
_LISTS = {name: (name, "pronouns-not") for name in FORMS.values()}
_PERSON = {name: person for (person, _), name in FORMS.items()}
_NUMBER = {name: number for (_, number), name in FORMS.items()}


def pronouns(
    tokens: pd.DataFrame, *, by: str | None = "speaker", level: float = 0.95, seed: int = 1
) -> pd.DataFrame:
    """Count personal pronouns and possessives by person and number, for each group of words.

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
        One row per group, person and number, found or not: `by` (by speaker also `named`),
        `person` (1, 2, 3), `number` (singular, plural; either for *you*), then the columns of
        `stance` from `n_hits` on. `.attrs`: `by`,
        `level`, `seed`, `lists`, `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        No tokens, no column `by`, or a text known not to be English.

    Notes
    -----
    per_1000 = 1000 * n_hits / n_words, with intervals as in `stance`. Inclusive and exclusive
    *we* are for a person to code (Petersoo 2007).

    Not for saying whom *we* includes, and not for a speaker's self-importance. Printed without
    its stops, *US* cannot be told from *us* but by its neighbours: see `pronouns-not.txt`.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "text": [
    ...     "I'm sure we've met. Let's begin, my friends.", "They'd asked him, not you."]})
    >>> counts = pronouns(briefing.tokenize(turns))
    >>> counts.query("n_hits > 0")[["speaker", "person", "number", "n_hits", "n_words"]]
          speaker  person    number  n_hits  n_words
    0  Ida Marlow       1  singular       2        8
    1  Ida Marlow       1    plural       2        8
    7   Jo Petrel       2    either       1        5
    8   Jo Petrel       3  singular       1        5
    9   Jo Petrel       3    plural       1        5
    """
    need_english(language_in(tokens), "pronouns")
    words = in_order(tokens)
    found = find_lists(words, _LISTS)
    counted = rates(words, found.first, found.category, list(_LISTS), by=by, level=level, seed=seed)
    result = _by_form(counted)
    result.attrs = kind_of_text(tokens) | {"by": by, "level": level, "seed": seed}
    result.attrs |= {"lists": VERSION, "made_by": "pronouns"}
    return result


def pronoun_hits(tokens: pd.DataFrame) -> pd.DataFrame:
    """Every pronoun that `pronouns` counts, with its place: the rows to code *we* by.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table of an English text.

    Returns
    -------
    DataFrame
        One row a pronoun, in the order of the text: `briefing_id, turn_id, speaker, role,
        sentence_id, position`, `n_words`, `person`, `number`, `entry`, `start, stop`
        (characters in the turn's text). `.attrs`: `lists`, `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        Not a tokens table, or a text known not to be English.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["We’re here, and I'll stay."]})
    >>> pronoun_hits(briefing.tokenize(turns))[["person", "number", "entry", "start", "stop"]]
       person    number entry  start  stop
    0       1    plural  we'*      0     5
    1       1  singular   i'*     16    20
    """
    need_english(language_in(tokens), "pronoun_hits")
    words = in_order(tokens)
    return _by_form(locate(words, find_lists(words, _LISTS), list(_LISTS)))


def _by_form(table: pd.DataFrame) -> pd.DataFrame:
    """Person and number in the place of the list's name."""
    name = table["category"].astype("object")
    at = list(table.columns).index("category")
    result = table.drop(columns="category")
    result.insert(at, "person", name.map(_PERSON).astype("int64"))
    result.insert(at + 1, "number", name.map(_NUMBER).astype("str"))
    return result
