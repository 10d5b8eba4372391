"""Where the running words and the sentences of a text are.

Where the running words of a text are; the text itself is never changed.

Every count depends on what a word is, so the rule is short, and all of it is here.

1. A word is a run of letters and digits of any script (½ and ² too), with the combining marks
   and invisible signs (soft hyphen, word joiner) inside it. It ends at white space of any
   kind, the zero-width space too, and at every sign that rules 2 to 5 do not name.
2. These signs join if there is a letter or digit on both sides: hyphens (- ‐ ‑), apostrophes
   (' ’ ‘ ´ `), _ & · and Hebrew ׳ ״. So *well-known, don’t, COVID-19, 3.5-fold, AT&T* are one word
   each; *glo-, boys’, ’90s, 'n'* are words without the sign; a dash (– — --) always separates.
3. . , : / join between two digits: *1,000.5, 10:00, 24/7*; *AI/ML* is two words.
4. Initials keep their full stops, the last too: single letters, *U.S., p.m., U.S.-EU*; with two
   letters only where each part has its stop, *Ph.D., EE.UU.* Other words lose it: *Mr, No*.
5. A web address (http://, https://, www.) or e-mail address is one word, without the full
   stop or bracket after it.
6. Signs are not words and belong to none: *5%*, *$5*, *-5*, *#5* and *@5* are all *5*.
7. Words in brackets are words as printed, but stage directions and transcriber's notes are not:
   *(which I regret)* is three, *(Laughter.)* and *[inaudible 00:18:51]* none.
   `briefing.lexicons.stage` defines them; for the other rules they count as white space.
8. Chinese, Japanese, Thai, Lao, Khmer, Burmese and Tibetan put no spaces between words: a run
   of their letters counts as one word, which is right for a name quoted in an English turn
   and useless for a text; `needs_tokenizer` tells the two apart.

In French and Italian an elided word counts separately, with its apostrophe (*l’accord*, *qu’il*,
*dell’isola* are two words each); in other languages it stays with its noun. The function words of
the language say which words these are. A number grouped by spaces is several words (*10 000*), and
so is a domain without www. (*marland.example*).

In scripts without spaces a package splits runs of letters: jieba for Chinese (the extra `zh`),
janome for Japanese (`ja`). Both include their dictionaries and download nothing. Numbers, words in
other scripts, web addresses and stage directions still follow the rules.

A sentence ends at . ? ! or … before white space and anything but a lower-case letter, at 。？！
always, at every paragraph, before every bullet line, and after a stage direction at its start. A
full stop does not end a sentence after a title (*Gen. Hale*), in *No. 3* or *am 2. März*, or after
the number of a list item. After initials, abbreviations and single letters it does so only before a
word that often opens sentences: *3 p.m. Monday*, but *3 p.m. | We*. If the space is missing, a
capitalised word must follow: *no comment.|Next*, but not within an address. In text all in
capitals, words are looked up as if only their first letters were capitals.

So it is wrong after an abbreviation before any other word (*on Main St. | Police came*), before a
lower-case name (*. | eBay*) and where the sentence continues after a quoted question (*“What?” I
asked*). Of 71 ends marked by hand after the rule was written it got 7 wrong, nupunkt 0.8 23 and
syntok 1.4 21 (`tests/benchmarks/sentence_splitters.py`), so neither is needed.
"""

from __future__ import annotations

import logging
import re
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache, lru_cache
from importlib.util import find_spec
from itertools import groupby
from typing import NamedTuple

from briefing.lexicons import kinds, lexicon, months
from briefing.lexicons.languages import guess_language
from briefing.lexicons.stage import without_stages
from briefing.tables import data

Span = tuple[int, int]
JOINS = "-‐‑'’‘´`_&·׳״.,:/"  # signs of rules 2 and 3, which may occur inside a word

_LETTER = r"[^\W\d_]"
_JOIN = r"(?:[-‐‑'’‘´`_&·׳״]|(?<=\d)[.,:/](?=\d))"
_ADDRESS = (
    r"(?:https?://|www\.)[!#-;=?-~]*[A-Za-z0-9/]"
    r"|[A-Za-z0-9][A-Za-z0-9._%+-]{0,63}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z]{2,}"
)
_MARK_BLOCKS = (0, *range(3, 0x2E), 0x30, *range(0xA6, 0xAC), *range(0xFB, 0x100))
_MARK_BLOCKS += (*range(0x101, 0x11F), 0x134, *range(0x16A, 0x170), 0x1BC, *range(0x1CF, 0x1EA))
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
    """Combining marks and invisible signs except the zero-width space, for a regex class."""
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
    """Whether this character may occur in a word that is not an address."""
    return char in JOINS or re.fullmatch(rf"[^\W_]|[{_within_words()}]", char) is not None


