"""This project's side of the benchmarks: the public functions, as anybody calls them."""

from __future__ import annotations

from typing import Any

import pandas as pd
from invented import word
from measure import Task

import briefing
from briefing.words.tokens import Codes, encode

TOP, MIN_COUNT = 100, 5
NODE = word(40)  # 3 words in 1,000


def tokenize(turns: pd.DataFrame) -> pd.DataFrame:
    """Words with offsets, and a number for each form, as a table."""
    return briefing.tokenize(turns, sentence_ids=False)


def codes(texts: list[str]) -> Codes:
    """Words with offsets, and a number for each form."""
    return encode(texts)


def analyses(turns: pd.DataFrame) -> dict[str, Any]:
    """The four analyses, from the text."""
    return analyses_of(briefing.tokenize(turns), turns)


def analyses_of(tokens: pd.DataFrame, turns: pd.DataFrame) -> dict[str, Any]:
    """Frequencies, keyness of the first half of the words, a concordance, pairs of words."""
    half = len(tokens) // 2
    return {
        "n_words": len(tokens),
        "frequencies": tokens["token"].value_counts(),
        "keyness": briefing.keywords.keyness(
            tokens.iloc[:half], tokens.iloc[half:], min_count=MIN_COUNT
        ),
        "concordance": briefing.context.concordance(turns, NODE, tokens=tokens),
        "collocations": briefing.context.bigrams(tokens, min_count=MIN_COUNT),
    }


def about(results: dict[str, Any]) -> dict[str, Any]:
    """Heads of the results, for the comparison."""
    key = results["keyness"]
    key = key[key["log_ratio"] > 0].nlargest(TOP, "g2")
    pairs = results["collocations"].nlargest(TOP, "g2")
    pairs = {f"{row.first} {row.second}": row.g2 for row in pairs.itertuples()}
    return {
        "n_words": results["n_words"],
        "frequencies": results["frequencies"].head(TOP).to_dict(),
        "keyness": key.set_index("token")["g2"].to_dict(),
        "concordance": len(results["concordance"]),
        "collocations": pairs,
    }


def by_the_rule_of_peers(turns: pd.DataFrame) -> dict[str, Any]:
    """The four analyses of the peers' words, to see that the results are the same."""
    from peers_words import spans

    return analyses_of(briefing.tokenize(turns, tokenizer=spans), turns)


WORDS = {
    "ours": Task(codes, lambda words: {"n": len(words.code)}, gives="offsets, ids"),
    "ours, table": Task(
        tokenize, lambda tokens: {"n": len(tokens)}, "pandas", gives="offsets, ids, turns, speakers"
    ),
}
ANALYSES = {
    "ours": Task(analyses, about, "pandas"),
    "ours, peers' words": Task(by_the_rule_of_peers, about, "pandas"),
}
