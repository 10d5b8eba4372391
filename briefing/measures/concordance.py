"""Every occurrence of a word or string, with the words around it.

Words or expressions found in the printed text, each hit with its token.

Words, wildcards and phrases are looked up among the tokens; a regular expression is matched against
each turn's text. Both give the same, `Hits` with `spans`: characters of a turn, and a token that
shows their sentence and whether they were among the tokens asked for.

A word in its context: every hit on a separate line, one below the other.

A concordance, or KWIC (key word in context), turns numbers back into language. The *node* is the
search term; sorted by the words to its *left* or *right*, the lines show its typical patterns. Read
it before you believe a frequency: *may* can be a month.

Words, wildcards and phrases are found among the tokens (`briefing.words.search`), so that the hits
are those that all other measures count. Regular expressions search the text as printed; they also
find what is not a token, such as question marks, and may extend from one sentence into the next.

References
----------
Luhn, H. P. (1960). Key word-in-context index for technical literature (KWIC index).
Sinclair, J. (1991). Corpus, Concordance, Collocation.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from time import process_time

import numpy as np
import pandas as pd

from briefing.lexicons.stage import without_stages
from briefing.tables import TOKENS, TURNS, BriefingError
from briefing.words.boundaries import FOLDED
from briefing.words.groups import PLACE, Flags, Ints, changes, finish, in_order, with_lines
from briefing.words.search import Hits, find, of_length
from briefing.words.tokens import tokenize

SECONDS = 10  # that a regular expression may take over all turns


class SearchedText:
    """Tokens in order, together with their printed text."""

    def __init__(self, words: pd.DataFrame, turns: pd.DataFrame) -> None:
        """Find the turn of each token; BriefingError if it is not in `turns`."""
        self.words = words
        self._begins = np.flatnonzero(changes(words, "briefing_id", "turn_id"))
        self.row = _rows_of(words[PLACE].iloc[self._begins], turns)
        self._texts = turns["text"]
        self.start, self.stop = words["start"].to_numpy(), words["stop"].to_numpy()
        self._check()

    def turn(self, rows: Ints) -> Ints:
        """For each of these rows of the tokens, the number of its turn."""
        return np.searchsorted(self._begins, rows, side="right") - 1

    def texts(self, turns: Ints) -> list[str]:
        """The texts of these turns; no others are read."""
        if not len(turns):
            return []
        rows = self.row[turns]
        first = rows.min()  # slicing a long table is free, selecting rows copies
        texts = self._texts.iloc[first : rows.max() + 1].iloc[rows - first].tolist()
        return [text if isinstance(text, str) else "" for text in texts]

    def look_up(self, query: str) -> Hits:
        """Every hit for a word, with wildcards, or for a phrase."""
        found = find(self.words, [query])
        spans = found.first, self.start[found.first], self.stop[found.last]
        return replace(found, spans=np.column_stack(spans).astype(np.int64))

    def search(self, query: str) -> Hits:
        """Every match of a regular expression that belongs to one of the tokens."""
        texts = self.texts(np.arange(len(self.row)))
        plain = [without_stages(text).translate(FOLDED) for text in texts]
        matched = enumerate(_matches(query, plain))
        spans = [(turn, *span) for turn, of_turn in matched for span in of_turn]
        found = self._with_tokens(*np.array(spans, np.int64).reshape(-1, 3).T)
        return found.take(self._among(found))

    def _with_tokens(self, turn: Ints, start: Ints, stop: Ints) -> Hits:
        """The token of a span: the first in it, or else the one before it, or else the next."""
        stride = int(max(self.stop.max(initial=0), stop.max(initial=0))) + 1
        number = self.turn(np.arange(len(self.words))) * stride
        first = np.searchsorted(number + self.stop, turn * stride + start, side="right")
        after = np.searchsorted(number + self.start, turn * stride + stop)
        back = first - ((first == after) & (first > 0))
        token = np.where(self.turn(back) == turn, back, first)
        found = of_length(0, first, np.zeros_like(first))
        spans = np.column_stack((token, start, stop))
        return replace(found, n_words=after - first, spans=spans)

    def _check(self) -> None:
        """Raise BriefingError if the last token of a turn is beyond the end of its text."""
        length = self._texts.str.len().fillna(0).to_numpy(np.int64)[self.row]
        stop = self.stop[np.append(self._begins[1:], len(self.words))[: len(self._begins)] - 1]
        if (stop > length).any():
            at = int((stop > length).argmax())
            raise BriefingError.of("word beyond turn", stop=stop[at], length=length[at])

    def _among(self, hits: Hits) -> Flags:
        """Whether no word outside the tokens comes between a hit and its token."""
        token, begin, end = hits.spans.T
        start, stop = self.start[token], self.stop[token]
        before, ahead = stop <= begin, start >= end
        since = np.select([before, ahead], [stop, 0], begin)
        until = np.where(before, end, start)
        turns, at = np.unique(self.turn(token), return_inverse=True)
        texts = [*map(without_stages, self.texts(turns))]
        gaps = zip(at.tolist(), since.tolist(), until.tolist(), strict=True)
        return np.array([not any(map(str.isalnum, texts[i][a:b])) for i, a, b in gaps], bool)


def _matches(query: str, texts: list[str]) -> Iterator[list[tuple[int, int]]]:
    """Where the user's expression has non-empty matches in each text, within a time limit."""
    import regex

    stop = process_time() + SECONDS
    try:
        wanted = regex.compile(query.translate(FOLDED), regex.IGNORECASE)
        for text in texts:
            left = max(stop - process_time(), 0.001)
            found = (match.span() for match in wanted.finditer(text, timeout=left))
            yield [(start, end) for start, end in found if end > start]
    except regex.error as error:
        raise BriefingError.of("no regular expression", query=query, error=error) from error
    except TimeoutError as error:
        raise BriefingError.of("search too long", query=query, seconds=SECONDS) from error


