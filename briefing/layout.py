"""Which labelling convention a transcript uses, found out from the document itself.

Every place that may be a label (`labels.candidates`) gets points for what speaks for it
(the label comes back, it is a title with a name, it stands in capitals or bold, a time goes
with it, it is a word such as *Question*) and loses points for what speaks against it (it
heads a line of data, it has words no name has, it stands in mid-sentence). The strong ones
show which style the document prefers; then all are judged again, those in the document's own
style more kindly. What is not accepted stays text.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field

from briefing.evidence import points_of
from briefing.labels import CLOCK, Candidate, candidates, ends_sentence
from briefing.names import case_of, role_word
from briefing.page import Row, is_end, is_time
from briefing.reading.times import seconds
from briefing.tables import BriefingError

ACCEPT = 2.5
STRONG = 3.5
LAYOUTS = ("colon", "full stop", "dash", "bare", "bold", "time", "bracket", "alone")
CLOCK_ALONE = re.compile(  # a time or a span of time, perhaps with its length
    rf"\s*[\[(]?\s*({CLOCK})(?:\s*(?:[-–—]|-->|to)\s*{CLOCK})?\s*[\])]?\s*(?:\(\d+ \w+\.?\))?\s*$"
)
LISTED = re.compile(  # one person of a list at the head: Jane Doe, minister of ...
    r"\W*([^\W\d_][\w.’'\-]*(?:\s+[^\W\d_][\w.’'\-]*){1,3})(?:,|\s+[-–—])\s+[^\W\d_].{5,200}$"
)


@dataclass(slots=True)
class Layout:
    """The labels accepted and why: `name` says the convention in words."""

    labels: list[Candidate]
    name: str
    confidence: float
    doubtful: list[Candidate] = field(default_factory=list)
    clocks: set[int] = field(default_factory=set)  # lines that hold the time of the label below


def find_labels(rows: list[Row], *, wrapped: bool, layout: str | None = None) -> Layout:
    """Judge every candidate by the evidence of the whole document.

    `layout` names one of LAYOUTS to accept labels of that shape alone (`bare` letters and
    words such as *Question* always count).
    """
    if layout is not None and layout not in LAYOUTS:
        raise BriefingError(f"no layout {layout!r}; use one of {', '.join(LAYOUTS)}.")
    found = [(row, c) for row in rows if (c := candidates(row.number, row.line))]
    found = [(r, c) for r, c in found if not (is_time(r.text) or is_end(r.text))]
    clocks = _heed_clocks(rows, found)
    counts = Counter(c.key for _, c in found)
    solid = Counter(c.key for _, c in found if c.shape in {"colon", "full stop", "time", "bold"})
    _recover(rows, found)
    listed = {match[1].casefold() for row in rows if (match := LISTED.match(row.text))}
    for row, c in found:
        c.points = points_of(c, row, counts[c.key], wrapped=wrapped) + 1.5 * (c.key in listed)
        c.points -= 4 * (
            c.shape == "dash" and bool(LISTED.match(row.text)) and not ends_sentence(row.text)
        )
    _heed_rules(found)
    strong = Counter(c.style for _, c in found if c.points >= STRONG)
    uppers = Counter(c.case for _, c in found if c.points >= STRONG and c.shape != "bare")
    accepted, doubtful = [], []
    for row, c in found:
        points = c.points + _fit(c, strong, uppers, known=solid[c.key] > 1)
        if layout and layout != c.shape and not (role_word(c.text) or c.shape == "bare"):
            continue
        if points >= ACCEPT and _paired(c, counts):
            c.points = points
            accepted.append(c)
        elif row.paragraph and (
            points > ACCEPT - 1.5 and c.shape != "bare" or _stands_alone(c, strong)
        ):
            doubtful.append(c)
    _drop_titles(rows, accepted, counts)
    return Layout(accepted, _describe(accepted), _confidence(accepted, doubtful), doubtful, clocks)


def _recover(rows: list[Row], found: list[tuple[Row, Candidate]]) -> None:
    """A label that comes back elsewhere with its mark, and here has lost it."""
    solid = Counter(c.text for _, c in found if c.shape == "colon" and not c.alone)
    known = [t for t, n in solid.items() if n > 1 and (" " in t or t.isupper() and n > 2)]
    known.sort(key=len, reverse=True)
    forms = [*map(re.escape, known)]
    if sum(n for t, n in solid.items() if t.endswith(")")) > 1:
        forms.append(r"[A-Z][\w’'-]+(?: [A-Z][\w’'.-]+){1,3} \([^)]{2,60}\)")
    taken = {row.number for row, c in found if c.shape == "colon"}
    near = [row for row in rows if row.paragraph and row.number not in taken]
    if len(forms) == len(known):
        near = [row for row in near if row.text.startswith(tuple(known))]
    if not near:
        return
    bare = re.compile("(" + "|".join(forms) + r")\s+(?=[^\W\d_a-z])")
    for row in near:
        match = bare.match(row.text)
        if match:
            lost = Candidate(
                row.number, 0, match.end(), match[1], "colon", False, case_of(match[1])
            )
            found[:] = [(r, c) for r, c in found if r.number != row.number] + [(row, lost)]
    found.sort(key=lambda item: item[0].number)


def _heed_clocks(rows: list[Row], found: list[tuple[Row, Candidate]]) -> set[int]:
    """Times on lines of their own belong to the labels right below them, or right above."""
    times = {r.number: m[1] for r in rows if (m := CLOCK_ALONE.match(r.text))}
    if len(times) < 3:
        return set()
    order = [row.number for row in rows]
    above = dict(zip(order[1:], order, strict=False))
    below = dict(zip(order, order[1:], strict=False))
    heads = {row.number for row, c in found if c.alone and row.number not in times}
    for row, c in found:
        under = below.get(row.number, -1)
        clock = times.get(above.get(row.number, -1))
        if clock is None and below.get(under, -1) not in heads:
            clock = times.get(under)
        if clock and c.time is None and (c.alone or c.shape == "colon"):
            c.time = seconds(clock)
            c.shape = "time" if c.shape == "alone" else c.shape
    return set(times)


def _heed_rules(found: list[tuple[Row, Candidate]]) -> None:
    """Where ruled lines part the turns, a label stands right below one."""
    ruled = [row.ruled for row, c in found if c.points >= STRONG]
    if len(ruled) > 2 and sum(ruled) > 0.6 * len(ruled):
        for row, c in found:
            c.points += 3.0 if row.ruled else -3.0


def _fit(c: Candidate, strong: Counter, cases: Counter, *, known: bool) -> float:
    """What the document's own style says for or against the candidate."""
    total = sum(strong.values())
    if not total:
        return -0.5
    share = strong[c.style] / total
    if c.shape == "bare":
        return 0.0
    points = 0.75 if share >= 0.15 else -0.5 if share else -1.5
    if c.shape in {"alone", "bold", "dash"} and strong[c.style] < 2:
        points -= 1.5
    mostly_upper = cases["upper"] >= 0.7 * sum(cases.values()) and cases["upper"] > 1
    if mostly_upper and c.case == "mixed" and not known and not role_word(c.text):
        points -= 2.5
    return points