def count_words(text: str) -> int:
    """Return how many running words `text` holds: the number of spans of `find_words`."""
    return len(_pattern(text).findall(without_stages(text)))


def fold(word: str) -> str:
    """Return the form a word is counted under: case folded, composed, one apostrophe.

    >>> fold("Don’t"), fold("co\N{SOFT HYPHEN}operate"), fold("Stra\N{LATIN SMALL LETTER SHARP S}e")
    ("don't", 'cooperate', 'strasse')
    """
    plain = unicodedata.normalize("NFC", word.translate(FOLDED).casefold())
    if plain.isascii():
        return plain
    return "".join(c for c in plain if unicodedata.category(c) != "Cf" or c in "\u200c\u200d")


_ENDINGS = data("briefing.lexicons", "word-forms.toml")["endings"]
_SHORTEST = 3


def words_of_forms(forms: Sequence[str]) -> list[int]:
    """For each form, the number of the form that represents its word; its own if none does."""
    number = {form: i for i, form in enumerate(forms)}
    of = [number.get(_without_ending(form, number), i) for i, form in enumerate(forms)]
    while (further := [of[i] for i in of]) != of:
        of = further
    return of


def _without_ending(form: str, known: dict[str, int]) -> str:
    if form in lexicon("own-words"):
        return form
    for ending, *instead in _ENDINGS:
        if form.endswith(ending) and not form.endswith("ss"):
            stem = form.removesuffix(ending)
            shorter = [stem + letters for letters in instead]
            if stem[-1:] == stem[-2:-1]:
                shorter.append(stem[:-1])
            for base in shorter:
                if len(base) >= _SHORTEST and base in known:
                    return base
    return form


APOSTROPHES = str.maketrans("’‘´`", "''''")  # one sign for one, so that offsets stay the same
FOLDED = APOSTROPHES | str.maketrans("‐‑", "--")

_UNSPACED = data("briefing.lexicons", "languages.toml")["unspaced"]
_ANY_UNSPACED = re.compile(f"[{''.join(_UNSPACED.values())}]")
IN_ONE_WRITING = re.compile(f"{_ANY_UNSPACED.pattern}+|{_ANY_UNSPACED.pattern.replace('[', '[^')}+")


def may_need_tokenizer(text: str) -> bool:
    """Whether `text` has any letter of a script without spaces."""
    return not text.isascii() and _ANY_UNSPACED.search(text) is not None


def needs_tokenizer(text: str) -> str | None:
    """Name the script without spaces that `text` is in, if a substantial part of it is.

    That part is a twentieth of its letters. Ask this of a whole briefing, not of one turn: a
    Chinese name or a word of thanks in an English briefing does not call for a tokenizer.
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


Cut = Callable[[str], Iterable[str]]
RUNS = 1 << 15  # runs to remember, since a text is counted and then tokenized


class Segmenter(NamedTuple):
    """A package that splits a run of letters into words, and the extra that installs it."""

    package: str
    extra: str
    load: Callable[[], Cut]


def _jieba() -> Cut:
    """Load jieba's dictionary without its cache, which any user of the machine could change."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it dates from 2020
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


ELIDING = ("fr", "it")


@cache
def _elided(language: str) -> re.Pattern[str]:
    """An elided word with its apostrophe, before a letter."""
    words = (word[:-1] for word in lexicon("function-words", language) if word[-1] == "'")
    return re.compile(rf"(?i:{'|'.join(sorted(words, key=len, reverse=True))})['’‘´`](?={_LETTER})")


def may_elide(forms: Iterable[str]) -> bool:
    """Whether one in a hundred of these words begins as an elided one does."""
    known = [*forms]
    n = sum(any(_elided(code).match(form) for code in ELIDING) for form in known if "'" in form)
    return n * 100 > len(known)


