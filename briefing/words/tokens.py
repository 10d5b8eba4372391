"""Turns into sentences and running words, each with its place in the text of its turn.

`briefing.words.boundaries` defines words and sentences; here they become tables. Any other
tokenizer can be used instead: an object with `span_tokenize(text)`, like those of nltk, or a
function that gives the words in order, (word, start, stop) or (start, stop): `jieba.cut`,
`jieba.tokenize`. Anything without a letter or digit is punctuation, not a running word, and is left
out, and so are stage directions.

Nearly everything that is said has been said before, so the rule is applied to distinct *pieces*
only.

1. Stage directions are left out, texts are joined into blocks, and each character becomes one byte,
so that a place in the block is a place in a text. Capitals become lower case, and whatever cannot
be in a word becomes a space. A web address may hold such signs: where there may be one, everything
from space to space is one piece. 2. A *piece* is what is between spaces. The rule never looks past
a space, so the words of a piece depend on it alone. Nearly every piece is one word. 3. A piece is
identified by its first sixteen bytes, as two integers. They choose a slot of a table, which holds
the number of a piece; if the integers are the same, so is the piece. If not, and for pieces that
are longer or not ASCII, a dict has the number: two pieces that compete for a slot cost time but are
never confused. New pieces are passed to `find_words`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from itertools import chain, count, filterfalse, islice, pairwise
from operator import index
from typing import Any, NamedTuple, Protocol

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import pack_of, worths
from briefing.lexicons.stage import without_stages
from briefing.tables import ROLES, TURNS, BriefingError
from briefing.words.boundaries import (
    JOINS,
    Span,
    cut_as,
    ends_of,
    find_sentences,
    find_words,
    fold,
    how_to_count,
    is_inside,
    may_elide,
    may_need_tokenizer,
    segment,
    segmented_by,
)
from briefing.words.groups import Ints

__all__ = ["sentences", "tokenize"]

Array = npt.NDArray[Any]

NO_THEMES = ("question-formula-words", "number-words", "ordinals", "courtesy-titles")
ANY_TALK = "light-words"  # *know, come, say, way*: our list is English

BLOCK, SLOTS = 1 << 18, 20  # characters processed together; bits in the number of a slot
BATCH = 1 << 14  # texts held at a time
_SPACE, _OTHER, _STOP = 0x20, 0x80, ord(".")
_PLAIN = re.compile(r"[a-z0-9]+(?:(?:['_&-]|(?<=\d)[.,:/](?=\d))[a-z0-9]+)*")  # certainly one word
_FIRST = np.array([(1 << 8 * n) - 1 for n in range(9)], np.uint64)  # masks of n bytes
_NOT_ASCII = np.uint64(0x8080808080808080)
_SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2**64 / golden ratio: Knuth's multiplicative hashing
_WHITE = bytes(max(i, _SPACE) for i in range(256))


def _class(char: str) -> int:
    """The byte for a character: its own or that of a similar one, a space, or _OTHER."""
    like = fold(char) if char in JOINS else char.lower()
    return _SPACE if not is_inside(char) else ord(like) if like.isascii() else _OTHER


_TABLE = bytes([*map(_class, map(chr, range(128))), *range(128, 256)])


class Codes(NamedTuple):
    """The running words of many texts, end to end."""

    code: Array  # int32, the number of its form
    start: Array  # int32, characters of its text
    stop: Array
    n: Array  # how many words each text has
    forms: list[str]  # as `fold` gives them, in order of appearance


def encode(texts: Iterable[str]) -> Codes:
    """Find the running words of `texts`, taken some at a time, and number their forms."""
    pieces, texts, counts = _Pieces(), iter(texts), [np.zeros(0, np.intp)]
    columns = bytearray(), bytearray(), bytearray()  # which grow in place
    while some := [*map(without_stages, islice(texts, BATCH))]:
        counts.append(np.zeros(len(some), np.intp))
        for block, at, text, begin in _blocks(some, first=not columns[0]):
            number, start, stop = pieces.words(block)
            n = np.diff(np.searchsorted(start, at), append=len(start))
            back = (begin - at).repeat(n)
            for column, part in zip(columns, (number - 1, start + back, stop + back), strict=True):
                column += part.astype(np.int32).data
            np.add.at(counts[-1], text, n)
    code, start, stop = (np.frombuffer(column, np.int32) for column in columns)
    return Codes(code, start, stop, np.concatenate(counts), pieces.forms)


def _blocks(texts: list[str], *, first: bool) -> Iterator[tuple[str, Array, Array, Array]]:
    """Texts joined or split into blocks; and for each part, its place there and in its text."""
    size = np.fromiter(map(len, texts), np.int64, len(texts)) + 1
    number, begin = np.arange(len(texts)), np.zeros(len(texts), np.int64)
    if size.max(initial=0) > 2 * BLOCK:
        part = re.compile(rf"(?s).{{1,{BLOCK}}}\S*")
        cut = [(i, *m.span(), m[0]) for i, text in enumerate(texts) for m in part.finditer(text)]
        number, begin, end = np.array([place for *place, _ in cut], np.int64).T
        size, texts = end - begin + 1, [text for *_, text in cut]
    at = size.cumsum() - size
    short = (BLOCK >> 5, BLOCK >> 3) if first else ()  # while everything is new
    held: Array = at // BLOCK + np.searchsorted(short, at, "right")
    edges = [*np.flatnonzero(np.diff(held, prepend=-1)).tolist(), len(texts)]
    for i, j in pairwise(edges):
        block = "\n".join(["", *texts[i:j], "\n" * 15])
        yield block, at[i:j] - at[i] + 1, number[i:j], begin[i:j]


class _Pieces:
    """The pieces met so far, by number: above 0 if they are one word unchanged."""

    def __init__(self) -> None:
        self.numbers: dict[str, int] = {}  # of pieces, those of one word from 1 on
        self.forms: list[str] = []
        self.slots = np.zeros(1 << SLOTS, np.int32)
        self.bytes = np.zeros((2, 1 << 12), np.uint64)  # by number: its first sixteen
        self.inner = np.zeros((0, 3), np.int32)  # number, start and stop of a word in a piece
        self.ends = np.zeros(1, np.int32)  # by number below 0: where its rows of `inner` end
        self.classes = np.zeros(0x110000, np.uint8)  # of the characters met so far

    def words(self, block: str) -> tuple[Array, Array, Array]:
        """Number, start and stop of each word of a block."""
        line = self._line(block)
        edges = np.flatnonzero(np.diff(line == _SPACE)) + 1
        start, stop = edges[::2], edges[1::2]
        number, odd = self._look_up(block, line, start, stop)
        first, n = self.ends[-1 - number[odd]], np.ones(len(number), np.intp)
        n[odd] = self.ends[-number[odd]] - first
        row = np.arange(len(number)).repeat(n)
        number, start, stop = number.take(row), start.take(row), stop.take(row)
        at, n = np.flatnonzero(number < 0), n[odd]
        row = np.arange(len(at)) + (first - n.cumsum() + n).repeat(n)
        number[at], begin, end = self.inner[row].T
        start[at], stop[at] = start[at] + begin, start[at] + end
        return number, start, stop

    def _line(self, block: str) -> Array:
        """A byte for each character, with spaces for everything that cannot be in a word."""
        points = np.frombuffer(block.encode("utf-32-le", "surrogatepass"), "<u4")
        line, other = points.astype(np.uint8), np.flatnonzero(points > 127)
        for point in np.unique(points[other[self.classes[points[other]] == 0]]).tolist():
            self.classes[point] = _class(chr(point))
        line[other] = self.classes[points[other]]
        cooked = (raw := line.tobytes()).translate(_TABLE)
        line = np.frombuffer(bytearray(cooked), np.uint8)
        sign = np.flatnonzero(line - np.uint8(ord(",")) < 4)  # , - . /
        final = sign[line.take(sign + 1) == _SPACE]
        initials = (line.take(final - 2) == _STOP) | (line.take(final - 3) == _STOP)
        line[final[~initials]] = _SPACE
        urls = cooked if b"/" in cooked else b""  # finding one byte takes no time
        hosts = cooked if (line.take(sign - 1) == ord("w")).any() else b""
        white = b""
        for mark, where in ((b"@", raw), (b"://", urls), (b"www.", hosts)):  # of addresses
            at = where.find(mark)
            while at >= 0:
                white = white or raw.translate(_WHITE)
                end = white.find(b" ", at)
                line[white.rfind(b" ", 0, at) + 1 : end] = _OTHER
                at = where.find(mark, end)
        return line

    def _look_up(self, block: str, line: Array, start: Array, stop: Array) -> tuple[Array, Array]:
        """The number of each piece, and the rows of pieces that are not one word."""
        size, eight = stop - start, np.ndarray(len(line) - 7, "<u8", line.data, strides=(1,))
        head, long = eight.take(start) & _FIRST.take(size, mode="clip"), np.flatnonzero(size > 7)
        tail = np.zeros_like(head)
        tail[long] = eight[start[long] + 8] & _FIRST.take(size[long] - 8, mode="clip")
        slot = ((head ^ tail * _SPREAD) * _SPREAD >> np.uint64(64 - SLOTS)).view(np.int64)
        number = self.slots.take(slot)
        same = self.bytes[0].take(number) == head
        same[long] &= (self.bytes[1].take(number[long]) == tail[long]) & (size[long] <= 16)
        missed = np.flatnonzero(~same)
        number[missed] = self._ask(block, line, start[missed].tolist(), stop[missed].tolist())
        new = missed[(size[missed] <= 16) & (number[missed] > 0) & (self.slots[slot[missed]] == 0)]
        new = new[(head[new] | tail[new]) & _NOT_ASCII == 0]
        self.slots[slot[new]] = number[new]
        if len(self.forms) >= self.bytes.shape[1]:
            self.bytes = np.pad(self.bytes, ((0, 0), (0, len(self.forms))))
        self.bytes[:, number[new]] = head[new], tail[new]
        return number, missed[number[missed] < 0]

    def _ask(self, block: str, line: Array, start: list[int], stop: list[int]) -> list[int]:
        """The numbers of pieces from the dict, to which new ones are added."""
        known, ends = line.tobytes().decode("latin-1"), zip(start, stop, strict=True)
        pieces = [p if (p := known[a:b]).isascii() else block[a:b] for a, b in ends]
        new = [*dict.fromkeys(filterfalse(self.numbers.__contains__, pieces))]
        plain = [*filter(_PLAIN.fullmatch, new)]
        self.numbers.update(zip(plain, count(len(self.forms) + 1), strict=False))
        self.forms += plain
        self._learn([*filterfalse(self.numbers.__contains__, new)])
        return [*map(self.numbers.__getitem__, pieces)]

    def _learn(self, pieces: list[str]) -> None:  # whose words need the rule
        inner: list[tuple[int, int, int]] = []
        ends: list[int] = []
        for piece in pieces:
            words = [(fold(piece[a:b]), a, b) for a, b in find_words(piece)]
            if words == [(piece, 0, len(piece))]:
                self._number(piece, piece)
                continue
            for form, a, b in words:
                again = [(fold(form[a:b]), a, b) for a, b in find_words(form)]
                key = form if again == [(form, 0, len(form))] else f"{form} "  # no piece
                inner.append((self._number(form, key), a, b))
            self.numbers[piece] = -len(self.ends) - len(ends)
            ends.append(len(self.inner) + len(inner))
        self.inner = np.append(self.inner, np.array(inner, np.int32).reshape(-1, 3), axis=0)
        self.ends = np.append(self.ends, np.array(ends, np.int32))

    def _number(self, form: str, key: str) -> int:
        if key not in self.numbers:
            self.forms.append(form)
            self.numbers[key] = len(self.forms)
        return self.numbers[key]


TURNS_AT_A_TIME, ROWS_AT_A_TIME = 1 << 12, 1 << 18


def texts_of(turns: pd.DataFrame) -> Iterator[str]:
    """The texts as Python strings, made from the table in batches."""
    TURNS.check(turns, "text")
    for at in range(0, len(turns), TURNS_AT_A_TIME):
        column = turns["text"].iloc[at : at + TURNS_AT_A_TIME]
        known = zip(column.tolist(), column.notna().tolist(), strict=True)
        texts = [text if given else "" for text, given in known]
        for number, text in enumerate(texts, at):
            if not isinstance(text, str):
                raise BriefingError.of("no text in turn", row=number, text=text)
        yield from texts


def keys_of(turns: pd.DataFrame) -> pd.DataFrame:
    """The columns that words and sentences inherit, filled in if missing."""
    table = turns.filter(["briefing_id", "turn_id", "speaker", "role"]).reset_index(drop=True)
    if "briefing_id" not in table:
        table["briefing_id"] = pd.Series("", table.index, dtype="str")
    if "turn_id" not in table:
        table["turn_id"] = table.groupby("briefing_id", sort=False, dropna=False).cumcount() + 1
    if "speaker" not in table:
        table["speaker"] = pd.Series(pd.NA, table.index, dtype="str")
    if "role" not in table:
        table["role"] = pd.Categorical(["unknown"] * len(table), ROLES)
    kinds = dict.fromkeys(("briefing_id", "speaker", "role"), "category")
    if pd.api.types.is_integer_dtype(table["turn_id"]) and table["turn_id"].notna().all():
        kinds["turn_id"] = "int32"
    notes = (*TURNS.columns, "source", "call_id")
    more = [str(c) for c in turns if c not in notes and not str(c).endswith(("_from", "_p"))]
    kinds |= dict.fromkeys(more, "category")
    table[more] = turns[more].reset_index(drop=True)
    return table.astype(kinds)[["briefing_id", "turn_id", "speaker", "role", *more]]


def repeated(column: pd.Series, n: Ints) -> Any:
    """The value of each turn, repeated for each of its words, without row numbers."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy().repeat(n)
        return pd.Categorical.from_codes(codes, dtype=column.dtype, validate=False)
    return column.to_numpy().repeat(n)


