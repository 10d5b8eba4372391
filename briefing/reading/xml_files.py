"""XML for talk: parliamentary records, TEI, timed text, annotation tiers.

These formats differ in every name but share one idea: an element holds what one person says, and an
attribute (`by`, `who`, `speaker`) or an element at its head (`speaker`, `from`) says who. An id is
replaced by the name that the file declares for it. Each paragraph is a line; headings are flagged;
what is done rather than said (`vocal`, `incident`, `stage`) is put in brackets; the header of the
file describes the talk and is not part of it. Nothing is cut out. Where this finds nobody, elements
and attributes are read as the objects of JSON are, whatever their names.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from briefing.lexicons import iso_date
from briefing.lexicons.stage import is_stage
from briefing.reading.columns import ROLES, in_seconds, plain_name, time_role
from briefing.reading.html import read_html
from briefing.reading.json_files import read_talk
from briefing.reading.lines import FORMS, Line, Spoken, said_lines, set_outside, vocabulary
from briefing.reading.timed_text import EARLIEST, mark_changes, seconds
from briefing.tables import BriefingError

NAMES = vocabulary("xml")
VOICES = NAMES["voices"]
DECLARATION = re.compile(r"(?:(?<!\s)\s+)?<\?xml[^<>]{0,300}\?>")
SPACE = re.compile(r"\s+")
LABEL_ENDS = ":： .–—-"
LEAST_WORDS = 4
LONGEST_LABEL = 15  # words in a label of several parts


def parsed_xml(data: bytes) -> Any:
    """The root of an XML file, even a damaged one, or None; nothing outside it is fetched."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    return etree.fromstring(data, parser) if data.strip() else None


def read_xml(text: str, name: str) -> tuple[list[Line], dict[str, str]]:
    """The lines of an XML transcript with their speakers, and what its header states."""
    root = parsed_xml(DECLARATION.sub("", text, count=1).encode())
    if root is None:
        raise BriefingError.of("damaged XML", name=name)
    _offsets_to_seconds(root)
    _part_voices(root)
    tiers = list(_tiers(root))
    lines = [*said_lines(tiers), *_beside(root)] if tiers else _page_in(root) or _walked(root, name)
    if sum(len(line.text.split()) for line in lines) < LEAST_WORDS:
        raise BriefingError.of("no talk in XML", name=name, root=tag_of(root))
    if not any(line.speaker for line in lines) and all(line.start_s is not None for line in lines):
        mark_changes(lines)  # captions end where the screen does
    in_seconds(lines, clock=bool(tiers))
    return lines, _stated(root)


def _page_in(root: Any) -> list[Line]:
    """The lines of a web page that is, tags and all, the text of an element (RSS)."""
    texts = {one: one.text or "" for one in root.iter()}
    page = max(texts, key=lambda one: len(texts[one]))
    if len(FORMS.structure.findall(texts.pop(page))) <= LEAST_WORDS:
        return []
    others = (SPACE.sub(" ", text).strip() for text in texts.values())
    beside = (Line(text, 1, outside=True) for text in others if text)
    return [*read_html(page.text)[0], *beside]


def _walked(root: Any, name: str) -> list[Line]:
    """The lines of elements in order; if nobody is named, what would be read from JSON."""
    lines = list(_ElementWalk(_names_of_ids(root), _timeline(root), _of_day(root)).lines(root))
    if any(line.speaker for line in lines):
        return lines
    said, _ = read_talk([_as_value(root)], name)
    held = {line.text for line in said}
    beside = [line for line in lines if line.text not in held]
    set_outside(beside if said else ())
    return said + beside


def _as_value(element: Any) -> Any:
    """An element as JSON would write it: attributes and what is inside by name, or its text."""
    value: dict[str, Any] = {key.rpartition("}")[2]: one for key, one in element.items()}
    if not len(element) or _is_paragraph(element):
        text = _shown(element)
        return {**value, "text": text} if value and text else value or text
    inside: dict[str, list[Any]] = {}
    for inner in element:
        inside.setdefault(str(inner.tag).rpartition("}")[2], []).append(_as_value(inner))
    return _unwrapped(value | inside)


def _unwrapped(value: dict[str, Any]) -> Any:
    """A value without lists of one, and without a key if nothing but text is under a single one."""
    held = {key: one[0] if isinstance(one, list) and len(one) == 1 else one
            for key, one in value.items()}  # fmt: skip
    only = next(iter(held.values())) if len(held) == 1 else None
    rows = only if isinstance(only, list) else [only]
    texts = [row for row in rows if isinstance(row, str)]
    return "\n".join(texts) if len(texts) == len(rows) else held


