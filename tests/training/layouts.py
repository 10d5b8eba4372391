"""Conversations printed in layouts that nobody has seen, with gold, to learn labels from.

    python tests/training/layouts.py --out build/layouts --seed 1 --count 400 --negatives 100

What is said comes from conversations.py, what it looks like from layout_plan.py; here it is
printed. `--negatives` adds documents that are no transcripts: their gold has no turns. DIR/src
and DIR/gold are what `gold.golds(DIR / "gold", DIR / "src")` reads. The same seed gives the same
files, as long as ../shared and the tables are the same.
"""

from __future__ import annotations

import argparse
import html
import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from itertools import pairwise
from pathlib import Path
from random import Random
from typing import NamedTuple

from conversations import (
    Conversation,
    Turn,
    any_conversation,
    dense,
    houses,
    sentences_of,
    shuffled,
)
from layout_plan import COLUMN, EMPHASIS, Plan, Shown, escape, fill, pick, plan_for, show

COLUMNS = "turn_no speaker role first6 last6 n_words raw_label reply_to start_s stop_s note".split()
LEAST = 4  # words on a turn's first and last line where page heads or numbers part the lines
LINES = 25  # on a page with numbered lines
HTML = {  # before, first paragraph, other paragraphs, after; L is the label
    "p": ("", "<p>{L}{p}</p>", "<p>{p}</p>", ""), "br": ("", "{L}{p}<br>", "{p}<br>", "<br>"),
    "div": ('<div class="turn">', "<p>{L}{p}</p>", "<p>{p}</p>", "</div>"),
    "li": ("<li>", "{L}{p}", "<p>{p}</p>", "</li>"),
    "h3": ("<h3>{L}</h3>", "<p>{p}</p>", "<p>{p}</p>", ""),
    "h4": ("<h4>{L}</h4>", "<div>{p}</div>", "<div>{p}</div>", ""),
    "p alone": ("<p>{L}</p>", "<p>{p}</p>", "<p>{p}</p>", ""),
    "p br": ("", "<p>{L}<br>{p}</p>", "<p>{p}</p>", ""),
    "dl": ("<dt>{L}</dt><dd>", "<p>{p}</p>", "<p>{p}</p>", "</dd>"),
    "tr": ("<tr><td>{L}</td><td>", "{p}", "<br>{p}", "</td></tr>"),
    "div div": ('<div class="name">{L}</div><div class="text">', "<p>{p}</p>", "<p>{p}</p>", "</div>"),
}  # fmt: skip
AROUND = {"dl": ("<dl>", "</dl>"), "tr": ("<table>", "</table>"), "li": ("<ul>", "</ul>")}
FEET = ("{n}", "- {n} -", "Page {n}", "Page {n} of 9", "{n} / 9", "")
INITIALS = (
    "{initials}: {name}",
    "{initials} = {name}",
    "{name} ({initials})",
    "{initials} – {name}, {office}",
)
QUOTED = (
    "“{}” said {name}.", "{name} said: “{}”", "“{}”", "As {name} put it: “{}”",
    "{name}, {office}, said that “{}”", '"{}" - {name}, {office}',
)  # fmt: skip


class Piece(NamedTuple):
    """A stretch of output; `body` is the part of it that is said in turn `turn`."""

    printed: str
    turn: int = -1
    body: str = ""
    cut: bool = False  # letters stand between this body and the one before
    hold: bool = False  # a label: no page ends here
    join: str = "\n"


class Printed(NamedTuple):
    """A document and the gold of its turns."""

    text: str
    rows: list[list[str]]


BLANK = Piece("")
INTERVIEWS = 0.3  # share of conversations of which only questions and answers are printed


# ---- what is said


def merged(turns: Sequence[Turn], plan: Plan) -> list[Turn]:
    """Turns that nothing would tell apart become one."""
    out: list[Turn] = []
    for turn in turns:
        bare = turn.group in plan.bare
        last = out[-1] if out and (bare or plan.draw["stamped"]) else None
        if last is not None and last.group == turn.group and (bare or last.who == turn.who):
            last.ids += turn.ids
            last.paragraphs += turn.paragraphs
            last.answers |= turn.answers
        else:
            out.append(
                replace(
                    turn, ids=[*turn.ids], paragraphs=[*turn.paragraphs], answers={*turn.answers}
                )
            )
    return out


