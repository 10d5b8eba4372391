"""Transcripts that were written for training: one marked file each, source and gold at once.

Lines at the top that begin with `#:` are notes for the gold (`#: lang: es`, `#: house: name`).
What follows is the source as a page prints it, with marks:

    ⟨label as printed⟩⟦speaker|role|reply⟧what is said⟦⟧

`reply` are the numbers of the turns that a turn answers; what is printed inside a turn and is not
said (a page head) stands between ⟦-⟧ and ⟦+⟧. People, outlets and sentences are invented.
"""

from __future__ import annotations

import html
import re
from pathlib import Path

from gold import Gold, read_gold

MARKED = Path(__file__).with_name("written")
TURN = re.compile(
    r"(?:⟨([^⟩]*)⟩)?[^⟨⟩⟦⟧]*⟦([^|⟦⟧]*)\|([^|⟦⟧]*)\|([^|⟦⟧]*)⟧(.*?)⟦⟧",
    re.DOTALL,
)
MARKS = re.compile(r"⟦[^⟦⟧]*⟧|[⟨⟩]")
BLOCK = re.compile(r"<(?:br|/?(?:p|div|td|tr|li|dt|dd|h\d))\b[^>]*>")
COLUMNS = "turn_no speaker role first6 last6 n_words raw_label reply_to".split()


def written(folder: Path) -> list[Gold]:
    """All of them; their sources and gold tables are written into `folder`."""
    for name in ("src", "gold"):
        (folder / name).mkdir(parents=True, exist_ok=True)
    made = []
    for path in sorted(MARKED.glob("*.marked")):
        name, text = path.name.removesuffix(".marked"), path.read_text(encoding="utf-8")
        notes = dict(
            line[2:].strip().split(": ", 1) for line in text.split("\n") if line[:2] == "#:"
        )
        source = "\n".join(line for line in text.split("\n") if line[:2] != "#:")
        (folder / "src" / name).write_text(MARKS.sub("", source), encoding="utf-8")
        table = folder / "gold" / f"{name}.gold.tsv"
        table.write_text(_table(name, notes, source), encoding="utf-8")
        house = f"written {notes.get('house', name)}"
        made.append(read_gold(table, folder / "src", {name: (house, False)}))
    return made


def no_talk(folder: Path) -> list[Gold]:
    """Texts of other kinds that were written for training, in which nobody answers anybody."""
    made = []
    for path in sorted((MARKED / "none").iterdir()):
        table = folder / "gold" / f"{path.name}.gold.tsv"
        table.write_text(_table(path.name, {"lang": ""}, ""), encoding="utf-8")
        made.append(read_gold(table, path.parent, {path.name: (f"written {path.name}", False)}))
    return made


def _table(name: str, notes: dict[str, str], source: str) -> str:
    """The gold as ../shared keeps it."""
    head = [f"# {key}: {value}" for key, value in {"file": name, **notes}.items()]
    rows = ["\t".join(COLUMNS)]
    for number, (label, speaker, role, reply, said) in enumerate(TURN.findall(source), 1):
        words = _plain(said, name).split()
        first, last, n = " ".join(words[:6]), " ".join(words[-6:]), str(len(words))
        rows.append(
            "\t".join([str(number), speaker, role, first, last, n, _plain(label, name), reply])
        )
    return "\n".join([*head, *rows]) + "\n"


def _plain(marked: str, name: str) -> str:
    """What a reader sees of a stretch of the source."""
    text = MARKS.sub("", re.sub(r"⟦-⟧.*?⟦\+⟧", " ", marked, flags=re.DOTALL))
    if name.endswith((".html", ".htm")):
        text = html.unescape(re.sub(r"<[^>]*>", "", BLOCK.sub(" ", text)))
    if name.endswith(".md"):
        text = re.sub(
            r"\*\*|__|(?<!\w)[*_]|[*_](?!\w)|^(?:[>#]+|[-*]) ", "", text, flags=re.MULTILINE
        )
    return " ".join(text.split())
