"""From labels to turns: blocks laid out under their labels, and every stretch given its kind.

What is no speech becomes metadata, a note or boilerplate; nothing is dropped. Formats that name
the speakers themselves are read here too, and blocks that a format only stamps again are joined.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from briefing.lexicons.names import label_key, role_word
from briefing.lexicons.weights import weights
from briefing.parse.blocks import (
    ASKS,
    PRINTED,
    WEBSITE,
    Block,
    Stretch,
    block_features,
    block_of,
    covered,
    see_blocks,
    seen,
)
from briefing.parse.layout import Layout
from briefing.parse.page import MARK, Page, is_pager
from briefing.parse.values import Candidate, Piece, Remark, Row, Turn, Why
from briefing.reading.lines import Line
from briefing.reading.timed_text import clocks_of_day

SENTENCE = 4  # words: more of them can be a sentence that somebody says
MARKED = 0.5  # share of lines with a speaker from which the format names them
SPOKEN = ("label", "turn", "speech", "split")  # what a person may say that a line is, if it is said
LEFT_OUT = ("note", "metadata", "boilerplate")
STAMPED = 0.2  # share of rows that repeat the speaker of the row before: each paragraph is stamped
SPEECH = 0.5  # probability from which a block is speech
BEGINS = 0.55  # and from which a new speaker is taken to start without a label
MEASURED = re.compile(r"-?\d+[.,]\d+")  # a number that no voice goes by
NOTHING: Mapping[int, str] = {}
GOES_ON = ("speech", "label", "split")  # what a line may be that goes on from the one before


@dataclass(frozen=True, slots=True)
class Cut:
    """The turns without names and roles, the kind of every other stretch, and what was seen."""

    turns: tuple[Turn, ...]
    kinds: tuple[tuple[int, int, int, str], ...]  # (line, start, stop, kind)
    remarks: tuple[Remark, ...]
    left_over: float  # words that read like speech and were left out
    unsure: float = 0.0  # share of words in blocks that were hard to tell
    marked: bool = False  # the format names the speakers
    corrected: frozenset[int] = frozenset()  # lines that a person had cut otherwise


def cut(
    page: Page, layout: Layout, borders: Sequence[int] = (), kinds: Mapping[int, str] = NOTHING
) -> Cut:
    """Cut the pages of an event into turns at the labels.

    `borders` are the lines at which further pages begin; `kinds` holds what a person said that a
    line is.
    """
    if is_marked(page.lines, layout):
        return cut_marked(page, kinds)
    made = Cut((), (), (), 0.0, corrected=layout.corrected)
    for number, (part, labels) in enumerate(_pages(page, layout, borders)):
        made = _goes_on(made, _cut_page(part, labels, kinds, further=number > 0))
    return made


def _pages(page: Page, layout: Layout, borders: Sequence[int]) -> Iterator[tuple[Page, Layout]]:
    """Each page by itself, the labels counted from its first row."""
    edges = [0, *borders, len(page.lines)]
    for first, stop in pairwise(edges):
        lines = range(first, stop)
        here = [i for i, row in enumerate(page.rows) if row.number in lines]
        shift = here[0] if here else 0
        rows = tuple(page.rows[i] for i in here)
        junk = tuple(f for f in page.furniture if f[0] in lines)
        labels, doubtful = (
            tuple((_within(c, shift, lines), p) for c, p in some if c.line in lines)
            for some in (layout.labels, layout.doubtful)
        )
        part = Page(page.lines, rows, junk, page.wrapped, page.stamps.intersection(lines))
        yield part, replace(layout, labels=labels, doubtful=doubtful)


def _within(c: Candidate, shift: int, page: range) -> Candidate:
    """A label of a page that has the lines `page`: it covers no line of another."""
    return c._replace(row=c.row - shift, covers=tuple(line for line in c.covers if line in page))


def _goes_on(whole: Cut, page: Cut) -> Cut:
    """Add a page; text before its first label goes on with the page before, unless it asks."""
    turns, remarks = page.turns, whole.remarks + page.remarks
    first = turns[0] if turns else None
    if whole.turns and first and first.label is None and not ASKS.search(first.text):
        last = whole.turns[-1]
        remarks += (Remark("goes on from the page before", first.first_line),)
        turns = (*whole.turns[:-1], _joined(last, first), *turns[1:])
    else:
        turns = whole.turns + turns
    left, unsure = whole.left_over + page.left_over, max(whole.unsure, page.unsure)
    corrected = whole.corrected | page.corrected
    return Cut(turns, whole.kinds + page.kinds, remarks, left, unsure, corrected=corrected)


def _cut_page(page: Page, layout: Layout, kinds: Mapping[int, str], *, further: bool) -> Cut:
    blocks = see_blocks(page, layout)
    judged = _judged(page, layout, blocks)
    judged = [*_opening(judged, further, labelled=bool(layout.labels))]
    said = {n: kind for n, kind in kinds.items() if kind not in ("label", "split")}
    said |= {n: "label" for n in layout.corrected if kinds.get(n) == "label"}
    if said:
        judged = [part for one in judged for part in _overruled(page, one, said)]
    return _Cutter(page, layout, judged).cut()


def _judged(page: Page, layout: Layout, blocks: Sequence[Block]) -> list[_Weighed]:
    """Every block with its two probabilities; what follows a label on its line is speech."""
    found = [_Weighed(block, 1.0, 0.0, "") for block in blocks]
    speech, begins = weights("speech").probability, weights("begins").probability
    last = len(layout.labels) - 1
    for i, features in block_features(page, layout, blocks).items():
        said = i > 0 and found[i - 1].speech > SPEECH
        p = 1.0 if _goes_on_speaking(page, blocks[i], last, said) else speech(features)
        found[i] = _Weighed(blocks[i], p, begins(features), "")
    return found


def _goes_on_speaking(page: Page, block: Block, last: int, said: bool) -> bool:
    """Whether a block is a whole sentence under a label, under the last one right after speech."""
    if block.label < 0 or page.rows[block.stretches[0].row].line.heading:
        return False
    here = block.label < last or said and bool(seen(block.text).talk)
    return here and _is_sentence(block.text) and not PRINTED.search(block.text)


def _opening(judged: Sequence[_Weighed], further: bool, labelled: bool) -> Iterator[_Weighed]:
    """What is said above the first label: whole sentences from where somebody speaks to others.

    On a `further` page they go on from the page before. Where nothing is labelled, somebody speaks
    from the first question on.
    """
    speaks = False
    for one in judged:
        if one.block.label >= 0:
            yield one
            continue
        text, looks = one.block.text, seen(one.block.text)
        asks = not labelled and bool(looks.asks_at_end)
        printed = PRINTED.search(text)
        speaks |= (asks or _reads_like_speech(text)) and not printed
        over = further and _is_sentence(text) and not looks.address
        goes_on = speaks and bool(looks.ends) and not printed
        yield one._replace(speech=1.0) if goes_on or over else one


def _is_sentence(text: str) -> bool:
    """Whether a text is a whole sentence, and no stage direction."""
    look = seen(text)
    return bool(look.ends and look.words > SENTENCE and not look.bracketed)


class _Weighed(NamedTuple):
    """A block with its two probabilities, and what a person said that it is."""

    block: Block
    speech: float
    begins: float
    said: str
    news: bool = False  # which is something else


def _overruled(page: Page, judged: _Weighed, kinds: Mapping[int, str]) -> Iterator[_Weighed]:
    """A block parted at the lines of which a person said something else."""
    block, speech = judged.block, judged.speech
    parts = _parted(page, judged, kinds)
    for k, (said, stretches) in enumerate(parts):
        p = float(said in SPOKEN) if said else speech
        begins = float(said == "turn") if said or k else judged.begins
        part = block_of(page, stretches, block.label, block.index + k) if len(parts) > 1 else block
        was = speech > SPEECH, judged.begins > BEGINS and not k
        now = p > SPEECH, begins > BEGINS
        yield _Weighed(part, p, begins, said, bool(said) and was != now)


def _parted(
    page: Page, judged: _Weighed, kinds: Mapping[int, str]
) -> list[tuple[str, list[Stretch]]]:
    """The stretches of a block by what a person said of them."""
    parts: list[tuple[str, list[Stretch]]] = []
    for stretch in judged.block.stretches:
        said = kinds.get(page.rows[stretch.row].number, "")
        before = parts[-1][0] if parts else None
        spoken = judged.speech > SPEECH or before in SPOKEN
        if before is None or (not (said in GOES_ON and spoken) if said else before in LEFT_OUT):
            parts.append((said, []))
        parts[-1][1].append(stretch)
    return parts


class _Cutter:
    """Blocks with their probabilities, laid out as turns."""

    def __init__(self, page: Page, layout: Layout, judged: Sequence[_Weighed]) -> None:
        self.page, self.layout = page, layout
        self.blocks = [one.block for one in judged]
        self.speech = [one.speech for one in judged]
        self.begins = [one.begins for one in judged]
        self.said = [one.said for one in judged]
        self.news = {self._line(i) for i, one in enumerate(judged) if one.news}
        self.texts = Texts(page)
        self.numbers: list[tuple[int, int, int, str]] = []  # before questions without labels

    def cut(self) -> Cut:
        """The turns in order, and everything that is not a turn."""
        turns: list[Turn] = []
        kinds = [*self._label_kinds(), *_furniture_kinds(self.page)]
        by_label: dict[int, list[int]] = {}
        for i, b in enumerate(self.blocks):
            by_label.setdefault(b.label, []).append(i)
        doubted = 0.0
        for label in range(-1, len(self.layout.labels)):
            mine = by_label.get(label, [])
            spoken = self._spoken(label, mine)
            turns += self._turns(label, spoken)
            for i in sorted({*mine} - {*spoken}):
                kinds += self._left_out(i, self._kind(label, i, spoken))
                doubted += seen(self.blocks[i].text).words if self._doubted(i) else 0
        left = tuple(sorted(kinds + self.numbers))
        return Cut(
            tuple(turns), left, tuple(self._remarks()), doubted, self._unsure(),
            corrected=frozenset(self.news),
        )  # fmt: skip

    def _spoken(self, label: int, mine: list[int]) -> list[int]:
        """The blocks under a label that are speech: one at least, as a label announces somebody."""
        spoken = [i for i in mine if self.speech[i] > SPEECH]
        return spoken or [i for i in mine[:1] if label >= 0 and not self.said[i]]

    def _left_out(self, i: int, kind: str) -> Iterator[tuple[int, int, int, str]]:
        """The stretches of a block that is no speech, of the kind read or said."""
        said = self.said[i] or kind
        if said != kind:
            self.news.add(self._line(i))
        for s in self.blocks[i].stretches:
            yield self.page.rows[s.row].number, s.start, s.stop, said

    def _line(self, i: int) -> int:
        return self.page.rows[self.blocks[i].stretches[0].row].number

    def _unsure(self) -> float:
        """Mean distance from certainty of the two judgements, by words."""
        words = [seen(b.text).words for b in self.blocks]
        odds = [
            min(p, 1 - p) + min(q, 1 - q) for p, q in zip(self.speech, self.begins, strict=True)
        ]
        return sum(w * o for w, o in zip(words, odds, strict=True)) / max(1.0, sum(words))

    def _label_kinds(self) -> Iterator[tuple[int, int, int, str]]:
        whole = dict.fromkeys(self.page.stamps, "metadata")
        for c, _ in self.layout.labels:
            yield c.line, c.start, c.stop, "label"
            whole |= dict.fromkeys(c.covers, "label")
        yield from ((n, 0, len(self.page.lines[n].text), kind) for n, kind in whole.items())

    def _kind(self, label: int, i: int, spoken: Sequence[int]) -> str:
        text = self.blocks[i].text
        if is_pager(text) or WEBSITE.search(text[:200]) or label < 0 and MARK.crumb.match(text):
            return "boilerplate"
        if label < 0:
            return "metadata"
        after = label == len(self.layout.labels) - 1 and not any(k > i for k in spoken)
        return "boilerplate" if after else "note"

    def _turns(self, label: int, spoken: Sequence[int]) -> Iterator[Turn]:
        """The turn under one label, and those that begin in it without one."""
        parts: list[list[int]] = [[]]
        for i in spoken:
            if (self.begins[i] > BEGINS and self.blocks[i].index and parts[-1]) or self._opens(
                label, i, parts
            ):
                parts.append([])
            parts[-1].append(i)
        if label >= 0:
            c, p = self.layout.labels[label]
            yield Turn(
                c.label, self._pieces(parts[0]), c.line,
                self.texts.assemble(self._pieces(parts[0])), c.time, sure=round(p, 4),
            )  # fmt: skip
        elif parts[0]:
            parts.insert(0, [])
        for part in parts[1:]:
            pieces = self._unnumbered(part)
            sure = self.begins[part[0]] if label >= 0 else self.speech[part[0]]
            yield Turn(
                None, pieces, pieces[0].line, self.texts.assemble(pieces), sure=round(sure, 4),
                found=Why(self._found(part[0], label), pieces[0].line),
            )  # fmt: skip

    def _unnumbered(self, part: Sequence[int]) -> tuple[Piece, ...]:
        """The pieces of a turn without a label, without the number that the page counts it by."""
        head, *rest = self._pieces(part)
        number = MARK.numbered.match(self.page.lines[head.line].text, head.start, head.stop)
        stop = number.end() if number and _counts(number[0]) else head.stop
        if stop == head.stop or not seen(self.blocks[part[0]].text).asks:
            return head, *rest
        self.numbers.append((head.line, head.start, stop, "label"))
        return head._replace(start=stop), *rest

    def _opens(self, label: int, i: int, parts: list[list[int]]) -> bool:
        """Whether a turn begins before the first label, or right under one by a person's word."""
        return len(parts) == 1 and not parts[0] and (label < 0 or self.said[i] == "turn")

    def _found(self, i: int, label: int) -> str:
        """By what a turn without a label was found."""
        if label < 0:
            return "before the first label"
        if covered(self.page, self.blocks[i], "bold") > 0.5:
            return "set in bold"
        return "asks" if ASKS.search(self.blocks[i].text) else "after a question"

    def _pieces(self, part: Sequence[int]) -> tuple[Piece, ...]:
        found = []
        for i in part:
            for k, s in enumerate(self.blocks[i].stretches):
                row = self.page.rows[s.row]
                whole = s.start == row.start
                gap, begins = row.gap if whole else 0, k == 0 and (row.paragraph or not whole)
                found.append(Piece(row.number, s.start, s.stop, gap, begins))
        return tuple(found)

    def _remarks(self) -> Iterator[Remark]:
        for c, p in self.layout.doubtful:
            yield Remark("could be a label", c.line, c.label, 1 - p)
        inside = [(c, p) for c, p in self.layout.labels if c.form == "inside"]
        if len(inside) < len(self.layout.labels) / 2:  # else it is how this document is set
            for c, p in inside:
                yield Remark("label within a paragraph", c.line, c.label, p)
        for i, (b, p) in enumerate(zip(self.blocks, self.speech, strict=True)):
            if p <= SPEECH and self._doubted(i):
                yield Remark("left out, reads like speech", self._line(i), b.text[:60], 1 - p)

    def _doubted(self, i: int) -> bool:
        """Whether what is left out reads like speech, and no person said that it is not."""
        text = self.blocks[i].text
        return not self.said[i] and (_reads_like_speech(text) or bool(seen(text).asks_at_end))


