"""The company a word keeps, and how evenly it is spread through a text.

Around every hit of the *node* lies a window of some words on each side, never past the turn. A
word is a *collocate* when it is frequent in the windows and rare elsewhere. Words of all windows
together are one text, the other words a second one, and each word of the vocabulary gives a
table of four cells (Evert 2008): in the windows or not, that word or another. An occurrence
counts once, for the node nearest to it, however many windows reach it.

The expected frequency uses the real size of the window: E = n_window * n_token / n_words, with
n_window the words that are in fact near a node. It is at most 2 * window * n_node, and less if a
turn begins or ends or windows overlap.

`log_dice` ranks by how exclusively two words go together, whatever the size of the text. `g2` would
be evidence against chance if words were independent, which they are not. Delta P has a direction:
*course* predicts *of*, but *of* hardly predicts *course*.

Any two adjacent words of a turn are a pair. Taken together, the pairs make a table of four cells
for any two words: the first begins the pair or not, the second ends it or not (Evert 2008). `g2`
is Dunning's log-likelihood over these cells.

A word said twenty times in one answer and a word said once in each of twenty are equally frequent
but not alike. Cut the text into parts and compare: `range` is the number of parts that contain the
word (Keniston 1920); `dp` is half the sum of the differences between its share in each part and
that part's share of all words (Gries 2008). **0 is even**; some programs print 1 minus it.
`dp_norm` is `dp` divided by the highest value possible with these parts (Lijffijt & Gries 2012), so
that 1 means all in the smallest part. ARF needs no parts (Savicky & Hlavacova 2002): it is the
frequency reduced by clusters, so an `arf` close to `n` is even.

All of these depend on frequency: three occurrences cannot be even over sixteen parts. So compare
words of similar frequency, and read `n` and `n_parts` beside each value. With fewer than 5
occurrences or 3 parts `dp` means nothing and is not given.

References
----------
Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
Ellis, N. (2007). Language acquisition as rational contingency learning.
Evert, S. (2008). Corpora and collocations.
Gablasova, D., Brezina, V. and McEnery, T. (2017). Collocations in corpus-based language learning.
Gries, S. (2008). Dispersions and adjusted frequencies in corpora.
Gries, S. (2013). 50-something years of work on collocations.
Keniston, H. (1920). Common words in Spanish.
Lijffijt, J. and Gries, S. (2012). Correction to "Dispersions and adjusted frequencies".
Rychly, P. (2008). A lexicographer-friendly association score.
Savicky, P. and Hlavacova, J. (2002). Measures of word commonness.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import function_words
from briefing.lexicons.languages import language_in
from briefing.measures.concordance import concordance
from briefing.measures.lexis import cells
from briefing.tables import TOKENS, check_least
from briefing.words.groups import (
    By,
    Flags,
    Floats,
    Ints,
    categorical,
    finish,
    groups_of,
    in_order,
    number_words,
    ranked,
    tally,
    with_lines,
)
from briefing.words.rates import delta_p, g2_together, log_dice
from briefing.words.search import Hits, find, following, speaker_numbers, spread, turn_numbers

__all__ = ["bigrams", "collocates", "concordance", "dispersion", "with_lines"]


def arf_each(word: Ints, row: Ints, n: int, n_words: int) -> Floats:
    """Average reduced frequency of each of `n_words` words (Savicky and Hlavacova 2002).

    `word` is the word in each `row` of `n`, in any order. sum min(d, v) / v, with `d` the distances
    from each occurrence to the next, and from the last round to the first, and v = n / occurrences:
    from 1, all in one place, to the number of occurrences, all equally far apart.
    """
    order = np.lexsort((row, word))
    word, row = word[order], row[order]
    f = np.bincount(word, minlength=n_words)
    last = np.cumsum(f) - 1
    first = last - f + 1
    following = np.append(row[1:], 0)
    following[last[f > 0]] = row[first[f > 0]] + n
    with np.errstate(divide="ignore", invalid="ignore"):
        v = n / f
        distance = np.minimum(following - row, v[word])
        return np.bincount(word, distance, minlength=n_words) / v * np.where(f > 0, 1, np.nan)


BLOCK_WORDS = 250
MIN_COUNT, MIN_PARTS = 5, 3  # below these dp and dp_norm are not given
FEW_WORDS = f"fewer than {MIN_COUNT} occurrences"
FEW_PARTS = f"fewer than {MIN_PARTS} parts"


def dispersion(
    tokens: pd.DataFrame,
    words: Sequence[str] | str | None = None,
    *,
    by: By = "block",
    block_words: int = BLOCK_WORDS,
    min_count: int = MIN_COUNT,
) -> pd.DataFrame:
    """Measure how evenly words are spread over blocks of a briefing, or over briefings.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table; `sentence_id` is only needed for phrases.
    words : list of str, optional
        Words or phrases, `*` for any letters and `?` for one; by default, all words that occur at
        least `min_count` times.
    by : str or list of str
        *block*: parts of equal size, none of them in two briefings; *turn*, for turns without set
        topics: people asked about ships say *ship*, so in a briefing a low value by turn reflects
        the questions; or any columns: briefing_id, speaker, role, date.
    block_words : int
        The approximate number of words in a block. A briefing of n words has n / block_words
        blocks, rounded and at least one, which differ by at most one word.
    min_count : int
        Used if `words` is not given.

    Returns
    -------
    DataFrame
        One row per word, most frequent first, or in the order of `words`: `token`, the word or
        pattern; `n` occurrences; `range`: parts that contain it, out of `n_parts`; `share_range`:
        range / n_parts; `dp`, `dp_norm`: 0 even, towards 1 in one place; `why` they are missing,
        otherwise empty; `arf`: average reduced frequency, from 1 to `n`, over all tokens in order
        as a ring, parts apart; NaN where `n` is 0. `.attrs`: `by, block_words` (None unless by
        block), `min_count` (None with `words`), `direction`,
        `n_parts, min_part_words, max_part_words, n_words`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        If columns are missing, a pattern cannot match any word, or a size is below 1.

    Notes
    -----
    `dp = sum(|v / n - s|) / 2` over parts with `v` occurrences and the share `s` of all words;
    dp_norm = dp / (1 - smallest s). A phrase belongs to the part of its first word. Not for words
    of different frequency, nor for texts split into different numbers of parts; not a test, and not
    a claim about other briefings.

    Examples
    --------
    >>> import briefing
    >>> said = "We fish. We sail. We row. " * 5 + "Quay! " * 5
    >>> talk = briefing.parse(f"Q: What do you do?\\n\\nMS. MARLOW: {said}")
    >>> answer = talk.tokens.query("turn_id == 2")
    >>> spread = dispersion(answer, ["we", "quay", "row"], block_words=7)
    >>> spread[["token", "n", "range", "n_parts", "dp", "dp_norm", "arf"]].round(2)
      token   n  range  n_parts    dp  dp_norm    arf
    0    we  15      5        5  0.13     0.17  13.00
    1  quay   5      1        5  0.80     1.00   1.57
    2   row   5      5        5  0.00     0.00   4.43
    """
    TOKENS.check(tokens, "briefing_id", "turn_id", "position", "token")
    check_least(1, block_words=block_words, min_count=min_count)
    ordered = in_order(tokens)
    part = _parts(ordered, by, block_words)
    sizes = np.bincount(part)
    if words is None:
        names, word, row = _frequent(ordered, min_count)
    else:
        names = [words] if isinstance(words, str) else list(words)
        hits = find(ordered, names)
        word, row = hits.pattern, hits.first
    result = _spread(names, word, row, part, sizes)
    if words is None:
        result = ranked(result, n=False, token=True)
    return finish(
        result,
        tokens,
        made_by="dispersion",
        by=by,
        block_words=block_words if by == "block" else None,
        min_count=min_count if words is None else None,
        direction="0 = even",
        n_parts=len(sizes),
        min_part_words=int(sizes.min(initial=len(tokens))),
        max_part_words=int(sizes.max(initial=0)),
        n_words=len(tokens),
    )


def deviations(word: Ints, part: Ints, sizes: Ints, n_words: int) -> tuple[Ints, Floats]:
    """Range and DP (Gries 2008) of each word; `part` has the part of each occurrence.

    Only parts that contain a word are examined, so long texts are no problem.
    """
    k = max(len(sizes), 1)
    cell, v = np.unique(word * k + part, return_counts=True)
    of, s = cell // k, sizes[cell % k] / max(sizes.sum(), 1)
    over = np.maximum(v / np.bincount(word)[of] - s, 0)  # sums to the same as all shortfalls
    values = np.bincount(of, over, minlength=n_words).astype(np.float64)
    return np.bincount(of, minlength=n_words), values


def _spread(names: list[str], word: Ints, row: Ints, part: Ints, sizes: Ints) -> pd.DataFrame:
    """The table."""
    k, total = len(sizes), len(part)
    n = np.bincount(word, minlength=len(names))
    held, values = deviations(word, part[row], sizes, len(names))
    enough = (n >= MIN_COUNT) & (k >= MIN_PARTS)
    why = np.select([n < MIN_COUNT, ~enough], [FEW_WORDS, FEW_PARTS], "")
    deviation = np.where(enough, values, np.nan)
    return pd.DataFrame(
        {
            "token": pd.Series(names, dtype="str"),
            "n": n,
            "range": held,
            "n_parts": k,
            "share_range": held / k if k else np.nan,
            "dp": deviation,
            "dp_norm": deviation / (1 - sizes.min(initial=total) / total) if k > 1 else np.nan,
            "why": pd.Series(why, dtype="str"),
            "arf": arf_each(word, row, total, len(names)),
        }
    )


def _frequent(tokens: pd.DataFrame, min_count: int) -> tuple[list[str], Ints, Ints]:
    """The words with at least `min_count` occurrences; and the word and row of each occurrence."""
    words = number_words([tokens["token"]], min_count=min_count)
    number = words.numbers[0][words.codes[0]]
    row = np.flatnonzero(number < len(words.words))
    return words.words.tolist(), number[row], row


def _parts(tokens: pd.DataFrame, by: By, block_words: int) -> Ints:
    """For each token, the number of its part."""
    if by == "turn":
        return turn_numbers(tokens)
    if by != "block":
        return groups_of(tokens, by)[0]
    briefing = groups_of(tokens, "briefing_id")[0]
    n = np.bincount(briefing)
    blocks = np.maximum(np.rint(n / block_words).astype(np.int64), 1)
    within = np.arange(len(briefing)) - (n.cumsum() - n)[briefing]
    return (blocks.cumsum() - blocks)[briefing] + within * blocks[briefing] // n[briefing]


Sides = npt.NDArray[np.int8]
LEFT, RIGHT = 1, 2
COLUMNS = ["token", "n", "n_left", "n_right", "n_token", "n_node", "expected", "log_dice", "g2"]
COLUMNS += ["delta_p_token_given_node", "delta_p_node_given_token", "n_turns", "n_speakers"]
COLUMNS += ["function_word"]


def collocates(
    tokens: pd.DataFrame, node: str, *, window: int = 5, min_count: int = 3, min_turns: int = 2
) -> pd.DataFrame:
    """Rank the words near `node` by how typical they are of it.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.
    node : str
        A word or phrase, `*` for any letters and `?` for one.
    window : int
        Words on each side, by `position`: across sentences, but never across turns.
    min_count, min_turns : int
        Leave out words with fewer co-occurrences, or in fewer turns. The defaults suit a single
        briefing. For a collection use 5 and 3, as in the literature.

    Returns
    -------
    DataFrame
        One row per word, highest `log_dice` first, then most frequent, then alphabetically:
        `token`; `n`: occurrences near a node, `n_left` before it and `n_right` after it; `n_token`:
        occurrences outside the node, near or not; `n_node`: hits of the node; `expected`: what `n`
        would be by chance, n_window * n_token / n_words; below it, the word avoids the node;
        `log_dice`: 14 + log2(2n / (n_node + n_token)), with `n` at most `n_node`, so that 14 is the
        maximum; `g2`: log-likelihood of the four cells, not signed; `delta_p_token_given_node`:
        share of the word near the node minus its share elsewhere; `delta_p_node_given_token`: share
        of its occurrences that are near the node minus that of all other words;
        `n_turns, n_speakers` (named) with both; `function_word`, by our own list (NA if the text is
        not English). `.attrs`: `node, window, min_count, min_turns, n_node`; `n_window`, words near
        a node; `n_words`, all words outside it; `text_status, part, language`.

    Raises
    ------
    BriefingError
        If columns are missing, the node cannot match any word, or the window or a minimum is below
        1.

    Notes
    -----
    The words of the node are left out of `n` and `n_words`, so that no hit is its own collocate. g2
    and Delta P are NaN if every word is near a node. Words equally far from two nodes count as
    after the earlier one.

    Not evidence of meaning by itself: read the lines (`concordance`). Do not rank by `n`, which
    puts *the* first, or compare texts by g2, which grows with their size.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse(
    ...     "MS. MARLOW: The new quay opens. The old quay closes.\\nQ: The new quay? The harbour?")
    >>> near = collocates(talk.tokens, "quay", window=1, min_count=2)
    >>> near[["token", "n", "n_left", "n_token", "n_node", "expected", "log_dice"]].round(2)
      token  n  n_left  n_token  n_node  expected  log_dice
    0   new  2       2        2       3       1.2     13.68
    """
    TOKENS.check(tokens, "briefing_id", "turn_id", "speaker", "position", "token")
    check_least(1, window=window, min_count=min_count, min_turns=min_turns)
    words = in_order(tokens)
    hits, turn = find(words, [node]), turn_numbers(words)
    near = _near(words, turn, hits, window)
    counts = _counts(words, turn, hits, near)
    kept = counts[(counts["n"] >= min_count) & (counts["n_turns"] >= min_turns)]
    sizes = {"n_node": len(hits), "n_window": int(np.count_nonzero(near))}
    sizes["n_words"] = int(counts["n_token"].sum())
    known = function_words(kept["token"], language_in(tokens))
    kept = kept.assign(function_word=pd.array(known, dtype="boolean"))
    return finish(
        _scores(kept, **sizes),
        tokens,
        made_by="collocates",
        node=node,
        window=window,
        min_count=min_count,
        min_turns=min_turns,
        **sizes,
    )


def _near(tokens: pd.DataFrame, turn: Ints, hits: Hits, window: int) -> Sides:
    """For each token, its side of the nearest node: LEFT, RIGHT, or 0 if not near one."""
    position = tokens["position"].to_numpy()
    ends = (hits.first, -1, LEFT), (hits.last, 1, RIGHT)
    near = np.zeros(len(tokens), np.int8)
    for distance in range(window, 0, -1):  # the nearest comes last and overwrites the others
        for edge, step, side in ends:
            at = edge + step * distance
            there = (at >= 0) & (at < len(tokens))
            edge, at = edge[there], at[there]
            close = (turn[at] == turn[edge]) & (abs(position[at] - position[edge]) <= window)
            near[at[close]] = side
    near[_inside(hits)] = 0
    return near


def _inside(hits: Hits) -> Ints:
    """The rows of the node's words; all hits for one pattern have the same length."""
    length = int(hits.n_words.max(initial=0))
    return (hits.first[:, None] + np.arange(length)).ravel()


