"""Timed text: logs with time stamps, captions, CHAT transcripts and Praat TextGrids.

`seconds` reads a time. `stamped` takes speakers out of cues and rows (`Ann Lee: `,
`[SPEAKER_00]: `): programs stamp every stretch, whether or not the speaker changes, so it counts as
a stamp only if nearly every stretch has one. `read_log` reads text whose entries begin with a time
as machines write it (a date and a time of day, two times or two numbers, frames in braces) and a
name, in either order. A label where somebody begins to speak, and a single time before it, are left
to the parser. Each line of the text stays one line, without its stamp, so that line numbers match
those in an editor.

Captions (WebVTT, SubRip, SubStation, SBV, SAMI) seldom name the speakers. These do: voice tags
(`<v Ann Lee>`), a name as a cue's identifier or beside it, a name at the beginning of a cue
(`Ann Lee: `), `>>` or a dash at a change of speaker, and labels in the text, which stay there.
In a player's transcript panel that was pasted, each row has a time; rows without one are titles of
chapters.
Captions with none of these are refused, since every turn would be invented. A cue whose timing is
damaged keeps its text; nothing between the cues is dropped.

In CHAT a main tier `*ABC:` is speech by participant ABC and continues on lines that begin with a
tab. Headers (`@`) and dependent tiers (`%`) are outside the talk. The marks of the transcription
(pauses, overlaps, lengthening) are text and stay.

An interval tier in a TextGrid holds what one person says. Point tiers, and tiers that divide the
intervals of another (into words or sounds), add nothing and are left out.
"""

from __future__ import annotations

import html
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from briefing.lexicons import iso_date
from briefing.reading.lines import (
    FORMS,
    Line,
    Spoken,
    file_rows,
    said_lines,
    split_rows,
    vocabulary,
)
from briefing.tables import BriefingError

CLOCK_TIME = re.compile(
    r"(?:(\d{1,4})[:;])?(\d{1,3})[:;](\d{1,2}(?:[.,]\d{1,9})?)(?:[:;](\d{1,3}))?$"
)
PLAIN = re.compile(r"(\d{1,16}(?:[.,]\d{1,20})?)\s*(?:s|sec|secs|seconds)?$", re.IGNORECASE)
AFTERNOON = frozenset("p下後후")
POINT_IN_TIME = re.compile(r"\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}")
OBJECT = re.compile(r'\{\s*(?:["}]|$)')  # not `{\an8}`, the place of a caption
HOURS = (3600, 60, 1)


def seconds(written: str) -> float | None:
    """Seconds from the start, or None if `written` is not a time.

    A time of day counts from midnight.

    >>> seconds("1H 27M 53S"), seconds("00:01:02,500"), seconds("2:18"), seconds("noon")
    (5273.0, 62.5, 138.0, None)
    >>> seconds("2:18 PM"), seconds("오전 9:05")
    (51480.0, 32700.0)
    """
    written = written.strip(" \t[]()")
    if len(written) > 40 or not written[:1].strip():
        return None
    for pattern, parts in ((CLOCK_TIME, HOURS), (PLAIN, (1,)), (FORMS.units_of_time, HOURS)):
        match = pattern.match(written)
        if match and any(match.groups()):
            found = zip(match.groups(), parts, strict=False)
            total = sum(float((n or "0").replace(",", ".")) * size for n, size in found)
            return round(total, 6)
    return _of_day(written) or _dated(written)


def _of_day(written: str) -> float | None:
    """Seconds from midnight of a time on the 24-hour clock, or with a.m. or p.m. beside it."""
    match = FORMS.day_time.match(written)
    if not match:
        return None
    before, hours, minutes, rest, after = match.groups()
    half = (before or after or "uhr").casefold()
    past = int(hours) if half == "uhr" else int(hours) % 12 + 12 * bool(AFTERNOON & set(half))
    return float(past * 3600 + int(minutes) * 60 + int(rest or 0))


FASTEST = 30  # characters a second: nobody speaks a whole text so fast
EARLIEST = 5 * 60  # no briefing before five in the morning; times from zero are a recording's


