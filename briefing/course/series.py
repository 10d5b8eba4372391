"""The first page of a series: what a folder holds, who is called on, and what is said again."""

from __future__ import annotations

import html
import os
from pathlib import Path

import pandas as pd

from briefing.corpus.folder import read
from briefing.doubt import counted
from briefing.measures.floor import ENOUGH, calls, share
from briefing.measures.reuse import any_tokens, repeats
from briefing.safe import make_folder, save

STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60em;margin:2em auto;padding:0 1em}"
    "table{border-collapse:collapse;font-size:.85em}td,th{padding:.2em .6em;text-align:left;"
    "border-bottom:1px solid #ddd;vertical-align:top}.wide{overflow-x:auto}"
)
FILES = ["path", "date", "title", "status", "n_turns", "n_words", "why"]
FLOOR = ["n_calls", "n_turns", "n_parts", "n_words", "n_words_received", "follow_ups_per_call"]
AGAIN = ["text", "n_briefings", "n", "speakers", "first_date", "last_date"]
FIRST = 20


def write_series(folder: str | os.PathLike[str], out: str | os.PathLike[str]) -> Path:
    """Read the briefings in a folder, and write the page that begins with all of them to `out`."""
    turns, report = read(folder, progress=False)
    listed = calls(turns)
    said = repeats(any_tokens(turns))
    parts = [titled("The briefings", report[FILES], f"{counted(len(report), 'file')}.")]
    if len(listed):
        outlets, officials = share(listed), share(listed, by="answered_by")
        known = outlets.attrs["share_named"]
        told = f"The outlet is known in {known:.0%} of {counted(len(listed), 'call')}."
        if known < ENOUGH:
            outlets = outlets.sort_values("outlet", ignore_index=True)
            told += " Under 60 % nobody is ranked: fill in people.toml (briefing people FOLDER)."
        parts += [
            titled("Who is called on", outlets[["outlet", *FLOOR]], told),
            titled("Who answers", officials[["answered_by", *FLOOR]], "Calls by who says most."),
        ]
    again = said[said["n_briefings"] > 1].reindex(columns=AGAIN).head(FIRST)
    parts.append(titled("Said again in several briefings", again, "Eight words and more."))
    make_folder(Path(out))
    return save(Path(out) / "index.html", page(Path(folder).resolve().name, *parts))


def page(title: str, *parts: str) -> str:
    """A page on its own: its title, and the parts in HTML."""
    name = html.escape(title)
    head = f'<!doctype html><html lang="en"><meta charset="utf-8"><title>{name}</title>'
    return f"{head}<style>{STYLE}</style><h1>{name}</h1>{''.join(parts)}</html>"


def titled(heading: str, table: pd.DataFrame, told: str) -> str:
    """A heading, a sentence and a table; every text in it escaped."""
    shown = table.to_html(index=False, border=0, na_rep="", float_format="{:.2f}".format)
    return f"<h2>{heading}</h2><p>{html.escape(told)}</p><div class='wide'>{shown}</div>"
