"""How things are worded: hedges, boosters, modals, pronouns, agency, set phrases.

Words of a list, found in tokens, minus what only looks like them.

A list of words (`hedges`) has a list of exceptions (`hedges-not`): *may* is an entry, *in may* an
exception. Both are searched for together, longest match first, and of two matches of equal length
the exception wins; so no word is counted twice in a list, and none within an exception.

Stance: how firmly something is said, what is called possible or necessary, who is spoken of.

Hyland (2005) uses *hedges* for words that withhold full commitment (*perhaps, about half, I think*)
and *boosters* for those that stress it (*certainly, of course, never*). Added to them are the modal
verbs, in the groups of Biber et al. (1999): *possibility* (can, may), *necessity* (must, have to),
*prediction* (will, would, going to), with their contractions (*we'll, won't, can't*), and
*obligation*, words that impose a duty on somebody, modal or not (Palmer 2001).

Each is a list of words in `briefing/lexicons`, with a second list (`...-not.txt`) of what looks
like an entry but is not one: *May 2024*, *as soon as possible*, *what kind of*. A list does not
understand what it finds: one marker checked how often it is right on hits in real transcripts, and
the figures are at the top of each file.

In an interpreted or translated text these words are the translator's as much as the speaker's
(`text_status` in `.attrs`). And they are forms, not a measure of how certain, honest or evasive a
person is.

Pronouns by person and number: who speaks as *I*, as *we*, to *you*, of *them*.

Possessives and reflexives count with their person (*my, ourselves*), and so do contractions, each
one token here: a speaker who says *I'm* and *I've* says *I* as much as one who says *I am*. *Let's*
is *let us*. *It* and *its* seldom refer to people and are left out. *You* is singular or plural,
which English does not distinguish, and is counted in *thank you* and *you know* too.

The form does not show who *we* is, the speaker with the hearers (inclusive) or a government, an
office or a country without them (exclusive). It shifts within one answer (Petersoo 2007), and a
person has to code it: take `wording.pronouns(hits=True)`, read each in its turn, and have a second
person do the same. In a translated text pronouns are the translator's as much as the speaker's:
Chinese and Japanese leave most of them out.

Agency: who does what, and who says so, as far as forms show it.

A passive may name the agent (*by the crew*) or omit it, a nominalisation (*the closure*) turns an
action into a thing, a reporting verb (*say, claim, according to*) attributes a statement to
somebody. Halliday (1994) describes the forms, Fairclough (2003) and van Leeuwen (1996) their uses.
The agent may be named a line before, or be obvious to everybody: a form shows where to read, not
that somebody is hiding.

Thanks, greetings, closings and other formulas: found, and marked for counts without them.

A tenth of a short question may be *thank you* and *my question is for*. That is part of how
briefings work, so nothing is discarded: `formulas` lists them, and `mark_formulas` adds a column to
a copy of the tokens, so that anything can be counted with and without them.

The kinds: *thanks, greeting, closing, question* (announcing one), *praise* (of the question) and
*floor* (giving it). The list is lexicons/formulas.txt; `briefing.words.search` defines word
patterns and where they match.

References
----------
Biber, D. et al. (1999). Longman Grammar of Spoken and Written English.
Coulmas, F. (ed.) (1981). Conversational routine. Mouton.
Fairclough, N. (2003). Analysing Discourse.
Halliday, M. A. K. (1994). An Introduction to Functional Grammar.
Hyland, K. (2005). Metadiscourse.
Palmer, F. (2001). Mood and Modality.
Petersoo, P. (2007). What does 'we' mean? Journal of Language and Politics 6(3).
van Leeuwen, T. (1996). The representation of social actors.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from itertools import takewhile

import numpy as np
import pandas as pd

from briefing.lexicons import kinds, lexicon
from briefing.lexicons.languages import made_for_english
from briefing.tables import TOKENS, BriefingError
from briefing.words.groups import TURN_KEYS, WHERE, By, Flags, Ints, columns_of, finish, in_order
from briefing.words.rates import rates
from briefing.words.search import Hits, apart, at_rows, find, find_lists, following, without_overlap

__all__ = ["agency", "formulas", "mark_formulas", "pronouns", "stance"]

VERSION = "1.1"  # of the lists, as their headers say
LEVEL = 0.95  # of the intervals


def entries_of(lists: Mapping[str, tuple[str, str]]) -> list[tuple[list[str], list[str]]]:
    """The entries of each list and of its list of exceptions."""
    return [(sorted(lexicon(listed)), sorted(lexicon(out))) for listed, out in lists.values()]


def locate(tokens: pd.DataFrame, found: Hits, categories: list[str]) -> pd.DataFrame:
    """One row per hit: where it begins, its list, its entry and its characters."""
    result = at_rows(tokens, found.first, found.last).assign(
        n_words=found.n_words,
        category=pd.Categorical.from_codes(found.category, pd.Index(categories)),
        entry=pd.Series(found.entry, dtype="str"),
    )[[*WHERE, "n_words", "category", "entry", "start", "stop"]]
    return finish(result, tokens, lists=VERSION)


def _kept(hits: Hits, excepted: Flags) -> Ints:
    """The rows to keep; of two matches of equal length at one place the exception comes first."""
    rows = np.lexsort((~excepted, -hits.n_words, hits.first))
    rows = rows[apart(hits.take(rows))]
    return rows[~excepted[rows]]


CATEGORIES = {
    "hedges": ("hedges", "hedges-not"),
    "boosters": ("boosters", "boosters-not"),
    "possibility": ("modals-possibility", "modals-not"),
    "necessity": ("modals-necessity", "modals-not"),
    "prediction": ("modals-prediction", "modals-not"),
    "obligation": ("obligation", "obligation-not"),
}


@made_for_english
def stance(tokens: pd.DataFrame, *, by: By = "speaker", hits: bool = False) -> pd.DataFrame:
    """Count hedges, boosters, modals and words of obligation, for each group of words.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table of an English text.
    by : str or list of str, optional
        The columns whose values are compared: speaker, role or any other; None for all words
        together.
    hits : bool
        List every hit with its place instead; `by` then says nothing.

    Returns
    -------
    DataFrame
        One row per group and category (hedges, boosters, possibility, necessity, prediction,
        obligation), found or not: `by` (by speaker also `named`: false for *unnamed
        journalists* and the like, who are several people), `category`, `n_hits`, `n_words`,
        `per_1000` with `low` and `high`, `interval` and `why` there is no interval, `n_turns`,
        `n_turns_hit`, `share_turns` with `low_share` and `high_share` (Wilson).
        `.attrs`: `by`, `level`, `lists` (version), `text_status`, `part`, `language`.

        With `hits`, one row a hit, in the order of the text: `briefing_id, turn_id, speaker,
        role, sentence_id, position` of its first word, `n_words`, `category`, `entry` (the line
        of the list that matched), `start, stop` (`text[start:stop]` in the turn is the hit).

    Raises
    ------
    BriefingError
        No tokens, or no column `by`.

    Notes
    -----
    Hedges and boosters after Hyland (2005), modals after Biber et al. (1999), obligation after
    Palmer (2001); the lists are ours.

    per_1000 = 1000 * n_hits / n_words. An expression of several words is one hit. The interval asks
    how far whole turns differ, from ten turns on (whole briefings from ten briefings on), and is
    for the rate of this talk (`briefing.words.rates.rate_interval`). If nothing was found it is an
    upper bound for the rate (Garwood).

    Within a category no word is counted twice, but the categories overlap: *may* is a hedge and
    a modal, *must* a necessity and an obligation. Never add them up.

    Does not show that a person is honest, certain or evasive; not for comparing a translated text
    with a spoken one.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow"] * 2, "text": [
    ...     "Perhaps we'll know in May.", "We must wait. It will certainly come."]})
    >>> found = briefing.wording.stance(briefing.tokenize(turns))
    >>> found.loc[found["n_hits"] > 0, ["speaker", "category", "n_hits", "n_words", "n_turns_hit"]]
          speaker    category  n_hits  n_words  n_turns_hit
    0  Ida Marlow      hedges       1       12            1
    1  Ida Marlow    boosters       1       12            1
    3  Ida Marlow   necessity       1       12            1
    4  Ida Marlow  prediction       2       12            2
    5  Ida Marlow  obligation       1       12            1
    >>> hits = briefing.wording.stance(briefing.tokenize(turns), hits=True)
    >>> hits[["turn_id", "category", "entry", "n_words", "start", "stop"]].head(2)
       turn_id    category    entry  n_words  start  stop
    0        1      hedges  perhaps        1      0     7
    1        1  prediction     *'ll        1      8    13
    """
    words = in_order(tokens)
    found = find_lists(words, entries_of(CATEGORIES), _kept)
    return _result(words, found, [*CATEGORIES], "stance", by=by, hits=hits)


def _result(
    words: pd.DataFrame, found: Hits, categories: list[str], made_by: str, *, by: By, hits: bool
) -> pd.DataFrame:
    """The hits themselves, or the rates of each category."""
    if hits:
        return locate(words, found, categories)
    table = rates(words, found.first, found.category, categories, by=by)
    told = {"by": by, "level": LEVEL, "lists": VERSION, "made_by": made_by}
    return finish(table, words, **told, n_words=len(words))


AGENCY = {
    "nominalisations": ("nominalisations", "nominalisations-not"),
    "reports": ("reporting", "reporting-not"),
}
PASSIVES = ("passives without agent", "passives with agent")
_BETWEEN = 3  # most words between the auxiliary of a passive and its participle
_BEFORE = 6  # most words between a verb of saying and the *I* or *can you* that makes it no report
_AFTER = 6  # words after the participle in which *by* may name the agent


@made_for_english
def agency(tokens: pd.DataFrame, *, by: By = "speaker", hits: bool = False) -> pd.DataFrame:
    """Count passives with and without an agent, nominalisations and reports of speech.

    Parameters
    ----------
    tokens, by, hits
        As in `stance`.

    Returns
    -------
    DataFrame
        As from `stance`, with the categories nominalisations, reports, passives without agent and
        passives with agent; with `hits` the `entry` of a passive is its participle.

    Raises
    ------
    BriefingError
        No tokens, or no column `by`.

    Notes
    -----
    How many were right in 180 sentences from five outlets, marked by one person before seeing the
    results, is given at the top of the lists and in docs/methods/lists.md.

    Passives with a form of be or get are found; *the road closed last week* and *it's closed* are
    not. An agent is named if *by* follows within six words, and is not followed by a time, amount
    or means. Does not show that somebody is hiding who did what: the agent is often named in the
    sentence before, known to everybody, or known to nobody.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": "Ida Marlow", "text": [
    ...     "The pier was closed by the harbour master.", "She said the closure was delayed."]})
    >>> hits = briefing.wording.agency(briefing.tokenize(turns), hits=True)
    >>> hits[["turn_id", "category", "entry", "start", "stop"]]
       turn_id                category     entry  start  stop
    0        1     passives with agent    closed      9    19
    1        2                 reports      said      4     8
    2        2         nominalisations  closure*     13    20
    3        2  passives without agent   delayed     21    32
    """
    words = in_order(tokens)
    categories = [*AGENCY, *PASSIVES]
    listed = find_lists(words, entries_of(AGENCY), _kept)
    reports = listed.category == [*AGENCY].index("reports")
    found = _with_passives(words, listed.take(~reports | _reports(words, listed.first)))
    return _result(words, found, categories, "agency", by=by, hits=hits)


def _reports(words: pd.DataFrame, first: Ints) -> Flags:
    """Whether verbs of saying report: not the speaker's own act, a noun or an adjective."""
    is_a = {kind: _begins(words, patterns) for kind, patterns in kinds("reporting-acts").items()}
    follows = following(words, "sentence_id")
    before = first - follows[first]
    thing, own = is_a["before a noun"][before], is_a["own"][before]
    for _ in range(_BEFORE):
        before = before - (is_a["between"][before] & follows[before])
        own = own | is_a["own"][before]
    return ~(thing | is_a["act"][first] & own)


