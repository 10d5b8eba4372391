"""The words of a label: a person, an office, an outlet, or a word such as *Question*.

No person and no outlet is known here by name. A label is interpreted by its form (capitals, commas,
brackets) and by the word lists in `lexicons`: titles and offices, fields of office, words for an
unnamed questioner, words found in the names of outlets.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache
from typing import NamedTuple

from briefing.lexicons import Patterns, kinds, lexicon

LABEL = Patterns("names")
WORDS = {kind: frozenset(words) for kind, words in kinds("label-words").items()}
PARTICLES, ARTICLES = WORDS["particles"], WORDS["articles"]
PREPOSITIONS, CONJUNCTIONS = WORDS["prepositions"], WORDS["conjunctions"]
FEMALE, MALE = WORDS["female"], WORDS["male"]
COURTESY = lexicon("courtesy-titles")
TITLES = (lexicon("titles") | COURTESY) - {"press", "right", "high", "m"}
OFFICES_BEGIN = {words.split()[0] for words in TITLES if " " in words}
KEPT = WORDS["peers"] | {"sir", "dame", "father"}  # titles that stay with a full name
DENSE = LABEL.dense  # Han, kana, Hangul
ELIDED = re.compile(r"^[ld]['’]|(?<=\w)['’]in$")
ACCENTS = re.compile("[\u0300-\u036f]+")
COURTESY_PHRASES = sorted((words for words in COURTESY if " " in words), key=len, reverse=True)
BESIDE_NAMES = COURTESY | ARTICLES
LINKS = PARTICLES | PREPOSITIONS | CONJUNCTIONS
ASKS_OR_ANSWERS = ("question", "answer")
EAST_COURTESY = tuple(filter(DENSE.match, COURTESY))
OUTLET_ENDS = tuple(filter(DENSE.match, lexicon("outlet-words")))
DENSE_INSTITUTIONS = tuple(w for w in lexicon("institution-words") if len(w) > 1 and DENSE.match(w))
REPORTERS = tuple(w for w in lexicon("label-question") if w.endswith(("记者", "記者", "기자")))
_DENSE_TITLES = filter(DENSE.match, TITLES - COURTESY | lexicon("label-moderator"))
DENSE_OFFICES = tuple(sorted(_DENSE_TITLES, key=len, reverse=True))


class Name(NamedTuple):
    """The content of a label: person, office and organisation, any of which may be missing."""

    person: str | None = None
    office: str | None = None
    organisation: str | None = None
    initials: str | None = None  # `(AV)` after the name

    @property
    def tokens(self) -> tuple[str, ...]:
        """The words of the name, folded, without marks."""
        return tuple(w for w in label_key(self.person or "").split() if w not in PARTICLES)


@lru_cache(maxsize=100_000)
def label_key(text: str) -> str:
    """A label, case folded, with spaces and full stops normalised."""
    plain = text.replace(".", " ").replace("\u2060", " ").replace("\u200b", " ")
    return " ".join(plain.casefold().split())


@lru_cache(maxsize=10_000)
def case_of(text: str) -> str:
    """`upper` where the words are in capitals, `mixed`, or `none` in scripts without case."""
    if text.strip() in {"Q", "A", "R", "P", "F"}:
        return "upper"
    bare = LABEL.small_parts.sub("", text) if text[:1].isupper() else text
    head = bare.split(",")[0]
    if head.isupper() and sum(map(str.isupper, head)) > 2:
        return "upper"
    if 10 * sum(map(str.islower, bare[:20])) > len(bare):
        return "mixed"  # usually clear from the first letters
    upper, lower = sum(map(str.isupper, bare)), sum(map(str.islower, bare))
    if not upper + lower:
        return "none"
    return "upper" if upper > 1 and upper >= 9 * lower else "mixed"


def bare(text: str) -> str:
    """Letters without accents, which capitals often lack: ΔΗΜΟΣΙΟΓΡΑΦΟΣ, INTERPRETE."""
    return ACCENTS.sub("", unicodedata.normalize("NFD", text.replace("ı", "i")))


@cache
def _known(name: str) -> frozenset[str]:
    """A word list, with unaccented forms added."""
    words = TITLES if name == "titles" else lexicon(name)
    return words | {bare(w) for w in words}


OFFICES = _known("titles") - COURTESY - {"general", "head"}


def _is(word: str, name: str) -> bool:
    known = word in _known(name) or not word.isascii() and bare(word) in _known(name)
    return known or name == "titles" and _is_office(word)


@lru_cache(maxsize=20_000)
def _is_office(word: str) -> bool:
    return bool(LABEL.office_word.search(word))


@lru_cache(maxsize=10_000)
def role_word(text: str) -> str | None:
    """`question`, `answer`, `moderator` or `aside`, if the label is such a word."""
    found = LABEL.wrapped.fullmatch(text)
    plain = found[1] if found else text
    plain = plain if plain.isascii() else LABEL.singles.sub(r"\1", plain)
    plain = LABEL.invisible.sub("", _unbracketed(plain)).casefold().strip(" .:*-–—[]<>/")
    plain = LABEL.numbered.sub("", plain) if plain[-1:].isnumeric() else plain
    plain = plain.removeprefix("the ")
    known = _role_words()
    if role := known.get(plain) or not plain.isascii() and known.get(bare(plain)):
        return role
    if DENSE.search(plain) and _reporter(plain):
        return "question"
    return _role_beside_name(plain)


def _unbracketed(text: str) -> str:
    """A label without brackets."""
    return LABEL.paren.sub("", text) if "(" in text or "[" in text or "（" in text else text


@cache
def _role_words() -> dict[str, str]:
    """The role for each word that is a label by itself."""
    order = ("nobody", "aside", "moderator", "answer", "question")
    words = {word: name for name in order for word in _known(f"label-{name}")}
    return words | {word: "aside" for word, name in words.items() if name == "nobody"}


def _role_beside_name(plain: str) -> str | None:
    """The role of a label that begins with a role word: `reporter jo lund`, `q12 ann halle`."""
    first, *rest = re.split(r"[\s,–—-]+", plain, maxsplit=1)
    if not rest or re.fullmatch(r"q\d{1,4}", first):
        return "question" if rest else None
    asks = _is(first, "label-question") and first not in WORDS["press"]
    if not asks and first not in lexicon("label-moderator"):
        return None
    long = len(rest[0].split()) > 5 or len(first) < 3 and not DENSE.match(first)
    return None if long or has_office(rest[0]) else "question" if asks else "moderator"


@lru_cache(maxsize=10_000)
def is_voice(text: str) -> bool:
    """Whether a label identifies voices by a number or letter: `Speaker 1`, `SPEAKER_00`."""
    return bool(LABEL.voice.fullmatch(text.strip())) and role_word(text) not in ASKS_OR_ANSWERS


def names_nobody(text: str) -> bool:
    """Whether a label only says that the voice is unknown: `Unidentified speaker`."""
    return _is(label_key(_unbracketed(text)).removeprefix("the "), "label-nobody")


@lru_cache(maxsize=20_000)
def read_label(label: str, *, office_first: bool = True) -> Name:
    """Take a label apart. `office_first` decides `X, Y` if no word shows which is the name."""
    text, inner = _apart(label)
    if text.isdigit():  # a recogniser's number for a voice
        return Name(text)
    if not any(c.isalpha() for c in text):  # a mark such as >>
        return Name()
    if is_voice(text):
        return Name(text)
    text, numbered = LABEL.qnumber.subn("", text)
    kind = None if numbered else role_word(text)
    if kind in ASKS_OR_ANSWERS:
        return _unnamed(_after_role(text), inner)
    if names_nobody(text):
        return Name()
    if kind:
        return _staff(text, inner, kind)
    return _brackets(_parts(_first_name_first(text, inner), office_first), text, inner)


def _first_name_first(text: str, inner: list[str]) -> str:
    """Put the first name of `Lund, Ida (GP)` or `Lund, Ida, minister` first."""
    last, *rest = LABEL.split.split(text)
    told = len(rest) > 1 or any(map(_is_short, inner))
    if rest and told and _is_one(last) and _is_one(rest[0]):
        return ", ".join([f"{rest[0]} {last}", *rest[1:]])
    return text


def _is_one(part: str) -> bool:
    """Whether a part of a label is one word that may be a name."""
    known = has_office(part) or is_outlet(part) or _is(label_key(part), "institution-words")
    return part[:1].isupper() and len(part.split()) == 1 and part.isalpha() and not known


def _apart(label: str) -> tuple[str, list[str]]:
    """The words of a label without marks, numbers and times, and the content of its brackets."""
    text = re.sub("[*`]", "", unicodedata.normalize("NFKC", LABEL.invisible.sub("", label)))
    text = LABEL.time.sub(" ", LABEL.link.sub(r"\1", text))
    while found := LABEL.wrapped.fullmatch(text):
        text = found[1]
    text = LABEL.before_bracket.sub(" ", LABEL.lead.sub("", text.lstrip(), count=1))
    text = LABEL.nested.sub(r"\1\2", text)
    inner = [i.strip() for i in LABEL.bracket.findall(text) if any(map(str.isalnum, i))]
    text = LABEL.says.sub("", LABEL.bracket.sub(" ", text)).replace(" .", ".")
    text = LABEL.singles.sub(r"\1", re.sub(r"(?<=\w\w)\.+(?=[\s-]*$)", "", " ".join(text.split())))
    head, colon, rest = text.rpartition(":")
    text = rest if colon and rest.strip() and not role_word(head) else text
    return LABEL.degree.sub("", text.strip(" \t,:;_–—-―")), inner


def _after_role(text: str) -> str:
    """What accompanies the word for a questioner: a name, an outlet, or nothing."""
    plain = label_key(re.sub(r"(?:(?<![\s#])[\s#]+)?(?<!\d)\d+$", "", text))
    if _is(plain, "label-question") or _is(plain, "label-answer"):
        return ""
    if word := _reporter(text):
        before, _, after = text.partition(word)
        return f"{after}, {before}".strip(" ,") if DENSE.search(text) else text
    rest = re.split(r"[\s,:–—-]+", text, maxsplit=1)[1:]
    return rest[0].strip(" ,-–—:[") if rest else ""


def _reporter(text: str) -> str:
    """The word for a reporter in a text without spaces, with a name or an outlet beside it."""
    return next((w for w in REPORTERS if text.endswith(w) or w in text[:-1]), "")


def _unnamed(rest: str, inner: list[str]) -> Name:
    """The questioner, if named, as in `Reporter Jo Lund` or `Q (Jo Lund, The Beacon)`."""
    details = [i for i in inner if not LABEL.aside.search(i)][:1]
    said = rest or "".join(details)
    if not any(map(str.isalpha, said)) or role_word(said):
        return Name()
    said = re.sub(r"[\s・]+", ", ", said) if DENSE.match(said) else said
    if LABEL.split.search(said):
        name = _parts(said, False)
        return name if name.organisation else Name(name.person, None, name.office)
    if _is_source(said, alone=not rest and len(said.split()) == 1):
        return Name(None, None, LABEL.of.sub("", said))
    return Name(_office_and_name(said)[1], None, "".join(details[bool(not rest) :]) or None)


def _is_source(said: str, *, alone: bool) -> bool:
    """Whether what accompanies a questioner's word is an outlet rather than a name."""
    small = said[0].islower() or label_key(said).split()[0] in ARTICLES
    return small or alone or is_outlet(said) or bool(DENSE.match(said)) and len(said) > 3


