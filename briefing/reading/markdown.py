"""Markdown: the text as displayed, line by line, with its bold type and headings.

Only marks are removed: emphasis, escapes, link targets, entities and inline tags. Lines stay as in
the file, so that line numbers match those in an editor; Markdown packages give a page without them.
Emphasis is paired within a paragraph, since bold type may run over the end of a line; a mark
without a partner is an ordinary character and stays.

From front matter only title, date, source and language are kept, as `key: value`, quoted or folded.
Lists and nested values are skipped. The standard library cannot read YAML, and these few lines do
not need it.
"""

from __future__ import annotations

import html
import re
from bisect import bisect, bisect_left
from itertools import accumulate
from typing import NamedTuple

from briefing.reading.columns import Place, speakers_from_tables
from briefing.reading.lines import (
    FORMS,
    Line,
    set_outside,
    split_lines,
    split_rows,
    stated,
    tidy_spans,
    vocabulary,
)

HEADING = re.compile(r" {0,3}(#{1,6})(?:[ \t]+|$)")
FENCE = re.compile(r" {0,3}(?:```|~~~)")
UNDERLINE = re.compile(r" {0,3}={3,}[ \t]*$")
QUOTED = re.compile(r"^ {0,3}>(?!>) ?")
LINK = re.compile(r"(?<!\\)!?\[([^\[\]]{0,999})\]\([^()\s]{0,2000}(?: +\"[^\"\n]{0,500}\")?\)")
STYLE = re.compile(r"<(/?)(?:(b|strong)|em|i|cite)[\s>]")
AUTOLINK = re.compile(r"<((?:https?|mailto):[^<>\s]{1,2000})>")
OPEN, SHUT = "\x02", "\x03"  # stand for <b> and </b>
LEAN, UPRIGHT = "\x04", "\x05"  # stand for <i> and </i>
TAGS = {OPEN: SHUT, LEAN: UPRIGHT}
TOKEN = re.compile(
    rf"\\([!-/:-@\[-`{{-~])|(\*+|_+|`+|[{OPEN}{SHUT}{LEAN}{UPRIGHT}])|&(?:#?\w{{1,31}});"
)
BOLD = frozenset(("**", "__", "***", "___", OPEN))
ITALIC = frozenset(("*", "_", "***", "___", LEAN))
COMMENT_START, COMMENT_END = "<!--", "-->"
COMMENT = re.compile(r"\s*<!--")
SIGNS_BEFORE = " \t#>=`~"  # may begin a line that is not running text
MARKS = re.compile(rf"[\\*_`&<\[{OPEN}{SHUT}{LEAN}{UPRIGHT}]")
RULER = re.compile(r"\s*+\|?\s*+:?-{2,}:?\s*+(?:\|\s*+:?-{2,}:?\s*+)+\|?\s*$")
CELLS = re.compile(r"(?<!\\)\|")
ESCAPED = re.compile(r"\\[\[\]*_#]")


def looks_like_markdown(text: str) -> bool:
    """Whether `text` has marks that plain text would not."""
    head = text[:200_000]
    rows = split_rows(head)
    if front_matter(rows)[0]:
        return True
    marked = [row for row in rows if "#" in row]
    headings = sum(bool(HEADING.match(row)) and len(row.split()) > 1 for row in marked)
    bold = len(FORMS.emphasis.findall(head)) if "**" in head or "__" in head else 0
    return headings + bold + len(ESCAPED.findall(head)) > 1


def read_markdown(text: str) -> tuple[list[Line], dict[str, str]]:
    """The lines of a Markdown text and what its front matter states."""
    lines = split_lines(text)
    n, metadata = front_matter([line.text for line in lines[:200]])
    set_outside(lines[:n])
    body = lines[n:]
    if COMMENT_START in text:
        _hide_comments(body)
    _set_aside(body)
    _show_all([line for line in body if not line.outside])
    if "|" in text:
        _read_tables(body)
    return lines, metadata


def _hide_comments(lines: list[Line]) -> None:
    """Set `outside` on whole lines of comments, which no reader sees."""
    hidden: list[Line] = []
    for line in lines:
        if hidden or COMMENT.match(line.text):
            hidden.append(line)
            _, end, after = line.text.partition(COMMENT_END)
            set_outside(hidden if end and not after.strip() else ())
            hidden = [] if end else hidden


