"""Who is called on: journalists' names and outlets, their calls, and what each gets to ask.

A *call* is a stretch in which one journalist has the questioner's turn: it begins when the floor is
given, when somebody introduces themselves or greets the official again, or when another journalist
speaks; answers and follow-ups belong to it, and it ends when the next one begins. Turns, question
parts and words are given as well, since each yields a different share; measuring initiative by
follow-up questions follows Clayman and Heritage (2002).

A source that prints `Q` names nobody. Names then come from the call before a question (*Go ahead,
Jo*; *Jo Lund at Harbour Radio*), from self-introductions at its head, and from an answer that
addresses who asked (*I hear you, Jo*); `person_from` and `outlet_from` say which, with a
probability set by hand for each. On their first run, before they were improved by what they had
missed, the rules found 80 of 92 names in 432 marked turns, with 3 false ones, and 15 of 20 outlets,
with no false ones; in 150 turns of 102 invented texts of all kinds, in many languages, 15 of 30
names, with 2 false ones, and 14 of 25 outlets, with 1 false one. If nothing is said and the label
is `Q`, a change of journalist cannot be seen, so there are too few calls rather than too many.

References
----------
Clayman, S., & Heritage, J. (2002). Questioning presidents. Journal of Communication 52.
"""

from __future__ import annotations

import re
from calendar import day_name
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from briefing.lexicons import MONTH, Patterns, entries, lexicon
from briefing.lexicons.cues import CUE, asks_question, gives_floor, is_small
from briefing.lexicons.names import LABEL, TITLES, is_outlet, label_key
from briefing.lexicons.stage import without_stages
from briefing.measures import questions
from briefing.prose import counted
from briefing.tables import TURNS, BriefingError
from briefing.words.groups import NOT_NAMED, By, Ints, finish, groups_of
from briefing.words.rates import MIN_UNITS, rate_interval

__all__ = ["answered", "calls", "named", "share"]

NAMED = ("person", "person_from", "person_p", "outlet", "outlet_from", "outlet_p", "call_id")
INTRODUCTION = "self-introduction"
PROBABILITY = {  # set by hand, close to what hand-marked turns showed for all sources together
    "label": 0.99,
    INTRODUCTION: 0.83,
    "call": 0.95,
    "address": 0.9,
    "same call": 0.85,
}
DAYS = {day.casefold() for day in day_name}
GIVEN = {pair.split()[0] for pair in entries("short-names")}  # Will, as a name
INITIALS = re.compile(r"[A-Z]J")  # as a first name
HEAD, TAIL = 260, 240  # characters examined
CALL = Patterns("floor")
INTRODUCTIONS = (
    "introduced",
    "introduced_house",
    "introduced_at_once",
    "introduced_by_comma",
    "introduced_in_korean",
    "introduced_in_japanese",
    "introduced_self",
    "introduced_alone",
    "introduced_in_full",
    "introduced_in_chinese",
    "in_brackets",
)
SURELY = (  # forms by which an outlet is certain
    INTRODUCTIONS[0], "introduced_alone", "introduced_in_full", "introduced_in_chinese",
    "in_brackets",
)  # fmt: skip
UNSURE = ("called_on", "called_asked")  # these also occur with places
SURE = (*UNSURE, "called_given", "called_after", "called_first", "called_with")
CALLS = ("called_of_outlet", *SURE, "called_alone", "called_last")
SOURCES = {"called_asked": "address", "called_last": "address"}  # any other form is a call
PLACE = r"\b(?:[Ii]n|[Oo]f|[Aa]cross|[Aa]gainst)\s+{}\b"  # before the name of a place
GIVEN_WORDS = 8  # most words in a sentence that gives the floor
INTERJECTION = 4  # most words in an interjection


