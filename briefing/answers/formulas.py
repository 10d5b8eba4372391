"""Thanks, greetings, closings and other formulas: found, and marked for counts without them.

A tenth of a short question may be *thank you* and *my question is for*. That is part of how a
briefing is talked, so nothing is thrown away: `formulas` lists them, and `mark_formulas` adds a
column to a copy of the tokens, so that any count can be had with and without them.

The kinds: *thanks, greeting, closing, question* (announcing one), *praise* (of the question) and
*floor* (giving it). The list is lexicons/formulas.txt; what a word pattern is, and where it
matches, `briefing.words.search` says.

References
----------
Coulmas, F. (ed.) (1981). Conversational routine. Mouton.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import numpy as np
import pandas as pd

from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.tables import TOKENS
from briefing.words.groups import in_order, kind_of_text
from briefing.words.search import Hits, find, without_overlap

KEYS = ["briefing_id", "turn_id", "speaker", "role"]


def formulas(tokens: pd.DataFrame) -> pd.DataFrame:
    """List the formulas; one row each, the longest where several fit, none overlapping.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, such as `briefing.read(path).tokens`.

    Returns
    -------
    DataFrame
        In the order of the tokens: `briefing_id, turn_id, speaker, role`; `kind`: thanks,
        greeting, closing, question, praise or floor; `pattern`: the entry of the list that
        fits; `start, stop`: from its first word to its last (characters of the turn's text);
        `n_words`.
        `.attrs`: `n_tokens`, `n_in_formulas`, `list`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        Not a tokens table, or the text is known not to be English.

    Notes
    -----
    Conversational routines, after Coulmas (1981).

    Read by hand in English transcripts, ours among them: of 60 thanks drawn at random 59 are
    thanks (the other is *thanks to the work of*), of all 69 formulas of other kinds 62 are said
    as such. The rest are mentions (*the last question was*), *go ahead and do*, and words of
    other languages.
    Wordings that are not in the list are not found. Not a measure of politeness: who thanks
    whom is ruled by the event, and editors cut thanks.

    Examples
    --------
    >>> from briefing.words.tokens import tokenize
    >>> turns = pd.DataFrame({"text": ["Thank you for your question. We met.", "Go ahead."]})
    >>> formulas(tokenize(turns))[["turn_id", "kind", "start", "stop", "n_words"]]
       turn_id    kind  start  stop  n_words
    0        1  thanks      0    27        5
    1        2   floor      0     8        2
    """
    TOKENS.check(tokens)
    tokens = in_order(tokens)
    hits = _find(tokens)
    last = hits.first + hits.n_words - 1
    table = tokens[KEYS].iloc[hits.first].reset_index(drop=True)
    names, kinds = list(_kinds()), list(_kinds().values())
    table["kind"] = pd.Series([kinds[i] for i in hits.pattern], table.index, dtype="str")
    table["pattern"] = pd.Series([names[i] for i in hits.pattern], table.index, dtype="str")
    table["start"] = tokens["start"].to_numpy()[hits.first]
    table["stop"] = tokens["stop"].to_numpy()[last]
    table["n_words"] = hits.n_words
    table.attrs = kind_of_text(tokens) | {
        "n_tokens": len(tokens),
        "n_in_formulas": int(hits.n_words.sum()),
        "list": "formulas",
    }
    return table


def mark_formulas(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of `tokens` with the column `in_formula`: is the word part of a formula?

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.

    Returns
    -------
    DataFrame
        The same rows and columns, and `in_formula` (bool). `.attrs` as in `tokens`.

    Raises
    ------
    BriefingError
        Not a tokens table, or the text is known not to be English.

    Notes
    -----
    Counts without formulas are those of `mark_formulas(tokens).query("~in_formula")`: its words
    keep their positions, so that what stood on either side of a formula is still not adjacent.
    `n_words` of the turns goes on counting all words. Not for cleaning a text before shares of
    the floor are counted: a moderator's words are formulas to a large part.

    Examples
    --------
    >>> from briefing.words.tokens import tokenize
    >>> marked = mark_formulas(tokenize(pd.DataFrame({"text": ["Thank you. The quay is open."]})))
    >>> marked.query("~in_formula")["token"].tolist()
    ['the', 'quay', 'is', 'open']
    """
    TOKENS.check(tokens)
    ordered = in_order(tokens.assign(row=np.arange(len(tokens))))
    hits = _find(ordered)
    ends = np.zeros(len(tokens) + 1, np.int64)
    np.add.at(ends, hits.first, 1)
    np.add.at(ends, hits.first + hits.n_words, -1)
    inside = np.zeros(len(tokens), bool)
    inside[ordered["row"].to_numpy()] = ends[:-1].cumsum() > 0
    return tokens.assign(in_formula=inside)


def _find(tokens: pd.DataFrame) -> Hits:
    need_english(language_in(tokens), "formulas")
    hits = without_overlap(find(tokens, list(_kinds())))
    return hits.take(np.argsort(hits.first, kind="stable"))


@cache
def _kinds() -> dict[str, str]:
    """The kind of each pattern of the list."""
    text = resources.files("briefing.lexicons").joinpath("formulas.txt").read_text("utf-8")
    kinds: dict[str, str] = {}
    kind = ""
    for line in text.splitlines():
        if line.startswith("#"):
            kind = line.removeprefix("# kind: ") if line.startswith("# kind: ") else kind
        elif line.strip():
            kinds[line.strip()] = kind
    return kinds
