"""What a document states about itself: title, date, source, language, what kind of text it is."""

from __future__ import annotations

import re
from collections import Counter

from briefing.dates import find_date
from briefing.labels import ends_sentence
from briefing.names import display
from briefing.page import is_pager
from briefing.reading import Line, Source
from briefing.turns import Parsed

SOURCE = re.compile(
    r"^\s*(?:source|quelle|fuente|来源|來源|出典)\s*[:：]\s*(?P<s>[^|\n]{2,80}?)(?:\s{2,}|\s*\||$)",
    re.I,
)
GLUED_SOURCE = re.compile(r"^(?P<s>\S[^:\n]{1,50}?)\s*(?:Updated|Published|Posted)\s*:", re.I)
STATUS = {
    "translated": r"(?:provisional|unofficial|official|courtesy|english|working) translation|"
    r"translated (?:from|by)|traducción",
    "edited": r"\b(?:lightly |has been |was )?edited (?:for|and)|condensed|abridged",
    "verbatim": r"\b(?:near-)?verbatim|stenograph|estenogr[áa]fic|"
    r"im wortlaut|wortprotokoll|стенограмма",
    "interpreted": r"(?:as|through|via) interpret",
}
INTERPRETED = re.compile(r"\W*(?:as|through|via)? ?interpret", re.I)
SCRIPTS = {
    "ja": r"[\u3040-\u30ff]",
    "ko": r"[\uac00-\ud7af]",
    "zh": r"[\u4e00-\u9fff]",
    "th": r"[\u0e00-\u0e7f]",
    "ru": r"[\u0400-\u04ff]",
    "ar": r"[\u0600-\u06ff]",
    "he": r"[\u0590-\u05ff]",
    "el": r"[\u0370-\u03ff]",
    "hi": r"[\u0900-\u097f]",
}
SHORTER = {  # ISO 639-2 and 639-3 to 639-1, which the lists and dictionaries here go by
    "eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "por": "pt",
    "ita": "it", "rus": "ru", "zho": "zh", "chi": "zh", "cmn": "zh", "jpn": "ja", "kor": "ko",
    "ara": "ar", "heb": "he", "ell": "el", "gre": "el", "hin": "hi", "tha": "th",
}  # fmt: skip
ANY_SCRIPT = re.compile(f"[{''.join(pattern[1:-1] for pattern in SCRIPTS.values())}]")
MIN_WORDS = 25  # fewer tell nothing of the language
COMMON = {
    "en": "the of and to in that is for we it on this with be are have",
    "es": "de la que el en y los se del las por un para con una no",
    "fr": "de la le et les des en que un une du est pour dans qui nous",
    "de": "der die und in den von zu das mit sich des auf für ist im dem",
    "pt": "de a que o e do da em um para com não uma os no se",
    "it": "di che e la il un a per in una sono non del si le della",
}


NAME = r"(?P<name>[^\W\d_][\w.’'\-]*(?:\s+[^\W\d_][\w.’'\-]*){1,3})"
ENTRY = re.compile(NAME + r",\s+(?P<office>[^\W\d_].{5,200})$")
PRESENTED = re.compile(
    r"(?:\b(?:Mr|Ms|Mrs|Dr|Prof)\.?\s+)"
    + NAME
    + r",\s+(?P<office>[a-z][^;.?!]{4,150}?)(?=[;.?!]|,? and (?:Mr|Ms|Mrs|Dr|Prof)\b)"
)
INSTITUTION = re.compile(
    r"\b(?:of|at|for|from|der|des|de|del)\s+(?:the\s+)?"
    r"(?P<name>[A-ZÀ-Þ][\w&’'().-]*(?:\s+(?:(?:of|and|the|for|on|de|la|und|&)\s+)*[A-ZÀ-Þ(][\w&’'().-]*)*)"
)


def find_source(text: str) -> str | None:
    """`Source: X`, or `XUpdated: ...` as saved pages glue it."""
    match = SOURCE.search(text) or GLUED_SOURCE.search(text)
    return match["s"].strip(" \xa0") if match else None


def find_status(texts: list[str]) -> tuple[str, str] | None:
    """(status, the words that say so) from lines about the text."""
    for status, pattern in STATUS.items():
        for text in texts:
            if match := re.search(pattern, text, re.IGNORECASE):
                return status, match[0]
    return None