def counted(n: Ints) -> Ints:
    """From 0 to n - 1 for each n, concatenated."""
    step, n = np.ones(n.sum(), np.int32), n[n > 0]
    step[n.cumsum()[:-1]] -= n[:-1].astype(np.int32)
    step[:1] = 0
    return np.add.accumulate(step, dtype=np.int32, out=step)


def renumbered(code: Ints, order: Ints) -> Ints:
    """The codes, changed in place: `order[i]` becomes i."""
    rank = np.argsort(order).astype(code.dtype)
    for at in range(0, len(code), ROWS_AT_A_TIME):  # chunks avoid a long copy
        code[at : at + ROWS_AT_A_TIME] = rank.take(code[at : at + ROWS_AT_A_TIME])
    return code


@dataclass(frozen=True)
class Spans:
    """The spans of many texts, end to end: `start` and `stop` in text number `text`."""

    start: Array
    stop: Array
    text: Array
    first: Array  # for each text, the number of its first span

    @classmethod
    def of(cls, spans: list[list[Span]]) -> Spans:
        """Join the spans of texts, in order."""

        n = np.fromiter(map(len, spans), np.int64, len(spans))
        flat = np.fromiter(chain.from_iterable(chain.from_iterable(spans)), np.int32, 2 * n.sum())
        return cls(flat[::2], flat[1::2], np.arange(len(n)).repeat(n), n.cumsum() - n)

    def cut(self, texts: list[str]) -> list[str]:
        """Each span as printed."""
        places = zip(self.text.tolist(), self.start.tolist(), self.stop.tolist(), strict=True)
        return [texts[i][start:stop] for i, start, stop in places]

    def holding(self, words: Codes, texts: list[str]) -> Array:
        """For each word, the number of the span (sentence) where it begins."""

        length = np.fromiter(map(len, texts), np.int64, len(texts))
        before = length.cumsum() - length
        at = words.start + before.repeat(words.n)
        number = np.searchsorted(self.start + before[self.text], at, side="right") - 1
        return np.maximum(number, self.first.repeat(words.n))


