"""To whom a question goes, where it says so: a cue (*my question is for ...*) or a name called.

Only named addressees are found, not *you*, nor *sir*. A name is called (vocative) where a title
and a name, an office, or the name of somebody who speaks in the briefing stands between signs,
at the head of a sentence or at its end. It holds from there on, until the next one. Of two names
in one cue the first counts.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache

from briefing.lexicons import lexicon
from briefing.questions.interrogatives import head
from briefing.questions.wordings import wording
from briefing.words.boundaries import Span, find_words, fold

_NAME = r"[A-Z][\w'-]+(?:\s+(?:(?:al|bin|da|de|del|der|di|la|van|von)\s+)*[A-Z][\w'-]+){0,2}"
_NEAR = 60  # characters of a sentence within which a name between two commas is called
_CALLS = re.compile(r"\s*(?:[,—–:-](?!\s*who\b[^?]*$)|\.?$)")
_COURTESY = frozenset(["mr", "mrs", "ms", "miss", "mx", "dr", "sir", "madam", "madame", "the"])


class Called:
    """Finds addressees in turns of one briefing, given the names of those who may answer."""

    def __init__(self, speakers: Iterable[str]) -> None:
        """Take the names of the speakers who are not journalists."""
        self._words = {name: _words_of(name) for name in speakers}
        singles = [word for name in self._words for word in _name_words(name)]
        known = [
            re.escape(name) for name in sorted([*self._words, *singles], key=len, reverse=True)
        ]
        names = "|".join([_titled(), *known])
        self._name = re.compile(rf"(?:{names})(?![\w-])")
        self._within = re.compile(
            rf"[,—–]\s+({names})(?=\s*(?:[.?!:]|[—–]|,(?!\s*(?:who|the|an?)\b)|$))"
        )

    def find(self, masked: str, sentences: Sequence[Span]) -> list[Span]:
        """Where a turn names whom it asks, in order."""
        cues = (cue.end() for cue in wording("cue-addresses").finditer(masked))
        found = [name.span() for at in cues if (name := self._name.match(masked, at))]
        for start, stop in sentences:
            found += self._in_sentence(masked, start, stop)
        return sorted(set(found))

    def resolve(self, printed: str) -> str:
        """The one speaker who can be meant; the name as printed where none or several can."""
        words = _words_of(printed) - _COURTESY
        names = words - lexicon("titles")
        exact = [name for name, has in self._words.items() if has - {"the"} == words]
        fits = [name for name, has in self._words.items() if (names or words) <= has]
        return exact[0] if len(exact) == 1 else fits[0] if len(fits) == 1 else printed

    def _in_sentence(self, masked: str, start: int, stop: int) -> list[Span]:
        found = []
        first = self._name.match(masked, head(masked, start, stop), stop)
        if first and _CALLS.match(masked, first.end(), stop):
            found.append(first.span())
        for name in self._within.finditer(masked, start, stop):
            if name.start() - start < _NEAR or masked[name.end() : name.end() + 1] in {"?", "."}:
                found.append(name.span(1))
        return found


@cache
def _titled() -> str:
    """A title or several and a name, or an office alone (*Prime Minister*)."""
    words = {word[:1].upper() + word[1:] for word in lexicon("titles") if word.isascii()}
    title = "|".join(sorted(map(re.escape, words), key=len, reverse=True))
    office = "|".join(sorted(map(str.title, lexicon("question-offices")), key=len, reverse=True))
    return rf"(?:(?:{title})\.?\s+)+{_NAME}|(?:(?:Mr|Madam|Ms)\.?\s+)?(?:{office})"


def _words_of(name: str) -> frozenset[str]:
    return frozenset(fold(name[start:stop]) for start, stop in find_words(name))


def _name_words(name: str) -> list[str]:
    """The words of a name that may be called by themselves; no titles, no initials."""
    words = [name[start:stop] for start, stop in find_words(name)]
    return [w for w in words if len(w) > 2 and w[:1].isupper() and fold(w) not in lexicon("titles")]
