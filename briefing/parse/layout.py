"""Which candidates are labels: one judgement over the whole document, by learnt weights.

Candidates that share a style and a label are one group: they are labels together or not at all,
but for a few places. A first judgement sees what the label looks like, how often and where it
stands, and what its style does in this document. A second sees what the first one found as well:
whether the labels it accepts make a conversation, and how this group would fit in. A third judges
every single place. The weights are made by `make train`; no number here was set by hand.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise
from math import log, log1p
from typing import NamedTuple

from briefing.lexicons import lexicon
from briefing.lexicons.cues import CUE, ends_sentence
from briefing.lexicons.names import PARTICLES, case_of, has_office, is_outlet, label_key, role_word
from briefing.lexicons.stage import is_direction
from briefing.lexicons.weights import weights
from briefing.parse.candidates import SIGNS
from briefing.parse.page import Page
from briefing.parse.values import Candidate, Other, mean

FORMS = (
    "colon", "bracket", "stop", "dash", "gap", "letter", "sign", "alone", "heading", "timed",
    "bold", "italic", "inside", "space",
)  # fmt: skip
FORM_NUMBER = {form: i for i, form in enumerate(FORMS)}
ODD = re.compile(r"[?!;\"“”„«»=@%&\\/|<>+^~$€]|https?|www\.|\.\.\.|…")
OPENERS = lexicon("function-words") | frozenset(
    "we i you he she it they this that these there here let thank thanks yes no well so".split()
)
FUNCTION = lexicon("function-words") - PARTICLES
CAPITAL = re.compile(r"\b[A-ZÀ-ÞА-ЯЁΑ-Ω][\w’'-]+")  # a word that may be of a name
DATED = re.compile(r"\b(?:1[89]|20)\d\d\b|\b\d{1,2}[./]\d{1,2}[./]\d{2,4}\b")
WORD_BREAK = re.compile(r"[\s,()/–—-]+")
UNSPACED = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\u0e00-\u0e7f]")
MARKS = ("", ".", "-", "–", "—", ":", ";", "(", "[", "<", "【", ")", "]", "t", "tight")
MARK_NUMBER = {mark: i for i, mark in enumerate(MARKS)}
TAIL = 80  # characters behind a label that are compared
WINDOW = 2_000  # characters of what follows a label that are looked at
MOST_GAP = 4  # blank lines: more say nothing more
HALF = 0.5  # likelier than not
BEST = 3  # labels that show how sure a document's best reading is
NONE = 0.1  # no label is less likely: houses left out lose none by it, other texts two of three
DOUBTFUL = 0.4  # of the threshold: from there on a person is told of it
CERTAIN = 0.8  # from which a label stands, even if the one above it announces nobody then
HOPELESS = 0.01  # probability under which a group is not looked at again
OTHERS = 3  # readings that came next, as a person is shown


class LabelLooks(NamedTuple):
    """What a label looks like by itself."""

    label_words: float
    label_length: float
    capital_words: float  # share of words that begin with a capital
    all_capitals: float
    small_words: float  # words in small letters that are no particles
    question_word: float
    answer_word: float
    moderator_word: float
    aside_word: float
    titled: float  # holds a courtesy title or an office
    office: float
    outlet: float
    digits: float
    odd_signs: float
    comma: float
    bracketed: float
    opener: float  # begins with a word that sentences begin with
    no_label: float  # stands in the list of words that head data
    function_words: float
    unspaced: float
    one_letter: float
    letter_q: float
    inner_stop: float
    stage: float  # a stage direction
    date: float  # holds a date or a year
    asks: float  # says that somebody asks: `Ida Marlow asked the Minister`


@lru_cache(maxsize=50_000)
def looks(label: str) -> LabelLooks:
    """The features of a label that need nothing but the label."""
    bare = CUE.bracketed.sub(" ", label) or label
    words = [w for w in WORD_BREAK.split(bare) if w]
    folded = [w.casefold().strip(".") for w in words]
    kind, key = role_word(label), label_key(bare).strip(" :.-")
    return LabelLooks(
        len(words), len(label), mean(w[0].isupper() for w in words), case_of(bare) == "upper",
        _small(words, folded), kind == "question", kind == "answer", kind == "moderator",
        kind == "aside", not lexicon("titles").isdisjoint(folded), has_office(bare),
        is_outlet(bare), any(map(str.isdigit, label)), len(ODD.findall(label)),
        "," in label or "、" in label, bare != label, folded[:1] != [] and folded[0] in OPENERS,
        not lexicon("not-labels").isdisjoint((key, key.rstrip("s"))),
        mean(f in FUNCTION for f in folded), bool(UNSPACED.search(label)), len(key) == 1,
        key == "q", ". " in label, is_direction(label), bool(DATED.search(label)),
        not lexicon("label-asks").isdisjoint(folded[1:]),
    )  # fmt: skip


def _small(words: Sequence[str], folded: Sequence[str]) -> int:
    """How many words are in small letters and no particles."""
    return sum(w[0].islower() and f not in PARTICLES for w, f in zip(words, folded, strict=True))


class PlaceLooks(NamedTuple):
    """Where one candidate stands."""

    after_sentence: float  # the row before ends as a sentence does
    after_question: float
    gap: float
    paragraph: float
    body: float  # something follows on the line
    body_capital: float  # what follows begins with a capital, or in a script without
    body_question: float  # it asks
    body_words: float
    next_capital: float  # where nothing follows: the next row begins with a capital
    next_ends: float
    timed: float
    covers: float
    place: float  # from 0, the first row, to 1
    indented: float
    ruled: float  # furniture stands right above


class Places:
    """The rows of a page as candidates see them, looked at once."""

    def __init__(self, page: Page) -> None:
        """Look at every row once."""
        self.rows = page.rows
        self.junk = {line for line, _, _ in page.furniture}
        texts = [row.text[row.start :].strip() for row in page.rows]
        self.ends = [ends_sentence(text) for text in texts]
        self.asks = ["?" in text[-3:] or "？" in text[-3:] for text in texts]
        self.capital = [_begins_capital(text) for text in texts]
        self.words = [text.count(" ") + 1 for text in texts]
        self.total = max(1, sum(self.words))
        self.capitals = Counter(w for t in texts for w in {*map(str.casefold, CAPITAL.findall(t))})
        self.before = [0]
        for n in self.words:
            self.before.append(self.before[-1] + n)

    def look(self, c: Candidate) -> PlaceLooks:
        """Where `c` stands."""
        at, row = c.row, self.rows[c.row]
        body = row.text[c.stop : c.stop + WINDOW]
        after = min(at + 1, len(self.rows) - 1)
        return PlaceLooks(
            *self._before(c), bool(body.strip()), _begins_capital(body),
            "?" in body or "？" in body, log1p(body.count(" ")), self.capital[after],
            self.ends[after], c.time is not None, bool(c.covers), at / len(self.rows),
            row.text[:1].isspace(),
            at > 0 and c.form != "inside" and self.rows[c.top].number - 1 in self.junk,
        )  # fmt: skip

    def _before(self, c: Candidate) -> tuple[float, float, float, float]:
        """What ends before `c`, and how far it is set off."""
        top = c.top
        row = self.rows[top]
        if c.form == "inside":
            return True, "?" in row.text[max(0, c.start - 4) : c.start], 0, False
        if top == 0:
            return True, False, min(row.gap, MOST_GAP), row.paragraph
        return self.ends[top - 1], self.asks[top - 1], min(row.gap, MOST_GAP), row.paragraph


def _begins_capital(text: str) -> bool:
    return not next((c for c in text[:12] if c.isalpha()), "a").islower()


@dataclass(slots=True)
class Group:
    """Candidates of one style and label."""

    key: str
    style: str
    label: str
    members: list[int]  # numbers of candidates


GROUP_EXTRA = (
    "form", "n", "n_any_style", "n_same_last_word", "n_same_role", "mentions", "style_n",
    "style_labels", "style_repeated", "style_alternates", "style_share_of_rows", "style_questions",
    "style_role_words", "style_names", "style_small", "style_after_sentence", "style_paragraph",
    "style_capital_body", "style_timed", "style_capitals", "style_first", "style_last",
    "style_longest_stretch", "style_words_between", "first", "last", "spread",
    "own_longest_stretch", "only_one_style", "n_styles_better", "rows", "bold", "case_fits",
    "mark", "sign", "mark_n", "mark_labels", "mark_names", "tails", "initials_of", "goes_on_from",
)  # fmt: skip
GROUP_FEATURES = (*LabelLooks._fields, *(f"mean_{f}" for f in PlaceLooks._fields), *GROUP_EXTRA)


@dataclass(slots=True)
class Document:
    """A page with its candidates in groups and the features of every group."""

    places: Places
    candidates: tuple[Candidate, ...]
    looks: list[PlaceLooks]
    groups: list[Group]
    of: list[int]  # the group of each candidate
    features: list[list[float]]


def see_document(page: Page, candidates: tuple[Candidate, ...]) -> Document:
    """Group the candidates and look at every group."""
    places = Places(page)
    seen = [places.look(c) for c in candidates]
    numbers: dict[tuple[str, str], int] = {}
    groups: list[Group] = []
    of = []
    for i, c in enumerate(candidates):
        key = label_key(c.label[:1] if c.form == "letter" else c.label)
        at = numbers.setdefault((c.style, key), len(groups))
        if at == len(groups):
            groups.append(Group(key, c.style, c.label, []))
        groups[at].members.append(i)
        of.append(at)
    document = Document(places, candidates, seen, groups, of, [])
    document.features.extend(_group_features(document))
    return document


def _group_features(doc: Document) -> Iterable[list[float]]:
    styles = _by(doc, lambda c: c.style)
    marks = _by(doc, _set_off)
    about = {style: _style_features(doc, members) for style, members in styles.items()}
    same_mark = {mark: _mark_features(doc, members) for mark, members in marks.items()}
    counts, names = _Counts(doc), _Names(doc)
    strength = sorted((s[0] * s[2] for s in about.values()), reverse=True)
    for group in doc.groups:
        mine, style = [doc.looks[i] for i in group.members], about[group.style]
        c = doc.candidates[group.members[0]]
        mark, sign = _set_off(c)
        n, first, last = len(mine), mine[0].place, mine[-1].place
        yield [
            *looks(group.label), *_means(mine),
            FORM_NUMBER[c.form], log(n), *counts.of(group), *style, first, last,
            last - first, _longest([first, *(m.place for m in mine), 1.0]),
            float(counts.styles[group.key] == 1), sum(s > style[0] * style[2] for s in strength),
            log(len(doc.places.rows)), float(bool(doc.places.rows[c.row].line.bold)),
            float((style[13] > HALF) == (case_of(group.label) == "upper")),
            MARK_NUMBER.get(mark[:1], len(MARKS)), bool(sign) and 1 + (sign not in "#*•·‣▪-–—"),
            *same_mark[mark, sign], _tails(doc, group.members), *names.of(group),
        ]  # fmt: skip


def _means(rows: Sequence[tuple[float, ...]]) -> Iterable[float]:
    """The mean of each column."""
    n = len(rows)
    return rows[0] if n == 1 else [sum(column) / n for column in zip(*rows, strict=True)]


def _by(doc: Document, key: Callable[[Candidate], Hashable]) -> dict[Hashable, list[int]]:
    """The numbers of the candidates by `key`."""
    found: dict[Hashable, list[int]] = defaultdict(list)
    for i, c in enumerate(doc.candidates):
        found[key(c)].append(i)
    return found


class _Counts:
    """How often the keys, last words and role words of the groups stand in the document."""

    def __init__(self, doc: Document) -> None:
        self.keys = Counter(doc.groups[g].key for g in doc.of)
        self.styles = Counter(group.key for group in doc.groups)
        self.words = Counter(g.key.split()[-1] for g in doc.groups if len(g.key) > 2)
        own = {(doc.candidates[i].row, _name(g.label)) for g in doc.groups for i in g.members}
        self.labelled = Counter(name for _, name in own)
        self.mentioned = doc.places.capitals
        self.roles: Counter[str | None] = Counter()
        for group in doc.groups:
            self.roles[role_word(group.label)] += len(group.members)

    def of(self, group: Group) -> tuple[float, float, float, float]:
        """The counts of one group, and the rows that have its name where no label ends."""
        kind, name = role_word(group.label), _name(group.label)
        return (
            log(self.keys[group.key]), log1p(self.words[group.key.split()[-1]]),
            log1p(self.roles[kind] if kind else 0),
            log1p(max(0, self.mentioned[name] - self.labelled[name])),
        )  # fmt: skip


def _name(label: str) -> str:
    """The last word of a label that may be of a name."""
    return (CAPITAL.findall(CUE.bracketed.sub(" ", label)) or [""])[-1].casefold()


class _Names:
    """The labels of several words, to know what is short for one or goes on from it."""

    def __init__(self, doc: Document) -> None:
        words = [group.key.split() for group in doc.groups if group.label[:1].isupper()]
        self.whole = {tuple(some) for some in words if len(some) > 1}
        self.initials = {"".join(w[0] for w in some) for some in self.whole}

    def of(self, group: Group) -> tuple[float, float]:
        """Whether a group's label is the initials of another, and whether it begins with one."""
        words = tuple(group.key.split())
        short = group.label.isupper() and 1 < len(group.key) < 5 and group.key in self.initials
        return short, any(words[:n] in self.whole for n in range(2, len(words)))