def clocks_of_day(starts: Sequence[float], characters: int) -> bool:
    """Whether times in two parts, read as minutes and seconds, must be hours and minutes.

    `characters` is how many are said between the first and the last of `starts`.
    """
    first, last = min(starts, default=0), max(starts, default=0)
    too_fast = 0 < FASTEST * (last - first) < characters
    return too_fast and first >= EARLIEST and last < 24 * 60


def _dated(written: str) -> float | None:
    """A date and time in seconds; only differences between two of them mean anything."""
    if not POINT_IN_TIME.match(written):
        return None
    try:
        return datetime.fromisoformat(written.replace("Z", "+00:00")).timestamp()
    except ValueError:
        return None


MOST = 0.7  # share of stretches that must begin with stamps
ALL = 0.95
LONGEST = 8  # words of a name


def stamped(texts: list[str]) -> list[tuple[str | None, str]] | None:
    """The stamp of each text, if any, and the rest of it; None if the texts have no stamps.

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
    match = FORMS.stamp.match(text)
    name = " ".join(next((part for part in match.groups() if part), "").split()) if match else ""
    if not match or not name or len(name.split()) > LONGEST:
        return None, text
    return name, text[match.end() :].strip().removesuffix("</v>")


def unstamped(said: list[Spoken]) -> list[Spoken]:
    """Give rows without speakers the names that all their texts begin with."""
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
RULED = re.compile(r"\s*([=_*#-])\1{9,}\s*$")  # the program's own words follow
NAMES = ("sender", "plain", "in_square", "in_angle")
OF_DAY = ("dated", "sent", "noon")
OF_PROGRAM = "\u200e"  # precedes messages of the program itself
LEAST = 3
SHARE = 0.3  # of lines with text that must begin an entry
TAILED = 0.6  # share of entries or lines that must end with a time
LOOKED_AT = 400


class _Head(NamedTuple):
    """Who begins to speak on a line, when, and what is said on it."""

    name: str
    start: float | None
    of_day: bool  # whether the time is a time of day
    text: str


def looks_like_log(text: str) -> bool:
    """Whether many lines begin with a program's stamp and a name, and some name is repeated."""
    rows = [row for row in split_rows(text[:200_000])[:LOOKED_AT] if row.strip()]
    heads = [head for row in rows if (head := _head(row))]
    names = {head.name for head in heads}
    return len(heads) >= max(LEAST, SHARE * len(rows)) and len(names) < len(heads)


def read_log(text: str) -> list[Line]:
    """The lines of a log; those of its entries have speakers and times."""
    rows = file_rows(text)
    heads = [_head(row) for row in rows]
    lines = [*_log_lines(rows, heads)]
    times = [line.start_s for line in lines if line.start_s is not None]
    if any(head and head.of_day for head in heads):
        in_order = times == sorted(times)  # if not, midnight came between
        for line in lines:
            if line.start_s is not None:
                line.start_s = line.start_s - times[0] if in_order else None
    without_tails(lines)
    return lines


def _end_of_log(rows: list[str], heads: list[_Head | None]) -> int:
    """Where the program's own words begin: at a rule below the last message."""
    last = max((n for n, head in enumerate(heads) if head), default=0)
    return next((n for n in range(last + 1, len(rows)) if RULED.match(rows[n])), len(rows))


def _log_lines(rows: list[str], heads: list[_Head | None]) -> Iterator[Line]:
    speaker: str | None = None
    start: float | None = None
    new, end = False, _end_of_log(rows, heads)
    for n, (row, head) in enumerate(zip(rows, heads, strict=True)):
        service = SERVICE.match(row) and (not head or head.text.startswith(OF_PROGRAM))
        if service or n >= end:
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


def without_tails(lines: list[Line]) -> None:
    """Remove time marks from the ends of lines, if nearly all lines with text have one."""
    spoken = [line for line in lines if line.text.strip() and not line.outside]
    tails = [FORMS.tail.search(line.text[-40:]) for line in spoken]
    if sum(map(bool, tails)) < max(LEAST, TAILED * len(spoken)):
        return
    before: float | None = 0.0
    for line, tail in zip(spoken, tails, strict=True):
        if tail:
            line.text = line.text[: len(line.text) - len(tail[0])]
            line.stop_s = seconds(tail[1]) if tail[1] else None
            if tail[1] and line.start_s is None:
                line.start_s, before = before, line.stop_s