def tag_of(element: Any) -> str:
    """The name of an element in lower case, without its namespace."""
    return _bare(str(element.tag))


@lru_cache(maxsize=10_000)
def _bare(name: str) -> str:
    return name.rpartition("}")[2].lower()


def named(root: Any, tag: str) -> Iterator[Any]:
    """All elements of one name, in order."""
    return (element for element in root.iter() if tag_of(element) == tag)


def given_by(element: Any) -> dict[str, str]:
    """The attributes of an element, with names in the plain form of columns."""
    return {plain_name(key.rpartition("}")[2]): value.strip() for key, value in element.items()}


def _first(given: dict[str, str], keys: str) -> str:
    """The first attribute with a value among those in a list of the vocabulary."""
    return next((given[key] for key in NAMES[keys] if given.get(key)), "")


def _content(element: Any) -> str:
    """All text inside an element, on one line."""
    return SPACE.sub(" ", "".join(element.itertext()).replace("\xad", "")).strip()


def _names_of_ids(root: Any) -> dict[str, str]:
    """The name that the file shows for each id it declares."""
    names: dict[str, str] = {}
    for element in root.iter():
        given = given_by(element)
        ids = [given[key] for key in NAMES["ids"] if given.get(key)]
        shown = (_first(given, "shown") or _declared(element)) if ids else ""
        for one in ids if shown else ():
            names.setdefault(one, shown)
    return names


def _declared(element: Any) -> str:
    """The name inside the declaration of a person; empty for elements that hold talk."""
    above = element.getparent()
    if not len(element) and above is not None and tag_of(above) in NAMES["lists_of_people"]:
        return _content(element)
    for inner in element if tag_of(element) in NAMES["people"] else ():
        if tag_of(inner) in NAMES["names"]:
            parts = sorted(inner, key=lambda part: tag_of(part) in NAMES["surnames"])
            return " ".join(map(_content, parts)) if len(parts) > 1 else _content(inner)
    return ""