def _with_passives(words: pd.DataFrame, listed: Hits) -> Hits:
    """The hits of the lists and the passives, in the order of the text."""
    first, last, named = np.array([*_passives(words)], np.int64).reshape(-1, 3).T
    participles = words["token"].astype("object").to_numpy()[last]
    number = np.arange(len(participles)) + len(listed.patterns)
    both = Hits(
        np.append(listed.first, first),
        np.append(listed.n_words, last - first + 1),
        np.append(listed.pattern, number),
        np.append(listed.category, len(AGENCY) + named),
        np.append(listed.patterns, participles),
    )
    return both.take(np.argsort(both.first, kind="stable"))


def _passives(words: pd.DataFrame) -> Iterator[tuple[int, int, int]]:
    """The rows of the auxiliary and of the participle, and 1 if *by* names the agent."""
    is_a = {kind: _begins(words, patterns) for kind, patterns in kinds("passives").items()}
    participle = is_a["participle"] & ~is_a["adjective"]
    follows = np.append(following(words, "sentence_id"), False)
    agent = _begins(words, ["by"]) & follows[1:] & ~np.append(is_a["no agent"][1:], True)
    for first in np.flatnonzero(is_a["auxiliary"]).tolist():
        last = first + 1
        while last - first <= _BETWEEN and follows[last] and is_a["between"][last]:
            last += 1
        if follows[last] and participle[last]:
            after = range(last + 1, last + 1 + _AFTER)
            clause = takewhile(lambda row: follows[row] and not is_a["auxiliary"][row], after)
            yield first, last, int(any(agent[row] for row in clause))


