"""Repeated strings of words: phrases, pairs with *and*, echoes.

Which forms belong to one word: *barrier, barriers*; *share, shared*; *country, country's*.

A rule of thumb removes English endings, as Harman's s-stemmer does for plurals, and also -ed, -ing
and 's; but the vocabulary decides: two forms are one only if the remaining stem occurs in the same
text as a word. Unlike a stemmer it keeps *security* and *secure* apart, and *development* and
*develop*; it misses irregular forms, and forms of a word that never occurs without an ending; and
it takes *news* for a form of *new*.

Harman, D. (1991). How effective is suffixing? J. American Society for Information Science 42.

Candidate phrases in a text, from the longest down, so that each word counts towards one.

Each occurrence of *world internet conference* contains one of *internet conference*. A part is a
phrase if it occurs often enough by itself, outside any longer phrase that is listed: the nesting of
Frantzi's C-value, without its score.

How firmly a phrase holds together is measured at its weakest point. It is split in two between each
pair of words, the halves are treated as two words that do or do not meet, and the lowest
association counts; da Silva and Lopes (1999) split in the same way, but average.

Frantzi, K., Ananiadou, S. and Mima, H. (2000). Automatic recognition of multi-word terms: the
C-value/NC-value method.
da Silva, J. and Lopes, G. (1999). A local maxima method and a fair dispersion normalization for
extracting multi-word units from corpora.

Repeated expressions of several words: *digital economy*, *community of shared future*.

A candidate is a string of words that occurs several times in the text, unbroken by a full stop or a
comma (`briefing.words.search` says how that is known), and neither begins nor ends with a function
word: *rule of law*, but not *of law* or *rule of* (after Justeson and Katz 1995, by words instead
of their classes). Strings that differ only in articles or inflection are one phrase: *community of
a shared future* belongs to the one above, *sub-forums* to *sub-forum*. Part of a phrase is listed
only if it also occurs by itself.

Justeson, J. and Katz, S. (1995). Technical terminology: some linguistic properties and an
algorithm for identification in text. Natural Language Engineering 1(1).

Two words of one kind joined by *and* or *or*: *security and development*.

A binomial is a pair of words on the same level, joined by a conjunction (Malkiel 1959). Some are
frozen (*law and order*), others are reversed from one speaker to the next, and which of two goods
is named first may be worth a second look. Here a pair in either order is one row, with the count of
each order. Word classes are not marked, so the rule is that neither word is a function word, and
that only spaces separate the three.

Malkiel, Y. (1959). Studies in irreversible binomials. Lingua 8.
Mollin, S. (2014). The (ir)reversibility of English binomials. Benjamins.

Strings of words that pass from one speaker to another.

Whoever takes up another's words may agree with, correct or quote them; the repetition itself is
what can be counted (*dialogic resonance*, Du Bois 2014; *format tying*, Goodwin 1990). Here a
string is an echo if it occurs first in somebody else's turn. It is as long as possible: the two
turns do not share another word on the left or right.

Du Bois, J. (2014). Towards a dialogic syntax. Cognitive Linguistics 25(3).
Goodwin, M. H. (1990). He-Said-She-Said. Indiana University Press.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
import numpy.typing as npt
import pandas as pd

from briefing.lexicons import is_english, kinds, lexicon, pack_of, worths
from briefing.lexicons.languages import language_in, made_for_english
from briefing.measures.wording import mark_formulas
from briefing.tables import TURNS, BriefingError
from briefing.words.boundaries import words_of_forms
from briefing.words.groups import Flags, Ints, finish, in_order, kind_of_text, name_unnamed, ranked
from briefing.words.rates import g2_together, log_dice
from briefing.words.search import (
    NOTHING,
    Hits,
    Words,
    at_rows,
    codes,
    content_words,
    find,
    has_letter,
    repeated,
    same_sentence,
    speaker_numbers,
    spelt,
    spread,
    turn_numbers,
    unbroken,
    without_overlap,
)
from briefing.words.tokens import tokenize

__all__ = ["as_words", "binomials", "echo", "key"]

Numbers = npt.NDArray[Any]
ARTICLES = ("a", "an", "the")


def find_phrases(
    tokens: pd.DataFrame, *, min_count: int, max_words: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The phrases that stand alone at least `min_count` times, and every occurrence of each.

    For each occurrence: the number of its `phrase`, its `first` and `last` row in tokens, and
    whether it stands `alone`, in no longer phrase. For each phrase: `n_words`, without articles,
    and the lowest `log_dice` and `g2` of its splits.
    """
    code, words = codes(tokens)
    content = content_words(words)
    row = np.flatnonzero(~np.isin(words, ARTICLES)[code])
    code = code[row]
    breaks = (~unbroken(tokens)).cumsum()[row]
    follows = np.append(False, breaks[1:] == breaks[:-1])[: len(row)]
    stem = _stems(words, content)[code]
    levels = [*repeated(stem, follows, least=min_count, longest=max_words)]
    begins, ends = (content & has_letter(words))[code], content[code]
    hits, phrases, n_phrases = [], [], 0
    for level, alone in _listed(levels, begins, ends, min_count):
        string, old = pd.factorize(level.pattern)
        place = {"phrase": string + n_phrases, "first": row[level.first], "last": row[level.last]}
        hits.append(place | {"alone": alone})
        n_words = int(level.n_words.max(initial=0))
        of_all = levels[n_words - 1] if n_words else NOTHING
        cut = _weakest_cut(levels[:n_words], of_all.firsts[old], of_all.count[old], len(row))
        phrases.append(cut | {"n_words": np.full(len(old), n_words)})
        n_phrases += len(old)
    return _joined(hits), _joined(phrases)


