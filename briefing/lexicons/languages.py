"""The language of a text: as stated, or judged by its script and most frequent words."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Callable, Sequence
from functools import cache, wraps
from itertools import pairwise
from typing import TYPE_CHECKING, Any, TypeVar, cast

from briefing.lexicons import is_english, kinds, lexicon, packs
from briefing.tables import data

if TYPE_CHECKING:
    import pandas as pd

Measure = TypeVar("Measure", bound="Callable[..., pd.DataFrame]")


_KNOWN = data("briefing.lexicons", "languages.toml")
SCRIPTS, AMONG, SHORTER = _KNOWN["scripts"], _KNOWN["among"], _KNOWN["shorter"]
ANY_SCRIPT = re.compile(f"[{''.join(pattern[1:-1] for pattern in SCRIPTS.values())}]")
SCRIPT_SHARE = 0.3  # of the letters; fewer belong to names and quotations
KANA = 0.1  # kana per Chinese character; with more the text is Japanese
TWO = 0.2  # of the turns in another language; fewer are questions from abroad
OWN_LETTERS = 0.01  # of the letters; more identify the language among those of its script
MIN_WORDS = 25  # fewer do not show the language
MIN_DIFFERENT = 3  # of its most frequent words; one or two occur in many languages
COMMON_SHARE = 0.12  # of the words must be among the twenty most frequent of the language
BY_TURNS = 0.8  # of neighbouring turns differ in language if a page gives each turn in both
SMALL = ("function-words", "question-words", "number-words")
SAMPLE = 20_000  # characters
MANY = 2000  # turns or words used to determine the language of a table


def language_of(stated: str | None, text: str) -> str | None:
    """The stated language, unless the text is in another script; else a guess.

    A page's template may state *en* around a text in Chinese.

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
    """The language by its script or most frequent words; None if neither shows it."""
    sample = text[:SAMPLE]
    return _by_script(sample) or _by_words(sample)


def languages_of(texts: Sequence[str]) -> list[str] | None:
    """The language of each text, if many are in one and many in another; else None.

    Texts too short to judge are in the language whose common words they have, or else in that of
    the text before, or in the other one if two languages alternate.

    >>> languages_of(["新船闸将在五月开放。", "It opens in May.", "谢谢。", "Thank you."])
    ['zh', 'en', 'zh', 'en']
    """
    scripts, listed = _scripts(texts), kinds("language-words")
    told, among = _languages(texts, scripts)
    if len(among) < 2:
        return None
    in_latin = [code for code in among if code in listed or code == "und"]
    others = [code for code in among if code not in in_latin]
    by_turns = _by_turns(told, among)
    found: list[str] = []
    for text, code, script in zip(texts, told, scripts, strict=True):
        alike = in_latin if script is None else others
        last = next((c for c in reversed(found) if c in alike), (alike or among)[0])
        seen = _by_itself(text, code, alike, latin=script is None)
        found.append(seen or _after(last, alike if by_turns and found else []))
    return found


def _by_itself(text: str, code: str | None, alike: Sequence[str], *, latin: bool) -> str | None:
    """The language of one text on its own evidence; a short one is judged by its function words."""
    closest = _closest(text, alike) if latin and len(text.split()) < MIN_WORDS else None
    return closest or (code if code in alike else None)


def _after(last: str, by_turns: Sequence[str]) -> str:
    """A guess for a text without a clue: the last language, or the other of two that alternate."""
    other = [code for code in by_turns if code != last]
    return other[0] if len(other) == 1 else last


def _by_turns(told: Sequence[str | None], among: Sequence[str]) -> bool:
    """Whether nearly every text is in another language than the one before it."""
    pairs = [(a, b) for a, b in pairwise(told) if a in among and b in among]
    return len(pairs) > 2 and sum(a != b for a, b in pairs) > BY_TURNS * len(pairs)


def _closest(text: str, among: Sequence[str]) -> str | None:
    """The language with most of these words among its function words; None if two are equal."""
    words = re.findall(r"[^\W\d_]+", unicodedata.normalize("NFC", text).casefold())
    n = Counter({code: sum(map(_small_words(code).__contains__, words)) for code in among})
    (best, most), *others = n.most_common(2) or [("", 0)]
    return best if most and not any(count == most for _, count in others) else None


@cache
def _small_words(code: str) -> frozenset[str]:
    """The most frequent words of a language, plus its closed classes if they are listed."""
    named = [name for name in SMALL if code in packs(name)]
    listed = (lexicon(name, code) for name in named)
    return frozenset(kinds("language-words").get(code, ())).union(*listed)


def _scripts(texts: Sequence[str]) -> list[str | None]:
    """The language by the script of each text; a few words of Japanese may lack kana."""
    found = [_by_script(text) for text in texts]
    if "ja" not in found:
        return found
    short = [len(text) < MIN_WORDS for text in texts]
    return ["ja" if s == "zh" and few else s for s, few in zip(found, short, strict=True)]


def _languages(
    texts: Sequence[str], scripts: Sequence[str | None]
) -> tuple[list[str | None], list[str]]:
    """The language each text seems to be in, and those of many; `und` is an unknown one."""
    listed = kinds("language-words")
    told = [s or _best(text) for s, text in zip(scripts, texts, strict=True)]
    often = [code for code in dict.fromkeys(told) if code and _many(code, told, texts)]
    if len(often) == 1 and often[0] in listed:
        return told, often
    among = [code for code in often if _is_of(code, told, texts)]
    latin = [text for text, script in zip(texts, scripts, strict=True) if script is None]
    if listed.keys().isdisjoint(among) and len(latin) >= TWO * len(texts):
        among.append(_best(" ".join(latin)) or "und")
    return told, among