def _counts(number: str) -> bool:
    """Whether what looks like a number of the page is one: `3.`, `Frage 3.`, not `Article 3.`."""
    words = any(c.isalpha() and not c.isnumeric() for c in number)
    return not words or not {*number}.isdisjoint("问問第") or role_word(number) == "question"


def _reads_like_speech(text: str) -> bool:
    """A whole sentence with a first or second person."""
    return _is_sentence(text) and bool(seen(text).talk)


FORMS = re.compile(r"[^\W\d_]+"), re.compile(r"\b[^\W\d_]+-[^\W\d_]+")
BROKEN = re.compile(r"([^\W\d_]{1,60})[-\xad]$")
HYPHENATED = 0.03  # share of lines that end within a word: compounds alone do not come to so many


class Texts:
    """Puts the text of turns together from the stretches of lines."""

    def __init__(self, page: Page) -> None:
        """Keep the page; its words are gathered when a hyphen first asks for them."""
        self._page = page
        self._words: set[str] | None = None
        self._breaks: bool | None = None

    def assemble(self, pieces: Sequence[Piece]) -> str:
        """The text of a turn: lines broken by width joined, paragraphs parted by an empty line."""
        parts: list[str] = []
        wrapped = self._page.wrapped
        for piece in pieces:
            text = self._page.lines[piece.line].text[piece.start : piece.stop].strip()
            if not text:
                continue
            if not parts:
                parts.append(text)
            elif piece.paragraph or not wrapped:
                parts += ["\n\n" if piece.gap or wrapped else "\n", text]
            else:
                parts.append(self._joint(parts, text) + text)
        return "".join(parts)

    def _joint(self, parts: list[str], text: str) -> str:
        """What stands between two lines of one paragraph; drops a hyphen that only broke a word."""
        if not _spaced(parts[-1][-1], text[0]):
            return ""
        broken = _broken(parts[-1])
        if not broken or not text[0].islower():
            return " "
        after = (FORMS[0].match(text) or ("",))[0]
        whole, parted = (f"{broken[1]}{sign}{after}".casefold() for sign in ("", "-"))
        throughout = self._hyphenated() and parted not in self._known()
        if whole in self._known() or parts[-1][-1] == "\xad" or throughout:
            parts[-1] = parts[-1][:-1]
        return ""

    def _hyphenated(self) -> bool:
        """Whether lines of this page were broken within words throughout, as in print."""
        if self._breaks is None:
            rows = self._page.rows
            broken = sum(b.text[:1].islower() and bool(_broken(a.text)) for a, b in pairwise(rows))
            self._breaks = broken > max(2, HYPHENATED * len(rows))
        return self._breaks

    def _known(self) -> set[str]:
        if self._words is None:
            texts = (line.text.casefold() for line in self._page.lines)
            self._words = {w for t in texts for form in FORMS for w in form.findall(t)}
        return self._words