@dataclass(frozen=True)
class Who:
    """A journalist as far as the words show: name, outlet, and the source of each."""

    person: str | None = None
    outlet: str | None = None
    person_from: str | None = None
    outlet_from: str | None = None

    def or_else(self, other: Who) -> Who:
        """Fill in what is unknown from `other`, unless the two have different names."""
        if self.person and other.person and not _same(self.person, other.person):
            return self
        longer = max(self, other, key=lambda who: len((who.person or "").split()))
        named = longer if longer.person else self
        of = self if self.outlet else other
        return Who(named.person, of.outlet, named.person_from, of.outlet_from)

    def carried(self) -> Who:
        """The same, for the other turns of the call."""
        return replace(
            self,
            person_from=self.person_from and "same call",
            outlet_from=self.outlet_from and "same call",
        )


class Heard(NamedTuple):
    """The parts of a turn that matter here."""

    speaker: str | None
    role: str
    organisation: str | None
    text: str


def named(turns: pd.DataFrame) -> pd.DataFrame:
    """Add to each turn who speaks, for which outlet, and in whose call.

    Parameters
    ----------
    turns : DataFrame
        All turns of one or more briefings, in their order.

    Returns
    -------
    DataFrame
        `turns` with `person` and `outlet` (missing if nobody says them), `person_from` and
        `outlet_from` (label, self-introduction, call, same call, or people.toml), `person_p` and
        `outlet_p` (their probability, set by hand for each source), and `call_id`, from 1 in each
        briefing; missing before the first call.

    Raises
    ------
    BriefingError
        If it is not a turns table.

    Notes
    -----
    *Jo* in one briefing and *Jo* in the next need not be the same person: only `people.toml` can
    say so.
    """
    TURNS.check(turns, "briefing_id", "speaker", "role", "organisation", "text")
    found = [values for rows in _briefings(turns) for values in names_of(rows)]
    table = pd.DataFrame(found, columns=[*NAMED], index=turns.index)
    kinds = dict.fromkeys(("person", "person_from", "outlet", "outlet_from"), "str")
    table = table.astype(kinds | {"call_id": "Int64", "person_p": float, "outlet_p": float})
    kept = turns.drop(columns=[name for name in NAMED if name in turns])
    result = kept.join(table)
    result.attrs = turns.attrs
    return result


def _briefings(turns: pd.DataFrame) -> Iterator[list[Heard]]:
    columns = ["speaker", "role", "organisation", "text"]
    plain = turns[columns].astype("object")
    plain = plain.where(plain.notna(), None)
    for _, rows in plain.groupby(turns["briefing_id"].to_numpy(), sort=False, dropna=False):
        yield [Heard(*row) for row in rows.itertuples(index=False)]


def names_of(rows: Sequence[Heard]) -> list[tuple[Any, ...]]:
    """The values of `NAMED` for each turn of one briefing."""
    known = _attested(rows)
    own = [_who(rows, i, known) if r.role == "journalist" else Who() for i, r in enumerate(rows)]
    own = _in_full(own)
    calls = _calls(rows, own)
    of: dict[int, Who] = {}
    for who, call in zip(own, calls, strict=True):
        if call:
            of[call] = of.get(call, Who()).or_else(who)
    return [_row(r, who, call, of) for r, who, call in zip(rows, own, calls, strict=True)]


def _in_full(own: Sequence[Who]) -> list[Who]:
    """Expand *Jo* to *Jo Lund*, if only one Jo in the briefing is called by a full name."""
    full: dict[str, set[str]] = {}
    for name in (who.person for who in own if who.person and " " in who.person):
        full.setdefault(name.split()[0], set()).add(name)
    one = {first: names.pop() for first, names in full.items() if len(names) == 1}
    return [replace(who, person=one.get(who.person or "", who.person)) for who in own]


def _attested(rows: Sequence[Heard]) -> set[str]:
    """The names that certainly give somebody the floor: no officials, no places."""
    others = [label_key(r.speaker or "") for r in rows if r.role != "journalist"]
    officials = {word for name in others for word in name.split()}
    said = "\n".join(r.text for r in rows)
    return {
        name
        for name, n in _called_surely(rows).items()
        if _is_name(name) and not _words(name) <= officials and not _is_place(name, said, n)
    }


