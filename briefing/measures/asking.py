"""What is a question in a turn, of which type, and where it begins.

Lists of wordings as one regular expression each, for printed text as it stands.

Where an English clause asks: its question word or verb in front, or a frame that asks.

Word order decides, not sense. At the head of a sentence a verb or a question word in front is
enough (*Has ...?*, *Which ports ...?*); later on, where *which* and *who* may open a relative
clause and *has* may be the verb of the statement, the subject must follow (*..., has it ...?*).

Whether a question with its verb in front offers a choice: *Is it a loan or a grant?*

The form decides (Stivers & Enfield 2010: alternative questions limit the answer to what they
name): a second verb or a comma before *or*, or two short phrases of like form around an *or*
near the end. Where the verb merely asks whether something exists or is known (*have, there is,
aware of, heard*), or the wording is a formula (*a week or two*), the question stays polar.

Where in a turn something is asked, and in which form: the parts of a question turn.

A journalist seldom asks one thing. A part ends at a question mark, before another interrogative
that is joined to it (*What was the cause, and who pays?*), or with the sentence of a frame that
asks without a question mark (*I wonder whether ...*). It begins at its interrogative: what goes
before in the sentence (*As the quay has closed, Ms. Marlow, ...*) is its lead.

The forms are those of Stivers & Enfield (2010) and two more; the first that fits counts:
*request* (*could you tell us*, *I wonder if*), *wh-* (a question word in front), *alternative*
(the verb in front, and *or* with a second verb, after a comma, or between two short phrases of
like form near the end: *Is it a loan or a grant?*), *polar* (the verb in front),
*declarative* (a statement or a fragment with a question mark, with a tag or without).

A question mark inside a quotation is somebody else's. Where a question is merely announced (*May
I ask about the bills?* *My question is about fees.*) nothing is asked yet, unless nothing
follows: then it is a request to speak about that.

Stivers, T., & Enfield, N. J. (2010). A coding scheme for question-response sequences in
conversation. J. Pragmatics 42.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import NamedTuple

from briefing.lexicons import pattern
from briefing.lexicons.stage import without_stages
from briefing.words.boundaries import APOSTROPHES, Span, count_words, find_sentences


@cache
def wording(name: str) -> re.Pattern[str]:
    """The expressions of the list `name` as one, case ignored; a space is any white space."""
    return re.compile(pattern(name).pattern.replace(" ", r"\s{1,9}"), re.IGNORECASE)


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
    r"|right|correct|yes|no|okay|huh|(?:you\s+know\s+)?what i mean)\W*$"
)
_ELSE = r"(?:\s+(?:else|exactly|then|again|specifically|precisely|on\s+earth))?"
_WH_FIRST = compiled(
    rf"{_PREP}(?:{_WH}(?:{_SHORT}|{_ELSE}\s+{AUX})\b|(?:which|who|why|(?:what|how)\s+about)\b"
    rf"|(?:what|whose|how)\s+(?!(?:{SUBJECT}|if|to)\b)\w)"
)
_SUBORDINATE = compiled(r"(?:what|how|when|where)\s+(?:i|you|he|she|it|we|they|there)\b")
_WH_LATER = compiled(
    rf"{_PREP}(?:(?:what|how|why|whom)(?:{_SHORT}|\s+{AUX})\b|how\s+{_SIZE}\b"
    rf"|(?:when|where|which|who|whose)\s+{AUX}\s+(?:you|we|they|he|she|it|i)\b"
    rf"|(?:what|which|how)\s+(?:\w+\s+){{1,3}}{AUX}\s+{SUBJECT}\b)"
)
_ALONE = compiled(rf"(?=(?:what|how|why)\b){_WH_FIRST.pattern}|(?:do|does|did)\s+\w")
_LED = compiled(r"(?:if|in|on|at|by|for|from|under|during|of|to)\b")
_VERB_LATER = compiled(rf"{AUX}\s+(?:not\s+)?(?:{SUBJECT}\b|(?-i:[A-Z]))")
_INVERTED = compiled(  # enough without a question mark; but *had I*, *should you*, *may I* are not
    rf"{_PREP}(?:{_WH}{_SHORT}\s+|(?:(?:{_WH}{_ELSE}|how\s+{_SIZE}(?:\s+\w+)?"
    rf"|(?:what|which|whose)\s+(?!{_PRONOUN}\b)\w+(?:\s+\w+)?)\s+)?"
    rf"(?!(?:had|should|shall|may|might|must)\b){AUX}\s+)(?:you|there|it|we|they|he|she|the|this|that|any|your|our|his|her|their)\b"
)
_BURIED = compiled(  # no sign before it: *Minister will you*; not *as did he, people who have it*
    r"(?<![\w'])(?!(?:as|so|nor|neither|than|only|to|who|that|which|not|i|you|he|she|it|we|they|can"
    r"|could|will|would|may|might|must|should)\s)[\w'.-]+,?\s+"
    rf"(?P<at>(?:(?:{_WH}|how\s+{_SIZE})\s+{AUX}"
    r"|(?:do|does|did|have|has|will|would|could|can|should)(?:n't)?)\s+(?:you|he|she|it|we|they)\b)"
)
_JOINTS = re.compile(r";|\b(?:and|but|so|or)\b")
_COUNTED = re.compile(
    r"\b(?:second|third|finally|lastly|two|three|separately|also|then|if (?:so|not))"
)
_DIRECT = compiled(
    rf"(?:\s+(?:us|me|him|her|the\s+\w+))?(?:,?\s+please)?\s*[,:—–]\s*(?=(?:{_WH}\s+)?{AUX}\s+{SUBJECT}\b)"
)
_BREAK = compiled(r"[,;:(—–]\s*|\s--?\s+|[.…]{2,}\s*|\s(?=(?:and|but|or)\s)")
_CALLED = re.compile(r"(?:(?:[A-Z][\w.'-]*+|sir|madam|of|for|the)[\s,—–-]*+){0,6}")

_NEAR = 80  # characters before a colon
_TOLD = compiled(r"(?:the\s+)?(?:first|second|third|last|one|two|three)(?:\s+one)?\W*")


class Clause(NamedTuple):
    """A place where an interrogative may begin, and what stands before it in the sentence."""

    at: int
    opens: bool  # nothing but *and, so, Mr. Tallow* before it
    joined: bool  # *and*, *but* or a semicolon
    either: bool  # *or*
    comma: bool
    counted: bool = False  # *number two, separately, if not*


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
            joint = _JOINTS.findall(between)[-1:]
            yield Clause(
                at,
                opens=_opens(text, first, sign),
                joined=bool(joint) and joint != ["or"],
                either=joint == ["or"],
                comma="," in between,
                counted=_COUNTED.search(between) is not None,
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
    late = [c.at for c in places if any(form.match(text, c.at, stop) for form in forms)]
    buried = (turn.start("at") for turn in _BURIED.finditer(text, start, stop))
    return found or [*late, *(at for at in buried if not TAG.match(text, at, stop))][:1]


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
    """Whether the interrogative that begins the text has a question word in front.

    *When they met, nobody spoke?* has none: a subject follows it, no verb.
    """
    return ANY_WH.match(text) is not None and _SUBORDINATE.match(text) is None


def _asks(text: str, clause: Clause, stop: int) -> bool:
    wh, verb = (_WH_FIRST, VERB) if clause.opens else (_WH_LATER, _VERB_LATER)
    return any(form.match(text, clause.at, stop) for form in (wh, verb))


def _asks_too(text: str, clause: Clause, stop: int, *, after: int) -> bool:
    """Whether a later clause asks one thing more; *or* offers a choice in the same one."""
    by_wh = is_wh(text[after:stop])
    if clause.either:
        return _WH_LATER.match(text, clause.at, stop) is not None
    framed = wording("question-request").match(text[after:stop])
    if not (clause.joined or clause.comma and (by_wh or framed)):
        return False
    if framed:
        return _INVERTED.match(text, clause.at, stop) is not None
    wh = _WH_FIRST if clause.joined and (by_wh or clause.counted) else _WH_LATER
    forms = (wh, _VERB_LATER) if clause.joined else (wh,)
    return any(form.match(text, clause.at, stop) for form in forms)


OR_VERB = compiled(
    rf"\bor,?\s+{AUX}\s+(?:{SUBJECT}\b|(?-i:[A-Z]))"
    rf"|[,—–]\s*or\s+(?!(?:{_WH}|not|so|any\w*|some\w*|even|at\s+least|rather|more|other)\b)\w"
)
_DET = r"(?:the|this|that|these|those|my|your|our|his|her|its|their)"
_LINK = r"(?:about|as|at|between|by|for|from|in|into|of|on|over|through|to|under|with|within)"
_W = r"[\w'’-]+"
_UNIT = r"(?:second|minute|hour|day|week|month|year)s"
_LAST = (  # what may follow the choice: a time, a place
    rf"(?:\s+(?:{_LINK}|after|before|during|this|next|last|today|tomorrow|now|soon|again|yet|then)\b"
    rf"(?:\s+{_W}){{0,4}})?\W*$"
)
_OR = r"\s+or\s+(?:(?:just|only|merely|still|really)\s+)?"
_CHOICES = (
    compiled(
        rf"\b{_DET}(?:\s+(?!(?:an?|{_DET})\b){_W}){{1,3}}{_OR}{_DET}(?:\s+{_W}){{1,2}}{_LAST}"
    ),
    compiled(rf"\b{_LINK}(?:\s+{_W}){{1,3}}{_OR}{_LINK}(?:\s+{_W}){{1,2}}{_LAST}"),
    compiled(rf"(?-i:\b[A-Z]{_W}\s+or\s+[A-Z]{_W}(?:\s+[A-Z]{_W}){{0,2}}){_LAST}"),
    compiled(rf"\b{_W}\s+({_W}){_OR}{_W}\s+\1{_LAST}"),  # this week or next week
    compiled(
        rf"\bfor\s+or\s+against\b|\b(?:{_UNIT}\s+or\s+{_UNIT}|(?:up|higher|more|better|stay|in)\s+or\s+"
        rf"(?:down|lower|less|worse|go|out)){_LAST}"
    ),
)
_KINDS = compiled(  # is it a loan or a grant, but not: is it seeking a loan or a grant
    rf"(?:(?:is|are|was|were)(?:n't)?\s+(?:(?!\w+(?:ing|ed)\b|an?\b){_W}\s+){{1,4}}"
    rf"|.*?\b(?:be|become|call\s+(?:it|this|that))\s+)"
    rf"an?\s+(?:{_W}\s+){{0,2}}{_W}{_OR}an?(?:\s+{_W}){{1,2}}{_LAST}"
)
_QUALITIES = compiled(  # is it temporary or permanent, but not: killed or injured, boats or ships
    rf"(?:is|are|was|were)(?:n't)?\s+(?:{_W}\s+){{1,4}}(?!\w+(?:ed|s)\s+or\s){_W}{_OR}{_W}\W*$"
)
_RATHER = compiled(r".*\b(?:rather|prefer|choose)\b.*\sor\s")
_NO_CHOICE = compiled(  # formulas, estimates and what merely widens the question
    r"\bor\s+(?:not?|so|two(?!\s+\w)|any\w*|some\w*|even|rather|fewer|other\w*|another|else\w*"
    r"|whatever|whoever|both|neither|perhaps|maybe|at\s+least|the\s+others?|that|this|such|what)\b"
    r"|\b(?:sooner|whether|yes|no)\s+or\b|\b(?:more\s+or\s+less|day\s+or\s+night)\s+\w"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten)\s+or\b|\bday\s+or\s+night\b"
    r"|\b(?:one\s+way|confirm|hurt|harmed|killed|dead|ill|sick)\s+or\b"
)
_OPEN = compiled(  # asks whether there is something, or whether somebody knows of it
    rf"{AUX}\s+there\b|(?:do|does|did)(?:n't)?\s+(?:{_W}\s+){{1,4}}(?:have|expect|confirm)\b"
    r"|.*\b(?:any\w*|ever|whether|if|who|which|how|what|either\s+of|aware|know|seen|heard?|received?"
    r"|spoken|speak\w*|talk(?:ed)?\s+(?:to|with)|met|got|(?<!more\s)(?:concern|worri)ed)\b"
)
_BEFORE = 14  # words of a question before the choice that it ends with


def offers_choice(words: str) -> bool:
    """Whether a question that begins with its verb is an alternative question by its form."""
    if OR_VERB.search(words):
        return True
    verb = VERB.match(words)
    if verb is None or _OPEN.match(words):
        return False
    if _RATHER.match(words):
        return True
    at = verb.end() + 2  # not at once: the mayor or the governor may be the subject
    found = next(filter(None, (choice.search(words, at) for choice in _CHOICES)), None)
    found = found or _KINDS.match(words) or _QUALITIES.match(words)
    before = words[: found.start()].split() if found else ()
    return found is not None and len(before) < _BEFORE and not _NO_CHOICE.search(found[0])


TYPES = ("polar", "wh-", "alternative", "declarative", "request")
_SHORTEST = 3  # words of a part that is split off within a sentence
_AND_SO = compiled(r"^\W*(?:(?:and|but|so|also)\s+)*")
_LAST_WORD = re.compile(r"\w+")
_TAG_WORDS = 2
_HEARER = compiled(r"\b(?:i|you|we)\b")
_THING = compiled(rf"\b{_PRONOUN}\b")

_QUOTED = re.compile(
    r"“[^”]{1,300}”|\"[^\"\n]{1,300}\"|«[^»]{1,300}»|(?<!\w)‘[^’\n]{1,200}[?.,]’(?!\w)"
)
_PIECE = re.compile(r"[^?？]*[?？]+[^\w?？]*|[^?？]+")
_JOINT = re.compile(
    r"(?:(?<![\s,;—–-])[\s,;—–-]+(?:and|but|so|then|also)){0,5}(?:(?<![\s,;—–-])[\s,;—–-]+)?$",
    re.IGNORECASE,
)
_ASKS_AFTER = re.compile(
    r"[,—–:]\s*(?:what|how|why|is|are|do|does|did|will|has|have)\b"
    r"|[,—–:]\s*(?:who|whom|whose|which|when|where|was|were|would|should"
    r"|(?:can|could)(?!\s+(?:i|we|us|(?:you|everyone|everybody)\s+hear)\b))\b.{0,300}\?\W*$",
    re.DOTALL | re.IGNORECASE,
)
_TOPIC = re.compile(
    r"\b(?:about|on|of|regarding|concerning|as to|start with|concerns|regards)\s+\w", re.IGNORECASE
)


@dataclass(frozen=True)
class Part:
    """One thing asked: from its interrogative to its end; `sentence` is where that begins."""

    start: int
    stop: int
    type: str
    sentence: int


def plain(text: str) -> str:
    """The text with one kind of apostrophe, without quoted words and stage directions; as long."""
    return _QUOTED.sub(_blank, without_stages(text)).translate(APOSTROPHES)


def find_parts(masked: str) -> list[Part]:
    """Everything that a turn asks, in order; takes the text as `plain` gives it."""
    parts: list[Part] = []
    announced: list[Part] = []
    before = None
    for start, stop in pieces(masked):
        if before is not None and _is_tag(masked, before[0], start, stop):
            if not parts or parts[-1].stop < before[1]:
                parts.append(_declared(masked, before[0], stop))
        else:
            found = _parts_of(masked, start, stop)
            if is_announcement(masked[start:stop]):
                announced += found or _topic_of(masked, start, stop)
            else:
                parts += found
        before = start, stop
    after = parts[-1].stop if parts else 0
    last = [part for part in announced if part.start >= after]
    return parts + [part for part in last if _TOPIC.search(masked[part.start : part.stop])]


def pieces(masked: str) -> list[Span]:
    """Sentences, cut once more where a question mark does not end them."""
    spans: list[Span] = []
    for start, stop in _joined(masked, find_sentences(masked)):
        for piece in _PIECE.finditer(masked, start, stop):
            inner = piece[0].strip()
            at = piece.start() + piece[0].index(inner)
            if any(map(str.isalnum, inner)):
                spans.append((at, at + len(inner)))
    return spans


def _joined(masked: str, sentences: list[Span]) -> list[Span]:
    """Sentences, with those put together again that the end of a page or a caption cut."""
    spans: list[Span] = []
    for start, stop in sentences:
        if spans and masked[start].islower() and masked[spans[-1][1] - 1].isalnum():
            start = spans.pop()[0]
        spans.append((start, stop))
    return spans


def is_announcement(sentence: str) -> bool:
    """Whether a sentence announces, greets or thanks, and asks nothing in substance."""
    return bool(
        wording("question-announcements").search(sentence)
        and not wording("question-request").search(sentence)
        and not _ASKS_AFTER.search(sentence)
    )


def substance(masked: str, part: Part) -> int:
    """Where what is asked begins: after the frame of a request (*could you tell us ...*)."""
    words = masked[part.start : part.stop]
    frame = wording("question-request").match(words) or wording("question-topics").match(words)
    after = part.start + (frame.end() if frame else 0)
    return after if any(map(str.isalnum, masked[after : part.stop])) else part.start


def lead(masked: str, part: Part) -> str:
    """What precedes the interrogative in its sentence, without *and so*."""
    begin = head(masked, part.sentence, part.start)
    return masked[begin : part.start].strip(" \n\t,;:—–-")


def _parts_of(masked: str, start: int, stop: int) -> list[Part]:
    """The parts of one piece: several where interrogatives are joined."""
    asks = re.search(r"[?？]\W*$", masked[start:stop]) is not None
    found = begins(masked, start, stop) if asks else begins_bare(masked, start, stop)
    frame = wording("question-request").search(masked[start:stop])
    at = start + frame.end() - len(_AND_SO.sub("", frame[0])) if frame else stop
    direct = _DIRECT.match(masked, start + frame.end(), stop) if frame else None
    if direct:  # could you tell us: is it
        found = [direct.end(), *(later for later in found if later > direct.end())]
    elif frame and not any(later >= start + frame.end() for later in found[:1]):
        found = [min([at, *found]), *found[1:]]
    elif frame and is_wh(_LAST_WORD.findall(frame[0])[-1]):  # wanted to ask when ..., and is it
        found = [at, *found]
    elif not found and asks:
        return [_declared(masked, start, stop)]
    return _cut(masked, found, start, stop) if found else []


def _topic_of(masked: str, start: int, stop: int) -> list[Part]:
    """What an announcement without a question mark names as its topic: *I'd like to ask about*."""
    frame = wording("question-topics").search(masked[start:stop])
    return [Part(start + frame.start(), stop, "request", start)] if frame else []