def _set_off(c: Candidate) -> tuple[str, str]:
    """The mark that sets the label off, whatever the form, and the sign before the label."""
    mark = c.style.split("|")[0 if c.style.endswith("|t") else -1].removeprefix(c.form)
    last = mark[-1:]
    sign = last if last in SIGNS or mark[1:] and last in "-–—―" else ""
    return mark.removesuffix(sign), sign


def _mark_features(doc: Document, members: list[int]) -> tuple[float, float, float]:
    """How many candidates and labels one mark sets off, and the share that looks like names."""
    groups = {doc.of[i] for i in members}
    names = sum(
        looks(doc.groups[g].label).small_words == 0 and not looks(doc.groups[g].label).opener
        for g in groups
    )
    return log(len(members)), log(len(groups)), names / len(groups)


def _tails(doc: Document, members: Sequence[int]) -> float:
    """How much what follows the label varies, up to 1: the office after a name never does."""
    places = (doc.candidates[i] for i in members)
    tails = [doc.places.rows[c.row].text[c.stop : c.stop + TAIL].strip() for c in places]
    return len(set(tails)) / len(tails)


def _longest(places: Sequence[float]) -> float:
    return max((b - a for a, b in pairwise(places)), default=1.0)


def _style_features(doc: Document, members: list[int]) -> tuple[float, ...]:
    """What one style of candidates does in the document."""
    groups = [doc.of[i] for i in members]
    n = len(members)
    seen = [doc.looks[i] for i in members]
    rows = [doc.candidates[i].row for i in members]
    between = [doc.places.before[b] - doc.places.before[a] for a, b in pairwise(rows)]
    labels = _label_shares(Counter(groups), doc)
    return (
        log(n), *_repetition(groups), n / len(doc.places.rows), *labels[:4],
        sum(x.after_sentence for x in seen) / n, sum(x.paragraph for x in seen) / n,
        sum(x.body_capital if x.body else x.next_capital for x in seen) / n,
        sum(x.timed for x in seen) / n, labels[4], seen[0].place, seen[-1].place,
        _longest([0.0, *(x.place for x in seen), 1.0]), log1p(sum(between) / max(1, len(between))),
    )  # fmt: skip


