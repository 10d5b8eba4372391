"""Every statistic against its reference values, by what is computed and never by which vector.

The values are read from the file named by BRIEFING_VECTORS, or from shared/reference beside the
checkout. A vector with a `flag` records another program's quirk or a misprint: there the test
asserts that we differ.
"""

import json
import os
from pathlib import Path

import numpy as np
import pytest
from conftest import ROOT, lacking

from briefing.measures import coding, context, lexis
from briefing.words import rates as association
from briefing.words import rates as intervals

HERE = ROOT.parent / "shared" / "reference" / "vectors.json"


def positions(of):
    words = of["tokens"].split() if isinstance(of["tokens"], str) else of["tokens"]
    return [i for i, word in enumerate(words) if word == of["word"]], len(words)


def reduced_frequency(at, n):
    return context.arf_each(np.zeros(len(at), int), np.array(at), n, 1)[0]


def deviations(of):
    """Range, DP and DP over its maximum of one word in parts, of which empty ones are none."""
    sizes = np.array(of["sizes"])
    part = np.repeat(np.cumsum(sizes > 0) - 1, of["freqs"])
    sizes = sizes[sizes > 0]
    (held,), (dp,) = context.deviations(np.zeros(len(part), int), part, sizes, 1)
    return held, dp, dp / (1 - sizes.min() / sizes.sum())


def words(of):
    return of["tokens"].split() if isinstance(of["tokens"], str) else of["tokens"]


def sizes(of):
    return of["a"], of["b"], of["n1"], of["n2"]


def together(of):
    return of["o"], of["f1"], of["f2"], of["N"]


def level(of):
    return of.get("level", of.get("conf_level", 1 - of.get("alpha", 0.05)))


def signed(of, g2):
    """Some programs give g2 the sign of the difference; ours stands in the log ratio."""
    sign = np.sign(of["a"] / of["n1"] - of["b"] / of["n2"]) if of.get("signed") else 1
    return sign * g2(*sizes(of))


COMPUTE = {
    "g2_4": lambda of: signed(of, association.g2),
    "g2_2": lambda of: signed(of, association.g2_rayson),
    "log_ratio": lambda of: association.log_ratio(*sizes(of), zero=of.get("zero", "hardie")),
    "lrc": lambda of: association.cautious_end(
        *association.log_ratio_interval(
            of["f1"], of["f2"], of["n1"], of["n2"], m=of.get("m", 1), level=level(of)
        )
    ),
    ("disp", "range"): lambda of: deviations(of)[0],
    ("disp", "DP"): lambda of: deviations(of)[1],
    ("disp", "DPnorm_lijffijt_gries"): lambda of: deviations(of)[2],
    ("positions_disp", "ARF"): lambda of: reduced_frequency(*positions(of)),
    ("colloc", "G2"): lambda of: association.g2_together(*together(of)),
    ("colloc", "logDice"): lambda of: association.log_dice(of["o"], of["f1"], of["f2"]),
    "delta_p": lambda of: association.delta_p(of["a"], of["b"], of["c"], of["d"]),
    "ttr": lambda of: lexis.ttr(words(of)),
    "mattr": lambda of: lexis.mattr(words(of), window=of["w"]),
    ("hdd", None): lambda of: lexis.hdd(words(of)),
    ("hdd", "HDD"): lambda of: lexis.hdd(words(of)),
    ("hdd", "ATTR"): lambda of: lexis.hdd(words(of)) / 42,
    "mtld": lambda of: lexis.mtld(words(of)),
    "wilson": lambda of: intervals.wilson(of["k"], of["n"], level=level(of)),
    "clopper": lambda of: intervals.clopper_pearson(of["k"], of["n"], level=level(of)),
    "poisson_ci": lambda of: intervals.poisson(of["x"], level=level(of)),
    "kripp": lambda of: coding.krippendorff_alpha(of["rows"], level=of.get("level", "nominal")),
    "kappa": lambda of: coding.cohen_kappa(of["t"]),
}

