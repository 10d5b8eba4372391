"""Which forms belong to one word: *barrier, barriers*; *share, shared*; *country, country's*.

A rule of thumb takes off an English ending, as Harman's s-stemmer does for plurals, here also
-ed, -ing and 's; and the vocabulary has the last word: two forms are one only where what the
rule leaves stands in the same text as a word. Unlike a stemmer it keeps *security* from
*secure*, and *development* from *develop*; it misses irregular forms, and two forms of a word
that never stands there without an ending; and it takes *news* for a form of *new*.

Harman, D. (1991). How effective is suffixing? J. American Society for Information Science 42.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

_ENDINGS = (  # ending, and what may stand in its place, the likelier first
    ("'s", ("",)),
    ("ies", ("y",)),
    ("es", ("e", "")),
    ("s", ("",)),
    ("ied", ("y",)),
    ("ed", ("e", "")),
    ("ing", ("e", "")),
)
_SHORTEST = 3


def words_of_forms(forms: Sequence[str]) -> np.ndarray:
    """Of each form the number of the form that stands for its word, its own where none does."""
    number = {form: i for i, form in enumerate(forms)}
    base = [number.get(_without_ending(form, number), i) for i, form in enumerate(forms)]
    of = np.array(base, np.int64)
    while (of != of[of]).any():
        of = of[of]
    return of


def _without_ending(form: str, known: dict[str, int]) -> str:
    for ending, instead in _ENDINGS:
        if form.endswith(ending) and not form.endswith("ss"):
            stem = form.removesuffix(ending)
            shorter = [stem + letters for letters in instead]
            if stem[-1:] == stem[-2:-1]:
                shorter.append(stem[:-1])
            for base in shorter:
                if len(base) >= _SHORTEST and base in known:
                    return base
    return form
