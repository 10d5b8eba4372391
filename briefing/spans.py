"""Stretches of many texts, end to end: where sentences are, or the words by some tokenizer."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    from briefing.codes import Codes
    from briefing.words import Span

    Array = npt.NDArray[np.integer[Any]]


@dataclass(frozen=True)
class Spans:
    """The spans of many texts, end to end: `start` and `stop` in text number `text`."""

    start: Array
    stop: Array
    text: Array
    first: Array  # of each text, the number of its first span

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
        """Of each word the number of the span, a sentence, that it begins in."""
        import numpy as np

        length = np.fromiter(map(len, texts), np.int64, len(texts))
        before = length.cumsum() - length
        at = words.start + before.repeat(words.n)
        number = np.searchsorted(self.start + before[self.text], at, side="right") - 1
        return np.maximum(number, self.first.repeat(words.n))