VOICE = re.compile(r"<v(?:\.[^\s<>]{0,99})?\s+([^<>]{1,200})>|(</v>)")
CHANGE = re.compile(r"(?:(?<=\s)|^)>{2,3}(?!>)\s*")
LABEL = re.compile(r"\W{0,3}[^\W\d_][^:：<>]{0,60}[:：](?!\d|//)")
NAMED_TIME = re.compile(r"[^>\n]{1,40}-->\s*[\d:.,]{5,15}\s+[\[(]([^\[\]()\n]{1,60})[\])]\s*$")
NAMED_CUE = re.compile(r"\d{1,6}\s+\"([^\"]{1,100})\"(?:\s*\(\d{1,12}\))?\s*$")
COUNT = re.compile(r"\d{1,6}\s*[-–.:)]\s+(?=[^\W\d_])")  # before a name beside a cue's number
DASH = re.compile(r"[-–—]\s*(?=[^\W\d_]|[\"“'(\[¿¡…♪])")
SETTINGS = re.compile(r"(?:[A-Za-z]\w{0,20}:\S{1,40}\s*+)+")  # how a cue is shown
STYLES = vocabulary("stamps")["styles"].keys()
SYNC = re.compile(r"<sync\s[^<>]{0,99}?start\s*=\s*[\"']?(\d{1,10})[^<>]{0,99}>", re.IGNORECASE)
SOURCE = re.compile(r"(?i)<p\s[^<>]{0,99}\bid\s*=\s*[\"']?source\b[^<>]{0,99}>([^<>]{1,99})")
TAG = re.compile(r"<[^<>]{0,300}>")
NOT_CUES = ("WEBVTT", "NOTE", "STYLE", "REGION", "X-TIMESTAMP")
REPEATS = 0.25  # share of cues that must repeat the row before for captions to count as rolling up
NEAR = 0.2  # seconds
USUAL_RATE = 25.0  # frames a second where none is stated


@dataclass(slots=True)
class _Cue:
    """The rows shown between two times."""

    start_s: float | None
    stop_s: float | None
    rows: list[str] = field(default_factory=list)
    identifier: str = ""


def read_captions(text: str, name: str) -> tuple[list[Line], dict[str, str], list[str]]:
    """The lines with their times, what the header states, and warnings."""
    around: list[Line] = []
    rows = split_rows(text)
    head = text[:100].lstrip("\ufeff \r\n").lower()
    read = _substation if head.startswith("[script info]") else _cues
    read = _panel if looks_like_panel(text) else read
    cues = (_sami if head.startswith("<sami") else read)(rows, around)
    warnings = _without_repeats(cues)
    warnings += _with_speakers(cues)
    lines = [line for cue in cues for line in _cue_lines(cue)]
    mark_changes(lines)
    if not _tells_speakers(lines):
        raise BriefingError.of("nobody named in captions", name=name)
    return around + lines, _header(around), warnings


def looks_like_panel(text: str) -> bool:
    """Whether each row has a time of its own, on it or above it, and few rows begin with names."""
    beside: list[Line] = []
    cues = _panel(split_rows(text[:200_000]), beside)
    said = [cue.rows[0].replace("**", "") for cue in cues if cue.rows]
    enough = len(said) > max(4, MOST * len(cues), 2 * len(beside)) and bool(cues[-1].rows)
    return enough and not stamped(said)


def _panel(rows: list[str], around: list[Line]) -> list[_Cue]:
    """The cues of a list in which every row has its time; other rows are added to `around`."""
    cues: list[_Cue] = []
    rate = USUAL_RATE
    for row in rows:
        if time := FORMS.panel_time.match(row):
            clock, text = time[1] or time[2], row[time.end() :].strip()
            if time[3] and not cues and (stated := seconds(text)):
                rate = stated
                continue
            start = seconds(clock) if clock else int(time[3]) / rate
            if cues:
                cues[-1].stop_s = start
            cues.append(_Cue(start, None, text.split("|") if text else []))
        elif cues and not cues[-1].rows and row.strip():
            cues[-1].rows += [] if seconds(row) is not None else [row]  # spelt out, too
        elif row.strip():
            around.append(Line(row, outside=True))
    return cues


