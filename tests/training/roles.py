"""Roles and links from gold turns: features, weights, and figures with each house left out.

`fit(golds, without=...)` gives the weights of all judgements; `python tests/training/roles.py`
prints the figures and writes the weights where the package reads them.
"""

from __future__ import annotations

import html
import random
import re
import sys
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.ensemble import HistGradientBoostingClassifier

sys.path[:0] = [str(Path(__file__).parents[1])]
from gold import Gold, GoldTurn, golds
from models import DIGITS, _tree, calibration, save

from briefing.lexicons.names import is_outlet, label_key, read_label, role_word
from briefing.lexicons.weights import logistic
from briefing.parse.answers import FEATURES, chosen, exchange, may_answer, pairs
from briefing.parse.roles import ROLES, features, neighbours, scene
from briefing.parse.values import Turn
from made import events, tongues
from made.words import ENGLISH

Case = tuple[Turn, ...]
Weights = dict[str, Any]


@dataclass(frozen=True)
class Text:
    """A conversation whose roles and links are known, and how much it counts."""

    name: str
    house: str
    turns: Case
    weight: float
    roles: bool = True  # are judged
    links: bool = True
    copy: bool = False  # not as it was printed


def turns_of(gold: Gold) -> Case:
    """The gold turns as the steps before would hand them on: no role, no link."""
    plain = [plain_label(t.label) for t in gold.turns]
    speakers = _merged(
        [
            None if _nobody(t.speaker, p) else t.speaker
            for t, p in zip(gold.turns, plain, strict=True)
        ]
    )
    return tuple(
        Turn(
            label=label or None,
            pieces=(),
            first_line=t.begin[0] if t.begin else -1,
            text=text_of(t),
            speaker=speaker,
            organisation=_house(label, speaker),
            role=t.role,
            answers=t.answers,
        )
        for t, label, speaker in zip(gold.turns, plain, speakers, strict=True)
    )


def plain_label(raw: str) -> str:
    """A label without the marks of its layout, its times and its markup."""
    by = re.search(r'by="#?([^"]*)"', raw)
    text = by[1] if by else re.sub(r"<[^>]*>", lambda m: m[0].strip("<>"), html.unescape(raw))
    text = re.sub(r"\[[\d:]+\](?:\([^)]*\))?|\(\.\.\)|\b\d{1,2}:\d\d(?::\d\d)?\b", " ", text)
    text = re.sub(r"^\W*[(（]([^)）]+)[)）]\W*$", r"\1", text)
    return re.sub(r"\s+", " ", text.strip(" *[]_:：.-–—•○◯●>\u2060\t")).strip()


def _nobody(speaker: str, label: str) -> bool:
    return not speaker or role_word(speaker) in {"question", "answer"} or not label


def _house(label: str, speaker: str | None) -> str | None:
    if speaker and is_outlet(speaker, acronyms=False):
        return speaker
    return read_label(label).organisation if label else None


def _merged(speakers: list[str | None]) -> list[str | None]:
    """One name for a person who is first printed in full and then by the last word."""
    full = {}
    for name in speakers:
        words = name.split() if name else []
        if len(words) > 1 and name:
            full.setdefault(words[-1].casefold(), name)
    return [
        full.get(n.split()[-1].casefold(), n) if n and len(n.split()) <= 2 else n for n in speakers
    ]


def text_of(turn: GoldTurn) -> str:
    """What is said; where the gold was not found in its source, as long a stretch of nothing."""
    if turn.text:
        text = turn.text
        closed, opened = text.find(")"), text.find("(")
        square, squared = text.find("]"), text.find("[")
        if closed > 0 and (opened < 0 or closed < opened) and closed < 40:
            return "(" + text
        return (
            "[" + text if square > 0 and (squared < 0 or square < squared) and square < 40 else text
        )
    gap = max(0, turn.n_words - len(turn.first.split()) - len(turn.last.split()))
    return turn.first if turn.n_words <= 6 else f"{turn.first} {'la ' * gap}{turn.last}"


