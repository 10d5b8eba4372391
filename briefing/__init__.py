"""Read press briefings as discourse: who held the floor, about what, in which words."""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # typing itself would cost as much as all the rest of the import
if TYPE_CHECKING:
    from typing import Any

    from briefing.answers.enumerations import announced_counts as announced_counts
    from briefing.answers.enumerations import enumerations as enumerations
    from briefing.answers.formulas import formulas as formulas
    from briefing.answers.formulas import mark_formulas as mark_formulas
    from briefing.answers.numbers import numbers as numbers
    from briefing.coding.agreement import agreement as agreement
    from briefing.coding.agreement import confusion as confusion
    from briefing.coding.prevalence import corrected_frequency as corrected_frequency
    from briefing.coding.samples import coding_sample as coding_sample
    from briefing.coding.validation import accuracy as accuracy
    from briefing.context.bigrams import bigrams as bigrams
    from briefing.context.collocation import collocates as collocates
    from briefing.context.concordance import concordance as concordance
    from briefing.context.dispersion import dispersion as dispersion
    from briefing.corpus.access import read_counts as read_counts
    from briefing.corpus.access import read_report as read_report
    from briefing.corpus.access import read_turns as read_turns
    from briefing.corpus.build import build_corpus as build_corpus
    from briefing.corpus.counting import corpus_shares as corpus_shares
    from briefing.corpus.counting import corpus_words as corpus_words
    from briefing.corpus.reading import read_briefings as read_briefings
    from briefing.display import show as show
    from briefing.inequality import speaking_inequality as speaking_inequality
    from briefing.interchange.convokit import save_convokit as save_convokit
    from briefing.interchange.convokit_reading import read_convokit as read_convokit
    from briefing.interchange.convokit_reading import read_convokit_tokens as read_convokit_tokens
    from briefing.interchange.elsewhere import turns_from as turns_from
    from briefing.interchange.files import nltk_text as nltk_text
    from briefing.interchange.files import read_table as read_table
    from briefing.interchange.files import save_table as save_table
    from briefing.interchange.sheets import read_coding as read_coding
    from briefing.interchange.sheets import read_key as read_key
    from briefing.interchange.sheets import save_coding as save_coding
    from briefing.keywords.common import common_words as common_words
    from briefing.keywords.counts import word_counts as word_counts
    from briefing.keywords.groups import theme_keywords as theme_keywords
    from briefing.keywords.keyness import keyness as keyness
    from briefing.keywords.variants import log_odds_keyness as log_odds_keyness
    from briefing.keywords.variants import unlike_general_english as unlike_general_english
    from briefing.phrases.binomials import binomial_hits as binomial_hits
    from briefing.phrases.binomials import binomials as binomials
    from briefing.phrases.echoes import echo as echo
    from briefing.phrases.expressions import key_phrases as key_phrases
    from briefing.phrases.expressions import phrase_hits as phrase_hits
    from briefing.questions.design import question_design as question_design
    from briefing.questions.lengths import exchange_lengths as exchange_lengths
    from briefing.questions.non_replies import non_replies as non_replies
    from briefing.questions.parts import question_parts as question_parts
    from briefing.questions.uptake import uptake as uptake
    from briefing.speaking import speaking_share as speaking_share
    from briefing.speaking import speaking_time as speaking_time
    from briefing.tables import BriefingError as BriefingError
    from briefing.topics.course import topic_course as topic_course
    from briefing.topics.files import codebook as codebook
    from briefing.topics.files import read_topics as read_topics
    from briefing.topics.frequency import topic_frequency as topic_frequency
    from briefing.topics.frequency import topic_hits as topic_hits
    from briefing.transcript import Transcript as Transcript
    from briefing.transcript import parse as parse
    from briefing.transcript import read as read
    from briefing.wording.pronouns import pronoun_hits as pronoun_hits
    from briefing.wording.pronouns import pronouns as pronouns
    from briefing.wording.stance import stance as stance
    from briefing.wording.stance import stance_hits as stance_hits
    from briefing.wording.vocabulary import vocabulary as vocabulary
    from briefing.words.groups import with_lines as with_lines
    from briefing.words.tokens import sentences as sentences
    from briefing.words.tokens import tokenize as tokenize

_HOME = {
    "BriefingError": "tables",
    "Transcript": "transcript",
    "accuracy": "coding.validation",
    "agreement": "coding.agreement",
    "announced_counts": "answers.enumerations",
    "bigrams": "context.bigrams",
    "binomial_hits": "phrases.binomials",
    "binomials": "phrases.binomials",
    "build_corpus": "corpus.build",
    "codebook": "topics.files",
    "coding_sample": "coding.samples",
    "collocates": "context.collocation",
    "common_words": "keywords.common",
    "concordance": "context.concordance",
    "confusion": "coding.agreement",
    "corpus_shares": "corpus.counting",
    "corpus_words": "corpus.counting",
    "corrected_frequency": "coding.prevalence",
    "dispersion": "context.dispersion",
    "echo": "phrases.echoes",
    "enumerations": "answers.enumerations",
    "exchange_lengths": "questions.lengths",
    "formulas": "answers.formulas",
    "key_phrases": "phrases.expressions",
    "keyness": "keywords.keyness",
    "log_odds_keyness": "keywords.variants",
    "mark_formulas": "answers.formulas",
    "nltk_text": "interchange.files",
    "non_replies": "questions.non_replies",
    "numbers": "answers.numbers",
    "parse": "transcript",
    "phrase_hits": "phrases.expressions",
    "pronoun_hits": "wording.pronouns",
    "pronouns": "wording.pronouns",
    "question_design": "questions.design",
    "question_parts": "questions.parts",
    "read": "transcript",
    "read_briefings": "corpus.reading",
    "read_coding": "interchange.sheets",
    "read_convokit": "interchange.convokit_reading",
    "read_convokit_tokens": "interchange.convokit_reading",
    "read_counts": "corpus.access",
    "read_key": "interchange.sheets",
    "read_report": "corpus.access",
    "read_table": "interchange.files",
    "read_topics": "topics.files",
    "read_turns": "corpus.access",
    "save_coding": "interchange.sheets",
    "save_convokit": "interchange.convokit",
    "save_table": "interchange.files",
    "sentences": "words.tokens",
    "show": "display",
    "speaking_inequality": "inequality",
    "speaking_share": "speaking",
    "speaking_time": "speaking",
    "stance": "wording.stance",
    "stance_hits": "wording.stance",
    "theme_keywords": "keywords.groups",
    "tokenize": "words.tokens",
    "topic_course": "topics.course",
    "topic_frequency": "topics.frequency",
    "topic_hits": "topics.frequency",
    "turns_from": "interchange.elsewhere",
    "unlike_general_english": "keywords.variants",
    "uptake": "questions.uptake",
    "vocabulary": "wording.vocabulary",
    "with_lines": "words.groups",
    "word_counts": "keywords.counts",
}
__all__ = [*_HOME]


def __getattr__(name: str) -> Any:
    """Load a public name from its module when it is first used: importing stays cheap."""
    from importlib import import_module

    if name in _HOME:
        return getattr(import_module(f"briefing.{_HOME[name]}"), name)
    try:
        return import_module(f"briefing.{name}")
    except ModuleNotFoundError as error:
        raise AttributeError(f"module 'briefing' has no attribute {name!r}") from error


def __dir__() -> list[str]:
    return sorted({*globals(), *_HOME})