def _staff(text: str, inner: list[str], kind: str) -> Name:
    """A moderator, an interpreter or an aide, by name if the label gives it."""
    people = [i for i in inner if _name_like(i) and not is_outlet(i)]
    if people and kind == "moderator":
        return Name(_office_and_name(people[0])[1], display(text))
    if not _is(label_key(text).removeprefix("the "), f"label-{kind}"):
        name = _parts(text, True)
        if name.person:
            return name
    shown = display(text)
    kept = [i for i in inner if not LABEL.aside.search(i)]
    return Name(None, shown[:1].upper() + shown[1:], kept[0] if kept else None)


def _parts(text: str, office_first: bool) -> Name:
    """Read a label without brackets: a name alone, or with an office or outlet."""
    parts = _split(text)
    if len(parts) == 1:
        office, person = _office_and_name(parts[0])
        return Name(person, office)
    first, last = _nameness(parts[0]), _nameness(parts[-1])
    if max(first, last) <= -4:
        return Name(None, display(text))
    named_last = last > first or last == first and office_first
    chosen, others = (parts[-1], parts[:-1]) if named_last else (parts[0], parts[1:])
    office, person = _office_and_name(chosen)
    rest = LABEL.of.sub("", ", ".join(others))
    if has_office(rest) or named_last and _is_long(rest) and not is_outlet(rest):
        return Name(person or display(chosen), display(rest))
    return Name(person or display(chosen), office, rest)


