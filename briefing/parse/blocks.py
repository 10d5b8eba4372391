"""The text between the labels in blocks, and what each of them looks like.

A block is a paragraph, or what follows a label on its line. Two questions are asked of it, by
learnt weights: is it speech, or does it only stand on the page (a title, a note, an address)? And
does somebody else begin here whom no label announces (a question in bold, an answer after a
labelled question)?
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from math import log1p
from typing import NamedTuple

from briefing.lexicons.cues import Cues, ends_sentence, length
from briefing.lexicons.names import label_key, role_word
from briefing.lexicons.stage import is_stage
from briefing.parse.layout import Layout
from briefing.parse.page import MARK, Page, shape
from briefing.parse.values import Candidate, mean

MOST_GAP = 5  # blank lines: more say nothing more
LONGEST_SHAPE = 120  # characters of a paragraph that may come back as furniture
HAN = "十一二三四五六七八九"
SET_APART_BY = ("-–—―─－", "\"“„«‹「『‘'", "[(（【", "•*·▪◦‣>#§►●■○□→")  # that set a block apart
FACES = {sign: n for n, signs in enumerate(SET_APART_BY, 4) for sign in signs}
NUMBERED, INDENTED = 8, 9  # faces, after those of FACES
FIRST = 40  # words of a block that are looked at one by one
MOSTLY = 0.8  # of a block in bold or italic type, from which it is set so
STAGE = re.compile(r"\s*[\[(（].*[)\]）]\.?\s*$", re.DOTALL)
DIGIT = re.compile(r"\d")
ASKS = re.compile(r"[?？؟;](?:(?<!;)|(?=[\"”’)\]\s]*$))")
SHOWN_TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b")
ADDRESS = re.compile(r"https?:|www\.|@\w|\(\d{2,4}\)\s?\d{3}|\+\d{2}|\.(?:com|org|gov|net)\b")
TALK = Cues("cue-talk")
COLOPHON, NARRATION, WEBSITE = Cues("cue-colophon"), Cues("cue-narration"), Cues("cue-website")
PRINTED = Cues("cue-narration", "cue-website")  # of both the page's and its editor's
WRITTEN = Cues("cue-narration", "cue-website", "cue-colophon")


class Stretch(NamedTuple):
    """A part of a row."""

    row: int
    start: int
    stop: int


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, or what follows a label: its stretches and the label right before it."""

    stretches: tuple[Stretch, ...]
    text: str
    label: int  # number of the label that it stands under, -1 in the head
    index: int  # number of the block under its label, from 0


BLOCK_FEATURES = (
    "region", "index", "left", "words", "ends_sentence", "begins_small", "talk", "asks",
    "asks_at_end", "heading", "gap", "gap_after", "bracketed", "clock", "end_mark", "address",
    "colon", "candidate", "digits", "narration", "colophon", "website", "repeats", "small_words",
    "words_before", "next_same_label", "usual_gap", "closed", "labels", "share_of_rows",
    "before_ends", "before_asks", "before_words", "before_bold", "before_heading", "next_ends",
    "next_heading", "next_words", "own_label_answer", "next_label_question", "question_labels",
    "answer_labels", "repeated_labels", "bold_blocks", "first_block_asks", "blocks_per_turn",
    "indented", "indented_before", "has_question_before", "turn_asks_first", "asking_blocks", "top",
    "page_break", "gap_over_usual", "turn_words", "label_alone", "numbered", "counts_on",
    "face_changes", "own_face", "own_face_asks", "n_own_face", "own_face_words", "face_before_asks",
    "n_face_before", "face_before_words", "n_such_pairs",
)  # fmt: skip


class Seen(NamedTuple):
    """What one block looks like by itself."""

    words: float
    ends: float
    small: float
    talk: float
    asks: float
    asks_at_end: float
    bracketed: float
    clock: float
    end_mark: float
    address: float
    colon: float
    digits: float
    narration: float
    colophon: float
    website: float
    small_words: float
    number: int


