"""Words where a writing puts no spaces between them: by jieba and janome, where installed.

`find_words` takes a run of Chinese or Japanese letters for one word. In a text of such a writing
the run is cut by a package of its own: jieba for Chinese (the extra `zh`), janome for Japanese
(`ja`). Both bring their dictionaries and fetch nothing. Numbers, words in other letters, web
addresses and stage directions stay what the rule makes of them.
"""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Iterable
from functools import cache, lru_cache
from importlib.util import find_spec
from typing import NamedTuple

from briefing.words.boundaries import (
    IN_ONE_WRITING,
    Span,
    count_words,
    find_words,
    may_need_tokenizer,
    needs_tokenizer,
)

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
