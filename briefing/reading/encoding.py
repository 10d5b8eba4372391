"""Bytes to text, and never mojibake in silence.

What the bytes prove comes first: a byte order mark, the null bytes of UTF-16, valid UTF-8.
Then what an HTML page declares. Of the rest, two encodings are told apart by what the text
would be: Windows-1252 if its accents and quotation marks stand where a Western European
language has them, GB18030 if its characters are those that Chinese uses all the time. Where
neither or both would do, the file is refused: a guess would change words.
"""

from __future__ import annotations

import codecs
import re
from bisect import bisect
from collections import Counter

from briefing.reading.lines import refusal, vocabulary

SIGNS = vocabulary("encoding")
LETTERS = tuple(map(frozenset, SIGNS["letters"]))
QUOTES, AFTER_FIGURES, COMMON_HAN, HAN_SIGNS = map(frozenset, SIGNS["signs"])
SCRIPTS = SIGNS["scripts"]
BEYOND_ASCII = re.compile(r"[^\x00-\x7f]")
FIRST = [first for first, _ in SCRIPTS]


def _in_one_script(text: str) -> bool:
    """Whether nearly all letters are of one script, Latin ones aside, and no sign is odd."""
    odd = sum(not (c.isprintable() or c.isspace()) for c in text)
    scripts = Counter(SCRIPTS[bisect(FIRST, ord(c)) - 1][1] for c in text if c.isalpha())
    others = [n for script, n in scripts.items() if script not in ("", "latin")]
    known = scripts["latin"] + max(others, default=0)
    if scripts["kana"] > 0.2 * scripts["han"]:
        known = scripts["latin"] + scripts["kana"] + scripts["han"]
    elif scripts["han"] and not _is_chinese(text):
        return False
    return odd * 50 <= len(text) and known >= 0.95 * sum(scripts.values())


def _is_western(text: str) -> bool:
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


def _is_chinese(text: str) -> bool:
    """Whether it is Chinese, or Western words with Chinese punctuation."""
    wide = BEYOND_ASCII.findall(text)
    han = sum("\u4e00" <= c <= "\u9fff" for c in wide)
    common = sum(c in COMMON_HAN for c in wide)
    signs = sum(c in HAN_SIGNS for c in wide)
    return bool(han + signs >= 0.9 * len(wide) and common >= 0.08 * han)


SAMPLE = 1 << 20  # bytes looked at to judge an encoding; decoding itself is always whole
MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
WIDE = ("utf-32-le", "utf-32-be", "utf-16-le", "utf-16-be")
WHOLE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xf4][\x80-\xbf]{2,3}")
DECLARED = re.compile(
    rb"<meta\b[^<>]{0,300}?charset\s{0,9}=\s{0,9}[\"']?\s{0,9}([\w.:-]{2,40})|"
    rb"<\?xml\b[^<>]{0,200}?encoding\s{0,9}=\s{0,9}[\"']([\w.:-]{2,40})",
    re.IGNORECASE,
)
WIDER = SIGNS["wider"]
LIKELY = {"cp1252": ("Windows-1252", _is_western), "gb18030": ("GB18030", _is_chinese)}
C1 = re.compile("[\x80-\x9f]")
TWICE = re.compile("â€[™œ\x9d“”˜¦]|Ã[©¨¤¶¼±³¡­§ª®´º]|ï»¿")


def decode(data: bytes, name: str) -> tuple[str, str, list[str]]:
    """The text of `data`, the encoding it was read in, and warnings in words.

    Raises BriefingError where the bytes do not say which encoding they are in.
    """
    for read in (_marked, _by_nulls, _utf8, _declared, _guessed):
        found = read(data)
        if found is not None:
            return _repaired(*found)
    raise refusal("no encoding", name)


Found = tuple[str, str, list[str]]


def _marked(data: bytes) -> Found | None:
    for mark, encoding in MARKS:
        if data.startswith(mark):
            return _lenient(data, encoding)
    return None