def _called_surely(rows: Sequence[Heard]) -> Counter[str]:
    """Whatever is called out where a name is expected before a question, and how often."""
    asked = [_tail(a.text) for a, b in pairwise(rows) if b.role == "journalist"]
    return Counter(
        m["name"] for tail in asked for form in SURE for m in getattr(CALL, form).finditer(tail)
    )


def _is_place(name: str, said: str, n_called: int) -> bool:
    """Whether a name is rather a place: it is listed, or *in, across* precede it as often."""
    if name.casefold() in lexicon("places"):
        return True
    found = re.findall(PLACE.format(re.escape(name)), said)
    return name.casefold() not in MONTH and len(found) >= n_called


def _words(name: str) -> set[str]:
    return {*label_key(name).split()}


def _row(said: Heard, who: Who, call: int | None, of: dict[int, Who]) -> tuple[Any, ...]:
    if said.role != "journalist":
        person, source = said.speaker, "label" if said.speaker else None
        return person, source, _p(source), None, None, None, call
    whole = who.or_else(of[call].carried()) if call else who
    given = whole.person_from, _p(whole.person_from), whole.outlet
    return whole.person, *given, whole.outlet_from, _p(whole.outlet_from), call


def _p(source: str | None) -> float | None:
    return PROBABILITY.get(source) if source else None


def _who(rows: Sequence[Heard], i: int, attested: set[str]) -> Who:
    """Who asks in turn `i`, by label, by the beginning of the turn, or by the call before it."""
    said = rows[i]
    if said.speaker:
        outlet = said.organisation or (said.speaker if is_outlet(said.speaker) else None)
        person = None if outlet == said.speaker else said.speaker
        return Who(person, outlet, person and "label", outlet and "label")
    if not without_stages(said.text).strip():
        return Who()  # *(Cross-talk.)*
    own = introduced(said.text)
    before = rows[i - 1] if i else None
    if before is None or before.role == "journalist":
        return own
    return own.or_else(called(before.text, attested))


def introduced(text: str) -> Who:
    """The name and outlet that a questioner gives at the beginning of a question."""
    head = " ".join(without_stages(text)[:HEAD].split())
    for form in INTRODUCTIONS:
        where = head if form != INTRODUCTIONS[-1] else text[-HEAD:]
        for match in getattr(CALL, form).finditer(where):
            found = match.groupdict()
            surely = form in SURELY or bool(found.get("told"))
            outlet, name = _outlet(found.get("org"), surely=surely), found.get("name") or None
            if outlet and outlet.casefold() in lexicon("places"):
                outlet = None
            if (outlet or "org" not in found) and (name is None or _is_name(name)):
                source = INTRODUCTION
                return Who(name, outlet, name and source, outlet and source)
    return Who()


def called(text: str, attested: Iterable[str] = ()) -> Who:
    """The name and outlet by which a turn gives the floor at its end."""
    tail, known = _tail(text), {*attested}
    found = _called(tail, known)
    *before, last = re.split(r"(?<=[.?!])\s+", tail)
    if (found.person or found == Who()) and before and len(last.split()) <= GIVEN_WORDS:
        # *Go ahead, Jo. Then I'll come to you.* *Jo Lund at Harbour Radio. Jo, you are unmuted.*
        return found.or_else(_called(" ".join(before), known))
    return found


def _called(tail: str, known: set[str]) -> Who:
    """The name and outlet by the first pattern that gives one."""
    for form in CALLS:
        for match in [*getattr(CALL, form).finditer(tail)][::-1]:
            found = match.groupdict()
            name = found["name"]
            if form in SURE and is_outlet(name, acronyms=False):
                return Who(None, _outlet(name), None, "call")
            surely = " " in name and form != CALLS[0] or bool(found.get("told"))
            outlet = _outlet(found.get("org") or found.get("org2"), surely=surely)
            if _is_name(name) and (form in {*SURE} - {*UNSURE} or outlet or name in known):
                source = SOURCES.get(form, "call")
                return Who(name, outlet, source, outlet and source)
    return Who()


