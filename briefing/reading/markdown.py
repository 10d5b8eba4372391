"""Markdown: the text as it would be shown, line for line, with its bold type and headings.

Only marks are taken away: emphasis, escapes, link targets, entities and inline tags. Lines
stay the lines of the file, so that a line number means the same in an editor. Emphasis is
paired within a paragraph, since bold type may run over a line's end; a mark without its
partner is a sign like any other and stays.
"""

from __future__ import annotations

import html
import re
from bisect import bisect, bisect_left
from dataclasses import dataclass

from briefing.reading.frontmatter import front_matter
from briefing.reading.lines import Line, tidy_spans
from briefing.reading.text import split_lines, split_rows

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
FENCE = re.compile(r" {0,3}(?:```|~~~)")
UNDERLINE = re.compile(r" {0,3}={3,}[ \t]*$")
QUOTED = re.compile(r"^ {0,3}>(?!>) ?")
LINK = re.compile(r"(?<!\\)!?\[([^\[\]]{0,999})\]\([^()\s]{0,2000}(?: +\"[^\"\n]{0,500}\")?\)")
TAG = re.compile(
    r"</?(?:a|abbr|b|big|br|center|cite|div|em|font|i|img|mark|p|q|s|small|span|strong|sub|sup|"
    r"time|u)(?=[\s/>])[^<>]{0,2000}>|<!--[^<>]{0,5000}-->",
    re.IGNORECASE,
)
AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
OPEN, SHUT = "\x02", "\x03"  # stand for <b> and </b>
TOKEN = re.compile(rf"\\([!-/:-@\[-`{{-~])|(\*+|_+|`+|{OPEN}|{SHUT})|&(?:#?\w{{1,31}});")
BOLD = frozenset(("**", "__", "***", OPEN))
EMPHASIS = re.compile(
    r"(?<![\\*\w])\*\*[^\s*][^*\n]{0,200}\*\*|(?<![\\_\w])__[^\s_][^_\n]{0,200}__"
)
ESCAPED = re.compile(r"\\[\[\]*_#]")


def looks_like_markdown(text: str) -> bool:
    """Whether `text` carries marks that plain text has no use for."""
    head = text[:200_000]
    rows = split_rows(head)
    if front_matter(rows)[0]:
        return True
    marked = [row for row in rows if "#" in row]
    headings = sum(bool(HEADING.match(row)) and len(row.split()) > 1 for row in marked)
    bold = len(EMPHASIS.findall(head)) if "**" in head or "__" in head else 0
    return headings + bold + len(ESCAPED.findall(head)) > 1


def read_markdown(text: str) -> tuple[list[Line], dict[str, str]]:
    """The lines of a Markdown text and what its front matter states."""
    lines = split_lines(text)
    n, metadata = front_matter([line.text for line in lines[:200]])
    for line in lines[:n]:
        line.outside = True
    paragraph: list[Line] = []
    fenced = False
    for line in lines[n:]:
        if FENCE.match(line.text):
            fenced, line.text = not fenced, ""
        elif not fenced and _goes_on(line, paragraph):
            continue
        _show(paragraph)
        paragraph = []
    _show(paragraph)
    return lines, metadata


def _goes_on(line: Line, paragraph: list[Line]) -> bool:
    """Take in a line of running text, and say so; deal with one that is none."""
    mark = HEADING.match(line.text)
    if mark:
        line.text, line.heading = _without_hashes(line.text[mark.end() :]), True
        _show([line])
    elif paragraph and UNDERLINE.match(line.text):
        line.text, paragraph[-1].heading = "", True
    elif line.text.strip():
        line.text = QUOTED.sub("", line.text, count=1)
        paragraph.append(line)
        return True
    return False


def _without_hashes(title: str) -> str:
    title = title.strip()
    bare = title.rstrip("#")
    return bare.rstrip() if not bare or bare[-1].isspace() else title