class SpanTokenizer(Protocol):
    """Anything that finds the words of a text, such as any nltk tokenizer."""

    def span_tokenize(self, text: str) -> Iterable[Span]:
        """Return (start, stop) of each word, in order."""


Tokenizer = SpanTokenizer | Callable[[str], Iterable[str | tuple[str, int, int] | Span]]
OWN = "briefing.words"  # the tokenizer used if none is given


def tokenize(
    turns: pd.DataFrame, *, tokenizer: Tokenizer | None = None, sentence_ids: bool = True
) -> pd.DataFrame:
    """Return the running words of `turns`, one row each.

    Parameters
    ----------
    turns : DataFrame
        A table of turns. Only `text` is required; by default `briefing_id` is empty, `turn_id`
        counts from 1 in each briefing, the speaker is missing and the role unknown.
    tokenizer : object with `span_tokenize`, or function, optional
        Takes a text and gives its words in order, (word, start, stop) or (start, stop), in place of
        `briefing.words` (or of jieba and janome for Chinese and Japanese).
    sentence_ids : bool
        False omits `sentence_id`, which takes most of the time for millions of words. Measures that
        need sentences then say so.

    Returns
    -------
    DataFrame
        `briefing_id, turn_id, speaker, role, sentence_id` (from 1 in each turn), `position` (from 0
        in each turn), `token` (categorical: the word under `briefing.words.boundaries.fold`),
        `start`, `stop` (characters; `text[start:stop]` is the word as printed); `language` if the
        turns have it. `.attrs` holds `turns.attrs` and the `tokenizer`.

    Raises
    ------
    BriefingError
        If the words of a briefing are not separated by spaces and there is neither a tokenizer nor
        an installed package for its language, or if the words from a tokenizer are out of order or
        outside the text.

    Not for comparing lengths across languages or across tokenizers.

    Examples
    --------
    >>> import pandas as pd
    >>> turns = pd.DataFrame({"speaker": ["Lund"], "text": ["We met. The U.S. didn’t."]})
    >>> tokenize(turns)[["speaker", "sentence_id", "position", "token", "start", "stop"]]
      speaker  sentence_id  position   token  start  stop
    0    Lund            1         0      we      0     2
    1    Lund            1         1     met      3     6
    2    Lund            2         2     the      8    11
    3    Lund            2         3    u.s.     12    16
    4    Lund            2         4  didn't     17    23
    """

    keys = keys_of(turns)
    words = _words(turns, tokenizer, keys)
    n = words.n
    columns = {name: repeated(keys[name], n) for name in keys}
    if sentence_ids:
        columns["sentence_id"] = _sentence_ids(words, [*texts_of(turns)], own=tokenizer is None)
    columns["position"] = counted(n)
    forms = pd.Index(words.forms, dtype="str")
    order = forms.argsort()
    columns["token"] = pd.Categorical.from_codes(renumbered(words.code, order), forms.take(order))
    columns |= {"start": words.start, "stop": words.stop}
    frame = pd.DataFrame(columns, copy=False)
    frame.attrs = {**turns.attrs, "tokenizer": _name(tokenizer)}
    return frame


