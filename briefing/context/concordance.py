"""A word in its context: every hit on a line of its own, one below the other.

A concordance, or KWIC (key word in context), is where numbers go back to being language. The
*node* is what was looked for; sorted by the words to its *left* or *right*, the lines show the
patterns that it lives in. Read it before you believe a frequency: a *may* can be a month.

Words, wildcards and phrases are found among the tokens (`briefing.words.search`), so that the hits
are those which all other measures count. Regular expressions search the text as printed; they
find what is no token, such as question marks, and may reach from one sentence into the next.

References
----------
Luhn, H. P. (1960). Key word-in-context index for technical literature (KWIC index).
Sinclair, J. (1991). Corpus, Concordance, Collocation.
"""

from __future__ import annotations

import re
import unicodedata

import numpy as np
import pandas as pd

from briefing.context.textsearch import Spans, Text
from briefing.tables import TOKENS, TURNS, BriefingError
from briefing.words.groups import in_order, kind_of_text, with_lines
from briefing.words.search import Ints
from briefing.words.tokens import tokenize

SORTS = ("place", "left", "right")
DEPTH = 3  # neighbour words that the order looks at
STRETCH = 1 << 12  # hits that are cut out of their texts at a time
_BREAKS = re.compile(r"\s+")


def concordance(
    turns: pd.DataFrame,
    query: str,
    *,
    width: int = 40,
    sort: str = "place",
    regex: bool = False,
    tokens: pd.DataFrame | None = None,
    lines: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Show every hit of a word, phrase or regular expression with what stands around it.

    Parameters
    ----------
    turns : DataFrame
        A turns table: `briefing_id`, `turn_id` and `text`, and `first_line` if it is there.
    query : str
        A word or phrase, `*` for any letters and `?` for one: *secur\\**, *digital econom\\**.
        A regular expression where `regex` is true.
    width : int
        Characters of context on each side, cut at spaces; never past the turn.
    sort : str
        *place*, or *left* or *right*: by the first word on that side, then the second and
        third, without accents; hits alike in these stay in order of place.
    regex : bool
        Search the text of each turn by `query` as a regular expression of Python. Case is
        ignored and ’ is the same as ', as among the tokens. A match of nothing is no hit.
    tokens : DataFrame, optional
        The tokens of these turns, if they are at hand, from another tokenizer, or only some
        of them: then only hits that begin among them are shown, and the rate is per 1,000 of
        them. A match that holds no word belongs to the word before it. `sentence_id` may be
        missing: the sentences of a phrase are then looked for in the turns that have it.
    lines : DataFrame, optional
        `talk.lines`, for the source line of each hit in one briefing.

    Returns
    -------
    DataFrame
        One row per hit: `briefing_id, turn_id, speaker, role`; `first_line`: the source line
        on which the turn begins; `line`, where `lines` is given: that of the hit itself;
        `left, node, right`: as printed, a line break as a space; `start, stop`: characters of
        the turn's text, `text[start:stop]` is the node; `sentence_id`, missing where `tokens`
        has none. Without a hit, no rows.
        `.attrs`: `query, regex, width, sort`; `n_hits, n_words, per_1000` (NaN without
        words), `n_turns_hit`; `text_status, part, language`, as in the turns.

    Raises
    ------
    BriefingError
        A query that can match no word or does not compile, a width below 0, another `sort`,
        columns missing, two turns with one key, or tokens of other turns.

    Notes
    -----
    Hits of a phrase may overlap: *had had had* holds *had had* twice. Not a test of anything:
    lines picked for an argument prove it no better than any others, so show them all or a
    random sample of them.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: The old quay closes.\\nQ: And the new quay?")
    >>> hits = concordance(talk.turns, "quay", sort="left")
    >>> hits[["turn_id", "role", "left", "node", "right"]]
       turn_id        role          left  node     right
    0        2  journalist  And the new   quay         ?
    1        1    official      The old   quay   closes.
    """
    TURNS.check(turns, "briefing_id", "turn_id", "text")
    _check(query, width, sort)
    words = tokenize(turns) if tokens is None else tokens
    TOKENS.check(words, *(column for column in TOKENS.columns if column != "sentence_id"))
    text = Text(in_order(words), turns)
    hits = text.search(query) if regex else text.look_up(query)
    hits = hits.take(_order(text, hits, sort))
    result = _rows(text, hits, width)
    result.insert(4, "first_line", _first_lines(turns).array[text.row[hits.turn]])
    if lines is not None:
        result.insert(5, "line", with_lines(result, turns, lines)["line"])
    result.attrs = kind_of_text(turns) | {
        "query": query,
        "regex": regex,
        "width": width,
        "sort": sort,
        "n_hits": len(hits),
        "n_words": len(words),
        "per_1000": 1000 * len(hits) / len(words) if len(words) else float("nan"),
        "n_turns_hit": len(np.unique(hits.turn)),
    }
    return result


def _check(query: str, width: int, sort: str) -> None:
    if not isinstance(query, str) or not query.strip():
        raise BriefingError(f"query={query!r}: give a word, a phrase or a regular expression.")
    if width < 0:
        raise BriefingError(f"width={width}: give 0 or more characters of context.")
    if sort not in SORTS:
        raise BriefingError(f"sort={sort!r}: choose one of {', '.join(SORTS)}.")


def _first_lines(turns: pd.DataFrame) -> pd.Series:
    lines = turns["first_line"] if "first_line" in turns else pd.Series(pd.NA, turns.index)
    return lines.astype("Int64")


def _order(text: Text, hits: Spans, sort: str) -> Ints:
    """The hits by place, or by the words beside them, nearest first."""
    if sort == "place" or not len(hits):
        return np.lexsort((hits.stop, hits.start, hits.turn))
    left = sort == "left"
    edge, step = (hits.first - 1, -1) if left else (hits.after, 1)
    beside = [_ranks(text, edge + step * i, hits.turn) for i in range(DEPTH)]
    return np.lexsort((hits.start, hits.turn, *reversed(beside)))


def _ranks(text: Text, rows: Ints, turn: Ints) -> Ints:
    """Where the word in each row comes in the alphabet; nothing left in the turn comes first."""
    inside = (rows >= 0) & (rows < len(text.words))
    inside[inside] = text.turn(rows[inside]) == turn[inside]
    words = text.words["token"].iloc[rows[inside]].astype("category").cat.remove_unused_categories()
    plain = [_without_accents(word) for word in words.cat.categories]
    ranks = np.unique(plain, return_inverse=True)[1]
    result = np.zeros(len(rows), np.int64)
    result[inside] = 1 + ranks[words.cat.codes]
    return result


def _without_accents(word: str) -> str:
    apart = unicodedata.normalize("NFKD", word)
    return "".join(sign for sign in apart if not unicodedata.combining(sign))


def _rows(text: Text, hits: Spans, width: int) -> pd.DataFrame:
    columns = ["briefing_id", "turn_id", "speaker", "role", "sentence_id"]
    frame = text.words.filter(columns).iloc[hits.token].reset_index(drop=True)
    if "sentence_id" not in frame:
        frame["sentence_id"] = pd.array([pd.NA] * len(frame), dtype="Int64")
    shown = _shown(text, hits, width)
    for i, column in enumerate(("left", "node", "right")):
        frame.insert(4 + i, column, pd.Series([row[i] for row in shown], dtype="str"))
    frame.insert(7, "start", hits.start)
    frame.insert(8, "stop", hits.stop)
    return frame


def _shown(text: Text, hits: Spans, width: int) -> list[tuple[str, str, str]]:
    """What is printed before, of and after each hit; some turns are read at a time."""
    shown = [("", "", "")] * len(hits)
    order = np.argsort(hits.turn, kind="stable")
    for at in range(0, len(hits), STRETCH):
        here = hits.take(rows := order[at : at + STRETCH])
        turns, turn = np.unique(here.turn, return_inverse=True)
        texts = text.texts(turns)
        places = (column.tolist() for column in (rows, turn, here.start, here.stop))
        for row, i, start, stop in zip(*places, strict=True):
            shown[row] = _cut(texts[i], start, stop, width)
    return shown


def _cut(text: str, start: int, stop: int, width: int) -> tuple[str, str, str]:
    """What is printed before a hit, the hit, and what is printed after it, in whole words."""
    left = _on_one_line(text[max(0, start - width) : start])
    right = _on_one_line(text[stop : stop + width])
    if 0 < start - width and not text[start - width - 1].isspace():
        left = left[left.find(" ") + 1 :]
    if stop + width < len(text) and not text[stop + width].isspace():
        right = right[: right.rfind(" ")] if " " in right else right
    return left.lstrip(), _on_one_line(text[start:stop]), right.rstrip()


def _on_one_line(text: str) -> str:
    """White space as one space; of printable characters that is the only one."""
    return text if text.isprintable() else _BREAKS.sub(" ", text)