def _broken(text: str) -> re.Match[str] | None:
    """The first part of a word that is hyphenated at the end of a line."""
    return BROKEN.search(text) if text.endswith(("-", "\xad")) else None


UNSPACED = re.compile("[\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]")


def _spaced(before: str, after: str) -> bool:
    """Whether a space belongs between two signs: not within Chinese or Japanese."""
    return not (UNSPACED.match(before) and UNSPACED.match(after))


def is_marked(lines: Sequence[Line], layout: Layout) -> bool:
    """Whether the format itself says who speaks, or where the speaker changes.

    Captions that mark a change and print the name as well are read by the names.
    """
    if layout.given:
        return False
    spoken = _spoken(lines)
    voices = [line.speaker for line in spoken if line.speaker is not None]
    if sum(map(bool, map(MEASURED.fullmatch, voices))) > MARKED * len(voices):
        return False
    new = sum(line.new for line in spoken)
    printed = sum(lines[n].new for n in {c.line for c, _ in layout.labels})
    return len(voices) > MARKED * len(spoken) or new > 1 and printed < MARKED * new


def _spoken(lines: Sequence[Line]) -> list[Line]:
    return [line for line in lines if line.text.strip() and not line.outside]


def cut_marked(page: Page, kinds: Mapping[int, str] = NOTHING) -> Cut:
    """Turns from a format that marks the speaker: one for each run of lines with one speaker.

    Rows that carry times are time marks of one turn as long as the speaker stays the same; rows
    without times are turns as printed.
    """
    said_out = {n: kind for n, kind in kinds.items() if kind in LEFT_OUT}
    out = _untold(page, kinds) | said_out
    rows = [row for row in page.rows if row.number not in out]
    begins = [*_marked_starts(rows)]
    other = {r.number: "speech" if b else "turn" for r, b in zip(rows, begins, strict=True)}
    news = {*said_out, *(n for n, kind in other.items() if kinds.get(n) == kind)}
    texts = Texts(replace(page, wrapped=True))
    turns = tuple(_marked_turn(run, texts, kinds) for run in _runs(rows, begins, kinds))
    left = tuple((n, 0, len(page.lines[n].text), kind) for n, kind in out.items())
    left += _furniture_kinds(page)
    return Cut(turns, left, (), 0.0, marked=True, corrected=frozenset(news))


