"""A search box for one briefing or many: every hit in its context, each leading to its turn.

The box uses `briefing.context.concordance`, so it finds what the measures count. Read what it finds
before you count it, either all of it or a random part: lines selected for an argument prove no more
than any others.
"""

from __future__ import annotations

import re
from base64 import b64encode
from difflib import get_close_matches
from fnmatch import fnmatchcase
from html import escape
from typing import TYPE_CHECKING, Any

import ipywidgets
import numpy as np
import pandas as pd

from briefing.display import Shown, filled, show
from briefing.explore import view
from briefing.measures.concordance import concordance
from briefing.prose import counted
from briefing.safe import as_csv
from briefing.tables import ROLE_COLOURS, ROLES, BriefingError
from briefing.words.tokens import tokenize

if TYPE_CHECKING:
    from briefing.transcript import Transcript

SHOWN = 500  # lines in the list: more than anybody reads, and quick to draw
KINDS = ["number", "name", "left", "node", "right"]
HEADS = ["turn", "speaker", "before", "found", "after"]
LABEL = "Lines found; choose one to read its turn"
SORTS = [("place", ("place", 0))] + [
    (f"{n} word{'s' * (n > 1)} to the {side}", (side, n))
    for side in ("left", "right")
    for n in (1, 2, 3)
]
WIDTHS = [("narrow", 40), ("wide", 80), ("very wide", 160)]
SAMPLES = [("all lines", 0)] + [(f"{n} lines at random", n) for n in (20, 50, 100)]
SEED = 1  # the same random lines each time
HINT = 'a word, secur*, "two words", this | that'


