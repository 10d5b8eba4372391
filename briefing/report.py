"""The report: how every line of a source was placed, what was inferred, and why.

It is meant for a person who checks a briefing in a minute: as text on the command line, as
the source itself in colours in a notebook. A reading holds reasons and remarks as data; here,
and only here, sentences are made of them.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from briefing.doubt import counted, in_lines, percent
from briefing.parse.values import Other, Reading, Remark, Turn, Why
from briefing.safe import AS_PRINTED
from briefing.tables import ROLE_COLOURS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from briefing.corrections import AsRead

LATIN = re.compile(r"[A-Za-z]{4}")
LEFT_OUT = ("metadata", "note", "boilerplate")
FORMS = {
    "colon": "labels with a colon",
    "bracket": "labels in brackets",
    "stop": "labels with a full stop",
    "dash": "labels with a dash",
    "gap": "labels before a gap",
    "letter": "labels of one letter",
    "sign": "labels after a sign",
    "alone": "labels without a mark",
    "heading": "labels as headings",
    "timed": "labels with a time beside them",
    "bold": "labels in bold",
    "italic": "labels in italics",
    "inside": "labels within a paragraph",
    "marked": "speakers that the format itself names",
}
REMARKS = {
    "could be a label": "{words!r} could be a label and was read as text",
    "label within a paragraph": "label {words!r} stands in mid-paragraph",
    "left out, reads like speech": "was left out, although it reads like speech: {words!r}",
    "goes on from the page before": "goes on from the page before",
    "joined": "{words} is taken to be one person",
    "organisation": "organisation {words!r} is taken from what is said",
    "corrected label": "label {words}",
    "corrected line": "is read as {words}",
    "corrected answer": "comes in answer to {words}",
    "corrected kind of text": "kind of text: {words}",
}
FOUND = {
    "before the first label": "it stands before the first label",
    "set in bold": "it is set in bold",
    "asks": "it asks",
    "after a question": "it comes after a question",
    "no change of speaker is marked": "the format marks no change of speaker",
}
# Of each feature of a person: what is said where it is there, and where it is not.
ROLES = {
    "label_question": ("the label is a word for a question", "the label is no word for a question"),
    "label_answer": ("the label is a word for an answer", "the label is no word for an answer"),
    "label_moderator": ("the label stands for a moderator", "the label is no word for a moderator"),
    "label_aside": ("the label stands for a bystander", "the label is not a bystander's"),
    "label_none": ("no label is printed", "a label is printed"),
    "label_office": ("the label has an office in it", "the label has no office in it"),
    "label_presides": ("the label is that of a chair", "the label is not that of a chair"),
    "label_president": ("the label has a president in it", "the label has no president in it"),
    "label_bare": ("the label is an office alone", "the label is more than an office"),
    "label_member": ("the label is that of a member", "the label is not that of a member"),
    "label_outlet": ("the label has an outlet in it", "the label has no outlet in it"),
    "label_acronym": ("the label has an acronym in it", "the label has no acronym in it"),
    "label_house": ("the label names an organisation", "the label names no organisation"),
    "label_courtesy": ("the label has a courtesy title", "the label has no courtesy title"),
    "label_upper": ("the label is in capitals", "the label is not in capitals"),
    "label_diarised": ("the label is a number given by a program", "the label is not a program's"),
    "label_numbered": ("the label is a numbered question", "the label has no number"),
    "label_named": ("the label is a name", "the label is no name"),
    "first": ("speaks first", "does not speak first"),
    "last": ("speaks last", "does not speak last"),
    "begins_asking": ("begins with a question", "does not begin with a question"),
    "asks": ("asks in most turns", "asks in few turns"),
    "ends": ("ends most turns with a question", "ends few turns with a question"),
    "requests": ("makes requests", "makes few requests"),
    "gives": ("hands over the floor", "hardly hands over the floor"),
    "gives_only": ("does little but hand over the floor", "does more than hand over the floor"),
    "call": ("calls people by name", "calls nobody by name"),
    "small": ("says greetings and thanks alone", "says more than greetings and thanks"),
    "opens": ("opens the event", "does not open the event"),
    "thanks": ("gives thanks", "gives few thanks"),
    "thanks_for_question": ("thanks people for questions", "thanks nobody for a question"),
    "adds": ("adds to what was said", "adds to nothing"),
    "back": ("asks what was meant", "does not ask what was meant"),
    "cut": ("is cut off", "is not cut off"),
    "unheard": ("could not be heard", "could be heard"),
    "assents": ("assents", "does not just assent"),
    "you": ("speaks of 'you'", "hardly speaks of 'you'"),
    "we": ("speaks of 'we'", "hardly speaks of 'we'"),
    "any_opens": ("opens the event", "does not open the event"),
    "any_takes_questions": ("offers to take questions", "does not offer to take questions"),
    "any_moderates": ("uses a moderator's words", "uses no moderator's words"),
    "any_introduces": ("gives a name and an outlet", "gives no name and outlet"),
    "any_thanks_for_question": ("thanks somebody for a question", "thanks nobody for a question"),
    "any_gives_only": ("hands over the floor and says no more", "never just hands over the floor"),
    "asks_long": ("asks in long turns", "does not ask in long turns"),
    "short": ("speaks in few words", "speaks in more than a few words"),
    "after_question": ("comes after questions", "does not come after questions"),
    "after_asking": ("comes after people who ask", "does not come after people who ask"),
    "before_question": ("is followed by questions", "is not followed by questions"),
    "before_asking": ("is followed by people who ask", "is not followed by people who ask"),
    "after_giving": ("is given the floor", "is not given the floor"),
    "between": ("speaks between turns of one person", "speaks between different people"),
    "partner_asks": ("speaks mostly beside one who asks", "speaks mostly beside one who does not"),
    "partner_ends": ("speaks mostly beside one who asks", "speaks mostly beside one who does not"),
    "calls_next": ("names who speaks next", "does not name who speaks next"),
    "names_last": ("names who spoke before", "does not name who spoke before"),
    "called": ("is called on by name", "is not called on by name"),
    "thanked": ("is thanked by name", "is not thanked by name"),
    "addressed": ("is asked by name", "is not asked by name"),
    "text_two": ("two people speak in all", "more than two people speak"),
}  # fmt: skip
BESIDE = {
    "own": "by all that is said and done",
    "before": "comes after {}s",
    "after": "is followed by {}s",
    "others": "by the roles of all others",
}
MEASURED = {  # features that are figures, by their beginnings
    "label_": "by the length and marks of the label",
    "text_": "by what kind of event it is",
    "rank_": "by comparison with the others",
    "than_": "by the length of the turns beside those of others",
    "partner": "by who speaks beside whom",
    "words": "by the length of the turns",
    "longest": "by the length of the turns",
    "shortest": "by the length of the turns",
    "": "by the order and number of turns",
}
SIDES = {
    "question": "the question",
    "answer": "the answer",
    "before": "the turn before",
    "after": "the turn after the question",
    "next": "the turn after",
}
DOES = {
    "official": ("is an official's", "is not an official's"),
    "journalist": ("is a journalist's", "is not a journalist's"),
    "moderator": ("is a moderator's", "is not a moderator's"),
    "asks": ("asks", "does not ask"),
    "ends": ("ends with a question", "does not end with a question"),
    "requests": ("requests something", "requests nothing"),
    "gives": ("hands over the floor", "does not hand over the floor"),
    "only": ("only hands over the floor", "does more than hand over the floor"),
    "call": ("is a name alone", "is more than a name"),
    "small": ("is a greeting or thanks", "is more than thanks"),
    "thanks": ("gives thanks", "gives no thanks"),
    "adds": ("adds to what was said", "adds to nothing"),
    "back": ("asks what was meant", "does not ask what was meant"),
    "cut": ("is cut off", "is not cut off"),
    "unheard": ("could not be heard", "could be heard"),
    "assents": ("assents", "does not just assent"),
    "sure": ("is by somebody whose role is sure", "is by somebody whose role is not sure"),
}
LINKS = {
    "same_before": ("the questioner speaks just before", "somebody else speaks just before"),
    "same_after": ("the questioner speaks just after", "somebody else speaks just after"),
    "same_script": ("both are in one language", "they are in different scripts"),
    "many_scripts": ("the event is in several languages", "the event is in one language"),
    "next_is_answer": ("it follows the question at once", "something stands between"),
    "asker_again": ("the questioner spoke again", "the questioner did not speak again"),
    "spoke_since": ("who answers has spoken since", "who answers has not spoken since"),
    "officials_between": ("officials speak between", "no official speaks between"),
    "journalists_between": ("others ask between", "nobody else asks between"),
    "moderators_between": ("a moderator speaks between", "no moderator speaks between"),
    "last": ("it is the last turn", "it is not the last turn"),
    "you": ("the answer speaks of 'you'", "the answer hardly speaks of 'you'"),
    "we": ("the answer speaks of 'we'", "the answer hardly speaks of 'we'"),
    "thanks_for": ("it gives thanks for a question", "it gives no thanks for a question"),
    "takes": ("it offers to take questions", "it does not offer to take questions"),
}


PART = {
    "pager": "line {line} is a pager: {words!r}",
    "opens asking": "it begins with a question: the opening is missing",
    "breaks off": "the last turn breaks off in mid-sentence",
}


class Inference(NamedTuple):
    """Something the source does not print: where, what, why, and how sure it is (0 to 1)."""

    line: int
    what: str
    why: str
    confidence: float

    def __str__(self) -> str:
        """One line for a person."""
        why = f" ({self.why})" if self.why else ""
        return f"line {self.line}: {self.what}{why} [{self.confidence:.2f}]"


def voice(turn: Turn) -> str:
    """How a turn's speaker is shown: a name, or that nobody is named."""
    role = "speaker" if turn.role == "unknown" else turn.role
    return turn.speaker or f"unnamed {role}"


