"""The rule of `briefing.words`, character by character: slow, and plain enough to be believed.

`briefing.words` has the same rule as one regular expression, `briefing.words.tokens` as numpy; the tests
hold both to this.
"""

from __future__ import annotations

import re
import unicodedata

from hypothesis import strategies as st

from briefing.lexicons.stage import without_stages

HYPHENS, APOSTROPHES, OTHERS = "-‐‑", "'’‘´`", "_&·׳״"
ADDRESS = re.compile(
    r"(?:https?://|www\.)[!#-;=?-~]*[A-Za-z0-9/]"
    r"|[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}"
)

# Texts to hold it to
SIGNS = "aaabzAUSéßñΩдعक한中王ー0123½²٣ⅫǅI.....,,::///---‐‑–—''’’‘´`__&&··׳״  \t\n\xa0\u2009\u200b\u3000"
SIGNS += '\xad\u0301\u0308\u093e\u094d\u200c\u200d\u2060\ufeff\ufe0f%$#@!?…()[]“”"👍*+~^|\\<>'
ADDRESSES = ["www.", "WWW.", "https://", "HTTP://", "a@b.co", "U.S.", "ﬃ.", "ŉ"]
SIGNED = st.lists(st.sampled_from([*SIGNS, *ADDRESSES]), max_size=40).map("".join)
ANYTHING = st.text(st.one_of(st.sampled_from(SIGNS), st.characters(codec="utf-8")), max_size=40)


def plain_words(text: str) -> list[tuple[int, int]]:
    """(start, stop) of every running word; none is in a stage direction (rule 7)."""
    spans, at, text = [], 0, without_stages(text)
    while at < len(text):
        end = address(text, at) or word(text, at)
        if end > at:
            spans.append((at, end))
        at = max(end, at + 1)
    return spans


def address(text: str, at: int) -> int:
    """Where the web or e-mail address that begins here ends, or 0 (rule 5)."""
    found = ADDRESS.match(text, at)
    return found.end() if found else 0


def word(text: str, at: int) -> int:
    """Where the word that begins here ends; `at` where none does."""
    end = part(text, at)
    while end > at and joins(text, end) and part(text, end + 1) > end + 1:
        end = part(text, end + 1)
    return end


def part(text: str, at: int) -> int:
    """The end of initials (rule 4), or else of a run of letters and digits (rule 1)."""
    return initials(text, at) or run(text, at)


def run(text: str, at: int) -> int:
    """Letters and digits, with marks and invisible signs after the first of them."""
    if not is_alnum(text, at):
        return at
    while is_alnum(text, at) or is_mark(text, at):
        at += 1
    return at


def initials(text: str, at: int) -> int:
    """The end of *U.S.* or *Ph.D.*, or 0."""
    if not is_letter(text, at):
        return 0
    if sign(text, at + 1) == "." and is_single(text, at + 2):
        end = at + 1
        while sign(text, end) == "." and is_single(text, end + 1):
            end += 2
        return end + (sign(text, end) == ".")
    end, n = at, 0
    while letters := stopped(text, end):
        end, n = end + letters + 1, n + 1
    return end if n > 1 else 0


def stopped(text: str, at: int) -> int:
    """How many letters, one or two, stand here before a full stop; 0 where others do."""
    for n in (2, 1):
        if all(is_letter(text, at + i) for i in range(n)) and sign(text, at + n) == ".":
            return n
    return 0


def joins(text: str, at: int) -> bool:
    """Whether the sign here may join what stands on both sides (rules 2 and 3)."""
    if sign(text, at) in tuple(HYPHENS + APOSTROPHES + OTHERS):
        return True
    digits = is_digit(text, at - 1) and is_digit(text, at + 1)
    return sign(text, at) in tuple(".,:/") and digits


def sign(text: str, at: int) -> str:
    """The character here, or nothing."""
    return text[at : at + 1]


def is_alnum(text: str, at: int) -> bool:
    return sign(text, at).isalnum()


def is_digit(text: str, at: int) -> bool:
    return at >= 0 and sign(text, at).isdecimal()


def is_letter(text: str, at: int) -> bool:
    """A letter of any script: what is alphanumeric and no decimal digit."""
    return is_alnum(text, at) and not sign(text, at).isdecimal()


def is_single(text: str, at: int) -> bool:
    """A letter with no letter, digit or mark after it."""
    return is_letter(text, at) and not is_alnum(text, at + 1) and not is_mark(text, at + 1)


def is_mark(text: str, at: int) -> bool:
    """A combining mark or an invisible sign, but not the zero-width space."""
    char = sign(text, at)
    return bool(char > "\x7f" and char != "\u200b") and unicodedata.category(char) in (
        "Mn", "Mc", "Me", "Cf",
    )  # fmt: skip
