"""What counts as a question in a turn, of which type, and where it begins.

Where an English clause asks: by a question word or verb in front, or by a frame that asks.

Word order decides, not meaning. At the beginning of a sentence a verb or a question word in front
is enough (*Has ...?*, *Which ports ...?*); later on, where *which* and *who* may open a relative
clause and *has* may be the verb of the statement, the subject must follow (*..., has it ...?*).

Whether a question with its verb in front offers a choice: *Is it a loan or a grant?*

The form decides (Stivers & Enfield 2010: alternative questions limit the answer to what they name):
a second verb or a comma before *or*, or two short phrases of like form around an *or* near the end.
If the verb merely asks whether something exists or is known (*have, there is, aware of, heard*), or
the wording is a formula (*a week or two*), the question remains polar.

Where a turn asks something, and in which form: the parts of a question turn.

A journalist seldom asks just one thing. A part ends at a question mark, before another
interrogative joined to it (*What was the cause, and who pays?*), or at the end of a sentence whose
frame asks without a question mark (*I wonder whether ...*). It begins at its interrogative: what
precedes that in the sentence (*As the quay has closed, Ms. Marlow, ...*) is its lead.

The forms are those of Stivers & Enfield (2010) and two more; the first that fits counts: *request*
(*could you tell us*, *I wonder if*), *wh-* (a question word in front), *alternative* (the verb in
front, and *or* with a second verb, after a comma, or between two short phrases of like form near
the end: *Is it a loan or a grant?*), *polar* (the verb in front), *declarative* (a statement or
fragment with a question mark, with or without a tag).

A question mark inside a quotation belongs to somebody else. If a question is merely announced (*May
I ask about the bills?* *My question is about fees.*), nothing is asked yet, unless nothing follows:
then it is a request to speak about that topic.

Stivers, T., & Enfield, N. J. (2010). A coding scheme for question-response sequences in
conversation. J. Pragmatics 42.

Where an answer says that it will not give what was asked: see `briefing.replies.non_replies`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any, NamedTuple

from briefing.lexicons import Patterns, pattern
from briefing.lexicons.stage import without_stages
from briefing.words.boundaries import APOSTROPHES, Span, count_words, find_sentences


@cache
def wording(name: str) -> re.Pattern[str]:
    """The expressions of the list `name` combined, ignoring case; a space is any white space."""
    return re.compile(pattern(name).pattern.replace(" ", r"\s{1,9}"), re.IGNORECASE)


ASK = Patterns("asking")
_NEAR = 80  # characters before a colon


class Clause(NamedTuple):
    """A place where an interrogative may begin, and what precedes it in the sentence."""

    at: int
    opens: bool  # nothing but *and, so, Mr. Tallow* before it
    joined: bool  # *and*, *but* or a semicolon
    either: bool  # *or*
    comma: bool
    counted: bool = False  # *number two, separately, if not*


@cache
def _connectives() -> re.Pattern[str]:
    words = wording("question-connectives").pattern
    return re.compile(rf"\W*(?:(?:{words})\b\W+)*", re.IGNORECASE)


def head(text: str, start: int, stop: int) -> int:
    """Where a clause begins, after punctuation and *and, so, thank you*."""
    found = _connectives().match(text, start, stop)
    return found.end() if found else start


def clauses(text: str, start: int, stop: int) -> Iterator[Clause]:
    """The places in a sentence where an interrogative may begin."""
    first = last = head(text, start, stop)
    yield Clause(first, opens=True, joined=False, either=False, comma=False)
    for sign in ASK.sign.finditer(text, first, stop):
        at = head(text, sign.end(), stop)
        if last < at < stop:
            last = at
            between = text[sign.start() : at].casefold()
            joint = ASK.joints.findall(between)[-1:]
            yield Clause(
                at,
                opens=_opens(text, first, sign),
                joined=bool(joint) and joint != ["or"],
                either=joint == ["or"],
                comma="," in between,
                counted=ASK.counted.search(between) is not None,
            )


def _opens(text: str, first: int, sign: re.Match[str]) -> bool:
    """Whether only a name precedes the punctuation, or *two questions* a colon."""
    if ASK.called.fullmatch(text, first, sign.start()):
        return True
    before = text[max(first, sign.start() - _NEAR) : sign.start()] if ":" in sign[0] else ""
    return bool(ASK.told.fullmatch(before) or wording("question-announcements").search(before))


def begins(text: str, start: int, stop: int) -> list[int]:
    """Where the interrogatives of a sentence with a question mark begin, if there are any.

    If word order shows none, a question word after a comma is taken: *what, how, why*; after *now
    that, in, if* and the like also *who, which*, which otherwise open a relative clause.
    """
    found: list[int] = []
    every = clauses(text, start, stop)
    places = [c for c in every if c.opens or not ASK.tag.match(text, c.at, stop)]
    for clause in places:
        if _asks_too(text, clause, stop, after=found[-1]) if found else _asks(text, clause, stop):
            found.append(clause.at)
    return found or [*_late(text, places, start, stop)][:1]


def _late(text: str, places: list[Clause], start: int, stop: int) -> Iterator[int]:
    """Where a question may begin that word order does not show: after a comma, or without one."""
    leads = (ASK.led, wording("question-preface"))
    led = any(lead.match(text, c.at, stop) for c in places if c.opens for lead in leads)
    forms = (ASK.wh_first, ASK.verb) if led else (ASK.alone,)
    yield from (c.at for c in places if any(form.match(text, c.at, stop) for form in forms))
    buried = (turn.start("at") for turn in ASK.buried.finditer(text, start, stop))
    yield from (at for at in buried if not ASK.tag.match(text, at, stop))


def begins_bare(text: str, start: int, stop: int) -> list[int]:
    """Where a sentence without a question mark asks by inverted word order."""
    states = {found.start("at") for found in ASK.so_too.finditer(text, start, stop)}
    places = (c.at for c in clauses(text, start, stop) if c.opens or c.comma)
    opening = next(clauses(text, start, stop)).at
    for at in places:
        found = None if at in states else ASK.inverted.match(text, at, stop)
        if found and (at == opening or found[0].casefold().endswith(" you")):
            return [at]
    return []


def is_wh(text: str) -> bool:
    """Whether the interrogative that begins the text has a question word in front.

    *When they met, nobody spoke?* has none: a subject follows, not a verb.
    """
    return ASK.any_wh.match(text) is not None and ASK.subordinate.match(text) is None


def _asks(text: str, clause: Clause, stop: int) -> bool:
    wh, verb = (ASK.wh_first, ASK.verb) if clause.opens else (ASK.wh_later, ASK.verb_later)
    return any(form.match(text, clause.at, stop) for form in (wh, verb))


def _asks_too(text: str, clause: Clause, stop: int, *, after: int) -> bool:
    """Whether a later clause asks something further; *or* only offers a choice."""
    by_wh = is_wh(text[after:stop])
    if clause.either:
        return ASK.wh_later.match(text, clause.at, stop) is not None
    framed = wording("question-request").match(text[after:stop])
    if not (clause.joined or clause.comma and (by_wh or framed)):
        return False
    if framed:
        return ASK.inverted.match(text, clause.at, stop) is not None
    wh = ASK.wh_first if clause.joined and (by_wh or clause.counted) else ASK.wh_later
    forms = (wh, ASK.verb_later) if clause.joined else (wh,)
    return any(form.match(text, clause.at, stop) for form in forms)


CHOICES = ("two_things", "two_places", "two_names", "same_noun", "two_sides")
_BEFORE = 14  # words of a question before the final choice


def offers_choice(words: str) -> bool:
    """Whether a question that begins with its verb has the form of an alternative question."""
    if ASK.or_verb.search(words):
        return True
    verb = ASK.verb.match(words)
    if verb is None or ASK.open.match(words):
        return False
    if ASK.rather.match(words):
        return True
    at = verb.end() + 2  # not at once: the mayor or the governor may be the subject
    found = next(filter(None, (getattr(ASK, name).search(words, at) for name in CHOICES)), None)
    found = found or ASK.two_kinds.match(words) or ASK.two_qualities.match(words)
    before = words[: found.start()].split() if found else ()
    return found is not None and len(before) < _BEFORE and not ASK.no_choice.search(found[0])


TYPES = ("polar", "wh-", "alternative", "declarative", "request")
_SHORTEST = 3  # words of a part split off within a sentence
_TAG_WORDS = 2


@dataclass(frozen=True)
class Asked:
    """One thing asked: from its interrogative to its end; `sentence` is where that begins."""

    start: int
    stop: int
    type: str
    sentence: int


def plain(text: str) -> str:
    """The text, at the same length, without quoted words, stage directions or curly apostrophes."""
    return ASK.quoted.sub(_blank, without_stages(text)).translate(APOSTROPHES)


def find_parts(masked: str) -> list[Asked]:
    """Everything that a turn asks, in order; takes the text from `plain`."""
    parts: list[Asked] = []
    announced: list[Asked] = []
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
    return parts + [part for part in last if ASK.topic.search(masked[part.start : part.stop])]


def pieces(masked: str) -> list[Span]:
    """Sentences, split again at question marks within them."""
    spans: list[Span] = []
    for start, stop in _joined(masked, find_sentences(masked)):
        for piece in ASK.piece.finditer(masked, start, stop):
            inner = piece[0].strip()
            at = piece.start() + piece[0].index(inner)
            if any(map(str.isalnum, inner)):
                spans.append((at, at + len(inner)))
    return spans


def _joined(masked: str, sentences: list[Span]) -> list[Span]:
    """Sentences, with those rejoined that the end of a page or a caption split."""
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
        and not ASK.asks_after.search(sentence)
    )


def substance(masked: str, part: Asked) -> int:
    """Where what is asked begins: after the frame of a request (*could you tell us ...*)."""
    words = masked[part.start : part.stop]
    frame = wording("question-request").match(words) or wording("question-topics").match(words)
    after = part.start + (frame.end() if frame else 0)
    return after if any(map(str.isalnum, masked[after : part.stop])) else part.start


def lead(masked: str, part: Asked) -> str:
    """What precedes the interrogative in its sentence, without *and so*."""
    begin = head(masked, part.sentence, part.start)
    return masked[begin : part.start].strip(" \n\t,;:—–-")


def _parts_of(masked: str, start: int, stop: int) -> list[Asked]:
    """The parts of one piece: several if interrogatives are joined."""
    asks = re.search(r"[?？]\W*$", masked[start:stop]) is not None
    found = begins(masked, start, stop) if asks else begins_bare(masked, start, stop)
    frame = wording("question-request").search(masked[start:stop])
    at = start + frame.end() - len(ASK.and_so.sub("", frame[0])) if frame else stop
    direct = ASK.direct.match(masked, start + frame.end(), stop) if frame else None
    if direct:  # could you tell us: is it
        found = [direct.end(), *(later for later in found if later > direct.end())]
    elif frame and not any(later >= start + frame.end() for later in found[:1]):
        found = [min([at, *found]), *found[1:]]
    elif frame and is_wh(ASK.last_word.findall(frame[0])[-1]):  # wanted to ask when ..., and is it
        found = [at, *found]
    elif not found and asks:
        return [_declared(masked, start, stop)]
    return _cut(masked, found, start, stop) if found else []


def _topic_of(masked: str, start: int, stop: int) -> list[Asked]:
    """What an announcement without a question mark names as its topic: *I'd like to ask about*."""
    frame = wording("question-topics").search(masked[start:stop])
    return [Asked(start + frame.start(), stop, "request", start)] if frame else []