@dataclass(slots=True)
class _ElementWalk:
    """Walks through the elements in order, with the speaker who has the floor."""

    names: dict[str, str]
    times: dict[str, float]
    of_day: bool  # `time` is the time of day
    speaker: str | None = None
    new: bool = False
    start: float | None = None
    stop: float | None = None
    printed: str = ""  # a label printed as a note before the element
    inside: int = 0  # depth in elements that name their speaker
    flat: dict[Any, bool] = field(default_factory=dict)

    def is_flat(self, element: Any) -> bool:
        """Whether an element holds several labels side by side, each before its speech."""
        if element not in self.flat:
            self.flat[element] = sum(map(_is_voice, element)) > 1
        return self.flat[element]

    def lines(self, root: Any) -> Iterator[Line]:
        """The lines of everything inside an element, with times if there are any."""
        for element in root:
            given = _times_inside(element) | given_by(element)
            if self.of_day:
                given = {key: one for key, one in given.items() if key not in NAMES["of_day"]}
            before = self.start, self.stop
            if any(time_role(key)[1] for key in given):
                self.start, self.stop = self.times_of(given)
            yield from self.seen(element, given)
            self.start, self.stop = before

    def times_of(self, given: dict[str, str]) -> tuple[float | None, float | None]:
        """When an element begins and ends; the times around it if it does not say."""
        start, stop, length = (_time(given, role, self.times) for role in ROLES)
        if start is not None and self.start is not None and start + 1 < self.start:
            start += self.start  # relative to the element around
            stop = None if stop is None else stop + self.start
        start = start if start is not None else self.start
        if length is not None and start is not None and stop is None:
            return start, start + length
        return start, stop if stop is not None else self.stop

    def seen(self, element: Any, given: dict[str, str]) -> Iterator[Line]:
        """A note, a heading, an utterance, a paragraph, or a box of others."""
        tag = tag_of(element)
        if _is_about(element, tag):
            return
        if _is_label(element):
            yield from self.label(element)
        elif _is_time(element):
            yield Line(_content(element), 1, outside=True)
        elif tag in NAMES["headings"] and not any(time_role(key)[1] for key in given):
            text = _content(element)
            yield from [Line(text, 1, heading=True)] if text else []
        elif who := self.voice(element, given):
            yield from self.utterance(element, who)
        elif _is_done(element):
            yield from self.paragraph(_in_brackets(_content(element)))
        else:
            yield from self.labelled(element) if _is_paragraph(element) else self.lines(element)

    def label(self, element: Any) -> Iterator[Line]:
        """A printed label, which names the next speaker and is not speech."""
        text = _content(element)
        name = text.rstrip(LABEL_ENDS)
        if text and not self.inside:
            self.printed = name
        if text:
            yield Line(text, 1, outside=True)
            if _is_voice(element) and self.is_flat(element.getparent()):
                self.speaker, self.new = name, True

    def voice(self, element: Any, given: dict[str, str]) -> str:
        """Who says what is inside this element; empty if it does not tell."""
        if _is_voice(element):
            return ""
        labels = [*filter(_is_voice, element)]
        speak = NAMES["speaks"].keys()
        keys = [*NAMES["by"], *(key for key in given if not speak.isdisjoint(key.split("_")))]
        if value := next((given[key] for key in keys if given.get(key)), ""):
            return self.shown(value, labels)
        alone = labels and not self.is_flat(element) and not _is_paragraph(element)
        more = alone and len(_content(element)) > len(_content(labels[0]))
        name = _printed_name(labels[0]) if more else ""
        return self.names.get(name, name)

    def shown(self, value: str, labels: list[Any]) -> str:
        """The name declared for an id, the label printed with it, or the id itself."""
        bare = value.rpartition("#")[2].strip() or value
        each = [self.names.get(one.rpartition("#")[2], "") for one in value.split()]
        known = " / ".join(each) if all(each) else self.names.get(bare) or self.names.get(value)
        return known or (_printed_name(labels[0]) if labels else self.printed) or bare

    def utterance(self, element: Any, who: str) -> Iterator[Line]:
        """Everything inside an element that names its speaker."""
        before = self.speaker
        self.speaker, self.new, self.printed = who, True, ""
        self.inside += 1
        yield from self.labelled(element) if _is_paragraph(element) else self.lines(element)
        self.speaker, self.new = before, False
        self.inside -= 1

    def labelled(self, element: Any) -> Iterator[Line]:
        """A paragraph; a label at its head names who speaks from here on."""
        first = element[0] if len(element) and not (element.text or "").strip() else None
        if first is None or not _is_voice(first):
            yield from self.paragraph(_shown(element))
            return
        label, text = _printed_name(first), _content(element)
        after = SPACE.sub(" ", "".join(_after(first))).strip()
        if alone := not label or len(after.split()) <= 12 and after.endswith((":", "：")):
            label = after.rstrip(":： ") or label
            yield Line(text, 1, outside=True)
        self.speaker, self.new = label, True
        yield from () if alone else self.paragraph(after.lstrip(":：.–— "))

    def paragraph(self, text: str) -> Iterator[Line]:
        """A line for each row of a paragraph, spoken by whoever has the floor."""
        gap = 1
        for row in text.split("\n"):
            row = row.lstrip(":： ") if self.new else row
            if row.strip():
                yield Line(
                    row.strip(), gap, speaker=self.speaker, new=self.new,
                    start_s=self.start, stop_s=self.stop,
                )  # fmt: skip
                gap, self.new = 0, False


def _is_about(element: Any, tag: str) -> bool:
    """Whether an element describes the talk rather than being part of it."""
    about = NAMES["about"]
    return tag in about or tag == "head" and any(tag_of(inner) in about for inner in element)


def _is_time(element: Any) -> bool:
    """Whether an element holds a time and nothing else, and its name says so."""
    called = not len(element) and time_role(plain_name(tag_of(element)))[1]
    return bool(called) and seconds(_content(element)) is not None


def _times_inside(element: Any) -> dict[str, str]:
    """The times in separate elements at the top of an element."""
    return {plain_name(tag_of(one)): _content(one) for one in element if _is_time(one)}


def _is_voice(element: Any) -> bool:
    """Whether an element's name or attributes say that it holds the speaker."""
    if tag_of(element) in VOICES:
        return True
    given = given_by(element)
    told = any(given.get(key, "").lower() in VOICES for key in NAMES["kinds"])
    apart = tag_of(element) != "note" and not _first(given, "by")
    return told and apart and len(_content(element).split()) <= LONGEST_LABEL


