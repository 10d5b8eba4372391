"""What is drawn for one document: how people are named, how labels look, what the page is like.

Every choice is drawn by itself, from a table of values and their weights; then what
contradicts itself is mended. `plan_for` draws, `show` prints the label of a turn.
"""

from __future__ import annotations

import html
import re
from collections import Counter
from dataclasses import dataclass, field
from random import Random
from typing import Any, NamedTuple, TypeVar

from conversations import Conversation, Turn, vocabulary

T = TypeVar("T")
Choices = dict[str, Any]
LATIN = ("de", "en", "es", "fr", "it", "nl", "pl", "pt", "tr", "vi")  # whose people meet
NBSP, COLUMN = "\u00a0", 24

# Drawn once for a document.
DOCUMENT: dict[str, dict[Any, int]] = {
    "format": {"txt": 52, "md": 22, "html": 17, "srt": 4, "vtt": 5},
    "mode": {"labels": 45, "bare questions": 15, "bare answers": 18, "bare": 22},
    "uniform": {True: 70, False: 30},  # one form of label for all roles
    "stamped": {False: 96, True: 4},  # the label on every paragraph
    "shuffle": {False: 85, True: 15},  # blocks of question and answer in another order
    "paragraphs": {"kept": 50, "joined": 22, "parted": 28},
    "blanks": {0: 30, 1: 58, 2: 9, 3: 3},  # blank lines between turns
    "ruled": {
        "": 92,
        "---": 3,
        "* * *": 1,
        "________": 2,
        "==========": 1,
        "###": 1,
    },  # a line between turns
    "blanks_inside": {0: 40, 1: 60},  # and between paragraphs
    "blanks_label": {0: 72, 1: 28},  # and below a label that stands alone
    "wrap": {0: 58, 44: 4, 58: 6, 66: 6, 72: 8, 80: 10, 95: 5, 110: 3},
    "indent": {"": 78, "first": 8, "hang": 8, "all": 6},
    "double": {False: 97, True: 3},
    "numbered": {False: 95, True: 5},
    "pages": {"": 82, "feed": 9, "plain": 9},
    "glue": {"": 92, "some": 5, "all": 3},
    "lost": {0.0: 95, 0.04: 5},
    "wide": {
        0: 86,
        1: 10,
        2: 4,
    },  # questions without a label, set off by more blank lines than usual
    "blemish": {0.0: 90, 0.08: 7, 0.3: 3},
    "spaces": {"": 86, "nbsp": 7, "double": 7},
    "traps": {0.0: 40, 0.04: 35, 0.15: 25},
    "headings": {0.0: 78, 0.06: 14, 0.2: 8},
    "stages": {0.0: 80, 0.06: 14, 0.15: 6},
    "head": {0: 12, 1: 13, 3: 30, 6: 28, 10: 17},
    "tail": {0: 45, 1: 22, 3: 22, 6: 11},
    "clock": {"h:mm:ss": 30, "mm:ss": 30, "m:ss": 25, "ms": 5, "hh:mm": 10},
    "explained": {"first": 35, "head": 30, "never": 35},  # what initials stand for
    "front": {False: 90, True: 10},  # front matter, in Markdown
    "ends": {"\n": 95, "\r\n": 5},
    "outer": {"main": 30, "article": 20, 'div class="content"': 30, "body": 20},
}
# Drawn for a document, and again for each role where it is not uniform.
FORM: dict[str, dict[Any, int]] = {
    "mark": {
        "{}:": 62, "{} :": 8, "{}：": 4, "{}.": 11, "{}.-": 4, "{}.–": 2, "{}. —": 3, "{} -": 6,
        "{} –": 6, "{} —": 6, "{} --": 4, "{}—": 3, "[{}]": 6, "[{}]:": 4, "({})": 4, "({}):": 2,
        "<{}>": 3, "<{}>:": 1, "【{}】": 1, "«{}»": 1, "{}": 24, "○{}": 2, "▲{}": 1, "■ {}": 1,
        "● {}:": 1, "◆{}": 1, "► {}:": 1, "{};": 1, "{} |": 1, "{} >": 1, "{}/": 1, "{},": 1,
        "-- {} --": 1, "{}.:": 1,
    },
    "alone": {False: 72, True: 28},
    "gap": {" ": 74, "  ": 6, "\t": 7, "     ": 4, "column": 5, "": 2, NBSP: 2},
    "prefix": {  # {q} counts questions, {n} turns
        "": 84, "- ": 2, "> ": 1, ">> ": 3, ">>": 1, "• ": 1, "* ": 1, "— ": 1, "{n}. ": 2, "{n} ": 1,
        "Q{q} ": 2, "Q{q}. ": 1, "[{n}] ": 1, "# ": 1, "## ": 1, "### ": 2, "#### ": 1,
    },
    "emphasis": {"": 50, "bold": 22, "bold2": 8, "italic": 6, "italic2": 4, "span": 6, "under": 4},
    "emphasised": {"all": 60, "name": 40},  # with its marks or without
    "time": {"": 76, "before": 5, "inside": 7, "after": 5, "above": 3, "below": 4},
    "brackets": {"{}": 40, "[{}]": 28, "({})": 28, "<{}>": 2, "| {}": 2},
    "case": {"": 66, "upper": 26, "surname": 5, "lower": 3},
    "below": {"": 94, "{office}": 3, "{outlet}": 1, "{office}, {outlet}": 1, "({party})": 1},
    "html": {
        "p": 45, "br": 10, "div": 6, "li": 3, "h3": 8, "h4": 4, "p alone": 10, "p br": 6, "dl": 5,
        "tr": 6, "div div": 7,
    },
    "cue": {
        "{}: ": 40, ">> {}: ": 20, "<v {}>": 20, "- {}: ": 8, ">>{}: ": 4, "{}： ": 2, "[{}]: ": 6,
    },
}  # fmt: skip
DENSE_MARKS = {  # in Chinese and Japanese, mostly
    "{}：": 40, "{}:": 8, "【{}】": 8, "（{}）": 12, "({})": 3, "〈{}〉": 2, "「{}」": 2, "○{}　": 10,
    "▲{}　": 3, "■{}　": 3, "●{}": 4, "◆{}：": 3, "◎{}　": 2, "△{}　": 1, "［{}］": 3, "《{}》：": 1, "{}　": 6,
}  # fmt: skip
NAMING: dict[str, dict[str, int]] = {
    "ask": {
        "{question}": 24, "{reporter}": 18, "{reporter} {number}": 3, "{name}": 18, "{name}, {outlet}": 7,
        "{name} ({outlet})": 6, "{outlet}": 6, "{outlet} ({name})": 1, "{name} – {outlet}": 2, "{last}": 4,
        "{title} {last}": 5, "{title} {name}": 2, "{initials}": 4, "{speaker} {number}": 4, "{first}": 3,
        "SPEAKER_{two}": 2, "{handle}": 2, "@{handle}": 1, "{name} ({party})": 3, "{reporter}, {outlet}": 1,
    },
    "answer": {
        "{name}": 24, "{last}": 8, "{title} {last}": 12, "{title} {name}": 3, "{office}": 8, "{the}": 6,
        "{office} {last}": 10, "{office} {name}": 4, "{name}, {office}": 5, "{office}, {name}": 3,
        "{name} ({office})": 4, "{name} ({party})": 4, "{answer}": 12, "{initials}": 4, "{first}": 3,
        "{speaker} {number}": 4, "SPEAKER_{two}": 2, "{handle}": 2, "{f}. {last}": 4,
        "{title} {last} ({party})": 1, "{the} ({name})": 2,
    },
    "chair": {
        "{moderator}": 50, "{name}": 18, "{moderator} {last}": 4, "{name} ({moderator})": 6,
        "{title} {last}": 6, "{moderator} ({name})": 5, "{moderator}, {name}": 2, "{last}": 3,
        "{initials}": 2, "{speaker} {number}": 4,
    },
    "other": {
        "{name}": 30, "{title} {last}": 14, "{last}": 8, "{name} ({party})": 9, "{name}, {office}": 3,
        "{office}": 3, "{title} {name}": 5, "{initials}": 8, "{first}": 6, "{speaker} {number}": 8,
        "SPEAKER_{two}": 4, "{handle}": 4, "@{handle}": 1, "{f}. {last}": 4, "{the}": 1,
        "{title} {last} ({party})": 2, "{title} {name} ({place}) ({party})": 3,
    },
}  # fmt: skip
LATER = {  # where the full name came first; empty: the same again
    "": 72, "{last}": 9, "{title} {last}": 7, "{initials}": 4, "{first}": 4, "{office}": 2,
    "{office} {last}": 2,
}  # fmt: skip
BODY = {"": 92, "bold": 4, "italic": 4}  # how questions are set
BARE_BODY = {"": 20, "bold": 30, "italic": 20, "heading": 20, "dash": 10}  # where no label tells
EMPHASIS = {  # in Markdown, in HTML
    "": ("{}", "{}"), "bold": ("**{}**", "<strong>{}</strong>"), "bold2": ("__{}__", "<b>{}</b>"),
    "italic": ("*{}*", "<em>{}</em>"), "italic2": ("_{}_", "<i>{}</i>"), "under": ("***{}***", "<u>{}</u>"),
    "span": ("**{}**", '<span class="speaker">{}</span>'),
    "heading": ("### {}", "<h3>{}</h3>"), "dash": ("– {}", "– {}"),
}  # fmt: skip
INLINE = ("p", "br", "div", "li")  # ways of HTML in which the text follows the label
CAPTIONS = ("srt", "vtt")
FULL = "]】）)＞>」〉》：　"  # marks that need no space after them
BLEMISHES = (";", "", " :", "：", ".", ":.")