def _lenient(data: bytes, encoding: str) -> Found:
    """Decode although some bytes are broken: U+FFFD stands for them, and a warning says so."""
    text = data.decode(encoding, "replace")
    broken = text.count("\ufffd") - data.decode(encoding, "ignore").count("\ufffd")
    said = f"{broken} damaged characters, shown as \ufffd, in a file in {encoding}."
    return text, encoding, [said] if broken else []


def _by_nulls(data: bytes) -> Found | None:
    """UTF-16 and UTF-32 without a mark: text in one script comes out of one of them only."""
    if 0 not in data[:SAMPLE]:
        return None
    found = [_strict(data, encoding) for encoding in WIDE]
    texts = [one for one in found if one and _in_one_script(one[0][:4096])]
    return texts[0] if len(texts) == 1 else None


def _utf8(data: bytes) -> Found | None:
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        return _nearly_utf8(data, cut=error.start > len(data) - 4 and data[-1] > 0x7F)
    if "\x1b$" in text:
        return _strict(data, "iso2022_jp_ext") or (text, "utf-8", [])
    return text, "utf-8", []


def _nearly_utf8(data: bytes, cut: bool) -> Found | None:
    """UTF-8 with few damaged characters for its whole ones, or with its last one cut off."""
    whole = len(WHOLE.findall(data))
    found = _lenient(data, "utf-8")
    broken = found[0].count("\ufffd")
    return found if broken * 10 <= whole or (cut and whole and broken == 1) else None


def _declared(data: bytes) -> Found | None:
    match = DECLARED.search(data[:8192])
    if not match:
        return None
    try:
        codec = codecs.lookup((match[1] or match[2]).decode("ascii", "ignore")).name
    except LookupError:
        return None
    encoding = WIDER.get(codec, codec)
    if encoding.startswith("utf"):
        return None
    found = _strict(data, encoding) or _mostly(data, encoding)
    if found and encoding == "cp1252" and not _fits(data, "cp1252"):
        said = f"read as {encoding}, which the page declares but its letters do not bear out."
        return _guessed(data) or (found[0], encoding, [*found[2], said])
    return found


def _strict(data: bytes, encoding: str) -> Found | None:
    try:
        return data.decode(encoding), encoding, []
    except (UnicodeError, LookupError):
        return None


def _mostly(data: bytes, encoding: str) -> Found | None:
    """What the page declares, where no more than one character in 500 contradicts it."""
    try:
        found = _lenient(data, encoding)
    except LookupError:
        return None
    return found if found[0].count("\ufffd") * 500 <= len(found[0]) else None


def _guessed(data: bytes) -> Found | None:
    fits = [encoding for encoding in LIKELY if _fits(data, encoding)]
    if len(fits) != 1:
        return None
    named, _ = LIKELY[fits[0]]
    said = f"not UTF-8: read as {named}, which fits its bytes; check accents and quotation marks."
    return data.decode(fits[0]), fits[0], [said]


def _fits(data: bytes, encoding: str) -> bool:
    found = _strict(data, encoding)
    return found is not None and LIKELY[encoding][1](found[0][:SAMPLE])


def _repaired(text: str, encoding: str, warnings: list[str]) -> Found:
    """Without C1 control characters, which were Windows-1252 punctuation once."""
    n = len(C1.findall(text))
    if n:
        text = C1.sub(_as_cp1252, text)
        warnings = [*warnings, f"{n} control characters read as Windows-1252 punctuation."]
    twice = TWICE.findall(text) if any(sign in text for sign in "âÃï") else []
    if len(twice) > 2:
        said = f"{twice[0]!r} and the like: decoded wrongly before it was saved."
        warnings = [*warnings, said]
    return text, encoding, warnings


def _as_cp1252(match: re.Match[str]) -> str:
    return match[0].encode("latin-1").decode("cp1252", "ignore") or match[0]