def remark_words(remark: Remark) -> str:
    """What a remark says."""
    known = REMARKS.get(remark.kind, f"{remark.kind}: {{words}}" if remark.words else remark.kind)
    return known.format(words=remark.words or "nothing")


def role_reasons(turn: Turn) -> str:
    """Why somebody has a role, in words."""
    return "; ".join(dict.fromkeys(map(_role_reason, turn.role_why)))


def link_reasons(turn: Turn) -> str:
    """Why a turn comes in answer to another, in words."""
    return "; ".join(dict.fromkeys(map(_link_reason, turn.answers_why)))


def _role_reason(why: Why) -> str:
    name, lacks = _feature(why)
    if name in ROLES:
        said = ROLES[name][lacks]
        return f"{said}: {why.words!r}" if name.startswith("label_") and why.words else said
    side, _, role = name.partition("_")
    if side in BESIDE and role in ROLE_COLOURS:
        return BESIDE[side].format(role)
    return next(said for start, said in MEASURED.items() if name.startswith(start))


def _link_reason(why: Why) -> str:
    name, lacks = _feature(why)
    side, _, does = name.partition("_")
    if name in LINKS:
        return LINKS[name][lacks]
    if side in SIDES:
        return (
            f"{SIDES[side]} {DOES[does][lacks]}"
            if does in DOES
            else f"by the length of {SIDES[side]}"
        )
    return "by the order and number of turns"


