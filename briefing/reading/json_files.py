"""JSON: what is said and by whom, however deeply nested and whatever the keys.

Programs write talk as lists of nested objects: turns with blocks, sections with turns, prepared
remarks followed by questions, words one by one, rows, columns. Every object with a text is read,
with the speaker and times in it or around it. Objects at the same place in the structure belong
together; of places with the same words (the whole text, its paragraphs, its words), the one that
names speakers for the longest stretches is used, and whatever only the others hold is read too, or
kept outside the talk. The words in a key's name say what it means; if none is known, the key with
the longest prose is the text, and one with short repeated values the speaker.
"""

from __future__ import annotations

import json
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import chain, islice, pairwise
from typing import Any, NamedTuple, TypeGuard

from briefing.reading.columns import (
    NOBODY,
    RANGE,
    are_names,
    are_times,
    full_name,
    in_seconds,
    known_names,
    names_come_back,
    plain_name,
    question_and_answer,
    time_role,
    voice_rank,
    words_in,
)
from briefing.reading.html import without_tags
from briefing.reading.lines import Line, Spoken, are_words, joined, said_lines, stated, vocabulary
from briefing.reading.timed_text import seconds, unstamped
from briefing.tables import BriefingError

COLUMNS, KEYS = vocabulary("columns"), vocabulary("json")
WORD, *OTHER_WORDS = KEYS["words"]  # keys of texts that are single words
TEXTS = (WORD, *COLUMNS["text"], *OTHER_WORDS)
JSON_START = re.compile(r"\s*(?:\{\s*[\"}]|\[\s*[{\[\"\]])")
ASSIGNED = re.compile(r"\A\s*+(?:(?:var|let|const)\s++)?[\w$.]{1,80}\s*+[=(]\s*+(?=[\[{])")
SCRIPT = re.compile(r"<script\b[^<>]*>", re.IGNORECASE)
SCRIPT_ENDS = re.compile("</script", re.IGNORECASE)
VALUE = re.compile(r"(?:\A|[=(])\s*+(?=\{\s*\"|\[\s*[\[{\"]|\"\s*[\[{])")
LETTERS = re.compile(r"[\W_]+")
CHANGE = ">>"  # the sign in captions for a change of speaker
SHINGLE = 24  # letters by which two texts are compared
LEAST = 2  # utterances that make a list
MOST_VALUES = 500  # looked at in one script
MOST_KEYS = 30  # whose words are looked for under the others
MOMENT = re.compile(r"\d[:.]\d")
HOST = r"[\w-]{1,63}(?:\.[\w-]{1,63}){1,9}$"  # of an address that stands for a person
ADDRESS = re.compile(rf"(?:@([\w.+-]{{1,64}}):|(?<![\w.+-])([\w.+-]{{1,64}})@){HOST}")
PROSE = 4  # mean words of possible speech under an unknown key


class TextAt(NamedTuple):
    """A text in the JSON: its place in the structure, its order, and its speaker and times."""

    path: str
    order: int
    said: Spoken


class _Around(NamedTuple):
    """What an object passes on to the objects inside it."""

    speaker: str | None = None
    start: float | None = None
    stop: float | None = None
    repeated: bool = False  # it is one of a list


class _Read(NamedTuple):
    """What is said, by how many voices, what is outside the talk, and what was decided."""

    said: list[Spoken]
    voices: int
    outside: list[str]
    warnings: list[str]


def is_json(text: str, name: str) -> bool:
    """Whether `text` is JSON or JSON Lines, by its content or name."""
    if not JSON_START.match(ASSIGNED.sub("", text, count=1)):
        return False
    return name.lower().endswith((".json", ".jsonl", ".ndjson")) or bool(_values(text))


def read_json(
    text: str, name: str, inner: Callable[[str], list[Line]]
) -> tuple[list[Line], dict[str, str], list[str]]:
    """Lines with speakers and times, what the file states at its top, and what was decided.

    `inner` reads a string that holds a whole file in another format, such as a page or captions; it
    returns no lines for any other string.
    """
    values = _values(text)
    if not values:
        raise BriefingError.of("broken JSON", name=name, what=_broken(text))
    return read_values([*map(_opened, values)], name, inner)