def _many(code: str, told: Sequence[str | None], texts: Sequence[str]) -> bool:
    """Whether many of the texts, or a large share of the words, seem to be in a language."""
    some = [text for text, other in zip(texts, told, strict=True) if other == code]
    long = sum(map(len, some)) + len(some) - 1 >= TWO * sum(map(len, texts))
    return long or len(some) >= TWO * len(texts)


def _is_of(code: str, told: Sequence[str | None], texts: Sequence[str]) -> bool:
    """Whether the texts that seem to be in a language still do when taken together."""
    pool = " ".join(text for text, other in zip(texts, told, strict=True) if other == code)
    return code in (_by_script(pool), _by_words(pool))


def _best(text: str) -> str | None:
    """The language whose most frequent words occur most often in the text, if any do."""
    found = {code: sum(n) for code, n in _seen(text).items()}
    best = max(found, key=lambda code: found[code])
    return best if found[best] else None


def _seen(text: str) -> dict[str, list[int]]:
    """For each language, how often its most frequent words occur in the text."""
    codes = _codes()
    found: dict[str, list[int]] = {code: [] for code in kinds("language-words")}
    for word, n in Counter(unicodedata.normalize("NFC", text).casefold().split()).items():
        for code in codes.get(word, ()):
            found[code].append(n)
    return found


@cache
def _codes() -> dict[str, list[str]]:
    """The languages that have each common word."""
    codes: dict[str, list[str]] = {}
    for code, words in kinds("language-words").items():
        for word in words:
            codes.setdefault(word, []).append(code)
    return codes


def _by_script(sample: str) -> str | None:
    if sample.isascii() or not ANY_SCRIPT.search(sample):
        return None
    letters = max(1, sum(map(str.isalpha, sample)))
    n = {code: len(re.findall(pattern, sample)) for code, pattern in SCRIPTS.items()}
    if n["ja"] > KANA * n["zh"]:
        n["ja"] += n["zh"]
    found = next((code for code in n if n[code] > SCRIPT_SHARE * letters), None)
    return found and _among(found, sample.casefold(), n[found])


def _among(script: str, sample: str, n: int) -> str:
    """The language, among those of a script, whose special letters occur."""
    own = {code: sum(map(sample.count, letters)) for code, letters in AMONG.get(script, {}).items()}
    if "bg" in own and any(letter in sample for letter in "ыэ"):
        own["bg"] = 0  # Russian, whose hard sign is rare
    best = max(own, key=lambda code: own[code], default=script)
    return best if own.get(best, 0) > OWN_LETTERS * n else script


def _by_words(sample: str) -> str | None:
    n_words = len(sample.split())
    if n_words < MIN_WORDS:
        return None  # *No comment* is not Spanish
    seen = _seen(sample).items()
    scores = {code: sum(n) if len(n) >= MIN_DIFFERENT else 0 for code, n in seen}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > COMMON_SHARE * n_words else None


def language_tag(stated: str) -> str:
    """The tag in lower case with the shorter code: `en` for `eng`, `en-gb` for `en_GB`."""
    main, *rest = stated.strip().lower().replace("_", "-").split("-")
    return "-".join([SHORTER.get(main, main), *rest])


def language_in(table: pd.DataFrame) -> str | None:
    """The language of most rows, or that in `.attrs`; if both are missing, by the words.

    pandas drops `.attrs` when tables of several briefings are combined.
    """
    if "language" in table and table["language"].notna().any():
        return str(table["language"].mode().iloc[0])
    if "language" in table.attrs:
        return str(table.attrs["language"]) if table.attrs["language"] else None
    column = next((name for name in ("text", "token") if name in table), None)
    if column is None:
        return None
    return guess_language(" ".join(table[column].dropna().head(MANY).astype(str)))


def made_for_english(measure: Measure) -> Measure:
    """Return an empty table, with the reason, if a text is known not to be English."""

    @wraps(measure)
    def measured(table: pd.DataFrame, *others: Any, **options: Any) -> pd.DataFrame:
        language = language_in(table) if hasattr(table, "attrs") else None
        if is_english(language):
            return measure(table, *others, **options)
        return _empty(measure, language, (table, *others), options)

    return cast("Measure", measured)


def _empty(
    measure: Callable[..., pd.DataFrame],
    language: str | None,
    given: tuple[Any, ...],
    options: dict[str, Any],
) -> pd.DataFrame:
    """The table that `measure` makes, with no rows."""
    tables = [_hardly(one) for one in given]
    found = measure(*tables, **{name: _hardly(one) for name, one in options.items()}).iloc[:0]
    name = f"{measure.__module__.rpartition('.')[2]}.{measure.__name__}"
    why = f"{name} works by word lists for English, and this text is in {language!r}"
    found.attrs |= {"language": language, "why": why}
    return found


def _hardly(given: Any) -> Any:
    if not hasattr(given, "iloc"):
        return given
    few = given.iloc[: int("token" in given)].copy()  # a rate needs at least one word
    few.attrs["language"] = "en"
    return few