@dataclass(frozen=True)
class Person:
    """Somebody invented."""

    first: str
    last: str
    name: str
    words: dict[str, str]  # these and title, office, outlet, party, number


class Shown(NamedTuple):
    """A turn's label as printed, and whom it names."""

    above: str = ""
    label: str = ""
    below: str = ""
    lead: str = ""  # what stands before the text on its line
    speaker: str = ""


@dataclass
class Plan:
    """All that was drawn for one document, and how far it has been printed."""

    rng: Random
    language: str
    words: dict[str, list[str]]
    dense: bool
    draw: Choices
    forms: dict[str, Choices]
    naming: dict[str, tuple[str, str]]  # at first, later
    fixed: dict[str, str]  # the words for question, answer and so on
    body: str
    bare: frozenset[str] = frozenset()  # groups without labels
    cast: dict[str, Person] = field(default_factory=dict)
    seen: set[str] = field(default_factory=set)
    seconds: float = 0.0
    counted: Counter[str] = field(default_factory=Counter)

    @property
    def html(self) -> bool:
        return bool(self.draw["format"] == "html")

    @property
    def captions(self) -> bool:
        return self.draw["format"] in CAPTIONS

    @property
    def glue(self) -> str:
        """What stands between sentences."""
        return "" if self.dense else " "