def _split(text: str) -> list[str]:
    """The parts between commas and dashes; `Jr.` is kept, `via interpreter` dropped."""
    parts = [p.strip() for p in LABEL.split.split(text) if p.strip()] or [text]
    while len(parts) > 1 and LABEL.generation.fullmatch(parts[1]):
        parts[0] += f", {parts.pop(1)}"
    if turned := _turned(parts):
        return [turned]
    return parts[:1] + [p for p in parts[1:] if not LABEL.aside.search(p) or len(p.split()) > 3]


def _turned(parts: list[str]) -> str:
    """The name if the family name comes first: `El señor RÍO, don Juan`; else empty."""
    if len(parts) != 2 or label_key(parts[1]).split()[0] not in COURTESY:
        return ""
    last = [w for w in parts[0].split() if label_key(w) not in BESIDE_NAMES]
    first = parts[1].split(None, 1)[1:]
    turned = first and " ".join(last).isupper() and not first[0].isupper()
    return " ".join([*first, *last]) if turned else ""


def _is_long(text: str) -> bool:
    words = text.split()
    return len(words) > 3 or any(w.casefold() in PARTICLES for w in words[1:])


def _nameness(part: str) -> int:
    """How much part of a label looks like a person's name rather than an office or outlet."""
    keys = label_key(part).split()
    against = (
        5 * (_office_and_name(part)[1] is None)
        + 3 * is_outlet(part, acronyms=len(part) > 2)
        + 3 * any(map(str.isdigit, part))
        + 2 * any(_is(k, "institution-words") for k in keys)
        + 2 * (part[0].islower() or keys[0] in ARTICLES - {"el", "la", "de"})
        + bool({"of", "for", "the", "and", "&"} & set(keys))
    )
    full = 2 <= sum(k not in PARTICLES for k in keys) <= 4
    return full + 2 * (keys[0] in COURTESY) + bool(LABEL.initial.search(part)) - against


