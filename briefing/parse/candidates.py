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

from briefing.lexicons import lexicon
from briefing.parse.names import PARTICLES
from briefing.parse.page import Page, ends_sentence
from briefing.parse.values import Candidate, Row
from briefing.reading.times import seconds

LONGEST = 160  # characters of a label: long titles run to some 130
LONGEST_ALONE = 160  # characters of a label on a line of its own
LEAST_REPEATED = 3  # rows that begin with the same name before a space alone may set it off
MOST_WORDS = 4  # of a name that only a space sets off
LONGEST_TITLE = 4  # characters of `Mr`, and words of the name after it
LONGEST_INSIDE = 80  # characters of a label in mid-paragraph
CLOCK = r"(?:\d{1,3}:)?(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
SIGNS = "○●◎◯▲△▼■□◆◇★☆※#•*·‣▪"
LEAD = re.compile(
    rf"[\s>＞]*(?P<before>(?:Q\s?\d{{1,4}}[.)]?|\d{{1,3}}[.)])\s+(?=[{SIGNS}]))?(?P<sign>[{SIGNS}]+|[-–—](?=\s))?\s*"
    rf"(?:(?:[\[(（]\s*(?P<t1>{CLOCK})\s*[\])）]|(?P<t2>{CLOCK})(?=[\s:]))[\s:]*(?:[-–—|]\s+)?)?"
    r"(?P<number>(?:Q\s?\d{1,4}[.)]?|\d{1,3}[.)])\s+(?=[^\W\d_]))?"
)
TIME_AFTER = re.compile(
    rf"[\s,]*(?:[-–—|]\s*)?[\[(（]?\s*(?P<time>{CLOCK})\s*(?:[-–—]\s*{CLOCK}\s*)?[\])）]?\s*[:：]?\s*$"
)
TIME_NEXT = re.compile(rf"\s*[\[(（]?\s*(?P<time>{CLOCK})\s*[\])）]?\s*[:：]?(?=\s|$)")
CLOCK_ALONE = re.compile(
    rf"\s*[\[(（]?\s*(?P<time>{CLOCK})(?:\s*(?:[-–—]|-->|to)\s*{CLOCK})?\s*[\])）]?\s*(?:\(\d+ \w+\.?\))?\s*$"
)
COLON = re.compile(r"\s*(?:[:：；]|¡G)")
MARKS = re.compile(r"[(\[（【)\]）】:：;；¡]|[?!。？！]|\.\s")
OPENING, CLOSING = "([（【", ")]）】"
STOP = re.compile(
    r"(?P<label>(?:[^\W\d_][\w’'\-]*\.?,?[ \xa0]+){0,7}?[^\W\d_][\w’'\-]*)"
    r"\.(?=\s|$)\s*"
)
STOP_DASH = re.compile(
    r"(?P<label>.{1,90}?[^\W_]\)?)\.[ ]?[-–—]+(?!(?<=\b[A-Z]\.-)[A-Z])"
    r"(?:\s*(?P<office>\([^)]{2,90}\))\s*\.?[ ]?[-–—]+)?\s*"
)
DASH = re.compile(r"(?P<label>[^–—:.?!]{1,90}?)(?:\s+(?P<mark>[-–—]{1,3})\s+|\s*(?P<tight>[–—])\s*(?=\S))")
BRACKET = re.compile(
    r"(?P<open>[\[(（【<＜〈《{])\s*(?P<label>[^\[\]()（）【】<>＜＞〈〉《》{}]{1,70}?)\s*[\])）】>＞〉》}]"
    r"\s*(?P<colon>[:：])?"
)
GAP = re.compile(r"(?P<label>\S(?:[^\t]{0,60}?\S)?)(?P<gap>\t+\s*|[ \xa0　]{2,}|　)(?=\S)")
LETTER = re.compile(r"(?P<label>[^\W\d_]\d{0,3})(?:(?P<mark>[.)\]:：]|\s?[-–—])\s*|[\s\xa0]+)(?=\S)|(?P<alone>[^\W\d_])[.)]?\s*$")
AFTER_BOLD = re.compile(r"[ \t\xa0]*(?:[\[(（][^\])）]{0,80}[\])）])?[ \t\xa0]*(?P<mark>[:：]|\.?\s?[-–—])?\s*")
WORD_THEN_SPACE = re.compile(r"(?P<label>[^\s:：]{1,16})[\s\xa0　]+(?=\S)")
INSIDE = re.compile(
    r"(?<=[.?!…。？！”\"’)\]）」—–-])(?P<space>\s*)(?P<label>[^\W_](?:[^:：.?!…。？！]|(?<=\b[A-Z])\.|(?<=\bM[rs])\.|(?<=\bMrs)\.|(?<=\b[DS]r)\.)"
    r"{0,70}?)\s?[:：](?!//|\d\d)"
)
ENDING = ":：.-–— "
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
    number: bool