def _sami(rows: list[str], around: list[Line]) -> list[_Cue]:
    """The cues of a SAMI file, each shown until the next."""
    head, *parts = SYNC.split(" ".join(rows))
    around.append(Line(TAG.sub(" ", head).strip(), outside=True))
    cues: list[_Cue] = []
    for start, body in zip(parts[::2], parts[1::2], strict=True):
        source = SOURCE.search(body)
        said = re.split(r"(?i)<br\s{0,9}/?>", SOURCE.sub("", body))
        shown = [text for row in said if _plain(text := " ".join(TAG.sub(" ", row).split()))]
        if cues:
            cues[-1].stop_s = cues[-1].stop_s or int(start) / 1000
        if shown:
            name = " ".join(html.unescape(source[1]).split()) if source else ""
            cues.append(_Cue(int(start) / 1000, None, [_voiced(name, shown[0]), *shown[1:]]))
    return cues


def _substation(rows: list[str], around: list[Line]) -> list[_Cue]:
    """The cues of a SubStation file in order; its other lines are added to `around`."""
    shown: list[dict[str, str]] = []
    columns: list[str] = []
    for row in rows:
        key, _, value = row.partition(":")
        if key == "Format":
            columns = [name.strip().lower() for name in value.split(",")]
        if key != "Dialogue":
            around.append(Line(row, outside=True))
            continue
        cells = value.split(",", max(0, len(columns) - 1))
        shown.append({key: cell.strip() for key, cell in zip(columns, cells, strict=False)})
    return sorted(_styled(shown), key=lambda cue: cue.start_s or 0.0)


def _styled(shown: list[dict[str, str]]) -> Iterator[_Cue]:
    """Cues with the names they give; where none does, with those of styles that are names."""
    names = [cells.get("name") or cells.get("actor") or "" for cells in shown]
    if not any(names):
        styles = [cells.get("style", "") for cells in shown]
        voices = [s if STYLES.isdisjoint(re.split(r"[\W\d_]+", s.lower())) else "" for s in styles]
        named = sum(map(bool, voices)) >= MOST * len(voices) and len({*voices} - {""}) > 1
        names = voices if named else names
    for name, cells in zip(names, shown, strict=True):
        said = cells.get("text", "").replace("\\n", "\\N").split("\\N")
        said[0] = _voiced(name, said[0])
        yield _Cue(seconds(cells.get("start", "")), seconds(cells.get("end", "")), said)


def objects_in_cues(text: str) -> list[dict[str, Any]]:
    """What cues hold that are JSON objects, each with its times; nothing of other captions."""
    rows = [row.strip() for row in text[:2000].splitlines() if row.strip()]
    objects = any("-->" in above and OBJECT.match(row) for above, row in pairwise(rows))
    cues = _cues(split_rows(text), []) if objects else []
    return [{**_held(" ".join(cue.rows)), "start_s": cue.start_s, "stop_s": cue.stop_s}
            for cue in cues]  # fmt: skip


def _held(said: str) -> dict[str, Any]:
    """The object that a cue holds, or other words as its text."""
    with suppress(ValueError):
        value = json.loads(said)
        return value if isinstance(value, dict) else {"text": said}
    return {"text": said}


def _cues(rows: list[str], around: list[Line]) -> list[_Cue]:
    """The cues in order; anything around them is added to `around`."""
    cues: list[_Cue] = []
    for block in _blocks(rows):
        times = [at for at, row in enumerate(block) if FORMS.cue_times.match(row)]
        if not cues and not times or block[0].startswith(NOT_CUES) and (not times or not cues):
            around.extend(Line(row, outside=True) for row in block[: times[0] if times else None])
            block, times = (block[times[0] :], [t - times[0] for t in times]) if times else ([], [])
        _take(block, times, cues)
    return cues


