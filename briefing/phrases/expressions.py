"""Expressions of several words that come back: *digital economy*, *community of shared future*.

A candidate is a string of words that stands in the text several times, unbroken by a full stop
or a comma (`briefing.words.search` says how that is known), and neither begins nor ends with a
function word: *rule of law*, but not *of law* nor *rule of* (after Justeson and Katz 1995, by words
instead of their classes). Strings that differ in articles or inflection only are one phrase:
*community of a shared future* with the one above, *sub-forums* with *sub-forum*. A part of a phrase
is listed only where it stands by itself; `briefing.nesting` does this.

Justeson, J. and Katz, S. (1995). Technical terminology: some linguistic properties and an
algorithm for identification in text. Natural Language Engineering 1(1).
"""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd

from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.phrases.nesting import find_phrases
from briefing.tables import BriefingError
from briefing.words.groups import in_order, kind_of_text
from briefing.words.search import at_rows, codes, speaker_numbers, spelt, spread, turn_numbers


def key_phrases(tokens: pd.DataFrame, *, min_count: int = 3, max_words: int = 8) -> pd.DataFrame:
    """List the expressions of several words that a text repeats, by frequency and association.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, in the order of the text.
    min_count : int
        How often a phrase must be there outside longer phrases, 2 or more. In a text of a few
        thousand words 2 shows much that is chance, and lets a phrase said three times vanish
        in a longer one said twice.
    max_words : int
        The longest phrase, articles not counted. What is repeated at greater length is listed
        in overlapping pieces.

    Returns
    -------
    DataFrame
        One row per phrase, by `n`, then `log_dice`: `phrase` (its commonest form, folded
        words); `n`: how often it stands alone; `n_all`: inside longer phrases of this table,
        too; `n_words`, articles not counted; `per_1000`: `n` per 1,000 words, articles
        counted; `n_turns` and `n_speakers` (named) among whom the `n` are spread; `log_dice`
        and `g2` at its weakest point; `variants`: each form with its count, together `n`.
        `.attrs`: `min_count`, `max_words`, `n_words` (of `tokens`), `n_phrases`;
        `text_status`, `part`, `language`, as in the tokens.

    Raises
    ------
    BriefingError
        Not a tokens table, one that is known not to be English, `min_count` or `max_words`
        under 2.

    Notes
    -----
    Candidates after Justeson & Katz (1995); log_dice: Rychly (2008); g2: Dunning (1993).
    Of all n - 1 cuts of a phrase into left and right, the lowest value counts:
    log_dice = 14 + log2(2 o / (f1 + f2)), where o is `n_all` and f1, f2 are the counts of the
    two halves; g2 over the four cells, among the words without the articles. 14 is the
    highest log_dice: the halves never stand without each other. g2 serves to rank; it is no
    significance, since the strings were chosen for being frequent.

    Close to C-value (Frantzi et al. 2000) in the nesting and in what may be a candidate; to
    quanteda's textstat_collocations in that it counts strings and measures association, by
    cuts instead of a model of all cells. Unlike RAKE it adds up no scores of single words, so
    that long phrases do not come first for their length.

    These are candidate phrases, not topics and not key against anything: compare two texts
    with `keyness`. Said three times by one person in one turn is said by one person:
    see `n_turns`. Not seen are phrases said once or with words between, those across a full
    stop (*Mr. Lund*), those that begin with a figure, and irregular forms; function words are
    cut off at the ends (*no island last* is *island last*). The words of a selection follow
    one another only where they do in the text.

    Examples
    --------
    >>> from briefing import tokenize
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", None], "text": [
    ...     "A law of the sea is needed. The law of the sea protects. Harbour dues rise.",
    ...     "No law of sea without harbour dues. What are harbour dues?"]})
    >>> phrases = key_phrases(tokenize(turns))
    >>> phrases[["phrase", "n", "n_words", "n_speakers", "variants"]]
               phrase  n  n_words  n_speakers                            variants
    0    harbour dues  3        2           1                    harbour dues (3)
    1  law of the sea  3        3           1  law of the sea (2); law of sea (1)
    """
    tokens = in_order(tokens)
    hits, phrases = _find(tokens, min_count, max_words)
    alone = hits[hits["alone"]]
    phrase, first = (alone[column].to_numpy() for column in ("phrase", "first"))
    n = np.bincount(phrase, minlength=len(phrases))
    table = phrases[["phrase"]].assign(
        n=n,
        n_all=np.bincount(hits["phrase"], minlength=len(phrases)),
        n_words=phrases["n_words"],
        per_1000=n * 1000 / max(len(tokens), 1),
        n_turns=spread(phrase, turn_numbers(tokens)[first], len(phrases)),
        n_speakers=spread(phrase, speaker_numbers(tokens)[first], len(phrases)),
        log_dice=phrases["log_dice"],
        g2=phrases["g2"],
        variants=phrases["variants"],
    )
    order = {"n": False, "log_dice": False, "phrase": True}
    table = table.sort_values([*order], ascending=[*order.values()], ignore_index=True)
    table.attrs = _about(tokens, min_count, max_words) | {
        "made_by": "key_phrases",
        "n_phrases": len(table),
    }
    return table