def _is_label(element: Any) -> bool:
    noted = tag_of(element) == "note" and element.get("type") == "speaker"
    if tag_of(element) not in VOICES or not len(element):
        return noted or _is_voice(element)
    followed = element.getnext() is not None or bool((element.tail or "").strip())
    return followed and len(_content(element).split()) <= LONGEST_LABEL


def _is_done(element: Any) -> bool:
    """Whether an element says what is done, and does not hold the talk (an event of its own)."""
    return tag_of(element) in NAMES["done"] and not any(len(inner) for inner in element)


def _in_brackets(text: str) -> str:
    """What is done rather than said, so that no word of it is counted."""
    whole = text if not text or text[0] in "([{（" else f"({text})"
    return whole if not text or is_stage(whole) else f"(({text.strip('()[]{}（） ')}))"


def _printed_name(element: Any) -> str:
    """The name in a label: its parts in order, without trailing marks."""
    leaves = (one for one in element.iter() if not len(one))
    parts = [_content(one) for one in leaves if one is element or tag_of(one) not in NAMES["ids"]]
    return " ".join(filter(None, parts)).rstrip(":： ,–—").strip()


def _after(element: Any) -> Iterator[str]:
    """The text that follows an element within its parent."""
    yield element.tail or ""
    for later in element.itersiblings():
        yield from later.itertext()
        yield later.tail or ""


def _is_paragraph(element: Any) -> bool:
    """Whether an element holds text, or words one by one, rather than other boxes."""
    own = (element.text or "").strip() or any((inner.tail or "").strip() for inner in element)
    if not own and any(_first(given_by(inner), "by") for inner in element):
        return False
    inside = {tag_of(inner) for inner in element}
    words = not inside.isdisjoint(NAMES["in_words"])
    return bool(own) or words or all(tag in NAMES["inline"] for tag in inside)


def _shown(element: Any) -> str:
    """The text of a paragraph as a reader sees it; line breaks stay."""
    pieces: list[str] = []
    _show(element, pieces)
    rows = "".join(pieces).replace("\xad", "").split("\x00")
    return "\n".join(SPACE.sub(" ", row).strip() for row in rows)


