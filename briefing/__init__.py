"""Read press briefings as discourse: who held the floor, about what, in which words.

`read` a transcript, or `parse` a text, into a `Transcript` with its tables; `turns_from` makes
the turns of anybody's table, `tokenize` and `sentences` make words and sentences of turns, `show`
shows any result; `track` follows a word over time, `align` pairs a briefing with its translation.
What can be asked of the tables stands in families:

speaking    who holds the floor, for how long, and how unequally
topics      how often the topics of a dictionary come up, and where
keywords    which words one side says more than the other
context     what stands around a word: concordance, collocates, dispersion
phrases     which expressions come back, and who takes up whose
lexis       which words are the commonest, and how rich a vocabulary is
wording     hedges, boosters, pronouns, formulas, who is named as the doer
questions   what is asked in each turn, and how it is put
replies     what answers take up, decline or leave
floor       who is called on, and what they get
reuse       what is said again word for word
quantities  which figures are given, and what is counted off
coding      how far coders agree, and how good a dictionary is
sheets      sheets for coders, written and read
corpus      many briefings: read, kept as Parquet, counted
convert     to and from other programs
figures     any result drawn
explore     views for JupyterLab
"""

from __future__ import annotations

import os
import sys

__version__ = "0.1.0"

TYPE_CHECKING = False  # typing itself would cost as much as all the rest of the import
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any

    from briefing import corpus as corpus
    from briefing import explore as explore
    from briefing import figures as figures
    from briefing.display import show as show
    from briefing.interchange import convert as convert
    from briefing.interchange import sheets as sheets
    from briefing.interchange.convert import turns_from as turns_from
    from briefing.measures import coding as coding
    from briefing.measures import context as context
    from briefing.measures import floor as floor
    from briefing.measures import keywords as keywords
    from briefing.measures import lexis as lexis
    from briefing.measures import phrases as phrases
    from briefing.measures import quantities as quantities
    from briefing.measures import questions as questions
    from briefing.measures import replies as replies
    from briefing.measures import reuse as reuse
    from briefing.measures import speaking as speaking
    from briefing.measures import topics as topics
    from briefing.measures import wording as wording
    from briefing.measures.bilingual import align as align
    from briefing.measures.over_time import track as track
    from briefing.tables import BriefingError as BriefingError
    from briefing.transcript import Transcript as Transcript
    from briefing.transcript import parse as parse
    from briefing.transcript import read as read
    from briefing.transcript import sample as sample
    from briefing.words.tokens import sentences as sentences
    from briefing.words.tokens import tokenize as tokenize

_HOME = {
    "BriefingError": "tables",
    "Transcript": "transcript",
    "align": "measures.bilingual",
    "coding": "measures.coding",
    "context": "measures.context",
    "convert": "interchange.convert",
    "corpus": "corpus",
    "explore": "explore",
    "figures": "figures",
    "floor": "measures.floor",
    "keywords": "measures.keywords",
    "lexis": "measures.lexis",
    "parse": "transcript",
    "phrases": "measures.phrases",
    "quantities": "measures.quantities",
    "questions": "measures.questions",
    "read": "transcript",
    "replies": "measures.replies",
    "reuse": "measures.reuse",
    "sentences": "words.tokens",
    "sample": "transcript",
    "sheets": "interchange.sheets",
    "show": "display",
    "speaking": "measures.speaking",
    "tokenize": "words.tokens",
    "topics": "measures.topics",
    "track": "measures.over_time",
    "turns_from": "interchange.convert",
    "wording": "measures.wording",
}
__all__ = [*_HOME]


def _refuse_another(folder: str) -> None:
    """Raise ImportError where the other package called `briefing` is installed as well."""
    others = [
        n for n in os.listdir(folder) if n.startswith("briefing-") and n.endswith(".dist-info")
    ]
    if not others:
        return
    said = (
        f"another package called `briefing` is installed in {folder} ({others[0]}), and the two "
        "have overwritten each other's files. Say: pip uninstall briefing briefing-analysis, "
        "and then: pip install briefing-analysis"
    )
    if os.path.basename(sys.argv[0]) in ("-m", "briefing"):  # the command
        raise SystemExit(f"briefing: {said}")
    raise ImportError(said)


_refuse_another(os.path.dirname(os.path.dirname(__file__)))


def find(package: str, name: str, homes: Mapping[str, str]) -> Any:
    """Load a public name of a package, a module or what it defines; `homes` says from where."""
    from importlib import import_module

    home = f"{package}.{homes.get(name, name)}"
    try:
        module = import_module(home)
    except ModuleNotFoundError as error:
        if error.name != home:
            raise
        raise AttributeError(f"module {package!r} has no attribute {name!r}") from error
    if home.rpartition(".")[2] != name:
        return getattr(module, name)
    vars(module).setdefault("__dir__", lambda: module.__all__)  # what the Tab key shows
    return module


def _find_old(name: str) -> Any:
    """What an old name stands for; says so once, since the name is then known."""
    import warnings
    from functools import partial
    from importlib import import_module

    from briefing.tables import RenamedWarning, data

    renamed = data(__name__, "renamed.toml")
    if not isinstance(renamed.get(name), str):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    place, _, new = renamed[name].rpartition(".")
    options = renamed["options"].get(name, {})
    more = "".join(f", with {key}={value!r}" for key, value in options.items())
    warnings.warn(f"briefing.{name} is now briefing.{place}.{new}{more}", RenamedWarning, 3)
    family = import_module(f"briefing.{_HOME.get(place, place)}")
    globals()[name] = partial(getattr(family, new), **options)
    return globals()[name]


def __getattr__(name: str) -> Any:
    try:
        return find(__name__, name, _HOME)
    except AttributeError:
        return _find_old(name)


def __dir__() -> list[str]:
    return __all__
