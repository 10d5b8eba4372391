"""Topics: how often those of a dictionary come up, by whom, and when.

A topic is a category of words that somebody wrote down (`briefing.topics.files`), and a *hit* a
place where one of its patterns matches. Counting is exact and leads back to the words; whether
the words mean the topic is another question. Dictionaries carry over badly from the domain that
they were made for: "validate, validate, validate" (Grimmer & Stewart 2013). Draw a sample with
`coding_sample`, have two people code it until they agree (alpha of .80, Krippendorff 2004), and
print precision and recall beside the counts (`accuracy`).

Words about a topic are neither its importance nor an attitude: a journalist's question brings
up what an answer then repeats, and what is taken for granted is not named at all.

References
----------
Grimmer, J. and Stewart, B. (2013). Text as data. Political Analysis 21, 267-297.
Krippendorff, K. (2004). Content Analysis, 2nd edition.
Kilgarriff, A. (2005). Language is never, ever, ever, random.
"""

from __future__ import annotations

import pandas as pd

from briefing.tables import TOKENS, BriefingError
from briefing.topics.files import Source, read_topics
from briefing.topics.finding import elapsed, find_topics
from briefing.words.groups import in_order, kind_of_text
from briefing.words.rates import RESAMPLES, rates

WHERE = ["briefing_id", "turn_id", "speaker", "role", "sentence_id", "position"]
DESCRIBES = {
    "bootstrap by turn": "this briefing only: its turns drawn again, no other briefing",
    "bootstrap by briefing": "briefings like these: whole briefings drawn again",
    "upper bound": "nothing found: the rate up to which 0 hits are no surprise, if hits come "
    "independently of one another",
    "none": "no interval: the column `why` says why",
}


def topic_frequency(
    tokens: pd.DataFrame,
    topics: Source,
    *,
    by: str | None = None,
    level: float = 0.95,
    seed: int = 1,
) -> pd.DataFrame:
    """Count the topics of a dictionary, for each group of words, with the interval they bear.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table; select with pandas (`tokens.query("role == 'official'")`).
    topics : path, name, dict or Topics
        What `read_topics` takes: a TOML file, the name of a dictionary that comes with the
        package, or `{topic: [patterns]}`.
    by : str, optional
        The column whose values are compared: speaker, role, briefing_id or any other; all
        words together without it.
    level : float
        Of the intervals.
    seed : int
        The same seed draws the same turns or briefings again.

    Returns
    -------
    DataFrame
        One row per group and topic, found or not: `by` (by speaker also `named`: false for
        *unnamed journalists* and the like, who are several people), `topic`, `n_hits`,
        `n_words` (of the group), `per_1000` words with `low` and `high`; `interval`:
        *bootstrap by turn*, *bootstrap by briefing*, *upper bound* or *none*, and `why` there
        is none; `n_turns` (that have words), `n_turns_hit`, `share_turns` (0 to 1) with
        Wilson's `low_share` and `high_share`.
        `.attrs`: `dictionary, version, scope, accuracy` (None where it says none),
        `n_topics, n_patterns, by, level, seed, n_resamples, n_briefings`; `describes`, what
        each kind of interval in the table is about; `text_status`, `part`, `language`.

    Raises
    ------
    BriefingError
        No tokens, no column `by`, a bad dictionary or one for another language, a level that
        is not between 0 and 1.

    Notes
    -----
    per_1000 = 1000 * n_hits / n_words. Within a topic the longest match counts, and no word
    twice; topics may share words, and each then counts them: never add topics up.

    An answer says its topic many times, so words are no independent cases (Kilgarriff 2005):
    the interval draws whole turns of one briefing again, from ten turns on, and then describes
    *this briefing only*; whole briefings from ten on. Between lies none. Where nothing was
    found the rate is 0, and `high` is 1000 * 3.689 / n_words (at 95 %; Garwood): hits that
    come in bursts would allow more. Wilson's interval takes turns for independent cases.

    Not for what matters to a speaker nor for what they think of it; not for a domain that the
    dictionary was not validated in.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "text": [
    ...     "Port security comes first. We pay social security.", "Who pays?"]})
    >>> topics = {"security": {"patterns": ["security", "port security"],
    ...                        "exclude": ["social security"]}}
    >>> found = topic_frequency(briefing.tokenize(turns), topics, by="speaker")
    >>> found[["speaker", "n_hits", "n_words", "per_1000", "interval"]]
          speaker  n_hits  n_words  per_1000     interval
    0  Ida Marlow       1        8     125.0         none
    1   Jo Petrel       0        2       0.0  upper bound
    >>> found["why"][0]
    '1 turn: fewer than 10'
    """
    if not 0 < level < 1:
        raise BriefingError(f"level={level!r} is no share: give .95 for a 95 % interval.")
    read = read_topics(topics)
    words = in_order(tokens)
    found = find_topics(words, read)
    result = rates(words, found.hits.first, found.topic, read.names, by=by, level=level, seed=seed)
    result = result.rename(columns={"category": "topic"})
    kinds = set(result["interval"])
    result.attrs = kind_of_text(tokens) | read.describe()
    result.attrs |= {
        "made_by": "topic_frequency",
        "by": by,
        "level": level,
        "seed": seed,
        "n_resamples": RESAMPLES,
    }
    result.attrs["n_briefings"] = int(tokens["briefing_id"].nunique(dropna=False))
    result.attrs["describes"] = {kind: text for kind, text in DESCRIBES.items() if kind in kinds}
    return result