def _runs(rows: Sequence[Row], begins: Sequence[bool], kinds: Mapping[int, str]) -> list[list[Row]]:
    """The rows of each turn."""
    runs: list[list[Row]] = []
    for row, new in zip(rows, begins, strict=True):
        said = kinds.get(row.number)
        if said == "turn" or new and said != "speech" or not runs:
            runs.append([])
        runs[-1].append(row)
    return runs


def _untold(page: Page, kinds: Mapping[int, str]) -> dict[int, str]:
    """The title above the first speaker that the format names, unless a person said otherwise."""
    first = next((row.number for row in page.rows if row.line.speaker), 0)
    return {
        row.number: "metadata"
        for row in page.rows
        if row.number < first and not row.line.new and row.number not in kinds
    }


def _marked_starts(rows: Sequence[Row]) -> Iterator[bool]:
    """Of each row whether somebody begins: another speaker, or a new row of one.

    Where many rows repeat the speaker of the row before, the format stamps each paragraph, and
    only another speaker begins a turn.
    """
    named = [row.line.speaker for row in rows if row.line.speaker]
    stamped = sum(a == b for a, b in pairwise(named)) > STAMPED * len(named)
    voice: str | None = None
    for row in rows:
        line = row.line
        same = line.speaker == voice if line.speaker else not line.new
        timed = stamped or line.start_s is not None
        yield not same or line.new and not (timed and line.speaker)
        voice = line.speaker or (None if line.new else voice)