def _repetition(groups: Sequence[int]) -> tuple[float, float, float]:
    """How many labels for each place, the share that comes back, and how often another follows."""
    counts = Counter(groups)
    n = len(groups)
    again = sum(c for c in counts.values() if c > 1)
    return len(counts) / n, again / n, sum(a != b for a, b in pairwise(groups)) / max(1, n - 1)


def _label_shares(groups: Counter[int], doc: Document) -> tuple[float, ...]:
    """Of all places the shares with question words, role words, names, small words, capitals."""
    total = [0.0] * 5
    for g, n in groups.items():
        x = looks(doc.groups[g].label)
        named = x.small_words == 0 and not x.opener and not x.no_label
        answers, small = x.answer_word + x.moderator_word, x.small_words > 0
        signs = (x.question_word, answers, named, small, x.all_capitals)
        for k, has in enumerate(signs):
            total[k] += n * has
    return tuple(t / groups.total() for t in total)


SECOND_EXTRA = (
    "p1", "style_p1", "style_mass", "rival_p1", "mass", "accepted_labels", "same_name_p1",
    "known_question", "known_answer", "after_itself", "words_between", "words_before_next",
    "in_long_turn", "others_form", "best_p1", "upper_share", "sign_p1",
)  # fmt: skip
PLACE_EXTRA = (
    "p2", "rival_p2", "style_p2", "same_as_before", "words_since", "words_until", "before_first",
    "after_last", "number_in_group", "group_size", "group_after_sentence", "group_gap",
    "group_paragraph", "group_body", "form", "mass", "accepted_before", "label_words", "letter",
    "same_place_as_better", "small_words", "opener",
)  # fmt: skip