def _stems(words: Words, content: Flags) -> Ints:
    """For each word, the number of the word it is a form of; its own for a function word."""
    of = np.array(words_of_forms(words.tolist()), np.int64)
    return np.where(content & content[of], of, np.arange(len(words)))


def _listed(
    levels: list[Hits], begins: Flags, ends: Flags, min_count: int
) -> Iterator[tuple[Hits, Flags]]:
    """The phrases of each length, longest first, and which of their occurrences stand alone."""
    yield NOTHING, np.empty(0, bool)
    reach = np.zeros(len(begins), np.int64)  # the furthest end of any phrase begun so far
    for level in reversed(levels[1:]):
        stop = level.last + 1
        phrase_like = begins[level.first] & ends[level.last]
        alone = stop > reach[level.first]
        n_alone = np.bincount(level.pattern[phrase_like & alone], minlength=len(level.count))
        listed = phrase_like & (n_alone[level.pattern] >= min_count)
        yield level.take(listed), alone[listed]
        reach[level.first[listed]] = np.maximum(reach[level.first], stop)[listed]
        reach = np.maximum.accumulate(reach)


def _weakest_cut(levels: list[Hits], at: Ints, o: Ints, n: int) -> dict[str, Numbers]:
    """The lowest association of any two parts of phrases.

    They begin at `at` and occur `o` times; the last of `levels` is for their length, and the text
    has `n` words. g2 is missing if the parts are too frequent for the four cells, as in a text that
    consists of little but one phrase.
    """
    dice, g2 = np.full(len(o), np.inf), np.full(len(o), np.inf)
    for n_left, (left, right) in enumerate(zip(levels, reversed(levels[:-1]), strict=False), 1):
        f1, f2 = left.count[left.at(at)], right.count[right.at(at + n_left)]
        dice = np.minimum(dice, log_dice(o, f1, f2))
        fits = (f1 < n) & (f1 + f2 - o <= n)
        g2[fits] = np.minimum(g2[fits], g2_together(o[fits], f1[fits], f2[fits], n))
        g2[~fits] = np.nan
    return {"log_dice": dice, "g2": g2}


def _joined(parts: list[dict[str, Numbers]]) -> pd.DataFrame:
    return pd.DataFrame({c: np.concatenate([part[c] for part in parts]) for c in parts[0]})


