"""Every way in which a line may begin with a label: one generator, and no judgement in it.

Transcribers set a speaker off by a colon, a full stop, a dash, brackets of any kind, a sign, a
column gap, a time, bold or italic type, a heading, or a line of its own, and often by a single
letter. A line may begin with several of these at once (`Q. MR. MARLOW: ...`); each is a candidate.
Which of them are labels is decided in `layout`, for the whole document at once.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from briefing.lexicons import is_date, lexicon
from briefing.lexicons.cues import ends_sentence
from briefing.lexicons.names import ARTICLES, PARTICLES, is_outlet, read_label, role_word
from briefing.parse.page import Page
from briefing.parse.values import Candidate, Row
from briefing.reading.timed_text import seconds

LONGEST = 160  # characters of a label, on a line of its own too: long titles run to some 130
LEAST_REPEATED = 3  # rows that begin with the same name before a space alone may set it off
MOST_WORDS = 4  # of a name that only a space sets off
LONGEST_DATE = 30  # characters of a date that stands alone
LONGEST_OFFICE = 80  # characters of what stands after a name on its line
SHORT = 20  # characters: a shorter line has no room for a second label
LONGEST_INSIDE = 80  # characters of a label in mid-paragraph
REACH = LONGEST_INSIDE + 4  # with the space around it
CLOCK = r"(?:(?:\d{1,3}:)?(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?|\d{1,5}\.\d{1,3}s)"
SIGNS = "○●◎◯▲△▼■□◆◇★☆※#•*·‣▪"
LEAD = re.compile(
    rf"[\s>＞]*(?P<before>(?:Q\s?\d{{1,4}}[.)]?|\d{{1,3}}[.)])\s+(?=[{SIGNS}]))?(?P<sign>[{SIGNS}]+|[-–—―](?=\s))?\s*"
    rf"(?:(?:[\[(（]\s*(?P<t1>{CLOCK})(?:\s*[-–—―]+>?\s*{CLOCK}|\s+{CLOCK})?\s*[\])）]|(?P<t2>{CLOCK})(?=[\s:]))[\s:]*(?:[-–—―|]\s+)?)?"
    r"(?P<number>(?:Q\s?\d{1,4}[.)]?|\d{1,3}(?:\.\d{1,3}){1,2}[.)]?|\d{1,3}[.)]|\d{1,4}(?=\s\s)|"
    r"(?:\d\d ){2,3}\d\d)\s+(?=[^\W\d_]))?"
)
TIME_AFTER = re.compile(
    rf"(?:(?<![\s,])[\s,]+)?(?:[-–—―|]\s*+)?(?:[\[(（]\s*+)?(?P<time>{CLOCK})\s*+"
    rf"(?:[-–—―]\s*{CLOCK}\s*+)?[\])）]?\s*+[:：]?\s*$"
)
TIME_NEXT = re.compile(
    rf"\s*+(?:[\[(（]\s*+)?(?P<time>{CLOCK})(?:\s*[\])）])?(?:\s*[:：])?(?=\s|$)"
)
CLOCK_ALONE = re.compile(
    rf"\s*+(?:[\[(（]\s*+)?(?P<time>{CLOCK})(?:\s*(?:[-–—―]|-->|to)\s*{CLOCK})?\s*+[\])）]?"
    r"\s*+(?:\(\d+ \w+\.?\))?\s*$"
)
WALL_CLOCK = re.compile(  # an hour of the day, which is nobody: `3:01 P.M. EDT`, `Kl. 14.31`
    r"[\s\[(（]*(?:\d{1,2}(?:[:.]\d{2})?\s*(?:[ap]\.?\s?m\b|uhr\b|h\b).{0,16}|"
    r"(?:klo?|at|um|alle|à|ore)\.? \d{1,2}[:.]\d{2}\W*)$",
    re.IGNORECASE,
)
NUMBER_ALONE = re.compile(r"\W*(?:Q\.?\s?)?\d{1,4}\W*")  # of a question, on a line of its own
BRACKET_LAST = re.compile(r"(?<!\s)\s*+[(\[（][^()\[\]（）]*[)\]）]$")
BRACKET_NEXT = re.compile(r"\s?([(\[（][^()\[\]（）]{2,80}[)\]）])\s*")
CHEVRONS = re.compile(r"\s*[>＞]{2}")  # of captions: another voice
COLON = re.compile(r"(?:(?<!\s)\s+)?(?:[:：；]|¡G)")
MARKS = re.compile(r"[(\[（【)\]）】:：;；¡]|[?!。？！]|\.\s")
OPENING, CLOSING = "([（【", ")]）】"
BRACKETS = dict.fromkeys(OPENING, 1) | dict.fromkeys(CLOSING, -1)
COLONS = {":": ":", "：": ":", "¡": ":", ";": ";", "；": ";"}
# vowel signs of Indic scripts are no letters to \w
NAME_WORD = r"[^\W\d_][\w’'\-\u0300-\u036f\u0900-\u0eff\u1000-\u109f\u1780-\u17ff]*"
STOP = re.compile(
    rf"(?P<label>(?:[«“]?{NAME_WORD}[»”]?\.?,?[ \xa0]+){{0,10}}?[«“]?{NAME_WORD}[»”]?"
    r"(?:[ \xa0]\([^()]{2,60}\))?)"
    r"\.(?=\s|$)\s*"
)
INITIALS = re.compile(rf"(?P<label>{NAME_WORD} [^\W\d_]\. ?[^\W\d_]\.)\s+(?=[^\W\d_])")
CUT_SHORT = sorted(lexicon("title-abbreviations"))
IN_NAME = "|".join([r"(?<=\b[^\W\d_a-z])", *(rf"(?i:(?<=\b{title}))" for title in CUT_SHORT)])
SHORT_WORD = "|".join(rf"(?<=\b[^\W\d_]{{{n}}})" for n in range(1, 5))  # often an abbreviation
STOP_DASH = re.compile(
    r"(?P<label>.{0,90}?[^\s.,:;?!–—―-])\.[ ]?[-–—―]+(?!(?<=\b[A-Z]\.-)[A-Z])"
    r"(?:\s*(?P<office>\([^)]{2,90}\))\s*\.?[ ]?[-–—―]+)?\s*"
)
DASH = re.compile(
    rf"(?P<label>(?:[^–—―:.?!(（]|[(（](?:[^()（）]|\([^()]{{1,40}}\)){{1,80}}[)）]|(?:{SHORT_WORD}|{IN_NAME})\.){{1,90}}?)"
    r"(?:\s+(?P<mark>[-–—―]{1,3}|[|¦>=~→»/\\]{1,3})\s+|\s*(?P<tight>[–—―]\s*(?=\S)|[-|>»→]\s+(?=\S)))"
)
SET_OFF = re.compile(r"[-–—―|¦>=~→»/\\]")
DASHED, SPACED = re.compile("[-–—―]"), re.compile("\t|[ \xa0\u3000]{2}|\u3000")
BRACKET = re.compile(
    r"(?P<open>[\[(（【<＜〈《{])\s*+(?P<label>[^\[\]()（）【】<>＜＞〈〉《》{}]{1,70}?)\s*[\])）】>＞〉》}]"
    r"\s*(?P<colon>[:：])?"
)
WORDS = frozenset("AIOYEÀÉÓЯИВСКУО")  # letters that are words: a single space sets none of them off
LISTED = re.compile(r"[a-z]|[ivx]{1,4}|\d+")  # (a), (ii): an item of a list
GAP = re.compile(r"(?P<label>\S(?:[^\t]{0,60}?\S)?)(?P<gap>\t\s*+|[ \xa0　]{2,}|　)(?=\S)")
LETTER = re.compile(
    r"(?P<label>[^\W\d_]\d{0,3})(?:(?P<mark>[.)\]:：、>]\s?[-–—―]*|\s?[-–—―]+)\s*|[\s\xa0]+)(?=\S)|(?P<alone>[^\W\d_])[.)]?\s*$"
)
AFTER_BOLD = re.compile(
    r"[ \t\xa0]*+(?:[\[(（][^\])）]{0,80}[\])）])?[ \t\xa0]*+(?P<mark>[:：]|\.?\s?[-–—―])?\s*"
)
WORD_THEN_SPACE = re.compile(r"(?P<label>[^\s:：]{1,16})[\s\xa0　]+(?=\S)")
INSIDE = re.compile(
    r"(?<=[.?!…。？！”\"’)\]）」—–-])(?P<space>\s*)"
    rf"(?P<label>[^\W_](?:[^:：.?!…。？！]|(?:{IN_NAME})\.){{0,70}}?)\s?[:：](?!//|\d\d)"
)
ANSWERED = re.compile(r"(?<=[?.…])\s?-{3}(?=[^\W\d_])")  # `Did you?---I did.`
FULL_COLON = re.compile("[:：]")
ENDING = ":：.-–—― "
ABBREVIATED = re.compile(rf"\b(?:(?i:{'|'.join(CUT_SHORT)})|[^\W\d_a-z])\.$")
SPACE = re.compile(r"\s*")
TRIM = " \t\xa0　*_•\u2060\u200b"


class _Form(NamedTuple):
    """What one means of labelling finds at a place: the label, where what is said begins."""

    label: str
    stop: int
    form: str
    mark: str = ""


class _At(NamedTuple):
    """A row with what stands before a possible label."""

    row: Row
    begin: int
    sign: str
    time: str | None
    numbered: int = -1  # where a letter with a number stands that may be the label: `Q12. `


def find_candidates(page: Page) -> tuple[Candidate, ...]:
    """Every candidate of every row, in the order of the text."""
    found: list[Candidate] = []
    leads = [LEAD.match(row.text, row.start) for row in page.rows]
    repeated = _repeated(page, [lead.end() if lead else 0 for lead in leads])
    clocks = [*map(_clock, page.rows)]
    for at, row in enumerate(page.rows):
        if clocks[at] is None and not WALL_CLOCK.match(row.text, row.start):
            here = _at_row(at, row, leads[at], repeated)
            found += _with_clocks(page, clocks, at, here)
    return _without_words(page, found)


def _without_words(page: Page, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those where a label could stand, without letters that are words."""
    asked = sum(c.form == "letter" and role_word(c.label) == "question" for c in found)
    words = frozenset(w for w in WORDS if asked < LEAST_REPEATED or role_word(w) != "answer")
    return tuple(c for c in found if _begins_something(page, c) and not _is_word(page, c, words))