def pick(rng: Random, table: dict[T, int]) -> T:
    """One of the values, by weight."""
    return rng.choices(list(table), list(table.values()))[0]


def drawn(rng: Random, tables: dict[str, dict[Any, int]]) -> Choices:
    """One value of each table."""
    return {name: pick(rng, table) for name, table in tables.items()}


# ---- drawing


def plan_for(rng: Random, talk: Conversation) -> Plan:
    """Draw everything for this conversation, and mend what contradicts itself."""
    words = vocabulary(talk.language)
    compact = words["script"] == ["dense"]
    draw, base = drawn(rng, DOCUMENT), drawn(rng, FORM)
    if draw["uniform"]:
        forms = dict.fromkeys(NAMING, settled(rng, base, draw, compact))
    else:
        forms = {group: settled(rng, drawn(rng, FORM), draw, compact) for group in NAMING}
    naming = {group: named(rng, group, draw) for group in NAMING}
    if words.get("title_after"):
        naming = {
            group: (_after(a, compact), _after(b, compact)) for group, (a, b) in naming.items()
        }
    fixed = {
        key: rng.choice(words[key])
        for key in ("question", "reporter", "answer", "moderator", "speaker")
    }
    plan = Plan(rng, talk.language, words, compact, draw, forms, naming, fixed, pick(rng, BODY))
    _modes(plan, talk)
    _page(plan)
    for number, who in enumerate(dict.fromkeys(turn.who for turn in talk.turns), 1):
        plan.cast[who] = person(plan, number)
    plan.fixed["moderator"] = plan.fixed["moderator"].format(last=rng.choice(words["last"]))
    plan.seconds = rng.choice(
        (0.0, 0.0, 0.0, 7.0, 61.0, 36_000.0 if draw["clock"][0] == "h" else 0.0)
    )
    plan.counted["n"] = plan.counted["q"] = rng.choice((0, 0, 0, 11, 117))
    return plan