def read_values(
    values: list[Any], name: str, inner: Callable[[str], list[Line]] = lambda _: []
) -> tuple[list[Line], dict[str, str], list[str]]:
    """As `read_json`, what lists, dicts and strings hold, wherever they come from."""
    top = values[0] if len(values) == 1 else values
    if isinstance(top, list) and all(isinstance(one, str) for one in top):
        top = {"text": top}
    read = _best(top)
    if not read.said:
        raise BriefingError.of("no turns in JSON", name=name, what=_outline(values[0]))
    whole = _file_in(read.said)
    if whole and (lines := inner(whole.text)):
        lines += (Line(one.text, 1, outside=True) for one in read.said if one is not whole)
    else:
        lines = said_lines(unstamped(read.said))
        in_seconds(lines)
    lines += [Line(" ".join(one.split()), 1, outside=True) for one in read.outside]
    keys = top if isinstance(top, dict) else {}
    given = {key.lower(): value for key, value in keys.items() if isinstance(value, str)}
    return lines, stated(given), read.warnings


def read_talk(values: list[Any], name: str) -> tuple[list[Line], list[str]]:
    """Lines and decisions as `read_values`; no line unless several people are named."""
    with suppress(BriefingError):
        lines, _, warnings = read_values(values, name) if values else ([], {}, [])
        if len({line.speaker for line in lines if line.speaker}) > 1:
            return lines, warnings
    return [], []


def _best(top: Any) -> _Read:
    """The result of reading by known keys, or by guessed ones if that finds more speakers."""
    read = _read(top, guess=False)
    if read.voices >= LEAST:
        return read
    guessed = _read(top, guess=True)
    return guessed if guessed.voices > read.voices or not read.said else read


def _values(text: str) -> list[Any]:
    """The value of a JSON file, or the values of JSON Lines; empty if it is neither."""
    if ASSIGNED.match(text):  # `window.data = {...};`
        text = ASSIGNED.sub("", text, count=1).rstrip("); \r\n")
    for parts in ([text], [row for row in text.split("\n") if row.strip()]):
        with suppress(ValueError, RecursionError):
            return [json.loads(part) for part in parts]
    return []


def in_scripts(page: str) -> Iterator[Any]:
    """The values that the scripts of a page hold: what it shows once a browser runs them."""
    for part in SCRIPT_ENDS.split(page)[:-1]:
        script, at = SCRIPT.split(part, maxsplit=1)[-1], 0
        for _ in range(MOST_VALUES):
            match = VALUE.search(script, at)
            if match is None:
                break
            at = match.end()
            with suppress(ValueError, RecursionError):
                value, at = json.JSONDecoder().raw_decode(script, at)
                yield _opened(value)


def _opened(value: Any) -> Any:
    """A value in which strings that hold JSON are decoded too, at any depth."""
    if isinstance(value, dict):
        return {key: _opened(one) for key, one in value.items()}
    if isinstance(value, list):
        return [_opened(one) for one in value]
    if isinstance(value, str) and JSON_START.match(value):
        inner = _values(value)
        return _opened(inner[0]) if inner else value
    return value


def _broken(text: str) -> str:
    try:
        json.loads(text)
    except json.JSONDecodeError as error:
        return f"line {error.lineno}: broken JSON ({error.msg})"
    except RecursionError:
        pass
    return "this JSON is nested too deep"


def _outline(value: Any) -> str:
    if isinstance(value, dict):
        return "its keys: " + ", ".join(str(key)[:30] for key in list(value)[:8])
    return f"it is a {type(value).__name__}"


def _read(top: Any, *, guess: bool) -> _Read:
    """Read what is said in a value; with `guess`, under keys of any name."""
    walk = _ObjectWalk(_names_of_ids(top), _guessed_shapes(top) if guess else {})
    walk.visit(top, "", _Around())
    chosen, left = _chosen(walk.with_speakers(), timed=walk.channels)
    said = _by_time([one.said for one in chosen], walk.intervals)
    if walk.channels or _are_interleaved(said):
        said.sort(key=lambda one: one.start_s or 0.0)
    parts = _parts(said)
    said = without_tags([one for part in parts for one in part])
    warnings = [f"read from {', '.join(dict.fromkeys(one.path for one in chosen))}."]
    warnings += [f"not read, since nobody is named for it: {path}." for path in left]
    outside = [one.said.text for group in left.values() for one in group]
    said = _with_names(said, top, {f"{one.path}." for one in chosen})
    named = {one.speaker for one in said} - {None}
    return _Read(said, max(len(named), len(parts) if len(parts) > 1 else 0), outside, warnings)


def _file_in(said: list[Spoken]) -> Spoken | None:
    """The single text that holds nearly all the speech and may name its own speakers."""
    longest = max(said, key=lambda one: len(one.text))
    most = len(longest.text) > 0.7 * sum(len(one.text) for one in said)
    return longest if most and longest.speaker is None else None