@made_for_english
def key(
    tokens: pd.DataFrame, *, min_count: int = 3, max_words: int = 8, hits: bool = False
) -> pd.DataFrame:
    """List the expressions of several words that a text repeats, by frequency and association.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, in the order of the text.
    min_count : int
        How often a phrase must occur outside longer phrases, at least 2. In a text of a few
        thousand words 2 shows many chance repetitions, and lets a phrase said three times disappear
        in a longer one said twice.
    max_words : int
        The longest phrase, without articles. Longer repetitions are listed in overlapping pieces.
    hits : bool
        List every occurrence with its place instead.

    Returns
    -------
    DataFrame
        One row per phrase, by `n`, then `log_dice`: `phrase` (its most frequent form, folded
        words); `n`: how often it stands alone; `n_all`: including those inside longer phrases of
        this table; `n_words`, without articles; `per_1000`: `n` per 1,000 words, with articles;
        `n_turns` and `n_speakers` (named) with any of the `n`; `log_dice` and `g2` at its weakest
        point; `variants`: each form with its count, together `n`. `.attrs`: `min_count`,
        `max_words`, `n_words` (of `tokens`), `n_phrases`; `text_status`, `part`, `language`, as in
        the tokens.

        With `hits`, one row per occurrence, in the order of the text:
        `briefing_id, turn_id, speaker, role, sentence_id, position` (of the first word),
        `start, stop` (characters of the turn's text), `phrase`, `alone`: true if it counts in `n`,
        false if it is in a longer phrase.

    Raises
    ------
    BriefingError
        If it is not a tokens table, or `min_count` or `max_words` is below 2.

    Notes
    -----
    Candidates after Justeson & Katz (1995); log_dice: Rychly (2008); g2: Dunning (1993). Of all n -
    1 splits of a phrase into left and right, the lowest value counts: log_dice = 14 + log2(2 o /
    (f1 + f2)), where o is `n_all` and f1, f2 are the counts of the two halves; g2 over the four
    cells, among the words without the articles. 14 is the highest log_dice: the halves never occur
    without each other. g2 serves to rank; it does not measure significance, since the strings were
    chosen for being frequent.

    Close to C-value (Frantzi et al. 2000) in nesting and choice of candidates, and to quanteda's
    textstat_collocations in counting strings and measuring association, but by splits instead of a
    model of all cells. Unlike RAKE it does not add up scores of single words, so long phrases do
    not come first merely because they are long.

    These are candidate phrases, not topics, and they are not key in relation to anything: compare
    two texts with `keyness`. A phrase said three times by one person in one turn is that person's:
    see `n_turns`. Missed are phrases said once or with words in between, those across a full stop
    (*Mr. Lund*), those that begin with a figure, and irregular forms; function words are trimmed at
    the ends (*no island last* is *island last*). Words of a selection are adjacent only if they are
    so in the text.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", None], "text": [
    ...     "A law of the sea is needed. The law of the sea protects. Harbour dues rise.",
    ...     "No law of sea without harbour dues. What are harbour dues?"]})
    >>> phrases = briefing.phrases.key(briefing.tokenize(turns))
    >>> phrases[["phrase", "n", "n_words", "n_speakers", "variants"]]
               phrase  n  n_words  n_speakers                            variants
    0    harbour dues  3        2           1                    harbour dues (3)
    1  law of the sea  3        3           1  law of the sea (2); law of sea (1)
    >>> places = briefing.phrases.key(briefing.tokenize(turns), hits=True)
    >>> places[["turn_id", "position", "start", "stop", "phrase", "alone"]].tail(1)
       turn_id  position  start  stop        phrase  alone
    5        2         9     45    57  harbour dues   True
    """
    tokens = in_order(tokens)
    if hits:
        return _key_hits(tokens, min_count, max_words)
    found, phrases = _find(tokens, min_count, max_words)
    alone = found[found["alone"]]
    phrase, first = (alone[column].to_numpy() for column in ("phrase", "first"))
    n = np.bincount(phrase, minlength=len(phrases))
    table = phrases[["phrase"]].assign(
        n=n,
        n_all=np.bincount(found["phrase"], minlength=len(phrases)),
        n_words=phrases["n_words"],
        per_1000=n * 1000 / max(len(tokens), 1),
        n_turns=spread(phrase, turn_numbers(tokens)[first], len(phrases)),
        n_speakers=spread(phrase, speaker_numbers(tokens)[first], len(phrases)),
        log_dice=phrases["log_dice"],
        g2=phrases["g2"],
        variants=phrases["variants"],
    )
    table = ranked(table, n=False, log_dice=False, phrase=True)
    told = {"made_by": "key_phrases", "n_phrases": len(table)}
    table.attrs = _about(tokens, min_count, max_words) | told
    return table


def as_words(tokens: pd.DataFrame, *, min_count: int = 3, max_words: int = 8) -> pd.DataFrame:
    """Turn each phrase that `key` lists into one word, for keyness of phrases as well as words.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table of everything to be compared, so that both sides have the same phrases.
    min_count, max_words : int
        As for `key`.

    Returns
    -------
    DataFrame
        The tokens, in fewer rows: a phrase is one row, from the `start` of its first word to the
        `stop` of its last. Phrases that overlap an earlier one stay separate words.

    Raises
    ------
    BriefingError
        As `key`.

    Not for counting words: rates are per 1,000 words and phrases.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow"], "text": ["The harbour dues rise. "
    ...     "No ship likes harbour dues. Who pays harbour dues?"]})
    >>> as_words(briefing.tokenize(turns))["token"].tolist()[:5]
    ['the', 'harbour dues', 'rise', 'no', 'ship']
    """
    tokens = in_order(tokens)
    found, phrases = _find(tokens, min_count, max_words)
    alone = found[found["alone"]].sort_values("first", kind="stable")
    first, last = alone["first"].to_numpy(), alone["last"].to_numpy()
    clear = first > np.append(-1, np.maximum.accumulate(last))[: len(first)]
    first, last, phrase = first[clear], last[clear], alone["phrase"].to_numpy()[clear]
    step = np.zeros(len(tokens) + 1, np.int64)
    step[first + 1] += 1
    np.add.at(step, last + 1, -1)
    words, stop = tokens["token"].astype("object").to_numpy(copy=True), tokens["stop"].to_numpy()
    words[first] = phrases["phrase"].to_numpy()[phrase]
    stop = stop.copy()
    stop[first] = stop[last]
    table = tokens.assign(token=pd.Categorical(words), stop=stop)[step[:-1].cumsum() == 0]
    table.attrs = dict(tokens.attrs)
    return table.reset_index(drop=True)


