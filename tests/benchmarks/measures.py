"""How long all measures take on one briefing, once everything is imported.

    python tests/benchmarks/measures.py [TRANSCRIPT]

Each is called once to bring in what it needs, then five times; printed are the medians.
"""

import sys
import warnings
from functools import cache
from pathlib import Path
from statistics import median
from time import perf_counter

import briefing

SAMPLE = Path(__file__).parents[2] / "data" / "lanmere-ring-2024.txt"


def measures(talk):
    turns, tokens, sentences, pairs = talk.turns, talk.tokens, talk.sentences, talk.pairs
    word = tokens["token"].value_counts().index[0]
    official = tokens["role"] == "official"
    hits = cache(lambda: briefing.topic_hits(tokens, "digital-policy"))
    return {
        "speaking_share": lambda: briefing.speaking_share(turns),
        "speaking_time": lambda: briefing.speaking_time(turns),
        "speaking_inequality": lambda: briefing.speaking_inequality(turns),
        "topic_frequency": lambda: briefing.topic_frequency(tokens, "digital-policy", by="role"),
        "topic_hits": lambda: briefing.topic_hits(tokens, "digital-policy"),
        "topic_course": lambda: briefing.topic_course(tokens, "digital-policy"),
        "keyness": lambda: briefing.keyness(tokens[official], tokens[~official], turns=turns),
        "theme_keywords": lambda: briefing.theme_keywords(tokens, turns=turns),
        "key_phrases": lambda: briefing.key_phrases(tokens),
        "binomials": lambda: briefing.binomials(tokens),
        "echo": lambda: briefing.echo(turns),
        "concordance": lambda: briefing.concordance(turns, word),
        "collocates": lambda: briefing.collocates(tokens, word),
        "dispersion": lambda: briefing.dispersion(tokens),
        "exchange_lengths": lambda: briefing.exchange_lengths(turns, pairs=pairs),
        "question_parts": lambda: briefing.question_parts(turns, pairs=pairs),
        "question_design": lambda: briefing.question_design(turns, pairs=pairs),
        "non_replies": lambda: briefing.non_replies(turns, pairs=pairs),
        "uptake": lambda: briefing.uptake(turns, pairs=pairs),
        "enumerations": lambda: briefing.enumerations(sentences),
        "announced_counts": lambda: briefing.announced_counts(sentences),
        "numbers": lambda: briefing.numbers(sentences),
        "formulas": lambda: briefing.formulas(tokens),
        "stance": lambda: briefing.stance(tokens),
        "pronouns": lambda: briefing.pronouns(tokens),
        "vocabulary": lambda: briefing.vocabulary(tokens),
        "coding_sample": lambda: briefing.coding_sample(hits(), sentences, n=20),
    }


def seconds(call):
    begin = perf_counter()
    call()
    return perf_counter() - begin


def main(path):
    warnings.simplefilter("ignore")
    calls = measures(briefing.read(path))
    for call in calls.values():
        call()
    times = {name: median(seconds(call) for _ in range(5)) for name, call in calls.items()}
    for name, time in sorted(times.items(), key=lambda item: -item[1]):
        print(f"{name:20} {time * 1000:7.1f} ms")
    print(f"{'together':20} {sum(times.values()) * 1000:7.1f} ms")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else SAMPLE)
