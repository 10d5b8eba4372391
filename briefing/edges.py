"""The two ends of a page: lines before the first label and after the last words."""

from __future__ import annotations

from briefing.cues import COLOPHON, NARRATION, OPENS, STAGE, WEBSITE, has_question_mark, is_talk
from briefing.dates import find_date
from briefing.labels import ends_sentence
from briefing.names import role_word
from briefing.page import CRUMB, Row, is_end, is_pager, is_time
from briefing.reading import Line
from briefing.turns import Parsed, Turn, add_piece


def place_head(parsed: Parsed) -> None:
    """Lines before the first label: an unlabelled turn at the end, metadata above it."""
    head = parsed.head
    begin = _first_words(head)
    announced = begin is None
    if begin is None:
        begin = _announcement(head)
    talk = head[begin:]
    if talk:
        asks = any(has_question_mark(r.text) for r in talk)
        turn = Turn(None, first_line=talk[0].number, confidence=0.8 if asks else 0.6)
        turn.why = "no label; the text asks" if asks else "no label; somebody speaks here"
        before_question = parsed.turns and role_word(parsed.turns[0].label or "") == "question"
        if before_question:
            turn.why = "no label; a statement before the first question"
        if before_question or not asks:
            turn.role = "official"
        if announced:
            turn.why, turn.confidence, turn.role = "no label; an announcement", 0.5, "official"
        for row in talk:
            greets = row.text.rstrip().endswith((",", "!"))
            if row.paragraph and not ends_sentence(row.text) and not announced and not greets:
                parsed.kinds[row.number, 0, len(row.text)] = "note"
            else:
                add_piece(turn, row, 0, len(row.text))
        parsed.turns.insert(0, turn)
    for row in head[:begin]:
        kind = "boilerplate" if is_pager(row.text) or CRUMB.match(row.text) else "metadata"
        parsed.kinds[row.number, 0, len(row.text)] = kind


def _first_words(head: list[Row]) -> int | None:
    """Where somebody begins to speak: most of what follows is sentences, with headings at most."""
    after = 1 + max((i for i, r in enumerate(head) if _about_the_page(r)), default=-1)
    for i in range(after, len(head)):
        row = head[i]
        opens = is_talk(row.text) or OPENS.search(row.text[:60]) and ends_sentence(row.text)
        if row.paragraph and opens:
            paragraphs = [r for r in head[i:] if r.paragraph]
            closed = sum(_closed(head, r) for r in paragraphs)
            i -= i > after and head[i - 1].text.rstrip().endswith((",", "!"))
            return i if closed >= 0.5 * len(paragraphs) else None
    return None


def _closed(head: list[Row], row: Row) -> bool:
    """Whether the paragraph that begins with `row` ends as a sentence does."""
    at = head.index(row) + 1
    while at < len(head) and not head[at].paragraph:
        at += 1
    return ends_sentence(head[at - 1].text)


def _about_the_page(row: Row) -> bool:
    """Times, dates, pagers and paths, titles, and what a web site says to its reader."""
    text = row.text.strip()
    dated = len(text) < 60 and find_date(text) is not None and not ends_sentence(text)
    said = row.line.heading or dated or is_time(text) or is_pager(text)
    return bool(said or CRUMB.match(text) or WEBSITE.search(text))


def _announcement(head: list[Row]) -> int:
    """Where an announcement begins: whole sentences below the date, in no editor's words."""
    dated = [i for i, r in enumerate(head) if find_date(r.text) or is_time(r.text)]
    begin = dated[-1] + 1 if dated else len(head)
    block = head[begin:]
    whole = all(ends_sentence(r.text) or not r.paragraph for r in block)
    narrated = any(NARRATION.search(r.text) or WEBSITE.search(r.text) for r in block)
    enough = sum(len(r.text.split()) for r in block) >= 12
    return begin if block and whole and enough and not narrated else len(head)


def cut_tail(parsed: Parsed, lines: list[Line]) -> None:
    """What stands after the last words: end marks, times, pagers, links."""
    if not parsed.turns or not parsed.turns[-1].pieces:
        return
    last = parsed.turns[-1]
    begins = [i for i, p in enumerate(last.pieces) if i == 0 or p.paragraph]
    texts = [
        " ".join(lines[p.line].text[p.start : p.stop].strip() for p in last.pieces[a:b])
        for a, b in zip(begins, [*begins[1:], len(last.pieces)], strict=True)
    ]
    cut = len(last.pieces)
    for i, text in enumerate(texts):
        own_line = i > 0 or last.pieces[0].start == 0
        bare = not ends_sentence(text) and not STAGE.match(text) and len(text.split()) <= 15
        after = texts[i + 1 :]
        if (
            own_line
            and (is_end(text) or is_pager(text) or i and COLOPHON.search(text[:200]))
            or (i and bare and sum(map(is_talk, after)) <= 0.34 * len(after))
        ):
            cut = begins[i]
            break
    for piece in last.pieces[cut:]:
        parsed.kinds[piece.line, piece.start, piece.stop] = "boilerplate"
    del last.pieces[cut:]
