"""Many briefings: a folder as one table, as a Parquet data set, or the same on Spark.

`read_briefings` reads a folder into memory; `build_corpus` writes turns and counts as Parquet, goes
on where it was stopped and takes up what has changed; `read_turns`, `read_counts`, `read_report`,
`corpus_words` and `corpus_shares` read them; `briefing.corpus.spark` makes the same on a cluster.
"""