# --- the same conversations with other labels -------------------------------------------------

GIVEN = "Anna Boris Carla Deniz Elif Farid Greta Hugo Ines Jakub Karin Luca Marta Nadia Omar Petra Quentin Rosa Samir Tilde Wen".split()
FAMILY = (
    "Abbott Brand Castell Dorn Ekström Farkas Grimaldi Hollis Iveson Jarrett Kessler Lowry Mbeki Norling Okafor Petrov "
    "Quiroga Rowntree Salgado Tremblay Ullman Varga Wexford Yilmaz Zelenka Marlow Petrel Dunlin Ferrand Osberg"
).split()
OUTLETS = "Harbour Times|Northern Wire|Radio Coast|The Meridian|Channel Nine|The Daily Ledger|Evening Standard-Bearer|Global News Agency|NWK|Gull Weekly|Agencia Norte|Küstenpost|La Voix|Sea TV".split(
    "|"
)
OFFICES = "Minister|Director|Secretary|Deputy Governor|Commissioner|Ambassador|President|Spokesperson|General|Ministra|Staatssekretär|Portavoz|Mayor".split(
    "|"
)
ASKED = "Q|QUESTION|Question|JOURNALIST|Journalist|REPORTER|PREGUNTA|Pregunta|Frage|Вопрос|記者|Journaliste|QUESTIONER|Domanda|Pergunta".split(
    "|"
)
MODERATE = "MODERATOR|Moderator|OPERATOR|Moderadora|Moderation|Facilitator|Host".split("|")
DEBATABLE = 0.15  # weight of texts whose roles are not judged
MADE, WRITTEN = 0.1, 0.05  # weight of an invented briefing, of a transcript written for training
COPIES, FOLDS = 4, 10
SIZE = {"bags": 1, "trees": 140, "leaves": 12, "rate": 0.1, "least": 15}
LINKS = {"bags": 1, "trees": 140, "leaves": 16, "rate": 0.1, "least": 15}


class Cast:
    """Invented names for the people of one text, and how each role is labelled."""

    def __init__(self, rng: random.Random) -> None:
        self.rng = rng
        self.asking = rng.choice("name name house outlet courtesy word word none surname".split())
        self.answering = rng.choice(
            "name name surname courtesy office office none word title".split()
        )
        self.moderating = rng.choice("name name surname courtesy word chair chair".split())
        self.upper = rng.random() < 0.4
        self.word = rng.choice(ASKED)
        self.known: dict[str, tuple[str, str, str, str]] = {}

    def person(self, key: str) -> tuple[str, str, str, str]:
        """Given name, family name, outlet and office of the person `key`."""
        if key not in self.known:
            self.known[key] = tuple(self.rng.choice(x) for x in (GIVEN, FAMILY, OUTLETS, OFFICES))  # type: ignore[assignment]
        return self.known[key]

    def label(self, key: str, role: str) -> tuple[str | None, str | None, str | None]:
        """Label, speaker and organisation of the person `key`."""
        given, family, outlet, office = self.person(key)
        how = {"journalist": self.asking, "moderator": self.moderating}.get(role, self.answering)
        if role == "unknown" and how in {"word", "office", "title", "none"}:
            how = "name"
        name, organisation = f"{given} {family}", None
        title = "Mr." if GIVEN.index(given) % 2 else "Ms."
        if how == "none":
            return None, None, None
        if how == "chair":
            label = PRESIDING[len(given + family) % len(PRESIDING)].format(name=family)
            return (label.upper() if self.upper else label), label, None
        if how == "word":
            word = {"journalist": self.word, "moderator": MODERATE[len(given) % len(MODERATE)]}.get(
                role, "A"
            )
            return word, word if role == "moderator" else None, None
        if how in {"house", "outlet"}:
            organisation = outlet
            name = outlet if how == "outlet" else name
            label = (
                outlet
                if how == "outlet"
                else self.rng.choice((f"{name}, {outlet}", f"{name} ({outlet})"))
            )
        else:
            label = {
                "surname": family,
                "courtesy": f"{title} {family}",
                "office": f"{office} {family}",
                "title": office,
            }.get(how, name)
            name = name if how in {"name", "office"} else label
        return (label.upper() if self.upper else label), name, organisation


