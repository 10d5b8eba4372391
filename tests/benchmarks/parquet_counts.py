"""Words counted over turns in Parquet, ours against Spark: python tests/benchmarks/parquet_counts.py [FILE [RUNS]]

FILE holds turns with `speaker`, `role` and `text`; without it 1 GB is made, once. Both
count the tokens of each speaker and the thousand commonest words of each role, on two cores, each as a
whole process, in turn; the same numbers are asked of both. Spark is written by hand: regexp_extract_all,
explode, groupBy, with the same rule of what a word is.
"""

from __future__ import annotations

import json
import os
import statistics
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from corpus_build import ROOT, run
from generate import write_table

MADE = ROOT / "build" / "bench" / "turns-1000.parquet"
OURS = """
import sys
import briefing
shares = briefing.corpus.shares(sys.argv[1], by="speaker")[["speaker", "n_words"]]
words = briefing.corpus.words(sys.argv[1], by="role", top=1000)[["role", "token", "n"]]
shares.to_csv(sys.argv[2] + ".speakers.csv", index=False)
words.to_csv(sys.argv[2] + ".words.csv", index=False)
"""
SPARK = r"""
import csv, sys
from pyspark.sql import SparkSession, Window, functions as F
spark = (SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    .config("spark.ui.showConsoleProgress", "false").config("spark.driver.host", "127.0.0.1")
    .config("spark.driver.bindAddress", "127.0.0.1").config("spark.driver.memory", "4g")
    .config("spark.sql.shuffle.partitions", "8").getOrCreate())
letter, join = r"\p{L}", r"(?:['’‘´`_&·׳״‐‑-]|(?<=\d)[.,:/](?=\d))"  # the rule of briefing.words, in Java
initials = rf"{letter}(?:\.{letter}(?![\p{{L}}\p{{N}}]))+\.?|(?:{letter}{{1,2}}\.){{2,}}"
part = rf"(?:(?={letter}{{1,2}}\.)(?:{initials})|[\p{{L}}\p{{N}}]+)"
word = rf"(?:https?://|www\.)[!#-;=?-~]*[a-z0-9/]|{part}(?:{join}{part})*"
turns = spark.read.parquet(sys.argv[1])
found = F.explode(F.regexp_extract_all(F.lower("text"), F.lit(word), F.lit(0))).alias("token")
folded = F.translate("token", "’‘´`‐‑", "\'\'\'\'--").alias("token")
tokens = turns.select("speaker", "role", found).select("speaker", "role", folded)
speakers = tokens.groupBy("speaker").agg(F.count("*").alias("n_words"))
speakers = speakers.orderBy(F.desc("n_words"), "speaker").collect()
counts = tokens.groupBy("role", "token").agg(F.count("*").alias("n"))
order = Window.partitionBy("role").orderBy(F.desc("n"), "token")
words = counts.withColumn("rank", F.row_number().over(order)).where("rank <= 1000")
words = words.orderBy("role", "rank").select("role", "token", "n").collect()
for name, rows, head in (("speakers", speakers, ["speaker", "n_words"]), ("words", words, ["role", "token", "n"])):
    with open(f"{sys.argv[2]}.{name}.csv", "w", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([head, *rows])
"""


def main() -> None:
    """Print a row for each run, then medians and the ratio of the pairs."""
    path, runs = Path(*sys.argv[1:2] or [MADE]), int(sys.argv[2]) if len(sys.argv) > 2 else 3
    if path == MADE and not path.exists():
        write_table(1_000, path)
    os.environ["POLARS_MAX_THREADS"] = "2"
    seen: dict[str, list[tuple[float, float, float]]] = {"ours": [], "Spark": []}
    with TemporaryDirectory() as place:
        for _ in range(runs):
            for name, program in (("ours", OURS), ("Spark", SPARK)):
                seen[name].append(run(program, path, Path(place, name)))
                seconds, cpu, most = seen[name][-1]
                print(f"{name:<8}{seconds:>8.1f} s{cpu:>8.1f} CPU s{most:>8.0f} MB", flush=True)
            for part in ("speakers", "words"):
                ours, spark = (Path(place, f"{n}.{part}.csv").read_text() for n in seen)
                if ours != spark:
                    raise SystemExit(f"the counts of {part} differ")
    ratios = [theirs[0] / ours[0] for ours, theirs in zip(*seen.values(), strict=True)]
    rows = [
        {
            "way": f"{path.name}, {name}",
            "seconds": statistics.median(r[0] for r in runs),
            "rss": max(r[2] for r in runs),
        }
        for name, runs in seen.items()
    ]
    rows[1]["x_time"] = statistics.median(ratios)
    print(json.dumps(rows))


if __name__ == "__main__":
    main()
