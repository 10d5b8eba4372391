"""The briefing report: one self-contained page about one event.

It follows the questions of a reader: what this is and how far the reading can be trusted, what
stands out, who spoke when, what was asked and answered, who asked and answered, which phrases and
figures, the whole text, and what is not shown. Everything is counted from this text; whether a
question was answered is left to the reader, who gets a tick box.
"""

from __future__ import annotations

import hashlib
import re
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import briefing
from briefing.course.findings import (
    EMPTY,
    PAGES,
    WORDS,
    AskedPart,
    Facts,
    Row,
    ShownExchange,
    Stated,
    called,
    find,
    find_exchanges,
    words_by_turn,
)
from briefing.display import LEFT_OUT, filled, percent
from briefing.lexicons import MONTH, Patterns, find_date, is_english, lexicon, worths
from briefing.lexicons.stage import stage_spans, without_stages
from briefing.prose import clock, counted, day
from briefing.tables import BriefingError
from briefing.transcript import Transcript, read
from briefing.words.boundaries import find_sentences

if TYPE_CHECKING:
    import pandas as pd

    from briefing.measures.topics import Topics

COUNTS = ("turns", "calls", "questions", "n")
FIRST = 60  # words of an answer shown initially
SLACK = 15  # too few words to fold away
SMALL = 10  # below which a number in words is seldom a quantity
PER_WORD = 2  # characters per word, if words are not separated
FORMS = Patterns("report")
FIGURES = {"percent", "money", "fraction", "ratio", "cardinal"}
APART = 4  # percent of the timeline between numbers, at least
LEAST_TOPICS = 5  # fewest exchanges for a table of topics
LANES = 5  # officials with their own lane
FIGURES_SHOWN, PHRASES_SHOWN = 12, (8, 5, 5)
SINCE_SHOWN = 12  # earlier runs shown
NEW = "Phrases said three times or more, and not before"
GONE = "Phrases said three times or more before, and not now"
_sentences = cache(find_sentences)
NAMED = re.compile(r"\bturns? (?:\d+(?:, | and )?)+")
Span = tuple[int, int, str]
Place = tuple[int, int, int]  # turn, start, stop


@dataclass(frozen=True)
class Lane:
    """A row of the timeline: who, and their turns as (turn, left, width), left to right."""

    name: str
    role: str
    turns: list[tuple[Row, float, float]]


