"""The four analyses in SQL (duckdb) and with Conc, which keeps a corpus on disk."""

from __future__ import annotations

import tempfile
from typing import Any

from measure import Task
from ours import MIN_COUNT, NODE, TOP
from peers_analyses import about_rows
from peers_words import RE2_WORD, duckdb_ready

BLANK = ["parser", "ner", "lemmatizer", "tagger", "senter", "tok2vec", "attribute_ruler"]

WORDS = f"""
CREATE TABLE lists AS SELECT rowid AS turn,
    regexp_extract_all(replace(lower(text), '’', ''''), $${RE2_WORD}$$) AS words FROM turns;
CREATE TABLE words AS SELECT turn, unnest(words) AS word FROM lists;
CREATE TABLE sizes AS SELECT count(*) AS n, count(*) // 2 AS half FROM words;
CREATE TABLE counts AS SELECT word, count(*) AS n, count(*) FILTER (words.rowid < half) AS a
    FROM words, sizes GROUP BY word;
CREATE MACRO part(o, r, c, n) AS CASE WHEN o > 0 THEN o * ln(o::DOUBLE * n / r / c) ELSE 0 END;
CREATE MACRO g2(a, b, n1, n2) AS 2 * (part(a, a + b, n1, n1 + n2) + part(b, a + b, n2, n1 + n2)
    + part(n1 - a, n1 + n2 - a - b, n1, n1 + n2) + part(n2 - b, n1 + n2 - a - b, n2, n1 + n2));
"""
FREQUENCIES = "SELECT word, n FROM counts ORDER BY n DESC"
KEYNESS = f"""
SELECT word, g2(a, counts.n - a, half, sizes.n - half) AS g2 FROM counts, sizes
    WHERE counts.n >= {MIN_COUNT} AND a * (sizes.n - half) > (counts.n - a) * half ORDER BY g2 DESC
"""
CONCORDANCE = f"""
SELECT hit.rowid AS place, string_agg(near.word, ' ' ORDER BY near.rowid) AS line
    FROM words AS hit JOIN words AS near
    ON near.rowid BETWEEN hit.rowid - 5 AND hit.rowid + 5 AND near.turn = hit.turn
    WHERE hit.word = '{NODE}' GROUP BY hit.rowid ORDER BY place
"""
COLLOCATIONS = f"""
WITH pairs AS (SELECT unnest(list_zip(words[:-2], words[2:])) AS pair FROM lists),
    kept AS (SELECT pair[1] AS x, pair[2] AS y, count(*) AS n FROM pairs GROUP BY ALL),
    cx AS (SELECT x, sum(n) AS n FROM kept GROUP BY x),
    cy AS (SELECT y, sum(n) AS n FROM kept GROUP BY y), n_pairs AS (SELECT sum(n) AS n FROM kept)
SELECT x, y, g2(kept.n, cy.n - kept.n, cx.n, n_pairs.n - cx.n) AS g2
    FROM kept JOIN cx USING (x) JOIN cy USING (y), n_pairs WHERE kept.n >= {MIN_COUNT} ORDER BY g2 DESC
"""


def duckdb(base: Any) -> dict[str, Any]:
    base.execute(WORDS).fetchall()
    return {
        "n_words": base.sql("SELECT n FROM sizes").fetchall()[0][0],
        "frequencies": base.sql(FREQUENCIES).to_arrow_table(),
        "keyness": base.sql(KEYNESS).to_arrow_table(),
        "concordance": base.sql(CONCORDANCE).to_arrow_table(),
        "collocations": base.sql(COLLOCATIONS).to_arrow_table(),
    }


def about_duckdb(results: dict[str, Any]) -> dict[str, Any]:
    def rows(name: str) -> list[Any]:
        return [tuple(row.values()) for row in results[name].slice(0, TOP).to_pylist()]

    return about_rows(results, rows)


def conc_ready(frame: Any) -> tempfile.TemporaryDirectory[str]:
    """Conc reads CSV and takes a model of spaCy: a blank one, with parts that do nothing."""
    import spacy
    from spacy.language import Language

    home = tempfile.TemporaryDirectory()
    Language.component("nothing", func=lambda doc: doc)
    model = spacy.blank("en")
    for name in BLANK:
        model.add_pipe("nothing", name=name)
    model.to_disk(f"{home.name}/blank")
    half = len(frame) // 2
    frame[:half].write_csv(f"{home.name}/first.csv")
    frame[half:].write_csv(f"{home.name}/second.csv")
    return home


def conc(home: tempfile.TemporaryDirectory[str]) -> dict[str, Any]:
    """Two corpora, since keyness compares two; what is asked of one is asked of both."""
    from conc.conc import Conc
    from conc.corpus import Corpus

    at = home.name
    first, second = (
        Corpus(name, name).build_from_csv(f"{at}/{name}.csv", f"{at}/", model=f"{at}/blank")
        for name in ("first", "second")
    )
    sides = Conc(first), Conc(second)
    sides[0].set_reference_corpus(second)
    return {
        "frequencies": [side.frequencies().to_frame() for side in sides],
        "keyness": sides[0].keywords().to_frame(),
        "concordance": [side.concordance(NODE).to_frame() for side in sides],
        "collocations": [side.collocates(NODE).to_frame() for side in sides],
    }


ANALYSES = {
    "duckdb": Task(duckdb, about_duckdb, "arrow", needs="duckdb", prepare=duckdb_ready),
    "conc": Task(conc, lambda _: {}, "polars", needs="conc", prepare=conc_ready),
}
