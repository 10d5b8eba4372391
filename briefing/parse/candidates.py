"""Every way in which a line may begin with a label: one generator, and no judgement in it.

Transcribers set a speaker off by a colon, a full stop, a dash, brackets of any kind, a sign, a
column gap, a time, bold or italic type, a heading, or a line of its own, and often by a single
letter. A line may begin with several of these at once (`Q. MR. MARLOW: ...`); each is a candidate.
Which of them are labels is decided in `layout`, for the whole document at once.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, pairwise
from typing import NamedTuple

from briefing.lexicons import is_date, lexicon
from briefing.lexicons.cues import ends_sentence
from briefing.lexicons.names import ARTICLES, PARTICLES, is_outlet, read_label, role_word
from briefing.parse.page import CLOCK_IN, MARK, Page, clock
from briefing.parse.values import Candidate, Row
from briefing.reading.timed_text import seconds

VOICE = "＞"  # stands in a style for the sign of captions, `>>`
SIGNS = MARK.written["signs"].strip("[]") + VOICE
LONGEST = 160  # characters of a label, on a line of its own too: long titles run to some 130
LEAST_REPEATED = 3  # rows that begin with the same name before a space alone may set it off
MOST_WORDS = 4  # of a name that only a space sets off
LONGEST_DATE = 30  # characters of a date that stands alone
LONGEST_OFFICE = 80  # characters of what stands after a name on its line
SHORT = 20  # characters: a shorter line has no room for a second label
LONGEST_INSIDE = 80  # characters of a label in mid-paragraph
REACH = LONGEST_INSIDE + 4  # with the space around it
ASKED = ("question", "answer")
OPENING, CLOSING = "([（【", ")]）】"
BRACKETS = dict.fromkeys(OPENING, 1) | dict.fromkeys(CLOSING, -1)
COLONS = {":": ":", "：": ":", "¡": ":", ";": ";", "；": ";"}
CUT_SHORT = sorted(lexicon("title-abbreviations"))
IN_NAME = "|".join([r"(?<=\b[^\W\d_a-z])", *(rf"(?i:(?<=\b{title}))" for title in CUT_SHORT)])
SHORT_WORD = "|".join(rf"(?<=\b[^\W\d_]{{{n}}})" for n in range(1, 5))  # often an abbreviation
CAPITAL = r"[^\W\d_a-zß-öø-ÿа-яα-ω]"
DASH = re.compile(
    rf"(?P<label>(?:[^–—―:.?!(（]|[(（](?:[^()（）]|\([^()]{{1,40}}\)){{1,80}}[)）]|(?:{SHORT_WORD}|{IN_NAME})\.){{1,90}}?)"
    r"(?:\s+(?P<mark>[-–—―]{1,3}|[|¦>=~→»/\\]{1,3}|…|\.(?:\s?\.){1,9})\s+|\s*(?P<tight>[–—―]\s*(?=\S)|[-|>»→]\s+(?=\S)|"
    rf"(?<={CAPITAL}{CAPITAL})-(?={CAPITAL}[^\W\d_A-Z])))"
)
WORDS = frozenset("AIOYEÀÉÓЯИВСКУО")  # letters that are words: a single space sets none of them off
KEPT = ("stop", "letter", "dash", "bracket")  # forms of label looked for in mid-paragraph too
MARKED = tuple(".-–—―)]）】")  # what a label ends with that is looked for in mid-paragraph
AFTER_SENTENCE = r"(?<=[.?!…。？！”\"’)\]）」])\s+(?P<label>{})(?=\s|$)"
INSIDE = re.compile(
    r"(?<=[.?!…。？！”\"’)\]）」—–-])(?P<space>\s*)"
    rf"(?P<label>[^\W_](?:[^:：.?!…。？！]|(?:{IN_NAME})\.){{0,70}}?)\s?[:：](?!//|\d\d)"
)
FULL_COLON = re.compile("[:：]")
LAST_WORD = re.compile(r"(?<![^\W\d_])[^\W\d_]+$")
ENDING = ":：.-–—― "
AROUND = f"{ENDING}{OPENING}{CLOSING}"
SET_OFF_BY = tuple(":：-–—―")  # what a label over several lines ends with
ABBREVIATED = re.compile(rf"\b(?:(?i:{'|'.join(CUT_SHORT)})|[^\W\d_a-z])\.$")
SPACE = re.compile(r"\s*")
TRIM = " \t\xa0　*_•·|\u2060\u200b"


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
    found: list[list[Candidate]] = []
    above = _above_names(page)
    places = [*map(_at, page.rows)]
    repeated = _repeated(places)
    clocks = [*map(clock, page.rows)]
    for at, row in enumerate(page.rows):
        if clocks[at] is None and not (at in above or MARK.wall_clock.match(row.text, row.start)):
            here = _at_row(at, places[at], repeated[at])
            found.append([*_over_lines(page, above, _with_clocks(page, clocks, at, here))])
    _add_known(page, found)
    return _without_words(page, [*chain.from_iterable(found)])


def _add_known(page: Page, found: Sequence[list[Candidate]]) -> None:
    """Add to the candidates of each row the labels in it that come back at the start of others."""
    again = _known(page, chain.from_iterable(found))
    for here in filter(None, found):
        at, row, taken = here[0].row, page.rows[here[0].row], {c.start for c in here}
        for match in again.finditer(row.text, row.start + 1):
            if (start := match.start("label")) not in taken:
                here.append(_midst(at, row, start, match.end(), match["label"].strip(AROUND), "."))


def _known(page: Page, found: Iterable[Candidate]) -> re.Pattern[str]:
    """The labels at the start of two lines or more, to look for behind the end of a sentence."""
    kept = (page.rows[c.row].text[c.start : c.stop] for c in found if c.form in KEPT)
    printed = Counter(map(str.strip, kept))
    known = (label for label, n in printed.items() if n > 1 and label.endswith(MARKED))
    longest = map(re.escape, sorted(known, key=len, reverse=True))
    return re.compile(AFTER_SENTENCE.format("|".join(longest) or "(?!)"))


def _midst(at: int, row: Row, start: int, stop: int, label: str, mark: str = ":") -> Candidate:
    """A candidate in mid-paragraph."""
    stop = _skip_space(row.text, stop)
    alone = stop >= len(row.text)
    return Candidate(at, row.number, start, stop, label, "inside", f"inside{mark}", alone)


def _without_words(page: Page, found: Sequence[Candidate]) -> tuple[Candidate, ...]:
    """Those where a label could stand, without letters that are words."""
    letters = Counter(role_word(c.label) for c in found if c.form == "letter")
    both = LEAST_REPEATED <= letters["question"] <= 2 * letters["answer"]
    words = frozenset(w for w in WORDS if not both or role_word(w) != "answer")
    return tuple(c for c in found if _begins_something(page, c) and not _is_word(page, c, words))


def _is_word(page: Page, c: Candidate, words: frozenset[str]) -> bool:
    """Whether a letter before a single space is a word of the sentence: `A man came`."""
    before = page.rows[c.row].text[max(0, c.stop - 2) : c.stop]
    return c.form == "letter" and c.label in words and before.rstrip() == c.label


def _begins_something(page: Page, c: Candidate) -> bool:
    """Whether a label could stand here: not in mid-sentence, and not before a mere date."""
    row = page.rows[c.row]
    if _goes_on(page, c):
        return False
    said = row.text[c.stop : c.stop + LONGEST_OFFICE + 1].strip()
    if 0 < len(said) <= LONGEST_DATE and (is_date(said) or MARK.clock_alone.match(said)):
        return False
    dashed = c.form == "dash" or c.form in ("bold", "italic") and c.style[-1] in "-–—―"
    whole = dashed and len(row.text) - c.stop <= LONGEST_OFFICE
    whole = whole and not ends_sentence(MARK.bracket_last.sub("", said))
    return not whole or not page.rows[min(c.row + 1, len(page.rows) - 1)].gap  # `Name -- Office`


def _goes_on(page: Page, c: Candidate) -> bool:
    """Whether the sentence of the row before goes on in that of `c`."""
    top = c.top
    row, before = page.rows[top], page.rows[top - 1].text[-LONGEST:].rstrip() if top else "."
    if c.label[:1].islower() and before.endswith("-"):  # a word split across rows
        return True
    if row.paragraph or c.form == "inside" or c.time is not None or ends_sentence(before):
        return False
    return not (MARK.number_alone.fullmatch(before) or MARK.chevrons.match(row.text))


def _repeated(places: Sequence[_At]) -> list[list[str]]:
    """For each row, the name-like words at its start that other rows also start with."""
    begun = [[*_prefixes(at.row.text, at.begin)] if at.row.paragraph else [] for at in places]
    counts = Counter(chain.from_iterable(begun))
    return [[prefix for prefix in some if counts[prefix] >= LEAST_REPEATED] for some in begun]


def _prefixes(text: str, begin: int) -> Iterator[str]:
    """The first words, one to four of them, as long as each could be part of a name."""
    words = text[begin : begin + LONGEST_INSIDE].split(None, MOST_WORDS)
    for n, word in enumerate(words[:-1], 1):
        small = word[0].islower() and word not in PARTICLES and (n > 1 or word.isalpha())
        if small or word[-1] in ".?!,;:":
            return
        if word not in PARTICLES and (n > 1 or word.casefold() not in lexicon("function-words")):
            yield " ".join(words[:n])


def _at_row(index: int, at: _At, repeated: Sequence[str]) -> Iterator[Candidate]:
    row, seen = at.row, set[tuple[str, int]]()
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


def _at(row: Row) -> _At:
    lead = MARK.lead.match(row.text, row.start)
    if lead is None:
        return _At(row, row.start, "", None)
    numbered = lead.start("number") if (lead["number"] or "")[:1].isalpha() else -1
    voice = VOICE if MARK.chevrons.match(row.text, row.start) else ""
    return _At(row, lead.end(), lead["sign"] or voice, lead["t1"] or lead["t2"], numbered)


def _skip_space(text: str, at: int) -> int:
    match = SPACE.match(text, at)
    return match.end() if match else at


def _is_label(label: str) -> bool:
    """Whether a letter or a masked number is in it, or it is a mark, and no comma ends it."""
    letters = any(c.isalpha() and not c.isnumeric() for c in label)  # 三 is a numeral
    said = letters or "*" in label or not label.strip("?>")
    return bool(label) and said and label[-1] not in "、，"


def _is_dated(at: _At, label: str) -> bool:
    """Whether a label is a date, its day taken for a number before it or not."""
    whole = at.row.text[at.row.start : at.begin] + label
    return len(whole) <= LONGEST_DATE and any(map(str.isdigit, label)) and is_date(whole.strip())


def _forms(at: _At, repeated: Sequence[str]) -> Iterator[_Form]:
    """What each means of labelling finds behind the lead."""
    text, begin, row = at.row.text, at.begin, at.row
    if at.numbered >= 0:
        yield from filter(None, [_letter(text, at.numbered)])
    if row.line.bold or row.line.italic:
        yield from _typeface(at)
    found = [means(text, begin) for means in MEANS]
    yield from filter(None, found)
    yield from _signed(at)
    if repeated and not found[0] and _may_be_spaced(text, begin):
        yield from _spaced(text, begin, repeated)
    if len(text) - begin <= LONGEST:
        yield from _alone(at)


def _signed(at: _At) -> Iterator[_Form]:
    """A word behind a sign, and the sign of captions for another voice."""
    text, begin = at.row.text, at.begin
    if at.sign.strip(f"-–—―{VOICE}") and (match := MARK.word_then_space.match(text, begin)):
        yield _Form(match["label"], match.end(), "sign")
    if at.sign == VOICE and not _colon(text, begin):
        yield _Form(">>", begin, "sign", ">")


def _spaced(text: str, begin: int, repeated: Sequence[str]) -> Iterator[_Form]:
    """The repeated words that nothing but a space sets off."""
    ends = {p: _after(text, begin, p) for p in repeated}
    for prefix, end in ends.items():
        if text[_skip_space(text, end)] not in "-–—―":
            yield _Form(prefix, end, "space")


def _may_be_spaced(text: str, begin: int) -> bool:
    """Whether a space alone could set off a label: no other mark does, and talk follows."""
    whole = len(text) - begin > LONGEST or ends_sentence(text)
    whole |= "_" in text[begin : begin + SHORT]  # `SPEAKER_01 so`: a program, that sets no stops
    return whole and text[begin : begin + 1] not in OPENING


def _after(text: str, begin: int, prefix: str) -> int:
    """Where the words of `prefix` end, however they are spaced."""
    for word in prefix.split():
        begin = text.index(word, begin) + len(word)
    return begin


def _colon(text: str, begin: int) -> _Form | None:
    """A label before the first colon outside brackets that is not part of a time or address."""
    depth = 0
    for sign in MARK.marks.finditer(text, begin, begin + LONGEST):
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
    word = LAST_WORD.search(text[begin:i].rpartition(" ")[2])
    return bool(word and len(word[0]) > 4 and word[0][1:].islower())


def _bracket(text: str, begin: int) -> _Form | None:
    if twice := MARK.twice.match(text, begin):
        return _Form(twice["label"], twice.end(), "bracket", twice["sign"][0])
    match = MARK.bracket.match(text, begin)
    if not match or MARK.listed.fullmatch(match["label"]):
        return None
    return _Form(
        match["label"], match.end(), "bracket", match["open"] + (":" if match["colon"] else "")
    )


def _stop(text: str, begin: int) -> _Form | None:
    if match := MARK.initials.match(text, begin, begin + LONGEST):
        return _Form(match["label"], match.end(), "stop", ".")  # `МАРЛО О. В. Доброго дня`
    first = text[begin : begin + 1]
    if not first.isupper() and first.lower() != first.upper() or "." not in text:
        return None
    match = MARK.stop.match(text, begin, begin + LONGEST)
    if not match:
        return None
    label, stop = _past_titles(text, begin, match["label"], match.end())
    initial = label[-2:-1] in ("", " ", ".") and label[-1].isupper()  # of a name that goes on
    return None if initial else _Form(label, stop, "stop", ".")


def _past_titles(text: str, begin: int, label: str, stop: int) -> tuple[str, int]:
    """The label as far as it goes on behind the stop of a title, and where it ends."""
    while ABBREVIATED.search(f"{label}."):
        longer = MARK.stop.match(text, stop, begin + LONGEST)  # a title's stop is not the label's
        first = longer["label"].split()[0] if longer else ""
        if not longer or not first[:1].isupper() and first not in ARTICLES:
            break
        label, stop = f"{label}. {longer['label']}", longer.end()
    return label, stop


def _stop_dash(text: str, begin: int) -> _Form | None:
    """`NAME.- `, with an office in brackets after it or without."""
    if not MARK.dashed.search(text, begin, begin + LONGEST):
        return None
    match = MARK.stop_dash.match(text, begin, begin + LONGEST)
    if not match or "?" in match["label"]:
        return None
    office = f" {match['office']}" if match["office"] else ""
    return _Form(f"{match['label']}{office}", match.end(), "stop", "-")


def _dash(text: str, begin: int) -> _Form | None:
    stop = begin + LONGEST
    match = MARK.set_off.search(text, begin, stop) and DASH.match(text, begin, stop)
    if not match or MARK.clock_alone.match(text, match.end()):
        return None
    return _Form(match["label"], match.end(), "dash", match["mark"] or "tight")


def _asked(text: str, begin: int) -> _Form | None:
    """A word for a question or answer with its number: `Frage 3. Wann`, `问题二、`."""
    match = MARK.asked.match(text, begin, begin + REACH)
    if not match or role_word(match["label"]) not in ASKED:
        return None
    return _Form(match["label"], match.end(), "letter", match["mark"].strip())


def _gap(text: str, begin: int) -> _Form | None:
    spaced = MARK.spaced.search(text, begin, begin + REACH)
    match = MARK.gap.match(text, begin, begin + LONGEST) if spaced else None
    if not match or len(match["label"].rstrip(ENDING)) == 1:
        return None
    return _Form(match["label"], match.end(), "gap", "t" if "\t" in match["gap"] else "")


def _letter(text: str, begin: int) -> _Form | None:
    match = MARK.letter.match(text, begin)
    if not match or text.startswith((":", "："), match.end()):
        return None
    label, mark = match["label"] or match["alone"], (match["mark"] or "").replace(" ", "")
    if label.islower() or not (label[0].isupper() or mark or MARK.spaced.search(match[0])):
        return None
    return _Form(label, match.end(), "letter", "-" if "-" in mark or "–" in mark else mark)


def _alone(at: _At) -> Iterator[_Form]:
    text = at.row.text
    label, form = text[at.begin :].strip(), "heading" if at.row.line.heading else "alone"
    timed = MARK.time_after.search(label) if CLOCK_IN.search(label) else None
    if timed and timed.start() > 0:
        yield _Form(label, len(text), "timed")
    elif not ends_sentence(label) or label.endswith(SET_OFF_BY) or ABBREVIATED.search(label):
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
    """Whether nothing but signs stands before; `(Marlow: Shame!)` is what somebody calls out."""
    text = at.row.text.rstrip()
    bracketed = text[:start].strip(TRIM) and text.find(")", start) == len(text) - 1
    return start == at.begin or not (bracketed or text[:start].strip(" \t\xa0>[("))


def _set_in(text: str, form: str, start: int, stop: int) -> _Form:
    """The label in `text[start:stop]`, which may run on past it or end before its mark."""
    inner = _colon(text[start:stop], 0)
    if inner:
        return _Form(inner.label, start + inner.stop, form, ":")
    after = MARK.after_bold.match(text, stop)
    end = after.end() if after else stop
    mark = (after["mark"] or "")[:1] if after else ""
    return _Form(text[start:end].rstrip(TRIM + ":：.-–—―"), end, form, mark)


def _trimmed(text: str, found: _Form, time: str | None) -> tuple[str, int, str | None]:
    """The label without marks and time, where what is said begins, and the time."""
    label, stop = MARK.ago.sub("", found.label.strip(TRIM)), found.stop
    inner = MARK.time_after.search(label) if CLOCK_IN.search(label) else None
    if inner and inner.start() > 0:
        label, time = label[: inner.start()], inner["time"]
    set_off = not time and found.form not in ("alone", "timed")
    after = MARK.time_next.match(text, stop) if set_off else None
    if after and CLOCK_IN.search(text, stop, after.end()):
        stop, time = after.end(), after["time"]
    return *_asked_by(text, label.strip(TRIM).rstrip(",;"), stop), time


def _asked_by(text: str, label: str, stop: int) -> tuple[str, int]:
    """Add to a label the name in brackets that follows it: `Q: (Name, outlet) What ...`."""
    behind = MARK.bracket_next.match(text, stop)
    if behind and behind.end() < len(text) and role_word(label) in ASKED:
        name = read_label(whole := f"{label} {behind[1]}")
        if name.person or is_outlet(name.organisation or ""):
            return whole, behind.end()
    return label, stop


def _run_together(index: int, row: Row, at: _At) -> Iterator[Candidate]:
    """Labels in mid-paragraph; where there are several, what the row begins with may be one too."""
    inside = [*_inside(index, row, at.begin)]
    first = _colon(row.text, at.begin) if len(inside) >= LEAST_REPEATED else None
    if first and (label := first.label.strip(TRIM)):
        yield _midst(index, row, row.start, first.stop, label)
    yield from inside
    yield from _repeated_within(index, row, at.begin)
    for mark in MARK.answered.finditer(row.text, at.begin) if "---" in row.text else ():
        yield _midst(index, row, mark.start(), mark.end(), "---", "-")


def _repeated_within(index: int, row: Row, begin: int) -> Iterator[Candidate]:
    """Labels in mid-paragraph that no colon sets off: role words, and what comes back there."""
    found = [*MARK.within.finditer(row.text, begin)]
    often = Counter(str(match[match.lastgroup or 0]) for match in found)
    for match in found:
        form = match.lastgroup or ""
        label = str(match[form])
        if often[label] > 1 or role_word(label) in ASKED:
            yield _midst(index, row, match.start(form), match.end(), label.strip(TRIM), form)


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
            yield _midst(index, row, match.start("label"), match.end(), label)


def _with_clocks(
    page: Page, clocks: list[str | None], at: int, found: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Times on lines of their own belong to the label right above them, or right below."""
    above = clocks[at - 1] if at else None
    below = clocks[at + 1] if at + 1 < len(clocks) else None
    for c in found:
        clock, beside, style = above, at - 1, f"t|{c.style}"
        if above is None and c.alone:
            clock, beside, style = below, at + 1, f"{c.style}|t"
        if clock is None or c.time is not None or c.form == "inside" and above is not None:
            yield c
        else:
            covers = (page.rows[beside].number,)
            yield c._replace(time=seconds(clock), covers=covers, style=style)


