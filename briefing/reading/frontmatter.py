"""YAML front matter, as far as transcripts use it: `key: value`, quoted or folded.

Lists and nested values are passed over. What is kept is what the house can use: title,
date, source and language.
"""

from __future__ import annotations

import re

from briefing.dates import iso_date

KEY = re.compile(r"([A-Za-z][\w .-]{0,40}):(?:\s+(.*))?$")
NAMES = {
    "title": "title", "headline": "title", "date": "date", "published": "date",
    "published_time": "date", "pubdate": "date", "publish_date": "date", "event_date": "date",
    "source": "source", "publisher": "source", "source_url": "source", "url": "source",
    "link": "source", "permalink": "source", "canonical": "source",
    "lang": "language", "language": "language", "locale": "language",
}  # fmt: skip
ONLY_HERE = frozenset("tags author authors layout categories category draft slug summary".split())
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
ESCAPED = {
    "_": "\xa0",
    "n": " ",
    "t": "\t",
    "N": "\x85",
    "L": " ",
    "P": " ",
    "e": "",
    "0": "",
}


def front_matter(rows: list[str]) -> tuple[int, dict[str, str]]:
    """How many of the first rows are front matter, and what they state.

    (0, {}) where the text does not begin with a block between `---` lines that names
    something front matter names: a rule of hyphens also stands between turns.
    """
    if not rows or rows[0].rstrip() != "---":
        return 0, {}
    end = next((n for n, row in enumerate(rows[1:200], 1) if row.rstrip() in ("---", "...")), 0)
    stated = _entries(rows[1:end])
    if not any(key in NAMES or key in ONLY_HERE for key in stated):
        return 0, {}
    return end + 1, _wanted(stated)


def _entries(rows: list[str]) -> dict[str, str]:
    """Top-level keys with their values, rows that are indented added to the one above."""
    found: dict[str, str] = {}
    key = ""
    for row in rows:
        match = KEY.match(row)
        if match:
            key = match[1].lower()
            found[key] = (match[2] or "").strip()
        elif key and row[:1].isspace() and row.strip():
            found[key] = f"{found[key].strip()}\n{row.strip()}"
    return {key: _unquoted(value) for key, value in found.items()}


def _unquoted(value: str) -> str:
    if value[:1] in "|>" and value.partition("\n")[0] in ("|", ">", "|-", ">-", "|+", ">+"):
        value = value.partition("\n")[2]
    if len(value) > 1 and value[0] == value[-1] == '"':
        folded = value[1:-1].replace("\\\n", "").replace("\n", " ")
        return ESCAPE.sub(_escaped, folded)
    if len(value) > 1 and value[0] == value[-1] == "'":
        return value[1:-1].replace("''", "'").replace("\n", " ")
    return value.replace("\n", " ")


def _escaped(match: re.Match[str]) -> str:
    code = match[1]
    if code[0] in "xu" and len(code) > 1:
        return chr(int(code[1:], 16))
    return ESCAPED.get(code, code)


def _wanted(stated: dict[str, str]) -> dict[str, str]:
    wanted: dict[str, str] = {}
    for key, name in NAMES.items():
        value = " ".join(stated.get(key, "").split())
        if name == "date":
            value = iso_date(value)
        if value and name not in wanted:
            wanted[name] = value
    return wanted