def _parts(said: list[Spoken]) -> list[list[Spoken]]:
    """What is said between signs of a change of speaker, with single words joined."""
    cuts = _changes(said)
    if len(cuts) == 1:
        said = _without_rehearsal(said)
    words = are_words(said)
    parts = [joined(said[a:b], words) for a, b in pairwise([*cuts, len(said)])]
    if any(one.speaker for part in parts for one in part):
        return parts
    return [_unnamed(part, changes=len(cuts) > 1) for part in parts]


def _changes(said: list[Spoken]) -> list[int]:
    """Where the speaker changes in texts without speakers, by the signs used in captions."""
    found = [n for n, one in enumerate(said) if one.text.lstrip().startswith(CHANGE)]
    signed = len(found) > 1 and not any(one.speaker is not None for one in said)
    return sorted({0, *(found if signed else ())})


def _unnamed(said: list[Spoken], *, changes: bool) -> list[Spoken]:
    """Unattributed texts: only a sign of change marks another speaker."""
    signs = CHANGE + " " if changes else ""
    return [one._replace(text=one.text.lstrip(signs) if signs else one.text,
                         new=changes and n == 0) for n, one in enumerate(said)]  # fmt: skip


@dataclass(slots=True)
class _ObjectWalk:
    """All texts of a JSON value, in order, and the stretches of time with only a speaker."""

    names: dict[str, str]
    shapes: dict[str, _Shape]
    found: dict[str, list[TextAt]] = field(default_factory=dict)
    intervals: list[tuple[float, float, str]] = field(default_factory=list)
    channels: bool = False  # each speaker has a separate list
    n: int = 0

    def visit(self, value: Any, path: str, around: _Around) -> None:
        """Visit a value and everything inside it."""
        value = _as_objects(value)
        if isinstance(value, dict):
            self.see_object(value, path, around)
        elif isinstance(value, list):
            key = path.rpartition(".")[2]
            apart = key in KEYS["channels"] and len(value) > 1
            self.channels = self.channels or apart
            for n, one in enumerate(value[:1] if key.lower() in KEYS["first_only"] else value):
                speaker = f"Channel {n + 1}" if apart else around.speaker
                inside = around._replace(speaker=speaker, repeated=True)
                self.visit(one, f"{path}[]", inside)
                around = around._replace(speaker=self.called(one, path) or around.speaker)

    def called(self, one: Any, path: str) -> str:
        """Who has the floor from here on, if an object in a list says only that."""
        if not isinstance(one, dict) or any(isinstance(held, dict | list) for held in one.values()):
            return ""
        shape = self.shapes.get(f"{path}[]") or _shape_of(tuple(one))
        alone = not _text(one, shape)[0]
        return _inner(one, shape, _Around(), self.names).speaker or "" if alone else ""

    def see_object(self, value: dict[str, Any], path: str, around: _Around) -> None:
        """Take the text of an object, then visit the objects inside it."""
        shape = self.shapes.get(path) or _shape_of(tuple(value))
        if _is_draft(value, shape) and (shape.texts or not shape.voices):
            return
        if _is_service(value, shape):
            path += ".of_service"
        inside = _inner(value, shape, around, self.names)
        see = self.see_pair if shape.pair else self.see_text
        taken = see(value, shape, path, inside)
        handed = inside._replace(repeated=False)
        if shape.by_name_only and not around.repeated:
            handed = handed._replace(speaker=around.speaker)
        self.see_inside(value, {*shape.voices, taken}, path, handed)

    def see_inside(
        self, value: dict[str, Any], known: set[str], path: str, handed: _Around
    ) -> None:
        """Go on to what stands under the keys not yet known; some of them are voices, or times."""
        free = _keys_are_free(value)
        speak = free and bool(self.shapes) and _have_lists(value)
        self.channels = self.channels or speak
        for key, inner in value.items():
            if isinstance(inner, dict | list) and key not in known:
                below = handed._replace(start=seconds(key)) if MOMENT.search(key) else handed
                below = below._replace(speaker=key) if speak else below
                self.visit(inner, _below(path, key, free=free), below)

    def see_pair(self, value: dict[str, Any], shape: _Shape, path: str, inside: _Around) -> str:
        """Take a question and its answer from one object; return no key to skip."""
        for key, speaker in zip(shape.pair, ("Question", inside.speaker or "Answer"), strict=True):
            said = value.get(key)
            if isinstance(said, str) and said.strip():
                self.take(f"{path}.question", Spoken(said, speaker, inside.start))
        return ""

    def see_text(self, value: dict[str, Any], shape: _Shape, path: str, inside: _Around) -> str:
        """Take what an object says, or else when its speaker talks; return the key."""
        key, text = _text(value, shape)
        speaker = inside.speaker
        if not key and inside.repeated:
            only, text = _only_member(value)
            speaker = speaker or only
        if text:
            said = Spoken(text, speaker or None, inside.start, inside.stop)
            self.take(f"{path}.{key}".strip("."), said)
        elif speaker and inside.start is not None and inside.stop is not None:
            self.intervals.append((inside.start, inside.stop, speaker))
        return key

    def take(self, path: str, said: Spoken) -> None:
        """Store a text under its place in the structure."""
        self.found.setdefault(path, []).append(TextAt(path, self.n, said))
        self.n += 1

    def with_speakers(self) -> dict[str, list[TextAt]]:
        """All texts by place; single words get the speakers of stretches without words."""
        for path, group in self.found.items():
            if _mean_words(group) < 2 and all(one.said.start_s is not None for one in group):
                said = _by_time([one.said for one in group], self.intervals)
                named = zip(group, said, strict=True)
                self.found[path] = [one._replace(said=other) for one, other in named]
        return self.found