def _brackets(name: Name, text: str, inner: list[str]) -> Name:
    """The label completed by its brackets: a person, an office, an organisation, initials."""
    kept = [
        i for i in inner if not (LABEL.aside.search(i) or i.isdigit() or label_key(i) in COURTESY)
    ]
    if not kept:
        return name
    if name.person and _are_initials(kept[-1], name.person):
        return name._replace(initials=kept[-1])
    if _names_inside(name, text, kept[-1]):
        person = _office_and_name(_first(kept[-1]))[1]
        return Name(person, display(text)) if has_office(text) else Name(person, None, text)
    return _beside(name, kept)


def _beside(name: Name, kept: list[str]) -> Name:
    """A name, with the office or organisation from the brackets after it."""
    word = role_word(kept[-1])
    if has_office(kept[-1]) or word in {"moderator", "aside"}:
        return name._replace(office=display(kept[-1]))
    if word or len(kept) > 1 or _is_party(kept[-1], name):
        return name  # constituency, party
    return name._replace(organisation=name.organisation or kept[-1])


def _is_party(inner: str, name: Name) -> bool:
    """Whether a bracket holds a party: `Con`, `Lab/Co-op`, `R-TX`; after peers any short one."""
    peer = set(label_key(name.person or name.office or "").split()[:2]) & WORDS["peers"]
    last = inner.split(", ")[-1]  # constituency, party
    short = len(last) < 5 and (bool(peer) or last != inner)
    return short or bool(LABEL.party.fullmatch(last))


