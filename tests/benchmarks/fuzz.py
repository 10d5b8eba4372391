"""Damage small valid files in every way, and read them: `make fuzz N=1000`.

    python tests/benchmarks/fuzz.py [N] [FIRST]

Each of N inputs has a number, from FIRST on, and is the same on every run. Only our own error may
come, within `SECONDS` of the processor and `MEMORY`; what was read must account for every line.
What does not hold is printed with its number and kept in build/fuzz/; the exit code is then 1.
"""

from __future__ import annotations

import random
import re
import resource
import signal
import sys
import tempfile
import traceback
import warnings
from collections import Counter
from pathlib import Path

import briefing
from briefing.interchange.convert import read_convokit, save_convokit
from briefing.reading import parse_source
from briefing.tables import KINDS
from briefing.transcript import Transcript
from made import LAYOUTS, make
from made.exports import JSON, dump
from made.saved import FILES

SECONDS, MEMORY = 20, 4 << 30
TALK = (
    "Ann Lee: We open in May.\nQ: Why so late?\nAnn Lee: Ice.\nQ: And then?\nAnn Lee: We go on.\n"
)
KEPT = Path("build/fuzz")
VALUES = (
    b"null", b"[]", b"{}", b'""', b"-1", b"1e999", b"NaN", b"true", b'"x"', b"[[1]]", b'{"a": 1}',
    b"9" * 20, b"\0", b"\xff\xfe", b"\n", b",", b'"', b"\xed\xa0\x80", b"<", b">", b"(", b" " * 300,
    b"\n" * 300, b"<b>", b"</p>", b"-->", b"00:00:01", b"Q: ", b"\r", b"\x1b[31m", b"&#10;",
)  # fmt: skip
CODES = ("utf-16", "latin-1", "utf-8-sig", "cp1252", "gb18030")
VALUE = re.compile(rb'-?\d+|"[^"\n]{0,200}"|<[^<>]{0,200}>|\b(?:true|false|null)\b')


def damaged(data: bytes, rng: random.Random) -> bytes:
    """The bytes after one to five injuries: of bytes, of structure, of the encoding."""
    for _ in range(rng.choice((1, 1, 2, 5))):
        at = rng.randrange(len(data) + 1)
        to = at + rng.choice((1, 3, 20, 200))
        kind = rng.randrange(7)
        if kind == 0:
            data = data[:at] + data[to:]
        elif kind == 1:
            data = data[:at] + data[at:to] * 2 + data[to:]
        elif kind == 2:
            data = data[:at] or data
        elif kind == 3:
            data = data[:at] + rng.choice(VALUES) + data[rng.choice((at, to)) :]
        elif kind == 4 and (values := [*VALUE.finditer(data)]):
            value = rng.choice(values)
            data = data[: value.start()] + rng.choice(VALUES) + data[value.end() :]
        elif kind == 5:
            rows = data.split(b"\n")
            rng.shuffle(rows)
            data = b"\n".join(rows)
        else:
            data = data.decode("utf-8", "replace").encode(rng.choice(CODES), "replace")
    return data


def transcripts():
    """A name and the bytes of each format and layout that we make."""
    for layout in LAYOUTS:
        page = make(layout, 7)
        yield f"{re.sub(r'[^a-z]+', '-', layout)}{page.suffix}", page.data
    for name in FILES:
        yield name, FILES[name]()
    for name in JSON:
        yield name, dump(name)


