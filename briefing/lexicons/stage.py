"""Where a text has stage directions and transcriber's notes, which do not count as words.

*(Laughter.)*, *[inaudible 00:01:21]*, *(As interpreted.)*, *（笑）* and time marks such as *[1:00]*
were said by nobody; *(which I regret)*, *(NATO)* and *[the minister]* are words, whatever their
brackets. The vocabulary of `stage-directions.txt` tells them apart:

* a bracket that begins with a *sign* (*laughter, Beifall, inaudible*), or with a name and a sign
  (*Marlow nods*), is a stage direction, unless what follows is somebody talking (*we, would*);
* a word that may also be spoken (*pause, music, interpreted*) makes one only if everything else in
the bracket is such vocabulary, too (*as interpreted from French*), but not with just an article
(*the music*) or in a list (*music, video*);
* some words make one only beside another of these: *in Spanish*, *video shown*;
* double brackets are one, whatever they hold, as in conversation analysis: *((leafs through it))*.

Offsets refer to the text, which is not changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from briefing.lexicons import kinds

_PAIRS = [(pair[0], pair[1]) for pair in "() [] {} <> （） ［］ ｛｝ ＜＞ 【】 〔〕 〈〉".split()]
_WIDE = str.maketrans(
    "()[]{}<>（）［］｛｝＜＞", "（）［］｛｝＜＞()[]{}<>"
)  # each may close the other
_IN_ADDRESS = frozenset("/_=-%&#")  # before a bracket
_LONGEST = 240  # characters in a bracket
_LONGEST_RUN = 16  # characters of an unspaced script around a sign
_UNSPACED = re.compile(r"[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff]")
_PARAGRAPH = re.compile(r"\n\s*\n")
_TIME = r"\d{1,3}(?::\d{2}){1,3}(?:[.,]\d+)?"
_TIMES = re.compile(rf"\W*{_TIME}(?:\W+(?:to\W+)?{_TIME})*\W*")
_DOUBLED = re.compile(r"\([^()]+\)")  # in another bracket
_WORDS = re.compile(
    r"[^\s\d\-–—.,;:!?¿¡…؟،。、，！？：；・~～\"'“”‘’«»「」()\[\]{}<>（）［］【】〔〕/\\*_|♪♫#+=%&]+"
)
_LIST_SIGN = re.compile(r"[^\W\d_]\s*[,/&，、؛،]\s*[^\W\d_]|\b(?:and|und|et|y|e|и|og|och)\b")


def stage_spans(text: str) -> tuple[tuple[int, int], ...]:
    """Return (start, stop) of every stage direction of `text`, brackets included, in order.

    >>> text = "It is (inaudible) done. [Laughter.] We saw it (twice) [1:00] in May."
    >>> [text[start:stop] for start, stop in stage_spans(text)]
    ['(inaudible)', '[Laughter.]', '[1:00]']
    """
    return tuple(_spans(text)) if _has_bracket(text) else ()


def without_stages(text: str) -> str:
    """The text with stage directions replaced by as many spaces, so that offsets stay the same.

    >>> without_stages("Yes. (Laughter.) No (none).")
    'Yes.             No (none).'
    """
    if not _has_bracket(text):
        return text
    parts: list[str] = []
    at = 0
    for start, stop in _spans(text):
        parts += text[at:start], " " * (stop - start)
        at = stop
    return "".join([*parts, text[at:]]) if parts else text


def is_stage(text: str) -> bool:
    """Whether a text is stage directions and nothing else.

    >>> is_stage("(Laughter.)"), is_stage("(Laughter.) Yes."), is_stage("...")
    (True, False, False)
    """
    rest = without_stages(text)
    return rest is not text and not any(map(str.isalnum, rest))


def _has_bracket(text: str) -> bool:
    """Whether there may be a stage direction: a quick test for single characters."""
    if "(" in text or "[" in text or "{" in text or "<" in text:
        return True
    return not text.isascii() and any(opening in text for opening, _ in _PAIRS[4:])


def _spans(text: str) -> Iterator[tuple[int, int]]:
    """The outermost brackets that are stage directions, in order."""
    pairs = [pair for pair in _PAIRS[: 4 if text.isascii() else None] if pair[0] in text]
    after = 0
    for start, stop in sorted(span for pair in pairs for span in _of_kind(pair, text)):
        if start >= after:
            yield start, stop
            after = stop


def _of_kind(pair: tuple[str, str], text: str, first: int = 0) -> Iterator[tuple[int, int]]:
    """Those in brackets of one kind; if one is not a direction, its content is searched."""
    for match in _bracketed(*pair).finditer(text):
        start, stop = match.span()
        inside = text[start + 1 : stop - 1]
        if is_direction(inside) and text[max(0, start - 1)] not in _IN_ADDRESS:
            yield first + start, first + stop
        elif pair[0] in inside:
            yield from _of_kind(pair, inside, first + start + 1)


@cache
def _bracketed(opening: str, closing: str) -> re.Pattern[str]:
    """A bracket with others of its kind inside; finding its first sign takes no time."""
    opens, closes = (re.escape(sign + sign.translate(_WIDE)) for sign in (opening, closing))
    rest = f"[^{opens}{closes}]{{0,{_LONGEST}}}+"
    inner = f"(?:[{opens}]{rest}[{closes}]{rest}){{0,3}}"
    return re.compile(f"{re.escape(opening)}{rest}{inner}[{closes}]")


@lru_cache(maxsize=10_000)
def is_direction(inside: str) -> bool:
    """Whether the content of a bracket is a stage direction, a transcriber's note or a time."""
    if len(inside) > _LONGEST or _PARAGRAPH.search(inside):
        return False
    if _TIMES.fullmatch(inside) or _DOUBLED.fullmatch(inside):
        return True
    words, small = _WORDS.findall(inside), inside.casefold()
    if not words:
        return False
    if not small.isascii() and _UNSPACED.search(small):
        return _is_unspaced_direction("".join(words).casefold())
    found = _kinds_of(words)
    if _begins_with_sign(found):
        said = _vocabulary()["said"]
        return not any(word in said for word in re.findall(r"[^\W\d_]+(?:['’]\w+)?", small))
    return _is_all_vocabulary(found, bool(_LIST_SIGN.search(small)))


