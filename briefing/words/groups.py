"""Rows of a table as groups: places, numbers for words and names, counts by group.

Where words are: their order in the text, and their line in the source.

Counting starts from a table; checking ends in the document. A hit has a place in a turn's text
(`start`), and `with_lines` finds the source line on which it was printed, so that any table of hits
leads back to the file. Turns are made of whole stretches of lines; laid end to end along the text,
these show where each line begins.

Turns as the speaking measures count them: words checked, and unnamed voices not counted as one
person.

A source that prints `Q` names nobody. All such turns of a role form one row, *unnamed journalists*,
marked as several people (`named` is false).

Groups of rows, words and names as numbers, the same in several tables.

A table of many millions of words has few turns, and its words are already categories: what is
compared, sorted and named here are turns, or words of the vocabulary, and never running words.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Hashable, Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons.languages import language_in
from briefing.tables import LINES, TOKENS, TURNS, BriefingError, same_id
from briefing.words.tally import call

Ints = npt.NDArray[np.integer[Any]]
Flags = npt.NDArray[np.bool_]
Floats = npt.NDArray[np.float64]
_SPACE = re.compile(r"\s*")


def categorical(column: pd.Series) -> pd.Categorical:
    """The values as categories and codes: those of the column, without a copy, if it has them."""
    values = column.array
    return values if isinstance(values, pd.Categorical) else pd.Categorical(column)


def changes(table: pd.DataFrame, *columns: str) -> Flags:
    """For each row, whether it differs from the row before in `columns`; true for the first."""
    differs = np.zeros(len(table), bool)
    for name in columns:
        value = _comparable(table[name])
        differs[1:] |= value[1:] != value[:-1]
    differs[:1] = True
    return differs


def numbers(table: pd.DataFrame, *columns: str) -> Ints:
    """For each row, the number of its group by `columns`, from 0 in order of appearance.

    Adjacent rows of a group are examined once. The numbers have 32 bits: widen them before you
    multiply.
    """
    first = np.flatnonzero(changes(table, *columns))
    rows = table[list(columns)].iloc[first]
    groups = rows.groupby(list(columns), sort=False, dropna=False, observed=True)
    return np.repeat(groups.ngroup().to_numpy(np.int32), np.diff(first, append=len(table)))


def in_order(tokens: pd.DataFrame) -> pd.DataFrame:
    """The rows sorted by briefing (as they appear), turn and position; the same table if sorted."""
    TOKENS.check(tokens, "briefing_id", "turn_id", "position")
    begins = changes(tokens, "briefing_id", "turn_id")
    first = np.flatnonzero(begins)  # adjacent rows are compared once
    turns = tokens[["briefing_id", "turn_id"]].iloc[first]
    briefing = pd.factorize(turns["briefing_id"], use_na_sentinel=False)[0]
    turn, position = turns["turn_id"].to_numpy(), tokens["position"].to_numpy()
    same, next_one = briefing[1:] == briefing[:-1], briefing[1:] > briefing[:-1]
    later = next_one | same & (turn[1:] > turn[:-1])
    if later.all() and ((position[1:] > position[:-1]) | begins[1:]).all():
        return tokens
    length = np.diff(first, append=len(tokens))
    keys = position, np.repeat(turn, length), np.repeat(briefing, length)
    order = np.lexsort(keys)
    twice = np.logical_and.reduce([key[order][1:] == key[order][:-1] for key in keys])
    if twice.any():
        raise same_id(tokens.iloc[int(order[int(twice.argmax())])].to_dict())
    return tokens.iloc[order]


def check_ids(tokens: pd.DataFrame) -> None:
    """Raise BriefingError if the table seems to hold two briefings with one id."""
    if {"briefing_id", "turn_id", "position"} <= {*tokens}:
        in_order(tokens)


def with_lines(hits: pd.DataFrame, turns: pd.DataFrame, lines: pd.DataFrame) -> pd.DataFrame:
    """Give every hit in one briefing the source line where it begins.

    Parameters
    ----------
    hits : DataFrame
        Any table with `briefing_id`, `turn_id` and `start`, an offset in the turn's text: a
        concordance, topic hits, tokens, sentences.
    turns, lines : DataFrame
        `talk.turns` and `talk.lines` of the Transcript that the hits are from.

    Returns
    -------
    DataFrame
        `hits` with the column `line` (Int64), from 1; missing if the lines of the turn are absent
        or hold another text.

    Raises
    ------
    BriefingError
        If columns are missing, hits are in several briefings (lines belong to one document), or a
        turn is not in `turns`.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: Good morning.\\n\\nThe quay opens in May.\\nQ: Why?")
    >>> with_lines(talk.sentences, talk.turns, talk.lines)[["turn_id", "text", "line"]]
       turn_id                    text  line
    0        1           Good morning.     1
    1        1  The quay opens in May.     3
    2        2                    Why?     4
    """
    TURNS.check(turns, "briefing_id", "turn_id", "text")
    LINES.check(lines, "line", "kind", "turn_id", "text")
    TOKENS.check(hits, "briefing_id", "turn_id", "start")
    texts = _texts(hits, turns)
    said = lines["kind"].isin(["speech", "stage"])
    spoken = lines[said & lines["turn_id"].isin(list(texts))]
    begins = {
        turn: line_starts(text, spoken.loc[spoken["turn_id"] == turn, ["line", "text"]].to_numpy())
        for turn, text in texts.items()
    }
    places = zip(hits["turn_id"], hits["start"], strict=True)
    found = [_line(begins.get(turn, []), start) for turn, start in places]
    return hits.assign(line=pd.array(found, dtype="Int64"))


def line_starts(text: str, stretches: Iterable[tuple[int, str]]) -> list[tuple[int, int]]:
    """(place in `text`, line) of the beginning of each stretch (line, text) of a turn.

    Empty if the stretches do not add up to the text.
    """
    found, at = [], 0
    for line, stretch in stretches:
        words = stretch.strip()
        at = _SPACE.match(text, at).end()  # type: ignore[union-attr]
        if not text.startswith(words, at):
            words = words.removesuffix("-")  # a hyphen at a line break
        if not text.startswith(words, at):
            return []
        if words:
            found.append((at, line))
        at += len(words)
    return found


def _texts(hits: pd.DataFrame, turns: pd.DataFrame) -> dict[int, str]:
    """The text of each turn with a hit, provided that all belong to one briefing."""
    briefings = hits["briefing_id"].unique()
    if len(briefings) > 1:
        raise BriefingError.of("hits of several briefings", n=len(briefings))
    here = turns[turns["briefing_id"].isin(briefings)]
    texts = dict(zip(here["turn_id"], here["text"], strict=True))
    missing = set(hits["turn_id"]) - set(texts)
    if missing:
        raise BriefingError.of("hit without turn", turn=min(missing))
    return {turn: texts[turn] for turn in hits["turn_id"].unique()}


def _line(begins: list[tuple[int, int]], start: int) -> int | None:
    at = bisect_right(begins, (start, np.inf))
    return begins[max(at - 1, 0)][1] if begins else None


def _comparable(column: pd.Series) -> npt.NDArray[np.generic]:
    """The values, or numbers for them, so that missing ones are equal to each other."""
    if isinstance(column.dtype, pd.CategoricalDtype):
        return categorical(column).codes
    if isinstance(column.dtype, np.dtype) and column.dtype.kind in "bui":
        return column.to_numpy()
    return pd.factorize(column, use_na_sentinel=False)[0]


By = str | Sequence[str] | None  # the columns whose values are counted separately
PLACE = ["briefing_id", "turn_id"]
TURN_KEYS = [*PLACE, "speaker", "role"]
WHERE = [*TURN_KEYS, "sentence_id", "position"]
WHO = ["speaker", "named"]
NOT_NAMED = "not named"
EVENT = ("event", "date", "source", "people", "capitals")  # attributes: see Transcript.turns


def columns_of(by: By) -> list[str]:
    """The columns named by `by`, each once."""
    return [*dict.fromkeys([by] if isinstance(by, str) else by or [])]


def groups_of(table: pd.DataFrame, by: By) -> tuple[Ints, pd.DataFrame]:
    """For each row, the number of its group, and the groups, in order of appearance.

    By speaker, the groups also have `role`, the most frequent one, unless it is in `by`, and
    `named`. A missing `person` or `outlet` is *not named*.
    """
    asked = columns_of(by)
    TOKENS.check(table, *asked)
    if not asked:
        return np.zeros(len(table), np.int64), pd.DataFrame(index=[0])
    _check_unique(table, asked)
    if "speaker" in asked and "role" not in table:
        table = table.assign(role="unknown")
    keys = [*dict.fromkeys([*asked, *(["role"] if "speaker" in asked else [])])]
    piece = numbers(table, *keys)
    pieces = table[keys].iloc[np.unique(piece, return_index=True)[1]].reset_index(drop=True)
    for name in {"person", "outlet"}.intersection(asked):
        pieces[name] = pieces[name].astype("object").fillna(NOT_NAMED)
    if "speaker" not in asked:
        return piece.astype(np.int64), pieces
    return _named_groups(piece, pieces, asked)


def _named_groups(piece: Ints, pieces: pd.DataFrame, asked: list[str]) -> tuple[Ints, pd.DataFrame]:
    """The same for speakers: one group, even in several roles."""
    pieces = name_unnamed(pieces.assign(role=pieces["role"].astype("object").fillna("unknown")))
    group = numbers(pieces, *asked, "named").astype(np.int64)
    n_rows = pd.Series(np.bincount(piece, minlength=len(pieces)))
    largest = n_rows.groupby(group).idxmax()
    groups = pieces.iloc[largest].reset_index(drop=True)
    return group[piece], groups[[*dict.fromkeys([*asked, "role", "named"])]]


def _check_unique(table: pd.DataFrame, asked: list[str]) -> None:
    """Refuse numbers that start again in each briefing if there are several."""
    within = {"turn_id", "sentence_id"}.intersection(asked)
    if within and "briefing_id" not in asked and changes(table, "briefing_id")[1:].any():
        raise BriefingError.of("counted in each briefing", by=asked[0])


def count(turns: pd.DataFrame, by: By) -> pd.DataFrame:
    """Return the columns used, in the order of the briefing, with unnamed speakers together.

    `by` and `n_words` are required; other columns of a turns table are filled with missing values
    if absent, and a missing role is `unknown`. Questions and answers in writing did not take the
    floor and are left out.
    """
    TURNS.check(turns, *columns_of(by), "n_words")
    turns = spoken(turns)
    if turns.empty:
        raise BriefingError.of("no turns to count")
    columns = [*dict.fromkeys([*PLACE, "role", "start_s", "stop_s", *columns_of(by)])]
    table = turns.reindex(columns=columns).assign(n_words=counted(turns))
    table = table.sort_values(PLACE, kind="stable", ignore_index=True)
    table["role"] = table["role"].astype("object").where(table["role"].notna(), "unknown")
    return name_unnamed(table) if "speaker" in columns_of(by) else table


def spoken(turns: pd.DataFrame) -> pd.DataFrame:
    """The turns, without those that the page marks as written."""
    return turns[~turns["written"].eq(True)] if "written" in turns else turns


def name_unnamed(table: pd.DataFrame) -> pd.DataFrame:
    """Put *unnamed journalists* where nobody is named, and mark it in `named` as not a person.

    Needs `speaker` and `role`; a missing role is `unknown`.
    """
    who = table[["speaker", "role"]].astype("object")
    who = who.where(who.notna(), None)
    called = [call(*pair) for pair in zip(who["speaker"], who["role"], strict=True)]
    speaker, named = zip(*called, strict=True) if called else ((), ())
    names = pd.Series(speaker, table.index, dtype="object")
    return table.assign(speaker=names, named=pd.Series(named, table.index, dtype="bool"))


def counted(turns: pd.DataFrame) -> pd.Series:
    """How many words each turn has; BriefingError if that is unknown."""
    words = pd.to_numeric(turns["n_words"], errors="coerce").astype("float64")
    good = words.between(0, np.inf, inclusive="left") & (words % 1 == 0)
    if not good.all():
        at = int(good.argmin())
        turn = turns["turn_id"].iloc[at] if "turn_id" in turns else at + 1
        sizes = {"n": (~good).sum(), "n_turns": len(turns), "n_words": turns["n_words"].iloc[at]}
        raise BriefingError.of("n_words missing", turn=turn, **sizes)
    return words.astype("int64")


def grouped(table: pd.DataFrame, keys: list[str]) -> pd.api.typing.DataFrameGroupBy:
    """Group rows in order of appearance; a missing value is a group too."""
    return table.groupby(keys, sort=False, dropna=False, observed=True)


def typed(columns: str) -> dict[str, str]:
    """Columns with their types, from a text such as `start:int64 value:float64`."""
    return dict(column.split(":") for column in columns.split())


def found_in(
    table: pd.DataFrame, found: Iterable[tuple[int, dict[str, Any]]], columns: dict[str, str]
) -> pd.DataFrame:
    """One row for each thing found: whose turn it is in, and its `columns` with their types.

    `found` gives the row of `table` for each, and its values by column.
    """
    found = list(found)
    result = table[TURN_KEYS].iloc[[row for row, _ in found]].reset_index(drop=True)
    for name in columns:
        result[name] = pd.Series([row[name] for _, row in found], result.index, dtype="object")
    return result.astype(columns)


def kind_of_text(turns: pd.DataFrame) -> dict[Hashable | None, Any]:
    """What the turns say about their text and event; every result passes it on to its caption."""
    kind: dict[Hashable | None, Any] = {
        "text_status": turns.attrs.get("text_status", "unknown"),
        "part": bool(turns.attrs.get("part", False)),
        "language": language_in(turns),
    }
    if "written" in turns:
        kind["n_written_turns"] = int(turns["written"].eq(True).sum())
    return kind | {name: turns.attrs[name] for name in EVENT if turns.attrs.get(name)}


def finish(table: pd.DataFrame, source: pd.DataFrame, **about: Any) -> pd.DataFrame:
    """The result, with what its `source` says about the text, and remarks on itself."""
    table.attrs = kind_of_text(source) | about
    return table


def ranked(table: pd.DataFrame, **ascending: bool) -> pd.DataFrame:
    """The rows in the order of these columns, each ascending or not, and numbered anew."""
    return table.sort_values([*ascending], ascending=[*ascending.values()], ignore_index=True)


STRETCH = 1 << 18


@dataclass(frozen=True)
class Stretches:
    """Runs of adjacent rows of one group: the group's number, and how many rows."""

    group: Ints
    length: Ints

    def rows(self) -> Ints:
        """For each row, the number of its group."""
        return np.repeat(self.group, self.length)

    def within(self, groups: Flags) -> Ints:
        """The rows of the groups that are marked."""
        return np.flatnonzero(np.repeat(groups[self.group], self.length))