def _tail(text: str) -> str:
    """The end of a turn, from the beginning of a sentence."""
    whole = " ".join(without_stages(text).split())
    tail = whole[-TAIL:]
    cut = re.search(r"[.?!]\s+", tail) if len(whole) > TAIL else None
    return tail[cut.end() :] if cut else tail


def _is_name(name: str) -> bool:
    """Whether capitalised words may be a person's name: no title, function word or institution."""
    words = [w for w in label_key(name).split() if len(w) > 1 or not w.isascii()]  # *Ana I. Lund*
    listed = lexicon("function-words") | lexicon("institution-words") | lexicon("small-talk") | DAYS
    if INITIALS.fullmatch(name):
        return True
    if not words or any(w in listed - GIVEN or w in TITLES for w in words) or is_outlet(name):
        return False
    return any((len(w) > 1 or not w.isascii()) and not w.isupper() for w in name.split())


def _outlet(text: str | None, *, surely: bool = True) -> str | None:
    """The outlet in `text`, if any; unless one is surely there, it has to look like one."""
    cut = re.sub(r"(?<!\s)\s+(?:and|of|the)$", "", text.strip(" .,")) if text else ""
    none = not cut or LABEL.generation.fullmatch(cut) or label_key(cut) in lexicon("function-words")
    return cut if not none and (surely or is_outlet(cut)) else None


def _same(a: str, b: str) -> bool:
    """Whether one name may be part of the other: *Jo*, *Jo Lund*."""
    one, other = _words(a), _words(b)
    return one <= other or other <= one


def _calls(rows: Sequence[Heard], own: Sequence[Who]) -> list[int | None]:
    """For each turn, the number of its call; None before the first."""
    calls: list[int | None] = []
    number, holder, last = 0, Who(), -1
    for i, said in enumerate(rows):
        if said.role == "journalist" and (own[i].person or _is_turn_to_ask(said.text)):
            if last < 0 or _begins(rows, own[i], holder, last, i):
                number, holder = number + 1, own[i]
            else:
                holder = holder.or_else(own[i])
            last = i
        calls.append(number or None)
    return calls


def _is_turn_to_ask(text: str) -> bool:
    """Whether a turn can begin a call: it is not just a greeting, thanks or an interjection."""
    return not is_small(text) and (asks_question(text) or len(text.split()) > GIVEN_WORDS)


def _begins(rows: Sequence[Heard], who: Who, holder: Who, last: int, i: int) -> bool:
    """Whether turn `i` begins a call; turn `last` was the previous journalist's."""
    said, before = rows[i], rows[i - 1]
    if said.speaker or rows[last].speaker:
        return said.speaker != rows[last].speaker or before.role == "moderator"
    if who.person and holder.person:
        return not _same(who.person, holder.person)
    if before.role == "journalist":
        return not CUE.cut_off.search(before.text)
    if INTRODUCTION in (who.person_from, who.outlet_from):
        return True
    short = len(before.text.split()) <= INTERJECTION
    if CALL.tries.search(rows[last].text) or short and CUE.cut_off.search(rows[last].text):
        return False  # continues the question
    asked = before.role == "moderator" and not short
    return who.person_from == "call" or asked or _greets(said.text) or _gives(before.text)


def _greets(text: str) -> bool:
    """Whether a question begins with a greeting."""
    return bool(CALL.greets.search(text[:60])) and asks_question(text)


def _gives(text: str) -> bool:
    """Whether a turn ends by giving the floor."""
    last = re.split(r"[.?!—]\s+", _tail(text))[-1]
    return len(last.split()) <= GIVEN_WORDS and gives_floor(last)


COUNTS = ("n_turns", "n_follow_ups", "n_parts", "n_words", "n_words_received", "n_cut_off")
ENOUGH = 0.6  # of the calls must have names before anybody is ranked