@lru_cache(maxsize=2_000)
def seen(text: str) -> Seen:
    """What a paragraph looks like by itself."""
    words, n, short = text.split(None, FIRST)[:FIRST], length(text), text[:200]
    written = WRITTEN.search(short)
    digits = len(DIGIT.findall(short))
    tail = text[-60:].rstrip('"”’)]» ')
    return Seen(
        n, ends_sentence(text), text[:1].islower(), TALK.search(text[:2000]),
        bool(ASKS.search(text)), tail[-1:] in "?？؟", bool(STAGE.match(text)) if n < 60 else 0.0,
        n < 25 and bool(SHOWN_TIME.search(short)), n < 15 and bool(MARK.end_mark.match(short)),
        bool(ADDRESS.search(text)) if n < 60 else 0.0,
        n < 25 and ":" in short, digits / max(1, len(short)),
        written and NARRATION.search(short), written and COLOPHON.search(short),
        written and n < 80 and WEBSITE.search(short),
        sum(map(str.islower, words)) / max(1, len(words)), _number(short),
    )  # fmt: skip


def _number(text: str) -> int:
    """The number that introduces a paragraph, or 0."""
    match = MARK.numbered.match(text)
    said = match["n"] if match else "0"
    return int(said) if said.isdigit() else 10 * ("十" in said) + HAN.index(said[-1])


def see_blocks(page: Page, layout: Layout) -> tuple[Block, ...]:
    """The paragraphs between the labels."""
    return tuple(_blocks(page, [c for c, _ in layout.labels]))


def _blocks(page: Page, labels: Sequence[Candidate]) -> Iterator[Block]:
    open_: list[Stretch] = []
    label, index = -1, 0
    for stretch, number in _stretches(page, labels):
        row = page.rows[stretch.row]
        begins = number >= 0 or row.paragraph and stretch.start == row.start
        if open_ and begins:
            yield block_of(page, open_, label, index)
            open_, index = [], index + 1
        if number >= 0:
            label, index = number, 0
        if page.rows[stretch.row].text[stretch.start : stretch.stop].strip():
            open_.append(stretch)
    if open_:
        yield block_of(page, open_, label, index)


def _stretches(page: Page, labels: Sequence[Candidate]) -> Iterator[tuple[Stretch, int]]:
    """The rows without their labels, each part with the number of the label before it, or -1."""
    covered = page.stamps.union(*(c.covers for c in labels))
    by_row: dict[int, list[tuple[int, Candidate]]] = {}
    for i, c in enumerate(labels):
        by_row.setdefault(c.row, []).append((i, c))
    for r, row in enumerate(page.rows):
        if row.number in covered:
            continue
        begin, number = row.start, -1
        for following, c in by_row.get(r, ()):
            if number >= 0 or row.text[begin : c.start].strip():
                yield Stretch(r, begin, c.start), number
            begin, number = c.stop, following
        yield Stretch(r, begin, len(row.text)), number


def block_of(page: Page, stretches: list[Stretch], label: int, index: int) -> Block:
    """The block of some stretches under a label."""
    text = " ".join(page.rows[s.row].text[s.start : s.stop].strip() for s in stretches)
    return Block(tuple(stretches), text, label, index)


def block_features(page: Page, layout: Layout, blocks: Sequence[Block]) -> dict[int, list[float]]:
    """The features of every block that is asked about, in the order of BLOCK_FEATURES."""
    labels = [c for c, _ in layout.labels]
    open_ = [i for i, b in enumerate(blocks) if not is_speech(b, labels)]
    about = _Document(page, layout, blocks) if open_ else None
    return {i: about.features(i) for i in open_} if about else {}


def is_speech(block: Block, labels: Sequence[Candidate]) -> bool:
    """Whether a block is speech for sure: after a label on its line, or a stage direction."""
    if block.label < 0:
        return False
    return block.index == 0 and not labels[block.label].alone or is_stage(block.text)