def varied(turns: Case, rng: random.Random) -> Case:
    """The same conversation with invented names and other conventions of labelling."""
    cast, asker, made, renamed = Cast(rng), 0, [], {}
    if not any(t.role == "moderator" for t in turns) and rng.random() < 0.15:
        cast.asking = "chair"  # whoever presides asks, or the interviewer is called a host
    for i, turn in enumerate(turns):
        nameless = turn.speaker is None
        if nameless and turn.role == "journalist":
            fresh = i < 2 or not (turns[i - 2].role == "journalist" and rng.random() < 0.4)
            asker += fresh
            key = f"*asker {asker}"
        else:
            key = turn.speaker or f"*{turn.role}"
        label, speaker, house = cast.label(key, turn.role)
        if turn.speaker and not role_word(turn.speaker):
            renamed[turn.speaker] = cast.person(key)
        made.append(turn._replace(label=label, speaker=speaker, organisation=house))
    swap = _swaps(renamed)
    made = [t._replace(text=swap(t.text)) for t in made]
    if rng.random() < 0.12:  # captions without marks
        made = [t._replace(text=t.text.replace("?", ".").replace("？", "。")) for t in made]
    if rng.random() < 0.12:  # nothing can be read but the labels
        made = [t._replace(text=" ".join(["la"] * (t.text.count(" ") + 1))) for t in made]
    return tuple(made)


def _swaps(renamed: dict[str, tuple[str, str, str, str]]) -> Any:
    words = {}
    for old, (given, family, *_) in renamed.items():
        parts = [
            w
            for w in re.findall(r"[^\W\d_]{3,}", old)
            if label_key(w)
            not in {
                "the",
                "president",
                "minister",
                "secretary",
                "speaker",
                "chair",
                "senator",
                "hon",
                "lord",
            }
        ]
        if parts:
            words |= {parts[-1]: family} | ({parts[0]: given} if len(parts) > 1 else {})
    if not words:
        return lambda text: text
    found = re.compile(r"\b(?:" + "|".join(map(re.escape, words)) + r")\b")
    return lambda text: found.sub(lambda m: words[m[0]], text)


READS = "Thank you. We go back to the room in a moment, but first one from online. |Thank you. Before I give the floor to the next, we have one here in writing. |Okay, and now one that came by e-mail, from a newspaper. |We have a question that came in online. |There is a question in writing, from a reader. |The next one reads as follows. |Let me read this one out. |We also have a question by chat: |Aquí tenemos una pregunta por escrito. |Eine Frage aus dem Netz: |网上有一个提问。".split(
    "|"
)
CALLS = "{name}.|{name}, please.|The Minister.|The Honourable Minister.|Go ahead, {name}.|Please.|You may answer.|Thank you. {name}?|{name}, por favor.|请{name}回答。|Yes, {name}.".split(
    "|"
)
HANDS = "I will ask {name} to take that.|{name}, do you want to answer?|That is one for {name}.|{name} knows more about it than I do.|Let me turn to {name}.|I'll let {name} speak to that.".split(
    "|"
)
NOISE = "Order!|Order! Let the Minister answer.|But Minister...|That's not -|Right.|Okay.|Mm-hmm.|Sir, sir -|Time is short, please.|Briefly, please.|You said last week -|Yes.|对。".split(
    "|"
)
UNHEARD = "[Inaudible]|(inaudible)|[Inaudible question]|(Off mic.)|[indistinct]|[inaudible 00:12:05]|(Question inaudible.)|(听不清)".split(
    "|"
)
PRESIDING = "Chair|Madam Chair|Chairman {name}|Senator {name}|Ms. {name}|Host|Interviewer|{name} MP|Commissioner {name}|Presentadora|Counsel|Justice {name}|Deputy {name}".split(
    "|"
)
CHAIRS = "Chair|The Chairman|MODERATOR|Mr Speaker|Moderator|The PRESIDENT|主持人".split("|")


