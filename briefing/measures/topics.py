"""The topics of a dictionary: its file, where they come up, how often and when.

A topic is a category of words: a name, a definition, the patterns that indicate it, and those that
only look like it. A dictionary is a TOML text file, saved as UTF-8, that a teacher can edit: a
table `[about]`, then one per topic, in the order in which results show them. Everything is checked,
and errors name the dictionary, the topic and the pattern::

    [about]
    title = "Harbour affairs"
    version = "1.0"
    scope = "English press briefings of ports, 2020s; not tested elsewhere."

    [security]
    definition = "Keeping ships, goods and people in port from harm."
    patterns = ["security", "port security", "smuggl*"]
    exclude = ["social security"]
    counted = "Also the watch at the gates."
    not_counted = "Accidents at work."

    ["ship building"]
    definition = "Yards, and the ships built there."
    patterns = ["shipyard*", "ship building"]

`[about]` needs these three, and may have
`licence, author, date, source, language, precision, accuracy, notes`. A topic needs `definition`
(one line) and `patterns`; it may have `exclude` and, for people who code by hand,
`counted, not_counted, notes`. `briefing.words.search` defines patterns: one or more words, `*` for
any letters, `?` for one. A match that shares a word with a match of `exclude` is not a hit for that
topic. *Ship-building* and *ship building* are two patterns.

A *hit* is a place where a pattern of a topic matches. Counting is exact and leads back to the
words; whether the words mean the topic is another question. Dictionaries do not transfer well from
the domain they were made for: "validate, validate, validate" (Grimmer & Stewart 2013), so a file
gives its `scope` and, once measured, its `accuracy`, and its `precision` in the few words that fit
in a figure. Draw a sample with `coding.sample`, have two people code it until they agree (alpha of
.80, Krippendorff 2004), and report precision and recall with the counts.

Words about a topic show neither its importance nor an attitude: an answer repeats what a question
brings up, and what is taken for granted is not named at all.

When a topic comes up is measured in words: the share of the briefing's words so far. So the
openings of a long and a short briefing are at the same place, and two briefings can be overlaid.
This is the order of the transcript, not the clock.

References
----------
Grimmer, J. and Stewart, B. (2013). Text as data. Political Analysis 21, 267-297.
Krippendorff, K. (2004). Content Analysis, 2nd edition.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from fnmatch import fnmatchcase
from functools import partial
from importlib import resources
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd

from briefing.lexicons.languages import language_in
from briefing.tables import TOKENS, BriefingError
from briefing.words.groups import WHERE, By, Flags, Ints, finish, in_order
from briefing.words.rates import rates
from briefing.words.search import Hits, apart, at_rows, check_pattern, find_lists

__all__ = ["codebook", "course", "frequency", "of_questions", "read"]

NEEDED_ABOUT = ("title", "version", "scope")
MAY_SAY = ("licence", "author", "date", "source", "language", "precision", "accuracy", "notes")
ABOUT = (*NEEDED_ABOUT, *MAY_SAY)
LISTS = ("patterns", "exclude")
KEYS = ("definition", *LISTS, "counted", "not_counted", "notes")


@dataclass(frozen=True)
class Topic:
    """One category of a dictionary: its patterns, what they indicate and what they do not."""

    name: str
    patterns: tuple[str, ...]
    exclude: tuple[str, ...] = ()
    definition: str = ""
    counted: str = ""
    not_counted: str = ""
    notes: str = ""


@dataclass(frozen=True)
class Topics:
    """A dictionary: where it came from, what it says about itself, its topics in order."""

    source: str
    topics: tuple[Topic, ...]
    about: Mapping[str, str] = field(default_factory=dict)

    @property
    def names(self) -> list[str]:
        """The topics' names, in order."""
        return [topic.name for topic in self.topics]

    def describe(self) -> dict[str, str | int | None]:
        """What a result says about its dictionary."""
        known = {key: self.about.get(key) for key in ("version", "scope", "precision", "accuracy")}
        n_patterns = sum(len(topic.patterns) for topic in self.topics)
        counts = {"n_topics": len(self.topics), "n_patterns": n_patterns}
        return {"dictionary": self.about.get("title", self.source), **known, **counts}