def _is_word(page: Page, c: Candidate, words: frozenset[str]) -> bool:
    """Whether a letter before a single space is a word of the sentence: `A man came`."""
    before = page.rows[c.row].text[: c.stop]
    return c.form == "letter" and c.label in words and before[-2:].rstrip() == c.label


def _begins_something(page: Page, c: Candidate) -> bool:
    """Whether a label could stand here: not in mid-sentence, and not before a mere date."""
    row = page.rows[c.row]
    if _goes_on(page, c):
        return False
    said = row.text[c.stop : c.stop + LONGEST_OFFICE + 1].strip()
    if 0 < len(said) <= LONGEST_DATE and (is_date(said) or CLOCK_ALONE.match(said)):
        return False
    whole = c.form == "dash" and len(row.text) - c.stop <= LONGEST_OFFICE
    whole = whole and not ends_sentence(BRACKET_LAST.sub("", said))
    return not whole or not page.rows[min(c.row + 1, len(page.rows) - 1)].gap  # `Name -- Office`


def _goes_on(page: Page, c: Candidate) -> bool:
    """Whether the sentence of the row before goes on in that of `c`."""
    row, before = page.rows[c.row], page.rows[c.row - 1].text.rstrip() if c.row else "."
    ended = ends_sentence(before) or NUMBER_ALONE.fullmatch(before) or CHEVRONS.match(row.text)
    parted = c.label[:1].islower() and before.endswith("-")  # a word that the row parts
    return parted or not row.paragraph and c.form != "inside" and not ended