def number_groups(
    tables: Sequence[pd.DataFrame], *columns: str
) -> tuple[list[Stretches], pd.DataFrame]:
    """Number the groups of rows in all tables; also return the groups, sorted by their columns.

    Missing values are equal to each other and come last.
    """
    first = [np.flatnonzero(changes(table, *columns)) for table in tables]
    pieces = zip(tables, first, strict=True)
    rows = pd.concat([t[list(columns)].iloc[at] for t, at in pieces], ignore_index=True)
    named = rows.astype(dict.fromkeys(rows.select_dtypes("category"), "object"))
    key = named.groupby([*columns], dropna=False).ngroup().to_numpy()
    groups = rows.iloc[np.unique(key, return_index=True)[1]].reset_index(drop=True)
    numbers = np.split(key.astype(np.int32), np.cumsum([len(at) for at in first])[:-1])
    lengths = [np.diff(at, append=len(t)) for t, at in zip(tables, first, strict=True)]
    return [Stretches(*of) for of in zip(numbers, lengths, strict=True)], groups


@dataclass(frozen=True)
class Vocabulary:
    """The words of several columns: for each column, its codes, -1 for a missing word.

    Lists by code have one more entry at the end, for the missing word.
    """

    codes: Sequence[Ints]
    forms: Sequence[Ints]  # for each code, its number among all words
    numbers: Sequence[Ints]  # for each code, its number among `words`, or `len(words)`
    words: pd.Index  # those that are frequent enough, in alphabetical order
    n: Ints  # the frequency of each


