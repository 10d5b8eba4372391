"""What is said more here than there: keyness, and the keywords of a speaker, role or briefing.

A word is *key* in a target when it is more frequent there than in a reference. How much more is
an effect, the log ratio (1 is twice as frequent); how sure one can be is another matter, and the
two are shown apart. The ranking is by `lrc`, the log ratio's cautious end (Evert 2022): what
remains of the difference on the safe side.

All this takes words for independent draws, which they are not: one person says a word many times,
and one question brings ten. So beside each word stands what a single speaker and a single turn do
to it, whether the question had it, and an interval that draws the line between speakers.
`briefing.keyness_speakers` explains that interval, `flag` says in words what speaks against a word.

Keywords are where reading begins (a concordance is the next step), no result by themselves.

References
----------
Dunning, T. (1993). Accurate methods for the statistics of surprise and coincidence.
Evert, S. (2022). Measuring keyness. Digital Humanities 2022.
Hardie, A. (2014). Log Ratio: an informal introduction.
Kilgarriff, A. (2005). Language is never, ever, ever, random.
Lijffijt, J. et al. (2016). Significance testing of word frequencies in corpora.
Rayson, P. and Garside, R. (2000). Comparing corpora using frequency profiling.
"""

from __future__ import annotations

import pandas as pd

from briefing.keywords.about import about, flags_of, kind_of_both
from briefing.keywords.asked import Questions
from briefing.keywords.sides import ALL, check_sides, code
from briefing.keywords.table import LEVEL, Sides, check_level, compare
from briefing.keywords.variants import log_odds_keyness, unlike_general_english

__all__ = ["keyness", "log_odds_keyness", "unlike_general_english"]


