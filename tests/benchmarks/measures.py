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
    word = next(iter(tokens["token"].value_counts().index), "the")
    official = tokens["role"] == "official"
    hits = cache(lambda: briefing.topics.frequency(tokens, "digital-policy", hits=True))
    return {
        "speaking_share": lambda: briefing.speaking.share(turns),
        "speaking_time": lambda: briefing.speaking.time(turns),
        "topic_frequency": lambda: briefing.topics.frequency(tokens, "digital-policy", by="role"),
        "topic_hits": lambda: briefing.topics.frequency(tokens, "digital-policy", hits=True),
        "topic_course": lambda: briefing.topics.course(tokens, "digital-policy"),
        "keyness": lambda: briefing.keywords.keyness(
            tokens[official], tokens[~official], turns=turns
        ),
        "theme_keywords": lambda: briefing.keywords.of_each(tokens, turns=turns),
        "key_phrases": lambda: briefing.phrases.key(tokens),
        "binomials": lambda: briefing.phrases.binomials(tokens),
        "echo": lambda: briefing.phrases.echo(turns),
        "concordance": lambda: briefing.context.concordance(turns, word),
        "collocates": lambda: briefing.context.collocates(tokens, word),
        "dispersion": lambda: briefing.context.dispersion(tokens),
        "exchange_lengths": lambda: briefing.replies.lengths(turns, pairs=pairs),
        "question_parts": lambda: briefing.questions.parts(turns, pairs=pairs),
        "question_design": lambda: briefing.questions.design(turns, pairs=pairs),
        "non_replies": lambda: briefing.replies.non_replies(turns, pairs=pairs),
        "uptake": lambda: briefing.replies.uptake(turns, pairs=pairs),
        "enumerations": lambda: briefing.quantities.enumerations(sentences),
        "announced_counts": lambda: briefing.quantities.announced(sentences),
        "numbers": lambda: briefing.quantities.numbers(sentences),
        "formulas": lambda: briefing.wording.formulas(tokens),
        "stance": lambda: briefing.wording.stance(tokens),
        "pronouns": lambda: briefing.wording.pronouns(tokens),
        "vocabulary": lambda: briefing.lexis.richness(tokens),
        "coding_sample": lambda: briefing.coding.sample(hits(), sentences, n=20),
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
