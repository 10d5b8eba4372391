"""Invented briefings in every usual layout, made by seed: `make("inline upper", 3)`.

The sentences, names and pages are ours. A page comes with the turns that a reader of it
would mark, in the conventions of the gold (see `pages.Expected`).
"""

from __future__ import annotations

import random

from . import marked_layouts, text_layouts, timed_layouts
from .pages import Expected, Page, level, words_of

LAYOUTS = {
    "label alone": text_layouts.label_alone,
    "inline upper": text_layouts.inline_upper,
    "bare q, wrapped": text_layouts.bare_q_wrapped,
    "capitals with a period": text_layouts.period_upper,
    "question word": text_layouts.question_word,
    "name: (time)": timed_layouts.name_then_time,
    "[time] name:": timed_layouts.time_then_name,
    "time alone": timed_layouts.time_alone,
    "name, organisation": text_layouts.name_organisation,
    "name (organisation)": text_layouts.name_in_brackets,
    "full-width colon": text_layouts.full_width_colon,
    "q and r with dashes": text_layouts.french_dashes,
    "spanish": text_layouts.spanish,
    "run together": text_layouts.run_together,
    "html, strong": marked_layouts.html_strong,
    "html, breaks": marked_layouts.html_breaks,
    "markdown, bold": marked_layouts.markdown_bold,
    "voice tags": marked_layouts.voice_tags,
    "table": marked_layouts.table,
    "docx": marked_layouts.docx,
}


def make(layout: str, seed: int) -> Page:
    """The page number `seed` of a layout; the same on every run and machine."""
    return LAYOUTS[layout](random.Random(f"{layout} {seed}"))


__all__ = ["LAYOUTS", "Expected", "Page", "level", "make", "words_of"]
