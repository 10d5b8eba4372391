"""The words of a label: a person, an office, an outlet, or a word such as *Question*.

Nobody and no outlet is known here by name. What a label says is read from its form (capitals,
commas, brackets) and from the word lists in `lexicons`: titles and offices, words that stand
for an unnamed questioner, words that outlets have in their names.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache

from briefing.lexicons import lexicon

PARTICLES = frozenset(
    "of the for and to at in on de del de la las los y e do da dos das du des le et "
    "von van der den "
    "zu bin al el ibn ben ter di della delle für und av af och i na".split()
)
COURTESY = frozenset(
    "mr mrs ms miss mx dr prof sir dame lord lady hon herr frau m mme sr sra srta "
    "señor señora shri "
    "smt lic ing dra don doña monsieur madame senor".split()
)
NUMBERS = frozenset("one two three four five six i ii iii iv a b c".split())
SURNAMES_TOO = frozenset("king prince pope judge marshal bishop major justice queen lord m".split())
TITLES = lexicon("titles") - {"press", "right", "high", "m"}
SUFFIX = re.compile(r"^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq|mp|msc|cbe|obe)\.?$", re.IGNORECASE)
ASIDE = re.compile(  # in brackets behind a label, and no organisation
    r"\b(?:inaudible|un(?:identified|known|named)|(?:as |through |via )?interpret\w*|"
    r"translat\w*|continu\w*|cont['’.]?d|"
    r"via|through|remote|remotely|video|by (?:video|phone)|phone|"
    r"laugh\w*|off(?:[- ](?:mic|camera))?)\b",
    re.IGNORECASE,
)
VOWEL = re.compile(r"[AEIOUYÁÉÍÓÚÄÖÜ]")
SMALL_PARTS = re.compile(r"\b(?:M[rsx]s?|Dr|St|Mc|Mac)\b\.?|\([^)]*\)")
PAREN = re.compile(r"\s*[\[(（][^\])）]*[\])）]")


@lru_cache(maxsize=100_000)
def label_key(text: str) -> str:
    """A label case folded, its spaces and full stops levelled."""
    return " ".join(re.sub(r"[.\u2060\u200b]", " ", text).casefold().split())


@lru_cache(maxsize=10_000)
def case_of(text: str) -> str:
    """`upper` where the words are in capitals, `mixed`, or `none` in scripts without case."""
    if text.strip() in {"Q", "A", "R", "P", "F"}:
        return "upper"
    bare = SMALL_PARTS.sub("", text) if text[:1].isupper() else text
    upper, lower = sum(map(str.isupper, bare)), sum(map(str.islower, bare))
    if not upper + lower:
        return "none"
    head = bare.split(",")[0]
    if upper > 1 and upper >= 9 * lower or sum(map(str.isupper, head)) > 2 and head.isupper():
        return "upper"
    return "mixed"


def bare(text: str) -> str:
    """Letters without their accents, which capitals often lose: ΔΗΜΟΣΙΟΓΡΑΦΟΣ, INTERPRETE."""
    apart = unicodedata.normalize("NFD", text)
    return "".join(c for c in apart if not "\u0300" <= c <= "\u036f")


@lru_cache(maxsize=8)
def _bare_words(name: str) -> frozenset[str]:
    return frozenset(map(bare, lexicon(f"label-{name}")))


@lru_cache(maxsize=10_000)
def role_word(text: str) -> str | None:
    """`question`, `answer`, `moderator` or `aside` where the label is such a word."""
    plain = PAREN.sub("", text).casefold().strip(" .:*-–—")
    plain = re.sub(r"\s*#?\d+$", "", plain).removeprefix("the ")
    for name in ("question", "answer", "moderator", "aside"):
        if plain in lexicon(f"label-{name}") or bare(plain) in _bare_words(name):
            return name
    first, _, rest = plain.partition(" ")
    if rest and first.strip(",-–—") in lexicon("label-question") - {
        "press",
        "media",
        "presse",
    }:
        return "question" if len(rest.split()) <= 5 and first != "q" else None
    return "question" if re.fullmatch(r"q\d{1,2}", first) and not rest else None


@dataclass(slots=True)
class Name:
    """What a label says: person, office and organisation, any of which may be missing."""

    person: str | None = None
    office: str | None = None
    organisation: str | None = None

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words of the name, folded, without marks."""
        return tuple(w for w in label_key(self.person or "").split() if w not in PARTICLES)


def read_label(label: str, *, office_first: bool = True) -> Name:
    """Take a label apart. `office_first` settles `X, Y` where no word tells which is the name."""
    text = re.sub(r"[\u2060\u200b]", "", label).strip()
    if not any(c.isalpha() for c in text):  # a mark such as >>
        return Name()
    organisation = None
    for inner in re.findall(r"[\[(（]([^\])）]*)[\])）]", text):
        organisation = None if ASIDE.search(inner) or not inner.strip() else inner.strip()
    text = re.sub(r"\s*[\[(（][^\])）]*[\])）]", "", text).strip(" ,-–—")
    kind = role_word(text)
    if kind == "question" and organisation and re.search(r"[,，]", organisation):
        person, outlet = re.split(r"\s*[,，]\s*", organisation, maxsplit=1)
        return Name(display(person), None, outlet)
    if kind in {"question", "answer"}:
        first, _, rest = text.partition(" ")
        named = (
            rest
            and not re.fullmatch(r"[#\d\s]+", rest)
            and label_key(text) not in lexicon("label-question")
        )
        rest = rest.strip(" -–—,")
        return Name(
            display(rest) if named and not is_outlet(rest) else None,
            None,
            organisation or (rest if named and is_outlet(rest) else None),
        )
    if kind:
        shown = display(text)
        return Name(None, shown[:1].upper() + shown[1:], organisation)
    parts = [p.strip() for p in re.split(r"\s*[,，/]\s*|\s+[-–—]\s+", text) if p.strip()]
    while len(parts) > 1 and SUFFIX.match(parts[1]):
        parts[0] += f", {parts.pop(1)}"
    if len(parts) > 1:
        return _two_parts(parts, organisation, office_first)
    office, person = _office_and_name(text)
    return Name(person, office, organisation)


