"""Stamps that programs write: times, and speakers at the head of every stretch, row or entry.

`seconds` reads a time. `stamped` takes speakers out of cues and rows (`Ann Lee: `,
`[SPEAKER_00]: `): programs stamp each of them, whether somebody else speaks or the same person
goes on, and only where nearly every stretch has a stamp is it one. `read_log` reads text whose
entries begin with a time as machines write it (a date and a clock, two clocks or two numbers,
frames in braces) and a name, or with a name and such a time. A label that stands where somebody
begins to speak, and a single clock in front of it, are left to the parser. A line of the text is
a line here, without its stamp, so that line numbers mean the same in an editor.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import datetime
from typing import NamedTuple

from briefing.reading.lines import Line, Spoken, file_rows, split_rows, vocabulary

CLOCK_TIME = re.compile(r"(?:(\d{1,4}):)?(\d{1,3}):(\d{1,2}(?:[.,]\d{1,9})?)(?::(\d{1,3}))?$")
PLAIN = re.compile(r"(\d{1,16}(?:[.,]\d{1,20})?)\s*(?:s|sec|secs|seconds)?$", re.IGNORECASE)
UNITS = re.compile(
    r"(?:P?T)?\s*+(?:(\d{1,5})\s*h(?:ours?|rs?)?)?\s*+(?:(\d{1,6})\s*m(?:in(?:ute)?s?)?)?"
    r"\s*+(?:(\d{1,8}(?:[.,]\d{1,9})?)\s*s(?:ec(?:ond)?s?)?)?$",
    re.IGNORECASE,
)
POINT_IN_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
HOURS = (3600, 60, 1)


def seconds(written: str) -> float | None:
    """Seconds from the start, or None where `written` is no time.

    >>> seconds("1H 27M 53S"), seconds("00:01:02,500"), seconds("2:18"), seconds("noon")
    (5273.0, 62.5, 138.0, None)
    """
    written = written.strip(" \t[]()")
    if len(written) > 40 or not written[:1].strip():
        return None
    for pattern, parts in ((CLOCK_TIME, HOURS), (PLAIN, (1,)), (UNITS, HOURS)):
        match = pattern.match(written)
        if match and any(match.groups()):
            found = zip(match.groups(), parts, strict=False)
            total = sum(float((n or "0").replace(",", ".")) * size for n, size in found)
            return round(total, 6)
    return _dated(written)


def _dated(written: str) -> float | None:
    """A point in time, as seconds of the calendar; only differences mean anything."""
    if not POINT_IN_TIME.match(written):
        return None
    try:
        return datetime.fromisoformat(written.replace("Z", "+00:00")).timestamp()
    except ValueError:
        return None


STAMP = re.compile(
    r"\s*(?:[-–—]\s+)?(?:\[([^\[\]\n]{1,60})\]\s*[:：]?|\(([^()\n]{1,60})\)\s*[:：]?|"
    r"<(?:v\s+)?([^<>\n]{1,60})>\s*[:：]?|([^\W\d_][^:：<>\[\]\n]{0,60}?)(?:\s*[:：](?!\d|//)|\s+[-–—]\s))\s*"
)
MOST = 0.7  # share of stretches with a stamp that makes it one
ALL = 0.95
LONGEST = 8  # words of a name


def stamped(texts: list[str]) -> list[tuple[str | None, str]] | None:
    """Each text's stamp, if it has one, and the rest of it; None where texts have no stamps.

    >>> stamped(["[S1]: Good day.", "[S1]: We begin.", "[S2]: Why?"])
    [('S1', 'Good day.'), ('S1', 'We begin.'), ('S2', 'Why?')]
    """
    found = [stamp(text) for text in texts]
    often = Counter(name for name, _ in found if name)
    n = often.total()
    if n < 3 or n < MOST * len(texts) or len(often) > 0.75 * n:
        return None
    everywhere = n >= ALL * len(texts)
    kept: list[tuple[str | None, str]] = []
    for text, (name, rest) in zip(texts, found, strict=True):
        known = name is not None and (everywhere or often[name] > 1 or name[0].isupper())
        kept.append((name, rest) if known else (None, text.strip()))
    return kept if sum(name is not None for name, _ in kept) >= MOST * len(texts) else None


def stamp(text: str) -> tuple[str | None, str]:
    """The name at the head of a text, if there is one, and the rest."""
    match = STAMP.match(text)
    name = " ".join(next((part for part in match.groups() if part), "").split()) if match else ""
    if not match or not name or len(name.split()) > LONGEST:
        return None, text
    return name, text[match.end() :].strip().removesuffix("</v>")


def unstamped(said: list[Spoken]) -> list[Spoken]:
    """Rows without speakers whose texts all begin with a name, which is taken out of them."""
    if any(one.speaker is not None for one in said):
        return said
    found = stamped([one.text for one in said])
    if not found or not any(one.start_s is not None for one in said):
        return said
    named, speaker = [], None
    for one, (name, rest) in zip(said, found, strict=True):
        speaker = name or speaker
        named.append(one._replace(speaker=speaker, text=rest, new=name is not None))
    return [one for one in named if one.text]


SHAPES = vocabulary("stamps")
PARTS: dict[str, str] = {}
for _part, _shape in SHAPES["parts"].items():
    PARTS[_part] = _shape % PARTS
HEADS = tuple(re.compile(shape % PARTS) for shape in SHAPES["heads"])
SERVICE = re.compile(SHAPES["service"][0] % PARTS)
NAMES = ("sender", "plain", "in_square", "in_angle")
OF_DAY = ("dated", "sent", "noon")
OF_PROGRAM = "\u200e"  # stands before what a program says itself
TAIL = re.compile(
    r"(?:(?<!\s)\s+)?#(\d{1,2}:\d{2}:\d{2})-\d#\s*$|(?<!\s)\s+\[\d{1,4}(?:\.\d{1,2})?\]\s*$"
)
LEAST = 3
SHARE = 0.3  # of lines with text that begin an entry
TAILED = 0.6  # share of entries or lines whose end is marked
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
    rows = file_rows(text)
    heads = [_head(row) for row in rows]
    lines = [*_lines(rows, heads)]
    times = [line.start_s for line in lines if line.start_s is not None]
    if any(head and head.of_day for head in heads):
        in_order = times == sorted(times)  # or else midnight is between them
        for line in lines:
            if line.start_s is not None:
                line.start_s = line.start_s - times[0] if in_order else None
    without_tails(lines)
    return lines


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
        if match := pattern.match(row):
            found = match.groupdict()
            name = " ".join(next((found[part] for part in NAMES if found.get(part)), "").split())
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
    return sum(n * size for n, size in zip([hours, *parts[1:]], HOURS, strict=False))


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