def _sentence_ids(words: Codes, texts: list[str], *, own: bool) -> Ints:
    """For each word, the number of its sentence, which increases after each sentence end."""
    if not own:  # a sentence without any of these words still counts
        found = Spans.of([find_sentences(text) for text in texts])
        return (found.holding(words, texts) - found.first.repeat(words.n) + 1).astype(np.int32)
    ends = [ends_of(text) for text in texts]
    length, n = (np.fromiter(map(len, of), np.int64, len(texts)) for of in (texts, ends))
    before = length.cumsum() - length
    stop = np.fromiter(chain.from_iterable(ends), np.int64, n.sum()) + before.repeat(n)
    new = np.zeros(len(words.start) + 1, np.int32)
    new[np.searchsorted(words.start + before.repeat(words.n), stop)] = 1
    number = np.add.accumulate(new, out=new)[:-1]
    some = words.n[words.n > 0]
    number -= number[some.cumsum() - some].repeat(some) - 1
    return number


def sentences(turns: pd.DataFrame, *, tokenizer: Tokenizer | None = None) -> pd.DataFrame:
    """Return the sentences of `turns`, one row each.

    Takes and raises the same as `tokenize`; the tokenizer counts the words.

    Returns
    -------
    DataFrame
        `briefing_id, turn_id, speaker, role, sentence_id` (from 1 in each turn), `text`, `start`,
        `stop` (characters of the turn's text), `n_words`. A stretch without a letter or digit is
        not a sentence.

    Not for comparing the length of sentences between transcribers: the full stops are theirs.
    """

    keys, texts = keys_of(turns), [*texts_of(turns)]
    words = _words(turns, tokenizer, keys)
    found = Spans.of([find_sentences(text) for text in texts])
    frame = keys.take(found.text).reset_index(drop=True)
    frame["sentence_id"] = np.arange(len(frame)) - found.first[found.text] + 1
    frame["text"] = pd.Series(found.cut(texts), dtype="str")
    frame["start"], frame["stop"] = found.start, found.stop
    frame["n_words"] = np.bincount(found.holding(words, texts), minlength=len(frame))
    frame.attrs = {**turns.attrs, "tokenizer": _name(tokenizer)}
    return frame