class _Document:
    """What the blocks of a document have in common, looked at once."""

    def __init__(self, page: Page, layout: Layout, blocks: Sequence[Block]) -> None:
        self.page, self.blocks = page, blocks
        self.labels = [c for c, _ in layout.labels]
        self.kinds = [role_word(c.label) for c in self.labels]
        self.keys = [label_key(c.label) for c in self.labels]
        self.doubtful = {c.row: p for c, p in reversed(layout.doubtful)}
        self.seen = [seen(b.text) for b in blocks]
        self.rows = [page.rows[b.stretches[0].row] for b in blocks]
        self.bold = [covered(page, b, "bold") for b in blocks]
        self.italic = [covered(page, b, "italic") for b in blocks]
        self._see_gaps()
        self._count_words()
        self._see_labels()
        self.faces = _Faces(self)

    def _see_gaps(self) -> None:
        """How far the blocks stand apart, and which of them come back."""
        blocks = self.blocks
        heads = [(b.stretches[0], row) for b, row in zip(blocks, self.rows, strict=True)]
        self.gaps = [row.gap if head.start == row.start else 0 for head, row in heads]
        self.after = [min(gap, MOST_GAP) for gap in [*self.gaps[1:], 1]]
        self.sizes = Counter(b.label for b in blocks)
        inner = Counter(g for g, b in zip(self.gaps, blocks, strict=True) if b.index)
        self.usual_gap = inner.most_common(1)[0][0] if inner else 0
        self.shapes = Counter(shape(b.text) for b in blocks if len(b.text) < LONGEST_SHAPE)
        self.asking = mean(s.asks_at_end for s in self.seen)

    def _count_words(self) -> None:
        """Words under each label, and before each block; the first block of each label."""
        self.first: dict[int, int] = {}
        self.words: list[float] = []
        self.total: Counter[int] = Counter()
        self.counts_on: list[bool] = []  # whether the preceding number has occurred before
        numbers: set[int] = set()
        for i, b in enumerate(self.blocks):
            numbers.add(number := self.seen[i].number)
            self.counts_on.append(number == 1 or number - 1 in numbers)
            self.first.setdefault(b.label, i)
            self.words.append(self.total[b.label])
            self.total[b.label] += int(self.seen[i].words)

    def _see_labels(self) -> None:
        """What the labels and the blocks under them have in common."""
        n = max(1, len(self.labels))
        under = [i for i, b in enumerate(self.blocks) if b.label >= 0]
        heads = [i for i in under if self.blocks[i].index == 0]
        ends = [i - 1 for i in heads[1:]] + under[-1:]
        bold = sum(b > MOSTLY for b in self.bold) / max(1, len(self.blocks))
        self.closed = mean(self.seen[i].ends for i in ends)
        self.shared = (
            self.kinds.count("question") / n, self.kinds.count("answer") / n,
            sum(a == b for a, b in pairwise(self.keys)) / n, bold,
            sum(self.seen[i].asks_at_end for i in heads) / n, len(under) / n,
        )  # fmt: skip

    def features(self, i: int) -> list[float]:
        """The features of block `i`."""
        b, s, row = self.blocks[i], self.seen[i], self.rows[i]
        first, above = self.first[b.label], self.rows[max(0, i - 1)]
        return [
            self._region(b), b.index, self.sizes[b.label] - b.index - 1, log1p(s.words), s.ends,
            s.small, s.talk, s.asks, s.asks_at_end,
            row.line.heading, min(self.gaps[i], MOST_GAP), self.after[i],
            s.bracketed, s.clock, s.end_mark, s.address, s.colon,
            self.doubtful.get(b.stretches[0].row, 0.0), s.digits, s.narration, s.colophon,
            s.website, self._repeats(b), s.small_words, log1p(self.words[i]), self.same_label(b),
            self.usual_gap, self.closed, log1p(len(self.labels)),
            b.stretches[0].row / len(self.page.rows),
            *_near(self, self._beside(i, -1)), *self._next(self._beside(i, 1)), *self._kinds(b),
            *self.shared, row.text[:1].isspace(), i > 0 and above.text[:1].isspace(),
            any(self.seen[k].asks_at_end for k in range(max(first, i - 3), i)),
            self.seen[first].asks_at_end, self.asking, b.stretches[0].row == 0,
            row.line.page != above.line.page, self.gaps[i] - self.usual_gap,
            log1p(self.total[b.label]), b.label >= 0 and self.labels[b.label].alone, s.number > 0,
            self.counts_on[i],
            *self.faces.signs(i),
        ]  # fmt: skip

    def _region(self, b: Block) -> int:
        """0 in the head, 1 under the first label, 3 under the last, 2 between."""
        last = len(self.labels) - 1
        return 0 if b.label < 0 else 3 if b.label == last else 1 if b.label == 0 else 2

    def _repeats(self, b: Block) -> int:
        return self.shapes[shape(b.text)] if len(b.text) < LONGEST_SHAPE else 1

    def same_label(self, b: Block) -> bool:
        """Whether the label above the block and the next one are the same."""
        return 0 <= b.label < len(self.keys) - 1 and self.keys[b.label] == self.keys[b.label + 1]

    def _kinds(self, b: Block) -> tuple[bool, bool]:
        """Whether the label above marks an answer, and whether the next one marks a question."""
        own = self.kinds[b.label] if b.label >= 0 else None
        following = self.kinds[b.label + 1] if b.label + 1 < len(self.kinds) else None
        return own == "answer", following == "question"

    def _beside(self, i: int, step: int) -> int | None:
        other = i + step
        here = 0 <= other < len(self.blocks) and self.blocks[other].label == self.blocks[i].label
        return other if here else None

    def _next(self, i: int | None) -> tuple[float, float, float]:
        if i is None:
            return -1, -1, -1
        return self.seen[i].ends, self.rows[i].line.heading, log1p(self.seen[i].words)