def _feature(why: Why) -> tuple[str, bool]:
    """The name of the feature, and whether the reason is that it is not there."""
    return why.kind.removeprefix("not "), why.kind.startswith("not ")


def part_words(why: Why) -> str:
    """Why a text is only part of an event."""
    return PART.get(why.kind, why.kind).format(line=why.line + 1, words=why.words)


def status_words(why: Why) -> str:
    """By what the kind of text is known."""
    return f"the document says {why.words!r}" if why.words else "the document does not say"


def forms(reading: Reading) -> str:
    """How the labels look: `labels with a colon on a line of their own`."""
    if not reading.styles:
        return "no labels"
    form = reading.styles[0][0]
    said = FORMS.get(form, form)
    labelled = [t for t in reading.turns if t.label and t.pieces]
    alone = sum(t.pieces[0].line != t.first_line for t in labelled)
    own = form != "marked" and alone > len(labelled) / 2
    others = len(reading.styles) - 1
    more = f" and {others} other form{'s' * (others > 1)}" if others else ""
    return f"{said}{' on a line of their own' if own else ''}{more}"


def other_words(other: Other) -> str:
    """What a reading that was not taken would have been, and how to ask for it."""
    said = FORMS.get(other.form, other.form)
    many = f"{counted(other.n_turns, 'turn')} by {counted(other.n_labels, 'label')}"
    return f"{said}, {many}: --label {_shell(other.example)}"