def _cut(masked: str, places: list[int], start: int, stop: int) -> list[Asked]:
    """Parts from each place to the next; a beginning that is too short is joined to the next."""
    kept = [
        at
        for at, after in zip(places, [*places[1:], stop], strict=True)
        if at == places[-1] or count_words(masked[at:after]) >= _SHORTEST
    ]
    if len(kept) > 1 and count_words(masked[kept[-1] : stop]) < _SHORTEST:
        kept.pop()
    ends = [_before_joint(masked, at) for at in kept[1:]] + [stop]
    return [
        Asked(at, end, _type(masked[at:end]), start if at == kept[0] else at)
        for at, end in zip(kept, ends, strict=True)
    ]


def _type(words: str) -> str:
    if wording("question-request").match(words):
        return "request"
    if is_wh(words):
        return "wh-"
    if ASK.verb.match(words):
        return "alternative" if offers_choice(words) else "polar"
    return "request" if wording("question-request").search(words) else "declarative"


def _declared(masked: str, start: int, stop: int) -> Asked:
    """A question by its mark alone; *why the delay?* has a question word in front."""
    at = head(masked, start, stop)
    at = at if at < stop else start
    words = masked[at:stop]
    if wording("question-request").search(words):
        return Asked(at, stop, "request", start)
    return Asked(at, stop, "wh-" if is_wh(words) else "declarative", start)