def _take(block: list[str], times: list[int], cues: list[_Cue]) -> None:
    """Add the cues of a block; rows before its first time belong to the cue before."""
    first = _identifier(block, times[0], 0) if times else len(block)
    if cues:
        cues[-1].rows.extend(block[:first])
    for at, then in pairwise([*times, len(block)]):
        start, stop = (stamp for stamp in FORMS.cue_times.findall(block[at])[0] if stamp)
        end = _identifier(block, then, at + 1) if then < len(block) else then
        rows = block[at + 1 : end]
        named = NAMED_TIME.match(block[at]) or (NAMED_CUE.match(block[at - 1]) if at else None)
        beside = FORMS.cue_times.sub("", block[at], count=1).strip()
        if beside and not named and not SETTINGS.fullmatch(beside):
            rows = [beside, *rows]
        if named and rows:
            rows[0] = _voiced(named[1], rows[0])
        above = COUNT.sub("", block[0].strip()) if at == first + 1 == 1 else ""
        cues.append(_Cue(seconds(start), seconds(stop), rows, above))


def _identifier(block: list[str], time: int, start: int) -> int:
    """Where the cue timed in row `time` begins: one row up if that holds its number."""
    above = time - 1
    if above < start:
        return time
    is_one = block[above].strip().isdecimal() or bool(NAMED_CUE.match(block[above]))
    return above if is_one or time == 1 and start == 0 else time


def _blocks(rows: list[str]) -> Iterator[list[str]]:
    parts = groupby(rows, key=lambda row: bool(row.strip("\ufeff \t")))
    return ([*block] for filled, block in parts if filled)


def _without_repeats(cues: list[_Cue]) -> list[str]:
    """Remove rows that are shown again as captions roll up, if those of this file do."""
    if not _roll_up(cues):
        return []
    last, end, dropped = "", 0.0, 0
    for cue in cues:
        kept = [row for row in cue.rows if _plain(row)]
        near = cue.start_s is None or cue.start_s - end < NEAR
        near = near or len(kept) > 1  # the row above repeats the one before
        again = bool(kept) and near and _plain(kept[0]) == last
        cue.rows = kept[again:]
        dropped += again
        last = _plain(kept[-1]) if kept else last
        end = cue.stop_s or end
    return [f"captions that roll up: {dropped} rows shown a second time were left out."]


def _roll_up(cues: list[_Cue]) -> bool:
    """Whether many cues repeat the last row of the cue before, above a new one."""
    rows = ([*filter(None, map(_plain, cue.rows))] for cue in cues)
    shown = pairwise(filter(None, rows))
    repeats = sum(len(now) > 1 and now[0] == before[-1] for before, now in shown)
    return repeats >= max(3, REPEATS * len(cues))


def _voiced(name: str, row: str) -> str:
    """A row with a voice tag in front, if there is a voice."""
    return row if not name else f"<v {html.escape(name, quote=False)}>{row}"


def _with_speakers(cues: list[_Cue]) -> list[str]:
    """Turn the names at the head of all cues into voice tags, or dashes into changes of speaker."""
    if any("<v" in row and VOICE.search(row) for cue in cues for row in cue.rows):
        return []
    if _are_names([cue.identifier for cue in cues]):
        for cue in cues:
            cue.rows[:1] = [_voiced(cue.identifier, row) for row in cue.rows[:1]]
        return []
    spoken = [cue for cue in cues if cue.rows]
    found = stamped([_plain(cue.rows[0]) for cue in spoken])
    if found is None:
        return _with_dashes(cues)
    _name_rows(spoken, [name for name, _ in found])
    return []


def _are_names(identifiers: list[str]) -> bool:
    """Whether the lines above the times of cues name speakers: words that are repeated."""
    named = [one for one in identifiers if re.search(r"[^\W\d_]", one)]
    return len(named) > 2 and len(named) == len(identifiers) and len({*named}) <= MOST * len(named)


def _names_below(cues: list[_Cue]) -> set[str]:
    """Names at the head of later rows of cues: repeated ones, and those of two words or more."""
    rows = (_plain(row) for cue in cues for row in cue.rows[1:])
    often = Counter(stamp(row)[0] for row in rows if LABEL.match(row) and _is_short(row))
    return {name for name, n in often.items() if name and (n > 1 or name.istitle() and " " in name)}


