"""What the head of a web page states about it: title, date, source, language."""

from __future__ import annotations

from typing import TYPE_CHECKING

from briefing.dates import iso_date

if TYPE_CHECKING:
    from selectolax.lexbor import LexborNode

TITLES = ("og:title", "twitter:title", "dc.title", "dcterms.title")
DATES = (
    "article:published_time", "og:article:published_time", "article:published", "datepublished",
    "dcterms.date", "dc.date", "dcterms.issued", "dc.date.issued", "dcterms.created",
    "dc.date.created", "citation_publication_date", "publish_date", "publishdate",
    "publication_date", "published_date", "pubdate", "parsely-pub-date", "sailthru.date",
    "release_date", "date",
)  # fmt: skip
SOURCES = ("og:site_name", "dc.publisher", "dcterms.publisher", "publisher", "application-name",
           "source", "og:url")  # fmt: skip


def page_metadata(root: LexborNode) -> dict[str, str]:
    """Title, date (ISO), source and language as the page states them; never guessed."""
    stated = _meta(root)
    found = {
        "title": _first(stated, TITLES) or _title(root),
        "date": next((d for n in DATES if (d := iso_date(stated.get(n, "")))), "") or _time(root),
        "source": _first(stated, SOURCES) or _attribute(root, "link[rel=canonical]", "href"),
        "language": _attribute(root, "html", "lang") or stated.get("content-language", ""),
    }
    return {name: value for name, value in found.items() if value}


def _meta(root: LexborNode) -> dict[str, str]:
    stated: dict[str, str] = {}
    for node in root.css("meta[content]"):
        given = node.attributes
        value = " ".join((given.get("content") or "").split())
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = (given.get(key) or "").strip().lower()
            if value and name:
                stated.setdefault(name, value)
    return stated


def _first(stated: dict[str, str], names: tuple[str, ...]) -> str:
    return next((stated[name] for name in names if stated.get(name)), "")


def _time(root: LexborNode) -> str:
    """The date of the page's one `<time datetime>`; with several, nobody knows which."""
    dates = {iso_date(n.attributes.get("datetime") or "") for n in root.css("time[datetime]")}
    return dates.pop() if len(dates) == 1 else ""


def _title(root: LexborNode) -> str:
    node = root.css_first("head > title, body > title")
    return " ".join((node.text() or "").split()) if node else ""


def _attribute(root: LexborNode, selector: str, name: str) -> str:
    node = root if root.tag == selector else root.css_first(selector)
    return (node.attributes.get(name) or "").strip() if node else ""