class _Faces:
    """How the blocks are set, and what those set alike have in common."""

    def __init__(self, doc: _Document) -> None:
        self.doc = doc
        self.face = [*map(self._face, range(len(doc.blocks)))]
        self.about = {face: self._about(face) for face in set(self.face)}
        self.pairs = Counter(pairwise(self.face))

    def _face(self, i: int) -> int:
        """How a block is set: 0 plain, 1 as a heading, 2 bold, 3 italic, or by its first sign."""
        doc, row = self.doc, self.doc.rows[i]
        if row.line.heading:
            return 1
        face = 2 if doc.bold[i] > MOSTLY else 3 if doc.italic[i] > MOSTLY else 0
        face = face or FACES.get(doc.blocks[i].text[:1], 0)
        return face or (NUMBERED if doc.seen[i].number else INDENTED * row.text[:1].isspace())

    def _about(self, face: int) -> tuple[float, float, float]:
        """Of the blocks set like this: the share that asks, how many they are, and how long."""
        mine = [s for s, f in zip(self.doc.seen, self.face, strict=True) if f == face]
        return mean(s.asks for s in mine), log1p(len(mine)), log1p(mean(s.words for s in mine))

    def signs(self, i: int) -> tuple[float, ...]:
        """The face of block `i` and of the one before it."""
        before = self.face[max(0, i - 1)]
        changes = self.doc.blocks[i].index > 0 and self.face[i] != before
        such = log1p(self.pairs[before, self.face[i]])
        return changes, self.face[i], *self.about[self.face[i]], *self.about[before], such


def _near(doc: _Document, i: int | None) -> tuple[float, ...]:
    if i is None:
        return (-1,) * 5
    s = doc.seen[i]
    return s.ends, s.asks_at_end, log1p(s.words), doc.bold[i], doc.rows[i].line.heading


def covered(page: Page, block: Block, face: str) -> float:
    """Share of a block that is set in bold or italic type."""
    whole = covered = 0
    for s in block.stretches:
        spans = getattr(page.rows[s.row].line, face)
        whole += s.stop - s.start
        covered += sum(max(0, min(b, s.stop) - max(a, s.start)) for a, b in spans) if spans else 0
    return covered / max(1, whole)