def check_about(where: str, about: Any) -> dict[str, str]:
    """The header, checked, as text."""
    if not isinstance(about, Mapping):
        raise BriefingError.of("no about", where=where, needed=", ".join(NEEDED_ABOUT))
    for key in (*NEEDED_ABOUT, *about):
        if key not in ABOUT:
            raise BriefingError.of("unknown about", where=where, key=key, known=", ".join(ABOUT))
        value = about.get(key, "")
        if not isinstance(value, str | date) or not str(value).strip():
            raise BriefingError.of("about not text", where=where, key=key, value=value)
    return {key: str(value) for key, value in about.items()}


def check_topics(where: str, tables: Mapping[str, Any]) -> tuple[Topic, ...]:
    """The topics, checked, in order."""
    if not tables:
        raise BriefingError.of("dictionary without topics", where=where)
    return tuple(_topic(where, name, table) for name, table in tables.items())


def _topic(where: str, name: Any, table: Any) -> Topic:
    """One topic, checked."""
    if not isinstance(name, str) or not name.strip():
        raise BriefingError.of("topic name", where=where, name=name)
    if not isinstance(table, Mapping):
        raise BriefingError.of("outside any table", where=where, name=name, table=table)
    wrong = partial(BriefingError.of, where=where, topic=name)
    _check_keys(table, wrong)
    patterns, exclude = (_patterns(key, table.get(key, []), wrong) for key in LISTS)
    if not patterns:
        raise wrong("topic without patterns")
    for twice in patterns.keys() & exclude.keys():
        raise wrong("pattern excluded", pattern=twice)
    for pattern in patterns:
        if any(_holds(pattern.split(), out.split()) for out in exclude):
            raise wrong("never a hit", pattern=pattern)
    prose = {key: value for key, value in table.items() if key not in LISTS}
    return Topic(name, tuple(patterns.values()), tuple(exclude.values()), **prose)


def _check_keys(table: Mapping[str, Any], wrong: Callable[..., BriefingError]) -> None:
    """Raise `wrong` unless all keys are known and all values texts, except for the lists."""
    for key, value in table.items():
        if key not in KEYS:
            raise wrong("unknown topic key", key=key, known=", ".join(KEYS))
        if key not in LISTS and not isinstance(value, str):
            raise wrong("topic key not text", key=key, value=value)
    if "\n" in table.get("definition", "").strip():
        raise wrong("long definition")


def _patterns(key: str, given: Any, wrong: Callable[..., BriefingError]) -> dict[str, str]:
    """The patterns of a list in the form in which they are compared, with how they were written."""
    if not isinstance(given, list | tuple):
        raise wrong("patterns no list", key=key, given=given)
    found: dict[str, str] = {}
    for pattern in given:
        try:
            plain = " ".join(check_pattern(pattern))
        except BriefingError as error:
            raise wrong("topic pattern", error=error) from error
        if not plain.strip("*? "):
            raise wrong("no letters", pattern=pattern)
        if plain in found:
            raise wrong("pattern twice", pattern=pattern, key=key)
        found[plain] = pattern
    return found


def _holds(words: list[str], part: list[str]) -> bool:
    """Whether an excluded pattern matches within the words of a pattern."""
    runs = (words[i : i + len(part)] for i in range(len(words) - len(part) + 1))
    return any(all(map(fnmatchcase, run, part)) for run in runs)


GIVEN = "the patterns given"  # what a dictionary without a file is called in errors and results

Source = str | PathLike[str] | Mapping[str, Any] | Topics


def read(source: Source) -> Topics:
    """Read a dictionary of topics, and refuse one with errors.

    Parameters
    ----------
    source : str, path or dict
        A path (with its ending, `.toml`), the name of a dictionary that comes with the package
        (`"digital-policy"`), or your own `{topic: [patterns]}`; instead of the list you can give a
        dict with the keys of a topic in a file. Topics are returned unchanged.

    Returns
    -------
    Topics
        `source` (path or name), `about` (dict of the header), `topics` (name, patterns,
        exclude, definition, counted, not_counted, notes), `names`.

    Raises
    ------
    BriefingError
        If there is no such file or name, it is not UTF-8 or TOML, a key is unknown, an entry is
        missing or empty, or a pattern is empty, cannot match, is only wildcards, is repeated, or is
        excluded by its own topic. It names file, topic and pattern.

    Examples
    --------
    >>> import briefing
    >>> briefing.topics.read({"sea": ["ship*", "port of *"], "land": ["road*"]}).names
    ['sea', 'land']
    """
    if isinstance(source, Topics):
        return source
    if isinstance(source, Mapping):
        tables = {
            name: table if isinstance(table, Mapping) else {"patterns": table}
            for name, table in source.items()
        }
        return Topics(GIVEN, check_topics(GIVEN, tables))
    where, file = _file(source)
    tables = _tables(where, file)
    about = check_about(where, tables.pop("about", None))
    topics = check_topics(where, tables)
    for topic in topics:
        if not topic.definition.strip():
            raise BriefingError.of("no definition", where=where, topic=topic.name)
    return Topics(where, topics, about)


