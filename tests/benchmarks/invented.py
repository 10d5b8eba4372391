"""Invented running text with the statistics of briefings: words, ranks, punctuation.

How it was chosen. The English transcripts this project was tested on (17 briefings, 51,204 words,
shuffled) have 1,116 types in their first 5,000 words, 3,795 in 28,891 and 5,181 in all: types grow
with the power 0.67 (Heaps), which makes some 39,000 in the first million. The slope of frequency by
rank is 0.66 for the ten commonest words, 0.92 to rank 100, 1.07 to rank 1,000 and steeper after;
the ten commonest words are 25 % of all, the hundred commonest 55, the thousand commonest 84, and
half of the pairs of neighbours are new. Of 100 words 2.9 have an apostrophe (four in five curly),
0.5 a hyphen, 0.8 a digit, 0.1 are initials; they come with 6.4 commas, 3 to 4 full stops and 1.3
dashes; 7 to 8 are capital within a sentence. A word with its gap is 5.8 characters long. Words
drawn independently, as here, repeat less than those of one briefing, so slopes are steeper here
(1.55 at the tail, TAIL), to come out alike at a million: 4,393 types in 28,891 words, 6,345 in
51,204, 40,454 in a million; 24 %, 56 % and 84 % in the ten, hundred and thousand commonest; 5.8
characters. No word of a transcript is used.
"""

from __future__ import annotations

import numpy as np

VOCABULARY = 1 << 21  # ranks
KNOTS, SLOPES, TAIL = (1, 10, 100, 1000), (0.66, 0.96, 1.25), 1.55
PAIRED, FOLLOWERS = 0.5, 8  # a quarter of the words are one of 8 that often follow that before

SYLLABLES = [c + v + e for c in "bdfghjklmnprstvwyz" for v in "aeiou" for e in ["", *"lmnrst"]]
ACCENTED = str.maketrans("aeiou", "áéîöü")
CLITICS = ["", "’s", "’t", "’re", "'s", "’ll"]
CLITIC_SHARES = [0.95, 0.024, 0.01, 0.004, 0.01, 0.002]
GAPS = [" ", ", ", " — ", " – ", "-", " “", "” ", ". ", "? ", ".\n\n"]
GAP_SHARES = [0.875, 0.064, 0.009, 0.004, 0.005, 0.002, 0.002, 0.029, 0.004, 0.006]
ENDS = 7  # gaps from here on end a sentence
RARE = ["U.S.", "p.m.", "U.N.", "U.S.-EU", "Ph.D.", "https://www.marland.example/a?b=1"]
RARE_SHARES = [0.5, 0.2, 0.15, 0.1, 0.04, 0.01]
N_NUMBERS, NUMBER, RARE_WORD = 2000, 0.008, 0.001


def shares() -> np.ndarray:
    """The share of each rank: straight lines between KNOTS where both axes are logarithms."""
    at = np.log([*KNOTS, VOCABULARY])
    fall = np.cumsum([0, *np.diff(at) * [*SLOPES, TAIL]])
    share = np.exp(-np.interp(np.log(np.arange(1, VOCABULARY + 1)), at, fall))
    return share / share.sum()


def word(rank: int) -> str:
    """The word of a rank, another one for each: a syllable, two or three; some are names."""
    n = len(SYLLABLES)
    if rank < 60:
        return SYLLABLES[rank * 101 % n]
    number = rank * 15_485_863
    made = SYLLABLES[number % n] + SYLLABLES[number // n % n]
    if rank >= n * n or (rank >= 1000 and rank % 3):
        made += SYLLABLES[number // n // n % n]
    if rank % 400 == 399:
        made = made.translate(ACCENTED)
    return made.capitalize() if rank > 200 and rank % 4 == 0 else made


def number(i: int) -> str:
    """A number as briefings print them."""
    a, b = divmod(i * 7919 % 60_000, 60)
    forms = f"{a % 90 + 1},{b:03}", f"{a % 20}.{b}%", f"{a % 24}:{b:02}", f"20{b:02}", f"{b}"
    return forms[i % len(forms)]


class Words:
    """Draws the words of a running text; the same seed, the same words."""

    def __init__(self, seed: int) -> None:
        self.upto = shares().cumsum()
        rng = np.random.default_rng(seed)
        self.follower = self._ranks(rng, (1 << 14, FOLLOWERS))

    def _ranks(self, rng: np.random.Generator, shape: int | tuple[int, ...]) -> np.ndarray:
        return np.searchsorted(self.upto, rng.random(shape) * self.upto[-1])

    def text(self, rng: np.random.Generator, ends: np.ndarray, shifted: np.ndarray) -> np.ndarray:
        """Pieces of text, a row a word: word, clitic, gap. `ends`: last words of turns."""
        n = len(ends)
        ranks = self._follow(rng, self._ranks(rng, n))
        topical = shifted & (ranks >= 128) & (ranks < 4096)
        ranks[topical] ^= 96  # other words are common where `shifted`
        gaps = rng.choice(len(GAPS), n, p=GAP_SHARES)
        gaps[ends] = ENDS
        clitics = rng.choice(len(CLITICS), n, p=CLITIC_SHARES) * (ranks < 200)  # common words
        opens = np.append([True], gaps[:-1] >= ENDS)
        return np.column_stack(
            [
                _printed(rng, ranks, opens),
                np.array(CLITICS, object)[clitics],
                np.array(GAPS, object)[gaps],
            ]
        )

    def _follow(self, rng: np.random.Generator, ranks: np.ndarray) -> np.ndarray:
        """Some words are followers of the one before, so that words keep company."""
        paired = rng.random(len(ranks)) < PAIRED
        paired[1:] &= ~paired[:-1]
        paired[0] = False
        at = np.flatnonzero(paired)
        which = np.minimum(rng.geometric(0.4, len(at)), FOLLOWERS) - 1
        ranks[at] = self.follower[ranks[at - 1] % len(self.follower), which]
        return ranks


def _printed(rng: np.random.Generator, ranks: np.ndarray, opens: np.ndarray) -> np.ndarray:
    distinct, which = np.unique(ranks, return_inverse=True)
    forms = [word(rank) for rank in distinct.tolist()]
    printed = np.array(forms, object)[which]
    printed[opens] = np.array([form.capitalize() for form in forms], object)[which[opens]]
    kind = rng.random(len(ranks))
    numbers, rare = kind < NUMBER, kind > 1 - RARE_WORD
    of_number = (rng.pareto(1, int(numbers.sum())) * 20).astype(int) % N_NUMBERS
    printed[numbers] = np.array([number(i) for i in range(N_NUMBERS)], object)[of_number]
    printed[rare] = rng.choice(np.array(RARE, object), int(rare.sum()), p=RARE_SHARES)
    return printed