def _shell(text: str) -> str:
    plain = " ".join(text.split())
    return f'"{plain}"' if '"' not in plain else f"'{plain}'"


def people(turns: Sequence[Turn]) -> str:
    """How many people speak: `8 people`, `2 people and unnamed journalists`."""
    named = {turn.speaker for turn in turns if turn.speaker}
    unnamed = Counter("speaker" if t.role == "unknown" else t.role for t in turns if not t.speaker)
    said = [counted(len(named), "person", "people")] if named else []
    said += [f"unnamed {unnamed.most_common(1)[0][0]}s"] if unnamed else []
    return " and ".join(said)


class Report:
    """What `read` did with one source. `str(report)` is the text, Jupyter shows the source."""

    def __init__(self, transcript: AsRead) -> None:
        """Gather what `transcript` knows of its own making."""
        self._of = transcript
        self._turns = transcript.reading.turns
        self.warnings = transcript.warnings

    @cached_property
    def stretches(self) -> list[tuple[int, int, int, str, int | None, str]]:
        """Every stretch of the source, as `Transcript.stretches`."""
        return self._of.stretches()

    @property
    def unplaced(self) -> list[tuple[int, str]]:
        """Lines that may be speech and have no place, with their text."""
        return [(s[0], s[5]) for s in self.stretches if s[3] == "unplaced"]

    @property
    def left_out(self) -> list[tuple[int, str, str]]:
        """Lines that are no speech: number, kind, text."""
        kept = (s for s in self.stretches if s[3] in LEFT_OUT and s[5].strip())
        return [(s[0], s[3], " ".join(s[5].split())) for s in kept]

    @cached_property
    def inferences(self) -> list[Inference]:
        """What the source does not print, by line; links are apart, in `links`."""
        found = [*self._remarks(), *self._unlabelled(), *self._roles()]
        return sorted([*found, *self._twice(), *self._translated()])

    @cached_property
    def links(self) -> list[Inference]:
        """Which turn comes in answer to which, but for what a person said of it."""
        found = []
        for i, turn in enumerate(self._turns, 1):
            if turn.answers and "answers" not in turn.corrected:
                asked = ", ".join(
                    f"{q + 1} (line {self._turns[q].first_line + 1})" for q in turn.answers
                )
                what = f"turn {i} comes in answer to turn {asked}"
                found.append(
                    Inference(turn.first_line + 1, what, link_reasons(turn), turn.answers_sure)
                )
        return found

    def _remarks(self) -> list[Inference]:
        return [
            Inference(r.line + 1, remark_words(r), "", r.sure) for r in self._of.reading.remarks
        ]

    def _unlabelled(self) -> list[Inference]:
        return [
            Inference(
                t.first_line + 1,
                f"turn {i} is {voice(t) if t.speaker else f'an {voice(t)}'}'s",
                FOUND.get(t.found.kind, t.found.kind),
                t.sure,
            )
            for i, t in enumerate(self._turns, 1)
            if t.label is None and t.found
        ]

    def _roles(self) -> list[Inference]:
        first: dict[str, Turn] = {}
        for turn in self._turns:
            first.setdefault(voice(turn), turn)
        return [
            Inference(t.first_line + 1, f"{name} is {t.role}", role_reasons(t), t.role_sure)
            for name, t in first.items()
            if t.speaker and t.role_why and "role" not in t.corrected
        ]

    def _twice(self) -> list[Inference]:
        rows: list[Inference] = []
        seen: dict[str, int] = {}
        for i, turn in enumerate(self._turns, 1):
            words = " ".join(turn.text.casefold().split())
            if words.count(" ") >= 7 and seen.setdefault(words, i) != i:
                what = f"turn {i} repeats turn {seen[words]}"
                rows.append(Inference(turn.first_line + 1, what, "printed twice; both kept", 1.0))
        return rows

    def _translated(self) -> list[Inference]:
        """Turns that say a thing twice: in another script, or again in brackets."""
        twice = [i for i, t in enumerate(self._turns) if _says_again(t.text)]
        what = f"{len(twice)} turns print paragraphs again in another language; both are counted"
        line = self._turns[twice[0]].first_line + 1 if twice else 0
        return [Inference(line, what, "another script, or brackets", 0.7)] if len(twice) > 1 else []

    def speakers(self) -> list[tuple[str, str, int, int]]:
        """(speaker, role, turns, words) in order of first appearance."""
        turns: Counter[tuple[str, str]] = Counter()
        words: Counter[tuple[str, str]] = Counter()
        for turn, row in zip(self._turns, self._of.rows(), strict=True):
            turns[voice(turn), turn.role] += 1
            words[voice(turn), turn.role] += row["n_words"] or 0
        return [(name, role, n, words[name, role]) for (name, role), n in turns.items()]

    def believes(self) -> list[str]:
        """What the reader believes, how sure it is of it, and what to look at first."""
        of = self._of
        names = ", ".join(
            f"{s.name} ({s.format}, {s.encoding or 'no encoding'})" for s in of.sources
        )
        look = in_lines(of.doubts())
        return [
            f"{names}: {_seen(of.reading)};",
            f"{percent(of.confidence)} of turns are expected to be right: {of.status}.",
            f"Look first at {look}." if look else "Nothing in it stands out as doubtful.",
        ]

    def next_best(self) -> list[str]:
        """Where the reading is doubtful: those that came next, and how to ask for them."""
        others = self._of.reading.others if self._of.status == "doubtful" else ()
        rows = [f"  {other_words(other)}" for other in others]
        return ["what came next, and how to read it so", *rows, ""] if rows else []

    def __str__(self) -> str:
        """The report as text."""
        return "\n".join(
            [
                *self.believes(),
                "",
                *self.next_best(),
                *self._about(),
                "",
                *self._who(),
                "",
                *self._corrected(),
                *self._inferred(),
                "",
                *self._not_speech(),
            ]
        )

    def _about(self) -> list[str]:
        of = self._of
        return [
            *(f"{key}: {value}" for key, value in of.metadata.items()),
            f"kind of text: {of.text_status} ({of.status_why})",
            *(f"only part of an event: {why}" for why in of.part),
            *(f"warning: {w}" for w in self.warnings),
        ]

    def _who(self) -> list[str]:
        head = f"{'speaker':<44}{'role':<12}{'turns':>6}{'words':>8}"
        rows = [f"{name[:42]:<44}{role:<12}{n:>6}{w:>8}" for name, role, n, w in self.speakers()]
        return [head, *rows]

    def _corrected(self) -> list[str]:
        rows = [f"  {applied_words(r)}" for r in self._of.applied]
        return (
            [f"corrected by {self._of.decisions.written.name} ({len(rows)})", *rows, ""]
            if rows
            else []
        )

    def _inferred(self) -> list[str]:
        n = len(self.links)
        linked = f"  {counted(n, 'turn')} linked to the questions they come in answer to"
        return [
            f"inferred ({len(self.inferences) + n})",
            *(f"  {inference}" for inference in self.inferences),
            f"{linked}, by order and wording",
            *(f"  {link}" for link in self.links),
        ]

    def _not_speech(self) -> list[str]:
        out = [f"left out of the turns ({len(self.left_out)})"]
        out += [f"  line {line}: {kind}: {text[:100]}" for line, kind, text in self.left_out]
        if self.unplaced:
            out += [
                "",
                f"NOT PLACED ({len(self.unplaced)}): these lines may be speech; look at them",
            ]
            out += [
                f"  line {line}: {' '.join(text.split())[:100]}" for line, text in self.unplaced
            ]
        return out

    def summary_html(self) -> str:
        """Who spoke, in a small table, for a notebook."""
        of = self._of
        facts = [of.metadata.get("date"), of.metadata.get("source"), f"text: {of.text_status}"]
        facts += ["part of an event" if of.part else None, counted(len(self._turns), "turn")]
        facts += [f"{counted(len(self.inferences), 'thing')} inferred"]
        facts += [self.believes()[1].rstrip(".")] if of.status == "doubtful" else []
        title = escape(of.metadata.get("title", of.briefing_id))
        rows = [
            f"{_cell(name, 'th scope=row')}{_cell(role)}<td>{n}</td><td>{words:,}</td>"
            for name, role, n, words in self.speakers()
        ]
        head = f"<p {AS_PRINTED}><b>{title}</b><br>{escape(' · '.join(filter(None, facts)))}</p>"
        return head + _table(("speaker", "role", "turns", "words"), rows)

    def _repr_html_(self) -> str:
        believes = " ".join(self.believes())
        rows, shown = [], 0
        for line, _, _, kind, turn_id, text in self.stretches:
            if kind == "blank":
                continue
            turn = self._turns[turn_id - 1] if turn_id else None
            mark = str(turn_id) if turn_id and turn_id != shown else ""
            if mark and turn and turn.label is None:
                mark += " (inferred)"
            shown = turn_id or shown
            kept = _cell(text.strip(), "td", _style(kind, turn))
            rows.append(f"<td>{line}</td>{_cell(mark)}{_cell(turn.role if turn else kind)}{kept}")
        source = _table(("line", "turn", "role or kind", "text"), rows)
        scroll = "<div style='max-height:32em;overflow:auto' tabindex='0'>"
        return f"{self.summary_html()}<p {AS_PRINTED}>{escape(believes)}</p>{scroll}{source}</div>"