def _is_draft(value: dict[str, Any], shape: _Shape) -> bool:
    """Whether this is a speech recogniser's interim guess."""
    unfinished = any(value.get(key) is False for key in shape.states)
    return unfinished or any(not KEYS["drafts"].keys().isdisjoint(s) for s in _states(value, shape))


def _is_service(value: dict[str, Any], shape: _Shape) -> bool:
    """Whether this is a message of the program itself: that somebody joined, or a new topic."""
    return any(not KEYS["service"].keys().isdisjoint(s) for s in _states(value, shape))


def _states(value: dict[str, Any], shape: _Shape) -> Iterator[set[str]]:
    """The words of each value that says what kind of message an object is."""
    for key in shape.states:
        if isinstance(one := value.get(key), str) and not any(map(str.isspace, one)):
            name = plain_name(one)
            if "_" in name or key not in shape.texts:
                yield {name, *name.split("_")}


def _inner(value: dict[str, Any], shape: _Shape, around: _Around, names: dict[str, str]) -> _Around:
    """The speaker and times of an object; its own take precedence over those around it."""
    voices = (_named(value.get(key)) for key in shape.voices)
    speaker = next(filter(None, voices), "")
    times = _own_times(value, shape)
    start, stop = times.get("start"), times.get("stop")
    if start is not None and around.start is not None and start + 1 < around.start:
        start += around.start  # relative to the object around
    if start is not None and stop is None and "length" in times:
        stop = start + times["length"]
    own = start is not None
    return _Around(
        names.get(speaker, speaker) if speaker else around.speaker,
        start if own else around.start,
        stop if own or stop is not None else around.stop,
        around.repeated,
    )


def _own_times(value: dict[str, Any], shape: _Shape) -> dict[str, float]:
    """The times of an object, or of nested objects that hold nothing but times."""
    times: dict[str, float] = {}
    boxes = (one for one in value.values() if isinstance(one, dict) and 0 < len(one) <= 4)
    held = [(one, _shape_of(tuple(one)).times) for one in boxes]
    for box, found in [(value, shape.times), *((b, t) for b, t in held if len(t) == len(b))]:
        for role, key, size in found:
            for part, time in _times(box.get(key), role):
                times.setdefault(part, time * size)
    return times


def _times(value: Any, role: str) -> Iterator[tuple[str, float]]:
    """The times in a value: one, a pair, or those of an object with `from` and `to`."""
    parts = _pair(value) if role == "start" else []
    if isinstance(value, dict):
        own = ((time_role(plain_name(key))[1] or role, key, one) for key, one in value.items())
        parts = [(it, one) for it, key, one in own if it != role or key in KEYS["times_inside"]]
    for part, one in parts or [(role, value)]:
        if isinstance(one, str | int | float) and not isinstance(one, bool):
            found = seconds(one) if isinstance(one, str) else float(one)
            if found is not None:
                yield part, found


def _pair(value: Any) -> list[tuple[str, Any]]:
    """The two times in `[0.5, 1.5]` and `0:05 - 0:15`; nothing for anything else."""
    if isinstance(value, str) and seconds(value) is None:
        value = RANGE.split(value.strip())
    pair = value if isinstance(value, list) and len(value) == 2 else []
    return [*zip(("start", "stop"), pair, strict=False)]