def codebook(topics: Source) -> pd.DataFrame:
    """Show a dictionary as a table: what each topic means, and which patterns find it.

    Takes and raises the same as `topics.read`.

    Returns
    -------
    DataFrame
        One row per topic: `topic, definition, counted, not_counted, patterns, exclude` (each a
        list in one cell, with commas), `notes`, `n_patterns`. `.attrs`: `dictionary, version,
        scope, precision, accuracy, n_topics, n_patterns`.

    Not a validation: people must check by hand whether the patterns find what the definition says
    (Krippendorff 2004, Content Analysis; `coding.sample`).

    Examples
    --------
    >>> import briefing
    >>> found = briefing.topics.codebook({"sea": ["ship*", "port of *"]})
    >>> found[["topic", "patterns", "n_patterns"]]
      topic          patterns  n_patterns
    0   sea  ship*, port of *           2
    """
    known = read(topics)
    rows = [
        vars(topic)
        | {key: ", ".join(vars(topic)[key]) for key in LISTS}
        | {"topic": topic.name, "n_patterns": len(topic.patterns)}
        for topic in known.topics
    ]
    columns = ["topic", "definition", "counted", "not_counted", *LISTS, "notes", "n_patterns"]
    table = pd.DataFrame(rows, columns=columns)
    table.attrs.update(known.describe())
    return table


def _file(source: str | PathLike[str]) -> tuple[str, Traversable]:
    """The name of the file and its path: one from the package, or any other."""
    if not isinstance(source, str | PathLike):
        raise BriefingError.of("no topics", source=source)
    folder = resources.files("briefing.lexicons")
    names = [f.name[7:-5] for f in folder.iterdir() if f.name.startswith("topics-")]
    if source in names:
        return str(source), folder.joinpath(f"topics-{source}.toml")
    path = Path(source)
    if not path.is_file():
        known = ", ".join(sorted(names)) or "none"
        raise BriefingError.of("no dictionary", source=str(source), known=known)
    return str(path), path


def _tables(where: str, file: Traversable) -> dict[str, Any]:
    """The tables of a TOML file."""
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        at, byte = error.start, error.object[error.start]
        raise BriefingError.of("dictionary not UTF-8", where=where, at=at, byte=byte) from error
    except tomllib.TOMLDecodeError as error:
        raise BriefingError.of("dictionary not TOML", where=where, error=error) from error


def find_topics(tokens: pd.DataFrame, topics: Topics) -> Hits:
    """Find every topic: the longest match first, no word twice in a topic, none excluded.

    Raises BriefingError if the text is known to be in a different language from the dictionary.
    """
    _check_language(tokens, topics)
    return find_lists(tokens, [(topic.patterns, topic.exclude) for topic in topics.topics], _kept)


def elapsed(words: pd.DataFrame) -> tuple[Ints, Ints, Ints, pd.Index]:
    """For each word in order, its briefing and place there; the words and id of each briefing."""
    briefing, briefings = pd.factorize(words["briefing_id"], use_na_sentinel=False)
    n_words = np.bincount(briefing)
    begins = np.cumsum(n_words) - n_words
    return briefing, np.arange(len(words)) - begins[briefing], n_words, briefings


def _kept(hits: Hits, excluded: Flags) -> Ints:
    """The rows to keep for one topic, from the matches of its patterns and exclusions."""
    rows = np.flatnonzero(~excluded)
    rows = rows[~_touched(hits.take(rows), hits.take(excluded))]
    return rows[apart(hits.take(rows))]


def _touched(hits: Hits, others: Hits) -> Flags:
    """Whether each hit shares a word with any of `others`.

    These are the ones that begin before its end, minus those that end before it begins.
    """
    begins, ends = np.sort(others.first), np.sort(others.first + others.n_words)
    before_its_end = np.searchsorted(begins, hits.first + hits.n_words, side="left")
    return before_its_end > np.searchsorted(ends, hits.first, side="right")


