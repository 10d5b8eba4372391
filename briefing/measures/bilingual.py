"""One briefing in two languages: turns and sentences paired, numbers compared.

Turns are paired in their order by who speaks (a name has one counterpart nearly everywhere), role,
whether they ask, length, and the numbers and Latin words in them; sentences within a pair by length
(Gale and Church 1993, as in nltk). What lies outside the stretch that both pages cover is *not on
this page*; what has no partner within it has *no counterpart found*: this does not say that anybody
added or left out anything. A number on one side only is something to check, not an error.

References
----------
Gale, W. A., & Church, K. W. (1993). A program for aligning sentences in bilingual corpora.
Computational Linguistics 19.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from importlib.util import find_spec
from itertools import pairwise, product
from typing import NamedTuple

import numpy as np
import pandas as pd

from briefing.lexicons import MONTH, Patterns
from briefing.lexicons.cues import asks_question
from briefing.lexicons.names import DENSE, label_key
from briefing.lexicons.stage import without_stages
from briefing.measures.numbers import find_figures
from briefing.tables import TURNS, BriefingError, data
from briefing.words.boundaries import find_sentences

NOT_HERE, NONE_FOUND = "not on this page", "no counterpart found"
SMALL = 10  # numbers up to this are used so loosely in words that only figures count
CLOSE = 0.005  # relative difference of figures that are the same but for rounding
GAP, SAME_AGAIN = -1.0, 3.0  # the score of a turn alone; that of a pair out of order
SPREAD = 0.4  # of the log of the ratio of lengths, a turn and its translation
WORTH = data("briefing.lexicons", "number-signs.toml")
DIGIT, UNIT, SCALE, SHARE, WORDS = (
    WORTH[kind] for kind in ("digits", "units", "scales", "shares", "words")
)
NUMBER = Patterns("number-signs", scales=lambda: WORDS)


@dataclass(frozen=True)
class Passage:
    """One or more turns, with the features used to pair them."""

    ids: tuple[int, ...]
    speaker: str
    role: str
    text: str

    @cached_property
    def figures(self) -> tuple[set[float], set[float]]:
        """The numbers that must be on the other side, and all numbers."""
        return values(self.text)

    @cached_property
    def asks(self) -> bool:
        """Whether it has a question."""
        return asks_question(self.text)

    @cached_property
    def latin(self) -> set[str]:
        """Names in Latin letters, of which a translation keeps most."""
        return {w for w in re.findall(r"\b[A-Z][A-Za-z0-9-]+\b", self.text) if w not in MONTH}

    def and_next(self, other: Passage) -> Passage:
        """Combine two turns."""
        return Passage(self.ids + other.ids, self.speaker, self.role, f"{self.text}\n{other.text}")


def values(text: str) -> tuple[set[float], set[float]]:
    """The numbers of a text: those that a translation should have too, and all with small ones.

    万 and 亿, 成 (a tenth), 折 (of the price), 百分之 and fractions are converted; percent are
    hundredths; thousand, million, *mille*, *millones* and decimal commas are read as well.
    """
    said = without_stages(text)
    found = _chinese(said) if DENSE.search(said) else _latin(said)
    sure = {value for value, printed in found if printed or value > SMALL or value % 1}
    return sure, {value for value, _ in found}


def _chinese(text: str) -> list[tuple[float, bool]]:
    found = []
    for match in NUMBER.chinese.finditer(text):
        digits, of, after = match["n"][0].isdigit(), match["of"], match["after"]
        value = _worth(match["n"].replace("，", ",").replace(",", ""))
        value *= float(np.prod([SCALE[sign] for sign in match["scale"]]))
        if of:
            value /= _worth(of.removesuffix("分之"))
        if after == "折":  # of the price: 八折 is 80 %, 八五折 85
            value *= 0.1 if value < 10 else 0.01
        value *= SHARE.get(after, 1)
        found.append((round(value, 9), digits or bool(of or after)))
    return found


def _worth(n: str) -> float:
    """The value of a number in figures or Chinese characters: 二十五, 二〇二四, 三点五."""
    if n[0].isdigit():
        return float(n)
    whole, _, part = n.partition("点")
    if part:
        return _worth(whole) + float("0." + "".join(str(DIGIT.get(c, 0)) for c in part))
    if not set(whole) & set(UNIT):
        return float("".join(str(DIGIT[c]) for c in whole))
    total, digit = 0, 0
    for char in whole:
        if char in UNIT:
            total, digit = total + (digit or 1) * UNIT[char], 0
        else:
            digit = DIGIT[char]
    return float(total + digit)


def _latin(text: str) -> list[tuple[float, bool]]:
    found = []
    for match in NUMBER.latin.finditer(text):
        scale = WORDS.get((match["scale"] or "").casefold(), 1) * (1e3 if match["mil"] else 1)
        value = _decimal(match["n"]) * scale * (0.01 if match["after"] else 1)
        found.append((round(value, 9), True))
    for figure in find_figures(text):
        if not text[figure.start].isdigit() and figure.value == figure.value:
            percent = re.match(r"\s*per ?cent", text[figure.stop :])
            found.append((round(figure.value * (0.01 if percent else 1), 9), bool(percent)))
    months = re.findall(r"\b[a-zà-ÿ]{3,10}\b", text.casefold())
    return found + [(float(MONTH[word]), False) for word in months if word in MONTH]


def _decimal(n: str) -> float:
    """*1,234.5*, *1 234,5* and *1.234,5* are one number; *1,5* is one and a half."""
    plain = re.sub(r"[ \u00a0\u202f]", "", n)
    if re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+\.\d{1,2}|\d+", plain):
        return float(plain.replace(",", ""))
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+,\d+", plain):
        return float(plain.replace(".", "").replace(",", "."))
    return float(plain.replace(",", "")) if plain.count(".") <= 1 else float(plain.replace(".", ""))


def align(
    original: pd.DataFrame, translation: pd.DataFrame, *, names: Mapping[str, str] | None = None
) -> pd.DataFrame:
    """Pair the turns of a briefing with those of its translation.

    Parameters
    ----------
    original, translation : DataFrame
        The turns of one briefing each, in their order.
    names : mapping, optional
        What speakers and outlets of the original are called in the translation, as far as you know;
        the others are matched by pinyin, if pypinyin is installed, and from the turns.

    Returns
    -------
    DataFrame
        One row per pair, in the order of the original: `original_ids, translation_ids` (*4, 5* if
        one turn is two on the other side), `status` (turn; moved, paired out of order; *no
        counterpart found*; *not on this page*), `score`, `speaker_original, speaker_translation`,
        `only_original, only_translation` (numbers of one side alone),
        `text_original, text_translation`. `.attrs`: `n_turns` (both), `n_numbers` compared.

    Raises
    ------
    BriefingError
        If there are no turns, or turns of several briefings.

    Not a measure of translation quality. What is not found need not be missing.
    """
    one, other = _turns(original, "original"), _turns(translation, "translation")
    told = _by_pinyin(one, other) | {**(names or {})}
    pairs = _paired(one, other, told)
    found = Counter((a.speaker, b.speaker) for a, b, *_ in pairs if a and b and a.speaker)
    known = {a: b for (a, b), n in reversed(found.most_common()) if b} | told
    pairs = _moved(_paired(one, other, known), known)
    rows = [_row(pair, status) for pair, status in zip(pairs, _statuses(pairs), strict=True)]
    result = pd.DataFrame(rows)
    compared = sum(len(a.figures[0]) for a, b, *_ in pairs if a and b)
    result.attrs = {"made_by": "align", "n_turns": (len(one), len(other)), "n_numbers": compared}
    return result


def _by_pinyin(one: Sequence[Passage], other: Sequence[Passage]) -> dict[str, str]:
    """Speakers of the original whose surname and given name somebody has in the translation."""
    if find_spec("pypinyin") is None:
        return {}
    from pypinyin import lazy_pinyin

    latin = {b.speaker: {*label_key(b.speaker).replace("-", "").split()} for b in other}
    found: dict[str, str] = {}
    for name in {a.speaker for a in one if DENSE.search(a.speaker)}:
        sounds = lazy_pinyin(name[-4:])  # titles stand before the name
        spelt = [
            {"".join(sounds[i:k]), "".join(sounds[k:])}
            for i in range(len(sounds))
            for k in (i + 1, i + 2)
        ]
        whose = [who for who, words in latin.items() if any(n <= words for n in spelt)]
        if len(whose) == 1:
            found[name] = whose[0]
    return found


class Pair(NamedTuple):
    """What is on each side, how well it fits, and whether it was paired out of order."""

    original: Passage | None
    translation: Passage | None
    score: float
    moved: bool = False


Way = tuple[float, tuple[int, int] | None, Pair]  # score so far, where from, and by which pair


def _turns(turns: pd.DataFrame, name: str) -> list[Passage]:
    TURNS.check(turns, "briefing_id", "turn_id", "speaker", "role", "text")
    n = turns["briefing_id"].nunique()
    if n != 1:
        raise BriefingError.of("side of several briefings", name=name, n=n)
    columns = turns[["turn_id", "speaker", "role", "text"]].astype("object")
    plain = columns.where(columns.notna(), "")
    return [Passage((i,), who, role, text) for i, who, role, text in plain.itertuples(index=False)]


def _score(a: Passage, b: Passage, usual: float, known: dict[str, str]) -> float:
    """How well two turns fit: above 0 if they more likely do than not."""
    off = np.log(max(len(b.text), 1) / max(len(a.text), 1)) - usual
    score = 1.0 - min((off / SPREAD) ** 2 / 2, 2.5)
    if {a.role, b.role} == {"official", "journalist"}:
        score -= 2
    score += 0.5 if a.asks == b.asks else -0.5
    if a.speaker in known and b.speaker:
        score += 1 if known[a.speaker] == b.speaker else -2
    for x, y in ((a.figures[0], b.figures[0]), (a.latin, b.latin)):
        if x and y:
            score += 3 * len(x & y) / min(len(x), len(y)) - 0.75
    return score


def _paired(one: Sequence[Passage], other: Sequence[Passage], known: dict[str, str]) -> list[Pair]:
    """The best pairing in order: one to one, one to two, two to one, or alone."""
    length = [sum(len(said.text) for said in side) for side in (one, other)]
    usual = float(np.log(length[1] / length[0]))
    ones, others = _stretches(one), _stretches(other)
    start: Way = (0.0, None, Pair(None, None, 0.0))
    best: dict[tuple[int, int], Way] = {(0, 0): start}
    for i, j in product(range(len(one) + 1), range(len(other) + 1)):
        ways = []
        for di, dj in ((1, 1), (1, 2), (2, 1), (1, 0), (0, 1)):
            if i < di or j < dj:
                continue
            a, b = ones[i, di], others[j, dj]
            score = _score(a, b, usual, known) - 0.75 * (di + dj - 2) if a and b else GAP
            ways.append((best[i - di, j - dj][0] + score, (i - di, j - dj), Pair(a, b, score)))
        if ways:
            best[i, j] = max(ways, key=lambda way: way[0])
    found: list[Pair] = []
    _, at, pair = best[len(one), len(other)]
    while at is not None:
        found.append(pair)
        _, at, pair = best[at]
    return found[::-1]


def _stretches(turns: Sequence[Passage]) -> dict[tuple[int, int], Passage | None]:
    """What ends at each place: no turn, one, or two combined."""
    none = dict.fromkeys([(i, 0) for i in range(len(turns) + 1)])
    one = {(i, 1): said for i, said in enumerate(turns, 1)}
    two = {(i, 2): a.and_next(b) for i, (a, b) in enumerate(pairwise(turns), 2)}
    return {**none, **one, **two}


def _moved(pairs: list[Pair], known: dict[str, str]) -> list[Pair]:
    """Unpaired turns on both sides, paired out of order if they fit well."""
    left = [(i, a) for i, (a, b, *_) in enumerate(pairs) if a and not b]
    right = [(j, b) for j, (a, b, *_) in enumerate(pairs) if b and not a]
    usual = _usual(pairs)
    fits = [(_score(a, b, usual, known), i, j) for (i, a), (j, b) in product(left, right)]
    done: dict[int, Pair | None] = {}
    for score, i, j in sorted(fits, reverse=True):
        if score >= SAME_AGAIN and done.keys().isdisjoint((i, j)):
            done[i] = Pair(pairs[i].original, pairs[j].translation, score, moved=True)
            done[j] = None
    every = (done.get(i, pair) for i, pair in enumerate(pairs))
    return [*filter(None, every)]


def _usual(pairs: list[Pair]) -> float:
    """The log of how much longer paired turns are in the translation."""
    both = [(len(a.text), len(b.text)) for a, b, *_ in pairs if a and b]
    return float(np.log(np.divide(*np.sum(both, axis=0)[::-1]))) if both else 0.0


def _statuses(pairs: list[Pair]) -> list[str]:
    matched = [i for i, (a, b, *_) in enumerate(pairs) if a and b]
    first, last = (matched[0], matched[-1]) if matched else (len(pairs), -1)
    statuses = [NONE_FOUND if first < i < last else NOT_HERE for i in range(len(pairs))]
    for i in matched:
        statuses[i] = "moved" if pairs[i].moved else "turn"
    return statuses


def _row(pair: Pair, status: str) -> dict[str, object]:
    a, b, score, _ = pair
    return {
        "original_ids": ", ".join(map(str, a.ids)) if a else "",
        "translation_ids": ", ".join(map(str, b.ids)) if b else "",
        "status": status,
        "score": score,
        "speaker_original": a.speaker if a else "",
        "speaker_translation": b.speaker if b else "",
        "only_original": _missing(a, b) if a and b else [],
        "only_translation": _missing(b, a) if a and b else [],
        "text_original": a.text if a else "",
        "text_translation": b.text if b else "",
    }


def _missing(here: Passage, there: Passage) -> list[float]:
    """The numbers on one side that the other lacks, except those that are merely rounded."""
    others = there.figures[1]
    return sorted(
        x for x in here.figures[0] if not any(abs(x - y) <= CLOSE * max(x, y) for y in others)
    )


def align_sentences(aligned: pd.DataFrame) -> pd.DataFrame:
    """Pair the sentences within each pair of turns: `original_ids, text_original, ...`."""
    from nltk.translate.gale_church import align_blocks

    kept = aligned.loc[aligned["status"].isin(["turn", "moved"])]
    ids = ["original_ids", "translation_ids", "text_original", "text_translation"]
    rows = []
    for one, other, *texts in kept[ids].astype("str").itertuples(index=False, name=None):
        cut = [[text[i:j] for i, j in find_sentences(text)] for text in texts]
        links = align_blocks(*([len(s) for s in side] for side in cut)) if all(cut) else []
        rows += [(one, other, i + 1, j + 1, cut[0][i], cut[1][j]) for i, j in links]
    columns = ["original_ids", "translation_ids", "sentence_original", "sentence_translation"]
    return pd.DataFrame(rows, columns=[*columns, "text_original", "text_translation"])