def _rows_of(first: pd.DataFrame, turns: pd.DataFrame) -> Ints:
    """For each turn of the tokens, given by its first row, the row in `turns`."""
    known, wanted = (pd.MultiIndex.from_frame(t[PLACE].astype("object")) for t in (turns, first))
    if not known.is_unique:
        briefing, turn = known[known.duplicated()][0]
        raise BriefingError.of("turn twice", turn=turn, briefing=briefing)
    rows = known.get_indexer(wanted)
    if (rows < 0).any():
        briefing, turn = wanted[rows < 0][0]
        raise BriefingError.of("words without turn", turn=turn, briefing=briefing)
    return rows


SORTS = ("place", "left", "right")
DEPTH = 3  # neighbouring words used for sorting
STRETCH = 1 << 12  # hits to cut out of their texts at a time
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
    """Show every hit for a word, phrase or regular expression in its context.

    Parameters
    ----------
    turns : DataFrame
        A turns table: `briefing_id`, `turn_id` and `text`, and `first_line` if present.
    query : str
        A word or phrase, `*` for any letters and `?` for one: *secur\\**, *digital econom\\**. A
        regular expression if `regex` is true.
    width : int
        Characters of context on each side, cut at spaces; never past the turn.
    sort : str
        *place*, or *left* or *right*: by the first word on that side, then the second and third,
        without accents; ties stay in order of place.
    regex : bool
        Search the text of each turn for `query` as a Python regular expression. Case is ignored and
        ’ is the same as ', as for tokens. An empty match is not a hit.
    tokens : DataFrame, optional
        The tokens of these turns, if you have them, from any tokenizer, or only some of them: then
        only hits that begin among them are shown, and the rate is per 1,000 of them. A match
        without a word belongs to the word before it.
    lines : DataFrame, optional
        `talk.lines`, for the source line of each hit in one briefing.

    Returns
    -------
    DataFrame
        One row per hit: `briefing_id, turn_id, speaker, role`; `first_line`: the source line on
        which the turn begins; `line`, if `lines` is given: that of the hit itself;
        `left, node, right`: as printed, with line breaks as spaces; `start, stop`: characters of
        the turn's text, `text[start:stop]` is the node; `sentence_id`. No rows if there is no hit.
        `.attrs`: `query, regex, width, sort`; `n_hits, n_words, per_1000` (NaN without words),
        `n_turns_hit`; `text_status, part, language`, as in the turns.

    Raises
    ------
    BriefingError
        If the query cannot match any word or does not compile, the width is below 0, `sort` is
        unknown, columns are missing, two turns share a key, or tokens are from other turns.

    Notes
    -----
    Hits for a phrase may overlap: *had had had* contains *had had* twice. Not a test of anything:
    lines selected for an argument prove no more than any others, so show them all or a random
    sample.

    Examples
    --------
    >>> import briefing
    >>> said = "MS. MARLOW: The old quay closes.\\nQ: And the new quay?\\nMS. MARLOW: In May."
    >>> talk = briefing.parse(said)
    >>> hits = concordance(talk.turns, "quay", sort="left")
    >>> hits[["turn_id", "role", "left", "node", "right"]]
       turn_id        role          left  node     right
    0        2  journalist  And the new   quay         ?
    1        1    official      The old   quay   closes.
    """
    TURNS.check(turns, "briefing_id", "turn_id", "text")
    _check(query, width, sort)
    words = tokenize(turns) if tokens is None else tokens
    TOKENS.check(words)
    text = SearchedText(in_order(words), turns)
    hits = text.search(query) if regex else text.look_up(query)
    hits = hits.take(_order(text, hits, sort))
    turn = text.turn(hits.spans[:, 0])
    result = _rows(text, hits, width)
    result.insert(4, "first_line", _first_lines(turns).array[text.row[turn]])
    if lines is not None:
        result.insert(5, "line", with_lines(result, turns, lines)["line"])
    return finish(
        result,
        turns,
        query=query,
        regex=regex,
        width=width,
        sort=sort,
        n_hits=len(hits),
        n_words=len(words),
        per_1000=1000 * len(hits) / len(words) if len(words) else float("nan"),
        n_turns_hit=len(np.unique(turn)),
    )


