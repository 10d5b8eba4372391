"""Read press briefings as discourse: who held the floor, about what, in which words.

`read` a transcript, or `parse` a text, into a `Transcript` with its tables. `turns_from` converts
any table to turns, `tokenize` and `sentences` split turns into words and sentences, `show` displays
any result, `track` follows a word over time, and `align` pairs a briefing with its translation.
What you can ask of the tables is grouped in families:

speaking    who holds the floor, for how long, and how unequally
topics      how often the topics of a dictionary come up, and where
keywords    which words one side uses more than the other
context     a word in its context: concordance, collocates, dispersion
phrases     which expressions recur, and who takes up whose
lexis       which words are most frequent, and how rich a vocabulary is
wording     hedges, boosters, pronouns, formulas, who is named as agent
questions   what is asked in each turn, and how it is put
replies     what answers take up, decline or leave out
floor       who is called on, and what they get to ask
reuse       what is repeated word for word
quantities  which figures are given, and what is enumerated
coding      how well coders agree, and how good a dictionary is
sheets      coding sheets, written and read
corpus      many briefings: read, kept as Parquet, counted
convert     to and from other programs
figures     any result drawn
explore     views for JupyterLab
"""

from __future__ import annotations

import os
import sys

__version__ = "0.1.0"

TYPE_CHECKING = False  # importing typing would take as long as everything else together
if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import Any


def homes(init: str) -> dict[str, str]:
    """Where each public name of a package comes from, as the stub beside its `__init__` says."""
    with open(f"{init}i", encoding="utf-8") as stub:
        lines = [line.split() for line in stub if line.startswith("from briefing")]
    return {name: place for _, place, _, name, *_ in lines}


_HOMES = homes(__file__)
__all__ = [*_HOMES]


def _refuse_another(folder: str) -> None:
    """Raise ImportError if the other package called `briefing` is installed as well."""
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
    """Load a public name of a package: a module or an object in it; `homes` says where it is."""
    from importlib import import_module

    home = homes.get(name, package)
    try:
        module = import_module(f"{home}.{name}")
    except ModuleNotFoundError as error:
        if error.name != f"{home}.{name}":
            raise
        if name in homes:
            return getattr(import_module(home), name)
        raise AttributeError(f"module {package!r} has no attribute {name!r}") from error
    vars(module).setdefault("__dir__", lambda: module.__all__)  # for Tab completion
    return module


def _find_old(name: str) -> Any:
    """What an old name now refers to; warns once, since the name is then set."""
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
    family = import_module(f"{_HOMES.get(place, __name__)}.{place}")
    globals()[name] = partial(getattr(family, new), **options)
    return globals()[name]


def __getattr__(name: str) -> Any:
    try:
        return find(__name__, name, _HOMES)
    except AttributeError:
        return _find_old(name)


def __dir__() -> list[str]:
    return __all__