def _above_names(page: Page) -> frozenset[int]:
    """Rows that only announce the name on the next: the same word each time, or its initials."""
    below: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for n, (a, b) in enumerate(pairwise(page.rows)):
        if len(a.text) <= SHORT:
            below[a.text.strip()].append((n, b.text.strip()))
    told = [n for word, found in below.items() if _announces(word, found) for n, _ in found]
    initials = [n for word, found in below.items() for n, name in found if _initials(name) == word]
    return frozenset(told + (initials if len(initials) >= LEAST_REPEATED else []))


def _announces(word: str, below: Sequence[tuple[int, str]]) -> bool:
    """Whether the lines after a line that comes back are all names, and not one name."""
    often = len(below) >= LEAST_REPEATED and len({name for _, name in below}) > 1
    return often and not role_word(word) and all(_may_be_name(name) for _, name in below)


def _may_be_name(text: str) -> bool:
    """Whether a line could be a name by its size, its first letter and its end."""
    few = len(text) <= LONGEST_OFFICE and len(text.split()) <= MOST_WORDS
    return few and text[:1].isupper() and not ends_sentence(text) and ":" not in text


def _initials(name: str) -> str:
    """First letters of a first name and a surname."""
    words = name.split()
    return f"{words[0][0]}{words[-1][0]}" if len(words) > 1 and _may_be_name(name) else ""


