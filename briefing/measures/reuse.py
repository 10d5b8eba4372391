"""What is repeated word for word: runs of eight words and more, across dates and speakers.

Eight words seldom recur by chance; prepared lines, formulas and quotations do. If one run is always
part of another, only the longer is listed. Nothing here says who took it from whom.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, pairwise

import numpy as np
import pandas as pd

from briefing.lexicons.names import DENSE
from briefing.tables import TOKENS, check_least
from briefing.words.boundaries import Span, needs_tokenizer
from briefing.words.groups import finish, in_order, name_unnamed
from briefing.words.search import NOTHING, Hits, codes, following, repeated, spelt, turn_numbers
from briefing.words.tokens import tokenize

__all__ = ["characters", "repeats", "since"]

MIN_WORDS = 8


def characters(text: str) -> Iterator[Span]:
    """A tokenizer that treats each character as a word: for Chinese, `tokenizer=characters`."""
    return ((i, i + 1) for i, char in enumerate(text) if not char.isspace())


def any_tokens(turns: pd.DataFrame) -> pd.DataFrame:
    """The tokens of turns: characters if the language has no spaces between words."""
    unspaced = needs_tokenizer("\n".join(turns["text"]))
    return tokenize(turns, tokenizer=characters if unspaced else None)


def repeats(tokens: pd.DataFrame, *, min_words: int = MIN_WORDS) -> pd.DataFrame:
    """List the runs of words that are repeated word for word.

    Parameters
    ----------
    tokens : DataFrame
        The tokens of one or more briefings; for Chinese those of `tokenizer=characters`.
    min_words : int
        The minimum length of a run.

    Returns
    -------
    DataFrame
        One row per run, those in most briefings first: `text`, `n_words`, `n` (how often),
        `n_turns`, `n_briefings`, `speakers` (who says it, separated by semicolons), `n_speakers`,
        `shared` (by a journalist and an official), `first_briefing_id, first_turn_id` and
        `last_briefing_id`, in the order of the tokens; `first_date, last_date` if there are dates.

    Raises
    ------
    BriefingError
        If it is not a tokens table, or `min_words` is below 2.

    Examples
    --------
    >>> import briefing
    >>> said = "We will open the quay as soon as it is safe to do so."
    >>> talk = briefing.parse(f"MS. MARLOW: {said}\\nQ: When?\\nMS. MARLOW: As I say: {said}")
    >>> repeats(talk.tokens)[["n_words", "n", "n_turns", "shared"]]
       n_words  n  n_turns  shared
    0       14  2        2   False
    """
    TOKENS.check(tokens, "speaker", "role")
    check_least(2, min_words=min_words)
    ordered = in_order(tokens)
    code, words = codes(ordered)
    runs = [*_runs(code, following(ordered), min_words)]
    hits = _hits(ordered, runs)
    result = _described(hits) if len(hits) else pd.DataFrame(columns=COLUMNS)
    first = hits.drop_duplicates("run")["row"].to_numpy(np.int64)
    texts = spelt(words, code, first, first + result["n_words"].to_numpy(np.int64) - 1)
    result.insert(0, "text", [t.replace(" ", "") if DENSE.search(t) else t for t in texts])
    order = ["n_briefings", "n", "n_words"]
    result = result.sort_values(order, ascending=False, kind="stable", ignore_index=True)
    return finish(result, tokens, made_by="repeats", min_words=min_words)


COLUMNS = ["n_words", "n", "n_turns", "n_briefings", "speakers", "n_speakers", "shared"]


def _runs(code: np.ndarray, follows: np.ndarray, least: int) -> Iterator[tuple[int, np.ndarray]]:
    """The length and places of each run that is not always part of a longer one."""
    levels = chain(repeated(code, follows, whole=True), [NOTHING])
    for n_words, (level, longer) in enumerate(pairwise(levels), 1):
        if n_words >= least:
            yield from ((n_words, places) for places in _kept(level, longer, follows))


def _kept(level: Hits, longer: Hits, follows: np.ndarray) -> Iterator[np.ndarray]:
    before = np.where(follows[level.firsts], level.firsts - 1, -2)
    counts = np.append(longer.count, 0)
    inside = np.zeros(len(level.count), bool)
    for at in (level.firsts, before):
        inside |= counts[longer.at(at)] >= level.count
    order = np.argsort(level.pattern, kind="stable")
    places = np.split(level.first[order], np.cumsum(level.count)[:-1])
    yield from (places[i] for i in np.flatnonzero(~inside))


def _hits(tokens: pd.DataFrame, runs: list[tuple[int, np.ndarray]]) -> pd.DataFrame:
    """One row per occurrence of a run: which run, how long, who says it where."""
    row = np.concatenate([np.empty(0, np.int64), *(at for _, at in runs)])
    n = [len(at) for _, at in runs]
    columns = [c for c in ("briefing_id", "turn_id", "speaker", "role", "date") if c in tokens]
    hits = tokens[columns].iloc[row].reset_index(drop=True)
    hits["role"] = hits["role"].astype("object").fillna("unknown")
    hits = name_unnamed(hits).assign(row=row, turn=turn_numbers(tokens)[row])
    hits["run"] = np.repeat(np.arange(len(runs)), n)
    hits["n_words"] = np.repeat([length for length, _ in runs], n)
    return hits


def _described(hits: pd.DataFrame) -> pd.DataFrame:
    runs = hits.groupby("run", sort=False)
    table = pd.DataFrame(
        {
            "n_words": runs["n_words"].first(),
            "n": runs.size(),
            "n_turns": runs["turn"].nunique(),
            "n_briefings": runs["briefing_id"].nunique(),
            "speakers": runs["speaker"].agg(lambda who: "; ".join(dict.fromkeys(who))),
            "n_speakers": runs["speaker"].nunique(),
            "shared": runs["role"].agg(lambda role: {"journalist", "official"} <= {*role}),
            "first_briefing_id": runs["briefing_id"].first().astype("str"),
            "first_turn_id": runs["turn_id"].first(),
            "last_briefing_id": runs["briefing_id"].last().astype("str"),
        }
    )
    if "date" in hits:
        dates = hits["date"].astype("str").groupby(hits["run"], sort=False)
        table["first_date"], table["last_date"] = dates.min(), dates.max()
    return table.reset_index(drop=True)


def since(
    tokens: pd.DataFrame, earlier: pd.DataFrame, *, min_words: int = MIN_WORDS
) -> pd.DataFrame:
    """Say which runs of a briefing are new, kept from earlier ones, or gone.

    Parameters
    ----------
    tokens : DataFrame
        The tokens of today's briefing.
    earlier : DataFrame
        The tokens of the briefings before it.

    Returns
    -------
    DataFrame
        As from `repeats`, with `status` first: *kept*, said today and before; *new*, said at least
        twice today and never before; *gone*, said in two earlier briefings but not today. If there
        is only one earlier briefing, *gone* is what it says at least twice.
    """
    both = pd.concat([earlier.assign(today=False), tokens.assign(today=True)], ignore_index=True)
    for column in ("briefing_id", "speaker", "role", "token"):
        both[column] = both[column].astype("category")
    found = repeats(both, min_words=min_words)
    today, before = {*tokens["briefing_id"]}, {*earlier["briefing_id"]}
    now = found["last_briefing_id"].isin(today)
    then = found["first_briefing_id"].isin(before)
    gone = ~now & ((found["n_briefings"] > 1) | (len(before) == 1))
    status = np.select([now & then, now, gone], ["kept", "new", "gone"], "")
    found.insert(0, "status", status)
    result = found[status != ""].reset_index(drop=True)
    result.attrs = found.attrs | {"made_by": "since", "n_earlier": len(before)}
    return result