def texts(plan: Plan, turn: Turn) -> list[str]:
    """The paragraphs of a turn: kept, joined or parted, with traps here and there."""
    how, paragraphs = plan.draw["paragraphs"], turn.paragraphs
    if how == "joined" or (turn.group == "ask" and plan.bare):
        paragraphs = [plan.glue.join(paragraphs)]
    elif how == "parted":
        paragraphs = [
            part for p in paragraphs for part in _parted(plan.rng, sentences_of(p), plan.glue)
        ]
    return [_trapped(plan, p) for p in paragraphs]


def _parted(rng: Random, sentences: Sequence[str], glue: str) -> Iterator[str]:
    """Paragraphs of one to five sentences."""
    at = 0
    while at < len(sentences):
        n = rng.randint(1, 5)
        yield glue.join(sentences[at : at + n])
        at += n


def _trapped(plan: Plan, paragraph: str) -> str:
    """The paragraph with a sentence in it that looks like a label, perhaps."""
    if plan.rng.random() >= plan.draw["traps"]:
        return paragraph
    sentences = sentences_of(paragraph)
    sentences.insert(
        plan.rng.randint(0, len(sentences)), fill(plan, plan.rng.choice(plan.words["trap"]))
    )
    return plan.glue.join(sentences)


def wrapped(text: str, width: int, *, lead: int = 0, rest: int = 0, least: int = 1) -> list[str]:
    """Lines of `width`; no fewer than `least` words on the first and the last."""
    if not width:
        return [text]
    close = dense(text)
    units, glue = (list(text), "") if close else (text.split(), " ")
    width = max(width // 2 if close else width, 24)
    lines: list[list[str]] = [[]]
    used = lead
    for unit in units:
        if used + len(unit) > width and len(lines[-1]) >= (least if len(lines) == 1 else 1):
            lines.append([])
            used = rest
        lines[-1].append(unit)
        used += len(unit) + len(glue)
    while len(lines) > 1 and len(lines[-1]) < least < len(lines[-2]):
        lines[-1].insert(0, lines[-2].pop())
    return [glue.join(line) for line in lines]


# ---- turns on the page


def printed(plan: Plan, turns: Sequence[Turn]) -> Printed:
    """The document in the format that was drawn, and its gold."""
    pieces: list[Piece] = []
    rows: list[list[str]] = []
    before: Turn | None = None
    for n, turn in enumerate(turns):
        shown = show(plan, turn)
        wide = _set_off(plan, turn, before)
        pieces += [BLANK] * (plan.draw["wide"] if wide else 0)
        shown = Shown() if wide or _unlabelled(plan, turn, before) else shown
        paragraphs = texts(plan, turn)
        pieces += _between(plan, turn, before) + _turn(plan, n, turn, shown, paragraphs)
        rows.append(_row(plan, turns, n, shown))
        plan.seconds += len(" ".join(paragraphs).split()) / 2.5 + plan.rng.random() * 3
        before = turn
    pieces = _finish(plan, pieces)
    for n, row in enumerate(rows):
        row[3:6] = _words(pieces, n)
    text = "".join((p.join if i else "") + p.printed for i, p in enumerate(pieces)) + "\n"
    return Printed(text.replace("\n", plan.draw["ends"]), rows)


def _row(plan: Plan, turns: Sequence[Turn], n: int, shown: Shown) -> list[str]:
    """The gold of a turn, its words to be added."""
    turn = turns[n]
    answers = [str(k) for k, other in enumerate(turns, 1) if turn.answers.intersection(other.ids)]
    timed = plan.captions or plan.forms[turn.group]["time"]
    start = f"{plan.seconds:.0f}" if timed and shown.label else ""
    note = "the label stands on every paragraph" if plan.draw["stamped"] else ""
    label = _visible(plan, shown)
    return [
        str(n + 1),
        shown.speaker,
        turn.role,
        "",
        "",
        "",
        label,
        ",".join(answers),
        start,
        "",
        note,
    ]


def _unlabelled(plan: Plan, turn: Turn, before: Turn | None) -> bool:
    """Whether the label is left out: as the document has it, or lost."""
    if turn.group in plan.bare:
        told = turn.group == "ask" and bool(plan.body)
        return told or (before is not None and {before.group, turn.group} == {"ask", "answer"})
    return before is not None and plan.rng.random() < plan.draw["lost"]


def _set_off(plan: Plan, turn: Turn, before: Turn | None) -> bool:
    """Whether more room than usual stands for the label of a question."""
    may = plan.draw["wide"] and not plan.html and not plan.captions and not plan.bare
    return bool(may and before is not None and turn.group == "ask" and plan.rng.random() < 0.2)


def _visible(plan: Plan, shown: Shown) -> str:
    """The label as a reader sees it."""
    label = f"{shown.label} {shown.below}".strip() if shown.label else ""
    return html.unescape(re.sub(r"<[^>]+>", "", label)) if plan.html else label


def _words(pieces: Sequence[Piece], n: int) -> list[str]:
    """First and last words that stand together, and the number of all."""
    runs: list[list[str]] = [[]]
    apart = False
    for piece in pieces:
        if piece.turn == n and piece.body:
            if runs[-1] and (piece.cut or apart):
                runs.append([])
            runs[-1] += piece.body.split()
            apart = False
        elif piece.turn != n:
            apart = apart or any(c.isalnum() for c in piece.printed)
    return [" ".join(runs[0][:6]), " ".join(runs[-1][-6:]), str(sum(map(len, runs)))]


def _between(plan: Plan, turn: Turn, before: Turn | None) -> list[Piece]:
    """Blank lines, headings and stage directions before a turn."""
    if before is None or plan.captions or (plan.html and plan.forms["answer"]["html"] in AROUND):
        return []
    rng, draw = plan.rng, plan.draw
    kinds = [
        k for k, key in (("stage", "stages"), ("topic", "headings")) if rng.random() < draw[key]
    ]
    extra = [
        fill(plan, rng.choice(plan.words[kind])) for kind in kinds if turn.group not in plan.bare
    ]
    if plan.html:
        tag = rng.choice(("p", "h2", "h4", "em"))
        return [Piece(f"<{tag}>{escape(plan, text)}</{tag}>") for text in extra]
    rule = [Piece(draw["ruled"]), *[BLANK] * draw["blanks"]] if draw["ruled"] else []
    return [BLANK] * draw["blanks"] + rule + _notes(plan, extra)


def _notes(plan: Plan, lines: Sequence[str]) -> list[Piece]:
    """Lines between turns, as headings or in bold type in Markdown."""
    mark = plan.rng.choice(("", "", "## ", "**")) if plan.draw["format"] == "md" else ""
    blank = [BLANK] * plan.draw["blanks"]
    return [p for text in lines for p in (Piece(mark + text + mark.replace("## ", "")), *blank)]


def _turn(plan: Plan, n: int, turn: Turn, shown: Shown, paragraphs: list[str]) -> list[Piece]:
    how = _html_turn if plan.html else _cues if plan.captions else _text_turn
    return list(how(plan, n, turn, shown, paragraphs))


def _text_turn(
    plan: Plan, n: int, turn: Turn, shown: Shown, paragraphs: list[str]
) -> Iterator[Piece]:
    """Label and paragraphs in plain text or Markdown."""
    draw = plan.draw
    yield from _label_lines(plan, shown)
    join = " " if draw["glue"] == "some" and shown.lead and plan.rng.random() < 0.3 else "\n"
    first = {"first": "    "}.get(draw["indent"], "")
    for k, paragraph in enumerate(paragraphs):
        lead = first if k and not draw["stamped"] else shown.lead
        lines = _lines(plan, n, turn, lead, paragraph)
        if k:
            yield from [BLANK] * draw["blanks_inside"]
            lines[0] = lines[0]._replace(cut=draw["stamped"])
        else:
            lines[0] = lines[0]._replace(join=join)
        yield from lines


def _label_lines(plan: Plan, shown: Shown) -> Iterator[Piece]:
    """The lines of a label that stands alone, and a time above it."""
    alone = bool(shown.label) and not shown.lead
    lines = [shown.above, *((shown.label, shown.below) if alone else ())]
    yield from (Piece(line, hold=True) for line in lines if line)
    yield from [Piece("", hold=True)] * (plan.draw["blanks_label"] if alone else 0)


def _lines(plan: Plan, n: int, turn: Turn, lead: str, paragraph: str) -> list[Piece]:
    """The printed lines of one paragraph."""
    draw, form = plan.draw, plan.forms[turn.group]
    indent = {"hang": "    ", "all": "      "}.get(draw["indent"], "")
    rest = " " * COLUMN if form["gap"] == "column" and not form["alone"] else indent
    lead = lead or ("" if draw["indent"] == "hang" else rest)
    lines = _broken(plan, paragraph, len(lead), len(rest))
    opened, _, shut = EMPHASIS[plan.body if turn.group == "ask" else ""][0].partition("{}")
    starts = [lead + opened, *[rest] * (len(lines) - 1)]
    out = [Piece(start + line, n, line) for start, line in zip(starts, lines, strict=True)]
    out[-1] = out[-1]._replace(printed=out[-1].printed + shut)
    return out


def _broken(plan: Plan, paragraph: str, lead: int, rest: int) -> list[str]:
    """Lines; a short paragraph stays whole where page heads or numbers come between lines."""
    width = plan.draw["wrap"]
    if not (plan.draw["pages"] or plan.draw["numbered"]):
        return wrapped(paragraph, width, lead=lead, rest=rest)
    short = len(paragraph.split()) < 2 * LEAST and not plan.dense
    return wrapped(paragraph, 0 if short else width, lead=lead, rest=rest, least=LEAST)


def _html_turn(
    plan: Plan, n: int, turn: Turn, shown: Shown, paragraphs: list[str]
) -> Iterator[Piece]:
    """Label and paragraphs as elements."""
    kind = plan.forms[turn.group]["html"]
    opened, first, other, shut = HTML[kind if shown.label or kind in AROUND else "p"]
    label = shown.lead or "<br>".join(filter(None, (shown.label, shown.below)))
    around = EMPHASIS[plan.body if turn.group == "ask" else ""][1]
    if shown.above and kind not in AROUND:
        yield Piece(f"<p>{shown.above}</p>" if kind != "br" else f"{shown.above}<br>")
    rows = [first, *[first if plan.draw["stamped"] else other] * (len(paragraphs) - 1)]
    if plan.body == "heading" and turn.group == "ask":
        rows = ["{p}" for _ in paragraphs]
    rows[0] = opened + rows[0]
    rows[-1] += shut
    for k, paragraph in enumerate(paragraphs):
        text = around.format(html.escape(paragraph, quote=False))
        row = rows[k].replace("{L}", label).replace("{p}", text)
        yield Piece(row, n, paragraph, cut=bool(k and plan.draw["stamped"]))


def _cues(plan: Plan, n: int, turn: Turn, shown: Shown, paragraphs: list[str]) -> Iterator[Piece]:
    """Captions: some words a cue, the label in the first or in each."""
    kind, seconds = plan.draw["format"], plan.seconds
    size = 48 if plan.dense else plan.rng.choice((36, 60, 80))
    for k, line in enumerate(wrapped(plan.glue.join(paragraphs), size, least=LEAST)):
        stop = seconds + max(0.8, len(line.split()) / 2.5)
        plan.counted["cue"] += 1
        yield from [BLANK] + [Piece(str(plan.counted["cue"]))] * (kind == "srt")
        yield Piece(f"{_cue_time(seconds, kind)} --> {_cue_time(stop, kind)}")
        stamped = bool(k and plan.draw["stamped"])
        yield Piece((shown.lead if not k or stamped else "") + line, n, line, cut=stamped)
        seconds = stop


def _cue_time(seconds: float, kind: str) -> str:
    h, m, s = int(seconds // 3600), int(seconds // 60 % 60), seconds % 60
    return f"{h:02d}:{m:02d}:{min(s, 59.999):06.3f}".replace(".", "," if kind == "srt" else ".")


# ---- what stands around them


def _around(plan: Plan, which: str) -> list[str]:
    """The lines of a head or a tail."""
    rng = plan.rng
    n = min(plan.draw[which], len(plan.words[which]))
    lines = [fill(plan, one) for one in rng.sample(plan.words[which], n)]
    if which == "head" and n:
        place = rng.choice((0, 0, 0, len(lines) // 2))
        lines.insert(place, fill(plan, rng.choice(plan.words["title_line"])))
    short = any("{initials}" in template for pair in plan.naming.values() for template in pair)
    if which == "head" and short and plan.draw["explained"] == "head":
        style = rng.choice(INITIALS)
        lines += [style.format(**p.words) for p in plan.cast.values()]
    return [row for line in lines for row in line.split("\n")]


def _finish(plan: Plan, pieces: list[Piece]) -> list[Piece]:
    """Head, tail, pages, numbers: everything that is nobody's speech."""
    if plan.captions:
        return [Piece("WEBVTT"), *pieces] if plan.draw["format"] == "vtt" else pieces[1:]
    head, tail = _around(plan, "head"), _around(plan, "tail")
    if plan.html:
        return _html_page(plan, head, tail, pieces)
    gap = [BLANK] * max(plan.draw["blanks"], plan.rng.choice((0, 1, 1, 2)), int(bool(plan.bare)))
    top, end = _spaced(plan, head, gap[:1]), _spaced(plan, tail, gap[:1])
    pieces = [*_front(plan), *top, *gap, *pieces, *gap, *end]
    if plan.draw["glue"] == "all":
        return [p._replace(join=" ") for p in pieces if p.printed]
    return _sheets(plan, pieces)


def _spaced(plan: Plan, lines: Sequence[str], gap: list[Piece]) -> list[Piece]:
    """Lines of a head or tail, some of them emphasised in Markdown."""
    out: list[Piece] = []
    for line in lines:
        mark = (
            plan.rng.choice(("", "", "", "# ", "*", "**", "- "))
            if plan.draw["format"] == "md"
            else ""
        )
        out += [Piece(mark + line + (mark if mark in ("*", "**") else "")), *gap]
    return out


def _front(plan: Plan) -> list[Piece]:
    """Front matter, as static sites have it."""
    if plan.draw["format"] != "md" or not plan.draw["front"]:
        return []
    title, names = fill(plan, "{topic}").replace(":", ""), fill(plan, "{name}, {name}")
    return [
        Piece(row)
        for row in ("---", f"title: {title}", "layout: transcript", f"speakers: [{names}]", "---")
    ]


def _sheets(plan: Plan, pieces: list[Piece]) -> list[Piece]:
    """Pages, numbered lines and double spacing."""
    if plan.draw["pages"]:
        pieces = list(_paged(plan, pieces))
    if plan.draw["numbered"]:
        pieces = list(_numbered(pieces))
    if plan.draw["double"]:
        pieces = [q for p in pieces for q in ((p, BLANK) if p.printed else (p,))]
    return pieces


def _paged(plan: Plan, pieces: Sequence[Piece]) -> Iterator[Piece]:
    """Page heads and feet after so many lines, in the middle of turns too."""
    rng, size, page, used = plan.rng, plan.rng.randint(LINES, 55), 1, 0
    topic, link = (
        fill(plan, rng.choice(plan.words["topic"])),
        "http://www.example.org/transcript?id=17",
    )
    foot, head = rng.choice(FEET), rng.choice(("", topic, fill(plan, "{place}, {date}"), link))
    feed = "\f" if plan.draw["pages"] == "feed" else ""
    for piece, then in pairwise([*pieces, BLANK]):
        yield piece
        used += 1
        inside = piece.turn == then.turn >= 0
        if used < size or piece.hold or (inside and plan.dense):
            continue
        yield from (BLANK, Piece(foot.format(n=page)), Piece(feed + head), BLANK)
        page, used = page + 1, 0


def _numbered(pieces: Sequence[Piece]) -> Iterator[Piece]:
    """A number before each line, as courts print them."""
    n = 0
    for piece in pieces:
        if not piece.printed.strip():
            yield piece
            continue
        n = n % LINES + 1
        feed = "\f" if piece.printed[0] == "\f" else ""
        yield piece._replace(printed=f"{feed}{n:>2}   {piece.printed.lstrip(chr(12))}", cut=True)


def _html_page(plan: Plan, head: list[str], tail: list[str], pieces: list[Piece]) -> list[Piece]:
    """A page with menus, its head, the turns, its tail."""
    rng, outer = plan.rng, plan.draw["outer"]
    topics = [fill(plan, rng.choice(plan.words["topic"])) for _ in range(rng.choice((0, 3, 8)))]
    links = "".join(
        f"<li><a href='/{i}'>{html.escape(topic)}</a></li>" for i, topic in enumerate(topics)
    )
    title = html.escape(fill(plan, rng.choice(plan.words["title_line"])))
    opened, shut = (
        AROUND.get(plan.forms["answer"]["html"], ("", "")) if plan.draw["uniform"] else ("", "")
    )
    outer = outer if outer != "body" else "div"
    rows, last = ([f"<p>{html.escape(row)}</p>" for row in some] for some in (head, tail))
    begin = f"<!doctype html><html lang='{plan.language}'><head><meta charset='utf-8'><title>{title}</title></head><body>"
    top = [begin, f"<nav><ul>{links}</ul></nav>" if links else "", f"<{outer}>", *rows, opened]
    end = [shut, *last, f"</{outer.split()[0]}>", "</body></html>"]
    return [Piece(x) for x in top if x] + pieces + [Piece(x) for x in end if x]


# ---- what is no transcript


def negative(rng: Random, talk: Conversation) -> tuple[str, str]:
    """A document without turns, and its format."""
    plan = plan_for(rng, replace(talk, language="en" if rng.random() < 0.5 else talk.language))
    blocks = _around(plan, "head")[:5] if rng.random() < 0.4 else []
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        blocks += [fill(plan, "{topic}")] * (rng.random() < 0.5) + pick(rng, NEGATIVE)(plan, talk)
    form = rng.choice(("txt", "txt", "md", "html"))
    if form == "html":
        tag = rng.choice(("p", "p", "div", "li"))
        rows = "\n".join(f"<{tag}>{html.escape(block)}</{tag}>" for block in blocks)
        return f"<html><body>\n{rows}\n</body></html>\n", form
    width, gap = rng.choice((0, 0, 66, 80)), "\n" * rng.choice((1, 2, 2))
    return gap.join(
        "\n".join(wrapped(b, width if len(b) > 100 else 0)) for b in blocks
    ) + "\n", form


def _sentences(plan: Plan, talk: Conversation, most: int) -> list[str]:
    """Sentences of the conversation, in any order."""
    known = [s for turn in talk.turns for p in turn.paragraphs for s in sentences_of(p)]
    return plan.rng.sample(known, min(len(known), most))


def _paragraphs(plan: Plan, sentences: Sequence[str]) -> list[str]:
    return list(_parted(plan.rng, sentences, "" if dense("".join(sentences[:5])) else " "))


def _permuted(plan: Plan, talk: Conversation) -> list[str]:
    return _paragraphs(plan, _sentences(plan, talk, plan.rng.randint(8, 80)))


def _article(plan: Plan, talk: Conversation) -> list[str]:
    """Prose with quotations."""
    said = [re.sub(r"[{}]", "", s) for s in _sentences(plan, talk, 8)]
    sentences = plan.rng.sample(plan.words["prose"], 8)
    sentences += [plan.rng.choice(QUOTED).replace("{}", s) for s in said]
    plan.rng.shuffle(sentences)
    return _paragraphs(plan, [fill(plan, s) for s in sentences])


def _speech(plan: Plan, talk: Conversation) -> list[str]:
    """What is said, in a row and without a name: nobody can tell who says it."""
    spoken = [p for turn in talk.turns if turn.role != "journalist" for p in turn.paragraphs]
    return spoken[: plan.rng.randint(4, 30)]


def _rows(key: str, least: int, most: int) -> Callable[[Plan, Conversation], list[str]]:
    """A maker of lists, some with the words before the colon in bold type."""

    def rows(plan: Plan, talk: Conversation) -> list[str]:
        prefix = plan.rng.choice(("", "", "- ", "* ", "• ", "1. ")) if key == "list_rows" else ""
        some = [
            fill(plan, plan.rng.choice(plan.words[key]))
            for _ in range(plan.rng.randint(least, most))
        ]
        bold = plan.rng.random() < 0.2 and key == "list_rows"
        return [
            prefix + (re.sub(r"^([^:]{2,30}):", r"**\1:**", row) if bold else row) for row in some
        ]

    return rows


def _schedule(plan: Plan, talk: Conversation) -> list[str]:
    rng, minutes, rows = plan.rng, 8 * 60, []
    style = rng.choice(("{} {}", "{}: {}", "{} – {}", "{}\t{}", "{} | {}"))
    for _ in range(rng.randint(6, 16)):
        minutes += rng.choice((15, 30, 45, 60))
        what = fill(plan, rng.choice(plan.words["schedule"]))
        rows.append(style.format(f"{minutes // 60}:{minutes % 60:02d}", what))
    return rows


def _contents(plan: Plan, talk: Conversation) -> list[str]:
    styles = "Chapter {n}: {topic}|{n}. {topic} ........ {n}4|{topic}: page {n}|{n}.1 {topic}\t{n}0"
    style = plan.rng.choice(styles.split("|"))
    return [fill(plan, style.replace("{n}", str(n))) for n in range(1, plan.rng.randint(5, 15))]


def _tutorial(plan: Plan, talk: Conversation) -> list[str]:
    parts = [*_rows("how_to", 1, 2)(plan, talk), *_rows("code", 2, 6)(plan, talk)]
    return parts if plan.rng.random() < 0.25 else parts + _tutorial(plan, talk)


def _readme(plan: Plan, talk: Conversation) -> list[str]:
    options, usage = _rows("list_rows", 4, 12)(plan, talk), _rows("code", 2, 8)(plan, talk)
    return [
        fill(plan, "# {topic}"),
        *_rows("how_to", 1, 4)(plan, talk),
        "## Usage",
        *usage,
        "## Options",
        *options,
    ]


def _prose(plan: Plan, talk: Conversation) -> list[str]:
    """Minutes, lives, notices: whole sentences about what people did and said."""
    return _paragraphs(plan, _rows("prose", 8, 40)(plan, talk))


def _letter(plan: Plan, talk: Conversation) -> list[str]:
    return [
        *_rows("letter", 3, 6)(plan, talk),
        *_prose(plan, talk)[:6],
        *_rows("letter", 2, 4)(plan, talk),
    ]


NEGATIVE = {
    _permuted: 18, _article: 16, _speech: 8, _rows("list_rows", 6, 30): 14, _tutorial: 10, _schedule: 8,
    _letter: 8, _prose: 14, _contents: 5, _readme: 8,
}  # fmt: skip


# ---- files


def write(out: Path, name: str, text: str, talk: Conversation, rows: list[list[str]]) -> None:
    """A document and its gold."""
    (out / "src" / name).write_text(text, encoding="utf-8", newline="")
    notes = [f"# file: {name}", f"# lang: {talk.language}"]
    notes += ["# roles: debatable"] * (not talk.roles) + ["# links: not annotated"] * (
        not talk.links
    )
    notes += ["# note: no transcript"] * (not rows)
    lines = ["\t".join(re.sub(r"[\t\n\r]", " ", cell) for cell in row) for row in (COLUMNS, *rows)]
    gold = out / "gold" / f"{name}.gold.tsv"
    gold.write_text("\n".join([*notes, *lines]) + "\n", encoding="utf-8", newline="")


def interview(talk: Conversation) -> Conversation:
    """Only what is asked and answered: that can be told without labels."""
    turns = [turn for turn in talk.turns if turn.group in ("ask", "answer")]
    first = next((i for i, turn in enumerate(turns) if turn.group == "ask"), 0)
    return replace(talk, turns=turns[first:])


def transcript(rng: Random, talk: Conversation) -> tuple[Printed, str]:
    """A conversation in a layout of its own, and the format of it."""
    talk = interview(talk) if rng.random() < INTERVIEWS else talk
    plan = plan_for(rng, talk)
    turns = shuffled(rng, talk.turns) if plan.draw["shuffle"] else talk.turns
    return printed(plan, merged(turns, plan)), plan.draw["format"]


def generate(out: Path, seed: int, count: int, negatives: int) -> None:
    """Write `count` transcripts and `negatives` other documents, and the table of houses."""
    for folder in (out / "src", out / "gold"):
        folder.mkdir(parents=True, exist_ok=True)
        for old in folder.glob("*@[rn][0-9]*"):
            old.unlink()
    known, table = houses(), ["file\thouse\tset"]
    for kind, i in [("r", i) for i in range(count)] + [("n", i) for i in range(negatives)]:
        rng = Random(f"{seed}/{kind}/{i}")
        talk = any_conversation(rng, known)
        page, form = transcript(rng, talk) if kind == "r" else (None, "")
        text, form = (page.text, form) if page else negative(rng, talk)
        name = f"{talk.name}@{kind}{i:04d}.{form}"
        write(out, name, text, talk, page.rows if page else [])
        table.append(f"{name}\t{talk.house}\t{'layout' if page else 'negative'}")
    (out / "gold" / "houses.tsv").write_text("\n".join(table) + "\n", encoding="utf-8")


if __name__ == "__main__":
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--negatives", type=int, nargs="?", const=100, default=0)
    options = parser.parse_args()
    generate(options.out, options.seed, options.count, options.negatives)
