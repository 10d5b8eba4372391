"""A search box for one briefing or many: every hit in its context, each leading to its turn.

The box asks `briefing.concordance`, so that it finds what the measures count. Read what it
finds before you count it, and all of it or a random part: lines that were picked for an
argument prove it no better than any others.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import ipywidgets
import numpy as np
import pandas as pd

from briefing.display import Shown, show
from briefing.explore.view import (
    Lines,
    Rows,
    View,
    counted,
    exchange_html,
    labelled,
    status,
    turn_list,
)
from briefing.measures.concordance import concordance
from briefing.tables import ROLES, BriefingError
from briefing.words.tokens import tokenize

if TYPE_CHECKING:
    from briefing.transcript import Transcript

SHOWN = 500  # lines in the list: more than anybody reads, and soon drawn
KINDS = ["number", "name", "left", "node", "right"]
HEADS = ["turn", "speaker", "before", "found", "after"]
LABEL = "Lines found; choose one to read its turn"
SORTS = [("place", "place"), ("words to the left", "left"), ("words to the right", "right")]
HINT = "a word, secur*, two words"


class SearchView(View):
    """A search box; `hits` is the concordance that it shows, a table like any other."""

    def __init__(
        self, source: Transcript | pd.DataFrame, query: str, tokens: pd.DataFrame | None
    ) -> None:
        """Make the tokens, once, and the controls."""
        self._turns = turn_list(source)
        if tokens is None:
            tokens = tokenize(source) if isinstance(source, pd.DataFrame) else source.tokens
        self._tokens = self._among = tokens
        self._place = self._turns.places(tokens)
        self.hits = pd.DataFrame()
        self.said = ""
        self._controls(query)
        self.lines = Rows(label=LABEL, kinds=KINDS, heads=HEADS)
        self.status = ipywidgets.HTML()
        self.turn = ipywidgets.HTML()
        first = ipywidgets.HBox([self.query, self.regex], layout={"flex_flow": "row wrap"})
        second = ipywidgets.HBox(
            [self.role, self.speaker, self.sort], layout={"flex_flow": "row wrap"}
        )
        super().__init__(first, second, self.status, self.lines, self.turn)
        for control in (self.query, self.regex, self.sort):
            control.observe(self._search, "value")
        for control in (self.role, self.speaker):
            control.observe(self._narrow, "value")
        self.lines.observe(self._read, "chosen")
        self._search()

    def _controls(self, query: str) -> None:
        turns = self._turns.turns
        roles = [role for role in ROLES if role in {turn.role for turn in turns}]
        names = sorted({turn.voice for turn in turns}, key=str.casefold)
        box, choice = ipywidgets.Text, ipywidgets.Dropdown
        self.query = labelled(
            box(query, description="Find", placeholder=HINT, continuous_update=False), width="24em"
        )
        self.regex = ipywidgets.Checkbox(False, description="regular expression", indent=False)
        self.role = labelled(
            choice(options=[("all", ""), *((r, r) for r in roles)], description="Role"),
            width="12em",
        )
        self.speaker = labelled(
            choice(options=[("all", ""), *((n, n) for n in names)], description="Speaker"),
            width="22em",
        )
        self.sort = labelled(choice(options=SORTS, description="Sort by"), width="17em")

    def _narrow(self, _: Any = None) -> None:
        """Search only in the words of the role and speaker chosen."""
        role, speaker = self.role.value, self.speaker.value
        kept = [role in ("", t.role) and speaker in ("", t.voice) for t in self._turns.turns]
        narrow = bool(role or speaker)
        self._among = self._tokens[np.array(kept)[self._place]] if narrow else self._tokens
        self._search()

    def _search(self, _: Any = None) -> None:
        """Find what is asked for, or say in a sentence why it cannot be looked for."""
        query = self.query.value.strip()
        self.hits, self.said, wrong = pd.DataFrame(), "Nothing is looked for yet: give a word.", ""
        if query:
            try:
                self.hits = concordance(
                    self._turns.table, query, sort=self.sort.value,
                    regex=self.regex.value, tokens=self._among,
                )  # fmt: skip
                self.said = self._found(query)
            except BriefingError as error:
                wrong = str(error)
        self.status.value = status(wrong or self.said, wrong=bool(wrong))
        self.said = wrong or self.said
        self.turn.value = ""
        self.lines.fill(self._rows())

    def _found(self, query: str) -> str:
        found, of = self.hits.attrs, " · ".join(filter(None, (self.role.value, self.speaker.value)))
        where = f" ({of})" if of else ""
        if not found["n_hits"]:
            return f"No line for “{query}”{where}: {found['n_words']:,} words were searched."
        shown = f"; the first {SHOWN} are listed" if found["n_hits"] > SHOWN else ""
        return (
            f"{counted(found['n_hits'], 'line')} for “{query}”{where} in "
            f"{counted(found['n_turns_hit'], 'turn')}, "
            f"{found['per_1000']:.2f} per 1,000 of {found['n_words']:,} words{shown}."
        )

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
        """Show the turn of the line chosen, and what it answers."""
        if not 0 <= self.lines.chosen < len(self.hits):
            self.turn.value = ""
            return
        hit = self.hits.iloc[self.lines.chosen]
        turn = self._turns.at(hit["briefing_id"], hit["turn_id"])
        place = int(hit["start"]), int(hit["stop"])
        self.turn.value = exchange_html(turn, self._turns.questions(turn), place)

    def tables(self) -> list[str | Shown | Lines]:
        """What was found; before anything is looked for, whose words can be."""
        if len(self.hits):
            return [self.said, Lines(self.hits)]
        if self.query.value.strip():
            return [self.said]
        voices = pd.DataFrame([(t.voice, t.role, t.n_words) for t in self._turns.turns])
        voices = voices.set_axis(["speaker", "role", "n_words"], axis="columns")
        words = voices.groupby(["speaker", "role"], sort=False, as_index=False).sum()
        return [self.said, show(words)]


def search(
    source: Transcript | pd.DataFrame, query: str = "", *, tokens: pd.DataFrame | None = None
) -> SearchView:
    """Open a search box: words, wildcards, phrases, regular expressions; read the turns of hits.

    Parameters
    ----------
    source : Transcript or DataFrame
        A transcript, or a turns table of one briefing or of several.
    query : str
        What the box looks for when it opens: as in `briefing.concordance`.
    tokens : DataFrame, optional
        The tokens of these turns, if they are at hand or from another tokenizer.

    Returns
    -------
    SearchView
        Shown by Jupyter when it ends a cell. `view.hits` is the table of what it shows. With
        no widgets about, as in HTML made by nbconvert, it is a table of the first 20 lines.

    Raises
    ------
    BriefingError
        `source` is neither, or its language needs a tokenizer and no `tokens` are given. A
        query that does not work raises nothing: the box says why.

    Notes
    -----
    Tab goes from control to control, Enter looks up. In the list the arrow keys, Page Up and
    Down, Home and End go from line to line, and the turn of the line is shown below with the
    question that it comes in answer to. The list ends after 500 lines; `view.hits` has all.

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
