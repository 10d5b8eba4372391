"""How many of the labelled starts of the gold are among the candidates: `python tests/training/coverage.py`.

A start is covered where what is said after some candidate begins with the turn's first letter.
Turns without a printed label, and formats that name the speakers themselves, are not counted.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator

from gold import Gold, golds

from briefing.parse.candidates import find_candidates
from briefing.parse.page import Page, see_page
from briefing.parse.values import Candidate


def said_at(page: Page, candidate: Candidate) -> tuple[int, int] | None:
    """Where the first letter or digit after the label stands: (line, offset)."""
    start, covers = candidate.stop, candidate.covers
    for row in page.rows[candidate.row :]:
        if row.number in covers:
            continue
        begin = start if row.number == candidate.line else row.start
        for offset in range(begin, len(row.text)):
            if row.text[offset].isalnum():
                return row.number, offset
    return None


def covered(gold: Gold) -> Iterator[tuple[bool, str]]:
    """Of each labelled turn that was laid on the source: whether it is covered, and its label."""
    page = see_page(gold.source.lines)
    places = {said_at(page, c) for c in find_candidates(page)}
    for turn in gold.turns:
        if turn.label and turn.begin is not None:
            yield turn.begin in places, f"{turn.label!r} {turn.first!r} line {turn.begin}"


def main() -> None:
    """Print the files with starts that are not covered, and the share of all that are."""
    hits = total = 0
    for gold in golds():
        if any(line.speaker for line in gold.source.lines):
            continue
        rows = [*covered(gold)]
        hits, total = hits + sum(ok for ok, _ in rows), total + len(rows)
        if not all(ok for ok, _ in rows):
            print(f"{gold.name:52} {sum(ok for ok, _ in rows)} of {len(rows)}")
            for ok, what in rows:
                if not ok and "-v" in sys.argv:
                    print("      ", what)
    print(f"candidates hold {hits} of {total} labelled starts: {hits / total:.4f}")


if __name__ == "__main__":
    main()