def _key_hits(tokens: pd.DataFrame, min_count: int, max_words: int) -> pd.DataFrame:
    """Every occurrence of every key phrase, in the order of the text."""
    hits, phrases = _find(tokens, min_count, max_words)
    hits = hits.sort_values(["first", "last"], ascending=[True, False])
    table = at_rows(tokens, hits["first"].to_numpy(), hits["last"].to_numpy())
    table["phrase"] = phrases["phrase"].array[hits["phrase"]]
    table["alone"] = hits["alone"].to_numpy()
    table.attrs = _about(tokens, min_count, max_words)
    return table


def _find(
    tokens: pd.DataFrame, min_count: int, max_words: int
) -> tuple[pd.DataFrame, pd.DataFrame]:
    """The occurrences, and the phrases with their names."""
    if min(min_count, max_words) < 2:
        raise BriefingError.of("no phrase", min_count=min_count, max_words=max_words)
    hits, phrases = find_phrases(tokens, min_count=min_count, max_words=max_words)
    names = _forms(tokens, hits[hits["alone"]]).groupby("phrase")
    phrases["phrase"] = names["form"].first()
    phrases["variants"] = names["with_count"].agg("; ".join)
    return hits, phrases.astype({"phrase": "str", "variants": "str"})


def _forms(tokens: pd.DataFrame, hits: pd.DataFrame) -> pd.DataFrame:
    """The forms of each phrase, most frequent first, then alphabetically."""
    code, words = codes(tokens)
    first, last = hits["first"].to_numpy(), hits["last"].to_numpy()
    form = hits["phrase"].to_numpy()
    for step in range((last - first).max(initial=-1) + 1):
        at = np.minimum(first + step, last)
        word = np.where(first + step <= last, code[at] + 1, -1)
        form = pd.factorize(form * (len(words) + 2) + word)[0]
    one = np.unique(form, return_index=True)[1]
    forms = hits[["phrase"]].iloc[one].assign(n=np.bincount(form))
    forms["form"] = pd.Series(spelt(words, code, first[one], last[one]), forms.index, dtype="str")
    forms["with_count"] = forms["form"] + " (" + forms["n"].astype("str") + ")"
    return forms.sort_values(["phrase", "n", "form"], ascending=[True, False, True])


def _about(tokens: pd.DataFrame, min_count: int, max_words: int) -> dict[Any, Any]:
    given = {"min_count": int(min_count), "max_words": int(max_words), "n_words": len(tokens)}
    return kind_of_text(tokens) | given


CONJUNCTIONS = ("and", "or")
ADJECTIVE = (
    r"\w+(?:al|ic|ive|ous|ful|less|able|ible|ary|ory|ish|ern|ward|bound|[eia]an|ese|ing|ed|ant"
    r"|(?<!m)ent|(?:[cgp]ul|mil|sol|cle)ar)"
)
COURTESY = ("mr", "mrs", "ms", "miss", "dr")  # a name follows them