def keyness(
    target: pd.DataFrame,
    reference: pd.DataFrame,
    *,
    min_count: int = 5,
    turns: pd.DataFrame | None = None,
    level: float = LEVEL,
) -> pd.DataFrame:
    """Compare how often each word is said in two selections of words.

    Parameters
    ----------
    target, reference : DataFrame
        Two tokens tables without a row in common, such as
        `tokens.query("role == 'official'")` and the rest; or two tables of counts
        (`briefing.word_counts`).
    min_count : int
        Words said less often than this, both sides together, are not tested.
    turns : DataFrame, optional
        The turns of both: with them, `asked_first` and `share_asked` are known.
    level : float
        Of the intervals.

    Returns
    -------
    DataFrame
        One row a word, ranked by `lrc`, the target's words first and the reference's last:

        `token`, `function_word` (by a list of ours; NA where the text is not English);
        `n_target, n_reference`, `per_1000_target, per_1000_reference`;
        `g2` (four cells; `g2_rayson`: two), without sign: to rank or filter by;
        `log_ratio`, half a word added to all counts; `log_ratio_low, log_ratio_high`: its exact
        interval, corrected for the number of words tested, infinite where a count is 0;
        `lrc`: the end of that interval that is nearer to 0, and 0 where it holds 0;
        `n_turns_target, n_turns_reference, n_speakers_target, n_speakers_reference` that say
        the word (named speakers).

        What one speaker or turn does, on the `side` (*target, reference*) with the higher rate:
        `log_ratio_without_speaker`: without `largest_speaker`, the named one who says it most;
        `log_ratio_without_turn`, `share_largest_turn` (of that side's hits),
        `largest_briefing_id, largest_turn_id`: the same of the turn that has it most;
        `asked_first`: whether the question that this turn answers has the word (NA: it answers
        none, or no `turns`); `share_asked`: of the hits, those that answer a question with it.
        From counts, only what concerns the speaker is known here; the rest is missing.

        `speaker_low, speaker_high`: interval of the log ratio among named speakers, with
        speakers as units, not corrected; missing with fewer than five named speakers on a side.
        Then `one_person` is true: the difference may be one person's.
        `flag`: what speaks against the word, empty where nothing does.

        `.attrs`: `flags` (what each says), `min_count, level, n_tested`; of each side `n_words_,
        n_turns_, n_speakers_, n_words_unnamed_` (left out of the speakers' interval) `target`
        and `reference`; `n_speakers_both` (on both sides); `speaker_interval`: how it was made,
        or why there is none; `turns`: of counts, why nothing is said of the largest turn;
        `text_status, part, language`.

    Raises
    ------
    BriefingError
        Not tokens tables (or one of them and one of counts), an empty side, words that stand on
        both, `min_count` under 1, a `level` not between 0 and 1, `turns` with counts or with
        words by another tokenizer.

    Notes
    -----
    With a and b hits in n1 and n2 words: g2 = 2 sum O ln(O/E) over the table
    [[a, b], [n1-a, n2-b]] (Dunning 1993; over its first row only, Rayson & Garside 2000);
    log_ratio = log2((a+.5)/(n1+.5)) - log2((b+.5)/(n2+.5)) (Hardie 2014; Walter's half word,
    as in Evert 2022); its interval is Clopper and Pearson's for a of a+b, at 1-(1-level)/m with
    m words tested (Evert 2022). No words reach `min_count`: a table of 0 rows.

    Simulated, with speakers of 500 words whose log rates are normal with standard deviation sd,
    words of median rate 2 (and 5) in 1,000, 500 runs with 20 words each
    (`tests/benchmarks/keyness_simulation.py`); in %. *covers*: how often `speaker_low` to
    `speaker_high` holds a planted doubling. *exact*: words without any difference whose exact,
    uncorrected interval leaves out 0. *here*: those of them that no flag speaks against.

    ====  ===============  ===========  ===========  =========
      sd  speakers a side       covers        exact       here
    ====  ===============  ===========  ===========  =========
     0.5                2        - (-)    4.8 (8.9)      0 (0)
     0.5                5  97.8 (96.5)   4.4 (10.1)  0.2 (0.7)
     0.5               10  96.8 (95.3)   5.3 (11.7)  0.3 (1.7)
     0.5               20  95.7 (95.8)   7.1 (12.4)  0.5 (1.5)
     1.0                2        - (-)  19.8 (31.1)      0 (0)
     1.0                5  95.6 (94.7)  20.5 (37.3)  1.8 (4.1)
     1.0               10  95.1 (93.8)  23.2 (39.0)  2.7 (5.4)
     1.0               20  94.4 (94.4)  26.3 (44.2)  4.5 (5.4)
    ====  ===============  ===========  ===========  =========

    Whoever speaks on both sides counts on each. Unnamed speakers are in all counts, never one
    person, and in no speakers' interval.

    Not a test: no p-values, since words are not independent (Kilgarriff 2005; Lijffijt et al.
    2016). Not importance: what everybody says is key nowhere. Not a person's style, from one
    briefing: topics are assigned by the questions.

    Examples
    --------
    >>> import briefing
    >>> turns = pd.DataFrame({
    ...     "briefing_id": "a", "turn_id": [1, 2, 3], "answers": [None, 1, None],
    ...     "speaker": ["Jo Petrel", "Ida Marlow", "Cy Dunlin"],
    ...     "text": ["Is the bridge safe?", "The bridge is safe. " * 20,
    ...              "The ferry is late. " * 20]})
    >>> tokens = briefing.tokenize(turns)
    >>> marlow = tokens["speaker"] == "Ida Marlow"
    >>> key = keyness(tokens[marlow], tokens[~marlow], turns=turns)
    >>> key[["token", "n_target", "n_reference", "log_ratio", "lrc", "asked_first"]].round(1)
        token  n_target  n_reference  log_ratio  lrc  asked_first
    0  bridge        20            1        3.8  1.2         True
    1    safe        20            1        3.8  1.2         True
    2      is        20           21        0.0  0.0         True
    3     the        20           21        0.0  0.0         True
    4   ferry         0           20       -5.3 -1.6         <NA>
    5    late         0           20       -5.3 -1.6         <NA>
    """
    check_level(level)
    coded = code([target, reference], min_count=min_count)
    check_sides(target, reference, coded)
    kind = kind_of_both(target, reference)
    questions = Questions.read(coded, turns, target, reference)
    both = ((part, ALL) for part in coded.parts)
    sides = Sides.of(coded, questions, *both, language=kind["language"])
    result = compare(sides, questions, level=level)
    result.attrs = kind | about(sides) | {"made_by": "keyness"}
    result.attrs.update({"min_count": min_count, "level": level, "flags": flags_of(coded)})
    return result
