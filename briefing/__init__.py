"""Read press briefings as discourse: who held the floor, about what, in which words."""

from __future__ import annotations

__version__ = "0.1.0"

TYPE_CHECKING = False  # typing itself would cost as much as all the rest of the import
if TYPE_CHECKING:
    from typing import Any

    from briefing.corpus.build import build_corpus as build_corpus
    from briefing.corpus.counting import corpus_shares as corpus_shares
    from briefing.corpus.counting import corpus_words as corpus_words
    from briefing.corpus.folder import read_briefings as read_briefings
    from briefing.corpus.store import read_counts as read_counts
    from briefing.corpus.store import read_report as read_report
    from briefing.corpus.store import read_turns as read_turns
    from briefing.course.overview import overview as overview
    from briefing.display import show as show
    from briefing.interchange.convokit import read_convokit as read_convokit
    from briefing.interchange.convokit import read_convokit_tokens as read_convokit_tokens
    from briefing.interchange.convokit import save_convokit as save_convokit
    from briefing.interchange.files import nltk_text as nltk_text
    from briefing.interchange.files import read_table as read_table
    from briefing.interchange.files import save_table as save_table
    from briefing.interchange.files import turns_from as turns_from
    from briefing.interchange.sheets import read_coding as read_coding
    from briefing.interchange.sheets import read_key as read_key
    from briefing.interchange.sheets import save_coding as save_coding
    from briefing.measures.agreement import agreement as agreement
    from briefing.measures.agreement import confusion as confusion
    from briefing.measures.coding import accuracy as accuracy
    from briefing.measures.coding import coding_sample as coding_sample
    from briefing.measures.coding import corrected_frequency as corrected_frequency
    from briefing.measures.company import bigrams as bigrams
    from briefing.measures.company import collocates as collocates
    from briefing.measures.concordance import concordance as concordance
    from briefing.measures.dispersion import dispersion as dispersion
    from briefing.measures.enumerations import announced_counts as announced_counts
    from briefing.measures.enumerations import enumerations as enumerations
    from briefing.measures.keyness import keyness as keyness
    from briefing.measures.keyness import log_odds_keyness as log_odds_keyness
    from briefing.measures.keyness import theme_keywords as theme_keywords
    from briefing.measures.keyness import unlike_general_english as unlike_general_english
    from briefing.measures.numbers import numbers as numbers
    from briefing.measures.phrases import binomial_hits as binomial_hits
    from briefing.measures.phrases import binomials as binomials
    from briefing.measures.phrases import echo as echo
    from briefing.measures.phrases import key_phrases as key_phrases
    from briefing.measures.phrases import phrase_hits as phrase_hits
    from briefing.measures.questions import question_design as question_design
    from briefing.measures.questions import question_parts as question_parts
    from briefing.measures.replies import exchange_lengths as exchange_lengths
    from briefing.measures.replies import non_replies as non_replies
    from briefing.measures.replies import uptake as uptake
    from briefing.measures.speaking import speaking_inequality as speaking_inequality
    from briefing.measures.speaking import speaking_share as speaking_share
    from briefing.measures.speaking import speaking_time as speaking_time
    from briefing.measures.topics import codebook as codebook
    from briefing.measures.topics import question_topics as question_topics
    from briefing.measures.topics import read_topics as read_topics
    from briefing.measures.topics import topic_course as topic_course
    from briefing.measures.topics import topic_frequency as topic_frequency
    from briefing.measures.topics import topic_hits as topic_hits
    from briefing.measures.vocabulary import common_words as common_words
    from briefing.measures.vocabulary import vocabulary as vocabulary
    from briefing.measures.vocabulary import word_counts as word_counts
    from briefing.measures.wording import formulas as formulas
    from briefing.measures.wording import mark_formulas as mark_formulas
    from briefing.measures.wording import pronoun_hits as pronoun_hits
    from briefing.measures.wording import pronouns as pronouns
    from briefing.measures.wording import stance as stance
    from briefing.measures.wording import stance_hits as stance_hits
    from briefing.tables import BriefingError as BriefingError
    from briefing.transcript import Transcript as Transcript
    from briefing.transcript import parse as parse
    from briefing.transcript import read as read
    from briefing.words.groups import with_lines as with_lines
    from briefing.words.tokens import sentences as sentences
    from briefing.words.tokens import tokenize as tokenize

_HOME = {
    "BriefingError": "tables",
    "Transcript": "transcript",
    "accuracy": "measures.coding",
    "agreement": "measures.agreement",
    "announced_counts": "measures.enumerations",
    "bigrams": "measures.company",
    "binomial_hits": "measures.phrases",
    "binomials": "measures.phrases",
    "build_corpus": "corpus.build",
    "codebook": "measures.topics",
    "coding_sample": "measures.coding",
    "collocates": "measures.company",
    "common_words": "measures.vocabulary",
    "concordance": "measures.concordance",
    "confusion": "measures.agreement",
    "corpus_shares": "corpus.counting",
    "corpus_words": "corpus.counting",
    "corrected_frequency": "measures.coding",
    "dispersion": "measures.dispersion",
    "echo": "measures.phrases",
    "enumerations": "measures.enumerations",
    "exchange_lengths": "measures.replies",
    "formulas": "measures.wording",
    "key_phrases": "measures.phrases",
    "keyness": "measures.keyness",
    "log_odds_keyness": "measures.keyness",
    "mark_formulas": "measures.wording",
    "nltk_text": "interchange.files",
    "non_replies": "measures.replies",
    "numbers": "measures.numbers",
    "overview": "course.overview",
    "parse": "transcript",
    "phrase_hits": "measures.phrases",
    "pronoun_hits": "measures.wording",
    "pronouns": "measures.wording",
    "question_design": "measures.questions",
    "question_parts": "measures.questions",
    "read": "transcript",
    "read_briefings": "corpus.folder",
    "read_coding": "interchange.sheets",
    "read_convokit": "interchange.convokit",
    "read_convokit_tokens": "interchange.convokit",
    "read_counts": "corpus.store",
    "read_key": "interchange.sheets",
    "read_report": "corpus.store",
    "read_table": "interchange.files",
    "question_topics": "measures.topics",
    "read_topics": "measures.topics",
    "read_turns": "corpus.store",
    "save_coding": "interchange.sheets",
    "save_convokit": "interchange.convokit",
    "save_table": "interchange.files",
    "sentences": "words.tokens",
    "show": "display",
    "speaking_inequality": "measures.speaking",
    "speaking_share": "measures.speaking",
    "speaking_time": "measures.speaking",
    "stance": "measures.wording",
    "stance_hits": "measures.wording",
    "theme_keywords": "measures.keyness",
    "tokenize": "words.tokens",
    "topic_course": "measures.topics",
    "topic_frequency": "measures.topics",
    "topic_hits": "measures.topics",
    "turns_from": "interchange.files",
    "unlike_general_english": "measures.keyness",
    "uptake": "measures.replies",
    "vocabulary": "measures.vocabulary",
    "with_lines": "words.groups",
    "word_counts": "measures.vocabulary",
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
