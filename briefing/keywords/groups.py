"""One group after another against the rest: who the groups are, and what is key for each."""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.keywords.about import flags_of
from briefing.keywords.asked import Questions
from briefing.keywords.sides import code
from briefing.keywords.table import LEVEL, Sides, compare
from briefing.tables import TOKENS, BriefingError
from briefing.words.groups import Ints, kind_of_text, name_unnamed, numbers


def theme_keywords(
    tokens: pd.DataFrame,
    *,
    by: str = "speaker",
    min_count: int = 5,
    turns: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Give the keywords of each speaker, role or briefing, held against all the rest.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, or one of counts (`briefing.word_counts`).
    by : str
        The column whose values are held against the rest: speaker, role, briefing_id or any
        other.
    min_count : int
        A keyword is said at least this often by its group.
    turns : DataFrame, optional
        The turns of `tokens`, for `asked_first` and `share_asked`.

    Returns
    -------
    DataFrame
        One row per group and word that it says at least `min_count` times and more often than
        the rest, groups in order of appearance, words ranked by `lrc`: `by` (by speaker also
        `named`: false for *unnamed journalists* and the like, who are several people), then the
        columns of `keyness`, with the group as target. Nothing is dropped that `flag` speaks
        against: select with `.query("flag == ''")`. By speaker the target is one person by
        choice, so `flag` leaves out *may be one person's* (`one_person` says it still).
        `.attrs`: `by, min_count, level, n_tested`; `left_out`: each group without a row, and
        why; `flags, text_status, part, language`.

    Raises
    ------
    BriefingError
        Not a tokens table, no column `by`, fewer than two groups, and what `keyness` raises.

    Notes
    -----
    Formulas, sources and warnings are those of `keyness`. The words tested, and corrected for,
    are all that the whole table has `min_count` times or more. The rest differs from group to
    group, so never compare numbers across groups. A theme is what a person reads out of the
    keywords in their places; the list is none, nor a portrait of the speaker.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "speaker": ["Ida Marlow", "Cy Dunlin", None],
    ...     "role": ["official", "official", "journalist"],
    ...     "text": ["The bridge is safe. " * 9, "The ferry is late. " * 8, "Why?"]})
    >>> themes = theme_keywords(briefing.tokenize(turns))
    >>> themes.query("not function_word")[["speaker", "token", "n_target", "n_reference", "flag"]]
          speaker   token  n_target  n_reference              flag
    0  Ida Marlow  bridge         9            0  in one turn only
    1  Ida Marlow    safe         9            0  in one turn only
    4   Cy Dunlin   ferry         8            0  in one turn only
    5   Cy Dunlin    late         8            0  in one turn only
    >>> themes.attrs["left_out"]
    {'unnamed journalists': 'no word 5 times or more in its 1 words'}
    """
    numbers, groups = groups_of(tokens, by)
    coded = code([tokens], min_count=min_count)
    questions = Questions.read(coded, turns, tokens)
    kind, parts, left_out = kind_of_text(tokens), [], {}
    for number, group in groups.iterrows():
        here = numbers == number
        both = ((coded.parts[0], rows) for rows in (here, ~here))
        sides = Sides.of(coded, questions, *both, language=kind["language"])
        part, why = keywords_of(sides, questions, group, min_count=min_count, level=LEVEL)
        if why:
            left_out[str(group[by])] = why
        else:
            parts.append(part)
    if not parts:
        parts = [of_group(compare(sides, questions, level=LEVEL).iloc[:0], group)]
    result = pd.concat(parts, ignore_index=True)
    told = {"by": by, "min_count": min_count, "level": LEVEL, "n_tested": len(coded.vocabulary)}
    result.attrs = (
        kind | told | {"made_by": "theme_keywords", "left_out": left_out, "flags": flags_of(coded)}
    )
    return result


def groups_of(tokens: pd.DataFrame, by: str) -> tuple[Ints, pd.DataFrame]:
    """Of each token the number of its group, and a table of the groups, in order of appearance."""
    TOKENS.check(tokens, by)
    columns = [by]
    if by == "speaker":
        TOKENS.check(tokens, "role")
        columns = ["speaker", "role"]
    number = numbers(tokens, *columns)
    groups = tokens[columns].iloc[np.unique(number, return_index=True)[1]].reset_index(drop=True)
    if by == "speaker":
        groups = name_unnamed(groups)[["speaker", "named"]]
        number, groups = numbers(groups, *groups)[number], groups.drop_duplicates(ignore_index=True)
    if len(groups) < 2:
        raise BriefingError(
            f"nothing to hold against a rest: {len(groups)} value of {by!r} in {len(tokens)} "
            "words. Use another column, or keyness(target, reference) with a reference of yours."
        )
    return number, groups


def keywords_of(
    sides: Sides, questions: Questions, group: pd.Series, *, min_count: int, level: float
) -> tuple[pd.DataFrame, str]:
    """The words that the target says more often than the rest, and why there are none."""
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
