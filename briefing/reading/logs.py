"""Text whose entries a program stamped: chat exports, recognisers' logs, marks of players.

Each entry begins with a time as machines write it (a date and a clock, two clocks or two
numbers, frames in braces) and the name of who speaks, or with a name and such a time. Single
clocks in front of a name are left to the parser: people write those, too. A line of the text
is a line here, without its stamp, so that line numbers mean the same in an editor.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from briefing.reading.lines import Line
from briefing.reading.text import split_rows
from briefing.reading.times import seconds

DATE = r"(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{2,4})"
CLOCK = r"\d{1,2}:\d{2}(?::\d{2})?(?:[.,:;]\d{1,3})?"
NOON = r"(?:[ \u202f\xa0]?[AaPp]\.?[Mm]\.?)"
NAME = r"[^\W\d_][^:：\[\](){}<>\n\t]{0,60}?"
DATED = rf"\[?{DATE},?[T ]\s?(?P<dated>{CLOCK}{NOON}?)(?:Z|[+-]\d\d:?\d\d)?\]?(?:\s*[-–—])?"
NUMBER = r"\d{1,6}(?:\.\d{1,6})?"
SPAN = (
    rf"[\[(]?(?P<from>{CLOCK}|{NUMBER}(?=\s*-|\t))"
    rf"\s*(?:-->|[-–—]|\t|,(?=\s))\s*(?:{CLOCK}|{NUMBER})[\])]?(?:\s*,)?"
)
FRAMES = r"(?:\{\d{1,8}\}\{\d{1,8}\}|\[\d{1,8}\]\[\d{1,8}\])"
MARK = r"#(?P<mark>\d{1,2}:\d{2}:\d{2}-\d)#"
WHO = (
    rf"(?:\[(?P<in_square>{NAME}|\w[\w ]{{0,40}})\]\s*[:：]?|<(?P<in_angle>{NAME})>\s*[:：]?|"
    rf"(?P<plain>{NAME})\s*[:：](?!\d|//))"
)
SENT = rf"\s*(?P<sent>{CLOCK})\s+[Ff]rom\s+(?P<sender>{NAME})(?:\s+[Tt]o\s+[^:\n]{{1,60}})?\s*[:：]"
HEADS = (
    re.compile(rf"[\s\u200e\u200f]*{DATED}\s*[Ff]rom\s+(?P<sender>{NAME})(?:\s+[Tt]o\s+[^:\n]{{1,60}})?\s*[:：]\s*"),
    re.compile(rf"{SENT}\s*"),
    re.compile(rf"[\s\u200e\u200f]*(?:{DATED}|{SPAN}|{FRAMES}|{MARK})\s*{WHO}\s*"),
    re.compile(rf"\s*\[(?P<in_square>{NAME})\]\s+(?P<sent>{CLOCK})\s*$"),
    re.compile(rf"\s*(?P<plain>{NAME})\s*[-–—]?\s+(?:{DATED}|(?P<noon>{CLOCK}{NOON}))\s*$"),
)  # fmt: skip
PARTS = ("sender", "plain", "in_square", "in_angle")
OF_DAY = ("dated", "sent", "noon")
OF_PROGRAM = "\u200e"  # stands before what a program says itself
SERVICE = re.compile(rf"[\s\u200e\u200f]*{DATED}\s")  # a line of the program's own
TAIL = re.compile(r"\s*#(\d{1,2}:\d{2}:\d{2})-\d#\s*$|\s+\[\d{1,4}(?:\.\d{1,2})?\]\s*$")
LEAST = 3
SHARE = 0.3  # of lines with text that begin an entry
TAILED = 0.6  # share of entries or lines whose end is marked
LONGEST = 8  # words of a name
LOOKED_AT = 400


class _Head(NamedTuple):
    """Who begins on a line, when, and what is said on it."""

    name: str
    start: float | None
    of_day: bool  # it is the time of day
    text: str


def looks_like_log(text: str) -> bool:
    """Whether many lines begin with a program's stamp and a name, and one name comes back."""
    rows = [row for row in split_rows(text[:200_000])[:LOOKED_AT] if row.strip()]
    heads = [head for row in rows if (head := _head(row))]
    names = {head.name for head in heads}
    return len(heads) >= max(LEAST, SHARE * len(rows)) and len(names) < len(heads)


def read_log(text: str) -> list[Line]:
    """The lines of a log, those of entries with their speakers and times."""
    rows = split_rows(text)
    if len(rows) > 1 and not rows[-1]:
        rows.pop()
    heads = [_head(row) for row in rows]
    lines = [*_lines(rows, heads)]
    if any(head and head.of_day for head in heads):
        _from_the_first(lines)
    without_tails(lines)
    return lines


def _from_the_first(lines: list[Line]) -> None:
    """Times of day as seconds from the first one; none where midnight is between them."""
    times = [line.start_s for line in lines if line.start_s is not None]
    in_order = times == sorted(times)
    for line in lines:
        if line.start_s is not None:
            line.start_s = line.start_s - times[0] if in_order else None


def _lines(rows: list[str], heads: list[_Head | None]) -> Iterator[Line]:
    speaker: str | None = None
    start: float | None = None
    new = False
    for row, head in zip(rows, heads, strict=True):
        if SERVICE.match(row) and (not head or head.text.startswith(OF_PROGRAM)):
            yield Line(row, outside=True)
            continue
        if head:
            speaker, start, new = head.name, head.start, True
        text = head.text if head else row.strip()
        if head and not text:
            yield Line("")
            continue
        yield Line(text, speaker=speaker, new=new and bool(text), start_s=start)
        new = new and not text


def _head(row: str) -> _Head | None:
    """The stamp at the beginning of a line, if there is one."""
    if len(row) > 20_000 or not any(sign in row[:200] for sign in ":}\t-"):
        return None
    for pattern in HEADS:
        match = pattern.match(row)
        if match:
            found = match.groupdict()
            name = " ".join(next((found[part] for part in PARTS if found.get(part)), "").split())
            of_day = next((found[part] for part in OF_DAY if found.get(part)), "")
            time = found.get("from") or (found.get("mark") or "").partition("-")[0]
            if name and len(name.split()) <= LONGEST:
                start = _of_day(of_day) if of_day else seconds(time)
                return _Head(name, start, bool(of_day), row[match.end() :].strip())
    return None


def _of_day(written: str) -> float:
    """Seconds from midnight."""
    parts = [float(part) for part in re.findall(r"\d+", written)[:3]]
    hours = parts[0] % 12 + 12 * ("p" in written.lower()) if written[-1] in "mM." else parts[0]
    return sum(n * size for n, size in zip([hours, *parts[1:]], (3600, 60, 1), strict=False))


def without_tails(lines: list[Line]) -> None:
    """Take marks of time from the end of lines, where nearly all that say something have one."""
    spoken = [line for line in lines if line.text.strip() and not line.outside]
    tails = [TAIL.search(line.text[-40:]) for line in spoken]
    if sum(map(bool, tails)) < max(LEAST, TAILED * len(spoken)):
        return
    before: float | None = 0.0
    for line, tail in zip(spoken, tails, strict=True):
        if tail:
            line.text = line.text[: len(line.text) - len(tail[0])]
            line.stop_s = seconds(tail[1]) if tail[1] else None
            if tail[1] and line.start_s is None:
                line.start_s, before = before, line.stop_s