def guess_language(text: str) -> str | None:
    """The language by its script or its commonest words; None where neither tells."""
    sample = text[:20_000]
    if ANY_SCRIPT.search(sample):
        letters = sum(map(str.isalpha, sample))
        for code, pattern in SCRIPTS.items():
            if len(re.findall(pattern, sample)) > 0.3 * max(1, letters):
                return code
    words = Counter(sample.casefold().split())
    if words.total() < MIN_WORDS:
        return None  # *No comment* is no Spanish
    scores = {code: sum(words[w] for w in common.split()) for code, common in COMMON.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > 0.12 * max(1, words.total()) else None


def roster(lines: list[Line], parsed: Parsed) -> dict[str, str]:
    """People introduced with their office, at the head or by the opener: name -> organisation."""
    listed: dict[str, str] = {}
    for text in _around(lines, parsed, "metadata"):
        plain = text.strip(" \xa0•*-")
        if (match := ENTRY.match(plain)) and not ends_sentence(plain):
            listed[match["name"]] = _institution(match["office"])
    opening = parsed.turns[0].text if parsed.turns else ""
    names = {display(t.label) for t in parsed.turns if t.label}
    for match in PRESENTED.finditer(opening):
        if match["name"] in names:
            listed.setdefault(match["name"], _institution(match["office"]))
    return listed


def _institution(office: str) -> str:
    """`minister of the Health Commission` -> `Health Commission`; empty where none is named."""
    match = INSTITUTION.search(office)
    return match["name"] if match else ""


def metadata(sources: list[Source], lines: list[Line], parsed: Parsed) -> dict[str, str]:
    """Title, date, source and language, each only where the document states it."""
    stated = dict(sources[0].metadata)
    around = _around(lines, parsed, "metadata", "boilerplate", "note")
    for text in around:
        if "date" not in stated and (day := find_date(text)):
            stated["date"] = day
        if "source" not in stated and (source := find_source(text)):
            stated["source"] = source
    titles = [line.text.strip() for line in lines if line.heading and not line.outside]
    titles += [
        t for t in _around(lines, parsed, "metadata") if len(t.split()) > 2 and not find_source(t)
    ]
    if "title" not in stated and titles:
        stated["title"] = titles[0].lstrip("• ")
    return stated


def _around(lines: list[Line], parsed: Parsed, *kinds: str) -> list[str]:
    spans = sorted(span for span, kind in parsed.kinds.items() if kind in kinds)
    return [lines[n].text[a:b].strip() for n, a, b in spans]


def status(lines: list[Line], parsed: Parsed) -> tuple[str, str]:
    """What kind of text it is, one of TEXT_STATUS, and what that was read from."""
    found = find_status(_around(lines, parsed, "metadata", "note", "boilerplate"))
    if found:
        return found[0], f"the document says {found[1]!r}"
    through = [t for t in parsed.turns if INTERPRETED.match(t.text)]
    words = sum(len(t.text) for t in parsed.turns)
    if through and sum(len(t.text) for t in through) > 0.5 * words:
        return "interpreted", "most turns are marked as interpreted"
    return "unknown", "the document does not say"


def part(lines: list[Line], parsed: Parsed) -> list[str]:
    """Why the text is only part of an event; empty where nothing says so."""
    reasons = []
    pagers = [
        (number + 1, " ".join(lines[number].text[start:stop].split()))
        for (number, start, stop), kind in sorted(parsed.kinds.items())
        if kind == "boilerplate" and is_pager(lines[number].text[start:stop])
    ]
    pages = [p for p in pagers if 1 < len(re.findall(r"\d+", p[1])) < 40]
    if len(pages) == 1:
        reasons.append(f"line {pages[0][0]} is a pager: {pages[0][1]!r}")
    first, last = parsed.turns[0], parsed.turns[-1]
    if first.label is None and first.role == "journalist":
        reasons.append("it begins with a question: the opening is missing")
    if last.text and not ends_sentence(last.text) and len(last.text.split()) > 5:
        reasons.append("the last turn breaks off in mid-sentence")
    return reasons


def language_tag(stated: str) -> str:
    """The tag in small letters, by the shorter of two codes: `en` of `eng`, `en-gb` of `en_GB`."""
    main, *rest = stated.strip().lower().replace("_", "-").split("-")
    return "-".join([SHORTER.get(main, main), *rest])