def open_groups(p: Sequence[float]) -> list[int]:
    """The groups that are worth another look."""
    return [g for g, q in enumerate(p) if q >= HOPELESS]


def second_features(doc: Document, p1: Sequence[float]) -> list[list[float]]:
    """The features of each open group, with what the first judgement `p1` made of the document."""
    found = _Judged(doc, p1)
    return [[*doc.features[g], *found.group(g)] for g in open_groups(p1)]


def open_candidates(doc: Document, p2: Sequence[float]) -> list[int]:
    """The candidates of the groups that are worth another look."""
    return [i for i, g in enumerate(doc.of) if p2[g] >= HOPELESS]


def place_features(doc: Document, p2: Sequence[float]) -> list[list[float]]:
    """The features of each open candidate, with what the second judgement made of its group."""
    found, number = _Judged(doc, p2), Counter[int]()
    rows = []
    for i in open_candidates(doc, p2):
        number[doc.of[i]] += 1
        rows.append([*doc.looks[i], *found.place(i, number[doc.of[i]])])
    return rows


class _Judged:
    """A document with a judgement of its groups: what the labels accepted so far make of it."""

    def __init__(self, doc: Document, p: Sequence[float]) -> None:
        """Look at what is accepted."""
        self.doc, self.p = doc, p
        self.mass = 0.0
        self.styles: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])  # accepted, all
        self.signs: dict[str, list[float]] = defaultdict(lambda: [0.0, 0.0])
        self.names: dict[str, float] = defaultdict(float)  # best judgement by last word
        for q, group in zip(p, doc.groups, strict=True):
            n, word = len(group.members), group.key.split()[-1]
            self.mass += q * n
            sign = _set_off(doc.candidates[group.members[0]])[1]
            for sums in (self.styles[group.style], self.signs[sign]):
                sums[0] += q * n
                sums[1] += n
            self.names[word] = max(self.names[word], q)
        bar = threshold([p[g] for g in doc.of])
        self.accepted = [g for q, g in zip(p, doc.groups, strict=True) if q > bar]
        self.n_accepted = sum(len(g.members) for g in self.accepted)
        self._see_rows(bar)
        upper = sum(len(g.members) for g in self.accepted if case_of(g.label) == "upper")
        self.about = (
            self._best("question"), self._best("answer"), max(p, default=0.0),
            upper / max(1, self.n_accepted),
        )  # fmt: skip
        self.usual = doc.places.total / max(1.0, self.mass)
        self.means: dict[int, Iterable[float]] = {}

    def _see_rows(self, bar: float) -> None:
        """The two best groups of each row, the labels taken, and the best group at each place."""
        rows: dict[int, list[tuple[float, int]]] = defaultdict(list)
        chosen: dict[int, int] = {}
        self.at: dict[tuple[int, int], float] = {}
        for i, g in enumerate(self.doc.of):
            c, q = self.doc.candidates[i], self.p[g]
            rows[c.row].append((q, g))
            self.at[c.row, c.stop] = max(self.at.get((c.row, c.stop), 0.0), q)
            if q > bar and (c.row not in chosen or q > self.p[self.doc.of[chosen[c.row]]]):
                chosen[c.row] = i
        self.best = {row: sorted(found, reverse=True)[:2] for row, found in rows.items()}
        self.rows = sorted(chosen)
        self.owners = [self.doc.of[chosen[row]] for row in self.rows]

    def _best(self, word: str) -> float:
        known = (
            q for q, g in zip(self.p, self.doc.groups, strict=True) if role_word(g.label) == word
        )
        return max(known, default=0.0)

    def _rival(self, i: int) -> float:
        """The best judgement of another group in the row of candidate `i`."""
        own = self.doc.of[i]
        return next((q for q, g in self.best[self.doc.candidates[i].row] if g != own), 0.0)

    def _around(self, i: int) -> tuple[float, float, int]:
        """Words since the label before candidate `i` and until the next; that label's group."""
        row, before = self.doc.candidates[i].row, self.doc.places.before
        left, right = bisect_left(self.rows, row), bisect_right(self.rows, row)
        since = before[row] - before[self.rows[left - 1]] if left else before[row]
        until = (before[self.rows[right]] if right < len(self.rows) else before[-1]) - before[row]
        return since, until, self.owners[left - 1] if left else -1

    def group(self, number: int) -> tuple[float, ...]:
        """What the judgement says of one group."""
        group, p = self.doc.groups[number], self.p[number]
        n = len(group.members)
        mass, size = self.styles[group.style]
        sign = _set_off(self.doc.candidates[group.members[0]])[1]
        signed, others = self.signs[sign]
        near = [self._around(i) for i in group.members]
        twin = self.names[group.key.split()[-1]]
        since, until = sum(a for a, _, _ in near) / n, sum(b for _, b, _ in near) / n
        question, answer, best, upper = self.about
        return (
            p, (mass - p * n) / (size - n) if size > n else -1.0, mass / max(1e-9, self.mass),
            sum(map(self._rival, group.members)) / n, log1p(self.mass), log1p(len(self.accepted)),
            twin if twin > p else 0.0, question, answer, sum(c == number for _, _, c in near) / n,
            log1p(self.usual), log1p(until), log1p(since + until) - log1p(self.usual),
            log1p(max(0.0, self.n_accepted - mass)), best, upper,
            (signed - mass) / (others - size) if sign and others > size else -1.0,
        )  # fmt: skip

    def place(self, i: int, number: int) -> tuple[float, ...]:
        """What the judgement says of one candidate, the `number`th of its group."""
        c, g = self.doc.candidates[i], self.doc.of[i]
        group, p = self.doc.groups[g], self.p[g]
        mass, size = self.styles[group.style]
        since, until, before = self._around(i)
        first, last = (self.rows[0], self.rows[-1]) if self.rows else (0, len(self.doc.places.rows))
        return (
            p, self._rival(i), mass / size, float(before == g), log1p(since), log1p(until),
            float(c.row < first), float(c.row > last), log(number), log(len(group.members)),
            *self._usual(g), FORM_NUMBER[c.form], log1p(self.mass), float(before >= 0),
            looks(group.label).label_words, float(len(group.key) == 1),
            float(self.at[c.row, c.stop] > p), looks(group.label).small_words,
            looks(group.label).opener,
        )  # fmt: skip

    def _usual(self, g: int) -> Iterable[float]:
        """Where the members of a group stand, on average."""
        if g not in self.means:
            mine = [self.doc.looks[i] for i in self.doc.groups[g].members]
            self.means[g] = _means([(m.after_sentence, m.gap, m.paragraph, m.body) for m in mine])
        return self.means[g]