def _set_aside(body: list[Line]) -> None:
    """Set `outside` on boxes beside the text (callouts), unless most of the text is in them."""
    text = "\n".join(line.text for line in body)
    ends = [*accumulate(len(line.text) + 1 for line in body)]
    boxes = [match.span() for match in FORMS.box.finditer(text)]
    if 2 * sum(stop - start for start, stop in boxes) < len(text):
        for start, stop in boxes:
            set_outside(body[bisect(ends, start) : bisect(ends, stop - 1) + 1])


# Blocks


def _show_all(body: list[Line]) -> None:
    """Replace the marks by what a reader sees, paragraph by paragraph."""
    paragraph: list[Line] = []
    fenced = False
    for line in body:
        if line.text and line.text[0] not in SIGNS_BEFORE and not fenced:
            paragraph.append(line)
            continue
        if FENCE.match(line.text):
            fenced, line.text = not fenced, ""
        elif not fenced and _goes_on(line, paragraph):
            continue
        _show(paragraph)
        paragraph = []
    _show(paragraph)


def _goes_on(line: Line, paragraph: list[Line]) -> bool:
    """Add a line of running text and return True; handle any other line."""
    mark = HEADING.match(line.text)
    if mark:
        title = line.text[mark.end() :].strip()
        bare = title.rstrip("#")
        line.text = bare.rstrip() if not bare or bare[-1].isspace() else title
        line.heading = True
        _show([line])
    elif paragraph and UNDERLINE.match(line.text):
        line.text, paragraph[-1].heading = "", True
    elif line.text.strip():
        line.text = QUOTED.sub("", line.text, count=1)
        paragraph.append(line)
        return True
    return False


def _read_tables(lines: list[Line]) -> None:
    """Read the speakers from tables of talk, whose rows are lines."""
    end = 0
    for at, ruler in enumerate(lines):
        if at > end and RULER.match(ruler.text):
            rest = range(at + 1, len(lines))
            end = next((n for n in rest if "|" not in lines[n].text), len(lines))
            _read_rows([lines[at - 1], *lines[at + 1 : end]], ruler)


def _read_rows(rows: list[Line], ruler: Line) -> None:
    said = [[Line(cell) for cell in _cells(row.text)] for row in rows]
    places: list[Place | None] = [(0, n, k) for n, row in enumerate(said) for k in range(len(row))]
    speakers_from_tables([line for cells in said for line in cells], places)
    if not any(line.speaker for cells in said for line in cells):
        return
    ruler.outside = rows[0].outside = True
    for row, cells in zip(rows[1:], said[1:], strict=True):
        spoken = [cell for cell in cells if cell.speaker is not None and not cell.outside]
        row.outside = not spoken
        if len(spoken) == 1:
            cell, row.bold, row.italic = spoken[0], (), ()
            row.text, row.speaker, row.new = cell.text, cell.speaker, cell.new
            row.start_s, row.stop_s = cell.start_s, cell.stop_s


def _cells(text: str) -> list[str]:
    row = text.strip().removeprefix("|").removesuffix("|")
    return [cell.strip() for cell in CELLS.split(row)] if row else []


# Marks inside a paragraph

Stretches = list[tuple[int, int]]


def _show(paragraph: list[Line]) -> None:
    """Replace the marks by what a reader sees."""
    if not paragraph:
        return
    if len(paragraph) == 1 and (match := FORMS.bold_label.match(paragraph[0].text)):
        line = paragraph[0]
        line.text, line.bold = match[1] + match[2].rstrip(" \t"), ((0, len(match[1])),)
        return
    shown = "\n".join(line.text.rstrip(" \t").removesuffix("\\") for line in paragraph)
    bold: Stretches = []
    italic: Stretches = []
    if MARKS.search(shown):
        shown = AUTOLINK.sub(r"\1", LINK.sub(_link, shown))
        shown, bold, italic = _without_marks(FORMS.tag.sub(_tag, shown))
    texts = shown.split("\n")
    types = _by_line(texts, bold), _by_line(texts, italic)
    for line, text, strong, leaning in zip(paragraph, texts, *types, strict=True):
        line.text = text
        line.bold, line.italic = tidy_spans(text, strong), tidy_spans(text, leaning)


def _by_line(texts: list[str], spans: Stretches) -> list[Stretches]:
    """Convert the spans of a whole paragraph to spans of its lines."""
    starts = [*accumulate((len(text) + 1 for text in texts), initial=0)]
    parted: list[Stretches] = [[] for _ in texts]
    for start, stop in spans:
        for n in range(bisect(starts, start) - 1, bisect_left(starts, stop)):
            parted[n].append((max(start - starts[n], 0), min(stop - starts[n], len(texts[n]))))
    return parted


