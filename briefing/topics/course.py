"""Topics over time: where in the briefing each topic of a dictionary falls.

Time is counted in words: what share of the briefing's words has gone by. So the opening of a
long briefing and that of a short one lie at the same place, and two briefings can be laid over
one another. It is the order of the transcript, not the clock.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.tables import TOKENS, BriefingError
from briefing.topics.files import Source, read_topics
from briefing.topics.finding import elapsed, find_topics
from briefing.words.groups import in_order, kind_of_text
from briefing.words.search import Ints

COLUMNS = ["briefing_id", "topic", "bin", "from_share", "to_share"]
COLUMNS += ["first_turn", "last_turn", "n_hits", "n_words", "per_1000"]


def topic_course(tokens: pd.DataFrame, topics: Source, *, bins: int = 10) -> pd.DataFrame:
    """Count the topics along each briefing, in stretches of equally many words.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, with all words of the briefings: what is left out has not elapsed.
    topics : path, name, dict or Topics
        What `read_topics` takes.
    bins : int
        How many stretches each briefing is cut into. Tenths of a long and of a short briefing
        lie at the same share of the words, so that the two can be compared.

    Returns
    -------
    DataFrame
        One row per topic, briefing and stretch, found or not: `briefing_id, topic, bin` (from
        1), `from_share, to_share` (0 to 1: share of the briefing's words elapsed), `first_turn,
        last_turn` (turn_id of its first and last word), `n_hits` (that begin in it),
        `n_words`, `per_1000` (NaN in a stretch without words, of a briefing with fewer words
        than `bins`).
        `.attrs`: `bins`, `dictionary, version, scope, accuracy, n_topics, n_patterns`;
        `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        No tokens, a bad dictionary or one for another language, `bins` no number from 1 on.

    Notes
    -----
    A dictionary's hits (Grimmer & Stewart 2013, Political Analysis 21), stretch by stretch.
    Word number i (from 0) of n is in stretch 1 + floor(i * bins / n), so that stretches differ
    by one word at most. No interval: a stretch is a few turns of one briefing. Words are not
    minutes, and where the text is part of an event (`part`) shares are of this part. By turn,
    in one briefing: `topic_frequency(tokens, topics, by="turn_id")`; by place, `topic_hits`.

    Not for saying that interest rises or falls: who asks when is often arranged beforehand.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["Ships came.", "Roads? And ships?", "Roads, roads, yes."]})
    >>> course = topic_course(briefing.tokenize(turns), {"land": ["road*"]}, bins=2)
    >>> course.drop(columns=["briefing_id", "per_1000"])
      topic  bin  from_share  to_share  first_turn  last_turn  n_hits  n_words
    0  land    1         0.0       0.5           1          2       1        4
    1  land    2         0.5       1.0           2          3       2        4
    """
    TOKENS.check(tokens)
    _check_course(tokens, bins)
    read = read_topics(topics)
    words = in_order(tokens)
    found = find_topics(words, read)
    time = elapsed(words)
    stretch = time.briefing * bins + time.place * bins // time.n_words[time.briefing]
    stretches = _stretches(words, time.briefings, stretch, bins)
    result = pd.DataFrame({"topic": read.names}).merge(stretches, how="cross")
    cell = found.topic * len(stretches) + stretch[found.hits.first]
    result["n_hits"] = np.bincount(cell, minlength=len(result))
    result["per_1000"] = 1000 * result["n_hits"] / result["n_words"].where(result["n_words"] > 0)
    result = result[COLUMNS]
    result.attrs = (
        kind_of_text(tokens) | read.describe() | {"made_by": "topic_course", "bins": bins}
    )
    return result


def _stretches(words: pd.DataFrame, briefings: pd.Index, stretch: Ints, bins: int) -> pd.DataFrame:
    """One row per briefing and stretch: from where to where, and which turns and words."""
    n_words = np.bincount(stretch, minlength=len(briefings) * bins)
    ends = np.cumsum(n_words)
    turn = words["turn_id"].astype("Int64").array
    first, last = (np.where(n_words > 0, at, -1) for at in (ends - n_words, ends - 1))
    number = np.arange(len(n_words)) % bins
    return pd.DataFrame(
        {
            "briefing_id": briefings.repeat(bins),
            "bin": number + 1,
            "from_share": number / bins,
            "to_share": (number + 1) / bins,
            "first_turn": turn.take(first, allow_fill=True),
            "last_turn": turn.take(last, allow_fill=True),
            "n_words": n_words,
        }
    )


def _check_course(tokens: pd.DataFrame, bins: int) -> None:
    if tokens.empty:
        raise BriefingError(
            "no words, so nothing elapses: the tokens table has 0 rows. Select less narrowly, or "
            "read a transcript that has turns."
        )
    if isinstance(bins, bool) or not isinstance(bins, int | np.integer) or bins < 1:
        raise BriefingError(f"bins={bins!r} is no number of stretches: give 1 or more, such as 10.")
