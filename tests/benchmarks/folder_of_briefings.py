"""A folder of invented briefings by seed: python tests/benchmarks/folder_of_briefings.py FOLDER MB

Text files of 2 to 200 kB in five usual layouts, in three series, a folder a year. Who speaks and what
answers what comes from `tests/made`; the words of the statements are made up, their frequencies
have a Zipf tail, and new ones keep coming.
"""

from __future__ import annotations

import datetime
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import accumulate
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from made.events import Person, panel, podium
from made.pages import label_all
from made.words import ENGLISH

Namer = Callable[[Person, int], str]
ONSETS = "b br c ch d dr f fl g gr h j k l m n p pl pr qu r s sh sl st t th tr v w".split()
RHYMES = (
    "a ace ain ake al an ance ar art ate e eal een ell en end ent er est i ice ide in ing".split()
)
RHYMES += "ink ion it ive o oad old ome on or ore orn ound our ow u ub un ure urn us ute y".split()
COMMON = "the of and to in that is for we it on this with be are have as our will not at by".split()
SERIES = ("harbour-office", "water-board", "press-hall")
FIRST_DAY = datetime.date(2001, 1, 8)
N_WORDS = 60_000


def vocabulary(rng: random.Random) -> list[str]:
    """Words, the common ones first; the later, the longer."""
    words = dict.fromkeys(COMMON)
    while len(words) < N_WORDS:
        n = rng.choice((1, 2, 2, 3, 3, 4)) if len(words) > 500 else rng.choice((1, 2))
        words["".join(rng.choice(ONSETS) + rng.choice(RHYMES) for _ in range(n))] = None
    return [*words]


def briefings(mb: float, seed: int = 6) -> Iterator[tuple[str, bytes]]:
    """Path and bytes of one file after another, `mb` megabytes in all."""
    words = vocabulary(random.Random(f"words {seed}"))
    weights = [*accumulate(1 / (rank + 2.7) for rank in range(len(words)))]
    size = number = 0
    while size < mb * 1e6:
        rng = random.Random(f"{seed} {number}")
        day = FIRST_DAY + datetime.timedelta(days=number * 7 % 8_700)
        data = briefing(rng, words, weights, day).encode()
        yield f"{rng.choice(SERIES)}/{day.year}/{day}-{number:06}.txt", data
        size += len(data)
        number += 1


def briefing(rng: random.Random, words: list[str], weights: list[float], day: datetime.date) -> str:
    """One briefing as text."""
    drawn = iter(rng.choices(words, cum_weights=weights, k=1_500))
    rare = [f"{rng.choice(words)}{rng.choice(RHYMES)}{rng.choice(RHYMES)}" for _ in range(9)]
    said = [*ENGLISH.statements, *(_sentence(rng, drawn, rare) for _ in range(80))]
    people = tuple(
        (_name(rng, words), _name(rng, words), rng.choice(("Mr.", "Ms."))) for _ in range(12)
    )
    stock = replace(ENGLISH, statements=tuple(said), people=people)
    n = min(150, max(3, round(rng.lognormvariate(3, 0.8))))
    namer, mark, alone = rng.choice(LAYOUTS)
    event = (panel if alone or rng.random() < 0.5 else podium)(rng, stock, n=n)
    blocks = [f"Press Conference on {event.subject}", f"Date: {day:%d %B %Y}"]
    for turn, label in zip(event.said, label_all(event, namer), strict=True):
        first, *rest = turn.paragraphs
        blocks += [f"{label}:", first] if alone else [f"{label}{mark}{first}"]
        blocks += rest
    return "\n\n".join(blocks) + "\n"


def _sentence(rng: random.Random, drawn: Iterator[str], rare: list[str]) -> str:
    words = [next(drawn, "and") for _ in range(rng.randint(7, 17))]
    if rng.random() < 0.3:
        words[rng.randrange(len(words))] = rng.choice(rare)
    return f"{' '.join(words).capitalize()}."


def _name(rng: random.Random, words: list[str]) -> str:
    return rng.choice(words[3_000:]).capitalize()


def _who(person: Person, n: int) -> str:
    return person.organisation if person.role == "journalist" else person.full


def _q(person: Person, n: int) -> str:
    return "Q" if person.role == "journalist" else person.called.upper()


def _outlet(person: Person, n: int) -> str:
    return f"{person.full}, {person.organisation}" if person.role == "journalist" else person.full


def _brackets(person: Person, n: int) -> str:
    return f"{person.full} ({person.organisation})" if person.organisation else person.full


LAYOUTS: tuple[tuple[Namer, str, bool], ...] = (
    (_who, ":", True),
    (_q, ": ", False),
    (_who, ": ", False),
    (_outlet, ": ", False),
    (_brackets, ": ", False),
)


def make_folder(root: Path, mb: float, seed: int = 6) -> int:
    """Write the files into `root` and return how many."""
    n = 0
    for path, data in briefings(mb, seed):
        place = root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)
        n += 1
    return n


if __name__ == "__main__":
    print(make_folder(Path(sys.argv[1]), float(sys.argv[2])), "files")
