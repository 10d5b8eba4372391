"""What turns do, by their words: ask, open, close, give the floor, thank, talk.

Each test is a closed list of cues of ours, for edited and verbatim transcripts in English and
the commonest forms of some other languages. They find roles and links; they are no measure
of anything and say nothing of how good a question or an answer is.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.labels import ends_sentence
from briefing.lexicons import lexicon, pattern
from briefing.lexicons.cues import Cues
from briefing.names import label_key

TALK = Cues("cue-talk")
ASKS = re.compile(
    r"[?？؟\u037e](?:[\"”’)\]]|\s|$)|\?$|^\s*¿|(?<=[\u0370-\u03ff\u1f00-\u1fff]);(?=\s|$)"
)
QUESTION_MARK = re.compile("[?？؟\u037e¿;]")  # of all that ASKS looks for
STAGE = re.compile(r"\s*[\[(（][^)\]）]*[)\]）]\.?\s*$")
TITLED = re.compile(r"\b([A-Z][\w-]+)\.? ([A-Z][\w’'-]+)")
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\u0e00-\u0e7f]")
CALL = re.compile(r"\W*(?:[A-Z][\w’'.-]*[.,]?\s*){1,3}(?:please)?[.?—-]?\s*")
ASSENTS = pattern("cue-assents")
GIVES = Cues("cue-gives-floor")
OPENS = Cues("cue-opens")
COLOPHON = pattern("cue-colophon")
NARRATION = pattern("cue-narration")
WEBSITE = pattern("cue-website")
TAKES = Cues("cue-takes-floor")
TAKES_QUESTIONS = Cues("cue-takes-questions")
INVERTED = Cues("cue-inverted")
ADDS = pattern("cue-adds")
ASKS_BACK = Cues("cue-asks-back")
IS_MODERATOR = Cues("cue-moderates")
THANKS_FOR_QUESTION = pattern("cue-thanks-for-question")


@lru_cache(maxsize=1_000)
def length(text: str) -> int:
    """About how many words: two characters of an unspaced script count as one."""
    words = len(text.split())
    return words if text.isascii() else words + len(UNSPACED.findall(text)) // 2


def is_talk(text: str) -> bool:
    """True for a line in which somebody speaks: first or second person, a whole sentence."""
    return bool(
        (TALK.search(text) or has_question_mark(text))
        and ends_sentence(text)
        and len(text) > 30
        and not STAGE.match(text)
    )


def has_question_mark(text: str) -> bool:
    """Whether a question ends, or begins with its mark, somewhere in `text`."""
    mark = QUESTION_MARK.search(text)
    return bool(mark and ASKS.search(text, 0 if mark[0] == "¿" else mark.start()))


def asks_question(text: str) -> bool:
    """A question mark, or a request that needs none."""
    if has_question_mark(text):
        return True
    worded = TAKES.search(text[:600]) or INVERTED.search(text[:600])
    return worded and not THANKS_FOR_QUESTION.match(text)


def is_call(text: str) -> bool:
    """A name and nothing else: `Nick.`, `Mr. Tallow, please.` But `Yes.` is none."""
    return bool(CALL.fullmatch(text)) and not ASSENTS.match(text)


def gives_floor(text: str) -> bool:
    """True for a turn that hands somebody the floor and says next to nothing else."""
    if length(text) > 40:
        return False
    parts = [p for p in re.split(r"(?<=[.?!])\s+", text) if p]
    if not any(map(GIVES.search, parts)):
        return False
    rest = [p for p in parts if not GIVES.search(p) and not p.rstrip().endswith(("?", "—", "-"))]
    return sum(length(p) for p in rest if not is_small(p)) < 5


def is_small(text: str) -> bool:
    """Greetings, thanks and names, and nothing else."""
    small = lexicon("small-talk")
    words = re.findall(r"[\w’']+", text)
    return all(w.casefold() in small or w[0].isupper() and i for i, w in enumerate(words))


def titled_names(text: str) -> set[str]:
    """The names that a question calls by a title, folded: `Mr. Tallow` gives `tallow`."""
    if not has_question_mark(text):
        return set()
    found = TITLED.findall(text[:400])
    return {label_key(name) for title, name in found if label_key(title) in lexicon("titles")}
