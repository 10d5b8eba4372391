"""XML made for talk: parliaments' records, TEI, timed text, annotation tiers.

Such formats differ in every name, and agree in this: an element holds what one person says,
and an attribute (`by`, `who`, `speaker`) or an element at its head (`speaker`, `from`) says
who. An id is replaced by the name that the file declares for it. Each paragraph is a line;
headings are flagged; what is done rather than said (`vocal`, `incident`, `stage`) stands in
brackets; the header of the file is about the talk, and no part of it. Nothing is cut out.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

from briefing.lexicons.dates import iso_date
from briefing.reading.columns import are_names, names_come_back, plain_name, time_roles
from briefing.reading.lines import Line, Said, count_from_first, said_lines
from briefing.reading.stamps import seconds
from briefing.tables import BriefingError

BY = tuple(
    "speakername speaker_name by who whom speaker spk agent participant nameid person "
    "speakerid speaker_id".split()
)
VOICES = frozenset(
    "speaker from talker member orator orador redner orateur intervenant sprecher oratore "
    "personname persname".split()
)
SHOWN = ("show_as", "speakername", "speaker_name", "name", "full_name", "displayname", "label")
IDS = ("id", "speaker", "agent", "nameid", "name_id", "code")
ABOUT = frozenset(
    "teiheader meta metadata head_meta header references styling layout profiledesc time_order "
    "common-timeline linguistic_type locale constraint speakers session.header".split()
)
HEADINGS = frozenset(
    "heading head title subtitle subheading major-heading minor-heading oral-heading "
    "section-title debate-heading doctitle docnumber".split()
)
DONE = frozenset(
    "vocal kinesic incident stage desc kommentar stagedirections interjection event "
    "narrative scene remark".split()
)
IN_WORDS = frozenset("w pc c g".split())
BREAKS = frozenset("br lb eol".split())
INLINE = frozenset(
    "b i u em strong sup sub hi emph ref a span abbr name persname placename orgname num date "
    "time term foreign eol lb br gap pb anchor milestone s phr cl".split()
)
DATES = frozenset("date frbrdate docdate sitting_date".split())
SPEAKS = frozenset(("speaker", "spk", "talker", "participant"))
OF_DAY = frozenset(("time", "hora", "zeit"))
WHEN = ("start", "stop", "length")
PLACES = frozenset(("time_slot", "tli", "when", "timepoint"))
MOMENTS = ("time", "absolute_time", "interval", "absolute")
DECLARATION = re.compile(r"(?:(?<!\s)\s+)?<\?xml[^<>]{0,300}\?>")
SPACE = re.compile(r"\s+")
LEAST_WORDS = 4
LONGEST_LABEL = 15  # words of a label that has parts


def read_xml(text: str, name: str) -> tuple[list[Line], dict[str, str]]:
    """The lines of an XML transcript with their speakers, and what its header states."""
    from lxml import etree  # type: ignore[import-untyped]

    parser = etree.XMLParser(
        recover=True, resolve_entities=False, no_network=True, huge_tree=True,
        remove_comments=True, remove_pis=True,
    )  # fmt: skip
    root = etree.fromstring(DECLARATION.sub("", text, count=1).encode(), parser)
    if root is None:
        raise BriefingError(f"{name}: this XML is damaged; download it again, or save it as HTML.")
    tiers = list(_tiers(root))
    lines = [*said_lines(tiers), *_beside(root)] if tiers else _walked(root)
    if sum(len(line.text.split()) for line in lines) < LEAST_WORDS:
        raise BriefingError(
            f"{name}: no talk is found in this XML (its root is <{_tag(root)}>); save it as HTML, "
            f"WebVTT or text."
        )
    count_from_first(lines)
    return lines, _stated(root)


def _walked(root: Any) -> list[Line]:
    """The lines of elements in order; where nobody is named, by what attributes hold."""
    names, times = names_of_ids(root), _timeline(root)
    lines = list(_Walk(names, times).lines(root))
    if any(line.speaker for line in lines):
        return lines
    return list(_Walk(names, times, _speaking_attribute(root)).lines(root))


def _speaking_attribute(root: Any) -> tuple[str, str]:
    """Element and attribute whose values are short, come back and stand around text."""
    held: dict[tuple[str, str], list[str]] = {}
    for element in root.iter():
        for key, value in _attributes(element).items():
            held.setdefault((_tag(element), key), []).append(value)
    spoken = (one for one, values in held.items() if names_come_back(values) or are_names(values))
    words = {one: sum(len(_content(e).split()) for e in root.iter() if _tag(e) == one[0])
             for one in [*spoken][:50]}  # fmt: skip
    return max(words, key=lambda one: words[one], default=("", ""))


def _tag(element: Any) -> str:
    """The name of an element, without its namespace, in small letters."""
    return _bare(str(element.tag))


@lru_cache(maxsize=10_000)
def _bare(name: str) -> str:
    return name.rpartition("}")[2].lower()


def _attributes(element: Any) -> dict[str, str]:
    return {plain_name(key.rpartition("}")[2]): value.strip() for key, value in element.items()}


def _content(element: Any) -> str:
    """All text inside an element, on one line."""
    return SPACE.sub(" ", "".join(element.itertext()).replace("\xad", "")).strip()


def names_of_ids(root: Any) -> dict[str, str]:
    """The name that the file shows for each id it declares."""
    names: dict[str, str] = {}
    for element in root.iter():
        given = _attributes(element)
        ids = [given[key] for key in IDS if given.get(key)]
        if not ids:
            continue
        shown = next((given[key] for key in SHOWN if given.get(key)), "") or _declared(element)
        for one in ids if shown else ():
            names.setdefault(one, shown)
    return names


def _declared(element: Any) -> str:
    """The name inside the declaration of a person; nothing for elements that hold talk."""
    if _tag(element) not in ("person", "agent", "speaker", "participant", "persona", "role"):
        return ""
    for inner in element:
        if _tag(inner) in ("persname", "name", "personname", "displayname", "abbreviation"):
            parts = [_content(part) for part in inner] or [_content(inner)]
            order = sorted(
                zip((_tag(part) for part in inner), parts, strict=False),
                key=lambda part: part[0] in ("surname", "familyname", "lastname", "nachname"),
            )
            return " ".join(part for _, part in order) if len(order) > 1 else _content(inner)
    return ""


@dataclass(slots=True)
class _Walk:
    """Through the elements in order, with the speaker who has the floor."""

    names: dict[str, str]
    times: dict[str, float]
    by: tuple[str, str] = ("", "")  # an element and its attribute that names who speaks
    speaker: str | None = None
    new: bool = False
    start: float | None = None
    stop: float | None = None
    printed: str = ""  # a label that stood as a note before the element
    inside: int = 0  # elements that name their speaker
    flat: dict[Any, bool] = field(default_factory=dict)

    def is_flat(self, element: Any) -> bool:
        """Whether several labels stand beside one another in an element, before their speech."""
        if element not in self.flat:
            self.flat[element] = sum(_tag(inner) in VOICES for inner in element) > 1
        return self.flat[element]

    def lines(self, root: Any) -> Iterator[Line]:
        """The lines of an element and of all inside it."""
        for element in root:
            yield from self.element(element)

    def element(self, element: Any) -> Iterator[Line]:
        """One element and all inside it, with its times if it has any."""
        given = _attributes(element)
        timed = any(role for key in given for _, role, _ in time_roles(key))
        yield from self.timed(element, given) if timed else self.seen(element, given)

    def seen(self, element: Any, given: dict[str, str]) -> Iterator[Line]:
        """A note, a heading, an utterance, a paragraph, or a box of others."""
        tag = _tag(element)
        if _is_about(element, tag):
            return
        if _is_label(element, tag):
            yield from self.label(element)
        elif tag in HEADINGS:
            text = _content(element)
            yield from [Line(text, 1, heading=True)] if text else []
        elif who := self.voice(element, given):
            yield from self.utterance(element, who)
        elif tag in DONE:
            yield from self.paragraph(_in_brackets(_content(element)))
        elif _is_paragraph(element):
            yield from self.labelled(element)
        else:
            yield from self.lines(element)

    def timed(self, element: Any, given: dict[str, str]) -> Iterator[Line]:
        """The lines of an element that says when it begins; those around it have other times."""
        before = self.start, self.stop
        start, stop, length = (_time(given, role, self.times) for role in WHEN)
        self.start = start if start is not None else self.start
        self.stop = stop if stop is not None else self.stop
        if length is not None and self.start is not None and stop is None:
            self.stop = self.start + length
        yield from self.seen(element, given)
        self.start, self.stop = before

    def label(self, element: Any) -> Iterator[Line]:
        """A printed label: it names whoever speaks next, and is no speech."""
        text = _content(element)
        if not text:
            return
        if not self.inside:
            self.printed = text.rstrip(":： .–—-").strip()
        yield Line(text, 1, outside=True)
        if _tag(element) in VOICES and self.is_flat(element.getparent()):
            self.speaker, self.new = text.rstrip(":： .–—-").strip(), True

    def voice(self, element: Any, given: dict[str, str]) -> str:
        """Who says what is inside this element; empty where it does not say."""
        if _tag(element) in VOICES:
            return ""
        inner = [one for one in element if _tag(one) in VOICES]
        if self.by[0] == _tag(element) and given.get(self.by[1]):
            return given[self.by[1]]
        for key in (*BY, *(key for key in given if not SPEAKS.isdisjoint(key.split("_")))):
            if given.get(key):
                return self.shown(given[key], inner)
        if (
            inner
            and not self.is_flat(element)
            and not _is_paragraph(element)
            and len(_content(element)) > len(_content(inner[0]))
        ):
            return _printed_name(inner[0])
        return ""

    def shown(self, value: str, labels: list[Any]) -> str:
        """The name declared for an id, the label printed with it, or the id itself."""
        bare = value.rpartition("#")[2].strip() or value
        found = self.names.get(bare) or self.names.get(value)
        return found or (_printed_name(labels[0]) if labels else self.printed) or bare

    def utterance(self, element: Any, who: str) -> Iterator[Line]:
        """All that is inside an element that names its speaker."""
        before = self.speaker
        self.speaker, self.new, self.printed = who, True, ""
        self.inside += 1
        if _is_paragraph(element):
            yield from self.labelled(element)
        else:
            yield from self.lines(element)
        self.speaker = before
        self.new = False
        self.inside -= 1

    def labelled(self, element: Any) -> Iterator[Line]:
        """A paragraph; a label at its head names who speaks from here on."""
        first = element[0] if len(element) and not (element.text or "").strip() else None
        if first is not None and _tag(first) in VOICES:
            text = _content(element)
            label = _printed_name(first)
            after = SPACE.sub(" ", "".join(_after(first))).strip()
            if not label or len(after.split()) <= 12 and after.endswith((":", "：")):
                label = after.rstrip(":： ") or label
                yield Line(text, 1, outside=True)
                self.speaker, self.new = label, True
                return
            self.speaker, self.new = label, True
            yield from self.paragraph(after.lstrip(":：.–— "))
            return
        yield from self.paragraph(_shown(element))

    def paragraph(self, text: str) -> Iterator[Line]:
        """A line for each row of a paragraph, said by whoever has the floor."""
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
    """Whether an element tells of the talk and is no part of it."""
    return tag in ABOUT or tag == "head" and any(_tag(inner) in ABOUT for inner in element)


def _is_label(element: Any, tag: str) -> bool:
    noted = tag == "note" and element.get("type") == "speaker"
    if noted or tag not in VOICES or not len(element):
        return noted or tag in VOICES
    followed = element.getnext() is not None or bool((element.tail or "").strip())
    return followed and len(_content(element).split()) <= LONGEST_LABEL


def _in_brackets(text: str) -> str:
    """What is done rather than said, as transcripts print it."""
    return text if not text or text[0] in "([{（" else f"({text})"


def _printed_name(element: Any) -> str:
    """The name in a label: its parts in order, without the marks after it."""
    parts = [_content(leaf) for leaf in element.iter() if not len(leaf) and _content(leaf)]
    return " ".join(parts).rstrip(":： ,–—").strip()


def _after(element: Any) -> Iterator[str]:
    """The text that follows an element inside the one around it."""
    yield element.tail or ""
    for later in element.itersiblings():
        yield from later.itertext()
        yield later.tail or ""


def _is_paragraph(element: Any) -> bool:
    """Whether an element holds text itself, or words one by one, rather than other boxes."""
    own = (element.text or "").strip() or any((inner.tail or "").strip() for inner in element)
    if not own and any(_names_speaker(inner) for inner in element):
        return False
    inside = {_tag(inner) for inner in element}
    return bool(own) or not inside or inside <= INLINE | IN_WORDS


def _names_speaker(element: Any) -> bool:
    given = _attributes(element)
    return any(given.get(key) for key in BY)


def _shown(element: Any) -> str:
    """The text of a paragraph as a person would see it; line breaks stay."""
    pieces: list[str] = []
    _show(element, pieces)
    rows = "".join(pieces).replace("\xad", "").split("\x00")
    return "\n".join(SPACE.sub(" ", row).strip() for row in rows)


def _show(element: Any, pieces: list[str]) -> None:
    pieces.append(element.text or "")
    for inner in element:
        tag = _tag(inner)
        if tag in BREAKS:
            pieces.append("\x00")
        elif tag in DONE or tag == "note":
            pieces.append(f" {_in_brackets(_content(inner))} ")
        else:
            _show(inner, pieces)
            pieces.append(_space_after(inner, tag))
        pieces.append(inner.tail or "")


def _space_after(element: Any, tag: str) -> str:
    """The blank after an element: none where it is part of a line, or a mark follows a word."""
    if tag in INLINE:
        return ""
    after = element.getnext()
    marked = after is not None and _tag(after) == "pc" and not (element.tail or "").strip()
    joined = element.get("join") in ("right", "both")
    return "" if tag in IN_WORDS and (marked or joined) else " "


def _time(given: dict[str, str], wanted: str, times: dict[str, float]) -> float | None:
    """Seconds in an attribute that holds some, or a place in a timeline; no time of day."""
    for key, value in given.items():
        if key in OF_DAY or not any(role == wanted for _, role, _ in time_roles(key)):
            continue
        found = times.get(value.rpartition("#")[2])
        found = seconds(value) if found is None else found
        if found is not None:
            return found
    return None


def _timeline(root: Any) -> dict[str, float]:
    """The times of places that a file declares, by their ids."""
    times: dict[str, float] = {}
    for element in root.iter():
        if _tag(element) in PLACES:
            given = _attributes(element)
            one = given.get("time_slot_id") or given.get("timepoint_id") or given.get("id", "")
            value = _tier_time(given)
            if value is not None:
                since = times.get(given.get("since", "").rpartition("#")[2], 0.0)
                times[one] = value + since
    return times


def _tiers(root: Any) -> Iterator[Said]:
    """Annotations that stand tier by tier (ELAN, EXMARaLDA), in the order of their times."""
    times = _timeline(root)
    if not times:
        return
    names = names_of_ids(root)
    found = [
        one for tier in root.iter() if _tag(tier) == "tier" for one in _tier(tier, times, names)
    ]
    for start, stop, speaker, text in sorted(found, key=lambda one: one[:2]):
        yield Said(text, speaker, start, stop)


def _beside(root: Any) -> Iterator[Line]:
    """Annotations of annotations (translations, codes, notes): they stand outside."""
    for tier in root.iter():
        if _tag(tier) == "tier" and not _is_main(_attributes(tier)):
            yield from (Line(text, 1, outside=True) for one in tier if (text := _content(one)))


def _is_main(given: dict[str, str]) -> bool:
    return not given.get("parent_ref") and given.get("type", "t") in ("t", "")


def _tier_time(given: dict[str, str]) -> float | None:
    if "time_value" in given:
        value = seconds(given["time_value"])
        return None if value is None else value / 1000
    return next((seconds(given[key]) for key in MOMENTS if given.get(key)), None)


def _tier(
    tier: Any, times: dict[str, float], names: dict[str, str]
) -> Iterator[tuple[float, float, str, str]]:
    given = _attributes(tier)
    if not _is_main(given):
        return
    who = next((given[k] for k in ("participant", "speaker", "tier_id", "id") if given.get(k)), "")
    who = names.get(who, who)
    for one in tier.iter():
        own = _attributes(one)
        start = times.get(own.get("time_slot_ref1", own.get("start", "")))
        stop = times.get(own.get("time_slot_ref2", own.get("end", "")))
        text = _content(one)
        if start is not None and text:
            yield start, stop if stop is not None else start, who, text


def _stated(root: Any) -> dict[str, str]:
    """Title, date and language, where the header has them."""
    titles = (_content(one) for one in root.iter() if _tag(one) in ("title", "doctitle"))
    dates = (_date(one) for one in root.iter() if _tag(one) in DATES)
    stated = {
        "title": next(filter(None, titles), "")[:500],
        "date": next(filter(None, dates), ""),
        "language": next((v for k, v in root.items() if k.endswith("lang")), ""),
    }
    return {key: value for key, value in stated.items() if value}


def _date(element: Any) -> str:
    given = _attributes(element)
    return iso_date(given.get("when") or given.get("date") or _content(element))