@made_for_english
def binomials(tokens: pd.DataFrame, *, min_count: int = 1, hits: bool = False) -> pd.DataFrame:
    """Count the pairs *X and Y* and *X or Y*, taking both orders together, with the count of each.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table, in the order of the text.
    min_count : int
        How often a pair with its conjunction must occur, in both orders together.
    hits : bool
        List every hit with its place instead, including rare ones.

    Returns
    -------
    DataFrame
        One row per pair and conjunction, by `n`, then `share_first`: `first, second` (folded words
        in the more frequent order; alphabetically if both are equal), `conjunction`, `n`,
        `n_first_order` (as in the row), `n_reverse`, `share_first` (the former of `n`), `n_bare`
        (hits with no content word right before or after, most certainly a pair of single words),
        `n_turns`, `n_speakers` (named), and where the pair occurs first:
        `first_briefing_id, first_turn_id`. `.attrs`: `min_count`, `n_words` (of `tokens`);
        `text_status`, `part`, `language`, as in the tokens.

        With `hits`, one row per hit, in the order of the text:
        `briefing_id, turn_id, speaker, role, sentence_id, position` (of X), `start, stop` (from X
        to Y); `first, second, conjunction`, the row in which it counts; `reverse`: true if the text
        has `second` before `first`; `bare`: true if no content word comes right before X or after
        Y.

    Raises
    ------
    BriefingError
        If it is not a tokens table, or `min_count` is below 1.

    Notes
    -----
    After Malkiel (1959); reversibility of a pair, `share_first`: Mollin (2014). Single words only.
    Left out are two parts of something longer (*cyber security and digital development*, *Ann Lee
    and Bo Marlow*), the last two of a list (*cables, masts and rooms*), verbs, adverbs,
    participles, *more and more*, figures, number words (*a month or two*), *Mr.* and *Dr.* There is
    no tagger: endings, lists of words and what stands around decide, so that one hit in six is not
    a pair (docs/methods/lists.md). Missed are pairs with an article or a preposition inside (*the
    ring and the harbour*), with a comma or with *as well as*. A name such as *United States* counts
    as one word; *both X and Y* is found like any other.

    Not a measure of what is thought more important: sound, length and habit also affect the order,
    and in a translation so does the translator. Read the hits before you draw conclusions from an
    order.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Jo Petrel"], "text": [
    ...     "Rights and duties, both rights and duties.", "Duties and rights; boats or ferries."]})
    >>> pairs = briefing.phrases.binomials(briefing.tokenize(turns))
    >>> pairs[["first", "second", "conjunction", "n", "n_reverse", "n_turns", "first_turn_id"]]
        first   second conjunction  n  n_reverse  n_turns  first_turn_id
    0  rights   duties         and  3          1        2              1
    1   boats  ferries          or  1          0        1              2
    >>> places = briefing.phrases.binomials(briefing.tokenize(turns), hits=True)
    >>> places[["start", "stop", "first", "second", "reverse", "bare"]].tail(2)
       start  stop   first   second  reverse  bare
    2      0    17  rights   duties     True  True
    3     19    35   boats  ferries    False  True
    """
    if min_count < 1:
        raise BriefingError.of("no pair of words", min_count=min_count)
    found = _binomial_hits(tokens)
    if hits:
        return found
    columns = ["first", "second", "conjunction"]
    pair = found.groupby(columns, sort=False).ngroup().to_numpy(np.int64)
    table = found[columns].assign(n=1, n_first_order=~found["reverse"], n_bare=found["bare"])
    table = table.groupby(columns, sort=False).sum().reset_index()
    n, first = table["n"], found.drop_duplicates(columns)
    table.insert(5, "n_reverse", n - table["n_first_order"])
    table.insert(6, "share_first", table["n_first_order"] / n)
    units = found.groupby(["briefing_id", "turn_id"], sort=False, dropna=False).ngroup()
    table["n_turns"] = spread(pair, units.to_numpy(np.int64), len(table))
    table["n_speakers"] = spread(pair, speaker_numbers(found), len(table))
    table["first_briefing_id"] = first["briefing_id"].to_numpy()
    table["first_turn_id"] = first["turn_id"].to_numpy()
    order = {"n": False, "share_first": False, "first": True, "second": True, "conjunction": True}
    table = ranked(table[n >= min_count], **order)
    table.attrs = {**found.attrs, "min_count": int(min_count)}
    return table


def _binomial_hits(tokens: pd.DataFrame) -> pd.DataFrame:
    """Every *X and Y* and *X or Y*, one row for each, with its place in the turn's text."""
    tokens = in_order(tokens)
    code, words = codes(tokens)
    joined = np.append(unbroken(tokens), False)
    noun = content_words(words) & has_letter(words) & ~_clausal(words)
    paired = noun & ~np.isin(words, [*worths("number-words", "ordinals"), *COURTESY])
    middle = np.flatnonzero(np.isin(words, CONJUNCTIONS)[code])
    middle = middle[joined[middle] & joined[middle + 1]]
    left, right = code[middle - 1], code[middle + 1]
    middle = middle[paired[left] & paired[right] & (left != right)]
    before, after = _names_of_words(tokens)
    begin, end = middle - 1 - before[middle - 1], middle + 1 + after[middle + 1]
    one = _joined_up(words[code], begin, middle)
    other = _joined_up(words[code], middle + 1, end + 1)
    both, written = pd.factorize(np.append(one, other))
    left, right = np.split(both, 2)
    around = _Around(tokens, words, noun, begin, middle, end)
    apart, longer = around.in_name() | around.in_list() | around.in_clause(), around.in_longer()
    number = np.minimum(left, right) * len(written) + np.maximum(left, right)
    kept = ~apart & np.isin(number, number[~apart & ~longer])  # longer, but not everywhere
    begin, middle, end, left, right = (x[kept] for x in (begin, middle, end, left, right))
    first, second = _in_commoner_order(written, left, right, code[middle])
    hits = at_rows(tokens, begin, end)
    for column, word in {"first": written[first], "second": written[second]}.items():
        hits[column] = pd.Series(word, dtype="str")
    hits["conjunction"] = pd.Series(words[code[middle]], dtype="str")
    hits["reverse"] = first == right
    inside = np.append((content_words(words) & has_letter(words))[code], False)
    hits["bare"] = ~(joined[begin] & inside[begin - 1] | joined[end + 1] & inside[end + 1])
    return finish(hits, tokens, n_words=len(tokens))