@dataclass(frozen=True, slots=True)
class Layout:
    """The labels accepted, each with its probability, and those that nearly were."""

    labels: tuple[tuple[Candidate, float], ...]
    doubtful: tuple[tuple[Candidate, float], ...]
    others: tuple[Other, ...] = ()
    given: bool = False  # a person gave examples of labels
    corrected: frozenset[int] = frozenset()  # lines on which a person put in or took out a label


def judge(page: Page, candidates: tuple[Candidate, ...], examples: Sequence[str] = ()) -> Layout:
    """Which of the candidates are labels; `examples` are labels as printed, by a person."""
    if not candidates:
        return Layout((), ())
    doc = see_document(page, candidates)
    first, second, third = weights("labels-1"), weights("labels-2"), weights("labels-3")
    given = _given(doc, examples) if examples else frozenset()
    p1 = _as_given([*map(first.probability, doc.features)], range(len(doc.groups)), given)
    again = zip(open_groups(p1), map(second.probability, second_features(doc, p1)), strict=True)
    p2 = _as_given(with_second(p1, again), range(len(doc.groups)), given)
    places = zip(
        open_candidates(doc, p2), map(third.probability, place_features(doc, p2)), strict=True
    )
    p3 = _as_given(with_second([0.0] * len(doc.of), places), doc.of, given)
    return replace(accept(doc, p3), given=bool(given))


