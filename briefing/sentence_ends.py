"""Where the sentences of a text are.

A sentence ends at . ? ! or … before white space and anything but a small letter, at 。？！
always, at every paragraph, before every bullet line, and after a stage direction that opens it.
A full stop does not end one after a title (*Gen. Hale*), in *No. 3* or *am 2. März*, after the
number of a list item. After initials, abbreviations and single letters it does only before a
word that likes to open sentences: *3 p.m. Monday*, but *3 p.m. | We*. Where the space is missing
it needs a capitalised word: *no comment.|Next*, but not within an address. Where all is in
capitals, words are looked up as if only their first letters were.

So it errs after an abbreviation before any other word (*on Main St. | Police came*), before a
name in small letters (*. | eBay*) and where a quoted question goes on (*“What?” I asked*). Of 71
ends marked by hand after the rule was written it got 7 wrong, nupunkt 0.8 23 and syntok 1.4 21
(`tests/benchmarks/sentence_splitters.py`), so that neither is needed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from briefing.lexicons.stage import without_stages
from briefing.words import Span, find_words

_LETTER = r"[^\W\d_]"
_TITLES = frozenset(
    "Mr Mrs Ms Messrs Mx Mme Mlle Dr Drs Prof Gen Lt Col Maj Capt Cpt Cmdr Cdr Sgt Adm Brig "
    "Sen Sens Rep Reps Gov Govs Amb Hon Rev Pres Sec Supt Sr Sra Srta Dra Lic Ing Gral Exmo "
    "Sig Hr e.g i.e vs cf viz approx ca bzw z.B d.h u.a p.ej p.ex".split()
)
_NUMBERED = frozenset("No Nos no nos Nr Art Arts art Sec Fig Figs Vol Ch p pp Nº".split())
_SHORT = frozenset(
    "Inc Ltd Co Corp Bros etc Jr St Ave Blvd Rd Ft Mt Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct "
    "Nov Dec Mon Tue Tues Wed Thu Thur Thurs Fri Sat Sun Dept Univ Assn Est usw al".split()
)
_OPENERS = frozenset(
    "A After All Also Although And Any Are As At Because Before But By Can Could Did Do Does "
    "Each Finally First For From Has Have He Her Here His How However I If In Is It Its Let "
    "Many Most My Next Not Now Of Okay On One Or Our Please Second She Should Since So Some "
    "Thank Thanks That The Their Then There These They This Those To Today Was We Welcome Well "
    "Were What When Where Which While Who Why With Would Yes You Your El Y Pero En Es Pues "
    "Entonces Por Para Como Nosotros Der Das Wir Ich Sie Und Aber Dann Auch Nous Je Il Elle Et "
    "Mais".split()
)
_INITIALS = re.compile(rf"{_LETTER}(?:\.{_LETTER})*|(?:{_LETTER}{{1,2}}\.)+{_LETTER}{{1,2}}")
_MONTHS = frozenset(
    "Januar Jänner Februar März April Mai Juni Juli August September Oktober November Dezember "
    "Jahrhundert".split()
)
_ORDINAL = re.compile(r"\b(?:am|im|vom|zum|beim|der|dem|den|des|seit|bis)\s+\d{1,2}$", re.I)

_CLOSER = r"(?:[\"'”’»›)\]」』）】*_]|[ \xa0\u202f]»(?!\w))"
_CLOSE = f"{_CLOSER}*(?!{_CLOSER})"  # all of them
_CANDIDATE = re.compile(
    rf"(?P<wide>[。？！｡]+{_CLOSE}\s*)"
    rf"|(?P<mark>[.?!…؟۔।॥]+){_CLOSE}(?P<gap>\s+|(?=[\w¿¡]))"
    r"|(?P<stage>[)\]]\s+)"
)
_BREAK = re.compile(r"\n\s*\n|\n(?=[ \t]*(?:[-*•–—▪‣◦●]|\(?\d{1,2}[.)])[ \t])|\Z")
_STAGE = re.compile(r"\s*[(\[](?=[\W\d_]*[^\W\d_])[^()\[\]]*+")
_OPEN = re.compile(r"[\"'“”‘’«‹„*_—–\s-]*")
_LAST_WORD = re.compile(r"\w[\w.&'’]*\Z")
_WORD = re.compile(r"[^\W_]*")
_OF_ADDRESS = ("@", "://", "www.")
_LONGEST_ADDRESS = 2_000  # characters
_NEAR = 60  # characters looked at on each side


def find_sentences(text: str) -> list[Span]:
    """Return (start, stop) of every sentence of `text`, in order.

    White space and stage directions around a sentence are in none, nor is a stretch without letter
    or digit; a stage direction in the midst of a sentence stays in it.

    >>> text = "It is 3 p.m. Monday. We met Gen. Hale.Next question?"
    >>> [text[start:stop] for start, stop in find_sentences(text)]
    ['It is 3 p.m. Monday.', 'We met Gen. Hale.', 'Next question?']
    """
    spans = []
    start, said = 0, without_stages(text)
    for stop in _ends_of(text):
        piece = said[start:stop]
        if any(map(str.isalnum, piece)):
            end = start + len(piece.rstrip())
            spans.append((end - len(piece.strip()), end))
        start = stop
    return spans


def _ends_of(text: str) -> Iterator[int]:
    """Where sentences end, white space after them included: paragraph by paragraph."""
    begin = 0
    for end in _BREAK.finditer(text):
        for match in _CANDIDATE.finditer(text, begin, end.start()):
            if match["wide"] or _ends(text, match, begin):
                begin = match.end()
                yield begin
        begin = end.end()
        yield begin


def _ends(text: str, match: re.Match[str], begin: int) -> bool:
    """Does the sentence that begins at `begin` end at this candidate?"""
    at, after = match.start(), match.end() + len(_part(_OPEN.match(text, match.end())))
    word = _part(_WORD.match(text, after))
    if word[:1].islower():
        return False
    if match["stage"]:
        return word[:1].isalpha() and _STAGE.fullmatch(text, begin, at) is not None
    if not match["gap"] and not _is_gap_missing(text, match, word):
        return False
    before = text[max(begin, at - _NEAR) : at]
    return match["mark"] != "." or _is_full_stop(before, word, text[after : after + 1])


def _is_full_stop(before: str, following: str, sign: str) -> bool:
    """Is the full stop between these an end, or does it belong to an abbreviation?"""
    word, following = _levelled(_part(_LAST_WORD.search(before)), before, following)
    if word in _TITLES or (word in _NUMBERED and sign.isdigit()):
        return False
    if word.isdigit() and len(word) < 3:
        if not before[: -len(word)].strip(" \n\t(-*•–—"):
            return False  # the number of a list item
        return following in _OPENERS or not (following in _MONTHS or _ORDINAL.search(before))
    if word in _SHORT or (word != "I" and _INITIALS.fullmatch(word)):
        return following in _OPENERS or sign in tuple("([¿¡")
    return True


def _levelled(word: str, before: str, following: str) -> tuple[str, str]:
    """The words on both sides of the stop, with one capital where all is in capitals."""
    if not before.isupper() or following != following.upper():
        return word, following
    return word.capitalize() if word.isalpha() else word, following.capitalize()


def _part(match: re.Match[str] | None) -> str:
    return match[0] if match else ""


def _is_gap_missing(text: str, match: re.Match[str], following: str) -> bool:
    """Did somebody leave out the space after this full stop, as in `xx.Xx`?"""
    cut = match.end()
    if not following:
        return text[cut] in "¿¡"
    if match["mark"].startswith(("…", "..")) or not following[0].isupper():
        return False
    if len(following) == 1 and following not in "AI":
        return False
    first = max(0, cut - _LONGEST_ADDRESS)
    start = text.rfind(" ", first, cut) + 1 or first
    if cut - start > _NEAR and not any(mark in text[start:cut] for mark in _OF_ADDRESS):
        start = cut - _NEAR
    return not any(a < cut - start < b for a, b in find_words(text[start : cut + _NEAR]))
