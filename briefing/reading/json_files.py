"""JSON: whoever says something in it, however deep it lies and whatever its keys.

Programs write talk as lists of objects inside objects: turns with blocks, sections with turns,
prepared remarks and then questions, words one by one, rows, columns. Every object with a text
is looked at, with the speaker and the times that stand in it or around it. Objects at the same
place of the structure belong together; of places that hold the same words (the whole text, its
paragraphs, its words) the one is taken that names speakers in the longest stretches, and what
others hold besides is read too, or stands outside. Where no key has a name that is known, the
key with the longest prose is the text, and one with short values that come back the speaker.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import groupby, pairwise
from math import log
from typing import Any, NamedTuple

from briefing.lexicons.dates import iso_date
from briefing.reading.columns import (
    plain_name,
    time_roles,
)
from briefing.reading.json_keys import (
    LEAST,
    Shape,
    as_objects,
    below,
    guessed_shapes,
    named,
    names_of_ids,
    shape_of,
)
from briefing.reading.lines import Line, Said, said_lines
from briefing.reading.markdown import NAMES
from briefing.reading.stamps import seconds, unstamped
from briefing.tables import BriefingError

FIRST_ONLY = frozenset(("alternatives", "nbest", "n_best", "hypotheses"))
CHANNELS = frozenset(("channels", "tracks"))
SCALES = (1e-3, 1e-6, 1e-7, 1e-9, 1 / 16_000)  # the last for places in a recording at 16 kHz
TIMES_INSIDE = frozenset("relative seconds start from".split())
MARK = re.compile(r"[.,;:?!…。？！，；：)\]}»”’'\"]+$")
TAGGED = re.compile(r"</?(?:p|br|b|i|em|strong|span|div|a|ul|li)\b[^<>]{0,300}>", re.IGNORECASE)
LETTERS = re.compile(r"[\W_]+")
ENDS = (".", "?", "!", ",", "…")
CHANGE = ">>"  # what captions write where somebody else speaks
SHINGLE = 24  # letters by which two texts are compared
SLOWEST = 0.1  # words a second below which times are in another unit
USUAL = 2.5


class Found(NamedTuple):
    """A text in the JSON: where in the structure, in which order, and what belongs to it."""

    path: str
    order: int
    said: Said


class _Around(NamedTuple):
    """What an object hands down to those inside it."""

    speaker: str | None = None
    start: float | None = None
    stop: float | None = None
    repeated: bool = False  # it is one of a list


def read_json(text: str, name: str) -> tuple[list[Line], dict[str, str], list[str]]:
    """Lines with speakers and times, what the file states at its top, and what was decided."""
    values = json_values(text)
    if not values:
        raise BriefingError(f"{name}: {_broken(text)}; save it again as JSON.")
    top = values[0] if len(values) == 1 else values
    if isinstance(top, list) and all(isinstance(one, str) for one in top):
        top = {"text": top}
    read = _read(top, guess=False)
    if read.voices < LEAST:
        guessed = _read(top, guess=True)
        read = guessed if guessed.voices > read.voices or not read.said else read
    if not read.said:
        raise BriefingError(
            f"{name}: this JSON holds no list of turns ({_outline(values[0])}); give an array of "
            f"objects with a speaker and a text."
        )
    lines = said_lines(unstamped(read.said))
    lines += [Line(" ".join(one.split()), 1, outside=True) for one in read.outside]
    stated = {k: v for k, v in top.items() if isinstance(v, str)} if isinstance(top, dict) else {}
    return lines, _stated(stated), read.warnings


class _Read(NamedTuple):
    """What is said, by how many voices, what stands outside, and what was decided."""

    said: list[Said]
    voices: int
    outside: list[str]
    warnings: list[str]


def _read(top: Any, *, guess: bool) -> _Read:
    """What is said in a value; with `guess`, under keys of any name."""
    walk = _Walk(names_of_ids(top), guessed_shapes(top) if guess else {})
    walk.visit(top, "", _Around())
    chosen, left = _chosen(_timed_words(walk.found, walk.intervals), timed=walk.channels)
    said = _by_time([one.said for one in chosen], walk.intervals)
    if walk.channels:
        said.sort(key=lambda one: one.start_s or 0.0)
    changes = _changes(said)
    if len(changes) > 1:
        words = _are_words(said)
        parts = [_joined(said[a:b], words) for a, b in pairwise([*changes, len(said)])]
        said = [_changed(one, n == 0) for part in parts for n, one in enumerate(part)]
    else:
        said = _without_rehearsal(said)
        said = _joined(said, _are_words(said))
        if not any(one.speaker for one in said):  # nothing says where somebody else speaks
            said = [one._replace(new=False) for one in said]
    said = _in_seconds(_without_tags(said))
    warnings = [f"read from {', '.join(dict.fromkeys(one.path for one in chosen))}."]
    warnings += [f"not read, since nobody is named for it: {path}." for path in left]
    outside = [one.said.text for group in left.values() for one in group]
    named = {one.speaker for one in said if one.speaker is not None}
    return _Read(said, max(len(named), len(changes)), outside, warnings)


def _stated(given: dict[str, str]) -> dict[str, str]:
    stated: dict[str, str] = {}
    for key, value in given.items():
        name = NAMES.get(key.lower())
        value = iso_date(value) if name == "date" else " ".join(value.split())[:500]
        if name and value:
            stated.setdefault(name, value)
    return stated


def _outline(value: Any) -> str:
    if isinstance(value, dict):
        return "its keys: " + ", ".join(str(key)[:30] for key in list(value)[:8])
    return f"it is a {type(value).__name__}"


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


@dataclass(slots=True)
class _Walk:
    """All texts of a JSON value, in order, and the stretches of time that name a speaker only."""

    names: dict[str, str]
    shapes: dict[str, Shape]
    found: list[Found] = field(default_factory=list)
    intervals: list[tuple[float, float, str]] = field(default_factory=list)
    channels: bool = False  # each speaker has a list of his own

    def visit(self, value: Any, path: str, around: _Around) -> None:
        """Look at a value and at all that is inside it."""
        value = as_objects(value)
        if isinstance(value, dict):
            self.see_object(value, path, around)
        elif isinstance(value, list):
            key = path.rpartition(".")[2]
            apart = key in CHANNELS and len(value) > 1
            self.channels = self.channels or apart
            for n, one in enumerate(value[:1] if key.lower() in FIRST_ONLY else value):
                speaker = f"Channel {n + 1}" if apart else around.speaker
                self.visit(one, f"{path}[]", around._replace(speaker=speaker, repeated=True))

    def see_object(self, value: dict[str, Any], path: str, around: _Around) -> None:
        """Take the text of an object, and go on to the objects inside it."""
        if value.get("is_final") is False:  # a recogniser's guess while it still listens
            return
        shape = self.shapes.get(path) or shape_of(tuple(value))
        inside = _inner(value, shape, around, self.names)
        taken = "" if self.see_exchange(value, shape, path, inside) else self.see_text(
            value, shape, path, inside
        )  # fmt: skip
        handed = inside._replace(repeated=False)
        if shape.by_name_only and not around.repeated:
            handed = handed._replace(speaker=around.speaker)
        for key, inner in value.items():
            if isinstance(inner, dict | list) and key not in shape.voices and key != taken:
                self.visit(inner, below(path, key), handed)

    def see_text(self, value: dict[str, Any], shape: Shape, path: str, inside: _Around) -> str:
        """Take what an object says, or else from when to when its speaker does; say its key."""
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
        return key

    def see_exchange(self, value: dict[str, Any], shape: Shape, path: str, inside: _Around) -> bool:
        """An object with a question and its answer is two utterances."""
        for key, speaker in zip(
            shape.pair or (), ("Question", inside.speaker or "Answer"), strict=False
        ):
            text = value[key]
            if isinstance(text, str) and text.strip():
                said = Said(text, speaker, inside.start)
                self.found.append(Found(f"{path}.question", len(self.found), said))
        return shape.pair is not None


def _inner(value: dict[str, Any], shape: Shape, around: _Around, names: dict[str, str]) -> _Around:
    """Speaker and times of an object, its own before those around it."""
    voices = (named(value.get(key)) for key in shape.voices)
    speaker = next((who for who in voices if who), "")
    times: dict[str, float] = {}
    for role, key, size in shape.times:
        for part, found in _times(value.get(key), role):
            times.setdefault(part, found * size)
    start, stop = times.get("start"), times.get("stop")
    if start is not None and around.start is not None and start + 1 < around.start:
        start += around.start  # counted from the beginning of what is around
    if start is not None and stop is None and "length" in times:
        stop = start + times["length"]
    own = start is not None
    return _Around(
        names.get(speaker, speaker) if speaker else around.speaker,
        start if own else around.start,
        stop if own or stop is not None else around.stop,
        around.repeated,
    )


def _times(value: Any, role: str) -> Iterator[tuple[str, float]]:
    """The times in a value: one, a pair, or an object with `from` and `to`."""
    if isinstance(value, str | int | float) and not isinstance(value, bool):
        found = seconds(value) if isinstance(value, str) else float(value)
        if found is not None:
            yield role, found
    elif isinstance(value, list) and len(value) == 2 and role == "start":
        yield from ((part, at) for part, one in zip(("start", "stop"), value, strict=True)
                    for _, at in _times(one, part) if not isinstance(one, list | dict))  # fmt: skip
    elif isinstance(value, dict):
        for key, one in value.items():
            inner = next((part for _, part, _ in time_roles(plain_name(key))), role)
            if not isinstance(one, list | dict) and (inner != role or key in TIMES_INSIDE):
                yield from _times(one, inner)


def _text(value: dict[str, Any], shape: Shape) -> tuple[str, str]:
    """The key of what an object says, and that; empty where it says nothing itself."""
    for key in shape.texts:
        said = value.get(key)
        if isinstance(said, list) and said:
            said = _put_together(said)
        if isinstance(said, str) and said:
            return key, said
    return "", ""


def _put_together(parts: list[Any]) -> str:
    """`["Yes.", "No."]` as rows; `["see ", {"type": "link", "text": "this"}]` as one text."""
    if all(isinstance(one, str) for one in parts):
        return "\n".join(parts)
    texts = [one.get("text") if isinstance(one, dict) else one for one in parts]
    known = [one for one in texts if isinstance(one, str)]
    mixed = any(isinstance(one, str) for one in parts)
    return "".join(known) if mixed and len(known) == len(parts) else ""


def _only_member(value: dict[str, Any]) -> tuple[str, str]:
    """`{"Ann Lee": "We open in May."}` names who says what by its one key."""
    if len(value) == 1:
        (key, said), *_ = value.items()
        if isinstance(said, str) and len(said.split()) > 1 and len(key) <= 60:
            return key, said
    return "", ""


def _timed_words(found: list[Found], intervals: list[tuple[float, float, str]]) -> list[Found]:
    """Single words that have only times get the speakers of the stretches without words."""
    groups: dict[str, list[Found]] = {}
    for one in found:
        groups.setdefault(one.path, []).append(one)
    told: list[Found] = []
    for group in groups.values():
        said = [one.said for one in group]
        if _mean_words(group) < 2 and all(one.start_s is not None for one in said):
            said = _by_time(said, intervals)
        told += [one._replace(said=s) for one, s in zip(group, said, strict=True)]
    return told


def _chosen(
    found: list[Found], *, timed: bool = False
) -> tuple[list[Found], dict[str, list[Found]]]:
    """The texts that are the transcript, and those of other places that it does not contain."""
    groups: dict[str, list[Found]] = {}
    for one in found:
        groups.setdefault(one.path, []).append(one)
    if not groups:
        return [], {}
    most = max(_letters(group) for group in groups.values())
    full = [path for path, group in groups.items() if _letters(group) >= 0.4 * most]
    if timed:
        full = [p for p in full if groups[p][0].said.start_s is not None] or full
    best = max(full, key=lambda path: _worth(groups[path]))
    chosen, left = groups.pop(best), {}
    named, known = _is_named(chosen), _words(chosen)
    for path, group in groups.items():
        if _mean_words(group) < 3 or _is_known(group, known):
            continue
        if _is_named(group) and named:
            chosen, known = chosen + group, known + _words(group)
        else:
            left[path] = group
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
    """Times from the first one where they are points in time, and in seconds."""
    known = [one.start_s for one in said if one.start_s is not None]
    if not known:
        return said
    origin = min(known) if min(known) > 1e8 else 0.0
    words = sum(len(one.text.split()) for one in said)
    scale = 1e-3 if min(known) > 1e11 else unit_of(known, words)
    return [
        one._replace(start_s=_scaled(one.start_s, origin, scale),
                     stop_s=_scaled(one.stop_s, origin, scale))
        for one in said
    ]  # fmt: skip


def _scaled(time: float | None, origin: float, scale: float) -> float | None:
    return None if time is None else round((time - origin) * scale, 6)


def unit_of(starts: Iterable[float], words: int) -> float:
    """What makes seconds of figures without a unit: nobody speaks so few words a second."""
    starts = [*starts]
    elapsed = sum(b - a for a, b in pairwise(starts) if b > a)
    whole = all(start == int(start) for start in starts)
    if not words or not whole or elapsed <= 5000 or words >= SLOWEST * elapsed:
        return 1.0
    return min(SCALES, key=lambda scale: abs(log(words / (elapsed * scale * USUAL))))
