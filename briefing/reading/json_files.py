"""JSON: whoever says something in it, however deep it lies.

Programs write talk as lists of objects inside objects: turns with blocks, sections with turns,
a list of prepared remarks and one of questions, words one by one. Every object with a text is
looked at, with the speaker and the times that stand in it or around it. Objects that lie at
the same place of the structure belong together; of places that hold the same words (the whole
text, its paragraphs, its words) the one is taken that names speakers in the longest stretches,
and what other places hold besides is read too, in the order of the file.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from briefing.reading.columns import (
    LENGTH,
    NAMES_ONLY,
    SPEAKER,
    START,
    STOP,
    TEXT,
    plain_name,
    question_and_answer,
)
from briefing.reading.lines import Said
from briefing.reading.times import seconds
from briefing.tables import BriefingError

WORDS = ("punctuated_word", "word", "utf8", "token", "value")  # keys of texts that are words
WRAPPED = ("display_name", "full_name", "fullname", "label", "showas", "id", "identifier")
FIRST_ONLY = frozenset(("alternatives", "nbest", "n_best", "hypotheses"))
PEOPLE = frozenset(
    "speakers speaker participants people persons members attendees talkers voices "
    "sprecher hablantes locuteurs interlocutors".split()
)
PATH = str
LEAST = 2  # utterances that make a list
MARK = re.compile(r"[.,;:?!…。？！，；：)\]}»”’'\"]+$")
TAGGED = re.compile(r"</?(?:p|br|b|i|em|strong|span|div|a|ul|li)\b[^<>]{0,300}>", re.IGNORECASE)
LETTERS = re.compile(r"[\W_]+")
ENDS = (".", "?", "!", ",", "…")
CHANGE = ">>"  # what captions write where somebody else speaks
SHINGLE = 24  # letters by which two texts are compared
TOO_SLOW = 0.1  # words a second below which times must be milliseconds


class Found(NamedTuple):
    """A text in the JSON: where in the structure, in which order, and what belongs to it."""

    path: PATH
    order: int
    said: Said


class _Around(NamedTuple):
    """What an object hands down to those inside it."""

    speaker: str | None = None
    start: float | None = None
    stop: float | None = None
    repeated: bool = False  # it is one of a list


def read_said(text: str, name: str) -> tuple[list[Said], dict[str, str], list[str]]:
    """What is said in a JSON file, the plain values at its top, and what was decided.

    No `Said` at all where no key names a text: the caller may still find a table in it.
    """
    values = json_values(text)
    if not values:
        raise BriefingError(f"{name}: {_broken(text)}; save it again as JSON.")
    top = values[0] if len(values) == 1 else values
    walk = _Walk(_names_of_ids(top))
    walk.visit(top, "", _Around())
    chosen, left = _chosen(walk.found)
    if not chosen:
        return [], {}, []
    said = _by_time([one.said for one in chosen], walk.intervals)
    changes = _changes(said)
    if len(changes) > 1:
        words = _are_words(said)
        parts = [_joined(said[a:b], words) for a, b in pairwise([*changes, len(said)])]
        said = [_changed(one, n == 0) for part in parts for n, one in enumerate(part)]
    else:
        said = _without_rehearsal(said)
        said = _joined(said, _are_words(said))
    said = _in_seconds(_without_tags(said))
    stated = {k: v for k, v in top.items() if isinstance(v, str)} if isinstance(top, dict) else {}
    warnings = [f"read from {', '.join(dict.fromkeys(one.path for one in chosen))}."]
    warnings += [f"not read, since nobody is named for it: {path}." for path in left]
    return said, stated, warnings


def _changes(said: list[Said]) -> list[int]:
    """Where somebody else speaks in texts without speakers, told by the signs of captions."""
    if any(one.speaker is not None for one in said):
        return []
    found = [n for n, one in enumerate(said) if one.text.lstrip().startswith(CHANGE)]
    return sorted({0, *found}) if len(found) > 1 else []


def _changed(one: Said, new: bool) -> Said:
    return one._replace(text=one.text.lstrip("> "), new=new)


def json_values(text: str) -> list[Any]:
    """The one value of a JSON file, or those of JSON Lines; none if it is neither."""
    try:
        return [json.loads(text)]
    except (ValueError, RecursionError):
        pass
    try:
        return [json.loads(row) for row in text.split("\n") if row.strip()]
    except (ValueError, RecursionError):
        return []


def _broken(text: str) -> str:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}: broken JSON ({error.msg})"
    except RecursionError:
        pass
    return "this JSON is nested too deep"


class _Shape(NamedTuple):
    """What the keys of an object stand for, each list in the order in which it is looked at."""

    plain: dict[str, str]  # plain name: key
    voices: tuple[str, ...]  # keys of speakers
    texts: tuple[str, ...]
    starts: tuple[tuple[str, float], ...]  # keys of times, and what makes seconds of them
    stops: tuple[tuple[str, float], ...]
    lengths: tuple[tuple[str, float], ...]
    pair: tuple[str, str] | None  # keys of a question and its answer
    by_name_only: bool  # it names something, not for certain a speaker


@lru_cache(maxsize=1000)
def _shape(keys: tuple[str, ...]) -> _Shape:
    plain = {plain_name(key): key for key in keys}
    pair = question_and_answer(list(plain))
    voices = [name for name in SPEAKER if name in plain]
    return _Shape(
        plain,
        tuple(plain[name] for name in voices),
        tuple(plain[name] for name in (*WORDS[:1], *TEXT, *WORDS[1:]) if name in plain),
        _time_keys(plain, START),
        _time_keys(plain, STOP),
        _time_keys(plain, LENGTH),
        (plain[pair[0]], plain[pair[1]]) if pair else None,
        bool(voices) and NAMES_ONLY.issuperset(voices),
    )


def _time_keys(plain: dict[str, str], names: Iterable[str]) -> tuple[tuple[str, float], ...]:
    """Keys that hold times; the unit may stand in the name."""
    return tuple(
        (plain[name + unit], 1e-3 if not unit and name.endswith("_ms") else size)
        for name in names
        for unit, size in (("", 1.0), ("_ms", 1e-3), ("_milliseconds", 1e-3), ("_in_ticks", 1e-7))
        if name + unit in plain
    )


@dataclass(slots=True)
class _Walk:
    """All texts of a JSON value, in order, and the stretches of time that name a speaker only."""

    names: dict[str, str]
    found: list[Found] = field(default_factory=list)
    intervals: list[tuple[float, float, str]] = field(default_factory=list)

    def visit(self, value: Any, path: PATH, around: _Around) -> None:
        """Look at a value and at all that is inside it."""
        if isinstance(value, dict):
            self.see_object(value, path, around)
        elif isinstance(value, list):
            if path.rpartition(".")[2] in FIRST_ONLY:
                value = value[:1]
            for one in value:
                self.visit(one, f"{path}[]", around._replace(repeated=True))

    def see_object(self, value: dict[str, Any], path: PATH, around: _Around) -> None:
        """Take the text of an object, and go on to the objects inside it."""
        shape = _shape(tuple(value))
        inside = _inner(value, shape, around, self.names)
        if not self.see_exchange(value, shape, path, inside):
            self.see_text(value, shape, path, inside)
        handed = inside._replace(repeated=False)
        if shape.by_name_only and not around.repeated:
            handed = handed._replace(speaker=around.speaker)
        for key, inner in value.items():
            if isinstance(inner, dict | list) and key not in shape.voices:
                step = "*" if key.isdigit() else key
                self.visit(inner, f"{path}.{step}".strip("."), handed)

    def see_text(self, value: dict[str, Any], shape: _Shape, path: PATH, inside: _Around) -> None:
        """What an object says, or else from when to when its speaker does."""
        key, text = _text(value, shape)
        speaker = inside.speaker
        if not key and inside.repeated:
            only, text = _only_member(value)
            speaker = speaker or only
        if text:
            said = Said(text, speaker or None, inside.start, inside.stop)
            self.found.append(Found(f"{path}.{key}".strip("."), len(self.found), said))
        elif speaker and inside.start is not None and inside.stop is not None:
            self.intervals.append((inside.start, inside.stop, speaker))

    def see_exchange(
        self, value: dict[str, Any], shape: _Shape, path: PATH, inside: _Around
    ) -> bool:
        """An object with a question and its answer is two utterances."""
        for key, speaker in zip(
            shape.pair or (), ("Question", inside.speaker or "Answer"), strict=False
        ):
            text = value[key]
            if isinstance(text, str) and text.strip():
                said = Said(text, speaker, inside.start)
                self.found.append(Found(f"{path}.question", len(self.found), said))
        return shape.pair is not None


def _inner(value: dict[str, Any], shape: _Shape, around: _Around, names: dict[str, str]) -> _Around:
    """Speaker and times of an object, its own before those around it."""
    speaker = next((who for key in shape.voices if (who := _named(value[key]))), "")
    start, stop = _time(value, shape.starts), _time(value, shape.stops)
    length = _time(value, shape.lengths)
    if start is not None and stop is None and length is not None:
        stop = start + length
    own = start is not None
    return _Around(
        names.get(speaker, speaker) if speaker else around.speaker,
        start if own else around.start,
        stop if own or stop is not None else around.stop,
        around.repeated,
    )


def _named(value: Any) -> str:
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str | int):
        return " ".join(str(value).split())[:200]
    if isinstance(value, dict):
        plain = {plain_name(key): key for key in value}
        for name in ("name", *WRAPPED, *SPEAKER):
            if name in plain and isinstance(value[plain[name]], str | int):
                return _named(value[plain[name]])
    if isinstance(value, list) and len(value) == 1:
        return _named(value[0])
    return ""


def _text(value: dict[str, Any], shape: _Shape) -> tuple[str, str]:
    """The key of what an object says, and that; empty where it says nothing itself."""
    for key in shape.texts:
        said = value[key]
        if isinstance(said, list) and said and all(isinstance(one, str) for one in said):
            said = "\n".join(said)
        if isinstance(said, str) and said:
            return key, said
    return "", ""


def _only_member(value: dict[str, Any]) -> tuple[str, str]:
    """`{"Ann Lee": "We open in May."}` names who says what by its one key."""
    if len(value) == 1:
        (key, said), *_ = value.items()
        if isinstance(said, str) and len(said.split()) > 1 and len(key) <= 60:
            return key, said
    return "", ""


def _time(value: dict[str, Any], keys: tuple[tuple[str, float], ...]) -> float | None:
    """Seconds under the first of these keys that holds a time."""
    for key, size in keys:
        given = value[key]
        if isinstance(given, str | int | float) and not isinstance(given, bool):
            found = seconds(given) if isinstance(given, str) else float(given)
            if found is not None:
                return found * size
    return None


def _names_of_ids(value: Any) -> dict[str, str]:
    """Names that a list of people gives for the ids used elsewhere."""
    names: dict[str, str] = {}
    waiting: list[tuple[Any, bool]] = [(value, False)]
    while waiting:
        one, people = waiting.pop()
        if isinstance(one, dict):
            names.update(_names_by_key(one) if people else {})
            waiting += [(v, plain_name(k) in PEOPLE) for k, v in one.items()]
        elif isinstance(one, list):
            for person in one if people else ():
                names.update(_name_of_id(person))
            waiting += [(v, False) for v in one if isinstance(v, dict | list)]
    return names


def _names_by_key(people: dict[str, Any]) -> dict[str, str]:
    """`{"S1": "Ann Lee", "S2": "Bo Ray"}`: ids with their names."""
    if not all(isinstance(name, str) for name in people.values()):
        return {}
    told = {plain_name(key) for key in people} & {"name", "id", *WRAPPED, *TEXT}
    return {} if told else people


def _name_of_id(person: Any) -> dict[str, str]:
    if not isinstance(person, dict):
        return {}
    plain = {plain_name(key): person[key] for key in person}
    shown = next((plain[n] for n in ("name", "display_name", "full_name") if plain.get(n)), "")
    ids = (plain[n] for n in ("id", "speaker_id", "tag", "key", "label", "speaker") if n in plain)
    return {str(one): str(shown) for one in ids if shown and isinstance(one, str | int)}


def _chosen(found: list[Found]) -> tuple[list[Found], list[PATH]]:
    """The texts that are the transcript, and the places of others that it does not contain."""
    groups: dict[PATH, list[Found]] = {}
    for one in found:
        groups.setdefault(one.path, []).append(one)
    if not groups:
        return [], []
    most = max(_letters(group) for group in groups.values())
    full = [path for path, group in groups.items() if _letters(group) >= 0.4 * most]
    best = max(full, key=lambda path: _worth(groups[path]))
    chosen, left = groups.pop(best), []
    named, known = _is_named(chosen), _words(chosen)
    for path, group in groups.items():
        if _mean_words(group) < 3 or _is_known(group, known):
            continue
        if _is_named(group) and named:
            chosen, known = chosen + group, known + _words(group)
        else:
            left.append(path)
    return sorted(chosen, key=lambda one: one.order), left


def _words(group: list[Found]) -> str:
    """The letters and digits of all that a group says."""
    return _plain(" ".join(one.said.text for one in group))


def _letters(group: list[Found]) -> int:
    return sum(len(one.said.text) for one in group)


def _mean_words(group: list[Found]) -> float:
    return sum(max(1, len(one.said.text.split())) for one in group) / len(group)


def _is_named(group: list[Found]) -> bool:
    """Whether half of it or more is said by somebody who is named."""
    named = sum(len(one.said.text) for one in group if one.said.speaker is not None)
    return named >= 0.4 * _letters(group)


def _worth(group: list[Found]) -> tuple[bool, bool, bool, float]:
    speakers = {one.said.speaker for one in group} - {None}
    return (
        _is_named(group) and len(speakers) > 1,
        _is_named(group),
        len(group) >= LEAST,
        _mean_words(group),
    )


def _plain(text: str) -> str:
    return LETTERS.sub("", text).casefold()


def _is_known(group: list[Found], known: str) -> bool:
    """Whether most of what a group says stands in a text already."""
    own = _words(group)
    if len(own) <= SHINGLE:
        return own in known
    at = range(0, len(own) - SHINGLE, max(1, (len(own) - SHINGLE) // 40))
    return sum(own[n : n + SHINGLE] in known for n in at) > 0.5 * len(at)


def _by_time(said: list[Said], intervals: list[tuple[float, float, str]]) -> list[Said]:
    """Words that have only times, with the speakers of the stretches that have no words."""
    spans = sorted(set(intervals))
    starts = [start for start, _, _ in spans]
    if len({who for _, _, who in spans}) < 2 or any(one.speaker for one in said):
        return said
    named, last = [], None
    for one in said:
        if one.start_s is not None:
            at = bisect_right(starts, one.start_s + 1e-6) - 1
            last = spans[max(at, 0)][2]
        named.append(one._replace(speaker=last))
    return named


def _without_rehearsal(said: list[Said]) -> list[Said]:
    """Without what stands first without speakers and then again, whole, with them."""
    first = next((n for n, one in enumerate(said) if one.speaker is not None), 0)
    if not first:
        return said
    before = _plain(" ".join(one.text for one in said[:first]))
    after = _plain(" ".join(one.text for one in said[first:]))
    return said[first:] if before and before in after else said


def _are_words(said: list[Said]) -> bool:
    """Whether a list holds single words rather than what somebody says in one go."""
    short = sum(len(one.text.lstrip("> ").split()) <= 1 for one in said)
    return len(said) >= 5 and short >= 0.8 * len(said) and max(len(o.text) for o in said) <= 60


def _joined(said: list[Said], words: bool) -> list[Said]:
    """Single words as the stretches that one speaker says; longer texts as they are."""
    if not words:
        return [one._replace(text=one.text.strip()) for one in said if one.text.strip()]
    spaced = any(one.text != one.text.strip() for one in said)
    groups = (list(group) for _, group in groupby(said, key=lambda one: one.speaker))
    joined = [_one(group, spaced) for group in groups]
    return [one for one in joined if one.text]


def _one(words: list[Said], spaced: bool) -> Said:
    """Words of one speaker as one utterance."""
    text = ""
    for word in words:
        text += " " if spaced and text[-1:] in ENDS and word.text[:1].isalnum() else ""
        text += _spaced(word.text, spaced)
    starts = [word.start_s for word in words if word.start_s is not None]
    stops = [word.stop_s for word in words if word.stop_s is not None]
    times = starts[0] if starts else None, stops[-1] if stops else None
    return Said(" ".join(text.split()), words[0].speaker, *times)


def _spaced(word: str, spaced: bool) -> str:
    """A word with the space before it, where words do not bring their own."""
    return word if spaced or MARK.match(word) else f" {word}"


def _without_tags(said: list[Said]) -> list[Said]:
    """Texts that are pieces of web pages as a browser shows them."""
    tagged = sum(bool(TAGGED.search(one.text)) for one in said)
    if tagged < max(2, 0.3 * len(said)):
        return said
    return [one._replace(text=untagged(one.text)) for one in said]


def untagged(text: str) -> str:
    """A piece of a web page as plain lines."""
    from briefing.reading.html import read_html

    return "\n".join(line.text for line in read_html(text)[0]) if "<" in text else text


def _in_seconds(said: list[Said]) -> list[Said]:
    """Times from the first one where they are points in time, and never in thousandths."""
    known = [one.start_s for one in said if one.start_s is not None]
    if not known:
        return said
    origin = min(known) if min(known) > 1e8 else 0.0
    scale = 1e-3 if in_thousandths(known, sum(len(one.text.split()) for one in said)) else 1.0
    return [
        one._replace(start_s=_scaled(one.start_s, origin, scale),
                     stop_s=_scaled(one.stop_s, origin, scale))
        for one in said
    ]  # fmt: skip


def _scaled(time: float | None, origin: float, scale: float) -> float | None:
    return None if time is None else round((time - origin) * scale, 6)


def in_thousandths(starts: list[float], words: int) -> bool:
    """Whether figures are milliseconds: nobody speaks so few words a second."""
    elapsed = sum(b - a for a, b in pairwise(starts) if b > a)
    whole = all(start == int(start) for start in starts)
    return whole and elapsed > 5000 and words < TOO_SLOW * elapsed
