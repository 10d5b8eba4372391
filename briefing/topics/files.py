"""Topic dictionaries: which words stand for which topic, in a file that a teacher can edit.

A dictionary is a TOML text file, saved as UTF-8: a table `[about]`, then a table per topic, in
the order in which results show them::

    [about]
    title = "Harbour affairs"
    version = "1.0"
    scope = "English press briefings of ports, 2020s; not tested elsewhere."

    [security]
    definition = "Keeping ships, goods and people in port from harm."
    patterns = ["security", "port security", "smuggl*"]
    exclude = ["social security"]
    counted = "Also the watch at the gates."
    not_counted = "Accidents at work."

    ["ship building"]
    definition = "Yards, and the ships built there."
    patterns = ["shipyard*", "ship building"]

`[about]` needs these three, and may say `licence, author, date, source, language, accuracy,
notes`. A topic needs `definition` (one line) and `patterns`; `exclude`, and for people who code by
hand `counted, not_counted, notes` may follow. What a pattern is, `briefing.words.search` says: one
word or several, `*` for any letters, `?` for one. A match that shares a word with a match of
`exclude` is no hit of that topic. *Ship-building* and *ship building* are two patterns.

A dictionary is made for one domain and carries over badly to another (Grimmer & Stewart 2013,
Text as data, Political Analysis 21): hence `scope`, and `accuracy` once it has been measured.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from importlib import resources
from importlib.resources.abc import Traversable
from os import PathLike
from pathlib import Path
from typing import Any

import pandas as pd

from briefing.tables import BriefingError
from briefing.topics.dictionary import LISTS, Topics, check_about, check_topics, wrong

GIVEN = "your patterns"  # what errors and results call a dictionary that is no file

Source = str | PathLike[str] | Mapping[str, Any] | Topics


def read_topics(source: Source) -> Topics:
    """Read a dictionary of topics, and refuse one that is not in order.

    Parameters
    ----------
    source : str, path or dict
        A path (with its ending, `.toml`), the name of a dictionary that comes with the package
        (`"digital-policy"`), or your own `{topic: [patterns]}`; in place of the list may stand
        a dict with the keys that a topic has in a file. Topics are returned as they are.

    Returns
    -------
    Topics
        `source` (path or name), `about` (dict of the header), `topics` (name, patterns,
        exclude, definition, counted, not_counted, notes), `names`.

    Raises
    ------
    BriefingError
        No such file or name, not UTF-8, not TOML; an unknown key, a missing or empty entry, or
        a pattern that is empty, cannot match, is nothing but wildcards, stands twice, or is
        excluded by its own topic. It names file, topic and pattern.

    Examples
    --------
    >>> read_topics({"sea": ["ship*", "port of *"], "land": ["road*"]}).names
    ['sea', 'land']
    """
    if isinstance(source, Topics):
        return source
    if isinstance(source, Mapping):
        tables = {
            name: table if isinstance(table, Mapping) else {"patterns": table}
            for name, table in source.items()
        }
        return Topics(GIVEN, check_topics(GIVEN, tables))
    where, file = _file(source)
    tables = _tables(where, file)
    about = check_about(where, tables.pop("about", None))
    topics = check_topics(where, tables)
    for topic in topics:
        if not topic.definition.strip():
            raise wrong(where, "has no definition. Say in one line what it means", topic.name)
    return Topics(where, topics, about)


def codebook(topics: Source) -> pd.DataFrame:
    """Show a dictionary as a table: what each topic means, and by which patterns it is found.

    Takes what `read_topics` takes and raises what it raises.

    Returns
    -------
    DataFrame
        One row per topic: `topic, definition, counted, not_counted, patterns, exclude` (each a
        list in one cell, with commas), `notes`, `n_patterns`. `.attrs`: `dictionary, version,
        scope, accuracy, n_topics, n_patterns`.

    Not a validation: whether the patterns find what the definition says, people must mark by
    hand (Krippendorff 2004, Content Analysis; `coding_sample`).

    Examples
    --------
    >>> codebook({"sea": ["ship*", "port of *"]})[["topic", "patterns", "n_patterns"]]
      topic          patterns  n_patterns
    0   sea  ship*, port of *           2
    """
    read = read_topics(topics)
    rows = [
        vars(topic)
        | {key: ", ".join(vars(topic)[key]) for key in LISTS}
        | {"topic": topic.name, "n_patterns": len(topic.patterns)}
        for topic in read.topics
    ]
    columns = ["topic", "definition", "counted", "not_counted", *LISTS, "notes", "n_patterns"]
    table = pd.DataFrame(rows, columns=columns)
    table.attrs.update(read.describe())
    return table


def _file(source: str | PathLike[str]) -> tuple[str, Traversable]:
    """What to call the file, and the file: one that comes with the package, or any other."""
    if not isinstance(source, str | PathLike):
        raise BriefingError(
            f"no topics in {source!r}. Give the path of a TOML file, the name of a dictionary "
            "that comes with the package, or a dict {topic: [patterns]}."
        )
    folder = resources.files("briefing.lexicons")
    names = [f.name[7:-5] for f in folder.iterdir() if f.name.startswith("topics-")]
    if source in names:
        return str(source), folder.joinpath(f"topics-{source}.toml")
    path = Path(source)
    if not path.is_file():
        raise BriefingError(
            f"no topic dictionary {str(source)!r}: there is no such file, and those that come "
            f"with the package are {', '.join(sorted(names)) or 'none'}. Check the path."
        )
    return str(path), path


def _tables(where: str, file: Traversable) -> dict[str, Any]:
    """The tables of a TOML file."""
    try:
        return tomllib.loads(file.read_bytes().decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        place = f"byte {error.start} is {error.object[error.start]:#04x}"
        raise wrong(where, f"is not UTF-8 ({place}). Save it as UTF-8 in your editor") from error
    except tomllib.TOMLDecodeError as error:
        hint = "Look there for a missing quote, comma or bracket; a name with spaces needs quotes"
        raise wrong(where, f"is not TOML: {error}. {hint}") from error