def phrase_hits(tokens: pd.DataFrame, *, min_count: int = 3, max_words: int = 8) -> pd.DataFrame:
    """Return every occurrence of every key phrase, one row each, with its place in the text.

    Takes what `key_phrases` takes, raises what it raises and counts the same phrases.

    Returns
    -------
    DataFrame
        In the order of the text: `briefing_id, turn_id, speaker, role, sentence_id, position`
        (of the first word), `start, stop` (characters of the turn's text), `phrase`, `alone`:
        true where it counts in `n`, false where a longer phrase holds it.

    Examples
    --------
    >>> from briefing import tokenize
    >>> turns = pd.DataFrame({"text": ["The harbour dues rise. A harbour due is a harbour due."]})
    >>> phrase_hits(tokenize(turns))[["turn_id", "position", "start", "stop", "phrase", "alone"]]
       turn_id  position  start  stop       phrase  alone
    0        1         1      4    16  harbour due   True
    1        1         5     25    36  harbour due   True
    2        1         9     42    53  harbour due   True
    """
    tokens = in_order(tokens)
    hits, phrases = _find(tokens, min_count, max_words)
    hits = hits.sort_values(["first", "last"], ascending=[True, False])
    table = at_rows(tokens, hits["first"].to_numpy(), hits["last"].to_numpy())
    table["phrase"] = phrases["phrase"].array[hits["phrase"]]
    table["alone"] = hits["alone"].to_numpy()
    table.attrs = _about(tokens, min_count, max_words)
    return table


def _find(
    tokens: pd.DataFrame, min_count: int, max_words: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The occurrences, and the phrases with their names."""
    need_english(language_in(tokens), "key_phrases")
    if min(min_count, max_words) < 2:
        raise BriefingError(
            f"min_count={min_count!r}, max_words={max_words!r}: a phrase comes back and has "
            "several words, so that both must be 2 or more."
        )
    hits, phrases = find_phrases(tokens, min_count=min_count, max_words=max_words)
    names = _forms(tokens, hits[hits["alone"]]).groupby("phrase")
    phrases["phrase"] = names["form"].first()
    phrases["variants"] = names["with_count"].agg("; ".join)
    return hits, phrases.astype({"phrase": "str", "variants": "str"})


def _forms(tokens: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """The forms of each phrase, the commonest first, then in the order of the alphabet."""
    code, words = codes(tokens)
    first, last = hits["first"].to_numpy(), hits["last"].to_numpy()
    form = hits["phrase"].to_numpy()
    for step in range((last - first).max(initial=-1) + 1):
        at = np.minimum(first + step, last)
        word = np.where(first + step <= last, code[at] + 1, -1)
        form = pd.factorize(form * (len(words) + 2) + word)[0]
    one = np.unique(form, return_index=True)[1]
    forms = hits[["phrase"]].iloc[one].assign(n=np.bincount(form))
    forms["form"] = pd.Series(spelt(words, code, first[one], last[one]), forms.index, dtype="str")
    forms["with_count"] = forms["form"] + " (" + forms["n"].astype("str") + ")"
    return forms.sort_values(["phrase", "n", "form"], ascending=[True, False, True])


def _about(tokens: pd.DataFrame, min_count: int, max_words: int) -> dict[Any, Any]:
    given = {"min_count": int(min_count), "max_words": int(max_words), "n_words": len(tokens)}
    return kind_of_text(tokens) | given
