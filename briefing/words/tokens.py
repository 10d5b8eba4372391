"""Turns to sentences and to running words, each with its place in the text of its turn.

`briefing.words.boundaries` says what a word is and where a sentence ends; here both become tables.
Any other tokenizer drops in: an object with `span_tokenize(text)`, as all of nltk's have, or a
function that gives the words in order, (word, start, stop) or (start, stop): `jieba.cut`,
`jieba.tokenize`.
What holds no letter or digit is punctuation, not a running word, and is left out, and so is what
stands in a stage direction.

`find_words` takes a run of Chinese or Japanese letters for one word. In a text of such a writing
the run is cut by a package of its own: jieba for Chinese (the extra `zh`), janome for Japanese
(`ja`). Both bring their dictionaries and fetch nothing. Numbers, words in other letters, web
addresses and stage directions stay what the rule makes of them.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import chain
from operator import index
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from briefing.lexicons.stage import without_stages
from briefing.tables import BriefingError
from briefing.words.boundaries import (
    IN_ONE_WRITING,
    Span,
    count_words,
    find_sentences,
    find_words,
    fold,
    may_need_tokenizer,
    needs_tokenizer,
)

__all__ = ["count_words", "find_sentences", "find_words", "needs_tokenizer"]

Cut = Callable[[str], Iterable[str]]
RUNS = 1 << 15  # that are remembered: a text is counted, then tokenized


class Segmenter(NamedTuple):
    """A package that cuts a run of letters into words, and the extra that installs it."""

    package: str
    extra: str
    load: Callable[[], Cut]


def _jieba() -> Cut:
    """Load jieba's dictionary without its cache, which any user of the machine could write."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it is of 2020
        import jieba
    jieba.setLogLevel(logging.WARNING)
    cutter = jieba.Tokenizer()
    cutter.FREQ, cutter.total = cutter.gen_pfdict(cutter.get_dict_file())
    cutter.initialized = True
    cut: Cut = cutter.cut
    return cut


def _janome() -> Cut:
    from janome.tokenizer import Tokenizer

    cutter = Tokenizer(wakati=True)
    return lambda run: map(str, cutter.tokenize(run))


SEGMENTERS = {
    "Chinese": Segmenter("jieba", "zh", _jieba),
    "Japanese": Segmenter("janome", "ja", _janome),
}


def segmented_by(writing: str | None) -> str | None:
    """The installed package that cuts this writing into words, if there is one."""
    known = SEGMENTERS.get(writing or "")
    return known.package if known and find_spec(known.package) else None


def how_to_count(writing: str) -> str:
    """Why the words of a text are not counted, and what to install or to pass."""
    known = SEGMENTERS.get(writing)
    way = (
        f"install {known.package}: pip install 'briefing-analysis[{known.extra}]'"
        if known
        else "pass a tokenizer for it: briefing.tokenize(turns, tokenizer=...)"
    )
    return f"{writing} puts no spaces between words, so they are not counted; to count them, {way}"


def counter_for(text: str) -> Callable[[str], int] | None:
    """What counts the words of the parts of `text`; None where that takes a package not here."""
    writing = needs_tokenizer(text)
    if writing is None:
        return count_words
    if segmented_by(writing) is None:
        return None
    return lambda part: len(segment(part, writing))


def segment(text: str, writing: str) -> list[Span]:
    """Return (start, stop) of every running word of a text in `writing`, in order.

    >>> segment("We met in 2026.", "Chinese")
    [(0, 2), (3, 6), (7, 9), (10, 14)]
    """
    spans = []
    for start, stop in find_words(text):
        for run in IN_ONE_WRITING.findall(text[start:stop]):
            for length in _lengths(run, writing) if may_need_tokenizer(run) else [len(run)]:
                if any(map(str.isalnum, text[start : start + length])):
                    spans.append((start, start + length))
                start += length
    return spans


@lru_cache(RUNS)
def _lengths(run: str, writing: str) -> list[int]:
    return [*map(len, _cut(writing)(run))]