def _begins(words: pd.DataFrame, patterns: Sequence[str]) -> Flags:
    """For each row, whether one of the patterns begins there."""
    flags = np.zeros(len(words), bool)
    flags[find(words, patterns).first] = True
    return flags


FORMS = {
    "pronouns-1-singular": (1, "singular"),
    "pronouns-1-plural": (1, "plural"),
    "pronouns-2": (2, "either"),
    "pronouns-3-singular": (3, "singular"),
    "pronouns-3-plural": (3, "plural"),
}
_LISTS = {name: (name, "pronouns-not") for name in FORMS}


@made_for_english
def pronouns(tokens: pd.DataFrame, *, by: By = "speaker", hits: bool = False) -> pd.DataFrame:
    """Count personal pronouns and possessives by person and number, for each group of words.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table of an English text.
    by : str or list of str, optional
        The columns whose values are compared: speaker, role or any other; None for all words
        together.
    hits : bool
        List every hit with its place instead; `by` then says nothing.

    Returns
    -------
    DataFrame
        One row per group, person and number, found or not: `by` (by speaker also `named`),
        `person` (1, 2, 3), `number` (singular, plural; either for *you*), then the columns of
        `stance` from `n_hits` on. `.attrs`: `by`,
        `level`, `lists`, `text_status`, `part`, `language`.

        With `hits`, one row per pronoun, for coding *we*: as from `stance`, with `person` and
        `number` instead of `category`.

    Raises
    ------
    BriefingError
        No tokens, or no column `by`.

    Notes
    -----
    per_1000 = 1000 * n_hits / n_words, with intervals as in `stance`. Inclusive and exclusive
    *we* are for a person to code (Petersoo 2007).

    Shows neither whom *we* includes nor a speaker's self-importance. Without full stops, *US* can
    only be told from *us* by its neighbours: see `pronouns-not.txt`.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "text": [
    ...     "I'm sure we've met. Let's begin, my friends.", "They'd asked him, not you."]})
    >>> counts = briefing.wording.pronouns(briefing.tokenize(turns))
    >>> counts.query("n_hits > 0")[["speaker", "person", "number", "n_hits", "n_words"]]
          speaker  person    number  n_hits  n_words
    0  Ida Marlow       1  singular       2        8
    1  Ida Marlow       1    plural       2        8
    7   Jo Petrel       2    either       1        5
    8   Jo Petrel       3  singular       1        5
    9   Jo Petrel       3    plural       1        5
    >>> hits = briefing.wording.pronouns(briefing.tokenize(turns), hits=True)
    >>> hits[["person", "number", "entry", "start", "stop"]].head(2)
       person    number entry  start  stop
    0       1  singular   i'*      0     3
    1       1    plural  we'*      9    14
    """
    words = in_order(tokens)
    found = find_lists(words, entries_of(_LISTS), _kept)
    if "person" in columns_of(by):
        raise BriefingError.of("person of grammar")
    return _by_form(_result(words, found, [*_LISTS], "pronouns", by=by, hits=hits))


