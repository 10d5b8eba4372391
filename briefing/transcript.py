"""read(): the whole way from a file to turns, with a report that accounts for every line."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing import facts
from briefing.assembly import stretches
from briefing.corrections import Corrections, corrections_path, load
from briefing.parsing import parse_sources
from briefing.reading import Line, Source, parse_source, read_source
from briefing.tables import ROLES, TURNS, BriefingError
from briefing.tokens import count_words, needs_tokenizer

if TYPE_CHECKING:
    import pandas as pd

    from briefing.corrections.file import Written
    from briefing.report import Report

Path_ = str | os.PathLike[str]
CUES = ("en", "es", "fr", "de", "pt", "it", "ru", "zh")  # languages of the cue words


class Transcript:
    """One press event as tables: `turns`, `pairs`, `lines`, `sentences` and `tokens`.

    `metadata` holds what the document states of itself, `text_status` what kind of text it
    is, `part` why it is only part of an event (empty where it seems whole), `report` how
    every line of the source was placed and what was inferred.
    """

    def __init__(
        self, sources: list[Source], *, layout: str | None = None, written: Written | None = None
    ) -> None:
        """Parse `sources`, the pages of one event in order; then again with corrections."""
        self.sources = sources
        self.source_lines: list[Line] = [line for source in sources for line in source.lines]
        self.briefing_id = slug(Path(sources[0].name).stem)
        self.asked_layout = layout or (written.layout if written else None)
        self.corrections = Corrections()
        self._parse()
        if written:
            self.corrections = Corrections(written, self)
            self._parse()
        if not any(turn.text for turn in self.parsed.turns):
            names = ", ".join(source.name for source in sources)
            raise BriefingError(
                f"{names}: no turn found: nothing in it looks like a speaker's label. "
                "Check that it is a transcript with the speakers' names in it."
            )
        self.metadata = facts.metadata(sources, self.source_lines, self.parsed)
        self.part = facts.part(self.source_lines, self.parsed)

    def _parse(self) -> None:
        lines, corrections = self.source_lines, self.corrections
        asked = self.asked_layout
        self.layout, self.parsed = parse_sources(self.sources, lines, asked, corrections)
        self.text_status, self.status_why = facts.status(lines, self.parsed)
        if corrections.text_status:
            self.text_status, self.status_why = corrections.text_status, corrections.why

    @cached_property
    def turns(self) -> pd.DataFrame:
        """One row a turn: see `briefing.tables.TURNS`."""
        frame = as_turns(self.rows())
        frame.attrs = {"text_status": self.text_status, "part": bool(self.part)}
        frame.attrs["language"] = self.language
        return frame

    @cached_property
    def language(self) -> str | None:
        """The language that the document states, or else that of its words: `en` or `en-gb`."""
        stated = self.metadata.get("language") or facts.guess_language(self._text())
        return facts.language_tag(stated) if stated else None

    def _text(self) -> str:
        return "\n".join(turn.text for turn in self.parsed.turns)

    def rows(self, *, count: Callable[[str], int] = count_words) -> list[dict[str, Any]]:
        """The turns as plain dictionaries, without pandas; `count` counts the words of a text."""
        unspaced = needs_tokenizer(self._text()) is not None
        return [
            {
                "briefing_id": self.briefing_id,
                "turn_id": i,
                "speaker": turn.speaker,
                "role": turn.role,
                "organisation": turn.organisation,
                "label": turn.label,
                "inferred": turn.label is None,
                "text": turn.text,
                "first_line": turn.first_line + 1,
                "last_line": max([turn.first_line, *(p.line for p in turn.pieces)]) + 1,
                "n_words": None if unspaced else count(turn.text),
                "answers": turn.answers[0] + 1 if turn.answers else None,
                "start_s": turn.start_s,
                "stop_s": turn.stop_s,
            }
            for i, turn in enumerate(self.parsed.turns, 1)
        ]

    @cached_property
    def pairs(self) -> pd.DataFrame:
        """One row a question with a turn that answers it: see `briefing.tables.PAIRS`."""
        import pandas as pd

        pairs = [
            (self.briefing_id, question + 1, i, i - 1 not in self.corrections.linked)
            for i, turn in enumerate(self.parsed.turns, 1)
            for question in turn.answers
        ]
        return pd.DataFrame(pairs, columns=["briefing_id", "question_id", "answer_id", "inferred"])

    @cached_property
    def lines(self) -> pd.DataFrame:
        """One row a stretch of a source line: see `briefing.tables.LINES`."""
        import pandas as pd

        frame = pd.DataFrame(
            self.stretches(), columns=["line", "start", "stop", "kind", "turn_id", "text"]
        )
        frame["turn_id"] = frame["turn_id"].astype("Int64")
        return frame

    def stretches(self) -> list[tuple[int, int, int, str, int | None, str]]:
        """(line, start, stop, kind, turn_id, text), every character of every line once."""
        return stretches(self.source_lines, self.parsed)

    @cached_property
    def sentences(self) -> pd.DataFrame:
        """One row a sentence: see `briefing.tables.SENTENCES`."""
        from briefing.tokens import sentences

        return sentences(self.turns)

    @cached_property
    def tokens(self) -> pd.DataFrame:
        """One row a running word: see `briefing.tables.TOKENS`."""
        from briefing.tokens import tokenize

        return tokenize(self.turns)

    @cached_property
    def warnings(self) -> list[str]:
        """What to look at before trusting it: trouble with the source, a language without cues."""
        found = [w for source in self.sources for w in source.warnings]
        if self.language and self.language[:2].casefold() not in CUES:
            found.append(
                f"the text is in {self.language!r}: roles and answers are read from the order of "
                f"turns alone, as the cue words are in {', '.join(CUES)}; check them"
            )
        return found

    @cached_property
    def report(self) -> Report:
        """How every line was placed, what was inferred and why."""
        from briefing.report import Report

        return Report(self)

    def __repr__(self) -> str:
        """One line: what it is and how much of it there is."""
        speakers = {t.speaker for t in self.parsed.turns if t.speaker}
        turns = len(self.parsed.turns)
        return f"<Transcript {self.briefing_id}: {turns} turns, {len(speakers)} speakers>"

    def _repr_html_(self) -> str:
        return self.report.summary_html()


def as_turns(
    rows: list[dict[str, Any]], columns: Sequence[str] = tuple(TURNS.columns)
) -> pd.DataFrame:
    """Rows of `Transcript.rows`, of one briefing or many, as a table of turns."""
    import pandas as pd

    frame = pd.DataFrame(rows, columns=list(columns))
    frame["speaker"] = frame["speaker"].astype("str").astype("category")
    frame["role"] = pd.Categorical(frame["role"], ROLES)
    beyond = [column for column in columns if column not in TURNS.columns]
    for column in ("briefing_id", "organisation", "label", "text", *beyond):
        frame[column] = frame[column].astype("str")
    for column in ("n_words", "answers"):
        frame[column] = frame[column].astype("Int64")
    for column in ("start_s", "stop_s"):
        frame[column] = frame[column].astype("float64")
    return frame


def read(path: Path_ | Iterable[Path_], *, layout: str | None = None) -> Transcript:
    """Read a transcript, or the pages of one in order, into a Transcript.

    Corrections beside it (`talk.txt.corrections.toml` for `talk.txt`, or for the first page)
    are applied: `briefing check talk.txt --write-corrections` writes a file to start from.

    The text of a turn is the source's own, but for white space: lines broken by width are
    joined by a space, paragraphs by an empty line, space at a line's ends goes; a hyphen at
    the end of a broken line stays unless the joined word occurs elsewhere in the document.

    Parameters
    ----------
    path : path, or several
        Plain text, Markdown, HTML, .docx, PDF, captions, a table or CHAT, told apart by
        content. Several paths are the pages of one event.
    layout : str, optional
        A label shape of `briefing.layout.LAYOUTS`, where the evidence misleads.

    Raises
    ------
    BriefingError
        Where the file cannot be read, nothing in it is a turn, or a correction does not fit.
    """
    paths = [path] if isinstance(path, str | os.PathLike) else list(path)
    if not paths:
        raise BriefingError("no file given; pass the path of a transcript.")
    sources = [read_source(p) for p in paths]
    beside = corrections_path(paths[0])
    written = load(beside) if os.path.exists(beside) else None
    return Transcript(sources, layout=layout, written=written)


def parse(text: str, *, name: str = "text", layout: str | None = None) -> Transcript:
    """Read a transcript that is at hand as a string; otherwise like `read`.

    >>> talk = parse("MS. MARLOW: Welcome.\\nQ: When does it open?\\nMS. MARLOW: In May.")
    >>> talk.turns["role"].tolist()
    ['official', 'journalist', 'official']
    """
    return Transcript([parse_source(text.encode(), name)], layout=layout)


def slug(name: str) -> str:
    """`My Briefing (2)` -> `my-briefing-2`."""
    return re.sub(r"[^\w]+", "-", name.casefold()).strip("-_") or "briefing"