def _first(inner: str) -> str:
    """The name in a bracket with more in it: `(João da Serra. PN - SP)`."""
    return re.split(r"(?<=\w{3})\.\s", LABEL.split.split(inner)[0])[0]


def _names_inside(name: Name, text: str, inner: str) -> bool:
    """Whether the bracket holds the person: `Minister for Ports (Ida Lund)`, `Beacon (Jo Lund)`."""
    if not _name_like(inner) or is_outlet(inner, acronyms=len(inner) > 2):
        return False
    single = len(label_key(_first(inner)).split()) == 1
    if name.person is None:
        return bool(name.office) and not (single and _is_short(inner))
    courtesy = label_key(inner.split()[0]) in COURTESY
    if single or has_office(inner) or courtesy:
        return courtesy
    plain = not set(label_key(text).split()) & COURTESY
    office = bool(name.office) and len(name.tokens) == 2
    return office or plain and _nameness(_first(inner)) > _nameness(text) + 1


def _is_short(inner: str) -> bool:
    return bool(LABEL.party.fullmatch(inner)) or inner.isupper() and len(inner) < 4


def _name_like(text: str) -> bool:
    """Whether `text` may be somebody's name: few words, none institutional or in lower case."""
    person = _office_and_name(_first(text))[1]
    words = (person or "").split()
    low = [w for w in words if w[0].islower() and label_key(w) not in PARTICLES]
    known = any(_is(label_key(w), "institution-words") for w in words)
    return bool(words) and len(words) <= 6 and not low and not known and not re.search(r"\d", text)


def _are_initials(inner: str, person: str) -> bool:
    """Whether `inner` abbreviates the name before it: `Ana Verlane (AV)`, `Grant (G)`."""
    plain, name = inner.replace(".", "").replace(" ", ""), bare(person).upper()
    if not (plain.isupper() and plain.isalpha() and len(plain) <= 4):
        return False
    letters = [w[0] for w in re.split(r"[\s-]+", name) if w]
    rest = iter(name)
    in_order = plain[0] == name[0] and all(c in rest for c in plain)
    return in_order or plain[0] in letters and plain[-1] == letters[-1]


@lru_cache(maxsize=10_000)
def office_phrase(text: str) -> str:
    """An office of several words at the beginning of a label: `người phát ngôn`; else empty."""
    words = label_key(text).split()
    longest = min(5, len(words)) if words and words[0] in OFFICES_BEGIN else 0
    tries = (" ".join(words[:n]) for n in range(longest, 1, -1))
    return next((t for t in tries if t in TITLES), "")


@lru_cache(maxsize=10_000)
def has_office(text: str) -> bool:
    """Whether the words name an office, not just a courtesy title."""
    if LABEL.voice.fullmatch(text.strip()):
        return False
    if DENSE.search(text) and any(office in text for office in DENSE_OFFICES):
        return True
    words = {label_key(w) for w in re.split(r"[\s()—]+", text)}
    if not words.isdisjoint(OFFICES) or office_phrase(text):
        return True
    accented = [w for w in words if not w.isascii()]
    return any(map(_is_office, words)) or any(bare(w) in OFFICES for w in accented)