def topic_hits(tokens: pd.DataFrame, topics: Source) -> pd.DataFrame:
    """List every hit with its place, so that each count leads back to the words.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, with all words of the briefings: `at_share` counts those before a hit.
        Select among the hits afterwards.
    topics : path, name, dict or Topics
        What `read_topics` takes.

    Returns
    -------
    DataFrame
        One row a hit, in the order of the text, topics at one place as in the dictionary:
        `briefing_id, turn_id, speaker, role, sentence_id, position` (of the first word, from 0
        in the turn), `topic` (categorical, with all topics of the dictionary), `pattern` (as
        it is written there), `n_words`, `start, stop` (characters in the turn's text:
        `text[start:stop]` is the hit), `at_share` (0 to below 1: share of the briefing's words
        before it). No rows where nothing is found.
        `.attrs`: `dictionary, version, scope, accuracy, n_topics, n_patterns`; `text_status`,
        `part`, `language`.

    Raises
    ------
    BriefingError
        Not a tokens table, a bad dictionary or one for another language.

    Notes
    -----
    Counting by a dictionary: Grimmer & Stewart (2013, Political Analysis 21).
    All matches of a topic's patterns that share no word with a match of its `exclude`, then the
    longest first, then the earliest; a word is in one hit of a topic at most. Words may be hits
    of several topics: one row for each.

    Read them before you use the counts. Not a coding: precision is for people to mark.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["Ships pay port dues.", "Port security? In the port."]})
    >>> hits = topic_hits(briefing.tokenize(turns), {"sea": ["ship*", "port", "port security"]})
    >>> hits[["turn_id", "topic", "pattern", "n_words", "start", "stop", "at_share"]].round(2)
       turn_id topic        pattern  n_words  start  stop  at_share
    0        1   sea          ship*        1      0     5      0.00
    1        1   sea           port        1     10    14      0.22
    2        2   sea  port security        2      0    13      0.44
    3        2   sea           port        1     22    26      0.89
    """
    TOKENS.check(tokens)
    read = read_topics(topics)
    words = in_order(tokens)
    hits, topic, pattern = find_topics(words, read)
    last = hits.first + hits.n_words - 1
    time = elapsed(words)
    share = time.place / time.n_words[time.briefing]
    result = words[WHERE].iloc[hits.first].reset_index(drop=True)
    result["topic"] = pd.Categorical.from_codes(topic, pd.Index(read.names))
    result["pattern"] = pd.Series(pattern, dtype="str")
    result["n_words"] = hits.n_words
    result["start"] = words["start"].to_numpy()[hits.first]
    result["stop"] = words["stop"].to_numpy()[last]
    result["at_share"] = share[hits.first]
    result.attrs = kind_of_text(tokens) | read.describe()
    return result