def _text(value: dict[str, Any], shape: _Shape) -> tuple[str, str]:
    """The key of an object's text, and the text; both empty if it has none."""
    timed = [key for _, key, _ in shape.times]
    for key in shape.texts:
        said = value.get(key)
        if isinstance(said, list) and said:
            said = _put_together(said)
        if isinstance(said, str) and said and not (key in timed and seconds(said) is not None):
            return key, said
    return "", ""


def _put_together(parts: list[Any]) -> str:
    """Join `["Yes.", "No."]` as rows, `["see ", {"type": "link", "text": "this"}]` as one text."""
    if all(isinstance(one, str) for one in parts):
        return "\n".join(parts)
    if all(isinstance(one, dict) and len(one) == 1 for one in parts):
        parts = [next(iter(one.values())) for one in parts]
    texts = [one.get("text") if isinstance(one, dict) else one for one in parts]
    known = [one for one in texts if isinstance(one, str)]
    mixed = any(isinstance(one, str) for one in parts)
    return "".join(known) if mixed and len(known) == len(parts) else ""


def _only_member(value: dict[str, Any]) -> tuple[str, str]:
    """The only key and value of `{"Ann Lee": "We open in May."}`: a speaker and a text."""
    if len(value) == 1:
        (key, said), *_ = value.items()
        if isinstance(said, str) and len(said.split()) > 1 and len(key) <= 60:
            return key, said
    return "", ""


# Which of the texts are the transcript


def _chosen(
    groups: dict[str, list[TextAt]], *, timed: bool
) -> tuple[list[TextAt], dict[str, list[TextAt]]]:
    """The texts that make up the transcript, and texts elsewhere that it does not contain."""
    if not groups:
        return [], {}
    most = max(_letters(group) for group in groups.values())
    full = [path for path, group in groups.items() if _letters(group) >= 0.4 * most]
    best = max(full, key=lambda path: (
        timed and groups[path][0].said.start_s is not None,
        not _is_aside(path), *_worth(groups[path]),
    ))  # fmt: skip
    chosen, left = groups.pop(best), {}
    named, known = _is_named(chosen), _words(chosen)
    for path, group in groups.items():
        if _mean_words(group) < 2 or _is_known(group, known):
            continue
        if _is_named(group) and named and _mean_words(group) >= 3 and not _is_aside(path):
            chosen, known = chosen + group, known + _words(group)
        else:
            left[path] = group
    return sorted(chosen, key=lambda one: one.order), left


def _is_aside(path: str) -> bool:
    """Whether a place holds something beside the talk: a chat, notes, tasks."""
    return any(plain_name(key.rstrip("[]")) in KEYS["asides"] for key in path.split("."))


def _words(group: list[TextAt]) -> str:
    """The letters and digits of everything a group says."""
    return _plain(" ".join(one.said.text for one in group))


def _plain(text: str) -> str:
    return LETTERS.sub("", text).casefold()


def _letters(group: list[TextAt]) -> int:
    return sum(len(one.said.text) for one in group)


def _mean_words(group: list[TextAt]) -> float:
    return sum(max(1, len(one.said.text.split())) for one in group) / len(group)


def _is_named(group: list[TextAt]) -> bool:
    """Whether named speakers say nearly half of it or more."""
    return _letters([one for one in group if one.said.speaker is not None]) >= 0.4 * _letters(group)


def _worth(group: list[TextAt]) -> tuple[bool, bool, bool, float]:
    named, speakers = _is_named(group), {one.said.speaker for one in group} - {None}
    return named and len(speakers) > 1, named, len(group) >= LEAST, _mean_words(group)


