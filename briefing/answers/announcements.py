"""What announces how many items will come: *three reasons*, *four tasks*, *three-pronged*.

A number from two to twelve before a noun that is told off afterwards (*reason, task, point*: the
list counted-nouns), with up to three words between; or *three-pronged, three-part, is threefold*.
*More than two reasons* and *the last two points* announce nothing; *those two reasons* looks back.
*A few, several, a couple of* give no number to hold anything against.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from briefing.answers.markers import Place
from briefing.answers.numerals import cardinals, either_of, singular
from briefing.lexicons import lexicon

NEAR = 40  # characters looked at before it


@dataclass(frozen=True)
class Announcement:
    """A number of things announced; places are characters of the turn's text."""

    number: int
    start: int
    stop: int
    head: str
    back: bool  # does it look back?
    sentence: int
    paragraph: int


def find_announcements(text: str, place: Place, heads: frozenset[str]) -> list[Announcement]:
    """The announcements in one sentence; `heads` are nouns that count besides the list."""
    found = []
    for match in _announcement().finditer(text):
        noun = _noun(match, heads)
        if noun and not _NOT_BEFORE.search(text, max(0, match.start() - NEAR), match.start()):
            word, stop = noun
            found.append(
                Announcement(
                    number=_worth(match["n"] or match["fold"]),
                    start=place.start + match.start(),
                    stop=place.start + stop,
                    head=word,
                    back=_BACK.search(text, max(0, match.start() - NEAR), match.start())
                    is not None,
                    sentence=place.sentence,
                    paragraph=place.paragraph,
                )
            )
    return found


def _noun(match: re.Match[str], heads: frozenset[str]) -> tuple[str, int] | None:
    """The noun that is counted, in the singular, and where it ends."""
    if match["words"] is None:
        return "", match.end()
    for word in re.finditer(_WORD, match["words"]):
        stem = singular(word[0])
        if stem != word[0].casefold() and (stem in lexicon("counted-nouns") or stem in heads):
            return stem, match.start("words") + word.end()
    return None


def _worth(word: str) -> int:
    word = word.casefold()
    return int(word) if word.isdigit() else cardinals()[word]


@cache
def _announcement() -> re.Pattern[str]:
    few = either_of(word for word, worth in cardinals().items() if 2 <= worth <= 12)
    ends = either_of(lexicon("head-ends") - {"very", "most", "more", "less"})
    return re.compile(
        rf"\b(?:(?P<n>{few}|[2-9]|1[0-2])"
        rf"(?:[- ](?:pronged|part|step)\b"
        rf"|(?P<words>(?:\s+(?!(?:{ends})\b){_WORD}){{1,4}}))"
        rf"|(?:(?<=is )|(?<=are )|(?<=was )|(?<=were ))(?P<fold>two|three|four|five)-?fold\b)",
        re.IGNORECASE,
    )


_WORD = r"[^\W_](?:[\w'’&-]*[^\W_])?"
_NOT_BEFORE = re.compile(
    r"(?:\b(?:last|past|next|first|other|than|least|most|about|number|no\.|article)\s+|"
    r"(?:\d|two|three|four|five|six)\s+(?:or|to)\s+|"
    r"[\d$€£¥.,-])\Z",
    re.IGNORECASE,
)
_BACK = re.compile(r"\b(?:these|those|the|all|both|all\s+of)\s+\Z", re.IGNORECASE)