def _check_language(tokens: pd.DataFrame, topics: Topics) -> None:
    text, dictionary = language_in(tokens), topics.about.get("language")
    if text and dictionary and _main(text) != _main(dictionary):
        languages = {"dictionary": dictionary, "text": text}
        raise BriefingError.of("dictionary for another language", source=topics.source, **languages)


def _main(language: object) -> str:
    """The language of a tag: `en` of `en-GB`."""
    return str(language).casefold().replace("_", "-").split("-")[0]


DESCRIBES = {
    "by turn": "this talk, of which its turns are a sample: no other briefing",
    "by briefing": "briefings like these, of which they are a sample",
    "upper bound": "nothing found: the rate up to which 0 hits are no surprise, if hits come "
    "independently of one another",
    "none": "no interval: the column `why` says why",
}


def frequency(
    tokens: pd.DataFrame, topics: Source, *, by: By = None, level: float = 0.95, hits: bool = False
) -> pd.DataFrame:
    """Count the topics of a dictionary, for each group of words, with intervals if possible.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table; select with pandas (`tokens.query("role == 'official'")`).
    topics : path, name, dict or Topics
        As for `topics.read`: a TOML file, the name of a dictionary in the package, or
        `{topic: [patterns]}`.
    by : str or list of str, optional
        The columns whose values are compared: speaker, role, briefing_id or any other; by default
        all words together.
    level : float
        Of the intervals.
    hits : bool
        List every hit with its place instead; `by` and `level` are then ignored.

    Returns
    -------
    DataFrame
        One row per group and topic, found or not: `by` (by speaker also `named`: false for *unnamed
        journalists* and the like, who are several people), `topic`, `n_hits`, `n_words` (of the
        group), `per_1000` words with `low` and `high`; `interval`: *by turn*, *by briefing*, *upper
        bound* or *none*, and `why` it is missing; `n_turns` (that have words), `n_turns_hit`,
        `share_turns` (0 to 1) with Wilson's `low_share` and `high_share`. `.attrs`:
        `dictionary, version, scope, precision, accuracy` (None if not stated),
        `n_topics, n_patterns, by, level, n_briefings`; `describes`, what each kind of interval in
        the table refers to; `text_status`, `part`, `language`.

        With `hits`, one row per hit, in the order of the text, topics at one place as in the
        dictionary: `briefing_id, turn_id, speaker, role, sentence_id, position` (of the first word,
        from 0 in the turn), `topic` (categorical, with all topics of the dictionary), `pattern` (as
        it is written there), `n_words`, `start, stop` (characters in the turn's text:
        `text[start:stop]` is the hit), `at_share` (0 to below 1: share of the briefing's words
        before it). `at_share` needs all words of the briefings: make your selection among the hits.

    Raises
    ------
    BriefingError
        If there are no tokens or no column `by`, the dictionary has errors or is for another
        language, or the level is not between 0 and 1.

    Notes
    -----
    per_1000 = 1000 * n_hits / n_words. Within a topic the longest match counts, and no word
    twice; topics may share words, and each then counts them: never add topics up.

    An answer repeats its topic many times, so words are not independent cases (Kilgarriff 2005).
    With ten turns or more the interval asks how far whole turns differ: it is for the rate of *this
    talk*, of which they are a sample. With ten briefings or more it asks how far these differ, for
    briefings like them. Otherwise there is no interval. See `briefing.words.rates.rate_interval`
    for the method; on real turns it holds in 96 to 98 % of draws (`make simulation`). If nothing
    was found the rate is 0, and `high` is 1000 * 3.689 / n_words (at 95 %; Garwood): hits that come
    in bursts would allow more. Wilson's interval treats turns as independent cases.

    Counting by a dictionary: Grimmer & Stewart (2013, Political Analysis 21). All matches of a
    topic's patterns that share no word with a match of its `exclude`, then the longest first, then
    the earliest. Read the hits before you use the counts: only people can judge precision.

    Shows neither what matters to a speaker nor what they think of it; not for a domain in which the
    dictionary was not validated.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "text": [
    ...     "Port security comes first. We pay social security.", "Who pays?"]})
    >>> topics = {"security": {"patterns": ["security", "port security"],
    ...                        "exclude": ["social security"]}}
    >>> found = briefing.topics.frequency(briefing.tokenize(turns), topics, by="speaker")
    >>> found[["speaker", "n_hits", "n_words", "per_1000", "interval"]]
          speaker  n_hits  n_words  per_1000     interval
    0  Ida Marlow       1        8     125.0         none
    1   Jo Petrel       0        2       0.0  upper bound
    >>> found["why"][0]
    '1 turn: fewer than 10'
    >>> sea = {"sea": ["ship*", "port", "port security"]}
    >>> hits = briefing.topics.frequency(briefing.tokenize(turns), sea, hits=True)
    >>> hits[["turn_id", "topic", "pattern", "n_words", "start", "stop", "at_share"]].round(2)
       turn_id topic        pattern  n_words  start  stop  at_share
    0        1   sea  port security        2      0    13       0.0
    """
    if hits:
        return _hits(tokens, topics)
    known = read(topics)
    words = in_order(tokens)
    found = find_topics(words, known)
    result = rates(words, found.first, found.category, known.names, by=by, level=level)
    result = result.rename(columns={"category": "topic"})
    kinds = set(result["interval"])
    return finish(
        result,
        tokens,
        **known.describe(),
        made_by="topic_frequency",
        n_words=len(tokens),
        by=by,
        level=level,
        n_briefings=int(tokens["briefing_id"].nunique(dropna=False)),
        describes={kind: text for kind, text in DESCRIBES.items() if kind in kinds},
    )