def disturbed(turns: Case, rng: random.Random) -> Case:
    """The same conversation with more between question and answer.

    Questions are read out by the moderator or cannot be heard; somebody is called before an answer,
    or an answer is handed on; answers go on after an interjection.
    """
    chair = next((t for t in turns if t.role == "moderator" and t.label), None)
    if chair is None:
        label = rng.choice(CHAIRS)
        chair = Turn(label=label, pieces=(), first_line=0, speaker=label, role="moderator")
    asker = next((t for t in turns if t.role == "journalist"), chair)
    officials = {t.speaker: t for t in turns if t.role == "official" and t.speaker}
    made: list[tuple[int, Turn]] = []
    odds = dict.fromkeys(
        ("read", "unheard", "call", "hand", "interrupt"), rng.choice((0.0, 0.05, 0.1))
    )
    odds[rng.choice([*odds])] = 0.3
    brief = rng.choice((0.0, 0.0, 0.3))  # answers of one sentence
    answered = {a for t in turns for a in t.answers}
    for i, turn in enumerate(turns):
        if i in answered and turn.role == "journalist":
            if rng.random() < odds["unheard"]:
                turn = turn._replace(text=rng.choice(UNHEARD))
            elif rng.random() < odds["read"]:
                turn = chair._replace(text=rng.choice(READS) + turn.text, answers=())
        if turn.role == "official" and turn.answers and i - 1 in turn.answers:
            others = [o for name, o in officials.items() if name != turn.speaker]
            name = (turn.speaker or "Minister").split()[-1]
            if rng.random() < odds["call"] and made[-1][1].role == "journalist":
                made.append(
                    (-1, chair._replace(text=rng.choice(CALLS).format(name=name), answers=()))
                )
            elif others and rng.random() < odds["hand"]:
                other, text = rng.choice(others), rng.choice(HANDS).format(name=name)
                made.append((-1, other._replace(text=text, answers=())))
        made.append((i, turn))
        parts = re.split(r"(?<=[.。])\s+", turn.text)
        if turn.role == "official" and turn.answers and len(parts[0]) > 12 and rng.random() < brief:
            made[-1] = (i, turn._replace(text=parts[0]))
            continue
        if (
            turn.role == "official"
            and turn.answers
            and len(parts) > 2
            and rng.random() < odds["interrupt"]
        ):
            cut = rng.randint(1, len(parts) - 1)
            who = chair if rng.random() < 0.4 else asker
            made[-1] = (i, turn._replace(text=" ".join(parts[:cut])))
            made.append((-1, who._replace(text=rng.choice(NOISE), answers=())))
            made.append((-1, turn._replace(text=" ".join(parts[cut:]))))
    place = {i: at for at, (i, _) in enumerate(made) if i >= 0}
    return tuple(t._replace(answers=tuple(place[a] for a in t.answers)) for _, t in made)


SIGNS_OF = {
    "zh": "渡轮停航因为船员生病下周恢复票价不变请保留收据港口天气码头工程明年开始",
    "ru": "паром порт вода причал команда билет погода зима работа город ",
}