@lru_cache(maxsize=10_000)
def ends_in_reporter(label: str) -> bool:
    """The word for a reporter after a name, in scripts without spaces: `海风日报记者`."""
    return bool(DENSE.search(label)) and label.endswith(REPORTERS)


@lru_cache(maxsize=10_000)
def is_outlet(text: str, *, acronyms: bool = True) -> bool:
    """Whether the words look like the name of a news outlet: a typical word, or an acronym."""
    word = text.strip()
    if acronyms and word.isupper() and word.isalpha() and 2 <= len(word) <= 5:
        return len(word) < 5 or not LABEL.vowel.search(word)
    if DENSE.search(word) and any(w.endswith(OUTLET_ENDS) for w in word.split()):
        return True
    return not lexicon("outlet-words").isdisjoint(map(label_key, word.split()))


@lru_cache(maxsize=20_000)
def _office_and_name(text: str) -> tuple[str | None, str | None]:
    """`Foreign Minister Matagi` -> (`Foreign Minister`, `Minister Matagi`); full names shed it."""
    if DENSE.search(text) and case_of(text) == "none":
        return _dense(text)
    words = text.split()
    keys = [_title_key(w) for w in words]
    start, last = _last_title(words, keys)
    if not last or _are_several(keys, start):
        return None, show(text)
    offices = _office_words(keys[:last])
    end, phrase = _office_end(keys, last) if offices else (last, False)
    name = _name_after(words[end:], phrase, keys[last:end])
    if not name:
        return _office_behind(words, start) or (display(text), None)
    if keys[last - 1] in KEPT and not phrase:
        return None, show(" ".join(words[last - 1 :]))
    shown = show(" ".join(name if _is_full(name) else words[start:end] + name))
    return _office_text(words[: len(words) - len(name)]) if offices else None, shown


def _office_behind(words: list[str], start: int) -> tuple[str, str] | None:
    """Office and name, if capitals set them apart: `MARLOW ANNA minister`."""
    name = [w for w in words[:start] if label_key(w) not in COURTESY]
    if len(name) < 2 or not words[start].islower() or not " ".join(name).isupper():
        return None
    return " ".join(words[start:]), show(" ".join(name))


def _office_text(words: list[str]) -> str:
    """An office for display, without the courtesy title that goes with the name."""
    while len(words) > 1 and _title_key(words[-1]) in COURTESY:
        words = words[:-1]
    return display(" ".join(words))


def _is_full(name: list[str]) -> bool:
    """Whether there is more than a family name: `Ann Lund`, but not `Lund of Ohio`, `de Haro`."""
    until = name.index("of") if "of" in name else len(name)
    small = [w.casefold() in PARTICLES and len(w) > 1 or w.islower() for w in name[:until]]
    return small.count(False) > 1 or bool(LABEL.initial.match(name[0])) and len(name[0]) > 3


def _title_key(word: str) -> str:
    """The word of a title, folded, without elided articles: `L'AMBASSADEUR`, `d'État`."""
    key = label_key(word)
    return ELIDED.sub("", key) if "'" in key or "’" in key else key


def _last_title(words: list[str], keys: list[str]) -> tuple[int, int]:
    """Where the last title (of one or more words) begins and ends; (0, 0) without a title."""
    found = [span for i in range(len(keys)) if (span := _title_at(keys, i))]
    if not found:
        return (0, 1) if words[:1] in (["M."], ["MM."]) else (0, 0)
    start, stop = found[-1]
    listed = stop - start > 1 or bare(keys[-1]) in _known("titles")
    guessed = not listed and words[-1][0].isupper()  # Anna Hofmeister
    known = keys[-1] in WORDS["surnames-too"] | COURTESY
    surname = stop == len(words) > 1 and (known or guessed)
    before = _office_words([k for a, b in found[:-1] for k in keys[a:b]])
    if surname and not before and keys[0] not in ARTICLES:  # Billie Jean King, Mr. Page
        found.pop()
    return found[-1] if found else (0, 0)