class _Around:
    """The words around each *X and Y*, which show when X and Y are not a pair of single words."""

    def __init__(
        self, tokens: pd.DataFrame, words: Words, noun: Flags, begin: Ints, middle: Ints, end: Ints
    ) -> None:
        self.words, self.listed, self.noun = words, kinds("not-paired"), noun
        self.code = np.append(codes(tokens)[0], [-1] * 2)  # no word, beyond either end
        self.left, self.right, self.before, self.after = middle - 1, middle + 1, begin - 1, end + 1
        joined = np.append(unbroken(tokens), [False] * 2)
        self.begun, self.goes_on = joined[begin], joined[end + 1]
        self.earlier, self.further = self.begun & joined[begin - 1], self.goes_on & joined[end + 2]
        self.broken = np.append(same_sentence(tokens), False)[begin] & ~self.begun
        self.capitals = str(tokens.attrs.get("capitals") or "").casefold().split()

    def are(self, rows: Ints, which: Flags | Sequence[str]) -> Flags:
        """Whether the words in these rows are among some: flags of all words, or a list."""
        flags = which if isinstance(which, np.ndarray) else np.isin(self.words, which)
        return flags[self.code[rows]]

    def in_longer(self) -> Flags:
        """Research and *development policy*, but not *a safe and local harbour*."""
        adjective = _adjectives(self.words)
        plural = np.array([word.endswith("s") and word[-2:] != "ss" for word in self.words], bool)
        both = self.are(self.left, adjective) & self.are(self.right, adjective)
        described = self.begun & self.are(self.before, self.noun)
        loose = ~self.are(self.left, plural) & ~self.are(self.right, plural | adjective)
        fits = both & (~described | self.are(self.before, adjective)) | loose & ~described
        unlike = self.are(self.right, adjective) & ~self.are(self.left, adjective)
        return unlike | self.goes_on & self.are(self.after, self.noun) & ~fits

    def in_name(self) -> Flags:
        """Ann *Lee and Bo* Marlow."""
        begun = self.begun & self.are(self.before, self.capitals)
        goes_on = self.goes_on & self.are(self.after, self.capitals)
        left, right = self.are(self.left, self.capitals), self.are(self.right, self.capitals)
        return begun & left | goes_on & right

    def in_list(self) -> Flags:
        """Masts, *rooms and boats*; masts and *rooms and boats*; not *rooms and boats*, masts."""
        joins, noun = self.are(self.before, CONJUNCTIONS), self.noun
        before = self.earlier & joins & self.are(self.before - 1, noun)
        joins = self.are(self.after, CONJUNCTIONS)
        after = self.further & joins & self.are(self.after + 1, noun)
        comma = self.broken & self.are(self.before, noun)
        return before | after | comma & ~self.are(self.before - 1, CONJUNCTIONS)

    def in_clause(self) -> Flags:
        """They *call and ask* him."""
        verb = self.begun & self.are(self.before, self.listed["before a verb"])
        return verb | self.goes_on & self.are(self.after, self.listed["after a verb"])


def _adjectives(words: Words) -> Flags:
    """Words that are adjectives by their ending or by the list."""
    listed = kinds("not-paired")
    ends_so = pd.Series(words, dtype="object").str.fullmatch(ADJECTIVE).to_numpy(bool)
    return ends_so & ~np.isin(words, listed["no adjectives"]) | np.isin(words, listed["adjectives"])


