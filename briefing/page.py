"""The page around the talk: how lines make paragraphs, and what is furniture.

A saved page has more on it than the briefing: navigation, running heads, pagers, end marks.
What the format marks as such (`Line.outside`) is taken at its word; the rest is told by
signs that hold for any page: a line that comes back at the edge of page after page, a line
that holds nothing but signs, a clock time, or a pager.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from briefing.labels import CLOCK, ends_sentence
from briefing.reading import Line

RULE = re.compile(r"\W+$|[\W_]*(?:0{2,3}|#+)[\W_]*$")
PAGER = re.compile(
    r"[\W_]*(?:(?:page|seite|página|pagina)\s*)?\d{1,4}(?:\s*(?:/|of|von|de|di)\s*\d{1,4})?[\W_]*$|"
    r"[<>«»‹›|\s\d\xa0.…]*(?:prev(?:ious)?|next|more|first|last)?[<>«»‹›|\s\d\xa0.…]+$",
    re.IGNORECASE,
)
SHOWN_TIME = re.compile(
    rf"[\W_]*(?:(?:end|ends|start|begin|began|time)\b[\W_]*)?{CLOCK}\s*(?:[ap]\.?\s?m\.?)?"
    r"(?:\s*\(?(?:local time|[A-Z]{2,5})\)?)?[\W_]*$",
    re.IGNORECASE,
)
END_MARK = re.compile(
    r"[\W_\d]*(?:end|ends|end of (?:transcript|briefing|press conference|document|text|call)|"
    r"\(?end\)?|fin|fine|ende|koniec|конец|完|完了|以上|inaudible\?|adjourned|"
    r"transcript ends|briefing ends|conclusion)[\W_\d]*(?:\d.*)?$",
    re.IGNORECASE,
)
CRUMB = re.compile(r"\S.*\s(?:>|›|»|→|::)\s|^\s*(?:home|startseite|inicio|accueil)\b.{0,80}$", re.I)


@dataclass(slots=True)
class Row:
    """A line that holds something, with its surroundings."""

    number: int  # index of the line
    line: Line
    gap: int  # blank lines before it
    paragraph: bool  # begins a paragraph
    ruled: bool = False  # stands right below a line of signs

    @property
    def text(self) -> str:
        """The line's text."""
        return self.line.text


def rows(lines: list[Line]) -> tuple[list[Row], bool]:
    """The lines with something on them, and whether lines are broken by width alone."""
    kept: list[Row] = []
    gap = 1
    for number, line in enumerate(lines):
        if not line.text.strip() or line.outside:
            gap += not line.text.strip()
            continue
        ruled = bool(kept) and _is_rule(kept[-1].text)
        kept.append(Row(number, line, max(gap, line.gap), True, ruled))
        gap = 0
    wrapped, double = _wrapping(kept)
    if wrapped:
        _mark_paragraphs(kept, double)
    return kept, wrapped


def _wrapping(kept: list[Row]) -> tuple[bool, bool]:
    """Whether one line goes on in the next, and whether a blank line stands between."""
    near = [(a, b) for a, b in zip(kept, kept[1:], strict=False) if b.gap == 0]
    apart = [(a, b) for a, b in zip(kept, kept[1:], strict=False) if b.gap == 1]
    double = _run_on(apart, 0.4)
    return double or _run_on(near), double and len(apart) > 2 * len(near)


def _run_on(pairs: list[tuple[Row, Row]], share: float = 0.25) -> bool:
    if len(pairs) < 3:
        return False
    on = sum(b.text.lstrip()[:1].islower() and not ends_sentence(a.text) for a, b in pairs)
    return on >= share * len(pairs)


def _mark_paragraphs(kept: list[Row], double: bool) -> None:
    margins = Counter(_indent(row.text) for row in kept)
    margin = min((i for i, n in margins.items() if n >= 0.1 * len(kept)), default=0)
    for before, row in zip([None, *kept], kept, strict=False):
        indented = _indent(row.text) >= margin + 2
        after_title = before is not None and before.line.heading != row.line.heading
        row.paragraph = before is None or indented or after_title or row.gap > int(double)


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip())


def furniture(kept: list[Row]) -> set[int]:
    """Numbers of the lines that are page furniture wherever they stand."""
    found = {row.number for row in kept if _is_rule(row.text)}
    pages: dict[int, list[Row]] = {}
    for row in kept:
        if row.line.page is not None:
            pages.setdefault(row.line.page, []).append(row)
    if len(pages) > 1:
        edges = [(row, _shape(row.text)) for page in pages.values() for row in _edge(page)]
        often = Counter(shape for _, shape in edges)
        least = max(2, len(pages) // 2)
        found |= {
            row.number
            for row, shape in edges
            if often[shape] >= least and not ends_sentence(row.text) and not _mid_sentence(row.text)
        }
    return found


def _is_rule(text: str) -> bool:
    signs = text.strip()
    if signs[:1].isalpha() or len(signs) >= 200:
        return False
    return bool(RULE.match(signs)) and "?" not in text


def _mid_sentence(text: str) -> bool:
    """Whether a line is one of talk, broken by width: it begins small or holds many small words."""
    words = text.split()
    return text.lstrip()[:1].islower() or sum(w.islower() for w in words) > 6


def _edge(page: list[Row]) -> list[Row]:
    return page if len(page) < 5 else page[:2] + page[-2:]


def _shape(text: str) -> str:
    return re.sub(r"\d+", "#", " ".join(text.casefold().split()))


def is_pager(text: str) -> bool:
    """True for `< 1 2`, `Page 3 of 27`, `- 4 -`."""
    return len(text) < 60 and any(c.isdigit() for c in text) and bool(PAGER.match(text.strip()))


def is_time(text: str) -> bool:
    """True for a line that holds a clock time and nothing else."""
    return len(text) < 60 and bool(SHOWN_TIME.match(text.strip()))


def is_end(text: str) -> bool:
    """True for END, (END), ###, 1:32 P.M. EDT and the like."""
    plain = " ".join(text.split())
    return len(plain) < 60 and bool(END_MARK.match(plain)) or is_time(plain)