def _are_several(keys: list[str], start: int) -> bool:
    """Whether two people share a label: `Minister Lund and Minister Halle`."""
    before = keys[: start - 1] if start > 1 and keys[start - 1] in CONJUNCTIONS else []
    before = [] if before and before[-1].endswith("-") else before  # Sozial- und Bauminister
    small = any(k in PARTICLES or k in PREPOSITIONS for k in before[1:])
    return bool(before) and not small and not _is(before[-1], "titles")


def _office_words(keys: list[str]) -> list[str]:
    """The words of an office without courtesy titles: empty for `The Hon`, `Tan Sri`."""
    plain = f" {' '.join(keys)} "
    for phrase in COURTESY_PHRASES:
        plain = plain.replace(f" {phrase} ", " ")
    return [k for k in plain.split() if k not in BESIDE_NAMES and k not in ("m", "mm", "by")]


def _title_at(keys: list[str], i: int) -> tuple[int, int] | None:
    for n in (4, 3, 2) if keys[i] in OFFICES_BEGIN else ():
        if len(keys) >= i + n and " ".join(keys[i : i + n]) in TITLES:
            return i, i + n
    known = _is(keys[i], "titles") or keys[i] in lexicon("label-moderator")
    return (i, i + 1) if known and not (i and len(keys[i]) == 1) else None  # no middle initial


def _office_end(keys: list[str], start: int) -> tuple[int, bool]:
    """Where an office ends, with any addition (`of Foreign Affairs`), and whether it has one."""
    end, i, phrase = start, start, False
    while i < len(keys):
        here = i == end
        joins = keys[i] in PARTICLES - WORDS["nobiliary"] or phrase and keys[i] in CONJUNCTIONS
        if here and joins or keys[i] in PREPOSITIONS:
            end, phrase = _noun_after(keys, i), True
        elif here and _is(keys[i], "institution-words"):
            end, phrase = i + 1, True
        i = max(i + 1, end)
    return min(end, len(keys)), phrase


def _noun_after(keys: list[str], i: int) -> int:
    while i < len(keys) and keys[i] in LINKS:
        i += 1
    return i + 1


def _name_after(rest: list[str], phrase: bool, office: list[str]) -> list[str]:
    """The words of `rest` that are a name, after a title or an office."""
    keys = [label_key(w) for w in rest]
    if not rest or rest[0][0].isdigit() or keys[-1] in WORDS["numbers"]:
        return []
    if rest[0].islower() and keys[0] not in PARTICLES:  # the field of the office
        names = [i for i, w in enumerate(rest) if w[0].isupper() and not w.isupper()]
        return rest[names[0] :] if len(names) > 1 else rest
    return _after_phrase(rest, keys, office) if phrase else rest


def _after_phrase(rest: list[str], keys: list[str], office: list[str]) -> list[str]:
    """The name after `Minister for Ports`: two words or more, unless the office surely ended."""
    known = _is(office[-1], "institution-words") and office[-1] not in WORDS["adjectives"]
    count = sum(k not in PARTICLES for k in keys)
    if count <= 1 - known or _is(keys[-1], "institution-words"):
        return []
    return rest if count <= 2 or known or WORDS["romance"] & set(office) else rest[-2:]


def _dense(text: str) -> tuple[str | None, str | None]:
    """Office and name in scripts without spaces between them: `山川総理`, `홍길동 장관`."""
    plain = _without_courtesy(text)
    found = [(plain.rfind(o) + len(o), o) for o in DENSE_OFFICES if o in plain]
    if not found:
        return None, plain
    end, office = max(found, key=lambda f: (f[0], len(f[1])))
    before, after = plain[: end - len(office)], plain[end:].strip()
    if not after:
        name = _name_before(before)
        return (plain.replace(name, "", 1).strip(), name) if name else (text, None)
    if len(before) == 1 and not _institution(before):  # 陳委員大文
        return office, before + after
    named = len(after.replace(" ", "")) <= 5 and not _is(after, "institution-words")
    return (plain[:end], after) if named else (text, None)