def _hits(tokens: pd.DataFrame, topics: Source) -> pd.DataFrame:
    """Every hit with its place, topics at one place as in the dictionary."""
    TOKENS.check(tokens)
    known = read(topics)
    words = in_order(tokens)
    hits = find_topics(words, known)
    briefing, place, n_words, _ = elapsed(words)
    share = place / n_words[briefing]
    result = at_rows(words, hits.first, hits.last).assign(
        topic=pd.Categorical.from_codes(hits.category, pd.Index(known.names)),
        pattern=pd.Series(hits.entry, dtype="str"),
        n_words=hits.n_words,
        at_share=share[hits.first],
    )[[*WHERE, "topic", "pattern", "n_words", "start", "stop", "at_share"]]
    return finish(result, tokens, **known.describe())


PROCEDURAL = "procedural"  # a topic of this name is only given if there is no other


def of_questions(tokens: pd.DataFrame, topics: Source, *, pairs: pd.DataFrame) -> pd.DataFrame:
    """Assign each exchange one topic, by its question, with the words of question and answers.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table of all turns.
    topics : path, name, dict or Topics
        As for `topics.read`; `"general"` has the headings of the Comparative Agendas Project with
        our own patterns. The choice is yours: nothing picks a dictionary for a text.
    pairs : DataFrame
        Which turn answers which: `talk.pairs`.

    Returns
    -------
    DataFrame
        One row per question turn that has an answer: `briefing_id, turn_id, topic` (categorical,
        *none* last), `n_hits` (of that topic in the question), `n_words` (of the question),
        `n_words_answer`. `.attrs` as for `topics.frequency(hits=True)`.

    Raises
    ------
    BriefingError
        If it is not a tokens table, or the dictionary has errors or is for another language.

    Notes
    -----
    The topic with most hits in the question turn; of several, the one named last. A topic called
    *procedural* is only given if there is no other. How often the general scheme is right:
    docs/methods/question-topics.md.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: Hello.\\nQ: Who pays for the port?\\nMS. MARLOW: We do.")
    >>> found = briefing.topics.of_questions(talk.tokens, {"sea": ["port*"]}, pairs=talk.pairs)
    >>> found[["turn_id", "topic", "n_hits", "n_words", "n_words_answer"]]
       turn_id topic  n_hits  n_words  n_words_answer
    0        2   sea       1        5               2
    """
    keys = ["briefing_id", "turn_id"]
    asked = pairs[["briefing_id", "question_id"]].drop_duplicates().set_axis(keys, axis=1)
    own = pd.MultiIndex.from_frame(asked)
    hits = _hits(tokens[pd.MultiIndex.from_frame(tokens[keys]).isin(own)], topics)
    names = [*hits["topic"].cat.categories, "none"]
    n_words = tokens.groupby(keys, dropna=False).size()
    given = pairs.set_axis(["briefing_id", "asked", "turn_id", *pairs.columns[3:]], axis=1)
    answer = given.assign(n=n_words.reindex(pd.MultiIndex.from_frame(given[keys])).to_numpy())
    best = _topic_of_turn(hits).reindex(own)
    result = asked.reset_index(drop=True)
    result["topic"] = pd.Categorical(best["topic"].fillna("none").tolist(), names)
    result["n_hits"] = best["n"].fillna(0).astype(int).to_numpy()
    result["n_words"] = n_words.reindex(own, fill_value=0).to_numpy()
    of_answers = answer.groupby(["briefing_id", "asked"], dropna=False)["n"].sum()
    result["n_words_answer"] = of_answers.reindex(own, fill_value=0).astype(int).to_numpy()
    result.attrs = hits.attrs
    return result


