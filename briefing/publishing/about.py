"""What the pages say of a transcript: what kind of text it is, and where it comes from."""

from __future__ import annotations

from typing import NamedTuple

from briefing.doubt import percent
from briefing.transcript import Transcript

KINDS = {
    "verbatim": "verbatim",
    "edited": "edited",
    "interpreted": "interpreted: somebody else's words for those of the speakers",
    "translated": "a translation: perhaps nobody ever spoke these words",
    "unknown": "not known: it may be verbatim, edited, interpreted or translated",
}


class Text(NamedTuple):
    """A transcript's title, and what is known of it, each with its name."""

    title: str
    facts: list[tuple[str, str]]
    doubt: str = ""  # that the reading is doubtful, for every page


def about(talk: Transcript) -> Text:
    """What the document states and what was read out of it; a fact it lacks is left out."""
    rows = talk.rows()
    counts = [row["n_words"] for row in rows]
    words = "words not counted" if None in counts else _counted(sum(counts), "word")
    inferred = len(talk.report.inferences)
    facts = {
        "Kind of text": f"{KINDS[talk.text_status]} ({talk.status_why})",
        "Source": talk.metadata.get("source", "the document names none"),
        "Date": talk.metadata.get("date", "the document states none"),
        "Language": talk.language or "not recognised",
        "Extent": f"{_counted(len(rows), 'turn')}, {words}",
        "Reading": "" if talk.status == "sure" else _doubtful(talk),
        "Only a part": "; ".join(talk.part),
        "Inferred": _counted(inferred, "thing") + " that the document does not print",
        "File": ", ".join(source.name for source in talk.sources),
    }
    title = " ".join(talk.metadata.get("title", talk.sources[0].name).split())
    stated = [(name, said) for name, said in facts.items() if said]
    return Text(title, stated, facts["Reading"])


def _doubtful(talk: Transcript) -> str:
    return f"doubtful: about {percent(talk.confidence)} of the turns are expected to be right"


def _counted(n: int, what: str) -> str:
    return f"{n:,} {what}{'' if n == 1 else 's'}"