def _check(query: str, width: int, sort: str) -> None:
    if not isinstance(query, str) or not query.strip():
        raise BriefingError.of("no query", query=query)
    if width < 0:
        raise BriefingError.of("no width", width=width)
    if sort not in SORTS:
        raise BriefingError.of("no such sort", sort=sort, known=", ".join(SORTS))


def _first_lines(turns: pd.DataFrame) -> pd.Series:
    lines = turns["first_line"] if "first_line" in turns else pd.Series(pd.NA, turns.index)
    return lines.astype("Int64")


def _order(text: SearchedText, hits: Hits, sort: str) -> Ints:
    """The hits by place, or by the neighbouring words, nearest first."""
    token, start, stop = hits.spans.T
    turn = text.turn(token)
    if sort == "place" or not len(hits):
        return np.lexsort((stop, start, turn))
    edge, step = (hits.first - 1, -1) if sort == "left" else (hits.last + 1, 1)
    beside = [_ranks(text, edge + step * i, turn) for i in range(DEPTH)]
    return np.lexsort((start, turn, *reversed(beside)))


def _ranks(text: SearchedText, rows: Ints, turn: Ints) -> Ints:
    """The alphabetical rank of the word in each row; the end of a turn comes first."""
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


def _rows(text: SearchedText, hits: Hits, width: int) -> pd.DataFrame:
    columns = ["briefing_id", "turn_id", "speaker", "role", "sentence_id"]
    frame = text.words[columns].iloc[hits.spans[:, 0]].reset_index(drop=True)
    shown = _shown(text, hits, width)
    for i, column in enumerate(("left", "node", "right")):
        frame.insert(4 + i, column, pd.Series([row[i] for row in shown], dtype="str"))
    frame.insert(7, "start", hits.spans[:, 1])
    frame.insert(8, "stop", hits.spans[:, 2])
    return frame


def _shown(text: SearchedText, hits: Hits, width: int) -> list[tuple[str, str, str]]:
    """The printed text before, of and after each hit, read in batches of turns."""
    shown = [("", "", "")] * len(hits)
    in_turn = text.turn(hits.spans[:, 0])
    order = np.argsort(in_turn, kind="stable")
    for at in range(0, len(hits), STRETCH):
        rows = order[at : at + STRETCH]
        turns, turn = np.unique(in_turn[rows], return_inverse=True)
        texts = text.texts(turns)
        places = (column.tolist() for column in (rows, turn, *hits.spans[rows, 1:].T))
        for row, i, start, stop in zip(*places, strict=True):
            shown[row] = _cut(texts[i], start, stop, width)
    return shown


def _cut(text: str, start: int, stop: int, width: int) -> tuple[str, str, str]:
    """The text before a hit, the hit, and the text after it, in whole words."""
    left = _on_one_line(text[max(0, start - width) : start])
    right = _on_one_line(text[stop : stop + width])
    if 0 < start - width and not text[start - width - 1].isspace():
        left = left[left.find(" ") + 1 :]
    if stop + width < len(text) and not text[stop + width].isspace():
        right = right[: right.rfind(" ")] if " " in right else right
    return left.lstrip(), _on_one_line(text[start:stop]), right.rstrip()


def _on_one_line(text: str) -> str:
    """Shrink white space to one space; among printable characters, only that is white space."""
    return text if text.isprintable() else _BREAKS.sub(" ", text)