def applied_words(remark: Remark) -> str:
    """What a correction did, for a person."""
    where = f"line {remark.line + 1}: " if remark.line >= 0 else ""
    return f"{where}{remark_words(remark)}"


def refusal(reading: Reading, names: str) -> str:
    """Why nothing is made of a source, what was seen in it, and what to do."""
    others = reading.others[:3]
    if any(turn.label and turn.text for turn in reading.turns):
        share = percent(reading.confidence)
        what = f"too unsure to be used: {_seen(reading)}; {share} of turns are expected to be right"
    else:
        what = "no turn found: no label is seen in it, and no question that its type sets apart"
    example = others[0].example if others else "The Minister."
    help_ = (
        f"If it is a transcript, give a label of it as printed, such as --label {_shell(example)}"
    )
    came = "; ".join(map(other_words, others))
    return f"{names}: {what}. {help_}{f' (next came {came})' if came else ''}."


def _seen(reading: Reading) -> str:
    turns = reading.turns
    return f"{counted(len(turns), 'turn')} by {people(turns)}, {forms(reading)}"


def _says_again(text: str) -> bool:
    """Whether a paragraph is followed by one about as long in another script or in brackets."""
    paragraphs = [p.strip() for p in text.split("\n") if len(p.strip()) > 20]
    for one, other in pairwise(paragraphs):
        bracketed = other[0] in "([（" and other[-1] in ")]）" and len(other) > 0.5 * len(one)
        if bracketed or bool(LATIN.search(one)) != bool(LATIN.search(other)):
            return True
    return False


def _style(kind: str, turn: Turn | None) -> str:
    if kind == "unplaced":
        return "background:#fff3cd"
    if turn is None:
        return "color:#595959;background:#f2f2f2"
    weight = (
        ";font-weight:bold" if kind == "label" else ";font-style:italic" if kind == "stage" else ""
    )
    return f"border-left:4px solid {ROLE_COLOURS[turn.role]};padding-left:6px{weight}"


def _cell(text: str, tag: str = "td", style: str = "") -> str:
    align = f"text-align:left;white-space:pre-wrap;{style}"
    return f'<{tag} style="{align}">{escape(text)}</{tag.split()[0]}>'


def _table(columns: tuple[str, ...], rows: list[str]) -> str:
    head = "".join(f"<th scope='col'>{c}</th>" for c in columns)
    body = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table {AS_PRINTED}><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