def _counts(tokens: pd.DataFrame, turn: Ints, hits: Hits, near: Sides) -> pd.DataFrame:
    """For each word of the vocabulary: all occurrences outside the node, and those near it."""
    words = categorical(tokens["token"])
    codes, size = words.codes, len(words.categories)
    own, at = np.unique(_inside(hits)), np.flatnonzero(near)
    word, side = codes[at].astype(np.int64), near[at]
    return pd.DataFrame(
        {
            "token": words.categories.astype("str"),
            "n": tally(word, size),
            "n_left": tally(word[side == LEFT], size),
            "n_right": tally(word[side == RIGHT], size),
            "n_token": tally(codes, size) - tally(codes[own], size),
            "n_turns": spread(word, turn[at], size),
            "n_speakers": spread(word, speaker_numbers(tokens.iloc[at]), size),
        }
    )


def _scores(counts: pd.DataFrame, *, n_node: int, n_window: int, n_words: int) -> pd.DataFrame:
    n, n_token = counts["n"], counts["n_token"]
    elsewhere = n_words - n_window
    given = delta_p(n, n_window - n, n_token - n, elsewhere - (n_token - n))
    g2 = g2_together(n, n_window, n_token, n_words) if n_window and elsewhere else np.nan
    scored = counts.assign(
        n_node=n_node,
        expected=n_window * n_token / max(n_words, 1),
        log_dice=log_dice(n.clip(upper=n_node), n_node, n_token),
        g2=g2,
        delta_p_token_given_node=given[0],
        delta_p_node_given_token=given[1],
    )
    return ranked(scored[COLUMNS], log_dice=False, n=False, token=True)


