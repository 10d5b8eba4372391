"""Which words are key: more frequent in one selection than in another.

A word is *key* in a target when it is more frequent there than in a reference. How much more is an
effect, the log ratio (1 is twice as frequent); how certain it is is another matter, and the two are
shown separately. The ranking is by `lrc`, the cautious bound of the log ratio (Evert 2022): the
difference that remains on the safe side.

All this treats words as independent draws, which they are not: one person says a word many times,
and one question prompts ten. So for each word the table shows how much depends on a single speaker
or turn, whether the question had it, and an interval based on differences between speakers.
`briefing.measures.sides` explains that interval, and flags say why a word needs caution.

Keywords are where reading begins (a concordance is the next step), not a result in themselves.

*Unlike general English* compares rates with a list of rates (wordfreq, Speer 2022) from subtitles,
books, news and the web. The list has no counts, so there is no test and no interval.

References
----------
Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
Evert, S. (2022). Measuring keyness. Digital Humanities 2022.
Hardie, A. (2014). Log Ratio: an informal introduction.
Kilgarriff, A. (2005). Language is never, ever, ever, random.
Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora.
Rayson, P. and Garside, R. (2000). Comparing corpora using frequency profiling.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import function_words
from briefing.lexicons.languages import made_for_english
from briefing.measures.lexis import Units
from briefing.measures.sides import (
    ALL,
    MIN_SPEAKERS,
    Coded,
    CodedTable,
    Flags,
    Floats,
    Questions,
    Rows,
    check_sides,
    code,
    leave_out,
    speaker_interval,
)
from briefing.tables import BriefingError, data
from briefing.words.groups import By, Ints, columns_of, finish, groups_of, kind_of_text
from briefing.words.rates import (
    cautious_end,
    check_level,
    g2,
    g2_rayson,
    log_ratio,
    log_ratio_interval,
)

__all__ = ["keyness", "of_each", "unlike_general_english"]


Columns = dict[str, Any]
LEVEL = 0.95
MOSTLY = 0.5  # a turn with more than this share of a word dominates it
MIN_TURNS = 3  # with fewer, a side has no choice
# a column each: how it is called in `flag`, and what it says
FLAGS: dict[str, list[str]] = data("briefing.lexicons", "keyword-flags.toml")


@dataclass(frozen=True)
class Sides:
    """Target and reference, counted by turn and by named speaker."""

    coded: Coded
    turns: tuple[Units, Units]
    speakers: tuple[Units, Units]
    asked: tuple[Floats, Floats]  # for each word, the share in answers to questions with it
    language: str | None

    @classmethod
    def of(
        cls,
        coded: Coded,
        questions: Questions,
        *sides: tuple[CodedTable, Rows],
        language: str | None,
    ) -> Sides:
        """Count both sides, given as a table and which of its rows."""
        (turns, speakers, asked), other = (_side(coded, questions, *side) for side in sides)
        both = (turns, other[0]), (speakers, other[1]), (asked, other[2])
        return cls(coded, *both, language)

    @property
    def counts(self) -> tuple[Any, ...]:
        """How often each word is said on each side, and the size of the sides."""
        a, b = self.turns
        return a.hits, b.hits, int(a.size.sum()), int(b.size.sum())

    @property
    def more(self) -> Flags:
        """For each word, whether the target has more of it, or as much."""
        a, b, n1, n2 = self.counts
        return a * n2 >= b * n1

    def pick(self, here: npt.ArrayLike, there: npt.ArrayLike) -> npt.NDArray[Any]:
        """What is true of the side where each word is more frequent."""
        return np.where(self.more, here, there)

    @property
    def named(self) -> int:
        """How many named speakers the side with fewer of them has."""
        return min(side.present for side in self.speakers)


def _side(
    coded: Coded, questions: Questions, part: CodedTable, rows: Rows
) -> tuple[Units, Units, Floats]:
    """One side by turn, by speaker, and by question; the counts by turn are then discarded."""
    counted = coded.count(part, rows)
    turns = Units.of(*coded.by_turn(*counted))
    asked = questions.share(turns)
    spread = coded.range(part, rows)
    turns = replace(turns, range=turns.range if spread is None else spread, cells=None)
    return turns, Units.of(*coded.by_speaker(*counted)), asked


def compare(
    sides: Sides, questions: Questions, *, level: float, person: bool = False
) -> pd.DataFrame:
    """Each tested word on both sides, ranked by lrc; see `briefing.keywords.keyness`.

    If the target is one `person` by design, no flag says that a word may be one person's.
    """
    words = name_class(sides.coded.vocabulary, sides.language)
    columns = words | _counts(sides) | _differences(sides, level) | _spread(sides)
    columns |= _largest(sides, questions)
    low, high = speaker_interval(*sides.speakers, level=level)
    alone = np.full(len(low), sides.named < MIN_SPEAKERS)
    columns |= {"speaker_low": low, "speaker_high": high, "one_person": alone}
    columns |= _flags(sides, columns, person)
    signed = np.where(sides.more, columns["g2"], -columns["g2"])
    order = np.lexsort((np.arange(len(low)), -signed, -columns["lrc"]))
    return pd.DataFrame({name: of.take(order) for name, of in columns.items()}, copy=False)


def _counts(sides: Sides) -> Columns:
    a, b, n1, n2 = sides.counts
    rates = {"per_1000_target": 1000 * a / n1, "per_1000_reference": 1000 * b / n2}
    return {"n_target": a, "n_reference": b, **rates}


def _differences(sides: Sides, level: float) -> Columns:
    counts, m = sides.counts, max(len(sides.coded.vocabulary), 1)
    low, high = log_ratio_interval(*counts, level=level, m=m)
    return {
        "g2": g2(*counts),
        "g2_rayson": g2_rayson(*counts),
        "log_ratio": log_ratio(*counts),
        "log_ratio_low": low,
        "log_ratio_high": high,
        "lrc": cautious_end(low, high),
    }


def _spread(sides: Sides) -> Columns:
    return {
        "n_turns_target": sides.turns[0].range,
        "n_turns_reference": sides.turns[1].range,
        "n_speakers_target": sides.speakers[0].range,
        "n_speakers_reference": sides.speakers[1].range,
        "side": pd.array(sides.pick("target", "reference"), dtype="str"),
    }


def _largest(sides: Sides, questions: Questions) -> Columns:
    """The effect of the speaker and the turn with most hits, on the side with more."""
    speaker = leave_out(*sides.speakers, sides.counts, sides.more)
    turn = leave_out(*sides.turns, sides.counts, sides.more)
    names = np.array([*sides.coded.speakers, None], object)
    columns = {
        "log_ratio_without_speaker": speaker.log_ratio_without,
        "largest_speaker": pd.array(names[speaker.unit], dtype="str"),
        "log_ratio_without_turn": turn.log_ratio_without,
        "share_largest_turn": turn.share,
    }
    turns, unknown = sides.coded.turns, np.full(len(turn.unit), np.nan)
    if turns is None:
        place = pd.DataFrame(columns=["briefing_id", "turn_id"], index=range(len(unknown)))
        columns |= {"log_ratio_without_turn": unknown, "share_largest_turn": unknown}
    else:
        place = turns.take(turn.unit)
    return columns | {
        "largest_briefing_id": place["briefing_id"].array,
        "largest_turn_id": place["turn_id"].array,
        "asked_first": questions.first(turn.unit),
        "share_asked": sides.pick(*sides.asked),
    }


def _flags(sides: Sides, of: Columns, person: bool) -> Columns:
    """Reasons for caution: a column for each, whether there are any, and all of them in words."""
    n_turns = sides.pick(*(side.present for side in sides.turns))
    single = sides.pick(of["n_turns_target"], of["n_turns_reference"]) == 1
    mostly = (of["share_largest_turn"] > MOSTLY) & (n_turns >= MIN_TURNS)
    found = (
        of["lrc"] == 0,
        single,
        ~single & mostly,
        sides.pick(*map(_one_of_several, sides.turns, sides.speakers)),
        _true(of["asked_first"]) & ~_true(of["function_word"]),
        of["one_person"] & (not person),
        (of["speaker_low"] <= 0) & (of["speaker_high"] >= 0),
        np.isnan(of["speaker_low"]) & ~of["one_person"],
    )
    columns: Columns = dict(zip(FLAGS, found, strict=True))
    if sides.coded.turns is None:
        columns |= dict.fromkeys(NEED_TURNS, pd.array([pd.NA] * len(single), dtype="boolean"))
    together = np.column_stack(found) @ (1 << np.arange(len(found)))
    which, at = np.unique(together, return_inverse=True)
    labels = [label for label, _ in FLAGS.values()]
    said = ["; ".join(flag for i, flag in enumerate(labels) if bits >> i & 1) for bits in which]
    words = pd.array(np.array(said, object)[at], dtype="str")
    return columns | {"flagged": (which > 0)[at], "flag": words}


def _true(known: pd.api.extensions.ExtensionArray) -> Flags:
    """True where a value is known to be true."""
    return np.asarray(known.fillna(False), bool)


def _one_of_several(turns: Units, speakers: Units) -> Flags:
    """For each word, whether only one of several people on this side says it."""
    several = speakers.present > 1 or speakers.size.sum() < turns.size.sum()
    return (speakers.range == 1) & (speakers.hits == turns.hits) & several


def name_class(words: list[str], language: str | None) -> Columns:
    """The words as `token`, and whether each is a function word; NA where not in English."""
    return {
        "token": pd.array(words, dtype="str"),
        "function_word": pd.array(function_words(words, language), dtype="boolean"),
    }


About = dict[Hashable | None, Any]
NO_TURNS = (
    "not known from counts: nothing is said of the largest turn, nor of the question before it"
)
NEED_TURNS = ("mostly_one_turn", "question_has_it")


def about(sides: Sides) -> About:
    """What a reader of the table must know about the two sides, for `.attrs`."""
    told: About = {"n_tested": len(sides.coded.vocabulary)}
    units = zip(("target", "reference"), sides.turns, sides.speakers, strict=True)
    for name, turns, speakers in units:
        told[f"n_words_{name}"] = int(turns.size.sum())
        told[f"n_turns_{name}"] = turns.present if sides.coded.turns is not None else None
        told[f"n_speakers_{name}"] = speakers.present
        told[f"n_words_unnamed_{name}"] = int(turns.size.sum() - speakers.size.sum())
    if sides.coded.turns is None:
        told["turns"] = NO_TURNS
    both = (sides.speakers[0].size > 0) & (sides.speakers[1].size > 0)
    return told | {"n_speakers_both": int(both.sum()), "speaker_interval": _why(sides)}


def flags_of(coded: Coded) -> dict[str, str]:
    """The flag columns that can be determined, and what each says."""
    can_tell = coded.turns is not None
    told = {name: said.format(least=MIN_SPEAKERS) for name, (_, said) in FLAGS.items()}
    return {name: said for name, said in told.items() if can_tell or name not in NEED_TURNS}


def _why(sides: Sides) -> str:
    """How the interval between speakers was made, or why it is missing."""
    if sides.named < MIN_SPEAKERS:
        return (
            f"none: the difference may be one person's, since a side has {sides.named} named "
            f"speakers, fewer than {MIN_SPEAKERS}"
        )
    return (
        "named speakers left out one at a time (jackknife), Welch's t; not corrected; none where "
        "too few say the word"
    )


def kind_of_both(target: pd.DataFrame, reference: pd.DataFrame) -> About:
    """What both sides say about their text; *unknown* or None if they differ."""
    mine, other = kind_of_text(target), kind_of_text(reference)
    same = {key: mine[key] if mine[key] == other[key] else None for key in mine}
    status = same["text_status"] or "unknown"
    return same | {"text_status": status, "part": mine["part"] or other["part"]}


LIST = "wordfreq, English, large list"


@made_for_english
def unlike_general_english(tokens: pd.DataFrame, *, min_count: int = 5) -> pd.DataFrame:
    """Compare the rate of each word with its rate in general English.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table of an English text, or part of one.
    min_count : int
        Words said less often are left out.

    Returns
    -------
    DataFrame
        One row per word, the most different first: `token`, `function_word`, `n`, `per_1000`,
        `per_1000_english` (in the list of wordfreq), `log_ratio` (1: twice as often as in general
        English). If a word is not in the list (names, hyphenated words, figures), the last two are
        missing and it comes last. `.attrs`: `called` (*unlike general English*), `list`, `n_words`,
        `n_not_listed` (words of the table), `min_count`, `text_status, part, language`.

    Raises
    ------
    BriefingError
        If it is not a tokens table or is empty, or wordfreq is not installed.

    Notes
    -----
    log_ratio = log2(per_1000 / per_1000_english). The list has rates and no counts, so there is no
    test and no interval, and this is not keyness: most of the top words set any briefing apart from
    film subtitles and web pages. For what sets this briefing apart from others, use `keyness`. The
    list covers English up to 2021 (Speer 2022).

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["The ferry is late. " * 9]})
    >>> tokens = briefing.tokenize(turns)
    >>> unlike = briefing.keywords.unlike_general_english(tokens)  # doctest: +SKIP
    >>> unlike["token"].tolist()  # doctest: +SKIP
    ['ferry', 'late', 'is', 'the']
    """
    coded = code([tokens], min_count=min_count)
    if tokens.empty:
        raise BriefingError.of("no words to count")
    general = _general_english()
    n, n_words = coded.parts[0].hits[:-1], int(coded.parts[0].hits.sum())
    english = np.array([general.get(word, np.nan) for word in coded.vocabulary], np.float64)
    table = pd.DataFrame(name_class(coded.vocabulary, "en")).assign(
        n=n,
        per_1000=1000 * n / n_words,
        per_1000_english=1000 * english,
        log_ratio=np.log2(n / n_words) - np.log2(english),
    )
    table = table.sort_values("log_ratio", ascending=False, kind="stable", ignore_index=True)
    return finish(
        table,
        tokens,
        called="unlike general English",
        list=LIST,
        min_count=min_count,
        n_words=n_words,
        n_not_listed=int(np.isnan(english).sum()),
    )


def _general_english() -> Mapping[str, float]:
    try:
        from wordfreq import get_frequency_dict
    except ImportError as error:
        raise BriefingError.of("no general English") from error
    return get_frequency_dict("en", wordlist="large")


def keyness(
    target: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    min_count: int = 5,
    turns: pd.DataFrame | None = None,
    level: float = LEVEL,
) -> pd.DataFrame:
    """Compare how often each word is said in two selections of words.

    Parameters
    ----------
    target, reference : DataFrame
        Two tokens tables with no rows in common, such as `tokens.query("role == 'official'")` and
        the rest; or two tables of counts (`briefing.lexis.counts`).
    min_count : int
        Words said less often than this on both sides together are not tested.
    turns : DataFrame, optional
        The turns of both, needed for `asked_first` and `share_asked`.
    level : float
        Of the intervals.

    Returns
    -------
    DataFrame
        One row per word, ranked by `lrc`, the target's words first and the reference's last:

        `token`, `function_word` (by our own list; NA if the text is not English);
        `n_target, n_reference`, `per_1000_target, per_1000_reference`; `g2` (four cells;
        `g2_rayson`: two), without sign: to rank or filter by; `log_ratio`, half a word added to all
        counts; `log_ratio_low, log_ratio_high`: its exact interval, corrected for the number of
        words tested, infinite if a count is 0; `lrc`: the bound of that interval nearer to 0, or 0
        if it includes 0;
        `n_turns_target, n_turns_reference, n_speakers_target, n_speakers_reference` that say the
        word (named speakers).

        The effect of one speaker or turn, on the `side` (*target, reference*) with the higher rate:
        `log_ratio_without_speaker`: without `largest_speaker`, the named speaker who says it most;
        `log_ratio_without_turn`, `share_largest_turn` (of that side's hits),
        `largest_briefing_id, largest_turn_id`: the same for the turn with most hits; `asked_first`:
        whether the question that this turn answers has the word (NA if it answers none, or without
        `turns`); `share_asked`: the share of hits in answers to questions with it. From counts,
        only what concerns the speaker is known; the rest is missing.

        `speaker_low, speaker_high`: interval of the log ratio among named speakers, with
        speakers as units, not corrected; missing with fewer than five named speakers on a side
        (then `one_person` is true: the difference may be one person's), and where one of them
        or none says the word on a side and that may be chance.
        `flagged`: whether the word needs caution; `flag`: why, for a person; and a column for each
        reason: `interval_has_0, one_turn_only, mostly_one_turn, one_speaker_only,
        question_has_it, may_be_one_persons, speakers_interval_has_0, too_few_speakers`.

        `.attrs`: `flags` (what each of these says), `min_count, level, n_tested`; of each side
        `n_words_, n_turns_, n_speakers_, n_words_unnamed_` (left out of the speakers' interval)
        `target` and `reference`; `n_speakers_both` (on both sides); `speaker_interval`: how it
        was made, or why it is missing; `turns`: of counts, why nothing is said of the largest
        turn; `text_status, part, language`.

    Raises
    ------
    BriefingError
        If the tables are not tokens tables (or are of different kinds), a side is empty, rows are
        on both sides, `min_count` is below 1, `level` is not between 0 and 1, or `turns` come with
        counts or with words from another tokenizer.

    Notes
    -----
    With a and b hits in n1 and n2 words: g2 = 2 sum O ln(O/E) over the table [[a, b], [n1-a, n2-b]]
    (Dunning 1993; over its first row only, Rayson & Garside 2000); log_ratio = log2((a+.5)/(n1+.5))
    - log2((b+.5)/(n2+.5)) (Hardie 2014; Walter's half word, as in Evert 2022); its interval is
    Clopper and Pearson's for a of a+b, at 1-(1-level)/m with m words tested (Evert 2022). If no
    words reach `min_count`, the table is empty.

    How far that interval and `flag` can be trusted, with few speakers and many, of equal and
    unequal length, for words used by all or by a third of them: see `docs/methods/keyness.md`, made
    by `tests/benchmarks/keyness_simulation.py`.

    Whoever speaks on both sides counts on each. Unnamed speakers are in all counts, are never one
    person, and are not in the interval between speakers.

    Not a test: no p-values, since words are not independent (Kilgarriff 2005; Lijffijt et al.
    2016). Not importance: what everybody says is key nowhere. Not a person's style, if from one
    briefing: the questions set the topics.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "a", "turn_id": [1, 2, 3], "answers": [None, 1, None],
    ...     "speaker": ["Jo Petrel", "Ida Marlow", "Cy Dunlin"],
    ...     "text": ["Is the bridge safe?", "The bridge is safe. " * 20,
    ...              "The ferry is late. " * 20]})
    >>> tokens = briefing.tokenize(turns)
    >>> marlow = tokens["speaker"] == "Ida Marlow"
    >>> key = briefing.keywords.keyness(tokens[marlow], tokens[~marlow], turns=turns)
    >>> key[["token", "n_target", "n_reference", "log_ratio", "lrc", "asked_first"]].round(1)
        token  n_target  n_reference  log_ratio  lrc  asked_first
    0  bridge        20            1        3.8  1.2         True
    1    safe        20            1        3.8  1.2         True
    2      is        20           21        0.0  0.0         True
    3     the        20           21        0.0  0.0         True
    4   ferry         0           20       -5.3 -1.6         <NA>
    5    late         0           20       -5.3 -1.6         <NA>
    """
    check_level(level)
    coded = code([target, reference], min_count=min_count)
    check_sides(target, reference, coded)
    kind = kind_of_both(target, reference)
    questions = Questions.read(coded, turns, target, reference)
    both = ((part, ALL) for part in coded.parts)
    sides = Sides.of(coded, questions, *both, language=kind["language"])
    result = compare(sides, questions, level=level)
    result.attrs = kind | about(sides) | {"made_by": "keyness"}
    result.attrs.update({"min_count": min_count, "level": level, "flags": flags_of(coded)})
    return result


def of_each(
    tokens: pd.DataFrame,
    *,
    by: By = "speaker",
    min_count: int = 5,
    turns: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Return the keywords of each speaker, role or briefing, compared with all the rest.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, or one of counts (`briefing.lexis.counts`).
    by : str or list of str
        The columns whose values are compared with the rest: speaker, role, briefing_id or any
        other.
    min_count : int
        How often the group must say a keyword at least.
    turns : DataFrame, optional
        The turns of `tokens`, for `asked_first` and `share_asked`.

    Returns
    -------
    DataFrame
        One row per group and word that it says at least `min_count` times and more often than the
        rest, groups in order of appearance, words ranked by `lrc`: `by` (by speaker also `named`:
        false for *unnamed journalists* and the like, who are several people), then the columns of
        `keyness`, with the group as target. Flagged words are kept: select with
        `.query("not flagged")`. By speaker the target is one person by design, so no word is
        flagged *may be one person's* (`one_person` still says so). `.attrs`:
        `by, min_count, level, n_tested`; `left_out`: each group without a row, and why;
        `flags, text_status, part, language`.

    Raises
    ------
    BriefingError
        If it is not a tokens table, has no column `by` or fewer than two groups, or `keyness`
        raises.

    Notes
    -----
    Formulas, sources and warnings are those of `keyness`. The words tested, and corrected for, are
    all that occur at least `min_count` times in the whole table. The rest differs from group to
    group, so never compare numbers between groups. A theme is what a person infers from keywords in
    context; the list is not a theme, nor a portrait of the speaker.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "speaker": ["Ida Marlow", "Cy Dunlin", None],
    ...     "role": ["official", "official", "journalist"],
    ...     "text": ["The bridge is safe. " * 9, "The ferry is late. " * 8, "Why?"]})
    >>> themes = briefing.keywords.of_each(briefing.tokenize(turns))
    >>> themes.query("not function_word")[["speaker", "token", "n_target", "n_reference", "flag"]]
          speaker   token  n_target  n_reference              flag
    0  Ida Marlow  bridge         9            0  in one turn only
    1  Ida Marlow    safe         9            0  in one turn only
    4   Cy Dunlin   ferry         8            0  in one turn only
    5   Cy Dunlin    late         8            0  in one turn only
    >>> themes.attrs["left_out"]
    {'unnamed journalists': 'no word 5 times or more in its 1 words'}
    """
    numbers, groups = _groups(tokens, by)
    coded = code([tokens], min_count=min_count)
    questions = Questions.read(coded, turns, tokens)
    kind, parts, left_out = kind_of_text(tokens), [], {}
    for number, group in groups.iterrows():
        here = numbers == number
        both = ((coded.parts[0], rows) for rows in (here, ~here))
        sides = Sides.of(coded, questions, *both, language=kind["language"])
        part, why = keywords_of(sides, questions, group, min_count=min_count, level=LEVEL)
        if why:
            left_out[" \u00b7 ".join(map(str, group[columns_of(by)]))] = why
        else:
            parts.append(part)
    if not parts:
        parts = [of_group(compare(sides, questions, level=LEVEL).iloc[:0], group)]
    result = pd.concat(parts, ignore_index=True)
    told: About = {"by": by, "min_count": min_count, "level": LEVEL}
    told |= {"n_tested": len(coded.vocabulary)}
    told |= {"made_by": "theme_keywords", "left_out": left_out, "flags": flags_of(coded)}
    result.attrs = kind | told
    return result


def _groups(tokens: pd.DataFrame, by: By) -> tuple[Ints, pd.DataFrame]:
    """The groups of rows, provided that there are at least two."""
    number, groups = groups_of(tokens, by)
    if len(groups) < 2:
        raise BriefingError.of("no rest", n=len(groups), by=by, n_words=len(tokens))
    return number, groups[[c for c in groups if c in (*columns_of(by), "named")]]


def keywords_of(
    sides: Sides, questions: Questions, group: pd.Series, *, min_count: int, level: float
) -> tuple[pd.DataFrame, str]:
    """The words that the target says more often than the rest, or why none is listed."""
    a, _, n_words, _ = sides.counts
    if not (a >= min_count).any():
        return pd.DataFrame(), f"no word {min_count} times or more in its {n_words} words"
    person = bool(group.get("named", False))
    table = compare(sides, questions, level=level, person=person)
    more = table["per_1000_target"] > table["per_1000_reference"]
    part = of_group(table[more & (table["n_target"] >= min_count)], group)
    return part, "" if len(part) else f"no word more often than the rest, in its {n_words} words"


def of_group(table: pd.DataFrame, group: pd.Series) -> pd.DataFrame:
    """The table with the group's name before its columns."""
    names = {str(name): [value] * len(table) for name, value in group.items()}
    return pd.concat([pd.DataFrame(names), table.reset_index(drop=True)], axis=1)
