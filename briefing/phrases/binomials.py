"""Two words of one kind joined by *and* or *or*: *security and development*.

A binomial is a pair of words on the same level, joined by a conjunction (Malkiel 1959). Some
are frozen (*law and order*), others are turned round from one speaker to the next, and which of
two goods is named first may be worth a second look. Here a pair in either order is one row,
with the count of each order. Which words are of one class nobody has marked: the rule is that
neither is a function word, and that nothing but spaces stands between the three.

Malkiel, Y. (1959). Studies in irreversible binomials. Lingua 8.
Mollin, S. (2014). The (ir)reversibility of English binomials. Benjamins.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.languages import language_in
from briefing.lexicons import lexicon, need_english
from briefing.tables import BriefingError
from briefing.words.groups import in_order, kind_of_text
from briefing.words.search import (
    Ints,
    Words,
    at_rows,
    codes,
    content_words,
    has_letter,
    speaker_numbers,
    spread,
    unbroken,
)

CONJUNCTIONS = ("and", "or")
COURTESY = ("mr", "mrs", "ms", "miss", "dr")  # what they stand before is a name


def binomials(tokens: pd.DataFrame, *, min_count: int = 1) -> pd.DataFrame:
    """Count the pairs *X and Y* and *X or Y*, either order as one, with the order used.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, in the order of the text.
    min_count : int
        How often a pair with its conjunction must be there, both orders together.

    Returns
    -------
    DataFrame
        One row per pair and conjunction, by `n`, then `share_first`: `first, second` (folded
        words in the commoner order; where both are as common, in that of the alphabet),
        `conjunction`, `n`, `n_first_order` (as in the row), `n_reverse`, `share_first` (the
        former of `n`), `n_bare` (hits with no content word right before or after, which are
        most surely a pair of single words), `n_turns`, `n_speakers` (named), and where the
        pair is met first: `first_briefing_id, first_turn_id`. `.attrs`: `min_count`,
        `n_words` (of `tokens`); `text_status`, `part`, `language`, as in the tokens.

    Raises
    ------
    BriefingError
        Not a tokens table, one that is known not to be English, or a `min_count` under 1.

    Notes
    -----
    After Malkiel (1959); how far a pair can be turned round, `share_first`: Mollin (2014).
    Single words only: *cyber security and digital development* counts as *security and
    digital*, and is not in `n_bare`. Missed are pairs with an article or a preposition inside
    (*the ring and the harbour*), with a comma or with *as well as*; counted, though no pair,
    are the last two of a list (*cables, masts and rooms*) and, without a class of words, two
    verbs of two clauses. *Both X and Y* is found like any other; *more and more* is no pair
    and left out, and so are figures, number words (*a month or two*) and *Mr.* and *Dr.*.

    Not a measure of what is thought more important: sound, length and habit order pairs, too,
    and in a translation the translator. Read the hits before you speak of an order.

    Examples
    --------
    >>> from briefing import tokenize
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "text": [
    ...     "Rights and duties, both rights and duties.", "Duties and rights; boats or ferries."]})
    >>> pairs = binomials(tokenize(turns))
    >>> pairs[["first", "second", "conjunction", "n", "n_reverse", "n_turns", "first_turn_id"]]
        first   second conjunction  n  n_reverse  n_turns  first_turn_id
    0  rights   duties         and  3          1        2              1
    1   boats  ferries          or  1          0        1              2
    """
    if min_count < 1:
        raise BriefingError(f"min_count={min_count!r} counts no pair: use 1 or more.")
    hits = binomial_hits(tokens)
    columns = ["first", "second", "conjunction"]
    pair = hits.groupby(columns, sort=False).ngroup().to_numpy(np.int64)
    table = hits[columns].assign(n=1, n_first_order=~hits["reverse"], n_bare=hits["bare"])
    table = table.groupby(columns, sort=False).sum().reset_index()
    n, first = table["n"], hits.drop_duplicates(columns)
    table.insert(5, "n_reverse", n - table["n_first_order"])
    table.insert(6, "share_first", table["n_first_order"] / n)
    units = hits.groupby(["briefing_id", "turn_id"], sort=False, dropna=False).ngroup()
    table["n_turns"] = spread(pair, units.to_numpy(np.int64), len(table))
    table["n_speakers"] = spread(pair, speaker_numbers(hits), len(table))
    table["first_briefing_id"] = first["briefing_id"].to_numpy()
    table["first_turn_id"] = first["turn_id"].to_numpy()
    order = {"n": False, "share_first": False, "first": True, "second": True, "conjunction": True}
    table = table[n >= min_count].sort_values([*order], ascending=[*order.values()])
    table = table.reset_index(drop=True)
    table.attrs = {**hits.attrs, "min_count": int(min_count)}
    return table


def binomial_hits(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return every *X and Y* and *X or Y*, one row each, with its place in the turn's text.

    Takes the `tokens` that `binomials` takes and raises what it raises.

    Returns
    -------
    DataFrame
        In the order of the text: `briefing_id, turn_id, speaker, role, sentence_id, position`
        (of X), `start, stop` (from X to Y); `first, second, conjunction`, the row of
        `binomials` that it counts in; `reverse`: true where the text has `second` before
        `first`; `bare`: true where no content word stands right before X or after Y.

    Examples
    --------
    >>> from briefing import tokenize
    >>> turns = pd.DataFrame({"text": ["Rights and duties are old. New duties and rights too."]})
    >>> binomial_hits(tokenize(turns))[["start", "stop", "first", "second", "reverse", "bare"]]
       start  stop   first  second  reverse   bare
    0      0    17  duties  rights     True   True
    1     31    48  duties  rights    False  False
    """
    need_english(language_in(tokens), "binomials")
    tokens = in_order(tokens)
    code, words = codes(tokens)
    joined = np.append(unbroken(tokens), False)
    content = content_words(words) & has_letter(words)
    numbers = {entry.split(" = ")[0] for entry in lexicon("number-words")}
    paired = content & ~np.isin(words, [*numbers, *COURTESY])
    middle = np.flatnonzero(np.isin(words, CONJUNCTIONS)[code])
    middle = middle[joined[middle] & joined[middle + 1]]
    left, right = code[middle - 1], code[middle + 1]
    pair = paired[left] & paired[right] & (left != right)
    middle, left, right = middle[pair], left[pair], right[pair]
    hits = at_rows(tokens, middle - 1, middle + 1)
    first, second = _in_commoner_order(words, left, right, code[middle])
    for column, word in {"first": first, "second": second, "conjunction": code[middle]}.items():
        hits[column] = pd.Series(words[word], dtype="str")
    hits["reverse"] = first == right
    inside = np.append(content[code], False)
    longer = joined[middle - 1] & inside[middle - 2] | joined[middle + 2] & inside[middle + 2]
    hits["bare"] = ~longer
    hits.attrs = kind_of_text(tokens) | {"n_words": len(tokens)}
    return hits


def _in_commoner_order(words: Words, left: Ints, right: Ints, between: Ints) -> tuple[Ints, Ints]:
    """The words of each pair in the order that is commoner with this conjunction."""
    alphabetical = (words[left] < words[right]).astype(bool)
    one, other = np.where(alphabetical, (left, right), (right, left))
    columns = pd.DataFrame({"one": one, "other": other, "between": between})
    pair = columns.groupby([*columns], sort=False).ngroup().to_numpy(np.int64)
    n_alphabetical = np.bincount(pair, weights=alphabetical)
    turned = (2 * n_alphabetical < np.bincount(pair))[pair]
    return np.where(turned, other, one), np.where(turned, one, other)
