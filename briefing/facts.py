"""What a document states about itself: title, date, source, language, what kind of text it is.

What stands around the talk is given as stretches: what kind (metadata, note, boilerplate, label),
which line, the text. What is found comes back as values, with the words that say so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import cache
from typing import NamedTuple

from briefing.dates import find_date
from briefing.lexicons import kinds
from briefing.lexicons.stage import stage_spans
from briefing.parse.page import ends_sentence, is_pager
from briefing.parse.values import Why

SOURCE = re.compile(
    r"^\s*(?:source|quelle|fuente|fonte|bron|källa|źródło|zdroj|kaynak|sumber|nguồn|источник|"
    r"джерело|来源|來源|出典|出所|출처|المصدر|แหล่งที่มา)\s*[:：]\s*"
    r"(?P<s>[^|\n]{2,80}?)(?:\s{2,}|\s*\||$)",
    re.IGNORECASE,
)
GLUED_SOURCE = re.compile(
    r"^(?P<s>\S[^:\n]{1,50}?)\s*(?:Updated|Published|Posted)\s*:", re.IGNORECASE
)
INTERPRETER = re.compile(
    r"\W*(?:the |an? |el |la |le |l['’]|der |die |official |consecutive |simultaneous )*"
    r"(?:interpreter|translator|int[ée]rprete|interpr[èe]te|traduct(?:or|ora|eur|rice)|tradutora?|"
    r"dolmetscher|[üu]bersetzer|interprete|traduttore|переводчик|перекладач|tłumacz|tlumočník|tolk|"
    r"tercüman|penerjemah|翻译|翻譯|通訳|口译|口譯|통역|مترجم)(?:in|ka|ки|а)?\b\W*$",
    re.IGNORECASE,
)
SAYS = ("metadata", "note", "boilerplate")  # kinds of stretches in which a document says what it is
NOTE_WORDS = 12  # of a line that says one thing
LONGEST_NOTE = 1_500  # characters in which a document says what it is


class Stretch(NamedTuple):
    """Something around the talk: what kind of stretch, the index of its line, its text."""

    kind: str
    line: int
    text: str


def metadata(
    stated: Mapping[str, str], around: Iterable[Stretch], headings: Iterable[str] = ()
) -> dict[str, str]:
    """Title, date, source and language, each only where the document states it.

    Parameters
    ----------
    stated
        What the format states.
    around
        What stands around the talk, in order.
    headings
        The lines that the format marks as headings.
    """
    said = [stretch for stretch in around if stretch.kind in SAYS]
    texts = [stretch.text for stretch in said]
    titles = [*headings, *(stretch.text for stretch in said if _is_title(stretch))]
    found = {
        "title": next(filter(None, (title.strip(" \n\t•") for title in titles)), None),
        "date": next(filter(None, map(find_date, texts)), None),
        "source": next(filter(None, map(find_source, texts)), None),
    }
    return {name: value for name, value in found.items() if value} | dict(stated)


def _is_title(stretch: Stretch) -> bool:
    text = stretch.text
    return stretch.kind == "metadata" and len(text.split()) > 2 and not find_source(text)


def find_source(text: str) -> str | None:
    """`Source: X`, or `XUpdated: ...` as saved pages glue it."""
    match = SOURCE.search(text) or GLUED_SOURCE.search(text)
    return match["s"].strip(" \xa0") if match else None


def status(around: Iterable[Stretch], turns: Sequence[str] = ()) -> Why:
    """What kind of text it is, one of TEXT_STATUS, with the line and the words that say so.

    What the document says of itself counts first; then that a label is an interpreter's, or a
    note within what is said: *(As interpreted.)*. Line -1 is a note in a turn.

    >>> status([Stretch("note", 3, "An unofficial translation.")])
    Why(kind='translated', line=3, words='unofficial translation')
    >>> status([], ["Good morning. (Through interpreter.) It opens in May."])
    Why(kind='interpreted', line=-1, words='Through interpreter')
    """
    around = list(around)
    by_itself = [(s.line, s.text) for s in around if _is_note(s)]
    within = [(-1, note) for text in turns for note in _notes(text)]
    return (
        _stated([stretch for stretch in around if stretch.kind in SAYS])
        or _noted(by_itself)
        or _labelled(around)
        or _noted(within)
        or Why("unknown")
    )


def _stated(says: Sequence[Stretch]) -> Why | None:
    """By a wording of the document about itself: the weightiest status first."""
    for kind in ("translated", "interpreted", "edited", "verbatim"):
        for stretch in says:
            match = _wording(kind).search(stretch.text[:LONGEST_NOTE])
            if match and not (kind == "verbatim" and _wording("edited").search(stretch.text)):
                return Why(kind, stretch.line, " ".join(match[0].split()))
    return None


def _noted(notes: Sequence[tuple[int, str]]) -> Why | None:
    """By notes of a few words: the status that most of them name."""
    found: Counter[str] = Counter()
    first: dict[str, Why] = {}
    for line, note in notes:
        kind = status_of_note(note)
        if kind:
            found[kind] += 1
            first.setdefault(kind, Why(kind, line, _plain(note)))
    return first[max(found, key=lambda kind: found[kind])] if found else None


def status_of_note(note: str) -> str | None:
    """What a note in brackets, or alone on a line, says of the words beside it.

    >>> [*map(status_of_note, ("(As interpreted.)", "[Translated.]", "(Laughter)"))]
    ['interpreted', 'translated', None]
    """
    plain = _plain(note)
    for kind in ("interpreted", "translated"):
        if _wording(f"in brackets {kind}").search(plain):
            return kind
    return next((k for k in ("interpreted", "translated") if _wording(k).search(plain)), None)


@cache
def _wording(kind: str) -> re.Pattern[str]:
    return re.compile("|".join(kinds("text-status")[kind]), re.IGNORECASE)


def _notes(text: str) -> Iterator[str]:
    return (text[start:stop] for start, stop in stage_spans(text))


def _plain(note: str) -> str:
    return " ".join(note.strip(" \n\t\xa0*_()[]{}<>（）［］【】〔〕.:：。").split())


def _is_note(stretch: Stretch) -> bool:
    return stretch.kind in ("metadata", "note") and len(stretch.text.split()) <= NOTE_WORDS


def _labelled(around: Iterable[Stretch]) -> Why | None:
    """By a label that names an interpreter."""
    for kind, line, text in around:
        if kind == "label" and INTERPRETER.match(text):
            return Why("interpreted", line, _plain(text))
    return None


def part(around: Iterable[Stretch], *, opens_asking: bool = False, last: str = "") -> list[Why]:
    """Why the text is only part of an event; empty where nothing says so.

    Parameters
    ----------
    around
        What stands around the talk.
    opens_asking
        Whether the first turn has no label and is a journalist's.
    last
        The text of the last turn.

    Returns
    -------
    list of Why
        Of the kinds *pager, opens asking, breaks off*.
    """
    reasons = []
    pagers = [s for s in around if s.kind == "boilerplate" and is_pager(s.text)]
    pages = [s for s in pagers if 1 < len(re.findall(r"\d+", s.text)) < 40]
    if len(pages) == 1:
        reasons.append(Why("pager", pages[0].line, " ".join(pages[0].text.split())))
    if opens_asking:
        reasons.append(Why("opens asking"))
    if last and not ends_sentence(last) and len(last.split()) > 5:
        reasons.append(Why("breaks off", -1, " ".join(last.split()[-5:])))
    return reasons