def _two_parts(parts: list[str], organisation: str | None, office_first: bool) -> Name:
    first, last = parts[0], parts[-1]
    offices = [has_office(p) for p in parts]
    if offices[0] and not offices[-1] and _office_and_name(first)[1] is None:
        swap = True
    elif offices[-1] or is_outlet(last) or any(w in PARTICLES for w in last.casefold().split()[:1]):
        swap = False
    elif any(w.casefold() in PARTICLES for w in first.split()[1:]) and len(first.split()) > 3:
        swap = True
    else:
        swap = office_first and not is_outlet(last)
    if swap:
        return Name(
            _office_and_name(last)[1] or display(last),
            display(", ".join(parts[:-1])),
            organisation,
        )
    office, person = _office_and_name(first)
    rest = ", ".join(parts[1:])
    if any(offices[1:]):
        return Name(person or display(first), rest if rest else office, organisation)
    return Name(person or display(first), office, organisation or rest)


@lru_cache(maxsize=10_000)
def office_phrase(text: str) -> str:
    """The office of several words that a label begins with: `người phát ngôn`; else empty."""
    plain = f"{label_key(text)} "
    return next((t for t in TITLES if " " in t and plain.startswith(f"{t} ")), "")


@lru_cache(maxsize=10_000)
def has_office(text: str) -> bool:
    """Whether the words name an office, beyond a courtesy title."""
    words = {label_key(w) for w in re.split(r"[\s()]+", text)}
    if re.search(r"^speaker\W*\d", text, re.IGNORECASE):  # a voice that nobody could name
        return False
    offices = TITLES - COURTESY - {"general", "head"}
    unspaced = case_of(text) == "none" and any(o in text for o in offices if not o.isascii())
    return unspaced or bool(words & offices or office_phrase(text))


@lru_cache(maxsize=10_000)
def ends_in_reporter(label: str) -> bool:
    """The word for a reporter behind a name, in scripts that set no spaces: `海风日报记者`."""
    return case_of(label) == "none" and label.endswith(_reporters())


@cache
def _reporters() -> tuple[str, ...]:
    return tuple(w for w in lexicon("label-question") if len(w) > 1 and case_of(w) == "none")


@lru_cache(maxsize=10_000)
def is_outlet(text: str, *, acronyms: bool = True) -> bool:
    """Whether the words read like the name of a news outlet: its kind of word, or an acronym."""
    known = lexicon("outlet-words")
    word = text.strip()
    if acronyms and word.isupper() and word.isalpha() and 2 <= len(word) <= 5:
        return len(word) < 5 or not VOWEL.search(word)
    unspaced = case_of(word) == "none" and any(w.endswith(tuple(known)) for w in word.split())
    return unspaced or any(label_key(w) in known for w in word.split())


def _office_and_name(text: str) -> tuple[str | None, str | None]:
    """`Foreign Minister Motegi` -> (`Foreign Minister`, `Minister Motegi`); full names shed it."""
    words = text.split()
    at = [i for i, w in enumerate(words) if label_key(w) in TITLES or w in {"M.", "M"}]
    if not at or (at == [1] and len(words) == 2 and label_key(words[1]) in SURNAMES_TOO):
        return None, display(text)
    office, name = words[: at[-1] + 1], words[at[-1] + 1 :]
    if name and label_key(name[0]) in PARTICLES:  # Minister of Health Jane Doe
        name = name[-2:] if len(name) > 3 else []
    if not name or name[0].isdigit() or label_key(name[-1]) in NUMBERS:
        return display(text), None
    full = sum(label_key(w) not in PARTICLES for w in name) > 1
    return display(" ".join(office)), display(" ".join(name if full else words[at[-1] :]))


@lru_cache(maxsize=10_000)
def display(text: str) -> str:
    """A label in display case: capitals become initials, small words stay small."""
    if case_of(text) != "upper" or any(w.islower() for w in text.split()):
        return " ".join(text.split())
    if re.search("[İŞĞ]", text):  # Turkish has an I with a dot and one without
        text = text.translate({ord("I"): "ı", ord("İ"): "i"})
    words = text.split()
    return " ".join(
        _display_word(w, first=i == 0, only=len(words) == 1) for i, w in enumerate(words)
    )


def _display_word(word: str, *, first: bool, only: bool) -> str:
    low = word.replace("İ", "i").lower()
    if not first and low in PARTICLES - {"al", "bin", "ben", "in", "i"}:
        return low
    acronym = 1 < len(word) <= 4 and word.isalpha() and not VOWEL.search(word)
    if acronym and label_key(word) not in lexicon("titles") or only and len(word) <= 3:
        return word
    return re.sub(
        r"(?<!['’])[^\W\d_]+|(?<=O['’])\w+",
        lambda m: m[0].capitalize(),
        low.replace("o'", "O'").replace("o’", "O’"),
    )