def bigrams(tokens: pd.DataFrame, *, min_count: int = 5) -> pd.DataFrame:
    """Rank the pairs of adjacent words by log-likelihood.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.
    min_count : int
        Leave out pairs that occur less often.

    Returns
    -------
    DataFrame
        One row per pair, highest `g2` first, pairs rarer than chance last: `first, second`, the
        words; `n`: how often the second follows the first; `n_first, n_second`: pairs that begin
        with the first, and that end with the second; `expected`: n_first * n_second / n_pairs, what
        `n` would be by chance; `log_dice`: 14 + log2(2n / (n_first + n_second)); `g2`:
        log-likelihood of the four cells, not signed. `.attrs`: `min_count`; `n_pairs`, all of them;
        `n_words`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        If it is not a tokens table, or `min_count` is below 1.

    Notes
    -----
    g2 = 2 sum O ln(O/E) over the table [[n, n_first - n], [n_second - n, rest]]; NaN if all pairs
    begin with one word. A pair never crosses turns, but may cross sentences. In a selection, words
    separated by words left out are not a pair. nltk's BigramCollocationFinder uses word counts for
    n_first and n_second, and the number of words for n_pairs: the same except for words at the ends
    of turns.

    Not a list of expressions (`phrases.key` finds those): *of the* comes first because grammar is
    not chance. Not a test: words are not independent, and a pair said twenty times in one answer
    counts twenty times, so read it in context (`concordance`). Do not compare texts by g2, which
    grows with their size.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: The old quay. A new quay.\\nQ: The old quay?")
    >>> bigrams(talk.tokens, min_count=2).round(2)
      first second  n  n_first  n_second  expected  log_dice    g2
    0   the    old  2        2         2      0.57     14.00  8.38
    1   old   quay  2        2         3      0.86     13.68  4.56
    """
    TOKENS.check(tokens, "briefing_id", "turn_id", "position", "token")
    check_least(1, min_count=min_count)
    ordered = in_order(tokens)
    words = number_words([ordered["token"]], min_count=min_count)
    code, number, pair = words.codes[0], words.numbers[0], following(ordered)
    begins = np.flatnonzero(~pair)
    starts, ends = (
        words.n - np.bincount(number[code[rows]], minlength=len(words.n) + 1)[:-1]
        for rows in (np.append(begins, len(tokens))[1:] - 1, begins)
    )
    found = _pairs(code, number, pair, len(words.n), min_count)
    table = _scored(words.words.to_numpy(object), *found, starts, ends, len(tokens) - len(begins))
    about = {"min_count": min_count, "n_pairs": len(tokens) - len(begins), "n_words": len(tokens)}
    return finish(table, tokens, **about)


