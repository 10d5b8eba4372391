"""What the keys of JSON objects stand for: who speaks, what is said, and when.

The words in a key's name decide; where none is known, what the keys of the objects at one place
of the structure hold. Rows, columns and lists of words with times are objects like others.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any, NamedTuple

from briefing.reading.columns import (
    NAMES_ONLY,
    SPEAKER,
    TEXT,
    are_names,
    known_names,
    names_come_back,
    plain_name,
    question_and_answer,
    time_roles,
    words_in,
)

WORD, *OTHER_WORDS = "punctuated_word word utf8 token value".split()  # texts that are words
TEXTS = (WORD, *TEXT, *OTHER_WORDS)
TEXT_PARTS = frozenset("text transcript transcription utterance segment sentence display".split())
VOICE_PARTS = frozenset(
    "speaker spk spkid spkr talker participant attributed person user author member sender".split()
)
NO_VOICE = frozenset("confidence count counts change turn turns labels email".split())
ID_PARTS = frozenset("id ids tag index number label".split())
SHOWN = ("real_name", "display_name", "full_name", "fullname", "nickname", "speaker_name", "name")
IDS = (*SHOWN, "label", "showas", "id", "identifier")
PEOPLE = frozenset(
    "speakers speaker participants people persons members attendees talkers voices users "
    "sprecher hablantes locuteurs interlocutors".split()
)
LEAST = 2  # utterances that make a list
PROSE = 4  # mean words of what may be speech under a key of any name


class Shape(NamedTuple):
    """What the keys of an object stand for, each list in the order in which it is looked at."""

    voices: tuple[str, ...] = ()  # keys of speakers
    texts: tuple[str, ...] = ()
    times: tuple[tuple[str, str, float], ...] = ()  # role, key, what makes seconds of it
    pair: tuple[str, str] | None = None  # keys of a question and its answer
    by_name_only: bool = False  # it names something, not for certain a speaker


@lru_cache(maxsize=1000)
def shape_of(keys: tuple[str, ...]) -> Shape:
    """What keys stand for by their names alone."""
    plain = {plain_name(key): key for key in keys}
    pair = question_and_answer(list(plain))
    voices = sorted((n for n in plain if _voice_rank(n) < NOBODY), key=_voice_rank)
    texts = [name for name in TEXTS if name in plain]
    texts += [name for name in plain if name not in texts and _is_text(name)]
    times = sorted((rank, role, n, size) for n in plain for rank, role, size in time_roles(n))
    return Shape(
        tuple(plain[name] for name in voices),
        tuple(plain[name] for name in texts),
        tuple((role, plain[name], size) for _, role, name, size in times),
        (plain[pair[0]], plain[pair[1]]) if pair else None,
        bool(voices) and all(_voice_rank(name)[0] >= 2 for name in voices),
    )


NOBODY = (9, 0)


@lru_cache(maxsize=10_000)
def _voice_rank(name: str) -> tuple[int, int]:
    """How surely a key names who speaks: its name, a name of something, an id."""
    parts = {*name.split("_")}
    exact = SPEAKER.index(name) if name in SPEAKER else len(SPEAKER)
    if name in SPEAKER or not parts.isdisjoint(VOICE_PARTS) and parts.isdisjoint(NO_VOICE):
        if parts & ID_PARTS and len(parts) > 1 and not parts & {"name", "label"}:
            return (1 if name in SPEAKER or "speaker" in parts else 4), exact
        return (3 if name in NAMES_ONLY else 0), exact
    return NOBODY


def _is_text(name: str) -> bool:
    parts = {*name.split("_")}
    return not parts.isdisjoint(TEXT_PARTS) and parts.isdisjoint(ID_PARTS)


def guessed_shapes(top: Any) -> dict[str, Shape]:
    """The shapes of the objects at places where keys have to be known by what they hold."""
    at: dict[str, list[dict[str, Any]]] = {}
    _gather(top, "", at)
    return {path: _guessed(objects) for path, objects in at.items()}


def _gather(value: Any, path: str, at: dict[str, list[dict[str, Any]]]) -> None:
    """All objects by their place."""
    value = as_objects(value)
    if isinstance(value, dict):
        at.setdefault(path, []).append(value)
        for key, inner in value.items():
            if isinstance(inner, dict | list):
                _gather(inner, below(path, key), at)
    elif isinstance(value, list):
        for one in value:
            _gather(one, f"{path}[]", at)


def _guessed(objects: list[dict[str, Any]]) -> Shape:
    """The shape of objects by what their keys hold: prose, and short values that come back."""
    keys = tuple(dict.fromkeys(key for one in objects for key in one))
    shape = shape_of(keys)
    held = {key: [_plain_value(one.get(key)) for one in objects] for key in keys[:200]}
    texts = [key for key in shape.texts if any(held.get(key, ()))]
    voices = [key for key in shape.voices if any(map(named, (o.get(key) for o in objects)))]
    timed = {key for _, key, _ in shape.times}
    others = [key for key in held if key not in timed and key not in voices]
    if not texts or max(words_in(held.get(key, [])) for key in texts) < 1:
        texts = sorted(
            (key for key in others if words_in(held[key]) >= PROSE),
            key=lambda key: words_in(held[key]), reverse=True,
        )  # fmt: skip
    if not voices:
        left = [key for key in others if key not in texts]
        found = (key for are in (names_come_back, are_names) for key in left if are(held[key]))
        voices = [*found][:1]
    return shape._replace(voices=tuple(voices), texts=tuple(texts[:1]))


def _plain_value(value: Any) -> str:
    if isinstance(value, list):
        return " ".join(value) if all(isinstance(one, str) for one in value) else ""
    return str(value) if isinstance(value, str | int) and not isinstance(value, bool) else ""


def below(path: str, key: str) -> str:
    """The place of what stands under a key; keys that are numbers count as one."""
    return f"{path}.{'*' if key.isdigit() else key}".strip(".")


def as_objects(value: Any) -> Any:
    """A value with its rows and columns made objects, as far as it is a table of its own."""
    if isinstance(value, list) and value and all(isinstance(row, list) for row in value):
        return _from_rows(value) or value
    if isinstance(value, dict):
        return _from_columns(value) or value
    return value


def _from_rows(value: list[Any]) -> list[dict[str, Any]]:
    """`[["Ann Lee", "We open in May."], ...]`, `[["word", 0.5, 0.9], ...]` as objects."""
    widths = {len(row) for row in value}
    plain = all(isinstance(cell, str | int | float | None) for row in value for cell in row)
    if len(value) < LEAST or len(widths) > 1 or widths & {0, 1} or not plain:
        return []
    if all(_is_timed(row) for row in value):
        return [{"word": row[0], "start": row[1], "end": row[2]} for row in value]
    return [{f"column {n + 1}": cell for n, cell in enumerate(row)} for row in value]


def _is_timed(row: list[Any]) -> bool:
    times = [isinstance(cell, int | float) for cell in row[1:]]
    return len(row) == 3 and isinstance(row[0], str) and all(times) and " " not in row[0].strip()


def _from_columns(value: dict[str, Any]) -> list[dict[str, Any]]:
    """`{"speaker": [...], "text": [...]}` as objects, or `{"columns": [...], "data": [...]}`."""
    names, data = value.get("columns"), value.get("data")
    if isinstance(names, list) and isinstance(data, list) and all(map(_is_list, data)):
        return [dict(zip(map(str, names), row, strict=False)) for row in data]
    columns = {
        key: list(column.values()) if isinstance(column, dict) else column
        for key, column in value.items()
        if isinstance(column, dict | list) and column
    }
    sizes = {len(column) for column in columns.values()}
    if len(columns) < 2 or len(sizes) != 1 or known_names(list(columns)) < 2:
        return []
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def _is_list(value: Any) -> bool:
    return isinstance(value, list)


def named(value: Any) -> str:
    """The name in a value of any kind, or none."""
    if isinstance(value, bool) or value is None:
        return ""
    if isinstance(value, str | int):
        return " ".join(str(value).split())[:200]
    if isinstance(value, dict):
        plain = {plain_name(key): key for key in value}
        for name in (*IDS, *SPEAKER):
            if name in plain and isinstance(value[plain[name]], str | int):
                return named(value[plain[name]])
        inner = [one for one in value.values() if isinstance(one, dict)]
        return named(inner[0]) if len(inner) == 1 else ""
    if isinstance(value, list) and len(value) == 1:
        return named(value[0])
    return ""


def names_of_ids(value: Any) -> dict[str, str]:
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
                names.update(_name_of_ids(person))
            waiting += [(v, False) for v in one if isinstance(v, dict | list)]
    return names


def _names_by_key(people: dict[str, Any]) -> dict[str, str]:
    """`{"S1": "Ann Lee"}`, `{"S1": {"name": "Ann Lee"}}`: ids with their names."""
    shown = {key: named(one) for key, one in people.items() if isinstance(one, str | dict)}
    told = {plain_name(key) for key in people} & {*IDS, *TEXT}
    return {} if told or len(shown) < len(people) or not all(shown.values()) else shown


def _name_of_ids(person: Any) -> dict[str, str]:
    """The name of a person for each of the ids that stand beside it."""
    if not isinstance(person, dict):
        return {}
    flat = {plain_name(key): one for key, one in person.items()}
    for inner in person.values():
        flat |= {plain_name(k): v for k, v in inner.items()} if isinstance(inner, dict) else {}
    shown = next((str(flat[n]) for n in SHOWN if isinstance(flat.get(n), str) and flat[n]), "")
    ids = {flat[n] for n in flat if _is_id(n) and isinstance(flat[n], str | int)}
    return {str(one): shown for one in ids if shown and not isinstance(one, bool)}


def _is_id(name: str) -> bool:
    return name.endswith(("id", "tag", "key", "label", "index")) or name in ("name", "speaker")
