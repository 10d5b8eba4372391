"""What a label looks like: the beginnings of lines that may name who speaks next.

Transcribers set a speaker off by a handful of means: a colon after a name (`NAME:`, half or
full width), a full stop after capitals (`CHAIR NAME.`), a dash (`PREGUNTA.-`, `Q - `), a bare
`Q`, bold type, a time, a line of its own. `candidates` finds every place where one of these
means is used; whether it *is* a label is decided in `layout`, by the whole document.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from briefing.lexicons import lexicon
from briefing.names import PARTICLES, case_of, label_key, role_word
from briefing.reading import Line
from briefing.reading.times import seconds

LONGEST = 160  # characters of a label: long titles run to some 130
CLOCK = r"(?:\d{1,2}:)?\d{1,3}:\d{2}(?:[.,]\d{1,3})?"
LEAD = re.compile(
    rf"\s*(?:>>+\s*|[•*·]\s+)?(?:[\[(]\s*(?P<t1>{CLOCK})\s*[\])]|(?P<t2>{CLOCK})(?=\s))?"
    r"\s*(?:[-–—|]\s+)?"
    r"(?:Q\s?\d{1,4}\s+(?=(?:[^\W\d_a-z][\w.’'\-]*\s?){1,5}[:：]))?"  # Q12  Jane Doe: ...
)
TIME_AFTER = re.compile(rf"\s*[\[(]?\s*(?P<time>{CLOCK})\s*[\])]?\s*[:：]?\s*$")
OUTLET_NEXT = re.compile(r"\s*\[[^\]:]{2,40}\]\s*[:：]")  # Q: [The Outlet]: ...
TIME_NEXT = re.compile(rf"\s*[\[(]\s*({CLOCK})\s*[\])]:?(?=\s|$)")
BARE = re.compile(
    r"(?P<label>[QAR]|P|F)(?P<n>\s?\d{1,2})?(?P<delim>\s*[.)]\s*[-–—]?|\s*[-–—]+|\s{2,}|\s|$)"
    r"(?=\s*[^\s.)])|(?P<alone>[QA])\s*$"
)
FULL_STOP = re.compile(
    r"(?=(?:[\w'’\-]++[ ,]{1,2}+){0,7}[\w'’\-]++[.])"  # seldom so: the rest would try in vain
    r"(?P<label>(?:[^\W\d_]+[.]?[ ])??(?:(?:[^\W\d_][\w'’\-]*|[^\W\d_][.])[ ,]{1,2}){0,6}"
    r"[^\W\d_][\w'’\-]+)(?P<delim>[.](?:\s*[-–—]+)?(?=\s|$)\s*|[.][-–—]+\s*)"
)
AFTER_TITLE = re.compile(FULL_STOP.pattern.replace("??", "", 1))
DASH = re.compile(r"(?=[^–—-]*+[–—-])([^–—:]{2,60}?)(?:\s+[–—-]\s+|\s*[–—]\s*(?=[^\W\d_]))")
SIGNS = re.compile(r"[(\[（)\]）:：?!。？！.]")
STOPS = re.compile(  # a sentence ends here: no abbreviation
    r"(?:\b(?=[^\W\d_])[^A-ZÀ-Þ\s][^\W\d_]{2,}|[^\W\d_]{5,})\.\s+\w$"
)
BRACKETED = re.compile(
    r"(?:[(（【<＜〈《](?P<in>[^()（）【】<>＜＞〈〉《》.!?。]{1,60})[)）】>＞〉》]|(?P<before>[^\W\d_]{1,12})[)）])"
    r"[ \t\xa0　]*(?P<colon>[:：])?"
)
STAGE_WORD = re.compile(
    r"laugh|applau|inaudibl|crosstalk|silence|pause|music|interpret|translat|video|cheer|unintellig|"
    r"笑|拍手|掌声|박수|웃음|risas|aplausos|rires|lachen|смех|аплодисм",
    re.IGNORECASE,
)
AFTER_BOLD = re.compile(r"[ \t\xa0]*(?:[\[(（][^\])）]{0,80}[\])）])?[ \t\xa0]*[:：]")
ENDS_SENTENCE = re.compile(r"[.?!…。？！:：;—–\-][\"'”’»)\]）」』*]*\s*$")


def ends_sentence(text: str) -> bool:
    """Whether `text` ends as a sentence does, or breaks off with a dash or dots."""
    return not text[-1:].isalnum() and bool(ENDS_SENTENCE.search(text[-40:]))


@dataclass(slots=True)
class Candidate:
    """A place where a label may stand: `line[start:stop]` holds the label and its marks."""

    line: int
    start: int
    stop: int
    text: str
    shape: str  # colon, full stop, dash, bare, bold, time, alone
    alone: bool  # nothing follows on the line
    case: str  # upper, mixed, none
    bold: bool = False
    time: float | None = None
    points: float = 0.0

    @property
    def key(self) -> str:
        """The label for comparing: case folded, marks levelled; `Q2` is a `Q`."""
        return label_key(self.text[:1] if self.shape == "bare" else self.text)

    @property
    def style(self) -> tuple[str, bool, str]:
        """What the convention of a document is read from."""
        return self.shape, self.alone, self.case


def candidates(number: int, line: Line) -> Candidate | None:
    """The label that `line` may begin with, by the first means of labelling that fits."""
    text = line.text
    lead = LEAD.match(text)
    begin = lead.end() if lead else 0
    clock = lead and (lead["t1"] or lead["t2"])
    found = (
        (_bold(text, begin, line.bold) if line.bold else None)
        or _bracketed(text, begin)
        or _bare(text, begin, marked=True)
        or _before_colon(text, begin)
        or _colon(text, begin)
        or _bare(text, begin)
        or _full_stop(text, begin)
        or _timed(text, begin)
        or _dash(text, begin)
        or _alone(text, begin)
    )
    if not found:
        return None
    label, stop, shape, bold = found
    outlet = OUTLET_NEXT.match(text, stop)
    if outlet and shape == "colon" and role_word(label) == "question":
        label, stop = text[begin : outlet.end() - 1], outlet.end()
    after = TIME_NEXT.match(text, stop)
    if after:
        stop, clock = after.end(), after[1]
    inner = TIME_AFTER.search(label) if ":" in label else None
    if inner and inner.start() > 0:
        label, clock = label[: inner.start()], inner["time"]
    label = label.strip(" \t\xa0*_•\u2060").strip()
    if not label or not any(c.isalpha() for c in label):
        return None
    rest = text[stop:]
    stop += len(rest) - len(rest.lstrip())
    return Candidate(
        number, 0, stop, label, shape, not rest.strip(), case_of(label), bold,
        seconds(clock) if clock else None,
    )  # fmt: skip


Found = tuple[str, int, str, bool] | None


def _bold(text: str, begin: int, spans: tuple[tuple[int, int], ...]) -> Found:
    span = next((s for s in spans if text[: s[0]].strip(" \t\xa0>[(") == "" or s[0] == begin), None)
    if span is None or span[1] - span[0] > LONGEST + 20:
        return None
    label, stop = text[span[0] : span[1]], span[1]
    inner = _colon(label, 0)
    if inner:  # the bold type runs on past the label
        return inner[0], span[0] + inner[1], "colon", True
    after = AFTER_BOLD.match(text, stop)
    if after:
        return text[span[0] : after.end() - 1], after.end(), "colon", True
    label = label.rstrip(" \t\xa0")
    if ends_sentence(label) and not text[stop:].strip():
        return None  # a whole sentence in bold
    return label.rstrip(".-–— "), stop, "bold", True


@lru_cache(maxsize=4)  # each line is asked twice
def _colon(text: str, begin: int) -> Found:
    depth = 0
    for sign in SIGNS.finditer(text, begin, begin + LONGEST):
        i, char = sign.start(), sign[0]
        if char in "([（":
            depth += 1
        elif char in ")]）":
            depth = max(0, depth - 1)
        elif char in ":：" and not depth:
            if text[i - 1 : i].isdigit() and text[i + 1 : i + 3].isdigit():  # 9:30
                continue
            if text.startswith("//", i + 1):
                return None
            return (text[begin:i], i + 1, "colon", False) if i > begin else None
        elif char in "?!。？！" or char == "." and STOPS.search(text, max(0, i - 20), i + 3):
            return None
    return None


def _bracketed(text: str, begin: int) -> Found:
    """`(Question)`, `【Outlet】`, `<Answer>` before the text, or a closing bracket alone: `Q)`."""
    match = BRACKETED.match(text, begin)
    if not match or STAGE_WORD.search(match[0]):
        return None
    label = match["in"] or match["before"]
    word = role_word(label) or re.search(r"記者|记者|기자|大臣|長官", label)
    if match["colon"] or word or match[0][:1] in "【〈《":
        return label, match.end(), "colon" if match["colon"] else "bracket", False
    return None


def _before_colon(text: str, begin: int) -> Found:
    """`NAME. I would say this: ...`: the full stop, or the dash, ends the label, not the colon."""
    colon = _colon(text, begin)
    for mark in (_full_stop, _dash) if colon else ():
        found = mark(text, begin)
        words = text[found[1] : colon[1]].split() if found and colon else []
        if sum(w.islower() and w not in PARTICLES for w in words) > (mark is _dash):
            return found
    return None


def _bare(text: str, begin: int, *, marked: bool = False) -> Found:
    """A letter by itself; `marked` asks for a mark or two spaces behind all but Q."""
    match = BARE.match(text, begin)
    if not match or marked and match["label"] != "Q" and match["delim"] in {" ", ""}:
        return None
    if match["alone"]:
        return match["alone"], match.end(), "bare", False
    if match["label"] not in "QA" and not re.search(r"[-–—.)]", match["delim"]):
        return None
    return match["label"] + (match["n"] or ""), match.end(), "bare", False


def _full_stop(text: str, begin: int) -> Found:
    match = FULL_STOP.match(text, begin)
    if match and label_key(match["label"]) in lexicon("titles"):  # SR. VOCERO.-
        match = AFTER_TITLE.match(text, begin)
    if not match or len(match["label"]) > 60:
        return None
    dashed = bool(re.search(r"[-–—]", match["delim"]))
    words = [w for w in re.split(r"[ ,]+", match["label"]) if w]
    capitals = case_of(match["label"]) == "upper" and sum(map(len, words)) > 3
    titled = label_key(words[0]) in lexicon("titles") and words[-1].isupper() and len(words[-1]) > 2
    if titled and len(words) <= 5 and text[match.end() :]:  # Chairman MARLOW.
        return match["label"], match.end(), "full stop", False
    if dashed and len(words) <= 6 or capitals and len(words) > (1 if text[match.end() :] else 9):
        return match["label"], match.end(), "full stop", False
    if capitals and role_word(match["label"]) and text[match.end() :]:
        return match["label"], match.end(), "full stop", False
    return None


def _timed(text: str, begin: int) -> Found:
    short = len(text) - begin <= LONGEST and ":" in text
    match = TIME_AFTER.search(text, begin) if short else None
    label = text[begin : match.start()] if match else ""
    return (label, len(text), "time", False) if _name_like(label) else None


def _dash(text: str, begin: int) -> Found:
    match = DASH.match(text, begin)
    if match and match.end() < len(text) and _name_like(match[1]):
        return match[1], match.end(), "dash", False
    return None


def _alone(text: str, begin: int) -> Found:
    label = text[begin:].strip()
    if len(label) > LONGEST or ends_sentence(label) or label.startswith(("(", "[")):
        return None
    named = case_of(label) == "upper" or _name_like(label)
    return (label, len(text), "alone", False) if named else None


def _name_like(label: str) -> bool:
    words = label.replace("(", " ").replace(")", " ").split()
    if not 0 < len(words) <= 12 or label[-1:] in ",;":
        return False
    return all(w[0].isupper() or not w[0].isalpha() or w in PARTICLES for w in words)
