"""What a document states about itself: title, date, source, language, what kind of text it is.

What stands around the talk is given as stretches: what kind (metadata, note, boilerplate, label),
which line, the text. What is found comes back as values, with the words that say so.
"""

from __future__ import annotations

import re
import unicodedata
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
SCRIPTS = {
    "ja": r"[\u3040-\u30ff]",
    "ko": r"[\uac00-\ud7af]",
    "zh": r"[\u4e00-\u9fff]",
    "th": r"[\u0e00-\u0e7f]",
    "ru": r"[\u0400-\u04ff]",
    "ar": r"[\u0600-\u06ff]",
    "he": r"[\u0590-\u05ff]",
    "el": r"[\u0370-\u03ff\u1f00-\u1fff]",
    "hi": r"[\u0900-\u097f]",
}
AMONG = {  # letters that one language of a script has, in every so many letters of it
    "ru": {"uk": "іїєґ", "be": "ў", "sr": "јљњђћџ", "bg": "ъ"},
    "ar": {"fa": "پچژگ", "ur": "ٹڈڑںے"},
}
SAYS = ("metadata", "note", "boilerplate")  # kinds of stretches in which a document says what it is
SHORTER = {  # ISO 639-2 and 639-3 to 639-1, which the lists and dictionaries here go by
    "eng": "en", "spa": "es", "fra": "fr", "fre": "fr", "deu": "de", "ger": "de", "por": "pt",
    "ita": "it", "rus": "ru", "zho": "zh", "chi": "zh", "cmn": "zh", "jpn": "ja", "kor": "ko",
    "ara": "ar", "heb": "he", "ell": "el", "gre": "el", "hin": "hi", "tha": "th", "vie": "vi",
    "ind": "id", "tur": "tr", "pol": "pl", "nld": "nl", "dut": "nl", "ukr": "uk", "ces": "cs",
    "cze": "cs", "swe": "sv", "dan": "da", "nor": "no", "nob": "no", "nb": "no", "nn": "no",
    "ron": "ro", "rum": "ro", "hun": "hu", "fin": "fi", "fas": "fa", "per": "fa", "urd": "ur",
    "srp": "sr", "bul": "bg", "bel": "be", "msa": "ms", "may": "ms",
}  # fmt: skip
ANY_SCRIPT = re.compile(f"[{''.join(pattern[1:-1] for pattern in SCRIPTS.values())}]")
SCRIPT_SHARE = 0.3  # of the letters: less is names and quotations
OWN_LETTERS = 0.01  # of the letters: more of them name the language among those of its script
MIN_WORDS = 25  # fewer tell nothing of the language
COMMON_SHARE = 0.12  # of the words are among the twenty commonest of their language
SAMPLE = 20_000  # characters
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


def language_of(stated: str | None, text: str) -> str | None:
    """The language that is stated, unless the text is in another writing; else the guess.

    A page's template may state *en* round a text in Chinese.

    >>> language_of("en_GB", "It opens in May."), language_of("en", "新船闸将在五月开放。")
    ('en-gb', 'zh')
    """
    if not stated:
        return guess_language(text)
    tag, seen = language_tag(stated), _by_script(text[:SAMPLE])
    main = tag.partition("-")[0]
    in_latin = main in kinds("language-words") and main not in ("ru", "uk")
    return seen if seen and in_latin else tag


def guess_language(text: str) -> str | None:
    """The language by its script or its commonest words; None where neither tells."""
    sample = text[:SAMPLE]
    return _by_script(sample) or _by_words(sample)


def _by_script(sample: str) -> str | None:
    if not ANY_SCRIPT.search(sample):
        return None
    letters = max(1, sum(map(str.isalpha, sample)))
    for code, pattern in SCRIPTS.items():
        n = len(re.findall(pattern, sample))
        if n > SCRIPT_SHARE * letters:
            return _among(code, sample.casefold(), n)
    return None


def _among(script: str, sample: str, n: int) -> str:
    """The language of a script whose own letters are there."""
    own = {code: sum(map(sample.count, letters)) for code, letters in AMONG.get(script, {}).items()}
    if "bg" in own and any(letter in sample for letter in "ыэ"):
        own["bg"] = 0  # Russian, whose hard sign is rare
    best = max(own, key=lambda code: own[code], default=script)
    return best if own.get(best, 0) > OWN_LETTERS * n else script


def _by_words(sample: str) -> str | None:
    words = Counter(unicodedata.normalize("NFC", sample).casefold().split())
    if words.total() < MIN_WORDS:
        return None  # *No comment* is no Spanish
    listed = kinds("language-words").items()
    scores = {code: sum(words[word] for word in common) for code, common in listed}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > COMMON_SHARE * words.total() else None


def language_tag(stated: str) -> str:
    """The tag in small letters, by the shorter of two codes: `en` of `eng`, `en-gb` of `en_GB`."""
    main, *rest = stated.strip().lower().replace("_", "-").split("-")
    return "-".join([SHORTER.get(main, main), *rest])