def _show(element: Any, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for inner in element:
        tag = tag_of(inner)
        if tag in NAMES["breaks"]:
            pieces.append("\x00")
        elif _is_done(inner):
            pieces.append(f" {_in_brackets(_content(inner))} ")
        else:
            _show(inner, pieces)
            pieces.append(_space_after(inner, tag))
        pieces.append(inner.tail or "")


def _space_after(element: Any, tag: str) -> str:
    """The space after an element: none if it is inline, or a mark follows a word."""
    after = element.getnext()
    marked = after is not None and tag_of(after) == "pc" and not (element.tail or "").strip()
    joined = element.get("join") in ("right", "both")
    word = tag in NAMES["in_words"] and (marked or joined)
    return "" if tag in NAMES["inline"] or word else " "


def _time(given: dict[str, str], wanted: str, times: dict[str, float]) -> float | None:
    """Seconds from an attribute that holds them or a point in a timeline."""
    keys = (key for key in given if time_role(key)[1] == wanted)
    values = ((times.get(given[key].rpartition("#")[2]), given[key]) for key in keys)
    found = (seconds(value) if time is None else time for time, value in values)
    return next((time for time in found if time is not None), None)


def _of_day(root: Any) -> bool:
    """Whether what is called `time` does not count from the beginning, but is the time of day."""
    held = (_times_inside(one) | given_by(one) for one in root.iter())
    clocks = [given[key] for given in held for key in NAMES["of_day"] if key in given]
    found = [time * 60 ** (clock.count(":") == 1) for clock in clocks
             if (time := seconds(clock)) is not None]  # fmt: skip
    return min(found, default=0) >= 60 * EARLIEST


def _timeline(root: Any) -> dict[str, float]:
    """The times of the points that a file declares, by id."""
    times: dict[str, float] = {}
    for element in root.iter():
        if tag_of(element) in NAMES["places"]:
            given = given_by(element)
            thousandths = given.get("time_value")
            value = seconds(thousandths or _first(given, "moments"))
            if value is not None:
                since = times.get(given.get("since", "").rpartition("#")[2], 0.0)
                own = value / 1000 if thousandths else value
                times[_first(given, "place_ids")] = own + since
    return times


OFFSET = re.compile(r"(\d{1,18}(?:\.\d{1,18})?)(?:/(\d{1,9}))?(h|m|ms|s|f|t)$")


def _offsets_to_seconds(root: Any) -> None:
    """Convert times in a unit (`75f`, `90.5m`, `3003/1001s`, ticks) to seconds."""
    units = {"h": 3600.0, "m": 60.0, "s": 1.0, "ms": 0.001, "f": 1 / 30, "t": 1.0}
    with suppress(ValueError, ZeroDivisionError):  # rates that are none
        units |= _lengths(given_by(root))
    for element in root.iter():
        for key, value in element.items():
            offset = OFFSET.match(value)
            if offset and time_role(plain_name(key.rpartition("}")[2]))[1]:
                n, parts, unit = offset.groups()
                element.set(key, f"{float(n) / (int(parts or 0) or 1) * units[unit]:.6f}")


def _lengths(given: dict[str, str]) -> dict[str, float]:
    """How long a frame and a tick of timed text are, in seconds."""
    over, under = (given.get("frame_rate_multiplier", "").split() + ["1", "1"])[:2]
    frames = float(given.get("frame_rate", 30)) * float(over) / float(under)
    ticks = float(given.get("tick_rate") or frames * float(given.get("sub_frame_rate", 1)))
    return {"f": 1 / frames, "t": 1 / ticks}


def _part_voices(root: Any) -> None:
    """Give each voice in a turn of several (`<Who nb="2"/>`) a turn of its own."""
    for who in [*named(root, "who")][::-1]:
        turn, n = who.getparent(), who.get("nb", "")
        voices = turn.get("speaker", "").split() if turn is not None else []
        if n.isdecimal() and 0 < int(n) <= len(voices):
            own = turn.makeelement(turn.tag, {**turn.attrib, "speaker": voices[int(n) - 1]})
            own.text = who.tail
            own.extend([*who.itersiblings()])  # later voices have left the turn already
            turn.addnext(own)
            turn.remove(who)


def _tiers(root: Any) -> Iterator[Spoken]:
    """Annotations arranged in tiers (ELAN, EXMARaLDA), in order of time."""
    times = _timeline(root)
    if times:
        names = _names_of_ids(root)
        said = [one for tier in _main_tiers(root) for one in _tier(tier, times, names)]
        yield from sorted(said, key=lambda one: (one.start_s, one.stop_s))


def _beside(root: Any) -> Iterator[Line]:
    """Annotations of annotations (translations, codes, gestures), which are outside the talk."""
    main = _main_tiers(root)
    for tier in named(root, "tier"):
        if tier not in main:
            yield from (Line(text, 1, outside=True) for one in tier if (text := _content(one)))


def _main_tiers(root: Any) -> list[Any]:
    """The tiers of speech: of several kinds with the same voices, the one with the longest text."""
    given = {tier: given_by(tier) for tier in named(root, "tier")}
    kinds: dict[str, list[Any]] = {}
    for tier, own in given.items():
        if not own.get("parent_ref") and own.get("type", "t") in ("t", ""):
            kinds.setdefault(own.get("linguistic_type_ref", ""), []).append(tier)
    main: list[Any] = []
    voices: set[str] = set()
    for tiers in sorted(kinds.values(), key=lambda tiers: -sum(len(_content(t)) for t in tiers)):
        who = {given[tier].get("participant", "") for tier in tiers} - {""}
        main += [] if who and who <= voices else tiers
        voices |= who
    return main


def _tier(tier: Any, times: dict[str, float], names: dict[str, str]) -> Iterator[Spoken]:
    given = given_by(tier)
    who = _first(given, "tier_voices")
    for one in tier.iter():
        own = given_by(one)
        start = times.get(own.get("time_slot_ref1", own.get("start", "")))
        stop = times.get(own.get("time_slot_ref2", own.get("end", "")))
        text = _content(one)
        if start is not None and text:
            yield Spoken(text, names.get(who, who), start, stop if stop is not None else start)


def _stated(root: Any) -> dict[str, str]:
    """Title, date and language, if the header has them."""
    titles = (_content(one) for one in root.iter() if tag_of(one) in ("title", "doctitle"))
    dates = (_date(one) for one in root.iter() if tag_of(one) in NAMES["dates"])
    return {
        "title": next(filter(None, titles), "")[:500],
        "date": next(filter(None, dates), ""),
        "language": next((v for k, v in root.items() if k.endswith("lang")), ""),
    }


def _date(element: Any) -> str:
    given = given_by(element)
    return iso_date(given.get("when") or given.get("date") or _content(element))
