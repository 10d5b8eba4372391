"""CHAT transcripts (CLAN, TalkBank): tiers with codes, names in the header, times in marks.

A main tier `*ABC:` is speech of the participant ABC, and goes on over lines that begin with
a tab. Headers (`@`) and dependent tiers (`%`) are about the talk and stand outside it. The
marks of the transcription (pauses, overlaps, lengthening) are text and stay.
"""

from __future__ import annotations

import re

from briefing.dates import iso_date
from briefing.reading.lines import Line
from briefing.reading.text import split_rows

TIER = re.compile(r"\*([A-Za-z][\w+-]{0,20}):[ \t]?")
TIMES = re.compile(r"\s?\x15\s?(\d{1,10})_(\d{1,10})-?\s?\x15|\s?\x15[^\x15\n]{0,200}\x15")
UNSEEN = re.compile("[\x01-\x08\x0e-\x1f]")


def read_chat(text: str) -> tuple[list[Line], dict[str, str]]:
    """The lines of a CHAT file, and its language, date and title."""
    rows = split_rows(text)
    if len(rows) > 1 and not rows[-1]:
        rows.pop()
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
    """A line of a main tier, its times taken out of the text and out of their marks."""
    times = [match for match in TIMES.finditer(row) if match[1]]
    text = UNSEEN.sub("", TIMES.sub(" ", row)).strip()
    line = Line(text, speaker=speaker, new=new)
    if times:
        line.start_s, line.stop_s = int(times[0][1]) / 1000, int(times[-1][2]) / 1000
    return line


def _headers(rows: list[str]) -> dict[str, str]:
    """What each header says, the lines that carry it on included; the first of its name."""
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
    """`GRI Nick_Griffin Participant` is Nick Griffin; without a name, the role stands in."""
    names = {}
    for entry in stated.split(","):
        code, *rest = entry.split()[:3] or [""]
        if rest:
            names[code] = rest[0].replace("_", " ")
    return names


def _stated(headers: dict[str, str]) -> dict[str, str]:
    date = headers.get("Date", "")
    stated = {
        "title": headers.get("Title", ""),
        "date": iso_date(date) or iso_date(date.replace("-", " ")),
        "language": headers.get("Languages", "").replace(",", " ").split(" ")[0],
    }
    return {name: value for name, value in stated.items() if value}
