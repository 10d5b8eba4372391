"""Strings of words that pass from one speaker to another.

Who takes up another's words may agree, correct or quote them; that words come back is the sign
that can be counted (*dialogic resonance*, Du Bois 2014; *format tying*, Goodwin 1990). Here a
string is an echo where it stands for the first time in the turn of somebody else. It is as long
as it can be: neither a word more on the left nor on the right is common to the two turns.

Du Bois, J. (2014). Towards a dialogic syntax. Cognitive Linguistics 25(3).
Goodwin, M. H. (1990). He-Said-She-Said. Indiana University Press.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import pandas as pd

from briefing.answers.formulas import mark_formulas
from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.tables import TURNS, BriefingError
from briefing.words.groups import kind_of_text, name_unnamed
from briefing.words.search import (
    NOTHING,
    Flags,
    Ints,
    Level,
    codes,
    content_words,
    repeated,
    same_sentence,
    spelt,
)
from briefing.words.tokens import tokenize

NEEDED = ("briefing_id", "turn_id", "speaker", "role", "text", "answers")


def echo(turns: pd.DataFrame, *, min_words: int = 3) -> pd.DataFrame:
    """Find the longest word strings that first occur in somebody else's turn and come back.

    Parameters
    ----------
    turns : DataFrame
        A turns table, of one briefing or several; echoes are sought in each by itself.
    min_words : int
        The shortest string, 2 or more. Strings of two words are shown only where both are
        content words, longer ones where one is.

    Returns
    -------
    DataFrame
        One row per string and later turn, the longest first, then by `n_content`, then by
        place: `string` (folded words), `n_words`, `n_content` (those that are no function
        words), `formula`: true where all of these stand, in the later turn, in a formula such
        as *thank you very much* (see `briefing.formulas`), `briefing_id`; the turn in which it
        stands for the first time and where in its text, `first_turn_id, first_speaker,
        first_role, first_start, first_stop`; the same of the turn in which it comes back,
        `later_turn_id, later_speaker, later_role, later_start, later_stop`; `answers`: true
        where the later turn comes in answer to the first (by `answers` of the turns, which
        holds the first question where there are several); `n_before`: how often others had said
        it before the later turn; `n_later`: how often it stands in the later turn outside
        longer echoes from the same first turn. `.attrs`: `min_words`; `text_status`, `part`,
        `language`, as in the turns.

    Raises
    ------
    BriefingError
        Columns missing, `min_words` under 2, turns known not to be in English.

    Notes
    -----
    After the dialogic resonance of Du Bois (2014) and the format tying of Goodwin (1990).
    Strings are compared as folded words: another form is another word. They do not cross a
    sentence; they may cross a comma. What a speaker has said first and hears back and says
    again is no echo of the hearer. Of two turns whose speakers are not named, nobody knows
    whether they are one person's: they count as somebody else's only where their roles differ;
    an unnamed and a named speaker count as two.

    Not responsiveness, and no agreement: *I would not call it a cable of last resort* echoes,
    too. Not who coined a phrase: the first turn of a page is not the first time in the world,
    and many strings are common property. Select with pandas: `query("answers")` for words
    that pass from a question to its answer, `query("n_content > 1 and not formula")` for less
    small change.

    Examples
    --------
    >>> turns = pd.DataFrame({"briefing_id": "b", "turn_id": [1, 2], "answers": [None, 1],
    ...     "speaker": ["Harbour Times", "Ida Marlow"], "role": ["journalist", "official"],
    ...     "text": ["Is it a bridge of no return?", "A bridge of no return, you say. It is not."]})
    >>> echo(turns)[["string", "n_words", "first_turn_id", "later_turn_id", "answers"]]
                      string  n_words  first_turn_id  later_turn_id  answers
    0  a bridge of no return        5              1              2     True
    """
    TURNS.check(turns, *NEEDED)
    need_english(language_in(turns), "echo")
    if min_words < 2:
        raise BriefingError(f"min_words={min_words!r}: an echo has 2 words or more.")
    order = ["briefing_id", "turn_id"]
    turns = turns.sort_values(order, kind="stable", ignore_index=True)
    tokens = tokenize(turns.assign(turn_id=np.arange(len(turns))))
    table = _described(tokens, turns, _echoes(tokens, turns, min_words))
    by = {"n_words": False, "n_content": False, "briefing_id": True, "later_turn_id": True}
    by |= {"later_start": True, "first_turn_id": True}
    table = table.sort_values([*by], ascending=[*by.values()], ignore_index=True)
    table.attrs = kind_of_text(turns) | {"min_words": int(min_words)}
    return table


@dataclass(frozen=True)
class _Echoes:
    """Of each string and later turn: the rows where it begins in both turns, and its counts."""

    n_words: Ints
    first: Ints
    later: Ints
    n_before: Ints
    n_later: Ints


def _echoes(tokens: pd.DataFrame, turns: pd.DataFrame, min_words: int) -> _Echoes:
    """Every longest string that somebody else had said first."""
    turn = tokens["turn_id"].to_numpy(np.int64)
    code, words = codes(tokens)
    briefing = turns["briefing_id"].factorize(use_na_sentinel=False)[0]
    said, follows = briefing[turn] * len(words) + code, same_sentence(tokens)
    levels = [*repeated(said, follows, whole=True), NOTHING]
    before = np.where(follows, np.append(-1, code)[:-1], -1)
    who = _people(turns)
    found = [
        _of_length(level, longer, before, turn, who)
        for level, longer in pairwise(levels)
        if level.n_words >= min_words
    ]
    columns = zip(*found, strict=True) if found else [[np.empty(0, np.int64)]] * 5
    return _Echoes(*map(np.concatenate, columns))


def _of_length(
    level: Level, longer: Level, before: Ints, turn: Ints, who: Ints
) -> tuple[Ints, ...]:
    """The echoes of one length; `longer` has those of a word more, `before` the word before."""
    source = level.first[level.string]
    in_turn, from_turn = turn[level.places], turn[source]
    is_echo = who[from_turn] != who[in_turn]
    on_the_right = np.append(turn[longer.first], -1)[longer.strings_at(level.places)]
    for longer_from in (on_the_right, _from_on_the_left(level, before, turn)):
        is_echo &= longer_from != from_turn
    hit = np.flatnonzero(is_echo)
    pair = pd.factorize(level.string[hit] * len(who) + in_turn[hit])[0]
    n_later = np.bincount(pair)
    hit = hit[np.unique(pair, return_index=True)[1]]
    string, own = level.string, pd.factorize(level.string * len(who) + who[in_turn])[0]
    n_before = _n_before(string, in_turn, hit, len(who)) - _n_before(own, in_turn, hit, len(who))
    return np.full(len(hit), level.n_words), source[hit], level.places[hit], n_before, n_later


def _from_on_the_left(level: Level, before: Ints, turn: Ints) -> Ints:
    """Of each place, the turn where the string with the word before it stands first; -1: none."""
    word = before[level.places]
    pair = level.string * (before.max(initial=0) + 2) + word + 1
    _, first, number = np.unique(pair, return_index=True, return_inverse=True)
    return np.where(word < 0, -1, turn[level.places[first[number]]])


def _n_before(group: Ints, turn: Ints, hit: Ints, n_turns: int) -> Ints:
    """Of each hit, how many of its group stand in an earlier turn."""
    keys = np.sort(group * n_turns + turn)
    start = group[hit] * n_turns
    return np.searchsorted(keys, start + turn[hit]) - np.searchsorted(keys, start)


def _people(turns: pd.DataFrame) -> Ints:
    """Of each turn the number of its speaker; those without a name by their role."""
    named = name_unnamed(turns[["speaker", "role"]])
    return named.groupby(["speaker", "named"], sort=False).ngroup().to_numpy(np.int64)


def _described(tokens: pd.DataFrame, turns: pd.DataFrame, found: _Echoes) -> pd.DataFrame:
    code, words = codes(tokens)
    last = found.later + found.n_words - 1
    table = pd.DataFrame({"string": pd.Series(spelt(words, code, found.later, last), dtype="str")})
    content = content_words(words)[code]
    table["n_words"] = found.n_words
    table["n_content"] = _inside(content, found.later, last)
    marked = mark_formulas(tokens)["in_formula"].to_numpy(bool)
    in_formula = _inside(content & marked, found.later, last)
    table["formula"] = in_formula == table["n_content"]
    row = tokens["turn_id"].to_numpy(np.int64)
    first, later = (turns.iloc[row[at]] for at in (found.first, found.later))
    table["briefing_id"] = first["briefing_id"].array
    for name, side, at in (("first", first, found.first), ("later", later, found.later)):
        for column in ("turn_id", "speaker", "role"):
            table[f"{name}_{column}"] = side[column].array
        table[f"{name}_start"] = tokens["start"].to_numpy()[at]
        table[f"{name}_stop"] = tokens["stop"].to_numpy()[at + found.n_words - 1]
    answered = pd.to_numeric(later["answers"]).astype("float64").to_numpy()
    table["answers"] = answered == first["turn_id"].to_numpy()
    table["n_before"], table["n_later"] = found.n_before, found.n_later
    return table[table["n_content"] >= table["n_words"].eq(2) + 1]


def _inside(flags: Flags, first: Ints, last: Ints) -> Ints:
    """How many of the rows from first to last are flagged."""
    total = np.append(0, flags.cumsum())
    return total[last + 1] - total[first]
