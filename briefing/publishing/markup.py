"""HTML that everybody can use, out of the HTML that notebooks hold.

Tables are built again (see `grids`), headings get names to link to, links to other notebooks
lead to their pages, and what lies outside of the site is named, not linked. Every picture is
in the page itself and has words. Scripts and style sheets that outputs bring along are left
out: a page has one style of its own, and needs no script.
"""

from __future__ import annotations

import base64
import mimetypes
import re
from collections.abc import Collection
from html import escape, unescape
from pathlib import Path
from typing import NamedTuple

from briefing.course.run import shown
from briefing.publishing.grids import plain, table
from briefing.tables import BriefingError
from briefing.transcript import slug

TABLE = re.compile(r"(?s)<table\b.*?</table>")
DROPPED = re.compile(r"(?s)<(style|script)\b.*?</\1>")
HEADING = re.compile(r"(?s)<h([1-6])\b[^>]*>(.*?)</h\1>")
PICTURE = re.compile(r"(?s)<img\b(?:[^>\"']|\"[^\"]*\"|'[^']*')*>")
LINK = re.compile(r'(?s)<a\b[^>]*?href="([^"]*)"[^>]*>(.*?)</a>')
ATTRIBUTE = r"""(?s)\b{}=(?:"([^"]*)"|'([^']*)')"""
NO_WORDS = "A picture without a description: see the code above it"


class Heading(NamedTuple):
    """A heading of a page: its level, its name in links, its text."""

    level: int
    name: str
    text: str


def usable(html: str, folder: Path) -> str:
    """`html` with tables and pictures that everybody can use, without scripts of its own.

    Raises BriefingError where a picture is neither in it nor in a file beside `folder`.
    """
    kept = TABLE.sub(lambda found: table(found[0]), DROPPED.sub("", html))
    return PICTURE.sub(lambda found: _picture(found[0], folder), kept)


def named(html: str) -> tuple[str, list[Heading]]:
    """`html` with a name on every heading, and the headings in order."""
    headings: list[Heading] = []

    def name(found: re.Match[str]) -> str:
        text = plain(found[2])
        stem = slug(text)
        taken = {heading.name for heading in headings}
        free = next(n for i in range(1, len(taken) + 2) if (n := _nth(stem, i)) not in taken)
        headings.append(Heading(int(found[1]), free, text))
        return f'<h{found[1]} id="{free}">{found[2]}</h{found[1]}>'

    return HEADING.sub(name, html), headings


def linked(html: str, pages: Collection[str]) -> str:
    """`html` whose links lead to `pages`, within the page or to the web, and nowhere else."""

    def link(found: re.Match[str]) -> str:
        target, text = unescape(found[1]), found[2]
        if re.match(r"https?:", target):
            return f'<a href="{escape(target)}">{text}</a>'
        file, _, part = target.partition("#")
        page, place = re.sub(r"\.ipynb$", ".html", file), f"#{slug(part)}" if part else ""
        if not file or page in pages:
            return f'<a href="{page}{place}">{text}</a>'
        where = re.sub(r"^(\.\./)+", "", file)
        return text if where in plain(text) else f"{text} (<code>{escape(where)}</code>)"

    return LINK.sub(link, html)


def first_picture(html: str) -> str:
    """The first `<img ...>`, or nothing."""
    found = PICTURE.search(html)
    return found[0] if found else ""


def _nth(stem: str, number: int) -> str:
    return stem if number == 1 else f"{stem}-{number}"


def _picture(tag: str, folder: Path) -> str:
    words, source = _value("alt", tag) or NO_WORDS, _value("src", tag)
    if not source.startswith("data:"):
        source = _held(folder / source)
    return f'<img alt="{escape(words)}" src="{source}">'


def _value(name: str, tag: str) -> str:
    found = re.search(ATTRIBUTE.format(name), tag)
    return unescape(found[1] or found[2] or "").strip() if found else ""


def _held(path: Path) -> str:
    """The picture of a file, as an address that holds it."""
    try:
        data = base64.b64encode(path.read_bytes()).decode("ascii")
    except OSError as error:
        raise BriefingError(
            f"{shown(path)} is no picture on this machine. A lesson shows pictures that its code "
            "draws, or files of the project; put the file there, or take the picture out."
        ) from error
    return f"data:{mimetypes.guess_type(path.name)[0] or 'image/png'};base64,{data}"