def _cut(masked: str, places: list[int], start: int, stop: int) -> list[Part]:
    """Parts from each place to the next; too short a beginning goes with what follows."""
    kept = [
        at
        for at, after in zip(places, [*places[1:], stop], strict=True)
        if at == places[-1] or count_words(masked[at:after]) >= _SHORTEST
    ]
    if len(kept) > 1 and count_words(masked[kept[-1] : stop]) < _SHORTEST:
        kept.pop()
    ends = [_before_joint(masked, at) for at in kept[1:]] + [stop]
    return [
        Part(at, end, _type(masked[at:end]), start if at == kept[0] else at)
        for at, end in zip(kept, ends, strict=True)
    ]


def _type(words: str) -> str:
    if wording("question-request").match(words):
        return "request"
    if is_wh(words):
        return "wh-"
    if VERB.match(words):
        return "alternative" if offers_choice(words) else "polar"
    return "request" if wording("question-request").search(words) else "declarative"


def _declared(masked: str, start: int, stop: int) -> Part:
    """A question by its mark alone; *why the delay?* has its question word in front."""
    at = head(masked, start, stop)
    at = at if at < stop else start
    words = masked[at:stop]
    if wording("question-request").search(words):
        return Part(at, stop, "request", start)
    return Part(at, stop, "wh-" if is_wh(words) else "declarative", start)


def _before_joint(masked: str, at: int) -> int:
    """The end of the part before: without the *and* or comma that joins the next."""
    before = masked[max(0, at - 40) : at]
    joint = _JOINT.search(before)
    return at - len(before) + joint.start() if joint else at


def _is_tag(masked: str, before: int, start: int, stop: int) -> bool:
    """Whether a sentence is a tag to the one before: of the same person, where it has a pronoun."""
    words = masked[start:stop]
    if not (words.endswith("?") and count_words(words) <= _TAG_WORDS and TAG.match(words)):
        return False
    pronoun = _HEARER.search(words)
    subject = _HEARER.match(masked, head(masked, before, start), start)
    return _THING.search(words) is None or (pronoun and pronoun[0].casefold()) == (
        subject and subject[0].casefold()
    )


def _blank(quotation: re.Match[str]) -> str:
    """A quotation without its words; a question mark at its end is not the turn's own."""
    text = quotation[0]
    inner = re.sub(r"[^\W\d_]", "q", re.sub(r"[^\w\s]", " ", text[1:-2]))
    last = "." if text[-2] in "?!." else text[-2] if text[-2] == "," else "q"
    return text[0] + inner + last + text[-1]
