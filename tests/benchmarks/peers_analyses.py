"""The same four analyses as in `ours.py`, written for other tools.

Words are those of `peers_words.WORD` in small letters with one apostrophe, so that all count the
same, but for the two that have word rules of their own: `nltk` with its word tokenizer, as its
users have it, and `conc` with spaCy's. Keyness is of the first half of the words against the
second; a pair is two neighbours in a turn; both are ranked by log-likelihood, from five times on.
How often a word begins or ends a pair is counted among pairs; nltk takes how often it is there.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import chain
from math import log
from typing import Any

from measure import Task
from ours import MIN_COUNT, NODE, TOP
from peers_words import WORD


def g2(a: float, b: float, n1: float, n2: float) -> float:
    """Log-likelihood of [[a, b], [n1 - a, n2 - b]]."""
    rows, columns, n = (a + b, n1 + n2 - a - b), (n1, n2), n1 + n2
    cells = zip((a, b, n1 - a, n2 - b), (r * c / n for r in rows for c in columns), strict=True)
    return 2 * sum(o * log(o / e) for o, e in cells if o)


def nltk_by(words_of: Any, texts: list[str]) -> dict[str, Any]:
    """With nltk's own classes for each analysis."""
    from nltk import FreqDist
    from nltk.collocations import BigramAssocMeasures, BigramCollocationFinder
    from nltk.text import ConcordanceIndex

    turns = [words_of(text.lower().replace("’", "'")) for text in texts]
    words = list(chain.from_iterable(turns))
    half = len(words) // 2
    first, second = FreqDist(words[:half]), FreqDist(words[half:])
    n1, n2 = first.N(), second.N()
    tested = (w for w in first if first[w] + second[w] >= MIN_COUNT)
    key = [(w, g2(first[w], second[w], n1, n2)) for w in tested if first[w] * n2 > second[w] * n1]
    pairs = BigramCollocationFinder.from_documents(turns)
    pairs.apply_freq_filter(MIN_COUNT)
    return {
        "n_words": len(words),
        "frequencies": FreqDist(words).most_common(),
        "keyness": sorted(key, key=lambda row: -row[1]),
        "concordance": ConcordanceIndex(words).find_concordance(NODE),
        "collocations": pairs.score_ngrams(BigramAssocMeasures.likelihood_ratio),
    }


def nltk(texts: list[str]) -> dict[str, Any]:
    from nltk.tokenize import NLTKWordTokenizer

    return nltk_by(NLTKWordTokenizer().tokenize, texts)


def nltk_regex(texts: list[str]) -> dict[str, Any]:
    return nltk_by(WORD.findall, texts)


def about_nltk(results: dict[str, Any]) -> dict[str, Any]:
    pairs = [(" ".join(pair), score) for pair, score in results["collocations"][:TOP]]
    heads = {name: dict(results[name][:TOP]) for name in ("frequencies", "keyness")}
    sizes = {"n_words": results["n_words"], "concordance": len(results["concordance"])}
    return heads | sizes | {"collocations": dict(pairs)}


def polars(frame: Any) -> dict[str, Any]:
    import polars as pl

    col, n = pl.col, pl.col("n")
    text = col("text").str.to_lowercase().str.replace_all("’", "'", literal=True)
    words = frame.with_row_index("turn").select("turn", word=text.str.extract_all(WORD.pattern))
    words = words.explode("word").drop_nulls().with_row_index("place")
    half, total = len(words) // 2, len(words)
    counts = words.group_by("word").agg(n=pl.len(), a=(col("place") < half).sum())
    counts = counts.cast({"n": pl.Int64, "a": pl.Int64})  # their products pass 32 bits
    key = counts.filter(n >= MIN_COUNT).with_columns(b=n - col("a"))
    key = key.with_columns(g2=_polars_g2(pl, col("a"), col("b"), half, total - half))
    key = key.filter(col("a") * (total - half) > col("b") * half)
    around = [
        pl.when(col("turn") == col("turn").shift(by)).then(col("word").shift(by)).alias(f"{-by:+}")
        for by in range(-5, 6)
    ]
    lines = words.with_columns(around).filter(col("word") == NODE)
    pairs = words.select(
        "word", next=pl.when(col("turn") == col("turn").shift(-1)).then(col("word").shift(-1))
    )
    pairs = pairs.drop_nulls()
    n_pairs = len(pairs)
    begin = pairs.group_by("word").agg(x=pl.len().cast(pl.Int64))
    end = pairs.group_by("next").agg(y=pl.len().cast(pl.Int64))
    pairs = pairs.group_by("word", "next").agg(both=pl.len().cast(pl.Int64))
    pairs = pairs.filter(col("both") >= MIN_COUNT).join(begin, on="word").join(end, on="next")
    pairs = pairs.with_columns(
        g2=_polars_g2(pl, col("both"), col("y") - col("both"), col("x"), n_pairs - col("x"))
    )
    return {
        "n_words": total,
        "frequencies": counts.select("word", "n").sort("n", descending=True),
        "keyness": key.select("word", "g2").sort("g2", descending=True),
        "concordance": lines,
        "collocations": pairs.select("word", "next", "g2").sort("g2", descending=True),
    }


def _polars_g2(pl: Any, a: Any, b: Any, n1: Any, n2: Any) -> Any:
    """`g2` as an expression."""
    a, b = a.cast(pl.Float64), b.cast(pl.Float64)
    n1, n2 = n1 + pl.lit(0.0), n2 + pl.lit(0.0)
    n = n1 + n2
    cells = (a, a + b, n1), (b, a + b, n2), (n1 - a, n - a - b, n1), (n2 - b, n - a - b, n2)
    parts = [
        pl.when(o > 0).then(o * (o * n / row / column).log()).otherwise(0)
        for o, row, column in cells
    ]
    return 2 * pl.sum_horizontal(parts)


def about_rows(results: dict[str, Any], rows: Callable[[str], list[Any]]) -> dict[str, Any]:
    """The heads of result tables; `rows` gives the first rows of one."""
    heads = {name: dict(rows(name)) for name in ("frequencies", "keyness")}
    sizes = {"n_words": results["n_words"], "concordance": len(results["concordance"])}
    return heads | sizes | {"collocations": {f"{a} {b}": g for a, b, g in rows("collocations")}}


def about_polars(results: dict[str, Any]) -> dict[str, Any]:
    return about_rows(results, lambda name: results[name].head(TOP).rows())


ANALYSES = {
    "polars": Task(polars, about_polars, "polars", needs="polars"),
    "nltk": Task(nltk, about_nltk, needs="nltk"),
    "nltk, peers' words": Task(nltk_regex, about_nltk, needs="nltk"),
}