def settled(rng: Random, form: Choices, draw: Choices, compact: bool) -> Choices:
    """A form of label without contradictions."""
    if compact and rng.random() < 0.75:
        form |= {"mark": pick(rng, DENSE_MARKS), "gap": ""}
    if draw["format"] == "html":
        form["alone"] = form["html"] not in INLINE
        form["prefix"] = "" if form["prefix"][:1] in ("#", ">", "*") else form["prefix"]
    elif draw["format"] == "txt" and rng.random() < 0.92:
        form["emphasis"] = ""
    form["alone"] |= bool(form["prefix"][:1] == "#" or form["time"] == "below" or form["below"])
    if draw["glue"] == "all" or draw["stamped"]:
        form |= {
            "alone": False,
            "time": "",
            "below": "",
            "prefix": form["prefix"].replace("#", "").strip(" "),
        }
    return _apart(rng, form, draw)


def _apart(rng: Random, form: Choices, draw: Choices) -> Choices:
    """A form in which something parts the label from the text."""
    if form["mark"] == "{}" and not form["alone"] and not form["emphasis"]:
        form["gap"] = rng.choice(("\t", "    ", "column"))
    if draw["format"] == "html" and form["alone"] == (form["html"] in INLINE):
        form["html"] = "p alone" if form["alone"] else "p"
    return form


def named(rng: Random, group: str, draw: Choices) -> tuple[str, str]:
    """How people of a role are named at first, and later."""
    first = pick(rng, NAMING[group])
    later = pick(rng, LATER) if "{name}" in first else first
    if first == "{initials}" and draw["explained"] == "first":
        first = "{name} ({initials})"
    return first, later or first


def _after(template: str, compact: bool) -> str:
    """The name before the title or office, as in Korean."""
    return re.sub(
        r"\{(title|office)\} \{(last|name)\}", r"{\2}{\1}" if compact else r"{\2} {\1}", template
    )


def _modes(plan: Plan, talk: Conversation) -> None:
    """Labels that are left out: only where nearly all is question and answer."""
    draw, n = plan.draw, Counter(turn.group for turn in talk.turns)
    both = min(n["ask"], n["answer"]) >= 3 and n["ask"] + n["answer"] > 0.85 * len(talk.turns)
    if draw["mode"] == "labels" or not both or plan.captions:
        draw["mode"] = "labels"
        return
    without = {"bare questions": ("ask",), "bare answers": ("answer",), "bare": ("ask", "answer")}
    plan.bare = frozenset(without[draw["mode"]])
    plan.body = pick(plan.rng, BARE_BODY) if "ask" in plan.bare else plan.body
    draw |= {"stamped": False, "glue": "", "indent": "", "double": False, "lost": 0.0}
    draw |= {"blanks": max(1, draw["blanks"]), "blanks_inside": 1}