def _without_courtesy(text: str) -> str:
    """`中村さん` -> `中村`; 君 is also the end of given names of one character."""
    found = next((w for w in EAST_COURTESY if text.endswith(w) and len(text) > len(w) + 1), "")
    return text if found == "君" and len(text) < 5 else text.removesuffix(found).strip()


def _name_before(text: str) -> str:
    """The name before an office, without the names of institutions: 홍길동 외교부 (장관)."""
    words = [w for w in text.split() if not _institution(w)]
    return words[0] if len(words) == 1 and len(words[0]) <= 4 else ""


def _institution(word: str) -> bool:
    """Whether an unspaced word names an institution: listed, or with the ending of a ministry."""
    if word in lexicon("institution-words") | TITLES or is_outlet(word, acronyms=False):
        return True
    ends = word.endswith(DENSE_INSTITUTIONS) or word.startswith(DENSE_INSTITUTIONS)
    ends = ends or bool(LABEL.institution_end.search(word))
    return len(word) > 1 and ends


@lru_cache(maxsize=10_000)
def display(text: str) -> str:
    """A label in display case: capitals become initials, and minor words stay lower case."""
    if DENSE.search(text) or case_of(text) != "upper" or any(w.islower() for w in text.split()):
        return " ".join(text.split())
    if re.search("[İŞĞ]", text):  # Turkish has an I with a dot and one without
        text = text.translate({ord("I"): "ı", ord("İ"): "i"})
    words = text.split()
    shown = (_display_word(w, first=i == 0, only=len(words) == 1) for i, w in enumerate(words))
    return " ".join(shown)


@lru_cache(maxsize=10_000)
def show(name: str) -> str:
    """A person's name in display case, a family name in capitals too: `LI Wei`, `Ana VERLANE`."""
    words = display(name).split()
    if len(words) < 2 or DENSE.search(name) or not any(map(str.isupper, (w[-2:] for w in words))):
        return " ".join(words)
    return " ".join(_capital(w) if _is_family(w) else w for w in words)


def _is_family(word: str) -> bool:
    """Whether a word in capitals is a name rather than initials, a number or a degree."""
    letters = [c for c in word if c.isalpha()]
    plain = word.replace("c", "C", 1) if word.startswith("Mc") else word
    if not plain.isupper() or word in {"II", "III", "IV"}:
        return False
    if len(letters) == 2:
        return not LABEL.vowel.match(word) and bool(LABEL.vowel.match(word[1:]))
    return len(letters) > 2 and "." not in word and bool(LABEL.vowel.search(bare(word)))


def _display_word(word: str, *, first: bool, only: bool) -> str:
    low = word.replace("İ", "i").lower()
    if not first and low in PARTICLES - {"al", "bin", "ben", "in", "i"}:
        return low
    short = 1 < len(word) <= 4 and word.isalpha() and not LABEL.generation.fullmatch(word)
    acronym = short and not LABEL.vowel.search(word) and label_key(word) not in TITLES
    if acronym or low in WORDS["abbreviated"] or only and len(word) <= 3:
        return word
    return _capital(word)


def _capital(word: str) -> str:
    low = word.replace("İ", "i").lower() if not word.startswith("Mc") else word.lower()
    low = re.sub(r"(?<!['’])[^\W\d_]+|(?<=\b[OoDdLl]['’])\w+", lambda m: m[0].capitalize(), low)
    low = re.sub(r"\b(?:ii|iii|iv)\b", lambda m: m[0].upper(), low, flags=re.IGNORECASE)
    return re.sub(r"\bMc([b-df-hj-np-tv-z]?\w)", lambda m: "Mc" + m[1].capitalize(), low)