def _clock(row: Row) -> str | None:
    """The time that a row holds and nothing else."""
    match = ":" in row.text and len(row.text) < 60 and CLOCK_ALONE.match(row.text, row.start)
    return match["time"] if match else None


def _repeated(page: Page, begins: Sequence[int]) -> frozenset[str]:
    """Words of a name's form that rows begin with again and again, whatever follows."""
    counts: Counter[str] = Counter()
    for row, begin in zip(page.rows, begins, strict=True):
        if row.paragraph:
            counts.update(_prefixes(row.text, begin))
    return frozenset(prefix for prefix, n in counts.items() if n >= LEAST_REPEATED)


def _prefixes(text: str, begin: int) -> Iterator[str]:
    """The first words, one to four of them, as long as each could be part of a name."""
    words = text[begin : begin + LONGEST_INSIDE].split(None, MOST_WORDS)
    for n, word in enumerate(words[:-1], 1):
        small = word[0].islower() and word not in PARTICLES and (n > 1 or word.isalpha())
        if small or word[-1] in ".?!,;:":
            return
        if word not in PARTICLES and (n > 1 or word.casefold() not in lexicon("function-words")):
            yield " ".join(words[:n])


def _at_row(
    index: int, row: Row, lead: re.Match[str] | None, repeated: frozenset[str]
) -> Iterator[Candidate]:
    at = _at(row, lead)
    seen: set[tuple[str, int]] = set()
    for found in _forms(at, repeated):
        label, stop, time = _trimmed(row.text, found, at.time)
        stop = _skip_space(row.text, stop)
        known = (label.rstrip(ENDING), stop)
        if not _is_label(label) or known in seen or _is_dated(at, label):
            continue
        seen.add(known)
        yield Candidate(
            index, row.number, row.start, stop, label, found.form,
            f"{found.form}{found.mark}{at.sign[:1]}", stop >= len(row.text.rstrip()),
            seconds(time) if time else None,
        )  # fmt: skip
    if len(row.text) - at.begin > SHORT:
        yield from _run_together(index, row, at)