def _page(plan: Plan) -> None:
    """Choices for the page that do not go together."""
    draw = plan.draw
    plan.body = plan.body if draw["format"] in ("md", "html") or plan.body == "dash" else ""
    draw["wrap"] = 0 if plan.body == "heading" else draw["wrap"]
    if draw["format"] != "txt":
        draw |= {"glue": "", "numbered": False, "double": False, "pages": ""}
    if plan.captions:
        often = plan.forms["answer"]["cue"][:2] == "<v" or plan.rng.random() < 0.25
        draw |= {"lost": 0.0, "stamped": often, "ends": "\n"}
    if draw["glue"]:
        draw |= {"wrap": 0, "indent": "", "numbered": False, "double": False, "pages": ""}
    draw["numbered"] = draw["numbered"] and not plan.dense
    _lines_of(draw, plan.forms["answer"]["alone"])


def _lines_of(draw: Choices, alone: bool) -> None:
    """Pages have lines; what has no room between turns has little inside them."""
    if draw["numbered"]:
        draw |= {"wrap": draw["wrap"] or 60, "pages": draw["pages"] or "plain"}
    if draw["pages"]:
        draw["wrap"] = draw["wrap"] or 80
    if draw["blanks"] == 0 and draw["blanks_inside"]:
        draw["blanks_inside"] = int(alone)


def person(plan: Plan, number: int) -> Person:
    """Somebody with a name that nobody else here has."""
    rng, words = plan.rng, plan.words
    foreign = plan.language in LATIN and rng.random() < 0.12
    names = vocabulary(rng.choice(LATIN)) if foreign else words
    taken = {(p.first, p.last) for p in plan.cast.values()}
    first, last = rng.choice(
        [(f, s) for f in names["first"] for s in names["last"] if (f, s) not in taken]
    )
    name = plan.glue.join((last, first) if names.get("family_first") else (first, last))
    handle = rng.choice((f"{first[0]}{last}", first, f"{first} {last}"))
    more = {key: rng.choice(words[key]) for key in ("title", "office", "outlet", "party", "place")}
    more |= {
        "number": str(number),
        "two": f"{number - 1:02d}",
        "first": first,
        "last": last,
        "name": name,
        "f": first[0],
    }
    more["handle"] = re.sub(r"[^\w]", rng.choice(("", "_", "-")), handle).lower()
    more["initials"] = "".join(w[0] for w in re.split(r"[\s-]+", name) if w[0].isalpha()).upper()
    more["the"] = rng.choice(words["the"]).format(more["office"])
    return Person(first, last, name, more)


# ---- labels


def show(plan: Plan, turn: Turn) -> Shown:
    """The label of a turn, and whom it names."""
    form, who = plan.forms[turn.group], plan.cast[turn.who]
    template = plan.naming[turn.group][turn.who in plan.seen]
    fields = {**who.words, **plan.fixed}
    speaker = _speaker(template, fields, plan)
    if form["case"] == "surname":
        fields |= {"last": who.last.upper(), "name": who.name.replace(who.last, who.last.upper())}
    words = _cased(template.format(**fields), form["case"])
    if template == "{question}" and len(words) < 3 and plan.rng.random() < 0.15:
        form = {**form, "mark": "{}", "gap": plan.rng.choice((" ", "  ", "    "))}
    below = form["below"].format(**fields) if turn.who not in plan.seen else ""
    plan.seen.add(turn.who)
    plan.counted.update(["n"] + ["q"] * (turn.group == "ask"))
    if plan.captions:
        label = form["cue"].format(
            words.title() if words.islower() and form["cue"][0] == "{" else words
        )
        return Shown(label=label.strip(), lead=label, speaker=speaker)
    label = _label(plan, form, words, turn.group == "ask")
    time = escape(plan, form["brackets"].format(clock(plan)))
    lead = "" if form["alone"] else label + _gap(form, label)
    places = {"above": ("", ""), "below": ("", below)} | {form["time"]: (time, time)}
    return Shown(places["above"][0], label, places["below"][1], lead, speaker)


def _cased(words: str, case: str) -> str:
    return words.upper() if case == "upper" else words.lower() if case == "lower" else words


def _gap(form: Choices, label: str) -> str:
    if form["gap"] == "column":
        return " " * max(2, COLUMN - len(label))
    return str(form["gap"]) or ("" if form["mark"][-1] in FULL else " ")


def escape(plan: Plan, text: str) -> str:
    """The text as the format needs it."""
    return html.escape(text, quote=False) if plan.html else text