def _by_form(table: pd.DataFrame) -> pd.DataFrame:
    """Replace the name of the list by person and number."""
    at = list(table.columns).index("category")
    forms = [FORMS[name] for name in table["category"]]
    result = table.drop(columns="category")
    result.insert(at, "person", np.array([person for person, _ in forms], np.int64))
    numbers = [number for _, number in forms]
    result.insert(at + 1, "number", pd.Series(numbers, table.index, dtype="str"))
    return result


@made_for_english
def formulas(tokens: pd.DataFrame) -> pd.DataFrame:
    """List the formulas, one row for each: the longest if several fit, without overlaps.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, such as `briefing.read(path).tokens`.

    Returns
    -------
    DataFrame
        In the order of the tokens: `briefing_id, turn_id, speaker, role`; `kind`: thanks,
        greeting, closing, question, praise or floor; `pattern`: the entry of the list that
        fits; `start, stop`: from its first word to its last (characters of the turn's text);
        `n_words`.
        `.attrs`: `n_tokens`, `n_in_formulas`, `list`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        If it is not a tokens table.

    Notes
    -----
    Conversational routines, after Coulmas (1981).

    Checked by hand in English transcripts, ours among them: of 60 thanks drawn at random 59 are
    thanks (the other is *thanks to the work of*), and of all 69 formulas of other kinds 62 are used
    as such. The rest are mentions (*the last question was*), *go ahead and do*, and foreign words.
    Wordings that are not in the list are not found. Not a measure of politeness: the kind of event
    decides who thanks whom, and editors cut thanks.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["Thank you for your question. We met.", "Go ahead."]})
    >>> found = briefing.wording.formulas(briefing.tokenize(turns))
    >>> found[["turn_id", "kind", "start", "stop", "n_words"]]
       turn_id    kind  start  stop  n_words
    0        1  thanks      0    27        5
    1        2   floor      0     8        2
    """
    TOKENS.check(tokens)
    tokens = in_order(tokens)
    hits = _find(tokens)
    listed = pd.DataFrame(_kinds().items(), columns=["pattern", "kind"], dtype="str")
    found = listed.iloc[hits.pattern].reset_index(drop=True)
    places = at_rows(tokens, hits.first, hits.last)
    columns = [*TURN_KEYS, "kind", "pattern", "start", "stop", "n_words"]
    table = places.join(found).assign(n_words=hits.n_words)[columns]
    return finish(
        table, tokens, n_tokens=len(tokens), n_in_formulas=int(hits.n_words.sum()), list="formulas"
    )


