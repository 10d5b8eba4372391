"""How answers are built: what is told off as first, second, third, and what was announced.

A chain of signposts (*First, ... Second, ...*; *The first change is ... The second is ...*) shows
how a speaker orders an answer. It is the frame marker (Hyland 2005) that a program finds most
reliably, since a chain must start at first and go up within one turn: a lone *first* or *second*
is no enumeration. `briefing.markers` says what a marker is, `briefing.announcements` what
announces a number of items, `briefing.outlines` how nested chains are told apart.

References
----------
Hyland, K. (2005). Metadiscourse: Exploring interaction in writing. Continuum.
Tadros, A. (1985). Prediction in text. University of Birmingham.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pandas as pd

from briefing.answers.chains import TurnOutline, outlines
from briefing.answers.outlines import Chain
from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.tables import SENTENCES
from briefing.words.groups import kind_of_text

Row = dict[str, Any]
KEYS = ["briefing_id", "turn_id", "speaker", "role"]
ITEMS = {
    "chain": "int64",
    "depth": "int64",
    "path": "str",
    "item": "int64",
    "marker": "str",
    "start": "int64",
    "stop": "int64",
    "item_start": "int64",
    "item_stop": "int64",
    "n_words": "int64",
    "head": "str",
    "announced": "Int64",
    "announced_start": "Int64",
    "announced_stop": "Int64",
    "delivered": "int64",
    "met": "boolean",
    "complete": "bool",
}
COUNTS = {
    "announced": "int64",
    "head": "str",
    "start": "int64",
    "stop": "int64",
    "chain": "Int64",
    "delivered": "Int64",
    "met": "boolean",
}


def enumerations(sentences: pd.DataFrame) -> pd.DataFrame:
    """List the items that a turn counts off, nested ones as an outline; one row an item.

    Parameters
    ----------
    sentences : DataFrame
        A sentences table, such as `briefing.read(path).sentences`; whole turns, or what
        stands between two markers is not known.

    Returns
    -------
    DataFrame
        In the order of the text: `briefing_id, turn_id, speaker, role`;
        `chain`: which enumeration of the turn, from 1; `depth`: 1, or 2 for a chain inside an
        item, and so on; `path`: the item's place in the outline (*3.2.1*; where a turn has
        several chains at depth 1, each starts anew); `item`: its number;
        `marker`: as printed, at `start` to `stop` (characters of the turn's text);
        `item_start, item_stop`: what belongs to the item, up to the next one, and its
        `n_words`. The end of a last item is not marked: it is taken to be that of its
        paragraph, or of the last chain inside it, so that these words are too few where an
        item goes on. In text with two spaces after each full stop paragraphs cannot be told,
        and a last item is one sentence.
        `head`: the noun counted, in the singular, where one is printed; else missing.
        Of the whole chain, on each of its rows: `announced` (*three reasons* is 3, missing
        where nothing was announced in the three sentences before), at `announced_start` to
        `announced_stop`; `delivered`: the items found; `met`: the two agree, missing where
        nothing was announced; `complete`: no number is left out.
        `.attrs`: `n_chains, n_announced, n_met`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        Columns are missing, or the text is known not to be English.

    Notes
    -----
    Frame markers, after Hyland (2005).

    Read by hand in 18 English transcripts (66,000 words): all 14 chains found are enumerations
    (Wilson interval of the precision .78 to 1), with the right items and levels, and the 10
    numbers announced for them are the right ones. Of the 40 markers that are in no chain about a
    third belong to enumerations of kinds that are not found: those counted off without ordinals
    (*another reason*, *a)*), with the first item unmarked, over several turns, or *First, ...
    Finally,* with nothing between. *Next* and *Finally* count only in a chain with a printed
    number above one.

    Not a measure of how good an answer is, nor of how many things it says: it counts signposts,
    and an edited or translated text may have got them from its editor.

    Examples
    --------
    >>> from briefing.words.tokens import sentences
    >>> turns = pd.DataFrame({"text": [
    ...     "We have two tasks. First, the quay. It has two sides: firstly, the wet one; "
    ...     "secondly, the dry one. Second, the boats."]})
    >>> table = enumerations(sentences(turns))
    >>> table[["chain", "path", "marker", "start", "n_words", "head", "announced", "met"]]
       chain path    marker  start  n_words  head  announced   met
    0      1    1     First     19       15  task          2  True
    1      2  1.1   firstly     54        4  side          2  True
    2      2  1.2  secondly     76        4  side          2  True
    3      1    2    Second     99        3  task          2  True
    """
    need_english(language_in(sentences), "enumerations")
    SENTENCES.check(sentences, *KEYS, "text", "start", "stop")
    table = _table(sentences, _items, ITEMS)
    chains = table.drop_duplicates(["briefing_id", "turn_id", "chain"])
    table.attrs = kind_of_text(sentences) | {
        "made_by": "enumerations",
        "n_chains": len(chains),
        "n_announced": int(chains["announced"].notna().sum()),
        "n_met": int(chains["met"].sum()),
    }
    return table


def announced_counts(sentences: pd.DataFrame) -> pd.DataFrame:
    """Hold what was announced (*three reasons*) against the items that follow; one row each.

    Parameters
    ----------
    sentences : DataFrame
        A sentences table, as for `enumerations`.

    Returns
    -------
    DataFrame
        In the order of the text: `briefing_id, turn_id, speaker, role`; `announced`: the
        number; `head`: the noun, in the singular (missing in *three-pronged*); `start, stop`:
        where it is printed; `chain`: the enumeration of that turn that follows (as in
        `enumerations`), `delivered`: its items, `met`: the two agree. These three are missing
        where no chain follows.
        `.attrs`: `n_followed, n_met`; `text_status, part, language`.

    Raises
    ------
    BriefingError
        Columns are missing, or the text is known not to be English.

    Notes
    -----
    A number that promises a list is Tadros's (1985) enumeration, an act of prediction.

    Without a chain nothing is known: the items may come without ordinals (*Two things have been
    done. The berth has moved. And there is a radio.*), or the number was no announcement at all.
    So a missing `met` is never a promise broken.

    Examples
    --------
    >>> from briefing.words.tokens import sentences
    >>> turns = pd.DataFrame({"text": ["Two things have been done.", "There are three points. "
    ...     "First, the price. Second, the quay."]})
    >>> announced_counts(sentences(turns))[["turn_id", "announced", "head", "delivered", "met"]]
       turn_id  announced   head  delivered    met
    0        1          2  thing       <NA>   <NA>
    1        2          3  point          2  False
    """
    need_english(language_in(sentences), "announced_counts")
    SENTENCES.check(sentences, *KEYS, "text", "start", "stop")
    table = _table(sentences, _counts, COUNTS)
    table.attrs = kind_of_text(sentences) | {
        "n_followed": int(table["chain"].notna().sum()),
        "n_met": int(table["met"].sum()),
    }
    return table


def _table(
    sentences: pd.DataFrame, read: Callable[[TurnOutline], Iterator[Row]], columns: dict[str, str]
) -> pd.DataFrame:
    """One row for each thing that `read` finds in a turn, beside the keys of the turn."""
    found = [(turn.row, row) for turn in outlines(sentences) for row in read(turn)]
    table = sentences[KEYS].iloc[[row for row, _ in found]].reset_index(drop=True)
    for column in columns:
        table[column] = pd.Series([row[column] for _, row in found], table.index, dtype="object")
    return table.astype(columns)


def _items(turn: TurnOutline) -> Iterator[Row]:
    chains = {item: number for number, c in enumerate(turn.chains) for item in c.items}
    for item, path in sorted(turn.paths.items()):
        chain, marker = turn.chains[chains[item]], turn.markers[item]
        stop = turn.extents[item]
        yield _promise(chain) | {
            "chain": chains[item] + 1,
            "depth": len(path),
            "path": ".".join(map(str, path)),
            "item": path[-1],
            "marker": turn.printed(marker.start, marker.stop),
            "start": marker.start,
            "stop": marker.stop,
            "item_start": marker.begin,
            "item_stop": stop,
            "n_words": turn.n_words(marker.begin, stop),
            "head": chain.head or None,
            "delivered": len(chain.items),
            "complete": chain.complete,
        }


def _promise(chain: Chain) -> Row:
    """What was announced for a chain, and whether it is met."""
    announced = chain.announced
    return {
        "announced": announced.number if announced else None,
        "announced_start": announced.start if announced else None,
        "announced_stop": announced.stop if announced else None,
        "met": announced.number == len(chain.items) if announced else None,
    }


def _counts(turn: TurnOutline) -> Iterator[Row]:
    chains = {c.announced: (n, c) for n, c in enumerate(turn.chains, 1) if c.announced}
    for announced in turn.announcements:
        number, chain = chains.get(announced, (None, None))
        if chain or not announced.back:
            yield {
                "announced": announced.number,
                "head": announced.head or None,
                "start": announced.start,
                "stop": announced.stop,
                "chain": number,
                "delivered": len(chain.items) if chain else None,
                "met": announced.number == len(chain.items) if chain else None,
            }