class SearchView(view.View):
    """A search box; `hits` is the concordance shown, an ordinary table."""

    def __init__(
        self, source: Transcript | pd.DataFrame, query: str, tokens: pd.DataFrame | None
    ) -> None:
        """Make the tokens, once, and the controls."""
        self._turns = view.turn_list(source)
        if tokens is None:
            tokens = tokenize(source) if isinstance(source, pd.DataFrame) else source.tokens
        self._tokens = self._among = tokens
        self._place = self._turns.places(tokens)
        self.hits = pd.DataFrame()
        self.said = ""
        self._controls(query)
        self.lines = view.Rows(label=LABEL, kinds=KINDS, heads=HEADS)
        self.status, self.strip, self.turn, self.file = (ipywidgets.HTML() for _ in range(4))
        again = (self.query, self.regex, self.case, self.sort, self.width, self.sample)
        boxes = [again[:3], (self.role, self.speaker), again[3:]]
        rows = (view.in_a_row(*row) for row in boxes)
        super().__init__(*rows, self.status, self.strip, self.lines, self.file, self.turn)
        for control in again:
            control.observe(self._search, "value")
        for control in (self.role, self.speaker):
            control.observe(self._narrow, "value")
        self.lines.observe(self._read, "chosen")
        self._search()

    def _controls(self, query: str) -> None:
        turns = self._turns.turns
        roles = [role for role in ROLES if role in {turn.role for turn in turns}]
        names = sorted({turn.voice for turn in turns}, key=str.casefold)
        find = ipywidgets.Text(description="Find", placeholder=HINT, continuous_update=False)
        self.query = view.labelled(find, "24em")
        self.query.value = query
        self.regex, self.case = (
            ipywidgets.Checkbox(False, description=says, indent=False)
            for says in ("regular expression", "capitals as typed")
        )
        self.role = view.choice("Role", [("all", ""), *zip(roles, roles, strict=True)], "12em")
        everybody = [("all", ""), *zip(names, names, strict=True)]
        self.speaker = view.choice("Speaker", everybody, "22em")
        self.sort = view.choice("Sort by", SORTS, "17em")
        self.width = view.choice("Lines", WIDTHS, "11em")
        self.sample = view.choice("Show", SAMPLES, "15em")

    def _narrow(self, _: Any = None) -> None:
        """Search only in the words of the chosen role and speaker."""
        role, speaker = self.role.value, self.speaker.value
        kept = [role in ("", t.role) and speaker in ("", t.voice) for t in self._turns.turns]
        narrow = bool(role or speaker)
        self._among = self._tokens[np.array(kept)[self._place]] if narrow else self._tokens
        self._search()

    def _search(self, _: Any = None) -> None:
        """Find what is asked for, or explain in a sentence why that is impossible."""
        query = self.query.value.strip()
        self.hits, self.said, wrong = pd.DataFrame(), "Nothing is looked for yet: give a word.", ""
        if query:
            try:
                self.hits = self._look(query)
                self.said = self._found(query)
            except BriefingError as error:
                wrong = str(error)
        self.status.value = view.status(wrong or self.said, wrong=bool(wrong))
        self.said = wrong or self.said
        self.turn.value = ""
        self.lines.sorted_by = list(self.sort.value)
        self.lines.fill(self._rows())
        self.strip.value, self.file.value = self._strip(), self._file()

    def _look(self, query: str) -> pd.DataFrame:
        """The hits for all search terms, in the chosen order and number."""
        ways = [query] if self.regex.value else alternatives(query)
        options: dict[str, Any] = {"width": self.width.value, "regex": self.regex.value}
        options["tokens"] = self._among
        parts = [concordance(self._turns.table, way, **options) for way in ways]
        hits = pd.concat(parts, ignore_index=True) if len(parts) > 1 else parts[0]
        about = parts[0].attrs | {"query": query}
        if self.case.value and not self.regex.value:
            nodes = (" ".join(node.split()) for node in hits["node"])
            hits = hits[[any(fnmatchcase(node, way) for way in ways) for node in nodes]]
        hits = hits.drop_duplicates(["briefing_id", "turn_id", "start", "stop"])
        order = np.lexsort((hits["start"].to_numpy(), self._turns.places(hits)))
        hits = hits.iloc[order].reset_index(drop=True)
        words = about["n_words"]
        n_turns = len(hits[["briefing_id", "turn_id"]].drop_duplicates())
        rate = 1000 * len(hits) / words if words else float("nan")
        about |= {"n_hits": len(hits), "n_turns_hit": n_turns, "per_1000": rate}
        if 0 < self.sample.value < len(hits):
            hits = hits.sample(self.sample.value, random_state=SEED).sort_index()
        hits = self._sorted(hits).reset_index(drop=True)
        hits.attrs = about
        return hits

    def _sorted(self, hits: pd.DataFrame) -> pd.DataFrame:
        """Sort by the words on one side, outwards from the hit."""
        side, n = self.sort.value
        if side == "place" or hits.empty:
            return hits
        step = -1 if side == "left" else 1
        words = [re.findall(r"[\w'’-]+", text.casefold())[::step][:n] for text in hits[side]]
        return hits.iloc[sorted(range(len(hits)), key=words.__getitem__)]

    def _strip(self) -> str:
        """Where the hits are, from start to end: a segment for each turn, a mark for each hit."""
        if self.hits.empty:
            return ""
        turns, shown = self._turns.turns, self.hits.head(SHOWN)
        size = np.array([max(len(turn.text), 1) for turn in turns])
        begins, scale = np.cumsum([0, *size]), size.sum() / 1000
        colours = [ROLE_COLOURS[turn.role] for turn in turns]
        hits = (begins[self._turns.places(shown)] + shown["start"].to_numpy()) / scale
        name = f"{counted(len(self.hits), 'hit')} from the beginning to the end of the text"
        blocks = zip(colours, begins / scale, size / scale, strict=False)
        return filled("explore/strip.html.j2", name=name, turns=blocks, hits=hits)

    def _file(self) -> str:
        """A link to save the lines found as a table."""
        if self.hits.empty:
            return ""
        data = b64encode(("\ufeff" + as_csv(self.hits)).encode()).decode()
        name = re.sub(r"\W+", "-", self.query.value).strip("-") or "lines"
        link = f'<a download="{escape(name)}.csv" href="data:text/csv;base64,{data}">'
        return f"{link}Save these lines as CSV</a>"

    def _found(self, query: str) -> str:
        found, of = self.hits.attrs, " · ".join(filter(None, (self.role.value, self.speaker.value)))
        where = f" ({of})" if of else ""
        if not found["n_hits"]:
            searched = counted(found["n_words"], "word was searched", "words were searched")
            return f"No line for “{query}”{where}: {searched}.{self._did_you_mean(query)}"
        shown = f"; the first {SHOWN} are listed" if len(self.hits) > SHOWN else ""
        if len(self.hits) < found["n_hits"]:
            shown = f"; {len(self.hits)} of them, drawn at random, are listed"
        return (
            f"{counted(found['n_hits'], 'line')} for “{query}”{where} in "
            f"{counted(found['n_turns_hit'], 'turn')}, "
            f"{found['per_1000']:.2f} per 1,000 of {counted(found['n_words'], 'word')}{shown}."
        )

    def _did_you_mean(self, query: str) -> str:
        known = self._among["token"].unique().tolist()
        meant = get_close_matches(query.strip('"“”').casefold(), known, n=3, cutoff=0.75)
        return f" Did you mean {' or '.join(f'“{word}”' for word in meant)}?" if meant else ""

    def _rows(self) -> list[dict[str, Any]]:
        if self.hits.empty:
            return []
        rows = []
        columns = ["briefing_id", "turn_id", "left", "node", "right"]
        for briefing_id, turn_id, *printed in self.hits.head(SHOWN)[columns].to_numpy().tolist():
            turn = self._turns.at(briefing_id, turn_id)
            rows.append({"cells": [str(turn_id), turn.voice, *printed], "role": turn.role})
        return rows

    def _read(self, _: Any = None) -> None:
        """Show the turn of the chosen line, and what it answers."""
        if not 0 <= self.lines.chosen < len(self.hits):
            self.turn.value = ""
            return
        hit = self.hits.iloc[self.lines.chosen]
        turn = self._turns.at(hit["briefing_id"], hit["turn_id"])
        place = int(hit["start"]), int(hit["stop"])
        self.turn.value = view.exchange_html(turn, self._turns.questions(turn), place)

    def tables(self) -> list[str | Shown | view.Lines]:
        """What was found or, before a search, whose words can be searched."""
        if len(self.hits):
            return [self.said, view.Lines(self.hits)]
        if self.query.value.strip():
            return [self.said]
        rows = [(turn.voice, turn.role, turn.n_words) for turn in self._turns.turns]
        voices = pd.DataFrame(rows, columns=["speaker", "role", "n_words"])
        words = voices.groupby(["speaker", "role"], sort=False, as_index=False).sum()
        return [self.said, show(words)]


