"""Our sentence rule beside nupunkt and syntok on the sentences marked by hand.

Run it by hand, with both installed: `pip install nupunkt syntok`, then
`python tests/benchmarks/sentence_splitters.py`. Each program gets one paragraph at a time,
since all but ours would otherwise run sentences across paragraphs.
"""

import re
import sys
from pathlib import Path

import nupunkt
from syntok import segmenter

from briefing.words.boundaries import find_sentences

MARKED = Path(__file__).parents[1] / "marked_sentences.txt"
LATER = "# Written after the rule"


def ours(paragraph):
    return {start for start, _ in find_sentences(paragraph)}


def by_nupunkt(paragraph):
    spans = nupunkt.sent_spans(paragraph)
    return {stop - len(paragraph[start:stop].lstrip()) for start, stop in spans}


def by_syntok(paragraph):
    found = segmenter.process(paragraph)
    return {sentence[0].offset for block in found for sentence in block if sentence}


def begins(splitter, text):
    """Where `splitter` begins a sentence of `text`, but for the first."""
    found = set()
    for paragraph in re.finditer(r"(?:(?!\n\s*\n).)+", text, re.DOTALL):
        lead = len(paragraph[0]) - len(paragraph[0].lstrip())
        found |= {paragraph.start() + lead + at for at in splitter(paragraph[0].lstrip())}
    return found - {0}


def marks(line):
    pieces = line.removeprefix("✗ ").replace("⏎", "\n").split("|")
    places = {sum(map(len, pieces[:i])) for i in range(1, len(pieces))}
    return "".join(pieces), places


def score(title, lines):
    pairs = [marks(line) for line in lines if line and not line.startswith("#")]
    sys.stdout.write(f"{title}: {sum(len(places) for _, places in pairs)} ends\n")
    for splitter in (ours, by_nupunkt, by_syntok):
        missed = sum(len(places - begins(splitter, text)) for text, places in pairs)
        extra = sum(len(begins(splitter, text) - places) for text, places in pairs)
        sys.stdout.write(f"  {splitter.__name__:12} missed {missed:3}  extra {extra:3}\n")


if __name__ == "__main__":
    lines = MARKED.read_text("utf-8").splitlines()
    later = next(i for i, line in enumerate(lines) if line.startswith(LATER))
    score("written with the rule", lines[:later])
    score("written after it", lines[later:])