def _marked_turn(run: Sequence[Row], texts: Texts, kinds: Mapping[int, str]) -> Turn:
    first, said = run[0].line, kinds.get(run[0].number)
    pieces = tuple(Piece(r.number, r.start, len(r.text), r.gap, _is_paragraph(r.line)) for r in run)
    label = None if said == "turn" else first.speaker or (">>" if first.new else None)
    found = None if label else Why("no change of speaker is marked", run[0].number)
    stops = [r.line.stop_s for r in run if r.line.stop_s is not None]
    return Turn(
        label, pieces, run[0].number, texts.assemble(pieces), first.start_s,
        stops[-1] if stops else None, found=found,
    )  # fmt: skip


def _is_paragraph(line: Line) -> bool:
    """A row or tier is one; a line of captions is not, since it ends where the screen does."""
    return line.speaker is not None and (line.gap > 0 or line.start_s is None)


def _furniture_kinds(page: Page) -> tuple[tuple[int, int, int, str], ...]:
    return tuple((n, a, b, "boilerplate") for n, a, b in page.furniture)


def complete(turns: tuple[Turn, ...], lines: Sequence[Line]) -> tuple[Turn, ...]:
    """The turns with their times; blocks that the format only stamps again are one turn."""
    said = tuple(_with_times(turn, lines) for turn in turns if turn.text or turn.label)
    return end_times(join_stamped(in_one_unit(said)))


