"""How sure a reading is: the expected share of its turns that are right, by learnt weights.

The features look at the result as a person would: are the labels alike and certain, does anybody
answer anybody, is nobody left with all the words, do turns begin and end as speech does, does what
was left over read like speech? The weights are calibrated on houses that were left out.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import pairwise
from math import log1p

from briefing.lexicons.cues import asks_question, ends_sentence, length
from briefing.lexicons.names import label_key, role_word
from briefing.lexicons.weights import weights
from briefing.parse.layout import FORM_NUMBER, HALF, Layout
from briefing.parse.turns import Cut
from briefing.parse.values import Reading, Remark, Turn, mean

SURE = 0.81  # expected share of right turns from which a reading is stood by
REFUSED = 0.5  # below it nothing is handed on, but where captions name their voices

LIST = 9  # turns: where one at most asks in more of them, nothing is sure
SHORT = 3  # words of a turn that says next to nothing
LONG = 40  # characters of a label that is more than a name
SENTENCE_SIGNS = '([¿¡"“«「'  # that a sentence may begin with

FEATURES = (
    "turns", "words", "labelled", "label_sure", "label_unsure", "label_worst", "doubtful",
    "left_over", "left_out", "biggest", "mean_words", "empty", "short", "people", "once",
    "numbers", "role_sure", "unknown", "journalists", "officials", "moderators", "answers",
    "answers_sure", "alternates", "questions", "unlabelled_sure", "other_chance", "other_turns",
    "begins_small", "begins_odd", "ends_sentence", "repeats", "main_style", "n_styles",
    "main_share", "question_words", "named_words", "asks", "long_labels", "inside", "begins",
)  # fmt: skip


def rate(
    made: Cut, layout: Layout, turns: tuple[Turn, ...], remarks: tuple[Remark, ...]
) -> Reading:
    """The reading, with its confidence."""
    forms = [c.form for c, _ in layout.labels]
    kinds = Counter({"marked": len(turns)} if made.marked else forms).most_common()
    p = weights("reading").probability(reading_features(made, layout, turns)) if turns else 0.0
    best = max((q for _, q in layout.labels), default=1.0)
    asking = sum(asks_question(t.text) or role_word(t.label or "") == "question" for t in turns)
    p = min(p, best) if best < HALF and not asking else p
    p = min(p, SURE - 0.01) if len(turns) > LIST and asking < 2 else p
    others, p = layout.others, round(p, 4)
    return Reading(turns, made.kinds, remarks, others, tuple(kinds), (), p, made.left_over)


def reading_features(made: Cut, layout: Layout, turns: Sequence[Turn]) -> list[float]:
    """What the result looks like, in the order of FEATURES."""
    words = [length(turn.text) for turn in turns]
    n, total = max(1, len(turns)), max(1, sum(words))
    return [
        log1p(len(turns)), log1p(total), mean(t.label is not None for t in turns),
        *_label_features(layout), *_left(made, turns, total), max(words, default=0) / total,
        log1p(total / n), words.count(0) / n, mean(0 < w < SHORT for w in words),
        *_people(turns), *_roles(turns), *_others(layout, n), *_texts(turns), *_repeats(turns),
        *_styles(layout, marked=made.marked), *_labels(turns),
        mean("?" in t.text for t in turns), mean(len(t.label or "") > LONG for t in turns),
        mean(c.form == "inside" for c, _ in layout.labels), made.unsure,
    ]  # fmt: skip


def _left(made: Cut, turns: Sequence[Turn], total: int) -> tuple[float, float]:
    """What is in no turn: words that read like speech, and the share of all characters."""
    out = sum(stop - start for _, start, stop, kind in made.kinds if kind != "label")
    return made.left_over / total, out / max(1, out + sum(len(turn.text) for turn in turns))


def _repeats(turns: Sequence[Turn]) -> tuple[float]:
    """How often a label is printed again right after itself."""
    keys = [label_key(turn.label or "") for turn in turns]
    return (mean(a == b for a, b in pairwise(keys)),)


def _labels(turns: Sequence[Turn]) -> tuple[float, float]:
    """Share of turns under a question word, and of words under a name."""
    words = [turn.text.count(" ") + 1 for turn in turns]
    named = sum(w for turn, w in zip(turns, words, strict=True) if turn.speaker)
    questions = mean(role_word(turn.label or "") == "question" for turn in turns)
    return questions, named / max(1, sum(words))


def _people(turns: Sequence[Turn]) -> tuple[float, float, float]:
    """How many people there are, how many speak once, and how many are numbers."""
    people = Counter(turn.speaker or role_word(turn.label or "") or "" for turn in turns)
    numbers = mean(any(map(str.isdigit, t.speaker or "")) for t in turns)
    return log1p(len(people)), sum(c == 1 for c in people.values()) / max(1, len(turns)), numbers


def _roles(turns: Sequence[Turn]) -> tuple[float, ...]:
    """How sure the roles are and how they are shared out, who answers, and what has no label."""
    n = max(1, len(turns))
    roles = Counter(turn.role for turn in turns)
    linked = [turn.answers_sure for turn in turns if turn.answers]
    return (
        mean(t.role_sure for t in turns),
        *(roles[role] / n for role in ("unknown", "journalist", "official", "moderator")),
        len(linked) / n, mean(linked), sum(a.role != b.role for a, b in pairwise(turns)) / n,
        mean(t.text[-3:].count("?") > 0 for t in turns),
        mean(t.sure for t in turns if t.label is None),
    )  # fmt: skip


def _texts(turns: Sequence[Turn]) -> tuple[float, float, float]:
    """How turns begin and end: small, with a sign that begins no sentence, as a sentence ends."""
    texts = [turn.text for turn in turns if turn.text]
    odd = (not t[0].isalnum() and t[0] not in SENTENCE_SIGNS for t in texts)
    return mean(t[0].islower() for t in texts), mean(odd), mean(map(ends_sentence, texts))


def _label_features(layout: Layout) -> tuple[float, float, float, float]:
    sure = [p for _, p in layout.labels]
    n = max(1, len(sure))
    doubtful = sum(p for _, p in layout.doubtful) / n
    return sum(sure) / n, sum(p < 0.9 for p in sure) / n, min(sure, default=0.0), doubtful


def _others(layout: Layout, n: int) -> tuple[float, float]:
    return max((o.chance for o in layout.others), default=0.0), max(
        (o.n_turns * o.chance for o in layout.others), default=0.0
    ) / n


def _styles(layout: Layout, *, marked: bool) -> tuple[float, float, float]:
    styles = Counter(c.style for c, _ in layout.labels)
    if marked or not styles:
        return (-1.0 if marked else -2.0), 0.0, 1.0
    style, count = styles.most_common(1)[0]
    form = next(c.form for c, _ in layout.labels if c.style == style)
    return FORM_NUMBER[form], len(styles), count / sum(styles.values())