def _is_known(group: list[TextAt], known: str) -> bool:
    """Whether most of what a group says is already in the text."""
    if _mean_words(group) < 3:
        return sum(_plain(one.said.text) in known for one in group) > 0.5 * len(group)
    own = _words(group)
    if len(own) <= SHINGLE:
        return own in known
    at = range(0, len(own) - SHINGLE, max(1, (len(own) - SHINGLE) // 40))
    return sum(own[n : n + SHINGLE] in known for n in at) > 0.5 * len(at)


def _by_time(said: list[Spoken], intervals: list[tuple[float, float, str]]) -> list[Spoken]:
    """Words that have only times, with the speakers of stretches without words."""
    spans = sorted(set(intervals))
    starts = [start for start, _, _ in spans]
    if len({who for _, _, who in spans}) < 2 or any(one.speaker for one in said):
        return said
    named, last = [], None
    for one in said:
        if one.start_s is not None:
            last = spans[max(bisect_right(starts, one.start_s + 1e-6) - 1, 0)][2]
        named.append(one._replace(speaker=last))
    return named


def _are_interleaved(said: list[Spoken]) -> bool:
    """Whether the texts are grouped by speaker, each group in order of time."""
    by_voice: dict[str, list[float]] = {}
    for one in said:
        if one.speaker is None or one.start_s is None:
            return False
        by_voice.setdefault(one.speaker, []).append(one.start_s)
    return all(starts == sorted(starts) for starts in by_voice.values())


def _without_rehearsal(said: list[Spoken]) -> list[Spoken]:
    """Without opening texts that lack speakers and are repeated in full with them."""
    first = next((n for n, one in enumerate(said) if one.speaker is not None), 0)
    before, after = (_plain(" ".join(one.text for one in part))
                     for part in (said[:first], said[first:]))  # fmt: skip
    return said[first:] if before and before in after else said


# What keys mean


class _Shape(NamedTuple):
    """What the keys of an object mean, each list in order of preference."""

    voices: tuple[str, ...] = ()  # keys of speakers
    texts: tuple[str, ...] = ()
    times: tuple[tuple[str, str, float], ...] = ()  # role, key, factor to seconds
    pair: tuple[str, ...] = ()  # keys of a question and its answer
    by_name_only: bool = False  # it names something, perhaps not a speaker
    states: tuple[str, ...] = ()  # keys that say whether the text is final


@lru_cache(maxsize=1000)
def _shape_of(keys: tuple[str, ...]) -> _Shape:
    """What keys mean, judged by their names alone."""
    plain = {plain_name(key): key for key in keys}
    pair = question_and_answer(list(plain))
    voices = sorted((name for name in plain if voice_rank(name) < NOBODY), key=voice_rank)
    texts = [*(name for name in TEXTS if name in plain), *filter(_is_text, plain)]
    times = sorted((*time_role(name)[:2], name, time_role(name)[2]) for name in plain)
    return _Shape(
        tuple(plain[name] for name in voices),
        tuple(plain[name] for name in dict.fromkeys(texts)),
        tuple((role, plain[name], size) for _, role, name, size in times if role),
        tuple(plain[name] for name in pair),
        bool(voices) and voice_rank(voices[0])[0] >= 2,
        tuple(plain[name] for name in plain if name in KEYS["states"]),
    )


def _is_text(name: str) -> bool:
    parts = {*name.split("_")}
    return not parts.isdisjoint(KEYS["text_parts"]) and parts.isdisjoint(KEYS["id_parts"])


def _guessed_shapes(top: Any) -> dict[str, _Shape]:
    """The shapes of objects whose keys have to be judged by their values."""
    at: dict[str, list[dict[str, Any]]] = {}
    for path, one in _objects(top):
        at.setdefault(path, []).append(one)
    return {path: _guessed(objects) for path, objects in at.items()}


def _objects(value: Any, path: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """All objects in order, each with its place."""
    value = _as_objects(value)
    if isinstance(value, dict):
        yield path, value
        free = _keys_are_free(value)
        for key, inner in value.items():
            yield from _objects(inner, _below(path, key, free=free))
    elif isinstance(value, list):
        for one in value:
            yield from _objects(one, f"{path}[]")


def _guessed(objects: list[dict[str, Any]]) -> _Shape:
    """The shape of objects by the values of their keys: prose, and short repeated values."""
    keys = tuple(dict.fromkeys(chain.from_iterable(objects)))
    shape = _shape_of(keys)
    held = {key: [_shown(one.get(key)) for one in objects] for key in keys[:200]}
    texts = [key for key in shape.texts if _says(held.get(key, []))]
    voices = [key for key in shape.voices if any(_named(one.get(key)) for one in objects)]
    known = {*voices, *(key for _, key, _ in shape.times)}
    others = {key: cells for key, cells in held.items() if key not in known}
    if all(words_in(held[key]) < 1 for key in texts):
        texts = _prose(others)
    voices = voices or _names(others, texts)
    times = shape.times or _clocks(others)
    return shape._replace(voices=tuple(voices), texts=tuple(texts[:1]), times=times)


def _says(cells: list[str]) -> bool:
    return any(cell and seconds(cell) is None for cell in cells)


def _clocks(held: dict[str, list[str]]) -> tuple[tuple[str, str, float], ...]:
    """The first key, if any, whose values are clocks."""
    return tuple(("start", key, 1.0) for key in held if are_times(held[key], ":"))[:1]


def _prose(held: dict[str, list[str]]) -> list[str]:
    """The keys of possible speech, longest first."""
    words = {key: words_in(cells) for key, cells in held.items()}
    return sorted((k for k in words if words[k] >= PROSE), key=words.__getitem__, reverse=True)


def _names(held: dict[str, list[str]], texts: list[str]) -> list[str]:
    """The key, if any, of possible names: of keys with repeated values, the most varied."""
    left = {key: cells for key, cells in held.items() if key not in texts}
    found = ([key for key in left if are(left[key])] for are in (names_come_back, are_names))
    first = next(filter(None, found), [])
    return sorted(first, key=lambda key: -len({*left[key]}))[:1] or _channels(held)


def _channels(held: dict[str, list[str]]) -> list[str]:
    """The key, if any, of the channels of a recording with one voice each."""
    keys = (key for key in held if "channel" in plain_name(key).split("_"))
    return [*islice((key for key in keys if len({*held[key]}) > 1), 1)]


def _plain_value(value: Any) -> str:
    if isinstance(value, list):
        return _put_together(value)
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def _shown(value: Any) -> str:
    """A value, or the name in an object."""
    return _named(value) if isinstance(value, dict) else _plain_value(value)


def _below(path: str, key: str, *, free: bool = False) -> str:
    """The place of a value under a key; all free keys, numbers, times and ids count as one."""
    kind = "*" if free or seconds(key) is not None else key.partition(":")[0]
    return f"{path}.{kind}".strip(".")


def _keys_are_free(value: dict[str, Any]) -> bool:
    """Whether the keys are names or ids: objects of one kind under all, each with other words."""
    if len(value) < LEAST or not all(isinstance(one, dict | list) for one in value.values()):
        return False
    held = [[*_inside(one)] for one in value.values()]
    if not all(held) or len({tuple(one[-1]) for one in held}) > 1:
        return False
    known = {plain_name(key) for key in value} & {*TEXTS, *KEYS["asides"]}
    said = [{text for one in under for text in one.values() if isinstance(text, str)}
            for under in held]  # fmt: skip
    return not known and _differ(said)


def _differ(texts: list[set[str]]) -> bool:
    """Whether the longest text of most sets is prose and stands in no other."""
    whole = "\n".join(chain.from_iterable(texts))
    longest = [max(found, key=len, default="") for found in texts[:MOST_KEYS]]
    alone = sum(whole.count(text) == 1 for text in longest)
    return words_in(longest) >= PROSE and 2 * alone > len(longest)


def _have_lists(value: dict[str, Any]) -> bool:
    """Whether under the keys, which are no times, stand several objects each."""
    several = any(len([*_inside(one)]) > 1 for one in value.values())
    return several and all(seconds(key) is None for key in value)


def _inside(value: Any) -> Iterator[dict[str, Any]]:
    """All objects in a value, each before those inside it."""
    if isinstance(value, dict):
        yield value
    for one in _members(value):
        if isinstance(one, dict | list):
            yield from _inside(one)


def _members(value: dict[str, Any] | list[Any]) -> list[Any]:
    return [*value.values()] if isinstance(value, dict) else value


def _as_objects(value: Any) -> Any:
    """A value, turned into objects if it is a table of rows or columns."""
    if value and _are_rows(value):
        return _from_rows(value) or value
    if isinstance(value, dict):
        return _from_columns(value) or value
    return value


def _are_rows(value: Any) -> TypeGuard[list[list[Any]]]:
    return isinstance(value, list) and all(isinstance(row, list) for row in value)


def _from_rows(value: list[Any]) -> list[dict[str, Any]]:
    """Objects from `[["Ann Lee", "We open in May."], ...]` or `[["word", 0.5, 0.9], ...]`."""
    widths = {len(row) for row in value}
    plain = all(isinstance(cell, str | int | float | None) for row in value for cell in row)
    if len(value) < LEAST or len(widths) > 1 or widths & {0, 1} or not plain:
        return []
    if all(_is_timed(row) for row in value):
        return [{"word": row[0], "start": row[1], "end": row[2]} for row in value]
    return [dict(zip(_names_of_columns(value), row, strict=True)) for row in value]


def _names_of_columns(rows: list[list[Any]]) -> list[str]:
    """Names for unnamed columns: numbers that never decrease are times."""
    names = [f"column {n + 1}" for n in range(len(rows[0]))]
    held = [[row[n] for row in rows] for n in range(len(names))]
    numbers = (n for n, cells in enumerate(held) if all(isinstance(c, int | float) for c in cells))
    rising = [n for n in numbers if held[n] == sorted(held[n])]
    for n, name in zip(rising, ("start", "end"), strict=False):
        names[n] = name
    return names


def _is_timed(row: list[Any]) -> bool:
    times = [isinstance(cell, int | float) for cell in row[1:]]
    return len(row) == 3 and isinstance(row[0], str) and all(times) and " " not in row[0].strip()


def _from_columns(value: dict[str, Any]) -> list[dict[str, Any]]:
    """Objects from `{"speaker": [...], "text": [...]}` or `{"columns": [...], "data": [...]}`."""
    header, data = value.get("columns"), value.get("data")
    if isinstance(header, list) and _are_rows(data):
        return [dict(zip(map(str, header), row, strict=False)) for row in data]
    columns = {key: one for key, one in value.items() if one and isinstance(one, dict | list)}
    indices = {tuple(one) for one in value.values() if isinstance(one, dict)}
    names = [key if known_names([key]) else key.removesuffix("s") for key in columns]
    sizes = {*map(len, columns.values())}
    if len(indices) > 1 or len(sizes) > 1 or known_names(names) < 2:
        return []
    rows = zip(*map(_members, columns.values()), strict=True)
    return [dict(zip(names, row, strict=True)) for row in rows]


# Who people are


def _named(value: Any) -> str:
    """The name in a value of any kind, or an empty string."""
    if isinstance(value, str | int) and not isinstance(value, bool):
        return ADDRESS.sub(r"\1\2", " ".join(str(value).split())[:200])
    if isinstance(value, dict):
        plain = {plain_name(key): one for key, one in value.items()}
        if name := full_name(plain):
            return name
        for name in (*KEYS["ids"], *COLUMNS["speaker"]):
            if isinstance(plain.get(name), str | int):
                return _named(plain[name])
        value = [one for one in value.values() if isinstance(one, dict)]
    return _named(value[0]) if isinstance(value, list) and len(value) == 1 else ""


def _names_of_ids(value: Any) -> dict[str, str]:
    """The names that lists of people give for ids used elsewhere."""
    names: dict[str, str] = {}
    for path, one in _objects(value):
        if plain_name(path.rpartition(".")[2]) in KEYS["people"]:
            names |= _name_of_ids(one) if path.endswith("[]") else _names_by_key(one)
    return names


def _with_names(said: list[Spoken], top: Any, spoken: set[str]) -> list[Spoken]:
    """What is said, with names for ids if objects at one place, such as people, name them all."""
    speakers = {one.speaker for one in said if one.speaker}
    if all(one.isdigit() for one in speakers):
        return said
    shown: dict[str, dict[str, set[str]]] = {}
    for path, one in _apart_from(spoken, top):
        for key, name in _name_of_ids(one).items():
            shown.setdefault(path, {}).setdefault(key, set()).add(name)
    for names in shown.values():
        if all(len(names.get(one, ())) == 1 for one in speakers):
            known = {one: min(names[one]) for one in speakers}
            return [one._replace(speaker=known.get(one.speaker or "")) for one in said]
    return said


def _apart_from(spoken: set[str], top: Any) -> Iterator[tuple[str, dict[str, Any]]]:
    """The objects that are not around what is said: the label of a turn is nobody's name."""
    for path, one in _objects(top):
        if path and not any(place.startswith(f"{path}.") for place in spoken):
            yield path, one


def _names_by_key(people: dict[str, Any]) -> dict[str, str]:
    """Names by id from `{"S1": "Ann Lee"}` or `{"S1": {"name": "Ann Lee"}}`."""
    shown = {key: _named(one) for key, one in people.items() if isinstance(one, str | dict)}
    told = {plain_name(key) for key in people} & {*KEYS["ids"], *TEXTS}
    return {} if told or len(shown) < len(people) or not all(shown.values()) else shown


def _name_of_ids(person: dict[str, Any]) -> dict[str, str]:
    """The name of a person under each of the ids given with it."""
    boxes = [person, *(inner for inner in person.values() if isinstance(inner, dict))]
    flat = {plain_name(key): one for box in boxes for key, one in box.items()}
    names = (*(flat.get(name) for name in KEYS["shown"]), full_name(flat))
    shown = next((name for name in names if isinstance(name, str) and name), "")
    ids = (_plain_value(flat[name]) for name in flat if _is_id(name)) if shown else ()
    return dict.fromkeys(filter(None, ids), shown)


def _is_id(name: str) -> bool:
    ends = ("id", "tag", "key", "ref", "label", "index")
    return name in ("name", "speaker") or name.endswith(ends)