def _name_rows(cues: list[_Cue], heads: list[str | None]) -> None:
    """Turn the names in the rows of cues into voice tags; each holds until the next.

    `heads` has the name in the first row of each cue, if there is one.
    """
    names, voice = {*filter(None, heads)} | _names_below(cues), ""
    for cue, head in zip(cues, heads, strict=True):
        for at, row in enumerate(cue.rows):
            own, said = stamp(_plain(row))
            if own not in names or (at == 0 and not head):
                own, said = None, _plain(row)
            voice = own or voice
            cue.rows[at] = _voiced(voice, html.escape(said, quote=False))


def _with_dashes(cues: list[_Cue]) -> list[str]:
    """Take dashes at the head of rows as changes of speaker, if nothing else marks them."""
    rows = [_plain(row) for cue in cues for row in cue.rows]
    labels = sum(bool(LABEL.match(row)) and _is_short(row) for row in rows)
    if labels > 1 or any(CHANGE.search(row) for row in rows):
        return []
    if sum(bool(DASH.match(row)) for row in rows) < 3:
        return []
    for cue in cues:
        cue.rows = [html.escape(DASH.sub(">> ", _plain(row), count=1)) for row in cue.rows]
    return ["a dash at the head of a row was taken for a change of speaker."]


def _plain(row: str) -> str:
    if "<" not in row and "&" not in row and "{" not in row:
        return row.strip()
    return html.unescape(FORMS.cue_markup.sub("", row)).strip()


def _cue_lines(cue: _Cue) -> Iterator[Line]:
    """A line for each row, and for each voice or change of speaker within a row."""
    voice: str | None = None
    for row in cue.rows:
        for spoken, voice in _by_voice(row, voice):  # noqa: B020 (carried to the next row)
            for at, part in enumerate(CHANGE.split(_plain(spoken))):
                if part.strip():
                    yield Line(
                        part.strip(), speaker=voice, new=at > 0,
                        start_s=cue.start_s, stop_s=cue.stop_s,
                    )  # fmt: skip


def _by_voice(row: str, voice: str | None) -> Iterator[tuple[str, str | None]]:
    """The parts of a row, each with its voice; the last may be empty."""
    last = 0
    for tag in VOICE.finditer(row) if "<" in row else ():
        if row[last : tag.start()].strip():
            yield row[last : tag.start()], voice
        voice = " ".join(html.unescape(tag[1]).split()) if tag[1] else None
        last = tag.end()
    yield row[last:], voice


def mark_changes(lines: list[Line]) -> None:
    """Mark where a new voice begins; each new speaker begins a paragraph."""
    voice: str | None = None
    for line in lines:
        line.new = line.new or (line.speaker is not None and line.speaker != voice)
        voice = line.speaker or voice
        line.gap = int(line.new)


def _tells_speakers(lines: list[Line]) -> bool:
    labels = (line for line in lines if LABEL.match(line.text) and _is_short(line.text))
    return any(line.new for line in lines) or len([*labels]) > 1


def _is_short(text: str) -> bool:
    """Whether a row begins with a name and a colon: a few words, only short ones in lower case."""
    words = re.split("[:：]", text, maxsplit=1)[0].strip("-–—[]() ").split()
    return len(words) <= 8 and all(not w[0].islower() or len(w) < 4 for w in words)


def _header(around: list[Line]) -> dict[str, str]:
    """Title and language, if a WebVTT header has them."""
    texts = [line.text for line in around[:20]]
    titles = (text[6:].strip(" \t-–") for text in texts if text.startswith("WEBVTT"))
    codes = (text[9:].strip() for text in texts if text.startswith("Language:"))
    return {"title": next(titles, ""), "language": next(codes, "")}


TIER = re.compile(r"\*([A-Za-z][\w+-]{0,20}):[ \t]?")
TIMES = re.compile(r"\s?\x15\s?(\d{1,10})_(\d{1,10})-?\s?\x15|\s?\x15[^\x15\n]{0,200}\x15")
UNSEEN = re.compile("[\x01-\x08\x0e-\x1f]")
EVENT = re.compile(r"&=([\w:]{1,80})|\[=! ([^\[\]]{1,80})\]")  # done, not said


