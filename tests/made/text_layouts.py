"""Layouts of plain text; each function draws one page from `rng`."""

from __future__ import annotations

import random
import textwrap

from .events import Event, Person, panel, podium
from .pages import NBSP, Labels, Namer, Page, foot, head, label_all, make_page
from .tongues import CHINESE, FRENCH, SPANISH
from .words import ENGLISH


def label_alone(rng: random.Random) -> Page:
    """Label with a colon on its own line; some questions have none, and more room above."""
    event = panel(rng, namesakes=rng.random() < 0.3)
    labels = label_all(event, lambda p, n: p.organisation if p.role == "journalist" else p.full)
    for i, said in enumerate(event.said):
        if said.kind == "question" and event.said[i - 1].kind != "hand" and rng.random() < 0.25:
            labels[i] = None
    room = rng.choice([1, 1, 2])
    gap = "\n\n" * room
    text = gap.join(head(rng, event))
    for said, label in zip(event.said, labels, strict=True):
        text += f"{gap}{label}:{rng.choice(['', '', NBSP, ' '])}" if label else "\n" * room
        text += "".join(gap + p + rng.choice(["", NBSP]) for p in said.paragraphs)
    return make_page(event, labels, gap.join([text, *foot(rng, event)]))


def inline_upper(rng: random.Random) -> Page:
    """`PRESS SECRETARY LENA ORTOLAN:` at first, then `MS. ORTOLAN:`; questions are `Q:`."""
    event = podium(rng, officials=rng.choice([1, 2]))
    office = rng.choice(["PRESS SECRETARY ", "MINISTER ", ""])
    labels = label_all(event, _full_then_short(office, "Q"))
    space = rng.choice(["  ", " ", " " + NBSP, ""])
    return make_page(event, labels, _inline(rng, event, labels, ":" + space))


def bare_q_wrapped(rng: random.Random) -> Page:
    """`MS. ORTOLAN:` and a bare `Q`, lines wrapped hard."""
    event = podium(rng)
    labels = label_all(event, _full_then_short(None, "Q"))
    marks = {"Q": "Q    "}
    width = rng.choice([60, 72, 79])
    text = _inline(rng, event, labels, ":  ", marks=marks, width=width)
    return make_page(event, labels, text)


def period_upper(rng: random.Random) -> Page:
    """`CHAIR ORTOLAN.` and `PIET VELDERMAN.`; wrapped lines, and page heads in mid-turn."""
    event = panel(rng)

    def namer(p: Person, n: int) -> str:
        form = f"CHAIR {p.family}" if p == event.officials[0] else p.full
        return form.upper()

    labels = label_all(event, namer)
    text = _inline(rng, event, labels, ".  ", width=78, indent=rng.choice(["", " " * 7]))
    if rng.random() < 0.5:
        text = _paged(text, "May 14, 2031          Press Conference on Boats          FINAL")
    return make_page(event, labels, text)


def question_word(rng: random.Random) -> Page:
    """`JOURNALIST:` and `PM:`, with or without blank lines."""
    event = podium(rng)
    ask, say = (
        rng.choice(["JOURNALIST", "QUESTION", "REPORTER"]),
        rng.choice(["PM", "MINISTER"]),
    )
    labels = label_all(event, lambda p, n: ask if p.role == "journalist" else say)
    gap = rng.choice(["\n", "\n\n"])
    return make_page(event, labels, _inline(rng, event, labels, ": ", gap=gap))


def name_organisation(rng: random.Random) -> Page:
    """`Colin Drummery, Radio Meridian:` asks `Minister Ortolan:`, with headings between."""
    event = panel(rng)
    titles = rng.sample(["Minister", "Director", "Secretary", "Professor"], 2)

    def namer(p: Person, n: int) -> str:
        if p.role == "journalist":
            return f"{p.full}, {p.organisation}"
        if p.role == "moderator":
            return "Moderator"
        title = titles[event.officials.index(p)]
        return f"{p.full}, {p.office}" if n == 0 else f"{title} {p.family}"

    labels = label_all(event, namer)
    return make_page(event, labels, _inline(rng, event, labels, ": ", headings=True))


def name_in_brackets(rng: random.Random) -> Page:
    """`Lena Ortolan (Ministry of Ports):` for everybody."""
    event = panel(rng, namesakes=rng.random() < 0.3)
    labels = label_all(
        event, lambda p, n: f"{p.full} ({p.organisation})" if p.organisation else p.full
    )
    return make_page(event, labels, _inline(rng, event, labels, ": "))


