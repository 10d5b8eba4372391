"""Turns to sentences and to running words, each with its place in the turn's text.

`briefing.words` says what a word is and `briefing.sentence_ends` where a sentence ends; here
both become tables. Any other tokenizer drops in: an object with `span_tokenize(text)`, as all
of nltk's have, or a function that returns spans. A span that holds no letter or digit is
punctuation, not a running word, and is left out. For Chinese, with jieba::

    import jieba
    spans = lambda text: [(start, stop) for _, start, stop in jieba.tokenize(text)]
    words = tokenize(turns, tokenizer=spans)
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import chain
from operator import index
from typing import TYPE_CHECKING, Any, Protocol

from briefing.sentence_ends import find_sentences
from briefing.tables import ROLES, TURNS, BriefingError
from briefing.words import Span, count_words, find_words, fold, needs_tokenizer

if TYPE_CHECKING:
    import numpy as np
    import pandas as pd

__all__ = ["count_words", "find_sentences", "find_words", "needs_tokenizer"]
__all__ += ["sentences", "tokenize"]


class SpanTokenizer(Protocol):
    """Anything that says where the words of a text are, as every tokenizer of nltk does."""

    def span_tokenize(self, text: str) -> Iterable[Span]:
        """Return (start, stop) of each word, in order."""


Tokenizer = SpanTokenizer | Callable[[str], Iterable[Span]]


def tokenize(turns: pd.DataFrame, *, tokenizer: Tokenizer | None = None) -> pd.DataFrame:
    """Return the running words of `turns`, one row each.

    Parameters
    ----------
    turns : DataFrame
        A table of turns. Only `text` is needed; where they are missing, `briefing_id` is
        empty, `turn_id` counts from 1 in each briefing, the speaker is missing and the role
        unknown.
    tokenizer : object with `span_tokenize`, or function, optional
        Takes a text and gives the (start, stop) of its words, instead of `briefing.words`.

    Returns
    -------
    DataFrame
        `briefing_id, turn_id, speaker, role, sentence_id` (from 1 in each turn), `position`
        (from 0 in each turn), `token` (categorical: the word under `briefing.words.fold`),
        `start`, `stop` (characters; `text[start:stop]` is the word as printed). In `.attrs`
        what `turns.attrs` holds, and the `tokenizer`.

    Raises
    ------
    BriefingError
        Where the words of a briefing are not separated by spaces and no tokenizer is given,
        or where a tokenizer's spans are not in order and inside the text.

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

    keys, texts = _keys(turns), _texts(turns)
    words, found, of_word = _place(texts, tokenizer, keys["briefing_id"])
    frame = keys.take(words.turn).reset_index(drop=True)
    frame["sentence_id"] = of_word - found.first[words.turn] + 1
    frame["position"] = np.arange(len(frame)) - words.first[words.turn]
    frame["token"] = _folded(texts, words)
    frame["start"], frame["stop"] = words.start, words.stop
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
        or digit is no sentence.

    Not for comparing the length of sentences across transcribers: the full stops are theirs.
    """
    import numpy as np
    import pandas as pd

    keys, texts = _keys(turns), _texts(turns)
    _, found, of_word = _place(texts, tokenizer, keys["briefing_id"])
    frame = keys.take(found.turn).reset_index(drop=True)
    frame["sentence_id"] = np.arange(len(frame)) - found.first[found.turn] + 1
    frame["text"] = pd.Series(found.cut(texts), dtype="str")
    frame["start"], frame["stop"] = found.start, found.stop
    frame["n_words"] = np.bincount(of_word, minlength=len(frame))
    frame.attrs = {**turns.attrs, "tokenizer": _name(tokenizer)}
    return frame


@dataclass(frozen=True)
class _Spans:
    """The spans of many texts, end to end: `start` and `stop` in text number `turn`."""

    start: np.ndarray
    stop: np.ndarray
    turn: np.ndarray
    first: np.ndarray  # of each text, the number of its first span

    @classmethod
    def of(cls, spans: list[list[Span]]) -> _Spans:
        import numpy as np

        n = np.fromiter(map(len, spans), np.int64, len(spans))
        flat = np.fromiter(chain.from_iterable(chain.from_iterable(spans)), np.int64, 2 * n.sum())
        return cls(flat[::2], flat[1::2], np.repeat(np.arange(len(n)), n), n.cumsum() - n)

    def cut(self, texts: list[str]) -> list[str]:
        """Each span as it is printed."""
        places = zip(self.turn.tolist(), self.start.tolist(), self.stop.tolist(), strict=True)
        return [texts[i][start:stop] for i, start, stop in places]


def _place(
    texts: list[str], tokenizer: Tokenizer | None, briefings: pd.Series
) -> tuple[_Spans, _Spans, np.ndarray]:
    """Words, sentences, and of each word the number of the sentence that it begins in."""
    import numpy as np

    if tokenizer is None:
        _check_spaced(texts, briefings)
        words = _Spans.of([find_words(text) for text in texts])
    else:
        words = _Spans.of([_spans_by(tokenizer, text) for text in texts])
    found = _Spans.of([find_sentences(text) for text in texts])
    length = np.fromiter(map(len, texts), np.int64, len(texts))
    before = length.cumsum() - length
    begins = words.start + before[words.turn]
    of_word = np.searchsorted(found.start + before[found.turn], begins, side="right") - 1
    return words, found, np.maximum(of_word, found.first[words.turn])


def _spans_by(tokenizer: Tokenizer, text: str) -> list[Span]:
    call: Any = getattr(tokenizer, "span_tokenize", tokenizer)
    at = 0
    spans = []
    try:
        for start, stop in call(text):
            if not at <= index(start) <= index(stop) <= len(text):
                raise ValueError(f"span ({start}, {stop}) after {at} in {len(text)} characters")
            at = stop
            if any(map(str.isalnum, text[start:stop])):
                spans.append((start, stop))
    except (TypeError, ValueError) as error:
        raise BriefingError(
            f"the tokenizer {_name(tokenizer)} failed on the turn {text[:40]!r}...: {error}. It "
            "must take a text and give the (start, stop) of its words, in order; "
            "help(briefing.tokens) shows one."
        ) from error
    return spans


def _check_spaced(texts: list[str], briefings: pd.Series) -> None:
    import pandas as pd

    by_briefing = pd.Series(texts, dtype="object").groupby(briefings, sort=False, dropna=False)
    for briefing, spoken in by_briefing:
        name = needs_tokenizer("\n".join(spoken))
        if name is not None:
            raise BriefingError(
                f"briefing {briefing!r} is in {name}, which puts no spaces between words, so "
                "they cannot be counted by spaces. Pass tokenizer=, an object with "
                "span_tokenize(text); help(briefing.tokens) shows one in three lines."
            )


def _texts(turns: pd.DataFrame) -> list[str]:
    import pandas as pd

    TURNS.check(turns, "text")
    texts = ["" if pd.isna(text) else text for text in turns["text"].tolist()]
    for number, text in enumerate(texts):
        if not isinstance(text, str):
            raise BriefingError(
                f"row {number} of the turns holds {text!r} where a text belongs; "
                "make the column `text` text, for instance with .astype(str)."
            )
    return texts


def _keys(turns: pd.DataFrame) -> pd.DataFrame:
    """The columns that words and sentences inherit, filled where they are missing."""
    import pandas as pd

    table = turns.filter(["briefing_id", "turn_id", "speaker", "role"]).reset_index(drop=True)
    if "briefing_id" not in table:
        table["briefing_id"] = pd.Series("", table.index, dtype="str")
    if "turn_id" not in table:
        table["turn_id"] = table.groupby("briefing_id", sort=False, dropna=False).cumcount() + 1
    if "speaker" not in table:
        table["speaker"] = pd.Series(pd.NA, table.index, dtype="str")
    if "role" not in table:
        table["role"] = pd.Categorical(["unknown"] * len(table), ROLES)
    table = table.astype({"speaker": "category", "role": "category"})
    return table[["briefing_id", "turn_id", "speaker", "role"]]


def _folded(texts: list[str], words: _Spans) -> pd.Categorical:
    """The words as a categorical: the vocabulary is folded, not the tokens."""
    import numpy as np
    import pandas as pd

    number: dict[str, int] = {}
    printed = [number.setdefault(word, len(number)) for word in words.cut(texts)]
    forms = [fold(word) for word in number]
    vocabulary = {form: i for i, form in enumerate(sorted(set(forms)))}
    codes = np.array([vocabulary[form] for form in forms], np.int64)[printed]
    return pd.Categorical.from_codes(codes, pd.Index(list(vocabulary), dtype="str"))


def _name(tokenizer: Tokenizer | None) -> str:
    if tokenizer is None:
        return "briefing.words"
    return getattr(tokenizer, "__name__", type(tokenizer).__name__)