def read(data: bytes, name: str) -> None:
    """Read a transcript and hold its lines against its source and its turns."""
    talk = Transcript([parse_source(data, name)])
    lines, texts = talk.lines, [line.text for line in talk.source_lines]
    assert set(lines["kind"]) <= set(KINDS), "an unknown kind"
    assert sorted(set(lines["line"])) == [*range(1, len(texts) + 1)], "a line is not placed"
    for number, rows in lines.groupby("line"):
        text, end = texts[number - 1], 0
        for start, stop, said in zip(rows["start"], rows["stop"], rows["text"], strict=True):
            assert text[start:stop] == said and not text[end:start].strip(), f"line {number}"
            assert start >= end, f"line {number}: two stretches of one place"
            end = stop
        assert not text[end:].strip(), f"line {number}: its end is nowhere"
    assert talk.turns["turn_id"].tolist() == [*range(1, len(talk.turns) + 1)], "turn_id"
    spoken = lines[lines["turn_id"].notna()].groupby("turn_id")["text"].agg("".join)
    for turn, text in zip(talk.turns["turn_id"], talk.turns["text"], strict=True):
        wanted, there = ("".join(x.split()) for x in (text, spoken.get(turn, "")))
        assert set(wanted) <= set(there), f"turn {turn} has signs that its lines have not"


def imports(folder: Path):
    """Of each import a file, and the call that reads it."""
    talk = briefing.parse(TALK)
    for name in ("t.csv", "t.parquet"):
        briefing.save_table(talk.turns, folder / name)
    save_convokit(talk.turns, folder / "corpus")
    (folder / "topics.toml").write_text('[tides]\npatterns = ["ice", "we go"]\n', encoding="utf-8")
    (folder / "talk.txt").write_text(TALK, encoding="utf-8")
    from briefing.corrections import save_corrections

    written = save_corrections(briefing.read(folder / "talk.txt"), folder / "talk.txt")
    corpus = folder / "corpus"
    yield folder / "t.csv", lambda: briefing.read_table(folder / "t.csv")
    yield folder / "t.csv-metadata.json", lambda: briefing.read_table(folder / "t.csv")
    yield folder / "t.parquet", lambda: briefing.read_table(folder / "t.parquet")
    yield folder / "topics.toml", lambda: briefing.read_topics(folder / "topics.toml")
    yield written, lambda: briefing.read(folder / "talk.txt").turns
    yield from ((file, lambda: read_convokit(corpus)) for file in sorted(corpus.iterdir()))


class TooSlow(BaseException):
    """Not to be caught on the way."""


def _too_slow(*_: object) -> None:
    raise TooSlow


def fault(call) -> str | None:
    """What is wrong with a call, if it ends with anything but a result or our own error."""
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        call()
    except briefing.BriefingError as error:
        return str(error) if "fault in this program" in str(error) else None
    except (Exception, TooSlow) as error:
        return _where(error)
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
    return None


def _where(error: BaseException) -> str:
    own = [x for x in traceback.extract_tb(error.__traceback__) if "/briefing/" in x.filename]
    place = f"{Path(own[-1].filename).name}:{own[-1].lineno}" if own else "here"
    return f"{type(error).__name__} at {place}: {str(error)[:100]}"


def main(n: int, first: int) -> int:
    """Read `n` damaged inputs; 1 where anything but our own errors came."""
    warnings.simplefilter("ignore")
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    signal.signal(signal.SIGPROF, _too_slow)
    files, found = [*transcripts()], Counter()
    with tempfile.TemporaryDirectory() as place:
        calls = [*imports(Path(place))]
        for number in range(first, first + n):
            rng = random.Random(number)
            if number % 3:
                name, whole = rng.choice(files)
                data = damaged(whole, rng)
                wrong = fault(lambda data=data, name=name: read(data, name))
            else:
                file, call = rng.choice(calls)
                name, whole = file.name, file.read_bytes()
                data = damaged(whole, rng)
                file.write_bytes(data)
                wrong = fault(call)
                file.write_bytes(whole)
            if wrong:
                found[wrong] += 1
                KEPT.mkdir(parents=True, exist_ok=True)
                (KEPT / f"{number}-{name}").write_bytes(data)
                print(f"{number} {name}: {wrong}", flush=True)
    print(f"{n} inputs, {found.total()} with a fault, {len(found)} of a kind")
    return int(bool(found))


if __name__ == "__main__":
    given = [*map(int, sys.argv[1:3])]
    sys.exit(main(*(given + [1_000, 0][len(given) :])))