def _before_joint(masked: str, at: int) -> int:
    """The end of the previous part, without the *and* or comma that joins the next."""
    before = masked[max(0, at - 40) : at]
    joint = ASK.joint.search(before)
    return at - len(before) + joint.start() if joint else at


def _is_tag(masked: str, before: int, start: int, stop: int) -> bool:
    """Whether a sentence is a tag to the one before; any pronoun must be of the same person."""
    words = masked[start:stop]
    if not (words.endswith("?") and count_words(words) <= _TAG_WORDS and ASK.tag.match(words)):
        return False
    pronoun = ASK.hearer.search(words)
    subject = ASK.hearer.match(masked, head(masked, before, start), start)
    return ASK.thing.search(words) is None or (pronoun and pronoun[0].casefold()) == (
        subject and subject[0].casefold()
    )


def _blank(quotation: re.Match[str]) -> str:
    """A quotation without its words; a question mark at its end does not belong to the turn."""
    text = quotation[0]
    inner = re.sub(r"[^\W\d_]", "q", re.sub(r"[^\w\s]", " ", text[1:-2]))
    last = "." if text[-2] in "?!." else text[-2] if text[-2] == "," else "q"
    return text[0] + inner + last + text[-1]


NON_REPLIES = {
    "declining": "cue-declines",
    "ignorance": "cue-does-not-know",
    "referral": "cue-refers",
    "asking back": "cue-asks-what-is-meant",
    "attacking the question": "cue-attacks-question",
}
_AGAIN = re.compile(r"\b([\w']+(?:\s+[\w']+){0,2})\s*[—–-]+\s*\1\b", re.IGNORECASE)  # to — to say
_ASKED_BACK = re.compile(r"[^.?!;]*\?\W*")
_SHORT = 15  # words of an answer that is only a question


def non_reply_hits(text: str) -> Iterator[dict[str, Any]]:
    """Where an answer declines, pleads ignorance or refers to others, without overlaps."""
    said = without_stages(text).translate(APOSTROPHES)
    said = _AGAIN.sub(lambda twice: twice[1].ljust(len(twice[0])), said)
    found = [
        (match.start(), -match.end(), kind)
        for kind, name in NON_REPLIES.items()
        for match in wording(name).finditer(said)
    ]
    if _ASKED_BACK.fullmatch(said) and count_words(said) <= _SHORT:
        found = [(0, -len(text), "asking back")]
    after = 0
    for start, end, kind in sorted(found):
        if start >= after:
            after = -end
            yield {"kind": kind, "text": text[start:after], "start": start, "stop": after}