@made_for_english
def mark_formulas(tokens: pd.DataFrame) -> pd.DataFrame:
    """Return a copy of `tokens` with the column `in_formula`: is the word part of a formula?

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.

    Returns
    -------
    DataFrame
        The same rows and columns, and `in_formula` (bool). `.attrs` as in `tokens`.

    Raises
    ------
    BriefingError
        If it is not a tokens table.

    Notes
    -----
    Counts without formulas are those of `mark_formulas(tokens).query("~in_formula")`: its words
    keep their positions, so words on either side of a formula are still not adjacent. `n_words` of
    the turns still counts all words. Not for cleaning a text before counting shares of the floor: a
    moderator's words are formulas to a large part.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["Thank you. The quay is open."]})
    >>> marked = briefing.wording.mark_formulas(briefing.tokenize(turns))
    >>> marked.query("~in_formula")["token"].tolist()
    ['the', 'quay', 'is', 'open']
    """
    TOKENS.check(tokens)
    ordered = in_order(tokens.assign(row=np.arange(len(tokens))))
    hits = _find(ordered)
    ends = np.zeros(len(tokens) + 1, np.int64)
    np.add.at(ends, hits.first, 1)
    np.add.at(ends, hits.first + hits.n_words, -1)
    inside = np.zeros(len(tokens), bool)
    inside[ordered["row"].to_numpy()] = ends[:-1].cumsum() > 0
    return tokens.assign(in_formula=inside)


def _find(tokens: pd.DataFrame) -> Hits:
    hits = without_overlap(find(tokens, list(_kinds())))
    return hits.take(np.argsort(hits.first, kind="stable"))


@cache
def _kinds() -> dict[str, str]:
    """Which kind of formula each pattern is."""
    listed = kinds("formulas").items()
    return {pattern: kind for kind, patterns in listed for pattern in patterns}
