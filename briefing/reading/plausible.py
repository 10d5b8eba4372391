"""Whether decoded bytes are what somebody wrote: three tests of a text.

Wrongly decoded text keeps its signs but not their places: letters of two alphabets in one
word, an inverted question mark inside a word, capitals after small letters, Chinese without
any of its commonest characters.
"""

from __future__ import annotations

import re
from bisect import bisect
from collections import Counter

LETTERS = tuple(
    frozenset(letters)
    for letters in (
        "àâæçéèêëîïôœùûüÿ", "äöüßé", "áéíóúüñª", "áâãàçéêíóôõúü", "àèéìíîòóùú", "åäöæøéü",
        "áéíóúýðþæö", "éèëêïöüáó", "àçéèíïóòúü",
    )
)  # fmt: skip
QUOTES = frozenset("‘’“”‚„‹›«»–—…•·€£©®™°§¶†‡´ˆ˜\xa0\xad")
AFTER_FIGURES = frozenset("ªº²³¹¼½¾°%‰±×µ¢¥¤¦¬÷")
COMMON_HAN = frozenset("的一是不了在人有我他这为之大来以个中上们国到说时要就出会可也你对生能")
HAN_SIGNS = frozenset("　、。·—～…‘’“”《》【】！（），：；？％￥〈〉「」『』－")
SCRIPTS = (  # first character, script; each goes on to the next
    (0x0000, "latin"), (0x0250, ""), (0x0370, "greek"), (0x0400, "cyrillic"), (0x0530, ""),
    (0x0590, "hebrew"), (0x0600, "arabic"), (0x0780, ""), (0x0900, "indic"), (0x0E00, "thai"),
    (0x0E80, ""), (0x1E00, "latin"), (0x2000, ""), (0x3005, "han"), (0x3040, "kana"),
    (0x3130, ""), (0x4E00, "han"), (0xA000, ""), (0xAC00, "hangul"), (0xD7B0, ""),
)  # fmt: skip
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
FIRST = [first for first, _ in SCRIPTS]


def in_one_script(text: str) -> bool:
    """Whether nearly all letters are of one script, Latin ones aside, and no sign is odd."""
    odd = sum(not (c.isprintable() or c.isspace()) for c in text)
    scripts = Counter(SCRIPTS[bisect(FIRST, ord(c)) - 1][1] for c in text if c.isalpha())
    known = scripts["latin"] + max(
        (scripts[s] for _, s in SCRIPTS if s != "latin" and s), default=0
    )
    if scripts["kana"] > 0.2 * scripts["han"]:
        known = scripts["latin"] + scripts["kana"] + scripts["han"]
    elif scripts["han"] and not is_chinese(text):
        return False
    return odd * 50 <= len(text) and known >= 0.95 * sum(scripts.values())


def is_western(text: str) -> bool:
    """Whether accents and signs stand where a language of Western Europe has them."""
    high = [match.start() for match in BEYOND_ASCII.finditer(text)]
    letters = Counter(text[at].lower() for at in high if text[at].isalpha())
    known = max(sum(letters[c] for c in language) for language in LETTERS)
    placed = sum(_in_place(text, at) for at in high)
    return placed >= 0.95 * len(high) and known >= 0.9 * sum(letters.values())


def _in_place(text: str, at: int) -> bool:
    """Whether the sign at this offset stands as such signs do: `weÕre` and `mo¿e` do not."""
    sign, before, after = text[at], text[max(0, at - 1) : at], text[at + 1 : at + 2]
    if sign in QUOTES:
        return True
    if sign in "¿¡":
        return not before.isalpha() and not after.isspace()
    if sign in AFTER_FIGURES:
        return not (before.isalpha() and after.isalpha())
    return bool(sign.isalpha() and not (sign.isupper() and before.islower()))


def is_chinese(text: str) -> bool:
    """Whether it is Chinese, or Western words with Chinese punctuation."""
    wide = BEYOND_ASCII.findall(text)
    han = sum("\u4e00" <= c <= "\u9fff" for c in wide)
    common = sum(c in COMMON_HAN for c in wide)
    signs = sum(c in HAN_SIGNS for c in wide)
    return bool(han + signs >= 0.9 * len(wide) and common >= 0.08 * han)
