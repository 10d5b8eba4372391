"""Lines to turns, as a pipeline that one can print: page, labels, turns, speakers, roles, answers.

Each step takes values and returns new ones. What a person decided is looked up by the step that it
concerns, so that a source is read once.
"""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from importlib import import_module
from types import ModuleType
from typing import Any

from briefing.parse.answers import link_answers
from briefing.parse.candidates import find_candidates
from briefing.parse.confidence import rate
from briefing.parse.layout import Layout, judge
from briefing.parse.page import Page, see_page
from briefing.parse.roles import assign_roles
from briefing.parse.speakers import add_organisations, name_speakers, roster
from briefing.parse.turns import Cut, complete, cut
from briefing.parse.values import Candidate, Reading, Turn
from briefing.reading.lines import Line

__all__ = ["NOTHING", "Decisions", "Reading", "parse"]


class Decisions:
    """What a person decided, as each step looks it up; made so, nothing is decided."""

    @property
    def kinds(self) -> Mapping[int, str]:
        """What lines are, by their index: a kind of `lines`, or label, turn, split."""
        return {}

    @property
    def examples(self) -> tuple[str, ...]:
        """Labels as they are printed."""
        return ()

    def page(self, page: Page) -> Page:
        """The page, with the lines that are more than furniture."""
        return page

    def candidates(self, page: Page, found: tuple[Candidate, ...]) -> tuple[Candidate, ...]:
        """The candidates, with those that are like the examples."""
        return found

    def labels(self, layout: Layout, page: Page) -> Layout:
        """The labels, without those that a person took out, and with those put in."""
        return layout

    def names(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """The turns with the names that speakers have."""
        return turns

    def roles(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """The turns with the roles that people have."""
        return turns

    def answers(self, turns: tuple[Turn, ...]) -> tuple[Turn, ...]:
        """The turns with the questions that they answer."""
        return turns

    def settle(self, reading: Reading, changed: frozenset[int], lines: Sequence[Line]) -> Reading:
        """The reading, with what was corrected; `changed` are lines that were cut otherwise."""
        return reading


NOTHING = Decisions()


def parse(
    lines: Sequence[Line], borders: Sequence[int] = (), decisions: Decisions = NOTHING
) -> Reading:
    """The turns of `lines`; `borders` are the lines at which further pages of the event begin."""
    page = decisions.page(see_page(lines))
    found = decisions.candidates(page, find_candidates(page))
    layout = decisions.labels(judge(page, found, decisions.examples), page)
    made = cut(page, layout, borders, decisions.kinds)
    turns = complete(made.turns, lines)
    turns, joined = name_speakers(turns, _listed(made, turns, lines))
    turns, heard = add_organisations(decisions.roles(assign_roles(decisions.names(turns))))
    turns = decisions.answers(link_answers(turns))
    reading = rate(made, layout, turns, made.remarks + joined + heard)
    return decisions.settle(reading, made.corrected, lines)


def _listed(made: Cut, turns: Sequence[Turn], lines: Sequence[Line]) -> dict[str, str]:
    """The people whom the document lists, with their organisations."""
    about = [lines[n].text[start:stop] for n, start, stop, kind in made.kinds if kind == "metadata"]
    labels = [turn.label for turn in turns if turn.label]
    return roster(about, turns[0].text if turns else "", labels)


class _Package(ModuleType):
    """`briefing.parse(text)` reads a string, whoever imported this package first."""

    def __call__(self, text: str, **how: Any) -> Any:
        return import_module("briefing.transcript").parse(text, **how)  # which stands above this


sys.modules[__name__].__class__ = _Package
