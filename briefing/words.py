"""Where the running words of a text are; the text itself is never changed.

What a word is decides every count, so the rule is short, and it is all here.

1. A word is a run of letters and digits of any script (½ and ² too), with the combining marks
   and invisible signs (soft hyphen, word joiner) inside it. It ends at white space of any
   kind, the zero-width space too, and at every sign that rules 2 to 5 do not name.
2. These signs join when a letter or digit stands on both sides: hyphens (- ‐ ‑), apostrophes
   (' ’ ‘ ´ `), _ & · and Hebrew ׳ ״. So *well-known, don’t, COVID-19, 3.5-fold, AT&T* are one
   word each; *glo-, boys’, ’90s, 'n'* are words without the sign; a dash (– — --) always parts.
3. . , : / join between two digits: *1,000.5, 10:00, 24/7*; *AI/ML* is two words.
4. Initials keep their full stops, the last too: single letters, *U.S., p.m., U.S.-EU*; with two
   letters only where each part has its stop, *Ph.D., EE.UU.* Other words lose it: *Mr, No*.
5. A web address (http://, https://, www.) or e-mail address is one word, without the full
   stop or bracket after it.
6. Signs are not words and belong to none: *5%*, *$5*, *-5*, *#5* and *@5* are all *5*.
7. Words in brackets are words as printed, but stage directions and transcriber's notes are none:
   *(which I regret)* is three, *(Laughter.)* and *[inaudible 00:18:51]* none. What is one is said
   in `briefing.lexicons.stage`; for the other rules, white space stands in its place.
8. Chinese, Japanese, Thai, Lao, Khmer, Burmese and Tibetan put no spaces between words: a run
   of their letters counts as one word, which is right for a name quoted in an English turn
   and useless for a text; `needs_tokenizer` tells the two apart.

An elided article stays with its noun (*l’accord* is one word), a number grouped by spaces is
several (*10 000*), and so is a domain without www. (*marland.example*).
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import groupby

from briefing.lexicons.stage import without_stages

Span = tuple[int, int]
JOINS = "-‐‑'’‘´`_&·׳״.,:/"  # signs of rules 2 and 3, which may stand inside a word

_LETTER = r"[^\W\d_]"
_JOIN = r"(?:[-‐‑'’‘´`_&·׳״]|(?<=\d)[.,:/](?=\d))"
_ADDRESS = (
    r"(?:https?://|www\.)[!#-;=?-~]*[A-Za-z0-9/]"
    r"|[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}"
)
_MARK_BLOCKS = (0, *range(3, 0x2E), 0x30, *range(0xA6, 0xAC), *range(0xFB, 0x100))
_MARK_BLOCKS += (
    *range(0x101, 0x11F),
    0x134,
    *range(0x16A, 0x170),
    0x1BC,
    *range(0x1CF, 0x1EA),
)
_MARK_BLOCKS += (0xE00, 0xE01)


@cache
def _word(addresses: bool) -> re.Pattern[str]:
    within = rf"(?![\0-\x7f])[{_within_words()}]"
    run = rf"[^\W_]++(?:(?:{within})+[^\W_]*+)*"
    single = rf"{_LETTER}(?![^\W_]|{within})"
    initials = rf"{_LETTER}(?:\.{single})+\.?|(?:{_LETTER}{{1,2}}\.){{2,}}"
    part = rf"(?:(?={_LETTER}{{1,2}}\.)(?:{initials})|{run})"
    word = rf"{part}(?:{_JOIN}{part})*"
    return re.compile(f"{_ADDRESS}|{word}" if addresses else word)


@cache
def _within_words() -> str:
    """Combining marks and invisible signs but the zero-width space, for a regex class."""
    points = [256 * block + i for block in _MARK_BLOCKS for i in range(256)]
    found = [p for p in points if unicodedata.category(chr(p)) in ("Mn", "Mc", "Me", "Cf")]
    found.remove(0x200B)
    runs = groupby(enumerate(found), lambda pair: pair[1] - pair[0])
    ends = [[point for _, point in run] for _, run in runs]
    return "".join(f"{chr(run[0])}-{chr(run[-1])}" for run in ends)


def _pattern(text: str) -> re.Pattern[str]:
    return _word("@" in text or "://" in text or "www." in text)


def find_words(text: str) -> list[Span]:
    """Return (start, stop) of every running word of `text`, in order.

    >>> text = "The U.S.-EU talks – 3.5% up – don’t."
    >>> [text[start:stop] for start, stop in find_words(text)]
    ['The', 'U.S.-EU', 'talks', '3.5', 'up', 'don’t']
    """
    return [match.span() for match in _pattern(text).finditer(without_stages(text))]


def is_inside(char: str) -> bool:
    """Whether a word may hold this character, outside of an address."""
    return char in JOINS or re.fullmatch(rf"[^\W_]|[{_within_words()}]", char) is not None


def count_words(text: str) -> int:
    """Return how many running words `text` holds: the number of spans of `find_words`."""
    return len(_pattern(text).findall(without_stages(text)))


def fold(word: str) -> str:
    """Return the form a word is counted under: case folded, composed, one apostrophe.

    >>> fold("Don’t"), fold("co\N{SOFT HYPHEN}operate"), fold("Stra\N{LATIN SMALL LETTER SHARP S}e")
    ("don't", 'cooperate', 'strasse')
    """
    plain = unicodedata.normalize("NFC", word.translate(_FOLDED).casefold())
    if plain.isascii():
        return plain
    return "".join(c for c in plain if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")


_FOLDED = str.maketrans("’‘´`‐‑", "''''--")

_HAN = "\u2e80-\u2fdf\u3005-\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_UNSPACED = {
    "Chinese": _HAN,
    "Japanese": "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9f",
    "Thai": "\u0e01-\u0e3a\u0e40-\u0e4e",
    "Lao": "\u0e81-\u0ece",
    "Tibetan": "\u0f40-\u0fbc",
    "Burmese": "\u1000-\u103f\u1050-\u108f\ua9e0-\ua9ef\uaa60-\uaa7f",
    "Khmer": "\u1780-\u17d3",
}
_ANY_UNSPACED = re.compile(f"[{''.join(_UNSPACED.values())}]")


def may_need_tokenizer(text: str) -> bool:
    """Whether any letter of a writing without spaces is in `text`."""
    return not text.isascii() and _ANY_UNSPACED.search(text) is not None


def needs_tokenizer(text: str) -> str | None:
    """Name the writing without spaces that `text` is in, if it is to a substantial part.

    That part is a twentieth of its letters. Ask it of a whole briefing, not of one turn: a
    Chinese name or a word of thanks in an English briefing is no reason to need a tokenizer.
    """
    if not may_need_tokenizer(text):
        return None
    n = {name: len(re.findall(f"[{letters}]", text)) for name, letters in _UNSPACED.items()}
    spaced = len(re.findall(_LETTER, _ANY_UNSPACED.sub("", text)))
    if sum(n.values()) * 20 <= sum(n.values()) + spaced:
        return None
    if n["Japanese"] * 10 > n["Chinese"]:
        n["Chinese"] = 0  # kana among the Chinese characters
    return max(n, key=lambda name: n[name])
