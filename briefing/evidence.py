"""What speaks for a label and against it, taken by itself: points, the more the likelier.

For it: that it comes back, that it is a title with a name, stands in capitals or bold, has a
time, or is a word such as *Question*. Against it: that it heads a line of data, has words that
no name has, or stands in mid-sentence. `layout` adds what the whole document says.
"""

from __future__ import annotations

import re
from functools import lru_cache

from briefing.labels import Candidate
from briefing.lexicons import lexicon
from briefing.names import PARTICLES, case_of, has_office, label_key, office_phrase, role_word
from briefing.page import Row

SAID = re.compile(
    r"有[一二三四五六七八九十几两]|[，、我你您他她它这那是了吗就也]"
    r"|(?<![京東东首成])都(?![知市民庁])|(?<![委协協社])会(?![長长見见議议員员])|将(?![軍军])"
)  # no name has these
EVENT = re.compile(  # a title that names the event, and no speaker
    r"\b(?:(?:tele)?briefing|conference|transcript|interview|remarks|doorstop|gaggle)$", re.I
)
OPENERS = frozenset(
    "i we you he she it they this that these those there here what why how when where who which "
    "but and so if as in on at for because with my our your his their let let's a an".split()
)


def points_of(c: Candidate, row: Row, n: int, *, wrapped: bool) -> float:
    """Points of a candidate by itself, `n` being how often its label stands in the document."""
    word = role_word(c.text)
    points = min(n, 4) * 0.75 - 0.75
    points += {"colon": 1, "time": 2.5, "bare": 0.5, "full stop": 1, "bold": 0.5, "bracket": 1}.get(
        c.shape, -1
    )
    points += 3.0 * (word in {"question", "moderator", "aside"} and c.shape != "bare")
    points += 2.5 * (c.shape == "bare" and n > 1) + 2.0 * (word == "answer" and n > 1)
    points += 1.0 * (c.shape == "alone" and n > 1 and word in {"question", "moderator"})
    points += 1.5 * (c.case == "upper" and c.shape != "bare")
    points -= 1.5 * (c.shape == "bold" and n == 1 and " " not in c.text)
    points += 1.5 * c.bold + 2.0 * (c.time is not None) + 0.5 * (c.alone and c.shape == "colon")
    heads_data = c.key in lexicon("not-labels") and n < 3
    points += _name_points(c.text) if not word or heads_data else 0
    if wrapped and not row.paragraph:
        points -= 2.5
    return points


@lru_cache(maxsize=10_000)
def _name_points(label: str) -> float:
    """How much `label` reads like a person, an office or an outlet."""
    plain = label_key(label)
    if plain in lexicon("not-labels") or plain.rstrip("s") in lexicon("not-labels"):
        return -6
    if re.search(r"[?!;\"“”„«»=@#%&\\]|https?|www\.|\.\.\.|…", label.replace("&", "and")):
        return -5
    head, *tail = re.split(r"\s*[,，(（]", label, maxsplit=1)
    words = head.replace("/", " ").split()
    first = label_key(words[0]) if words else ""
    known = lexicon("titles") | lexicon("outlet-words")
    phrase = office_phrase(label).split()
    fit = known | PARTICLES | set(phrase)
    low = [w for w in words if w[0].islower() and w not in fit]
    going = re.match(r"[A-Z][a-z]+ing (?:to|on|at|back|now|about|ahead)\b", label)
    if not words or going or (first in OPENERS and len(words) > 1) or first == "i":
        return -4
    office = case_of(label) == "none" and len(words) > 1 and has_office(words[0])
    said = SAID.search(words[-1] if office else head)  # an office may list several with 、
    if case_of(label) == "none" and (said or len(head) > (40 if office else 16)):
        return -4
    if EVENT.search(label):
        return -4
    titled = (
        office
        or bool(phrase)
        or any(label_key(w) in known for w in re.split(r"[\s,()]+", label)[:12])
    )
    last = re.split(r"[,，]\s*", label)[-1].split()
    named = bool(tail) and 2 <= len(last) <= 5 and not re.search(r"\d", " ".join(last))
    small = [w for w in label.split() if w[0].islower() and w not in fit]
    low += small[len(low) + 3 :]
    points = 1.0 + 1.0 * titled - 1.5 * len(low) + 0.5 * (named or 2 <= len(words) <= 5)
    if not named:
        points -= min(2.0, 0.5 * max(0, len(words) - 7))
        points -= 1.5 * bool(re.search(r"\d", head)) * (first != "speaker")
    if first in lexicon("not-labels") and not titled:
        points -= 2
    return points