def full_width_colon(rng: random.Random) -> Page:
    """Chinese, with `：`; a line of its own or inline."""
    if rng.random() < 0.5:
        event = panel(rng, CHINESE)
        labels = label_all(event, lambda p, n: p.organisation if p.role == "journalist" else p.full)
    else:
        event = podium(rng, CHINESE)
        ask, say = rng.choice([("记者", "发言人"), ("问", "答")])
        labels = label_all(event, lambda p, n: ask if p.role == "journalist" else say)
    mark = rng.choice(["：", "：", "：\n\n"])
    blocks = head(rng, event)
    for said, label in zip(event.said, labels, strict=True):
        blocks += [f"{label}{mark}{said.paragraphs[0]}", *said.paragraphs[1:]]
    return make_page(event, labels, "\n\n".join(blocks))


def french_dashes(rng: random.Random) -> Page:
    """`Q - ` and `R - `, or `Q.` and `A.`"""
    french = rng.random() < 0.6
    event = podium(rng, FRENCH if french else ENGLISH, questions_only=True)
    ask, say = ("Q", "R") if french else ("Q", "A")
    mark = rng.choice([" - ", " – "] if french else [". ", ".  "])
    labels = label_all(event, lambda p, n: ask if p.role == "journalist" else say)
    return make_page(event, labels, _inline(rng, event, labels, mark))


def spanish(rng: random.Random) -> Page:
    """Titles and names in capitals between rules, or `PERIODISTA.- text`."""
    event = podium(rng, SPANISH, officials=2)
    if rng.random() < 0.5:
        labels = label_all(event, _spanish_label(", "))
        blocks = ["\n".join(head(rng, event))]
        for said, label in zip(event.said, labels, strict=True):
            blocks.append("\n".join([str(label), *said.paragraphs]))
        return make_page(event, labels, "\n---\n".join(blocks))
    labels = label_all(event, _spanish_label(" "))
    return make_page(event, labels, _inline(rng, event, labels, ".- "))


def run_together(rng: random.Random) -> Page:
    """Several turns in one paragraph, each label right after the sentence before."""
    event = podium(rng)
    ask = rng.choice(["QUESTION", "Q", "REPORTER"])
    labels = label_all(event, _full_then_short(None, ask))
    text = ""
    for said, label in zip(event.said, labels, strict=True):
        new = not text or said.kind == "question" and rng.random() < 0.6
        text += ("\n\n" if new else " ") + f"{label}: " + " ".join(said.paragraphs)
    return make_page(event, labels, "\n\n".join(head(rng, event)) + text)


def _full_then_short(office: str | None, ask: str) -> Namer:
    def namer(p: Person, n: int) -> str:
        if p.role == "journalist":
            return ask
        full = n == 0 and office is not None
        return (f"{office}{p.full}" if full else p.called).upper()

    return namer


def _spanish_label(mark: str) -> Namer:
    def namer(p: Person, n: int) -> str:
        if p.role == "journalist":
            return "PREGUNTA" if mark == ", " else "PERIODISTA"
        return (f"{p.office}{mark}{p.full}" if mark == ", " else p.full).upper()

    return namer


def _inline(
    rng: random.Random, event: Event, labels: Labels, mark: str, *, gap: str = "\n\n",
    marks: dict[str, str] | None = None, width: int = 0, indent: str = "",
    headings: bool = False,
) -> str:  # fmt: skip
    """Labels before the text, with furniture above and below."""
    blocks = head(rng, event)
    for said, label in zip(event.said, labels, strict=True):
        if headings and said.kind == "question" and rng.random() < 0.3:
            blocks.append(event.rng.choice(["The Night Train", "Money for the Coast", "Boats"]))
        lead = (marks or {}).get(label or "", f"{label}{mark}")
        paragraphs = [lead + said.paragraphs[0], *said.paragraphs[1:]]
        blocks += [_wrap(p, width, indent) for p in paragraphs]
    return gap.join(blocks + foot(rng, event)) + "\n"


def _wrap(text: str, width: int, indent: str) -> str:
    if not width:
        return text
    return textwrap.fill(
        text, width, initial_indent=indent, break_long_words=False, break_on_hyphens=False,
        drop_whitespace=True, fix_sentence_endings=False, replace_whitespace=False,
    )  # fmt: skip


def _paged(text: str, running: str) -> str:
    """The text with a running head and a page number every 30 lines."""
    lines = text.split("\n")
    pages = [lines[i : i + 30] for i in range(0, len(lines), 30)]
    made = []
    for i, page in enumerate(pages, 1):
        made.append("\n".join([running, "", *page, "", " " * 30 + f"Page {i} of {len(pages)}"]))
    return "\f".join(made)