def _pairs(code: Ints, number: Ints, pair: Flags, size: int, least: int) -> tuple[Ints, Ints, Ints]:
    """First and second words, with the frequency of each pair that is frequent enough.

    `number` gives the word for each code, `pair` says which rows end a pair; numbers from `size` up
    are not words.
    """
    word = number.take(code)
    begin = np.flatnonzero(pair[1:] & (word[1:] < size))
    one = np.ones(len(begin), np.int32)
    counts = cells(word[begin], word[begin + 1], one, (size, size)).tocoo()
    often = counts.data >= least
    return counts.row[often], counts.col[often], counts.data[often].astype(np.int64)


def _scored(
    words: Any, first: Ints, second: Ints, n: Ints, starts: Ints, ends: Ints, n_pairs: int
) -> pd.DataFrame:
    """The table; pairs are sorted alphabetically, which decides ties."""
    n_first, n_second = starts[first], ends[second]
    expected = n_first * n_second / max(n_pairs, 1)
    g2 = g2_together(n, n_first, n_second, n_pairs) if (n_first < n_pairs).all() else np.nan
    table = pd.DataFrame(
        {
            "first": pd.array(words[first], dtype="str"),
            "second": pd.array(words[second], dtype="str"),
            "n": n,
            "n_first": n_first,
            "n_second": n_second,
            "expected": expected,
            "log_dice": log_dice(n, n_first, n_second),
            "g2": g2,
        }
    )
    signed = np.where(n < expected, -table["g2"], table["g2"])
    order = np.lexsort((-n, -signed))  # in the order of the words
    return table.take(order).reset_index(drop=True)
