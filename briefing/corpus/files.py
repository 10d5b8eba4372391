"""One file of a corpus: its row in the report, its turns. Nothing that is in a file stops it.

`status` is *read*; *doubtful*, where it is read and a person should look at it; *refused*, where
`why` says what to do; *skipped*, where nobody looked into
it; *failed* or *crashed*, where the reader broke: a fault of ours. A crashed file is tried again
next time, as it may have been the machine's memory.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from briefing.corpus.folder import Member
from briefing.corrections import SUFFIX, loads
from briefing.dates import find_date, iso_date
from briefing.doubt import warning
from briefing.reading import parse_source
from briefing.report import forms
from briefing.tables import TURNS, BriefingError, Table
from briefing.transcript import Transcript

if TYPE_CHECKING:
    from briefing.words.codes import Codes

Row = dict[str, Any]
CRASHED = "crashed"
IN_TURNS = ("read", "doubtful")  # the files whose turns are in the tables
LEFT_OUT = "left out, reads like speech"

REPORT = Table(
    name="report",
    row="one file of the folder",
    made_by="briefing.read_briefings(folder).report",
    columns={
        "path": "where it lies in the folder",
        "briefing_id": "what its briefing is called in all tables",
        "series": "the folder in the folder that it lies in",
        "status": "read, doubtful, refused, skipped, failed or crashed",
        "why": "why it was not read or is doubtful, and what to do",
        "date": "of the briefing, YYYY-MM-DD",
        "date_from": "what states the date: the document, or only the file's path",
        "title": "as the document states it",
        "source": "as the document states it",
        "n_turns": "turns",
        "n_words": "running words; missing where the language needs a tokenizer",
        "text_status": "verbatim, edited, interpreted, translated or unknown",
        "part": "why it is only part of an event; missing where it seems whole",
        "language": "as stated, or as its words look",
        "format": "text, markdown, html, docx, pdf, captions, table, chat",
        "layout": "how its turns are labelled",
        "confidence": "share of its turns that is expected to be right",
        "n_unplaced": "stretches that may be speech and found no place: look at them",
        "n_corrected": "corrections of a person that were applied",
        "warnings": "what else was noticed",
        "n_bytes": "size of the file",
        "sha256": "of the file and of its corrections",
    },
)
OF_TURNS = {
    **TURNS.columns,
    "date": "of the briefing, YYYY-MM-DD",
    "series": "the folder in the folder that it lies in",
    "source": "as the document states it",
}


@dataclass(frozen=True)
class Batch:
    """Files that one process reads in one go."""

    folder: str
    members: Sequence[Member]


def read_batch(batch: Batch) -> list[tuple[Row, list[Row]]]:
    """Of each file its row of the report and its turns; whatever is wrong is in the row."""
    read = read_members(batch)
    count_words(read)
    return read


def read_members(batch: Batch) -> list[tuple[Row, list[Row]]]:
    """The same before `count_words`."""
    return [read_member(member, *load(batch.folder, member)) for member in batch.members]


def count_words(read: list[tuple[Row, list[Row]]]) -> Codes:
    """Fill in how many words there are, all found at once, and return the words of those turns."""
    from briefing.words.codes import encode

    turns = [turn for _, rows in read for turn in rows if turn["n_words"] is not None]
    words = encode([turn["text"] for turn in turns])
    for turn, n in zip(turns, words.n.tolist(), strict=True):
        turn["n_words"] = n
    for row, rows in read:
        if row["n_words"] is not None:
            row["n_words"] = sum(turn["n_words"] for turn in rows)
    return words


def load(folder: str, member: Member) -> tuple[bytes, bytes | None]:
    """The bytes of a file and of its corrections; none of a file that is skipped or gone."""
    place = Path(folder, member.place)
    if member.skipped:
        return b"", None
    try:
        data = place.read_bytes()
        return data, Path(f"{place}{SUFFIX}").read_bytes() if member.corrected else None
    except OSError:
        return b"", None


def digest(data: bytes, corrections: bytes | None) -> str:
    """The SHA-256 of a file with its corrections."""
    total = hashlib.sha256(data)
    if corrections is not None:
        total.update(b"\0corrections\0" + hashlib.sha256(corrections).digest())
    return total.hexdigest()


def read_member(
    member: Member, data: bytes, corrections: bytes | None = None
) -> tuple[Row, list[Row]]:
    """The row of the report and the turns of a file whose bytes are `data`.

    `n_words` is 0 where `count_words` has to fill it in.
    """
    row = dict.fromkeys(REPORT.columns) | _known(member)
    if member.skipped:
        return row | {"status": "skipped", "why": member.skipped}, []
    row["sha256"] = digest(data, corrections)
    if member.crashed:
        why = f"the reader crashed ({member.crashed}); please report it with the file"
        return row | {"status": CRASHED, "why": why}, []
    name = os.path.basename(member.path)
    try:
        written = None if corrections is None else loads(corrections, f"{name}{SUFFIX}")
        talk = Transcript([parse_source(data, name)], written=written)
        talk.briefing_id = member.briefing_id
        turns = talk.rows(count=_later)
        row |= _told(talk, member, turns)
    except BriefingError as error:
        return row | {"status": "refused", "why": " ".join(str(error).split())}, []
    except Exception as error:  # a fault of ours in one file is not the end of the others
        said = " ".join(f"{type(error).__name__}: {error}".split())[:300]
        return row | {"status": "failed", "why": f"{said}; please report it with the file"}, []
    kept = {name: row[name] for name in ("date", "series", "source")}
    return row, [turn | kept for turn in turns]


def _later(text: str) -> int:
    return 0


def _known(member: Member) -> Row:
    names = {"path": member.path, "briefing_id": member.briefing_id, "series": member.series}
    return names | {"n_bytes": member.size}


def _told(talk: Transcript, member: Member, turns: list[Row]) -> Row:
    stated = iso_date(talk.metadata.get("date", ""))
    named = "" if stated else find_date(member.path) or ""
    counted = [turn["n_words"] for turn in turns]
    return {
        **_verdict(talk),
        "date": stated or named or None,
        "date_from": "document" if stated else "path" if named else None,
        "title": talk.metadata.get("title"),
        "source": talk.metadata.get("source"),
        "n_turns": len(turns),
        "n_words": None if None in counted else sum(counted),
        "text_status": talk.text_status,
        "part": "; ".join(talk.part) or None,
        "language": talk.language,
        "format": talk.sources[0].format,
        "layout": forms(talk.reading),
        "n_unplaced": sum(r.kind == LEFT_OUT for r in talk.reading.remarks),
        "n_corrected": len(talk.applied),
        "warnings": "; ".join(talk.warnings) or None,
    }


def _verdict(talk: Transcript) -> Row:
    """How sure the reading is."""
    sure = talk.status == "sure"
    return {
        "status": "read" if sure else "doubtful",
        "why": None if sure else warning(talk),
        "confidence": talk.confidence,
    }
