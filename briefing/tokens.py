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
from operator import index
from typing import TYPE_CHECKING, Any, Protocol

from briefing.sentence_ends import find_sentences
from briefing.spans import Spans
from briefing.tables import ROLES, TURNS, BriefingError
from briefing.words import (
    Span,
    count_words,
    find_words,
    fold,
    may_need_tokenizer,
    needs_tokenizer,
)

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt
    import pandas as pd

    from briefing.codes import Codes

    Array = npt.NDArray[np.integer[Any]]

__all__ = ["count_words", "find_sentences", "find_words", "needs_tokenizer"]
__all__ += ["sentences", "tokenize"]


class SpanTokenizer(Protocol):
    """Anything that says where the words of a text are, as every tokenizer of nltk does."""

    def span_tokenize(self, text: str) -> Iterable[Span]:
        """Return (start, stop) of each word, in order."""


Tokenizer = SpanTokenizer | Callable[[str], Iterable[Span]]


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
        Takes a text and gives the (start, stop) of its words, instead of `briefing.words`.
    sentence_ids : bool
        False leaves out `sentence_id`, which takes most of the time where there are millions of
        words. Measures that need sentences then say so.

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
    import pandas as pd

    keys, texts = _keys(turns), _texts(turns)
    words = _words(texts, tokenizer, keys["briefing_id"])
    n = words.n
    columns = {name: _repeated(keys[name], n) for name in keys}
    if sentence_ids:
        found = Spans.of([find_sentences(text) for text in texts])
        number = found.holding(words, texts) - found.first.repeat(n) + 1
        columns["sentence_id"] = number.astype(np.int32)
    columns["position"] = np.arange(n.sum(), dtype=np.int32)
    columns["position"] -= (n.cumsum() - n).astype(np.int32).repeat(n)
    forms = pd.Index(words.forms, dtype="str")
    columns["token"] = pd.Categorical.from_codes(words.code, forms)
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
        or digit is no sentence.

    Not for comparing the length of sentences across transcribers: the full stops are theirs.
    """
    import numpy as np
    import pandas as pd

    keys, texts = _keys(turns), _texts(turns)
    words = _words(texts, tokenizer, keys["briefing_id"])
    found = Spans.of([find_sentences(text) for text in texts])
    frame = keys.take(found.text).reset_index(drop=True)
    frame["sentence_id"] = np.arange(len(frame)) - found.first[found.text] + 1
    frame["text"] = pd.Series(found.cut(texts), dtype="str")
    frame["start"], frame["stop"] = found.start, found.stop
    frame["n_words"] = np.bincount(found.holding(words, texts), minlength=len(frame))
    frame.attrs = {**turns.attrs, "tokenizer": _name(tokenizer)}
    return frame


def _words(texts: list[str], tokenizer: Tokenizer | None, briefings: pd.Series) -> Codes:
    """The words by the tokenizer; BriefingError where it cannot tell them."""
    import numpy as np
    import pandas as pd

    from briefing.codes import Codes, encode

    if tokenizer is None:
        words = encode(texts).by_alphabet()
        if may_need_tokenizer("".join(words.forms)):
            _check_spaced(texts, briefings)
        return words
    found = Spans.of([_spans_by(tokenizer, text) for text in texts])
    forms = [fold(word) for word in found.cut(texts)]
    code, listed = pd.factorize(np.array(forms, object), sort=True)
    n = np.bincount(found.text, minlength=len(texts))
    return Codes(code.astype(np.int32), found.start, found.stop, n, listed.tolist())


def _repeated(column: pd.Series, n: Array) -> Any:
    """The value of each turn once for each of its words, without a row number for each."""
    import pandas as pd

    if isinstance(column.dtype, pd.CategoricalDtype):
        codes = column.cat.codes.to_numpy().repeat(n)
        return pd.Categorical.from_codes(codes, dtype=column.dtype, validate=False)
    return column.to_numpy().repeat(n)


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
    import numpy as np

    TURNS.check(turns, "text")
    texts = turns["text"].tolist()
    for number in np.flatnonzero(turns["text"].isna()).tolist():
        texts[number] = ""
    if not {*map(type, texts)} <= {str}:
        number = next(i for i, text in enumerate(texts) if not isinstance(text, str))
        raise BriefingError(
            f"row {number} of the turns holds {texts[number]!r} where a text belongs; "
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
    kinds = dict.fromkeys(("briefing_id", "speaker", "role"), "category")
    if pd.api.types.is_integer_dtype(table["turn_id"]) and table["turn_id"].notna().all():
        kinds["turn_id"] = "int32"
    return table.astype(kinds)[["briefing_id", "turn_id", "speaker", "role"]]


def _name(tokenizer: Tokenizer | None) -> str:
    if tokenizer is None:
        return "briefing.words"
    return getattr(tokenizer, "__name__", type(tokenizer).__name__)