def with_second(first: Sequence[float], again: Iterable[tuple[int, float]]) -> list[float]:
    """The judgements, with those put in that were made a second time."""
    judged = [*first]
    for at, p in again:
        judged[at] = p
    return judged


def _as_given(judged: Iterable[float], groups: Iterable[int], given: frozenset[int]) -> list[float]:
    """The judgements, but certain where a person gave the label as an example."""
    return [1.0 if g in given else p for p, g in zip(judged, groups, strict=True)]


def _given(doc: Document, examples: Sequence[str]) -> frozenset[int]:
    """The groups that hold a label printed like one of the examples."""
    wanted = [" ".join(e.split()) for e in examples]
    found: Counter[int] = Counter()
    for i, c in enumerate(doc.candidates):
        printed = " ".join(doc.places.rows[c.row].text[c.start : c.stop].split())
        found[doc.of[i]] += any(printed == w or c.label == w for w in wanted)
    return frozenset(g for g, n in found.items() if n)


def accept(doc: Document, p3: Sequence[float]) -> Layout:
    """The best candidate at every place; a place inside an accepted label is not one."""
    accepted: list[tuple[Candidate, float]] = []
    doubtful: list[tuple[Candidate, float]] = []
    by_row: dict[int, list[tuple[float, int]]] = defaultdict(list)
    bar = threshold(p3)
    for i, p in enumerate(p3):
        if p > DOUBTFUL * bar:
            by_row[doc.candidates[i].row].append((p, i))
    for row in sorted(by_row):
        for p, i in _apart(doc, sorted(by_row[row], key=lambda item: (-item[0], item[1]))):
            (accepted if p > bar else doubtful).append((doc.candidates[i], p))
    labels = [*_covered_once(_whole(sorted(accepted, key=_place)))]
    empty = {b for a, b in pairwise(labels) if _leaves_empty(a, b)}
    kept = tuple(label for label in labels if label not in empty)
    return Layout(kept, (*doubtful, *sorted(empty, key=_place)), _others(doc, p3, accepted))


