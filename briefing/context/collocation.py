"""The company a word keeps: which words stand near it more often than chance would have them.

Around every hit of the *node* lies a window of some words on each side, never past the turn. A
word is a *collocate* when it is frequent in the windows and rare elsewhere. Words of all windows
together are one text, the other words a second one, and each word of the vocabulary gives a
table of four cells (Evert 2008): in the windows or not, that word or another. An occurrence
counts once, for the node nearest to it, however many windows reach it.

The window enters what chance expects by its real size: E = n_window * n_token / n_words, with
n_window the words that do lie near a node. It is 2 * window * n_node at most, and less where a
turn begins or ends or windows meet.

`log_dice` ranks: how exclusively the two keep to each other, whatever the size of the text.
`g2` is the evidence that it is no chance, were words independent, which they are not. Delta P
has a direction: *course* asks for *of*, *of* hardly for *course*.

References
----------
Ellis, N. (2007). Language acquisition as rational contingency learning.
Evert, S. (2008). Corpora and collocations.
Gablasova, D., Brezina, V. and McEnery, T. (2017). Collocations in corpus-based language learning.
Gries, S. (2013). 50-something years of work on collocations.
Rychly, P. (2008). A lexicographer-friendly association score.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import function_words
from briefing.tables import TOKENS, BriefingError
from briefing.words.groups import categorical, in_order, kind_of_text, tally
from briefing.words.rates import delta_p, g2_together, log_dice
from briefing.words.search import Hits, Ints, find, speaker_numbers, spread, turn_numbers

Sides = npt.NDArray[np.int8]
LEFT, RIGHT = 1, 2
COLUMNS = ["token", "n", "n_left", "n_right", "n_token", "n_node", "expected", "log_dice", "g2"]
COLUMNS += ["delta_p_token_given_node", "delta_p_node_given_token", "n_turns", "n_speakers"]
COLUMNS += ["function_word"]


def collocates(
    tokens: pd.DataFrame,
    node: str,
    *,
    window: int = 5,
    min_count: int = 3,
    min_turns: int = 2,
) -> pd.DataFrame:
    """Rank the words that stand near `node` by how typical they are of it.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.
    node : str
        A word or phrase, `*` for any letters and `?` for one.
    window : int
        Words on each side, by `position`: past the end of a sentence, never of a turn.
    min_count, min_turns : int
        Leave out words with fewer co-occurrences, or in fewer turns. The defaults let one
        briefing show something. For a collection take 5 and 3, as the literature does.

    Returns
    -------
    DataFrame
        One row per word, highest `log_dice` first, then most frequent, then by alphabet:
        `token`; `n`: occurrences near a node, `n_left` before it and `n_right` behind it;
        `n_token`: occurrences outside the node, near or not; `n_node`: hits of the node;
        `expected`: what `n` would be by chance, n_window * n_token / n_words; below it, the
        word avoids the node; `log_dice`: 14 + log2(2n / (n_node + n_token)), with `n` at
        most `n_node`, so that 14 is the most; `g2`: log-likelihood of the four cells, not
        signed; `delta_p_token_given_node`: share of the word near the node less its share
        elsewhere; `delta_p_node_given_token`: share of its occurrences that are near the
        node less that of all other words; `n_turns, n_speakers` (named) with both;
        `function_word`, by a list of ours (NA where the text is not English).
        `.attrs`: `node, window, min_count, min_turns, n_node`; `n_window`, words near a
        node; `n_words`, all words outside it; `text_status, part, language`.

    Raises
    ------
    BriefingError
        Columns missing, a node that can match no word, a window or minimum below 1.

    Notes
    -----
    The node's own words are left out of `n` and `n_words`, so that no hit is its own
    collocate. g2 and Delta P are NaN where every word is near a node. Words as far from a
    node on either side count as behind the earlier one.

    Not for meaning by itself: read the lines (`concordance`). Not for ranking by `n`, which
    puts *the* first, and not for comparing texts by g2, which grows with their size.

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
    for name, least in (("window", window), ("min_count", min_count), ("min_turns", min_turns)):
        if least < 1:
            raise BriefingError(f"{name}={least}: give 1 or more.")
    words = in_order(tokens)
    hits, turn = find(words, [node]), turn_numbers(words)
    near = _near(words, turn, hits, window)
    counts = _counts(words, turn, hits, near)
    kept = counts[(counts["n"] >= min_count) & (counts["n_turns"] >= min_turns)]
    sizes = {
        "n_node": len(hits),
        "n_window": int(np.count_nonzero(near)),
        "n_words": int(counts["n_token"].sum()),
    }
    about = kind_of_text(tokens)
    known = function_words(kept["token"], about["language"])
    kept = kept.assign(function_word=pd.array(known, dtype="boolean"))
    result = _scores(kept, **sizes)
    result.attrs = about | {
        "made_by": "collocates",
        "node": node,
        "window": window,
        "min_count": min_count,
        "min_turns": min_turns,
        **sizes,
    }
    return result


def _near(tokens: pd.DataFrame, turn: Ints, hits: Hits, window: int) -> Sides:
    """Of each token where it stands to the nearest node: LEFT, RIGHT, or 0 where not near."""
    position = tokens["position"].to_numpy()
    ends = (hits.first, -1, LEFT), (hits.first + hits.n_words - 1, 1, RIGHT)
    near = np.zeros(len(tokens), np.int8)
    for distance in range(window, 0, -1):  # the nearest comes last, and stays
        for edge, step, side in ends:
            at = edge + step * distance
            there = (at >= 0) & (at < len(tokens))
            edge, at = edge[there], at[there]
            close = (turn[at] == turn[edge]) & (abs(position[at] - position[edge]) <= window)
            near[at[close]] = side
    near[_inside(hits)] = 0
    return near


def _inside(hits: Hits) -> Ints:
    """The rows of the node's own words; all hits of one pattern are of one length."""
    length = int(hits.n_words.max(initial=0))
    return (hits.first[:, None] + np.arange(length)).ravel()


def _counts(tokens: pd.DataFrame, turn: Ints, hits: Hits, near: Sides) -> pd.DataFrame:
    """Each word of the vocabulary: in all outside the node, and near it."""
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
    return scored[COLUMNS].sort_values(
        ["log_dice", "n", "token"], ascending=[False, False, True], ignore_index=True
    )