def find_candidates(page: Page) -> tuple[Candidate, ...]:
    """Every candidate of every row, in the order of the text."""
    found: list[Candidate] = []
    leads = [LEAD.match(row.text, row.start) for row in page.rows]
    repeated = _repeated(page, [lead.end() if lead else 0 for lead in leads])
    clocks = [m["time"] if ":" in r.text and len(r.text) < 60 and (m := CLOCK_ALONE.match(r.text, r.start)) else None
              for r in page.rows]  # fmt: skip
    for at, row in enumerate(page.rows):
        if clocks[at] is None:
            here = _at_row(at, row, leads[at], repeated)
            found += _with_clocks(page, clocks, at, here)
    return tuple(found)


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
        name = not word[0].islower() or word in PARTICLES or n == 1 and not word.isalpha()
        if n > MOST_WORDS or not name or word[-1] in ".?!,;:":
            return
        if word not in PARTICLES and not (n == 1 and word.casefold() in lexicon("function-words")):
            yield " ".join(words[:n])


def _at_row(index: int, row: Row, lead: re.Match[str] | None, repeated: frozenset[str]) -> Iterator[Candidate]:
    begin = lead.end() if lead else row.start
    sign = (lead["sign"] or "") if lead else ""
    at = _At(row, begin, sign, lead and (lead["t1"] or lead["t2"]), bool(lead and lead["number"]))
    seen: set[tuple[str, int]] = set()
    for found in _forms(at, repeated):
        label, stop, time = _trimmed(row.text, found, at.time)
        rest = row.text[stop:]
        stop += len(rest) - len(rest.lstrip())
        mark = (label.rstrip(ENDING), stop)
        if label and mark not in seen and _is_label(label):
            seen.add(mark)
            style = f"{found.form}{found.mark}{sign[:1]}"
            yield Candidate(
                index, row.number, row.start, stop, label, found.form, style,
                not rest.strip(), seconds(time) if time else None,
            )  # fmt: skip
    if len(row.text) - begin > 20:
        yield from _inside(index, row, begin)


def _is_label(label: str) -> bool:
    return any(c.isalpha() for c in label) or label.strip("?") == ""


def _forms(at: _At, repeated: frozenset[str]) -> Iterator[_Form]:
    """What each means of labelling finds behind the lead."""
    text, begin, row = at.row.text, at.begin, at.row
    if row.line.bold or row.line.italic:
        yield from _typeface(at)
    for means in (_colon, _bracket, _stop_dash, _stop, _dash, _gap, _letter):
        found = means(text, begin)
        if found:
            yield found
    if at.sign:
        match = WORD_THEN_SPACE.match(text, begin)
        if match:
            yield _Form(match["label"], match.end(), "sign")
    if repeated and row.paragraph:
        yield from (_Form(p, _after(text, begin, p), "space") for p in _prefixes(text, begin) if p in repeated)
    if len(text) - begin <= LONGEST_ALONE:
        yield from _alone(at)


def _after(text: str, begin: int, prefix: str) -> int:
    """Where the words of `prefix` end, however they are spaced."""
    for word in prefix.split():
        begin = text.index(word, begin) + len(word)
    return begin


def _colon(text: str, begin: int) -> _Form | None:
    """A label before the first colon outside of brackets that is no part of a time or address."""
    depth = 0
    for sign in MARKS.finditer(text, begin, begin + LONGEST):
        i, char = sign.start(), sign[0][0]
        if char in OPENING:
            depth += 1
        elif char in CLOSING:
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif char in ":：;；¡":
            if char == "¡" and text[i + 1 : i + 2] != "G" or char == ":" and _no_colon(text, i):
                continue
            if i == begin:
                return None
            mark = {":": ":", "：": ":", "¡": ":"}.get(char, ";")
            return _Form(text[begin:i], i + 1 + (char == "¡"), "colon", mark)
        elif char in "?!。？！" or char == "." and _closes(text, begin, i):
            return None
    return None


def _no_colon(text: str, i: int) -> bool:
    clock = text[i - 1 : i].isdigit() and text[i + 1 : i + 3].isdigit()
    return clock or text.startswith("//", i + 1)


def _closes(text: str, begin: int, i: int) -> bool:
    """Whether the full stop at `i` ends a sentence: a word of four letters or more, small."""
    word = re.search(r"[^\W\d_]+$", text[begin:i])
    return bool(word and len(word[0]) > 4 and word[0][1:].islower())


def _bracket(text: str, begin: int) -> _Form | None:
    match = BRACKET.match(text, begin)
    if not match:
        return None
    return _Form(match["label"], match.end(), "bracket", match["open"] + (":" if match["colon"] else ""))