def _label(plan: Plan, form: Choices, words: str, question: bool) -> str:
    """Name, marks, emphasis, number and time as they stand on the line."""
    time = escape(plan, form["brackets"].format(clock(plan)))
    space = {"nbsp": NBSP, "double": "  "}.get(plan.draw["spaces"], " ")
    inner = escape(plan, words.replace(" ", space)) + (
        f" {time}" if form["time"] == "inside" else ""
    )
    mark = escape(plan, _blemished(plan, form["mark"]))
    around = EMPHASIS[form["emphasis"]][plan.html]
    whole = form["emphasised"] == "all"
    text = around.format(mark.format(inner)) if whole else mark.format(around.format(inner))
    prefix = form["prefix"] if question or "{q}" not in form["prefix"] else ""
    text = escape(plan, prefix.format(**plan.counted)) + text
    return {"before": f"{time} {text}", "after": f"{text} {time}"}.get(form["time"], text)


def _blemished(plan: Plan, mark: str) -> str:
    """The mark as a bad scan or a tired hand has it, now and then."""
    if plan.rng.random() >= plan.draw["blemish"]:
        return mark
    return mark.replace(":", plan.rng.choice(BLEMISHES)).replace(
        ".-", plan.rng.choice((". -", "-", "."))
    )


def _speaker(template: str, fields: dict[str, str], plan: Plan) -> str:
    """What the gold calls the speaker: the name in the label, else the words of it."""
    if template == "{initials}" and plan.draw["explained"] != "never":
        return fields["name"]
    known = next((key for key in ("name", "last", "first") if f"{{{key}}}" in template), "")
    return fields[known] if known else template.format(**fields)


def clock(plan: Plan) -> str:
    """The time now, as this document prints times."""
    h, m, s = int(plan.seconds // 3600), int(plan.seconds // 60 % 60), int(plan.seconds % 60)
    return {
        "h:mm:ss": f"{h:02d}:{m:02d}:{s:02d}", "mm:ss": f"{h * 60 + m:02d}:{s:02d}",
        "m:ss": f"{h * 60 + m}:{s:02d}", "ms": f"{h:02d}:{m:02d}:{s:02d}.480", "hh:mm": f"{(9 + h) % 24}:{m:02d}",
    }[plan.draw["clock"]]  # fmt: skip


# ---- words


def fill(plan: Plan, template: str) -> str:
    """A line of the word list with its places filled."""
    return re.sub(r"\{(\w+)\}", lambda match: _filled(plan, match[1]), template)


def _filled(plan: Plan, key: str) -> str:
    rng, people = plan.rng, list(plan.cast.values())
    if key == "date":
        return _date(plan)
    if key in ("people", "rows"):
        return _people(plan, "\n" if key == "rows" else rng.choice((", ", "; ")))
    if key in ("name", "last", "title") and people and rng.random() < 0.6:
        return rng.choice(people).words[key]
    return " ".join(
        rng.choice(plan.words[name]) for name in (("first", "last") if key == "name" else (key,))
    )


def _date(plan: Plan) -> str:
    rng = plan.rng
    y, m, d = rng.randint(1987, 2026), rng.randint(1, 12), rng.randint(1, 28)
    month = rng.choice("January April May June August October December".split())
    forms = [
        f"{y}-{m:02d}-{d:02d}",
        f"{d:02d}.{m:02d}.{y}",
        f"{d} {month} {y}",
        f"{month} {d}, {y}",
    ]
    return (
        f"{y}年{m}月{d}日"
        if plan.dense
        else rng.choice(forms if plan.language == "en" else forms[:2])
    )


def _people(plan: Plan, glue: str) -> str:
    people = list(plan.cast.values())
    some = plan.rng.sample(people, min(len(people), plan.rng.randint(2, 8)))
    styles = "{name}|{name}, {office}|{name} ({party})|{office}: {name}|{initials} - {name}|{name} – {outlet}"
    style = plan.rng.choice(styles.split("|"))
    return glue.join(style.format(**p.words) for p in some)