@cache
def _cut(writing: str) -> Cut:
    return SEGMENTERS[writing].load()


if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from briefing.words.boundaries import Span
    from briefing.words.codes import Codes

    Array = npt.NDArray[np.integer[Any]]
    import pandas as pd


@dataclass(frozen=True)
class Spans:
    """The spans of many texts, end to end: `start` and `stop` in text number `text`."""

    start: Array
    stop: Array
    text: Array
    first: Array  # for each text, the number of its first span

    @classmethod
    def of(cls, spans: list[list[Span]]) -> Spans:
        """Join the spans of one text after the other."""
        import numpy as np

        n = np.fromiter(map(len, spans), np.int64, len(spans))
        flat = np.fromiter(chain.from_iterable(chain.from_iterable(spans)), np.int32, 2 * n.sum())
        return cls(flat[::2], flat[1::2], np.arange(len(n)).repeat(n), n.cumsum() - n)

    def cut(self, texts: list[str]) -> list[str]:
        """Each span as it is printed."""
        places = zip(self.text.tolist(), self.start.tolist(), self.stop.tolist(), strict=True)
        return [texts[i][start:stop] for i, start, stop in places]

    def holding(self, words: Codes, texts: list[str]) -> Array:
        """For each word, the number of the span, a sentence, that it begins in."""
        import numpy as np

        length = np.fromiter(map(len, texts), np.int64, len(texts))
        before = length.cumsum() - length
        at = words.start + before.repeat(words.n)
        number = np.searchsorted(self.start + before[self.text], at, side="right") - 1
        return np.maximum(number, self.first.repeat(words.n))


__all__ += ["sentences", "tokenize"]


class SpanTokenizer(Protocol):
    """Anything that says where the words of a text are, as every tokenizer of nltk does."""

    def span_tokenize(self, text: str) -> Iterable[Span]:
        """Return (start, stop) of each word, in order."""


Tokenizer = SpanTokenizer | Callable[[str], Iterable[str | tuple[str, int, int] | Span]]
OWN = "briefing.words"  # what finds words where no tokenizer is given


