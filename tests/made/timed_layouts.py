"""Layouts with times: labels that stamp each paragraph, times before or above the name."""

from __future__ import annotations

import random

from .events import Event, panel
from .pages import Labels, Page, clock, label_all, make_page


def name_then_time(rng: random.Random) -> Page:
    """`Lena Ortolan: (02:18)` above each paragraph, repeated while the turn goes on."""
    event = panel(rng)
    unknown = {j.full: f"Speaker {i}" for i, j in enumerate(event.journalists[:2], 1)}
    labels = label_all(event, lambda p, n: unknown.get(p.full, p.full))
    hours = rng.random() < 0.3
    body, times = _stamped(rng, event, labels, "{label}: ({time})\n{text}\n", hours=hours)
    encoding = rng.choice(["utf-8", "cp1252"])
    return make_page(event, labels, body, encoding=encoding, times=times)


def time_then_name(rng: random.Random) -> Page:
    """`[00:02:18] Lena Ortolan: text`."""
    event = panel(rng, namesakes=rng.random() < 0.5)
    labels = label_all(event, lambda p, n: p.full)
    body, times = _stamped(rng, event, labels, "[{time}] {label}: {text}\n")
    return make_page(event, labels, body, times=times)


def time_alone(rng: random.Random) -> Page:
    """The time on its own line, the name below it, then the text."""
    event = panel(rng)
    labels = label_all(event, lambda p, n: p.full)
    colon = rng.choice(["", ":"])
    form = f"{{time}}\n{{label}}{colon}\n{{text}}\n\n"
    body, times = _stamped(rng, event, labels, form, every=False)
    return make_page(event, labels, body, times=times)


def _stamped(
    rng: random.Random, event: Event, labels: Labels, form: str, *, hours: bool = True,
    every: bool = True,
) -> tuple[str, list[int]]:  # fmt: skip
    """Every paragraph (or every turn) under its label and time; and when turns start."""
    text, times, now = "", [], rng.randint(0, 20)
    for said, label in zip(event.said, labels, strict=True):
        times.append(now)
        parts = said.paragraphs if every else ["\n".join(said.paragraphs)]
        for part in parts:
            text += form.format(label=label, time=clock(now, hours=hours), text=part)
            now += 2 + len(part) // 15
    return text, times