def alternatives(query: str) -> list[str]:
    """The search terms, separated by `|` or OR, without quotation marks.

    >>> alternatives('"old quay" | pier OR dock*')
    ['old quay', 'pier', 'dock*']
    """
    parts = [part.strip(' \t"“”„') for part in re.split(r"\||\bOR\b", query)]
    return list(dict.fromkeys(filter(None, parts))) or [query]


def search(
    source: Transcript | pd.DataFrame, query: str = "", *, tokens: pd.DataFrame | None = None
) -> SearchView:
    """Open a search box: words, wildcards, phrases, regular expressions; read the turns of hits.

    Parameters
    ----------
    source : Transcript or DataFrame
        A transcript, or a turns table of one briefing or of several.
    query : str
        What to search for at the start: as in `briefing.context.concordance`, with several terms
        separated by `|` or OR.
    tokens : DataFrame, optional
        The tokens of these turns, if you have them, from any tokenizer.

    Returns
    -------
    SearchView
        Shown by Jupyter at the end of a cell. `view.hits` is the table shown. Without widgets, as
        in HTML made by nbconvert, it is a table of the first 20 lines.

    Raises
    ------
    BriefingError
        If `source` is neither, or its language needs a tokenizer and no `tokens` are given. A query
        that does not work raises no error: the box says why.

    Notes
    -----
    Tab moves between controls, Enter searches. In the list the arrow keys, Page Up and Down, Home
    and End move between lines, and the turn of the line is shown below with the question it
    answers. The list ends after 500 lines; `view.hits` has all of them.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: The old quay closes.\\nQ: And the new quay?")
    >>> search(talk, "quay")
    2 lines for “quay” in 2 turns, 250.00 per 1,000 of 8 words.
        1      The old [quay] closes.
        2  And the new [quay]?
    """
    return SearchView(source, query, tokens)