def cut_as(text: str, language: str | None = None) -> str | None:
    """How the words of a text are split: as a script without spaces, or a language that elides."""
    writing = needs_tokenizer(text)
    if writing or not re.search("['’‘´`]", text):
        return writing
    code = (language or guess_language(text) or "")[:2].casefold()
    return code if code in ELIDING else None


def segmented_by(writing: str | None) -> str | None:
    """The installed package that splits this script into words, if any."""
    if writing in ELIDING:
        return "briefing"
    known = SEGMENTERS.get(writing or "")
    return known.package if known and find_spec(known.package) else None


def how_to_count(writing: str) -> str:
    """Why the words of a text are not counted, and what to install or pass."""
    known = SEGMENTERS.get(writing)
    way = (
        f"install {known.package}: pip install 'briefing-analysis[{known.extra}]'"
        if known
        else "pass a tokenizer for it: briefing.tokenize(turns, tokenizer=...)"
    )
    return f"{writing} puts no spaces between words, so they are not counted; to count them, {way}"


def counter_for(text: str, language: str | None = None) -> Callable[[str], int] | None:
    """The function that counts words in parts of `text`; None if it needs a missing package."""
    writing = cut_as(text, language)
    if writing is None:
        return count_words
    if segmented_by(writing) is None:
        return None
    return lambda part: len(segment(part, writing))


def segment(text: str, writing: str) -> list[Span]:
    """Return (start, stop) of every running word of a text split as `writing`, in order.

    >>> segment("We met in 2026.", "Chinese"), segment("L’eau monte.", "fr")
    ([(0, 2), (3, 6), (7, 9), (10, 14)], [(0, 2), (2, 5), (6, 11)])
    """
    if writing in ELIDING:
        return [*_without_elision(text, _elided(writing))]
    spans = []
    for start, stop in find_words(text):
        for run in IN_ONE_WRITING.findall(text[start:stop]):
            for length in _lengths(run, writing) if may_need_tokenizer(run) else [len(run)]:
                if any(map(str.isalnum, text[start : start + length])):
                    spans.append((start, start + length))
                start += length
    return spans


def _without_elision(text: str, elided: re.Pattern[str]) -> Iterator[Span]:
    for start, stop in find_words(text):
        while match := elided.match(text, start, stop):
            yield start, match.end()
            start = match.end()
        yield start, stop


@lru_cache(RUNS)
def _lengths(run: str, writing: str) -> list[int]:
    return [*map(len, _cut(writing)(run))]


@cache
def _cut(writing: str) -> Cut:
    return SEGMENTERS[writing].load()


_STOPS = {kind: frozenset(words) for kind, words in kinds("full-stops").items()}
_TITLES = {*map(str.capitalize, lexicon("title-abbreviations") - {"st"}), *_STOPS["title"]}
_MONTHS = {*map(str.capitalize, months("german")), "Jahrhundert"}
_INITIALS = re.compile(rf"{_LETTER}(?:\.{_LETTER})*|(?:{_LETTER}{{1,2}}\.)+{_LETTER}{{1,2}}")
_ORDINAL = re.compile(r"\b(?:am|im|vom|zum|beim|der|dem|den|des|seit|bis)\s+\d{1,2}$", re.I)

_CLOSER = r"(?:[\"'”’»›)\]」』）】*_]|[ \xa0\u202f]»(?!\w))"
_CLOSE = f"{_CLOSER}*(?!{_CLOSER})"  # all of them
_CANDIDATE = re.compile(
    rf"(?P<wide>[。？！｡]+{_CLOSE}\s*)"
    rf"|(?P<mark>(?<![.?!…؟۔।॥])[.?!…؟۔।॥]++){_CLOSE}(?P<gap>\s+|(?=[\w¿¡]))"
    r"|(?P<stage>[)\]]\s+)"
)
# Looking for one sign first is many times faster; most marks are decided by their neighbours.
_SIGN = re.compile(
    r"[.?!…؟۔।॥。？！｡)\]](?:(?!\s*(?:[a-z]|\Z)|[0-9])|(?<=[。？！｡]))"
    r"(?P<plain>\s+(?=[\"“‘(]?[A-Z0-9]))?"
)
_PLAIN = re.compile(r"(?:\A|[\s\"“‘(—–-])(?P<word>[A-Za-z][a-z]+)\Z")
_TAIL = 4  # letters enough to recognise a word
_BREAK = re.compile(r"\n(?:\s*\n|(?=[ \t]*(?:[-*•–—▪‣◦●]|\(?\d{1,2}[.)])[ \t]))")
_STAGE = re.compile(r"\s*[(\[](?=[\W\d_]*[^\W\d_])[^()\[\]]*+")
_OPEN = re.compile(r"[\"'“”‘’«‹„*_—–\s-]*")
_LAST_WORD = re.compile(r"\w[\w.&'’]{0,60}\Z")
_WORD = re.compile(r"[^\W_]*")
_OF_ADDRESS = ("@", "://", "www.")
_LONGEST_ADDRESS = 2_000  # characters
_NEAR = 60  # characters examined on each side