def _drop_titles(rows: list[Row], accepted: list[Candidate], counts: Counter[str]) -> None:
    """Labels printed once at either end, no whole sentence behind them: a title, an address."""
    for end in (0, -1):
        while len(accepted) > 2:
            c = accepted[end]
            stop = accepted[1].line if end == 0 else rows[-1].number + 1
            near = [r for r in rows if c.line <= r.number < stop]
            said = [r.text[c.stop if r.number == c.line else 0 :] for r in near]
            if counts[c.key] > 1 or role_word(c.text) or any(map(ends_sentence, said)):
                break
            del accepted[end]


def _stands_alone(c: Candidate, strong: Counter) -> bool:
    """A name on a line of its own, without the mark that this document's labels have there."""
    return c.shape == "alone" and c.points > 0 and any(s[1] and n > 1 for s, n in strong.items())


def _paired(c: Candidate, counts: Counter) -> bool:
    """A bare letter is a label only where the document uses it as one."""
    if c.shape != "bare":
        return True
    questions = sum(n for key, n in counts.items() if key[:1] == "q" and len(key) < 4)
    letter = c.text[0].casefold()
    return questions > 1 or letter == "q" or letter != "a" and counts[c.key] > 1


def _describe(accepted: list[Candidate]) -> str:
    """The convention in words, commonest form first."""
    if not accepted:
        return "no labels"
    words = {
        "colon": "with a colon", "full stop": "with a full stop", "dash": "set off by a dash",
        "bare": "a bare letter", "bold": "in bold type", "time": "with a time",
        "bracket": "in brackets", "alone": "unmarked",
    }  # fmt: skip
    parts = []
    for (shape, alone, case), n in Counter(c.style for c in accepted).most_common(3):
        place = "alone on the line" if alone else "before the text"
        capitals = " in capitals" if case == "upper" and shape != "bare" else ""
        parts.append(f"label {words[shape]}{capitals}, {place} ({n})")
    return "; ".join(parts)


def _confidence(accepted: list[Candidate], doubtful: list[Candidate]) -> float:
    """Mean certainty of the labels accepted, lowered by those that nearly were."""
    if not accepted:
        return 0.0
    sure = sum(min(1.0, c.points / (2 * ACCEPT)) for c in accepted)
    return round(sure / (len(accepted) + 0.5 * len(doubtful)), 2)
