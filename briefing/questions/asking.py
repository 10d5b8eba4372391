"""Where in a turn something is asked, and in which form: the parts of a question turn.

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
from dataclasses import dataclass

from briefing.lexicons.stage import without_stages
from briefing.questions.alternatives import offers_choice
from briefing.questions.interrogatives import TAG, VERB, begins, begins_bare, head, is_wh
from briefing.questions.wordings import wording
from briefing.words.boundaries import Span, count_words, find_sentences

TYPES = ("polar", "wh-", "alternative", "declarative", "request")
_SHORTEST = 3  # words of a part that is split off within a sentence
_SIGNS = ' \n\t,.;:—–-("“'
_TAG_WORDS = 2

_ONE_SIGN = str.maketrans("’‘´`", "''''")
_QUOTED = re.compile(
    r"“[^”]{1,400}”|\"[^\"\n]{1,400}\"|«[^»]{1,400}»|(?<!\w)‘[^’\n]{1,200}[?.,]’(?!\w)"
)
_PIECE = re.compile(r"[^?？]*[?？]+[^\w?？]*|[^?？]+")
_JOINT = re.compile(r"(?:[\s,;—–-]+(?:and|but|so|then|also))*[\s,;—–-]*$", re.IGNORECASE)
_ASKS_AFTER = re.compile(
    r"[,—–:]\s*(?:what|how|why|is|are|do|does|did|will|has|have)\b"
    r"|[,—–:]\s*(?:who|whom|whose|which|when|where|was|were|would|should"
    r"|(?:can|could)(?!\s+(?:i|we|us|(?:you|everyone|everybody)\s+hear)\b))\b.*\?\W*$",
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
    return _QUOTED.sub(_blank, without_stages(text)).translate(_ONE_SIGN)


def find_parts(masked: str) -> list[Part]:
    """Everything that a turn asks, in order; takes the text as `plain` gives it."""
    parts: list[Part] = []
    announced: list[Part] = []
    before = None
    for start, stop in pieces(masked):
        if _is_tag(masked[start:stop]) and before is not None:
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
    if frame and not any(at >= start + frame.end() for at in found[:1]):
        at = start + frame.start() + len(frame[0]) - len(frame[0].lstrip(_SIGNS))
        found = [min([at, *found]), *found[1:]]
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


def _is_tag(words: str) -> bool:
    return words.endswith("?") and count_words(words) <= _TAG_WORDS and bool(TAG.match(words))


def _blank(quotation: re.Match[str]) -> str:
    """A quotation without its words; a question mark at its end is none of the turn's own."""
    text = quotation[0]
    inner = re.sub(r"[^\W\d_]", "q", re.sub(r"[^\w\s]", " ", text[1:-2]))
    last = "." if text[-2] in "?!." else text[-2] if text[-2] == "," else "q"
    return text[0] + inner + last + text[-1]