def _clausal(words: Words) -> Flags:
    """Verbs and adverbs, which begin another clause, as in *we try and make*."""
    listed = kinds("not-paired")
    text = pd.Series(words, dtype="object")
    adverb = text.str.endswith("ly") & ~text.isin(listed["in -ly and no adverbs"])
    stem = text.str.replace(r"(?:ies|ied)$", "y", regex=True)
    stem = stem.str.replace(r"e?[sd]$", "", regex=True)
    base = stem.isin(listed["verbs"]) | (stem + "e").isin(listed["verbs"])
    known = [*listed["adjectives"], *listed["in -ing and nouns"]]
    participle = text.str.fullmatch(r"\w+(?:[^e]ed|ing)") & ~text.isin(known)
    never = [*listed["adverbs"], *listed["verbs"], *listed["fillers"]]
    return (adverb | participle | text.isin(never) | base).to_numpy(bool)


def _names_of_words(tokens: pd.DataFrame) -> tuple[Ints, Ints]:
    """How many words before and after each word belong to the same name (*United States*)."""
    before, after = np.zeros((2, len(tokens) + 1), np.int64)
    names = without_overlap(find(tokens, sorted(lexicon("names-of-words"))))
    before[names.last] = after[names.first] = names.n_words - 1
    return before, after


def _joined_up(said: Words, begin: Ints, end: Ints) -> Words:
    """The words from each place up to the other, joined."""
    return np.array([" ".join(said[a:b]) for a, b in zip(begin, end, strict=True)], object)


def _in_commoner_order(words: Words, left: Ints, right: Ints, between: Ints) -> tuple[Ints, Ints]:
    """The words of each pair in the order that is more frequent with this conjunction."""
    alphabetical = (words[left] < words[right]).astype(bool)
    one, other = np.where(alphabetical, (left, right), (right, left))
    columns = pd.DataFrame({"one": one, "other": other, "between": between})
    pair = columns.groupby([*columns], sort=False).ngroup().to_numpy(np.int64)
    n_alphabetical = np.bincount(pair, weights=alphabetical)
    turned = (2 * n_alphabetical < np.bincount(pair))[pair]
    return np.where(turned, other, one), np.where(turned, one, other)


NEEDED = ("briefing_id", "turn_id", "speaker", "role", "text", "answers")


def echo(turns: pd.DataFrame, *, min_words: int = 3) -> pd.DataFrame:
    """Find the longest strings that first occur in somebody else's turn and are then repeated.

    Parameters
    ----------
    turns : DataFrame
        A turns table of one or more briefings; echoes are sought in each separately.
    min_words : int
        The shortest string, at least 2. Strings of two words are shown only if both are content
        words, longer ones if one is.

    Returns
    -------
    DataFrame
        One row per string and later turn, longest first, then by `n_content`, then by place:
        `string` (folded words), `n_words`, `n_content` (those that are not function words),
        `formula`: true if in the later turn all of these are in a formula such as *thank you very
        much* (see `briefing.wording.formulas`), `briefing_id`; the turn in which it occurs first
        and its place there, `first_turn_id, first_speaker, first_role, first_start, first_stop`;
        the same for the turn that repeats it,
        `later_turn_id, later_speaker, later_role, later_start, later_stop`; `answers`: true if the
        later turn answers the first (by `answers` of the turns, which holds the first question if
        there are several); `n_before`: how often others had said it before the later turn;
        `n_later`: how often it occurs in the later turn outside longer echoes of the same first
        turn. `.attrs`: `min_words`; `text_status`, `part`, `language`, as in the turns.

    Raises
    ------
    BriefingError
        If columns are missing, `min_words` is below 2, or turns are known not to be in English.

    Notes
    -----
    After the dialogic resonance of Du Bois (2014) and the format tying of Goodwin (1990). Strings
    are compared as folded words: another form is another word. They do not cross sentences, but may
    cross commas. Speakers who repeat their own words after hearing them back are not echoing the
    other. Two turns of unnamed speakers may be one person's: they count as different people only if
    their roles differ; an unnamed and a named speaker count as two.

    Not responsiveness or agreement: *I would not call it a cable of last resort* is an echo, too.
    Not who coined a phrase: the first turn in a transcript is not the first use ever, and many
    strings are common property. Select with pandas: `query("answers")` for words that pass from a
    question to its answer, `query("n_content > 1 and not formula")` for less small change.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"briefing_id": "b", "turn_id": [1, 2], "answers": [None, 1],
    ...     "speaker": ["Harbour Times", "Ida Marlow"], "role": ["journalist", "official"],
    ...     "text": ["Is it a bridge of no return?", "A bridge of no return, you say. It is not."]})
    >>> found = briefing.phrases.echo(turns)
    >>> found[["string", "n_words", "first_turn_id", "later_turn_id", "answers"]]
                      string  n_words  first_turn_id  later_turn_id  answers
    0  a bridge of no return        5              1              2     True
    """
    TURNS.check(turns, *NEEDED)
    if min_words < 2:
        raise BriefingError.of("no echo", min_words=min_words)
    order = ["briefing_id", "turn_id"]
    turns = turns.sort_values(order, kind="stable", ignore_index=True)
    tokens = tokenize(turns.assign(turn_id=np.arange(len(turns))))
    language = language_in(turns)
    table = _described(tokens, turns, _echoes(tokens, turns, min_words), language)
    by = {"n_words": False, "n_content": False, "briefing_id": True, "later_turn_id": True}
    by |= {"later_start": True, "first_turn_id": True}
    found = finish(ranked(table, **by), turns, min_words=int(min_words))
    if not pack_of(language):
        found.attrs["why"] = f"there is no list of function words for {language!r}"
    return found