class Overview:
    """The page of one transcript, as HTML and as Markdown."""

    def __init__(
        self,
        talk: Transcript,
        *,
        lessons: str = "",
        topics: str = "general",
        media: str = "",
        since: str = "",
    ) -> None:
        """Take a transcript and what `overview` takes."""
        self.talk, self.lessons, self.media, self.since = talk, lessons, media, since
        self._topics_from = topics
        if media and not re.match(r"https?://\S+$", media):
            raise BriefingError.of("no address", media=media)
        self.rows = talk.rows()
        self.english, self.called = is_english(talk.language), called(talk, self.rows)
        self.unit = "words"
        if any(row["n_words"] is None for row in self.rows):
            self.unit = "characters"
        for row in self.rows:
            row["n"] = row["n_words"] if self.unit == "words" else _n_characters(row["text"])
            row["who"] = row["speaker"] or f"unnamed {self.called['one'][row['role']]}"
        self.by_id = {row["turn_id"]: row for row in self.rows}

    @cached_property
    def exchanges(self) -> list[ShownExchange]:
        """The questions with their answers."""
        return find_exchanges(self.talk, self.rows)

    @cached_property
    def findings(self) -> list[Stated]:
        """What is said in sentences."""
        facts = Facts(self.rows, self.exchanges, self._given, self.unit, self.english, self.called)
        return find(facts)

    @cached_property
    def html(self) -> str:
        """The page: one file, which asks for nothing."""
        script = "\n" + (PAGES / "overview.js").read_text("utf-8")
        digest = b64encode(hashlib.sha256(script.encode()).digest()).decode()
        told = {"linked": linked, "script": script, "digest": digest}
        return filled("course/pages/overview.html.j2", page=self, **told)

    @cached_property
    def markdown(self) -> str:
        """The same for writers, without the transcript."""
        text = filled("course/pages/overview.md.j2", page=self)
        return re.sub(r"\n{3,}", "\n\n", text)

    def _repr_html_(self) -> str:
        page = f'title="{escape(self.title)}" srcdoc="{escape(self.html)}"'
        return f'<iframe {page} width="100%" height="800" style="border: 1px solid #ccc"></iframe>'

    @cached_property
    def total(self) -> int:
        """The number of words in the text, or of characters."""
        return sum(row["n"] for row in self.rows)

    # head

    @cached_property
    def title(self) -> str:
        """The document's title, or the name of the file."""
        return self._printed_title.split(" | ")[0]  # without the name of the site

    @cached_property
    def _printed_title(self) -> str:
        return " ".join(self.talk.metadata.get("title", self.talk.sources[0].name).split())

    @cached_property
    def dates(self) -> dict[str, str]:
        """The date of the event and of publication, each if the document prints it as such."""
        around = (text for *_, kind, _, text in self.talk.stretches() if kind in LEFT_OUT)
        found: dict[str, list[str]] = {"Date": [], "Published": []}
        for text in (self._printed_title, *around):
            if date := find_date(text):
                found["Published" if FORMS.published.search(text) else "Date"].append(date)
        stated = self.talk.metadata.get("date")
        if stated and stated not in found["Published"]:
            found["Date"].append(stated)
        if found["Date"][:1] == found["Published"][:1]:
            del found["Published"]
        return {name: day(dates[0]) for name, dates in found.items() if dates}

    @property
    def dates_beside(self) -> dict[str, str]:
        """The dates that the title does not state."""
        stated = day(find_date(self.title) or "")
        return {name: date for name, date in self.dates.items() if date != stated}

    @property
    def facts(self) -> dict[str, str]:
        """The facts in the head, each with its name."""
        talk = self.talk
        language = "" if self.english else f"{self._language}; the page itself is in English"
        return self.dates | {
            "Language": language,
            "Source": talk.metadata.get("source", ""),
            "Kind of text": f"{WORDS['kinds'][talk.text_status]} ({talk.status_why})",
            "Extent": f"{counted(len(self.rows), 'turn')}, {self.length(self.total)}",
            "Only a part": "; ".join(talk.part),
            "File": ", ".join(source.name for source in talk.sources),
        }

    @property
    def doubt(self) -> str:
        """A warning if the reading is doubtful."""
        said = f"doubtful: about {self.sure} of the turns are expected to be right"
        return said if self.talk.status == "doubtful" else ""

    @property
    def doubts(self) -> list[tuple[str, Row | None]]:
        """The lines to check first, with consecutive ones joined, each with its turn."""
        runs: list[list[int]] = []
        for line in self.talk.doubts():
            runs += [[]] if not runs or line != runs[-1][-1] + 1 else []
            runs[-1].append(line)
        named = [f"{run[0]}–{run[-1]}" if run[1:] else str(run[0]) for run in runs]
        at = {
            n: row
            for row in self.rows[::-1]
            for n in range(row["first_line"], row["last_line"] + 1)
        }
        return [(name, at.get(run[0])) for name, run in zip(named, runs, strict=True)]

    @property
    def sure(self) -> str:
        """The share of turns expected to be right."""
        return percent(self.talk.confidence)

    # timeline

    @property
    def timed(self) -> bool:
        """Whether every turn has times."""
        return all(row["start_s"] is not None and row["stop_s"] is not None for row in self.rows)

    @cached_property
    def places(self) -> dict[int, tuple[float, float]]:
        """The place of each turn on the timeline: left and width, out of 1000."""
        if self.timed:
            first, last = self.rows[0]["start_s"], max(r["stop_s"] for r in self.rows)
            scale = 1000 / max(last - first, 1e-9)
            spans = [(r["start_s"] - first, r["stop_s"] - r["start_s"]) for r in self.rows]
        else:
            scale = 1000 / max(self.total, 1)
            at, spans = 0, []
            for row in self.rows:
                spans.append((at, row["n"]))
                at += row["n"]
        ids = [row["turn_id"] for row in self.rows]
        return {i: (a * scale, max(n * scale, 1.2)) for i, (a, n) in zip(ids, spans, strict=True)}

    @cached_property
    def lanes(self) -> list[Lane]:
        """The rows of the timeline that have turns: askers, each official, and others."""
        own = [name for name, _ in Facts(self.rows, ()).officials.most_common(LANES)]
        asking, rest = (_first(self.called["many"][role]) for role in ("journalist", "official"))
        rest = {"Officials": "Other officials"}.get(rest, "Others who answer") if own else rest
        named = [(asking, "journalist"), *((name, "official") for name in own)]
        named += [(rest, "official"), ("Moderator", "moderator"), ("Role not read", "unknown")]
        lanes: dict[tuple[str, str], list[tuple[Row, float, float]]] = {lane: [] for lane in named}
        others = {role: name for name, role in named}  # for officials, the last of their lanes
        for row in self.rows:
            alone = row["role"] == "official" and row["speaker"] in own
            name = row["speaker"] if alone else others[row["role"]]
            lanes[name, row["role"]].append((row, *self.places[row["turn_id"]]))
        return [Lane(*key, turns) for key, turns in lanes.items() if turns]

    @property
    def ties(self) -> Iterator[tuple[float, int, float, int]]:
        """From each question to its answers: left and lane of both ends."""
        lane = {r["turn_id"]: i for i, lane in enumerate(self.lanes) for r, *_ in lane.turns}
        for exchange in self.exchanges:
            for answer in exchange.answers:
                (a, wide), (b, _) = self.places[exchange.turn_id], self.places[answer["turn_id"]]
                yield a + wide / 2, lane[exchange.turn_id], b + 0.6, lane[answer["turn_id"]]

    @property
    def numbers(self) -> list[tuple[int, float]]:
        """The numbers of exchanges above the timeline, far enough apart to be read."""
        found: list[tuple[int, float]] = []
        for exchange in self.exchanges:
            left = self.places[exchange.turn_id][0] / 10
            if not found or left - found[-1][1] >= APART:
                found.append((exchange.number, left))
        return found

    def share(self, n: int) -> str:
        """A share of all words as a percentage; never 0 % for somebody who spoke."""
        said = percent(n / self.total) if self.total else "–"
        return "under 1 %" if n and said == percent(0) else said

    def as_read(self, role: str) -> str:
        """What a turn's role is called where it is printed."""
        return str(self.called["as_read"][role])

    @property
    def extent(self) -> str:
        """What the timeline's whole width is."""
        if self.timed:
            return clock(max(r["stop_s"] for r in self.rows) - self.rows[0]["start_s"])
        return self.length(self.total)

    def length(self, n: int) -> str:
        """So many words, or characters."""
        return counted(n, self.unit.removesuffix("s"))

    # exchanges

    @cached_property
    def _words(self) -> dict[int, list[tuple[str, int, int]]]:
        return words_by_turn(self.rows) if self.unit == "words" else {}

    def part(self, exchange: ShownExchange, part: AskedPart) -> str:
        """A part of a question as HTML, with the words that its answer has, too."""
        return self._marked(exchange.question, exchange.shared, part.start, part.stop)

    def answer(self, exchange: ShownExchange, answer: Row) -> tuple[str, str, int]:
        """The beginning and the rest of an answer as HTML, and how much the rest is."""
        cut, rest = self._cut(answer)
        stop = len(answer["text"])
        begin = self._marked(answer, exchange.shared, 0, cut)
        return begin, self._marked(answer, exchange.shared, cut, stop) if rest else "", rest

    def _cut(self, row: Row) -> tuple[int, int]:
        """Where the first words of a turn end, and how many come after."""
        if self.unit == "characters":
            first = FIRST * PER_WORD
            return (first, row["n"] - first) if row["n"] > first + SLACK else (len(row["text"]), 0)
        words = self._words.get(row["turn_id"], [])
        if len(words) <= FIRST + SLACK:
            return len(row["text"]), 0
        return words[FIRST][1], len(words) - FIRST

    def _marked(self, row: Row, stems: frozenset[str], start: int, stop: int) -> str:
        spans: list[Span] = [(a, b, "i") for a, b in stage_spans(row["text"])]
        if stems:
            words = self._words.get(row["turn_id"], [])
            spans += [(a, b, "mark") for word, a, b in words if word in stems]
        return marked(row["text"], spans, start, stop)

    def said(self, row: Row) -> list[str]:
        """The paragraphs of a turn as HTML, stage directions set off."""
        text = row["text"]
        spans: list[Span] = [(a, b, "i") for a, b in stage_spans(text)]
        ends = [*(m.start() for m in re.finditer(r"\n\n", text)), len(text)]
        starts = [0, *(end + 2 for end in ends[:-1])]
        return [marked(text, spans, a, b) for a, b in zip(starts, ends, strict=True)]

    def second(self, row: Row) -> str:
        """Where the recording is at the beginning of a turn; empty where nobody knows."""
        if not self.media or row["start_s"] is None:
            return ""
        at = str(int(row["start_s"]))
        return self.media.replace("{}", at) if "{}" in self.media else f"{self.media}#t={at}"

    def cite(self, row: Row) -> str:
        """Where a quotation comes from: speaker, event, date, turn, lines."""
        first, last = row["first_line"], row["last_line"]
        lines = f"line {first}" if first == last else f"lines {first}–{last}"
        date = next(iter(self.dates_beside.values()), "")
        known = [row["who"], self.title, date, f"turn {row['turn_id']}", lines]
        return ", ".join(filter(None, known))

    @property
    def key(self) -> str:
        """Under which a browser keeps what a person coded: another text, another key."""
        text = "\n".join(f"{row['who']}: {row['text']}" for row in self.rows)
        return hashlib.sha256(text.encode()).hexdigest()[:12]

    # who

    @cached_property
    def askers(self) -> list[dict[str, Any]]:
        """One row for each person who asks, and for those not named of one outlet: their turns."""
        asked = {x.turn_id: x.n_asked for x in self.exchanges}
        found: dict[tuple[str, str], dict[str, Any]] = {}
        before = None
        for row in self.rows:
            if row["role"] != "journalist" and row["turn_id"] not in asked:
                continue
            own = self._asker(row, found)
            own["asks"] += not self.english and row["turn_id"] in asked
            own["turns"] += 1
            own["calls"] += row["who"] != before
            own["questions"] += asked.get(row["turn_id"], 0)
            own["n"] += row["n"]
            before = row["who"]
        rows = [own for own in found.values() if own["questions"] or own["asks"]]
        for own in rows:
            own["who"] += "s" * (own["turns"] > 1 and not own["named"])
        counts = ("named", "alone", "calls", "turns", "n")
        return sorted(rows, key=lambda own: [own[name] for name in counts], reverse=True)

    def _asker(self, row: Row, found: dict[tuple[str, str], dict[str, Any]]) -> dict[str, Any]:
        """The row for the person who asks in a turn; a new one on their first question."""
        named, outlet = bool(row["speaker"]), row["organisation"] or ""
        outlet = "" if outlet == row["speaker"] else outlet
        about = {"who": row["who"], "named": named, "outlet": "", "asks": 0}
        key = row["who"], "" if named else outlet
        own = found.setdefault(key, about | dict.fromkeys(COUNTS, 0))
        own["outlet"] = own["outlet"] or outlet
        own["alone"] = named or bool(own["outlet"])
        return own

    @cached_property
    def speakers(self) -> list[dict[str, Any]]:
        """One row for each person named who does not ask, and for each role."""
        found: dict[tuple[str, str], dict[str, Any]] = {}
        for row in self.rows:
            alone = row["role"] == "official" or (row["role"] != "journalist" and row["speaker"])
            who = row["who"] if alone else self.called["many"][row["role"]]
            empty = {"turns": 0, "n": 0, "answers": 0, "seconds": 0.0}
            about = {"who": who, "role": row["role"], "alone": alone}
            own = found.setdefault((who, row["role"]), about | empty)
            own["turns"] += 1
            own["n"] += row["n"]
            own["seconds"] += row["stop_s"] - row["start_s"] if self.timed else 0
        for exchange in self.exchanges:
            for who in {(a["who"], a["role"]) for a in exchange.answers if a["role"] == "official"}:
                found[who]["answers"] += 1
        return sorted(found.values(), key=lambda own: (own["role"] != "official", -own["n"]))

    # phrases and figures

    @cached_property
    def phrases(self) -> list[tuple[str, list[dict[str, Any]]]]:
        """Phrases of officials, of journalists and of both, each group under its name."""
        if not self.english or self.unit != "words":
            return []
        all_ = _phrases(self.talk.tokens, 3)
        kept = [p for p in all_ if _is_theme(p["phrase"], self._names) and "official" in p["roles"]]
        both = [p for p in kept if "journalist" in p["roles"]]
        official = [p for p in kept if "journalist" not in p["roles"]]
        asked = self._asked_only({p["phrase"] for p in all_})
        names = (self.called["many"]["official"], self.called["many"]["journalist"], "both")
        groups = zip(names, (official, asked, both), PHRASES_SHOWN, strict=True)
        shown = [(name, self._lines(found)[:most]) for name, found, most in groups]
        return [(name, found) for name, found in shown if found]

    def _asked_only(self, known: set[str]) -> list[dict[str, Any]]:
        """Phrases of several turns of journalists that are not among those of the whole text."""
        said = self.talk.tokens.query("role == 'journalist'")
        found = _phrases(said, 2) if len(said) else []
        new = (p for p in found if p["phrase"] not in known and p["n_turns"] > 1)
        new = (p for p in new if p["n_speakers"] != 1)  # where they are named, two people's
        return [p for p in new if _is_theme(p["phrase"], self._names | self._outlets)]

    def _lines(self, found: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The phrases as printed, each with a line; none within another, no introductions."""
        kept: list[dict[str, Any]] = []
        for phrase in found:
            said = [self.by_id[turn]["text"][a:b] for turn, a, b in phrase["places"]]
            said = [" ".join(form.split()) for form in said]
            phrase["phrase"] = Counter(said).most_common(1)[0][0]
            turn, start, stop = phrase["first"] = phrase["places"][said.index(phrase["phrase"])]
            phrase["line"] = around(self.by_id[turn]["text"], start, stop)
            taken = [place for own in kept for place in own["places"]]
            if not all(self._introduces(*p) or _overlaps(p, taken) for p in phrase["places"]):
                kept.append(phrase)
        return kept

    def _introduces(self, turn: int, start: int, stop: int) -> bool:
        """Whether it is a name in a first sentence that somebody who asks begins with."""
        row = self.by_id[turn]
        begins = not re.search(r"[.?!]\s", row["text"][:start].replace("Mr.", ""))
        return row["role"] == "journalist" and begins and row["text"][start:stop].istitle()

    @cached_property
    def _names(self) -> frozenset[str]:
        names = [row["speaker"] or "" for row in self.rows]
        words = {word for name in names for word in re.findall(r"\w+", name.casefold())}
        return frozenset(words) | lexicon("titles")

    @property
    def _outlets(self) -> frozenset[str]:
        names = " ".join(row["organisation"] or "" for row in self.rows)
        return frozenset(re.findall(r"\w+", names.casefold()))

    @cached_property
    def _given(self) -> list[Row]:
        """The figures in officials' turns, without years, dates and small numbers in words."""
        if not self.english or self.unit != "words":
            return []
        table = briefing.quantities.numbers(self.talk.sentences)
        given = table[table["role"] == "official"].astype("object")
        rows: Any = given.where(given.notna(), None).to_dict("records")
        texts = {i: row["text"] for i, row in self.by_id.items()}
        aside = {i: stage_spans(text) for i, text in texts.items()}
        said = [r for r in rows if not any(a <= r["start"] < b for a, b in aside[r["turn_id"]])]
        said = [r for r in said if not dates(r, texts[r["turn_id"]])]
        names = _numbers_as_names(said, texts)
        kept = joined([row for row in said if row["value"] not in names], texts)
        return [row for row in kept if _is_figure(row, texts[row["turn_id"]])]

    @cached_property
    def figures(self) -> list[dict[str, Any]]:
        """Each figure once, with its count and the sentence in which it first occurs."""
        found: dict[Any, dict[str, Any]] = {}
        for row in self._given:
            key = (row["value"], row.get("least"), row["unit"], row["counted"] or "")
            own = found.setdefault(key, row | {"turns": []})
            own["turns"].append(row["turn_id"])
        for own in found.values():
            text = self.by_id[own["turn_id"]]["text"]
            own["line"] = around(text, own["start"], own["stop"])
            own["who"] = self.by_id[own["turn_id"]]["who"]
            own["turns"] = [*dict.fromkeys(own["turns"])]
            own["of"], own["figure"] = of_what(own, text), as_printed(own)
        return list(found.values())

    @property
    def figures_apart(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """The figures shown initially, with units and nouns before durations; and the others."""
        durations = lexicon("time-units")
        rank = sorted(
            self.figures, key=lambda f: (not f["unit"] or f["unit"] in durations, not f["counted"])
        )
        first = {id(f) for f in rank[:FIGURES_SHOWN]}
        shown = [f for f in self.figures if id(f) in first]
        return shown, [f for f in self.figures if id(f) not in first]

    # since earlier briefings

    @cached_property
    def _earlier(self) -> pd.DataFrame:
        """The turns of earlier briefings with a sure reading, by date if known."""
        from briefing.corpus.folder import read as read_folder

        path, today = Path(self.since).expanduser(), self.talk.metadata.get("date")
        if path.is_dir():
            turns, files = read_folder(path, progress=False)
            sure = files.loc[files["status"] == "read", "briefing_id"]
            turns = turns[turns["briefing_id"].isin(sure)]
        else:
            talk = read(path)
            turns = talk.turns.assign(date=talk.metadata.get("date"))
        dates = turns["date"].astype("object").where(turns["date"].notna(), "")
        before = turns["briefing_id"] != self.talk.briefing_id
        turns = turns.assign(date=dates)[before & (dates < today if today else True)]
        if turns.empty:
            raise BriefingError.of("nothing before", path=self.since)
        return turns.sort_values("date", kind="stable", ignore_index=True)

    @cached_property
    def said_before(self) -> list[dict[str, Any]]:
        """Runs of eight words and more that were said before: where first, when, by whom."""
        from briefing.measures.reuse import any_tokens, since
        from briefing.words.groups import name_unnamed

        earlier, folded = name_unnamed(self._earlier), self._folded
        ids = zip(earlier["briefing_id"].astype("str"), earlier["turn_id"], strict=True)
        before = dict(zip(ids, earlier.to_dict("records"), strict=True))
        then = any_tokens(earlier).drop(columns="date", errors="ignore")
        found = since(any_tokens(self.talk.turns), then)
        kept: list[dict[str, Any]] = []
        for run in found[found["status"] == "kept"].to_dict("records"):
            turn = before[run["first_briefing_id"], run["first_turn_id"]]
            here = next((turn for turn, said in folded.items() if run["text"] in said), None)
            text = as_said(run["text"], self.by_id[here]["text"] if here else "")
            first = dict.fromkeys([day(run["first_briefing_id"]), day(turn["date"])])
            where = ", ".join([*filter(None, first), f"turn {run['first_turn_id']}"])
            kept.append({"text": text, "first": where, "by": turn["speaker"], "here": here})
        return [run for run in kept if not _in_another(run, kept)][:SINCE_SHOWN]

    @property
    def _folded(self) -> dict[int, str]:
        """The words of each turn, folded."""
        from briefing.measures.reuse import any_tokens

        words = any_tokens(self.talk.turns)
        glue = "" if self.unit == "characters" else " "
        said = words["token"].astype("str").groupby(words["turn_id"]).agg(glue.join)
        return dict(zip(said.index.tolist(), said, strict=True))

    @property
    def phrases_since(self) -> list[tuple[str, list[str]]]:
        """Phrases that are new, and those that are gone."""
        if not self.english or self.unit != "words":
            return []
        then, now = briefing.tokenize(self._earlier), self.talk.tokens
        pairs = ((NEW, now, then), (GONE, then, now))
        texts = "\n".join([*self._earlier["text"], *(row["text"] for row in self.rows)])
        shown = [
            (name, self._only_in(one, other)[: PHRASES_SHOWN[0]]) for name, one, other in pairs
        ]
        return [(name, [as_said(p, texts) for p in phrases]) for name, phrases in shown if phrases]

    def _only_in(self, tokens: pd.DataFrame, others: pd.DataFrame) -> list[str]:
        said = f" {' '.join(others['token'].astype('str'))} "
        phrases = briefing.phrases.key(tokens)["phrase"]
        return [p for p in phrases if _is_theme(p, self._names) and f" {p} " not in said]

    # topics

    @cached_property
    def dictionary(self) -> Topics:
        """The dictionary of topics."""
        return briefing.topics.read(self._topics_from)

    @cached_property
    def _topics(self) -> dict[str, list[Row]]:
        """The exchanges of each topic of the dictionary, and of *none*."""
        language = self.dictionary.about.get("language", "en")
        found: dict[str, list[Row]] = {}
        if self.unit == "words" and self.english == language.startswith("en"):
            rows: Any = briefing.topics.of_questions(
                self.talk.tokens, self.dictionary, pairs=self.talk.pairs
            ).to_dict("records")
            shown = {exchange.turn_id for exchange in self.exchanges}
            for row in rows:
                if row["turn_id"] in shown:
                    found.setdefault(row["topic"], []).append(row)
        return found

    @property
    def topics(self) -> list[tuple[str, list[Row]]]:
        """The topics of the questions, if half of the exchanges have one; *none* comes last."""
        found = self._topics
        n, n_none = sum(map(len, found.values())), len(found.get("none", []))
        if n < LEAST_TOPICS or n_none > n / 2:
            return []
        answered = {name: sum(row["n_words_answer"] for row in own) for name, own in found.items()}
        return sorted(found.items(), key=lambda t: (t[0] == "none", -len(t[1]), -answered[t[0]]))

    # what is not shown

    @property
    def not_shown(self) -> Iterator[tuple[str, str]]:
        """What a reader might look for, and why it is missing."""
        if self.exchanges:
            yield "Whether a question was answered", WORDS["not_shown"]["judged"]
        if not self.timed:
            yield "Minutes", "The document has no times, and words are not minutes."
        if not self.english:
            why = f"They are found with word lists for English; this text is in {self._language}."
            yield "Parts of questions, shared words, phrases, figures", why
        if self.unit == "characters":
            why = "; ".join(self.talk.uncounted)
            yield "Words", f"{why}. Until then lengths are in characters."
        if self.exchanges and not self.topics:
            yield "Topics of the questions", self._no_topics
        if self.talk.text_status != "verbatim":
            yield "Hedges, pronouns, pauses", WORDS["not_shown"]["spoken"]

    @property
    def _language(self) -> str:
        return str(WORDS["languages"].get(str(self.talk.language)[:2], f"“{self.talk.language}”"))

    @property
    def _no_topics(self) -> str:
        made_for = self.dictionary.about.get("language", "")[:2]
        if made_for and made_for != (self.talk.language or made_for)[:2]:
            listed = f"{self.dictionary_name} is for {WORDS['languages'].get(made_for, made_for)}"
            return f"{listed[0].upper()}{listed[1:]}; this text is in {self._language}."
        found = self._topics
        n = sum(map(len, found.values()))
        if not n:
            return f"No question was found to which {self.dictionary_name} applies."
        n_with = n - len(found.get("none", []))
        has = "has" if n_with < 2 else "have"
        none = "neither" if n == 2 else "none"
        which = "the question" if n == 1 else f"{n_with or none} of the {n} questions"
        some = f"{which} with an answer {has}{' no' * (n == 1 and not n_with)} words of "
        some = f"{_first(some)}{self.dictionary_name}"
        return f"{some}: too few for a table." if n_with else f"{some}."

    @property
    def dictionary_name(self) -> str:
        """The title of the dictionary of topics."""
        return f"the dictionary “{self.dictionary.about.get('title', self.dictionary.source)}”"


def overview(talk: Transcript, **page: str) -> Overview:
    """Make the briefing report of a transcript.

    `lessons` is a page to link to for the methods; `topics` a dictionary, as for `topics.read`;
    `media` the address of the recording: each turn with a time links to that second, as `#t=75`, or
    replacing `{}` (`"https://video.example/w?v=1&t={}"`); `since` an earlier briefing, or a folder
    of them, to show what was said before and which phrases are new or gone.

    >>> import briefing
    >>> talk = briefing.parse("MS. MARLOW: Welcome.\\nQ: Is it open?\\nMS. MARLOW: Yes, since May.")
    >>> page = overview(talk)
    >>> page.findings[0].text, page.exchanges[0].opening
    ("One questioner's turn put one question; it was followed by a turn of Ms. Marlow.", 'Yes')
    """
    made = Overview(talk, **page)
    _ = made.dictionary  # errors in it are raised here, not when the page is shown
    return made


def _first(text: str) -> str:
    return text[:1].upper() + text[1:]


def _n_characters(text: str) -> int:
    return sum(map(str.isalnum, without_stages(text)))


def marked(text: str, spans: Sequence[Span], start: int, stop: int) -> str:
    """A stretch of text as HTML, with elements around the spans, never nested."""
    made, at = [], start
    for a, b, name in sorted(spans):
        if a >= at and b <= stop:
            made += [
                escape(text[at:a], quote=False),
                f"<{name}>{escape(text[a:b], quote=False)}</{name}>",
            ]
            at = b
    return "".join([*made, escape(text[at:stop], quote=False)])


def around(text: str, start: int, stop: int, *, wide: int = 120) -> str:
    """A stretch with the rest of its sentence, shortened with ellipses."""
    whole = next((span for span in _sentences(text) if span[0] <= start < span[1]), (0, len(text)))
    before, after = text[whole[0] : start], text[stop : max(stop, whole[1])]
    if len(before) > wide:
        before = "… " + before[-wide:].partition(" ")[2]
    if len(after) > wide:
        after = after[:wide].rpartition(" ")[0] + " …"
    before, said, after = (escape(s, quote=False) for s in (before, text[start:stop], after))
    return f"{before}<b>{said}</b>{after}"


def as_said(folded: str, text: str) -> str:
    """The spelling, with capitals, in which a text most often prints some words.

    >>> as_said("i'm at the kyrin ferry", "Well: I’m at the Kyrin Ferry.")
    'I’m at the Kyrin Ferry'
    """
    words = [re.escape(word).replace("'", "['’]") for word in folded.split()]
    glue = r"\W+"
    if len(words) == 1:  # in a language without spaces
        words, glue = [*folded], r"\W*"
    printed = re.findall(glue.join(words), text, re.IGNORECASE)
    return Counter(" ".join(p.split()) for p in printed).most_common(1)[0][0] if printed else folded


def _in_another(run: dict[str, Any], runs: list[dict[str, Any]]) -> bool:
    """Whether a run is part of a longer one of the same turn."""
    longer = (own["text"] for own in runs if own["here"] == run["here"])
    return any(run["text"] in text and run["text"] != text for text in longer)


def _phrases(tokens: pd.DataFrame, min_count: int) -> list[dict[str, Any]]:
    """The phrases of a text, each with the roles that use it and where it occurs alone."""
    table = briefing.phrases.key(tokens, min_count=min_count)
    hits = briefing.phrases.key(tokens, min_count=min_count, hits=True)
    alone = dict([*hits[hits["alone"]].groupby("phrase")])
    found: Any = table.to_dict("records")
    for own in found:
        said = alone[own["phrase"]]
        own["roles"] = {*said["role"]}
        own["places"] = [*zip(said["turn_id"], said["start"], said["stop"], strict=True)]
    return list(found)


def _overlaps(place: Place, others: Iterable[Place]) -> bool:
    return any(place[0] == t and place[1] < stop and start < place[2] for t, start, stop in others)


@cache
def _no_themes() -> frozenset[str]:
    """Words without content, units and months."""
    units = {*re.findall(r"\w+", " ".join([*lexicon("units"), *worths("number-words")]))}
    return frozenset(units.union({unit + "s" for unit in units}, MONTH, *map(lexicon, EMPTY)))


def _is_theme(phrase: str, names: frozenset[str]) -> bool:
    """Whether a phrase has two content words, without names of people addressed or units."""
    words = [w for w in phrase.split() if w not in _no_themes() and not w[0].isdigit()]
    return (
        len(words) > 1
        and not any(w in lexicon("courtesy-titles") for w in words)
        and not all(w in names for w in words)
    )


def _is_figure(row: Row, text: str) -> bool:
    """Whether it is a quantity, not a small number in words without a unit, or part of a word."""
    if row["kind"] not in FIGURES or (not row["unit"] and FORMS.compound.match(text, row["stop"])):
        return False
    small = row["value"] is not None and row["value"] < SMALL
    if row["kind"] != "cardinal" or (row["unit"] and not (small and row["form"] == "words")):
        return True
    return row["form"] == "digits" and bool(row["counted"] or not small)


def dates(row: Row, text: str) -> bool:
    """Whether a figure gives a time or an age: *two years ago*, *the past 15 years*, *I was 17*."""
    if not row["unit"] and not row["counted"] and FORMS.aged.search(text[: row["start"]]):
        return True
    after = text[row["stop"] :].split(maxsplit=1)[1:]
    when = (after and FORMS.dating.match(after[0])) or FORMS.dated.search(text[: row["start"]])
    return row["unit"] in lexicon("time-units") and bool(when)


def _numbers_as_names(rows: list[Row], texts: dict[int, str]) -> set[float]:
    """The numbers that serve as names: *the 232 tariffs*, and then *the 232 actions*."""
    counted: dict[float, set[str]] = {}
    for row in rows:
        the = texts[row["turn_id"]][: row["start"]].rstrip().casefold().endswith(" the")
        counted.setdefault(row["value"], set()).add(
            the and not row["unit"] and row["counted"] or ""
        )
    return {value for value, of in counted.items() if len(of) > 1 and "" not in of}


def joined(rows: list[Row], texts: dict[int, str]) -> list[Row]:
    """The rows with the two ends of a range in one: *67 to 110 square kilometers*."""
    made: list[Row] = []
    for row in rows:
        text = texts[row["turn_id"]]
        if made and _is_range(made[-1], row, text):
            last = made.pop()
            least, most = sorted((last["value"], row["value"]))
            both = FORMS.between.search(text[: last["start"]])
            said = ("between " if both else "") + text[last["start"] : row["stop"]]
            ends = {"least": least, "value": most, "stop": row["stop"], "figure": said}
            made.append(last | ends)
        else:
            made.append(row)
    return made


def _is_range(last: Row, row: Row, text: str) -> bool:
    if any(last[name] != row[name] for name in ("turn_id", "unit", "counted", "kind")):
        return False
    between = text[last["stop"] : row["start"]]
    both = between.split() == ["and"] and FORMS.between.search(text[: last["start"]])
    return bool(both or FORMS.range.fullmatch(between))


def as_printed(figure: Row) -> str:
    """The figure with its approximator, *percent* for the sign, and the currency."""
    words, unit = " ".join(figure["figure"].split()), figure["unit"] or ""
    bare = "%" not in words and "per" not in words
    if figure["kind"] == "percent" and bare:
        words += " percentage points" if "point" in unit else " percent"
    elif figure["kind"] == "money" and not FORMS.currency_first.match(words):
        words += " " + plural(unit)
    return f"{figure['approx']} {words}" if figure["approx"] else words


def plural(unit: str) -> str:
    """The unit as people write it after a figure: *megabits per second*, *square feet*."""
    first, per, rest = unit.partition(" per ")
    same = not first or first.startswith("per ") or first.endswith("s")
    return worths("unit-plurals").get(first, first if same else first + "s") + per + rest


def of_what(figure: Row, text: str) -> str:
    """The unit in the plural and what is counted, extended to the end of a name."""
    unit = "" if figure["kind"] in {"money", "percent"} else figure["unit"] or ""
    unit = unit if figure["value"] == 1 else plural(unit)
    if re.match(r"\W*\w*?[mlt]ers?\b", text[figure["stop"] :]):
        unit = re.sub(r"([mlt])re(?=s?\b)", r"\1er", unit)  # as the text spells it
    counted = "" if figure["kind"] == "ratio" else figure["counted"] or ""
    if counted.split(" ")[-1][:1].isupper() and (at := text.find(counted, figure["stop"])) >= 0:
        rest = re.match(r"(?: [A-Z][\w'’-]*)*", text[at + len(counted) :])
        counted += rest[0] if rest else ""
    each = [counted, unit] if unit.startswith("per ") else [unit, counted]
    return (" " if each[0] == counted else " of ").join(filter(None, each))


def linked(text: str) -> str:
    """A sentence as HTML, with links to the turns it names; a percent sign never begins a line."""
    turns = r'<a href="#t\g<0>">\g<0></a>'
    said = NAMED.sub(lambda m: re.sub(r"\d+", turns, m[0]), escape(text, quote=False))
    return said.replace(" %", "&nbsp;%")