def _leaves_empty(a: tuple[Candidate, float], b: tuple[Candidate, float]) -> bool:
    """Whether a label less sure than the one right above leaves that one with nothing said."""
    (above, p), (below, q) = a, b
    return above.alone and below.row == above.row + 1 and not below.alone and q < min(p, CERTAIN)


def _whole(labels: Sequence[tuple[Candidate, float]]) -> Iterable[tuple[Candidate, float]]:
    """Of a label over several lines and one that stands on the first of them, the likelier."""
    covers = {line: p for c, p in labels for line in c.covers}
    stands = {c.line: p for c, p in labels}
    for c, p in labels:
        if covers.get(c.line, 0.0) <= p >= max((stands.get(n, 0.0) for n in c.covers), default=0.0):
            yield c, p


def _covered_once(labels: Iterable[tuple[Candidate, float]]) -> Iterable[tuple[Candidate, float]]:
    """The labels, a time between two of them taken by the first alone."""
    covered: set[int] = set()
    for c, p in labels:
        yield (c._replace(covers=(), time=None) if covered & {*c.covers} else c), p
        covered |= {*c.covers}


def _apart(doc: Document, ranked: Iterable[tuple[float, int]]) -> Iterable[tuple[float, int]]:
    """Of the candidates of a row, best first, those that do not overlap a better one."""
    starts: list[int] = []
    stops: list[int] = []
    for p, i in ranked:
        c = doc.candidates[i]
        at = bisect_right(starts, c.start)
        if (at and stops[at - 1] > c.start) or (at < len(starts) and starts[at] < c.stop):
            continue
        starts.insert(at, c.start)
        stops.insert(at, c.stop)
        yield p, i


def _others(
    doc: Document, p3: Sequence[float], accepted: Sequence[tuple[Candidate, float]]
) -> tuple[Other, ...]:
    """The styles that were not taken and come next: what each would give."""
    taken = {c.style for c, _ in accepted}
    by_style: dict[str, list[int]] = defaultdict(list)
    for i, c in enumerate(doc.candidates):
        if c.style not in taken:
            by_style[c.style].append(i)
    ranked = sorted(by_style.values(), key=lambda members: -sum(p3[i] for i in members))[:OTHERS]
    return tuple(_other(doc, p3, members) for members in ranked if len(members) > 1)


def _other(doc: Document, p3: Sequence[float], members: Sequence[int]) -> Other:
    c = doc.candidates[max(members, key=lambda i: p3[i])]
    printed = doc.places.rows[c.row].text[c.start : c.stop].strip()
    labels = {doc.of[i] for i in members}
    return Other(
        c.form, printed, len(members), len(labels), sum(p3[i] for i in members) / len(members)
    )


def threshold(p: Sequence[float]) -> float:
    """The probability from which a label is accepted: a half, or less where none comes near it.

    A document that is not like any other still has a best reading; that it is not a sure one is
    what its confidence says. Where nothing looks like a label, nothing is one.
    """
    best = sorted(p, reverse=True)[:BEST]
    return max(NONE, min(HALF, HALF * sum(best) / len(best))) if best else HALF


def _place(item: tuple[Candidate, float]) -> tuple[int, int]:
    return item[0].row, item[0].start