def _with_times(turn: Turn, lines: Sequence[Line]) -> Turn:
    """Captions whose cues print `NAME:` have their times from the cues."""
    starts = [s for p in turn.pieces if (s := lines[p.line].start_s) is not None]
    stops = [s for p in turn.pieces if (s := lines[p.line].stop_s) is not None]
    told = turn.start_s is None and starts and stops
    return turn._replace(start_s=min(starts), stop_s=max(stops)) if told else turn


def in_one_unit(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Turn minutes and seconds into hours and minutes where nobody could have spoken so fast."""
    timed = [(t.start_s, len(t.text)) for t in turns if t.start_s is not None and t.stop_s is None]
    if not clocks_of_day([s for s, _ in timed], sum(n for _, n in timed[:-1])):
        return turns
    made = (t._replace(start_s=t.start_s * 60) if t.start_s and not t.stop_s else t for t in turns)
    return tuple(made)


def join_stamped(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """Make one turn of blocks in a row with one name, where the format stamps each with a time."""
    if sum(t.start_s is not None for t in turns) <= len(turns) / 2:
        return turns
    joined: list[Turn] = []
    for turn in turns:
        if joined and _same_name(joined[-1], turn):
            joined[-1] = _joined(joined[-1], turn)
        else:
            joined.append(turn)
    return tuple(joined)


def _same_name(one: Turn, other: Turn) -> bool:
    """Whether both have the same label, and it names somebody."""
    if not one.label or not other.label or role_word(other.label) is not None:
        return False
    if not any(map(str.isalpha, other.label)):  # a mark such as >> names nobody
        return False
    return label_key(one.label) == label_key(other.label)


def _joined(one: Turn, other: Turn) -> Turn:
    text = "\n\n".join(t for t in (one.text, other.text) if t)
    stop = other.stop_s if other.stop_s is not None else one.stop_s
    return one._replace(pieces=one.pieces + other.pieces, text=text, stop_s=stop)


def end_times(turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
    """A turn with a beginning and no end ends where the next begins."""
    following: Iterable[Turn | None] = (*turns[1:], None)[: len(turns)]
    return tuple(
        t._replace(stop_s=max(t.start_s, n.start_s))
        if n and t.stop_s is None and t.start_s is not None and n.start_s is not None
        else t
        for t, n in zip(turns, following, strict=True)
    )