def _link(match: re.Match[str]) -> str:
    return _breaks(match[0]) if match[0].startswith("!") else match[1] + _breaks(match[0], match[1])


def _breaks(text: str, kept: str = "") -> str:
    """The line breaks of what is removed, so that lines stay those of the file."""
    return "\n" * (text.count("\n") - kept.count("\n"))


def _tag(match: re.Match[str]) -> str:
    tag = match[0].lower()
    breaks = _breaks(tag)
    if tag.startswith("<br"):
        return breaks or " "
    style = STYLE.match(tag)
    if not style:
        return breaks
    opening = OPEN if style[2] else LEAN
    return breaks + (TAGS[opening] if style[1] else opening)


class _Mark(NamedTuple):
    """A run of `*`, `_` or backticks: its place in the output, and whether it can open or close."""

    sign: str
    at: int  # index among the output pieces
    opens: bool
    closes: bool


def _without_marks(text: str) -> tuple[str, Stretches, Stretches]:
    """The text without its marks, and the spans they make bold and italic."""
    pieces: list[str] = []
    marks: list[_Mark] = []
    last = 0
    for match in TOKEN.finditer(text):
        pieces.append(text[last : match.start()])
        last = match.end()
        if match[2]:
            marks.append(_mark(text, match, len(pieces)))
        shown = match[1] or match[2] or html.unescape(match[0]).replace("\n", " ")
        pieces.append("" if OPEN <= shown <= UPRIGHT else shown)
    pieces.append(text[last:])
    pairs = _pairs(marks)
    for one, other in pairs:
        pieces[one.at] = pieces[other.at] = ""
    starts = [*accumulate(map(len, pieces), initial=0)]
    bold, italic = (
        sorted((starts[a.at], starts[b.at]) for a, b in pairs if a.sign in signs)
        for signs in (BOLD, ITALIC)
    )
    return "".join(pieces), bold, italic


def _mark(text: str, match: re.Match[str], at: int) -> _Mark:
    sign = match[2]
    for opening, closing in TAGS.items():
        if sign in (opening, closing):
            return _Mark(opening, at, sign == opening, sign == closing)
    before, after = text[match.start() - 1 : match.start()], text[match.end() : match.end() + 1]
    opens = bool(after.strip()) and len(sign) <= 3
    closes = bool(before.strip()) and len(sign) <= 3
    if sign[0] == "_":
        opens, closes = opens and not before.isalnum(), closes and not after.isalnum()
    return _Mark(sign, at, opens, closes)


def _pairs(marks: list[_Mark]) -> list[tuple[_Mark, _Mark]]:
    """Pair each closing mark with the nearest opening mark of its kind."""
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


# Front matter

KEY = re.compile(r"([A-Za-z][\w .-]{0,40}):(?:\s+(.*))?$")
FOLDED = re.compile(r"[|>][-+]?(?:\n|$)")
ESCAPE = re.compile(r"\\(x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|.)")
FRONT = vocabulary("front_matter")


def front_matter(rows: list[str]) -> tuple[int, dict[str, str]]:
    """How many of the first rows are front matter, and what they state.

    (0, {}) unless the text begins with a block between `---` lines with a key known from front
    matter: turns, too, may be separated by hyphens.
    """
    if not rows or rows[0].rstrip() != "---":
        return 0, {}
    end = next((n for n, row in enumerate(rows[1:200], 1) if row.rstrip() in ("---", "...")), 0)
    given = _entries(rows[1:end])
    lists = (*vocabulary("stated").values(), FRONT["only_here"])
    known = any(key in names for names in lists for key in given)
    return (end + 1, stated(given)) if known else (0, {})


def _entries(rows: list[str]) -> dict[str, str]:
    """Top-level keys with their values; an indented row continues the one above."""
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
    """A value without quotation marks or folds."""
    value = value[folded.end() :] if (folded := FOLDED.match(value)) else value
    if len(value) > 1 and value[0] == value[-1] == '"':
        return ESCAPE.sub(_escaped, value[1:-1].replace("\\\n", "").replace("\n", " "))
    if len(value) > 1 and value[0] == value[-1] == "'":
        value = value[1:-1].replace("''", "'")
    return value.replace("\n", " ")


def _escaped(match: re.Match[str]) -> str:
    code = match[1]
    return chr(int(code[1:], 16)) if len(code) > 1 else FRONT["escapes"].get(code, code)