def calls(turns: pd.DataFrame) -> pd.DataFrame:
    """List the calls of one or more briefings, with their contents.

    Parameters
    ----------
    turns : DataFrame
        All turns in order, with `n_words`; passed through `named` if they have not been.

    Returns
    -------
    DataFrame
        One row per call: `briefing_id`, `call_id` (from 1, the order of the calls),
        `first_turn_id`, `person, outlet` with `person_p, outlet_p`; `n_turns` of the journalist,
        `n_follow_ups` (later turns of the same call that ask; only a person can say whether they
        keep to the topic), `n_parts` (question parts; missing if we have no lists for the
        language), `n_words`, `n_words_received` (of officials, and of whoever answers, within the
        call), `n_cut_off` (turns printed with a dash at the end: not necessarily interruptions,
        since there are no times); `answered_by`, who says most in reply; `first`, `last`; and any
        additional columns of `turns`, such as `date`. `.attrs`: `share_named`, the share of calls
        whose outlet is known.

    Raises
    ------
    BriefingError
        If it is not a turns table, or its words are not counted.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse(
    ...     "MS. MARLOW: Good morning. Go ahead, Jo.\\nQ: Why is the quay closed?\\n"
    ...     "MS. MARLOW: It is old.\\nQ: And how old is it?\\nMS. MARLOW: Very.")
    >>> calls(talk.turns)[["person", "n_turns", "n_follow_ups", "n_words_received"]]
      person  n_turns  n_follow_ups  n_words_received
    0     Jo        2             1                 4
    """
    turns = turns if {*NAMED} <= {*turns} else named(turns)
    TURNS.check(turns, "turn_id", "n_words")
    held = turns.assign(n_parts=_parts(turns))[turns["call_id"].notna()]
    keys = ["briefing_id", "call_id"]
    asks = held["role"].eq("journalist")
    held["n_follow_ups"] = (asks & held["text"].map(asks_question).astype(bool)).astype(int)
    cut = held["text"].str.rstrip().str.endswith(("—", "–", "--"))
    held["n_cut_off"] = (asks & cut).astype(int)
    grouped = held[asks].groupby(keys, sort=False, observed=True)
    sums = grouped[["n_follow_ups", "n_parts", "n_words", "n_cut_off"]].sum(min_count=1)
    more = [c for c in turns if c not in {*TURNS.columns, *NAMED}]
    known = grouped[["turn_id", "person", "person_p", "outlet", "outlet_p", *more]].first()
    result = known.rename(columns={"turn_id": "first_turn_id"}).join(sums)
    result["n_follow_ups"] = (result["n_follow_ups"] - 1).clip(lower=0)
    result.insert(5, "n_turns", grouped.size())
    answers = held["role"].eq("official") | ~asks & held["answers"].notna()
    result = result.join(_received(held[answers], keys)).reset_index()
    result["n_words_received"] = result["n_words_received"].fillna(0).astype("Int64")
    result["first"] = ~result["briefing_id"].duplicated()
    result["last"] = ~result["briefing_id"].duplicated(keep="last")
    share = float(result["outlet"].notna().mean()) if len(result) else 0.0
    return finish(result, turns, made_by="calls", share_named=share)


def _parts(turns: pd.DataFrame) -> pd.Series:
    """How many question parts each turn has; missing if we have no lists for the language."""
    parts = questions.parts(turns)
    n = parts.groupby(["briefing_id", "turn_id"], observed=True).size()
    at = pd.MultiIndex.from_frame(turns[["briefing_id", "turn_id"]])
    found = n.reindex(at).to_numpy()
    return pd.Series(found, turns.index, dtype="Float64").fillna(0 if len(parts) else pd.NA)


def _received(answers: pd.DataFrame, keys: list[str]) -> pd.DataFrame:
    """Words of officials in each call, and who says most of them."""
    words = answers.groupby([*keys, "person"], sort=False, observed=True)["n_words"].sum()
    most = words.reset_index().sort_values("n_words", kind="stable")
    most = most.drop_duplicates(keys, keep="last")
    total = answers.groupby(keys, observed=True)["n_words"].sum().rename("n_words_received")
    return most.set_index(keys)[["person"]].rename(columns={"person": "answered_by"}).join(total)