OTHER_FORM = "another form of what we give once: log_dice ranks, and g2 is the evidence"
INEQUALITY = "officials are there to answer at length: shares are given, and no score of them"
OTHER_DISPERSION = "dispersion is range, DP, DPnorm and ARF here: one family, well understood"
LEFT_OUT = {
    "chi2_table": "chi-squared is not among our measures: g2 is the test of keyness",
    "fisher": "an exact p-value would claim independent words",
    "odds_ratio": "the log ratio is our effect size",
    "pct_diff": "the log ratio is our effect size",
    "simple_maths": "the log ratio is our effect size",
    "quanteda_keyness": "quanteda's corrections; plain g2 is asserted in test_association.py",
    "fleiss": "Krippendorff's alpha serves any number of coders",
    "yule_k": "MATTR, MTLD and HD-D are the measures of vocabulary",
    "mtld_factors": "a step inside MTLD, not a measure",
    "tfidf": "with one briefing it is 0 for every word; keyness has an effect size",
    "pagerank_edges": "no inference: phrases are counted, not ranked by a graph",
    "readability": "calibrated on school prose, and sentence ends here are the transcriber's",
    "rake": "scores grow with the length of a phrase; phrases.key counts and measures association",
    "textrank": "no inference: phrases are counted, not ranked by a graph",
    "yake": "YAKE is a package of its own; none of its scores is ours",
    "bic": "a sum of g2 and a constant of the sizes: lrc says what it would",
    "ell": "the log ratio is our effect size",
    "msttr": "MATTR does the same without throwing the last words away",
    "log_odds_dirichlet": "the prior decides much of it; keyness ranks by lrc",
    "p_adjust": "intervals are corrected for the words tested, and no p-value is given",
    "gini": INEQUALITY,
    "entropy": INEQUALITY,
    "evenness": INEQUALITY,
    "wpm": "words by seconds; asserted in test_speaking.py",
    ("colloc", "chi2"): OTHER_FORM,
    ("colloc", "MI"): OTHER_FORM,
    ("colloc", "MI3"): OTHER_FORM,
    ("colloc", "t"): OTHER_FORM,
    ("colloc", "dice"): OTHER_FORM,
    ("colloc", "Dice"): OTHER_FORM,
    ("colloc", "fisher"): OTHER_FORM,
    ("colloc", "fisher_greater"): OTHER_FORM,
    ("colloc", "fisher_less"): OTHER_FORM,
    ("positions_disp", "AWT"): OTHER_DISPERSION,
    ("positions_disp", "ALD"): OTHER_DISPERSION,
    ("disp", "DPnorm_egbert"): OTHER_DISPERSION,
    ("disp", "juilland_D"): OTHER_DISPERSION,
    ("disp", "carroll_D2"): OTHER_DISPERSION,
    ("disp", "rosengren_S"): OTHER_DISPERSION,
    ("disp", "KLD_bits"): OTHER_DISPERSION,
    ("disp", "KLDnorm_o2p"): OTHER_DISPERSION,
    ("disp", "KLDnorm_base_e"): OTHER_DISPERSION,
    ("disp", "KLDnorm_base_2"): OTHER_DISPERSION,
    ("disp", "DA"): OTHER_DISPERSION,
    None: "YAKE is a package of its own; none of its scores is ours",
}


def vectors():
    named = os.environ.get("BRIEFING_VECTORS")
    path = Path(named) if named else HERE
    if not named and not path.is_file():
        return []
    return json.loads(path.read_text(encoding="utf-8"))["vectors"]


def pick(vector, table):
    computation, output = vector.get("computation"), vector.get("output")
    return table.get((computation, output), table.get(computation))


VECTORS = vectors()


def test_the_reference_values_are_here():
    if not VECTORS:
        lacking("no reference values: set BRIEFING_VECTORS to the file that holds them")


@pytest.mark.parametrize("vector", VECTORS, ids=[v["id"] for v in VECTORS])
def test_each_statistic_agrees_with_its_reference_value(vector):
    compute = pick(vector, COMPUTE)
    if compute is None:
        pytest.skip(f"left out: {pick(vector, LEFT_OUT) or 'no measure of ours'}")
    ours = np.asarray(compute(vector["input"]), float)
    expected = np.asarray(vector["expected"], float)
    assert ours.shape == expected.shape
    close = np.isclose(ours, expected, rtol=0, atol=vector["tolerance"], equal_nan=True)
    if "flag" in vector:
        assert not close.all(), f"we should differ: {vector['flag']}"
    else:
        assert close.all(), f"{ours} is not {expected} within {vector['tolerance']}"


def test_no_vector_is_passed_over_without_a_reason():
    unknown = [v["id"] for v in VECTORS if not (pick(v, COMPUTE) or pick(v, LEFT_OUT))]
    if os.environ.get("BRIEFING_VECTORS") and unknown:
        pytest.skip(f"no measure of ours, and no reason written down: {', '.join(unknown)}")
    assert unknown == []
    both = [v["id"] for v in VECTORS if pick(v, COMPUTE) and v["computation"] in LEFT_OUT]
    assert both == []


REQUIRED = "g2_4 g2_2 log_ratio lrc delta_p ttr mattr mtld wilson poisson_ci kripp kappa".split()
REQUIRED += [("disp", "range"), ("disp", "DP"), ("disp", "DPnorm_lijffijt_gries")]
REQUIRED += [("positions_disp", "ARF"), ("hdd", None), ("hdd", "ATTR")]
REQUIRED += [("colloc", output) for output in ("G2", "logDice")]


@pytest.mark.parametrize("computation", REQUIRED, ids=str)
def test_what_must_be_computed_is_computed(computation):
    assert computation in COMPUTE


def test_average_reduced_frequency_of_the_worked_example():
    """Gries's fifty tokens: *a* fifteen times, ARF 10.8 (its AWT, 3.18, is in the shared file)."""
    text = "b a m n i b e u p k b a s a t b e w q n b c a g a b e s t a b a g h a b e a a t"
    text = f"{text} b a h a a b e a x a".split()
    at = [i for i, word in enumerate(text) if word == "a"]
    assert reduced_frequency(at, len(text)) == pytest.approx(10.8, abs=1e-9)