def doubled(turns: Case, rng: random.Random) -> Case:
    """Every turn followed by its like in another script, linked among themselves."""
    script, first = rng.choice((*SIGNS_OF,)), rng.random() < 0.5
    names: dict[str, str] = {}
    made = []
    for turn in turns:
        label = names.setdefault(
            turn.label or turn.role, "".join(rng.choices(SIGNS_OF[script].replace(" ", ""), k=3))
        )
        word = (
            {"journalist": "记者" if script == "zh" else "Вопрос"}.get(turn.role)
            if turn.speaker is None
            else label
        )
        said = "".join(rng.choices(SIGNS_OF[script], k=max(6, len(turn.text) // 4))) + (
            "？" if "?" in turn.text else "。"
        )
        other = turn._replace(label=word, speaker=label if turn.speaker else None, text=said)
        made += [(turn, other), (other, turn)][first]
    return tuple(
        t._replace(answers=tuple(2 * a + i % 2 for a in t.answers)) for i, t in enumerate(made)
    )


def cropped(turns: Case, rng: random.Random) -> Case:
    """A part of a conversation, most often its beginning."""
    if len(turns) < 6:
        return turns
    size = rng.randint(3, len(turns) - 1)
    start = 0 if rng.random() < 0.6 else rng.randint(0, len(turns) - size)
    kept = turns[start : start + size]
    return tuple(
        t._replace(answers=tuple(a - start for a in t.answers if start <= a < start + size))
        for t in kept
    )


def texts(golds: Iterable[Gold], copies: int = COPIES) -> Iterator[Text]:
    """Every gold as it is, and `copies` of it with other labels; then invented briefings."""
    for gold in golds:
        turns, rng = turns_of(gold), random.Random(gold.name)
        about = (gold.name, gold.house)
        weight = WRITTEN if gold.house.startswith("written") else 0.5
        yield Text(*about, turns, weight, gold.roles, gold.links)
        for k in range(copies):
            other = disturbed(turns, rng) if k % 2 == 0 else turns
            other = other if k % 4 == 3 else varied(other, rng)
            other = cropped(other, rng) if k % 2 else other
            yield Text(*about, other, weight / copies, gold.roles, gold.links, True)
    yield from made()


def made(each: int = 6) -> Iterator[Text]:
    """Invented briefings in four languages, as they are labelled here and otherwise."""
    rng = random.Random(3)
    for words in (ENGLISH, tongues.FRENCH, tongues.SPANISH, tongues.CHINESE):
        for k in range(each):
            event = (
                events.panel(rng, words)
                if k % 2
                else events.podium(rng, words, officials=1 + (k > 2))
            )
            turns = tuple(
                Turn(
                    label=s.person.full,
                    pieces=(),
                    first_line=0,
                    text="\n".join(s.paragraphs),
                    speaker=s.person.full,
                    organisation=s.person.organisation or None,
                    role=s.person.role,
                    answers=tuple(sorted(s.answers)),
                )
                for s in event.said
            )
            ways = varied(disturbed(turns, rng), rng), cropped(disturbed(turns, rng), rng)
            ways += (doubled(turns, rng),) * 2 if words is not tongues.CHINESE else ()
            for other in ways:
                yield Text(f"made {k}", "made", other, MADE, copy=True)


# --- what is learnt -----------------------------------------------------------------------------

SIGNS = {  # of a feature that can speak only for a role, or only against it
    "official": (
        "label_answer label_office any_thanks_for_question thanks_for_question any_takes_questions addressed "
        "after_question after_asking than_before than_after own_official before_journalist after_journalist we "
        "words longest other_question partner_question",
        "label_chair label_question label_moderator label_aside label_outlet label_numbered asks ends requests any_moderates "
        "gives_only own_journalist own_moderator own_unknown you any_introduces call",
    ),
    "journalist": (
        "label_question label_outlet label_numbered asks ends requests any_introduces own_journalist "
        "before_official after_official partner_office other_answer",
        "other_question partner_question label_answer label_moderator label_aside any_thanks_for_question thanks_for_question any_takes_questions "
        "addressed than_after than_before after_question any_moderates label_office own_official own_moderator "
        "own_unknown we gives_only before_question before_asking",
    ),
    "moderator": (
        "label_moderator any_moderates gives gives_only call calls_next any_gives_only own_moderator "
        "label_chair label_presides opens any_opens first last",
        "label_question label_answer label_outlet label_aside own_official own_journalist own_unknown "
        "best_moderator text_moderator",
    ),
    "unknown": (
        "label_aside own_unknown",
        "label_question label_answer label_moderator own_official own_journalist own_moderator",
    ),
}


class Learner:
    """Shallow trees that look at a third of the features at a time, some in one direction only.

    What little there is to learn from leaves much to chance: the mean of several such forests,
    each with other features and without a fifth of the rows, is one model of all their trees.
    """

    def __init__(
        self, names: Sequence[str], signs: tuple[str, str], *, bags: int, **size: Any
    ) -> None:
        up, down = (set(s.split()) for s in signs)
        self.signs = [(name in up) - (name in down) for name in names]
        self.bags, self.size = bags, size

    def fit(self, X: Any, y: Any, weight: Any) -> Learner:
        """Learn from rows with weights."""
        self.models = []
        for seed in range(self.bags):
            kept = weight * (np.random.default_rng(seed).random(len(y)) < 0.8)
            model = HistGradientBoostingClassifier(
                max_iter=self.size["trees"],
                learning_rate=self.size["rate"],
                max_leaf_nodes=self.size["leaves"],
                min_samples_leaf=self.size["least"],
                l2_regularization=1.0,
                early_stopping=False,
                random_state=seed,
                max_features=0.3,
                max_bins=63,
                monotonic_cst=self.signs,
            )
            self.models.append(model.fit(X, y, sample_weight=kept))
        return self

    def decision_function(self, X: Any) -> Any:
        """The score of each row."""
        return sum(model.decision_function(X) for model in self.models) / self.bags

    def trees(self) -> list[Any]:
        """All trees, their leaves divided by the number of forests."""
        return [_tree(stage[0].nodes, self.bags) for m in self.models for stage in m._predictors]

    def start(self) -> float:
        """The score before the first tree."""
        return float(sum(np.ravel(m._baseline_prediction)[0] for m in self.models)) / self.bags


def folds(houses: Sequence[str]) -> Any:
    """Of each row the group of houses that it is left out with."""
    names = sorted(set(houses))
    random.Random(0).shuffle(names)
    group = {house: i % FOLDS for i, house in enumerate(names)}
    return np.array([group[house] for house in houses])


def scores(make: Callable[[], Any], X: Any, y: Any, weight: Any, fold: Any) -> Any:
    """Of each row the score from a model that saw nothing of its house."""
    found = np.zeros(len(y))
    for k in sorted(set(fold)):
        seen = fold != k
        found[~seen] = make().fit(X[seen], y[seen], weight[seen]).decision_function(X[~seen])
    return found


def learnt(
    make: Callable[[], Any], X: Any, y: Any, weight: Any, names: Sequence[str], left: Any
) -> Weights:
    """Weights from all rows, calibrated on the scores `left` of houses left out."""
    model = make().fit(X, y, weight)
    slope, shift = calibration(left, y, weight)
    return {
        "features": list(names),
        "start": round(model.start(), DIGITS),
        "slope": round(slope, DIGITS),
        "shift": round(shift, DIGITS),
        "trees": model.trees(),
    }


@dataclass(frozen=True)
class People:
    """One row a person: features, the right role, the weight, the text it is of."""

    texts: list[Text]
    scenes: list[Any]
    of: list[int]  # the text of each row
    names: list[str]
    X: Any
    right: Any
    weight: Any
    fold: Any


def people(found: Iterable[Text]) -> People:
    """The people of all texts at first sight."""
    every = list(found)
    scenes = [scene(t.turns) for t in every]
    rows = [features(now) for now in scenes]
    names = list(rows[0][0])
    right, weight, of = [], [], []
    for k, (text, now) in enumerate(zip(every, scenes, strict=True)):
        for at in now.people:
            right.append(
                max(ROLES, key=lambda r, at=at, now=now: sum(now.turns[i].role == r for i in at))
            )
            share = 0.5 * len(at) / len(text.turns) + 0.5 / len(now.people)
            weight.append(text.weight * share * (1 if text.roles else DEBATABLE))
            of.append(k)
    X = np.array([[row[n] for n in names] for one in rows for row in one], float)
    w = np.array(weight) / np.mean(weight)
    return People(
        every, scenes, of, names, X, np.array(right), w, folds([every[k].house for k in of])
    )


def with_neighbours(found: People, first: Any) -> Any:
    """The features again, with what the first judgement says of those beside."""
    X, at, place = found.X.copy(), 0, {n: i for i, n in enumerate(found.names)}
    for now in found.scenes:
        size = len(now.people)
        for k, row in enumerate(
            neighbours(now, [dict(zip(ROLES, p, strict=True)) for p in first[at : at + size]])
        ):
            for name, value in row.items():
                X[at + k, place[name]] = value
        at += size
    return X


def probabilities(S: Any) -> Any:
    """Of scores a role, probabilities that add up to 1."""
    P = 1 / (1 + np.exp(-S))
    return P / P.sum(1, keepdims=True)


def fit_roles(found: People) -> tuple[dict[str, Weights], Any]:
    """Weights of the four roles, and the probabilities of each row with its house left out.

    The same weights serve for both judgements: they are made from the rows with and without
    what is known of the neighbours.
    """
    makers = {role: (lambda role=role: Learner(found.names, SIGNS[role], **SIZE)) for role in ROLES}
    first = [scores(makers[r], found.X, found.right == r, found.weight, found.fold) for r in ROLES]
    again = with_neighbours(found, probabilities(np.stack(first, 1)))
    X, weight = np.concatenate([found.X, again]), np.concatenate([found.weight, found.weight])
    right, fold = (
        np.concatenate([found.right, found.right]),
        np.concatenate([found.fold, found.fold]),
    )
    half, weights, left = len(found.right), {}, []
    for role in ROLES:
        s = scores(makers[role], X, right == role, weight, fold)
        weights[f"roles-{role}"] = one = learnt(
            makers[role], X, right == role, weight, found.names, s
        )
        left.append(one["slope"] * s[half:] + one["shift"])
    return weights, probabilities(np.stack(left, 1))


def judged(found: People, P: Any) -> list[Case]:
    """The texts with the roles that were judged with their house left out."""
    made, at = [], 0
    for text, now in zip(found.texts, found.scenes, strict=True):
        best = [(ROLES[int(p.argmax())], float(p.max())) for p in P[at : at + len(now.people)]]
        at += len(now.people)
        made.append(
            tuple(
                t._replace(role=best[w][0], role_sure=best[w][1])
                for t, w in zip(text.turns, now.who, strict=True)
            )
        )
    return made


@dataclass(frozen=True)
class Links:
    """One row a pair of turns: features, whether it is a link, the weight, where it is."""

    X: Any
    right: Any
    weight: Any
    fold: Any
    at: list[tuple[int, bool, int, int]]  # text, roles as judged, answer, question


def link_rows(found: Sequence[Text], roles: Sequence[Case]) -> Links:
    """The pairs of all texts, with the roles as judged and with the right ones."""
    X, right, weight, houses, at = [], [], [], [], []
    for k, (text, judged_turns) in enumerate(zip(found, roles, strict=True)):
        if not text.links:
            continue
        sure = tuple(t._replace(role_sure=1.0) for t in text.turns)
        for as_judged, turns in ((True, judged_turns), (False, sure)):
            now = exchange(turns)
            for i in (i for i in range(len(turns)) if may_answer(turns[i])):
                for j, row in pairs(now, i):
                    X.append(row)
                    right.append(j in text.turns[i].answers)
                    weight.append(text.weight * len(turns) ** -0.4)
                    houses.append(text.house)
                    at.append((k, as_judged, i, j))
    w = np.array(weight) / np.mean(weight)
    return Links(np.array(X, float), np.array(right), w, folds(houses), at)


LINK_SIGNS = (
    "question_asks question_ends question_requests question_journalist answer_official answer_words answer_thanks_for "
    "same_script next_is_answer thanks_for called same_before",
    "answer_journalist answer_moderator answer_small answer_only answer_call answer_back answer_ends answer_unheard "
    "question_small distance rank longest_between journalists_between rival_asks rival_ends rival_script spoke_since",
)


def fit_links(found: Links) -> tuple[Weights, Any]:
    """Weights of the links, and of each pair the probability with its house left out."""

    def make() -> Any:
        return Learner(FEATURES, LINK_SIGNS, **LINKS)

    left = scores(make, found.X, found.right, found.weight, found.fold)
    made = learnt(make, found.X, found.right, found.weight, FEATURES, left)
    return made, np.array([logistic(made["slope"] * s + made["shift"]) for s in left])


def fit(golds: Sequence[Gold], without: Iterable[str] = ()) -> dict[str, Weights]:
    """Weights by name, with what they are `worth` on houses left out; `without` are not seen."""
    out = set(without)
    found = people(texts([g for g in golds if g.house not in out]))
    weights, P = fit_roles(found)
    roles = judged(found, P)
    rows = link_rows(found.texts, roles)
    weights["answers"], links = fit_links(rows)
    worth = role_worth(found.texts, roles), link_worth(found.texts, rows, links)
    return {name: w | {"worth": worth[name == "answers"]} for name, w in weights.items()}


# --- figures, each house left out ---------------------------------------------------------------


def role_worth(found: Sequence[Text], roles: Sequence[Case]) -> dict[str, float]:
    """Share of turns with the right role: mean of files, pooled; kappa; and for other labels."""
    each, copies, both = [], [], []
    for text, turns in zip(found, roles, strict=True):
        if text.roles and text.house != "made":
            pairs_ = [(a.role, b.role) for a, b in zip(text.turns, turns, strict=True)]
            (copies if text.copy else each).append(np.mean([a == b for a, b in pairs_]))
            both += [] if text.copy else pairs_
    agreed = np.mean([a == b for a, b in both])
    chance = sum(
        np.mean([a == r for a, _ in both]) * np.mean([b == r for _, b in both]) for r in ROLES
    )
    found_ = {
        "mean": np.mean(each),
        "pooled": agreed,
        "kappa": (agreed - chance) / (1 - chance),
        "relabelled": np.mean(copies),
    }
    return {name: round(float(x), 3) for name, x in found_.items()}


def link_worth(found: Sequence[Text], rows: Links, P: Any) -> dict[str, float]:
    """Precision, recall and F1 of links, pooled, with the roles as judged."""
    by: dict[tuple[int, int], list[tuple[float, int]]] = defaultdict(list)
    for (k, as_judged, i, j), p in zip(rows.at, P, strict=True):
        if as_judged:
            by[k, i].append((p, j))
    right = said = gold = 0
    for k, text in enumerate(found):
        if text.links and not text.copy and text.house != "made":
            for i, turn in enumerate(text.turns):
                links = set(chosen(by[k, i]))
                said, gold = said + bool(links), gold + bool(turn.answers)
                right += bool(links) and links <= set(turn.answers)
    figures = {"precision": right / said, "recall": right / gold, "f1": 2 * right / (said + gold)}
    return {name: round(x, 3) for name, x in figures.items()}


def reliability(P: Any, right: Any, steps: int = 5) -> list[tuple[float, float, int]]:
    """Mean probability, share that is right and number of rows, by size of the probability."""
    order = np.argsort(P)
    return [
        (round(float(P[b].mean()), 2), round(float(right[b].mean()), 2), len(b))
        for b in np.array_split(order, steps)
    ]


if __name__ == "__main__":
    for name, made_ in fit(list(golds())).items():
        worth = made_.pop("worth")
        print(name, worth, save(name, made_, "tests/training/roles.py", worth))
