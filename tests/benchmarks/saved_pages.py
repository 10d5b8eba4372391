"""Words too many and words lost on made pages: ours beside trafilatura in its precise mode.

Run it by hand, with both installed: `pip install trafilatura lxml_html_clean`, then
`PYTHONPATH=tests python tests/benchmarks/saved_pages.py`. The pages are of seeds that no test
uses. Labels count for trafilatura, which knows no speakers, and so are no words too many.
"""

import re
from collections import Counter

import trafilatura

from briefing.reading import parse_source
from briefing.transcript import Transcript
from made.shells import page

SEEDS = range(400, 500)


def words(text):
    return Counter(re.findall(r"\w+", text.casefold()))


def ours(html):
    turns = Transcript([parse_source(html.encode(), "page.html")]).reading.turns
    return words(" ".join(turn.text for turn in turns))


def theirs(html):
    return words(trafilatura.extract(html, favor_precision=True, include_tables=True) or "")


def main():
    pages = [page(seed)[:2] for seed in SEEDS]
    for name, read, labels in (("briefing", ours, False), ("trafilatura", theirs, True)):
        many, lost = [], 0
        for html, turns in pages:
            said = words(" ".join(f"{who} {text}" if labels else text for who, text in turns))
            found = read(html)
            many.append((found - said).total())
            lost += (said - found).total()
        over = sum(n > 20 for n in many)
        print(f"{name}: {sum(many)} words too many, {lost} lost, {over} of {len(many)} over 20")


if __name__ == "__main__":
    main()