@dataclass(frozen=True)
class _Echoes:
    """For each string and later turn, the rows where it begins in both turns, and its counts."""

    n_words: Ints
    first: Ints
    later: Ints
    n_before: Ints
    n_later: Ints


def _echoes(tokens: pd.DataFrame, turns: pd.DataFrame, min_words: int) -> _Echoes:
    """Every maximal string that somebody else had said first."""
    turn = tokens["turn_id"].to_numpy(np.int64)
    code, words = codes(tokens)
    briefing = turns["briefing_id"].factorize(use_na_sentinel=False)[0]
    said, follows = briefing[turn] * len(words) + code, same_sentence(tokens)
    levels = [*repeated(said, follows, whole=True), NOTHING]
    before = np.where(follows, np.append(-1, code)[:-1], -1)
    who = _people(turns)
    found = [
        (np.full(len(echo[0]), n_words), *echo)
        for n_words, (level, longer) in enumerate(pairwise(levels), 1)
        if n_words >= min_words
        for echo in [_of_length(level, longer, before, turn, who)]
    ]
    columns = zip(*found, strict=True) if found else [[np.empty(0, np.int64)]] * 5
    return _Echoes(*map(np.concatenate, columns))


def _of_length(level: Hits, longer: Hits, before: Ints, turn: Ints, who: Ints) -> tuple[Ints, ...]:
    """The echoes of one length; `longer` has those with one more word, `before` the word before."""
    source = level.firsts[level.pattern]
    in_turn, from_turn = turn[level.first], turn[source]
    is_echo = who[from_turn] != who[in_turn]
    on_the_right = np.append(turn[longer.firsts], -1)[longer.at(level.first)]
    for longer_from in (on_the_right, _from_on_the_left(level, before, turn)):
        is_echo &= longer_from != from_turn
    hit = np.flatnonzero(is_echo)
    pair = pd.factorize(level.pattern[hit] * len(who) + in_turn[hit])[0]
    n_later = np.bincount(pair)
    hit = hit[np.unique(pair, return_index=True)[1]]
    string, own = level.pattern, pd.factorize(level.pattern * len(who) + who[in_turn])[0]
    n_before = _n_before(string, in_turn, hit, len(who)) - _n_before(own, in_turn, hit, len(who))
    return source[hit], level.first[hit], n_before, n_later


def _from_on_the_left(level: Hits, before: Ints, turn: Ints) -> Ints:
    """For each place, the turn where the string plus the word before it occurs first, or -1."""
    word = before[level.first]
    pair = level.pattern * (before.max(initial=0) + 2) + word + 1
    _, first, number = np.unique(pair, return_index=True, return_inverse=True)
    return np.where(word < 0, -1, turn[level.first[first[number]]])


def _n_before(group: Ints, turn: Ints, hit: Ints, n_turns: int) -> Ints:
    """For each hit, how many of its group are in an earlier turn."""
    keys = np.sort(group * n_turns + turn)
    start = group[hit] * n_turns
    return np.searchsorted(keys, start + turn[hit]) - np.searchsorted(keys, start)


def _people(turns: pd.DataFrame) -> Ints:
    """For each turn, the number of its speaker, or of the role if unnamed."""
    named = name_unnamed(turns[["speaker", "role"]])
    return named.groupby(["speaker", "named"], sort=False).ngroup().to_numpy(np.int64)


def _described(
    tokens: pd.DataFrame, turns: pd.DataFrame, found: _Echoes, language: str | None
) -> pd.DataFrame:
    code, words = codes(tokens)
    last = found.later + found.n_words - 1
    table = pd.DataFrame({"string": pd.Series(spelt(words, code, found.later, last), dtype="str")})
    pack = pack_of(language)
    content = content_words(words, lexicon("function-words", pack or "en"))[code] & bool(pack)
    table["n_words"] = found.n_words
    table["n_content"] = _inside(content, found.later, last)
    marked = content & False  # formulas are listed in English
    if is_english(language):
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
