"""How others find the words of a text: one entry a tool, each as its manual has it."""

from __future__ import annotations

import re
from typing import Any

from measure import THREADS, Task

WORD = re.compile(r"\w+(?:['’-]\w+)*")
RE2_WORD = r"[\pL\pM\pN_]+(?:['’-][\pL\pM\pN_]+)*"  # \w of engines that know ASCII only


def spans(text: str) -> list[tuple[int, int]]:
    """The words of a text under WORD, for `briefing.tokenize`."""
    return [match.span() for match in WORD.finditer(text)]


def findall(texts: list[str]) -> list[list[str]]:
    return [WORD.findall(text) for text in texts]


def finditer(texts: list[str]) -> list[list[tuple[int, int]]]:
    return [spans(text) for text in texts]


def nltk(texts: list[str]) -> int:
    from nltk.tokenize import NLTKWordTokenizer

    tokenizer = NLTKWordTokenizer()
    return sum(len(list(tokenizer.span_tokenize(text))) for text in texts)


def spacy_ready(texts: list[str]) -> Any:
    import spacy

    return spacy.blank("en").tokenizer, texts


def spacy(ready: tuple[Any, list[str]]) -> int:
    tokenizer, texts = ready
    return sum(len(doc) for doc in tokenizer.pipe(texts))


def sklearn_ready(texts: list[str]) -> Any:
    from sklearn.feature_extraction.text import CountVectorizer

    return CountVectorizer(token_pattern=WORD.pattern).build_analyzer(), texts


def sklearn(ready: tuple[Any, list[str]]) -> int:
    analyse, texts = ready
    return sum(len(analyse(text)) for text in texts)


def polars(frame: Any) -> int:
    import polars as pl

    return len(frame.select(pl.col("text").str.extract_all(WORD.pattern)).explode("text"))


def duckdb_ready(table: Any) -> Any:
    import duckdb

    base = duckdb.connect(config={"threads": THREADS})
    base.register("arrow", table)
    base.execute("CREATE TABLE turns AS SELECT text FROM arrow")
    return base


def duckdb(base: Any) -> int:
    base.execute(
        f"CREATE TABLE words AS SELECT unnest(regexp_extract_all(text, $${RE2_WORD}$$)) FROM turns"
    )
    return base.execute("SELECT count(*) FROM words").fetchall()[0][0]


def count(n: int) -> dict[str, int]:
    return {"n": n}


def of_turns(words: list[list[Any]]) -> dict[str, int]:
    return count(sum(map(len, words)))


WORDS = {
    "re.findall": Task(findall, of_turns, gives="words"),
    "re.finditer": Task(finditer, of_turns, gives="offsets"),
    "nltk": Task(nltk, count, needs="nltk", gives="offsets", share=0.1),
    "spaCy": Task(spacy, count, needs="spacy", gives="offsets, ids", prepare=spacy_ready),
    "scikit-learn": Task(sklearn, count, needs="sklearn", gives="words", prepare=sklearn_ready),
    "polars": Task(polars, count, "polars", needs="polars", gives="words"),
    "duckdb": Task(duckdb, count, "arrow", needs="duckdb", gives="words", prepare=duckdb_ready),
}