def _over_lines(
    page: Page, above: frozenset[int], found: Iterable[Candidate]
) -> Iterator[Candidate]:
    """Labels with the lines above that belong to them: an announcement, a title that runs on."""
    for c in found:
        if c.alone and c.row - 1 in above and not c.covers:
            yield c._replace(covers=(page.rows[c.row - 1].number,), style=f"{c.style}^")
        else:
            yield c
            yield from _longer(page, c)


def _longer(page: Page, c: Candidate) -> Iterator[Candidate]:
    """A label with one, two or three of the lines above, where it could begin there."""
    heads = _heads(page, c) if c.form in SET_APART and not c.covers else []
    for n in range(1, len(heads) + 1):
        label = " ".join([*(row.text.strip() for row in heads[-n:]), c.label])
        if heads[-n].gap and len(label) <= LONGEST:
            yield c._replace(label=label, covers=tuple(row.number for row in heads[-n:]))


def _heads(page: Page, c: Candidate) -> list[Row]:
    """The rows above a label with a colon that could be its beginning: they end in no sign."""
    last, heads = page.rows[c.row], list[Row]()
    if last.gap or not last.text[c.start : c.stop].rstrip().endswith(SET_OFF_BY):
        return heads
    for at in range(c.row - 1, max(-1, c.row - MOST_WORDS), -1):
        row, text = page.rows[at], page.rows[at].text.strip()
        below = heads[0] if heads else last
        alike = bool(row.line.bold) == bool(last.line.bold) and not below.gap
        if not alike or len(text) > LONGEST_OFFICE or not (text[-1].isalpha() or text[-1] in ",)"):
            break
        heads.insert(0, row)
    return heads


SET_APART = ("colon", "bold", "italic", "alone", "heading", "dash", "stop")
MEANS = (_colon, _bracket, _letter, _asked, _stop_dash, _stop, _dash, _gap)
