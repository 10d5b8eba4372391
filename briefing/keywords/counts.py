"""How often each speaker says each word, in each role of each briefing: words, counted once.

Whatever compares selections by briefing, role or speaker can do so from these counts, without
the text and without the running words. What needs to know the turn of a word, or the words
beside it, cannot.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from briefing.keywords.units import cells, regrouped
from briefing.tables import TOKENS
from briefing.words.groups import kind_of_text, number_groups, number_words

VOICE = ("briefing_id", "speaker", "role")


def word_counts(tokens: pd.DataFrame) -> pd.DataFrame:
    """Count the words of each speaker in each role of each briefing.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table.

    Returns
    -------
    DataFrame
        One row per `briefing_id, speaker, role` and `token` that occurs (all categorical), in
        this order, a missing value last; `n`: how often; `n_turns`: in how many turns of that
        speaker in that role and briefing. Turns where nobody is named are one row a word and
        role, with a missing speaker. `.attrs`: `text_status, part, language`.

    Raises
    ------
    BriefingError
        Not a tokens table.

    Notes
    -----
    `n` adds up over any rows. So does `n_turns` for one word; of several words it does not,
    since a turn has many. `keyness` takes two selections of such a table instead of words:
    select by briefing, speaker and role, never by `token` or `n`, or the sizes are wrong.
    Counts of several briefings go together with `pd.concat`.

    Examples
    --------
    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: The quay, the old quay.\\nQ: The quay?")
    >>> word_counts(talk.tokens)[["role", "token", "n", "n_turns"]]
             role token  n  n_turns
    0    official   old  1        1
    1    official  quay  2        1
    2    official   the  2        1
    3  journalist  quay  1        1
    4  journalist   the  1        1
    """
    TOKENS.check(tokens, *VOICE, "turn_id", "token")
    [piece], pieces = number_groups([tokens], "turn_id", *VOICE)
    [voice], voices = number_groups([pieces], *VOICE)
    words = number_words([tokens["token"]], min_count=1)
    word, one = words.numbers[0][words.codes[0]], np.ones(len(tokens), np.int32)
    by_piece = cells(word, piece.rows(), one, (len(words.words), len(pieces)))
    n = regrouped(by_piece, voice.rows(), len(voices)).tocsc()
    by_piece.data[:] = 1
    n_turns = regrouped(by_piece, voice.rows(), len(voices)).tocsc()
    row = np.repeat(np.arange(len(voices)), np.diff(n.indptr))
    columns = {name: pd.Categorical(voices[name].astype("object")).take(row) for name in VOICE}
    columns["token"] = pd.Categorical.from_codes(n.indices, words.words.astype("str"))
    counts = {"n": n.data.astype(np.int64), "n_turns": n_turns.data.astype(np.int64)}
    table = pd.DataFrame(columns | counts)
    table.attrs = kind_of_text(tokens)
    return table
