"""The order of the steps from lines to turns that have a speaker, a role and a question."""

from __future__ import annotations

from briefing import facts
from briefing.assembly import Words, assemble
from briefing.corrections import Corrections
from briefing.edges import cut_tail, place_head
from briefing.exchanges import link_answers
from briefing.layout import Layout, find_labels
from briefing.marked import is_marked, marked_turns, time_labelled
from briefing.page import furniture, rows
from briefing.reading import Line, Source
from briefing.roles import assign_roles
from briefing.speakers import add_organisations, name_speakers
from briefing.turns import Parsed, build_turns
from briefing.unlabelled import mend


def parse_sources(
    sources: list[Source], lines: list[Line], layout: str | None, corrections: Corrections
) -> tuple[Layout, Parsed]:
    """The turns of `sources`, each step with what a person corrected of it."""
    """Turns, complete, and the layout they were found by; `lines` are those of all `sources`."""
    if is_marked(lines) and layout is None:
        found = Layout([], "the format names the speakers", 1.0)
        parsed, wrapped = marked_turns(lines), True
    else:
        found, parsed, wrapped = _parse_text(sources, lines, layout, corrections)
    corrections.place(parsed, lines)
    words = Words(lines)
    for turn in parsed.turns:
        turn.text = assemble(turn, lines, wrapped=wrapped, words=words)
    parsed.turns = [t for t in parsed.turns if t.text or t.label]
    roster = facts.roster(lines, parsed)
    names = name_speakers(parsed, roster)
    assign_roles(parsed, names, roster)
    add_organisations(parsed)
    corrections.name(parsed)
    link_answers(parsed)
    corrections.link(parsed)
    return found, parsed


def _parse_text(
    sources: list[Source], lines: list[Line], layout: str | None, corrections: Corrections
) -> tuple[Layout, Parsed, bool]:
    kept, wrapped = rows(lines)
    junk = furniture(kept)
    found = find_labels([r for r in kept if r.number not in junk], wrapped=wrapped, layout=layout)
    corrections.relabel(found, lines)
    whole = Parsed([], {})
    begin = 0
    for source in sources:
        stop = begin + len(source.lines)
        parsed = build_turns(lines, [r for r in kept if begin <= r.number < stop], found, junk)
        place_head(parsed)
        cut_tail(parsed, lines)
        mend(parsed, lines)
        time_labelled(parsed, lines)
        _append(whole, parsed)
        begin = stop
    return found, whole, wrapped


def _append(whole: Parsed, page: Parsed) -> None:
    """Add a page; text before its first label goes on with the page before, unless it asks."""
    first = page.turns[0] if page.turns else None
    if whole.turns and first and first.label is None and "asks" not in (first.why or ""):
        whole.turns[-1].pieces += first.pieces
        whole.remarks.append((first.first_line, "the turn goes on from the page before", 0.8))
        del page.turns[0]
    whole.turns += page.turns
    whole.kinds |= page.kinds
    whole.remarks += page.remarks