def read_chat(text: str) -> tuple[list[Line], dict[str, str]]:
    """The lines of a CHAT file, with its language, date and title."""
    rows = file_rows(text)
    headers = _headers(rows)
    names = _participants(headers.get("Participants", ""))
    lines: list[Line] = []
    speaker: str | None = None
    outside = True
    for row in rows:
        tier = TIER.match(row)
        if tier:
            now = names.get(tier[1], tier[1])
            lines.append(_spoken(row[tier.end() :], now, new=now != speaker))
            speaker, outside = now, False
        elif row[:1] in ("\t", " ") and not outside:
            lines.append(_spoken(row[1:], speaker, new=False))
        else:
            outside = row[:1] not in ("\t", " ") or outside
            lines.append(Line(UNSEEN.sub("", row), outside=True))
    return lines, _stated(headers)


def _spoken(row: str, speaker: str | None, *, new: bool) -> Line:
    """A line of a main tier, with its times taken out of the text."""
    times = [match for match in TIMES.finditer(row) if match[1]]
    text = EVENT.sub(r"((\1\2))", UNSEEN.sub("", TIMES.sub(" ", row)).strip())
    line = Line(text, speaker=speaker, new=new)
    if times:
        line.start_s, line.stop_s = int(times[0][1]) / 1000, int(times[-1][2]) / 1000
    return line


def _headers(rows: list[str]) -> dict[str, str]:
    """What each header says, with its continuation lines; the first of each name."""
    found: dict[str, str] = {}
    name = ""
    for row in rows:
        if row.startswith("@"):
            name, _, value = row[1:].partition(":")
            name = name if name not in found else ""
            found.setdefault(name, value.strip())
        elif name and row[:1] == "\t":
            found[name] += " " + row.strip()
        else:
            name = ""
    return found


def _participants(stated: str) -> dict[str, str]:
    """`GRI Nick_Griffin Participant` is Nick Griffin; without a name, the role is used."""
    entries = (entry.split()[:2] for entry in stated.split(","))
    return {entry[0]: entry[1].replace("_", " ") for entry in entries if len(entry) > 1}


def _stated(headers: dict[str, str]) -> dict[str, str]:
    date = headers.get("Date", "")
    return {
        "title": headers.get("Title", ""),
        "date": iso_date(date) or iso_date(date.replace("-", " ")),
        "language": headers.get("Languages", "").replace(",", " ").split(" ")[0],
    }


TEXTGRID_TIER = re.compile(r'"(IntervalTier|TextTier)"')
NAME = re.compile(r'\s*(?:name\s*=\s*)?"((?:[^"]|"")*)"')
SAME = 0.8  # share of a tier's words that another must hold too


def read_textgrid(text: str) -> list[Line]:
    """What the tiers of a TextGrid say, in order of time."""
    kept: list[list[Spoken]] = []
    for tier in sorted(filter(None, _tiers(text)), key=len):
        if not any(_repeats(tier, other) for other in kept):
            kept.append(tier)
    said = sorted((one for tier in kept for one in tier), key=lambda one: one.start_s or 0)
    return said_lines(said)


def _tiers(text: str) -> Iterator[list[Spoken]]:
    starts = [*TEXTGRID_TIER.finditer(text)]
    ends = [match.start() for match in starts[1:]] + [len(text)]
    for match, end in zip(starts, ends, strict=False):  # one end too many without tiers
        named = NAME.match(text, match.end())
        found = FORMS.interval.finditer(text, named.end(), end) if named else ()
        if named and match[1] == "IntervalTier":
            said = ((one[3].replace('""', '"').strip(), one) for one in found)
            yield [Spoken(text, named[1], float(at[1]), float(at[2])) for text, at in said if text]


def _repeats(tier: list[Spoken], longer: list[Spoken]) -> bool:
    """Whether a tier divides what another holds in longer intervals."""
    whole = " ".join(one.text for one in longer).split()
    words = " ".join(one.text for one in tier).split()
    known = set(whole)
    return len(tier) > len(longer) and sum(w in known for w in words) >= SAME * len(words)