def find_sentences(text: str) -> list[Span]:
    """Return (start, stop) of every sentence of `text`, in order.

    White space and stage directions around a sentence are in none, nor is a stretch without a
    letter or digit; a stage direction within a sentence stays in it.

    >>> text = "It is 3 p.m. Monday. We met Gen. Hale.Next question?"
    >>> [text[start:stop] for start, stop in find_sentences(text)]
    ['It is 3 p.m. Monday.', 'We met Gen. Hale.', 'Next question?']
    """
    spans = []
    start, said = 0, without_stages(text)
    for stop in ends_of(text):
        piece = said[start:stop]
        if any(map(str.isalnum, piece)):
            end = start + len(piece.rstrip())
            spans.append((end - len(piece.strip()), end))
        start = stop
    return spans


def ends_of(text: str) -> list[int]:
    """Where sentences end, including the white space after them, paragraph by paragraph."""
    ends = []
    begin = done = 0
    breaks = [match.span() for match in _BREAK.finditer(text)] if "\n" in text else []
    for last, following in [*breaks, (len(text), len(text))]:
        for sign in _SIGN.finditer(text, done, last):
            at = sign.start()
            if at < done:
                continue
            if sign.lastindex and _is_plain(text[at - _TAIL : at + 1]):
                begin = done = sign.end()
                ends.append(begin)
            elif match := _CANDIDATE.match(text, at, last):
                done = match.end()
                if match["wide"] or _ends(text, match, begin):
                    begin = done
                    ends.append(begin)
        begin = done = following
        ends.append(begin)
    return ends


@lru_cache(1 << 18)
def _is_plain(end: str) -> bool:
    """Whether a mark after these letters ends a sentence, whatever else precedes it."""
    if end[-1:] != ".":
        return end[-1:] in ("?", "!") and end[-2:-1].isalnum()
    match = _PLAIN.search(end, 0, len(end) - 1)
    return match is not None and match["word"] not in _tails()


@cache
def _tails() -> frozenset[str]:
    """The last letters of words after which a full stop may not end a sentence."""
    return frozenset(word[-_TAIL:] for word in _TITLES.union(_STOPS["numbered"], _STOPS["short"]))


def _ends(text: str, match: re.Match[str], begin: int) -> bool:
    """Whether the sentence that begins at `begin` ends at this candidate."""
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
    """Whether the full stop between these ends a sentence or belongs to an abbreviation."""
    word, following = _levelled(_part(_LAST_WORD.search(before)), before, following)
    opens = following in _STOPS["opener"]
    if word in _TITLES or (word in _STOPS["numbered"] and sign.isdigit()):
        return False
    if word.isdigit() and len(word) < 3:
        if not before[: -len(word)].strip(" \n\t(-*•–—"):
            return False  # the number of a list item
        return opens or not (following in _MONTHS or _ORDINAL.search(before))
    if word in _STOPS["short"] or (word != "I" and _INITIALS.fullmatch(word)):
        return opens or sign in tuple("([¿¡")
    return True


def _levelled(word: str, before: str, following: str) -> tuple[str, str]:
    """The words on both sides of the stop, with only an initial capital if all is in capitals."""
    if not before.isupper() or following != following.upper():
        return word, following
    return word.capitalize() if word.isalpha() else word, following.capitalize()


def _part(match: re.Match[str] | None) -> str:
    return match[0] if match else ""


def _is_gap_missing(text: str, match: re.Match[str], following: str) -> bool:
    """Whether the space after this full stop was left out, as in `xx.Xx`."""
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