def _show(paragraph: list[Line]) -> None:
    """Put what a reader sees in the place of the marks."""
    if not paragraph:
        return
    joined = "\n".join(_without_break(line.text) for line in paragraph)
    joined = AUTOLINK.sub(r"\1", LINK.sub(_link, joined))
    shown, bold = _without_marks(TAG.sub(_tag, joined))
    texts = shown.split("\n")
    starts = [0]
    for text in texts:
        starts.append(starts[-1] + len(text) + 1)
    spans: list[list[tuple[int, int]]] = [[] for _ in texts]
    for start, stop in bold:
        for n in range(bisect(starts, start) - 1, bisect_left(starts, stop)):
            spans[n].append((max(start - starts[n], 0), min(stop - starts[n], len(texts[n]))))
    for line, text, found in zip(paragraph, texts, spans, strict=True):
        line.text, line.bold = text, tidy_spans(text, found)


def _without_break(text: str) -> str:
    return text.rstrip(" \t").removesuffix("\\")


def _link(match: re.Match[str]) -> str:
    return "" if match[0].startswith("!") else match[1]


def _tag(match: re.Match[str]) -> str:
    tag = match[0].lower()
    if tag.startswith("<br"):
        return " "
    bold = re.match(r"<(/?)(?:b|strong)[\s>]", tag)
    return "" if not bold else SHUT if bold[1] else OPEN


@dataclass(slots=True)
class _Mark:
    """A run of `*`, `_` or backticks: where it stands in the output, and what it can do."""

    sign: str
    at: int  # index among the output pieces
    opens: bool
    closes: bool


def _without_marks(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its marks, and the spans that they set in bold."""
    pieces: list[str] = []
    marks: list[_Mark] = []
    last = 0
    for match in TOKEN.finditer(text):
        pieces.append(text[last : match.start()])
        last = match.end()
        if match[2]:
            marks.append(_mark(text, match, len(pieces)))
        shown = match[1] or match[2] or html.unescape(match[0]).replace("\n", " ")
        pieces.append("" if shown in (OPEN, SHUT) else shown)
    pieces.append(text[last:])
    pairs = _pairs(marks)
    for one, other in pairs:
        pieces[one.at] = pieces[other.at] = ""
    return _assembled(pieces, sorted((a.at, b.at) for a, b in pairs if a.sign in BOLD))


def _mark(text: str, match: re.Match[str], at: int) -> _Mark:
    if match[2] in (OPEN, SHUT):
        return _Mark(OPEN, at, match[2] == OPEN, match[2] == SHUT)
    before, after = (
        text[match.start() - 1 : match.start()],
        text[match.end() : match.end() + 1],
    )
    opens = bool(after.strip()) and len(match[2]) <= 3
    closes = bool(before.strip()) and len(match[2]) <= 3
    if match[2][0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    return _Mark(match[2], at, opens, closes)


def _pairs(marks: list[_Mark]) -> list[tuple[_Mark, _Mark]]:
    """Each closing mark with the nearest opening one of its kind."""
    pairs: list[tuple[_Mark, _Mark]] = []
    waiting: list[_Mark] = []
    signs: dict[str, int] = {}
    for mark in marks:
        if mark.closes and signs.get(mark.sign):
            while (one := waiting.pop()).sign != mark.sign:
                signs[one.sign] -= 1
            signs[mark.sign] -= 1
            pairs.append((one, mark))
        elif mark.opens:
            waiting.append(mark)
            signs[mark.sign] = signs.get(mark.sign, 0) + 1
    return pairs


def _assembled(pieces: list[str], bold: list[tuple[int, int]]) -> tuple[str, list[tuple[int, int]]]:
    """The pieces as one text, and the bold ones as spans that do not overlap."""
    starts = [0]
    for piece in pieces:
        starts.append(starts[-1] + len(piece))
    spans: list[tuple[int, int]] = []
    for one, other in bold:
        if not spans or starts[one] > spans[-1][1]:
            spans.append((starts[one], starts[other]))
        else:
            spans[-1] = (spans[-1][0], max(spans[-1][1], starts[other]))
    return "".join(pieces), spans