def share(calls: pd.DataFrame, *, by: By = "outlet", level: float = 0.95) -> pd.DataFrame:
    """Return each outlet's, or anybody's, share of the calls, and what they include.

    Parameters
    ----------
    calls : DataFrame
        The table of `calls`, of one briefing or a series.
    by : str or list of str
        Columns of `calls`: outlet, person, answered_by, date, or your own, such as a kind of
        outlet.
    level : float
        Of the intervals.

    Returns
    -------
    DataFrame
        One row per group, most calls first, *not named* last and never left out: `by`,
        `n_briefings`, `n_calls`, `share_calls` with `low, high`; sums of what `calls` counts,
        `n_first`, `n_last`; `follow_ups_per_call` with `low_follow_ups, high_follow_ups`; `why`
        there is no interval. Intervals concern other briefings of the same kind: whole briefings
        are left out in turn. `.attrs`: `share_named` and `ranked`, false if fewer than 60 % of the
        calls have a name.

    Raises
    ------
    BriefingError
        If there are no calls, or no column `by`.
    """
    if calls.empty:
        raise BriefingError.of("no calls")
    group, groups = groups_of(calls, by)
    counts = calls[[c for c in COUNTS if c in calls]].assign(
        n_calls=1, n_first=calls["first"].astype(int), n_last=calls["last"].astype(int)
    )
    table = groups.join(counts.groupby(group).sum(min_count=1))
    table.insert(len(groups.columns), "n_briefings", calls.groupby(group)["briefing_id"].nunique())
    table["share_calls"] = table["n_calls"] / len(calls)
    table["follow_ups_per_call"] = table["n_follow_ups"] / table["n_calls"]
    table = table.join(_intervals(calls, group, level))
    unknown = groups.isin([NOT_NAMED]).any(axis=1) | groups.isna().any(axis=1)
    order = table.assign(unknown=unknown).sort_values(
        ["unknown", "n_calls"], ascending=[True, False], kind="stable"
    )
    result = order.drop(columns="unknown").reset_index(drop=True)
    known = float(1 - table.loc[unknown, "n_calls"].sum() / len(calls))
    result.attrs = calls.attrs | {"made_by": "share", "by": by, "share_named": known}
    result.attrs |= {"ranked": known >= ENOUGH, "n_briefings": calls["briefing_id"].nunique()}
    return result


def _intervals(calls: pd.DataFrame, group: Ints, level: float) -> pd.DataFrame:
    """Bounds for the share of calls and for follow-ups per call, if there are enough briefings."""
    briefing = pd.factorize(calls["briefing_id"])[0]
    asked, n = np.zeros((2, briefing.max() + 1, group.max() + 1))
    np.add.at(n, (briefing, group), 1)
    np.add.at(asked, (briefing, group), calls["n_follow_ups"].to_numpy(float))
    ends = np.full((n.shape[1], 4), np.nan)
    if len(n) >= MIN_UNITS:
        low, high = rate_interval(n, n.sum(axis=1), level=level)
        ends[:, :2] = np.column_stack([low, np.minimum(high, 1)])
    for column in np.flatnonzero((n > 0).sum(axis=0) >= MIN_UNITS):
        there = n[:, column] > 0
        ends[column, 2:] = rate_interval(asked[there, column], n[there, column], level=level)
    table = pd.DataFrame(ends, columns=["low", "high", "low_follow_ups", "high_follow_ups"])
    few = f"{counted(len(n), 'briefing')}: fewer than {MIN_UNITS}" if len(n) < MIN_UNITS else ""
    return table.assign(why=few)


def answered(calls: pd.DataFrame, *, by: str = "outlet") -> pd.DataFrame:
    """Return who answers whom: calls and words of each official to each outlet or journalist.

    Returns
    -------
    DataFrame
        One row per pair: `by`, `answered_by`, `n_calls`, `n_words_received`, `share_calls` of the
        journalist's calls; *not named* is a row. A call is credited to whoever says most in it.
    """
    pairs = share(calls, by=[by, "answered_by"])
    total = pairs.groupby(by, dropna=False)["n_calls"].transform("sum")
    kept = [by, "answered_by", "n_calls", "n_words_received"]
    return pairs[kept].assign(share_calls=pairs["n_calls"] / total)