def _at(row: Row, lead: re.Match[str] | None) -> _At:
    if lead is None:
        return _At(row, row.start, "", None)
    numbered = lead.start("number") if (lead["number"] or "")[:1].isalpha() else -1
    return _At(row, lead.end(), lead["sign"] or "", lead["t1"] or lead["t2"], numbered)


def _skip_space(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return match.end() if match else at


def _is_label(label: str) -> bool:
    """Whether a letter or a masked number is in it, or it is a mark, and no comma ends it."""
    said = any(map(str.isalpha, label)) or "*" in label or not label.strip("?>")
    return bool(label) and said and label[-1] not in "、，"


def _is_dated(at: _At, label: str) -> bool:
    """Whether a label is a date, its day taken for a number before it or not."""
    whole = at.row.text[at.row.start : at.begin] + label
    return len(whole) <= LONGEST_DATE and any(map(str.isdigit, label)) and is_date(whole.strip())


def _forms(at: _At, repeated: frozenset[str]) -> Iterator[_Form]:
    """What each means of labelling finds behind the lead."""
    text, begin, row = at.row.text, at.begin, at.row
    if at.numbered >= 0:
        yield from filter(None, [_letter(text, at.numbered)])
    if row.line.bold or row.line.italic:
        yield from _typeface(at)
    yield from filter(None, (means(text, begin) for means in MEANS))
    yield from _signed(at)
    if repeated and row.paragraph and _may_be_spaced(text, begin):
        yield from _spaced(text, begin, repeated)
    if len(text) - begin <= LONGEST:
        yield from _alone(at)


def _signed(at: _At) -> Iterator[_Form]:
    """A word behind a sign, and the sign of captions for another voice."""
    text, begin, row = at.row.text, at.begin, at.row
    if at.sign.strip("-–—―") and (match := WORD_THEN_SPACE.match(text, begin)):
        yield _Form(match["label"], match.end(), "sign")
    if CHEVRONS.match(row.text, row.start) and not _colon(text, begin):
        yield _Form(">>", begin, "sign", ">")


def _spaced(text: str, begin: int, repeated: frozenset[str]) -> Iterator[_Form]:
    """The repeated words that nothing but a space sets off."""
    ends = {p: _after(text, begin, p) for p in _prefixes(text, begin) if p in repeated}
    yield from (_Form(p, end, "space") for p, end in ends.items() if _only_space(text, end))


def _may_be_spaced(text: str, begin: int) -> bool:
    """Whether a space alone could set off a label: no other mark does, and talk follows."""
    whole = len(text) - begin > LONGEST or ends_sentence(text)
    whole |= "_" in text[begin : begin + SHORT]  # `SPEAKER_01 so`: a program, that sets no stops
    return whole and text[begin : begin + 1] not in OPENING and not _colon(text, begin)


def _only_space(text: str, at: int) -> bool:
    """Whether a space alone sets off what stands before `at`: no dash follows."""
    return text[_skip_space(text, at)] not in "-–—―"


def _after(text: str, begin: int, prefix: str) -> int:
    """Where the words of `prefix` end, however they are spaced."""
    for word in prefix.split():
        begin = text.index(word, begin) + len(word)
    return begin


def _colon(text: str, begin: int) -> _Form | None:
    """A label before the first colon outside brackets that is not part of a time or address."""
    depth = 0
    for sign in MARKS.finditer(text, begin, begin + LONGEST):
        i, char = sign.start(), sign[0][0]
        if char in BRACKETS:
            depth = max(0, depth + BRACKETS[char])
        elif not depth and char in COLONS and not _no_colon(text, i):
            stop = i + 1 + (char == "¡")
            return _Form(text[begin:i], stop, "colon", COLONS[char]) if i > begin else None
        elif not depth and _ends(text, begin, i):
            return None
    return None


def _ends(text: str, begin: int, i: int) -> bool:
    """Whether a sentence ends at sign `i`."""
    if text[i] in "?？" and not text[begin:i].strip("?？"):
        return False  # `???:` stands for somebody who was not made out
    return text[i] in "?!。？！" or text[i] == "." and _closes(text, begin, i)


def _no_colon(text: str, i: int) -> bool:
    if text[i] != ":":
        return text[i] == "¡" and text[i + 1 : i + 2] != "G"
    clock = text[i - 1 : i].isdigit() and text[i + 1 : i + 3].isdigit()
    return clock or text.startswith("//", i + 1)


def _closes(text: str, begin: int, i: int) -> bool:
    """Whether the full stop at `i` ends a sentence: a word of four letters or more, small."""
    word = re.search(r"(?<![^\W\d_])[^\W\d_]+$", text[begin:i])
    return bool(word and len(word[0]) > 4 and word[0][1:].islower())


def _bracket(text: str, begin: int) -> _Form | None:
    match = BRACKET.match(text, begin)
    if not match or LISTED.fullmatch(match["label"]):
        return None
    return _Form(
        match["label"], match.end(), "bracket", match["open"] + (":" if match["colon"] else "")
    )


def _stop(text: str, begin: int) -> _Form | None:
    if match := INITIALS.match(text, begin, begin + LONGEST):
        return _Form(match["label"], match.end(), "stop", ".")  # `МАРЛО О. В. Доброго дня`
    match = STOP.match(text, begin, begin + LONGEST)
    first = match["label"][0] if match else "a"
    if not match or not first.isupper() and first.lower() != first.upper():
        return None
    label, stop = _past_titles(text, begin, match["label"], match.end())
    initial = label[-2:-1] in ("", " ", ".") and label[-1].isupper()  # of a name that goes on
    return None if initial else _Form(label, stop, "stop", ".")


def _past_titles(text: str, begin: int, label: str, stop: int) -> tuple[str, int]:
    """The label as far as it goes on behind the stop of a title, and where it ends."""
    while ABBREVIATED.search(f"{label}."):
        longer = STOP.match(text, stop, begin + LONGEST)  # a title's stop is not the label's
        first = longer["label"].split()[0] if longer else ""
        if not longer or not first[:1].isupper() and first not in ARTICLES:
            break
        label, stop = f"{label}. {longer['label']}", longer.end()
    return label, stop


def _stop_dash(text: str, begin: int) -> _Form | None:
    """`NAME.- `, with an office in brackets after it or without."""
    if not DASHED.search(text, begin, begin + LONGEST):
        return None
    match = STOP_DASH.match(text, begin, begin + LONGEST)
    if not match or "?" in match["label"]:
        return None
    office = f" {match['office']}" if match["office"] else ""
    return _Form(f"{match['label']}{office}", match.end(), "stop", "-")


def _dash(text: str, begin: int) -> _Form | None:
    stop = begin + LONGEST
    match = SET_OFF.search(text, begin, stop) and DASH.match(text, begin, stop)
    if not match or CLOCK_ALONE.match(text, match.end()):
        return None
    return _Form(match["label"], match.end(), "dash", match["mark"] or "tight")


def _gap(text: str, begin: int) -> _Form | None:
    if not SPACED.search(text, begin, begin + LONGEST):
        return None
    match = GAP.match(text, begin, begin + LONGEST)
    if not match or len(match["label"].rstrip(ENDING)) == 1:
        return None
    return _Form(match["label"], match.end(), "gap", "t" if "\t" in match["gap"] else "")


def _letter(text: str, begin: int) -> _Form | None:
    match = LETTER.match(text, begin)
    if not match or not (match["label"] or match["alone"])[:1].isupper():
        return None
    mark = (match["mark"] or "").replace(" ", "")
    mark = "-" if "-" in mark or "–" in mark else mark
    return _Form(match["label"] or match["alone"], match.end(), "letter", mark)


def _alone(at: _At) -> Iterator[_Form]:
    text = at.row.text
    label, form = text[at.begin :].strip(), "heading" if at.row.line.heading else "alone"
    timed = TIME_AFTER.search(label) if ":" in label else None
    if timed and timed.start() > 0:
        yield _Form(label, len(text), "timed")
    elif not ends_sentence(label) or label.endswith((":", "：", "-", "–", "—")):
        yield _Form(label.rstrip(":： -–—―"), len(text), form)
    elif form == "heading":
        yield _Form(label, len(text), form)


def _typeface(at: _At) -> Iterator[_Form]:
    """Bold or italic type at the beginning: the label is what is set in it."""
    for form, spans in (("bold", at.row.line.bold), ("italic", at.row.line.italic)):
        span = next((s for s in spans if _leads(at, s[0])), None)
        if span and span[1] - span[0] <= LONGEST:
            yield _set_in(at.row.text, form, *span)


def _leads(at: _At, start: int) -> bool:
    return start == at.begin or not at.row.text[:start].strip(" \t\xa0>[(")


def _set_in(text: str, form: str, start: int, stop: int) -> _Form:
    """The label in `text[start:stop]`, which may run on past it or end before its mark."""
    inner = _colon(text[start:stop], 0)
    if inner:
        return _Form(inner.label, start + inner.stop, form, ":")
    after = AFTER_BOLD.match(text, stop)
    end = after.end() if after else stop
    mark = (after["mark"] or "")[:1] if after else ""
    return _Form(text[start:end].rstrip(TRIM + ":：.-–—―"), end, form, mark)


def _trimmed(text: str, found: _Form, time: str | None) -> tuple[str, int, str | None]:
    """The label without marks and time, where what is said begins, and the time."""
    label, stop = found.label.strip(TRIM), found.stop
    inner = TIME_AFTER.search(label) if ":" in label else None
    if inner and inner.start() > 0:
        label, time = label[: inner.start()], inner["time"]
    set_off = not time and found.form not in ("alone", "timed")
    after = TIME_NEXT.match(text, stop) if set_off else None
    if after and (":" in text[stop : after.end()]):
        stop, time = after.end(), after["time"]
    return *_asked_by(text, label.strip(TRIM).rstrip(",;"), stop), time


def _asked_by(text: str, label: str, stop: int) -> tuple[str, int]:
    """Add to a label the name in brackets that follows it: `Q: (Name, outlet) What ...`."""
    behind = BRACKET_NEXT.match(text, stop)
    if behind and behind.end() < len(text) and role_word(label) in ("question", "answer"):
        name = read_label(whole := f"{label} {behind[1]}")
        if name.person or is_outlet(name.organisation or ""):
            return whole, behind.end()
    return label, stop


def _run_together(index: int, row: Row, at: _At) -> Iterator[Candidate]:
    """Labels in mid-paragraph; where there are several, what the row begins with may be one too."""
    inside, first = [*_inside(index, row, at.begin)], _colon(row.text, at.begin)
    if len(inside) >= LEAST_REPEATED and first and (label := first.label.strip(TRIM)):
        stop = _skip_space(row.text, first.stop)
        yield Candidate(index, row.number, row.start, stop, label, "inside", "inside:", False)
    yield from inside
    for mark in ANSWERED.finditer(row.text, at.begin):
        yield Candidate(
            index, row.number, mark.start(), mark.end(), "---", "inside", "inside-", False
        )


def _inside(index: int, row: Row, begin: int) -> Iterator[Candidate]:
    """Labels in mid-paragraph: between the end of a sentence and a colon."""
    text, after = row.text, begin + 1
    for colon in FULL_COLON.finditer(text, after):
        # only what stands right before the colon is looked at
        match = INSIDE.search(text, max(after, colon.start() - REACH), colon.end() + 2)
        if not match:
            continue
        after = match.end()
        label, before = match["label"].strip(TRIM), max(0, match.start() - SHORT)
        if 0 < len(label) <= LONGEST_INSIDE and not ABBREVIATED.search(text, before, match.start()):
            stop, start = _skip_space(text, match.end()), match.start("label")
            alone = stop >= len(text)
            yield Candidate(index, row.number, start, stop, label, "inside", "inside:", alone)


def _with_clocks(
    page: Page, clocks: list[str | None], at: int, found: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Times on lines of their own belong to the label right above them, or right below."""
    above = clocks[at - 1] if at else None
    below = clocks[at + 1] if at + 1 < len(clocks) else None
    for c in found:
        if c.time is not None or c.form == "inside" and above:
            yield c
        elif below and not above and c.alone:
            yield c._replace(
                time=seconds(below), covers=page.rows[at + 1].number, style=f"{c.style}|t"
            )
        elif above:
            yield c._replace(
                time=seconds(above), covers=page.rows[at - 1].number, style=f"t|{c.style}"
            )
        else:
            yield c


MEANS = (_colon, _bracket, _letter, _stop_dash, _stop, _dash, _gap)