def number_words(
    columns: Sequence[pd.Series], *, min_count: int, n: Sequence[Ints | None] | None = None
) -> Vocabulary:
    """Number the words that occur at least `min_count` times; `n` is the frequency of each row."""
    kinds = [categorical(column) for column in columns]
    forms, words = _forms([kind.categories for kind in kinds])
    total = np.zeros(len(words) + 1, np.int64)
    for kind, form, each in zip(kinds, forms, n or [None] * len(kinds), strict=True):
        total += added(tally_codes(kind.codes, each, len(form)), form, len(total))
    kept = np.flatnonzero(total[:-1] >= min_count)
    kept = kept[words[kept].argsort()]
    number = np.full(len(total), len(kept), np.int32)
    number[kept] = np.arange(len(kept))
    codes, numbers = [kind.codes for kind in kinds], [number[form] for form in forms]
    return Vocabulary(codes, forms, numbers, words[kept], total[kept])


def tally_codes(code: Ints, n: Ints | None, size: int) -> Ints:
    """The frequency of each code; that of a missing word, code -1, comes last."""
    if n is not None:
        return added(n, np.where(code < 0, size - 1, code), size)
    said = tally(code, size)
    said[-1] = len(code) - said.sum()
    return said


def tally(number: Ints, size: int) -> Ints:
    """The frequency of each number below `size`; negative ones are not counted.

    Like `np.bincount`, but in chunks, to avoid a long copy of many millions.
    """
    count = np.zeros(size + 1, np.int64)
    for at in range(0, len(number), STRETCH):
        count += np.bincount(number[at : at + STRETCH] + 1, minlength=size + 1)
    return count[1:]


def added(n: Ints, number: Ints, size: int) -> Ints:
    """The sum of `n` for each number; counts are whole, and exact up to 2 ** 53."""
    return np.bincount(number, weights=n, minlength=size).astype(np.int64)


def _forms(vocabularies: Sequence[pd.Index]) -> tuple[list[Ints], pd.Index]:
    """For each vocabulary, the numbers of its words and of a missing word; and all words."""
    first, copies = vocabularies[0], 1
    if all(other is first or other.equals(first) for other in vocabularies):
        vocabularies, copies = [first], len(vocabularies)
    number, words = np.arange(len(first)), first
    if len(vocabularies) > 1 or not isinstance(first.dtype, pd.StringDtype):
        names = [vocabulary.astype("str") for vocabulary in vocabularies]
        number, words = pd.factorize(names[0].append(names[1:]))
    parts = np.split(number, np.cumsum([len(v) for v in vocabularies])[:-1])
    return [np.append(part, len(words)) for part in parts] * copies, words