def _begins_with_sign(found: list[str | None]) -> bool:
    """Whether only companions and names precede a sign."""
    rest = [kind for kind in found if kind not in ("beside", "article", "name")]
    return bool(rest) and rest[0] == "sign"


def _is_all_vocabulary(found: list[str | None], listed: bool) -> bool:
    """Whether all words are listed, and one of them makes it a direction."""
    if None in found or "name" in found:
        return False
    if "sign" in found:
        return True
    if listed or (found[0] == "article" and len(found) < 3):
        return False
    return "whole" in found or ("paired" in found and len(found) > 1)


def _kinds_of(words: list[str]) -> list[str | None]:
    """The kinds of the entries that the words form, longest first; `name` if capitalised.

    The first word of no kind settles it: the rest is not examined.
    """
    found: list[str | None] = []
    at = 0
    while at < len(words) and None not in found[-1:]:
        longest = _longest().get(words[at].casefold(), 1)
        for size in range(min(longest, len(words) - at), 0, -1):
            kind = _kind(" ".join(words[at : at + size]).casefold())
            if kind:
                break
        found.append(kind or ("name" if words[at][0].isupper() else None))
        at += size
    return found


@lru_cache(maxsize=10_000)
def _kind(entry: str) -> str | None:
    """The kind of a word or phrase, by its full form or its stem."""
    known = _entries().get(entry)
    least = max(1, entry.rfind(" ") + 1)
    begins = () if known else (entry[:size] for size in range(len(entry), least, -1))
    return known or next((_beginnings()[b] for b in begins if b in _beginnings()), None)


def _is_unspaced_direction(run: str) -> bool:
    """The same for a script without spaces: a sign at one end, or nothing but entries."""
    signs, all_entries, reasons = _unspaced()
    if len(run) <= _LONGEST_RUN and (signs.match(run) or signs.search(run, _tail(signs, run))):
        return True
    return all_entries.fullmatch(run) is not None and reasons.search(run) is not None


def _tail(signs: re.Pattern[str], run: str) -> int:
    """Where the closing sign of the run begins, or else the end of the run."""
    ends = [match.start() for match in signs.finditer(run) if match.end() == len(run)]
    return ends[0] if ends else len(run)


@cache
def _vocabulary() -> dict[str, frozenset[str]]:
    """The entries of each kind."""
    listed = kinds("stage-directions").items()
    return {kind: frozenset(map(str.casefold, entries)) for kind, entries in listed}


@cache
def _entries() -> dict[str, str]:
    """Entry to kind."""
    order = ("beside", "article", "paired", "whole", "sign")
    return {entry: kind for kind in order for entry in _vocabulary()[kind]}


@cache
def _beginnings() -> dict[str, str]:
    """Stems of words with several forms, mapped to their kind."""
    return {entry[:-1]: kind for entry, kind in _entries().items() if entry.endswith("*")}


@cache
def _longest() -> dict[str, int]:
    """For each word, the length in words of the longest entry that begins with it."""
    words = sorted((entry.split() for entry in _entries()), key=len)
    return {first: 1 + len(rest) for first, *rest in words}


@cache
def _unspaced() -> tuple[re.Pattern[str], re.Pattern[str], re.Pattern[str]]:
    """Signs; entries of all kinds; and those that make a stage direction."""
    of = {kind: [*filter(_UNSPACED.search, found)] for kind, found in _vocabulary().items()}
    either = {kind: "|".join(sorted(found, key=len, reverse=True)) for kind, found in of.items()}
    reasons = f"{either['sign']}|{either['whole']}"
    return (
        re.compile(either["sign"]),
        re.compile(rf"(?:{reasons}|{either['beside']})+"),
        re.compile(reasons),
    )
