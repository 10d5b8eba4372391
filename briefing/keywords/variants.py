"""Two other ways to ask what is said more: log-odds with a prior, and against general English.

*Log-odds* with an informative prior (Monroe et al. 2008) shrinks each word's difference towards
what a background lets expect, and divides it by its standard error: frequent words with a steady
difference come first. The prior decides much of it, so it is an argument and stands in `.attrs`.

*Unlike general English* holds rates against a list of rates (wordfreq, Speer 2022), made from
subtitles, books, news and the web. A list has no counts, so there is no test and no interval.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from briefing.keywords.about import About, kind_of_both
from briefing.keywords.sides import check_sides, code
from briefing.keywords.table import name_class
from briefing.languages import language_in
from briefing.lexicons import need_english
from briefing.tables import BriefingError
from briefing.words.groups import Ints, kind_of_text
from briefing.words.rates import Floats, log_odds

LIST = "wordfreq, English, large list"
SMALLEST = 0.01  # of a word that the background does not have


def log_odds_keyness(
    target: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    prior: pd.DataFrame | float,
    prior_words: float | None = None,
    min_count: int = 5,
) -> pd.DataFrame:
    """Compare two selections of words by log-odds ratios with a Dirichlet prior.

    Parameters
    ----------
    target, reference : DataFrame
        Two tokens tables without a row in common.
    prior : DataFrame or float
        A tokens table as background, such as all words of many briefings (informative), or
        one prior count for every word, such as 0.01 (flat).
    prior_words : float, optional
        With a background, how many words it is to weigh: its counts are scaled to this sum.
        The default is the size of the smaller side.
    min_count : int
        Words said less often than this, both sides together, are left out of the table.

    Returns
    -------
    DataFrame
        One row a word, most typical of the target first: `token`, `function_word`, `n_target,
        n_reference`, `per_1000_target, per_1000_reference`, `n_prior` (in the background),
        `alpha` (its prior count), `log_odds` (natural logs, above 0 for the target), `z`.
        `.attrs`: `prior` (*background* or *flat*), `alpha_0` (sum of all alpha), `n_words_prior`
        (of the background), `n_types`, `n_words_target, n_words_reference`, `min_count`,
        `text_status, part, language`.

    Raises
    ------
    BriefingError
        Not tokens tables, an empty side or background, words that stand on both sides, a prior
        not above 0.

    Notes
    -----
    log_odds = ln((a+alpha)/(n1+alpha_0-a-alpha)) - ln((b+alpha)/(n2+alpha_0-b-alpha)), z its
    ratio to sqrt(1/(a+alpha) + 1/(b+alpha)) (Monroe, Colaresi & Quinn 2008). With a background,
    alpha = scale * (n_prior + 0.01) over all words of the three tables.

    A heavier prior pulls z towards 0 and a flat one leaves rare words wild, so print `alpha_0`
    with each z. z counts words as independent draws: no p-value can be read from it, and
    `keyness` shows what a single speaker or turn has done.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"speaker": ["Ida Marlow", "Cy Dunlin"], "text": [
    ...     "The bridge is safe. " * 9, "The ferry is late. " * 8]})
    >>> tokens = briefing.tokenize(turns)
    >>> marlow = tokens["speaker"] == "Ida Marlow"
    >>> odds = log_odds_keyness(tokens[marlow], tokens[~marlow], prior=tokens)
    >>> odds[["token", "n_target", "n_reference", "n_prior", "z"]].round(2)
        token  n_target  n_reference  n_prior     z
    0  bridge         9            0        9  2.20
    1    safe         9            0        9  2.20
    2      is         9            8       17  0.00
    3     the         9            8       17  0.00
    4   ferry         0            8        8 -2.27
    5    late         0            8        8 -2.27
    """
    coded = code([target, reference], min_count=1)
    check_sides(target, reference, coded)
    a, b = (part.hits[:-1] for part in coded.parts)
    n1, n2 = (int(part.hits.sum()) for part in coded.parts)
    n_prior, alpha, told = _prior(
        prior, coded.vocabulary, min(n1, n2) if prior_words is None else prior_words
    )
    delta, z = log_odds(a, b, n1, n2, alpha=alpha, alpha_0=told["alpha_0"])
    kind = kind_of_both(target, reference)
    table = pd.DataFrame(name_class(coded.vocabulary, kind["language"])).assign(
        n_target=a,
        n_reference=b,
        per_1000_target=1000 * a / n1,
        per_1000_reference=1000 * b / n2,
        n_prior=n_prior,
        alpha=alpha,
        log_odds=delta,
        z=z,
    )
    table = table[a + b >= min_count]
    table = table.sort_values("z", ascending=False, kind="stable", ignore_index=True)
    sizes: About = {"n_words_target": n1, "n_words_reference": n2, "min_count": min_count}
    table.attrs = kind | told | sizes
    return table


def unlike_general_english(tokens: pd.DataFrame, *, min_count: int = 5) -> pd.DataFrame:
    """Hold the rate of each word against its rate in general English.

    Parameters
    ----------
    tokens : DataFrame
        A tokens table of an English text, or a selection of one.
    min_count : int
        Words said less often are left out.

    Returns
    -------
    DataFrame
        One row a word, the most unlike first: `token`, `function_word`, `n`, `per_1000`,
        `per_1000_english` (in the list of wordfreq), `log_ratio` (1: twice as often as in
        general English). The last two are missing, and the word comes last, where the list does
        not have it: names, hyphenated words, figures.
        `.attrs`: `called` (*unlike general English*), `list`, `n_words`, `n_not_listed` (words
        of the table), `min_count`, `text_status, part, language`.

    Raises
    ------
    BriefingError
        Not tokens, no tokens, a text known not to be English, or wordfreq not installed.

    Notes
    -----
    log_ratio = log2(per_1000 / per_1000_english). The list has rates and no counts, so there is
    no test and no interval, and it is no keyness: most of what stands on top is what sets any
    briefing apart from film subtitles and web pages. For what sets this briefing apart from
    others, use `keyness`. The list knows English up to 2021 (Speer 2022).

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({"text": ["The ferry is late. " * 9]})
    >>> unlike = unlike_general_english(briefing.tokenize(turns))  # doctest: +SKIP
    >>> unlike["token"].tolist()  # doctest: +SKIP
    ['ferry', 'late', 'is', 'the']
    """
    need_english(language_in(tokens), "unlike_general_english")
    coded = code([tokens], min_count=min_count)
    if tokens.empty:
        raise BriefingError("no words to count: the tokens table has 0 rows. Select less narrowly.")
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
    called: About = {"called": "unlike general English", "list": LIST, "min_count": min_count}
    table.attrs = kind_of_text(tokens) | called
    table.attrs.update({"n_words": n_words, "n_not_listed": int(np.isnan(english).sum())})
    return table


def _general_english() -> Mapping[str, float]:
    try:
        from wordfreq import get_frequency_dict
    except ImportError as error:
        raise BriefingError(
            "the list of general English is not installed. Install it with: "
            "pip install 'briefing-analysis[reference]'"
        ) from error
    return get_frequency_dict("en", wordlist="large")


def _prior(
    prior: pd.DataFrame | float, vocabulary: list[str], n_words: float
) -> tuple[Ints, Floats, About]:
    """How often the background has each word, what that counts for, and in sum."""
    if isinstance(prior, pd.DataFrame):
        return _background(prior, vocabulary, n_words)
    if not prior > 0:
        raise BriefingError(f"prior={prior} is no prior count: use one above 0, such as 0.01.")
    n_types = len(vocabulary)
    told: About = {"prior": "flat", "alpha_0": float(prior * n_types), "n_words_prior": 0}
    n_prior, alpha = np.zeros(n_types, np.int64), np.full(n_types, float(prior))
    return n_prior, alpha, told | {"n_types": n_types}


def _background(
    prior: pd.DataFrame, vocabulary: list[str], n_words: float
) -> tuple[Ints, Floats, About]:
    coded = code([prior], min_count=1)
    if not coded.vocabulary or not n_words > 0:
        raise BriefingError(
            f"a background of {len(prior)} words that is to weigh {n_words} is no prior: give a "
            "tokens table with words, and prior_words above 0."
        )
    said = coded.parts[0].hits[:-1]
    index = pd.Index(coded.vocabulary, dtype="object")
    at = index.get_indexer(pd.Index(vocabulary, dtype="object"))
    n_types = len(vocabulary) + len(index) - int((at >= 0).sum())
    n_prior = np.where(at >= 0, said[at], 0)
    alpha = (n_prior + SMALLEST) * n_words / (said.sum() + SMALLEST * n_types)
    told: About = {"prior": "background", "alpha_0": float(n_words)}
    return n_prior, alpha, told | {"n_words_prior": int(said.sum()), "n_types": n_types}