def _stop(text: str, begin: int) -> _Form | None:
    match = STOP.match(text, begin, begin + LONGEST)
    if not match or not match["label"][:1].isupper() and match["label"][:1].lower() != match["label"][:1].upper():
        return None
    label, stop = match["label"], match.end()
    longer = STOP.match(text, stop, begin + LONGEST) if len(label) <= LONGEST_TITLE else None
    if longer and longer["label"][:1].isupper() and len(longer["label"].split()) <= LONGEST_TITLE:
        label, stop = f"{label}. {longer['label']}", longer.end()  # a title's stop is not the label's
    return _Form(label, stop, "stop", ".")


def _stop_dash(text: str, begin: int) -> _Form | None:
    """`NAME.- `, with an office in brackets after it or without."""
    match = STOP_DASH.match(text, begin, begin + LONGEST)
    if not match or "?" in match["label"]:
        return None
    office = f" {match['office']}" if match["office"] else ""
    return _Form(f"{match['label']}{office}", match.end(), "stop", "-")


def _dash(text: str, begin: int) -> _Form | None:
    match = DASH.match(text, begin, begin + LONGEST)
    return _Form(match["label"], match.end(), "dash", match["mark"] or "tight") if match else None


def _gap(text: str, begin: int) -> _Form | None:
    match = GAP.match(text, begin, begin + LONGEST)
    return _Form(match["label"], match.end(), "gap", "t" if match and "\t" in match["gap"] else "") if match else None


def _letter(text: str, begin: int) -> _Form | None:
    match = LETTER.match(text, begin)
    if not match or not (match["label"] or match["alone"])[:1].isupper():
        return None
    return _Form(match["label"] or match["alone"], match.end(), "letter", (match["mark"] or "").strip())


def _alone(at: _At) -> Iterator[_Form]:
    text = at.row.text
    label = text[at.begin :].strip()
    timed = TIME_AFTER.search(label) if ":" in label else None
    if timed and timed.start() > 0:
        yield _Form(label, len(text), "timed")
    elif not ends_sentence(label) or label.endswith((":", "：", "-", "–", "—")):
        yield _Form(label.rstrip(":： -–—"), len(text), "heading" if at.row.line.heading else "alone")
    elif at.row.line.heading:
        yield _Form(label, len(text), "heading")


def _typeface(at: _At) -> Iterator[_Form]:
    """Bold or italic type at the beginning: the label is what is set in it."""
    text = at.row.text
    for form, spans in (("bold", at.row.line.bold), ("italic", at.row.line.italic)):
        span = next((s for s in spans if not text[: s[0]].strip(" \t\xa0>[(") or s[0] == at.begin), None)
        if span is None or span[1] - span[0] > LONGEST:
            continue
        label = text[span[0] : span[1]]
        inner = _colon(label, 0)
        if inner:
            yield _Form(inner.label, span[0] + inner.stop, form, ":")
            continue
        after = AFTER_BOLD.match(text, span[1])
        stop = after.end() if after else span[1]
        yield _Form(text[span[0] : stop].rstrip(TRIM + ":：.-–—"), stop, form, (after["mark"] or "")[:1] if after else "")


def _trimmed(text: str, found: _Form, time: str | None) -> tuple[str, int, str | None]:
    """The label without marks and time, where what is said begins, and the time."""
    label, stop = found.label.strip(TRIM), found.stop
    inner = TIME_AFTER.search(label) if ":" in label else None
    if inner and inner.start() > 0:
        label, time = label[: inner.start()], inner["time"]
    after = TIME_NEXT.match(text, stop) if found.form not in ("alone", "timed") else None
    if after and (":" in text[stop : after.end()]):
        stop, time = after.end(), after["time"]
    return label.strip(TRIM).rstrip(",;"), stop, time


def _inside(index: int, row: Row, begin: int) -> Iterator[Candidate]:
    """Labels in mid-paragraph: between the end of a sentence and a colon."""
    text = row.text
    if text.find(":", begin + 1) < 0 and text.find("：", begin + 1) < 0:
        return
    for match in INSIDE.finditer(text, begin + 1):
        label = match["label"].strip(TRIM)
        if 0 < len(label) <= LONGEST_INSIDE:
            stop = match.end() + len(text) - match.end() - len(text[match.end() :].lstrip())
            yield Candidate(index, row.number, match.start("label"), stop, label, "inside", "inside:", stop >= len(text))


def _with_clocks(
    page: Page, clocks: list[str | None], at: int, found: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Times on lines of their own belong to the label right above them, or right below."""
    above = clocks[at - 1] if at else None
    below = clocks[at + 1] if at + 1 < len(clocks) else None
    for c in found:
        if c.time is None and c.alone and below and not above:
            yield c._replace(time=seconds(below), covers=page.rows[at + 1].number, style=f"{c.style}|t")
        elif c.time is None and above and c.form != "inside":
            yield c._replace(time=seconds(above), covers=page.rows[at - 1].number, style=f"t|{c.style}")
        else:
            yield c