def _words(turns: pd.DataFrame, tokenizer: Tokenizer | None, keys: pd.DataFrame) -> Codes:
    """The words found by the tokenizer; BriefingError if it cannot find them."""

    if tokenizer is None:
        apart = keys.filter(["briefing_id", "language"])
        groups = apart.groupby([*apart], dropna=False, sort=False, observed=True).ngroup()
        told = turns.attrs.get("language")
        codes = apart["language"] if "language" in apart else [None] * len(apart)
        known = (told if pd.isna(code) or not code else str(code) for code in codes)
        return words_of(lambda: texts_of(turns), zip(groups, known, strict=True))
    texts = [*texts_of(turns)]
    return _coded(texts, [_spans_by(tokenizer, text) for text in texts])


def words_of(
    read: Callable[[], Iterable[str]], groups: Iterable[tuple[Hashable, str | None]]
) -> Codes:
    """The words of each text; how they are split is decided from all texts of its group.

    `groups` gives, for each text, what it is part of and its language if known.
    """
    words = encode(read())
    if not may_need_tokenizer("".join(words.forms)) and not may_elide(words.forms):
        return words
    texts = [*read()]
    of_group: dict[tuple[Hashable, str | None], list[str]] = {}
    for text, group in zip(texts, groups := [*groups], strict=True):
        of_group.setdefault(group, []).append(text)
    writing = {group: _writing(some, group[1]) for group, some in of_group.items()}
    if not any(writing.values()):
        return words
    parts = zip(texts, map(writing.__getitem__, groups), strict=True)
    return _coded(texts, [segment(text, by) if by else find_words(text) for text, by in parts])