def tokenize(
    turns: pd.DataFrame, *, tokenizer: Tokenizer | None = None, sentence_ids: bool = True
) -> pd.DataFrame:
    """Return the running words of `turns`, one row each.

    Parameters
    ----------
    turns : DataFrame
        A table of turns. Only `text` is needed; where they are missing, `briefing_id` is
        empty, `turn_id` counts from 1 in each briefing, the speaker is missing and the role
        unknown.
    tokenizer : object with `span_tokenize`, or function, optional
        Takes a text and gives its words in order, (word, start, stop) or (start, stop), instead
        of `briefing.words` (for Chinese and Japanese, of jieba and janome).
    sentence_ids : bool
        False leaves out `sentence_id`, which takes most of the time where there are millions of
        words. Measures that need sentences then say so.

    Returns
    -------
    DataFrame
        `briefing_id, turn_id, speaker, role, sentence_id` (from 1 in each turn), `position`
        (from 0 in each turn), `token` (categorical: the word under
        `briefing.words.boundaries.fold`), `start`, `stop` (characters; `text[start:stop]` is the
        word as printed); `language` where the turns have it. In `.attrs` what `turns.attrs`
        holds, and the `tokenizer`.

    Raises
    ------
    BriefingError
        Where the words of a briefing are not separated by spaces and neither a tokenizer is
        given nor the package for its language installed, or where what a tokenizer gives is not
        in order and inside the text.

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
    import numpy as np
    import pandas as pd

    from briefing.words.codes import counted, keys_of, renumbered, repeated, texts_of

    keys = keys_of(turns)
    words = _words(turns, tokenizer, keys)
    n = words.n
    columns = {name: repeated(keys[name], n) for name in keys}
    if sentence_ids:
        texts = [*texts_of(turns)]
        found = Spans.of([find_sentences(text) for text in texts])
        number = found.holding(words, texts) - found.first.repeat(n) + 1
        columns["sentence_id"] = number.astype(np.int32)
    columns["position"] = counted(n)
    forms = pd.Index(words.forms, dtype="str")
    order = forms.argsort()
    columns["token"] = pd.Categorical.from_codes(renumbered(words.code, order), forms.take(order))
    columns |= {"start": words.start, "stop": words.stop}
    frame = pd.DataFrame(columns, copy=False)
    frame.attrs = {**turns.attrs, "tokenizer": _name(tokenizer)}
    return frame


def sentences(turns: pd.DataFrame, *, tokenizer: Tokenizer | None = None) -> pd.DataFrame:
    """Return the sentences of `turns`, one row each.

    Takes what `tokenize` takes and raises what it raises; the tokenizer counts the words.

    Returns
    -------
    DataFrame
        `briefing_id, turn_id, speaker, role, sentence_id` (from 1 in each turn), `text`,
        `start`, `stop` (characters of the turn's text), `n_words`. A stretch without letter
        or digit is not a sentence.

    Not for comparing the length of sentences across transcribers: the full stops are theirs.
    """
    import numpy as np
    import pandas as pd

    from briefing.words.codes import keys_of, texts_of

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
    """The words by the tokenizer; BriefingError where it cannot tell them."""
    from briefing.words.codes import texts_of

    if tokenizer is None:
        apart = keys.filter(["briefing_id", "language"])
        groups = apart.groupby([*apart], dropna=False, sort=False, observed=True).ngroup()
        return words_of(lambda: texts_of(turns), groups)
    texts = [*texts_of(turns)]
    return _coded(texts, [_spans_by(tokenizer, text) for text in texts])


def words_of(read: Callable[[], Iterable[str]], groups: Iterable[Hashable]) -> Codes:
    """The words of each text; a text without spaces is told from all the texts of its group."""
    from briefing.words.codes import encode

    words = encode(read())
    if not may_need_tokenizer("".join(words.forms)):
        return words
    texts = [*read()]
    of_group: dict[Hashable, list[str]] = {}
    for text, group in zip(texts, groups := [*groups], strict=True):
        of_group.setdefault(group, []).append(text)
    writing = {group: _writing(some) for group, some in of_group.items()}
    if not any(writing.values()):
        return words
    parts = zip(texts, map(writing.__getitem__, groups), strict=True)
    return _coded(texts, [segment(text, by) if by else find_words(text) for text, by in parts])


def _writing(texts: list[str]) -> str | None:
    """The writing whose words have to be cut apart; BriefingError where nothing here does it."""
    writing = needs_tokenizer("\n".join(texts))
    if writing and not segmented_by(writing):
        start = next(text for text in texts if text.strip())[:40]
        raise BriefingError(f"the turn {start!r}...: {how_to_count(writing)}.")
    return writing


def _coded(texts: list[str], spans: list[list[Span]]) -> Codes:
    import numpy as np
    import pandas as pd

    from briefing.words.codes import Codes

    found = Spans.of(spans)
    forms = [fold(word) for word in found.cut(texts)]
    code, listed = pd.factorize(np.array(forms, object))
    n = np.bincount(found.text, minlength=len(texts))
    return Codes(code.astype(np.int32), found.start, found.stop, n, listed.tolist())


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
        raise BriefingError(
            f"the tokenizer {_name(tokenizer)} failed on the turn {text[:40]!r}...: {error}. It "
            "must take a text and give its words in order, as words, (word, start, stop) or "
            "(start, stop)."
        ) from error
    return spans


def _span(word: Any, text: str, at: int) -> Span:
    """Where a word is that a tokenizer gives as itself, (word, start, stop) or (start, stop)."""
    if isinstance(word, str):
        start = text.index(word, at)
        return start, start + len(word)
    start, stop = word[-2:]
    return start, stop


def _name(tokenizer: Tokenizer | None) -> str:
    if tokenizer is None:
        return OWN
    return getattr(tokenizer, "__name__", type(tokenizer).__name__)
