"""Where an English clause asks: its question word or verb in front, or a frame that asks.

Word order decides, not sense. At the head of a sentence a verb or a question word in front is
enough (*Has ...?*, *Which ports ...?*); later on, where *which* and *who* may open a relative
clause and *has* may be the verb of the statement, the subject must follow (*..., has it ...?*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from briefing.questions.wordings import wording

AUX = (
    r"(?:is|are|was|were|do|does|did|have|has|had|can|could|will|would|should|shall|may|might|must"
    r"|wo(?=n't)|ca(?=n't)|ai(?=n't))(?:n't)?"
)
_PRONOUN = r"(?:i|you|he|she|it|we|they|there|this|that|these|those|one)"
SUBJECT = (
    rf"(?:{_PRONOUN}|the|an?|any|anyone|anybody|anything|some|someone|my|our|your|his|her|its|their"
    r"|both|every|each|mr|ms|mrs|people)"
)
_WH = r"(?:what|how|why|when|where|who|whom|whose|which)"
_SHORT = r"(?:'s|'re|'d|'ve|'ll)"
_PREP = (
    r"(?:(?:about|after|at|between|by|for|from|in|into|of|on|over|since|through|to|towards?|under"
    r"|until|with|within)\s+)?"
)
_SIZE = r"(?:much|many|long|far|often|soon|big|large|high|quickly|closely|likely|concerned)"


def compiled(text: str) -> re.Pattern[str]:
    """An expression that ignores case."""
    return re.compile(text, re.IGNORECASE)


ANY_WH = compiled(rf"{_PREP}{_WH}\b")
VERB = compiled(rf"{AUX}\b(?!-)")
TAG = compiled(
    rf"(?:{AUX}\s+{_PRONOUN}(?:\s+not)?|is\s+(?:that|it)\s+(?:right|correct|so|fair)"
    r"|right|correct|yes|no|okay|huh|(?:you\s+know)?\s*what i mean)\W*$"
)
_WH_FIRST = compiled(
    rf"{_PREP}(?:{_WH}(?:{_SHORT}|\s+{AUX})\b|(?:which|who|why|(?:what|how)\s+about)\b"
    rf"|(?:what|whose|how)\s+(?!(?:{SUBJECT}|if|to)\b)\w)"
)
_WH_LATER = compiled(
    rf"{_PREP}(?:(?:what|how|why|whom)(?:{_SHORT}|\s+{AUX})\b|how\s+{_SIZE}\b"
    rf"|(?:when|where|which|who|whose)\s+{AUX}\s+(?:you|we|they|he|she|it|i)\b"
    rf"|(?:what|which|how)\s+(?:\w+\s+){{1,3}}{AUX}\s+{SUBJECT}\b)"
)
_ALONE = compiled(rf"(?=(?:what|how|why)\b){_WH_FIRST.pattern}|(?:do|does|did)\s+\w")
_LED = compiled(r"(?:if|in|on|at|by|for|from|under|during|of|to)\b")
_VERB_LATER = compiled(rf"{AUX}\s+(?:not\s+)?(?:{SUBJECT}\b|(?-i:[A-Z]))")
_INVERTED = compiled(  # enough without a question mark; but *had I*, *should you*, *may I* are not
    rf"{_PREP}(?:{_WH}{_SHORT}\s+|(?:(?:{_WH}|how\s+{_SIZE}(?:\s+\w+)?)\s+)?"
    rf"(?!(?:had|should|shall|may|might|must)\b){AUX}\s+)(?:you|there|it|we|they|he|she|the|this|that|any|your|our|his|her|their)\b"
)
_BREAK = compiled(r"[,;:(—–]\s*|\s--?\s+|[.…]{2,}\s*|\s(?=(?:and|but|or)\s)")
_CALLED = re.compile(r"(?:(?:[A-Z][\w.'-]*|sir|madam|of|for|the)[\s,—–-]*){0,6}")

_NEAR = 80  # characters before a colon
_TOLD = compiled(r"(?:the\s+)?(?:first|second|third|last|one|two|three)(?:\s+one)?\W*")


class Clause(NamedTuple):
    """A place where an interrogative may begin, and what stands before it in the sentence."""

    at: int
    opens: bool  # nothing but *and, so, Mr. Tallow* before it
    joined: bool  # *and*, *but* or a semicolon
    either: bool  # *or*
    comma: bool


@cache
def _connectives() -> re.Pattern[str]:
    return compiled(rf"\W*(?:(?:{wording('question-connectives').pattern})\b\W+)*")


def head(text: str, start: int, stop: int) -> int:
    """Where a clause begins after signs and *and, so, thank you*."""
    found = _connectives().match(text, start, stop)
    return found.end() if found else start


def clauses(text: str, start: int, stop: int) -> Iterator[Clause]:
    """The places in a sentence where an interrogative may begin."""
    first = last = head(text, start, stop)
    yield Clause(first, opens=True, joined=False, either=False, comma=False)
    for sign in _BREAK.finditer(text, first, stop):
        at = head(text, sign.end(), stop)
        if last < at < stop:
            last = at
            between = text[sign.start() : at].casefold()
            yield Clause(
                at,
                opens=_opens(text, first, sign),
                joined=re.search(r";|\b(?:and|but|so)\b", between) is not None,
                either=re.search(r"\bor\b", between) is not None,
                comma="," in between,
            )


def _opens(text: str, first: int, sign: re.Match[str]) -> bool:
    """Whether nothing but a name called stands before a sign, or *two questions* before a colon."""
    if _CALLED.fullmatch(text, first, sign.start()):
        return True
    before = text[max(first, sign.start() - _NEAR) : sign.start()] if ":" in sign[0] else ""
    return bool(_TOLD.fullmatch(before) or wording("question-announcements").search(before))


def begins(text: str, start: int, stop: int) -> list[int]:
    """Where the interrogatives of a sentence with a question mark begin, if there are any.

    Where word order finds none, a question word after a comma is taken: *what, how, why*; after
    *now that, in, if* and the like also *who, which*, which else open a relative clause.
    """
    found: list[int] = []
    every = clauses(text, start, stop)
    places = [c for c in every if c.opens or not TAG.match(text, c.at, stop)]
    for clause in places:
        if _asks_too(text, clause, stop, after=found[-1]) if found else _asks(text, clause, stop):
            found.append(clause.at)
    leads = (_LED, wording("question-preface"))
    led = any(lead.match(text, c.at, stop) for c in places if c.opens for lead in leads)
    forms = (_WH_FIRST, VERB) if led else (_ALONE,)
    late = (c.at for c in places if any(form.match(text, c.at, stop) for form in forms))
    return found or [*late][:1]


def begins_bare(text: str, start: int, stop: int) -> list[int]:
    """Where a sentence without a question mark turns the word order round, if it does."""
    places = (c.at for c in clauses(text, start, stop) if c.opens or c.comma)
    opening = next(clauses(text, start, stop)).at
    for at in places:
        found = _INVERTED.match(text, at, stop)
        if found and (at == opening or found[0].casefold().endswith(" you")):
            return [at]
    return []


def is_wh(text: str) -> bool:
    """Whether the interrogative that begins the text has a question word in front."""
    return ANY_WH.match(text) is not None


def _asks(text: str, clause: Clause, stop: int) -> bool:
    wh, verb = (_WH_FIRST, VERB) if clause.opens else (_WH_LATER, _VERB_LATER)
    return any(form.match(text, clause.at, stop) for form in (wh, verb))


def _asks_too(text: str, clause: Clause, stop: int, *, after: int) -> bool:
    """Whether a later clause asks one thing more; *or* offers a choice in the same one."""
    by_wh = is_wh(text[after:stop])
    if clause.either or not (clause.joined or clause.comma and by_wh):
        return False
    if wording("question-request").match(text[after:stop]):
        return _INVERTED.match(text, clause.at, stop) is not None
    wh = _WH_FIRST if clause.joined and by_wh else _WH_LATER
    forms = (wh, _VERB_LATER) if clause.joined else (wh,)
    return any(form.match(text, clause.at, stop) for form in forms)