def _writing(texts: list[str], language: str | None) -> str | None:
    """How the words have to be split, if at all; BriefingError if no installed package can."""
    writing = cut_as("\n".join(texts), language)
    if writing and not segmented_by(writing):
        start = next(text for text in texts if text.strip())[:40]
        raise BriefingError.of("no tokenizer", start=start, how=how_to_count(writing))
    return writing


def _coded(texts: list[str], spans: list[list[Span]]) -> Codes:

    found = Spans.of(spans)
    forms = [fold(word) for word in found.cut(texts)]
    code, listed = pd.factorize(np.array(forms, object))
    n = np.bincount(found.text, minlength=len(texts))
    return Codes(code.astype(np.int32), found.start, found.stop, n, listed.tolist())


def themes(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of words that can be a theme, or all rows if there are none.

    Excluded are function words, if the table marks them, number words, forms of address, words
    common in any talk, and the people addressed.
    """
    pack = pack_of(table.attrs.get("language")) or ""
    lists = (*NO_THEMES, ANY_TALK) if pack == "en" else NO_THEMES
    listed = {*worths(*lists, language=pack)} | set(table.attrs.get("people") or ())
    kept = ~table["token"].isin(listed)
    if "function_word" in table:
        kept &= ~table["function_word"].astype("boolean").fillna(False).astype(bool)
    return table[kept] if kept.any() else table


def _spans_by(tokenizer: Tokenizer, text: str) -> list[Span]:
    call: Any = getattr(tokenizer, "span_tokenize", tokenizer)
    at, said = 0, without_stages(text)
    spans = []
    try:
        for word in call(text):
            start, stop = _span(word, text, at)
            if not at <= index(start) <= index(stop) <= len(text):
                raise ValueError(f"span ({start}, {stop}) after {at} in {len(text)} characters")
            at = stop
            if any(map(str.isalnum, said[start:stop])):
                spans.append((start, stop))
    except (TypeError, ValueError) as error:
        told = {"name": _name(tokenizer), "text": text[:40], "error": error}
        raise BriefingError.of("tokenizer failed", **told) from error
    return spans


def _span(word: Any, text: str, at: int) -> Span:
    """Where a word is that a tokenizer gives as a string, (word, start, stop) or (start, stop)."""
    if isinstance(word, str):
        start = text.index(word, at)
        return start, start + len(word)
    start, stop = word[-2:]
    return start, stop


def _name(tokenizer: Tokenizer | None) -> str:
    if tokenizer is None:
        return OWN
    return getattr(tokenizer, "__name__", type(tokenizer).__name__)