def _topic_of_turn(hits: pd.DataFrame) -> pd.DataFrame:
    """For each turn with hits, the topic with most of them, or the last of several."""
    names = hits["topic"].astype("str")
    each = hits.assign(topic=names).groupby(["briefing_id", "turn_id", "topic"], dropna=False)
    found = each.agg(n=("position", "size"), last=("position", "max")).reset_index("topic")
    order = found.assign(major=found["topic"] != PROCEDURAL).sort_values(["major", "n", "last"])
    return order.groupby(level=[0, 1], dropna=False).tail(1)


COLUMNS = ["briefing_id", "topic", "bin", "from_share", "to_share"]
COLUMNS += ["first_turn", "last_turn", "n_hits", "n_words", "per_1000"]


def course(tokens: pd.DataFrame, topics: Source, *, bins: int = 10) -> pd.DataFrame:
    """Count the topics along each briefing, in stretches with equal numbers of words.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, with all words of the briefings: those left out do not count as elapsed.
    topics : path, name, dict or Topics
        What `topics.read` takes.
    bins : int
        How many stretches to divide each briefing into. Tenths of a long and a short briefing are
        at the same share of the words, so the two can be compared.

    Returns
    -------
    DataFrame
        One row per topic, briefing and stretch, found or not: `briefing_id, topic, bin` (from 1),
        `from_share, to_share` (0 to 1: share of the briefing's words elapsed),
        `first_turn, last_turn` (turn_id of its first and last word), `n_hits` (that begin in it),
        `n_words`, `per_1000` (NaN in a stretch without words, if a briefing has fewer words than
        `bins`). `.attrs`: `bins`,
        `dictionary, version, scope, precision, accuracy, n_topics, n_patterns`; `text_status`,
        `part`, `language`.

    Raises
    ------
    BriefingError
        If there are no tokens, the dictionary has errors or is for another language, or `bins` is
        not a number from 1 up.

    Notes
    -----
    A dictionary's hits (Grimmer & Stewart 2013, Political Analysis 21), stretch by stretch. Word
    number i (from 0) of n is in stretch 1 + floor(i * bins / n), so that stretches differ by one
    word at most. No interval: a stretch is a few turns of one briefing. Words are not minutes, and
    if the text is part of an event (`part`) shares refer to this part. By turn, in one briefing:
    `topics.frequency(tokens, topics, by="turn_id")`; by place, with `hits=True`.

    Does not show that interest rises or falls: who asks when is often arranged beforehand.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["Ships came.", "Roads? And ships?", "Roads, roads, yes."]})
    >>> along = briefing.topics.course(briefing.tokenize(turns), {"land": ["road*"]}, bins=2)
    >>> along.drop(columns=["briefing_id", "per_1000"])
      topic  bin  from_share  to_share  first_turn  last_turn  n_hits  n_words
    0  land    1         0.0       0.5           1          2       1        4
    1  land    2         0.5       1.0           2          3       2        4
    """
    TOKENS.check(tokens)
    _check_course(tokens, bins)
    known = read(topics)
    words = in_order(tokens)
    found = find_topics(words, known)
    briefing, place, n_words, briefings = elapsed(words)
    stretch = briefing * bins + place * bins // n_words[briefing]
    stretches = _stretches(words, briefings, stretch, bins)
    result = pd.DataFrame({"topic": known.names}).merge(stretches, how="cross")
    cell = found.category * len(stretches) + stretch[found.first]
    result["n_hits"] = np.bincount(cell, minlength=len(result))
    result["per_1000"] = 1000 * result["n_hits"] / result["n_words"].where(result["n_words"] > 0)
    result = result[COLUMNS]
    return finish(result, tokens, **known.describe(), made_by="topic_course", bins=bins)


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
        raise BriefingError.of("nothing elapses")
    if isinstance(bins, bool) or not isinstance(bins, int | np.integer) or bins < 1:
        raise BriefingError.of("no bins", bins=bins)
