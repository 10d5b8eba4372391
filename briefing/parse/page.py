"""The page around the talk: how lines make paragraphs, and what is furniture.

A page has more on it than the briefing: running heads, page and line numbers, rules. What the
format marks as such (`Line.outside`) is taken at its word. The rest is told by signs that hold
for any page: a column of numbers that count the lines, a line that comes back at the edge of page
after page or with only its number counting on, a line that holds nothing but signs. What may be
speech is left to the judgements that are learnt.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from briefing.lexicons import Patterns
from briefing.lexicons.cues import ends_sentence
from briefing.lexicons.names import is_voice, role_word
from briefing.parse.values import Row
from briefing.reading.lines import Line

RULE = re.compile(r"[\W_]+$|[\W_]*(?:0{2,3}|#+)[\W_]*$")
MARK = Patterns("marks")
LINE_NUMBER = re.compile(r"\s{0,12}(\d{1,3})(?:[.)]?\s+|\s*$)")
NUMBER = re.compile(r"\d+")
CLOCK_IN = re.compile(r"\d:\d\d|\d\.\d\d\sUhr|[Kk]lo?\.?\s\d\d?\.\d\d|\d\s?[h時时点點시]\s?\d\d")
LEAST_NUMBERED = 8  # lines with a number in front: fewer are a list
NUMBERED_SHARE = 0.5  # of all lines
MOST_LINES = 60  # lines of a numbered page at most: a higher number is no line's
BESIDE = 0.8  # share of a line's places that must be beside a running foot
LEAST_REPEATS = 3  # times that a line comes back before it is furniture
RUN_ON_SHARE = 0.25  # of lines that go on in the next: then lines are broken by width
RUN_ON_DOUBLE = 0.4  # the same where a blank line stands between
HANGING = 0.3  # share of lines that are set in and go on from the line before
FULL = 2  # characters that a full line may lack in a script that breaks anywhere
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\u3001\uff0c]")
LONGEST_SIGNS = 200  # characters of a line that holds nothing but signs
LONGEST_FOOTER = 120  # characters of a running head or foot
SENTENCE_WORDS = 6  # small words: more of them make a line of talk


@dataclass(frozen=True, slots=True)
class Page:
    """The lines of a source that may be speech or label, and the stretches that are not."""

    lines: Sequence[Line]
    rows: tuple[Row, ...]
    furniture: tuple[tuple[int, int, int], ...]  # (line, start, stop)
    wrapped: bool  # lines are broken by width alone
    stamps: frozenset[int] = frozenset()  # lines that hold only a time: nobody says them


def see_page(lines: Sequence[Line]) -> Page:
    """The rows of a source and its furniture."""
    starts = line_numbers(lines)
    junk = _furniture(lines, starts)
    furniture = [(n, 0, len(lines[n].text)) for n in sorted(junk)]
    furniture += [(n, 0, start) for n, start in starts.items() if start and n not in junk]
    rows, wrapped, stamps = _rows(lines, starts, junk)
    return Page(lines, rows, tuple(sorted(furniture)), wrapped, stamps)


def clock(row: Row) -> str | None:
    """The time that a row holds and nothing else; none is told by how long ago it was."""
    match = CLOCK_IN.search(row.text, 0, 60) and MARK.clock_alone.match(row.text, row.start)
    return match["time"] if match else "" if MARK.long_ago.match(row.text, row.start, 60) else None


def line_numbers(lines: Sequence[Line]) -> dict[int, int]:
    """Where the text of each line begins that has a number printed in front; empty if none are.

    The numbers count the lines of a page: most follow the one before by one, or begin again.
    """
    found = [(n, m) for n, line in enumerate(lines) if (m := LINE_NUMBER.match(line.text))]
    holding = sum(bool(line.text.strip()) for line in lines)
    if len(found) < max(LEAST_NUMBERED, NUMBERED_SHARE * holding):
        return {}
    values = [int(m[1]) for _, m in found]
    steps = sum(b == a + 1 or b == 1 for a, b in pairwise(values))
    if steps < 2 * len(values) // 3:
        return {}
    return {n: match.end() for n, match in found if int(match[1]) <= MOST_LINES}


def _rows(
    lines: Sequence[Line], starts: dict[int, int], junk: set[int]
) -> tuple[tuple[Row, ...], bool, frozenset[int]]:
    """The rows; whether lines were broken by width; the lines that hold only a time."""
    kept: list[Row] = []
    gap = 1
    for number, line in enumerate(lines):
        start = starts.get(number, 0)
        if line.outside or number in junk:
            continue
        if not line.text[start:].strip():
            gap += 1
            continue
        kept.append(Row(number, line, start, max(gap, line.gap), True, line.text))
        gap = 0
    times = [row.number for row in kept if clock(row) is not None]
    stamps = frozenset(times if len(times) >= LEAST_REPEATS else ())
    said = [row for row in kept if row.number not in stamps]
    wrapped, double = _wrapping(said, numbered=bool(starts))
    return tuple(_paragraphs(kept, double) if wrapped else kept), wrapped, stamps


def _wrapping(kept: list[Row], *, numbered: bool) -> tuple[bool, bool]:
    """Whether one line goes on in the next, and whether a blank line stands between."""
    near = [(a, b) for a, b in pairwise(kept) if b.gap == 0]
    apart = [(a, b) for a, b in pairwise(kept) if b.gap == 1]
    double = _run_on(apart, RUN_ON_DOUBLE)
    wide = numbered and len(apart) > len(near)
    far = double and len(apart) > 2 * len(near)
    return double or numbered or _run_on(near, RUN_ON_SHARE), far or wide


def _run_on(pairs: list[tuple[Row, Row]], share: float) -> bool:
    if len(pairs) < LEAST_REPEATS:
        return False
    widest = max(len(a.text) for a, _ in pairs)
    return sum(_goes_on(a, b, widest) for a, b in pairs) >= share * len(pairs)


def _goes_on(a: Row, b: Row, widest: int) -> bool:
    """Whether a line goes on in the next: small, or from a full line of a script without."""
    if ends_sentence(a.text):
        return False
    first = b.text[b.start :].lstrip()[:1]
    full = len(a.text) >= widest - FULL
    return first.islower() or full and bool(UNSPACED.match(first) and UNSPACED.match(a.text[-1:]))


def _paragraphs(kept: list[Row], double: bool) -> Iterable[Row]:
    indents = [len(row.text) - len(row.text[row.start :].lstrip()) for row in kept]
    margins = Counter(indents)
    margin = min((i for i, n in margins.items() if n >= 0.1 * len(kept)), default=0)
    hanging = _hanging(kept, indents, margin)
    voices = [MARK.voice.match(row.text, row.start) is not None for row in kept]
    marked = sum(voices) >= LEAST_REPEATS
    before: Row | None = None
    for row, indent, voice in zip(kept, indents, voices, strict=True):
        after_title = before is not None and before.line.heading != row.line.heading
        set_off = (indent < margin + 2) is hanging
        begins = before is None or set_off or after_title or voice and marked
        begins = begins or row.gap > int(double)
        yield row._replace(paragraph=begins)
        before = row


def _hanging(kept: Sequence[Row], indents: Sequence[int], margin: int) -> bool:
    """Whether paragraphs begin at the margin, and what goes on is set in."""
    inner = [pair for pair, i in zip(pairwise(kept), indents[1:], strict=True) if i >= margin + 2]
    return sum(_goes_on(a, b, 0) for a, b in inner) > HANGING * len(kept)


def _furniture(lines: Sequence[Line], starts: dict[int, int]) -> set[int]:
    """Numbers of the lines that are page furniture wherever they stand."""
    said = {n for n, at in starts.items() if lines[n].text[at:].strip()}
    rules = {n for n, line in enumerate(lines) if _is_rule(line.text)} - said
    feet = {n for n, line in enumerate(lines) if _is_number(line.text)} - said - rules
    feet |= _counting(lines, starts) | _edges(lines)
    return rules | feet | (_neighbours(lines, feet) if feet else set())


def _counting(lines: Sequence[Line], starts: dict[int, int]) -> set[int]:
    """Lines that come back with only a number changed that counts on."""
    shapes: dict[str, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        if _may_be_foot(line) and n not in starts and NUMBER.search(line.text):
            shapes[shape(line.text)].append(n)
    shown = ((here, [lines[n].text for n in here]) for here in shapes.values())
    return {n for here, texts in shown if _often(texts) and _counts_on(texts) for n in here}


def _often(texts: list[str]) -> bool:
    """Whether a line occurs three times, or twice with its number set apart from the words."""
    return len(texts) + sum(map(bool, map(MARK.number_apart.search, texts))) >= LEAST_REPEATS


def _may_be_foot(line: Line) -> bool:
    return not line.outside and 0 < len(line.text) <= LONGEST_FOOTER


def _neighbours(lines: Sequence[Line], feet: set[int]) -> set[int]:
    """Lines that come back beside a running foot, or beside such a line, and seldom elsewhere."""
    order = [n for n, line in enumerate(lines) if line.text.strip() and not line.outside]
    most = max(Counter(shape(lines[n].text) for n in feet).values(), default=0)
    often = _coming_back(lines, {*order} - feet, max(2, most // 2))
    found, more = {*feet}, feet
    while more:
        near = set().union(*(pair for pair in pairwise(order) if not found.isdisjoint(pair)))
        beside = (here & near for here in often if len(here & near) >= BESIDE * len(here))
        more = set().union(*beside) - found
        found |= more
    return found - feet


def _coming_back(lines: Sequence[Line], numbers: set[int], least: int) -> list[set[int]]:
    """The lines that stand there `least` times or more, by what they say."""
    forms: dict[str, set[int]] = defaultdict(set)
    for n in numbers:
        said = _is_talk(lines[n].text) and not NUMBER.search(lines[n].text)
        if _may_be_foot(lines[n]) and not said:
            forms[shape(lines[n].text)].add(n)
    return [here for here in forms.values() if len(here) >= least]


def _counts_on(texts: list[str]) -> bool:
    """Whether the lines are the same but for a number that counts on from one to the next."""
    first = texts[0].split()[:1]
    if any(map(CLOCK_IN.search, texts)) or is_voice(texts[0]) or any(map(role_word, first)):
        return False
    numbers = [[int(n) for n in NUMBER.findall(text)] for text in texts]
    return any(
        all(0 < b - a <= LEAST_REPEATS for a, b in pairwise(column))
        for column in zip(*numbers, strict=True)
    )


def _edges(lines: Sequence[Line]) -> set[int]:
    """Lines that come back at the head or foot of page after page."""
    pages: dict[int, list[int]] = defaultdict(list)
    for n, line in enumerate(lines):
        if line.page is not None and line.text.strip() and not line.outside:
            pages[line.page].append(n)
    # the first two lines of a page and the last two
    edges = {n: shape(lines[n].text) for page in pages.values() for n in page[:2] + page[-2:]}
    often, least = Counter(edges.values()), max(2, len(pages) // 2)
    again = (n for n, form in edges.items() if often[form] >= least)
    return {n for n in again if not _is_talk(lines[n].text)} if len(pages) > 1 else set()


def _is_talk(text: str) -> bool:
    """Whether a line is one of talk, broken by width: it begins small or holds many small words."""
    small = sum(w.islower() for w in text.split())
    return ends_sentence(text) or text.lstrip()[:1].islower() or small > SENTENCE_WORDS


def _is_rule(text: str) -> bool:
    signs = text.strip()
    fits = 0 < len(signs) < LONGEST_SIGNS and not signs[0].isalpha() and "?" not in signs
    return fits and bool(RULE.match(signs))


def _is_number(text: str) -> bool:
    """Whether a line is a page number (not the end of a sentence) or a running head."""
    return is_pager(text) and text.rstrip()[-1] not in ".?!" or bool(MARK.running_head.match(text))


def shape(text: str) -> str:
    """A line with its numbers levelled, to see it come back."""
    return NUMBER.sub("#", " ".join(text.casefold().split()))


def is_pager(text: str) -> bool:
    """True for `< 1 2`, `Page 3 of 27`, `- 4 -`."""
    plain = text.strip()
    short = len(plain) < 60 and NUMBER.search(plain)
    return bool(short and (MARK.page_number.match(plain) or MARK.pager.match(plain)))
