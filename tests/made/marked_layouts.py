"""Layouts that a format marks up: saved web pages, Markdown, captions, tables, docx."""

from __future__ import annotations

import csv
import html
import io
import random
from dataclasses import replace

from .events import Event, panel, podium
from .pages import Labels, Page, head, label_all, make_page

TOP = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>{title} | Press Hall</title>
<style>p {{ margin: 1em }}</style><script>var share = "Name: none";</script></head><body>
<div class="cookie-banner"><p>We use cookies.</p><button>Accept all</button></div>
<header><a href="/">Press Hall</a><nav><ul><li><a href="/news">News</a></li>
<li><a href="/people">People: who we are</a></li></ul></nav></header>
<main><article><h1>{title}</h1><p class="date">{date}</p>
"""
BOTTOM = """
</article><aside class="related"><h2>Related</h2><ul>
<li><a href="/a">Minister: boats will run on time</a></li>
<li><a href="/b">Q&amp;A: five things to know</a></li></ul></aside></main>
<footer><p>Contact: press@hall.example</p><p>Copyright 2031 Press Hall</p></footer>
</body></html>
"""


def html_strong(rng: random.Random) -> Page:
    """`<p><strong>Lena Ortolan:</strong> text</p>`, with headings between."""
    event = panel(rng, namesakes=rng.random() < 0.3)
    labels = label_all(event, lambda p, n: p.organisation if p.role == "journalist" else p.full)
    tag, inside = rng.choice(["strong", "b"]), rng.random() < 0.5
    body = ""
    for said, label in zip(event.said, labels, strict=True):
        if said.kind == "question" and rng.random() < 0.3:
            body += "<h3>The Night Train</h3>\n"
        bold = f"<{tag}>{label}:</{tag}>" if inside else f"<{tag}>{label}</{tag}>:"
        first, *rest = map(_escape, said.paragraphs)
        body += f"<p>{bold} {first}</p>\n" + "".join(f"<p>{p}</p>\n" for p in rest)
    return _web(event, labels, body)


def html_breaks(rng: random.Random) -> Page:
    """`<br><br>` between turns; questions bold as a whole, or bold labels alone."""
    style = rng.choice(["bold question", "no label", "bold label alone"])
    event = podium(rng, batched=style != "no label")
    ask = {"bold question": "JOURNALIST", "bold label alone": "Question"}.get(style)
    labels = label_all(event, lambda p, n: ask if p.role == "journalist" else p.called)
    blocks = []
    for said, label in zip(event.said, labels, strict=True):
        first, *rest = map(_escape, said.paragraphs)
        lead = f"{label}: " if label else ""
        if style == "bold label alone":
            first = f"<b>{label}:</b><br>\n{first}"
        elif said.person.role == "journalist":
            first = f"<b>{lead}{first}</b>"
        else:
            first = lead + first
        blocks += [first, *rest]
    return _web(event, labels, "<div>" + "<br><br>\n".join(blocks) + "</div>")


def markdown_bold(rng: random.Random) -> Page:
    """`**Lena Ortolan:** text` under a YAML front matter."""
    event = panel(rng)
    labels = label_all(event, lambda p, n: p.organisation if p.role == "journalist" else p.full)
    form = rng.choice(["**{}:** ", "**{}**: "])
    blocks = [f"---\ntitle: 'Briefing: {event.subject}'\ndate: '2031-05-14'\ntags: boats\n---"]
    blocks += rng.choice([[], [f"# Press Conference on {event.subject}"]])
    for said, label in zip(event.said, labels, strict=True):
        if said.kind == "question" and rng.random() < 0.3:
            blocks.append("## The Night Train")
        blocks += [form.format(label) + said.paragraphs[0], *said.paragraphs[1:]]
    return make_page(event, labels, "\n\n".join(blocks) + "\n", ".md")


def voice_tags(rng: random.Random) -> Page:
    """WebVTT: a voice tag on every cue."""
    event = panel(rng)
    labels = label_all(event, lambda p, n: p.full)
    now, times, text = rng.randint(0, 5), [], "WEBVTT\n\nNOTE made\n"
    for said, label in zip(event.said, labels, strict=True):
        times.append(now)
        words = " ".join(said.paragraphs).split()
        for i in range(0, len(words), 9):
            span = f"{_stamp(now)} --> {_stamp(now + 3)}"
            piece = " ".join(words[i : i + 9]).replace("&", "&amp;")
            text += f"\n{span}\n<v {label}>{piece}\n"
            now += 3
    return make_page(event, labels, text, ".vtt", times=times)


def table(rng: random.Random) -> Page:
    """CSV or TSV with speaker, text, start and end."""
    event = panel(rng)
    labels = label_all(event, lambda p, n: p.full)
    out, mark = io.StringIO(), rng.choice([",", "\t", ";"])
    names = rng.choice(
        [("speaker", "text", "start", "end"), ("Name", "Utterance", "begin", "stop")]
    )
    writer = csv.writer(out, delimiter=mark, lineterminator="\n")
    writer.writerow(names)
    now, times = 0, []
    for said, label in zip(event.said, labels, strict=True):
        times.append(now)
        body = "\n".join(said.paragraphs) if rng.random() < 0.3 else " ".join(said.paragraphs)
        writer.writerow([label, body, f"{now}.0", f"{now + 9}.5"])
        now += 10
    suffix = ".tsv" if mark == "\t" else ".csv"
    return make_page(event, labels, out.getvalue(), suffix, times=times)


def docx(rng: random.Random) -> Page:
    """A Word document with bold labels."""
    from docx import Document

    event = panel(rng)
    labels = label_all(event, lambda p, n: p.organisation if p.role == "journalist" else p.called)
    document = Document()
    document.add_heading(event.words.title.format(thing=event.subject), 1)
    for line in head(rng, event):
        document.add_paragraph(line)
    for said, label in zip(event.said, labels, strict=True):
        paragraph = document.add_paragraph()
        paragraph.add_run(f"{label}:").bold = True
        paragraph.add_run(" " + said.paragraphs[0])
        for more in said.paragraphs[1:]:
            document.add_paragraph(more)
    out = io.BytesIO()
    document.save(out)
    return replace(make_page(event, labels, "", ".docx"), data=out.getvalue())


def _web(event: Event, labels: Labels, body: str) -> Page:
    title = event.words.title.format(thing=event.subject)
    top = TOP.format(title=title, date=event.words.date)
    return make_page(event, labels, top + body + BOTTOM, ".html")


def _escape(text: str) -> str:
    """Text as a web page carries it."""
    return html.escape(text, quote=False).replace("’", "&rsquo;").replace(". T", ".&nbsp; T")


def _stamp(seconds: int) -> str:
    return f"{seconds // 3600:02}:{seconds // 60 % 60:02}:{seconds % 60:02}.000"
